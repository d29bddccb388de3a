//! The words of citations and of the list of works, made by hayagriva from a CSL style once all citations are known, in the
//! language of the report. Each leads to its work, and the list back to where the work is cited.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use hayagriva::archive;
use hayagriva::citationberg::{
    FontStyle, FontWeight, IndependentStyle, Locale, LocaleCode, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, ElemChild,
    ElemChildren, ElemMeta, Entry, Formatting, LocatorPayload, Rendered, SpecificLocator,
};

use super::citations::{Citation, CitedWork, kind_of_place, placeheld};
use super::derived::name_anew;
use super::resolve::Resolver;
use super::{
    Anchor, BackList, Document, Heading, Inline, Work, identifiers, isolates, plain_text, text,
};
use crate::base::diagnostic::{Code, Diagnostic};
use crate::source::schema::BackMatter;

/// The words of CSL in all languages.
fn locales() -> &'static [Locale] {
    static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();
    LOCALES.get_or_init(archive::locales)
}

impl Resolver<'_> {
    /// Fills in the citations, and gives the list of the works that they name.
    pub(super) fn bibliography(&mut self, document: &mut Document) -> Option<BackList<Work>> {
        self.citations.style.as_ref()?;
        let all = std::mem::take(&mut self.citations.all);
        let references = self.source.references.as_ref()?;
        self.uncited(&all);
        if self.citations.looks_like_notes() && !document.footnotes.is_empty() && !all.is_empty() {
            let report = &self.source.report;
            let at = super::resolve::FieldPath::top(report.as_ref()).key("citation_style");
            let message = "works are cited by raised numbers, and so are the report's footnotes";
            let found = at.diagnostic_somewhere(Code::RAISED_NUMBERS, message);
            self.found.push(found.hint("take a style with brackets, such as vancouver or ieee, or one with names and years"));
        }
        if all.is_empty() || self.found.has_errors() {
            return None;
        }
        let by_years = self.citations.has_years();
        let style = self.citations.style.take()?;
        let batch = Batch::of(
            &all,
            style.settings.class == hayagriva::citationberg::StyleClass::Note,
        );
        let rendered = batch.rendered(
            &style,
            by_years,
            &self.source.report.content.language.value,
            |key| references.entries.get(key),
        );
        let listed = self.wanted(BackMatter::References);
        let works = match rendered.bibliography {
            Some(list) if listed => list.items,
            Some(_) => {
                self.unlisted();
                Vec::new()
            }
            None => Vec::new(),
        };
        let mut anchors: BTreeMap<String, Anchor> = BTreeMap::new();
        self.links.anchors.start_chapter(0);
        for work in &works {
            let anchor = self.links.anchors.fresh("reference");
            anchors.insert(work.key.clone(), anchor);
        }
        let pieces: Vec<Vec<Inline>> = rendered
            .citations
            .iter()
            .zip(&batch.first)
            .map(|(one, first)| {
                let named = &all[*first].works;
                self.words_of(&one.citation, Some((named, &anchors)), &named[0].key)
            })
            .collect();
        let years = Years::of(&style, by_years);
        let words = |index: usize| {
            let citation = all.get(index)?;
            let words = pieces.get(batch.of[index])?.clone();
            Some(years.around(words, citation))
        };
        document.for_each_line_mut(&mut |content| fill(content, &words));
        name_anew(document);
        let mut cited: BTreeMap<&str, Vec<Anchor>> = BTreeMap::new();
        for citation in &all {
            for work in &citation.works {
                let places = cited.entry(&work.key).or_default();
                if places.last() != Some(&citation.place) {
                    places.push(citation.place.clone());
                }
            }
        }
        let entries = works.iter().map(|work| {
            let first = work
                .first_field
                .clone()
                .map(|first| ElemChildren(vec![first]));
            let label = first.map(|first| plain_text(&self.words_of(&first, None, &work.key)));
            let mut content = self.words_of(&work.content, None, &work.key);
            trim(&mut content);
            Work {
                anchor: anchors.get(&work.key).cloned().unwrap_or_default(),
                label: label
                    .map(|label| label.trim().to_owned())
                    .filter(|label| !label.is_empty()),
                content: content.into(),
                anchors: cited.remove(work.key.as_str()).unwrap_or_default(),
            }
        });
        let entries: Vec<Work> = entries.collect::<Vec<_>>();
        if entries.is_empty() {
            return None;
        }
        let title = self.words.strings.bibliography.clone();
        let anchor = self.links.anchors.fixed("references");
        Some(BackList {
            heading: Heading::plain(anchor, 1, &title),
            entries,
        })
    }

    /// Warns of works that no text cites.
    fn uncited(&mut self, all: &[Citation]) {
        let Some(references) = &self.source.references else {
            return;
        };
        let cited: std::collections::BTreeSet<&str> = all
            .iter()
            .flat_map(|citation| &citation.works)
            .map(|work| work.key.as_str())
            .collect();
        for key in references.entries.keys().filter(|key| !cited.contains(key)) {
            let message = format!("no text cites the work `{key}`");
            let (line, column) = references.places.get(key).copied().unwrap_or_default();
            let file = references.as_ref();
            let unused = file.diagnostic(Code::UNUSED_WORK, line, column, message);
            self.found.push(unused.hint(format!(
                "cite it as [@{key}], or delete it: the list has what is cited"
            )));
        }
    }

    /// Warns where works are cited and listed nowhere.
    fn unlisted(&mut self) {
        let report = &self.source.report;
        let at = super::resolve::FieldPath::top(report.as_ref()).key("back_matter");
        let message = "works are cited, and `back_matter` does not name the list of them";
        let found = at.diagnostic_somewhere(Code::UNLISTED_WORKS, message);
        self.found.push(found.hint("add `references` to it"));
    }

    /// What hayagriva says, as running text; `works` are those of a citation with the anchors of the list.
    fn words_of(
        &mut self,
        said: &ElemChildren,
        works: Option<(&[CitedWork], &BTreeMap<String, Anchor>)>,
        key: &str,
    ) -> Vec<Inline> {
        let mut content = Vec::new();
        collect(said, works, &mut content);
        let place = self.place_of_work(key);
        self.clean(&mut content, key);
        if let Some(place) = place {
            let text = plain_text(&content);
            self.usage.characters.take(&text, || place.clone());
        }
        content
    }

    /// Takes out what cannot be printed, and says so.
    fn clean(&mut self, content: &mut [Inline], key: &str) {
        for inline in content {
            match inline {
                Inline::Text { text } => {
                    // Without a number of the issue some styles leave a space there; typography adds what a language has.
                    // In the Hebrew of CSL the sign of a short form stands before its word.
                    let tidy = text.replace(" :", ":").replace(" ;", ";");
                    *text = tidy.replace("'עמ", "עמ'");
                    let (cleaned, faults) = text::clean(text);
                    // A piece may begin and end in a space, which parts it from the next.
                    let (start, end) = (text.starts_with(' '), text.ends_with(' '));
                    if let Some(fault) = faults.into_iter().next() {
                        let mut wrong = Diagnostic::new(fault.code, fault.message).hint(fault.hint);
                        if let Some(place) = self.place_of_work(key) {
                            wrong = wrong.at(place.location).field(place.field);
                        }
                        self.found.push(wrong);
                    }
                    let space = |is: bool| if is { " " } else { "" };
                    let whole = match cleaned.trim().is_empty() {
                        true => " ".to_owned(),
                        false => format!("{}{}{}", space(start), cleaned.trim(), space(end)),
                    };
                    *text = match self.words.rtl {
                        true => isolates::isolate_works(&whole),
                        false => whole,
                    };
                }
                other => {
                    if let Some(inner) = other.content_mut() {
                        self.clean(inner, key);
                    }
                }
            }
        }
    }
}

