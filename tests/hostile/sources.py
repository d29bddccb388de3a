"""YAML and prose that nobody would write by hand: sizes, depths, kinds of bytes, everything many times over."""

import random

from desk import Desk

FILES = ("report.yaml", "people.yaml", "organisations.yaml", "acronyms.yaml", "introduction.yaml", "meetings/first.yaml")


def checked(change, *, refused=False, command=("check",)):
    """A case: a report is changed and checked, or made."""

    def attempt():
        with Desk() as desk:
            change(desk)
            ran = desk.run(*command)
            return ran.wrong(refused=refused) or desk.harm() or desk.left()

    return attempt


def source(short):
    """Files of the source."""
    blobs = {
        "nothing": b"",
        "a byte order mark alone": b"\xef\xbb\xbf",
        "UTF-16": "section:\n  id: x\n".encode("utf-16"),
        "half of UTF-8": b"section:\n  title: \xc3",
        "NUL": b"section:\n  title: a\0b\n",
        "a Word file": b"PK\3\4" + bytes(range(256)),
        "line ends of old": b"section:\r  id: x\r  title: y\r",
        "only a comment": b"# nothing\n",
        "a list": b"- a\n- b\n",
        "two documents": b"---\na: b\n---\nc: d\n",
        "end of document": b"section:\n  id: x\n...\nsection:\n  id: y\n",
        "tag": b"!!python/object:os.system {a: b}\n",
        "anchor to itself": b"a: &a [*a]\n",
        "merge key": b"a: &a {b: c}\nd:\n  <<: *a\n",
        "tabs": b"section:\n\tid: x\n",
        "open bracket": b"section: [a, b\n",
        "open quotation mark": b'section: "a\n',
        "key twice": b"section:\n  id: x\n  id: y\n",
        "number for text": b"section:\n  id: 7\n  title: 1e400\n",
        "null everywhere": b"section:\n  id: ~\n  title: null\n  text:\n",
        "complex key": b"? [a, b]\n: c\n",
        "deep flow": b"a: " + b"[" * 100_000 + b"]" * 100_000,
        "deep block": b"".join(b" " * i + b"a:\n" for i in range(3000)),
        "aliases that grow": b"a0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (i, i, i - 1, i - 1) for i in range(1, 40)),
        "a long key": b"k" * 1_000_000 + b": v\n",
        "a million keys": b"".join(b"k%d: v\n" % i for i in range(200_000)),
        "one long line": b"section:\n  id: x\n  title: " + b"w " * 500_000 + b"\n",
    }
    for file in FILES if not short else FILES[:1] + FILES[4:5]:
        for name, blob in blobs.items():
            yield f"{file}: {name}", checked(lambda desk, file=file, blob=blob: desk.write(f"source/{file}", blob), refused=name != "nothing" or file.startswith("report"))
    sizes = {"people": 20_000, "keywords": 20_000, "chapters": 12_000, "organisations": 20_000}
    for what, count in sizes.items():
        yield f"{count} {what}", checked(lambda desk, what=what, count=count: many(desk, what, count // (10 if short else 1)))
    for seed in range(20 if short else 200):
        yield f"changed at random, seed {seed}", checked(lambda desk, seed=seed: spoil(desk, seed))


def many(desk, what, count):
    numbers = range(count)
    if what == "people":
        desk.write("source/people.yaml", "people:\n" + "".join(f"  - {{id: p{i}, name: Person {i}}}\n" for i in numbers))
    elif what == "organisations":
        desk.write("source/organisations.yaml", "organisations:\n" + "".join(f"  - {{id: o{i}, name: Body {i}, kind: state}}\n" for i in numbers))
    elif what == "keywords":
        desk.write("source/report.yaml", (desk.source / "report.yaml").read_text() + f"\nkeywords: [{', '.join(f'k{i}' for i in numbers)}]\n")
    else:
        text = (desk.source / "report.yaml").read_text()
        desk.write("source/report.yaml", text.replace("contents:\n", "contents:\n" + "".join(f"  - c{i}.yaml\n" for i in numbers), 1))


def spoil(desk, seed):
    """Changes some bytes of a file."""
    dice = random.Random(seed)
    file = desk.source / dice.choice(FILES)
    data = bytearray(file.read_bytes())
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data))
        piece = dice.choice([b":", b"- ", b"\n", b"  ", b"[", b"{", b'"', b"'", b"&a ", b"*a", b"!", b"|", b">", b"%", b"\t", b"\xff", b"\0", b"#", b"? ", b"~"])
        how = dice.randrange(4)
        if how == 0:
            data[at:at] = piece
        elif how == 1:
            del data[at : at + dice.randint(1, 30)]
        elif how == 2:
            data[at : at + 1] = piece
        else:
            there = dice.randrange(len(data))
            data[at:at] = data[there : there + dice.randint(1, 80)]
    file.write_bytes(bytes(data))


MARKUP = {
    "open bracket": "[",
    "open link": "[a](",
    "link in link": "[a [b](http://b.example) ](c)",
    "mark of a note": "[^a]",
    "unknown organisation": "[a](org:zz) ",
    "unknown person": "[a](person:zz) ",
    "HTML": "<b>x</b>\n\n",
    "comment": "<!-- ",
    "star": "*",
    "stars and words": "**a*b ",
    "line": "_",
    "code": "`",
    "fence": "\n\n```\n",
    "quote": "> ",
    "list in list": "- ",
    "numbers": "1. ",
    "heading": "\n\n# a\n\n",
    "table": "\n\n| a | b |\n|---|---|\n| c | d |\n",
    "wide table": "| a ",
    "entity": "&amp;",
    "backslash": "\\",
    "combining": "e\u0301\u0301\u0301\u0301",
    "formula": "$x^2$ ",
    "template": '#eval("1") #import "@preview/x:1.0.0" ',
    "right to left": "\u2067\u05d0\u2069 ",
    "open isolate": "\u2067",
    "no space": "w",
    "space": " ",
    "picture": "![a](b.png) ",
    "address": "https://a.example/" + "b" * 300 + " ",
    "reference": "[a][b] ",
    "rule": "\n\n---\n\n",
    "soft hyphen": "a\u00ad",
    "ideographs": "\u4e00",
    "private": "\ue000",
}


def prose(short):
    """Markup many times over, checked and set."""
    for name, piece in MARKUP.items():
        for count in (1, 200, 20_000) if not short else (1, 2000):
            for command in (("check",), ("--format", "txt")):
                yield f"{name} x {count}, {command[-1]}", checked(lambda desk, text=piece * count: desk.prose("Begin " + text + " end."), command=command)
    for name in ("combining", "no space", "list in list", "quote", "table", "open isolate") if not short else ():
        yield f"{name} x 2000, pdf", checked(lambda desk, name=name: desk.prose("Begin " + MARKUP[name] * 2000 + " end."), command=("--format", "pdf"))
    for command in (("check",), ("--format", "pdf")):
        yield f"50,000 combining marks, {command[-1]}", checked(lambda desk: desk.prose("Begin e" + "\u0301" * 50_000 + " end."), command=command)
    for seed in range(20 if short else 300):
        dice = random.Random(seed)
        text = "".join(dice.choice([*MARKUP.values(), "word ", "\n", "\n\n"]) for _ in range(dice.randint(1, 60)))
        yield f"at random, seed {seed}", checked(lambda desk, text=text: desk.prose(text), command=("--format", "txt"))
