"""The two steps that setuptools does not know: compiling the library into the extension, and copying it into an sdist."""

from __future__ import annotations

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import native_build  # noqa: E402
from setuptools import Extension, setup  # noqa: E402
from setuptools.command.build_ext import build_ext  # noqa: E402
from setuptools.command.sdist import sdist  # noqa: E402


class BuildNative(build_ext):  # type: ignore[misc]
    """Finds the sources when they are needed, and compiles them side by side."""

    def build_extension(self, ext: Any) -> None:
        ext.sources = native_build.sources(Path(self.build_temp).resolve() / "generated")
        ext.include_dirs = native_build.include_dirs()
        ext.extra_compile_args = ["-std=c11", "-O3", "-DNDEBUG", "-fvisibility=hidden"]
        ext.extra_compile_args += [f"-ffile-prefix-map={native_build.project()}=.", f"-ffile-prefix-map={Path.cwd()}=."]
        ext.extra_compile_args += os.environ.get("CTFILTER_CFLAGS", "").split()
        compile_all = self.compiler.compile

        def compile_side_by_side(sources: list[str], *args: Any, **options: Any) -> list[str]:
            with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
                return [name for names in pool.map(lambda s: compile_all([s], *args, **options), sources) for name in names]

        self.compiler.compile = compile_side_by_side
        super().build_extension(ext)
        ext.sources = []  # what is listed here would go into an sdist, by paths of this machine


class SdistWithLibrary(sdist):  # type: ignore[misc]
    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        super().make_release_tree(base_dir, files)
        native_build.vendor(Path(base_dir) / "vendor")
        licence = native_build.HERE.parent.parent / "LICENSE"
        if licence.exists():
            shutil.copyfile(licence, Path(base_dir) / "LICENSE")


setup(
    version=native_build.version(),
    ext_modules=[
        Extension("ctfilter._native", sources=[], py_limited_api=True, define_macros=[("Py_LIMITED_API", "0x030A0000")])
    ],
    cmdclass={"build_ext": BuildNative, "sdist": SdistWithLibrary},
    options={"bdist_wheel": {"py_limited_api": "cp310"}},
)
