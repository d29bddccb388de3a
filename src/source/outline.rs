//! The outline of a YAML text: which field is where, and pitfalls that a parser does not report.
//!
//! This is a second look at a file, at its events, for files that did not parse or that look suspicious.

use serde_yaml::granit_parser::{Event, Marker, Options, Parser, ScalarStyle, Span};

use crate::base::diagnostic::{Code, Diagnostic};

use super::FileRef;

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
    parser: Parser<'t, serde_yaml::granit_parser::StrInput<'t>>,
    frames: Vec<Frame>,
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
        let mut options = Options::default();
        options.emit_unresolved_aliases = true;
        // More than a few comments on end would stop the parser otherwise, and with it every check below them.
        options.set_emit_comments(false);
        OutlineParser {
            parser: Parser::new_from_str_with_options(text, options),
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

/// What a node is in what holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The whole.
    Whole,
    /// The name of a field.
    Key(String),
    /// The value of the field whose name is that node.
    Value(usize),
    /// The item of a list at that index.
    Item(usize),
}

/// A node of a text with its bytes.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) bytes: std::ops::Range<usize>,
    pub(super) line: u32,
    pub(super) column: u32,
    /// The list or the fields that it is in.
    pub(super) parent: Option<usize>,
    pub(super) role: Role,
    /// Whether it consists of fields.
    pub(super) has_fields: bool,
}

/// All nodes of a text, as far as it is YAML, in their order.
pub(super) struct Parts(pub(super) Vec<Part>);

impl Parts {
    pub(super) fn of(text: &str) -> Self {
        let mut walk = OutlineParser::new(text);
        let starts: Vec<usize> = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(end, _)| end + 1))
            .collect();
        let byte = |place: &Marker| {
            let Some(start) = place.line().checked_sub(1).and_then(|at| starts.get(at)) else {
                return text.len();
            };
            let after = text[*start..].char_indices().nth(place.col());
            after.map_or(text.len(), |(at, _)| start + at)
        };
        let (mut parts, mut open): (Vec<Part>, Vec<usize>) = (Vec::new(), Vec::new());
        // The name of the field whose value is next, and the index of the item that is next, in each that is open.
        let mut next: Vec<(Option<usize>, usize)> = Vec::new();
        while let Some(Ok((event, span))) = walk.parser.next_event() {
            let (start, end) = (byte(&span.start), byte(&span.end));
            let (name, opens, has_fields) = match &event {
                Event::SequenceEnd | Event::MappingEnd => {
                    next.pop();
                    if let Some(closed) = open.pop() {
                        parts[closed].bytes.end = end.max(parts[closed].bytes.start);
                    }
                    continue;
                }
                Event::Scalar(value, ..) => (value.to_string(), false, false),
                Event::Alias(_) | Event::UnresolvedAlias(_) => ("*".to_owned(), false, false),
                Event::SequenceStart(..) => (String::new(), true, false),
                Event::MappingStart(..) => (String::new(), true, true),
                _ => continue,
            };
            let parent = open.last().copied();
            let role = match (parent, next.last_mut()) {
                (Some(parent), Some((key, _))) if parts[parent].has_fields => match key.take() {
                    Some(key) => Role::Value(key),
                    None => {
                        *key = Some(parts.len());
                        Role::Key(name)
                    }
                },
                (Some(_), Some((_, index))) => {
                    *index += 1;
                    Role::Item(*index - 1)
                }
                _ => Role::Whole,
            };
            if opens {
                open.push(parts.len());
                next.push((None, 0));
            }
            parts.push(Part {
                bytes: start..if opens {
                    unclosed(text, start)
                } else {
                    end.max(start)
                },
                line: line_of(&span),
                column: column_of(&span),
                parent,
                role,
                has_fields,
            });
        }
        Parts(parts)
    }

    /// The path of a node, such as `people[2].name`.
    pub(super) fn path(&self, at: usize) -> String {
        let part = &self.0[at];
        let before = part.parent.map(|parent| self.path(parent));
        let before = before.unwrap_or_default();
        let name = match &part.role {
            Role::Whole => return before,
            Role::Item(index) => return format!("{before}[{index}]"),
            Role::Key(name) => name,
            Role::Value(key) => match &self.0[*key].role {
                Role::Key(name) => name,
                _ => return before,
            },
        };
        match before.is_empty() {
            true => name.clone(),
            false => format!("{before}.{name}"),
        }
    }

    /// The name of a field that stands at a line and column.
    pub(super) fn key_at(&self, place: (u32, u32)) -> Option<usize> {
        self.at(place, |part| matches!(part.role, Role::Key(_)))
    }

    /// The innermost fields that a parser means who says at a line and column that one is missing: those whose field is
    /// named there, else those that start there.
    pub(super) fn fields_at(&self, place: (u32, u32)) -> Option<usize> {
        let key = self.key_at(place).and_then(|key| self.0[key].parent);
        key.or_else(|| self.at(place, |part| part.has_fields))
    }

    /// The first node at a place that is wanted.
    pub(super) fn at(&self, place: (u32, u32), wanted: impl Fn(&Part) -> bool) -> Option<usize> {
        self.0
            .iter()
            .position(|part| (part.line, part.column) == place && wanted(part))
    }

    /// The first field of fields.
    pub(super) fn first_key(&self, fields: usize) -> Option<usize> {
        let own = |part: &Part| part.parent == Some(fields);
        self.0.iter().position(own)
    }
}

/// Where a list or fields end that are not closed: in brackets or braces on their line.
fn unclosed(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let line = rest.find('\n').filter(|_| rest.starts_with(['[', '{']));
    line.map_or(text.len(), |end| start + end)
}

fn line_of(span: &Span) -> u32 {
    u32::try_from(span.start.line()).unwrap_or(u32::MAX)
}

fn column_of(span: &Span) -> u32 {
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
    let mut walk = OutlineParser::new(text);
    let mut key = None;
    while let Some(node) = walk.next() {
        let place = (line_of(&node.span), column_of(&node.span));
        if walk.path() == path {
            match &node.event {
                _ if node.is_key => key = Some(place),
                Event::Scalar(value, ..) if !is_nothing(value) => return Some(place),
                _ => return key.or(Some(place)),
            }
        }
        walk.enter(&node);
    }
    key
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
    found.extend(anchors.into_iter().map(|(_, line, column, path)| {
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
