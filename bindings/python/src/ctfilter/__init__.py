"""CloudWatch Logs filter patterns, and the metrics and alarms behind them, with the service's verdict."""

from ctfilter.errors import DocumentError, Error, PatternError, ProgramError, RuleError, StatisticError, ValidationError
from ctfilter.filter import Filter, Hits, Value, canonical, compile
from ctfilter.explain import explain
from ctfilter.scan import Counts, Hit

__all__ = [
    "Counts",
    "DocumentError",
    "Error",
    "Filter",
    "Hit",
    "Hits",
    "PatternError",
    "ProgramError",
    "RuleError",
    "StatisticError",
    "ValidationError",
    "Value",
    "canonical",
    "compile",
    "explain",
]
