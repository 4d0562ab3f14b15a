"""Alarms over stored samples."""

from __future__ import annotations

import dataclasses
import json
import pickle
import random
from pathlib import Path
from typing import Any

import pytest

import ctfilter
from ctfilter.engine import answer
from ctfilter.times import milliseconds

M = ctfilter.Metric("Tutorial", "Logins")
START, STOP = "2026-01-13T09:00:00Z", "2026-01-13T09:45:00Z"


def alarm(name: str = "a", metric: ctfilter.Metric = M, **settings: Any) -> ctfilter.Alarm:
    given = {"threshold": 0, "comparison_operator": "GreaterThanThreshold", "evaluation_periods": 3, "datapoints_to_alarm": 2}
    return ctfilter.Alarm(name, metric, **given | settings)  # type: ignore[arg-type]


@pytest.fixture
def tutorial(trail: Path) -> ctfilter.Series:
    login = '{ $.eventName = "ConsoleLogin" }'
    filters = [
        ctfilter.MetricFilter("logins", login, "Tutorial", "Logins"),
        ctfilter.MetricFilter("logins-or-zero", login, "Tutorial", "LoginsOrZero", default=0),
    ]
    series = ctfilter.Series()
    ctfilter.Metrics(filters).scan(series, trail / "111122223333")
    return series


def test_the_tutorials_alarm_does_what_the_project_says(project: Path, tutorial: ctfilter.Series) -> None:
    zero = ctfilter.Metric("Tutorial", "LoginsOrZero")
    alarms = [
        alarm("as-in-the-tutorial"),
        alarm("missing-does-not-breach", treat_missing_data="notBreaching"),
        alarm("default-of-zero", zero),
    ]
    done = ctfilter.replay(alarms, tutorial, start=START, stop=STOP)
    told = (project / "tests/trail/alarms/login.txt").read_text()
    for one in done.alarms:
        state = "entered ALARM" if one.entered_alarm else "never in ALARM"
        assert f"{one.alarm.name}: {state}, at the end {one.state}\n" in told
        for t in one.transitions:
            assert f"  {t.at:%Y-%m-%dT%H:%M:%SZ}  {t.from_state} -> {t.to_state}\n      {t.reason}" in told
    assert sum(len(one.transitions) for one in done.alarms) == told.count(" -> ALARM\n") + told.count(" -> OK\n") + told.count("ALARM -> INSUFFICIENT_DATA\n")
    first = done["as-in-the-tutorial"]
    assert isinstance(first, type(done.alarms[0]))
    assert [(p.start, p.value, p.breaching) for p in first.datapoints] == [(milliseconds("2026-01-13T09:10:00Z"), 1.0, True)]
    assert [s.state for s in first.states] == ["INSUFFICIENT_DATA", "ALARM", "INSUFFICIENT_DATA"]
    assert first.transitions[0].verdict is not None and first.transitions[0].verdict.rule == "premature-old-enough"
    assert '"statistic":"Sum"' in first.transitions[0].reason_data
    assert len(first.transitions[0].slots) == alarms[0].range_slots == 5
    assert done.entered_alarm and "never in ALARM" in str(done)
    assert pickle.loads(pickle.dumps(done)) == done


