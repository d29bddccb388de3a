//! Two texts as one Word file with tracked changes: accepting all gives the new text, rejecting all gives the old one, word
//! for word.

mod edit;
mod hostile;
mod kinds;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use gmg_export::base::digest::sha256;
use gmg_export::review::{self, Difference};
use gmg_export::word::{self, Block, Content, NoteKind, View, WordFile};

use self::edit::edited;
use crate::merge::{Files, Seeded, files, word};
use crate::program::Desk;

/// What a Word file says: its paragraphs in their order, with notes where their marks are, and what stands around the text.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    text: Vec<String>,
    around: BTreeSet<String>,
}

/// What a file says with all changes accepted or rejected.
fn said(bytes: &[u8], view: View) -> Said {
    let mut file = word::read("a.docx", bytes).unwrap();
    file.settle(view);
    let mut seen = BTreeSet::new();
    let mut text = Vec::new();
    for block in &file.body {
        say(block, &file, &mut seen, &mut text);
    }
    // A note that nothing refers to says nothing.
    for ((kind, id), blocks) in &file.notes {
        if !seen.contains(id) {
            let mut left = Vec::new();
            blocks
                .iter()
                .for_each(|block| say(block, &file, &mut BTreeSet::new(), &mut left));
            let left = left.concat();
            assert_eq!(left.trim(), "", "{kind:?} {id} says something for nobody");
        }
    }
    let mut around = BTreeSet::new();
    for one in &file.furniture {
        let mut lines = Vec::new();
        one.blocks
            .iter()
            .for_each(|block| say(block, &file, &mut seen, &mut lines));
        around.insert(format!("{} {}", one.header, lines.join("\n")));
    }
    around.retain(|one| {
        one.split_once(' ')
            .is_some_and(|(_, text)| !text.is_empty())
    });
    Said { text, around }
}

fn say(block: &Block, file: &WordFile, seen: &mut BTreeSet<String>, out: &mut Vec<String>) {
    match block {
        Block::Paragraph(paragraph) => {
            let mut line = String::new();
            for piece in &paragraph.pieces {
                match &piece.content {
                    Content::Note(NoteKind::Foot, id, _) => {
                        seen.insert(id.clone());
                        let mut note = Vec::new();
                        let blocks = &file.notes[&(NoteKind::Foot, id.clone())];
                        let mut inner = BTreeSet::new();
                        blocks
                            .iter()
                            .for_each(|block| say(block, file, &mut inner, &mut note));
                        line.push_str(&format!("[note: {}]", note.join("|")));
                    }
                    Content::Picture(picture) => {
                        let bytes = &file.media[&picture.source];
                        line.push_str(&format!("[picture {} {}]", picture.alt, sha256(bytes)));
                    }
                    Content::Break(_) => line.push('\n'),
                    _ => line.push_str(piece.text()),
                }
            }
            out.push(line);
        }
        Block::Table(table) => {
            for row in &table.rows {
                out.push("[row]".to_owned());
                for cell in &row.cells {
                    out.push("[cell]".to_owned());
                    cell.blocks
                        .iter()
                        .for_each(|block| say(block, file, seen, out));
                }
            }
        }
    }
}

/// The references that lead to nothing with all changes accepted or rejected: what they name must say something.
fn astray(bytes: &[u8], view: View) -> Vec<String> {
    fn marks(
        blocks: &[Block],
        open: &mut BTreeSet<String>,
        said: &mut BTreeMap<String, String>,
        shown: &mut BTreeSet<usize>,
    ) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    for piece in &paragraph.pieces {
                        shown.extend(piece.field);
                        match &piece.content {
                            Content::BookmarkStart(name) => {
                                open.insert(name.clone());
                                said.entry(name.clone()).or_default();
                            }
                            Content::BookmarkEnd(name) => drop(open.remove(name)),
                            _ => {
                                for name in open.iter() {
                                    *said.get_mut(name).unwrap() += piece.text();
                                }
                            }
                        }
                    }
                }
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    cells.for_each(|cell| marks(&cell.blocks, open, said, shown));
                }
            }
        }
    }
    let mut file = word::read("a.docx", bytes).unwrap();
    file.settle(view);
    let (mut open, mut said, mut shown) = Default::default();
    for blocks in std::iter::once(&file.body).chain(file.notes.values()) {
        marks(blocks, &mut open, &mut said, &mut shown);
    }
    let mut found = Vec::new();
    for (index, field) in file.fields.iter().enumerate() {
        let name = field.instruction.split_whitespace().nth(1);
        if let ("REF", Some(name)) = (field.name().as_str(), name)
            && shown.contains(&index)
            && said.get(name).is_none_or(|said| said.trim().is_empty())
        {
            found.push(name.to_owned());
        }
    }
    found
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    if let Ok(mut file) = archive.by_name(name) {
        file.read_to_string(&mut text).unwrap();
    }
    text
}

