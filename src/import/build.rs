//! From an outline to the parts of a report: chapters with sections, speakers and facts.

use std::collections::BTreeSet;

use super::outline::{Item, Label, Outline, What};
use super::parts::{Chapter, Kind, Section, Talk, free, slug};
use super::people::{self, Named};
use super::registry::Registry;
use super::shapes::panel_title;
use super::words::{Words, behind, is_one};
use super::{facts, members};

/// A report in parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) chapters: Vec<Chapter>,
    pub(super) registry: Registry,
    /// How many members the lists of members have.
    pub(super) members: usize,
}

/// Builds the parts.
pub(super) fn build(outline: &Outline, title: &str, words: &Words) -> Parts {
    let mut parts = Parts::default();
    let listed: Vec<&Item> = members::items(&outline.items, words);
    for item in &listed {
        members::enter(item, &mut parts.registry, words);
    }
    parts.registry.acronyms(&outline.running, words);
    let mut ids = BTreeSet::new();
    let mut items = outline.items.as_slice();
    while let Some(first) = items.first() {
        let start = usize::from(matches!(first.what, What::Chapter { .. }));
        let end = items
            .iter()
            .skip(start)
            .position(|item| matches!(item.what, What::Chapter { .. }));
        let end = end.map_or(items.len(), |end| end + start);
        let mut builder = Builder {
            outline,
            words,
            parts: &mut parts,
            chapter: Chapter::default(),
            label: String::new(),
        };
        builder.open(first, title, &mut ids);
        builder.fill(&items[start..end]);
        let chapter = builder.chapter;
        parts.chapters.push(chapter);
        items = &items[end..];
    }
    join_empty(&mut parts.chapters);
    front(&mut parts.chapters, words);
    parts.registry.spellings(&outline.running, words);
    parts.registry.finish();
    parts
}

struct Builder<'a> {
    outline: &'a Outline,
    words: &'a Words,
    parts: &'a mut Parts,
    chapter: Chapter,
    /// The label as the text words it.
    label: String,
}

