//! Makes the edits: in the XML of a Word file, as a partner’s program would leave them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::ops::Range;

use crate::merge::Seeded;

const BODY: &str = "word/document.xml";
const NOTES: &str = "word/footnotes.xml";
const RELS: &str = "word/_rels/document.xml.rels";

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
            if (tag.starts_with("<w:t ") || tag.starts_with("<w:t>"))
                && depth == 0
                && !linked
                && from > anchored
            {
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
pub(super) enum Kind {
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
    ParagraphMovedFar,
    ParagraphParted,
    ItemParted,
    ParagraphsJoined,
    Heading,
    Caption,
    Name,
}

pub(super) const KINDS: [Kind; 25] = [
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
    Kind::ParagraphMovedFar,
    Kind::ParagraphParted,
    Kind::ItemParted,
    Kind::ParagraphsJoined,
    Kind::Heading,
    Kind::Caption,
    Kind::Name,
];

/// An edit that was made.
pub(super) struct Edit {
    pub(super) bytes: Vec<u8>,
    /// What must be in the source, and what it stands for there: nothing, or words that it takes the place of.
    pub(super) new: String,
    pub(super) old: String,
}

/// Makes an edit of that kind at a place that the numbers choose; `None` where the file has no such place.
pub(super) fn edit(bytes: &[u8], kind: Kind, seeded: &mut Seeded, token: &str) -> Option<Edit> {
    let mut parts = parts(bytes);
    let part = if kind == Kind::NoteChanged {
        NOTES
    } else {
        BODY
    };
    let xml = text(&parts, part);
    let all = paragraphs(&xml);
    let running = |one: &Paragraph| {
        [
            "BodyText",
            "FirstParagraph",
            "Debate",
            "DebateFirst",
            "SpeechParagraph",
        ]
        .contains(&one.style.as_str())
            && !one.is_cell
    };
    let is_item = |one: &Paragraph| {
        one.style.starts_with("List") && !one.is_cell && one.style != "ListContinue"
    };
    let fits = |one: &&Paragraph| match kind {
        Kind::Cell | Kind::RowAdded | Kind::RowDeleted => {
            one.is_cell
                && one.style.starts_with("Table")
                && !one.style.contains("Note")
                && !one.style.contains("TableHead")
        }
        Kind::ItemAdded | Kind::ItemDeleted | Kind::ItemParted => is_item(one),
        Kind::ParagraphAdded
        | Kind::ParagraphDeleted
        | Kind::ParagraphMoved
        | Kind::ParagraphMovedFar
        | Kind::ParagraphParted
        | Kind::ParagraphsJoined
        | Kind::NoteAdded
        | Kind::Link => running(one),
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
        return Some(done(
            &mut parts,
            part,
            format!("{}{token} {}", &xml[..open], &xml[open..]),
            token,
            "",
        ));
    }
    let places: Vec<&Paragraph> = all
        .iter()
        .filter(fits)
        .filter(|one| wordless || one.runs.iter().any(usable))
        .collect();
    let place = places.get(seeded.below(places.len().max(1)))?;
    let runs: Vec<&Range<usize>> = place.runs.iter().filter(|one| usable(one)).collect();
    let own = &xml[place.range.clone()];
    let splice = |range: Range<usize>, new: &str| {
        format!("{}{new}{}", &xml[..range.start], &xml[range.end..])
    };
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
        let open =
            |properties: &str| format!("</w:t></w:r><w:r>{properties}<w:t xml:space=\"preserve\">");
        let own_look = look_at(&xml, range.start);
        let look = open(&format!("<w:rPr>{look}</w:rPr>"));
        splice(
            range.clone(),
            &format!("{look}{}{}", &xml[range.clone()], open(&own_look)),
        )
    };
    let twin = |words: &str| {
        let properties = own.find("</w:pPr>").map_or("", |end| {
            &own[own.find("<w:pPr>").unwrap()..end + "</w:pPr>".len()]
        });
        let properties = match (properties.find("<w:sectPr"), properties.find("</w:sectPr>")) {
            (Some(from), Some(to)) => format!(
                "{}{}",
                &properties[..from],
                &properties[to + "</w:sectPr>".len()..]
            ),
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
            done(
                &mut parts,
                part,
                splice(at..at, &format!("{space}{token}")),
                token,
                "",
            )
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
            let (look, mark) = if kind == Kind::Italic {
                ("<w:i/>", "*")
            } else {
                ("<w:b/>", "**")
            };
            done(
                &mut parts,
                part,
                looked(&range, look),
                &format!("{mark}{old}{mark}"),
                &old,
            )
        }
        Kind::Plain => {
            let style = ["\"Emphasis\"/></w:rPr><w:t", "\"Strong\"/></w:rPr><w:t"]
                .into_iter()
                .find(|style| own.contains(style))?;
            let mark = if style.contains("Emphasis") {
                "*"
            } else {
                "**"
            };
            let at = place.range.start + own.find(style)?;
            let from = at - "<w:rPr><w:rStyle w:val=".len();
            let to = at + style.find("<w:t")?;
            let open = to + xml[to..].find('>')? + 1;
            let old = xml[open..open + xml[open..].find('<')?].to_owned();
            if old.trim() != old || !xml[from..].starts_with("<w:rPr>") {
                return None;
            }
            done(
                &mut parts,
                part,
                splice(from..to, ""),
                &old,
                &format!("{mark}{old}{mark}"),
            )
        }
        Kind::Link => {
            let range = word(seeded);
            let old = xml[range.clone()].to_owned();
            let address = format!("https://example.org/{token}");
            let rels = text(&parts, RELS);
            let entry = format!(
                "<Relationship Id=\"rId9000\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"{address}\" TargetMode=\"External\"/></Relationships>"
            );
            parts.insert(
                RELS.to_owned(),
                rels.replace("</Relationships>", &entry).into_bytes(),
            );
            let look = look_at(&xml, range.start);
            let link = format!(
                "</w:t></w:r><w:hyperlink r:id=\"rId9000\"><w:r><w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr><w:t>{old}</w:t></w:r></w:hyperlink><w:r>{look}<w:t xml:space=\"preserve\">"
            );
            done(
                &mut parts,
                part,
                splice(range, &link),
                &format!("[{old}]({address})"),
                &old,
            )
        }
        Kind::NoteAdded => {
            let at = word(seeded).end;
            let notes = text(&parts, NOTES);
            if notes.is_empty() {
                return None;
            }
            let note = format!(
                "<w:footnote w:id=\"9000\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> A note on {token}.</w:t></w:r></w:p></w:footnote></w:footnotes>"
            );
            parts.insert(
                NOTES.to_owned(),
                notes.replace("</w:footnotes>", &note).into_bytes(),
            );
            let look = look_at(&xml, at);
            let mark = format!(
                "</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"9000\"/></w:r><w:r>{look}<w:t xml:space=\"preserve\">"
            );
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
            if row.contains("w:vMerge")
                || row.contains("w:gridSpan")
                || row.contains("<w:fldChar")
                || row.contains("<w:tbl>")
                || row.contains("footnoteReference")
            {
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
                    let new = if first {
                        token.to_owned()
                    } else {
                        "7".to_owned()
                    };
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
            done(
                &mut parts,
                part,
                splice(end..end, &twin(&format!("A sentence on {token}."))),
                token,
                "",
            )
        }
        Kind::ItemDeleted | Kind::ParagraphDeleted => {
            if own.contains("<w:sectPr") || own.contains("<w:footnoteReference") {
                return None;
            }
            done(
                &mut parts,
                part,
                splice(place.range.clone(), ""),
                "",
                &plain(own),
            )
        }
        Kind::ParagraphMoved => {
            let next = all
                .iter()
                .find(|one| one.range.start == place.range.end && running(one))?;
            let other = &xml[next.range.clone()];
            if own.contains("<w:sectPr") || other.contains("<w:sectPr") {
                return None;
            }
            done(
                &mut parts,
                part,
                splice(place.range.start..next.range.end, &format!("{other}{own}")),
                "",
                "moved",
            )
        }
        Kind::ParagraphMovedFar => {
            // As tracked moves and copies do, it leaves its bookmarks behind.
            let others: Vec<&Paragraph> = all
                .iter()
                .filter(|one| running(one) && one.range.start != place.range.start)
                .collect();
            let other = others.get(seeded.below(others.len().max(1)))?;
            let moved = match seeded.below(2) {
                0 => own.to_owned(),
                _ => without_marks(own),
            };
            if own.contains("<w:sectPr") || xml[other.range.clone()].contains("<w:sectPr") {
                return None;
            }
            let (from, to) = (place.range.clone(), other.range.end);
            if to == from.start {
                return None;
            }
            let xml = match to <= from.start {
                true => [&xml[..to], &moved, &xml[to..from.start], &xml[from.end..]].concat(),
                false => [&xml[..from.start], &xml[from.end..to], &moved, &xml[to..]].concat(),
            };
            done(&mut parts, part, xml, "", "moved")
        }
        Kind::ParagraphParted | Kind::ItemParted => {
            let at = word(seeded).start;
            // A blank line is no paragraph.
            if own.contains("<w:sectPr") || place.runs.iter().any(|run| run.start == at) {
                return None;
            }
            let properties = own.find("</w:pPr>").map_or("", |end| {
                &own[own.find("<w:pPr>").unwrap()..end + "</w:pPr>".len()]
            });
            let look = look_at(&xml, at);
            let parted = format!(
                "</w:t></w:r></w:p><w:p>{properties}<w:r>{look}<w:t xml:space=\"preserve\">"
            );
            done(&mut parts, part, splice(at..at, &parted), "", "parted")
        }
        Kind::ParagraphsJoined => {
            let next = all
                .iter()
                .find(|one| one.range.start == place.range.end && running(one))?;
            let other = &xml[next.range.clone()];
            if own.contains("<w:sectPr") || other.contains("<w:sectPr") {
                return None;
            }
            let from = other.find("</w:pPr>")? + "</w:pPr>".len();
            let joined = format!(
                "{}<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>{}",
                own.strip_suffix("</w:p>")?,
                &other[from..]
            );
            done(
                &mut parts,
                part,
                splice(place.range.start..next.range.end, &joined),
                "",
                "joined",
            )
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
pub(super) fn is_plain(word: &str) -> bool {
    word.chars().count() > 3 && word.chars().all(char::is_alphabetic)
}

/// The properties of the run at a place of its text.
fn look_at(xml: &str, at: usize) -> String {
    let run = xml[..at].rfind("<w:r>").unwrap();
    let own = &xml[run..at];
    let end = own.find("</w:rPr>");
    end.map_or(String::new(), |end| {
        own["<w:r>".len()..end + "</w:rPr>".len()].to_owned()
    })
}

/// The words of a piece of XML.
fn plain(xml: &str) -> String {
    let mut words = String::new();
    for piece in xml
        .split("<w:t")
        .skip(1)
        .filter(|piece| piece.starts_with([' ', '>']))
    {
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
