//! Parity across formats: whether an artifact states what the document does, in the document's order.
//!
//! An artifact is read back from its bytes alone and compared with the document: headings, running text, notes, tables,
//! figures, people with their posts, and the lists at the end. What is missing, out of order, changed or too much comes
//! back as diagnostics, with the place in the source where the document knows it.
//!
//! - `expected`, `collect`, `display`, `front`, `back`, `blocks`: what an artifact has to state
//! - `tagged`, `pages`, `word`, `lines`: what a tagged PDF, a PDF for print, a Word and a text file say
//! - `numbering`: the labels of lists that a Word file counts
//! - `matcher`, `find`, `lists`: the comparison; `difference`: how its outcome is said
//! - `roles`: what the blocks are to those who hear them
//! - `plain`: how text is made comparable

mod artifact;
mod back;
mod blocks;
mod collect;
mod difference;
mod display;
mod expected;
mod find;
mod front;
mod lines;
mod lists;
mod matcher;
mod numbering;
mod pages;
mod plain;
mod roles;
mod tagged;
mod word;

#[cfg(test)]
mod tests;

use crate::backend::edition::Edition;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::layout::{Binding, Tokens};
use crate::pdf::read::ReadBack;
use artifact::ExtractedText;
use collect::{Form, collect};
use difference::Difference;
use expected::{Expected, TextRole};
use pages::LineLayout;

/// Holds a PDF file against the document, as its pages can show it.
pub(super) fn of_pdf(edition: &Edition<'_>, made: &ReadBack<'_>) -> Result<(), Diagnostics> {
    let (document, tokens) = (edition.drawn()?, &edition.layout.tokens);
    difference::say(match tokens.for_print() {
        true => on_paper(document, tokens, LineLayout::Pages, made)?,
        false => structured(document, tokens, &tagged::read(made)?),
    })
}

/// Holds the sheets of a print job against the document.
pub(super) fn of_sheets(edition: &Edition<'_>, made: &ReadBack<'_>) -> Result<(), Diagnostics> {
    let (document, tokens) = (edition.drawn()?, &edition.layout.tokens);
    // The cover of a perfect-bound book is in a file of its own, with its bare inside.
    let first = match tokens.press.binding {
        Binding::Perfect => 2,
        Binding::Auto | Binding::Stitched => 0,
    };
    let on = LineLayout::SheetsFrom(first);
    difference::say(on_paper(document, tokens, on, made)?)
}

/// Holds a Word file against the document. Before the chapters, where the cover is, other words may stand as well: the
/// fixed words of a template's cover are no difference, and `check` shows them.
pub(super) fn of_docx(edition: &Edition<'_>, made: &ReadBack<'_>) -> Result<(), Diagnostics> {
    let (document, tokens) = (edition.document, &edition.layout.tokens);
    let read = word::read(made.bytes()).map_err(|what| unreadable("Word file", &what))?;
    difference::say(structured(document, tokens, &read))
}

/// Holds plain text against the document.
pub(super) fn of_txt(edition: &Edition<'_>, made: &ReadBack<'_>) -> Result<(), Diagnostics> {
    let (document, tokens) = (edition.document, &edition.layout.tokens);
    let read = lines::read(made.bytes()).map_err(|what| unreadable("text", &what))?;
    let expected = collect(document, tokens, Form::Plain(&tokens.digest));
    difference::say(matcher::walk(&expected, &read.text))
}

fn unreadable(kind: &str, what: &str) -> Diagnostics {
    let message = format!("the {kind} cannot be read: {what}");
    Diagnostic::new(Code::UNRECORDABLE, message).into()
}

/// An artifact whose headings, tables, notes and alternative texts can be distinguished from the rest.
fn structured(document: &Document, tokens: &Tokens, read: &ExtractedText) -> Vec<Difference> {
    let mut expected = collect(document, tokens, Form::Structured);
    let mut found = lists::compare(&expected, read);
    // What the lists have said is not said twice.
    let said = |what: TextRole| match what {
        TextRole::Label => TextRole::Heading,
        TextRole::Row | TextRole::Table | TextRole::Fact => TextRole::Cell,
        other => other,
    };
    let kinds: Vec<TextRole> = found.iter().map(|one| said(one.what)).collect();
    if !found.is_empty() {
        excuse(&mut expected, read);
    }
    let walked = matcher::walk(&expected, &read.text).into_iter();
    found.extend(walked.filter(|one| !kinds.contains(&said(one.what))));
    found.extend(roles::compare(&expected, read));
    found
}

/// Allows what the lists have judged anywhere in the running text.
fn excuse(expected: &mut Expected, read: &ExtractedText) {
    let headings = read.headings.iter().map(|(_, text)| text.clone());
    expected.allow(headings.collect::<Vec<_>>());
    expected.allow(read.alts.iter().cloned());
    let cells = read.tables.iter().flatten().flatten();
    expected.allow(cells.map(|cell| cell.text.clone()));
}

/// Pages that paper shows: headings, names and cells are identified by their place in the running text.
fn on_paper(
    document: &Document,
    tokens: &Tokens,
    on: LineLayout,
    made: &ReadBack<'_>,
) -> Result<Vec<Difference>, Diagnostics> {
    let expected = collect(document, tokens, Form::Pages);
    let notes = pages::Notes {
        texts: &expected.notes,
        marks: &expected.marks,
        before: &expected.before_marks,
    };
    let read =
        pages::read(made, on, tokens, &notes).map_err(|what| unreadable("PDF file", &what))?;
    let mut found = lists::notes(&expected, &read);
    found.extend(lists::marks(&expected, &read));
    found.extend(lists::raised(&expected, &read));
    found.extend(matcher::walk(&expected, &read.text));
    Ok(found)
}
