"""Edits a Word file at seeded places, saves it once more with LibreOffice, merges it, and looks at what became of the source.

Usage: merge-through-libreoffice.py PROGRAM SOURCE EDITS. Without LibreOffice it says so and checks nothing."""
import copy
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import docx
from docx.oxml.ns import qn

program, source, edits = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
if shutil.which("soffice") is None:
    print("LibreOffice is not installed: no edits through it are tried")
    sys.exit()


def through_libreoffice(file, folder):
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx", "--outdir", folder / "lo", file],
        capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return folder / "lo" / file.name


def change(document, numbers):
    """Changes a word of the text, of a heading, of an item or of a cell, or emphasises one; says what must stand in the source
    and did not before."""
    cells = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    kinds = [
        lambda p: len(p.text) > 60,
        lambda p: p.style.name.startswith("Heading"),
        lambda p: p.style.name.startswith(("List", "Caption")),
        lambda p: p in cells and p.style.name.startswith("Table"),
    ]
    kind = numbers.randrange(len(kinds) + 1)
    named = lambda p: any(mark.get(qn("w:name")).startswith("_g_") for mark in p._p.findall(qn("w:bookmarkStart")))
    fits = [p for p in [*document.paragraphs, *cells] if named(p) and kinds[kind % len(kinds)](p)]
    plain = lambda word: len(word) > 3 and word.isalpha()
    own = lambda r: r._r.getparent().tag == qn("w:p") and not r._r.xpath("preceding-sibling::w:r/w:fldChar")
    runs = [r for p in fits for r in p.runs if own(r) and any(map(plain, r.text.split(" ")))]
    run = numbers.choice(runs)
    words = run.text.split(" ")
    at = numbers.choice([at for at, word in enumerate(words) if plain(word)])
    if kind < len(kinds):
        words[at] = "Zweiundvierzig"
        run.text = " ".join(words)
        return "Zweiundvierzig"
    # A run of its own for the word, between two like the one that it was in.
    word, rest = copy.deepcopy(run._r), copy.deepcopy(run._r)
    run._r.addnext(word)
    word.addnext(rest)
    text = lambda one, words: setattr(docx.text.run.Run(one, run._parent), "text", words)
    text(run._r, "".join(one + " " for one in words[:at]))
    text(word, words[at])
    text(rest, "".join(" " + one for one in words[at + 1:]))
    docx.text.run.Run(word, run._parent).italic = True
    return f"*{words[at]}*"


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    sent = folder / "sent.docx"
    subprocess.run([program, source, "--format", "docx", "-o", sent, "--quiet"], check=True)
    named = 0
    for seed in range(edits + 1):
        document = docx.Document(sent)
        expected = change(document, random.Random(seed)) if seed else None
        edited = folder / f"edited-{seed}.docx"
        document.save(edited)
        edited = through_libreoffice(edited, folder)
        there = folder / f"report-{seed}" / "source"
        shutil.copytree(source, there)
        merged = subprocess.run([program, "merge", edited, "--into", there, "--yes"], capture_output=True, text=True)
        assert merged.returncode == 0, f"{seed}: {merged.stderr}"
        files = [path for path in there.rglob("*") if path.suffix in (".yaml", ".csv")]
        changed = [path for path in files if path.read_bytes() != (source / path.relative_to(there)).read_bytes()]
        if expected is None:
            assert not changed and "0 changes taken over\n" in merged.stdout, f"an untouched file: {merged.stdout}{merged.stderr}"
            continue
        if not changed:
            # Words that the program makes, or of a name, are named.
            assert "1 left to you" in merged.stdout and "W0670" in merged.stderr, f"{seed}: {merged.stdout}{merged.stderr}"
            named += 1
            continue
        assert len(changed) == 1, f"{seed}: {merged.stdout}{merged.stderr}"
        new = changed[0].read_text()
        assert new.count(expected) == 1, f"{seed}: {merged.stdout}"
        # A value may need quotes now.
        words = lambda text: text.replace('"', "").split()
        old = words((source / changed[0].relative_to(there)).read_text())
        differ = [pair for pair in zip(old, words(new)) if pair[0] != pair[1]]
        assert len(differ) == 1, f"{seed}: {differ}"
    assert named * 3 <= edits, f"{named} of {edits} were named alone"
    print(f"{edits} edits through LibreOffice: {edits - named} came back, each as the one change of a word, {named} were named; an untouched file is none")
