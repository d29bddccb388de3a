//! Readers: the bytes of a text or of Markdown as an `outline`, with every word accounted for.

pub(super) mod contents;
pub(super) mod decode;
pub(super) mod front;
mod furniture;
pub(super) mod heads;
pub(super) mod inline;
pub(super) mod line_classes;
pub(super) mod line_markers;
pub(super) mod lines;
pub(super) mod markdown;
pub(super) mod marks;
pub(super) mod pages;
pub(super) mod paragraphs;
pub(super) mod pictures;
pub(super) mod references;
pub(super) mod text;
pub(super) mod title_page;
pub(super) mod typography;
pub(super) mod underlines;
pub(super) mod word;
