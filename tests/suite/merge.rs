//! What comes back from Word: each edit becomes the right change of the source, all else stays byte for byte, and what
//! cannot be taken over is named.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use gmg_export::backend::edition::Edition;
use gmg_export::base::diagnostic::Diagnostics;
use gmg_export::document::{self, epoch};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::review::{self, Change, ChangeKind, Exported, MergeOptions, Merged, Refused};
use gmg_export::source::{self, Folder};
use gmg_export::verify::format;

use crate::made::project;
use crate::program::Desk;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The files of a report of the tests.
pub(crate) fn files(case: &str) -> Files {
    fn add(folder: &std::path::Path, below: &str, found: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{below}{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => add(&entry.path(), &format!("{name}/"), found),
                false => drop(found.insert(name, std::fs::read(entry.path()).unwrap())),
            }
        }
    }
    let mut found = Files::new();
    let folder = match case {
        "gmg" => "source".to_owned(),
        case => format!("tests/cases/{case}/source"),
    };
    add(&project(&folder), "", &mut found);
    found
}

pub(crate) fn export(
    files: &Files,
    texts: &BTreeMap<String, String>,
) -> Result<Exported, Diagnostics> {
    let mut files = files.clone();
    files.extend(
        texts
            .iter()
            .map(|(path, text)| (path.clone(), text.clone().into_bytes())),
    );
    let source = source::read(&Folder::in_memory(files))?;
    let strings = layout::strings(source.report.content.language.value.trim())?;
    let (document, _) = document::resolve(&source, &strings)?;
    let layout = LayoutLoader::embedded().load("screen")?;
    let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
    let bytes = format::find("docx").unwrap().render(&edition)?.bytes;
    drop(edition);
    Ok(Exported {
        source,
        document,
        bytes,
    })
}

/// The Word file of a report.
pub(crate) fn word(files: &Files) -> Vec<u8> {
    export(files, &BTreeMap::new()).unwrap().bytes
}

pub(crate) fn merge(files: &Files, bytes: &[u8]) -> Result<Merged, Diagnostics> {
    merge_with(files, bytes, MergeOptions::default())
}

pub(crate) fn merge_with(
    files: &Files,
    bytes: &[u8],
    options: MergeOptions<'_>,
) -> Result<Merged, Diagnostics> {
    let export = |texts: &BTreeMap<String, String>| export(files, texts);
    review::merge("edited.docx", bytes, options, &export)
}

/// A Word file with a part changed.
pub(crate) fn changed(
    bytes: &[u8],
    part: &str,
    mut change: impl FnMut(String) -> String,
) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().to_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        let options = zip::write::SimpleFileOptions::default();
        out.start_file(name, options).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

pub(crate) const BODY: &str = "word/document.xml";

/// The only text run that holds these words, and the paragraph around it, as ranges of the part.
pub(crate) fn paragraph(xml: &str, words: &str) -> std::ops::Range<usize> {
    let found: Vec<usize> = xml.match_indices(words).map(|(at, _)| at).collect();
    assert_eq!(found.len(), 1, "`{words}` {found:?}");
    let plain = xml[..found[0]].rfind("<w:p>");
    let start = plain.max(xml[..found[0]].rfind("<w:p ")).unwrap();
    start..found[0] + xml[found[0]..].find("</w:p>").unwrap() + "</w:p>".len()
}

/// Replaces words, which stand once in paragraphs that name a place.
pub(crate) fn replaced(bytes: &[u8], old: &str, new: &str) -> Vec<u8> {
    replaced_in(bytes, BODY, old, new)
}