impl Builder<'_> {
    fn open(&mut self, first: &Item, title: &str, ids: &mut BTreeSet<String>) {
        let (label, own) = match &first.what {
            What::Chapter { label, title } => {
                (label.as_ref().map(|(label, _)| *label), title.as_str())
            }
            _ => (None, title),
        };
        let name = match label {
            Some(Label::Meeting(number)) => format!("meeting-{number}"),
            _ => slug(own),
        };
        self.label = match &first.what {
            What::Chapter {
                label: Some((_, name)),
                ..
            } => name.clone(),
            _ => String::new(),
        };
        self.chapter.id = free(&name, ids);
        self.chapter.title = sentence_case(own);
        self.chapter.body.checks = first.checks.clone();
        self.chapter.body.level = 1;
        self.chapter.kind = match label {
            Some(Label::Meeting(ordinal)) => {
                self.chapter.facts.ordinal = ordinal;
                Kind::Meeting
            }
            Some(Label::Appendix) => Kind::Appendix,
            None => Kind::Section,
        };
    }

    fn fill(&mut self, items: &[Item]) {
        let notes: BTreeSet<&str> = items
            .iter()
            .filter_map(|item| match &item.what {
                What::Note { mark, .. } => Some(mark.as_str()),
                _ => None,
            })
            .collect();
        let body = items
            .iter()
            .position(|item| !matches!(item.what, What::Fact(_)))
            .unwrap_or(items.len());
        let facts: Vec<&str> = items[..body]
            .iter()
            .filter_map(|item| match &item.what {
                What::Fact(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        self.facts(&facts);
        let members_of = members::of(&self.chapter.title, self.words).map(str::to_owned);
        for item in items.iter().skip(body) {
            match &item.what {
                What::Heading { level, title } => self.section(*level, title),
                What::Prose(text) => {
                    self.current().checks.extend(item.checks.iter().cloned());
                    let text = known_marks(text, &notes);
                    match &members_of {
                        Some(of) if text.starts_with("- ") => {
                            let (text, count) =
                                members::list(&text, of, &mut self.parts.registry, self.words);
                            self.parts.members += count;
                            self.current().last_text().push(text);
                        }
                        _ => self.prose(text),
                    }
                }
                What::Fact(text) => self.prose(super::inline::commonmark(text, &BTreeSet::new())),
                What::Note { mark, text } => {
                    self.chapter.notes.push((format!("n{mark}"), text.clone()))
                }
                What::Chapter { .. } => {}
            }
        }
        close(&mut self.chapter.body);
    }

    /// Types the facts; without a day, or out of its turn, no meeting can be made of the chapter.
    fn facts(&mut self, lines: &[&str]) {
        let before = self
            .parts
            .chapters
            .iter()
            .filter(|chapter| chapter.kind == Kind::Meeting)
            .count();
        let turn =
            usize::try_from(self.chapter.facts.ordinal).is_ok_and(|ordinal| ordinal == before + 1);
        if self.chapter.kind == Kind::Meeting && !(turn && facts::has_day(lines)) {
            let label = capital(&self.label);
            self.chapter.kind = Kind::Section;
            self.chapter.title = format!("{label}: {}", self.chapter.title);
            let why = if turn {
                "the text does not say its day"
            } else {
                "it stands out of its turn"
            };
            self.chapter
                .body
                .checks
                .push(format!("this may be a meeting, but {why}"));
            let prose = lines
                .iter()
                .map(|line| super::inline::commonmark(line, &BTreeSet::new()));
            return self.chapter.body.text.extend(prose);
        }
        facts::read(
            lines,
            &mut self.chapter,
            &mut self.parts.registry,
            &self.outline.running,
            self.words,
        );
    }

    fn section(&mut self, level: usize, title: &str) {
        let words = self.words;
        let kinds = [
            (&words.summary, "summary"),
            (&words.opening, "opening"),
            (&words.speakers, "speakers"),
            (&words.debate, "debate"),
            (&words.closing, "closing"),
        ];
        let kind = kinds
            .into_iter()
            .find(|(names, _)| is_one(title, names))
            .map_or("", |(_, kind)| kind);
        let meeting = self.chapter.kind == Kind::Meeting;
        let panel = panel_title(title, words).filter(|title| meeting && !title.is_empty());
        let section = Section {
            kind: if panel.is_some() {
                "panel"
            } else if meeting {
                kind
            } else {
                ""
            },
            title: Some(panel.unwrap_or(title).trim_end_matches(':').to_owned()),
            level: level.clamp(2, 5),
            ..Section::default()
        };
        // A level is entered only below the one before it.
        let mut parent = &mut self.chapter.body;
        while parent
            .sections
            .last()
            .is_some_and(|last| last.level < section.level)
        {
            let index = parent.sections.len() - 1;
            parent = &mut parent.sections[index];
        }
        parent.sections.push(section);
    }

    fn current(&mut self) -> &mut Section {
        let mut section = &mut self.chapter.body;
        while !section.sections.is_empty() {
            let index = section.sections.len() - 1;
            section = &mut section.sections[index];
        }
        section
    }

    fn prose(&mut self, text: String) {
        let speaking = matches!(
            self.current().kind,
            "opening" | "speakers" | "panel" | "closing"
        );
        if !speaking || text.starts_with("- ") {
            return self.current().last_text().push(text);
        }
        let panel = self.current().kind == "panel";
        if let Some(named) = people::moderator(&text, self.words).filter(|_| panel) {
            return self.moderated(text, &named);
        }
        match people::opening(&text, self.words).or_else(|| people::within(&text, self.words)) {
            Some(named) if !self.goes_on(&named) => self.talk(text, &named),
            _ => self.current().last_text().push(text),
        }
    }

    /// Whether the paragraph goes on with what the last speaker said.
    fn goes_on(&mut self, named: &Named) -> bool {
        let Some(last) = self.current().talks.last().map(|talk| talk.speaker.clone()) else {
            return false;
        };
        let words = self.words;
        let person = self
            .parts
            .registry
            .people
            .iter()
            .find(|person| person.id == last);
        let short = !named.name.contains(' ') || named.place.start > 0;
        let same = person.is_some_and(|person| {
            people::surname(&person.name, words) == people::surname(&named.name, words)
        });
        same && short && named.post.is_empty()
    }

    fn moderated(&mut self, text: String, named: &Named) {
        let (id, _) = self.parts.registry.person(named, self.words);
        let spoke = people::goes_on(&text, self.words);
        let text = linked(&text, named, &id);
        let section = self.current();
        if !section.moderators.contains(&id) {
            section.moderators.push(id.clone());
        }
        if spoke {
            section.talks.push(Talk {
                speaker: id,
                text: vec![text],
                ..Talk::default()
            });
        } else {
            section.last_text().push(text);
        }
    }

    fn talk(&mut self, text: String, named: &Named) {
        let (id, same) = self.parts.registry.person(named, self.words);
        let mut talk = Talk {
            speaker: id.clone(),
            ..Talk::default()
        };
        match &named.rest {
            Some(rest) if same.head => {
                talk.post = (!same.post).then(|| named.post.clone());
                talk.capacity = named.capacity.clone();
                talk.text.push(rest.clone());
            }
            _ => talk.text.push(linked(&text, named, &id)),
        }
        if named.post.is_empty() && named.rest.is_none() {
            talk.checks.push(
                "the text does not say the post of this speaker in a form that can be told apart"
                    .to_owned(),
            );
        }
        self.current().talks.push(talk);
    }
}

/// A text with a capital at its start.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", letters.as_str())
}

/// A paragraph with the name of its speaker marked.
fn linked(text: &str, named: &Named, id: &str) -> String {
    let (start, end) = (named.place.start, named.place.end);
    format!(
        "{}[{}](person:{id}){}",
        &text[..start],
        &text[start..end],
        &text[end..]
    )
}

/// Marks of footnotes that the chapter does not have are plain characters after all.
fn known_marks(text: &str, notes: &BTreeSet<&str>) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("[^n") {
        let Some(end) = rest[at..].find(']') else {
            break;
        };
        let mark = &rest[at + 3..at + end];
        out.push_str(&rest[..at]);
        if notes.contains(mark) {
            out.push_str(&rest[at..=at + end]);
        } else {
            out.extend(
                mark.chars()
                    .filter_map(|c| c.to_digit(10))
                    .filter_map(|digit| DIGITS.get(digit as usize)),
            );
        }
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}

/// Turns headings with nothing below them into paragraphs: a section must have content.
fn close(section: &mut Section) {
    let mut index = 0;
    while index < section.sections.len() {
        close(&mut section.sections[index]);
        if !section.sections[index].is_empty() {
            index += 1;
            continue;
        }
        let empty = section.sections.remove(index);
        let title = super::inline::commonmark(&empty.title.unwrap_or_default(), &BTreeSet::new());
        let text = format!("**{title}**");
        match index.checked_sub(1) {
            Some(before) => section.sections[before].last_text().push(text),
            None if section.talks.is_empty() => section.text.push(text),
            None => section.last_text_here().push(text),
        }
    }
}

impl Section {
    fn last_text_here(&mut self) -> &mut Vec<String> {
        match self.talks.last_mut() {
            Some(talk) => &mut talk.text,
            None => &mut self.text,
        }
    }
}

/// A chapter without content is the first half of the next one's title.
fn join_empty(chapters: &mut Vec<Chapter>) {
    let mut index = 0;
    while index < chapters.len() {
        if !chapters[index].body.is_empty() || chapters.len() == 1 {
            index += 1;
            continue;
        }
        let empty = chapters.remove(index);
        match chapters.get_mut(index) {
            Some(next) if next.kind != Kind::Meeting => {
                next.title = format!("{} – {}", empty.title, next.title);
                next.body
                    .checks
                    .push("the text has two headings here, and nothing between them".to_owned());
            }
            Some(next) => next.body.text.insert(0, format!("**{}**", empty.title)),
            None => {
                if let Some(last) = chapters.last_mut() {
                    last.body.last_text().push(format!("**{}**", empty.title));
                }
            }
        }
    }
}

fn front(chapters: &mut [Chapter], words: &Words) {
    for chapter in chapters {
        if chapter.kind != Kind::Section || !is_one(&chapter.title, &words.front) {
            break;
        }
        chapter.front = true;
    }
}

/// A single word in capitals is a word; more than one may hold short forms.
fn sentence_case(title: &str) -> String {
    let single = !title.contains(' ') && title.chars().count() > 5;
    if !single || title.to_uppercase() != title {
        return title.to_owned();
    }
    let mut letters = title.chars();
    let first = letters.next().into_iter();
    first
        .chain(letters.as_str().to_lowercase().chars())
        .collect()
}

/// The name in a heading such as “Members of the Fund”.
pub(super) fn named_in<'t>(title: &'t str, heads: &[String]) -> Option<&'t str> {
    let rest = behind(title, heads)?.trim();
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    (!rest.is_empty()).then_some(rest)
}
