//! From a document to what an artifact of a kind has to state of it, in reading order.

use std::collections::BTreeSet;

use super::artifact::{BlockRole, Heads, TableCell};
use super::blocks::{ANY, CAPTION, CELL, CODE, HEADING, ITEM, PARAGRAPH, QUOTATION};
use super::expected::{Expected, ExpectedText, Grid, Statement, TextRole, Title};
use super::plain::{plain, words};
use crate::base::diagnostic::Location;
use crate::document::{
    Block, Cell, Chapter, Counter, DigestBody, DigestChapter, DigestTalk, Document, Figure,
    Heading, Inline, Line, Node, Part, RowKind, Speaker, Table, TextKind, noted, plain_text,
    script,
};
use crate::layout::{Detail, Digest, Tokens};

/// How an artifact shows the document.
#[derive(Clone, Copy)]
pub(super) enum Form<'a> {
    /// With its structure: headings, tables, notes and alternative texts can be distinguished from the rest.
    Structured,
    /// As pages that paper shows: no alternative texts; columns follow each other from page to page.
    Pages,
    /// As plain text, as far as these tokens have it: notes come after their chapters.
    Plain(&'a Digest),
}

/// What an artifact must state of the document.
pub(super) fn collect(document: &Document, tokens: &Tokens, form: Form<'_>) -> Expected {
    let mut collect = Collector {
        document,
        form,
        // Plain text has them where they were made.
        key_points: tokens.structure.key_points && !matches!(form, Form::Plain(_)),
        marked: BTreeSet::new(),
        anchors: BTreeSet::new(),
        inside: PARAGRAPH,
        level: 0,
        out: Expected::empty(document),
    };
    collect.front();
    let chapters = match form {
        Form::Plain(digest) => document.digest(digest),
        Form::Structured | Form::Pages => document.whole(),
    };
    chapters.iter().for_each(|one| collect.chapter(one));
    collect.back_matter();
    collect.back_cover();
    let listed = document.contents_to(tokens.structure.contents_depth);
    let contents = listed.filter(|entry| collect.anchors.contains(entry.anchor.as_str()));
    collect.out.contents = contents.map(|entry| plain(&entry.title)).collect();
    document.visit(&mut |node| {
        if let Node::Inline(Inline::Superscript { content }) = node {
            let is_number = plain_text(content)
                .bytes()
                .all(|byte| byte.is_ascii_digit());
            collect.out.exponents += usize::from(is_number);
        }
    });
    collect.out.bracketed_marks = collect
        .digest()
        .is_some_and(|digest| digest.footnotes != Detail::None);
    let notes = document.footnotes.iter();
    collect.out.notes = notes.map(|note| plain(&joined(&note.blocks))).collect();
    collect.out
}

/// A document on its way to what is to be stated of it.
pub(super) struct Collector<'a> {
    pub(super) document: &'a Document,
    pub(super) form: Form<'a>,
    /// Whether chapters open with the key points.
    key_points: bool,
    /// Footnotes whose marks were met since the last list of notes.
    marked: BTreeSet<usize>,
    /// Anchors of the headings.
    anchors: BTreeSet<&'a str>,
    /// What the blocks are that running text stands in.
    pub(super) inside: &'static [BlockRole],
    /// The level of the last heading of a chapter or section.
    level: u8,
    pub(super) out: Expected,
}

