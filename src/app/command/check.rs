//! `check`: what is wrong with a report, or what it contains.

use std::collections::BTreeSet;

use super::export::{for_job, open};
use super::project::Project;
use crate::access::SignOffs;
use crate::app::console::Console;
use crate::app::release::plan;
use crate::app::settings::Settings;
use crate::backend::check_template;
use crate::backend::edition::Edition;
use crate::backend::render::RenderJob;
use crate::backend::typeset;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, many};
use crate::document::{self, Document, SectionKind, epoch};
use crate::verify::conformance::{self, Breach, Check};
use crate::verify::{format, proof};

/// Says what is wrong with a report, or what it holds.
pub(super) fn check(
    project: &Project,
    settings: &Settings,
    pages: bool,
    console: &Console,
) -> Result<(), Diagnostics> {
    let layout = settings.export.layout.as_deref().unwrap_or("screen");
    let names = BTreeSet::from([layout.to_owned()]);
    let (source, document, layouts) = open(project, settings, &names, true, console)?;
    let layouts = for_job(layouts, project, settings)?;
    plan(&source, &project.loader())?;
    SignOffs::in_folder(&source.folder)?;
    for layout in layouts.values() {
        let document = document::for_layout(&source, &document, &layout.tokens)?;
        if layout.tokens.for_print() {
            layout.profile()?;
            layout.print_data()?;
        }
        console.diagnostics(&typeset::check_glyphs(&document, layout)?);
        if let Some((summary, warnings)) = check_template(&document, layout)? {
            console.diagnostics(&warnings);
            console.done(&format!("Word template {summary}"))?;
        }
        if pages {
            let edition = Edition::new(&document, layout, epoch::of_day(&document.date));
            contrast(&edition)?;
            let faults = proof::faults(&document, &layout.tokens, edition.typeset()?);
            console.diagnostics(&proof::warnings(
                &document,
                &layout.name,
                Some(&source),
                &faults,
            ));
        }
    }
    console.done(&format!("ok: {}", contents(&document)))
}

/// `8 chapters, 41 people, …`.
fn contents(document: &Document) -> String {
    let panels = document
        .chapters
        .iter()
        .flat_map(|chapter| &chapter.sections);
    let panels = panels
        .filter(|section| section.kind == SectionKind::Panel)
        .count();
    let speakers = document
        .speakers
        .as_ref()
        .map_or(0, |list| list.entries.len());
    let counts = [
        (document.chapters.len(), "chapter"),
        (panels, "panel"),
        (speakers, "speaker"),
        (document.organisations.len(), "organisation"),
        (document.footnotes.len(), "footnote"),
        (document.images.len(), "picture"),
    ];
    let people = match document.people.len() {
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    let mut said: Vec<String> = counts
        .iter()
        .map(|(count, what)| many(*count, what))
        .collect();
    said.insert(2, people);
    said.join(", ")
}

/// Refuses text that does not stand out from its ground, as the pages of the PDF file show it.
fn contrast(edition: &Edition<'_>) -> Result<(), Diagnostics> {
    let Some(backend) = format::find("pdf") else {
        return Ok(());
    };
    let made = RenderJob { edition, backend }.run()?.artifact;
    let name = &edition.layout.name;
    let inspection = conformance::of_pdf(&[Check::Contrast], &made.read_back())?;
    let breaches = inspection.verdicts.iter().flat_map(|one| &one.breaches);
    let said = |breach: &Breach| {
        let message = format!("layout `{name}`: {breach}");
        Diagnostic::new(Code::NOT_ACCESSIBLE, message)
            .hint("take a darker colour for the text or a lighter one for its ground")
    };
    let found: Diagnostics = breaches.map(said).collect();
    found.or_value(()).map(|_| ())
}
