//! Figures: the picture in its line, caption and source below it.

use super::block::BlockContext;
use super::composer::{Composer, ParagraphSpec};
use super::extras::Picture;
use super::inline;
use super::line::ParagraphContent;
use super::run_style::RunStyle;
use super::table;
use crate::base::diagnostic::Diagnostics;
use crate::document::{Chart, CoverPicture, Figure, Image, Inline, Line};

/// English Metric Units in a point.
const EMU: f64 = 12_700.0;

/// Puts the figures of a pair, one below the other, as wide as they would be side by side and equally high.
pub(super) fn put_pair(composer: &mut Composer<'_>, figures: &[Figure]) -> Result<(), Diagnostics> {
    let images = &composer.document.images;
    let ratio = |figure: &Figure| {
        images.get(figure.image).map_or(1.0, |image| {
            f64::from(image.width.max(1)) / f64::from(image.height.max(1))
        })
    };
    let sum: f64 = figures.iter().map(ratio).sum();
    let shares: Vec<f64> = figures.iter().map(|one| ratio(one) / sum).collect();
    for (figure, share) in figures.iter().zip(shares) {
        put(composer, figure, share)?;
    }
    Ok(())
}

/// Puts a figure that has that share of the width.
pub(super) fn put(
    composer: &mut Composer<'_>,
    figure: &Figure,
    share: f64,
) -> Result<(), Diagnostics> {
    let document = composer.document;
    let Some(image) = document.images.get(figure.image) else {
        return Ok(());
    };
    let (width, height) = size(composer, image, figure.width * share);
    let line = picture(composer, figure.image, figure.alt.clone(), (width, height))?;
    composer.mark(&figure.anchor);
    let picture = ParagraphSpec::new("Figure", line);
    if figure.caption.is_none() && figure.credit.is_none() {
        composer.put(picture);
        return Ok(());
    }
    composer.put(picture.keep_next());
    let mut line = ParagraphContent::new();
    if let Some(caption) = &figure.caption {
        line = caption_line(composer, figure.label.as_deref(), caption);
    }
    if let Some(credit) = &figure.credit {
        credit_line(composer, credit, &mut line);
    }
    composer.line("Caption", line);
    Ok(())
}

/// Whose a picture is, behind its caption.
fn credit_line(composer: &mut Composer<'_>, credit: &[Inline], line: &mut ParagraphContent) {
    if !line.is_empty() {
        line.text(" ");
    }
    let strings = &composer.document.strings;
    line.set(
        &format!("{}{}", strings.label_credit, strings.colon),
        "CaptionCredit",
    );
    let look = RunStyle {
        credit: true,
        ..RunStyle::default()
    };
    line.append(inline::set(composer, credit, look));
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
    let ratio = f64::from(image.width.max(1)) / f64::from(image.height.max(1));
    let highest = composer.tokens().page.height.to_pt() * COVER;
    let width = composer.measure().min(highest * ratio);
    let line = picture(
        composer,
        cover.image,
        cover.alt.clone(),
        (width, width / ratio),
    )?;
    composer.line("Figure", line);
    Ok(())
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
    let mut line = caption_line(composer, Some(&chart.label), &chart.caption);
    if let Some(credit) = &chart.credit {
        credit_line(composer, credit, &mut line);
    }
    match &chart.table {
        None => composer.line("Caption", line),
        Some(values) => {
            composer.put(ParagraphSpec::new("Caption", line).keep_next());
            table::put(composer, values, BlockContext::TEXT, true)?;
        }
    }
    Ok(())
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
    caption: &Line,
) -> ParagraphContent {
    let mut line = ParagraphContent::new();
    if let Some(label) = label {
        line.set(
            &format!("{label}{}", composer.document.strings.colon),
            "CaptionLabel",
        );
    }
    line.append(inline::line(composer, caption));
    line
}

/// Width and height in points: the share of the text's width, less where the picture were higher than the page.
fn size(composer: &Composer<'_>, image: &Image, percent: f64) -> (f64, f64) {
    let tokens = composer.tokens();
    let ratio = f64::from(image.height.max(1)) / f64::from(image.width.max(1));
    let width = composer.measure() * (percent / 100.0).clamp(0.01, 1.0);
    let page = tokens.page.height.to_pt() - tokens.page.top.to_pt() - tokens.page.bottom.to_pt();
    let highest = (page - 6.0 * tokens.sizes.line.to_pt()).max(72.0);
    let height = width * ratio;
    if height > highest {
        (highest / ratio, highest)
    } else {
        (width, height)
    }
}
