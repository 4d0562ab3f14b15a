"""Metric filters, series, statistics."""

from __future__ import annotations

import datetime
import io
import itertools
import json
import pickle
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import ctfilter

M = ctfilter.Metric("N", "M")
MINUTE = 60000


def of(**settings: Any) -> ctfilter.MetricFilter:
    return ctfilter.MetricFilter(**{"name": "f", "pattern": "{ $.a = * }", "namespace": "N", "metric": "M"} | settings)


def test_a_series_depends_on_its_samples_alone() -> None:
    order = random.Random(7)
    samples = [(order.choice([M, ctfilter.Metric("N", "M", {"d": "x"})]), order.randrange(10**7), order.uniform(-5, 5)) for _ in range(2000)]
    whole = ctfilter.Series()
    for sample in samples:
        whole.add(*sample)
    for seed in range(5):
        random.Random(seed).shuffle(samples)
        parts = [ctfilter.Series() for _ in range(7)]
        for part, sample in zip(itertools.cycle(parts), samples, strict=False):
            part.add(*sample)
        random.Random(seed).shuffle(parts)
        total = ctfilter.Series()
        for part in parts:
            total.merge(ctfilter.Series.from_bytes(part.to_bytes()))
        assert total == whole and total.to_bytes() == whole.to_bytes()
    doubled = pickle.loads(pickle.dumps(whole))
    doubled.merge(doubled)
    assert doubled.info.samples == 2 * whole.info.samples


def test_a_series_tells_what_it_holds() -> None:
    series = ctfilter.Series(resolution=10, max_values=3)
    assert series.info.first is None and series.metrics == [] and M not in series
    other = ctfilter.Metric("N", "M", {"b": "2", "a": "1"}, "Count")
    series.add(M, datetime.datetime(1970, 1, 1, 0, 0, 15, tzinfo=datetime.timezone.utc), 5)
    series.add(other, "1970-01-01T00:01:00Z", 7, count=3)
    info = series.info
    assert (info.metrics, info.samples, info.first, info.last, info.resolution, info.max_values) == (2, 4, 10000, 60000, 10, 3)
    assert series.metrics == [M, other] and other in series and other.dimensions == (("a", "1"), ("b", "2"))
    assert series.statistic(other, "Sum", 0, 120000).value == 21
    assert series.statistic(other, "Sum", 0, 10000) == ctfilter.Datapoint(0, None, 0, "none")
    assert series.statistic(ctfilter.Metric("N", "none"), "Sum", 0, 10000).availability == "none"
    assert [p.start for p in series.datapoints(other, "Average", 60)] == [60000]
    assert series.datapoints(other, "Average", 60, end=60000) == []
    late = ctfilter.Series()
    late.add(M, 0, 1, arrival=300000)
    assert late.statistic(M, "Sum", 0, MINUTE, seen_at=240000).availability == "none"
    assert late.statistic(M, "Sum", 0, MINUTE, seen_at=300000).value == 1


def test_bad_samples_and_questions_are_refused() -> None:
    series = ctfilter.Series()
    for value in (float("nan"), float("inf"), 2.0**361):
        with pytest.raises(ValueError):
            series.add(M, 0, value)
    for count in (0, -1, 1 << 60):
        with pytest.raises(ValueError, match="^count must be"):
            series.add(M, 0, 1, count)
    with pytest.raises(ValueError):
        series.add(ctfilter.Metric("", "M"), 0, 1)
    with pytest.raises(ValueError):
        series.add(M, 1 << 60, 1)
    with pytest.raises(ValueError, match="^timestamp must have a time zone"):
        series.add(M, datetime.datetime(2026, 1, 1), 1)
    with pytest.raises(ValueError, match="^timestamp must be like"):
        series.add(M, "yesterday", 1)
    with pytest.raises(TypeError, match="^timestamp must be milliseconds"):
        series.add(M, 1.5, 1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="^resolution must be"):
        ctfilter.Series(resolution=30)
    with pytest.raises(ValueError, match="differ in resolution"):
        series.merge(ctfilter.Series(resolution=10))
    with pytest.raises(TypeError, match="^other must be a Series"):
        series.merge(b"")  # type: ignore[arg-type]
    series.add(M, 0, 1)
    with pytest.raises(ValueError, match="^start and end must be multiples"):
        series.statistic(M, "Sum", 1, 60000)
    with pytest.raises(ValueError, match="^period must be"):
        series.datapoints(M, "Sum", 90)
    with pytest.raises(ctfilter.StatisticError) as caught:
        series.statistic(M, "p101", 0, 60000)
    assert "p101" in str(caught.value) and "^" in str(caught.value)
    assert series.info.samples == 1


