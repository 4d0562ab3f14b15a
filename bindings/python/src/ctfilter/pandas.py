"""Series of pandas: ``series.ctfilter.match(filter)`` once this module has been imported, or :func:`match`."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ctfilter.arguments import wrong_type
from ctfilter.filter import Filter

__all__ = ["match"]


def match(series: Any, filter: Filter) -> Any:
    """Which rows a pattern of the filter matches.

    Args:
        series: a ``pandas.Series`` of messages: Arrow's or pandas' strings, which are read where they are, or objects as
            :meth:`Filter.match` takes them. A missing value matches nothing.
        filter: the filter.

    Returns:
        A ``pandas.Series`` of ``bool`` with the same index, to select rows with.
    """
    if not isinstance(series, pd.Series):
        raise wrong_type("series", "a pandas.Series", series)
    if not isinstance(filter, Filter):
        raise wrong_type("filter", "a Filter", filter)
    column = _arrow(series)
    if column is not None:
        mask: Any = filter.match_column(column, each=False).any
    else:
        there = series.notna()
        mask = there.to_numpy(copy=True)
        mask[mask] = [bool(hits) for hits in filter.match_many(series[there])]
    return pd.Series(mask, index=series.index, dtype=bool, name=series.name)


def _arrow(series: Any) -> Any:
    """The series as Arrow's, where it is or can be had without looking at objects; ``None`` otherwise."""
    if pd.api.types.is_object_dtype(series.dtype) or not hasattr(series.array, "__arrow_array__"):
        return None
    try:
        return series.array.__arrow_array__()
    except ImportError:
        return None


@pd.api.extensions.register_series_accessor("ctfilter")
class _Accessor:
    def __init__(self, series: Any) -> None:
        self._series = series

    def match(self, filter: Filter) -> Any:
        return match(self._series, filter)
