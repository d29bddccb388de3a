//! Blocks of the tree as CommonMark in one plain form: fenced code, `-` for bullets, tables with pipes.

use super::html::Node;
use pulldown_cmark::{Event, Options, Parser, Tag};

use super::divisions::PULL;
use super::figures::{is_caption, is_taken};
use super::running::{EMPHASIS, STROKE};
use super::source_blocks::{is_pull, quoted, termed};
use super::{Reader, Tree};
use crate::document::Counter;
use crate::import::read::inline;
use crate::import::read::line_markers;
use crate::import::read::lines::is_parted;
use crate::import::read::marks::Marks;
use crate::import::read::references::{CLOSE, OPEN};

/// How deep blocks and lists may be in one another: less than a report's prose may have.
const MAX_BLOCKS: usize = 16;
const MAX_LISTS: usize = 8;
/// How deep containers without a look of their own are followed.
const MAX_CONTAINERS: usize = 220;

/// Elements that stand by themselves.
const BLOCKS: &str = "p div ul ol li dl dt dd blockquote pre table tr td th thead tbody tfoot caption h1 h2 h3 h4 h5 h6 hr details \
    summary section article aside header footer main nav center figure figcaption address x-note html";

pub(super) fn is_block(name: &str) -> bool {
    !name.is_empty() && BLOCKS.split(' ').any(|block| block == name)
}

pub(super) fn name(node: Tree<'_>) -> &str {
    node.value()
        .as_element()
        .map_or("", |element| element.name())
}

/// Whether a node itself says its line.
fn names_line(node: Tree) -> bool {
    let element = node.value().as_element();
    element.is_some_and(|element| element.attr("l").is_some())
}

/// The level of a heading.
pub(super) fn level(name: &str) -> Option<usize> {
    let digit = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&digit).then_some(digit)
}

impl Reader<'_, '_> {
    /// What is in a node: running text becomes paragraphs, blocks become blocks. At the top of the text everything
    /// goes into the outline as it comes; deeper it is given.
    pub(super) fn flow(&mut self, node: Tree, depth: usize, top: bool) -> Vec<String> {
        let mut out = Vec::new();
        let mut run: Vec<Tree> = Vec::new();
        let left_out = match top && name(node) == "html" {
            true => self.contents_lists(node),
            false => Default::default(),
        };
        for child in node.children() {
            let block = is_block(name(child));
            if !block {
                let line = matches!(child.value(), Node::Comment(_)) || name(child) == "x-check";
                if !(run.is_empty() && (Self::is_blank(child) || line)) {
                    run.push(child);
                } else if line {
                    self.running(child, depth, &mut String::new());
                }
                continue;
            }
            self.run(&mut run, depth, top, &mut out);
            self.place(child);
            if left_out.contains(&self.line) && names_line(child) {
                continue;
            }
            match name(child) {
                "x-note" => self.note(child, depth),
                "dl" | "blockquote" | "pre" | "table" if top && self.blocks == 0 => {
                    self.set_apart(child, depth + 1)
                }
                inner @ ("figure" | "aside")
                    if top
                        && self.blocks == 0
                        && depth <= MAX_CONTAINERS
                        && (inner == "figure" || is_pull(child)) =>
                {
                    self.set_apart(child, depth + 1)
                }
                _ if is_caption(child) => {
                    if !(top && self.blocks == 0 && is_taken(child)) {
                        let texts = self.paragraph(&[child], depth + 1);
                        self.take(texts, top, &mut out);
                    }
                }
                "p" if top && self.blocks == 0 => self.pictured(child, depth + 1),
                heading if level(heading).is_some() => self.headed(child, depth, top, &mut out),
                "p" | "ul" | "ol" | "blockquote" | "pre" | "table" | "dl" | "dt" | "summary"
                | "figcaption" => {
                    let texts = self.block(child, depth + 1);
                    self.take(texts, top, &mut out);
                }
                "hr" => {}
                _ if depth > MAX_CONTAINERS => run.push(child),
                _ => out.extend(self.flow(child, depth + 1, top)),
            }
        }
        self.run(&mut run, depth, top, &mut out);
        out
    }

