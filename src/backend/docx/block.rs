//! Blocks: paragraphs, lists, quotations, code; tables and figures have modules of their own.

use super::composer::{Composer, ParagraphSpec};
use super::inline;
use super::line::ParagraphContent;
use super::numbering::LEVELS;
use super::{display, figure, table};
use crate::base::diagnostic::Diagnostics;
use crate::document::{Align, Block, Counter, Delimiter, Language, Line};

/// Where blocks are: it decides the styles of their paragraphs.
#[derive(Debug, Clone, Copy)]
pub(super) struct BlockContext {
    flow: Flow,
    depth: usize,
    list: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    Text,
    Speech,
    Debate,
    Quote,
    Pull,
    Definition,
    Imprint,
    Note,
    TableNote,
    Cell(Align, CellHead),
}

/// Whether a cell heads others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellHead {
    /// It does not.
    None,
    /// Those of its row.
    Row,
    /// Those below it, with which it stays on a page.
    Column,
}

impl BlockContext {
    /// Running text.
    pub(super) const TEXT: BlockContext = BlockContext::at(Flow::Text);
    /// What a person said who is named in the text itself.
    pub(super) const SPEECH: BlockContext = BlockContext::at(Flow::Speech);
    /// A debate.
    pub(super) const DEBATE: BlockContext = BlockContext::at(Flow::Debate);
    /// The imprint.
    pub(super) const IMPRINT: BlockContext = BlockContext::at(Flow::Imprint);
    /// A footnote.
    pub(super) const NOTE: BlockContext = BlockContext::at(Flow::Note);
    /// What a term means.
    pub(super) const DEFINITION: BlockContext = BlockContext::at(Flow::Definition);
    /// The note below a table.
    pub(super) const TABLE_NOTE: BlockContext = BlockContext::at(Flow::TableNote);

    const fn at(flow: Flow) -> BlockContext {
        BlockContext {
            flow,
            depth: 0,
            list: None,
        }
    }

    /// A cell of a table.
    pub(super) fn cell(align: Align, head: CellHead) -> BlockContext {
        BlockContext::at(Flow::Cell(align, head))
    }

    /// Whether it is what a person said who is named in the text itself.
    pub(super) fn is_speech(self) -> bool {
        self.flow == Flow::Speech
    }

    /// How many lists are around it.
    pub(super) fn depth(self) -> usize {
        self.depth
    }

    /// Whether the text is indented, so that its lists are, too.
    fn is_inset(self) -> bool {
        matches!(self.flow, Flow::Quote | Flow::Pull | Flow::Definition)
    }

    /// Style of a paragraph; `first` says that it does not continue the one before.
    pub(super) fn style(self, first: bool) -> &'static str {
        // Within what is indented itself, items stand one level deeper.
        let depth = self.depth + usize::from(self.is_inset());
        if self.depth > 0 && (self.is_inset() || matches!(self.flow, Flow::Text | Flow::Speech)) {
            return CONTINUED[depth.min(LEVELS) - 1];
        }
        match (self.flow, first) {
            (Flow::Text, true) => "FirstParagraph",
            (Flow::Speech, true) => "SpeechParagraph",
            (Flow::Text | Flow::Speech, false) => "BodyText",
            (Flow::Debate, true) => "DebateFirst",
            (Flow::Debate, false) => "Debate",
            (Flow::Quote, _) => "Quote",
            (Flow::Pull, _) => "IntenseQuote",
            (Flow::Definition, _) => "Definition",
            (Flow::Imprint, _) => "Imprint",
            (Flow::Note, _) => "FootnoteText",
            (Flow::TableNote, _) => "TableNote",
            (Flow::Cell(align, head), _) => cell_style(align, head),
        }
    }

    /// Style of the items of a list. Lists within lists keep the style of the outermost, so that Word leaves out the
    /// space between them; their own levels give bullets, numbers and indents.
    fn item_style(self, numbered: bool, tight: bool) -> &'static str {
        match self.flow {
            Flow::Quote | Flow::Pull => "QuoteList",
            Flow::Text | Flow::Speech | Flow::Definition => match (numbered, tight) {
                (false, true) => "ListBullet",
                (false, false) => "ListBulletLoose",
                (true, true) => "ListNumber",
                (true, false) => "ListNumberLoose",
            },
            Flow::Debate => "DebateList",
            _ => self.style(true),
        }
    }
}

/// Styles of further paragraphs of an item, by level.
const CONTINUED: [&str; LEVELS] = [
    "ListContinue",
    "ListContinue2",
    "ListContinue3",
    "ListContinue4",
    "ListContinue5",
    "ListContinue6",
    "ListContinue7",
    "ListContinue8",
    "ListContinue9",
];

