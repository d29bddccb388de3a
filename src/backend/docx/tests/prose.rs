//! A chapter with one of every block and inline.

use super::sample::{heading, language, note, paragraph, section, text};
use crate::document::*;

/// A list of these items.
pub(super) fn list(start: Option<u64>, tight: bool, items: &[&str]) -> Block {
    Block::List {
        counter: crate::document::Counter::Decimal,
        delimiter: crate::document::Delimiter::Period,
        start,
        tight,
        paragraphs: false,
        items: items.iter().map(|item| vec![paragraph(item)]).collect(),
    }
}

fn cell(words: &str) -> Cell {
    Cell::of(match words {
        "" => Vec::new(),
        words => vec![paragraph(words)],
    })
}

/// A table of these rows, the first as header.
pub(super) fn table(rows: &[&[&str]]) -> Table {
    let mut rows = rows
        .iter()
        .map(|row| row.iter().map(|words| cell(words)).collect::<Vec<_>>());
    let header: Vec<_> = rows.next().into_iter().collect();
    let rows: Vec<_> = rows.collect();
    let align = |index: usize| if index == 0 { Align::Start } else { Align::End };
    Table {
        anchor: "table-1".to_owned(),
        label: Some("Table 1".to_owned()),
        caption: Some(plain_content("Ships by year").into()),
        columns: (0..header[0].len())
            .map(|index| Column {
                align: align(index),
                decimal: None,
                width: 1.0,
            })
            .collect(),
        header,
        row_kinds: vec![RowKind::Body; rows.len()],
        rows,
        row_headers: true,
        cell_notes: Vec::new(),
        note: vec![paragraph("Counts are of arrivals.")],
        wide: false,
        landscape: false,
        by_rows: false,
        place: None,
    }
}

/// A figure of image number `image`.
pub(super) fn figure(image: usize, alt: Option<&str>, caption: Option<&str>) -> Block {
    Block::Figure(Figure {
        anchor: format!("figure-{}", image + 1),
        label: caption.map(|_| format!("Figure {}", image + 1)),
        image,
        alt: alt.map(str::to_owned),
        caption: caption.map(|caption| plain_content(caption).into()),
        description: None,
        credit: caption.map(|_| plain_content("Port archive").into()),
        width: 60.0,
        extent: Default::default(),
    })
}

/// The notes of the sample: one on a heading with a link, one in bold text, one in a table.
pub(super) fn notes() -> Vec<Footnote> {
    let link = Inline::Link {
        url: "https://example.org/?a=1&b=2".to_owned(),
        content: vec![text("the record")],
    };
    vec![
        note(
            1,
            2,
            vec![Block::Paragraph {
                content: vec![text("See "), link, text(".")].into(),
            }],
        ),
        note(
            2,
            2,
            vec![
                paragraph("A note in bold text."),
                list(None, true, &["with a list"]),
            ],
        ),
        note(3, 2, vec![paragraph("A note in a table.")]),
    ]
}

fn mark(note: usize) -> Inline {
    Inline::Footnote { note, again: false }
}

/// The chapter.
pub(super) fn chapter() -> Chapter {
    let mut title = heading(1, None, "Harbour law");
    title.content.push(mark(0));
    let blocks = vec![
        running_text(),
        Block::Paragraph {
            content: vec![
                text(
                    "The next paragraph has soft\u{AD}hyphens, a non\u{2011}breaking hyphen, 13\u{A0}July and אולם (2).",
                ),
                Inline::Break,
                Inline::Language {
                    language: language("de", false),
                    content: vec![text("Hafenrecht")],
                },
            ].into(),
        },
        list(Some(3), true, &["three", "four"]),
        list(Some(1), false, &["a loose one", "a loose two"]),
        nested(),
        quote(),
        Block::Code {
            label: None,
            text: "title: Water\n  indented: true\n\tx < y && z".to_owned(),
        },
    ];
    let deep = section(
        SectionKind::Section,
        heading(3, None, "A subsection"),
        vec![paragraph("Deeper.")],
    );
    let mut tables = section(
        SectionKind::Section,
        heading(2, None, "Tables and figures"),
        tables(),
    );
    tables.sections = vec![deep];
    super::sample::chapter(title, blocks, vec![tables])
}

fn running_text() -> Block {
    let strong = |content| Inline::Strong { content };
    let emphasis = |content| Inline::Emphasis { content };
    Block::Paragraph {
        content: vec![
            text("Plain, "),
            emphasis(vec![text("emphasis "), strong(vec![text("and both")])]),
            text(", "),
            Inline::Code {
                text: "a <b> & \"c\"".to_owned(),
            },
            text(", "),
            Inline::Link {
                url: "https://example.org/?q=a&b=%3Cc%3E".to_owned(),
                content: vec![text("a link with "), emphasis(vec![text("emphasis")])],
            },
            text(" and "),
            Inline::Reference {
                page: false,
                anchor: "table-1".to_owned(),
                content: vec![text("Table 1")],
            },
            text(". "),
            strong(vec![
                text("Bold with a mark"),
                mark(1),
                text(" and more bold."),
            ]),
        ]
        .into(),
    }
}

fn nested() -> Block {
    let inner = (1..11).fold(list(None, true, &["deepest"]), |inner, depth| Block::List {
        counter: crate::document::Counter::Decimal,
        delimiter: crate::document::Delimiter::Period,
        start: (depth % 3 == 0).then_some(1),
        tight: true,
        paragraphs: false,
        items: vec![vec![
            paragraph(&format!("item around {depth}")),
            inner,
            paragraph("after it"),
        ]],
    });
    Block::List {
        counter: crate::document::Counter::Decimal,
        delimiter: crate::document::Delimiter::Period,
        start: None,
        tight: true,
        paragraphs: false,
        items: vec![vec![], vec![inner]],
    }
}

fn quote() -> Block {
    Block::Quote {
        blocks: vec![
            paragraph("Das Wasser kennt keine Grenzen."),
            paragraph("Und die Schiffe auch nicht."),
        ],
        attribution: Some("Ein Lotse".to_owned()),
        source: None,
        pull: false,
        language: Some(language("de-AT", false)),
    }
}

fn tables() -> Vec<Block> {
    let mut noted = table(&[
        &["Year", "Ships", "Tonnes"],
        &["2015", "1 204", "17.5"],
        &["2016", "998", ""],
    ]);
    noted.rows[0][1].blocks = vec![Block::Paragraph {
        content: vec![text("1 204"), mark(2)].into(),
    }];
    let mut wide = table(&[&["Quay", "Use"], &["A", "grain"]]);
    wide.anchor = "table-2".to_owned();
    wide.label = None;
    wide.caption = None;
    wide.wide = true;
    wide.note = Vec::new();
    wide.rows[0][1].blocks = vec![list(None, true, &["grain", "sand"])];
    vec![
        paragraph("Before the table."),
        Block::Table(noted),
        Block::Table(wide),
        figure(0, Some("Map of the \"port\" & <city>"), Some("The port")),
        figure(1, None, None),
        paragraph("After the figures."),
    ]
}
