//! Prose to blocks and running text: the tree of `markdown` with links resolved, notes numbered, white space folded.

use std::collections::BTreeMap;

use super::markdown::{self, Kind, Node};
use super::markup::Manner;
use super::resolve::{FieldPath, Resolver};
use super::text::{self, Class, Fault, MarkState};
use super::typography::LINE_END;
use super::{Block, FieldLocation, Inline};
use crate::base::diagnostic::{Code, Diagnostic};
use crate::base::script::is_ideographic;
use crate::source::schema as s;

/// Where a prose is: it decides what may be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProseContext {
    /// Running text of a chapter.
    Body,
    /// A cell of a table: words on lines, which are no blocks but for lists.
    Cell,
    /// A field of one line, such as a caption or a title.
    Field,
    /// A note below a table: paragraphs and lists.
    TableNote,
    /// A footnote: paragraphs and lists, and no footnotes.
    Note,
    /// The imprint, and the back cover: no footnotes.
    Imprint,
}

impl ProseContext {
    /// How it is read.
    pub(super) fn manner(self) -> Manner {
        match self {
            ProseContext::Cell => Manner::Cell,
            ProseContext::Field => Manner::Lines,
            ProseContext::Note => Manner::Note,
            ProseContext::Body | ProseContext::TableNote | ProseContext::Imprint => Manner::Prose,
        }
    }
}

/// A prose while it is resolved.
pub(super) struct Prose<'p, 'a> {
    pub(super) at: &'p FieldPath<'a>,
    pub(super) value: &'p s::Prose,
    pub(super) setting: ProseContext,
    /// How it is read.
    pub(super) manner: Manner,
    /// Notes defined in it, each with its index once a mark of it was met.
    notes: BTreeMap<String, (Node, Option<usize>)>,
    /// Whether parsing left out something that has its own diagnostic.
    faulty: bool,
}

impl Prose<'_, '_> {
    /// A diagnostic at an offset of the prose.
    pub(super) fn diagnostic(
        &self,
        code: Code,
        offset: usize,
        message: impl Into<String>,
        hint: &'static str,
    ) -> Diagnostic {
        self.at.fault(
            self.value,
            Fault {
                code,
                offset,
                message: message.into(),
                hint,
            },
        )
    }
}

/// White space and marks of a paragraph, over all its pieces.
#[derive(Default)]
pub(super) struct LineState {
    /// Whether what was set last ends in a space; true at the start.
    pub(super) space: bool,
    mark_state: MarkState,
}

impl<'a> Resolver<'a> {
    /// The blocks of a prose.
    pub(super) fn prose(
        &mut self,
        at: &FieldPath<'a>,
        value: &s::Prose,
        setting: ProseContext,
    ) -> Vec<Block> {
        let tree = match setting {
            ProseContext::Cell => markdown::parse_cell(&value.value),
            ProseContext::Field => markdown::parse_lines(&value.value),
            _ => markdown::parse(&value.value, setting == ProseContext::Note),
        };
        let faulty = !tree.faults.is_empty();
        for fault in tree.faults {
            self.found.push(at.fault(value, fault));
        }
        if let Some(place) = at.file.joined_line(value) {
            let message = "a list, a heading or the like is joined to the line above and is none";
            let joined = at.diagnostic_at(Code::JOINED_LINES, place, message);
            self.found
                .push(joined.hint("write `|` after the colon in place of `>`"));
        }
        let notes = tree
            .notes
            .into_iter()
            .map(|(label, node)| (label, (node, None)))
            .collect();
        let mut prose = Prose {
            at,
            value,
            setting,
            manner: setting.manner(),
            notes,
            faulty,
        };
        if tree.blocks.is_empty() && value.value.trim().is_empty() && setting != ProseContext::Cell
        {
            self.found.push(
                at.diagnostic(Code::EMPTY_TEXT, value, "the text is empty")
                    .hint("write it, or leave the field out where it is optional"),
            );
        }
        let blocks = self.blocks(&mut prose, tree.blocks);
        let mut notes: Vec<_> = prose.notes.values().collect();
        notes.sort_by_key(|(node, _)| node.offset);
        for (node, met) in notes {
            if let (Kind::Note(label), None) = (&node.kind, met) {
                let message = format!("no text refers to the footnote `{label}`");
                self.found.push(prose.diagnostic(
                    Code::UNUSED_NOTE,
                    node.offset,
                    message,
                    "put its mark `[^…]` into this text, or delete the note",
                ));
            }
        }
        blocks
    }

