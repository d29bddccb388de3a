//! The record of a Word file: what a reader sees of it, a line to a paragraph, and its other parts as far as they fit
//! into lines. What is not spelt out (where one run ends and the next begins, numbers of bookmarks and relationships) is
//! held by the digest of each part, which stands next to that of the file.

mod flow;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{BYTES, Record, broken};
use crate::base::diagnostic::Diagnostics;
use crate::base::digest::sha256;
use crate::pdf::read::ReadBack;
use crate::verify::packages::{self, PackagePart};
use crate::verify::xml::{self, Element};

/// Name of the list of entries, with the content of the small ones.
const LIST: &str = "parts.txt";
/// Parts that have a file of their own in the record.
const LARGE: [(&str, &str); 4] = [
    ("word/document.xml", "document.txt"),
    ("word/footnotes.xml", "footnotes.txt"),
    ("word/numbering.xml", "numbering.txt"),
    ("word/styles.xml", "styles.txt"),
];

/// What the relationships of a part lead to, by their ids.
type Targets = BTreeMap<String, String>;

/// The record of a Word file.
pub(in crate::verify) fn record(made: &ReadBack<'_>) -> Result<Record, Diagnostics> {
    let parts = packages::parts(made.bytes()).and_then(|parts| listed(&parts));
    parts.map_err(|what| broken(format!("the Word file cannot be read: {what}")))
}

fn listed(parts: &[PackagePart]) -> Result<Record, String> {
    let mut record = Record::default();
    let (mut list, mut digests) = (String::new(), String::new());
    for part in parts {
        let content =
            content(part, parts).map_err(|what| format!("part `{}`: {what}", part.name))?;
        let _ = write!(list, "== {} ({})", part.name, part.storage);
        match LARGE.iter().find(|(name, _)| *name == part.name) {
            Some((_, file)) => {
                let _ = writeln!(list, ": {file} ==");
                record.add(file, content);
            }
            None => {
                let _ = writeln!(list, " ==\n{content}");
            }
        }
        let _ = writeln!(digests, "{}: sha-256 {}", part.name, sha256(&part.content));
    }
    record.add(LIST, list);
    record.add(BYTES, digests);
    Ok(record)
}

/// What is said of a part, in lines.
fn content(part: &PackagePart, parts: &[PackagePart]) -> Result<String, String> {
    super::compare::check_name(part.name.trim_end_matches('/'))?;
    if part.folder {
        return Ok("a folder\n".to_owned());
    }
    if !part.name.ends_with(".xml") && !part.name.ends_with(".rels") {
        let (size, digest) = (part.content.len(), sha256(&part.content));
        return Ok(format!("{size} bytes, sha-256 {digest}\n"));
    }
    let document = xml::parse(&part.content)?;
    let targets = targets(&part.name, parts)?;
    let mut out = String::new();
    flow::block(document.root_element(), 0, &targets, &mut out);
    Ok(out)
}

/// What the relationships of a part lead to.
fn targets(part: &str, parts: &[PackagePart]) -> Result<Targets, String> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let name = format!("{folder}/_rels/{name}.rels");
    let Some(part) = parts.iter().find(|part| part.name == name) else {
        return Ok(Targets::new());
    };
    let document = xml::parse(&part.content)?;
    let target = |one: Element<'_>| {
        let target = xml::attribute(one, "Target")?.to_owned();
        Some((xml::attribute(one, "Id")?.to_owned(), target))
    };
    let all = document.root_element().children();
    Ok(all.filter_map(target).collect())
}

#[cfg(test)]
mod tests;
