"""Buffers, files and archives of messages."""

from __future__ import annotations

import copy
import gc
import gzip
import io
import json
import mmap
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ctfilter
import ctfilter.scan

LOGIN = '{ $.eventName = "ConsoleLogin" }'


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Slices so small that every test crosses many of their borders."""
    monkeypatch.setattr(ctfilter.scan, "SLICE", 7)
    monkeypatch.setattr(ctfilter.scan, "BLOCK", 5)
    monkeypatch.setattr(ctfilter.scan, "MOST_HITS", 2)
    monkeypatch.setattr(ctfilter.scan, "SMALL", 16)
    monkeypatch.setattr(ctfilter.scan, "TICK", 4)
    yield


def places(filter: ctfilter.Filter, source: Any, **settings: Any) -> list[tuple[int, bytes, tuple[str, ...]]]:
    return [(hit.offset, bytes(hit.message), hit.names) for hit in filter.scan(source, **settings)]


def naive_lines(filter: ctfilter.Filter, data: bytes) -> list[tuple[int, bytes, tuple[str, ...]]]:
    found, at = [], 0
    for line in data.split(b"\n"):
        bare = line[:-1] if line.endswith(b"\r") and at + len(line) < len(data) else line
        skip = 3 if at == 0 and bare.startswith(b"\xef\xbb\xbf") else 0
        if bare[skip:] and (hits := filter.match(bare[skip:])):
            found.append((at + skip, bare[skip:], hits.names))
        at += len(line) + 1
    return found


LINES = [
    b"", b"\n", b"a", b"a\n", b"\na\n\n\nab\n", b"a\r\nb\r\n\r\nab\r\n", b"\xef\xbb\xbfa\nb\n", b"a\n\xef\xbb\xbfa\na\n",
    b"x" * 50 + b"a\n" + b"y" * 40, b"a\n" * 30, b"b" * 6 + b"\n" + b"\xef\xbb\xbfa\n" * 4, b"aaaaaaa\naaaaaaa\naaaaaaaa",
    b"x\n" * 20 + b"a",
]  # fmt: skip


@pytest.mark.parametrize("data", LINES)
def test_lines_are_those_that_stand_there(data: bytes, small: None) -> None:
    filter = ctfilter.compile({"a": "a", "b": "%b$%"})
    expected = naive_lines(filter, data)
    assert places(filter, data, framing="lines") == expected
    assert places(filter, io.BytesIO(data), framing="lines") == expected
    assert filter.count(data, framing="lines").messages == len(expected)


@pytest.mark.parametrize("data", LINES)
def test_lines_do_not_depend_on_the_size_of_slices(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    filter = ctfilter.compile("a")
    expected = places(filter, data, framing="lines")
    for size in range(1, 12):
        monkeypatch.setattr(ctfilter.scan, "SLICE", size)
        monkeypatch.setattr(ctfilter.scan, "BLOCK", size)
        assert places(filter, data, framing="lines") == expected
        assert places(filter, io.BytesIO(data), framing="lines") == expected


DOCUMENTS = [
    ("records", b'{"Records":[{"a":1},{"a":2},\n {"a":1}]}'),
    ("array", b'[{"a":1}, {"a":2}, {"a":1}]'),
    ("values", b'{"a":1}{"a":2}\n{"a":\n1}'),
    ("whole", b'{"a":1}'),
]


@pytest.mark.parametrize(("framing", "data"), DOCUMENTS)
def test_documents_are_cut_into_messages(framing: str, data: bytes, small: None) -> None:
    filter = ctfilter.compile("{ $.a = 1 }", extract=["$.a"])
    hits = list(filter.scan(data, framing=framing))  # type: ignore[arg-type]
    assert [json.loads(hit.text) for hit in hits] == [{"a": 1}] * (1 if framing == "whole" else 2)
    assert all(data[hit.offset :].startswith(bytes(hit.message)) for hit in hits)
    assert all(hit.values["$.a"].python() == 1 for hit in hits)
    assert places(filter, io.BytesIO(data), framing=framing) == places(filter, data, framing=framing)


def test_the_framing_of_a_delivery_file_is_recognised() -> None:
    filter = ctfilter.compile("{ $.a = 1 }")
    assert len(places(filter, b' {\n"Records" : [{"a":1},{"a":1}]}')) == 2
    assert len(places(filter, b'\xef\xbb\xbf{"Records":[{"a":1},{"a":1}]}')) == 2
    assert len(places(filter, b'{"a":1}\n{"a":1,"Records":[]}')) == 2
    assert len(places(filter, b'{"Events":[{"a":1}]}', member="Events")) == 1
    assert len(places(filter, b'{"Records":[{"a":1}]}', framing="lines")) == 0


def test_messages_are_views_and_keep_the_document(tmp_path: Path) -> None:
    data = bytearray(b"one a\ntwo\n")
    hit = next(iter(ctfilter.compile("a").scan(data)))
    data[0:3] = b"ONE"
    assert bytes(hit.message) == b"ONE a"
    hit.message.release()
    path = tmp_path / "log"
    path.write_bytes(b"a 1\nb\na 2\n")
    hits = list(ctfilter.compile("[x = a, y]").scan(path))
    path.unlink()
    assert [h.text for h in hits] == ["a 1", "a 2"] and hits[1].fields() == {"$x": "a", "$y": "2"}
    assert hits[0].source == str(path)


def test_an_archive_is_read_in_the_order_of_names(trail: Path) -> None:
    filter = ctfilter.compile({"login": LOGIN, "all": ""})
    hits = list(filter.scan(trail))
    assert len(hits) == 720 and sum("login" in hit for hit in hits) == 6
    assert [hit.source for hit in hits] == sorted(hit.source for hit in hits)
    assert filter.count(str(trail)) == ctfilter.Counts(720, {"login": 6, "all": 720})
    one = sorted(trail.rglob("*.gz"))[0]
    with gzip.open(one) as file:
        plain = file.read()
    expected = [(h.offset, h.text) for h in hits if h.source == str(one)]
    assert [(h.offset, h.text) for h in filter.scan(plain)] == expected
    with one.open("rb") as stored, gzip.open(stored) as unpacked:
        assert [(h.offset, h.text) for h in filter.scan(unpacked)] == expected


def test_progress_tells_bytes_as_they_are_stored(trail: Path, small: None) -> None:
    told: list[tuple[int, int | None]] = []
    ctfilter.compile("x").count(trail, progress=lambda *seen: told.append(seen))
    size = sum(path.stat().st_size for path in trail.rglob("*.gz"))
    assert told[-1] == (size, size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    told.clear()
    ctfilter.compile("x").count(b"line\n" * 20, progress=lambda *seen: told.append(seen))
    assert told[-1] == (100, 100)
    told.clear()
    ctfilter.compile("x").count(b"[" + b"1," * 50 + b"1]", framing="array", progress=lambda *seen: told.append(seen))
    assert told[-1] == (103, 103) and len(told) > 10


def test_tqdm_is_shown_when_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    ctfilter.compile("x").count(b"line\n" * 20, progress=True)
    assert "100%" in capsys.readouterr().err


def test_a_broken_file_is_told_and_passed_over(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_bytes(b'{"Records":[{"a":1}]}')
    (tmp_path / "2.json").write_bytes(b'{"Records":[{"a":1},')
    (tmp_path / "3.json.gz").write_bytes(gzip.compress(b'{"Records":[{"a":1}]}')[:-9])
    (tmp_path / "4.json.gz").write_bytes(b"\x1f\x8bnonsense")
    (tmp_path / "5.json").write_bytes(b"")
    (tmp_path / "6.json").write_bytes(b'{"Records":[{"a":1}]}')
    filter = ctfilter.compile("{ $.a = 1 }")
    told: list[str] = []
    hits = list(filter.scan(tmp_path, on_error=lambda name, error: told.append(Path(name).name)))
    assert [Path(h.source).name[0] for h in hits] == ["1", "2", "6"]
    assert told == ["2.json", "3.json.gz", "4.json.gz"]
    with pytest.raises(ctfilter.DocumentError) as caught:
        list(filter.scan(tmp_path / "2.json"))
    assert caught.value.offset <= 21 and caught.value.kind == "document"
    with pytest.raises(EOFError):
        list(filter.scan(tmp_path / "3.json.gz"))
    with pytest.raises(FileNotFoundError):
        filter.scan(tmp_path / "none")


@pytest.mark.parametrize("source", [b"short\nlong line\n", io.BytesIO(b"short\n" + b"long line" * 9), b'["x","long line"]'])
def test_a_message_longer_than_allowed_is_an_error(source: Any, small: None) -> None:
    framing: Any = "array" if isinstance(source, bytes) and source.startswith(b"[") else "lines"
    with pytest.raises(ctfilter.DocumentError) as caught:
        list(ctfilter.compile("x").scan(source, framing=framing, max_message=5))
    assert caught.value.kind == "limit"


@pytest.mark.parametrize("start", [b"", b"short\n", b"\xef\xbb\xbf"])
def test_a_line_that_is_too_long_is_told_alike(start: bytes, small: None) -> None:
    told = []
    for source in (start + b"long line" * 9, io.BytesIO(start + b"long line" * 9)):
        with pytest.raises(ctfilter.DocumentError) as caught:
            list(ctfilter.compile("x").scan(source, framing="lines", max_message=5))
        told.append((caught.value.offset, str(caught.value)))
    assert told[0] == told[1] and told[0][0] == len(start)


def test_a_document_longer_than_allowed_is_an_error() -> None:
    bomb = io.BytesIO(gzip.compress(b"[" + b" " * 10_000_000 + b"]"))
    with pytest.raises(ctfilter.DocumentError, match="longer than 1000000"), gzip.open(bomb) as file:
        list(ctfilter.compile("x").scan(file, framing="array", max_document=1_000_000))


def test_sources_and_settings_of_another_kind_are_refused() -> None:
    filter = ctfilter.compile("x")
    with pytest.raises(TypeError, match="^source must be bytes, a path or a binary file object, not int"):
        filter.scan(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^source must be a file object that reads bytes"):
        list(filter.scan(io.StringIO("x")))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="^framing must be"):
        filter.scan(b"", framing="csv")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="^max_message must be"):
        filter.scan(b"", max_message=0)
    with pytest.raises(TypeError, match="^member must be str"):
        filter.scan(b"", member=b"x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^framing must be str"):
        filter.scan(b"", framing=[])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^max_message must be an int"):
        filter.scan(b"", max_message=True)
    with pytest.raises(ValueError, match="^max_message must be"):
        filter.scan(b"", max_message=1 << 63)
    with pytest.raises(TypeError, match="^on_error must be a function"):
        filter.scan(b"", on_error=5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="contiguous"):
        filter.scan(memoryview(b"abcd")[::2])


class Trickle:
    """A file object that gives one byte at a time, as a socket may."""

    def __init__(self, data: bytes) -> None:
        self._left = io.BytesIO(data)

    def read(self, size: int, /) -> bytes:
        return self._left.read(1)


@pytest.mark.parametrize("data", [b'{"Records":[{"a":1},{"a":2}]}', b'{"a":2}\n{"a":1}\n'])
def test_a_file_object_may_read_less_than_it_was_asked_for(data: bytes) -> None:
    filter = ctfilter.compile("{ $.a = 1 }")
    assert places(filter, Trickle(data)) == places(filter, data) != []


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_pipe_is_read_as_it_comes(pack: Callable[[bytes], bytes]) -> None:
    reading, writing = os.pipe()
    with open(writing, "wb") as out:
        out.write(pack(b"x 1\ny\nx 2\n"))
    try:
        done: list[int] = []
        hits = list(ctfilter.compile("x").scan(f"/dev/fd/{reading}", progress=lambda n, _: done.append(n)))
    finally:
        os.close(reading)
    assert [hit.text for hit in hits] == ["x 1", "x 2"] and done[-1] == 10


def test_what_is_gone_when_it_is_opened_is_told_and_passed_over(tmp_path: Path) -> None:
    (tmp_path / "1").symlink_to(tmp_path / "none")
    (tmp_path / "2").write_bytes(b"x\n")
    told: list[str] = []
    hits = list(ctfilter.compile("x").scan(tmp_path, on_error=lambda name, error: told.append(f"{name} {error}")))
    assert len(hits) == 1 and len(told) == 1 and "No such file" in told[0]
    with pytest.raises(FileNotFoundError):
        list(ctfilter.compile("x").scan(tmp_path))


def test_a_directory_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(top: str, onerror: Any) -> Iterator[tuple[str, list[str], list[str]]]:
        onerror(PermissionError(13, "Permission denied", f"{top}/closed"))
        yield top, [], ["log"]

    (tmp_path / "log").write_bytes(b"x\n")
    monkeypatch.setattr(os, "walk", walk)
    told: list[str] = []
    assert len(list(ctfilter.compile("x").scan(tmp_path, on_error=lambda name, error: told.append(name)))) == 1
    assert told == [f"{tmp_path}/closed"]
    with pytest.raises(PermissionError):
        ctfilter.compile("x").scan(tmp_path)


def test_a_path_of_bytes_is_told_as_text(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"x\n")

    class Place:
        def __fspath__(self) -> bytes:
            return os.fsencode(tmp_path)

    assert [hit.source for hit in ctfilter.compile("x").scan(Place())] == [f"{tmp_path}/log"]  # type: ignore[arg-type]


def test_a_mapped_file_is_a_buffer(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"x\ny\n")
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    assert places(ctfilter.compile("y"), mapped) == [(2, b"y", ("y",))]


def test_what_was_found_before_an_error_is_yielded(small: None) -> None:
    found = ctfilter.compile("{ $.a = 1 }").scan(b'[{"a":1},{"a":1},', framing="array")
    assert next(found) and next(found)
    with pytest.raises(ctfilter.DocumentError):
        next(found)


def test_a_callback_that_raises_ends_the_call(small: None) -> None:
    calls: list[int] = []

    def stop(done: int, total: int | None) -> None:
        calls.append(done)
        if len(calls) == 1:
            raise KeyboardInterrupt

    for data, framing in ((b"line\n" * 20, "lines"), (b"[" + b"1," * 50 + b"1]", "array")):
        with pytest.raises(KeyboardInterrupt):
            ctfilter.compile("x").count(data, framing=framing, progress=stop)  # type: ignore[arg-type]
        assert len(calls) == 1
        calls.clear()
    assert ctfilter.compile("x").count(b"x\n").messages == 1


def test_what_progress_raises_is_no_fault_of_a_file(trail: Path) -> None:
    def broken(done: int, total: int | None) -> None:
        raise BrokenPipeError

    told: list[str] = []
    with pytest.raises(BrokenPipeError):
        ctfilter.compile("x").count(trail, progress=broken, on_error=lambda name, error: told.append(name))
    assert told == []


def test_hits_tell_the_same_whenever_they_are_asked() -> None:
    document = b"".join(b'{"a":%d,"b":"x%d"}\n' % (i % 3, i) for i in range(300))
    filter = ctfilter.compile({"one": "{ $.a = 1 }", "low": "{ $.a < 2 }"}, extract=["$.b"])
    at_once = [(hit.offset, hit.text, hit.indices, hit.values) for hit in filter.scan(document)]
    kept = list(filter.scan(document))
    del document
    gc.collect()
    late = [(hit.offset, hit.text, hit.indices, hit.values) for hit in reversed(kept)]
    assert late[::-1] == at_once and len(kept) == 200
    assert kept[0] == filter.match(kept[0].text) and copy.copy(kept[1]).text == kept[1].text
    assert repr(kept[2]) == f"Hit('low' at {kept[2].offset})" and kept[2].message == kept[2].message


def test_values_of_many_patterns_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    filter = ctfilter.compile([f"{{ $.a = * && $.b != {i} }}" for i in range(200)], extract=["$.a"])
    hit = next(iter(filter.scan(b'{"a":1,"b":-1}\n')))
    read, places = ctfilter.hits.Found._value, []

    def noted(found: ctfilter.hits.Found, place: int) -> ctfilter.Value:
        places.append(place)
        return read(found, place)

    monkeypatch.setattr(ctfilter.hits.Found, "_value", noted)
    assert hit.values == {"$.a": ctfilter.Value("number", "1")} and len(places) == 200


def test_values_of_a_later_pattern_tell_hits_apart() -> None:
    filter = ctfilter.compile(["[x, a]", "[a, x]"], extract=["$a"])
    assert filter.match("p q") == filter.match("p q") != filter.match("r q")
