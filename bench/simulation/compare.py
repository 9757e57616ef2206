"""One queue, 100 agents, 95 erlangs, handle time 300 s, patience 120 s, all exponential: who simulates it how fast.

Each simulator runs in a process of its own, one after the other, and reports CPU seconds of the simulation alone:
without starting up, compiling or reading the scenario. P(abandon) is exactly 0.0270536.
"""

import json
import subprocess
import sys
import time

AGENTS, LOAD, HANDLE, PATIENCE = 100, 95.0, 300.0, 120.0
RATE = LOAD / HANDLE
EXACT = 0.0270536


def numba_heap(contacts):
    """The same idea compiled from Python: a heap of the times at which agents are free."""
    import numba
    import numpy as np

    @numba.njit(cache=False)
    def run(contacts, seed):
        np.random.seed(seed)
        free = np.zeros(AGENTS)
        at, abandoned = 0.0, 0
        for _ in range(contacts):
            at += np.random.exponential(1.0 / RATE)
            patience = np.random.exponential(PATIENCE)
            handle = np.random.exponential(HANDLE)
            start = max(free[0], at)
            if start > at + patience:
                abandoned += 1
                continue
            end, node = start + handle, 0  # Replaces the top and sinks.
            while True:
                child = 2 * node + 1
                if child >= AGENTS:
                    break
                if child + 1 < AGENTS and free[child + 1] < free[child]:
                    child += 1
                if free[child] >= end:
                    break
                free[node] = free[child]
                node = child
            free[node] = end
        return abandoned

    run(1000, 1)
    start = time.process_time()
    abandoned = run(contacts, 1)
    return time.process_time() - start, abandoned / contacts


def simpy_resource(contacts):
    import random

    import simpy

    draw = random.Random(1).expovariate
    environment = simpy.Environment()
    agents = simpy.Resource(environment, AGENTS)
    abandoned = 0

    def contact():
        nonlocal abandoned
        with agents.request() as turn:
            yield turn | environment.timeout(draw(1.0 / PATIENCE))
            if turn.triggered:
                yield environment.timeout(draw(1.0 / HANDLE))
            else:
                abandoned += 1

    def arrivals():
        for _ in range(contacts):
            yield environment.timeout(draw(RATE))
            environment.process(contact())

    start = time.process_time()
    environment.process(arrivals())
    environment.run()
    return time.process_time() - start, abandoned / contacts


def ciw_network(contacts):
    import ciw

    ciw.seed(1)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(RATE)],
        service_distributions=[ciw.dists.Exponential(1.0 / HANDLE)],
        reneging_time_distributions=[ciw.dists.Exponential(1.0 / PATIENCE)],
        number_of_servers=[AGENTS],
    )
    start = time.process_time()
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(contacts / RATE)
    seconds = time.process_time() - start
    ends = [record.record_type for record in simulation.get_all_records()]
    return seconds, ends.count("renege") / len(ends)


# Contacts, and how often: the shortest of several short runs is the one least disturbed.
PEERS = {
    "numba heap": (numba_heap, 20_000_000, 3),
    "SimPy": (simpy_resource, 300_000, 1),
    "Ciw": (ciw_network, 150_000, 1),
}


def main():
    if len(sys.argv) > 2:
        run, contacts, _ = PEERS[sys.argv[2]]
        print(json.dumps(run(contacts)))
        return
    speed = sys.argv[1]
    print(f"M/M/{AGENTS}+M, {LOAD:.0f} erlangs; P(abandon) is exactly {EXACT}")
    rates = {}
    result = ours(speed, "tallies", 20_000_000)
    rates["longshore"] = report("longshore", result["contacts"], result["cpu_s"], result["p_abandon"])
    for name, (_, contacts, times) in PEERS.items():
        seconds, abandoned = min(output([sys.executable, __file__, speed, name]) for _ in range(times))
        rates[name] = report(name, contacts, seconds, abandoned)
    print()
    for name in PEERS:
        print(f"longshore is {rates['longshore'] / rates[name]:,.1f} times as fast as {name}")
    print("\nThe same load with lognormal talk, hold and wrap, records as Arrow batches with every column:")
    for tables in ("lognormal", "contacts", "all"):
        result = ours(speed, tables, 5_000_000)
        name = {"lognormal": "tallies only", "all": "contacts, legs, agent_time"}.get(tables, tables)
        rate = result["contacts"] / result["cpu_s"]
        print(f"{name:28}{rate:>12,.0f} contacts a core-second, {result['rows']:>12,} rows, {result['peak_mb']:.0f} MB at most")


def output(command):
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def ours(speed, tables, contacts):
    runs = [output([speed, tables, str(contacts), "--json"]) for _ in range(3)]
    return min(runs, key=lambda run: run["cpu_s"])


def report(name, contacts, seconds, abandoned):
    rate = contacts / seconds
    print(f"{name:12}{contacts:>12,} contacts {seconds:8.3f} CPU s {rate:>14,.0f} a core-second   P(abandon) {abandoned:.6f}")
    return rate


main()
