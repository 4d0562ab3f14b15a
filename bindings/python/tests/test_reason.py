"""What holds of patterns: explanations, checks, proofs and samples."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import ctfilter
import pytest

LOGIN = '{ $.eventName = "ConsoleLogin" && $.é != "x" }'


# ---- explain ----


def test_an_explanation_tells_each_test_and_where_it_stands() -> None:
    told = ctfilter.explain(LOGIN, {"eventName": "ConsoleLogin"})
    assert told.matches is False and told.kind == "json" and told.fault == ""
    joint, name, other = told.clauses
    assert (joint.type, joint.operation, joint.subject) == ("all", "", "")
    assert (name.outcome, other.outcome) == ("true", "absent")
    assert [LOGIN[c.offset : c.offset + c.length] for c in (name, other)] == [name.text, other.text]
    assert (other.operation, other.subject, other.decisive) == ("compare", "$.é", True)


def test_a_hint_is_written_in_the_place_it_names() -> None:
    told = ctfilter.explain(LOGIN, {"eventName": "ConsoleLogin"})
    hint = next(hint for hint in told.hints if hint.id == "absent-inequality")
    assert LOGIN[hint.offset : hint.offset + hint.length] == '$.é != "x"'
    mended = LOGIN[: hint.offset] + hint.instead + LOGIN[hint.offset + hint.length :]
    assert hint.pattern_matches and ctfilter.compile(mended).match({"eventName": "ConsoleLogin"})


def test_an_explanation_without_a_message_judges_nothing() -> None:
    told = ctfilter.explain("ERROR -timeout")
    assert told.matches is None and told.message is None and all(clause.outcome == "" for clause in told.clauses)


@pytest.mark.parametrize("message", ["{", "[]", "", b"\xff", '{"a":1}x'])
def test_a_message_that_is_no_object_is_the_fault(message: Any) -> None:
    told = ctfilter.explain("{ $.a = 1 }", message)
    assert told.matches is False and told.fault


# ---- check ----


def test_a_trap_is_found_where_it_is() -> None:
    found = ctfilter.check("ERROR ?é")
    (finding,) = found.findings
    assert (finding.id, finding.severity, finding.offset, finding.length) == ("optional-ignored", "warning", 6, 2)
    assert not found.refused and str(found).startswith("pattern:1:7: warning: ") and str(found).endswith("\n        ^^")


def test_a_refusal_is_a_finding_with_the_services_words() -> None:
    found = ctfilter.check("{ $.é = 'x' }")
    (finding,) = found.findings
    assert found.refused and finding.severity == "error" and "'" in finding.service
    assert finding.service in str(found)


def test_what_is_sure_is_mended() -> None:
    sure = 0
    for pattern in ("{ $.a = 'x' }", '{ $.é = true }', "{ $.a == 1 }", "{ $.userIdentity.type = root }", "{ $.a = null }"):
        found = ctfilter.check(pattern)
        mends = [finding for finding in found.findings if finding.sure]
        assert (found.fixed is not None) >= bool(mends) or found.refused
        sure += len(mends)
        for finding in mends:
            assert finding.instead is not None
            assert 0 <= finding.instead_offset <= finding.instead_offset + finding.instead_length <= len(pattern)
        if found.fixed is not None:
            ctfilter.compile(found.fixed)
    assert sure > 0


def test_a_pattern_without_traps_has_none() -> None:
    found = ctfilter.check('{ $.eventName = "ConsoleLogin" }')
    assert found.findings == () and found.fixed is None and str(found) == ""


def test_fields_are_judged_as_those_of_a_trail_where_that_is_said() -> None:
    pattern = '{ $.eventname = "x" }'
    assert ctfilter.check(pattern, cloudtrail=True).findings and not ctfilter.check(pattern, cloudtrail=False).findings


def test_every_rule_has_its_words() -> None:
    rules = ctfilter.check_rules()
    assert len({rule.id for rule in rules}) == len(rules) > 20
    assert all(rule.title and rule.help and rule.severity in ("note", "warning", "error") for rule in rules)
    assert "optional-ignored" in {rule.id for rule in rules}


# ---- implies, equiv ----


def test_yes_is_true_and_has_no_message() -> None:
    proof = ctfilter.implies("{ $.a > 5 }", "{ $.a > 4 }")
    assert proof and (proof.answer, proof.message, proof.matching, str(proof)) == ("yes", None, None, "yes")
    assert ctfilter.equiv("{ $.a = 1 && $.b = 2 }", "{ $.b = 2 && $.a = 1 }")


def test_no_comes_with_a_message_that_tells_them_apart() -> None:
    for function, patterns in (
        (ctfilter.implies, ("{ $.é > 4 }", "{ $.é > 5 }")),
        (ctfilter.equiv, ("{ $.a = x }", "{ $.a = x* }")),
        (ctfilter.equiv, ("ERROR", "ERROR -timeout")),
    ):
        proof = function(*patterns)
        assert not proof and proof.message is not None and proof.matching is not None and proof.message in str(proof)
        hits = ctfilter.compile(patterns).match(proof.message)
        assert hits.indices == (proof.matching,)


def test_undecided_is_neither_true_nor_false() -> None:
    for answer in (ctfilter.Proof("undecided", "it is long", None, None), ctfilter.Sample("undecided", "it is long", None, ())):
        assert str(answer) == "undecided: it is long"
        with pytest.raises(ValueError, match="undecided: it is long"):
            bool(answer)


@pytest.mark.parametrize("patterns", [("[a, b, c = 1]", "[a, b]"), ("[a]", "{ $.a = * }"), ("%a.{9}b.{9}c%", "%a.{8}b.{10}c%")])
def test_an_answer_has_either_a_message_or_a_reason_or_is_yes(patterns: tuple[str, str]) -> None:
    proof = ctfilter.implies(*patterns)
    assert (proof.message is not None) == (proof.matching is not None) == (proof.answer == "no")
    assert (proof.why != "") == (proof.answer == "undecided")


# ---- sample ----


def test_a_sample_matches_and_its_misses_do_not() -> None:
    pattern = '{ $.eventName = "ConsoleLogin" && $.é != 3 && ($.n > 1 || $.m IS TRUE) }'
    sample, filter = ctfilter.sample(pattern), ctfilter.compile(pattern)
    assert sample and sample.message is not None and filter.match(sample.message) and str(sample) == sample.message
    assert len(sample.misses) >= 2
    for miss in sample.misses:
        assert not filter.match(miss.message)
        assert pattern[miss.offset : miss.offset + miss.length] == miss.test


def test_of_a_pattern_that_nothing_matches_there_is_no_sample() -> None:
    sample = ctfilter.sample("{ $.a > 5 && $.a < 5 }")
    assert not sample and (sample.answer, sample.message, sample.misses) == ("no", None, ())
    assert str(sample) == "no message can match"


# ---- what is refused ----


@pytest.mark.parametrize("function", [ctfilter.explain, ctfilter.check, ctfilter.sample])
@pytest.mark.parametrize("value", [None, 1, b"x", ["x"], {"a": "x"}])
def test_a_pattern_of_another_type_is_refused_by_its_name(function: Any, value: Any) -> None:
    with pytest.raises(TypeError, match="pattern must be str"):
        function(value)


@pytest.mark.parametrize("function", [ctfilter.implies, ctfilter.equiv])
def test_two_patterns_are_told_apart_where_one_is_refused(function: Any) -> None:
    with pytest.raises(TypeError, match="second must be str, not int"):
        function("x", 1)
    with pytest.raises(TypeError, match="first must be str, not bytes"):
        function(b"x", "x")
    for index, patterns in enumerate((("{ $.é ", "x"), ("é", "[a"))):
        with pytest.raises(ctfilter.PatternError) as caught:
            function(*patterns)
        assert (caught.value.index, caught.value.pattern) == (index, patterns[index])
        assert caught.value.offset <= len(patterns[index])


@pytest.mark.parametrize("pattern", ["{ $.a ", "%[%", "x" * 1025, "\ud800", "{ $.a = \ud800 }", "\0"])
def test_a_refused_pattern_is_an_error_everywhere_and_a_finding_of_the_check(pattern: str) -> None:
    try:
        ctfilter.compile(pattern)
    except ctfilter.PatternError:
        for function in (ctfilter.explain, ctfilter.sample):
            with pytest.raises(ctfilter.PatternError):
                function(pattern)
        found = ctfilter.check(pattern)
        assert found.refused and found.findings and str(found)
    else:
        assert not ctfilter.check(pattern).refused and ctfilter.sample(pattern).answer != "no"


def test_cloudtrail_is_a_bool_or_nothing() -> None:
    value: Any = 1
    with pytest.raises(TypeError, match="cloudtrail must be a bool or None, not int"):
        ctfilter.check("x", cloudtrail=value)


def test_answers_cannot_be_changed() -> None:
    proof: Any = ctfilter.implies("a", "a")
    with pytest.raises(FrozenInstanceError):
        proof.answer = "no"
