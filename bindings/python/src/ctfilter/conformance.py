"""Puts test vectors to an engine, this package's own or anybody's, and scores its answers.

A vector is a request together with what is expected of it: ``match`` or ``error`` for patterns, ``expected...`` for
the other kinds; ``source``, ``confidence`` and ``note`` are remarks. ``python -m ctfilter conform FILE...`` scores this package.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Union

from ctfilter.arguments import as_items, wrong_type
from ctfilter.engine import answer, is_number
from ctfilter.progress import Meter, Progress

__all__ = ["Difference", "Score", "conform"]

Vector = Mapping[str, Any]
Vectors = Union[str, "os.PathLike[str]", Iterable[Vector]]
_REMARKS = ("source", "confidence", "note")
_TROUBLES = ("disagreement", "memory", "argument", "program", "document")


@dataclass(frozen=True)
class Difference:
    """A vector, and an answer that is not what it expects."""

    vector: Vector
    answer: Mapping[str, Any]


@dataclass(frozen=True)
class Score:
    """How an engine did.

    Attributes:
        agree: answers that are what was expected.
        differences: those that are not.
        unscored: vectors that say nothing that can be compared, or that the engine takes for no request.
        kinds: for each kind of vector, how many agree and how many there are.
    """

    agree: int = 0
    differences: tuple[Difference, ...] = ()
    unscored: tuple[Difference, ...] = ()
    kinds: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """True when all agree, and there are some."""
        return self.agree > 0 and not self.differences and not self.unscored


def conform(
    vectors: Vectors, engine: Callable[[dict[str, Any]], Mapping[str, Any]] | None = None, *, progress: Progress = None
) -> Score:
    """Scores an engine.

    Args:
        vectors: a file of JSON lines, or the vectors themselves.
        engine: a function from a request to an answer; ``None``: :func:`ctfilter.engine.answer`.
        progress: told how many vectors are done.

    Raises:
        ValueError: a line of the file is no JSON object.
    """
    if engine is not None and not callable(engine):
        raise wrong_type("engine", "a function or None", engine)
    every = list(_read(vectors))
    found: dict[str, list[Difference]] = {}
    kinds: dict[str, tuple[int, int]] = {}
    with Meter(progress, len(every), "vector") as meter:
        for vector in every:
            got = (engine or answer)(request_of(vector))
            verdict = compare(vector, got)
            found.setdefault({True: "agree", False: "differs", None: "unscored"}[verdict], []).append(Difference(vector, got))
            agree, count = kinds.get(_kind_of(vector), (0, 0))
            kinds[_kind_of(vector)] = agree + (verdict is True), count + 1
            meter.add(1)
    agree = len(found.get("agree", ()))
    return Score(agree, tuple(found.get("differs", ())), tuple(found.get("unscored", ())), kinds)


def _read(vectors: Vectors) -> Iterator[Vector]:
    if not isinstance(vectors, (str, os.PathLike)):
        for vector in as_items(vectors, "vectors", "a path or mappings"):
            if not isinstance(vector, Mapping):
                raise wrong_type("vectors", "a path or mappings", vector)
            yield vector
        return
    with open(vectors, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _vector(line, f"{os.fspath(vectors)}:{number}")


def _vector(line: str, place: str) -> Vector:
    try:
        vector = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{place}: {error}") from None
    if not isinstance(vector, dict):
        raise ValueError(f"{place}: a vector is an object")
    return vector


def _expects(name: str) -> bool:
    return name.startswith("expected") or name in ("match", "error", "error_contains", "must_not_be")


def request_of(vector: Vector) -> dict[str, Any]:
    """What is put to an engine: a vector without what is expected of it."""
    composite = vector.get("kind") == "composite"
    request = {n: v for n, v in vector.items() if not _expects(n) and n not in _REMARKS and (n != "rule" or composite)}
    if isinstance(request.get("steps"), list):
        request["steps"] = [_without_expected(step) for step in request["steps"]]
    return request


def _without_expected(step: Any) -> Any:
    return {n: v for n, v in step.items() if not _expects(n)} if isinstance(step, Mapping) else step


def _kind_of(vector: Vector) -> str:
    kind = vector.get("kind")
    return "filter" if kind is None else str(kind)


# ---- comparing ----


def compare(vector: Vector, got: Mapping[str, Any]) -> bool | None:
    """Is the answer what the vector expects? ``None`` where nothing can be said."""
    if not isinstance(got, Mapping):
        return False
    error = got.get("error")
    if isinstance(error, Mapping) and error.get("kind") == "request":
        return None
    expected = vector.get("expected_error") is True or vector.get("error") is True
    if expected or error is not None:
        return expected and isinstance(error, Mapping) and _is_refusal(error, vector.get("error_contains"))
    compare_kind = _COMPARE.get(_kind_of(vector))
    return compare_kind(vector, got) if compare_kind is not None else None


def _is_refusal(error: Mapping[str, Any], words: Any) -> bool:
    """It says something about the request, and not about the engine's own trouble."""
    texts = (error.get("message", ""), error.get("service", ""))
    return error.get("kind") not in _TROUBLES and (not isinstance(words, str) or any(words in str(text) for text in texts))


