//! Tests of resolving: small reports in memory, one rule each, and the two reports of the project.

mod by_rows;
mod charts;
mod derived;
mod display;
mod figures;
mod links;
mod meetings;
mod notes;
mod prose;
mod signs;
mod tables;

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::base::diagnostic::Diagnostics;
use crate::layout::Strings;
use crate::source::{self, Folder};

/// The English words.
pub(crate) fn strings() -> Strings {
    serde_yaml::from_str(include_str!("../../../layouts/strings/en.yaml")).unwrap()
}

/// A small report in memory: chapters are the files `c1.yaml`, `c2.yaml` and so on.
#[derive(Clone)]
struct Report {
    files: BTreeMap<String, Vec<u8>>,
    head: String,
    chapters: usize,
}

/// A report without chapters; it knows two people and one organisation.
fn report() -> Report {
    let report = Report {
        files: BTreeMap::new(),
        head: "id: a\nlanguage: en\ntitle: The title\ndate: 2016-01-01\npublisher: Press\n\
               description: A report\ncopyright: c\nimprint: i\n"
            .to_owned(),
        chapters: 0,
    };
    report
        .people("- {id: kelley, name: Ninette Kelley}\n- {id: puri, name: Lakshmi Puri}")
        .organisations("- {id: unhcr, name: Office, acronym: UNHCR, kind: other}")
}

/// A report whose only chapter has a text; the text starts in line 5, column 5.
fn text(prose: &str) -> Report {
    report().text(prose)
}

impl Report {
    fn file(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.files
            .insert(path.to_owned(), content.as_ref().to_vec());
        self
    }

    fn people(self, list: &str) -> Self {
        self.file("people.yaml", format!("people:\n{list}\n"))
    }

    fn organisations(self, list: &str) -> Self {
        self.file("organisations.yaml", format!("organisations:\n{list}\n"))
    }

    /// More fields of `report.yaml`, from line 9.
    fn head(mut self, fields: &str) -> Self {
        self.head.push_str(fields);
        self
    }

    /// One more chapter.
    fn chapter(mut self, yaml: &str) -> Self {
        self.chapters += 1;
        let path = format!("c{}.yaml", self.chapters);
        self.file(&path, yaml)
    }

    /// One more chapter, with a text: `c1` for the first.
    fn text(self, prose: &str) -> Self {
        let id = self.chapters + 1;
        let prose = indent(prose, 4);
        self.chapter(&format!(
            "section:\n  id: c{id}\n  title: Chapter\n  text: |\n{prose}"
        ))
    }

    /// One more chapter, with a list of blocks: the first is in line 5, column 5.
    fn blocks(self, blocks: &str) -> Self {
        let id = self.chapters + 1;
        let blocks = indent(blocks, 4);
        self.chapter(&format!(
            "section:\n  id: c{id}\n  title: Chapter\n  blocks:\n{blocks}"
        ))
    }

    fn resolve(&self) -> Result<(Document, Diagnostics), Diagnostics> {
        let mut files = self.files.clone();
        let list: Vec<String> = (1..=self.chapters).map(|n| format!("c{n}.yaml")).collect();
        let head = format!("{}contents: [{}]\n", self.head, list.join(", "));
        files.insert("report.yaml".into(), head.into_bytes());
        resolve(&source::read(&Folder::in_memory(files))?, &strings())
    }

    /// The document; panics with the diagnostics where the report is wrong.
    fn document(&self) -> Document {
        let (document, _) = self.resolve().unwrap_or_else(|found| panic!("{found}"));
        document
    }

    /// What is wrong: `c1.yaml:5:7 section.text: message` for each diagnostic.
    fn faults(&self) -> Vec<String> {
        let Err(found) = self.resolve() else {
            return Vec::new();
        };
        let line = |diagnostic: &crate::base::diagnostic::Diagnostic| {
            let place = diagnostic.location.as_ref().map(ToString::to_string);
            format!(
                "{} {}: {}",
                place.unwrap_or_default(),
                diagnostic.field.as_deref().unwrap_or_default(),
                diagnostic.message
            )
        };
        let errors = found
            .iter()
            .filter(|one| one.code.number().starts_with('E'));
        errors.map(line).collect()
    }

