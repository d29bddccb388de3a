//! What the document says, as statements in reading order.

use gmg_export::document::{
    Block, Chapter, Document, Figure, Heading, Inline, Intervention, Section, Speaker, Table,
    plain_text,
};

use super::plain::{plain, words};

/// Where an output has its footnotes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    /// Apart from the running text.
    Apart,
    /// At the end of each chapter.
    AfterChapters,
}

/// Something that an output must say.
#[derive(Debug)]
pub(super) enum Statement {
    /// Text.
    Text(String),
    /// Pieces of text in any order.
    AnyOrder(Vec<String>),
    /// Words of cells that stand in columns, and words that may recur among them.
    Words(Vec<String>, Vec<String>),
}

/// What an output must say; all text is made comparable.
pub(super) struct Expected {
    /// Lines of the contents list at level 1.
    pub(super) contents: Vec<String>,
    /// Chapters and lists at the end.
    pub(super) body: Vec<Statement>,
    /// Headings by level.
    pub(super) headings: Vec<(u8, String)>,
    /// Cells of tables, by row.
    pub(super) tables: Vec<Vec<Vec<String>>>,
    /// Alternative texts.
    pub(super) alts: Vec<String>,
    /// Footnotes, in the order of their marks.
    pub(super) notes: Vec<String>,
    /// Head of a table of facts.
    pub(super) fact_head: Vec<String>,
    /// What may stand between statements: fixed words, and the names of chapters as places in plain text.
    allowed: Vec<String>,
}

impl Expected {
    /// What outputs of the document must say.
    pub(super) fn of(document: &Document, notes: Notes) -> Expected {
        let level_1 = document.contents.iter().filter(|entry| entry.level == 1);
        let mut gather = Gather {
            document,
            notes,
            out: Expected::empty(document),
        };
        gather.out.contents = level_1.map(|entry| plain(&entry.title)).collect();
        document
            .chapters
            .iter()
            .enumerate()
            .for_each(|(index, chapter)| gather.chapter(index, chapter));
        gather.back_matter();
        gather.out.notes = document
            .footnotes
            .iter()
            .map(|note| plain(&joined(&note.blocks)))
            .collect();
        gather.out
    }

    fn empty(document: &Document) -> Expected {
        let strings = &document.strings;
        let words = [
            &strings.label_moderator,
            &strings.label_moderators,
            &strings.label_note,
            &strings.label_credit,
            &strings.label_name,
            &strings.label_post,
            &strings.label_pages,
            &strings.label_acronym,
            &strings.label_expansion,
            &strings.label_organisation,
            &strings.label_members,
            &strings.label_fact,
            &strings.label_detail,
            &strings.picture,
            &strings.notes,
        ];
        let mut allowed: Vec<String> = words.into_iter().map(|word| plain(word)).collect();
        for chapter in &document.chapters {
            let heading = &chapter.heading;
            allowed.extend(
                heading
                    .label
                    .iter()
                    .chain([&heading.title, &chapter.short_title])
                    .map(|text| plain(text)),
            );
        }
        allowed.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let (contents, body, headings) = (Vec::new(), Vec::new(), Vec::new());
        let (tables, alts, notes) = (Vec::new(), Vec::new(), Vec::new());
        let fact_head = vec![plain(&strings.label_fact), plain(&strings.label_detail)];
        Expected {
            contents,
            body,
            headings,
            tables,
            alts,
            notes,
            fact_head,
            allowed,
        }
    }

    /// `Err` with what is left of a text without numbers, page labels, punctuation and what else is allowed.
    pub(super) fn only_allowed(&self, between: &str) -> Result<(), String> {
        let mut rest = between.to_string();
        for text in &self.allowed {
            rest = rest.replace(text, " ");
        }
        let odd = |word: &String| {
            !word
                .chars()
                .all(|c| c.is_numeric() || "ivxlcdm".contains(c))
        };
        let rest: Vec<String> = words(&rest).map(|(_, word)| word).filter(odd).collect();
        if rest.is_empty() {
            Ok(())
        } else {
            Err(rest.join(" "))
        }
    }
}

struct Gather<'a> {
    document: &'a Document,
    notes: Notes,
    out: Expected,
}

