//! The blocks of both texts, written once: paragraphs, tables row by row, what came and what went.

use super::super::package::{Element, Node};
use super::align::{Step, align};
use super::blocks::{Block, Control, Paragraph};
use super::line;
use super::package::take;
use super::places;
use super::tables;
use super::tokens::{Content, Edge, Line};
use super::tracker::{Fate, Tracker, mark_end};

/// The share of words that paragraphs and tables must have in common to be one.
const PARAGRAPHS: f32 = 0.4;

/// What is written.
pub(super) enum Item {
    Paragraph(Box<Written>),
    Table(Element, Fate),
    Control(Control, Vec<Item>),
}

/// A paragraph that is written: its end may have come or gone.
pub(super) struct Written {
    end: Fate,
    old: Option<Element>,
    new: Option<Element>,
    old_section: Option<Element>,
    new_section: Option<Element>,
    content: Vec<Element>,
    begins: bool,
    ends: bool,
    /// Whether its end is kept only because nothing could end without it.
    is_whole: bool,
}

/// The content of a note, a cell, a header: its last paragraph stays whatever becomes of what is in it.
pub(super) fn part(tracker: &mut Tracker<'_>, old: Vec<Block>, new: Vec<Block>) -> Vec<Element> {
    let items = container(tracker, old, new);
    elements(tracker, items)
}

/// Blocks that are in one of the texts alone, the end of the last one as in [`part`].
pub(super) fn alone(tracker: &mut Tracker<'_>, blocks: Vec<Block>, fate: Fate) -> Vec<Element> {
    let mut items = Vec::new();
    for block in blocks {
        single(tracker, block, fate, &mut items);
    }
    if let Some(Item::Paragraph(last)) = items.last_mut() {
        last.end = Fate::Kept;
        last.is_whole = true;
        if fate == Fate::Deleted {
            last.new = last.old.take().map(|old| tracker.take_old(&old));
        }
    }
    elements(tracker, items)
}

/// Blocks of which the last one stays.
pub(super) fn container(
    tracker: &mut Tracker<'_>,
    mut old: Vec<Block>,
    mut new: Vec<Block>,
) -> Vec<Item> {
    let edges = match (edges(&old), edges(&new)) {
        (Some(before), Some(now)) => {
            cut(&mut old, &before);
            Some(cut(&mut new, &now))
        }
        _ => None,
    };
    let likeness = |blocks: &[Block], tracker: &mut Tracker<'_>| {
        let all = blocks.iter();
        all.map(|one| one.likeness(&mut tracker.numbers))
            .collect::<Vec<_>>()
    };
    let (before, now) = (likeness(&old, tracker), likeness(&new, tracker));
    let mut steps = align(&before, &now, PARAGRAPHS);
    close(&mut steps, &old, &new);
    let mut old: Vec<Option<Block>> = old.into_iter().map(Some).collect();
    let mut new: Vec<Option<Block>> = new.into_iter().map(Some).collect();
    let mut items = Vec::new();
    for step in steps {
        let (before, now) = match step {
            Step::Both(o, n) => (old[o].take(), new[n].take()),
            Step::Old(o) => (old[o].take(), None),
            Step::New(n) => (None, new[n].take()),
        };
        match (before, now) {
            (Some(before), Some(now)) => both(tracker, before, now, &mut items),
            (Some(before), None) => single(tracker, before, Fate::Deleted, &mut items),
            (None, Some(now)) => single(tracker, now, Fate::Inserted, &mut items),
            (None, None) => {}
        }
    }
    shift(&mut items);
    if let Some((begin, end)) = edges {
        let paragraphs = items.iter_mut().filter_map(|item| match item {
            Item::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        });
        let mut all: Vec<_> = paragraphs.collect();
        if let Some(first) = all.iter_mut().find(|one| one.begins) {
            first.content.splice(0..0, begin);
        }
        if let Some(last) = all.iter_mut().rfind(|one| one.ends) {
            last.content.extend(end);
        }
    }
    items
}

type Edges = [(usize, usize, Edge); 2];

/// Where the one field begins and ends that goes over several paragraphs of these.
fn edges(blocks: &[Block]) -> Option<Edges> {
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if let Block::Paragraph(paragraph) = block {
            let edges = paragraph.line.edges.iter();
            found.extend(edges.map(|(token, edge)| (at, *token, *edge)));
        }
    }
    match found.as_slice() {
        [begin, end] if begin.2 == Edge::Begin && end.2 == Edge::End => Some([*begin, *end]),
        _ => None,
    }
}

/// Takes both ends of a field out of their paragraphs.
fn cut(blocks: &mut [Block], edges: &Edges) -> (Vec<Element>, Vec<Element>) {
    // The end first: numbers of tokens before it stay.
    let end = cut_one(blocks, &edges[1]);
    (cut_one(blocks, &edges[0]), end)
}

