//! Pictures: their descriptions, places and bytes.

use image::codecs::gif::GifEncoder;
use image::{ExtendedColorType, Frame, ImageEncoder, RgbaImage};

use super::{report, text};
use crate::document::{Block, ChapterKind, Definition, Figure, Line, plain_text};
use crate::layout::LayoutLoader;

fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(&[0; 16 * 16 * 3], 16, 16, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

fn gif(frames: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for _ in 0..frames {
        encoder
            .encode_frame(Frame::new(RgbaImage::new(2, 2)))
            .unwrap();
    }
    drop(encoder);
    bytes
}

/// What is wrong with a picture of these bytes.
fn fault(file: &str, bytes: &[u8]) -> String {
    let faults = text(&format!("![x]({file})")).file(file, bytes).faults();
    assert!(faults.len() <= 1, "{faults:?}");
    faults.concat()
}

#[test]
fn a_picture_alone_in_its_paragraph_is_a_figure() {
    let document = text("![A map](a.png \"The port\")")
        .file("a.png", png())
        .document();
    assert_eq!(
        (document.images[0].width, document.images[0].height),
        (16, 16)
    );
    let figure = serde_json::to_value(&document.chapters[0].blocks[0]).unwrap();
    assert_eq!(figure["label"], "Figure 1");
    assert_eq!(figure["caption"][0]["text"], "The port");
    assert_eq!(figure["alt"], "A map");
}

#[test]
fn a_picture_has_no_place_inside_a_line() {
    assert_eq!(
        text("a ![x](a.png) b").faults(),
        ["c1.yaml:5:7 section.text: a picture has no place inside a line"]
    );
}

#[test]
fn a_picture_has_a_description() {
    assert_eq!(
        text("![](a.png)").faults(),
        ["c1.yaml:5:5 section.text: the picture has no description for readers who cannot see it"]
    );
    let block = report()
        .blocks("- figure: {image: a.png}")
        .file("a.png", png());
    assert_eq!(
        block.faults(),
        [
            "c1.yaml:5:23 section.blocks[0].figure.alt: the figure has no description for readers who cannot see it"
        ]
    );
}

#[test]
fn a_picture_that_is_not_there_is_named_where_it_is_asked_for() {
    assert_eq!(
        text("![x](a.png)").faults(),
        ["c1.yaml:5:5 section.text: there is no file `a.png`"]
    );
}

#[test]
fn a_truncated_png_is_refused_by_name() {
    let bytes = png();
    let fault = fault("a.png", &bytes[..bytes.len() / 2]);
    assert!(
        fault.starts_with("c1.yaml:5:5 section.text: `a.png` is damaged: "),
        "{fault}"
    );
}

#[test]
fn a_cmyk_jpeg_is_refused_by_name() {
    // Start of image, then a frame header of 8 bits, 1 × 1 pixel and four components.
    let bytes = [
        0xFF, 0xD8, 0xFF, 0xC0, 0, 20, 8, 0, 1, 0, 1, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4,
        0x11, 0,
    ];
    assert_eq!(
        fault("a.jpg", &bytes),
        "c1.yaml:5:5 section.text: `a.jpg` is a JPEG picture in CMYK, which office programs and screens show wrongly"
    );
}

#[test]
fn an_animated_gif_is_refused_by_name_and_a_still_one_is_taken() {
    assert_eq!(
        fault("a.gif", &gif(2)),
        "c1.yaml:5:5 section.text: `a.gif` is animated"
    );
    assert_eq!(fault("a.gif", &gif(1)), "");
}

#[test]
fn a_webp_picture_is_refused_by_name_whatever_its_file_is_called() {
    assert_eq!(
        fault("a.png", b"RIFF\x10\0\0\0WEBPVP8 "),
        "c1.yaml:5:5 section.text: `a.png` is a WebP picture, which cannot be set"
    );
}

#[test]
fn words_and_shapes_of_an_svg_are_taken_and_a_font_in_it_is_refused_by_name() {
    let svg = |inner: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"7\">{inner}</svg>")
    };
    assert_eq!(
        fault("a.svg", svg("<font><glyph/></font>").as_bytes()),
        "c1.yaml:5:5 section.text: `a.svg` has a font of its own in it, which not every format can show"
    );
    for words in [
        "<g><text>hi</text></g>",
        "<text><tspan>h</tspan>i</text>",
        "<text x='1' y='3'>h&#233;</text>",
    ] {
        assert_eq!(fault("a.svg", svg(words).as_bytes()), "", "{words}");
    }
    let shapes = svg("<rect width=\"3\" height=\"3\"/>");
    assert_eq!(fault("a.svg", shapes.as_bytes()), "");
}

