"""Metrics: from events to samples (spec: metrics-alarms 1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_items, as_number, as_text, as_whole, wrong_type
from ctfilter.errors import (
    Error,
    PatternError,
    ValidationError,
    check,
    kind_of,
    message_of,
    place_in,
    service_of,
)
from ctfilter.filter import Event, Filter
from ctfilter.native import Texts, message_bytes
from ctfilter.progress import Progress
from ctfilter.scan import SMALL, TICK, Framing, Opened, Source, Ticker, documents_of, each_document, raise_document, settings_of
from ctfilter.series import Series, pairs_of
from ctfilter.times import Time, milliseconds

__all__ = ["MetricFilter", "Metrics", "Recorded"]

SYSTEM_DIMENSIONS = {"@aws.account": lib.CTF_EMIT_ACCOUNT, "@aws.region": lib.CTF_EMIT_REGION}


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
        object.__setattr__(self, "dimensions", pairs_of(self.dimensions, "dimensions"))
        system = as_items(self.emit_system_dimensions, "emit_system_dimensions", "a sequence of str")
        object.__setattr__(self, "emit_system_dimensions", system)
        for name in ("name", "pattern", "namespace", "metric", "value", "unit"):
            as_text(getattr(self, name), name)
        if self.default is not None:
            as_number(self.default, "default")
        for name in self.emit_system_dimensions:
            if as_text(name, "emit_system_dimensions") not in SYSTEM_DIMENSIONS:
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
        if default is not None:
            try:
                as_number(default, "defaultValue")
            except (TypeError, ValueError):
                service = "STRING_VALUE cannot be converted to Double" if isinstance(default, str) else ""
                raise _invalid("defaultValue", "a number", service) from None
        dimensions = one.get("dimensions") or {}
        if not isinstance(dimensions, Mapping) or not all(isinstance(value, str) for value in dimensions.values()):
            raise _invalid("dimensions", "an object of strings")
        system = filter.get("emitSystemFieldDimensions") or one.get("emitSystemFieldDimensions") or ()
        if not isinstance(system, (list, tuple)) or not all(name in [*SYSTEM_DIMENSIONS] for name in system):
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
        several = [filters] if isinstance(filters, MetricFilter) else filters
        self.filters: tuple[MetricFilter, ...] = as_items(several, "filters", "MetricFilter or several")
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

        for _ in each_document(settings.walk(source, progress, on_error), on_error, read):
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
        self.native.n_filters, self.native.has_clock = len(metrics.filters), clock
        self.native.delay = as_whole(delay, "delay", -lib.CTF_TIME_MAX, lib.CTF_TIME_MAX)
        self.native.account = self._texts.view(as_text(account, "account"))
        self.native.region = self._texts.view(as_text(region, "region"))

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
