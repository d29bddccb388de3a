//! What must hold of the packages that the backend makes.

mod clean;
mod package;
mod prose;
mod sample;

use std::collections::{BTreeMap, BTreeSet};

use super::compose;
use package::{open, sample_bytes};

const BODY: &str = "word/document.xml";

#[test]
fn every_part_is_well_formed_and_the_container_is_always_the_same() {
    let first = sample_bytes();
    let package = open(first.clone());
    for name in package.xml_parts() {
        assert!(!package.tags(name).is_empty(), "{name}");
    }
    assert_eq!(package.names[0], "[Content_Types].xml");
    assert!(
        package.names.iter().all(|name| !name.ends_with('/')),
        "no folders: {:?}",
        package.names
    );
    // Another document in between must leave no trace in counters.
    let other = sample::of(vec![prose::chapter()]);
    let pages = sample::pages(&other, &[]);
    let _ = compose(&other, &sample::layout(), &pages, 0, false);
    assert!(
        sample_bytes() == first,
        "the same document gives the same bytes"
    );
}

#[test]
fn every_relationship_that_a_part_names_stands_in_its_own_list() {
    let package = open(sample_bytes());
    for name in package
        .names
        .iter()
        .filter(|name| name.starts_with("word/") && name.ends_with(".xml"))
    {
        let used: BTreeSet<String> = package
            .tags(name)
            .iter()
            .flat_map(|tag| ["r:id", "r:embed"].map(|attribute| tag.get(attribute).to_owned()))
            .filter(|id| !id.is_empty())
            .collect();
        if used.is_empty() {
            continue;
        }
        let list = name.replace("word/", "word/_rels/") + ".rels";
        let known: BTreeSet<String> = package
            .all(&list, "Relationship", "Id")
            .into_iter()
            .collect();
        assert!(
            used.is_subset(&known),
            "{name} uses {used:?}, {list} has {known:?}"
        );
    }
}

#[test]
fn bookmarks_have_names_that_word_takes_and_every_link_finds_its_own() {
    let package = open(sample_bytes());
    let names = package.all(BODY, "w:bookmarkStart", "w:name");
    assert!(!names.is_empty());
    for name in &names {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
        assert!(name.len() <= 40 && name.chars().all(letters), "{name}");
        assert!(
            name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'),
            "{name}"
        );
    }
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "no name twice");
    let opened = package.all(BODY, "w:bookmarkStart", "w:id");
    let closed = package.all(BODY, "w:bookmarkEnd", "w:id");
    let distinct: BTreeSet<&String> = opened.iter().collect();
    assert_eq!(distinct.len(), opened.len(), "no id twice");
    assert_eq!(
        distinct,
        closed.iter().collect::<BTreeSet<_>>(),
        "every bookmark is closed"
    );
    for anchor in package
        .all(BODY, "w:hyperlink", "w:anchor")
        .iter()
        .filter(|anchor| !anchor.is_empty())
    {
        assert!(names.contains(anchor), "nothing is called {anchor}");
    }
}

#[test]
fn what_stands_in_a_note_has_its_bookmark_at_the_mark_of_the_note() {
    let (mut document, mut pages) = sample::whole();
    let named = |anchor: &str| crate::document::Block::Paragraph {
        content: vec![crate::document::Inline::Organisation {
            organisation: 0,
            anchor: anchor.into(),
            content: vec![sample::text("PG")],
        }]
        .into(),
    };
    document.footnotes[0].blocks.push(named("org-2"));
    document.footnotes[2].blocks.push(named("org-3"));
    if let Some(index) = &mut document.index {
        index.entries[0].anchors = vec!["org-2".into(), "org-3".into()];
    }
    pages.labels.insert("org-2".into(), "14".into());
    pages.labels.insert("org-3".into(), "15".into());
    let package = open(
        compose(&document, &sample::layout(), &pages, 0, false)
            .expect("a package")
            .bytes,
    );
    let names = package.all(BODY, "w:bookmarkStart", "w:name");
    let body = package.part(BODY);
    let fields: Vec<&str> = body
        .split(" PAGEREF ")
        .skip(1)
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    assert!(fields.contains(&"_r_org_2") && fields.contains(&"_r_org_3"));
    for field in fields {
        assert!(names.iter().any(|name| name == field), "{field}: {names:?}");
    }
    for (name, note) in [("_r_org_2", "1"), ("_r_org_3", "3")] {
        let rest = body.split(&format!("w:name=\"{name}\"")).nth(1);
        let mark = rest.and_then(|rest| rest.split("<w:footnoteReference w:id=\"").nth(1));
        assert!(mark.is_some_and(|mark| mark.starts_with(&format!("{note}\""))));
    }
    let notes = package.part("word/footnotes.xml");
    assert!(!notes.contains("bookmark"), "{notes}");
}

