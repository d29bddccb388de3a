//! Seeded edits of Word files, of every kind and at every kind of place: each becomes the one change of the source that says
//! it, or is named and changes nothing.
//!
//! The edits are made in the XML, as a partner’s program would leave them. A run of all of them, as `.ci/run` has it:
//! `MERGE_EDITS=200 cargo test --release --test suite merge_edits -- --nocapture`.

mod edit;

use std::collections::BTreeMap;

use gmg_export::backend::edition::Edition;
use gmg_export::document::{self, epoch};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::pdf::read::ReadBack;
use gmg_export::review::{Change, Merged, Refused};
use gmg_export::source::{self, Folder};
use gmg_export::verify::format;

use self::edit::{Edit, KINDS, Kind, edit, is_plain};
use crate::merge::{Files, Seeded, files, merge, word};

/// How many edits are made where nobody asks for more.
const FEW: usize = 30;

/// The text of a file without white space.
fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What came and what went between two texts, each on one stretch.
fn differs(old: &str, new: &str) -> (String, String) {
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let before = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a[before..].iter().rev().zip(b[before..].iter().rev());
    let after = rest.take_while(|(a, b)| a == b).count();
    let middle = |text: &[char]| text[before..text.len() - after].iter().collect::<String>();
    (middle(&a), middle(&b))
}

