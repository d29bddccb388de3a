#!/usr/bin/env python3
"""Makes some thousand bad inputs out of a sound report and judges what the program says of each.

Every field of every file gets every kind of mistake; a sound message has a documented exit code, names the file, the line
and the field, and speaks no parser's language. What `check` accepts is exported to every format and must not fail there.

    tests/hostile/bad-input.py target/debug/gmg-export [--only WORD] [--show] [--every N] [--no-export]
"""
import argparse, collections, concurrent.futures, json, os, pathlib, re, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Words of libraries and of their types that no writer of a report knows.
JARGON = re.compile(
    r"serde|mapping|scalar|deserial|invalid type|invalid value|variant|sequence|u32|f64|usize|\bstruct\b|\benum\b|\bEOF\b|"
    r"token|granit|saphyr|untagged|parser|expected (?:a|an|one)|at line \d|thread '|panick|simple key|\bstring\b|"
    r"boolean|unit type|flow |indicator|auto-|#let|content block|dictionary", re.I)
LONG = "word " * 5000
VALUES = {
    "null": "null", "tilde": "~", "empty": "", "empty quotes": '""', "spaces in quotes": '"   "', "list": "[a, b]",
    "list in list": "[[a]]", "empty list": "[]", "fields": "{a: b}", "empty fields": "{}", "number": "-7.5", "big number": "1e999",
    "quoted number": '"3"', "true": "true", "quoted true": '"true"', "long": LONG, "hash": "#6A1B9A", "colon": "Rivers: a report",
    "anchor": "&a", "alias": "*nothing", "merge": "{<<: {a: b}}", "tag": "!!str x", "own tag": "!x y", "open quote": '"Rivers',
    "open apostrophe": "'Rivers", "open bracket": "[a, b", "open brace": "{a: b", "at sign": "@home", "per cent": "%x", "backquote": "`x`",
    "text after quote": '"a" b', "bad escape": '"C:\\work"', "bar text": "| text", "control": "a\x07b", "unicode tag": "a\U000e0041b",
    "zero width": "a\u200bb", "word unknown": "nonesuch", "brace in text": "{n} {nope}", "dashes": "- - a", "nbsp": "\u00a0", "question": "? a",
    "date": "2026-02-30", "infinity": ".inf", "not a number": ".nan", "yes": "yes", "bidi": "a\u202eb", "no unit": "14", "NUL name": "NUL",
}
LINES = {
    "tab indent": lambda i, k, r: [i + "\t" + k + ":" + r], "tab for indent": lambda i, k, r: [i.replace("  ", "\t", 1) + k + ":" + r],
    "no space": lambda i, k, r: [i + k + ":" + r.lstrip()], "no colon": lambda i, k, r: [i + k + r], "twice": lambda i, k, r: [i + k + ":" + r] * 2,
    "deeper": lambda i, k, r: [i + " " + k + ":" + r], "shallower": lambda i, k, r: [i[:-1] + k + ":" + r],
    "unknown neighbour": lambda i, k, r: [i + "zzyzx: 1", i + k + ":" + r], "misspelt": lambda i, k, r: [i + k[:-1] + "x" + k[-1] + ":" + r],
    "capital": lambda i, k, r: [i + k.capitalize() + ":" + r], "missing": lambda i, k, r: [], "document": lambda i, k, r: ["---", i + k + ":" + r],
    "directive": lambda i, k, r: ["%YAML 1.1", i + k + ":" + r], "end": lambda i, k, r: ["...", i + k + ":" + r],
    "nbsp indent": lambda i, k, r: ["\u00a0" + i + k + ":" + r], "nel": lambda i, k, r: [i + k + ":" + r + "\u0085" + i + "zz: 1"],
    "hyphen": lambda i, k, r: [i + "- " + k + ":" + r], "fullwidth colon": lambda i, k, r: [i + k + "：" + r], "bom": lambda i, k, r: ["\ufeff" + i + k + ":" + r],
    "curly quotes": lambda i, k, r: [i + k + ": “a: b”"], "equals": lambda i, k, r: [i + k + " =" + r], "quoted key": lambda i, k, r: [i + '"' + k + '":' + r],
    "crlf": lambda i, k, r: [i + k + ":" + r + "\r"], "merge key": lambda i, k, r: [i + "<<: {a: b}", i + k + ":" + r],
    "conflict": lambda i, k, r: ["<<<<<<< HEAD", i + k + ":" + r, "=======", i + k + ": x", ">>>>>>> other"],
}
# Those after which the file may well say the same as before, or something else that is right.
MAY_HOLD = {"quoted key", "crlf", "bom", "missing", "directive", "quoted number", "number", "long", "true", "quoted true", "date", "yes", "no unit",
            "word unknown", "brace in text", "NUL name", "empty list", "tilde", "empty", "null", "empty fields", "list", "colon", "alias", "hyphen", "zero width",
            "tag", "bidi", "unicode tag", "nel", "empty quotes", "list in list", "fields", "deeper", "shallower", "spaces in quotes", "nbsp", "infinity", "big number",
            "not a number", "tab for indent", "tab indent", "end", "capital"}
