//! What comes before the chapters: cover, imprint, contents list.

use std::collections::BTreeMap;

use super::block::{self, BlockContext};
use super::composer::{Composer, ParagraphSpec};
use super::line::ParagraphContent;
use super::package::{Element, Node};
use super::{chapter, figure, inline, label, listing};
use crate::base::diagnostic::Diagnostics;
use crate::document::{ContentsEntry, Fact, Heading, Inline, Logo, plain_content};
use crate::layout::Labels;

/// Puts the cover.
pub(super) fn cover(composer: &mut Composer<'_>) -> Result<(), Diagnostics> {
    let document = composer.document;
    let stated = composer
        .template
        .and_then(|template| template.cover.as_ref())
        .map(|cover| cover.words.as_str());
    let states = |text: &str| stated.is_some_and(|words| words.contains(&*one_spaced(text)));
    if let Some(series) = document.series.as_ref().filter(|text| !states(text)) {
        composer.line("CoverSeries", ParagraphContent::of(series));
    }
    let mut title = ParagraphContent::new();
    for (index, line) in document.title_lines.iter().enumerate() {
        if index > 0 {
            title.line_break();
        }
        title.text(line);
    }
    if !states(&document.title_lines.join(" ")) {
        composer.line("Title", title);
    }
    if let Some(subtitle) = document.subtitle.as_ref().filter(|text| !states(text)) {
        composer.line("Subtitle", ParagraphContent::of(subtitle));
    }
    if let Some(picture) = &document.covers.picture {
        figure::put_on_cover(composer, picture)?;
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
    put_logos(composer, &document.covers.logos, "CoverLogos", LOGO_LINES)?;
    let dated = states(&document.date.year.to_string());
    match states(&document.credit) {
        true if dated => {}
        true => composer.line("CoverCredit", ParagraphContent::of(&place)),
        false => composer.line("CoverCredit", credit),
    }
    Ok(())
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The content of the cover with that of the template's cover in front, which ends the section where nothing else does.
pub(super) fn with_template(composer: &Composer<'_>, mut own: Vec<Element>) -> Vec<Element> {
    let cover = composer
        .template
        .and_then(|template| template.cover.as_ref());
    let Some(cover) = cover else {
        return own;
    };
    let mut elements = cover.blocks.clone();
    // A paragraph that only ends the section would be one more line on a full page.
    let ends_only = own.len() == 1
        && own
            .iter()
            .all(|one| !one.elements().any(|run| run.name == "w:r"));
    if let (true, Some(last)) = (
        ends_only,
        elements.last_mut().filter(|last| last.name == "w:p"),
    ) {
        let section = own[0]
            .find_mut("w:pPr")
            .and_then(|own| own.find_mut("w:sectPr").cloned());
        last.ensure("w:pPr")
            .children
            .extend(section.map(Node::Element));
        return elements;
    }
    elements.extend(own);
    elements
}

/// Lines of text that a logo of the cover is high at most.
pub(super) const LOGO_LINES: f64 = 2.5;
/// Lines of text that a logo of the imprint is.
const SUPPORTER_LINES: f64 = 2.0;

/// Puts logos on a line, up to three times as wide as high; an organisation without one is named.
fn put_logos(
    composer: &mut Composer<'_>,
    logos: &[Logo],
    style: &str,
    lines: f64,
) -> Result<(), Diagnostics> {
    let document = composer.document;
    let highest = lines * composer.tokens().sizes.line.to_pt();
    let mut line = ParagraphContent::new();
    for logo in logos {
        if !line.is_empty() {
            line.text("\u{2003}");
        }
        let file = logo.image;
        match file.and_then(|index| Some((index, document.images.get(index)?))) {
            Some((index, image)) => {
                let ratio = f64::from(image.width.max(1)) / f64::from(image.height.max(1));
                let height = highest * (3.0 / ratio).min(1.0);
                let size = (height * ratio, height);
                let alt = Some(logo.name.clone());
                line.append(figure::picture(composer, index, alt, size)?);
            }
            None => line.text(&logo.name),
        }
    }
    if !line.is_empty() {
        composer.line(style, line);
    }
    Ok(())
}

/// Puts the imprint page: small, in a narrow column unless all type is large, at the foot, where its section stands.
pub(super) fn imprint(composer: &mut Composer<'_>) -> Result<(), Diagnostics> {
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
        let mut line = ParagraphContent::new();
        for fact in &document.identifiers {
            if !line.is_empty() {
                line.line_break();
            }
            identifier(composer, fact, &mut line);
        }
        composer.line("Imprint", line);
    }
    composer.line("Imprint", ParagraphContent::of(&document.copyright));
    let supporters = &document.covers.supporters;
    put_logos(composer, supporters, "Imprint", SUPPORTER_LINES)
}

/// Adds an identifier; addresses are links, and the name of a licence is a mark.
fn identifier(composer: &mut Composer<'_>, fact: &Fact, line: &mut ParagraphContent) {
    let strings = &composer.document.strings;
    line.text(&format!("{}{}", fact.label, strings.colon));
    for (index, value) in fact.values.iter().enumerate() {
        if index > 0 {
            line.text(&strings.comma);
        }
        let text = value.clone();
        if value.contains("://") {
            let content = vec![Inline::Text { text }];
            let link = Inline::Link {
                url: value.clone(),
                content,
            };
            line.append(inline::line(composer, &vec![link].into()));
        } else if fact.label == strings.licence {
            line.set(value, "LicenceMark");
        } else {
            line.append(inline::line(composer, &plain_content(&text).into()));
        }
    }
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
    let headings = listing::headings(document).into_iter();
    let headings: BTreeMap<&str, &Heading> = headings
        .map(|heading| (heading.anchor.as_str(), heading))
        .collect();
    let last = entries.len().saturating_sub(1);
    for (index, entry) in entries.into_iter().enumerate() {
        let mut line = ParagraphContent::new();
        if index == 0 {
            line.open_field(&composer.listing.instruction());
        }
        let heading = headings.get(entry.anchor.as_str());
        let title = heading.map(|heading| heading.content.as_slice());
        line.append(contents_entry(composer, entry, title));
        if index == last {
            line.close_field();
        }
        let style = format!("TOC{}", entry.level);
        composer.put(ParagraphSpec::new(&style, line));
    }
    // The section ends behind the control that holds the list.
    composer.line("SectionEnd", ParagraphContent::new());
}

/// The contents list in the control by which Word knows it: it offers to update the list, and says its name. What ends the
/// section stays behind it.
pub(super) fn in_control(mut elements: Vec<Element>, name: &str) -> Vec<Element> {
    let end = elements.pop();
    let part = Element::new("w:docPartObj")
        .child(Element::val("w:docPartGallery", "Table of Contents"))
        .child(Element::new("w:docPartUnique"));
    let properties = Element::new("w:sdtPr")
        .child(Element::val("w:alias", name))
        .child(Element::val("w:id", CONTROL))
        .child(part);
    let control = Element::new("w:sdt")
        .child(properties)
        .child(Element::new("w:sdtContent").children(elements));
    std::iter::once(control).chain(end).collect()
}

/// The number of the control of the contents list, the only one.
const CONTROL: u32 = 1;

/// One entry, as Word makes it of its heading. The label comes before the link: inside it LibreOffice takes its look away.
fn contents_entry(
    composer: &mut Composer<'_>,
    entry: &ContentsEntry,
    title: Option<&[Inline]>,
) -> ParagraphContent {
    let mut line = ParagraphContent::new();
    if let Some(text) = &entry.label {
        let style = chapter::label_style(entry.level);
        line.set(&label::bound_number(text), style);
        line.text("\u{2003} ");
    }
    line.open_link(composer.target(&entry.anchor));
    match title {
        Some(title) => line.append(listing::words(composer, title)),
        None => line.text(&entry.title),
    }
    let page = composer.page_of(&entry.anchor);
    if !page.is_empty() {
        line.tab();
        line.append(page);
    }
    line.close_link();
    line
}
