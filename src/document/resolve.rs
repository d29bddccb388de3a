//! The walk over a source: its state, and how it collects diagnostics and literal texts.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::acronyms::Acronyms;
use super::citations::Citations;
use super::collation::Collator;
use super::descriptions::Described;
use super::images::Images;
use super::markdown;
use super::markup::Manner;
use super::numbering::Anchors;
use super::placeholder;
use super::registry::Registry;
use super::text::{self, Fault};
use super::{Anchor, FieldLocation, Footnote, Inline, Line, Origin, isolates, language};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::layout::Strings;
use crate::source::schema::{self as s, Located};
use crate::source::{FileRef, Source};

/// The longest text of one line: PDF holds none of more than 32,767 bytes, two of which make a character.
const LONGEST: usize = 10_000;

/// A field of a file.
#[derive(Debug, Clone)]
pub(super) struct FieldPath<'a> {
    /// The file.
    pub(super) file: FileRef<'a>,
    /// Path of the field, such as `meeting.sections[2]`.
    pub(super) path: String,
}

impl<'a> FieldPath<'a> {
    /// The top of a file.
    pub(super) fn top(file: FileRef<'a>) -> Self {
        FieldPath {
            file,
            path: String::new(),
        }
    }

    /// A field of this one.
    pub(super) fn key(&self, key: &str) -> FieldPath<'a> {
        let path = if self.path.is_empty() {
            key.to_owned()
        } else {
            [self.path.as_str(), ".", key].concat()
        };
        FieldPath {
            file: self.file,
            path,
        }
    }

    /// An item of this list.
    pub(super) fn index(&self, index: usize) -> FieldPath<'a> {
        FieldPath {
            file: self.file,
            path: [self.path.as_str(), "[", &index.to_string(), "]"].concat(),
        }
    }

    /// A diagnostic at a value of this field.
    pub(super) fn diagnostic<T>(
        &self,
        code: Code,
        value: &Located<T>,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.diagnostic_at(code, (value.line, value.column), message)
    }

    /// A diagnostic at a line and column, in this field.
    pub(super) fn diagnostic_at(
        &self,
        code: Code,
        (line, column): (u32, u32),
        message: impl Into<String>,
    ) -> Diagnostic {
        self.file
            .diagnostic(code, line, column, message)
            .field(self.path.clone())
    }

    /// The place of this field where nothing in it has a place of its own.
    pub(super) fn place(&self) -> FieldLocation {
        FieldLocation {
            location: self.file.location(0, 0),
            field: self.path.clone(),
        }
    }

    /// A diagnostic of this field where it stands in its file, else at `value`.
    pub(super) fn diagnostic_of<T>(
        &self,
        code: Code,
        value: &Located<T>,
        message: impl Into<String>,
    ) -> Diagnostic {
        let place = self.file.place_of(&self.path);
        self.diagnostic_at(code, place.unwrap_or((value.line, value.column)), message)
    }

    /// A diagnostic of this field where nothing in it has a place of its own.
    pub(super) fn diagnostic_somewhere(
        &self,
        code: Code,
        message: impl Into<String>,
    ) -> Diagnostic {
        let place = self.file.place_of(&self.path);
        self.diagnostic_at(code, place.unwrap_or_default(), message)
    }

    /// The diagnostic of a fault in the text of this field.
    pub(super) fn fault(&self, value: &Located<String>, fault: Fault) -> Diagnostic {
        let (line, column) = self.file.within(value, fault.offset);
        self.diagnostic_at(fault.code, (line, column), fault.message)
            .hint(fault.hint)
    }
}

/// Something that a cross-reference can point to.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// File and line of its id.
    pub(super) place: String,
    /// What an empty link to it says, once it is known.
    pub(super) text: Option<String>,
}

