"""Filters: patterns compiled into one program that any number of threads may match with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Union

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_items, as_text, wrong_type
from ctfilter.errors import (
    PatternError,
    ProgramError,
    bytes_of,
    check,
    decode,
    kind_of,
    message_of,
    place_in,
    plain_error,
    service_of,
    text_of,
)
from ctfilter.hits import Hits, HitsMade, Value, read_value
from ctfilter.native import COLLECT, Texts, collect, message_bytes
from ctfilter.progress import Meter, Progress

if TYPE_CHECKING:
    from ctfilter.columns import ColumnMatch
    from ctfilter.scan import Counts, Framing, Hit, Source

__all__ = ["Event", "Filter", "canonical", "compile"]

Event = Union[str, bytes, bytearray, memoryview, Mapping[str, Any]]
Patterns = Union[str, Sequence[str], Mapping[str, str]]
# Keys are names or places. Keys of a mapping's type are invariant, and a dict of either, or of both, is to be one.
Extract = Union[Sequence[str], Mapping[Any, Sequence[str]], None]

KINDS = ("all", "text", "regex", "fields", "json")

_match = lib.ctfpy_match
_BATCH = 4096


class Filter:
    """One or more patterns, compiled. Made by :func:`compile` or :meth:`from_bytes`; immutable; any number of threads may
    use one at the same time, and matching does not hold the interpreter's lock.

    Attributes:
        names: the patterns' names; one without a name goes by its text.
        patterns: the patterns' texts.
        kinds: ``all``, ``text``, ``regex``, ``fields`` or ``json`` for each (spec: filter-patterns 1).
        extract: for each pattern, the selectors whose values it extracts.
    """

    __slots__ = ("__weakref__", "_first", "_keeps", "_native", "_none", "_pool", "_wanted", "extract", "kinds", "names", "patterns")

    def __init__(self, native: Any, extract: tuple[tuple[str, ...], ...] | None = None) -> None:
        count = lib.ctf_filter_count(native)
        infos = [self._info(native, i) for i in range(count)]
        self._native = native
        self.patterns: tuple[str, ...] = tuple(text_of(info.text) for info in infos)
        self.names: tuple[str, ...] = tuple(text_of(info.name) or text_of(info.text) for info in infos)
        self.kinds: tuple[str, ...] = tuple(KINDS[info.kind] for info in infos)
        self.extract = _checked_extract([info.n_extract for info in infos], extract)
        self._pool: list[Any] = []
        self._keeps = "fields" in self.kinds
        self._wanted = ffi.new("size_t[]", [len(row) for row in self.extract]) if any(self.extract) else ffi.NULL
        self._none = HitsMade(self, ())
        self._first = HitsMade(self, (0,)) if count == 1 and not self._keeps and not self._wanted else None

    @staticmethod
    def _info(native: Any, index: int) -> Any:
        info = ffi.new("ctf_pattern_info *")
        check(lib.ctf_filter_pattern(native, index, info))
        return info

    # ---- matching ----

    def match(self, event: Event) -> Hits:
        """Matches one message.

        Args:
            event: the message: text, UTF-8 bytes, or a mapping, which is matched as its compact JSON.

        Returns:
            The patterns that match. No match is no error. A JSON pattern matches only a message that is one well-formed
            JSON object (spec: filter-patterns 5.2).

        Raises:
            TypeError, ValueError: for an event of another type, or a mapping that JSON cannot express.
        """
        data = event if type(event) is bytes else message_bytes(event)
        try:
            worker = self._pool.pop()
        except IndexError:
            worker = self._new_worker()
        count = _match(worker, data, len(data))
        if count == 0:
            hits: Hits = self._none
        elif count > 0:
            hits = self._first if self._first is not None else self._make_hits(worker, count, data)
        else:
            raise plain_error(-count)
        self._pool.append(worker)
        return hits

    def match_many(self, events: Iterable[Event], *, progress: Progress = None) -> list[Hits]:
        """Matches messages one after the other, as :meth:`match` does each, in less time.

        Args:
            events: the messages.
            progress: told how many messages are done.
        """
        if isinstance(events, (str, bytes, bytearray, memoryview, Mapping)) or not isinstance(events, Iterable):
            raise wrong_type("events", "an iterable of messages", events)
        result: list[Hits] = []
        left = iter(events)
        with Meter(progress, len(events) if isinstance(events, Sequence) else None, "event") as meter:
            while batch := list(islice(left, _BATCH)):
                with self.worker() as worker:
                    result += [self._match_with(worker, event) for event in batch]
                meter.add(len(batch))
        return result

    def _match_with(self, worker: Any, event: Event) -> Hits:
        data = event if type(event) is bytes else message_bytes(event)
        count = _match(worker, data, len(data))
        if count == 0:
            return self._none
        if count < 0:
            raise plain_error(-count)
        return self._first if self._first is not None else self._make_hits(worker, count, data)

    def scan(
        self,
        source: Source,
        *,
        framing: Framing = "auto",
        member: str = "Records",
        max_message: int | None = None,
        max_document: int = 1 << 30,
        progress: Progress = None,
        on_error: Callable[[str, Exception], object] | None = None,
    ) -> Iterator[Hit]:
        """Yields the messages of a source that match, in order.

        Args:
            source: bytes; or a path (``str`` or ``os.PathLike``) of a file or a pipe (``/dev/stdin``), gzipped or not, or of a
                directory, of which all files below are read in the order of their names; or a binary file object.
            framing: where messages are: ``lines``, one a line; ``records``, the elements of the array ``member`` of one
                JSON object, as CloudTrail delivers; ``values``, JSON values one after another; ``array``, the elements of
                one JSON array; ``whole``, the source is one message. ``auto`` is ``records`` where the document begins
                with that member and ``lines`` otherwise, as its first 4,096 bytes tell.
            member: the key for ``records``.
            max_message: a longer message, in bytes, is an error; ``None``: no limit.
            max_document: a document that cannot be read line by line, and is no buffer and no plain file, is held in memory;
                one that is longer, in bytes, inflated, is an error.
            progress: told how many bytes are done, as they stand in files.
            on_error: called with the name of a file or directory that cannot be read and the reason; the others are read all the same.
                Without it the error is raised.

        Raises:
            DocumentError: the source is not framed as told, or passes a limit. What was found before that was yielded.
            OSError: a file cannot be read.
        """
        from ctfilter.scan import scan

        return scan(self, source, framing, member, max_message, max_document, progress, on_error)

    def count(
        self,
        source: Source,
        *,
        framing: Framing = "auto",
        member: str = "Records",
        max_message: int | None = None,
        max_document: int = 1 << 30,
        progress: Progress = None,
        on_error: Callable[[str, Exception], object] | None = None,
    ) -> Counts:
        """Counts what :meth:`scan` would yield, for all patterns and for each, without making an object a hit.

        Args:
            source, framing, member, max_message, max_document, progress, on_error: as for :meth:`scan`.
        """
        from ctfilter.scan import count

        return count(self, source, framing, member, max_message, max_document, progress, on_error)

    def match_column(
        self, column: Any, *, field: str | None = None, each: bool = True, progress: Progress = None
    ) -> ColumnMatch:
        """Matches every row of a column that speaks Arrow: pyarrow, polars, DuckDB, pandas with Arrow types.

        The rows are read where they are, nothing is copied. A null matches nothing.

        Args:
            column: an object with ``__arrow_c_array__`` or ``__arrow_c_stream__`` whose type is utf8, large_utf8,
                string_view, binary, large_binary or binary_view, or a dictionary of such; or a table or struct that has such a
                field.
            field: which field of a table; may be left out where there is one.
            each: make a mask for each pattern, a byte a row; otherwise only the one for all.
            progress: told how many rows are done.

        Raises:
            TypeError: for another type.
            DocumentError: a row points outside of its buffers.
        """
        from ctfilter.columns import match_column

        return match_column(self, column, field, each, progress)

    # ---- the program ----

    def dump(self) -> str:
        """The exact program as text. Equal programs give equal text."""
        return decode(collect(lambda context: lib.ctf_filter_dump(self._native, COLLECT, context)))

    def to_bytes(self) -> bytes:
        """The sealed program, which :meth:`from_bytes` loads on any machine of the same byte order."""
        return bytes_of(lib.ctf_filter_image(self._native))

    @classmethod
    def from_bytes(cls, program: bytes | bytearray | memoryview, *, extract: Sequence[Sequence[str]] | None = None) -> Filter:
        """Loads a program after it has been verified in full; foreign or damaged bytes do no harm.

        Args:
            program: what :meth:`to_bytes` gave.
            extract: the selectors of each pattern, for the keys of :attr:`Hits.values`: a program does not hold them.
                Without it the keys are ``0``, ``1`` and so on. Pickling keeps them.

        Raises:
            ProgramError: these are no such bytes.
        """
        if not isinstance(program, (bytes, bytearray, memoryview)):
            raise wrong_type("program", "bytes", program)
        rows = None if extract is None else tuple(map(_selectors, as_items(extract, "extract", _SELECTORS)))
        data, error, out = ffi.from_buffer(program), ffi.new("ctf_error *"), ffi.new("ctf_filter **")
        status = lib.ctf_filter_load(data, len(data), ffi.NULL, out, error)
        if status == lib.CTF_E_PROGRAM:
            raise ProgramError(message_of(error), error.offset)
        check(status)
        return cls(ffi.gc(out[0], lib.ctf_filter_free), rows)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.to_bytes(), self.extract)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Filter) and self.to_bytes() == other.to_bytes() and self.extract == other.extract

    def __hash__(self) -> int:
        return hash((self.patterns, self.names))

    def __len__(self) -> int:
        return len(self.patterns)

    def __repr__(self) -> str:
        shown = ", ".join(repr(name) for name in self.names[:3])
        return f"<ctfilter.Filter of {len(self)}: {shown}{', ...' if len(self) > 3 else ''}>"

    # ---- what the other modules use ----

    def worker(self) -> Worker:
        """A worker for a ``with`` block: no other thread has it meanwhile."""
        return Worker(self)

    def _new_worker(self) -> Any:
        scratch = ffi.new("ctf_scratch **")
        check(lib.ctf_scratch_new(self._native, ffi.NULL, scratch))
        worker = ffi.new("ctfpy_worker *", {"scratch": scratch[0]})
        return ffi.gc(worker, partial(_free_worker, self._native))

    def _make_hits(self, worker: Any, count: int, data: Any) -> Hits:
        indices = tuple(ffi.unpack(worker.hits.patterns, count))
        values = tuple(map(partial(self._values, worker), indices)) if self._wanted else ()
        if self._keeps:
            data = data if isinstance(data, bytes) else bytes(ffi.buffer(data))
        return HitsMade(self, indices, values, data if self._keeps else None)

    def _values(self, worker: Any, pattern: int) -> tuple[Value, ...]:
        return tuple(read_value(worker, pattern, k) for k in range(len(self.extract[pattern])))

    def _fields(self, message: Any, pattern: int) -> dict[str, str]:
        data, found, field, n = message_bytes(message), {}, ffi.new("ctf_field *"), ffi.new("size_t *")
        with self.worker() as worker:
            lib.ctfpy_match(worker, data, len(data))
            check(lib.ctf_scratch_field(worker.scratch, pattern, 0, ffi.NULL, n))
            for k in range(n[0]):
                check(lib.ctf_scratch_field(worker.scratch, pattern, k, field, n))
                found[f"${text_of(field.name) or field.position}"] = text_of(field.text)
        return found


class Worker:
    """Takes a scratch from the filter's pool, and gives it back."""

    __slots__ = ("_filter", "_native")

    def __init__(self, filter: Filter) -> None:
        self._filter = filter

    def __enter__(self) -> Any:
        try:
            self._native = self._filter._pool.pop()
        except IndexError:
            self._native = self._filter._new_worker()
        return self._native

    def __exit__(self, *exception: object) -> None:
        self._filter._pool.append(self._native)


