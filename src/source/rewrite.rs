//! Changes of single values in a YAML file: everything else stays byte for byte.
//!
//! A value keeps its style (plain, quoted, literal, folded) where what it says now can be written so, a block keeps the
//! lines that did not change and wraps the others as wide as it did. After each change the file is read again: where any
//! other value or any key would have become another, the change is refused.

mod lists;

use std::cell::OnceCell;
use std::ops::Range;

use serde_yaml::granit_parser::ScalarStyle;

use super::outline::{self, Written};
use lists::extent;

/// Lines of a block that is wrapped nowhere are not wrapped.
const NO_WIDTH: usize = usize::MAX;
/// The width that the blocks of a file are wrapped at, at most, where one of them is narrower.
const WIDEST: usize = 100;

/// A file that is being changed.
#[derive(Debug, Clone)]
pub struct Rewrite {
    text: String,
    /// Its scalars, once somebody has asked for them.
    scalars: OnceCell<Option<Vec<Written>>>,
}

impl Rewrite {
    /// A file as it is, its lines ended by `\n`.
    pub fn of(text: &str) -> Self {
        Rewrite {
            text: text.to_owned(),
            scalars: OnceCell::new(),
        }
    }

    fn scalars(&self) -> Option<&[Written]> {
        let scalars = self.scalars.get_or_init(|| outline::written(&self.text));
        scalars.as_deref()
    }

    /// The file as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the field at a path says.
    pub fn value(&self, path: &str) -> Option<String> {
        find(self.scalars()?, path).map(|scalar| scalar.value.clone())
    }

    /// The line that the field at a path begins on.
    pub fn line(&self, path: &str) -> Option<usize> {
        let start = extent(self.scalars()?, path)?.start;
        Some(self.text[..start].matches('\n').count() + 1)
    }

    /// Makes the field at a path say something else; `None`, and nothing is changed, where that cannot be written.
    pub fn set(&mut self, path: &str, value: &str) -> Option<()> {
        let before = self.scalars()?.to_vec();
        let scalar = find(&before, path)?;
        if scalar.value == value {
            return Some(());
        }
        let (range, new) = match scalar.style {
            ScalarStyle::Literal => self.literal(&before, scalar, value)?,
            ScalarStyle::Folded => self.folded(&before, scalar, value)?,
            _ => self.inline(scalar, value)?,
        };
        let mut expected = before.clone();
        let at = before.iter().position(|one| std::ptr::eq(one, scalar))?;
        expected[at].value = value.to_owned();
        let changed = Some(&before[at].path);
        self.replace(range, &new, &expected, changed)
    }

    /// Puts comments above the line on which a field begins.
    pub fn comment(&mut self, path: &str, lines: &[String]) -> Option<()> {
        let before = self.scalars()?.to_vec();
        // The key of the field, or of the list that it is an item of.
        let mut field = path;
        let key = loop {
            match before.iter().find(|one| one.is_key && one.path == field) {
                Some(key) => break key,
                None => field = field.rsplit_once('[')?.0,
            }
        };
        let start = self.text[..key.range.start]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let line = &self.text[start..];
        let pad = &line[..line.len() - line.trim_start_matches(' ').len()];
        let new: String = lines.iter().map(|line| format!("{pad}{line}\n")).collect();
        self.replace(start..start, &new, &before, None)
    }

    /// Puts a text in the place of a range, if the file then says what is expected.
    fn replace(
        &mut self,
        range: Range<usize>,
        new: &str,
        expected: &[Written],
        changed: Option<&String>,
    ) -> Option<()> {
        let mut text = self.text.clone();
        text.replace_range(range, new);
        let now = outline::written(&text)?;
        // Lines of a block that changed may be wrapped otherwise.
        let words = |one: &Written, other: &Written| {
            let (one, other) = (one.value.split_whitespace(), other.value.split_whitespace());
            one.eq(other)
        };
        let same = |(one, other): (&Written, &Written)| {
            let value = one.value == other.value || changed == Some(&one.path) && words(one, other);
            one.path == other.path && value && one.is_key == other.is_key
        };
        if now.len() != expected.len() || !now.iter().zip(expected).all(same) {
            return None;
        }
        self.text = text;
        self.scalars = OnceCell::from(Some(now));
        Some(())
    }

