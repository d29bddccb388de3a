//! Rewrites what dialects of Markdown add, line by line, into what the parser knows; lines keep their numbers.
//!
//! Attributes and divisions of pandoc, kramdown and Quarto, admonitions of MkDocs, callouts and comments of Obsidian,
//! shortcodes of Hugo and Jekyll, inline notes, grid tables. Code is left as it is.

use crate::import::outline::{Role, TracedText};
use crate::import::words::capital;

/// A text with what was left out of it.
pub(super) struct Prepared {
    pub(super) text: String,
    pub(super) left_out: Vec<TracedText>,
}

/// Prepares a text.
pub(super) fn of(text: &str) -> Prepared {
    let mut state = State::default();
    for (index, line) in text.split('\n').enumerate() {
        state.number = index + 1;
        state.line(line);
    }
    state.out.pop();
    for (index, note) in state.notes.iter().enumerate() {
        state
            .out
            .push_str(&format!("\n\n[^{INLINE}{}]: {note}", index + 1));
    }
    Prepared {
        text: state.out,
        left_out: state.left_out,
    }
}

/// Labels of notes that are within a line.
const INLINE: &str = "inline-note-";

#[derive(Default)]
struct State {
    out: String,
    number: usize,
    left_out: Vec<TracedText>,
    notes: Vec<String>,
    /// The fence of the block of code that is open.
    fence: Option<String>,
    /// The lines of an admonition are indented.
    indented: bool,
}

