"""Files that people write in forms that nobody expects: YAML, fixed words, profiles and texts to import."""

from documents import imported
from engines import ROOT, mutated
from sources import checked


def chap(title="A", text="a", more=""):
    return f"section:\n  id: introduction\n  title: {title}\n  text: {text}\n{more}"


FORMS = {
    "binary": chap("!!binary aGVsbG8="),
    "set": "section: !!set {id, title}\n",
    "timestamp": chap("!!timestamp 2001-12-14"),
    "octal": chap("0o17"),
    "hex": chap("0x1F"),
    "underscores": chap("1_000"),
    "1e999": chap("1e999"),
    "infinity": chap("-.INF"),
    "sexagesimal": chap("190:20:30"),
    "bool key": "true: a\n" + chap(),
    "null key": "~: a\n" + chap(),
    "number key": "1: a\n" + chap(),
    "list key": "? [a]\n: b\n" + chap(),
    "map key": "? {a: b}\n: c\n",
    "merge list": "a: &a {id: x}\nb: &b {title: y}\nsection:\n  <<: [*a, *b]\n",
    "merge of text": "section:\n  <<: abc\n",
    "merge self": "section: &a\n  <<: *a\n",
    "10 MB of #": "#" * 10_000_000 + "\n" + chap(),
    "a million comments": "# a\n" * 1_000_000 + chap(),
    "100,000 documents": "---\na: b\n" * 100_000,
    "directives": "%TAG ! tag:a,2000:\n" * 100_000 + "---\n" + chap(),
    "a newer YAML": "%YAML 9.9\n---\n" + chap(),
    "many blank lines": chap() + "\n" * 5_000_000,
    "kept line ends": chap("A", "|+\n    a" + "\n" * 2_000_000),
    "indented by 9": chap("A", "|9\n             a"),
    "an indent that is none": chap("A", "|0\n    a"),
    "two signs": chap("A", "|+-\n    a"),
    "100,000 keys in braces": "section: {" + ", ".join(f"k{i}: v" for i in range(100_000)) + "}\n",
    "a long alias": "a: &a " + "x" * 100_000 + "\nb: [" + ", ".join(["*a"] * 100_000) + "]\n",
    "anchors": "".join(f"k{i}: &a{i} x\n" for i in range(100_000)),
    "an anchor twice": "section:\n  id: &a introduction\n  title: &a B\n  text: *a\n",
    "alias before": "section:\n  id: *a\n  title: &a B\n",
    "lone surrogate": chap('"\\uD800"'),
    "surrogate pair": chap('"\\uD83D\\uDE00"'),
    "NUL escape": chap('"\\x00"'),
    "bell escape": chap('"\\a"'),
    "beyond Unicode": chap('"\\UFFFFFFFF"'),
    "last character": chap('"\\U0010FFFF"'),
    "BOM in the middle": chap("a\ufeffb"),
    "CR alone": chap().replace("\n", "\r"),
    "NEL": chap().replace("\n", "\u0085"),
    "form feed": "\f" + chap(),
    "open brackets": "section: " + "[" * 1000,
    "open braces": "section: " + "{" * 1000,
    "open quotes": 'section: "' + "a\n" * 200_000,
    "closing brackets": "]" * 100_000,
    "hyphens": "- " * 100_000,
    "questions": "? " * 100_000,
    "colons": ": " * 100_000,
    "a: b: c": "a: " * 100_000,
    "quotes": "'" * 1_000_001,
    "backslashes": 'a: "' + "\\" * 1_000_001 + '"',
    "stars": "*" * 100_000,
    "bangs": "!" * 100_000,
    "tag of 1 MB": "a: !<" + "x" * 1_000_000 + "> b\n",
    "percents": "a: !%" + "41" * 100_000 + " b\n",
    "ampersands": "&" * 100_000,
    "bars": "a: |" + "\n" * 10 + "|" * 1_000_000,
    "deep list": "".join(" " * i + "-\n" for i in range(2000)),
    "deep list on a line": "- " * 2000 + "a",
    "numbers too long": chap("A", "a", "  number: " + "9" * 1_000_000 + "\n"),
    "a field of 1 MB": "section:\n  " + "x" * 1_000_000 + ": a\n",
    "10,000 unknown fields": "section:\n" + "".join(f"  f{i}: a\n" for i in range(10_000)),
    "10,000 sections in one another": "section:\n  id: introduction\n  title: A\n" + "".join("  " * (2 * i + 1) + "sections:\n" + "  " * (2 * i + 2) + f"- id: a{i}\n" + "  " * (2 * i + 3) + "title: B\n" for i in range(300)),
    "10,000 same ids": "section:\n  id: introduction\n  title: A\n  sections:\n" + "".join("    - {id: a, title: B, text: c}\n" for _ in range(10_000)),
    "20,000 sections": "section:\n  id: introduction\n  title: A\n  sections:\n" + "".join(f"    - {{id: a{i}, title: B, text: c}}\n" for i in range(20_000)),
    "20,000 notes": 'section:\n  id: introduction\n  title: A\n  text: "' + " ".join(f"a[^n{i}]" for i in range(20_000)) + '"\n  footnotes:\n' + "".join(f"    - {{id: n{i}, text: b}}\n" for i in range(20_000)),
    "a table of 1000 columns": chap("A", "a", "  blocks:\n    - table: {caption: c, header: [[" + ", ".join(["h"] * 1000) + "]], rows: [[" + ", ".join(["c"] * 1000) + "]]}\n"),
    "a table of 20,000 rows": chap("A", "a", "  blocks:\n    - table: {caption: c, header: [[a, b]], rows: [" + ", ".join(["[c, d]"] * 20_000) + "]}\n"),
    "a cell of 1 MB": chap("A", "a", "  blocks:\n    - table: {caption: c, header: [[a, b]], rows: [[c, " + "word " * 200_000 + "]]}\n"),
    "boxes in boxes": chap("A", "a", "  blocks:\n" + "".join("    " + "    " * i + "- box:\n" + "    " * (i + 2) + "title: a\n" + "    " * (i + 2) + "blocks:\n" for i in range(15))),
    "utf-16le without mark": chap().encode("utf-16-le"),
    "utf-32": chap().encode("utf-32"),
    "overlong": chap().encode() + b"\xc0\x80",
    "surrogate bytes": chap("\ud800").encode("utf-8", "surrogatepass"),
    "windows-1252": chap("“é”").encode("cp1252"),
    "shift-jis": chap("日本").encode("shift-jis"),
    "ebcdic": chap().encode("cp500"),
}
WORDS = {
    "empty": "",
    "months 13": "months: [" + ", ".join(["a"] * 13) + "]\n",
    "months as fields": "months: {a: b}\n",
    "months empty": 'months: ["", "", "", "", "", "", "", "", "", "", "", ""]\n',
    "a date of 1 MB": 'date: "' + "{day} " * 200_000 + '{month} {year}"\n',
    "nested braces": 'date: "{{day}} {month} {year}"\n',
    "a template": 'date: "#eval(1) {day} {month} {year}"\n',
    "bidi": 'note: "a\u202eb"\n',
    "escape": 'note: "a\\eb"\n',
    "1 MB": "note: " + "x" * 1_000_000 + "\n",
    "list": "- a\n",
    "unknown": "nope: a\n",
    "anchors": "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40)),
}
ICC = next(iter(ROOT.glob("layouts/**/*.icc"))).read_bytes()
PROFILES = {
    "nothing": b"",
    "cut": ICC[:5000],
    "half": ICC[: len(ICC) // 2],
    "size": b"\xff\xff\xff\xff" + ICC[4:],
    "tags": ICC[:128] + b"\xff\xff\xff\xff" + ICC[132:],
    "offsets": ICC[:132] + b"\xff" * 400 + ICC[532:],
    "rgb": ICC[:16] + b"RGB " + ICC[20:],
    "grey": ICC[:16] + b"GRAY" + ICC[20:],
    "screen": ICC[:12] + b"mntr" + ICC[16:],
    "no mark": ICC[:36] + b"xxxx" + ICC[40:],
    "text": b"no profile" * 100,
    "zeros": bytes(1_000_000),
    "grids": ICC.replace(b"mft2\0\0\0\0\4\3", b"mft2\0\0\0\0\x0f\x0f"),
    "grid points": b"".join([ICC[: (i := ICC.index(b"mft2")) + 10], b"\xff", ICC[i + 11 :]]) if b"mft2" in ICC else ICC[:99],
}
for seed in range(12):
    PROFILES[f"at random {seed}"] = mutated(ICC[:3000], seed) + ICC[3000:]

HEAD_OF_TEXT = "# Title\n\n*One Place, 3 May 2020*\n\n## Part\n\n"
TEXTS = {
    "NULs": "a\0b " * 100_000,
    "deep quotes": HEAD_OF_TEXT + ">" * 100_000 + " a",
    "deep lists": HEAD_OF_TEXT + "\n".join("  " * i + "- a" for i in range(3000)),
    "deep emphasis": HEAD_OF_TEXT + "*" * 50_000 + "a" + "*" * 50_000,
    "deep brackets": HEAD_OF_TEXT + "[" * 50_000 + "a" + "]" * 50_000,
    "deep pictures": HEAD_OF_TEXT + "![" * 50_000 + "a" + "](b)" * 50_000,
    "a table of 10,000 columns": HEAD_OF_TEXT + "|" + " a |" * 10_000 + "\n|" + " - |" * 10_000 + "\n" + ("|" + " b |" * 10_000 + "\n") * 5,
    "a table of 1,000 by 1,000": HEAD_OF_TEXT + "|" + " a |" * 1_000 + "\n|" + " - |" * 1_000 + "\n" + ("|" + " b |" * 1_000 + "\n") * 1_000,
    "50,000 tables": HEAD_OF_TEXT + "| a | b |\n| - | - |\n| c | d |\n\nw\n\n" * 30_000,
    "100,000 definitions of links": HEAD_OF_TEXT + "".join(f"[a{i}]: http://a.example/{i}\n" for i in range(100_000)) + "\n[b][a1]\n",
    "100,000 references": HEAD_OF_TEXT + "[b][a1] " * 100_000 + "\n\n[a1]: http://a.example\n",
    "100,000 notes": HEAD_OF_TEXT + "".join(f"a[^{i}] " for i in range(50_000)) + "\n\n" + "".join(f"[^{i}]: b\n" for i in range(50_000)),
    "notes of themselves": HEAD_OF_TEXT + "a[^1]\n\n[^1]: b[^1]\n",
    "notes in a ring": HEAD_OF_TEXT + "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]\n",
    "tables in tables": HEAD_OF_TEXT + "<table><tr><td>" * 3000 + "a" + "</td></tr></table>" * 3000,
    "divs in divs": HEAD_OF_TEXT + "<div>\n\n" * 20_000 + "a",
    "spans": HEAD_OF_TEXT + "<span>" * 50_000 + "a",
    "attributes": HEAD_OF_TEXT + "<p " + " ".join(f'a{i}="b"' for i in range(200_000)) + ">a</p>",
    "entities": HEAD_OF_TEXT + "&amp;" * 500_000,
    "no entity": HEAD_OF_TEXT + "&nope;" * 100_000,
    "script": HEAD_OF_TEXT + "<script>" + "a" * 1_000_000,
    "comment": HEAD_OF_TEXT + "<!--" + "a" * 5_000_000,
    "a picture of 40 MB as data": HEAD_OF_TEXT + "![a](data:image/png;base64," + "A" * 12_000_000 + ")\n",
    "svg as data": HEAD_OF_TEXT + "![a](data:image/svg+xml,%3Csvg/%3E)\n",
    "data of a script": HEAD_OF_TEXT + "[a](data:text/html,<script>)\n",
    "front matter that grows": "---\na0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n" for i in range(1, 40)) + "---\n" + HEAD_OF_TEXT,
    "front matter open": "---\ntitle: a\n" + HEAD_OF_TEXT,
    "front matter of TOML": "+++\na = " + "[" * 100_000 + "\n+++\n" + HEAD_OF_TEXT,
    "front matter of 5 MB": "---\ntitle: " + "x" * 5_000_000 + "\n---\n" + HEAD_OF_TEXT,
    "100,000 headings": HEAD_OF_TEXT + "## A part\n\nw\n\n" * 20_000,
    "a heading of 1 MB": "# " + "word " * 200_000 + "\n\ntext\n",
    "headings without text": HEAD_OF_TEXT + "## a\n\n" * 20_000,
    "levels": HEAD_OF_TEXT + "".join("#" * (i % 6 + 1) + " a\n\nw\n\n" for i in range(5000)),
    "emphasis open": HEAD_OF_TEXT + "**a*b _c~~d `e " * 50_000,
    "code open": HEAD_OF_TEXT + "```\n" + "a\n" * 500_000,
    "fences": HEAD_OF_TEXT + "```\n" * 100_001,
    "backquotes": HEAD_OF_TEXT + "".join("`" * i + " " for i in range(1, 2000)),
    "smile": HEAD_OF_TEXT + ":smile:" * 200_000,
    "math": HEAD_OF_TEXT + "$x$ " * 200_000,
    "autolinks": HEAD_OF_TEXT + "http://a.example/b " * 100_000,
    "mails": HEAD_OF_TEXT + "a@b.example " * 100_000,
    "angle": HEAD_OF_TEXT + "<" * 1_000_000,
    "tildes": HEAD_OF_TEXT + "~" * 1_000_000,
    "numbers": HEAD_OF_TEXT + "\n".join(f"{i}. a" for i in range(50_000)),
    "number too large": HEAD_OF_TEXT + "99999999999999999999. a\n",
    "roman": HEAD_OF_TEXT + "\n".join(f"({i}) a" for i in range(20_000)),
    "definition lists": HEAD_OF_TEXT + "a\n: b\n\n" * 50_000,
    "rules": HEAD_OF_TEXT + "---\n\n" * 100_000,
    "CR": HEAD_OF_TEXT.replace("\n", "\r") + "a\r\rb",
    "LS": HEAD_OF_TEXT.replace("\n", "\u2028") + "a",
    "VT": HEAD_OF_TEXT + "a\vb\fc",
    "bidi": HEAD_OF_TEXT + "\u202ea\u2066b",
    "tags": HEAD_OF_TEXT + "a\U000e0041b" * 50_000,
    "variation": HEAD_OF_TEXT + "a\ufe0f" * 200_000,
    "zero width": HEAD_OF_TEXT + "\u200b" * 1_000_000,
    "combining": HEAD_OF_TEXT + "e" + "\u0301" * 1_000_000,
    "hangul": HEAD_OF_TEXT + "\u1100" * 500_000,
    "speakers": HEAD_OF_TEXT + "Ms. Ann Example (Body) said that it is so. " * 20_000,
    "10,000 speakers": HEAD_OF_TEXT + "".join(f"Ms. Ann Example{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)} (Body) said that it is so.\n\n" for i in range(10_000)),
    "10,000 bodies": HEAD_OF_TEXT + "".join(f"The Body of Things{i} (BT{i}) said so.\n\n" for i in range(10_000)),
    "xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "tex": "\\documentclass{article}\\begin{document}a\\input{/etc/passwd}\\end{document}",
    "rst": "Title\n=====\n\n.. include:: /etc/passwd\n",
    "org": '#+INCLUDE: "/etc/passwd"\n* a\n',
}


def source(short):
    for at, (name, text) in enumerate(FORMS.items()):
        if not short or at % 5 == 0:
            yield f"form: {name}", checked(lambda desk, text=text: desk.write("source/introduction.yaml", text), command=("--format", "txt"))
    for name, text in WORDS.items():
        yield f"fixed words: {name}", checked(lambda desk, text=text: desk.write("layouts/strings/en.yaml", text), command=("--format", "txt"))


def profiles(short):
    for name, data in PROFILES.items() if not short else list(PROFILES.items())[::5]:
        yield f"profile: {name}", checked(lambda desk, data=data: desk.write("p.icc", data), command=("--format", "press", "--profile", "p.icc"))


def texts(short):
    for at, (name, text) in enumerate(TEXTS.items()):
        for ending in ("md", "txt") if not short else ("md",):
            if not short or at % 5 == 0:
                yield f"text: {name}, {ending}", imported(text, f"a.{ending}")
