//! Display elements in every place, language and format: they keep the standards, and say what the document says.

use gmg_export::backend::edition::Edition;
use gmg_export::document::{self, Document};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::pdf::read::ReadBack;
use gmg_export::source::{self, Folder};
use gmg_export::verify::conformance::Profile;
use gmg_export::verify::format;

use crate::made::EPOCH;

/// Each kind of block, with `W` for a word of the report's language.
const BLOCKS: &[(&str, &str)] = &[
    (
        "box",
        "- box: {title: W, tone: accent, text: \"W W.[^n]\\n\\n- W\\n- W\\n\\n[^n]: W.\"}",
    ),
    (
        "outline",
        "- box: {title: \"*W*\", tone: outline, blocks: [{text: W}, {quote: {text: W}}]}",
    ),
    (
        "full box",
        "- box:\n    title: W\n    blocks:\n      - table: {caption: W, header: [[W, W]], rows: [[W, \"1\"]]}\n\
         \x20     - figure: {image: a.svg, alt: W, caption: W}\n      - definitions: [{term: W, text: W}]\n\
         \x20     - key-figures: [{value: \"7\", text: W}]\n      - code: {text: W}\n\
         \x20     - figures: [{image: a.svg, alt: W}, {image: a.svg, decorative: true}]",
    ),
    (
        "key figures",
        "- key-figures:\n    - {value: \"1,200\", unit: km, text: W, source: W}\n    - {value: W, text: \"W **W**[^k]\"}\n\
         \x20   - {value: 3 %, text: W}\n    - {value: \"4\", unit: W, text: W}",
    ),
    ("one key figure", "- key-figures: [{value: \"1\", text: W}]"),
    (
        "definitions",
        "- definitions:\n    - {term: W, text: W}\n    - {term: W 2, text: \"W\\n\\n1. W\\n2. W\"}\n    - {term: \"3\", text: \"- W\"}\n\
         \x20   - {term: \"*W*[^k]\", text: \"> W\"}",
    ),
    ("code", "- code: {label: W.csv, text: \"W,W\\n\\n  W\"}"),
    (
        "long code",
        "- code: {text: \"W a-very-long-word-that/no/line/could-hold-whole-and-that/goes/on-and-on-and-on-and-on-and-on W\"}",
    ),
    (
        "pull quote",
        "- quote: {pull: true, text: \"W W.\\n\\nW.\", attribution: W, source: \"[W](https://example.org)\"}",
    ),
    ("source alone", "- quote: {text: W, source: W}"),
    (
        "foreign",
        "- quote: {pull: true, text: W, language: de, attribution: W, source: W}",
    ),
    (
        "pair",
        "- figures:\n    - {image: a.svg, alt: W, caption: W, credit: W}\n    - {image: b.svg, alt: W}",
    ),
    (
        "wide",
        "- figure: {image: b.svg, alt: W, caption: W, extent: wide}",
    ),
    (
        "page",
        "- figure: {image: a.svg, alt: W, caption: W, credit: W, extent: page}",
    ),
    (
        "page across",
        "- figure: {image: b.svg, alt: W, caption: \"W[^k]\", extent: page}",
    ),
    (
        "page of decoration",
        "- figure: {image: a.svg, decorative: true, extent: page}",
    ),
    (
        "signature",
        "- signature: {person: p, place: W, date: 2016-05-04, image: b.svg, alt: W}",
    ),
    ("bare signature", "- signature: {person: p}"),
    ("participants", "- participants: [p, q]"),
    (
        "vote",
        "- vote: {question: \"W *W*[^k]\", in_favour: [o, n], against: [m], abstaining: []}",
    ),
    (
        "decisions",
        "- decisions:\n    - {id: first, title: \"W *W*\", text: \"W W.[^k]\"}\n    - {text: \"W: [](#first)\\n\\n- W\\n- W\"}",
    ),
    (
        "column",
        "- chart:\n    kind: column\n    title: W\n    caption: \"*W*[^k] W\"\n    unit: W\n    source: \"[W](https://example.org)\"\n    credit: W\n\
         \x20   category: W\n    categories: [\"2019\", \"2021\", \"2024\", W]\n    series: [{values: [\"12\", \"0\", \"1234\", –]}]",
    ),
    (
        "columns",
        "- chart:\n    kind: column\n    caption: W\n    unit: W\n    categories: [W, W, W]\n    series:\n\
         \x20     - {name: W, values: [\"7\", \"-3\", \"–\"]}\n      - {name: W W, values: [\"2\", \"1\", \"-8\"]}\n      - {name: W, values: [\"2\", \"1\", \"3\"]}",
    ),
    (
        "bar",
        "- chart:\n    kind: bar\n    caption: W\n    alt: W W.\n    categories: [W, W W W W, W]\n    series: [{name: W, values: [\"-7\", \"3\", \"0\"]}]",
    ),
    (
        "line",
        "- chart:\n    kind: line\n    caption: W\n    categories: [\"2001\", \"2002\", \"2004\", \"2008\", \"2016\"]\n    series:\n\
         \x20     - {name: W, values: [\"7\", \"3\", \"–\", \"5\", \"6\"]}\n      - {name: W, values: [\"7\", \"4\", \"5\", \"5\", \"6\"]}",
    ),
    (
        "area",
        "- chart:\n    kind: area\n    caption: W\n    categories: [W, W, W]\n    series:\n\
         \x20     - {name: W, values: [\"7\", \"3\", \"5\"]}\n      - {name: W, values: [\"7\", \"4\", \"5\"]}\n      - {name: W, values: [\"7\", \"4\", \"5\"]}\n\
         \x20     - {name: W, values: [\"1\", \"4\", \"5\"]}\n      - {name: W, values: [\"1\", \"4\", \"5\"]}\n      - {name: W, values: [\"1\", \"4\", \"5\"]}",
    ),
    (
        "stacked bar",
        "- chart:\n    kind: stacked-bar\n    caption: W\n    categories: [W, W]\n    series:\n\
         \x20     - {name: W, values: [\"7\", \"3\"]}\n      - {name: W, values: [\"7\", \"4\"]}",
    ),
    (
        "stacked column of a file",
        "- chart: {kind: stacked-column, caption: W, file: d.csv}",
    ),
    (
        "share",
        "- chart:\n    kind: share\n    caption: W\n    unit: W\n    categories: [W, W, W]\n    series: [{values: [\"7\", \"3\", \"5\"]}]",
    ),
    (
        "share in per cent",
        "- chart:\n    kind: share\n    caption: W\n    unit: \"%\"\n    categories: [W, W]\n    series: [{values: [\"70\", \"30\"]}]",
    ),
    (
        "chart of a table",
        "- chart: {kind: line, caption: W, table: t}\n- table: {id: t, caption: W, header: [[W, W]], rows: [[W, \"1\"], [W, \"5\"]]}",
    ),
];

