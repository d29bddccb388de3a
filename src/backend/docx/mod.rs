//! The Word backend: from a document in a layout to a `.docx` package.
//!
//! ```text
//! document ─▶ front, chapter, block, inline … ─▶ docx-rs ─▶ package::finish ─▶ package::Archive ─▶ bytes
//!                     └──────────▶ extras (what docx-rs cannot express) ────┘
//! ```
//!
//! docx-rs builds paragraphs, runs, tables, styles and numbering. What it cannot express or gets wrong is finished by
//! the package layer, in one walk of named steps and one table of schema order. Content and order are those of the
//! pages; the contents list and the lists at the end carry the page numbers of the typeset pages.

mod back;
mod block;
mod bookmarks;
mod builder;
mod chapter;
mod columns;
mod composer;
mod display;
mod extras;
mod figure;
mod front;
mod inline;
mod label;
mod line;
mod listing;
mod locale;
mod media;
mod notes;
mod numbering;
mod package;
mod places;
mod review;
mod run_style;
mod section;
mod style;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod tracked;

use super::{Artifact, Backend};
use crate::backend::edition::Edition;
use crate::backend::typeset::{self, Pagination};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::{ChapterKind, Document, Heading, Inline, plain_text};
use crate::layout::Layout;
pub(crate) use places::{
    LAYOUT_PROPERTY, PLACES_PROPERTY, PREFIX as PLACE, digest as words_digest, is_hidden, place,
};

pub use tracked::Summary;
pub(crate) use tracked::tracked;

use composer::Composer;
use package::{Archive, DECLARATION, Element, Node, Properties, Settings, word_root};
use section::{Head, Heads, Numbers, Section};
use template::Template;

/// The Word backend.
pub(crate) struct Docx;

impl Backend for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    }

    fn description(&self) -> &'static str {
        "Word file for translators and partners: styles, footnotes, contents list, headings and tables as Word knows them"
    }

    fn named_fonts<'a>(&self, layout: &'a Layout) -> Vec<&'a str> {
        let tokens = &layout.tokens.docx;
        vec![&tokens.text_font, &tokens.sans_font, &tokens.code_font]
    }

    fn render(&self, edition: &Edition) -> Result<Artifact, Diagnostics> {
        let mut made = compose(
            edition.document,
            edition.layout,
            edition.pagination()?,
            edition.epoch,
            edition.review,
        )?;
        // What a template lacks is there all the same: `check` says it, and not each export.
        made.warnings
            .retain(|one| one.code != Code::TEMPLATE_STYLES);
        Ok(made)
    }
}

/// What the Word template of a layout gives to a document, in a line, and what is not taken over of it; none where the
/// layout names none.
///
/// # Errors
/// The template cannot be used.
pub fn check_template(
    document: &Document,
    layout: &Layout,
) -> Result<Option<(String, Diagnostics)>, Diagnostics> {
    let Some(template) = Template::of(layout, document)? else {
        return Ok(None);
    };
    let made = compose(document, layout, &Pagination::default(), 0, false)?;
    Ok(Some((template.summary(), made.warnings)))
}

