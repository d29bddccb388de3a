//! What the words of a PDF are to those who copy, search or hear them: every kind of text in every place of a report,
//! held against the document by the program's own judges, which heed /ActualText (parity) and the fonts' character maps
//! alone (conformance). `tests/readers` asks readers of others.

use gmg_export::backend::edition::Edition;
use gmg_export::document;
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::pdf::read::ReadBack;
use gmg_export::source::{self, Folder};
use gmg_export::verify::conformance::Profile;
use gmg_export::verify::format;
use page_validation::ValidationProfile;

use crate::made::EPOCH;
use crate::pdf::diagnostics;

/// Text that is divided at line ends before a hyphen that is typed comes: the hyphen's glyph is met as a soft one.
const LONG: &str = "characterisation internationalisation responsibilities administration telecommunications misunderstanding \
    characterisation internationalisation responsibilities administration telecommunications misunderstanding";

/// A report in that language with a text in one place of it.
fn report(language: &str, place: &str, text: &str) -> Vec<(String, String)> {
    let at = |here: &str, plain: &str| {
        if here == place {
            text.to_owned()
        } else {
            plain.to_owned()
        }
    };
    let prose = |here: &str, plain: &str| at(here, plain).replace('\n', " ");
    let report = format!(
        "id: case\nlanguage: {language}\ntitle: \"{}\"\nsubtitle: \"{}\"\nseries: \"{}\"\nrunning_title: \"{}\"\ndate: 2016-07-13\n\
         publisher: P\ndescription: D\ncopyright: \"{}\"\nimprint: I\ncontents: [c.yaml]\n",
        at("title", "Title"),
        at("subtitle", "Subtitle"),
        at("series", "Series"),
        at("running title", "Running"),
        at("copyright", "C"),
    );
    let chapter = format!(
        "meeting:\n  id: c\n  ordinal: 1\n  title: \"{}\"\n  date: 2016-07-13\n  venue: {{city: \"{}\"}}\n  text: |\n    {}\n\n    \
         - {}\n\n    > {}\n\n    Mark[^n].\n\n    [^n]: {}\n  sections:\n    - id: s\n      title: \"{}\"\n      text: |\n        {} **{}** *{}*\n      blocks:\n        \
         - table:\n            caption: \"{}\"\n            header: [[\"{}\", B]]\n            columns: [{{}}, {{align: right}}]\n            rows: [[\"{}\", \"1\"]]\n",
        at("chapter title", "Chapter"),
        at("fact", "Oslo"),
        prose("paragraph", "Text."),
        prose("list", "item"),
        prose("quotation", "quoted"),
        prose("note", "Note."),
        at("section title", "Section"),
        prose("weights", "roman"),
        prose("weights", "bold"),
        prose("weights", "slanted"),
        at("caption", "Caption"),
        at("table head", "A"),
        at("cell", "a"),
    );
    let files = [
        ("report.yaml", report),
        ("people.yaml", "people: []\n".into()),
        ("organisations.yaml", "organisations: []\n".into()),
        ("c.yaml", chapter),
    ];
    files.map(|(name, text)| (name.to_owned(), text)).into()
}

const PLACES: [&str; 16] = [
    "title",
    "subtitle",
    "series",
    "running title",
    "copyright",
    "chapter title",
    "fact",
    "paragraph",
    "list",
    "quotation",
    "note",
    "section title",
    "weights",
    "caption",
    "table head",
    "cell",
];

/// What is wrong with the PDF of such a report in a layout.
fn faults(layout: &str, language: &str, place: &str, text: &str) -> Vec<String> {
    faults_of(report(language, place, text), layout, language, place, text)
}

