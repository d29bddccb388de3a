//! Word files as packages of parts (Open Packaging Conventions), read with every guard that a hostile file calls for:
//! the number of entries and what they unpack to are limited, and no entry hides another of its name.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

/// Most entries that a package may have.
const ENTRIES: usize = 5_000;
/// Largest part in bytes, unpacked.
pub(crate) const PART: u64 = 64 << 20;
/// Largest package in bytes, unpacked.
const PACKAGE: u64 = 256 << 20;

/// An entry of a package.
pub(crate) struct PackagePart {
    /// Its path in the package, with forward slashes.
    pub name: String,
    /// Its bytes, unpacked.
    pub content: Vec<u8>,
    /// How it is stored: its compression and time.
    pub storage: String,
    /// Whether it is a folder.
    pub folder: bool,
}

/// All entries of a package in their order.
pub(crate) fn parts(bytes: &[u8]) -> Result<Vec<PackagePart>, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > ENTRIES {
        return Err(format!(
            "it has {} entries, more than {ENTRIES}",
            archive.len()
        ));
    }
    if directory_entries(bytes).is_some_and(|count| count != archive.len()) {
        return Err("two of its entries have the same name".into());
    }
    let mut parts = Vec::new();
    let mut left = PACKAGE;
    for index in 0..archive.len() {
        let mut entry = archive
            .by_index(index)
            .map_err(|error| format!("entry {index}: {error}"))?;
        let part = part(&mut entry, &mut left)
            .map_err(|what| format!("part `{}`: {what}", entry.name()))?;
        parts.push(part);
    }
    Ok(parts)
}

fn part<R: Read>(entry: &mut ZipFile<'_, R>, left: &mut u64) -> Result<PackagePart, String> {
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
    Ok(PackagePart {
        name: entry.name().to_string(),
        content,
        storage: storage(entry),
        folder: entry.is_dir(),
    })
}

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
