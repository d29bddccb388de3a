//! The outline of a YAML text: which field is where, and pitfalls that a parser does not report.
//!
//! This is a second look at a file, at its events, for files that did not parse or that look suspicious.

use std::collections::BTreeMap;

use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle, Span, StrInput};

use crate::base::diagnostic::{Code, Diagnostic};

use super::{FileRef, memo};

/// The most traps of a file that are said.
const MOST_TRAPS: usize = 100;

/// Where a walk is.
enum Frame {
    /// In a mapping, at the value of a key; `None` where the next scalar is a key.
    Mapping {
        key: Option<String>,
        keys: Vec<(String, u32)>,
    },
    /// In a list, at the item of this index.
    Sequence { index: usize },
}

/// A walk over the events of a text.
struct OutlineParser<'t> {
    parser: Parser<'t, StrInput<'t>>,
    frames: Vec<Frame>,
}

/// A parser that goes on where the one of the types stops.
pub(super) fn parser(text: &str) -> Parser<'_, StrInput<'_>> {
    let mut options = Options::default();
    options.emit_unresolved_aliases = true;
    // More than a few comments on end would stop the parser otherwise, and with it every check below them.
    options.set_emit_comments(false);
    Parser::new_from_str_with_options(text, options)
}

/// A node of the outline.
struct Node<'t> {
    event: Event<'t>,
    span: Span,
    /// Whether it is the key of a mapping.
    is_key: bool,
}

impl<'t> OutlineParser<'t> {
    fn new(text: &'t str) -> Self {
        OutlineParser {
            parser: parser(text),
            frames: Vec::new(),
        }
    }

    /// The path of what the walk is at.
    fn path(&self) -> String {
        let mut path = String::new();
        for frame in &self.frames {
            match frame {
                Frame::Mapping { key: Some(key), .. } if path.is_empty() => path.push_str(key),
                Frame::Mapping { key: Some(key), .. } => {
                    path.push('.');
                    path.push_str(key);
                }
                Frame::Mapping { key: None, .. } => {}
                Frame::Sequence { index } => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// The next node; `None` at the end or at what is no YAML.
    fn next(&mut self) -> Option<Node<'t>> {
        loop {
            let (event, span) = self.parser.next_event()?.ok()?;
            match &event {
                Event::SequenceEnd | Event::MappingEnd => {
                    self.frames.pop();
                    self.done();
                }
                Event::Scalar(value, ..) => {
                    let (line, key) = (line_of(&span), value.to_string());
                    let is_key = self.take_key(key, line);
                    return Some(Node {
                        event,
                        span,
                        is_key,
                    });
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    let is_key = self.take_key("*".to_owned(), line_of(&span));
                    return Some(Node {
                        event,
                        span,
                        is_key,
                    });
                }
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    return Some(Node {
                        event,
                        span,
                        is_key: false,
                    });
                }
                _ => {}
            }
        }
    }

    /// Takes a scalar as a key, where one is due.
    fn take_key(&mut self, name: String, line: u32) -> bool {
        match self.frames.last_mut() {
            Some(Frame::Mapping {
                key: key @ None,
                keys,
            }) => {
                keys.push((name.clone(), line));
                *key = Some(name);
                true
            }
            _ => false,
        }
    }

    /// Goes on after a node that [`Self::next`] gave.
    fn enter(&mut self, node: &Node) {
        match &node.event {
            Event::SequenceStart(..) => self.frames.push(Frame::Sequence { index: 0 }),
            Event::MappingStart(..) => self.frames.push(Frame::Mapping {
                key: None,
                keys: Vec::new(),
            }),
            _ if !node.is_key => self.done(),
            _ => {}
        }
    }

    /// The line of the key whose value is next.
    fn key_line(&self) -> Option<u32> {
        match self.frames.last()? {
            Frame::Mapping { keys, .. } => keys.last().map(|(_, line)| *line),
            Frame::Sequence { .. } => None,
        }
    }

    /// A value is complete.
    fn done(&mut self) {
        match self.frames.last_mut() {
            Some(Frame::Mapping { key, .. }) => *key = None,
            Some(Frame::Sequence { index }) => *index += 1,
            None => {}
        }
    }
}

/// A scalar as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// Path of its field; a key has that of its value.
    pub(super) path: String,
    /// What it says.
    pub(super) value: String,
    /// How it is written.
    pub(super) style: ScalarStyle,
    /// Whether it is the key of a mapping.
    pub(super) is_key: bool,
    /// Where, in bytes.
    pub(super) range: std::ops::Range<usize>,
}

