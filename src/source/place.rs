//! Places in files: from a value and an offset in it to the line and column that an editor shows.

use crate::base::diagnostic::{Code, Diagnostic, Location};

use super::memo;
use super::schema::Located;

/// A file's path and text, to place diagnostics in it.
#[derive(Debug, Clone, Copy)]
pub struct FileRef<'a> {
    /// Path as the user would type it.
    pub path: &'a str,
    /// The decoded text.
    pub text: &'a str,
}

impl<'a> FileRef<'a> {
    /// A diagnostic at a line and column, with the line as its snippet.
    pub fn diagnostic(
        self,
        code: Code,
        line: u32,
        column: u32,
        message: impl Into<String>,
    ) -> Diagnostic {
        let placed = Diagnostic::new(code, message).at(self.location(line, column));
        match memo::line(self, line) {
            Some(text) => placed.snippet(text),
            None => placed,
        }
    }

    /// A location in this file.
    pub fn location(self, line: u32, column: u32) -> Location {
        Location {
            file: self.path.to_owned(),
            line,
            column,
        }
    }

    /// Line and column of a field's value, by the field's path; of the field's name where the value is no single text.
    pub fn place_of(self, path: &str) -> Option<(u32, u32)> {
        super::outline::place_of(self.text, path)
    }

    /// The text of a line, counted from 1.
    pub fn line(self, line: u32) -> Option<&'a str> {
        self.text[self.start_of(line)?..].split('\n').next()
    }

    /// Where a line starts, counted from 1.
    fn start_of(self, line: u32) -> Option<usize> {
        memo::start_of(self.text, line)
    }

    /// Line and column of the byte at `offset` in `value`, a scalar of this file.
    ///
    /// Block, folded, plain and quoted scalars differ from their text in the file by white space alone (quoted ones
    /// without escapes), so the place is found by counting the other characters. Where that cannot be, the place is the
    /// scalar's own.
    pub fn within(self, value: &Located<String>, offset: usize) -> (u32, u32) {
        self.counted(value, offset)
            .unwrap_or((value.line, value.column))
    }

    fn counted(self, value: &Located<String>, offset: usize) -> Option<(u32, u32)> {
        let (from, mut scan) = match memo::reached(self.text, value, offset) {
            Some((from, at, line, column)) => {
                let rest = self.text.get(at..)?.chars();
                (from, Scan { rest, line, column })
            }
            None => {
                let mut scan = Scan::at(self, value.line, value.column)?;
                if !self.is_block(value) {
                    scan.enter(&value.value)?;
                }
                (0, scan)
            }
        };
        let between = value.value.get(from..offset)?;
        let mut left = between.chars().filter(|c| !c.is_whitespace()).count();
        // An offset at white space is placed at the next character.
        loop {
            let c = scan.peek()?;
            if c.is_whitespace() {
                scan.next();
            } else if left == 0 {
                let at = self.text.len() - scan.rest.as_str().len();
                memo::reach(self.text, value, (offset, at, scan.line, scan.column));
                return Some((scan.line, scan.column));
            } else {
                left -= 1;
                scan.next();
            }
        }
    }
}

impl<'a> FileRef<'a> {
    /// Whether a scalar is a block (`|` or `>`). Its place is that of its first character, which may well be a quote, a
    /// star or a bar of its text; only what ends the line above tells.
    fn is_block(self, value: &Located<String>) -> bool {
        self.block_of(value).is_some()
    }

    /// The sign that a block starts with, and its text in the file from its first line on.
    fn block_of(self, value: &Located<String>) -> Option<(char, &'a str)> {
        let start = self.start_of(value.line)?;
        let column = usize::try_from(value.column.saturating_sub(1)).ok()?;
        let (above, below) = self.text.split_at(start);
        let line = below.split('\n').next().unwrap_or_default();
        let starts_line = line.chars().take(column).all(|c| c == ' ');
        let header = above.rsplit('\n').find(|line| !line.trim().is_empty());
        let sign = header.filter(|_| starts_line).and_then(block_sign)?;
        Some((sign, below))
    }

    /// Where a list, a heading, a row of a table or code would begin in a block after `>`, had YAML not joined it to the
    /// line above.
    pub fn joined_line(self, value: &Located<String>) -> Option<(u32, u32)> {
        let (_, block) = self.block_of(value).filter(|(sign, _)| *sign == '>')?;
        let indent = usize::try_from(value.column.saturating_sub(1)).ok()?;
        let mut below_text = false;
        for (line, text) in (value.line..).zip(block.split('\n')) {
            let said = text.trim();
            let width = text.len() - text.trim_start_matches(' ').len();
            if !said.is_empty() && width < indent {
                break;
            }
            // Lines that stand farther in are kept as they are, and so are those next to them.
            let joins = !said.is_empty() && width == indent;
            if joins && below_text && begins_block(said) {
                return Some((line, value.column));
            }
            below_text = joins;
        }
        None
    }
}

