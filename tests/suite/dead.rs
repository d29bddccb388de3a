//! Nothing that does nothing: every field of the source reaches the document, and every field of the document, every
//! design token and every fixed word is read by a backend or a template.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gmg_export::app::schema;
use gmg_export::base::diagnostic::Diagnostics;
use gmg_export::document::{self, Document};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::source::{self, Folder};
use serde_json::{Value, json};

use crate::made::{harbour, project};

/// Fields that others take than the document: releases have a list of their own.
const ELSEWHERE: [&str; 2] = ["ReleaseItem.", "Report.release"];
/// Fields that cannot be another by themselves: names and lists of what others name, and what must agree with
/// another field.
const BOUND: [&str; 22] = [
    "Block.",
    "Chapter.",
    "Chart.categories",
    "Chart.file",
    "Chart.table",
    "Cover.decorative",
    "Cover.image",
    "Figure.decorative",
    "Figure.image",
    "Meeting.footnotes",
    "Meeting.ordinal",
    "Organisation.logo",
    "Organisations.organisations",
    "People.people",
    "PlainChapter.footnotes",
    "Report.contents",
    "Report.language",
    "Report.title",
    "Series.values",
    "Signature.image",
    "Table.file",
    "Table.notes",
];

/// Every file of the folder as data, by path.
fn files(folder: &Path, below: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let (path, entry) = (entry.as_ref().unwrap().path(), entry.as_ref().unwrap());
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        match path.is_dir() {
            true => files(&path, &format!("{name}/"), found),
            false => drop(found.insert(name, std::fs::read(&path).unwrap())),
        }
    }
}

fn resolved(files: &BTreeMap<String, Vec<u8>>) -> Result<Document, Diagnostics> {
    let source = source::read(&Folder::in_memory(files.clone()))?;
    let strings = layout::strings(&source.report.content.language.value)?;
    Ok(document::resolve(&source, &strings)?.0)
}

/// A value of a schema with its definition looked up, and the names of the fields on the way.
struct Schema(Value);

impl Schema {
    fn of(kind: &str) -> Self {
        let text = schema::Kind::find(kind).unwrap().text();
        Schema(serde_json::from_str(&text).unwrap())
    }

    /// The definitions that a piece of the schema stands for, each with its name.
    fn targets<'a>(&'a self, piece: &'a Value, name: &'a str) -> Vec<(&'a str, &'a Value)> {
        let mut all = Vec::new();
        if let Some(reference) = piece["$ref"].as_str() {
            let name = reference.trim_start_matches("#/definitions/");
            all.extend(self.targets(&self.0["definitions"][name], name));
        }
        for choice in ["anyOf", "oneOf", "allOf"] {
            for one in piece[choice].as_array().into_iter().flatten() {
                all.extend(self.targets(one, name));
            }
        }
        if piece["properties"].is_object()
            || piece["items"].is_object()
            || piece["enum"].is_array()
            || piece["oneOf"].is_array()
        {
            all.push((name, piece));
        }
        all
    }

    /// Every field of `value`, as its definition and name, with the pointer to it and the piece that it is held to.
    fn fields<'a>(
        &'a self,
        value: &Value,
        piece: &'a Value,
        name: &'a str,
        pointer: &str,
        found: &mut Vec<(String, String, &'a Value)>,
    ) {
        for (name, target) in self.targets(piece, name) {
            for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                self.fields(
                    item,
                    &target["items"],
                    name,
                    &format!("{pointer}/{index}"),
                    found,
                );
            }
            for (key, inner) in value.as_object().into_iter().flatten() {
                let Some(field) = target["properties"].get(key) else {
                    continue;
                };
                let pointer = format!("{pointer}/{key}");
                found.push((format!("{name}.{key}"), pointer.clone(), field));
                self.fields(inner, field, name, &pointer, found);
            }
        }
    }

    /// The names of all fields of all definitions.
    fn all(&self, root: &str) -> BTreeSet<String> {
        let definitions = self.0["definitions"].as_object().into_iter().flatten();
        let definitions = definitions.map(|(name, piece)| (name.as_str(), piece));
        let mut all = BTreeSet::new();
        for (name, piece) in definitions.chain([(root, &self.0)]) {
            for (name, target) in self.targets(piece, name) {
                let keys = target["properties"].as_object().into_iter().flatten();
                all.extend(keys.map(|(key, _)| format!("{name}.{key}")));
            }
        }
        all
    }

    /// Other values that may stand where this one stands.
    fn others(&self, value: &Value, piece: &Value) -> Vec<Value> {
        let mut others = Vec::new();
        for (_, target) in self.targets(piece, "") {
            let words = target["enum"].as_array().into_iter().flatten();
            let choices = target["oneOf"].as_array().into_iter().flatten();
            let words = words.chain(choices.map(|one| &one["const"]));
            others.extend(words.filter(|word| word.is_string()).cloned());
        }
        others.retain(|other| other != value);
        match value {
            Value::String(text) => others.extend([
                json!(format!("{text} X")),
                json!(format!("{text}x")),
                json!("2001-02-03"),
                json!("oan"),
                json!("iee"),
            ]),
            Value::Bool(is) => others.push(json!(!is)),
            Value::Number(number) => others.push(json!(number.as_f64().unwrap() as i64 + 1)),
            Value::Array(items) if items.len() > 1 => others.push(items[1..].into()),
            _ => {}
        }
        others
    }
}

