//! Running text of the tree as CommonMark, with its words as they stand.

use super::html::Node;
use ego_tree::NodeRef;

use super::figures::CAPTION;
use super::tree::LINE;
use super::{Reader, Tree};
use crate::document;
use crate::import::ids::slug;
use crate::import::outline::{COMMENT, Role, TracedText};
use crate::import::read::inline;
use crate::import::read::references::{self, apart, reference};

/// How deep emphasis and links may be in one another: less than a report's prose may have.
const MAX_INLINES: usize = 12;
/// A star of emphasis, and the sign of a stroke through words, until it is known whether CommonMark reads them so; no
/// text has these characters.
pub(super) const EMPHASIS: char = '\u{FDD5}';
pub(super) const STROKE: char = '\u{FDD6}';
/// A stroke in the code of a table's cell, which would part cells; no text has this character.
pub(super) const PIPE: char = '\u{FDD7}';
/// How deep the tree is followed at all.
const MAX_DEPTH: usize = 240;

/// What raised and lowered characters there are.
const RAISED: (&str, &str) = ("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ");
const LOWERED: (&str, &str) = ("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎");

impl Reader<'_, '_> {
    /// Adds words as they stand in the text, for the comparison.
    pub(super) fn say(&mut self, text: &str) {
        for (index, part) in text.split('\n').enumerate() {
            self.line += usize::from(index > 0);
            match self.said.last_mut() {
                Some((line, said)) if *line == self.line => said.push_str(part),
                _ => self.said.push((self.line, part.to_owned())),
            }
        }
    }

    /// Takes back what was said last.
    pub(super) fn unsay(&mut self, text: &str) {
        if let Some((_, said)) = self.said.last_mut()
            && let Some(rest) = said.trim_end().strip_suffix(text.trim_end())
        {
            *said = rest.to_owned();
        }
    }

    pub(super) fn check(&mut self, check: impl Into<String>) {
        let mut check: String = check.into();
        check.retain(|c| c == COMMENT || !('\u{FDD0}'..='\u{FDEF}').contains(&c));
        if check.starts_with(COMMENT) || !self.checks.contains(&check) {
            self.checks.push(check);
        }
    }

    /// The line that a node names, if it does.
    pub(super) fn place(&mut self, node: Tree) {
        let line = match node.value() {
            Node::Element(element) => element.attr("l"),
            Node::Comment(comment) => comment.strip_prefix(LINE),
            _ => None,
        };
        if let Some(line) = line.and_then(|line| line.parse().ok()) {
            self.line = line;
        }
    }

    /// Running text; line ends are still in it.
    pub(super) fn running(&mut self, node: Tree, depth: usize, out: &mut String) {
        self.place(node);
        match node.value() {
            Node::Text(text) => self.words(text, out),
            Node::Comment(comment) if !comment.starts_with(LINE) => {
                let (line, text) = (self.line, comment.to_string());
                let role = Role::LeftOut("comments and scripts");
                self.outline.pieces.push(TracedText { line, text, role });
            }
            Node::Element(element) => self.element(node, element.name(), depth, out),
            _ => {}
        }
    }

    pub(super) fn children(&mut self, node: Tree, depth: usize, out: &mut String) {
        if depth > MAX_DEPTH {
            return self.deep(node, out);
        }
        for child in node.children() {
            self.running(child, depth + 1, out);
        }
    }

