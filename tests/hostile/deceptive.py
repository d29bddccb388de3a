"""Text that shows something else than it is: in each place that a name, key, value or path can come from, with each class
of character, in each form of message.

None reaches a terminal, an annotation, a log, a rule of a build system, a Word part or the digest; where it stands in the
report, `check` says so with its place.
"""

import json
import os
import re
import zipfile

from desk import Desk

CLASSES = {
    "override": "\u202e",
    "embedding": "\u202b",
    "isolate": "\u2067",
    "pop": "\u202c",
    "mark of direction": "\u200f",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "tag": "\U000e0041",
    "variation": "\ufe00",
    "variation of ideographs": "\U000e0100",
    "Mongolian variation": "\u180b",
    "filler": "\u3164",
    "annotation": "\ufff9",
    "line": "\u2028",
    "next line": "\u0085",
    "escape": "\x1b[31m",
    "control of 8 bits": "\x9b31m",
    "bell": "\x07",
    "backspace": "a\b",
    "carriage return": "a\rb",
    "command": "\n::error::x",
    "old command": "##[add-mask]x",
}
FORMS = ("human", "short", "json", "sarif", "github")
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def quoted(text):
    """A text as YAML has it between quotation marks."""
    shown = "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{shown}"'


def in_yaml(file, old, new):
    def change(desk, text):
        desk.replace(f"source/{file}", old, new.replace("@", quoted("na" + text + "me")))
        return ["check"]

    return change


def raw(file, old, new):
    """The characters themselves, not their numbers."""

    def change(desk, text):
        # A line end would be one of the file.
        desk.replace(f"source/{file}", old, new.replace("@", "na" + text.replace("\n", " ") + "me"))
        return ["check"]

    return change


def setting(name, command=("--format", "txt")):
    def change(desk, text):
        desk.write("gmg-export.yaml", f"{name}: {quoted('na' + text + 'me')}\n")
        return list(command)

    return change


def argument(*arguments):
    def change(_, text):
        return [part.replace("@", "na" + text + "me") for part in arguments]

    return change


def start(*arguments):
    """The text begins the name."""

    def change(_, text):
        return [part.replace("@", text.strip("\n") + "me") for part in arguments]

    return change


def file_named(folder, command):
    def change(desk, text):
        desk.write(f"{folder}/na{text.replace('/', '')}me.yaml", "extends: screen\ndescription: x\n")
        return command

    return change


def layout_named(desk, text):
    desk.write(f"layouts/na{text.replace('/', '')}me/layout.yaml", f"extends: screen\ndescription: {quoted('a' + text)}\n")
    return ["list"]


def imported(desk, text):
    desk.write(f"na{text}me.md", f"# Ti{text}tle\n\n## Pa{text}rt\n\nMs. A{text}nn Example (Body) said so.\n")
    return ["import", f"na{text}me.md", "--out", "new"]


PLACES = {
    "id of a report": in_yaml("report.yaml", "id: my-report", "id: @"),
    "title": in_yaml("report.yaml", "title: Meetings on safe and shared rivers", "title: @"),
    "chapter": in_yaml("report.yaml", "- introduction.yaml", "- @"),
    "key": in_yaml("report.yaml", "id: my-report", "id: my-report\n@: x"),
    "raw key": raw("report.yaml", "id: my-report", "id: my-report\n@: x"),
    "language": in_yaml("report.yaml", "id: my-report", "id: my-report\nlanguage: @"),
    "id of a person": in_yaml("people.yaml", "id: ferreira", "id: @"),
    "name of a person": in_yaml("people.yaml", "name: Inês Ferreira", "name: @"),
    "post": in_yaml("people.yaml", "post: Secretary", "post: @"),
    "speaker": in_yaml("meetings/first.yaml", "- speaker: lindqvist", "- speaker: @"),
    "picture": in_yaml("introduction.yaml", "image: images/river.svg", "image: @"),
    "alternative": in_yaml("introduction.yaml", "caption: The river between the two cities", "caption: @"),
    "prose": raw("foreword.yaml", "Rivers do", "[na@me](org:@) Rivers do"),
    "address": raw("foreword.yaml", "Rivers do", "[a](https://a.example/@) Rivers do"),
    "setting out": setting("out"),
    "setting layout": setting("layout"),
    "setting format": setting("format"),
    "setting profile": setting("profile", ("--format", "press")),
    "name of a setting": lambda desk, text: (desk.write("gmg-export.yaml", f"{quoted('na' + text)}: x\n"), ["check"])[1],
    "shown settings": setting("out", ("--show-config",)),
    "--out": argument("--format", "txt", "--out", "@"),
    "--out at the start": start("--format", "txt", "--out", "@"),
    "-o": argument("-o", "@.txt"),
    "--layout": argument("check", "--layout", "@"),
    "--format": argument("--format", "@"),
    "a report": argument("check", "@"),
    "explain": argument("explain", "@"),
    "help": argument("help", "@"),
    "preflight": argument("preflight", "@"),
    "import": argument("import", "@"),
    "verify --release": argument("verify", "--release", "@"),
    "release --out": argument("release", "--out", "@"),
    "init": argument("init", "@"),
    "manifest": argument("manifest", "merge", "@", "--out", "x"),
    "a layout's folder": layout_named,
    "an unlisted file": file_named("source", ["check"]),
    "a file of words": file_named("layouts/strings", ["list"]),
    "an imported text": imported,
    "deps make": argument("--format", "txt", "--out", "@", "--deps", "list.d"),
    "deps ninja": argument("--format", "txt", "--out", "@", "--deps", "list.d", "--deps-form", "ninja"),
    "deps json": argument("--format", "txt", "--out", "@", "--deps", "list.d", "--deps-form", "json"),
}
# Fields of the report whose text is printed.
PRINTED = ("title", "name of a person", "post", "alternative", "prose")