/// Citations to be made: each wording once, but where it depends on what was cited before it.
struct Batch<'c> {
    all: &'c [Citation],
    /// Whether they are notes, whose words depend on those before them.
    in_notes: bool,
    /// The first citation of each wording.
    first: Vec<usize>,
    /// The wording of each citation.
    of: Vec<usize>,
}

impl<'c> Batch<'c> {
    fn of(all: &'c [Citation], in_notes: bool) -> Self {
        let (mut first, mut of) = (Vec::new(), Vec::with_capacity(all.len()));
        let mut known: std::collections::HashMap<&[CitedWork], usize> =
            std::collections::HashMap::new();
        for (index, citation) in all.iter().enumerate() {
            let next = first.len();
            let wording = match in_notes {
                true => next,
                false => *known.entry(&citation.works).or_insert(next),
            };
            if wording == next {
                first.push(index);
            }
            of.push(wording);
        }
        Batch {
            all,
            in_notes,
            first,
            of,
        }
    }

    fn rendered<'e>(
        &'e self,
        style: &'e IndependentStyle,
        by_years: bool,
        language: &str,
        entry: impl Fn(&str) -> Option<&'e Entry>,
    ) -> Rendered {
        let locale = Some(LocaleCode(language.trim().to_owned()));
        let mut driver = BibliographyDriver::new();
        let ordered = self.ordered(style, &locale, &entry);
        for work in &ordered {
            let mut item = CitationItem::with_entry(*work);
            item.hidden = true;
            let hidden = CitationRequest::new(vec![item], style, locale.clone(), locales(), None);
            driver.citation(hidden);
        }
        for index in &self.first {
            let citation = &self.all[*index];
            let items = citation.works.iter().filter_map(|work| {
                let locator = work.locator.as_ref().map(|(kind, place)| {
                    SpecificLocator(kind_of_place(kind), LocatorPayload::Str(place))
                });
                let mut item = CitationItem::with_locator(entry(&work.key)?, locator);
                if work.year_alone && by_years {
                    item = item.kind(CitePurpose::Year);
                }
                Some(item)
            });
            let items = items.collect();
            let request =
                CitationRequest::new(items, style, locale.clone(), locales(), citation.note);
            driver.citation(request);
        }
        let mut rendered = driver.finish(BibliographyRequest::new(style, locale, locales()));
        rendered.citations.drain(..ordered.len());
        rendered
    }

    /// The works in the order of a sorted list, in which the letters behind equal years are given: 2019a before 2019b.
    fn ordered<'e>(
        &'e self,
        style: &'e IndependentStyle,
        locale: &Option<LocaleCode>,
        entry: &impl Fn(&str) -> Option<&'e Entry>,
    ) -> Vec<&'e Entry> {
        let sorted = style
            .bibliography
            .as_ref()
            .is_some_and(|list| list.sort.is_some());
        if self.in_notes || !sorted {
            return Vec::new();
        }
        let mut known = std::collections::BTreeSet::new();
        let keys = self.all.iter().flat_map(|citation| &citation.works);
        let keys = keys
            .map(|work| work.key.as_str())
            .filter(|key| known.insert(*key));
        let mut driver = BibliographyDriver::new();
        for entry in keys.filter_map(entry) {
            let item = vec![CitationItem::with_entry(entry)];
            driver.citation(CitationRequest::new(
                item,
                style,
                locale.clone(),
                locales(),
                None,
            ));
        }
        let request = BibliographyRequest::new(style, locale.clone(), locales());
        let list = driver.finish(request).bibliography;
        let items = list.into_iter().flat_map(|list| list.items);
        items.filter_map(|item| entry(&item.key)).collect()
    }
}