    /// What is deeper than anybody writes: its words.
    fn deep(&mut self, node: Tree, out: &mut String) {
        self.check("what is nested too deep has become plain words");
        for inner in node.descendants() {
            match inner.value() {
                Node::Text(text) => self.words(text, out),
                Node::Element(element) if element.name() == "x-mark" => {
                    self.mark(element.attr("label").unwrap_or_default(), out);
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, node: Tree, name: &str, depth: usize, out: &mut String) {
        let element = node.value().as_element();
        let attr = |name: &str| element.and_then(|element| element.attr(name));
        match attr("lang").and_then(|tag| self.foreign(tag)) {
            Some(tag) => {
                let mut inner = String::new();
                let before = (self.links, self.languages);
                self.form(node, name, depth, &mut inner);
                let holds = (self.links, self.languages) != before;
                self.in_language(&tag, &inner, holds, out);
            }
            None => self.form(node, name, depth, out),
        }
    }

    fn form(&mut self, node: Tree, name: &str, depth: usize, out: &mut String) {
        let element = node.value().as_element();
        let attr = |name: &str| element.and_then(|element| element.attr(name));
        match name {
            "br" => self.hard(out),
            "em" | "i" | "cite" | "dfn" | "var" => self.emphasis(node, &[EMPHASIS], depth, out),
            "strong" | "b" => self.emphasis(node, &[EMPHASIS; 2], depth, out),
            "code" | "tt" | "samp" => {
                let code = self.typed(node);
                if attr("math").is_some() {
                    self.check("a formula is kept as it was typed; a report cannot set it");
                }
                self.code(&code, out);
            }
            "a" => self.link(
                node,
                attr("href").unwrap_or_default(),
                attr("title"),
                depth,
                out,
            ),
            "img" => self.picture(
                attr("src").unwrap_or_default(),
                attr("alt"),
                attr("title"),
                out,
            ),
            "sup" => self.script(node, RAISED, "raised", depth, out),
            "sub" => self.script(node, LOWERED, "lowered", depth, out),
            "del" | "s" | "strike" => {
                let (start, before) = (out.len(), self.emphases);
                self.emphasis(node, &[STROKE], depth, out);
                if self.emphases == before {
                    let struck = out[start..].replace('\n', " ");
                    self.check(format!(
                        "the text strikes this out, which cannot be done here: {struck}"
                    ));
                }
            }
            "q" => {
                out.push('“');
                self.children(node, depth, out);
                out.push('”');
            }
            "x-mark" => self.mark(attr("label").unwrap_or_default(), out),
            "x-note" => self.note(node, depth),
            "x-check" => self.check(attr("text").unwrap_or_default()),
            "x-tag" => {
                let (line, text) = (self.line, attr("text").unwrap_or_default().to_owned());
                let role = Role::LeftOut("tags of components, which are no text");
                self.outline.pieces.push(TracedText { line, text, role });
            }
            name if super::blocks::is_block(name) => {
                self.space(out);
                self.children(node, depth, out);
                self.space(out);
            }
            _ => self.children(node, depth, out),
        }
    }

    fn space(&mut self, out: &mut String) {
        self.say(" ");
        if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
    }

    fn hard(&mut self, out: &mut String) {
        self.say(" ");
        match self.narrow {
            true => out.push(' '),
            false => out.push_str("\\\n"),
        }
        self.broken = true;
    }

    fn words(&mut self, text: &str, out: &mut String) {
        let caption = text.trim_start().strip_prefix(CAPTION);
        let text = caption.unwrap_or(text);
        self.say(text);
        if text.contains("[^") && text[text.find("[^").unwrap_or_default()..].contains(']') {
            self.check("there is a mark of a footnote here, and the text has no footnote for it");
        }
        self.cited(text, out);
    }

    fn mark(&mut self, label: &str, out: &mut String) {
        self.say(" ");
        let key = label.to_lowercase();
        if !self.labels.contains_key(&key) {
            let free = self.label_ids.free(&slug(label));
            self.labels.insert(key.clone(), free);
        }
        out.push_str(&reference(&self.labels[&key]));
        self.marks += 1;
        self.marked.push(key);
    }

    fn code(&mut self, code: &str, out: &mut String) {
        self.say(code);
        let code = code.replace('\n', " ");
        let (before, after) = (code.starts_with(' '), code.ends_with(' '));
        let code = code.trim();
        if before || code.is_empty() {
            out.push(' ');
        }
        if code.is_empty() {
            return;
        }
        let mut fence = "`".to_owned();
        while code.contains(&fence) {
            fence.push('`');
        }
        let pad = if code.starts_with('`') || code.ends_with('`') {
            " "
        } else {
            ""
        };
        let code = if self.narrow {
            code.replace('|', &PIPE.to_string())
        } else {
            code.to_owned()
        };
        out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
        if after {
            out.push(' ');
        }
    }

    fn emphasis(&mut self, node: Tree, sign: &[char], depth: usize, out: &mut String) {
        let mut inner = String::new();
        self.inlines += 1;
        self.children(node, depth, &mut inner);
        self.inlines -= 1;
        let trimmed = inner.trim();
        if self.inlines >= MAX_INLINES || trimmed.is_empty() || self.heading {
            return out.push_str(&inner);
        }
        let before = &inner[..inner.len() - inner.trim_start().len()];
        let after = &inner[inner.trim_end().len()..];
        self.emphases += 1;
        let sign: String = sign.iter().collect();
        out.push_str(&format!("{before}{sign}{trimmed}{sign}{after}"));
    }

    /// The tag of a language, where it is another than that of the text.
    pub(super) fn foreign(&self, tag: &str) -> Option<String> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
        let own = self.outline.front.language.as_ref();
        let own = own.unwrap_or(&self.words.language);
        let other = primary(tag) != primary(own);
        (other && document::is_language(tag)).then(|| tag.to_owned())
    }

    /// Words in another language, without the marks of notes among them. Marks of languages do not nest, and have no links
    /// in them (`holds`).
    pub(super) fn in_language(&mut self, tag: &str, inner: &str, holds: bool, out: &mut String) {
        let parts: Vec<&str> = inner.split_inclusive(references::CLOSE).collect();
        let parts = parts.into_iter().map(|part| {
            let at = part.find(references::OPEN).unwrap_or(part.len());
            part.split_at(at)
        });
        let parts: Vec<(&str, &str)> = parts.collect();
        let whole =
            |text: &str| text.matches(EMPHASIS).count() % 2 + text.matches(STROKE).count() % 2;
        let cut = parts
            .iter()
            .any(|(text, _)| whole(text) > 0 || text.contains("\n\n"));
        if !inner.contains(char::is_alphabetic) {
            return out.push_str(inner);
        }
        if holds || cut || self.heading || self.links_open > 0 || self.inlines >= MAX_INLINES {
            let (text, _) = apart(inner);
            let text = text.replace([EMPHASIS, STROKE], "").replace('\n', " ");
            let text: String = text.chars().take(60).collect();
            self.check(format!(
                "words are marked as in the language `{tag}`, which cannot be done here: {text}"
            ));
            return out.push_str(inner);
        }
        for (text, mark) in parts {
            let words = text.trim();
            match words.contains(char::is_alphabetic) {
                false => out.push_str(text),
                true => {
                    // With this sign before it, the link would be a picture.
                    if out.ends_with('!') {
                        out.insert(out.len() - 1, '\\');
                    }
                    let start = text.len() - text.trim_start().len();
                    out.push_str(&text[..start]);
                    out.push_str(&format!("[{words}](lang:{tag})"));
                    out.push_str(&text[start + words.len()..]);
                    self.languages += 1;
                }
            }
            out.push_str(mark);
        }
    }

    fn link(&mut self, node: Tree, url: &str, title: Option<&str>, depth: usize, out: &mut String) {
        let mut inner = String::new();
        self.links_open += 1;
        self.inlines += 1;
        self.children(node, depth, &mut inner);
        self.links_open -= 1;
        self.inlines -= 1;
        if let Some(title) = title {
            self.check(format!("a link has the title “{title}”, which is left out"));
        }
        let place = self.anchors.find(url);
        let url = address(url);
        let (text, marks) = apart(inner.trim());
        let leads = place.is_some() || inline::is_address(&url);
        let sound = leads && text.contains(char::is_alphanumeric);
        if self.heading || self.links_open > 0 || self.inlines >= MAX_INLINES || !sound {
            if !url.is_empty() {
                let why = match leads {
                    true => "cannot stand here",
                    false if url.starts_with('#') => "leads to no place in this text",
                    false => "leads to no web address",
                };
                self.check(format!("the link to {url} {why}; its text stays"));
            }
            return out.push_str(&inner);
        }
        // With this sign before it, the link would be a picture.
        if out.ends_with('!') {
            out.insert(out.len() - 1, '\\');
        }
        self.links += 1;
        let url = match place {
            Some((number, exact)) => {
                match &mut self.near {
                    _ if exact => {}
                    Some(count) => *count += 1,
                    None => self.check(format!(
                        "the link to {url} led to a place below a heading; it leads to this heading"
                    )),
                }
                references::place(number)
            }
            None => url,
        };
        let encoded = crate::document::address(&url);
        self.targets.push(encoded.unwrap_or_else(|_| url.clone()));
        let text = text.replace("\\\n", " ");
        // `[[#Costs]]` shows the sign.
        let shown = text.strip_prefix('#').filter(|_| place.is_some());
        let text = shown.unwrap_or(&text);
        let (before, after) = (inner.starts_with([' ', '\n']), inner.ends_with([' ', '\n']));
        out.push_str(if before { " " } else { "" });
        out.push_str(&format!("[{text}]({url}){marks}"));
        out.push_str(if after { " " } else { "" });
    }

    fn picture(&mut self, url: &str, alt: Option<&str>, title: Option<&str>, out: &mut String) {
        let alt = alt
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        match self.pictures.take(url) {
            Ok(path) => self
                .figures
                .push((path, alt, title.map(str::to_owned), self.line)),
            Err(why) if self.heading => {
                let shown = shown(url);
                self.check(format!(
                    "the picture {shown} {why}; it was described as “{alt}”"
                ));
            }
            Err(why) => {
                let shown = shown(url);
                self.check(format!("the picture {shown} {why}; its description stays"));
                if out.ends_with(char::is_alphanumeric) {
                    self.space(out);
                }
                self.words(&alt, out);
                if let Some(title) = title.filter(|title| *title != alt) {
                    self.space(out);
                    self.words(title, out);
                }
            }
        }
    }

    /// Raised or lowered text: characters of that form, if all have one.
    fn script(
        &mut self,
        node: Tree,
        forms: (&str, &str),
        how: &str,
        depth: usize,
        out: &mut String,
    ) {
        let text: String = node
            .descendants()
            .filter_map(|inner| inner.value().as_text().map(str::to_owned))
            .collect();
        let form = |c: char| {
            let at = forms.0.chars().position(|known| known == c)?;
            forms.1.chars().nth(at)
        };
        let simple = node.descendants().all(|inner| {
            inner
                .value()
                .as_element()
                .is_none_or(|one| matches!(one.name(), "sup" | "sub" | "a" | "em" | "i" | "span"))
        });
        let mapped: Option<String> = text.chars().map(form).collect();
        if let Some(mapped) = mapped.filter(|mapped| simple && !mapped.is_empty()) {
            return self.words(&mapped, out);
        }
        let plain = !text.is_empty() && text.chars().all(char::is_alphanumeric);
        let sign = if how == "raised" { '^' } else { '~' };
        // In a word a report has raised and lowered text; elsewhere the marks would be signs.
        if plain && simple && !self.heading && out.ends_with(char::is_alphanumeric) {
            self.say(&text);
            return out.push_str(&format!("{sign}{text}{sign}"));
        }
        self.children(node, depth, out);
        if text.contains(char::is_alphanumeric) {
            self.check(format!("“{text}” was {how} here"));
        }
    }

    /// Whether a node holds nothing that could be read.
    pub(super) fn is_blank(node: NodeRef<Node>) -> bool {
        node.value()
            .as_text()
            .is_some_and(|text| text.trim().is_empty())
    }
}

/// An address as a check names it: one that is the picture itself is cut.
fn shown(url: &str) -> &str {
    url.split(',')
        .next()
        .filter(|_| url.starts_with("data:"))
        .unwrap_or(url)
}

/// An address in the form that a link of a report may have.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            c => out.push(c),
        }
    }
    match out.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => out,
    }
}
