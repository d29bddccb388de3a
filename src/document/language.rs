//! Languages: BCP 47 tags, and which of them are written from right to left.

use oxilangtag::LanguageTag;

use super::Language;

/// What to write instead of a wrong tag.
pub(super) const GOOD_TAG: &str = "write the language's code, such as en-GB, fr or zh-Hant; `gmg-export list` shows those that have the fixed words";

/// The language of a BCP 47 tag, or what is wrong with the tag.
pub(super) fn parse(tag: &str) -> Result<Language, String> {
    let wrong = || format!("`{tag}` is no language tag: it has the form en, en-GB or sr-Latn");
    let parsed = LanguageTag::parse_and_normalize(tag).map_err(|_| wrong())?;
    let code = parsed.primary_language().to_owned();
    if !(2..=3).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Err(wrong());
    }
    let region = parsed
        .region()
        .filter(|region| region.len() == 2)
        .map(str::to_owned);
    let rtl = match parsed.script() {
        Some(script) => RTL_SCRIPTS.contains(&script),
        None => RTL_LANGUAGES.contains(&code.as_str()),
    };
    Ok(Language {
        tag: parsed.as_str().to_owned(),
        code,
        region,
        rtl,
    })
}

impl Language {
    /// Whether its script has italics, so that emphasis is seen by them.
    pub fn has_italics(&self) -> bool {
        let latin = self
            .tag
            .split('-')
            .any(|part| part == "Latn" || part == "Cyrl");
        latin || !self.rtl && !UPRIGHT_LANGUAGES.contains(&self.code.as_str())
    }
}

/// Languages from left to right whose scripts have no italics.
const UPRIGHT_LANGUAGES: &[&str] = &[
    "am", "bn", "bo", "dz", "gu", "hi", "ja", "ka", "km", "kn", "ko", "lo", "ml", "mr", "my", "ne",
    "or", "pa", "si", "ta", "te", "th", "ti", "yue", "zh",
];

/// Scripts that run from right to left (ISO 15924).
const RTL_SCRIPTS: &[&str] = &[
    "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi",
];

/// Languages whose usual script runs from right to left.
const RTL_LANGUAGES: &[&str] = &[
    "ar", "arc", "arz", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "khw", "ks", "lrc",
    "mzn", "nqo", "pnb", "prs", "ps", "sd", "skr", "syr", "ug", "ur", "yi",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_gives_code_region_and_direction() {
        let language = parse("EN-gb").unwrap();
        assert_eq!(
            (language.tag.as_str(), language.code.as_str()),
            ("en-GB", "en")
        );
        assert_eq!(language.region.as_deref(), Some("GB"));
        assert!(!language.rtl);
        assert!(
            parse("he").unwrap().rtl
                && parse("az-Arab").unwrap().rtl
                && !parse("ar-Latn").unwrap().rtl
        );
        assert_eq!(parse("es-419").unwrap().region, None);
    }

    #[test]
    fn italics_go_with_the_script() {
        for (tag, italics) in [
            ("fr", true),
            ("ru", true),
            ("el", true),
            ("vi", true),
            ("az", true),
            ("zh-Hans", false),
            ("zh-TW", false),
            ("zh-Latn", true),
            ("ja", false),
            ("ko", false),
            ("ar", false),
            ("he", false),
            ("th", false),
            ("hi", false),
            ("fa", false),
        ] {
            assert_eq!(parse(tag).unwrap().has_italics(), italics, "{tag}");
        }
    }

    #[test]
    fn what_is_no_language_is_refused() {
        for tag in [
            "",
            "english",
            "en_GB",
            "x-private",
            "i-klingon",
            "de-",
            "1a",
        ] {
            assert!(parse(tag).is_err(), "{tag}");
        }
    }
}
