//! Where links and bookmarks go: destinations, named ones, and the labels of pages (ISO 32000-1, 12.3.2, 12.4.2).

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object};

use crate::base::numerals::{letters, roman};
use crate::pdf::read::file::{File, as_dict, number, short};

/// Deepest name or number tree.
const DEPTH: usize = 32;
/// Most entries of a name or number tree.
const ENTRIES: usize = 1_000_000;

/// Named destinations and page labels of a file.
pub(super) struct Places {
    named: BTreeMap<Vec<u8>, Object>,
    labels: Vec<String>,
}

impl Places {
    /// Reads them.
    pub(super) fn read(file: &File) -> Result<Places, String> {
        let catalog = file.catalog()?;
        let mut named: BTreeMap<Vec<u8>, Object> = BTreeMap::new();
        if let Some(old) = file.dict(catalog, "Dests") {
            named.extend(
                old.iter()
                    .map(|(name, place)| (name.clone(), place.clone())),
            );
        }
        if let Some(root) = file
            .dict(catalog, "Names")
            .and_then(|names| file.dict(names, "Dests"))
        {
            for (name, place) in tree(file, root, "Names")? {
                if let Ok(name) = name.as_str() {
                    named.insert(name.to_vec(), place.clone());
                }
            }
        }
        Ok(Places {
            named,
            labels: labels(file)?,
        })
    }

    /// The label of a page, such as `iv`.
    pub(super) fn label(&self, page: usize) -> &str {
        self.labels.get(page).map_or("", String::as_str)
    }

    /// A destination as text, such as `page 5 (iv) at 72, 700`; an error text where it leads nowhere.
    pub(super) fn describe(&self, file: &File, destination: &Object) -> String {
        match self.find(file, destination) {
            None => "nowhere".into(),
            Some((page, view)) => format!("page {} ({}) {view}", page + 1, self.label(page)),
        }
    }

    /// The page of a destination and what it shows there.
    pub(super) fn find(&self, file: &File, destination: &Object) -> Option<(usize, String)> {
        let mut destination = file.resolve(destination);
        for _ in 0..4 {
            destination = match destination {
                Object::Name(name) => file.resolve(self.named.get(name)?),
                Object::String(name, _) => file.resolve(self.named.get(name)?),
                Object::Dictionary(dict) => file.get(dict, "D"),
                Object::Array(parts) => {
                    let (page, rest) = parts.split_first()?;
                    let page = file.page_index(page.as_reference().ok()?)?;
                    let view = rest
                        .first()
                        .map(|kind| String::from_utf8_lossy(kind.as_name().unwrap_or(b"?")));
                    let numbers = rest
                        .iter()
                        .skip(1)
                        .map(|value| number(file.resolve(value)).map_or("–".into(), short));
                    let text = view
                        .into_iter()
                        .map(Into::into)
                        .chain(numbers)
                        .collect::<Vec<String>>()
                        .join(" ");
                    return Some((page, text));
                }
                _ => return None,
            };
        }
        None
    }
}

/// Entries of a name tree (`Names`) or a number tree (`Nums`) in their order.
fn tree<'a>(
    file: &'a File,
    root: &'a Dictionary,
    key: &str,
) -> Result<Vec<(&'a Object, &'a Object)>, String> {
    let mut entries = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![(root, 0)];
    while let Some((node, depth)) = waiting.pop() {
        for pair in file.array(node, key).chunks_exact(2) {
            entries.push((file.resolve(&pair[0]), &pair[1]));
        }
        for kid in file.array(node, "Kids").iter().rev() {
            if kid.as_reference().is_ok_and(|id| !seen.insert(id))
                || depth > DEPTH
                || entries.len() > ENTRIES
            {
                return Err("a name or number tree loops, is too deep or too large".into());
            }
            waiting.extend(as_dict(file.resolve(kid)).map(|kid| (kid, depth + 1)));
        }
    }
    Ok(entries)
}

fn labels(file: &File) -> Result<Vec<String>, String> {
    let mut ranges: BTreeMap<usize, &Dictionary> = BTreeMap::new();
    if let Some(root) = file.dict(file.catalog()?, "PageLabels") {
        for (first, range) in tree(file, root, "Nums")? {
            if let (Some(first), Some(range)) = (
                first.as_i64().ok().and_then(|n| n.try_into().ok()),
                as_dict(file.resolve(range)),
            ) {
                ranges.insert(first, range);
            }
        }
    }
    let label = |page: usize| match ranges.range(..=page).next_back() {
        None => (page + 1).to_string(),
        Some((first, range)) => {
            let start = file.integer(range, "St").unwrap_or(1);
            let number = start.saturating_add((page - first) as i64);
            let prefix = file.text(range, "P").unwrap_or_default();
            format!(
                "{prefix}{}",
                numeral(number, file.name(range, "S").as_deref())
            )
        }
    };
    Ok((0..file.pages().len()).map(label).collect())
}

/// A number in the style of a page label: `D`, `R`, `r`, `A`, `a`; nothing without a style.
fn numeral(number: i64, style: Option<&str>) -> String {
    let text = |spelt: fn(u64) -> String| match u64::try_from(number) {
        Ok(number) => spelt(number),
        Err(_) => number.to_string(),
    };
    match style {
        Some("D") => number.to_string(),
        Some("R") => text(roman),
        Some("r") => text(roman).to_lowercase(),
        Some("A") => text(letters),
        Some("a") => text(letters).to_lowercase(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_labels_have_the_styles_of_the_standard() {
        let found = [(4, "r"), (1994, "R"), (7, "D"), (28, "A"), (1, "a")]
            .map(|(n, style)| numeral(n, Some(style)));
        assert_eq!(found, ["iv", "MCMXCIV", "7", "BB", "a"]);
        assert_eq!(numeral(3, None), "");
    }

    #[test]
    fn absurd_page_numbers_make_short_labels() {
        assert_eq!(numeral(i64::MAX, Some("r")), i64::MAX.to_string());
        assert_eq!(numeral(-5, Some("a")), "-5");
    }
}