def test_foreign_bytes_are_no_series() -> None:
    series = ctfilter.Series()
    for i in range(20):
        series.add(M, i * MINUTE, i)
    data = series.to_bytes()
    for bad in (b"", b"x" * 50, data[:-1], data + b"\0"):
        with pytest.raises(ctfilter.ProgramError):
            ctfilter.Series.from_bytes(bad)
    for at in range(len(data)):
        damaged = bytearray(data)
        damaged[at] ^= 1
        with pytest.raises(ctfilter.ProgramError):
            ctfilter.Series.from_bytes(damaged)


def test_times_are_read_as_they_are_written() -> None:
    from ctfilter.times import milliseconds, to_text

    def read(text: str) -> int:
        when = datetime.datetime.fromisoformat(text.replace("Z", "+00:00").replace("t", "T"))
        return round(when.timestamp() * 1000)

    for text in ("1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2000-12-31t12:00:00+05:30", "1969-07-20T20:17:40-04:00",
                 "2026-01-13T09:12:47.125Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2100-03-01 00:00:00Z"):  # fmt: skip
        assert milliseconds(text) == read(text), text
    assert milliseconds("2024-01-15") == read("2024-01-15T00:00:00Z")
    assert milliseconds("2024-01-15T10:00:00.1239Z") % 1000 == 123
    assert to_text(milliseconds("2026-01-13T09:12:47.125Z")) == "2026-01-13T09:12:47.125Z"
    assert to_text(milliseconds("0099-01-13T09:12:47Z")) == "0099-01-13T09:12:47Z"
    for text in ("", "2024", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:00",
                 "2024-01-01T00:00:00Zx", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+5:00", "2024-1-1T00:00:00Z", "24-01-01"):  # fmt: skip
        with pytest.raises(ValueError):
            milliseconds(text)

    nowhere = type("Nowhere", (datetime.tzinfo,), {"utcoffset": lambda self, time: None})()
    for naive in (datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 1, tzinfo=nowhere)):
        with pytest.raises(ValueError, match="^start must have a time zone"):
            milliseconds(naive, "start")


def test_a_metric_filter_speaks_the_apis_words() -> None:
    api = {
        "filterName": "f",
        "filterPattern": "{ $.a = * }",
        "metricTransformations": [
            {"metricNamespace": "N", "metricName": "M", "metricValue": "$.v", "dimensions": {"d": "$.d"}, "unit": "Count"}
        ],
        "emitSystemFieldDimensions": ["@aws.region"],
    }
    one = ctfilter.MetricFilter.from_api(api)
    assert one == of(value="$.v", dimensions={"d": "$.d"}, unit="Count", emit_system_dimensions=("@aws.region",))
    series = ctfilter.Series()
    ctfilter.Metrics(one).record(series, {"a": 1, "v": 2, "d": "x"}, 0, region="eu-west-1")
    assert series.metrics == [ctfilter.Metric("N", "M", {"d": "x", "@aws.region": "eu-west-1"}, "Count")]
    for broken in ({}, {"metricTransformations": [1]}, {**api, "filterPattern": 5}, {**api, "metricTransformations": []}):
        with pytest.raises(ctfilter.ValidationError):
            ctfilter.MetricFilter.from_api(broken)
    with pytest.raises(ctfilter.ValidationError, match="^emitSystemFieldDimensions must be"):
        ctfilter.MetricFilter.from_api({**api, "emitSystemFieldDimensions": [[]]})
    for default in ("1", True, 10**400):
        with pytest.raises(ctfilter.ValidationError, match="^defaultValue must be a number"):
            ctfilter.MetricFilter.from_api({**api, "metricTransformations": [{"metricValue": "1", "defaultValue": default}]})


def test_a_refused_filter_tells_which() -> None:
    with pytest.raises(ctfilter.PatternError) as pattern:
        ctfilter.Metrics([of(), of(name="second", pattern="{ $.é == 1 }")])
    assert (pattern.value.index, pattern.value.name, pattern.value.offset) == (1, "second", 6)
    with pytest.raises(ctfilter.ValidationError) as settings:
        ctfilter.Metrics([of(), of(default=0, dimensions={"a": "$.a"})])
    assert settings.value.index == 1
    assert settings.value.service.endswith("dimensions and default value are mutually exclusive properties")
    assert settings.value.service in str(settings.value)
    for bad, name in (({"value": 1}, "value"), ({"default": "0"}, "default"), ({"dimensions": {"a": 1}}, "dimensions")):
        with pytest.raises(TypeError, match=f"^{name} must be"):
            of(**bad)
    with pytest.raises(ValueError, match="at least one"):
        ctfilter.Metrics([])
    with pytest.raises(TypeError, match="^filters must be MetricFilter"):
        ctfilter.Metrics(["x"])  # type: ignore[list-item]


