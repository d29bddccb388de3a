mod block;
mod sample;
mod table;

use super::wrap::width;
use crate::document::*;
use crate::layout::Detail;
use sample::*;
use unicode_normalization::UnicodeNormalization;

/// Text of many scripts, with pieces that must stay whole.
const MIXED: &str = "The ports met on 13\u{A0}July, p.\u{A0}12, with 10\u{202F}000 people; 中文字符测试一二三四五六七八九十 \
    and 👩‍👩‍👧‍👦 came, e\u{301}mu fed the émigrés, «אולם», «חדר» (2), see https://example.org/reports/2016-07-13/annex-a-final.pdf \
    for co-chairs — all soft\u{AD}ened, non\u{2011}breaking, ＷＩＤＥ letters.";

fn meeting() -> Chapter {
    let mut meeting = chapter(
        ChapterKind::Meeting,
        Some("First meeting"),
        "Who pays for the quay",
    );
    meeting.facts = vec![
        fact("Date", &["25 April 2016"]),
        fact(
            "Place",
            &["Conference Room 7, United Nations Headquarters, New York, United States of America"],
        ),
        fact(
            "Co-organisers",
            &[
                "Department of Economic and Social Affairs (DESA)",
                "Port Council (PC)",
            ],
        ),
    ];
    let mut summary = section(SectionKind::Summary, None, "Executive summary");
    summary.blocks = vec![paragraph("All of it."), paragraph("Every word.")];
    let mut panel = section(SectionKind::Panel, Some("Panel 1"), "Next steps");
    panel.moderators = vec![speaker("Ms. Ada Quay", "Harbour Master")];
    panel.brief = Some("Steps were named.".into());
    panel.blocks = vec![paragraph("A long introduction.")];
    panel.interventions = vec![
        intervention(
            "Mr. Ole Dock",
            "Deputy Director of the Association of Small Harbours, Port Council",
            Some("Small harbours go first."),
            "said so.",
        ),
        intervention("Ms. Sal Pier", "", None, "spoke of tides."),
    ];
    let mut debate = section(SectionKind::Debate, None, "Interactive debate");
    debate.blocks = vec![
        paragraph("First paragraph."),
        paragraph("Second paragraph."),
    ];
    meeting.sections = vec![summary, panel, debate];
    meeting
}

fn report() -> Document {
    let mut report = document();
    let mut introduction = chapter(ChapterKind::Section, None, "Introduction");
    introduction.blocks = vec![paragraph("How it began."), paragraph("How it went on.")];
    let mut appendix = chapter(
        ChapterKind::Appendix,
        Some("Appendix 1"),
        "Members of the Group",
    );
    let member = |name: &str, acronym: Option<&str>| Member {
        name: name.into(),
        acronym: acronym.map(Into::into),
        url: None,
    };
    appendix.blocks = vec![Block::Members {
        of: "Harbour Group".into(),
        members: vec![
            member("Port Council", Some("PC")),
            member("Regional commissions", None),
            member("UN Tides", Some("UNT")),
        ],
    }];
    report.chapters = vec![introduction, meeting(), appendix];
    report.contents = report
        .chapters
        .iter()
        .map(|chapter| ContentsEntry {
            anchor: chapter.heading.anchor.clone(),
            level: 1,
            label: chapter.heading.label.clone(),
            title: chapter.heading.title.clone(),
        })
        .collect();
    report
}

#[test]
fn the_digest_reads_as_a_mail() {
    let expected = include_str!("digest.txt");
    let text = write(&report(), digest(72));
    assert_eq!(text, expected, "\n{text}");
}

#[test]
fn the_whole_text_reads_as_a_mail() {
    let mut report = report();
    report.speakers = Some(BackList {
        heading: heading(1, None, "List of speakers"),
        entries: vec![SpeakerEntry {
            person: 0,
            name: "Dock, Ole, Mr.".into(),
            post: "Deputy Director".into(),
            anchors: vec!["Mr. Ole Dock-spoke".into(), "Mr. Ole Dock-spoke".into()],
        }],
    });
    report.acronyms = Some(BackList {
        heading: heading(1, None, "Acronyms"),
        entries: vec![AcronymEntry {
            acronym: "UNT".into(),
            expansion: "UN Tides".into(),
        }],
    });
    report.index = Some(BackList {
        heading: heading(1, None, "Index of organisations"),
        entries: vec![IndexEntry {
            name: "Port Council (PC)".into(),
            anchors: vec!["Introduction".into()],
        }],
    });
    let expected = include_str!("whole.txt");
    let text = write(&report, whole(72));
    assert_eq!(text, expected, "\n{text}");
}

