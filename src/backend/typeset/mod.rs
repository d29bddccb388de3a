//! Typesetting: from a document in a layout to laid-out pages, by typst, in process.
//!
//! The document and the design tokens reach the templates as data (`model.json`, `layout.json`) in a world that exists
//! only in memory: no packages, no files of the machine, no clock, no system fonts. The pages serve every backend that
//! needs them: the PDF is written from them, the Word file takes its page numbers from them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use typst::diag::{Severity, Warned};
use typst_layout::PagedDocument;

use crate::backend::drawing;
use crate::base::diagnostic::{Diagnostics, Location};
use crate::base::guard;
use crate::document::{ContentsEntry, Document};
use crate::layout::{Files, Layout, Tokens};

mod charts;
mod glyphs;
pub(crate) mod lines;
mod messages;
mod overflow;
mod pagination;
pub(crate) mod parted;
mod script_faces;
mod spine;
pub(crate) mod targets;
mod text_layer;
mod volumes;
mod world;

pub(crate) use charts::{ChartDrawing, charts};
pub use glyphs::{Drawn, check_glyphs};
pub(crate) use glyphs::{check_families, draw, missing_glyphs};
pub(crate) use messages::{diagnostics, too_wide};
pub(crate) use overflow::text_off_the_page;
pub use pagination::Pagination;
pub(crate) use pagination::{places_of_anchors, tables_too_wide};
use parted::PartedKind;
use script_faces::ScriptFaces;
pub(crate) use spine::{CLEAR, spine};
pub(crate) use world::TemplateWorld;

/// Laid-out pages.
pub struct Typeset {
    /// The pages as typst made them.
    pub pages: PagedDocument,
    /// Where every anchor is.
    pub pagination: Pagination,
    /// The world that they were made in: error messages of the export look up their places in it.
    pub(crate) world: TemplateWorld,
    /// The pages, from 1, with which its volumes begin; none where it is in one.
    pub(crate) volumes: Vec<usize>,
    /// The footnotes, by their place in the document, that begin on another page than their mark.
    pub(crate) parted_notes: Vec<usize>,
    /// The first words of each page that stand on other words, with the number of the sheet from 1; as typst set them,
    /// before the text layer parts runs whose order is another than that of their glyphs.
    pub(crate) text_on_text: Vec<(usize, String)>,
    /// What the first mentions of acronyms stand for, by the language that each is set in.
    pub(crate) mentions: BTreeMap<String, String>,
}

/// Forgets everything that was kept of pages typeset before, for whoever continues to another report.
pub(crate) fn evict_cache() {
    typst::comemo::evict(0);
}

/// What the templates get of a document.
#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
struct Model<'a> {
    #[serde(flatten)]
    document: &'a Document,
    /// The contents list, as deep as the layout wants it.
    contents: Vec<&'a ContentsEntry>,
    /// The fonts of the report's script.
    script_faces: ScriptFaces,
}

/// The files that the templates see: the layout's templates, the document, the tokens, the pictures.
///
/// Written to a folder they are a typst project that the `typst` command compiles to the same pages.
pub fn project(document: &Document, layout: &Layout) -> Result<Files, Diagnostics> {
    let mut files = without_pictures(document, layout)?;
    for image in &document.images {
        let bytes = drawing::for_pages(image, layout)?.into_owned();
        files.insert(image.path.clone(), Cow::Owned(bytes));
    }
    Ok(files)
}

fn without_pictures(document: &Document, layout: &Layout) -> Result<Files, Diagnostics> {
    let mut files = layout.templates.clone();
    let depth = layout.tokens.structure.contents_depth;
    let model = Model {
        document,
        contents: document.contents_to(depth).collect(),
        script_faces: ScriptFaces::of(document, layout)?,
    };
    files.insert("model.json".into(), Cow::Owned(messages::json(&model)?));
    files.insert(
        "layout.json".into(),
        Cow::Owned(messages::json(&layout.tokens)?),
    );
    files.insert(AGAIN.into(), Cow::Owned(messages::json(&Again::default())?));
    Ok(files)
}

/// Typesets a document. Everything that typst warns of is an error here: a font that is missing or page numbers that
/// do not settle make a wrong publication.
pub fn typeset(document: &Document, layout: &Layout) -> Result<Typeset, Diagnostics> {
    let _work = typesetting(layout, document);
    // Of what was typeset before, that is; what is kept of the last pages is let go with the program.
    typst::comemo::evict(1);
    // On paper nobody hears anything.
    let marked = match layout.tokens.for_print() {
        true => None,
        false => document.with_mentions(),
    };
    let (shown, mentions) = match &marked {
        Some((shown, mentions)) => (shown, mentions.clone()),
        None => (document, BTreeMap::new()),
    };
    let mut files = project(shown, layout)?;
    let mut again = Again::default();
    let tokens = &layout.tokens;
    let mut made = with_notes(&mut files, &mut again, document, layout)?;
    let mut left = Cures::of(&made.0, document, tokens);
    for _ in 0..ROUNDS {
        if left.count() == 0 {
            break;
        }
        let before = again.cures.clone();
        again.cures.extend(&left);
        // What the pages before had of their own is of no use.
        typst::comemo::evict(1);
        let cured = with_notes(&mut files, &mut again, document, layout)?;
        let still = Cures::of(&cured.0, document, tokens);
        // Behind what is cured, pages begin elsewhere: something else may be parted there.
        if still.count() >= left.count() {
            again.cures = before;
            break;
        }
        (made, left) = (cured, still);
    }
    again.volumes = volumes::volumes(&made.0, document, tokens.structure.volume_pages.into());
    if !again.volumes.is_empty() {
        made = with_notes(&mut files, &mut again, document, layout)?;
    }
    let (pages, world) = made;
    forget(&pages);
    Ok(Typeset {
        mentions,
        ..laid_out(pages, world, document)
    })
}

