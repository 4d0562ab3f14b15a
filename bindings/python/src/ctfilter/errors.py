"""What can go wrong, and where: every error of the library as an exception that points into the caller's text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ctfilter._native import ffi, lib

__all__ = ["DocumentError", "Error", "PatternError", "ProgramError", "RuleError", "StatisticError", "ValidationError"]


class Error(ValueError):
    """The common parent. ``str()`` is for people; the attributes are for programs.

    Attributes:
        message: what is wrong, in the words of the person who wrote the text.
        kind: a short word: ``lexical``, ``grammar``, ``unbalanced``, ``regex``, ``limit``, ``duplicate``, ``variables``,
            ``selector``, ``program``, ``document``, ``argument``, ``statistic``, ``validation`` or ``rule``.
        service: the service's own text, ``""`` where it is not known (spec: filter-patterns 2).
    """

    def __init__(self, message: str, kind: str = "argument", service: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.service = service

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[Error], args: tuple[Any, ...], state: dict[str, Any]) -> Error:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class _Pointing(Error):
    """An error with a place in a text.

    Attributes:
        offset, length: the place, counted in characters of the text (``str`` indices); length may be 0 at its end.
    """

    what = "text"

    def __init__(self, text: str, offset: int, length: int, message: str, kind: str, service: str) -> None:
        super().__init__(message, kind, service)
        self.text = text
        self.offset = offset
        self.length = length

    def __str__(self) -> str:
        text = pointed(self.what, self.text, self.offset, self.length, self.message)
        return f"{text}\n  the service says: {self.service}" if self.service else text


class PatternError(_Pointing):
    """A pattern, or a selector to extract, is refused (spec: filter-patterns 2 to 6).

    Attributes:
        pattern: the text that ``offset`` and ``length`` point into: the pattern, or the selector for kind ``selector``.
        index: which of the patterns it was, from 0.
        name: that pattern's name, ``""`` where it has none.
    """

    what = "pattern"

    def __init__(
        self,
        pattern: str,
        offset: int,
        length: int,
        message: str,
        kind: str,
        service: str = "",
        index: int = 0,
        name: str = "",
    ) -> None:
        super().__init__(pattern, offset, length, message, kind, service)
        self.index = index
        self.name = name
        self.what = "selector" if kind == "selector" else name or "pattern"

    @property
    def pattern(self) -> str:
        return self.text


class RuleError(_Pointing):
    """A composite alarm's rule is refused (spec: metrics-alarms 8.4).

    Attributes:
        rule: the rule that ``offset`` and ``length`` point into.
    """

    what = "rule"

    @property
    def rule(self) -> str:
        return self.text


class StatisticError(_Pointing):
    """A name is no statistic that CloudWatch has (spec: metrics-alarms 3.1).

    Attributes:
        statistic: the name that ``offset`` and ``length`` point into.
    """

    what = "statistic"

    @property
    def statistic(self) -> str:
        return self.text


class ValidationError(Error):
    """Settings of a metric filter or an alarm that the service refuses (spec: metrics-alarms 1.1, 7).

    Attributes:
        index: which of several metric filters it was, from 0.
    """

    def __init__(self, message: str, kind: str = "validation", service: str = "", index: int = 0) -> None:
        super().__init__(f"{message} (the service says: {service})" if service else message, kind, service)
        self.message = message
        self.index = index


class ProgramError(Error):
    """Bytes that are no program or no series of this format.

    Attributes:
        offset: the byte that the check stopped at.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message, "program")
        self.offset = offset


class DocumentError(Error):
    """A document is not framed as the caller said, a message is longer than allowed, or an Arrow array is broken.

    Attributes:
        offset: the byte of the document, or the row of the column, where it was noticed.
    """

    def __init__(self, message: str, offset: int, kind: str = "document") -> None:
        super().__init__(message, kind)
        self.offset = offset


def pointed(what: str, text: str, offset: int, length: int, words: str) -> str:
    """Words about a place in a text, the line it is in, and a caret under it."""
    error = ffi.new("ctf_error *")
    error.offset, error.length = len(encode(text[:offset])), len(encode(text[offset : offset + length]))
    error.kind = lib.CTF_ERROR_GRAMMAR  # any kind that points into a text
    data, name = encode(text), encode(what)
    size = lib.ctf_error_render(error, (ffi.from_buffer(data), len(data)), name, ffi.NULL, 0)
    shown = ffi.new("char[]", size + 1)
    lib.ctf_error_render(error, (ffi.from_buffer(data), len(data)), name, shown, size + 1)
    place, _, line = decode(bytes(ffi.buffer(shown, size))).partition("\n")
    return printable(f"{place.rstrip()} {words}\n{line}".rstrip("\n"))


def printable(text: str) -> str:
    """For people and for Arrow: a lone surrogate, which is no character, as a question mark."""
    return text.encode("utf-8", "replace").decode()


def encode(text: str) -> bytes:
    """UTF-8; a lone surrogate becomes three bytes that are no UTF-8, as they are in no JSON."""
    try:
        return str.encode(text)  # a subclass of str may have an encode of its own
    except UnicodeEncodeError:
        return str.encode(text, "utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """UTF-8; other bytes become lone surrogates (``surrogateescape``), so that nothing is lost."""
    return data.decode("utf-8", "surrogateescape")


def text_of(view: Any) -> str:
    """A ``ctf_text`` as a string."""
    return decode(bytes_of(view))


def bytes_of(view: Any) -> bytes:
    """A ``ctf_text`` as bytes."""
    return bytes(ffi.buffer(view.data, view.length)) if view.length else b""


def place_in(text: str, pointing: Any) -> tuple[int, int]:
    """Where an error, or anything else with an ``offset`` and a ``length``, points."""
    return span_in(text, pointing.offset, pointing.length)


def span_in(text: str, offset: int, length: int) -> tuple[int, int]:
    """A place in characters: the library counts bytes."""
    data = encode(text)

    def characters(n: int) -> int:
        return sum(byte & 0xC0 != 0x80 for byte in data[:n])

    start = characters(offset)
    return start, characters(offset + length) - start


def message_of(error: Any) -> str:
    return decode(ffi.string(error.message))


def service_of(error: Any) -> str:
    return decode(ffi.string(error.service))


def kind_of(error: Any) -> str:
    return decode(ffi.string(lib.ctf_error_kind_name(error.kind)))


def plain_error(status: int) -> Exception:
    """What a status means when there is nothing more to say."""
    if status == lib.CTF_E_NOMEM:
        return MemoryError()
    name = decode(ffi.string(lib.ctf_status_name(status)))
    return RuntimeError(name) if status == lib.CTF_E_BUSY else Error(name)


def check(status: int) -> None:
    """Raises for everything but ``CTF_OK``."""
    if status != lib.CTF_OK:
        raise plain_error(status)


def ask(kind: str, function: Callable[..., int], *arguments: Any) -> Any:
    """What a function writes through its last pointer, which points to a ``kind``."""
    out = ffi.new(kind)
    check(function(*arguments, out))
    return out