fn replaced_in(bytes: &[u8], part: &str, old: &str, new: &str) -> Vec<u8> {
    changed(bytes, part, |xml| {
        let is_text = |at: &usize| {
            let start = xml[..*at].rfind("<w:p>").max(xml[..*at].rfind("<w:p "));
            let end = at + xml[*at..].find('<').unwrap();
            xml[end..].starts_with("</w:t>") && xml[start.unwrap()..*at].contains("_g_")
        };
        let found = xml.match_indices(old).map(|(at, _)| at);
        let found: Vec<usize> = found.filter(is_text).collect();
        assert_eq!(found.len(), 1, "{old}");
        let (before, after) = xml.split_at(found[0]);
        format!("{before}{new}{}", &after[old.len()..])
    })
}

/// Gives words a look of their own.
pub(crate) fn look(bytes: &[u8], words: &str, look: &str) -> Vec<u8> {
    let run =
        |properties: &str| format!("</w:t></w:r><w:r>{properties}<w:t xml:space=\"preserve\">");
    let looked = run(&format!("<w:rPr>{look}</w:rPr>"));
    replaced(bytes, words, &format!("{looked}{words}{}", run("")))
}

/// The text of a file without white space.
pub(crate) fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The one change that was made: the file, and what went and came in it, white space aside.
fn only_change(files: &Files, merged: &Merged) -> (String, String, String) {
    let refused: Vec<&Change> = merged
        .changes
        .iter()
        .filter(|one| one.refused.is_some())
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
    assert_eq!(merged.files.len(), 1, "{:#?}", merged.changes);
    let (path, new) = merged.files.iter().next().unwrap();
    let old = bare(std::str::from_utf8(&files[path]).unwrap());
    let new = bare(new);
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let before = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a[before..].iter().rev().zip(b[before..].iter().rev());
    let after = rest.take_while(|(a, b)| a == b).count();
    let middle = |text: &[char]| text[before..text.len() - after].iter().collect::<String>();
    (path.clone(), middle(&a), middle(&b))
}

/// Numbers that are the same in every run.
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// The text runs of paragraphs that name a place, as ranges of the part.
fn runs(xml: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for (start, _) in xml.match_indices("w:name=\"_g_") {
        let end = start + xml[start..].find("</w:p>").unwrap();
        let mut at = start;
        while let Some(open) = xml[at..end]
            .find("<w:t ")
            .or_else(|| xml[at..end].find("<w:t>"))
        {
            let open = at + open;
            let text = open + xml[open..].find('>').unwrap() + 1;
            let close = text + xml[text..].find("</w:t>").unwrap();
            // What a field says is the program's.
            let plain =
                !xml[start..open].contains("w:fldChar") && !xml[start..open].contains("w:anchor=");
            if plain
                && xml[text..close]
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .count()
                    > 12
            {
                found.push(text..close);
            }
            at = close;
        }
    }
    found
}

#[test]
fn a_file_that_nobody_edited_changes_nothing() {
    for case in ["harbour", "study", "arabic", "hebrew", "zh", "marks"] {
        let files = files(case);
        let merged = merge(&files, &word(&files)).unwrap();
        assert!(
            merged.changes.is_empty() && merged.files.is_empty(),
            "{case}: {:#?}",
            merged.changes
        );
    }
}

#[test]
fn a_changed_word_is_changed_where_it_stands_and_nowhere_else() {
    let (mut tried, mut left) = (0, Vec::new());
    for case in ["study", "harbour", "arabic", "hebrew", "zh", "es", "ru"] {
        let files = files(case);
        let bytes = word(&files);
        let mut numbers = Seeded(7);
        for seed in 0..4 {
            let edited = changed(&bytes, BODY, |xml| {
                let runs = runs(&xml);
                let run = runs[numbers.below(runs.len())].clone();
                let text = &xml[run.clone()];
                let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
                let at = match spaces.len() {
                    0 => text.char_indices().nth(text.chars().count() / 2).unwrap().0,
                    count => spaces[numbers.below(count)],
                };
                let mut new = text.to_owned();
                new.insert_str(at, if spaces.is_empty() { "QQ" } else { " QQ" });
                format!("{}{new}{}", &xml[..run.start], &xml[run.end..])
            });
            tried += 1;
            let merged = merge(&files, &edited).unwrap();
            if merged.changes.iter().any(|one| one.refused.is_some()) {
                left.push(format!("{case} {seed}: {:?}", merged.changes));
                continue;
            }
            let (_, old, new) = only_change(&files, &merged);
            assert_eq!((old.as_str(), new.as_str()), ("", "QQ"), "{case} {seed}");
        }
    }
    // Inside a name of the registries a change is named; few words are such names.
    assert_eq!(tried, 28);
    assert!(left.len() <= 3, "{}", left.join("\n"));
}

