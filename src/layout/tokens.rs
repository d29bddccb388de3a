//! The design tokens of a layout: what `layout.yaml` may say, and what it comes to once `extends` is resolved.
//!
//! Every group exists twice, made by one macro: as it may be written (any field may be left out) and as backends see
//! it (every field there). One set of tokens drives all backends, so that their outputs look like one publication.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::colour::Colour;
use super::fonts::FontFiles;
use super::length::Length;
use super::press::{Press, WrittenPress};
use super::sizes::{Sizes, WrittenSizes};
use crate::base::files::Root;
use crate::source::schema::Numbering;

/// Makes a group of tokens twice: `$name` with every field, `$written` with every field optional.
macro_rules! tokens {
    ($(#[$doc:meta])* $name:ident / $written:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty,)* }

        $(#[$doc])*
        #[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $written { $($(#[$fdoc])* pub $field: Option<$ty>,)* }

        impl $written {
            /// These tokens, with those that are left out taken from `base`.
            pub fn over(self, base: Option<Self>) -> Self {
                let base = base.unwrap_or_default();
                $written { $($field: self.$field.or(base.$field),)* }
            }
            /// All tokens, or the names of those that are missing, after `path`.
            pub fn finish(self, path: &str, missing: &mut Vec<String>) -> Option<$name> {
                $(if self.$field.is_none() { missing.push(format!("{path}.{}", stringify!($field))); })*
                Some($name { $($field: self.$field?,)* })
            }
        }
    };
}
pub(super) use tokens;

tokens! {
    /// The page. All lengths are of the trimmed page.
    Page / WrittenPage {
        /// Width of the page.
        width: Length,
        /// Height of the page.
        height: Length,
        /// Margin at the spine (left where pages are not mirrored).
        inside: Length,
        /// Margin at the fore edge.
        outside: Length,
        /// Width that the binding takes at the spine, in addition to the inside margin; 0mm where nothing is bound.
        gutter: Length,
        /// Margin above the text.
        top: Length,
        /// Margin below the text.
        bottom: Length,
        /// Whether inside and outside change places on left-hand pages.
        mirrored: bool,
        /// Colour reaches this far beyond the trimmed page.
        bleed: Length,
    }
}

tokens! {
    /// Font families, as the font files name them.
    Fonts / WrittenFonts {
        /// Running text.
        text: String,
        /// Chapter titles and the cover.
        display: String,
        /// Headings, facts, captions, tables, running heads.
        sans: String,
        /// Monospaced font.
        code: String,
        /// Faces for scripts that the others lack, in order.
        fallback: Vec<String>,
    }
}

tokens! {
    /// Colours.
    Colours / WrittenColours {
        /// Running text.
        text: Colour,
        /// Headings and rules that give structure.
        structure: Colour,
        /// Accent, in small doses.
        accent: Colour,
        /// Posts, running heads and other secondary text.
        grey: Colour,
        /// Hairlines.
        rule: Colour,
        /// Tint behind fact panels.
        tint: Colour,
        /// Text of links.
        link: Colour,
        /// Page.
        paper: Colour,
        /// Field of the cover and the back cover.
        cover: Colour,
        /// Title and series on the field of the cover.
        cover_text: Colour,
        /// The single warm curve on the field of the cover.
        motif: Colour,
    }
}

tokens! {
    /// How the publication is built.
    Structure / WrittenStructure {
        /// Where chapters start.
        chapter_start: ChapterStart,
        /// Whether a title page is between cover and imprint, for books whose cover is a sheet of its own: the
        /// inside of the cover stays blank, the imprint goes on the back of the title page.
        title_page: bool,
        /// Whether the last page is a back cover in the colours of the cover. Its inside stays blank, and the number
        /// of pages is even.
        back_cover: bool,
        /// What is numbered, besides tables, figures and boxes.
        numbering: LayoutNumbering,
        /// Deepest heading level in the contents list.
        contents_depth: u8,
        /// Whether running text is set to both edges.
        justify: bool,
        /// By how many per cent the spaces between the words of a chapter may be narrower, where that saves a last page of
        /// few lines (`proof.last_page_lines`); 0 to 15.
        tighten: u8,
        /// By how many per cent the space between the rows of a table or the entries of a list may be narrower, and by a quarter of
        /// that the lines of key points, where else the last of them, or the note of the table, would stand alone on a page; 0 to 60.
        close_up: u8,
        /// Whether words are divided at line ends. Where they are not, the columns of tables are as wide as their
        /// longest words ask, and only a word that no width is left for is divided.
        hyphenate: bool,
        /// How one paragraph is distinguished from the next.
        paragraphs: Paragraphs,
        /// Columns of the lists of members, speakers, acronyms and organisations: 1 or 2. With 1, the imprint is as
        /// wide as the text, and figures are up to half as wide again as the source says.
        columns: u8,
        /// Whether labels of chapters and panels are set in spaced capitals, or as they are written.
        capitals: bool,
        /// Whether emphasis is slanted, or else bold.
        italics: bool,
        /// Whether the marks of footnotes are the small figures that fonts have for it, and code is set a little
        /// smaller than text. Otherwise neither is smaller than the notes.
        small_marks: bool,
        /// Where a meeting's facts have their labels, and speakers' posts their names.
        labels: Labels,
        /// How links and cross-references are told from the text around them, besides by their colour.
        links: Links,
        /// The most columns of a table that stand beside each other. A wider one is set row by row, with the name of each
        /// column before its value, as is one whose longest words do not fit beside each other; 0 where tables keep their
        /// columns, however small their type.
        table_columns: u8,
        /// By how many per cent of the type size letters of running text stand further apart; 0 to 20.
        letter_space: u8,
        /// By how many per cent of the type size words of running text stand further apart; 0 to 100.
        word_space: u8,
        /// The most pages of a volume: a thicker report is in several, each with a cover of its own, parted where chapters
        /// begin; 0 where it is in one.
        volume_pages: u16,
        /// Whether a chapter opens with the key points of those who speak in it (`key`), each with the name.
        key_points: bool,
    }
}

tokens! {
    /// What a look over the pages (`check --pages`) lets pass.
    Proof / WrittenProof {
        /// The fewest lines below a heading at the foot of a page.
        heading_lines: u8,
        /// The fewest lines on the last page of a chapter.
        last_page_lines: u8,
        /// The fewest letters of the last line of a paragraph that is one word.
        last_word: u8,
        /// The most lines in a row that end with a hyphen.
        hyphens: u8,
        /// The widest mean word space of a justified line, in per cent of the type size.
        word_space: u8,
        /// By how many lines the feet of facing pages may differ.
        feet: u8,
        /// The most blank pages between the covers.
        blank_pages: u8,
        /// How many per cent of a page may stay empty before a chart that the next page begins with. Where it would be more, the
        /// values of the chart may stand on the page after it.
        open_foot: u8,
    }
}

tokens! {
    /// What Word files use in addition to the other tokens.
    DocxTokens / WrittenDocxTokens {
        /// Face of running text: one that every Word has.
        text_font: String,
        /// Face of headings: one that every Word has.
        sans_font: String,
        /// Monospaced font: one that every Word has.
        code_font: String,
        /// A Word template (.dotx or .docx) next to layout.yaml, whose styles, theme, page, headers, footers and cover
        /// Word files take over; none where there is none.
        template: String,
    }
}

tokens! {
    /// How much of each kind of content the text backend gives, and how wide.
    Digest / WrittenDigest {
        /// Widest line in columns of display width.
        width: u16,
        /// Whether this is a digest (says how to get the whole) or the whole text.
        whole: bool,
        /// Front matter, such as acknowledgements.
        front: Detail,
        /// Ordinary chapters and appendices.
        chapters: Detail,
        /// Executive summaries.
        summaries: Detail,
        /// What people said.
        interventions: Detail,
        /// Introductions of panels.
        panels: Detail,
        /// Interactive debates.
        debates: Detail,
        /// Other sections.
        sections: Detail,
        /// Tables.
        tables: Detail,
        /// Figures: their captions and descriptions.
        figures: Detail,
        /// Member lists.
        members: Detail,
        /// Boxes; brief gives the title and the first paragraph.
        boxes: Detail,
        /// Key figures; brief leaves out where they are from.
        key_figures: Detail,
        /// Footnotes.
        footnotes: Detail,
        /// Imprint.
        imprint: Detail,
        /// Lists at the end (speakers, acronyms, index).
        back_matter: Detail,
    }
}

/// How much of a kind of content the text backend gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// All of it.
    Full,
    /// The key point or brief where the source gives one, else the first paragraph.
    Brief,
    /// Nothing.
    None,
}

/// Where chapters start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChapterStart {
    /// On a new page.
    Page,
    /// Those of the body on a new right-hand page, so that the page before it may stay blank; front matter, appendices
    /// and lists on a new page.
    Recto,
}

