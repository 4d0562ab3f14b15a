"""Reads the project's case files (tests/cases/README.md tells their form)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Want:
    place: str
    field: bool
    position: int
    name: str
    type: str
    text: bytes


@dataclass
class Message:
    place: str
    match: bool
    text: bytes
    wants: list[Want] = field(default_factory=list)


@dataclass
class Case:
    """A pattern, and its messages or its refusal."""

    place: str
    pattern: bytes
    messages: list[Message] = field(default_factory=list)
    refused: bool = False
    kind: str = ""
    offset: int | None = None
    service: bytes = b""


def unescape(text: bytes) -> bytes:
    """``~HH`` is a byte, ``~<N>`` repeats what is behind it."""

    def one(found: re.Match[bytes]) -> bytes:
        char = found[2] if found[2] is not None else bytes([int(found[3], 16)])
        return char * int(found[1] or b"1")

    return re.sub(rb"(?:~<(\d+)>)?(?:([\xc2-\xf4][\x80-\xbf]+|[^~])|~([0-9A-Fa-f]{2}))", one, text, flags=re.S)


def words(line: bytes, n: int) -> list[bytes]:
    """n words and the rest, which may be empty."""
    found = []
    for _ in range(n):
        word, _, line = line.lstrip(b" ").partition(b" ")
        found.append(word)
    return [*found, line]


def read(path: Path) -> Iterator[Case]:
    case: Case | None = None
    defined: dict[bytes, bytes] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        place = f"{path.name}:{number}"
        if not line or line.startswith(b"#"):
            continue
        word, rest = words(line, 1)
        mode, key = word[-1:], word.rstrip(b"~@").decode()
        text_of = unescape if mode == b"~" else bytes
        if key == "message":
            name, text = words(rest, 1)
            defined[name] = text_of(text)
            continue
        if key == "pattern":
            if case is not None:
                yield case
            case = Case(place, text_of(rest))
            continue
        assert case is not None, place
        if key in ("yes", "no"):
            _, text = words(rest, 1)
            message = defined[words(text, 1)[0]] if mode == b"@" else text_of(text)
            case.messages.append(Message(place, key == "yes", message))
        elif key == "refused":
            _, kind, offset, _ = words(rest, 3)
            case.refused, case.kind = True, kind.decode()
            case.offset = int(offset) if offset else None
        elif key == "service":
            case.service = text_of(rest)
        elif key == "field":
            position, name, text = words(rest, 2)
            case.messages[-1].wants.append(Want(place, True, int(position), name.decode(), "", text_of(text)))
        elif key == "value":
            name, kind, text = words(rest, 2)
            case.messages[-1].wants.append(Want(place, False, 0, name.decode(), kind.decode(), text_of(text)))
        else:
            raise ValueError(f"{place}: {key}")
    if case is not None:
        yield case