fn cell_style(align: Align, head: CellHead) -> &'static str {
    match (align, head) {
        (Align::Start, CellHead::None) => "TableText",
        (Align::End, CellHead::None) => "TableTextEnd",
        (Align::Centre, CellHead::None) => "TableTextCentre",
        (Align::Start, CellHead::Row) => "TableRowHead",
        (Align::End, CellHead::Row) => "TableRowHeadEnd",
        (Align::Centre, CellHead::Row) => "TableRowHeadCentre",
        (Align::Start, CellHead::Column) => "TableHead",
        (Align::End, CellHead::Column) => "TableHeadEnd",
        (Align::Centre, CellHead::Column) => "TableHeadCentre",
    }
}

/// Puts blocks one after the other.
pub(super) fn put_all(
    composer: &mut Composer<'_>,
    blocks: &[Block],
    place: BlockContext,
) -> Result<(), Diagnostics> {
    let mut first = true;
    for block in blocks {
        put(composer, block, place, first)?;
        first = !matches!(block, Block::Paragraph { .. });
    }
    Ok(())
}

fn put(
    composer: &mut Composer<'_>,
    block: &Block,
    place: BlockContext,
    first: bool,
) -> Result<(), Diagnostics> {
    match block {
        Block::Paragraph { content } => {
            let line = inline::line(composer, content);
            composer.line(place.style(first), line);
        }
        Block::List {
            start,
            counter,
            delimiter,
            tight,
            items,
            ..
        } => {
            let numbers = start.map(|start| (start, (*counter, *delimiter)));
            list(composer, numbers, *tight, items, place)?;
        }
        Block::Quote {
            blocks,
            attribution,
            source,
            pull,
            language,
        } => {
            let flow = if *pull { Flow::Pull } else { Flow::Quote };
            quote(composer, blocks, flow, language.as_ref())?;
            from(composer, attribution.as_deref(), source.as_ref());
        }
        Block::Code { label, text } => {
            if let Some(label) = label {
                let label = ParagraphContent::of(label);
                composer.put(ParagraphSpec::new("Caption", label).keep_next());
            }
            composer.line("HTMLPreformatted", ParagraphContent::of(text));
        }
        Block::Table(table) => table::put(composer, table, place)?,
        Block::Figure(figure) => figure::put(composer, figure, None)?,
        Block::Chart(chart) => figure::put_chart(composer, chart)?,
        Block::Members { of, members } => table::members(composer, of, members),
        Block::Figures { figures } => figure::put_pair(composer, figures)?,
        Block::Box(text_box) => display::text_box(composer, text_box)?,
        Block::KeyFigures { entries } => display::key_figures(composer, entries),
        Block::Definitions { entries } => display::definitions(composer, entries)?,
        Block::Signature(signature) => display::signature(composer, signature)?,
    }
    Ok(())
}

fn list(
    composer: &mut Composer<'_>,
    numbers: Option<(u64, (Counter, Delimiter))>,
    tight: bool,
    items: &[Vec<Block>],
    place: BlockContext,
) -> Result<(), Diagnostics> {
    let level = place.depth.min(LEVELS - 1);
    let inset = place.is_inset();
    let number = match numbers {
        Some((start, labels)) => composer.lists.numbered(level, start, labels, inset),
        None => composer.lists.bulleted(inset),
    };
    let style = place
        .list
        .unwrap_or_else(|| place.item_style(numbers.is_some(), tight));
    let inside = BlockContext {
        depth: place.depth + 1,
        list: Some(style),
        ..place
    };
    for item in items {
        let (line, rest) = match item.as_slice() {
            [Block::Paragraph { content }, rest @ ..] => (inline::line(composer, content), rest),
            rest => (ParagraphContent::new(), rest),
        };
        composer.put(ParagraphSpec::new(style, line).item(number, level));
        put_all(composer, rest, inside)?;
    }
    Ok(())
}

fn quote(
    composer: &mut Composer<'_>,
    blocks: &[Block],
    flow: Flow,
    language: Option<&Language>,
) -> Result<(), Diagnostics> {
    let outer = composer.language.clone();
    if let Some(language) = language {
        composer.language = Some(language.clone());
    }
    let result = put_all(composer, blocks, BlockContext::at(flow));
    composer.language = outer;
    result
}

/// Whose words a quotation is, and where they are from.
fn from(composer: &mut Composer<'_>, attribution: Option<&str>, source: Option<&Line>) {
    let mut said = format!("— {}", attribution.unwrap_or_default());
    if attribution.is_some() && source.is_some() {
        said += &composer.document.strings.comma;
    }
    let mut line = ParagraphContent::of(&said);
    match source {
        Some(source) => line.append(inline::line(composer, source)),
        None if attribution.is_none() => return,
        None => {}
    }
    composer.line("QuoteAttribution", line);
}
