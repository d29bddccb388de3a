//! Whether a value can be used: the option's own parser on the command line decides.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue};

use super::list::Setting;
use crate::app::cli::Cli;
use crate::base::diagnostic::one_of;
use crate::source::with_cure;

/// What is wrong with a value, and what to do if there is more to say than that.
pub(super) type Wrong = (String, Option<String>);

/// The start of a command line for `command`; the empty name is an export.
pub(super) fn start(command: &str) -> Vec<OsString> {
    let words = ["gmg-export", command].into_iter();
    words
        .filter(|word| !word.is_empty())
        .map(OsString::from)
        .collect()
}

/// Has the value read as if it had been typed.
pub(super) fn check(setting: &Setting, text: &OsStr) -> Result<(), Wrong> {
    let mut line = start(setting.command());
    line.push(setting.option(text));
    match Cli::command().try_get_matches_from(line) {
        Ok(_) => Ok(()),
        Err(error) => Err(explain(&error)),
    }
}

/// What the parser says, without the option's name, which nobody typed.
pub(super) fn explain(error: &clap::Error) -> Wrong {
    if let Some(reason) = std::error::Error::source(error) {
        let reason = reason.to_string();
        return match reason.split_once(" is not in ") {
            Some((number, range)) => {
                let (least, most) = range.split_once("..=").unwrap_or((range, range));
                let wrong = format!("`{number}` is too small or too large");
                (
                    wrong,
                    Some(format!("write a whole number from {least} to {most}")),
                )
            }
            None => with_cure(&reason),
        };
    }
    let value = match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => value.as_str(),
        _ => "",
    };
    if value.is_empty() {
        let hint = "write one, or delete the setting";
        return ("the value is empty".into(), Some(hint.into()));
    }
    let message = format!("`{value}` is not one of the words allowed here");
    let Some(ContextValue::Strings(words)) = error.get(ContextKind::ValidValue) else {
        return (format!("`{value}` cannot be used"), None);
    };
    (message, Some(one_of(value, words)))
}
