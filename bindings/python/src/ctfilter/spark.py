"""Filters, and series of metrics, on Spark: what outgrows one machine, with the same answer.

Compiled programs and metric filters travel to the workers as bytes; each worker process loads them once. Partial series come
back as bytes and merge to the same bytes whatever the partitions and their order were.
"""

from __future__ import annotations

import gzip
import hashlib
import pickle
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ctfilter.arguments import wrong_type
from ctfilter.columns import find_rows
from ctfilter.errors import DocumentError, printable
from ctfilter.filter import Filter, compile
from ctfilter.metrics import Metrics
from ctfilter.scan import Framing
from ctfilter.series import Series

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["events", "match", "series"]

T = TypeVar("T")
_EVENTS = 4096  # of a batch
_loaded: dict[bytes, Any] = {}


def _load(packed: Any, make: Callable[[bytes], T]) -> T:
    """What the bytes hold; made once in each worker process. They come as a broadcast variable or as they are."""
    data = getattr(packed, "value", packed)
    key = hashlib.sha256(data).digest()
    if key not in _loaded:
        _loaded[key] = make(data)
    made: T = _loaded[key]
    return made


def _send(df: DataFrame, data: bytes) -> Any:
    """A broadcast variable, where there is a Spark context; Spark Connect has none, and the bytes travel with the function."""
    try:
        return df.sparkSession.sparkContext.broadcast(data)
    except Exception:
        return data


# ---- matching ----


def match(df: DataFrame, filter: Filter, column: str, *, patterns: str = "patterns", values: str = "values") -> DataFrame:
    """The rows that match, with the names of the patterns, and the values that these extract.

    Args:
        df: a DataFrame.
        filter: the filter.
        column: which column holds the messages: strings or binaries. A null matches nothing.
        patterns: a new column of type ``array<string>``: the names, in the order of the filter.
        values: a new column of type ``map<string,string>``, if the filter extracts any: texts by selector; what has no text
            is left out.

    Returns:
        A DataFrame with the columns of ``df`` and the new ones. Nothing runs before it is used.
    """
    from pyspark.sql.types import ArrayType, MapType, StringType, StructField, StructType

    if not isinstance(filter, Filter):
        raise wrong_type("filter", "a Filter", filter)
    extracts = any(filter.extract)
    added = [StructField(patterns, ArrayType(StringType(), False), False)]
    added += [StructField(values, MapType(StringType(), StringType(), False), False)] * extracts
    schema = StructType([*df.schema.fields, *added])
    work = partial(_match_batches, _send(df, pickle.dumps(filter)), column, [field.name for field in added])
    return df.mapInArrow(work, schema)