/// The package of a document in a layout. Page numbers are those of `pages`; `epoch` is the moment in its properties.
fn compose(
    document: &Document,
    layout: &Layout,
    pages: &Pagination,
    epoch: i64,
    for_review: bool,
) -> Result<Artifact, Diagnostics> {
    let moment = moment(epoch)?;
    let template = Template::of(layout, document)?;
    let template = template.as_ref();
    let layout = template.map_or(layout, |template| &template.layout);
    let mut composer = Composer::new(document, layout, pages);
    if let Some(template) = template {
        composer.template = Some(template);
        composer.relationships = template.relationships.clone();
    }
    composer.charts = typeset::charts(document, layout)?;
    let mut archive = Archive::default();
    let mut heads = Heads::default();
    let notes = notes::part(&mut composer)?;
    let body = body(&mut composer, &mut heads, for_review)?;
    let word = |kind: &str| {
        format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml")
    };

    if let Some((root, relationships)) = &notes {
        composer.see(root);
        archive.xml("word/footnotes.xml", &word("footnotes"), root.part());
        archive.relationships("word/footnotes.xml", relationships);
        composer.relationships.part("footnotes", "footnotes.xml");
    }
    for (path, root, relationships) in &heads.parts {
        composer.see(root);
        let kind = if path.starts_with("header") {
            "header"
        } else {
            "footer"
        };
        archive.xml(&format!("word/{path}"), &word(kind), root.part());
        archive.relationships(&format!("word/{path}"), relationships);
    }
    for (path, bytes) in template.into_iter().flat_map(Template::pictures) {
        archive.file(&format!("word/{path}"), bytes);
    }
    for (path, bytes) in composer.media.files() {
        archive.file(&format!("word/{path}"), bytes);
    }
    let language = &document.language;
    let faces = locale::ScriptFonts::of(&layout.tokens, language);
    let separators: Vec<i32> = if notes.is_some() {
        notes::SEPARATORS.map(|(id, ..)| id).to_vec()
    } else {
        Vec::new()
    };
    let settings = Settings {
        mirrored: layout.tokens.page.mirrored,
        even_heads: layout.tokens.page.mirrored || template.is_some_and(|template| template.even),
        tracked: for_review,
        hyphenate: layout.tokens.structure.hyphenate,
        separators: &separators,
        language: (&locale::word_tag(&language.tag), language.rtl),
        east_asian: locale::east_asian_fonts(language).is_some(),
        decimal: document.strings.decimal(),
    };
    let used = style::Used {
        looks: &composer.looks,
        sizes: &composer.cell_sizes,
        spaced: &composer.spaced,
        levels: composer.listing.levels(),
    };
    let mut styles = style::part(&layout.tokens, document, &used)?;
    let mut numbering = composer.lists.part(&layout.tokens, document)?;
    let mut fonts = package::font_table(&faces);
    let mut warnings = Diagnostics::default();
    if let Some(template) = template {
        warnings = template.warnings(&composer.seen, &styles);
        styles = template.styles(styles, language, &faces);
        template.lists(&mut numbering);
        template.fonts(&mut fonts);
    }
    let parts = [
        ("styles", styles),
        ("numbering", numbering),
        ("settings", settings.part()),
        ("fontTable", fonts),
    ];
    for (kind, root) in parts {
        composer.relationships.part(kind, &format!("{kind}.xml"));
        archive.xml(&format!("word/{kind}.xml"), &word(kind), root.part());
    }
    composer.relationships.part("theme", "theme/theme1.xml");
    let theme = "application/vnd.openxmlformats-officedocument.theme+xml";
    archive.xml(
        "word/theme/theme1.xml",
        theme,
        template::theme_of(template, layout, &faces).part(),
    );
    archive.xml("word/document.xml", &word("document.main"), body);
    archive.relationships("word/document.xml", &composer.relationships);
    add_properties(&mut archive, document, moment);
    let own = [
        (places::PLACES_PROPERTY, composer.places.digest(document)),
        (places::LAYOUT_PROPERTY, layout.name.clone()),
    ];
    let custom = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
    archive.xml(
        "docProps/custom.xml",
        custom,
        package::custom_properties(&own).part(),
    );
    // Word breaks pages itself: the file has no number of pages.
    Ok(Artifact {
        bytes: archive.bytes()?,
        warnings,
        ..Artifact::default()
    })
}

fn add_properties(archive: &mut Archive, document: &Document, moment: String) {
    let properties = Properties {
        title: &document.title,
        subject: &document.description,
        creator: &document.author,
        company: &document.publisher,
        keywords: document.keywords.join("; "),
        language: &document.language.tag,
        moment,
    };
    let core = "application/vnd.openxmlformats-package.core-properties+xml";
    let app = "application/vnd.openxmlformats-officedocument.extended-properties+xml";
    archive.xml("docProps/core.xml", core, properties.core().part());
    archive.xml("docProps/app.xml", app, properties.app().part());
    archive.relationships("", &Properties::relationships());
}

