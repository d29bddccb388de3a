//! Seeded edits of Word files, of every kind and at every kind of place: each becomes the one change of the source that says
//! it, or is named and changes nothing.
//!
//! The edits are made in the XML, as a partner’s program would leave them. A run of all of them, as `.ci/run` has it:
//! `MERGE_EDITS=200 cargo test --release --test suite merge_edits -- --nocapture`.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use gmg_export::backend::edition::Edition;
use gmg_export::document::{self, epoch};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::pdf::read::ReadBack;
use gmg_export::review::{Change, Merged, Refused};
use gmg_export::source::{self, Folder};
use gmg_export::verify::format;

use crate::merge::{Files, Seeded, files, merge, word};

const BODY: &str = "word/document.xml";
const NOTES: &str = "word/footnotes.xml";
const RELS: &str = "word/_rels/document.xml.rels";
/// How many edits are made where nobody asks for more.
const FEW: usize = 30;

/// The parts of a Word file.
type Parts = BTreeMap<String, Vec<u8>>;

fn parts(bytes: &[u8]) -> Parts {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = Parts::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        found.insert(file.name().to_owned(), bytes);
    }
    found
}

fn packed(parts: &Parts) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        out.start_file(name.as_str(), options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn text(parts: &Parts, name: &str) -> String {
    let bytes = parts.get(name).cloned().unwrap_or_default();
    String::from_utf8(bytes).unwrap()
}

/// A paragraph that names a place of the source.
#[derive(Debug, Clone)]
struct Paragraph {
    range: Range<usize>,
    style: String,
    is_cell: bool,
    /// Its words, in runs that nobody but writers fills: their text, as ranges of the part.
    runs: Vec<Range<usize>>,
}

/// The paragraphs of a part.
fn paragraphs(xml: &str) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut at = 0;
    let starts = |xml: &str| {
        let plain = xml.find("<w:p>");
        let other = xml.find("<w:p ");
        plain.into_iter().chain(other).min()
    };
    while let Some(start) = starts(&xml[at..]).map(|start| at + start) {
        let end = start + xml[start..].find("</w:p>").unwrap() + "</w:p>".len();
        at = end;
        let own = &xml[start..end];
        if !own.contains("w:name=\"_g_") {
            continue;
        }
        let style = own.find("<w:pStyle w:val=\"").map(|from| {
            let from = from + "<w:pStyle w:val=\"".len();
            own[from..from + own[from..].find('"').unwrap()].to_owned()
        });
        let before = &xml[..start];
        let is_cell = before.rfind("<w:tc>") > before.rfind("</w:tc>");
        let mut runs = Vec::new();
        let (mut depth, mut linked) = (0, false);
        let anchored = own.find("w:name=\"_g_").unwrap();
        for (from, _) in own.match_indices('<') {
            let tag = &own[from..];
            if tag.starts_with("<w:fldChar ") {
                depth += i32::from(tag.contains("begin") && tag.find("begin") < tag.find('>'));
                depth -= i32::from(tag.contains("\"end\"") && tag.find("\"end\"") < tag.find('>'));
            }
            linked |= tag.starts_with("<w:hyperlink");
            linked &= !tag.starts_with("</w:hyperlink");
            if (tag.starts_with("<w:t ") || tag.starts_with("<w:t>")) && depth == 0 && !linked && from > anchored {
                let open = from + tag.find('>').unwrap() + 1;
                let close = open + own[open..].find('<').unwrap();
                runs.push(start + open..start + close);
            }
        }
        found.push(Paragraph {
            range: start..end,
            style: style.unwrap_or_default(),
            is_cell,
            runs,
        });
    }
    found
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Insert,
    Delete,
    Replace,
    Italic,
    Bold,
    Plain,
    Link,
    NoteAdded,
    NoteDeleted,
    NoteChanged,
    Cell,
    RowAdded,
    RowDeleted,
    ItemAdded,
    ItemDeleted,
    ParagraphAdded,
    ParagraphDeleted,
    ParagraphMoved,
    Heading,
    Caption,
    Name,
}

