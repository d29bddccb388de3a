//! Plain text to an outline, by general rules: nothing here knows any one report.

use std::collections::BTreeSet;

use super::contents::{self, Entry, Form};
use super::front;
use super::inline::commonmark;
use super::lines::{self, Block};
use super::marks::{self, Notes};
use super::outline::{Item, Label, Outline, Piece, Role, What};
use super::shapes::{Shape, Shapes};
use super::words::{Words, is_one, plain};

/// Reads a plain text.
pub(super) fn read(text: &str, words: &Words) -> Outline {
    let (blocks, left_out) = lines::blocks(text, words);
    let mut reader = Reader {
        words,
        shapes: Shapes::new(&blocks, words),
        notes: marks::find(&blocks),
        marks: BTreeSet::new(),
        meeting: false,
        facts: false,
        outline: Outline::default(),
    };
    reader.outline.pieces = left_out;
    reader.outline.running = blocks
        .iter()
        .map(Block::text)
        .collect::<Vec<_>>()
        .join("\n");
    let found = contents::find(&blocks, words);
    let (entries, listed) = found.unwrap_or_default();
    let start = reader.first_chapter(&blocks, &entries, listed.end);
    let before = if listed.is_empty() {
        0..start
    } else {
        0..listed.start
    };
    for index in listed.clone() {
        reader.out(&blocks[index], "the list of contents, which is made anew");
    }
    let front = front::read(&blocks[before.clone()], words);
    reader.outline.front = front.0;
    reader.outline.pieces.extend(front.1);
    // What stands between a list of contents and the first chapter belongs to the title matter as well.
    for block in &blocks[listed.end.max(before.end)..start.max(listed.end)] {
        reader.between(block);
    }
    reader.body(&blocks[start.max(listed.end)..], &entries);
    let mut outline = reader.outline;
    outline.pieces.sort_by_key(|piece| piece.line);
    outline
}

struct Reader<'w> {
    words: &'w Words,
    shapes: Shapes,
    notes: Notes,
    /// Marks of the footnotes of the chapter.
    marks: BTreeSet<String>,
    meeting: bool,
    /// Whether facts of a meeting may stand here.
    facts: bool,
    outline: Outline,
}

