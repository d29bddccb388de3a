//! Placeholders for words that nobody has written yet: an import writes them, `check` warns of them, no release has
//! them.

/// In the place of a title.
pub const TITLE: &str = "Title not stated";
/// In the place of a publisher.
pub const PUBLISHER: &str = "Publisher not stated";
/// In the place of a line of copyright.
pub const RIGHTS: &str = "Rights not stated";
/// In the place of a picture's description.
pub const DESCRIPTION: &str = "Picture not described";
/// In the place of a table's caption.
pub const CAPTION: &str = "Caption not stated";
/// In the place of a date.
pub const DATE: &str = "0000-00-00";
/// What is printed in the place of such a date.
pub(super) const DATE_TEXT: &str = "Date not stated";

/// Whether a text stands for one that is still to be written.
pub(super) fn is(text: &str) -> bool {
    [TITLE, PUBLISHER, RIGHTS, DESCRIPTION, CAPTION, DATE].contains(&text.trim())
}
