//! Citations in prose, such as `[@key, p. 12]`: what they name is taken in while the text is resolved, and their words are
//! known once all are met (`cited` makes them).

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{
    CitationFormat, IndependentStyle, Style, StyleCategory, StyleClass, VerticalAlign,
};

use super::markdown::{Kind, Node};
use super::prose::{Prose, ProseContext};
use super::resolve::{FieldPath, Resolver};
use super::{Anchor, Block, FieldLocation, Inline};
use crate::base::diagnostic::{Code, did_you_mean};

/// The style of a report that names none.
const USUAL_STYLE: &str = "chicago-author-date";

/// A work that a citation names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct CitedWork {
    /// Its key.
    pub(super) key: String,
    /// Words before it, such as `see`.
    pub(super) before: String,
    /// The place in it, and of what kind.
    pub(super) locator: Option<(&'static str, String)>,
    /// Whether its year alone is said, as the text names the author.
    pub(super) year_alone: bool,
}

/// A citation in the text.
#[derive(Debug)]
pub(super) struct Citation {
    /// The works that it names.
    pub(super) works: Vec<CitedWork>,
    /// Number of the footnote that it is.
    pub(super) note: Option<usize>,
    /// Where the list of works leads back to.
    pub(super) place: Anchor,
}

/// The citations so far.
#[derive(Default)]
pub(super) struct Citations {
    /// How they look; nothing where the report cites no works or names no such style.
    pub(super) style: Option<Box<IndependentStyle>>,
    pub(super) all: Vec<Citation>,
}

impl Citations {
    fn is_note(&self) -> bool {
        let style = self.style.as_ref();
        style.is_some_and(|style| style.settings.class == StyleClass::Note)
    }

    /// Whether a citation stands on the word before it.
    pub(super) fn is_raised(&self) -> bool {
        let raised = |style: &IndependentStyle| {
            style.citation.layout.vertical_align == Some(VerticalAlign::Sup)
        };
        self.is_note() || self.style.as_deref().is_some_and(raised)
    }

    /// Whether the style sets numbers of works like those of footnotes.
    pub(super) fn looks_like_notes(&self) -> bool {
        self.is_raised() && !self.is_note()
    }

    /// Whether the style names authors and years.
    pub(super) fn has_years(&self) -> bool {
        let author_date = StyleCategory::CitationFormat {
            format: CitationFormat::AuthorDate,
        };
        let style = self.style.as_ref();
        style.is_some_and(|style| style.info.category.contains(&author_date))
    }
}

/// What stands in the text for the words of a citation.
fn placeholder(index: usize) -> Inline {
    Inline::Reference {
        anchor: format!("@{index}"),
        content: Vec::new(),
        page: false,
    }
}

/// The citation whose words belong in the place of a piece of text.
pub(super) fn placeheld(inline: &Inline) -> Option<usize> {
    match inline {
        Inline::Reference {
            anchor, content, ..
        } if content.is_empty() => anchor.strip_prefix('@')?.parse().ok(),
        _ => None,
    }
}

impl<'a> Resolver<'a> {
    /// Takes in the style of citations.
    pub(super) fn citation_style(&mut self) {
        let report = &self.source.report;
        let named = report.content.citation_style.as_ref();
        let at = FieldPath::top(report.as_ref()).key("citation_style");
        if let Some(named) = named.filter(|_| self.source.references.is_none()) {
            let message = "a style of citations is named, and there are no works to cite";
            let found = at.diagnostic(Code::NO_REFERENCES, named, message);
            self.found.push(found.hint(NO_FILE));
            return;
        }
        if self.source.references.is_none() {
            return;
        }
        let name = named.map_or(USUAL_STYLE, |named| named.value.trim());
        match ArchivedStyle::by_name(name).map(ArchivedStyle::get) {
            Some(Style::Independent(mut style)) => {
                // A row of dashes in place of a name says nothing to those who hear it.
                if let Some(list) = &mut style.bibliography {
                    list.subsequent_author_substitute = None;
                }
                self.citations.style = Some(Box::new(style));
            }
            _ => {
                let Some(named) = named else { return };
                let names = ArchivedStyle::all().iter();
                let names = names.flat_map(|style| style.names().iter().copied());
                let message = format!("there is no style of citations `{name}`");
                let found = at.diagnostic(Code::UNKNOWN_STYLE, named, message);
                let known = "styles are apa, chicago-author-date, chicago-notes, harvard-cite-them-right, ieee, \
                             iso-690-numeric, vancouver and many more by their names in CSL";
                let near = did_you_mean(&name.to_lowercase(), names);
                self.found
                    .push(found.hint(near.unwrap_or_else(|| known.to_owned())));
            }
        }
    }

