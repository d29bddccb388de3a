"""Accepts and rejects all tracked changes with LibreOffice, and compares the text with that of the files themselves.

Usage: diff-through-libreoffice.py FOLDER, which holds NAME.docx (with changes), NAME.old.docx and NAME.new.docx. Without
LibreOffice and its Python bridge (Debian: python3-uno) it says so and checks nothing."""
import difflib
import pathlib
import re
import subprocess
import sys
import tempfile
import time

try:
    import uno
    from com.sun.star.beans import PropertyValue
except ImportError:
    print("python3-uno is not installed: no changes are accepted through LibreOffice")
    sys.exit()

PIPE = "gmg-export-diff"


def value(name, what):
    one = PropertyValue()
    one.Name, one.Value = name, what
    return one


def started(profile):
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", f"--accept=pipe,name={PIPE};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return office, resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def lines(context, file, command=None, references=True):
    """The lines of a file as LibreOffice writes them as text, after a command; where that is wanted, without references."""
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(str(file)), "_blank", 0, (value("Hidden", True),))
    assert document is not None, f"{file} is not opened"
    if command:
        dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())
        # References to what was deleted a moment ago.
        document.TextFields.refresh()
    if not references:
        fields = document.TextFields.createEnumeration()
        all_fields = []
        while fields.hasMoreElements():
            all_fields.append(fields.nextElement())
        for field in all_fields:
            if field.supportsService("com.sun.star.text.TextField.GetReference"):
                field.dispose()
    with tempfile.NamedTemporaryFile(suffix=".txt") as text:
        document.storeToURL(uno.systemPathToFileUrl(text.name), (value("FilterName", "Text (encoded)"), value("FilterOptions", "UTF8,LF")))
        found = pathlib.Path(text.name).read_text("utf-8-sig")
    notes = [note.String for note in (document.Footnotes.getByIndex(at) for at in range(document.Footnotes.Count))]
    document.close(True)
    # What a reference shows is text in one file and left out in another, whether or not anything was tracked.
    words = [re.sub(r"Error: Reference source not found|[\d\W_]+|\b[ivx]+\b", " ", line).strip() for line in found.splitlines() + sorted(notes)]
    return [line for line in words if line]


folder = pathlib.Path(sys.argv[1])
files = [file for file in sorted(folder.glob("*.docx")) if not file.stem.endswith((".old", ".new"))]
wrong = lost = 0
with tempfile.TemporaryDirectory() as profile:
    office, context = started(profile)
    for file in files:
        for command, side in [("AcceptAllTrackedChanges", "new"), ("RejectAllTrackedChanges", "old")]:
            whole = lines(context, file.with_suffix(f".{side}.docx"))
            made = lines(context, file, command)
            # Where all of a text goes and comes back, LibreOffice may not find again what a reference leads to.
            if made != whole and lines(context, file, command, False) == lines(context, file.with_suffix(f".{side}.docx"), None, False):
                lost += 1
            elif made != whole:
                wrong += 1
                print(f"{file.name} {side}:")
                print("\n".join(list(difflib.unified_diff(whole, made, lineterm="", n=0))[:20]))
    office.terminate()
print(f"{len(files)} files with tracked changes in LibreOffice: {2 * len(files) - wrong} of {2 * len(files)} texts as they should be, "
      f"{lost} of them but for what a reference shows")
sys.exit(wrong > 0 or lost * 50 > len(files))
