//! Plain text to an outline, by general rules: nothing here knows any one report.

use super::contents::{self, Chapters, ContentsLine, Form};
use super::front;
use super::heads;
use super::inline::commonmark;
use super::line_classes::{LineClass, LineClasses, panel_title};
use super::lines::{self, Block, without_bold};
use super::marks::{self, Marks, Notes};
use super::pages::{self, TextKind};
use crate::import::outline::{
    Item, Label, Outline, OutlineItem, Role, TracedText, is_superscript, superscript,
};
use crate::import::recognise::{dates, fact_labels};
use crate::import::words::{Words, is_one, plain};

/// The most words of a heading that opens a chapter, of a fact of a meeting, and of such a fact after its label.
const MAX_HEADING: usize = 60;
const MAX_FACT: usize = 30;
const MAX_LABELLED: usize = 80;

/// Reads a plain text.
pub(crate) fn read(text: String, words: &Words) -> Outline {
    let kind = TextKind::of(&text, words);
    let text = pages::bullets(text);
    let (mut blocks, left_out) = lines::blocks(&text, words);
    let described = pages::described(&text, kind);
    drop(text);
    let head = match kind {
        TextKind::Mail => heads::mail(&mut blocks, words),
        _ => heads::other(&mut blocks, words),
    };
    let notes = marks::find(&blocks);
    let mut reader = Reader {
        words,
        shapes: LineClasses::new(&blocks, words),
        marks: notes.marks(),
        notes,
        opened: false,
        meeting: false,
        facts: false,
        outline: Outline::default(),
    };
    reader.outline.pieces = left_out;
    for block in &blocks {
        let running = &mut reader.outline.running;
        if !running.is_empty() {
            running.push('\n');
        }
        running.push_str(&block.text());
    }
    let (entries, listed) = contents::find(&blocks, words).unwrap_or_default();
    let entries = Chapters::new(entries);
    let start = reader.first_chapter(&blocks, &entries, listed.end);
    let before = if listed.is_empty() {
        0..start
    } else {
        0..listed.start
    };
    for index in listed.clone() {
        reader.out(&blocks[index], "the list of contents, which is made again");
    }
    // Without a list of contents the title matter ends where text begins.
    let before = match (head.whole, listed.is_empty()) {
        (true, _) => 0..0,
        (false, _) => 0..front::end(&blocks[before], words),
    };
    let (start, above) = match listed.is_empty() {
        true => (before.end, 0..0),
        false => (start, before.end..listed.start),
    };
    let head = match head.whole {
        true => head,
        false => head.with(front::read(&blocks[before.clone()], words)),
    };
    reader.outline.kind = described;
    reader.outline.front = head.front;
    reader.outline.pieces.extend(head.pieces);
    // A preface may stand above the list of contents.
    reader.body(&blocks[above], &Chapters::default());
    // What stands between a list of contents and the first chapter belongs to the title matter as well.
    for block in &blocks[listed.end.max(before.end)..start.max(listed.end)] {
        reader.between(block);
    }
    reader.body(&blocks[start.max(listed.end)..], &entries);
    let mut outline = reader.outline;
    outline.pieces.sort_by_key(|piece| piece.line);
    outline
}

/// Reads a text block by block.
pub(super) struct Reader<'w> {
    pub(crate) words: &'w Words,
    pub(super) shapes: LineClasses,
    pub(crate) notes: Notes,
    /// Marks of the footnotes of the chapter.
    pub(crate) marks: Marks,
    /// Whether a chapter is open.
    opened: bool,
    pub(crate) meeting: bool,
    /// Whether facts of a meeting may be here.
    pub(crate) facts: bool,
    pub(crate) outline: Outline,
}