/// The values of an attribute in elements whose names start so.
fn values(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let start = format!("{attribute}=\"");
    xml.match_indices(&format!("<{element}"))
        .filter_map(|(at, _)| {
            let tag = &xml[at..at + xml[at..].find('>')?];
            let from = tag.find(&start)? + start.len();
            Some(tag[from..from + tag[from..].find('"')?].to_owned())
        })
        .collect()
}

/// Looks at what Word would find wrong: numbers that stand twice, links to nowhere, deleted text that is not called so.
fn is_sound(bytes: &[u8]) {
    let body = part(bytes, "word/document.xml");
    let notes = part(bytes, "word/footnotes.xml");
    let mut ids = BTreeSet::new();
    for xml in [&body, &notes] {
        for element in [
            "w:bookmarkStart ",
            "w:ins ",
            "w:del ",
            "w:rPrChange ",
            "w:pPrChange ",
            "w:sectPrChange ",
            "w:tblPrChange ",
            "w:tcPrChange ",
            "w:trPrChange ",
        ] {
            for id in values(xml, element, "w:id") {
                assert!(ids.insert(id.clone()), "two have the number {id}");
            }
        }
    }
    let mut names = BTreeSet::new();
    for name in values(&body, "w:bookmarkStart ", "w:name")
        .into_iter()
        .chain(values(&notes, "w:bookmarkStart ", "w:name"))
    {
        assert!(
            names.insert(name.to_lowercase()),
            "two bookmarks are called {name}"
        );
    }
    let ends = values(&body, "w:bookmarkEnd ", "w:id").len()
        + values(&notes, "w:bookmarkEnd ", "w:id").len();
    assert_eq!(ends, names.len(), "as many ends as beginnings of bookmarks");
    for (xml, rels) in [
        (&body, "word/_rels/document.xml.rels"),
        (&notes, "word/_rels/footnotes.xml.rels"),
    ] {
        let known = values(&part(bytes, rels), "Relationship ", "Id");
        for attribute in ["r:id", "r:embed"] {
            for id in values(xml, "", attribute) {
                assert!(known.contains(&id), "{rels} has no {id}");
            }
        }
    }
    let known: BTreeSet<String> = values(&notes, "w:footnote ", "w:id").into_iter().collect();
    for id in values(&body, "w:footnoteReference", "w:id") {
        assert!(known.contains(&id), "there is no note {id}");
    }
    let pictures = values(&body, "wp:docPr ", "id");
    assert_eq!(
        pictures.iter().collect::<BTreeSet<_>>().len(),
        pictures.len(),
        "numbers of pictures"
    );
    let lists: BTreeSet<String> = values(&part(bytes, "word/numbering.xml"), "w:num ", "w:numId")
        .into_iter()
        .collect();
    for list in values(&body, "w:numId ", "w:val") {
        assert!(lists.contains(&list), "there is no list {list}");
    }
    let styles: BTreeSet<String> = values(&part(bytes, "word/styles.xml"), "w:style ", "w:styleId")
        .into_iter()
        .collect();
    for element in ["w:pStyle ", "w:rStyle ", "w:tblStyle "] {
        for style in values(&body, element, "w:val") {
            assert!(styles.contains(&style), "there is no style {style}");
        }
    }
    for deleted in body.match_indices("<w:del ").map(|(at, _)| &body[at..]) {
        let end = deleted.find("</w:del>").unwrap_or_default();
        let own = &deleted[..end];
        let is_mark = deleted
            .find("/>")
            .is_some_and(|close| close < deleted.find('>').unwrap());
        assert!(
            is_mark || !own.contains("<w:t ") && !own.contains("<w:instrText"),
            "{own}"
        );
    }
}

