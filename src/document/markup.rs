//! A written text as what is seen of it: every character with the bytes that it is written in, so that a change of what is
//! seen can be made where it is written.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::markdown::{self, Kind, Node, Tree};

/// How the text of a field is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As typed.
    Words,
    /// As typed, whatever it looks like: a cell of a file of values.
    Verbatim,
    /// One line with marks, such as a caption.
    Line,
    /// Lines with marks, such as the title of a box.
    Lines,
    /// Lines with marks, and lists: a cell.
    Cell,
    /// Blocks of CommonMark.
    Prose,
    /// The same, in a footnote.
    Note,
}

/// A written text.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Its lines of running text, by where they start.
    pub(crate) passages: BTreeMap<usize, Passage>,
    /// Where the notes are that it defines, by their labels.
    pub(crate) notes: BTreeMap<String, Range<usize>>,
}

/// A line of running text: a paragraph, a cell, a field.
#[derive(Debug)]
pub(crate) struct Passage {
    /// Where it is.
    pub(crate) range: Range<usize>,
    /// The item of a list whose first paragraph it is.
    pub(crate) item: Option<Item>,
    /// Whether it is a paragraph among blocks, and no cell.
    pub(crate) is_block: bool,
    /// Whether no sign in it is a mark, and none can be.
    pub(crate) is_verbatim: bool,
    /// What it consists of: text, and what has marks around it.
    pub(crate) spans: Vec<Span>,
    /// What is seen.
    pub(crate) signs: Vec<Sign>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// Where it is.
    pub(crate) range: Range<usize>,
    /// Where its list starts.
    pub(crate) list: usize,
    /// Whether it holds one paragraph alone.
    pub(crate) single: bool,
}

/// A part of a passage.
#[derive(Debug)]
pub(crate) struct Span {
    /// Where it is, its marks included.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) kind: SpanKind,
}

/// What a part of a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpanKind {
    /// Text without marks around it.
    Text,
    /// Text whose marks Word shows: emphasis, links to the web, code.
    Marked,
    /// What Word does not show: names of the registries, languages, references, citations.
    Kept,
}

/// Something that is seen.
#[derive(Debug)]
pub(crate) struct Sign {
    /// What is seen.
    pub(crate) shown: Shown,
    /// Where it is written.
    pub(crate) range: Range<usize>,
    /// The part of the passage that it belongs to.
    pub(crate) span: usize,
    /// How it looks.
    pub(crate) look: Rc<Look>,
}

/// What is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// A character; a line end of the source is a space.
    Char(char),
    /// A forced line break.
    Break,
    /// The mark of a note, with its label.
    Note(String),
    /// Something whose words the program fills in.
    Filled,
}

/// How running text looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Strong emphasis.
    pub(crate) strong: bool,
    /// Emphasis.
    pub(crate) emphasis: bool,
    /// Raised.
    pub(crate) raised: bool,
    /// Lowered.
    pub(crate) lowered: bool,
    /// Struck out.
    pub(crate) struck: bool,
    /// Monospaced.
    pub(crate) code: bool,
    /// The address that it leads to.
    pub(crate) link: Option<String>,
}

/// Reads a text.
pub(crate) fn read(value: &str, manner: Manner) -> Written {
    let mut reader = Reader {
        value,
        written: Written::default(),
    };
    let tree = match manner {
        Manner::Words | Manner::Verbatim => {
            reader.words(manner == Manner::Verbatim);
            return reader.written;
        }
        Manner::Line | Manner::Lines => markdown::parse_lines(value),
        Manner::Cell => markdown::parse_cell(value),
        Manner::Prose => markdown::parse(value, false),
        Manner::Note => markdown::parse(value, true),
    };
    let Tree { blocks, notes, .. } = tree;
    match manner {
        Manner::Line => reader.lines(&blocks),
        _ => reader.blocks(&blocks),
    }
    for (label, note) in notes {
        // Definitions of marks that have none stand behind the text while it is read.
        let range = note.offset..note.end.min(value.len());
        reader.written.notes.insert(label, range);
        reader.blocks(&note.children);
    }
    reader.written
}

struct Reader<'v> {
    value: &'v str,
    written: Written,
}

