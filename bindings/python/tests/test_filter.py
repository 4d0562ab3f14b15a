"""Compiling, matching one message and many, programs as bytes."""

from __future__ import annotations

import copy
import importlib.metadata
import pickle
from types import MappingProxyType
from typing import Any

import pytest

import ctfilter

LOGIN = '{ $.eventName = "ConsoleLogin" }'


def test_a_message_may_be_text_bytes_a_buffer_or_a_mapping() -> None:
    filter = ctfilter.compile(LOGIN)
    text = '{"eventName":"ConsoleLogin"}'
    for event in (text, text.encode(), bytearray(text.encode()), memoryview(text.encode()), {"eventName": "ConsoleLogin"}):
        assert filter.match(event)
    spread = memoryview(b"".join(bytes([c, 0]) for c in text.encode()))[::2]
    assert filter.match(spread)
    assert not filter.match({"eventName": "GetUser"})


class Bytes(bytes):
    """Tells another length than it has."""

    def __len__(self) -> int:
        return 1 << 30


class Text(str):
    def encode(self, *encoding: str) -> bytes:
        return Bytes(b"foreign")


def test_subclasses_of_bytes_and_str_are_what_they_hold() -> None:
    filter = ctfilter.compile(Text("[a, b]"))
    assert filter.patterns == ("[a, b]",)
    for event in (Bytes(b"x y"), Text("x y")):
        assert filter.match(event).fields() == {"$a": "x", "$b": "y"}
        assert filter.match_many([event])[0].fields() == {"$a": "x", "$b": "y"}
        assert ctfilter.explain("[a, b]", event).tokens == (("a", "x"), ("b", "y"))


@pytest.mark.parametrize("event", [bytearray(b"x y"), memoryview(b"x y"), memoryview(b"x- -y")[::2]])
def test_an_explanation_takes_buffers(event: Any) -> None:
    told = ctfilter.explain("[a, b]", event)
    assert told.matches and told.message == "x y"


@pytest.mark.parametrize("event", [1, None, 1.5, ["a"], object()])
def test_another_type_is_refused_by_the_arguments_name(event: Any) -> None:
    with pytest.raises(TypeError, match=f"^event must be str, bytes, .* or a mapping, not {type(event).__name__}$"):
        ctfilter.compile("x").match(event)


@pytest.mark.parametrize("patterns", [1, None, b"x", ["x", 1], {"a": 1}, {1: "a"}, [b"x"]])
def test_patterns_of_another_type_are_refused_by_the_arguments_name(patterns: Any) -> None:
    with pytest.raises(TypeError, match="^patterns must be"):
        ctfilter.compile(patterns)


@pytest.mark.parametrize("extract", ["$.a", [1], {"x": "$.a"}, 5])
def test_selectors_of_another_type_are_refused_by_the_arguments_name(extract: Any) -> None:
    with pytest.raises(TypeError, match="^extract must be"):
        ctfilter.compile({"x": LOGIN}, extract=extract)


def test_selectors_may_come_from_an_iterator() -> None:
    assert ctfilter.compile(["[a, b]", "[a]"], extract=(f"${name}" for name in "a")).extract == (("$a",), ("$a",))  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["logn", "", 1, -1])
def test_selectors_for_a_pattern_that_is_not_there_are_refused(key: Any) -> None:
    for patterns in ({"login": LOGIN}, [LOGIN]):
        with pytest.raises(ValueError, match="^extract must tell patterns by their names or places"):
            ctfilter.compile(patterns, extract={key: ["$.a"]})


@pytest.mark.parametrize("events", ["text", b"text", {"a": 1}, 5])
def test_one_message_is_not_many(events: Any) -> None:
    with pytest.raises(TypeError, match="^events must be an iterable of messages"):
        ctfilter.compile("x").match_many(events)


def test_no_patterns_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one pattern"):
        ctfilter.compile([])


def test_hits_tell_names_and_places() -> None:
    filter = ctfilter.compile({"login": LOGIN, "any": "{ $.eventName = * }", "text": "Console"})
    hits = filter.match('{"eventName":"ConsoleLogin"}')
    assert hits.names == ("login", "any", "text") and list(hits) == list(hits.names) and len(hits) == 3
    assert "login" in hits and 1 in hits and "other" not in hits
    hits = filter.match('{"eventName":"X"}')
    assert hits.indices == (1,) and repr(hits) == "Hits('any')"
    assert not filter.match("x") and filter.match("x") == filter.match("y")
    assert filter.kinds == ("json", "json", "text")


