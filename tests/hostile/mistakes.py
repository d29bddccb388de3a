"""What people write by mistake, one case each that no other group makes: what is said of it, and where.

`bad-input.py` makes the same mistakes in every field; these are mistakes of one field or kind of text.
"""

import json
import re

from desk import Desk, environment

REPORT = "source/report.yaml"
PEOPLE = "source/people.yaml"
BODIES = "source/organisations.yaml"
CHAPTER = "source/introduction.yaml"
MEETING = "source/meetings/first.yaml"
SETTINGS = "gmg-export.yaml"
LAYOUT = "layouts/mine/layout.yaml"
WORDS = "layouts/strings/fr.yaml"
SOUND = "format: [pdf, txt]\nlayout: mine\nout: out\nbleed: 3mm\nquiet: false\nmessage-format: json\nlimits:\n  memory: 900\n  time: 9\n"
SOUND_WORDS = "months: [janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre]\ndate: '{day} {month} {year}'\n"

def sub(old, new):
    return lambda text: text.replace(old, new, 1)


def line(field, value):
    """Gives a field another value."""
    return lambda text: re.sub(rf"^( *){field}: .*$", lambda found: f"{found[1]}{field}: {value}", text, count=1, flags=re.M)


def add(more):
    return lambda text: text + more


def whole(text):
    return lambda _: text


def from_contents(text):
    return lambda old: old.split("contents:")[0] + text


def twice(text):
    return text + "---\n" + text


