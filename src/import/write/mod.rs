//! Parts to files: YAML as a careful person writes it, a file per chapter, the registries sorted.

pub(super) mod title_matter;
pub(super) mod yaml;

use self::title_matter::report;
use self::yaml::{Fields, Yaml, file, head, optional, plain, text, word};
use crate::import::build::parts::{Chapter, PartKind, Parts, Passage, Section, Talk};
use crate::import::ids::slug;
use crate::import::outline::{Outline, SourceBlock, SourceFigure, SourceTable};
use crate::import::read::inline::{escape, without_formulas};
use crate::import::recognise::registry::{Organisation, Person};
use crate::import::words::{Words, is_one};
use crate::layout::Strings;

/// Files of their own, in addition to the chapters.
const OWN: [&str; 6] = [
    "report",
    "people",
    "organisations",
    "acronyms",
    "references",
    "gmg-export",
];

/// Paths and texts of all files.
pub(crate) fn files(
    outline: &Outline,
    parts: &Parts,
    title: &str,
    strings: &Strings,
    words: &Words,
) -> Vec<(String, String)> {
    let paths: Vec<String> = parts
        .chapters
        .iter()
        .map(|chapter| path(chapter, strings))
        .collect();
    let mut files = vec![(
        "report.yaml".to_owned(),
        report(outline, parts, title, &paths, words),
    )];
    if !parts.registry.people.is_empty() {
        let people = parts.registry.people.iter().map(person).collect();
        files.push(one(
            "people",
            "Everyone whom the chapters name by id, once.",
            people,
        ));
    }
    let bodies: Vec<Yaml> = parts.written().map(organisation).collect();
    if !bodies.is_empty() {
        files.push(one(
            "organisations",
            "Every body and state that the chapters name by id, once.",
            bodies,
        ));
    }
    if !parts.registry.acronyms.is_empty() {
        let acronyms = parts.registry.acronyms.iter().map(|(acronym, expansion)| {
            let mut fields = Fields::default();
            fields
                .add("acronym", plain(acronym))
                .add("expansion", plain(expansion));
            fields.map()
        });
        files.push(one(
            "acronyms",
            "Short forms that are no organisation’s.",
            acronyms.collect(),
        ));
    }
    for (chapter, path) in parts.chapters.iter().zip(&paths) {
        files.push((path.clone(), chapter_file(chapter, path, strings, words)));
    }
    files
}

fn one(kind: &'static str, what: &str, list: Vec<Yaml>) -> (String, String) {
    let mut fields = Fields::default();
    fields.add(kind, Yaml::List(list));
    (
        format!("{kind}.yaml"),
        file(&head(kind, "", what), &fields.map()),
    )
}

fn path(chapter: &Chapter, strings: &Strings) -> String {
    match chapter.kind {
        PartKind::Meeting => {
            let index = usize::try_from(chapter.facts.ordinal)
                .unwrap_or(1)
                .saturating_sub(1);
            let label = strings
                .meetings
                .get(index)
                .and_then(|label| label.split(' ').next());
            let name = label.map_or_else(|| chapter.id.clone(), slug);
            format!("meetings/{name}.yaml")
        }
        PartKind::Appendix => format!("appendix-{}.yaml", chapter.id),
        PartKind::Section if OWN.contains(&chapter.id.as_str()) => {
            format!("chapter-{}.yaml", chapter.id)
        }
        PartKind::Section => format!("{}.yaml", chapter.id),
    }
}

fn person(person: &Person) -> Yaml {
    let mut fields = Fields::default();
    fields.checked("id", word(&person.id), &person.checks);
    fields.add("name", plain(&person.name));
    fields.add("honorific", plain(&person.honorific));
    fields.add("post", plain(&person.post));
    fields.add(
        "organisation",
        word(person.organisation.as_deref().unwrap_or_default()),
    );
    fields.map()
}

