//! The files of the source as types: what a writer may say in YAML, field by field.
//!
//! The JSON Schema that editors use is made from these types, so every field says what it is for. Unknown fields are
//! refused everywhere; enums are externally tagged so that no location is lost. Nothing is checked here beyond the
//! types: `document::resolve` holds the rules.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

/// A value with the place where it is in its file.
#[derive(Debug, Clone, Default)]
pub struct Located<T> {
    /// The value itself.
    pub value: T,
    /// Line of the value, from 1.
    pub line: u32,
    /// Column of the value in characters, from 1. For a block scalar this is the first character of its text.
    pub column: u32,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_yaml::Spanned::<T>::deserialize(deserializer)?;
        let place = spanned.referenced;
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(Located {
            value: spanned.value,
            line: narrow(place.line()),
            column: narrow(place.column()),
        })
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
    fn inline_schema() -> bool {
        true
    }
}

/// Plain text on one line, exactly as it is to be printed: no markup. Line breaks are folded to spaces.
pub type Literal = Located<String>;
/// CommonMark text, usually in a block scalar (`|`): paragraphs, lists, quotes, tables, emphasis, links, footnotes.
pub type Prose = Located<String>;
/// A name to refer to: lower-case letters, digits and hyphens, starting with a letter.
pub type Id = Located<String>;

/// `report.yaml`: what the publication is, and in which order its chapters are.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Name of the report, used as the stem of the files that are written: lower-case letters, digits and hyphens.
    pub id: Id,
    /// Language of the report as a BCP 47 tag, such as en-GB or fr. Fixed words, hyphenation and spelling follow it.
    pub language: Literal,
    /// Title, as on the cover.
    pub title: Literal,
    /// The title broken into lines by sense for the cover; joined by spaces they must be the title.
    #[serde(default)]
    pub title_lines: Vec<Literal>,
    /// Subtitle, below the title on the cover.
    pub subtitle: Option<Literal>,
    /// Series or body whose report it is: the small line above the title.
    pub series: Option<Literal>,
    /// Short title for the running heads of left-hand pages; the title where it is left out.
    pub running_title: Option<Literal>,
    /// Date of publication, such as 2016-08-31. It is also the date that the files carry inside.
    pub date: Literal,
    /// Who publishes the report.
    pub publisher: Literal,
    /// Place of publication.
    pub place: Option<Literal>,
    /// Line at the foot of the cover, such as on whose behalf the report is published; the publisher where left out.
    pub credit: Option<Literal>,
    /// Author in the files' properties; the `authors`, else the publisher, where it is left out.
    pub author: Option<Literal>,
    /// Ids of the people who wrote the report, named in the imprint.
    #[serde(default)]
    pub authors: Vec<Id>,
    /// Ids of the people who edited the report, named in the imprint.
    #[serde(default)]
    pub editors: Vec<Id>,
    /// One sentence that says what the document is: subject of the files, opening of the digest.
    pub description: Literal,
    /// Copyright line of the imprint.
    pub copyright: Literal,
    /// Text of the imprint page.
    pub imprint: Prose,
    /// Ids of the organisations that paid for the report, named in the imprint, with their logos where they have some.
    #[serde(default)]
    pub supported_by: Vec<Id>,
    /// What was corrected in this printing: the first text of the imprint, under a heading of its own.
    pub corrigendum: Option<Prose>,
    /// For what the publisher does not answer: the last text of the imprint.
    pub disclaimer: Option<Prose>,
    /// Picture on the cover.
    pub cover: Option<Cover>,
    /// Ids of the organisations whose logos stand at the foot of the cover, in their order; one without a logo is named.
    #[serde(default)]
    pub logos: Vec<Id>,
    /// Text of the back cover, such as what the report is about: paragraphs and lists.
    pub back_cover: Option<Prose>,
    /// Licence under which the report may be used: one of Creative Commons, such as CC BY 4.0 or CC BY-NC-SA 3.0 IGO. The
    /// imprint names it and links to its text.
    pub licence: Option<Literal>,
    /// Numbers and addresses that identify the publication.
    #[serde(default)]
    pub identifiers: Identifiers,
    /// Keywords of the files' properties.
    #[serde(default)]
    pub keywords: Vec<Literal>,
    /// How footnotes are numbered.
    #[serde(default)]
    pub footnotes: FootnotePolicy,
    /// Chapters in reading order, as file names next to this file (such as meetings/first.yaml).
    pub contents: Vec<Literal>,
    /// What is numbered, besides tables, figures and boxes: chapters, chapters with their sections, or every paragraph
    /// through the report. Front matter and appendices are not.
    #[serde(default)]
    pub numbering: Numbering,
    /// Style in which works are cited as `[@key]`, such as apa, chicago-author-date, vancouver, ieee or chicago-notes;
    /// chicago-author-date where it is left out.
    pub citation_style: Option<Literal>,
    /// Lists set at the end, made from the registries and the text; references, speakers, acronyms and index where it is
    /// left out.
    pub back_matter: Option<Vec<BackMatter>>,
    /// Files of a release, in their order; every format in its usual layout where it is left out.
    #[serde(default)]
    pub release: Vec<ReleaseItem>,
}

