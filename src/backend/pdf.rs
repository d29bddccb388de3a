//! PDF files from the typeset pages: accessible ones (PDF/UA-1 and PDF/A-2a in one file), and, for layouts whose
//! colours are inks, single pages for a print shop (PDF/X-4).

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{Artifact, Backend};
use crate::backend::edition::Edition;
use crate::backend::typeset::targets::targets;
use crate::backend::typeset::{self, TemplateWorld, Typeset};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::base::guard;
use crate::document::{Block, Counter, Document, Footnote, Node, Part, plain_text};
use crate::pdf::prepress::{self, Prepared};
use crate::pdf::structure::Told;
use crate::pdf::text_layer;

/// The PDF backend.
pub(crate) struct Pdf;

impl Backend for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn media_type(&self) -> &'static str {
        "application/pdf"
    }

    fn description(&self) -> &'static str {
        "accessible PDF for the web and the archive (PDF/UA-1, PDF/A-2a)"
    }

    fn render(&self, edition: &Edition) -> Result<Artifact, Diagnostics> {
        let _work = making(edition);
        // The rules of PDF/A forbid inks without a printer's profile, and paper reads nothing aloud.
        let bytes = match edition.layout.tokens.for_print() {
            true => for_print(edition)?,
            false => export(edition, checked(edition)?, &accessible(edition)?)?,
        };
        Ok(Artifact {
            bytes,
            pages: Some(edition.typeset()?.pages.pages().len()),
            volumes: edition.typeset()?.volumes.clone(),
            warnings: warnings(edition)?,
            ..Artifact::default()
        })
    }
}

/// Notes the work, with the picture that asks for most of it, as far as can be told before: pages without pictures hardly
/// ever take long.
fn making(edition: &Edition) -> guard::AtWork {
    let what = format!("making a PDF file in layout `{}`", edition.layout.name);
    let images = &edition.document.images;
    match images.iter().max_by_key(|image| image.weight()) {
        Some(image) => {
            // The engine does not say which one it has in hand.
            let which = match images.len() {
                1 => format!("with the picture `{}`", image.file),
                count => format!(
                    "with {count} pictures, of which `{}` asks for most",
                    image.file
                ),
            };
            guard::at_work(format!("{what}, {which}"), image.place.clone())
        }
        None => guard::at_work(what, None),
    }
}

/// The pages of an edition as a print shop takes them: one after the other, with MediaBox, BleedBox and TrimBox on
/// each, without links and bookmarks.
fn for_print(edition: &Edition) -> Result<Vec<u8>, Diagnostics> {
    let prepared = for_press(edition)?;
    let about = edition.about("pdf");
    prepress::finish(prepared.pages, &about, &prepared.profile)
}

/// The typeset pages, fit for the press. `press` starts from them, too: the one place where a backend takes something
/// from another.
pub(crate) fn for_press(edition: &Edition) -> Result<Prepared, Diagnostics> {
    edition.prepared(|| {
        let profile = Arc::new(prepress::profile(edition.layout)?);
        let pages = prepress::prepare(&single_pages(edition)?, &profile)?;
        Ok(Prepared { pages, profile })
    })
}

/// The spine of a perfect-bound book of this width in points as a page fit for the press, and whether the title is on it.
pub(crate) fn spine_for_press(
    edition: &Edition,
    width: f64,
    profile: &prepress::Profile,
) -> Result<(lopdf::Document, bool), Diagnostics> {
    let spine = typeset::spine(edition.drawn()?, edition.layout, width)?;
    let bytes = written(edition, &spine.page, &spine.world, &untagged(edition)?)?;
    Ok((prepress::prepare(&bytes, profile)?, spine.has_text))
}

/// The typeset pages as a PDF without tags.
fn single_pages(edition: &Edition) -> Result<Vec<u8>, Diagnostics> {
    export(edition, checked(edition)?, &untagged(edition)?)
}

fn untagged(edition: &Edition) -> Result<PdfOptions, Diagnostics> {
    Ok(PdfOptions {
        standards: PdfStandards::default(),
        tagged: false,
        ..accessible(edition)?
    })
}

/// Warns of what the pages show otherwise than wished: footnotes, and signs without a font.
pub(crate) fn warnings(edition: &Edition) -> Result<Diagnostics, Diagnostics> {
    let mut found = edition.drawing()?.warnings()?;
    found.extend(parted_notes(edition)?);
    Ok(found)
}