impl Gather<'_> {
    fn say(&mut self, text: &str) {
        let text = plain(text);
        if !text.is_empty() {
            self.out.body.push(Statement::Text(text));
        }
    }

    fn heading(&mut self, heading: &Heading) {
        // The first label stands before what is compared.
        if let Some(label) = heading
            .label
            .as_ref()
            .filter(|_| !self.out.headings.is_empty())
        {
            self.say(label);
        }
        self.say(&heading.title);
        self.out
            .headings
            .push((heading.level, plain(&heading.title)));
    }

    fn chapter(&mut self, index: usize, chapter: &Chapter) {
        self.heading(&chapter.heading);
        for fact in &chapter.facts {
            self.say(&fact.label);
            fact.values.iter().for_each(|value| self.say(value));
        }
        if !chapter.facts.is_empty() {
            let rows = chapter
                .facts
                .iter()
                .map(|fact| vec![plain(&fact.label), plain(&fact.values.join(" "))]);
            self.out.tables.push(rows.collect());
        }
        self.blocks(&chapter.blocks);
        chapter
            .interventions
            .iter()
            .for_each(|part| self.intervention(part));
        chapter.sections.iter().for_each(|part| self.section(part));
        if self.notes == Notes::AfterChapters {
            let document = self.document;
            let here = document
                .footnotes
                .iter()
                .filter(|note| note.chapter == index);
            here.for_each(|note| self.blocks(&note.blocks));
        }
    }

    fn section(&mut self, section: &Section) {
        self.heading(&section.heading);
        section
            .moderators
            .iter()
            .for_each(|person| self.person(person));
        self.blocks(&section.blocks);
        section
            .interventions
            .iter()
            .for_each(|part| self.intervention(part));
        section.sections.iter().for_each(|part| self.section(part));
    }

    fn person(&mut self, person: &Speaker) {
        self.say(&person.name);
        self.say(&person.post);
    }

    fn intervention(&mut self, intervention: &Intervention) {
        if intervention.head {
            self.person(&intervention.speaker);
        }
        self.blocks(&intervention.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { content } => {
                pieces(content, self.notes)
                    .iter()
                    .for_each(|piece| self.say(piece));
            }
            Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
            Block::Quote {
                blocks,
                attribution,
                ..
            } => {
                self.blocks(blocks);
                attribution.iter().for_each(|text| self.say(text));
            }
            Block::Code { text } => self.say(text),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Members { members, .. } => {
                for member in members {
                    member.acronym.iter().for_each(|text| self.say(text));
                    self.say(&member.name);
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        table
            .label
            .iter()
            .chain(&table.caption)
            .for_each(|text| self.say(text));
        let rows: Vec<Vec<String>> = table
            .header
            .iter()
            .chain(&table.rows)
            .map(|row| {
                row.iter()
                    .map(|cell| plain(&joined(&cell.blocks)))
                    .collect()
            })
            .collect();
        if self.notes == Notes::AfterChapters {
            let of = |rows: &[Vec<String>]| {
                rows.iter()
                    .flatten()
                    .flat_map(|cell| words(cell))
                    .map(|(_, word)| word)
                    .collect::<Vec<_>>()
            };
            self.out
                .body
                .push(Statement::Words(of(&rows), of(&rows[..table.header.len()])));
        } else {
            for cell in table.header.iter().chain(&table.rows).flatten() {
                self.blocks(&cell.blocks);
            }
        }
        self.out.tables.push(rows);
        self.blocks(&table.note);
    }

    fn figure(&mut self, figure: &Figure) {
        let texts = [&figure.label, &figure.caption, &figure.credit, &figure.alt];
        let texts: Vec<String> = texts
            .into_iter()
            .flatten()
            .map(|text| plain(text))
            .collect();
        self.out
            .alts
            .extend(figure.alt.iter().map(|text| plain(text)));
        if !texts.is_empty() {
            self.out.body.push(Statement::AnyOrder(texts));
        }
    }

    fn back_matter(&mut self) {
        let document = self.document;
        if let Some(list) = &document.speakers {
            self.heading(&list.heading);
            for entry in &list.entries {
                self.say(&entry.name);
                self.say(&entry.post);
            }
        }
        if let Some(list) = &document.acronyms {
            self.heading(&list.heading);
            for entry in &list.entries {
                self.say(&entry.acronym);
                self.say(&entry.expansion);
            }
        }
        if let Some(list) = &document.index {
            self.heading(&list.heading);
            list.entries.iter().for_each(|entry| self.say(&entry.name));
        }
    }
}

/// The text between the marks of footnotes; plain text has the addresses of links, too.
fn pieces(content: &[Inline], notes: Notes) -> Vec<String> {
    let mut pieces = vec![String::new()];
    split(content, notes, &mut pieces);
    pieces
}

fn split(content: &[Inline], notes: Notes, pieces: &mut Vec<String>) {
    for inline in content {
        match inline {
            Inline::Footnote { .. } => pieces.push(String::new()),
            Inline::Link { url, content } if notes == Notes::AfterChapters => {
                let address = url.trim_start_matches("mailto:");
                let shown = plain_text(content);
                let text = if shown == address {
                    shown
                } else {
                    format!("{shown} {address}")
                };
                pieces.last_mut().expect("never empty").push_str(&text);
            }
            Inline::Link { content, .. }
            | Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Reference { content, .. }
            | Inline::Person { content, .. }
            | Inline::Organisation { content, .. }
            | Inline::Language { content, .. } => split(content, notes, pieces),
            other => {
                let text = plain_text(std::slice::from_ref(other));
                pieces.last_mut().expect("never empty").push_str(&text);
            }
        }
    }
}

/// All text of blocks, without marks of notes.
fn joined(blocks: &[Block]) -> String {
    let text = |block: &Block| match block {
        Block::Paragraph { content } => plain_text(content),
        Block::List { items, .. } => items
            .iter()
            .map(|item| joined(item))
            .collect::<Vec<_>>()
            .join(" "),
        Block::Quote { blocks, .. } => joined(blocks),
        Block::Code { text } => text.clone(),
        _ => String::new(),
    };
    blocks.iter().map(text).collect::<Vec<_>>().join(" ")
}
