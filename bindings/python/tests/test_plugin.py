"""The pytest plugin: tests that use it pass, and fail with what they need to know."""

from __future__ import annotations

import pytest

TEST = """
from ctfilter.pytest_plugin import assert_matches as imported

LOGIN = '{ $.eventName = "ConsoleLogin" }'

def test_good(assert_matches, assert_no_match):
    hits = assert_matches(LOGIN, {"eventName": "ConsoleLogin"})
    assert hits.indices == (0,)
    assert_no_match(LOGIN, {"eventName": "GetUser"})

def test_sees(assert_matches):
    assert_matches(LOGIN, {"eventName": "GetUser"})

def test_unexpected(assert_no_match):
    assert_no_match("ERROR -timeout", "ERROR pipe")

def test_refused(assert_no_match):
    assert_no_match('{ $.eventName "ConsoleLogin" }', "x")

def test_imported():
    imported("[ip, code = 4*]", "10.0.0.1 200")
"""


def test_failures_tell_what_was_seen(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TEST)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=4)
    result.stdout.fnmatch_lines(
        [
            "the pattern does not match: { $.eventName = \"ConsoleLogin\" }",
            "  no  $.eventName = \"ConsoleLogin\"   ($.eventName is \"GetUser\")",
            "  message: {\"eventName\":\"GetUser\"}",
            "the pattern matches: ERROR -timeout",
            "    yes ERROR   (saw \"ERROR\")",
            "    yes -timeout",
            "the pattern is refused",
            "pattern:1:15: expected an operator*",
            "  { $.eventName \"ConsoleLogin\" }",
            "                ^^^^^^^^^^^^^^",
            "  no  code = 4*   (saw \"200\")",
            "  field 1 (ip): 10.0.0.1",
            "  field 2 (code): 200",
        ]
    )
    assert "pytest_plugin.py" not in result.stdout.str()
