"""How fast the package is, against the C calls below it and against a parse of each event with predicates by hand.

    python bench.py [--events FILE | --trail DIR] [--megabytes N] [--seconds N] [--spark]

FILE holds an event a line; DIR holds CloudTrail's delivery files (default: the project's sample trail). Either is repeated up
to N MB. Before anything is timed, everybody counts, and must agree. Times are medians of the process's CPU time, one pass each
in turn; Spark's are on the wall.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import ctfilter
from ctfilter._native import ffi, lib
from ctfilter.hits import Found

HERE = Path(__file__).resolve().parent
Q1 = {"stop-logging": '{ $.eventName = "StopLogging" }'}


def baseline() -> dict[str, str]:
    """Fourteen patterns of a monitoring baseline."""
    lines = (HERE.parent.parent / "tests/trail/baseline.jsonl").read_text().splitlines()[:14]
    return {row["name"]: row["pattern"] for row in map(json.loads, lines)}


def load(arguments: argparse.Namespace) -> bytes:
    data: bytes
    if arguments.events:
        data = Path(arguments.events).read_bytes()
    else:
        hits = ctfilter.compile("").scan(arguments.trail)
        data = b"".join(bytes(hit.message).replace(b"\n", b" ") + b"\n" for hit in hits)
    return bytes(data * max(1, round(arguments.megabytes * 1e6 / len(data))))


# ---- predicates by hand ----


def watches(patterns: dict[str, str]) -> dict[str, list[str | None]]:
    """For each name of a call, the sources that the patterns want with it; ``None``: any."""
    import re

    wanted: dict[str, list[str | None]] = {}
    for name, pattern in patterns.items():
        if name in ("unauthorized-calls", "login-without-mfa", "root-used", "failed-logins"):
            continue
        source = re.search(r'\$\.eventSource = "([^"]+)"', pattern)
        for call in re.findall(r"\$\.eventName = (\w+)", pattern):
            wanted.setdefault(call, []).append(source[1] if source else None)
    return wanted


def inner(event: dict[str, Any], key: str) -> dict[str, Any]:
    value = event.get(key)
    return value if isinstance(value, dict) else {}


def predicate(patterns: dict[str, str]) -> Callable[[dict[str, Any]], int]:
    """How many patterns match an event: written for these patterns, and for events as CloudTrail writes them."""
    if patterns == Q1:
        return lambda event: event.get("eventName") == "StopLogging"
    wanted = watches(patterns)

    def count(event: dict[str, Any]) -> int:
        name, source, hits = event.get("eventName"), event.get("eventSource"), 0
        for one in wanted.get(name, ()):  # type: ignore[arg-type]
            hits += one is None or one == source
        code = event.get("errorCode")
        if code is not None:
            hits += code.endswith("UnauthorizedOperation") or code.startswith("AccessDenied")
        user = inner(event, "userIdentity")
        if user.get("type") == "Root":
            hits += "invokedBy" not in user and event.get("eventType", "AwsServiceEvent") != "AwsServiceEvent"
        if name == "ConsoleLogin":
            hits += event.get("errorMessage") == "Failed authentication"
            hits += (
                inner(event, "additionalEventData").get("MFAUsed", "Yes") != "Yes"
                and user.get("type") == "IAMUser"
                and inner(event, "responseElements").get("ConsoleLogin") == "Success"
            )
        return hits

    return count


# ---- engines: each counts the messages that match ----


def in_c(filter: ctfilter.Filter, data: bytes) -> Callable[[], int]:
    """One call of ctf_scan over all of it."""
    options = ffi.new("ctf_scan_options *", {"size": ffi.sizeof("ctf_scan_options"), "framing": lib.CTF_FRAME_LINES})

    def run() -> int:
        found = Found(filter)
        with filter.worker() as worker:
            lib.ctfpy_scan(worker, data, len(data), options, 0, ffi.NULL, ffi.NULL, 0, found.native, ffi.NULL)
        return len(found)

    return run


def passed_on(hits: Iterable[object]) -> int:
    """How many there are: what a loop costs that does nothing with them."""
    number = 0
    for _ in hits:
        number += 1
    return number


def engines(patterns: dict[str, str], data: bytes) -> dict[str, Callable[[], int]]:
    filter, count, lines = ctfilter.compile(patterns), predicate(patterns), data.splitlines()
    found: dict[str, Callable[[], int]] = {
        "C call": in_c(filter, data),
        "scan": lambda: passed_on(filter.scan(data, framing="lines")),
        "scan, messages read": lambda: sum(len(hit.message) > 0 for hit in filter.scan(data, framing="lines")),
        "count": lambda: filter.count(data, framing="lines").messages,
        "match_many": lambda: sum(map(bool, filter.match_many(lines))),
        "match": lambda: sum(1 for line in lines if filter.match(line)),
        "json + predicate": lambda: sum(count(json.loads(line)) > 0 for line in io.BytesIO(data)),
    }
    try:
        import pyarrow as pa

        column = pa.array(lines, pa.large_binary())
        found["match_column"] = lambda: filter.match_column(column).any.tobytes().count(1)
        found["match_column, any"] = lambda: filter.match_column(column, each=False).any.tobytes().count(1)
    except ImportError:
        pass
    try:
        import orjson

        found["orjson + predicate"] = lambda: sum(count(orjson.loads(line)) > 0 for line in io.BytesIO(data))
    except ImportError:
        pass
    return found


def measure(found: dict[str, Callable[[], int]], seconds: float) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in found}
    begin = time.perf_counter()
    while not all(len(row) >= 3 for row in times.values()) or time.perf_counter() - begin < seconds:
        for name, run in found.items():
            start = time.process_time()
            run()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(row) for name, row in times.items()}


def tell(title: str, patterns: dict[str, str], data: bytes, seconds: float) -> None:
    found = engines(patterns, data)
    counts = {name: run() for name, run in found.items()}
    if len(set(counts.values())) != 1:
        raise SystemExit(f"{title}: the counts differ: {counts}")
    by_hand = sum(map(predicate(patterns), map(json.loads, data.splitlines())))
    if by_hand != sum(ctfilter.compile(patterns).count(data).patterns.values()):
        raise SystemExit(f"{title}: {by_hand} matches by hand, and not as many by the patterns")
    medians = measure(found, seconds)
    print(f"\n{title}: {counts['C call']} messages match\n\n| | GB/s | of the C call |\n|---|---:|---:|")
    for name, median in sorted(medians.items(), key=lambda item: item[1]):
        print(f"| {name} | {len(data) / median / 1e9:.3f} | {medians['C call'] / median:.3f} |")


def tell_calls(data: bytes) -> None:
    """What a call costs above the C call."""
    filter = ctfilter.compile(Q1)
    event = next(line for line in data.splitlines() if len(line) >= 1024)[:1023] + b"}"
    hit = b'{"eventName":"StopLogging","pad":"' + b"x" * 988 + b'"}'
    print(f"\n| one event of {len(event)} bytes | ns |\n|---|---:|")
    with filter.worker() as worker:
        rows: dict[str, Callable[[], object]] = {
            "ctfpy_match, no match": lambda: lib.ctfpy_match(worker, event, len(event)),
            "match, no match": lambda: filter.match(event),
            "ctfpy_match, a match": lambda: lib.ctfpy_match(worker, hit, len(hit)),
            "match, a match": lambda: filter.match(hit),
        }
        for name, run in rows.items():
            times = []
            for _ in range(7):
                start = time.process_time()
                for _ in range(20000):
                    run()
                times.append((time.process_time() - start) / 20000)
            print(f"| {name} | {statistics.median(times) * 1e9:.0f} |")


# ---- Spark, and what a series weighs ----


def write_trail(folder: Path, data: bytes, events: int) -> int:
    """Delivery files of so many events each; returns how many files."""
    lines = data.splitlines()
    for start in range(0, len(lines), events):
        content = b'{"Records":[' + b",".join(lines[start : start + events]) + b"]}"
        (folder / f"{start:09}.json.gz").write_bytes(gzip.compress(content, 6))
    return -(-len(lines) // events)


def processor_seconds() -> float:
    """What this process and all below it have used of the processor: Spark's work is in other processes."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(fields[1])
        ticks[int(entry.parent.name)] = sum(map(int, fields[11:15]))

    def is_ours(process: int) -> bool:
        return process == os.getpid() or (process in parents and is_ours(parents[process]))

    return sum(used for process, used in ticks.items() if is_ours(process)) / os.sysconf("SC_CLK_TCK")


