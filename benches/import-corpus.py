#!/usr/bin/env python3
"""What the import makes of a folder of texts, held against what a person says is right.

    benches/import-corpus.py FOLDER [--gmg-export FILE] [--only NAME]

FOLDER holds texts (.txt, .md) and `truth.json`: for each text its title and date (null where the text does not say
them, so that a placeholder is right), its headings in order, and patterns that the YAML must and must not have.

For every text: time, peak memory, the share of words, notes' marks, links and pictures that are in the YAML or named in
a `# check`; then what is wrong. A title or date is right, open (a placeholder where the text has one) or false. Ends
with 1 if anything is false, lost, or wrong in its structure.
"""

import argparse
import collections
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLACEHOLDERS = {"title": "Title not stated", "date": "0000-00-00"}


def unquoted(value):
    value = value.strip()
    return value[1:-1].replace("''", "'") if value[:1] == value[-1:] == "'" else value


def bare(text):
    return re.sub(r"[\\*_`]", "", re.sub(r"\s+", " ", text)).strip().casefold()


def words(text):
    return collections.Counter(re.findall(r"[^\W_]+", text.casefold()))


def headings(folder):
    """Titles of chapters and sections, in reading order, those of boxes aside; an appendix has its label from the program."""
    report = (folder / "report.yaml").read_text("utf-8")
    found = []
    for path in re.findall(r"^  - (.*)$", report.split("contents:", 1)[1], re.M):
        text = (folder / unquoted(path)).read_text("utf-8")
        text = re.sub(r"^( +- box:)\n +title: .*$", r"\1", text, flags=re.M)
        lines = re.findall(r"^ +(?:- )?title: (.*)$", text, re.M)
        found += [unquoted(line) for line in lines]
    return found


def judged(kind, wanted, found):
    placeholder = PLACEHOLDERS[kind]
    if wanted is None:
        return "right" if found == placeholder else "false"
    if bare(found) == bare(wanted):
        return "right"
    return "open" if found == placeholder else "false"


def measured(program, path, truth):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report"
        start = time.monotonic()
        done = subprocess.run([program, "import", path, "--out", out, "--lines"], capture_output=True, text=True)
        took = time.monotonic() - start
        if done.returncode:
            return {"took": took, "wrong": ["refused: " + done.stderr.strip().split("\n")[0]], "title": "false", "date": "false"}
        files = sorted(out.rglob("*.yaml"))
        made = "\n".join(file.read_text("utf-8") for file in files)
        report = (out / "report.yaml").read_text("utf-8")
        field = lambda name: unquoted((re.search(rf"^{name}: (.*)$", report, re.M) or [None, ""])[1])
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1252")
        result = {"took": took, "kind": (re.search(r"read as (.*)", done.stdout) or [None, ""])[1]}
        for kind in ("title", "date"):
            result[kind] = judged(kind, truth[kind], field(kind))
        wrong = []
        for kind in ("title", "date"):
            if result[kind] != "right":
                wrong.append(f"{kind} {result[kind]}: {field(kind)!r}, not {truth[kind]!r}")
        got = headings(out)
        # A text without headings is one chapter under its own title.
        own = [bare(one) for one in got if bare(one) != bare(field("title"))]
        want = [bare(one) for one in truth["headings"]]
        # The program counts appendices and names the kinds of a meeting's parts itself.
        if own != want:
            wrong.append(f"headings {got}, not {truth['headings']}")
        wrong += [f"lacks /{one}/" for one in truth["has"] if not re.search(one, made)]
        wrong += [f"has /{one}/" for one in truth["has_not"] if re.search(one, made)]
        left = set()
        for first, last, what in re.findall(r"^lines (\d+)-(\d+): (.*)$", done.stdout, re.M):
            if what not in ("title matter", "headings", "text", "facts", "footnotes"):
                left.update(range(int(first), int(last) + 1))
        kept_lines = [line for number, line in enumerate(text.split("\n"), 1) if number not in left]
        body = re.sub(r"\]\([^)]*\)|<[^>]*>|\{[^}]*\}", " ", "\n".join(kept_lines)) if path.suffix == ".md" else "\n".join(kept_lines)
        there = words(re.sub(r"\\\n\s*", "", made) + made)
        joined = re.sub(r"[^\w]", "", made.casefold())
        lost = [word for word in words(body) if word not in there and word not in joined]
        result["words"] = (sum(words(body).values()) - len(lost), sum(words(body).values()))
        result["lost"] = lost
        marks = len(re.findall(r"\[\^[^\]]+\](?!:)|\^\[", text)) if path.suffix == ".md" else 0
        result["marks"] = (min(marks, len(re.findall(r"\[\^", made))), marks)
        links = set(re.findall(r"(?:https?://|mailto:)[^\s)\"'<>\]]+", text))
        result["links"] = (sum(link.rstrip(".,;") in made for link in links), len(links))
        pictures = len(re.findall(r"!\[|<img|\{\{< figure", text)) if path.suffix == ".md" else 0
        result["pictures"] = (min(pictures, len(re.findall(r"!\[|the picture|described this picture", made))), pictures)
        for kind in ("marks", "links", "pictures"):
            if result[kind][0] < result[kind][1]:
                wrong.append(f"{kind}: {result[kind][0]} of {result[kind][1]}")
        result["wrong"] = wrong
        return result


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--gmg-export", default=os.environ.get("GMG_EXPORT", "target/debug/gmg-export"))
    options.add_argument("--only", default="")
    options = options.parse_args()
    truth = json.loads((options.folder / "truth.json").read_text("utf-8"))
    tally = collections.Counter()
    for name, one in truth.items():
        if options.only not in name:
            continue
        found = measured(options.gmg_export, options.folder / name, one)
        share = lambda kind: "{}/{}".format(*found[kind]) if kind in found else "-"
        print(f"{name}: {found['took']:.2f} s; words {share('words')}, marks {share('marks')}, links {share('links')}, pictures {share('pictures')}; {found.get('kind', '')}")
        for wrong in found["wrong"]:
            print(f"    {wrong}")
        if found.get("lost"):
            print(f"    words not found again: {' '.join(found['lost'])}")
        for kind in ("title", "date"):
            tally[f"{kind} {found[kind]}"] += 1
        tally["right in all"] += not found["wrong"]
        tally["texts"] += 1
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{tally['texts']} texts, {tally['right in all']} right in all; "
          + ", ".join(f"{kind} {what}: {tally[f'{kind} {what}']}" for kind in ("title", "date") for what in ("right", "open", "false"))
          + f"; at most {memory} MB")
    return tally["right in all"] < tally["texts"]


if __name__ == "__main__":
    sys.exit(main())