/// The places that blocks stand in: what is before them, and their indent.
pub(crate) const PLACES: &[(&str, &str, usize)] = &[
    (
        "chapter",
        "section:\n  id: c\n  title: W\n  text: W\n  footnotes: [{id: k, text: W}]\n  blocks:\n",
        4,
    ),
    (
        "front",
        "section:\n  id: c\n  title: W\n  front: true\n  footnotes: [{id: k, text: W}]\n  blocks:\n",
        4,
    ),
    (
        "section",
        "section:\n  id: c\n  title: W\n  footnotes: [{id: k, text: W}]\n  sections:\n    - title: W\n      blocks:\n",
        8,
    ),
    (
        "debate",
        "meeting:\n  id: c\n  ordinal: 1\n  title: W\n  date: 2016-04-25\n  footnotes: [{id: k, text: W}]\n  sections:\n    - kind: debate\n      blocks:\n",
        8,
    ),
    (
        "intervention",
        "section:\n  id: c\n  title: W\n  footnotes: [{id: k, text: W}]\n  interventions:\n    - speaker: p\n      text: W\n      blocks:\n",
        8,
    ),
];

fn svg(width: u32, height: u32) -> String {
    let size = format!("width=\"{width}\" height=\"{height}\"");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" {size}><rect {size} fill=\"#0b3c5d\"/></svg>"
    )
}

/// A text with each `W` turned into a word of its own: the word with some of its letters behind it.
fn worded(text: &str, word: &str, count: &mut usize) -> String {
    let mut letters: Vec<char> = word.to_lowercase().chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let mut pieces = text.split('W');
    let mut said = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        *count += 1;
        said += word;
        let mut rest = *count;
        while rest > 0 {
            said.push(letters[rest % letters.len()]);
            rest /= letters.len();
        }
        said += piece;
    }
    said
}

