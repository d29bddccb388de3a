//! Paragraph styles.
//!
//! Distances are multiples of the layout's line, or half a line where a whole one is too much.

use std::collections::BTreeSet;

use super::super::chapter::{KEY_POINTS, speaker_levels, speaker_style};
use super::super::composer::Beside;
use super::super::listing::{style_name, unlisted_id};
use super::super::numbering::{BULLETS, INSET, LEVELS, NUMBERS, indent_step};
use super::Used;
use super::spec::{Alignment, Edge, Leader, Spec, tracking};
use crate::document::Document;
use crate::layout::{Paragraphs, Tokens};

/// Width of an average character of a title, in ems: serif fonts that every Word has come out a little narrower.
const TITLE_CHARACTER: f64 = 0.54;

/// All paragraph styles; the cover's is as large as the longest line of the title allows.
/// Some are there only as far as they are used.
pub(super) fn all<'t>(
    tokens: &'t Tokens,
    document: &'t Document,
    used: &Used<'_>,
) -> Vec<Spec<'t>> {
    let sheet = Sheet::new(tokens, document);
    let mut specs = sheet.text();
    specs.extend(sheet.headings(used.levels));
    specs.extend(sheet.cover());
    specs.extend(sheet.contents());
    specs.extend(sheet.speech());
    specs.extend(sheet.lists());
    specs.extend(sheet.prose());
    specs.extend(sheet.display());
    specs.extend(sheet.cells());
    let sizes = used.sizes.iter();
    specs.extend(sizes.flat_map(|size| sheet.smaller_cells(*size)));
    let spaced = used.spaced.iter();
    specs.extend(spaced.map(|(id, beside)| sheet.beside_table(id, *beside)));
    specs.extend(sheet.margins());
    specs
}

/// Styles of what stands in the cells of tables, with their names.
const CELLS: [(&str, &str); 9] = [
    ("TableText", "Table Text"),
    ("TableTextEnd", "Table Text End"),
    ("TableTextCentre", "Table Text Centre"),
    ("TableHead", "Table Head"),
    ("TableHeadEnd", "Table Head End"),
    ("TableHeadCentre", "Table Head Centre"),
    ("TableRowHead", "Table Row Head"),
    ("TableRowHeadEnd", "Table Row Head End"),
    ("TableRowHeadCentre", "Table Row Head Centre"),
];

/// Styles of text that have no space of their own to what stands above or below, with their names.
pub(in crate::backend::docx) const SPACED: [(&str, &str); 5] = [
    ("FirstParagraph", "First Paragraph"),
    ("BodyText", "Body Text"),
    ("SpeechParagraph", "Speech Paragraph"),
    ("DebateFirst", "Debate First"),
    ("Debate", "Debate"),
];

/// Id of the style that a style of cells is in that size.
pub(in crate::backend::docx) fn smaller(id: &str, size: u8) -> String {
    format!("{id}{size}")
}

/// The tokens in the terms of styles.
pub(super) struct Sheet<'t> {
    pub(super) tokens: &'t Tokens,
    pub(super) document: &'t Document,
    pub(super) line: f64,
    pub(super) measure: f64,
    pub(super) cover: f64,
    text: &'t str,
    pub(super) sans: &'t str,
}

impl<'t> Sheet<'t> {
    fn new(tokens: &'t Tokens, document: &'t Document) -> Self {
        let (page, title_lines) = (&tokens.page, &document.title_lines);
        let measure = page.measure().to_pt().max(72.0);
        let longest = title_lines.iter().map(|line| line.chars().count()).max();
        let fitting = measure / (TITLE_CHARACTER * longest.unwrap_or(1).max(1) as f64);
        // One line without breaks by sense may run over several; it is set no smaller than a chapter's title.
        let cover = fitting
            .floor()
            .clamp(tokens.sizes.lead.to_pt(), tokens.sizes.cover.to_pt());
        let cover = if title_lines.len() > 1 {
            cover
        } else {
            cover.max(tokens.sizes.title.to_pt())
        };
        Sheet {
            tokens,
            document,
            line: tokens.sizes.line.to_pt(),
            measure,
            cover,
            text: &tokens.docx.text_font,
            sans: &tokens.docx.sans_font,
        }
    }

