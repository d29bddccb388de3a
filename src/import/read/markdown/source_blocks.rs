//! Blocks that a source has under keys of their own: definitions, boxes and code with a label; elsewhere, as in a list, they
//! are prose.

use super::blocks::{bold, name, parted, prefixed};
use super::divisions::{PULL, PULL_CLASSES};
use super::figures::caption_of;
use super::prepared::TITLE;
use super::{Reader, Tree};
use crate::document;
use crate::import::outline::SourceBlock;
use crate::import::read::marks::Marks;
use crate::import::read::{inline, line_markers};

impl Reader<'_, '_> {
    /// A block that a report has under a key of its own; what has no such form, as a quotation, stays prose.
    pub(super) fn set_apart(&mut self, node: Tree, depth: usize) {
        let block = match name(node) {
            "dl" => {
                let list = self.definitions(node, depth);
                let whole = |(term, text): &(String, String)| !term.is_empty() && !text.is_empty();
                match !list.is_empty() && list.iter().all(whole) {
                    true => SourceBlock::Definitions(list),
                    false => return self.emit(termed(list)),
                }
            }
            "blockquote" => {
                let (title, mut text) = self.callout(node, depth);
                if title.as_deref() == Some(PULL) || is_pull(node) {
                    if let Some(title) = title.filter(|title| title != PULL) {
                        text.insert(0, bold(&title));
                    }
                    return self.pull(text);
                }
                let Some(title) = title else {
                    return self.emit(quoted(text));
                };
                let figures = std::mem::take(&mut self.figures).into_iter();
                let figures: Vec<String> = figures.map(|one| self.figure_text(one)).collect();
                text.extend(figures);
                match text.is_empty() {
                    true => return self.emit(quoted(vec![bold(&title)])),
                    false => SourceBlock::Box { title, text },
                }
            }
            "table" => {
                let table = self.table_block(node, caption_of(node), depth);
                match table {
                    Ok(table) => SourceBlock::Table(table),
                    Err(texts) => return self.emit(texts),
                }
            }
            "figure" => {
                if !self.figure_element(node, depth) {
                    self.flow(node, depth, true);
                }
                return;
            }
            "aside" => {
                let texts = self.flow(node, depth, false);
                return self.pull(texts);
            }
            _ => {
                let (label, code) = self.pre(node);
                let lines = code.lines().skip(1);
                let text: Vec<&str> = lines.take(code.lines().count().saturating_sub(2)).collect();
                // A block scalar that begins with a space would have no clear margin.
                let sound = text
                    .first()
                    .is_some_and(|line| !line.starts_with([' ', '\t']));
                if label.is_empty() || !sound {
                    let label = inline::commonmark(&label, &Marks::default());
                    let texts = [bold(&label), code].into_iter();
                    return self.emit(texts.filter(|text| !text.is_empty()).collect());
                }
                let text = text.join("\n");
                SourceBlock::Code { label, text }
            }
        };
        self.push_block(block);
    }

    /// Words that are to be set large, and whose they are; what is no words alone is a quotation.
    fn pull(&mut self, mut text: Vec<String>) {
        let special = |text: &String| {
            text.starts_with(['|', '>', '`', '!']) || line_markers::bullet(text).is_some()
        };
        if text.is_empty() || text.iter().any(special) {
            return self.emit(quoted(text));
        }
        let said_by = |last: &String| {
            let name = last.strip_prefix(['—', '–'])?.trim();
            (!name.is_empty() && !document::has_markup(name)).then(|| name.to_owned())
        };
        let attribution = text.last().filter(|_| text.len() > 1).and_then(said_by);
        text.truncate(text.len() - usize::from(attribution.is_some()));
        self.push_block(SourceBlock::Pull { text, attribution });
    }

    /// What a quotation says, the title apart where it is a callout.
    pub(super) fn callout(&mut self, node: Tree, depth: usize) -> (Option<String>, Vec<String>) {
        let mut texts = self.flow(node, depth, false);
        let apart = |text: &String| {
            let (title, rest) = text.strip_prefix(TITLE)?.split_once(TITLE)?;
            let rest = rest.strip_prefix("\\\n").unwrap_or(rest).trim_start();
            Some((title.trim().to_owned(), rest.to_owned()))
        };
        let Some((title, rest)) = texts.first().and_then(apart) else {
            return (None, texts.into_iter().map(untitled).collect());
        };
        match rest.is_empty() {
            true => drop(texts.remove(0)),
            false => texts[0] = rest,
        }
        (Some(title), texts.into_iter().map(untitled).collect())
    }