    /// The sign that stands before the mark of a note in English and is typed behind the citation.
    pub(super) fn sign_before_note(&self, next: Option<&mut Node>) -> Option<String> {
        let language = &self.source.report.content.language.value;
        let Kind::Text(text) = &mut next?.kind else {
            return None;
        };
        let english = language
            .trim()
            .get(..2)
            .is_some_and(|code| code.eq_ignore_ascii_case("en"));
        if !(self.citations.is_note() && english && text.starts_with(['.', ',', ';', ':'])) {
            return None;
        }
        Some(text.remove(0).to_string())
    }

    /// A citation, whose words are filled in at the end.
    pub(super) fn citation(
        &mut self,
        prose: &mut Prose<'_, 'a>,
        inner: &str,
        offset: usize,
    ) -> Vec<Inline> {
        let Some(references) = &self.source.references else {
            let message = "a work is cited, and there is no file of works";
            self.found
                .push(prose.diagnostic(Code::NO_REFERENCES, offset, message, NO_FILE));
            return Vec::new();
        };
        let mut works = Vec::new();
        for item in inner.split(';') {
            let Some(work) = cited_work(item) else {
                let message = format!("`{}` is no citation", item.trim());
                let hint =
                    "write a key in each part, as in [@key], [@key, p. 12] or [see @one; @other]";
                self.found
                    .push(prose.diagnostic(Code::BAD_CITATION, offset, message, hint));
                continue;
            };
            if references.entries.get(&work.key).is_none() {
                let message = format!(
                    "no work in `{}` has the key `{}`",
                    references.path, work.key
                );
                let spot = prose.spot(offset);
                let wrong = prose.at.diagnostic_at(Code::UNKNOWN_WORK, spot, message);
                let otherwise = format!("add it to `{}`", references.path);
                let found = Self::unknown(wrong, &work.key, references.entries.keys(), otherwise);
                self.found.push(found);
                continue;
            }
            works.push(work);
        }
        if works.is_empty() || self.citations.style.is_none() {
            return Vec::new();
        }
        let index = self.citations.all.len();
        let as_note = self.citations.is_note()
            && !matches!(prose.setting, ProseContext::Note | ProseContext::Imprint);
        if !as_note {
            let place = self.links.anchors.fresh("citation");
            self.citations.all.push(Citation {
                works,
                note: None,
                place: place.clone(),
            });
            return vec![Inline::Place { anchor: place }, placeholder(index)];
        }
        let place = self.links.anchors.fresh("note");
        let note = self.notes.reserve(place.clone());
        let footnote = &mut self.notes.footnotes[note];
        footnote.blocks = vec![Block::Paragraph {
            content: vec![placeholder(index)].into(),
        }];
        self.citations.all.push(Citation {
            works,
            note: Some(footnote.number),
            place,
        });
        vec![Inline::Footnote { note, again: false }]
    }

    /// The place of a work in its file.
    pub(super) fn place_of_work(&self, key: &str) -> Option<FieldLocation> {
        let references = self.source.references.as_ref()?;
        let (line, column) = references.places.get(key).copied()?;
        Some(FieldLocation {
            location: references.as_ref().location(line, column),
            field: key.to_owned(),
        })
    }
}

const NO_FILE: &str = "write the works into references.yaml or references.bib next to report.yaml";

/// The keys of the works that the brackets of a citation name; nothing where they are none.
pub(crate) fn cited_keys(inner: &str) -> Option<Vec<String>> {
    let works = inner.split(';').map(|item| Some(cited_work(item)?.key));
    works.collect()
}

