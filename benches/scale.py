#!/usr/bin/env python3
"""Makes a report many times as long as another: its chapters again and again, under other ids.

    benches/scale.py SOURCE TARGET TIMES

Takes a source folder, writes a source folder. Front matter and appendices stay as they are; every other chapter stands
TIMES times, round after round, so that the reading order is that of the report. Meetings get running ordinals.
Works on the lines of the YAML files and needs nothing but Python.
"""

import re
import shutil
import sys
from pathlib import Path

ID = re.compile(r"(\bid: )([a-z][a-z0-9-]*)\b")


def contents(report: str) -> list[str]:
    """The chapters' file names, in reading order."""
    block = re.search(r"^contents:\n((?:[ \t]*(?:-|#).*\n|\n)+)", report, re.M)
    if not block:
        sys.exit("scale.py: report.yaml has no list `contents:`, one file name a line")
    names = re.findall(r"^\s*-\s*([^#\n]+?)\s*(?:#.*)?$", block[1], re.M)
    return [name.strip("'\"") for name in names]


def renamed(chapter: str, mark: str) -> str:
    """A chapter in which every id of its own ends in `mark`, where it is given and where it is referred to."""
    notes = set(re.findall(r"\[\^([^\]]+)\]", chapter))
    own = {found[1] for found in ID.findall(chapter)} - notes
    chapter = ID.sub(lambda found: found[1] + found[2] + (mark if found[2] in own else ""), chapter)
    return re.sub(r"\]\(#([a-z0-9-]+)\)", lambda found: f"](#{found[1]}{mark if found[1] in own else ''})", chapter)


def scale(source: Path, target: Path, times: int) -> None:
    """Writes to `target` the report of `source`, its chapters `times` times."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    report = (source / "report.yaml").read_text(encoding="utf-8")
    names = contents(report)
    chapters = {name: (source / name).read_text(encoding="utf-8") for name in names}
    repeats = lambda text: not re.search(r"^appendix:|^  front: *true", text, re.M)
    body = [name for name in names if repeats(chapters[name])]
    before = [name for name in names if name not in body and re.search(r"^  front: *true", chapters[name], re.M)]
    after = [name for name in names if name not in body and name not in before]
    meetings = sum(1 for name in body if re.search(r"^meeting:", chapters[name], re.M))
    order = list(before)
    for turn in range(times):
        for name in body:
            copy = name
            if turn:
                copy = str(Path(name).with_suffix("")) + f"-{turn + 1}.yaml"
                text = renamed(chapters[name], f"-x{turn + 1}")
                raised = lambda found, turn=turn: f"{found[1]}{int(found[2]) + turn * meetings}"
                text = re.sub(r"^(  ordinal: )(\d+)", raised, text, flags=re.M)
                (target / copy).write_text(text, encoding="utf-8", newline="\n")
            order.append(copy)
    listed = "contents:\n" + "".join(f"  - {name}\n" for name in order + after)
    block = re.compile(r"^contents:\n(?:[ \t]*(?:-|#).*\n|\n)+", re.M)
    (target / "report.yaml").write_text(block.sub(lambda _: listed, report, count=1), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 4 or not sys.argv[3].isdigit() or int(sys.argv[3]) < 1:
        sys.exit(__doc__)
    scale(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
