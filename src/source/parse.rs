//! From YAML text to typed content, within limits.

use serde::de::DeserializeOwned;

use crate::base::diagnostic::Diagnostic;

use super::{FileRef, messages};

/// Parses one file.
pub(super) fn parse<T: DeserializeOwned>(file: FileRef) -> Result<T, Diagnostic> {
    if let Some(diagnostic) = messages::before_parsing(file) {
        return Err(diagnostic);
    }
    serde_yaml::from_str_with_options(file.text, options())
        .map_err(|error| messages::explain(file, error.without_snippet()))
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
