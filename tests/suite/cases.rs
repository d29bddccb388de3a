//! Small inputs that broke other tools, through every format: what must come of them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::Event;

use gmg_export::backend::Backend;
use gmg_export::backend::edition::Edition;
use gmg_export::document::{self, Document};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::source::{self, Folder};
use gmg_export::verify::format::{self, BACKENDS};
use gmg_export::verify::golden;

use crate::made::EPOCH;

const PEOPLE: &str = "people:\n  - {id: on, name: On, post: yes}\n";
const ORGANISATIONS: &str = "organisations:\n  - {id: port, name: Port of Oslo, kind: other}\n";

/// The files of a report in `language` with one chapter.
fn files(language: &str, more: &str, chapter: &str) -> BTreeMap<String, Vec<u8>> {
    let report = format!(
        "id: case\nlanguage: {language}\ntitle: Case\ndate: 2016-07-13\npublisher: P\ndescription: D\n\
         copyright: C\nimprint: I\ncontents: [c.yaml]\n{more}"
    );
    [
        ("report.yaml", report.as_str()),
        ("people.yaml", PEOPLE),
        ("organisations.yaml", ORGANISATIONS),
        ("c.yaml", chapter),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .into()
}

fn resolve(files: BTreeMap<String, Vec<u8>>) -> Result<Document, String> {
    let source = source::read(&Folder::in_memory(files)).map_err(|found| found.to_string())?;
    let strings = layout::strings(&source.report.content.language.value)
        .map_err(|found| found.to_string())?;
    document::resolve(&source, &strings)
        .map(|(document, _)| document)
        .map_err(|found| found.to_string())
}

fn for_readers() -> impl Iterator<Item = &'static &'static dyn Backend> {
    BACKENDS.iter().filter(|backend| !backend.for_print())
}

/// A document in every format for readers, as bytes; the text format gives the whole text. (The press gets the pages
/// of the PDF, and objects to the pictures of some cases.)
fn render(document: &Document) -> BTreeMap<&'static str, Vec<u8>> {
    let loader = LayoutLoader::embedded();
    for_readers()
        .map(|backend| {
            let name = if backend.name() == "txt" {
                "full-text"
            } else {
                "screen"
            };
            let layout = loader.load(name).expect("the layout is in the binary");
            let made = backend.render(&Edition::new(document, &layout, EPOCH));
            (
                backend.name(),
                made.unwrap_or_else(|found| panic!("{}: {found}", backend.name()))
                    .bytes,
            )
        })
        .collect()
}

/// The text of a Word file's body and notes, a line for each paragraph.
fn word_text(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    for name in ["word/document.xml", "word/footnotes.xml"] {
        let mut xml = String::new();
        if let Ok(mut part) = archive.by_name(name) {
            part.read_to_string(&mut xml).expect("UTF-8");
        }
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut shown = false;
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Eof => break,
                Event::Start(tag) => shown = tag.name().as_ref() == b"w:t",
                Event::End(tag) => {
                    shown = false;
                    if tag.name().as_ref() == b"w:p" {
                        text.push('\n');
                    }
                }
                Event::Text(words) if shown => text.push_str(&words.decode().expect("UTF-8")),
                Event::GeneralRef(name) if shown => text.push_str(match &name[..] {
                    b"amp" => "&",
                    b"lt" => "<",
                    b"gt" => ">",
                    b"quot" => "\"",
                    _ => "'",
                }),
                _ => {}
            }
        }
    }
    text
}

/// The text of every format on one line each, single spaces.
fn texts(document: &Document) -> BTreeMap<&'static str, String> {
    let joined = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    render(document)
        .into_iter()
        .map(|(format, bytes)| {
            let text = match format {
                "pdf" => {
                    let file = golden::pdf::inspect(&bytes).expect("a PDF file");
                    file.pages
                        .iter()
                        .flat_map(|page| page.lines.clone())
                        .collect::<Vec<_>>()
                        .join("\n")
                }
                "docx" => word_text(&bytes),
                _ => String::from_utf8(bytes).expect("UTF-8"),
            };
            (format, joined(text))
        })
        .collect()
}

/// Asserts that every format has each of the texts.
#[track_caller]
fn all_say(document: &Document, expected: &[&str]) {
    for (format, text) in texts(document) {
        for words in expected {
            assert!(
                text.contains(words),
                "{format} does not say {words:?}: {text}"
            );
        }
    }
}

