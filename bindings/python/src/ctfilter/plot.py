"""Charts of a replay: what was measured, where the threshold lies, which state the alarm was in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ctfilter.arguments import as_items
from ctfilter.replaying import AlarmReplay, CompositeReplay, Replay, Stretch
from ctfilter.times import to_datetime

__all__ = ["plot"]

# Told apart also where colours are not: ALARM is the darkest band.
COLOURS = {"ALARM": "#d5604d", "OK": "#cfe8cf", "INSUFFICIENT_DATA": "#e6e6e6"}
_MOST_MISSING = 2000  # periods without samples that are drawn


def plot(replay: Replay, names: Iterable[str] | None = None) -> Any:
    """A figure with a row for each alarm (see :meth:`Replay.plot`)."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.figure import Figure

    every: list[AlarmReplay | CompositeReplay] = [*replay.alarms, *replay.composites]
    chosen = every if names is None else [replay[name] for name in as_items(names, "names", "a sequence of str")]
    heights = [3 if isinstance(one, AlarmReplay) else 1 for one in chosen]
    figure = Figure(figsize=(10, 0.8 + 0.8 * sum(heights)), layout="constrained")
    grid = figure.subplots(max(len(chosen), 1), 1, sharex=True, squeeze=False, height_ratios=heights or None)
    for axes, one in zip(grid[:, 0], chosen, strict=False):
        axes.set_title(one.alarm.name, loc="left", fontsize="medium", parse_math=False)
        _draw_states(axes, one.states)
        if isinstance(one, AlarmReplay):
            _draw_alarm(axes, one, replay)
        else:
            _draw_composite(axes, one)
        locator = AutoDateLocator()
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
        axes.set_xlim(to_datetime(replay.start), to_datetime(replay.stop))
    figure.legend(handles=_legend(chosen), loc="outside lower center", ncols=4, fontsize="small", frameon=False)
    return figure


def _draw_states(axes: Any, states: Iterable[Stretch]) -> None:
    for stretch in states:
        axes.axvspan(to_datetime(stretch.start), to_datetime(stretch.stop), color=COLOURS[stretch.state], lw=0, zorder=0)


def _draw_alarm(axes: Any, one: AlarmReplay, replay: Replay) -> None:
    alarm, half = one.alarm, one.alarm.period * 500
    for breaching, marker in ((False, "o"), (True, "D")):
        points = [p for p in one.datapoints if p.value is not None and p.breaching is breaching]
        colour = "#8c1c13" if breaching else "#1f4e79"
        times = [to_datetime(p.start + half) for p in points]
        axes.plot(times, [p.value for p in points], marker, color=colour, markersize=4, zorder=3)
    if alarm.threshold is not None:
        axes.axhline(alarm.threshold, color="black", linestyle="--", lw=1, zorder=2)
    missing = [to_datetime(start + half) for start in _missing(one, replay)]
    axes.plot(missing, [0.05] * len(missing), "x", color="#555555", markersize=4, transform=axes.get_xaxis_transform())
    axes.margins(y=0.15)
    axes.set_ylabel(f"{alarm.statistic}, {alarm.period} s", fontsize="small")


def _missing(one: AlarmReplay, replay: Replay) -> list[int]:
    """Periods without a datapoint; none are told where they are too many to see."""
    width = one.alarm.period * 1000
    there = {point.start for point in one.datapoints if point.value is not None}
    starts = range(replay.start // width * width, replay.stop, width)
    return [start for start in starts if start not in there] if len(starts) <= _MOST_MISSING else []


def _draw_composite(axes: Any, one: CompositeReplay) -> None:
    for action in one.actions:
        axes.plot([to_datetime(action.time)], [0.5], "v", color="black", markersize=6, zorder=3)
    axes.set_ylim(0, 1)
    axes.set_yticks([])


def _legend(chosen: list[AlarmReplay | CompositeReplay]) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [Patch(color=colour, label=state) for state, colour in COLOURS.items()]
    if any(isinstance(one, AlarmReplay) for one in chosen):
        handles += [
            Line2D([], [], color="#1f4e79", marker="o", ls="", label="datapoint"),
            Line2D([], [], color="#8c1c13", marker="D", ls="", label="breaching"),
            Line2D([], [], color="grey", marker="x", ls="", label="missing"),
            Line2D([], [], color="black", ls="--", label="threshold"),
        ]
    if any(isinstance(one, CompositeReplay) for one in chosen):
        handles.append(Line2D([], [], color="black", marker="v", ls="", label="action"))
    return handles