#[test]
fn a_drawing_that_draws_nothing_is_refused_by_name() {
    for inside in [
        "",
        "<use href='#nothing'/>",
        "<rect width='0' height='9'/>",
        "<rect width='5' height='5' fill='none'/>",
        "<rect width='5' height='5' fill='transparent'/>",
        "<rect width='5' height='5' opacity='0'/>",
        "<rect width='5' height='5' fill-opacity='0'/>",
        "<rect width='5' height='5' style='fill:none'/>",
        "<rect width='5' height='5' fill='url(#nothing)'/>",
        "<rect width='5' height='5' x='50'/>",
        "<rect width='5' height='5' visibility='hidden'/>",
        "<rect width='5' height='5' display='none'/>",
        "<g opacity='0'><rect width='5' height='5'/></g>",
        "<path d='M1 1 H5' stroke-width='0' stroke='red'/>",
        "<path d=''/>",
        "<clipPath id='c'><rect x='8' width='1' height='1'/></clipPath><rect width='5' height='5' clip-path='url(#c)'/>",
        "<defs><rect width='5' height='5'/></defs>",
        "<style>rect{display:none}</style><rect width='5' height='5'/>",
    ] {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inside}</svg>"
        );
        let fault = fault("a.svg", svg.as_bytes());
        assert!(fault.contains("`a.svg` draws nothing"), "{fault}");
    }
}

#[test]
fn a_drawing_that_fetches_something_from_elsewhere_is_refused_by_name() {
    let shape = "<rect width='5' height='5'/>";
    for inside in [
        "<style>@import 'a.css';</style>",
        "<style>@IMPORT url(a.css);</style>",
        "<style>rect { fill: url(https://example.org/a.svg#x) }</style>",
        "<style><![CDATA[rect{fill:URL( 'a.svg#x' )}]]></style>",
        "<style>@font-face { font-family: x; src: url(x.woff) }</style>",
        "<g style='fill:url(a.svg#x)'/>",
        "<g style='fill:url(&quot;a.svg#x&quot;)'/>",
        "<rect fill='url(http://example.org/#x)' width='1' height='1'/>",
        "<rect filter='url(a.svg#f)' width='1' height='1'/>",
        "<use href='a.svg#x'/>",
        "<use xlink:href='a.svg#x' xmlns:xlink='http://www.w3.org/1999/xlink'/>",
    ] {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inside}{shape}</svg>"
        );
        let fault = fault("a.svg", svg.as_bytes());
        assert!(
            fault.contains("`a.svg` refers to another file"),
            "{inside}: {fault}"
        );
    }
    let svg = |start: &str, inside: &str| {
        format!(
            "{start}<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inside}{shape}</svg>"
        )
    };
    let styled = svg("<?xml-stylesheet href='a.css'?>", "");
    assert!(fault("a.svg", styled.as_bytes()).contains("refers to another file"));
    let own = "<style>.a{fill:url(#g)} .b{fill:url('#g')}</style><linearGradient id='g'/><rect fill=\"url('#g')\" width='1' height='1'/>";
    assert_eq!(
        fault("a.svg", svg("<?xml version='1.0'?>", own).as_bytes()),
        ""
    );
}

