//! A paragraph of both texts, or of one of them, written once: what both have, what came, what went.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::super::package::{Element, Node};
use super::tokens::{Content, Line, Link, Token};
use super::tracker::{Fate, Tracker, is_bookmark};

/// A stretch of tokens that are in both lines, or in neither at that place.
struct Stretch {
    kept: bool,
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

/// The content of a paragraph that was `old` and is `new`.
pub(super) fn write(tracker: &mut Tracker<'_>, old: &Line, new: &Line) -> Vec<Element> {
    let mut writer = Writer::default();
    for stretch in stretches(&old.tokens, &new.tokens) {
        let (before, now) = (&old.tokens[stretch.old], &new.tokens[stretch.new]);
        if stretch.kept {
            for (before, now) in before.iter().zip(now) {
                writer.kept(tracker, before, now);
            }
        } else {
            // What begins here is around the old words and the new ones, so that it has some whatever becomes of them.
            let mut now = now.to_vec();
            if let Some(first) = now.first_mut() {
                writer.marks(&std::mem::take(&mut first.marks));
            }
            before.iter().for_each(|one| writer.deleted(tracker, one));
            now.iter().for_each(|one| writer.inserted(tracker, one));
        }
    }
    writer.marks(&new.marks);
    let marks = tracker.old_marks(&old.marks);
    writer.marks(&marks);
    writer.finish(tracker)
}

/// Which tokens are in both. What stands between two changes and says nothing by itself is changed with them: words that
/// were replaced one after the other are replaced together.
fn stretches(old: &[Token], new: &[Token]) -> Vec<Stretch> {
    let ids = |tokens: &[Token]| tokens.iter().map(|one| one.id).collect::<Vec<u32>>();
    let mut found: Vec<Stretch> = Vec::new();
    let ops = capture_diff_slices(Algorithm::Myers, &ids(old), &ids(new));
    let last = ops.len().saturating_sub(1);
    for (at, op) in ops.iter().enumerate() {
        let (old_range, new_range) = (op.old_range(), op.new_range());
        let kept = matches!(op, DiffOp::Equal { .. });
        let light = kept && at > 0 && at < last && {
            let light = |token: &Token| token.is_light();
            let replaced = |at: usize| {
                ops.get(at)
                    .is_some_and(|op| matches!(op, DiffOp::Replace { .. }))
            };
            old[old_range.clone()].iter().all(light) && (replaced(at - 1) && replaced(at + 1))
        };
        let kept = kept && !light;
        match found.last_mut() {
            Some(last) if !last.kept && !kept => {
                last.old.end = old_range.end;
                last.new.end = new_range.end;
            }
            _ => found.push(Stretch {
                kept,
                old: old_range,
                new: new_range,
            }),
        }
    }
    found
}

/// A link: what becomes of it, itself, and what is in it.
type OpenLink = (Fate, Link, Vec<(Fate, Element)>);

/// Writes tokens as runs, with as few as their looks allow.
#[derive(Default)]
struct Writer {
    /// What is written, outside of links.
    nodes: Vec<(Fate, Element)>,
    /// The link that is open.
    link: Option<OpenLink>,
    run: Option<Run>,
}

/// A run that is being written.
struct Run {
    fate: Fate,
    look: Option<Element>,
    /// How it looked before, where that is another way.
    before: Option<Option<Element>>,
    children: Vec<Element>,
    text: String,
}

impl Writer {
    fn kept(&mut self, tracker: &mut Tracker<'_>, old: &Token, new: &Token) {
        self.marks(&new.marks);
        let marks = tracker.old_marks(&old.marks);
        self.marks(&marks);
        self.enter(tracker, Fate::Kept, new.link.as_ref());
        if let (Content::Note(_, before), Content::Note(_, now)) = (&old.content, &new.content) {
            let kept = &mut tracker.kept_notes;
            kept.entry(now.clone()).or_insert_with(|| before.clone());
        }
        let before = (old.look != new.look).then(|| old.look.clone());
        self.token(tracker, Fate::Kept, new, before);
    }

    fn inserted(&mut self, tracker: &mut Tracker<'_>, token: &Token) {
        self.marks(&token.marks);
        self.enter(tracker, Fate::Inserted, token.link.as_ref());
        count(tracker, token, Fate::Inserted);
        self.token(tracker, Fate::Inserted, token, None);
    }

