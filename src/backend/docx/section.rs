//! Sections of the body: page size and margins, page numbers, running heads.

use super::composer::{Composer, ParagraphSpec};
use super::label;
use super::line::ParagraphContent;
use super::package::{Element, Node, Relationships, toggle};
use super::template::Piece;
use crate::base::diagnostic::Diagnostics;
use crate::layout::{ChapterStart, Page, Tokens};

/// How a section's pages are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// i, ii, iii.
    Roman,
    /// 1, 2, 3.
    Decimal,
}

/// What is in the running head of a section.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Label of the chapter.
    pub(super) label: Option<String>,
    /// Short title.
    pub(super) title: String,
    /// Whether that is the title as it stands above the chapter.
    pub(super) whole: bool,
}

/// A section.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// Numbers of its pages.
    pub(super) numbers: Numbers,
    /// Whether they start again at 1.
    pub(super) restart: bool,
    /// Running head; `None` for pages that bear neither head nor number.
    pub(super) head: Option<Head>,
    /// Whether it starts where chapters start, and not just on the next page.
    pub(super) chapter: bool,
    /// Whether its text stands at the foot of the page.
    pub(super) at_foot: bool,
}

/// Headers and footers of a document, each a part of its own.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// Path below `word/`, root element and relationships of each part.
    pub(super) parts: Vec<(String, Element, Relationships)>,
    shared: Option<Shared>,
    /// Whether the cover has headers or footers, which the section behind it would have, too.
    covered: bool,
    headers: usize,
    footers: usize,
}

/// Parts that all sections share, as relationships of the body.
#[derive(Debug, Clone)]
struct Shared {
    blank: String,
    footer: String,
    even_footer: Option<String>,
}

/// The properties of a section, with its header and footer made.
pub(super) fn properties(
    composer: &mut Composer<'_>,
    heads: &mut Heads,
    section: &Section,
) -> Result<Element, Diagnostics> {
    let tokens = composer.tokens();
    let mut properties = Element::new("w:sectPr");
    if let Some(head) = &section.head {
        properties = properties.children(heads.references(composer, head)?);
    } else if heads.covered {
        properties = properties.children(heads.none(composer)?);
    }
    if composer.document.footnotes_restart {
        let cover = section.restart && section.head.is_none();
        let digits = cover.then(|| Element::val("w:numFmt", "upperRoman"));
        let notes = Element::new("w:footnotePr").children(digits);
        properties = properties.child(notes.child(Element::val("w:numRestart", "eachSect")));
    }
    let recto = section.chapter && tokens.structure.chapter_start == ChapterStart::Recto;
    let page = &tokens.page;
    let mut numbers = Element::new("w:pgNumType").attr(
        "w:fmt",
        match section.numbers {
            Numbers::Roman => "lowerRoman",
            Numbers::Decimal => "decimal",
        },
    );
    if section.restart {
        numbers = numbers.attr("w:start", 1);
    }
    properties = properties
        .child(Element::val(
            "w:type",
            if recto { "oddPage" } else { "nextPage" },
        ))
        .child(
            Element::new("w:pgSz")
                .attr("w:w", page.width.to_twips())
                .attr("w:h", page.height.to_twips()),
        )
        .child(margins(page, tokens))
        .child(numbers)
        .child(Element::new("w:cols").attr("w:space", 720));
    if section.at_foot {
        properties = properties.child(Element::val("w:vAlign", "bottom"));
    }
    if section.head.is_some() {
        properties = properties.child(Element::new("w:titlePg"));
    }
    if composer.document.language.rtl {
        properties = properties.child(toggle("w:bidi", true));
    }
    if let Some(template) = composer.template {
        template.set_section(&mut properties);
    }
    Ok(properties)
}