fn organisation(one: &Organisation) -> Yaml {
    let mut fields = Fields::default();
    fields.checked("id", word(&one.id), &one.checks);
    fields
        .add("name", plain(&one.name))
        .add("acronym", optional(&one.acronym));
    fields.add("kind", word(&one.kind));
    fields.add(
        "member_of",
        Yaml::Flow(one.member_of.iter().cloned().collect()),
    );
    fields.map()
}

/// The title for running heads, which have one line: its first part, or as much as there is room for.
fn short_title(title: &str, words: &Words) -> Option<String> {
    const ROOM: usize = 60;
    let count = |text: &str| text.chars().count();
    if count(title) <= ROOM {
        return None;
    }
    let fits = |part: &&str| (ROOM / 4..=ROOM).contains(&count(part));
    let signs = [": ", " - ", " – ", " — ", "; "].into_iter();
    let parts = signs.filter_map(|sign| title.split_once(sign));
    let part = parts.map(|(part, _)| part.trim()).filter(fits);
    let part = part.max_by_key(|part| part.len());
    let phrase = || phrases(title, words).filter(fits).last();
    let cut = || {
        let mut short = String::new();
        for word in title.split(' ') {
            if count(&short) + count(word) + 3 > ROOM {
                break;
            }
            short.push_str(word);
            short.push(' ');
        }
        format!("{short}…")
    };
    Some(part.or_else(phrase).map_or_else(cut, str::to_owned))
}

/// What a title says before each of its small words such as “in”: every one is sound by itself.
fn phrases<'t>(title: &'t str, words: &Words) -> impl Iterator<Item = &'t str> {
    let small = |word: &str| is_one(word, &words.small);
    let links = |word: &str| is_one(word, &words.and) || is_one(word, &words.articles);
    let gaps = title.match_indices(' ').map(|(at, _)| at);
    gaps.filter_map(move |at| {
        let before = &title[..at];
        let last = before.rsplit(' ').next().unwrap_or_default();
        let next = title[at + 1..].split(' ').next().unwrap_or_default();
        let sound = small(next) && !links(next) && !small(last) && !links(last);
        sound.then(|| before.trim_end_matches(','))
    })
}

fn chapter_file(chapter: &Chapter, path: &str, strings: &Strings, words: &Words) -> String {
    let mut fields = Fields::default();
    fields.add("id", word(&chapter.id));
    if chapter.kind == PartKind::Meeting {
        fields.add("ordinal", word(&chapter.facts.ordinal.to_string()));
    }
    fields.checked(
        "title",
        text(&literally(&chapter.title)),
        &chapter.body.checks,
    );
    fields.add("short_title", optional(&short_title(&chapter.title, words)));
    if chapter.front {
        fields.add("front", word("true"));
    }
    if chapter.kind == PartKind::Meeting {
        facts(chapter, &mut fields);
    }
    content(&chapter.body, &mut fields, strings);
    let notes = chapter.notes.iter().map(|(id, note)| {
        let mut fields = Fields::default();
        fields
            .add("id", word(id))
            .add("text", Yaml::Prose(vec![note.clone()]));
        fields.map()
    });
    if !chapter.notes.is_empty() {
        fields.add("footnotes", Yaml::List(notes.collect()));
        fields.apart();
    }
    let kind = match chapter.kind {
        PartKind::Section => "section",
        PartKind::Meeting => "meeting",
        PartKind::Appendix => "appendix",
    };
    let mut whole = Fields::default();
    whole.add(kind, fields.map());
    let up = if path.contains('/') { "../" } else { "" };
    file(
        &head(
            "chapter",
            up,
            "Speakers and organisations are named here by their ids.",
        ),
        &whole.map(),
    )
}