# Mistakes that turn the meaning of a neighbouring line: there any line nearby is right.
NEAR = {"deeper": 40, "shallower": 40, "missing": 400, "hyphen": 40, "no colon": 40, "nbsp indent": 40, "document": 2, "end": 40, "twice": 40, "conflict": 40,
        "open quote": 400, "open apostrophe": 400, "equals": 40, "fullwidth colon": 40, "tab for indent": 2, "tab indent": 2, "unknown neighbour": 2,
        "list": 0, "merge key": 3, "bar text": 40, "nel": 3, "directive": 3}
KEY = re.compile(r"^(\s*(?:- )*)([\w-]+):(.*)$")


def sound(folder):
    """The report that all bad ones are made of."""
    shutil.copytree(ROOT / "tests/cases/harbour/source", folder / "source")
    (folder / "layouts/strings").mkdir(parents=True)
    shutil.copytree(ROOT / "layouts/screen", folder / "layouts/mine")
    shutil.copy(ROOT / "layouts/strings/fr.yaml", folder / "layouts/strings/fr.yaml")
    (folder / "gmg-export.yaml").write_text(SETTINGS)
    return folder


SETTINGS = """format: [pdf, txt]
layout: mine
out: out
golden: tests/golden
impose: single
sheet: auto
bleed: 3mm
marks: true
creep: 0mm
profile: ISOcoated_v2_300_bas
proof: false
color: never
quiet: false
message-format: json
limits:
  memory: 900
  time: 9
  pages: 900
"""


def keys(text):
    """Line, start, key and rest of each line that sets a field, but not those inside blocks of prose."""
    block = None
    for number, line in enumerate(text.split("\n")):
        indent = len(line) - len(line.lstrip())
        if block is not None and (not line.strip() or indent > block):
            continue
        block = None
        match = KEY.match(line)
        if match:
            yield number, match[1], match[2], match[3]
            if match[3].strip()[:1] in "|>" and match[3].strip():
                block = len(match[1])


def cases(folder):
    """Every bad input: name, group, file, line (from 0), key and text."""
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text()
        lines = text.split("\n")
        name = str(path.relative_to(folder))
        seen = collections.Counter()
        for number, start, key, rest in keys(text):
            seen[key] += 1
            if seen[key] > 1:
                continue
            indent = re.match(r" *", start)[0] if "-" not in start else start
            for what, value in VALUES.items():
                # A block or list below the key goes, too.
                after = number + 1
                if not rest.strip() or rest.strip()[0] in "|>":
                    while after < len(lines) and (not lines[after].strip() or len(lines[after]) - len(lines[after].lstrip()) > len(start) or
                                                  (lines[after].lstrip().startswith("- ") and len(lines[after]) - len(lines[after].lstrip()) == len(start) and not rest.strip())):
                        after += 1
                yield what, name, number, key, lines[:number] + [f"{start}{key}: {value}"] + lines[after:]
            for what, change in LINES.items():
                # Of some fields nothing stands behind the colon, and three hyphens may stand at the start.
                if change(indent, key, rest) == [lines[number]] or (what == "document" and not any(line.strip() and line[0] not in "#-" for line in lines[:number])):
                    continue
                yield what, name, number, key, lines[:number] + change(indent, key, rest) + lines[number + 1:]


def run(program, folder, *words):
    done = subprocess.run([program, *words], cwd=folder, capture_output=True, timeout=120)
    found = []
    for line in done.stderr.decode("utf-8", "replace").split("\n"):
        if line.startswith("{"):
            said = json.loads(line)
            if said.get("event") == "diagnostic":
                found.append(said)
    return done.returncode, found, done.stderr.decode("utf-8", "replace")