#[test]
fn no_line_is_wider_than_asked_unless_it_is_one_piece() {
    let mut report = report();
    let mixed = || Block::Paragraph {
        content: vec![
            inline(MIXED),
            link("the record", "https://example.org/a-b/c"),
        ]
        .into(),
    };
    report.chapters[0].blocks = vec![
        mixed(),
        Block::List {
            counter: crate::document::Counter::Decimal,
            delimiter: crate::document::Delimiter::Period,
            start: Some(9),
            tight: false,
            paragraphs: false,
            items: vec![vec![mixed(), list(None, &[MIXED, "b"])], vec![mixed()]],
        },
        Block::Quote {
            blocks: vec![mixed()],
            attribution: Some(MIXED.into()),
            source: None,
            pull: false,
            language: None,
        },
        Block::Table(table(
            &[Align::Start, Align::End],
            &[
                "会议|Port",
                "a|One thousand ships of all kinds and flags",
                &format!("{MIXED}|b"),
            ],
        )),
    ];
    report.chapters[1].sections[1].interventions[0].blocks = vec![mixed(), list(Some(1), &[MIXED])];
    for columns in 20..=100 {
        for policy in [digest(columns), whole(columns)] {
            for line in write(&report, policy).lines() {
                let piece = line.trim().trim_start_matches('[');
                assert!(
                    width(line) <= usize::from(columns) || !piece.contains(' '),
                    "{columns}: {line}"
                );
            }
        }
    }
}

#[test]
fn the_bytes_are_clean_whatever_the_text() {
    let mut report = report();
    report.title = "Tab\there".into();
    report.title_lines = vec!["Tab\there".into()];
    report.chapters[0].blocks = vec![
        paragraph(MIXED),
        paragraph("a\u{1b}[31mred\u{7}\u{9b}\u{feff}\u{85}b"),
        Block::Code {
            label: None,
            text: "a\tb  \n\n\u{1b}c".into(),
        },
    ];
    report.chapters[1].sections[1].interventions[0].speaker.name = "\u{1b}[31mMr. Red".into();
    let text = write(&report, whole(72));
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text}");
    assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.starts_with('\n'));
    assert!(text.lines().all(|line| line == line.trim_end()), "{text}");
    assert_eq!(text, text.nfc().collect::<String>());
    assert!(text.contains("TAB HERE\n--------\n"), "{text}");
    assert!(text.contains("    a   b\n\n    c\n"), "{text}");
}

#[test]
fn headings_stand_two_lines_below_the_text_before_them_and_nothing_else_does() {
    let report = report();
    let text = write(&report, whole(72));
    assert!(!text.contains("\n\n\n\n"), "{text}");
    let heading = |at: usize| {
        let block = text[at..].split("\n\n").next().unwrap_or_default();
        let lines = block.lines().filter(|line| !line.starts_with("---"));
        lines.collect::<Vec<_>>().join(" ")
    };
    let set: Vec<String> = text
        .match_indices("\n\n\n")
        .map(|(at, gap)| heading(at + gap.len()))
        .collect();
    let mut meant = Vec::new();
    for chapter in &report.chapters {
        meant.push(chapter.heading.full(&report.strings));
        let mut sections: Vec<&Section> = chapter.sections.iter().collect();
        while let Some(section) = sections.pop() {
            meant.push(section.heading.full(&report.strings));
            sections.extend(&section.sections);
        }
    }
    for one in &meant {
        assert!(set.contains(one), "{one}: {set:?}");
    }
    let strings = &report.strings;
    let others = [
        &strings.about,
        &strings.contents,
        &strings.imprint,
        &strings.notes,
    ];
    for one in &set {
        assert!(
            meant.contains(one) || others.contains(&one),
            "{one}: {text}"
        );
    }
}

#[test]
fn footnotes_stand_under_their_chapter_with_numbers_as_printed() {
    let mut report = document();
    let marked = |title: &str, note| {
        let mut chapter = chapter(ChapterKind::Section, None, title);
        chapter.blocks = vec![Block::Paragraph {
            content: vec![inline("Text."), Inline::Footnote { note, again: false }].into(),
        }];
        chapter
    };
    report.footnotes = vec![note(1, 0, "Of one."), note(1, 1, "Of two.")];
    report.footnotes_restart = true;
    report.chapters = vec![marked("One", 0), marked("Two", 1)];
    let text = write(&report, whole(72));
    let chapters = text
        .split_once("One\n---\n")
        .expect("the chapter is there")
        .1
        .split_once("\n\n\nTwo")
        .expect("and the next")
        .0;
    assert_eq!(chapters, "\nText.[1]\n\n\nNotes\n\n[1] Of one.");
    assert!(
        text.contains("Two\n---\n\nText.[1]\n\n\nNotes\n\n[1] Of two.\n"),
        "{text}"
    );
}

