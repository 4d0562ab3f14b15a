"""Times: milliseconds since 1970-01-01T00:00:00Z, as the service counts them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Union

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_whole, wrong_type
from ctfilter.errors import encode

__all__ = ["Time", "milliseconds", "to_datetime"]

#: A time as an argument: milliseconds, a ``datetime`` with a time zone, or RFC 3339 text (``2024-01-15T10:00:00Z``).
Time = Union[int, str, datetime]

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def milliseconds(time: Time, argument: str = "time") -> int:
    """A time as milliseconds since 1970-01-01T00:00:00Z; what is finer is cut.

    Raises:
        ValueError: text that is no time, a ``datetime`` without a time zone, or a number beyond 64 bits.
    """
    if isinstance(time, datetime):
        if time.tzinfo is None or time.utcoffset() is None:
            raise ValueError(f"{argument} must have a time zone")
        return (time - _EPOCH) // timedelta(milliseconds=1)
    if isinstance(time, str):
        data, out = encode(time), ffi.new("int64_t *")
        if not lib.ctfpy_time_read(data, len(data), out):
            raise ValueError(f"{argument} must be like 2024-01-15T10:00:00Z, not {time!r}")
        return int(out[0])
    if not isinstance(time, int) or isinstance(time, bool):
        raise wrong_type(argument, "milliseconds, a datetime or text", time)
    return as_whole(time, argument, -(1 << 63), (1 << 63) - 1)


def to_datetime(time: int) -> datetime:
    """Milliseconds since 1970-01-01T00:00:00Z as a ``datetime`` in UTC (years 1 to 9999)."""
    return _EPOCH + timedelta(milliseconds=time)


def to_text(time: int) -> str:
    """``2024-01-15T10:00:00Z``, with milliseconds where there are any."""
    at = to_datetime(time)
    return at.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0") + (f".{time % 1000:03d}Z" if time % 1000 else "Z")
