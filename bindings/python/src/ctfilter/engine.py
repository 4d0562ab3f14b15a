"""Answers requests, one JSON object each, so that any implementation can be compared with this one.

A request is a test vector without what is expected of it. One without ``kind`` puts a message to a pattern; the kinds
``alarm``, ``alarm_seq``, ``range``, ``window``, ``stat``, ``lowsample``, ``metric``, ``composite``, ``suppressor``,
``reason``, ``validation`` and ``replay`` are about metrics and alarms. ``python -m ctfilter engine``
answers a line for a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from ctfilter._native import ffi, lib
from ctfilter.alarms import STATES, NativeAlarm, Slot, check_composite, check_state, compile_rule, native_slots, same_alarm, written
from ctfilter.arguments import json_number
from ctfilter.errors import Error, PatternError, RuleError, StatisticError, decode, encode, text_of
from ctfilter.filter import compile
from ctfilter.metrics import MetricFilter, Metrics
from ctfilter.series import Metric, Series, StatisticSet, parse_statistic, statistic
from ctfilter.times import milliseconds, to_text

__all__ = ["answer"]

Request = Mapping[str, Any]
Answer = dict[str, Any]
_LARGE = 1 << 60
COMPARISONS = [decode(ffi.string(lib.ctf_comparison_name(i))) for i in range(lib.CTF_ABOVE_BAND + 1)]
TREATMENTS = [decode(ffi.string(lib.ctf_treat_missing_name(i))) for i in range(lib.CTF_TREAT_NOT_BREACHING + 1)]


class _NoRequest(Exception):
    """The request is none of its kind."""


def answer(request: Request) -> Answer:
    """The answer to a request: its ``id``, if it has one, and the result, or ``error`` with kind, offset, length (bytes),
    message and, where it is known, the service's text."""
    out: Answer = {"id": request["id"]} if isinstance(request, Mapping) and "id" in request else {}
    try:
        if not isinstance(request, Mapping):
            raise _NoRequest("a request is an object")
        kind = request.get("kind")
        if kind is not None and not (isinstance(kind, str) and kind in KINDS):
            raise _NoRequest("kind is none that this engine knows")
        out |= KINDS[kind](request) if kind is not None else _filter(request)
    except _NoRequest as refusal:
        out["error"] = {"kind": "request", "message": str(refusal)}
    except Error as error:
        out["error"] = _told(error)
    return out


def _told(error: Error) -> Answer:
    offset, length = 0, 0
    if isinstance(error, (PatternError, RuleError, StatisticError)):
        offset = len(encode(error.text[: error.offset]))
        length = len(encode(error.text[error.offset : error.offset + error.length]))
    told: Answer = {"kind": error.kind, "offset": offset, "length": length, "message": error.message}
    return told | ({"service": error.service} if error.service else {})


# ---- reading requests ----


def _text(request: Request, name: str) -> str:
    value = request.get(name)
    if not isinstance(value, str):
        raise _NoRequest(f"{name} is a string")
    return value


