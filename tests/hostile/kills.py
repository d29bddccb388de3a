"""`kill -9` at moments spread over the whole of a run, every other one while files are replaced.

After each the folder holds the old or the new, whole; no process goes on; and the next run clears what was left.
"""

import ctypes
import os
import signal
import subprocess
import time

import desk as desks
from desk import Desk, environment
from faults import COMMANDS, Job, contents, length, version

COUNT = 200


def cases(_short):
    # Processes that lose their parent come to this one, which can see whether they end.
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    for name in COMMANDS:
        state = {"job": None, "turn": 0, "ended": 0}
        desk = Desk()
        for turn in range(COUNT):
            yield f"{name}, kill {turn}", lambda turn=turn, desk=desk, state=state, name=name: killed(name, desk, state, turn)
        yield f"{name}, the run after", lambda desk=desk, state=state, name=name: after(name, desk, state)


def wait(process, folder, turn, whole):
    """Waits until it is time: some part of a run, or a moment after the first temporary file is there."""
    # Evenly spread, never the same twice.
    part = turn * 0.618033988749895 % 1
    if turn % 2 == 0:
        time.sleep(whole * part * 1.1)
        return
    end = time.monotonic() + whole * 3
    while process.poll() is None and time.monotonic() < end:
        if any(name.startswith(".gmg-export-") for place in (folder, folder.parent) if place.exists() for name in os.listdir(place)):
            time.sleep(part * 0.06)
            return
        time.sleep(0.0005)


def killed(name, desk, state, turn):
    if state["job"] is None:
        state["job"] = job = Job(name)
        job.begin(desk)
    job = state["job"]
    if name == "init":
        subprocess.run(["rm", "-rf", desk.report / job.folder])
    version(desk.report, ("Meetings", "Talks")[turn % 2])
    process = subprocess.Popen([desks.PROGRAM, *job.arguments], cwd=desk.report, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    wait(process, desk.report / job.folder, turn, length(name))
    if process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    state["ended"] += process.returncode == 0
    orphan = gone(process.pid)
    return orphan or job.state(desk.report)


def gone(group):
    """Waits for what is left of a group of processes."""
    end = time.monotonic() + 2
    while time.monotonic() < end:
        try:
            os.waitpid(-group, os.WNOHANG)
        except ChildProcessError:
            return None
        time.sleep(0.001)
    os.killpg(group, signal.SIGKILL)
    return "a process goes on without the one that was killed"


def after(name, desk, state):
    try:
        job = state["job"]
        if name == "init":
            subprocess.run(["rm", "-rf", desk.report / job.folder])
        version(desk.report, "Talks")
        ran = desk.run(*job.arguments)
        if ran.wrong(may={0}) or contents(desk.report / job.folder) != job.new:
            return ran.wrong(may={0}) or "not the new files"
        if COUNT > 10 and state["ended"] == COUNT:
            return f"all {COUNT} runs came to their end: the kills say nothing"
        return desk.left()
    finally:
        desk.__exit__()
