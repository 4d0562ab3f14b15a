"""Threads, signals, memory, and the end of the interpreter."""

from __future__ import annotations

import gc
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import ctfilter
import ctfilter.scan

PATTERNS = {"login": '{ $.eventName = "ConsoleLogin" }', "fields": "[a, b = 5*]", "re": "%x[0-9]+y%", "text": "ERROR -no"}


def test_threads_share_a_filter() -> None:
    filter = ctfilter.compile(PATTERNS, extract={"login": ["$.n"]})

    def work(seed: int) -> int:
        order, wrong = random.Random(seed), 0
        for _ in range(4000):
            n = order.randrange(1000)
            hits = filter.match(f'{{"eventName":"ConsoleLogin","n":{n}}}')
            wrong += hits.names != ("login",) or hits.values["$.n"].text != str(n)
            hits = filter.match(f"k{n} 5{n}")
            wrong += hits.fields() != {"$a": f"k{n}", "$b": f"5{n}"}
            wrong += filter.match(f"ERROR x{n}y").names != ("re", "text")
            wrong += bool(filter.match("nothing"))
        return wrong

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(12))) == 0
    assert 1 <= len(filter._pool) <= 6


def test_a_hit_may_be_asked_by_another_thread_while_it_is_opened() -> None:
    hit = next(iter(ctfilter.compile(["x", "y"]).scan(b"x y\n")))
    seen: list[tuple[int, ...]] = []

    def look(frame: Any, event: str, argument: object) -> Any:
        # What another thread would see between two lines, once there is something to see.
        if frame.f_code.co_name == "_open" and frame.f_locals["self"]._words is not None:
            seen.append(hit.indices)
        return look

    before = sys.gettrace()
    sys.settrace(look)
    try:
        assert hit.offset == 0
    finally:
        sys.settrace(before)
    assert set(seen) == {(0, 1)}


def test_other_threads_run_while_a_buffer_is_matched() -> None:
    data = (b'{"eventName":"' + b"y" * 2000 + b'"}\n') * 60000
    filter, ticks, done = ctfilter.compile(PATTERNS["login"]), [0], threading.Event()
    switch = sys.getswitchinterval()

    def tick() -> None:
        while not done.is_set():
            ticks[0] += 1
            time.sleep(0.0005)

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        # A thread that must wait for the lock would be let in only after this long.
        sys.setswitchinterval(60)
        end = time.monotonic() + 30
        while ticks[0] <= 5 and time.monotonic() < end:
            filter.count(data, framing="lines")
    finally:
        sys.setswitchinterval(switch)
        done.set()
        thread.join()
    assert ticks[0] > 5


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Python's own way with Ctrl-C, whatever another library has made of it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("framing", ["lines", "values"])
def test_an_interrupt_ends_a_long_call(framing: str, interrupts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctfilter.scan, "SMALL", 1 << 20)
    data = memoryview((b'{"eventName":"' + b"y" * 2000 + b'","a":"\\u0041"}\n') * 100000)
    filter = ctfilter.compile('{ $.eventName != "x" && $.a = "b" }')
    with pytest.raises(KeyboardInterrupt):
        threading.Timer(0.02, lambda: signal.raise_signal(signal.SIGINT)).start()
        for _ in range(200):
            filter.count(data, framing=framing)  # type: ignore[arg-type]
    assert filter.match('{"eventName":"y","a":"b"}')


def resident() -> int:
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_nothing_leaks() -> None:
    def cycle(n: int) -> None:
        for i in range(n):
            filter = ctfilter.compile({"a": f"{{ $.a = {i} }}", "b": "[x, y]"}, extract={"a": ["$.b"]})
            filter.match({"a": i, "b": "c" * 100}).values
            filter.match("p q").fields()
            list(filter.scan(b"p q\nr s\n"))
            ctfilter.Filter.from_bytes(filter.to_bytes())
            try:
                ctfilter.compile("{ $.a = }")
            except ctfilter.PatternError:
                pass

    cycle(3000)
    before = resident()
    cycle(int(os.environ.get("CTFILTER_CYCLES", "20000")))
    # One byte lost a cycle in each of ten places would be 200 kB; a filter is some kilobytes.
    assert resident() - before < 4 << 20


def test_the_interpreter_ends_with_live_objects() -> None:
    program = """
import threading, ctfilter
filter = ctfilter.compile({"a": "x", "b": "[p, q]"}, extract={"b": ["$p"]})
hits = [filter.match("x y")]
told = ctfilter.explain("x", "x y"), ctfilter.check("x"), ctfilter.sample("x"), ctfilter.equiv("x", "y")
series = ctfilter.Series()
series.add(ctfilter.Metric("N", "m"), 0, 1.0)
rule = ctfilter.CompositeAlarm("c", "ALARM(a)")
scan = filter.scan(b"x 1\\nx 2\\n")
first = next(scan)
def forever():
    while True:
        filter.match("x y").fields()
threading.Thread(target=forever, daemon=True).start()
"""
    ended = subprocess.run([sys.executable, "-X", "dev", "-c", program], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