#[test]
fn a_note_on_a_heading_is_marked_there_and_not_in_the_contents() {
    let mut report = report();
    report.footnotes = vec![note(1, 1, "Held online.")];
    let mark = Inline::Footnote {
        note: 0,
        again: false,
    };
    report.chapters[1].heading.content.push(mark.clone());
    report.chapters[1].title_lines[0].push(mark);
    let text = write(&report, digest(72));
    assert!(
        text.contains("\n- First meeting: Who pays for the quay\n"),
        "{text}"
    );
    assert!(
        text.contains(
            "\nFirst meeting: Who pays for the quay[1]\n---------------------------------------\n"
        ),
        "{text}"
    );
    assert_eq!(text.matches("Held online.").count(), 1);
}

#[test]
fn a_digest_lists_no_note_whose_mark_it_leaves_out() {
    let mut report = report();
    report.footnotes = vec![note(1, 1, "Left out."), note(2, 1, "Kept.")];
    let marked = |note| Block::Paragraph {
        content: vec![inline("Text."), Inline::Footnote { note, again: false }].into(),
    };
    report.chapters[1].sections[2].blocks = vec![paragraph("First."), marked(0)];
    report.chapters[1].sections[0].blocks = vec![marked(1)];
    let text = write(&report, digest(72));
    assert!(
        text.contains("[2] Kept.") && !text.contains("Left out."),
        "{text}"
    );
    let mut none = digest(72);
    none.footnotes = Detail::None;
    let text = write(&report, none);
    assert!(
        !text.contains("Kept.") && !text.contains("[2]") && !text.contains("Notes"),
        "{text}"
    );
}

#[test]
fn a_heading_under_which_nothing_is_left_is_left_out() {
    let mut policy = digest(72);
    policy.chapters = Detail::None;
    policy.debates = Detail::None;
    policy.interventions = Detail::None;
    let text = write(&report(), policy);
    let after = text
        .split_once("\n\n\nFirst meeting")
        .expect("the meeting is always there")
        .1;
    assert!(
        !text.contains("Introduction\n-----") && !after.contains("Interactive debate"),
        "{text}"
    );
    assert!(
        after.contains(
            "Panel 1: Next steps\n\nModerator:  Ms. Ada Quay (Harbour Master)\n\nSteps were named.\n"
        ),
        "{text}"
    );
    assert!(
        after.contains("Appendix 1: Members of the Group"),
        "members have a policy of their own: {text}"
    );
}

#[test]
fn a_sheet_too_narrow_to_use_loses_no_word() {
    for columns in [0, 1, 2, 3, 9] {
        let text = write(&report(), whole(columns));
        for word in [
            "HARBOURS",
            "Co-organisers:",
            "Council)",
            "tides.",
            "commissions",
        ] {
            assert!(text.contains(word), "{columns}: {word} in {text}");
        }
    }
}

#[test]
fn a_first_paragraph_brings_the_list_that_it_leads_to() {
    let mut report = report();
    report.chapters[0].blocks = vec![
        paragraph("They were:"),
        list(None, &["one", "two"]),
        paragraph("And more."),
    ];
    let mut policy = digest(72);
    policy.chapters = Detail::Brief;
    let text = write(&report, policy);
    assert!(
        text.contains("They were:\n\n- one\n- two\n\n\nFirst meeting"),
        "{text}"
    );
}

#[test]
fn the_contents_name_what_the_text_holds_and_nothing_else() {
    let mut report = report();
    report.chapters[0].front = true;
    let contents = |text: &str| {
        let (_, after) = text
            .split_once("\nContents\n--------\n\n")
            .expect("there are contents");
        after.split_once("\n\n").expect("and more").0.to_owned()
    };
    let text = write(&report, digest(72));
    assert!(!contents(&text).contains("Introduction"), "{text}");
    assert!(
        !text.contains("How it began."),
        "front matter is not in a digest: {text}"
    );
    let text = write(&report, whole(72));
    assert!(contents(&text).starts_with("- Introduction\n"), "{text}");
}
