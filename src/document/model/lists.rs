//! Lists that are derived from the report: contents, people, organisations, acronyms, index.

use serde::Serialize;

use super::{Anchor, Heading, Line};

/// A line of the contents list.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ContentsEntry {
    /// Where it points to.
    pub anchor: Anchor,
    /// Level of the heading it stands for.
    pub level: u8,
    /// Label, such as `First meeting` or `Panel 1`.
    pub label: Option<String>,
    /// Bare title.
    pub title: String,
}

/// A person of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Person {
    /// Id in the registry.
    pub id: String,
    /// Name without the honorific.
    pub name: String,
    /// Name as sorted.
    pub sort: String,
    /// Honorific.
    pub honorific: Option<String>,
    /// Post and organisation in one line; may be empty.
    pub post: String,
    /// Index of the organisation they stand for.
    pub organisation: Option<usize>,
}

/// An organisation of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Organisation {
    /// Id in the registry.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Acronym.
    pub acronym: Option<String>,
    /// Short name.
    pub short: String,
    /// What kind of body it is.
    #[serde(skip)]
    pub kind: crate::source::schema::OrganisationKind,
    /// Web address.
    pub url: Option<String>,
}

/// A derived list at the end, with its heading at level 1; never empty.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct BackList<T> {
    /// The heading.
    pub heading: Heading,
    /// The entries, sorted.
    pub entries: Vec<T>,
}

/// A line of a list of tables, figures or boxes.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListedBlock {
    /// Where it is.
    pub anchor: Anchor,
    /// Its label, such as `Table 2`.
    pub label: String,
    /// Its caption or title, in bare words.
    pub title: String,
}

/// A work of the list of references.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Work {
    /// Where citations of it lead to.
    pub anchor: Anchor,
    /// Its number, such as `[3]`, in styles that count works.
    pub label: Option<String>,
    /// What the list says of it; never empty.
    pub content: Line,
    /// Where the text cites it, in order.
    pub anchors: Vec<Anchor>,
}

/// A line of the list of speakers.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SpeakerEntry {
    /// Index into `Document::people`.
    pub person: usize,
    /// Name as sorted, such as `Puri, Lakshmi`, followed by the honorific where there is one.
    pub name: String,
    /// Post and organisation; may be empty.
    pub post: String,
    /// Where they spoke or moderated, in order.
    pub anchors: Vec<Anchor>,
}

/// A line of the list of acronyms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AcronymEntry {
    /// The short form.
    pub acronym: String,
    /// What it stands for.
    pub expansion: String,
}

/// A line of the index of organisations.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct IndexEntry {
    /// Name as listed, with the acronym in brackets where there is one.
    pub name: String,
    /// Where the text marks it, in order.
    pub anchors: Vec<Anchor>,
}
