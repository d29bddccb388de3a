//! Front matter: fields at the beginning of a file, in YAML, TOML or as plain lines; nowhere else.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::import::outline::{Front, Role, TracedText};
use crate::import::recognise::dates;
use crate::import::words::Words;
use crate::layout::strings;

/// Fields in their order, each with its values.
type Fields = Vec<(String, Vec<String>)>;

/// What front matter says.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) front: Front,
    pub(super) pieces: Vec<TracedText>,
    /// The abstract, which is a chapter: name, line and Markdown.
    pub(super) summary: Option<(String, usize, String)>,
    /// Paths of files of BibTeX.
    pub(super) bibliography: Vec<String>,
}

/// Reads the front matter of a text; gives the text with empty lines in its place.
pub(super) fn read(text: String, words: &Words) -> (FrontMatter, String) {
    let mut found = FrontMatter::default();
    let Some((fields, end)) = fields(&text) else {
        return (found, text);
    };
    let head: Vec<&str> = text.split('\n').take(end).collect();
    let mut left = Vec::new();
    for (key, value) in fields {
        let line = head
            .iter()
            .position(|row| row.trim_start().starts_with(&key));
        let line = line.map_or(1, |index| index + 1);
        let known = take(&mut found, &key.to_lowercase(), &value, line, words);
        let (text, role) = match known {
            TakenField::Whole => (value.join(" "), Role::Front),
            // A time behind the day, or the name of a month, is worded anew.
            TakenField::Day(day) => (day, Role::Front),
            TakenField::Body => continue,
            TakenField::Not => {
                let why = "fields of the front matter that a report has no place for";
                left.push(key.clone());
                (format!("{key} {}", value.join(" ")), Role::LeftOut(why))
            }
        };
        found.pieces.push(TracedText { line, text, role });
    }
    if !left.is_empty() {
        let check = format!("the front matter also says: {}", left.join(", "));
        found.front.checks.push(check);
    }
    let rest = text.split('\n').skip(end).collect::<Vec<_>>().join("\n");
    (found, "\n".repeat(end) + &rest)
}

/// The fields, each with its values, and how many lines they take.
fn fields(text: &str) -> Option<(Fields, usize)> {
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let until = |ends: &[&str]| {
        let mut rest = lines.iter().skip(1);
        rest.position(|line| ends.contains(line)).map(|at| at + 1)
    };
    match lines[0] {
        "---" => {
            let end = until(&["---", "..."])?;
            let inner = lines[1..end].join("\n");
            let yaml = serde_yaml::from_str(&inner).ok().and_then(listed);
            Some((yaml.or_else(|| plain(&lines[1..end]))?, end + 1))
        }
        "+++" => {
            let end = until(&["+++"])?;
            let table = toml::from_str(&lines[1..end].join("\n")).ok()?;
            Some((listed(table)?, end + 1))
        }
        first if first.starts_with("% ") => {
            let rows = lines.iter().take_while(|line| line.starts_with('%'));
            let values: Vec<String> = rows.map(|row| row[1..].trim().to_owned()).collect();
            let end = values.len();
            let keys = ["title", "author", "date"];
            let pairs = keys
                .iter()
                .zip(values)
                .filter(|(_, value)| !value.is_empty());
            let pairs = pairs.map(|(key, value)| ((*key).to_owned(), vec![value]));
            (end <= keys.len()).then(|| (pairs.collect(), end))
        }
        first => {
            // MultiMarkdown: the first line names the title, and an empty line ends the fields.
            first.to_lowercase().strip_prefix("title:")?;
            let end = lines.iter().position(|line| line.is_empty())?;
            Some((plain(&lines[..end])?, end))
        }
    }
}

fn listed(value: Value) -> Option<Fields> {
    let Value::Object(map) = value else {
        return None;
    };
    let one = |(key, value): (String, Value)| (key, of_json(&value));
    Some(map.into_iter().map(one).collect())
}

fn of_json(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Array(list) => list.iter().flat_map(of_json).collect(),
        Value::Object(map) => match map.get("name") {
            Some(name) => of_json(name),
            None => map.values().flat_map(of_json).collect(),
        },
        other => vec![other.to_string()],
    }
}

/// `key: value`, line by line, where it is no YAML: a title may have a colon in it.
fn plain(lines: &[&str]) -> Option<Fields> {
    let mut fields: Fields = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let field = line.split_once(':').filter(|(key, value)| {
            key.chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '))
                && !key.starts_with(' ')
                && (value.is_empty() || value.starts_with(' '))
        });
        match (field, fields.last_mut()) {
            (Some((key, value)), _) => {
                let value = value.trim();
                let list = value
                    .strip_prefix('[')
                    .and_then(|list| list.strip_suffix(']'));
                let values = match list {
                    Some(list) => list.split(',').collect(),
                    None => vec![value],
                };
                let bare = |value: &str| value.trim().trim_matches(['"', '\'']).to_owned();
                let values = values.into_iter().map(bare);
                let values = values.filter(|value| !value.is_empty());
                fields.push((key.to_owned(), values.collect()));
            }
            (None, Some((_, values))) if line.starts_with([' ', '-', '\t']) => {
                values.push(line.trim().trim_start_matches("- ").to_owned());
            }
            _ => return None,
        }
    }
    Some(fields)
}

enum TakenField {
    Whole,
    Day(String),
    Body,
    Not,
}

fn take(
    found: &mut FrontMatter,
    key: &str,
    values: &[String],
    line: usize,
    words: &Words,
) -> TakenField {
    let value = values
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let front = &mut found.front;
    if !value.contains(char::is_alphanumeric) {
        return TakenField::Not;
    }
    let field = match key {
        "title" if front.title.is_empty() => {
            front.title = vec![value];
            return TakenField::Whole;
        }
        "keywords" | "tags" | "keyword" => {
            let parts = values.iter().flat_map(|value| value.split([',', ';']));
            let parts = parts.map(|part| part.trim().to_owned());
            let mut known: BTreeSet<String> = front.keywords.iter().cloned().collect();
            let new = parts.filter(|part| !part.is_empty() && known.insert(part.clone()));
            front.keywords.extend(new);
            return TakenField::Whole;
        }
        "date" | "published" if front.date.is_none() => {
            let (day, check) = dates::day_or_month(&value, words);
            front.checks.extend(check);
            front.date.clone_from(&day);
            return day.map_or(TakenField::Not, TakenField::Day);
        }
        "bibliography" => {
            found.bibliography.extend_from_slice(values);
            return TakenField::Body;
        }
        "abstract" if found.summary.is_none() => {
            let text = values.join("\n\n");
            found.summary = Some((key.to_owned(), line, text));
            return TakenField::Body;
        }
        "lang" | "language" if strings(&value).is_ok() => &mut front.language,
        "subtitle" => &mut front.subtitle,
        "publisher" => &mut front.publisher,
        "copyright" | "rights" => &mut front.copyright,
        "description" => &mut front.description,
        "author" | "authors" | "by" => {
            let value = values.join(", ");
            return match &front.author {
                Some(_) => TakenField::Not,
                None => {
                    front.author = Some(value);
                    TakenField::Whole
                }
            };
        }
        _ => return TakenField::Not,
    };
    if field.is_some() {
        return TakenField::Not;
    }
    *field = Some(value);
    TakenField::Whole
}
