"""Many messages: buffers, files, archives."""

from __future__ import annotations

import gzip
import mmap
import os
import re
import stat
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, repeat
from typing import IO, Any, Literal, Protocol, TypeVar, Union

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_text, as_whole, wrong_type
from ctfilter.errors import DocumentError, decode, encode, kind_of, message_of, plain_error
from ctfilter.filter import Filter
from ctfilter.hits import Found, Hits, Value
from ctfilter.progress import Meter, Progress

__all__ = ["Counts", "Framing", "Hit", "Reader", "Source"]


class Reader(Protocol):
    """A file object in binary mode."""

    def read(self, size: int, /) -> bytes: ...


OnError = Union[Callable[[str, Exception], object], None]
Source = Union[bytes, bytearray, memoryview, mmap.mmap, str, "os.PathLike[str]", Reader]
Framing = Literal["auto", "lines", "records", "values", "array", "whole"]

FRAMINGS = {
    "whole": lib.CTF_FRAME_WHOLE,
    "lines": lib.CTF_FRAME_LINES,
    "values": lib.CTF_FRAME_VALUES,
    "array": lib.CTF_FRAME_ARRAY,
    "records": lib.CTF_FRAME_MEMBER,
}
SLICE = 64 << 20  # of lines, between two looks at the interpreter
BLOCK = 4 << 20  # read from a file object at once
HEAD = 4096  # of these bytes the framing is recognised
MOST_HITS = 1 << 16  # of one call over lines
TICK = 1 << 20  # bytes between two looks, in a document that cannot be cut
SMALL = 64 << 20  # documents up to this size are matched in one call
_MOST_BYTES = (1 << 63) - 1


class Hit(Hits):
    """A message that matches, and where it is.

    It is a place in what a stretch of the document gave, and is looked up when it is asked: most hits of a large scan
    are only counted, or passed on. It holds on to the document, and cannot be pickled.
    """

    __slots__ = ("_block", "_row")

    def __init__(self, block: Block, row: int) -> None:
        self._block = block
        self._row = row

    @property
    def offset(self) -> int:
        """Where its first byte is in the document."""
        return self._block.base + self._block.found.place(self._row)[0]

    @property
    def message(self) -> memoryview:
        """Its bytes, a view of the document: nothing is copied, and the document lives as long as the view."""
        offset, length = self._block.found.place(self._row)
        return self._block.view[offset : offset + length]

    @property
    def text(self) -> str:
        """The message as text; bytes that are no UTF-8 become lone surrogates."""
        return decode(bytes(self.message))

    @property
    def source(self) -> str:
        """The file's path; ``""`` for a buffer."""
        return self._block.source

    @property
    def indices(self) -> tuple[int, ...]:
        """The patterns' places in the filter, ascending."""
        return self._block.found.indices(self._row)

    @property
    def _values(self) -> tuple[tuple[Value, ...], ...]:
        return self._block.found.values(self._row)

    @property
    def _data(self) -> memoryview:
        return self.message

    @property
    def _filter(self) -> Filter:
        return self._block.filter

    def __repr__(self) -> str:
        return f"Hit({', '.join(map(repr, self.names))} at {self.offset})"


@dataclass(frozen=True)
class Counts:
    """How much matches.

    Attributes:
        messages: messages that at least one pattern matches.
        patterns: for each pattern, by its name, how many messages it matches; those of one name are added up.
    """

    messages: int
    patterns: dict[str, int]


@dataclass
class Settings:
    """How a source is to be read."""

    filter: Filter
    framing: Framing
    member: bytes
    max_message: int
    max_document: int

    def options(self, framing: str, all: bool) -> Any:
        options = ffi.new("ctf_scan_options *")
        options.size = ffi.sizeof("ctf_scan_options")
        options.framing = FRAMINGS[framing]
        options.member = (ffi.from_buffer(self.member), len(self.member))
        options.max_message = self.max_message
        options.all = all
        return options

    @staticmethod
    def walk(source: Source, progress: Progress, on_error: OnError) -> Documents:
        return walk(source, progress, on_error)


