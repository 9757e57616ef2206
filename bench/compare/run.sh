#!/usr/bin/env bash
# The main job: the shipped example with 20 runs of 12 months, from the quick build, on two threads.
set -eu
cd "$(dirname "$0")/../.."
cargo build --quiet --package longshore --no-default-features --profile quick
longshore="${CARGO_TARGET_DIR:-target}/quick/longshore"
for _ in 1 2 3; do
  TIMEFORMAT='%R s wall, %U s CPU'
  time "$longshore" compare examples/outdoor-retailer --runs 20 --threads 2 > /dev/null
done