fn cut_one(blocks: &mut [Block], (at, token, edge): &(usize, usize, Edge)) -> Vec<Element> {
    let Some(Block::Paragraph(paragraph)) = blocks.get_mut(*at) else {
        return Vec::new();
    };
    match edge {
        Edge::Begin => paragraph.begins = true,
        Edge::End => paragraph.ends = true,
    }
    let line = &mut paragraph.line;
    let cut = line.tokens.remove(*token);
    let marks = match line.tokens.get_mut(*token) {
        Some(next) => &mut next.marks,
        None => &mut line.marks,
    };
    marks.splice(0..0, cut.marks);
    match cut.content {
        Content::Field(nodes) => nodes,
        _ => Vec::new(),
    }
}

/// Sees to it that the last paragraphs go together, or that nothing but paragraphs of one of the texts follows the last
/// ones that do.
fn close(steps: &mut Vec<Step>, old: &[Block], new: &[Block]) {
    let (Some(Block::Paragraph(_)), Some(Block::Paragraph(_))) = (old.last(), new.last()) else {
        return;
    };
    let (o, n) = (old.len() - 1, new.len() - 1);
    let last = steps
        .iter()
        .rposition(|step| matches!(step, Step::Both(..)));
    let tail = &steps[last.map_or(0, |at| at + 1)..];
    let has_old = tail.contains(&Step::Old(o));
    let has_new = tail.contains(&Step::New(n));
    let plain = tail.iter().all(|step| match step {
        Step::Old(at) => matches!(old[*at], Block::Paragraph(_)),
        Step::New(at) => matches!(new[*at], Block::Paragraph(_)),
        Step::Both(..) => false,
    });
    if has_old == has_new && !has_old || has_old != has_new && plain && last.is_some() {
        return;
    }
    // Those that were paired with one before the end are not any more.
    if let Some(at) = last
        && has_old != has_new
        && let Step::Both(before, now) = steps[at]
    {
        steps[at] = match has_new {
            true => Step::New(now),
            false => Step::Old(before),
        };
    }
    steps.retain(|step| {
        !matches!(step, Step::Old(at) if *at == o) && !matches!(step, Step::New(at) if *at == n)
    });
    steps.push(Step::Both(o, n));
}

/// Where paragraphs came or went behind the last one that is in both: the end of the text stays, and that of the one before
/// came or went instead, as if somebody had written on from there.
pub(super) fn shift(items: &mut [Item]) {
    let kept = |item: &Item| matches!(item, Item::Paragraph(one) if one.end == Fate::Kept);
    let Some(at) = items.iter().rposition(kept) else {
        return;
    };
    let (head, tail) = items.split_at_mut(at + 1);
    let (Some(Item::Paragraph(before)), Some(Item::Paragraph(_))) = (head.last_mut(), tail.last())
    else {
        return;
    };
    let fate = |item: &Item| match item {
        Item::Paragraph(one) => one.end,
        Item::Table(_, fate) => *fate,
        Item::Control(..) => Fate::Kept,
    };
    let Some(Item::Paragraph(last)) = tail.last() else {
        return;
    };
    let end = last.end;
    if end == Fate::Kept || tail.iter().any(|item| fate(item) != end) {
        return;
    }
    let Some(Item::Paragraph(last)) = tail.last_mut() else {
        return;
    };
    before.end = end;
    last.end = Fate::Kept;
    match end {
        Fate::Deleted => {
            last.new = before.new.take();
            last.new_section = before.new_section.take();
        }
        _ => {
            last.old = before.old.take();
            last.old_section = before.old_section.take();
        }
    }
}

fn written(paragraph: Paragraph, end: Fate, content: Vec<Element>) -> Item {
    let Paragraph {
        properties,
        section,
        begins,
        ends,
        ..
    } = paragraph;
    let (old, new, old_section, new_section) = match end {
        Fate::Deleted => (properties, None, section, None),
        _ => (None, properties, None, section),
    };
    Item::Paragraph(Box::new(Written {
        end,
        old,
        new,
        old_section,
        new_section,
        content,
        begins,
        ends,
        is_whole: false,
    }))
}

/// A block of one of the texts alone.
pub(super) fn single(tracker: &mut Tracker<'_>, block: Block, fate: Fate, items: &mut Vec<Item>) {
    let nothing = Line::default();
    match block {
        Block::Paragraph(paragraph) => {
            let line = &paragraph.line;
            let content = match fate {
                Fate::Deleted => line::write(tracker, line, &nothing),
                _ => line::write(tracker, &nothing, line),
            };
            if line.tokens.iter().any(|token| !token.is_field()) {
                match fate {
                    Fate::Deleted => tracker.summary.paragraphs_deleted += 1,
                    _ => tracker.summary.paragraphs_added += 1,
                }
                tracker.touch();
            }
            items.push(written(*paragraph, fate, content));
        }
        Block::Table(table) => {
            let mut element = Element::new("w:tbl");
            let own = |tracker: &mut Tracker<'_>, one: Element| match fate {
                Fate::Deleted => tracker.take_old(&one),
                _ => one,
            };
            for one in [table.properties, table.grid].into_iter().flatten() {
                let one = own(tracker, one);
                element.children.push(Node::Element(one));
            }
            for row in table.rows {
                let row = tables::single_row(tracker, row, fate);
                element.children.push(Node::Element(row));
            }
            items.push(Item::Table(element, fate));
        }
        Block::Control(control) => {
            for block in control.blocks {
                single(tracker, block, fate, items);
            }
        }
    }
}

