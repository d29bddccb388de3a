//! Chapters, their sections and what people said in them.

use std::collections::{BTreeMap, BTreeSet};

use super::resolve::{ChapterNote, FieldPath, Resolver, Target, next_label};
use super::{
    Block, Chapter, ChapterKind, Heading, Inline, Intervention, Line, Section, SectionKind,
    derived, markdown, numbering, plain_content, running, sequence::number_before,
};
use crate::base::diagnostic::Code;
use crate::source::File;
use crate::source::schema::{self as s, FootnoteRestart};

/// The deepest heading.
const MAX_LEVEL: u8 = 6;

/// What all kinds of chapters have.
struct Common<'a> {
    kind: ChapterKind,
    id: &'a s::Id,
    title: &'a s::Literal,
    title_lines: &'a [s::Literal],
    short_title: &'a Option<s::Literal>,
    note: &'a Option<s::Prose>,
    front: bool,
    text: &'a Option<s::Prose>,
    blocks: &'a [s::Block],
    interventions: &'a [s::Intervention],
    sections: &'a [s::Section],
    footnotes: &'a [s::Footnote],
}

/// A chapter's fields, and the key that they are under.
fn common(chapter: &s::Chapter) -> (&'static str, Common<'_>) {
    match chapter {
        s::Chapter::Section(chapter) => ("section", plain(chapter, ChapterKind::Section)),
        s::Chapter::Appendix(chapter) => ("appendix", plain(chapter, ChapterKind::Appendix)),
        s::Chapter::Meeting(meeting) => (
            "meeting",
            Common {
                kind: ChapterKind::Meeting,
                id: &meeting.id,
                title: &meeting.title,
                title_lines: &meeting.title_lines,
                short_title: &meeting.short_title,
                note: &meeting.note,
                front: false,
                text: &meeting.text,
                blocks: &meeting.blocks,
                interventions: &[],
                sections: &meeting.sections,
                footnotes: &meeting.footnotes,
            },
        ),
    }
}

fn plain(chapter: &s::PlainChapter, kind: ChapterKind) -> Common<'_> {
    Common {
        kind,
        id: &chapter.id,
        title: &chapter.title,
        title_lines: &chapter.title_lines,
        short_title: &chapter.short_title,
        note: &chapter.note,
        front: chapter.front,
        text: &chapter.text,
        blocks: &chapter.blocks,
        interventions: &chapter.interventions,
        sections: &chapter.sections,
        footnotes: &chapter.footnotes,
    }
}

impl<'a> Resolver<'a> {
    /// Takes in the ids of all chapters, so that references can point forwards.
    pub(super) fn collect_ids(&mut self) {
        for file in &self.source.chapters {
            let (key, common) = common(&file.content);
            let at = FieldPath::top(file.as_ref()).key(key);
            self.take_id(&at.key("id"), common.id);
            self.prose_ids(&at.key("text"), common.text.as_ref());
            self.block_ids(&at, common.blocks);
            self.intervention_ids(&at, common.interventions);
            self.section_ids(&at, common.sections);
        }
    }

    fn section_ids(&mut self, at: &FieldPath<'a>, sections: &'a [s::Section]) {
        for (index, section) in sections.iter().enumerate() {
            let at = at.key("sections").index(index);
            if let Some(id) = &section.id {
                self.take_id(&at.key("id"), id);
            }
            self.prose_ids(&at.key("text"), section.text.as_ref());
            self.block_ids(&at, &section.blocks);
            self.intervention_ids(&at, &section.interventions);
            self.section_ids(&at, &section.sections);
        }
    }

    fn intervention_ids(&mut self, at: &FieldPath<'a>, interventions: &'a [s::Intervention]) {
        for (index, intervention) in interventions.iter().enumerate() {
            let at = at.key("interventions").index(index);
            self.prose_ids(&at.key("text"), Some(&intervention.text));
            self.block_ids(&at, &intervention.blocks);
        }
    }

