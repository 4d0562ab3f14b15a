"""Replay: what alarms would have done over stored samples, with a virtual clock (spec: metrics-alarms 4.4, 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ctfilter._native import ffi, lib
from ctfilter.alarms import STATES, Alarm, CompositeAlarm, Slot, State, Verdict, same_alarm, state_number, written
from ctfilter.arguments import as_items, wrong_type
from ctfilter.errors import check
from ctfilter.progress import Meter, Progress
from ctfilter.series import Series
from ctfilter.times import Time, milliseconds, to_datetime, to_text

__all__ = ["Action", "AlarmReplay", "CompositeReplay", "Replay", "ReplayDatapoint", "Stretch", "Transition", "replay"]

_PIECE = 7 * 86400 * 1000  # ms that an alarm is replayed without a look at the interpreter


@dataclass(frozen=True)
class Transition:
    """A change of state.

    Attributes:
        time: of the evaluation, in milliseconds.
        from_state, to_state: before and after.
        reason: in the service's words (spec: metrics-alarms 6.1, 8.5).
        reason_data: the service's JSON (6.2); ``""`` for a composite alarm.
        verdict: which rule decided; ``None`` for a composite alarm.
        slots: the periods that the evaluation saw, oldest first.
    """

    time: int
    from_state: State
    to_state: State
    reason: str
    reason_data: str = ""
    verdict: Verdict | None = None
    slots: tuple[Slot, ...] = ()

    @property
    def at(self) -> datetime:
        """The time as a ``datetime`` in UTC."""
        return to_datetime(self.time)


@dataclass(frozen=True)
class ReplayDatapoint:
    """A period as a graph shows it, beginning at a multiple of the period. The alarm's own windows slide.

    Attributes:
        start: in milliseconds.
        value: ``None``: the samples cannot serve the statistic.
        sample_count: samples in the period.
        breaching: does the value breach?
    """

    start: int
    value: float | None
    sample_count: int
    breaching: bool


@dataclass(frozen=True)
class Stretch:
    """A stretch of time [start, stop), in milliseconds, in one state."""

    start: int
    stop: int
    state: State


@dataclass(frozen=True)
class Action:
    """An action of a composite alarm, at a time in milliseconds (8.6)."""

    time: int
    state: State


@dataclass(frozen=True)
class AlarmReplay:
    """What an alarm did.

    Attributes:
        alarm: its settings.
        transitions: its changes of state, in the order of time.
        datapoints: one for each period that holds samples.
        states: stretches that cover the interval.
        state: at the end.
    """

    alarm: Alarm
    transitions: tuple[Transition, ...]
    datapoints: tuple[ReplayDatapoint, ...]
    states: tuple[Stretch, ...]
    state: State

    @property
    def entered_alarm(self) -> bool:
        """Did it enter ALARM?"""
        return any(transition.to_state == "ALARM" for transition in self.transitions)


@dataclass(frozen=True)
class CompositeReplay:
    """What a composite alarm did.

    Attributes:
        alarm: its settings.
        transitions: its changes of state, in the order of time.
        actions: when it would have acted.
        states: stretches that cover the interval.
        state: at the end.
        is_cyclic: its children depend on it; the service does not evaluate such alarms (8.2), nor does the replay.
    """

    alarm: CompositeAlarm
    transitions: tuple[Transition, ...]
    actions: tuple[Action, ...]
    states: tuple[Stretch, ...]
    state: State
    is_cyclic: bool = False

    @property
    def entered_alarm(self) -> bool:
        """Did it enter ALARM?"""
        return any(transition.to_state == "ALARM" for transition in self.transitions)


@dataclass(frozen=True)
class Replay:
    """What alarms did in [start, stop), times in milliseconds. By name: ``replay["logins"]``."""

    start: int
    stop: int
    alarms: tuple[AlarmReplay, ...]
    composites: tuple[CompositeReplay, ...] = ()

    def __getitem__(self, name: str) -> AlarmReplay | CompositeReplay:
        for one in self._all():
            if one.alarm.name == name:
                return one
        raise KeyError(name)

    def _all(self) -> list[AlarmReplay | CompositeReplay]:
        return [*self.alarms, *self.composites]

    @property
    def entered_alarm(self) -> bool:
        """Did any alarm enter ALARM?"""
        return any(one.entered_alarm for one in self._all())

    def plot(self, names: Iterable[str] | None = None) -> Any:
        """Draws datapoints, thresholds, states and missing periods.

        Args:
            names: which alarms; ``None``: all.

        Returns:
            A ``matplotlib.figure.Figure``.

        Raises:
            KeyError: no alarm has such a name.
            ImportError: matplotlib is not installed (``pip install 'ctfilter[plot]'``).
        """
        from ctfilter.plot import plot

        return plot(self, names)

    def __str__(self) -> str:
        lines = [f"Replayed {to_text(self.start)} to {to_text(self.stop)}."]
        for one in self._all():
            lines.append(f"{one.alarm.name}: {'entered' if one.entered_alarm else 'never in'} ALARM, at the end {one.state}")
            for t in one.transitions:
                lines.append(f"  {to_text(t.time)}  {t.from_state} -> {t.to_state}  {t.reason}")
        return "\n".join(lines)


def replay(
    alarms: Sequence[Alarm | CompositeAlarm] | Sequence[Alarm] | Sequence[CompositeAlarm] | Alarm | CompositeAlarm,
    series: Series,
    *,
    start: Time | None = None,
    stop: Time | None = None,
    initial: Mapping[str, State] | State = "INSUFFICIENT_DATA",
    progress: Progress = None,
) -> Replay:
    """Evaluates alarms at every tick of [start, stop) over the samples of a series; those from before ``start`` count.

    Composite alarms are evaluated when the replay begins and when one of their children changes, children before parents.
    A child or a suppressor that is not among ``alarms`` is in INSUFFICIENT_DATA.

    Args:
        alarms: what to replay.
        series: their samples. Its resolution must be 10 s where a period is below 60 s.
        start: ``None``: the first sample's minute.
        stop: ``None``: when the last sample is out of every alarm's sight.
        initial: the state before, for all metric alarms or by name.
        progress: told how many milliseconds of all alarms' time are done.

    Raises:
        ValueError: the series is too coarse, or there is no sample and no start and stop.
    """
    if not isinstance(series, Series):
        raise wrong_type("series", "a Series", series)
    metric, composite = _sorted_out(alarms)
    first, last = _interval(metric, composite, series, start, stop)
    for alarm in metric:
        if alarm.period < 60 and series.info.resolution > 10:
            raise ValueError(f"the series' resolution must be 10 s for the period of {alarm.name}, {alarm.period} s")
    with Meter(progress, (last - first) * len(metric), "ms") as meter:
        done = [_replay_alarm(alarm, series, first, last, _initial_of(initial, alarm), meter) for alarm in metric]
    return Replay(first, last, tuple(done), tuple(_Composites(composite, done, first, last).run()))


def _sorted_out(alarms: Any) -> tuple[list[Alarm], list[CompositeAlarm]]:
    every = as_items([alarms] if isinstance(alarms, (Alarm, CompositeAlarm)) else alarms, "alarms", "Alarm or CompositeAlarm")
    for alarm in every:
        if not isinstance(alarm, (Alarm, CompositeAlarm)):
            raise wrong_type("alarms", "Alarm or CompositeAlarm", alarm)
    names = [alarm.name for alarm in every]
    if len(set(names)) < len(names):
        raise ValueError(f"alarms must have different names: {max(names, key=names.count)}")
    return [a for a in every if isinstance(a, Alarm)], [a for a in every if isinstance(a, CompositeAlarm)]


def _initial_of(initial: Mapping[str, State] | State, alarm: Alarm) -> State:
    if not isinstance(initial, (str, Mapping)):
        raise wrong_type("initial", "a state or a mapping of alarms to states", initial)
    state = initial if isinstance(initial, str) else initial.get(alarm.name, "INSUFFICIENT_DATA")
    return STATES[state_number(state, "initial")]


def _interval(
    alarms: list[Alarm], composites: list[CompositeAlarm], series: Series, start: Time | None, stop: Time | None
) -> tuple[int, int]:
    info = series.info
    if (start is None or stop is None) and (info.first is None or info.last is None):
        raise ValueError("start and stop must be given for a series without samples")
    first = (info.first or 0) // 60000 * 60000 if start is None else milliseconds(start, "start")
    if stop is not None:
        last = milliseconds(stop, "stop")
    else:
        waits = [((c.wait_period or 0) + (c.extension_period or 0)) * 1000 for c in composites]
        sight = [alarm.range_slots * alarm.period * 1000 + 2 * alarm.tick for alarm in alarms]
        last = (info.last or 0) // 60000 * 60000 + 60000 + max(sight, default=0) + max(waits, default=0)
    if first >= last:
        raise ValueError("start must be before stop")
    return first, last


# ---- metric alarms ----


class _Transitions:
    """Collects what a replay in C calls back for."""

    def __init__(self, alarm: Alarm) -> None:
        self.alarm = alarm
        self.found: list[Transition] = []
        self.raised: BaseException | None = None

    def add(self, native: Any) -> None:
        settings, verdict = self.alarm._alarm.native, ffi.addressof(native, "verdict")
        slots = native.slots, native.n_slots
        self.found.append(
            Transition(
                native.time,
                STATES[getattr(native, "from")],
                STATES[native.to],
                written(lib.ctf_alarm_reason, settings, *slots, verdict),
                written(lib.ctf_alarm_reason_data, settings, *slots, verdict, native.time),
                Verdict._from_native(native.verdict),
                tuple(Slot._from_native(native.slots[i]) for i in range(native.n_slots)),
            )
        )


def _failed(_kind: object, error: BaseException, trace: Any) -> None:
    ffi.from_handle(trace.tb_frame.f_locals["context"]).raised = error


@ffi.def_extern(error=1, onerror=_failed)  # type: ignore[untyped-decorator]
def ctfpy_on_transition(context: Any, transition: Any) -> int:
    ffi.from_handle(context).add(transition)
    return 0


def _replay_alarm(alarm: Alarm, series: Series, start: int, stop: int, initial: State, meter: Meter) -> AlarmReplay:
    collected = _Transitions(alarm)
    handle, state = ffi.new_handle(collected), ffi.new("ctf_state *", state_number(initial))
    for at in range(start, stop, _PIECE):
        end = min(at + _PIECE, stop)
        with series._lock:
            status = lib.ctf_alarm_replay(
                alarm._alarm.native, series._native, at, end, state, lib.ctfpy_on_transition, handle, ffi.NULL
            )
        if collected.raised is not None:
            raise collected.raised
        if status == lib.CTF_E_ARGUMENT:
            raise ValueError("start and stop must be within 36 million years of 1970")
        check(status)
        meter.add(end - at)
    transitions = tuple(collected.found)
    datapoints = tuple(_datapoints(alarm, series, start, stop))
    return AlarmReplay(alarm, transitions, datapoints, _stretches(transitions, start, stop, initial), STATES[state[0]])


def _datapoints(alarm: Alarm, series: Series, start: int, stop: int) -> Iterable[ReplayDatapoint]:
    width = alarm.period * 1000
    begin = start // width * width
    for point in series.datapoints(alarm.metric, alarm.statistic, alarm.period, begin, stop):
        breaching = point.value is not None and alarm.breaches(Slot(point.value, point.start, point.sample_count))
        yield ReplayDatapoint(point.start, point.value, point.sample_count, breaching)


def _stretches(transitions: Iterable[Transition], start: int, stop: int, state: State) -> tuple[Stretch, ...]:
    found, at = [], start
    for transition in transitions:
        if transition.time > at:
            found.append(Stretch(at, transition.time, state))
        at, state = transition.time, transition.to_state
    return (*found, Stretch(at, stop, state))


# ---- composite alarms ----


@dataclass
class _Member:
    """An alarm among the others."""

    name: str
    arn: str
    state: State = "INSUFFICIENT_DATA"
    changed: bool = False

    def is_called(self, name: str) -> bool:
        return same_alarm(self.name, name) or (self.arn != "" and same_alarm(self.arn, name))


class _Composite:
    """A composite alarm at work."""

    def __init__(self, alarm: CompositeAlarm, member: _Member, members: list[_Member]) -> None:
        self.alarm, self.member = alarm, member
        self.children = [_find(members, child) for child in alarm.children]
        self.suppressor = _find(members, alarm.suppressor) or _Member(alarm.suppressor, "") if alarm.suppressor else None
        self.suppression = ffi.new("ctf_suppression *")
        lib.ctf_suppression_init(self.suppression, (alarm.wait_period or 0) * 1000, (alarm.extension_period or 0) * 1000)
        self.transitions: list[Transition] = []
        self.actions: list[Action] = []
        self.created = False

    def settle(self, until: int) -> None:
        """Does what has become due."""
        action = ffi.new("ctf_action *")
        while self.suppressor is not None and lib.ctf_suppression_due(self.suppression, until, action):
            self.actions.append(Action(action.time, STATES[action.state]))

    def evaluate(self, time: int) -> None:
        """Evaluates it if a child changed, or for the first time."""
        if self.created and not any(child is not None and child.changed for child in self.children):
            return
        states = [state_number(child.state if child is not None else "INSUFFICIENT_DATA") for child in self.children]
        state = self.alarm._state_of(states)
        if state != self.member.state:
            self.enter(time, state)
        self.created = True

    def enter(self, time: int, state: State) -> None:
        self.transitions.append(Transition(time, self.member.state, state, self.reason(time, state)))
        self.member.state, self.member.changed = state, True
        if self.suppressor is None:
            self.actions.append(Action(time, state))
        else:
            lib.ctf_suppression_composite(self.suppression, time, state_number(state))

    def reason(self, time: int, state: State) -> str:
        """Spec: metrics-alarms 8.5."""
        changed = next((c for c in self.children if c is not None and c.changed), None) if self.created else None
        if changed is None:
            return f"{self.alarm.arn or self.alarm.name} was created and its alarm rule evaluates to {state}"
        return f"{changed.arn or changed.name} transitioned to {changed.state} at {_long_text(time)}"

    def suppress(self, time: int) -> None:
        """Tells the suppression what its alarm did."""
        if self.suppressor is not None and self.suppressor.changed:
            lib.ctf_suppression_suppressor(self.suppression, time, state_number(self.suppressor.state))


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def _long_text(time: int) -> str:
    """``Friday 22 July, 2022 15:57:45 UTC``, whatever the locale."""
    at = to_datetime(time)
    return f"{_DAYS[at.weekday()]} {at.day:02d} {_MONTHS[at.month - 1]}, {at.year} {at:%H:%M:%S} UTC"


def _find(members: list[_Member], name: str) -> _Member | None:
    return next((member for member in members if member.is_called(name)), None)


class _Composites:
    """Composite alarms on the changes of their children; what changes at one time is seen together."""

    def __init__(self, alarms: list[CompositeAlarm], metric: list[AlarmReplay], start: int, stop: int) -> None:
        self.start, self.stop, self.metric = start, stop, metric
        self.below = [_Member(one.alarm.name, one.alarm.arn, _state_before(one)) for one in metric]
        own = [_Member(alarm.name, alarm.arn) for alarm in alarms]
        self.members = [*self.below, *own]
        self.work = [_Composite(alarm, member, self.members) for alarm, member in zip(alarms, own, strict=True)]
        self.order = _children_first(self.work)

    def run(self) -> list[CompositeReplay]:
        if self.work:
            self.go()
        return [self.finish(one) for one in self.work]

    def go(self) -> None:
        changes: dict[int, list[tuple[_Member, State]]] = {self.start: []}
        for member, one in zip(self.below, self.metric, strict=True):
            for transition in one.transitions:
                changes.setdefault(transition.time, []).append((member, transition.to_state))
        for time in sorted(changes):
            for member, state in changes[time]:
                member.state, member.changed = state, True
            self.step(time)
        for composite in self.work:
            composite.settle(self.stop - 1)

    def step(self, time: int) -> None:
        for composite in self.work:
            composite.settle(time)
        for composite in self.order:
            composite.evaluate(time)
        for composite in self.work:
            composite.suppress(time)
        for member in self.members:
            member.changed = False

    def finish(self, one: _Composite) -> CompositeReplay:
        transitions = tuple(one.transitions)
        states = _stretches(transitions, self.start, self.stop, "INSUFFICIENT_DATA")
        return CompositeReplay(
            one.alarm, transitions, tuple(one.actions), states, one.member.state, is_cyclic=one not in self.order
        )


def _state_before(one: AlarmReplay) -> State:
    return one.transitions[0].from_state if one.transitions else one.state


def _children_first(work: list[_Composite]) -> list[_Composite]:
    """Those that depend on themselves are left out."""
    placed: list[_Composite] = []
    more = True
    while more:
        known = {id(one.member) for one in placed}
        waiting = {id(one.member) for one in work} - known
        ready = [o for o in work if id(o.member) in waiting and not any(id(c) in waiting for c in o.children)]
        placed += ready
        more = bool(ready)
    return placed
