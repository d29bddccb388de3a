//! Derived lists: contents, speakers, acronyms, index; and the texts of empty cross-references.

use std::collections::BTreeMap;

use super::resolve::Resolver;
use super::running;
use super::visit::Node;
use super::{
    AcronymEntry, Anchor, BackList, Block, Chapter, ContentsEntry, Document, Figure, Heading,
    IndexEntry, Inline, ListedBlock, SpeakerEntry, plain_content,
};
use crate::base::diagnostic::{Code, Diagnostic};
use crate::layout::Strings;
use crate::source::schema::BackMatter;

/// The key points of a chapter as a list, each with who made it.
pub(super) fn key_points(chapter: &Chapter) -> Vec<Block> {
    let mut items = Vec::new();
    chapter.visit(&mut |node| {
        if let Node::Intervention(talk) = node
            && let Some(key) = &talk.key
        {
            let content = vec![
                Inline::Text {
                    text: format!("{key} —\u{a0}"),
                },
                Inline::Reference {
                    anchor: talk.anchor.clone(),
                    content: plain_content(&talk.speaker.name),
                    page: false,
                },
            ];
            let content = content.into();
            items.push(vec![Block::Paragraph { content }]);
        }
    });
    match items.is_empty() {
        true => Vec::new(),
        false => vec![Block::bullets(items)],
    }
}

impl Resolver<'_> {
    /// Whether a list is wanted at the end.
    pub(super) fn wanted(&self, list: BackMatter) -> bool {
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
        let anchor = self.links.anchors.fixed(anchor);
        let heading = Heading::plain(anchor, 1, title);
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
            chapter.visit(&mut |node| match node {
                Node::Section(section) => {
                    for moderator in &section.moderators {
                        add(moderator.person, &section.heading.anchor);
                    }
                }
                Node::Intervention(talk) => add(talk.speaker.person, &talk.anchor),
                Node::Block(_) | Node::Inline(_) => {}
            });
        }
        let mut people: Vec<(usize, Vec<String>)> = anchors.into_iter().collect();
        people.sort_by_cached_key(|(person, _)| {
            self.words.collator.key(&self.registry.people[*person].sort)
        });
        let entry = |(person, anchors): (usize, Vec<String>)| {
            let known = &self.registry.people[person];
            let strings = self.words.strings;
            let sorted = || known.sort.replace(", ", &strings.comma);
            let name = match &known.honorific {
                _ if strings.family_name_first => self.registry.named(person, strings),
                Some(honorific) => format!("{}{}{honorific}", sorted(), strings.comma),
                None => sorted(),
            };
            SpeakerEntry {
                person,
                name,
                post: known.post.clone(),
                anchors,
            }
        };
        let entries = people.into_iter().map(entry).collect();
        self.back_list("list-of-speakers", &self.words.strings.speakers, entries)
    }

    /// The acronyms that occur.
    pub(super) fn acronym_list(&mut self) -> Option<BackList<AcronymEntry>> {
        let mut entries = std::mem::take(&mut self.usage.acronyms).into_used();
        if !self.wanted(BackMatter::Acronyms) {
            return None;
        }
        entries.sort_by_cached_key(|entry| self.words.collator.key(&entry.acronym));
        self.back_list("list-of-acronyms", &self.words.strings.acronyms, entries)
    }

    /// The organisations that the text marks, with where.
    pub(super) fn index(&mut self, document: &Document) -> Option<BackList<IndexEntry>> {
        if !self.wanted(BackMatter::Index) {
            return None;
        }
        let mut anchors: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        document.visit(&mut |node| {
            if let Node::Inline(Inline::Organisation {
                organisation,
                anchor,
                ..
            }) = node
            {
                let known = anchors.entry(*organisation).or_default();
                known.push(anchor.clone());
            }
        });
        let mut listed: Vec<(usize, Vec<String>)> = anchors.into_iter().collect();
        listed.sort_by_cached_key(|(organisation, _)| {
            self.words
                .collator
                .key(self.registry.sorted_as(*organisation))
        });
        let entries: Vec<IndexEntry> = listed
            .into_iter()
            .map(|(organisation, anchors)| IndexEntry {
                name: self.registry.with_acronym(organisation, self.words.strings),
                anchors,
            })
            .collect();
        self.back_list("index-of-organisations", &self.words.strings.index, entries)
    }

    /// The lists of tables, figures and boxes that the report names.
    pub(super) fn block_lists(&mut self, document: &Document) -> Vec<BackList<ListedBlock>> {
        let strings = self.words.strings;
        let all = [
            (BackMatter::Tables, "list-of-tables", &strings.list_tables),
            (
                BackMatter::Figures,
                "list-of-figures",
                &strings.list_figures,
            ),
            (BackMatter::Boxes, "list-of-boxes", &strings.list_boxes),
        ];
        let report = self.source.report.content.back_matter.as_ref();
        let named = |list| report.is_some_and(|lists| lists.contains(&list));
        let mut lists = Vec::new();
        for (kind, anchor, title) in all.into_iter().filter(|(kind, ..)| named(*kind)) {
            let mut entries = Vec::new();
            document.visit(&mut |node| {
                if let Node::Block(block) = node {
                    entries.extend(listed(block, kind));
                }
            });
            lists.extend(self.back_list(anchor, title, entries));
        }
        lists
    }

    /// Gives cross-references without a text the label or title of what they point to.
    pub(super) fn fill_references(&mut self, document: &mut Document) {
        let empty = std::mem::take(&mut self.links.empty);
        if empty.is_empty() {
            return;
        }
        for (id, place) in &empty {
            if self
                .links
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
        let text = |id: &str| {
            self.links
                .targets
                .get(id)
                .and_then(|target| target.text.clone())
        };
        document.for_each_line_mut(&mut |content| fill(content, &text));
        name_anew(document);
    }
}