    fn block_ids(&mut self, at: &FieldPath<'a>, blocks: &'a [s::Block]) {
        for (index, block) in blocks.iter().enumerate() {
            let at = at.key("blocks").index(index);
            match block {
                s::Block::Text(text) => self.prose_ids(&at.key("text"), Some(text)),
                s::Block::Table(table) => {
                    let at = at.key("table");
                    self.block_id(&at, &table.id);
                    if let Some(id) = &table.id {
                        self.tables.entry(&id.value).or_insert((at, table));
                    }
                }
                s::Block::Vote(vote) => self.block_id(&at.key("vote"), &vote.id),
                s::Block::Decisions(list) => {
                    let at = at.key("decisions");
                    for (index, decision) in list.iter().enumerate() {
                        self.block_id(&at.index(index), &decision.id);
                    }
                }
                s::Block::Figure(figure) => self.block_id(&at.key("figure"), &figure.id),
                s::Block::Chart(chart) => self.block_id(&at.key("chart"), &chart.id),
                s::Block::Figures(figures) => {
                    let at = at.key("figures");
                    for (index, figure) in figures.iter().enumerate() {
                        self.block_id(&at.index(index), &figure.id);
                    }
                }
                s::Block::Box(text_box) => {
                    let at = at.key("box");
                    self.block_id(&at, &text_box.id);
                    self.block_ids(&at, &text_box.blocks);
                }
                _ => {}
            }
        }
    }

    fn block_id(&mut self, at: &FieldPath<'a>, id: &Option<s::Id>) {
        if let Some(id) = id {
            self.take_id(&at.key("id"), id);
        }
    }

    pub(super) fn take_id(&mut self, at: &FieldPath, id: &s::Id) {
        if let Err(message) = numbering::check_id(&id.value) {
            let wrong = at.diagnostic(Code::BAD_ID, id, message);
            self.found.push(wrong.hint(numbering::GOOD_ID));
            return;
        }
        let place = at.file.location(id.line, 0).to_string();
        match self.links.targets.get(&id.value) {
            Some(first) => {
                let message = format!(
                    "the id `{}` is used twice; the first time in {}",
                    id.value, first.place
                );
                self.found.push(
                    at.diagnostic(Code::ID_TWICE, id, message)
                        .hint("give one of the two another id"),
                );
            }
            None => {
                self.links.anchors.take(&id.value);
                self.links
                    .targets
                    .insert(id.value.clone(), Target { place, text: None });
            }
        }
    }

    /// All chapters.
    pub(super) fn chapters(&mut self) -> Vec<Chapter> {
        let (mut last_meetings, mut appendices, mut body) = (BTreeMap::new(), 0, false);
        let mut chapters = Vec::new();
        for (index, file) in self.source.chapters.iter().enumerate() {
            let (key, common) = common(&file.content);
            let at = FieldPath::top(file.as_ref()).key(key);
            self.notes.chapter = Some(index);
            self.links.anchors.start_chapter(index + 1);
            self.numbers.panel = 0;
            if self.source.report.content.footnotes.restart == FootnoteRestart::Chapter {
                self.notes.numbered = 0;
            }
            if common.front && (body || common.kind == ChapterKind::Appendix) {
                let message = "front matter comes before all other chapters";
                let error =
                    at.key("front")
                        .diagnostic(Code::LATE_FRONT_MATTER, common.title, message);
                self.found.push(error.hint(
                    "move its line up in `contents` of report.yaml, or delete `front: true`",
                ));
            }
            body |= !common.front;
            let label = match common.kind {
                ChapterKind::Section | ChapterKind::Descriptions => None,
                ChapterKind::Meeting => Some(self.meeting_label(file, &at, &mut last_meetings)),
                ChapterKind::Appendix => {
                    appendices += 1;
                    Some(
                        self.words
                            .strings
                            .appendix
                            .replace("{n}", &appendices.to_string()),
                    )
                }
            };
            chapters.push(self.chapter(file, &at, &common, label));
        }
        self.notes.chapter = None;
        chapters
    }