    /// The blocks of an optional prose.
    pub(super) fn optional_prose(
        &mut self,
        at: &FieldPath<'a>,
        value: &Option<s::Prose>,
        setting: ProseContext,
    ) -> Vec<Block> {
        value
            .as_ref()
            .map(|value| self.prose(at, value, setting))
            .unwrap_or_default()
    }

    fn blocks(&mut self, prose: &mut Prose<'_, 'a>, nodes: Vec<Node>) -> Vec<Block> {
        let blocks = nodes.into_iter();
        let blocks = blocks.filter_map(|node| self.block(prose, node));
        let mut blocks: Vec<Block> = blocks.collect();
        blocks.shrink_to_fit();
        blocks
    }

    fn block(&mut self, prose: &mut Prose<'_, 'a>, node: Node) -> Option<Block> {
        let offset = node.offset;
        let narrow = !prose.setting.is_wide();
        let place = if prose.setting == ProseContext::Note {
            "a footnote"
        } else {
            "a table's cell or note"
        };
        let refused = |what: &str| {
            prose.diagnostic(
                Code::NOT_IN_CELL,
                offset,
                format!("{what} has no place in {place}"),
                "only paragraphs and lists can be there",
            )
        };
        match node.kind {
            Kind::Paragraph { .. } => self.paragraph(prose, node),
            Kind::List {
                start,
                counter,
                delimiter,
                tight,
            } => {
                let items = node
                    .children
                    .into_iter()
                    .map(|item| self.blocks(prose, item.children))
                    .collect();
                Some(Block::List {
                    start,
                    counter,
                    delimiter,
                    tight,
                    paragraphs: false,
                    items,
                })
            }
            Kind::Quote if narrow => {
                self.found.push(refused("a quotation"));
                None
            }
            Kind::Quote => {
                let known = self.found.len();
                let blocks = self.blocks(prose, node.children);
                if blocks.is_empty() {
                    if !prose.faulty && self.found.len() == known {
                        let error = prose.diagnostic(
                            Code::EMPTY_BLOCK,
                            offset,
                            "a quotation is empty",
                            "delete its `>`",
                        );
                        self.found.push(error);
                    }
                    return None;
                }
                Some(Block::Quote {
                    blocks,
                    attribution: None,
                    source: None,
                    pull: false,
                    language: None,
                })
            }
            Kind::CodeBlock(_) | Kind::Table(_) if narrow => {
                self.found
                    .push(refused(if matches!(node.kind, Kind::Table(_)) {
                        "a table"
                    } else {
                        "a block of code"
                    }));
                None
            }
            Kind::CodeBlock(code) => self.code_block(prose, &code, offset),
            Kind::Table(alignments) => self.prose_table(prose, &alignments, node.children, offset),
            _ => None,
        }
    }

    fn code_block(&mut self, prose: &Prose, code: &str, offset: usize) -> Option<Block> {
        let text = code.trim_end_matches('\n').replace('\t', "    ");
        if text.trim().is_empty() {
            self.found.push(prose.diagnostic(
                Code::EMPTY_BLOCK,
                offset,
                "a block of code is empty",
                "delete it",
            ));
            return None;
        }
        for fault in text::faults(&text) {
            // The code stands in the prose without its indentation: the character itself leads to its place.
            let c = text[fault.offset..].chars().next().unwrap_or_default();
            let before = text[..fault.offset].matches(c).count();
            let written = &prose.value.value[offset..];
            let found = written.match_indices(c).nth(before);
            let offset = offset + found.map_or(0, |(index, _)| index);
            self.found
                .push(prose.diagnostic(fault.code, offset, fault.message, fault.hint));
        }
        self.usage.characters.take(&text, || prose.place(offset));
        self.usage.acronyms.scan(&text);
        Some(Block::Code {
            label: None,
            text: text::normalise(text),
        })
    }

    fn paragraph(&mut self, prose: &mut Prose<'_, 'a>, node: Node) -> Option<Block> {
        if let Some(image) = lone_image(&node) {
            return self.prose_figure(prose, image);
        }
        let mut node = node;
        let place = match prose.setting {
            ProseContext::Body => self.named_place(&prose.value.value, &mut node.children),
            _ => None,
        };
        let offset = node.offset;
        let mut content = self.line(prose, node.children);
        content.splice(0..0, place);
        if content.is_empty() {
            return None;
        }
        let content = self.written(prose.at, prose.value, (offset, prose.manner), content);
        Some(Block::Paragraph { content })
    }

