//! Documents and policies for the tests of this backend, built by hand.

use crate::backend::txt::Writer;
use crate::document::*;
use crate::layout::{
    ChapterStart, Colour, Detail, Digest, DocxTokens, Fonts, Length, Page, Sizes, Strings,
    Structure,
};
use crate::layout::{Colours, Tokens};

/// A digest of all kinds of content: briefs of what is said, the rest in full.
pub(super) fn digest(width: u16) -> Digest {
    Digest {
        width,
        whole: false,
        chapters: Detail::Brief,
        summaries: Detail::Full,
        interventions: Detail::Brief,
        panels: Detail::Brief,
        debates: Detail::Brief,
        sections: Detail::Brief,
        tables: Detail::None,
        figures: Detail::None,
        members: Detail::Full,
        footnotes: Detail::Full,
        imprint: Detail::None,
        back_matter: Detail::None,
    }
}

/// Everything.
pub(super) fn whole(width: u16) -> Digest {
    let all = Detail::Full;
    Digest {
        width,
        whole: true,
        chapters: all,
        summaries: all,
        interventions: all,
        panels: all,
        debates: all,
        sections: all,
        tables: all,
        figures: all,
        members: all,
        footnotes: all,
        imprint: all,
        back_matter: all,
    }
}

/// The text of a document by a policy.
pub(super) fn write(document: &Document, policy: Digest) -> String {
    Writer::new(document, &tokens(policy)).write()
}

/// The text of blocks in the whole text, so many columns wide.
pub(super) fn write_blocks(blocks: Vec<Block>, width: u16) -> String {
    let document = document();
    let tokens = tokens(whole(width));
    let mut writer = Writer::new(&document, &tokens);
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
        content: vec![inline(text)],
    }
}

/// A list of paragraphs.
pub(super) fn list(start: Option<u64>, items: &[&str]) -> Block {
    Block::List {
        start,
        tight: true,
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
    let cell = |text: &str| Cell {
        blocks: if text.is_empty() {
            Vec::new()
        } else {
            vec![paragraph(text)]
        },
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
                width: 1.0,
            })
            .collect(),
        header: vec![rows.remove(0)],
        rows,
        row_headers: false,
        note: Vec::new(),
        wide: false,
    }
}

/// A heading.
pub(super) fn heading(level: u8, label: Option<&str>, title: &str) -> Heading {
    Heading {
        anchor: title.into(),
        level,
        label: label.map(Into::into),
        title: title.into(),
        note: None,
    }
}

/// A chapter without content.
pub(super) fn chapter(kind: ChapterKind, label: Option<&str>, title: &str) -> Chapter {
    Chapter {
        kind,
        front: false,
        heading: heading(1, label, title),
        title_lines: vec![title.into()],
        short_title: title.into(),
        facts: Vec::new(),
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
        identifiers: vec![fact("ISBN", &["978-2-1234-5680-3"])],
        url: Some("https://example.org/harbours".into()),
        footnotes_restart: false,
        chapters: Vec::new(),
        contents: Vec::new(),
        footnotes: Vec::new(),
        people: Vec::new(),
        organisations: Vec::new(),
        speakers: None,
        acronyms: None,
        index: None,
        images: Vec::new(),
        characters: std::collections::BTreeMap::new(),
        strings: strings(),
    }
}

/// English words.
fn strings() -> Strings {
    let words = r#"{
        "colon": ": ", "comma": ", ", "months": ["January"], "date": "{day} {month} {year}", "first_day": null,
        "meetings": ["First meeting"], "meeting": "Meeting {n}", "panel": "Panel {n}", "appendix": "Appendix {n}",
        "table": "Table {n}", "figure": "Figure {n}", "contents": "Contents", "summary": "Executive summary",
        "opening": "Opening remarks", "speakers_section": "Speakers", "debate": "Interactive debate",
        "closing": "Concluding remarks", "speakers": "List of speakers", "acronyms": "Acronyms",
        "index": "Index of organisations", "label_date": "Date", "label_time": "Time", "label_place": "Place",
        "label_co_organisers": "Co-organisers", "label_collaboration": "In collaboration with",
        "label_co_chairs": "Co-chairs", "label_rapporteur": "Rapporteur", "label_floor": "Took the floor",
        "label_moderator": "Moderator", "label_moderators": "Moderators", "label_note": "Note",
        "label_members": "Members", "label_name": "Name", "label_post": "Post", "label_pages": "Pages",
        "label_acronym": "Acronym", "label_expansion": "Stands for", "label_organisation": "Organisation",
        "label_publisher": "Publisher", "label_credit": "Source", "label_fact": "Fact", "label_detail": "Detail",
        "about": "About this report", "notes": "Notes", "whole": "The whole report",
        "whole_text": "“{title}” was published by {publisher} on {date}.", "whole_url": "It is at {url}.",
        "imprint": "Imprint", "page_of": "{n} of {total}", "picture": "Picture", "isbn": "ISBN", "eisbn": "eISBN",
        "issn": "ISSN", "doi": "DOI", "sales_number": "Sales no.", "symbol": "Symbol", "job_number": "Job",
        "paper": "Paper", "printed_in": "Printed in", "url": "Address", "quote_open": "“", "quote_close": "”"
    }"#;
    serde_json::from_str(words).expect("the words of the tests are complete")
}

/// Tokens of which this backend sees `digest` and the depth of the contents.
fn tokens(digest: Digest) -> Tokens {
    let zero = Length::pt(0.0);
    let black = Colour { rgb: [0; 3] };
    Tokens {
        page: Page {
            width: zero,
            height: zero,
            inside: zero,
            outside: zero,
            top: zero,
            bottom: zero,
            mirrored: false,
            bleed: zero,
        },
        fonts: Fonts {
            text: String::new(),
            display: String::new(),
            sans: String::new(),
            code: String::new(),
            fallback: Vec::new(),
        },
        sizes: Sizes {
            note: zero,
            table: zero,
            small: zero,
            text: zero,
            lead: zero,
            heading: zero,
            title: zero,
            cover: zero,
            line: zero,
        },
        colours: Colours {
            text: black,
            structure: black,
            accent: black,
            grey: black,
            rule: black,
            tint: black,
            link: black,
            paper: black,
        },
        structure: Structure {
            chapter_start: ChapterStart::Page,
            contents_depth: 2,
            justify: false,
            hyphenate: false,
        },
        docx: DocxTokens {
            text_font: String::new(),
            sans_font: String::new(),
            code_font: String::new(),
        },
        digest,
    }
}