    /// The label of a meeting. A report may have some meetings of a series, in their order; `last` are the ones before, by the
    /// names of their events: sessions and hearings are series of their own.
    fn meeting_label(
        &mut self,
        file: &'a File<s::Chapter>,
        at: &FieldPath,
        last: &mut BTreeMap<Option<&'a str>, u32>,
    ) -> String {
        let s::Chapter::Meeting(meeting) = &file.content else {
            return String::new();
        };
        let ordinal = meeting.ordinal.value;
        let event = meeting.event.as_ref().map(|event| event.value.trim());
        let last = last.entry(event).or_default();
        if ordinal <= *last {
            let message = match ordinal {
                0 => "there is no meeting 0: the first of a series is 1".to_owned(),
                _ => format!("meeting {ordinal} comes after meeting {last} in `contents`"),
            };
            let error =
                at.key("ordinal")
                    .diagnostic(Code::WRONG_ORDINAL, &meeting.ordinal, message);
            self.found.push(error.hint(
                "the numbers of meetings rise in the order of `contents`; correct the number or the order",
            ));
        }
        *last = ordinal.max(*last);
        let strings = self.words.strings;
        if let Some(event) = &meeting.event {
            let event = self.literal(&at.key("event"), event);
            return format!("{event} {ordinal}");
        }
        let index = ordinal
            .checked_sub(1)
            .and_then(|index| usize::try_from(index).ok());
        match index.and_then(|index| strings.meetings.get(index)) {
            Some(label) => label.clone(),
            None => strings.meeting.replace("{n}", &ordinal.to_string()),
        }
    }

    fn chapter(
        &mut self,
        file: &'a File<s::Chapter>,
        at: &FieldPath<'a>,
        common: &Common<'a>,
        label: Option<String>,
    ) -> Chapter {
        self.chapter_footnotes(&at.key("footnotes"), common.footnotes);
        let title = self.running(&at.key("title"), common.title);
        let letters = running::letters(&title);
        let lines = self.title_lines(&at.key("title_lines"), common.title_lines, &letters);
        let short_title = self.optional(&at.key("short_title"), common.short_title);
        let heading = self.heading(at, Some(common.id), 1, label, title, common.note);
        let mut title_lines = running::divided(heading.content.to_vec(), &lines);
        let mut heading = heading;
        self.numbers.path.clear();
        if !common.front && common.kind != ChapterKind::Appendix {
            self.numbers.chapter += 1;
            self.numbers.path.push(self.numbers.chapter);
        }
        let number = self.number_heading(&mut heading);
        if let (Some(number), Some(first)) = (number, title_lines.first_mut()) {
            first.splice(0..0, number_before(&number));
        }
        let known = self.found.len();
        let facts = match &file.content {
            s::Chapter::Meeting(meeting) => self.facts(at, meeting),
            _ => Vec::new(),
        };
        let blocks = self.content(at, common.text.as_ref(), common.blocks);
        let blocks = self.numbered(blocks);
        let interventions = self.interventions(at, common.interventions);
        let sections = self.sections(at, common.sections, 2);
        // Content that was refused has its own diagnostic.
        let sound = self.found.len() == known;
        let empty = blocks.is_empty() && interventions.is_empty() && sections.is_empty();
        if sound && facts.is_empty() && empty {
            self.found.push(
                at.diagnostic(
                    Code::EMPTY_CHAPTER,
                    common.title,
                    "the chapter has no content",
                )
                .hint("give it `text`, `blocks` or `sections`"),
            );
        }
        self.unused_footnotes();
        let mut chapter = Chapter {
            kind: common.kind,
            front: common.front,
            short_title: short_title.unwrap_or_else(|| heading.title.clone()),
            heading,
            title_lines,
            facts,
            key_points: Vec::new(),
            blocks,
            interventions,
            sections,
        };
        chapter.key_points = derived::key_points(&chapter);
        chapter
    }

    /// A heading with its anchor and the note on its title.
    fn heading(
        &mut self,
        at: &FieldPath<'a>,
        id: Option<&'a s::Id>,
        level: u8,
        label: Option<String>,
        content: Line,
        note: &'a Option<s::Prose>,
    ) -> Heading {
        let title = running::words(&content);
        self.usage
            .characters
            .take(&title, || at.key("title").place());
        let anchor = match id {
            Some(id) => id.value.clone(),
            None => self.links.anchors.fresh("section"),
        };
        if let Some(target) = self.links.targets.get_mut(&anchor) {
            target.text = Some(label.clone().unwrap_or_else(|| title.clone()));
        }
        let mut heading = Heading {
            anchor,
            level,
            label,
            title,
            content,
        };
        self.note_on_title(at, note, &mut heading);
        heading
    }

