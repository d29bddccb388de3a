//! Language tags as Word's proofing tools know them.

use crate::document::Language;

/// The locale that Word assumes where a tag names the language alone; without a region Word proofs nothing.
const REGIONS: &[(&str, &str)] = &[
    ("ar", "ar-SA"),
    ("bg", "bg-BG"),
    ("cs", "cs-CZ"),
    ("da", "da-DK"),
    ("de", "de-DE"),
    ("el", "el-GR"),
    ("en", "en-GB"),
    ("es", "es-ES"),
    ("et", "et-EE"),
    ("fa", "fa-IR"),
    ("fi", "fi-FI"),
    ("fr", "fr-FR"),
    ("he", "he-IL"),
    ("hr", "hr-HR"),
    ("hu", "hu-HU"),
    ("it", "it-IT"),
    ("ja", "ja-JP"),
    ("ko", "ko-KR"),
    ("lt", "lt-LT"),
    ("lv", "lv-LV"),
    ("nb", "nb-NO"),
    ("nl", "nl-NL"),
    ("pl", "pl-PL"),
    ("pt", "pt-PT"),
    ("ro", "ro-RO"),
    ("ru", "ru-RU"),
    ("sk", "sk-SK"),
    ("sl", "sl-SI"),
    ("sr", "sr-Latn-RS"),
    ("sv", "sv-SE"),
    ("th", "th-TH"),
    ("tr", "tr-TR"),
    ("uk", "uk-UA"),
    ("ur", "ur-PK"),
    ("vi", "vi-VN"),
    ("zh", "zh-CN"),
    ("zh-Hans", "zh-CN"),
    ("zh-Hant", "zh-TW"),
];

/// The fonts for text and for headings that Word comes with, for a language with ideographs or Hangul.
pub(super) fn east_asian_fonts(language: &Language) -> Option<(&'static str, &'static str)> {
    let tag = word_tag(&language.tag);
    let traditional = ["zh-TW", "zh-HK", "zh-MO", "zh-Hant"];
    match language.code.as_str() {
        "zh" if traditional.iter().any(|one| tag.starts_with(one)) => {
            Some(("PMingLiU", "Microsoft JhengHei"))
        }
        "zh" | "yue" => Some(("SimSun", "Microsoft YaHei")),
        "ja" => Some(("MS Mincho", "MS Gothic")),
        "ko" => Some(("Batang", "Malgun Gothic")),
        _ => None,
    }
}

/// The tag to write in `w:lang` for a BCP 47 tag.
pub(super) fn word_tag(tag: &str) -> String {
    REGIONS
        .iter()
        .find(|(code, _)| *code == tag)
        .map_or(tag, |(_, locale)| locale)
        .to_owned()
}