    /// The lines of a block scalar from the first that says something on: where each starts and ends in the file, without
    /// its line end; and how far they are indented.
    fn block_lines(&self, scalar: &Written) -> (Vec<Range<usize>>, usize) {
        let start = scalar.range.start;
        let first = self.text[..start].rfind('\n').map_or(0, |end| end + 1);
        let indent = start - first;
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut at = first;
        while at < scalar.range.end {
            let end = self.text[at..].find('\n');
            let end = end.map_or(self.text.len(), |end| at + end);
            let line = &self.text[at..end];
            // The scanner stops within the indentation of what comes next.
            if !line.trim().is_empty() && line.len() - line.trim_start_matches(' ').len() < indent {
                break;
            }
            lines.push(at..end);
            at = end + 1;
        }
        let is_empty = |line: &Range<usize>| self.text[line.clone()].trim().is_empty();
        while lines.last().is_some_and(is_empty) {
            lines.pop();
        }
        (lines, indent)
    }

    /// How wide the lines of a block may be: a short one says little, others of the file say more.
    fn width(&self, scalars: &[Written], lines: &[Range<usize>]) -> usize {
        let Some(own) = width(&self.text, lines) else {
            return NO_WIDTH;
        };
        let blocks = scalars
            .iter()
            .filter(|one| matches!(one.style, ScalarStyle::Literal | ScalarStyle::Folded));
        let others = blocks.filter_map(|one| width(&self.text, &self.block_lines(one).0));
        own.max(others.max().unwrap_or(0).min(WIDEST))
    }

    /// A literal block with another text: lines that stay are not touched.
    fn literal(
        &self,
        scalars: &[Written],
        scalar: &Written,
        value: &str,
    ) -> Option<(Range<usize>, String)> {
        let (lines, indent) = self.block_lines(scalar);
        let (old, new) = inner_lines(&scalar.value, value)?;
        if old.len() != lines.len() {
            return None;
        }
        let width = self.width(scalars, &lines);
        let (before, mut after) = common(&old, &new);
        // What has no room on a line goes to the next one, to the end of the paragraph.
        let changed = &new[before..new.len() - after];
        if changed
            .iter()
            .any(|line| indent.saturating_add(line.chars().count()) > width)
        {
            while after > 0 && !new[new.len() - after].trim().is_empty() {
                after -= 1;
            }
        }
        let pad = " ".repeat(indent);
        let mut text = String::new();
        for line in wrapped(&new[before..new.len() - after], width, indent) {
            if !line.is_empty() {
                text.push_str(&pad);
                text.push_str(&line);
            }
            text.push('\n');
        }
        Some((self.line_range(&lines, before, lines.len() - after), text))
    }

    /// A folded block with another text: paragraphs that stay are not touched.
    fn folded(
        &self,
        scalars: &[Written],
        scalar: &Written,
        value: &str,
    ) -> Option<(Range<usize>, String)> {
        let (lines, indent) = self.block_lines(scalar);
        let (old, new) = inner_lines(&scalar.value, value)?;
        let inner = |line: &Range<usize>| self.text[line.clone()].get(indent..).unwrap_or("");
        if lines
            .iter()
            .any(|line| inner(line).starts_with([' ', '\t']))
        {
            return None;
        }
        // Each paragraph has its lines; an empty line ends it, more of them are empty paragraphs.
        let mut groups: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        for paragraph in &old {
            let start = at;
            while !paragraph.is_empty() && at < lines.len() && !inner(&lines[at]).trim().is_empty()
            {
                at += 1;
            }
            groups.push(start..at);
            at += 1;
        }
        if groups.last()?.end != lines.len() {
            return None;
        }
        let width = self.width(scalars, &lines);
        let (before, after) = common(&old, &new);
        let pad = " ".repeat(indent);
        let paragraphs: Vec<String> = new[before..new.len() - after]
            .iter()
            .map(|paragraph| {
                let lines = wrapped(&[paragraph], width, indent);
                let lines = lines.iter().filter(|line| !line.is_empty());
                lines.map(|line| format!("{pad}{line}\n")).collect()
            })
            .collect();
        if paragraphs.is_empty() || before + after >= old.len() {
            return None;
        }
        let range = self.line_range(
            &lines,
            groups[before].start,
            groups[old.len() - after - 1].end,
        );
        Some((range, paragraphs.join("\n")))
    }