    fn headed(&mut self, node: Tree, depth: usize, top: bool, out: &mut Vec<String>) {
        let level = level(name(node)).unwrap_or(1);
        if top {
            return self.heading(node, level, depth);
        }
        out.extend(
            self.paragraph(&[node], depth)
                .into_iter()
                .map(|text| bold(&text)),
        );
    }

    /// Running text between blocks, as a paragraph.
    fn run(&mut self, run: &mut Vec<Tree>, depth: usize, top: bool, out: &mut Vec<String>) {
        if !run.is_empty() {
            let texts = self.paragraph(run, depth);
            run.clear();
            self.take(texts, top, out);
        }
    }

    fn take(&mut self, texts: Vec<String>, top: bool, out: &mut Vec<String>) {
        match top {
            true => self.emit(texts),
            false => out.extend(texts),
        }
    }

    pub(super) fn block(&mut self, node: Tree, depth: usize) -> Vec<String> {
        let list = usize::from(matches!(name(node), "ul" | "ol"));
        let inner = list > 0 || name(node) == "blockquote";
        if inner && (self.blocks == MAX_BLOCKS || self.lists + list > MAX_LISTS) {
            self.check("lists or quotations stood too deep in one another here");
            return self.paragraph(&[node], depth);
        }
        self.blocks += 1;
        self.lists += list;
        let texts = match name(node) {
            "ul" | "ol" => self.list(node, depth),
            "blockquote" => {
                let (title, mut texts) = self.callout(node, depth);
                if let Some(title) = title.filter(|title| title != PULL) {
                    texts.insert(0, bold(&title));
                }
                quoted(texts)
            }
            "pre" => {
                let (label, code) = self.pre(node);
                let label = inline::commonmark(&label, &Marks::default());
                let texts = [bold(&label), code].into_iter();
                texts.filter(|text| !text.is_empty()).collect()
            }
            "table" => self.table(node, depth),
            "dl" => termed(self.definitions(node, depth)),
            "dt" | "summary" => self
                .paragraph(&[node], depth)
                .iter()
                .map(|text| bold(text))
                .collect(),
            // A paragraph of HTML may hold blocks of Markdown.
            _ if node.children().any(|child| is_block(name(child))) => {
                self.flow(node, depth, false)
            }
            _ => self.paragraph(&[node], depth),
        };
        self.blocks -= 1;
        self.lists -= list;
        texts
    }