impl Reader<'_> {
    fn first_chapter(&self, blocks: &[Block], entries: &Chapters, from: usize) -> usize {
        let starts = |block: &Block| self.chapter(block, entries, 0).is_some();
        let found = blocks.iter().skip(from).position(starts);
        // A text without chapters begins where its title ends.
        let short = |block: &Block| block.count() <= 14 && !block.text().ends_with('.');
        // Where all is short, the first line is one of a list.
        let listed = blocks.len() > 2 && blocks.iter().all(short);
        let title = usize::from(blocks.len() > 1 && short(&blocks[0]) && !listed);
        // Below it may be the day.
        let dated = |block: &&Block| {
            let day = |line: &String| {
                line.split_whitespace().count() <= 10 && dates::within(line, self.words).is_some()
            };
            // Who spoke may stand above the place and the day.
            let lines = block
                .lines
                .iter()
                .all(|line| !line.trim_end().ends_with('.'));
            (block.count() <= 10 && dates::within(&block.text(), self.words).is_some())
                || (block.lines.len() <= 3 && lines && block.lines.iter().any(day))
        };
        let days = blocks[title..].iter().take_while(dated).count();
        found.map_or(from.max(title + days * title), |index| index + from)
    }

    /// The entry from `next` on that a block is the heading of, or one made of the block itself.
    fn chapter(
        &self,
        block: &Block,
        entries: &Chapters,
        next: usize,
    ) -> Option<(usize, Form, ContentsLine)> {
        let text = block.text();
        // What stands in brackets says something of the page.
        if block.count() > MAX_HEADING || text.starts_with('[') || self.is_mark(&text) {
            return None;
        }
        if !entries.is_empty() {
            return entries.find(&text, next, self.words);
        }
        if let Some((name, label, title)) = contents::label(&text, self.words) {
            let title = match self.is_mark(&title) {
                true => String::new(),
                false => title,
            };
            let form = if title.is_empty() {
                Form::Label
            } else {
                Form::Both
            };
            let label = Some((plain(&name), label));
            return Some((0, form, ContentsLine { label, title }));
        }
        let shape = self.shapes.of(block);
        let chapter = shape == LineClass::Chapter
            || (!self.opened && matches!(shape, LineClass::NamedPerson(_) | LineClass::Heading(_)));
        let entry = ContentsLine {
            label: None,
            title: text,
        };
        chapter.then_some((0, Form::Title, entry))
    }

    /// Notes what became of the words of a block.
    pub(crate) fn piece(&mut self, block: &Block, role: &Role) {
        let lines = block.lines.iter().enumerate();
        let pieces = lines.map(|(index, text)| TracedText {
            line: block.line + index,
            text: self.marks.taken_out(text),
            role: role.clone(),
        });
        self.outline.pieces.extend(pieces);
    }

    pub(crate) fn out(&mut self, block: &Block, why: &'static str) {
        self.piece(block, &Role::LeftOut(why));
    }

    pub(crate) fn push(&mut self, what: OutlineItem) {
        self.outline.items.push(Item {
            what,
            checks: Vec::new(),
            place: None,
        });
    }

    fn between(&mut self, block: &Block) {
        let repeated = self
            .outline
            .front
            .title
            .iter()
            .any(|line| plain(line) == plain(&block.text()));
        if repeated {
            self.out(block, "the title, which is on the cover");
        } else {
            self.outline
                .front
                .imprint
                .push(commonmark(&block.text(), &Marks::default()));
            let marks = std::mem::take(&mut self.marks);
            self.piece(block, &Role::Front);
            self.marks = marks;
        }
    }

    fn body(&mut self, blocks: &[Block], entries: &Chapters) {
        let mut index = 0;
        let mut next = 0;
        while let Some(block) = blocks.get(index) {
            let value = self.value(block);
            let named = self.opened && !value && entries.has_parts();
            let heading = named
                .then(|| block.text())
                .filter(|text| !self.is_mark(text));
            if let Some(depth) = heading.and_then(|text| entries.part(&text)) {
                self.section(block, depth);
                index += 1;
                continue;
            }
            let chapter = match value {
                true => None,
                false => self.chapter(block, entries, next),
            };
            match chapter {
                Some((number, _, entry)) => {
                    next = number + 1;
                    self.opened = true;
                    index += self.heading(&blocks[index..], &entry);
                }
                None => {
                    let after = blocks.get(index + 1);
                    let chapter = after.and_then(|block| self.chapter(block, entries, next));
                    self.block(block, after, chapter);
                    index += 1;
                }
            }
        }
    }

    /// Whether a block is the value of a fact whose label is above it, whatever it looks like.
    fn value(&self, block: &Block) -> bool {
        let label = self.outline.items.last().is_some_and(
            |item| matches!(&item.what, OutlineItem::Fact(text) if fact_labels::is_label(text, self.words)),
        );
        let named = matches!(self.shapes.of(block), LineClass::NamedPerson(_));
        label && self.facts && !named && block.count() <= MAX_LABELLED
    }

    fn block(
        &mut self,
        block: &Block,
        next: Option<&Block>,
        chapter: Option<(usize, Form, ContentsLine)>,
    ) {
        if let Some(notes) = self.notes.of(block) {
            return self.notes(notes);
        }
        let appendix = chapter
            .and_then(|(.., entry)| entry.label)
            .is_some_and(|(_, label)| label == Label::Appendix);
        if appendix && is_one(&block.lines[0], &self.words.appendix) && block.lines.len() == 1 {
            let why = "headings that only part the appendices from the text";
            return self.out(block, why);
        }
        let shape = self.shapes.of(block);
        let between = next.is_some_and(|next| !is_prose(next));
        let mark = self.is_mark(&block.text());
        match shape {
            _ if self.value(block) => self.fact(block),
            LineClass::Heading(_) | LineClass::Run if self.facts && between => self.fact(block),
            LineClass::Heading(level) if !mark => self.section(block, level),
            LineClass::NamedPerson(_) | LineClass::Chapter if !mark => self.section(block, 2),
            _ if self.facts && !is_prose(block) => self.fact(block),
            shape => {
                self.facts = false;
                self.piece(block, &Role::Body);
                self.prose(block, shape);
                if let Some(last) = self
                    .outline
                    .items
                    .last_mut()
                    .filter(|_| !block.doubts.is_empty())
                {
                    let words = block.doubts.join(", ");
                    last.checks.push(format!(
                        "these hyphens may be those of a line’s end: {words}"
                    ));
                }
            }
        }
    }

    fn notes(&mut self, notes: Vec<(String, usize, String)>) {
        for (mark, line, text) in notes {
            self.outline.pieces.push(TracedText {
                line,
                text: text.clone(),
                role: Role::Note,
            });
            let text = commonmark(&text, &Marks::default());
            self.push(OutlineItem::Note { mark, text });
        }
    }

    fn section(&mut self, block: &Block, level: usize) {
        self.facts = false;
        let start = self.outline.pieces.len();
        self.piece(block, &Role::Heading);
        let title = without_bold(&self.without_mark(&block.text()));
        let title = parted_label(&title, self.words);
        if let Some(label) = panel_label(&title, self.words) {
            label_apart(&mut self.outline.pieces, start, label);
        }
        self.push(OutlineItem::Heading { level, title });
    }

    /// A heading without the mark of a footnote at its end: such a note is set below it.
    pub(super) fn without_mark(&self, text: &str) -> String {
        let text = self.marks.taken_out(text);
        let text = text.trim();
        let head = text.trim_end_matches(is_superscript);
        let mark: String = text[head.len()..].chars().filter_map(superscript).collect();
        let text = if self.marks.contains(&mark) {
            head
        } else {
            text
        };
        text.to_owned()
    }

    /// Whether a text is the mark of a footnote and nothing else, which heads nothing.
    pub(super) fn is_mark(&self, text: &str) -> bool {
        self.without_mark(text).is_empty()
    }

    fn fact(&mut self, block: &Block) {
        for line in &block.lines {
            let line = self.marks.taken_out(line);
            self.push(OutlineItem::Fact(line.trim().to_owned()));
        }
        self.piece(block, &Role::Fact);
    }
}

