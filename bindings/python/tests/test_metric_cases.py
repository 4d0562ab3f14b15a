"""The project's cases of metric filters and statistics (tests/cases/README.md tells their form)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cases
import pytest

import ctfilter
from ctfilter.errors import decode

START = 1768471200000  # 2026-01-15T10:00:00Z
MEMBERS = {"value": "value", "unit": "unit", "namespace": "namespace", "metric": "metric", "name": "name"}


class Reader:
    """Takes a file line by line; what a filter gave is compared when the next one begins."""

    def __init__(self) -> None:
        self.checks = 0
        self.settings: dict[str, Any] | None = None
        self.metrics: ctfilter.Metrics | None = None

    def take(self, word: str, rest: str) -> None:
        if word in MEMBERS and self.settings is not None:
            self.settings[MEMBERS[word]] = rest
        else:
            getattr(self, f"take_{word}")(rest)

    def take_filter(self, rest: str) -> None:
        self.finish()
        pattern = rest.partition(" ")[2]
        self.settings = {"name": "name", "pattern": pattern, "namespace": "CloudTrailMetrics", "metric": "M", "dimensions": []}
        self.origin: dict[str, str] = {}
        self.points: list[tuple[int, list[float], dict[str, str]]] = []

    def take_default(self, rest: str) -> None:
        assert self.settings is not None
        self.settings["default"] = float(rest)

    def take_dimension(self, rest: str) -> None:
        name, _, selector = rest.partition(" ")
        assert self.settings is not None
        self.settings["dimensions"].append((name, selector))

    def take_emit(self, rest: str) -> None:
        assert self.settings is not None
        self.settings.setdefault("emit_system_dimensions", []).append(rest)

    def take_account(self, rest: str) -> None:
        self.origin["account"] = rest

    def take_region(self, rest: str) -> None:
        self.origin["region"] = rest

    def filter(self) -> ctfilter.MetricFilter:
        assert self.settings is not None
        return ctfilter.MetricFilter(**self.settings)

    def take_event(self, rest: str) -> None:
        if self.metrics is None:
            self.metrics, self.series = ctfilter.Metrics(self.filter()), ctfilter.Series()
        time, _, message = rest.partition(" ")
        self.metrics.record(self.series, message.encode("utf-8", "surrogateescape"), START + int(time), **self.origin)

    def take_point(self, rest: str) -> None:
        time, *numbers = rest.split(" ")
        self.points.append((START + int(time), [float(n) for n in numbers], {}))

    def take_under(self, rest: str) -> None:
        name, _, value = rest.partition(" ")
        self.points[-1][2][name] = value

    def take_nothing(self, rest: str) -> None:
        assert self.points == []

    def metric(self, dimensions: dict[str, str]) -> ctfilter.Metric:
        one = self.filter()
        return ctfilter.Metric(one.namespace, one.metric, dimensions, one.unit)

    def take_period(self, rest: str) -> None:
        length, time, *numbers = rest.split(" ")
        start = START + int(time)
        for name, number in zip(("SampleCount", "Sum"), numbers, strict=True):
            point = self.series.statistic(self.metric({}), name, start, start + int(length) * 1000)
            self.check(point.value == float(number), (name, point))

    def take_skipped(self, rest: str) -> None:
        self.check(self.series.info.skipped == int(rest), self.series.info)

    def take_refused(self, rest: str) -> None:
        with pytest.raises(ctfilter.ValidationError) as caught:
            ctfilter.Metrics(self.filter())
        self.check(rest in caught.value.message or rest in caught.value.service, caught.value)
        self.settings = None

    def take_samples(self, rest: str) -> None:
        self.samples: dict[float, int] = {}
        self.sets: list[ctfilter.StatisticSet] = []
        for word in rest.split():
            if "/" in word:
                count, *others = word.split("/")
                self.sets.append(ctfilter.StatisticSet(int(count), *map(float, others)))
            elif ".." in word:
                first, last = word.split("..")
                self.samples |= {float(value): 1 for value in range(int(first), int(last) + 1)}
            else:
                value, _, times = word.partition("*")
                self.samples[float(value)] = self.samples.get(float(value), 0) + int(times or 1)

    def take_statistic(self, rest: str) -> None:
        _, name, expected = rest.split(" ", 2)
        if expected == "refused":
            with pytest.raises(ctfilter.StatisticError):
                ctfilter.statistic(name)
            self.checks += 1
            return
        point = ctfilter.statistic(name, self.samples, self.sets)
        if expected in ("none", "unavailable"):
            self.check(point.availability == expected and point.value is None, point)
        else:
            self.check(point.value == pytest.approx(float(expected), rel=1e-9, abs=0), point)

    def check(self, good: bool, told: object) -> None:
        assert good, told
        self.checks += 1

    def finish(self) -> None:
        """Every point that was told is there, and there is no other."""
        if self.metrics is not None:
            there = sum(len(self.series.datapoints(metric, "Sum", 60)) for metric in self.series.metrics)
            self.check(there == len(self.points), (there, self.points))
            for start, numbers, dimensions in self.points:
                for name, number in zip(("SampleCount", "Sum", "Minimum", "Maximum"), numbers, strict=True):
                    point = self.series.statistic(self.metric(dimensions), name, start, start + 60000)
                    self.check((point.value or 0) == number, (name, point, dimensions))
        self.metrics = self.settings = None


@pytest.mark.parametrize(("name", "least"), [("filters", 200), ("publishing", 100), ("refused", 30), ("statistics", 130)])
def test_cases(project: Path, name: str, least: int) -> None:
    reader = Reader()
    for number, line in enumerate((project / f"tests/cases/metric/{name}.cases").read_bytes().split(b"\n"), 1):
        if line and not line.startswith(b"#"):
            word, _, rest = decode(cases.unescape(line)).partition(" ")
            try:
                reader.take(word, rest)
            except AssertionError as error:
                raise AssertionError(f"{name}.cases:{number}: {error}") from error
    reader.finish()
    assert reader.checks >= least, reader.checks