#[test]
fn words_marks_links_and_notes_come_back() {
    let files = files("annual");
    let bytes = word(&files);
    let sentence = "It rose by two, and it did so in a single ";
    for (edited, old, new) in [
        (
            replaced(&bytes, sentence, "It rose by three, and it did so in one "),
            "two,anditdidsoinasingle",
            "three,anditdidsoinone",
        ),
        (
            look(&bytes, "It rose by two", "<w:i/>"),
            "Itrosebytwo",
            "*Itrosebytwo*",
        ),
        (
            look(&bytes, "It rose by two", "<w:b/><w:i/>"),
            "Itrosebytwo",
            "***Itrosebytwo***",
        ),
        (
            look(&bytes, "It rose by two", "<w:strike/>"),
            "Itrosebytwo",
            "~~Itrosebytwo~~",
        ),
        (
            replaced(
                &bytes,
                "Power fails on the left bank",
                "Power is lost on the left bank",
            ),
            "fails",
            "islost",
        ),
        (
            replaced(
                &bytes,
                "The night of 17 January, as the log has it",
                "The night of 17 January",
            ),
            ",asthelog hasit",
            "",
        ),
        (
            replaced_in(
                &bytes,
                "word/footnotes.xml",
                "Fourteen belonged to fishermen",
                "Thirteen belonged to fishermen",
            ),
            "Four",
            "Thir",
        ),
    ]
    .into_iter()
    .map(|(bytes, old, new)| (bytes, old.replace(' ', ""), new))
    {
        let merged = merge(&files, &edited).unwrap();
        let (path, went, came) = only_change(&files, &merged);
        assert_eq!(path, "flood.yaml", "{came}");
        let shared = |a: &str, b: &str| a.contains(b) || b.contains(a);
        assert!(
            shared(&old, &went) && shared(new, &came),
            "{went} -> {came}, not {old} -> {new}"
        );
    }
    // A note goes with its mark.
    let edited = changed(&bytes, BODY, |xml| {
        let cell = paragraph(&xml, "it came down as a wave");
        let text = &xml[cell.clone()];
        let mark = text.find("<w:footnoteReference").unwrap();
        let start = text[..mark].rfind("<w:r>").unwrap();
        let end = mark + text[mark..].find("</w:r>").unwrap() + "</w:r>".len();
        let text = format!("{}{}", &text[..start], &text[end..]);
        format!("{}{text}{}", &xml[..cell.start], &xml[cell.end..])
    });
    let merged = merge(&files, &edited).unwrap();
    let text = &merged.files["flood.yaml"];
    assert!(
        !text.contains("[^stage]") && !text.contains("id: stage") && text.contains("[^power]"),
        "{text}"
    );
}