/// Lets go of what the typesetter has kept of its steps, where that is much: the pages are there.
fn forget(pages: &PagedDocument) {
    if pages.pages().len() > MANY_PAGES {
        typst::comemo::evict(0);
    }
}

/// What is to be set otherwise than before, as the templates read it.
#[derive(Default, serde::Serialize)]
struct Again {
    /// The notes that must stay with their marks.
    bound: BTreeSet<usize>,
    /// What is set closer or apart.
    #[serde(flatten)]
    cures: Cures,
    /// The chapters that begin a volume other than the first, by their anchors.
    volumes: Vec<String>,
}

/// What is set closer or apart for the sake of the pages, by anchors.
#[derive(Default, Clone, serde::Serialize)]
struct Cures {
    /// The chapters whose words are set closer: else few lines would stand on their last pages.
    tightened: BTreeSet<String>,
    /// The tables, lists at the end and chapters with key points of which the last row, note, entry or point would stand
    /// alone: their rows, entries and points are set closer.
    closer: BTreeSet<String>,
    /// The charts that let go of their values: else much of the page before them would be empty.
    apart: BTreeSet<String>,
}

impl Cures {
    /// What pages ask for, as far as the layout lets them.
    fn of(pages: &PagedDocument, document: &Document, tokens: &Tokens) -> Cures {
        let structure = &tokens.structure;
        let read = lines::read(pages);
        let mut cures = Cures::default();
        if structure.tighten > 0 {
            cures.tightened = lines::short_endings(&read, document, tokens);
        }
        for parted in read.parted(document, tokens) {
            match parted.kind {
                PartedKind::OpenFoot => cures.apart.insert(parted.anchor),
                _ if structure.close_up > 0 => cures.closer.insert(parted.anchor),
                _ => false,
            };
        }
        cures
    }

    fn extend(&mut self, more: &Cures) {
        self.tightened.extend(more.tightened.iter().cloned());
        self.closer.extend(more.closer.iter().cloned());
        self.apart.extend(more.apart.iter().cloned());
    }

    fn count(&self) -> usize {
        self.tightened.len() + self.closer.len() + self.apart.len()
    }
}

/// Sets pages until no note is separated from its mark, or often enough.
fn with_notes(
    files: &mut Files,
    again: &mut Again,
    document: &Document,
    layout: &Layout,
) -> Result<(PagedDocument, TemplateWorld), Diagnostics> {
    let mut passes = 0;
    loop {
        files.insert(AGAIN.into(), Cow::Owned(messages::json(again)?));
        let (pages, world) = compile(files.clone(), layout)?;
        let before = again.bound.len();
        again
            .bound
            .extend(pagination::parted_notes(&pages, document));
        if again.bound.len() == before || passes == PASSES {
            return Ok((pages, world));
        }
        passes += 1;
    }
}

/// Notes the work: at the font that asks for most of it, else at the first template that somebody wrote, else at a picture
/// that asks for much.
fn typesetting(layout: &Layout, document: &Document) -> guard::AtWork {
    let mut what = format!("typesetting the pages of layout `{}`", layout.name);
    // A font that cannot be read is said where it is used.
    let _ = layout.fonts.faces();
    if let Some((path, place)) = layout.fonts.slow() {
        what += &format!(" in the font `{path}`, in which text takes far longer than in others");
        return guard::at_work(what, Some(place.clone()));
    }
    if layout.own_templates.is_empty()
        && let Some(image) = document.heaviest_picture()
    {
        what += &format!(", of whose pictures `{}` asks for most", image.file);
        return guard::at_work(what, image.place.clone());
    }
    let others = layout.own_templates.iter().skip(1);
    let others: Vec<String> = others.map(|path| format!("`{path}`")).collect();
    if !others.is_empty() {
        what += &format!(", which also has {}", others.join(", "));
    }
    guard::at_work(what, layout.own_templates.first().map(Location::whole))
}

/// What is to be set otherwise than before, among the files that the templates see.
const AGAIN: &str = "again.json";
/// From more pages on, memory is worth the time that it takes to free it.
const MANY_PAGES: usize = 100;
/// So many times are pages set again for what is parted on them.
const ROUNDS: usize = 2;
/// So many times are pages set again for the notes that were separated from their marks.
const PASSES: usize = 3;

fn laid_out(pages: PagedDocument, world: TemplateWorld, document: &Document) -> Typeset {
    Typeset {
        parted_notes: pagination::parted_notes(&pages, document),
        volumes: volumes::first_pages(&pages),
        pagination: pagination::paginate(&pages),
        text_on_text: overflow::text_on_text(&pages),
        pages: text_layer::settle(&pages, document.language.rtl),
        mentions: BTreeMap::new(),
        world,
    }
}

fn compile(files: Files, layout: &Layout) -> Result<(PagedDocument, TemplateWorld), Diagnostics> {
    compile_in(TemplateWorld::new(files, layout)?, layout)
}

fn compile_in(
    world: TemplateWorld,
    layout: &Layout,
) -> Result<(PagedDocument, TemplateWorld), Diagnostics> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    let pages = output.map_err(|errors| diagnostics(&world, &layout.name, &errors))?;
    guard::count_pages(pages.pages().len())?;
    let warnings: Vec<_> = warnings
        .into_iter()
        .filter(|found| found.severity == Severity::Warning)
        .collect();
    match warnings.is_empty() {
        true => Ok((pages, world)),
        false => Err(diagnostics(&world, &layout.name, &warnings)),
    }
}