fn diff(old: &[u8], new: &[u8]) -> Difference {
    review::diff(("old.docx", old), ("new.docx", new), "gmg-export").unwrap()
}

/// Compares two texts both ways, and tells what was changed.
fn compare(old: &[u8], new: &[u8]) -> Difference {
    let made = diff(old, new);
    if let Ok(folder) = std::env::var("KEEP_DIFFS") {
        let name = &sha256(&made.bytes)[..12];
        std::fs::write(format!("{folder}/{name}.docx"), &made.bytes).unwrap();
        std::fs::write(format!("{folder}/{name}.old.docx"), old).unwrap();
        std::fs::write(format!("{folder}/{name}.new.docx"), new).unwrap();
    }
    for (view, whole) in [(View::Accepted, new), (View::Rejected, old)] {
        let (made, whole) = (said(&made.bytes, view), said(whole, view));
        let differs = made.text.iter().zip(&whole.text).position(|(a, b)| a != b);
        if let Some(at) = differs {
            let around =
                |text: &[String]| text[at.saturating_sub(2)..text.len().min(at + 3)].to_vec();
            panic!(
                "{view:?} {at}: {:#?} instead of {:#?}",
                around(&made.text),
                around(&whole.text)
            );
        }
        assert_eq!(made.text.len(), whole.text.len(), "{view:?}");
        assert_eq!(made.around, whole.around, "{view:?}");
    }
    for view in [View::Accepted, View::Rejected] {
        assert_eq!(astray(&made.bytes, view), [""; 0], "{view:?}");
    }
    is_sound(&made.bytes);
    made
}

/// The reports that are edited.
const CASES: [&str; 6] = ["gmg", "harbour", "study", "annual", "arabic", "zh"];

/// Edits reports at as many places, each from one to four times, and compares them with what they were.
fn edits(count: usize, from: u64) {
    let sources: Vec<(Files, Vec<u8>)> = CASES
        .iter()
        .map(|case| {
            let files = files(case);
            let bytes = word(&files);
            (files, bytes)
        })
        .collect();
    let mut made = 0;
    let mut tried = 0;
    let mut seeded = Seeded(from);
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    while made < count {
        let (source, old) = &sources[tried % sources.len()];
        tried += 1;
        assert!(tried < count * 12, "too few edits make a report");
        let mut files = source.clone();
        for _ in 0..=seeded.below(4) {
            files = edited(&files, &mut seeded).unwrap_or(files);
        }
        if files == *source {
            continue;
        }
        let Ok(new) = crate::merge::export(&files, &BTreeMap::new()) else {
            continue;
        };
        let there = compare(old, &new.bytes).summary;
        let back = compare(&new.bytes, old).summary;
        assert_eq!(there.words_added, back.words_deleted);
        for (what, count) in [
            ("words", there.words_added + there.words_deleted),
            (
                "paragraphs",
                there.paragraphs_added + there.paragraphs_deleted,
            ),
            ("rows", there.rows_added + there.rows_deleted),
            ("notes", there.notes_added + there.notes_deleted),
            ("looks", there.looks),
            ("fields", there.fields),
        ] {
            *totals.entry(what).or_default() += count;
        }
        made += 1;
    }
    println!("{made} of {tried}: {totals:?}");
    assert!(totals.values().all(|count| *count > 0), "{totals:?}");
}

#[test]
fn the_same_text_twice_is_a_file_without_changes() {
    let bytes = word(&files("harbour"));
    let made = diff(&bytes, &bytes);
    assert!(made.summary.is_same);
    assert_eq!(made.bytes, bytes);
}