fn facts(chapter: &Chapter, fields: &mut Fields) {
    let facts = &chapter.facts;
    fields
        .add("date", word(&facts.date))
        .add("time", word(facts.time.as_deref().unwrap_or_default()));
    let mut venue = Fields::default();
    venue
        .add("room", optional(&facts.room))
        .add("building", optional(&facts.building))
        .add("city", optional(&facts.city));
    fields.add("venue", venue.map());
    fields.add("co_organisers", Yaml::Flow(facts.organisers.clone()));
    fields.add(
        "in_collaboration_with",
        Yaml::Flow(facts.collaboration.clone()),
    );
    let chairs = facts.chairs.iter().map(|(body, person)| {
        let mut fields = Fields::default();
        fields
            .add("organisation", word(body))
            .add("person", word(person.as_deref().unwrap_or_default()));
        fields.map()
    });
    fields.add("co_chairs", Yaml::List(chairs.collect()));
    fields.add(
        "rapporteur",
        word(facts.rapporteur.as_deref().unwrap_or_default()),
    );
    fields.add("took_the_floor", Yaml::Flow(facts.floor.clone()));
}

/// Text, interventions and sections, which chapters and sections have in the same order.
fn content(section: &Section, fields: &mut Fields, strings: &Strings) {
    passages(&section.text, fields);
    fields.add(
        "interventions",
        Yaml::List(section.talks.iter().map(talk).collect()),
    );
    let sections = section
        .sections
        .iter()
        .map(|inner| self::section(inner, strings))
        .collect();
    if !section.sections.is_empty() {
        fields.add("sections", Yaml::List(sections));
        fields.apart();
    }
}

/// A title of a plain text as the running text of a source.
pub(super) fn literally(title: &str) -> String {
    let entity = title.contains('&') && title.contains(';');
    if !entity && !title.contains(['*', '_', '`', '[', '<', '~', '^', '\\', '$']) {
        return title.to_owned();
    }
    let mut escaped = String::new();
    title.chars().for_each(|c| escape(c, &mut escaped));
    without_formulas(escaped)
}

fn section(section: &Section, strings: &Strings) -> Yaml {
    let own = match section.kind {
        "summary" => Some(&strings.summary),
        "opening" => Some(&strings.opening),
        "speakers" => Some(&strings.speakers_section),
        "debate" => Some(&strings.debate),
        "closing" => Some(&strings.closing),
        _ => None,
    };
    let title = section.title.as_ref().filter(|title| Some(*title) != own);
    let mut fields = Fields::default();
    fields.add("id", word(section.id.as_deref().unwrap_or_default()));
    // A section without a kind has its checks at its title.
    let (of_kind, of_title): (&[String], &[String]) = match section.kind {
        "" => (&[], &section.checks),
        _ => (&section.checks, &[]),
    };
    fields.checked("kind", word(section.kind), of_kind);
    let title = title.map(|title| literally(title)).unwrap_or_default();
    fields.checked("title", text(&title), of_title);
    fields.add("moderators", Yaml::Flow(section.moderators.clone()));
    content(section, &mut fields, strings);
    fields.map()
}

fn talk(talk: &Talk) -> Yaml {
    let mut fields = Fields::default();
    fields.checked("speaker", word(&talk.speaker), &talk.checks);
    fields
        .add("capacity", optional(&talk.capacity))
        .add("post", optional(&talk.post));
    passages(&talk.text, &mut fields);
    fields.map()
}

/// Text, and from the first block with fields of its own on everything as blocks.
fn passages(passages: &[Passage], fields: &mut Fields) {
    let is_prose = |passage: &Passage| matches!(passage, Passage::Prose(_));
    let mut runs = passages
        .chunk_by(|one, other| is_prose(one) && is_prose(other))
        .peekable();
    if let Some(run) = runs.next_if(|run| is_prose(&run[0])) {
        fields.add("text", prose(run));
    }
    let block = |run: &[Passage]| {
        let mut fields = Fields::default();
        match &run[0] {
            Passage::Prose(_) => fields.add("text", prose(run)),
            Passage::Block(block) => source_block(block, &mut fields),
        };
        fields.map()
    };
    fields.add("blocks", Yaml::List(runs.map(block).collect()));
}

