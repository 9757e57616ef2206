#!/usr/bin/env bash
# Checking and explaining a contract that uses every operator: the one of the manual, from the shell, process and all.
set -eu
cd "$(dirname "$0")/../.."
cargo build --quiet --profile quick --package longshore --no-default-features
longshore="${CARGO_TARGET_DIR:-target}/quick/longshore"
contract="$(mktemp -d)/contract.toml"
trap 'rm -r "$(dirname "$contract")"' EXIT
# The first block below the heading.
awk '/^## The whole contract/ { here = 1 } here && /^```toml/ { block = 1; next } block && /^```/ { exit } block' \
  docs/contract.md > "$contract"
echo "$(wc -l < "$contract") lines"
runs=40
for command in check explain; do
  "$longshore" "$command" "$contract" > /dev/null 2>&1 # Once to have it in memory.
  began=$(date +%s%N)
  for _ in $(seq $runs); do "$longshore" "$command" "$contract" > /dev/null 2>&1; done
  echo "$command: $(( ($(date +%s%N) - began) / runs / 10000 ))" | sed -E 's/([0-9]+)([0-9]{2})$/\1.\2 ms/'
done