/// Holds a merge to what was edited: `Ok(true)` where it was taken over as it is right, `Ok(false)` where it was named and
/// nothing was changed, and what is wrong otherwise.
fn judged(files: &Files, merged: &Merged, kind: Kind, edit: &Edit) -> Result<bool, String> {
    let refused: Vec<&Change> = merged
        .changes
        .iter()
        .filter(|one| one.refused.is_some())
        .collect();
    if !refused.is_empty() {
        let named = refused.iter().all(|one| match &one.refused {
            Some(Refused::Unsayable(why) | Refused::Wrong(why) | Refused::Everywhere(why)) => {
                !why.is_empty()
            }
            _ => false,
        });
        return match (named, merged.files.is_empty()) {
            (true, true) => Ok(false),
            _ => Err(format!("half of it was taken over: {:#?}", merged.changes)),
        };
    }
    if kind == Kind::ParagraphMovedFar {
        let all = |now: bool| {
            let texts = merged.files.iter().map(|(path, text)| match now {
                true => text.clone(),
                false => String::from_utf8(files[path].clone()).unwrap(),
            });
            let mut signs: Vec<char> = bare(&texts.collect::<String>()).chars().collect();
            signs.sort_unstable();
            signs
        };
        return match (1..=2).contains(&merged.files.len()) && all(true) == all(false) {
            true => Ok(true),
            false => Err(format!("words came or went: {:#?}", merged.changes)),
        };
    }
    if merged.files.len() != 1 {
        return Err(format!(
            "{} files were changed: {:#?}",
            merged.files.len(),
            merged.changes
        ));
    }
    let (path, now) = merged.files.iter().next().unwrap();
    let then = String::from_utf8(files[path].clone()).unwrap();
    // Lines before and behind are as they were; within, a paragraph at most is wrapped anew.
    let (a, b): (Vec<&str>, Vec<&str>) = (then.lines().collect(), now.lines().collect());
    let before = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a[before..].iter().rev().zip(b[before..].iter().rev());
    let after = rest.take_while(|(a, b)| a == b).count();
    let lines = (a.len() - before - after).max(b.len() - before - after);
    // A value may need quotes now, or none any more.
    // Items are counted on from one that came or went.
    let counted = |line: &str| match kind {
        Kind::ItemAdded | Kind::ItemDeleted | Kind::ItemParted => {
            let words = line.trim_start();
            let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
            match rest.len() < words.len() && rest.starts_with(". ") {
                true => rest.to_owned(),
                false => line.to_owned(),
            }
        }
        _ => line.to_owned(),
    };
    let unquoted = |text: &str| {
        let lines: Vec<String> = text.lines().map(counted).collect();
        bare(&lines.concat()).replace('"', "")
    };
    let (old, new) = (unquoted(&then), unquoted(now));
    let (went, came) = differs(&old, &new);
    let wrong = || {
        Err(format!(
            "{path}: `{went}` became `{came}` where `{}` should have become `{}`",
            edit.old, edit.new
        ))
    };
    let right = match kind {
        Kind::NoteAdded => {
            let text = format!("Anoteon{}.", edit.new);
            let label = new
                .find(&text)
                .and_then(|at| new[..at].rfind("[^").map(|from| new[from..at].to_owned()));
            let label = label.map(|label| label.trim_end_matches([':', '|', '>', '-']).to_owned());
            label.is_some_and(|label| {
                let label = &label[..=label.find(']').unwrap_or(label.len() - 1)];
                let without = new
                    .replace(&format!("{label}:{text}"), "")
                    .replace(label, "");
                without == old
            })
        }
        Kind::NoteDeleted => went.contains("[^") && came.len() < went.len(),
        Kind::RowAdded | Kind::ItemAdded | Kind::ParagraphAdded => {
            went.is_empty() && came.contains(&edit.new) && new.matches(&edit.new).count() == 1
        }
        Kind::RowDeleted | Kind::ItemDeleted | Kind::ParagraphDeleted => {
            let words: Vec<&str> = edit.old.split(' ').filter(|word| is_plain(word)).collect();
            let gone = words.iter().filter(|word| went.contains(**word)).count();
            came.is_empty() && gone * 10 >= words.len() * 8
        }
        Kind::ParagraphMoved => {
            let sorted = |text: &str| {
                let mut signs: Vec<char> = text.chars().collect();
                signs.sort_unstable();
                signs
            };
            sorted(&old) == sorted(&new)
        }
        // A title may say how it is divided, too.
        Kind::Heading => new.replace(&edit.new, "") == old,
        // In a text, these are white space alone.
        Kind::ParagraphParted | Kind::ParagraphsJoined => old == new && then != *now,
        Kind::ItemParted => {
            let sign = came.trim_end_matches(['.', ')']);
            went.is_empty() && (matches!(sign, "-" | "") || sign.parse::<u8>().is_ok())
        }
        Kind::Delete => came.is_empty() && went.chars().count() == edit.old.chars().count(),
        Kind::Italic | Kind::Bold | Kind::Link | Kind::Replace | Kind::Plain => {
            let (plain, marked) = match kind {
                Kind::Plain => (edit.old.as_str(), edit.new.as_str()),
                _ => (edit.new.as_str(), edit.old.as_str()),
            };
            // One of the places of what is new, put back, gives what there was.
            let (plain, marked) = (bare(plain), bare(marked));
            let (long, short) = match kind {
                Kind::Plain => (&old, &new),
                _ => (&new, &old),
            };
            long.match_indices(&plain).any(|(at, _)| {
                let mut back = long.clone();
                back.replace_range(at..at + plain.len(), &marked);
                back == *short
            })
        }
        _ => went.is_empty() && came == edit.new,
    };
    if !right {
        return wrong();
    }
    match kind {
        Kind::NoteAdded | Kind::NoteDeleted | Kind::ParagraphMoved => Ok(true),
        _ if lines > 40 => Err(format!("{path}: {lines} lines were touched")),
        _ => Ok(true),
    }
}

/// The reports that are edited.
const CASES: [&str; 7] = [
    "annual", "harbour", "gmg", "study", "arabic", "zh", "hebrew",
];

