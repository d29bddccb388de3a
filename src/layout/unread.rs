//! Files next to a report that look as if a layout read them, and that none does: a slip in a name or in a folder must
//! not pass in silence.

use std::collections::BTreeSet;

use super::folder::{DEEPEST, EMBEDDED, LARGEST_FILE, LAYOUT_FILE, SHARED, is_font, whole_file};
use super::words::is_language;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::base::files::{Kind, Root};

/// Endings of fonts in forms that cannot be set.
const OTHER_FONTS: [&str; 7] = ["woff", "woff2", "eot", "dfont", "pfb", "pfm", "zip"];
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "svg", "gif", "webp"];
/// The folder of layouts in that of a report.
const LAYOUTS: &str = "layouts";
/// The folder of the data of print jobs.
const TABLES: &str = "print-data";

/// Warnings of such files in the folder of a report, and of fonts in that of its source.
pub fn unread_files(report: &Root, source: Option<&Root>) -> Diagnostics {
    let mut found = Diagnostics::default();
    let mut warn = |file: String, hint: String| {
        let message = format!("`{file}` is read by no layout");
        let warning = Diagnostic::new(Code::UNREAD_FILE, message).at(whole_file(&file));
        found.push(warning.hint(hint));
    };
    // One that is a link out of the report is refused where it is read.
    if matches!(report.kind(LAYOUTS), Ok(Some(Kind::Folder))) {
        in_layouts(&report.folder(LAYOUTS), &mut warn);
    }
    for (folder, fits) in [
        ("fonts", is_font as fn(&str) -> bool),
        ("strings", is_words),
    ] {
        let root = report.folder(folder);
        for name in files(&root).into_iter().filter(|name| fits(name)) {
            warn(
                root.display(&name),
                format!("move it into `{LAYOUTS}/{folder}`"),
            );
        }
    }
    for folder in ["layout", "Layouts"] {
        let root = report.folder(folder);
        for name in folders(&root) {
            let inner = root.folder(&name);
            if inner.holds(LAYOUT_FILE) && is_spelt(report, folder) {
                warn(
                    inner.display(LAYOUT_FILE),
                    format!("call the folder `{LAYOUTS}`"),
                );
            }
        }
    }
    for (root, path) in source.iter().flat_map(|root| below(root)) {
        if is_font(&path) && !path.starts_with(LAYOUTS) {
            warn(
                root.display(&path),
                format!("move it into `{LAYOUTS}/fonts`, next to the source"),
            );
        }
    }
    found
}

type Warn<'w> = &'w mut dyn FnMut(String, String);

fn in_layouts(layouts: &Root, warn: Warn) {
    for name in files(layouts) {
        if is_font(&name) {
            warn(
                layouts.display(&name),
                format!("move it into `{LAYOUTS}/fonts` or into the folder of a layout"),
            );
        } else if is_words(&name) {
            warn(
                layouts.display(&name),
                format!("move it into `{LAYOUTS}/strings`"),
            );
        } else if name == LAYOUT_FILE || near(&name, LAYOUT_FILE) {
            warn(
                layouts.display(&name),
                format!("a layout is a folder in `{LAYOUTS}` with a file {LAYOUT_FILE}"),
            );
        }
    }
    for name in folders(layouts) {
        let folder = layouts.folder(&name);
        match name.as_str() {
            "fonts" => other_fonts(&folder, warn),
            "strings" => words(&folder, warn),
            TABLES => tables(&folder, warn),
            name if SHARED.contains(&name) => {}
            _ => layout(&folder, warn),
        }
    }
}

fn other_fonts(folder: &Root, warn: Warn) {
    for (_, path) in below(folder) {
        if ends(&path, &OTHER_FONTS) {
            warn(
                folder.display(&path),
                "fetch the font as a file that ends in .otf or .ttf".to_owned(),
            );
        }
    }
}

fn words(folder: &Root, warn: Warn) {
    for name in files(folder) {
        let stem = name.strip_suffix(".yaml");
        if stem.is_some_and(is_language) || !ends(&name, &["yaml", "yml", "json"]) {
            continue;
        }
        let stem = name.split('.').next().unwrap_or_default().replace('_', "-");
        let hint = match is_language(&stem) {
            true => format!("rename it to {stem}.yaml"),
            false => "give it the code of the language, as in en.yaml or pt-BR.yaml".to_owned(),
        };
        warn(folder.display(&name), hint);
    }
}

