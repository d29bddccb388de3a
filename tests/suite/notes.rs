//! Notes stand where their marks do: the mark is moved down a page line by line, in every kind of place.

use gmg_export::backend::edition::Edition;
use gmg_export::document;
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::source::{self, Folder};
use gmg_export::verify::format;

use crate::made::EPOCH;

const SENTENCE: &str = "The quay was busy all morning while the crews checked every line, and the office \
kept a careful log of arrivals, departures and repairs that nobody had planned for.";

/// A place for a mark: what stands before the text of the chapter, as YAML below it.
#[derive(Debug, Clone, Copy)]
enum Place {
    Paragraph,
    Item,
    LongItem,
    Numbered,
    Quotation,
    Heading,
    TableHead,
    TableRow,
    TableCaption,
    TableNote,
    Caption,
    Credit,
    Talk,
}

const PLACES: [Place; 13] = [
    Place::Paragraph,
    Place::Item,
    Place::LongItem,
    Place::Numbered,
    Place::Quotation,
    Place::Heading,
    Place::TableHead,
    Place::TableRow,
    Place::TableCaption,
    Place::TableNote,
    Place::Caption,
    Place::Credit,
    Place::Talk,
];

const DOT: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'><rect width='90' height='90'/></svg>";

/// A chapter with `before` paragraphs above the mark and a note of `length` sentences.
fn chapter(place: Place, before: usize, length: usize) -> String {
    let items = |start: &dyn Fn(usize) -> String, more: &str| -> String {
        let item = |index: usize| {
            let mark = if index == 3 { "[^n]" } else { "" };
            format!("    {}Word{mark} and {more}\n", start(index + 1))
        };
        (0..6).map(item).collect()
    };
    let bullet = |_: usize| "- ".to_owned();
    let marked = match place {
        Place::Paragraph => format!("    Word[^n] and more. {SENTENCE}\n"),
        Place::Item => items(&bullet, "more of it."),
        Place::LongItem => items(&bullet, SENTENCE),
        Place::Numbered => items(&|number| format!("{number}. "), "more of it."),
        Place::Quotation => format!("    > Word[^n] and more. {SENTENCE}\n"),
        _ => String::new(),
    };
    let filling = format!("    {SENTENCE}\n\n").repeat(before.max(usize::from(marked.is_empty())));
    let note = vec![SENTENCE; length].join(" ");
    let mut yaml = format!("section:\n  id: c\n  title: T\n  text: |\n{filling}{marked}");
    let cell = |marked: bool, text: &str| format!("{text}{}", if marked { "[^n]" } else { "" });
    match place {
        Place::Heading => yaml.push_str(&format!(
            "  sections:\n    - title: Part\n      note: {note}\n      text: {SENTENCE}\n"
        )),
        Place::Talk => yaml.push_str(&format!(
            "  footnotes:\n    - {{id: n, text: \"{note}\"}}\n  interventions:\n    - {{speaker: s, text: \"Word[^n] and more. {SENTENCE}\"}}\n"
        )),
        Place::Caption | Place::Credit => {
            let caption = cell(matches!(place, Place::Caption), "Dot");
            let credit = cell(matches!(place, Place::Credit), "Ann");
            yaml.push_str(&format!(
                "  footnotes:\n    - {{id: n, text: \"{note}\"}}\n  blocks:\n    - figure: {{image: dot.svg, alt: A dot, caption: \"{caption}\", credit: \"{credit}\"}}\n"
            ));
        }
        Place::TableCaption | Place::TableNote => {
            let caption = cell(matches!(place, Place::TableCaption), "Sums");
            let below = cell(matches!(place, Place::TableNote), "Below");
            yaml.push_str(&format!(
                "  footnotes:\n    - {{id: n, text: \"{note}\"}}\n  blocks:\n    - table:\n        caption: \"{caption}\"\n        header: [[A, B]]\n        rows: [[a, b], [c, d]]\n        note: \"{below}\"\n"
            ));
        }
        Place::TableHead | Place::TableRow => {
            let head = matches!(place, Place::TableHead);
            let rows: String = (0..8)
                .map(|row| format!("          - [\"{}\", b]\n", cell(!head && row == 4, "a")))
                .collect();
            yaml.push_str(&format!(
                "  footnotes:\n    - {{id: n, text: \"{note}\"}}\n  blocks:\n    - table:\n        caption: x\n        header: [[\"{}\", B]]\n        rows:\n{rows}",
                cell(head, "A")
            ));
        }
        _ => yaml.push_str(&format!("\n    {SENTENCE}\n\n    [^n]: {note}\n")),
    }
    yaml
}

