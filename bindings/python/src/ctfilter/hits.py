"""Hits: which patterns match a message, and what these extract from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ctfilter._native import ffi, lib
from ctfilter.errors import check, decode, text_of

if TYPE_CHECKING:
    from ctfilter.filter import Filter

__all__ = ["TYPES", "Found", "Hits", "HitsMade", "Value", "read_value"]

TYPES = ("missing", "null", "boolean", "number", "string", "array", "object")


@dataclass(frozen=True, slots=True)
class Value:
    """What stood at a selector.

    Attributes:
        type: ``missing``, ``null``, ``boolean``, ``number``, ``string``, ``array`` or ``object``.
        text: a string's characters, a number as it is spelled in the message, ``true`` or ``false``, a field of a
            space-delimited message; ``""`` for the other types.
    """

    type: str
    text: str

    def python(self) -> str | int | float | bool | None:
        """The value as the ``json`` module reads it; ``None`` for null, missing ones, arrays and objects."""
        if self.type == "number":
            value = json.loads(self.text)
            assert isinstance(value, (int, float))
            return value
        if self.type == "boolean":
            return self.text == "true"
        return self.text if self.type == "string" else None


class Hits:
    """Which patterns of a filter match a message. True when one does; iterates over their names.

    Equal are those of the same patterns with the same values, whatever the messages are.
    """

    __slots__ = ()

    @property
    def _filter(self) -> Filter:
        raise NotImplementedError

    @property
    def indices(self) -> tuple[int, ...]:
        """The patterns' places in the filter, ascending."""
        raise NotImplementedError

    @property
    def _values(self) -> tuple[tuple[Value, ...], ...]:
        """Of each pattern that matches, what it extracts; empty where no pattern of the filter extracts anything."""
        raise NotImplementedError

    @property
    def _data(self) -> Any:
        """The message, for patterns with fields."""
        raise NotImplementedError

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the patterns; one without a name goes by its text."""
        names = self._filter.names
        return tuple(names[i] for i in self.indices)

    @property
    def values(self) -> dict[str, Value]:
        """The extracted values by selector, of all patterns that match; the first pattern's where two extract the same."""
        found: dict[str, Value] = {}
        for row in self._rows():
            for selector, value in row.items():
                found.setdefault(selector, value)
        return found

    def values_of(self, pattern: int | str) -> dict[str, Value]:
        """The extracted values of one pattern (its name or its place), by selector.

        Raises:
            KeyError: the pattern does not match.
        """
        return self._rows()[self._position(pattern)]

    def _rows(self) -> list[dict[str, Value]]:
        """Of each pattern that matches, the extracted values by selector."""
        extract = self._filter.extract
        values = self._values or ((),) * len(self)
        return [dict(zip(extract[index], row, strict=True)) for index, row in zip(self.indices, values, strict=True)]

    def fields(self, pattern: int | str | None = None) -> dict[str, str]:
        """The fields of a space-delimited pattern, as the service's ``extractedValues`` (spec: filter-patterns 6.2).

        Keys are ``$name``, or ``$3`` for what has no name. The first pattern that matches is asked when none is
        named; patterns of other kinds have no fields.

        Raises:
            KeyError: the pattern does not match.
        """
        if pattern is None and not self.indices:
            return {}
        index = self.indices[0 if pattern is None else self._position(pattern)]
        if self._filter.kinds[index] != "fields":
            return {}
        return self._filter._fields(self._data, index)

    def _position(self, pattern: int | str) -> int:
        for at, index in enumerate(self.indices):
            if index == pattern or self._filter.names[index] == pattern:
                return at
        raise KeyError(pattern)

    def __len__(self) -> int:
        return len(self.indices)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __contains__(self, pattern: object) -> bool:
        return pattern in self.indices or pattern in self.names

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Hits):
            return NotImplemented
        return self.indices == other.indices and self.names == other.names and self._rows() == other._rows()

    def __hash__(self) -> int:
        return hash(self.indices)

    def __repr__(self) -> str:
        return f"Hits({', '.join(map(repr, self.names))})"


class HitsMade(Hits):
    """Hits that know all of it from the start."""

    __slots__ = ("_data", "_filter", "_values", "indices")
    _data: Any
    _filter: Filter
    _values: tuple[tuple[Value, ...], ...]
    indices: tuple[int, ...]

    def __init__(
        self, filter: Filter, indices: tuple[int, ...], values: tuple[tuple[Value, ...], ...] = (), data: Any = None
    ) -> None:
        self._filter = filter
        self.indices = indices
        self._values = values
        self._data = data


def read_value(worker: Any, pattern: int, k: int) -> Value:
    value = ffi.new("ctf_value *")
    check(lib.ctf_scratch_value(worker.scratch, pattern, k, value))
    return Value(TYPES[value.type], text_of(value.text))


class Found:
    """A list that loops in C fill. It must not change any more once a row was asked for."""

    __slots__ = ("_filter", "_patterns", "_words", "native")

    def __init__(self, filter: Filter) -> None:
        self._filter = filter
        self.native = ffi.gc(ffi.new("ctfpy_found *", {"wanted": filter._wanted}), lib.ctfpy_found_free)
        self._words: Any = None
        self._patterns: Any = None

    def __len__(self) -> int:
        return int(self.native.n_hits)

    def place(self, row: int) -> tuple[int, int]:
        """Of a hit: its offset and its length."""
        words = self._words or self._open()
        return words[5 * row], words[5 * row + 1]

    def indices(self, row: int) -> tuple[int, ...]:
        """Of a hit: the patterns that match."""
        words = self._words or self._open()
        first = words[5 * row + 2]
        return tuple(self._patterns[first : first + words[5 * row + 3]])

    def values(self, row: int) -> tuple[tuple[Value, ...], ...]:
        """Of a hit: for each pattern that matches, what it extracts."""
        if not self._filter._wanted:
            return ()
        words, values = self._words or self._open(), []
        at = words[5 * row + 4]
        for index in self.indices(row):
            end = at + len(self._filter.extract[index])
            values.append(tuple(map(self._value, range(at, end))))
            at = end
        return tuple(values)

    def _open(self) -> Any:
        """The hits as five numbers each, the patterns as numbers; views, so that what nobody reads costs nothing."""
        native = self.native
        self._patterns = memoryview(ffi.buffer(native.patterns, 4 * native.n_patterns)).cast("B").cast("I")
        # Last: another thread that sees them asks for the patterns.
        self._words = memoryview(ffi.buffer(native.hits, len(self) * ffi.sizeof("ctfpy_hit"))).cast("B").cast("Q")
        return self._words

    def _value(self, i: int) -> Value:
        texts = self.native.values
        start, end = texts.offsets[i], texts.offsets[i + 1]
        text = decode(bytes(ffi.buffer(texts.text.data + start, end - start))) if end > start else ""
        return Value(TYPES[texts.types[i]], text)
