#!/usr/bin/env bash
# Reading queue logs and contact records on one thread, made as they are read, into a sink that drops the batches.
set -eu
cd "$(dirname "$0")/../.."
cargo build --quiet --release -p longshore-import --example speed
speed="${CARGO_TARGET_DIR:-target}/release/examples/speed"
"$speed" log "${1:-10}"
"$speed" records "${1:-10}"
