//! Languages: BCP 47 tags, and which of them are written from right to left.

use oxilangtag::LanguageTag;

use super::Language;
use crate::base::script::Stress;

/// What to write instead of a wrong tag.
pub(super) const GOOD_TAG: &str = "write the language's code, such as en-GB, fr or zh-Hant; `gmg-export list` shows those that have the fixed words";

/// Whether a text is the tag of a language.
pub(crate) fn is_language(tag: &str) -> bool {
    parse(tag).is_ok()
}

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
    /// How emphasis is seen in its script.
    pub(crate) fn stress(&self) -> Stress {
        match self.code.as_str() {
            _ if self.is_in(&["Latn", "Cyrl"]) => Stress::Slant,
            "ja" | "yue" | "zh" => Stress::Dots,
            code if self.rtl || UPRIGHT_LANGUAGES.contains(&code) => Stress::Weight,
            _ => Stress::Slant,
        }
    }

    /// Whether the letters of its words are joined, so that no space may come between them.
    pub(crate) fn joins_letters(&self) -> bool {
        let apart =
            ["he", "yi", "dv"].contains(&self.code.as_str()) || self.is_in(&["Hebr", "Thaa"]);
        let joined = self.rtl && !apart || JOINED_LANGUAGES.contains(&self.code.as_str());
        joined && !self.is_in(&["Latn", "Cyrl"])
    }

    fn is_in(&self, scripts: &[&str]) -> bool {
        self.tag.split('-').any(|part| scripts.contains(&part))
    }
}

/// Languages from left to right whose letters hang on one line.
const JOINED_LANGUAGES: &[&str] = &["as", "bn", "hi", "kok", "mai", "mr", "ne", "pa", "sa"];

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
    fn emphasis_and_joined_letters_go_with_the_script() {
        use Stress::{Dots, Slant, Weight};
        for (tag, stress, joined) in [
            ("fr", Slant, false),
            ("ru", Slant, false),
            ("el", Slant, false),
            ("vi", Slant, false),
            ("az", Slant, false),
            ("az-Arab", Weight, true),
            ("zh-Hans", Dots, false),
            ("zh-TW", Dots, false),
            ("zh-Latn", Slant, false),
            ("ja", Dots, false),
            ("ko", Weight, false),
            ("ar", Weight, true),
            ("ar-Latn", Slant, false),
            ("he", Weight, false),
            ("th", Weight, false),
            ("hi", Weight, true),
            ("fa", Weight, true),
            ("ur", Weight, true),
        ] {
            let language = parse(tag).unwrap();
            assert_eq!(
                (language.stress(), language.joins_letters()),
                (stress, joined),
                "{tag}"
            );
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