/// What of the report reaches no backend: fields of the source that can be another or left out, and the document as
/// backends see it, by `seen`, stays the same. Looks at the files whose names end with `file`. Fields that the sample does not have are there as well.
fn unseen(file: &str, seen: impl Fn(&Document) -> Value) -> BTreeSet<String> {
    let mut sample = BTreeMap::new();
    files(&project("tests/cases/harbour/source"), "", &mut sample);
    for (name, old, new) in MORE {
        let text = String::from_utf8(sample[*name].clone()).unwrap();
        assert!(text.contains(old), "{name}: {old}");
        sample.insert((*name).to_owned(), text.replacen(old, new, 1).into_bytes());
    }
    sample.insert("references.yaml".to_owned(), WORKS.as_bytes().to_vec());
    sample.insert(
        "mesures.csv".to_owned(),
        b"Lieu,Un\nA,1\nSomme,1\n".to_vec(),
    );
    let whole = resolved(&sample).unwrap_or_else(|found| panic!("{found}"));
    let before = seen(&whole);
    let (mut alive, mut all) = (BTreeSet::new(), BTreeSet::new());
    for (name, bytes) in sample
        .clone()
        .iter()
        .filter(|(name, _)| name.ends_with(file) && *name != "references.yaml")
    {
        let kind = match name.as_str() {
            "report.yaml" | "people.yaml" | "organisations.yaml" | "acronyms.yaml" => {
                &name[..name.len() - 5]
            }
            _ => "chapter",
        };
        let (schema, root) = (
            Schema::of(kind),
            format!("{}{}", kind[..1].to_uppercase(), &kind[1..]),
        );
        all.extend(schema.all(&root));
        let data: Value = serde_yaml::from_str(std::str::from_utf8(bytes).unwrap()).unwrap();
        let mut fields = Vec::new();
        schema.fields(&data, &schema.0, &root, "", &mut fields);
        for (field, pointer, piece) in fields {
            if alive.contains(&field) {
                continue;
            }
            let value = data.pointer(&pointer).unwrap();
            let mut changed: Vec<Value> = Vec::new();
            for other in schema.others(value, piece) {
                let mut data = data.clone();
                *data.pointer_mut(&pointer).unwrap() = other;
                changed.push(data);
            }
            let (above, key) = pointer.rsplit_once('/').unwrap();
            let mut without = data.clone();
            without
                .pointer_mut(above)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(key);
            changed.insert(0, without);
            let is_seen = |data: &Value| {
                let mut files = sample.clone();
                files.insert(name.clone(), serde_json::to_vec(data).unwrap());
                resolved(&files).is_ok_and(|document| seen(&document) != before)
            };
            if changed.iter().any(is_seen) {
                alive.insert(field);
            }
        }
    }
    let bound = |field: &String| {
        let mut starts = BOUND.iter().chain(&ELSEWHERE);
        field.ends_with(".id") || starts.any(|start| field.starts_with(start))
    };
    all.retain(|field| !alive.contains(field) && !bound(field));
    all
}

/// A work that the report cites.
const WORKS: &str = "a: {type: book, title: Quais, author: 'Moe, Ada', date: 2014}\n";

