//! Citations and their list, numbers of headings and paragraphs, and lists of blocks: in every style, place, language and
//! format they keep the standards and say what the document says; what is lost of them is seen.

use std::collections::BTreeMap;
use std::time::Instant;

use gmg_export::backend::edition::Edition;
use gmg_export::document::{self, Block, Document, Inline, Node, plain_text};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::pdf::read::ReadBack;
use gmg_export::source::{self, Folder};
use gmg_export::verify::conformance::Profile;
use gmg_export::verify::format;

use crate::made::{EPOCH, project, resolve};

/// Works of several kinds, with emphasis, an address, no date, and equal years.
const WORKS: &str = "\
okafor2014:\n  type: book\n  title: Low Water & High\n  author: Okafor, Ana\n  date: 2014\n  publisher: Delta\n\
roux2019:\n  type: article\n  title: \"Towns: a history\"\n  author: [\"Roux, Jean-Luc\", \"Okafor, Ana\", \"Lind, Eva\", \"Moe, Per\"]\n  date: 2019-05\n  page-range: 3-19\n\
\x20 parent: {type: periodical, title: River Studies, volume: 7, issue: 2}\n  serial-number: {doi: 10.5555/rs.7}\n\
roux2019b:\n  type: report\n  title: Walls\n  author: {name: Bureau of Rivers}\n  date: 2019\n  url: https://example.org/walls\n\
undated:\n  type: web\n  title: Gauges\n  author: {name: Bureau of Rivers}\n  url: {value: \"https://example.org/g\", date: 2020-01-02}\n";

/// A chapter that cites in every place.
const PLACES: &str = "\
section:\n  id: c\n  title: Waters\n  footnotes: [{id: k, text: \"River [@undated].\"}]\n  text: |\n    {#first} River River [@okafor2014]. River[^k] River [see @roux2019, pp. 3-4; @roux2019b].\n\n\
\x20   - River [@roux2019b, chap. 2].\n    - River [@okafor2014, 7] River [@okafor2014, 7].\n\n    > River [@undated].\n\n    | River | River |\n    | - | - |\n    | River [@roux2019] | River |\n\n\
\x20   River [-@okafor2014] River; [](#t), [](#first) River [](#s) River.\n  blocks:\n\
\x20   - table: {id: t, caption: \"River [@okafor2014]\", header: [[River, River]], rows: [[\"River [@roux2019]\", \"2\"]], note: \"River [@undated].\"}\n\
\x20   - box: {title: \"River [@roux2019]\", text: \"River [@roux2019b].\"}\n\
\x20   - definitions: [{term: Gauge, text: \"River [@undated].\"}]\n\
\x20   - key-figures: [{value: \"7\", text: metres, source: \"River [@okafor2014]\"}]\n\
\x20   - quote: {text: High., source: \"River [@okafor2014, 9]\"}\n\
\x20   - figure: {image: a.svg, alt: A square, caption: \"River [@roux2019]\"}\n\
\x20 sections:\n    - id: s\n      title: Below\n      text: |\n        More.\n\n        River [@okafor2014].\n\
\x20     sections: [{title: Deepest, text: Most.}]\n";

fn report(language: &str, more: &str) -> String {
    format!(
        "id: case\nlanguage: {language}\ntitle: Rivers\ndate: 2026-07-13\npublisher: P\ndescription: D\ncopyright: C\n\
         imprint: \"I [@okafor2014].\"\ncontents: [c.yaml, d.yaml]\n{more}\n"
    )
}

fn read(files: &[(&str, &str)]) -> Result<(Document, Vec<String>), String> {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><rect width=\"40\" height=\"40\"/></svg>";
    let mut all = BTreeMap::from([
        ("a.svg".to_owned(), svg.as_bytes().to_vec()),
        (
            "d.yaml".to_owned(),
            b"section: {id: d, title: Last, text: End.}".to_vec(),
        ),
    ]);
    for (name, text) in files {
        all.insert((*name).to_owned(), text.as_bytes().to_vec());
    }
    let source = source::read(&Folder::in_memory(all)).map_err(|found| found.to_string())?;
    let strings = layout::strings(&source.report.content.language.value).expect("words");
    let (document, found) =
        document::resolve(&source, &strings).map_err(|found| found.to_string())?;
    let codes = found.iter().map(|one| one.code.number().to_owned());
    Ok((document, codes.collect()))
}

fn document(language: &str, more: &str) -> Document {
    let word = match language {
        "ar" => "نهر",
        "he" => "נהר",
        _ => "River",
    };
    let files = [
        ("report.yaml", report(language, more)),
        ("references.yaml", WORKS.to_owned()),
        ("c.yaml", PLACES.replace("River", word)),
    ];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    read(&files)
        .unwrap_or_else(|found| panic!("{language} {more}: {found}"))
        .0
}

