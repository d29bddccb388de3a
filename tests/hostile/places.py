"""Every read and write of the program against links, paths and files that are nobody's business."""

import os
import shutil

from desk import Desk, run

OUTSIDE = ["../victim", "../../victim", "a/../../victim", "/tmp", "/etc", "./../victim", "~/victim", "file:///etc", "C:/victim", "C:\\victim", "\\\\host\\victim", "..\\victim", "%2e%2e/victim", "victim\u2044..", "CON", "aux.txt"]
VICTIM = "../../victim/letter.txt"
RECORD = "tests/golden/my-report.screen.txt"
# What a report's folder may hold, and a command that reads or writes it.
LINKS = {
    "source/report.yaml": ["check"],
    "source/people.yaml": ["check"],
    "source/introduction.yaml": ["check"],
    "source/meetings/first.yaml": ["check"],
    "source/images/river.svg": ["--format", "pdf"],
    "gmg-export.yaml": ["check"],
    "layouts/screen/layout.yaml": ["check"],
    "layouts/screen/cover.typ": ["--format", "pdf"],
    "layouts/screen/fonts/a.otf": ["--format", "pdf"],
    "layouts/fonts/a.otf": ["--format", "pdf"],
    "layouts/strings/en.yaml": ["check"],
    "out/my-report.txt": ["--format", "txt"],
    "out/my-report.pdf": ["--format", "pdf"],
    "out/my-report.docx": ["--format", "docx"],
    "out/.gmg-export.sums": ["--format", "txt"],
    "out/.gmg-export.json": ["--format", "txt", "--if-changed"],
    f"{RECORD}/text.txt": ["approve"],
    f"{RECORD}/files.txt": ["approve"],
    "out/release/my-report.txt": ["release"],
    "out/release/manifest.json": ["release"],
    "new/report.yaml": ["import", "text.txt", "--out", "new", "--force"],
    "text/report.yaml": ["import", "text.txt"],
    "new/README.md": ["init", "new"],
    "list.d": ["--format", "txt", "--deps", "list.d"],
    "one.txt": ["-o", "one.txt"],
}
FOLDERS = {
    "source/meetings": ["check"],
    "source/images": ["--format", "pdf"],
    "layouts/screen": ["check"],
    "layouts/strings": ["check"],
    "layouts": ["check"],
    "out": ["--format", "txt"],
    "out/release": ["release"],
    "tests": ["approve"],
    "tests/golden": ["approve"],
    RECORD: ["approve"],
    "text": ["import", "text.txt"],
}


def ends_well(desk, *runs):
    """No harm, no secret told, a documented end."""
    for ran in runs:
        wrong = ran.wrong() or ("a secret is told" if "SECRET" in ran.said else None)
        if wrong:
            return wrong
    for path in desk.report.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1 and b"SECRET" in path.read_bytes():
            return f"a secret stands in {path.relative_to(desk.report)}"
    return desk.harm() or desk.left()


def in_place(path, put, command):
    """A case: something else stands in the place of a file or folder of a report."""

    def attempt():
        with Desk() as desk:
            desk.write("text.txt", "Title\n\nIt is so, and that is all.\n")
            place = desk.report / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)
            elif place.exists():
                place.unlink()
            put(desk, place)
            return ends_well(desk, desk.run(*command))

    return attempt


def up(desk, place):
    """From a place in the report to the victim."""
    return os.path.relpath(desk.folder / "victim", place.parent)


def to_file(desk, place):
    place.symlink_to(up(desk, place) + "/letter.txt")


def absolute(desk, place):
    place.symlink_to(desk.folder / "victim/letter.txt")


def nested(desk, place):
    (desk.report / "way").symlink_to(desk.folder / "victim")
    place.symlink_to(desk.report / "way/letter.txt")


def hard(desk, place):
    os.link(desk.folder / "victim/letter.txt", place)


def pipe(_, place):
    os.mkfifo(place)


def device(_, place):
    place.symlink_to("/dev/zero")


def loop(_, place):
    place.symlink_to(place.name)


def folder(_, place):
    place.mkdir()


def to_folder(desk, place):
    place.symlink_to(up(desk, place))


def setting(name, value, command):
    def attempt():
        with Desk() as desk:
            desk.write("gmg-export.yaml", f"{name}: {value!r}\n")
            return ends_well(desk, desk.run(*command))

    return attempt


def field(file, old, value, command=("--format", "pdf")):
    def attempt():
        with Desk() as desk:
            text = (desk.report / file).read_text()
            if old not in text:
                return f"{old!r} is not in {file}"
            quoted = "'" + value.replace("'", "''") + "'"
            desk.write(file, text.replace(old, f"{old.split(':')[0]}: {quoted}" if ":" in old else f"- {quoted}", 1))
            return ends_well(desk, desk.run(*command))

    return attempt


def swapped(command, path):
    """A case: a folder of the report is a link half of the time."""

    def attempt():
        with Desk() as desk:
            desk.write("text.txt", "Title\n\nIt is so, and that is all.\n")
            place = desk.report / path
            place.mkdir(parents=True, exist_ok=True)
            link = desk.report / "link"
            aside = desk.report / "aside"
            script = f"""import os
while True:
    try:
        os.rename({str(place)!r}, {str(aside)!r}); os.symlink({str(desk.folder / 'victim')!r}, {str(link)!r}); os.rename({str(link)!r}, {str(place)!r})
        os.unlink({str(place)!r}); os.rename({str(aside)!r}, {str(place)!r})
    except OSError:
        pass
"""
            import subprocess
            import sys

            swapper = subprocess.Popen([sys.executable, "-c", script])
            try:
                runs = [desk.run(*command) for _ in range(8)]
            finally:
                swapper.kill()
                swapper.wait()
            return next((ran.wrong() for ran in runs if ran.wrong()), None) or desk.harm()

    return attempt


def cases(short):
    for path, command in LINKS.items():
        for put in (to_file, absolute, nested, hard, pipe, device, loop, folder):
            # A hard link is no link: the file is the report's own. It is not read anew, and never written to.
            if put is hard and not path.startswith(("out", "new", "text", "tests", "one", "list")):
                continue
            yield f"{path}: {put.__name__}", in_place(path, put, command)
    for path, command in FOLDERS.items():
        yield f"{path}: a link to a folder", in_place(path, to_folder, command)
    for value in OUTSIDE if not short else OUTSIDE[:5]:
        for name, command in (("out", ["--format", "txt"]), ("golden", ["approve"]), ("layout", ["--format", "pdf"]), ("profile", ["--format", "press"])):
            yield f"setting {name}: {value}", setting(name, value, command)
        yield f"chapter {value}", field("source/report.yaml", "- introduction.yaml", value, ("check",))
        yield f"picture {value}", field("source/introduction.yaml", "image: images/river.svg", value)
        yield f"id {value}", field("source/report.yaml", "id: my-report", value, ("--format", "txt"))
    for command, path in ((["--format", "txt"], "out"), (["approve"], "tests/golden"), (["release"], "out"), (["import", "text.txt", "--force"], "text")):
        yield f"{path} swapped for a link during {command[0]}", swapped(command, path)
    for what in ("man", "completions", "schema"):
        yield f"{what} writes no file", printed(what)


def printed(what):
    def attempt():
        with Desk() as desk:
            before = sorted(str(path) for path in desk.folder.rglob("*"))
            arguments = {"man": ["man"], "completions": ["completions", "bash"], "schema": ["schema"]}[what]
            ran = run(arguments, cwd=desk.report)
            after = sorted(str(path) for path in desk.folder.rglob("*"))
            return ran.wrong() or (None if before == after else "a file was written")

    return attempt
