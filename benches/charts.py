#!/usr/bin/env python3
"""Two reports of about the same length, one of charts and one of text, to compare what a page of each costs.

    benches/charts.py TARGET COUNT

Writes the source folders TARGET/charts, with COUNT charts of every kind in turn, each with its table, and TARGET/text.
Needs nothing but Python.
"""

import sys
from pathlib import Path

KINDS = ("bar", "column", "line", "area", "stacked-bar", "stacked-column", "share")
REPORT = """id: bench
language: en-GB
title: A bench
date: 2026-01-01
publisher: Bench
description: A bench.
copyright: Bench
imprint: Bench.
contents: [c.yaml]
"""
# About as many words as a page of the layout `screen` has.
WORDS = "the river rose and the ferry stopped for an hour while water was measured at every gauge between the two cities".split()


def chart(number: int) -> str:
    """A chart with three series, or one where it has shares."""
    kind = KINDS[number % len(KINDS)]
    names = range(1) if kind == "share" else range(3)
    count = 5 if kind == "share" else 8
    value = lambda series, at: (number * 7 + series * 13 + at * at * 5) % 97 + 1
    series = [f"{{name: Series {one}, values: [{', '.join(str(value(one, at)) for at in range(count))}]}}" for one in names]
    years = ", ".join(str(2018 + at) for at in range(count))
    return f"    - chart:\n        kind: {kind}\n        caption: Chart {number}\n        categories: [{years}]\n        series:\n" + "".join(f"          - {one}\n" for one in series)


def paragraph(number: int) -> str:
    """A paragraph of some 120 words, none like another."""
    words = [WORDS[(at * (number % 11 + 2) + number) % len(WORDS)] for at in range(120)]
    return f"    - text: |\n        Number {number}. {' '.join(words)}.\n"


def write(target: Path, count: int) -> None:
    """Writes both sources."""
    for name, blocks in (("charts", map(chart, range(count))), ("text", map(paragraph, range(count * 2)))):
        folder = target / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.yaml").write_text(REPORT, encoding="utf-8")
        (folder / "people.yaml").write_text("people: []\n", encoding="utf-8")
        (folder / "organisations.yaml").write_text("organisations: []\n", encoding="utf-8")
        (folder / "c.yaml").write_text("section:\n  id: c\n  title: Bench\n  blocks:\n" + "".join(blocks), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) < 1:
        sys.exit(__doc__)
    write(Path(sys.argv[1]), int(sys.argv[2]))
