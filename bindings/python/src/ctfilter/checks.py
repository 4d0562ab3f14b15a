"""What is wrong with a pattern, or likely to be; it needs no message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, cast

from ctfilter._native import ffi, lib
from ctfilter.arguments import as_text, wrong_type
from ctfilter.errors import ask, decode, place_in, pointed, span_in, text_of
from ctfilter.native import Texts

__all__ = ["Check", "CheckRule", "Finding", "check", "check_rules"]

Severity = Literal["note", "warning", "error"]


@dataclass(frozen=True)
class CheckRule:
    """A rule: what is looked for, and why.

    Attributes:
        id: stable: ``optional-ignored`` and so on.
        severity: of what it finds.
        title: a phrase.
        help: sentences.
    """

    id: str
    severity: Severity
    title: str
    help: str


@dataclass(frozen=True)
class Finding:
    """What a rule found in a pattern.

    Attributes:
        id: of the rule.
        severity: ``note``, worth knowing; ``warning``, accepted by the service and probably not what was meant; ``error``,
            refused by the service.
        offset, length: the place in the pattern (``str`` indices).
        words: sentences.
        service: the service's own text of a refusal, ``""`` where it is not known.
        instead: what to write in the place below; ``None``: there is no proposal.
        instead_offset, instead_length: that place (``str`` indices).
        sure: the proposal is what was meant, and :attr:`Check.fixed` has it.
    """

    id: str
    severity: Severity
    offset: int
    length: int
    words: str
    service: str
    instead: str | None
    instead_offset: int
    instead_length: int
    sure: bool


@dataclass(frozen=True)
class Check:
    """What a check found. ``str()`` is for people, ``""`` where nothing was found.

    Attributes:
        pattern: the pattern.
        findings: in the order of the text.
        refused: the pattern does not compile.
        fixed: the pattern with everything mended of which the meaning is sure; ``None`` where there is nothing of the kind.
    """

    pattern: str
    findings: tuple[Finding, ...]
    refused: bool
    fixed: str | None

    def __str__(self) -> str:
        return "\n".join(line for finding in self.findings for line in _told(self.pattern, finding))


def _told(pattern: str, finding: Finding) -> list[str]:
    words = f"{finding.severity}: {finding.words} [{finding.id}]"
    lines = [pointed("pattern", pattern, finding.offset, finding.length, words)]
    if finding.instead is not None:
        lines.append(f"  {'write:  ' if finding.sure else 'perhaps:'} {finding.instead or 'nothing there'}")
    return lines + [f"  the service says: {finding.service}"] * (finding.service != "")


def check(pattern: str, *, cloudtrail: bool | None = None) -> Check:
    """Looks for the service's refusals, and for traps that it accepts in silence. A pattern that is refused is no error
    here but a finding.

    Args:
        pattern: one pattern.
        cloudtrail: whether messages are CloudTrail's records; ``None``: they are if the pattern speaks of fields that only
            these have.

    Raises:
        TypeError: for other types.
    """
    as_text(pattern, "pattern")
    if cloudtrail is not None and not isinstance(cloudtrail, bool):
        raise wrong_type("cloudtrail", "a bool or None", cloudtrail)
    options = ffi.new("ctf_check_options *", {"size": ffi.sizeof("ctf_check_options")})
    options.cloudtrail = 0 if cloudtrail is None else 1 if cloudtrail else -1
    texts = Texts()
    out = ask("ctf_check **", lib.ctf_check_pattern, texts.view(pattern), options)
    return _read(ffi.gc(out[0], lib.ctf_check_free), pattern)


def check_rules() -> tuple[CheckRule, ...]:
    """Every rule that :func:`check` knows."""
    rules: list[CheckRule] = []
    rule = ffi.new("ctf_check_rule *")
    while lib.ctf_check_rule_at(len(rules), rule) == lib.CTF_OK:
        id, title, help = (decode(ffi.string(text)) for text in (rule.id, rule.title, rule.help))
        rules.append(CheckRule(id, _severity(rule.severity), title, help))
    return tuple(rules)


def _severity(number: int) -> Severity:
    return cast(Severity, decode(ffi.string(lib.ctf_severity_name(number))))


def _read(native: Any, pattern: str) -> Check:
    info = ask("ctf_check_info *", lib.ctf_check_describe, native)
    findings = tuple(_finding(native, pattern, i) for i in range(info.n_findings))
    return Check(pattern, findings, bool(info.refused), text_of(info.fixed) or None)


def _finding(native: Any, pattern: str, index: int) -> Finding:
    found = ask("ctf_finding *", lib.ctf_check_finding, native, index)
    return Finding(
        decode(ffi.string(found.id)),
        _severity(found.severity),
        *place_in(pattern, found),
        text_of(found.words),
        text_of(found.service),
        text_of(found.instead) if found.proposes else None,
        *span_in(pattern, found.instead_offset, found.instead_length),
        bool(found.sure),
    )
