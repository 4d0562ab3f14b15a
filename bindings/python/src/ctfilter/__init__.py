"""CloudWatch Logs filter patterns, and the metrics and alarms behind them, with the service's verdict."""

from ctfilter._native import ffi, lib
from ctfilter.alarms import Alarm, CompositeAlarm, Slot, Verdict
from ctfilter.conformance import Score, conform
from ctfilter.errors import DocumentError, Error, PatternError, ProgramError, RuleError, StatisticError, ValidationError
from ctfilter.explanation import Explanation, explain
from ctfilter.filter import Filter, Hits, Value, canonical, compile
from ctfilter.metrics import Datapoint, Metric, MetricFilter, Metrics, Recorded, Series, SeriesInfo, StatisticSet, statistic
from ctfilter.replaying import Replay, replay
from ctfilter.scan import Counts, Hit

#: The version of the library inside.
__version__: str = ffi.string(lib.ctf_library_release()).decode()

__all__ = [
    "Alarm",
    "CompositeAlarm",
    "Counts",
    "Datapoint",
    "DocumentError",
    "Error",
    "Explanation",
    "Filter",
    "Hit",
    "Hits",
    "Metric",
    "MetricFilter",
    "Metrics",
    "PatternError",
    "ProgramError",
    "Recorded",
    "Replay",
    "RuleError",
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
    "compile",
    "conform",
    "explain",
    "replay",
    "statistic",
]