/// What is numbered in a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LayoutNumbering {
    /// What the report says.
    Report,
    /// Nothing.
    None,
    /// Chapters.
    Chapters,
    /// Chapters and sections.
    Sections,
    /// Paragraphs, in one sequence.
    Paragraphs,
}

impl LayoutNumbering {
    /// The layout's own numbering; `None` where it is the report's.
    pub fn own(self) -> Option<Numbering> {
        match self {
            LayoutNumbering::Report => None,
            LayoutNumbering::None => Some(Numbering::None),
            LayoutNumbering::Chapters => Some(Numbering::Chapters),
            LayoutNumbering::Sections => Some(Numbering::Sections),
            LayoutNumbering::Paragraphs => Some(Numbering::Paragraphs),
        }
    }
}

/// How one paragraph is distinguished from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Paragraphs {
    /// Its first line is indented.
    Indented,
    /// Half a line of space separates them.
    Spaced,
}

/// Where a meeting's facts have their labels, and speakers' posts their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Labels {
    /// Facts are next to their labels; a post is next to the name if it fits.
    Beside,
    /// Labels and names are on lines of their own, for large type and narrow pages.
    Above,
}

/// How links and cross-references are told from the text around them, besides by their colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Links {
    /// By a thin line below them.
    Underlined,
    /// By their weight, for large type, which lines below words make harder to read.
    Bold,
    /// By nothing, for paper, where nobody follows them.
    Plain,
}

