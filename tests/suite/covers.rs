//! Covers and logos in every layout, script and format: they keep the standards, say what the document says, and what is
//! wrong with them is said with its place. And numbers that a layout wants otherwise than the report.

use std::collections::BTreeMap;

use gmg_export::document::{self, Document};
use gmg_export::layout::{self, LayoutLoader, LayoutNumbering};
use gmg_export::source::{self, Folder, Source};

use crate::display::{EDITIONS, holds};

/// A drawing of that size.
fn svg(width: u32, height: u32) -> String {
    let size = format!("width=\"{width}\" height=\"{height}\"");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" {size}><rect {size} fill=\"#2f6179\"/></svg>"
    )
}

/// A report with `more` in report.yaml; `W` stands for a word of its language.
fn read(language: &str, word: &str, more: &str) -> Source {
    let report = format!(
        "id: case\nlanguage: {language}\ntitle: W W\nsubtitle: W W W\nseries: W\ndate: 2016-07-13\nplace: W\npublisher: W W\n\
         description: W W.\ncopyright: © W\nimprint: W W W.\ncontents: [c.yaml]\n{more}"
    );
    let organisations = "organisations:\n  - {id: o, name: W W W, acronym: W, kind: other, logo: wide.svg}\n\
                         \x20 - {id: p, name: W W, kind: state, logo: tall.svg}\n  - {id: q, name: W W, kind: state}\n";
    let chapter = "section:\n  id: c\n  title: W\n  text: W [W](org:o), [W](org:p), [W](org:q).\n  sections: [{title: W W, text: W}]\n";
    let files = [
        ("report.yaml", report.replace('W', word)),
        ("people.yaml", "people: []\n".to_owned()),
        ("organisations.yaml", organisations.replace('W', word)),
        ("c.yaml", chapter.replace('W', word)),
        ("wide.svg", svg(900, 90)),
        ("tall.svg", svg(40, 120)),
        ("cover.svg", svg(300, 200)),
    ];
    let files: BTreeMap<String, Vec<u8>> = files
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect();
    source::read(&Folder::in_memory(files)).unwrap_or_else(|found| panic!("{found}"))
}

fn resolved(source: &Source) -> Result<(Document, Vec<String>), String> {
    let strings = layout::strings(&source.report.content.language.value).expect("words");
    let (document, warnings) =
        document::resolve(source, &strings).map_err(|found| found.to_string())?;
    let warnings = warnings.iter().map(|one| one.message.clone()).collect();
    Ok((document, warnings))
}

/// What `report.yaml` may say of covers, with `W` for a word.
const COVERS: &[(&str, &str)] = &[
    (
        "all of it",
        "cover: {image: cover.svg, alt: W W, credit: W}\nlogos: [o, p, q]\nsupported_by: [p, o, q]\nlicence: CC BY-NC-SA 3.0 IGO\n\
         identifiers: {issn: 2049-3630}\nback_cover: |\n  W W.\n\n  - W [W](https://example.org)\n  - W\n\n  1. W\n",
    ),
    (
        "a tall picture that decorates",
        "cover: {image: tall.svg, decorative: true}\n",
    ),
    (
        "a name alone",
        "logos: [q]\nlicence: CC0\nsupported_by: [o]\n",
    ),
    ("logos alone", "logos: [p, o]\n"),
    ("the back alone", "back_cover: W W W.\n"),
];

#[test]
fn covers_keep_the_standards_in_every_layout_and_format() {
    for (what, more) in COVERS {
        let (document, _) = resolved(&read("en-GB", "River", &more.replace('W', "River")))
            .unwrap_or_else(|found| panic!("{what}: {found}"));
        holds(&document, EDITIONS, what);
    }
    let long = format!(
        "back_cover: |\n  {}\n",
        "River banks are long. ".repeat(120)
    );
    let many = resolved(&read("en", "River", &long)).expect("a document").0;
    holds(&many, EDITIONS, "a long back");
}