    /// From the start of a line to the end of the line before another, its line end included.
    fn line_range(&self, lines: &[Range<usize>], from: usize, to: usize) -> Range<usize> {
        let start = match lines.get(from) {
            Some(line) => line.start,
            None => lines.last().map_or(0, |line| line.end + 1),
        };
        let end = match to.checked_sub(1) {
            Some(last) if to > from => lines[last].end + 1,
            _ => start,
        };
        start.min(self.text.len())..end.min(self.text.len())
    }

    /// A value on one line, or on several as YAML folds them.
    fn inline(&self, scalar: &Written, value: &str) -> Option<(Range<usize>, String)> {
        if value.contains('\n') {
            return None;
        }
        let range = scalar.range.clone();
        let old = &self.text[range.clone()];
        let in_brackets = self.in_brackets(range.start);
        let new = plain_or_quoted(value, scalar.style, in_brackets);
        let lines: Vec<&str> = old.split('\n').collect();
        let [_, second, ..] = lines.as_slice() else {
            return Some((range, new));
        };
        let indent = second.len() - second.trim_start_matches(' ').len();
        let start = self.text[..range.start]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let lead = self.text[start..range.start].chars().count();
        let widest = lines.iter().skip(1).map(|line| line.chars().count());
        let width = widest.chain([lead + lines[0].chars().count()]).max()?;
        let mut text = String::new();
        let mut at = lead;
        for word in new.split(' ') {
            let length = word.chars().count();
            if text.is_empty() {
                at += length;
            } else if at + 1 + length > width && !word.starts_with('#') {
                text.push('\n');
                text.push_str(&" ".repeat(indent));
                at = indent + length;
            } else {
                text.push(' ');
                at += 1 + length;
            }
            text.push_str(word);
        }
        Some((range, text))
    }

    /// Whether a place is within brackets of YAML on its line or above: then a comma ends a plain value.
    fn in_brackets(&self, at: usize) -> bool {
        // The list that an item opens begins on its line or one of the lines above it that are indented less.
        let line = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = &self.text[line..at];
        let opens = |text: &str| {
            let text = text.trim_start_matches([' ', '-']);
            let text = text.split_once(": ").map_or(text, |(_, rest)| rest);
            text.trim_start().starts_with(['[', '{'])
        };
        opens(before)
            || !before.trim_start().starts_with("- ")
                && !before.contains(": ")
                && self.text[..line]
                    .lines()
                    .rev()
                    .take_while(|line| !line.trim().is_empty())
                    .find(|line| opens(line))
                    .is_some_and(|line| !line.trim_end().ends_with([']', '}']))
    }
}

/// The scalar that is the value at a path.
fn find<'w>(scalars: &'w [Written], path: &str) -> Option<&'w Written> {
    scalars.iter().find(|one| !one.is_key && one.path == path)
}

/// The lines of two texts of a block without the empty ones at its ends, which both have.
fn inner_lines<'v>(old: &'v str, new: &'v str) -> Option<(Vec<&'v str>, Vec<&'v str>)> {
    let head = &old[..old.len() - old.trim_start_matches('\n').len()];
    let tail = &old[old.trim_end_matches('\n').len()..];
    let inner = |text: &'v str| text.strip_prefix(head)?.strip_suffix(tail);
    let lines = |text: &'v str| text.split('\n').collect();
    Some((lines(inner(old)?), lines(inner(new)?)))
}

