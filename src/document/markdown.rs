//! CommonMark to a tree: pulldown-cmark's events nested, with their offsets, within limits.
//!
//! What no backend can set (raw HTML, headings, rules, task lists) becomes a fault with its offset. Nothing here knows
//! of registries or of the report. The tree is never deeper than the limits below, so that it may be walked
//! recursively.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Alignment, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::text::Fault;
use crate::base::diagnostic::Code;

/// The deepest list in a list: Word has no more levels.
pub(super) const MAX_LISTS: usize = 9;
/// The deepest block in a block.
const MAX_BLOCKS: usize = 24;
/// The deepest emphasis or link in another.
const MAX_INLINES: usize = 16;

/// A piece of CommonMark.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is.
    pub(super) kind: Kind,
    /// Byte offset in the prose.
    pub(super) offset: usize,
    /// What is inside.
    pub(super) children: Vec<Node>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A paragraph; `implicit` where a list item holds its text without one.
    Paragraph { implicit: bool },
    /// A list of items.
    List { start: Option<u64>, tight: bool },
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// Text set as typed.
    CodeBlock(String),
    /// A table of rows.
    Table(Vec<Alignment>),
    /// A row of cells; `head` for the first.
    Row { head: bool },
    /// A cell.
    Cell,
    /// A footnote's definition.
    Note(String),
    /// Text.
    Text(String),
    /// Code in a line.
    Code(String),
    /// A line end of the source.
    SoftBreak,
    /// A forced line break.
    HardBreak,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// A link.
    Link { target: String, title: bool },
    /// A picture.
    Image { target: String, title: String },
    /// A footnote's mark.
    Mark(String),
}

impl Kind {
    fn is_inline(&self) -> bool {
        matches!(
            self,
            Kind::Text(_)
                | Kind::Code(_)
                | Kind::SoftBreak
                | Kind::HardBreak
                | Kind::Emphasis
                | Kind::Strong
                | Kind::Link { .. }
                | Kind::Image { .. }
                | Kind::Mark(_)
        )
    }
}

/// A prose as a tree.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The blocks.
    pub(super) blocks: Vec<Node>,
    /// Footnotes defined in the prose, by label.
    pub(super) notes: BTreeMap<String, Node>,
    /// What is wrong.
    pub(super) faults: Vec<Fault>,
}

/// Parses a prose.
pub(super) fn parse(prose: &str) -> Tree {
    let whole = with_definitions(prose);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let mut builder = Builder {
        end: prose.len(),
        ..Builder::default()
    };
    for (event, range) in Parser::new_ext(&whole, options).into_offset_iter() {
        builder.take(event, range);
    }
    builder.tree
}

/// The prose, with an empty definition appended for every footnote mark in it.
///
/// A mark without a definition in the same text would come out as literal text; its definition may stand in the
/// chapter's `footnotes`, or be missing, which must not pass in silence.
fn with_definitions(prose: &str) -> std::borrow::Cow<'_, str> {
    let mut labels = BTreeSet::new();
    for (index, _) in prose.match_indices("[^") {
        let escapes = prose[..index]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\');
        if escapes.count() % 2 == 1 {
            continue;
        }
        let label = &prose[index + 2..];
        let end = label.find(|c: char| c == ']' || c == '[' || c.is_whitespace());
        let closed = |end: &usize| {
            *end > 0 && label[*end..].starts_with(']') && !label[..*end].ends_with('\\')
        };
        if let Some(end) = end.filter(closed) {
            labels.insert(&label[..end]);
        }
    }
    if labels.is_empty() {
        return prose.into();
    }
    let mut whole = prose.to_owned();
    for label in labels {
        whole.push_str("\n\n[^");
        whole.push_str(label);
        whole.push_str("]: x");
    }
    whole.into()
}

/// Labels of footnotes agree whatever their case.
pub(super) fn label_key(label: &str) -> String {
    label.to_lowercase()
}

#[derive(Default)]
struct Builder {
    tree: Tree,
    stack: Vec<Node>,
    /// Length of the prose itself.
    end: usize,
    /// How many starts are open inside something that is left out.
    skipped: usize,
    lists: usize,
    blocks: usize,
    inlines: usize,
}

impl Builder {
    fn take(&mut self, event: Event, range: std::ops::Range<usize>) {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        let offset = range.start;
        // What was appended behind the prose is no part of it, whatever it is read as.
        if self.stack.is_empty() && offset >= self.end {
            if matches!(event, Event::Start(_)) {
                self.skip();
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.finish(tag),
            Event::Text(text) => match self.stack.last_mut() {
                Some(Node {
                    kind: Kind::CodeBlock(code),
                    ..
                }) => code.push_str(&text),
                _ => self.leaf(Kind::Text(text.into_string()), offset),
            },
            Event::Code(text) => self.leaf(Kind::Code(text.into_string()), offset),
            Event::SoftBreak => self.leaf(Kind::SoftBreak, offset),
            Event::HardBreak => self.leaf(Kind::HardBreak, offset),
            Event::FootnoteReference(label) => self.leaf(Kind::Mark(label.into_string()), offset),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.fault(Code::RAW_HTML, offset, RAW_HTML.0, RAW_HTML.1)
            }
            Event::Rule => self.fault(
                Code::RULE,
                offset,
                "a rule (`---`) has no place in prose",
                "delete it; use `sections` to part a text",
            ),
            Event::TaskListMarker(_) => {
                self.fault(
                    Code::TASK_LIST,
                    offset,
                    "a list with boxes to tick cannot be set",
                    "write a plain list",
                );
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.fault(
                    Code::FORMULA,
                    offset,
                    "formulas cannot be set",
                    "write it in words",
                );
            }
        }
    }

