"""Alarms: their settings, one evaluation, the reason in the service's words (spec: metrics-alarms 4 to 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Union

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_flag, as_items, as_number, as_text, as_whole, json_number, wrong_type
from ctfilter.errors import (
    Error,
    RuleError,
    ValidationError,
    check,
    decode,
    kind_of,
    message_of,
    place_in,
    service_of,
    text_of,
)
from ctfilter.native import Texts
from ctfilter.series import Metric, Series
from ctfilter.times import Time, milliseconds

__all__ = ["Alarm", "CompositeAlarm", "Slot", "State", "Verdict"]

State = Literal["INSUFFICIENT_DATA", "OK", "ALARM"]
STATES: tuple[State, ...] = ("INSUFFICIENT_DATA", "OK", "ALARM")
RULES = [decode(ffi.string(lib.ctf_rule_used_name(rule))) for rule in range(lib.CTF_RULE_LOW_SAMPLES + 1)]


def state_number(state: str, argument: str = "state") -> int:
    if state not in STATES:
        raise ValueError(f"{argument} must be {', '.join(STATES)}, not {state!r}")
    return STATES.index(state)


@dataclass(frozen=True)
class Slot:
    """A period that an evaluation sees.

    Attributes:
        value: ``None``: missing.
        start: in milliseconds.
        sample_count: samples in the period.
        lower, upper: the point's own bounds, for band operators.

    Raises:
        TypeError, ValueError: when it is made, for a member of another type or out of bounds.
    """

    value: float | None
    start: int = 0
    sample_count: int = 1
    lower: float = 0.0
    upper: float = 0.0

    def __post_init__(self) -> None:
        as_whole(self.start, "start", -(1 << 63), (1 << 63) - 1)
        as_whole(self.sample_count, "sample_count", 0, (1 << 64) - 1)
        for name in ("value", "lower", "upper"):
            if name != "value" or self.value is not None:
                as_number(getattr(self, name), name)

    def _native(self) -> tuple[Any, ...]:
        present = self.value is not None
        return self.start, present, self.value if present else 0.0, self.lower, self.upper, self.sample_count

    @classmethod
    def _from_native(cls, native: Any) -> Slot:
        if not native.present:
            return cls(None, native.start, 0)
        return cls(native.value, native.start, native.sample_count, native.lower, native.upper)


@dataclass(frozen=True)
class Verdict:
    """What an evaluation says.

    Attributes:
        state: of the alarm from now on.
        rule: which branch of spec: metrics-alarms 5.3 decided: ``enough-real``, ``no-data``, ``premature-old-enough`` ...
        kept: the state is the one before because the settings say to keep it.
        real: real points that the verdict rests on.
        missing: missing ones that had to be filled, or went without.
        breaching: of the real ones.

    Raises:
        TypeError, ValueError: when it is made, for a member of another type or out of bounds.
    """

    state: State
    rule: str
    kept: bool
    real: int
    missing: int
    breaching: int

    def __post_init__(self) -> None:
        state_number(self.state)
        if as_text(self.rule, "rule") not in RULES:
            raise ValueError(f"rule must be {', '.join(RULES)}, not {self.rule!r}")
        as_flag(self.kept, "kept")
        for name in ("real", "missing", "breaching"):
            as_whole(getattr(self, name), name, 0, (1 << 32) - 1)

    @classmethod
    def _from_native(cls, native: Any) -> Verdict:
        return cls(STATES[native.state], RULES[native.rule], bool(native.kept), native.real, native.missing, native.breaching)

    def _native(self) -> Any:
        verdict = state_number(self.state), RULES.index(self.rule), self.kept, self.real, self.missing, self.breaching
        return ffi.new("ctf_verdict *", verdict)


Slots = Sequence[Union[Slot, float, None]]


@dataclass(frozen=True)
class Alarm:
    """An alarm on a metric, as PutMetricAlarm takes it (spec: metrics-alarms 7).

    Attributes:
        name: the alarm's name.
        metric: what it watches.
        threshold: what values are compared with; ``None`` for band operators.
        comparison_operator: ``GreaterThanOrEqualToThreshold`` and so on.
        statistic: ``Sum``, ``Average``, ``p99`` and so on (3.1).
        period: seconds: 10, 20, 30 or a multiple of 60.
        evaluation_periods: N.
        datapoints_to_alarm: M of N; ``None``: all of them.
        treat_missing_data: ``missing``, ``ignore``, ``breaching`` or ``notBreaching``.
        evaluate_low_sample_count_percentile: ``evaluate`` or ``ignore``, for percentiles; empty: not given.
        threshold_metric_id: for band operators.
        description: of the alarm.
        arn: its ARN, by which a composite alarm may name it.

    Raises:
        ValidationError: when it is made, for what PutMetricAlarm refuses.
    """

    name: str
    metric: Metric
    threshold: float | None = None
    comparison_operator: str = "GreaterThanOrEqualToThreshold"
    statistic: str = "Sum"
    period: int = 300
    evaluation_periods: int = 1
    datapoints_to_alarm: int | None = None
    treat_missing_data: str = "missing"
    evaluate_low_sample_count_percentile: str = ""
    threshold_metric_id: str = ""
    description: str = ""
    arn: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.metric, Metric):
            raise wrong_type("metric", "a Metric", self.metric)
        _check_types(self, _FROM_API, _ALARM_MEMBERS)
        if not isinstance(self.statistic, str):
            raise wrong_type("statistic", _TEXT, self.statistic)
        _ = self._alarm

    @cached_property
    def _alarm(self) -> NativeAlarm:
        return NativeAlarm(self.to_api())

    @classmethod
    def from_api(cls, alarm: Mapping[str, Any]) -> Alarm:
        """An alarm in the API's words, as ``aws cloudwatch describe-alarms`` prints one.

        Raises:
            ValidationError: a member is of another type, PutMetricAlarm refuses it, or it watches a list ``Metrics``.
        """
        if isinstance(alarm, Mapping) and not alarm.get("Metrics"):
            alarm = {member: value for member, value in alarm.items() if member != "Metrics"}
        native = NativeAlarm(alarm).native
        if "Metrics" in alarm:
            raise ValidationError("an Alarm watches one metric: Metrics cannot be replayed")
        dimensions = [(d["Name"], d["Value"]) for d in alarm.get("Dimensions") or ()]
        metric = Metric(alarm.get("Namespace") or "", alarm.get("MetricName") or "", dimensions, alarm.get("Unit") or "")
        given = _given(alarm, _FROM_API, _ALARM_MEMBERS)
        given["treat_missing_data"] = decode(ffi.string(lib.ctf_treat_missing_name(native.treat_missing)))
        return cls(metric=metric, statistic=alarm.get("Statistic") or alarm["ExtendedStatistic"], **given)

    def to_api(self) -> dict[str, Any]:
        """The same in the API's words; what was not given is left out."""
        key = "Statistic" if self.statistic in _PLAIN_STATISTICS else "ExtendedStatistic"
        api: dict[str, Any] = {member: getattr(self, name) for name, member in _FROM_API.items()}
        api |= {"Namespace": self.metric.namespace, "MetricName": self.metric.name, key: self.statistic}
        api["Dimensions"] = [{"Name": name, "Value": value} for name, value in self.metric.dimensions]
        api["Unit"] = "" if self.metric.unit == "None" else self.metric.unit
        return {member: value for member, value in api.items() if value not in (None, "", [])}

    def __reduce__(self) -> tuple[Any, ...]:
        return Alarm.from_api, (self.to_api(),)

    @property
    def range_slots(self) -> int:
        """How many periods an evaluation sees (spec: metrics-alarms 4.3)."""
        return int(lib.ctf_alarm_range(self._alarm.native))

    @property
    def tick(self) -> int:
        """From one evaluation to the next, in milliseconds (4.1)."""
        return int(lib.ctf_alarm_tick(self._alarm.native))

    def window_starts(self, now: Time, count: int) -> list[int]:
        """Where the newest ``count`` windows of the evaluation at ``now`` start, newest first, in milliseconds (4.2)."""
        end = lib.ctf_alarm_window_end(self._alarm.native, milliseconds(now, "now"))
        return [end - i * self.period * 1000 for i in range(1, as_whole(count, "count", 0, 1 << 32) + 1)]

    def look(self, series: Series, now: Time) -> list[Slot]:
        """What the evaluation at ``now`` sees of a series, oldest first.

        Raises:
            ValueError: the series' resolution is too coarse for the period.
        """
        if not isinstance(series, Series):
            raise wrong_type("series", "a Series", series)
        count = self.range_slots
        slots = ffi.new("ctf_slot[]", count)
        with series._lock:
            status = lib.ctf_alarm_look(self._alarm.native, series._native, milliseconds(now, "now"), slots, count)
        if status == lib.CTF_E_ARGUMENT:
            raise ValueError("the series' resolution is too coarse for the period")
        check(status)
        return [Slot._from_native(slots[i]) for i in range(count)]

    def evaluate(self, slots: Slots, previous: State = "INSUFFICIENT_DATA") -> Verdict:
        """Judges slots, oldest first, of an alarm that is in the state ``previous``; values may stand for slots, ``None`` for
        a missing one (5.3)."""
        native = native_slots(slots)
        state = state_number(previous, "previous")
        return Verdict._from_native(lib.ctf_alarm_evaluate(self._alarm.native, native, len(native), state))

    def breaches(self, slot: Slot | float) -> bool:
        """Does a value breach (5.1)?"""
        native = native_slots([slot], "slot")
        return bool(native[0].present and lib.ctf_alarm_breaches(self._alarm.native, native))

    def reason(self, slots: Slots, verdict: Verdict) -> str:
        """The StateReason of a verdict on these slots (6.1); ``""`` for a state that was kept."""
        native = native_slots(slots)
        return written(lib.ctf_alarm_reason, self._alarm.native, native, len(native), _native_verdict(verdict))

    def reason_data(self, slots: Slots, verdict: Verdict, query_date: Time) -> str:
        """The StateReasonData of a verdict on these slots, JSON (6.2); ``query_date`` is when they were asked for."""
        native, asked = native_slots(slots), milliseconds(query_date, "query_date")
        return written(lib.ctf_alarm_reason_data, self._alarm.native, native, len(native), _native_verdict(verdict), asked)


