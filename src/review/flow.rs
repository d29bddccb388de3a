//! A Word file as a row of paragraphs: what each says, sign by sign, and the places of the source that it names.
//!
//! Exported and edited files are both seen this way, so that nothing differs but what somebody changed. What the program or
//! Word fills in (fields and their results) is one sign whatever it says at the moment.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::backend::{PLACE, is_hidden};
use crate::base::script::is_ideographic;
use crate::document::markup::Look;
use crate::word::{
    self, Block, Break, Content, Format, Link, NoteKind, Piece, Script, View, WordFile,
};

/// The paragraphs of a Word file.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Those of the text, then those of the notes.
    pub(super) paragraphs: Vec<Paragraph>,
    /// The comments, in their order.
    pub(super) comments: Vec<Comment>,
    /// What is said beside the text, and written nowhere in the source: in headers and footers, and by fields other than those
    /// for pages, but for their numbers.
    pub(super) beside: BTreeSet<String>,
    /// Who changed the paragraphs that named a place before changes were accepted: some are gone.
    pub(super) authors: BTreeMap<String, BTreeSet<String>>,
}

/// A comment.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    /// Who wrote it.
    pub(super) author: String,
    /// What it says, on one line.
    pub(super) text: String,
    /// The paragraph that it is about, as an index.
    pub(super) paragraph: Option<usize>,
}

/// A paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Where it stands.
    pub(super) place: Place,
    /// Level of a heading.
    pub(super) level: Option<u8>,
    /// Whether it has a number or bullet of a list; whether that is counted.
    pub(super) item: Option<bool>,
    /// Places of the source that are named in it, and the signs that are written there.
    pub(super) anchors: Vec<(String, Range<usize>)>,
    /// What is in it.
    pub(super) signs: Vec<Sign>,
    /// What is in it that a report cannot say, in words.
    pub(super) foreign: BTreeMap<&'static str, usize>,
    /// Who changed it, where changes were tracked.
    pub(super) authors: BTreeSet<String>,
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// In the text.
    #[default]
    Body,
    /// In a cell: the number of its table, its row and its cell.
    Cell(usize, usize, usize),
    /// In a note, by kind and id.
    Note(bool, String),
}

/// Something that is seen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sign {
    /// What.
    pub(super) shown: Shown,
    /// How it looks.
    pub(super) look: Arc<Look>,
    /// Whether it leads to another place of the file.
    pub(super) inner_link: bool,
}

/// What is seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    /// A character.
    Char(char),
    /// A line break.
    Break,
    /// The mark of a note, by kind and id.
    Note(bool, String),
    /// What the program or Word fills in.
    Filled,
    /// A picture, by a name that is the same in all files for the same picture.
    Picture(String),
}

impl Paragraph {
    /// Its words, white space folded.
    pub(super) fn text(&self) -> String {
        said(&self.signs)
    }

    /// How many signs at its beginning are a number that the program counts: that of a heading, with the space behind it.
    pub(super) fn number(&self) -> usize {
        let figure =
            |sign: &&Sign| matches!(sign.shown, Shown::Char(c) if c.is_numeric() || c == '.');
        let figures = self.signs.iter().take_while(figure).count();
        let is_number = self.level.is_some() && figures > 0;
        let spaced = self.signs.get(figures).is_some_and(is_space);
        if is_number && spaced { figures + 1 } else { 0 }
    }

    /// Whether nothing is in it that anybody wrote.
    pub(super) fn is_made(&self) -> bool {
        self.signs
            .iter()
            .all(|sign| matches!(sign.shown, Shown::Filled) || is_space(sign))
    }
}

/// Whether it is white space.
pub(super) fn is_space(sign: &Sign) -> bool {
    matches!(sign.shown, Shown::Char(c) if c.is_whitespace()) || sign.shown == Shown::Break
}

