//! The record of a Word file: its parts, each XML part indented and under its own name, the others by size and
//! SHA-256, and a list of all entries of the package in their order.

use std::fmt::Write as _;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::{Record, broken, sha256, xml};
use crate::diagnostic::Diagnostics;

/// Most entries that a package may have.
const ENTRIES: usize = 5_000;
/// Largest part in bytes, unpacked.
const PART: u64 = 64 << 20;
/// Largest package in bytes, unpacked.
const PACKAGE: u64 = 256 << 20;
/// Name of the list of entries.
const LIST: &str = "parts.txt";

/// The record of a Word file.
pub(super) fn record(bytes: &[u8]) -> Result<Record, Diagnostics> {
    parts(bytes).map_err(|what| broken(format!("the Word file cannot be read: {what}")))
}

/// The text of one XML part of a Word file, `None` where there is no such part.
pub(crate) fn part_text(bytes: &[u8], name: &str) -> Result<Option<String>, String> {
    let mut archive = open(bytes)?;
    let Ok(entry) = archive.by_name(name) else {
        return Ok(None);
    };
    let mut content = Vec::new();
    entry
        .take(PART + 1)
        .read_to_end(&mut content)
        .map_err(|error| format!("part `{name}`: {error}"))?;
    if content.len() as u64 > PART {
        return Err(format!("part `{name}`: it is too large"));
    }
    String::from_utf8(content)
        .map(Some)
        .map_err(|_| format!("part `{name}`: it is not UTF-8"))
}

/// The package, once its list of entries is in order.
fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > ENTRIES {
        return Err(format!(
            "it has {} entries, more than {ENTRIES}",
            archive.len()
        ));
    }
    if directory_entries(bytes).is_some_and(|count| count != archive.len()) {
        return Err("two of its entries have the same name".into());
    }
    Ok(archive)
}

fn parts(bytes: &[u8]) -> Result<Record, String> {
    let mut archive = open(bytes)?;
    let mut record = Record::default();
    let mut list = String::new();
    let mut left = PACKAGE;
    for index in 0..archive.len() {
        let mut entry = archive
            .by_index(index)
            .map_err(|error| format!("entry {index}: {error}"))?;
        let name = entry.name().to_string();
        part(&mut entry, &name, &mut left, &mut record, &mut list)
            .map_err(|what| format!("part `{name}`: {what}"))?;
    }
    record.add(LIST, list);
    Ok(record)
}

/// Adds one part to the record and to the list of entries.
fn part<R: Read>(
    entry: &mut ZipFile<'_, R>,
    name: &str,
    left: &mut u64,
    record: &mut Record,
    list: &mut String,
) -> Result<(), String> {
    let mut content = Vec::new();
    let limit = PART.min(*left);
    entry
        .by_ref()
        .take(limit + 1)
        .read_to_end(&mut content)
        .map_err(|error| error.to_string())?;
    *left = left
        .checked_sub(content.len() as u64)
        .filter(|_| content.len() as u64 <= limit)
        .ok_or("it is too large")?;
    let _ = write!(list, "{name} ({})", storage(entry));
    if entry.is_dir() {
        let _ = write!(list, ": a folder");
    } else if name.ends_with(".xml") || name.ends_with(".rels") {
        super::compare::check_name(name)?;
        if name == LIST || name == super::BYTES {
            return Err("it has a name of the record's own".into());
        }
        record.add(name, xml::listing(&content)?);
    } else {
        let _ = write!(
            list,
            ": {} bytes, sha-256 {}",
            content.len(),
            sha256(&content)
        );
    }
    list.push('\n');
    Ok(())
}

/// How an entry is stored: its compression and time.
fn storage<R: Read>(entry: &ZipFile<'_, R>) -> String {
    let method = entry.compression().to_string().to_lowercase();
    let Some(time) = entry.last_modified() else {
        return format!("{method}, no time");
    };
    let (year, month, day) = (time.year(), time.month(), time.day());
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{method}, {year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// Number of entries that the end of the central directory announces, where the archive has no comment and is no
/// zip64: a reader that goes by name hides the first of two entries of one name.
fn directory_entries(bytes: &[u8]) -> Option<usize> {
    let end = bytes.get(bytes.len().checked_sub(22)?..)?;
    let count = u16::from_le_bytes([*end.get(10)?, *end.get(11)?]);
    (end.starts_with(b"PK\x05\x06") && count != u16::MAX).then_some(count.into())
}

#[cfg(test)]
#[path = "docx_tests.rs"]
mod tests;
