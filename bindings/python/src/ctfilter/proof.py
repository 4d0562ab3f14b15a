"""What holds of patterns over all messages there could be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_text
from ctfilter.errors import ask, decode, place_in, text_of
from ctfilter.filter import pattern_error
from ctfilter.native import Texts

__all__ = ["Miss", "Proof", "Sample", "equiv", "implies", "sample"]

Answer = Literal["yes", "no", "undecided"]


@dataclass(frozen=True)
class _Answered:
    """An answer. True for yes, False for no; a ``ValueError`` where it is undecided, for then it is neither.

    Attributes:
        answer: ``yes``, proved from the rules of the language; ``no``; or ``undecided``, where neither was found in bounds.
        why: why it is undecided, else ``""``.
    """

    answer: Answer
    why: str

    def __bool__(self) -> bool:
        if self.answer == "undecided":
            raise ValueError(f"undecided: {self.why}")
        return self.answer == "yes"


@dataclass(frozen=True)
class Proof(_Answered):
    """Whether one pattern implies another, or both are equal. ``str()`` is for people.

    Attributes:
        answer, why: True for yes, False for no, a ``ValueError`` where it is ``undecided``; ``why`` says then why.
        message: where the answer is no: a message, confirmed by the matcher, that one of the patterns matches and the other
            does not; else ``None``.
        matching: which one matches it, 0 or 1; ``None`` without a message.
    """

    message: str | None
    matching: int | None

    def __str__(self) -> str:
        if self.matching is None:
            return f"undecided: {self.why}" if self.answer == "undecided" else self.answer
        one, other = ("first", "second") if self.matching == 0 else ("second", "first")
        return f"{self.answer}: the {one} matches this message, the {other} does not\n{self.message}"


@dataclass(frozen=True)
class Miss:
    """A message that does not match for the sake of one test; as many of the others as can be are as they are in the
    message that matches.

    Attributes:
        test: as it stands in the pattern.
        offset, length: where (``str`` indices).
        message: confirmed by the matcher.
    """

    test: str
    offset: int
    length: int
    message: str


@dataclass(frozen=True)
class Sample(_Answered):
    """A message that a pattern matches, or that there is none. ``str()`` is the message.

    Attributes:
        answer, why: True for yes, False where no message can match, a ``ValueError`` where it is ``undecided``; ``why`` says
            then why.
        message: one that matches, confirmed by the matcher; ``None`` where the answer is another than yes.
        misses: messages that just fail to match, one a test where there is one.
    """

    message: str | None
    misses: tuple[Miss, ...]

    def __str__(self) -> str:
        if self.message is not None:
            return self.message
        return f"undecided: {self.why}" if self.answer == "undecided" else "no message can match"


def implies(first: str, second: str) -> Proof:
    """Does every message that matches the first pattern match the second?

    Raises:
        PatternError: a pattern is refused; ``index`` tells which, 0 or 1.
    """
    return _compare(lib.ctf_prove_implies, first, second)


def equiv(first: str, second: str) -> Proof:
    """Do both patterns match the same messages?

    Raises:
        PatternError: a pattern is refused; ``index`` tells which, 0 or 1.
    """
    return _compare(lib.ctf_prove_equal, first, second)


def sample(pattern: str) -> Sample:
    """A message that the pattern matches, and messages that it just does not match.

    Raises:
        PatternError: the pattern is refused.
    """
    native = _proof(lib.ctf_prove_matches, {"pattern": pattern})
    info = ask("ctf_proof_info *", lib.ctf_proof_describe, native)
    misses = tuple(_miss(native, pattern, i) for i in range(info.n_misses))
    return Sample(*_answer(info), text_of(info.message) if info.confirmed else None, misses)


def _compare(function: Callable[..., int], first: str, second: str) -> Proof:
    native = _proof(function, {"first": first, "second": second})
    info = ask("ctf_proof_info *", lib.ctf_proof_describe, native)
    found = (text_of(info.message), int(info.matching)) if info.confirmed else (None, None)
    return Proof(*_answer(info), *found)


def _proof(function: Callable[..., int], patterns: dict[str, str]) -> Any:
    for argument, pattern in patterns.items():
        as_text(pattern, argument)
    texts, error, out = Texts(), ffi.new("ctf_error *"), ffi.new("ctf_proof **")
    status = function(*map(texts.view, patterns.values()), ffi.NULL, out, error)
    if status != lib.CTF_OK:
        raise pattern_error(status, error, [("", pattern) for pattern in patterns.values()], [()] * len(patterns))
    return ffi.gc(out[0], lib.ctf_proof_free)


def _answer(info: Any) -> tuple[Answer, str]:
    return cast(Answer, decode(ffi.string(lib.ctf_answer_name(info.answer)))), text_of(info.why)


def _miss(native: Any, pattern: str, index: int) -> Miss:
    miss = ask("ctf_miss *", lib.ctf_proof_miss, native, index)
    return Miss(text_of(miss.test), *place_in(pattern, miss), text_of(miss.message))
