"""Columns of messages through Arrow's C data interface: pyarrow, polars, DuckDB, pandas, and whatever else speaks it.

Rows are read where they are. What a producer says of itself is checked as far as the interface allows: it tells no
lengths of the buffers that offsets point into.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_flag, as_text
from ctfilter.errors import DocumentError, check, decode
from ctfilter.filter import Filter
from ctfilter.hits import TYPES, Found, Hits, HitsMade, Value
from ctfilter.progress import Meter, Progress

__all__ = ["ColumnMatch", "TextColumn"]

ROWS = 1 << 15  # of one call
LAYOUTS = {
    "u": lib.CTFPY_OFFSETS_32,
    "z": lib.CTFPY_OFFSETS_32,
    "U": lib.CTFPY_OFFSETS_64,
    "Z": lib.CTFPY_OFFSETS_64,
    "vu": lib.CTFPY_VIEWS,
    "vz": lib.CTFPY_VIEWS,
}
_MOST_ROWS = 1 << 60

_pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
_pointer_of.restype, _pointer_of.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
_is_capsule = ctypes.pythonapi.PyCapsule_IsValid
_is_capsule.restype, _is_capsule.argtypes = ctypes.c_int, [ctypes.py_object, ctypes.c_char_p]
_new_capsule = ctypes.pythonapi.PyCapsule_New
_new_capsule.restype, _new_capsule.argtypes = ctypes.py_object, [ctypes.c_void_p] * 3


class TextColumn:
    """The values of one selector, a row each; null where the pattern does not match, and where there is no text.

    pyarrow, polars and others take it as it is (``__arrow_c_array__``): large_utf8, or large_binary where a value is no
    UTF-8, as fields of a space-delimited message may be.
    """

    def __init__(self, texts: Any, owner: Any) -> None:
        self._texts = texts
        self._owner = owner

    def __len__(self) -> int:
        return int(self._texts.n)

    def __getitem__(self, row: int) -> Value:
        """The value of a row; of type ``missing`` where the pattern does not match."""
        at = range(len(self))[row]
        start, end = self._texts.offsets[at], self._texts.offsets[at + 1]
        return Value(TYPES[self._texts.types[at]], decode(bytes(self._text()[start:end])))

    def __iter__(self) -> Iterator[Value]:
        return (self[i] for i in range(len(self)))

    def to_list(self) -> list[str | None]:
        """The texts; ``None`` for what is missing, null, an array or an object."""
        return [value.text if value.type in ("boolean", "number", "string") else None for value in self]

    def _text(self) -> memoryview:
        text = self._texts.text
        return memoryview(ffi.buffer(text.data, text.length)) if text.length else memoryview(b"")

    def __arrow_c_schema__(self) -> object:
        try:
            str(self._text(), "utf-8")
        except UnicodeDecodeError:
            return _capsule(lib.ctfpy_arrow_schema(b"Z"), lib.ctfpy_schema_destructor)
        return _capsule(lib.ctfpy_arrow_schema(b"U"), lib.ctfpy_schema_destructor)

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        array = lib.ctfpy_arrow_texts(ffi.addressof(self._texts))
        return self.__arrow_c_schema__(), _capsule(array, lib.ctfpy_array_destructor)


def _capsule(pointer: Any, destructor_of: Any) -> object:
    if pointer == ffi.NULL:
        raise MemoryError
    name = ffi.new("char **")
    destructor = destructor_of(name)
    capsule: object = _new_capsule(*(int(ffi.cast("uintptr_t", p)) for p in (pointer, name[0], destructor)))
    return capsule


class ColumnMatch:
    """What a column's rows match.

    Attributes:
        any: for each row, whether a pattern matches it. A ``memoryview`` of format ``?``, which ``numpy.asarray`` takes
            as a boolean array without copying; so are the masks.
        masks: the same for each pattern, in the order of the filter; empty when only ``any`` was asked for.
    """

    def __init__(self, filter: Filter, any: memoryview[bool], masks: tuple[memoryview[bool], ...], values: list[dict[str, TextColumn]]) -> None:
        self._filter = filter
        self._values = values
        self.any = any
        self.masks = masks

    def __len__(self) -> int:
        return len(self.any)

    def mask(self, pattern: int | str) -> memoryview[bool]:
        """The mask of one pattern, by its name or its place.

        Raises:
            KeyError: there is no such pattern.
            ValueError: only the mask for all was made.
        """
        at = self._position(pattern)
        if not self.masks:
            raise ValueError("there are no masks of single patterns: match_column was asked with each=False")
        return self.masks[at]

    def values_of(self, pattern: int | str) -> dict[str, TextColumn]:
        """The extracted values of one pattern, by selector.

        Raises:
            KeyError: there is no such pattern.
        """
        return self._values[self._position(pattern)]

    @property
    def values(self) -> dict[str, TextColumn]:
        """The extracted values of the only pattern that extracts some.

        Raises:
            ValueError: several patterns do; ask :meth:`values_of` for each.
        """
        some = [columns for columns in self._values if columns]
        if len(some) > 1:
            raise ValueError("several patterns extract values: ask values_of for each")
        return some[0] if some else {}

    def _position(self, pattern: int | str) -> int:
        for at, name in enumerate(self._filter.names):
            if pattern in (at, name):
                return at
        raise KeyError(pattern)


def match_column(filter: Filter, column: Any, field: str | None, each: bool, progress: Progress) -> ColumnMatch:
    as_flag(each, "each")
    requests = _requests(filter)
    chunks: list[list[bytearray]] = []
    with Meter(progress, None, "row") as meter, arrow_chunks(column) as arrays:
        for schema, array in arrays:
            rows = text_rows(schema, array, field)
            chunks.append(_match_chunk(filter, rows, requests, each, meter))
    joined = [_join([chunk[i] for chunk in chunks]) for i in range(1 + len(filter) * each)]
    masks = tuple(joined[1:]) if len(joined) != 2 else (joined[0],)
    return ColumnMatch(filter, joined[0], masks, _columns(filter, requests))


def _join(pieces: list[bytearray]) -> memoryview[bool]:
    whole = pieces[0] if len(pieces) == 1 else bytearray(b"".join(pieces))
    return memoryview(whole).cast("?")


def _requests(filter: Filter) -> Any:
    wanted: list[Any] = [(p, k, {}) for p, row in enumerate(filter.extract) for k in range(len(row))]
    array = ffi.new("ctfpy_request[]", wanted)

    def free(_requests: Any) -> None:
        for i in range(len(wanted)):
            lib.ctfpy_texts_free(ffi.addressof(array[i], "values"))

    return ffi.gc(ffi.cast("ctfpy_request *", array), free)


def _columns(filter: Filter, requests: Any) -> list[dict[str, TextColumn]]:
    columns, at = [], 0
    for row in filter.extract:
        columns.append({selector: TextColumn(requests[at + k].values, requests) for k, selector in enumerate(row)})
        at += len(row)
    return columns


def _match_chunk(filter: Filter, rows: Rows, requests: Any, each: bool, meter: Meter) -> list[bytearray]:
    # The mask of a single pattern is that of all.
    count = 1 if len(filter) == 1 or not each else 1 + len(filter)
    masks = [bytearray(rows.length) for _ in range(count)]
    held = [ffi.from_buffer("uint8_t[]", mask) for mask in masks]
    pointers = ffi.new("uint8_t *[]", held[1:]) if count > 1 else ffi.NULL
    bad = ffi.new("int64_t *")
    try:
        for start in range(0, rows.length, ROWS):
            end = min(start + ROWS, rows.length)
            with filter.worker() as worker:
                status = lib.ctfpy_column_match(
                    worker, rows.native, start, end, held[0], pointers, requests, sum(map(len, filter.extract)), bad
                )
            _check_row(status, meter.done + bad[0] - start)
            meter.add(end - start)
    finally:
        for pointer in held:
            ffi.release(pointer)
    return masks + masks * (len(filter) == 1 and each)


def find_rows(filter: Filter, column: Any, field: str | None) -> Iterator[tuple[int, Hits]]:
    """The rows of a single chunk that match, and their hits."""
    bad = ffi.new("int64_t *")
    with arrow_chunks(column) as arrays:
        for schema, array in arrays:
            rows = text_rows(schema, array, field)
            found = Found(filter)
            with filter.worker() as worker:
                _check_row(lib.ctfpy_column_find(worker, rows.native, 0, rows.length, found.native, bad), bad[0])
            for i in range(len(found)):
                yield found.place(i)[0], HitsMade(filter, found.indices(i), found.values(i))


def _check_row(status: int, row: int) -> None:
    if status == lib.CTF_E_DOCUMENT:
        raise DocumentError(f"row {row} of the column points outside of its buffers", row)
    check(status)


def record_column(work: Any, column: Any, field: str | None, time_field: str | None, progress: Progress) -> None:
    """Records the rows of a column with a recorder of the metrics module's."""
    bad = ffi.new("int64_t *")
    with Meter(progress, None, "row") as meter, arrow_chunks(column) as arrays:
        for schema, array in arrays:
            rows = text_rows(schema, array, field)
            times = _time_rows(schema, array, time_field) if time_field is not None else ffi.NULL
            for start in range(0, rows.length, ROWS):
                end = min(start + ROWS, rows.length)
                with work.filter.worker() as worker, work.series._lock:
                    status = lib.ctfpy_record_column(work.native, worker, rows.native, times, start, end, bad)
                if status == lib.CTF_E_DOCUMENT:
                    _check_row(status, meter.done + bad[0] - start)
                work.check(status)
                meter.add(end - start)