/// The picture on the cover, as wide as the cover and cut at its edges: what counts belongs in the middle.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// File of the picture next to report.yaml: PNG, JPEG, GIF (still) or SVG.
    pub image: Literal,
    /// What the picture shows, for readers who cannot see it.
    pub alt: Option<Literal>,
    /// Whether the picture only decorates: then it needs no description.
    #[serde(default)]
    pub decorative: bool,
    /// Whose picture it is, named in the imprint.
    pub credit: Option<Literal>,
}

/// A file of a release. The options of print jobs are for layouts for print alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseItem {
    /// Format of the file, such as pdf; `gmg-export list` names them.
    pub format: Literal,
    /// Name of a layout, or path of a layout's folder as seen from the folder that `source` is in; the format's usual
    /// layout where it is left out.
    pub layout: Option<Literal>,
    /// How pages share a sheet, such as booklet or single.
    pub impose: Option<Literal>,
    /// Sheet of paper: auto, a name such as SRA3, or a size such as 320x450mm.
    pub sheet: Option<Literal>,
    /// Colour beyond the trimmed page, such as 3mm.
    pub bleed: Option<Literal>,
    /// Whether sheets carry marks.
    pub marks: Option<bool>,
    /// How far each sheet of a booklet or signature moves towards the spine, such as 0.1mm.
    pub creep: Option<Literal>,
    /// ICC profile of the printer: the path of its file, or the name of one that is built in.
    pub profile: Option<Literal>,
    /// How it is bound: auto, stitched or perfect.
    pub binding: Option<Literal>,
    /// Paper of the text, by name, such as offset-90, or none.
    pub stock: Option<Literal>,
    /// Thickness of a leaf of the text, such as 97um.
    pub caliper: Option<Literal>,
    /// Paper of the cover, by name, or none.
    pub cover_stock: Option<Literal>,
    /// Paper of the endpapers, by name, or none.
    pub endpapers: Option<Literal>,
    /// What becomes of pages of the text in other inks than black: allow, list or refuse.
    pub colour_pages: Option<Literal>,
    /// Rules of the preflight, by name, such as sheetfed-uncoated.
    pub rules: Option<Literal>,
    /// Whether the job ticket is made, too.
    pub ticket: Option<bool>,
}

/// Numbers and addresses of a publication; leave out what it does not have.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Identifiers {
    /// ISBN of the printed edition; its check digit is verified.
    pub isbn: Option<Literal>,
    /// ISBN of the electronic edition; its check digit is verified.
    pub eisbn: Option<Literal>,
    /// ISSN of the series; its check digit is verified.
    pub issn: Option<Literal>,
    /// Digital object identifier, such as 10.1000/182.
    pub doi: Option<Literal>,
    /// Sales number, such as E.16.IV.5.
    pub sales_number: Option<Literal>,
    /// Document symbol, such as A/71/728.
    pub symbol: Option<Literal>,
    /// Version or edition, such as 1.2 or 2nd edition.
    pub version: Option<Literal>,
    /// Job number of the print shop.
    pub job_number: Option<Literal>,
    /// Paper of the printed edition.
    pub paper: Option<Literal>,
    /// Where the printed edition is printed.
    pub printed_in: Option<Literal>,
    /// Where the report is available, as an address starting with https://.
    pub url: Option<Literal>,
}