#[test]
fn what_the_imprint_names_has_its_bookmark_there() {
    let (mut document, mut pages) = sample::whole();
    document.imprint.push(crate::document::Block::Paragraph {
        content: vec![crate::document::Inline::Organisation {
            organisation: 0,
            anchor: "org-2".into(),
            content: vec![sample::text("PG")],
        }]
        .into(),
    });
    if let Some(index) = &mut document.index {
        index.entries[0].anchors = vec!["org-2".into()];
    }
    pages.labels.insert("org-2".into(), "ii".into());
    let package = open(
        compose(&document, &sample::layout(), &pages, 0, false)
            .expect("a package")
            .bytes,
    );
    let body = package.part(BODY);
    let holder = |paragraph: &&str| paragraph.contains("w:name=\"_r_org_2\"");
    let paragraphs: Vec<&str> = body.split("</w:p>").filter(holder).collect();
    assert_eq!(paragraphs.len(), 1);
    assert!(paragraphs[0].contains("\"Imprint\""), "{}", paragraphs[0]);
}

#[test]
fn pictures_have_ids_of_their_own_and_say_what_they_show() {
    let package = open(sample_bytes());
    let ids = package.all(BODY, "wp:docPr", "id");
    assert!(!ids.is_empty());
    assert_eq!(
        ids.iter().collect::<BTreeSet<_>>().len(),
        ids.len(),
        "{ids:?}"
    );
    let described = package.all(BODY, "wp:docPr", "descr");
    assert!(described.iter().any(|text| !text.is_empty()));
    let decorative = package.part(BODY).matches("decorative").count();
    let bare = described.iter().filter(|text| text.is_empty()).count();
    assert!(
        decorative >= bare,
        "{bare} pictures say nothing, {decorative} marks of decoration"
    );
}

#[test]
fn footnotes_have_separators_numbers_and_styles() {
    let package = open(sample_bytes());
    let ids = package.all("word/footnotes.xml", "w:footnote", "w:id");
    assert_eq!(ids[..2], ["-1", "0"]);
    let kinds = package.all("word/footnotes.xml", "w:footnote", "w:type");
    assert_eq!(kinds[..2], ["separator", "continuationSeparator"]);
    let marks = package.all(BODY, "w:footnoteReference", "w:id");
    assert_eq!(marks, ids[2..], "marks in order, each with its note");
    let numbered = package
        .all("word/footnotes.xml", "w:footnoteRef", "x")
        .len();
    assert_eq!(
        numbered,
        marks.len(),
        "every note begins with its number, the separators have none"
    );
    let styles = package.all("word/styles.xml", "w:style", "w:styleId");
    assert!(
        ["FootnoteText", "FootnoteReference"]
            .iter()
            .all(|style| styles.iter().any(|known| known == style))
    );
    assert_eq!(
        package.all("word/settings.xml", "w:footnote", "w:id"),
        ["-1", "0"]
    );
}

#[test]
fn a_report_without_notes_names_none_anywhere() {
    let mut document = sample::of(vec![sample::chapter(
        sample::heading(1, None, "Alone"),
        vec![sample::paragraph("Text.")],
        vec![],
    )]);
    document.footnotes.clear();
    let pages = sample::pages(&document, &[]);
    let package = open(
        compose(&document, &sample::layout(), &pages, 0, false)
            .expect("a package")
            .bytes,
    );
    assert!(
        !package.names.iter().any(|name| name.contains("footnotes")),
        "{:?}",
        package.names
    );
    assert!(
        !package
            .part("word/_rels/document.xml.rels")
            .contains("footnotes")
    );
    assert!(!package.part("[Content_Types].xml").contains("footnotes"));
}