#[test]
fn reports_that_have_nothing_in_common_come_out_whole() {
    let all = [
        "harbour", "study", "annual", "arabic", "zh", "hebrew", "marks", "gmg",
    ];
    let made: Vec<Vec<u8>> = all.iter().map(|case| word(&files(case))).collect();
    for (at, old) in made.iter().enumerate() {
        let new = &made[(at + 1) % made.len()];
        let there = compare(old, new).summary;
        assert!(
            there.words_added > 100 && there.words_deleted > 100,
            "{there:?}"
        );
        compare(new, old);
    }
}

#[test]
fn accepting_all_in_the_source_that_it_is_of_changes_nothing() {
    let old = word(&files("study"));
    let mut new = files("study");
    let mut seeded = Seeded(7);
    for _ in 0..40 {
        if let Some(edited) = edited(&new, &mut seeded)
            && crate::merge::export(&edited, &BTreeMap::new()).is_ok()
        {
            new = edited;
        }
    }
    let made = compare(&old, &word(&new));
    assert!(made.summary.words_added > 20, "{:?}", made.summary);
    let merged = crate::merge::merge(&new, &made.bytes).unwrap();
    assert!(merged.changes.is_empty(), "{:#?}", merged.changes);
}

#[test]
fn fifty_edits_come_out_as_the_new_text_and_go_back_to_the_old_one() {
    edits(50, 16);
}

/// Runs git in a folder of a desk.
fn git(desk: &Desk, folder: &str, words: &[&str]) {
    let mut git = std::process::Command::new("git");
    git.arg("-C").arg(desk.path(folder));
    git.args(["-c", "user.name=a", "-c", "user.email=a@example.org"]);
    let done = git.args(words).output().expect("git runs");
    assert!(done.status.success(), "{done:?}");
}

/// A repository with a report in `report`, of which one word is other than in the revision `v1`.
fn repository() -> Desk {
    let desk = Desk::empty();
    desk.run(&["init", "report"]).is_done();
    git(&desk, ".", &["init", "-q"]);
    git(&desk, ".", &["add", "report"]);
    git(&desk, ".", &["commit", "-qm", "one"]);
    git(&desk, ".", &["tag", "v1"]);
    let report = desk.read("report/source/report.yaml");
    let report = report.replace("shared rivers", "shared and reworded rivers");
    desk.write("report/source/report.yaml", &report);
    desk
}

#[test]
fn revisions_releases_files_and_folders_are_compared() {
    let desk = repository();
    let title = "added";
    desk.run(&["diff", "v1", "report"]).is_done_saying(title);
    let first = std::fs::read(desk.path("out/my-report.diff.docx")).unwrap();
    for arguments in [
        &["diff", "v1:report", "report"][..],
        &["diff", "v1:report/source", "report/source"],
        &["diff", "v1^{commit}:./report/", "report/source/report.yaml"],
    ] {
        desk.run(&[arguments, &["-o", "again.docx"]].concat())
            .is_done_saying(title);
        assert!(
            std::fs::read(desk.path("again.docx")).unwrap() == first,
            "{arguments:?}"
        );
    }
    // The work of others on the same files is not looked at, and nothing is left behind.
    assert_eq!(desk.names("."), [".git", "again.docx", "out", "report"]);
    git(&desk, ".", &["stash", "-q"]);
    desk.run(&["release", "report", "-q"]).is_done();
    desk.run(&["report", "-f", "docx", "-o", "sent.docx", "-q"])
        .is_done();
    git(&desk, ".", &["stash", "pop", "-q"]);
    for old in ["out/release", "sent.docx", "out/release/my-report.docx"] {
        desk.run(&["diff", old, "report", "-o", "again.docx"])
            .is_done_saying(title);
        assert!(
            std::fs::read(desk.path("again.docx")).unwrap() == first,
            "{old}"
        );
    }
    let made = word::read("again.docx", &first).unwrap();
    assert!(
        made.changes()
            .iter()
            .all(|one| one.change.author == "gmg-export")
    );
    desk.run(&[
        "diff",
        "sent.docx",
        "report",
        "--author",
        "Ana",
        "-o",
        "again.docx",
    ])
    .is_done();
    let again = std::fs::read(desk.path("again.docx")).unwrap();
    let made = word::read("again.docx", &again).unwrap();
    assert!(made.changes().iter().all(|one| one.change.author == "Ana"));
    desk.run(&["diff", "report", "report", "-o", "same.docx"])
        .is_done_saying("no difference in the Word file: it has no tracked changes");
}

