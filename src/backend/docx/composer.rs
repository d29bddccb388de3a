//! The composer: what all parts of a document share while they are being written.
//!
//! Content is put piece by piece; every section's pieces are built by docx-rs at once, finished and appended to the
//! body, so that only one section is held as a tree.

use std::collections::{BTreeMap, BTreeSet};

use super::bookmarks::Bookmarks;
use super::builder::{self, BodyElement, ParagraphProperties, TableCell};
use super::extras::{self, Extras, key_index};
use super::label;
use super::line::{ParagraphContent, Target};
use super::listing::Listing;
use super::media::Media;
use super::numbering::Lists;
use super::package::{Element, Node, Relationships, finish};
use super::places::Places;
use super::run_style::RunStyle;
use super::style;
use super::template::Template;
use crate::backend::typeset::{ChartDrawing, Pagination};
use crate::base::diagnostic::Diagnostics;
use crate::document::{Anchor, Document, Language};
use crate::layout::{Layout, Tokens};

/// A paragraph to put.
pub(super) struct ParagraphSpec<'s> {
    style: &'s str,
    line: ParagraphContent,
    list: Option<(usize, usize)>,
    keep_next: bool,
}

impl<'s> ParagraphSpec<'s> {
    /// A paragraph in a style.
    pub(super) fn new(style: &'s str, line: ParagraphContent) -> Self {
        ParagraphSpec {
            style,
            line,
            list: None,
            keep_next: false,
        }
    }

    /// The same paragraph as an item: number of the list and level from 0.
    pub(super) fn item(self, list: usize, level: usize) -> Self {
        ParagraphSpec {
            list: Some((list, level)),
            ..self
        }
    }

    /// The same paragraph, kept on the page of the next one.
    pub(super) fn keep_next(self) -> Self {
        ParagraphSpec {
            keep_next: true,
            ..self
        }
    }
}

/// What the paragraphs of a row have in common.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct InRow {
    /// Whether they are kept on the page of the next row.
    pub(super) keep_next: bool,
    /// Where the decimal signs of figures stand, in twips from the start of the cell.
    pub(super) decimal: Option<usize>,
}

/// Where a text stands that has more space than others of its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Beside {
    /// Below a table.
    AfterTable,
    /// Above one.
    BeforeTable,
    /// Below one and above another.
    BetweenTables,
}

impl Beside {
    /// What is added to the id of its style.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Beside::AfterTable => "AfterTable",
            Beside::BeforeTable => "BeforeTable",
            Beside::BetweenTables => "BetweenTables",
        }
    }

    /// What is added to the name of its style.
    pub(super) fn words(self) -> &'static str {
        match self {
            Beside::AfterTable => "After Table",
            Beside::BeforeTable => "Before Table",
            Beside::BetweenTables => "Between Tables",
        }
    }
}

/// What all parts share.
pub(super) struct Composer<'a> {
    /// What is said.
    pub(super) document: &'a Document,
    /// How it looks.
    pub(super) layout: &'a Layout,
    /// On which pages the anchors are.
    pub(super) pages: &'a Pagination,
    /// The Word template whose look the file has.
    pub(super) template: Option<&'a Template>,
    /// Ids of the styles that the text names, where there is a template.
    pub(super) seen: BTreeSet<String>,
    /// What docx-rs cannot express.
    pub(super) extras: Extras,
    /// Looks of running text that have been used.
    pub(super) looks: BTreeSet<RunStyle>,
    /// Names for the places of the source.
    pub(super) places: Places,
    /// Lists that have been used.
    pub(super) lists: Lists,
    /// Pictures that have been used.
    pub(super) media: Media,
    /// Drawings of the charts by their anchors.
    pub(super) charts: BTreeMap<Anchor, ChartDrawing>,
    /// Relationships of the part that is being written.
    pub(super) relationships: Relationships,
    /// Language of the words that are being written, where it is not the document's.
    pub(super) language: Option<Language>,
    /// Sizes in points of the type of wide tables.
    pub(super) cell_sizes: BTreeSet<u8>,
    cell_size: Option<u8>,
    /// How paragraphs of cells are set that are put from now on.
    pub(super) in_row: InRow,
    /// The headings of the contents list.
    pub(super) listing: Listing,
    /// Styles of text that stands next to a table, which have been used, with where it stands.
    pub(super) spaced: BTreeSet<(&'static str, Beside)>,
    /// Labels to which the text refers.
    pub(super) referred: BTreeMap<Anchor, String>,
    /// The last number of each kind of caption.
    counts: BTreeMap<String, usize>,
    /// The paragraphs, as entries of `extras`, that end an upright section, or one across, within the part that is written.
    breaks: Vec<(usize, bool)>,
    /// Points of the text's width that are taken at its sides.
    narrowed: f64,
    /// How many cells and notes are open.
    inside: usize,
    bookmarks: Bookmarks,
    noted: Vec<Vec<String>>,
    held: Option<Vec<String>>,
    pending: Vec<String>,
    pieces: Vec<BodyElement>,
}

