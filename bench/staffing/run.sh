#!/usr/bin/env bash
# Shifts with breaks that cover a year's requirement: how long they take to find, and how far from the least they may be.
# The optional argument is a part of a case's name.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --quiet --release -p longshore-staffing --example around_the_clock
target=$(cargo metadata --format-version 1 --no-deps | python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
"$target/release/examples/around_the_clock" "$@"
