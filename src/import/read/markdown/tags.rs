//! The HTML of a Markdown text, tag by tag: known tags pass, unknown ones stay text, and what would hide text is left
//! out.

use super::tree::escaped;

/// Elements of HTML whose text is running text or blocks.
const KNOWN: &str = "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup data dd \
    del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main \
    mark nav ol p picture pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td \
    tfoot th thead time tr tt u ul var wbr";
/// Elements that open and close around nothing.
const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];
/// Attributes that say something to a report, or to which links may lead.
const KEPT: &[&str] = &[
    "href", "src", "alt", "title", "start", "colspan", "rowspan", "id", "name", "type", "align",
    "class", "lang",
];
/// Elements whose text is none.
const HIDDEN: &[&str] = &["script", "style"];

/// The most tags of one stretch of HTML that may be open: the tree is not to become deeper than anybody writes.
const MAX_TAGS: usize = 20_000;

/// The tags that are open within a line of running text.
#[derive(Debug, Default)]
pub(super) struct Tags(Vec<String>);

impl Tags {
    /// Notes the tags of a line as open or closed.
    pub(super) fn note(&mut self, tags: Vec<(String, bool)>) {
        for (name, opens) in tags {
            if VOID.contains(&name.as_str()) {
                continue;
            }
            if opens {
                self.0.push(name);
            } else if let Some(at) = self.0.iter().rposition(|open| *open == name) {
                self.0.remove(at);
            }
        }
    }

    /// Closes what a line left open.
    pub(super) fn close(&mut self, out: &mut String) {
        for name in self.0.drain(..).rev() {
            out.push_str(&format!("</{name}>"));
        }
    }

    /// Writes HTML; gives its tags, and whether each opens.
    pub(super) fn written(&mut self, html: &str, out: &mut String) -> Vec<(String, bool)> {
        let mut tags = Vec::new();
        let mut open = 0;
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            // What is no tag may hold references such as `&amp;`, which the tree resolves.
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let length = comment(rest, out).or_else(|| tag(rest, out, &mut tags, &mut open));
            let length = length.unwrap_or_else(|| {
                out.push_str("&lt;");
                1
            });
            rest = &rest[length..];
        }
        out.push_str(rest);
        tags
    }
}

/// A comment, instruction or declaration at the start of a text: its length.
fn comment(text: &str, out: &mut String) -> Option<usize> {
    let (start, end) = [
        ("<!--", "-->"),
        ("<?", "?>"),
        ("<![CDATA[", "]]>"),
        ("<!", ">"),
    ]
    .into_iter()
    .find(|(start, _)| text.starts_with(start))?;
    let inner = &text[start.len()..];
    let length = inner.find(end)?;
    let words = inner[..length].replace("--", "- ").replace('>', " ");
    out.push_str(&format!("<!-- {words} -->"));
    Some(start.len() + length + end.len())
}

/// A tag at the start of a text: its length.
fn tag(
    text: &str,
    out: &mut String,
    tags: &mut Vec<(String, bool)>,
    open: &mut usize,
) -> Option<usize> {
    let closing = text.starts_with("</");
    let start = 1 + usize::from(closing);
    let named =
        text[start..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':')));
    let end = start + named?;
    let written = &text[start..end];
    if !written.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (length, attributes) = attributes(&text[end..])?;
    let length = end + length;
    let name = written.to_ascii_lowercase();
    if HIDDEN.contains(&name.as_str()) && !closing {
        let close = format!("</{name}");
        let rest = text[length..].to_ascii_lowercase();
        let inner = rest.find(&close)?;
        let after = rest[inner..].find('>')? + 1;
        let words = text[length..length + inner]
            .replace("--", "- ")
            .replace('>', " ");
        out.push_str(&format!("<!-- {words} -->"));
        return Some(length + inner + after);
    }
    if KNOWN.split(' ').any(|known| known == name) {
        let opens = !closing && !VOID.contains(&name.as_str());
        if opens && *open > MAX_TAGS {
            return Some(length);
        }
        *open = (*open + usize::from(opens)).saturating_sub(usize::from(closing));
        out.push_str(if closing { "</" } else { "<" });
        out.push_str(&name);
        for (key, value) in attributes.iter().filter(|_| !closing) {
            let style = value.split_once("text-align:").filter(|_| key == "style");
            let (key, value) = match style {
                Some((_, align)) => ("align", align.split(';').next().unwrap_or_default().trim()),
                None => (key.as_str(), value.as_str()),
            };
            if KEPT.contains(&key) {
                out.push_str(&format!(" {key}=\"{}\"", value.replace('"', "&quot;")));
            }
        }
        out.push('>');
        tags.push((name, !closing));
        return Some(length);
    }
    // `<your name>` and `<name>` are text that somebody forgot to escape; `<Tabs>` and `<x y="1">` are components.
    let component = closing
        || text[..length].ends_with("/>")
        || attributes.iter().any(|(_, value)| !value.is_empty())
        || written.starts_with(|c: char| c.is_ascii_uppercase())
        || written.contains('-')
        || matches!(
            name.as_str(),
            "iframe" | "video" | "audio" | "source" | "input" | "button" | "svg" | "noscript"
        );
    if !component {
        escaped(&text[..length], out);
        return Some(length);
    }
    out.push_str("<x-tag");
    let shown = text[..length].replace('\n', " ");
    out.push_str(" text=\"");
    escaped(&shown, out);
    out.push_str("\"></x-tag>");
    Some(length)
}

/// The attributes of a tag up to its end: how long they are, and each.
fn attributes(text: &str) -> Option<(usize, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        at += rest.len() - trimmed.len();
        let rest = trimmed;
        if rest.starts_with('>') {
            return Some((at + 1, found));
        }
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<' | '"'))?;
        if end == 0 {
            return None;
        }
        let key = rest[..end].to_ascii_lowercase();
        at += end;
        let Some(value) = rest[end..]
            .trim_start()
            .strip_prefix('=')
            .map(str::trim_start)
        else {
            found.push((key, String::new()));
            continue;
        };
        at = text.len() - value.len();
        let (value, length) = match value.chars().next()? {
            quote @ ('"' | '\'') => {
                let end = value[1..].find(quote)?;
                (&value[1..=end], end + 2)
            }
            _ => {
                let end = value.find(|c: char| c.is_whitespace() || c == '>')?;
                (&value[..end], end)
            }
        };
        found.push((key, value.to_owned()));
        at += length;
    }
}
