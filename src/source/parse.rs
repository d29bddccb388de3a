//! From YAML text to typed content, within limits.

use serde::de::DeserializeOwned;

use serde_yaml::Error;

use crate::base::diagnostic::Diagnostic;

use super::{FileRef, messages};

/// Parses one file.
pub(super) fn parse<T: DeserializeOwned>(file: FileRef) -> Result<T, Diagnostic> {
    if let Some(diagnostic) = messages::before_parsing(file) {
        return Err(diagnostic);
    }
    read(file.text).map_err(|error: Error| {
        let mut diagnostic = messages::explain(file, error.without_snippet());
        let missing = missing_at_top::<T>(file.text, error.without_snippet());
        if let Some((last, first @ [_, ..])) = missing.split_last() {
            let first: Vec<String> = first.iter().map(|field| format!("`{field}`")).collect();
            diagnostic.message =
                format!("the fields {} and `{last}` are missing", first.join(", "));
            diagnostic.hints = vec!["add a line `name: …` for each of them".to_owned()];
        }
        diagnostic
    })
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_yaml::from_str_with_options(text, options())
}

/// All fields that a file lacks at its top: parsing stops at each, so it goes on with something in its place.
fn missing_at_top<T: DeserializeOwned>(text: &str, error: &Error) -> Vec<String> {
    let mut missing = Vec::new();
    let mut text = text.to_owned();
    let mut next = name(error);
    while let Some(field) = next.take() {
        if missing.contains(&field) {
            break;
        }
        for value in ["x", "[x]", "{}"] {
            let filled = format!("{text}\n{field}: {value}\n");
            let error = read::<T>(&filled).err();
            let misfit = error.as_ref().is_some_and(|error| name(error).is_none());
            if !misfit {
                next = error.as_ref().and_then(name);
                text = filled;
                break;
            }
        }
        missing.push(field);
    }
    missing
}

/// The field that an error says to be missing.
fn name(error: &Error) -> Option<String> {
    match error.without_snippet() {
        Error::SerdeMissingField { field, .. } => Some(field.to_string()),
        _ => None,
    }
}

/// Limits that no honest report reaches and that a hostile file reaches quickly.
fn options() -> serde_yaml::Options {
    serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        emit_comments: false,
        merge_keys: serde_yaml::options::MergeKeyPolicy::Error,
        budget: serde_yaml::budget! {
            max_nodes: 2_000_000,
            max_events: 6_000_000,
            max_depth: 64,
            max_documents: 1,
            max_aliases: 10_000,
            max_anchors: 1_000,
            max_total_scalar_bytes: 64 << 20,
            // An honest report may use one anchor as often as it likes; the limits above stop bombs.
            enforce_alias_anchor_ratio: false,
        },
        alias_limits: serde_yaml::alias_limits! {
            max_total_replayed_events: 100_000,
            max_replay_stack_depth: 8,
        },
    }
}
