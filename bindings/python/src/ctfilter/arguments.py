"""What callers pass, checked: a ``TypeError`` names the argument, and so does the ``ValueError`` of a number out of bounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["as_flag", "as_items", "as_number", "as_text", "as_whole", "json_number", "wrong_type"]


def wrong_type(argument: str, expected: str, value: object) -> TypeError:
    """A ``TypeError`` that names the argument."""
    return TypeError(f"{argument} must be {expected}, not {type(value).__name__}")


def as_text(value: object, argument: str) -> str:
    if not isinstance(value, str):
        raise wrong_type(argument, "str", value)
    return value


def as_flag(value: object, argument: str) -> bool:
    if not isinstance(value, bool):
        raise wrong_type(argument, "a bool", value)
    return value


def as_whole(value: object, argument: str, least: int, most: int) -> int:
    """A whole number from least to most."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong_type(argument, "an int", value)
    if not least <= value <= most:
        raise ValueError(f"{argument} must be from {least} to {most}")
    return value


def json_number(value: Any) -> Any:
    """A value from JSON, which has one type of number: 2.0 is as whole as 2."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def as_number(value: object, argument: str) -> float:
    """A number that a double can hold, rounded to it."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise wrong_type(argument, "a number", value)
    try:
        return float(value)
    except OverflowError:
        raise ValueError(f"{argument} is out of bounds") from None


def as_items(value: Any, argument: str, expected: str) -> tuple[Any, ...]:
    """What an iterable other than a text gives."""
    if isinstance(value, (str, bytes, bytearray, memoryview)) or not isinstance(value, Iterable):
        raise wrong_type(argument, expected, value)
    return tuple(value)