#[track_caller]
fn good(files: BTreeMap<String, Vec<u8>>) -> Document {
    resolve(files).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn words_that_yaml_takes_for_truth_values_are_printed_as_written() {
    let chapter = "meeting:\n  id: m\n  ordinal: 1\n  title: No\n  date: 2016-07-13\n  venue: {city: Oslo, country: NO}\n  \
                   sections:\n    - kind: opening\n      interventions:\n        - {speaker: on, text: off}\n";
    let document = good(files("en", "", chapter));
    all_say(&document, &["Oslo, NO", "On", "yes", "off", "13 July 2016"]);
}

#[test]
fn characters_of_typst_markup_are_text() {
    let hostile = "#set page() [x] $5 @user <tag> a_b 5* // end ~ -- --- ... \\ ` = + - 1) /* z";
    let chapter = format!(
        "section:\n  id: c\n  title: '{hostile}'\n  text: x\n  blocks:\n    - table:\n        caption: '{hostile}'\n        \
         header: [[a]]\n        rows: [[b]]\n"
    );
    all_say(&good(files("en", "", &chapter)), &[hostile]);
}

#[test]
fn a_title_over_two_lines_is_one_heading_one_entry_and_one_bookmark() {
    let chapter =
        "section:\n  id: c\n  title: |\n    The Long Road\n    to the Harbour\n  text: x\n";
    let document = good(files("en", "", chapter));
    all_say(&document, &["The Long Road to the Harbour"]);
    let pdf = golden::pdf::inspect(&render(&document)["pdf"]).expect("a PDF file");
    let bookmarks: Vec<&str> = pdf.outline.iter().map(|mark| mark.title.as_str()).collect();
    assert!(
        bookmarks.contains(&"The Long Road to the Harbour"),
        "{bookmarks:?}"
    );
}

#[test]
fn a_footnote_on_a_title_stands_at_the_heading_alone() {
    let chapter = "section:\n  id: c\n  title: Harbour law\n  note: Held online.\n  text: |\n    Text.[^a]\n\n    [^a]: Second.\n";
    let document = good(files("en", "", chapter));
    assert_eq!(
        document
            .footnotes
            .iter()
            .map(|note| note.number)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    for (format, text) in texts(&document) {
        assert_eq!(text.matches("Held online.").count(), 1, "{format}: {text}");
    }
    let pdf = golden::pdf::inspect(&render(&document)["pdf"]).expect("a PDF file");
    assert!(pdf.outline.iter().any(|mark| mark.title == "Harbour law"));
}

#[test]
fn notes_that_restart_in_each_chapter_keep_their_own_marks() {
    let chapter = |id: &str| {
        format!(
            "section:\n  id: {id}\n  title: {id}\n  text: |\n    Text.[^a]\n\n    [^a]: Note of {id}.\n"
        )
    };
    let mut files = files("en", "footnotes: {restart: chapter}\n", &chapter("one"));
    let report = String::from_utf8(files["report.yaml"].clone())
        .expect("UTF-8")
        .replace("[c.yaml]", "[c.yaml, d.yaml]");
    files.insert("report.yaml".into(), report.into_bytes());
    files.insert("d.yaml".into(), chapter("two").into_bytes());
    let document = good(files);
    assert_eq!(
        document
            .footnotes
            .iter()
            .map(|note| note.number)
            .collect::<Vec<_>>(),
        [1, 1]
    );
    assert_ne!(document.footnotes[0].anchor, document.footnotes[1].anchor);
    all_say(&document, &["Note of one.", "Note of two."]);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_no_byte() {
    let chapter = "section:\n  id: c\n  title: T\n  text: |\n    One\n    two.[^a]\n\n    [^a]: Note\n        more.\n";
    let plain = files("en", "", chapter);
    let windows = plain
        .iter()
        .map(|(name, bytes)| {
            let text = String::from_utf8(bytes.clone())
                .expect("UTF-8")
                .replace('\n', "\r\n");
            (name.clone(), [b"\xEF\xBB\xBF", text.as_bytes()].concat())
        })
        .collect();
    assert!(render(&good(plain)) == render(&good(windows)));
}

#[test]
fn hebrew_and_arabic_stand_beside_latin_in_every_format() {
    let chapter = "section:\n  id: c\n  title: \"דוגמה Example (2016)\"\n  text: \"Rooms: «אולם», «חדר» (2), open to 14:30. مرحبا\"\n";
    let document = good(files("en", "", chapter));
    let made = render(&document);
    assert_eq!(made.len(), for_readers().count());
    let text = String::from_utf8(made["txt"].clone()).expect("UTF-8");
    assert!(
        text.contains("Rooms: «אולם», «חדר» (2), open to 14:30. مرحبا"),
        "{text}"
    );
    assert!(
        text.contains("דוגמה Example (2016)"),
        "logical order, no marks added: {text}"
    );
}

#[test]
fn a_character_without_a_glyph_is_named_with_its_place_and_word_and_text_hold_it() {
    let chapter = "section:\n  id: c\n  title: T\n  text: |\n    One\n    two 王 ꙮ three\n";
    let document = good(files("en", "", chapter));
    let layout = LayoutLoader::embedded()
        .load("screen")
        .expect("the layout is in the binary");
    let edition = Edition::new(&document, &layout, EPOCH);
    let render = |format: &str| format::find(format).expect("a format").render(&edition);
    let found = render("pdf")
        .expect_err("the PDF cannot show them")
        .to_string();
    assert!(
        found.contains("U+738B") && found.contains("c.yaml:6:9"),
        "{found}"
    );
    assert!(found.contains("U+A66E"), "{found}");
    assert!(
        word_text(&render("docx").expect("Word has fonts of its own").bytes)
            .contains("two 王 ꙮ three")
    );
    assert!(render("txt").is_ok());
}

#[test]
fn a_long_table_breaks_over_pages_and_keeps_every_row_and_its_head() {
    let rows: String = (1..=80)
        .map(|n| format!("          - [Row {n}, \"{n}\"]\n"))
        .collect();
    let chapter = format!(
        "section:\n  id: c\n  title: T\n  blocks:\n    - table:\n        caption: Many rows\n        header: [[Name of it, Number]]\n        rows:\n{rows}"
    );
    let document = good(files("en", "", &chapter));
    let pdf = golden::pdf::inspect(&render(&document)["pdf"]).expect("a PDF file");
    let pages_with_rows = pdf
        .pages
        .iter()
        .filter(|page| page.lines.iter().any(|line| line.contains("Row ")))
        .count();
    assert!(pages_with_rows >= 2);
    let texts = texts(&document);
    for (format, text) in &texts {
        for n in 1..=80 {
            assert!(text.contains(&format!("Row {n}")), "{format} lacks row {n}");
        }
        assert_eq!(
            text.matches("Many rows").count(),
            1,
            "{format}: the caption once"
        );
    }
}

#[test]
fn an_address_is_whole_in_every_format() {
    let url =
        "https://example.org/reports/2016-07-13/annex-a-final-version-of-the-year.pdf?a=1&b=2";
    let chapter = format!(
        "section:\n  id: c\n  title: T\n  text: |\n    See [the record]({url}) and <{url}>.[^n]\n\n    [^n]: And [here]({url}).\n"
    );
    let document = good(files("en", "", &chapter));
    let made = render(&document);
    let pdf = golden::pdf::inspect(&made["pdf"]).expect("a PDF file");
    let targets: Vec<String> = pdf
        .links
        .iter()
        .map(|link| format!("{link:?}"))
        .filter(|link| link.contains("example.org"))
        .collect();
    assert!(
        targets.len() >= 3 && targets.iter().all(|link| link.contains(url)),
        "{targets:?}"
    );
    let text = String::from_utf8(made["txt"].clone()).expect("UTF-8");
    assert!(
        text.split_whitespace().any(|word| word.contains(url)),
        "{text}"
    );
}

#[test]
fn deep_nesting_ends_in_an_error_with_its_place_and_many_blocks_are_fine() {
    let nested = |depth: usize| {
        let list: String = (0..depth)
            .map(|n| format!("    {}- level {n}\n", "  ".repeat(n)))
            .collect();
        files(
            "en",
            "",
            &format!("section:\n  id: c\n  title: T\n  text: |\n{list}"),
        )
    };
    all_say(&good(nested(9)), &["level 0", "level 8"]);
    for depth in [10, 30, 100] {
        let found = resolve(nested(depth)).expect_err("too deep");
        assert!(
            found.contains("c.yaml:") && found.contains("section.text"),
            "{found}"
        );
    }
    let emphasis = format!(
        "section:\n  id: c\n  title: T\n  text: \"{}x{}\"\n",
        "*a ".repeat(100),
        " b*".repeat(100)
    );
    assert!(resolve(files("en", "", &emphasis)).is_err());
    let paragraphs = "    Text of a paragraph.\n\n".repeat(5_000);
    let many = good(files(
        "en",
        "",
        &format!("section:\n  id: c\n  title: T\n  text: |\n{paragraphs}"),
    ));
    assert_eq!(many.chapters[0].blocks.len(), 5_000);
    assert_eq!(render(&many).len(), for_readers().count());
}

#[test]
fn fixed_words_are_those_of_the_language_in_every_format() {
    let chapter = "appendix:\n  id: c\n  title: T\n  blocks:\n    - table: {caption: x, header: [[a]], rows: [[b]]}\n";
    for (language, words) in [
        ("fr", "Tableau 1"),
        ("cs", "Tabulka 1"),
        ("de", "Tabelle 1"),
    ] {
        all_say(&good(files(language, "", chapter)), &[words]);
    }
    let found = resolve(files("xx", "", chapter)).expect_err("no words for it");
    assert!(found.contains("xx") && found.contains("en"), "{found}");
}

#[test]
fn an_alias_bomb_is_refused_at_once() {
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for pair in ["ab", "bc", "cd", "de", "ef", "fg", "gh", "hi"] {
        let (from, to) = pair.split_at(1);
        bomb.push_str(&format!(
            "{to}: &{to} [{}]\n",
            vec![format!("*{from}"); 9].join(",")
        ));
    }
    bomb.push_str("section: *i\n");
    assert!(resolve(files("en", "", &bomb)).is_err());
}