/// A footnote of a chapter, until its mark is found.
pub(super) struct ChapterNote<'a> {
    pub(super) at: FieldPath<'a>,
    pub(super) note: &'a s::Footnote,
    /// Its index, once a mark of it was met.
    pub(super) index: Option<usize>,
    /// Whether a mark stands where none can: that has its own finding.
    pub(super) misplaced: bool,
}

/// A note to cells of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellNote {
    /// Its place among the table's notes.
    pub(super) index: usize,
    /// Its letter by number, once a mark of it was met.
    pub(super) letter: Option<u64>,
}

/// The language of the report: its fixed words, its order, its direction.
pub(super) struct ReportWords<'a> {
    pub(super) strings: &'a Strings,
    pub(super) collator: Collator,
    /// Whether the report is written from right to left.
    pub(super) rtl: bool,
}

/// What the texts make use of.
#[derive(Default)]
pub(super) struct Usage {
    pub(super) acronyms: Acronyms,
    pub(super) characters: Characters,
    pub(super) images: Images,
}

/// What can be pointed to, and what points to it.
#[derive(Default)]
pub(super) struct Links {
    pub(super) anchors: Anchors,
    pub(super) targets: BTreeMap<String, Target>,
    /// Cross-references without a text of their own, with their places.
    pub(super) empty: Vec<(String, FieldLocation)>,
}

/// The footnotes so far.
#[derive(Default)]
pub(super) struct Notes<'a> {
    pub(super) footnotes: Vec<Footnote>,
    /// Index of the chapter that is being resolved; `None` outside of chapters.
    pub(super) chapter: Option<usize>,
    pub(super) of_chapter: BTreeMap<String, ChapterNote<'a>>,
    /// The notes to cells of the table that is being resolved.
    pub(super) of_table: BTreeMap<String, CellNote>,
    /// How many notes there are since numbers started.
    pub(super) numbered: usize,
}

impl Notes<'_> {
    /// Takes the next number for a note; gives the index of the note, whose text is to come.
    pub(super) fn reserve(&mut self, anchor: Anchor) -> usize {
        self.numbered += 1;
        self.footnotes.push(Footnote {
            anchor,
            number: self.numbered,
            chapter: self.chapter.unwrap_or_default(),
            marked_again: false,
            blocks: Vec::new(),
        });
        self.footnotes.len() - 1
    }
}

/// The last number of each kind that has been given.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) table: usize,
    pub(super) figure: usize,
    pub(super) r#box: usize,
    pub(super) panel: usize,
    pub(super) decision: usize,
    /// Paragraphs, where they are numbered.
    pub(super) paragraph: usize,
    /// Chapters that are numbered.
    pub(super) chapter: usize,
    /// The number of the chapter or section that is being resolved, part by part; empty where none is numbered.
    pub(super) path: Vec<usize>,
}

/// The label of the thing that comes next of its kind.
pub(super) fn next_label(words: &str, last: &mut usize) -> String {
    *last += 1;
    words.replace("{n}", &last.to_string())
}

