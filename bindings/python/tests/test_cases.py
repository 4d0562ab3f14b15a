"""The project's own cases through the package, by each way to match."""

from __future__ import annotations

from pathlib import Path

import cases
import pytest

import ctfilter
from ctfilter.errors import decode, encode


def as_text(data: bytes) -> str:
    """Surrogates where it is no UTF-8, so that the pattern reaches the library as bytes that are none either."""
    return data.decode("utf-8", "surrogateescape")


def case_files(project: Path) -> list[Path]:
    return sorted((project / "tests/cases").glob("*.cases"))


def check_refusal(case: cases.Case) -> None:
    text = as_text(case.pattern)
    with pytest.raises(ctfilter.PatternError) as caught:
        ctfilter.compile(text)
    error = caught.value
    assert case.kind in (".", error.kind), case.place
    if case.offset is not None and encode(text) == case.pattern:
        assert len(encode(text[: error.offset])) == case.offset, case.place
    if case.service:
        assert error.service == decode(case.service), case.place


def check_wants(case: cases.Case, message: cases.Message) -> None:
    selectors = [want.name for want in message.wants if not want.field]
    hits = ctfilter.compile(as_text(case.pattern), extract=selectors).match(message.text)
    for want in message.wants:
        if want.field:
            key = f"${want.position}" if want.name == "." else f"${want.name}"
            assert encode_raw(hits.fields()[key]) == want.text, want.place
        else:
            value = hits.values[want.name]
            assert (value.type, encode_raw(value.text)) == (want.type, want.text), want.place


def encode_raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def test_every_case_has_the_verdict_that_it_tells(project: Path) -> None:
    verdicts = refusals = wants = 0
    for path in case_files(project):
        for case in cases.read(path):
            if case.refused:
                check_refusal(case)
                refusals += 1
                continue
            filter = ctfilter.compile(as_text(case.pattern))
            loaded = ctfilter.Filter.from_bytes(filter.to_bytes())
            many = filter.match_many(message.text for message in case.messages)
            for message, hits in zip(case.messages, many, strict=True):
                assert bool(filter.match(message.text)) == message.match, message.place
                assert bool(filter.match(bytearray(message.text))) == message.match, message.place
                assert bool(loaded.match(memoryview(message.text))) == message.match, message.place
                assert bool(hits) == message.match, message.place
                assert any(True for _ in filter.scan(message.text, framing="whole")) == message.match, message.place
                verdicts += 1
                if message.wants:
                    check_wants(case, message)
                    wants += len(message.wants)
    assert verdicts > 2000 and refusals > 100 and wants > 80, (verdicts, refusals, wants)
