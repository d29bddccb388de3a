//! CommonMark to a tree: pulldown-cmark's events nested, with their offsets, within limits.
//!
//! - `lines`: text whose lines are no blocks
//! - `list`: the labels of numbered lists
//! - `shift`: raised and lowered text inside words
//! - `row`: the cells of a table's row as they are written
//! - `address`: addresses that stand bare in the text
//! - `lettered`: labels such as `(a)` and lines that begin with them
//! - `labelled`: lists whose labels they are
//! - `plain`: fields that have no markup
//! - `leftover`: signs of markup that would be printed as they stand
//! - `foreign`: those of other programs
//! - `flanking`: emphasis next to punctuation in scripts that join words
//!
//! What no backend can set (raw HTML, headings, rules, task lists) becomes a fault with its offset. Nothing here knows
//! of registries or of the report. The tree is never deeper than the limits below, so that it may be walked
//! recursively.

mod address;
mod cell;
mod flanking;
mod foreign;
mod labelled;
mod leftover;
mod lettered;
mod lines;
mod list;
pub(crate) mod plain;
pub(crate) mod row;
mod shift;

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{
    Alignment, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

pub(super) use cell::parse_cell;
use labelled::LabelledLists;
pub(crate) use leftover::is_formula;
use lines::Lines;

use super::text::Fault;
use super::{Counter, Delimiter};
use crate::base::diagnostic::Code;

/// The deepest list in a list: Word has no more levels.
pub(super) const MAX_LISTS: usize = 9;
/// The deepest block in a block.
const MAX_BLOCKS: usize = 24;
/// The deepest emphasis or link in another.
const MAX_INLINES: usize = 16;

/// The most brackets that are open at once in a paragraph.
const MAX_BRACKETS: usize = 32;

/// A piece of CommonMark.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is.
    pub(super) kind: Kind,
    /// Byte offset in the prose.
    pub(super) offset: usize,
    /// Byte offset of its end.
    pub(super) end: usize,
    /// What is inside.
    pub(super) children: Vec<Node>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Kind {
    /// A paragraph; `implicit` where a list item holds its text without one.
    Paragraph { implicit: bool },
    /// A list of items.
    List {
        start: Option<u64>,
        counter: Counter,
        delimiter: Delimiter,
        tight: bool,
    },
    /// An item of a list, with the number that is in the source.
    Item(Option<u64>),
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
    /// Raised text.
    Superscript,
    /// Lowered text.
    Subscript,
    /// Text that is struck out.
    Strike,
    /// A link.
    Link { target: String, title: bool },
    /// A picture.
    Image { target: String, title: String },
    /// A footnote's mark.
    Mark(String),
    /// A citation: what is between its brackets.
    Citation(String),
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
                | Kind::Superscript
                | Kind::Subscript
                | Kind::Strike
                | Kind::Link { .. }
                | Kind::Image { .. }
                | Kind::Mark(_)
                | Kind::Citation(_)
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

/// Parses a prose; with `after_text`, its first line begins no list of `(a)`, `(b)`, as it is a paragraph.
pub(super) fn parse(prose: &str, after_text: bool) -> Tree {
    let options = INLINES | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    if let Some(labelled) = LabelledLists::find(prose, after_text) {
        let lines = labelled.lines();
        let (mut tree, found) = build(prose, lines.text(), options, Some(lines), Some(&labelled));
        if found == labelled.count() {
            break_lines(prose, &mut tree);
            return tree;
        }
    }
    let (mut tree, _) = build(prose, prose, options, None, None);
    break_lines(prose, &mut tree);
    tree
}

/// A text in which labels such as `(a)` are numbers that Markdown knows, and the labels by their lines; nothing where there
/// are none.
pub(crate) fn labelled_lines(text: &str) -> Option<(String, BTreeMap<usize, String>)> {
    let labelled = LabelledLists::find(text, false)?;
    Some((labelled.lines().text().to_owned(), labelled.labels(text)))
}

/// Breaks the lines that begin with labels and are in no list.
fn break_lines(prose: &str, tree: &mut Tree) {
    if prose.contains([')', '）', '.', '、']) {
        lettered::break_lines(&mut tree.blocks);
        tree.notes
            .values_mut()
            .for_each(|note| lettered::break_lines(&mut note.children));
    }
}

/// Parses a text whose lines are no blocks, such as a table's cell: paragraphs with inlines.
pub(super) fn parse_lines(prose: &str) -> Tree {
    let lines = Lines::of(prose);
    build(prose, lines.text(), INLINES, Some(&lines), None).0
}

const INLINES: Options = Options::ENABLE_FOOTNOTES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_SUPERSCRIPT)
    .union(Options::ENABLE_SUBSCRIPT);

/// Builds the tree of `text`, which is the prose itself or its lines; how many items have got labels of their own.
fn build(
    prose: &str,
    text: &str,
    options: Options,
    lines: Option<&Lines>,
    labelled: Option<&LabelledLists>,
) -> (Tree, usize) {
    let whole = with_definitions(text);
    let mut builder = Builder {
        tree: Tree::default(),
        stack: Vec::new(),
        source: &whole,
        end: text.len(),
        lines_of: lines,
        labelled,
        relabelled: 0,
        named: BTreeSet::new(),
        skipped: 0,
        lists: 0,
        blocks: 0,
        inlines: 0,
    };
    let eased = flanking::eased(&whole);
    let is_eased = matches!(eased, std::borrow::Cow::Owned(_));
    let eased = paged(eased);
    let parser = Parser::new_with_broken_link_callback(&eased, options, Some(cited));
    let definitions = parser.reference_definitions().iter();
    let definitions: Vec<(String, usize)> = definitions
        .map(|(label, definition)| (label_key(label), definition.span.start))
        .collect();
    for (event, range) in parser.into_offset_iter() {
        let event = if is_eased {
            flanking::restored(event)
        } else {
            event
        };
        builder.take(event, range);
    }
    builder.unused(definitions);
    let (mut tree, relabelled) = (builder.tree, builder.relabelled);
    if let Some(offset) = too_many_brackets(prose) {
        tree.faults.push(Fault {
            code: Code::TOO_DEEP,
            offset,
            message: format!("more than {MAX_BRACKETS} brackets are open here at once"),
            hint: "close each with `]`, or take out what is too much; write \\[ for one that is text",
        });
    }
    if prose.contains("://") {
        address::link(prose, &mut tree.blocks);
        tree.notes
            .values_mut()
            .for_each(|note| address::link(prose, &mut note.children));
    }
    if prose.contains(['^', '~']) {
        shift::find(prose, &mut tree.blocks);
        tree.notes
            .values_mut()
            .for_each(|note| shift::find(prose, &mut note.children));
    }
    leftover::find(prose, &mut tree, lines.is_some() && labelled.is_none());
    (tree, relabelled)
}

/// Takes brackets such as `[@key, p. 12]` for a link, which would otherwise be text.
fn cited<'t>(link: BrokenLink<'t>) -> Option<(CowStr<'t>, CowStr<'t>)> {
    let is_citation = link.link_type == LinkType::Shortcut && has_key(&link.reference);
    is_citation.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
}