    fn list(&mut self, node: Tree, depth: usize) -> Vec<String> {
        let start = node
            .value()
            .as_element()
            .and_then(|element| element.attr("start"));
        let start = start
            .and_then(|start| start.parse::<u64>().ok())
            .unwrap_or(1);
        let ordered = name(node) == "ol";
        let element = node.value().as_element();
        let delimiter = match element.is_some_and(|element| element.attr("paren").is_some()) {
            true => ')',
            false => '.',
        };
        let counter = match element.and_then(|element| element.attr("type")) {
            Some("a") => Counter::LowerLetter,
            Some("A") => Counter::UpperLetter,
            Some("i") => Counter::LowerRoman,
            Some("I") => Counter::UpperRoman,
            _ => Counter::Decimal,
        };
        let (mut number, mut labelled) = (start, false);
        let mut items = Vec::new();
        for item in node.children().filter(|child| !Self::is_blank(*child)) {
            self.place(item);
            if matches!(item.value(), Node::Comment(_)) {
                self.running(item, depth, &mut String::new());
                continue;
            }
            let attr = |name: &str| item.value().as_element().and_then(|item| item.attr(name));
            let own = attr("label").map(str::to_owned);
            if own.is_none() && std::mem::take(&mut labelled) {
                // Behind `(b)` another list begins.
                let value = attr("value").and_then(|value| value.parse().ok());
                number = value.unwrap_or(number);
            }
            labelled |= own.is_some();
            let label = own.unwrap_or_else(|| format!("{}{delimiter}", counter.sign(number)));
            if ordered && !self.facts {
                // The label is a word of the text.
                self.say(&format!("{label} "));
            }
            let blocks = match name(item) {
                "li" => self.flow(item, depth + 1, false),
                _ => self.paragraph(&[item], depth),
            };
            let sign = match ordered {
                true => format!("{label} "),
                false => "- ".to_owned(),
            };
            let mut content = String::new();
            for block in blocks {
                let block = parted(&content, block);
                // A tight list's item has its inner list on the next line.
                let list = is_list(&block);
                content.push_str(if content.is_empty() {
                    ""
                } else if list {
                    "\n"
                } else {
                    "\n\n"
                });
                content.push_str(&block);
            }
            if content.is_empty() {
                if ordered && !self.facts {
                    self.unsay(&format!("{label} "));
                }
                continue;
            }
            // Of an item that is nothing but a list, the items are left.
            let nested = is_list(&content);
            let indent = " ".repeat(sign.len());
            items.push(match nested {
                true if !ordered => content,
                // The number is of the text: the list stands below it.
                true => format!(
                    "{}\n{}",
                    sign.trim_end(),
                    prefixed(&content, &indent, &indent)
                ),
                false => prefixed(&content, &sign, &indent),
            });
            number = number.saturating_add(1);
        }
        let loose = items.iter().any(|item| item.contains("\n\n"));
        let text = items.join(if loose { "\n\n" } else { "\n" });
        Some(text)
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect()
    }

    /// Running text as paragraphs: one, or one for each point that a letter opens.
    pub(super) fn paragraph(&mut self, nodes: &[Tree], depth: usize) -> Vec<String> {
        let figures = self.figures.len();
        let text = self.lines_of(nodes, depth);
        let read = |text: &str| {
            let points = points(text).into_iter();
            points.map(|text| folded(&text)).collect::<Vec<String>>()
        };
        let mut texts = read(&text.replace(EMPHASIS, "*").replace(STROKE, "~~"));
        if emphases(&texts.join("\n\n")) == self.emphases {
            self.kept.emphases += self.emphases;
        } else {
            texts = read(&text.replace([EMPHASIS, STROKE], ""));
            let how = if text.contains(STROKE) {
                "a stroke through words"
            } else {
                "emphasis"
            };
            self.check(format!(
                "{how} stood here in a form that a report cannot keep; the words stay"
            ));
        }
        self.kept.links += self.links;
        self.kept.languages += self.languages;
        (self.links, self.emphases, self.languages) = (0, 0, 0);
        texts.retain(|text| !text.is_empty());
        let alone = texts.is_empty();
        if !alone && self.figures.len() > figures {
            self.check("a picture stood within this text; it is set below it");
        }
        texts
    }

    fn lines_of(&mut self, nodes: &[Tree], depth: usize) -> String {
        let mut out = String::new();
        (self.links, self.emphases, self.languages) = (0, 0, 0);
        for node in nodes {
            self.place(*node);
            match is_block(name(*node)) {
                true => self.children(*node, depth, &mut out),
                false => self.running(*node, depth, &mut out),
            }
        }
        // The next block's words are on a line of their own.
        self.say(" ");
        match self.block_language(nodes.first().copied()) {
            Some(tag) => {
                let (holds, mut marked) = (self.links + self.languages > 0, String::new());
                self.in_language(&tag, &out, holds, &mut marked);
                marked
            }
            None => out,
        }
    }

    /// The language that the block of a node, or one around it, is marked with, where it is another than that of the text.
    pub(super) fn block_language(&self, node: Option<Tree>) -> Option<String> {
        let node = node?;
        let blocks = std::iter::once(node).chain(node.ancestors());
        let blocks = blocks.filter(|node| is_block(name(*node)));
        let mut tags = blocks.filter_map(|node| node.value().as_element()?.attr("lang"));
        self.foreign(tags.next()?)
    }
}

