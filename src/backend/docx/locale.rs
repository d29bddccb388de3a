//! Language tags as Word's proofing tools know them.

use crate::document::Language;
use crate::layout::Tokens;

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

/// Faces that Word has without letters of other scripts than European ones.
const EUROPEAN: [&str; 12] = [
    "Aptos",
    "Calibri",
    "Cambria",
    "Candara",
    "Century",
    "Consolas",
    "Constantia",
    "Corbel",
    "Garamond",
    "Georgia",
    "Trebuchet MS",
    "Verdana",
];

/// The faces that a font of the layout is set with in other scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FontSet<'t> {
    /// The layout's own.
    pub(super) latin: &'t str,
    /// For ideographs, kana and Hangul.
    pub(super) east_asian: &'t str,
    /// For Arabic, Hebrew and others.
    pub(super) complex: &'t str,
}

/// The faces of all fonts of a layout: of text, without serifs, and of code.
#[derive(Debug)]
pub(super) struct ScriptFonts<'t> {
    /// In that order.
    pub(super) sets: [FontSet<'t>; 3],
}

impl<'t> ScriptFonts<'t> {
    /// The faces for a document in a language.
    pub(super) fn of(tokens: &'t Tokens, language: &Language) -> ScriptFonts<'t> {
        let faces = &tokens.docx;
        let own = east_asian_fonts(language);
        let (text, sans) = own.unwrap_or(("SimSun", "Microsoft YaHei"));
        let set = |latin: &'t str, east_asian: &'static str, complex: &'static str| {
            // A face that a layout names for its script is kept.
            let european = EUROPEAN.contains(&latin);
            FontSet {
                latin,
                east_asian: if european || own.is_some() {
                    east_asian
                } else {
                    latin
                },
                complex: if european { complex } else { latin },
            }
        };
        ScriptFonts {
            sets: [
                set(&faces.text_font, text, "Times New Roman"),
                set(&faces.sans_font, sans, "Arial"),
                set(&faces.code_font, text, "Courier New"),
            ],
        }
    }

    /// The faces beside one of the layout.
    pub(super) fn beside(&self, latin: &str) -> Option<&FontSet<'t>> {
        self.sets.iter().find(|set| set.latin == latin)
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