#[test]
fn edits_of_every_kind_become_the_change_that_says_them_or_are_named() {
    let wanted = std::env::var("MERGE_EDITS")
        .ok()
        .and_then(|count| count.parse().ok());
    let wanted: usize = wanted.unwrap_or(FEW);
    let made: Vec<(Files, Vec<u8>)> = CASES
        .iter()
        .map(|case| (files(case), word(&files(case))))
        .collect();
    let mut tally: BTreeMap<Kind, (usize, Vec<String>)> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut seeded = Seeded(1_600);
    let (mut done, mut tried) = (0, 0);
    while done < wanted {
        let kind = KINDS[done % KINDS.len()];
        let at = tried % CASES.len();
        tried += 1;
        assert!(tried < wanted * 60 + 200, "{kind:?} finds no place");
        let (files, bytes) = &made[at];
        let letters: String = (0..4)
            .map(|_| char::from(b'a' + u8::try_from(seeded.below(26)).unwrap()))
            .collect();
        let Some(edit) = edit(bytes, kind, &mut seeded, &format!("Q{letters}")) else {
            continue;
        };
        done += 1;
        let merged = merge(files, &edit.bytes).unwrap();
        let entry = tally.entry(kind).or_default();
        match judged(files, &merged, kind, &edit) {
            Ok(true) => entry.0 += 1,
            Ok(false) => entry.1.push(format!(
                "{} {:?}",
                CASES[at],
                merged
                    .changes
                    .iter()
                    .filter_map(|one| one.refused.clone())
                    .collect::<Vec<_>>()
            )),
            Err(why) => {
                if let Ok(folder) = std::env::var("KEEP_EDITS") {
                    std::fs::write(
                        format!("{folder}/{kind:?}-{}-{done}.docx", CASES[at]),
                        &edit.bytes,
                    )
                    .unwrap();
                }
                wrong.push(format!("{} {kind:?} {done}: {why}", CASES[at]));
            }
        }
    }
    for (kind, (taken, named)) in &tally {
        println!(
            "{kind:?}: {taken} taken over, {} named {named:#?}",
            named.len()
        );
    }
    assert!(
        wrong.is_empty(),
        "{} of {done}: {}",
        wrong.len(),
        wrong.join("\n")
    );
    // Of most kinds most are taken over; names of the registries are not.
    let all: usize = tally.values().map(|(taken, _)| taken).sum();
    assert!(all * 10 >= done * 7, "{all} of {done} were taken over");
}

/// Several edits at once: the new words stand in every format.
#[test]
fn new_words_stand_in_every_format() {
    for case in ["study", "arabic", "harbour"] {
        let files = files(case);
        let mut bytes = word(&files);
        let mut seeded = Seeded(5);
        let mut tokens = Vec::new();
        for (at, kind) in [
            Kind::Insert,
            Kind::Heading,
            Kind::Caption,
            Kind::Cell,
            Kind::NoteChanged,
            Kind::ItemAdded,
            Kind::Insert,
            Kind::NoteAdded,
        ]
        .into_iter()
        .enumerate()
        {
            let token = format!(
                "Qx{}",
                char::from(b'a' + u8::try_from(at).unwrap())
                    .to_string()
                    .repeat(3)
            );
            if let Some(edit) = edit(&bytes, kind, &mut seeded, &token) {
                bytes = edit.bytes;
                tokens.push(token);
            }
        }
        let merged = merge(&files, &bytes).unwrap();
        let refused: Vec<&Change> = merged
            .changes
            .iter()
            .filter(|one| one.refused.is_some())
            .collect();
        tokens.retain(|token| !refused.iter().any(|one| one.new.contains(token.as_str())));
        assert!(tokens.len() >= 5, "{case}: {:#?}", merged.changes);
        let mut now = files.clone();
        now.extend(
            merged
                .files
                .into_iter()
                .map(|(path, text)| (path, text.into_bytes())),
        );
        let source = source::read(&Folder::in_memory(now)).unwrap();
        let strings = layout::strings(source.report.content.language.value.trim()).unwrap();
        let (document, _) = document::resolve(&source, &strings).unwrap();
        for (name, layout) in [("txt", "full-text"), ("docx", "screen"), ("pdf", "screen")] {
            let layout = LayoutLoader::embedded().load(layout).unwrap();
            let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
            let artifact = format::find(name).unwrap().render(&edition).unwrap();
            let record = format::record(name, &ReadBack::of(&artifact.bytes)).unwrap();
            let said: String = record
                .files
                .values()
                .map(|text| String::from_utf8_lossy(text))
                .collect();
            for token in &tokens {
                assert!(
                    said.contains(token.as_str()),
                    "{case}: {name} has no {token}"
                );
            }
        }
    }
}
