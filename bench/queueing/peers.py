#!/usr/bin/env python3
"""Runs the peers and our example on the same problems, in turn, and prints CPU seconds and ratios. See README.md."""
import csv
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pyworkforce.queuing import ErlangC
from scipy.special import betainc

ROUNDS = 3
INTERVAL_MIN = 30


def problems(count, impatient, seed):
    draw = random.Random(seed)
    for _ in range(count):
        contacts, aht_s = draw.randint(10, 1000), draw.uniform(60, 660)
        yield {
            "contacts": contacts,
            "load": contacts * aht_s / 60 / INTERVAL_MIN,
            "handle_s": aht_s,
            "patience_s": draw.uniform(60, 600) if impatient else "",
            "threshold_s": draw.choice([10, 15, 20, 30, 60]),
            "share": draw.choice([0.7, 0.8, 0.85, 0.9, 0.95]),
        }


def pyworkforce_c(p):
    queue = ErlangC(transactions=p["contacts"], aht=p["handle_s"] / 60, asa=p["threshold_s"] / 60, interval=INTERVAL_MIN)
    return queue.required_positions(service_level=p["share"])["raw_positions"]


def level_a(n, p):
    """Answered within the threshold, of all offered, in M/M/n+M: stationary chain and incomplete beta functions."""
    patience = p["patience_s"]
    x, y = n * patience / p["handle_s"], p["load"] * patience / p["handle_s"]
    ahead = np.arange(int(max(y - x, 0) + 12 * math.sqrt(y) + 60))
    above = np.concatenate(([0.0], np.cumsum(np.log(y) - np.log(x + ahead[1:]))))  # log weights of states n, n+1, ...
    below = np.cumsum(np.log(np.arange(n, 0, -1)) - math.log(p["load"]))  # of states n-1 ... 0
    most = max(above.max(), below.max())
    above, below = np.exp(above - most), np.exp(below - most).sum()
    total = above.sum() + below
    still = math.exp(-p["threshold_s"] / patience)
    served = x / (x + ahead + 1) * (1 - betainc(x + 1, ahead + 1, still))
    return (below + (above * served).sum()) / total


def numpy_a(p):
    n = max(1, math.ceil(p["load"]))
    if level_a(n, p) >= p["share"]:
        while n > 1 and level_a(n - 1, p) >= p["share"]:
            n -= 1
        return n
    while level_a(n, p) < p["share"]:
        n += 1
    return n


def ours(example, rows, repeat, folder):
    path, answers = Path(folder, "problems.csv"), Path(folder, "answers.csv")
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["load", "handle_s", "patience_s", "threshold_s", "share"])
        for p in rows:
            out.writerow([repr(p["load"]), repr(p["handle_s"]), p["patience_s"] and repr(p["patience_s"]), p["threshold_s"], p["share"]])
    result = json.loads(subprocess.run([example, path, answers, str(repeat)], check=True, capture_output=True).stdout)
    with open(answers) as file:
        return result["problems"] / result["cpu_s"], [int(row["agents"]) for row in csv.DictReader(file)]


def theirs(solve, rows):
    start = time.process_time()
    answers = [solve(p) for p in rows]
    return len(rows) / (time.process_time() - start), answers


def duel(title, peer, solve, rows, few, example):
    print(f"\n{title}: {len(rows)} problems (the peer solves the first {few}), mean load "
          f"{sum(p['load'] for p in rows) / len(rows):.0f} erlangs, one thread, CPU time")
    rates = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(1, ROUNDS + 1):
            their_rate, their_answers = theirs(solve, rows[:few])
            our_rate, our_answers = ours(example, rows, 20, folder)
            rates.append((our_rate / their_rate, our_rate, their_rate))
            print(f"  round {turn}: ours {our_rate:>12,.0f}/s   {peer} {their_rate:>10,.1f}/s   ratio {our_rate / their_rate:>8,.0f}")
    ratio, our_rate, their_rate = sorted(rates)[len(rates) // 2]
    print(f"  median:  ours {our_rate:>12,.0f}/s   {peer} {their_rate:>10,.1f}/s   ratio {ratio:>8,.0f}")
    pairs = list(zip(our_answers, their_answers))
    print(f"  answers: {sum(a == b for a, b in pairs)} equal, {sum(a < b for a, b in pairs)} where ours needs fewer agents, "
          f"{sum(a > b for a, b in pairs)} where ours needs more")


def main():
    example = sys.argv[1]
    found = version("pyworkforce")
    print(f"Python {sys.version.split()[0]}, pyworkforce {found}, numpy {np.__version__}, scipy {version('scipy')}")
    duel("Erlang C", f"pyworkforce {found}", pyworkforce_c, list(problems(10_000, False, 1)), 10_000, example)
    print("\n(pyworkforce has Erlang A from 0.5.4 on, which needs Python 3.12 and is not run here; "
          "the peer is a plain search with numpy and scipy's incomplete beta.)")
    duel("Erlang A", "numpy/scipy", numpy_a, list(problems(10_000, True, 2)), 1_000, example)


main()
