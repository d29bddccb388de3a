//! Small reports in languages of the United Nations: each is released whole, and says what its language wants.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::made::{harbour, project};

/// Releases a copy of a sample into a folder of its own; gives the folder of the release.
fn release(language: &str, folder: &Path) -> PathBuf {
    copy(language, folder);
    release_here(language, folder)
}

/// Copies a sample with its fonts.
fn copy(language: &str, folder: &Path) {
    let source = project("tests/cases").join(language).join("source");
    let copy = folder.join("source");
    std::fs::create_dir(&copy).expect("a folder");
    for entry in std::fs::read_dir(source).expect("the sample").flatten() {
        std::fs::copy(entry.path(), copy.join(entry.file_name())).expect("a copy");
    }
    let fonts = project("tests/cases").join(language).join("layouts/fonts");
    if let Ok(fonts) = std::fs::read_dir(fonts) {
        std::fs::create_dir_all(folder.join("layouts/fonts")).expect("a folder");
        for font in fonts.flatten() {
            let to = folder.join("layouts/fonts").join(font.file_name());
            std::fs::copy(font.path(), to).expect("a copy");
        }
    }
}

/// Releases the Chinese sample as plain text alone, for which no fonts are needed: the digest and the whole text.
fn chinese_text(folder: &Path) -> PathBuf {
    copy("zh", folder);
    std::fs::remove_dir_all(folder.join("layouts")).expect("the fonts go");
    let report = folder.join("source/report.yaml");
    let text = std::fs::read_to_string(&report).expect("the report");
    let formats = "release: [{format: txt}, {format: txt, layout: full-text}]\n";
    std::fs::write(&report, text + formats).expect("the report is written");
    release_here("zh", folder)
}

/// Releases the report in a folder.
fn release_here(language: &str, folder: &Path) -> PathBuf {
    let made = Command::new(env!("CARGO_BIN_EXE_gmg-export"))
        .arg("release")
        .current_dir(folder)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&[made.stdout, made.stderr].concat()).into_owned();
    assert!(made.status.success(), "{language}: {said}");
    assert!(
        said.contains("every check passed") && !said.contains("warning"),
        "{language}: {said}"
    );
    folder.join("out/release")
}

/// A sample's text files, one after the other, in one line each.
fn texts(release: &Path) -> String {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(release)
        .expect("a release")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .filter(|path| !path.to_string_lossy().ends_with(".sheets.txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("text"))
        .collect()
}

#[test]
fn every_sample_is_released_with_every_check() {
    for language in ["arabic", "hebrew", "fr", "es", "ru", "zh"] {
        let folder = tempfile::tempdir().expect("a folder");
        let files = release(language, folder.path());
        for ending in ["pdf", "press.pdf", "docx", "txt"] {
            let found = std::fs::read_dir(&files).expect("a release").flatten();
            let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
            assert!(
                found.map(name).any(|name| name.ends_with(ending)),
                "{language}: {ending}"
            );
        }
    }
}

#[test]
fn no_line_of_a_french_text_begins_with_a_mark_or_parts_a_number_at_any_width() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = texts(&release("fr", folder.path()));
    for line in text.lines() {
        let line = line.trim();
        assert!(
            !line.starts_with([';', ':', '!', '?', '»', '%', '€']),
            "{line}"
        );
        assert!(
            !line.ends_with('«') && !line.ends_with("art.") && !line.ends_with("n°"),
            "{line}"
        );
    }
    assert!(
        text.contains("GNL\u{202F}? Non\u{202F}!") && text.contains("«\u{A0}oui\u{A0}»"),
        "{text}"
    );
}

/// A part of a sample's Word file.
fn word(language: &str, part: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let files = std::fs::read_dir(release(language, folder.path())).expect("a release");
    let mut paths = files.flatten().map(|entry| entry.path());
    let path = paths.find(|path| path.extension().is_some_and(|ending| ending == "docx"));
    let bytes = std::fs::read(path.expect("a Word file")).expect("it is read");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut xml = String::new();
    let mut part = archive.by_name(part).expect("the part");
    std::io::Read::read_to_string(&mut part, &mut xml).expect("UTF-8");
    xml
}

/// A style of Word's, by its id.
fn style<'x>(styles: &'x str, id: &str) -> &'x str {
    let start = styles
        .find(&format!("w:styleId=\"{id}\""))
        .unwrap_or_else(|| panic!("{id}"));
    let end = styles[start..].find("</w:style>").expect("its end");
    &styles[start..start + end]
}

