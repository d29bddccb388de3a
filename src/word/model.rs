//! What a Word file says, without how it is stored.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A Word file.
#[derive(Debug, Default)]
pub struct WordFile {
    /// What kind of file it is: `Word` or `Word template`.
    pub kind: &'static str,
    /// Title, author and the like, as the program that saved the file noted them.
    pub properties: Properties,
    /// The languages of text that names none, as BCP 47: of letters, of ideographs, and of what runs from right to left.
    pub languages: [Option<Arc<str>>; 3],
    /// Whether changes are being tracked.
    pub tracking: bool,
    /// The text, block by block.
    pub body: Vec<Block>,
    /// Footnotes and endnotes, by kind and id.
    pub notes: BTreeMap<(NoteKind, String), Vec<Block>>,
    /// Comments in their order.
    pub comments: Vec<Comment>,
    /// Headers and footers of pages.
    pub furniture: Vec<Furniture>,
    /// The section in which the text ends; those before it are at their last paragraphs.
    pub section: Section,
    /// Fields, which pieces name by their index.
    pub fields: Vec<Field>,
    /// Styles by their ids.
    pub styles: BTreeMap<String, Style>,
    /// Bytes of pictures, by the names of their parts; those that are too large or damaged are not there.
    pub media: BTreeMap<String, Vec<u8>>,
    /// Parts with XML of other programs (`customXml/item…`), by their names.
    pub custom: BTreeMap<String, Vec<u8>>,
    /// What is in the file and not in this model, in words, such as `a chart`.
    pub unread: Vec<(usize, String)>,
    /// How many changes of looks (not of words) are tracked.
    pub look_changes: usize,
}

/// Title matter that a program noted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Properties {
    /// The title.
    pub title: String,
    /// What it is about.
    pub subject: String,
    /// Who wrote it.
    pub creator: String,
    /// Keywords as one text.
    pub keywords: String,
    /// What it is, in a sentence or more.
    pub description: String,
    /// BCP 47 tag.
    pub language: String,
    /// The body that it is of.
    pub company: String,
    /// The program that saved it.
    pub application: String,
    /// When it was made and changed, as RFC 3339 has it.
    pub created: String,
    /// The same of the last change.
    pub modified: String,
    /// Properties that somebody added, by name.
    pub custom: BTreeMap<String, String>,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph; an item of a list and a heading are paragraphs.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    /// Its number in the file, from 1; those of notes, comments, headers and text boxes follow those of the text.
    pub number: usize,
    /// Id of its style; empty for the default one.
    pub style: String,
    /// Its level in the outline, from 1: from its style or its own.
    pub level: Option<u8>,
    /// Its number or bullet in a list.
    pub label: Option<Label>,
    /// Where its lines stand.
    pub align: Align,
    /// Whether it runs from right to left.
    pub rtl: bool,
    /// Indent of its lines from the margin, in twentieths of a point.
    pub indent: i32,
    /// How its style shows text: a run’s format says only where it differs.
    pub looks: Format,
    /// What is in it.
    pub pieces: Vec<Piece>,
    /// How the end of the paragraph was changed: where it was inserted, two paragraphs were one before.
    pub changes: Vec<Arc<Change>>,
    /// The content controls around it, the outermost first.
    pub controls: Vec<Arc<Control>>,
    /// The section that ends here.
    pub section: Option<Box<Section>>,
}

/// Where lines stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// At the side at which lines begin, or at both.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the side at which lines end.
    End,
}

/// The number or bullet of a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// The list: paragraphs of one are counted together.
    pub list: String,
    /// Its level, from 0.
    pub level: u8,
    /// As it is shown, such as `1.2`, `(a)` or `•`.
    pub text: String,
    /// How it is counted.
    pub counter: Counter,
    /// Its number, from 1 as a rule.
    pub value: u64,
}

/// How the labels of a list are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Counter {
    /// Not at all: a bullet.
    #[default]
    Bullet,
    /// 1, 2, 3, and in any script.
    Decimal,
    /// a, b, c.
    LowerLetter,
    /// A, B, C.
    UpperLetter,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// Neither number nor bullet.
    None,
}