/// Everything that is known while a source is resolved.
pub(super) struct Resolver<'a> {
    pub(super) source: &'a Source,
    /// What is numbered.
    pub(super) numbering: s::Numbering,
    pub(super) words: ReportWords<'a>,
    pub(super) found: Diagnostics,
    pub(super) registry: Registry,
    pub(super) usage: Usage,
    pub(super) links: Links,
    pub(super) notes: Notes<'a>,
    pub(super) numbers: Numbers,
    pub(super) citations: Citations,
    /// The tables by their ids, for the charts that are drawn from them.
    pub(super) tables: BTreeMap<&'a str, (FieldPath<'a>, &'a s::Table)>,
    /// The pictures with a long description, in the order of the report.
    pub(super) described: Vec<Described>,
    /// Where running text is written.
    pub(super) origins: Vec<Origin>,
    /// How many lines of each field there are so far, by file and path.
    pub(super) lines: BTreeMap<(String, String), usize>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(source: &'a Source, strings: &'a Strings) -> Self {
        let tag = source.report.content.language.value.trim();
        Resolver {
            source,
            numbering: source.report.content.numbering,
            words: ReportWords {
                strings,
                collator: Collator::of(tag),
                rtl: language::parse(tag).is_ok_and(|own| own.rtl),
            },
            found: Diagnostics::default(),
            registry: Registry::default(),
            usage: Usage::default(),
            links: Links::default(),
            notes: Notes::default(),
            numbers: Numbers::default(),
            citations: Citations::default(),
            tables: BTreeMap::new(),
            described: Vec::new(),
            origins: Vec::new(),
            lines: BTreeMap::new(),
        }
    }

    /// Running text that is written in a field, from an offset of its value on.
    pub(super) fn written(
        &mut self,
        at: &FieldPath,
        value: &s::Literal,
        (offset, manner): (usize, Manner),
        content: Vec<Inline>,
    ) -> Line {
        let location = at.file.location(value.line, value.column);
        let field = at.path.clone();
        let place = FieldLocation { location, field };
        let file = self.source.folder.below(at.file.path).to_owned();
        let known = self.lines.entry((file.clone(), place.field.clone()));
        let count = known.or_default();
        *count += 1;
        self.origins.push(Origin {
            number: *count - 1,
            file,
            place,
            offset,
            manner,
        });
        Line::written(content, self.origins.len() - 1)
    }

    /// A literal text that must say something.
    pub(super) fn literal(&mut self, at: &FieldPath, value: &s::Literal) -> String {
        let text = self.name(at, value);
        self.usage.acronyms.scan(&text);
        self.placeholder(at, value);
        self.directed(text)
    }

    /// A text with isolates where the report is written from right to left.
    pub(super) fn directed(&self, text: String) -> String {
        match self.words.rtl {
            true => isolates::isolate(&text),
            false => text,
        }
    }

    /// Warns of what nobody has written yet.
    pub(super) fn placeholder(&mut self, at: &FieldPath, value: &s::Literal) {
        if placeholder::is(&value.value) {
            let message = format!(
                "`{}` stands for what is still to be written",
                value.value.trim()
            );
            let diagnostic = at.diagnostic(Code::PLACEHOLDER, value, message);
            self.found
                .push(diagnostic.hint("write it: there is no release before"));
        }
    }

    /// A literal text of a registry: as [`Self::literal`], but no place where an acronym is in use.
    pub(super) fn name(&mut self, at: &FieldPath, value: &s::Literal) -> String {
        if let Some(fault) = markdown::plain::fault(&value.value) {
            self.found.push(at.fault(value, fault));
            for label in markdown::plain::labels(&value.value) {
                if let Some(note) = self.notes.of_chapter.get_mut(&label) {
                    note.misplaced = true;
                }
            }
        } else {
            for fault in markdown::plain::loose(&value.value) {
                self.found.push(at.fault(value, fault));
            }
        }
        self.unmarked(at, value)
    }

    /// A literal text in which no markup can be, because it was taken out of a prose.
    pub(super) fn unmarked(&mut self, at: &FieldPath, value: &s::Literal) -> String {
        let line = |offset| at.file.within(value, offset).0;
        let (text, faults) = text::clean_lines(&value.value, line);
        for fault in faults {
            self.found.push(at.fault(value, fault));
        }
        let length = text.chars().count();
        if length > LONGEST {
            let message =
                format!("the text has {length} characters, and this field takes at most {LONGEST}");
            let found = at.diagnostic(Code::TEXT_TOO_LONG, value, message);
            self.found
                .push(found.hint("shorten it, and move the rest into the text"));
            // What is made of it would be as long again.
            return text.chars().take(LONGEST).collect();
        }
        if text.trim_matches(['\u{A0}', '\u{202F}']).is_empty() {
            self.found.push(
                at.diagnostic(Code::EMPTY_TEXT, value, "the text is empty")
                    .hint("write it, or leave the field out where it is optional"),
            );
        }
        self.usage.characters.take(&text, || FieldLocation {
            location: at.file.location(value.line, value.column),
            field: at.path.clone(),
        });
        text
    }

    /// A literal text that may be left out.
    pub(super) fn optional(
        &mut self,
        at: &FieldPath,
        value: &Option<s::Literal>,
    ) -> Option<String> {
        value.as_ref().map(|value| self.literal(at, value))
    }

    /// The lines of a title; joined by spaces they must be the title.
    pub(super) fn title_lines(
        &mut self,
        at: &FieldPath,
        lines: &[s::Literal],
        title: &str,
    ) -> Vec<String> {
        let Some(first) = lines.first() else {
            return vec![title.to_owned()];
        };
        let cleaned: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(index, line)| {
                let text = self.name(&at.index(index), line);
                self.directed(text)
            })
            .collect();
        let seen = |text: &str| text.replace(['\u{2066}', '\u{2069}', '\u{a0}'], "");
        let (mut joined, mut departs) = (String::new(), None);
        for (index, line) in cleaned.iter().enumerate() {
            joined = text::joined(joined, line);
            if departs.is_none() && !seen(title).starts_with(&seen(&joined)) {
                departs = Some(index);
            }
        }
        if seen(&joined) != seen(title) {
            // Where all lines agree one is missing after the last.
            let index = departs.unwrap_or(lines.len() - 1);
            self.found.push(
                at.index(index)
                    .diagnostic(
                        Code::TITLE_LINES,
                        lines.get(index).unwrap_or(first),
                        format!("the lines are not the title: `{joined}` is not `{title}`"),
                    )
                    .hint("joined by spaces the lines must be `title`, letter by letter"),
            );
        }
        cleaned
    }

    /// The diagnostic for an id that nothing has; `what` says what was looked for.
    pub(super) fn unknown<'b>(
        message: Diagnostic,
        id: &str,
        known: impl Iterator<Item = &'b str>,
        otherwise: String,
    ) -> Diagnostic {
        message.hint(did_you_mean(id, known).unwrap_or(otherwise))
    }
}