#[test]
fn paragraphs_items_and_rows_come_and_go() {
    let files = files("annual");
    let bytes = word(&files);
    let twin = |words: &str, old: &str, new: &str| {
        changed(&bytes, BODY, |xml| {
            let place = paragraph(&xml, words);
            let mut copy = xml[place.clone()].to_owned();
            while let Some(at) = copy.find("<w:bookmark") {
                let end = at + copy[at..].find("/>").unwrap() + 2;
                copy.replace_range(at..end, "");
            }
            assert!(copy.contains(old), "{copy}");
            format!(
                "{}{}{}",
                &xml[..place.end],
                copy.replace(old, new),
                &xml[place.end..]
            )
        })
    };
    let kept = |merged: &Merged, file: &str| -> String {
        let refused = merged.changes.iter().filter(|one| one.refused.is_some());
        assert_eq!(refused.count(), 0, "{:#?}", merged.changes);
        merged.files[file].clone()
    };
    // An item behind an item, with the number that follows.
    let edited = twin(
        "keeps a list of people who cannot leave a house by",
        "keeps a list of people",
        "keeps no list of people",
    );
    let merged = merge(&files, &edited).unwrap();
    assert!(!merged.changes.is_empty());
    let last = changed(&bytes, BODY, |xml| {
        let place = paragraph(&xml, "paid for nine days, at the rate");
        let new = "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr><w:r><w:t>A new paragraph.</w:t></w:r></w:p>";
        format!("{}{new}{}", &xml[..place.end], &xml[place.end..])
    });
    let flood = kept(&merge(&files, &last).unwrap(), "flood.yaml");
    assert!(
        flood.contains("for sixty years.\n\n            A new paragraph.\n"),
        "{flood}"
    );
    let gone = changed(&bytes, BODY, |xml| {
        let place = paragraph(&xml, "The map did not. It showed the underpass");
        format!("{}{}", &xml[..place.start], &xml[place.end..])
    });
    let flood = kept(&merge(&files, &gone).unwrap(), "flood.yaml");
    assert!(!flood.contains("The map did not"), "{flood}");
    // A row of a table, and back again.
    let row = changed(&bytes, BODY, |xml| {
        let cell = paragraph(&xml, "The weir is opened to its full width");
        let start = xml[..cell.start]
            .rfind("<w:tr>")
            .max(xml[..cell.start].rfind("<w:tr "))
            .unwrap();
        let end = cell.end + xml[cell.end..].find("</w:tr>").unwrap() + "</w:tr>".len();
        format!("{}{}", &xml[..start], &xml[end..])
    });
    let merged = merge(&files, &row).unwrap();
    let without = kept(&merged, "flood.yaml");
    let old = String::from_utf8(files["flood.yaml"].clone()).unwrap();
    let line = old
        .lines()
        .find(|line| line.contains("The weir is opened"))
        .unwrap();
    assert_eq!(without, old.replace(&format!("{line}\n"), ""));
    let mut shorter = files.clone();
    shorter.insert("flood.yaml".to_owned(), without.into_bytes());
    // The row is in the file that is merged, and its cells say where they once belonged.
    let merged = merge(&shorter, &bytes).unwrap();
    assert!(merged.files.is_empty(), "{:#?}", merged.changes);
}

#[test]
fn what_both_changed_is_named_and_stays() {
    let files = files("annual");
    let bytes = word(&files);
    for (words, there, here) in [
        ("It rose by two", "It rose by four", "It rose by five"),
        (
            "The manual did not.",
            "The manual failed.",
            "The manual did.",
        ),
        ("Three things held", "Four things held", "Five things held"),
        (
            "Power fails on the left bank",
            "Power fails",
            "Power goes on the left bank",
        ),
        (
            "The night of 17 January, as the log has it",
            "The night",
            "The night of January",
        ),
    ] {
        let edited = replaced(&bytes, words, there);
        // A word elsewhere is taken over all the same.
        let edited = replaced(
            &edited,
            "The meadows held as well, in their way.",
            "The meadows held, too, in their way.",
        );
        let mut now = files.clone();
        let text = String::from_utf8(files["flood.yaml"].clone()).unwrap();
        assert_eq!(text.matches(words).count(), 1, "{words}");
        let text = text.replace(words, here);
        now.insert("flood.yaml".to_owned(), text.clone().into_bytes());
        let merged = merge(&now, &edited).unwrap();
        let clashes: Vec<&Change> = merged
            .changes
            .iter()
            .filter(|one| matches!(one.refused, Some(Refused::Clash(_))))
            .collect();
        assert_eq!(clashes.len(), 1, "{words}: {:#?}", merged.changes);
        let place = clashes[0].place.as_ref().unwrap();
        assert!(
            place.file.ends_with("flood.yaml") && place.line > 0,
            "{place}"
        );
        let new = &merged.files["flood.yaml"];
        let expected = text.replace("held as well, in", "held, too, in");
        assert_eq!(bare(new), bare(&expected), "{words}");
    }
}

