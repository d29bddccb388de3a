//! From a published text or a Markdown file to the YAML of a source, without the loss of a word.

mod contents;
mod dates;
pub(crate) mod decode;
mod front;
mod inline;
mod lines;
mod marks;
mod outline;
mod shapes;
mod text;
mod words;
