"""DuckDB: SQL over the file of events, one thread, with only the columns that a query needs."""

import json
import sys
import time

import duckdb

USER = "STRUCT(type VARCHAR, invokedBy VARCHAR)"
NAME = {"eventName": "VARCHAR"}

# Columns and condition.
ASKED = {
    "Q1": (NAME, "eventName = 'StopLogging'"),
    "Q2": ({"userIdentity": USER, "eventType": "VARCHAR"},
           "userIdentity.type = 'Root' AND userIdentity.invokedBy IS NULL AND eventType <> 'AwsServiceEvent'"),
    "Q3": ({"errorCode": "VARCHAR"}, "errorCode LIKE 'AccessDenied%' OR errorCode LIKE '%UnauthorizedOperation'"),
    "Q5": ({"eventName": "VARCHAR", "eventSource": "VARCHAR"}, "(eventName, eventSource) IN (SELECT a, b FROM pairs)"),
    "Q6": ({"requestParameters": "STRUCT(maxResults DOUBLE)", "resources": "STRUCT(type VARCHAR)[]",
            "sourceIPAddress": "VARCHAR"},
           "requestParameters.maxResults >= 100 OR resources[1].type = 'AWS::KMS::Key' OR "
           "regexp_matches(sourceIPAddress, '^203\\.0\\.113\\.[0-9]+$')"),
    "Q7": ({"userIdentity": USER, "errorCode": "VARCHAR", "additionalEventData": "JSON"},
           "errorCode IS NULL AND additionalEventData IS NULL AND userIdentity.invokedBy IS NULL AND "
           "userIdentity.type <> 'AssumedRole'"),
    "Q11": ({"eventVersion": "VARCHAR"}, "eventVersion LIKE '1.%'"),
    "Q12": (NAME, "eventName = 'StopLogging'"),
}


def make_pairs(database, query):
    rules = [json.loads(rule) for rule in query["rules"]]
    database.execute("CREATE OR REPLACE TABLE pairs (a VARCHAR, b VARCHAR)")
    database.executemany("INSERT INTO pairs VALUES (?, ?)",
                         [(rule["eventName"][0], rule["eventSource"][0]) for rule in rules])


def run(database, path, columns, condition):
    types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    start = time.perf_counter()
    (count,), = database.execute(
        f"SELECT count(*) FROM read_json('{path}', format='newline_delimited', records=true, columns={{{types}}}) "
        f"WHERE {condition}").fetchall()
    return time.perf_counter() - start, count


def main(directory):
    with open(f"{directory}/queries.jsonl", encoding="utf-8") as file:
        queries = [json.loads(line) for line in file]
    database = duckdb.connect(config={"threads": 1})
    for query in queries:
        if query["id"] not in ASKED:
            print(query["id"], "-", "not asked", sep="\t")
            continue
        if query["id"] == "Q5":
            make_pairs(database, query)
        results = [run(database, f"{directory}/{query['data']}", *ASKED[query["id"]]) for _ in range(5)]
        seconds = sorted(seconds for seconds, _ in results)[2]
        print(query["id"], seconds, results[0][1], results[0][1], sep="\t")


main(sys.argv[1])
