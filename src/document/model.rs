//! The document: a report with every reference found, every rule checked and everything derived that can be derived.
//!
//! It knows nothing of any format. All text is clean: NFC, single spaces, no control characters, no unpaired bidi
//! marks. Its serialised form (tags in `kind`, kebab-case) is what the typst templates receive as data.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Counter, Delimiter};
use crate::base::diagnostic::Location;
pub use crate::source::schema::{Extent, Tone};

/// Name of a place that can be linked to: ASCII letters, digits and hyphens, starts with a letter, at most 40 long,
/// unique in the document and stable as long as the ids and the order of the source are.
pub type Anchor = String;

/// A whole report.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Document {
    /// Stem of the names of the files that are written.
    pub id: String,
    /// Language of the report.
    pub language: Language,
    /// Title on one line.
    pub title: String,
    /// Title broken by sense, at least one line.
    pub title_lines: Vec<String>,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Series line above the title.
    pub series: Option<String>,
    /// Short title of the report: the running head of left-hand pages.
    pub running_title: String,
    /// Date of publication.
    pub date: Date,
    /// Publisher.
    pub publisher: String,
    /// Place of publication.
    pub place: Option<String>,
    /// Line at the foot of the cover.
    pub credit: String,
    /// Author for the files' properties.
    pub author: String,
    /// One sentence that says what the document is.
    pub description: String,
    /// Copyright line.
    pub copyright: String,
    /// Keywords for the files' properties.
    pub keywords: Vec<String>,
    /// Text of the imprint page.
    pub imprint: Vec<Block>,
    /// Identifiers as label and value, in the order of the imprint.
    pub identifiers: Vec<Fact>,
    /// Job number of the print shop.
    pub job_number: Option<String>,
    /// Where the report is available.
    pub url: Option<String>,
    /// Whether footnote numbers start again in each chapter.
    pub footnotes_restart: bool,
    /// Chapters in reading order, front matter first.
    pub chapters: Vec<Chapter>,
    /// Contents list: chapters, their sections of every level and the back matter, in order. Layouts say how deep it
    /// goes: see [`Document::contents_to`].
    #[serde(skip)]
    pub contents: Vec<ContentsEntry>,
    /// All footnotes, in the order of their marks; `Inline::Footnote` holds the index.
    pub footnotes: Vec<Footnote>,
    /// All people of the registry, in its order; `person` fields hold the index.
    #[serde(skip)]
    pub people: Vec<Person>,
    /// All organisations of the registry, in its order.
    #[serde(skip)]
    pub organisations: Vec<Organisation>,
    /// List of speakers, or `None` where the report has none.
    pub speakers: Option<BackList<SpeakerEntry>>,
    /// List of acronyms that occur in the text.
    pub acronyms: Option<BackList<AcronymEntry>>,
    /// Index of organisations that the text marks.
    pub index: Option<BackList<IndexEntry>>,
    /// Pictures, each once; figures hold the index.
    pub images: Vec<Image>,
    /// Every character of the document's texts with the place where it occurs first.
    #[serde(skip)]
    pub characters: BTreeMap<char, FieldLocation>,
    /// Fixed words of the report's language.
    pub strings: crate::layout::Strings,
}

impl Document {
    /// The contents list down to the headings of a level.
    pub fn contents_to(&self, level: u8) -> impl Iterator<Item = &ContentsEntry> {
        self.contents
            .iter()
            .filter(move |entry| entry.level <= level)
    }
}

/// Where something is in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLocation {
    /// File, line and column.
    pub location: Location,
    /// Path of the field.
    pub field: String,
}

/// A language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Language {
    /// The whole tag, such as `en-GB`.
    pub tag: String,
    /// ISO 639 code, such as `en`.
    pub code: String,
    /// ISO 3166 region, such as `GB`.
    pub region: Option<String>,
    /// Whether it is written from right to left.
    pub rtl: bool,
}

/// A calendar day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
    /// The date in the words of the report's language, such as `25 April 2016`.
    pub text: String,
}

