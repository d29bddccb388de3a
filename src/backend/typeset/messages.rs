//! Typst's messages as diagnostics with the place in the layout's templates.

use typst::World;
use typst::WorldExt;
use typst::diag::SourceDiagnostic;

use super::TemplateWorld;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::Table;

/// `value` as JSON for the templates.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Diagnostics> {
    serde_json::to_vec(value).map_err(|error| {
        Diagnostic::new(
            Code::HANDED_OVER,
            format!("the document cannot be handed to the templates: {error}"),
        )
        .into()
    })
}

/// The refusal of a table that fits on no page of the layout `name`.
pub(crate) fn too_wide(table: &Table, name: &str) -> Diagnostic {
    let message = format!(
        "a table of {} columns fits on no page of layout `{name}`, neither in its smallest type nor turned",
        table.columns.len(),
    );
    let mut found = Diagnostic::new(Code::TABLE_TOO_WIDE, message)
        .hint("divide it, turn rows and columns around, or write figures in thousands or millions");
    found.location = table.place.clone();
    found
}

/// What typst found, as errors of the layout `name`.
pub(crate) fn diagnostics<'a>(
    world: &TemplateWorld,
    name: &str,
    found: impl IntoIterator<Item = &'a SourceDiagnostic>,
) -> Diagnostics {
    let mut said: Vec<Diagnostic> = Vec::new();
    for one in found {
        let one = diagnostic(world, name, one);
        if !said.contains(&one) {
            said.push(one);
        }
    }
    said.into_iter().collect()
}

/// What to do about what typst says: its own advice is for those who start it themselves.
fn cure(message: &str) -> &'static str {
    match message {
        _ if message.contains("access denied") => {
            "a template uses no packages, and no files but those of its layout: copy what it needs into the layout's folder"
        }
        _ if message.contains("file not found") => "put the file into the layout's folder",
        _ if message.contains("unknown font") => {
            "put the font's file into the layout's folder or into `layouts/fonts`"
        }
        _ if message.contains("unclosed") => "close what is opened here",
        _ => {
            "correct the template here, or delete its file to have that of the layout that this one extends"
        }
    }
}

fn diagnostic(world: &TemplateWorld, name: &str, found: &SourceDiagnostic) -> Diagnostic {
    let message = format!("the template cannot be typeset: {}", found.message);
    let mut made = Diagnostic::new(Code::TEMPLATE, message).hint(cure(&found.message));
    // The innermost call comes first in the trace; a message without a place of its own takes the first that has one.
    let spans =
        std::iter::once(found.span).chain(found.trace.iter().map(|point| point.span.into()));
    if let Some((location, line)) = spans.into_iter().find_map(|span| place(world, name, span)) {
        made = made.at(location).snippet(line);
    }
    made
}

fn place(
    world: &TemplateWorld,
    name: &str,
    span: typst::syntax::DiagSpan,
) -> Option<(Location, String)> {
    let id = span.id()?;
    let start = world.range(span)?.start;
    let source = world.source(id).ok()?;
    let (line, column) = source.lines().byte_to_line_column(start)?;
    let text = source
        .text()
        .lines()
        .nth(line)
        .unwrap_or_default()
        .to_owned();
    let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
    let file = format!("layouts/{name}/{}", id.vpath().get_without_slash());
    Some((
        Location {
            file,
            line: number(line),
            column: number(column),
        },
        text,
    ))
}
