//! How an artifact differs from the document, and how that is reported.

use super::artifact::BlockRole;
use super::expected::{ExpectedText, TextRole};
use super::plain::excerpt;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};

/// Most differences that are said one by one.
pub(super) const MOST: usize = 20;

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// What it is about.
    pub(super) what: TextRole,
    /// How it differs.
    pub(super) how: DifferenceKind,
    /// What the document says, or, where that is nothing, the artifact.
    pub(super) text: String,
    /// What it is between, such as `after “…”`; may be empty.
    pub(super) near: String,
    /// Where the source has it.
    pub(super) place: Option<Location>,
}

/// How an artifact differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DifferenceKind {
    /// It lacks what the document says.
    Missing,
    /// It has it, but elsewhere.
    Moved,
    /// It says what the document does not.
    Extra,
    /// It says this instead.
    Changed(String),
    /// Its block is this, and not one of those.
    Role(BlockRole, &'static [BlockRole]),
}

impl Difference {
    /// A difference about a piece of the document.
    pub(super) fn of(piece: &ExpectedText, how: DifferenceKind, near: String) -> Difference {
        Difference {
            what: piece.what,
            how,
            text: piece.text.clone(),
            near,
            place: piece.place.clone(),
        }
    }

    fn say(self) -> Diagnostic {
        let (what, text) = (self.what, excerpt(&self.text));
        let near = if self.near.is_empty() {
            String::new()
        } else {
            format!(" {}", self.near)
        };
        let message = match self.how {
            DifferenceKind::Missing => format!("the {what} “{text}” is missing{near}"),
            DifferenceKind::Moved => {
                format!("the {what} “{text}” is out of order: it belongs{near}")
            }
            DifferenceKind::Extra => {
                format!("a {what} is there that the document lacks{near}: “{text}”")
            }
            DifferenceKind::Changed(other) => format!(
                "the {what} is “{}” where the document says “{text}”{near}",
                excerpt(&other)
            ),
            DifferenceKind::Role(found, wanted) => {
                let wanted = wanted.iter().map(BlockRole::to_string);
                let wanted = wanted.collect::<Vec<_>>().join(" or ");
                format!("the {what} “{text}” is told as {found}, not as {wanted}{near}")
            }
        };
        let mut said = Diagnostic::new(Code::NOT_STATED, message);
        said.location = self.place;
        said
    }
}

/// All differences, the last of many in one line; `Ok` where there are none.
pub(super) fn say(mut found: Vec<Difference>) -> Result<(), Diagnostics> {
    if found.is_empty() {
        return Ok(());
    }
    let more = found.len().saturating_sub(MOST);
    found.truncate(MOST);
    let mut said = found
        .into_iter()
        .map(Difference::say)
        .collect::<Diagnostics>();
    if more > 0 {
        said.push(Diagnostic::new(
            Code::NOT_STATED,
            format!("the artifact differs from the document in more than these {MOST} ways"),
        ));
    }
    Err(said)
}