impl Date {
    /// The date as ISO 8601 writes it, such as `2016-04-25`.
    pub fn iso(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A label with what it says, such as `Date` and `25 April 2016, 10:00–13:00`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Fact {
    /// The label, without a colon.
    pub label: String,
    /// What it says, one line each; at least one.
    pub values: Vec<String>,
}

/// A chapter.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Chapter {
    /// What kind of chapter it is.
    pub kind: ChapterKind,
    /// Whether it belongs to the front matter.
    pub front: bool,
    /// Heading at level 1, with a label such as `First meeting` or `Appendix 1` where it has one.
    pub heading: Heading,
    /// The heading's text broken by sense, at least one line.
    pub title_lines: Vec<Vec<Inline>>,
    /// Short title for running heads.
    pub short_title: String,
    /// Facts of a meeting: date, time, place, organisers, chairs, … in order; empty for other chapters.
    pub facts: Vec<Fact>,
    /// Content before the first section.
    pub blocks: Vec<Block>,
    /// Interventions before the first section.
    pub interventions: Vec<Intervention>,
    /// Sections.
    pub sections: Vec<Section>,
}

/// What kind of chapter it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChapterKind {
    /// An ordinary chapter.
    Section,
    /// A meeting with facts.
    Meeting,
    /// An appendix.
    Appendix,
}

/// A heading.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Heading {
    /// Where links to it go.
    pub anchor: Anchor,
    /// Level: 1 for chapters and back matter, one more for each depth of section; no level is skipped.
    pub level: u8,
    /// Label over the title, such as `First meeting`, `Panel 2` or `Appendix 1`.
    pub label: Option<String>,
    /// The bare title: what contents, running heads and bookmarks show.
    pub title: String,
    /// The title as it stands in the text: with its marks, that of the footnote on it last.
    pub content: Vec<Inline>,
}

impl Heading {
    /// A heading without label and marks.
    pub fn plain(anchor: Anchor, level: u8, title: &str) -> Heading {
        Heading {
            anchor,
            level,
            label: None,
            title: title.to_owned(),
            content: plain_content(title),
        }
    }

    /// Label and title on one line, such as `Panel 1: Next steps`.
    pub fn full(&self, strings: &crate::layout::Strings) -> String {
        match &self.label {
            Some(label) => format!("{label}{}{}", strings.colon, self.title),
            None => self.title.clone(),
        }
    }
}

/// A section of a chapter.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Section {
    /// What the section is.
    pub kind: SectionKind,
    /// Its heading, at level 2 or deeper.
    pub heading: Heading,
    /// Moderators of a panel.
    pub moderators: Vec<Speaker>,
    /// One or two sentences for the digest.
    pub brief: Option<String>,
    /// Content, before the interventions.
    pub blocks: Vec<Block>,
    /// What people said.
    pub interventions: Vec<Intervention>,
    /// Subsections.
    pub sections: Vec<Section>,
}

/// What a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// An ordinary section.
    Section,
    /// Executive summary.
    Summary,
    /// Opening remarks.
    Opening,
    /// Speakers outside a panel.
    Speakers,
    /// A panel of a meeting.
    Panel,
    /// Interactive debate.
    Debate,
    /// Concluding remarks.
    Closing,
}

/// A person as named at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Speaker {
    /// Index into `Document::people`.
    pub person: usize,
    /// Name with the honorific, such as `H.E. Karel van Oosterom`.
    pub name: String,
    /// Post, organisation and capacity in one line; may be empty.
    pub post: String,
}

/// What one person said.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Intervention {
    /// Where the list of speakers points to.
    pub anchor: Anchor,
    /// Who spoke.
    pub speaker: Speaker,
    /// Whether a head with name and post is set and the text runs on from it; else the text names the speaker itself.
    pub head: bool,
    /// Key point in one sentence, for the digest.
    pub key: Option<String>,
    /// What they said; the first block is a paragraph.
    pub blocks: Vec<Block>,
}