    /// Terms, each with what is said of it.
    pub(super) fn definitions(&mut self, node: Tree, depth: usize) -> Vec<(String, String)> {
        let mut list: Vec<(String, String)> = Vec::new();
        for child in node.children().filter(|child| !Self::is_blank(*child)) {
            self.place(child);
            if name(child) == "dt" {
                let term = self.paragraph(&[child], depth).join(" ");
                list.push((term.replace("\\\n", " "), String::new()));
                continue;
            }
            if list.is_empty() {
                list.push(Default::default());
            }
            let texts = self.flow(child, depth + 1, false);
            for text in texts {
                if let Some((_, before)) = list.last_mut() {
                    let text = parted(before, text);
                    before.push_str(if before.is_empty() { "" } else { "\n\n" });
                    before.push_str(&text);
                }
            }
        }
        list
    }

    /// What is set as typed: the text of a node without characters that show nothing.
    pub(super) fn typed(&mut self, node: Tree) -> String {
        let texts = node
            .descendants()
            .filter_map(|inner| inner.value().as_text());
        let typed: String = texts.collect();
        let shown = document::without_hidden(&typed);
        if shown != typed {
            self.check("characters that show nothing stood in this code, and are left out");
        }
        shown
    }

    /// Code between fences, and what it is an example of.
    pub(super) fn pre(&mut self, node: Tree) -> (String, String) {
        let code = self.typed(node);
        let code = code.trim_start_matches('\n').trim_end();
        let info = node
            .value()
            .as_element()
            .and_then(|element| element.attr("lang"));
        let info = info.unwrap_or_default();
        let label = info
            .split_once("title=\"")
            .and_then(|(_, rest)| rest.split('"').next());
        let label = label.unwrap_or_default().trim();
        self.say(label);
        self.line += 1;
        self.say(code);
        if code.trim().is_empty() {
            self.unsay(code);
            let label = inline::commonmark(label, &Marks::default());
            return (String::new(), label);
        }
        // What follows may be said of the same line.
        self.say(" ");
        let mut fence = "```".to_owned();
        while code.contains(&fence) {
            fence.push('`');
        }
        // What language the code is in stays in the source; it is not printed.
        let language = info.split_whitespace().next().unwrap_or_default();
        let sound = language.chars().all(char::is_alphanumeric);
        let language = if sound { language } else { "" };
        (
            label.to_owned(),
            format!("{fence}{language}\n{code}\n{fence}"),
        )
    }
}

/// Whether HTML says that it is a pull quote.
pub(super) fn is_pull(node: Tree) -> bool {
    let element = node.value().as_element();
    let classes = element
        .and_then(|element| element.attr("class"))
        .unwrap_or_default();
    classes
        .split(' ')
        .any(|class| PULL_CLASSES.contains(&class))
}

/// A text in which the title of a callout that heads no quotation is in bold type.
pub(super) fn untitled(text: String) -> String {
    let title = |(index, part): (usize, &str)| match index % 2 {
        1 if part.trim() == PULL => String::new(),
        1 => bold(part),
        _ => part.to_owned(),
    };
    match text.contains(TITLE) {
        true => text.split(TITLE).enumerate().map(title).collect(),
        false => text,
    }
}

/// Blocks as a quotation.
pub(super) fn quoted(texts: Vec<String>) -> Vec<String> {
    let mut text = String::new();
    for block in texts {
        let block = parted(&text, block);
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(&block);
    }
    let text = Some(prefixed(&text, "> ", "> "));
    text.filter(|text| !text.is_empty()).into_iter().collect()
}

/// Terms in bold type, each with what is said of it below.
pub(super) fn termed(list: Vec<(String, String)>) -> Vec<String> {
    let pairs = list
        .into_iter()
        .flat_map(|(term, text)| [bold(&term), text]);
    pairs.filter(|text| !text.is_empty()).collect()
}