impl<'a> Composer<'a> {
    /// A composer that has written nothing yet.
    pub(super) fn new(document: &'a Document, layout: &'a Layout, pages: &'a Pagination) -> Self {
        Composer {
            document,
            layout,
            pages,
            template: None,
            seen: BTreeSet::new(),
            extras: Extras::default(),
            looks: BTreeSet::new(),
            places: Places::default(),
            lists: Lists::default(),
            media: Media::default(),
            charts: BTreeMap::new(),
            relationships: Relationships::default(),
            language: None,
            cell_sizes: BTreeSet::new(),
            cell_size: None,
            in_row: InRow::default(),
            listing: Listing::of(document, &layout.tokens),
            spaced: BTreeSet::new(),
            referred: label::referred(document),
            counts: BTreeMap::new(),
            breaks: Vec::new(),
            narrowed: 0.0,
            inside: 0,
            bookmarks: Bookmarks::default(),
            noted: Vec::new(),
            held: None,
            pending: Vec::new(),
            pieces: Vec::new(),
        }
    }

    /// Notes the styles that an element names, where there is a template.
    pub(super) fn see(&mut self, element: &Element) {
        if self.template.is_none() {
            return;
        }
        if ["w:pStyle", "w:rStyle", "w:tblStyle"].contains(&element.name.as_str()) {
            self.seen.extend(element.get("w:val").map(str::to_owned));
        }
        element.elements().for_each(|child| self.see(child));
    }