/// Gives headings the words of their running text, which has been filled in.
pub(super) fn name_anew(document: &mut Document) {
    for chapter in &mut document.chapters {
        let bare = chapter.heading.title.clone();
        chapter.for_each_heading_mut(&mut |heading| {
            heading.title = running::words(&heading.content);
        });
        if chapter.short_title == bare {
            chapter.short_title.clone_from(&chapter.heading.title);
        }
    }
}

/// The entries of a block in a list of that kind.
fn listed(block: &Block, kind: BackMatter) -> Vec<ListedBlock> {
    let entry = |anchor: &Anchor, label: &Option<String>, title: &[Inline]| {
        Some(ListedBlock {
            anchor: anchor.clone(),
            label: label.clone()?,
            title: running::words(title),
        })
    };
    let figure = |figure: &Figure| {
        let caption = figure.caption.as_deref()?;
        entry(&figure.anchor, &figure.label, caption)
    };
    match (kind, block) {
        (BackMatter::Tables, Block::Table(table)) => {
            let caption = table.caption.as_deref().map_or(&[][..], Vec::as_slice);
            entry(&table.anchor, &table.label, caption)
                .into_iter()
                .collect()
        }
        (BackMatter::Figures, Block::Figure(one)) => figure(one).into_iter().collect(),
        (BackMatter::Figures, Block::Figures { figures }) => {
            figures.iter().filter_map(figure).collect()
        }
        (BackMatter::Figures, Block::Chart(chart)) => {
            let label = Some(chart.label.clone());
            entry(&chart.anchor, &label, &chart.caption)
                .into_iter()
                .collect()
        }
        (BackMatter::Boxes, Block::Box(one)) => {
            let label = Some(one.label.clone());
            entry(&one.anchor, &label, &one.title).into_iter().collect()
        }
        _ => Vec::new(),
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
        chapter.visit(&mut |node| {
            if let Node::Section(section) = node
                && is_telling(&section.heading, &document.strings)
            {
                add(&section.heading);
            }
        });
    }
    document
        .block_lists
        .iter()
        .for_each(|list| add(&list.heading));
    let lists = [
        document.bibliography.as_ref().map(|list| &list.heading),
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

/// A label whose number does not begin a line.
fn with_its_number(label: &str) -> String {
    match label.rsplit_once(' ') {
        Some((word, number)) if number.starts_with(char::is_numeric) => {
            format!("{word}\u{a0}{number}")
        }
        _ => label.to_owned(),
    }
}

/// Gives empty references their text.
fn fill(content: &mut [Inline], text: &impl Fn(&str) -> Option<String>) {
    for inline in content {
        match inline {
            Inline::Reference {
                anchor, content, ..
            } if content.is_empty() => {
                let text = text(anchor).map(|text| with_its_number(&text));
                content.extend(text.map(|text| Inline::Text { text }));
            }
            other => fill(other.content_mut().map_or(&mut [], Vec::as_mut_slice), text),
        }
    }
}