/// All scalars of a text, in order; `None` where it is no YAML or has anchors.
pub(super) fn written(text: &str) -> Option<Vec<Written>> {
    let mut walk = OutlineParser::new(text);
    let mut scalars = Vec::new();
    while let Some(node) = walk.next() {
        match &node.event {
            Event::Scalar(value, style, ..) => {
                let path = walk.path();
                let start = node.span.start.byte_offset()?;
                let end = node.span.end.byte_offset()?;
                scalars.push(Written {
                    path,
                    value: value.to_string(),
                    style: *style,
                    is_key: node.is_key,
                    range: start..end,
                });
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => return None,
            _ => {}
        }
        walk.enter(&node);
    }
    Some(scalars)
}

pub(super) fn line_of(span: &Span) -> u32 {
    u32::try_from(span.start.line()).unwrap_or(u32::MAX)
}

pub(super) fn column_of(span: &Span) -> u32 {
    u32::try_from(span.start.col() + 1).unwrap_or(u32::MAX)
}

/// The path of the field at a line and column, such as `meeting.sections[2].title`.
pub(super) fn field_at(text: &str, line: u32, column: u32) -> Option<String> {
    let mut walk = OutlineParser::new(text);
    let mut path = String::new();
    while let Some(node) = walk.next() {
        if (line_of(&node.span), column_of(&node.span)) > (line, column) {
            break;
        }
        path = walk.path();
        walk.enter(&node);
    }
    (!path.is_empty()).then_some(path)
}

/// Where the value of a field stands, by the field's path; where it is no single text, where the field's name does.
pub(crate) fn place_of(text: &str, path: &str) -> Option<(u32, u32)> {
    memo::place_of(text, path)
}

/// Places of fields, by their paths.
pub(super) type Places = BTreeMap<String, (u32, u32)>;

/// Where the values of all fields stand.
pub(super) fn places(text: &str) -> Places {
    let mut walk = OutlineParser::new(text);
    let (mut keys, mut places) = (Places::new(), Places::new());
    while let Some(node) = walk.next() {
        let (path, place) = (walk.path(), (line_of(&node.span), column_of(&node.span)));
        if node.is_key {
            keys.insert(path, place);
        } else {
            let place = match &node.event {
                Event::Scalar(value, ..) if !is_nothing(value) => place,
                _ => keys.get(&path).copied().unwrap_or(place),
            };
            places.entry(path).or_insert(place);
        }
        walk.enter(&node);
    }
    for (path, place) in keys {
        places.entry(path).or_insert(place);
    }
    places
}

/// The bracket or brace that is open where the text stops being YAML.
pub(super) fn open_bracket(text: &str) -> Option<(u32, u32, char)> {
    let mut walk = OutlineParser::new(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut open = Vec::new();
    while let Some(Ok((event, span))) = walk.parser.next_event() {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let line = usize::try_from(line_of(&span)).ok()?.checked_sub(1)?;
                let sign = lines.get(line)?.chars().nth(span.start.col())?;
                open.push((line_of(&span), column_of(&span), sign));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
            }
            Event::StreamEnd => return None,
            _ => {}
        }
    }
    open.into_iter()
        .rev()
        .find(|(.., sign)| matches!(sign, '[' | '{'))
}

/// The line on which the key at a line and column stands for the first time in its mapping.
pub(super) fn first_line_of_key(text: &str, line: u32, column: u32) -> Option<u32> {
    let mut walk = OutlineParser::new(text);
    while let Some(node) = walk.next() {
        if (line_of(&node.span), column_of(&node.span)) >= (line, column) {
            let Some(Frame::Mapping {
                key: Some(key),
                keys,
            }) = walk.frames.last()
            else {
                return None;
            };
            return keys
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, line)| *line);
        }
        walk.enter(&node);
    }
    None
}

