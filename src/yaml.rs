//! One YAML file to a typed value, or a diagnostic that a writer can act on.

use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Kind, Location};

/// Parses `bytes` as a YAML file of type `T`; gives its text (LF line ends, no byte order mark) and the value.
pub fn parse<T: DeserializeOwned>(
    path: &str,
    bytes: &[u8],
    kind: Kind,
) -> Result<(String, T), Diagnostic> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Diagnostic::error(kind, "not UTF-8"))?
        .replace("\r\n", "\n");
    let mut options = serde_yaml::Options::default();
    options.strict_booleans = true;
    options.with_snippet = false;
    let value = serde_yaml::from_str_with_options::<T>(&text, options).map_err(|error| {
        let (line, column) = error
            .location()
            .map_or((0, 0), |at| (at.line() as u32, at.column() as u32));
        let location = Location {
            file: path.to_owned(),
            line,
            column,
        };
        Diagnostic::error(kind, error.to_string()).at(location)
    })?;
    Ok((text, value))
}
