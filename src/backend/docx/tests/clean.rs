//! A file that people go on working in: looks by styles alone, fields that an update does not change, nothing that only
//! makes space.

use std::collections::{BTreeMap, BTreeSet};

use super::package::{Package, open, sample_bytes};
use super::{BODY, compose, prose, sample};
use crate::backend::docx::package::{Element, Node, parse};
use crate::document::{Block, Document, Inline};
use crate::layout::{Colour, LayoutLoader};

/// A part as a tree.
fn tree(package: &Package, name: &str) -> Element {
    parse(package.part(name).as_bytes()).expect("well-formed")
}

/// All elements of that name in and below an element.
fn all<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    let mut rest = vec![element];
    while let Some(element) = rest.pop() {
        if element.name == name {
            found.push(element);
        }
        let inner: Vec<&Element> = element.elements().collect();
        rest.extend(inner.into_iter().rev());
    }
    found
}

fn child<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element.elements().find(|child| child.name == name)
}

fn style_of(paragraph: &Element) -> &str {
    let style = child(paragraph, "w:pPr").and_then(|own| child(own, "w:pStyle"));
    style
        .and_then(|style| style.get("w:val"))
        .unwrap_or_default()
}

fn words(element: &Element) -> String {
    let mut text = String::new();
    for run in all(element, "w:t") {
        for node in &run.children {
            if let Node::Text(words) = node {
                text += words;
            }
        }
    }
    text
}

/// The style of that id.
fn style<'e>(styles: &'e Element, id: &str) -> &'e Element {
    let mut found = styles.elements();
    let found = found.find(|style| style.get("w:styleId") == Some(id));
    found.unwrap_or_else(|| panic!("no style {id}"))
}

fn made(document: &Document) -> Package {
    let pages = sample::pages(document, &["table-1"]);
    open(
        compose(document, &sample::layout(), &pages, 0, false)
            .expect("a package")
            .bytes,
    )
}

#[test]
fn looks_are_those_of_styles_alone() {
    let package = open(sample_bytes());
    // What is left says what a paragraph is, or keeps it with the next: a list and its level, a direction against that of the
    // document, the place of the decimal signs of a column.
    let of_paragraphs = BTreeSet::from([
        "w:pStyle",
        "w:keepNext",
        "w:numPr",
        "w:tabs",
        "w:bidi",
        "w:sectPr",
    ]);
    let of_runs = BTreeSet::from(["w:rStyle", "w:rtl", "w:lang"]);
    let parts: Vec<&str> = package.xml_parts().collect();
    let stories = ["document", "footnotes", "header", "footer"];
    let is_story = |name: &&&str| {
        let name = name.strip_prefix("word/").unwrap_or_default();
        stories.iter().any(|story| name.starts_with(story))
    };
    for name in parts.iter().filter(is_story) {
        let root = tree(&package, name);
        for (element, allowed) in [("w:pPr", &of_paragraphs), ("w:rPr", &of_runs)] {
            for own in all(&root, element) {
                for property in own.elements() {
                    assert!(allowed.contains(property.name.as_str()), "{name}: {own:?}");
                }
            }
        }
    }
}

#[test]
fn every_empty_paragraph_is_one_that_the_format_wants() {
    let root = tree(&open(sample_bytes()), BODY);
    let shows = |paragraph: &Element| {
        ["w:t", "w:drawing", "w:br"]
            .iter()
            .any(|name| !all(paragraph, name).is_empty())
    };
    let mut wanted = 0;
    for holder in [
        all(&root, "w:body"),
        all(&root, "w:tc"),
        all(&root, "w:sdtContent"),
    ]
    .concat()
    {
        let inside: Vec<&Element> = holder.elements().collect();
        for (index, paragraph) in inside.iter().enumerate() {
            // An item may hold nothing but another list.
            let item = !all(paragraph, "w:numPr").is_empty();
            if paragraph.name != "w:p" || item || shows(paragraph) {
                continue;
            }
            let table = |at: Option<usize>| {
                at.and_then(|at| inside.get(at))
                    .is_some_and(|one| one.name == "w:tbl")
            };
            let ends_section = !all(paragraph, "w:sectPr").is_empty();
            let between = table(index.checked_sub(1)) && table(Some(index + 1));
            let only_of_cell = holder.name == "w:tc" && index + 1 == inside.len();
            assert!(ends_section || between || only_of_cell, "{paragraph:?}");
            wanted += 1;
        }
    }
    assert!(wanted > 0, "the sample has tables at the ends of sections");
}