/// Warns of the footnotes that are not on the page of their mark.
fn parted_notes(edition: &Edition) -> Result<Diagnostics, Diagnostics> {
    let document = edition.document;
    let typeset = edition.typeset()?;
    let notes = typeset.parted_notes.iter();
    let warning = |note: &Footnote| {
        let page = |anchor: &str| {
            let label = typeset.pagination.labels.get(anchor);
            label.map(String::as_str).unwrap_or_default()
        };
        let message = format!(
            "note {} of “{}” begins on page {}, but its mark is on page {}",
            note.number,
            document.chapters[note.chapter].short_title,
            page(&format!("{}-text", note.anchor)),
            page(&note.anchor),
        );
        Diagnostic::new(Code::PARTED_NOTE, message)
            .hint("move the mark, shorten the note, or change the text before it by a line")
    };
    let notes = notes.filter_map(|index| document.footnotes.get(*index));
    Ok(notes.map(warning).collect())
}

/// The typeset pages, once nothing of the text is lost on them.
fn checked<'a>(edition: &'a Edition) -> Result<&'a Typeset, Diagnostics> {
    typeset::check_families(edition.layout)?;
    edition.drawing()?.warnings()?;
    let typeset = edition.typeset()?;
    refuse_empty_glyphs(typeset, &edition.layout.name)?;
    refuse_wide_tables(edition, typeset)?;
    refuse_text_off_the_page(edition.drawn()?, typeset)?;
    Ok(typeset)
}

fn refuse_empty_glyphs(typeset: &Typeset, layout: &str) -> Result<(), Diagnostics> {
    let missing = typeset::missing_glyphs(&typeset.pages);
    if missing.is_empty() {
        return Ok(());
    }
    let clusters: Vec<_> = missing
        .iter()
        .map(|cluster| format!("“{cluster}”"))
        .collect();
    Err(Diagnostic::new(
        Code::EMPTY_GLYPH,
        format!(
            "no font of layout `{layout}` can draw {}",
            clusters.join(", ")
        ),
    )
    .hint("add a font that has them to the layout's folder `fonts`")
    .into())
}

fn refuse_wide_tables(edition: &Edition, typeset: &Typeset) -> Result<(), Diagnostics> {
    let too_wide = typeset::tables_too_wide(&typeset.pages);
    if too_wide.is_empty() {
        return Ok(());
    }
    let mut found = Diagnostics::default();
    edition.document.visit(&mut |node| {
        let Node::Block(Block::Table(table)) = node else {
            return;
        };
        if too_wide.contains(&table.anchor) {
            found.push(typeset::too_wide(table, &edition.layout.name));
        }
    });
    found.or_value(()).map(|_| ())
}

fn refuse_text_off_the_page(document: &Document, typeset: &Typeset) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    for (page, words) in typeset::text_off_the_page(&typeset.pages) {
        let message = format!("text on sheet {page} of the PDF runs off the page: “{words}”");
        let mut one = Diagnostic::new(Code::OFF_THE_PAGE, message).hint(
            "shorten what it belongs to (a caption, a table head, a long word, a title: `short_title` or `running_title` for running heads), or divide it",
        );
        one.location = place_of(document, &words);
        found.push(one);
    }
    for (page, words) in &typeset.text_on_text {
        let message = format!("words on sheet {page} of the PDF stand on each other: “{words}”");
        found.push(
            Diagnostic::new(Code::TEXT_ON_TEXT, message).hint(
                "shorten what stands there (a cell of a table, a label, a name), or divide it",
            ),
        );
    }
    found.or_value(()).map(|_| ())
}

/// Where the source has the one table or figure that says these words.
fn place_of(document: &Document, words: &str) -> Option<Location> {
    let words = words.trim_matches(|c: char| c.is_whitespace() || c == '\u{ad}');
    let mut places = Vec::new();
    document.visit(&mut |node| match node {
        Node::Block(block @ Block::Table(table)) if says(block, words) => {
            places.push(table.place.clone());
        }
        Node::Block(block @ Block::Figure(figure)) if says(block, words) => {
            places.push(document.images[figure.image].place.clone());
        }
        _ => {}
    });
    places.pop().filter(|_| places.is_empty()).flatten()
}

