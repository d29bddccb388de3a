//! The fixed words of a language: `strings/<code>.yaml`, in the binary or on a shelf.

use std::path::Path;

use super::folder::{EMBEDDED, shown, whole_file};
use super::load::Shelf;
use super::tokens::Strings;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

/// The fixed words of a language in the binary: those of the whole tag, else of its first part.
pub fn strings(language: &str) -> Result<Strings, Diagnostics> {
    Shelf::embedded().strings(language)
}

/// The languages in the binary that have fixed words, sorted.
pub fn languages() -> Vec<String> {
    Shelf::embedded().languages()
}

impl Shelf {
    /// The fixed words of a language: those of the whole tag, else of its first part; a file on the shelf wins over
    /// the one in the binary.
    pub fn strings(&self, language: &str) -> Result<Strings, Diagnostics> {
        let primary = language.split('-').next().unwrap_or(language);
        for tag in [language, primary] {
            if let Some((path, bytes)) = self.strings_file(tag)? {
                let strings: Strings = super::parse(&path, &bytes)?;
                check(&strings, &path)?;
                return Ok(strings);
            }
        }
        Err(Diagnostic::new(Code::NO_WORDS, format!("there are no fixed words for the language `{language}`"),
        )
        .hint(format!("languages: {}", self.languages().join(", ")))
        .hint(format!(
            "a new language is one file: layouts/strings/{}.yaml beside the source folder, with the fields that `gmg-export schema strings` lists",
            primary.to_ascii_lowercase()
        ))
        .into())
    }