/// Text that a parser would take for something else and drop in silence: tags, anchors, comments, nulls.
pub(super) fn silent_traps(file: FileRef) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !is_suspicious(file.text) {
        return found;
    }
    let lines: Vec<&str> = file.text.split('\n').collect();
    let mut walk = OutlineParser::new(file.text);
    let mut anchors: Vec<(usize, u32, u32, String)> = Vec::new();
    while let Some(node) = walk.next() {
        if found.len() == MOST_TRAPS {
            return found;
        }
        let path = walk.path();
        let (line, column) = (line_of(&node.span), column_of(&node.span));
        // A value of which nothing is left has no line of its own.
        let written_on = match &node.event {
            Event::Scalar(value, ..) if is_nothing(value) => walk.key_line().unwrap_or(line),
            _ => line,
        };
        if let Some(problem) = trap(&node, &lines, written_on) {
            let (code, message, hint) = problem;
            let column = if written_on == line { column } else { 0 };
            let trap = file.diagnostic(code, written_on, column, message);
            found.push(trap.hint(hint).field(path.clone()));
        }
        match &node.event {
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(_, anchor, _)
            | Event::MappingStart(_, anchor, _)
                if *anchor > 0 =>
            {
                anchors.push((*anchor, line, column, path));
            }
            Event::Alias(anchor) => anchors.retain(|(known, ..)| known != anchor),
            _ => {}
        }
        walk.enter(&node);
    }
    let left = MOST_TRAPS - found.len();
    found.extend(anchors.into_iter().take(left).map(|(_, line, column, path)| {
        let message =
            "the word after `&` is an anchor that nothing refers to, and would not be printed";
        let hint = "put a value that starts with & into quotation marks";
        let trap = file.diagnostic(Code::UNUSED_ANCHOR, line, column, message);
        trap.hint(hint).field(path)
    }));
    found
}

/// Whether any of the traps may be in a text; most files have none.
fn is_suspicious(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts =
        |at: usize| at == 0 || matches!(bytes[at - 1], b' ' | b'\n' | b'[' | b'{' | b',' | b'\t');
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'!' | b'&' | b'#' => {
            starts(at)
                && bytes
                    .get(at + 1)
                    .is_some_and(|next| !matches!(next, b' ' | b'\n' | b'#'))
        }
        b'n' | b'N' => {
            starts(at) && matches!(bytes.get(at..at + 4), Some(b"null" | b"Null" | b"NULL"))
        }
        _ => false,
    })
}

/// Whether a scalar is what the parser gives where a field has no value.
fn is_nothing(value: &str) -> bool {
    matches!(value, "" | "~")
}

fn trap(node: &Node, lines: &[&str], line: u32) -> Option<(Code, String, &'static str)> {
    let (style, value) = match &node.event {
        Event::SequenceStart(_, _, Some(_))
        | Event::MappingStart(_, _, Some(_))
        | Event::Scalar(_, _, _, Some(_)) => {
            return Some((
                Code::TAG,
                "a word that starts with `!` is a tag, which has no use here and would not be printed".into(),
                "put a value that starts with ! into quotation marks",
            ));
        }
        Event::Scalar(value, style, ..) => (*style, value.as_ref()),
        _ => return None,
    };
    if style != ScalarStyle::Plain || node.is_key {
        return None;
    }
    if matches!(value, "null" | "Null" | "NULL") {
        return Some((
            Code::NULL_VALUE,
            format!("`{value}` means in YAML that there is no value"),
            "put it into quotation marks if it is text, or delete the field",
        ));
    }
    let text = lines.get(usize::try_from(line).ok()?.checked_sub(1)?)?;
    if is_nothing(value) {
        // Nothing is left of the value but what follows its field's colon.
        let (_, after) = text.split_once(": ")?;
        return silent_comment(after);
    }
    let end = node.span.end.line();
    let after = if end == node.span.start.line() {
        *text
    } else {
        lines.get(end.checked_sub(1)?)?
    };
    let rest: String = after.chars().skip(node.span.end.col()).collect();
    silent_comment(&rest)
}

/// What is said of a comment that looks like a value: it starts without a space after its `#`.
fn silent_comment(rest: &str) -> Option<(Code, String, &'static str)> {
    let comment = rest.trim_start().strip_prefix('#')?;
    let first = comment.chars().next()?;
    (first != ' ' && first != '#').then(|| {
        (
            Code::SILENT_COMMENT,
            format!("everything from `#{}` on is a comment and would not be printed", comment.trim_end()),
            "put the value into quotation marks if the # belongs to it, or put a space after the # if it does not",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_at_a_place_is_named_by_its_path() {
        let text = "meeting:\n  id: a\n  sections:\n    - title: x\n    - title: y\n      interventions: [{speaker: z}]\n";
        assert_eq!(field_at(text, 2, 3).as_deref(), Some("meeting.id"));
        assert_eq!(field_at(text, 2, 7).as_deref(), Some("meeting.id"));
        assert_eq!(
            field_at(text, 5, 14).as_deref(),
            Some("meeting.sections[1].title")
        );
        assert_eq!(
            field_at(text, 6, 32).as_deref(),
            Some("meeting.sections[1].interventions[0].speaker")
        );
        assert_eq!(field_at("a: b: c\n", 1, 5).as_deref(), Some("a"));
    }
}