/// Parts of the publication that have sections of their own, in reading order.
#[derive(Clone, Copy)]
enum DocumentPart {
    Cover,
    Imprint,
    Contents,
    Chapter(usize),
    Blocks(usize),
    Works,
    Speakers,
    Acronyms,
    Index,
    BackCover,
}

/// The parts that this document has.
fn parts(document: &Document) -> Vec<DocumentPart> {
    let mut parts = vec![DocumentPart::Cover, DocumentPart::Imprint];
    if !document.contents.is_empty() {
        parts.push(DocumentPart::Contents);
    }
    parts.extend((0..document.chapters.len()).map(DocumentPart::Chapter));
    parts.extend((0..document.block_lists.len()).map(DocumentPart::Blocks));
    parts.extend(
        document
            .bibliography
            .is_some()
            .then_some(DocumentPart::Works),
    );
    parts.extend(
        document
            .speakers
            .is_some()
            .then_some(DocumentPart::Speakers),
    );
    parts.extend(
        document
            .acronyms
            .is_some()
            .then_some(DocumentPart::Acronyms),
    );
    parts.extend(document.index.is_some().then_some(DocumentPart::Index));
    parts.extend((!document.covers.text.is_empty()).then_some(DocumentPart::BackCover));
    parts
}

/// The part `document.xml`, written section by section.
fn body(
    composer: &mut Composer<'_>,
    heads: &mut Heads,
    for_review: bool,
) -> Result<Vec<u8>, Diagnostics> {
    let parts = parts(composer.document);
    let mut body = Element::new("w:body");
    let mut numbered = false;
    for (index, part) in parts.iter().enumerate() {
        put(composer, *part)?;
        let mut section = section_of(composer.document, *part);
        section.restart = index == 0 || (section.numbers == Numbers::Decimal && !numbered);
        numbered |= section.numbers == Numbers::Decimal;
        let properties = match part {
            DocumentPart::Cover => section::cover(composer, heads, &section)?,
            _ => section::properties(composer, heads, &section)?,
        };
        let is_last = index + 1 == parts.len();
        let closing = composer.break_at_end();
        let properties = end_inner_sections(composer, properties);
        let properties = match closing {
            // The last section of a document has its properties behind all paragraphs.
            Some(paragraph) if is_last => composer.take_section(paragraph),
            Some(_) => None,
            None => Some(properties),
        };
        let properties = properties.map(|properties| match is_last {
            true => section::last(properties),
            false => properties,
        });
        let (elements, properties) = match properties {
            Some(properties) if !is_last => (composer.end_section(properties)?, None),
            properties => (composer.finish_pieces()?, properties),
        };
        let elements = match part {
            DocumentPart::Cover => front::with_template(composer, elements),
            DocumentPart::Contents => {
                front::in_control(elements, &composer.document.strings.contents)
            }
            _ => elements,
        };
        let mut elements: Vec<Element> = elements.into_iter().chain(properties).collect();
        if for_review {
            elements.iter_mut().for_each(review::mark);
        }
        elements.iter().for_each(|element| composer.see(element));
        body.children
            .extend(elements.into_iter().map(Node::Element));
    }
    let mut part = String::from(DECLARATION);
    word_root("w:document").child(body).write(&mut part);
    Ok(part.into_bytes())
}

/// Gives the sections within a part their properties. Those of what comes behind them are returned: `first` where there
/// are none.
fn end_inner_sections(composer: &mut Composer<'_>, first: Element) -> Element {
    let page = &composer.tokens().page;
    let mut own = first;
    for (paragraph, across) in composer.take_breaks() {
        let section = match across {
            true => section::across(&own, page),
            false => own.clone(),
        };
        composer.set_section(paragraph, section);
        own = section::continued(&own);
    }
    own
}

