//! The report as a whole: its title page, imprint and identifiers, and the order in which everything is resolved.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::by_rows::Columns;
use super::prose::ProseContext;
use super::resolve::{FieldPath, Resolver};
use super::{
    Block, Date, Document, Fact, Inline, Language, derived, identifiers, language, numbering,
    plain_content, typography,
};
use crate::base::diagnostic::{Code, Diagnostics};
use crate::base::paths::trouble_on_windows;
use crate::layout::{self, Strings, Tokens};
use crate::source::{Source, schema as s};

/// Turns a source into a document.
///
/// # Errors
/// Everything that is wrong with the source, in the order of its files and lines.
pub fn resolve(source: &Source, strings: &Strings) -> Result<(Document, Diagnostics), Diagnostics> {
    resolve_as(Resolver::new(source, strings))
}

/// The document of a source as a layout wants it: with its numbers of chapters, sections or paragraphs, and tables that are
/// too wide for it row by row. `document`, unless that is otherwise than in the report.
///
/// # Errors
/// What refers to a number that the layout does not give.
pub fn for_layout<'d>(
    source: &Source,
    document: &'d Document,
    tokens: &Tokens,
) -> Result<Cow<'d, Document>, Diagnostics> {
    let own = tokens.structure.numbering.own();
    let mut made = match own.filter(|own| *own != source.report.content.numbering) {
        None => Cow::Borrowed(document),
        Some(numbering) => {
            let mut resolver = Resolver::new(source, &document.strings);
            resolver.numbering = numbering;
            Cow::Owned(resolve_as(resolver)?.0)
        }
    };
    if let Some(columns) = Columns::of(tokens)
        && made.has_tables_for_rows(columns)
    {
        made.to_mut().set_by_rows(columns);
    }
    Ok(made)
}

fn resolve_as(mut resolver: Resolver<'_>) -> Result<(Document, Diagnostics), Diagnostics> {
    let source = resolver.source;
    let document = crate::source::memo::remembering(|| resolver.document());
    let mut found = source.warnings.clone();
    found.extend(std::mem::take(&mut resolver.found));
    sort(&mut found, source);
    found.or_value(document)
}

/// Orders diagnostics by file, in the order in which files are read, and by line.
fn sort(found: &mut Diagnostics, source: &Source) {
    let mut files = vec![
        &source.report.path,
        &source.people.path,
        &source.organisations.path,
    ];
    files.extend(source.acronyms.as_ref().map(|file| &file.path));
    files.extend(source.references.as_ref().map(|file| &file.path));
    files.extend(source.chapters.iter().map(|file| &file.path));
    let order: std::collections::BTreeMap<&str, usize> = files
        .into_iter()
        .enumerate()
        .map(|(index, path)| (path.as_str(), index))
        .collect();
    found.sort_by_place(|diagnostic| match &diagnostic.location {
        Some(place) => (
            order
                .get(place.file.as_str())
                .copied()
                .unwrap_or(usize::MAX),
            place.line,
            place.column,
        ),
        None => (usize::MAX, 0, 0),
    });
}

/// Fixed words that are written alike in no two languages.
const ENGLISH_ALONE: &[&str] = &[
    "months",
    "meetings",
    "meeting",
    "appendix",
    "contents",
    "summary",
    "opening",
    "speakers_section",
    "closing",
    "speakers",
    "acronyms",
    "index",
    "label_time",
    "label_floor",
    "label_members",
    "about",
    "whole",
    "whole_text",
    "whole_url",
    "large_print",
    "printed_in",
    "chart_highest",
    "chart_lowest",
];

