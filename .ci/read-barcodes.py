#!/usr/bin/env python3
"""Reads the bar codes that a built program sets, by an outside reader (PyPI's zxing-cpp and pillow; poppler's pdftoppm).

    .ci/read-barcodes.py PROGRAM

Books of eight numbers in which every digit stands on both sides of the middle, and of two series that have no number of
their own; a number of ten digits gets no bars.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import zxingcpp
from PIL import Image


def isbn(body: str) -> str:
    """Twelve digits with their check digit."""
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(body))
    return body + str(-total % 10)


def read(program: Path, number: str, folder: Path, kind: str = "isbn") -> list:
    """What a reader finds on the back of a book with that number."""
    report = folder / "source" / "report.yaml"
    said = re.sub(r"^identifiers:\n(  .*\n)*", f"identifiers:\n  {kind}: '{number}'\n", report.read_text(encoding="utf-8"), flags=re.M)
    report.write_text(said, encoding="utf-8")
    subprocess.run([program, folder, "--format", "pdf", "--layout", "print", "--out", folder / "out", "--quiet"], check=True)
    subprocess.run(["pdftoppm", "-r", "150", "-png", folder / "out" / "my-report.print.pdf", folder / "page"], check=True, stderr=subprocess.DEVNULL)
    back = sorted(folder.glob("page*.png"))[-1]
    return [(found.text, found.format.name) for found in zxingcpp.read_barcodes(Image.open(back))]


def main() -> None:
    program = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="gmg-export-bars-") as folder:
        folder = Path(folder) / "report"
        subprocess.run([program, "init", folder, "--quiet"], check=True)
        numbers = [isbn(("978", "979")[turn % 2] + "".join(str((turn * 3 + place) % 10) for place in range(9))) for turn in range(8)]
        for number in numbers:
            found = read(program, f"{number[:3]}-{number[3]}-{number[4:8]}-{number[8:12]}-{number[12]}", folder)
            if found != [(number, "EAN13")]:
                sys.exit(f"read-barcodes.py: {number} is read as {found}")
        for number, code in (("2049-3630", "977204936300"), ("2434-561X", "977243456100")):
            found = read(program, number, folder, "issn")
            if found != [(isbn(code), "EAN13")]:
                sys.exit(f"read-barcodes.py: {number} is read as {found}")
        if found := read(program, "0-306-40615-2", folder):
            sys.exit(f"read-barcodes.py: a number of ten digits is read as {found}")
    print(f"{len(numbers) + 2} bar codes say their numbers")


if __name__ == "__main__":
    main()
