//! YAML as a careful person writes it: two spaces, prose in block scalars, comments above what they are about.
//!
//! serde-saphyr's writer does not fit: it puts a comment behind a value, and none to a list or a map; here it is above.

use crate::base::script::is_ideographic;
use crate::document;
use crate::import::outline::COMMENT;
use crate::import::read::inline::BREAK;
use crate::import::read::references::CITED;

/// The widest line of prose, with its indentation.
const WIDTH: usize = 100;

/// A value.
#[derive(Debug)]
pub(crate) enum Yaml {
    /// Text on one line.
    Text(String),
    /// A date, number or other word that needs no quotes.
    Word(String),
    /// CommonMark, block by block.
    Prose(Vec<String>),
    /// Lines as typed.
    Typed(String),
    /// Words on one line.
    Flow(Vec<String>),
    /// Texts on one line if they fit there, as the cells of a row.
    Row(Vec<String>),
    List(Vec<Yaml>),
    Map(Vec<YamlField>),
}

/// Text on one line.
pub(crate) fn text(text: &str) -> Yaml {
    Yaml::Text(text.to_owned())
}

/// A word that needs no quotes.
pub(crate) fn word(text: &str) -> Yaml {
    Yaml::Word(text.to_owned())
}

/// Text of a field that has no markup: signs that would be some go, or give way to like ones where they may count.
pub(crate) fn plain(text: &str) -> Yaml {
    Yaml::Text(unmarked(text))
}

/// The same, or nothing.
pub(super) fn optional(value: &Option<String>) -> Yaml {
    plain(value.as_deref().unwrap_or_default())
}

/// A text without what a field of plain text may not have.
pub(super) fn unmarked(text: &str) -> String {
    if !document::has_markup(text) {
        return text.to_owned();
    }
    let like = |c: char| match c {
        '*' => Some('∗'),
        '~' => Some('∼'),
        '^' => Some('↑'),
        '_' | '`' | '[' | ']' | '<' | '>' | '&' | '\\' | '!' => None,
        other => Some(other),
    };
    text.chars().filter_map(like).collect()
}

/// The head of a file: its schema, `up` from it, and what is in it.
pub(crate) fn head(kind: &str, up: &str, what: &str) -> String {
    format!("# yaml-language-server: $schema={up}schema/{kind}.json\n# {what}\n")
}

/// A field with what is to be checked about it.
#[derive(Debug)]
pub(crate) struct YamlField {
    key: &'static str,
    value: Yaml,
    checks: Vec<String>,
    apart: bool,
}

/// Fields in order; what is empty is left out.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<YamlField>);

impl Fields {
    pub(crate) fn add(&mut self, key: &'static str, value: Yaml) -> &mut Self {
        self.checked(key, value, &[])
    }

    pub(crate) fn checked(
        &mut self,
        key: &'static str,
        value: Yaml,
        checks: &[String],
    ) -> &mut Self {
        let empty = match &value {
            Yaml::Text(text) | Yaml::Word(text) | Yaml::Typed(text) => text.is_empty(),
            Yaml::Prose(list) | Yaml::Flow(list) | Yaml::Row(list) => list.is_empty(),
            Yaml::List(list) => list.is_empty(),
            Yaml::Map(fields) => fields.is_empty(),
        };
        if !empty {
            self.0.push(YamlField {
                key,
                value,
                checks: checks.to_vec(),
                apart: false,
            });
        }
        self
    }

    /// Sets the last field apart by an empty line.
    pub(crate) fn apart(&mut self) {
        if let Some(last) = self.0.last_mut() {
            last.apart = true;
        }
    }

    pub(crate) fn map(self) -> Yaml {
        Yaml::Map(self.0)
    }
}

/// A file: its fields, below a head of comments.
pub(crate) fn file(head: &str, value: &Yaml) -> String {
    let mut out = String::from(head);
    out.push('\n');
    put(value, 0, &mut out);
    out
}

fn put(value: &Yaml, indent: usize, out: &mut String) {
    match value {
        Yaml::Map(entries) => entries
            .iter()
            .enumerate()
            .for_each(|(index, entry)| field(entry, indent, index == 0, out)),
        Yaml::List(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, one)| item(one, indent, index, out)),
        _ => {}
    }
}