    /// A style based on `base`; `name` is also its id where that is the same without spaces.
    pub(super) fn spec(&self, id: &str, name: &str, base: &'t str) -> Spec<'t> {
        Spec {
            id: id.to_owned(),
            name: name.to_owned(),
            based_on: Some(base),
            ..Spec::default()
        }
    }

    /// Distance of lines for a size of type: a fifth more than the size, rounded up to quarters of the line.
    pub(super) fn leading(&self, size: f64) -> f64 {
        let quarter = self.line / 4.0;
        (size * 1.2 / quarter).ceil() * quarter
    }

    fn text(&self) -> Vec<Spec<'t>> {
        let tokens = self.tokens;
        let flush = if tokens.structure.justify {
            Alignment::Both
        } else {
            Alignment::Left
        };
        // Between paragraphs stands one or the other.
        let (indent, space) = match tokens.structure.paragraphs {
            Paragraphs::Indented => (tokens.sizes.text.to_pt(), None),
            Paragraphs::Spaced => (0.0, Some(self.line / 2.0)),
        };
        vec![
            Spec {
                based_on: None,
                priority: Some(0),
                face: Some(self.text),
                size: Some(tokens.sizes.text.to_pt()),
                colour: Some(tokens.colours.text),
                line: Some(self.line),
                before: Some(0.0),
                after: Some(0.0),
                ..self.spec("Normal", "Normal", "")
            },
            Spec {
                priority: Some(1),
                align: Some(flush),
                indents: Some((0.0, 0.0)),
                first_line: indent,
                after: space,
                ..self.spec("BodyText", "Body Text", "Normal")
            },
            Spec {
                priority: Some(1),
                next: Some("BodyText"),
                indents: Some((0.0, 0.0)),
                first_line: if self.document.strings.indent_first {
                    indent
                } else {
                    0.0
                },
                ..self.spec("FirstParagraph", "First Paragraph", "BodyText")
            },
        ]
    }

