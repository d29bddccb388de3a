//! The JSON Schema: complete, described, as committed, and in agreement with the files of every report.

use std::path::{Path, PathBuf};

use gmg_export::app::schema::{KINDS, Kind, combined};
use serde_json::Value;

use crate::made::project;
use crate::program::Desk;

fn schema(kind: &Kind) -> Value {
    serde_json::from_str(&kind.text()).expect("JSON")
}

/// Calls `visit` for every schema in `value`, with the path to it.
fn walk(value: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(path, value);
    match value {
        Value::Object(object) => object
            .iter()
            .for_each(|(key, value)| walk(value, &format!("{path}/{key}"), visit)),
        Value::Array(items) => items.iter().for_each(|item| walk(item, path, visit)),
        _ => {}
    }
}

#[test]
fn every_field_and_every_choice_is_described() {
    for kind in KINDS {
        let mut fields = 0;
        walk(&schema(kind), kind.name, &mut |path, value| {
            for (key, field) in value
                .get("properties")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
            {
                fields += 1;
                let about = field
                    .get("description")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                assert!(
                    about.len() > 3 && about.ends_with('.'),
                    "{path}/{key}: `{about}`"
                );
            }
            if value.get("const").is_some() {
                assert!(value.get("description").is_some(), "{path}: {value}");
            }
        });
        assert!(fields > 0, "{}", kind.name);
    }
}

#[test]
fn unknown_fields_are_refused_everywhere() {
    for kind in KINDS {
        walk(&schema(kind), kind.name, &mut |path, value| {
            if value.get("properties").is_some_and(Value::is_object) && value.get("type").is_some()
            {
                assert_eq!(
                    value.get("additionalProperties"),
                    Some(&Value::Bool(false)),
                    "{path}"
                );
            }
        });
    }
}

#[test]
fn the_committed_copies_are_what_the_program_prints() {
    let desk = Desk::empty();
    for kind in KINDS.iter().filter(|kind| kind.of_source) {
        let printed = desk.run(&["schema", kind.name]).printed();
        let path = project(&format!("source/schema/{}.json", kind.name));
        let committed = std::fs::read_to_string(&path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert!(
            committed == printed,
            "run: gmg-export schema {} > {}",
            kind.name,
            path.display()
        );
    }
    assert_eq!(desk.run(&["schema"]).is_done().stdout, combined());
}

/// The YAML files below a folder.
fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in folder.read_dir().expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(yaml_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml")
            // Works have the form of hayagriva, which no schema of the program describes.
            && !path.ends_with("references.yaml")
        {
            files.push(path);
        }
    }
    files
}

/// What `gmg-export init` writes, by kind of report, and what is part of every kind.
const STARTERS: [&str; 5] = [
    "src/app/starter/every-kind/source",
    "src/app/starter/meeting/source",
    "src/app/starter/annual/source",
    "src/app/starter/study/source",
    "src/app/starter/guide/source",
];

#[test]
fn the_head_of_every_yaml_file_names_its_schema() {
    for folder in [["source"].as_slice(), &STARTERS].concat() {
        for path in yaml_files(&project(folder)) {
            let text = std::fs::read_to_string(&path).unwrap();
            let head = text.lines().next().unwrap_or_default();
            let named = head.strip_prefix("# yaml-language-server: $schema=");
            let named = named.unwrap_or_else(|| panic!("{}: {head}", path.display()));
            // The starter gets its schemas when it is made.
            let schema = project("source").join(path.strip_prefix(project(folder)).unwrap());
            let schema = schema.parent().unwrap().join(named);
            assert!(schema.is_file(), "{}: {named}", path.display());
            let stem = Path::new(named).file_stem().unwrap().to_str().unwrap();
            assert_eq!(stem, kind_of(&path), "{}", path.display());
        }
    }
}

fn kind_of(path: &Path) -> &'static str {
    match path.file_stem().unwrap().to_str().unwrap() {
        "report" => "report",
        "people" => "people",
        "organisations" => "organisations",
        "acronyms" => "acronyms",
        _ => "chapter",
    }
}

