//! Lines that are marks and nothing else, or that a mark opens: what a dialect of Markdown says by a whole line.

use super::admonitions::columns;
use super::directives::{caption_line, target};
use super::divisions::{callout_title, fence_of, is_division};
use super::figures::CAPTION;
use super::inline_forms::{ATTRIBUTES, anchor, anchor_of, attributes, named_emoji, parts};
use super::prepared::State;
use crate::import::words::capital;

/// Where a list of contents is to be.
const CONTENTS: [&str; 9] = [
    "[TOC]",
    "[[_TOC_]]",
    "[[toc]]",
    "[toc]",
    "@[toc]",
    "{{TOC}}",
    "${toc}",
    "{:toc}",
    "\\tableofcontents",
];
impl State {
    /// Takes a line that is a mark; true where it was one.
    pub(super) fn whole(&mut self, line: &str, trimmed: &str) -> bool {
        if self.callout && !trimmed.is_empty() {
            self.callout = false;
            // The heading of a callout heads nothing else.
            let title = trimmed.trim_start_matches('#').trim();
            if trimmed.starts_with('#') && !title.is_empty() {
                let title = self.titled(title);
                self.push(&title);
                return true;
            }
        }
        let alone = attributes(trimmed).is_some_and(|(_, rest)| rest.is_empty());
        let why = if CONTENTS.contains(&trimmed) {
            if trimmed == "{:toc}" {
                self.unlist();
            }
            "marks where a list of contents is to be, which is made again"
        } else if trimmed.starts_with(":::") && is_division(trimmed) {
            let sign = fence_of(trimmed);
            return self.opens_directive(sign, &trimmed[sign.len()..])
                || self.division(line, trimmed);
        } else if alone
            || (trimmed.starts_with("{:")
                && trimmed.ends_with('}')
                && !trimmed.starts_with("{::")
                && trimmed != "{:/}")
        {
            ATTRIBUTES
        } else if self.myst && line.starts_with('%') {
            "comments"
        } else if let Some(id) = target(trimmed) {
            self.leave_out(line, "marks to which links within the text lead");
            self.push(&anchor_of(id));
            return true;
        } else if line.starts_with("--8<--") {
            "marks where another file is to be"
        } else if self.is_component(trimmed) {
            "components of MDX, which are no text"
        } else if self.is_program(line) {
            "lines of program code, which are no text"
        } else {
            return self.opens(line, trimmed);
        };
        self.leave_out(line, why);
        let id = match alone {
            true => anchor(trimmed.trim_matches(['{', '}'])),
            false => String::new(),
        };
        self.push(&id);
        true
    }

    /// The item of a list that stands for the contents: `* TOC` above `{:toc}`.
    fn unlist(&mut self) {
        let end = self.out.trim_end().len();
        let start = self.out[..end].rfind('\n').map_or(0, |at| at + 1);
        let item = self.out[start..end].trim().to_owned();
        if item.starts_with(['*', '-', '1']) && item.split_whitespace().count() < 5 {
            self.out.replace_range(start..end, "");
            self.leave_out(
                &item,
                "marks where a list of contents is to be, which is made again",
            );
        }
    }