#[test]
fn header_rows_repeat_and_every_cell_ends_in_a_paragraph() {
    let package = open(sample_bytes());
    assert!(!package.all(BODY, "w:tblHeader", "x").is_empty());
    assert!(
        package
            .all(BODY, "w:tblLook", "w:firstRow")
            .iter()
            .any(|flag| flag == "1")
    );
    let tags = package.tags(BODY);
    for (index, tag) in tags
        .iter()
        .enumerate()
        .filter(|(_, tag)| tag.name == "w:tc" && tag.end)
    {
        assert_eq!(
            tags[index - 1].name,
            "w:p",
            "the cell that ends at {index} {tag:?}"
        );
    }
    for rows in tags.split(|tag| tag.name == "w:tr" && !tag.end).skip(1) {
        assert!(
            rows.iter().any(|tag| tag.name == "w:tc"),
            "a row without a cell"
        );
    }
}

#[test]
fn the_contents_list_is_filled_in_and_raises_no_prompt() {
    let package = open(sample_bytes());
    let body = package.part(BODY);
    assert!(body.contains("TOC \\o"), "a real field");
    let kinds = package.all(BODY, "w:fldChar", "w:fldCharType");
    let count = |kind: &str| kinds.iter().filter(|found| *found == kind).count();
    assert_eq!(count("begin"), count("end"));
    assert!(body.contains("PAGEREF"));
    let settings = package.part("word/settings.xml");
    assert!(!settings.contains("updateFields") && !body.contains("w:dirty"));
}

#[test]
fn the_language_stands_in_the_defaults_and_in_the_properties() {
    let package = open(sample_bytes());
    let (document, _) = sample::whole();
    let tag = &document.language.tag;
    assert_eq!(
        package.all("word/styles.xml", "w:lang", "w:val").first(),
        Some(tag)
    );
    assert!(
        package
            .part("docProps/core.xml")
            .contains(&format!("<dc:language>{tag}</dc:language>"))
    );
}

#[test]
fn styles_that_paragraphs_name_are_defined_and_headings_are_words_own() {
    let package = open(sample_bytes());
    let styles: BTreeSet<String> = package
        .all("word/styles.xml", "w:style", "w:styleId")
        .into_iter()
        .collect();
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for element in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
        for style in package.all(BODY, element, "w:val") {
            *used.entry(style).or_default() += 1;
        }
    }
    assert!(used.keys().all(|style| styles.contains(style)), "{used:?}");
    assert!(used.contains_key("Heading1") && used.contains_key("Heading2"));
    let default = package.tags("word/styles.xml");
    let normal = default
        .iter()
        .find(|tag| tag.get("w:styleId") == "Normal")
        .expect("Normal");
    assert_eq!(normal.get("w:default"), "1");
}

#[test]
fn rules_change_sides_with_the_direction() {
    for (rtl, rule) in [(false, "w:right"), (true, "w:left")] {
        let (mut document, pages) = sample::whole();
        document.language.rtl = rtl;
        let made = compose(&document, &sample::layout(), &pages, 0, false)
            .expect("a file")
            .bytes;
        let package = open(made);
        let tags = package.tags("word/styles.xml");
        let mut debate = tags
            .iter()
            .skip_while(|tag| tag.get("w:styleId") != "DebateFirst");
        debate.find(|tag| tag.name == "w:pBdr").expect("a rule");
        assert_eq!(debate.next().map(|tag| tag.name.as_str()), Some(rule));
    }
}

#[test]
fn addresses_are_escaped_once() {
    let mut document = sample::of(vec![]);
    let url = "https://example.org/?q=a&b=%3Cc%3E&d=%22e%22";
    let link = crate::document::Inline::Link {
        url: url.into(),
        content: vec![sample::text("R&D <draft> \"x\" 'y'")],
    };
    let block = crate::document::Block::Paragraph {
        content: vec![link].into(),
    };
    document.chapters = vec![sample::chapter(
        sample::heading(1, None, "R&D <draft>"),
        vec![block],
        vec![],
    )];
    let pages = sample::pages(&document, &[]);
    let package = open(
        compose(&document, &sample::layout(), &pages, 0, false)
            .expect("a package")
            .bytes,
    );
    let targets = package.all("word/_rels/document.xml.rels", "Relationship", "Target");
    assert!(targets.iter().any(|target| target == url), "{targets:?}");
    assert!(
        package.part(BODY).contains("R&amp;D &lt;draft&gt; "),
        "{}",
        package.part(BODY)
    );
    assert!(!package.part(BODY).contains("&amp;amp;"));
}
