"""orjson: each event parsed to a dict, predicates by hand."""

import json
import re
import sys
import time

import orjson

OFFICE = re.compile(r"203\.0\.113\.[0-9]+$")


def inner(event, key):
    value = event.get(key)
    return value if isinstance(value, dict) else {}


def is_root(event):
    user = inner(event, "userIdentity")
    return user.get("type") == "Root" and "invokedBy" not in user and event.get("eventType") != "AwsServiceEvent"


def is_denied(event):
    code = event.get("errorCode", "")
    return code.startswith("AccessDenied") or code.endswith("UnauthorizedOperation")


def is_mixed(event):
    most = inner(event, "requestParameters").get("maxResults")
    resources = event.get("resources") or [{}]
    return ((isinstance(most, (int, float)) and most >= 100) or resources[0].get("type") == "AWS::KMS::Key"
            or OFFICE.match(event.get("sourceIPAddress", "")) is not None)


def is_unmarked(event):
    user = inner(event, "userIdentity")
    return ("errorCode" not in event and "additionalEventData" not in event and "invokedBy" not in user
            and user.get("type", "AssumedRole") != "AssumedRole")


def pairs_of(query):
    return {(rule["eventName"][0], rule["eventSource"][0]) for rule in map(json.loads, query["rules"])}


def predicate_of(query):
    """A function from an event to the number of hits, or None."""
    pairs = pairs_of(query) if query["id"] == "Q5" else None
    return {
        "Q1": lambda event: event.get("eventName") == "StopLogging",
        "Q2": is_root,
        "Q3": is_denied,
        "Q5": lambda event: (event.get("eventName"), event.get("eventSource")) in pairs,
        "Q6": is_mixed,
        "Q7": is_unmarked,
        "Q11": lambda event: event.get("eventVersion", "").startswith("1."),
        "Q12": lambda event: event.get("eventName") == "StopLogging",
    }.get(query["id"])


def run(lines, predicate):
    loads = orjson.loads
    start = time.perf_counter()
    hits = sum(1 for line in lines if predicate(loads(line)))
    return time.perf_counter() - start, hits


def main(directory):
    with open(f"{directory}/queries.jsonl", encoding="utf-8") as file:
        queries = [json.loads(line) for line in file]
    for query in queries:
        predicate = predicate_of(query)
        if predicate is None:
            print(query["id"], "-", "not asked", sep="\t")
            continue
        with open(f"{directory}/{query['data']}", "rb") as file:
            lines = file.read().splitlines()
        results = [run(lines, predicate) for _ in range(5)]
        seconds = sorted(seconds for seconds, _ in results)[2]
        print(query["id"], seconds, results[0][1], results[0][1], sep="\t")


main(sys.argv[1])