/// A part of a citation, such as `see @key, pp. 3–5`; nothing where it is none.
fn cited_work(item: &str) -> Option<CitedWork> {
    let at = item.find('@')?;
    let (before, year_alone) = match item[..at].strip_suffix('-') {
        Some(before) => (before, true),
        None => (&item[..at], false),
    };
    let rest = &item[at + 1..];
    let end = rest.find(|c: char| c == ',' || c.is_whitespace());
    let (key, rest) = rest.split_at(end.unwrap_or(rest.len()));
    let key = key.trim_end_matches(['.', ':']);
    let place = rest.trim_start_matches(',').trim();
    let before_ends = before.is_empty() || before.ends_with(char::is_whitespace);
    if key.is_empty() || !before_ends || rest.contains('@') {
        return None;
    }
    Some(CitedWork {
        key: key.to_owned(),
        before: before.split_whitespace().collect::<Vec<_>>().join(" "),
        locator: (!place.is_empty()).then(|| located(place)),
        year_alone,
    })
}

/// Words that say of what kind a place is, in the languages whose short forms differ.
const PLACES: &[(&str, &[&str])] = &[
    (
        "page",
        &[
            "pp.", "pp", "p.", "p", "pages", "page", "S.", "s.", "с.", "стр.",
        ],
    ),
    ("chapter", &["chapter", "chap.", "ch.", "Kap.", "гл."]),
    ("section", &["section", "sect.", "sec.", "§", "Abschn."]),
    (
        "paragraph",
        &[
            "paragraphs",
            "paragraph",
            "paras.",
            "para.",
            "par.",
            "¶",
            "Abs.",
            "п.",
        ],
    ),
    ("figure", &["figure", "fig.", "Abb.", "рис."]),
    ("table", &["table", "tab.", "табл."]),
    ("volume", &["volume", "vol.", "Bd.", "т."]),
    ("note", &["note", "n."]),
    ("line", &["line", "l."]),
];

/// What a place in a work is, and its number.
fn located(place: &str) -> (&'static str, String) {
    for (kind, words) in PLACES {
        for word in *words {
            let Some(rest) = place.strip_prefix(word) else {
                continue;
            };
            if rest
                .trim_start()
                .starts_with(|c: char| c.is_numeric() || "ivxlcIVXLC".contains(c))
                && (rest.starts_with(char::is_whitespace) || rest.starts_with(char::is_numeric))
            {
                return (kind, range(rest.trim()));
            }
        }
    }
    match place.starts_with(char::is_numeric) {
        true => ("page", range(place)),
        false => ("", place.to_owned()),
    }
}

/// A span of numbers with the dash that is printed in it.
fn range(text: &str) -> String {
    let mut spans = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let between =
            spans.ends_with(char::is_numeric) && rest.peek().is_some_and(|c| c.is_numeric());
        match c == '-' && between {
            true => spans.push('–'),
            false => spans.push(c),
        }
    }
    spans
}

/// The kind of a place as CSL has it.
pub(super) fn kind_of_place(kind: &str) -> Locator {
    kind.parse().unwrap_or(Locator::Custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_citation_has_words_key_and_place() {
        let of = |item: &str| {
            cited_work(item).map(|work| {
                let (kind, place) = work.locator.unwrap_or_default();
                format!(
                    "{}|{}|{kind}|{place}|{}",
                    work.before, work.key, work.year_alone
                )
            })
        };
        for (item, expected) in [
            ("@okafor2014", "|okafor2014|||false"),
            (" @doe_2020, p. 12", "|doe_2020|page|12|false"),
            ("see also @a:b, pp. 3-5", "see also|a:b|page|3–5|false"),
            ("-@a", "|a|||true"),
            ("@a 17", "|a|page|17|false"),
            ("@a, chap. iv", "|a|chapter|iv|false"),
            ("@a, S. 4", "|a|page|4|false"),
            ("@a, Annex II", "|a||Annex II|false"),
            ("@a, par. 7", "|a|paragraph|7|false"),
            ("@a, passim", "|a||passim|false"),
        ] {
            assert_eq!(of(item).as_deref(), Some(expected), "{item}");
        }
        for item in ["", "see a", "me@example.org", "@", "@a @b"] {
            assert_eq!(of(item), None, "{item}");
        }
    }
}
