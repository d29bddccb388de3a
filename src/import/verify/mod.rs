//! The proof that no word is lost: the words of the input against the words of the document made of what was written.

pub(super) mod compare;
pub(super) mod summary;

use crate::document::{
    Block, Chapter, Document, Heading, Inline, Intervention, Node, Part, Section, TextKind,
    plain_text,
};

use std::collections::{BTreeMap, BTreeSet};

use self::compare::{DocumentCursor, DocumentWords, InputLine, joined, lines};
use crate::document::placeholder;
use crate::import::outline::{Counts, Role, TracedText, words};
use crate::import::recognise::dates;
use crate::import::words::Words;

/// What a comparison found.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// The first word that differs: its line, the word, and what the document has there.
    pub(crate) lost: Option<(usize, String, String)>,
    /// Words of facts that the program words differently.
    pub(crate) reworded: Vec<String>,
    /// Labels of chapters that the program words differently.
    pub(crate) relabelled: Vec<String>,
    /// How many words were compared.
    pub(crate) count: usize,
    /// Links, emphasis and pictures of the document.
    pub(crate) kept: Counts,
}

/// Compares every word of the input with the document; `made_up` says that the first chapter's title is the program's.
pub(crate) fn verify(
    pieces: &[TracedText],
    document: &Document,
    made_up: bool,
    facts: &Words,
) -> Comparison {
    let mut verdict = Comparison::default();
    let no_text: Vec<String> = words(&facts.no_text).collect();
    front(pieces, document, &mut verdict, facts);
    let mut walk = WordCollector {
        no_text,
        ..WordCollector::default()
    };
    for (index, chapter) in document.chapters.iter().enumerate() {
        walk.chapter(chapter, made_up && index == 0);
    }
    let body = |role: &Role| matches!(role, Role::Heading | Role::Label | Role::Body | Role::Fact);
    compare(lines(pieces, body), &walk.words, document, &mut verdict);
    notes(pieces, document, &mut verdict, &mut walk.kept);
    verdict.kept = walk.kept;
    verdict
}

/// The first address to which fewer links of the document lead than of the text.
pub(crate) fn missing_target<'t>(targets: &'t [String], document: &Document) -> Option<&'t String> {
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    document.visit(&mut |node| {
        let target = match node {
            Node::Inline(Inline::Link { url, .. }) => url.clone(),
            Node::Inline(Inline::Reference { anchor, .. }) => format!("#{anchor}"),
            _ => return,
        };
        *there.entry(target).or_default() += 1;
    });
    targets.iter().find(|target| match there.get_mut(*target) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    })
}

/// Title matter: each line is on the cover or, in its turn, on the imprint page.
fn front(pieces: &[TracedText], document: &Document, verdict: &mut Comparison, facts: &Words) {
    let mut fields = vec![
        document.title.clone(),
        document.credit.clone(),
        document.copyright.clone(),
        document.date.text.clone(),
        document.publisher.clone(),
        document.author.clone(),
        document.language.tag.clone(),
        document.date.iso(),
    ];
    fields.extend(document.subtitle.clone());
    fields.extend(document.series.clone());
    fields.push(document.description.clone());
    fields.extend(document.keywords.clone());
    let fields = fields.iter().map(|field| field.to_lowercase());
    let cover: Vec<String> = fields
        .flat_map(|field| words(&field).collect::<Vec<_>>())
        .collect();
    let joined = cover.concat();
    let mut imprint = WordCollector::default();
    imprint.blocks(&document.imprint);
    let mut trail = DocumentCursor::of(&imprint.words);
    for mut line in lines(pieces, |role| *role == Role::Front) {
        let said: Vec<String> = line.words().collect();
        verdict.count += said.len();
        // Upper and lower case of a title may change.
        let lower = said.iter().map(|word| word.to_lowercase());
        let lower: Vec<String> = lower.map(|word| words(&word).collect()).collect();
        line.elsewhere = joined.contains(&lower.concat());
        let Err(found) = trail.follow(&line) else {
            continue;
        };
        let day = dates::whole(&said.join(" "), facts);
        if !line.elsewhere && day.is_none_or(|day| day != document.date.iso()) {
            let mut missing = said.iter().zip(&lower);
            let missing = missing.find(|(_, word)| !cover.contains(word));
            let word = missing.map_or(found.0, |(word, _)| word.clone());
            let place = "no such words on the cover or the imprint page";
            lost(verdict, line.number, &word, place);
        }
    }
}

/// Every note is a note of the document, word for word; their order is that of their marks.
fn notes(pieces: &[TracedText], document: &Document, verdict: &mut Comparison, kept: &mut Counts) {
    let mut made: BTreeMap<String, usize> = BTreeMap::new();
    for note in &document.footnotes {
        let mut walk = WordCollector::default();
        walk.blocks(&note.blocks);
        kept.links += walk.kept.links;
        kept.emphases += walk.kept.emphases;
        kept.languages += walk.kept.languages;
        *made.entry(walk.words.joined()).or_default() += 1;
    }
    // A note without words has none to lose.
    for line in lines(pieces, |role| *role == Role::Note) {
        let Some(first) = line.words().next() else {
            continue;
        };
        verdict.count += line.words().count();
        match made.get_mut(&joined(line.words())) {
            Some(count) if *count > 0 => *count -= 1,
            _ => lost(verdict, line.number, &first, "no footnote with these words"),
        }
    }
}