const KINDS: [Kind; 21] = [
    Kind::Insert,
    Kind::Delete,
    Kind::Replace,
    Kind::Italic,
    Kind::Bold,
    Kind::Plain,
    Kind::Link,
    Kind::NoteAdded,
    Kind::NoteDeleted,
    Kind::NoteChanged,
    Kind::Cell,
    Kind::RowAdded,
    Kind::RowDeleted,
    Kind::ItemAdded,
    Kind::ItemDeleted,
    Kind::ParagraphAdded,
    Kind::ParagraphDeleted,
    Kind::ParagraphMoved,
    Kind::Heading,
    Kind::Caption,
    Kind::Name,
];

/// An edit that was made.
struct Edit {
    bytes: Vec<u8>,
    /// What must be in the source, and what it stands for there: nothing, or words that it takes the place of.
    new: String,
    old: String,
}

/// Makes an edit of that kind at a place that the numbers choose; `None` where the file has no such place.
fn edit(bytes: &[u8], kind: Kind, seeded: &mut Seeded, token: &str) -> Option<Edit> {
    let mut parts = parts(bytes);
    let part = if kind == Kind::NoteChanged { NOTES } else { BODY };
    let xml = text(&parts, part);
    let all = paragraphs(&xml);
    let running = |one: &Paragraph| {
        ["BodyText", "FirstParagraph", "Debate", "DebateFirst", "SpeechParagraph"].contains(&one.style.as_str()) && !one.is_cell
    };
    let is_item = |one: &Paragraph| one.style.starts_with("List") && !one.is_cell && one.style != "ListContinue";
    let fits = |one: &&Paragraph| match kind {
        Kind::Cell | Kind::RowAdded | Kind::RowDeleted => one.is_cell && one.style.starts_with("Table") && !one.style.contains("Note") && !one.style.contains("TableHead"),
        Kind::ItemAdded | Kind::ItemDeleted => is_item(one),
        Kind::ParagraphAdded | Kind::ParagraphDeleted | Kind::ParagraphMoved | Kind::NoteAdded | Kind::Link => running(one),
        Kind::Heading => one.style.starts_with("Heading"),
        Kind::Caption => one.style == "Caption",
        Kind::NoteDeleted => xml[one.range.clone()].contains("<w:footnoteReference "),
        Kind::Plain => {
            let own = &xml[one.range.clone()];
            own.contains("\"Emphasis\"/></w:rPr><w:t") || own.contains("\"Strong\"/></w:rPr><w:t")
        }
        _ => true,
    };
    let usable = |range: &Range<usize>| {
        let words = xml[range.clone()].split(' ');
        words.filter(|word| is_plain(word)).count() > 0
    };
    let wordless = matches!(kind, Kind::NoteDeleted | Kind::Plain);
    if kind == Kind::Name {
        // A name in a list that the program makes.
        let at: Vec<usize> = xml.match_indices("SpeakerPost").map(|(at, _)| at).collect();
        let at = *at.get(seeded.below(at.len().max(1)))?;
        let open = at + xml[at..].find("<w:t ")?;
        let open = open + xml[open..].find('>')? + 1;
        return Some(done(&mut parts, part, format!("{}{token} {}", &xml[..open], &xml[open..]), token, ""));
    }
    let places: Vec<&Paragraph> = all.iter().filter(fits).filter(|one| wordless || one.runs.iter().any(usable)).collect();
    let place = places.get(seeded.below(places.len().max(1)))?;
    let runs: Vec<&Range<usize>> = place.runs.iter().filter(|one| usable(one)).collect();
    let own = &xml[place.range.clone()];
    let splice = |range: Range<usize>, new: &str| format!("{}{new}{}", &xml[..range.start], &xml[range.end..]);
    // A word of a run: its place.
    let word = |seeded: &mut Seeded| {
        let run = runs[seeded.below(runs.len())];
        let mut at = run.start;
        let mut words = Vec::new();
        for word in xml[run.clone()].split(' ') {
            if is_plain(word) {
                words.push(at..at + word.len());
            }
            at += word.len() + 1;
        }
        words[seeded.below(words.len())].clone()
    };
    let looked = |range: &Range<usize>, look: &str| {
        let open = |properties: &str| format!("</w:t></w:r><w:r>{properties}<w:t xml:space=\"preserve\">");
        let own_look = look_at(&xml, range.start);
        let look = open(&format!("<w:rPr>{look}</w:rPr>"));
        splice(range.clone(), &format!("{look}{}{}", &xml[range.clone()], open(&own_look)))
    };
    let twin = |words: &str| {
        let properties = own.find("</w:pPr>").map_or("", |end| &own[own.find("<w:pPr>").unwrap()..end + "</w:pPr>".len()]);
        let properties = match (properties.find("<w:sectPr"), properties.find("</w:sectPr>")) {
            (Some(from), Some(to)) => format!("{}{}", &properties[..from], &properties[to + "</w:sectPr>".len()..]),
            _ => properties.to_owned(),
        };
        format!("<w:p>{properties}<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>")
    };
    let edit = match kind {
        Kind::Insert | Kind::NoteChanged | Kind::Cell | Kind::Heading | Kind::Caption => {
            let at = word(seeded).end;
            // Between ideographs there is no space.
            let is_letter = xml[..at].ends_with(|c: char| c < '\u{2E80}');
            let space = if is_letter { " " } else { "" };
            done(&mut parts, part, splice(at..at, &format!("{space}{token}")), token, "")
        }
        Kind::Delete => {
            let range = word(seeded);
            let old = xml[range.clone()].to_owned();
            done(&mut parts, part, splice(range, ""), "", &old)
        }
        Kind::Replace => {
            let range = word(seeded);
            let old = xml[range.clone()].to_owned();
            done(&mut parts, part, splice(range, token), token, &old)
        }
        Kind::Italic | Kind::Bold => {
            let range = word(seeded);
            let old = xml[range.clone()].to_owned();
            let (look, mark) = if kind == Kind::Italic { ("<w:i/>", "*") } else { ("<w:b/>", "**") };
            done(&mut parts, part, looked(&range, look), &format!("{mark}{old}{mark}"), &old)
        }
        Kind::Plain => {
            let style = ["\"Emphasis\"/></w:rPr><w:t", "\"Strong\"/></w:rPr><w:t"].into_iter().find(|style| own.contains(style))?;
            let mark = if style.contains("Emphasis") { "*" } else { "**" };
            let at = place.range.start + own.find(style)?;
            let from = at - "<w:rPr><w:rStyle w:val=".len();
            let to = at + style.find("<w:t")?;
            let open = to + xml[to..].find('>')? + 1;
            let old = xml[open..open + xml[open..].find('<')?].to_owned();
            if old.trim() != old || !xml[from..].starts_with("<w:rPr>") {
                return None;
            }
            done(&mut parts, part, splice(from..to, ""), &old, &format!("{mark}{old}{mark}"))
        }
        Kind::Link => {
            let range = word(seeded);
            let old = xml[range.clone()].to_owned();
            let address = format!("https://example.org/{token}");
            let rels = text(&parts, RELS);
            let entry = format!("<Relationship Id=\"rId9000\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"{address}\" TargetMode=\"External\"/></Relationships>");
            parts.insert(RELS.to_owned(), rels.replace("</Relationships>", &entry).into_bytes());
            let look = look_at(&xml, range.start);
            let link = format!("</w:t></w:r><w:hyperlink r:id=\"rId9000\"><w:r><w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr><w:t>{old}</w:t></w:r></w:hyperlink><w:r>{look}<w:t xml:space=\"preserve\">");
            done(&mut parts, part, splice(range, &link), &format!("[{old}]({address})"), &old)
        }
        Kind::NoteAdded => {
            let at = word(seeded).end;
            let notes = text(&parts, NOTES);
            if notes.is_empty() {
                return None;
            }
            let note = format!("<w:footnote w:id=\"9000\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> A note on {token}.</w:t></w:r></w:p></w:footnote></w:footnotes>");
            parts.insert(NOTES.to_owned(), notes.replace("</w:footnotes>", &note).into_bytes());
            let look = look_at(&xml, at);
            let mark = format!("</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"9000\"/></w:r><w:r>{look}<w:t xml:space=\"preserve\">");
            done(&mut parts, part, splice(at..at, &mark), token, "")
        }
        Kind::NoteDeleted => {
            let mark = own.find("<w:footnoteReference ")?;
            let start = own[..mark].rfind("<w:r>")?;
            let end = mark + own[mark..].find("</w:r>")? + "</w:r>".len();
            let range = place.range.start + start..place.range.start + end;
            done(&mut parts, part, splice(range, ""), "", "note")
        }
        Kind::RowAdded | Kind::RowDeleted => {
            let before = &xml[..place.range.start];
            let start = before.rfind("<w:tr>").max(before.rfind("<w:tr "))?;
            let end = place.range.end + xml[place.range.end..].find("</w:tr>")? + "</w:tr>".len();
            let row = &xml[start..end];
            // Rows of lists that the program makes, and cells over several rows, are other matters.
            if row.contains("w:vMerge") || row.contains("w:gridSpan") || row.contains("<w:fldChar") || row.contains("<w:tbl>") || row.contains("footnoteReference") {
                return None;
            }
            if kind == Kind::RowDeleted {
                done(&mut parts, part, splice(start..end, ""), "", &plain(row))
            } else {
                let mut copy = without_marks(row);
                let mut first = true;
                let mut at = 0;
                // Every cell has words of its own.
                while let Some(open) = copy[at..].find("<w:t ").map(|found| at + found) {
                    let from = open + copy[open..].find('>')? + 1;
                    let to = from + copy[from..].find('<')?;
                    let new = if first { token.to_owned() } else { "7".to_owned() };
                    copy.replace_range(from..to, &new);
                    first = false;
                    at = from;
                }
                done(&mut parts, part, splice(end..end, &copy), token, "")
            }
        }
        Kind::ItemAdded | Kind::ParagraphAdded => {
            let end = place.range.end;
            if own.contains("<w:sectPr") {
                return None;
            }
            done(&mut parts, part, splice(end..end, &twin(&format!("A sentence on {token}."))), token, "")
        }
        Kind::ItemDeleted | Kind::ParagraphDeleted => {
            if own.contains("<w:sectPr") || own.contains("<w:footnoteReference") {
                return None;
            }
            done(&mut parts, part, splice(place.range.clone(), ""), "", &plain(own))
        }
        Kind::ParagraphMoved => {
            let next = all.iter().find(|one| one.range.start == place.range.end && running(one))?;
            let other = &xml[next.range.clone()];
            if own.contains("<w:sectPr") || other.contains("<w:sectPr") {
                return None;
            }
            done(&mut parts, part, splice(place.range.start..next.range.end, &format!("{other}{own}")), "", "moved")
        }
        Kind::Name => return None,
    };
    Some(edit)
}