#[test]
fn word_shows_emphasis_and_sets_labels_as_the_script_wants() {
    let zh = word("zh", "word/styles.xml");
    assert!(style(&zh, "Emphasis").contains("<w:em w:val=\"underDot\"/>"));
    assert!(!style(&zh, "Emphasis").contains("<w:b/>"));
    assert!(style(&zh, "EmphasisItalic").contains("<w:i/>"));
    assert!(style(&zh, "Normal").contains("w:eastAsia=\"SimSun\""));
    assert!(style(&zh, "Heading3").contains("w:eastAsia=\"Microsoft YaHei\""));
    assert!(style(&zh, "FirstParagraph").contains("w:firstLine=\"210\""));
    assert!(style(&zh, "ChapterLabel").contains("<w:spacing w:val="));
    let settings = word("zh", "word/settings.xml");
    assert!(settings.contains("<w:characterSpacingControl w:val=\"compressPunctuation\"/>"));
    let ar = word("arabic", "word/styles.xml");
    assert!(
        style(&ar, "Emphasis").contains("<w:bCs/>") && !style(&ar, "Emphasis").contains("<w:i/>")
    );
    // Joined letters are not spaced out.
    for label in ["ChapterLabel", "PanelLabel", "CoverSeries"] {
        assert!(!style(&ar, label).contains("<w:spacing w:val="), "{label}");
    }
    let fr = word("fr", "word/styles.xml");
    assert!(style(&fr, "Emphasis").contains("<w:i/>"));
    assert!(style(&fr, "FirstParagraph").contains("w:firstLine=\"0\""));
}

#[test]
fn arabic_lists_have_arabic_commas_and_an_address_is_printed_once() {
    let document = crate::made::resolve(&project("tests/cases/arabic/source"));
    let names = document.speakers.expect("speakers").entries;
    assert!(
        names
            .iter()
            .all(|one| one.name.contains('،') && !one.name.contains(','))
    );
    let folder = tempfile::tempdir().expect("a folder");
    let text = texts(&release("arabic", folder.path()));
    assert!(!text.contains(", ") && !text.contains("; "), "{text}");
    assert_eq!(
        text.matches("https://coast.example/water/2025/").count(),
        1,
        "{text}"
    );
    assert!(
        text.contains("<\u{2066}https://coast.example/water/2025/\u{2069}>"),
        "{text}"
    );
}

#[test]
fn word_and_pdf_get_the_no_break_spaces_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = release("fr", folder.path());
    let bytes = std::fs::read(files.join("quais-fr.docx")).expect("a Word file");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut xml = String::new();
    let mut part = archive.by_name("word/document.xml").expect("a body");
    std::io::Read::read_to_string(&mut part, &mut xml).expect("UTF-8");
    for right in [
        "GNL\u{202F}? Non\u{202F}!",
        "1\u{202F}240 personnes",
        "12\u{A0}%",
        "art.\u{A0}3, n°\u{A0}5",
        "40\u{A0}km",
    ] {
        assert!(xml.contains(right), "{right:?}");
    }
    let facts = &harbour().document.chapters;
    let values = facts
        .iter()
        .flat_map(|chapter| &chapter.facts)
        .flat_map(|fact| &fact.values);
    let all: Vec<&str> = values.map(String::as_str).collect();
    assert!(
        all.iter().any(|value| value.contains("\u{A0}h\u{A0}")),
        "{all:?}"
    );
}

#[test]
fn chinese_lines_run_on_whatever_yaml_did_with_their_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = texts(&chinese_text(folder.path()));
    // Where a line of the file ends, the text has a line end of its own and nothing else.
    let dense: String = text.lines().map(str::trim).collect();
    for right in [
        "一次会议的记录",
        "与会者1 240人，比上年增加12%。",
        "各港口在会议上就码头岸电交换意见。",
        "“没有人离开”，大家都愿意付费。",
        "沿岸联盟和青岛市都说不。",
        "电缆，三年完成；",
        "会议记录，第12页。",
        "小组讨论1：电缆、插座和价格",
        "谁来付、何时付、付多少。",
        "S 级电缆每米五千元，可用三十年。",
        "李燕女士（工程师、青岛市）",
        "沿岸联盟（李燕女士）",
    ] {
        assert!(dense.contains(right), "{right} in {text}");
    }
}

#[test]
fn lists_are_in_the_order_of_the_language() {
    let order = |language: &str, names: &[&str]| {
        let document = crate::made::resolve(&project("tests/cases").join(language).join("source"));
        let index = document.index.expect("an index").entries;
        let speakers = document.speakers.expect("speakers").entries;
        let found: Vec<String> = speakers
            .into_iter()
            .map(|one| one.name)
            .chain(index.into_iter().map(|one| one.name))
            .collect();
        let places: Vec<usize> = names
            .iter()
            .map(|name| {
                found
                    .iter()
                    .position(|one| one.starts_with(name))
                    .unwrap_or_else(|| panic!("{name} in {found:?}"))
            })
            .collect();
        assert!(places.is_sorted(), "{names:?} in {found:?}");
    };
    order(
        "es",
        &[
            "Cruz",
            "Núñez",
            "Nuria",
            "Ñáñez",
            "Reino de las Islas",
            "Nube",
            "Ñandú",
            "Ciudad de Vigo",
        ],
    );
    order(
        "fr",
        &["La Tour", "Martin", "Œuvrard", "État", "Ville du Havre"],
    );
    order(
        "ru",
        &["Егорова", "Ёлкин", "Жуков", "Береговой", "город Выборг"],
    );
    order("zh", &["陈江", "李燕", "王海", "青岛市", "沿岸联盟"]);
}