/// What the harbours' report does not have, by file: what takes the place of what. Ids are words that JSON keeps.
const MORE: &[(&str, &str, &str)] = &[
    (
        "organisations.yaml",
        "id: farvik\n",
        "id: farvik\n    sort: Zone de Fårvik\n    logo: images/vagues.svg\n",
    ),
    ("people.yaml", "id: on\n", "id: oan\n"),
    ("reunions/premiere.yaml", "speaker: on\n", "speaker: oan\n"),
    (
        "report.yaml",
        "  symbol:",
        "  eisbn: 978-2-1234-5680-3\n  issn: 0317-8471\n  doi: 10.1000/182\n  sales_number: F.25.IV.1\n  version: '2'\n  symbol:",
    ),
    (
        "report.yaml",
        "contents:\n",
        "back_matter: [references, speakers, acronyms, index]\nnumbering: sections\ncitation_style: apa\nsupported_by: [farvik]\ncorrigendum: Une page.\ndisclaimer: Sans garantie.\nauthors: [oan]\neditors: [oan]\nlicence: CC BY 4.0\nlogos: [farvik]\nback_cover: Au dos.\ncover: {image: images/vagues.svg, alt: Vagues., credit: Ada}\ncontents:\n",
    ),
    (
        "reunions/premiere.yaml",
        "  sections:\n",
        "  event: Atelier\n  facts: [{label: Prix, value: libre}]\n  blocks: [{text: 'Encore [@a].'}, {participants: [oan]}, \
         {vote: {question: Oui, in_favour: [farvik], against: [islande], abstaining: [danemark]}}, {decisions: [{title: Quai, text: Un mur.}]}, {box: {title: Cadre, tone: accent, text: Vu., blocks: [{text: Dedans.}]}}, \
         {key-figures: [{value: '12', unit: km, text: de quai, source: Port}]}, \
         {quote: {pull: true, text: Dit., attribution: Ada, source: Port}}, \
         {definitions: [{term: Quai, text: Un mur.}]}, {code: {label: a.csv, text: 'a,b'}}, \
         {chart: {kind: line, title: Tout, caption: Ici, unit: m, source: Port, credit: Ada, alt: Ligne., description: Monte., category: An, \
         categories: ['1', '2'], series: [{name: Quai, values: ['1', '2']}, {name: Port, values: ['3', '4']}]}}, \
         {table: {id: lectures, caption: Mesures, header: [[Lieu, Un, Deux]], rows: [[A, '1', '2']]}}, \
         {chart: {kind: bar, caption: Un, table: lectures, columns: [Un]}}, \
         {table: {caption: Groupes, columns: [{}, {unit: m}], header: [[Lieu, Un]], groups: [{title: Sud, rows: [[C, '3']]}, {title: Nord, rows: [[A, '1'], [B, '2[^lu]']], \
         total: [Nord, '3']}], total: [Tout, '3'], notes: [{id: lu, text: Vu.}], page: landscape}}, \
         {table: {caption: Fichier, file: mesures.csv, file_total: true}}, \
         {figure: {image: images/vagues.svg, alt: Vagues., description: Des vagues., caption: Le large, extent: wide}}, \
         {signature: {person: oan, post: Maire, place: Oslo, date: 2025-01-02, image: images/vagues.svg, alt: Nom.}}]\n  sections:\n",
    ),
    (
        "annexes/methode.yaml",
        "  short_title:",
        "  title_lines: [Méthode, 'mesures et définitions']\n  note: Voir plus bas.\n  \
         interventions: [{speaker: oan, text: 'a parlé.'}]\n  short_title:",
    ),
    (
        "annexes/methode.yaml",
        "title: Méthode, mesures",
        "title: Méthode mesures",
    ),
];

/// The document as the templates get it.
fn model(document: &Document) -> Value {
    serde_json::to_value(document).unwrap()
}

#[test]
fn every_field_of_the_source_reaches_the_document() {
    let found = unseen(".yaml", model);
    assert!(found.is_empty(), "read, and then by no one: {found:#?}");
}

/// What is read and then dropped is found: here nobody sees addresses, nor in which order the floor was taken.
#[test]
fn a_field_that_is_only_checked_is_found() {
    let found = unseen("organisations.yaml", |document| {
        let mut document = document.clone();
        document
            .chapters
            .iter_mut()
            .for_each(|chapter| chapter.facts.clear());
        let mut seen = model(&document);
        without(&mut seen, "url");
        seen
    });
    for field in ["Organisation.kind", "Organisation.url"] {
        assert!(found.contains(field), "{found:?}");
    }
}