/// The words of signs, white space folded.
pub(super) fn said(signs: &[Sign]) -> String {
    let mut text = String::new();
    for sign in signs {
        match &sign.shown {
            Shown::Char(c) if c.is_whitespace() => text.push(' '),
            Shown::Char(c) => text.push(*c),
            Shown::Break => text.push(' '),
            Shown::Filled | Shown::Picture(_) | Shown::Note(..) => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Flow {
    /// The paragraphs of a file, tracked changes accepted: those of `author` alone where one is given, the others
    /// rejected.
    pub(super) fn of(mut file: WordFile, author: Option<&str>) -> Flow {
        let mut authors: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for one in file.changes() {
            let known = authors.entry(one.paragraph).or_default();
            known.insert(one.change.author.clone());
        }
        if let Some(author) = author {
            let all = std::iter::once(&mut file.body).chain(file.notes.values_mut());
            all.for_each(|blocks| of_author(blocks, author));
        }
        let mut of_names = BTreeMap::new();
        for blocks in std::iter::once(&file.body).chain(file.notes.values()) {
            authors_of(blocks, &authors, &mut of_names);
        }
        file.settle(View::Accepted);
        let body = std::mem::take(&mut file.body);
        let notes = std::mem::take(&mut file.notes);
        let comments = std::mem::take(&mut file.comments);
        let mut reader = Reader {
            file: &file,
            authors,
            flow: Flow {
                authors: of_names,
                ..Flow::default()
            },
            tables: 0,
            commented: BTreeMap::new(),
            filled: BTreeMap::new(),
        };
        reader.blocks(&body, &Place::Body);
        for ((kind, id), blocks) in &notes {
            reader.blocks(blocks, &Place::Note(*kind == NoteKind::End, id.clone()));
        }
        for one in &file.furniture {
            reader.furniture(&one.blocks);
        }
        for (field, text) in std::mem::take(&mut reader.filled) {
            // These follow the pages and the headings.
            let made = |one: &word::Field| UPDATED.contains(&one.name().as_str());
            if !file.fields.get(field).is_none_or(made) {
                let text: String = text.chars().filter(|c| !c.is_numeric()).collect();
                reader.beside(&text);
            }
        }
        let (mut flow, commented) = (reader.flow, reader.commented);
        let comment = |one: word::Comment| Comment {
            paragraph: commented.get(&one.id).copied(),
            text: plain(&one.blocks),
            author: one.author,
        };
        flow.comments = comments.into_iter().map(comment).collect();
        flow
    }
}

/// Who changed the paragraphs in which places are named.
fn authors_of(
    blocks: &[Block],
    authors: &BTreeMap<usize, BTreeSet<String>>,
    found: &mut BTreeMap<String, BTreeSet<String>>,
) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                let Some(own) = authors.get(&paragraph.number) else {
                    continue;
                };
                for piece in &paragraph.pieces {
                    if let Content::BookmarkStart(name) = &piece.content
                        && name.starts_with(PLACE)
                    {
                        found.insert(name.clone(), own.clone());
                    }
                }
            }
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|cell| authors_of(&cell.blocks, authors, found));
            }
        }
    }
}

/// The words of blocks on one line.
fn plain(blocks: &[Block]) -> String {
    let text = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.text(),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            let cells: Vec<String> = cells.map(|cell| plain(&cell.blocks)).collect();
            cells.join(" ")
        }
    };
    let text: Vec<String> = blocks.iter().map(text).collect();
    text.join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Leaves changes of one author to be accepted; those of others are turned about, so that accepting undoes them.
fn of_author(blocks: &mut [Block], author: &str) {
    use word::{Change, ChangeKind};
    let turn = |changes: &mut Vec<Arc<Change>>| {
        for change in changes.iter_mut().filter(|change| change.author != author) {
            let kind = match change.kind {
                ChangeKind::Insertion => ChangeKind::Deletion,
                ChangeKind::Deletion => ChangeKind::Insertion,
                ChangeKind::MoveTo => ChangeKind::MoveFrom,
                ChangeKind::MoveFrom => ChangeKind::MoveTo,
            };
            *change = Arc::new(Change {
                kind,
                ..(**change).clone()
            });
        }
    };
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                turn(&mut paragraph.changes);
                for piece in &mut paragraph.pieces {
                    turn(&mut piece.changes);
                    if let Content::TextBox(blocks) = &mut piece.content {
                        of_author(blocks, author);
                    }
                }
            }
            Block::Table(table) => {
                for row in &mut table.rows {
                    turn(&mut row.changes);
                    for cell in &mut row.cells {
                        turn(&mut cell.changes);
                        of_author(&mut cell.blocks, author);
                    }
                }
            }
        }
    }
}

/// Fields that say something else whenever Word or somebody else makes pages.
const UPDATED: [&str; 9] = [
    "TOC",
    "PAGE",
    "PAGEREF",
    "NUMPAGES",
    "SECTIONPAGES",
    "STYLEREF",
    "INDEX",
    "DATE",
    "TIME",
];

