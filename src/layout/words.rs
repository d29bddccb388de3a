//! The fixed words of a language: `strings/<code>.yaml`, in the binary or in a folder of layouts.

use std::collections::BTreeMap;

use super::fixed_words::{DateSpans, Strings};
use super::folder::{EMBEDDED, whole_file};
use super::load::LayoutLoader;
use super::plain_words;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::FileRef;

/// The most characters of a fixed text: more would fill a page where a word is to be.
const MAX_WORD: usize = 500;
/// The largest file of words that is read, in bytes.
const MAX_WORDS: u64 = 1 << 20;

/// The fixed words of a language in the binary: those of the whole tag, else of its first part.
pub fn strings(language: &str) -> Result<Strings, Diagnostics> {
    LayoutLoader::embedded().strings(language)
}

/// The languages in the binary that have fixed words, sorted.
pub fn languages() -> Vec<String> {
    LayoutLoader::embedded().languages()
}

impl LayoutLoader {
    /// The fixed words of a language. A file of a longer tag, and one in the folder of layouts, says only what it says otherwise than
    /// those before it: `fr` in the binary, `fr` in the folder of layouts, `fr-CH` in the binary, `fr-CH` in the folder of layouts.
    pub fn strings(&self, language: &str) -> Result<Strings, Diagnostics> {
        let mut words: Option<Strings> = None;
        for tag in tags(language) {
            for (path, bytes) in self.strings_files(&tag)? {
                let whole = match words {
                    Some(words) => over(&words, &path, &bytes)?,
                    None => super::parse(&path, &bytes)?,
                };
                let text = String::from_utf8_lossy(&bytes);
                check(
                    &whole,
                    FileRef {
                        path: &path,
                        text: &text,
                    },
                )?;
                words = Some(whole);
            }
        }
        let primary = language.split('-').next().unwrap_or(language);
        words.ok_or_else(|| Diagnostic::new(Code::NO_WORDS, format!("there are no fixed words for the language `{language}`"),
        )
        .hint(format!("languages: {}", self.languages().join(", ")))
        .hint(format!(
            "a new language is one file: layouts/strings/{}.yaml next to the source folder, with the fields that `gmg-export schema strings` lists",
            primary.to_ascii_lowercase()
        ))
        .into())
    }

    /// The languages that have fixed words, sorted.
    pub fn languages(&self) -> Vec<String> {
        let on_disk = self.path().map(|loader| loader.folder("strings").entries());
        let on_disk = on_disk.into_iter().flatten().flatten();
        let embedded = EMBEDDED.get_dir("strings").into_iter();
        let embedded = embedded.flat_map(|dir| dir.files());
        let embedded = embedded.filter_map(|file| file.path().file_name()?.to_str());
        let mut names: Vec<String> = on_disk
            .map(|entry| entry.name)
            .chain(embedded.map(str::to_owned))
            .filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned()))
            .filter(|name| is_tag(name))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The files of a tag, that in the binary first, with their paths for messages. Tags are compared without regard to
    /// case.
    fn strings_files(&self, tag: &str) -> Result<Vec<(String, Vec<u8>)>, Diagnostics> {
        let same = |name: &String| name.eq_ignore_ascii_case(tag);
        let mut files = Vec::new();
        let Some(name) = self.languages().into_iter().find(same) else {
            return Ok(files);
        };
        let relative = format!("strings/{name}.yaml");
        if let Some(file) = EMBEDDED.get_file(&relative) {
            let shown = format!("layouts/{relative}");
            self.note(&shown, file.contents(), false);
            files.push((shown, file.contents().to_vec()));
        }
        if let Some(loader) = self.path().filter(|loader| loader.holds(&relative)) {
            let shown = loader.display(&relative);
            let bytes = loader.read(&relative, MAX_WORDS).map_err(|problem| {
                let message = problem.message(&shown);
                let message = format!("the words of the language cannot be read: {message}");
                Diagnostic::new(Code::WORDS_UNREADABLE, message).at(whole_file(&shown))
            })?;
            self.note(&shown, &bytes, true);
            files.push((shown, bytes));
        }
        Ok(files)
    }
}

