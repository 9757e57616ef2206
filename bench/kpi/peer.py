"""`longshore kpi` by queue and half hour against DuckDB with the same columns from the same files, in turn.

usage: peer.py LONGSHORE LAKE [RUNS]

Every column is compared, group by group. DuckDB has as many threads, and 8 GB of memory: of one it keeps every quantile's values, and ends.
"""

import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time

FAMILIES = "service,waits,handling"

# What `docs/kpi.md` says of each column, over the rows that hold. Waits go from the offer to the answer, or to where the
# recorded wait ends; times are whole milliseconds.
SQL = """
with held as (
    select *,
        coalesce(epoch_us(offered_at), epoch_us(arrived_at)) as began,
        direction is distinct from 'outbound' as inbound
    from read_parquet('{lake}/contacts/*/*.parquet', hive_partitioning = false)
    where superseded_at is null
), placed as (
    select *,
        began // 1800000000 as half_hour,
        case
            when answered_at is not null then (epoch_us(answered_at) - epoch_us(offered_at)) // 1000
            when wait is not null then wait + coalesce(ring, 0)
            when ended_at is not null then (epoch_us(ended_at) - epoch_us(offered_at)) // 1000
        end as waited,
        inbound and outcome = 'answered' as answered,
        inbound and outcome = 'abandoned' as abandoned,
        inbound and outcome in ('answered', 'abandoned', 'timed_out', 'exit_key', 'left_empty', 'flow_out',
            'callback_offered', 'callback_done', 'voicemail') as queued,
        inbound and outcome in ('blocked_full', 'blocked_closed', 'blocked_empty') as turned_away,
        outcome = 'answered' as served
    from held
    where began is not null
), grouped as (
    select first_queue as queue, half_hour,
        count(*) as contacts,
        count(*) filter (not inbound) as outbound,
        count(*) filter (queued or inbound and outcome is null) as offered,
        {outcomes},
        count(*) filter (turned_away) as blocked,
        count(*) filter (outcome in ('answered', 'callback_done')) as handled,
        count(*) filter (answered) as n_answered,
        count(*) filter (answered and waited is not null) as known,
        count(*) filter (answered and waited <= 20000) as in_time,
        count(*) filter (answered and waited < 20000) as below,
        count(*) filter (abandoned) as n_left,
        count(*) filter (abandoned and waited is not null) as known_left,
        count(*) filter (abandoned and waited <= 20000) as left_in_time,
        count(*) filter (abandoned and waited < 5000) as left_short,
        count(*) filter (abandoned and waited < 3000) as left_3,
        count(*) filter (abandoned and waited < 10000) as left_10,
        count(*) filter (queued) as n_queued,
        count(*) filter (queued and waited is not null) as known_queued,
        count(*) filter (queued and waited <= 300000) as within_five,
        sum(wait) filter (answered) / 1000 as s_wait,
        count(wait) filter (answered) as n_wait,
        sum(waited) filter (answered) / 1000 as s_answered,
        sum(waited) filter (queued) / 1000 as s_queued,
        quantile_disc(waited, 0.5) filter (queued) / 1000 as wait_median_s,
        quantile_disc(waited, 0.9) filter (queued) / 1000 as wait_p90_s,
        max(waited) filter (queued) / 1000 as wait_max_s,
        quantile_disc(waited, 0.5) filter (answered) / 1000 as speed_of_answer_median_s,
        quantile_disc(waited, 0.9) filter (answered) / 1000 as speed_of_answer_p90_s,
        max(waited) filter (answered) / 1000 as speed_of_answer_max_s,
        avg(talk + hold + wrap) filter (served) / 1000 as handle_time_s,
        avg(talk + hold) filter (served) / 1000 as handle_time_without_wrap_s,
        avg(talk) filter (served) / 1000 as talk_s,
        avg(hold) filter (served) / 1000 as hold_s,
        avg(wrap) filter (served) / 1000 as wrap_s,
        avg(coalesce(ring, 0)) filter (served) / 1000 as ring_s,
        count(*) filter (served and transferred_out) / count(transferred_out) filter (served) as transferred
    from placed
    group by first_queue, half_hour
)
select * exclude (n_answered, known, in_time, below, n_left, known_left, left_in_time, left_short, left_3, left_10,
        n_queued, known_queued, within_five, s_wait, n_wait, s_answered, s_queued),
    in_time / known as service_level_answered,
    below / known as service_level_answered_below,
    (in_time + left_in_time) / (known + known_left) as service_level_abandons_met,
    in_time / (known + known_left - left_in_time) as service_level_abandons_ignored,
    in_time / (known + known_left - left_short) as service_level_without_short,
    in_time / (known + n_left) as service_level_offered,
    below / (known + n_left) as service_level_offered_below,
    in_time / (known + n_queued - n_answered) as service_level_with_flow_outs,
    in_time / (known + n_queued - n_answered + blocked) as service_level_with_blocked,
    n_left / (n_answered + n_left) as abandonment,
    (known_left - left_short) / (n_answered + known_left - left_short) as abandonment_without_short,
    (known_left - left_3) / (n_answered + known_left - left_3) as abandonment_from_3s,
    (known_left - left_short) / (n_answered + known_left - left_short) as abandonment_from_5s,
    (known_left - left_10) / (n_answered + known_left - left_10) as abandonment_from_10s,
    (known_left - left_in_time) / (n_answered + known_left - left_in_time) as abandonment_over_threshold,
    n_left / n_queued as abandonment_of_entered,
    (n_left + "timed_out") / n_queued as abandonment_timed_out_too,
    blocked / (n_queued + blocked) as blocking,
    n_answered / (n_queued + blocked) as answered_of_attempts,
    s_wait / n_wait as speed_of_answer_s,
    s_answered / known as speed_of_answer_with_ring_s,
    s_queued / known_queued as wait_s,
    (known_queued - within_five) / known_queued as waited_over_5min
from grouped
"""

