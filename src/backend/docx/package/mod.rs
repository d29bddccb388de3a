//! The package: parts that docx-rs cannot make, finishing of those that it makes, and the archive.
//!
//! docx-rs builds paragraphs, runs, tables, styles and numbering; this layer puts their children in schema order, says
//! what docx-rs cannot express, writes the other parts whole, and zips all of them so that the same parts always
//! make the same bytes. It knows XML and the package format, and nothing of documents.

mod archive;
mod finish;
mod order;
mod parts;
mod relationships;
mod xml;

pub(super) use super::extras::Extras;
pub(super) use archive::Archive;
pub(super) use finish::{decorative, finish, toggle};
pub(super) use order::{allowed, in_order};
pub(super) use parts::{Properties, Settings, custom_properties, font_table, theme, word_root};
pub(super) use relationships::Relationships;
pub(super) use xml::{DECLARATION, Element, Node, forbidden, parse};