fn says(block: &Block, words: &str) -> bool {
    block.parts().into_iter().any(|part| match part {
        Part::Text(_, text) => text.contains(words),
        Part::Line(content) => plain_text(content).contains(words),
        Part::Blocks(blocks) => blocks.iter().any(|block| says(block, words)),
    })
}

fn export(
    edition: &Edition,
    typeset: &Typeset,
    options: &PdfOptions,
) -> Result<Vec<u8>, Diagnostics> {
    written(edition, &typeset.pages, &typeset.world, options)
}

fn written(
    edition: &Edition,
    pages: &PagedDocument,
    world: &TemplateWorld,
    options: &PdfOptions,
) -> Result<Vec<u8>, Diagnostics> {
    // The tagging of typst 0.15 is known to panic on rare positions of page breaks: an error for the user, no abort.
    let written = catch_unwind(AssertUnwindSafe(|| typst_pdf::pdf(pages, options)));
    match written {
        Ok(result) => {
            let bytes = result
                .map_err(|errors| typeset::diagnostics(world, &edition.layout.name, &errors))?;
            let told = match options.tagged {
                true => Some(told(edition)?),
                false => None,
            };
            text_layer::repair(bytes, told.as_ref()).map_err(|what| {
                Diagnostic::new(
                    Code::PDF_WRITER,
                    format!("the PDF’s text layer cannot be repaired: {what}"),
                )
                .hint("this is a fault of the program: please report it with the report's source")
                .into()
            })
        }
        Err(_) => Err(Diagnostic::new(
            Code::PDF_WRITER,
            "the PDF writer failed on the structure of a page",
        )
        .hint("this is a fault of the typesetter: please report it with the report's source")
        .hint("a changed paragraph near a page break usually gets round it")
        .into()),
    }
}

/// What the tag tree is to say that the typesetter does not know.
fn told<'e>(edition: &'e Edition<'_>) -> Result<Told<'e>, Diagnostics> {
    let (document, typeset) = (edition.document, edition.typeset()?);
    let targets = targets(document, &typeset.pagination);
    let mut places: BTreeMap<usize, Vec<(f64, f64, String)>> = BTreeMap::new();
    for (anchor, (page, x, y)) in typeset::places_of_anchors(&typeset.pages) {
        if let Some(words) = targets.get(&anchor) {
            places.entry(page).or_default().push((x, y, words.clone()));
        }
    }
    Ok(Told {
        numberings: numberings(document),
        mentions: typeset.mentions.clone(),
        places,
        targets,
        note: &document.strings.note_number,
        back: &document.strings.back_to_text,
    })
}

/// By what the numbered lists count, as PDF calls it, in reading order, those of a note where its first mark is. Letters of
/// any script are letters.
fn numberings(document: &Document) -> Vec<&'static str> {
    let mut all = Vec::new();
    document.visit_with_notes(&mut |node| {
        if let Node::Block(Block::List {
            start: Some(_),
            counter,
            ..
        }) = node
        {
            all.push(match counter {
                Counter::Decimal | Counter::Chinese => "Decimal",
                Counter::LowerRoman => "LowerRoman",
                Counter::UpperRoman => "UpperRoman",
                Counter::UpperLetter | Counter::UpperCyrillic => "UpperAlpha",
                _ => "LowerAlpha",
            });
        }
    });
    all
}

fn accessible(edition: &Edition) -> Result<PdfOptions, Diagnostics> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| Diagnostic::new(Code::PDF_STANDARDS, error.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {}", edition.document.id, edition.layout.name)),
        creator: Smart::Custom(Some(
            concat!("gmg-export ", env!("CARGO_PKG_VERSION")).into(),
        )),
        timestamp: timestamp(edition.epoch),
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    })
}

/// `epoch` seconds since 1970 as typst counts time; `None` outside the years that a calendar can name.
fn timestamp(epoch: i64) -> Option<Timestamp> {
    let moment = time::OffsetDateTime::from_unix_timestamp(epoch).ok()?;
    Datetime::from_ymd_hms(
        moment.year(),
        moment.month().into(),
        moment.day(),
        moment.hour(),
        moment.minute(),
        moment.second(),
    )
    .map(Timestamp::new_utc)
}