#[test]
fn nothing_floats_and_no_line_is_too_low_to_be_seen() {
    let package = open(sample_bytes());
    let body = package.part(BODY);
    for floating in [
        "w:framePr",
        "wp:anchor",
        "w:tblpPr",
        "w:txbxContent",
        "w:pict",
    ] {
        assert!(!body.contains(floating), "{floating}");
    }
    let low = |height: &String| height.parse::<u32>().is_ok_and(|twips| twips < 60);
    let lines = package.all("word/styles.xml", "w:spacing", "w:line");
    assert!(!lines.iter().any(low), "{lines:?}");
    let sizes = package.all("word/styles.xml", "w:sz", "w:val");
    assert!(
        sizes
            .iter()
            .all(|size| size.parse::<u32>().is_ok_and(|half| half >= 12))
    );
    assert!(package.all(BODY, "w:trHeight", "w:val").is_empty());
    assert_eq!(
        package.all(BODY, "w:vAlign", "w:val"),
        ["bottom"],
        "the imprint"
    );
}

#[test]
fn text_keeps_its_distance_to_tables_by_styles() {
    let mut document = sample::of(Vec::new());
    let mut table = prose::table(&[&["A", "B"], &["1", "2"]]);
    (table.caption, table.label) = (None, None);
    table.note.clear();
    let paragraph = sample::paragraph;
    let table = || Block::Table(table.clone());
    let blocks = vec![
        paragraph("one"),
        table(),
        paragraph("two"),
        table(),
        table(),
        paragraph("three"),
    ];
    document.chapters = vec![sample::chapter(
        sample::heading(1, None, "T"),
        blocks,
        vec![],
    )];
    let package = made(&document);
    let styles: Vec<String> = package.all(BODY, "w:pStyle", "w:val");
    for wanted in [
        "FirstParagraphBeforeTable",
        "FirstParagraphBetweenTables",
        "FirstParagraphAfterTable",
        "TableSpace",
    ] {
        let count = styles.iter().filter(|style| *style == wanted).count();
        assert_eq!(count, 1, "{wanted}: {styles:?}");
    }
    let styles = tree(&package, "word/styles.xml");
    let space = |id: &str, side: &str| {
        let own = child(style(&styles, id), "w:pPr").and_then(|own| child(own, "w:spacing"));
        own.and_then(|own| own.get(side)?.parse::<u32>().ok())
    };
    assert!(space("FirstParagraphBeforeTable", "w:after") > Some(0));
    assert!(space("FirstParagraphAfterTable", "w:before") > Some(0));
}

#[test]
fn heads_of_rows_do_not_bind_their_row_to_the_next() {
    let mut document = sample::of(Vec::new());
    let rows: Vec<[&str; 2]> = (0..20).map(|_| ["Ghent", "7"]).collect();
    let rows: Vec<&[&str]> = std::iter::once(&["Port", "Ships"] as &[&str])
        .chain(rows.iter().map(|row| row as &[&str]))
        .collect();
    let blocks = vec![Block::Table(prose::table(&rows))];
    document.chapters = vec![sample::chapter(
        sample::heading(1, None, "T"),
        blocks,
        vec![],
    )];
    let package = made(&document);
    let root = tree(&package, BODY);
    let heads: Vec<&Element> = all(&root, "w:p")
        .into_iter()
        .filter(|one| words(one) == "Ghent")
        .collect();
    assert_eq!(heads.len(), 20);
    let styles = tree(&package, "word/styles.xml");
    for head in heads {
        assert_eq!(style_of(head), "TableRowHead");
        assert!(all(head, "w:keepNext").is_empty());
    }
    assert!(all(style(&styles, "TableRowHead"), "w:keepNext").is_empty());
    assert!(!all(style(&styles, "TableHead"), "w:keepNext").is_empty());
}

