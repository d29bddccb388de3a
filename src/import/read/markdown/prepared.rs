//! Rewrites what dialects of Markdown add, line by line, into what the parser knows; lines keep their numbers.
//!
//! Attributes and divisions of pandoc, kramdown and Quarto, admonitions of MkDocs, callouts and comments of Obsidian,
//! shortcodes of Hugo and Jekyll, inline notes, grid tables. Code is left as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::divisions;
use super::drawn_tables::with_pipes;
use crate::import::outline::{Role, TracedText};

/// A text with what was left out of it.
pub(super) struct Prepared {
    pub(super) text: String,
    pub(super) left_out: Vec<TracedText>,
    pub(super) abbreviations: Vec<(String, String)>,
}

/// Prepares a text.
pub(super) fn of(text: &str) -> Prepared {
    let text = with_pipes(text);
    let mut state = State {
        boxes: divisions::boxes(&text),
        ..State::default()
    };
    for (index, line) in text.split('\n').enumerate() {
        state.number = index + 1;
        if state.boxed == Some(state.number) {
            state.boxed = None;
        }
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
        abbreviations: state.abbreviations,
    }
}

/// How far the text of an admonition is indented.
const INDENT: usize = 4;
/// The fence of a block of code of Liquid.
const HIGHLIGHT: &str = "{% highlight";
/// Around the title of a callout; no text has this character.
pub(super) const TITLE: char = '\u{FDD4}';
/// Labels of notes that are within a line.
const INLINE: &str = "inline-note-";

#[derive(Default)]
pub(super) struct State {
    pub(super) out: String,
    pub(super) number: usize,
    /// Divisions that are boxes: the lines at which they open and close, and the line that closes the one that is open.
    pub(super) boxes: BTreeMap<usize, divisions::DivisionEnd>,
    pub(super) boxed: Option<usize>,
    left_out: Vec<TracedText>,
    notes: Vec<String>,
    /// Short forms with what they stand for.
    pub(super) abbreviations: Vec<(String, String)>,
    /// How many examples that number themselves there are.
    pub(super) examples: usize,
    /// Whether there is program code, and how many of its brackets are open.
    pub(super) program: bool,
    pub(super) braces: i32,
    /// Whether a component of MDX is open.
    pub(super) component: bool,
    /// Whether a callout has been opened whose title may come next.
    pub(super) callout: bool,
    /// The fence of the block of code that is open.
    fence: Option<String>,
    /// The columns at which the admonitions start that are open: their text is indented.
    admonitions: Vec<usize>,
}

impl State {
    pub(super) fn push(&mut self, line: &str) {
        let start = self.out.len();
        if self.boxed.is_some() {
            self.out.push_str("> ");
        }
        let mut column = 0;
        for level in &self.admonitions {
            self.out.push_str(&" ".repeat(level.saturating_sub(column)));
            self.out.push_str("> ");
            column = level + INDENT;
        }
        match line.is_empty() {
            true => self
                .out
                .truncate(self.out[start..].trim_end().len() + start),
            false => self.out.push_str(line),
        }
        self.out.push('\n');
    }

    pub(super) fn leave_out(&mut self, text: &str, why: &'static str) {
        let (line, text) = (self.number, text.to_owned());
        let role = Role::LeftOut(why);
        self.left_out.push(TracedText { line, text, role });
    }

    /// Opens an admonition at a column of what the open ones hold.
    pub(super) fn admonish(&mut self, column: usize) {
        // Below an empty line of a quotation like it, it would be part of that.
        let last = self.out.len().saturating_sub(1);
        let start = self.out[..last].rfind('\n').map_or(0, |end| end + 1);
        let quote = &self.out[start..last];
        let empty = quote.trim_matches(['>', ' ']).is_empty();
        if empty && quote.matches('>').count() > self.admonitions.len() {
            self.out.truncate(start);
            self.push("");
        }
        let outer = self.admonitions.last().map_or(0, |outer| outer + INDENT);
        self.admonitions.push(outer + column);
    }