fn field(entry: &YamlField, indent: usize, first: bool, out: &mut String) {
    let pad = " ".repeat(indent);
    if entry.apart && !first {
        out.push('\n');
    }
    for check in &entry.checks {
        comment(check, &pad, out);
    }
    keyed(entry, indent, out);
}

/// A field without its comments.
fn keyed(entry: &YamlField, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    out.push_str(&format!("{pad}{}:", entry.key));
    match &entry.value {
        Yaml::Text(text) => out.push_str(&format!(" {}\n", scalar(text))),
        Yaml::Word(word) => out.push_str(&format!(" {word}\n")),
        Yaml::Flow(list) => out.push_str(&format!(" [{}]\n", list.join(", "))),
        Yaml::Prose(blocks) => {
            out.push_str(" |\n");
            prose(blocks, indent + 2, out);
        }
        Yaml::Typed(text) => {
            out.push_str(" |\n");
            text.lines().for_each(|line| typed(line, indent + 2, out));
        }
        inner => {
            out.push('\n');
            put(inner, indent + 2, out);
        }
    }
}

fn comment(text: &str, pad: &str, out: &mut String) {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match text.strip_prefix(COMMENT) {
        Some(comment) => out.push_str(&format!("{pad}# comment {comment}\n")),
        None => out.push_str(&format!("{pad}# check: {text}\n")),
    }
}

/// An item of a list: a map whose first field comes after the hyphen, or a text.
fn item(value: &Yaml, indent: usize, index: usize, out: &mut String) {
    let mut inner = String::new();
    match value {
        Yaml::Map(entries) => {
            let big = entries
                .iter()
                .any(|entry| matches!(entry.value, Yaml::Prose(_) | Yaml::List(_)));
            if big && index > 0 {
                out.push('\n');
            }
            // Comments of the first field go above the item.
            let pad = " ".repeat(indent);
            for check in entries.first().iter().flat_map(|entry| &entry.checks) {
                comment(check, &pad, out);
            }
            for (index, entry) in entries.iter().enumerate() {
                match index {
                    0 => keyed(entry, indent + 2, &mut inner),
                    _ => field(entry, indent + 2, false, &mut inner),
                }
            }
        }
        Yaml::Text(text) => inner = format!("{}{}\n", " ".repeat(indent + 2), scalar(text)),
        Yaml::List(_) => put(value, indent + 2, &mut inner),
        Yaml::Prose(blocks) => {
            inner = format!("{}|\n", " ".repeat(indent + 2));
            prose(blocks, indent + 2, &mut inner);
        }
        Yaml::Row(cells) => inner = format!("{}{}\n", " ".repeat(indent + 2), row(cells, indent)),
        _ => return,
    }
    inner.replace_range(indent..indent + 2, "- ");
    out.push_str(&inner);
}

/// A text as a scalar on one line, in quotes where it needs them.
fn scalar(text: &str) -> String {
    let text = text
        .split([' ', '\t', '\n', '\r', BREAK])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let opens = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '©' | '“' | '‘' | '('));
    let word = matches!(
        text.to_lowercase().as_str(),
        "yes" | "no" | "true" | "false" | "null" | "on" | "off" | "y" | "n" | "nan" | "inf"
    );
    let marks = text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || text.contains(CITED)
        || text.chars().any(|c| c.is_control() || c == '\u{FEFF}');
    if opens && !word && !marks {
        text
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Texts in brackets, each on a line of its own where one has no room for all.
fn row(cells: &[String], indent: usize) -> String {
    let cell = |cell: &String| match scalar(cell) {
        plain
            if !plain.starts_with('\'') && plain.contains(['[', ']', '{', '}', ',', ':', '#']) =>
        {
            format!("'{}'", plain.replace('\'', "''"))
        }
        other => other,
    };
    let cells: Vec<String> = cells.iter().map(cell).collect();
    let line = format!("[{}]", cells.join(", "));
    match indent + 2 + line.chars().count() > WIDTH {
        true => format!(
            "[{}]",
            cells.join(&format!(",\n{}", " ".repeat(indent + 3)))
        ),
        false => line,
    }
}

/// Blocks of CommonMark as a block scalar.
fn prose(blocks: &[String], indent: usize, out: &mut String) {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let code = block.contains("```");
        for line in block.lines() {
            match code {
                true => typed(line, indent, out),
                false => wrap(line, indent, out),
            }
        }
    }
}