    fn chapter_footnotes(&mut self, at: &FieldPath<'a>, footnotes: &'a [s::Footnote]) {
        self.notes.of_chapter.clear();
        for (index, note) in footnotes.iter().enumerate() {
            let at = at.index(index);
            if let Err(message) = numbering::check_id(&note.id.value) {
                self.found.push(
                    at.key("id")
                        .diagnostic(Code::BAD_ID, &note.id, message)
                        .hint(numbering::GOOD_ID),
                );
            }
            let key = markdown::label_key(&note.id.value);
            if let Some(first) = self.notes.of_chapter.get(&key) {
                let message = format!(
                    "the footnote `{}` is defined twice; the first time on line {}",
                    note.id.value, first.note.id.line
                );
                self.found.push(
                    at.key("id")
                        .diagnostic(Code::NOTE_TWICE, &note.id, message)
                        .hint("give one of the two another id"),
                );
                continue;
            }
            self.notes.of_chapter.insert(
                key,
                ChapterNote {
                    at,
                    note,
                    index: None,
                    misplaced: false,
                },
            );
        }
    }

    fn unused_footnotes(&mut self) {
        for note in std::mem::take(&mut self.notes.of_chapter)
            .into_values()
            .filter(|note| note.index.is_none() && !note.misplaced)
        {
            let message = format!(
                "no text of the chapter refers to the footnote `{}`",
                note.note.id.value
            );
            let error = note
                .at
                .key("id")
                .diagnostic(Code::UNUSED_NOTE, &note.note.id, message);
            self.found.push(error.hint(format!(
                "put its mark `[^{}]` into a text, or delete the note",
                note.note.id.value
            )));
        }
    }

    fn sections(
        &mut self,
        at: &FieldPath<'a>,
        sections: &'a [s::Section],
        level: u8,
    ) -> Vec<Section> {
        if level > MAX_LEVEL {
            if let Some(first) = sections.first() {
                let at = at.key("sections").index(0);
                let message = format!(
                    "sections are nested deeper than headings go: {MAX_LEVEL} levels with the chapter's"
                );
                let error = match (&first.title, &first.id) {
                    (Some(title), _) => at.diagnostic(Code::SECTIONS_TOO_DEEP, title, message),
                    (None, Some(id)) => at.diagnostic(Code::SECTIONS_TOO_DEEP, id, message),
                    _ => at.diagnostic_somewhere(Code::SECTIONS_TOO_DEEP, message),
                };
                self.found
                    .push(error.hint("set the inner sections side by side"));
            }
            return Vec::new();
        }
        let at = at.key("sections");
        sections
            .iter()
            .enumerate()
            .map(|(index, section)| {
                self.numbers.path.push(index + 1);
                let section = self.section(&at.index(index), section, level);
                self.numbers.path.pop();
                section
            })
            .collect()
    }

    fn section(&mut self, at: &FieldPath<'a>, section: &'a s::Section, level: u8) -> Section {
        let kind = kind(section.kind);
        let title = self.section_title(at, section);
        let panel = kind == SectionKind::Panel;
        let label = panel.then(|| next_label(&self.words.strings.panel, &mut self.numbers.panel));
        let mut heading = self.heading(at, section.id.as_ref(), level, label, title, &section.note);
        self.number_heading(&mut heading);
        let moderators = self.moderators(&at.key("moderators"), section);
        let brief = self.optional(&at.key("brief"), &section.brief);
        let known = self.found.len();
        let blocks = self.content(at, section.text.as_ref(), &section.blocks);
        let blocks = self.numbered(blocks);
        let interventions = self.interventions(at, &section.interventions);
        let sections = self.sections(at, &section.sections, level + 1);
        let sound = self.found.len() == known;
        let empty = blocks.is_empty() && interventions.is_empty() && section.sections.is_empty();
        if sound && empty {
            let message = format!("the section `{}` has no content", heading.title);
            let error = match (&section.title, &section.id) {
                (Some(title), _) => at.diagnostic(Code::EMPTY_SECTION, title, message),
                (None, Some(id)) => at.diagnostic(Code::EMPTY_SECTION, id, message),
                _ => at.diagnostic_somewhere(Code::EMPTY_SECTION, message),
            };
            self.found
                .push(error.hint("give it `text`, `blocks` or `interventions`"));
        }
        Section {
            kind,
            heading,
            moderators,
            brief,
            blocks,
            interventions,
            sections,
        }
    }

