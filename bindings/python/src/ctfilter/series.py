"""Samples of metrics by time, and statistics over them (spec: metrics-alarms 2 and 3)."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_items, as_number, as_text, as_whole, wrong_type
from ctfilter.errors import (
    ProgramError,
    StatisticError,
    check,
    kind_of,
    message_of,
    place_in,
    service_of,
    text_of,
)
from ctfilter.native import COLLECT, Texts, collect
from ctfilter.times import Time, milliseconds

__all__ = ["Datapoint", "Metric", "Series", "SeriesInfo", "StatisticSet", "parse_statistic", "statistic"]

Dimensions = Union[Mapping[str, str], Iterable[tuple[str, str]]]
AVAILABILITY = ("none", "available", "unavailable")


def pairs_of(dimensions: Dimensions, argument: str) -> tuple[tuple[str, str], ...]:
    expected = "a mapping of str to str, or pairs of such"
    pairs = as_items(dimensions.items() if isinstance(dimensions, Mapping) else dimensions, argument, expected)
    for pair in pairs:
        if not (isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
            raise wrong_type(argument, expected, pair)
    return pairs


@dataclass(frozen=True)
class Metric:
    """A metric's identity (spec: metrics-alarms 2.1, 2.2).

    Attributes:
        namespace, name: as the service calls it.
        dimensions: names and values, sorted; may be given as a mapping.
        unit: ``Count``, ``Seconds`` and so on; metrics of different units are different metrics.
    """

    namespace: str
    name: str
    dimensions: Any = ()
    unit: str = "None"

    def __post_init__(self) -> None:
        object.__setattr__(self, "dimensions", tuple(sorted(pairs_of(self.dimensions, "dimensions"))))
        for name in ("namespace", "name", "unit"):
            as_text(getattr(self, name), name)
        object.__setattr__(self, "unit", self.unit or "None")

    def _native(self, texts: Texts) -> tuple[Any, ...]:
        rows = [(texts.view(name), texts.view(value)) for name, value in self.dimensions]
        dimensions = texts.array("ctf_dimension[]", rows)
        return texts.view(self.namespace), texts.view(self.name), dimensions, len(rows), texts.view(self.unit)

    @classmethod
    def _from_native(cls, native: Any) -> Metric:
        rows = [native.dimensions[i] for i in range(native.n_dimensions)]
        dimensions = [(text_of(row.name), text_of(row.value)) for row in rows]
        return cls(text_of(native.name_space), text_of(native.name), dimensions, text_of(native.unit))


def _native_metric(metric: Metric, texts: Texts) -> Any:
    if not isinstance(metric, Metric):
        raise wrong_type("metric", "a Metric", metric)
    return ffi.new("ctf_metric *", metric._native(texts))


@dataclass(frozen=True)
class Datapoint:
    """A statistic over one period.

    Attributes:
        start: of the period, in milliseconds.
        value: ``None`` where there is no datapoint.
        sample_count: samples in the period.
        availability: ``available``; ``none``, no sample in the period or nothing kept; or ``unavailable``, the samples
            cannot serve the statistic (spec: metrics-alarms 3.3).
    """

    start: int
    value: float | None
    sample_count: int
    availability: str

    @classmethod
    def _from_native(cls, native: Any) -> Datapoint:
        availability = AVAILABILITY[native.availability]
        value = native.value if availability == "available" else None
        return cls(native.start, value, native.sample_count, availability)


@dataclass(frozen=True)
class StatisticSet:
    """Samples of which only these numbers are known.

    Raises:
        TypeError, ValueError: when it is made, for a count that is no whole number, or numbers that no double can hold.
    """

    sample_count: int
    sum: float
    minimum: float
    maximum: float

    def __post_init__(self) -> None:
        as_whole(self.sample_count, "sample_count", 0, lib.CTF_MAX_SAMPLES)
        for name in ("sum", "minimum", "maximum"):
            as_number(getattr(self, name), name)


def parse_statistic(name: str, argument: str = "statistic") -> Any:
    """A ``ctf_statistic *``."""
    as_text(name, argument)
    texts, error, out = Texts(), ffi.new("ctf_error *"), ffi.new("ctf_statistic *")
    if lib.ctf_statistic_parse(texts.view(name), out, error) != lib.CTF_OK:
        offset, length = place_in(name, error)
        raise StatisticError(name, offset, length, message_of(error), kind_of(error), service_of(error))
    return out


def statistic(name: str, samples: Iterable[float] | Mapping[float, int] = (), sets: Iterable[StatisticSet] = ()) -> Datapoint:
    """A statistic over samples (spec: metrics-alarms 3.2); sums are exact and rounded once.

    Args:
        name: ``Sum``, ``p99``, ``TM(10%:90%)`` and so on (3.1).
        samples: values, or a mapping from values to how often each came.
        sets: what is known of further samples.

    Returns:
        A datapoint whose start is 0.

    Raises:
        StatisticError: the name is none.
        ValueError: a sample is NaN, infinite or beyond 2^360, or a count is below 1.
    """
    parsed, counted = parse_statistic(name, "name"), _counted(samples)
    summaries = [(s.sample_count, s.sum, s.minimum, s.maximum) for s in _sets(sets)]
    values = ffi.new("ctf_value_count[]", len(counted) + len(summaries) + 1)
    for i, pair in enumerate(counted):
        values[i] = pair
    out = ffi.new("ctf_datapoint *")
    native_sets = ffi.new("ctf_statistic_set[]", summaries) if summaries else ffi.NULL
    status = lib.ctf_statistic_compute(parsed, values, len(counted), native_sets, len(summaries), out)
    if status == lib.CTF_E_ARGUMENT:
        raise ValueError("samples must be finite and within 2^360, and sets hold at least one sample")
    check(status)
    return Datapoint._from_native(out)


def _counted(samples: Iterable[float] | Mapping[float, int]) -> list[tuple[float, int]]:
    if isinstance(samples, Mapping):
        most = lib.CTF_MAX_SAMPLES
        return [(as_number(value, "samples"), as_whole(count, "samples", 1, most)) for value, count in samples.items()]
    return [(as_number(value, "samples"), 1) for value in as_items(samples, "samples", "numbers, or a mapping of such")]


def _sets(sets: Iterable[StatisticSet]) -> tuple[StatisticSet, ...]:
    found = as_items(sets, "sets", "StatisticSets")
    for one in found:
        if not isinstance(one, StatisticSet):
            raise wrong_type("sets", "StatisticSets", one)
    return found


@dataclass(frozen=True)
class SeriesInfo:
    """What a :class:`Series` holds.

    Attributes:
        metrics: how many metrics have samples.
        samples: held.
        skipped: matches without a usable value (spec: metrics-alarms 1.2).
        dropped: samples beyond ``max_metrics``.
        first, last: where the steps of the earliest and latest sample start, in milliseconds; ``None`` without samples.
        resolution: seconds a step.
        max_values: different values that a bucket keeps, 0: all.
    """

    metrics: int
    samples: int
    skipped: int
    dropped: int
    first: int | None
    last: int | None
    resolution: int
    max_values: int


class Series:
    """The samples of metrics, by metric and step of time. What it holds, and every byte of :meth:`to_bytes`, depends on
    the samples alone: not on their order, not on how they were parted among series, not on the order of merging.

    Threads may use one at the same time; they take turns.
    """

    def __init__(self, *, resolution: int = 60, max_metrics: int = 0, max_values: int = 0) -> None:
        """Makes an empty one.

        Args:
            resolution: seconds a step: 60, or 10, which alarms with periods of 10, 20 and 30 s need.
            max_metrics: keep so many metrics (0: 100,000); the samples of others are counted in ``dropped``.
            max_values: different values a bucket keeps before it becomes a summary (0: all, as percentiles need them).
        """
        for name, value in (("resolution", resolution), ("max_metrics", max_metrics), ("max_values", max_values)):
            as_whole(value, name, 0, (1 << 32) - 1)
        options = ffi.new("ctf_series_options *")
        options.size = ffi.sizeof("ctf_series_options")
        options.resolution, options.max_metrics, options.max_values = resolution, max_metrics, max_values
        out = ffi.new("ctf_series **")
        if lib.ctf_series_new(options, out) == lib.CTF_E_ARGUMENT:
            raise ValueError(f"resolution must be 60 or 10, not {resolution}")
        if out[0] == ffi.NULL:
            raise MemoryError
        self._own(out[0])

    def _own(self, native: Any) -> None:
        self._native = ffi.gc(native, lib.ctf_series_free)
        # Taken again by the thread that has it: a progress callback may ask the series that is being filled.
        self._lock = threading.RLock()

    def add(self, metric: Metric, timestamp: Time, value: float, count: int = 1, *, arrival: Time | None = None) -> None:
        """Adds samples of one value.

        Args:
            metric: what it is a sample of.
            timestamp: when.
            value: finite and within 2^360.
            count: how many samples.
            arrival: when alarms can see it (spec: metrics-alarms 4.4); ``None``: at once.

        Raises:
            ValueError: the metric, the time or the value is out of bounds.
        """
        texts, when = Texts(), milliseconds(timestamp, "timestamp")
        native = _native_metric(metric, texts)
        sample, times = as_number(value, "value"), as_whole(count, "count", 1, lib.CTF_MAX_SAMPLES)
        seen = lib.CTF_ON_TIME if arrival is None else milliseconds(arrival, "arrival")
        with self._lock:
            status = lib.ctf_series_add(self._native, native, when, seen, sample, times)
        if status == lib.CTF_E_ARGUMENT:
            raise ValueError("the metric, its time or its value is out of bounds")
        check(status)

    def merge(self, other: Series) -> None:
        """Adds all of another series with the same resolution and ``max_values``."""
        if not isinstance(other, Series):
            raise wrong_type("other", "a Series", other)
        if other is self:
            other = Series.from_bytes(self.to_bytes())
        first, second = sorted((self._lock, other._lock), key=id)
        with first, second:
            status = lib.ctf_series_merge(self._native, other._native)
        if status == lib.CTF_E_ARGUMENT:
            raise ValueError("the series differ in resolution or max_values")
        check(status)

    def to_bytes(self) -> bytes:
        """Bytes that :meth:`from_bytes` loads, the same on every machine."""
        with self._lock:
            return collect(lambda context: lib.ctf_series_save(self._native, COLLECT, context))

    @classmethod
    def from_bytes(cls, data: bytes | bytearray | memoryview) -> Series:
        """Loads a series; foreign or damaged bytes do no harm.

        Raises:
            ProgramError: these are no such bytes.
        """
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise wrong_type("data", "bytes", data)
        view, error, out = ffi.from_buffer(data), ffi.new("ctf_error *"), ffi.new("ctf_series **")
        status = lib.ctf_series_load(view, len(view), ffi.NULL, out, error)
        if status == lib.CTF_E_PROGRAM:
            raise ProgramError(message_of(error), error.offset)
        check(status)
        series = cls.__new__(cls)
        series._own(out[0])
        return series

    def __reduce__(self) -> tuple[Any, ...]:
        return Series.from_bytes, (self.to_bytes(),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Series) and self.to_bytes() == other.to_bytes()

    __hash__ = None  # type: ignore[assignment]

    @property
    def info(self) -> SeriesInfo:
        """Counters of what it holds."""
        out = ffi.new("ctf_series_info *")
        with self._lock:
            lib.ctf_series_describe(self._native, out)
        some = out.first <= out.last
        first, last = (out.first, out.last) if some else (None, None)
        return SeriesInfo(out.n_metrics, out.samples, out.skipped, out.dropped, first, last, out.resolution, out.max_values)

    @property
    def metrics(self) -> list[Metric]:
        """The metrics that have samples, in canonical order."""
        count, out, metrics = self.info.metrics, ffi.new("ctf_metric *"), []
        with self._lock:
            for i in range(count):
                check(lib.ctf_series_metric(self._native, i, out))
                metrics.append(Metric._from_native(out))
        return metrics

    def statistic(
        self, metric: Metric, statistic: str, start: Time, end: Time, *, seen_at: Time | None = None
    ) -> Datapoint:
        """A statistic over the samples of [start, end) that had arrived by ``seen_at`` (``None``: all of them).

        Raises:
            ValueError: start and end are no multiples of the resolution, or end is before start.
        """
        parsed, out = parse_statistic(statistic), ffi.new("ctf_datapoint *")
        begin, stop = milliseconds(start, "start"), milliseconds(end, "end")
        seen = (1 << 63) - 1 if seen_at is None else milliseconds(seen_at, "seen_at")
        with self._lock:
            index = self._find(metric)
            if index is None:
                return Datapoint(begin, None, 0, "none")
            status = lib.ctf_series_statistic(self._native, index, parsed, begin, stop, seen, out)
        if status == lib.CTF_E_ARGUMENT:
            raise ValueError("start and end must be multiples of the resolution, and in this order")
        check(status)
        return Datapoint._from_native(out)

    def datapoints(
        self, metric: Metric, statistic: str, period: int, start: Time | None = None, end: Time | None = None
    ) -> list[Datapoint]:
        """One datapoint for each period that holds samples; periods start at multiples of ``period`` seconds, as a graph
        shows them.

        Args:
            metric, statistic: what is asked.
            period: seconds, a multiple of the resolution.
            start, end: periods that begin in [start, end); ``None``: all.
        """
        parsed, resolution = parse_statistic(statistic), self.info.resolution
        if as_whole(period, "period", 1, (1 << 32) - 1) % resolution != 0:
            raise ValueError(f"period must be a multiple of {resolution} s")
        least = -(1 << 63) if start is None else milliseconds(start, "start")
        most = (1 << 63) - 1 if end is None else milliseconds(end, "end")
        with self._lock:
            index = self._find(metric)
            return [] if index is None else list(self._each_period(index, parsed, period * 1000, least, most))

    def _each_period(self, index: int, parsed: Any, width: int, at: int, most: int) -> Iterator[Datapoint]:
        found, out = ffi.new("int64_t *"), ffi.new("ctf_datapoint *")
        while lib.ctf_series_next(self._native, index, at, found) == lib.CTF_OK:
            start = found[0] // width * width
            if start >= most:
                return
            check(lib.ctf_series_statistic(self._native, index, parsed, start, start + width, (1 << 63) - 1, out))
            yield Datapoint._from_native(out)
            at = start + width

    def _find(self, metric: Metric) -> int | None:
        texts, out = Texts(), ffi.new("size_t *")
        status = lib.ctf_series_find(self._native, _native_metric(metric, texts), out)
        if status == lib.CTF_E_ABSENT:
            return None
        if status == lib.CTF_E_ARGUMENT:
            raise ValueError("the metric is out of bounds")
        check(status)
        return int(out[0])

    def __contains__(self, metric: Metric) -> bool:
        with self._lock:
            return self._find(metric) is not None

    def __repr__(self) -> str:
        info = self.info
        return f"<ctfilter.Series of {info.metrics} metrics, {info.samples} samples>"