    /// The running text of a paragraph or a cell: trimmed, marks of direction paired.
    pub(super) fn line(&mut self, prose: &mut Prose<'_, 'a>, nodes: Vec<Node>) -> Vec<Inline> {
        let mut line = LineState {
            space: true,
            ..LineState::default()
        };
        let mut content = self.inlines(prose, nodes, &mut line);
        for fault in line.mark_state.finish() {
            self.found.push(prose.at.fault(prose.value, fault));
        }
        trim_end(&mut content);
        // Most paragraphs are one piece, and room for four would be kept.
        content.shrink_to_fit();
        content
    }

    /// Pieces of running text.
    pub(super) fn inlines(
        &mut self,
        prose: &mut Prose<'_, 'a>,
        nodes: Vec<Node>,
        line: &mut LineState,
    ) -> Vec<Inline> {
        let mut content = Vec::new();
        let mut nodes = nodes.into_iter().peekable();
        while let Some(node) = nodes.next() {
            match node.kind {
                Kind::Text(text) => self.text(prose, &text, node.offset, line, &mut content),
                Kind::SoftBreak => self.text(prose, "\n", node.offset, line, &mut content),
                Kind::HardBreak => {
                    trim_end(&mut content);
                    content.push(Inline::Break);
                    line.space = true;
                }
                Kind::Code(text) => self.code(prose, text, node.offset, line, &mut content),
                Kind::Emphasis => {
                    let inner = self.inlines(prose, node.children, line);
                    push_unless_empty(&mut content, inner, |content| Inline::Emphasis { content });
                }
                Kind::Strong => {
                    let inner = self.inlines(prose, node.children, line);
                    push_unless_empty(&mut content, inner, |content| Inline::Strong { content });
                }
                Kind::Superscript => {
                    let inner = self.inlines(prose, node.children, line);
                    push_unless_empty(&mut content, inner, |content| Inline::Superscript {
                        content,
                    });
                }
                Kind::Subscript => {
                    let inner = self.inlines(prose, node.children, line);
                    push_unless_empty(&mut content, inner, |content| Inline::Subscript { content });
                }
                Kind::Strike => {
                    let inner = self.inlines(prose, node.children, line);
                    push_unless_empty(&mut content, inner, |content| Inline::Strike { content });
                }
                Kind::Link { target, title } => {
                    if title {
                        let hint = "put what it says into the text of the link";
                        self.found.push(prose.diagnostic(
                            Code::LINK_TITLE,
                            node.offset,
                            "links have no title",
                            hint,
                        ));
                    }
                    content.extend(self.link(prose, &target, node.children, node.offset, line));
                }
                Kind::Mark(label) => {
                    // It stands on the word before it; a space is behind it.
                    trim_end(&mut content);
                    line.space &= content.is_empty();
                    content.extend(self.mark(prose, &label, node.offset));
                }
                Kind::Citation(inner) => {
                    if let Some(sign) = self.sign_before_note(nodes.peek_mut()) {
                        trim_end(&mut content);
                        self.text(prose, &sign, node.offset, line, &mut content);
                    }
                    let cited = self.citation(prose, &inner, node.offset);
                    if self.citations.is_raised() {
                        trim_end(&mut content);
                    }
                    line.space &= cited.is_empty();
                    content.extend(cited);
                }
                Kind::Image { .. } => {
                    let message = "a picture has no place inside a line";
                    let hint = "put it into a paragraph of its own, with an empty line before and after it";
                    self.found.push(prose.diagnostic(
                        Code::PICTURE_IN_LINE,
                        node.offset,
                        message,
                        hint,
                    ));
                }
                _ => {}
            }
        }
        for inline in &mut content {
            if let Inline::Text { text } = inline {
                self.usage.acronyms.scan(text);
                *text = self.directed(text::normalise(std::mem::take(text)));
            }
        }
        content
    }