#[test]
fn what_a_report_cannot_say_is_named() {
    let files = files("annual");
    let bytes = word(&files);
    for (edited, why) in [
        (
            look(&bytes, "It rose by two", "<w:u w:val=\"single\"/>"),
            "underlining",
        ),
        (
            look(&bytes, "It rose by two", "<w:color w:val=\"FF0000\"/>"),
            "colour",
        ),
        (
            changed(&bytes, BODY, |xml| {
                let place = paragraph(&xml, "Rain fell on snow.");
                let text = xml[place.clone()].replace("FirstParagraph", "Heading2");
                format!("{}{text}{}", &xml[..place.start], &xml[place.end..])
            }),
            "heading",
        ),
    ] {
        let merged = merge(&files, &edited).unwrap();
        assert!(merged.files.is_empty());
        let named = merged.changes.iter().any(
            |one| matches!(&one.refused, Some(Refused::Unsayable(said)) if said.contains(why)),
        );
        assert!(named, "{why}: {:#?}", merged.changes);
        assert!(
            merged
                .changes
                .iter()
                .all(|one| one.kind != ChangeKind::Words)
        );
    }
}

#[test]
fn what_is_typed_beside_the_text_is_named() {
    let files = files("annual");
    let bytes = word(&files);
    let in_head = changed(&bytes, "word/header3.xml", |xml| {
        let at = xml.rfind("</w:p>").unwrap();
        let typed = "<w:r><w:t>Not for the press</w:t></w:r>";
        format!("{}{typed}{}", &xml[..at], &xml[at..])
    });
    let in_field = changed(&bytes, BODY, |xml| {
        let field = xml.find(" SEQ ").unwrap();
        let result = field + xml[field..].find("<w:t").unwrap();
        let start = result + xml[result..].find('>').unwrap() + 1;
        format!("{}Not for the press {}", &xml[..start], &xml[start..])
    });
    for edited in [in_head, in_field] {
        let merged = merge(&files, &edited).unwrap();
        let [one] = &merged.changes[..] else {
            panic!("{:#?}", merged.changes)
        };
        assert!(one.new.starts_with("Not for the press"), "{one:?}");
        assert!(matches!(&one.refused, Some(Refused::Unsayable(_))));
        assert!(merged.files.is_empty());
    }
}

#[test]
fn the_command_changes_one_line_and_keeps_line_ends() {
    let desk = Desk::with_report();
    desk.run(&["source", "--format", "docx", "-o", "sent.docx"])
        .is_done();
    let sent = std::fs::read(desk.path("sent.docx")).unwrap();
    let folder = desk.path("source");
    let chapter = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.ends_with("introduction.yaml"))
        .unwrap();
    let before = std::fs::read_to_string(&chapter).unwrap();
    std::fs::write(&chapter, before.replace('\n', "\r\n")).unwrap();
    let done = desk.run(&["merge", "sent.docx", "--yes"]);
    done.is_done();
    assert!(
        done.stdout.contains("0 changes taken over"),
        "{}",
        done.stdout
    );
    assert_eq!(
        std::fs::read_to_string(&chapter).unwrap(),
        before.replace('\n', "\r\n")
    );
    let edited = changed(&sent, BODY, |xml| {
        let run = runs(&xml)[0].clone();
        let at = run.start + xml[run.clone()].find(' ').unwrap();
        format!("{} QQ{}", &xml[..at], &xml[at..])
    });
    std::fs::write(desk.path("edited.docx"), &edited).unwrap();
    let asked = desk.run(&["merge", "edited.docx"]);
    assert!(
        asked.code == 2 && asked.stderr.contains("E1244"),
        "{}",
        asked.stderr
    );
    let done = desk.run(&["merge", "edited.docx", "--yes"]);
    done.is_done();
    assert!(
        done.stdout.contains("1 change taken over"),
        "{}",
        done.stdout
    );
    let changes: usize = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .map(|text| text.matches("QQ").count())
        .sum();
    assert_eq!(changes, 1);
    // Once is enough.
    let done = desk.run(&["merge", "edited.docx", "--yes"]);
    done.is_done();
    assert!(
        done.stdout.contains("0 changes taken over"),
        "{}",
        done.stdout
    );
}

