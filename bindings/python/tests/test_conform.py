"""Scoring by vectors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cases
import pytest

import ctfilter
from ctfilter.conformance import compare, request_of
from ctfilter.engine import answer

MINUTE = 60000
SETTINGS = {"evaluation_periods": 1, "datapoints_to_alarm": None, "threshold": 0, "comparison": "GreaterThanThreshold", "treat_missing": "missing"}
REPLAY: dict[str, Any] = {
    "kind": "replay",
    "alarm": {**SETTINGS, "period": 60, "statistic": "Sum"},
    "samples": [{"timestamp": 0, "value": 1}, {"timestamp": MINUTE, "value": 0, "arrival": 3 * MINUTE}],
    "start": 0,
    "stop": 10 * MINUTE,
}
# One vector of each kind that the service's documents settle, and an answer that is wrong.
VECTORS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"pattern": "{ $.a = 1 }", "message": '{"a":1}', "match": True}, {"match": False}),
    ({"pattern": "{ $.a == 1 }", "message": "", "error": True}, {"match": True}),
    ({**SETTINGS, "kind": "alarm", "previous_state": "OK", "datapoints": [None, 1.0], "expected_state": "ALARM"}, {"state": "OK"}),
    ({**SETTINGS, "kind": "alarm_seq", "initial_state": "OK", "steps": [{"datapoints": [1], "expected_state": "ALARM"}]}, {"states": ["OK"]}),
    ({"kind": "range", "period": 300, "evaluation_periods": 3, "expected_slots": 5}, {"slots": 4}),
    ({"kind": "window", "now": "2023-05-01T01:40:05Z", "period": 300, "evaluation_periods": 1, "count": 1, "mode": "sliding",
      "expected_starts_newest_first": ["2023-05-01T01:35:00Z"]}, {"starts_newest_first": []}),
    ({"kind": "stat", "samples": [1, 2, 3], "statistic": "Average", "expected": 2, "tolerance": 1e-9}, {"value": 2.1}),
    ({"kind": "stat", "samples": [], "statistic": "Sum", "expected": None, "expected_null": "no datapoint"}, {"value": None, "null": "unavailable"}),
    ({"kind": "stat", "samples": [], "statistic": "p101", "expected_error": True, "error_contains": "between 0 and 100"}, {"error": {"kind": "statistic", "message": "no"}}),
    ({"kind": "lowsample", "percentile": "p99", "sample_count": 999, "expected_low": True}, {"low": False}),
    ({"kind": "metric", "pattern": "", "transformation": {"metricNamespace": "N", "metricName": "M", "metricValue": "1"},
      "events": [{"timestamp": 1, "message": "x"}], "expected": [{"timestamp": 0, "dimensions": {}, "sum": 1}]},
     {"datapoints": [{"timestamp": 0, "dimensions": {"a": "b"}, "sum": 1}]}),
    ({"kind": "composite", "rule": "ALARM(a)", "states": {"a": "ALARM"}, "expected_state": "ALARM"}, {"state": "OK"}),
    ({"kind": "composite", "rule": "()", "states": {}, "expected_error": True, "error_contains": "Unsupported token ')' at char 1"}, {"error": {"kind": "memory"}}),
    ({"kind": "suppressor", "wait_period": 2, "extension_period": 3, "events": [{"t": 2, "alarm": "composite", "state": "ALARM"}],
      "until": 12, "expected_actions": [{"t": 4, "state": "ALARM"}]}, {"actions": []}),
    ({**SETTINGS, "kind": "reason", "evaluated": [], "new_state": "INSUFFICIENT_DATA", "expected_reason": "Insufficient Data: 1 datapoint was unknown."},
     {"reason": ""}),
    ({"kind": "validation", "api": "PutMetricAlarm", "input": {}, "expected_error": True}, {"accepted": True}),
    ({**REPLAY, "expected_datapoints": [{"start": 0, "value": 1}, {"start": MINUTE, "value": 0}],
      "expected_transitions": [{"time": MINUTE, "from": "INSUFFICIENT_DATA", "to": "ALARM"}, {"time": 3 * MINUTE, "from": "ALARM", "to": "OK"},
                               {"time": 8 * MINUTE, "from": "OK", "to": "INSUFFICIENT_DATA"}]}, {"datapoints": [], "transitions": []}),
]  # fmt: skip


@pytest.mark.parametrize(("vector", "wrong"), VECTORS)
def test_every_kind_is_scored(vector: dict[str, Any], wrong: dict[str, Any]) -> None:
    score = ctfilter.conform([vector])
    assert score and score.agree == 1, score
    assert not ctfilter.conform([vector], lambda request: wrong)
    assert ctfilter.conform([vector], lambda request: wrong).differences[0].answer == wrong
    assert not ctfilter.conform([vector], lambda request: {"error": {"kind": "disagreement", "message": ""}})
    assert len(ctfilter.conform([vector], lambda request: None).differences) == 1  # type: ignore[arg-type, return-value]


def test_an_engine_sees_nothing_of_what_is_expected() -> None:
    words = json.dumps([request_of(vector) for vector, _ in VECTORS])
    assert "expected" not in words and "error" not in words.replace("errorCode", "") and '"match"' not in words
    assert request_of({"kind": "alarm", "rule": "no-data", "source": "x", "note": "y"}) == {"kind": "alarm"}


@pytest.mark.parametrize(
    "request_", [5, {"kind": "none"}, {"pattern": 1}, {"kind": "alarm"}, {"kind": "stat", "statistic": "Sum", "samples": ["x"]},
                 {"kind": "metric"}, {"kind": "replay"}, {"kind": "window", "period": 61}, {**REPLAY, "samples": [{"timestamp": 0, "value": 1e300}]},
                 {"kind": "reason", **SETTINGS, "new_state": "OK", "evaluated": [{"time": "noon", "value": 1}]}, {"kind": "suppressor"}]
)  # fmt: skip
def test_what_is_no_request_is_told(request_: Any) -> None:
    assert answer(request_)["error"]["kind"] == "request"


WRONG: list[Any] = [None, True, -1, 0.5, 10**400, float("nan"), "", "\ud800", [], [None], [[]], [{}], {}, {"a": []}]


def spoiled(value: Any) -> Iterator[Any]:
    """The value with something else in each of its places, one at a time."""
    places = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    for place, inner in places:
        for other in spoiled(inner):
            copied = value.copy()
            copied[place] = other
            yield copied
    yield from WRONG


@pytest.mark.parametrize(("vector", "wrong"), VECTORS)
def test_a_spoiled_vector_is_answered_and_scored_all_the_same(vector: dict[str, Any], wrong: dict[str, Any]) -> None:
    for other in spoiled(vector):
        if isinstance(other, dict):
            told = answer(request_of(other))
            json.dumps(told)
            compare(other, told)
            compare(other, wrong)
    for other in spoiled(wrong):
        if isinstance(other, dict):
            compare(vector, other)


@pytest.mark.parametrize(
    ("rule", "service"), [("OR TRUE", "Error in AlarmRule [Unsupported token 'OR' at char 0"), (" TRUE", "AlarmRule must not contain"),
                          ("OK(c)", "A composite alarm cannot have a child relation with itself")]
)  # fmt: skip
def test_a_composite_request_is_validated_with_its_rule(rule: str, service: str) -> None:
    request = {"kind": "validation", "api": "PutCompositeAlarm", "input": {"AlarmName": "c", "AlarmRule": rule}}
    assert answer(request)["error"]["service"].startswith(service)


def test_a_state_is_set_by_its_word() -> None:
    request: dict[str, Any] = {"kind": "validation", "api": "SetAlarmState", "input": {"AlarmName": "a", "StateValue": "ALARM"}}
    assert answer(request) == {"accepted": True}
    request["input"]["StateValue"] = "INVALID"
    assert "enum value set: [INSUFFICIENT_DATA, ALARM, OK]" in answer(request)["error"]["service"]


def test_missing_data_is_missing_where_no_treatment_is_given() -> None:
    request = {"kind": "alarm", **SETTINGS, "previous_state": "OK", "datapoints": [None], "treat_missing": None}
    assert answer(request) == {"state": "INSUFFICIENT_DATA"}


def test_offsets_of_an_answer_count_bytes() -> None:
    told = answer({"id": "x", "pattern": "{ $.é == 1 }", "message": ""})
    assert told["id"] == "x" and told["error"]["offset"] == 7 and told["error"]["service"] == "Invalid metric filter pattern"


def test_files_are_read(tmp_path: Path) -> None:
    path = tmp_path / "vectors.jsonl"
    path.write_text("".join(json.dumps({"id": f"v-{i}", **vector}) + "\n\n" for i, (vector, _) in enumerate(VECTORS)))
    done: list[int] = []
    assert ctfilter.conform(path, progress=lambda n, total: done.append(n)).agree == len(VECTORS) == done[-1]
    command = [sys.executable, "-W", "error", "-m", "ctfilter", "conform", str(path)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0 and "filter            2 of 2" in ended.stdout, ended
    path.write_text(json.dumps({"id": "bad", "pattern": "", "message": "x", "match": False}) + "\n")
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 1 and "differs bad" in ended.stdout
    for text in ("\n{\n", "\n" + "[" * 100000):
        path.write_text(text)
        with pytest.raises(ValueError, match=f"^{re.escape(str(path))}:2: "):
            ctfilter.conform(path)
    for command[-1] in (str(path), str(tmp_path / "none")):
        ended = subprocess.run(command, capture_output=True, text=True)
        assert ended.returncode == 2 and len(ended.stderr.splitlines()) == 1, ended
    path.write_text("[]\n")
    with pytest.raises(ValueError, match="a vector is an object"):
        ctfilter.conform(path)
    with pytest.raises(TypeError, match="^vectors must be"):
        ctfilter.conform([5])  # type: ignore[list-item]


def test_requests_are_answered_line_by_line() -> None:
    lines = "".join(json.dumps({"id": i, **request_of(vector)}) + "\n" for i, (vector, _) in enumerate(VECTORS)) + "[" * 100000 + "\n"
    ended = subprocess.run([sys.executable, "-m", "ctfilter", "engine"], input=lines, capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [one.get("id") for one in told] == [*range(len(VECTORS)), None]
    assert told[-1]["error"]["kind"] == "request"


def test_the_projects_cases_agree(project: Path) -> None:
    vectors: list[dict[str, Any]] = []
    for path in (project / "tests/cases").glob("*.cases"):
        for case in cases.read(path):
            try:
                pattern = case.pattern.decode()
                if case.refused:
                    vectors.append({"pattern": pattern, "message": "", "error": True})
                vectors += [{"pattern": pattern, "message": m.text.decode(), "match": m.match} for m in case.messages]
            except UnicodeDecodeError:
                continue
    score = ctfilter.conform(vectors)
    assert score and score.agree > 2000
