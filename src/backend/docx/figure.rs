//! Figures: the picture in its line, caption and source below it.

use super::block::BlockContext;
use super::composer::{Composer, ParagraphSpec};
use super::extras::Picture;
use super::line::ParagraphContent;
use super::{columns, inline, label, section, table};
use crate::base::diagnostic::Diagnostics;
use crate::document::{Chart, CoverPicture, Extent, Figure, Image, Line, plain_text};
use crate::layout::Tokens;

/// English Metric Units in a point.
const EMU: f64 = 12_700.0;

/// Space between the pictures of a pair, in ems of the text.
const GUTTER: f64 = 1.6;

/// Puts the figures of a pair, one below the other, each as wide as it is on the pages, where they stand side by side.
pub(super) fn put_pair(composer: &mut Composer<'_>, figures: &[Figure]) -> Result<(), Diagnostics> {
    let tokens = composer.tokens();
    if tokens.structure.columns == 1 {
        return figures
            .iter()
            .try_for_each(|figure| put(composer, figure, None));
    }
    let images = &composer.document.images;
    let ratio = |figure: &Figure| {
        images
            .get(figure.image)
            .map_or(1.0, |image| wide(image).clamp(0.4, 2.5))
    };
    let sum: f64 = figures.iter().map(ratio).sum();
    let gaps = GUTTER * tokens.sizes.text.to_pt() * figures.len().saturating_sub(1) as f64;
    let room = (composer.measure() - gaps).max(0.0);
    let rooms: Vec<f64> = figures.iter().map(|one| ratio(one) / sum * room).collect();
    for (figure, room) in figures.iter().zip(rooms) {
        put(composer, figure, Some(room))?;
    }
    Ok(())
}

/// How much wider than high a picture is.
fn wide(image: &Image) -> f64 {
    f64::from(image.width.max(1)) / f64::from(image.height.max(1))
}

/// Puts a figure, in as many points of width; else as wide as the text, or as far as it may reach.
pub(super) fn put(
    composer: &mut Composer<'_>,
    figure: &Figure,
    room: Option<f64>,
) -> Result<(), Diagnostics> {
    let document = composer.document;
    let page = &composer.tokens().page;
    let Some(image) = document.images.get(figure.image) else {
        return Ok(());
    };
    let alone = figure.extent == Extent::Page && room.is_none() && composer.may_turn();
    let turned = alone && wide(image) > 1.2 && !page.mirrored;
    let reach = match figure.extent {
        Extent::Wide if composer.may_turn() => page.outside.to_pt() * table::WIDE,
        _ => 0.0,
    };
    let width = room.unwrap_or(match turned {
        true => section::width_across(page),
        false => composer.measure() + reach,
    });
    let high = if turned { page.width } else { page.height };
    let high = high.to_pt() - page.top.to_pt() - page.bottom.to_pt();
    if turned {
        composer.break_section(false);
    }
    let notes = [&figure.caption, &figure.description, &figure.credit];
    let notes = notes.map(Option::as_deref);
    let lines = notes.into_iter().flatten().map(|text| {
        let length = columns::length_of(&plain_text(text)) * composer.tokens().sizes.small.to_pt();
        (length / width).ceil()
    });
    let below = lines.sum::<f64>() + 2.0;
    let size = size(composer, image, figure.width, width, high, below);
    let line = picture(composer, figure.image, figure.alt.clone(), size)?;
    composer.mark(&figure.anchor);
    let picture = ParagraphSpec::new("Figure", line);
    let caption = figure.caption.as_ref().map(|caption| {
        let label = figure.label.as_deref();
        caption_line(composer, label, &figure.anchor, caption)
    });
    match (&caption, &figure.credit) {
        (None, None) => composer.put(picture),
        _ => composer.put(picture.keep_next()),
    }
    let below = [&figure.description, &figure.credit];
    put_notes(composer, caption, below, false);
    if turned {
        composer.break_section(true);
    }
    Ok(())
}

/// Puts what stands below a picture: its caption, what leads to its description, and whose it is; all of it `stays` with
/// what comes next, or not. Lists of captions take in all of a caption's paragraph, so that the second has one of its own.
fn put_notes(
    composer: &mut Composer<'_>,
    caption: Option<ParagraphContent>,
    [description, credit]: [&Option<Line>; 2],
    stays: bool,
) {
    let description = description
        .as_ref()
        .map(|link| inline::line(composer, link));
    let credit = credit.as_ref().map(|credit| credit_line(composer, credit));
    let lines = [
        ("Caption", caption),
        ("Credit", description),
        ("Credit", credit),
    ];
    let mut lines = lines
        .into_iter()
        .filter_map(|(style, line)| Some((style, line?)))
        .peekable();
    while let Some((style, line)) = lines.next() {
        let paragraph = ParagraphSpec::new(style, line);
        composer.put(match stays || lines.peek().is_some() {
            true => paragraph.keep_next(),
            false => paragraph,
        });
    }
}

