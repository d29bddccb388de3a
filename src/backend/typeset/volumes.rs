//! Where a report that is too thick is parted: at the chapters that make its volumes as few and as even as can be.

use typst_layout::PagedDocument;

use super::pagination::pages_of_anchors;
use crate::document::Document;

/// The pages that a volume has before its first chapter: a cover and a contents list.
const BEFORE: usize = 2;

/// The anchors of the chapters that begin a volume other than the first, where pages are more than `most`.
pub(super) fn volumes(pages: &PagedDocument, document: &Document, most: usize) -> Vec<String> {
    let all = pages.pages().len();
    if most == 0 || all <= most {
        return Vec::new();
    }
    let anchors = pages_of_anchors(pages);
    let headings = document.chapters.iter().map(|chapter| &chapter.heading);
    let starts: Vec<(&String, usize)> = headings
        .filter_map(|it| Some((&it.anchor, *anchors.get(&it.anchor)?)))
        .collect();
    let pages: Vec<usize> = starts.iter().map(|(_, page)| *page).collect();
    let parted = even(&pages, all, most).into_iter();
    parted.map(|chapter| starts[chapter].0.clone()).collect()
}

/// The pages, from 1, with which volumes begin; none where there is one volume.
pub(super) fn first_pages(pages: &PagedDocument) -> Vec<usize> {
    let anchors = pages_of_anchors(pages).into_iter();
    let covers = anchors.filter(|(anchor, _)| anchor.starts_with("begins-volume-"));
    let mut first: Vec<usize> = covers.map(|(_, page)| page + 1).collect();
    if !first.is_empty() {
        first.push(1);
    }
    first.sort_unstable();
    first
}

/// The chapters that begin a volume, of those that begin at pages `starts`: the parting whose thickest volume has the fewest
/// pages, among those of as few volumes as `most` allows.
fn even(starts: &[usize], all: usize, most: usize) -> Vec<usize> {
    let fewest = parted(starts, all, most);
    let (mut low, mut high) = (all / (fewest.len() + 1), most);
    while low < high {
        let middle = low.midpoint(high);
        match parted(starts, all, middle).len() <= fewest.len() {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    parted(starts, all, high)
}

/// The same with as many pages in each volume as there is room for; a chapter that is longer has one of its own.
fn parted(starts: &[usize], all: usize, most: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut begin, mut before) = (0, 0);
    for (chapter, start) in starts.iter().enumerate().skip(1) {
        let end = starts.get(chapter + 1).copied().unwrap_or(all);
        if end - begin + before > most {
            found.push(chapter);
            (begin, before) = (*start, BEFORE);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_as_few_and_as_even_as_chapters_allow() {
        // Starts of chapters, pages in all, most of a volume: the chapters that begin another one.
        let cases: &[(&[usize], usize, usize, &[usize])] = &[
            (&[4, 20, 40, 60, 80], 100, 60, &[3]),
            (&[4, 20, 40, 60, 80], 100, 100, &[]),
            // Three volumes: 40, 42 and 22 pages, and not 60, 22 and 22.
            (&[4, 20, 40, 60, 80], 100, 50, &[2, 4]),
            // A chapter that is longer than a volume stands alone.
            (&[4, 10, 90], 100, 30, &[1, 2]),
            (&[4], 100, 30, &[]),
            (&[], 100, 30, &[]),
        ];
        for (starts, all, most, expected) in cases {
            assert_eq!(
                even(starts, *all, *most),
                *expected,
                "{starts:?} {all} {most}"
            );
        }
    }
}