const EDITIONS: &[(&str, &str)] = &[
    ("screen", "pdf"),
    ("print", "press"),
    ("large-print", "pdf"),
    ("screen", "docx"),
    ("screen", "txt"),
    ("full-text", "txt"),
];

/// What is wrong with a file of `made`, held against `meant`.
fn compared(meant: &Document, made: &Document, name: &str, format: &str) -> Result<(), String> {
    let layout = LayoutLoader::embedded().load(name).expect("a layout");
    let backend = format::find(format).expect("a backend");
    let file = backend
        .render(&Edition::new(made, &layout, EPOCH))
        .map_err(|found| format!("{name} {format}: {found}"))?;
    let read = ReadBack::of(&file.bytes);
    let found = format::inspect(format, Profile::of(&layout), &read)
        .map_err(|found| format!("{name} {format}: {found}"))?;
    if let Some(verdict) = found.verdicts.iter().find(|one| !one.passed()) {
        return Err(format!("{name} {format}: {verdict:#?}"));
    }
    format::compare(&Edition::new(meant, &layout, EPOCH), format, &read)
        .map_err(|found| format!("{name} {format}: {found}"))
}

fn holds(document: &Document, what: &str) {
    for (name, format) in EDITIONS {
        if let Err(found) = compared(document, document, name, format) {
            panic!("{what}: {found}");
        }
    }
}

#[test]
fn every_style_cites_in_every_place() {
    for style in [
        "chicago-author-date",
        "apa",
        "vancouver",
        "ieee",
        "chicago-notes",
        "harvard-cite-them-right",
        "iso-690-numeric",
        "alphanumeric",
        "mla",
    ] {
        let more = format!("citation_style: {style}\nnumbering: paragraphs");
        holds(&document("en-GB", &more), style);
    }
}

#[test]
fn citations_and_numbers_are_set_in_every_script() {
    for language in ["fr", "de", "ru", "ar", "he"] {
        let made = document(language, "citation_style: apa\nnumbering: paragraphs");
        for (name, format) in EDITIONS {
            // Brackets with words of both directions that go on over a line in large type are not read back in their order,
            // with or without citations.
            if made.language.rtl && *name == "large-print" {
                continue;
            }
            if let Err(found) = compared(&made, &made, name, format) {
                panic!("{language}: {found}");
            }
        }
    }
    for language in ["zh", "ja", "ko"] {
        let made = document(language, "numbering: paragraphs");
        for (name, format) in [("screen", "docx"), ("full-text", "txt")] {
            if let Err(found) = compared(&made, &made, name, format) {
                panic!("{language}: {found}");
            }
        }
    }
}

#[test]
fn headings_and_paragraphs_are_numbered_and_referred_to() {
    let text = |more: &str| {
        let document = document("en-GB", more);
        let mut said = Vec::new();
        document.visit(&mut |node| {
            if let Node::Inline(Inline::Reference {
                anchor, content, ..
            }) = node
                && ["t", "first", "s"].contains(&anchor.as_str())
            {
                said.push(plain_text(content));
            }
        });
        let titles = document.contents.iter().map(|entry| entry.title.clone());
        (said, titles.collect::<Vec<_>>())
    };
    let all = "back_matter: [tables, figures, boxes, references]\nnumbering: sections";
    let named = PLACES.replace("[](#first)", "[x](#first)");
    let made = |more: &str| {
        let report = report("en-GB", more);
        let files = [
            ("report.yaml", report.as_str()),
            ("references.yaml", WORKS),
            ("c.yaml", &named),
        ];
        read(&files)
            .unwrap_or_else(|found| panic!("{more}: {found}"))
            .0
    };
    let sections = made(all);
    let titles: Vec<&str> = sections
        .contents
        .iter()
        .map(|entry| entry.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "1\u{2002}Waters",
            "1.1\u{2002}Below",
            "1.1.1\u{2002}Deepest",
            "2\u{2002}Last",
            "Tables",
            "Figures",
            "Boxes",
            "References"
        ]
    );
    holds(&sections, all);
    holds(&made("numbering: chapters"), "chapters");
    let (said, _) = text("numbering: paragraphs");
    assert_eq!(
        said,
        ["Table\u{a0}1", "paragraph\u{a0}1", "Below"],
        "{said:?}"
    );
}