    /// What a line says within the admonitions that are open; those close that it is not indented for.
    fn within<'l>(&mut self, line: &'l str) -> Cow<'l, str> {
        let column = columns(line);
        while let Some(level) = self.admonitions.last()
            && column < level + INDENT
            && !line.trim().is_empty()
        {
            self.admonitions.pop();
            self.fence = None;
        }
        match self.admonitions.last() {
            Some(level) => {
                let inner = " ".repeat(column.saturating_sub(level + INDENT));
                Cow::Owned(inner + line.trim_start_matches([' ', '\t']))
            }
            None => Cow::Borrowed(line),
        }
    }

    fn line(&mut self, line: &str) {
        let line = &*self.within(line);
        let trimmed = line.trim_start_matches([' ', '>', '\t']);
        let fence: String = trimmed
            .chars()
            .take_while(|c| matches!(c, '`' | '~'))
            .collect();
        if let Some(open) = &self.fence {
            if open == HIGHLIGHT && trimmed.starts_with("{% endhighlight") {
                self.fence = None;
                return self.push("```");
            }
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
            let title = ["title=\"", "filename=\"", "caption=\"", "name=\""]
                .iter()
                .find_map(|key| info.split_once(key)?.1.split_once('"'));
            let title = title.filter(|(title, _)| !title.contains('`'));
            let title = title.map(|(title, _)| format!(" title=\"{title}\""));
            return self.push(&format!(
                "{start}{}{}",
                word.trim_start_matches('.'),
                title.unwrap_or_default()
            ));
        }
        if let Some(language) = trimmed.strip_prefix("{% highlight ") {
            self.fence = Some(HIGHLIGHT.to_owned());
            let language = language.split([' ', '%']).next().unwrap_or_default();
            return self.push(&format!("```{language}"));
        }
        if self.whole(line, trimmed.trim_end()) {
            return;
        }
        let (line, id) = self.without_id(line);
        let line = parts(line, |part, first| self.running(part, first));
        self.push(&(line + &id));
    }

    /// A line without the id that Obsidian sets at its end, ` ^third-plank`, and the place that it names.
    fn without_id<'l>(&mut self, line: &'l str) -> (&'l str, String) {
        let found = line.trim_end().rsplit_once(" ^").filter(|(text, id)| {
            id.len() > 2
                && id.starts_with(|c: char| c.is_ascii_alphabetic())
                && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && text.contains(char::is_alphanumeric)
        });
        let Some((text, id)) = found else {
            return (line, String::new());
        };
        self.leave_out(id, "marks to which links within the text lead");
        // In a table's row there is no place behind the last cell.
        match text.trim_start().starts_with('|') {
            true => (text, String::new()),
            false => (text, anchor_of(&format!("^{id}"))),
        }
    }

    /// Running text that is no code; `first` where it opens its line.
    pub(super) fn running(&mut self, text: &str, first: bool) -> String {
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
                '{' => self
                    .comment(rest, &mut out)
                    .or_else(|| self.variable(rest, &out))
                    .or_else(|| self.shortcode(rest, &mut out)),
                ':' => named_emoji(rest, &mut out),
                '*' if rest.starts_with("*/}") => {
                    out.push_str("-->");
                    Some(&rest["*/}".len()..])
                }
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

    /// The marks of comments that are no comments of HTML.
    fn comment<'t>(&self, text: &'t str, out: &mut String) -> Option<&'t str> {
        let marks = [
            ("{% comment %}", "<!--"),
            ("{% endcomment %}", "-->"),
            ("{::comment}", "<!--"),
            ("{:/comment}", "-->"),
            ("{:/}", "-->"),
            ("{/*", "<!--"),
        ];
        let (mark, html) = marks.into_iter().find(|(mark, _)| text.starts_with(mark))?;
        out.push_str(html);
        Some(&text[mark.len()..])
    }

    /// `{{ site.url }}` at the start of an address: the address is that of a file next to the text.
    fn variable<'t>(&mut self, text: &'t str, out: &str) -> Option<&'t str> {
        let (inner, after) = text.strip_prefix("{{ ")?.split_once("}}")?;
        let sound = out.ends_with("](") && !inner.contains(['{', '<', '\n', '(']);
        sound.then(|| {
            self.leave_out(inner, "variables of templates");
            after
        })
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

