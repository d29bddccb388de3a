"""Word files that come back damaged: cut off, with bits turned over, or with parts of which somebody has changed bytes."""

import io
import random
import sys
import zipfile

import desk
from desk import Desk
from engines import mutated

# What a damaged file may take, for a build for release.
SECONDS = 2
MEGABYTES = 200

# What a process takes is counted from its fork on, and this one is large: a small one starts the program and says what it took.
MEASURED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024))
sys.exit(code)
"""

_sent = None


def sent():
    """The Word file of the report, made once."""
    global _sent
    if _sent is None:
        with Desk() as one:
            ran = one.run("--format", "docx", "-o", "sent.docx", "-q")
            assert ran.code == 0, ran.said
            _sent = (one.report / "sent.docx").read_bytes()
    return _sent


def cut(data, seed):
    return data[: random.Random(seed).randrange(len(data))]


def turned(data, seed):
    """Up to eight bits turned over."""
    dice = random.Random(seed)
    data = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def inside(data, seed):
    """A part of which bytes were changed, in a package that is whole."""
    dice = random.Random(seed)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        # The text more often than what stands around it.
        chosen = dice.choice([*names, *["word/document.xml", "word/footnotes.xml"] * 4])
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, seed) if name == chosen else part)
    return made.getvalue()


def returned(damage, seed):
    def attempt():
        with Desk() as one:
            one.write("edited.docx", damage(sent(), seed))
            before = {path: path.read_bytes() for path in one.source.rglob("*") if path.is_file()}
            for words in (("import", "edited.docx", "--out", "new"), ("merge", "edited.docx")):
                ran = one.run(*words, program=[sys.executable, "-IS", "-c", MEASURED, one.folder / "memory", desk.PROGRAM])
                ran.memory = int((one.folder / "memory").read_text())
                wrong = ran.wrong() or one.harm() or one.left()
                if not wrong and ran.processor > SECONDS * desk.SLOWER:
                    wrong = f"{ran.processor:.1f} s of the processor"
                if not wrong and ran.memory > MEGABYTES:
                    wrong = f"{ran.memory:.0f} MB"
                if not wrong and words[0] == "import" and ran.code and (one.report / "new").exists():
                    wrong = "a half of it is there"
                if wrong:
                    return f"{words[0]}: {wrong}"
            # Nobody said yes.
            if before != {path: path.read_bytes() for path in one.source.rglob("*") if path.is_file()}:
                return "the source was changed"
        return None

    return attempt


def cases(short):
    for name, damage in (("cut off", cut), ("bits turned over", turned), ("changed inside", inside)):
        for seed in range(10 if short else 100):
            yield f"{name}, seed {seed}", returned(damage, seed)