/// Whose a picture is, or where a number is from.
pub(super) fn credit_line(composer: &mut Composer<'_>, credit: &Line) -> ParagraphContent {
    let strings = &composer.document.strings;
    let mut line = ParagraphContent::of(&format!("{}{}", strings.label_credit, strings.colon));
    line.append(inline::line(composer, credit));
    line
}

/// Share of the height of a page that the picture on the cover takes at most.
const COVER: f64 = 0.4;

/// Puts the picture of the cover.
pub(super) fn put_on_cover(
    composer: &mut Composer<'_>,
    cover: &CoverPicture,
) -> Result<(), Diagnostics> {
    let Some(image) = composer.document.images.get(cover.image) else {
        return Ok(());
    };
    let size = cover_size(composer.tokens(), image);
    let line = picture(composer, cover.image, cover.alt.clone(), size)?;
    composer.line("Figure", line);
    Ok(())
}

/// Width and height in points of the picture of the cover.
pub(super) fn cover_size(tokens: &Tokens, image: &Image) -> (f64, f64) {
    let highest = tokens.page.height.to_pt() * COVER;
    let width = tokens.page.measure().to_pt().min(highest * wide(image));
    (width, width / wide(image))
}

/// Puts a chart: its picture, caption and source, and its values as a table.
pub(super) fn put_chart(composer: &mut Composer<'_>, chart: &Chart) -> Result<(), Diagnostics> {
    if let Some(title) = &chart.title {
        let title = ParagraphContent::of(title);
        composer.put(ParagraphSpec::new("ChartTitle", title).keep_next());
    }
    composer.mark(&chart.anchor);
    let line = drawing(composer, chart)?;
    composer.put(ParagraphSpec::new("Figure", line).keep_next());
    let caption = caption_line(composer, Some(&chart.label), &chart.anchor, &chart.caption);
    let stays = chart.table.is_some();
    put_notes(
        composer,
        Some(caption),
        [&chart.description, &chart.credit],
        stays,
    );
    match &chart.table {
        None => Ok(()),
        Some(values) => table::put(composer, values, BlockContext::TEXT),
    }
}

/// A line with the picture of a chart, as it is on the pages.
fn drawing(composer: &mut Composer<'_>, chart: &Chart) -> Result<ParagraphContent, Diagnostics> {
    let mut line = ParagraphContent::new();
    let Some(drawn) = composer.charts.get(&chart.anchor) else {
        return Ok(line);
    };
    let (width, height) = (drawn.width, drawn.height);
    let index = composer.document.images.len() + drawn.number;
    let file = composer
        .media
        .add(index, &drawn.image, width, composer.layout)?;
    let relationship = composer.relationships.part("image", &file);
    let alt = Some(chart.alt.clone());
    let key = composer.extras.picture(Picture { relationship, alt });
    let emu = |points: f64| (points * EMU).round() as u32;
    line.picture(key, (emu(width), emu(height)));
    Ok(line)
}

/// A line with a picture that is so many points wide and high.
pub(super) fn picture(
    composer: &mut Composer<'_>,
    index: usize,
    alt: Option<String>,
    (width, height): (f64, f64),
) -> Result<ParagraphContent, Diagnostics> {
    let mut line = ParagraphContent::new();
    let Some(image) = composer.document.images.get(index) else {
        return Ok(line);
    };
    let file = composer.media.add(index, image, width, composer.layout)?;
    let relationship = composer.relationships.part("image", &file);
    let key = composer.extras.picture(Picture { relationship, alt });
    line.picture(
        key,
        ((width * EMU).round() as u32, (height * EMU).round() as u32),
    );
    Ok(line)
}

/// `Figure 3: what it shows`, the label in its own style.
pub(super) fn caption_line(
    composer: &mut Composer<'_>,
    label: Option<&str>,
    anchor: &str,
    caption: &Line,
) -> ParagraphContent {
    let mut line = ParagraphContent::new();
    if let Some(label) = label {
        label::caption(composer, anchor, label, "CaptionLabel", &mut line);
        line.set(&composer.document.strings.colon, "CaptionLabel");
    }
    line.append(inline::line(composer, caption));
    line
}

/// Width and height in points of a picture that has so many per cent of a width, less where it were higher than what the
/// lines below it leave of the height, as on the pages.
fn size(
    composer: &Composer<'_>,
    image: &Image,
    percent: f64,
    room: f64,
    high: f64,
    below: f64,
) -> (f64, f64) {
    let tokens = composer.tokens();
    let (around, percent) = match tokens.structure.columns {
        1 => (6.0, (percent * 1.5).min(100.0)),
        _ => (1.0, percent),
    };
    let ratio = 1.0 / wide(image);
    let width = room * (percent / 100.0).clamp(0.01, 1.0);
    let line = tokens.sizes.line.to_pt();
    let highest = (high - below.max(around) * line).max(5.0 * line);
    let height = width * ratio;
    if height > highest {
        (highest / ratio, highest)
    } else {
        (width, height)
    }
}
