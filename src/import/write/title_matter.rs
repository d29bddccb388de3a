//! The file `report.yaml`: title matter, and what the text does not say of itself.

use super::literally;
use super::yaml::{Fields, Yaml, file, head, optional, plain, text, unmarked, word};
use crate::document::{self, placeholder};
use crate::import::build::parts::Parts;
use crate::import::ids::slug;
use crate::import::outline::{Front, Outline};
use crate::import::read::inline::commonmark;
use crate::import::read::marks::Marks;
use crate::import::recognise::dates;
use crate::import::words::Words;

/// The text of the file; `paths` are those of the chapters.
pub(crate) fn report(
    outline: &Outline,
    parts: &Parts,
    title: &str,
    paths: &[String],
    words: &Words,
) -> String {
    let front = &outline.front;
    let mut fields = Fields::default();
    let language = front
        .language
        .clone()
        .unwrap_or_else(|| words.language.clone());
    let unsure = |known: bool, what: &str| {
        if known {
            Vec::new()
        } else {
            vec![what.to_owned()]
        }
    };
    fields.add("id", word(&slug(title)));
    fields.checked(
        "language",
        word(&language),
        &unsure(
            front.language.is_some(),
            "en-GB, en-US … have hyphenation of their own",
        ),
    );
    let mut checks = front.checks.clone();
    if title == placeholder::TITLE {
        checks.push("the text does not say its title".to_owned());
    }
    if document::has_markup(title) {
        checks.push(format!(
            "the title is “{title}” in the text; signs of markup have no place here"
        ));
    }
    fields.checked("title", plain(title), &checks);
    fields.apart();
    // Without their signs of markup the lines may be another title.
    let lines: Vec<String> = front.title.iter().map(|line| unmarked(line)).collect();
    if lines.len() > 1 && lines.join(" ") == unmarked(title) {
        fields.add(
            "title_lines",
            Yaml::List(lines.iter().map(|line| text(line)).collect()),
        );
    }
    fields.add("subtitle", optional(&front.subtitle));
    let (date, why) = date(outline, parts, words);
    fields.checked("date", word(&date), &why);
    let publisher = front
        .publisher
        .clone()
        .unwrap_or_else(|| placeholder::PUBLISHER.to_owned());
    fields.checked(
        "publisher",
        plain(&publisher),
        &unsure(
            front.publisher.is_some(),
            "the text does not say who publishes it",
        ),
    );
    let credit = front.credit.as_deref().unwrap_or_default();
    fields.add("credit", text(&literally(credit)));
    fields.add("author", optional(&front.author));
    let description = description(title, front);
    fields.checked(
        "description",
        plain(&description),
        &unsure(
            front.description.is_some(),
            "one sentence that says what the document is; this is its title",
        ),
    );
    fields.apart();
    let right = front.copyright.clone();
    let right = right.unwrap_or_else(|| placeholder::RIGHTS.to_owned());
    fields.checked(
        "copyright",
        plain(&right),
        &unsure(
            front.copyright.is_some(),
            "the text does not say who holds the rights",
        ),
    );
    fields.apart();
    let imprint = if front.imprint.is_empty() {
        vec![commonmark(&description, &Marks::default())]
    } else {
        front.imprint.clone()
    };
    fields.checked(
        "imprint",
        Yaml::Prose(imprint),
        &unsure(!front.imprint.is_empty(), "the text has no imprint"),
    );
    let keywords = front.keywords.iter().map(|keyword| plain(keyword));
    fields.add("keywords", Yaml::List(keywords.collect()));
    fields.add(
        "contents",
        Yaml::List(paths.iter().map(|path| text(path)).collect()),
    );
    fields.apart();
    file(
        &head(
            "report",
            "",
            "What the publication is, and the order of its chapters.",
        ),
        &fields.map(),
    )
}

fn description(title: &str, front: &Front) -> String {
    match (&front.description, &front.subtitle) {
        (Some(description), _) => description.clone(),
        (None, Some(subtitle)) => format!("{title} {subtitle}"),
        (None, None) => title.to_owned(),
    }
}

/// The day of publication, or the likeliest.
fn date(outline: &Outline, parts: &Parts, words: &Words) -> (String, Vec<String>) {
    if let Some(date) = &outline.front.date {
        return (date.clone(), Vec::new());
    }
    let why = |what: &str| {
        vec![format!(
            "the text does not say when it was published; this is {what}"
        )]
    };
    let meetings = parts
        .chapters
        .iter()
        .map(|chapter| &chapter.facts.date)
        .filter(|date| !date.is_empty());
    if let Some(date) = meetings.max() {
        let last = date.rsplit('/').next().unwrap_or(date);
        return (last.to_owned(), why("the day of the last meeting"));
    }
    let what = match dates::last(&outline.running, words) {
        Some(date) => format!(
            "the text does not say when it was published; the last day that it names is {date}"
        ),
        None => "the text does not say when it was published".to_owned(),
    };
    (placeholder::DATE.to_owned(), vec![what])
}
