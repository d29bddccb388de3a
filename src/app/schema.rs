//! The JSON Schema of the files that people write, made from the types that read them, and of the messages that
//! programs read.
//!
//! Editors complete and check with it while you type. Draft 7 is what they all understand.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::access::Dossier;
use crate::access::signoffs::AccessFile;
use crate::app::console::Message;
use crate::app::release::manifest::Manifest;
use crate::app::settings::SettingsFile;
use crate::backend::Ticket;
use crate::layout::{LayoutFile, RuleSet, Stock, Strings};
use crate::source::schema;

/// A kind of file.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Name for `gmg-export schema`, and of the schema's file.
    pub name: &'static str,
    /// Whether files of this kind are part of the source (and not of a layout, or
    /// next to it).
    pub of_source: bool,
    make: fn(&mut SchemaGenerator) -> Schema,
}

/// All kinds of files.
pub const KINDS: &[Kind] = &[
    kind::<schema::Report>("report", true),
    kind::<schema::People>("people", true),
    kind::<schema::Organisations>("organisations", true),
    kind::<schema::Acronyms>("acronyms", true),
    kind::<schema::Chapter>("chapter", true),
    kind::<AccessFile>("access", false),
    kind::<LayoutFile>("layout", false),
    kind::<Strings>("strings", false),
    kind::<Manifest>("manifest", false),
    kind::<SettingsFile>("settings", false),
    kind::<BTreeMap<String, Stock>>("stocks", false),
    kind::<BTreeMap<String, RuleSet>>("rules", false),
    kind::<Ticket>("ticket", false),
    kind::<Dossier>("dossier", false),
];

/// What the program tells other programs. Its schema is open: later versions may say more.
pub const MESSAGES: Kind = kind::<Message>("messages", false);

const fn kind<T: JsonSchema>(name: &'static str, of_source: bool) -> Kind {
    Kind {
        name,
        of_source,
        make: SchemaGenerator::subschema_for::<T>,
    }
}

impl Kind {
    /// The kind of that name.
    pub fn find(name: &str) -> Option<&'static Kind> {
        let kinds = KINDS.iter().chain([&MESSAGES]);
        kinds.into_iter().find(|kind| kind.name == name)
    }

    fn title(&self) -> String {
        match self.name == MESSAGES.name {
            true => "A message of gmg-export to another program, one JSON object a line".to_owned(),
            false => format!("A {} file of gmg-export", self.name),
        }
    }

    /// The schema of files of this kind, as text with a final line end.
    pub fn text(&self) -> String {
        let mut generator = generator();
        let root = (self.make)(&mut generator).to_value();
        text(root, generator, &self.title())
    }
}

/// One schema for all kinds of files of a source.
pub fn combined() -> String {
    let mut generator = generator();
    let kinds: Vec<Value> = KINDS
        .iter()
        .filter(|kind| kind.of_source)
        .map(|kind| (kind.make)(&mut generator).to_value())
        .collect();
    text(
        json!({ "anyOf": kinds }),
        generator,
        "A file of a report for gmg-export",
    )
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft07().into_generator()
}

fn text(root: Value, mut generator: SchemaGenerator, title: &str) -> String {
    let mut whole = Map::new();
    whole.insert(
        "$schema".into(),
        "http://json-schema.org/draft-07/schema#".into(),
    );
    whole.insert("title".into(), title.into());
    if let Value::Object(root) = root {
        whole.extend(root);
    }
    whole.insert(
        "definitions".into(),
        Value::Object(generator.take_definitions(true)),
    );
    let mut whole = Value::Object(whole);
    describe_keys(&mut whole);
    format!("{whole:#}\n")
}

/// Gives the one key of a choice (such as `meeting`) the description of the choice: editors show that of keys.
fn describe_keys(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let about = object.get("description").cloned();
            if let (Some(about), Some(Value::Object(keys))) = (about, object.get_mut("properties"))
                && keys.len() == 1
            {
                keys.values_mut().for_each(|key| describe(key, &about));
            }
            object.values_mut().for_each(describe_keys);
        }
        Value::Array(items) => items.iter_mut().for_each(describe_keys),
        _ => {}
    }
}

fn describe(key: &mut Value, about: &Value) {
    let Value::Object(key) = key else {
        return;
    };
    if key.contains_key("description") {
        return;
    }
    // Next to a reference everything else is ignored.
    if let Some(reference) = key.remove("$ref") {
        key.insert("allOf".into(), json!([{ "$ref": reference }]));
    }
    key.insert("description".into(), about.clone());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_that_the_command_line_names_can_be_made() {
        let kinds = KINDS.iter().chain([&MESSAGES]);
        assert!(kinds.map(|kind| kind.name).eq(crate::app::cli::SCHEMAS));
    }
}
