#!/usr/bin/env python3
"""Speed and memory of gmg-export, as ratios of paired whole-process runs.

    benches/run.py [--source DIR] [--pairs N] [--only NAME[,NAME]] [--gmg-export FILE] [--typst FILE] [--pandoc FILE]

Both sides of a pair run one after the other, every second pair the other way round, each in a fresh folder; what is
printed is the median of the ratios, with their quartiles. A noisy machine moves both sides of a pair alike.

    typst   --format pdf               against  typst compile --ignore-system-fonts, same templates, data and standards
    all     --format pdf,docx,txt      against  --format pdf
    text    --format txt               against  pandoc -t plain on the same text (the digest, and the whole text)
    press   --format press             against  --format pdf --layout print, on the report 12 times over: time, memory
    release release                    against  the sum of its typesetting passes, one after the other
    guard   --format txt and pdf       against  the same without a second process that watches: milliseconds, ratio
    tables  five tables of 60 rows       against  the same words as text: time of a PDF
    charts  42 charts of every kind      against  pages of text: time of a PDF, a page
    scale   the report 10 and 100 times over, against the report: time, and peak memory a page

Needs Python 3.9 and cargo. What it measures against is installed into target/bench on the first run (typst-cli by
cargo, pandoc by PyPI's pypandoc_binary; some minutes). Ends with 1 when a target is missed.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import charts
import scale

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "target" / "bench"
TYPST, PYPANDOC = "0.15.1", "1.17"
MB = 1e6


def must(command: list, **options) -> str:
    """The output of a command that has to succeed."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, text=True, **options)
    if done.returncode:
        sys.exit(f"run.py: `{' '.join(map(str, command))}` ended with {done.returncode}")
    return done.stdout


def tools(args, names: list) -> None:
    """Builds and installs what is measured, as far as the command line does not name it."""
    if not args.gmg_export:
        must(["cargo", "build", "--release", "--locked", "--quiet"], cwd=ROOT)
        args.gmg_export = ROOT / "target" / "release" / "gmg-export"
    if not args.typst and "typst" in names:
        args.typst = TOOLS / "bin" / "typst"
        if not args.typst.exists():
            must(["cargo", "install", "--locked", "--root", TOOLS, "typst-cli", "--version", TYPST])
    if not args.pandoc and "text" in names:
        venv = TOOLS / "venv"
        if not venv.exists():
            must([sys.executable, "-m", "venv", venv])
            must([venv / "bin" / "pip", "install", "--quiet", f"pypandoc_binary=={PYPANDOC}"])
        ask = "import pypandoc; print(pypandoc.get_pandoc_path())"
        args.pandoc = Path(must([venv / "bin" / "python", "-c", ask]).strip())


class Run:
    """One process from start to end: wall time in seconds, peak memory in bytes, what it said."""

    def __init__(self, command: list, environment: dict = {}):
        with tempfile.TemporaryFile() as said:
            start = time.perf_counter()
            process = subprocess.Popen([str(part) for part in command], stdout=said, stderr=subprocess.STDOUT, cwd=ROOT, env={**os.environ, **environment})
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds = time.perf_counter() - start
            said.seek(0)
            self.said = said.read().decode("utf-8", "replace")
        self.cpu = usage.ru_utime + usage.ru_stime
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"run.py: `{' '.join(map(str, command))}` ended with {process.returncode}\n{self.said}")
        self.memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