/// The characters that occur, each with the place where it occurs first.
#[derive(Debug, Default)]
pub(super) struct Characters {
    seen: BTreeSet<char>,
    /// Bits of the ASCII characters seen: nearly all of a text, and a look into the set for each would be felt.
    seen_ascii: u128,
    /// The places.
    pub(super) places: BTreeMap<char, FieldLocation>,
}

impl Characters {
    /// Takes in the characters of a text that is at a place.
    pub(super) fn take(&mut self, text: &str, place: impl Fn() -> FieldLocation) {
        for c in text.chars() {
            self.take_one(c, &place);
        }
    }

    /// Takes in a word of ASCII characters; `place` gives the place of the one at an index.
    pub(super) fn take_ascii(&mut self, word: &str, place: impl Fn(usize) -> FieldLocation) {
        for (index, byte) in word.bytes().enumerate() {
            if self.seen_ascii & (1_u128 << u32::from(byte & 0x7F)) == 0 {
                self.take_one(char::from(byte), || place(index));
            }
        }
    }

    /// Takes in one character.
    pub(super) fn take_one(&mut self, c: char, place: impl Fn() -> FieldLocation) {
        // Text is normalised later: what is printed for the Kelvin sign is the letter K.
        let mut normalised = std::iter::once(c).nfc();
        let c = match (c.is_ascii(), normalised.next(), normalised.next()) {
            (false, Some(other), None) => other,
            _ => c,
        };
        if c.is_ascii() {
            let bit = 1_u128 << u32::from(c);
            if self.seen_ascii & bit != 0 {
                return;
            }
            self.seen_ascii |= bit;
        } else if !self.seen.insert(c) {
            return;
        }
        self.places.insert(c, place());
    }
}