/// The tags whose words a language takes, the most general first. Traditional Chinese is named by its regions, too.
fn tags(language: &str) -> Vec<String> {
    let mut tags = Vec::new();
    for part in language.split('-') {
        let tag = match tags.last() {
            Some(last) => format!("{last}-{part}"),
            None => part.to_owned(),
        };
        let traditional = ["zh-TW", "zh-HK", "zh-MO"].iter();
        if traditional.clone().any(|one| tag.eq_ignore_ascii_case(one)) {
            tags.push("zh-Hant".to_owned());
        }
        tags.push(tag);
    }
    // The tag of Norwegian as a whole means bokmål.
    if tags
        .first()
        .is_some_and(|tag| tag.eq_ignore_ascii_case("no"))
    {
        tags.insert(0, "nb".to_owned());
    }
    tags
}

/// Words with what a file says otherwise: the file is read as if the words that it leaves out stood at its end.
fn over(words: &Strings, path: &str, bytes: &[u8]) -> Result<Strings, Diagnostics> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return super::parse(path, bytes);
    };
    let said: Result<BTreeMap<String, serde_json::Value>, _> = super::parse(path, bytes);
    let said = said.unwrap_or_default();
    let all = without_nulls(serde_json::to_value(words).unwrap_or_default());
    let fields = all.as_object().into_iter().flatten();
    // A field that is there already, even one that could not be read, is not said twice.
    let is_said = |field: &str| {
        said.contains_key(field)
            || text
                .lines()
                .any(|line| line.trim_end().starts_with(&format!("{field}:")))
    };
    let left_out = fields.filter(|(field, _)| !is_said(field));
    let left_out: Vec<String> = left_out
        .map(|(field, value)| format!("{field}: {value}"))
        .collect();
    let whole = match text.trim_end().strip_suffix('}') {
        Some(start) if text.trim_start().starts_with('{') => {
            format!("{start}, {}}}\n", left_out.join(", "))
        }
        _ => format!("{text}\n{}\n", left_out.join("\n")),
    };
    super::parse(path, whole.as_bytes())
}

/// A value without the fields that have none.
fn without_nulls(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(field, value)| (field, without_nulls(value)))
            .collect(),
        other => other,
    }
}

/// Whether a file's stem can be a language tag.
fn is_tag(name: &str) -> bool {
    name.len() >= 2 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Whether it is the code of a language: `english` is well-formed and nobody's.
pub(super) fn is_language(name: &str) -> bool {
    let primary = name.split('-').next().unwrap_or_default();
    let letters = primary.chars().all(|c| c.is_ascii_alphabetic());
    is_tag(name) && letters && (2..=3).contains(&primary.len())
}

/// Refuses words that would leave a hole in the text: a place that is missing, a month too few.
fn check(strings: &Strings, file: FileRef<'_>) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    let mut refuse = |code: Code, field: &str, message: String, hint: String| {
        let wrong = match file.place_of(field) {
            Some((line, column)) => file.diagnostic(code, line, column, message),
            None => Diagnostic::new(code, message).at(whole_file(file.path)),
        };
        found.push(wrong.field(field).hint(hint));
    };
    if strings.months.len() != 12 {
        let count = strings.months.len();
        let message = format!("a year has 12 months, not {count}");
        let hint = "write all twelve, the first month first".to_owned();
        refuse(Code::MONTHS, "months", message, hint);
    }
    for (field, message, hint) in plain_words::faults(strings) {
        refuse(Code::NO_WORD, &field, message, hint.to_owned());
    }
    if !is_number(&strings.number) {
        let message = format!("`{}` is not a number of 1, 234 and 5", strings.number);
        let hint = "write 1234.5 as the language does, such as 1,234.5 or 1.234,5".to_owned();
        refuse(Code::NO_WORD, "number", message, hint);
    }
    for (field, message, hint) in strings.spacing.faults() {
        let field = format!("spacing.{field}");
        refuse(Code::SPACING, &field, message, hint.to_owned());
    }
    let all = serde_json::to_value(strings).unwrap_or_default();
    for (field, text) in all.as_object().into_iter().flatten() {
        let length = text.as_str().map_or(0, |text| text.chars().count());
        if length > MAX_WORD {
            let message = format!(
                "`{field}` has {length} characters, and fixed words have at most {MAX_WORD}"
            );
            refuse(
                Code::WORDS_TOO_LONG,
                field,
                message,
                "shorten it".to_owned(),
            );
        }
    }
    let spans = strings.dates.iter().flat_map(DateSpans::patterns);
    for (field, text, places) in patterns(strings).into_iter().chain(spans) {
        let missing = places.iter().copied().filter(|place| !text.contains(place));
        let missing = missing.collect::<Vec<&str>>().join(" and ");
        let message = match (missing.as_str(), unknown_place(text, places)) {
            ("", None) => continue,
            ("", Some(other)) => format!("`{field}` cannot hold {other}"),
            (missing, None) => format!("`{field}` must hold {missing}"),
            (missing, Some(other)) => {
                format!("`{field}` must hold {missing}, and cannot hold {other}")
            }
        };
        let hint = format!(
            "write it with {} and no other word in braces",
            places.join(", ")
        );
        refuse(Code::PLACE_IN_WORDS, field, message, hint);
    }
    found.or_value(()).map(|_| ())
}