/// The properties of the cover's section. Where the template has headers or footers for the first page, they stand there,
/// and the section behind it shows none of them.
pub(super) fn cover(
    composer: &mut Composer<'_>,
    heads: &mut Heads,
    section: &Section,
) -> Result<Element, Diagnostics> {
    let mut properties = properties(composer, heads, section)?;
    let Some(template) = composer.template else {
        return Ok(properties);
    };
    if let Some(cover) = &template.cover {
        if let Some(margins) = &cover.margins {
            properties.remove("w:pgMar");
            let size = |node: &Node| matches!(node, Node::Element(one) if one.name == "w:pgSz");
            let place = properties
                .children
                .iter()
                .position(size)
                .map_or(0, |place| place + 1);
            properties
                .children
                .insert(place, Node::Element(margins.clone()));
        }
        if let Some(place) = &cover.place {
            properties.remove("w:vAlign");
            let behind = |node: &Node| matches!(node, Node::Element(one) if one.name == "w:cols");
            let at = properties.children.iter().position(behind);
            let at = at.map_or(properties.children.len(), |at| at + 1);
            properties.children.insert(at, Node::Element(place.clone()));
        }
    }
    let mut references = Vec::new();
    for kind in ["header", "footer"] {
        if let Some(piece) = template.first_head(kind) {
            let id = heads.piece(composer, kind, piece, None, false)?;
            references.push(reference(kind, "default", &id));
            heads.covered = true;
        }
    }
    properties
        .children
        .splice(0..0, references.into_iter().map(Node::Element));
    Ok(properties)
}

/// The properties of a section that continues another within a chapter: it begins no chapter, and its pages and notes are
/// counted on.
pub(super) fn continued(first: &Element) -> Element {
    let mut section = first.clone();
    section.remove("w:titlePg");
    if let Some(numbers) = section.find_mut("w:pgNumType") {
        numbers.unset("w:start");
    }
    if let Some(begins) = section.find_mut("w:type") {
        begins.set("w:val", "nextPage");
    }
    if let Some(notes) = section.find_mut("w:footnotePr") {
        notes.remove("w:numRestart");
    }
    section
}

/// The properties of the last section, with the digits of notes named: those of all sections but the cover's, which has no
/// notes. LibreOffice, which has one kind of numbers for all sections, counts notes anew only where a section changes that
/// kind: without a change in the last one, the notes of most chapters are all number 0.
pub(super) fn last(mut section: Element) -> Element {
    if let Some(notes) = section.find_mut("w:footnotePr") {
        notes
            .children
            .insert(0, Node::Element(Element::val("w:numFmt", "decimal")));
    }
    section
}

/// The properties of the same section on pages across.
pub(super) fn across(upright: &Element, page: &Page) -> Element {
    let mut section = upright.clone();
    if let Some(size) = section.find_mut("w:pgSz") {
        size.set("w:w", page.height.to_twips());
        size.set("w:h", page.width.to_twips());
        size.set("w:orient", "landscape");
    }
    if let Some(margins) = section.find_mut("w:pgMar") {
        margins.set("w:left", side_across(page));
        margins.set("w:right", side_across(page));
        margins.set("w:gutter", 0);
    }
    section
}

/// The margins at the sides of a page across in twips.
fn side_across(page: &Page) -> i32 {
    page.inside.to_twips() * 2 / 3 + page.gutter.to_twips()
}

/// Width of the text of a page across in points.
pub(super) fn width_across(page: &Page) -> f64 {
    page.height.to_pt() - f64::from(2 * side_across(page)) / 20.0
}

/// Margins; the running head is two lines above the text, the page number two lines below it.
fn margins(page: &Page, tokens: &Tokens) -> Element {
    let line = tokens.sizes.line.to_twips();
    let away = |margin: i32| (margin - 3 * line).max(margin / 3);
    Element::new("w:pgMar")
        .attr("w:top", page.top.to_twips())
        .attr("w:right", page.outside.to_twips())
        .attr("w:bottom", page.bottom.to_twips())
        .attr("w:left", page.inside.to_twips())
        .attr("w:header", away(page.top.to_twips()))
        .attr("w:footer", away(page.bottom.to_twips()))
        .attr("w:gutter", page.gutter.to_twips())
}

