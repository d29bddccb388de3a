//! Rewrites what dialects of Markdown add, line by line, into what the parser knows; lines keep their numbers.
//!
//! Attributes and divisions of pandoc, kramdown and Quarto, admonitions of MkDocs, callouts and comments of Obsidian,
//! shortcodes of Hugo and Jekyll, inline notes, grid tables. Code is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::admonitions::INDENT;
use super::directives::{self, OpenDirective, language_of, without_roles};
use super::divisions::{self, DIVISIONS};
use super::drawn_tables::with_pipes;
use super::inline_forms::{INLINE, anchor_of, attributes, parts};
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
        captions: captions_above(&text),
        myst: text.lines().any(directives::is_myst),
        ..State::default()
    };
    for (index, line) in text.split('\n').enumerate() {
        state.number = index + 1;
        if state.boxed == Some(state.number) {
            state.boxed = None;
            state.leave_out(line, DIVISIONS);
            state.push("");
            continue;
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

/// The fence of a block of code of Liquid.
const HIGHLIGHT: &str = "{% highlight";
/// Around the title of a callout; no text has this character.
pub(in crate::import::read) const TITLE: char = '\u{FDD4}';

#[derive(Default)]
pub(super) struct State {
    pub(super) out: String,
    pub(super) number: usize,
    /// Divisions that are boxes: the lines at which they open and close, and the line that closes the one that is open.
    pub(super) boxes: BTreeMap<usize, divisions::DivisionEnd>,
    pub(super) boxed: Option<usize>,
    /// The directive of MyST that is open, and whether its options may come next.
    pub(super) directive: Option<OpenDirective>,
    pub(super) options: bool,
    /// Whether signs of MyST are in the text: there a line that begins with `%` is a comment.
    pub(super) myst: bool,
    /// The lines of captions above tables.
    captions: BTreeSet<usize>,
    left_out: Vec<TracedText>,
    pub(super) notes: Vec<String>,
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
    pub(super) fence: Option<String>,
    /// The columns at which the admonitions start that are open: their text is indented.
    pub(super) admonitions: Vec<usize>,
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

    /// Where the text of the next line begins, behind the signs of the quotations that are open.
    pub(super) fn quoted_start(&mut self) -> usize {
        let start = self.out.len();
        self.push("x");
        let at = self.out.len() - "x\n".len();
        self.out.truncate(start);
        at
    }

    /// Whether the line is a caption above a table.
    pub(super) fn is_caption(&self) -> bool {
        self.captions.contains(&self.number)
    }

    pub(super) fn leave_out(&mut self, text: &str, why: &'static str) {
        let (line, text) = (self.number, text.to_owned());
        let role = Role::LeftOut(why);
        self.left_out.push(TracedText { line, text, role });
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
        if self.option(line) || self.within_directive(line) {
            return;
        }
        let same = fence.chars().all(|c| fence.starts_with(c));
        if fence.len() > 2 && same && !trimmed[fence.len()..].contains('`') {
            if self.boxes.contains_key(&self.number) {
                self.division(line, trimmed);
                return;
            }
            if self.opens_directive(&fence, &trimmed[fence.len()..]) {
                return;
            }
            self.fence = Some(fence);
            // `{.python}` and `{r setup, echo=FALSE}` name the language of code.
            let (start, info) = line
                .split_at(line.len() - trimmed.len() + self.fence.as_ref().map_or(0, String::len));
            let named = language_of(info);
            let word = named.unwrap_or_else(|| info.trim().trim_matches(['{', '}']));
            let word = word.split([' ', ',']).next().unwrap_or_default();
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
        if trimmed.starts_with('#')
            && let Some(at) = trimmed.rfind('{')
            && let Some((inner, rest)) = attributes(&trimmed[at..])
            && rest.trim().is_empty()
        {
            // The parser takes them from the heading.
            self.without_attributes(inner);
        }
        let (line, id) = self.without_id(line);
        let line = self.whole_line(line);
        self.push(&(line + &id));
    }

    /// Running text with its code.
    pub(super) fn whole_line(&mut self, line: &str) -> String {
        let line = without_roles(line);
        parts(&line, |part, first| self.running(part, first))
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
}

/// The lines that begin with `Table: ` and are, with what follows them to an empty line, next above a table.
fn captions_above(text: &str) -> BTreeSet<usize> {
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    let mut found = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        if !line.starts_with("Table: ") || at > 0 && !lines[at - 1].is_empty() {
            continue;
        }
        let mut below = lines[at..].iter().skip_while(|line| !line.is_empty());
        let first = below.find(|line| !line.is_empty());
        let rule = below.next().is_some_and(|line| {
            line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
        });
        if rule && first.is_some_and(|line| line.starts_with('|')) {
            found.insert(at + 1);
        }
    }
    found
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