struct Reader<'f> {
    file: &'f WordFile,
    authors: BTreeMap<usize, BTreeSet<String>>,
    flow: Flow,
    tables: usize,
    commented: BTreeMap<String, usize>,
    /// What fields show, by their index.
    filled: BTreeMap<usize, String>,
}

impl Reader<'_> {
    /// What headers and footers say by themselves.
    fn furniture(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let own = paragraph
                        .pieces
                        .iter()
                        .filter(|piece| self.field(piece).is_none());
                    let text: String = own
                        .map(|piece| match &piece.content {
                            Content::Text(text) => text.as_str(),
                            _ => " ",
                        })
                        .collect();
                    self.beside(&text);
                }
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    cells.for_each(|cell| self.furniture(&cell.blocks));
                }
            }
        }
    }

    fn beside(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words
            .iter()
            .any(|word| word.contains(char::is_alphanumeric))
        {
            self.flow.beside.insert(words.join(" "));
        }
    }

    fn blocks(&mut self, blocks: &[Block], place: &Place) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, place),
                Block::Table(table) => {
                    let number = self.tables;
                    self.tables += 1;
                    for (row, cells) in table.rows.iter().enumerate() {
                        for (column, cell) in cells.cells.iter().enumerate() {
                            // The rest of a cell that goes over several rows holds nothing.
                            if cell.merge != word::Merge::Above {
                                let place = Place::Cell(number, row, column);
                                self.blocks(&cell.blocks, &place);
                            }
                        }
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, read: &word::Paragraph, place: &Place) {
        let index = self.flow.paragraphs.len();
        let mut paragraph = Paragraph {
            place: place.clone(),
            level: read.level,
            item: read
                .label
                .as_ref()
                .map(|label| label.counter != word::Counter::Bullet),
            authors: self.authors.remove(&read.number).unwrap_or_default(),
            ..Paragraph::default()
        };
        let mut open: BTreeMap<String, usize> = BTreeMap::new();
        let mut apart: Vec<&[Block]> = Vec::new();
        let mut look = (Format::default(), None, Arc::new(Look::default()), false);
        for piece in &read.pieces {
            let format = (&piece.format, &piece.link);
            if (&look.0, &look.1) != format {
                let (own, inner) = self.look(&piece.format, piece.link.as_deref());
                look = (
                    piece.format.clone(),
                    piece.link.clone(),
                    Arc::new(own),
                    inner,
                );
            }
            let sign = |shown: Shown| Sign {
                shown,
                look: Arc::clone(&look.2),
                inner_link: look.3,
            };
            if let Some(field) = self.field(piece) {
                if let Content::Text(text) = &piece.content {
                    self.filled.entry(field).or_default().push_str(text);
                }
                let last = paragraph.signs.last();
                if last.is_none_or(|last| last.shown != Shown::Filled) && piece.is_shown() {
                    paragraph.signs.push(Sign {
                        shown: Shown::Filled,
                        look: Arc::default(),
                        inner_link: false,
                    });
                }
                if !matches!(
                    piece.content,
                    Content::BookmarkStart(_) | Content::BookmarkEnd(_)
                ) {
                    continue;
                }
            }
            let mut foreign = |what: &'static str| *paragraph.foreign.entry(what).or_default() += 1;
            match &piece.content {
                Content::Text(text) => {
                    // Links have a colour by themselves.
                    if piece.format.look && piece.link.is_none() && !text.trim().is_empty() {
                        foreign("a colour, size or font of its own");
                    }
                    if piece.format.underline && piece.link.is_none() && !text.trim().is_empty() {
                        foreign("underlining");
                    }
                    let shown = text.chars().filter(|c| !is_hidden(*c));
                    let shown = shown.map(|c| if c == '\u{2011}' { '-' } else { c });
                    paragraph.signs.extend(shown.map(|c| sign(Shown::Char(c))));
                }
                Content::Break(Break::Line) => paragraph.signs.push(sign(Shown::Break)),
                Content::Break(_) => foreign("a page break"),
                Content::Note(kind, id, mark) => {
                    if mark.is_some() {
                        foreign("a note with a mark of its own");
                    }
                    let note = Shown::Note(*kind == NoteKind::End, id.clone());
                    paragraph.signs.push(sign(note));
                }
                Content::Picture(picture) => {
                    let bytes = self.file.media.get(&picture.source);
                    let name = bytes.map(|bytes| crate::base::digest::sha256(bytes));
                    let name = format!("{}{}", name.unwrap_or_default(), picture.alt);
                    paragraph.signs.push(sign(Shown::Picture(name)));
                }
                Content::TextBox(blocks) => apart.push(blocks),
                Content::Math(..) => foreign("a formula"),
                Content::Object(..) => {
                    foreign("a chart, a drawing or an object of another program")
                }
                Content::BookmarkStart(name) if name.starts_with(PLACE) => {
                    open.insert(name.clone(), paragraph.signs.len());
                }
                Content::BookmarkEnd(name) if name.starts_with(PLACE) => {
                    if let Some(start) = open.remove(name) {
                        let range = start..paragraph.signs.len();
                        paragraph.anchors.push((name.clone(), range));
                    }
                }
                Content::CommentStart(id) | Content::CommentMark(id) => {
                    self.commented.entry(id.clone()).or_insert(index);
                }
                _ => {}
            }
        }
        // What ends in another paragraph.
        for (name, start) in open {
            let range = start..paragraph.signs.len();
            paragraph.anchors.push((name, range));
        }
        // A paragraph that went leaves its names in the next one.
        if paragraph.anchors.iter().any(|(_, range)| !range.is_empty()) {
            paragraph.anchors.retain(|(_, range)| !range.is_empty());
        }
        paragraph.anchors.sort_by_key(|(_, range)| range.start);
        self.flow.paragraphs.push(paragraph);
        for blocks in apart {
            let first = self.flow.paragraphs.len();
            self.blocks(blocks, place);
            for paragraph in &mut self.flow.paragraphs[first..] {
                *paragraph
                    .foreign
                    .entry("a box of text around it")
                    .or_default() += 1;
            }
        }
    }

    /// The outermost field that a piece belongs to, other than one that is a link.
    fn field(&self, piece: &Piece) -> Option<usize> {
        let mut field = match piece.content {
            Content::FieldStart(index) | Content::FieldEnd(index) => Some(index),
            _ => piece.field,
        };
        let mut outermost = None;
        while let Some(index) = field {
            let one = self.file.fields.get(index)?;
            if one.name() != "HYPERLINK" {
                outermost = Some(index);
            }
            field = one.outer;
        }
        outermost
    }

    /// How a piece looks, and whether it leads to another place of the file.
    fn look(&self, format: &Format, link: Option<&Link>) -> (Look, bool) {
        let address = match link {
            Some(Link::External(address)) => Some(address.trim_end_matches('/').to_owned()),
            _ => None,
        };
        let look = Look {
            strong: format.bold,
            emphasis: format.italic,
            raised: format.script == Script::Super,
            lowered: format.script == Script::Sub,
            struck: format.strike,
            code: format.typewriter,
            link: address,
        };
        (look, matches!(link, Some(Link::Internal(_))))
    }
}

