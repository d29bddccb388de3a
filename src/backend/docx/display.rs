//! Display elements: boxes, key figures, definitions, signatures.

use super::block::{self, BlockContext};
use super::composer::{Composer, ParagraphSpec};
use super::figure::{caption_line, credit_line, picture};
use super::line::ParagraphContent;
use super::table::{self, Grid, line_cell};
use super::{inline, style};
use crate::base::diagnostic::Diagnostics;
use crate::document::{Definition, KeyFigure, Signature, TextBox, plain_text};

/// Puts a box: a table of one column, whose header is the title, so that it is repeated where the box goes on.
pub(super) fn text_box(composer: &mut Composer<'_>, text_box: &TextBox) -> Result<(), Diagnostics> {
    composer.mark(&text_box.anchor);
    let title = composer.cell("BoxTitle", |composer| {
        let line = {
            let label = Some(text_box.label.as_str());
            caption_line(composer, label, &text_box.anchor, &text_box.title)
        };
        composer.put(ParagraphSpec::new("BoxTitle", line).keep_next());
    });
    let mut result = Ok(());
    let padding = 2.0 * style::box_padding(composer.tokens());
    let body = composer.narrowed(padding, |composer| {
        composer.cell("BodyText", |composer| {
            result = block::put_all(composer, &text_box.blocks, BlockContext::TEXT);
        })
    });
    result?;
    let shape = Grid {
        style: style::box_style(text_box.tone),
        shares: vec![1.0],
        header_rows: 1,
        row_headers: false,
        splits: true,
        title: text_box.label.clone(),
        columns: plain_text(&text_box.title),
        width: composer.measure(),
    };
    table::grid(composer, shape, vec![vec![title], vec![body]]);
    Ok(())
}

/// Puts key figures: a table whose rows are headed by the numbers.
pub(super) fn key_figures(composer: &mut Composer<'_>, entries: &[KeyFigure]) {
    let (head, columns) = table::fact_head(composer);
    let mut rows = vec![head];
    for entry in entries {
        let number = ParagraphContent::of(&entry.number());
        let number = line_cell(composer, "KeyFigure", number);
        let text = composer.cell("FactValue", |composer| {
            let line = inline::line(composer, &entry.text);
            composer.line("FactValue", line);
            if let Some(source) = &entry.source {
                let line = credit_line(composer, source);
                composer.line("Credit", line);
            }
        });
        rows.push(vec![number, text]);
    }
    let shape = Grid {
        style: "FactPanel",
        shares: vec![1.0, 1.6],
        header_rows: 1,
        row_headers: true,
        splits: false,
        title: entries
            .first()
            .map(|first| format!("{} {}", first.number(), plain_text(&first.text)))
            .unwrap_or_default(),
        columns,
        width: composer.measure(),
    };
    table::grid(composer, shape, rows);
}

/// Puts terms with what they mean.
pub(super) fn definitions(
    composer: &mut Composer<'_>,
    entries: &[Definition],
) -> Result<(), Diagnostics> {
    for entry in entries {
        let term = inline::line(composer, &entry.term);
        composer.put(ParagraphSpec::new("DefinitionTerm", term).keep_next());
        block::put_all(composer, &entry.blocks, BlockContext::DEFINITION)?;
    }
    Ok(())
}

/// Lines of text that a written signature is high.
const SIGNATURE_LINES: f64 = 3.0;

/// Puts a signature: picture, name, post, place and day.
pub(super) fn signature(
    composer: &mut Composer<'_>,
    signature: &Signature,
) -> Result<(), Diagnostics> {
    let document = composer.document;
    if let Some((index, image)) = signature
        .image
        .and_then(|index| Some((index, document.images.get(index)?)))
    {
        let ratio = f64::from(image.width.max(1)) / f64::from(image.height.max(1));
        let highest = SIGNATURE_LINES * composer.tokens().sizes.line.to_pt();
        let width = (highest * ratio).min(composer.measure() / 2.0);
        let size = (width, width / ratio);
        let line = picture(composer, index, signature.alt.clone(), size)?;
        composer.put(ParagraphSpec::new("Figure", line).keep_next());
    }
    let speaker = &signature.speaker;
    let mut line = ParagraphContent::new();
    line.set(&speaker.name, "SpeakerName");
    let more = [Some(&speaker.post), signature.signed.as_ref()];
    for text in more.into_iter().flatten().filter(|text| !text.is_empty()) {
        line.line_break();
        line.set(text, "SpeakerPost");
    }
    composer.line("Signature", line);
    Ok(())
}
