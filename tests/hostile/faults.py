"""Surroundings that fail: variables, limits of the system, disks, streams, other runs, other people's edits.

Whatever happens, a folder that the program writes holds what it held before or what it is to hold, whole, and nothing
left behind: `Job` knows both.
"""

import contextlib
import ctypes.util
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import desk as desks
from desk import Desk, NotTried, environment, nobody, run

TEXT = "# Title\n\nOne Place, 3 May 2020\n\n## Part\n\nOf {} it is so, and that is all.\n"
# Commands with the folder that they write.
COMMANDS = {
    "export": (["--format", "txt,docx", "-q"], "out"),
    "release": (["release", "-q"], "out/release"),
    "approve": (["approve", "-q"], "tests/golden"),
    "import": (["import", "text.md", "--out", "text", "--force", "-q"], "text"),
    "init": (["init", "fresh", "-q"], "fresh"),
}


def contents(folder):
    """What is in a folder. The notes of what the program wrote do not count, nor pictures of a record: those stay as they
    were approved where the difference is none that anybody sees."""
    if not folder.exists():
        return {}
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".png" and path.name != ".gmg-export.sums")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if ".gmg-export-" not in str(path)}


def version(report, which):
    """Gives the report one of two titles, and the text that is imported."""
    file = report / "source/report.yaml"
    text = file.read_text()
    for other in ("Meetings", "Talks"):
        text = text.replace(f"{other} on safe", f"{which} on safe")
    file.write_text(text)
    (report / "text.md").write_text(TEXT.format(which))


class Job:
    """A command, and what its folder holds after it for either version of the report."""

    _known = {}

    def __init__(self, name):
        self.name = name
        self.arguments, self.folder = COMMANDS[name]
        if name not in Job._known:
            Job._known[name] = [self._after(which) for which in ("Meetings", "Talks")]
        self.old, self.new = Job._known[name]

    def _after(self, which):
        with Desk() as desk:
            self.prepare(desk)
            version(desk.report, which)
            ran = desk.run(*self.arguments)
            assert ran.code == 0, ran.said
            return contents(desk.report / self.folder)

    def prepare(self, desk):
        if self.name == "release":
            text = (desk.source / "report.yaml").read_text()
            desk.write("source/report.yaml", text + "\nrelease:\n  - format: txt\n  - format: docx\n")

    def begin(self, desk):
        """The report as it was, with what the command made of it; then the new version of the report."""
        self.prepare(desk)
        if self.name != "init":
            version(desk.report, "Meetings")
            ran = desk.run(*self.arguments)
            assert ran.code == 0, ran.said
        version(desk.report, "Talks")

    def state(self, report):
        """What is wrong with the folder: it holds neither the old nor the new. Each file of an export stands alone."""
        now = contents(report / self.folder)
        old = {} if self.name == "init" else self.old
        if now in (old, self.new):
            return None
        if self.name == "export":
            torn = [name for name, data in now.items() if data not in (old.get(name), self.new.get(name))]
            torn += [name for name in old if name not in now]
        else:
            torn = [name for name in {**now, **self.new} if now.get(name) != self.new.get(name)][:3]
        return f"neither old nor new: {torn} of {len(now)}" if torn else None


def faulty(name, *, may=desks.DOCUMENTED, done=False, cleared=False, **how):
    """A case: a command runs under a fault. If it may leave anything behind, the next run clears that."""

    def attempt():
        with Desk() as desk:
            job = Job(name)
            job.begin(desk)
            if how.get("before") is nobody:
                subprocess.run(["chmod", "-R", "a+rwX", desk.folder], check=True)
            ran = desk.run(*job.arguments, **how)
            wrong = ran.wrong(may={0} if done else may) or job.state(desk.report) or desk.harm()
            if cleared and not wrong and desk.left():
                again = desk.run(*job.arguments)
                return again.wrong(may={0}) or job.state(desk.report) or desk.left()
            wrong = wrong or desk.left()
            if not wrong and ran.code == 0 and contents(desk.report / job.folder) != job.new:
                return "exit code 0, and not all is there"
            return wrong

    return attempt


