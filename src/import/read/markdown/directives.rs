//! Directives and roles of MyST: notes become callouts and figures pictures, roles become what they name; what makes a
//! list or brings in another file is left out. What is not known here stays as it is typed.

use std::borrow::Cow;

use super::figures::CAPTION;
use super::inline_forms::anchor_of;
use super::prepared::State;

/// Directives whose code follows under the name of its language.
const CODE: [&str; 5] = [
    "code-block",
    "code",
    "code-cell",
    "sourcecode",
    "literalinclude",
];
/// Directives that make a list or bring in what is in other files.
const MADE: [&str; 7] = [
    "toctree",
    "tableofcontents",
    "contents",
    "bibliography",
    "include",
    "index",
    "listoffigures",
];

/// The most bytes of the name of a directive or role.
const MAX_KIND: usize = 40;

/// A directive that is open.
pub(super) struct OpenDirective {
    /// The sign that closes it.
    fence: String,
    /// Where its name belongs in what was written, and the description of its picture.
    id: Option<usize>,
    alt: Option<usize>,
    /// Whether its text is left out.
    made: bool,
    /// Whether its next words are a caption.
    caption: bool,
}

/// The kind of a directive and what is behind it: `{note} Mind it`.
pub(super) fn directive(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let end = inner.bytes().take(MAX_KIND).position(|byte| byte == b'}')?;
    let (kind, more) = (&inner[..end], &inner[end + 1..]);
    let sound = kind.starts_with(|c: char| c.is_ascii_lowercase())
        && kind
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'));
    sound.then_some((kind, more.trim()))
}

/// The name of the place that a line of MyST sets: `(costs)=`.
pub(super) fn target(line: &str) -> Option<&str> {
    let id = line.strip_prefix('(')?.strip_suffix(")=")?;
    let sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    (!id.is_empty() && id.chars().all(sign)).then_some(id)
}

/// Whether a line is a mark that MyST alone has.
pub(super) fn is_myst(line: &str) -> bool {
    let fenced = line.trim_start_matches(['`', ':']);
    let known = |kind: &str| {
        CODE.contains(&kind)
            || MADE.contains(&kind)
            || matches!(kind, "figure" | "note" | "admonition")
    };
    target(line.trim_end()).is_some()
        || fenced.len() + 2 < line.len() && directive(fenced).is_some_and(|(kind, _)| known(kind))
}

/// The language of the code that a directive holds.
pub(super) fn language_of(info: &str) -> Option<&str> {
    let (kind, language) = directive(info.trim())?;
    CODE.contains(&kind).then_some(language)
}

impl State {
    /// A line that opens a directive that is neither a note nor code; true where it was one.
    pub(super) fn opens_directive(&mut self, fence: &str, info: &str) -> bool {
        let Some((kind, more)) = directive(info.trim()) else {
            return false;
        };
        let made = MADE.contains(&kind);
        let mut open = OpenDirective {
            fence: fence.to_owned(),
            id: None,
            alt: None,
            made,
            caption: false,
        };
        let path = !more.is_empty() && !more.contains(['<', '>', ' ']);
        match kind {
            "figure" | "image" if path => {
                open.id = Some(self.quoted_start());
                open.alt = open.id.map(|at| at + "![".len());
                open.caption = kind == "figure";
                self.push(&format!("![](<{more}>)"));
            }
            "table" => {
                let caption = caption_line(&self.whole_line(more));
                let start = self.quoted_start();
                open.id = caption.find(CAPTION).map(|at| start + at);
                self.push(&caption);
            }
            _ if made => self.push(""),
            _ => return false,
        }
        self.leave_out(info, DIRECTIVES);
        self.directive = Some(open);
        self.options = true;
        true
    }

    /// A line of a directive that is open; true where nothing is left to be done with it.
    pub(super) fn within_directive(&mut self, line: &str) -> bool {
        let Some(open) = &mut self.directive else {
            return false;
        };
        let trimmed = line.trim();
        if trimmed.starts_with(&open.fence)
            && trimmed.trim_start_matches(['`', '~', ':']).is_empty()
        {
            self.directive = None;
            self.push("");
            return true;
        }
        if open.made {
            self.leave_out(line, DIRECTIVES);
            self.push("");
            return true;
        }
        if open.caption && !trimmed.is_empty() && !trimmed.starts_with(':') {
            open.caption = false;
            let text = self.whole_line(trimmed);
            self.push(&format!("{CAPTION}{text}"));
            return true;
        }
        false
    }