fn tables(folder: &Root, warn: Warn) {
    for name in files(folder) {
        if ends(&name, &["yaml", "yml", "json"])
            && !super::print_data::FILES.contains(&name.as_str())
        {
            let hint = format!("call it {}", super::print_data::FILES.join(" or "));
            warn(folder.display(&name), hint);
        }
    }
}

/// A file that is meant to make the folder a layout, and does not by its name.
pub(super) fn near_layout_file(folder: &Root) -> Option<String> {
    files(folder)
        .into_iter()
        .find(|name| near(name, LAYOUT_FILE))
}

/// What is in a folder that is a layout, or is meant to be one.
fn layout(folder: &Root, warn: Warn) {
    other_fonts(folder, warn);
    for name in files(folder)
        .into_iter()
        .filter(|name| near(name, LAYOUT_FILE))
    {
        let hint = match is_spelt(folder, LAYOUT_FILE) {
            true => format!(
                "{LAYOUT_FILE} is the one that is read: move what is missing in it there, and delete this one"
            ),
            false => format!("rename it to {LAYOUT_FILE}"),
        };
        warn(folder.display(&name), hint);
    }
    let all: Vec<String> = below(folder).into_iter().map(|(_, path)| path).collect();
    for path in &all {
        if ends(path, &PICTURES) && !path.starts_with("images/") {
            warn(
                folder.display(path),
                "templates read pictures from the folder `images` of their layout: move it there"
                    .to_owned(),
            );
        } else if path.starts_with("strings/") && is_words(&path["strings/".len()..]) {
            warn(
                folder.display(path),
                format!("move it into `{LAYOUTS}/strings`: words are the same for all layouts"),
            );
        }
    }
    let tokens = folder.read(LAYOUT_FILE, LARGEST_FILE).unwrap_or_default();
    let tokens = String::from_utf8_lossy(&tokens);
    let word = all
        .iter()
        .filter(|path| ends(path, &["dotx", "dotm", "dot"]));
    for path in word.filter(|path| !tokens.contains(path.as_str())) {
        warn(
            folder.display(path),
            format!(
                "to make Word files like it, write `docx: {{template: {path}}}` in {LAYOUT_FILE}"
            ),
        );
    }
    let known: BTreeSet<String> = templates().collect();
    let own: Vec<&String> = all.iter().filter(|path| path.ends_with(".typ")).collect();
    let text = |path: &String| folder.read(path, LARGEST_FILE).unwrap_or_default();
    let unknown = own.iter().filter(|path| !known.contains(path.as_str()));
    for path in unknown {
        let name = path.rsplit('/').next().unwrap_or(path);
        let imported = own
            .iter()
            .any(|other| String::from_utf8_lossy(&text(other)).contains(name));
        if !imported {
            let hint = did_you_mean(path, known.iter().map(String::as_str));
            warn(
                folder.display(path),
                hint.unwrap_or_else(|| {
                    "import it in a template that is read, such as report.typ".to_owned()
                }),
            );
        }
    }
}

/// The templates in the binary.
fn templates() -> impl Iterator<Item = String> {
    let folders = EMBEDDED.dirs().flat_map(|dir| dir.files());
    let names = folders.filter_map(|file| file.path().file_name()?.to_str());
    names
        .filter(|name| name.ends_with(".typ"))
        .map(str::to_owned)
}

/// Whether a file has the words of a language by its name.
fn is_words(name: &str) -> bool {
    let stem = name
        .strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"));
    stem.is_some_and(is_language)
}

/// Whether a name is another one's but for a slip.
fn near(name: &str, meant: &str) -> bool {
    let (stem, ending) = meant.rsplit_once('.').unwrap_or((meant, ""));
    let lower = name.to_lowercase();
    name != meant
        && [
            meant.to_owned(),
            format!("{stem}.yml"),
            format!("{meant}.txt"),
            format!("{stem}s.{ending}"),
            format!("{stem}.json"),
        ]
        .contains(&lower)
}

/// Whether something has this very name, also where the system does not tell upper and lower case apart.
fn is_spelt(root: &Root, name: &str) -> bool {
    matches!(root.spelling(name), Ok(Some(found)) if found == name)
}