def surroundings(short):
    """Variables and files of the surroundings."""
    nowhere = "/nowhere/at/all"
    variables = {
        "no HOME": {"HOME": None},
        "HOME is nowhere": {"HOME": nowhere},
        "no TMPDIR": {"TMPDIR": nowhere},
        "TMPDIR is a file": {"TMPDIR": "/etc/passwd"},
        "no PATH": {"PATH": None},
        "no language": {"LANG": "xx_XX", "LC_ALL": "tr_TR.UTF-8"},
        "another zone": {"TZ": "Pacific/Kiritimati"},
        "no terminal": {"TERM": "dumb", "COLUMNS": "0"},
        "one thread": {"RAYON_NUM_THREADS": "1"},
        "many threads": {"RAYON_NUM_THREADS": "200"},
        "a small stack": {"RUST_MIN_STACK": "1"},
        "a backtrace": {"RUST_BACKTRACE": "full"},
        "a stray note of its own": {"GMG_SUPERVISED": "/etc/nothing"},
    }
    for what, changes in variables.items():
        for name in COMMANDS if not short else ("export",):
            yield f"{what}: {name}", faulty(name, done=True, env=environment(**changes))
    # The program reads no clock: the moment in its files comes from the report or from this variable.
    for moment, good in (("0", True), ("4102444800", True), ("-1", False), ("9" * 30, False), ("soon", False), ("", False)):
        for name in ("export", "release"):
            yield f"the moment {moment!r}: {name}", moment_case(name, moment, good)
    for year in (1970, 2100):
        for name in COMMANDS:
            yield f"the clock in {year}: {name}", clock(name, year)
            yield f"files of {year}: {name}", aged(name, year)
    for name in COMMANDS:
        yield f"no network: {name}", networkless(name)
        yield f"nothing may be written: {name}", closed(name)


def moment_case(name, moment, good):
    def attempt():
        with Desk() as desk:
            job = Job(name)
            job.begin(desk)
            ran = desk.run(*job.arguments, env=environment(SOURCE_DATE_EPOCH=moment))
            if good:
                return ran.wrong(may={0}) or desk.left()
            return ran.wrong(may={2} if moment else {0, 2}) or job.state(desk.report) or desk.left()

    return attempt


