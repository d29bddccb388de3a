//! What is heard: of a PDF file as the dossier writes it out, and of the text for mail line by line.

use gmg_export::backend::edition::Edition;
use gmg_export::layout::LayoutLoader;
use gmg_export::verify::format;

use super::dossier;
use crate::made::{EPOCH, annual, harbour, project, resolve, shipped};

/// What is read aloud of a sample, each line with what it is.
fn heard(file: &[u8]) -> Vec<(String, String)> {
    let lines = dossier(file).heard.into_iter();
    lines.map(|line| (line.what, line.words)).collect()
}

fn sample(name: &str) -> Vec<u8> {
    let document = resolve(&project(&format!("tests/cases/{name}/source")));
    let layout = LayoutLoader::embedded().load("screen").expect("a layout");
    let backend = format::find("pdf").expect("a format");
    let file = backend.render(&Edition::new(&document, &layout, EPOCH));
    file.unwrap_or_else(|found| panic!("{name}: {found}")).bytes
}

#[test]
fn a_pause_is_heard_between_a_label_and_its_title_in_either_direction() {
    for (file, heading) in [
        (
            sample("arabic"),
            "الاجتماع الأول: ماء لكل بيت (المرحلة الأولى)",
        ),
        (sample("hebrew"), "הישיבה הראשונה: מים לכל בית (שלב ראשון)"),
        (
            shipped().file("screen", "pdf").to_vec(),
            "Third meeting: Strengthening responsibility sharing for refugees",
        ),
    ] {
        let heard = heard(&file);
        let said = |what: &str, words: &str| {
            heard
                .iter()
                .any(|(own, line)| own == what && line.contains(words))
        };
        assert!(said("heading level 1", heading), "{heard:#?}");
        assert!(said("", &format!("(link) {heading}")), "{heard:#?}");
    }
}

#[test]
fn lists_tables_notes_pictures_and_other_languages_are_announced() {
    let heard_lines = dossier(harbour().file("screen", "pdf")).heard;
    let german = heard_lines
        .iter()
        .find(|line| line.words.starts_with("Man sagt, das neue Licht"));
    assert_eq!(german.and_then(|line| line.language.as_deref()), Some("de"));
    let heard = heard(harbour().file("screen", "pdf"));
    let at = |what: &str, words: &str| {
        let found = heard
            .iter()
            .position(|(own, line)| own == what && line.contains(words));
        found.unwrap_or_else(|| panic!("{what}: {words}: {heard:#?}"))
    };
    let table = at("table of 15 rows and 6 columns", "");
    assert_eq!(heard[table + 1].0, "caption");
    assert_eq!(
        heard[table + 4].1,
        "Oslo | NO | 24,0 | 1 840 | 1 012 | 55,0"
    );
    let list = at("numbered list of 3", "");
    assert_eq!(heard[list + 1].1, "1. mesurer ce qui existe :");
    assert_eq!(heard[list + 2].0, "list of 2");
    at("picture", "Un quai au crépuscule");
    at(
        "heading level 2",
        "Une démarche en trois temps(link) 1 (note (link) 1 La démarche",
    );
    // Words that are divided at the end of a line are whole, and so are addresses.
    assert!(heard.iter().all(|(_, words)| !words.contains('\u{ad}')));
}

#[test]
fn headings_of_the_text_are_known_by_the_empty_lines_around_them() {
    for made in [shipped(), harbour(), annual()] {
        let text = String::from_utf8_lossy(made.file("full-text", "txt"));
        let blocks: Vec<&str> = text.split("\n\n\n").skip(1).collect();
        let heading = |block: &&str| {
            let lines = block.lines().take_while(|line| !line.is_empty());
            let lines = lines.filter(|line| !line.starts_with("---"));
            lines.collect::<Vec<_>>().join(" ")
        };
        let headings: Vec<String> = blocks.iter().map(heading).collect();
        // Marks of notes stand in headings, and spaces that hold words together.
        let plain = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphabetic())
                .collect::<String>()
        };
        let known: Vec<String> = headings.iter().map(|one| plain(one)).collect();
        for entry in made.document.contents_to(9) {
            let title = plain(&entry.title);
            assert!(
                known.iter().any(|one| one.ends_with(&title)),
                "{}: {headings:#?}",
                entry.title
            );
        }
        for line in text.lines() {
            assert!(!line.contains("==="), "{line}");
        }
    }
}
