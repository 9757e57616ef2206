#!/usr/bin/env bash
# Agents for a service level: this crate against its peers, in turn, on the same problems. See README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=bench/.venv
if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
fi
"$venv/bin/python" -c 'import pyworkforce, scipy' 2>/dev/null ||
    "$venv/bin/pip" install --quiet --disable-pip-version-check pyworkforce numpy scipy
cargo build --quiet --release -p longshore-queueing --example agents_for
cargo build --quiet --release -p longshore-staffing --example year
target=$(cargo metadata --format-version 1 --no-deps | python3 -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
"$venv/bin/python" bench/queueing/peers.py "$target/release/examples/agents_for"
echo
echo "A year of half-hours, two streams on one team, no two steps alike (longshore-staffing):"
"$target/release/examples/year"