def _free_worker(_filter: Any, worker: Any) -> None:
    """The filter is an argument so that it outlives its scratches."""
    lib.ctf_scratch_free(worker.scratch)


def _restore(program: bytes, extract: tuple[tuple[str, ...], ...]) -> Filter:
    return Filter.from_bytes(program, extract=extract)


def _checked_extract(counts: list[int], extract: tuple[tuple[str, ...], ...] | None) -> tuple[tuple[str, ...], ...]:
    if extract is None:
        return tuple(tuple(map(str, range(n))) for n in counts)
    if [len(row) for row in extract] != counts:
        raise ValueError("extract must have as many selectors for each pattern as the program extracts")
    return extract


# ---- compiling ----


def _named(patterns: Patterns) -> list[tuple[str, str]]:
    if isinstance(patterns, str):
        return [("", patterns)]
    if isinstance(patterns, Mapping):
        pairs = list(patterns.items())
    elif isinstance(patterns, Iterable) and not isinstance(patterns, (bytes, bytearray, memoryview)):
        pairs = [("", pattern) for pattern in patterns]
    else:
        raise wrong_type("patterns", "str, a sequence of str or a mapping from names to str", patterns)
    for name, pattern in pairs:
        if not isinstance(name, str):
            raise wrong_type("patterns", "named by str", name)
        if not isinstance(pattern, str):
            raise wrong_type("patterns", "str, or hold nothing but str", pattern)
    return pairs