# Widths of a dictionary's keys; small letters are signed.
_KEYS = dict(zip("cCsSiIlL", (1, 1, 2, 2, 4, 4, 8, 8), strict=True))

# Arrow's timestamps by unit; plain integers count milliseconds.
_PER_SECOND = {"tss": 1, "tsm": 1000, "tsu": 1_000_000, "tsn": 1_000_000_000, "l": 1000}


def _time_rows(schema: Any, array: Any, field: str) -> Any:
    if format_of(schema) != "+s":
        raise TypeError("time_field is for tables and structs")
    child_schema, child = child_of(schema, array, field)
    kind = format_of(child_schema).partition(":")[0]
    if kind not in _PER_SECOND or child_schema.dictionary != ffi.NULL:
        raise TypeError(f"time_field must hold timestamps or int64, not Arrow's format {format_of(child_schema)!r}")
    _check_array(child, 2)
    if child.buffers[1] == ffi.NULL and array.length > 0:
        raise _bad("it has rows and no buffer for them")
    values = ffi.cast("int64_t *", child.buffers[1])
    return ffi.new("ctfpy_times *", (values, validity_of(child), child.offset + array.offset, _PER_SECOND[kind]))


# ---- what producers hand out ----


@contextmanager
def arrow_chunks(column: Any) -> Iterator[Iterator[tuple[Any, Any]]]:
    """The chunks of an object that speaks Arrow, as pairs of schema and array, each valid until the next is asked for."""
    if hasattr(column, "__arrow_c_stream__"):
        capsule = column.__arrow_c_stream__()
        stream = _unwrap(capsule, b"arrow_array_stream", "struct ArrowArrayStream *")
        schema = ffi.new("struct ArrowSchema *")
        try:
            _check_stream(stream, stream.get_schema(stream, schema))
            yield _from_stream(stream, schema)
        finally:
            lib.ctfpy_release_schema(schema)
            del capsule
    elif hasattr(column, "__arrow_c_array__"):
        pair = column.__arrow_c_array__()
        schema = _unwrap(pair[0], b"arrow_schema", "struct ArrowSchema *")
        array = _unwrap(pair[1], b"arrow_array", "struct ArrowArray *")
        yield iter([(schema, array)])
        del pair
    else:
        raise TypeError(f"column must speak Arrow (__arrow_c_stream__ or __arrow_c_array__), not {type(column).__name__}")


