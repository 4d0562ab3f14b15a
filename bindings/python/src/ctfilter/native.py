"""How Python's values become the library's, and what it writes becomes Python's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ctfilter._native import ffi, lib
from ctfilter.arguments import wrong_type
from ctfilter.errors import check, encode

__all__ = ["COLLECT", "Texts", "collect", "message_bytes"]


class Texts:
    """Strings as ``ctf_text``; keeps what they point to."""

    def __init__(self) -> None:
        self._kept: list[Any] = []

    def view(self, text: str) -> tuple[Any, int]:
        data = encode(text)
        self._kept.append(data)
        pointer = ffi.from_buffer(data)
        self._kept.append(pointer)
        return pointer, len(data)

    def array(self, type_name: str, items: list[Any]) -> Any:
        array = ffi.new(type_name, items) if items else ffi.NULL
        self._kept.append(array)
        return array


def message_bytes(event: Any, argument: str = "event") -> Any:
    """A message as something that C can read: bytes, or a view of a buffer."""
    if isinstance(event, str):
        return encode(event)
    if type(event) is bytes:
        return event
    if isinstance(event, memoryview) and not event.c_contiguous:
        return bytes(event)
    if isinstance(event, (bytes, bytearray, memoryview)):
        return ffi.from_buffer(event)  # its length is true, as that of a subclass of bytes need not be
    if isinstance(event, Mapping):
        return encode(_compact(event, argument))
    raise wrong_type(argument, "str, bytes, bytearray, memoryview or a mapping", event)


def _compact(event: Mapping[str, Any], argument: str) -> str:
    try:
        return json.dumps(event, default=_plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    except TypeError as error:
        raise TypeError(f"{argument} must be what JSON can express: {error}") from None
    except ValueError as error:
        raise ValueError(f"{argument} must be what JSON can express: {error}") from None


def _plain(value: object) -> dict[Any, Any]:
    """A mapping of any kind as the one that the ``json`` module knows."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{type(value).__name__} is no type of JSON's")
    return dict(value)


COLLECT = ffi.addressof(lib, "ctfpy_collect")


def collect(write: Callable[[Any], int]) -> bytes:
    """What a function writes to a context for ``COLLECT``."""
    out = ffi.new("ctfpy_bytes *")
    try:
        status = write(out)
        if status == lib.CTF_E_STOPPED:
            raise MemoryError
        check(status)
        return bytes(ffi.buffer(out.data, out.length)) if out.length else b""
    finally:
        lib.ctfpy_bytes_free(out)