def best(run: Callable[[], object]) -> tuple[float, float]:
    """The least of three runs: seconds of the processor, and seconds on the wall."""
    times = []
    for _ in range(3):
        start, used = time.perf_counter(), processor_seconds()
        run()
        times.append((processor_seconds() - used, time.perf_counter() - start))
    return min(row[0] for row in times), min(row[1] for row in times)


def untouched(batches: Iterator[Any]) -> Iterator[Any]:
    yield from batches


def tell_spark(arguments: argparse.Namespace) -> None:
    """Spark on one core and on two, against one process; what a partition costs."""
    import ctfilter.spark
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    login = ctfilter.MetricFilter("logins", '{ $.eventName = "ConsoleLogin" }', "N", "Logins")
    dimensions = {"name": "$.eventName", "source": "$.eventSource"}
    by = ctfilter.MetricFilter("by", "{ $.eventName = * }", "N", "Calls", dimensions=dimensions)
    metrics, alone, data = ctfilter.Metrics([login, by]), ctfilter.Series(), load(arguments)
    with tempfile.TemporaryDirectory() as folder:
        number = write_trail(Path(folder), data, 2000)
        metrics.scan(alone, folder)
        rows = [("one process", best(lambda: metrics.scan(ctfilter.Series(), folder)))]
        for cores in (1, 2):
            builder = SparkSession.builder.master(f"local[{cores}]").config("spark.ui.enabled", "false")
            session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
            session.sparkContext.setLogLevel("OFF")
            files = session.read.format("binaryFile").load(folder)

            def series(partitions: int, files: Any = files) -> None:
                events = ctfilter.spark.events(files.repartition(partitions))
                assert ctfilter.spark.series(events, metrics, "event") == alone

            def nothing(tasks: int, session: Any = session) -> None:
                session.range(0).repartition(tasks).mapInArrow(untouched, "id long").count()

            series(cores)
            rows += [(f"local[{cores}], {n} partitions", best(partial(series, n))) for n in (cores, 8 * cores)]
            rows += [(f"local[{cores}], {n} tasks without work", best(partial(nothing, n))) for n in (1, 65)]
            session.stop()
    print(f"\n{number} delivery files of 2,000 events, {len(data) / 1e6:.0f} MB inflated")
    print("\n| series of them | s of the processor | MB a second of it | s on the wall |\n|---|---:|---:|---:|")
    for name, (used, wall) in rows:
        print(f"| {name} | {used:.2f} | {'' if 'without' in name else f'{len(data) / used / 1e6:.0f}'} | {wall:.2f} |")


