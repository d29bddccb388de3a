//! Divisions, `:::`, as pandoc, Quarto, Docusaurus and VitePress write them: those that are notes to the reader become
//! callouts; of the others the text stays.

use std::collections::BTreeMap;

use super::directives::directive;
use super::inline_forms::anchor;
use super::prepared::{State, TITLE};
use crate::import::words::capital;

/// What stands for the title of a pull quote; no text has this character.
pub(super) const PULL: &str = "\u{FDD9}";
/// Classes of pull quotes.
pub(super) const PULL_CLASSES: [&str; 3] = ["pullquote", "pull-quote", "pull"];
/// Divisions of these kinds are notes to the reader.
const NOTES: [&str; 13] = [
    "note",
    "attention",
    "hint",
    "error",
    "seealso",
    "admonition",
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
    /// The name of the directive that it is.
    named: Option<String>,
}

impl Division {
    fn of(line: &str) -> Division {
        let rest = line.trim().trim_start_matches([':', '`', '~']).trim();
        let named = directive(rest);
        let braces = rest.starts_with('{') && named.is_none();
        let (kind, more) = match named {
            Some(named) => named,
            None if braces => ("", ""),
            None => rest.split_once([' ', '[', '{']).unwrap_or((rest, "")),
        };
        let classes = rest.trim_matches(['{', '}']).split_whitespace();
        let mut classes = classes.filter_map(|class| class.strip_prefix('.'));
        let callout = classes.find_map(|class| {
            let kind = class
                .strip_prefix("callout-")
                .or(class.strip_prefix("callout"));
            let pull = PULL_CLASSES.contains(&class).then_some(PULL);
            kind.or(pull)
                .or(Some(class).filter(|class| NOTES.contains(class)))
        });
        let kind = kind.to_lowercase();
        let kind = match PULL_CLASSES.contains(&kind.as_str()) {
            true => PULL.to_owned(),
            false => kind,
        };
        let note = match braces {
            true => callout.map(str::to_owned),
            false => Some(kind).filter(|kind| kind == PULL || NOTES.contains(&kind.as_str())),
        };
        let attribute = rest
            .split_once("title=\"")
            .and_then(|(_, title)| title.split('"').next());
        let pull = note.as_deref() == Some(PULL);
        let title = match more.contains(['{', '=']) || braces {
            _ if pull => PULL,
            true => attribute.unwrap_or_default(),
            false => more
                .trim_end_matches(']')
                .trim()
                .trim_end_matches(':')
                .trim(),
        };
        Division {
            note: note.clone(),
            title: title.to_owned(),
            braces,
            attributes: rest.trim_matches(['{', '}']).to_owned(),
            named: note.and(named).map(|(kind, _)| kind.to_owned()),
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
    // The line of each, whether it may be a box, whether a heading opens it, and what closes it.
    let mut open: Vec<(usize, bool, bool, &str)> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut first = false;
    // Whether one of the open ones may be a box.
    let mut boxed = false;
    for (index, line) in text.split('\n').enumerate() {
        let trimmed = line.trim();
        let sign = fence_of(trimmed);
        let bare = trimmed.len() == sign.len();
        let code = sign.len() > 2 && !sign.starts_with(':');
        let closes = |open: &str| bare && sign.starts_with(open);
        if let Some(inner) = fence {
            fence = fence.filter(|_| !closes(inner));
        } else if sign.len() > 2 && open.last().is_some_and(|(.., sign)| closes(sign)) {
            if let Some((start, true, headed, _)) = open.pop() {
                boxed = false;
                let line = index + 1;
                found.insert(start, DivisionEnd { line, headed });
            }
        } else if sign.len() > 2
            && !bare
            && match code {
                true => Division::of(line).named.is_some(),
                false => is_division(trimmed),
            }
        {
            let note = line.starts_with(sign) && Division::of(line).note.is_some() && !boxed;
            boxed |= note;
            let end = if code { sign } else { ":::" };
            open.push((index + 1, note, false, end));
            first = true;
        } else if code {
            fence = Some(sign);
        } else if trimmed.starts_with('#') && trimmed.trim_start_matches('#').starts_with(' ') {
            let last = open.len().saturating_sub(usize::from(first));
            if boxed {
                open[..last].iter_mut().for_each(|one| one.1 = false);
            }
            open[last..].iter_mut().for_each(|one| one.2 = true);
            boxed = open[last..].iter().any(|one| one.1);
            first = false;
        } else if !trimmed.is_empty() {
            first = false;
        }
    }
    found
}

/// Why the marks of divisions go.
pub(super) const DIVISIONS: &str = "marks of divisions (`:::`), whose text stays";

/// The signs of a fence at the start of a line.
pub(super) fn fence_of(line: &str) -> &str {
    let sign = line.chars().next().filter(|c| matches!(c, ':' | '`' | '~'));
    let rest = sign.map_or(line, |sign| line.trim_start_matches(sign));
    &line[..line.len() - rest.len()]
}

/// Whether a line that begins with colons is the mark of a division: behind them stand its kind and title, its attributes, or
/// nothing.
pub(super) fn is_division(line: &str) -> bool {
    let rest = line.trim_matches(':').trim();
    let kind = rest.split([' ', '[', '{']).next().unwrap_or_default();
    let attributes = !(rest.starts_with('{') && rest.contains("]("));
    attributes
        && kind
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
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
            "" if kind == "seealso" => "See also".to_owned(),
            "" if !division.braces || end.is_some_and(|end| !end.headed) => capital(&kind),
            // A pull quote without an end is text.
            PULL if end.is_none() => String::new(),
            title => title.to_owned(),
        };
        let shown = self.titled(&title);
        let (mark, shown) = match title.is_empty() {
            true => (line, anchor(&division.attributes)),
            false => (":::", shown),
        };
        self.leave_out(mark, DIVISIONS);
        self.push(&shown);
        self.options = division.named.is_some();
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
