//! Every format states the same things in the same order: headings, running text, tables, figures, people, notes and
//! the lists at the end of every output are held against the document.
//!
//! - `expected`: what the document says, as a list of statements in reading order
//! - `plain`: how text is made comparable
//! - `names`: whom the digest must name
//! - `tagged`, `word`, `lines`: what a PDF, a Word and a text file say
//! - here: the comparison

mod expected;
mod lines;
mod names;
mod plain;
mod tagged;
mod word;

use std::collections::BTreeMap;

use expected::{Expected, Notes, Statement};
use plain::words;

use crate::made::{Made, harbour, shipped};

/// What an output says.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// All text in reading order without notes, made comparable; alternative texts stand where the figures are.
    text: String,
    /// Headings by level.
    headings: Vec<(u8, String)>,
    /// Cells of all tables, by row.
    tables: Vec<Vec<Vec<String>>>,
    /// Alternative texts.
    alts: Vec<String>,
    /// Footnotes.
    notes: Vec<String>,
}

/// Walks the statements through the text: each must follow the one before it, and nothing but punctuation, numbers and
/// `allowed` words may stand between them once the body has begun.
fn walk(expected: &Expected, text: &str) -> Result<(), String> {
    let mut at = 0;
    for statement in &expected.contents {
        at = find(text, statement, at)?.1;
    }
    let mut body = false;
    for statement in &expected.body {
        let (start, end) = match statement {
            Statement::Text(piece) => find(text, piece, at)?,
            Statement::AnyOrder(pieces) => any_order(text, pieces, at)?,
            Statement::Words(wanted, free) => bag(text, wanted, free, at)?,
        };
        if body {
            expected.only_allowed(&text[at..start]).map_err(|rest| {
                format!("before {statement:?} there is something else: {rest:?}")
            })?;
        }
        (body, at) = (true, end);
    }
    Ok(())
}

/// Where a piece stands at or after `at`, as a whole word.
fn find(text: &str, piece: &str, at: usize) -> Result<(usize, usize), String> {
    let whole = |start: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let inner = |a: Option<char>, b: Option<char>| letter(a) && letter(b);
        let end = start + piece.len();
        !inner(text[..start].chars().next_back(), piece.chars().next())
            && !inner(piece.chars().next_back(), text[end..].chars().next())
    };
    let found = text[at..]
        .match_indices(piece)
        .map(|(start, _)| at + start)
        .find(|start| whole(*start));
    let found = found.map(|start| (start, start + piece.len()));
    let address = || {
        if piece.contains("://") {
            find_without_spaces(text, piece, at)
        } else {
            None
        }
    };
    found.or_else(address).ok_or_else(|| {
        let near: String = text[at..].chars().take(300).collect();
        format!("not found: {piece:?}\nafter: {near:?}")
    })
}

/// Where a piece stands that may be broken anywhere, as long addresses are.
fn find_without_spaces(text: &str, piece: &str, at: usize) -> Option<(usize, usize)> {
    let places: Vec<usize> = text[at..]
        .char_indices()
        .filter(|(_, c)| *c != ' ')
        .map(|(start, _)| at + start)
        .collect();
    let dense: String = text[at..].chars().filter(|c| *c != ' ').collect();
    let piece: String = piece.chars().filter(|c| *c != ' ').collect();
    let start = dense[..dense.find(&piece)?].chars().count();
    let end = start + piece.chars().count();
    Some((
        places[start],
        places.get(end).copied().unwrap_or(text.len()),
    ))
}

/// Where pieces stand that may follow each other in any order.
fn any_order(text: &str, pieces: &[String], at: usize) -> Result<(usize, usize), String> {
    let places: Vec<(usize, usize)> = pieces
        .iter()
        .map(|piece| find(text, piece, at))
        .collect::<Result<_, _>>()?;
    let start = places.iter().map(|place| place.0).min().unwrap_or(at);
    let end = places.iter().map(|place| place.1).max().unwrap_or(at);
    Ok((start, end))
}

