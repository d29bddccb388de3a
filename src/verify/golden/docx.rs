//! The record of a Word file: its parts, each XML part indented and under its own name, the others by size and
//! SHA-256, and a list of all entries of the package in their order.

use std::fmt::Write as _;

use super::{Record, broken, xml};
use crate::base::diagnostic::Diagnostics;
use crate::base::digest::sha256;
use crate::pdf::read::ReadBack;
use crate::verify::packages::{self, PackagePart};

/// Name of the list of entries.
const LIST: &str = "parts.txt";

/// The record of a Word file.
pub(in crate::verify) fn record(made: &ReadBack<'_>) -> Result<Record, Diagnostics> {
    parts(made.bytes()).map_err(|what| broken(format!("the Word file cannot be read: {what}")))
}

fn parts(bytes: &[u8]) -> Result<Record, String> {
    let mut record = Record::default();
    let mut list = String::new();
    for part in packages::parts(bytes)? {
        add(&part, &mut record, &mut list)
            .map_err(|what| format!("part `{}`: {what}", part.name))?;
    }
    record.add(LIST, list);
    Ok(record)
}

/// Adds one part to the record and to the list of entries.
fn add(part: &PackagePart, record: &mut Record, list: &mut String) -> Result<(), String> {
    let (name, content) = (part.name.as_str(), part.content.as_slice());
    let _ = write!(list, "{name} ({})", part.storage);
    if part.folder {
        let _ = write!(list, ": a folder");
    } else if name.ends_with(".xml") || name.ends_with(".rels") {
        super::compare::check_name(name)?;
        if name == LIST || name == super::BYTES {
            return Err("it has a name of the record's own".into());
        }
        record.add(name, xml::listing(content)?);
    } else {
        let _ = write!(
            list,
            ": {} bytes, sha-256 {}",
            content.len(),
            sha256(content)
        );
    }
    list.push('\n');
    Ok(())
}

#[cfg(test)]
#[path = "docx_tests.rs"]
mod tests;