/// What is wrong with the PDF of a report whose `place` has `text`.
fn faults_of(
    files: Vec<(String, String)>,
    layout: &str,
    language: &str,
    place: &str,
    text: &str,
) -> Vec<String> {
    let files = files.into_iter();
    let files = files.map(|(name, text)| (name, text.into_bytes()));
    let source = source::read(&Folder::in_memory(files.collect()))
        .unwrap_or_else(|found| panic!("{place} {text}: {found}"));
    let strings = layout::strings(language).unwrap();
    let (document, _) = document::resolve(&source, &strings)
        .unwrap_or_else(|found| panic!("{place} {text}: {found}"));
    let layout = LayoutLoader::embedded().load(layout).unwrap();
    let edition = Edition::new(&document, &layout, EPOCH);
    let made = format::find("pdf")
        .unwrap()
        .render(&edition)
        .unwrap_or_else(|found| panic!("{place} {text}: {found}"));
    let read = ReadBack::of(&made.bytes);
    let mut found: Vec<String> = format::compare(&edition, "pdf", &read)
        .err()
        .map(|found| found.to_string())
        .into_iter()
        .collect();
    if !layout.tokens.for_print() {
        let terms = Profile {
            for_print: false,
            columns: 72,
        };
        let verdicts = format::inspect("pdf", terms, &read).unwrap().verdicts;
        found.extend(
            verdicts
                .iter()
                .filter(|verdict| !verdict.passed())
                .map(|verdict| format!("{verdict:?}")),
        );
    }
    found
        .iter()
        .map(|what| format!("{}, {language}, {place}, {text}: {what}", layout.name))
        .collect()
}

fn sweep(layout: &str, language: &str, texts: &[&str]) {
    let mut found = Vec::new();
    for place in PLACES {
        for text in texts {
            found.extend(faults(layout, language, place, text));
        }
    }
    assert!(
        found.is_empty(),
        "{} of {}:\n{}",
        found.len(),
        PLACES.len() * texts.len(),
        found.join("\n")
    );
}

#[test]
fn hyphens_capitals_and_ligatures_are_heard_wherever_they_stand() {
    let divided = format!("{LONG} policy-making A/RES/70-1");
    let typed = format!("co-chairs {LONG}");
    sweep(
        "screen",
        "en",
        &[
            "policy-making, tel. 555-0101",
            "co\u{ad}operation offi\u{ad}ce",
            "Straße, fjord, ﬁn",
            "non\u{2011}breaking",
            "[job] “jam” (joint), ‘jar’",
            "at \u{1D129} o'clock, \u{2F00}",
            "\u{1D15E}, \u{1D157}\u{1D165}, \u{1D1BB}, \u{2ADC}, \u{FFFD}",
        ],
    );
    for place in ["paragraph", "list", "note", "quotation", "weights"] {
        for text in [&divided, &typed] {
            assert_eq!(faults("screen", "en", place, text), Vec::<String>::new());
            assert_eq!(faults("print", "en", place, text), Vec::<String>::new());
        }
    }
}

#[test]
fn a_hyphen_of_a_line_end_is_told_from_other_glyphs_that_stand_for_two_texts() {
    let text = format!("4 m² and H~2~O, A, {LONG} policy-making");
    for place in ["paragraph", "list", "note", "quotation"] {
        assert_eq!(faults("screen", "en", place, &text), Vec::<String>::new());
    }
}

#[test]
fn marks_of_notes_on_paper_are_told_from_other_figures() {
    let notes = "\n\n[^a]: A.\n\n[^b]: B.\n\n[^c]: C.";
    for (language, text) in [
        ("de", "„So“[^a] und *„so“*[^b], H~2~O~3~ und CO~2~[^c]."),
        ("da", "»So«[^a] og –[^b] 10^3^ CO~3~[^c]."),
        (
            "en",
            "At *“so”*[^a] CO~2~ and (**2**) –**2** SO~2~,[^b] 3,[^c] 3.",
        ),
        ("fr", "« a »[^a] ; (2) 2 H~2~O ![^b] CO~3~[^c]"),
        ("he", "שלום[^a] (2–3) CO~2~[^b] 3[^c]"),
        ("ar", "«نعم»[^a] (2–3) 2؟[^b] 3 م[^c]"),
    ] {
        let text = format!("{text}{notes}").replace('\n', "\n    ");
        for layout in ["screen", "print"] {
            assert_eq!(prose_faults(layout, language, &text), Vec::<String>::new());
        }
    }
}

/// What is wrong with a report of one such text.
fn prose_faults(layout: &str, language: &str, text: &str) -> Vec<String> {
    let mut files = report(language, "", "");
    for (name, content) in &mut files {
        if name == "c.yaml" {
            *content = format!("section:\n  id: c\n  title: T\n  text: |\n    {text}\n");
        }
    }
    faults_of(files, layout, language, "text", text)
}

#[test]
fn right_to_left_words_in_an_english_report_are_heard_in_their_order() {
    sweep(
        "screen",
        "en",
        &[
            "calls itself الاتحاد الأوروبي today",
            "No.\u{a0}5 and אולם, חיפה",
            "see עברית 5%, X and عربي (2015), Y",
            "עברית שפה (שמית) in it",
            "عُقد",
        ],
    );
}

