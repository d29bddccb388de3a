"""Drawings and pictures of further kinds: what refers to itself or to others in rings, grows, repeats, or is of another format."""

import base64
import io
import struct
import zlib

from desk import NotTried
from engines import ALL, PNG, bomb, chunk, png, svg
from sources import checked

SHAPE = '<rect width="9" height="9"/>'


def chain(kind, n, wide=2):
    """Each refers `wide` times to the next."""
    rule = {"pattern": "fill", "mask": "mask", "clipPath": "clip-path"}[kind]
    unit = 'patternUnits="userSpaceOnUse" width="9" height="9"' if kind == "pattern" else ""
    return svg("".join(f'<{kind} id="k{i}" {unit}>' + f'<rect width="9" height="9" {rule}="url(#k{i + 1})"/>' * wide + f"</{kind}>" for i in range(n)) + f'<{kind} id="k{n}" {unit}><rect width="5" height="5"/></{kind}><rect width="90" height="90" {rule}="url(#k0)"/>')


def as_data(kind, data):
    return f"data:{kind};base64," + base64.b64encode(data).decode()


def nested(depth, count):
    """Drawings in drawings as data."""
    text = svg(SHAPE)
    for _ in range(depth):
        text = svg(f'<image width="90" height="90" xlink:href="{as_data("image/svg+xml", text.encode())}"/>' * count)
    return text