def settings_of(filter: Filter, framing: Framing, member: str, max_message: int | None, max_document: int) -> Settings:
    """Checks the arguments."""
    if as_text(framing, "framing") != "auto" and framing not in FRAMINGS:
        raise ValueError(f"framing must be auto, {', '.join(FRAMINGS)}, not {framing!r}")
    longest = 0 if max_message is None else as_whole(max_message, "max_message", 1, _MOST_BYTES)
    largest = as_whole(max_document, "max_document", 0, _MOST_BYTES)
    return Settings(filter, framing, encode(as_text(member, "member")), longest, largest)


@dataclass
class Block:
    """A stretch of a document and what was found in it; ``base`` is where it begins."""

    filter: Filter
    view: memoryview
    base: int
    source: str
    found: Found


def scan(filter: Filter, source: Source, *settings: Any) -> Iterator[Hit]:
    return chain.from_iterable(map(_hits, _blocks(filter, source, *settings)))


def _hits(block: Block) -> Iterator[Hit]:
    return map(Hit, repeat(block), range(len(block.found)))


def count(filter: Filter, source: Source, *settings: Any) -> Counts:
    messages, patterns = 0, Counter[int]()
    for block in _blocks(filter, source, *settings):
        native = block.found.native
        messages += native.n_hits
        patterns.update(ffi.unpack(native.patterns, native.n_patterns) if native.n_patterns else ())
    by_name: dict[str, int] = {}
    for i, name in enumerate(filter.names):
        by_name[name] = by_name.get(name, 0) + patterns[i]
    return Counts(messages, by_name)


def _blocks(
    filter: Filter,
    source: Source,
    framing: Framing,
    member: str,
    max_message: int | None,
    max_document: int,
    progress: Progress,
    on_error: OnError,
) -> Iterator[Block]:
    """Checks the arguments at once, not when the first hit is asked for."""
    settings = settings_of(filter, framing, member, max_message, max_document)
    return each_document(walk(source, progress, on_error), on_error, lambda opened: _opened_blocks(settings, opened))


# ---- where bytes come from ----


@dataclass
class Opened:
    """A document: all of it in memory, or to be read."""

    name: str
    view: memoryview | None = None
    file: Reader | None = None
    meter: Meter | None = None
    stored: IO[bytes] | None = None  # what the meter follows when the file is compressed
    told: int = 0

    def tell(self, amount: int) -> None:
        if self.meter is None:
            return
        if self.stored is not None and self.stored.seekable():
            at = self.stored.tell()
            amount, self.told = at - self.told, at
        if amount:
            self.meter.add(amount)

    def close(self) -> None:
        if self.stored is not None:
            self.stored.close()


@dataclass
class Documents:
    """The documents of a source; files are told by path and opened one at a time."""

    entries: list[Opened | str]
    meter: Meter


def walk(source: Source, progress: Progress, on_error: OnError) -> Documents:
    if on_error is not None and not callable(on_error):
        raise wrong_type("on_error", "a function or None", on_error)
    if isinstance(source, (bytes, bytearray, memoryview, mmap.mmap)):
        view = memoryview(source)
        if not view.c_contiguous:
            raise TypeError("source must be contiguous")
        meter = Meter(progress, view.nbytes, "B")
        return Documents([Opened("", view=view.cast("B"), meter=meter)], meter)
    if isinstance(source, (str, os.PathLike)):
        return _walk_path(os.fsdecode(source), progress, on_error)
    if hasattr(source, "read"):
        meter = Meter(progress, None, "B")
        return Documents([Opened(str(getattr(source, "name", "")), file=source, meter=meter)], meter)
    raise wrong_type("source", "bytes, a path or a binary file object", source)


def _walk_path(path: str, progress: Progress, on_error: OnError) -> Documents:
    paths = sorted(_files_below(path, on_error)) if stat.S_ISDIR(os.stat(path).st_mode) else [path]
    return Documents([*paths], Meter(progress, sum(map(_size_of, paths)), "B"))


def _size_of(path: str) -> int:
    """0 of a file that is not there; that is an error when it is opened."""
    try:
        return os.path.getsize(path)
    except OSError:
        return 0


def _files_below(path: str, on_error: OnError) -> Iterator[str]:
    def fail(error: OSError) -> None:
        if on_error is None:
            raise error
        on_error(error.filename, error)

    for folder, _, files in os.walk(path, onerror=fail):
        yield from (os.path.join(folder, file) for file in files)