/// A report with blocks in a place; a footnote `k` is marked at least once.
pub(crate) fn document(
    language: &str,
    word: &str,
    place: (&str, usize),
    blocks: &[&str],
) -> Document {
    let report = format!(
        "id: case\nlanguage: {language}\ntitle: W\ndate: 2016-07-13\npublisher: W\ndescription: W\n\
         copyright: W\nimprint: W\ncontents: [c.yaml, d.yaml]\n"
    );
    let indent = " ".repeat(place.1);
    let mut chapter = place.0.to_owned();
    for block in blocks.iter().chain(&["- text: \"W[^k] W\""]) {
        for line in block.lines() {
            chapter += &format!("{indent}{line}\n");
        }
    }
    let last = "section: {id: d, title: W, text: W}";
    let files = [
        ("report.yaml", report.as_str()),
        (
            "people.yaml",
            "people: [{id: p, name: W, post: W}, {id: q, name: W, honorific: W}]\n",
        ),
        (
            "organisations.yaml",
            "organisations: [{id: o, name: W, kind: state}, {id: n, name: W, acronym: W, kind: other}, {id: m, name: W W, short: W, kind: other}]\n",
        ),
        ("c.yaml", &chapter),
        ("d.yaml", last),
        ("a.svg", &svg(40, 60)),
        ("b.svg", &svg(90, 30)),
        ("d.csv", "W,W,W\nW,12,3\nW,4,8\n"),
        ("a.csv", "W;W\r\n\"W; W\";1\r\nW;-2\r\n"),
    ];
    let mut count = 0;
    let files =
        files.map(|(name, text)| (name.to_owned(), worded(text, word, &mut count).into_bytes()));
    let files = std::collections::BTreeMap::from(files);
    let source = source::read(&Folder::in_memory(files)).unwrap_or_else(|found| panic!("{found}"));
    let strings = layout::strings(language).expect("words of the language");
    document::resolve(&source, &strings)
        .unwrap_or_else(|found| panic!("{found}"))
        .0
}

/// Holds the document's files of these layouts and formats against the standards and the document.
pub(crate) fn holds(document: &Document, editions: &[(&str, &str)], what: &str) {
    for (name, format) in editions {
        let layout = LayoutLoader::embedded().load(name).expect("a layout");
        let backend = format::find(format).expect("a backend");
        let edition = Edition::new(document, &layout, EPOCH);
        let file = backend
            .render(&edition)
            .unwrap_or_else(|found| panic!("{what}: {name} {format}: {found}"));
        let made = ReadBack::of(&file.bytes);
        if let Err(found) = format::compare(&edition, format, &made) {
            panic!("{what}: {name} {format}: {found}");
        }
        let found = format::inspect(format, Profile::of(&layout), &made)
            .unwrap_or_else(|found| panic!("{what}: {name} {format}: {found}"));
        for verdict in found.verdicts {
            assert!(verdict.passed(), "{what}: {name} {format}: {verdict:#?}");
        }
    }
}

pub(crate) const EDITIONS: &[(&str, &str)] = &[
    ("screen", "pdf"),
    ("print", "pdf"),
    ("large-print", "pdf"),
    ("screen", "docx"),
    ("large-print", "docx"),
    ("screen", "txt"),
    ("full-text", "txt"),
];

/// Holds each of these blocks alone.
pub(crate) fn holds_alone(blocks: &[(&str, &str)]) {
    let (_, place, indent) = PLACES[0];
    for (what, block) in blocks {
        let document = document("en", "River", (place, indent), &[block]);
        holds(&document, EDITIONS, what);
    }
}

/// Holds these blocks together in every place.
pub(crate) fn holds_in_every_place(blocks: &[&str]) {
    for (what, place, indent) in PLACES {
        let document = document("en", "River", (place, *indent), blocks);
        holds(&document, EDITIONS, what);
    }
}

/// Holds these blocks together in every script.
pub(crate) fn holds_in_every_script(blocks: &[&str]) {
    let (_, place, indent) = PLACES[0];
    for (language, word) in [
        ("fr", "Rivière"),
        ("de", "Fluss"),
        ("es", "Río"),
        ("ru", "Река"),
        ("ar", "نهر"),
        ("he", "נהר"),
        ("pl", "Rzeka"),
    ] {
        let document = document(language, word, (place, indent), blocks);
        holds(&document, EDITIONS, language);
    }
    // Without fonts of their own, these have no pages and no drawings of charts.
    let drawn = |block: &&str| block.contains("- chart:");
    let undrawn: Vec<&str> = blocks.iter().copied().filter(|one| !drawn(one)).collect();
    for (language, word) in [("zh", "河流"), ("ja", "河川"), ("ko", "강물")] {
        for (blocks, edition) in [
            (undrawn.as_slice(), ("screen", "docx")),
            (blocks, ("full-text", "txt")),
        ] {
            let document = document(language, word, (place, indent), blocks);
            holds(&document, &[edition], language);
        }
    }
}

/// The second of each pair.
fn all<'b>(blocks: &[(&str, &'b str)]) -> Vec<&'b str> {
    blocks.iter().map(|(_, block)| *block).collect()
}

#[test]
fn each_kind_of_block_keeps_the_standards_alone() {
    holds_alone(BLOCKS);
}

#[test]
fn every_kind_of_block_stands_in_every_place() {
    holds_in_every_place(&all(BLOCKS));
}

#[test]
fn every_kind_of_block_is_set_in_every_script() {
    holds_in_every_script(&all(BLOCKS));
}