_SELECTORS = "a sequence of str, or a mapping of such"


def _selectors(row: Any) -> tuple[str, ...]:
    selectors = as_items(row, "extract", _SELECTORS)
    for selector in selectors:
        if not isinstance(selector, str):
            raise wrong_type("extract", _SELECTORS, selector)
    return selectors


def _wanted(extract: Extract, names: list[str]) -> tuple[tuple[str, ...], ...]:
    """The selectors of each pattern."""
    if not isinstance(extract, Mapping):
        return (() if extract is None else _selectors(extract),) * len(names)
    known = {*range(len(names)), *filter(None, names)}
    unknown = [key for key in extract if key not in known]
    if unknown:
        raise ValueError(f"extract must tell patterns by their names or places: {unknown[0]!r} is none")
    return tuple(_selectors(extract.get(i, extract.get(name, ()) if name else ())) for i, name in enumerate(names))


def compile(patterns: Patterns, *, extract: Extract = None) -> Filter:
    """Compiles patterns into one filter.

    Args:
        patterns: a pattern; a sequence of patterns; or a mapping from names to patterns. At most 100,000, each of at
            most 1,024 characters (spec: filter-patterns 1).
        extract: selectors whose values are wanted with each match: ``$.a.b[0]`` for JSON patterns, ``$name`` or ``$3`` for
            space-delimited ones (spec: metrics-alarms 1.2.8). A sequence serves every pattern; a mapping from names or
            places to sequences serves those.

    Raises:
        PatternError: a pattern or a selector is refused; the error points at the place.
        ValueError: there is no pattern, or ``extract`` tells one that is not there.
        TypeError: for other types.
    """
    pairs = _named(patterns)
    if not pairs:
        raise ValueError("patterns must hold at least one pattern")
    wanted = _wanted(extract, [name for name, _ in pairs])
    texts, rows = Texts(), []
    for (name, pattern), selectors in zip(pairs, wanted, strict=True):
        views = texts.array("ctf_text[]", [texts.view(s) for s in selectors])
        rows.append((texts.view(pattern), texts.view(name), views, len(selectors)))
    error, out = ffi.new("ctf_error *"), ffi.new("ctf_filter **")
    status = lib.ctf_filter_compile(texts.array("ctf_pattern[]", rows), len(rows), ffi.NULL, out, error)
    if status != lib.CTF_OK:
        raise pattern_error(status, error, pairs, wanted)
    return Filter(ffi.gc(out[0], lib.ctf_filter_free), wanted)


