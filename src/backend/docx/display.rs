//! Display elements: boxes, key figures, definitions, signatures.

use super::block::{self, BlockContext};
use super::composer::{Composer, ParagraphSpec};
use super::figure::{caption_line, picture};
use super::line::ParagraphContent;
use super::run_style::RunStyle;
use super::table::{self, Grid, line_cell};
use super::{inline, style};
use crate::base::diagnostic::Diagnostics;
use crate::document::{Definition, KeyFigure, Signature, TextBox, plain_text};

/// Space above a table that stands behind a paragraph.
fn space_before(composer: &mut Composer<'_>, first: bool) {
    if !first {
        composer.line("TableSpace", ParagraphContent::new());
    }
}

/// Puts a box: a table of one column, whose header is the title, so that it is repeated where the box goes on.
pub(super) fn text_box(
    composer: &mut Composer<'_>,
    text_box: &TextBox,
    first: bool,
) -> Result<(), Diagnostics> {
    space_before(composer, first);
    composer.mark(&text_box.anchor);
    let title = composer.cell("BoxTitle", |composer| {
        let line = caption_line(composer, Some(&text_box.label), &text_box.title);
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
        heard_only: false,
        splits: true,
        title: Some(plain_text(&text_box.title)),
        width: composer.measure(),
    };
    table::grid(composer, shape, vec![vec![title], vec![body]]);
    composer.line("TableSpace", ParagraphContent::new());
    Ok(())
}

/// Puts key figures: a table whose rows are headed by the numbers; its header row is for those who hear it.
pub(super) fn key_figures(composer: &mut Composer<'_>, entries: &[KeyFigure], first: bool) {
    space_before(composer, first);
    let strings = &composer.document.strings;
    let head = [&strings.label_fact, &strings.label_detail];
    let head = head.map(|label| line_cell(composer, "Heard", ParagraphContent::of(label)));
    let mut rows = vec![Vec::from(head)];
    for entry in entries {
        let number = ParagraphContent::of(&entry.number());
        let number = line_cell(composer, "KeyFigure", number);
        let text = composer.cell("FactValue", |composer| {
            let line = inline::line(composer, &entry.text);
            composer.line("FactValue", line);
            if let Some(source) = &entry.source {
                let mut line = ParagraphContent::new();
                let label = format!("{}{}", strings.label_credit, strings.colon);
                line.set(&label, "CaptionCredit");
                let credit = RunStyle {
                    credit: true,
                    ..RunStyle::default()
                };
                line.append(inline::set(composer, source, credit));
                composer.line("FactValue", line);
            }
        });
        rows.push(vec![number, text]);
    }
    let shape = Grid {
        style: "FactPanel",
        shares: vec![1.0, 1.6],
        header_rows: 1,
        row_headers: true,
        heard_only: true,
        splits: false,
        title: None,
        width: composer.measure(),
    };
    table::grid(composer, shape, rows);
    composer.line("TableSpace", ParagraphContent::new());
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
