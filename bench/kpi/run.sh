#!/usr/bin/env bash
# `longshore kpi` by queue and half hour over a lake, and DuckDB with the same columns from the same Parquet files, in turn.
#   bench/kpi/run.sh [MILLIONS of contacts] [LAKE]     a LAKE that is not there is made, and kept
set -euo pipefail
cd "$(dirname "$0")/../.."
millions=${1:-10}
lake=${2:-}
venv=bench/.venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import duckdb' 2>/dev/null ||
  "$venv/bin/pip" install --quiet --disable-pip-version-check duckdb
cargo build --quiet --release -p longshore-import --example speed
cargo build --quiet --release -p longshore
target="${CARGO_TARGET_DIR:-target}/release"
if [ -z "$lake" ]; then
  lake=$(mktemp -d)
  trap 'rm -rf "$lake"' EXIT
fi
if [ ! -d "$lake/_lake" ]; then
  # 2.9 events make a contact.
  "$target/examples/speed" make log "$(awk -v m="$millions" 'BEGIN { print m * 2.9 }')" |
    "$target/longshore" import --from asterisk-queue-log --into "$lake" --provider Acme --program care -
fi
"$venv/bin/python" bench/kpi/peer.py "$target/longshore" "$lake"
