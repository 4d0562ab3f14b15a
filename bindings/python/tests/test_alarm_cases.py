"""The project's cases of alarms (tests/cases/README.md tells their form)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ctfilter
from ctfilter.alarms import NativeAlarm
from ctfilter.engine import answer

STATES = ("INSUFFICIENT_DATA", "OK", "ALARM")
TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")
METRIC = ctfilter.Metric("N", "M")


def slots_of(text: str) -> dict[str, Any]:
    """``value``, ``value[lower:upper]`` or ``-``, by commas."""
    points: dict[str, Any] = {"datapoints": [], "lower": [], "upper": []}
    for word in text.split(","):
        value, _, band = word.partition("[")
        lower, _, upper = band.rstrip("]").partition(":")
        points["datapoints"].append(None if value == "-" else float(value))
        points["lower"].append(float(lower) if lower else None)
        points["upper"].append(float(upper) if upper else None)
    return points


def query_of(text: str) -> dict[str, Any]:
    """``m1:stat:false``: an Id, what the element has, what ReturnData is."""
    id, kind, *returned = text.split(":")
    query: dict[str, Any] = {"Id": id} if id else {}
    query |= {"MetricStat": {}} if kind in ("stat", "both") else {}
    query |= {"Expression": "m1 * 2"} if kind in ("expression", "both") else {}
    return query | ({"ReturnData": returned[0] == "true"} if returned else {})


class Reader:
    def __init__(self) -> None:
        self.checks = 0
        self.alarm: dict[str, Any] = {}
        self.finish = lambda: None

    def expect(self, request: dict[str, Any], **expected: Any) -> None:
        got = answer(request)
        assert got == expected, (request, got)
        self.checks += 1

    def take_alarm(self, m_of_n: str, comparison: str, threshold: str, period: str) -> None:
        m, n = m_of_n.split("/")
        self.alarm = {
            "evaluation_periods": int(n),
            "datapoints_to_alarm": None if m == "-" else int(m),
            "comparison": comparison,
            "threshold": None if threshold == "-" else float(threshold),
            "period": int(period),
        }

    def take_verdict(self, name: str, treat: str, previous: str, slots: str, state: str, rule: str) -> None:
        request = self.alarm | {"kind": "alarm", "treat_missing": treat, "previous_state": previous} | slots_of(slots)
        self.expect(request, state=state)

    def take_sequence(self, name: str, treat: str, initial: str) -> None:
        self.sequence = self.alarm | {"kind": "alarm_seq", "treat_missing": treat, "initial_state": initial, "steps": []}
        self.states: list[str] = []

    def take_step(self, slots: str, state: str) -> None:
        self.sequence["steps"].append({"datapoints": slots_of(slots)["datapoints"]})
        self.states.append(state)
        self.expect(self.sequence, states=self.states)

    def take_table(self, m_of_n: str) -> None:
        m, n = m_of_n.split("/")
        settings: dict[str, Any] = {"evaluation_periods": int(n), "datapoints_to_alarm": int(m)}
        self.table = {
            treat: ctfilter.Alarm("a", METRIC, 5, "GreaterThanThreshold", treat_missing_data=treat, **settings)
            for treat in TREATMENTS
        }

    def take_row(self, slots: str, fill: str, *states: str) -> None:
        values = [{"0": 1.0, "X": 10.0, "-": None}[c] for c in slots]
        for treat, state in zip(TREATMENTS, states, strict=True):
            for previous in STATES:
                verdict = self.table[treat].evaluate(values, previous)  # type: ignore[arg-type]
                assert verdict.state == (previous if state == "keep" else state), (slots, treat, previous, verdict)
                assert verdict.kept == (state == "keep") and verdict.missing == int(fill)
                self.checks += 1

    def take_range(self, name: str, period: str, n: str, slots: str) -> None:
        self.expect({"kind": "range", "period": int(period), "evaluation_periods": int(n)}, slots=int(slots))

    def take_window(self, name: str, now: str, period: str, n: str, *starts: str) -> None:
        request = {"kind": "window", "now": now, "period": int(period), "evaluation_periods": int(n), "mode": "sliding"}
        self.expect(request | {"count": len(starts)}, starts_newest_first=list(starts))

    def take_samples(self, name: str, statistic: str, count: str, low: str) -> None:
        self.expect({"kind": "lowsample", "percentile": statistic, "sample_count": int(count)}, low=low == "low")

    def take_percentile(
        self, name: str, stat: str, count: str, option: str, comparison: str, threshold: str, previous: str, value: str, state: str
    ) -> None:
        request = {"kind": "lowsample", "percentile": stat, "sample_count": int(count), "comparison": comparison}
        request |= {"policy": None if option == "-" else option, "threshold": float(threshold)}
        self.expect(request | {"previous_state": previous, "value": float(value)}, state=state)

    def take_reason(self, name: str, treat: str, previous: str, state: str) -> None:
        told = {"kind": "reason", "treat_missing": treat, "previous_state": previous, "new_state": state, "evaluated": []}
        self.reason: dict[str, Any] = self.alarm | told

    def take_point(self, time: str, value: str) -> None:
        number, _, band = value.partition("[")
        point: dict[str, Any] = {"time": time, "value": float(number)}
        if band:
            lower, upper = band.rstrip("]").split(":")
            point |= {"lower": float(lower), "upper": float(upper)}
        self.reason["evaluated"].append(point)

    def take_text(self, *words: str) -> None:
        self.expect(self.reason, reason=" ".join(words))

    def request(self, members: tuple[str, ...]) -> dict[str, Any]:
        request = dict(self.base)
        for member in members:
            name, _, value = member.partition("=")
            if value == "":
                request.pop(name, None)
            elif name.endswith("Actions") or name == "Dimensions":
                request[name] = [{"Name": "d", "Value": "v"}] * int(value)
            elif name in ("Period", "EvaluationPeriods", "DatapointsToAlarm"):
                request[name] = int(value)
            elif name == "Metrics":
                request[name] = [] if value == "[]" else [query_of(element) for element in value.split(",")]
            elif name == "Threshold":
                request[name] = float(value)
            else:
                request[name] = value[0] * int(value[2:]) if value[1:2] == "*" else value
        return request

    def take_base(self, *members: str) -> None:
        self.base: dict[str, Any] = {}
        self.base = self.request(members)

    def take_accepted(self, name: str, *members: str) -> None:
        request = self.request(members)
        if "Metrics" in request:
            self.expect({"kind": "validation", "api": "PutMetricAlarm", "input": request}, accepted=True)
            with pytest.raises(ctfilter.ValidationError, match="Metrics cannot be replayed"):
                ctfilter.Alarm.from_api(request)
            return
        alarm = ctfilter.Alarm.from_api(request)
        assert ctfilter.Alarm.from_api(alarm.to_api()) == alarm
        self.checks += 1

    def take_refused(self, name: str, *members: str) -> None:
        request = self.request(members)
        with pytest.raises(ctfilter.ValidationError) as caught:
            NativeAlarm(request) if "Metrics" in request else ctfilter.Alarm.from_api(request)
        self.refusal = caught.value
        self.checks += 1

    def take_naming(self, word: str) -> None:
        assert word in self.refusal.message or word in self.refusal.service
        self.checks += 1

    def take_service(self, *words: str) -> None:
        assert self.refusal.service == " ".join(words)
        self.checks += 1


FILES = [("reasons", 25), ("requests", 100), ("sequences", 26), ("tables", 300), ("verdicts", 330), ("windows", 30)]


@pytest.mark.parametrize(("name", "least"), FILES)
def test_cases(project: Path, name: str, least: int) -> None:
    reader = Reader()
    for number, line in enumerate((project / f"tests/cases/alarm/{name}.cases").read_text().split("\n"), 1):
        if line and not line.startswith("#"):
            word, *rest = line.split(" ")
            try:
                getattr(reader, f"take_{word}")(*rest)
            except AssertionError as error:
                raise AssertionError(f"{name}.cases:{number}: {error}") from error
    assert reader.checks >= least, reader.checks