def _match_batches(packed: Any, column: str, added: list[str], batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow as pa

    filter: Filter = _load(packed, pickle.loads)
    for batch in batches:
        rows = list(find_rows(filter, batch, column))
        kept = batch.take(pa.array([row for row, _ in rows], pa.int64()))
        names = pa.array([list(hits.names) for _, hits in rows], pa.list_(pa.string()))
        texts = pa.array([_texts(hits.values) for _, hits in rows], pa.map_(pa.string(), pa.string()))
        columns = [*kept.columns, *(names, texts)[: len(added)]]
        yield pa.RecordBatch.from_arrays(columns, [*kept.schema.names, *added])


def _texts(values: dict[str, Any]) -> list[tuple[str, str]]:
    told = ("boolean", "number", "string")
    return [(s, printable(v.text)) for s, v in values.items() if v.type in told]


# ---- series ----


def series(
    df: DataFrame,
    metric_filters: Metrics | Any,
    column: str,
    time_column: str | None = None,
    *,
    resolution: int = 60,
    max_metrics: int = 0,
    max_values: int = 0,
    delay: int = 0,
    account: str = "",
    region: str = "",
) -> Series:
    """Records every row, each partition into a series of its own, and merges these.

    Args:
        df: a DataFrame.
        metric_filters: a :class:`Metrics`, or the :class:`MetricFilter` s to make one of.
        column: which column holds the messages: strings or binaries.
        time_column: which column holds the events' times, timestamps or longs that count milliseconds. ``None``: each message
            tells its own in ``$.eventTime``, as CloudTrail's do; one that does not is recorded nowhere.
        resolution, max_metrics, max_values: as for :class:`Series`.
        delay: milliseconds from an event to its arrival.
        account, region: for the system dimensions; empty: what the record tells, when it tells the time too.

    Returns:
        The series, for :func:`ctfilter.replay` on the driver. It equals, byte for byte, that of one process.
    """
    metrics = metric_filters if isinstance(metric_filters, Metrics) else Metrics(metric_filters)
    options = {"resolution": resolution, "max_metrics": max_metrics, "max_values": max_values}
    settings = {"delay": delay, "account": account, "region": region}
    wanted = [column] if time_column is None else [column, time_column]
    work = partial(_record_batches, _send(df, pickle.dumps(metrics)), column, time_column, options, settings)
    partials = df.select(*wanted).mapInArrow(work, "series binary")
    merged = _reduce(partials)
    return Series(**options) if merged is None else Series.from_bytes(merged)


def _record_batches(
    packed: Any, column: str, time_column: str | None, options: Any, settings: Any, batches: Iterator[Any]
) -> Iterator[Any]:
    import pyarrow as pa

    metrics: Metrics = _load(packed, pickle.loads)
    partial_series = Series(**options)
    for batch in batches:
        metrics.record_column(partial_series, batch, field=column, time_field=time_column, **settings)
    yield pa.RecordBatch.from_arrays([pa.array([partial_series.to_bytes()], pa.binary())], ["series"])


def _merge(a: bytes, b: bytes) -> bytes:
    into = Series.from_bytes(a)
    into.merge(Series.from_bytes(b))
    return into.to_bytes()


def _reduce(partials: DataFrame) -> bytes | None:
    """Merges in the workers, in a tree; one by one on the driver where there is no Spark context."""
    try:
        rows = partials.rdd.map(lambda row: bytes(row[0]))
    except Exception:
        merged: bytes | None = None
        for row in partials.toLocalIterator():
            merged = bytes(row[0]) if merged is None else _merge(merged, bytes(row[0]))
        return merged
    # No bytes stand for no series: a DataFrame without partitions has none.
    reduced: bytes = rows.treeAggregate(b"", _merge_some, _merge_some)
    return reduced or None


def _merge_some(a: bytes, b: bytes) -> bytes:
    return _merge(a, b) if a and b else a or b


# ---- archives ----


def events(files: DataFrame, *, framing: Framing = "auto", member: str = "Records", errors: str = "raise",
           max_document: int = 1 << 30) -> DataFrame:  # fmt: skip
    """The messages in files, as ``spark.read.format("binaryFile")`` reads them.

    Args:
        files: a DataFrame with the columns ``path`` and ``content``; files may be gzipped.
        framing, member: as for :meth:`Filter.scan`.
        errors: ``raise``: a file that cannot be read fails the job; ``report``: it gives one row with no event and the reason
            in ``error``, behind the messages before the broken place, if any.
        max_document: a file that is longer, in bytes, inflated, cannot be read.

    Returns:
        A DataFrame with the columns ``path`` (string), ``event`` (binary: the message's own bytes) and ``error`` (string).
    """
    if errors not in ("raise", "report"):
        raise ValueError(f"errors must be raise or report, not {errors!r}")
    work = partial(_open_batches, framing, member, errors == "report", max_document)
    return files.select("path", "content").mapInArrow(work, "path string, event binary, error string")


def _open_batches(framing: Framing, member: str, report: bool, limit: int, batches: Iterator[Any]) -> Iterator[Any]:
    import pyarrow as pa

    def batch_of(path: str, found: list[bytes | None], error: str | None = None) -> Any:
        columns = [[path] * len(found), found, [error] * len(found)]
        kinds = (pa.string(), pa.binary(), pa.string())
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, ["path", "event", "error"])

    everything = _load(b"", lambda _: compile(""))
    for batch in batches:
        for path, content in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
            found: list[bytes | None] = []
            try:
                for hit in everything.scan(_inflate(content, limit), framing=framing, member=member):
                    found.append(bytes(hit.message))
                    if len(found) == _EVENTS:
                        yield batch_of(path, found)
                        found = []
            except (OSError, EOFError, zlib.error, DocumentError) as error:
                if not report:
                    raise ValueError(f"{path}: {error}") from error
                yield batch_of(path, found)
                found = []
                yield batch_of(path, [None], str(error) or type(error).__name__)
            yield batch_of(path, found)


def _inflate(content: bytes, limit: int) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    import io

    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise DocumentError(f"the document is longer than {limit} bytes", limit, "limit")
    return data
