"""Spark: the answer of one process, whatever the partitions do."""

from __future__ import annotations

import datetime
import gzip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import ctfilter

pytest.importorskip("pyspark")
pytest.importorskip("pyarrow")
if shutil.which("java") is None:
    pytest.skip("Spark needs a Java runtime", allow_module_level=True)

import ctfilter.spark  # noqa: E402

# Spark has words for versions of pandas, which is not used here.
pytestmark = pytest.mark.filterwarnings("ignore")

LOGIN = '{ $.eventName = "ConsoleLogin" }'
FILTERS = [
    ctfilter.MetricFilter("logins", LOGIN, "N", "Logins"),
    ctfilter.MetricFilter("errors", "{ $.errorCode = * }", "N", "Errors", default=0),
    ctfilter.MetricFilter("by", "{ $.eventName = * }", "N", "Calls", dimensions={"name": "$.eventName"}),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.sql.shuffle.partitions": "3",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
    }
    # Two workers at a time, and a task may fail four times.
    builder = SparkSession.builder.master("local[2,4]").appName("ctfilter")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def expected(request: pytest.FixtureRequest) -> ctfilter.Series:
    trail = request.getfixturevalue("trail")
    series = ctfilter.Series()
    ctfilter.Metrics(FILTERS).scan(series, trail)
    return series


def files(spark: Any, path: Path) -> Any:
    return spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(str(path))


def test_matching_rows_are_those_of_one_process(spark: Any, trail: Path) -> None:
    filter = ctfilter.compile({"login": LOGIN, "error": "{ $.errorCode = * }"}, extract={"login": ["$.userIdentity.userName", "$.none"]})
    found = ctfilter.spark.match(ctfilter.spark.events(files(spark, trail)).repartition(5), filter, "event")
    assert found.columns == ["path", "event", "error", "patterns", "values"]
    rows = sorted((bytes(r.event), tuple(r.patterns), dict(r["values"])) for r in found.collect())
    hits = filter.scan(trail)
    texts = [{s: v.text for s, v in h.values.items() if v.type == "string"} for h in filter.scan(trail)]
    alone = sorted((bytes(h.message), h.names, t) for h, t in zip(hits, texts, strict=True))
    assert rows == alone and len(rows) > 20
    frame = spark.createDataFrame([("ERROR x", 1), (None, 2), ("fine", 3)], "line string, n long")
    found = ctfilter.spark.match(frame, ctfilter.compile("ERROR"), "line", patterns="why")
    assert [(r.n, r.why) for r in found.collect()] == [(1, ["ERROR"])]
    with pytest.raises(TypeError, match="^filter must be a Filter"):
        ctfilter.spark.match(frame, "ERROR", "line")  # type: ignore[arg-type]


@pytest.mark.parametrize("partitions", [1, 2, 7, 30])
def test_a_series_equals_that_of_one_process(spark: Any, trail: Path, expected: ctfilter.Series, partitions: int) -> None:
    from pyspark.sql.functions import rand

    frame = ctfilter.spark.events(files(spark, trail)).orderBy(rand(partitions)).repartition(partitions)
    got = ctfilter.spark.series(frame, FILTERS, "event")
    assert got.to_bytes() == expected.to_bytes()
    alarm = ctfilter.Alarm("a", ctfilter.Metric("N", "Logins"), 0, "GreaterThanThreshold", evaluation_periods=3)
    assert ctfilter.replay(alarm, got) == ctfilter.replay(alarm, expected)


def test_times_may_stand_in_a_column(spark: Any) -> None:
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    rows = [(f'{{"eventName":"x","i":{i}}}', start + datetime.timedelta(seconds=17 * i)) for i in range(300)]
    alone = ctfilter.Series(resolution=10, max_values=2)
    for message, time in rows:
        ctfilter.Metrics(FILTERS).record(alone, message, time)
    frame = spark.createDataFrame(rows, "m string, t timestamp").repartition(4)
    assert ctfilter.spark.series(frame, ctfilter.Metrics(FILTERS), "m", "t", resolution=10, max_values=2) == alone
    millis = frame.selectExpr("m", "unix_millis(t) as t")
    assert ctfilter.spark.series(millis, FILTERS, "m", "t", resolution=10, max_values=2) == alone


