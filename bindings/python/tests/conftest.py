"""Where the tests find the project, and what they share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]


def find_project() -> Path | None:
    """The checkout: named by CTFILTER_PROJECT, or around the tests; an unpacked sdist has none."""
    named = os.environ.get("CTFILTER_PROJECT")
    top = Path(named) if named else Path(__file__).resolve().parents[3]
    return top if (top / "tests/cases").is_dir() else None


@pytest.fixture(scope="session")
def project() -> Path:
    top = find_project()
    if top is None:
        pytest.skip("the project's own files are not here")
    return top


@pytest.fixture(scope="session")
def trail(project: Path) -> Path:
    """The sample trail: 720 events in 36 files."""
    return project / "tests/trail/AWSLogs"