/// What stands around a year that is cited alone: hayagriva leaves it out.
struct Years {
    before: String,
    after: String,
    by_years: bool,
}

impl Years {
    fn of(style: &IndependentStyle, by_years: bool) -> Self {
        let layout = &style.citation.layout;
        Years {
            before: layout.prefix.clone().unwrap_or_default(),
            after: layout.suffix.clone().unwrap_or_default(),
            by_years,
        }
    }

    fn around(&self, words: Vec<Inline>, citation: &Citation) -> Vec<Inline> {
        if !self.by_years || !citation.works.iter().any(|work| work.year_alone) {
            return words;
        }
        let mut whole = Vec::new();
        push(&mut whole, &self.before);
        whole.extend(words);
        push(&mut whole, &self.after);
        whole
    }
}

/// Puts the words of citations into their places.
fn fill(content: &mut Vec<Inline>, words: &impl Fn(usize) -> Option<Vec<Inline>>) {
    for inline in content.iter_mut() {
        if placeheld(inline).is_none()
            && let Some(inner) = inline.content_mut()
        {
            fill(inner, words);
        }
    }
    if !content.iter().any(|inline| placeheld(inline).is_some()) {
        return;
    }
    let old = std::mem::take(content);
    for inline in old {
        match placeheld(&inline) {
            Some(index) => content.extend(words(index).unwrap_or_default()),
            None => content.push(inline),
        }
    }
}

