//! A small document with one of everything, made by hand: no source, no typesetting.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::backend::typeset::Pagination;
use crate::document::*;
use crate::layout::{Layout, LayoutLoader, strings};

/// The layout that the tests use.
pub(super) fn layout() -> Layout {
    LayoutLoader::embedded()
        .load("screen")
        .expect("the layout is in the binary")
}

pub(super) fn text(words: &str) -> Inline {
    Inline::Text {
        text: words.to_owned(),
    }
}

pub(super) fn paragraph(words: &str) -> Block {
    Block::Paragraph {
        content: vec![text(words)].into(),
    }
}

pub(super) fn heading(level: u8, label: Option<&str>, title: &str) -> Heading {
    let anchor = title
        .to_lowercase()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    Heading {
        label: label.map(str::to_owned),
        ..Heading::plain(anchor, level, title)
    }
}

pub(super) fn section(kind: SectionKind, heading: Heading, blocks: Vec<Block>) -> Section {
    let (moderators, interventions, sections) = (Vec::new(), Vec::new(), Vec::new());
    Section {
        kind,
        heading,
        moderators,
        brief: None,
        blocks,
        interventions,
        sections,
    }
}

pub(super) fn chapter(heading: Heading, blocks: Vec<Block>, sections: Vec<Section>) -> Chapter {
    Chapter {
        kind: ChapterKind::Section,
        front: false,
        title_lines: vec![heading.content.to_vec()],
        short_title: heading.title.clone(),
        heading,
        facts: Vec::new(),
        key_points: Vec::new(),
        blocks,
        interventions: Vec::new(),
        sections,
    }
}

pub(super) fn language(tag: &str, rtl: bool) -> Language {
    let (code, region) = tag.split_once('-').map_or((tag, None), |(code, region)| {
        (code, Some(region.to_owned()))
    });
    Language {
        tag: tag.to_owned(),
        code: code.to_owned(),
        region,
        rtl,
    }
}

pub(super) fn note(number: usize, chapter: usize, blocks: Vec<Block>) -> Footnote {
    Footnote {
        anchor: format!("note-{chapter}-{number}"),
        number,
        chapter,
        marked_again: false,
        blocks,
    }
}

fn speaker(person: usize, name: &str, post: &str) -> Speaker {
    Speaker {
        person,
        name: name.to_owned(),
        post: post.to_owned(),
    }
}

fn intervention(anchor: &str, speaker: Speaker, head: bool, content: Vec<Inline>) -> Intervention {
    let blocks = vec![
        Block::Paragraph {
            content: content.into(),
        },
        paragraph("A second paragraph of the same person, a little longer."),
    ];
    Intervention {
        anchor: anchor.to_owned(),
        speaker,
        head,
        key: None,
        blocks,
    }
}

fn picture(format: ImageFormat, bytes: &[u8], width: u32, height: u32) -> Image {
    Image {
        place: None,
        file: "source/images/1".to_owned(),
        path: "images/1".to_owned(),
        format,
        width,
        height,
        bytes: Arc::new(bytes.to_vec()),
    }
}

/// The smallest PNG: one grey pixel.
pub(super) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, b'I', b'D', b'A', b'T',
    0x08, 0xD7, 0x63, 0x68, 0, 0, 0, 0x82, 0, 0x81, 0xDD, 0x43, 0x6A, 0xF4, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// A drawing of the port.
pub(super) const SVG: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" width="160" height="60">
<rect width="160" height="60" fill="#EDF2F5"/><path d="M0 40 C40 10 80 70 160 30" fill="none" stroke="#0B3C5D" stroke-width="3"/>
<text x="10" y="25" font-family="Source Sans 3" font-size="14">Quay A</text></svg>"##;

/// A document without any content but a title.
pub(super) fn bare(tag: &str, rtl: bool) -> Document {
    Document {
        id: "sample".to_owned(),
        language: language(tag, rtl),
        title: "Harbours & people: a <sample>".to_owned(),
        title_lines: vec!["Harbours & people:".to_owned(), "a <sample>".to_owned()],
        subtitle: Some("Report of two meetings".to_owned()),
        series: Some("Port group".to_owned()),
        running_title: "Harbours".to_owned(),
        date: Date {
            year: 2016,
            month: 8,
            day: 31,
            text: "31 August 2016".to_owned(),
        },
        publisher: "Port \"Group\"".to_owned(),
        place: Some("Ghent".to_owned()),
        credit: "Published for the group by the port".to_owned(),
        author: "Port Group".to_owned(),
        description: "A sample with one of everything.".to_owned(),
        copyright: "© 2016 Port Group".to_owned(),
        keywords: vec!["ports".to_owned(), "R&D".to_owned()],
        imprint: vec![paragraph(
            "This edition is a sample; its wording is the project’s own.",
        )],
        covers: Default::default(),
        identifiers: vec![Fact {
            label: "ISBN".to_owned(),
            values: vec!["978-92-1-123456-7".to_owned()],
        }],
        job_number: None,
        url: Some("https://example.org/report".to_owned()),
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
        characters: BTreeMap::new(),
        strings: strings("en").expect("English is in the binary"),
    }
}

/// A document with these chapters; contents are made of the headings.
pub(super) fn of(chapters: Vec<Chapter>) -> Document {
    let mut document = bare("en-GB", false);
    document.chapters = chapters;
    document.contents = contents(&document.chapters);
    document
}

