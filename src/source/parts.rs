//! The nodes of a YAML text with their bytes: what is to be changed to make a mistake good.

use serde_yaml::granit_parser::{Event, Marker};

use super::outline::{column_of, line_of, parser};

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
        let mut parser = parser(text);
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
        while let Some(Ok((event, span))) = parser.next_event() {
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
