"""Telling how far a long call is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ctfilter.arguments import wrong_type

__all__ = ["Progress"]

#: What long calls take: a function of what is done and of all there is to do (``None``: not known), or ``True`` for a
#: bar of tqdm's, which is shown where tqdm is installed and left out where it is not.
Progress = Callable[[int, "int | None"], object] | bool | None


class Meter:
    """Passes on what is done. What a caller's function raises ends the call."""

    def __init__(self, progress: Progress, total: int | None, unit: str) -> None:
        if progress is not None and not isinstance(progress, bool) and not callable(progress):
            raise wrong_type("progress", "a function, a bool or None", progress)
        self._tell = progress if callable(progress) else None
        self._bar = _make_bar(total, unit) if progress is True else None
        self._total = total
        self.done = 0
        self.failed = False  # the caller's function has raised

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def add(self, amount: int) -> None:
        self.done += amount
        if self._bar is not None:
            self._bar.update(amount)
        if self._tell is not None:
            self.failed = True
            self._tell(self.done, self._total)
            self.failed = False

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _make_bar(total: int | None, unit: str) -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm(total=total, unit=unit, unit_scale=True)
