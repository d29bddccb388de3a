"""Files of other programs: PDFs for `preflight`, texts and their pictures for `import`, releases for `verify`."""

import random
import zlib

from desk import Desk
from engines import mutated

HEAD = b"%PDF-1.6\n"


def pdf(objects, trailer=b"<< /Root 1 0 R /Size 99 >>"):
    body, places = HEAD, []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % len(body)


def page(content, resources=b"<< >>", more=()):
    packed = zlib.compress(content)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources %s >>" % resources, stream, *more])


def made():
    yield "nothing", b""
    yield "a header alone", HEAD
    yield "text", b"no PDF"
    yield "a stream of references without width", HEAD + b"1 0 obj\n<< /Type /XRef /W [0 0 0] /Size 100000000 /Index [0 100000000] /Length 0 >>\nstream\n\nendstream\nendobj\nstartxref\n9\n%%EOF"
    yield "10,000,000 saves", page(b"q " * 10_000_000)
    yield "a million colours", page(b"1 0 0 rg 0 0 1 1 re f\n" * 1_000_000)
    yield "pages of themselves", pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])
    yield "a form of itself", page(b"/F Do", b"<< /XObject << /F 5 0 R >> >>", [b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 5 >>\nstream\n/F Do\nendstream"])
    yield "an object of itself", pdf([b"1 0 R"])
    yield "deep arrays", pdf([b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 100_000 + b"]" * 100_000 + b" >>"])
    yield "widths without end", page(b"BT /F 9 Tf (a) Tj ET", b"<< /Font << /F 5 0 R >> >>", [b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (A) /Ordering (B) /Supplement 0 >> /W [0 2000000000 500] >>] >>"])
    packer = zlib.compressobj(9)
    grown = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(1024)) + packer.flush()
    yield "a stream that grows", pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>", b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(grown), grown)])
    yield "a picture of 4 billion pixels", page(b"/I Do", b"<< /XObject << /I 5 0 R >> >>", [b"<< /Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Length 0 >>\nstream\n\nendstream"])
    yield "a page of 1e30", pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1e30 1e30] >>"])
    yield "a filter of filters", pdf([b"<< /Length 1 /Filter [%s] >>\nstream\na\nendstream" % (b"/ASCIIHexDecode " * 100_000)])
    yield "encrypted", pdf([b"<< /Type /Catalog >>"], b"<< /Root 1 0 R /Encrypt << /Filter /Standard /V 99 >> >>")


def preflight(data):
    def attempt():
        with Desk() as desk:
            desk.write("a.pdf", data)
            ran = desk.run("preflight", "a.pdf")
            return ran.wrong() or desk.harm() or desk.left()

    return attempt


def pdfs(short):
    for name, data in made():
        yield name, preflight(data)
    with Desk() as desk:
        desk.run("--format", "pdf,press")
        files = [desk.report / "out" / name for name in ("my-report.pdf", "my-report.press.pdf")]
        samples = [path.read_bytes() for path in files if path.exists()]
    for seed in range(5 if short else 80):
        yield f"changed at random, seed {seed}", preflight(mutated(samples[seed % len(samples)], seed))


BODY = "# Title\n\n*One Place, 3 May 2020*\n\n## Part\n\nMs. Ann Example (Body) said that it is so.[^1]\n\n[^1]: A note.\n"
PIECES = {
    "#": "#",
    "-": "- ",
    ">": "> ",
    "tabs": "a\tb\tc\n",
    "brackets": "[a](",
    "notes": "[^a]",
    "HTML": "<div><b>",
    "stars": "**a",
    "capitals": "SECTION OF THE TEXT\n\n",
    "numbers": "1. A part\n\n",
    "words": "word ",
    "lines": "word\n",
    "paragraphs": "word word\n\n",
    "table": "| a | b |\n",
    "form feeds": "\f",
    "NUL": "\0",
    "direction": "\u202e\u2067",
    "combining": "e\u0301\u0302",
    "names": "Ms. Ann Example (Body), ",
    "backslashes": "\\",
    "pictures": "![a](../../victim/letter.txt)\n\n",
    "gmg-export as a name": "# gmg-export\n\ntext\n\n",
    "long line": "a",
}


def imported(text, name, *more):
    def attempt():
        with Desk() as desk:
            desk.write(name, text)
            ran = desk.run("import", name, "--out", "new", *more)
            wrong = ran.wrong() or desk.harm() or desk.left()
            if wrong or ran.code:
                return wrong or ("a half of it is there" if (desk.report / "new").exists() else None)
            again = desk.run("check", "new")
            return None if again.code == 0 else f"what was imported is no report: {again.err[:300]}"

    return attempt


def texts(short):
    size = 200_000 if short else 2_000_000
    for ending in ("txt", "md"):
        for name, piece in PIECES.items():
            yield f"{name} without end, {ending}", imported(BODY + piece * (size // len(piece)), f"a.{ending}")
        for encoding in ("utf-16", "utf-16-be", "latin-1", "utf-8-sig"):
            yield f"{encoding}, {ending}", imported(BODY.replace("Ann", "Åñn").encode(encoding), f"a.{ending}")
        for seed in range(10 if short else 60):
            dice = random.Random(seed)
            text = "".join(dice.choice([*PIECES.values(), BODY]) for _ in range(dice.randint(1, 80)))
            yield f"at random, seed {seed}, {ending}", imported(text, f"a.{ending}")
    for name, data in (("docx", b"PK\3\4" + bytes(200)), ("pdf", HEAD), ("odt", b"PK\3\4mimetype"), ("rtf", b"{\\rtf1 a}"), ("html", b"<html><body>a")):
        yield f"a {name} file", imported(data, f"a.{name}")
