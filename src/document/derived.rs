//! Lists that nobody types: contents, speakers, acronyms, index; and the texts of empty cross-references.

use std::collections::BTreeMap;

use super::resolve::Resolver;
use super::{
    AcronymEntry, BackList, Block, Cell, Chapter, ContentsEntry, Document, Heading, IndexEntry,
    Inline, Section, SpeakerEntry,
};
use crate::base::diagnostic::{Code, Diagnostic};
use crate::layout::Strings;
use crate::source::schema::BackMatter;

impl Resolver<'_> {
    /// Whether a list is wanted at the end.
    fn wanted(&self, list: BackMatter) -> bool {
        self.source
            .report
            .content
            .back_matter
            .as_ref()
            .is_none_or(|lists| lists.contains(&list))
    }

    fn back_list<T>(
        &mut self,
        anchor: &'static str,
        title: &str,
        entries: Vec<T>,
    ) -> Option<BackList<T>> {
        if entries.is_empty() {
            return None;
        }
        let anchor = self.anchors.fixed(anchor);
        let heading = Heading {
            anchor,
            level: 1,
            label: None,
            title: title.to_owned(),
            note: None,
        };
        Some(BackList { heading, entries })
    }

    /// Everyone who speaks or moderates, with where.
    pub(super) fn speakers(&mut self, chapters: &[Chapter]) -> Option<BackList<SpeakerEntry>> {
        if !self.wanted(BackMatter::Speakers) {
            return None;
        }
        let mut anchors: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut add = |person: usize, anchor: &str| {
            let known = anchors.entry(person).or_default();
            if known.last().is_none_or(|last| last != anchor) {
                known.push(anchor.to_owned());
            }
        };
        for chapter in chapters {
            for talk in &chapter.interventions {
                add(talk.speaker.person, &talk.anchor);
            }
            for_each_section(&chapter.sections, &mut |section| {
                for moderator in &section.moderators {
                    add(moderator.person, &section.heading.anchor);
                }
                for talk in &section.interventions {
                    add(talk.speaker.person, &talk.anchor);
                }
            });
        }
        let mut people: Vec<(usize, Vec<String>)> = anchors.into_iter().collect();
        people.sort_by_cached_key(|(person, _)| {
            self.collator.key(&self.registry.people[*person].sort)
        });
        let entry = |(person, anchors): (usize, Vec<String>)| {
            let known = &self.registry.people[person];
            let name = match &known.honorific {
                Some(_) if self.strings.family_name_first => {
                    self.registry.named(person, self.strings)
                }
                Some(honorific) => format!("{}{}{honorific}", known.sort, self.strings.comma),
                None => known.sort.clone(),
            };
            SpeakerEntry {
                person,
                name,
                post: known.post.clone(),
                anchors,
            }
        };
        let entries = people.into_iter().map(entry).collect();
        self.back_list("list-of-speakers", &self.strings.speakers, entries)
    }

    /// The acronyms that occur.
    pub(super) fn acronym_list(&mut self) -> Option<BackList<AcronymEntry>> {
        let mut entries = std::mem::take(&mut self.acronyms).into_used();
        if !self.wanted(BackMatter::Acronyms) {
            return None;
        }
        entries.sort_by_cached_key(|entry| self.collator.key(&entry.acronym));
        self.back_list("list-of-acronyms", &self.strings.acronyms, entries)
    }

    /// The organisations that the text marks, with where.
    pub(super) fn index(&mut self, document: &Document) -> Option<BackList<IndexEntry>> {
        if !self.wanted(BackMatter::Index) {
            return None;
        }
        let mut anchors: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for_each_block_list(document, &mut |blocks| {
            for_each_inline(blocks, &mut |inline| {
                if let Inline::Organisation {
                    organisation,
                    anchor,
                    ..
                } = inline
                {
                    anchors
                        .entry(*organisation)
                        .or_default()
                        .push(anchor.clone());
                }
            });
        });
        let mut listed: Vec<(usize, Vec<String>)> = anchors.into_iter().collect();
        listed.sort_by_cached_key(|(organisation, _)| {
            self.collator.key(self.registry.sorted_as(*organisation))
        });
        let entries: Vec<IndexEntry> = listed
            .into_iter()
            .map(|(organisation, anchors)| IndexEntry {
                name: self.registry.with_acronym(organisation, self.strings),
                anchors,
            })
            .collect();
        self.back_list("index-of-organisations", &self.strings.index, entries)
    }

    /// Gives cross-references without a text the label or title of what they point to.
    pub(super) fn fill_references(&mut self, document: &mut Document) {
        let empty = std::mem::take(&mut self.empty_references);
        if empty.is_empty() {
            return;
        }
        for (id, place) in &empty {
            if self
                .targets
                .get(id)
                .is_none_or(|target| target.text.is_none())
            {
                let message = format!(
                    "the link to `{id}` has no text, and what it points to has no number or title"
                );
                let found = Diagnostic::new(Code::NAMELESS_TARGET, message)
                    .at(place.location.clone())
                    .field(place.field.clone())
                    .hint("write the text of the link between its brackets");
                self.found.push(found);
            }
        }
        for blocks in block_lists_mut(document) {
            fill(blocks, &|id| {
                self.targets.get(id).and_then(|target| target.text.clone())
            });
        }
    }
}