impl Reader<'_> {
    /// A text as typed.
    fn words(&mut self, is_verbatim: bool) {
        let look = Rc::new(Look::default());
        let signs = self.value.char_indices().map(|(at, c)| Sign {
            shown: Shown::Char(c),
            range: at..at + c.len_utf8(),
            span: 0,
            look: Rc::clone(&look),
        });
        let range = 0..self.value.len();
        let passage = Passage {
            range: range.clone(),
            item: None,
            is_block: false,
            is_verbatim,
            spans: vec![Span {
                range,
                kind: SpanKind::Text,
            }],
            signs: signs.collect(),
        };
        self.written.passages.insert(0, passage);
    }

    /// All paragraphs of a field of one line, which are one line.
    fn lines(&mut self, blocks: &[Node]) {
        let mut passage = Passage::new(0..self.value.len(), false);
        for (index, node) in blocks.iter().enumerate() {
            if index > 0 {
                passage.sign(Shown::Char(' '), node.offset..node.offset, &Rc::default());
            }
            passage.add(self.value, &node.children, &Rc::default(), None);
        }
        self.written.passages.insert(0, passage);
    }

    fn blocks(&mut self, nodes: &[Node]) {
        for node in nodes {
            match &node.kind {
                Kind::Paragraph { .. } => self.passage(node, true, None),
                Kind::Cell => self.passage(node, false, None),
                Kind::List { .. } => {
                    for item in &node.children {
                        let place = Item {
                            range: item.offset..item.end.min(self.value.len()),
                            list: node.offset,
                            single: item.children.len() == 1,
                        };
                        match item.children.split_first() {
                            Some((first, rest)) if matches!(first.kind, Kind::Paragraph { .. }) => {
                                self.passage(first, true, Some(place));
                                self.blocks(rest);
                            }
                            _ => self.blocks(&item.children),
                        }
                    }
                }
                _ => self.blocks(&node.children),
            }
        }
    }

    fn passage(&mut self, node: &Node, is_block: bool, item: Option<Item>) {
        let end = node.children.last().map_or(node.end, |last| last.end);
        let mut passage = Passage::new(node.offset..end.max(node.offset), is_block);
        passage.item = item;
        passage.add(self.value, &node.children, &Rc::default(), None);
        self.written.passages.insert(node.offset, passage);
    }
}

impl Passage {
    fn new(range: Range<usize>, is_block: bool) -> Self {
        Passage {
            range,
            item: None,
            is_block,
            is_verbatim: false,
            spans: Vec::new(),
            signs: Vec::new(),
        }
    }

    fn sign(&mut self, shown: Shown, range: Range<usize>, look: &Rc<Look>) {
        self.signs.push(Sign {
            shown,
            range,
            span: self.spans.len().saturating_sub(1),
            look: Rc::clone(look),
        });
    }

    /// Makes a part of what is not inside one yet.
    fn open(&mut self, node: &Node, kind: SpanKind, inside: Option<SpanKind>) {
        let range = node.offset..node.end;
        match (inside, self.spans.last_mut()) {
            // What is kept inside something else is kept with it.
            (Some(_), Some(last)) if kind == SpanKind::Kept => last.kind = kind,
            (Some(_), _) => {}
            (None, Some(last)) if kind == SpanKind::Text && last.kind == SpanKind::Text => {
                last.range.end = range.end;
            }
            (None, _) => self.spans.push(Span { range, kind }),
        }
    }

    fn add(&mut self, value: &str, nodes: &[Node], look: &Rc<Look>, inside: Option<SpanKind>) {
        for node in nodes {
            let range = node.offset..node.end;
            let mut next = (**look).clone();
            match &node.kind {
                Kind::Text(text) => {
                    self.open(node, SpanKind::Text, inside);
                    self.text(value, text, range, look);
                    continue;
                }
                Kind::SoftBreak => {
                    self.open(node, SpanKind::Text, inside);
                    self.sign(Shown::Char(' '), range, look);
                    continue;
                }
                Kind::HardBreak => {
                    self.open(node, SpanKind::Text, inside);
                    self.sign(Shown::Break, range, look);
                    continue;
                }
                Kind::Mark(label) => {
                    self.open(node, SpanKind::Text, inside);
                    self.sign(Shown::Note(markdown::label_key(label)), range, look);
                    continue;
                }
                Kind::Code(text) => {
                    self.open(node, SpanKind::Marked, inside);
                    next.code = true;
                    let written = &value[range.clone()];
                    match written.find(text.as_str()) {
                        Some(at) => {
                            let start = range.start + at;
                            self.text(value, text, start..start + text.len(), &Rc::new(next));
                        }
                        None => self.sign(Shown::Filled, range, &Rc::new(next)),
                    }
                    continue;
                }
                Kind::Citation(_) | Kind::Image { .. } => {
                    self.open(node, SpanKind::Kept, inside);
                    self.sign(Shown::Filled, range, look);
                    continue;
                }
                Kind::Emphasis => next.emphasis = !next.emphasis,
                Kind::Strong => next.strong = true,
                Kind::Superscript => next.raised = true,
                Kind::Subscript => next.lowered = true,
                Kind::Strike => next.struck = true,
                Kind::Link { target, .. } if is_outward(target) => next.link = Some(target.clone()),
                _ => {}
            }
            let kind = match &node.kind {
                Kind::Link { target, .. } if !is_outward(target) => SpanKind::Kept,
                _ => SpanKind::Marked,
            };
            self.open(node, kind, inside);
            match node.children.is_empty() {
                true => self.sign(Shown::Filled, range, look),
                false => self.add(value, &node.children, &Rc::new(next), Some(kind)),
            }
        }
    }