def _open_path(path: str, meter: Meter) -> Opened:
    file = open(path, "rb")  # noqa: SIM115 - closed with the document
    try:
        if file.peek(2).startswith(b"\x1f\x8b"):
            unpacked: Any = gzip.GzipFile(fileobj=file)
            return Opened(path, file=unpacked, meter=meter, stored=file)
        if os.fstat(file.fileno()).st_size == 0:  # empty, or a pipe or the like, which tells no size
            return Opened(path, file=file, meter=meter, stored=file)
        view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except BaseException:
        file.close()
        raise
    file.close()
    return Opened(path, view=view, meter=meter)


T = TypeVar("T")


def each_document(
    documents: Documents, on_error: OnError, read: Callable[[Opened], Iterator[T]]
) -> Iterator[T]:
    """What reading gives, document by document. A file that cannot be read is told and passed over where somebody listens."""
    try:
        for entry in documents.entries:
            try:
                if isinstance(entry, Opened):
                    yield from read(entry)
                else:
                    with closing(_open_path(entry, documents.meter)) as opened:
                        yield from read(opened)
            except (OSError, EOFError, zlib.error, DocumentError) as error:
                if on_error is None or isinstance(entry, Opened) or documents.meter.failed:
                    raise
                on_error(entry, error)
    finally:
        documents.meter.close()


# ---- how they are framed ----

