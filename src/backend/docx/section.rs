//! Sections of the body: page size and margins, page numbers, running heads.

use super::composer::{Composer, ParagraphSpec};
use super::label;
use super::line::ParagraphContent;
use super::package::{Element, Node, toggle};
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
    /// Path below `word/` and root element of each part.
    pub(super) parts: Vec<(String, Element)>,
    shared: Option<Shared>,
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
        let mut line = ParagraphContent::new();
        line.open_field("PAGE");
        line.text("1");
        line.close_field();
        self.part(composer, "w:ftr", "footer", path, style, line)
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
        self.parts.push((path, root));
        Ok(id)
    }
}

/// Label and short title; the label in its own style. Both are fields that repeat the heading, where it has them.
///
/// Each section has a head of its own, since it shows the result of a field as it stands there what does not know STYLEREF,
/// such as LibreOffice 7.
fn head_line(head: &Head) -> ParagraphContent {
    let mut line = ParagraphContent::new();
    let title = if head.label.is_some() {
        "\"Chapter Title\""
    } else {
        "1"
    };
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