/// The contents list of a document.
pub(super) fn contents(document: &Document) -> Vec<ContentsEntry> {
    let mut entries = Vec::new();
    let mut add = |heading: &Heading| {
        entries.push(ContentsEntry {
            anchor: heading.anchor.clone(),
            level: heading.level,
            label: heading.label.clone(),
            title: heading.title.clone(),
        });
    };
    for chapter in &document.chapters {
        add(&chapter.heading);
        for_each_section(&chapter.sections, &mut |section| {
            if is_telling(&section.heading, &document.strings) {
                add(&section.heading);
            }
        });
    }
    let lists = [
        document.speakers.as_ref().map(|list| &list.heading),
        document.acronyms.as_ref().map(|list| &list.heading),
        document.index.as_ref().map(|list| &list.heading),
    ];
    lists.into_iter().flatten().for_each(add);
    entries
}

/// Whether a section's title tells where it leads. Those that every meeting has, such as `Opening remarks`, do not.
fn is_telling(heading: &Heading, strings: &Strings) -> bool {
    let stock = [
        &strings.summary,
        &strings.opening,
        &strings.speakers_section,
        &strings.debate,
        &strings.closing,
    ];
    let title = heading.title.to_lowercase();
    heading.label.is_some() || !stock.iter().any(|stock| stock.to_lowercase() == title)
}

/// Calls `visit` for every section, outer before inner, in order.
fn for_each_section<'d>(sections: &'d [Section], visit: &mut impl FnMut(&'d Section)) {
    for section in sections {
        visit(section);
        for_each_section(&section.sections, visit);
    }
}

/// Calls `visit` for every list of blocks in reading order; footnotes where their marks are, roughly.
fn for_each_block_list<'d>(document: &'d Document, visit: &mut impl FnMut(&'d [Block])) {
    visit(&document.imprint);
    for (index, chapter) in document.chapters.iter().enumerate() {
        visit(&chapter.blocks);
        chapter
            .interventions
            .iter()
            .for_each(|talk| visit(&talk.blocks));
        for_each_section(&chapter.sections, &mut |section| {
            visit(&section.blocks);
            section
                .interventions
                .iter()
                .for_each(|talk| visit(&talk.blocks));
        });
        document
            .footnotes
            .iter()
            .filter(|note| note.chapter == index)
            .for_each(|note| visit(&note.blocks));
    }
}

fn for_each_inline<'d>(blocks: &'d [Block], visit: &mut impl FnMut(&'d Inline)) {
    for block in blocks {
        match block {
            Block::Paragraph { content } => inlines(content, visit),
            Block::List { items, .. } => items.iter().for_each(|item| for_each_inline(item, visit)),
            Block::Quote { blocks, .. } => for_each_inline(blocks, visit),
            Block::Table(table) => {
                for cell in table.header.iter().chain(&table.rows).flatten() {
                    for_each_inline(&cell.blocks, visit);
                }
                for_each_inline(&table.note, visit);
            }
            Block::Code { .. } | Block::Figure(_) | Block::Members { .. } => {}
        }
    }
}

fn inlines<'d>(content: &'d [Inline], visit: &mut impl FnMut(&'d Inline)) {
    for inline in content {
        visit(inline);
        inlines(inline.content(), visit);
    }
}

fn block_lists_mut(document: &mut Document) -> Vec<&mut Vec<Block>> {
    fn sections<'d>(list: &'d mut [Section], found: &mut Vec<&'d mut Vec<Block>>) {
        for section in list {
            found.push(&mut section.blocks);
            found.extend(
                section
                    .interventions
                    .iter_mut()
                    .map(|talk| &mut talk.blocks),
            );
            sections(&mut section.sections, found);
        }
    }
    let mut found = vec![&mut document.imprint];
    for chapter in &mut document.chapters {
        found.push(&mut chapter.blocks);
        found.extend(
            chapter
                .interventions
                .iter_mut()
                .map(|talk| &mut talk.blocks),
        );
        sections(&mut chapter.sections, &mut found);
    }
    found.extend(document.footnotes.iter_mut().map(|note| &mut note.blocks));
    found
}

fn fill(blocks: &mut [Block], text: &impl Fn(&str) -> Option<String>) {
    for block in blocks {
        match block {
            Block::Paragraph { content } => fill_line(content, text),
            Block::List { items, .. } => items.iter_mut().for_each(|item| fill(item, text)),
            Block::Quote { blocks, .. } => fill(blocks, text),
            Block::Table(table) => {
                for Cell { blocks } in table.header.iter_mut().chain(&mut table.rows).flatten() {
                    fill(blocks, text);
                }
                fill(&mut table.note, text);
            }
            Block::Code { .. } | Block::Figure(_) | Block::Members { .. } => {}
        }
    }
}

fn fill_line(content: &mut [Inline], text: &impl Fn(&str) -> Option<String>) {
    for inline in content {
        match inline {
            Inline::Reference { anchor, content } if content.is_empty() => {
                content.extend(text(anchor).map(|text| Inline::Text { text }));
            }
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Superscript { content }
            | Inline::Subscript { content }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. }
            | Inline::Person { content, .. }
            | Inline::Organisation { content, .. }
            | Inline::Language { content, .. } => fill_line(content, text),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break | Inline::Footnote { .. } => {
            }
        }
    }
}
