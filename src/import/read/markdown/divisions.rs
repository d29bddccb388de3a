//! Divisions, `:::`, as pandoc, Quarto, Docusaurus and VitePress write them: those that are notes to the reader become
//! callouts; of the others the text stays.

use std::collections::BTreeMap;

use super::inline_forms::anchor;
use super::prepared::{State, TITLE};
use crate::import::words::capital;

/// Divisions of these kinds are notes to the reader.
const NOTES: [&str; 8] = [
    "note",
    "tip",
    "info",
    "warning",
    "caution",
    "danger",
    "important",
    "success",
];

/// What opens a division.
struct Division {
    /// The kind of a note, where it is one.
    note: Option<String>,
    title: String,
    /// Its attributes stand in braces: the kind is a class, which nobody reads.
    braces: bool,
    attributes: String,
}

impl Division {
    fn of(line: &str) -> Division {
        let rest = line.trim().trim_start_matches(':').trim();
        let braces = rest.starts_with('{');
        let (kind, more) = match braces {
            true => ("", ""),
            false => rest.split_once([' ', '[', '{']).unwrap_or((rest, "")),
        };
        let classes = rest.trim_matches(['{', '}']).split_whitespace();
        let mut classes = classes.filter_map(|class| class.strip_prefix('.'));
        let callout = classes.find_map(|class| {
            let kind = class
                .strip_prefix("callout-")
                .or(class.strip_prefix("callout"));
            kind.or(Some(class).filter(|class| NOTES.contains(class)))
        });
        let kind = kind.to_lowercase();
        let note = match braces {
            true => callout.map(str::to_owned),
            false => Some(kind).filter(|kind| NOTES.contains(&kind.as_str())),
        };
        let attribute = rest
            .split_once("title=\"")
            .and_then(|(_, title)| title.split('"').next());
        let title = match more.contains(['{', '=']) || braces {
            true => attribute.unwrap_or_default(),
            false => more
                .trim_end_matches(']')
                .trim()
                .trim_end_matches(':')
                .trim(),
        };
        Division {
            note,
            title: title.to_owned(),
            braces,
            attributes: rest.trim_matches(['{', '}']).to_owned(),
        }
    }
}

/// Where a division ends, and whether a heading opens it.
#[derive(Clone, Copy)]
pub(super) struct DivisionEnd {
    pub(super) line: usize,
    headed: bool,
}

/// The divisions that are boxes, by the lines at which they open, with those at which they close: notes that have an
/// end, stand in no other one, and have no heading but one at their beginning.
pub(super) fn boxes(text: &str) -> BTreeMap<usize, DivisionEnd> {
    let mut found = BTreeMap::new();
    // The line of each, whether it may be a box, and whether a heading opens it.
    let mut open: Vec<(usize, bool, bool)> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut first = false;
    for (index, line) in text.split('\n').enumerate() {
        let trimmed = line.trim();
        let sign = ["```", "~~~"]
            .into_iter()
            .find(|sign| trimmed.starts_with(sign));
        if fence.is_some() || sign.is_some() {
            fence = match fence {
                Some(open) => Some(open).filter(|open| sign != Some(*open)),
                None => sign,
            };
        } else if trimmed.starts_with(":::") && trimmed.trim_matches(':').trim().is_empty() {
            if let Some((start, true, headed)) = open.pop() {
                let line = index + 1;
                found.insert(start, DivisionEnd { line, headed });
            }
        } else if trimmed.starts_with(":::") {
            let inner = open.iter().any(|(_, boxed, _)| *boxed);
            let note = line.starts_with(':') && Division::of(line).note.is_some() && !inner;
            open.push((index + 1, note, false));
            first = true;
        } else if trimmed.starts_with('#') && trimmed.trim_start_matches('#').starts_with(' ') {
            let last = open.len().saturating_sub(usize::from(first));
            open[..last]
                .iter_mut()
                .for_each(|(_, boxed, _)| *boxed = false);
            open[last..]
                .iter_mut()
                .for_each(|(.., headed)| *headed = true);
            first = false;
        } else if !trimmed.is_empty() {
            first = false;
        }
    }
    found
}

/// The first line of a callout, as the reader of blocks knows it.
pub(super) fn callout_title(title: &str) -> String {
    format!("{TITLE} {title} {TITLE}<br>")
}

impl State {
    /// A line that opens or closes a division.
    pub(super) fn division(&mut self, line: &str, trimmed: &str) -> bool {
        let division = Division::of(trimmed);
        let kind = division.note.clone().unwrap_or_default();
        self.callout = division.braces && division.note.is_some() && division.title.is_empty();
        let named = !division.title.is_empty()
            || !division.braces
            || division.attributes.contains("callout");
        let end = self.boxes.get(&self.number).copied();
        let end = end.filter(|end| named || end.headed);
        self.boxed = self.boxed.or(end.map(|end| end.line));
        let title = match division.title.as_str() {
            "" if !division.braces || end.is_some_and(|end| !end.headed) => capital(&kind),
            title => title.to_owned(),
        };
        let shown = self.titled(&title);
        let (mark, shown) = match title.is_empty() {
            true => (line, anchor(&division.attributes)),
            false => (":::", shown),
        };
        self.leave_out(mark, "marks of divisions (`:::`), whose text stays");
        self.push(&shown);
        true
    }

    /// The title of a division: that of a callout where it is a box, else a line in bold type.
    pub(super) fn titled(&self, title: &str) -> String {
        match self.boxed {
            Some(_) => callout_title(title),
            None => format!("**{title}**<br>"),
        }
    }
}
