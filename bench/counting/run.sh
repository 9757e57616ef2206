#!/usr/bin/env bash
# Counting a realistic charge over batches in memory, against a plain loop over the same columns, in one run.
set -eu
cd "$(dirname "$0")/../.."
cargo run --quiet --release -p longshore-counting --example speed -- "${1:-20}"
