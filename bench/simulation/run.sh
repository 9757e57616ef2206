#!/bin/sh
# Compares simulators on one queue with impatient customers (M/M/100+M, load 95 erlangs), one after the other.
# Peers are installed in bench/.venv. Needs cargo, python3 with venv, and the network for the first run.
#
#     bench/simulation/run.sh
set -eu
cd "$(dirname "$0")/../.."

venv=bench/.venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import numba, numpy, simpy, ciw' 2>/dev/null ||
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'numba==0.67.*' 'numpy' 'simpy==4.*' 'ciw==3.*'

cargo build --quiet --release -p longshore-simulation --example speed
target=$(cargo metadata --format-version 1 --no-deps | "$venv/bin/python" -c 'import json, sys; print(json.load(sys.stdin)["target_directory"])')
exec "$venv/bin/python" bench/simulation/compare.py "$target/release/examples/speed"