    /// The hints of all that is wrong.
    fn hints(&self) -> Vec<String> {
        let found = self.resolve().err().unwrap_or_default();
        found.into_iter().flat_map(|one| one.hints).collect()
    }

    /// The blocks of the first chapter.
    fn content(&self) -> Value {
        serde_json::to_value(&self.document().chapters[0].blocks).unwrap()
    }

    /// The running text of the first paragraph of the first chapter.
    fn line(&self) -> Value {
        self.content()[0]["content"].take()
    }
}

fn indent(text: &str, by: usize) -> String {
    let margin = " ".repeat(by);
    text.lines()
        .map(|line| format!("{margin}{line}\n"))
        .collect()
}

/// Resolves a folder; panics with the diagnostics where it is wrong.
fn document(folder: &Folder) -> (Document, Diagnostics) {
    let source = source::read(folder).unwrap_or_else(|found| panic!("{found}"));
    resolve(&source, &strings()).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn the_shipped_report_resolves() {
    let (document, _) = document(&source::embedded());
    assert_eq!(document.id, "gmg-2016");
}

#[test]
fn the_harbour_report_resolves_without_a_diagnostic() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/harbour/source");
    let source = source::read(&Folder::of(&path)).unwrap();
    let strings = crate::layout::strings("fr").unwrap();
    let (document, found) = resolve(&source, &strings).unwrap();
    assert_eq!(found.to_string(), "");
    assert_eq!(document.images.len(), 4);
}

#[test]
fn an_isbn_with_a_wrong_check_digit_is_refused_with_the_right_one() {
    let wrong = text("x").head("identifiers:\n  isbn: 978-92-1-101283-6\n");
    let right = text("x").head("identifiers:\n  isbn: 978-3-16-148410-0\n");
    assert_eq!(
        wrong.faults(),
        [
            "report.yaml:10:9 identifiers.isbn: `978-92-1-101283-6` is no ISBN: its last digit does not agree \
             with the others, which ask for 5"
        ]
    );
    assert_eq!(
        right.document().identifiers[0].values,
        ["978-3-16-148410-0"]
    );
}

#[test]
fn a_date_is_the_same_with_and_without_quotes() {
    let plain = text("x").document().date;
    let mut quoted = text("x");
    quoted.head = quoted.head.replace("2016-01-01", "\"2016-01-01\"");
    assert_eq!(plain.text, "1 January 2016");
    assert_eq!(plain.text, quoted.document().date.text);
}

#[test]
fn dates_that_are_short_or_not_in_the_calendar_are_refused() {
    let dated = |date: &str| {
        let mut report = text("x");
        report.head = report.head.replace("2016-01-01", date);
        report
    };
    assert_eq!(
        dated("2016-7-3").faults(),
        ["report.yaml:4:7 date: `2016-7-3` is no date of the form YYYY-MM-DD"]
    );
    assert_eq!(dated("2016-7-3").hints(), ["write 2016-07-03"]);
    assert_eq!(
        dated("2016-02-30").faults(),
        ["report.yaml:4:7 date: `2016-02-30` is no date: that month has the days 1 to 29"]
    );
}

#[test]
fn the_lines_of_a_title_are_the_title() {
    assert_eq!(
        text("x").head("title_lines: [The, titel]\n").faults(),
        [
            "report.yaml:9:20 title_lines[1]: the lines are not the title: `The titel` is not `The title`"
        ]
    );
    let lines = text("x").head("title_lines: [The, title]\n");
    assert_eq!(lines.document().title_lines, ["The", "title"]);
}

#[test]
fn literal_fields_fold_line_breaks_and_keep_non_breaking_spaces() {
    let report = text("x").head("subtitle: |\n  13\u{A0}July\n  and  on\n");
    assert_eq!(
        report.document().subtitle.as_deref(),
        Some("13\u{A0}July and on")
    );
}