impl Resolver<'_> {
    fn document(&mut self) -> Document {
        self.registries();
        self.collect_ids();
        self.citation_style();
        let mut document = self.front();
        document.chapters = self.chapters();
        let descriptions = self.descriptions();
        document.chapters.extend(descriptions);
        document.footnotes = std::mem::take(&mut self.notes.footnotes);
        // A misspelt reference leaves its person unnamed: the mistake alone is enough.
        if !self.found.has_errors() {
            self.unused();
        }
        document.bibliography = self.bibliography(&mut document);
        self.fill_references(&mut document);
        document.block_lists = self.block_lists(&document);
        document.speakers = self.speakers(&document.chapters);
        document.acronyms = self.acronym_list();
        document.index = self.index(&document);
        document.contents = derived::contents(&document);
        document.people = std::mem::take(&mut self.registry.people);
        document.organisations = std::mem::take(&mut self.registry.organisations);
        document.origins = std::mem::take(&mut self.origins);
        document.images = std::mem::take(&mut self.usage.images.images);
        document.characters = std::mem::take(&mut self.usage.characters.places);
        typography::apply(&mut document);
        document
    }

    /// What `report.yaml` says; the rest is empty still.
    fn front(&mut self) -> Document {
        let report = &self.source.report.content;
        let at = FieldPath::top(self.source.report.as_ref());
        if let Err(message) = numbering::check_id(&report.id.value) {
            self.found.push(
                at.key("id")
                    .diagnostic(Code::BAD_ID, &report.id, message)
                    .hint(numbering::GOOD_ID),
            );
        } else if let Some(why) = trouble_on_windows(&report.id.value) {
            let message = format!(
                "the id `{}`, after which the files are called, {why}",
                report.id.value
            );
            self.found.push(
                at.key("id")
                    .diagnostic(Code::BAD_ID, &report.id, message)
                    .hint("add a word or a year to it, such as con-2026"),
            );
        }
        self.english_left(&at);
        let title = self.literal(&at.key("title"), &report.title);
        let publisher = self.literal(&at.key("publisher"), &report.publisher);
        if report.contents.is_empty() {
            let message = "the report has no chapters";
            let at = at.key("contents");
            let found = at.diagnostic_somewhere(Code::NO_CHAPTERS, message);
            self.found
                .push(found.hint("name at least one file in `contents`"));
        }
        let authors = self.people_named(&at.key("authors"), &report.authors);
        let mut identifiers = self.credits(&at, &authors);
        let (numbers, job_number, url) =
            self.identifiers(&at.key("identifiers"), &report.identifiers);
        identifiers.extend(numbers);
        Document {
            id: report.id.value.clone(),
            language: self.report_language(&at.key("language"), &report.language),
            title_lines: self.title_lines(&at.key("title_lines"), &report.title_lines, &title),
            subtitle: self.optional(&at.key("subtitle"), &report.subtitle),
            series: self.optional(&at.key("series"), &report.series),
            running_title: self
                .optional(&at.key("running_title"), &report.running_title)
                .unwrap_or_else(|| title.clone()),
            title,
            date: self.date(&at.key("date"), &report.date).unwrap_or(Date {
                year: 1,
                month: 1,
                day: 1,
                text: String::new(),
            }),
            place: self.optional(&at.key("place"), &report.place),
            credit: self
                .optional(&at.key("credit"), &report.credit)
                .unwrap_or_else(|| publisher.clone()),
            author: self
                .optional(&at.key("author"), &report.author)
                .or_else(|| (!authors.is_empty()).then(|| authors.join(&self.words.strings.comma)))
                .unwrap_or_else(|| publisher.clone()),
            publisher,
            description: self.name(&at.key("description"), &report.description),
            copyright: self.literal(&at.key("copyright"), &report.copyright),
            keywords: self.keywords(&at.key("keywords"), &report.keywords),
            imprint: self.whole_imprint(&at),
            covers: self.covers(),
            identifiers,
            job_number,
            url,
            footnotes_restart: report.footnotes.restart == s::FootnoteRestart::Chapter,
            chapters: Vec::new(),
            contents: Vec::new(),
            footnotes: Vec::new(),
            people: Vec::new(),
            organisations: Vec::new(),
            block_lists: Vec::new(),
            bibliography: None,
            speakers: None,
            origins: Vec::new(),
            acronyms: None,
            index: None,
            images: Vec::new(),
            characters: std::collections::BTreeMap::new(),
            strings: self.words.strings.clone(),
        }
    }

    /// What was corrected, the text of the imprint, and for what nobody answers.
    fn whole_imprint(&mut self, at: &FieldPath) -> Vec<Block> {
        let (source, strings) = (self.source, self.words.strings);
        let report = &source.report.content;
        let at = FieldPath {
            file: source.report.as_ref(),
            path: at.path.clone(),
        };
        let mut whole = Vec::new();
        for (key, heading, text) in [
            (
                "corrigendum",
                Some(&strings.corrigendum),
                report.corrigendum.as_ref(),
            ),
            ("imprint", None, Some(&report.imprint)),
            (
                "disclaimer",
                Some(&strings.disclaimer),
                report.disclaimer.as_ref(),
            ),
        ] {
            let Some(text) = text else { continue };
            whole.extend(heading.map(|words| {
                Block::Paragraph {
                    content: vec![Inline::Strong {
                        content: plain_content(words),
                    }]
                    .into(),
                }
            }));
            whole.extend(self.prose(&at.key(key), text, ProseContext::Imprint));
        }
        whole
    }

    /// Warns of fixed words that are still English: those that no other language writes alike.
    fn english_left(&mut self, at: &FieldPath) {
        let tag = &self.source.report.content.language;
        let code = tag.value.trim().split('-').next().unwrap_or_default();
        let own = serde_json::to_value(self.words.strings).unwrap_or_default();
        let english =
            layout::strings("en").and_then(|words| layout::strings("en-US").map(|us| [words, us]));
        let Some(english) = english.ok().filter(|_| !code.eq_ignore_ascii_case("en")) else {
            return;
        };
        let english = english.map(|words| serde_json::to_value(words).unwrap_or_default());
        let left = ENGLISH_ALONE
            .iter()
            .filter(|field| english.iter().any(|words| words[**field] == own[**field]));
        let left: Vec<String> = left.map(|field| format!("`{field}`")).collect();
        if !left.is_empty() {
            let message = format!(
                "fixed words of the language `{}` are still English: {}",
                tag.value.trim(),
                left.join(", ")
            );
            let found = at
                .key("language")
                .diagnostic(Code::HALF_TRANSLATED, tag, message);
            self.found
                .push(found.hint(format!("translate them in layouts/strings/{code}.yaml")));
        }
    }

    fn report_language(&mut self, at: &FieldPath, tag: &s::Literal) -> Language {
        language::parse(tag.value.trim()).unwrap_or_else(|message| {
            let wrong = at.diagnostic(Code::BAD_LANGUAGE, tag, message);
            self.found.push(wrong.hint(language::GOOD_TAG));
            Language {
                tag: tag.value.clone(),
                code: String::new(),
                region: None,
                rtl: false,
            }
        })
    }

    fn keywords(&mut self, at: &FieldPath, keywords: &[s::Literal]) -> Vec<String> {
        let (mut all, mut known) = (Vec::new(), BTreeSet::new());
        for (index, keyword) in keywords.iter().enumerate() {
            let at = at.index(index);
            let text = self.name(&at, keyword);
            if !known.insert(text.clone()) {
                let message = format!("the keyword `{text}` occurs twice");
                let twice = at.diagnostic(Code::KEYWORD_TWICE, keyword, message);
                self.found.push(twice.hint("delete one of the two"));
            }
            if let Some(sign) = text.chars().find(|c| matches!(c, ';' | '；' | '、' | '|')) {
                let message = format!("the keyword `{text}` holds a `{sign}` and is one keyword");
                let doubt = at.diagnostic(Code::JOINED_KEYWORDS, keyword, message);
                self.found
                    .push(doubt.hint("write each keyword as an item of its own"));
            }
            all.push(text);
        }
        all
    }

    /// The names of people of the registry, without honorifics.
    fn people_named(&mut self, at: &FieldPath, ids: &[s::Id]) -> Vec<String> {
        let people = ids.iter().enumerate();
        let people: Vec<usize> = people
            .filter_map(|(index, id)| self.person_id(&at.index(index), id))
            .collect();
        let name = |index: usize| self.registry.people[index].name.clone();
        people.into_iter().map(name).collect()
    }

    /// Who wrote and edited the report, and under which licence it may be used, as lines of the imprint.
    fn credits(&mut self, at: &FieldPath, authors: &[String]) -> Vec<Fact> {
        let (report, strings) = (&self.source.report.content, self.words.strings);
        let editors = self.people_named(&at.key("editors"), &report.editors);
        let supporters = self.organisations(&at.key("supported_by"), &report.supported_by);
        let mut facts = vec![
            (&strings.written_by, authors.to_vec()),
            (&strings.edited_by, editors),
            (&strings.supported_by, supporters),
        ];
        if let Some(credit) = report
            .cover
            .as_ref()
            .and_then(|cover| cover.credit.as_ref())
        {
            let credit = self.literal(&at.key("cover").key("credit"), credit);
            facts.push((&strings.picture, vec![credit]));
        }
        if let Some(written) = &report.licence {
            let at = at.key("licence");
            let text = self.name(&at, written);
            match identifiers::licence(&text) {
                Some((name, address)) => facts.push((&strings.licence, vec![name, address])),
                None => self.found.push(
                    at.diagnostic(
                        Code::BAD_LICENCE,
                        written,
                        format!("`{text}` is not the name of a licence"),
                    )
                    .hint(
                        "write one of Creative Commons, such as CC BY 4.0 or CC BY-NC-SA 3.0 IGO; terms of another kind \
                         belong in `imprint`",
                    ),
                ),
            }
        }
        let facts = facts.into_iter().filter(|(_, values)| !values.is_empty());
        facts
            .map(|(label, values)| Fact {
                label: label.clone(),
                values,
            })
            .collect()
    }

    /// Identifiers in the order of the imprint, the job number, and the address where the report is available.
    fn identifiers(
        &mut self,
        at: &FieldPath,
        written: &s::Identifiers,
    ) -> (Vec<Fact>, Option<String>, Option<String>) {
        let strings = self.words.strings;
        type Check = fn(&str) -> Result<String, String>;
        let isbn: Check = |text| identifiers::check_isbn(text).map(|()| text.to_owned());
        let issn: Check = |text| identifiers::check_issn(text).map(|()| text.to_owned());
        let plain: Check = |text| Ok(text.to_owned());
        let rows: [(&str, &Option<s::Literal>, &str, Check, Code); 11] = [
            ("isbn", &written.isbn, &strings.isbn, isbn, Code::BAD_ISBN),
            (
                "eisbn",
                &written.eisbn,
                &strings.eisbn,
                isbn,
                Code::BAD_ISBN,
            ),
            ("issn", &written.issn, &strings.issn, issn, Code::BAD_ISSN),
            (
                "doi",
                &written.doi,
                &strings.doi,
                identifiers::doi,
                Code::BAD_DOI,
            ),
            (
                "sales_number",
                &written.sales_number,
                &strings.sales_number,
                plain,
                Code::EMPTY_TEXT,
            ),
            (
                "symbol",
                &written.symbol,
                &strings.symbol,
                plain,
                Code::EMPTY_TEXT,
            ),
            (
                "version",
                &written.version,
                &strings.version,
                plain,
                Code::EMPTY_TEXT,
            ),
            (
                "job_number",
                &written.job_number,
                &strings.job_number,
                plain,
                Code::EMPTY_TEXT,
            ),
            (
                "paper",
                &written.paper,
                &strings.paper,
                plain,
                Code::EMPTY_TEXT,
            ),
            (
                "printed_in",
                &written.printed_in,
                &strings.printed_in,
                plain,
                Code::EMPTY_TEXT,
            ),
            (
                "url",
                &written.url,
                &strings.url,
                identifiers::address,
                Code::BAD_ADDRESS,
            ),
        ];
        let (mut facts, mut job_number, mut url) = (Vec::new(), None, None);
        for (key, value, label, check, code) in rows {
            let Some(value) = value else {
                continue;
            };
            let at = at.key(key);
            let text = self.name(&at, value);
            match check(&text) {
                Ok(text) => {
                    match key {
                        "job_number" => job_number = Some(text.clone()),
                        "url" => url = Some(text.clone()),
                        _ => {}
                    }
                    facts.push(Fact {
                        label: label.to_owned(),
                        values: vec![text],
                    });
                }
                Err(message) => {
                    let hint = if code == Code::BAD_ADDRESS {
                        identifiers::GOOD_ADDRESS
                    } else if code == Code::BAD_DOI {
                        "write it in the form 10.1000/182"
                    } else {
                        "compare it, digit by digit, with the number that was assigned, or leave the field out"
                    };
                    self.found
                        .push(at.diagnostic(code, value, message).hint(hint));
                }
            }
        }
        (facts, job_number, url)
    }
}
