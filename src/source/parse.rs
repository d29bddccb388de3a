//! From YAML text to typed content, within limits; of a text with mistakes, what it says apart from them.

use serde::de::DeserializeOwned;

use serde_yaml::Error;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

use super::parts::{Parts, Role};
use super::recover::{Copy, recover};
use super::{FileRef, messages};

/// The largest file of which more than the first mistake of its form is looked for, in bytes.
const LARGEST: usize = 1 << 20;

/// The most bytes that aliases may make of such a file.
const MOST_REPEATED: usize = 1 << 30;

/// A file with mistakes.
pub(super) struct Unread<T> {
    /// What is wrong with it.
    pub(super) found: Diagnostics,
    /// What it says where that is made good, and the text that says it.
    pub(super) rescued: Option<(T, Copy)>,
}

impl<T> From<Diagnostics> for Unread<T> {
    fn from(found: Diagnostics) -> Self {
        let rescued = None;
        Unread { found, rescued }
    }
}

/// Parses one file.
pub(super) fn parse<T: DeserializeOwned>(file: FileRef) -> Result<T, Unread<T>> {
    let (text, mut found) = messages::before_parsing(file);
    if text.is_empty() {
        return Err(found.into_iter().collect::<Diagnostics>().into());
    }
    let fields = |found: &[Diagnostic]| found.iter().filter_map(|one| one.field.clone()).collect();
    let rescued = match read(text) {
        Ok(content) => {
            found.extend(quoted_booleans::<T>(FileRef { text, ..file }));
            if found.is_empty() {
                return Ok(content);
            }
            Some((content, Copy::of(text, fields(&found))))
        }
        Err(error) if text.len() > LARGEST || repeats_much(text) => {
            found.push(messages::explain(file, error.without_snippet()));
            None
        }
        Err(error) => recover::<T>(file, text, error, &mut found)
            .and_then(|copy| Some((read(&copy.text).ok()?, copy))),
    };
    let mut found: Diagnostics = found.into_iter().collect();
    // What is not there comes after what is.
    found.sort_by_place(|one| (one.code == Code::MISSING_FIELD, one.location.clone()));
    Err(Unread { found, rescued })
}

/// Whether aliases may make so much of a text that it cannot be read again for each mistake.
fn repeats_much(text: &str) -> bool {
    let anchored = [": &", "- &", "[&", "[ &", ", &"];
    anchored.iter().any(|sign| text.contains(sign))
        && text.matches('*').count().saturating_mul(text.len()) > MOST_REPEATED
}

/// Text in quotation marks where true or false belongs, which the parser takes for the word. Which fields take one only
/// their types know, so each such text is tried with another word.
fn quoted_booleans<T: DeserializeOwned>(file: FileRef) -> Vec<Diagnostic> {
    let is_word = |text: &str| matches!(text, "\"true\"" | "'true'" | "\"false\"" | "'false'");
    if file.text.len() > LARGEST || text_holds_none(file.text) {
        return Vec::new();
    }
    let parts = Parts::of(file.text);
    let mut found = Vec::new();
    let mut most = 20;
    for (at, part) in parts.0.iter().enumerate() {
        let is_value = matches!(part.role, Role::Value(_));
        if !is_value || !is_word(&file.text[part.bytes.clone()]) || most == 0 {
            continue;
        }
        most -= 1;
        let mut tried = file.text.to_owned();
        tried.replace_range(part.bytes.clone(), "word");
        if let Err(error) = read::<T>(&tried)
            && matches!(error.without_snippet(), Error::InvalidBooleanStrict { .. })
        {
            let message =
                "here is text in quotation marks, and not one of the words true and false";
            let wrong = file.diagnostic(Code::NOT_A_BOOLEAN, part.line, part.column, message);
            let hint = "write true or false, without quotation marks";
            found.push(wrong.hint(hint).field(parts.path(at)));
        }
    }
    found
}

fn text_holds_none(text: &str) -> bool {
    ["true\"", "true'", "false\"", "false'"]
        .iter()
        .all(|word| !text.contains(word))
}

/// What a text says to the parser.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_yaml::from_str_with_options(text, options())
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