#[test]
fn lists_in_quotations_stay_in_them() {
    let mut document = sample::of(Vec::new());
    let quote = |pull| Block::Quote {
        blocks: vec![
            prose::list(None, true, &["a point"]),
            prose::list(Some(1), true, &["a step"]),
        ],
        attribution: None,
        source: None,
        pull,
        language: None,
    };
    document.chapters = vec![sample::chapter(
        sample::heading(1, None, "T"),
        vec![quote(false), quote(true)],
        vec![],
    )];
    let package = made(&document);
    let root = tree(&package, BODY);
    let (styles, numbering) = (
        tree(&package, "word/styles.xml"),
        tree(&package, "word/numbering.xml"),
    );
    let quoted = all(style(&styles, "Quote"), "w:ind")[0]
        .get("w:left")
        .and_then(|left| left.parse::<i32>().ok());
    let items: Vec<&Element> = all(&root, "w:p")
        .into_iter()
        .filter(|one| !all(one, "w:numPr").is_empty())
        .collect();
    assert_eq!(items.len(), 4);
    for item in items {
        assert_eq!(style_of(item), "QuoteList");
        let list = all(item, "w:numId")[0].get("w:val");
        let mut lists = numbering.elements().filter(|one| one.name == "w:num");
        let list = lists
            .find(|one| one.get("w:numId") == list)
            .expect("the list");
        let definition = child(list, "w:abstractNumId").and_then(|one| one.get("w:val"));
        let mut definitions = numbering
            .elements()
            .filter(|one| one.name == "w:abstractNum");
        let definition = definitions.find(|one| one.get("w:abstractNumId") == definition);
        let left = all(definition.expect("its definition"), "w:ind")[0].get("w:left");
        assert!(left.and_then(|left| left.parse::<i32>().ok()) > quoted);
    }
}

#[test]
fn every_script_has_a_font_that_holds_it() {
    for (tag, east_asian) in [
        ("en-GB", ["SimSun", "Microsoft YaHei"]),
        ("ja", ["MS Mincho", "MS Gothic"]),
        ("zh", ["SimSun", "Microsoft YaHei"]),
        ("ko", ["Batang", "Malgun Gothic"]),
    ] {
        let (mut document, pages) = sample::whole();
        document.language = sample::language(tag, false);
        let package = open(
            compose(&document, &sample::layout(), &pages, 0, false)
                .expect("a file")
                .bytes,
        );
        let styles = "word/styles.xml";
        let complex: BTreeSet<String> = package
            .all(styles, "w:rFonts", "w:cs")
            .into_iter()
            .collect();
        let arabic = ["Arial", "Courier New", "Times New Roman"].map(str::to_owned);
        assert_eq!(complex, BTreeSet::from(arabic));
        let ideographs: BTreeSet<String> = package
            .all(styles, "w:rFonts", "w:eastAsia")
            .into_iter()
            .collect();
        assert_eq!(
            ideographs,
            BTreeSet::from(east_asian.map(str::to_owned)),
            "{tag}"
        );
        let known: BTreeSet<String> = package
            .all("word/fontTable.xml", "w:font", "w:name")
            .into_iter()
            .collect();
        assert!(
            complex.is_subset(&known) && ideographs.is_subset(&known),
            "{known:?}"
        );
        let theme = package.all("word/theme/theme1.xml", "a:ea", "typeface");
        assert!(theme.iter().all(|face| known.contains(face)), "{theme:?}");
    }
}