fn put(composer: &mut Composer<'_>, part: DocumentPart) -> Result<(), Diagnostics> {
    let document = composer.document;
    match part {
        DocumentPart::Cover => front::cover(composer)?,
        DocumentPart::Imprint => front::imprint(composer)?,
        DocumentPart::Contents => front::contents(composer),
        DocumentPart::Chapter(index) => chapter::put(composer, &document.chapters[index])?,
        DocumentPart::Blocks(index) => back::blocks(composer, &document.block_lists[index]),
        DocumentPart::Works => document
            .bibliography
            .iter()
            .for_each(|list| back::works(composer, list)),
        DocumentPart::Speakers => document
            .speakers
            .iter()
            .for_each(|list| back::speakers(composer, list)),
        DocumentPart::Acronyms => document
            .acronyms
            .iter()
            .for_each(|list| back::acronyms(composer, list)),
        DocumentPart::Index => document
            .index
            .iter()
            .for_each(|list| back::index(composer, list)),
        DocumentPart::BackCover => {
            block::put_all(composer, &document.covers.text, block::BlockContext::TEXT)?;
        }
    }
    Ok(())
}

fn section_of(document: &Document, part: DocumentPart) -> Section {
    let roman = Section {
        numbers: Numbers::Roman,
        restart: false,
        head: None,
        chapter: false,
        at_foot: false,
    };
    let list = |heading: Option<&Heading>| Section {
        numbers: Numbers::Decimal,
        head: heading.map(|heading| Head {
            label: None,
            title: heading.title.clone(),
            whole: true,
        }),
        ..roman.clone()
    };
    match part {
        DocumentPart::Cover => roman,
        DocumentPart::Imprint => Section {
            at_foot: true,
            ..roman
        },
        DocumentPart::Contents => {
            let head = Head {
                label: None,
                title: document.strings.contents.clone(),
                whole: false,
            };
            Section {
                head: Some(head),
                chapter: true,
                ..roman
            }
        }
        DocumentPart::Chapter(index) => {
            let chapter = &document.chapters[index];
            let head = Head {
                label: chapter.heading.label.clone(),
                title: chapter.short_title.clone(),
                whole: chapter.short_title == plain_text(&chapter.heading.content)
                    && (chapter.heading.label.is_none()
                        || matches!(chapter.heading.content.as_slice(), [Inline::Text { .. }])),
            };
            let numbers = if chapter.front {
                Numbers::Roman
            } else {
                Numbers::Decimal
            };
            Section {
                numbers,
                head: Some(head),
                chapter: !chapter.front
                    && matches!(chapter.kind, ChapterKind::Section | ChapterKind::Meeting),
                ..roman
            }
        }
        DocumentPart::Blocks(index) => list(Some(&document.block_lists[index].heading)),
        DocumentPart::Works => list(document.bibliography.as_ref().map(|list| &list.heading)),
        DocumentPart::Speakers => list(document.speakers.as_ref().map(|list| &list.heading)),
        DocumentPart::Acronyms => list(document.acronyms.as_ref().map(|list| &list.heading)),
        DocumentPart::Index => list(document.index.as_ref().map(|list| &list.heading)),
        DocumentPart::BackCover => Section {
            numbers: Numbers::Decimal,
            head: Some(Head {
                label: None,
                title: document.running_title.clone(),
                whole: false,
            }),
            ..roman
        },
    }
}

/// The moment as core properties want it (W3CDTF, in UTC).
fn moment(epoch: i64) -> Result<String, Diagnostics> {
    crate::document::epoch::iso(epoch).ok_or_else(|| {
        let message = format!("{epoch} seconds since 1970 is no moment that a Word file can bear");
        Diagnostic::new(Code::WORD_MOMENT, message)
            .hint("give a moment before the year 10000")
            .into()
    })
}
