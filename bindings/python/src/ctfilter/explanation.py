"""Why a message matches a pattern, or does not; and what a pattern asks, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_text
from ctfilter.errors import ask, decode, place_in, printable, text_of
from ctfilter.filter import KINDS, Event, pattern_error
from ctfilter.hits import TYPES
from ctfilter.native import Texts, message_bytes

__all__ = ["Clause", "Explanation", "Hint", "Seen", "explain"]

OUTCOMES = ("", "true", "false", "absent", "type", "ignored")
CLAUSES = ("all", "any", "test")
OPERATIONS = ("contains", "compare", "order", "null", "boolean", "absence")
_MOST_SEEN = 8  # values of a test that are printed
_LONGEST = 400  # characters of a message that are printed


@dataclass(frozen=True)
class Seen:
    """A value that a test looked at.

    Attributes:
        type: as of :class:`ctfilter.Value`; ``string`` for fields and terms.
        text: a string's characters; of other types how the message spells it.
        path: where it is in a JSON message, ``$.a[2].b``; else ``""``.
    """

    type: str
    text: str
    path: str

    def __str__(self) -> str:
        shown = '"' + self.text.replace("\\", "\\\\").replace('"', '\\"') + '"' if self.type == "string" else self.text
        return f"{self.path} is {shown}" if self.path else f"saw {shown}"


@dataclass(frozen=True)
class Clause:
    """One test, or tests joined.

    Attributes:
        type: ``test``; ``all`` for tests joined by ``&&``, ``any`` by ``||``.
        depth: 0 for the whole condition.
        offset, length: where it stands in the pattern (``str`` indices).
        text: of a test, as it stands there.
        words: what it asks, as a sentence.
        operation: what kind of question a test is: ``contains``, ``compare``, ``order``, ``null``, ``boolean`` or ``absence``.
        subject: its selector, or its field's name; ``""`` for terms.
        outcome: ``true``; ``false``, by the value that is there; ``absent``, false because nothing is there; ``type``, false
            because of the type of what is there; ``ignored``, an optional term beside others; ``""``: not asked.
        decisive: it is among the smallest set of tests that settles the verdict.
        seen: the values that it looked at.
    """

    type: str
    depth: int
    offset: int
    length: int
    text: str
    words: str
    operation: str
    subject: str
    outcome: str
    decisive: bool
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class Hint:
    """Where a message meets what people stumble over.

    Attributes:
        id: stable: ``absent-inequality`` and so on.
        words: sentences.
        instead: what to write in the pattern's place, ``""`` where there is no proposal.
        offset, length: that place (``str`` indices).
        pattern_matches: the pattern written so matches the message.
    """

    id: str
    words: str
    instead: str
    offset: int
    length: int
    pattern_matches: bool


@dataclass(frozen=True)
class Explanation:
    """What became of a pattern and a message. ``str()`` is for people.

    Attributes:
        pattern: the pattern.
        kind: ``all``, ``text``, ``regex``, ``fields`` or ``json``.
        matches: ``None`` without a message.
        words: what messages must be for the tests to be asked.
        reads: a pattern that matches just such messages.
        fault: why they were not asked; ``""`` where they were.
        clauses: in the order of the text, joined ones behind what joins them.
        hints: what may help.
        tokens: how a space-delimited pattern splits the message: names (``""``: none) and texts.
        message: the message as text.
    """

    pattern: str
    kind: str
    matches: bool | None
    words: str
    reads: str
    fault: str
    clauses: tuple[Clause, ...]
    hints: tuple[Hint, ...]
    tokens: tuple[tuple[str, str], ...]
    message: str | None

    def __str__(self) -> str:
        verdict = {True: "the pattern matches", False: "the pattern does not match", None: "the pattern"}[self.matches]
        lines = [f"{verdict}: {self.pattern}"]
        lines += [f"  {self.fault}"] if self.fault else []
        lines += [line for clause in self.clauses for line in _told(clause)]
        lines += [f"  field {i}{f' ({name})' if name else ''}: {text}" for i, (name, text) in enumerate(self.tokens, 1)]
        lines += [f"  hint: {hint.words}{f' {hint.instead}' if hint.instead else ''}" for hint in self.hints]
        if self.message is not None:
            cut = self.message if len(self.message) <= _LONGEST else f"{self.message[:_LONGEST]}..."
            lines.append(f"  message: {cut}")
        return printable("\n".join(lines))


def _told(clause: Clause) -> list[str]:
    indent = "  " * (clause.depth + 1)
    if clause.type != "test":
        return [f"{indent}{clause.type} of{': ' + clause.outcome if clause.outcome else ''}"]
    if not clause.outcome:
        return [f"{indent}{clause.text}   ({clause.words})"]
    sign = {"true": "yes", "ignored": "-  "}.get(clause.outcome, "no ")
    seen = [str(one) for one in clause.seen[:_MOST_SEEN]] + ["..."] * (len(clause.seen) > _MOST_SEEN)
    why = seen or {"absent": ["nothing is there"]}.get(clause.outcome, [])
    return [f"{indent}{sign} {clause.text}{'   (' + '; '.join(why) + ')' if why else ''}"]


def explain(pattern: str, event: Event | None = None) -> Explanation:
    """Explains a pattern, on a message if there is one. The verdict is the matcher's own.

    Args:
        pattern: one pattern.
        event: the message, as for :meth:`Filter.match`; ``None``: what the pattern asks.

    Raises:
        PatternError: the pattern is refused.
    """
    as_text(pattern, "pattern")
    data = None if event is None else message_bytes(event)
    texts, error, out = Texts(), ffi.new("ctf_error *"), ffi.new("ctf_explanation **")
    view = ffi.from_buffer(data) if isinstance(data, bytes) else data
    message = ffi.NULL if data is None else ffi.new("ctf_text *", (view, len(data)))
    status = lib.ctf_explain(texts.view(pattern), message, ffi.NULL, out, error)
    if status != lib.CTF_OK:
        raise pattern_error(status, error, [("", pattern)], [()])
    return _read(ffi.gc(out[0], lib.ctf_explanation_free), pattern, data)


def _read(native: Any, pattern: str, data: Any) -> Explanation:
    info = ask("ctf_explanation_info *", lib.ctf_explanation_describe, native)
    return Explanation(
        pattern,
        KINDS[info.kind],
        bool(info.matches) if info.judged else None,
        text_of(info.words),
        text_of(info.reads),
        text_of(info.fault),
        tuple(_clause(native, pattern, i) for i in range(info.n_clauses)),
        tuple(_hint(native, pattern, i) for i in range(info.n_hints)),
        tuple(_token(native, i) for i in range(info.n_tokens)),
        None if data is None else decode(data if isinstance(data, bytes) else bytes(ffi.buffer(data))),
    )


def _clause(native: Any, pattern: str, index: int) -> Clause:
    clause = ask("ctf_clause *", lib.ctf_explanation_clause, native, index)
    seen = (ask("ctf_seen *", lib.ctf_explanation_seen, native, index, i) for i in range(clause.n_seen))
    return Clause(
        CLAUSES[clause.type],
        clause.depth,
        *place_in(pattern, clause),
        text_of(clause.text),
        text_of(clause.words),
        OPERATIONS[clause.operation] if CLAUSES[clause.type] == "test" else "",
        text_of(clause.subject),
        OUTCOMES[clause.outcome],
        bool(clause.decisive),
        tuple(Seen(TYPES[one.type], text_of(one.text), text_of(one.path)) for one in seen),
    )


def _hint(native: Any, pattern: str, index: int) -> Hint:
    hint = ask("ctf_hint *", lib.ctf_explanation_hint, native, index)
    words, instead = text_of(hint.words), text_of(hint.instead)
    return Hint(decode(ffi.string(hint.id)), words, instead, *place_in(pattern, hint), bool(hint.pattern_matches))


def _token(native: Any, index: int) -> tuple[str, str]:
    token = ask("ctf_split *", lib.ctf_explanation_token, native, index)
    return text_of(token.name), text_of(token.text)