_RECORDS = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*\{[ \t\r\n]*$")


def _detect(settings: Settings, head: bytes) -> str:
    if settings.framing != "auto":
        return settings.framing
    key = b'"' + settings.member + b'"'
    at = head.find(key)
    begins = at >= 0 and _RECORDS.match(head[:at]) and head[at + len(key) :].lstrip(b" \t\r\n")[:1] == b":"
    return "records" if begins else "lines"


def _opened_blocks(settings: Settings, opened: Opened) -> Iterator[Block]:
    for view, framing, base in documents_of(settings, opened):
        if framing == "lines":
            yield from _lines(settings, opened, view, base)
            opened.tell(len(view) - (base > 0))
        else:
            yield from _document(settings, opened, view, framing)


def documents_of(settings: Settings, opened: Opened) -> Iterator[tuple[memoryview, str, int]]:
    """What is matched in one go, how it is framed and where it begins: stretches of lines, or the whole document.

    A stretch of lines ends behind a line, and begins with the newline that ends the one before it. That makes an empty
    line and so no message; without it a byte order mark there would be taken for one at the start of a document."""
    if opened.view is not None:
        framing = _detect(settings, bytes(opened.view[:HEAD]))
        if framing != "lines":
            yield opened.view, framing, 0
        else:
            for start, end in _line_slices(opened.view):
                yield opened.view[start:end], framing, start
        return
    assert opened.file is not None
    head = _read(opened.file, BLOCK)
    while settings.framing == "auto" and len(head) < HEAD and (more := _read(opened.file, BLOCK)):
        head += more  # a read may give less than it was asked for
    framing = _detect(settings, head[:HEAD])
    if framing == "lines":
        yield from _line_blocks(settings, opened.file, head)
    else:
        yield _read_rest(settings, opened.file, head), framing, 0


def _read(file: Reader, size: int) -> bytes:
    data = file.read(size)
    if not isinstance(data, bytes):
        raise wrong_type("source", "a file object that reads bytes (open it in binary mode)", data)
    return data


def _read_rest(settings: Settings, file: Reader, head: bytes) -> memoryview:
    pieces, size = [head], len(head)
    while pieces[-1]:
        if size > settings.max_document:
            raise DocumentError(f"the document is longer than {settings.max_document} bytes", settings.max_document, "limit")
        pieces.append(_read(file, BLOCK))
        size += len(pieces[-1])
    return memoryview(b"".join(pieces))


def _line_slices(view: memoryview) -> Iterator[tuple[int, int]]:
    start = 0
    while True:
        end = _line_end(view, start + SLICE)
        yield max(start - 1, 0), end
        if end == len(view):
            return
        start = end


def _line_end(view: memoryview, at: int) -> int:
    """The end of the line that is at hand there."""
    while at < len(view):
        piece = bytes(view[at : at + 65536])
        found = piece.find(b"\n")
        if found >= 0:
            return at + found + 1
        at += len(piece)
    return len(view)


def _line_blocks(settings: Settings, file: Reader, head: bytes) -> Iterator[tuple[memoryview, str, int]]:
    base, data = 0, head
    while True:
        more = _read(file, max(BLOCK, len(data)))
        cut = data.rfind(b"\n", 1) + 1 if more else len(data)
        if not cut and settings.max_message and len(data) > settings.max_message + 3:
            cut = len(data)  # a line that will be refused, whatever follows; a byte order mark is not counted
        if cut:
            yield memoryview(data)[:cut], "lines", base
            base, data = base + cut - 1, data[cut - 1 :]
        if not more:
            return
        data += more


def _lines(settings: Settings, opened: Opened, view: memoryview, base: int) -> Iterator[Block]:
    """Lines that are at hand, a bounded number of hits a call."""
    options, at = settings.options("lines", False), 0
    while at < len(view):
        found, rest = Found(settings.filter), view[at:]
        status, error = _call(settings, rest, options, MOST_HITS, found)
        yield Block(settings.filter, rest, base + at, opened.name, found)
        if status != lib.CTF_E_STOPPED:
            _check(status, error, base + at)
            return
        last = found.native.hits[len(found) - 1]
        at += last.offset + last.length


def _document(settings: Settings, opened: Opened, view: memoryview, framing: str) -> Iterator[Block]:
    """A document that cannot be cut. A large one is looked after while it is matched."""
    big, found = len(view) > SMALL, Found(settings.filter)
    with Ticker(opened if big else None) as ticker:
        status, error = _call(settings, view, settings.options(framing, big), 0, found, ticker)
        ticker.raise_again()
        yield Block(settings.filter, view, 0, opened.name, found)
        opened.tell(len(view) - ticker.told)
        _check(status, error, 0)


def _call(
    settings: Settings, view: memoryview, options: Any, most: int, found: Found, ticker: Ticker | None = None
) -> tuple[int, Any]:
    error = ffi.new("ctf_error *")
    tick = ticker.function if ticker is not None else ffi.NULL
    context = ticker.handle if ticker is not None else ffi.NULL
    with settings.filter.worker() as worker, ffi.from_buffer(view) as data:
        status = lib.ctfpy_scan(worker, data, len(view), options, most, tick, context, TICK, found.native, error)
    return status, error


def _check(status: int, error: Any, base: int) -> None:
    raise_document(status, error, base)
    if status != lib.CTF_OK:
        raise plain_error(status)


def raise_document(status: int, error: Any, base: int) -> None:
    """Raises for a document that is not framed as told, or passes a limit."""
    if status in (lib.CTF_E_DOCUMENT, lib.CTF_E_LIMIT):
        raise DocumentError(message_of(error), base + error.offset, kind_of(error))


class Ticker:
    """Lets the interpreter act on signals, and tells the progress, from within a call that goes over a large document."""

    def __init__(self, opened: Opened | None) -> None:
        self._opened = opened
        self._raised: BaseException | None = None
        self.told = 0
        self.handle = ffi.new_handle(self) if opened is not None else ffi.NULL
        self.function = lib.ctfpy_on_tick if opened is not None else ffi.NULL

    def __enter__(self) -> Ticker:
        return self

    def __exit__(self, *exception: object) -> None:
        self._opened = None

    def tick(self, offset: int) -> int:
        if self._opened is not None and self._opened.stored is None:
            self._opened.tell(offset - self.told)
            self.told = offset
        return 0

    def fail(self, error: BaseException) -> None:
        self._raised = error

    def raise_again(self) -> None:
        if self._raised is not None:
            raise self._raised


def _tick_failed(_kind: object, error: BaseException, trace: Any) -> None:
    ticker = ffi.from_handle(trace.tb_frame.f_locals["context"])
    ticker.fail(error)


@ffi.def_extern(error=1, onerror=_tick_failed)  # type: ignore[untyped-decorator]
def ctfpy_on_tick(context: Any, offset: int) -> int:
    ticker: Ticker = ffi.from_handle(context)
    return ticker.tick(offset)