def pattern_error(status: int, error: Any, pairs: list[tuple[str, str]], wanted: Sequence[tuple[str, ...]]) -> Exception:
    """What a refusal to compile is in Python."""
    if status == lib.CTF_E_NOMEM or error.kind in (lib.CTF_ERROR_NONE, lib.CTF_ERROR_MEMORY, lib.CTF_ERROR_ARGUMENT):
        return plain_error(status) if status == lib.CTF_E_NOMEM else ValueError(message_of(error))
    index = error.pattern
    name, text = pairs[index]
    if error.kind == lib.CTF_ERROR_SELECTOR:
        text = _refused_selector(pairs[index][1], wanted[index])
    offset, length = place_in(text, error)
    return PatternError(text, offset, length, message_of(error), kind_of(error), service_of(error), index, name)


def _refused_selector(pattern: str, selectors: tuple[str, ...]) -> str:
    """Which selector it was: the library tells the place in it, not which; each is tried alone."""
    for selector in selectors[:-1]:
        try:
            compile(pattern, extract=[selector])
        except PatternError:
            return selector
    return selectors[-1]


def canonical(pattern: str) -> str:
    """A pattern in one spelling of blanks, brackets and keywords.

    Raises:
        PatternError: the pattern is refused.
    """
    as_text(pattern, "pattern")
    texts, error = Texts(), ffi.new("ctf_error *")
    out = ffi.new("ctfpy_bytes *")
    try:
        status = lib.ctf_pattern_print(texts.view(pattern), ffi.NULL, COLLECT, out, error)
        if status == lib.CTF_E_STOPPED:
            raise MemoryError
        if status != lib.CTF_OK:
            raise pattern_error(status, error, [("", pattern)], [()])
        return decode(bytes(ffi.buffer(out.data, out.length))) if out.length else ""
    finally:
        lib.ctfpy_bytes_free(out)
