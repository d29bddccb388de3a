//! Settings from variables of the environment.

use std::ffi::OsString;

use super::list::SETTINGS;
use super::{Given, Origin, Values, value};
use crate::app::cli::PREFIX;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// What the variables say, and what is wrong with them.
pub(super) fn read(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> (Values, Diagnostics) {
    let mut ours: Vec<(String, OsString)> = variables
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (spelled(&name.to_string_lossy()), text))
        .filter(|(name, _)| name.starts_with(PREFIX))
        .collect();
    ours.sort();
    let (mut said, mut found) = (Values::new(), Diagnostics::default());
    for (name, text) in ours {
        let setting = SETTINGS.iter().find(|setting| setting.variable() == name);
        let Some(setting) = setting else {
            found.push(unknown(&name));
            continue;
        };
        match value::check(setting, &text) {
            Ok(()) => {
                let origin = Origin::Environment(name);
                said.insert(setting.name, Given { text, origin });
            }
            Err((message, hint)) => {
                let wrong = Diagnostic::new(Code::BAD_SETTING, format!("{name}: {message}"));
                found.push(wrong.hint(hint.unwrap_or_else(|| {
                    format!("set it to what --{} takes, or unset it", setting.name)
                })));
            }
        }
    }
    (said, found)
}

/// Windows does not mind how names are spelled.
fn spelled(name: &str) -> String {
    match cfg!(windows) {
        true => name.to_uppercase(),
        false => name.to_owned(),
    }
}

fn unknown(name: &str) -> Diagnostic {
    let known: Vec<String> = SETTINGS.iter().map(|setting| setting.variable()).collect();
    // The part that all have in common would make all of them similar.
    let ends = known.iter().map(|name| &name[PREFIX.len()..]);
    let near = nearest(&name[PREFIX.len()..].to_uppercase(), ends);
    let near = near.map(|near| format!("did you mean `{PREFIX}{near}`?"));
    Diagnostic::new(
        Code::UNKNOWN_VARIABLE,
        format!("the environment variable `{name}` sets nothing"),
    )
    .hint(near.unwrap_or_else(|| format!("unset it; the variables are: {}", known.join(", "))))
}