/// The label of a panel in its heading: `Panel 1:` of `Panel 1: On it`.
pub(super) fn panel_label<'t>(heading: &'t str, words: &Words) -> Option<&'t str> {
    let heading = heading.trim();
    heading.strip_suffix(panel_title(heading, words)?)
}

/// A heading with its label and title apart: `Panel 1:On it` as `Panel 1: On it`.
pub(super) fn parted_label(heading: &str, words: &Words) -> String {
    let heading = heading.trim();
    match panel_label(heading, words) {
        Some(label) => format!("{} {}", label.trim_end(), &heading[label.len()..]),
        None => heading.to_owned(),
    }
}

/// Separates the label of a heading from its title, in the pieces from `at` on: the program words labels itself. The
/// heading's letters are those of the pieces; signs between them and ends of lines may differ.
pub(super) fn label_apart(pieces: &mut Vec<TracedText>, at: usize, label: &str) {
    let is_letter = |c: char| c.is_alphanumeric() && superscript(c).is_none();
    let mut left = label.chars().filter(|c| is_letter(*c)).count();
    let mut at = at;
    while left > 0
        && let Some(piece) = pieces.get_mut(at)
    {
        let mut letters = piece.text.char_indices().filter(|(_, c)| is_letter(*c));
        let next = letters.nth(left);
        let rest = next.map(|(next, _)| piece.text.split_off(next));
        left -= piece.text.chars().filter(|c| is_letter(*c)).count();
        let heading = std::mem::replace(&mut piece.role, Role::Label);
        at += 1;
        if let Some(text) = rest {
            let (line, role) = (piece.line, heading);
            pieces.insert(at, TracedText { line, text, role });
        }
    }
}

/// Whether a block is too long for a fact.
fn is_prose(block: &Block) -> bool {
    block.count() > MAX_FACT || block.text().ends_with('.')
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