/// `:tada:` as the emoji that it names, if it names one.
pub(super) fn named_emoji<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let (name, after) = text[1..].split_once(':')?;
    let sound = name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '+' | '-'))
        && !out.ends_with(char::is_alphanumeric)
        && !after.starts_with(char::is_alphanumeric);
    let emoji = emojis::get_by_shortcode(name).filter(|_| sound)?;
    out.push_str(emoji.as_str());
    Some(after)
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

/// What comes after the bracket at the start of a text, where that is attributes: those of a link or picture go, and
/// `[words]{.class}` are words.
fn behind<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let (inner, after) = attributes(&text[1..])?;
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
    out.push_str(&anchor(inner));
    Some(after)
}

/// `{#id .class key=value}` at the start of a text, and what is after it.
pub(super) fn attributes(text: &str) -> Option<(&str, &str)> {
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

/// The id among attributes, as a place to which links may lead.
pub(super) fn anchor(attributes: &str) -> String {
    let mut words = attributes.split_whitespace();
    let id = words.find_map(|word| word.trim_start_matches(':').strip_prefix('#'));
    anchor_of(id.unwrap_or_default())
}

pub(super) fn anchor_of(id: &str) -> String {
    let sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '^');
    match !id.is_empty() && id.chars().all(sign) {
        true => format!("<a id=\"{id}\"></a>"),
        false => String::new(),
    }
}

/// How many columns of space a line begins with.
pub(super) fn columns(line: &str) -> usize {
    let blank = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blank.fold(0, |column, c| match c {
        '\t' => column / INDENT * INDENT + INDENT,
        _ => column + 1,
    })
}

/// A line of which the code stays; `change` is told whether a part opens the line.
pub(super) fn parts(line: &str, mut change: impl FnMut(&str, bool) -> String) -> String {
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
            (
                "::: {.callout-tip}\n## Do\nso\n:::\n## A",
                ">\n> ! Do !<br>\n> so\n\n## A",
            ),
            (
                "import X from \"x\"\n<Map at={[1]} />\n<X\n a={1}\n/>\n<Y>a</Y>",
                "\n\n\n\n\n<Y>a</Y>",
            ),
            ("{: .no_toc}", ""),
            ("> [!warning]- Mind it", "> ! Mind it !<br>"),
            ("> [!NOTE]", "> ! Note !<br>"),
            ("!!! tip \"Do\"\n    so\n\nx", "> ! Do !<br>\n> so\n>\nx"),
            (
                "!!! tip\n    ```\n    !!! x\n    ```\n\n    ??? note \"\"\n        y\n\n!!! z\n    w",
                "> ! Tip !<br>\n> ```\n> !!! x\n> ```\n>\n> >\n> > y\n\n> ! Z !<br>\n> w",
            ),
            (
                "- a\n\n    !!! tip\n        b",
                "- a\n\n    > ! Tip !<br>\n    > b",
            ),
            (":::tip Do\nso\n:::\nx", "> ! Do !<br>\n> so\n\nx"),
            (":::tip\nso\n\n## A", "**Tip**<br>\nso\n\n## A"),
            (
                "[a]{#b} ![c](d.png){#e}",
                "<span>a</span><a id=\"b\"></a> ![c](d.png)<a id=\"e\"></a>",
            ),
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
            assert_eq!(of(typed).text.replace(TITLE, "!"), read, "{typed}");
        }
    }
}