def test_a_pattern_without_a_name_goes_by_its_text() -> None:
    assert ctfilter.compile([LOGIN, "x"]).names == (LOGIN, "x")


def test_values_are_those_of_the_message() -> None:
    selectors = ["$.a", "$.b.c[1]", "$.n", "$.t", "$.z", "$.none", "$.o"]
    filter = ctfilter.compile("{ $.a = * }", extract=selectors)
    hits = filter.match('{"a":"\\u00e9","b":{"c":[1,-2.50]},"n":12345678901234567890,"t":true,"z":null,"o":{}}')
    assert [(v.type, v.text) for v in hits.values.values()] == [
        ("string", "é"), ("number", "-2.50"), ("number", "12345678901234567890"), ("boolean", "true"), ("null", ""),
        ("missing", ""), ("object", ""),
    ]  # fmt: skip
    assert [v.python() for v in hits.values.values()] == ["é", -2.5, 12345678901234567890, True, None, None, None]
    assert filter.match("{}").values == {}


def test_values_belong_to_patterns() -> None:
    patterns = {"a": "[ip, code]", "b": "[x, y]", "c": "zzz"}
    by_name, by_place = {"a": ["$code"], "b": ["$x", "$y"]}, {0: ["$code"], 1: ["$x", "$y"]}
    filter = ctfilter.compile(patterns, extract={"a": ["$code"], 1: ["$x", "$y"]})
    assert filter == ctfilter.compile(patterns, extract=by_name) == ctfilter.compile(patterns, extract=by_place)
    hits = filter.match("10.0.0.1 200")
    assert hits.values_of("a") == {"$code": ctfilter.Value("string", "200")}
    assert hits.values_of(1)["$x"].text == "10.0.0.1"
    assert set(hits.values) == {"$code", "$x", "$y"}
    with pytest.raises(KeyError):
        hits.values_of("c")
    assert filter.match_many(["10.0.0.1 200"]) == [hits]


def test_fields_are_the_services_extracted_values() -> None:
    filter = ctfilter.compile(["[ip, , code = 4*, ...]", "404"])
    hits = filter.match(b"10.0.0.1 \xff 404 rest")
    assert hits.fields() == {"$ip": "10.0.0.1", "$2": "\udcff", "$code": "404", "$4": "rest"}
    assert hits.fields("404") == {}
    assert filter.match("nothing").fields() == {}
    with pytest.raises(KeyError):
        filter.match("404").fields(0)


def test_fields_outlive_a_buffer_that_changes() -> None:
    event = bytearray(b"one two")
    hits = ctfilter.compile("[a, b]").match(event)
    event[:] = b"ONE TWO"
    assert hits.fields() == {"$a": "one", "$b": "two"}


def test_a_buffer_can_grow_after_it_was_matched() -> None:
    event = bytearray(b"ERROR")
    assert ctfilter.compile("ERROR").match(event)
    event.extend(b" more")


def test_a_lone_surrogate_in_a_pattern_is_pointed_at() -> None:
    with pytest.raises(ctfilter.PatternError) as caught:
        ctfilter.compile('{ $.é = "a\ud800" }')
    assert caught.value.pattern[caught.value.offset :].startswith("\ud800") and caught.value.length == 1
    assert "pattern:1:11: " in str(caught.value) and str(caught.value).encode()


def test_lone_surrogates_are_no_json() -> None:
    assert not ctfilter.compile("{ $.a = * }").match('{"a":"\ud800"}')
    assert ctfilter.compile("ERROR").match("ERROR \ud800")


def test_a_mapping_that_is_no_json_is_refused() -> None:
    around: dict[str, Any] = {}
    around["a"] = around
    for event in [{"a": float("nan")}, around]:
        with pytest.raises(ValueError, match="^event must be what JSON can express"):
            ctfilter.compile(LOGIN).match(event)
    for bad in [{"a": object()}, {(1, 2): 3}]:
        with pytest.raises(TypeError, match="^event must be what JSON can express"):
            ctfilter.compile(LOGIN).match(bad)  # type: ignore[arg-type]