/// The sign of a block scalar that a line ends in the start of, such as `text: |` or `- >2- # why`.
fn block_sign(line: &str) -> Option<char> {
    let code = line.split(" #").next().unwrap_or_default().trim_end();
    let code = code.trim_end_matches(|c: char| c.is_ascii_digit() || c == '+' || c == '-');
    let sign = code
        .chars()
        .next_back()
        .filter(|c| matches!(c, '|' | '>'))?;
    let before = &code[..code.len() - 1];
    (before.is_empty() || before.ends_with(' ')).then_some(sign)
}

/// Whether a line begins something other than text.
fn begins_block(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = line.len() - number.len();
    let heading = line.trim_start_matches('#');
    ["- ", "* ", "+ ", "> ", "|", "```", "~~~", "[^"]
        .iter()
        .any(|sign| line.starts_with(sign))
        || (1..4).contains(&counted) && (number.starts_with(". ") || number.starts_with(") "))
        || (1..7).contains(&(line.len() - heading.len())) && heading.starts_with(' ')
}

/// A walk over the characters of a text that knows its line and column.
struct Scan<'a> {
    rest: std::str::Chars<'a>,
    line: u32,
    column: u32,
}

impl<'a> Scan<'a> {
    /// Starts at a line and column.
    fn at(file: FileRef<'a>, line: u32, column: u32) -> Option<Self> {
        let mut scan = Scan {
            rest: file.text[file.start_of(line)?..].chars(),
            line,
            column: 1,
        };
        while scan.column < column {
            scan.next()?;
        }
        Some(scan)
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(c)
    }

    /// Goes to the first character of the scalar's own text; `None` where counting would not be right.
    fn enter(&mut self, value: &str) -> Option<()> {
        while matches!(self.peek()?, '&' | '!') {
            while !self.peek()?.is_whitespace() {
                self.next();
            }
            while self.peek()?.is_whitespace() {
                self.next();
            }
        }
        match self.peek()? {
            '"' => {
                self.next();
                let raw: String = self.rest.clone().take_while(|c| *c != '"').collect();
                (!raw.contains('\\')).then_some(())
            }
            '\'' => {
                self.next();
                (!value.contains('\'')).then_some(())
            }
            '*' => None,
            _ => Some(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str, line: u32, column: u32, value: &str, needle: &str) -> (u32, u32) {
        let file = FileRef {
            path: "a.yaml",
            text,
        };
        let value = Located {
            value: value.to_owned(),
            line,
            column,
        };
        let offset = value.value.find(needle).unwrap();
        file.within(&value, offset)
    }

    #[test]
    fn an_offset_in_a_literal_block_has_the_line_and_column_of_the_file() {
        let text = "a:\n  text: |\n\n    one\n    two three\n";
        assert_eq!(place(text, 4, 5, "\none\ntwo three\n", "three"), (5, 9));
        assert_eq!(place(text, 4, 5, "\none\ntwo three\n", "one"), (4, 5));
    }

    #[test]
    fn a_block_may_start_with_any_character() {
        for start in ["|", ">", "\"", "'", "*", "&", "!"] {
            let text = format!("a:\n  text: |2- # why\n\n    {start}one\n    two\\ 'three'\n");
            let value = format!("{start}one\ntwo\\ 'three'");
            assert_eq!(place(&text, 4, 5, &value, "one"), (4, 6), "{start}");
            assert_eq!(place(&text, 4, 5, &value, "three"), (5, 11), "{start}");
        }
    }

    #[test]
    fn what_a_folded_block_joins_to_the_line_above_is_found() {
        let found = |text: &str, line, value: &str| {
            let file = FileRef {
                path: "a.yaml",
                text,
            };
            let value = Located {
                value: value.to_owned(),
                line,
                column: 3,
            };
            file.joined_line(&value)
        };
        for sign in ["- ", "* ", "1. ", "12) ", "## ", "> ", "| ", "[^a]: "] {
            let text = format!("a: >-\n  one\n  {sign}two\nb: c\n");
            assert_eq!(found(&text, 2, "one"), Some((3, 3)), "{sign}");
            for (header, between) in [(">", "\n\n"), (">", "\n  "), ("|", "\n")] {
                let text = format!("a: {header}\n  one{between}  {sign}two\nb: c\n");
                assert_eq!(found(&text, 2, "one"), None, "{header}{between:?}{sign}");
            }
        }
        assert_eq!(
            found("a: >\n\n  - one\n  - two\n", 3, "- one"),
            Some((4, 3))
        );
        assert_eq!(found("a: >\n  one\n  -two\n  2016. Two\n", 2, "one"), None);
    }

    #[test]
    fn an_offset_in_a_folded_or_plain_scalar_has_the_line_and_column_of_the_file() {
        let text = "a: >-\n  one\n  two\nb: one\n  two\n";
        assert_eq!(place(text, 2, 3, "one two", "two"), (3, 3));
        assert_eq!(place(text, 4, 4, "one two", "two"), (5, 3));
    }

    #[test]
    fn an_offset_in_a_quoted_scalar_with_escapes_has_the_place_of_the_scalar() {
        assert_eq!(place("a: \"x\\u0041 b\"\n", 1, 4, "xA b", "b"), (1, 4));
        assert_eq!(place("a: \"x b\"\n", 1, 4, "x b", "b"), (1, 7));
        assert_eq!(place("a: 'x''y b'\n", 1, 4, "x'y b", "b"), (1, 4));
    }
}
