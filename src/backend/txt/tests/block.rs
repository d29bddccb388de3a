use super::sample::*;
use crate::backend::txt::wrap::width;
use crate::document::*;

#[test]
fn characters_that_mean_something_elsewhere_come_out_as_they_are() {
    let text = "#set page() [x] $5 @user <tag> a_b *c* // end ~ -- --- ... \\ `q` https://example.org/#a = + - 1) /* z";
    assert_eq!(write_blocks(vec![paragraph(text)], 200), text);
}

#[test]
fn right_to_left_text_keeps_its_logical_order_without_marks() {
    let text = "Rooms: «אולם», «חדר» (2), open to 14:30.";
    assert_eq!(write_blocks(vec![paragraph(text)], 72), text);
}

#[test]
fn an_address_stands_whole_and_alone_when_it_is_too_long() {
    let url = "https://example.org/reports/2016-07-13/annex-a-final.pdf";
    let mut report = document();
    report.url = Some(url.into());
    let text = write(&report, digest(40));
    assert!(text.lines().any(|line| line == url), "{text}");
    let blocks = vec![Block::Paragraph {
        content: vec![
            inline("It is in "),
            link("the record", url),
            inline(", page 3."),
        ]
        .into(),
    }];
    assert_eq!(
        write_blocks(blocks, 40),
        format!("It is in the record\n<{url}>,\npage 3.")
    );
}

#[test]
fn a_link_shows_its_address_once_and_without_mailto() {
    let shown = |text, url| {
        write_blocks(
            vec![Block::Paragraph {
                content: vec![link(text, url)].into(),
            }],
            72,
        )
    };
    assert_eq!(
        shown("the record", "https://example.org/?a=1&b=<c>"),
        "the record <https://example.org/?a=1&b=<c>>"
    );
    assert_eq!(
        shown("example.org", "https://www.example.org/"),
        "<https://www.example.org/>"
    );
    assert_eq!(
        shown("https://example.org/a", "https://example.org/a"),
        "<https://example.org/a>"
    );
    assert_eq!(
        shown("press@example.org", "mailto:press@example.org"),
        "<press@example.org>"
    );
    assert_eq!(
        shown("the press office", "mailto:press@example.org"),
        "the press office <press@example.org>"
    );
}

#[test]
fn lists_nest_with_hanging_indents_and_their_own_numbers() {
    let inner = Block::List {
        counter: crate::document::Counter::Decimal,
        delimiter: crate::document::Delimiter::Period,
        start: None,
        tight: true,
        paragraphs: false,
        items: vec![vec![paragraph("one of two lines here")], Vec::new()],
    };
    let blocks = vec![Block::List {
        counter: crate::document::Counter::Decimal,
        delimiter: crate::document::Delimiter::Period,
        start: Some(9),
        tight: true,
        paragraphs: false,
        items: vec![
            vec![paragraph("nine is a number of words"), inner],
            vec![paragraph("ten")],
            vec![list(None, &["a"])],
        ],
    }];
    let expected = " 9. nine is a number\n    of words\n    - one of two\n      lines here\n    -\n10. ten\n11. - a";
    assert_eq!(write_blocks(blocks, 20), expected);
}

#[test]
fn lists_nested_thirty_deep_stay_inside_the_width() {
    let deep = (0..30).fold(
        paragraph("the deepest of all these many items"),
        |inner, _| Block::List {
            counter: crate::document::Counter::Decimal,
            delimiter: crate::document::Delimiter::Period,
            start: None,
            tight: true,
            paragraphs: false,
            items: vec![vec![paragraph("an item"), inner]],
        },
    );
    let text = write_blocks(vec![deep], 40);
    assert!(text.lines().all(|line| width(line) <= 40), "{text}");
    assert_eq!(text.matches("an item").count(), 30);
}

#[test]
fn a_quotation_stands_in_and_names_its_author() {
    let blocks = vec![
        paragraph("He wrote:"),
        Block::Quote {
            blocks: vec![paragraph("No light."), paragraph("None.")],
            attribution: Some("A. Quay".into()),
            source: None,
            pull: false,
            language: None,
        },
    ];
    assert_eq!(
        write_blocks(blocks, 72),
        "He wrote:\n\n    No light.\n\n    None.\n    \u{2014} A. Quay"
    );
}

#[test]
fn a_figure_gives_caption_description_and_source() {
    let figure = |alt: Option<&str>, caption: Option<&str>| {
        Block::Figure(Figure {
            anchor: "figure".into(),
            label: caption.map(|_| "Figure 1".into()),
            image: 0,
            alt: alt.map(Into::into),
            caption: caption.map(|caption| plain_content(caption).into()),
            description: None,
            credit: Some(plain_content("Port Council").into()),
            width: 60.0,
            extent: Default::default(),
        })
    };
    let full = write_blocks(vec![figure(Some("A map of the bay"), Some("The bay"))], 72);
    assert_eq!(
        full,
        "Figure 1: The bay\n  [Picture: A map of the bay]\n  Source: Port Council"
    );
    assert_eq!(
        write_blocks(vec![figure(Some("A map"), None)], 72),
        "[Picture: A map]\nSource: Port Council"
    );
}

#[test]
fn a_break_in_running_text_breaks_the_line() {
    let content = vec![inline("Maison du Port"), Inline::Break, inline("0150 Oslo")];
    assert_eq!(
        write_blocks(
            vec![Block::Paragraph {
                content: content.into()
            }],
            72
        ),
        "Maison du Port\n0150 Oslo"
    );
}

#[test]
fn capitals_are_those_of_the_language() {
    use crate::backend::txt::inline::capitals;
    assert_eq!(capitals("Straße", "de"), "STRASSE");
    assert_eq!(capitals("liman ışığı", "tr"), "LİMAN IŞIĞI");
    assert_eq!(capitals("Άνθρωποι, προϊόν", "el"), "ΑΝΘΡΩΠΟΙ, ΠΡΟΪΟΝ");
    assert_eq!(capitals("thème", "fr"), "THÈME");
}