#[test]
fn a_file_for_review_is_tracked_and_comes_back_as_any_other() {
    let desk = Desk::with_report();
    let ran = desk.run(&["source", "--format", "docx", "--review"]);
    ran.is_done();
    let name = desk
        .names("out")
        .into_iter()
        .find(|name| name.ends_with(".review.docx"));
    let path = format!("out/{}", name.expect("a file for review"));
    let bytes = std::fs::read(desk.path(&path)).unwrap();
    let part = |name: &str| {
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes[..])).unwrap();
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    let (settings, body) = (part("word/settings.xml"), part(BODY));
    assert!(
        settings.contains("<w:trackRevisions/><w:documentProtection w:edit=\"trackedChanges\""),
        "{settings}"
    );
    let fields = body.matches("w:fldCharType=\"begin\"").count();
    let locked = body.matches("w:fldLock=\"true\"").count();
    assert!(fields > 0 && fields == locked, "{locked} of {fields}");
    let sections = body.matches("<w:sectPr").count();
    assert_eq!(body.matches("<w:lnNumType ").count(), sections);
    let done = desk.run(&["merge", &path, "--yes"]);
    done.is_done_saying("0 changes taken over");
    let ran = desk.run(&["source", "--format", "txt", "--review"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("E1246"),
        "{}",
        ran.stderr
    );
}

#[test]
fn files_that_cannot_be_merged_get_a_plain_message() {
    let desk = Desk::with_report();
    desk.run(&["source", "--format", "docx", "-o", "sent.docx"])
        .is_done();
    let sent = std::fs::read(desk.path("sent.docx")).unwrap();
    let nameless = |xml: String| xml.replace("w:name=\"_g_", "w:name=\"x_");
    let without = changed(
        &changed(&sent, BODY, nameless),
        "word/footnotes.xml",
        nameless,
    );
    std::fs::write(desk.path("old.docx"), without).unwrap();
    std::fs::write(desk.path("other.docx"), word(&files("study"))).unwrap();
    std::fs::write(desk.path("text.docx"), "no Word file").unwrap();
    for (arguments, code) in [
        (&["merge", "old.docx", "--yes"][..], "E1240"),
        (&["merge", "other.docx", "--yes"], "E1241"),
        (
            &["merge", "sent.docx", "--yes", "--only", "nowhere"],
            "E1242",
        ),
        (&["merge", "text.docx", "--yes"], "E1130"),
        (&["merge", "missing.docx", "--yes"], "E0901"),
    ] {
        let ran = desk.run(arguments);
        assert!(
            ran.code != 0 && ran.stderr.contains(code),
            "{code}: {}",
            ran.stderr
        );
    }
    let elsewhere = Desk::empty();
    std::fs::write(elsewhere.path("sent.docx"), &sent).unwrap();
    let ran = elsewhere.run(&["merge", "sent.docx", "--yes"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("E1245"),
        "{}",
        ran.stderr
    );
    // Damaged files end in a message, too.
    for at in [100, sent.len() / 3, sent.len() / 2, sent.len() - 30] {
        std::fs::write(desk.path("cut.docx"), &sent[..at]).unwrap();
        let ran = desk.run(&["merge", "cut.docx", "--yes"]);
        assert!(
            matches!(ran.code, 1..=4),
            "{at}: {} {}",
            ran.code,
            ran.stderr
        );
    }
}
