//! Marks within a line that dialects of Markdown add: attributes, comments, shortcodes, notes, emoji, raised text.

use super::figures::CAPTION;
use super::prepared::State;

/// Why attributes go.
pub(super) const ATTRIBUTES: &str = "attributes of Markdown, which a report has no place for";
/// Why shortcodes go.
const SHORTCODES: &str = "shortcodes, which the program does not know";
/// The most bytes of attributes.
const MAX_ATTRIBUTES: usize = 2_000;
/// Labels of notes that are within a line.
pub(super) const INLINE: &str = "inline-note-";

impl State {
    /// Running text that is no code; `first` where it opens its line.
    pub(super) fn running(&mut self, text: &str, first: bool) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        if !first && let Some((inner, after)) = attributes(rest) {
            out.push_str(&self.without_attributes(inner));
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
                '*' | '_' | '~' if rest[1..].starts_with('{') => self.styled(rest, &mut out),
                '^' if rest.starts_with("^[") => self.inline_note(rest, &mut out),
                ']' | ')' => self.behind(rest, &mut out),
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

    /// `{{< figure src="a.png" >}}`, `{{% note %}}` or `{% include x %}`; a figure is a picture; the others go, and what they lead to stays.
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
        let whole = &text[..length + end.len()];
        let picture = |src: &&str| {
            let ends = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"];
            inner.starts_with("figure") || ends.iter().any(|end| src.ends_with(end))
        };
        let mut words = inner.split(['"', '\'', ' ', '=']);
        if out.ends_with("](") {
            // `[text]({{< ref "page.md" >}})`: what it names is where the link leads.
            let named = inner.split('"').nth(1).or(inner.split(' ').next_back());
            out.push_str(
                &named
                    .unwrap_or_default()
                    .replace([' ', '(', ')', '<'], "%20"),
            );
            self.leave_out(whole, SHORTCODES);
        } else if let Some(src) = field("src").filter(picture) {
            let alt = field("alt").or(field("caption")).unwrap_or_default();
            let title = field("caption")
                .or(field("title"))
                .filter(|title| *title != alt);
            let title = title
                .map(|title| format!(" \"{title}\""))
                .unwrap_or_default();
            out.push_str(&format!("![{alt}](<{src}>{title})"));
        } else {
            // What is shown from elsewhere is a link to it.
            let link = words.find(|word| {
                ["https://", "http://"]
                    .iter()
                    .any(|start| word.starts_with(start))
            });
            let link = link.filter(|url| !url.contains(['<', '>']));
            out.extend(link.map(|url| format!("<{url}>")));
            self.leave_out(whole, SHORTCODES);
        }
        Some(&text[length + end.len()..])
    }

    /// The attributes that are next behind emphasis, `**a**{.red #i}`; behind a sign of its own they are text.
    fn styled<'t>(&mut self, text: &'t str, out: &mut String) -> Option<&'t str> {
        let (sign, rest) = text.split_at(1);
        let (inner, after) = attributes(rest)?;
        let before = out.trim_end_matches(sign);
        let closes = before.ends_with(|c: char| !c.is_whitespace()) && before.contains(sign);
        let named = inner.starts_with(['.', '#', ':']);
        (closes && named).then(|| {
            out.push_str(sign);
            out.push_str(&self.without_attributes(inner));
            after
        })
    }

    /// What comes after the bracket at the start of a text, where that is attributes: those of a link or picture go, and
    /// `[words]{.class}` are words.
    fn behind<'t>(&mut self, text: &'t str, out: &mut String) -> Option<&'t str> {
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
            let language = language_of(inner);
            let tag = language.map_or_else(String::new, |tag| format!(" lang=\"{tag}\""));
            out.replace_range(at..=at, &format!("<span{tag}>"));
            out.push_str("</span>");
        } else {
            out.push(')');
            described(inner, after, out);
        }
        out.push_str(&self.without_attributes(inner));
        Some(after)
    }

    /// Notes attributes that a report has no place for; gives the place that they name.
    pub(super) fn without_attributes(&mut self, inner: &str) -> String {
        if inner
            .split_whitespace()
            .filter(|word| !word.starts_with("lang="))
            .any(|word| !word.trim_start_matches(':').starts_with('#'))
        {
            self.leave_out(inner, ATTRIBUTES);
        }
        anchor(inner)
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
    let sound = name.starts_with(|c: char| c.is_ascii_lowercase() || matches!(c, '+' | '-'))
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

/// A picture alone on its line whose attributes describe it: what is in its brackets is the caption.
fn described(attributes: &str, after: &str, out: &mut String) {
    let alt = ["fig-alt=\"", "alt=\""].iter().find_map(|key| {
        let alt = attributes.split_once(key)?.1.split('"').next()?;
        (!alt.contains(['[', ']'])).then_some(alt)
    });
    let picture = out
        .trim_start()
        .strip_prefix("![")
        .filter(|_| after.trim().is_empty());
    let parts = picture.and_then(|picture| picture.split_once("]("));
    let parts = parts.filter(|(caption, _)| !caption.contains('['));
    if let (Some(alt), Some((caption, path))) = (alt, parts) {
        let caption = match caption.trim().is_empty() {
            true => String::new(),
            false => format!("{CAPTION}{caption}"),
        };
        *out = format!("![{alt}]({path}{caption}");
    }
}

/// `{#id .class key=value}` at the start of a text, and what is after it.
pub(super) fn attributes(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let mut near = inner.bytes().take(MAX_ATTRIBUTES);
    let end = near.position(|byte| byte == b'}')?;
    let (inner, after) = (&inner[..end], &inner[end + 1..]);
    let words: Vec<&str> = inner.split_whitespace().collect();
    let marked = |word: &str| {
        word.starts_with(['#', '.', ':']) && word.len() > 1 || word == "-" || word.contains('=')
    };
    let first = words.iter().find(|word| **word != ":");
    let sound = first.is_some_and(|word| marked(word)) && !inner.contains(['{', '<', '\\']);
    sound.then_some((inner, after))
}

/// The language among attributes.
fn language_of(attributes: &str) -> Option<&str> {
    let mut words = attributes.split_whitespace();
    let tag = words.find_map(|word| word.strip_prefix("lang="))?;
    let tag = tag.trim_matches(['"', '\'']);
    let sound = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!tag.is_empty() && tag.chars().all(sound)).then_some(tag)
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