#[test]
fn what_is_lost_of_citations_numbers_and_lists_is_seen() {
    type Change = fn(&mut Document);
    let meant = document(
        "en-GB",
        "numbering: paragraphs\nback_matter: [tables, references]\ncitation_style: ieee",
    );
    let changes: &[(&str, Change)] = &[
        ("an entry lost", |it| {
            it.bibliography.as_mut().expect("a list").entries.pop();
        }),
        ("an entry changed", |it| {
            it.bibliography.as_mut().expect("a list").entries[0].content =
                document::plain_content("Nobody, Nothing").into();
        }),
        ("the label of an entry lost", |it| {
            it.bibliography.as_mut().expect("a list").entries[0].label = None;
        }),
        ("the list lost", |it| it.bibliography = None),
        ("a list of tables lost", |it| it.block_lists.clear()),
        ("the number of a paragraph lost", |it| {
            let blocks = &mut it.chapters[0].blocks;
            let Block::List { items, .. } = &mut blocks[0] else {
                panic!("{:?}", blocks[0])
            };
            let item = items.remove(0);
            blocks.splice(0..1, item);
        }),
        ("a paragraph with another number", |it| {
            let Block::List { start, .. } = &mut it.chapters[0].blocks[0] else {
                panic!("no list")
            };
            *start = Some(7);
        }),
    ];
    for (what, change) in changes {
        let mut made = meant.clone();
        change(&mut made);
        for (name, format) in EDITIONS {
            // The digest has no lists at the end, and paper's numbers of lists are compared in tagged files alone.
            let digest = (*name, *format) == ("screen", "txt");
            let paper = *format == "press";
            if digest || paper && what.contains("number") || paper && what.contains("label") {
                continue;
            }
            let found = compared(&meant, &made, name, format);
            assert!(found.is_err(), "{what}: {name} {format} did not see it");
        }
    }
}

#[test]
fn each_misuse_has_its_message() {
    let good = report("en-GB", "");
    let cases: &[(&str, &str, &str, &str)] = &[
        // report, references, text, what is said
        ("citation_style: apa7", WORKS, "[@okafor2014]", "E0263"),
        ("", WORKS, "[@okafro2014]", "did you mean `okafor2014`?"),
        ("", WORKS, "[@okafor2014; p. 12]", "E0363"),
        (
            "",
            WORKS,
            "[@okafor2014]\n\n    A [@one] and [@two].",
            "2 errors",
        ),
        ("", "a:\n  title: A\n", "[@a]", "E0162"),
        (
            "",
            "a:\n  type: book\n  titel: A\n",
            "[@a]",
            "did you mean `title`?",
        ),
        (
            "",
            "a:\n  type: book\n  year: 2014\n",
            "[@a]",
            "write it in `date`",
        ),
        ("citation_style: apa", "", "words", "E0364"),
        ("", "", "[@okafor2014]", "E0364"),
        (
            "citation_style: nature",
            WORKS,
            "One[^k] [@okafor2014].\n\n    [^k]: Two.",
            "E0266",
        ),
        ("", WORKS, "{#Bad} Words.", "E0202"),
        ("", WORKS, "{#d} Words.", "E0203"),
        ("", WORKS, "{#x} Words, [](#x).", "E0327"),
    ];
    for (more, works, text, said) in cases {
        let report = good.replace(" [@okafor2014]", "") + more + "\n";
        let chapter = format!("section:\n  id: c\n  title: T\n  text: |\n    {text}\n");
        let mut files = vec![("report.yaml", report.as_str()), ("c.yaml", &chapter)];
        if !works.is_empty() {
            files.push(("references.yaml", works));
        }
        let found = read(&files).err().unwrap_or_default();
        let count = found.matches("error[").count();
        let said = said.strip_suffix(" errors").map_or_else(
            || found.contains(said),
            |number| number.parse() == Ok(count),
        );
        assert!(said, "{more} {text}: {found}");
    }
    let warned = |more: &str, text: &str| {
        let report = good.replace(" [@okafor2014]", "") + more + "\n";
        let chapter = format!("section:\n  id: c\n  title: T\n  text: |\n    {text}\n");
        let files = [
            ("report.yaml", report.as_str()),
            ("c.yaml", &chapter),
            ("references.yaml", WORKS),
        ];
        read(&files).expect("a report").1
    };
    let others = warned("", "[@okafor2014]");
    assert_eq!(
        others.iter().filter(|code| *code == "W0264").count(),
        3,
        "{others:?}"
    );
    let unlisted = warned("back_matter: [acronyms]", "[@okafor2014]");
    assert!(unlisted.contains(&"W0265".to_owned()), "{unlisted:?}");
}