fn prose(run: &[Passage]) -> Yaml {
    let text = |passage: &Passage| match passage {
        Passage::Prose(text) => Some(text.clone()),
        Passage::Block(_) => None,
    };
    Yaml::Prose(run.iter().filter_map(text).collect())
}

fn source_block<'f>(block: &SourceBlock, fields: &'f mut Fields) -> &'f mut Fields {
    let mut inner = Fields::default();
    match block {
        SourceBlock::Definitions(list) => {
            let entry = |(term, meaning): &(String, String)| {
                let mut fields = Fields::default();
                fields.add("term", text(term));
                fields.add("text", Yaml::Prose(vec![meaning.clone()]));
                fields.map()
            };
            fields.add("definitions", Yaml::List(list.iter().map(entry).collect()))
        }
        SourceBlock::Box {
            title,
            text: inside,
        } => {
            inner.add("title", text(title));
            inner.add("text", Yaml::Prose(inside.clone()));
            fields.add("box", inner.map())
        }
        SourceBlock::Code { label, text } => {
            inner.add("label", plain(label));
            inner.add("text", Yaml::Typed(text.clone()));
            fields.add("code", inner.map())
        }
        SourceBlock::Table(table) => fields.add("table", self::table(table)),
        SourceBlock::Figures(list) => match list.as_slice() {
            [one] => fields.add("figure", figure(one)),
            all => fields.add("figures", Yaml::List(all.iter().map(figure).collect())),
        },
        SourceBlock::Pull { text, attribution } => {
            inner.add("pull", word("true"));
            inner.add("text", Yaml::Prose(text.clone()));
            inner.add("attribution", optional(attribution));
            fields.add("quote", inner.map())
        }
    }
}

fn table(table: &SourceTable) -> Yaml {
    let mut fields = Fields::default();
    fields.add("caption", text(&table.caption));
    if table.aligns.iter().any(|align| !align.is_empty()) {
        let column = |align: &&'static str| {
            let mut fields = Fields::default();
            fields.add("align", word(if align.is_empty() { "left" } else { align }));
            fields.map()
        };
        fields.add(
            "columns",
            Yaml::List(table.aligns.iter().map(column).collect()),
        );
    }
    let (heads, body) = table.rows.split_at(table.heads);
    for (key, rows) in [("header", heads), ("rows", body)] {
        fields.add(key, Yaml::List(rows.iter().map(|row| cells(row)).collect()));
    }
    if table.row_headers {
        fields.add("row_headers", word("true"));
    }
    fields.map()
}

/// A row; one with lists in its cells has a line for each.
fn cells(row: &[String]) -> Yaml {
    let cell = |words: &String| match words.contains('\n') {
        true => Yaml::Prose(words.split("\n\n").map(str::to_owned).collect()),
        false => text(words),
    };
    match row.iter().any(|cell| cell.contains('\n')) {
        true => Yaml::List(row.iter().map(cell).collect()),
        false => Yaml::Row(row.to_vec()),
    }
}

fn figure(figure: &SourceFigure) -> Yaml {
    let mut fields = Fields::default();
    fields.add("image", text(&figure.image));
    fields.add("alt", plain(&figure.alt));
    fields.add("caption", text(&figure.caption));
    fields.map()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::english;

    #[test]
    fn a_running_head_is_cut_where_a_phrase_ends() {
        let words = english().unwrap();
        let short = |title: &str| short_title(title, &words);
        assert_eq!(short("On pumps"), None);
        for (title, head) in [
            (
                "Repairing the pumps of all villages and farms in places far from any road or river",
                "Repairing the pumps of all villages and farms",
            ),
            (
                "Repairing pumps everywhere – what farms in places far from any road need",
                "Repairing pumps everywhere",
            ),
            (
                "Repairing pumps everywhere always notwithstanding unusually heavy rain",
                "Repairing pumps everywhere always notwithstanding …",
            ),
        ] {
            assert_eq!(short(title).as_deref(), Some(head));
        }
    }
}
