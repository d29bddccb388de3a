"""Templates, fonts and PDFs of further kinds: programs and tables that ask for endless work, fonts whose checksums are right."""

import struct
import zlib

from documents import page, pdf, preflight, with_stream
from engines import FONT, PDF, ROOT, collection, mutated, substitution, tables, with_table
from sources import checked

# A program that goes round without end.
WASM = bytes([0, 0x61, 0x73, 0x6D, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7F, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 9, 1, 7, 0, 3, 0x40, 0x0C, 0, 0x0B, 0x41, 0, 0x0B])
MORE_TEMPLATES = {
    "range 1e12": "#range(1000000000000).len()",
    "pow": "#calc.pow(10,1000000000)",
    "fact": "#calc.fact(100000)",
    "deep json": '#json(bytes("[" * 200000 + "]" * 200000))',
    "yaml aliases": '#yaml(bytes("a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g,*g]\ni: [*h,*h,*h,*h,*h,*h,*h,*h,*h]\n"))',
    "deep yaml": '#yaml(bytes("[" * 100000))',
    "deep xml": '#xml(bytes("<a>" * 100000 + "</a>" * 100000))',
    "deep toml": '#toml(bytes("a = " + "[" * 100000))',
    "deep cbor": "#cbor(bytes((0x81,) * 100000))",
    "eval deep": '#eval("(" * 100000)',
    "eval deep markup": '#eval("[" * 100000, mode: "markup")',
    "regex nest": '#("a" * 30000).matches(regex("(a|aa)*b")).len()',
    "regex big": '#regex("((a{1000}){1000}){1000}")',
    "replace": '#let s = "a"\n#for i in range(40) { s = s.replace("a", "aa") }\n#s.len()',
    "polygon": "#polygon(..range(3000000).map(i => (i * 1pt, i * 1pt)))",
    "lorem": "#lorem(100000000)",
    "v": "#v(1e300pt)",
    "columns": "#columns(1000000000)[a]",
    "grid": "#grid(columns: 3000000)[a]",
    "repeat": "#box(width: 1e9pt, repeat[a])",
    "counter": '#context { let c = counter("x"); c.update(c.get().first() + 1); c.display() }',
    "state loop": '#let s = state("x", 0)\n#context { s.update(s.final() + 1) }',
    "decimal": '#decimal("1" * 1000000)',
    "dict": "#let d = (:)\n#for i in range(100000000) { d.insert(str(i), i) }",
    "nested boxes": "#let b(n) = if n == 0 [a] else { box(b(n - 1)) }\n#b(5000)",
    "nested eval": '#let f = "eval(\\"" \n#eval("let g() = g(); g()")',
    "tiling": "#rect(width: 100cm, height: 100cm, fill: tiling(size: (0.01pt, 0.01pt), circle(radius: 0.01pt)))",
    "nested tiling": "#let t(n) = tiling(size: (1pt,1pt), rect(width: 1pt, height: 1pt, fill: if n == 0 { red } else { t(n - 1) }))\n#rect(fill: t(200))",
    "image bytes": "#image(bytes((137,80,78,71)))",
    "raw image": '#image(bytes((0,) * 4), format: (encoding: "rgba8", width: 100000, height: 100000))',
    "math": "#let m(n) = if n == 0 { $x$ } else { $sqrt(#m(n - 1))$ }\n#m(3000)",
    "footnotes": "#for i in range(100000) { footnote[a] }",
    "outline": "#for i in range(200000) { heading[a] }\n#outline()",
    "gradient": "#rect(fill: gradient.linear(..range(200000).map(i => color.rgb(i / 200000 * 100%, 0%, 0%))))",
    "assert": '#panic("x" * 10000000)',
    "long error": '#("x" * 50000000).at("y" * 50000000)',
    "pdf attach": '#pdf.attach("x.txt", bytes("a" * 100000000))',
    "link": '#link("javascript:alert(1)")[a]',
    "bytes": "#bytes((255,) * 1000000000)",
    "wasm loop": "#str(plugin(bytes((" + ",".join(map(str, WASM)) + "))).f())",
    "str repr": "#repr(range(20000000))",
    "sort": "#range(100000000).sorted().len()",
    "place": "#place(dx: 1e38pt, dy: 1e38pt)[a]",
    "scale": "#scale(1e30%)[a]",
    "rotate nest": "#let r(n) = if n == 0 [a] else { rotate(1deg, r(n - 1)) }\n#r(2000)",
    "text size": "#text(size: 1e10pt)[a]",
    "page size": "#page(width: 1e9pt, height: 1e9pt)[a]",
    "page tiny": "#page(width: 0.001pt, height: 0.001pt)[aaa aaaa]",
    "auto page": "#page(height: auto)[#for i in range(300000) [a \\ ]]",
    "show regex": '#show regex(""): [x]\na',
    "hyphen": '#text(hyphenate: true, "w" * 5000000)',
    "bidi": '#text("\\u{2067}" * 300000)',
}