/// Whether a block is a list; of one with letters, two items say so.
pub(super) fn is_list(block: &str) -> bool {
    let mut own = block.lines().filter(|line| !line.starts_with(' '));
    line_markers::bullet(block).is_some()
        || own
            .next()
            .is_some_and(|line| line_markers::counted(line, 0))
            && own.any(|line| line_markers::counted(line, 1))
}

/// How many stretches of emphasis CommonMark has.
fn emphases(text: &str) -> usize {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    // The marks of notes will be in brackets.
    let text = text.replace([OPEN, CLOSE], "\"");
    let events = Parser::new_ext(&text, options);
    let emphasis = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
        )
    };
    events.filter(emphasis).count()
}

/// A numbered list apart from another that comes directly before it: its numbers have the other sign.
pub(super) fn parted(before: &str, text: String) -> String {
    let number = |line: &str| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let sign = line[digits..].chars().next().filter(|_| digits > 0)?;
        (matches!(sign, '.' | ')') && line[digits + 1..].starts_with(' ')).then_some((digits, sign))
    };
    let last = before.lines().rfind(|line| number(line).is_some());
    let ends = before
        .lines()
        .next_back()
        .is_some_and(|line| line.starts_with(' ') || number(line).is_some());
    let (Some((_, one)), Some((_, other)), true) = (last.and_then(number), number(&text), ends)
    else {
        return text;
    };
    if one != other {
        return text;
    }
    let sign = if one == '.' { ")" } else { "." };
    let line = |line: &str| match number(line) {
        Some((digits, _)) => format!("{}{sign}{}", &line[..digits], &line[digits + 1..]),
        None => line.to_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

pub(super) fn bold(text: &str) -> String {
    let plain = text.replace("\\\n", " ");
    match plain.contains('*') || plain.trim().is_empty() {
        true => plain,
        false => format!("**{}**", plain.trim()),
    }
}

/// A paragraph apart at its lettered points, if their letters count on; else whole.
fn points(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.trim_matches(['\n', ' ']).split('\n').collect();
    let mut points: Vec<String> = Vec::new();
    let mut count = 0;
    for line in &lines {
        let next = line_markers::counted(line.trim_end_matches('\\'), count);
        if next || points.is_empty() {
            count += usize::from(next);
            points.push((*line).to_owned());
        } else if let Some(last) = points.last_mut() {
            last.push('\n');
            last.push_str(line);
        }
    }
    let opens = line_markers::counted(lines[0].trim_end_matches('\\'), 0);
    if count > 1 && (opens || count + 1 == points.len()) {
        return points
            .iter()
            .map(|point| point.trim_end_matches('\\').to_owned())
            .collect();
    }
    vec![text.to_owned()]
}

/// A paragraph on one line except for its forced breaks.
fn folded(text: &str) -> String {
    let mut out = String::new();
    for line in text.trim_matches(['\n', ' ', '\t']).split('\n') {
        let line = line.trim();
        let forced = out.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
        if forced && line.is_empty() {
            continue;
        }
        if forced {
            out.push('\n');
            out.push_str(&inline::first(line.to_owned()));
            continue;
        }
        if !out.is_empty() && !line.is_empty() && !is_parted(&out, line) {
            out.push(' ');
        }
        out.push_str(line);
    }
    // A break at the end breaks nothing.
    if out.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1 {
        out.pop();
    }
    let out = out.trim_start_matches("\\\n").trim_end().to_owned();
    inline::without_formulas(inline::first(out))
}

pub(super) fn prefixed(text: &str, first: &str, other: &str) -> String {
    let lines = text.lines().enumerate();
    let line = |(index, line): (usize, &str)| match (index, line.is_empty()) {
        (0, _) => format!("{first}{line}"),
        (_, true) if other.trim().is_empty() => String::new(),
        _ => format!("{other}{line}"),
    };
    lines.map(line).collect::<Vec<_>>().join("\n")
}
