"""CloudWatch Logs filter patterns, and the metrics and alarms behind them, with the service's verdict."""

from ctfilter._native import ffi, lib
from ctfilter.alarms import Alarm, CompositeAlarm, Slot, Verdict
from ctfilter.checks import Check, CheckRule, Finding, check, check_rules
from ctfilter.conformance import Score, conform
from ctfilter.errors import DocumentError, Error, PatternError, ProgramError, RuleError, StatisticError, ValidationError
from ctfilter.explanation import Explanation, explain
from ctfilter.filter import Filter, canonical, compile
from ctfilter.hits import Hits, Value
from ctfilter.metrics import MetricFilter, Metrics, Recorded
from ctfilter.proof import Miss, Proof, Sample, equiv, implies, sample
from ctfilter.replaying import Replay, replay
from ctfilter.scan import Counts, Hit
from ctfilter.series import Datapoint, Metric, Series, SeriesInfo, StatisticSet, statistic

#: The version of the library inside.
__version__: str = ffi.string(lib.ctf_library_release()).decode()

__all__ = [
    "Alarm",
    "Check",
    "CheckRule",
    "CompositeAlarm",
    "Counts",
    "Datapoint",
    "DocumentError",
    "Error",
    "Explanation",
    "Filter",
    "Finding",
    "Hit",
    "Hits",
    "Metric",
    "MetricFilter",
    "Metrics",
    "Miss",
    "PatternError",
    "ProgramError",
    "Proof",
    "Recorded",
    "Replay",
    "RuleError",
    "Sample",
    "Score",
    "Series",
    "SeriesInfo",
    "Slot",
    "StatisticError",
    "StatisticSet",
    "ValidationError",
    "Value",
    "Verdict",
    "canonical",
    "check",
    "check_rules",
    "compile",
    "conform",
    "equiv",
    "explain",
    "implies",
    "replay",
    "sample",
    "statistic",
]