impl Heads {
    /// References to all headers and footers of a section: every section names all of its own, none is inherited.
    fn references(
        &mut self,
        composer: &mut Composer<'_>,
        head: &Head,
    ) -> Result<Vec<Element>, Diagnostics> {
        let shared = match &self.shared {
            Some(shared) => shared.clone(),
            None => {
                let shared = self.shared(composer)?;
                self.shared.insert(shared).clone()
            }
        };
        if let Some(references) = self.of_template(composer, head, &shared)? {
            return Ok(references);
        }
        let line = head_line(head);
        let mut references = vec![reference(
            "header",
            "default",
            &self.header(composer, "Header", line)?,
        )];
        if composer.tokens().page.mirrored {
            references.push(reference(
                "header",
                "even",
                &self.header(
                    composer,
                    "HeaderEven",
                    ParagraphContent::of(&composer.document.running_title),
                )?,
            ));
        }
        references.push(reference("header", "first", &shared.blank));
        references.push(reference("footer", "default", &shared.footer));
        if let Some(even) = &shared.even_footer {
            references.push(reference("footer", "even", even));
        }
        references.push(reference("footer", "first", &shared.footer));
        Ok(references)
    }

    /// References to headers and footers without content.
    fn none(&mut self, composer: &mut Composer<'_>) -> Result<Vec<Element>, Diagnostics> {
        self.covered = false;
        let header = self.header(composer, "Header", ParagraphContent::new())?;
        let footer = self.bare_footer(composer)?;
        Ok(vec![
            reference("header", "default", &header),
            reference("footer", "default", &footer),
        ])
    }

    fn bare_footer(&mut self, composer: &mut Composer<'_>) -> Result<String, Diagnostics> {
        self.footers += 1;
        let path = format!("footer{}.xml", self.footers);
        let line = ParagraphContent::new();
        self.part(composer, "w:ftr", "footer", path, "Footer", line)
    }

    /// References where the template has headers or footers: these on all pages of a section, and ours where it has none.
    fn of_template(
        &mut self,
        composer: &mut Composer<'_>,
        head: &Head,
        shared: &Shared,
    ) -> Result<Option<Vec<Element>>, Diagnostics> {
        let Some(template) = composer.template else {
            return Ok(None);
        };
        let (header, footer) = (
            template.head("header", "default"),
            template.head("footer", "default"),
        );
        if header.is_none() && footer.is_none() {
            return Ok(None);
        }
        let even = template.even || composer.tokens().page.mirrored;
        let pages: &[&'static str] = match even {
            true => &["default", "even", "first"],
            false => &["default", "first"],
        };
        let mut references = Vec::new();
        for page in pages.iter().copied() {
            let of = if page == "even" { "even" } else { "default" };
            let id = match template.head("header", of) {
                Some(piece) => self.piece(composer, "header", piece, Some(head), false)?,
                None if page == "first" => shared.blank.clone(),
                None if page == "even" => {
                    let title = ParagraphContent::of(&composer.document.running_title);
                    self.header(composer, "HeaderEven", title)?
                }
                None => self.header(composer, "Header", head_line(head))?,
            };
            references.push(reference("header", page, &id));
        }
        for page in pages.iter().copied() {
            let of = if page == "even" { "even" } else { "default" };
            let number = !template.numbers_pages(of);
            let id = match template.head("footer", of) {
                Some(piece) => self.piece(composer, "footer", piece, Some(head), number)?,
                None if number => shared.footer.clone(),
                // The header has the number.
                None => self.bare_footer(composer)?,
            };
            references.push(reference("footer", page, &id));
        }
        Ok(Some(references))
    }