#[test]
fn a_required_field_that_is_empty_is_refused() {
    let empty = report().chapter("section:\n  id: c\n  title: \"\"\n  text: x\n");
    assert_eq!(
        empty.faults(),
        ["c1.yaml:3:10 section.title: the text is empty"]
    );
}

#[test]
fn an_id_has_lower_case_letters_digits_and_hyphens() {
    assert_eq!(
        report()
            .chapter("section:\n  id: C C\n  title: a\n  text: x\n")
            .faults(),
        [
            "c1.yaml:2:7 section.id: `C C` is no id: it has lower-case letters a to z, digits and hyphens and \
             starts with a letter"
        ]
    );
}

#[test]
fn an_id_is_no_longer_than_a_bookmark_may_be() {
    let named = |id: &str| report().chapter(&format!("section: {{id: {id}, title: a, text: x}}"));
    let long = "a".repeat(41);
    assert_eq!(
        named(&long).faults(),
        [format!(
            "c1.yaml:1:15 section.id: the id `{long}` is longer than 40 characters"
        )]
    );
    assert!(named(&"a".repeat(40)).faults().is_empty());
}

#[test]
fn an_id_that_is_given_twice_names_both_places() {
    let twice = report()
        .text("x")
        .chapter("section:\n  id: d\n  title: a\n  sections:\n    - {id: c1, title: b, text: x}\n");
    assert_eq!(
        twice.faults(),
        [
            "c2.yaml:5:12 section.sections[0].id: the id `c1` is used twice; the first time in c1.yaml:2"
        ]
    );
    let people = text("x").people("- {id: a, name: A}\n- {id: b, name: B}\n- {id: a, name: C}");
    assert_eq!(
        people.faults(),
        ["people.yaml:4:8 people[2].id: the id `a` is used twice; the first time on line 2"]
    );
}

#[test]
fn front_matter_stands_only_before_the_body() {
    let front = "section:\n  id: f\n  title: Foreword\n  front: true\n  text: x\n";
    assert_eq!(
        report().text("x").chapter(front).faults(),
        ["c2.yaml:3:10 section.front: front matter comes before all other chapters"]
    );
    assert!(report().chapter(front).text("x").document().chapters[0].front);
}

#[test]
fn sections_nest_as_deep_as_headings_go() {
    let nested = |levels: usize| {
        let mut yaml = "section:\n  id: c\n  title: c\n".to_owned();
        for level in 2..=levels {
            let margin = " ".repeat(4 * level - 6);
            yaml += &format!("{margin}sections:\n{margin}  - title: t{level}\n");
        }
        yaml += &format!("{}text: x\n", " ".repeat(4 * levels - 2));
        report().chapter(&yaml)
    };
    assert!(nested(6).faults().is_empty());
    assert_eq!(
        nested(7).faults(),
        [
            "c1.yaml:15:34 section.sections[0].sections[0].sections[0].sections[0].sections[0].sections[0]: \
             sections are nested deeper than headings go: 6 levels with the chapter's"
        ]
    );
}

#[test]
fn a_chapter_has_content_and_a_section_has_a_title() {
    assert_eq!(
        report().chapter("section:\n  id: c\n  title: a\n").faults(),
        ["c1.yaml:3:10 section: the chapter has no content"]
    );
    let sections = "section:\n  id: c\n  title: a\n  sections:\n    - text: x\n    - title: z\n";
    assert_eq!(
        report().chapter(sections).faults(),
        [
            "c1.yaml:5:13 section.sections[0].title: the section has no title",
            "c1.yaml:6:14 section.sections[1]: the section `z` has no content",
        ]
    );
}

#[test]
fn content_that_is_refused_is_not_said_to_be_missing_as_well() {
    assert_eq!(
        text("<div>x</div>").faults(),
        ["c1.yaml:5:5 section.text: HTML has no place in prose"]
    );
}
