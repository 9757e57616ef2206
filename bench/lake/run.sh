#!/usr/bin/env bash
# Importing a queue log and contact records into a lake, with the whole product. The files are made before, and deleted after.
#   bench/lake/run.sh [MILLIONS of events, and hundred thousands of records]
set -euo pipefail
cd "$(dirname "$0")/../.."
millions=${1:-10}
cargo build --quiet --release -p longshore-import --example speed
cargo build --quiet --release -p longshore
target="${CARGO_TARGET_DIR:-target}/release"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "a key for measurements" >"$work/key"

import() { # FORMAT FILE
  local bytes lines seconds
  bytes=$(stat -c %s "$2")
  lines=$(wc -l <"$2")
  /usr/bin/time -f '%e %U %M' -o "$work/time" \
    "$target/longshore" import --from "$1" --into "$work/lake-$1" --provider Acme --program care --key "$work/key" "$2" >"$work/said"
  read -r seconds cpu kilobytes <"$work/time"
  awk -v format="$1" -v bytes="$bytes" -v lines="$lines" -v s="$seconds" -v cpu="$cpu" -v kb="$kilobytes" 'BEGIN {
    printf "%s: %d lines, %.0f MB in %.1f s (%.1f s CPU): %.0f lines a second, %.0f MB/s, %.0f MB of memory\n",
      format, lines, bytes / 1e6, s, cpu, lines / s, bytes / 1e6 / s, kb / 1e3
  }'
  sed 's/^/  /' "$work/said"
}

"$target/examples/speed" make log "$millions" >"$work/queue_log"
import asterisk-queue-log "$work/queue_log"
rm "$work/queue_log"
"$target/examples/speed" make records "$millions" >"$work/records.json"
import amazon-connect "$work/records.json"