/// Where words stand that may be mixed with each other, as those of cells in columns are; `free` ones may recur.
fn bag(
    text: &str,
    wanted: &[String],
    free: &[String],
    at: usize,
) -> Result<(usize, usize), String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in wanted {
        *left.entry(word).or_default() += 1;
    }
    let mut end = at;
    for (start, word) in words(&text[at..]) {
        if left.is_empty() {
            break;
        }
        match left.get_mut(word.as_str()) {
            Some(1) => {
                left.remove(word.as_str());
            }
            Some(count) => *count -= 1,
            None if free.contains(&word) || word.chars().all(|c| c.is_ascii_digit()) => {}
            None => {
                return Err(format!(
                    "{word:?} stands among cells; still to come: {left:?}"
                ));
            }
        }
        end = at + start + word.len();
    }
    if left.is_empty() {
        Ok((at, end))
    } else {
        Err(format!("words of cells are missing: {left:?}"))
    }
}

fn headings(expected: &Expected, output: &Output) {
    // What stands before the first chapter (a cover's title, the contents' heading) is not the document's.
    let first = &expected.headings[0];
    let start = output
        .headings
        .iter()
        .position(|(level, text)| *level == first.0 && text.ends_with(&first.1));
    let found = &output.headings[start.expect("the first heading is there")..];
    for (wanted, found) in expected.headings.iter().zip(found) {
        assert!(
            wanted.0 == found.0 && found.1.ends_with(&wanted.1),
            "wanted {wanted:?}, found {found:?}"
        );
    }
    assert_eq!(expected.headings.len(), found.len());
}

fn tables(expected: &Expected, output: &Output) {
    let mut found = output.tables.iter();
    for table in &expected.tables {
        // A table of facts may have a head that says so.
        let same = |other: &Vec<Vec<String>>| {
            other == table || other.first() == Some(&expected.fact_head) && other[1..] == table[..]
        };
        assert!(
            found.any(same),
            "not found, or not in its place: {table:?}\nin {:?}",
            output.tables
        );
    }
}

/// Holds a paged or Word file against the document.
fn hold(made: &Made, output: &Output) {
    let expected = Expected::of(&made.document, Notes::Apart);
    walk(&expected, &output.text).unwrap_or_else(|what| panic!("{what}"));
    headings(&expected, output);
    tables(&expected, output);
    assert_eq!(output.alts, expected.alts);
    assert_eq!(output.notes, expected.notes);
}

#[test]
fn the_pdf_of_the_shipped_report_says_what_the_document_says() {
    hold(shipped(), &tagged::read(shipped().file("screen", "pdf")));
}

#[test]
fn the_pdf_of_the_second_report_says_what_the_document_says() {
    hold(harbour(), &tagged::read(harbour().file("screen", "pdf")));
}

#[test]
fn the_word_file_of_the_shipped_report_says_what_the_document_says() {
    hold(shipped(), &word::read(shipped().file("screen", "docx")));
}

#[test]
fn the_word_file_of_the_second_report_says_what_the_document_says() {
    hold(harbour(), &word::read(harbour().file("screen", "docx")));
}

#[test]
fn the_full_text_of_both_reports_says_what_the_document_says() {
    for made in [shipped(), harbour()] {
        let expected = Expected::of(&made.document, Notes::AfterChapters);
        let text = lines::read(made.file("full-text", "txt"));
        walk(&expected, &text).unwrap_or_else(|what| panic!("{what}"));
    }
}

#[test]
fn everyone_who_spoke_or_moderated_is_named_in_the_digest() {
    for made in [shipped(), harbour()] {
        let digest = lines::read(made.file("screen", "txt"));
        let people = names::of(&made.document);
        assert!(!people.is_empty());
        for name in people {
            assert!(digest.contains(&name), "{name} is not in the digest");
        }
    }
}

#[test]
fn a_statement_left_out_moved_or_added_is_found() {
    let document = &harbour().document;
    let expected = Expected::of(document, Notes::Apart);
    let whole = tagged::read(harbour().file("screen", "pdf")).text;
    assert_eq!(walk(&expected, &whole), Ok(()));
    let middle = whole.len() / 2 + whole[whole.len() / 2..].find(". ").expect("a sentence") + 2;
    let next = middle + whole[middle..].find(". ").expect("a sentence") + 2;
    let without = format!("{}{}", &whole[..middle], &whole[next..]);
    assert!(walk(&expected, &without).is_err());
    let moved = format!("{without} {}", &whole[middle..next]);
    assert!(walk(&expected, &moved).is_err());
    let body = whole.rfind(&expected.headings[1].1).expect("a heading");
    let added = format!("{}aucun ajout. {}", &whole[..body], &whole[body..]);
    assert!(walk(&expected, &added).is_err());
}