def naive(one: ctfilter.Alarm, series: ctfilter.Series, start: int, stop: int) -> list[tuple[int, str, str, str]]:
    """Looks at every tick."""
    state, found = "INSUFFICIENT_DATA", list[tuple[int, str, str, str]]()
    for now in range(-(-start // one.tick) * one.tick, stop, one.tick):
        slots = one.look(series, now)
        verdict = one.evaluate(slots, state)  # type: ignore[arg-type]
        if verdict.state != state:
            found.append((now, state, verdict.state, one.reason(slots, verdict)))
            state = verdict.state
    return found


def test_a_replay_is_an_evaluation_at_every_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctfilter.replaying

    order = random.Random(3)
    for seed in range(12):
        series = ctfilter.Series(resolution=10)
        for _ in range(150):
            when = order.randrange(4 * 3600 * 1000)
            series.add(M, when, order.choice([0, 1, 2]), arrival=order.choice([None, when + order.randrange(1200000)]))
        one = alarm(
            period=order.choice([10, 30, 60, 120, 300, 900]),
            statistic=order.choice(["Sum", "Average", "p90", "SampleCount"]),
            treat_missing_data=order.choice(["missing", "ignore", "breaching", "notBreaching"]),
            threshold=order.choice([0.5, 1, 2]),
        )
        monkeypatch.setattr(ctfilter.replaying, "_PIECE", order.choice([1, 7, 1000]) * 60000 + seed)
        done = ctfilter.replay(one, series, start=1, stop=5 * 3600 * 1000)
        got = [(t.time, t.from_state, t.to_state, t.reason) for t in done.alarms[0].transitions]
        assert got == naive(one, series, 1, 5 * 3600 * 1000)


def test_without_an_interval_all_samples_are_seen(tutorial: ctfilter.Series) -> None:
    done = ctfilter.replay(alarm(), tutorial)
    assert done.alarms[0].states[-1].state == "INSUFFICIENT_DATA" and done.alarms[0].entered_alarm
    assert done.start == tutorial.info.first
    with pytest.raises(ValueError, match="start and stop must be given"):
        ctfilter.replay(alarm(), ctfilter.Series())
    with pytest.raises(ValueError, match="before stop"):
        ctfilter.replay(alarm(), tutorial, start=5, stop=5)
    with pytest.raises(ValueError, match="resolution must be 10 s"):
        ctfilter.replay(alarm(period=10), tutorial)
    with pytest.raises(ValueError, match="different names"):
        ctfilter.replay([alarm(), alarm()], tutorial)
    with pytest.raises(TypeError, match="^alarms must be"):
        ctfilter.replay(["x"], tutorial)  # type: ignore[list-item]


def test_a_state_may_be_given_to_begin_with() -> None:
    done = ctfilter.replay(alarm(), ctfilter.Series(), start=0, stop=120000, initial={"a": "ALARM"})
    assert [(t.time, t.from_state, t.to_state) for t in done.alarms[0].transitions] == [(0, "ALARM", "INSUFFICIENT_DATA")]
    with pytest.raises(ValueError, match="^initial must be"):
        ctfilter.replay(alarm(), ctfilter.Series(), start=0, stop=1, initial="ringing")  # type: ignore[arg-type]


def test_progress_is_told_and_may_stop(tutorial: ctfilter.Series, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctfilter.replaying

    monkeypatch.setattr(ctfilter.replaying, "_PIECE", 600000)
    told: list[Any] = []
    ctfilter.replay([alarm(), alarm("b")], tutorial, start=START, stop=STOP, progress=lambda *seen: told.append(seen))
    assert told[-1] == (2 * 45 * 60000,) * 2 and len(told) == 10

    def stop(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ctfilter.replay(alarm(), tutorial, start=START, stop=STOP, progress=stop)


def test_an_error_in_a_callback_is_raised(tutorial: ctfilter.Series, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctfilter.replaying

    def fail(*arguments: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(ctfilter.replaying, "written", fail)
    with pytest.raises(KeyboardInterrupt):
        ctfilter.replay(alarm(), tutorial, start=START, stop=STOP)


def test_composite_alarms_follow_their_children(tutorial: ctfilter.Series) -> None:
    arn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:child"
    composites = [
        ctfilter.CompositeAlarm("parent", "ALARM(middle) OR ALARM(nobody)"),
        ctfilter.CompositeAlarm("middle", f"ALARM({arn})"),
        ctfilter.CompositeAlarm("quiet", "ALARM(child)", suppressor="child", wait_period=60, extension_period=120),
        ctfilter.CompositeAlarm("waits", "ALARM(child)", suppressor="nobody", wait_period=60, extension_period=120),
        ctfilter.CompositeAlarm("tick", "ALARM(tock)"),
        ctfilter.CompositeAlarm("tock", "NOT ALARM(tick)"),
    ]
    done = ctfilter.replay([alarm("child", arn=arn), *composites], tutorial, start=START, stop=STOP)
    by = {one.alarm.name: one for one in done.composites}
    child = done.alarms[0].transitions
    rings, ends = child[0].time, child[1].time
    begin = milliseconds(START)
    for name in ("parent", "middle", "quiet", "waits"):
        assert [(t.time, t.to_state) for t in by[name].transitions] == [(begin, "OK"), (rings, "ALARM"), (ends, "OK")]
    assert by["middle"].transitions[1].reason == f"{arn} transitioned to ALARM at Tuesday 13 January, 2026 09:18:00 UTC"
    assert by["parent"].transitions[0].reason == "parent was created and its alarm rule evaluates to OK"
    assert [(a.time, a.state) for a in by["parent"].actions] == [(t.time, t.to_state) for t in by["parent"].transitions]
    assert [(a.time, a.state) for a in by["waits"].actions] == [(begin + 60000, "OK"), (rings + 60000, "ALARM"), (ends + 60000, "OK")]
    # In ALARM its suppressor holds it back; when that ends, the extension comes before the action.
    assert [(a.time, a.state) for a in by["quiet"].actions] == [(begin + 60000, "OK"), (ends + 120000, "OK")]
    assert by["tick"].is_cyclic and by["tock"].is_cyclic and not by["tick"].transitions and not by["parent"].is_cyclic
    assert pickle.loads(pickle.dumps(composites)) == composites
    told = json.loads(json.dumps(dataclasses.asdict(done)))
    assert told["alarms"][0]["alarm"]["arn"] == arn and told["composites"][1]["alarm"]["rule"] == f"ALARM({arn})"
    assert len(told["alarms"][0]["transitions"]) == len(child)


def test_a_composite_alarm_is_evaluated_on_states() -> None:
    one = ctfilter.CompositeAlarm("c", 'ALARM("a b") AND NOT OK(arn:aws:cloudwatch:eu-west-1:1:alarm:d)')
    assert one.children == ("a b", "arn:aws:cloudwatch:eu-west-1:1:alarm:d")
    assert one.evaluate({"a b": "ALARM", "d": "ALARM"}) == "ALARM"
    assert one.evaluate({"a b": "ALARM", "d": "OK"}) == "OK"
    with pytest.raises(KeyError):
        one.evaluate({"a b": "ALARM"})
    with pytest.raises(ctfilter.RuleError) as caught:
        ctfilter.CompositeAlarm("c", "ALARM(é) OR ALARM[b]")
    assert caught.value.rule[caught.value.offset :].startswith("ALARM[b]") and "^" in str(caught.value)
    with pytest.raises(ctfilter.ValidationError):
        ctfilter.CompositeAlarm("c", "ALARM(a)", suppressor="b")
    with pytest.raises(ctfilter.RuleError):
        ctfilter.CompositeAlarm("c", "ALARM(c)")


def test_a_whole_number_of_the_api_may_have_a_point() -> None:
    api: dict[str, Any] = {"AlarmName": "a", "Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 6e1, "EvaluationPeriods": 2.0,
                           "Threshold": 1, "ComparisonOperator": "LessThanThreshold"}  # fmt: skip
    one = ctfilter.Alarm.from_api(api)
    assert (one.period, one.evaluation_periods) == (60, 2) and isinstance(one.period, int) and isinstance(one.evaluation_periods, int)
    for wrong in (60.5, 1e300, float("nan"), float("inf"), True):
        with pytest.raises(ctfilter.ValidationError, match="Period must be a whole number"):
            ctfilter.Alarm.from_api({**api, "Period": wrong})
    two = ctfilter.CompositeAlarm.from_api(
        {"AlarmName": "c", "AlarmRule": "TRUE", "ActionsSuppressor": "s", "ActionsSuppressorWaitPeriod": 2.0, "ActionsSuppressorExtensionPeriod": 3.0}
    )
    assert (two.wait_period, two.extension_period) == (2, 3) and isinstance(two.wait_period, int)
    sets = [{"SampleCount": 2.0, "Sum": 3, "Minimum": 1, "Maximum": 2}]
    assert answer({"kind": "stat", "statistic": "Sum", "statistic_sets": sets}) == {"value": 3.0}
    assert answer({"kind": "stat", "statistic": "SampleCount", "samples": [1, 2], "counts": [1.0, 2]}) == {"value": 3.0}


def test_an_alarm_of_a_list_of_metrics_is_no_alarm_here() -> None:
    api = {"AlarmName": "a", "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "LessThanThreshold"}
    alone = {"Namespace": "N", "MetricName": "M", "Statistic": "Sum", "Period": 60, "Metrics": []}
    assert ctfilter.Alarm.from_api({**api, **alone}).metric == ctfilter.Metric("N", "M")
    with pytest.raises(ctfilter.ValidationError, match="Metrics cannot be replayed"):
        ctfilter.Alarm.from_api({**api, "Metrics": [{"Id": "m1", "MetricStat": {}}]})
    members: list[dict[str, Any]] = [{"Id": 1}, {"MetricStat": 5}, {"Expression": 5}, {"ReturnData": 1}]
    for broken in ([5], {}, "m1", *([{"Id": "m1", **member}] for member in members)):
        told = answer({"kind": "validation", "api": "PutMetricAlarm", "input": {**api, "Metrics": broken}})
        assert told["error"]["message"].startswith("Metrics must be an array of objects")
    with pytest.raises(ctfilter.ValidationError) as caught:
        ctfilter.Alarm.from_api({**api, "Metrics": [{"Id": "m1"}]})
    assert caught.value.service == "Invalid metrics list"


def test_an_alarm_speaks_the_apis_words() -> None:
    api = {
        "AlarmName": "a", "Namespace": "N", "MetricName": "M", "Dimensions": [{"Name": "d", "Value": "v"}], "Unit": "Count",
        "ExtendedStatistic": "p99", "Period": 60, "EvaluationPeriods": 5, "DatapointsToAlarm": 3, "Threshold": 1.5,
        "ComparisonOperator": "LessThanThreshold", "TreatMissingData": "ignore",
        "EvaluateLowSampleCountPercentile": "ignore", "AlarmDescription": "x",
    }  # fmt: skip
    one = ctfilter.Alarm.from_api({**api, "StateValue": "OK", "AlarmActions": ["arn"]})
    assert one.to_api() == api and one.metric == ctfilter.Metric("N", "M", {"d": "v"}, "Count")
    assert one.breaches(1) and not one.breaches(1.5)
    assert one.window_starts("2023-05-01T13:29:29Z", 2) == [milliseconds("2023-05-01T13:28:00Z"), milliseconds("2023-05-01T13:27:00Z")]
    silent = {member: value for member, value in api.items() if member != "TreatMissingData"}
    assert ctfilter.Alarm.from_api(silent).treat_missing_data == "missing"
    assert ctfilter.Alarm.from_api({**silent, "Namespace": "AWS/DynamoDB"}).treat_missing_data == "ignore"
    with pytest.raises(ctfilter.ValidationError, match="Period must be a whole number"):
        ctfilter.Alarm.from_api({**api, "Period": "60"})
    for kind, more in ((ctfilter.Alarm, api), (ctfilter.CompositeAlarm, {"AlarmName": "c", "AlarmRule": "ALARM(a)"})):
        with pytest.raises(ctfilter.ValidationError, match="AlarmArn must be a string"):
            kind.from_api({**more, "AlarmArn": 5})
    with pytest.raises(ctfilter.ValidationError) as caught:
        ctfilter.Alarm("a", M, 1, period=90)
    assert caught.value.service == "Period must be 10, 20, 30 or a multiple of 60"
    with pytest.raises(TypeError, match="^metric must be a Metric"):
        ctfilter.Alarm("a", "M", 1)  # type: ignore[arg-type]


def test_a_replay_is_drawn(tutorial: ctfilter.Series, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    alarms: list[ctfilter.Alarm | ctfilter.CompositeAlarm] = [alarm(), ctfilter.CompositeAlarm("c", "ALARM(a)")]
    done = ctfilter.replay(alarms, tutorial, start=START, stop=STOP)
    figure = done.plot()
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["a", "c"]
    spans = [patch.get_facecolor()[:3] for patch in figure.axes[0].patches]
    assert len(spans) == 3 and spans[0] == spans[2] != spans[1]
    drawn = {line.get_marker(): len(line.get_xdata()) for line in figure.axes[0].lines}
    assert drawn["D"] == 1 and drawn["o"] == 0 and drawn["x"] == 8
    assert any(line.get_linestyle() == "--" and set(line.get_ydata()) == {0} for line in figure.axes[0].lines)
    assert len(figure.axes[1].lines) == 3
    figure.savefig(tmp_path / "plot.png")
    assert (tmp_path / "plot.png").stat().st_size > 5000
    assert len(done.plot(["c"]).axes) == 1
    with pytest.raises(KeyError):
        done.plot(["none"])
    with pytest.raises(TypeError, match="^names must be"):
        done.plot("c")
    ctfilter.replay(alarm("costs $\\undefined$"), ctfilter.Series(), start=START, stop=STOP).plot().savefig(tmp_path / "plot.png")
