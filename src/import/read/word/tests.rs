//! The settled parts of the import of Word files that need no file.

use super::*;
use crate::import::words::english;
use crate::word::{Counter, Label, Piece};

fn text(text: &str) -> Piece {
    Piece {
        content: Content::Text(text.to_owned()),
        format: Default::default(),
        link: None,
        field: None,
        control: None,
        changes: Vec::new(),
    }
}

fn paragraph(number: usize, words: &str) -> Paragraph {
    Paragraph {
        number,
        pieces: vec![text(words)],
        ..Paragraph::default()
    }
}

fn item(number: usize, words: &str, label: (&str, u8, Counter, u64)) -> Block {
    let (sign, level, counter, value) = label;
    Block::Paragraph(Paragraph {
        label: Some(Label {
            list: "1".to_owned(),
            level,
            text: sign.to_owned(),
            counter,
            value,
        }),
        ..paragraph(number, words)
    })
}

fn prose(body: Vec<Block>) -> Vec<String> {
    let file = WordFile {
        body,
        ..WordFile::default()
    };
    let draft = Draft {
        file,
        settled: None,
    };
    let running = draft.running();
    let words = english().unwrap();
    let (outline, _) = draft.outline("a.docx", running, &words, None).unwrap();
    let text = |item: crate::import::outline::Item| match item.what {
        crate::import::outline::OutlineItem::Prose(text) => Some(text),
        _ => None,
    };
    outline.items.into_iter().filter_map(text).collect()
}

#[test]
fn labels_make_lists_within_lists_or_stay_words() {
    let found = prose(vec![
        item(1, "One", ("1.", 0, Counter::Decimal, 1)),
        item(2, "Inner", ("•", 1, Counter::Bullet, 1)),
        item(3, "Two", ("2.", 0, Counter::Decimal, 2)),
        Block::Paragraph(paragraph(4, "Between.")),
        item(5, "Three", ("3.", 0, Counter::Decimal, 3)),
        item(6, "Part", ("1.2", 1, Counter::Decimal, 2)),
        item(7, "A", ("(a)", 0, Counter::LowerLetter, 1)),
        item(8, "B", ("(b)", 0, Counter::LowerLetter, 2)),
    ]);
    assert_eq!(
        found,
        [
            "1. One\n   - Inner\n2. Two",
            "Between.",
            "3. Three",
            "1.2 Part",
            "(a) A\n(b) B"
        ]
    );
}

#[test]
fn emphasis_goes_over_runs() {
    let mut one = paragraph(1, "");
    let piece = |words: &str, bold: bool, italic: bool| {
        let mut piece = text(words);
        piece.format.bold = bold;
        piece.format.italic = italic;
        piece
    };
    one.pieces = vec![
        piece("Note: ", true, false),
        piece("very", true, true),
        piece(" much", false, true),
        piece(" so", false, false),
    ];
    assert_eq!(
        prose(vec![Block::Paragraph(one)]),
        ["**Note: *very*** *much* so"]
    );
}