/// The pages of the chapter, the mark and the beginning of the first note.
fn pages(chapter: &str) -> [String; 3] {
    set(chapter).0
}

/// These pages, and what is warned of.
fn set(chapter: &str) -> ([String; 3], String) {
    let report = "id: case\nlanguage: en\ntitle: Case\ndate: 2016-07-13\npublisher: P\ndescription: D\n\
        copyright: C\nimprint: I\ncontents: [c.yaml]\n";
    let files = [
        ("report.yaml", report),
        (
            "people.yaml",
            "people: [{id: s, name: Ann Other, post: Delegate}]\n",
        ),
        ("organisations.yaml", "organisations: []\n"),
        ("dot.svg", DOT),
        ("c.yaml", chapter),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let source = source::read(&Folder::in_memory(files.into())).expect("a source");
    let strings = layout::strings("en").expect("English words");
    let (document, _) =
        document::resolve(&source, &strings).unwrap_or_else(|found| panic!("{found}"));
    let layout = LayoutLoader::embedded().load("screen").expect("the layout");
    let edition = Edition::new(&document, &layout, EPOCH);
    let note = &document.footnotes[0].anchor;
    let labels = &edition.pagination().expect("pages").labels;
    let page = |anchor: &str| labels[anchor].clone();
    let pages = [page("c"), page(note), page(&format!("{note}-text"))];
    let pdf = format::find("pdf").expect("a backend");
    let made = pdf
        .render(&edition)
        .unwrap_or_else(|found| panic!("{found}"));
    (pages, made.warnings.to_string())
}

#[test]
fn a_note_begins_on_the_page_of_its_mark_wherever_the_mark_stands() {
    let mut parted = Vec::new();
    for place in PLACES {
        for before in [6, 7, 8, 9, 10, 11, 12] {
            let [_, mark, note] = pages(&chapter(place, before, 16));
            if mark != note {
                parted.push(format!(
                    "{place:?} below {before} paragraphs: mark {mark}, note {note}"
                ));
            }
        }
    }
    assert!(parted.is_empty(), "{parted:#?}");
}

#[test]
fn a_note_longer_than_a_page_begins_below_its_mark_and_opens_no_page_before_its_chapter() {
    for place in PLACES {
        for before in [0, 3] {
            let [chapter, mark, note] = pages(&chapter(place, before, 45));
            assert_eq!(mark, note, "{place:?} below {before} paragraphs");
            assert_eq!(chapter, "1", "{place:?} below {before} paragraphs");
        }
    }
}

#[test]
fn a_note_that_has_no_room_below_its_mark_is_warned_of() {
    let two = |length: usize| {
        let long = vec![SENTENCE; length].join(" ");
        let text = format!("One[^a] and two[^b].\n\n    [^a]: {long}\n\n    [^b]: Short.");
        set(&format!(
            "section:\n  id: c\n  title: T\n  text: |\n    {text}\n"
        ))
    };
    let ([_, mark, note], warnings) = two(45);
    assert_eq!(mark, note, "the longer note goes on over the page");
    let said = "warning[W0580]: note 2 of “T” begins on page 2, but its mark is on page 1";
    assert!(warnings.contains(said), "{warnings}");
    assert_eq!(two(3).1, "");
}
