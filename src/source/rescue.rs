//! What a report with files that cannot be read says nevertheless, so that mistakes of its form do not hide mistakes of its
//! meaning.
//!
//! A file is read with its mistakes made good (`recover`). What is wrong with such a report is said only where it cannot
//! come of what was made good or is not there: nothing is said twice, and nothing that goes away with the first mistake.

use std::collections::{BTreeMap, HashSet};

use super::recover::Copy;
use super::{File, FileRef, Folder, Source, parse, schema};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

/// What was wrong while files were read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) found: Diagnostics,
    /// Files that say something else than was written, by path.
    pub(super) doubts: BTreeMap<String, Doubt>,
}

/// How much of a file is left.
#[derive(Debug)]
pub(super) enum Doubt {
    /// Nothing.
    Lost,
    /// All but what was made good: the text as it was written, and the one that was read instead.
    Mended(Box<(String, Copy)>),
}

impl Doubt {
    pub(super) fn mended(written: String, copy: Copy) -> Self {
        Doubt::Mended(Box::new((written, copy)))
    }
}

/// A report of which files cannot be read as they are.
#[derive(Debug)]
pub struct Unread {
    /// What is wrong with the files.
    pub found: Diagnostics,
    /// What is in them apart from that.
    source: Source,
    doubts: BTreeMap<String, Doubt>,
}

impl Unread {
    pub(super) fn new(found: Diagnostics, source: Source, doubts: BTreeMap<String, Doubt>) -> Self {
        Unread {
            found,
            source,
            doubts,
        }
    }

    /// The language of the report, if it is known.
    pub fn language(&self) -> Option<&str> {
        let report = &self.source.report;
        let known = !self.doubts.contains_key(&report.path);
        known.then(|| report.content.language.value.trim())
    }

    /// Everything that is wrong: with the files, and with what they say by `resolve`.
    pub fn with_meaning<T>(
        &self,
        resolve: impl Fn(&Source) -> Result<T, Diagnostics>,
    ) -> Diagnostics {
        let Err(all) = resolve(&self.source) else {
            return self.found.clone();
        };
        // Those of the files are among them, in the order of the places.
        let known: HashSet<&Diagnostic> = self.found.iter().collect();
        let mut said = HashSet::new();
        let placed = |one: Diagnostic| match known.contains(&one) {
            true => said.insert(one.clone()).then_some(one),
            false => self.placed(one),
        };
        all.into_iter().filter_map(placed).collect()
    }

    /// What is wrong with what a file says, at its place in the file as written; nothing where it may come of something else
    /// that is wrong.
    fn placed(&self, one: Diagnostic) -> Option<Diagnostic> {
        if one.severity() == Severity::Warning || self.may_follow(one.code) {
            return None;
        }
        let path = &one.location.as_ref()?.file;
        let file = match self.doubts.get(path) {
            None => return Some(one),
            Some(Doubt::Lost) => return None,
            Some(Doubt::Mended(file)) => file,
        };
        let (written, copy) = file.as_ref();
        let written = FileRef {
            path,
            text: written,
        };
        let one = copy.placed(written, one.clone());
        (says_itself(one.code) && !copy.is_quiet(&one)).then_some(one)
    }

    /// Whether a mistake may come of a file that is in doubt, wherever it is.
    fn may_follow(&self, code: Code) -> bool {
        let source = &self.source;
        let is_doubtful = |path: &String| self.doubts.contains_key(path);
        let report = is_doubtful(&source.report.path);
        let people = is_doubtful(&source.people.path);
        let organisations = is_doubtful(&source.organisations.path);
        let acronyms = source.folder.display("acronyms.yaml");
        let registries = [&source.people.path, &source.organisations.path, &acronyms];
        let mut chapters = self.doubts.keys().filter(|path| !registries.contains(path));
        let chapters = chapters.next().is_some();
        let among = |codes: &[Code]| codes.contains(&code);
        // Without the report's language its words are not known.
        (report && among(&[Code::HALF_TRANSLATED, Code::NO_FOREIGN_WORDS]))
            || (people && among(&[Code::UNKNOWN_PERSON, Code::TWO_POSTS]))
            || (organisations && among(&OF_ORGANISATIONS))
            || (chapters && among(&OF_CHAPTERS))
    }
}

/// Mistakes that may come of organisations that are not there.
const OF_ORGANISATIONS: [Code; 3] = [
    Code::UNKNOWN_ORGANISATION,
    Code::NO_MEMBERS,
    Code::MEMBER_OF_ITSELF,
];
/// Mistakes that may come of chapters that are not there or not in their order.
const OF_CHAPTERS: [Code; 4] = [
    Code::UNKNOWN_TARGET,
    Code::NAMELESS_TARGET,
    Code::WRONG_ORDINAL,
    Code::LATE_FRONT_MATTER,
];

/// Whether a mistake is one of a single value, which nothing next to it can cause.
fn says_itself(code: Code) -> bool {
    let values = [
        Code::BAD_ID,
        Code::BAD_LANGUAGE,
        Code::BAD_DATE,
        Code::BAD_TIME,
        Code::BAD_ISBN,
        Code::BAD_ISSN,
        Code::BAD_DOI,
        Code::BAD_ADDRESS,
        Code::EMPTY_TEXT,
        Code::KEYWORD_TWICE,
        Code::TEXT_TOO_LONG,
        Code::UNKNOWN_PERSON,
        Code::UNKNOWN_ORGANISATION,
        Code::UNKNOWN_TARGET,
        Code::FIGURE_WIDTH,
    ];
    let notes = [
        Code::NOTE_TWICE,
        Code::UNUSED_NOTE,
        Code::UNKNOWN_NOTE,
        Code::TWO_MARKS,
    ];
    let number = code.number();
    let is_of_prose = number.starts_with("E03") && !notes.contains(&code);
    let is_of_picture = number.starts_with("E025");
    values.contains(&code) || is_of_prose || is_of_picture
}

/// A report that says nothing, for one that cannot be read at all.
pub(super) fn stand_in(folder: &Folder) -> File<schema::Report> {
    const NOTHING: &str = "{id: x, language: en, title: x, date: 2000-01-01, publisher: x, description: x, copyright: x, imprint: x, contents: [x]}";
    let content = parse::read(NOTHING);
    File {
        path: folder.display("report.yaml"),
        text: NOTHING.to_owned(),
        content: content.expect("a report with all that one must say"),
    }
}
