"""How Python's values become the library's, and what it writes becomes Python's."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ctfilter._native import ffi, lib
from ctfilter.errors import check, encode, wrong_type

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
    if isinstance(event, bytes):
        return event
    if isinstance(event, memoryview) and not event.contiguous:
        return bytes(event)
    if isinstance(event, (bytearray, memoryview)):
        return ffi.from_buffer(event)
    if isinstance(event, Mapping):
        return encode(json.dumps(dict(event), ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    raise wrong_type(argument, "str, bytes, a buffer or a mapping", event)


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