FILTERS = [
    of(name="logins", pattern='{ $.eventName = "ConsoleLogin" }', metric="Logins"),
    of(name="all", pattern="", metric="All"),
    of(name="zero", pattern="{ $.errorCode = * }", metric="Errors", default=0),
    of(name="by", pattern="{ $.eventName = * }", metric="Calls", dimensions={"name": "$.eventName"}),
    of(name="sys", pattern="{ $.readOnly IS FALSE }", metric="Writes", emit_system_dimensions=("@aws.account", "@aws.region")),
]


def test_an_archive_is_recorded_as_its_events_one_by_one(trail: Path) -> None:
    metrics, one, many = ctfilter.Metrics(FILTERS), ctfilter.Series(), ctfilter.Series()
    recorded = metrics.scan(one, trail)
    events = list(ctfilter.compile("").scan(trail))
    times = []
    for event in events:
        record = json.loads(event.text)
        times.append(ctfilter.times.milliseconds(record["eventTime"]))
        where = {"account": record["recipientAccountId"], "region": record["awsRegion"]}
        metrics.record(many, event.message, times[-1], **where)
    assert one == many
    assert recorded.events == 720 and recorded.untimed == 0 and recorded.matched == 720
    assert (recorded.first, recorded.last) == (min(times), max(times))
    assert pickle.loads(pickle.dumps(metrics)) == metrics
    fixed = ctfilter.Series()
    metrics.scan(fixed, trail, account="1", region="r", delay=300000)
    assert ctfilter.Metric("N", "Writes", {"@aws.account": "1", "@aws.region": "r"}) in fixed
    start = min(times) // MINUTE * MINUTE
    everything, first = ctfilter.Metric("N", "All"), (start, start + MINUTE)
    assert one.statistic(everything, "Sum", *first, seen_at=start + MINUTE).value is not None
    assert fixed.statistic(everything, "Sum", *first, seen_at=start + 5 * MINUTE).value is None
    assert fixed.statistic(everything, "Sum", *first, seen_at=start + 6 * MINUTE).value is not None


def test_events_without_a_time_are_counted(tmp_path: Path) -> None:
    lines = b'{"eventTime":"2026-01-01T00:00:00Z","a":1}\n{"a":1}\n{"eventTime":true}\nnothing\n'
    metrics, series = ctfilter.Metrics(of()), ctfilter.Series()
    recorded = metrics.scan(series, lines)
    assert (recorded.events, recorded.untimed, recorded.matched) == (4, 3, 1)
    assert series.info.samples == 1
    assert metrics.scan(ctfilter.Series(), b"x\n").first is None
    (tmp_path / "1.json").write_bytes(b'{"Records":[')
    (tmp_path / "2.json").write_bytes(b'{"Records":[{"eventTime":"2026-01-01T00:00:00Z","a":1}]}')
    told: list[str] = []
    assert metrics.scan(series, tmp_path, on_error=lambda name, error: told.append(name)).matched == 1
    assert told == [str(tmp_path / "1.json")]
    with pytest.raises(ctfilter.DocumentError):
        metrics.scan(series, tmp_path)


def test_slices_do_not_change_what_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctfilter.scan

    data = b"".join(b'{"eventTime":"2026-01-01T00:%02d:00Z","a":%d}\n' % (i % 60, i) for i in range(300))
    expected = ctfilter.Series()
    ctfilter.Metrics(of(value="$.a")).scan(expected, data)
    monkeypatch.setattr(ctfilter.scan, "SLICE", 100)
    monkeypatch.setattr(ctfilter.scan, "BLOCK", 70)
    for source in (data, io.BytesIO(data), io.BytesIO(data)):
        series, done = ctfilter.Series(), list[int]()
        ctfilter.Metrics(of(value="$.a")).scan(series, source, progress=lambda n, total, done=done: done.append(n))  # type: ignore[misc]
        assert series == expected and done[-1] == len(data)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns", "int64"])