impl<'a> Collector<'a> {
    /// How much plain text has of each kind of content.
    pub(super) fn digest(&self) -> Option<&'a Digest> {
        match self.form {
            Form::Plain(digest) => Some(digest),
            _ => None,
        }
    }

    /// States a text.
    pub(super) fn say(&mut self, what: TextRole, text: &str) {
        self.say_at(what, text, None);
    }

    fn say_at(&mut self, what: TextRole, text: &str, place: Option<&Location>) {
        let piece = self.piece(what, text, place);
        self.out.body.extend(piece.map(Statement::Text));
    }

    pub(super) fn heading(&mut self, heading: &'a Heading) {
        // The first label stands before what is compared.
        let first = self.out.headings.is_empty();
        if let Some(label) = heading.label.as_ref().filter(|_| !first) {
            self.say(TextRole::Label, label);
        }
        self.running(TextRole::Heading, &heading.content);
        self.anchors.insert(&heading.anchor);
        self.level = heading.level;
        self.out.headings.push(Title {
            level: heading.level,
            label: heading.label.as_ref().map(|label| plain(label)),
            title: plain(&plain_text(&heading.content)),
        });
    }

    fn facts(&mut self, chapter: &Chapter) {
        for fact in &chapter.facts {
            self.say(TextRole::Fact, &fact.label);
            fact.values
                .iter()
                .for_each(|value| self.say(TextRole::Fact, value));
        }
        if !chapter.facts.is_empty() {
            let rows = chapter
                .facts
                .iter()
                .map(|fact| [plain(&fact.label), plain(&fact.values.join(" "))]);
            let rows = rows.map(|row| row.map(TableCell::of).to_vec());
            self.out.tables.push(Grid {
                name: plain(&chapter.short_title),
                facts: true,
                rows: rows.collect(),
            });
        }
    }

    fn key_points(&mut self, list: &'a [Block]) {
        if self.key_points && !list.is_empty() {
            let label = &self.document.strings.key_points;
            self.unlisted(label);
            self.within(HEADING, |own| own.say(TextRole::Text, label));
            self.blocks(list);
        }
    }

    fn chapter(&mut self, chapter: &DigestChapter<'a>) {
        self.heading(&chapter.chapter.heading);
        self.facts(chapter.chapter);
        self.key_points(&chapter.chapter.key_points);
        self.body(&chapter.body);
        self.notes();
    }

    fn body(&mut self, body: &DigestBody<'a>) {
        if let Some(brief) = body.brief {
            self.say(TextRole::Text, brief);
        }
        body.blocks.iter().for_each(|block| self.block(block));
        body.talks.iter().for_each(|talk| self.talk(talk));
        for part in &body.sections {
            self.heading(&part.section.heading);
            for person in &part.section.moderators {
                self.person(person);
            }
            self.body(&part.body);
        }
    }

    /// Plain text has the notes of a chapter after it, as far as it marks and shows them.
    fn notes(&mut self) {
        let Form::Plain(digest) = self.form else {
            return;
        };
        let document = self.document;
        let marked = std::mem::take(&mut self.marked);
        let before = self.out.body.len();
        for note in marked
            .iter()
            .filter_map(|note| document.footnotes.get(*note))
        {
            match digest.footnotes {
                Detail::Full => self.blocks(&note.blocks),
                Detail::Brief => self.blocks(note.blocks.get(..1).unwrap_or_default()),
                Detail::None => {}
            }
        }
        for statement in self.out.body.iter_mut().skip(before) {
            statement.becomes(TextRole::Note);
        }
    }

    /// States a name with the post.
    pub(super) fn person(&mut self, person: &Speaker) {
        self.say(TextRole::Speaker, &person.name);
        self.say(TextRole::Post, &person.post);
    }

    fn talk(&mut self, talk: &DigestTalk<'a>) {
        if talk.intervention.head || talk.key.is_some() {
            let speaker = &talk.intervention.speaker;
            self.unlisted(&speaker.name);
            self.within(HEADING, |this| this.say(TextRole::Speaker, &speaker.name));
            self.say(TextRole::Post, &speaker.post);
        }
        if let Some(key) = talk.key {
            self.say(TextRole::Text, key);
        }
        self.blocks(talk.blocks);
    }

    /// States a heading that no list of contents has, where formats have any.
    fn unlisted(&mut self, title: &str) {
        let structured = matches!(self.form, Form::Structured);
        self.out.headings.extend(structured.then(|| Title {
            level: self.level + 1,
            label: None,
            title: plain(title),
        }));
    }

    /// States blocks.
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Paragraph { content } => self.running(TextRole::Text, content),
            Block::List {
                start,
                counter,
                delimiter,
                items,
                ..
            } => {
                for (index, item) in (0..).zip(items) {
                    let number = start.map(|start| counter.sign(start.saturating_add(index)));
                    if *counter != Counter::Decimal {
                        self.out.signs.extend(number.as_deref().map(plain));
                    }
                    let label = number.map(|number| delimiter.around(&number));
                    self.within(ITEM, |this| this.item(label, item));
                }
            }
            Block::Quote {
                blocks,
                attribution,
                source,
                ..
            } => {
                self.within(QUOTATION, |this| this.blocks(blocks));
                self.within(ANY, |this| {
                    if let Some(text) = attribution {
                        this.say(TextRole::Text, text);
                    }
                    this.running(TextRole::Credit, said(source));
                });
            }
            Block::Code { label, text } => {
                if let Some(label) = label {
                    self.say(TextRole::Label, label);
                }
                self.within(CODE, |this| this.say(TextRole::Text, text));
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::Chart(chart) => self.chart(chart),
            Block::Figures { figures } => figures.iter().for_each(|one| self.figure(one)),
            Block::Box(text_box) => self.text_box(text_box),
            Block::KeyFigures { entries } => self.key_figures(entries),
            Block::Definitions { entries } => {
                for entry in entries {
                    self.within(ITEM, |this| {
                        this.running(TextRole::Term, &entry.term);
                        this.blocks(&entry.blocks);
                    });
                }
            }
            Block::Signature(signature) => self.signature(signature),
            Block::Members { of, members } => self.members(of, members),
        }
    }

    /// Running text, from mark to mark.
    pub(super) fn running(&mut self, what: TextRole, content: &[Inline]) {
        for text in self.between_marks(content) {
            self.say(what, &text);
        }
    }

    /// The text between the marks of notes; the marks are taken in.
    pub(super) fn between_marks(&mut self, content: &[Inline]) -> Vec<String> {
        let mut pieces = vec![String::new()];
        let digest = self.digest();
        let marked = digest.is_some_and(|digest| digest.footnotes != Detail::None);
        let notes = &self.document.footnotes;
        // Plain text has the number in brackets where the mark is.
        let mark = |note: usize| Some(format!("[{}]", notes.get(note)?.number)).filter(|_| marked);
        split(content, digest.is_some(), &mark, &mut pieces);
        let notes = noted(content);
        let numbers = notes
            .iter()
            .filter_map(|note| self.document.footnotes.get(*note));
        let numbers = numbers.map(|note| note.number.to_string());
        self.out.marks.extend(numbers);
        before_marks(content, &mut None, &mut self.out.before_marks);
        self.marked.extend(notes);
        pieces
    }

    /// An item of a list; plain text has its label in front of its words.
    fn item(&mut self, label: Option<String>, blocks: &'a [Block]) {
        let before = self.out.body.len();
        let Some(label) = label else {
            return self.blocks(blocks);
        };
        self.out.labels.push(label.clone());
        self.blocks(blocks);
        if let (Form::Plain(_), Some(Statement::Text(piece))) =
            (self.form, self.out.body.get_mut(before))
        {
            piece.text = plain(&format!("{label} {}", piece.text));
        }
    }

    /// Pieces that are in columns on paper and in plain text.
    pub(super) fn columns(&mut self, name: String, pieces: Vec<ExpectedText>, free: Vec<String>) {
        if matches!(self.form, Form::Structured) {
            self.out
                .body
                .extend(pieces.into_iter().map(Statement::Text));
        } else {
            self.out
                .body
                .push(Statement::Columns { name, pieces, free });
        }
    }

    fn table(&mut self, table: &'a Table) {
        let detail = self.digest().map_or(Detail::Full, |digest| digest.tables);
        if detail == Detail::None {
            return;
        }
        self.within(CAPTION, |this| {
            if let Some(text) = &table.label {
                this.say(TextRole::Caption, text);
            }
            this.running(TextRole::Caption, said(&table.caption));
        });
        if detail == Detail::Full {
            self.rows(table);
        }
    }

    /// States the rows of a table and its note.
    pub(super) fn rows(&mut self, table: &'a Table) {
        let grid = grid(table);
        let head = grid.rows.iter().take(table.header.len()).flatten();
        let free = head.flat_map(|cell| words(&cell.text));
        let mut free: Vec<String> = free.map(|(_, word)| word.to_string()).collect();
        // Above what goes on on another page stand the label and a word, and the head of the group.
        let label = table.label.as_deref().unwrap_or_default();
        let again = self.document.strings.continued.replace("{text}", label);
        let groups = grid
            .rows
            .iter()
            .skip(table.header.len())
            .zip(&table.row_kinds);
        let groups = groups.filter(|(_, kind)| **kind == RowKind::Group);
        let again: Vec<String> = groups
            .flat_map(|(row, _)| row.iter().map(|cell| cell.text.clone()))
            .chain([plain(&again)])
            .collect();
        if !matches!(self.form, Form::Structured) {
            free.extend(
                again
                    .iter()
                    .flat_map(|text| words(text))
                    .map(|(_, word)| word.to_string()),
            );
        }
        let before = self.out.body.len();
        let mut heads: Vec<(usize, &Cell)> = Vec::new();
        for (row, cells) in table.header.iter().enumerate() {
            let last = |cell: &Cell| row + cell.rows.saturating_sub(1);
            heads.extend(cells.iter().map(|cell| (last(cell), cell)));
        }
        // Plain text has heads over several rows in the last of them.
        if matches!(self.form, Form::Plain(_)) {
            heads.sort_by_key(|(row, _)| *row);
        }
        let heads = heads.into_iter().map(|(_, cell)| cell);
        self.within(CELL, |this| {
            for cell in heads.chain(table.rows.iter().flatten()) {
                this.blocks(&cell.blocks);
            }
        });
        let cells = self.out.body.drain(before..);
        let cells = cells.filter_map(|statement| match statement {
            Statement::Text(piece) => Some(ExpectedText {
                what: TextRole::Cell,
                ..piece
            }),
            _ => None,
        });
        let cells = cells.collect();
        self.columns(grid.name.clone(), cells, free);
        self.out.tables.push(grid);
        self.blocks(&table.cell_notes);
        self.blocks(&table.note);
    }

    fn figure(&mut self, figure: &Figure) {
        self.within(CAPTION, |this| this.pieces_of(figure));
    }

    fn pieces_of(&mut self, figure: &Figure) {
        let place = self
            .document
            .images
            .get(figure.image)
            .and_then(|image| image.place.as_ref());
        let (alt, detail) = match self.form {
            Form::Structured => (figure.alt.as_ref(), Detail::Full),
            Form::Pages => (None, Detail::Full),
            Form::Plain(digest) => (figure.alt.as_ref(), digest.figures),
        };
        if detail == Detail::None {
            return;
        }
        let full = detail == Detail::Full;
        let mut pieces: Vec<ExpectedText> = Vec::new();
        if let Some(label) = &figure.label {
            pieces.extend(self.piece(TextRole::Caption, label, place));
        }
        let below = [
            (TextRole::Caption, &figure.caption),
            (TextRole::Caption, &figure.description),
            (TextRole::Credit, &figure.credit),
        ];
        // A picture that only decorates has no text around it.
        for (what, content) in below.into_iter().take(2 + usize::from(full)) {
            let texts = self.between_marks(said(content));
            let texts = texts.iter();
            pieces.extend(texts.filter_map(|text| self.piece(what, text, place)));
        }
        if let Some(alt) = alt.filter(|_| full) {
            pieces.extend(self.piece(TextRole::Alt, alt, place));
        }
        let alts = pieces.iter().filter(|piece| piece.what == TextRole::Alt);
        self.out.alts.extend(alts.cloned());
        if !pieces.is_empty() {
            self.out.body.push(Statement::AnyOrder(pieces));
        }
    }
}