/// `layout.yaml` as written.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LayoutFile {
    /// One line that says what the layout is for.
    pub description: Option<String>,
    /// Name of the layout whose tokens and templates are taken over where this one gives none.
    pub extends: Option<String>,
    /// The page.
    pub page: Option<WrittenPage>,
    /// Font families.
    pub fonts: Option<WrittenFonts>,
    /// Type sizes.
    pub sizes: Option<WrittenSizes>,
    /// Colours.
    pub colours: Option<WrittenColours>,
    /// How the publication is built.
    pub structure: Option<WrittenStructure>,
    /// What a look over the pages lets pass.
    pub proof: Option<WrittenProof>,
    /// What Word files use in addition to the other tokens.
    pub docx: Option<WrittenDocxTokens>,
    /// The text backend.
    pub digest: Option<WrittenDigest>,
    /// Sheets for the printer.
    pub press: Option<WrittenPress>,
}

/// The tokens of a layout, complete.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tokens {
    /// The page.
    pub page: Page,
    /// Font families.
    pub fonts: Fonts,
    /// Type sizes.
    pub sizes: Sizes,
    /// Colours.
    pub colours: Colours,
    /// How the publication is built.
    pub structure: Structure,
    /// What a look over the pages lets pass. Templates do not see it.
    #[serde(skip_serializing)]
    pub proof: Proof,
    /// What Word files use in addition to the other tokens.
    pub docx: DocxTokens,
    /// The text backend.
    pub digest: Digest,
    /// Sheets for the printer. Templates do not see them: pages are the same on every sheet.
    #[serde(skip_serializing)]
    pub press: Press,
}

impl Page {
    /// Margin at the spine, with what the binding takes of it.
    pub fn spine(&self) -> Length {
        Length::pt(self.inside.to_pt() + self.gutter.to_pt())
    }

    /// Width of the text.
    pub fn measure(&self) -> Length {
        Length::pt(self.width.to_pt() - self.spine().to_pt() - self.outside.to_pt())
    }
}