/// Whether a sign that a key follows begins a word.
fn has_key(inner: &str) -> bool {
    inner.match_indices('@').any(|(at, _)| {
        let before = inner[..at].trim_end_matches('-').chars().next_back();
        let after = inner[at + 1..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || c == ';')
            && after.is_some_and(char::is_alphanumeric)
    })
}

/// What is said behind the id of a reference whose page is wanted, as in `[](#levels page)`.
pub(super) const PAGE: &str = "page";
/// What stands between the two: a space ends the address of a link.
pub(super) const PAGE_SIGN: char = ';';

/// The text with that sign for the space in references whose page is wanted; it stays as long as it was.
fn paged(text: std::borrow::Cow<'_, str>) -> std::borrow::Cow<'_, str> {
    if !text.contains(" page)") {
        return text;
    }
    let mut paged = text.clone().into_owned();
    for (end, _) in text.match_indices(" page)") {
        let id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text[..end].trim_end_matches(id).ends_with("](#") {
            paged.replace_range(end..=end, PAGE_SIGN.encode_utf8(&mut [0; 4]));
        }
    }
    std::borrow::Cow::Owned(paged)
}

/// The first bracket that opens inside more of them than any text has.
fn too_many_brackets(prose: &str) -> Option<usize> {
    let (mut open, mut escaped, mut line_end) = (0, false, false);
    for (offset, c) in prose.char_indices() {
        match c {
            '[' if !escaped && open == MAX_BRACKETS => return Some(offset),
            '[' if !escaped => open += 1,
            ']' if !escaped => open = usize::saturating_sub(open, 1),
            // A paragraph is over.
            '\n' if line_end => open = 0,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
        line_end = c == '\n' || line_end && c.is_whitespace();
    }
    None
}

/// The prose, with an empty definition appended for every footnote mark in it.
///
/// A mark without a definition in the same text would come out as literal text; its definition may be in the
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

struct Builder<'s> {
    tree: Tree,
    stack: Vec<Node>,
    /// What is parsed.
    source: &'s str,
    /// Length of it without the definitions after it.
    end: usize,
    /// How its offsets and those of the prose go together, where they differ.
    lines_of: Option<&'s Lines>,
    /// Its lists with labels of their own, and how many of their items were found.
    labelled: Option<&'s LabelledLists>,
    relabelled: usize,
    /// Labels of definitions that links go by.
    named: BTreeSet<String>,
    /// How many starts are open inside something that is left out.
    skipped: usize,
    lists: usize,
    blocks: usize,
    inlines: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event, range: std::ops::Range<usize>) {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        // What was appended behind the prose is no part of it, whatever it is read as.
        if self.stack.is_empty() && range.start >= self.end {
            if matches!(event, Event::Start(_)) {
                self.skip();
            }
            return;
        }
        let offset = self.offset(range.start);
        let place = (offset, self.offset_of_end(&range));
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.finish(tag),
            Event::Text(text) => match self.stack.last_mut() {
                Some(Node {
                    kind: Kind::CodeBlock(code),
                    ..
                }) => code.push_str(&text),
                _ => {
                    let text = self.without_marks(text.into_string());
                    if !text.is_empty() {
                        self.leaf(Kind::Text(text), place);
                    }
                }
            },
            Event::Code(text) => {
                let text = self.without_marks(text.into_string());
                self.leaf(Kind::Code(text), place);
            }
            Event::SoftBreak => self.leaf(Kind::SoftBreak, place),
            Event::HardBreak => self.leaf(Kind::HardBreak, place),
            Event::FootnoteReference(label) => self.leaf(Kind::Mark(label.into_string()), place),
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

    /// The offset in the prose of one in what is parsed.
    fn offset(&self, at: usize) -> usize {
        self.lines_of.map_or(at, |lines| lines.offset(at))
    }

    /// The offset in the prose of the end of a range in what is parsed.
    fn offset_of_end(&self, range: &std::ops::Range<usize>) -> usize {
        match range.is_empty() {
            true => self.offset(range.end),
            false => self.offset(range.end - 1) + 1,
        }
    }

    fn without_marks(&self, text: String) -> String {
        match self.lines_of {
            Some(lines) => lines.without_marks(text),
            None => text,
        }
    }

    fn start(&mut self, tag: Tag, range: std::ops::Range<usize>) {
        let offset = self.offset(range.start);
        let end = self.offset_of_end(&range);
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph { implicit: false },
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => {
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                if fenced && !is_closed(&self.source[range]) {
                    self.fault(
                        Code::OPEN_CODE,
                        offset,
                        "a code block is not closed",
                        "end it with a line of three backticks",
                    );
                }
                Kind::CodeBlock(String::new())
            }
            Tag::List(start) => Kind::List {
                start,
                counter: Counter::Decimal,
                delimiter: list::delimiter(&self.source[range]),
                tight: true,
            },
            Tag::Item => Kind::Item(list::number(&self.source[range])),
            // A definition of ours, appended behind the prose.
            Tag::FootnoteDefinition(_) if range.start >= self.end => return self.skip(),
            Tag::FootnoteDefinition(label) => Kind::Note(label.into_string()),
            Tag::Table(alignments) => Kind::Table(alignments),
            Tag::TableHead => Kind::Row { head: true },
            Tag::TableRow => {
                self.check_row(range, offset);
                Kind::Row { head: false }
            }
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Superscript => Kind::Superscript,
            Tag::Subscript => Kind::Subscript,
            Tag::Strikethrough => Kind::Strike,
            Tag::Link {
                link_type: LinkType::ShortcutUnknown,
                ..
            } => {
                let inner = self.source[range].trim_matches(['[', ']']);
                Kind::Citation(self.without_marks(inner.replace('\n', " ")))
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => {
                self.named.insert(label_key(&id));
                Kind::Link {
                    target: target(link_type, dest_url),
                    title: !title.is_empty(),
                }
            }
            Tag::Image {
                dest_url,
                title,
                id,
                ..
            } => {
                self.named.insert(label_key(&id));
                Kind::Image {
                    target: dest_url.into_string(),
                    title: title.into_string(),
                }
            }
            Tag::HtmlBlock => return self.refuse(Code::RAW_HTML, offset, RAW_HTML.0, RAW_HTML.1),
            Tag::Heading { .. } => {
                return self.refuse(Code::HEADING, offset,
                    "a heading has no place in prose",
                    "make it a section of its own, in `sections`; a line of text directly above `---` or `===` is a heading too",
                );
            }
            // The options turn none of these on.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => return self.skip(),
        };
        if self.too_deep(&kind, offset) {
            return self.skip();
        }
        self.count(&kind, true);
        self.stack.push(Node {
            kind,
            offset,
            end,
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

    /// Whether lines end between two places of the prose.
    fn parted(&self, start: usize, end: usize) -> bool {
        let end = end.min(self.source.len());
        self.source
            .get(start..end)
            .is_some_and(|between| between.contains('\n'))
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
        // Most have one child, and room for four would be kept until all is read.
        node.children.shrink_to_fit();
        match &mut node.kind {
            Kind::List { tight, .. } => {
                *tight = !node.children.iter().any(is_loose);
                return self.list(node);
            }
            Kind::Superscript | Kind::Subscript => {
                if let Some(fault) = leftover::spaced(&node) {
                    return self.tree.faults.push(fault);
                }
            }
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

    /// Attaches a list, or what it is instead.
    fn list(&mut self, list: Node) {
        let above = self.stack.last().filter(|above| is_empty_item(above));
        let first = above.is_some_and(|above| !self.parted(above.offset, list.offset));
        let (lists, relabelled) = match self.labelled {
            Some(labelled) => labelled.relabelled(list),
            None => (vec![list], 0),
        };
        self.relabelled += relabelled;
        for (index, list) in lists.into_iter().enumerate() {
            match list::judge(list, first && index == 0) {
                list::ListKind::List(node) => self.attach(node),
                list::ListKind::Paragraphs(nodes) => {
                    nodes.into_iter().for_each(|node| self.attach(node))
                }
                list::ListKind::Wrong(fault) => self.tree.faults.push(fault),
            }
        }
    }

    fn leaf(&mut self, kind: Kind, (offset, end): (usize, usize)) {
        self.attach(Node {
            kind,
            offset,
            end,
            children: Vec::new(),
        });
    }

    fn attach(&mut self, node: Node) {
        let (container, siblings) = match self.stack.last_mut() {
            Some(parent) => (
                matches!(parent.kind, Kind::Item(_) | Kind::Quote | Kind::Note(_)),
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
                end,
                ..
            }) => {
                *end = node.end;
                children.push(node);
            }
            _ => siblings.push(Node {
                kind: Kind::Paragraph { implicit: true },
                offset: node.offset,
                end: node.end,
                children: vec![node],
            }),
        }
    }

    /// Rows have a cell for each column.
    fn check_row(&mut self, range: std::ops::Range<usize>, offset: usize) {
        let columns = self.stack.iter().rev().find_map(|node| match &node.kind {
            Kind::Table(alignments) => Some(alignments.len()),
            _ => None,
        });
        let row = self.source[range].trim_end_matches(['\r', '\n']);
        if let Some(fault) = row::row_fault(row, columns.unwrap_or_default()) {
            self.fault(
                Code::ROW_LENGTH,
                offset + fault.offset,
                fault.message,
                "a `|` parts cells, also in code: write \\| for a plain one; leave nothing between two for an empty cell",
            );
        }
    }

    /// Lines that Markdown takes for the addresses of links, and that no link goes by, would be printed nowhere.
    fn unused(&mut self, mut definitions: Vec<(String, usize)>) {
        definitions.retain(|(label, start)| !self.named.contains(label) && *start < self.end);
        definitions.sort_by_key(|(_, start)| *start);
        for (_, start) in definitions {
            self.fault(
                Code::LOST_LINE,
                self.offset(start),
                "this line is read as the address of a link that is nowhere, and would not be printed",
                "write \\[ for its first bracket if it is text, or delete it",
            );
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

/// Whether a block of code ends with the fence that it begins with.
fn is_closed(block: &str) -> bool {
    let mut lines = block.trim_end().lines();
    let fence = lines.next().map(str::trim_start).unwrap_or_default();
    let sign = fence.chars().next().unwrap_or_default();
    let length = fence.chars().take_while(|c| *c == sign).count();
    let last = lines.last().unwrap_or_default();
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    last.chars().all(|c| c == sign) && last.chars().count() >= length
}

/// Whether it is an item of a list that is still empty.
fn is_empty_item(node: &Node) -> bool {
    matches!(node.kind, Kind::Item(_)) && node.children.is_empty()
}

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
