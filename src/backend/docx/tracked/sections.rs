//! The text of both files section by section, so that each ends where it ended and has its own headers.

use super::super::package::Element;
use super::align::{Step, align};
use super::blocks::{Block, likeness};
use super::story::{container, elements, shift, single};
use super::tracker::{Fate, Tracker};

/// The share of words that sections must have in common to be one, unless their titles are the same.
const SECTIONS: f32 = 0.3;

/// The text: section by section, so that each ends where it ended.
pub(super) fn body(tracker: &mut Tracker<'_>, old: Vec<Block>, new: Vec<Block>) -> Vec<Element> {
    let (old, new) = (sections(old), sections(new));
    let mut known = |sections: &[Vec<Block>]| {
        let known = |section: &Vec<Block>| {
            let (mut said, mut words) = (Vec::new(), Vec::new());
            for block in section {
                block.said(&mut said);
                block.words(&mut words);
            }
            let title = title(section).map_or(0, |title| tracker.numbers.of(title));
            likeness(
                "section".to_owned(),
                &said,
                words,
                title,
                &mut tracker.numbers,
            )
        };
        sections.iter().map(known).collect::<Vec<_>>()
    };
    let (before, now) = (known(&old), known(&new));
    let mut steps = align(&before, &now, SECTIONS);
    if let (Some(o), Some(n)) = (old.len().checked_sub(1), new.len().checked_sub(1)) {
        let lone = [Step::Old(o), Step::New(n)];
        if lone.iter().all(|one| steps.contains(one)) {
            steps.retain(|step| !lone.contains(step));
            steps.push(Step::Both(o, n));
        }
    }
    let (mut old, mut new) = (taken(old), taken(new));
    let mut items = Vec::new();
    for step in steps {
        match step {
            Step::Both(o, n) => {
                let (old, new) = (old(o), new(n));
                enter(tracker, &new);
                items.extend(container(tracker, old, new));
            }
            Step::Old(o) => {
                let blocks = old(o);
                enter(tracker, &blocks);
                blocks
                    .into_iter()
                    .for_each(|block| single(tracker, block, Fate::Deleted, &mut items));
            }
            Step::New(n) => {
                let blocks = new(n);
                enter(tracker, &blocks);
                blocks
                    .into_iter()
                    .for_each(|block| single(tracker, block, Fate::Inserted, &mut items));
            }
        }
    }
    shift(&mut items);
    elements(tracker, items)
}

/// Gives each of the values once.
fn taken<T>(values: Vec<T>) -> impl FnMut(usize) -> T
where
    T: Default,
{
    let mut values = values;
    move |at| values.get_mut(at).map(std::mem::take).unwrap_or_default()
}

/// Blocks by the sections that end with them.
fn sections(blocks: Vec<Block>) -> Vec<Vec<Block>> {
    let mut found = vec![Vec::new()];
    for block in blocks {
        let ends = matches!(&block, Block::Paragraph(paragraph) if paragraph.section.is_some());
        if let Some(last) = found.last_mut() {
            last.push(block);
        }
        if ends {
            found.push(Vec::new());
        }
    }
    found.retain(|section| !section.is_empty());
    found
}

/// Styles of headings that begin a part of the publication.
const HEADINGS: [&str; 2] = ["Heading1", "TOCHeading"];

/// By what a section is known whatever else is in it.
fn title(section: &[Block]) -> Option<String> {
    heading(section)
        .map(|heading| format!("title {heading}"))
        .or_else(|| {
            let style = section.iter().find_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph.style()),
                _ => None,
            })?;
            let front =
                style.starts_with("Cover") || style.starts_with("Imprint") || style == "Title";
            front.then(|| format!("front {}", style.get(..5).unwrap_or_default()))
        })
}

fn heading(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(paragraph) => {
            let is_heading = HEADINGS.contains(&paragraph.style());
            is_heading
                .then(|| paragraph.text())
                .filter(|text| !text.trim().is_empty())
        }
        Block::Control(control) => heading(&control.blocks),
        Block::Table(_) => None,
    })
}

/// Names the part of the publication that changes are noted for from now on.
fn enter(tracker: &mut Tracker<'_>, section: &[Block]) {
    let front = |text: &str| match text {
        text if text.starts_with("front Impri") => "the imprint",
        _ => "the cover",
    };
    match (heading(section), title(section)) {
        (Some(heading), _) => {
            tracker.place = heading.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        (None, Some(title)) => front(&title).clone_into(&mut tracker.place),
        (None, None) => {}
    }
}