#[test]
fn lines_that_end_by_hand_are_not_stretched() {
    let package = open(sample_bytes());
    assert!(
        package
            .part("word/settings.xml")
            .contains("<w:doNotExpandShiftReturn/>")
    );
}

#[test]
fn pictures_are_as_wide_as_on_the_pages() {
    let (mut document, _) = sample::whole();
    let figure = |width: f64| match prose::figure(1, Some("A map"), Some("The port")) {
        Block::Figure(figure) => crate::document::Figure { width, ..figure },
        _ => unreachable!("a figure"),
    };
    let pair = Block::Figures {
        figures: vec![figure(100.0), figure(100.0)],
    };
    let blocks = vec![Block::Figure(figure(60.0)), pair];
    document.chapters = vec![sample::chapter(
        sample::heading(1, None, "T"),
        blocks,
        vec![],
    )];
    let package = made(&document);
    let tokens = sample::layout().tokens;
    let measure = tokens.page.measure().to_pt();
    let half = (measure - 1.6 * tokens.sizes.text.to_pt()) / 2.0;
    let wanted =
        [measure * 0.6, half, half].map(|points| ((points * 12_700.0).round() as u32).to_string());
    assert_eq!(package.all(BODY, "wp:extent", "cx"), wanted);
}

#[test]
fn whose_a_picture_is_stands_in_a_line_of_its_own_style_everywhere() {
    let (mut document, _) = sample::whole();
    let figure = prose::figure(1, Some("A map"), Some("The port"));
    let number = crate::document::KeyFigure {
        value: "7".to_owned(),
        unit: None,
        text: vec![sample::text("ships")].into(),
        source: Some(vec![sample::text("Port archive")].into()),
    };
    let numbers = Block::KeyFigures {
        entries: vec![number],
    };
    document.chapters = vec![sample::chapter(
        sample::heading(1, None, "T"),
        vec![figure, numbers],
        vec![],
    )];
    let root = tree(&made(&document), BODY);
    let credits: Vec<&Element> = all(&root, "w:p")
        .into_iter()
        .filter(|one| words(one).contains("Port archive"))
        .collect();
    assert_eq!(credits.len(), 2);
    assert!(credits.iter().all(|one| style_of(one) == "Credit"));
}

#[test]
fn every_table_says_what_it_is_and_what_its_columns_are() {
    let root = tree(&open(sample_bytes()), BODY);
    for table in all(&root, "w:tbl") {
        for name in ["w:tblCaption", "w:tblDescription"] {
            let said = all(table, name);
            assert!(
                said.first().is_some_and(|one| one.get("w:val") != Some("")),
                "{table:?}"
            );
        }
    }
}

