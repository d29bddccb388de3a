//! Diagnostics as one line each, as compilers write them: `file:line:column: error[E0204]: message`.

use std::fmt::Write;

use super::form::{Form, lines};
use super::human::clean;
use crate::base::diagnostic::{Diagnostic, Diagnostics};

/// One line for each diagnostic.
pub(super) struct Short;

impl Form for Short {
    fn diagnostics(&self, found: &Diagnostics) -> String {
        let write = |one: &Diagnostic, text: &mut String| {
            let line = |text: &str| clean(text).replace('\n', " ");
            if let Some(place) = &one.location {
                write!(text, "{}: ", line(&place.to_string()))?;
            }
            let message = line(&one.message);
            write!(text, "{}[{}]: {message}", one.severity(), one.code)
        };
        lines(found, write, |more| format!("… and {more} more like these"))
    }

    fn says_what_is_done(&self) -> bool {
        true
    }
}
