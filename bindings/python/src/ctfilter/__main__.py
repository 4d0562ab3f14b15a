"""``python -m ctfilter conform FILE...`` scores this package by vectors; ``python -m ctfilter engine`` answers requests."""

from __future__ import annotations

import sys

from ctfilter import conformance, engine


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["conform"]:
        return conformance.main(arguments[1:])
    if arguments == ["engine"]:
        engine.main()
        return 0
    print("usage: python -m ctfilter conform FILE... | engine", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