def tell_series() -> None:
    """How large a series is, and what merging two costs, by metrics and minutes; each sample is 1."""
    print("\n| metrics | minutes | points | samples a point | bytes | bytes a point | merge, ms |\n|---:|---:|---:|---:|---:|---:|---:|")
    for metrics, minutes, count in ((1, 1440, 1), (1, 1440, 1000), (100, 1440, 1), (1000, 1440, 1), (1000, 1440, 1000), (10000, 60, 1)):
        series = ctfilter.Series()
        for i in range(metrics):
            metric = ctfilter.Metric("Trail", "Calls", {"eventName": f"DescribeSomething{i}", "eventSource": "ec2.amazonaws.com"})
            for minute in range(minutes):
                series.add(metric, minute * 60000, 1.0, count)
        data = series.to_bytes()
        other = ctfilter.Series.from_bytes(data)
        start = time.process_time()
        series.merge(other)
        merge = time.process_time() - start
        points = metrics * minutes
        print(f"| {metrics} | {minutes} | {points} | {count} | {len(data)} | {len(data) / points:.1f} | {merge * 1e3:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", help="a file with an event a line")
    parser.add_argument("--trail", default=str(HERE.parent.parent / "tests/trail/AWSLogs"), help="a directory of delivery files")
    parser.add_argument("--megabytes", type=float, default=64)
    parser.add_argument("--seconds", type=float, default=10, help="for each set of patterns")
    parser.add_argument("--spark", action="store_true", help="measure Spark, and what a series weighs, instead")
    arguments = parser.parse_args()
    if arguments.spark:
        tell_series()
        tell_spark(arguments)
        return
    data = load(arguments)
    print(f"{len(data.splitlines())} events, {len(data) / 1e6:.1f} MB")
    tell("Q1, one rare value", Q1, data, arguments.seconds)
    tell("14 patterns of a baseline", baseline(), data, arguments.seconds)
    tell_calls(data)


if __name__ == "__main__":
    main()