/// What is numbered through the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// Nothing.
    #[default]
    None,
    /// Chapters.
    Chapters,
    /// Chapters and sections, such as 2.1.
    Sections,
    /// Paragraphs, in one sequence; a paragraph that begins with {#id} can be referred to as [](#id).
    Paragraphs,
}

/// How footnotes are numbered.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FootnotePolicy {
    /// Where the numbers start again at 1.
    #[serde(default)]
    pub restart: FootnoteRestart,
}

/// Where footnote numbers start again at 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FootnoteRestart {
    /// One sequence through the whole report.
    #[default]
    Report,
    /// Each chapter starts at 1.
    Chapter,
}

/// A list that is made from the registries and the text and set at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BackMatter {
    /// Tables with a number, with the pages; only where it is named.
    Tables,
    /// Figures with a number and charts, which are numbered with them, with the pages; only where it is named.
    Figures,
    /// Boxes, with the pages; only where it is named.
    Boxes,
    /// The works that the text cites, from references.yaml or references.bib.
    References,
    /// Everyone who speaks, with the pages.
    Speakers,
    /// Short forms that the report uses, written out.
    Acronyms,
    /// Organisations that the text marks, with the pages.
    Index,
}

/// `people.yaml`: everyone whom the report names, once.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// The people, in any order.
    pub people: Vec<Person>,
}

/// A person.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name that chapters refer to this person by.
    pub id: Id,
    /// Name as printed, without the honorific.
    pub name: Literal,
    /// Name as sorted in lists, such as "Oosterom, Karel van"; the family name first where it is left out,
    /// taken to be the last word with capitalised particles before it.
    pub sort: Option<Literal>,
    /// Form of address set before the name, such as H.E. or Dr.
    pub honorific: Option<Literal>,
    /// Post as set next to the name, without the organisation where `organisation` names it.
    pub post: Option<Literal>,
    /// Post and organisation in one wording, where "post, organisation" would read wrongly.
    pub post_in_full: Option<Literal>,
    /// Id of the organisation that the person stands for.
    pub organisation: Option<Id>,
}

/// `organisations.yaml`: every body and state that the report names, once.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisations {
    /// The organisations, in any order.
    pub organisations: Vec<Organisation>,
}

/// An organisation, a state or a group of states.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Name that chapters refer to this organisation by.
    pub id: Id,
    /// Full name as printed.
    pub name: Literal,
    /// Acronym, such as UNHCR.
    pub acronym: Option<Literal>,
    /// Short name used in running lists; the acronym, else the full name, where it is left out.
    pub short: Option<Literal>,
    /// What kind of body it is: those that took the floor at a meeting are listed by kind.
    pub kind: OrganisationKind,
    /// Ids of the organisations that it is a member of; member lists are made from this.
    #[serde(default)]
    pub member_of: Vec<Id>,
    /// Name as a member list states it, where it differs from the full name.
    pub listed_as: Option<Literal>,
    /// Name by which it is sorted in the index and in lists of members, such as "Netherlands, Kingdom of the"; the name
    /// as listed where it is left out.
    pub sort: Option<Literal>,
    /// Web address, starting with https://; its name in member lists leads there.
    pub url: Option<Literal>,
    /// File of its logo next to report.yaml: PNG, JPEG, GIF (still) or SVG. For readers who cannot see it, it is the name.
    pub logo: Option<Literal>,
}

/// What kind of body an organisation is. Those that took the floor are listed by kind, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// An entity of the United Nations system.
    UnEntity,
    /// A state.
    State,
    /// A group of states, such as the Group of 77.
    GroupOfStates,
    /// Another intergovernmental or inter-agency body.
    Intergovernmental,
    /// A university or research body.
    Academia,
    /// A civil society organisation.
    CivilSociety,
    /// A company or an association of companies.
    PrivateSector,
    /// Anything else.
    Other,
}

/// `acronyms.yaml`: short forms that are no organisation's.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acronyms {
    /// The acronyms, in any order.
    pub acronyms: Vec<Acronym>,
}

/// A short form and what it stands for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acronym {
    /// The short form, such as SDG.
    pub acronym: Literal,
    /// What it stands for.
    pub expansion: Literal,
}

/// A chapter file: one key at the top says which kind of chapter it is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Chapter {
    /// An ordinary chapter, such as an introduction.
    Section(Box<PlainChapter>),
    /// A meeting: facts, then sections with panels, speakers and debates.
    Meeting(Box<Meeting>),
    /// An appendix; appendices are numbered by the program.
    Appendix(Box<PlainChapter>),
}

