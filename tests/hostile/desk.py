"""A folder with a report, the program run in it, and what came of that.

Every case has a folder of its own, with a report as `init` makes it in `report` and a file that is nobody's business in
`victim`. A case says what was wrong, or None.
"""

import os
import pathlib
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time

# What a run may take: the limits that the program states, and a reserve for a busy machine.
SECONDS = 10
MEGABYTES = 1000
SLOWER = int(os.environ.get("HOSTILE_SLOWER", "1"))
# The exit codes that the program documents, but for the one of a mistake in it.
DOCUMENTED = {0, 1, 2, 3, 4, 5, 6, 130}

PROGRAM = None
_report = None


class Ran:
    """What a run came to."""

    def __init__(self, code, out, err, seconds, processor, memory):
        self.code, self.seconds, self.processor, self.memory = code, seconds, processor, memory
        self.out = out.decode("utf-8", "replace")
        self.err = err.decode("utf-8", "replace")
        self.said = self.out + self.err

    def wrong(self, *, may=DOCUMENTED, refused=False):
        """What is wrong with the end of a run, whatever it was about."""
        if self.code not in may:
            return f"exit code {self.code}: {self.said[:300]}"
        if "panicked at" in self.said or "E1099" in self.said or "RUST_BACKTRACE" in self.said:
            return f"a mistake of the program: {self.said[:300]}"
        if refused and self.code == 0:
            return "nothing was said of it"
        if self.code not in (0, 130) and not self.err.strip() and not self.out.strip():
            return f"exit code {self.code} without a word"
        if self.processor > SECONDS * SLOWER * 1.25:
            return f"{self.processor:.0f} s of the processor"
        if self.memory > MEGABYTES * 1.2:
            return f"{self.memory:.0f} MB"
        return None


class Desk:
    """The folder of a case."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hostile-"))
        self.report = self.folder / "report"
        self.source = self.report / "source"
        shutil.copytree(started(), self.report)
        (self.folder / "victim").mkdir()
        (self.folder / "victim/letter.txt").write_text("SECRET\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["chmod", "-R", "u+rwX", self.folder], stderr=subprocess.DEVNULL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, path, text):
        place = self.report / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            place.write_bytes(text)
        else:
            place.write_text(text, encoding="utf-8", errors="surrogatepass")
        return place

    def replace(self, path, old, new):
        text = (self.report / path).read_text()
        assert old in text, (path, old)
        self.write(path, text.replace(old, new, 1))

    def link(self, path, to):
        place = self.report / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_symlink() or place.exists():
            place.unlink()
        place.symlink_to(to)

    def prose(self, text):
        """Puts a text into the introduction."""
        lines = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
        self.write("source/introduction.yaml", f"section:\n  id: introduction\n  title: Introduction\n  text: |\n{lines}")

    def run(self, *arguments, **more):
        return run(arguments, cwd=more.pop("cwd", self.report), **more)

    def harm(self):
        """What happened to files that are nobody's business."""
        letters = sorted(os.listdir(self.folder / "victim"))
        if letters != ["letter.txt"]:
            return f"in victim: {letters}"
        if (self.folder / "victim/letter.txt").read_text() != "SECRET\n":
            return "the letter was changed"
        return None

    def left(self):
        """Temporary files that a run left."""
        names = [path for path in self.folder.rglob(".gmg-export-*")]
        return f"left: {names[0].relative_to(self.folder)}" if names else None


def started():
    """A report as `init` makes it, made once."""
    global _report
    if _report is None:
        _report = pathlib.Path(tempfile.mkdtemp(prefix="hostile-")) / "report"
        ran = run(["init", str(_report), "-q"], cwd="/")
        assert ran.code == 0, ran.said
    return _report


def environment(**changes):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GMG_EXPORT_")}
    for name in ("SOURCE_DATE_EPOCH", "RUST_BACKTRACE", "NO_COLOR", "CLICOLOR_FORCE"):
        kept.pop(name, None)
    for name, value in changes.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = value
    return kept


def run(arguments, *, cwd, limits=(), env=None, before=None, program=None, timeout=None, **streams):
    """Runs the program; `limits` are pairs of a resource and its value, `before` is called in the new process."""

    def prepare():
        for which, value in limits:
            resource.setrlimit(which, (value, value))
        if before:
            before()

    start = time.monotonic()
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    process = subprocess.Popen(
        [*map(str, program or [PROGRAM]), *map(str, arguments)],
        cwd=cwd,
        env=env if env is not None else environment(),
        preexec_fn=prepare,
        start_new_session=True,
        **streams,
    )
    # Pipes, since a limit on the size of files would hold for what the program says, too.
    said = [Said(stream) for stream in (process.stdout, process.stderr)]
    # Others may be at work on the machine.
    code, processor, memory = wait(process, timeout or SECONDS * SLOWER * 6)
    out, err = (stream.whole() for stream in said)
    return Ran(code, out, err, time.monotonic() - start, processor, memory)


class Said:
    """What a process says to a stream, of which the beginning is kept."""

    def __init__(self, stream):
        self.kept = b""
        self.thread = threading.Thread(target=self.read, args=(stream,), daemon=True)
        if stream:
            self.thread.start()

    def read(self, stream):
        with stream:
            self.kept = stream.read(4 << 20)
            while stream.read(1 << 20):
                pass

    def whole(self):
        if self.thread.ident:
            # Whoever holds the other end after the process has ended is no part of the run.
            self.thread.join(10)
        return self.kept


def wait(process, timeout):
    """Waits for a process and all that it started; what is too slow is ended. Gives exit code, seconds and memory."""
    end = time.monotonic() + timeout
    while True:
        done, status, used = os.wait4(process.pid, os.WNOHANG)
        if done:
            process.returncode = os.waitstatus_to_exitcode(status)
            # The largest of the process and of those that it waited for.
            return process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        if time.monotonic() > end:
            os.killpg(process.pid, signal.SIGKILL)
            end = float("inf")
        time.sleep(0.005)


def nobody():
    """In a new process: becomes a user without rights, where it may."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


class NotTried(Exception):
    """The machine does not allow the case."""
