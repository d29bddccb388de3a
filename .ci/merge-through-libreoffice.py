"""Edits a Word file at seeded places, saves it once more with LibreOffice, merges it, and looks at what became of the source.

Usage: merge-through-libreoffice.py PROGRAM SOURCE EDITS. Without LibreOffice it says so and checks nothing."""
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


def places(document):
    """Paragraphs of running text that name a place of the source."""
    named = lambda p: any(mark.get(qn("w:name")).startswith("_g_") for mark in p._p.findall(qn("w:bookmarkStart")))
    return [p for p in document.paragraphs if named(p) and len(p.text) > 60]


def through_libreoffice(file, folder):
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx", "--outdir", folder / "lo", file],
        capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return folder / "lo" / file.name


def change(document, numbers):
    """Changes a word, or emphasises one; says what must stand in the source and did not before."""
    runs = [r for p in places(document) for r in p.runs if len(r.text.split()) > 6 and r._r.getparent().tag == qn("w:p")]
    run = numbers.choice(runs)
    words = run.text.split(" ")
    at = numbers.randrange(1, len(words) - 1)
    words[at] = "Zweiundvierzig"
    run.text = " ".join(words)
    return "Zweiundvierzig"


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    sent = folder / "sent.docx"
    subprocess.run([program, source, "--format", "docx", "-o", sent, "--quiet"], check=True)
    for seed in range(edits + 1):
        document = docx.Document(sent)
        expected = change(document, random.Random(seed)) if seed else None
        edited = folder / f"edited-{seed}.docx"
        document.save(edited)
        edited = through_libreoffice(edited, folder)
        copy = folder / f"report-{seed}" / "source"
        shutil.copytree(source, copy)
        merged = subprocess.run([program, "merge", edited, "--into", copy, "--yes"], capture_output=True, text=True)
        assert merged.returncode == 0, f"{seed}: {merged.stderr}"
        changed = [path for path in copy.rglob("*.yaml") if path.read_bytes() != (source / path.relative_to(copy)).read_bytes()]
        if expected is None:
            assert not changed and "0 changes taken over\n" in merged.stdout, f"an untouched file: {merged.stdout}{merged.stderr}"
            continue
        assert len(changed) == 1, f"{seed}: {merged.stdout}{merged.stderr}"
        new = changed[0].read_text()
        assert new.count(expected) == 1, f"{seed}: {merged.stdout}"
        old = (source / changed[0].relative_to(copy)).read_text().split()
        differ = [pair for pair in zip(old, new.split()) if pair[0] != pair[1]]
        assert len(differ) == 1, f"{seed}: {differ}"
    print(f"{edits} edits through LibreOffice came back, each as the one change of a word, and an untouched file as none")
