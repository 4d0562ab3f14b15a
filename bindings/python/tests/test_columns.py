"""Columns: what producers hand out, and what a broken one might."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import Any

import pytest

import ctfilter
import ctfilter.columns
from ctfilter._native import ffi, lib
from ctfilter.columns import _new_capsule

PATTERNS = {"a": "{ $.a = 1 }", "x": "x"}
ROWS = ['{"a":1,"b":"q"}', None, "x", '{"a":1,"b":"a string of more than twelve x"}', "", "é" * 9]


def compiled() -> ctfilter.Filter:
    return ctfilter.compile(PATTERNS, extract={"a": ["$.b"]})


def check(filter: ctfilter.Filter, column: Any, rows: list[Any], **settings: Any) -> None:
    """What a column gives is what its rows give one by one."""
    result = filter.match_column(column, **settings)
    hits = [filter.match("" if row is None else row) if row is not None else None for row in rows]
    assert len(result) == len(rows)
    assert result.any.format == "?" and result.any.tolist() == [bool(h) for h in hits]
    for i, name in enumerate(filter.names):
        assert result.mask(name).tolist() == [h is not None and name in h for h in hits]
        assert result.mask(i).tolist() == result.masks[i].tolist()
        for selector, column in result.values_of(name).items():
            expected = [h.values_of(name)[selector] if h is not None and name in h else None for h in hits]
            assert [v if v.type != "missing" else None for v in column] == [
                v if v is not None and v.type != "missing" else None for v in expected
            ]


@pytest.mark.parametrize("kind", ["string", "large_string", "binary", "large_binary", "string_view", "binary_view"])
def test_pyarrow(kind: str) -> None:
    pa = pytest.importorskip("pyarrow")
    filter = compiled()
    array = pa.array([r if r is None else r.encode() for r in ROWS] if "binary" in kind else ROWS, getattr(pa, kind)())
    check(filter, array, ROWS)
    check(filter, array[2:5], ROWS[2:5])
    check(filter, array[0:0], [])
    chunked = pa.chunked_array([array, array[3:], array[:0]])
    check(filter, chunked, ROWS + ROWS[3:])
    check(filter, pa.chunked_array([], array.type), [])
    table = pa.table({"n": range(6), "m": array}).slice(1, 4)
    check(filter, table, ROWS[1:5], field="m")
    check(filter, table.to_batches()[0], ROWS[1:5], field="m")
    struct = pa.StructArray.from_arrays([array], ["m"], mask=pa.array([False, False, True, False, False, True]))
    check(filter, struct[1:], [None if i in (2, 5) else r for i, r in enumerate(ROWS)][1:])


def test_rows_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    pa = pytest.importorskip("pyarrow")
    monkeypatch.setattr(ctfilter.columns, "ROWS", 100)
    order, filter = random.Random(1), compiled()
    rows = [order.choice([*ROWS, f'{{"a":1,"b":{i}}}']) for i in range(5000)]
    done: list[int] = []
    check(filter, pa.array(rows), rows, progress=lambda n, total: done.append(n))
    assert done[-1] == 5000 and len(done) == 50
    check(filter, pa.array(rows, pa.string_view())[7:], rows[7:])


def test_one_mask_is_enough() -> None:
    pa = pytest.importorskip("pyarrow")
    result = compiled().match_column(pa.array(ROWS), each=False)
    assert result.any.tolist() == [True, False, True, True, False, False] and result.masks == ()
    one = ctfilter.compile("x").match_column(pa.array(ROWS))
    assert one.mask(0).tolist() == one.any.tolist()


def test_extracted_columns_speak_arrow() -> None:
    pa = pytest.importorskip("pyarrow")
    column = compiled().match_column(pa.array(ROWS * 5)).values["$.b"]
    taken = pa.array(column)
    assert taken.null_count == 20
    assert taken.type == pa.large_string() and taken.to_pylist() == column.to_list()
    taken.validate(full=True)
    assert column[0].text == "q" and column[-1].type == "missing" and len(column) == 30
    fields = ctfilter.compile("[a, b]", extract=["$b"])
    raw = pa.array(fields.match_column(pa.array([b"x \xff", b"y z"])).values["$b"])
    assert raw.type == pa.large_binary() and raw.to_pylist() == [b"\xff", b"z"]
    both = ctfilter.compile(["{ $.a = 1 }", "{ $.a = 2 }"], extract=["$.b"]).match_column(pa.array(ROWS))
    with pytest.raises(ValueError, match="values_of"):
        both.values


def test_masks_are_asked_by_name_or_place() -> None:
    pa = pytest.importorskip("pyarrow")
    result = compiled().match_column(pa.array(ROWS))
    for pattern in ("none", 2, -1, None):
        with pytest.raises(KeyError):
            result.mask(pattern)  # type: ignore[arg-type]
        with pytest.raises(KeyError):
            result.values_of(pattern)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="each=False"):
        compiled().match_column(pa.array(ROWS), each=False).mask("a")


def test_a_broken_row_is_told_by_its_place_in_the_column(monkeypatch: pytest.MonkeyPatch) -> None:
    pa = pytest.importorskip("pyarrow")
    monkeypatch.setattr(ctfilter.columns, "ROWS", 2)
    offsets = pa.array([0, 1, 1, 0, 1], pa.int32()).buffers()[1]
    broken = pa.StringArray.from_buffers(4, offsets, pa.py_buffer(b"x"))
    column = pa.chunked_array([pa.array(["x"] * 3), broken])
    with pytest.raises(ctfilter.DocumentError) as caught:
        compiled().match_column(column)
    assert caught.value.offset == 5 and "row 5 of" in str(caught.value)
    table = pa.table({"m": column, "t": [0] * 7})
    metrics = ctfilter.Metrics(ctfilter.MetricFilter("f", "x", "N", "M"))
    with pytest.raises(ctfilter.DocumentError) as caught:
        metrics.record_column(ctfilter.Series(), table, field="m", time_field="t")
    assert caught.value.offset == 5


def test_arguments_of_another_type_are_refused_by_name() -> None:
    pa = pytest.importorskip("pyarrow")
    with pytest.raises(TypeError, match="^each must be a bool, not int"):
        compiled().match_column(pa.array(ROWS), each=2)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^field must be str, not int"):
        compiled().match_column(pa.table({"m": ROWS}), field=0)  # type: ignore[arg-type]


def test_numpy_takes_masks_as_they_are() -> None:
    np, pa = pytest.importorskip("numpy"), pytest.importorskip("pyarrow")
    result = compiled().match_column(pa.array(ROWS))
    mask = np.asarray(result.any)
    assert mask.dtype == bool
    mask[1] = True
    assert result.any[1] is True


def test_polars() -> None:
    pl = pytest.importorskip("polars")
    check(compiled(), pl.Series(ROWS), ROWS)
    check(compiled(), pl.DataFrame({"m": ROWS, "n": range(6)}), ROWS, field="m")
    check(compiled(), pl.Series(ROWS)[3:], ROWS[3:])
    assert pl.Series(compiled().match_column(pl.Series(ROWS)).values["$.b"]).to_list()[0] == "q"


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.sql("select case when i % 3 = 0 then null else '{\"a\":' || i % 2 || '}' end as m, i from range(5000) t(i)")
    rows = [None if i % 3 == 0 else f'{{"a":{i % 2}}}' for i in range(5000)]
    check(compiled(), relation, rows, field="m")


def test_pandas() -> None:
    pd, pa = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    import ctfilter.pandas

    filter = compiled()
    expected = [row is not None and bool(filter.match(row)) for row in ROWS]
    for dtype in (object, "string", "str", pd.ArrowDtype(pa.string()), pd.ArrowDtype(pa.large_string())):
        series = pd.Series(ROWS, dtype=dtype, index=list("pqrstu"), name="m")
        mask = ctfilter.pandas.match(series, filter)
        assert mask.tolist() == expected and mask.dtype == bool and list(mask.index) == list("pqrstu")
        assert series.ctfilter.match(filter).equals(mask) and len(series[mask]) == 3
    assert ctfilter.pandas.match(pd.Series([{"a": 1}, b"x", float("nan")]), filter).tolist() == [True, True, False]
    with pytest.raises(TypeError, match="^series must be"):
        ctfilter.pandas.match(ROWS, filter)
    with pytest.raises(TypeError, match="^filter must be a Filter"):
        pd.Series(ROWS).ctfilter.match("x")


def test_dictionaries_are_read_by_their_keys() -> None:
    pa = pytest.importorskip("pyarrow")
    rows = ROWS * 3
    for kind in (pa.string(), pa.large_string(), pa.binary(), pa.string_view()):
        plain = pa.array(rows, pa.string()).dictionary_encode()
        values = plain.dictionary.cast(kind)
        for key in (pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64()):
            column = pa.DictionaryArray.from_arrays(plain.indices.cast(key), values)
            check(compiled(), column, rows)
            check(compiled(), column[5:], rows[5:])
            struct = pa.StructArray.from_arrays([column, pa.array(range(len(rows)))], names=["m", "n"])
            check(compiled(), struct[4:11], rows[4:11], field="m")
    shifted = pa.DictionaryArray.from_arrays(pa.array([0, None, 1]), pa.array(["-", *ROWS])[1:])
    check(compiled(), shifted, [ROWS[0], None, ROWS[1]])


def test_categories_of_polars_and_duckdb_are_read() -> None:
    pl, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    rows = ['{"a":1}', '{"a":2}', None, '{"a":1}']
    check(compiled(), pl.Series(rows, dtype=pl.Categorical), rows)
    check(compiled(), pl.Series(rows, dtype=pl.Enum(['{"a":2}', '{"a":1}'])), rows)
    relation = duckdb.sql("select unnest(['{\"a\":1}', '{\"a\":2}', null, '{\"a\":1}'])::enum('{\"a\":2}', '{\"a\":1}') as m")
    check(compiled(), relation, rows, field="m")


def test_other_columns_are_refused() -> None:
    pa = pytest.importorskip("pyarrow")
    filter = compiled()
    with pytest.raises(TypeError, match="^column must speak Arrow"):
        filter.match_column(["x"])
    for array in (pa.array([1, 2]), pa.array([["x"]]), pa.nulls(3)):
        with pytest.raises(TypeError, match="^column must hold texts or bytes, not Arrow's format"):
            filter.match_column(array)
    with pytest.raises(TypeError, match="^column must hold texts or bytes, not Arrow's format 'l'"):
        filter.match_column(pa.array([7, 8]).dictionary_encode())
    table = pa.table({"m": ["x"], "n": ["y"]})
    with pytest.raises(TypeError, match="^field must name one of m, n"):
        filter.match_column(table)
    with pytest.raises(KeyError):
        filter.match_column(table, field="o")
    with pytest.raises(TypeError, match="^field is for tables"):
        filter.match_column(pa.array(["x"]), field="m")


# ---- a producer of anything ----

ARRAY_NAME, SCHEMA_NAME, STREAM_NAME = (ffi.new("char[]", n) for n in (b"arrow_array", b"arrow_schema", b"arrow_array_stream"))


class Producer:
    """Hands out structs made by hand; nothing is released, they live as long as this."""

    def __init__(self, format: bytes | None, **array: Any) -> None:
        self.kept: list[Any] = []
        self.schema = ffi.new("struct ArrowSchema *")
        self.array = ffi.new("struct ArrowArray *")
        if format is not None:
            self.schema.format = self.keep(ffi.new("char[]", format))
        self.schema.release = lib.ctfpy_release_schema
        self.array.release = lib.ctfpy_release_array
        buffers = array.pop("buffers", [])
        self.array.n_buffers = len(buffers)
        pointers = [ffi.NULL if b is None else self.keep(ffi.from_buffer(b)) for b in buffers]
        self.array.buffers = self.keep(ffi.new("void *[]", pointers)) if buffers else ffi.NULL
        for name, value in array.items():
            setattr(self.array, name, value)

    def keep(self, value: Any) -> Any:
        self.kept.append(value)
        return value

    def __arrow_c_array__(self) -> tuple[Any, Any]:
        return self.capsule(self.schema, SCHEMA_NAME), self.capsule(self.array, ARRAY_NAME)

    @staticmethod
    def capsule(struct: Any, name: Any) -> Any:
        return _new_capsule(int(ffi.cast("uintptr_t", struct)), int(ffi.cast("uintptr_t", name)), None)


def ints(*values: int, size: int = 4) -> bytes:
    return b"".join(value.to_bytes(size, "little", signed=True) for value in values)


def view(length: int, buffer: int = 0, offset: int = 0) -> bytes:
    return ints(length) + b"xxxx" + ints(buffer, offset)


def test_a_producer_made_by_hand_is_read() -> None:
    good = Producer(b"u", length=2, buffers=[None, ints(0, 1, 3), b"xab"])
    assert ctfilter.compile("x").match_column(good).any.tolist() == [True, False]
    views = Producer(b"vu", length=2, buffers=[b"\x02", view(3), view(20, 0, 2)][:1] + [view(3) + view(20, 0, 2), b"--" + b"x" * 20, ints(22, size=8)])
    assert ctfilter.compile("x").match_column(views).any.tolist() == [False, True]


BROKEN = {
    "no format": Producer(None, length=1, buffers=[None, ints(0, 1), b"x"]),
    "negative length": Producer(b"u", length=-1, buffers=[None, ints(0, 1), b"x"]),
    "negative offset": Producer(b"u", length=1, offset=-1, buffers=[None, ints(0, 1), b"x"]),
    "huge length": Producer(b"u", length=(1 << 62), buffers=[None, ints(0, 1), b"x"]),
    "no buffers": Producer(b"u", length=1),
    "two buffers": Producer(b"u", length=1, buffers=[None, ints(0, 1)]),
    "buffers counted and absent": Producer(b"u", length=1, n_buffers=3),
    "no offsets": Producer(b"u", length=1, buffers=[None, None, b"x"]),
    "no text": Producer(b"u", length=1, buffers=[None, ints(0, 1), None]),
    "falling offsets": Producer(b"u", length=2, buffers=[None, ints(0, 1, 0), b"x"]),
    "negative offsets": Producer(b"U", length=1, buffers=[None, ints(-5, 1, size=8), b"x"]),
    "view of a buffer too far": Producer(b"vu", length=1, buffers=[None, view(20, 1), b"x" * 20, ints(20, size=8)]),
    "view of a buffer before": Producer(b"vu", length=1, buffers=[None, view(20, -1), b"x" * 20, ints(20, size=8)]),
    "view behind its buffer": Producer(b"vu", length=1, buffers=[None, view(20, 0, 1), b"x" * 20, ints(20, size=8)]),
    "view before its buffer": Producer(b"vu", length=1, buffers=[None, view(20, 0, -1), b"x" * 20, ints(20, size=8)]),
    "view of negative length": Producer(b"vu", length=1, buffers=[None, view(-1), ints(0, size=8)]),
    "view that wraps": Producer(b"vu", length=1, buffers=[None, view(0x7FFFFFFF, 0, 0x7FFFFFFF), b"x", ints(1, size=8)]),
    "no lengths of buffers": Producer(b"vu", length=1, buffers=[None, view(20), b"x" * 20, None]),
    "a buffer that is absent": Producer(b"vu", length=1, buffers=[None, view(20), None, ints(20, size=8)]),
    "struct without fields": Producer(b"+s", length=1, n_children=1, buffers=[None]),
}


def dictionary(format: bytes, keys: bytes, values: Producer | None, **array: Any) -> Producer:
    made = Producer(format, buffers=[None, keys], **array)
    made.schema.dictionary = made.keep(ffi.new("struct ArrowSchema *", {"format": made.keep(ffi.new("char[]", b"u"))}))
    if values is not None:
        made.keep(values)
        made.array.dictionary, made.schema.dictionary = values.array, values.schema
    return made


def words(**array: Any) -> Producer:
    return Producer(b"u", **({"length": 2, "buffers": [None, ints(0, 1, 3), b"xab"]} | array))


BROKEN |= {
    "no dictionary": dictionary(b"i", ints(0), None, length=1),
    "a key behind the end": dictionary(b"i", ints(2), words(buffers=[None, ints(0, 1, 3, 3), b"xab"]), length=1),
    "a key below 0": dictionary(b"c", b"\xff", words(length=300, buffers=[None, bytes(1300), b"x"]), length=1),
    "a long key below 0": dictionary(b"l", ints(-1, size=8), words(), length=1),
    "the largest key": dictionary(b"L", b"\xff" * 8, words(), length=1),
    "a dictionary without words": dictionary(b"i", ints(0), words(buffers=[None, None, b"x"]), length=1),
    "a dictionary of negative length": dictionary(b"i", ints(0), words(length=-1), length=1),
    "a dictionary with two buffers": dictionary(b"i", ints(0), words(buffers=[None, ints(0, 1, 3)]), length=1),
    "a dictionary whose offsets fall": dictionary(b"i", ints(1), words(buffers=[None, ints(0, 1, 0), b"x"]), length=1),
    "no keys": dictionary(b"i", ints(0), words(), length=1, n_buffers=1),
}


def test_keys_that_are_null_or_good_are_read() -> None:
    column = dictionary(b"C", b"\x00\x01\x00", words(), length=3)
    assert ctfilter.compile("x").match_column(column).any.tolist() == [True, False, True]
    nested = dictionary(b"i", ints(0), dictionary(b"i", ints(0), words(), length=1), length=1)
    for wrong in (nested, dictionary(b"f", ints(0), words(), length=1)):
        with pytest.raises(TypeError, match="^column must hold texts or bytes"):
            compiled().match_column(wrong)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_array_is_an_error(name: str) -> None:
    with pytest.raises(ctfilter.DocumentError):
        compiled().match_column(BROKEN[name])


def test_a_struct_that_is_broken_is_an_error() -> None:
    def struct(**settings: Any) -> Producer:
        inner = Producer(b"u", length=1, buffers=[None, ints(0, 1, 1, 1), b"x"])
        outer = Producer(b"+s", length=1, buffers=[None])
        outer.schema.n_children = outer.array.n_children = 1
        outer.schema.children = outer.keep(ffi.new("struct ArrowSchema *[]", [inner.schema]))
        outer.array.children = outer.keep(ffi.new("struct ArrowArray *[]", [inner.array]))
        outer.keep(inner)
        for key, value in settings.items():
            setattr(outer.array, key, value)
        return outer

    assert ctfilter.compile("x").match_column(struct()).any.tolist() == [True]
    for settings in ({"length": 2}, {"offset": 1}, {"n_children": 2}, {"n_children": -1}, {"children": ffi.NULL}):
        with pytest.raises(ctfilter.DocumentError):
            compiled().match_column(struct(**settings))
    empty = struct()
    empty.array.children[0] = ffi.NULL
    with pytest.raises(ctfilter.DocumentError):
        compiled().match_column(empty)


def test_capsules_of_another_kind_are_refused() -> None:
    class Swapped(Producer):
        def __arrow_c_array__(self) -> tuple[Any, Any]:
            schema, array = super().__arrow_c_array__()
            return array, schema

    class Nothing:
        def __arrow_c_stream__(self) -> object:
            return object()

    with pytest.raises(TypeError, match="^column must give a capsule arrow_schema"):
        compiled().match_column(Swapped(b"u", length=0, buffers=[None, None, None]))
    with pytest.raises(TypeError, match="^column must give a capsule arrow_array_stream, not object"):
        compiled().match_column(Nothing())
    released = Producer(b"u", length=0, buffers=[None, None, None])
    released.array.release = ffi.NULL
    with pytest.raises(ctfilter.DocumentError, match="released"):
        compiled().match_column(released)


def test_a_stream_that_fails_tells_why() -> None:
    pa = pytest.importorskip("pyarrow")

    def batches() -> Any:
        yield pa.record_batch({"m": ["x"]})
        raise ValueError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"m": pa.string()}), batches())
    with pytest.raises(OSError, match="the disk is gone"):
        compiled().match_column(reader)


def test_arrow_objects_outlive_everything() -> None:
    pytest.importorskip("pyarrow")
    program = """
import ctfilter, pyarrow as pa, sys
column = ctfilter.compile("[a, b]", extract=["$b"]).match_column(pa.array(["x y"])).values["$b"]
capsules = column.__arrow_c_array__()
array = pa.array(column)
del column
assert array.to_pylist() == ["y"]
sys.keep = (capsules, array)
"""
    ended = subprocess.run([sys.executable, "-X", "dev", "-c", program], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