/// The cells of a table; without a caption it goes by the name of its head.
fn grid(table: &Table) -> Grid {
    let heads = table.header.iter().map(|row| (row, None));
    let body = table.rows.iter().zip(table.row_kinds.iter().map(Some));
    let rows = heads.chain(body).map(|(row, kind)| {
        let cells = row
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_covered());
        let cells = cells.map(|(at, cell)| TableCell {
            text: plain(&joined(&cell.blocks)),
            columns: cell.columns,
            rows: cell.rows,
            heads: Some(match kind {
                None | Some(RowKind::Group) => Heads::Column,
                _ if table.row_headers && at == 0 => Heads::Row,
                _ => Heads::Nothing,
            }),
        });
        cells.collect()
    });
    let rows: Vec<Vec<TableCell>> = rows.collect();
    let text = |row: &Vec<TableCell>| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
    let head = || rows.first().map(|row| text(row).join(" | "));
    let caption = table.caption.as_deref();
    let caption = caption.map(|caption| plain(&plain_text(caption)));
    let name = caption.or_else(head).unwrap_or_default();
    Grid {
        name,
        facts: false,
        rows,
    }
}

/// A piece of text, unless it is empty.
pub(super) fn piece(what: TextRole, text: &str, place: Option<&Location>) -> Option<ExpectedText> {
    let text = plain(text);
    let place = place.cloned();
    (!text.is_empty()).then_some(ExpectedText {
        what,
        text,
        roles: ANY,
        place,
    })
}