def test_a_column_is_recorded_as_its_rows(unit: str) -> None:
    pa = pytest.importorskip("pyarrow")
    metrics, expected, series = ctfilter.Metrics(FILTERS[:4]), ctfilter.Series(), ctfilter.Series()
    times = [(i - 50) * 1000 if i % 7 else None for i in range(200)]
    rows = [f'{{"eventName":"ConsoleLogin","i":{i}}}' if i % 3 else None for i in range(200)]
    for row, time in zip(rows, times, strict=True):
        if row is not None and time is not None:
            metrics.record(expected, row, time)
    kind = pa.int64() if unit == "int64" else pa.timestamp(unit, "UTC")
    column = pa.array(times, pa.int64()) if unit == "int64" else pa.array(times, pa.timestamp("ms", "UTC")).cast(kind)
    table = pa.table({"m": rows, "t": column})
    recorded = metrics.record_column(series, table, field="m", time_field="t")
    assert series == expected
    there = [t for r, t in zip(rows, times, strict=True) if r is not None]
    assert (recorded.events, recorded.untimed) == (len(there), there.count(None))
    part = ctfilter.Series()
    for start in range(0, 200, 33):
        metrics.record_column(part, table.slice(start, 33).to_batches()[0], field="m", time_field="t")
    assert part == expected
    sliced = ctfilter.Series()
    struct = pa.StructArray.from_arrays([table["m"].combine_chunks(), table["t"].combine_chunks()], ["m", "t"])
    for start in range(0, 200, 33):
        metrics.record_column(sliced, struct.slice(start, 33), field="m", time_field="t")
    assert sliced == expected


def test_times_before_1970_are_cut_downwards() -> None:
    pa = pytest.importorskip("pyarrow")
    series = ctfilter.Series()
    table = pa.table({"m": ['{"a":1}'], "t": pa.array([-1], pa.timestamp("us"))})
    ctfilter.Metrics(of()).record_column(series, table, field="m", time_field="t")
    assert series.info.first == -MINUTE


def test_a_column_may_tell_its_own_times() -> None:
    pa = pytest.importorskip("pyarrow")
    rows = [f'{{"eventTime":"2026-01-01T00:{i:02d}:00Z","a":1}}' for i in range(60)]
    column, lines = ctfilter.Series(), ctfilter.Series()
    metrics = ctfilter.Metrics(of())
    metrics.record_column(column, pa.array(rows))
    metrics.scan(lines, "\n".join(rows).encode())
    assert column == lines and column.info.samples == 60
    with pytest.raises(TypeError, match="^time_field must hold timestamps"):
        metrics.record_column(column, pa.table({"m": rows, "t": rows}), field="m", time_field="t")
    with pytest.raises(TypeError, match="^time_field is for tables"):
        metrics.record_column(column, pa.array(rows), time_field="t")
    with pytest.raises(ValueError, match="time is out of bounds"):
        table = pa.table({"m": ["{}"], "t": pa.array([1 << 62])})
        metrics.record_column(column, table, field="m", time_field="t")


def test_threads_may_share_a_series() -> None:
    metrics, shared = ctfilter.Metrics(of(pattern="", value="1")), ctfilter.Series()

    def work(n: int) -> None:
        for i in range(500):
            metrics.record(shared, "x", i * 1000)
            shared.add(M, i, n)
            if i % 50 == 0:
                shared.to_bytes()
                shared.info

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))
    assert shared.info.samples == 8000