OUTCOMES = [
    "answered", "abandoned", "timed_out", "exit_key", "left_empty", "flow_out", "callback_offered", "callback_done",
    "voicemail", "contained", "blocked_full", "blocked_closed", "blocked_empty", "unknown",
]  # fmt: skip


def duckdb_side(lake, out, threads):
    """In a process of its own, for its memory."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"set threads = {threads}")
    connection.execute("set memory_limit = '8GB'")
    connection.execute(f"set temp_directory = '{out}.spill'")
    outcomes = ",\n".join(
        f"count(*) filter (inbound and outcome = '{outcome}') as \"{outcome}\"" for outcome in OUTCOMES
    )
    query = SQL.format(lake=lake, outcomes=outcomes)
    connection.execute(f"copy ({query}) to '{out}' (format json, array true)")


def timed(command, out=None):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    with open(out or os.devnull, "wb") as stdout:
        process = subprocess.Popen(command, stdout=stdout)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed")
    seconds = time.monotonic() - began
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def compare(ours, theirs):
    """Every value of every group, to a billionth."""
    from datetime import datetime

    with open(ours) as file:
        groups = json.load(file)["groups"]
    with open(theirs) as file:
        rows = json.load(file)
    by_key = {(row["queue"], row["half_hour"]): row for row in rows}
    if len(groups) != len(by_key):
        raise SystemExit(f"{len(groups)} groups here, {len(by_key)} there")
    values, apart = 0, {}
    for group in groups:
        begins = int(datetime.fromisoformat(group["by"]["interval"]).timestamp()) // 1800
        row = by_key[group["by"]["queue"], begins]
        for name, there in row.items():
            if name in ("queue", "half_hour"):
                continue
            here = group[name]
            values += 1
            there = None if there is not None and isinstance(there, float) and math.isnan(there) else there
            if (here is None) != (there is None) or here is not None and abs(here - there) > 1e-8 * max(1, abs(there)):
                apart.setdefault(name, []).append((group["by"], here, there))
    return len(groups), values, apart


def main():
    if sys.argv[1] == "--duckdb":
        return duckdb_side(*sys.argv[2:])
    longshore, lake = sys.argv[1:3]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    threads = os.cpu_count()
    work = tempfile.mkdtemp()
    ours, theirs = os.path.join(work, "kpi.json"), os.path.join(work, "duckdb.json")
    kpi = [longshore, "kpi", lake, "--by", "queue,interval", "--show", FAMILIES, "--json"]
    duckdb = [sys.executable, __file__, "--duckdb", lake, theirs, str(threads)]
    best = [math.inf, math.inf]
    for _ in range(runs):
        for side, (name, command, out) in enumerate([("longshore", kpi, ours), ("duckdb", duckdb, None)]):
            seconds, cpu, megabytes = timed(command, out)
            best[side] = min(best[side], seconds)
            print(f"{name}: {seconds:.1f} s, {cpu:.1f} s CPU, {megabytes:.0f} MB", flush=True)
    groups, values, apart = compare(ours, theirs)
    print(f"{groups} groups, {values} values, {sum(map(len, apart.values()))} apart")
    for name, values in apart.items():
        print(f"  {name}: {len(values)}, such as {values[0]}")
    print(f"ratio of the best runs: {best[1] / best[0]:.2f} times as fast as duckdb")


main()
