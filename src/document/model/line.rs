//! Running text of one field or paragraph, with the place that it is written at.

use std::ops::{Deref, DerefMut};

use serde::Serialize;

use super::{FieldLocation, Inline};
use crate::document::markup::Manner;

/// A line of running text: a paragraph, a title, a caption.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Line {
    content: Vec<Inline>,
    /// Index into `Document::origins`; `None` for what the program says itself.
    #[serde(skip)]
    pub origin: Option<usize>,
}

impl Line {
    /// The same words as something that the program says itself.
    pub fn without_origin(self) -> Line {
        self.content.into()
    }

    /// Running text that is written at a place.
    pub(in crate::document) fn written(content: Vec<Inline>, origin: usize) -> Line {
        Line {
            content,
            origin: Some(origin),
        }
    }

    /// Gives its text back.
    pub fn into_inner(self) -> Vec<Inline> {
        self.content
    }
}

impl From<Vec<Inline>> for Line {
    fn from(content: Vec<Inline>) -> Self {
        Line {
            content,
            origin: None,
        }
    }
}

impl FromIterator<Inline> for Line {
    fn from_iter<I: IntoIterator<Item = Inline>>(content: I) -> Self {
        content.into_iter().collect::<Vec<_>>().into()
    }
}

impl Deref for Line {
    type Target = Vec<Inline>;

    fn deref(&self) -> &Vec<Inline> {
        &self.content
    }
}

impl DerefMut for Line {
    fn deref_mut(&mut self) -> &mut Vec<Inline> {
        &mut self.content
    }
}

impl IntoIterator for Line {
    type Item = Inline;
    type IntoIter = std::vec::IntoIter<Inline>;

    fn into_iter(self) -> Self::IntoIter {
        self.content.into_iter()
    }
}

impl<'l> IntoIterator for &'l Line {
    type Item = &'l Inline;
    type IntoIter = std::slice::Iter<'l, Inline>;

    fn into_iter(self) -> Self::IntoIter {
        self.content.iter()
    }
}

/// Where a line of running text is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file, as seen from the folder of report.yaml.
    pub file: String,
    /// The field, and where its value starts.
    pub place: FieldLocation,
    /// Where the line starts in that value, in bytes.
    pub offset: usize,
    /// How many lines of that value come before it.
    pub number: usize,
    /// How the value is read.
    pub manner: Manner,
}
