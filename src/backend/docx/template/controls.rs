//! Content controls of a template: which of them hold what a report knows, and what that is.

use crate::document::Document;
use crate::word;

/// What a report has for the placeholders of a template.
#[derive(Debug, Default)]
pub(super) struct Filling {
    /// The lines of the title.
    pub(super) title: Vec<String>,
    pub(super) subtitle: Option<String>,
    /// Who it is by, as the cover says it.
    pub(super) author: String,
    pub(super) publisher: String,
    pub(super) date: String,
    year: String,
    series: Option<String>,
    description: String,
    keywords: String,
    place: Option<String>,
}

/// What becomes of a control.
pub(super) enum Fill {
    /// It holds these lines.
    With(Vec<String>),
    /// The report has nothing for it.
    Nothing,
    /// It only says what should be written there, and nobody knows it; this is its name.
    Unknown(String),
    /// What it says stays.
    Keep,
}

/// What controls hold, by the end of the path to what they are bound to.
const BOUND: [(&str, &str); 10] = [
    ("subject", "subtitle"),
    ("title", "title"),
    ("creator", "author"),
    ("publishdate", "date"),
    ("created", "date"),
    ("company", "publisher"),
    ("abstract", "description"),
    ("description", "description"),
    ("keywords", "keywords"),
    ("category", "series"),
];

/// What controls hold, by their names.
const NAMED: [(&str, &[&str]); 9] = [
    (
        "title",
        &[
            "title",
            "document title",
            "report title",
            "titel",
            "titre",
            "título",
            "titolo",
            "tytuł",
            "название",
            "заголовок",
            "标题",
            "標題",
            "タイトル",
            "제목",
            "العنوان",
        ],
    ),
    (
        "subtitle",
        &[
            "subtitle",
            "sub-title",
            "document subtitle",
            "untertitel",
            "sous-titre",
            "subtítulo",
            "sottotitolo",
            "ondertitel",
            "подзаголовок",
            "副标题",
            "サブタイトル",
            "subject",
            "betreff",
        ],
    ),
    (
        "author",
        &[
            "author",
            "authors",
            "autor",
            "auteur",
            "autore",
            "verfasser",
            "автор",
            "作者",
            "المؤلف",
        ],
    ),
    (
        "date",
        &[
            "date",
            "publish date",
            "publication date",
            "veröffentlichungsdatum",
            "datum",
            "date de publication",
            "fecha",
            "fecha de publicación",
            "data",
            "дата",
            "日期",
            "発行日",
            "التاريخ",
        ],
    ),
    (
        "year",
        &["year", "jahr", "année", "año", "anno", "год", "年"],
    ),
    (
        "publisher",
        &[
            "publisher",
            "company",
            "organisation",
            "organization",
            "company name",
            "firma",
            "société",
            "compañía",
            "herausgeber",
            "éditeur",
            "editorial",
        ],
    ),
    (
        "series",
        &[
            "series",
            "reihe",
            "collection",
            "serie",
            "série",
            "category",
            "kategorie",
        ],
    ),
    (
        "description",
        &["abstract", "description", "summary", "exposé", "résumé"],
    ),
    ("place", &["place", "ort", "lieu", "lugar", "luogo"]),
];

impl Filling {
    /// What a document has.
    pub(super) fn of(document: &Document) -> Filling {
        Filling {
            title: document.title_lines.clone(),
            subtitle: document.subtitle.clone(),
            author: document.credit.clone(),
            publisher: document.publisher.clone(),
            date: document.date.text.clone(),
            year: document.date.year.to_string(),
            series: document.series.clone(),
            description: document.description.clone(),
            keywords: document.keywords.join(", "),
            place: document.place.clone(),
        }
    }

    /// What becomes of a control.
    pub(super) fn fill(&self, control: &word::Element) -> Fill {
        let Some(own) = control.child("w:sdtPr") else {
            return Fill::Keep;
        };
        let name = own.child_val("w:alias").or(own.child_val("w:tag"));
        let text = |value: &str| Some(vec![value.to_owned()]).filter(|_| !value.is_empty());
        let optional = |value: &Option<String>| value.as_deref().and_then(text);
        let lines = match held(own) {
            Some("title") => Some(self.title.clone()),
            Some("subtitle") => optional(&self.subtitle),
            Some("author") => text(&self.author),
            Some("publisher") => text(&self.publisher),
            Some("date") => text(&self.date),
            Some("year") => text(&self.year),
            Some("series") => optional(&self.series),
            Some("description") => text(&self.description),
            Some("keywords") => text(&self.keywords),
            Some("place") => optional(&self.place),
            _ if own.toggle("w:showingPlcHdr") == Some(true) => {
                let shown = control.child("w:sdtContent").map(word::Element::text);
                let shown = shown.unwrap_or_default();
                let name = name.map_or(shown.trim(), |name| name);
                return Fill::Unknown(super::taken::text(name));
            }
            _ => return Fill::Keep,
        };
        lines.map_or(Fill::Nothing, Fill::With)
    }
}

/// Whether a control holds the title.
pub(super) fn is_title(control: &word::Element) -> bool {
    control.child("w:sdtPr").and_then(held) == Some("title")
}

/// What a control holds, by its properties.
fn held(own: &word::Element) -> Option<&'static str> {
    let binding = own.child("w:dataBinding").or(own.child("w15:dataBinding"));
    let path = binding.and_then(|one| one.attr("w:xpath"));
    let bound = path.and_then(|path| {
        let last = path.trim_end_matches('/').rsplit(['/', ':']).next()?;
        let last = last.split('[').next()?.to_lowercase();
        BOUND
            .iter()
            .find(|(end, _)| *end == last)
            .map(|(_, what)| *what)
    });
    let named = |name: Option<&str>| {
        let name = super::ids::plain(name?);
        let found = NAMED
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()));
        found.map(|(what, _)| *what)
    };
    bound
        .or_else(|| named(own.child_val("w:alias")))
        .or_else(|| named(own.child_val("w:tag")))
}