    fn start(&mut self, tag: Tag, range: std::ops::Range<usize>) {
        let offset = range.start;
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph { implicit: false },
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(_) => {
                if range.end > self.end && self.end > 0 && range.start < self.end {
                    self.fault(
                        Code::OPEN_CODE,
                        offset,
                        "a code block is not closed",
                        "end it with a line of three backticks",
                    );
                }
                Kind::CodeBlock(String::new())
            }
            Tag::List(start) => Kind::List { start, tight: true },
            Tag::Item => Kind::Item,
            // A definition of ours, appended behind the prose.
            Tag::FootnoteDefinition(_) if offset >= self.end => return self.skip(),
            Tag::FootnoteDefinition(label) => Kind::Note(label.into_string()),
            Tag::Table(alignments) => Kind::Table(alignments),
            Tag::TableHead => Kind::Row { head: true },
            Tag::TableRow => Kind::Row { head: false },
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => Kind::Link {
                target: target(link_type, dest_url),
                title: !title.is_empty(),
            },
            Tag::Image {
                dest_url, title, ..
            } => Kind::Image {
                target: dest_url.into_string(),
                title: title.into_string(),
            },
            Tag::HtmlBlock => return self.refuse(Code::RAW_HTML, offset, RAW_HTML.0, RAW_HTML.1),
            Tag::Heading { .. } => {
                return self.refuse(Code::HEADING, offset,
                    "a heading has no place in prose",
                    "make it a section of its own, in `sections`; a line of text directly above `---` or `===` is a heading too",
                );
            }
            _ => {
                return self.refuse(
                    Code::OTHER_MARKUP,
                    offset,
                    "this markup cannot be set",
                    "write it as plain text",
                );
            }
        };
        if self.too_deep(&kind, offset) {
            return self.skip();
        }
        self.count(&kind, true);
        self.stack.push(Node {
            kind,
            offset,
            children: Vec::new(),
        });
    }

    fn too_deep(&mut self, kind: &Kind, offset: usize) -> bool {
        if matches!(kind, Kind::List { .. }) && self.lists == MAX_LISTS {
            self.fault(
                Code::TOO_DEEP,
                offset,
                format!("a list is nested more than {MAX_LISTS} levels deep"),
                "Word has no more levels: set the inner list apart",
            );
        } else if !kind.is_inline() && self.blocks == MAX_BLOCKS {
            self.fault(
                Code::TOO_DEEP,
                offset,
                "lists and quotes are nested too deep in one another",
                "set the inner ones apart",
            );
        } else if kind.is_inline() && self.inlines == MAX_INLINES {
            self.fault(
                Code::TOO_DEEP,
                offset,
                format!("emphasis and links are nested more than {MAX_INLINES} deep"),
                "take out the inner ones",
            );
        } else {
            return false;
        }
        true
    }

    fn count(&mut self, kind: &Kind, start: bool) {
        let change =
            |counter: &mut usize| *counter = if start { *counter + 1 } else { *counter - 1 };
        if matches!(kind, Kind::List { .. }) {
            change(&mut self.lists);
        }
        change(if kind.is_inline() {
            &mut self.inlines
        } else {
            &mut self.blocks
        });
    }

    fn finish(&mut self, _tag: TagEnd) {
        let Some(mut node) = self.stack.pop() else {
            return;
        };
        self.count(&node.kind, false);
        match &mut node.kind {
            Kind::List { tight, .. } => *tight = !node.children.iter().any(is_loose),
            Kind::Note(label) => {
                let key = label_key(label);
                if self.tree.notes.contains_key(&key) {
                    let message = format!("the footnote `{label}` is defined twice");
                    let offset = node.offset;
                    return self.fault(
                        Code::NOTE_TWICE,
                        offset,
                        message,
                        "delete one of the two, or give it a name of its own",
                    );
                }
                self.tree.notes.insert(key, node);
                return;
            }
            _ => {}
        }
        self.attach(node);
    }

    fn leaf(&mut self, kind: Kind, offset: usize) {
        self.attach(Node {
            kind,
            offset,
            children: Vec::new(),
        });
    }

    fn attach(&mut self, node: Node) {
        let (container, siblings) = match self.stack.last_mut() {
            Some(parent) => (
                matches!(parent.kind, Kind::Item | Kind::Quote | Kind::Note(_)),
                &mut parent.children,
            ),
            None => (true, &mut self.tree.blocks),
        };
        if !(container && node.kind.is_inline()) {
            siblings.push(node);
            return;
        }
        match siblings.last_mut() {
            Some(Node {
                kind: Kind::Paragraph { implicit: true },
                children,
                ..
            }) => children.push(node),
            _ => siblings.push(Node {
                kind: Kind::Paragraph { implicit: true },
                offset: node.offset,
                children: vec![node],
            }),
        }
    }

    fn skip(&mut self) {
        self.skipped = 1;
    }

    fn refuse(&mut self, code: Code, offset: usize, message: &str, hint: &'static str) {
        self.fault(code, offset, message, hint);
        self.skip();
    }

    fn fault(&mut self, code: Code, offset: usize, message: impl Into<String>, hint: &'static str) {
        self.tree.faults.push(Fault {
            code,
            offset,
            message: message.into(),
            hint,
        });
    }
}

const RAW_HTML: (&str, &str) = (
    "HTML has no place in prose",
    "for a plain < write \\<; for a line break end the line with a backslash; comments go into YAML lines that start with #",
);

fn is_loose(item: &Node) -> bool {
    item.children
        .iter()
        .any(|child| matches!(child.kind, Kind::Paragraph { implicit: false }))
}

fn target(link_type: LinkType, url: CowStr) -> String {
    match link_type {
        LinkType::Email => format!("mailto:{url}"),
        _ => url.into_string(),
    }
}