def _unwrap(capsule: Any, name: bytes, kind: str) -> Any:
    if not _is_capsule(capsule, name):
        raise TypeError(f"column must give a capsule {name.decode()}, not {type(capsule).__name__}")
    pointer = ffi.cast(kind, _pointer_of(capsule, name))
    if pointer.release == ffi.NULL:
        raise DocumentError("the column was released before it was read", 0)
    return pointer


def _check_stream(stream: Any, status: int) -> None:
    if status != 0:
        words = stream.get_last_error(stream)
        raise OSError(status, decode(ffi.string(words)) if words != ffi.NULL else "the column's producer failed")


def _from_stream(stream: Any, schema: Any) -> Iterator[tuple[Any, Any]]:
    while True:
        array = ffi.new("struct ArrowArray *")
        _check_stream(stream, stream.get_next(stream, array))
        if array.release == ffi.NULL:
            return
        try:
            yield schema, array
        finally:
            lib.ctfpy_release_array(array)


# ---- arrays ----


@dataclass
class Rows:
    """A chunk as C reads it; ``kept`` holds what it points to."""

    native: Any
    length: int
    kept: list[Any]


def _bad(what: str) -> DocumentError:
    return DocumentError(f"the Arrow array is broken: {what}", 0)


def format_of(schema: Any) -> str:
    if schema == ffi.NULL or schema.format == ffi.NULL:
        raise _bad("its schema has no format")
    return decode(ffi.string(schema.format))