/// A piece of content.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph; never empty.
    Paragraph {
        /// Its text.
        content: Vec<Inline>,
    },
    /// A list; never empty.
    List {
        /// First number of a numbered list; `None` for bullets.
        start: Option<u64>,
        /// By what the items of a numbered list are counted.
        counter: Counter,
        /// What stands around the numbers.
        delimiter: Delimiter,
        /// Whether the items are set without space between them.
        tight: bool,
        /// The items; each may hold any blocks (and may be empty).
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// The quoted blocks.
        blocks: Vec<Block>,
        /// Whose words they are.
        attribution: Option<String>,
        /// Where they are from; never empty.
        source: Option<Vec<Inline>>,
        /// Whether it is a pull quote: set large, paragraphs alone.
        pull: bool,
        /// Their language, where it is not the report's.
        language: Option<Language>,
    },
    /// Text set as typed, such as an example of a file.
    Code {
        /// What it is an example of, set above it.
        label: Option<String>,
        /// The text, lines separated by `\n`, without a final one.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A figure.
    Figure(Figure),
    /// Members of an organisation, in the order of the list.
    Members {
        /// Full name of the organisation whose members they are.
        of: String,
        /// The members.
        members: Vec<Member>,
    },
    /// Content that is set apart under a title.
    Box(TextBox),
    /// Numbers that are to be seen first.
    KeyFigures {
        /// The numbers; at least one.
        entries: Vec<KeyFigure>,
    },
    /// Terms with what they mean.
    Definitions {
        /// The terms; at least one.
        entries: Vec<Definition>,
    },
    /// Pictures side by side where there is room.
    Figures {
        /// The pictures; two.
        figures: Vec<Figure>,
    },
    /// Who signs a text.
    Signature(Signature),
}

/// Content that is set apart under a title.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TextBox {
    /// Where links to it go.
    pub anchor: Anchor,
    /// `Box 2`.
    pub label: String,
    /// Its title; never empty.
    pub title: Vec<Inline>,
    /// How it looks.
    pub tone: Tone,
    /// What is in it; never empty, and no box.
    pub blocks: Vec<Block>,
}

/// A number that is to be seen first.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct KeyFigure {
    /// The number as printed.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// What it says; never empty.
    pub text: Vec<Inline>,
    /// Where it is from; never empty.
    pub source: Option<Vec<Inline>>,
}

impl KeyFigure {
    /// The number with its unit, as it is read.
    pub fn number(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{}\u{A0}{unit}", self.value),
            None => self.value.clone(),
        }
    }
}

/// A term with what it means.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Definition {
    /// The term; never empty.
    pub term: Vec<Inline>,
    /// What it means.
    pub blocks: Vec<Block>,
}

/// Who signs a text.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Signature {
    /// Who signs.
    pub speaker: Speaker,
    /// Place and day on one line.
    pub signed: Option<String>,
    /// Index into `Document::images` of the written signature.
    pub image: Option<usize>,
    /// Description of that picture.
    pub alt: Option<String>,
}

/// A table: every row has as many cells as there are columns; at least one column and one row.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// Where links to it go.
    pub anchor: Anchor,
    /// `Table 2`, where it has a caption.
    pub label: Option<String>,
    /// Caption above the table; never empty.
    pub caption: Option<Vec<Inline>>,
    /// The columns.
    pub columns: Vec<Column>,
    /// Header rows; at least one.
    pub header: Vec<Vec<Cell>>,
    /// Body rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell of each body row is its header.
    pub row_headers: bool,
    /// Note below the table.
    pub note: Vec<Block>,
    /// Whether it may reach into the outer margin.
    pub wide: bool,
    /// Where the source has it.
    #[serde(skip)]
    pub place: Option<Location>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    /// Alignment.
    pub align: Align,
    /// Share of the width; the shares of a table need not add up to anything.
    pub width: f64,
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the start of the line.
    Start,
    /// At the end of the line.
    End,
    /// In the middle.
    Centre,
}

/// A cell of a table: paragraphs and lists; may be empty.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cell {
    /// The cell's blocks.
    pub blocks: Vec<Block>,
}