#[test]
fn what_cannot_be_compared_is_named_and_nothing_is_written() {
    let desk = repository();
    desk.run(&["diff", "v1", "report", "-o", "changes.docx", "-q"])
        .is_done();
    desk.run(&[
        "report",
        "-f",
        "docx",
        "--layout",
        "print",
        "-o",
        "print.docx",
        "-q",
    ])
    .is_done();
    desk.write("other/a.txt", "a");
    git(&desk, ".", &["add", "other"]);
    git(&desk, ".", &["commit", "-qm", "two"]);
    desk.write(
        "lfs/source/report.yaml",
        "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
    );
    git(&desk, ".", &["add", "lfs"]);
    git(&desk, ".", &["commit", "-qm", "three"]);
    for (arguments, code, part) in [
        (&["diff", "v2", "report"][..], 2, "E1252"),
        (&["diff", "", "report"], 2, "E1001"),
        (&["diff", "--", "-v", "report"], 2, "E1252"),
        (&["diff", "v1:nowhere", "report"], 2, "E1253"),
        (&["diff", "HEAD:other", "report"], 2, "E1253"),
        (&["diff", "HEAD:lfs", "report"], 5, "E1254"),
        (&["diff", "changes.docx", "report"], 2, "E1251"),
        (&["diff", "print.docx", "changes.docx"], 2, "E1256"),
        (
            &["diff", "print.docx", "report", "--layout", "screen"],
            2,
            "E1256",
        ),
        (&["diff", "v1", "report", "-o", "x.pdf"], 2, "E1258"),
        (&["diff", "v2", "v3"], 2, "`v3`"),
    ] {
        desk.run(arguments).fails_with(code, &[part]);
    }
    desk.write("report/source/report.yaml", "id: x\n");
    desk.run(&["diff", "v1", "report"])
        .fails_with(3, &["report/source/report.yaml"]);
    git(&desk, ".", &["commit", "-qam", "broken"]);
    // A mistake of a revision stands in the revision.
    desk.run(&["diff", "HEAD", "v1:report"])
        .fails_with(2, &["E1253"]);
    desk.run(&["diff", "HEAD:report", "v1:report"])
        .fails_with(3, &["HEAD:report/source/report.yaml"]);
    assert!(!desk.path("out").exists());
}

#[test]
fn a_release_without_a_word_file_is_refused() {
    let desk = Desk::with_report();
    let text = desk.read("source/report.yaml");
    desk.write(
        "source/report.yaml",
        &format!("{text}\nrelease:\n  - format: txt\n"),
    );
    desk.run(&["release", "-q"]).is_done();
    desk.run(&["diff", "out/release"]).fails_with(2, &["E1255"]);
}

#[test]
fn files_of_other_programs_are_refused() {
    let desk = Desk::with_report();
    desk.run(&["-f", "docx", "-o", "own.docx", "-q"]).is_done();
    let own = std::fs::read(desk.path("own.docx")).unwrap();
    let foreign = crate::merge::changed(&own, "docProps/custom.xml", |xml| {
        xml.replace("gmg-export.places", "other")
    });
    std::fs::write(desk.path("foreign.docx"), foreign).unwrap();
    desk.run(&["diff", "foreign.docx"])
        .fails_with(2, &["E1250"]);
    for cut in [0, 10, own.len() / 2, own.len() - 30] {
        std::fs::write(desk.path("cut.docx"), &own[..cut]).unwrap();
        let ran = desk.run(&["diff", "cut.docx"]);
        assert!((2..=5).contains(&ran.code), "{}", ran.stderr);
    }
}
