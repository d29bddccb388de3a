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


def lzw(size):
    """Letters without end, packed by LZW: each code stands for one letter more than that before it."""
    bits, out = 0, 0
    codes = []
    while size > 0:
        codes.append((256, 9))
        codes.append((97, 9))
        last = 0
        for code in range(258, 4093):
            last = code
            # The decoder knows one code less than is written, and changes its width one early.
            known = code + 1
            codes.append((code, 9 if known < 511 else 10 if known < 1023 else 11 if known < 2047 else 12))
        size -= (last - 256) * (last - 255) // 2
        # The next code has the width of a full table.
        codes.append((256, 12))
    for code, width in codes:
        out, bits = (out << width) | code, bits + width
    return (out << (-bits % 8)).to_bytes((bits + 7) // 8, "big")


def with_stream(dictionary, data):
    """A page whose content is such a stream."""
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>", b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), dictionary, data)])


def in_streams(places, more=b""):
    """Objects that are said to be in streams of objects: for each the stream and the index in it."""
    content = b"1 0 2 5 " + b"<< /Type /Catalog /Pages 2 0 R >> << /Type /Pages /Kids [] /Count 0 >>"
    body = HEAD
    at = len(body)
    body += b"5 0 obj\n<< /Type /ObjStm /N 2 /First 8 /Length %d %s >>\nstream\n%s\nendstream\nendobj\n" % (len(content), more, content)
    table = len(body)
    entries = b"".join(b"\2" + stream.to_bytes(4, "big") + index.to_bytes(2, "big") for stream, index in places)
    entries = b"\0" * 7 + entries + b"\1" + at.to_bytes(4, "big") + b"\0\0"
    count = len(places) + 2
    body += b"9 0 obj\n<< /Type /XRef /W [1 4 2] /Size %d /Index [0 %d] /Root 1 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (count, count, len(entries), entries)
    return body + b"startxref\n%d\n%%%%EOF\n" % table


def neighbours():
    """Streams that grow and references that go round, of other kinds than above."""
    yield "a stream that grows by LZW", with_stream(b"/Filter /LZWDecode", lzw(1 << 30))
    packed = zlib.compress(zlib.compress(b" " * (256 << 20), 9), 9)
    yield "a stream that grows twice", with_stream(b"/Filter [/FlateDecode /FlateDecode]", packed)
    yield "a stream that grows by run lengths", with_stream(b"/Filter /RunLengthDecode", b"\x81 " * (4 << 20))
    yield "a stream with a predictor of a million columns", with_stream(b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 1000000000 /Colors 32 /BitsPerComponent 16 >>", zlib.compress(b"a" * 1000))
    yield "objects in a stream", in_streams([(5, 0), (5, 1), (5, 0), (5, 1)])
    yield "a stream of objects that goes on with itself", in_streams([(5, 0), (5, 1), (5, 0), (5, 1)], b"/Extends 5 0 R")
    yield "streams of objects in each other", in_streams([(2, 0), (1, 0), (4, 0), (3, 0)])
    yield "objects at places that are not there", in_streams([(5, 60_000), (70_000, 1), (5, 2), (5, 3)])
    font = b"<< /Font << /F 5 0 R >> >>"
    for name, widths in (("a table of a million widths", b"0 [" + b"500 " * 1_000_000 + b"]"), ("ranges of widths over each other", b"0 65535 500 " * 20_000)):
        yield name, page(b"BT /F 9 Tf (a) Tj ET", font, [b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (A) /Ordering (B) /Supplement 0 >> /W [%s] >>] >>" % widths])
    yield "a million letters", page(b"BT /F 9 Tf " + b"(a) Tj " * 1_000_000 + b"ET", font, [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"])
    yield "a hundred thousand pages", pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 100000 /Kids [%s] >>" % (b"3 0 R " * 100_000), b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"])
    yield "a xref table of itself", HEAD + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF"


def preflight(data):
    def attempt():
        with Desk() as desk:
            desk.write("a.pdf", data)
            ran = desk.run("preflight", "a.pdf")
            return ran.wrong() or desk.harm() or desk.left()

    return attempt


def pdfs(short):
    for name, data in (*made(), *neighbours()):
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
            # Letters may lack a font on this machine.
            return None if again.code == 0 or "E0504" in again.err else f"what was imported is no report: {again.err[:300]}"

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
    # As much as may be imported: whatever is in it, some hundred MB, or a word about the limit.
    for name in PIECES if not short else ("#",):
        piece = PIECES[name]
        yield f"16 MiB of {name}", imported(piece * ((16 << 20) // len(piece.encode()) - 9), "a.txt")
    for name, data in (("docx", b"PK\3\4" + bytes(200)), ("pdf", HEAD), ("odt", b"PK\3\4mimetype"), ("rtf", b"{\\rtf1 a}"), ("html", b"<html><body>a")):
        yield f"a {name} file", imported(data, f"a.{name}")