# The name, the file, the change, and what is said: code, line and column of each.
MISTAKES = [
    ("date far", REPORT, sub("date: ", "date: 9999-"), "E0212@17:7"),
    ("date slashes", REPORT, line("date", "30/11/2026"), "E0212@17:7"),
    ("date words", REPORT, line("date", "30 November 2026"), "E0212@17:7"),
    ("date month 13", REPORT, line("date", "2026-13-01"), "E0212@17:7"),
    ("date year only", REPORT, line("date", "2026"), "E0212@17:7"),
    ("date time", REPORT, line("date", "2026-11-30T10:00:00Z"), "E0212@17:7"),
    ("language eng", REPORT, line("language", "english"), "E0211@7:11"),
    ("language en_GB", REPORT, line("language", "en_GB"), "E0211@7:11"),
    ("id upper", REPORT, line("id", "My-Report"), "E0202@5:5"),
    ("id space", REPORT, line("id", "my report"), "E0202@5:5"),
    ("id accent", REPORT, line("id", "rapport-été"), "E0202@5:5"),
    ("id long", REPORT, line("id", "a" * 300), "E0202@5:5"),
    ("id dot", REPORT, line("id", "a.b"), "E0202@5:5"),
    ("id slash", REPORT, line("id", "a/b"), "E0202@5:5"),
    ("keywords text", REPORT, sub("keywords: [rivers, floods, cities]", "keywords: rivers, floods"), "E0117@22:11"),
    ("keywords empty one", REPORT, sub("keywords: [rivers,", "keywords: [\"\", "), "E0201@22:12"),
    ("keywords nested", REPORT, sub("[rivers, floods, cities]", "[[rivers]]"), "E0116@22:12"),
    ("keywords semicolon", REPORT, sub("[rivers, floods, cities]", "[rivers; floods; cities]"), "W0273@22:12"),
    ("contents text", REPORT, from_contents("contents: introduction.yaml\n"), "E0117@35:11"),
    ("contents without yaml", REPORT, sub("- introduction.yaml", "- introduction"), "E0151@37:5"),
    ("contents md", REPORT, sub("- introduction.yaml", "- introduction.md"), "E0151@37:5"),
    ("contents star", REPORT, sub("- introduction.yaml", "- \"*.yaml\""), "E0151@37:5"),
    ("contents folder", REPORT, sub("- introduction.yaml", "- meetings/"), "E0150@37:5"),
    ("contents quoted path", REPORT, sub("- introduction.yaml", "- .\\introduction.yaml"), "E0150@37:5"),
    ("contents with field", REPORT, sub("- introduction.yaml", "- file: introduction.yaml"), "E0116@37:5"),
    ("isbn wrong", REPORT, add("isbn: 978-3-16-148410-1\n"), "E0111@50:1"),
    ("isbn text", REPORT, add("identifiers: {isbn: abc}\n"), "E0113@50:1"),
    ("release unknown format", REPORT, add("release:\n  - format: epub\n"), "E1213@51:13"),
    ("release text", REPORT, add("release: pdf\n"), "E0117@50:10"),
    ("release layout none", REPORT, add("release:\n  - format: pdf\n    layout: nope\n"), "E0401@52:13"),
    ("person twice", PEOPLE, add("  - id: ferreira\n    name: X Y\n"), "E0203@29:9"),
    ("person org unknown", PEOPLE, add("  - id: zz\n    name: X Y\n    organisation: nope\n"), "E0205@31:19"),
    ("person name is list", PEOPLE, add("  - id: zz\n    name: [X, Y]\n"), "E0116@30:11"),
    ("person id number", PEOPLE, add("  - id: 12\n    name: X Y\n"), "E0202@29:9"),
    ("people as map", PEOPLE, whole("people:\n  zz: {name: X Y}\n"), "E0117@2:3"),
    ("people top list", PEOPLE, whole("- id: zz\n  name: X\n"), "E0118@1:1"),
    ("org kind unknown", BODIES, add("  - id: zz\n    name: X\n    kind: country\n"), "E0121@26:11"),
    ("org own member", BODIES, add("  - id: zz\n    name: X\n    acronym: ZZ\n    kind: state\n    member_of: [zz]\n"), "E0207@28:17"),
    ("org member unknown", BODIES, add("  - id: zz\n    name: X\n    kind: state\n    member_of: [nope]\n"), "E0205@27:17"),
    ("org web no scheme", BODIES, add("  - id: zz\n    name: X\n    kind: state\n    web: www.x.org\n"), "E0111@27:5"),
    ("table cell many", CHAPTER, add("  blocks:\n    - table:\n        caption: c\n        columns: [a, b]\n        rows:\n          - [1, 2, 3]\n"), "E0118@49:19 E0118@49:22"),
    ("table no rows", CHAPTER, add("  blocks:\n    - table:\n        caption: c\n        columns: [a, b]\n        rows: []\n"), "E0118@49:19 E0118@49:22"),
    ("table row text", CHAPTER, add("  blocks:\n    - table:\n        caption: c\n        columns: [a, b]\n        rows:\n          - a, b\n"), "E0118@49:19 E0118@49:22 E0117@51:13"),
    ("block unknown", CHAPTER, add("  blocks:\n    - tabel:\n        caption: c\n"), "E0121@47:7"),
    ("block two keys", CHAPTER, add("  blocks:\n    - text: a\n      table: {}\n"), "E0114@48:7"),
    ("block as map", CHAPTER, add("  blocks:\n    text: a\n"), "E0117@47:5"),
    ("block bare text", CHAPTER, add("  blocks:\n    - just words\n"), "E0121@47:7"),
    ("figure width text", CHAPTER, add("  blocks:\n    - figure:\n        image: images/a.png\n        alt: a\n        width: wide\n"), "E0120@50:16"),
    ("figure http", CHAPTER, add("  blocks:\n    - figure:\n        image: https://x.org/a.png\n        alt: a\n"), "E0150@48:16"),
    ("figure pdf", CHAPTER, add("  blocks:\n    - figure:\n        image: a.pdf\n        alt: a\n"), "E0151@48:16"),
    ("two sections keys", CHAPTER, add("section:\n  id: x\n"), "E0114@46:1"),
    ("chapter kind", CHAPTER, sub("section:", "chapter:"), "E0121@4:1"),
    ("text not indented", CHAPTER, whole("section:\n  id: introduction\n  title: A\n  text: |\nWords here\n"), "E0126@5:1"),
    ("text gt", CHAPTER, whole("section:\n  id: introduction\n  title: A\n  text: >\n    One\n\n    - a\n    - b\n"), "W0370@8:5"),
    ("title list", CHAPTER, whole("section:\n  id: introduction\n  title:\n    - A\n    - B\n  text: a\n"), "E0116@4:5"),
    ("text empty block", CHAPTER, whole("section:\n  id: introduction\n  title: A\n  text: |\n"), "E0201@4:9"),
    ("section id missing", CHAPTER, whole("section:\n  title: A\n  text: a\n"), "E0112@2:3"),
    ("empty file", CHAPTER, whole(""), "E0103@0:0"),
    ("comment only", CHAPTER, whole("# nothing\n"), "E0103@0:0"),
    ("json", CHAPTER, whole("{\"section\": {\"id\": \"introduction\", \"title\": \"A\", \"text\": \"a\"}"), "E0135@1:1"),
    ("markdown", CHAPTER, whole("# Title\n\nWords\n"), "E0121@3:1"),
    ("front matter", CHAPTER, whole("---\ntitle: A\n---\n\nWords: so\n"), "E0121@2:1 E0104@3:1"),
    ("csv", CHAPTER, whole("a,b,c\n1,2,3\n"), "E0121@1:1"),
    ("xml", CHAPTER, whole("<?xml version=\"1.0\"?><a/>\n"), "E0121@1:1"),
    ("two docs", CHAPTER, twice, "E0104@46:1"),
    ("note colon missing", CHAPTER, whole("section:\n  id: introduction\n  title: A\n  text: |\n    Words[^a].\n\n    [^a] note\n"), "E0315@5:10 E0315@7:5"),
    ("note in footnotes list", CHAPTER, whole("section:\n  id: introduction\n  title: A\n  text: |\n    Words[^a].\n  footnotes:\n    - a: note\n"), "E0111@7:7"),
    ("list star nospace", CHAPTER, whole("section:\n  id: introduction\n  title: A\n  text: |\n    Words\n    *item one\n    *item two\n"), "W0333@6:5"),
    ("heading hash nospace", CHAPTER, whole("section:\n  id: introduction\n  title: A\n  text: |\n    ##Heading\n"), "W0333@5:5"),
    ("bullet dot", CHAPTER, whole("section:\n  id: introduction\n  title: A\n  text: |\n    • item\n    • item\n"), "W0333@5:5"),
    ("meeting date order", MEETING, line("date", "2016-06-02/2016-06-01"), "E0212@10:9"),
    ("meeting time 25", MEETING, line("time", "25:00-26:00"), "E0213@11:9"),
    ("meeting ordinal zero", MEETING, line("ordinal", "0"), "E0223@7:12"),
    ("meeting ordinal word", MEETING, line("ordinal", "first"), "E0120@7:12"),
    ("speaker name", MEETING, sub("speaker: ", "speaker: Ms. "), "E0204@31:20"),
    ("two speakers", MEETING, sub("speaker: ferreira", "speaker: [ferreira, lindqvist]"), "E0116@68:20"),
    ("set format one", SETTINGS, sub("format: [pdf, txt]", "format: pdf txt"), "E0117@1:9"),
    ("set format doc", SETTINGS, sub("[pdf, txt]", "[pdf, doc]"), "E1011@1:15"),
    ("set bleed plain", SETTINGS, sub("bleed: 3mm", "bleed: 3"), "E1011@4:8"),
    ("set bleed neg", SETTINGS, sub("bleed: 3mm", "bleed: -3mm"), "E1011@4:8"),
    ("set quiet yes", SETTINGS, sub("quiet: false", "quiet: yes"), "E0119@5:8"),
    ("set limits over", SETTINGS, sub("memory: 900", "memory: 90000000"), "E1011@8:11"),
    ("set limits zero", SETTINGS, sub("time: 9", "time: 0"), "E1011@9:9"),
    ("set unknown", SETTINGS, add("colour: always\n"), "E0111@10:1"),
    ("set dash", SETTINGS, sub("message-format", "message_format"), "E0111@6:1"),
    ("set twice", SETTINGS, add("out: b\n"), "E0113@10:1"),
    ("set list", SETTINGS, whole("- format: pdf\n"), "E0118@1:1"),
    ("set ini", SETTINGS, whole("[export]\nformat = pdf\n"), "E0118@1:1"),
    ("lay paper", LAYOUT, add("paper: a4\n"), "E0111@2:1"),
    ("lay neg", LAYOUT, whole("extends: screen\npage: {width: -210mm}\n"), "E0136@2:15"),
    ("lay percent", LAYOUT, whole("extends: screen\npage: {width: 50%}\n"), "E0136@2:15"),
    ("lay px", LAYOUT, whole("extends: screen\nsizes: {text: 14px}\n"), "E0136@2:15"),
    ("lay comma", LAYOUT, whole("extends: screen\nsizes:\n  text: 10,5pt\n"), "E0136@3:9"),
    ("lay colour name", LAYOUT, whole("extends: screen\ncolours: {accent: red}\n"), "E0136@2:19"),
    ("lay colour short", LAYOUT, whole("extends: screen\ncolours: {accent: \"#F00\"}\n"), "E0136@2:19"),
    ("lay rgb", LAYOUT, whole("extends: screen\ncolours: {accent: \"rgb(1,2,3)\"}\n"), "E0136@2:19"),
    ("lay cmyk range", LAYOUT, whole("extends: print\ncolours: {accent: \"cmyk(0,0,0,300)\"}\n"), "E0136@2:19"),
    ("lay color us", LAYOUT, whole("extends: screen\ncolors: {accent: \"#6A1B9A\"}\n"), "E0111@2:1"),
    ("lay font list", LAYOUT, whole("extends: screen\nfonts: {text: [A, B]}\n"), "E0116@2:15"),
    ("lay huge", LAYOUT, whole("extends: screen\nsizes: {text: 1e9pt}\n"), "E0136@2:15"),
    ("lay extends list", LAYOUT, whole("extends: [screen, print]\n"), "E0116@1:10"),
    ("lay depth", LAYOUT, whole("extends: screen\nstructure: {contents_depth: 99}\n"), "E0408@2:29"),
    ("str month 11", WORDS, sub("months:", "months_x:"), "E0111@1:1"),
    ("str placeholder", WORDS, sub("{day}", "{dya}"), "E0413@2:7"),
    ("str brace open", WORDS, sub("{day}", "{day"), "E0413@2:7"),
    ("str unknown", WORDS, add("zzz: a\n"), "E0111@3:1"),
]
# Said of a person or body that a mistake adds and no text names.
BESIDE = {"W0239", "W0240"}