#[test]
fn an_arabic_report_is_heard_in_its_order() {
    sweep(
        "screen",
        "ar",
        &[
            "عُقد الاجتماع (الأول)، نصف",
            "بلغت −3.1% أي 1 240 من ۱۲۳",
            "القرار A/RES/70/1 من UNESCO",
            "في \u{1D129} وبعده",
            "5، 6",
            "20°C، 5 km/h",
            "2016–2018 و١٢٣",
            "نسبة (12 %) على +20 2 555 01 01، والصفحات (1–3)",
            "مُحَمَّدٌ رَسُولُ السَّلَامِ",
            "يَجِبُ أَنْ يَكُونَ ذَلِكَ وَاضِحًا لِكُلِّ إِنْسَانٍ، ثُمَّ (كَفَى). يَجِبُ أَنْ يَكُونَ",
            "می‌خواهیم کتاب‌های یک‌دست، ٹھیک ہے۔ (۱–۳)",
        ],
    );
    let vowelled = "يَجِبُ أَنْ يَكُونَ ذَلِكَ. يَجِبُ أَنْ يَكُونَ ذَلِكَ";
    sweep("large-print", "ar", &["عُقد الاجتماع (الأول) 12 %", vowelled]);
    sweep("print", "ar", &[vowelled]);
}

#[test]
fn a_hebrew_report_is_heard_in_its_order() {
    sweep(
        "screen",
        "he",
        &[
            "מס׳\u{a0}12 (2025), אולם 4, חיפה",
            "שָׁלוֹם לכולם (כאן), היום",
            "בשיעור −3.1% מתוך 1 240",
            "לפי A/RES/70/1 של UNESCO",
            "כָּל בְּנֵי הָאָדָם נוֹלְדוּ. כָּל בְּנֵי הָאָדָם",
            "בְּרֵאשִׁית ב־Windows 11 (12 %): +972 2 555 01 01, (1–3)",
        ],
    );
    sweep("print", "he", &["שלום לכולם (כאן) 12 % (1–3)"]);
}

#[test]
fn addresses_are_heard_as_one_where_they_are_broken_over_lines_too() {
    for place in [
        "chapter title",
        "section title",
        "paragraph",
        "list",
        "note",
        "quotation",
        "caption",
    ] {
        for (language, text) in [
            (
                "en",
                "A long way to https://example.org/reports/2016/annual?part=one",
            ),
            ("ar", "انظر https://example.lb/ماء/و?x=1. ثم"),
            ("he", "https://example.il/מים?x=1."),
            ("en", "see https://example.il/מים?x=1, then"),
        ] {
            assert_eq!(
                faults("screen", language, place, text),
                Vec::<String>::new()
            );
        }
    }
}

#[test]
fn words_that_are_struck_out_are_heard_in_their_order() {
    for place in ["paragraph", "list", "note", "quotation", "caption", "cell"] {
        for (language, text) in [
            ("en", "the ~~old and **dear**~~ fee"),
            ("en", "Say ~~שלום עולם~~ twice"),
            ("en", "~~الاتحاد الأوروبي اليوم~~"),
            ("ar", "قال ~~الاجتماع الأول (12 %)~~ ثم"),
            ("he", "~~שלום לכולם 1 240~~ כאן"),
        ] {
            for layout in ["screen", "print"] {
                assert_eq!(faults(layout, language, place, text), Vec::<String>::new());
            }
        }
    }
}

#[test]
fn the_text_layer_keeps_the_standards() {
    for (language, text) in [("ar", "عُقد الاجتماع +41 22 739"), ("en", LONG)] {
        let files = report(language, "paragraph", text)
            .into_iter()
            .map(|(name, text)| (name, text.into_bytes()));
        let source = source::read(&Folder::in_memory(files.collect())).unwrap();
        let (document, _) =
            document::resolve(&source, &layout::strings(language).unwrap()).unwrap();
        let layout = LayoutLoader::embedded().load("screen").unwrap();
        let made = format::find("pdf")
            .unwrap()
            .render(&Edition::new(&document, &layout, EPOCH))
            .unwrap();
        for profile in [ValidationProfile::PdfA2a, ValidationProfile::PdfUa1] {
            assert_eq!(diagnostics(&made.bytes, profile), Vec::<String>::new());
        }
    }
}
