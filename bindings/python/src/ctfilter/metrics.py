"""Metrics: from events to samples, series and statistics (spec: metrics-alarms 1 to 3)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

from ctfilter._native import ffi, lib
from ctfilter.errors import (
    Error,
    PatternError,
    ProgramError,
    StatisticError,
    ValidationError,
    bytes_of,
    check,
    decode,
    encode,
    kind_of,
    message_of,
    place_in,
    service_of,
    text_of,
    wrong_type,
)
from ctfilter.filter import COLLECT, Event, Filter, Texts, collect, message_bytes
from ctfilter.progress import Meter, Progress
from ctfilter.scan import SMALL, TICK, Framing, Opened, Source, Ticker, each_document, raise_document
from ctfilter.scan import documents_of, settings_of
from ctfilter.times import Time, milliseconds

__all__ = ["Datapoint", "Metric", "MetricFilter", "Metrics", "Recorded", "Series", "SeriesInfo", "StatisticSet", "statistic"]

Dimensions = Union[Mapping[str, str], Iterable[tuple[str, str]]]
AVAILABILITY = ("none", "available", "unavailable")
SYSTEM_DIMENSIONS = {"@aws.account": lib.CTF_EMIT_ACCOUNT, "@aws.region": lib.CTF_EMIT_REGION}


def _pairs(dimensions: Dimensions, argument: str) -> tuple[tuple[str, str], ...]:
    pairs = tuple(dimensions.items() if isinstance(dimensions, Mapping) else dimensions)
    for pair in pairs:
        if not (isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
            raise wrong_type(argument, "a mapping of str to str", pair)
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
        object.__setattr__(self, "dimensions", tuple(sorted(_pairs(self.dimensions, "dimensions"))))
        object.__setattr__(self, "unit", self.unit or "None")
        for name in ("namespace", "name", "unit"):
            if not isinstance(getattr(self, name), str):
                raise wrong_type(name, "str", getattr(self, name))

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
class MetricFilter:
    """What PutMetricFilter takes (spec: metrics-alarms 1.1).

    Attributes:
        name: the filter's name.
        pattern: the filter pattern.
        namespace, metric: what it publishes to.
        value: what a match publishes: a number, or a selector: ``$.latency``, ``$bytes``, ``$3``.
        default: what an event that does not match publishes; ``None``: nothing. Not beside dimensions.
        dimensions: names and selectors; may be given as a mapping.
        emit_system_dimensions: ``@aws.account``, ``@aws.region``; 3 dimensions with them.
        unit: of the metric.
    """

    name: str
    pattern: str
    namespace: str
    metric: str
    value: str = "1"
    default: float | None = None
    dimensions: Any = ()
    emit_system_dimensions: tuple[str, ...] = ()
    unit: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "dimensions", _pairs(self.dimensions, "dimensions"))
        object.__setattr__(self, "emit_system_dimensions", tuple(self.emit_system_dimensions))
        for name in ("name", "pattern", "namespace", "metric", "value", "unit"):
            if not isinstance(getattr(self, name), str):
                raise wrong_type(name, "str", getattr(self, name))
        if self.default is not None and (isinstance(self.default, bool) or not isinstance(self.default, (int, float))):
            raise wrong_type("default", "a number or None", self.default)
        for name in self.emit_system_dimensions:
            if name not in SYSTEM_DIMENSIONS:
                raise ValueError(f"emit_system_dimensions must hold {' or '.join(SYSTEM_DIMENSIONS)}, not {name!r}")

    @classmethod
    def from_api(cls, filter: Mapping[str, Any]) -> MetricFilter:
        """A filter in the API's words, as ``aws logs describe-metric-filters`` prints one.

        Raises:
            ValidationError: a member is missing or of another type, in the service's words where they are known.
        """
        if not isinstance(filter, Mapping):
            raise wrong_type("filter", "a mapping", filter)
        transformations = filter.get("metricTransformations")
        if not isinstance(transformations, list) or len(transformations) != 1:
            many = isinstance(transformations, list) and len(transformations) > 1
            raise _invalid("metricTransformations", "an array of exactly one transformation", _MANY if many else "")
        one = transformations[0]
        if not isinstance(one, Mapping):
            raise _invalid("metricTransformations", "an array of objects")
        texts = {"name": (filter, "filterName"), "pattern": (filter, "filterPattern"), "namespace": (one, "metricNamespace"),
                 "metric": (one, "metricName"), "value": (one, "metricValue"), "unit": (one, "unit")}  # fmt: skip
        members: dict[str, Any] = {name: _text_member(*place) for name, place in texts.items()}
        default = one.get("defaultValue")
        if default is not None and (isinstance(default, bool) or not isinstance(default, (int, float))):
            service = "STRING_VALUE cannot be converted to Double" if isinstance(default, str) else ""
            raise _invalid("defaultValue", "a number", service)
        dimensions = one.get("dimensions") or {}
        if not isinstance(dimensions, Mapping) or not all(isinstance(value, str) for value in dimensions.values()):
            raise _invalid("dimensions", "an object of strings")
        system = filter.get("emitSystemFieldDimensions") or one.get("emitSystemFieldDimensions") or ()
        if isinstance(system, str) or not all(name in SYSTEM_DIMENSIONS for name in system):
            raise _invalid("emitSystemFieldDimensions", "a list of @aws.account and @aws.region")
        return cls(**members, default=default, dimensions=dimensions, emit_system_dimensions=tuple(system))

    def _native(self, texts: Texts) -> dict[str, Any]:
        rows = [(texts.view(name), texts.view(value)) for name, value in self.dimensions]
        return {
            "filter_name": texts.view(self.name),
            "filter_pattern": texts.view(self.pattern),
            "metric_namespace": texts.view(self.namespace),
            "metric_name": texts.view(self.metric),
            "metric_value": texts.view(self.value),
            "has_default": self.default is not None,
            "default_value": self.default or 0.0,
            "dimensions": texts.array("ctf_dimension[]", rows),
            "n_dimensions": len(rows),
            "emit_system_dimensions": sum(SYSTEM_DIMENSIONS[name] for name in set(self.emit_system_dimensions)),
            "unit": texts.view(self.unit),
        }


_MANY = (
    "1 validation error detected: Value '[MetricTransformation(...)]' at 'metricTransformations' failed to satisfy "
    "constraint: Member must have length less than or equal to 1"
)


def _invalid(name: str, must: str, service: str = "") -> ValidationError:
    return ValidationError(f"{name} must be {must}", "validation", service)


def _text_member(place: Mapping[str, Any], name: str) -> str:
    value = place.get(name)
    if value is None:
        if name == "filterPattern":
            raise _invalid(name, "a string")
        return ""
    if not isinstance(value, str):
        raise _invalid(name, "a string")
    return value


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
    """Samples of which only these numbers are known."""

    sample_count: int
    sum: float
    minimum: float
    maximum: float


def parse_statistic(name: str) -> Any:
    """A ``ctf_statistic *``."""
    if not isinstance(name, str):
        raise wrong_type("statistic", "str", name)
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
    parsed = parse_statistic(name)
    counted = list(samples.items() if isinstance(samples, Mapping) else ((value, 1) for value in samples))
    if any(count < 1 for _, count in counted):
        raise ValueError("samples must be counted at least once")
    summaries = [(s.sample_count, s.sum, s.minimum, s.maximum) for s in sets]
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
            if not isinstance(value, int) or not 0 <= value < 1 << 32:
                raise wrong_type(name, "an int from 0 to 2^32", value)
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
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise wrong_type("value", "a number", value)
        if not isinstance(count, int):
            raise wrong_type("count", "an int", count)
        seen = lib.CTF_ON_TIME if arrival is None else milliseconds(arrival, "arrival")
        if not 1 <= count <= lib.CTF_MAX_SAMPLES:
            raise ValueError("count must be 1 to 2^53")
        with self._lock:
            status = lib.ctf_series_add(self._native, native, when, seen, value, count)
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
        if not isinstance(period, int) or period < 1 or period % resolution != 0:
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


@dataclass(frozen=True)
class Recorded:
    """What a call recorded.

    Attributes:
        events: how many there were.
        matched: events that a filter matched.
        untimed: events that have no time, and are recorded nowhere.
        first, last: times of the others, in milliseconds; ``None`` when there was none.
    """

    events: int
    matched: int
    untimed: int
    first: int | None
    last: int | None


# Extracts the time, the account and the region of a record; matches nothing, for a time is no boolean.
_CLOCK = MetricFilter(
    "clock", "{ $.eventTime IS TRUE }", "ctfilter", "clock", "$.eventTime",
    dimensions=(("account", "$.recipientAccountId"), ("region", "$.awsRegion")),
)  # fmt: skip


class Metrics:
    """Metric filters compiled together. Immutable; any number of threads may record with it, each into its own series.

    Attributes:
        filters: the metric filters.
        filter: the :class:`Filter` of their patterns, named as they are; it extracts what they publish.
    """

    def __init__(self, filters: MetricFilter | Iterable[MetricFilter]) -> None:
        """Compiles.

        Raises:
            PatternError: a pattern is refused.
            ValidationError: the settings of a filter are refused, as PutMetricFilter refuses them.
        """
        self.filters: tuple[MetricFilter, ...] = (filters,) if isinstance(filters, MetricFilter) else tuple(filters)
        for one in self.filters:
            if not isinstance(one, MetricFilter):
                raise wrong_type("filters", "MetricFilter", one)
        if not self.filters:
            raise ValueError("filters must hold at least one MetricFilter")
        self._native = _compile(self.filters)
        self._clocked: tuple[Any, Filter] | None = None
        self.filter = _filter_of(self._native, self.filters)

    def __reduce__(self) -> tuple[Any, ...]:
        return Metrics, (self.filters,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Metrics) and self.filters == other.filters

    def __hash__(self) -> int:
        return hash(self.filters)

    def record(
        self,
        series: Series,
        event: Event,
        timestamp: Time,
        *,
        arrival: Time | None = None,
        account: str = "",
        region: str = "",
    ) -> None:
        """Adds what an event publishes: a sample, or none, for each filter (spec: metrics-alarms 1.2).

        Args:
            series: where to.
            event: the message, as for :meth:`Filter.match`.
            timestamp: the log event's own time.
            arrival: when alarms can see it; ``None``: at once.
            account, region: for the system dimensions.
        """
        data, when = message_bytes(event), milliseconds(timestamp, "timestamp")
        seen = lib.CTF_ON_TIME if arrival is None else milliseconds(arrival, "arrival")
        work = _Recording(self, series, False, 0, account, region)
        with work.filter.worker() as worker, series._lock:
            work.check(lib.ctfpy_record(work.native, worker, data, len(data), when, seen))

    def record_column(
        self,
        series: Series,
        column: Any,
        *,
        field: str | None = None,
        time_field: str | None = None,
        delay: int = 0,
        account: str = "",
        region: str = "",
        progress: Progress = None,
    ) -> Recorded:
        """Records every row of a column or table that speaks Arrow (see :meth:`Filter.match_column`).

        Args:
            series: where to.
            column: the messages, or a table that holds them.
            field: which field holds the messages.
            time_field: which field holds the times: timestamps, or 64-bit integers that count milliseconds. ``None``:
                each message tells its own in ``$.eventTime``, as CloudTrail's do.
            delay: milliseconds from an event to its arrival.
            account, region: for the system dimensions; empty: what the record tells, when it tells the time too.
            progress: told how many rows are done.
        """
        from ctfilter.columns import record_column

        work = _Recording(self, series, time_field is None, delay, account, region)
        record_column(work, column, field, time_field, progress)
        return work.recorded()

    def scan(
        self,
        series: Series,
        source: Source,
        *,
        framing: Framing = "auto",
        member: str = "Records",
        delay: int = 0,
        account: str = "",
        region: str = "",
        max_message: int | None = None,
        max_document: int = 1 << 30,
        progress: Progress = None,
        on_error: Callable[[str, Exception], object] | None = None,
    ) -> Recorded:
        """Records every event of a source, at the time that it tells in ``$.eventTime``.

        Args:
            series: where to.
            source, framing, member, max_message, max_document, progress, on_error: as for :meth:`Filter.scan`. What a file
                that cannot be read to its end held before that has been recorded.
            delay: milliseconds from an event to its arrival, CloudTrail's is about five minutes.
            account, region: for the system dimensions; empty: what the record tells.
        """
        work = _Recording(self, series, True, delay, account, region)
        settings = settings_of(work.filter, framing, member, max_message, max_document)

        def read(opened: Opened) -> Iterator[None]:
            for view, used, base in documents_of(settings, opened):
                with Ticker(opened if len(view) > SMALL else None) as ticker:
                    work.scan(view, settings.options(used, True), ticker, base)
                opened.tell(len(view) - (base > 0) - ticker.told)
            yield None

        for _ in each_document(settings.walk(source, progress), on_error, read):
            pass
        return work.recorded()


def _compile(filters: tuple[MetricFilter, ...]) -> Any:
    texts, error, out = Texts(), ffi.new("ctf_error *"), ffi.new("ctf_metrics **")
    rows = texts.array("ctf_metric_filter[]", [one._native(texts) for one in filters])
    status = lib.ctf_metrics_compile(rows, len(filters), ffi.NULL, out, error)
    if status == lib.CTF_OK:
        return ffi.gc(out[0], lib.ctf_metrics_free)
    if status == lib.CTF_E_NOMEM:
        raise MemoryError
    at = min(error.pattern, len(filters) - 1)
    if error.kind == lib.CTF_ERROR_VALIDATION:
        raise ValidationError(message_of(error), "validation", service_of(error), at)
    if status not in (lib.CTF_E_PATTERN, lib.CTF_E_LIMIT):
        raise Error(message_of(error), kind_of(error), service_of(error))
    text = filters[at].pattern
    offset, length = place_in(text, error)
    name = filters[at].name
    raise PatternError(text, offset, length, message_of(error), kind_of(error), service_of(error), at, name)


def _filter_of(metrics: Any, filters: tuple[MetricFilter, ...]) -> Filter:
    """The filter that belongs to the metrics, which it keeps alive."""
    native = ffi.cast("ctf_filter *", lib.ctf_metrics_filter(metrics))
    return Filter(ffi.gc(native, lambda _: metrics), tuple(map(_extracted, filters)))


def _extracted(filter: MetricFilter) -> tuple[str, ...]:
    value = (filter.value,) if filter.value.startswith("$") else ()
    return value + tuple(selector for _, selector in filter.dimensions)


class _Recording:
    """A recorder in C and what it needs."""

    def __init__(self, metrics: Metrics, series: Series, clock: bool, delay: int, account: str, region: str) -> None:
        if not isinstance(series, Series):
            raise wrong_type("series", "a Series", series)
        self._texts, self.series = Texts(), series
        native, self.filter = metrics._native, metrics.filter
        if clock:
            if metrics._clocked is None:
                filters = (*metrics.filters, _CLOCK)
                compiled = _compile(filters)
                metrics._clocked = compiled, _filter_of(compiled, filters)
            native, self.filter = metrics._clocked
        self._kept = native
        self.native = ffi.new("ctfpy_recorder *")
        self.native.metrics, self.native.series = native, series._native
        self.native.n_filters, self.native.has_clock, self.native.delay = len(metrics.filters), clock, delay
        self.native.account, self.native.region = self._texts.view(account), self._texts.view(region)

    def check(self, status: int) -> None:
        if status == lib.CTF_E_ARGUMENT:
            raise ValueError("an event's time is out of bounds")
        check(status)

    def scan(self, view: memoryview, options: Any, ticker: Ticker, base: int) -> None:
        error = ffi.new("ctf_error *")
        with self.filter.worker() as worker, self.series._lock, ffi.from_buffer(view) as data:
            status = lib.ctfpy_record_scan(
                self.native, worker, data, len(view), options, ticker.function, ticker.handle, TICK, error
            )
        ticker.raise_again()
        raise_document(status, error, base)
        self.check(status)

    def recorded(self) -> Recorded:
        n = self.native
        some = n.events > n.untimed
        return Recorded(n.events, n.matched, n.untimed, n.first if some else None, n.last if some else None)