fn typed(line: &str, indent: usize, out: &mut String) {
    out.push_str(format!("{}{line}", " ".repeat(indent)).trim_end());
    out.push('\n');
}

/// A line of CommonMark, broken where that makes no list, heading or quotation of its rest.
fn wrap(line: &str, indent: usize, out: &mut String) {
    if line.starts_with(['|', '\t']) || line.starts_with("    ") || line.starts_with("```") {
        return out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
    }
    // Signs of quotations stand before every line of theirs.
    let start = line.trim_start_matches([' ', '>']);
    let prefix = &line[..line.len() - start.len()];
    if start.starts_with('|') {
        return out.push_str(&format!("{}{line}\n", " ".repeat(indent)));
    }
    let lead = prefix.len();
    let sign = crate::import::read::line_markers::bullet(start).map_or(0, |(sign, _)| sign.len());
    let mut current = format!("{}{prefix}", " ".repeat(indent));
    let mut width = indent + lead;
    // A sign alone on a line would be an empty item or quotation.
    let mut signs = true;
    // Next to an ideograph the end of a line may be no space.
    let mut held = false;
    for word in start.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        let before = std::mem::replace(&mut held, word.contains(is_ideographic));
        if !(signs || before || held) && width + 1 + length > WIDTH && !opens_block(word) {
            out.push_str(current.trim_end_matches(' '));
            out.push('\n');
            current = format!("{}{prefix}{}", " ".repeat(indent), " ".repeat(sign));
            width = indent + lead + sign;
        } else if width > indent + lead {
            current.push(' ');
            width += 1;
        }
        current.push_str(word);
        width += length;
        signs &= opens_block(word)
            || crate::import::read::line_markers::bullet(&format!("{word} ")).is_some();
    }
    out.push_str(current.trim_end_matches(' '));
    out.push('\n');
}

/// Whether a word at the start of a line would open a block.
fn opens_block(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits > 0 && matches!(&word[digits..], "." | ")");
    let sign = word.chars().all(|c| {
        matches!(
            c,
            '-' | '+' | '*' | '=' | '#' | '>' | '_' | '~' | '`' | ':' | '|'
        )
    });
    number
        || sign
        || word.starts_with(['>', '#', '|', '<'])
        || word.starts_with("```")
        || word.starts_with("[^")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        assert_eq!(scalar("Plain text, it's"), "Plain text, it's");
        assert_eq!(scalar("Panel: it's"), "'Panel: it''s'");
        assert_eq!(scalar("No"), "'No'");
        assert_eq!(scalar("2016"), "'2016'");
    }

    #[test]
    fn prose_is_wrapped_and_opens_no_blocks() {
        let mut out = String::new();
        wrap(
            &format!("{} - {}", "a".repeat(95), "b".repeat(9)),
            2,
            &mut out,
        );
        assert_eq!(
            out,
            format!("  {} -\n  {}\n", "a".repeat(95), "b".repeat(9))
        );
        let mut out = String::new();
        wrap(&format!("- {}", "word ".repeat(30)), 4, &mut out);
        assert!(
            out.lines().all(|line| line.chars().count() <= WIDTH)
                && out.lines().nth(1).unwrap().starts_with("      word")
        );
    }

    #[test]
    fn fields_nest_and_carry_comments() {
        let mut inner = Fields::default();
        inner.add("speaker", Yaml::Word("lee".into())).checked(
            "text",
            Yaml::Prose(vec!["One.".into(), "Two.".into()]),
            &["what\nelse".into()],
        );
        let mut fields = Fields::default();
        fields.add("items", Yaml::List(vec![inner.map()]));
        let text = file("# Head.\n", &fields.map());
        assert_eq!(
            text,
            "# Head.\n\nitems:\n  - speaker: lee\n    # check: what else\n    text: |\n      One.\n\n      Two.\n"
        );
    }
}