def test_a_progress_callback_may_ask_the_series(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctfilter.metrics

    monkeypatch.setattr(ctfilter.metrics, "SMALL", 100)
    monkeypatch.setattr(ctfilter.metrics, "TICK", 50)
    data = b"[" + b",".join(b'{"eventTime":"2026-01-01T00:00:00Z","a":%d}' % i for i in range(20)) + b"]"
    series, seen = ctfilter.Series(), list[int]()
    ctfilter.Metrics(of()).scan(series, data, framing="array", progress=lambda n, total: seen.append(series.info.samples))
    assert seen[0] < seen[-1] == 20


ALARM = ctfilter.Alarm("a", M, 1)
WRONG: list[tuple[str, Any]] = [
    ("resolution", lambda: ctfilter.Series(resolution="60")),  # type: ignore[arg-type]
    ("max_values", lambda: ctfilter.Series(max_values=True)),
    ("metric", lambda: ctfilter.Series().add("M", 0, 1)),  # type: ignore[arg-type]
    ("metric", lambda: ctfilter.Series().statistic("M", "Sum", 0, 60000)),  # type: ignore[arg-type]
    ("value", lambda: ctfilter.Series().add(M, 0, "1")),  # type: ignore[arg-type]
    ("count", lambda: ctfilter.Series().add(M, 0, 1, 1.5)),  # type: ignore[arg-type]
    ("statistic", lambda: ctfilter.Series().statistic(M, 5, 0, 60000)),  # type: ignore[arg-type]
    ("data", lambda: ctfilter.Series.from_bytes("x")),  # type: ignore[arg-type]
    ("series", lambda: ctfilter.Metrics(of()).record(5, "x", 0)),  # type: ignore[arg-type]
    ("event", lambda: ctfilter.Metrics(of()).record(ctfilter.Series(), 5, 0)),  # type: ignore[arg-type]
    ("filter", lambda: ctfilter.MetricFilter.from_api(5)),  # type: ignore[arg-type]
    ("progress", lambda: ctfilter.Metrics(of()).scan(ctfilter.Series(), b"", progress=5)),  # type: ignore[arg-type]
    ("alarm", lambda: ctfilter.Alarm.from_api(5)),  # type: ignore[arg-type]
    ("alarm", lambda: ctfilter.CompositeAlarm.from_api(5)),  # type: ignore[arg-type]
    ("series", lambda: ctfilter.replay([], 5)),  # type: ignore[arg-type]
    ("max_document", lambda: ctfilter.compile("x").scan(b"", max_document="1")),  # type: ignore[arg-type]
    ("value", lambda: ctfilter.Series().add(M, 0, True)),
    ("dimensions", lambda: ctfilter.Metric("N", "m", 5)),
    ("dimensions", lambda: ctfilter.Metric("N", "m", "ab")),
    ("unit", lambda: ctfilter.Metric("N", "m", unit=0)),  # type: ignore[arg-type]
    ("name", lambda: ctfilter.statistic(5)),  # type: ignore[arg-type]
    ("samples", lambda: ctfilter.statistic("Sum", 5)),  # type: ignore[arg-type]
    ("samples", lambda: ctfilter.statistic("Sum", ["1"])),  # type: ignore[list-item]
    ("samples", lambda: ctfilter.statistic("Sum", {1.0: 1.5})),
    ("sets", lambda: ctfilter.statistic("Sum", sets=[5])),  # type: ignore[list-item]
    ("sample_count", lambda: ctfilter.StatisticSet("1", 0, 0, 0)),  # type: ignore[arg-type]
    ("period", lambda: ctfilter.Series().datapoints(M, "Sum", "60")),  # type: ignore[arg-type]
    ("dimensions", lambda: of(dimensions=5)),
    ("emit_system_dimensions", lambda: of(emit_system_dimensions="@aws.region")),
    ("emit_system_dimensions", lambda: of(emit_system_dimensions=[[]])),
    ("filters", lambda: ctfilter.Metrics(5)),  # type: ignore[arg-type]
    ("delay", lambda: ctfilter.Metrics(of()).scan(ctfilter.Series(), b"", delay="1")),  # type: ignore[arg-type]
    ("account", lambda: ctfilter.Metrics(of()).record(ctfilter.Series(), "x", 0, account=5)),  # type: ignore[arg-type]
    ("region", lambda: ctfilter.Metrics(of()).scan(ctfilter.Series(), b"", region=None)),  # type: ignore[arg-type]
    ("name", lambda: ctfilter.Alarm(5, M, 1)),  # type: ignore[arg-type]
    ("statistic", lambda: ctfilter.Alarm("a", M, 1, statistic=5)),  # type: ignore[arg-type]
    ("period", lambda: ctfilter.Alarm("a", M, 1, period="60")),  # type: ignore[arg-type]
    ("evaluation_periods", lambda: ctfilter.Alarm("a", M, 1, evaluation_periods=True)),
    ("arn", lambda: ctfilter.Alarm("a", M, 1, arn=5)),  # type: ignore[arg-type]
    ("rule", lambda: ctfilter.CompositeAlarm("a", 5)),  # type: ignore[arg-type]
    ("wait_period", lambda: ctfilter.CompositeAlarm("a", "ALARM(b)", "c", 1.5, 1)),  # type: ignore[arg-type]
    ("states", lambda: ctfilter.CompositeAlarm("a", "ALARM(b)").evaluate(5)),  # type: ignore[arg-type]
    ("states", lambda: ctfilter.CompositeAlarm("a", "ALARM(b)").evaluate({5: "OK"})),  # type: ignore[dict-item]
    ("series", lambda: ALARM.look(5, 0)),  # type: ignore[arg-type]
    ("value", lambda: ctfilter.Slot("1")),  # type: ignore[arg-type]
    ("sample_count", lambda: ctfilter.Slot(1.0, 0, 1.5)),  # type: ignore[arg-type]
    ("lower", lambda: ctfilter.Slot(1.0, lower=None)),  # type: ignore[arg-type]
    ("rule", lambda: ctfilter.Verdict("OK", 5, False, 1, 0, 0)),  # type: ignore[arg-type]
    ("slots", lambda: ALARM.evaluate(5)),  # type: ignore[arg-type]
    ("slots", lambda: ALARM.evaluate(["1"])),  # type: ignore[list-item]
    ("slot", lambda: ALARM.breaches("1")),  # type: ignore[arg-type]
    ("verdict", lambda: ALARM.reason([], 5)),  # type: ignore[arg-type]
    ("count", lambda: ALARM.window_starts(0, "1")),  # type: ignore[arg-type]
    ("alarms", lambda: ctfilter.replay(5, ctfilter.Series())),  # type: ignore[arg-type]
    ("start", lambda: ctfilter.replay([], ctfilter.Series(), start=1.5, stop=60000)),  # type: ignore[arg-type]
    ("initial", lambda: ctfilter.replay(ALARM, ctfilter.Series(), start=0, stop=60000, initial=5)),  # type: ignore[arg-type]
    ("vectors", lambda: ctfilter.conform(5)),  # type: ignore[arg-type]
    ("engine", lambda: ctfilter.conform([], 5)),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("argument", "call"), WRONG)
def test_wrong_types_are_refused_by_the_arguments_name(argument: str, call: Any) -> None:
    with pytest.raises(TypeError, match=f"^{argument} must be"):
        call()


HUGE = 10**400
FAR: list[tuple[str, Any]] = [
    ("max_values", lambda: ctfilter.Series(max_values=-1)),
    ("value", lambda: ctfilter.Series().add(M, 0, HUGE)),
    ("count", lambda: ctfilter.Series().add(M, 0, 1, 0)),
    ("timestamp", lambda: ctfilter.Series().add(M, 1 << 63, 1)),
    ("arrival", lambda: ctfilter.Series().add(M, 0, 1, arrival=HUGE)),
    ("start", lambda: ctfilter.Series().statistic(M, "Sum", -HUGE, 0)),
    ("end", lambda: ctfilter.Series().datapoints(M, "Sum", 60, end=HUGE)),
    ("samples", lambda: ctfilter.statistic("Sum", [HUGE])),
    ("samples", lambda: ctfilter.statistic("Sum", {1.0: 0})),
    ("sum", lambda: ctfilter.StatisticSet(1, HUGE, 0, 0)),
    ("default", lambda: of(default=HUGE)),
    ("delay", lambda: ctfilter.Metrics(of()).scan(ctfilter.Series(), b"", delay=HUGE)),
    ("count", lambda: ALARM.window_starts(0, -1)),
    ("value", lambda: ctfilter.Slot(HUGE)),
    ("sample_count", lambda: ctfilter.Slot(1.0, 0, -1)),
    ("rule", lambda: ctfilter.Verdict("OK", "none", False, 1, 0, 0)),
    ("real", lambda: ctfilter.Verdict("OK", "no-data", False, -1, 0, 0)),
    ("now", lambda: ALARM.look(ctfilter.Series(), HUGE)),
    ("start", lambda: ctfilter.replay([], ctfilter.Series(), start="", stop=60000)),
]


@pytest.mark.parametrize(("argument", "call"), FAR)
def test_numbers_out_of_bounds_are_refused_by_the_arguments_name(argument: str, call: Any) -> None:
    with pytest.raises(ValueError, match=f"^{argument} must be|^{argument} is out of bounds"):
        call()


def test_times_of_a_column_that_no_sample_may_have_are_refused() -> None:
    pa = pytest.importorskip("pyarrow")
    metrics = ctfilter.Metrics(of())
    for time in (2**63 - 1, -(2**63), 680_000_000_000_001):
        table = pa.table({"m": ["x"], "t": [time]})
        with pytest.raises(ValueError, match="time is out of bounds"):
            metrics.record_column(ctfilter.Series(), table, field="m", time_field="t", delay=680_000_000_000_000)
    table = pa.table({"m": ["x"], "t": [680_000_000_000_000]})
    assert metrics.record_column(ctfilter.Series(), table, field="m", time_field="t").events == 1