#[test]
fn the_files_of_every_report_agree_with_it() {
    let reports = [
        "source",
        "tests/cases/harbour/source",
        "tests/cases/annual/source",
    ];
    for folder in [reports.as_slice(), &STARTERS].concat() {
        for path in yaml_files(&project(folder)) {
            let schema = schema(Kind::find(kind_of(&path)).unwrap());
            check(&schema, &path);
        }
    }
    for path in yaml_files(&project("layouts")) {
        let folder = path.parent().unwrap().file_name().unwrap();
        let kind = match folder.to_str().unwrap() {
            "strings" => "strings",
            "print-data" => path.file_stem().unwrap().to_str().unwrap(),
            _ => "layout",
        };
        check(&schema(Kind::find(kind).unwrap()), &path);
    }
}

/// YAML as version 1.2 of the language has it, where NO is a country and no boolean.
fn yaml(text: &str) -> Value {
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    serde_yaml::from_str_with_options(text, options).unwrap()
}

fn check(schema: &Value, path: &Path) {
    let mut value = yaml(&std::fs::read_to_string(path).unwrap());
    let stem = path.file_stem().unwrap().to_string_lossy();
    // Words of a region are only those that differ from the language's.
    if let Some((language, _)) = stem.split_once('-')
        && path.parent().unwrap().ends_with("strings")
    {
        let whole = std::fs::read_to_string(path.with_file_name(format!("{language}.yaml")));
        for (name, text) in yaml(&whole.unwrap()).as_object().unwrap() {
            let own = value.as_object_mut().unwrap();
            own.entry(name).or_insert_with(|| text.clone());
        }
    }
    let found = disagreement(schema, schema, &value, "");
    assert_eq!(found, None, "{}", path.display());
}

#[test]
fn what_the_types_refuse_the_schema_refuses() {
    let chapter = schema(Kind::find("chapter").unwrap());
    for text in [
        "section: {id: a}",
        "section: {id: a, title: b, txt: c}",
        "part: {id: a, title: b}",
        "section: {id: a, title: b, blocks: [{tabel: {}}]}",
        "section: {id: a, title: [b]}",
    ] {
        let value = yaml(text);
        assert!(
            disagreement(&chapter, &chapter, &value, "").is_some(),
            "{text}"
        );
    }
}

/// Where `value` does not agree with `schema`: as much of draft 7 as the schemas use.
fn disagreement(root: &Value, schema: &Value, value: &Value, path: &str) -> Option<String> {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let target = root
            .pointer(reference.trim_start_matches('#'))
            .expect("a definition");
        return disagreement(root, target, value, path);
    }
    let of = |key: &str| {
        schema
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let fits = |one: &Value| disagreement(root, one, value, path).is_none();
    for (key, least, most) in [("anyOf", 1, usize::MAX), ("oneOf", 1, 1)] {
        let count = of(key).filter(|one| fits(one)).count();
        if schema.get(key).is_some() && !(least..=most).contains(&count) {
            return Some(format!("{path}: fits {count} of {key}"));
        }
    }
    let kinds = schema.get("type").map(|kinds| match kinds {
        Value::Array(kinds) => kinds.clone(),
        one => vec![one.clone()],
    });
    if kinds.is_some_and(|kinds| !kinds.iter().any(|kind| is(value, kind.as_str().unwrap()))) {
        return Some(format!("{path}: {value} is not {}", schema["type"]));
    }
    let named = schema.get("const").is_some_and(|one| one != value)
        || schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|all| !all.contains(value));
    if named {
        return Some(format!("{path}: {value} is none of the choices"));
    }
    let parts = of("allOf").find_map(|one| disagreement(root, one, value, path));
    parts.or_else(|| match value {
        Value::Object(object) => fields(root, schema, object, path),
        Value::Array(items) => {
            let schema = schema.get("items")?;
            items
                .iter()
                .find_map(|item| disagreement(root, schema, item, &format!("{path}[]")))
        }
        _ => None,
    })
}

fn fields(
    root: &Value,
    schema: &Value,
    object: &serde_json::Map<String, Value>,
    path: &str,
) -> Option<String> {
    let required = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let mut missing = required
        .filter_map(Value::as_str)
        .filter(|key| !object.contains_key(*key));
    if let Some(key) = missing.next() {
        return Some(format!("{path}: no {key}"));
    }
    object.iter().find_map(|(key, value)| {
        match schema.get("properties").and_then(|all| all.get(key)) {
            Some(schema) => disagreement(root, schema, value, &format!("{path}.{key}")),
            None => (schema.get("additionalProperties") == Some(&Value::Bool(false)))
                .then(|| format!("{path}: unknown {key}")),
        }
    })
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        // Dates and numbers in a text field are text to the program.
        "string" => value.is_string() || value.is_number(),
        _ => panic!("{kind}"),
    }
}