def test_mappings_may_be_of_any_kind_at_any_depth() -> None:
    event = MappingProxyType({"a": [MappingProxyType({"b": 1})]})
    assert ctfilter.compile("{ $.a[0].b = 1 }").match(event)


def test_a_bar_is_closed_when_the_call_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bar:
        closed = False

        def update(self, amount: int) -> None:
            pass

        def close(self) -> None:
            self.closed = True

    bar = Bar()
    monkeypatch.setattr(ctfilter.progress, "_make_bar", lambda total, unit: bar)
    with pytest.raises(TypeError):
        ctfilter.compile("x").match_many(["x", 5], progress=True)  # type: ignore[list-item]
    assert bar.closed


def test_many_are_matched_as_one_by_one() -> None:
    filter = ctfilter.compile({"login": LOGIN, "fields": "[a, b]", "text": "x"}, extract={"login": ["$.n"]})
    events: list[Any] = []
    for i in range(10000):
        events += ["x y", b"", {"eventName": "ConsoleLogin", "n": i}, bytearray(b"z"), f"é{i} x"]
    done: list[tuple[int, int | None]] = []
    many = filter.match_many(events, progress=lambda *seen: done.append(seen))
    assert many == [filter.match(event) for event in events]
    assert [hits.fields() for hits in many[:5]] == [filter.match(event).fields() for event in events[:5]]
    assert done[-1] == (50000, 50000) and len(done) > 5
    assert filter.match_many(iter(events[:3])) == many[:3]
    assert filter.match_many([]) == []


def test_a_refusal_points_by_characters() -> None:
    with pytest.raises(ctfilter.PatternError) as caught:
        ctfilter.compile({"good": "x", "bad": '{ $.é = "😀" && $.eventName "ConsoleLogin" }'})
    error = caught.value
    assert isinstance(error, ValueError)
    assert error.pattern[error.offset : error.offset + error.length] == '"ConsoleLogin"'
    assert (error.kind, error.index, error.name) == ("grammar", 1, "bad")
    assert error.service == "Invalid metric filter pattern"
    lines = str(error).splitlines()
    assert lines[0] == f"bad:1:{error.offset + 1}: expected an operator (=, !=, <, <=, >, >=, IS, NOT EXISTS)"
    # The caret stands under the place, columns being characters.
    assert lines[2].index("^") - 2 == lines[1].index('"ConsoleLogin"') - 2 == error.offset
    assert lines[2].strip() == "^" * 14
    assert lines[3] == "  the service says: Invalid metric filter pattern"


def test_a_refused_selector_is_pointed_at() -> None:
    with pytest.raises(ctfilter.PatternError) as caught:
        ctfilter.compile(LOGIN, extract=["$.a", "$.b[*].c", "$.d"])
    assert caught.value.pattern == "$.b[*].c" and caught.value.kind == "selector"


def test_errors_survive_pickling() -> None:
    with pytest.raises(ctfilter.PatternError) as caught:
        ctfilter.compile("{ $.a = }")
    copied = pickle.loads(pickle.dumps(caught.value))
    assert type(copied) is ctfilter.PatternError and str(copied) == str(caught.value) and copied.offset == caught.value.offset


def test_limits_are_refusals() -> None:
    ctfilter.compile("é" * 1024)
    with pytest.raises(ctfilter.PatternError) as caught:
        ctfilter.compile("é" * 1025)
    assert caught.value.kind == "limit" and "1024" in caught.value.service


def test_the_canonical_form_is_one_spelling() -> None:
    assert ctfilter.canonical("{$.a=1&&$.b!=x*}") == '{ $.a = 1 && $.b != "x*" }'
    with pytest.raises(ctfilter.PatternError):
        ctfilter.canonical("{$.a=}")
    with pytest.raises(TypeError, match="^pattern must be str"):
        ctfilter.canonical(b"x")  # type: ignore[arg-type]