impl Colours {
    /// Every colour with its name in `layout.yaml`.
    pub fn named(&self) -> [(&'static str, Colour); 11] {
        [
            ("text", self.text),
            ("structure", self.structure),
            ("accent", self.accent),
            ("grey", self.grey),
            ("rule", self.rule),
            ("tint", self.tint),
            ("link", self.link),
            ("paper", self.paper),
            ("cover", self.cover),
            ("cover_text", self.cover_text),
            ("motif", self.motif),
        ]
    }
}

impl Tokens {
    /// Whether the layout is for a print shop: its colours are inks. All of them are, or none is.
    pub fn for_print(&self) -> bool {
        self.colours.text.is_cmyk()
    }
}

impl LayoutFile {
    /// This file, with what it leaves out taken from `base`.
    pub fn over(self, base: LayoutFile) -> LayoutFile {
        LayoutFile {
            description: self.description.or(base.description),
            extends: None,
            page: Some(self.page.unwrap_or_default().over(base.page)),
            fonts: Some(self.fonts.unwrap_or_default().over(base.fonts)),
            sizes: Some(self.sizes.unwrap_or_default().over(base.sizes)),
            colours: Some(self.colours.unwrap_or_default().over(base.colours)),
            structure: Some(self.structure.unwrap_or_default().over(base.structure)),
            proof: Some(self.proof.unwrap_or_default().over(base.proof)),
            docx: Some(self.docx.unwrap_or_default().over(base.docx)),
            digest: Some(self.digest.unwrap_or_default().over(base.digest)),
            press: Some(self.press.unwrap_or_default().over(base.press)),
        }
    }

    /// The complete tokens, or the paths of those that are missing.
    pub fn finish(self) -> Result<Tokens, Vec<String>> {
        let mut missing = Vec::new();
        let page = self.page.unwrap_or_default().finish("page", &mut missing);
        let fonts = self.fonts.unwrap_or_default().finish("fonts", &mut missing);
        let sizes = self.sizes.unwrap_or_default().finish("sizes", &mut missing);
        let sizes = sizes.map(Sizes::from);
        let colours = self
            .colours
            .unwrap_or_default()
            .finish("colours", &mut missing);
        let structure = self
            .structure
            .unwrap_or_default()
            .finish("structure", &mut missing);
        let proof = self.proof.unwrap_or_default().finish("proof", &mut missing);
        let docx = self.docx.unwrap_or_default().finish("docx", &mut missing);
        let digest = self
            .digest
            .unwrap_or_default()
            .finish("digest", &mut missing);
        let press = self.press.unwrap_or_default().finish("press", &mut missing);
        match (
            page, fonts, sizes, colours, structure, proof, docx, digest, press,
        ) {
            (
                Some(page),
                Some(fonts),
                Some(sizes),
                Some(colours),
                Some(structure),
                Some(proof),
                Some(docx),
                Some(digest),
                Some(press),
            ) => Ok(Tokens {
                page,
                fonts,
                sizes,
                colours,
                structure,
                proof,
                docx,
                digest,
                press,
            }),
            _ => Err(missing),
        }
    }
}

/// Templates and other files of a layout by path, such as `report.typ`.
/// Embedded files are borrowed from the binary.
pub type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// A layout, ready for the backends.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Name, such as `screen`.
    pub name: String,
    /// One line that says what it is for.
    pub description: String,
    /// Design tokens.
    pub tokens: Tokens,
    /// Typst templates by path; `report.typ` is the entry.
    pub templates: Files,
    /// Paths of the templates that come from a folder, and not from the binary.
    pub own_templates: Vec<String>,
    /// Font files by path, read when they are asked for.
    pub fonts: FontFiles,
    /// The folder of layouts that this one comes from, if it is on disk.
    pub loader: super::LayoutLoader,
    /// The layout files that it was put together from, its own first: path and text.
    pub(super) written: Vec<(String, String)>,
    /// The folder of the layout file that names the Word template, if that is on disk.
    pub(super) template_folder: Option<Root>,
    /// Whether whoever runs the program has named the profile, and not the report or the layout: then its path may lead
    /// anywhere.
    pub named_profile: bool,
}