    /// `<Map center={[1, 2]} />` of MDX, on one line or several.
    fn is_component(&mut self, trimmed: &str) -> bool {
        let opens = self.program
            && trimmed.strip_prefix('<').is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_uppercase())
                    && (trimmed.ends_with("/>") || !trimmed.contains('>'))
            });
        let inside = self.component || opens;
        self.component = inside && !trimmed.ends_with("/>") && !trimmed.is_empty();
        inside && !trimmed.is_empty()
    }

    /// What MDX takes from other files or gives to them.
    fn is_program(&mut self, line: &str) -> bool {
        let quoted = |line: &str| {
            let line = line.trim_end().trim_end_matches(';');
            line.ends_with(['"', '\''])
        };
        let import = line.starts_with("import ")
            && quoted(line)
            && (line.contains(" from ") || line["import ".len()..].starts_with(['"', '\'']));
        let kinds = ["const ", "default ", "function ", "let ", "async ", "{"];
        let export = line.strip_prefix("export ").is_some_and(|rest| {
            kinds.iter().any(|kind| rest.starts_with(kind))
                && (self.program || self.out.trim().is_empty())
        });
        if import || export {
            self.program = true;
            self.braces = 0;
        }
        let inside = self.braces > 0;
        if import || export || inside {
            let count = |signs: [char; 3]| i32::try_from(line.matches(signs).count()).unwrap_or(0);
            self.braces = (self.braces + count(['{', '(', '[']) - count(['}', ')', ']'])).max(0);
        }
        import || export || inside
    }

    /// Lines that open an admonition, a callout, a caption, a term or a line of verse.
    fn opens(&mut self, line: &str, trimmed: &str) -> bool {
        let sign = ["!!! ", "!!!+ ", "??? ", "???+ ", "=== \""];
        let own = line.trim_start_matches([' ', '\t']);
        let sign = sign.iter().find(|sign| own.starts_with(**sign));
        if let Some(sign) = sign.filter(|_| self.is_no_code(columns(line))) {
            let rest = own[sign.trim_end_matches('"').len()..].trim();
            let title = match rest.split_once('"') {
                Some((_, title)) => title.trim_end_matches('"').to_owned(),
                None => capital(rest.split(' ').next().unwrap_or_default()),
            };
            self.admonish(columns(line));
            self.push(&match title.as_str() {
                "" => title,
                _ if sign.starts_with('=') => format!("**{title}**<br>"),
                _ => callout_title(&title),
            });
            return true;
        }
        if let Some((kind, title)) = line
            .trim_start()
            .starts_with('>')
            .then(|| callout(trimmed))
            .flatten()
            .filter(|_| self.quotes() < depth(line))
        {
            let start = &line[..line.len() - line.trim_start_matches([' ', '>', '\t']).len()];
            let title = if title.is_empty() {
                capital(&kind.to_lowercase())
            } else {
                title.to_owned()
            };
            self.push(&format!("{start}{}", callout_title(&title)));
            return true;
        }
        if let Some(changed) = self.marked(line) {
            let changed = parts(&changed, |part, first| self.running(part, first));
            self.push(&changed);
            return true;
        }
        let grid = trimmed.len() > 4
            && trimmed.starts_with('+')
            && trimmed.ends_with('+')
            && trimmed.chars().all(|c| matches!(c, '+' | '-' | '=' | ':'));
        let row = trimmed.starts_with('|')
            && self
                .last()
                .is_some_and(|last| last.starts_with("    +") || last.starts_with("    |"));
        if grid || row {
            self.push(&format!("    {trimmed}"));
            return true;
        }
        self.abbreviation(trimmed)
    }

    /// In how many quotations the line before stands.
    fn quotes(&self) -> usize {
        self.last().map_or(0, depth)
    }

    fn last(&self) -> Option<&str> {
        self.out.lines().next_back()
    }

    /// A line whose opening mark has another form: a caption, an item without a number, a line of verse, a colon.
    fn marked(&mut self, line: &str) -> Option<String> {
        let trimmed = line.trim_start();
        let indent = &line[..line.len() - trimmed.len()];
        let caption = trimmed
            .strip_prefix(": ")
            .or_else(|| trimmed.strip_prefix("Table: "));
        let table = || {
            self.out
                .trim_end()
                .lines()
                .next_back()
                .is_some_and(|last| last.trim_start().starts_with('|'))
        };
        if let Some(caption) = caption.filter(|_| self.is_caption() || table()) {
            // At the end of a caption its attributes stand apart from all else.
            let end = caption.rfind('{').filter(|at| {
                attributes(&caption[*at..]).is_some_and(|(_, rest)| rest.trim().is_empty())
            });
            let caption = &caption[..end.unwrap_or(caption.len())];
            // Next to the last row it would be another.
            return Some(
                match self.last().is_some_and(|last| last.starts_with('|')) {
                    true => caption_line(caption),
                    false => format!("{indent}{CAPTION}{caption}"),
                },
            );
        }
        if let Some(item) = trimmed.strip_prefix("#. ") {
            return Some(format!("{indent}1. {item}"));
        }
        let name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let example = trimmed
            .strip_prefix("(@")
            .and_then(|rest| rest.split_once(") "));
        if let Some((_, text)) = example.filter(|(label, _)| label.chars().all(name)) {
            self.examples += 1;
            // Each stands alone, whatever is below it.
            let joined = self.last().is_some_and(|last| !last.is_empty());
            let parted = if joined { "<br>" } else { "" };
            return Some(format!("{indent}{parted}({}) {text}", self.examples));
        }
        let verse = trimmed
            .strip_prefix("| ")
            .filter(|rest| !rest.contains('|') && indent.is_empty());
        if let Some(verse) = verse.filter(|_| self.last().is_none_or(|last| !last.starts_with('|')))
        {
            return Some(format!("{}<br>", verse.trim()));
        }
        // Only a colon with a blank after it opens a definition.
        let word = trimmed.strip_prefix(':').filter(|rest| {
            !rest.starts_with([' ', '\t', ':'])
                && !rest.is_empty()
                && named_emoji(trimmed, &mut String::new()).is_none()
        });
        word.map(|rest| format!("{indent}&#58;{rest}"))
    }

    /// `*[HTML]: Hypertext Markup Language`.
    fn abbreviation(&mut self, trimmed: &str) -> bool {
        let Some((short, long)) = trimmed
            .strip_prefix("*[")
            .and_then(|rest| rest.split_once("]:"))
        else {
            return false;
        };
        let (short, long) = (short.trim().to_owned(), long.trim().to_owned());
        let sound = |text: &str| {
            text.contains(char::is_alphanumeric) && !text.contains(['<', '[', '*', '`'])
        };
        if !sound(&short) || !sound(&long) {
            return false;
        }
        self.leave_out(trimmed, "abbreviations, which are in acronyms.yaml");
        self.abbreviations.push((short, long));
        self.push("");
        true
    }
}

/// The kind and title of `[!note]- Title`.
fn callout(line: &str) -> Option<(&str, &str)> {
    let (kind, title) = line.strip_prefix("[!")?.split_once(']')?;
    let word = !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '-');
    word.then(|| (kind, title.trim_start_matches(['-', '+']).trim()))
}

/// The signs of quotations that a line begins with.
fn depth(line: &str) -> usize {
    let start = line.trim_start_matches([' ', '>', '\t']);
    line[..line.len() - start.len()].matches('>').count()
}