#[test]
fn an_event_has_its_own_name_facts_and_votes() {
    let report = report("en-GB", "").replace(" [@okafor2014]", "");
    let organisations = "organisations: [{id: a, name: Norland, kind: state}, {id: b, name: Suderland, kind: state}]";
    let meeting = |more: &str| {
        format!(
            "meeting:\n  id: c\n  ordinal: 13\n  title: T\n  date: 2026-05-02/2026-05-03\n  time: 22:00-01:30\n  event: Hearing\n{more}\n"
        )
    };
    let of = |more: &str| {
        let chapter = meeting(more);
        let files = [
            ("report.yaml", report.as_str()),
            ("organisations.yaml", organisations),
            ("c.yaml", chapter.as_str()),
        ];
        read(&files)
    };
    let good = "  facts: [{label: Language, value: Norse}]\n  text: \"See [](#v) and [](#d1).\"\n  blocks:\n    \
                - vote: {id: v, question: Ferries, in_favour: [a], against: [b]}\n    - decisions: [{id: d1, text: More boats.}]";
    let (document, _) = of(good).unwrap_or_else(|found| panic!("{found}"));
    let chapter = &document.chapters[0];
    assert_eq!(chapter.heading.label.as_deref(), Some("Hearing 13"));
    assert_eq!(chapter.facts.last().expect("facts").values, ["Norse"]);
    let Block::Paragraph { content } = &chapter.blocks[0] else {
        panic!("{:?}", chapter.blocks[0])
    };
    assert_eq!(plain_text(content), "See Table\u{a0}1 and Decision\u{a0}1.");
    holds(&document, "hearing");
    for (name, format) in EDITIONS {
        let layout = LayoutLoader::embedded().load(name).expect("a layout");
        let backend = format::find(format).expect("a backend");
        let edition = Edition::new(&document, &layout, EPOCH);
        let file = backend
            .render(&edition)
            .unwrap_or_else(|found| panic!("{found}"));
        if *format == "txt" {
            let text = String::from_utf8(file.bytes).expect("text").to_lowercase();
            assert!(!text.contains("meeting"), "{name}: {text}");
        }
    }
    for (more, said) in [
        ("  facts: [{label: Date, value: later}]", "E0268"),
        (
            "  blocks: [{vote: {question: Q, in_favour: [a], against: [a]}}]",
            "E0267",
        ),
        ("  blocks: [{vote: {question: Q}}]", "E0321"),
        ("  blocks: [{vote: {question: Q, in_favour: [c]}}]", "E0205"),
        ("  blocks: [{decisions: []}, {participants: []}]", "E0321"),
    ] {
        let found = of(more).err().unwrap_or_default();
        assert!(found.contains(said), "{more}: {found}");
    }
}

#[test]
fn bibtex_says_the_same() {
    let works = "@book{okafor2014, title = {Low Water}, author = {Okafor, Ana}, year = 2014, publisher = {Delta}}\n";
    let report = report("en-GB", "");
    let chapter = "section: {id: c, title: T, text: \"So [@okafor2014, p. 3].\"}";
    let files = [
        ("report.yaml", report.as_str()),
        ("references.bib", works),
        ("c.yaml", chapter),
    ];
    let (document, found) = read(&files).expect("a report");
    assert_eq!(found, Vec::<String>::new());
    let works: Vec<String> = document
        .works()
        .map(|work| plain_text(&work.content))
        .collect();
    assert_eq!(works, ["Okafor, Ana. 2014. Low Water. Delta."]);
    holds(&document, "BibTeX");
}

#[test]
fn ten_times_as_many_citations_cost_no_more_than_so_much_more() {
    let time = |count: usize, style: &str| {
        let mut text = String::from("section:\n  id: c\n  title: T\n  text: |\n");
        for index in 0..count {
            text += &format!("    Words [@w{}, p. {}] go on.\n\n", index % 20, index % 7);
        }
        let mut works = String::new();
        for index in 0..20 {
            works += &format!(
                "w{index}:\n  type: book\n  title: Title {index}\n  author: \"Name{}, Ana\"\n  date: {}\n",
                index / 3,
                1990 + index % 3
            );
        }
        let report =
            report("en-GB", &format!("citation_style: {style}")).replace(" [@okafor2014]", "");
        let files = [
            ("report.yaml", report.as_str()),
            ("references.yaml", works.as_str()),
            ("c.yaml", text.as_str()),
        ];
        let start = Instant::now();
        read(&files).unwrap_or_else(|found| panic!("{found}"));
        start.elapsed()
    };
    for style in ["chicago-author-date", "ieee", "chicago-notes"] {
        time(10, style);
        let (small, large) = (time(200, style), time(2_000, style));
        assert!(large < small * 30, "{style}: {small:?}, {large:?}");
    }
}

#[test]
fn the_study_is_whole() {
    let study = resolve(&project("tests/cases/study/source"));
    assert_eq!(study.works().count(), 5);
    holds(&study, "study");
}