/// Whether a text is the pattern of numbers, with two different signs between its digits.
fn is_number(text: &str) -> bool {
    let signs: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    match signs.as_slice() {
        [thousands, decimal] => {
            thousands != decimal && text == format!("1{thousands}234{decimal}5")
        }
        _ => false,
    }
}

/// The texts with places in them, by field.
fn patterns(strings: &Strings) -> [(&'static str, &str, &'static [&'static str]); 21] {
    const N: &[&str] = &["{n}"];
    [
        ("date", &strings.date, &["{day}", "{month}", "{year}"]),
        ("times", &strings.times, &["{start}", "{end}"]),
        ("person", &strings.person, &["{honorific}", "{name}"]),
        ("bracketed", &strings.bracketed, &["{text}"]),
        ("continued", &strings.continued, &["{text}"]),
        ("meeting", &strings.meeting, N),
        ("panel", &strings.panel, N),
        ("appendix", &strings.appendix, N),
        ("table", &strings.table, N),
        ("figure", &strings.figure, N),
        ("box", &strings.r#box, N),
        ("note_number", &strings.note_number, N),
        ("back_to_text", &strings.back_to_text, N),
        ("paragraph", &strings.paragraph, N),
        ("chapter", &strings.chapter, N),
        ("section", &strings.section, N),
        ("decision", &strings.decision, N),
        ("percent", &strings.percent, N),
        ("on_page", &strings.on_page, &["{text}", "{page}"]),
        (
            "whole_text",
            &strings.whole_text,
            &["{title}", "{publisher}", "{date}"],
        ),
        ("whole_url", &strings.whole_url, &["{url}"]),
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
        assert!(languages().len() >= 25, "{:?}", languages());
    }

    #[test]
    fn the_whole_tag_comes_before_its_first_part_and_case_does_not_matter() {
        assert_eq!(strings("en-GB").unwrap(), strings("en").unwrap());
        assert_ne!(strings("EN-us").unwrap(), strings("en").unwrap());
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("strings")).unwrap();
        let words = "contents: Contenu\n";
        std::fs::write(folder.path().join("strings/fr-CH.yaml"), words).unwrap();
        let loader = LayoutLoader::with_folder(crate::base::files::Root::named(folder.path()));
        assert_eq!(loader.strings("fr-CH").unwrap().contents, "Contenu");
        assert_eq!(
            loader.strings("fr-BE").unwrap().contents,
            "Table des matières"
        );
        let swiss = loader.strings("fr-CH").unwrap();
        assert_eq!(
            (swiss.summary.as_str(), swiss.spacing.narrow_before.as_str()),
            ("Résumé analytique", ";!?:»")
        );
        std::fs::write(folder.path().join("strings/fr.yaml"), "summary: Résumé\n").unwrap();
        assert_eq!(loader.strings("fr-CH").unwrap().summary, "Résumé");
        let wrong = "contents: [a]\nsummry: Résumé\n";
        std::fs::write(folder.path().join("strings/fr.yaml"), wrong).unwrap();
        let said = loader.strings("fr").unwrap_err().to_string();
        assert!(
            said.contains("`contents`") && said.contains("`summry`"),
            "{said}"
        );
        assert!(loader.languages().contains(&"fr-CH".to_owned()));
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
            said.contains(
                "ar, cs, da, de, en, en-US, es, fr, fr-CA, fr-CH, he, it, ja, ko, nb, nl, pl, pt, pt-BR, ru, sv, tr, uk, zh, zh-Hant"
            ),
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
        let said = check(
            &words,
            FileRef {
                path: "x.yaml",
                text: "",
            },
        )
        .unwrap_err()
        .to_string();
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
    fn words_that_say_nothing_or_hide_something_are_refused_by_field() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("strings")).unwrap();
        let loader = LayoutLoader::with_folder(crate::base::files::Root::named(folder.path()));
        let mut months: Vec<String> = strings("fr").unwrap().months;
        months[4] = months[3].to_uppercase();
        let twice = format!("months: [{}]", months.join(", "));
        for words in [
            "contents: \"\"",
            "contents: \" \"",
            "contents: \"a\\nb\"",
            "contents: \"a\\u0007\"",
            "contents: \"a\\u202Eb\"",
            "contents: \"a\\U000E0041\"",
            "meetings: [Premier, \"\"]",
            &twice,
        ] {
            std::fs::write(folder.path().join("strings/fr.yaml"), format!("{words}\n")).unwrap();
            let said = loader.strings("fr").unwrap_err().to_string();
            assert!(
                said.contains("E0461") && said.contains("fr.yaml:1:"),
                "{words}: {said}"
            );
        }
    }

    #[test]
    fn spaces_are_set_at_marks_and_words_alone() {
        let wrong = [
            ("space_after", "abc"),
            ("space_before", "\": 5\""),
            ("narrow_before", "; !"),
            ("thousands", "true"),
            ("thousands", "\"\""),
            ("thousands", "\". \""),
            ("units", "[\"\"]"),
            ("before_names", "[M. Le]"),
            ("before_numbers", "[\"p. \"]"),
        ];
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("strings")).unwrap();
        let loader = LayoutLoader::with_folder(crate::base::files::Root::named(folder.path()));
        for (field, value) in wrong {
            let words = format!("spacing:\n  {field}: {value}\n");
            std::fs::write(folder.path().join("strings/fr.yaml"), words).unwrap();
            let said = loader.strings("fr").unwrap_err().to_string();
            // A list, and a value with nothing in it, have their field's place.
            let own = value != "\"\"" && !value.starts_with('[');
            let column = if own { field.len() + 5 } else { 3 };
            let place = format!("fr.yaml:2:{column} (spacing.{field})");
            assert!(said.contains(&place), "{field}: {value}: {said}");
        }
    }

    #[test]
    fn regions_and_scripts_have_their_own_words() {
        for (tag, contents, date) in [
            ("en-US", "Contents", "{month} {day}, {year}"),
            ("en-us", "Contents", "{month} {day}, {year}"),
            ("en-US-posix", "Contents", "{month} {day}, {year}"),
            ("en-AU", "Contents", "{day} {month} {year}"),
            ("pt-BR", "Sumário", "{day}\u{a0}de {month} de {year}"),
            ("pt-PT", "Índice", "{day}\u{a0}de {month} de {year}"),
            ("zh-Hant", "目錄", "{year}年{month}{day}日"),
            ("zh-TW", "目錄", "{year}年{month}{day}日"),
            ("zh-HK", "目錄", "{year}年{month}{day}日"),
            ("zh-Hant-HK", "目錄", "{year}年{month}{day}日"),
            ("zh-Hans", "目录", "{year}年{month}{day}日"),
            ("zh-CN", "目录", "{year}年{month}{day}日"),
            ("zh-SG", "目录", "{year}年{month}{day}日"),
            ("no", "Innhold", "{day}.\u{a0}{month} {year}"),
            ("ja-JP", "目次", "{year}年{month}{day}日"),
        ] {
            let words = strings(tag).unwrap();
            assert_eq!(
                (words.contents.as_str(), words.date.as_str()),
                (contents, date),
                "{tag}"
            );
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
                    let joint = ["colon", "comma", "semicolon", "full_stop", "bracketed"]
                        .contains(&field.as_str());
                    assert!(joint || text.trim() == text, "{place}");
                }
            }
        }
    }

    #[test]
    fn no_language_keeps_an_english_sentence_or_heading() {
        let english = serde_json::to_value(strings("en").unwrap()).unwrap();
        for language in languages()
            .iter()
            .filter(|language| !language.starts_with("en"))
        {
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