    /// The languages that have fixed words, sorted.
    pub fn languages(&self) -> Vec<String> {
        let on_disk = self
            .path()
            .and_then(|path| std::fs::read_dir(path.join("strings")).ok());
        let found = on_disk.into_iter().flatten().flatten();
        let embedded = EMBEDDED.get_dir("strings").into_iter();
        let embedded = embedded
            .flat_map(|dir| dir.files())
            .map(|file| file.path().to_owned());
        let mut names: Vec<String> = found
            .map(|entry| entry.path())
            .chain(embedded)
            .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
            .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
            .filter(|name| is_tag(name))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The file of a language, with its path for messages. Tags are compared without regard to case.
    fn strings_file(&self, tag: &str) -> Result<Option<(String, Vec<u8>)>, Diagnostics> {
        let same = |name: &String| name.eq_ignore_ascii_case(tag);
        let Some(name) = self.languages().into_iter().find(same) else {
            return Ok(None);
        };
        let relative = format!("strings/{name}.yaml");
        if let Some(path) = self.path().map(|shelf| shelf.join(&relative))
            && path.exists()
        {
            let bytes = bytes(&path)?;
            self.note(&shown(&path), &bytes, true);
            return Ok(Some((shown(&path), bytes)));
        }
        let file = EMBEDDED.get_file(&relative);
        Ok(file.map(|file| {
            let shown = format!("layouts/{relative}");
            self.note(&shown, file.contents(), false);
            (shown, file.contents().to_vec())
        }))
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostics> {
    std::fs::read(path).map_err(|error| {
        let message = format!("the words of the language cannot be read: {error}");
        let place = whole_file(&shown(path));
        Diagnostic::new(Code::WORDS_UNREADABLE, message)
            .at(place)
            .into()
    })
}

/// Whether a file's stem can be a language tag.
fn is_tag(name: &str) -> bool {
    name.len() >= 2 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Refuses words that would leave a hole in the text: a place that is missing, a month too few.
fn check(strings: &Strings, path: &str) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    let mut refuse = |code: Code, field: &str, message: String| {
        let place = whole_file(path);
        found.push(Diagnostic::new(code, message).at(place).field(field));
    };
    if strings.months.len() != 12 {
        let count = strings.months.len();
        refuse(
            Code::MONTHS,
            "months",
            format!("a year has 12 months, not {count}"),
        );
    }
    for (field, text, places) in patterns(strings) {
        for place in places.iter().filter(|place| !text.contains(**place)) {
            refuse(
                Code::PLACE_IN_WORDS,
                field,
                format!("`{field}` must hold {place}"),
            );
        }
        if let Some(other) = unknown_place(text, places) {
            let known = places.join(", ");
            refuse(
                Code::PLACE_IN_WORDS,
                field,
                format!("`{field}` cannot hold {other}, only {known}"),
            );
        }
    }
    found.or_value(()).map(|_| ())
}

/// The texts with places in them, by field.
fn patterns(strings: &Strings) -> [(&'static str, &str, &'static [&'static str]); 9] {
    const N: &[&str] = &["{n}"];
    [
        ("date", &strings.date, &["{day}", "{month}", "{year}"]),
        ("meeting", &strings.meeting, N),
        ("panel", &strings.panel, N),
        ("appendix", &strings.appendix, N),
        ("table", &strings.table, N),
        ("figure", &strings.figure, N),
        (
            "whole_text",
            &strings.whole_text,
            &["{title}", "{publisher}", "{date}"],
        ),
        ("whole_url", &strings.whole_url, &["{url}"]),
        ("page_of", &strings.page_of, &["{n}", "{total}"]),
    ]
}

/// A place in braces in `text` that is none of `places`.
fn unknown_place<'a>(text: &'a str, places: &[&str]) -> Option<&'a str> {
    let starts = text.match_indices('{').map(|(start, _)| start);
    starts
        .map(|start| match text[start..].find('}') {
            Some(end) => &text[start..=start + end],
            None => &text[start..],
        })
        .find(|place| !places.contains(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_words_and_they_keep_the_rules() {
        for language in languages() {
            strings(&language).unwrap_or_else(|found| panic!("{language}: {found}"));
        }
        assert!(languages().len() >= 11, "{:?}", languages());
    }

    #[test]
    fn the_whole_tag_comes_before_its_first_part_and_case_does_not_matter() {
        assert_eq!(strings("en-GB").unwrap(), strings("en").unwrap());
        assert_eq!(strings("FR-ch").unwrap(), strings("fr").unwrap());
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("strings")).unwrap();
        let mut words = EMBEDDED
            .get_file("strings/fr.yaml")
            .unwrap()
            .contents_utf8()
            .unwrap()
            .to_owned();
        words = words.replace("Table des matières", "Contenu");
        std::fs::write(folder.path().join("strings/fr-CH.yaml"), words).unwrap();
        let shelf = Shelf::with_folder(folder.path());
        assert_eq!(shelf.strings("fr-CH").unwrap().contents, "Contenu");
        assert_eq!(
            shelf.strings("fr-BE").unwrap().contents,
            "Table des matières"
        );
        assert!(shelf.languages().contains(&"fr-CH".to_owned()));
    }

    #[test]
    fn a_language_without_words_is_refused_with_the_list_and_the_way_to_add_it() {
        let found = strings("tlh-Latn").unwrap_err();
        let said = found.to_string();
        assert!(
            said.starts_with("error[E0410]: there are no fixed words for the language `tlh-Latn`"),
            "{said}"
        );
        assert!(
            said.contains("ar, cs, de, en, es, fr, he, it, nl, pt, ru, zh"),
            "{said}"
        );
        assert!(said.contains("layouts/strings/tlh.yaml"), "{said}");
        assert!(strings("").is_err() && strings("../en").is_err() && strings("*").is_err());
    }

    #[test]
    fn words_with_a_place_missing_or_misspelt_are_refused_by_field() {
        let mut words = strings("en").unwrap();
        words.months.pop();
        words.panel = "Panel".into();
        words.whole_url = "From {url} or {link}".into();
        words.date = "{day} {month {year}".into();
        let said = check(&words, "x.yaml").unwrap_err().to_string();
        for part in [
            "not 11",
            "`panel` must hold {n}",
            "cannot hold {link}",
            "`date` must hold {month}",
        ] {
            assert!(said.contains(part), "{part} in {said}");
        }
    }

    #[test]
    fn the_words_are_clean_text() {
        use unicode_normalization::is_nfc;
        for language in languages() {
            let words = serde_json::to_value(strings(&language).unwrap()).unwrap();
            for (field, value) in words.as_object().unwrap() {
                for text in value.as_str().into_iter().chain(
                    value
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(|one| one.as_str()),
                ) {
                    let place = format!("{language}: {field}: {text:?}");
                    assert!(is_nfc(text) && !text.is_empty(), "{place}");
                    assert!(
                        !text.contains(['\'', '"', '\t', '\n']) && !text.contains("  "),
                        "{place}"
                    );
                    let joint =
                        ["colon", "comma", "quote_open", "quote_close"].contains(&field.as_str());
                    assert!(joint || text.trim() == text, "{place}");
                }
            }
        }
    }

    #[test]
    fn no_language_keeps_an_english_sentence_or_heading() {
        let english = serde_json::to_value(strings("en").unwrap()).unwrap();
        for language in languages().iter().filter(|language| *language != "en") {
            let words = serde_json::to_value(strings(language).unwrap()).unwrap();
            for field in [
                "contents",
                "summary",
                "opening",
                "closing",
                "whole",
                "whole_text",
                "whole_url",
                "about",
                "page_of",
                "meetings",
                "months",
                "index",
                "acronyms",
                "label_floor",
            ] {
                assert_ne!(words[field], english[field], "{language}: {field}");
            }
        }
    }
}