/// A figure.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Figure {
    /// Where links to it go.
    pub anchor: Anchor,
    /// `Figure 3`, where it has a caption.
    pub label: Option<String>,
    /// Index into `Document::images`.
    pub image: usize,
    /// Description; `None` for a picture that only decorates.
    pub alt: Option<String>,
    /// Caption below the picture; never empty.
    pub caption: Option<Vec<Inline>>,
    /// Whose picture it is; never empty.
    pub credit: Option<Vec<Inline>>,
    /// Width in per cent of the text's width, above 0 and at most 100.
    pub width: f64,
    /// How far it may reach.
    pub extent: Extent,
}

/// A member of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Member {
    /// Name as listed.
    pub name: String,
    /// Acronym.
    pub acronym: Option<String>,
    /// Web address, which the name leads to.
    pub url: Option<String>,
}

/// A piece of running text.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Text as it is; never empty.
    Text {
        /// The characters.
        text: String,
    },
    /// Emphasis (italic).
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Strong emphasis (semibold).
    Strong {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Raised text, such as the 6 of 10⁶.
    Superscript {
        /// What is raised; never empty.
        content: Vec<Inline>,
    },
    /// Lowered text, such as the 2 of H₂O.
    Subscript {
        /// What is lowered; never empty.
        content: Vec<Inline>,
    },
    /// Text that is struck out.
    Strike {
        /// What is struck out; never empty.
        content: Vec<Inline>,
    },
    /// Text in the monospaced font.
    Code {
        /// The characters.
        text: String,
    },
    /// A forced line break.
    Break,
    /// A link out of the document.
    Link {
        /// Absolute address.
        url: String,
        /// Text of the link; never empty.
        content: Vec<Inline>,
    },
    /// A link within the document.
    Reference {
        /// Where it goes.
        anchor: Anchor,
        /// Text of the link; never empty.
        content: Vec<Inline>,
        /// Whether paper says the page, too.
        page: bool,
    },
    /// A person named in the text.
    Person {
        /// Index into `Document::people`.
        person: usize,
        /// The name as it stands in the text.
        content: Vec<Inline>,
    },
    /// An organisation named in the text.
    Organisation {
        /// Index into `Document::organisations`.
        #[serde(skip)]
        organisation: usize,
        /// Where the index points to.
        anchor: Anchor,
        /// The name as it stands in the text.
        content: Vec<Inline>,
    },
    /// Words in another language.
    Language {
        /// The language.
        language: Language,
        /// The words.
        content: Vec<Inline>,
    },
    /// A footnote's mark.
    Footnote {
        /// Index into `Document::footnotes`.
        note: usize,
        /// Whether the note has a mark before this one; it belongs to the first.
        again: bool,
    },
}

/// The running text inside a piece of running text, by shared or by unique reference.
macro_rules! content_of {
    ($inline:expr) => {
        match $inline {
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Superscript { content }
            | Inline::Subscript { content }
            | Inline::Strike { content }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. }
            | Inline::Person { content, .. }
            | Inline::Organisation { content, .. }
            | Inline::Language { content, .. } => Some(content),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break | Inline::Footnote { .. } => {
                None
            }
        }
    };
}

impl Inline {
    /// The running text inside it; nothing where it holds none.
    pub fn content(&self) -> &[Inline] {
        content_of!(self).map_or(&[], Vec::as_slice)
    }

    /// The running text inside it, to be changed; `None` where it can hold none.
    pub(super) fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        content_of!(self)
    }
}

impl Inline {
    /// The same with other running text inside it; what holds none stays as it is.
    pub fn with(&self, inside: Vec<Inline>) -> Inline {
        let mut other = self.clone();
        if let Some(content) = other.content_mut() {
            *content = inside;
        }
        other
    }
}

/// Text as running text.
pub fn plain_content(text: &str) -> Vec<Inline> {
    vec![Inline::Text {
        text: text.to_owned(),
    }]
}