def clock(name, year):
    library = next((path for path in pathlib.Path("/usr/lib").rglob("libfaketime.so.1")), None)

    def attempt():
        if library is None:
            raise NotTried("there is no libfaketime")
        changes = {"LD_PRELOAD": str(library), "FAKETIME": f"@{year}-01-01 00:00:10", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        return faulty(name, done=True, env=environment(**changes))()

    return attempt


def aged(name, year):
    def attempt():
        with Desk() as desk:
            job = Job(name)
            job.begin(desk)
            moment = (year - 1970) * 31_556_952
            for path in desk.report.rglob("*"):
                os.utime(path, (moment, moment), follow_symlinks=False)
            ran = desk.run(*job.arguments)
            return ran.wrong(may={0}) or (None if contents(desk.report / job.folder) == job.new else "not the new files") or desk.left()

    return attempt


def networkless(name):
    def attempt():
        for options in (["-n"], ["-rn"]):
            if subprocess.run(["unshare", *options, "true"], capture_output=True).returncode == 0:
                return faulty(name, done=True, program=["unshare", *options, desks.PROGRAM])()
        raise NotTried("no namespace without a network can be made")

    return attempt


def closed(name):
    def attempt():
        if os.getuid() != 0:
            raise NotTried("only root can become another user")
        with Desk() as desk:
            job = Job(name)
            job.begin(desk)
            subprocess.run(["chmod", "-R", "a+rX,go-w", desk.folder], check=True)
            ran = desk.run(*job.arguments, before=nobody)
            return ran.wrong(may={5}) or job.state(desk.report) or desk.left()

    return attempt


def limits(short):
    """Limits that the system sets on a process."""
    values = {
        "open files": (resource.RLIMIT_NOFILE, (4, 6, 8, 12, 20, 40)),
        "size of files": (resource.RLIMIT_FSIZE, (0, 512, 4096, 16_384, 65_536)),
        "memory": (resource.RLIMIT_AS, (200 << 20, 400 << 20, 600 << 20, 1 << 30)),
        "stack": (resource.RLIMIT_STACK, (64 << 10, 256 << 10, 1 << 20)),
        "seconds": (resource.RLIMIT_CPU, (1,)),
        "processes": (resource.RLIMIT_NPROC, (0, 1, 2, 4, 8, 16)),
    }
    for what, (which, sizes) in values.items():
        for size in sizes if not short else sizes[1:2] or sizes:
            for name in COMMANDS:
                yield f"{what} {size}: {name}", limited(name, which, size)


def limited(name, which, size):
    def attempt():
        how = {"limits": [(which, size)]}
        if which == resource.RLIMIT_NPROC:
            if os.getuid() != 0:
                raise NotTried("only root can become a user of its own")
            how["before"] = nobody
        try:
            return faulty(name, cleared=True, **how)()
        except OSError as error:
            # The system itself could not start the program.
            raise NotTried(f"the system: {error}") from error

    return attempt


@contextlib.contextmanager
def small_disk(options):
    """A file system of its own, of some KB or files."""
    place = tempfile.mkdtemp(prefix="hostile-disk-")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", place], capture_output=True)
    if made.returncode != 0:
        os.rmdir(place)
        raise NotTried("no small file system can be made")
    try:
        yield pathlib.Path(place)
    finally:
        subprocess.run(["umount", "-l", place])
        os.rmdir(place)


def full_disk(short):
    """No room at each write, no room for files, nothing may be written."""
    for name in COMMANDS:
        for room in range(0, 800 if not short else 100, 16):
            yield f"{room} KB left: {name}", on_disk(name, "size=64m,nr_inodes=0", room=room)
        for files in range(0, 60 if not short else 10, 2):
            yield f"{files} files left: {name}", on_disk(name, "size=64m,nr_inodes=5000", files=files)
        yield f"read only: {name}", on_disk(name, "size=64m", read_only=True)
        yield f"a file system of its own: {name}", own_disk(name)


def on_disk(name, options, room=None, files=None, read_only=False):
    def attempt():
        job = Job(name)
        with small_disk(options) as disk, Desk() as desk:
            job.begin(desk)
            report = disk / "report"
            shutil.copytree(desk.report, report)
            if room is not None:
                free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
                (disk / "filler").write_bytes(bytes(max(0, free - room * 1024)))
            if files is not None:
                for number in range(max(0, os.statvfs(disk).f_favail - files)):
                    (disk / f"filler{number}").touch()
            if read_only:
                subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            ran = run(job.arguments, cwd=report)
            left = [path for path in disk.rglob(".gmg-export-*")]
            wrong = ran.wrong(may={0, 5}) or job.state(report) or (f"left: {left}" if left else None)
            if not wrong and ran.code == 0 and contents(report / job.folder) != job.new:
                return "exit code 0, and not all is there"
            return wrong

    return attempt


def own_disk(name):
    """The folder that is written is where a file system begins: it cannot be replaced, but its files can."""

    def attempt():
        job = Job(name)
        with Desk() as desk:
            job.begin(desk)
            target = desk.report / job.folder
            aside = desk.folder / "aside"
            if target.exists():
                target.rename(aside)
            target.mkdir(parents=True)
            if subprocess.run(["mount", "-t", "tmpfs", "none", target], capture_output=True).returncode != 0:
                raise NotTried("no file system can be made")
            try:
                if aside.exists():
                    shutil.copytree(aside, target, dirs_exist_ok=True)
                ran = desk.run(*job.arguments)
                return ran.wrong(may={0, 5}) or job.state(desk.report) or desk.left()
            finally:
                subprocess.run(["umount", "-l", target])

    return attempt


def streams(short):
    """Standard streams that are closed, full or not read, and requests to stop."""
    for name in COMMANDS:
        for stream in (0, 1, 2):
            yield f"stream {stream} closed: {name}", faulty(name, before=lambda stream=stream: os.close(stream))
            yield f"stream {stream} is /dev/full: {name}", to_full(name, stream)
        yield f"all streams closed: {name}", faulty(name, before=lambda: [os.close(stream) for stream in (0, 1, 2)])
        for stream in ("stdout", "stderr"):
            yield f"nobody reads {stream}: {name}", unread(name, stream)
        for which in ("HUP", "INT", "TERM", "PIPE", "QUIT", "ALRM", "XFSZ"):
            for part in (0.1, 0.5, 0.9) if not short else (0.5,):
                yield f"SIG{which} after {part} of {name}", stopped(name, which, part)
        yield f"SIGHUP is ignored: {name}", faulty(name, done=True, before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        yield f"stopped and continued: {name}", paused(name)
    # What is asked for on standard output, and cannot be given.
    for asked in ("list", "schema report", "man", "completions bash", "explain", "explain E0101", "--version", "--help", "--show-config", "--format txt -o -"):
        for how in ("closed", "full"):
            yield f"standard output is {how}: {asked}", unsaid(asked.split(), how)


def unsaid(arguments, how):
    def attempt():
        with Desk() as desk, open("/dev/full", "wb", buffering=0) as full:
            streams = {"stdout": full} if how == "full" else {"before": lambda: os.close(1)}
            ran = desk.run(*arguments, **streams)
            return ran.wrong(may={5}) or (None if "E0905" in ran.err else f"not said: {ran.err[:200]}") or desk.left()

    return attempt


def to_full(name, stream):
    def attempt():
        with open("/dev/full", "r+b", buffering=0) as full:
            return faulty(name, **{("stdin", "stdout", "stderr")[stream]: full})()

    return attempt


def unread(name, stream):
    def attempt():
        reader, writer = os.pipe()
        os.close(reader)
        try:
            return faulty(name, **{stream: writer})()
        finally:
            os.close(writer)

    return attempt


def signalled(name, act):
    with Desk() as desk:
        job = Job(name)
        job.begin(desk)
        process = subprocess.Popen([desks.PROGRAM, *job.arguments], cwd=desk.report, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        act(process)
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return "it did not come to its end"
        time.sleep(0.05)
        return process.returncode, job.state(desk.report), desk.left()


def length(name):
    """How long a command takes."""
    if name not in length.known:
        with Desk() as desk:
            job = Job(name)
            job.begin(desk)
            length.known[name] = desk.run(*job.arguments).seconds
    return length.known[name]


length.known = {}


def stopped(name, which, part):
    number = getattr(signal, f"SIG{which}")

    def act(process):
        time.sleep(length(name) * part)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)

    def attempt():
        ended = signalled(name, act)
        if isinstance(ended, str):
            return ended
        code, state, left = ended
        # What asks politely is answered; the others end a process by themselves.
        polite = which in ("HUP", "INT", "TERM")
        if polite and code not in (0, 130):
            # It came before the program could listen.
            early = code == -number and part <= 0.1
            return None if early and not state else f"exit code {code}"
        return state or (left if polite else None)

    return attempt


def paused(name):
    def act(process):
        for _ in range(5):
            time.sleep(length(name) / 10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGSTOP)
                time.sleep(0.02)
                os.killpg(process.pid, signal.SIGCONT)

    def attempt():
        ended = signalled(name, act)
        if isinstance(ended, str):
            return ended
        code, state, left = ended
        return f"exit code {code}" if code != 0 else state or left

    return attempt