#[test]
fn covers_are_set_in_every_script() {
    let (_, more) = COVERS[0];
    for (language, word) in [
        ("fr", "Rivière"),
        ("es", "Río"),
        ("ru", "Река"),
        ("ar", "نهر"),
        ("he", "נהר"),
    ] {
        let source = read(language, word, &more.replace('W', word));
        let document = resolved(&source).unwrap_or_else(|found| panic!("{language}: {found}"));
        holds(&document.0, EDITIONS, language);
    }
    let source = read("zh", "河流", &more.replace('W', "河流"));
    let document = resolved(&source).unwrap_or_else(|found| panic!("{found}"));
    let apart = &[("screen", "docx"), ("full-text", "txt")];
    holds(&document.0, apart, "zh");
}

#[test]
fn what_is_wrong_with_covers_is_said_all_at_once() {
    let more = "cover: {image: none.svg}\nlogos: [o, o, nobody]\nback_cover: |\n  W.[^a]\n\n  > W\n\n  [^a]: W\n";
    let found = resolved(&read("en", "River", more)).expect_err("mistakes");
    for words in [
        "report.yaml:13:16 (cover.alt)",
        "none.svg",
        "`o` is named twice",
        "there is no organisation `nobody`",
        "a footnote has no place in the imprint or on a cover",
        "the back cover holds more than paragraphs and lists",
    ] {
        assert!(found.contains(words), "{words}: {found}");
    }
    let more = "cover: {image: cover.svg, alt: A river, decorative: true}\n";
    let found = resolved(&read("en", "River", more)).expect_err("a mistake");
    assert!(
        found.contains("a cover that only decorates has no description"),
        "{found}"
    );
}

#[test]
fn a_logo_that_is_shown_nowhere_is_warned_of() {
    let warned = |more: &str| {
        let (_, warnings) = resolved(&read("en", "River", more)).expect("a document");
        let mut warnings = warnings.into_iter();
        warnings.any(|one| one.contains("the logo of `p` is shown nowhere"))
    };
    assert!(warned("logos: [o]\n"));
    assert!(!warned("logos: [o]\nsupported_by: [p]\n") && !warned("logos: [o, p]\n"));
}

#[test]
fn a_layout_numbers_what_it_wants_and_else_what_the_report_says() {
    let mut tokens = LayoutLoader::embedded()
        .load("screen")
        .expect("a layout")
        .tokens;
    let heads = |document: &Document| {
        let chapter = &document.chapters[0];
        let section = &chapter.sections[0].heading;
        [chapter.heading.title.clone(), section.title.clone()]
    };
    let numbered = |title: [&str; 2]| title.map(str::to_owned);
    let (none, chapters) = (["River", "River River"], ["1\u{2002}River", "River River"]);
    let sections = ["1\u{2002}River", "1.1\u{2002}River River"];
    for (said, own) in [
        ("none", none),
        ("chapters", chapters),
        ("sections", sections),
    ] {
        let source = read("en", "River", &format!("numbering: {said}\n"));
        let document = resolved(&source).expect("a document").0;
        for (wanted, title) in [
            (LayoutNumbering::Report, own),
            (LayoutNumbering::None, none),
            (LayoutNumbering::Chapters, chapters),
            (LayoutNumbering::Sections, sections),
        ] {
            tokens.structure.numbering = wanted;
            let made = document::for_layout(&source, &document, &tokens).expect("a document");
            assert_eq!(heads(&made), numbered(title), "{said}, {wanted:?}");
        }
        tokens.structure.numbering = LayoutNumbering::Paragraphs;
        let made = document::for_layout(&source, &document, &tokens).expect("a document");
        let first = serde_json::to_string(&made.chapters[0].blocks[0]).expect("JSON");
        assert!(first.contains("\"paragraphs\":true"), "{first}");
    }
}
