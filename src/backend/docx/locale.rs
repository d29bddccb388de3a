//! Language tags as Word's proofing tools know them.

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
];

/// The tag to write in `w:lang` for a BCP 47 tag.
pub(super) fn word_tag(tag: &str) -> String {
    REGIONS
        .iter()
        .find(|(code, _)| *code == tag)
        .map_or(tag, |(_, locale)| locale)
        .to_owned()
}
