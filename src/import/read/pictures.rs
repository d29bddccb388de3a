//! Pictures next to a Markdown file: checked and copied into `images/`.

use std::collections::BTreeMap;

use crate::document;
use crate::import::ids::{Ids, slug};
use crate::source::{Folder, MAX_ASSET};

/// The most pictures of a text, and the most bytes of all of them.
const MAX_PICTURES: usize = 2_000;
const MAX_BYTES: usize = 512 << 20;

/// Paths and bytes of files.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The pictures that were taken over.
#[derive(Debug, Default)]
pub(crate) struct Pictures<'f> {
    /// The folder of the text.
    beside: Option<&'f Folder>,
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

    /// Takes a picture over; gives its path in the report, or why it stays where it is.
    pub(crate) fn take(&mut self, url: &str) -> Result<String, String> {
        if let Some(known) = self.known.get(url) {
            return known.clone();
        }
        let taken = self.fetch(url);
        self.known.insert(url.to_owned(), taken.clone());
        taken
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
        let folder = self.beside.ok_or("cannot be looked for")?;
        let path = decoded(url);
        let read = folder.read(
            path.trim_start_matches("./").trim_start_matches('/'),
            MAX_ASSET,
        );
        let bytes =
            read.map_err(|problem| format!("cannot be taken: {}", problem.message(&path)))?;
        document::settable(&bytes)?;
        let (stem, ending) = path.rsplit_once('.').unwrap_or((&path, "png"));
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
