"""Why a pattern does or does not match a message, as text: what was seen where the pattern looks."""

from __future__ import annotations

import re
from typing import Any

from ctfilter.errors import PatternError, decode
from ctfilter.filter import Event, Filter, Value, compile, message_bytes
from ctfilter._native import ffi

__all__ = ["explain"]

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|%[^%]*%')
_SELECTOR = re.compile(r"\$(?:\.(?:[\w*-]+|\['[^']*'\])|\[(?:\d+|\*)\])+")
_TERM = re.compile(r'([-?]?)\s*("(?:[^"\\]|\\.)*"|[\w.]+)')
# Every JSON object matches: it would have to hold this key not to.
_ANY_OBJECT = "{ $.['no such key, 7f3a61'] NOT EXISTS }"


def explain(pattern: str, event: Event) -> str:
    """Tells whether a pattern matches, and what it saw: the values at its selectors, which of its terms are there, or
    how the message was split into fields.

    Args:
        pattern: one pattern.
        event: the message, as for :meth:`Filter.match`.

    Returns:
        Lines for people. For a pattern that is refused, the place with a caret.
    """
    try:
        filter = compile(pattern)
    except PatternError as error:
        return str(error)
    verdict = "matches" if filter.match(event) else "does not match"
    return "\n".join([f"the pattern {verdict}: {pattern}", *_seen(filter, pattern, event), f"  message: {_short(event)}"])


def _seen(filter: Filter, pattern: str, event: Event) -> list[str]:
    if filter.kinds[0] == "json":
        return _values(pattern, event)
    if filter.kinds[0] == "text":
        return _terms(pattern, event)
    if filter.kinds[0] == "fields":
        fields = compile("[]").match(event).fields()
        return [f"  field {key[1:]}: {_quote(text)}" for key, text in fields.items()] or ["  the message has no fields"]
    return []


def _values(pattern: str, event: Event) -> list[str]:
    # A quoted key of a selector is no value.
    bare = _QUOTED.sub(lambda found: " " * len(found[0]), pattern)
    selectors = list(dict.fromkeys(_SELECTOR.findall(bare)))
    single = [selector for selector in selectors if "*" not in re.sub(r"\['[^']*'\]", "", selector)]
    hits = compile(_ANY_OBJECT, extract=single).match(event)
    if not hits:
        return ["  the message is not one well-formed JSON object (spec: filter-patterns 5.2)"]
    return [f"  {s}: {_tell(hits.values[s]) if s in single else 'several values'}" for s in selectors]


def _terms(pattern: str, event: Event) -> list[str]:
    lines = []
    for sign, term in _TERM.findall(pattern):
        there = "there" if compile(term).match(event) else "not there"
        lines.append(f"  {sign}{term}: {there}")
    return lines


def _tell(value: Value) -> str:
    if value.type == "string":
        return f"string {_quote(value.text)}"
    return f"{value.type} {value.text}".rstrip()


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _short(event: Any) -> str:
    data = message_bytes(event)
    text = decode(data if isinstance(data, bytes) else bytes(ffi.buffer(data)))
    return text if len(text) <= 400 else f"{text[:400]}... ({len(text)} characters)"