fn done(parts: &mut Parts, part: &str, xml: String, new: &str, old: &str) -> Edit {
    parts.insert(part.to_owned(), xml.into_bytes());
    Edit {
        bytes: packed(parts),
        new: new.to_owned(),
        old: old.to_owned(),
    }
}

/// A word of letters alone, which stands as it is in Markdown.
fn is_plain(word: &str) -> bool {
    word.chars().count() > 3 && word.chars().all(char::is_alphabetic)
}

/// The properties of the run at a place of its text.
fn look_at(xml: &str, at: usize) -> String {
    let run = xml[..at].rfind("<w:r>").unwrap();
    let own = &xml[run..at];
    let end = own.find("</w:rPr>");
    end.map_or(String::new(), |end| own["<w:r>".len()..end + "</w:rPr>".len()].to_owned())
}

/// The words of a piece of XML.
fn plain(xml: &str) -> String {
    let mut words = String::new();
    for piece in xml.split("<w:t").skip(1).filter(|piece| piece.starts_with([' ', '>'])) {
        let open = piece.find('>').unwrap() + 1;
        words.push_str(&piece[open..piece.find("</w:t>").unwrap_or(open)]);
        words.push(' ');
    }
    words
}

fn without_marks(xml: &str) -> String {
    let mut xml = xml.to_owned();
    while let Some(at) = xml.find("<w:bookmark") {
        let end = at + xml[at..].find("/>").unwrap() + 2;
        xml.replace_range(at..end, "");
    }
    xml
}

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
    let refused: Vec<&Change> = merged.changes.iter().filter(|one| one.refused.is_some()).collect();
    if !refused.is_empty() {
        let named = refused.iter().all(|one| match &one.refused {
            Some(Refused::Unsayable(why) | Refused::Wrong(why)) => !why.is_empty(),
            _ => false,
        });
        return match (named, merged.files.is_empty()) {
            (true, true) => Ok(false),
            _ => Err(format!("half of it was taken over: {:#?}", merged.changes)),
        };
    }
    if merged.files.len() != 1 {
        return Err(format!("{} files were changed: {:#?}", merged.files.len(), merged.changes));
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
        Kind::ItemAdded | Kind::ItemDeleted => {
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
    let wrong = || Err(format!("{path}: `{went}` became `{came}` where `{}` should have become `{}`", edit.old, edit.new));
    let right = match kind {
        Kind::NoteAdded => {
            let text = format!("Anoteon{}.", edit.new);
            let label = new.find(&text).and_then(|at| new[..at].rfind("[^").map(|from| new[from..at].to_owned()));
            let label = label.map(|label| label.trim_end_matches([':', '|', '>', '-']).to_owned());
            label.is_some_and(|label| {
                let label = &label[..=label.find(']').unwrap_or(label.len() - 1)];
                let without = new.replace(&format!("{label}:{text}"), "").replace(label, "");
                without == old
            })
        }
        Kind::NoteDeleted => went.contains("[^") && came.len() < went.len(),
        Kind::RowAdded | Kind::ItemAdded | Kind::ParagraphAdded => went.is_empty() && came.contains(&edit.new) && new.matches(&edit.new).count() == 1,
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
const CASES: [&str; 7] = ["annual", "harbour", "gmg", "study", "arabic", "zh", "hebrew"];

#[test]
fn edits_of_every_kind_become_the_change_that_says_them_or_are_named() {
    let wanted = std::env::var("MERGE_EDITS").ok().and_then(|count| count.parse().ok());
    let wanted: usize = wanted.unwrap_or(FEW);
    let made: Vec<(Files, Vec<u8>)> = CASES.iter().map(|case| (files(case), word(&files(case)))).collect();
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
        let letters: String = (0..4).map(|_| char::from(b'a' + u8::try_from(seeded.below(26)).unwrap())).collect();
        let Some(edit) = edit(bytes, kind, &mut seeded, &format!("Q{letters}")) else {
            continue;
        };
        done += 1;
        let merged = merge(files, &edit.bytes).unwrap();
        let entry = tally.entry(kind).or_default();
        match judged(files, &merged, kind, &edit) {
            Ok(true) => entry.0 += 1,
            Ok(false) => entry.1.push(format!("{} {:?}", CASES[at], merged.changes.iter().filter_map(|one| one.refused.clone()).collect::<Vec<_>>())),
            Err(why) => {
                if let Ok(folder) = std::env::var("KEEP_EDITS") {
                    std::fs::write(format!("{folder}/{kind:?}-{}-{done}.docx", CASES[at]), &edit.bytes).unwrap();
                }
                wrong.push(format!("{} {kind:?} {done}: {why}", CASES[at]));
            }
        }
    }
    for (kind, (taken, named)) in &tally {
        println!("{kind:?}: {taken} taken over, {} named {named:#?}", named.len());
    }
    assert!(wrong.is_empty(), "{} of {done}: {}", wrong.len(), wrong.join("\n"));
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
        for (at, kind) in [Kind::Insert, Kind::Heading, Kind::Caption, Kind::Cell, Kind::NoteChanged, Kind::ItemAdded, Kind::Insert, Kind::NoteAdded].into_iter().enumerate() {
            let token = format!("Qx{}", char::from(b'a' + u8::try_from(at).unwrap()).to_string().repeat(3));
            if let Some(edit) = edit(&bytes, kind, &mut seeded, &token) {
                bytes = edit.bytes;
                tokens.push(token);
            }
        }
        let merged = merge(&files, &bytes).unwrap();
        let refused: Vec<&Change> = merged.changes.iter().filter(|one| one.refused.is_some()).collect();
        tokens.retain(|token| !refused.iter().any(|one| one.new.contains(token.as_str())));
        assert!(tokens.len() >= 5, "{case}: {:#?}", merged.changes);
        let mut now = files.clone();
        now.extend(merged.files.into_iter().map(|(path, text)| (path, text.into_bytes())));
        let source = source::read(&Folder::in_memory(now)).unwrap();
        let strings = layout::strings(source.report.content.language.value.trim()).unwrap();
        let (document, _) = document::resolve(&source, &strings).unwrap();
        for (name, layout) in [("txt", "full-text"), ("docx", "screen"), ("pdf", "screen")] {
            let layout = LayoutLoader::embedded().load(layout).unwrap();
            let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
            let artifact = format::find(name).unwrap().render(&edition).unwrap();
            let record = format::record(name, &ReadBack::of(&artifact.bytes)).unwrap();
            let said: String = record.files.values().map(|text| String::from_utf8_lossy(text)).collect();
            for token in &tokens {
                assert!(said.contains(token.as_str()), "{case}: {name} has no {token}");
            }
        }
    }
}
