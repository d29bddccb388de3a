//! The document: a report with every reference found, every rule checked and everything derived that can be derived.
//!
//! It knows nothing of any format. All text is clean: NFC, single spaces, no control characters, no unpaired bidi
//! marks. Its serialised form (tags in `kind`, kebab-case) is what the typst templates receive as data.

mod chart;
mod content;
mod line;
mod lists;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::diagnostic::Location;

pub use crate::source::schema::{ChartKind, Extent, Tone};
pub use chart::*;
pub use content::*;
pub use line::*;
pub use lists::*;

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
    /// What the covers have besides the words of the title page, and the logos of the imprint.
    pub covers: Covers,
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
    /// Lists of tables, figures and boxes, where the report wants them.
    pub block_lists: Vec<BackList<ListedBlock>>,
    /// List of the works that the text cites, or `None` where it cites none.
    pub bibliography: Option<BackList<Work>>,
    /// List of speakers, or `None` where the report has none.
    pub speakers: Option<BackList<SpeakerEntry>>,
    /// List of acronyms that occur in the text.
    pub acronyms: Option<BackList<AcronymEntry>>,
    /// Index of organisations that the text marks.
    pub index: Option<BackList<IndexEntry>>,
    /// Where running text is written; `Line::origin` holds the index.
    #[serde(skip)]
    pub origins: Vec<Origin>,
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

/// What the covers have besides the words of the title page, and the logos of the imprint.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Covers {
    /// Picture on the cover.
    pub picture: Option<CoverPicture>,
    /// Logos at the foot of the cover.
    pub logos: Vec<Logo>,
    /// Logos of those who paid for the report, in the imprint.
    pub supporters: Vec<Logo>,
    /// Text of the back cover: paragraphs and lists.
    pub text: Vec<Block>,
}

/// The picture on the cover.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct CoverPicture {
    /// Index into `Document::images`.
    pub image: usize,
    /// What it shows; `None` where it only decorates.
    pub alt: Option<String>,
}

/// The logo of an organisation.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Logo {
    /// Index into `Document::images`; where the organisation has no logo, its name stands there.
    pub image: Option<usize>,
    /// Name of the organisation: the alternative text.
    pub name: String,
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
    /// The key points of those who speak in it, with their names, as one list; empty where there are none. Pages and
    /// Word files show it where the layout says so.
    pub key_points: Vec<Block>,
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
    /// The long descriptions of pictures and charts, which the program lists.
    Descriptions,
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
    pub content: Line,
}

impl Heading {
    /// A heading without label and marks.
    pub fn plain(anchor: Anchor, level: u8, title: &str) -> Heading {
        Heading {
            anchor,
            level,
            label: None,
            title: title.to_owned(),
            content: plain_content(title).into(),
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

/// A picture asks for more work than pages do if it weighs more than this.
const HEAVY: u64 = 10_000_000;

impl Document {
    /// The picture that asks for most of the work, if one asks for more than pages do.
    pub fn heaviest_picture(&self) -> Option<&Image> {
        let heaviest = self.images.iter().max_by_key(|image| image.weight());
        heaviest.filter(|image| image.weight() > HEAVY)
    }
}

impl Image {
    /// How much work it asks for, about, in pixels.
    pub fn weight(&self) -> u64 {
        match self.format {
            // A shape has some twenty bytes, and takes more time than a pixel.
            ImageFormat::Svg => self.bytes.len() as u64 * 20,
            _ => u64::from(self.width) * u64::from(self.height),
        }
    }
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