impl State {
    fn push(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn leave_out(&mut self, text: &str, why: &'static str) {
        let (line, text) = (self.number, text.to_owned());
        let role = Role::LeftOut(why);
        self.left_out.push(TracedText { line, text, role });
    }

    fn line(&mut self, line: &str) {
        let trimmed = line.trim_start_matches([' ', '>', '\t']);
        let fence: String = trimmed
            .chars()
            .take_while(|c| matches!(c, '`' | '~'))
            .collect();
        if let Some(open) = &self.fence {
            if fence.starts_with(open.as_str()) && trimmed[fence.len()..].trim().is_empty() {
                self.fence = None;
            }
            return self.push(line);
        }
        let same = fence.chars().all(|c| fence.starts_with(c));
        if fence.len() > 2 && same && !trimmed[fence.len()..].contains('`') {
            self.fence = Some(fence);
            // `{.python}` and `{r setup, echo=FALSE}` name the language of code.
            let (start, info) = line
                .split_at(line.len() - trimmed.len() + self.fence.as_ref().map_or(0, String::len));
            let word = info
                .trim()
                .trim_matches(['{', '}'])
                .split([' ', ','])
                .next()
                .unwrap_or_default();
            return self.push(&format!("{start}{}", word.trim_start_matches('.')));
        }
        if self.whole(line, trimmed.trim_end()) {
            return;
        }
        let line = parts(line, |part, first| self.running(part, first));
        self.push(&line);
    }

    /// Lines that are marks and nothing else; true where one was taken.
    fn whole(&mut self, line: &str, trimmed: &str) -> bool {
        if self.indented && !line.trim().is_empty() {
            if let Some(inner) = line
                .strip_prefix("    ")
                .or_else(|| line.strip_prefix('\t'))
            {
                let inner = parts(inner, |part, first| self.running(part, first));
                self.push(&format!("> {inner}"));
                return true;
            }
            self.indented = false;
        } else if self.indented {
            self.push(">");
            return true;
        }
        let contents = [
            "[TOC]",
            "[[_TOC_]]",
            "[[toc]]",
            "[toc]",
            "{:toc}",
            "\\tableofcontents",
        ];
        let why = if contents.contains(&trimmed) {
            "marks where a list of contents is to be, which is made again"
        } else if trimmed.starts_with(":::") {
            "marks of divisions (`:::`), whose text stays"
        } else if trimmed.starts_with("{:") && trimmed.ends_with('}') {
            "attributes of Markdown, which a report has no place for"
        } else {
            return self.opens(line, trimmed);
        };
        self.leave_out(line, why);
        self.push("");
        true
    }

    /// Lines that open an admonition, a callout or a table of signs.
    fn opens(&mut self, line: &str, trimmed: &str) -> bool {
        let sign = ["!!! ", "!!!+ ", "??? ", "???+ ", "=== \""];
        if let Some(sign) = sign.iter().find(|sign| line.starts_with(**sign)) {
            let rest = line[sign.trim_end_matches('"').len()..].trim();
            let (kind, title) = rest.split_once('"').unwrap_or((rest, ""));
            let title = match title.trim_end_matches('"') {
                "" => capital(kind.split(' ').next().unwrap_or_default()),
                title => title.to_owned(),
            };
            self.indented = true;
            self.push(&format!("> **{title}**<br>"));
            return true;
        }
        if let Some((kind, title)) = line
            .trim_start()
            .starts_with('>')
            .then(|| callout(trimmed))
            .flatten()
        {
            let start = &line[..line.len() - line.trim_start_matches([' ', '>', '\t']).len()];
            let title = if title.is_empty() {
                capital(&kind.to_lowercase())
            } else {
                title.to_owned()
            };
            self.push(&format!("{start}**{title}**<br>"));
            return true;
        }
        let grid = trimmed.len() > 4
            && trimmed.starts_with('+')
            && trimmed.ends_with('+')
            && trimmed.chars().all(|c| matches!(c, '+' | '-' | '=' | ':'));
        let row = trimmed.starts_with('|')
            && self
                .out
                .lines()
                .last()
                .is_some_and(|last| last.starts_with("    +") || last.starts_with("    |"));
        if grid || row {
            self.push(&format!("    {trimmed}"));
            return true;
        }
        false
    }

    /// Running text that is no code; `first` where it opens its line.
    fn running(&mut self, text: &str, first: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        if !first && let Some((_, after)) = attributes(rest) {
            rest = after;
        }
        while let Some(c) = rest.chars().next() {
            let taken = match c {
                '\\' => {
                    let end = rest
                        .char_indices()
                        .nth(2)
                        .map_or(rest.len(), |(end, _)| end);
                    out.push_str(&rest[..end]);
                    Some(&rest[end..])
                }
                '{' => self.shortcode(rest, &mut out),
                '^' if rest.starts_with("^[") => self.inline_note(rest, &mut out),
                ']' | ')' => behind(rest, &mut out),
                '%' | '=' => self.doubled(rest, &mut out),
                '~' | '^' => script(rest, &mut out),
                _ => None,
            };
            rest = taken.unwrap_or_else(|| {
                out.push(c);
                &rest[c.len_utf8()..]
            });
        }
        out
    }

    /// `{{< figure src="a.png" >}}`, `{{% note %}}` or `{% include x %}`; a figure is a picture, the others go.
    fn shortcode<'t>(&mut self, text: &'t str, out: &mut String) -> Option<&'t str> {
        let kinds = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];
        let (start, end) = kinds
            .into_iter()
            .find(|(start, _)| text.starts_with(start))?;
        let length = text.find(end)?;
        let inner = text[start.len()..length].trim();
        let field = |name: &str| {
            let at = inner.find(&format!("{name}=\""))? + name.len() + 2;
            inner[at..].split('"').next()
        };
        match field("src").filter(|_| inner.starts_with("figure")) {
            Some(src) => {
                let alt = field("alt").or(field("caption")).unwrap_or_default();
                let title = field("caption")
                    .or(field("title"))
                    .filter(|title| *title != alt);
                let title = title
                    .map(|title| format!(" \"{title}\""))
                    .unwrap_or_default();
                out.push_str(&format!("![{alt}](<{src}>{title})"));
            }
            None => self.leave_out(
                &text[..length + end.len()],
                "shortcodes, which the program does not know",
            ),
        }
        Some(&text[length + end.len()..])
    }

    /// `^[a note]`.
    fn inline_note<'t>(&mut self, text: &'t str, out: &mut String) -> Option<&'t str> {
        let mut depth = 0;
        let end = text.char_indices().find(|(_, c)| {
            depth += i32::from(*c == '[') - i32::from(*c == ']');
            depth == 0 && *c == ']'
        })?;
        let note = text[2..end.0].trim();
        if note.is_empty() {
            return None;
        }
        self.notes.push(note.to_owned());
        out.push_str(&format!("[^{INLINE}{}]", self.notes.len()));
        Some(&text[end.0 + 1..])
    }

    /// `%%a comment%%` and `==marked==`.
    fn doubled<'t>(&mut self, text: &'t str, out: &mut String) -> Option<&'t str> {
        let sign = if text.starts_with("%%") { "%%" } else { "==" };
        let inner = text.strip_prefix(sign)?;
        let end = inner.find(sign)?;
        let (inner, after) = (&inner[..end], &inner[end + 2..]);
        if inner.trim().is_empty() || inner.trim() != inner && sign == "==" {
            return None;
        }
        match sign {
            "%%" => self.leave_out(inner, "comments"),
            _ => out.push_str(inner),
        }
        Some(after)
    }
}

