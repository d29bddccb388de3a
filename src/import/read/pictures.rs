//! Pictures next to a Markdown file or in a Word file: checked and copied into `images/`.

use std::collections::BTreeMap;

use crate::document;
use crate::import::ids::{Ids, slug};
use crate::source::{self, Folder, MAX_ASSET};

/// The most pictures of a text, and the most bytes of all of them.
const MAX_PICTURES: usize = 2_000;
const MAX_BYTES: usize = 512 << 20;

/// The bibliography of a report, as source.
const WORKS: &str = "references.bib";

/// Paths and bytes of files.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The pictures that were taken over.
#[derive(Debug, Default)]
pub(crate) struct Pictures<'f> {
    /// The folder of the text.
    beside: Option<&'f Folder>,
    /// Pictures that are in the file itself, by the names of their parts.
    media: BTreeMap<String, Vec<u8>>,
    /// What came of each path that the text names.
    known: BTreeMap<String, Result<String, String>>,
    names: Ids,
    bytes: usize,
    /// Paths in the report, and what is in the files.
    pub(crate) files: Files,
}

impl<'f> Pictures<'f> {
    pub(crate) fn beside(folder: Option<&'f Folder>) -> Self {
        Pictures {
            beside: folder,
            ..Pictures::default()
        }
    }

    /// The pictures of a file that holds them itself.
    pub(crate) fn of_file(media: BTreeMap<String, Vec<u8>>) -> Self {
        Pictures {
            media,
            ..Pictures::default()
        }
    }

    /// Takes a picture over; gives its path in the report, or why it stays where it is.
    pub(crate) fn take(&mut self, url: &str) -> Result<String, String> {
        if let Some(known) = self.known.get(url) {
            return known.clone();
        }
        let taken = self.fetch(url);
        self.known.insert(url.to_owned(), taken.clone());
        taken
    }

    /// Takes over bibliographies of BibTeX: those that are named, else one that is called as the text or `references`; gives
    /// the keys of their works, and why one was not taken.
    pub(crate) fn works(&mut self, named: &[String], text: &str) -> (Vec<String>, Option<String>) {
        let stem = text.rsplit('/').next().unwrap_or(text);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let usual = [format!("{stem}.bib"), WORKS.to_owned()];
        let Some(folder) = self.beside else {
            let why = named
                .first()
                .map(|path| format!("the bibliography {path} cannot be looked for"));
            return (Vec::new(), why);
        };
        let mut all = String::new();
        for path in if named.is_empty() { &usual[..] } else { named } {
            let inner = path.trim_start_matches("./");
            match folder.read(inner, source::MAX_YAML) {
                Ok(bytes) => {
                    all.push_str(&String::from_utf8_lossy(&bytes));
                    all.push('\n');
                }
                Err(_) if named.is_empty() => continue,
                Err(problem) => {
                    let why = format!(
                        "the bibliography cannot be taken: {}",
                        problem.message(path)
                    );
                    return (Vec::new(), Some(why));
                }
            }
            if named.is_empty() {
                break;
            }
        }
        if all.is_empty() {
            return (Vec::new(), None);
        }
        match source::bibtex_keys(&all) {
            Ok(keys) if !keys.is_empty() => {
                self.files.push((WORKS.to_owned(), all.into_bytes()));
                (keys, None)
            }
            Ok(_) => {
                let why =
                    "the bibliography has no works in the form of BibTeX, which alone is read";
                (Vec::new(), Some(why.to_owned()))
            }
            Err(found) => {
                let first = found
                    .iter()
                    .next()
                    .map_or(String::new(), |one| one.message.clone());
                (
                    Vec::new(),
                    Some(format!("the bibliography cannot be taken: {first}")),
                )
            }
        }
    }

    /// Leaves the bibliography where it is: the text cites none of it.
    pub(crate) fn forget_works(&mut self) {
        self.files.retain(|(path, _)| path != WORKS);
    }

    fn fetch(&mut self, url: &str) -> Result<String, String> {
        if url.contains("://") {
            return Err("is not next to the text".to_owned());
        }
        if self.files.len() == MAX_PICTURES || self.bytes > MAX_BYTES {
            return Err("is one too many".to_owned());
        }
        if url.starts_with("data:") {
            return self.within(url);
        }
        if let Some(bytes) = self.media.remove(url) {
            return self.checked(url, bytes);
        }
        let folder = self.beside.ok_or("cannot be had")?;
        let path = decoded(url);
        let read = folder.read(
            path.trim_start_matches("./").trim_start_matches('/'),
            MAX_ASSET,
        );
        let bytes =
            read.map_err(|problem| format!("cannot be taken: {}", problem.message(&path)))?;
        self.checked(&path, bytes)
    }

    fn checked(&mut self, path: &str, bytes: Vec<u8>) -> Result<String, String> {
        document::settable(&bytes)?;
        let (stem, ending) = path.rsplit_once('.').unwrap_or((path, "png"));
        let stem = stem.rsplit('/').next().unwrap_or(stem);
        let ending = ending.to_ascii_lowercase();
        let ending = if ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            ending
        } else {
            "png".to_owned()
        };
        Ok(self.enter(stem, &ending, bytes))
    }

    /// A picture that is in the text itself, as Google Docs writes it.
    fn within(&mut self, url: &str) -> Result<String, String> {
        let broken = |_| "is damaged".to_owned();
        let data = data_url::DataUrl::process(url).map_err(|_| "is damaged".to_owned())?;
        let (bytes, _) = data.decode_to_vec().map_err(broken)?;
        document::settable(&bytes)?;
        let ending = match data.mime_type().subtype.as_str() {
            "svg+xml" => "svg",
            "jpeg" => "jpg",
            other if other.bytes().all(|byte| byte.is_ascii_alphanumeric()) => other,
            _ => "png",
        };
        Ok(self.enter("picture", ending, bytes))
    }

    fn enter(&mut self, stem: &str, ending: &str, bytes: Vec<u8>) -> String {
        let name = format!("images/{}.{ending}", self.names.free(&slug(stem)));
        self.bytes += bytes.len();
        self.files.push((name.clone(), bytes));
        name
    }
}

/// A path of a link without its `%20`.
fn decoded(url: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(url).decode_utf8();
    decoded.map_or_else(|_| url.to_owned(), |path| path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_beside_the_text_are_taken_once_and_others_are_not() {
        let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>".to_vec();
        let files = BTreeMap::from([
            ("a b.svg".to_owned(), drawing.clone()),
            ("c.png".to_owned(), b"none".to_vec()),
        ]);
        let folder = Folder::in_memory(files);
        let mut pictures = Pictures::beside(Some(&folder));
        for _ in 0..2 {
            assert_eq!(
                pictures.take("./a%20b.svg").as_deref(),
                Ok("images/a-b.svg")
            );
        }
        assert_eq!(pictures.files, [("images/a-b.svg".to_owned(), drawing)]);
        for (url, part) in [
            ("../x.svg", "cannot be taken"),
            ("missing.png", "no file"),
            ("https://a.b/c.png", "not next to"),
            ("c.png", "cannot be set"),
        ] {
            let why = pictures.take(url).unwrap_err();
            assert!(why.contains(part), "{url}: {why}");
        }
    }
}