    fn deleted(&mut self, tracker: &mut Tracker<'_>, token: &Token) {
        let marks = tracker.old_marks(&token.marks);
        self.marks_of(&marks, Fate::Deleted);
        self.enter(tracker, Fate::Deleted, token.link.as_ref());
        count(tracker, token, Fate::Deleted);
        let look = token.look.as_ref().map(|look| tracker.take_old(look));
        let content = match &token.content {
            Content::Text(text) => Content::Text(text.clone()),
            Content::Single(one) => Content::Single(tracker.take_old(one)),
            Content::Note(one, id) => Content::Note(tracker.take_old(one), id.clone()),
            Content::Field(nodes) => {
                let nodes = nodes.iter().filter(|node| !is_bookmark(node));
                Content::Field(nodes.map(|node| tracker.take_old(node)).collect())
            }
        };
        let token = Token {
            content,
            look,
            ..token.clone()
        };
        self.token(tracker, Fate::Deleted, &token, None);
    }

    /// Writes a token where the link is open that it is in.
    fn token(
        &mut self,
        tracker: &mut Tracker<'_>,
        fate: Fate,
        token: &Token,
        before: Option<Option<Element>>,
    ) {
        if let Content::Field(nodes) = &token.content {
            self.end_run();
            for node in nodes {
                match node.name.as_str() {
                    "w:hyperlink" => {
                        let inner = node.elements().map(|one| (fate, one.clone())).collect();
                        let shell = Element {
                            children: Vec::new(),
                            ..node.clone()
                        };
                        let link = shell.children(wrapped(tracker, inner));
                        self.put(Fate::Kept, link);
                    }
                    _ => self.put(fate, node.clone()),
                }
            }
            return;
        }
        let same = |run: &Run| run.fate == fate && run.look == token.look && run.before == before;
        if !self.run.as_ref().is_some_and(same) {
            self.end_run();
        }
        let run = self.run.get_or_insert_with(|| Run {
            fate,
            look: token.look.clone(),
            before,
            children: Vec::new(),
            text: String::new(),
        });
        match &token.content {
            Content::Text(text) => run.text.push_str(text),
            Content::Single(one) | Content::Note(one, _) => {
                run.end_text();
                run.children.push(one.clone());
            }
            Content::Field(_) => {}
        }
    }

    /// Opens the link that what comes is in, and closes another. What was deleted stays in the link of what is there now,
    /// where both lead to the same place.
    fn enter(&mut self, tracker: &mut Tracker<'_>, fate: Fate, link: Option<&Link>) {
        let goes_on = match (&self.link, link) {
            (None, None) => true,
            (Some((side, open, _)), Some(link)) => {
                let same_text = (*side == Fate::Deleted) == (fate == Fate::Deleted);
                match same_text {
                    true => open.number == link.number,
                    false => fate == Fate::Deleted && open.to == link.to,
                }
            }
            _ => false,
        };
        if goes_on {
            return;
        }
        self.end_run();
        self.end_link(tracker);
        if let Some(link) = link {
            let shell = match fate {
                Fate::Deleted => tracker.take_old(&link.shell),
                _ => link.shell.clone(),
            };
            let link = Link {
                shell,
                ..link.clone()
            };
            self.link = Some((fate, link, Vec::new()));
        }
    }

    /// Bookmarks at this place.
    fn marks(&mut self, marks: &[Element]) {
        self.marks_of(marks, Fate::Kept);
    }

    fn marks_of(&mut self, marks: &[Element], fate: Fate) {
        if marks.is_empty() {
            return;
        }
        self.end_run();
        for mark in marks {
            self.put(fate, mark.clone());
        }
    }

    fn put(&mut self, fate: Fate, element: Element) {
        match &mut self.link {
            Some((_, _, nodes)) => nodes.push((fate, element)),
            None => self.nodes.push((fate, element)),
        }
    }

    fn end_run(&mut self) {
        if let Some(run) = self.run.take() {
            let (fate, element) = run.element();
            self.put(fate, element);
        }
    }