/// How strongly two colours differ (WCAG 2, relative luminance).
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |hex: &str| {
        let channel = |at: usize| {
            let value =
                f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour")) / 255.0;
            if value <= 0.03928 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn letters_stand_out_from_paper_and_tints() {
    for name in ["screen", "large-print", "vivid", "plain"] {
        let layout = LayoutLoader::embedded().load(name).expect("a layout");
        let (document, pages) = sample::whole();
        let package = open(
            compose(&document, &layout, &pages, 0, false)
                .expect("a file")
                .bytes,
        );
        let styles = "word/styles.xml";
        let colours: BTreeSet<String> = package
            .all(styles, "w:color", "w:val")
            .into_iter()
            .collect();
        let mut papers: BTreeSet<String> =
            package.all(styles, "w:shd", "w:fill").into_iter().collect();
        papers.insert(Colour::hex(layout.tokens.colours.paper));
        for colour in &colours {
            for paper in &papers {
                assert!(
                    contrast(colour, paper) >= 4.5,
                    "{name}: {colour} on {paper}"
                );
            }
        }
    }
}

/// The instructions of the fields of a part, with what each shows.
fn fields(package: &Package, name: &str) -> Vec<(String, String)> {
    let body = package.part(name).to_owned();
    let mut fields = Vec::new();
    for rest in body.split("<w:instrText xml:space=\"preserve\"> ").skip(1) {
        let (instruction, rest) = rest.split_once(" </w:instrText>").expect("an instruction");
        let result = rest
            .split("w:fldCharType=\"end\"")
            .next()
            .unwrap_or_default();
        let mut words = String::new();
        for piece in result.split("<w:t ").skip(1) {
            let text = piece.split_once('>').map_or("", |(_, rest)| rest);
            words += text.split("</w:t>").next().unwrap_or_default();
        }
        fields.push((instruction.replace("&quot;", "\""), words));
    }
    fields
}

#[test]
fn captions_count_and_references_repeat_their_labels() {
    let package = open(sample_bytes());
    let fields = fields(&package, BODY);
    let of = |kind: &str| -> BTreeMap<&str, &str> {
        let kind = fields.iter().filter(|(field, _)| field.starts_with(kind));
        kind.map(|(field, shown)| (field.as_str(), shown.as_str()))
            .collect()
    };
    assert_eq!(
        of("SEQ Table"),
        BTreeMap::from([("SEQ Table \\* ARABIC", "1")])
    );
    assert_eq!(
        of("REF "),
        BTreeMap::from([("REF _r_table_1_label \\h \\* CHARFORMAT", "Table 1")])
    );
    let names = package.all(BODY, "w:bookmarkStart", "w:name");
    assert!(names.iter().all(|name| name.starts_with('_')), "{names:?}");
    assert!(names.contains(&"_r_table_1_label".to_owned()));
}

#[test]
fn a_number_that_does_not_follow_the_one_before_is_set() {
    let mut document = sample::of(Vec::new());
    let mut later = prose::table(&[&["A"], &["1"]]);
    later.label = Some("Table 4".to_owned());
    let blocks = vec![Block::Table(later)];
    document.chapters = vec![sample::chapter(
        sample::heading(1, None, "T"),
        blocks,
        vec![],
    )];
    let fields = fields(&made(&document), BODY);
    assert!(
        fields.contains(&("SEQ Table \\* ARABIC \\r 4".to_owned(), "4".to_owned())),
        "{fields:?}"
    );
}

#[test]
fn the_contents_list_names_the_styles_that_it_lists_and_stands_in_its_control() {
    let (mut document, pages) = sample::whole();
    let package = open(
        compose(&document, &sample::layout(), &pages, 0, false)
            .expect("a package")
            .bytes,
    );
    let lists = |package: &Package| -> Vec<String> {
        let fields = fields(package, BODY).into_iter();
        fields
            .map(|(field, _)| field)
            .filter(|field| field.starts_with("TOC"))
            .collect()
    };
    assert_eq!(lists(&package), ["TOC \\o \"1-2\" \\h \\z"]);
    let names = package.all(BODY, "w:alias", "w:val");
    assert_eq!(names, ["Contents"]);
    assert_eq!(
        package.all(BODY, "w:docPartGallery", "w:val"),
        ["Table of Contents"]
    );
    document
        .contents
        .retain(|entry| entry.title != "Interactive debate");
    let package = made(&document);
    let some = "TOC \\o \"1-1\" \\t \"Heading 2 Listed;2;,1,Heading 2 Listed,2\" \\h \\z";
    assert_eq!(lists(&package), [some]);
    let root = tree(&package, BODY);
    let headings: BTreeMap<String, &str> = all(&root, "w:p")
        .into_iter()
        .map(|one| (words(one), style_of(one)))
        .collect();
    assert_eq!(headings["Interactive debate"], "Heading2Unlisted");
    assert_eq!(headings["Tables and figures"], "Heading2");
    assert_eq!(headings["Panel\u{A0}1\u{2003}Panel title"], "Heading2");
}

#[test]
fn running_heads_repeat_the_headings_that_they_can() {
    let (mut document, pages) = sample::whole();
    document.chapters[1].short_title = "Water".to_owned();
    let mut marked = sample::heading(1, Some("Appendix 2"), "More");
    marked.content = vec![Inline::Emphasis {
        content: vec![sample::text("More")],
    }]
    .into();
    document.chapters.push(sample::chapter(
        marked,
        vec![sample::paragraph("x")],
        vec![],
    ));
    let package = open(
        compose(&document, &sample::layout(), &pages, 0, false)
            .expect("a file")
            .bytes,
    );
    let heads: Vec<Vec<(String, String)>> = package
        .xml_parts()
        .filter(|name| name.starts_with("word/header"))
        .map(|name| fields(&package, name))
        .collect();
    let label = "STYLEREF \"Chapter Label\" \\* CHARFORMAT";
    let field = |field: &str, shown: &str| (field.to_owned(), shown.to_owned());
    for wanted in [
        vec![field("STYLEREF 1", "Acknowledgements")],
        vec![field(label, "First meeting")],
        vec![
            field(label, "Appendix\u{A0}1"),
            field("STYLEREF \"Chapter Title\"", "Members"),
        ],
        vec![field(label, "Appendix\u{A0}2")],
        vec![field("STYLEREF 1", "List of speakers")],
    ] {
        assert!(heads.contains(&wanted), "{wanted:?}: {heads:?}");
    }
}

#[test]
fn entries_of_lists_have_the_words_and_looks_of_their_headings() {
    let mut title = sample::heading(1, None, "CO₂");
    let two = vec![sample::text("2")];
    title.content = vec![
        sample::text("CO"),
        Inline::Subscript { content: two },
        Inline::Footnote {
            note: 0,
            again: false,
        },
    ]
    .into();
    let mut document = sample::of(vec![sample::chapter(
        title,
        vec![sample::paragraph("x")],
        vec![],
    )]);
    document.footnotes = vec![sample::note(1, 0, vec![sample::paragraph("A note.")])];
    let package = made(&document);
    let root = tree(&package, BODY);
    let lines = all(&root, "w:p");
    let entry = lines.iter().find(|one| style_of(one) == "TOC1");
    let entry = entry.expect("an entry");
    assert!(words(entry).starts_with("CO2"), "{}", words(entry));
    assert!(all(entry, "w:footnoteReference").is_empty());
    let looks: Vec<&str> = all(entry, "w:rStyle")
        .iter()
        .filter_map(|one| one.get("w:val"))
        .collect();
    assert!(looks.contains(&"Subscript"), "{looks:?}");
    let heads = package.xml_parts();
    let mut heads = heads.filter(|name| name.starts_with("word/header"));
    assert!(heads.all(|name| fields(&package, name).is_empty()));
}

#[test]
fn covers_have_room_for_their_foot_in_every_size_of_type() {
    for name in ["screen", "large-print", "vivid", "plain"] {
        let layout = LayoutLoader::embedded().load(name).expect("a layout");
        let (document, pages) = sample::whole();
        let package = open(
            compose(&document, &layout, &pages, 0, false)
                .expect("a file")
                .bytes,
        );
        let styles = tree(&package, "word/styles.xml");
        let space = |id: &str, side: &str| {
            let own = all(style(&styles, id), "w:spacing").first().copied();
            let own = own.and_then(|own| own.get(side)?.parse::<f64>().ok());
            own.unwrap_or_default() / 20.0
        };
        let page = &layout.tokens.page;
        let height = page.height.to_pt() - page.top.to_pt() - page.bottom.to_pt();
        let spaces = space("CoverSeries", "w:before")
            + space("CoverSeries", "w:after")
            + space("Title", "w:after")
            + space("CoverCredit", "w:before");
        // The series, two lines of title, the subtitle, and a credit of two lines.
        let texts = 2.0 * space("Title", "w:line")
            + 2.0 * space("Subtitle", "w:line")
            + 3.0 * layout.tokens.sizes.line.to_pt();
        assert!(
            spaces + texts <= height,
            "{name}: {spaces} {texts} {height}"
        );
        assert!(
            spaces + texts >= height * 0.6,
            "{name}: {spaces} {texts} {height}"
        );
    }
}