    /// `:name: fig-pump` below what opened a directive.
    pub(super) fn option(&mut self, line: &str) -> bool {
        let field = line
            .trim()
            .strip_prefix(':')
            .and_then(|rest| rest.split_once(':'));
        let sound =
            |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let Some((key, value)) = field.filter(|(key, _)| self.options && sound(key)) else {
            self.options = false;
            return false;
        };
        let value = value.trim();
        match (key, &mut self.directive) {
            ("alt", Some(OpenDirective { alt: Some(at), .. })) => {
                let alt = value.replace(['[', ']', '\\', '`', '*'], "");
                self.out.insert_str(*at, &alt);
            }
            (
                "name" | "label",
                Some(OpenDirective {
                    id: Some(at), alt, ..
                }),
            ) => {
                let id = anchor_of(value);
                self.out.insert_str(*at, &id);
                *alt = alt.map(|at| at + id.len());
            }
            ("name" | "label", _) => {
                let id = anchor_of(value);
                self.push(&id);
                return true;
            }
            _ => self.leave_out(line, DIRECTIVES),
        }
        self.push("");
        true
    }
}

/// A caption as a line that ends whatever is above it.
pub(super) fn caption_line(text: &str) -> String {
    match text.trim().is_empty() {
        true => String::new(),
        false => format!("###### {CAPTION}{text}"),
    }
}

/// Why directives go.
pub(super) const DIRECTIVES: &str = "directives of MyST and their options";

/// A line in which roles are what they stand for: `{sup}`2`` and `{ref}`costs``; others stay.
pub(super) fn without_roles(line: &str) -> Cow<'_, str> {
    if !line.contains("}`") {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut ticks = 0;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        ticks += before.matches('`').count();
        out.push_str(before);
        let role = directive(from).and_then(|(kind, _)| {
            let behind = from[kind.len() + 2..].strip_prefix('`')?;
            let (text, after) = behind.split_once('`')?;
            Some((written(kind, text)?, after))
        });
        // Within code nothing is a role.
        let code = ticks % 2 == 1;
        match role.filter(|_| !code) {
            Some((text, after)) => {
                out.push_str(&text);
                rest = after;
            }
            None => {
                out.push('{');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What a role stands for.
fn written(kind: &str, text: &str) -> Option<String> {
    let (shown, target) = match text.strip_suffix('>').and_then(|text| text.split_once('<')) {
        Some((shown, target)) if !shown.trim().is_empty() => (shown.trim(), target),
        _ => (text, text),
    };
    let link = |sign: &str| {
        let sound = !target.contains([' ', '(', ')']) && !shown.contains(['[', ']']);
        sound.then(|| format!("[{shown}]({sign}{target})"))
    };
    Some(match kind {
        "ref" | "any" => return link("#"),
        "doc" | "download" => return link(""),
        "sup" | "superscript" => format!("<sup>{text}</sup>"),
        "sub" | "subscript" => format!("<sub>{text}</sub>"),
        "math" => format!("${text}$"),
        "abbr" | "term" | "guilabel" | "menuselection" => text.to_owned(),
        "kbd" | "code" | "file" | "command" | "literal" => format!("`{text}`"),
        _ if kind.starts_with("cite") => {
            let keys = text.split(',').map(|key| format!("@{}", key.trim()));
            format!("[{}]", keys.collect::<Vec<_>>().join("; "))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_what_they_stand_for_and_others_stay() {
        for (typed, read) in [
            (
                "m{sup}`2` and {ref}`costs`",
                "m<sup>2</sup> and [costs](#costs)",
            ),
            ("see {ref}`the fees <costs>`.", "see [the fees](#costs)."),
            ("{cite}`a2019, b2020` {cite:t}`c`", "[@a2019; @b2020] [@c]"),
            ("{numref}`Figure %s <a>`", "{numref}`Figure %s <a>`"),
            ("`{ref}` `a` {b} {c`d`", "`{ref}` `a` {b} {c`d`"),
            ("{abbr}`HW (high water)` {kbd}`F1`", "HW (high water) `F1`"),
        ] {
            assert_eq!(without_roles(typed), read, "{typed}");
        }
    }
}