fn without(value: &mut Value, field: &str) {
    match value {
        Value::Object(fields) => {
            fields.remove(field);
            fields.values_mut().for_each(|value| without(value, field));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| without(item, field)),
        _ => {}
    }
}

/// The text of all files in these folders whose names end so, without comments.
fn code(folders: &[&str], end: &str) -> String {
    let mut text = String::new();
    for folder in folders {
        let mut found = BTreeMap::new();
        files(&project(folder), "", &mut found);
        for (name, bytes) in found {
            if name.ends_with(end) && !name.contains("tests") {
                let bytes = String::from_utf8(bytes).unwrap();
                let lines = bytes
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                lines.for_each(|line| text.extend([line, "\n"]));
            }
        }
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let joints = [
        ("{ ", "{"),
        (" }", "}"),
        (", ", ","),
        (" .", "."),
        ("r#", ""),
    ];
    joints
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

/// The fields of all objects in `value`, without those of maps by name.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

/// The names that are read as a field of `of` (of anything where that is empty) in neither code nor templates.
fn unread(names: &BTreeSet<String>, of: &[&str], code: &str, templates: &str) -> Vec<String> {
    let read = |text: &str, name: &str| {
        of.iter().any(|of| {
            let path = format!("{of}.{name}");
            text.match_indices(&path).any(|(at, _)| {
                let next = text[at + path.len()..].chars().next();
                // A call is no field.
                next.is_none_or(|next| !next.is_alphanumeric() && !"_-(".contains(next))
            })
        })
    };
    // Fields also come by patterns; what is only declared or filled has a colon behind it.
    let bound = |name: &str| {
        let ends = [",", "}"].iter().map(|end| format!("{name}{end}"));
        ends.flat_map(|end| [format!("{{{end}"), format!(",{end}")])
            .any(|pattern| of == [""] && code.contains(&pattern))
    };
    let name = |name: &&String| {
        let own = name.replace('-', "_");
        !read(templates, name) && !read(code, &own) && !bound(&own)
    };
    names.iter().filter(name).cloned().collect()
}

/// Those who read words: the document makes facts and headings of some.
const STRINGS: [&str; 6] = ["strings", "words", "strings()", "rules", "spacing", "dates"];

#[test]
fn every_field_of_the_document_every_token_and_every_word_is_read() {
    let backends = code(&["src/backend", "src/pdf"], ".rs")
        + &code(&["src/document"], "model.rs")
        + &code(&["src/document/model"], ".rs");
    let templates = code(&["layouts"], ".typ");
    let mut fields = BTreeSet::new();
    let mut document = model(&harbour().document);
    let words = document.as_object_mut().unwrap().remove("strings").unwrap();
    keys(&document, &mut fields);
    let dead = unread(&fields, &[""], &backends, &templates);
    assert!(dead.is_empty(), "fields of the document: {dead:?}");

    let readers = code(&["src/backend", "src/document"], ".rs");
    let mut names = BTreeSet::new();
    keys(&words, &mut names);
    let dead = unread(&names, &STRINGS, &readers, &templates);
    assert!(dead.is_empty(), "fixed words: {dead:?}");

    let readers = code(&["src/backend", "src/pdf", "src/document"], ".rs");
    let mut names = BTreeSet::new();
    let tokens = LayoutLoader::embedded().load("print").unwrap().tokens;
    keys(&serde_json::to_value(&tokens).unwrap(), &mut names);
    let dead = unread(&names, &[""], &readers, &templates);
    assert!(dead.is_empty(), "design tokens: {dead:?}");
}

#[test]
fn a_field_that_is_only_declared_filled_or_called_is_found() {
    let dead = [
        "running-title",
        "people",
        "label_publisher",
        "page_of",
        "quote_open",
        "quote_close",
    ];
    let names = dead.map(str::to_owned).into_iter().collect();
    let code =
        "pubrunning_title:String,Document{running_title:title,people:vec![]}self.page_of(anchor)";
    let templates = "model.people-count+strings.quote_opening";
    let found = unread(&names, &["", "strings"], code, templates);
    assert!(
        dead.iter()
            .all(|name| found.iter().any(|found| found == name)),
        "{found:?}"
    );
    let read = "model.running-title strings.label_publisher model.people.len()";
    let found = unread(
        &names,
        &["", "strings"],
        "Document{page_of,..}strings.quote_open,",
        read,
    );
    assert!(!found.contains(&"running-title".to_owned()), "{found:?}");
    assert!(!found.contains(&"quote_open".to_owned()), "{found:?}");
}