/// The footnotes that running text marks, in order.
pub fn noted(content: &[Inline]) -> Vec<usize> {
    let mut notes = Vec::new();
    for inline in content {
        match inline {
            Inline::Footnote { note, .. } => notes.push(*note),
            other => notes.extend(noted(other.content())),
        }
    }
    notes
}

/// The characters of running text without marks of footnotes; forced breaks become spaces.
pub fn plain_text(content: &[Inline]) -> String {
    let mut text = String::new();
    collect_text(content, &mut text);
    text
}

fn collect_text(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text: part } | Inline::Code { text: part } => text.push_str(part),
            Inline::Break => text.push(' '),
            other => collect_text(other.content(), text),
        }
    }
}

/// A footnote.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Footnote {
    /// Where links to the note go.
    pub anchor: Anchor,
    /// Number as printed; not unique where numbers start again in each chapter.
    pub number: usize,
    /// Index of the chapter it is in.
    pub chapter: usize,
    /// Whether it has more than one mark.
    pub marked_again: bool,
    /// Its text; paragraphs and lists, at least one block, the first a paragraph.
    pub blocks: Vec<Block>,
}

/// A line of the contents list.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ContentsEntry {
    /// Where it points to.
    pub anchor: Anchor,
    /// Level of the heading it stands for.
    pub level: u8,
    /// Label, such as `First meeting` or `Panel 1`.
    pub label: Option<String>,
    /// Bare title.
    pub title: String,
}

/// A person of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Person {
    /// Id in the registry.
    pub id: String,
    /// Name without the honorific.
    pub name: String,
    /// Name as sorted.
    pub sort: String,
    /// Honorific.
    pub honorific: Option<String>,
    /// Post and organisation in one line; may be empty.
    pub post: String,
    /// Index of the organisation they stand for.
    pub organisation: Option<usize>,
}

/// An organisation of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Organisation {
    /// Id in the registry.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Acronym.
    pub acronym: Option<String>,
    /// Short name.
    pub short: String,
    /// What kind of body it is.
    #[serde(skip)]
    pub kind: crate::source::schema::OrganisationKind,
    /// Web address.
    pub url: Option<String>,
}

/// A derived list at the end, with its heading at level 1; never empty.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BackList<T> {
    /// The heading.
    pub heading: Heading,
    /// The entries, sorted.
    pub entries: Vec<T>,
}

/// A line of the list of speakers.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SpeakerEntry {
    /// Index into `Document::people`.
    pub person: usize,
    /// Name as sorted, such as `Puri, Lakshmi`, followed by the honorific where there is one.
    pub name: String,
    /// Post and organisation; may be empty.
    pub post: String,
    /// Where they spoke or moderated, in order.
    pub anchors: Vec<Anchor>,
}

/// A line of the list of acronyms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AcronymEntry {
    /// The short form.
    pub acronym: String,
    /// What it stands for.
    pub expansion: String,
}

/// A line of the index of organisations.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct IndexEntry {
    /// Name as listed, with the acronym in brackets where there is one.
    pub name: String,
    /// Where the text marks it, in order.
    pub anchors: Vec<Anchor>,
}

/// A picture, decoded once to be sure that every backend can set it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Image {
    /// Path under which the templates find it, such as `images/1.png`.
    pub path: String,
    /// Format of the bytes.
    pub format: ImageFormat,
    /// Width in pixels (for SVG: in its own units, rounded).
    pub width: u32,
    /// Height in pixels (for SVG: in its own units, rounded).
    pub height: u32,
    /// Its file in the source, as the user would type it.
    #[serde(skip)]
    pub file: String,
    /// Where the source names it first.
    #[serde(skip)]
    pub place: Option<Location>,
    /// The file as it is.
    #[serde(skip)]
    pub bytes: std::sync::Arc<Vec<u8>>,
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Image({}, {}×{}, {} bytes)",
            self.path,
            self.width,
            self.height,
            self.bytes.len()
        )
    }
}

/// Format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageFormat {
    /// PNG.
    Png,
    /// JPEG, RGB or grey.
    Jpeg,
    /// GIF with a single frame.
    Gif,
    /// SVG; raster backends use resvg.
    Svg,
}
