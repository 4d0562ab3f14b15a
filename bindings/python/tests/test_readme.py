"""The examples of the README are true."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

README = Path(__file__).resolve().parent.parent / "README.md"


def test_examples(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("polars")
    pytest.importorskip("numpy")
    monkeypatch.chdir(project)
    result = doctest.testfile(str(README), module_relative=False)
    assert result.failed == 0 and result.attempted > 25


def test_code_without_a_prompt_is_python_that_names_what_there_is(pytester: pytest.Pytester) -> None:
    blocks = [b for b in re.findall(r"```python\n(.*?)```", README.read_text(), flags=re.S) if not b.startswith(">>>")]
    assert len(blocks) == 2
    pytester.makepyfile(blocks[0])
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)
    compile(blocks[1], "README.md", "exec")
    spark = pytest.importorskip("ctfilter.spark")
    for name in re.findall(r"ctfilter\.spark\.(\w+)\(", blocks[1]):
        assert name in spark.__all__


def test_what_the_page_names_is_there() -> None:
    import ctfilter

    named = set(re.findall(r"ctfilter\.([A-Za-z]\w+)", README.read_text())) - {"pytest_plugin", "spark", "pandas", "match"}
    assert named and named <= set(ctfilter.__all__), named - set(ctfilter.__all__)