    fn headings(&self, listed: &BTreeSet<u8>) -> Vec<Spec<'t>> {
        let tokens = self.tokens;
        let mut specs = vec![Spec {
            next: Some("ListBullet"),
            face: Some(self.sans),
            size: Some(tokens.sizes.note.to_pt()),
            colour: Some(tokens.colours.accent),
            bold: true,
            caps: tokens.structure.capitals,
            tracking: tracking(tokens, &self.document.language, 1.0),
            before: Some(2.0 * self.line),
            after: Some(self.line / 4.0),
            keep_next: true,
            whole_words: true,
            // A heading in Word's navigation, which no list of contents takes in, as the names of those who speak.
            outline: Some(usize::from(KEY_POINTS) - 1),
            ..self.spec("SectionLabel", "Section Label", "Normal")
        }];
        specs.extend((1..=9).map(|level| self.heading(level)));
        for level in listed.iter().copied() {
            let outline = usize::from(level.clamp(1, 9)) - 1;
            let mut headings = specs
                .iter_mut()
                .filter(|spec| spec.id.starts_with("Heading"));
            let own = headings.find(|spec| spec.outline == Some(outline));
            if let Some(own) = own {
                own.id = unlisted_id(level).to_owned();
            }
            specs.push(Spec {
                next: Some("FirstParagraph"),
                priority: Some(9),
                outline: Some(outline),
                ..self.spec(
                    &format!("Heading{level}"),
                    &style_name(level),
                    unlisted_id(level),
                )
            });
        }
        specs
    }

    /// `spec` under another id.
    pub(super) fn based(&self, spec: &Spec<'t>, id: &str, name: &str, base: &'t str) -> Spec<'t> {
        Spec {
            id: id.to_owned(),
            name: name.to_owned(),
            based_on: Some(base),
            ..spec.clone()
        }
    }

    fn heading(&self, level: usize) -> Spec<'t> {
        let (sizes, colours) = (&self.tokens.sizes, &self.tokens.colours);
        let (face, size, colour, before, after) = match level {
            1 => (self.text, sizes.title.to_pt(), colours.structure, 0.0, 1.5),
            2 => (
                self.sans,
                sizes.heading.to_pt(),
                colours.structure,
                2.0,
                0.25,
            ),
            3 => (self.sans, sizes.lead.to_pt(), colours.structure, 1.5, 0.25),
            4 => (self.sans, sizes.text.to_pt(), colours.structure, 1.0, 0.0),
            _ => (self.sans, sizes.small.to_pt(), colours.text, 1.0, 0.0),
        };
        Spec {
            id: format!("Heading{level}"),
            name: format!("heading {level}"),
            next: Some("FirstParagraph"),
            priority: Some(9),
            face: Some(face),
            size: Some(size),
            colour: Some(colour),
            bold: level > 1,
            italic: level > 5 && self.tokens.structure.italics,
            line: Some(self.leading(size)),
            before: Some(before * self.line),
            after: Some(after * self.line),
            align: Some(Alignment::Left),
            keep_next: true,
            keep_lines: true,
            outline: Some(level - 1),
            whole_words: true,
            ..self.spec("", "", "Normal")
        }
    }

    fn cover(&self) -> Vec<Spec<'t>> {
        let tokens = self.tokens;
        let (sizes, colours) = (&tokens.sizes, &tokens.colours);
        vec![
            Spec {
                next: Some("Title"),
                face: Some(self.sans),
                size: Some(sizes.text.to_pt()),
                colour: Some(colours.accent),
                bold: true,
                caps: tokens.structure.capitals,
                tracking: tracking(tokens, &self.document.language, 1.5),
                before: Some(self.around_series()[0]),
                after: Some(self.around_series()[1]),
                whole_words: true,
                ..self.spec("CoverSeries", "Cover Series", "Normal")
            },
            Spec {
                next: Some("Subtitle"),
                priority: Some(10),
                face: Some(self.text),
                size: Some(self.cover),
                colour: Some(colours.structure),
                line: Some(self.leading(self.cover)),
                after: Some(2.0 * self.line),
                align: Some(Alignment::Left),
                keep_next: true,
                whole_words: true,
                ..self.spec("Title", "Title", "Normal")
            },
            Spec {
                priority: Some(11),
                face: Some(self.sans),
                size: Some(sizes.lead.to_pt()),
                colour: Some(colours.grey),
                line: Some(self.leading(sizes.lead.to_pt())),
                align: Some(Alignment::Left),
                rules: vec![(Edge::Top, 2.25, 18, colours.structure)],
                whole_words: true,
                ..self.spec("Subtitle", "Subtitle", "Normal")
            },
            Spec {
                face: Some(self.sans),
                size: Some(sizes.small.to_pt()),
                colour: Some(colours.grey),
                before: self
                    .document
                    .covers
                    .logos
                    .is_empty()
                    .then(|| self.above_cover_foot()),
                tabs: vec![(self.measure, Leader::None)],
                ..self.spec("CoverCredit", "Cover Credit", "Normal")
            },
            Spec {
                face: Some(self.sans),
                size: Some(sizes.note.to_pt()),
                line: Some(self.leading(sizes.note.to_pt())),
                after: Some(self.line / 2.0),
                align: Some(Alignment::Left),
                indents: Some((0.0, self.measure - self.imprint_width())),
                ..self.spec("Imprint", "Imprint", "Normal")
            },
            Spec {
                next: Some("Imprint"),
                bold: true,
                before: Some(self.above_imprint()),
                ..self.spec("ImprintTitle", "Imprint Title", "Imprint")
            },
        ]
    }

    fn contents(&self) -> Vec<Spec<'t>> {
        let tokens = self.tokens;
        let (sizes, colours) = (&tokens.sizes, &tokens.colours);
        let mut specs = vec![Spec {
            priority: Some(39),
            face: Some(self.text),
            size: Some(sizes.title.to_pt()),
            colour: Some(colours.structure),
            line: Some(self.leading(sizes.title.to_pt())),
            after: Some(1.5 * self.line),
            keep_next: true,
            whole_words: true,
            ..self.spec("TOCHeading", "TOC Heading", "Normal")
        }];
        specs.extend((1..=9).map(|level| Spec {
            id: format!("TOC{level}"),
            name: format!("toc {level}"),
            next: Some("Normal"),
            priority: Some(39),
            face: (level > 1).then_some(self.sans),
            size: (level > 1).then_some(sizes.small.to_pt()),
            before: Some(if level == 1 { self.line * 0.75 } else { 0.0 }),
            indents: Some(((level as f64 - 1.0) * self.line, 0.0)),
            tabs: vec![(self.measure, Leader::Dots)],
            align: Some(Alignment::Left),
            keep_lines: true,
            whole_words: true,
            ..self.spec("", "", "Normal")
        }));
        specs
    }

    fn speech(&self) -> Vec<Spec<'t>> {
        let tokens = self.tokens;
        let (sizes, colours) = (&tokens.sizes, &tokens.colours);
        let fore_edge = if self.document.language.rtl {
            Edge::Left
        } else {
            Edge::Right
        };
        let bar = vec![(fore_edge, 1.0, 8, colours.accent)];
        let mut specs = vec![Spec {
            next: Some("FirstParagraph"),
            priority: Some(12),
            face: Some(self.sans),
            before: Some(self.line),
            align: Some(Alignment::Left),
            keep_next: true,
            keep_lines: true,
            outline: Some(2),
            whole_words: true,
            ..self.spec("Speaker", "Speaker", "Normal")
        }];
        let others = speaker_levels(self.document).into_iter();
        specs.extend(others.filter(|level| *level != 3).map(|level| Spec {
            outline: Some(usize::from(level.clamp(1, 9)) - 1),
            ..self.spec(
                &speaker_style(level),
                &format!("Speaker {level}"),
                "Speaker",
            )
        }));
        specs.extend([
            Spec {
                next: Some("FirstParagraph"),
                priority: Some(12),
                face: Some(self.sans),
                align: Some(Alignment::Left),
                keep_next: true,
                keep_lines: true,
                whole_words: true,
                ..self.spec("Post", "Post", "Normal")
            },
            Spec {
                next: Some("BodyText"),
                before: Some(self.line),
                ..self.spec("SpeechParagraph", "Speech Paragraph", "FirstParagraph")
            },
            Spec {
                next: Some("FirstParagraph"),
                face: Some(self.sans),
                size: Some(sizes.small.to_pt()),
                after: Some(self.line / 2.0),
                align: Some(Alignment::Left),
                keep_next: true,
                whole_words: true,
                ..self.spec("Moderators", "Moderators", "Normal")
            },
            Spec {
                next: Some("Debate"),
                rules: bar.clone(),
                ..self.spec("DebateFirst", "Debate First", "FirstParagraph")
            },
            Spec {
                rules: bar.clone(),
                ..self.spec("Debate", "Debate", "BodyText")
            },
            Spec {
                rules: bar,
                align: Some(Alignment::Left),
                ..self.spec("DebateList", "Debate List", "Normal")
            },
        ]);
        specs
    }

    fn lists(&self) -> Vec<Spec<'t>> {
        let step = f64::from(indent_step(self.tokens, self.document)) / 20.0;
        let mut specs = Vec::new();
        for (stem, name, number) in [
            ("ListBullet", "List Bullet", BULLETS),
            ("ListNumber", "List Number", NUMBERS),
        ] {
            for level in 0..5 {
                let (id, name) = match level {
                    0 => (stem.to_owned(), name.to_owned()),
                    deeper => (
                        format!("{stem}{}", deeper + 1),
                        format!("{name} {}", deeper + 1),
                    ),
                };
                specs.push(Spec {
                    id,
                    name,
                    priority: (level == 0).then_some(2),
                    before: Some(self.line / 2.0),
                    after: Some(self.line / 2.0),
                    contextual: Some(true),
                    list: Some((number, level)),
                    ..self.spec("", "", "Normal")
                });
            }
        }
        for (id, name, base) in [
            ("ListBulletLoose", "List Bullet Loose", "ListBullet"),
            ("ListNumberLoose", "List Number Loose", "ListNumber"),
        ] {
            specs.push(Spec {
                contextual: Some(false),
                ..self.spec(id, name, base)
            });
        }
        specs.extend((1..=LEVELS).map(|level| Spec {
            id: if level == 1 {
                "ListContinue".to_owned()
            } else {
                format!("ListContinue{level}")
            },
            name: if level == 1 {
                "List Continue".to_owned()
            } else {
                format!("List Continue {level}")
            },
            before: Some(self.line / 2.0),
            after: Some(self.line / 2.0),
            contextual: Some(true),
            indents: Some((step * level as f64, 0.0)),
            ..self.spec("", "", "Normal")
        }));
        specs
    }

    fn prose(&self) -> Vec<Spec<'t>> {
        let tokens = self.tokens;
        let (sizes, colours) = (&tokens.sizes, &tokens.colours);
        let small = Spec {
            face: Some(self.sans),
            size: Some(sizes.small.to_pt()),
            align: Some(Alignment::Left),
            whole_words: true,
            ..Spec::default()
        };
        vec![
            Spec {
                priority: Some(29),
                before: Some(self.line / 2.0),
                after: Some(self.line / 2.0),
                contextual: Some(true),
                indents: Some((INSET * self.line, INSET * self.line)),
                ..self.spec("Quote", "Quote", "Normal")
            },
            self.spec("QuoteList", "Quote List", "Quote"),
            Spec {
                colour: Some(colours.grey),
                after: Some(self.line),
                indents: Some((1.5 * self.line, 1.5 * self.line)),
                ..self.based(&small, "QuoteAttribution", "Quote Attribution", "Normal")
            },
            Spec {
                face: Some(&tokens.docx.code_font),
                size: Some(sizes.note.to_pt()),
                before: Some(self.line / 2.0),
                after: Some(self.line / 2.0),
                align: Some(Alignment::Left),
                shade: Some(colours.tint),
                keep_lines: true,
                whole_words: true,
                no_proof: true,
                ..self.spec("HTMLPreformatted", "HTML Preformatted", "Normal")
            },
            Spec {
                priority: Some(35),
                colour: Some(colours.structure),
                before: Some(self.line / 2.0),
                after: Some(self.line / 2.0),
                keep_lines: true,
                ..self.based(&small, "Caption", "caption", "Normal")
            },
            Spec {
                colour: Some(colours.grey),
                after: Some(self.line / 2.0),
                keep_lines: true,
                ..self.based(&small, "Credit", "Credit", "Normal")
            },
            Spec {
                before: Some(self.line),
                after: Some(self.line / 2.0),
                align: Some(Alignment::Left),
                ..self.spec("Figure", "Figure", "Normal")
            },
        ]
    }

    fn cells(&self) -> Vec<Spec<'t>> {
        let tokens = self.tokens;
        let (sizes, colours) = (&tokens.sizes, &tokens.colours);
        let leading = self.leading(sizes.table.to_pt());
        let text = Spec {
            face: Some(self.sans),
            size: Some(sizes.table.to_pt()),
            line: Some(leading),
            align: Some(Alignment::Left),
            whole_words: true,
            ..self.spec("TableText", "Table Text", "Normal")
        };
        let head = Spec {
            bold: true,
            colour: Some(colours.structure),
            ..self.spec("TableHead", "Table Head", "TableText")
        };
        let aligned = |id, name, base, align| Spec {
            align: Some(align),
            ..self.spec(id, name, base)
        };
        vec![
            text,
            Spec {
                keep_next: true,
                ..head
            },
            Spec {
                bold: true,
                colour: Some(colours.structure),
                ..self.spec("TableRowHead", "Table Row Head", "TableText")
            },
            aligned(
                "TableRowHeadEnd",
                "Table Row Head End",
                "TableRowHead",
                Alignment::Right,
            ),
            aligned(
                "TableRowHeadCentre",
                "Table Row Head Centre",
                "TableRowHead",
                Alignment::Centre,
            ),
            aligned(
                "TableTextEnd",
                "Table Text End",
                "TableText",
                Alignment::Right,
            ),
            aligned(
                "TableTextCentre",
                "Table Text Centre",
                "TableText",
                Alignment::Centre,
            ),
            aligned(
                "TableHeadEnd",
                "Table Head End",
                "TableHead",
                Alignment::Right,
            ),
            aligned(
                "TableHeadCentre",
                "Table Head Centre",
                "TableHead",
                Alignment::Centre,
            ),
            Spec {
                size: Some(sizes.note.to_pt()),
                line: Some(self.leading(sizes.note.to_pt())),
                before: Some(self.line / 4.0),
                after: Some(self.line / 2.0),
                ..self.spec("TableNote", "Table Note", "TableText")
            },
            Spec {
                exact: Some(self.line / 2.0),
                ..self.spec("TableSpace", "Table Space", "Normal")
            },
            Spec {
                bold: true,
                colour: Some(colours.structure),
                ..self.spec("FactLabel", "Fact Label", "TableText")
            },
            self.spec("FactValue", "Fact Value", "TableText"),
            Spec {
                size: Some(sizes.note.to_pt()),
                line: Some(self.leading(sizes.note.to_pt())),
                colour: Some(colours.grey),
                ..self.spec("FactHead", "Fact Head", "TableText")
            },
        ]
    }

    /// A style of text next to a table.
    fn beside_table(&self, id: &'static str, beside: Beside) -> Spec<'t> {
        let name = SPACED.iter().find(|(known, _)| *known == id);
        let name = name.map_or(id, |(_, name)| *name);
        let space = |others: Beside| (beside != others).then_some(self.line * 0.5);
        let own = (id == "SpeechParagraph").then_some(self.line);
        Spec {
            next: Some("BodyText"),
            before: own.or(space(Beside::BeforeTable)),
            after: space(Beside::AfterTable),
            ..self.spec(
                &format!("{id}{}", beside.suffix()),
                &format!("{name} {}", beside.words()),
                id,
            )
        }
    }

    fn smaller_cells(&self, size: u8) -> Vec<Spec<'t>> {
        let styles = CELLS.iter().map(|(id, name)| Spec {
            size: Some(f64::from(size)),
            line: Some(self.leading(f64::from(size))),
            ..self.spec(&smaller(id, size), &format!("{name} {size} pt"), id)
        });
        styles.collect()
    }

    fn margins(&self) -> Vec<Spec<'t>> {
        let tokens = self.tokens;
        let (sizes, colours) = (&tokens.sizes, &tokens.colours);
        let head = Spec {
            face: Some(self.sans),
            size: Some(sizes.note.to_pt()),
            colour: Some(colours.grey),
            line: Some(self.leading(sizes.note.to_pt())),
            align: Some(Alignment::Right),
            whole_words: true,
            ..Spec::default()
        };
        vec![
            self.based(&head, "Header", "header", "Normal"),
            Spec {
                align: Some(Alignment::Left),
                ..self.spec("HeaderEven", "Header Even", "Header")
            },
            self.based(&head, "Footer", "footer", "Normal"),
            Spec {
                align: Some(Alignment::Left),
                ..self.spec("FooterEven", "Footer Even", "Footer")
            },
            Spec {
                size: Some(sizes.note.to_pt()),
                line: Some(self.leading(sizes.note.to_pt())),
                align: Some(Alignment::Left),
                indents: Some((self.line, 0.0)),
                first_line: -self.line,
                ..self.spec("FootnoteText", "footnote text", "Normal")
            },
            Spec {
                exact: Some(self.line),
                ..self.spec("FootnoteSeparator", "Footnote Separator", "Normal")
            },
            Spec {
                exact: Some(self.line / 4.0),
                ..self.spec("SectionEnd", "Section End", "Normal")
            },
        ]
    }
}