_PLAIN_STATISTICS = ("SampleCount", "Average", "Sum", "Minimum", "Maximum")
_FROM_API = {
    "name": "AlarmName",
    "threshold": "Threshold",
    "comparison_operator": "ComparisonOperator",
    "period": "Period",
    "evaluation_periods": "EvaluationPeriods",
    "datapoints_to_alarm": "DatapointsToAlarm",
    "treat_missing_data": "TreatMissingData",
    "evaluate_low_sample_count_percentile": "EvaluateLowSampleCountPercentile",
    "threshold_metric_id": "ThresholdMetricId",
    "description": "AlarmDescription",
    "arn": "AlarmArn",
}


def native_slots(slots: Slots, argument: str = "slots") -> Any:
    expected = "Slots, or numbers and None"
    rows = [slot if isinstance(slot, Slot) or slot is None else as_number(slot, argument) for slot in as_items(slots, argument, expected)]
    return ffi.new("ctf_slot[]", [(row if isinstance(row, Slot) else Slot(row))._native() for row in rows])


def _native_verdict(verdict: Verdict) -> Any:
    if not isinstance(verdict, Verdict):
        raise wrong_type("verdict", "a Verdict", verdict)
    return verdict._native()


def written(write: Any, *arguments: Any) -> str:
    """What a function writes that answers the length it needs."""
    length = write(*arguments, ffi.NULL, 0)
    out = ffi.new("char[]", length + 1)
    write(*arguments, out, length + 1)
    return decode(bytes(ffi.buffer(out, length)))