/// An ordinary chapter or an appendix.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlainChapter {
    /// Name for cross-references; it also makes the bookmark.
    pub id: Id,
    /// Title of the chapter; emphasis, links and footnotes stand at the chapter alone, not in contents and running heads.
    pub title: Literal,
    /// The title broken into lines by sense for the opening page; joined by spaces they must be the title without its marks.
    #[serde(default)]
    pub title_lines: Vec<Literal>,
    /// Short title for running heads.
    pub short_title: Option<Literal>,
    /// Footnote on the title.
    pub note: Option<Prose>,
    /// Whether it belongs to the front matter (roman page numbers). Only before the first other chapter.
    #[serde(default)]
    pub front: bool,
    /// Text of the chapter.
    pub text: Option<Prose>,
    /// Tables, figures, quotes and more text, in order, after `text`.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// What people said, in order, after `text` and `blocks`.
    #[serde(default)]
    pub interventions: Vec<Intervention>,
    /// Sections, in order.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Footnotes that any text of this chapter may refer to as [^id].
    #[serde(default)]
    pub footnotes: Vec<Footnote>,
}

/// A meeting.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Name for cross-references; it also makes the bookmark.
    pub id: Id,
    /// Which meeting of the series it was: 1 for the first. A report may begin with a later one and leave some out.
    pub ordinal: Located<u32>,
    /// Title of the meeting; emphasis, links and footnotes stand at the chapter alone, not in contents and running heads.
    pub title: Literal,
    /// The title broken into lines by sense for the opening page; joined by spaces they must be the title without its marks.
    #[serde(default)]
    pub title_lines: Vec<Literal>,
    /// Short title for running heads.
    pub short_title: Option<Literal>,
    /// Footnote on the title.
    pub note: Option<Prose>,
    /// Day of the meeting, such as 2016-04-25; its first and last day, such as 2016-04-25/2016-04-27, where it took several.
    pub date: Literal,
    /// Start and end on the 24-hour clock, such as 10:00-13:00, or the start alone.
    pub time: Option<Literal>,
    /// Where it was held.
    pub venue: Option<Venue>,
    /// Ids of the organisations that organised it together.
    #[serde(default)]
    pub co_organisers: Vec<Id>,
    /// Ids of organisations in collaboration with which it was held.
    #[serde(default)]
    pub in_collaboration_with: Vec<Id>,
    /// Who chaired it.
    #[serde(default)]
    pub co_chairs: Vec<CoChair>,
    /// Id of the person who reported on it.
    pub rapporteur: Option<Id>,
    /// Ids of the states and groups that took the floor, in addition to the co-chairs.
    #[serde(default)]
    pub took_the_floor: Vec<Id>,
    /// What kind of event it was, where it was no meeting, such as Workshop, Session or Hearing: its label is then “Workshop 2”.
    pub event: Option<Literal>,
    /// Facts of its own, after the others.
    #[serde(default)]
    pub facts: Vec<OwnFact>,
    /// Text before the first section.
    pub text: Option<Prose>,
    /// Tables, figures, quotes and more text, in order, after `text`.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Sections, in order.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// Footnotes that any text of this meeting may refer to as [^id].
    #[serde(default)]
    pub footnotes: Vec<Footnote>,
}

/// A fact that no other field has.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnFact {
    /// What it is about, without a colon.
    pub label: Literal,
    /// What it says.
    pub value: Literal,
}

/// Where a meeting was held; at least one of the fields.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// Room.
    pub room: Option<Literal>,
    /// Building.
    pub building: Option<Literal>,
    /// City.
    pub city: Option<Literal>,
    /// Country, by name or code, printed as written.
    pub country: Option<Literal>,
}

/// Who chaired a meeting: a state or body, and the person where it is known.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoChair {
    /// Id of the state or organisation.
    pub organisation: Id,
    /// Id of the person in the chair.
    pub person: Option<Id>,
}