/// How many first and last lines of two texts are the same.
fn common(old: &[&str], new: &[&str]) -> (usize, usize) {
    let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[before..], &new[before..]);
    let after = old.iter().rev().zip(new.iter().rev());
    (before, after.take_while(|(a, b)| a == b).count())
}

/// How wide a block is wrapped: as its widest line where a paragraph has several lines.
fn width(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    let length = |line: &Range<usize>| text[line.clone()].chars().count();
    let said = |line: &Range<usize>| !text[line.clone()].trim().is_empty();
    let goes_on = lines
        .windows(2)
        .any(|pair| said(&pair[0]) && said(&pair[1]));
    lines.iter().map(length).max().filter(|_| goes_on)
}

/// Lines, those that are too wide wrapped; what follows of a paragraph is wrapped with them.
fn wrapped(lines: &[&str], width: usize, indent: usize) -> Vec<String> {
    let room = width.saturating_sub(indent);
    let mut done: Vec<String> = Vec::new();
    let mut over = String::new();
    let mut hanging = String::new();
    for line in lines {
        let mut line = (*line).to_owned();
        if !over.is_empty() {
            let goes_on = !line.trim().is_empty()
                && !line.trim_start().starts_with(['|', '`'])
                && !opens_block(line.trim_start());
            if goes_on {
                let lead = &line[..line.len() - line.trim_start().len()];
                line = format!("{lead}{over} {}", line.trim_start());
            } else {
                done.push(format!("{hanging}{over}"));
            }
            over.clear();
        }
        let table = line.trim_start().starts_with(['|', '`']);
        while !table && line.chars().count() > room {
            let Some(at) = break_before(&line, room) else {
                break;
            };
            hanging = " ".repeat(lead(&line));
            over = format!("{}{}", line[at..].trim_start(), "");
            line.truncate(line[..at].trim_end().len());
            done.push(std::mem::take(&mut line));
            if over.chars().count() + hanging.len() <= room {
                break;
            }
            line = format!("{hanging}{}", std::mem::take(&mut over));
        }
        if over.is_empty() {
            done.push(line);
        }
    }
    if !over.is_empty() {
        done.push(format!("{hanging}{over}"));
    }
    done
}

/// How far the lines that go on a line are indented: as its text, behind the sign of an item.
fn lead(line: &str) -> usize {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let text = &line[indent..];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = match text[digits..].chars().next() {
        Some('-' | '*' | '+') if digits == 0 => 1,
        Some('.' | ')') if digits > 0 => digits + 1,
        _ => return indent,
    };
    let blanks = text[sign..].len() - text[sign..].trim_start_matches(' ').len();
    match blanks {
        0 => indent,
        blanks => indent + sign + blanks,
    }
}

/// The last space of a line at which it may be broken to have room.
fn break_before(line: &str, room: usize) -> Option<usize> {
    let start = lead(line);
    let mut last = None;
    for (count, (at, c)) in line.char_indices().enumerate() {
        if c != ' ' || at < start {
            continue;
        }
        let rest = line[at..].trim_start();
        let hard = line[..at].ends_with('\\');
        if at > 0 && !line[..at].ends_with(' ') && !hard && !opens_block(rest) {
            if count > room {
                return last.or(Some(at));
            }
            last = Some(at);
        }
    }
    last
}

/// Whether a text at the start of a line would open a block.
fn opens_block(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits > 0 && matches!(&word[digits..], "." | ")");
    let sign = word
        .chars()
        .all(|c| matches!(c, '-' | '+' | '*' | '=' | '_' | '~' | '`' | ':'));
    number
        || sign
        || word.starts_with(['>', '#', '|', '<', '('])
        || word.starts_with("```")
        || word.starts_with("[^")
}

