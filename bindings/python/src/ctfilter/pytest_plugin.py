"""Fixtures for tests of patterns: their failures show the place, or what the pattern saw."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ctfilter.errors import PatternError
from ctfilter.explanation import explain
from ctfilter.filter import Event, compile
from ctfilter.hits import Hits

__all__ = ["assert_matches", "assert_no_match"]


def _hits(pattern: str, event: Event) -> Hits:
    __tracebackhide__ = True
    try:
        return compile(pattern).match(event)
    except PatternError as error:
        text = f"the pattern is refused\n{error}"
    pytest.fail(text, pytrace=False)


def assert_matches(pattern: str, event: Event) -> Hits:
    """Fails the test unless the pattern matches the event (as of :meth:`ctfilter.Filter.match`)."""
    __tracebackhide__ = True
    hits = _hits(pattern, event)
    if not hits:
        pytest.fail(str(explain(pattern, event)), pytrace=False)
    return hits


def assert_no_match(pattern: str, event: Event) -> None:
    """Fails the test if the pattern matches the event. A pattern that is refused fails it too."""
    __tracebackhide__ = True
    if _hits(pattern, event):
        pytest.fail(str(explain(pattern, event)), pytrace=False)


@pytest.fixture(name="assert_matches")
def _assert_matches() -> Callable[[str, Event], Hits]:
    """:func:`ctfilter.pytest_plugin.assert_matches`."""
    return assert_matches


@pytest.fixture(name="assert_no_match")
def _assert_no_match() -> Callable[[str, Event], None]:
    """:func:`ctfilter.pytest_plugin.assert_no_match`."""
    return assert_no_match