impl Reader<'_> {
    fn first_chapter(&self, blocks: &[Block], entries: &[Entry], from: usize) -> usize {
        let starts = |block: &Block| self.chapter(block, entries).is_some();
        let found = blocks
            .iter()
            .skip(from)
            .position(starts)
            .map(|index| index + from);
        // A text without chapters begins where its title ends.
        let short = |block: &&Block| block.count() <= 14 && !block.text().ends_with('.');
        found.unwrap_or_else(|| from.max(blocks.iter().take_while(short).count().min(1)))
    }

    /// The entry that a block is the heading of, or one made of the block itself.
    fn chapter(&self, block: &Block, entries: &[Entry]) -> Option<(usize, Form, Entry)> {
        let text = block.text();
        if !entries.is_empty() {
            let found = entries.iter().enumerate();
            let mut found = found.filter_map(|(index, entry)| {
                Some((index, entry.is(&text, self.words)?, entry.clone()))
            });
            return found.next();
        }
        if let Some((name, label, title)) = contents::label(&text, self.words) {
            let form = if title.is_empty() {
                Form::Label
            } else {
                Form::Both
            };
            return Some((
                0,
                form,
                Entry {
                    label: Some((plain(&name), label)),
                    title,
                },
            ));
        }
        let opened = self
            .outline
            .items
            .iter()
            .any(|item| matches!(item.what, What::Chapter { .. }));
        let shape = self.shapes.of(block);
        let chapter = shape == Shape::Chapter
            || (!opened && matches!(shape, Shape::Named(_) | Shape::Heading(_)));
        let entry = Entry {
            label: None,
            title: text,
        };
        chapter.then_some((0, Form::Title, entry))
    }

    fn piece(&mut self, block: &Block, role: &Role) {
        let lines = block.lines.iter().enumerate();
        let pieces: Vec<Piece> = lines
            .map(|(index, text)| Piece {
                line: block.line + index,
                text: self.without_marks(text),
                role: role.clone(),
            })
            .collect();
        self.outline.pieces.extend(pieces);
    }

    /// A line without marks of footnotes such as `[1]`; raised ones are no words anyway.
    fn without_marks(&self, text: &str) -> String {
        let marks = self.marks.iter();
        marks.fold(text.to_owned(), |text, mark| {
            text.replace(&format!("[{mark}]"), " ")
        })
    }

    fn out(&mut self, block: &Block, why: &'static str) {
        self.piece(block, &Role::LeftOut(why));
    }

    fn push(&mut self, what: What) {
        self.outline.items.push(Item {
            what,
            checks: Vec::new(),
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
            self.out(block, "the title, which stands on the cover");
        } else {
            self.outline
                .front
                .imprint
                .push(commonmark(&block.text(), &BTreeSet::new()));
            self.piece(block, &Role::Front);
        }
    }

    fn body(&mut self, blocks: &[Block], entries: &[Entry]) {
        let mut index = 0;
        let mut next = 0;
        while let Some(block) = blocks.get(index) {
            let chapter = self.chapter(block, entries);
            match chapter.filter(|(entry, ..)| entries.is_empty() || *entry >= next) {
                Some((number, _, entry)) => {
                    next = number + 1;
                    index += self.heading(&blocks[index..], &entry);
                }
                None => {
                    self.block(block, blocks.get(index + 1), entries);
                    index += 1;
                }
            }
        }
    }

    /// The title page of a chapter; gives how many blocks it has.
    fn heading(&mut self, blocks: &[Block], entry: &Entry) -> usize {
        let form = |block: &Block| entry.is(&block.text(), self.words);
        let day = |block: &Block| self.shapes.of(block) == Shape::Day;
        let long = entry.label.is_some();
        let title = |block: &&Block| form(block).is_some() || (long && day(block));
        let end = blocks.iter().take_while(title).count().max(1);
        let head = &blocks[..end];
        if entry.title.is_empty() {
            return self.title_below(blocks, end, entry);
        }
        let both = head
            .iter()
            .rposition(|block| form(block) == Some(Form::Both));
        let own = head
            .iter()
            .rposition(|block| form(block) == Some(Form::Title));
        let named = head
            .iter()
            .position(|block| form(block) == Some(Form::Label))
            .filter(|_| both.is_none());
        let date = head.iter().rposition(day);
        let kept: Vec<usize> = both.or(own).into_iter().chain(named).collect();
        let mut text = both
            .or(own)
            .map_or_else(|| entry.title.clone(), |index| head[index].text());
        if let (Some(_), Some((_, _, rest))) = (both, contents::label(&text, self.words)) {
            text = rest;
        }
        self.open(head[0].line, entry, &text);
        self.title_page(head, &kept, date, &text);
        end
    }

    /// A label that stands alone: the title is the block below it, if that looks like one.
    fn title_below(&mut self, blocks: &[Block], end: usize, entry: &Entry) -> usize {
        let looks = |block: &&Block| {
            let shape = self.shapes.of(block);
            let short = block.count() <= 25 && !block.text().ends_with(['.', ':']);
            !matches!(shape, Shape::Day | Shape::List | Shape::Named(_)) && short
        };
        let below = blocks.get(end).filter(looks);
        match below {
            Some(below) => {
                self.open(blocks[0].line, entry, &below.text());
                self.title_page(&blocks[..=end], &[0, end], None, &below.text());
                end + 1
            }
            // Without a title of its own the label is one.
            None => {
                let label = entry
                    .label
                    .as_ref()
                    .map(|(name, _)| (name.clone(), Label::Appendix));
                let label = label.filter(|_| {
                    entry
                        .label
                        .as_ref()
                        .is_some_and(|(_, label)| *label == Label::Appendix)
                });
                let plain = Entry {
                    label,
                    title: blocks[0].text(),
                };
                self.open(blocks[0].line, &plain, &blocks[0].text());
                self.title_page(&blocks[..1], &[0], None, &blocks[0].text());
                1
            }
        }
    }

    fn open(&mut self, line: usize, entry: &Entry, title: &str) {
        let label = entry.label.clone().map(|(name, label)| (label, name));
        self.meeting = matches!(label, Some((Label::Meeting(_), _)));
        self.facts = self.meeting;
        self.marks = self.notes.at(line);
        self.push(What::Chapter {
            label,
            title: title.replace("**", ""),
        });
    }

    /// A heading of a chapter, its label apart.
    fn titled(&mut self, block: &Block) {
        let label = contents::label(&block.text(), self.words).map(|(name, ..)| name);
        let first = block.lines[0].trim_start();
        let label = label.filter(|label| first.starts_with(label.as_str()));
        let start = self.outline.pieces.len();
        self.piece(block, &Role::Heading);
        if let Some(label) = label {
            let rest = first[label.len()..].to_owned();
            let piece = &mut self.outline.pieces[start];
            piece.text = rest;
            let line = piece.line;
            let label = Piece {
                line,
                text: label,
                role: Role::Label,
            };
            self.outline.pieces.insert(start, label);
        }
    }

    fn title_page(&mut self, head: &[Block], kept: &[usize], date: Option<usize>, title: &str) {
        for (index, block) in head.iter().enumerate() {
            if kept.contains(&index) {
                self.titled(block);
            } else if date == Some(index) && self.meeting {
                self.piece(block, &Role::Fact);
                self.push(What::Fact(block.text()));
            } else {
                let text = block.text();
                let differs = !plain(title).ends_with(&plain(&text))
                    && !plain(&text).ends_with(&plain(title));
                let day = self.shapes.of(block) == Shape::Day;
                let label =
                    contents::label(&text, self.words).is_some_and(|(.., title)| title.is_empty());
                if differs && !day && !label {
                    let note = format!("line {} words this title otherwise: {text}", block.line);
                    self.outline
                        .items
                        .iter_mut()
                        .rev()
                        .find(|item| matches!(item.what, What::Chapter { .. }))
                        .into_iter()
                        .for_each(|item| item.checks.push(note.clone()));
                }
                self.out(block, "title pages of chapters that repeat a heading");
            }
        }
    }

    fn block(&mut self, block: &Block, next: Option<&Block>, entries: &[Entry]) {
        if let Some(notes) = self.notes.of(block) {
            for (mark, _, text) in notes {
                let text = commonmark(&text, &BTreeSet::new());
                self.push(What::Note { mark, text });
            }
            return self.piece(block, &Role::Note);
        }
        let label = next
            .and_then(|next| self.chapter(next, entries))
            .and_then(|(.., entry)| entry.label);
        if is_one(&block.text(), &self.words.appendix)
            && label.is_some_and(|(_, label)| label == Label::Appendix)
        {
            return self.out(
                block,
                "headings that only part the appendices from the text",
            );
        }
        match self.shapes.of(block) {
            Shape::Heading(_) | Shape::Run
                if self.facts && next.is_some_and(|next| !is_prose(next)) =>
            {
                self.fact(block)
            }
            Shape::Heading(_) | Shape::Named(_) | Shape::Chapter => {
                let level = match self.shapes.of(block) {
                    Shape::Heading(level) => level,
                    _ => 2,
                };
                self.facts = false;
                self.piece(block, &Role::Heading);
                let title = block.text().replace("**", "");
                self.push(What::Heading { level, title });
            }
            _ if self.facts && !is_prose(block) => self.fact(block),
            shape => {
                self.facts = false;
                self.piece(block, &Role::Body);
                self.prose(block, shape);
            }
        }
    }

    fn fact(&mut self, block: &Block) {
        for line in &block.lines {
            self.push(What::Fact(line.trim().to_owned()));
        }
        self.piece(block, &Role::Fact);
    }

    fn prose(&mut self, block: &Block, shape: Shape) {
        let text = match shape {
            Shape::List => self.list(block),
            Shape::Run => format!("- {}", commonmark(&block.text(), &self.marks)),
            _ => commonmark(&block.text(), &self.marks),
        };
        let listed = matches!(shape, Shape::List | Shape::Run);
        let last = self
            .outline
            .items
            .iter_mut()
            .rev()
            .find(|item| !matches!(item.what, What::Note { .. }));
        if let Some(Item {
            what: What::Prose(before),
            ..
        }) = last
        {
            if listed
                && before.trim_start().starts_with("- ") == text.starts_with("- ")
                && is_list(before)
            {
                before.push('\n');
                return before.push_str(&text);
            }
            if !listed && !is_list(before) && goes_on(before, &text) {
                return lines::join(before, &text);
            }
        }
        self.push(What::Prose(text));
    }

    /// The items of a list, each on a line of its own.
    fn list(&self, block: &Block) -> String {
        let mut items: Vec<(String, String)> = Vec::new();
        for line in &block.lines {
            match (marks::bullet(line), items.last_mut()) {
                (Some((sign, text)), _) => items.push((sign, text.to_owned())),
                (None, Some((_, item))) => lines::join(item, line.trim()),
                (None, None) => items.push(("- ".to_owned(), line.trim().to_owned())),
            }
        }
        let line =
            |(sign, text): &(String, String)| format!("{sign}{}", commonmark(text, &self.marks));
        items.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Whether a block is too long for a fact.
fn is_prose(block: &Block) -> bool {
    block.count() > 30 || block.text().ends_with('.')
}

/// Whether CommonMark is a list.
fn is_list(text: &str) -> bool {
    marks::bullet(text).is_some()
}

/// Whether a paragraph goes on in the next block: a page may break a sentence.
fn goes_on(before: &str, next: &str) -> bool {
    let end = before.trim_end_matches(['*', '”', '"', ')', '’']);
    let end = end
        .rsplit_once("[^")
        .filter(|_| end.ends_with(']'))
        .map_or(end, |(head, _)| head);
    let closed = end.ends_with(['.', '!', '?', ':']);
    let long = before.split_whitespace().count() > 12;
    let runs =
        next.starts_with(char::is_lowercase) || (next.starts_with('(') && !end.ends_with('.'));
    let sentence = next.ends_with('.') && next.split_whitespace().count() > 12;
    // “Ms. Puri” at the end of a page ends no sentence, and what follows begins in lower case.
    (long && !closed && (runs || sentence))
        || (runs && !closed && next.starts_with(char::is_lowercase))
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