def is_number(value: Any) -> bool:
    """A number that a double can hold."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _number(request: Request, name: str) -> float:
    value = request.get(name)
    if not is_number(value):
        raise _NoRequest(f"{name} is a number")
    return float(value)  # type: ignore[arg-type]


def _whole(request: Request, name: str, least: int, most: int) -> int:
    value = json_number(request.get(name))
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise _NoRequest(f"{name} is a whole number from {least} to {most}")
    return value


def _word(request: Request, name: str, words: Any) -> int:
    value = request.get(name)
    if value not in words:
        raise _NoRequest(f"{name} is one of {', '.join(words)}")
    return list(words).index(value)


def _list(request: Request, name: str) -> list[Any]:
    value = request.get(name)
    if not isinstance(value, list):
        raise _NoRequest(f"{name} is an array")
    return value


def _objects(request: Request, name: str) -> list[Request]:
    value = _list(request, name)
    if not all(isinstance(one, Mapping) for one in value):
        raise _NoRequest(f"{name} is an array of objects")
    return value


def _time(request: Request, name: str) -> int:
    try:
        return milliseconds(_text(request, name), name)
    except ValueError as error:
        raise _NoRequest(str(error)) from None


# ---- patterns ----


def _filter(request: Request) -> Answer:
    return {"match": bool(compile(_text(request, "pattern")).match(_text(request, "message")))}


# ---- alarms ----


def _period(request: Request) -> int:
    period = _whole(request, "period", 10, 604800)
    if period % 60 != 0 and period not in (10, 20, 30):
        raise _NoRequest("period is 10, 20, 30 or a multiple of 60")
    return period


def _schedule(request: Request, alarm: Any) -> None:
    alarm.evaluation_periods = alarm.datapoints_to_alarm = _whole(request, "evaluation_periods", 1, 1_000_000)
    alarm.m_is_set = request.get("datapoints_to_alarm") is not None
    if alarm.m_is_set:
        alarm.datapoints_to_alarm = _whole(request, "datapoints_to_alarm", 1, alarm.evaluation_periods)


def _threshold(request: Request, alarm: Any) -> None:
    alarm.comparison = _word(request, "comparison", COMPARISONS)
    if alarm.comparison < lib.CTF_OUTSIDE_BAND:
        alarm.threshold = _number(request, "threshold")


def _alarm_of(request: Request) -> Any:
    """Settings that need not be ones that PutMetricAlarm takes."""
    alarm = ffi.new("ctf_alarm *", {"period": _period(request) if "period" in request else 60})
    _schedule(request, alarm)
    _threshold(request, alarm)
    if request.get("treat_missing") is not None:
        alarm.treat_missing = _word(request, "treat_missing", TREATMENTS)
    return alarm


def _slots(request: Request, band: bool) -> Any:
    points = _list(request, "datapoints")
    bounds = [_list(request, name) for name in ("lower", "upper")] if band else [[0.0] * len(points)] * 2
    if not all(value is None or is_number(value) for row in (points, *bounds) for value in row):
        raise _NoRequest("datapoints and bounds are arrays of numbers and nulls")
    if any(len(row) != len(points) for row in bounds):
        raise _NoRequest("a band has a lower and an upper bound for each datapoint")
    rows = zip(points, *bounds, strict=True)
    return native_slots([Slot(value, 0, 1, lower or 0.0, upper or 0.0) for value, lower, upper in rows])


def _judge(alarm: Any, slots: Any, previous: int) -> int:
    return int(lib.ctf_alarm_evaluate(alarm, slots, len(slots), previous).state)


def _alarm(request: Request) -> Answer:
    alarm, previous = _alarm_of(request), _word(request, "previous_state", STATES)
    return {"state": STATES[_judge(alarm, _slots(request, alarm.comparison >= lib.CTF_OUTSIDE_BAND), previous)]}


def _alarm_seq(request: Request) -> Answer:
    alarm, state, states = _alarm_of(request), _word(request, "initial_state", STATES), []
    for step in _objects(request, "steps"):
        state = _judge(alarm, _slots(step, False), state)
        states.append(STATES[state])
    return {"states": states}


def _range(request: Request) -> Answer:
    alarm = ffi.new("ctf_alarm *", {"period": _period(request)})
    _schedule(request, alarm)
    return {"slots": int(lib.ctf_alarm_range(alarm))}


def _window(request: Request) -> Answer:
    alarm = ffi.new("ctf_alarm *", {"period": _period(request)})
    _schedule(request, alarm)
    if request.get("mode") != "sliding":
        raise _NoRequest("mode is sliding")
    end = lib.ctf_alarm_window_end(alarm, _time(request, "now"))
    count = _whole(request, "count", 0, 10000)
    return {"starts_newest_first": [to_text(end - i * alarm.period * 1000) for i in range(1, count + 1)]}


def _lowsample(request: Request) -> Answer:
    count = _whole(request, "sample_count", 0, (1 << 63) - 1)
    parsed = parse_statistic(_text(request, "percentile"))
    if "policy" not in request:
        return {"low": bool(lib.ctf_statistic_is_low(parsed, count))}
    settings = {"statistic": parsed[0], "period": 60, "evaluation_periods": 1, "datapoints_to_alarm": 1}
    alarm = ffi.new("ctf_alarm *", settings)
    _threshold(request, alarm)
    alarm.keep_low_samples = request["policy"] is not None and _word(request, "policy", ("evaluate", "ignore"))
    slots = native_slots([Slot(_number(request, "value"), 0, count)])
    return {"state": STATES[_judge(alarm, slots, _word(request, "previous_state", STATES))]}


def _reason(request: Request) -> Answer:
    alarm, state = _alarm_of(request), _word(request, "new_state", STATES)
    points = [
        Slot(_number(p, "value"), _time(p, "time"), 1, *(_number({n: 0.0, **p}, n) for n in ("lower", "upper")))
        for p in reversed(_objects(request, "evaluated"))
    ]
    real = min(len(points), alarm.evaluation_periods)
    verdict = ffi.new("ctf_verdict *", {"state": state, "real": real, "missing": alarm.evaluation_periods - real})
    return {"reason": written(lib.ctf_alarm_reason, alarm, native_slots(points), len(points), verdict)}


# ---- statistics and metrics ----


def _stat(request: Request) -> Answer:
    name, given = _text(request, "statistic"), {"samples": request.get("samples") or []}
    values = _list(given, "samples")
    counts = request.get("counts") or [1] * len(values)
    try:
        sets = [StatisticSet(json_number(s["SampleCount"]), s["Sum"], s["Minimum"], s["Maximum"]) for s in request.get("statistic_sets") or []]
        counted: dict[float, int] = {}
        for value, count in zip(values, counts, strict=True):
            counted[float(value)] = counted.get(float(value), 0) + json_number(count)
        point = statistic(name, counted, sets)
    except Error:
        raise
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise _NoRequest(f"samples, counts or statistic_sets: {error}") from None
    if point.value is not None:
        return {"value": point.value}
    return {"value": None, "null": "unavailable" if point.availability == "unavailable" else "no datapoint"}


def _metric(request: Request) -> Answer:
    transformation = request.get("transformation")
    if not isinstance(transformation, Mapping):
        raise _NoRequest("transformation is an object")
    api = {
        "filterName": "filter",
        "filterPattern": _text(request, "pattern"),
        "metricTransformations": [transformation],
        "emitSystemFieldDimensions": request.get("emit_system_field_dimensions"),
    }
    metrics, series = Metrics(MetricFilter.from_api(api)), Series()
    origin = {name: request[name] for name in ("account", "region") if isinstance(request.get(name), str)}
    for event in _objects(request, "events"):
        when = _whole(event, "timestamp", -lib.CTF_TIME_MAX, lib.CTF_TIME_MAX)
        metrics.record(series, _text(event, "message"), when, **origin)
    out: Answer = {"datapoints": _periods(series, 60, "timestamp", ("dimensions", "unit") if "unit" in transformation else ("dimensions",))}
    if "period" in request:
        out["periods"] = _periods(series, _period(request), "start", ("average",))
    return out


def _periods(series: Series, period: int, start: str, more: tuple[str, ...]) -> list[Answer]:
    names = {"sum": "Sum", "minimum": "Minimum", "maximum": "Maximum", "average": "Average"}
    out = []
    for metric in series.metrics:
        columns = {key: series.datapoints(metric, name, period) for key, name in names.items()}
        for i, point in enumerate(columns["sum"]):
            told: Answer = {start: point.start, "sample_count": point.sample_count}
            told |= {key: column[i].value for key, column in columns.items() if key != "average" or key in more}
            told |= {"dimensions": dict(metric.dimensions)} if "dimensions" in more else {}
            out.append(told | ({"unit": metric.unit} if "unit" in more else {}))
    return out


# ---- composite alarms ----


def _composite(request: Request) -> Answer:
    states, own = request.get("states"), request.get("alarm_name")
    if not isinstance(states, Mapping):
        raise _NoRequest("states is an object of states by alarm")
    rule = compile_rule(_text(request, "rule"), own if isinstance(own, str) else "")
    children = [text_of(lib.ctf_rule_child(rule, i)) for i in range(lib.ctf_rule_count(rule))]
    numbers = [_child_state(states, child) for child in children]
    return {"state": STATES[lib.ctf_rule_evaluate(rule, ffi.new("ctf_state[]", numbers) if numbers else ffi.NULL)]}


def _child_state(states: Request, child: str) -> int:
    """The last of several that mean the alarm; one that does not exist is refused (spec: metrics-alarms 8.4)."""
    found = [state for name, state in states.items() if same_alarm(name, child)]
    if not found:
        service = f"Could not save the composite alarm as alarms [{child}] in the alarm rule do not exist"
        raise Error(f"there is no alarm {child}", "rule", service)
    return _word({"state": found[-1]}, "state", STATES)


def _suppressor(request: Request) -> Answer:
    suppression, action = ffi.new("ctf_suppression *"), ffi.new("ctf_action *")
    waits = [_whole(request, name, 0, _LARGE) for name in ("wait_period", "extension_period")]
    until = _whole(request, "until", -_LARGE, _LARGE)
    actions: list[Answer] = []
    lib.ctf_suppression_init(suppression, *waits)

    def settle(time: int) -> None:
        while lib.ctf_suppression_due(suppression, time, action):
            actions.append({"t": action.time, "state": STATES[action.state]})

    for event in _objects(request, "events"):
        time, state = _whole(event, "t", -_LARGE, _LARGE), _word(event, "state", STATES)
        change = (lib.ctf_suppression_composite, lib.ctf_suppression_suppressor)
        which = change[_word(event, "alarm", ("composite", "suppressor"))]
        if time > until:
            break
        settle(time)
        which(suppression, time, state)
    settle(until)
    return {"actions": actions}


def _check_composite(api: Request) -> None:
    """The request apart from its rule, then the rule."""
    check_composite(api)
    compile_rule(api["AlarmRule"], api["AlarmName"])


def _validation(request: Request) -> Answer:
    given, api = request.get("input"), request.get("api")
    if not isinstance(given, Mapping):
        raise _NoRequest("input is an object")
    checks: dict[Any, Callable[[Request], object]] = {
        "PutMetricAlarm": NativeAlarm,
        "PutCompositeAlarm": _check_composite,
        "SetAlarmState": check_state,
        "PutMetricFilter": lambda filter: Metrics(MetricFilter.from_api(filter)),
    }
    if not isinstance(api, str) or api not in checks:
        raise _NoRequest(f"api is one of {', '.join(checks)}")
    checks[api](given)
    return {"accepted": True}


# ---- replay ----

_REPLAYED = Metric("replay", "samples")


def _replay(request: Request) -> Answer:
    settings = request.get("alarm")
    if not isinstance(settings, Mapping) or "period" not in settings:
        raise _NoRequest("alarm is an object with a period")
    start, stop = (_whole(request, name, -_LARGE, _LARGE - 1) for name in ("start", "stop"))
    alarm, name = _alarm_of(settings), _text(settings, "statistic")
    if alarm.comparison >= lib.CTF_OUTSIDE_BAND:
        raise _NoRequest("an alarm on a band is not replayed")
    alarm.statistic = parse_statistic(name)[0]
    kept = [ffi.new("char[]", word) for word in (b"replay", b"samples", encode(name))]
    alarm.metric.name_space, alarm.metric.name, alarm.statistic_name = ((text, len(text) - 1) for text in kept)
    series = _samples(request, 10 if alarm.period < 60 else 60)
    state = _word(settings, "initial_state", STATES) if settings.get("initial_state") is not None else 0
    points = series.datapoints(_REPLAYED, name, alarm.period)
    return {
        "datapoints": [{"start": point.start, "value": point.value} for point in points],
        "transitions": _transitions(alarm, series, start, stop, state),
    }


def _samples(request: Request, resolution: int) -> Series:
    series = Series(resolution=resolution)
    for sample in _objects(request, "samples"):
        arrival = _whole(sample, "arrival", -_LARGE, _LARGE) if sample.get("arrival") is not None else None
        when = _whole(sample, "timestamp", -_LARGE, _LARGE)
        try:
            series.add(_REPLAYED, when, _number(sample, "value"), arrival=arrival)
        except ValueError as error:
            raise _NoRequest(str(error)) from None
    return series


def _transitions(alarm: Any, series: Series, start: int, stop: int, initial: int) -> list[Answer]:
    """Evaluates tick by tick, as the request's settings need not be ones that an :class:`Alarm` may have."""
    tick, slots = lib.ctf_alarm_tick(alarm), ffi.new("ctf_slot[]", lib.ctf_alarm_range(alarm))
    found, state = [], initial
    for time in range(-(-start // tick) * tick, stop + 1, tick):
        lib.ctf_alarm_look(alarm, series._native, time, slots, len(slots))
        verdict = ffi.new("ctf_verdict *", lib.ctf_alarm_evaluate(alarm, slots, len(slots), state))
        if verdict.state != state:
            reason = written(lib.ctf_alarm_reason, alarm, slots, len(slots), verdict)
            found.append({"time": time, "from": STATES[state], "to": STATES[verdict.state], "reason": reason})
            state = verdict.state
    return found


KINDS: dict[str, Callable[[Request], Answer]] = {
    "alarm": _alarm,
    "alarm_seq": _alarm_seq,
    "composite": _composite,
    "lowsample": _lowsample,
    "metric": _metric,
    "range": _range,
    "reason": _reason,
    "replay": _replay,
    "stat": _stat,
    "suppressor": _suppressor,
    "validation": _validation,
    "window": _window,
}


def main() -> None:
    """Answers standard input on standard output, a line for a line."""
    for line in sys.stdin.buffer:
        try:
            request = json.loads(line)
        except (ValueError, RecursionError) as error:
            told: Answer = {"error": {"kind": "request", "message": str(error)}}
        else:
            told = answer(request)
        sys.stdout.write(json.dumps(told, ensure_ascii=True, separators=(",", ":")) + "\n")
        sys.stdout.flush()