/// A section of a chapter; sections nest.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Name for cross-references.
    pub id: Option<Id>,
    /// What the section is; the digest and the headings follow it.
    #[serde(default)]
    pub kind: SectionKind,
    /// Title. Summaries, opening remarks, speakers, debates and concluding remarks have one of their own.
    pub title: Option<Literal>,
    /// Footnote on the title.
    pub note: Option<Prose>,
    /// Ids of the people who moderated it (panels only).
    #[serde(default)]
    pub moderators: Vec<Id>,
    /// One or two sentences for the digest.
    pub brief: Option<Literal>,
    /// Text of the section.
    pub text: Option<Prose>,
    /// Tables, figures, quotes and more text, in order, after `text`.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// What people said, in order, after `text` and `blocks`.
    #[serde(default)]
    pub interventions: Vec<Intervention>,
    /// Subsections, in order.
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// What a section is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SectionKind {
    /// An ordinary section with a title of its own.
    #[default]
    Section,
    /// Executive summary.
    Summary,
    /// Opening remarks.
    Opening,
    /// Speakers outside a panel.
    Speakers,
    /// A panel: numbered within its meeting, with a title of its own.
    Panel,
    /// Interactive debate.
    Debate,
    /// Concluding remarks.
    Closing,
}

/// What one person said.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Intervention {
    /// Id of the person who spoke.
    pub speaker: Id,
    /// Capacity in which they spoke, where it is not their post.
    pub capacity: Option<Literal>,
    /// Post at this meeting, where it differs from the registry's.
    pub post: Option<Literal>,
    /// Their key point in one sentence, for the digest.
    pub key: Option<Literal>,
    /// What they said. It runs on from the name as its sentence; where the first paragraph links to the person
    /// itself, as in `[Ms. Puri](person:puri)`, the name is set off within the text instead.
    pub text: Prose,
    /// Tables, figures, quotes and more text, in order, after `text`.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// A footnote that the texts of a chapter refer to as [^id].
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Footnote {
    /// Name of the note.
    pub id: Id,
    /// Text of the note.
    pub text: Prose,
}

/// A piece of content: one key says which kind it is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// More text.
    Text(Prose),
    /// A table with a caption and header rows.
    Table(Box<Table>),
    /// A picture.
    Figure(Box<Figure>),
    /// A chart, drawn from numbers.
    Chart(Box<Chart>),
    /// A quotation.
    Quote(Box<Quote>),
    /// The list of an organisation's members, made from the registry: the organisation's id.
    Members(Id),
    /// A box: content that is set apart, under a title of its own.
    Box(Box<TextBox>),
    /// Numbers that are to be seen first, each with what it says.
    KeyFigures(Vec<KeyFigure>),
    /// Terms, each with what it means.
    Definitions(Vec<Definition>),
    /// Text set as typed, such as an example of a file.
    Code(Box<Code>),
    /// Two pictures side by side; one below the other where there is no room.
    Figures(Vec<Figure>),
    /// Who took part: ids of people, listed with their posts.
    Participants(Vec<Id>),
    /// How a vote went.
    Vote(Box<Vote>),
    /// What was decided; decisions are numbered by the program.
    Decisions(Vec<Decision>),
    /// Who signs a text, such as a foreword.
    Signature(Box<Signature>),
}

/// How a vote went: a table by the ways to vote, with those who did.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// Name for cross-references.
    pub id: Option<Id>,
    /// What was voted on, on one line, with emphasis, links and footnotes: the caption of the table.
    pub question: Literal,
    /// Ids of the states and organisations that were in favour.
    #[serde(default)]
    pub in_favour: Vec<Id>,
    /// Ids of those that were against.
    #[serde(default)]
    pub against: Vec<Id>,
    /// Ids of those that abstained.
    #[serde(default)]
    pub abstaining: Vec<Id>,
}

/// Something that was decided.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Name for cross-references.
    pub id: Option<Id>,
    /// What it is about, on one line, with emphasis, links and footnotes.
    pub title: Option<Literal>,
    /// What was decided.
    pub text: Prose,
}

/// A box.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextBox {
    /// Name for cross-references.
    pub id: Option<Id>,
    /// Title on one line, with emphasis, links and footnotes; boxes are numbered by the program.
    pub title: Literal,
    /// How the box looks; the layout has its colours.
    #[serde(default)]
    pub tone: Tone,
    /// Text of the box.
    pub text: Option<Prose>,
    /// Tables, figures, quotes and more text, in order, after `text`; no box.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// How a box looks.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// On a tint, below a rule in the colour of headings.
    #[default]
    Plain,
    /// On a tint, below a rule in the accent colour.
    Accent,
    /// In a frame, without a tint.
    Outline,
}