def test_nothing_gives_an_empty_series(spark: Any) -> None:
    empty = spark.createDataFrame([], "m string, t timestamp")
    assert ctfilter.spark.series(empty, FILTERS, "m", "t") == ctfilter.Series()
    nulls = spark.createDataFrame([(None, None), ("{}", None)], "m string, t timestamp")
    assert ctfilter.spark.series(nulls, FILTERS, "m", "t").info.samples == 0


def test_a_worker_that_is_killed_changes_nothing(
    spark: Any, trail: Path, expected: ctfilter.Series, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: Any = ctfilter.spark._record_batches
    marker = str(tmp_path / "killed")

    def dies_once(*arguments: Any) -> Iterator[Any]:
        *settings, batches = arguments

        def deadly() -> Iterator[Any]:
            for n, batch in enumerate(batches):
                if n == 1:
                    try:
                        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
                        os.kill(os.getpid(), signal.SIGKILL)
                    except FileExistsError:
                        pass
                yield batch

        yield from whole(*settings, deadly())

    monkeypatch.setattr(ctfilter.spark, "_record_batches", dies_once)
    frame = ctfilter.spark.events(files(spark, trail)).repartition(3)
    assert ctfilter.spark.series(frame, FILTERS, "event") == expected
    assert os.path.exists(marker)


def test_a_corrupt_file_is_reported_and_skipped(spark: Any, trail: Path, expected: ctfilter.Series, tmp_path: Path) -> None:
    shutil.copytree(trail, tmp_path / "trail")
    (tmp_path / "trail/half.json.gz").write_bytes(gzip.compress(b'{"Records":[{"a":1}]}')[:-9])
    (tmp_path / "trail/cut.json").write_bytes(b'{"Records":[{"eventName":5},')
    (tmp_path / "trail/bomb.json.gz").write_bytes(gzip.compress(b'{"Records":[' + b" " * 20_000_000))
    found = files(spark, tmp_path / "trail")
    frame = ctfilter.spark.events(found, errors="report", max_document=10_000_000).cache()
    broken = {Path(r.path).name: (r.event, r.error) for r in frame.where("error is not null").collect()}
    assert set(broken) == {"half.json.gz", "cut.json", "bomb.json.gz"}
    assert all(event is None and error for event, error in broken.values())
    assert "longer than 10000000" in broken["bomb.json.gz"][1]
    good = frame.where("error is null and not endswith(path, 'cut.json')")
    assert ctfilter.spark.series(good, FILTERS, "event") == expected
    with pytest.raises(Exception, match="cut.json|half.json.gz|bomb.json.gz"):
        ctfilter.spark.events(found).count()
    with pytest.raises(ValueError, match="^errors must be"):
        ctfilter.spark.events(found, errors="ignore")


CLUSTER = """
import os, sys
import ctfilter, ctfilter.spark, pyspark
from pyspark.sql import SparkSession

os.environ["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
settings = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.executor.memory": "512m"}
builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("ctfilter")
for name, value in settings.items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
spark.sparkContext.setLogLevel("OFF")
files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(sys.argv[1])
by = ctfilter.MetricFilter("by", "{ $.eventName = * }", "N", "Calls", dimensions={"name": "$.eventName"})
events = ctfilter.spark.events(files).repartition(7)
series = ctfilter.spark.series(events, by, "event")
print("executors", len(set(spark.sparkContext.parallelize(range(16), 16).map(lambda _: os.getppid()).collect())))
print("series", series.to_bytes().hex())
spark.stop()
"""


def test_a_cluster_of_two_executors_gives_the_same(trail: Path, tmp_path: Path) -> None:
    """Master, workers and executors are processes of their own, with Java machines of their own."""
    by = ctfilter.MetricFilter("by", "{ $.eventName = * }", "N", "Calls", dimensions={"name": "$.eventName"})
    alone = ctfilter.Series()
    ctfilter.Metrics(by).scan(alone, trail)
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-c", CLUSTER, str(trail)]
    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, ended.stderr
    told = dict(line.split() for line in ended.stdout.splitlines())
    assert told == {"executors": "2", "series": alone.to_bytes().hex()}
