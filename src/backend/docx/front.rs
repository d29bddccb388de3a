//! What comes before the chapters: cover, imprint, contents list.

use super::block::{self, BlockContext};
use super::composer::{Composer, ParagraphSpec};
use super::inline;
use super::line::ParagraphContent;
use crate::base::diagnostic::Diagnostics;
use crate::document::{ContentsEntry, Document, Inline};
use crate::layout::Labels;

/// Puts the cover.
pub(super) fn cover(composer: &mut Composer<'_>) {
    let document = composer.document;
    if let Some(series) = &document.series {
        composer.line("CoverSeries", ParagraphContent::of(series));
    }
    let mut title = ParagraphContent::new();
    for (index, line) in document.title_lines.iter().enumerate() {
        if index > 0 {
            title.line_break();
        }
        title.text(line);
    }
    composer.line("Title", title);
    if let Some(subtitle) = &document.subtitle {
        composer.line("Subtitle", ParagraphContent::of(subtitle));
    }
    let year = document.date.year.to_string();
    let place = match &document.place {
        Some(place) => format!("{place}{}{year}", document.strings.comma),
        None => year,
    };
    let mut credit = ParagraphContent::of(&document.credit);
    match composer.tokens().structure.labels {
        Labels::Beside => credit.tab(),
        Labels::Above => credit.line_break(),
    }
    credit.text(&place);
    let width = composer.measure();
    composer.at_foot(width, |composer| composer.line("CoverCredit", credit));
}

/// Part of the text's width that the imprint takes.
const IMPRINT: f64 = 0.72;

/// Puts the imprint page: small, in a narrow column unless all type is large, at the foot.
pub(super) fn imprint(composer: &mut Composer<'_>) -> Result<(), Diagnostics> {
    let part = match composer.tokens().structure.columns {
        1 => 1.0,
        _ => IMPRINT,
    };
    let width = composer.measure() * part;
    composer.at_foot(width, imprint_lines)
}

fn imprint_lines(composer: &mut Composer<'_>) -> Result<(), Diagnostics> {
    let document = composer.document;
    composer.line("ImprintTitle", ParagraphContent::of(&document.title));
    block::put_all(composer, &document.imprint, BlockContext::IMPRINT)?;
    let mut published = vec![document.publisher.as_str()];
    published.extend(document.place.as_deref());
    published.push(&document.date.text);
    composer.line(
        "Imprint",
        ParagraphContent::of(&published.join(&document.strings.comma)),
    );
    if !document.identifiers.is_empty() {
        let identifiers = inline::line(composer, &identifiers(document));
        composer.line("Imprint", identifiers);
    }
    composer.line("Imprint", ParagraphContent::of(&document.copyright));
    Ok(())
}

/// Identifiers, a line each; addresses are links.
fn identifiers(document: &Document) -> Vec<Inline> {
    let text = |text: String| Inline::Text { text };
    let mut content = Vec::new();
    for (index, fact) in document.identifiers.iter().enumerate() {
        if index > 0 {
            content.push(Inline::Break);
        }
        content.push(text(format!("{}{}", fact.label, document.strings.colon)));
        for (index, value) in fact.values.iter().enumerate() {
            if index > 0 {
                content.push(text(document.strings.comma.clone()));
            }
            let shown = text(value.clone());
            content.push(if value.contains("://") {
                Inline::Link {
                    url: value.clone(),
                    content: vec![shown],
                }
            } else {
                shown
            });
        }
    }
    content
}

/// Puts the contents list: a field that Word can bring up to date, filled in with the entries and page numbers of
/// the typeset pages. It is not marked to be updated on opening: that would raise a question.
pub(super) fn contents(composer: &mut Composer<'_>) {
    let document = composer.document;
    let depth = composer.tokens().structure.contents_depth;
    let entries: Vec<&ContentsEntry> = document.contents_to(depth).collect();
    composer.line(
        "TOCHeading",
        ParagraphContent::of(&document.strings.contents),
    );
    let last = entries.len().saturating_sub(1);
    for (index, entry) in entries.into_iter().enumerate() {
        let mut line = ParagraphContent::new();
        if index == 0 {
            line.open_field(&format!("TOC \\o \"1-{depth}\" \\h \\z \\u"));
        }
        line.append(contents_entry(composer, entry));
        if index == last {
            line.close_field();
        }
        let style = format!("TOC{}", entry.level);
        composer.put(ParagraphSpec::new(&style, line));
    }
}

/// One entry. The label comes before the link: inside it LibreOffice takes its look away.
fn contents_entry(composer: &mut Composer<'_>, entry: &ContentsEntry) -> ParagraphContent {
    let mut line = ParagraphContent::new();
    if let Some(label) = &entry.label {
        if entry.level == 1 {
            line.set(label, "ContentsLabel");
            line.line_break();
        } else {
            line.set(label, "ContentsNumber");
            line.text("\u{2003}");
        }
    }
    line.open_link(composer.target(&entry.anchor));
    line.text(&entry.title);
    let page = composer.page_of(&entry.anchor);
    if !page.is_empty() {
        line.tab();
        line.append(page);
    }
    line.close_link();
    line
}