/// A number that is to be seen first.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyFigure {
    /// The number as printed, such as 1,340 or 3 in 4; at most 16 characters.
    pub value: Literal,
    /// Its unit, such as km or %.
    pub unit: Option<Literal>,
    /// What it says, on one line, with emphasis, links and footnotes.
    pub text: Literal,
    /// Where it is from, on one line, with emphasis, links and footnotes.
    pub source: Option<Literal>,
}

/// A term with what it means.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The term on one line, with emphasis, links and footnotes.
    pub term: Literal,
    /// What it means.
    pub text: Prose,
}

/// Text set as typed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// What it is an example of, such as a language or a file's name; set above it.
    pub label: Option<Literal>,
    /// The text, in a block scalar; its lines and spaces stay as they are.
    pub text: Prose,
}

/// Who signs a text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Id of the person who signs.
    pub person: Id,
    /// Post as signed with, where it differs from the registry's.
    pub post: Option<Literal>,
    /// Place of signing.
    pub place: Option<Literal>,
    /// Day of signing, such as 2016-08-31.
    pub date: Option<Literal>,
    /// File of the written signature's picture next to report.yaml: PNG, JPEG, GIF (still) or SVG.
    pub image: Option<Literal>,
    /// What the picture shows, such as “Signature of Ana Okafor”; needed with `image`.
    pub alt: Option<Literal>,
}

/// A table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Name for cross-references.
    pub id: Option<Id>,
    /// Caption on one line, with emphasis, links and footnotes, set above the table; tables are numbered by the program.
    pub caption: Literal,
    /// How each column is set, from the start; left-aligned and of equal weight where it is left out.
    #[serde(default)]
    pub columns: Vec<Column>,
    /// Header rows, repeated on every page that the table reaches; a cell that is only `<` belongs to the one before it,
    /// a cell that is only `^` to the one above it. Left out, the first row of `file` is the head.
    #[serde(default)]
    pub header: Vec<Vec<Prose>>,
    /// Rows, each with as many cells as the header; `<` and `^` merge cells as in the header.
    #[serde(default)]
    pub rows: Vec<Vec<Prose>>,
    /// File next to report.yaml with comma-separated values (CSV) that are rows, as a spreadsheet saves them.
    pub file: Option<Literal>,
    /// Whether the last row of `file` is the total.
    #[serde(default)]
    pub file_total: bool,
    /// Groups of rows, each under a head of its own, after `rows`.
    #[serde(default)]
    pub groups: Vec<RowGroup>,
    /// Total row, after all others.
    #[serde(default)]
    pub total: Vec<Prose>,
    /// Whether the first cell of each row is the row's header.
    #[serde(default)]
    pub row_headers: bool,
    /// Notes to cells, which refer to them as [^id]; below the table by the letters a, b, c.
    #[serde(default)]
    pub notes: Vec<Footnote>,
    /// Note on the whole table, set below it.
    pub note: Option<Prose>,
    /// Whether the table may reach into the outer margin.
    #[serde(default)]
    pub wide: bool,
    /// On what page it stands.
    #[serde(default)]
    pub page: TablePage,
}

/// Rows of a table under a head of their own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowGroup {
    /// Head of the group on one line, with emphasis, links and footnotes.
    pub title: Prose,
    /// Rows, each with as many cells as the table's header.
    pub rows: Vec<Vec<Prose>>,
    /// Total row of the group.
    #[serde(default)]
    pub total: Vec<Prose>,
}

/// On what page a table stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TablePage {
    /// Between the text; across where it is too wide for that.
    #[default]
    Auto,
    /// Across.
    Landscape,
}

/// How a column is set.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Alignment of the cells.
    #[serde(default)]
    pub align: Align,
    /// Share of the width relative to the other columns; 1 where it is left out.
    pub width: Option<Located<f64>>,
    /// Unit of the column's figures, such as km or %; set behind its head.
    pub unit: Option<Literal>,
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the start of the line.
    #[default]
    Left,
    /// At the end of the line; numbers.
    Right,
    /// At the decimal sign of the language; numbers.
    Decimal,
    /// In the middle.
    Centre,
}