/// The text between the marks of footnotes, with the addresses of links where they are shown.
fn split(
    content: &[Inline],
    addresses: bool,
    mark: &dyn Fn(usize) -> Option<String>,
    pieces: &mut Vec<String>,
) {
    let push = |pieces: &mut Vec<String>, text: &str| match pieces.last_mut() {
        Some(last) => last.push_str(text),
        None => pieces.push(text.to_string()),
    };
    for inline in content {
        match inline {
            Inline::Footnote { note, .. } => match mark(*note) {
                Some(mark) => push(pieces, &mark),
                None => pieces.push(String::new()),
            },
            Inline::Link { url, content } if addresses => {
                let address = url.trim_start_matches("mailto:");
                let shown = plain_text(content);
                push(pieces, &shown);
                let isolate = |c: &char| matches!(c, '\u{2066}' | '\u{2069}');
                if !shown.chars().filter(|c| !isolate(c)).eq(address.chars()) {
                    push(pieces, &format!(" {address}"));
                }
            }
            // On paper the page follows, which the document does not know.
            Inline::Reference {
                content,
                page: true,
                ..
            } if !addresses => {
                split(content, addresses, mark, pieces);
                pieces.push(String::new());
            }
            // In plain text a raised digit is another character.
            Inline::Superscript { content } if addresses => {
                push(pieces, &script::raised(&plain_text(content)));
            }
            Inline::Subscript { content } if addresses => {
                push(pieces, &script::lowered(&plain_text(content)));
            }
            Inline::Strike { content } if addresses => {
                push(pieces, "~~");
                split(content, addresses, mark, pieces);
                push(pieces, "~~");
            }
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break => {
                push(pieces, &plain_text(std::slice::from_ref(inline)));
            }
            other => split(other.content(), addresses, mark, pieces),
        }
    }
}

/// The character before each mark of a note; `None` where the mark is the first, or follows another mark or a page number.
fn before_marks(content: &[Inline], last: &mut Option<char>, found: &mut Vec<Option<char>>) {
    for inline in content {
        match inline {
            Inline::Footnote { .. } => found.push(last.take()),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break => {
                let text = plain(&plain_text(std::slice::from_ref(inline)));
                *last = text.chars().next_back().or(*last);
            }
            other => before_marks(other.content(), last, found),
        }
        if let Inline::Reference { page: true, .. } = inline {
            *last = None;
        }
    }
}

/// The running text of a field that may be left out.
fn said(line: &Option<Line>) -> &[Inline] {
    line.as_deref().map_or(&[], Vec::as_slice)
}

/// All text of blocks, without marks of notes.
fn joined(blocks: &[Block]) -> String {
    let text = |part| match part {
        Part::Line(content) => plain_text(content),
        Part::Blocks(inner) => joined(inner),
        Part::Text(TextKind::Code, text) => text.to_owned(),
        Part::Text(..) => String::new(),
    };
    let parts = blocks.iter().flat_map(Block::parts);
    parts.map(text).collect::<Vec<_>>().join(" ")
}
