//! Words that the program sets from fields of a chapter: the facts of a meeting, the posts of those who spoke there, and who
//! spoke. They name no place of the source, but stand below words that do.

use super::{CHANGED, Planned, Planner, parts};
use crate::base::diagnostic::Location;
use crate::document::Origin;
use crate::review::files::Edit;
use crate::review::names::replaced;
use crate::review::{Change, Refused};
use crate::source::schema::{Chapter, Intervention, Literal, Section};

/// Fields by their paths.
type Fields<'s> = Vec<(String, &'s Literal)>;
/// A file, a field of it, a range of what that says, and what is to stand there.
type Found = (String, String, std::ops::Range<usize>, String);

impl<'p> Planner<'p> {
    /// The place above a paragraph of the old file, within what the source has there.
    pub(super) fn above(&self, old: usize) -> Option<&'p Origin> {
        for paragraph in self.old.paragraphs[..=old].iter().rev() {
            match paragraph.anchors.first() {
                Some((name, _)) => return self.origins.get(parts(name).0).copied(),
                // What stands under a heading of the program belongs to nothing above it.
                None if paragraph.level.is_some() && !self.is_person(&paragraph.text()) => {
                    return None;
                }
                None => {}
            }
        }
        None
    }

    fn is_person(&self, text: &str) -> bool {
        let people = &self.now.source.people.content.people;
        people
            .iter()
            .any(|one| text.contains(one.name.value.trim()))
    }

    /// Plans a change of words that stand in a field of the chapter, if they do.
    pub(super) fn is_fact(&mut self, mut change: Change, old: usize, new: usize) -> bool {
        let Some((file, field, range, text)) = self
            .speaker(old, &change)
            .or_else(|| self.fact(old, &change))
        else {
            return false;
        };
        let line = self.files.line(&file, &field).unwrap_or(0);
        change.place = Some(Location {
            line: u32::try_from(line).unwrap_or(0),
            ..Location::whole(self.now.source.path(&file))
        });
        if !self.is_same {
            change.refused = Some(Refused::Clash(CHANGED.to_owned()));
        }
        let edit = Edit::Text {
            file,
            field,
            range,
            text,
        };
        let edits = change.refused.is_none().then_some(edit);
        self.push(Planned {
            change,
            edits: edits.into_iter().collect(),
            new: vec![new],
        });
        true
    }

    /// The one field of the chapter that says what was changed.
    fn fact(&self, old: usize, change: &Change) -> Option<Found> {
        let file = &self.above(old)?.file;
        let source = &self.now.source;
        let mut chapters = source.chapters.iter();
        let chapter = chapters.find(|chapter| source.folder.below(&chapter.path) == file)?;
        let mut found: Vec<(String, usize, String)> = Vec::new();
        for (field, value) in fields(&chapter.content) {
            let said = value.value.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(new) = replaced(&change.old, &change.new, &said) {
                found.push((field, said.len(), new));
            }
        }
        // The longest has most of what stands around the change.
        let most = found.iter().map(|(_, length, _)| *length).max()?;
        found.retain(|(_, length, _)| *length == most);
        let [(field, _, new)] = found.as_slice() else {
            return None;
        };
        let length = self.files.says(file, field)?.len();
        Some((file.clone(), field.clone(), 0..length, new.clone()))
    }

    /// Who speaks, where the name of a speaker became that of another person.
    fn speaker(&self, old: usize, change: &Change) -> Option<Found> {
        let people = &self.now.source.people.content.people;
        let name = |text: &str| {
            let mut found = people.iter().filter(|one| one.name.value.trim() == text);
            found.next().filter(|_| found.next().is_none())
        };
        let (before, after) = (name(&change.old)?, name(&change.new)?);
        let below = self.old.paragraphs[old..].iter();
        let origin = below
            .flat_map(|paragraph| &paragraph.anchors)
            .find_map(|(name, _)| self.origins.get(parts(name).0).copied())?;
        let path = origin.place.field.as_str();
        let start = path.rfind("interventions[")?;
        let end = start + path[start..].find(']')? + 1;
        let field = format!("{}.speaker", &path[..end]);
        let id = self.files.says(&origin.file, &field)?;
        (id.trim() == before.id.value).then(|| {
            let range = 0..id.len();
            (origin.file.clone(), field, range, after.id.value.clone())
        })
    }
}

/// The fields of a chapter whose words stand in what the program makes.
fn fields(chapter: &Chapter) -> Fields<'_> {
    let mut found = Fields::new();
    match chapter {
        Chapter::Meeting(meeting) => {
            if let Some(venue) = &meeting.venue {
                for (key, value) in [
                    ("room", &venue.room),
                    ("building", &venue.building),
                    ("city", &venue.city),
                    ("country", &venue.country),
                ] {
                    let field = format!("meeting.venue.{key}");
                    found.extend(value.as_ref().map(|value| (field, value)));
                }
            }
            for (index, fact) in meeting.facts.iter().enumerate() {
                let field = |key: &str| format!("meeting.facts[{index}].{key}");
                found.push((field("label"), &fact.label));
                found.push((field("value"), &fact.value));
            }
            inner("meeting", &meeting.sections, &mut found);
        }
        Chapter::Section(one) | Chapter::Appendix(one) => {
            let top = match chapter {
                Chapter::Section(_) => "section",
                _ => "appendix",
            };
            posts(top, &one.interventions, &mut found);
            inner(top, &one.sections, &mut found);
        }
    }
    found
}

fn inner<'s>(path: &str, sections: &'s [Section], found: &mut Fields<'s>) {
    for (index, one) in sections.iter().enumerate() {
        section(&format!("{path}.sections[{index}]"), one, found);
    }
}

fn section<'s>(path: &str, section: &'s Section, found: &mut Fields<'s>) {
    posts(path, &section.interventions, found);
    inner(path, &section.sections, found);
}

/// The posts of those who speak.
fn posts<'s>(path: &str, interventions: &'s [Intervention], found: &mut Fields<'s>) {
    for (index, one) in interventions.iter().enumerate() {
        for (key, value) in [("capacity", &one.capacity), ("post", &one.post)] {
            let field = format!("{path}.interventions[{index}].{key}");
            found.extend(value.as_ref().map(|value| (field, value)));
        }
    }
}
