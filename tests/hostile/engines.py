"""Pictures, templates and fonts: work for the engines behind the program, much of it without end."""

import pathlib
import random
import struct
import zlib

from sources import checked

ROOT = pathlib.Path(__file__).parents[2]
FONT = ROOT / "layouts/fonts/source-serif/SourceSerif4-Regular.otf"
PDF = ("--format", "pdf")
ALL = ("--format", "all")


def svg(body, size='width="100" height="100"'):
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size}>{body}</svg>'


def filtered(primitive, region=""):
    return svg(f'<filter id="f" {region}>{primitive}</filter><rect width="90" height="90" filter="url(#f)"/>')


SVGS = {
    "turbulence": filtered('<feTurbulence baseFrequency="0.1" numOctaves="1000000"/>'),
    "morphology": filtered('<feMorphology operator="dilate" radius="100000"/>', 'width="100000%" height="100000%"'),
    "convolution": filtered(f'<feConvolveMatrix order="90" kernelMatrix="{"1 " * 8100}"/>'),
    "thousand filters": filtered('<feGaussianBlur stdDeviation="3"/>' * 1000),
    "a region of a million": filtered('<feFlood/>', 'x="0" y="0" width="1000000" height="1000000" filterUnits="userSpaceOnUse"'),
    "coordinates of 1e38": svg('<path d="M0 0L1e38 1e38L-1e38 3z" stroke="red"/>'),
    "no number": svg('<rect width="NaN" height="inf"/>'),
    "200,000 shapes": svg('<rect width="1" height="1"/>' * 200_000),
    "10,000 rules": svg("<style>" + "".join(f".a{i} rect{{fill:red}}" for i in range(10_000)) + "</style>" + "<rect class='a1' width='9' height='9'/>" * 100),
    "groups in groups": svg("<g>" * 100_000 + "</g>" * 100_000),
    "opacity in opacity": svg('<g opacity="0.9">' * 60 + '<rect width="9" height="9"/>' + "</g>" * 60),
    "use of itself": svg('<g id="a"><use xlink:href="#a"/></g>'),
    "use that grows": svg("".join(f'<g id="a{i}">' + f'<use xlink:href="#a{i + 1}"/>' * 10 + "</g>" for i in range(9)) + '<rect id="a9" width="1" height="1"/>'),
    "pattern of itself": svg('<pattern id="p" width="1" height="1"><rect fill="url(#p)" width="1" height="1"/></pattern><rect fill="url(#p)" width="9" height="9"/>'),
    "mask of itself": svg('<mask id="m"><rect mask="url(#m)" width="9" height="9"/></mask><rect mask="url(#m)" width="9" height="9"/>'),
    "a file of the machine": svg('<image xlink:href="/etc/passwd" width="9" height="9"/>'),
    "a file by address": svg('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'),
    "a page of the web": svg('<image xlink:href="http://a.example/b.png" width="9" height="9"/>'),
    "entities that grow": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10)).replace("&a0;", "&a;") + "]>" + svg("<text>&a9;</text>"),
    "an entity of a file": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("<text>&a;</text>"),
    "a script": svg("<script>while(1);</script><rect width='9' height='9'/>"),
    "no size": svg("<rect/>", 'width="0" height="0"'),
    "a size of 1e30": svg("<rect width='9' height='9'/>", 'width="1e30" height="1e30"'),
    "nothing": svg(""),
    "dashes": svg('<path d="M0 0H1000000" stroke="red" stroke-dasharray="0.00001"/>'),
    "half": svg("<rect")[:60],
    "long path": svg(f'<path d="M0 0{"l1 1" * 1_000_000}"/>'),
    "deep text": svg("<text>" + "<tspan>" * 5000 + "a" + "</tspan>" * 5000 + "</text>"),
}


PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, data=None, extra=b"", depth=8, colour=6):
    rows = zlib.compress(data if data is not None else b"\0" * 100, 9)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return PNG + head + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bomb(size):
    """Zeros without end, packed."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join(parts) + packer.compress(bytes(size & 0xFFFFF)) + packer.flush()


def rasters():
    yield "png of 484 million pixels", png(22_000, 22_000)
    # Whole, and a small file: grey rows of zeros.
    whole = bomb(22_000 * 22_001)
    for name, size in (("484", 22_000), ("100", 10_000)):
        data = whole if size == 22_000 else bomb(size * (size + 1))
        yield f"png of {name} million pixels, whole", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    yield "png of 4 billion", png(2**31 - 1, 2**31 - 1)
    yield "png of no width", png(0, 1)
    yield "png with a profile that grows", png(8, 8, bytes(8 * 33), chunk(b"iCCP", b"a\0\0" + bomb(256 << 20)))
    yield "png with a text that grows", png(8, 8, bytes(8 * 33), chunk(b"zTXt", b"a\0\0" + bomb(256 << 20)))
    yield "png whose data grows", png(8, 8).replace(zlib.compress(b"\0" * 100, 9), b"x")
    yield "png cut short", png(80, 80, bytes(80 * 321))[:70]
    yield "a header of jpeg", b"\xff\xd8\xff\xc0\0\x11\x08\x4e\x20\x4e\x20\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9"
    yield "gif of 4 billion", b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\2\2\x44\1\0;"
    yield "text", b"no picture at all"


def pictures(short):
    def svg_case(text):
        return checked(lambda desk: desk.write("source/images/river.svg", text), command=ALL)

    for name, text in SVGS.items():
        yield f"svg: {name}", svg_case(text)

    def raster(desk, data):
        desk.write("source/images/a.png", data)
        desk.replace("source/introduction.yaml", "images/river.svg", "images/a.png")

    for name, data in rasters():
        yield name, checked(lambda desk, data=data: raster(desk, data), command=ALL)
    for seed in range(5 if short else 40):
        yield f"svg changed at random, seed {seed}", svg_case(mutated((svg(SVGS["use that grows"] + SVGS["turbulence"].replace("1000000", "2"))).encode(), seed))


def mutated(data, seed, head=0):
    dice = random.Random(seed)
    data = bytearray(data)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(head, len(data))
        how = dice.randrange(3)
        if how == 0:
            data[at] = dice.randrange(256)
        elif how == 1:
            del data[at : at + dice.randint(1, 40)]
        else:
            data[at:at] = dice.randbytes(dice.randint(1, 8))
    return bytes(data)


TEMPLATES = {
    "a loop": "#let x = { let i = 0; while true { i += 1 } }\n#x",
    "a loop of strings": '#let x = { let s = "a"; for i in range(60) { s = s + s }; s }\n#x',
    "a loop of arrays": "#let x = { let s = (1,); for i in range(60) { s = s + s }; s.len() }\n#x",
    "a loop of content": "#let x = { let s = [a]; for i in range(60) { s = s + s }; s }\n#x",
    "a string times a billion": '#let x = "aaaaaaaaaa" * 10000000000\n#x',
    "an array times a billion": "#let x = (1,) * 10000000000\n#x",
    "a range of a billion": "#let x = range(2000000000).len()\n#x",
    "a million pages": "#for i in range(1000000) { pagebreak() }",
    "a function that calls itself": "#let f(x) = f(x + 1)\n#f(1)",
    "a show rule of itself": "#show \"a\": [aa]\na",
    "a giant raster": "#rect(width: 1000000pt, height: 1000000pt, fill: gradient.conic(red, blue))",
    "malformed CBOR": "#cbor(bytes((0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)))",
    "a file of the machine": '#read("/../../../etc/passwd")',
    "a package": '#import "@preview/cetz:0.2.0": *',
    "evaluated text": '#eval("while true {}")',
    "a plugin that is none": '#plugin(bytes((0,)))',
    "no syntax": "#let (",
    "a regular expression": '#("a" * 40).matches(regex("(a+)+$"))',
}


def tables(font):
    """The tables of a font by name: where each is noted, where it is and how long."""
    return {font[at : at + 4]: (at, *struct.unpack(">II", font[at + 8 : at + 16])) for at in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)}


def with_table(font, name, data):
    """A font with another table in the place of one."""
    at, _, _ = tables(font)[name]
    font = font + b"\0" * (-len(font) % 4)
    return font[: at + 8] + struct.pack(">II", len(font), len(data)) + font[at + 16 :] + data


def collection(font):
    """A font as the only one of a collection, twice."""
    head = b"ttcf\0\1\0\0" + struct.pack(">III", 2, 20, 20)
    moved = bytearray(font)
    for at, start, _ in tables(font).values():
        moved[at + 8 : at + 12] = struct.pack(">I", start + len(head))
    return head + bytes(moved)


def substitution(count, kind=5):
    """Substitutions that ask for themselves at every glyph, `count` times each."""
    scripts = struct.pack(">H4sH", 1, b"DFLT", 8) + struct.pack(">HH", 4, 0) + struct.pack(">HHHH", 0, 0xFFFF, 1, 0)
    features = struct.pack(">H4sH", 1, b"ccmp", 8) + struct.pack(">HHH", 0, 1, 0)
    coverage = struct.pack(">HHHHH", 2, 1, 0, 0xFFFF, 0)
    records = b"\0\0\0\0" * count
    rule = struct.pack(">HHHH", 3, 1, count, 8 + len(records)) + records + coverage
    lookups = struct.pack(">HH", 1, 4) + struct.pack(">HHHH", kind, 0, 1, 8) + rule
    starts = (10, 10 + len(scripts), 10 + len(scripts) + len(features))
    return struct.pack(">HHHHH", 1, 0, *starts) + scripts + features + lookups


def broken_fonts(short):
    """Fonts with a table that is not one, with substitutions without end, in collections, of both kinds of outlines."""
    kinds = {"CFF": FONT, "TrueType": ROOT / "layouts/fonts/noto/NotoNaskhArabic-Regular.ttf"}
    for kind, path in kinds.items():
        font = path.read_bytes()
        for name, (_, start, length) in tables(font).items():
            for what, fill in (("ones", b"\xff"), ("zeros", b"\0")) if not short else (("ones", b"\xff"),):
                yield f"{kind}, {name.decode()} of {what}", font[:start] + fill * length + font[start + length :]
            if not short:
                yield f"{kind}, half of {name.decode()}", with_table(font, name, font[start : start + length // 2])
        for count in (1, 60, 8000):
            yield f"{kind}, substitutions that ask for themselves {count} times", with_table(font, b"GSUB", substitution(count))
        yield f"{kind} in a collection", collection(font)
        yield f"{kind} in a collection of itself", collection(collection(font)[:12] + font[12:])
        for table in (b"GSUB", b"GPOS", b"cmap", b"CFF " if kind == "CFF" else b"glyf"):
            _, start, length = tables(font)[table]
            for seed in range(1 if short else 8):
                changed = mutated(font[start : start + length], seed)
                yield f"{kind}, {table.decode()} changed at random, seed {seed}", with_table(font, table, changed)


def layouts(short):
    for name, text in TEMPLATES.items():

        def change(desk, text=text):
            desk.write("layouts/screen/layout.yaml", "extends: screen\n")
            desk.write("layouts/screen/cover.typ", f"#let cover(..a) = page[\n{text}\n]\n")

        yield f"template: {name}", checked(change, command=PDF)
    for name, text in {
        "no fields": "",
        "an unknown one": "extends: screen\nnope: 1\n",
        "itself": "extends: screen2\n",
        "a length of 1e300": "extends: screen\npage:\n  width: 1e300mm\n",
        "no page": "extends: screen\npage:\n  width: 0mm\n",
        "a font of another world": "extends: screen\nfonts:\n  text: [Nope]\n",
        "a size of a mile": "extends: screen\nsizes:\n  text: 100000pt\n",
    }.items():
        yield f"layout: {name}", checked(lambda desk, text=text: desk.write("layouts/screen/layout.yaml", text), command=PDF)
    font = FONT.read_bytes()

    def with_font(desk, data):
        desk.write("layouts/screen/layout.yaml", "extends: screen\n")
        desk.write("layouts/screen/fonts/a.otf", data)

    for name, data in (("none", b""), ("half", font[: len(font) // 2]), ("a header", font[:12]), ("a collection", b"ttcf\0\1\0\0\xff\xff\xff\xff"), ("text", b"no font")):
        yield f"font: {name}", checked(lambda desk, data=data: with_font(desk, data), command=PDF)
    for name, data in broken_fonts(short):

        def broken(desk, data=data):
            with_font(desk, data)
            desk.prose("Text, and \u0646\u0635 \u0639\u0631\u0628\u064a.")

        yield f"font: {name}", checked(broken, command=PDF)
    for seed in range(5 if short else 60):
        yield f"font changed at random, seed {seed}", checked(lambda desk, seed=seed: with_font(desk, mutated(font, seed, head=4)), command=PDF)