/// Part of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// What it is.
    pub content: Content,
    /// How it looks, as far as that is its own.
    pub format: Format,
    /// Where it leads.
    pub link: Option<Arc<Link>>,
    /// The innermost field whose result it belongs to.
    pub field: Option<usize>,
    /// The innermost content control that it is in, within the paragraph.
    pub control: Option<Arc<Control>>,
    /// Tracked changes, the outermost first.
    pub changes: Vec<Arc<Change>>,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Text; a tab is `\t`, a hyphen that must not part is U+2011, one that may is U+00AD.
    Text(String),
    /// The end of a line, page or column within a paragraph.
    Break(Break),
    /// The mark of a note, by kind and id, and the mark itself where somebody chose one.
    Note(NoteKind, String, Option<String>),
    /// A picture.
    Picture(Box<Picture>),
    /// A box of text that stands apart.
    TextBox(Vec<Block>),
    /// A formula, as plain text; whether it stands on a line of its own.
    Math(String, bool),
    /// What is no text and no picture, such as a chart: what it is, and the words in it.
    Object(String, String),
    /// A bookmark begins.
    BookmarkStart(String),
    /// It ends.
    BookmarkEnd(String),
    /// The text of a comment begins, by its id.
    CommentStart(String),
    /// It ends.
    CommentEnd(String),
    /// The mark of a comment.
    CommentMark(String),
    /// A field begins; its result follows.
    FieldStart(usize),
    /// It ends.
    FieldEnd(usize),
}

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// A line.
    Line,
    /// A page.
    Page,
    /// A column.
    Column,
}

/// Where a note stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// At the foot of the page.
    Foot,
    /// At the end of the text.
    End,
}

/// How text looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Format {
    /// Bold type.
    pub bold: bool,
    /// Italic type.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck out.
    pub strike: bool,
    /// Set in capitals, whatever was typed.
    pub caps: bool,
    /// Not shown.
    pub hidden: bool,
    /// From right to left.
    pub rtl: bool,
    /// Raised or lowered.
    pub script: Script,
    /// Colour, size or font of its own, or marked by colour.
    pub look: bool,
    /// Set in a font with letters of one width.
    pub typewriter: bool,
    /// BCP 47 tag.
    pub language: Option<Arc<str>>,
    /// Id of the character style.
    pub style: Option<Arc<str>>,
}

/// How high text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Script {
    /// On the line.
    #[default]
    Base,
    /// Raised.
    Super,
    /// Lowered.
    Sub,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To an address.
    External(String),
    /// To a bookmark.
    Internal(String),
}

/// A tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// By whom.
    pub author: String,
    /// When, as RFC 3339 has it.
    pub date: String,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Something was inserted.
    Insertion,
    /// Something was deleted.
    Deletion,
    /// Something was moved here.
    MoveTo,
    /// Something was moved elsewhere.
    MoveFrom,
}

/// A content control.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Control {
    /// Its name for programs.
    pub tag: String,
    /// Its name for people.
    pub title: String,
    /// The gallery of building blocks that it is from, such as `Table of Contents`.
    pub gallery: String,
    /// Whether its text only asks for one.
    pub placeholder: bool,
    /// The control around it, within a paragraph.
    pub outer: Option<Arc<Control>>,
}

/// A field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Its instruction as it stands.
    pub instruction: String,
    /// The field in whose result it is.
    pub outer: Option<usize>,
    /// Whether updates leave it alone.
    pub locked: bool,
}

/// A picture.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    /// Name of the part with its bytes, or the address where it is.
    pub source: String,
    /// Name of the part with the same as a drawing (SVG), where there is one.
    pub drawing: Option<String>,
    /// Whether it is not in the file.
    pub external: bool,
    /// What it shows.
    pub alt: String,
    /// Its title.
    pub title: String,
    /// Whether it is marked as decorative.
    pub decorative: bool,
    /// Width and height in points.
    pub size: (f64, f64),
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Id of its style.
    pub style: String,
    /// Title and description for those who cannot see it.
    pub title: String,
    /// The same, longer.
    pub description: String,
    /// Widths of its columns, in twentieths of a point.
    pub columns: Vec<i32>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Whether its style marks the first row and the first column.
    pub first_row: bool,
    /// The same of the first column.
    pub first_column: bool,
    /// Whether its columns run from right to left.
    pub rtl: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Whether it is repeated as a head.
    pub header: bool,
    /// Columns that are left free before its first cell.
    pub before: usize,
    /// Cells.
    pub cells: Vec<Cell>,
    /// How the row was changed.
    pub changes: Vec<Arc<Change>>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// How many columns it takes.
    pub span: usize,
    /// Whether it begins, or goes on with, a cell over several rows.
    pub merge: Merge,
    /// What is in it.
    pub blocks: Vec<Block>,
    /// How the cell was changed.
    pub changes: Vec<Arc<Change>>,
}

/// A cell among those above and below it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merge {
    /// Of one row.
    #[default]
    Alone,
    /// The first of several rows.
    Start,
    /// The cell above goes on here.
    Above,
}