/// Adds text, to that before it where there is some.
fn push(content: &mut Vec<Inline>, text: &str) {
    match content.last_mut() {
        Some(Inline::Text { text: last }) => last.push_str(text),
        _ if text.is_empty() => {}
        _ => content.push(Inline::Text {
            text: text.to_owned(),
        }),
    }
}

fn collect(
    said: &ElemChildren,
    works: Option<(&[CitedWork], &BTreeMap<String, Anchor>)>,
    content: &mut Vec<Inline>,
) {
    for child in &said.0 {
        match child {
            ElemChild::Text(piece) => formatted(content, &piece.text, &piece.formatting),
            ElemChild::Elem(inner) => {
                let work = match (&inner.meta, works) {
                    (Some(ElemMeta::Entry(index)), Some((works, anchors))) => {
                        works.get(*index).map(|work| (work, anchors))
                    }
                    _ => None,
                };
                let Some((work, anchors)) = work else {
                    collect(&inner.children, works, content);
                    continue;
                };
                let mut words = Vec::new();
                collect(&inner.children, works, &mut words);
                if plain_text(&words).is_empty() {
                    continue;
                }
                if !work.before.is_empty() {
                    push(content, &format!("{} ", work.before));
                }
                match anchors.get(&work.key) {
                    Some(anchor) => content.push(Inline::Reference {
                        anchor: anchor.clone(),
                        content: words,
                        page: false,
                    }),
                    None => content.extend(words),
                }
            }
            ElemChild::Markup(markup) => push(content, markup),
            ElemChild::Link { text, url } => match identifiers::address(url) {
                Ok(url) => content.push(Inline::Link {
                    url,
                    content: super::plain_content(&text.text),
                }),
                Err(_) => formatted(content, &text.text, &text.formatting),
            },
            ElemChild::Transparent { .. } => {}
        }
    }
}

/// Adds text as it is to look.
fn formatted(content: &mut Vec<Inline>, text: &str, look: &Formatting) {
    if text.is_empty() {
        return;
    }
    let looks = *look != Formatting::default() && !text.trim().is_empty();
    if !looks {
        return push(content, text);
    }
    let mut inner = super::plain_content(text);
    if look.font_weight == FontWeight::Bold {
        inner = vec![Inline::Strong { content: inner }];
    }
    if look.font_style == FontStyle::Italic {
        inner = vec![Inline::Emphasis { content: inner }];
    }
    match look.vertical_align {
        VerticalAlign::Sup => inner = vec![Inline::Superscript { content: inner }],
        VerticalAlign::Sub => inner = vec![Inline::Subscript { content: inner }],
        _ => {}
    }
    match inner.as_slice() {
        [Inline::Text { .. }] => push(content, text),
        _ => content.extend(inner),
    }
}

/// Takes spaces off the ends of a line.
fn trim(content: &mut Vec<Inline>) {
    if let Some(Inline::Text { text }) = content.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text { text }) = content.last_mut() {
        *text = text.trim_end().to_owned();
    }
    content.retain(|inline| !matches!(inline, Inline::Text { text } if text.is_empty()));
}