    /// Adds text to a line, white space folded.
    pub(super) fn text(
        &mut self,
        prose: &Prose,
        text: &str,
        offset: usize,
        line: &mut LineState,
        content: &mut Vec<Inline>,
    ) {
        if !matches!(content.last(), Some(Inline::Text { .. })) {
            content.push(Inline::Text {
                text: String::new(),
            });
        }
        let Some(Inline::Text { text: target }) = content.last_mut() else {
            return;
        };
        target.reserve(text.len());
        let mut index = 0;
        while let Some(c) = text[index..].chars().next() {
            let offset = offset + index;
            // Nearly all of a text is words in which nothing has to be looked at.
            let word = text::plain_word(&text[index..]);
            if word.is_empty() {
                self.character(prose, c, offset, line, target);
                index += c.len_utf8();
            } else {
                let place = |within| prose.place(offset + within);
                self.usage.characters.take_ascii(word, place);
                target.push_str(word);
                line.space = false;
                index += word.len();
            }
        }
        if target.is_empty() {
            content.pop();
        }
    }

    /// Adds one character to a text.
    fn character(
        &mut self,
        prose: &Prose,
        c: char,
        offset: usize,
        line: &mut LineState,
        target: &mut String,
    ) {
        let faults = match text::classify(c) {
            Class::Space => {
                if !line.space {
                    target.push(if c == LINE_END || prose.folded(offset) {
                        LINE_END
                    } else {
                        ' '
                    });
                }
                line.space = true;
                return;
            }
            Class::Refused(why) => [Some(text::refused(c, why, offset)), None],
            _ => [
                line.mark_state.take(c, offset),
                text::leftover(&prose.value.value, c, offset),
            ],
        };
        let other = text::replaced(&prose.value.value, c, offset);
        let shown = other.as_ref().map_or(Some(c), |(shown, _)| *shown);
        let faults = faults.into_iter().flatten();
        for fault in faults.chain(other.map(|(_, fault)| fault)) {
            self.found.push(prose.at.fault(prose.value, fault));
        }
        let Some(c) = shown else {
            return;
        };
        self.usage.characters.take_one(c, || prose.place(offset));
        target.push(c);
        line.space = false;
    }

    fn code(
        &mut self,
        prose: &Prose,
        text: String,
        offset: usize,
        line: &mut LineState,
        content: &mut Vec<Inline>,
    ) {
        let (text, faults) = text::clean(&text);
        for fault in faults {
            self.found
                .push(prose.at.fault(prose.value, Fault { offset, ..fault }));
        }
        self.usage.characters.take(&text, || prose.place(offset));
        self.usage.acronyms.scan(&text);
        if !text.is_empty() {
            line.space = false;
            content.push(Inline::Code { text });
        }
    }

    /// A footnote's mark: the note is taken from this prose, else from the chapter.
    fn mark(&mut self, prose: &mut Prose<'_, 'a>, label: &str, offset: usize) -> Option<Inline> {
        match prose.setting {
            ProseContext::Note => {
                let hint = "put what it says into the footnote itself";
                self.found.push(prose.diagnostic(
                    Code::NOTE_MISPLACED,
                    offset,
                    "a footnote has no place inside a footnote",
                    hint,
                ));
                return None;
            }
            ProseContext::Imprint => {
                let hint = "put what it says into the text itself";
                self.found.push(prose.diagnostic(
                    Code::NOTE_MISPLACED,
                    offset,
                    "a footnote has no place in the imprint or on a cover",
                    hint,
                ));
                return None;
            }
            ProseContext::Body
            | ProseContext::Cell
            | ProseContext::Field
            | ProseContext::TableNote => {}
        }
        let key = markdown::label_key(label);
        if let Some((node, met)) = prose.notes.get_mut(&key) {
            if let Some(note) = *met {
                return Some(self.mark_again(note));
            }
            let children = std::mem::take(&mut node.children);
            let place = node.offset;
            let note = self.notes.reserve(self.links.anchors.fresh("note"));
            *met = Some(note);
            let mut inner = Prose {
                at: prose.at,
                value: prose.value,
                setting: ProseContext::Note,
                manner: prose.manner,
                notes: BTreeMap::new(),
                faulty: prose.faulty,
            };
            let known = self.found.len();
            let blocks = self.blocks(&mut inner, children);
            let sound = !prose.faulty && self.found.len() == known;
            if sound && !matches!(blocks.first(), Some(Block::Paragraph { .. })) {
                self.found.push(prose.diagnostic(
                    Code::NOTE_START,
                    place,
                    "a footnote starts with a paragraph",
                    "write its text first",
                ));
            }
            self.notes.footnotes[note].blocks = blocks;
            return Some(Inline::Footnote { note, again: false });
        }
        match prose.setting {
            ProseContext::Cell | ProseContext::Field => self.cell_mark(label),
            _ => None,
        }
        .or_else(|| self.chapter_mark(prose, label, offset))
    }