    fn text(&mut self, value: &str, text: &str, range: Range<usize>, look: &Rc<Look>) {
        if value.get(range.clone()) != Some(text) {
            // An entity, or a label that the program counts.
            match text.chars().count() {
                1 => {
                    let c = text.chars().next().unwrap_or(' ');
                    self.sign(Shown::Char(c), range, look);
                }
                _ => self.sign(Shown::Filled, range, look),
            }
            return;
        }
        for (at, c) in text.char_indices() {
            let mut start = range.start + at;
            let end = start + c.len_utf8();
            // The backslash before a sign belongs to it.
            let before = &value[..start];
            let slashes = before.len() - before.trim_end_matches('\\').len();
            if at == 0 && c.is_ascii_punctuation() && slashes % 2 == 1 {
                start -= 1;
            }
            self.sign(Shown::Char(c), start..end, look);
        }
    }
}

/// Whether a link leads out of the report.
fn is_outward(target: &str) -> bool {
    ["https:", "http:", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(passage: &Passage) -> String {
        let sign = |sign: &Sign| match &sign.shown {
            Shown::Char(c) => c.to_string(),
            Shown::Break => "⏎".to_owned(),
            Shown::Note(label) => format!("[{label}]"),
            Shown::Filled => "…".to_owned(),
        };
        passage.signs.iter().map(sign).collect()
    }

    #[test]
    fn what_is_seen_is_written_where_it_says() {
        let value = "One *two* [UN](org:un)\nthree\\* [](#x) four[^a].\n\n- `five` [six](https://e.org)\n- &amp;\n\n[^a]: A note.\n";
        let written = read(value, Manner::Prose);
        let said: Vec<String> = written.passages.values().map(shown).collect();
        assert_eq!(
            said,
            ["One two UN three* … four[a].", "five six", "&", "A note."]
        );
        for passage in written.passages.values() {
            let mut last = passage.range.start;
            for sign in &passage.signs {
                assert!(
                    sign.range.start >= last && sign.range.end <= passage.range.end,
                    "{sign:?}"
                );
                last = sign.range.end;
                let span = &passage.spans[sign.span];
                assert!(
                    span.range.start <= sign.range.start && sign.range.end <= span.range.end,
                    "{sign:?} {span:?}"
                );
                if let Shown::Char(c) = sign.shown
                    && !c.is_whitespace()
                    && c != '&'
                {
                    assert!(value[sign.range.clone()].ends_with(c));
                }
            }
        }
        let first = &written.passages[&0];
        let kinds: Vec<SpanKind> = first.spans.iter().map(|span| span.kind).collect();
        use SpanKind::{Kept, Marked, Text};
        assert_eq!(kinds, [Text, Marked, Text, Kept, Text, Kept, Text]);
        assert_eq!(
            &value[written.notes["a"].clone()].trim_end(),
            &"[^a]: A note."
        );
        let item = written
            .passages
            .values()
            .nth(1)
            .and_then(|one| one.item.clone());
        let item = item.expect("an item");
        assert!(value[item.range].starts_with("- ") && item.single);
    }

    #[test]
    fn lines_and_words_are_one_passage() {
        let written = read("One *two*\n\nthree", Manner::Line);
        assert_eq!(shown(&written.passages[&0]), "One two three");
        let written = read("One *two", Manner::Words);
        assert_eq!(shown(&written.passages[&0]), "One *two");
    }
}
