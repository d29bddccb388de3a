//! From a published text or a Markdown file to the YAML of a source, without the loss of a word.

mod build;
mod contents;
mod dates;
pub(crate) mod decode;
mod facts;
mod front;
mod inline;
mod lines;
mod marks;
mod members;
mod outline;
mod parts;
mod people;
mod registry;
mod shapes;
mod text;
mod words;
mod yaml;