# ---- requests in the API's words ----

_TEXT, _WHOLE, _NUMBER, _COUNT = "a string", "a whole number", "a number", "an array"
_ACTIONS = {
    "OKActions": (_COUNT, "n_ok_actions"),
    "AlarmActions": (_COUNT, "n_alarm_actions"),
    "InsufficientDataActions": (_COUNT, "n_insufficient_data_actions"),
}
_ALARM_MEMBERS = {
    "AlarmName": (_TEXT, "alarm_name"),
    "AlarmDescription": (_TEXT, "alarm_description"),
    "Namespace": (_TEXT, "name_space"),
    "MetricName": (_TEXT, "metric_name"),
    "Statistic": (_TEXT, "statistic"),
    "ExtendedStatistic": (_TEXT, "extended_statistic"),
    "Unit": (_TEXT, "unit"),
    "Period": (_WHOLE, "period"),
    "EvaluationPeriods": (_WHOLE, "evaluation_periods"),
    "DatapointsToAlarm": (_WHOLE, "datapoints_to_alarm"),
    "Threshold": (_NUMBER, "threshold"),
    "ComparisonOperator": (_TEXT, "comparison_operator"),
    "TreatMissingData": (_TEXT, "treat_missing_data"),
    "EvaluateLowSampleCountPercentile": (_TEXT, "evaluate_low_sample_count_percentile"),
    "ThresholdMetricId": (_TEXT, "threshold_metric_id"),
    **_ACTIONS,
}
_COMPOSITE_MEMBERS = {
    "AlarmName": (_TEXT, "alarm_name"),
    "AlarmDescription": (_TEXT, "alarm_description"),
    "AlarmRule": (_TEXT, "alarm_rule"),
    "ActionsSuppressor": (_TEXT, "actions_suppressor"),
    "ActionsSuppressorWaitPeriod": (_WHOLE, "wait_period"),
    "ActionsSuppressorExtensionPeriod": (_WHOLE, "extension_period"),
    **_ACTIONS,
}