MORE_SVGS = {
    "patterns of patterns": chain("pattern", 20),
    "masks of masks": chain("mask", 20),
    "clips of clips": chain("clipPath", 20),
    "patterns 200 deep": chain("pattern", 200, 1),
    "masks 200 deep": chain("mask", 200, 1),
    "clips 200 deep": chain("clipPath", 200, 1),
    "masks 5000 deep": chain("mask", 5000, 1),
    "svg in svg as data": nested(12, 1),
    "svgs in svgs as data": nested(4, 4),
    "png bomb in svg": svg(f'<image width="90" height="90" xlink:href="{as_data("image/png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 20000, 20000, 8, 0, 0, 0, 0)) + chunk(b"IDAT", bomb(20000 * 20001)) + chunk(b"IEND", b""))}"/>'),
    "markers": svg('<marker id="m" markerWidth="9" markerHeight="9">' + SHAPE * 100 + '</marker><path marker-mid="url(#m)" fill="none" stroke="red" d="M0 0' + "l1 1" * 20000 + '"/>'),
    "markers of markers": svg("".join(f'<marker id="m{i}"><path marker-mid="url(#m{i + 1})" d="M0 0l1 1l1 1l1 1l1 1l1 1l1 1l1 1l1 1l1 1"/></marker>' for i in range(9)) + f'<marker id="m9">{SHAPE}</marker><path marker-mid="url(#m0)" d="M0 0l1 1l1 1l1 1" stroke="red"/>'),
    "foreignObject": svg('<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml">a</body></foreignObject>' + SHAPE),
    "nested svgs": svg("<svg>" * 2000 + SHAPE + "</svg>" * 2000),
    "switch": svg("<switch>" * 500 + SHAPE + "</switch>" * 500),
    "100,000 letters": svg('<text y="20">' + "a" * 100000 + "</text>"),
    "a letter of 1e30": svg('<text y="20" font-size="1e30">a</text>' + SHAPE),
    "letters far apart": svg('<text y="20" letter-spacing="1e30">aaa</text>' + SHAPE),
    "10,000 texts": svg('<text y="20">a b</text>' * 10000),
    "text on a path": svg('<path id="p" d="M0 0' + "l1 1" * 50000 + '"/><text><textPath xlink:href="#p">' + "a " * 5000 + "</textPath></text>"),
    "tspans each placed": svg('<text x="' + "1 " * 20000 + '" y="9">' + "a" * 20000 + "</text>"),
    "gradient of itself": svg('<linearGradient id="g" xlink:href="#g"/><rect fill="url(#g)" width="9" height="9"/>'),
    "gradients in a ring": svg('<linearGradient id="g" xlink:href="#h"/><linearGradient id="h" xlink:href="#g"/><rect fill="url(#g)" width="9" height="9"/>'),
    "100,000 stops": svg('<linearGradient id="g">' + "".join(f'<stop offset="{i / 100000}" stop-color="red"/>' for i in range(100000)) + '</linearGradient><rect fill="url(#g)" width="90" height="90"/>'),
    "10,000 gradients": svg("".join(f'<linearGradient id="g{i}"><stop/><stop offset="1" stop-color="red"/></linearGradient><rect fill="url(#g{i})" width="9" height="9"/>' for i in range(10000))),
    "stroke of 1e30": svg('<path d="M0 0L9 9" stroke="red" stroke-width="1e30"/>'),
    "miter": svg('<path d="M0 0L9 0L0 1e-30" stroke="red" stroke-miterlimit="1e30"/>'),
    "turned to nothing": svg('<g transform="skewX(90)">' + SHAPE + "</g>"),
    "grown by 1e30": svg('<g transform="scale(1e30)">' + SHAPE + "</g>"),
    "transforms": svg('<g transform="' + "rotate(1) " * 100000 + '">' + SHAPE + "</g>"),
    "arcs": svg('<path d="M0 0' + "a1 1 0 1 1 1 1" * 200000 + '" stroke="red"/>'),
    "a round arc of 1e20": svg('<path d="M0 0a1e20 1e20 0 1 1 1 1" stroke="red"/>'),
    "curves": svg('<path fill="none" stroke="red" stroke-dasharray="1 2" d="M0 0' + "c9 9 -9 9 3 3" * 20000 + '"/>'),
    "dash of zeros": svg('<path d="M0 0H90" stroke="red" stroke-dasharray="0 0"/>'),
    "dashes on a circle": svg('<circle r="40" cx="50" cy="50" fill="none" stroke="red" stroke-dasharray="0.0001"/>'),
    "a million attributes": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" ' + " ".join(f'a{i}="b"' for i in range(300000)) + ">" + SHAPE + "</svg>",
    "namespaces": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">' + "".join(f'<g xmlns:a{i}="b{i}">' for i in range(900)) + SHAPE + "</g>" * 900 + "</svg>",
    "10 MB of comments": svg("<!--" + "a" * 10_000_000 + "-->" + SHAPE),
    "a million comments": svg("<!-- -->" * 500000 + SHAPE),
    "instructions": '<?xml version="1.0"?>' + "<?a b?>" * 100000 + svg(SHAPE),
    "attlists": "<!DOCTYPE svg [" + "".join(f'<!ATTLIST a b{i} CDATA "c">' for i in range(50000)) + "]>" + svg(SHAPE),
    "an entity in an attribute": '<!DOCTYPE svg [<!ENTITY a "red">]>' + svg('<rect fill="&a;" width="9" height="9"/>'),
    "an entity of parameters": '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://a.example/x.dtd"> %a;]>' + svg(SHAPE),
    "XInclude": svg('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>' + SHAPE),
    "import of styles": svg('<style>@import url("http://a.example/x.css"); @font-face{font-family:x;src:url(file:///etc/passwd)}</style>' + SHAPE),
    "a font of its own": svg('<style>@font-face{font-family:x;src:url(data:font/ttf;base64,AAAA)}</style><text y="9" font-family="x">a</text>'),
    "movement": svg('<rect width="9" height="9"><animate attributeName="width" values="1;9" repeatCount="indefinite"/></rect>'),
    "an event": svg('<rect width="9" height="9" onload="alert(1)"/>'),
    "a link that runs": svg('<a xlink:href="javascript:alert(1)"><rect width="9" height="9"/></a>'),
    "use of another file": svg('<use xlink:href="other.svg#a"/>' + SHAPE),
    "a picture next to it": svg('<image xlink:href="../report.yaml" width="9" height="9"/>' + SHAPE),
    "a viewBox of 1e30": svg(SHAPE, 'width="9" height="9" viewBox="0 0 1e30 1e30"'),
    "a viewBox of nothing": svg(SHAPE, 'width="9" height="9" viewBox="0 0 0 0"'),
    "a narrow viewBox": svg(SHAPE, 'width="100" height="100" viewBox="0 0 1e-30 1"'),
    "a size in per cent": svg(SHAPE, 'width="100%" height="100%"'),
    "no size at all": svg(SHAPE, ""),
    "a negative size": svg(SHAPE, 'width="-9" height="9"'),
    "a size of em": svg(SHAPE, 'width="9em" height="9ex"'),
    "a shape of a million points": svg('<polygon points="' + "1,2 3,4 " * 500000 + '"/>'),
    "shapes on each other": svg('<rect width="90" height="90" opacity="0.5"/>' * 20000),
    "blends": svg('<g style="mix-blend-mode:multiply">' * 15 + SHAPE + "</g>" * 15),
    "2,000 blends": svg('<g style="mix-blend-mode:multiply"><rect width="90" height="90"/></g>' * 2000),
    "2,000 masks": svg('<mask id="m"><rect width="90" height="90" fill="white"/></mask>' + '<rect mask="url(#m)" width="90" height="90"/>' * 2000),
    "2,000 patterns": svg('<pattern id="p" width="0.001" height="0.001" patternUnits="userSpaceOnUse"><rect width="1" height="1"/></pattern>' + '<rect fill="url(#p)" width="90" height="90"/>' * 2000),
    "a pattern of small tiles": svg('<pattern id="p" width="0.0001" height="0.0001" patternUnits="userSpaceOnUse"><rect width="0.00005" height="1"/></pattern><rect fill="url(#p)" width="90" height="90"/>'),
    "shadows": svg('<filter id="f"><feDropShadow dx="1" dy="1" stdDeviation="3"/></filter>' + '<rect filter="url(#f)" width="90" height="90"/>' * 300),
    "a blur of 1e9": svg('<filter id="f"><feGaussianBlur stdDeviation="1000000000"/></filter><rect filter="url(#f)" width="90" height="90"/>'),
    "light": svg('<filter id="f"><feDiffuseLighting surfaceScale="1e30"><feDistantLight/></feDiffuseLighting></filter><rect filter="url(#f)" width="90" height="90"/>'),
    "a filter of a picture": svg('<filter id="f"><feImage xlink:href="#f2"/></filter><filter id="f2"/><rect id="r" filter="url(#f)" width="90" height="90"/>'),
    "displacement": svg('<filter id="f"><feDisplacementMap in="SourceGraphic" in2="SourceGraphic" scale="1e30"/></filter><rect filter="url(#f)" width="90" height="90"/>'),
    "tiles": svg('<filter id="f"><feFlood width="0.001" height="0.001"/><feTile/></filter><rect filter="url(#f)" width="90" height="90"/>'),
    "filters in filters": svg('<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>' + '<g filter="url(#f)">' * 12 + SHAPE + "</g>" * 12),
    "css of itself": svg("<style>" + "a," * 100000 + "b{fill:red}</style>" + SHAPE),
    "css nested": svg("<style>@media " * 1 + "{" * 10000 + "</style>" + SHAPE),
    "css selectors": svg("<style>" + "".join(f"g g g g g g .a{i}{{fill:red}}" for i in range(3000)) + "</style>" + "<g>" * 14 + '<rect class="a1" width="9" height="9"/>' * 3000 + "</g>" * 14),
}
ENCODED = {
    "in UTF-16": svg(SHAPE).encode("utf-16"),
    "packed": zlib.compress(svg(SHAPE).encode(), 9, 31),
    "with a NUL": (svg(SHAPE) + "\0").encode(),
    "in Latin-1": ('<?xml version="1.0" encoding="ISO-8859-1"?>' + svg('<text y="9">\xe9</text>')).encode("latin-1"),
    "with a byte order mark": b"\xef\xbb\xbf" + svg(SHAPE).encode(),
}