    /// The id of a header or footer of the template, with the number of the page where that stands nowhere. One that does
    /// not show the chapter is one part for all of them.
    fn piece(
        &mut self,
        composer: &mut Composer<'_>,
        kind: &'static str,
        piece: &Piece,
        head: Option<&Head>,
        number: bool,
    ) -> Result<String, Diagnostics> {
        let title = head.map_or("", |head| head.title.as_str());
        let field = head.filter(|head| head.whole).map(repeated);
        let mut blocks = piece.blocks(title, field);
        if number {
            let pieces = composer.apart(|composer| {
                composer.put(ParagraphSpec::new("Footer", page_number()));
            });
            blocks.extend(composer.build(pieces)?);
        }
        let root = super::package::word_root(if kind == "header" { "w:hdr" } else { "w:ftr" });
        let root = root.children(blocks);
        if let Some((path, ..)) = self.parts.iter().find(|(_, known, _)| *known == root) {
            return Ok(composer.relationships.part(kind, path));
        }
        let count = match kind {
            "header" => &mut self.headers,
            _ => &mut self.footers,
        };
        *count += 1;
        let path = format!("{kind}{count}.xml");
        let id = composer.relationships.part(kind, &path);
        self.parts.push((path, root, piece.relationships.clone()));
        Ok(id)
    }

    fn shared(&mut self, composer: &mut Composer<'_>) -> Result<Shared, Diagnostics> {
        let blank = self.header(composer, "Header", ParagraphContent::new())?;
        let footer = self.footer(composer, "Footer")?;
        let mirrored = composer.tokens().page.mirrored;
        let even_footer = if mirrored {
            Some(self.footer(composer, "FooterEven")?)
        } else {
            None
        };
        Ok(Shared {
            blank,
            footer,
            even_footer,
        })
    }

    fn header(
        &mut self,
        composer: &mut Composer<'_>,
        style: &str,
        line: ParagraphContent,
    ) -> Result<String, Diagnostics> {
        self.headers += 1;
        let path = format!("header{}.xml", self.headers);
        self.part(composer, "w:hdr", "header", path, style, line)
    }

    fn footer(&mut self, composer: &mut Composer<'_>, style: &str) -> Result<String, Diagnostics> {
        self.footers += 1;
        let path = format!("footer{}.xml", self.footers);
        self.part(composer, "w:ftr", "footer", path, style, page_number())
    }

    fn part(
        &mut self,
        composer: &mut Composer<'_>,
        root: &str,
        kind: &str,
        path: String,
        style: &str,
        line: ParagraphContent,
    ) -> Result<String, Diagnostics> {
        let body = std::mem::take(&mut composer.relationships);
        let pieces = composer.apart(|composer| composer.put(ParagraphSpec::new(style, line)));
        let content = composer.build(pieces);
        composer.relationships = body;
        let root = super::package::word_root(root).children(content?);
        let id = composer.relationships.part(kind, &path);
        self.parts.push((path, root, Relationships::default()));
        Ok(id)
    }
}

/// The number of the page.
fn page_number() -> ParagraphContent {
    let mut line = ParagraphContent::new();
    line.open_field("PAGE");
    line.text("1");
    line.close_field();
    line
}

/// What a field repeats that shows the title of a chapter.
fn repeated(head: &Head) -> &'static str {
    match head.label {
        Some(_) => "\"Chapter Title\"",
        None => "1",
    }
}

/// Label and short title; the label in its own style. Both are fields that repeat the heading, where it has them.
///
/// Each section has a head of its own, since it shows the result of a field as it stands there what does not know STYLEREF,
/// such as LibreOffice 7.
fn head_line(head: &Head) -> ParagraphContent {
    let mut line = ParagraphContent::new();
    let title = repeated(head);
    if let Some(label) = &head.label {
        line.open_styled_field("STYLEREF \"Chapter Label\"", Some("HeaderLabel".to_owned()));
        line.set(&label::bound_number(label), "HeaderLabel");
        line.close_field();
        line.text("\u{2003}");
    }
    if head.whole {
        line.open_field(&format!("STYLEREF {title}"));
    }
    line.text(&head.title);
    if head.whole {
        line.close_field();
    }
    line
}

fn reference(kind: &str, page: &str, id: &str) -> Element {
    Element::new(&format!("w:{kind}Reference"))
        .attr("w:type", page)
        .attr("r:id", id)
}