/// `~x~` and `^x^`: lowered and raised text, which has no blanks in it; `~~x~~` is struck out.
fn script<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let sign = &text[..1];
    let inner = &text[1..];
    let end = inner.find(sign)?;
    let (inner, after) = (&inner[..end], &inner[end + 1..]);
    let sound = !inner.is_empty() && !inner.contains([' ', '\t', '<', '|']) && inner.len() <= 40;
    if !sound || after.starts_with(sign) || out.ends_with(sign) {
        return None;
    }
    let name = if sign == "~" { "sub" } else { "sup" };
    out.push_str(&format!("<{name}>{inner}</{name}>"));
    Some(after)
}

/// The kind and title of `[!note]- Title`.
fn callout(line: &str) -> Option<(&str, &str)> {
    let (kind, title) = line.strip_prefix("[!")?.split_once(']')?;
    let word = !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '-');
    word.then(|| (kind, title.trim_start_matches(['-', '+']).trim()))
}

/// What comes after the bracket at the start of a text, where that is attributes: those of a link or picture go, and
/// `[words]{.class}` are words.
fn behind<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let (_, after) = attributes(&text[1..])?;
    if text.starts_with(']') {
        let mut depth = 1;
        let open = out.char_indices().rev().find(|(_, c)| {
            depth += i32::from(*c == ']') - i32::from(*c == '[');
            depth == 0
        });
        let (at, _) = open?;
        if out[..at].ends_with('!') {
            return None;
        }
        out.replace_range(at..=at, "<span>");
        out.push_str("</span>");
    } else {
        out.push(')');
    }
    Some(after)
}

/// `{#id .class key=value}` at the start of a text, and what is after it.
fn attributes(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let end = inner.find('}')?;
    let (inner, after) = (&inner[..end], &inner[end + 1..]);
    let words: Vec<&str> = inner.split_whitespace().collect();
    let marked = |word: &str| {
        word.starts_with(['#', '.', ':']) && word.len() > 1 || word == "-" || word.contains('=')
    };
    let sound = words.first().is_some_and(|word| marked(word)) && !inner.contains(['{', '<', '\\']);
    sound.then_some((inner, after))
}

/// A line of which the code stays; `change` is told whether a part opens the line.
fn parts(line: &str, mut change: impl FnMut(&str, bool) -> String) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut first = true;
    while let Some(at) = rest.find('`') {
        let ticks = rest[at..].bytes().take_while(|byte| *byte == b'`').count();
        let fence = &rest[at..at + ticks];
        let inner = &rest[at + ticks..];
        let ends = |(end, _): &(usize, &str)| {
            !inner[..*end].ends_with('`') && !inner[end + ticks..].starts_with('`')
        };
        let Some((end, _)) = inner.match_indices(fence).find(ends) else {
            break;
        };
        out.push_str(&change(&rest[..at], first));
        first = false;
        let end = at + ticks + end + ticks;
        out.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    out.push_str(&change(rest, first));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_are_put_in_terms_of_the_parser() {
        for (typed, read) in [
            ("![a](b.png){width=50%} c", "![a](b.png) c"),
            ("[small]{.smallcaps} x", "<span>small</span> x"),
            ("`x`{.r} y", "`x` y"),
            ("a {b} c", "a {b} c"),
            ("::: {.note}", ""),
            ("{: .no_toc}", ""),
            ("> [!warning]- Mind it", "> **Mind it**<br>"),
            ("> [!NOTE]", "> **Note**<br>"),
            ("!!! tip \"Do\"\n    so\n\nx", "> **Do**<br>\n> so\n>\nx"),
            ("a{{< x >}}b", "ab"),
            (
                "{{< figure src=\"a.png\" alt=\"A\" caption=\"B\" >}}",
                "![A](<a.png> \"B\")",
            ),
            ("a ==b== c == d == e", "a b c == d == e"),
            ("a %%b%% c", "a  c"),
            (
                "CO~2~, m^2^, ~~a~~, ~5 or ~6, 2^3 4^5",
                "CO<sub>2</sub>, m<sup>2</sup>, ~~a~~, ~5 or ~6, 2^3 4^5",
            ),
            (
                "x^[a [b](c)] y",
                "x[^inline-note-1] y\n\n[^inline-note-1]: a [b](c)",
            ),
            ("`^[a]` \\^[b]", "`^[a]` \\^[b]"),
            ("```{r, echo=F}\n::: x\n```", "```r\n::: x\n```"),
            (
                "+---+---+\n| a | b |\n+---+---+",
                "    +---+---+\n    | a | b |\n    +---+---+",
            ),
        ] {
            assert_eq!(of(typed).text, read, "{typed}");
        }
    }
}