    /// The layout's tokens.
    pub(super) fn tokens(&self) -> &'a Tokens {
        &self.layout.tokens
    }

    /// Width of the text in points.
    pub(super) fn measure(&self) -> f64 {
        (self.tokens().page.measure().to_pt() - self.narrowed).max(72.0)
    }

    /// What `write` gives where the text is that many points narrower.
    pub(super) fn narrowed<T>(&mut self, by: f64, write: impl FnOnce(&mut Self) -> T) -> T {
        self.narrowed += by;
        let result = write(self);
        self.narrowed -= by;
        result
    }

    /// Marks the next paragraph that is put as the place of an anchor.
    pub(super) fn mark(&mut self, anchor: &str) {
        self.pending.push(anchor.to_owned());
    }

    /// Adds a bookmark to a line as the place of an anchor.
    ///
    /// Within a note nothing is added: LibreOffice finds no bookmark there. Its anchors are at the note's mark.
    pub(super) fn mark_here(&mut self, line: &mut ParagraphContent, anchor: &str) {
        if let Some(held) = &mut self.held {
            held.push(anchor.to_owned());
            return;
        }
        let name = self.bookmarks.name(anchor);
        line.bookmark(self.bookmarks.number(), &name);
    }

    /// A number for one more bookmark.
    pub(super) fn bookmark_number(&mut self) -> usize {
        self.bookmarks.number()
    }

    /// Adds the bookmarks of all anchors within a note to the line that bears its mark.
    pub(super) fn mark_noted(&mut self, line: &mut ParagraphContent, note: usize) {
        let anchors = self.noted.get_mut(note).map(std::mem::take);
        for anchor in anchors.unwrap_or_default() {
            self.mark_here(line, &anchor);
        }
    }

    /// The pieces of the next note, which `write` puts; notes are written in their order and before the text.
    pub(super) fn note(&mut self, write: impl FnOnce(&mut Self)) -> Vec<BodyElement> {
        self.held = Some(Vec::new());
        let pieces = self.apart(write);
        self.noted.push(self.held.take().unwrap_or_default());
        pieces
    }

    /// Adds the mark of a note; a note with more marks than one has a bookmark around the first.
    pub(super) fn mark_of_note(&mut self, line: &mut ParagraphContent, note: usize) {
        let Some(footnote) = self.document.footnotes.get(note) else {
            return;
        };
        self.mark_here(line, &footnote.anchor);
        self.mark_noted(line, note);
        if !footnote.marked_again {
            return line.note(note + 1);
        }
        let name = self.bookmarks.name(&first_mark(&footnote.anchor));
        let id = self.bookmarks.number();
        line.open_bookmark(id, &name);
        line.note(note + 1);
        line.close_bookmark(id);
    }

    /// Adds one more mark of a note: a field with its number, which leads to the first.
    pub(super) fn mark_of_note_again(&mut self, line: &mut ParagraphContent, note: usize) {
        if let Some(footnote) = self.document.footnotes.get(note) {
            let name = self.bookmarks.name(&first_mark(&footnote.anchor));
            line.open_field(&format!("NOTEREF {name} \\f \\h"));
            line.set(&footnote.number.to_string(), "FootnoteReference");
            line.close_field();
        }
    }

    /// The target of a link to an anchor.
    pub(super) fn target(&mut self, anchor: &str) -> Target {
        Target::Bookmark(self.bookmarks.name(anchor))
    }

    /// The page of an anchor as a link with a field that Word can bring up to date; nothing where it has no page.
    pub(super) fn page_of(&mut self, anchor: &str) -> ParagraphContent {
        let mut line = ParagraphContent::new();
        if let Some(label) = self.pages.labels.get(anchor) {
            line.open_field(&format!("PAGEREF {} \\h", self.bookmarks.name(anchor)));
            line.text(label);
            line.close_field();
        }
        line
    }

    /// Begins the bookmark around a label that the text refers to.
    pub(super) fn open_label(
        &mut self,
        line: &mut ParagraphContent,
        anchor: &str,
    ) -> Option<usize> {
        if self.held.is_some() || !self.referred.contains_key(anchor) {
            return None;
        }
        let name = self.bookmarks.name(&around_label(anchor));
        let id = self.bookmarks.number();
        line.open_bookmark(id, &name);
        Some(id)
    }

    /// Ends the bookmark around a label, if there is one.
    pub(super) fn close_label(&mut self, line: &mut ParagraphContent, place: Option<usize>) {
        if let Some(id) = place {
            line.close_bookmark(id);
        }
    }

    /// The name of the bookmark around the label at an anchor.
    pub(super) fn label(&mut self, anchor: &str) -> String {
        self.bookmarks.name(&around_label(anchor))
    }

    /// Counts a caption of a kind. Gives whether its number follows the one before.
    pub(super) fn counts(&mut self, kind: &str, number: usize) -> bool {
        let last = self.counts.insert(kind.to_owned(), number);
        last.unwrap_or(0) + 1 == number
    }

    /// The bookmarks that the next paragraph begins with: all that stand for a block as a whole are written here.
    fn marks(&mut self) -> ParagraphContent {
        let mut marks = ParagraphContent::new();
        for anchor in std::mem::take(&mut self.pending) {
            self.mark_here(&mut marks, &anchor);
        }
        marks
    }

    /// Puts a paragraph.
    pub(super) fn put(&mut self, setting: ParagraphSpec<'_>) {
        let marks = self.marks();
        let mut line = setting.line;
        line.prepend(marks);
        let own = self.document.language.rtl;
        let rtl = self.language.as_ref().map_or(own, |language| language.rtl);
        let id = (rtl != own).then(|| {
            self.extras.paragraph(extras::Paragraph {
                rtl: Some(rtl),
                section: None,
            })
        });
        let atoms = line.directed(rtl);
        let smaller = self
            .cell_size
            .map(|size| style::smaller(setting.style, size));
        let after_table = match self.pieces.last() {
            Some(last) if last.is_table() => self.beside(setting.style, Beside::AfterTable),
            _ => None,
        };
        let own_style = smaller.or(after_table);
        let properties = ParagraphProperties {
            style: own_style.as_deref().unwrap_or(setting.style),
            id,
            list: setting.list,
            keep_next: setting.keep_next || self.in_row.keep_next,
            decimal: self.in_row.decimal,
        };
        let paragraph = builder::paragraph(atoms, properties, &mut self.extras);
        self.pieces.push(paragraph);
    }

    /// Puts a line in a style.
    pub(super) fn line(&mut self, style: &str, line: ParagraphContent) {
        self.put(ParagraphSpec::new(style, line));
    }

    /// Puts a table. Space between it and a text is that of the text's style. Word joins two tables without a paragraph
    /// between them.
    pub(super) fn put_table(&mut self, table: BodyElement) {
        if self.pieces.last().is_some_and(BodyElement::is_table) {
            self.line("TableSpace", ParagraphContent::new());
        }
        let before = self.pieces.last_mut().and_then(BodyElement::style_mut);
        if let Some(style) = before.cloned()
            && let Some(spaced) = self.beside(&style, Beside::BeforeTable)
            && let Some(style) = self.pieces.last_mut().and_then(BodyElement::style_mut)
        {
            *style = spaced;
        }
        self.pieces.push(table);
    }

    /// The style that text in a style has next to a table; none for styles that keep their distance themselves.
    fn beside(&mut self, style: &str, beside: Beside) -> Option<String> {
        let (own, beside) = match style.strip_suffix(Beside::AfterTable.suffix()) {
            Some(own) if beside == Beside::BeforeTable => (own, Beside::BetweenTables),
            _ => (style, beside),
        };
        let (id, _) = style::SPACED.iter().find(|(id, _)| *id == own)?;
        self.spaced.insert((*id, beside));
        Some(format!("{id}{}", beside.suffix()))
    }

    /// The pieces that `write` puts, apart from those of the section.
    pub(super) fn apart(&mut self, write: impl FnOnce(&mut Self)) -> Vec<BodyElement> {
        let outer = std::mem::take(&mut self.pieces);
        self.inside += 1;
        write(self);
        self.inside -= 1;
        std::mem::replace(&mut self.pieces, outer)
    }

    /// A cell with what `write` puts. A cell has a paragraph and ends with one (ECMA-376 part 1, 17.4.65).
    pub(super) fn cell(&mut self, style: &str, write: impl FnOnce(&mut Self)) -> TableCell {
        let pieces = self.apart(|composer| {
            write(composer);
            if !composer
                .pieces
                .last()
                .is_some_and(BodyElement::is_paragraph)
            {
                let nested = composer.pieces.last().is_some();
                let style = if nested { "TableSpace" } else { style };
                composer.line(style, ParagraphContent::new());
            }
        });
        builder::cell(pieces)
    }

    /// Ends a section: its properties go into its last paragraph. Gives the section as part of the body.
    pub(super) fn end_section(&mut self, section: Element) -> Result<Vec<Element>, Diagnostics> {
        if let Some(index) = self.last_paragraph() {
            self.set_section(index, section);
        }
        self.finish_pieces()
    }

    /// The entry of the last paragraph, which is put where there is none.
    fn last_paragraph(&mut self) -> Option<usize> {
        if !self.pieces.last().is_some_and(BodyElement::is_paragraph) {
            self.line("SectionEnd", ParagraphContent::new());
        }
        let id = self.pieces.last_mut().and_then(BodyElement::id)?;
        if key_index(id).is_none() {
            *id = self.extras.paragraph(extras::Paragraph::default());
        }
        key_index(id)
    }

    /// Makes a paragraph the last of a section.
    pub(super) fn set_section(&mut self, paragraph: usize, section: Element) {
        if let Some(extra) = self.extras.paragraphs.get_mut(paragraph) {
            extra.section = Some(section);
        }
    }

    /// The properties of the section that a paragraph ends, which it does not end any more.
    pub(super) fn take_section(&mut self, paragraph: usize) -> Option<Element> {
        self.extras.paragraphs.get_mut(paragraph)?.section.take()
    }

    /// Whether what is put now may be on a page across: sections end in the body alone.
    pub(super) fn may_turn(&self) -> bool {
        self.inside == 0
    }

    /// Ends a section within a part here, `across` or upright, unless one has just ended.
    pub(super) fn break_section(&mut self, across: bool) {
        if self.break_at_end().is_some() {
            return;
        }
        if let Some(index) = self.last_paragraph() {
            self.breaks.push((index, across));
        }
    }

    /// The last paragraph, where it ends a section within a part.
    pub(super) fn break_at_end(&mut self) -> Option<usize> {
        let last = self.pieces.last_mut().and_then(BodyElement::id);
        let last = last.and_then(|id| key_index(id))?;
        let (paragraph, _) = self.breaks.last()?;
        (*paragraph == last).then_some(last)
    }

    /// The sections within a part that is written: their last paragraphs, and whether they are across.
    pub(super) fn take_breaks(&mut self) -> Vec<(usize, bool)> {
        std::mem::take(&mut self.breaks)
    }

    /// Sets the size of the type of cells that are put from now on, where it is not that of all tables.
    pub(super) fn set_cell_size(&mut self, size: Option<u8>) {
        self.cell_sizes.extend(size);
        self.cell_size = size;
    }

    /// Everything put since the last section ended, as part of the body.
    pub(super) fn finish_pieces(&mut self) -> Result<Vec<Element>, Diagnostics> {
        let pieces = std::mem::take(&mut self.pieces);
        self.build(pieces)
    }

    /// Pieces as elements: built by docx-rs, finished by the package layer.
    pub(super) fn build(&self, pieces: Vec<BodyElement>) -> Result<Vec<Element>, Diagnostics> {
        let mut root = builder::document(pieces)?;
        let children = root
            .find_mut("w:body")
            .map(|body| std::mem::take(&mut body.children))
            .unwrap_or_default();
        let elements = children.into_iter().filter_map(|node| match node {
            Node::Element(element) if element.name != "w:sectPr" => Some(element),
            _ => None,
        });
        Ok(elements
            .map(|mut element| {
                finish(&mut element, &self.extras);
                element
            })
            .collect())
    }
}

/// Name of the place that a label takes.
fn around_label(anchor: &str) -> String {
    format!("{anchor}-label")
}

/// Name of the place of a note's first mark.
fn first_mark(anchor: &str) -> String {
    format!("{anchor}-mark")
}