    fn section_title(&mut self, at: &FieldPath<'a>, section: &'a s::Section) -> Line {
        if let Some(title) = &section.title {
            return self.running(&at.key("title"), title);
        }
        let strings = self.words.strings;
        let own = match section.kind {
            s::SectionKind::Summary => &strings.summary,
            s::SectionKind::Opening => &strings.opening,
            s::SectionKind::Speakers => &strings.speakers_section,
            s::SectionKind::Debate => &strings.debate,
            s::SectionKind::Closing => &strings.closing,
            s::SectionKind::Section | s::SectionKind::Panel => {
                let what = if section.kind == s::SectionKind::Panel {
                    "panel"
                } else {
                    "section"
                };
                let place = section
                    .id
                    .as_ref()
                    .or(section.text.as_ref())
                    .or(section.brief.as_ref());
                let message = format!("the {what} has no title");
                let error =
                    match place.or(section.interventions.first().map(|first| &first.speaker)) {
                        Some(place) => at.key("title").diagnostic(Code::NO_TITLE, place, message),
                        None => at
                            .key("title")
                            .diagnostic_somewhere(Code::NO_TITLE, message),
                    };
                self.found.push(error.hint("give it a `title`, or a `kind` that has one of its own, such as `kind: summary`"));
                return Line::default();
            }
        };
        self.usage.acronyms.scan(own);
        plain_content(own).into()
    }

    fn moderators(&mut self, at: &FieldPath<'a>, section: &'a s::Section) -> Vec<super::Speaker> {
        if let Some(first) = section
            .moderators
            .first()
            .filter(|_| section.kind != s::SectionKind::Panel)
        {
            let error = at.diagnostic(
                Code::MODERATORS_ELSEWHERE,
                first,
                "only panels have moderators",
            );
            self.found
                .push(error.hint("add `kind: panel`, or name the person in the text"));
        }
        let (mut moderators, mut known) = (Vec::new(), BTreeSet::new());
        for (index, id) in section.moderators.iter().enumerate() {
            let at = at.index(index);
            let Some(person) = self.person_id(&at, id) else {
                continue;
            };
            if !known.insert(person) {
                self.found.push(
                    at.diagnostic(
                        Code::NAMED_TWICE,
                        id,
                        format!("`{}` is named twice", id.value),
                    )
                    .hint("delete one of the two"),
                );
            }
            let speaker = self.speaker(person, None, None);
            moderators.push(speaker);
        }
        moderators
    }

    fn interventions(
        &mut self,
        at: &FieldPath<'a>,
        interventions: &'a [s::Intervention],
    ) -> Vec<Intervention> {
        let at = at.key("interventions");
        let items = interventions.iter().enumerate();
        items
            .filter_map(|(index, item)| self.intervention(&at.index(index), item))
            .collect()
    }

    fn intervention(
        &mut self,
        at: &FieldPath<'a>,
        item: &'a s::Intervention,
    ) -> Option<Intervention> {
        let person = self.person_id(&at.key("speaker"), &item.speaker);
        let post = self.optional(&at.key("post"), &item.post);
        let capacity = self.optional(&at.key("capacity"), &item.capacity);
        let key = self.optional(&at.key("key"), &item.key);
        let anchor = self.links.anchors.fresh("talk");
        let known = self.found.len();
        let blocks = self.content(at, Some(&item.text), &item.blocks);
        let head = match blocks.first() {
            Some(Block::Paragraph { content }) => {
                !person.is_some_and(|person| names_person(content, person))
            }
            Some(_) if self.found.len() == known => {
                let error = at.key("text").diagnostic(
                    Code::SPEECH_START,
                    &item.text,
                    "what someone said starts with a paragraph",
                );
                self.found
                    .push(error.hint("write the sentence that runs on from the name first"));
                true
            }
            _ => true,
        };
        let speaker = self.speaker(person?, post, capacity);
        Some(Intervention {
            anchor,
            speaker,
            head,
            key,
            blocks,
        })
    }
}

/// Whether running text names a person by a link.
fn names_person(content: &[Inline], wanted: usize) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Person { person, .. } => *person == wanted,
        other => names_person(other.content(), wanted),
    })
}

fn kind(kind: s::SectionKind) -> SectionKind {
    match kind {
        s::SectionKind::Section => SectionKind::Section,
        s::SectionKind::Summary => SectionKind::Summary,
        s::SectionKind::Opening => SectionKind::Opening,
        s::SectionKind::Speakers => SectionKind::Speakers,
        s::SectionKind::Panel => SectionKind::Panel,
        s::SectionKind::Debate => SectionKind::Debate,
        s::SectionKind::Closing => SectionKind::Closing,
    }
}
