use super::*;
use crate::import::words::english;

fn items(text: &str) -> Vec<OutlineItem> {
    let items = read(text.to_owned(), &english().unwrap()).items;
    items.into_iter().map(|item| item.what).collect()
}

#[test]
fn a_meeting_has_its_title_page_once_and_its_facts() {
    let text = "The Report\n\nCONTENTS\n\nINTRODUCTION\t1\nFIRST MEETING: On the health of all\t2\n\nINTRODUCTION\n\nIt is so.\n\nFIRST MEETING\n\nOn the\nhealth of all\n\n3 May 2020\n\nFirst meeting: On the health of all\n\n3 May 2020\n\n10:00-12:00, Room 1\n\nCo-Chairs:\n\nPeru\n\nExecutive Summary\n\nWe met.";
    let found = items(text);
    let title = "On the health of all".to_owned();
    assert_eq!(
        found[2],
        OutlineItem::Chapter {
            label: Some((Label::Meeting(1), "first meeting".into())),
            title
        }
    );
    let facts = ["3 May 2020", "10:00-12:00, Room 1", "Co-Chairs:", "Peru"];
    assert_eq!(
        found[3..7],
        facts.map(|fact| OutlineItem::Fact(fact.into()))
    );
    assert_eq!(
        found[7],
        OutlineItem::Heading {
            level: 2,
            title: "Executive Summary".into()
        }
    );
}

#[test]
fn a_sentence_that_a_page_breaks_is_one() {
    let found = items(
        "T\n\nIntroduction\n\nIn the opening of the meeting the floor was given first of all to Ms. Puri\n\nnoted that it is so.\n\nThen more.",
    );
    assert_eq!(found.len(), 3);
}

#[test]
fn lines_that_stand_by_themselves_stay_apart() {
    let found = items(
        "It was so, and nobody had come at all.\n\n(a) One is\nmore;\n(b) Two.\n\n09:00\tOpening\n10:00\tClosing\n\nPlaces\nName\tOld\tNew\nLima\t1\t2\nRome\t3\t4\n\nSo it ended.",
    );
    let prose: Vec<&str> = found
        .iter()
        .map(|what| match what {
            OutlineItem::Prose(text) => text.as_str(),
            _ => "",
        })
        .collect();
    assert_eq!(
        prose[1..7],
        [
            "(a) One is more;",
            "(b) Two.",
            "09:00 Opening",
            "10:00 Closing",
            "Places",
            "| Name | Old | New |\n|---|---|---|\n| Lima | 1 | 2 |\n| Rome | 3 | 4 |",
        ]
    );
}

#[test]
fn a_text_without_structure_is_prose() {
    let found =
        items("It was a dark night, and nobody had come to the meeting at all.\n\nSo it ended.");
    assert!(
        found
            .iter()
            .all(|what| matches!(what, OutlineItem::Prose(_)))
            && found.len() == 2
    );
}