fn contents(chapters: &[Chapter]) -> Vec<ContentsEntry> {
    let entry = |heading: &Heading| ContentsEntry {
        anchor: heading.anchor.clone(),
        level: heading.level,
        label: heading.label.clone(),
        title: heading.title.clone(),
    };
    chapters
        .iter()
        .flat_map(|chapter| {
            let sections = chapter
                .sections
                .iter()
                .map(|section| entry(&section.heading));
            std::iter::once(entry(&chapter.heading))
                .chain(sections)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Page labels for all headings of the document and for these anchors.
pub(super) fn pages(document: &Document, others: &[&str]) -> Pagination {
    let entries = document.contents.iter().map(|entry| entry.anchor.clone());
    let anchors = entries.chain(others.iter().map(|anchor| (*anchor).to_owned()));
    let labels = anchors
        .enumerate()
        .map(|(index, anchor)| (anchor, (index / 2 + 3).to_string()))
        .collect();
    Pagination {
        labels,
        pages: (1..=40).map(|page| page.to_string()).collect(),
    }
}

/// One of everything.
pub(super) fn whole() -> (Document, Pagination) {
    let mut front = chapter(
        heading(1, None, "Acknowledgements"),
        vec![paragraph("Thanks to all.")],
        Vec::new(),
    );
    front.front = true;
    let mut document = of(vec![front, meeting(), super::prose::chapter(), appendix()]);
    document.footnotes_restart = true;
    document.footnotes = super::prose::notes();
    document.images = vec![
        picture(ImageFormat::Png, PNG, 1, 1),
        picture(ImageFormat::Svg, SVG, 160, 60),
    ];
    let list = |title: &str| heading(1, None, title);
    document.speakers = Some(BackList {
        heading: list("List of speakers"),
        entries: vec![SpeakerEntry {
            person: 0,
            name: "Maes, Anna, Dr.".to_owned(),
            post: "Harbour master, Port of Ghent".to_owned(),
            anchors: vec![
                "anna-1".to_owned(),
                "anna-2".to_owned(),
                "panel-title".to_owned(),
            ],
        }],
    });
    document.acronyms = Some(BackList {
        heading: list("Acronyms"),
        entries: vec![AcronymEntry {
            acronym: "PG".to_owned(),
            expansion: "Port Group".to_owned(),
        }],
    });
    document.index = Some(BackList {
        heading: list("Index of organisations"),
        entries: vec![IndexEntry {
            name: "Port Group (PG)".to_owned(),
            anchors: vec!["org-1".to_owned()],
        }],
    });
    let lists = ["List of speakers", "Acronyms", "Index of organisations"];
    document.contents.extend(lists.map(|title| {
        let Heading { anchor, level, .. } = list(title);
        let title = title.to_owned();
        ContentsEntry {
            anchor,
            level,
            label: None,
            title,
        }
    }));
    let pages = pages(
        &document,
        &["anna-1", "anna-2", "org-1", "table-1", "figure-1"],
    );
    (document, pages)
}

fn meeting() -> Chapter {
    let mut panel = section(
        SectionKind::Panel,
        heading(2, Some("Panel 1"), "Panel title"),
        vec![paragraph(
            "The panel looked at quays, cranes and the people who work there, and asked what has changed.",
        )],
    );
    panel.moderators = vec![
        speaker(0, "Dr. Anna Maes", "Harbour master, Port of Ghent"),
        speaker(1, "Jan Pauwels", ""),
    ];
    panel.interventions = vec![
        intervention(
            "anna-1",
            speaker(0, "Dr. Anna Maes", "Harbour master, Port of Ghent"),
            true,
            vec![
                text("spoke for the "),
                Inline::Organisation {
                    organisation: 0,
                    anchor: "org-1".to_owned(),
                    content: vec![text("PG")],
                },
                text(" and named three tasks."),
            ],
        ),
        intervention(
            "anna-2",
            speaker(1, "Jan Pauwels", ""),
            false,
            vec![
                text("In closing, "),
                Inline::Person {
                    person: 1,
                    content: vec![text("Mr. Pauwels")],
                },
                text(" thanked all who came."),
            ],
        ),
    ];
    let debate = section(
        SectionKind::Debate,
        heading(2, None, "Interactive debate"),
        vec![
            paragraph("The floor asked about tides."),
            paragraph("A second paragraph of the debate."),
            super::prose::list(None, true, &["one", "two"]),
        ],
    );
    let mut meeting = chapter(
        heading(1, Some("First meeting"), "Water and law"),
        Vec::new(),
        vec![panel, debate],
    );
    meeting.kind = ChapterKind::Meeting;
    meeting.facts = vec![
        Fact {
            label: "Date".to_owned(),
            values: vec!["25 April 2016, 10:00–13:00".to_owned()],
        },
        Fact {
            label: "Co-organisers".to_owned(),
            values: vec!["Port Group (PG)".to_owned(), "City of Ghent".to_owned()],
        },
    ];
    meeting
}

fn appendix() -> Chapter {
    let members = ["City of Ghent", "Port Group"].map(|name| Member {
        name: name.to_owned(),
        acronym: (name == "Port Group").then(|| "PG".to_owned()),
        url: None,
    });
    let members = Block::Members {
        of: "Port Group".to_owned(),
        members: members.to_vec(),
    };
    let mut appendix = chapter(
        heading(1, Some("Appendix 1"), "Members"),
        vec![paragraph("Members are:"), members],
        Vec::new(),
    );
    appendix.kind = ChapterKind::Appendix;
    appendix
}