/// A picture.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// Name for cross-references.
    pub id: Option<Id>,
    /// File of the picture next to report.yaml: PNG, JPEG, GIF (still) or SVG.
    pub image: Literal,
    /// What the picture shows, for readers who cannot see it.
    pub alt: Option<Literal>,
    /// What a map, a drawing or a diagram says in full, where `alt` is too short for it: paragraphs and lists, in a list at the
    /// end of the report to which the caption leads.
    pub description: Option<Prose>,
    /// Whether the picture only decorates: then it needs no description.
    #[serde(default)]
    pub decorative: bool,
    /// Caption on one line, with emphasis, links and footnotes, set below the picture; figures with a caption are numbered by the program.
    pub caption: Option<Literal>,
    /// Whose picture it is.
    pub credit: Option<Literal>,
    /// Width in per cent of the text's width; 100 where it is left out.
    pub width: Option<Located<f64>>,
    /// How far the picture may reach; with `width` it stays within the text.
    #[serde(default)]
    pub extent: Extent,
}

/// A chart. Its numbers are in one of three places: `categories` and `series`, a `table` of the report, or a `file` of
/// comma-separated values.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Name for cross-references.
    pub id: Option<Id>,
    /// How the numbers are drawn.
    pub kind: ChartKind,
    /// What it shows, on one line, with emphasis, links and footnotes, set below the chart; charts are numbered with the
    /// figures.
    pub caption: Literal,
    /// What it says, in a few words set above the chart.
    pub title: Option<Literal>,
    /// Unit of all values, such as thousand tonnes or %.
    pub unit: Option<Literal>,
    /// Where the numbers are from, on one line, with emphasis, links and footnotes.
    pub source: Option<Literal>,
    /// Who made the chart, on one line, with emphasis, links and footnotes; set after the source.
    pub credit: Option<Literal>,
    /// What the chart shows, for readers who cannot see it. Where it is left out the program says kind, highest and lowest
    /// value, and of what runs over time first and last value and the trend.
    pub alt: Option<Literal>,
    /// What the chart says in full, in a list at the end of the report to which the caption leads.
    pub description: Option<Prose>,
    /// What the categories are, such as Year: the head of the table of values.
    pub category: Option<Literal>,
    /// The categories along the axis, such as years or places.
    #[serde(default)]
    pub categories: Vec<Literal>,
    /// The series of values; each with one for every category.
    #[serde(default)]
    pub series: Vec<Series>,
    /// Id of a table of the report: its first column are the categories, each other one a series.
    pub table: Option<Id>,
    /// File of comma-separated values next to report.yaml: heads in the first row, categories in the first column.
    pub file: Option<Literal>,
    /// Heads of the columns of `table` or `file` that are series; all but the first column where it is left out.
    #[serde(default)]
    pub columns: Vec<Literal>,
}

/// How numbers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Bars from the start of the line, one below the other; for names.
    Bar,
    /// Upright bars next to each other; for a few points in time. Drawn as bars where their labels have no room.
    Column,
    /// Lines from point to point; for what changes over time.
    Line,
    /// Filled lines, on top of each other where there are several; for parts of a sum that changes over time.
    Area,
    /// Bars whose parts add up.
    StackedBar,
    /// Columns whose parts add up.
    StackedColumn,
    /// The parts of one whole, with their shares in per cent.
    Share,
}

/// Values of one kind, one for each category.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// What is measured; may be left out of a chart with one series.
    pub name: Option<Literal>,
    /// The values, written as in the report's language: 1,340.5 in English, 1.340,5 in German (in quotation marks within
    /// brackets, where a comma parts values). An empty one, or –, is a value that is not known.
    pub values: Vec<Literal>,
}

/// How far a picture may reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Extent {
    /// As wide as the text.
    #[default]
    Text,
    /// Into the outer margin.
    Wide,
    /// Over a page of its own.
    Page,
}

/// A quotation.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The quoted text.
    pub text: Prose,
    /// Whose words they are.
    pub attribution: Option<Literal>,
    /// Where they are from, on one line, with emphasis, links and footnotes.
    pub source: Option<Literal>,
    /// Whether it is a pull quote: a few words set large, to draw readers in.
    #[serde(default)]
    pub pull: bool,
    /// Language of the quotation as a BCP 47 tag, where it is not the report's.
    pub language: Option<Literal>,
}