def _check_array(array: Any, least_buffers: int) -> None:
    if array == ffi.NULL:
        raise _bad("it is missing")
    if not (0 <= array.length <= _MOST_ROWS and 0 <= array.offset <= _MOST_ROWS):
        raise _bad("its length or offset is negative or too large")
    if array.n_buffers < least_buffers or (array.n_buffers > 0 and array.buffers == ffi.NULL):
        raise _bad(f"it has {array.n_buffers} buffers where there must be {least_buffers}")


def child_of(schema: Any, array: Any, field: str | None) -> tuple[Any, Any]:
    """A field of a struct: its schema and array."""
    _check_array(array, 1)
    if field is not None:
        as_text(field, "field")
    if schema.n_children < 0 or schema.n_children != array.n_children:
        raise _bad("a struct's schema and array differ")
    if schema.n_children > 0 and (schema.children == ffi.NULL or array.children == ffi.NULL):
        raise _bad("a struct's fields are missing")
    names = [_name_of(schema.children[i]) for i in range(schema.n_children)]
    if field is None and len(names) != 1:
        raise TypeError(f"field must name one of {', '.join(names)}")
    if field is not None and field not in names:
        raise KeyError(field)
    at = 0 if field is None else names.index(field)
    child = array.children[at]
    _check_array(child, 0)
    if child.length < array.offset + array.length:
        raise _bad("a field is shorter than its struct")
    return schema.children[at], child


def _name_of(schema: Any) -> str:
    if schema == ffi.NULL:
        raise _bad("a struct's field has no schema")
    return decode(ffi.string(schema.name)) if schema.name != ffi.NULL else ""


def validity_of(array: Any) -> Any:
    return ffi.cast("uint8_t *", array.buffers[0]) if array.n_buffers > 0 else ffi.NULL


def text_rows(schema: Any, array: Any, field: str | None) -> Rows:
    """A chunk of texts, or the field of a struct that holds such."""
    native = ffi.new("ctfpy_column *")
    length, before = array.length, 0
    if format_of(schema) == "+s":
        outer = array
        schema, array = child_of(schema, outer, field)
        length, before = outer.length, outer.offset
        native.outer_validity, native.outer_offset = validity_of(outer), outer.offset
    elif field is not None:
        raise TypeError("field is for tables and structs")
    if schema.dictionary == ffi.NULL:
        return Rows(native, length, _set_texts(native, schema, array, before, length))
    keys = _keys(schema, array, before, length)
    values = array.dictionary
    _check_array(values, 0)
    native.keys, keys.end = keys, min(keys.end, values.length)
    return Rows(native, length, [keys, *_set_texts(native, schema.dictionary, values, 0, values.length)])


def _set_texts(native: Any, schema: Any, array: Any, before: int, length: int) -> list[Any]:
    """Where the texts are, of which the first ``before`` are passed over; returns what is to be kept."""
    format = format_of(schema)
    if format not in LAYOUTS or schema.dictionary != ffi.NULL:
        raise TypeError(f"column must hold texts or bytes, not Arrow's format {format!r}")
    _check_array(array, 3)
    native.layout, native.validity, native.offset = LAYOUTS[format], validity_of(array), array.offset + before
    native.rows = _rows_buffer(array, length)
    if native.layout == lib.CTFPY_VIEWS:
        return _set_views(native, array)
    native.data = ffi.cast("char *", array.buffers[2])
    return []


def _rows_buffer(array: Any, length: int) -> Any:
    if array.buffers[1] == ffi.NULL and length > 0:
        raise _bad("it has rows and no buffer for them")
    return array.buffers[1]


def _keys(schema: Any, array: Any, before: int, length: int) -> Any:
    """The keys of a dictionary's rows. Of signed ones, those below 0 are beyond the end when they are read as unsigned."""
    format = format_of(schema)
    if format not in _KEYS:
        raise TypeError(f"column must hold texts or bytes, not a dictionary with keys of Arrow's format {format!r}")
    _check_array(array, 2)
    width = _KEYS[format]
    end = 1 << (8 * width - format.islower())
    keys = (_rows_buffer(array, length), validity_of(array), array.offset + before, width, min(end, _MOST_ROWS))
    return ffi.new("ctfpy_keys *", keys)


def _set_views(native: Any, array: Any) -> list[Any]:
    """The buffers between the views and the last one, which holds their lengths."""
    count = array.n_buffers - 3
    lengths = ffi.cast("int64_t *", array.buffers[array.n_buffers - 1])
    if count > 0 and lengths == ffi.NULL:
        raise _bad("it does not tell the lengths of its buffers")
    buffers = ffi.new("char *[]", [ffi.cast("char *", array.buffers[2 + i]) for i in range(count)])
    native.buffers, native.buffer_lengths, native.n_buffers = buffers, lengths, count
    return [buffers]