def cases(_short):
    for name, file, change, says in MISTAKES:
        yield name, lambda file=file, change=change, says=says: judged(file, change, says)


def judged(file, change, says):
    with Desk() as desk:
        desk.write(LAYOUT, "extends: screen\n")
        desk.write(WORDS, SOUND_WORDS)
        desk.write(SETTINGS, SOUND)
        sound = (desk.report / file).read_text()
        wrong = change(sound)
        if wrong == sound:
            return "the case changes nothing"
        desk.write(file, wrong)
        if file == WORDS:
            desk.write(REPORT, line("language", "fr")((desk.report / REPORT).read_text()))
        command = ("--format", "txt") if file == SETTINGS else ("check", "--layout", "mine")
        ran = desk.run(*command, env=environment(GMG_EXPORT_MESSAGE_FORMAT="json"))
        said = [json.loads(one) for one in ran.err.splitlines() if one.startswith("{")]
        said = [one for one in said if one.get("event") == "diagnostic" and one["code"] not in BESIDE]
        if ran.code:
            said = [one for one in said if one["severity"] == "error"]
        found = " ".join(f"{one['code']}@{one.get('line') or 0}:{one.get('column') or 0}" for one in said)
        elsewhere = [one["file"] for one in said if one["file"] != file]
        without = [one["message"] for one in said if not one["hints"]]
        return ran.wrong() or (f"{found}, not {says}" if found != says else None) or (f"in {elsewhere}" if elsewhere else None) or (f"no cure: {without}" if without else None)