def judge(case, code, found, raw):
    what, name, number, key, _ = case
    errors = [one for one in found if one["severity"] == "error"]
    # A folder of such a name cannot be made.
    if code not in ((0, 2, 3, 4, 5) if key in ("out", "golden") else (0, 2, 3, 4)):
        return f"exit code {code}: {raw[-200:]}"
    if code == 0:
        return None if what in MAY_HOLD else "accepted"
    if not errors:
        return f"no message: {raw[-300:]}"
    for one in errors:
        words = one["message"] + " ".join(one["hints"])
        match = JARGON.search(re.sub(r"`[^`]*`", "", words))
        if match:
            return f"jargon {match[0]!r}: {one['message']} / {one['hints']}"
    if all("the lines are not the title" in one["message"] for one in errors):
        return None
    here = [one for one in errors if (one.get("file") or "").endswith(name)]
    if not here:
        if what in ("missing", "list", "empty list") or key == "id":
            return None  # what refers to it says so
        return f"other file: {errors[0].get('file')}: {errors[0]['message']}"
    near = NEAR.get(what, 0)
    at = [one for one in here if one.get("line") and abs(one["line"] - 1 - number) <= near]
    if not at and key != "id":
        return f"line {[one.get('line') for one in here]} for {number + 1}: {here[0]['message']}"
    if at and not any(one.get("column") for one in at):
        return f"no column: {at[0]['message']}"
    if not any(key in (one.get("field") or "") + one["message"] for one in errors) and near == 0 and what not in ("misspelt", "capital", "bom"):
        return f"field {at[0].get('field')} for {key}: {at[0]['message']}"
    if at and not any(one["hints"] for one in at):
        return f"no cure: {at[0]['message']}"
    if len(errors) > 3 and what not in ("document", "conflict", "hyphen", "missing", "list", "bidi") and key != "id":
        return f"{len(errors)} errors: {[one['message'] for one in errors[:5]]}"
    return None


def main():
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("program"), wanted.add_argument("--only", default=""), wanted.add_argument("--every", type=int, default=1)
    wanted.add_argument("--show", action="store_true"), wanted.add_argument("--no-export", action="store_true")
    wanted.add_argument("--jobs", type=int, default=2)
    wanted = wanted.parse_args()
    program = str(pathlib.Path(wanted.program).resolve())
    tried, held, exported = collections.Counter(), collections.Counter(), [0, 0]
    os.environ["GMG_EXPORT_MESSAGE_FORMAT"] = "json"
    with tempfile.TemporaryDirectory() as place:
        base = sound(pathlib.Path(place) / "sound")
        code, found, raw = run(program, base, "--format", "txt")
        if code or any(one["severity"] == "error" for one in found):
            sys.exit(f"the report that the others are made of is not sound: {raw}")
        shutil.rmtree(base / "out")
        all_cases = [case for at, case in enumerate(cases(base)) if at % wanted.every == 0 and wanted.only in f"{case[1]} {case[3]} {case[0]}"]

        def one(case):
            with tempfile.TemporaryDirectory(dir=place) as folder:
                folder = pathlib.Path(folder) / "r"
                shutil.copytree(base, folder, copy_function=os.link)
                path = folder / case[1]
                path.unlink()
                path.write_bytes("\n".join(case[4]).encode("utf-8", "surrogatepass"))
                # The settings are read by an export alone; of check they name the layout.
                words = ["--format", "txt"] if case[1] == "gmg-export.yaml" else ["check", "--layout", "mine"]
                code, found, raw = run(program, folder, *words)
                wrong = judge(case, code, found, raw)
                export = None
                if code == 0 and not wanted.no_export:
                    try:
                        export = run(program, folder, "--format", "all", "--layout", "mine", "--out", "made")
                    except subprocess.TimeoutExpired:
                        export = (-9, [], "timeout")
                return case, wrong, found, export

        with concurrent.futures.ThreadPoolExecutor(wanted.jobs) as pool:
            for case, wrong, found, export in pool.map(one, all_cases):
                group = case[1].split("/")[0] if "/" in case[1] else case[1]
                tried[group] += 1
                held[group] += wrong is None
                label = f"{case[1]}:{case[2] + 1} {case[3]} [{case[0]}]"
                if wrong:
                    print(f"{label}: {wrong[:400]}", flush=True)
                if export:
                    exported[0] += 1
                    exported[1] += export[0] == 0
                    if export[0]:
                        print(f"{label}: check holds, export ends with {export[0]}: {[o['message'][:200] for o in export[1]][:3]} {export[2][-200:] if not export[1] else ''}", flush=True)
                if wanted.show:
                    for one in found:
                        print(f"    {label} -> {one['code']} {one.get('file')}:{one.get('line')}:{one.get('column')} ({one.get('field')}) {one['message']} | {one['hints']}")
    for group in tried:
        print(f"{group}: {tried[group]} tried, {held[group]} held")
    print(f"accepted by check: {exported[0]}, exported: {exported[1]}")
    sys.exit(sum(tried.values()) != sum(held.values()) or exported[0] != exported[1])


main()