def test_a_program_travels_as_bytes() -> None:
    filter = ctfilter.compile({"login": LOGIN, "two": "[a, b]"}, extract={"login": ["$.a", "$.b"]})
    program = filter.to_bytes()
    for same in (ctfilter.Filter.from_bytes(bytearray(program)), pickle.loads(pickle.dumps(filter)), copy.deepcopy(filter)):
        assert same.to_bytes() == program and same.dump() == filter.dump()
        assert same.names == filter.names and same.patterns == filter.patterns
        assert same.match('{"eventName":"ConsoleLogin","a":1}').names == ("login",)
    assert pickle.loads(pickle.dumps(filter)) == filter
    assert hash(pickle.loads(pickle.dumps(filter))) == hash(filter)
    bare = ctfilter.Filter.from_bytes(program)
    assert bare.extract == (("0", "1"), ()) and bare != filter
    assert ctfilter.Filter.from_bytes(program, extract=[["$.a", "$.b"], []]) == filter
    with pytest.raises(ValueError, match="extract"):
        ctfilter.Filter.from_bytes(program, extract=[["$.a"], []])
    for extract in (5, ["ab", ""], [[1, 2], []]):
        with pytest.raises(TypeError, match="^extract must be"):
            ctfilter.Filter.from_bytes(program, extract=extract)  # type: ignore[arg-type]


def test_the_version_is_the_distributions() -> None:
    assert ctfilter.__version__ == importlib.metadata.version("ctfilter")


def test_foreign_bytes_are_no_program() -> None:
    program = ctfilter.compile({"login": LOGIN, "re": "%x+[a-f]%"}).to_bytes()
    for bad in (b"", b"x", b"\0" * 200, program[:-1], program + b"\0", program[: len(program) // 2]):
        with pytest.raises(ctfilter.ProgramError):
            ctfilter.Filter.from_bytes(bad)
    for at in range(len(program)):
        damaged = bytearray(program)
        damaged[at] ^= 0x41
        with pytest.raises(ctfilter.ProgramError) as caught:
            ctfilter.Filter.from_bytes(damaged)
        assert 0 <= caught.value.offset <= len(program)
    with pytest.raises(TypeError, match="^program must be bytes"):
        ctfilter.Filter.from_bytes("text")  # type: ignore[arg-type]


def test_an_explanation_tells_what_was_seen() -> None:
    told = ctfilter.explain('{ $.a.b = "x" && ($.c > 5 || $.d[*] = 1) }', {"a": {"b": 'y"'}, "c": 3, "d": []})
    assert str(told).splitlines() == [
        'the pattern does not match: { $.a.b = "x" && ($.c > 5 || $.d[*] = 1) }',
        "  all of: false",
        '    no  $.a.b = "x"   ($.a.b is "y\\"")',
        "    any of: false",
        "      no  $.c > 5   ($.c is 3)",
        "      no  $.d[*] = 1   (nothing is there)",
        '  message: {"a":{"b":"y\\""},"c":3,"d":[]}',
    ]
    assert told.matches is False and told.kind == "json" and [c.outcome for c in told.clauses if c.type == "test"][1:] == ["false", "absent"]
    assert "not one JSON object" in ctfilter.explain("{ $.a = 1 }", "[1]").fault
    assert '    no  -b   (saw "b")' in str(ctfilter.explain('"a" -b', "a b")).splitlines()
    fields = ctfilter.explain("[a, b = q]", b'x "y \xff"')
    assert fields.tokens == (("a", "x"), ("b", "y \udcff")) and "  field 1 (a): x" in str(fields).splitlines()
    assert str(fields).endswith('message: x "y ?"') and str(fields).encode()
    asked = ctfilter.explain("{ $.a != 1 }")
    assert asked.matches is None and asked.message is None and "is neither the number 1" in str(asked)
    hint = ctfilter.explain("{ $.a != 1 }", {}).hints[0]
    assert hint.id == "absent-inequality" and "NOT EXISTS" in hint.instead and hint.pattern_matches
    with pytest.raises(ctfilter.PatternError):
        ctfilter.explain("{ $.a == 1 }", "x")
    with pytest.raises(TypeError, match="^pattern must be str"):
        ctfilter.explain(b"x")  # type: ignore[arg-type]


def test_an_explanation_has_the_matchers_verdict() -> None:
    events = ["", "a", "a b", '{"a":1}', '{"a":"1","b":[1]}', "{", "[1]", "x 1", "1 x y"]
    for pattern in ("", "a -b", "?a ?b", "%a.b%", "{ $.a = 1 }", "{ $.b[*] != 2 || $.a IS NULL }", "[x, y = 1]", "[]", "[..., z = y]"):
        for event in events:
            assert ctfilter.explain(pattern, event).matches == bool(ctfilter.compile(pattern).match(event)), (pattern, event)