fn lost(verdict: &mut Comparison, line: usize, word: &str, instead: &str) {
    verdict
        .lost
        .get_or_insert_with(|| (line, word.to_owned(), instead.to_owned()));
}

fn compare<'p>(
    lines: impl Iterator<Item = InputLine<'p>>,
    made: &DocumentWords,
    document: &Document,
    verdict: &mut Comparison,
) {
    let known = fact_words(document);
    let mut reworded = BTreeSet::new();
    let mut trail = DocumentCursor::of(made);
    let mut last = 0;
    for line in lines {
        last = line.number;
        verdict.count += line.words().count();
        match trail.follow(&line) {
            Ok(()) => {}
            Err(_) if line.label => {
                let words: Vec<String> = line.words().collect();
                verdict.relabelled.push(words.join(" "));
            }
            // Facts come from the registry: words that it words otherwise are named, not lost.
            Err(_) if line.fact => {
                let other = line
                    .words()
                    .filter(|word| !known.contains(&word.to_lowercase()));
                let other = other.filter(|word| reworded.insert(word.clone()));
                verdict.reworded.extend(other);
            }
            Err((word, instead)) => return lost(verdict, line.number, &word, &instead),
        }
    }
    if let Some(more) = trail.rest() {
        lost(verdict, last, "", more);
    }
}

/// The words of all facts, in lower case.
fn fact_words(document: &Document) -> BTreeSet<String> {
    let facts = document.chapters.iter().flat_map(|chapter| &chapter.facts);
    facts
        .flat_map(|fact| std::iter::once(&fact.label).chain(&fact.values))
        .flat_map(|text| words(&text.to_lowercase()).collect::<Vec<_>>())
        .collect()
}

#[derive(Default)]
struct WordCollector {
    words: DocumentWords,
    /// What the program says of a heading with nothing below it.
    no_text: Vec<String>,
    pub(crate) kept: Counts,
}

impl WordCollector {
    fn add(&mut self, text: &str, added: bool, heading: bool) {
        self.words.add(text, added, heading);
    }

    fn chapter(&mut self, chapter: &Chapter, made_up: bool) {
        self.heading(&chapter.heading, made_up);
        self.body(&chapter.blocks, &chapter.interventions, &chapter.sections);
    }

    fn section(&mut self, section: &Section) {
        self.heading(&section.heading, false);
        self.body(&section.blocks, &section.interventions, &section.sections);
    }

    fn heading(&mut self, heading: &Heading, made_up: bool) {
        self.add(heading.label.as_deref().unwrap_or_default(), true, true);
        self.add(&heading.title, made_up, true);
    }

    fn body(&mut self, blocks: &[Block], talks: &[Intervention], sections: &[Section]) {
        self.blocks(blocks);
        talks.iter().for_each(|talk| self.talk(talk));
        sections.iter().for_each(|section| self.section(section));
    }

    fn talk(&mut self, talk: &Intervention) {
        if talk.head {
            self.add(&talk.speaker.name, false, false);
            self.add(&talk.speaker.post, false, false);
        }
        self.blocks(&talk.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::List {
                    start,
                    counter,
                    items,
                    ..
                } => {
                    for (index, item) in items.iter().enumerate() {
                        let number =
                            start.map(|start| counter.sign(start.saturating_add(index as u64)));
                        self.add(&number.unwrap_or_default(), true, false);
                        self.blocks(item);
                    }
                }
                other => {
                    if let Block::Table(table) = other {
                        let rows = table.header.iter().chain(&table.rows).flatten();
                        self.kept.cells += rows.filter(|cell| !cell.blocks.is_empty()).count();
                    }
                    self.kept.pictures += match other {
                        Block::Figure(_) => 1,
                        Block::Figures { figures } => figures.len(),
                        _ => 0,
                    };
                    other.parts().into_iter().for_each(|part| self.part(part));
                }
            }
        }
    }

    fn part(&mut self, part: Part<'_>) {
        match part {
            Part::Line(content) => self.line(content),
            Part::Blocks(blocks) => self.blocks(blocks),
            Part::Text(kind, text) => {
                let added = match kind {
                    TextKind::Label => true,
                    TextKind::Alt => text == placeholder::DESCRIPTION,
                    _ => false,
                };
                self.add(text, added, false);
            }
        }
    }

    /// The words of running text; the mark of a note parts words, as a raised digit does.
    fn line(&mut self, content: &[Inline]) {
        let mut text = String::new();
        running(content, &mut text, &mut self.kept);
        let no_text = !self.no_text.is_empty() && words(&text).eq(self.no_text.iter().cloned());
        let added = no_text || text == placeholder::CAPTION;
        self.add(&text, added, false);
    }
}

fn running(content: &[Inline], text: &mut String, kept: &mut Counts) {
    for inline in content {
        match inline {
            Inline::Footnote { .. } => {
                kept.marks += 1;
                text.push(' ');
            }
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break => {
                text.push_str(&plain_text(std::slice::from_ref(inline)));
            }
            other => {
                kept.emphases += usize::from(matches!(
                    other,
                    Inline::Emphasis { .. } | Inline::Strong { .. } | Inline::Strike { .. }
                ));
                kept.links += usize::from(matches!(
                    other,
                    Inline::Link { .. } | Inline::Reference { .. }
                ));
                kept.languages += usize::from(matches!(other, Inline::Language { .. }));
                running(other.content(), text, kept);
            }
        }
    }
}