def xs(dic, data=b""):
    z = zlib.compress(data)
    o = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    x = len(o)
    return o + b"3 0 obj\n<</Type/XRef/Root 1 0 R/Length %d/Filter/FlateDecode%s>>\nstream\n" % (len(z), dic) + z + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % x


MORE = {
    "W000": xs(b"/Size 2000000000/W[0 0 0]/Index[0 2000000000]"),
    "W000 many pairs": xs(b"/Size 2000000000/W[0 0 0]/Index[" + b"0 2000000 " * 1000 + b"]"),
    "W100": xs(b"/Size 2000000000/W[1 0 0]/Index[0 2000000000]", b"\1" * 30000000),
    "negative": xs(b"/Size -5/W[1 -2 1]/Index[0 -7]"),
    "W huge": xs(b"/Size 5/W[99999999999 2 1]"),
    "no index": xs(b"/Size 2000000000/W[0 0 0]"),
    "prev self": xs(b"/Size 4/W[1 2 1]/Prev 100", b"\0" * 16),
    "objstm N": pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", b"<</Type/ObjStm/N 2000000000/First 2000000000/Length 0>>\nstream\n\nendstream"]),
    "xref table of 1e9": b"%PDF-1.4\nxref\n0 1000000000\n0000000000 65535 f \ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF",
    "count": pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 2000000000>>"]),
    "length": pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Length 2000000000>>\nstream\na\nendstream"]),
    "predictor": with_stream(b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000>>", zlib.compress(b"a")),
    "deep pages": pdf([b"<</Type/Catalog/Pages 2 0 R>>"] + [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (i + 3) for i in range(50000)] + [b"<</Type/Page/MediaBox[0 0 9 9]>>"]),
    "jbig2": page(b"/I Do", b"<< /XObject << /I 5 0 R >> >>", [b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode /Length 20 >>\nstream\n" + bytes(20) + b"\nendstream"]),
    "jpx": page(b"/I Do", b"<< /XObject << /I 5 0 R >> >>", [b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /Filter /JPXDecode /Length 60 >>\nstream\n" + b"\xff\x4f\xff\x51\0\x29\0\0\0\0\xea\x60\0\0\xea\x60" + bytes(44) + b"\nendstream"]),
    "ccitt": page(b"/I Do", b"<< /XObject << /I 5 0 R >> >>", [b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2000000000 /Rows 2000000000 >> /Length 4 >>\nstream\n\xff\xff\xff\xff\nendstream"]),
    "shading": page(b"/S sh", b"<< /Shading << /S 5 0 R >> >>", [b"<< /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1e9 0 1e9] /Function << /FunctionType 0 /Domain [0 1 0 1] /Range [0 1 0 1 0 1] /Size [60000 60000] /BitsPerSample 8 >> >>"]),
    "function": page(b"/S sh", b"<< /Shading << /S 5 0 R >> >>", [b"<< /ShadingType 2 /ColorSpace [/Separation /X /DeviceCMYK 6 0 R] /Coords [0 0 1 1] /Function 6 0 R >>", b"<< /FunctionType 3 /Domain [0 1] /Functions [6 0 R 6 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>"]),
    "colorspace self": page(b"/C cs 1 sc 0 0 9 9 re f", b"<< /ColorSpace << /C 5 0 R >> >>", [b"[/Indexed 5 0 R 255 <00>]"]),
    "smask self": page(b"/G gs 0 0 9 9 re f", b"<< /ExtGState << /G 5 0 R >> >>", [b"<< /SMask << /S /Luminosity /G 6 0 R >> >>", b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /ExtGState << /G 5 0 R >> >> /Length 18 >>\nstream\n/G gs 0 0 9 9 re f\nendstream"]),
    "pattern self": page(b"/Pattern cs /P scn 0 0 9 9 re f", b"<< /Pattern << /P 5 0 R >> >>", [b"<< /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << /Pattern << /P 5 0 R >> >> /Length 30 >>\nstream\n/Pattern cs /P scn 0 0 9 9 re f\nendstream"]),
    "type3": page(b"BT /F 9 Tf (aaa) Tj ET", b"<< /Font << /F 5 0 R >> >>", [b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [1] /Resources << /Font << /F 5 0 R >> >> >>", b"<< /Length 23 >>\nstream\nBT /F 9 Tf (aaa) Tj ET \nendstream"]),
    "tounicode": page(b"BT /F 9 Tf (a) Tj ET", b"<< /Font << /F 5 0 R >> >>", [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>", b"<< /Length 70 >>\nstream\n1 beginbfrange <00000000> <ffffffff> <0041> endbfrange                  \nendstream"]),
    "outlines loop": pdf([b"<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", b"<</First 3 0 R/Last 3 0 R/Next 3 0 R/Parent 3 0 R>>"]),
    "names loop": pdf([b"<</Type/Catalog/Pages 2 0 R/Names<</Dests 3 0 R>>/PageLabels 3 0 R/StructTreeRoot 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", b"<</Kids[3 0 R 3 0 R]/K[3 0 R 3 0 R]/Nums[0 3 0 R]>>"]),
    "metadata bomb": pdf([b"<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", (lambda z: b"<</Type/Metadata/Subtype/XML/Filter/FlateDecode/Length %d>>\nstream\n" % len(z) + z + b"\nendstream")(zlib.compress(b"<a>" * 30000000, 9))]),
    "metadata entities": pdf([b"<</Type/Catalog/Pages 2 0 R/Metadata 3 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", (lambda z: b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n" % len(z) + z + b"\nendstream")(b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY a%d "%s">' % (i, (b"&a%d;" % (i - 1)) * 10) for i in range(1, 9)).replace(b"&a0;", b"&a;") + b"]><a>&a8;</a>")]),
    "names in names": pdf([b"<</Type/Catalog/" + b"a" * 5000000 + b" 1>>"]),
    "string": pdf([b"(" + b"(" * 3000000 + b")"]),
    "comment": b"%PDF-1.4\n" + b"%" * 30000000,
    "many eof": b"%PDF-1.4\n" + b"startxref\n9\n%%EOF\n" * 1000000,
    "many obj": b"%PDF-1.4\n" + b"1 0 obj\n1\nendobj\n" * 1000000,
    "inline": page(b"BI /W 60000 /H 60000 /BPC 8 /CS /RGB ID " + b"\0" * 100 + b" EI "),
    "dash": page(b"[0.0000001] 0 d 0 0 m 100000 0 l S"),
    "curves": page(b"0 0 m " + b"1e30 1e30 -1e30 5 7 8 c " * 200000 + b"S"),
}


def calc(font):
    font = bytearray(font)
    for name, (at, start, length) in tables(bytes(font)).items():
        data = bytes(font[start : start + length]) + b"\0" * (-length % 4)
        if name == b"head":
            data = data[:8] + b"\0\0\0\0" + data[12:]
        font[at + 4 : at + 8] = struct.pack(">I", sum(struct.unpack(">%dI" % (len(data) // 4), data)) & 0xFFFFFFFF)
    return bytes(font)


def fonts(short):
    """Fonts that are whole by their checksums, and are not."""
    for path in (FONT, ROOT / "layouts/fonts/noto/NotoNaskhArabic-Regular.ttf"):
        font = path.read_bytes()
        for at, (name, (_, start, length)) in enumerate(tables(font).items()):
            for seed in range(1 if short else 3):
                if not short or at % 4 == 0:
                    changed = mutated(font[start : start + length] + bytes(600 if length < 600 else 0), seed)
                    yield f"{path.name}, {name.decode()} changed, seed {seed}", calc(with_table(font, name, changed))
        for kind in (2, 4, 5, 6, 8) if not short else (5,):
            yield f"{path.name}, substitutions of kind {kind} that ask for themselves", calc(with_table(font, b"GSUB", substitution(8000, kind)))
    many = 10**6
    yield "a collection of a million times one font", b"ttcf\0\1\0\0" + struct.pack(">I", many) + struct.pack(">I", 12 + 4 * many) * many + FONT.read_bytes()
    yield "a collection of itself", b"ttcf\0\1\0\0" + struct.pack(">I", 1000) + struct.pack(">I", 0) * 1000
    yield "65,535 tables", b"OTTO" + struct.pack(">HHHH", 65535, 0, 0, 0) + bytes(1000)
    yield "a collection, cut", collection(FONT.read_bytes())[:90_000]


def layouts(short):
    for at, (name, text) in enumerate(MORE_TEMPLATES.items()):

        def template(desk, text=text):
            desk.write("layouts/screen/layout.yaml", "extends: screen\n")
            desk.write("layouts/screen/cover.typ", f"#let cover(..a) = page[\n{text}\n]\n")

        if not short or at % 5 == 0:
            yield f"template: {name}", checked(template, command=PDF)
    for name, data in fonts(short):

        def font(desk, data=data):
            desk.write("layouts/screen/layout.yaml", "extends: screen\n")
            desk.write("layouts/screen/fonts/a.otf", data)
            desk.prose("Text, and \u0646\u0635 \u0639\u0631\u0628\u064a.")

        yield f"font: {name}", checked(font, command=PDF)


def pdfs(short):
    for name, data in list(MORE.items())[:: 5 if short else 1]:
        yield name, preflight(data)