    fn chapter_mark(
        &mut self,
        prose: &Prose<'_, 'a>,
        label: &str,
        offset: usize,
    ) -> Option<Inline> {
        let key = markdown::label_key(label);
        let Some(chapter_note) = self.notes.of_chapter.get_mut(&key) else {
            let error = prose.at.fault(
                prose.value,
                Fault {
                    code: Code::UNKNOWN_NOTE,
                    offset,
                    message: format!("there is no footnote `{label}`"),
                    hint: "define it in the same text by a line `[^name]: …`, or in the chapter's `footnotes`",
                },
            );
            self.found.push(error);
            return None;
        };
        if let Some(note) = chapter_note.index {
            return Some(self.mark_again(note));
        }
        let (at, written) = (chapter_note.at.clone(), chapter_note.note);
        let note = self.footnote(&at.key("text"), &written.text);
        if let Some(chapter_note) = self.notes.of_chapter.get_mut(&key) {
            chapter_note.index = Some(note);
        }
        Some(Inline::Footnote { note, again: false })
    }

    /// One more mark of a note.
    fn mark_again(&mut self, note: usize) -> Inline {
        self.notes.footnotes[note].marked_again = true;
        Inline::Footnote { note, again: true }
    }

    /// A footnote from a prose of its own; gives its index.
    pub(super) fn footnote(&mut self, at: &FieldPath<'a>, text: &s::Prose) -> usize {
        let note = self.notes.reserve(self.links.anchors.fresh("note"));
        let known = self.found.len();
        let blocks = self.prose(at, text, ProseContext::Note);
        let sound = self.found.len() == known;
        if sound && !blocks.is_empty() && !matches!(blocks[0], Block::Paragraph { .. }) {
            self.found.push(
                at.diagnostic(Code::NOTE_START, text, "a footnote starts with a paragraph")
                    .hint("write its text first"),
            );
        }
        self.notes.footnotes[note].blocks = blocks;
        note
    }
}

impl Prose<'_, '_> {
    /// Line and column of an offset. They are counted out in the file, so ask only where they are needed.
    pub(super) fn spot(&self, offset: usize) -> (u32, u32) {
        self.at.file.within(self.value, offset)
    }

    /// Whether the space at an offset was a line end before YAML folded it. Asked only next to an ideograph, where it
    /// counts.
    fn folded(&self, offset: usize) -> bool {
        let text = &self.value.value;
        let (Some(before), Some(after)) = (text.get(..offset), text.get(offset..)) else {
            return false;
        };
        let marks = |c: char| c.is_whitespace() || "*_`[]".contains(c);
        let near = before.trim_end_matches(marks).ends_with(is_ideographic)
            || after.trim_start_matches(marks).starts_with(is_ideographic);
        let last = before.trim_end().char_indices().next_back();
        near && after.starts_with(' ')
            && last.is_some_and(|(last, _)| self.spot(last).0 != self.spot(offset).0)
    }

    /// The place of an offset.
    pub(super) fn place(&self, offset: usize) -> FieldLocation {
        let (line, column) = self.spot(offset);
        FieldLocation {
            location: self.at.file.location(line, column),
            field: self.at.path.clone(),
        }
    }
}

/// The picture that is alone in its paragraph.
fn lone_image(paragraph: &Node) -> Option<&Node> {
    let mut rest = paragraph.children.iter().filter(|node| match &node.kind {
        Kind::Text(text) => !text.trim().is_empty(),
        Kind::SoftBreak => false,
        _ => true,
    });
    let image = rest
        .next()
        .filter(|node| matches!(node.kind, Kind::Image { .. }))?;
    rest.next().is_none().then_some(image)
}

fn push_unless_empty(
    content: &mut Vec<Inline>,
    inner: Vec<Inline>,
    make: impl FnOnce(Vec<Inline>) -> Inline,
) {
    if !inner.is_empty() {
        content.push(make(inner));
    }
}

/// Takes a space off the end of a line, wherever it is nested.
fn trim_end(content: &mut Vec<Inline>) {
    let empty = match content.last_mut() {
        Some(Inline::Text { text }) => {
            if text.ends_with([' ', LINE_END]) {
                text.pop();
            }
            text.is_empty()
        }
        Some(other) => {
            if let Some(inner) = other.content_mut() {
                trim_end(inner);
            }
            false
        }
        None => false,
    };
    if empty {
        content.pop();
    }
}
