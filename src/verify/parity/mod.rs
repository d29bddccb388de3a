//! Parity across formats: whether an artifact states what the document does, in the document's order.
//!
//! An artifact is read back from its bytes alone and held against the document: headings, running text, notes, tables,
//! figures, people with their posts, and the lists at the end. What is missing, out of order, changed or too much comes
//! back as findings, with the place in the source where the document knows it.
//!
//! - `stated`, `gather`, `policy`: what an artifact has to state
//! - `tagged`, `pages`, `word`, `lines`: what a tagged PDF, a PDF for print, a Word and a text file say
//! - `numbering`: the labels of lists that a Word file counts
//! - `walk`, `find`, `lists`: the comparison; `difference`: how its outcome is said
//! - `plain`: how text is made comparable

mod artifact;
mod difference;
mod find;
mod gather;
mod lines;
mod lists;
mod numbering;
mod pages;
mod plain;
mod policy;
mod stated;
mod tagged;
mod walk;
mod word;

#[cfg(test)]
mod tests;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Document;
use crate::layout::Tokens;
use crate::pdf::read::ReadBack;
use artifact::Artifact;
use difference::Difference;
use gather::{Form, gather};
use pages::On;
use policy::Policy;
use stated::{Stated, What};

/// Holds a PDF file against the document.
pub(super) fn of_pdf(
    document: &Document,
    tokens: &Tokens,
    made: &ReadBack<'_>,
) -> Result<(), Diagnostics> {
    difference::say(match tokens.for_print() {
        true => on_paper(document, tokens, On::Pages, made)?,
        false => structured(document, tokens, &tagged::read(made)?),
    })
}

/// Holds the sheets of a print job against the document.
pub(super) fn of_sheets(
    document: &Document,
    tokens: &Tokens,
    made: &ReadBack<'_>,
) -> Result<(), Diagnostics> {
    difference::say(on_paper(document, tokens, On::Sheets, made)?)
}

/// Holds a Word file against the document.
pub(super) fn of_docx(
    document: &Document,
    tokens: &Tokens,
    made: &ReadBack<'_>,
) -> Result<(), Diagnostics> {
    let read = word::read(made.bytes()).map_err(|what| unreadable("Word file", &what))?;
    difference::say(structured(document, tokens, &read))
}

/// Holds plain text against the document.
pub(super) fn of_txt(
    document: &Document,
    tokens: &Tokens,
    made: &ReadBack<'_>,
) -> Result<(), Diagnostics> {
    let read = lines::read(made.bytes()).map_err(|what| unreadable("text", &what))?;
    let policy = Policy {
        digest: &tokens.digest,
    };
    let stated = gather(document, tokens, Form::Plain(policy));
    difference::say(walk::walk(&stated, &read.text))
}

fn unreadable(kind: &str, what: &str) -> Diagnostics {
    let message = format!("the {kind} cannot be read: {what}");
    Diagnostic::new(Code::UNRECORDABLE, message).into()
}

/// An artifact whose headings, tables, notes and alternative texts can be told from the rest.
fn structured(document: &Document, tokens: &Tokens, read: &Artifact) -> Vec<Difference> {
    let mut stated = gather(document, tokens, Form::Structured);
    let mut found = lists::compare(&stated, read);
    // What the lists have said is not said twice.
    let said = |what: What| match what {
        What::Label => What::Heading,
        What::Row | What::Table | What::Fact => What::Cell,
        other => other,
    };
    let kinds: Vec<What> = found.iter().map(|one| said(one.what)).collect();
    if !found.is_empty() {
        excuse(&mut stated, read);
    }
    let walked = walk::walk(&stated, &read.text).into_iter();
    found.extend(walked.filter(|one| !kinds.contains(&said(one.what))));
    found
}

/// Lets what the lists have judged stand anywhere in the running text.
fn excuse(stated: &mut Stated, read: &Artifact) {
    let headings = read.headings.iter().map(|(_, text)| text.clone());
    stated.allow(headings.collect::<Vec<_>>());
    stated.allow(read.alts.iter().cloned());
    stated.allow(read.tables.iter().flatten().flatten().cloned());
}

/// Pages that paper shows: headings, names and cells are told by their place in the running text.
fn on_paper(
    document: &Document,
    tokens: &Tokens,
    on: On,
    made: &ReadBack<'_>,
) -> Result<Vec<Difference>, Diagnostics> {
    let stated = gather(document, tokens, Form::Pages);
    let numbers = document.footnotes.iter();
    let notes = pages::Notes {
        texts: &stated.notes,
        numbers: numbers.map(|note| note.number.to_string()).collect(),
    };
    let read =
        pages::read(made, on, tokens, &notes).map_err(|what| unreadable("PDF file", &what))?;
    let mut found = lists::notes(&stated, &read);
    found.extend(walk::walk(&stated, &read.text));
    Ok(found)
}
