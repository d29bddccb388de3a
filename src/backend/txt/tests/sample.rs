//! Documents and policies for the tests of this backend, built by hand.

use crate::backend::txt::Writer;
use crate::document::*;
use crate::layout::{Digest, LayoutLoader, strings};

const CONTENTS_DEPTH: u8 = 2;

/// The policy of the layout of that name, so many columns wide.
fn policy(layout: &str, width: u16) -> Digest {
    let layout = LayoutLoader::embedded()
        .load(layout)
        .expect("the layout is embedded");
    Digest {
        width,
        ..layout.tokens.digest
    }
}

/// The digest that ships.
pub(super) fn digest(width: u16) -> Digest {
    policy("screen", width)
}

/// Everything.
pub(super) fn whole(width: u16) -> Digest {
    policy("full-text", width)
}

/// The text of a document by a policy.
pub(super) fn write(document: &Document, policy: Digest) -> String {
    Writer::new(document, &policy, CONTENTS_DEPTH).write()
}

/// The text of blocks in the whole text, so many columns wide.
pub(super) fn write_blocks(blocks: Vec<Block>, width: u16) -> String {
    let document = document();
    let policy = whole(width);
    let mut writer = Writer::new(&document, &policy, CONTENTS_DEPTH);
    writer.blocks(&blocks, 1);
    writer.sheet.into_lines().join("\n")
}

/// Running text.
pub(super) fn inline(text: &str) -> Inline {
    Inline::Text {
        text: text.to_owned(),
    }
}

/// A paragraph.
pub(super) fn paragraph(text: &str) -> Block {
    Block::Paragraph {
        content: vec![inline(text)].into(),
    }
}

/// A list of paragraphs.
pub(super) fn list(start: Option<u64>, items: &[&str]) -> Block {
    Block::List {
        counter: crate::document::Counter::Decimal,
        delimiter: crate::document::Delimiter::Period,
        start,
        tight: true,
        paragraphs: false,
        items: items.iter().map(|item| vec![paragraph(item)]).collect(),
    }
}

/// A link.
pub(super) fn link(text: &str, url: &str) -> Inline {
    Inline::Link {
        url: url.to_owned(),
        content: vec![inline(text)],
    }
}

/// A table with one header row; rows are written with `|` between the cells.
pub(super) fn table(align: &[Align], rows: &[&str]) -> Table {
    let cell = |text: &str| {
        Cell::of(match text {
            "" => Vec::new(),
            text => vec![paragraph(text)],
        })
    };
    let mut rows: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| row.split('|').map(cell).collect())
        .collect();
    Table {
        anchor: "table".into(),
        label: None,
        caption: None,
        columns: align
            .iter()
            .map(|align| Column {
                align: *align,
                decimal: None,
                width: 1.0,
            })
            .collect(),
        header: vec![rows.remove(0)],
        row_kinds: vec![RowKind::Body; rows.len()],
        rows,
        row_headers: false,
        cell_notes: Vec::new(),
        note: Vec::new(),
        wide: false,
        landscape: false,
        by_rows: false,
        place: None,
    }
}

/// A heading.
pub(super) fn heading(level: u8, label: Option<&str>, title: &str) -> Heading {
    Heading {
        label: label.map(Into::into),
        ..Heading::plain(title.into(), level, title)
    }
}

/// A chapter without content.
pub(super) fn chapter(kind: ChapterKind, label: Option<&str>, title: &str) -> Chapter {
    Chapter {
        kind,
        front: false,
        heading: heading(1, label, title),
        title_lines: vec![plain_content(title)],
        short_title: title.into(),
        facts: Vec::new(),
        key_points: Vec::new(),
        blocks: Vec::new(),
        interventions: Vec::new(),
        sections: Vec::new(),
    }
}

/// A section without content.
pub(super) fn section(kind: SectionKind, label: Option<&str>, title: &str) -> Section {
    Section {
        kind,
        heading: heading(2, label, title),
        moderators: Vec::new(),
        brief: None,
        blocks: Vec::new(),
        interventions: Vec::new(),
        sections: Vec::new(),
    }
}

/// A speaker.
pub(super) fn speaker(name: &str, post: &str) -> Speaker {
    Speaker {
        person: 0,
        name: name.into(),
        post: post.into(),
    }
}

/// An intervention with a head.
pub(super) fn intervention(name: &str, post: &str, key: Option<&str>, text: &str) -> Intervention {
    Intervention {
        anchor: format!("{name}-spoke"),
        speaker: speaker(name, post),
        head: true,
        key: key.map(Into::into),
        blocks: vec![paragraph(text)],
    }
}

/// A footnote of chapter `chapter`.
pub(super) fn note(number: usize, chapter: usize, text: &str) -> Footnote {
    Footnote {
        anchor: format!("note-{chapter}-{number}"),
        number,
        chapter,
        marked_again: false,
        blocks: vec![paragraph(text)],
    }
}

/// A fact.
pub(super) fn fact(label: &str, values: &[&str]) -> Fact {
    Fact {
        label: label.into(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

/// A report without chapters.
pub(super) fn document() -> Document {
    Document {
        id: "harbours-2016".into(),
        language: Language {
            tag: "en-GB".into(),
            code: "en".into(),
            region: Some("GB".into()),
            rtl: false,
        },
        title: "Harbours and People".into(),
        title_lines: vec!["Harbours".into(), "and People".into()],
        subtitle: Some("Record of two meetings".into()),
        series: None,
        running_title: "Harbours".into(),
        date: Date {
            year: 2016,
            month: 8,
            day: 31,
            text: "31 August 2016".into(),
        },
        publisher: "Harbour Group".into(),
        place: Some("Oslo".into()),
        credit: "Published by the Harbour Group".into(),
        author: "Harbour Group".into(),
        description: "What was said at two meetings on harbours.".into(),
        copyright: "© Harbour Group, 2016".into(),
        keywords: Vec::new(),
        imprint: vec![paragraph("Printed in Oslo.")],
        covers: Default::default(),
        identifiers: vec![fact("ISBN", &["978-2-1234-5680-3"])],
        job_number: None,
        url: Some("https://example.org/harbours".into()),
        footnotes_restart: false,
        chapters: Vec::new(),
        contents: Vec::new(),
        footnotes: Vec::new(),
        people: Vec::new(),
        organisations: Vec::new(),
        block_lists: Vec::new(),
        bibliography: None,
        origins: Vec::new(),
        speakers: None,
        acronyms: None,
        index: None,
        images: Vec::new(),
        characters: std::collections::BTreeMap::new(),
        strings: strings("en").expect("there are English words"),
    }
}