/// A drawing of pictures of that kind, each of which refers so often to the next.
fn chain(kind: &str, depth: usize, times: usize) -> String {
    let (rule, size) = match kind {
        "pattern" => ("fill", "patternUnits='userSpaceOnUse' width='9' height='9'"),
        "mask" => ("fill='white' mask", ""),
        _ => ("clip-path", ""),
    };
    let pictures: String = (1..depth)
        .map(|n| {
            let shape = format!("<rect width='9' height='9' {rule}='url(#k{})'/>", n + 1);
            format!("<{kind} id='k{n}' {size}>{}</{kind}>", shape.repeat(times))
        })
        .collect();
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{pictures}<{kind} id='k{depth}' {size}><rect width='5' height='5' fill='white'/></{kind}><rect width='9' height='9' {rule}='url(#k1)'/></svg>"
    )
}

#[test]
fn pictures_that_stand_too_deep_in_one_another_are_refused_by_name() {
    for kind in ["pattern", "mask", "clipPath"] {
        assert_eq!(fault("a.svg", chain(kind, 7, 1).as_bytes()), "", "{kind}");
        for depth in [17, 40, 200] {
            let fault = fault("a.svg", chain(kind, depth, 1).as_bytes());
            assert!(
                fault.contains("`a.svg` has more than 16 groups inside one another"),
                "{kind} {depth}: {fault}"
            );
        }
    }
    let fault = fault("a.svg", chain("pattern", 12, 4).as_bytes());
    assert!(fault.contains("draw more than 1000000 shapes"), "{fault}");
}

#[test]
fn a_drawing_that_does_not_say_that_it_is_svg_is_refused_by_name() {
    for start in ["<svg", "<svg xmlns='http://www.w3.org/1999/xhtml'"] {
        let svg = format!("{start} width='9' height='9'><rect width='5' height='5'/></svg>");
        let fault = fault("a.svg", svg.as_bytes());
        assert!(
            fault.contains("`a.svg` does not say that it is SVG"),
            "{start}: {fault}"
        );
    }
}

/// A JPEG picture with an EXIF block that says how to turn it.
fn turned(orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new(&mut bytes)
        .write_image(&[0; 16 * 8 * 3], 16, 8, ExtendedColorType::Rgb8)
        .unwrap();
    let mut exif =
        b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    bytes.splice(2..2, exif);
    bytes
}

#[test]
fn a_picture_that_some_programs_turn_is_refused_by_name() {
    for orientation in 2..=8 {
        let fault = fault("a.jpg", &turned(orientation));
        assert!(
            fault.contains("`a.jpg` is to be turned or mirrored"),
            "{orientation}: {fault}"
        );
    }
    assert_eq!(fault("a.jpg", &turned(1)), "");
}

/// A PNG picture that says how to turn it, before its pixels or behind them.
fn turned_png(orientation: u8, behind: bool) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let mut chunk = u32::try_from(exif.len()).unwrap().to_be_bytes().to_vec();
    let mut named = b"eXIf".to_vec();
    named.extend(exif);
    chunk.extend(&named);
    chunk.extend(crc(&named).to_be_bytes());
    let mut bytes = png();
    let name: &[u8] = if behind { b"IEND" } else { b"IDAT" };
    let at = bytes.windows(4).position(|four| four == name).unwrap() - 4;
    bytes.splice(at..at, chunk);
    bytes
}

/// The checksum of a chunk (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| match crc & 1 {
        1 => 0xEDB8_8320 ^ (crc >> 1),
        _ => crc >> 1,
    };
    let all = bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), step)
    });
    !all
}

#[test]
fn a_png_that_some_programs_turn_is_refused_wherever_it_says_so() {
    for orientation in 1..=8 {
        for behind in [false, true] {
            let fault = fault("a.png", &turned_png(orientation, behind));
            assert_eq!(
                fault.contains("`a.png` is to be turned or mirrored"),
                orientation > 1,
                "{orientation} {behind}: {fault}"
            );
        }
    }
}