class Bench:
    """The measurements, and the table that comes of them."""

    def __init__(self, args, work: Path):
        self.args, self.work, self.missed = args, work, False

    def export(self, formats: str, source: Path = None, layout: str = "screen", environment: dict = {}) -> Run:
        """One export into a fresh folder."""
        out = self.work / "out"
        shutil.rmtree(out, ignore_errors=True)
        command = [self.args.gmg_export, source or self.args.source, "--format", formats, "--layout", layout, "--out", out]
        return Run(command, environment)

    def pairs(self, ours, theirs) -> tuple:
        """Ratios of paired runs, and the median seconds of each side."""
        ours(), theirs()
        seconds = ([], [])
        for turn in range(self.args.pairs):
            first, second = ((0, ours), (1, theirs)) if turn % 2 == 0 else ((1, theirs), (0, ours))
            for side, run in (first, second):
                seconds[side].append(run().seconds)
        ratios = sorted(a / b for a, b in zip(*seconds))
        return ratios, statistics.median(seconds[0]), statistics.median(seconds[1])

    def compare(self, name: str, ours, theirs, target: float) -> None:
        """Measures a pair and prints its line."""
        ratios, a, b = self.pairs(ours, theirs)
        low, _, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
        self.line(name, statistics.median(ratios), target, f"{a * 1e3:.1f} / {b * 1e3:.1f} ms, quartiles {low:.3f}-{high:.3f}")

    def line(self, name: str, value: float, target: float, how: str) -> None:
        """Prints a measurement against its target."""
        met = value <= target
        self.missed |= not met
        print(f"{name:<44} {value:>8.3f} {target:>8.3f}  {'met' if met else 'MISSED':<7} {how}", flush=True)

    def typst(self) -> None:
        project = self.work / "project"
        must(["cargo", "bench", "--locked", "--quiet", "--bench", "export_project", "--", self.args.source, project], cwd=ROOT)
        command = [self.args.typst, "compile", "--features", "a11y-extras", "--ignore-system-fonts", "--font-path", project / "fonts"]
        command += ["--root", project, "--pdf-standard", "a-2a,ua-1", "--creation-timestamp", "1472601600"]
        command += [project / "report.typ", self.work / "typst.pdf"]
        self.compare("pdf / typst compile", lambda: self.export("pdf"), lambda: Run(command), 1.0)

    def all(self) -> None:
        self.compare("pdf,docx,txt / pdf", lambda: self.export("pdf,docx,txt"), lambda: self.export("pdf"), 1.15)

    def text(self) -> None:
        self.export("txt", layout="full-text")
        same = self.work / "same-text.md"
        shutil.copy(next((self.work / "out").glob("*.txt")), same)
        command = [self.args.pandoc, "-t", "plain", same, "-o", self.work / "plain.txt"]
        for name, layout in (("digest", "screen"), ("whole text", "full-text")):
            ours = lambda layout=layout: self.export("txt", layout=layout)
            self.compare(f"txt ({name}) / pandoc -t plain", ours, lambda: Run(command), 1 / 15)

    def press(self) -> None:
        source = self.work / "source-12"
        scale.scale(self.args.source, source, 12)
        sheets, pages = (lambda: self.export("press", source, "print")), (lambda: self.export("pdf", source, "print"))
        self.compare("press / pdf in layout print", sheets, pages, 1.25)
        more = sheets().memory - pages().memory
        self.line("press: memory above that of the pdf (MB)", more / MB, 100, "")

    def release(self) -> None:
        typesetting = ["cargo", "bench", "--locked", "--quiet", "--bench", "typesetting", "--", self.args.source]
        layouts = ("screen", "large-print", "print")
        must([*typesetting, layouts[0]], cwd=ROOT)

        def passes() -> float:
            return sum(float(must([*typesetting, layout], cwd=ROOT)) for layout in layouts)

        def release() -> Run:
            return Run([self.args.gmg_export, "release", self.args.source, "--out", self.work / "release", "--quiet"])

        release()
        ratios, cores = [], []
        for _ in range(self.args.pairs):
            before, made, after = passes(), release(), passes()
            ratios.append(made.seconds / ((before + after) / 2))
            cores.append(made.cpu / made.seconds)
        low, _, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
        how = f"quartiles {low:.3f}-{high:.3f}; {statistics.median(cores):.2f} cores at work"
        self.line("release / sum of its typesetting passes", statistics.median(ratios), 1.6, how)

    def guard(self) -> None:
        # What a process gets that works for another one: it starts none, and notes what it works on.
        alone = {"GMG_SUPERVISED": f"{os.getpid()} {os.devnull}"}
        for formats, name in (("txt", "digest"), ("pdf", "PDF")):
            guarded = lambda formats=formats: self.export(formats)
            bare = lambda formats=formats: self.export(formats, environment=alone)
            ratios, with_guard, without = self.pairs(guarded, bare)
            how = f"{with_guard * 1e3:.1f} / {without * 1e3:.1f} ms"
            if formats == "txt":
                self.line(f"guard: {name}, more milliseconds", (with_guard - without) * 1e3, 5, how)
            else:
                self.line(f"guard: {name}, guarded / alone", statistics.median(ratios), 1.01, how)

    def tables(self) -> None:
        words = "harbour passenger winter schedule international agreement maintenance northern electrification annual".split()
        rows = [[words[(row * 7 + at * 3) % 10] for at in range(14)] + [f"{row * 137 % 9999}", f"{row * 31 % 97}.{row % 10}"] for row in range(60)]
        cells = lambda row: (" ".join(row[:2]), " ".join(row[2:6]), " ".join(row[6:14]), *row[14:])
        lines = "".join("          - [" + ", ".join(f'"{cell}"' for cell in cells(row)) + "]\n" for row in rows)
        columns = "[{}, {}, {width: 2}, {align: right}, {align: decimal}]"
        table = f"    - table:\n        caption: Harbours\n        columns: {columns}\n        header: [[Name, Kind, Words, Number, Share]]\n        rows:\n{lines}"
        text = "".join(f"    - text: {' '.join(' '.join(row) for row in rows[at:at + 6])}.\n" for at in range(0, 60, 6))
        sources = []
        for name, blocks in (("table", table * 5), ("text", text * 5)):
            source = self.work / name
            shutil.copytree(ROOT / "tests/cases/harbour/source", source)
            chapter = next(line.split("- ")[1] for line in (source / "report.yaml").read_text("utf-8").split("contents:")[1].splitlines() if "- " in line)
            (source / chapter).write_text(f"section:\n  id: much\n  title: Much\n  blocks:\n{blocks}", "utf-8")
            sources.append(source)
        table, text = sources
        self.compare("five tables of 60 rows / the same as text", lambda: self.export("pdf", table), lambda: self.export("pdf", text), 2.0)

    def charts(self) -> None:
        charts.write(self.work / "bench", 42)
        drawn, text = self.work / "bench" / "charts", self.work / "bench" / "text"
        pages = [self.pages(self.export("pdf", source)) for source in (drawn, text)]
        ratios, a, b = self.pairs(lambda: self.export("pdf", drawn), lambda: self.export("pdf", text))
        how = f"{a * 1e3:.1f} ms for {pages[0]} pages / {b * 1e3:.1f} ms for {pages[1]}"
        self.line("a page of charts / a page of text", statistics.median(ratios) * pages[1] / pages[0], 6.0, how)

    def scale(self) -> None:
        base = [self.export("pdf") for _ in range(3)]
        pages, seconds = self.pages(base[0]), statistics.median(run.seconds for run in base)
        self.line("report: peak memory a page (MB)", max(run.memory for run in base) / pages / MB, 2.0, f"{pages} pages, {seconds:.2f} s")
        for times, target in ((10, 12.0), (100, 130.0)):
            source = self.work / f"source-{times}"
            scale.scale(self.args.source, source, times)
            runs = [self.export("pdf", source) for _ in range(3 if times == 10 else 1)]
            many, took = self.pages(runs[0]), statistics.median(run.seconds for run in runs)
            # Front matter and appendices are not repeated: the ratio is per page, times the number of times.
            ratio = took / seconds * times / (many / pages)
            self.line(f"{times} times the report: time", ratio, target, f"{many} pages, {took:.2f} s")
            self.line(f"{times} times the report: peak memory a page (MB)", max(run.memory for run in runs) / many / MB, 2.0, "")

    @staticmethod
    def pages(run: Run) -> int:
        """The number of pages that a run says it made."""
        found = re.search(r"(\d+)\s+pages", run.said)
        return int(found[1]) if found else sys.exit(f"run.py: no number of pages in what gmg-export said:\n{run.said}")


def main() -> None:
    names = ("typst", "all", "text", "press", "release", "guard", "tables", "charts", "scale")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, default=ROOT / "source", help="source folder (the shipped report)")
    parser.add_argument("--pairs", type=int, default=15, help="pairs of runs of each comparison")
    parser.add_argument("--only", default=",".join(names), help="comparisons to make: " + ", ".join(names))
    for tool in ("gmg-export", "typst", "pandoc"):
        parser.add_argument(f"--{tool}", type=Path, help="a binary to measure instead of the one built or installed here")
    args = parser.parse_args()
    args.source = args.source.resolve()
    unknown = [name for name in args.only.split(",") if name not in names]
    if unknown:
        parser.error(f"no comparison `{unknown[0]}`; there are {', '.join(names)}")
    tools(args, args.only.split(","))
    with tempfile.TemporaryDirectory(prefix="gmg-export-bench-") as work:
        bench = Bench(args, Path(work))
        print(f"{'measured':<44} {'is':>8} {'at most':>8}")
        for name in names:
            if name in args.only.split(","):
                getattr(bench, name)()
    sys.exit(1 if bench.missed else 0)


if __name__ == "__main__":
    main()
