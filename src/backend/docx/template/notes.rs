//! What of a template is not taken over, noted while it is read, and how that is said: a warning for each kind.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};

/// A kind of what is not taken over, or only changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Note {
    Styles,
    Macros,
    Fonts,
    Linked,
    Objects,
    Numbers,
    Pale,
    Hidden,
    Small,
    Placeholders,
    Boxes,
    Pictures,
    Page,
}

/// The notes: what they are about, by kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes(BTreeMap<Note, BTreeSet<String>>);

/// The most names in a message.
const NAMED: usize = 80;

impl Notes {
    /// Notes something.
    pub(super) fn add(&mut self, note: Note, about: &str) {
        self.0.entry(note).or_default().insert(about.to_owned());
    }

    /// The warnings; `file` is the template.
    pub(super) fn warnings(&self, file: &str) -> Diagnostics {
        let say = |(note, about): (&Note, &BTreeSet<String>)| {
            let (code, message) = note.said(about);
            Diagnostic::new(code, message)
                .at(Location::whole(file))
                .field("docx.template")
                .hint(code.cure())
        };
        self.0.iter().map(say).collect()
    }
}

impl Note {
    fn said(self, about: &BTreeSet<String>) -> (Code, String) {
        let mut names: Vec<&str> = about.iter().take(NAMED).map(String::as_str).collect();
        let more = format!("and {} more", about.len().saturating_sub(NAMED));
        if about.len() > NAMED {
            names.push(&more);
        }
        let names = names.join(", ");
        match self {
            Note::Styles => (
                Code::TEMPLATE_STYLES,
                format!(
                    "the template has no styles for some of the text, which are added: {names}"
                ),
            ),
            Note::Macros => (
                Code::TEMPLATE_MACROS,
                "the template has macros, which are left out".to_owned(),
            ),
            Note::Fonts => (
                Code::TEMPLATE_FONTS,
                format!("the template has fonts in it, which are left out: {names}"),
            ),
            Note::Linked => (
                Code::TEMPLATE_LINKED,
                format!("the template shows what is stored elsewhere, which is left out: {names}"),
            ),
            Note::Objects => (
                Code::TEMPLATE_OBJECTS,
                format!("headers, footers or cover of the template hold what is left out: {names}"),
            ),
            Note::Numbers => (
                Code::TEMPLATE_NUMBERS,
                format!(
                    "styles of the template have numbers of their own, which are left out: {names}"
                ),
            ),
            Note::Pale => (
                Code::TEMPLATE_CONTRAST,
                format!(
                    "text in styles of the template has too little contrast with the paper: {names}"
                ),
            ),
            Note::Hidden => (
                Code::TEMPLATE_CONTRAST,
                format!("styles of the template hide their text, which is shown: {names}"),
            ),
            Note::Small => (
                Code::TEMPLATE_CONTRAST,
                format!(
                    "text in styles of the template is smaller than `sizes.least` of the layout: {names}"
                ),
            ),
            Note::Placeholders => (
                Code::TEMPLATE_COVER,
                format!(
                    "the report has nothing for placeholders of the template, which are left out: {names}"
                ),
            ),
            Note::Boxes => (
                Code::TEMPLATE_COVER,
                format!(
                    "text of the template stands in boxes or tables, and is set as plain paragraphs: {names}"
                ),
            ),
            Note::Pictures => (
                Code::TEMPLATE_PICTURE,
                format!(
                    "pictures of the template have no alternative text, and are marked as decoration: {names}"
                ),
            ),
            Note::Page => (
                Code::TEMPLATE_PAGE,
                format!("the page of the template is {names}"),
            ),
        }
    }
}
