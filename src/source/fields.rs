//! The known fields, to suggest for an unknown one what was probably meant and where it belongs.

use std::collections::BTreeMap;

use super::schema;
use crate::base::diagnostic::did_you_mean;

/// Words that writers use for a field of another name.
const OTHER_WORDS: &[(&str, &str)] = &[
    (
        "speakers",
        "people who spoke belong in `interventions` of a section, one `speaker` each",
    ),
    ("paragraph", "text belongs in `text`"),
    ("paragraphs", "text belongs in `text`"),
    ("body", "text belongs in `text`"),
    (
        "content",
        "text belongs in `text`, tables and figures in `blocks`",
    ),
    ("panels", "a panel is a section with `kind: panel`"),
    ("panel", "a panel is a section with `kind: panel`"),
    ("subtitle", "only report.yaml has a subtitle"),
    (
        "number",
        "meetings have an `ordinal`; everything else is numbered by the program",
    ),
    ("chair", "who chaired a meeting belongs in `co_chairs`"),
    ("chairs", "who chaired a meeting belongs in `co_chairs`"),
    ("location", "where a meeting was held belongs in `venue`"),
    ("place", "where a meeting was held belongs in `venue`"),
    (
        "footnote",
        "a footnote on a title belongs in `note`, others in the text or in `footnotes` of the chapter",
    ),
    (
        "lang",
        "the language of a report or a quotation belongs in `language`",
    ),
];

/// What to do about an unknown field.
pub(super) fn hints(field: &str, expected: &[&'static str]) -> Vec<String> {
    if let Some(near) = did_you_mean(field, expected.iter().copied()) {
        return vec![near];
    }
    let mut hints = Vec::new();
    let all = all_fields();
    // A layout, a file of words or of settings has none of the report's fields.
    let of_source =
        |known: &Vec<String>| expected.iter().all(|one| known.iter().any(|it| it == one));
    let of_source = all.values().any(of_source);
    let word = OTHER_WORDS.iter().find(|(word, _)| *word == field);
    if let Some((_, word)) = word.filter(|_| of_source) {
        hints.push((*word).to_owned());
    } else if of_source {
        let places = known_places(field, &all);
        if !places.is_empty() {
            hints.push(format!(
                "`{field}` is a field of {}",
                places.join(" and of ")
            ));
        }
    }
    hints.push(format!("the fields here are: {}", expected.join(", ")));
    hints
}

/// What has a field of that name.
fn known_places(field: &str, all: &BTreeMap<String, Vec<String>>) -> Vec<&'static str> {
    let mut places = Vec::new();
    for (name, known) in all {
        if let Some((_, place)) = PLACES.iter().find(|(key, _)| key == name)
            && known.iter().any(|known| known == field)
            && !places.contains(place)
        {
            places.push(*place);
        }
    }
    places
}

/// What the types are called in the files.
const PLACES: &[(&str, &str)] = &[
    ("Report", "report.yaml"),
    ("Identifiers", "`identifiers` in report.yaml"),
    ("Person", "a person in people.yaml"),
    ("Organisation", "an organisation in organisations.yaml"),
    ("Acronym", "an acronym in acronyms.yaml"),
    ("PlainChapter", "a `section` or `appendix` file"),
    ("Meeting", "a `meeting` file"),
    ("Venue", "`venue`"),
    ("CoChair", "an item of `co_chairs`"),
    ("Section", "an item of `sections`"),
    ("Intervention", "an item of `interventions`"),
    ("Footnote", "an item of `footnotes`"),
    ("Table", "a `table` block"),
    ("Column", "an item of `columns` of a table"),
    ("Figure", "a `figure` block"),
    ("Quote", "a `quote` block"),
];

/// The fields of every type, from the types themselves.
fn all_fields() -> BTreeMap<String, Vec<String>> {
    let schemas = [
        schemars::schema_for!(schema::Report),
        schemars::schema_for!(schema::People),
        schemars::schema_for!(schema::Organisations),
        schemars::schema_for!(schema::Acronyms),
        schemars::schema_for!(schema::Chapter),
    ];
    let mut all = BTreeMap::new();
    let mut add = |name: &str, schema: &serde_json::Value| {
        if let Some(properties) = schema.get("properties").and_then(|value| value.as_object()) {
            all.insert(name.to_owned(), properties.keys().cloned().collect());
        }
    };
    for schema in schemas {
        let value = schema.to_value();
        let title = value
            .get("title")
            .and_then(|title| title.as_str())
            .unwrap_or_default();
        add(title, &value);
        if let Some(definitions) = value.get("$defs").and_then(|value| value.as_object()) {
            for (name, schema) in definitions {
                add(name, schema);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_names_a_type_that_there_is() {
        let all = all_fields();
        for (name, _) in PLACES {
            assert!(all.contains_key(*name), "{name}: {:?}", all.keys());
        }
    }

    #[test]
    fn a_field_of_another_place_is_led_there() {
        assert_eq!(
            hints("co_organizers", &["co_organisers", "id"]),
            ["did you mean `co_organisers`?"]
        );
        assert_eq!(
            hints("moderators", &["id", "date"])[0],
            "`moderators` is a field of an item of `sections`"
        );
        assert!(hints("speakers", &["id", "sections"])[0].contains("`interventions`"));
        assert_eq!(
            hints("paper", &["extends", "page"]),
            ["the fields here are: extends, page"]
        );
    }
}