def _same(expected: Any, got: Any) -> bool:
    """Equal scalars of the same type, or lists of such; 5 and 5.0 are one number."""
    if isinstance(expected, list):
        return isinstance(got, list) and len(expected) == len(got) and all(map(_same, expected, got))
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    return bool(expected == got) and not isinstance(expected, dict)


def _holds(expected: Any, got: Any) -> bool:
    """Every member that is expected is there and the same; an engine may tell more."""
    if not isinstance(expected, dict) or not isinstance(got, dict):
        return False
    same = (got.get(n) == v if isinstance(v, dict) else n in got and _same(v, got[n]) for n, v in expected.items())
    return all(same)


def _in_order(expected: Any, got: Any) -> bool:
    return isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got) and all(map(_holds, expected, got))


def _as_set(expected: Any, got: Any) -> bool:
    if not isinstance(expected, (list, tuple)) or not isinstance(got, list) or len(expected) != len(got):
        return False
    left = list(got)
    for one in expected:
        at = next((i for i, other in enumerate(left) if _holds(one, other)), None)
        if at is None:
            return False
        del left[at]
    return True


def _filter(vector: Vector, got: Mapping[str, Any]) -> bool | None:
    return got.get("match") is vector["match"] if isinstance(vector.get("match"), bool) else None


def _stat(vector: Vector, got: Mapping[str, Any]) -> bool | None:
    expected, value, tolerance = vector.get("expected"), got.get("value"), vector.get("tolerance", 0)
    if expected is None:
        return value is None and got.get("null") == vector.get("expected_null")
    if not is_number(expected) or not is_number(tolerance):
        return None
    return is_number(value) and abs(expected - value) <= tolerance * abs(expected)


def _states(vector: Vector, got: Mapping[str, Any]) -> bool | None:
    steps = vector.get("steps")
    if not isinstance(steps, list) or not all(isinstance(step, Mapping) for step in steps):
        return None
    return _same([step.get("expected_state") for step in steps], got.get("states"))


def _lowsample(vector: Vector, got: Mapping[str, Any]) -> bool:
    if "expected_low" in vector:
        return _same(vector["expected_low"], got.get("low"))
    return _same(vector.get("expected_state"), got.get("state"))


def _metric(vector: Vector, got: Mapping[str, Any]) -> bool:
    periods = vector.get("expected_period")
    return _as_set(vector.get("expected", ()), got.get("datapoints")) and (periods is None or _as_set(periods, got.get("periods")))


def _replay(vector: Vector, got: Mapping[str, Any]) -> bool | None:
    wanted = [name for name in ("datapoints", "transitions") if f"expected_{name}" in vector]
    return all(_in_order(vector[f"expected_{name}"], got.get(name)) for name in wanted) if wanted else None


def _member(expected: str, name: str) -> Callable[[Vector, Mapping[str, Any]], bool]:
    return lambda vector, got: name in got and _same(vector.get(expected), got[name])


_COMPARE: dict[str, Callable[[Vector, Mapping[str, Any]], bool | None]] = {
    "alarm": _member("expected_state", "state"),
    "alarm_seq": _states,
    "composite": _member("expected_state", "state"),
    "filter": _filter,
    "lowsample": _lowsample,
    "metric": _metric,
    "range": _member("expected_slots", "slots"),
    "reason": _member("expected_reason", "reason"),
    "replay": _replay,
    "stat": _stat,
    "suppressor": lambda vector, got: _in_order(vector.get("expected_actions"), got.get("actions")),
    "validation": lambda vector, got: vector.get("expected_error") is False and got.get("accepted") is True,
    "window": _member("expected_starts_newest_first", "starts_newest_first"),
}


def main(paths: list[str]) -> int:
    """Scores this package by files of vectors; prints what differs, and a table. 2: a file cannot be read."""
    if not paths:
        print("usage: python -m ctfilter conform FILE...", file=sys.stderr)
        return 2
    try:
        score = conform(vector for path in paths for vector in _read(path))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    for name, rows in (("differs", score.differences), ("unscored", score.unscored)):
        for row in rows:
            print(name, row.vector.get("id", "-"), json.dumps(row.answer))
    for kind, (agree, count) in sorted(score.kinds.items()):
        print(f"{kind:<12} {agree:>6} of {count}")
    return 0 if score else 1