/// A block that is in both texts.
fn both(tracker: &mut Tracker<'_>, old: Block, new: Block, items: &mut Vec<Item>) {
    match (old, new) {
        // LibreOffice mixes up what is changed within it.
        (Block::Paragraph(old), Block::Paragraph(new))
            if new.is_contents_heading() && old.text() != new.text() =>
        {
            single(tracker, Block::Paragraph(old), Fate::Deleted, items);
            single(tracker, Block::Paragraph(new), Fate::Inserted, items);
        }
        (Block::Paragraph(old), Block::Paragraph(new)) => {
            let places = (places::of_line(&old.line), places::of_line(&new.line));
            if places.0.len() == places.1.len() {
                let both = places.0.into_iter().zip(places.1);
                tracker.kept_places.extend(both);
            }
            let changes = tracker.summary.in_words();
            let content = line::write(tracker, &old.line, &new.line);
            tracker.summary.paragraphs_changed +=
                usize::from(tracker.summary.in_words() != changes);
            items.push(Item::Paragraph(Box::new(Written {
                end: Fate::Kept,
                old: old.properties,
                new: new.properties,
                old_section: old.section,
                new_section: new.section,
                content,
                begins: old.begins || new.begins,
                ends: old.ends || new.ends,
                is_whole: false,
            })));
        }
        (Block::Table(old), Block::Table(new)) => {
            let table = tables::table(tracker, old, new);
            items.push(Item::Table(table, Fate::Kept));
        }
        (Block::Control(old), Block::Control(new)) => {
            let inside = container(tracker, old.blocks, new.blocks);
            let shell = Control {
                properties: new.properties,
                blocks: Vec::new(),
            };
            items.push(Item::Control(shell, inside));
        }
        (old, new) => {
            single(tracker, old, Fate::Deleted, items);
            single(tracker, new, Fate::Inserted, items);
        }
    }
}

/// What is written, as elements. Word joins tables that nothing stands between.
pub(super) fn elements(tracker: &mut Tracker<'_>, items: Vec<Item>) -> Vec<Element> {
    let mut out: Vec<Element> = Vec::new();
    let mut table: Option<Fate> = None;
    for item in items {
        let before = table.take();
        match item {
            Item::Paragraph(paragraph) => out.push(paragraph_element(tracker, *paragraph)),
            Item::Control(control, inside) => {
                let inside = elements(tracker, inside);
                let content = Element::new("w:sdtContent").children(inside);
                let control = Element::new("w:sdt").children(control.properties);
                out.push(control.child(content));
            }
            Item::Table(mut element, fate) => {
                table = Some(fate);
                match (before, out.last_mut()) {
                    (Some(Fate::Deleted), Some(last)) if fate == Fate::Inserted => {
                        let is_row =
                            |node: &Node| matches!(node, Node::Element(row) if row.name == "w:tr");
                        element.children.retain(is_row);
                        last.children.append(&mut element.children);
                        table = Some(Fate::Kept);
                        continue;
                    }
                    (Some(_), _) => out.push(vanishing(tracker)),
                    _ => {}
                }
                out.push(element);
            }
        }
    }
    out
}

/// A paragraph that is in neither text: it came and went.
fn vanishing(tracker: &mut Tracker<'_>) -> Element {
    let end = Element::new("w:rPr")
        .child(tracker.change("w:ins"))
        .child(tracker.change("w:del"));
    Element::new("w:p").child(Element::new("w:pPr").child(end))
}

fn paragraph_element(tracker: &mut Tracker<'_>, paragraph: Written) -> Element {
    let (properties, section) = match paragraph.end {
        Fate::Deleted => {
            let mut taken = |one: Option<Element>| one.map(|one| tracker.take_old(&one));
            (
                taken(paragraph.old.clone()),
                taken(paragraph.old_section.clone()),
            )
        }
        _ => (paragraph.new.clone(), paragraph.new_section.clone()),
    };
    let mut properties = properties.unwrap_or_else(|| Element::new("w:pPr"));
    let mut change = None;
    if paragraph.end == Fate::Kept && !paragraph.is_whole {
        let before = paragraph.old.as_ref();
        if tracker.properties_before(before, &mut properties, "w:pPrChange", &["w:rPr"]) {
            change = take(&mut properties, "w:pPrChange");
            tracker.summary.looks += 1;
        }
    }
    if let Some(end) = tracker.fate(paragraph.end) {
        mark_end(&mut properties, end);
    }
    if let Some(section) = section {
        let section = match paragraph.end {
            Fate::Kept => tracker.section(paragraph.old_section.as_ref(), section),
            _ => section,
        };
        properties.children.push(Node::Element(section));
    }
    properties.children.extend(change.map(Node::Element));
    let properties = (!properties.children.is_empty()).then_some(properties);
    Element::new("w:p")
        .children(properties)
        .children(paragraph.content)
}