/// A comment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    pub author: String,
    /// The short form of the name.
    pub initials: String,
    /// When, as RFC 3339 has it.
    pub date: String,
    /// The id of the comment that it answers.
    pub answers: Option<String>,
    /// Whether it is marked as done.
    pub done: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A header or footer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Furniture {
    /// Whether it is a header.
    pub header: bool,
    /// Name of its part.
    pub part: String,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A section: pages of one form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// How many columns there are.
    pub columns: usize,
    /// Whether its pages are wider than high.
    pub landscape: bool,
    /// Whether it runs from right to left.
    pub rtl: bool,
}

/// A style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Style {
    /// Its name, in English for styles that Word brings along, whatever language Word speaks.
    pub name: String,
    /// Whether it is for paragraphs, characters, tables or lists.
    pub kind: StyleKind,
    /// Id of the style that it is based on.
    pub based_on: Option<String>,
    /// Level in the outline, from 1.
    pub level: Option<u8>,
}

/// What a style is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StyleKind {
    /// Paragraphs.
    #[default]
    Paragraph,
    /// Stretches of text.
    Character,
    /// Tables.
    Table,
    /// Lists.
    Numbering,
}

impl Paragraph {
    /// Its text, deleted text included.
    pub fn text(&self) -> String {
        self.pieces.iter().map(Piece::text).collect()
    }
}

impl Piece {
    /// Its text; a break is `\n`, and what is no text is empty.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) | Content::Math(text, _) => text,
            Content::Break(_) => "\n",
            _ => "",
        }
    }

    /// Whether a reader sees it: marks of bookmarks, comments and fields are none.
    pub fn is_shown(&self) -> bool {
        !matches!(
            self.content,
            Content::FieldStart(_)
                | Content::FieldEnd(_)
                | Content::BookmarkStart(_)
                | Content::BookmarkEnd(_)
                | Content::CommentStart(_)
                | Content::CommentEnd(_)
                | Content::CommentMark(_)
        )
    }

    /// Whether it was inserted or moved here.
    pub fn is_new(&self) -> bool {
        self.changes.iter().any(|change| change.kind.adds())
    }

    /// Whether it was deleted or moved elsewhere.
    pub fn is_gone(&self) -> bool {
        self.changes.iter().any(|change| !change.kind.adds())
    }
}

impl ChangeKind {
    /// Whether it adds something to the text.
    pub fn adds(self) -> bool {
        matches!(self, ChangeKind::Insertion | ChangeKind::MoveTo)
    }
}

impl Field {
    /// What kind of field it is, in capitals, such as `PAGEREF`.
    pub fn name(&self) -> String {
        let word = self.instruction.split_whitespace().next();
        word.unwrap_or_default().to_uppercase()
    }

    /// Its arguments and switches, without quotation marks.
    pub fn arguments(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut chars = self.instruction.trim().chars().peekable();
        while let Some(c) = chars.next() {
            let mut word = String::new();
            match c {
                c if c.is_whitespace() => continue,
                '"' => {
                    while let Some(c) = chars.next().filter(|c| *c != '"') {
                        match c {
                            '\\' => word.extend(chars.next()),
                            c => word.push(c),
                        }
                    }
                }
                c => {
                    word.push(c);
                    while let Some(c) = chars.next_if(|c| !c.is_whitespace() && *c != '"') {
                        word.push(c);
                    }
                }
            }
            found.push(word);
        }
        found.drain(..found.len().min(1));
        found
    }
}

impl WordFile {
    /// The fields in whose result a piece is, the innermost first.
    pub fn fields_around(&self, piece: &Piece) -> impl Iterator<Item = &Field> {
        let mut next = piece.field;
        let one = move || {
            let field = self.fields.get(next?)?;
            next = field.outer;
            Some(field)
        };
        std::iter::from_fn(one).take(super::runs::DEEPEST)
    }

    /// The name of a paragraph's style, in English and lower case, such as `heading 1`.
    pub fn style_name(&self, id: &str) -> String {
        let known = self.styles.get(id);
        known.map_or(id, |style| &style.name).to_lowercase()
    }

    /// Whether a style, or one that it is based on, has such a name.
    pub fn is_style(&self, id: &str, wanted: &dyn Fn(&str) -> bool) -> bool {
        let mut id = Some(id);
        for _ in 0..super::styles::DEEPEST {
            let Some(one) = id else { return false };
            if wanted(&self.style_name(one)) {
                return true;
            }
            id = self
                .styles
                .get(one)
                .and_then(|style| style.based_on.as_deref());
        }
        false
    }
}
