//! Documents that differ from a report in one thing, and what a judge must name of it.

use gmg_export::document::{
    Block, Document, Figure, Heading, Inline, Intervention, Section, Table, plain_content,
};

/// A layout and a format.
pub(super) type EditionName = (&'static str, &'static str);

/// A change of a document.
pub(super) struct Change {
    /// What it does.
    pub(super) name: &'static str,
    /// Makes it; gives words that must be named, or `None` where the report has nothing of the kind.
    pub(super) make: fn(&mut Document) -> Option<Vec<String>>,
    /// The editions that do not show it.
    pub(super) unseen: &'static [EditionName],
}

const DIGEST: EditionName = ("screen", "txt");
const PAPER: &[EditionName] = &[DIGEST, ("print", "pdf"), ("print", "press")];

/// Editions that say no alternative texts.
const UNHEARD: &[EditionName] = &[
    DIGEST,
    ("full-text", "txt"),
    ("print", "pdf"),
    ("print", "press"),
];

const DRAWN: &[EditionName] = &[DIGEST, ("full-text", "txt"), ("screen", "docx")];

pub(super) const CHANGES: &[Change] = &[
    Change {
        name: "a footnote removed",
        make: |document| {
            let note = document.footnotes.pop()?;
            Some(vec![start(&note.blocks)?])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a footnote changed",
        make: |document| {
            let note = document.footnotes.first_mut()?;
            note.blocks = vec![paragraph("Une autre note, que personne n’a lue.")];
            Some(vec!["une autre note".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "two headings swapped",
        make: |document| {
            let [.., one, other] = document.chapters.as_mut_slice() else {
                return None;
            };
            std::mem::swap(&mut one.heading, &mut other.heading);
            Some(vec![one.heading.title.clone(), "heading".into()])
        },
        unseen: &[],
    },
    Change {
        name: "a section more",
        make: |document| {
            let sections = &mut document
                .chapters
                .iter_mut()
                .find(|it| !it.sections.is_empty())?;
            let mut section = sections.sections.first()?.clone();
            section.heading = Heading::plain("perdu".into(), 2, "Un titre perdu");
            section.sections.clear();
            section.interventions.clear();
            sections.sections.insert(1, section);
            Some(vec!["the heading “un titre perdu".into()])
        },
        unseen: &[],
    },
    Change {
        name: "a post changed",
        make: |document| {
            let talk = talks(document).find(|talk| talk.head && !talk.speaker.post.is_empty())?;
            talk.speaker.post = "Gardien du phare".into();
            Some(vec!["post".into(), "gardien du phare".into()])
        },
        unseen: &[],
    },
    Change {
        name: "a speaker changed",
        make: |document| {
            let talk = talks(document).filter(|talk| talk.head).last()?;
            talk.speaker.name = "Mme Personne".into();
            Some(vec!["name".into(), "mme personne".into()])
        },
        unseen: &[],
    },
    Change {
        name: "an alternative text removed",
        make: |document| {
            let figure = figures(document).find(|figure| figure.alt.is_some())?;
            Some(vec![first_words(&figure.alt.take()?)])
        },
        unseen: PAPER,
    },
    Change {
        name: "an alternative text changed",
        make: |document| {
            let figure = figures(document).find(|figure| figure.alt.is_some())?;
            figure.alt = Some("Une image tout autre".into());
            Some(vec![
                "alternative text".into(),
                "une image tout autre".into(),
                ".yaml:".into(),
            ])
        },
        unseen: PAPER,
    },
    Change {
        name: "the title changed",
        make: |document| {
            document.title = "Un autre titre".into();
            Some(vec!["heading".into(), "un autre titre".into()])
        },
        unseen: &[("print", "pdf"), ("print", "press")],
    },
    Change {
        name: "the imprint changed",
        make: |document| {
            *document.imprint.first_mut()? = paragraph("Ce que personne n’a imprimé.");
            Some(vec!["ce que personne n’a imprimé".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a number of the imprint changed",
        make: |document| {
            let fact = document.identifiers.last_mut()?;
            fact.values = vec!["https://example.org/ailleurs".into()];
            Some(vec!["https://example.org/ailleurs".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "what the picture on the cover shows changed",
        make: |document| {
            let picture = document.covers.picture.as_mut()?;
            picture.alt = Some("Une couverture tout autre".into());
            Some(vec![
                "alternative text".into(),
                "une couverture tout autre".into(),
            ])
        },
        unseen: PAPER,
    },
    Change {
        name: "a logo removed",
        make: |document| {
            let logos = &mut document.covers.logos;
            let at = logos.iter().position(|logo| logo.image.is_some())?;
            Some(vec!["alternative text".into(), logos.remove(at).name])
        },
        // Plain text may name anybody before the chapters.
        unseen: UNHEARD,
    },
    Change {
        name: "the logo of a supporter changed",
        make: |document| {
            document.covers.supporters.first_mut()?.name = "Un autre mécène".into();
            Some(vec!["alternative text".into(), "un autre mécène".into()])
        },
        unseen: UNHEARD,
    },
    Change {
        name: "the text of the back cover changed",
        make: |document| {
            *document.covers.text.last_mut()? = paragraph("Ce que le dos ne dit pas.");
            Some(vec!["ce que le dos ne dit pas".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a caption changed",
        make: |document| {
            let figure = figures(document).find(|figure| figure.caption.is_some())?;
            figure.caption = Some(plain_content("Une autre légende").into());
            Some(vec!["caption".into(), "une autre légende".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "the title of a box changed",
        make: |document| {
            let text_box = found(document, |block| match block {
                Block::Box(text_box) => Some(text_box),
                _ => None,
            })?;
            text_box.title = plain_content("Une autre boîte").into();
            Some(vec!["caption".into(), "une autre boîte".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "what is in a box changed",
        make: |document| {
            let text_box = found(document, |block| match block {
                Block::Box(text_box) => Some(text_box),
                _ => None,
            })?;
            text_box.blocks[0] = paragraph("Ce que la boîte ne dit pas.");
            Some(vec!["ce que la boîte ne dit pas".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a key figure changed",
        make: |document| {
            let entries = found(document, |block| match block {
                Block::KeyFigures { entries } => Some(entries),
                _ => None,
            })?;
            entries.first_mut()?.text = plain_content("un compte inexact").into();
            Some(vec!["inexact".into()])
        },
        unseen: &[],
    },
    Change {
        name: "the unit of a key figure changed",
        make: |document| {
            let entries = found(document, |block| match block {
                Block::KeyFigures { entries } => Some(entries),
                _ => None,
            })?;
            entries.first_mut()?.unit = Some("lieues".into());
            Some(vec!["lieues".into()])
        },
        unseen: &[],
    },
    Change {
        name: "a term changed",
        make: |document| {
            let entries = found(document, |block| match block {
                Block::Definitions { entries } => Some(entries),
                _ => None,
            })?;
            entries.last_mut()?.term = plain_content("Étiage").into();
            Some(vec!["term".into(), "étiage".into()])
        },
        unseen: &[],
    },
    Change {
        name: "a term of digits left out",
        make: |document| {
            let entries = found(document, |block| match block {
                Block::Definitions { entries } => Some(entries),
                _ => None,
            })?;
            let term = entries.last_mut()?;
            term.term = plain_content("2025 bis").into();
            Some(vec!["2025 bis".into()])
        },
        unseen: &[],
    },
    Change {
        name: "the source of a quotation changed",
        make: |document| {
            let source = found(document, |block| match block {
                Block::Quote { source, .. } => source.as_mut(),
                _ => None,
            })?;
            *source = plain_content("Une autre gazette").into();
            Some(vec!["credit".into(), "une autre gazette".into()])
        },
        unseen: &[],
    },
    Change {
        name: "the label of an example of code changed",
        make: |document| {
            let label = found(document, |block| match block {
                Block::Code { label, .. } => label.as_mut(),
                _ => None,
            })?;
            *label = "autres.csv".into();
            Some(vec!["autres.csv".into()])
        },
        unseen: &[],
    },
    Change {
        name: "a picture of a pair described otherwise",
        make: |document| {
            let figures = found(document, |block| match block {
                Block::Figures { figures } => Some(figures),
                _ => None,
            })?;
            figures.last_mut()?.alt = Some("Un barrage tout autre".into());
            Some(vec!["un barrage tout autre".into()])
        },
        unseen: PAPER,
    },
    Change {
        name: "a value of a chart changed",
        make: |document| {
            let table = found(document, |block| match block {
                Block::Chart(chart) => chart.table.as_mut(),
                _ => None,
            })?;
            let cell = table.rows.first_mut()?.last_mut()?;
            cell.blocks = vec![paragraph("987,654")];
            Some(vec!["987".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a number that a chart draws changed",
        make: |document| {
            let plot = found(document, |block| match block {
                Block::Chart(chart) => Some(&mut chart.plot),
                _ => None,
            })?;
            let mut points = plot.series.iter_mut().flat_map(|one| &mut one.points);
            points
                .find_map(|point| point.as_mut()?.text.as_mut())?
                .clone_from(&"87,654".into());
            Some(vec!["87".into()])
        },
        // Word has pixels, and plain text the values alone.
        unseen: DRAWN,
    },
    Change {
        name: "two numbers of the axis of a chart swapped",
        make: |document| {
            let plot = found(document, |block| match block {
                Block::Chart(chart) if chart.plot.ticks.len() > 2 => Some(&mut chart.plot),
                _ => None,
            })?;
            plot.ticks.swap(1, 2);
            Some(vec!["in the chart".into()])
        },
        // On paper words may stand in columns.
        unseen: &[
            DIGEST,
            ("full-text", "txt"),
            ("screen", "docx"),
            ("print", "pdf"),
            ("print", "press"),
        ],
    },
    Change {
        name: "a chart more",
        make: |document| {
            let chart = |block: &Block| match block {
                Block::Chart(chart) => Some(chart.clone()),
                _ => None,
            };
            let chapters = document.chapters.iter_mut();
            let mut last = chapters.filter_map(|chapter| chapter.sections.last_mut());
            let (blocks, mut chart) = last.find_map(|section| {
                let chart = section.blocks.iter().find_map(chart)?;
                Some((&mut section.blocks, chart))
            })?;
            chart.caption = plain_content("Une courbe perdue").into();
            chart.alt = "Une courbe que personne ne voit".into();
            blocks.push(Block::Chart(chart));
            Some(vec!["une courbe".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a chart described otherwise",
        make: |document| {
            let chart = found(document, |block| match block {
                Block::Chart(chart) => Some(chart),
                _ => None,
            })?;
            chart.alt = "Des colonnes tout autres".into();
            Some(vec!["des colonnes tout autres".into()])
        },
        unseen: PAPER,
    },
    Change {
        name: "the title of a chart changed",
        make: |document| {
            let title = found(document, |block| match block {
                Block::Chart(chart) => chart.title.as_mut(),
                _ => None,
            })?;
            *title = "Un tout autre titre".into();
            Some(vec!["un tout autre titre".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "the day of a signature changed",
        make: |document| {
            let signature = found(document, |block| match block {
                Block::Signature(signature) => Some(signature),
                _ => None,
            })?;
            signature.signed = Some("Port-Neuf, le 1er avril".into());
            Some(vec!["port-neuf".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a caption of a table changed",
        make: |document| {
            let table = table(document)?;
            table.caption.as_ref()?;
            table.caption = Some(plain_content("Une autre légende").into());
            Some(vec!["caption".into(), "une autre légende".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a credit changed",
        make: |document| {
            let figure = figures(document).find(|figure| figure.credit.is_some())?;
            figure.credit = Some(plain_content("Un autre photographe").into());
            Some(vec!["credit".into(), "un autre photographe".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "the mark of a note taken off a caption",
        make: |document| {
            let mut captions = figures(document).filter_map(|figure| figure.caption.as_mut());
            captions.find_map(|caption| take_mark(caption, false))?;
            Some(Vec::new())
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "the second mark of a note taken away",
        make: |document| {
            let mut all = blocks(document).into_iter().flatten();
            all.find_map(|block| match block {
                Block::Paragraph { content } => take_mark(content, true),
                _ => None,
            })?;
            Some(Vec::new())
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "the mark of a note taken off a title",
        make: |document| {
            let mut headings = document
                .chapters
                .iter_mut()
                .map(|chapter| &mut chapter.heading);
            headings.find_map(|heading| take_mark(&mut heading.content, false))?;
            Some(Vec::new())
        },
        unseen: &[],
    },
    Change {
        name: "a table row removed",
        make: |document| {
            let row = table(document)?.rows.pop()?;
            Some(vec![start(&row.first()?.blocks)?])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a cell of a table changed",
        make: |document| {
            let cell = table(document)?.rows.first_mut()?.first_mut()?;
            cell.blocks = vec![paragraph("Vaisseau fantôme")];
            Some(vec!["table".into(), "vaisseau fantôme".into()])
        },
        unseen: &[DIGEST],
    },
    Change {
        name: "a member left out",
        make: |document| {
            let found = blocks(document)
                .into_iter()
                .flatten()
                .find_map(|block| match block {
                    Block::Members { members, .. } => members.pop(),
                    _ => None,
                });
            Some(vec![found?.name.rsplit(' ').next()?.to_string()])
        },
        unseen: &[DIGEST],
    },
];

/// Takes several things out of a document; gives what must be named, and where it does not show.
pub(super) fn lose(document: &mut Document) -> Vec<(String, &'static [EditionName])> {
    let mut lost: Vec<(String, &[EditionName])> = Vec::new();
    let row = table(document).and_then(|table| table.rows.pop());
    let row = row.and_then(|row| start(&row.first()?.blocks));
    lost.push((row.expect("a table"), &[DIGEST]));
    let figure = figures(document).find(|figure| figure.alt.is_some());
    let alt = figure.and_then(|figure| figure.alt.replace("Une autre image".into()));
    lost.push((first_words(&alt.expect("a figure")), PAPER));
    let talk = talks(document).find(|talk| talk.head && !talk.speaker.post.is_empty());
    let post = std::mem::take(&mut talk.expect("a speaker").speaker.post);
    lost.push((first_words(&post), &[]));
    let note = last_mark(document).expect("a mark");
    let text = start(&document.footnotes[note].blocks);
    lost.push((text.expect("a note"), &[DIGEST]));
    lost
}

/// Takes the last mark of a footnote out of the running text of the chapters.
fn last_mark(document: &mut Document) -> Option<usize> {
    fn inside(block: &mut Block) -> Option<usize> {
        match block {
            Block::Paragraph { content } => {
                let is_mark = |inline: &Inline| matches!(inline, Inline::Footnote { .. });
                let last = content.iter().rposition(is_mark)?;
                match content.remove(last) {
                    Inline::Footnote { note, .. } => Some(note),
                    _ => None,
                }
            }
            Block::List { items, .. } => items.iter_mut().flatten().rev().find_map(inside),
            Block::Quote { blocks, .. } => blocks.iter_mut().rev().find_map(inside),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                cells
                    .rev()
                    .flat_map(|cell| &mut cell.blocks)
                    .find_map(inside)
            }
            _ => None,
        }
    }
    let mut all = blocks(document).into_iter().flatten().rev();
    all.find_map(inside)
}

/// Gives the first picture another description and caption.
pub(super) fn describe(document: &mut Document, alt: &str, caption: &str) {
    let figure = figures(document).last().expect("a figure");
    figure.alt = Some(alt.to_owned());
    let marks = figure.caption.take().into_iter().flatten();
    let marks = marks.filter(|inline| matches!(inline, Inline::Footnote { .. }));
    figure.caption = Some(plain_content(caption).into_iter().chain(marks).collect());
}

/// Takes the first mark of a note, or the first that stands again, out of running text.
fn take_mark(content: &mut Vec<Inline>, wanted: bool) -> Option<usize> {
    let is = |inline: &Inline| matches!(inline, Inline::Footnote { again, .. } if *again == wanted);
    match content.remove(content.iter().position(is)?) {
        Inline::Footnote { note, .. } => Some(note),
        _ => None,
    }
}

/// The lists of blocks of chapters, sections and interventions.
fn blocks(document: &mut Document) -> Vec<&mut Vec<Block>> {
    fn inside<'d>(sections: &'d mut [Section], found: &mut Vec<&'d mut Vec<Block>>) {
        for section in sections {
            found.push(&mut section.blocks);
            found.extend(
                section
                    .interventions
                    .iter_mut()
                    .map(|talk| &mut talk.blocks),
            );
            inside(&mut section.sections, found);
        }
    }
    let mut found = Vec::new();
    for chapter in &mut document.chapters {
        found.push(&mut chapter.blocks);
        inside(&mut chapter.sections, &mut found);
    }
    found
}

fn talks(document: &mut Document) -> impl Iterator<Item = &mut Intervention> {
    document
        .chapters
        .iter_mut()
        .flat_map(|chapter| &mut chapter.sections)
        .flat_map(|section| &mut section.interventions)
}

fn figures(document: &mut Document) -> impl Iterator<Item = &mut Figure> {
    let blocks = blocks(document).into_iter().flatten();
    blocks.filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    })
}

/// The first block that `pick` takes.
fn found<'d, T>(
    document: &'d mut Document,
    pick: impl FnMut(&'d mut Block) -> Option<T>,
) -> Option<T> {
    blocks(document).into_iter().flatten().find_map(pick)
}

fn table(document: &mut Document) -> Option<&mut Table> {
    let mut blocks = blocks(document).into_iter().flatten();
    blocks.find_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

fn paragraph(text: &str) -> Block {
    let text = text.to_string();
    let content = vec![Inline::Text { text }];
    Block::Paragraph {
        content: content.into(),
    }
}

/// The first words of blocks.
fn start(blocks: &[Block]) -> Option<String> {
    match blocks.first()? {
        Block::Paragraph { content } => {
            Some(first_words(&gmg_export::document::plain_text(content)))
        }
        _ => None,
    }
}

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    words.join(" ")
}