def pil(mode, size, fmt, **k):
    from PIL import Image

    b = io.BytesIO()
    Image.new(mode, size).save(b, fmt, **k)
    return b.getvalue()


def more_rasters():
    yield "cmyk.jpg", pil("CMYK", (40, 40), "JPEG")
    yield "grey.jpg", pil("L", (40, 40), "JPEG")
    from PIL import Image

    small = io.BytesIO()
    Image.effect_noise((8000, 8000), 50).convert("RGB").resize((16, 16)).resize((8000, 8000)).save(small, "JPEG", progressive=True, quality=5)
    p = small.getvalue()
    scan = p[p.rindex(b"\xff\xda") : -2]
    yield "wide scans.jpg", p[:-2] + scan * min(2000, 20_000_000 // max(1, len(scan))) + b"\xff\xd9"
    j = pil("RGB", (40, 40), "JPEG")
    yield "many icc.jpg", j[:2] + b"".join(b"\xff\xe2" + struct.pack(">H", 2 + 14 + 60000) + b"ICC_PROFILE\0" + bytes([i % 255 + 1, 255]) + bytes(60000) for i in range(255)) + j[2:]
    yield "icc wrong.jpg", pil("RGB", (40, 40), "JPEG", icc_profile=b"x" * 1000)
    yield "cut.jpg", pil("RGB", (400, 400), "JPEG")[:600]
    yield "restart.jpg", j.replace(b"\xff\xda", b"\xff\xdd\0\4\0\1\xff\xda", 1)
    yield "no table.jpg", j.replace(b"\xff\xdb", b"\xff\xe5")
    yield "12 bit.jpg", j.replace(b"\xff\xc0\0\x11\x08", b"\xff\xc0\0\x11\x0c")
    yield "arithmetic.jpg", j.replace(b"\xff\xc0", b"\xff\xc9")
    yield "lossless.jpg", j.replace(b"\xff\xc0", b"\xff\xc3")
    yield "line.jpg", pil("RGB", (16384, 1), "JPEG")
    yield "frames.gif", b"GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xff\xff\xff" + b"!\xf9\4\0\0\0\0\0,\0\0\0\0\x10\0\x10\0\0\2\2\x84\x51\0" * 300000 + b";"
    yield "screen.gif", b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;"
    yield "wide frames.gif", b"GIF89a\xff\x3f\xff\x3f\x80\0\0\0\0\0\xff\xff\xff" + b",\0\0\0\0\xff\x3f\xff\x3f\0\2\2\x44\1\0" * 1000 + b";"
    yield "comments.gif", b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff" + b"!\xfe" + (b"\xff" + b"a" * 255) * 40000 + b"\0,\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;"
    yield (
        "apng.png",
        PNG
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 6, 0, 0, 0))
        + chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))
        + chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 8, 8, 0, 0, 1, 1, 0, 0))
        + chunk(b"IDAT", zlib.compress(bytes(8 * 33)))
        + b"".join(chunk(b"fcTL", struct.pack(">IIIIIHHBB", i * 2 + 1, 8, 8, 0, 0, 1, 1, 0, 0)) + chunk(b"fdAT", struct.pack(">I", i * 2 + 2) + zlib.compress(bytes(8 * 33))) for i in range(20000))
        + chunk(b"IEND", b""),
    )
    yield "pieces.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 6, 0, 0, 0)) + b"".join(chunk(b"IDAT", bytes([x])) for x in zlib.compress(bytes(8 * 33))) + chunk(b"IDAT", b"") * 500000 + chunk(b"IEND", b"")
    yield "texts.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 6, 0, 0, 0)) + chunk(b"tEXt", b"a\0b") * 500000 + chunk(b"IDAT", zlib.compress(bytes(8 * 33))) + chunk(b"IEND", b"")
    yield "palette.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 3, 0, 0, 0)) + chunk(b"PLTE", b"\0\0\0") + chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * 8) * 8)) + chunk(b"IEND", b"")
    yield "no palette.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 3, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(72))) + chunk(b"IEND", b"")
    yield "interlaced.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 5000, 5000, 16, 6, 0, 0, 1)) + chunk(b"IDAT", bomb(5000 * 5000 * 8 + 30000)) + chunk(b"IEND", b"")
    yield "gamma.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) + chunk(b"gAMA", b"\0\0\0\0") + chunk(b"cHRM", bytes(32)) + chunk(b"IDAT", zlib.compress(bytes(8 * 25))) + chunk(b"IEND", b"")
    yield "exif.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) + chunk(b"eXIf", b"MM\0*\0\0\0\x08" + b"\xff\xff" + b"\1\x12\0\3\0\0\0\1\0\6\0\0" * 60000) + chunk(b"IDAT", zlib.compress(bytes(8 * 25))) + chunk(b"IEND", b"")
    yield "exif.jpg", j[:2] + b"\xff\xe1" + struct.pack(">H", 2 + 6 + 14 + 65000) + b"Exif\0\0MM\0*\0\0\0\x08\x00\x01\1\x12" + bytes(65002)[: 65002 - 4] + j[2:]
    yield "density.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) + chunk(b"pHYs", b"\0\0\0\0\0\0\0\0\1") + chunk(b"IDAT", zlib.compress(bytes(8 * 25))) + chunk(b"IEND", b"")
    yield "grey 1 bit of 400 million.png", PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 20000, 20000, 1, 0, 0, 0, 0)) + chunk(b"IDAT", bomb(20000 * 2501)) + chunk(b"IEND", b"")
    yield "after the end.png", png(8, 8, bytes(8 * 33)) + bytes(30_000_000)
    yield "a.webp", b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\xff\xff\xff\xff\xff"
    yield "a.avif", b"\0\0\0\x20ftypavif" + bytes(100)
    yield "a.bmp", b"BM" + struct.pack("<IHHIIiiHHIIiiII", 100, 0, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, 0, 0, 0, 0, 0, 0)
    yield "a.ico", b"\0\0\1\0\1\0" + bytes(100)
    yield "a.pdf", b"%PDF-1.4"
    yield "a.tiff", b"II*\0\x08\0\0\0" + bytes(100)


def pictures(short):
    drawings = {**MORE_SVGS, **ENCODED}
    for at, (name, text) in enumerate(drawings.items()):
        # What takes longest to make is tried in a whole run alone.
        if not short or at % 5 == 0:
            yield f"svg: {name}", checked(lambda desk, text=text: desk.write("source/images/river.svg", text), command=ALL)
    try:
        rasters = list(more_rasters()) if not short else []
    except ImportError:
        yield "pictures that a library makes", not_made
        return
    for name, data in rasters:

        def put(desk, name=name, data=data):
            desk.write(f"source/images/{name}", data)
            desk.replace("source/introduction.yaml", "images/river.svg", f"images/{name}")

        yield name, checked(put, command=ALL)


def not_made():
    raise NotTried("the Python library Pillow is not there")