def shows(text, form):
    """What a reader of messages would be deceived by."""
    lines = text.split("\n")
    for line in lines:
        found = HIDDEN.search(line.replace("\t", ""))
        if found:
            return f"U+{ord(found.group()):04X} in {line!r}"[:300]
        if "##[" in line:
            return f"a command in {line!r}"[:300]
        if line.strip().startswith("::") and not (form == "github" and re.match(r"::(error|warning) (file|title)=", line)):
            return f"a command in {line!r}"[:300]
    return None


def said(place, change, text, form):
    def attempt():
        with Desk() as desk:
            try:
                arguments = change(desk, text)
            except (OSError, ValueError):
                # The system knows no such names.
                return None
            if form != "human":
                arguments = [*arguments, "--message-format", form]
            ran = desk.run(*arguments)
            wrong = ran.wrong() or shows(ran.err, form) or shows(ran.out, form)
            if wrong:
                return wrong
            if form in ("json", "sarif"):
                for document in ran.err.splitlines() if form == "json" else [ran.err]:
                    json.loads(document or "null")
            rule = desk.report / "list.d"
            if rule.exists() and (wrong := shows(rule.read_text(errors="replace"), form)):
                return f"the rule: {wrong}"
            return None

    return attempt


def reported(place, change, text):
    """A case: `check` says that something is there, and where; what is made shows none of it."""

    def attempt():
        with Desk() as desk:
            change(desk, text)
            check = desk.run("check")
            number = f"U+{ord(next(c for c in text if not (c.isascii() and c.isprintable()))):04X}"
            if number not in check.said or not re.search(r"--> source/\S+:\d+:\d+", check.said):
                return f"{number} is not reported with its place: {check.said[:300]}"
            made = desk.run("--format", "txt,docx")
            if made.code == 0:
                return hidden_in(desk.report / "out")
            return made.wrong()

    return attempt


def hidden_in(out):
    for path in out.glob("*.txt"):
        if found := HIDDEN.search(path.read_text().replace("\n", "").replace("\t", "")):
            return f"U+{ord(found.group()):04X} in {path.name}"
    for path in out.glob("*.docx"):
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    text = parts.read(name).decode().replace("\n", "").replace("\r", "").replace("\t", "")
                    if found := HIDDEN.search(text.replace("\u00ad", "")):
                        return f"U+{ord(found.group()):04X} in {name}"
    return None


LOOK_ALIKES = {
    "id of a person": ("people.yaml", "id: lindqvist", "id: lindqv\u0456st"),
    "speaker": ("meetings/first.yaml", "- speaker: lindqvist", "- speaker: lindqv\u0456st"),
    "id of an organisation": ("organisations.yaml", "id: network", "id: netw\u043erk"),
    "organisation of a person": ("people.yaml", "organisation: network", "organisation: netw\u043erk"),
    "id of a report": ("report.yaml", "id: my-report", "id: my-rep\u043ert"),
    "a chapter": ("report.yaml", "- introduction.yaml", "- introducti\u043en.yaml"),
    "a key": ("people.yaml", "post: Secretary", "p\u043est: Secretary"),
    "full-width letters": ("people.yaml", "id: lindqvist", "id: \uff4cindqvist"),
    "an invisible letter": ("meetings/first.yaml", "- speaker: lindqvist", "- speaker: lind\u200bqvist"),
}


def look_alike(file, old, new):
    def attempt():
        with Desk() as desk:
            desk.replace(f"source/{file}", old, new)
            ran = desk.run("check")
            other = next(c for c in new if not c.isascii())
            return ran.wrong(refused=True) or (None if f"U+{ord(other):04X}" in ran.said else f"it is not said: {ran.said[:400]}")

    return attempt


def cases(short):
    number = 0
    for place, change in PLACES.items():
        for what, text in CLASSES.items():
            for form in FORMS:
                # A part of them, spread over places, classes and forms.
                number += 1
                if not short or number % 17 == 0:
                    yield f"{what} in {place}, {form}", said(place, change, text, form)
    for place in PRINTED[:1] if short else PRINTED:
        for what, text in CLASSES.items():
            # A mark of its own in text of two directions is no deceit, and these are plain ASCII.
            if what not in ("carriage return", "command", "old command"):
                yield f"{what} in {place} is reported", reported(place, PLACES[place], text)
    for place, (file, old, new) in LOOK_ALIKES.items():
        yield f"a look-alike: {place}", look_alike(file, old, new)