#[test]
fn a_damaged_picture_is_told_in_one_line() {
    let whole = turned(1);
    let fault = fault("a.jpg", &whole[..whole.len() / 3]);
    assert!(fault.contains("`a.jpg` is damaged"), "{fault}");
    assert!(!fault.contains('\n'), "{fault:?}");
}

#[test]
fn a_picture_that_is_used_twice_is_kept_once() {
    let document = text("![x](a.png)\n\n![y](a.png)")
        .file("a.png", png())
        .document();
    assert_eq!(document.images.len(), 1);
}

#[test]
fn long_descriptions_are_listed_and_captions_lead_to_them() {
    let figure =
        |name: &str, more: &str| format!("{{image: a.png, alt: x, caption: {name}, {more}}}");
    let described = |name: &str| {
        figure(
            name,
            &format!("description: \"All of {name}.\\n\\n- a\\n- b\""),
        )
    };
    let chart = "{kind: bar, caption: four, description: All of four., categories: [a, b], series: [{name: s, values: [1, 2]}]}";
    let document = report()
        .blocks(&format!(
            "- figure: {}\n- figure: {}\n- figures: [{}, {}]\n- chart: {chart}",
            figure("one", "width: 50"),
            described("two"),
            figure("other", "credit: y"),
            described("three"),
        ))
        .file("a.png", png())
        .document();
    let (list, chapters) = document.chapters.split_last().expect("chapters");
    assert_eq!(
        (list.kind, list.heading.title.as_str()),
        (ChapterKind::Descriptions, "Descriptions of pictures")
    );
    let [Block::Definitions { entries }] = list.blocks.as_slice() else {
        panic!("{:?}", list.blocks)
    };
    let terms: Vec<String> = entries
        .iter()
        .map(|entry| plain_text(&entry.term))
        .collect();
    assert_eq!(
        terms,
        ["Figure 2: two", "Figure 4: three", "Figure 5: four"]
    );
    let counts: Vec<usize> = entries
        .iter()
        .map(|Definition { blocks, .. }| blocks.len())
        .collect();
    assert_eq!(counts, [2, 2, 1]);
    let said = |line: Option<&Line>| line.map(|line| plain_text(line)).unwrap_or_default();
    let mut captions = Vec::new();
    chapters[0].visit(&mut |node| {
        let crate::document::Node::Block(block) = node else {
            return;
        };
        let figures = match block {
            Block::Figure(figure) => std::slice::from_ref(figure),
            Block::Figures { figures } => figures,
            Block::Chart(chart) => {
                captions.push(said(Some(&chart.caption)) + " " + &said(chart.description.as_ref()));
                return;
            }
            _ => return,
        };
        let all = |it: &Figure| said(it.caption.as_ref()) + " " + &said(it.description.as_ref());
        captions.extend(figures.iter().map(all));
    });
    assert_eq!(
        captions,
        [
            "one ",
            "two description",
            "other ",
            "three description",
            "four description"
        ]
    );
    // A digest that leaves out pictures leaves out what is said of them.
    let digest = |layout: &str| {
        let layout = LayoutLoader::embedded()
            .load(layout)
            .unwrap_or_else(|found| panic!("{found}"));
        let chapters = document.digest(&layout.tokens.digest);
        chapters
            .iter()
            .any(|it| it.chapter.kind == ChapterKind::Descriptions)
    };
    assert!(!digest("screen") && digest("full-text"));
}

#[test]
fn a_long_description_needs_a_caption_to_lead_to_it() {
    let faults = report()
        .blocks("- figure: {image: a.png, alt: x, description: y}")
        .file("a.png", png())
        .faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].contains("has no caption to lead to it"),
        "{faults:?}"
    );
}