/// Signs as words: runs of letters and figures, white space, and every other sign for itself; each of one look.
pub(super) fn words(signs: &[Sign]) -> Vec<Range<usize>> {
    let class = |sign: &Sign| match sign.shown {
        Shown::Char(c) if c.is_whitespace() => 1,
        Shown::Char(c) if c.is_alphanumeric() && !is_ideographic(c) => 2,
        Shown::Char('’' | '\'') => 2,
        _ => 0,
    };
    let mut words: Vec<Range<usize>> = Vec::new();
    for (index, sign) in signs.iter().enumerate() {
        let goes_on = index > 0 && {
            let before = &signs[index - 1];
            class(sign) != 0
                && class(sign) == class(before)
                && sign.look == before.look
                && sign.inner_link == before.inner_link
        };
        match words.last_mut() {
            Some(word) if goes_on => word.end = index + 1,
            _ => words.push(index..index + 1),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_of_one_kind_and_one_look() {
        let plain = Arc::new(Look::default());
        let strong = Arc::new(Look {
            strong: true,
            ..Look::default()
        });
        let sign = |c: char, look: &Arc<Look>| Sign {
            shown: Shown::Char(c),
            look: Arc::clone(look),
            inner_link: false,
        };
        let mut signs: Vec<Sign> = "It’s 12, no".chars().map(|c| sign(c, &plain)).collect();
        signs.extend("w!".chars().map(|c| sign(c, &strong)));
        let said: Vec<String> = words(&signs)
            .into_iter()
            .map(|word| {
                let signs = signs[word].iter();
                signs
                    .map(|sign| match sign.shown {
                        Shown::Char(c) => c,
                        _ => '?',
                    })
                    .collect()
            })
            .collect();
        assert_eq!(said, ["It’s", " ", "12", ",", " ", "no", "w", "!"]);
    }
}
