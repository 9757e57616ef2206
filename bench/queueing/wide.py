#!/usr/bin/env python3
"""Erlang A far from the textbook, by brute force: writes crates/queueing/tests/wide.csv.

Independent of the crate: stationary weights of the birth-death chain summed one by one, and the virtual wait's density
integrated numerically, both with 40 digits (mpmath). Needs `pip install mpmath`; takes some minutes.
"""
import csv
import sys

from mpmath import mp, mpf, exp, expm1, inf, quad, sqrt, log

mp.dps = 40


def erlang_a(n, load, handle, patience, threshold):
    mu, theta = 1 / mpf(handle), 1 / mpf(patience)
    lam = mpf(load) * mu
    tiny = mpf(10) ** -45
    below, weight, k = mpf(0), mpf(1), n
    while k > 0:  # States n-1 .. 0 relative to state n.
        weight *= k / mpf(load)
        below += weight
        k -= 1
        if weight < tiny * below and k < load:
            break
    busy, queue, weight, k = mpf(1), mpf(0), mpf(1), 0
    while True:  # States n, n+1, ...
        k += 1
        weight *= lam / (n * mu + k * theta)
        busy += weight
        queue += k * weight
        if weight < tiny * busy and lam < n * mu + k * theta:
            break
    total = below + busy
    full = 1 / total
    p_wait = busy / total
    p_abandon = theta * queue / total / lam

    def density(u, extra=0):  # of the virtual wait, times exp(-extra theta u)
        return full * n * mu * exp(lam * -expm1(-theta * u) / theta - (n * mu + extra * theta) * u)

    def integral(f, start, extra):
        # The integrand is log-concave: find its peak, then cut where it has fallen to nothing.
        rate = n * mu + extra * theta
        peak = max(mpf(start), log(lam / rate) / theta if lam > rate else mpf(0))
        width = 1 / (abs(lam * exp(-theta * peak) - rate) + sqrt(theta * lam * exp(-theta * peak)))
        cuts = sorted({mpf(start), peak} | {peak + width * c for c in (1, 3, 6, 10, 15, 25, 40, 70, 120, 200)}
                      | {max(mpf(start), peak - width * c) for c in (1, 3, 6, 10, 15, 25)})
        return quad(f, cuts)

    late = integral(lambda u: density(u), threshold, 0)
    late_answered = integral(lambda u: density(u, 1), threshold, 1)
    wait_answered = integral(lambda u: u * density(u, 1), 0, 1) / (1 - p_abandon)
    answered = 1 - p_abandon
    return {
        "p_wait": p_wait,
        "p_abandon": p_abandon,
        "wait_s_all": p_abandon / theta,
        "wait_s_answered": wait_answered,
        "missed_virtual": late,
        "missed_offered": p_abandon + late_answered,
        "missed_answered": late_answered / answered,
        "missed_actual": late * exp(-theta * threshold),
    }


CASES = [
    # agents, load, handle, patience, threshold
    (1, 0.01, 300, 120, 20), (1, 0.9, 300, 5, 0), (1, 3, 300, 3600, 20), (1, 50, 300, 60, 600), (2, 1.99, 180, 86400, 60),
    (3, 0.5, 60, 604800, 3600), (5, 5, 300, 300, 20), (10, 8, 180, 1, 20), (10, 12, 180, 200, 300), (14, 10, 180, 300, 20),
    (25, 24.9, 240, 172800, 30), (30, 29, 300, 2592000, 86400), (48, 48, 60, 120, 10), (50, 100, 300, 120, 120),
    (60, 60, 300, 300, 20), (61, 50, 300, 300, 5), (100, 95, 300, 120, 20), (100, 95, 300, 120, 600),
    (100, 110, 300, 600, 60), (100, 99.9, 300, 86400, 600), (150, 120, 300, 30, 20), (200, 260, 300, 1800, 600),
    (300, 295, 180, 180, 600), (399, 400, 200, 333, 15), (400, 398, 200, 3600, 15), (401, 420, 200, 3600, 15),
    (500, 470, 300, 86400, 10), (1000, 900, 300, 3, 1), (1000, 1000, 300, 300, 20), (1000, 1100, 250, 500, 30),
    (2000, 1990, 300, 86400, 60), (5000, 4950, 300, 600, 20), (5000, 5500, 300, 600, 90), (20000, 19990, 300, 180, 20),
    (20000, 20500, 300, 180, 5), (20000, 19800, 300, 172800, 60), (100000, 99900, 300, 120, 20),
    (100000, 99700, 300, 259200, 20), (100000, 101000, 240, 200, 10),
]

out = csv.writer(sys.stdout, lineterminator="\n")
names = None
for agents, load, handle, patience, threshold in CASES:
    result = erlang_a(agents, load, handle, patience, threshold)
    if names is None:
        names = list(result)
        out.writerow(["agents", "load", "handle_s", "patience_s", "threshold_s", *names])
    out.writerow([agents, load, handle, patience, threshold, *(mp.nstr(result[name], 17) for name in names)])
    sys.stdout.flush()
