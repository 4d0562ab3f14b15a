"""Builds the extension module: where the library's sources are, what its headers declare, how the lexers are made.

In a checkout the library is two folders up; a source distribution carries its own copy in ``vendor/``, lexers
generated, so that it builds from its own contents.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
# stream_yajl.c needs yajl, which a wheel does not carry; without it ctf_stream_new answers CTF_E_ABSENT.
LEFT_OUT = ("stream_yajl.c",)


def project() -> Path:
    """The folder that holds ``lib/`` and ``include/``."""
    vendored = HERE / "vendor"
    return vendored if vendored.is_dir() else HERE.parent.parent


def version() -> str:
    """The version, which stands once: in the public header."""
    text = (project() / "include/ctfilter/types.h").read_text()
    return ".".join(re.findall(r"#define CTF_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", text))


def public_headers() -> list[Path]:
    """The public headers, each behind those that it includes."""
    ordered: list[Path] = []

    def visit(path: Path) -> None:
        if path in ordered:
            return
        for name in re.findall(r"#include <ctfilter/(\w+\.h)>", path.read_text()):
            visit(path.parent / name)
        ordered.append(path)

    visit(project() / "include/ctfilter/ctfilter.h")
    return ordered


def declarations(header: str) -> str:
    """What a header declares, in the form that cffi reads: no comments, no conditions, constants by name."""
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    header = re.sub(r"^#ifdef __cplusplus$.*?^#endif$", "", header, flags=re.S | re.M)
    lines = []
    for line in header.replace("\\\n", " ").splitlines():
        constant = re.match(r"#define (\w+) (\S.*)", line)
        if constant and constant[1] != "CTF_API":
            name, value = constant.groups()
            lines.append(f"static char *const {name};" if value.startswith('"') else f"#define {name} ...")
        elif not line.startswith("#"):
            lines.append(re.sub(r"\bCTF_API\b ?", "", line))
    return "\n".join(line for line in lines if line.strip())


CALLBACKS = """
extern "Python" int ctfpy_on_transition(void *context, const ctf_transition *transition);
extern "Python" int ctfpy_on_tick(void *context, uint64_t offset);
"""


def write_module(target: Path) -> None:
    """Writes the C source of the extension module."""
    import cffi

    ffi = cffi.FFI()
    for header in [*public_headers(), HERE / "native/glue.h"]:
        ffi.cdef(declarations(header.read_text()))
    ffi.cdef(CALLBACKS)
    ffi.set_source("ctfilter._native", '#include <ctfilter/ctfilter.h>\n#include "glue.h"\n')
    target.parent.mkdir(parents=True, exist_ok=True)
    ffi.emit_c_code(str(target))


def make_lexers(target: Path) -> list[Path]:
    """Generates the lexers that are not generated yet; returns those it made."""
    made = []
    for source in sorted((project() / "lib").glob("*/*.re")):
        if source.with_suffix(".c").exists():
            continue
        out = target / f"{source.stem}.c"
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run(["re2c", "-W", "-i", "--no-generation-date", "-o", str(out), str(source)], check=True)
        made.append(out)
    return made


def sources(target: Path) -> list[str]:
    """Every C file of the extension; what is generated goes to ``target``."""
    module = target / "_native.c"
    write_module(module)
    files = [module, *sorted((HERE / "native").glob("*.c")), *make_lexers(target)]
    files += sorted(file for file in (project() / "lib").glob("*/*.c") if file.name not in LEFT_OUT)
    return [str(file) for file in files]


def include_dirs() -> list[str]:
    return [str(project() / "include"), str(project() / "lib"), str(HERE / "native")]


def vendor(target: Path) -> None:
    """Copies the library into a source distribution."""
    top = project()
    for folder, kinds in (("include", ("*.h",)), ("lib", ("*.c", "*.h", "*.re", "*.def", "*.inc"))):
        for kind in kinds:
            for file in sorted((top / folder).rglob(kind)):
                copy = target / file.relative_to(top)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)
    for source in sorted((target / "lib").glob("*/*.re")):
        lexer = source.with_suffix(".c")
        if not lexer.exists():
            subprocess.run(["re2c", "-W", "-i", "--no-generation-date", "-o", str(lexer), str(source)], check=True)