/// A value on one line, plain where it can be and was, else in quotation marks.
fn plain_or_quoted(value: &str, style: ScalarStyle, in_brackets: bool) -> String {
    if style == ScalarStyle::Plain && may_be_plain(value, in_brackets) {
        return value.to_owned();
    }
    let control = value.chars().any(char::is_control);
    if style == ScalarStyle::SingleQuoted && !control {
        return format!("'{}'", value.replace('\'', "''"));
    }
    let mut quoted = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether YAML reads a plain value as the text that it is.
fn may_be_plain(value: &str, in_brackets: bool) -> bool {
    let first = value.chars().next();
    let opens = first
        .is_some_and(|c| c.is_alphabetic() || matches!(c, '“' | '‘' | '«' | '(' | '©' | '–' | '/'));
    let word = matches!(
        value.to_lowercase().as_str(),
        "yes" | "no" | "true" | "false" | "null" | "on" | "off" | "y" | "n" | "nan" | "inf"
    );
    let marks = value.contains(": ")
        || value.contains(" #")
        || value.ends_with(':')
        || value.trim() != value
        || value.chars().any(char::is_control)
        || in_brackets && value.contains([',', '[', ']', '{', '}', '#', ':']);
    opens && !word && !marks
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const FILE: &str = "\
# A comment.
section:
  id: one
  title: Plain title  # why
  short: 'It''s short'
  text: |
    One paragraph that goes
    on over its line.

    - first
    - second
  folded: >-
    Words that are
    folded here.

    And more.
  rows:
    - [Alder, \"4\"]
    - [Low Weir, \"12\"]  # the weir
  quoted: \"a \\\"b\\\"\"
";

    fn set(path: &str, value: &str) -> String {
        let mut file = Rewrite::of(FILE);
        file.set(path, value)
            .unwrap_or_else(|| panic!("{path}: {value}"));
        file.text().to_owned()
    }

    fn changed(new: &str) -> Vec<(String, String)> {
        let pairs = FILE.lines().zip(new.lines());
        pairs
            .filter(|(old, new)| old != new)
            .map(|(old, new)| (old.to_owned(), new.to_owned()))
            .collect()
    }

    #[test]
    fn a_value_keeps_its_style_and_all_else_its_bytes() {
        for (path, value, line) in [
            (
                "section.title",
                "Another title",
                "  title: Another title  # why",
            ),
            ("section.title", "No", "  title: \"No\"  # why"),
            ("section.title", "A: b", "  title: \"A: b\"  # why"),
            ("section.short", "It's", "  short: 'It''s'"),
            ("section.quoted", "c \\ d", "  quoted: \"c \\\\ d\""),
            (
                "section.rows[0][0]",
                "Alder, Bridge",
                "    - [\"Alder, Bridge\", \"4\"]",
            ),
            (
                "section.rows[1][1]",
                "13",
                "    - [Low Weir, \"13\"]  # the weir",
            ),
            (
                "section.text",
                "One paragraph that goes\non over a line.\n\n- first\n- second\n",
                "    on over a line.",
            ),
        ] {
            let new = set(path, value);
            let changes = changed(&new);
            assert_eq!(changes.len(), 1, "{new}");
            assert_eq!(changes[0].1, line);
        }
    }

    #[test]
    fn blocks_are_wrapped_as_wide_as_they_were() {
        let new = set(
            "section.text",
            "One long paragraph that goes\non over its line.\n\n- first\n- second\n",
        );
        // What the file says is the same whatever the lines are.
        assert!(
            new.contains(
                "    One long paragraph that\n    goes on over its line.\n\n    - first\n"
            ),
            "{new}"
        );
        let new = set(
            "section.folded",
            "Words that are folded here, too.\nAnd more.",
        );
        assert!(
            new.contains(
                "  folded: >-\n    Words that are folded\n    here, too.\n\n    And more.\n"
            ),
            "{new}"
        );
    }

    #[test]
    fn what_cannot_be_written_changes_nothing() {
        let mut file = Rewrite::of(FILE);
        assert_eq!(file.set("section.title", "two\nlines"), None);
        assert_eq!(file.set("section.missing", "x"), None);
        assert_eq!(file.text(), FILE);
        assert_eq!(Rewrite::of("a: &x b\nc: *x\n").set("a", "d"), None);
    }
}