_STATE_MEMBERS = {
    "AlarmName": (_TEXT, "alarm_name"),
    "StateValue": (_TEXT, "state_value"),
    "StateReason": (_TEXT, "state_reason"),
    "StateReasonData": (_TEXT, "state_reason_data"),
}


def _is_form(value: Any, form: str) -> bool:
    if form == _TEXT:
        return isinstance(value, str)
    if form == _COUNT:
        return isinstance(value, (list, tuple))
    if form == _NUMBER and isinstance(value, float):
        return True
    bits = 1023 if form == _NUMBER else 63
    return isinstance(value, int) and not isinstance(value, bool) and -(1 << bits) <= value < 1 << bits


def _member(api: Mapping[str, Any], name: str, form: str) -> Any:
    return json_number(api.get(name)) if form == _WHOLE else api.get(name)


def _given(api: Mapping[str, Any], names: Mapping[str, str], members: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """What an alarm in the API's words gives, under our names; a member without a form is a text."""
    found = {name: _member(api, member, members.get(member, (_TEXT, ""))[0]) for name, member in names.items()}
    return {name: value for name, value in found.items() if value is not None}


def _fill(native: Any, api: Mapping[str, Any], members: Mapping[str, tuple[str, str]], texts: Texts) -> None:
    """Fills an input; a member that is ``None`` was not given. An ARN is none of the service's input, and stays here."""
    if not isinstance(api.get("AlarmArn", ""), (str, type(None))):
        raise ValidationError(f"AlarmArn must be {_TEXT}")
    for name, (form, to) in members.items():
        value = _member(api, name, form)
        if value is None:
            continue
        if not _is_form(value, form):
            raise ValidationError(f"{name} must be {form}")
        if form in (_WHOLE, _NUMBER):
            setattr(native, f"has_{to}", 1)
        setattr(native, to, texts.view(value) if form == _TEXT else len(value) if form == _COUNT else value)


def _check_types(alarm: Any, names: Mapping[str, str], members: Mapping[str, tuple[str, str]]) -> None:
    """Refuses arguments of another type; a member without a form is a text."""
    for name, member in names.items():
        value, (form, _) = getattr(alarm, name), members.get(member, (_TEXT, ""))
        if value is not None and not _is_form(value, form):
            raise wrong_type(name, form, value)


def _refuse(status: int, error: Any) -> None:
    if status == lib.CTF_E_NOMEM:
        raise MemoryError
    if status != lib.CTF_OK:
        raise ValidationError(message_of(error), kind_of(error), service_of(error))


class NativeAlarm:
    """A ``ctf_alarm`` and the texts that it points to."""

    def __init__(self, api: Mapping[str, Any]) -> None:
        if not isinstance(api, Mapping):
            raise wrong_type("alarm", "a mapping", api)
        self._texts, self._input = Texts(), ffi.new("ctf_alarm_input *")
        _fill(self._input, api, _ALARM_MEMBERS, self._texts)
        rows = api.get("Dimensions") or []
        if not isinstance(rows, Iterable) or not all(_is_dimension(row) for row in rows):
            raise ValidationError("Dimensions must be an array of objects with Name and Value, both strings")
        views = [(self._texts.view(row["Name"]), self._texts.view(row["Value"])) for row in rows]
        self._input.dimensions = self._texts.array("ctf_dimension[]", views)
        self._input.n_dimensions = len(views)
        self._fill_metrics(api.get("Metrics"))
        self.native, error = ffi.new("ctf_alarm *"), ffi.new("ctf_error *")
        _refuse(lib.ctf_alarm_read(self._input, self.native, error), error)


    def _fill_metrics(self, rows: Any) -> None:
        if rows is None:
            return
        if not isinstance(rows, (list, tuple)) or not all(_is_query(row) for row in rows):
            must = "an array of objects with Id, MetricStat (an object) or Expression, and ReturnData (true or false)"
            raise ValidationError(f"Metrics must be {must}")
        self._input.has_metrics, self._input.n_metrics = 1, len(rows)
        self._input.metrics = self._texts.array("ctf_metric_query[]", [self._query(row) for row in rows])

    def _query(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        texts = [self._texts.view(row.get(name) or "") for name in ("Id", "Expression")]
        returned = row.get("ReturnData")
        return *texts, row.get("MetricStat") is not None, returned is not None, bool(returned)


_QUERY_TYPES = {"Id": str, "Expression": str, "MetricStat": Mapping, "ReturnData": bool}


def _is_query(row: Any) -> bool:
    return isinstance(row, Mapping) and all(
        row.get(name) is None or isinstance(row[name], kind) for name, kind in _QUERY_TYPES.items()
    )


def _is_dimension(row: Any) -> bool:
    return isinstance(row, Mapping) and isinstance(row.get("Name"), str) and isinstance(row.get("Value"), str)


def check_composite(api: Mapping[str, Any]) -> None:
    """Refuses what PutCompositeAlarm refuses, but for the rule's grammar."""
    texts, native, error = Texts(), ffi.new("ctf_composite_input *"), ffi.new("ctf_error *")
    _fill(native, api, _COMPOSITE_MEMBERS, texts)
    _refuse(lib.ctf_composite_check(native, error), error)


def check_state(api: Mapping[str, Any]) -> None:
    """Refuses what SetAlarmState refuses, but for an alarm that does not exist."""
    texts, native, error = Texts(), ffi.new("ctf_state_input *"), ffi.new("ctf_error *")
    _fill(native, api, _STATE_MEMBERS, texts)
    _refuse(lib.ctf_state_check(native, ffi.NULL, error), error)


# ---- composite alarms ----


@dataclass(frozen=True)
class CompositeAlarm:
    """An alarm over other alarms' states (spec: metrics-alarms 8).

    Attributes:
        name: the alarm's name.
        rule: ``ALARM(a) AND NOT OK("b c")`` and so on; children by name or ARN.
        suppressor: the alarm that suppresses actions while it is in ALARM; empty: none.
        wait_period, extension_period: seconds; needed with a suppressor.
        description: of the alarm.
        arn: its ARN, by which another composite alarm may name it.

    Raises:
        ValidationError: when it is made, for what PutCompositeAlarm refuses.
        RuleError: the rule is refused; the error points at the place.
    """

    name: str
    rule: str
    suppressor: str = ""
    wait_period: int | None = None
    extension_period: int | None = None
    description: str = ""
    arn: str = ""

    def __post_init__(self) -> None:
        _check_types(self, _COMPOSITE_API, _COMPOSITE_MEMBERS)
        check_composite(self.to_api())
        _ = self._rule

    @cached_property
    def _rule(self) -> Any:
        return compile_rule(self.rule, self.arn or self.name)

    @classmethod
    def from_api(cls, alarm: Mapping[str, Any]) -> CompositeAlarm:
        """A composite alarm in the API's words, as ``aws cloudwatch describe-alarms`` prints one.

        Raises:
            ValidationError: a member is of another type, or PutCompositeAlarm refuses it.
            RuleError: the rule is refused; the error points at the place.
        """
        if not isinstance(alarm, Mapping):
            raise wrong_type("alarm", "a mapping", alarm)
        check_composite(alarm)
        return cls(**_given(alarm, _COMPOSITE_API, _COMPOSITE_MEMBERS))

    def to_api(self) -> dict[str, Any]:
        """The same in the API's words; what was not given is left out."""
        api = {member: getattr(self, name) for name, member in _COMPOSITE_API.items()}
        return {member: value for member, value in api.items() if value not in (None, "")}

    def __reduce__(self) -> tuple[Any, ...]:
        return CompositeAlarm.from_api, (self.to_api(),)

    @property
    def children(self) -> tuple[str, ...]:
        """The alarms that the rule mentions, by name or ARN as it does, in the order of first mention."""
        return tuple(text_of(lib.ctf_rule_child(self._rule, i)) for i in range(lib.ctf_rule_count(self._rule)))

    def evaluate(self, states: Mapping[str, State]) -> State:
        """ALARM when the rule holds for the children's states, else OK (8.2).

        Args:
            states: by name or ARN; the last of several that mean the same alarm counts.

        Raises:
            KeyError: a child has no state.
        """
        if not isinstance(states, Mapping):
            raise wrong_type("states", "a mapping of alarms to states", states)
        return self._state_of([state_number(_state_among(states, child), "states") for child in self.children])

    def _state_of(self, states: list[int]) -> State:
        state: int = lib.ctf_rule_evaluate(self._rule, ffi.new("ctf_state[]", states) if states else ffi.NULL)
        return STATES[state]


_COMPOSITE_API = {
    "name": "AlarmName",
    "rule": "AlarmRule",
    "suppressor": "ActionsSuppressor",
    "wait_period": "ActionsSuppressorWaitPeriod",
    "extension_period": "ActionsSuppressorExtensionPeriod",
    "description": "AlarmDescription",
    "arn": "AlarmArn",
}


def compile_rule(rule: str, own_name: str) -> Any:
    """A ``ctf_rule *``."""
    texts, error, out = Texts(), ffi.new("ctf_error *"), ffi.new("ctf_rule **")
    status = lib.ctf_rule_compile(texts.view(rule), texts.view(own_name), ffi.NULL, out, error)
    if status == lib.CTF_OK:
        return ffi.gc(out[0], lib.ctf_rule_free)
    if status == lib.CTF_E_NOMEM:
        raise MemoryError
    if error.kind not in (lib.CTF_ERROR_RULE, lib.CTF_ERROR_LIMIT):
        raise Error(message_of(error), kind_of(error), service_of(error))
    offset, length = place_in(rule, error)
    raise RuleError(rule, offset, length, message_of(error), kind_of(error), service_of(error))


def same_alarm(a: str, b: str) -> bool:
    """Do two mentions, names or ARNs, mean one alarm?"""
    texts = Texts()
    return bool(lib.ctf_alarm_name_equal(texts.view(a), texts.view(b)))


def _state_among(states: Mapping[str, State], child: str) -> State:
    found: State | None = states.get(child)
    for name, state in states.items():
        if same_alarm(as_text(name, "states"), child):
            found = state
    if found is None:
        raise KeyError(child)
    return found
