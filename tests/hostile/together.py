"""Runs at the same time: of one command, of two, in the same folder and in one below the other; and a source that is
edited while it is read.
"""

import itertools
import subprocess
import threading

import desk as desks
from desk import Desk, environment
from faults import COMMANDS, Job, contents, version

# The same commands with folders that they share, or of which one holds the other.
SHARED = {
    "export": ["--format", "txt", "-q", "--out", "shared"],
    "export below": ["--format", "txt", "-q", "--out", "shared/inner"],
    "release": ["release", "-q", "--out", "shared"],
    "release below": ["release", "-q", "--out", "shared/inner"],
    "import": ["import", "text.md", "--out", "shared", "--force", "-q"],
    "import below": ["import", "text.md", "--out", "shared/inner", "--force", "-q"],
    "init": ["init", "shared", "-q"],
    "init below": ["init", "shared/inner", "-q"],
    "approve": ["approve", "-q"],
}


def cases(short):
    """Runs at the same time, and a source that is edited while it is read."""
    for name in COMMANDS:
        for count in (2, 6):
            yield f"{count} runs of {name}", at_once(name, count)
    for how in ("renamed", "rewritten"):
        for name in ("export", "release"):
            yield f"the source is {how} during {name}", edited(name, how, 5 if short else 20)
    yield from pairs(short)


def pairs(short):
    """Two commands that start in the same moment, where nothing of theirs is there yet."""
    rounds = 2 if short else 30
    own = {name: arguments for name, (arguments, _) in COMMANDS.items()}
    for one, other in itertools.combinations_with_replacement(own, 2):
        # `init` refuses a folder that another run has filled.
        may = {(0, 0), (0, 5), (5, 0)} if (one, other) == ("init", "init") else {(0, 0)}
        yield f"{one} and {other} at once", pair(own[one], own[other], may, rounds)
    for one, other in itertools.combinations_with_replacement(SHARED, 2):
        if not short or other.startswith(("release", "import")):
            # One may refuse what the other has put there; never do both.
            yield f"{one} and {other} in one folder", pair(SHARED[one], SHARED[other], {(0, 0), (0, 5), (5, 0)}, rounds)


def pair(one, other, may, rounds):
    def attempt():
        for _ in range(rounds):
            with Desk() as desk:
                Job("release").prepare(desk)
                version(desk.report, "Talks")
                runs = [subprocess.Popen([desks.PROGRAM, *arguments], cwd=desk.report, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for arguments in (one, other)]
                said = [run.communicate(timeout=200)[1].decode() for run in runs]
                codes = tuple(run.returncode for run in runs)
                words = " ".join(said)
                if codes not in may:
                    return f"exit codes {codes}: {words[:300]}"
                # What one of two runs is writing is nobody's file.
                if any(code and not text for code, text in zip(codes, said)) or ".gmg-export" in words and "did not write" in words:
                    return f"exit codes {codes}: {words[:300]!r}"
                if desk.left():
                    return desk.left()
        return None

    return attempt


def at_once(name, count):
    def attempt():
        with Desk() as desk:
            job = Job(name)
            job.begin(desk)
            ran = []
            threads = [threading.Thread(target=lambda: ran.append(desk.run(*job.arguments, timeout=200))) for _ in range(count)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            # `init` refuses a folder that another run has filled.
            may = {0, 5} if name == "init" else {0}
            bad = [one for one in ran if one.code not in may]
            if bad:
                return bad[0].said[:300]
            if len(ran) != count or all(one.code for one in ran):
                return "no run came to its end"
            return job.state(desk.report) or desk.left() or (None if contents(desk.report / job.folder) == job.new else "not the new files")

    return attempt


def edited(name, how, rounds):
    def attempt():
        with Desk() as desk:
            job = Job(name)
            job.begin(desk)
            file = desk.source / "report.yaml"
            texts = [file.read_text().replace("Talks on safe", f"{which} on safe") for which in ("Meetings", "Talks")]
            end = threading.Event()

            def edit():
                while not end.is_set():
                    for text in texts:
                        if how == "renamed":
                            other = desk.source / ".next"
                            other.write_text(text)
                            other.replace(file)
                        else:
                            file.write_text(text)

            editor = threading.Thread(target=edit)
            editor.start()
            try:
                for _ in range(rounds):
                    ran = desk.run(*job.arguments)
                    # Half of a file is no report; that is said.
                    wrong = ran.wrong(may={0} if how == "renamed" else {0, 3, 5}) or job.state(desk.report) or desk.left()
                    if wrong:
                        return wrong
            finally:
                end.set()
                editor.join()
        return None

    return attempt