fn ends(path: &str, endings: &[&str]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    endings
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

fn files(root: &Root) -> Vec<String> {
    named(root, Kind::File)
}

fn folders(root: &Root) -> Vec<String> {
    named(root, Kind::Folder)
}

/// What is in a folder of that kind; hidden names are nobody's.
fn named(root: &Root, kind: Kind) -> Vec<String> {
    let entries = root.entries().unwrap_or_default().into_iter();
    let entries = entries.filter(|entry| entry.kind == kind && !entry.name.starts_with('.'));
    entries.map(|entry| entry.name).collect()
}

/// Path of each file below a folder, with that folder.
fn below(root: &Root) -> Vec<(&Root, String)> {
    let mut open = vec![(String::new(), 0)];
    let mut found = Vec::new();
    while let Some((folder, depth)) = open.pop() {
        let here = root.folder(&folder);
        let path = |name: String| match folder.as_str() {
            "" => name,
            folder => format!("{folder}/{name}"),
        };
        found.extend(files(&here).into_iter().map(|name| (root, path(name))));
        if depth < DEEPEST {
            open.extend(
                folders(&here)
                    .into_iter()
                    .map(|name| (path(name), depth + 1)),
            );
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a report's folder with these files.
    fn said(paths: &[&str]) -> Vec<(String, String)> {
        let desk = tempfile::tempdir().unwrap();
        for path in paths {
            let path = desk.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let root = Root::named(desk.path());
        let source = root.folder("source");
        let prefix = root.display("");
        let found = unread_files(&root, Some(&source));
        let one = |one: &Diagnostic| {
            let file = &one.location.as_ref().unwrap().file;
            (file.replace(&prefix, ""), one.hints[0].clone())
        };
        found.iter().map(one).collect()
    }

    #[test]
    fn a_file_under_a_wrong_name_or_in_a_wrong_folder_is_named_with_its_cure() {
        for (path, cure) in [
            ("layouts/strings/english.yaml", "the code of the language"),
            ("layouts/strings/en.yml", "rename it to en.yaml"),
            (
                "layouts/print-data/papers.yaml",
                "call it stocks.yaml or rules.yaml",
            ),
            ("layouts/strings/en_GB.yaml", "rename it to en-GB.yaml"),
            ("layouts/en.yaml", "layouts/strings"),
            ("layouts/layout.yaml", "a layout is a folder"),
            ("layouts/a.otf", "layouts/fonts"),
            ("layouts/fonts/a.woff2", ".otf or .ttf"),
            ("layouts/mine/a.woff", ".otf or .ttf"),
            ("layouts/mine/Layout.yaml", "rename it to layout.yaml"),
            ("layouts/mine/layout.yml", "rename it to layout.yaml"),
            ("layouts/mine/logo.png", "`images`"),
            ("layouts/mine/house.dotx", "docx: {template: house.dotx}"),
            ("layouts/mine/strings/fr.yaml", "layouts/strings"),
            ("layouts/mine/covr.typ", "did you mean `cover.typ`?"),
            ("layout/mine/layout.yaml", "call the folder `layouts`"),
            ("fonts/a.ttf", "layouts/fonts"),
            ("strings/en.yaml", "layouts/strings"),
            ("source/a.otf", "layouts/fonts"),
            ("source/type/a.otf", "layouts/fonts"),
        ] {
            let found = said(&[path]);
            assert_eq!(found.len(), 1, "{path}: {found:?}");
            assert_eq!(found[0].0, path);
            assert!(found[0].1.contains(cure), "{path}: {found:?}");
        }
    }

    #[test]
    fn nothing_is_said_of_files_that_are_read_or_are_nobody_s() {
        let found = said(&[
            "layouts/README.md",
            "layouts/fonts/a/OFL.txt",
            "layouts/fonts/a/A.OTF",
            "layouts/strings/en.yaml",
            "layouts/strings/pt-BR.yaml",
            "layouts/print-data/stocks.yaml",
            "layouts/strings/zh-Hant.yaml",
            "layouts/strings/README.md",
            "layouts/profiles/a.icc",
            "layouts/mine/layout.yaml",
            "layouts/mine/cover.typ",
            "layouts/mine/fonts/a.otf",
            "layouts/mine/images/a/logo.png",
            "layouts/mine/.hidden.yml",
            "source/images/a.png",
            "source/report.yaml",
        ]);
        assert_eq!(found, []);
    }

    #[test]
    fn a_template_that_another_one_imports_is_read() {
        let desk = tempfile::tempdir().unwrap();
        let mine = desk.path().join("layouts/mine");
        std::fs::create_dir_all(&mine).unwrap();
        std::fs::write(mine.join("layout.yaml"), "extends: screen\n").unwrap();
        std::fs::write(mine.join("ours.typ"), "").unwrap();
        std::fs::write(mine.join("cover.typ"), "#import \"ours.typ\": *\n").unwrap();
        let root = Root::named(desk.path());
        assert!(unread_files(&root, None).is_empty());
    }
}