    fn end_link(&mut self, tracker: &mut Tracker<'_>) {
        if let Some((_, link, nodes)) = self.link.take() {
            let link = link.shell.children(wrapped(tracker, nodes));
            self.nodes.push((Fate::Kept, link));
        }
    }

    fn finish(mut self, tracker: &mut Tracker<'_>) -> Vec<Element> {
        self.end_run();
        self.end_link(tracker);
        wrapped(tracker, self.nodes)
    }
}

/// The name of the element that holds how a run looked before, until it is written.
const BEFORE: &str = "w:rPrChange";

impl Run {
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            let text = Element::new("w:t")
                .attr("xml:space", "preserve")
                .text(std::mem::take(&mut self.text));
            self.children.push(text);
        }
    }

    fn element(mut self) -> (Fate, Element) {
        self.end_text();
        let mut look = self.look;
        if let Some(before) = self.before {
            let before = before.unwrap_or_else(|| Element::new("w:rPr"));
            let change = Element::new(BEFORE).child(before);
            let now = look.unwrap_or_else(|| Element::new("w:rPr"));
            look = Some(now.child(change));
        }
        let run = Element::new("w:r").children(look).children(self.children);
        (self.fate, run)
    }
}

/// Nodes with what came and went in elements that say so; those that follow each other share one.
fn wrapped(tracker: &mut Tracker<'_>, nodes: Vec<(Fate, Element)>) -> Vec<Element> {
    let mut out: Vec<Element> = Vec::new();
    let mut open: Option<(Fate, Element)> = None;
    for (fate, mut node) in nodes {
        let fate = match node.name.as_str() {
            "w:r" => fate,
            // Bookmarks of the old text go with it.
            _ if is_bookmark(&node) && fate == Fate::Deleted => fate,
            _ => Fate::Kept,
        };
        if open.as_ref().is_some_and(|(other, _)| *other != fate) {
            out.extend(open.take().map(|(_, element)| element));
        }
        match fate {
            Fate::Kept => {
                set_before(tracker, &mut node);
                out.push(node);
            }
            _ => {
                if fate == Fate::Deleted {
                    delete_text(&mut node);
                }
                if open.is_none() {
                    open = tracker.fate(fate).map(|element| (fate, element));
                }
                if let Some((_, element)) = &mut open {
                    element.children.push(Node::Element(node));
                }
            }
        }
    }
    out.extend(open.map(|(_, element)| element));
    out
}

/// Says who changed how a run looks.
fn set_before(tracker: &mut Tracker<'_>, run: &mut Element) {
    let Some(look) = run.find_mut("w:rPr") else {
        return;
    };
    if let Some(before) = look.find_mut(BEFORE)
        && before.attributes.is_empty()
    {
        let mut change = tracker.change(BEFORE);
        let old = std::mem::take(&mut before.children);
        for node in old {
            if let Node::Element(old) = node {
                change.children.push(Node::Element(tracker.take_old(&old)));
            }
        }
        *before = change;
        tracker.summary.looks += 1;
        tracker.touch();
    }
}

/// Text that was deleted is called so.
fn delete_text(run: &mut Element) {
    for node in &mut run.children {
        if let Node::Element(child) = node {
            let name = match child.name.as_str() {
                "w:t" => "w:delText",
                "w:instrText" => "w:delInstrText",
                _ => continue,
            };
            name.clone_into(&mut child.name);
        }
    }
}

fn count(tracker: &mut Tracker<'_>, token: &Token, fate: Fate) {
    let summary = &mut tracker.summary;
    match (&token.content, fate) {
        (Content::Field(_), Fate::Inserted) => summary.fields += 1,
        (Content::Note(..), Fate::Inserted) => summary.notes_added += 1,
        (Content::Single(one), Fate::Inserted) if one.name == "w:drawing" => {
            summary.pictures_added += 1;
        }
        (Content::Single(one), Fate::Deleted) if one.name == "w:drawing" => {
            summary.pictures_deleted += 1;
        }
        (Content::Text(_), Fate::Inserted) if token.is_word() => summary.words_added += 1,
        (Content::Text(_), Fate::Deleted) if token.is_word() => summary.words_deleted += 1,
        _ => {}
    }
    if !token.is_field() {
        tracker.touch();
    }
}
