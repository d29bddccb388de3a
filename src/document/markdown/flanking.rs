//! Emphasis next to punctuation in scripts that join words without a space, as in `他要**“付费”**的人`, or in Arabic and Hebrew,
//! whose short words are written as one with the next, as in `ו**(מודגש)**`: CommonMark lets stars open or close next to
//! punctuation only where a space is at their other side.
//!
//! While a text is parsed, such a mark of punctuation is replaced by a character that is none, of the same length.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};
use unicode_bidi::{BidiClass, bidi_class};

use crate::base::script::breaks_anywhere;

/// Punctuation of one, two and three bytes in UTF-8, and what stands for the first of each: control characters and
/// noncharacters, which no text may have.
const MARKS: [(&str, u32); 3] = [
    ("()\"'.,:;!?%/", 0x0E),
    ("«»،؛؟٪׳״־·", 0x86),
    (
        "、。，．：；？！（）「」『』【】《》〈〉〔〕“”‘’…—～％–",
        0xFDD0,
    ),
];

/// The text as the parser is to see it: borrowed where it sees what was written.
pub(super) fn eased(text: &str) -> Cow<'_, str> {
    // Such characters that were typed are refused later, where they stand.
    let typed = |c: char| mark(c).is_some();
    if !text.contains('*') || !text.contains(is_word) || text.contains(typed) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut eased = text.to_owned();
    let mut at = 0;
    while at < chars.len() {
        let stars = chars[at..].iter().take_while(|(_, c)| *c == '*').count();
        if stars > 0 && at > 0 && at + stars < chars.len() {
            let (before, after) = (chars[at - 1], chars[at + stars]);
            for (mark, other) in [(before, after), (after, before)] {
                if is_word(other.1)
                    && let Some(stand_in) = stand_in(mark.1)
                {
                    eased.replace_range(
                        mark.0..mark.0 + mark.1.len_utf8(),
                        stand_in.encode_utf8(&mut [0; 4]),
                    );
                }
            }
        }
        at += stars.max(1);
    }
    Cow::Owned(eased)
}

/// What the parser found, with the punctuation that was written.
pub(super) fn restored(event: Event<'_>) -> Event<'_> {
    let back = |text: &str| -> String { text.chars().map(|c| mark(c).unwrap_or(c)).collect() };
    let altered = |text: &str| text.chars().any(|c| mark(c).is_some());
    match event {
        Event::Text(text) if altered(&text) => Event::Text(back(&text).into()),
        Event::Code(text) if altered(&text) => Event::Code(back(&text).into()),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Link {
            link_type,
            dest_url: back(&dest_url).into(),
            title: back(&title).into(),
            id,
        }),
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: back(&dest_url).into(),
            title: back(&title).into(),
            id,
        }),
        other => other,
    }
}

/// Whether a character belongs to a word that the next one may follow without a space.
fn is_word(c: char) -> bool {
    let arabic_or_hebrew = || matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    let vowel = matches!(c, '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}');
    vowel || c.is_alphanumeric() && (breaks_anywhere(c) || arabic_or_hebrew())
}

fn stand_in(c: char) -> Option<char> {
    MARKS.iter().find_map(|(marks, first)| {
        let at = marks.chars().position(|mark| mark == c)?;
        char::from_u32(first + u32::try_from(at).ok()?)
    })
}

fn mark(c: char) -> Option<char> {
    MARKS.iter().find_map(|(marks, first)| {
        let at = u32::from(c).checked_sub(*first)?;
        marks.chars().nth(usize::try_from(at).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_opens_and_closes_next_to_punctuation_where_there_are_no_spaces() {
        for (text, emphasised) in [
            ("说*必须（今年）*决定。", vec!["必须（今年）"]),
            ("他要**“付费”**的人。", vec!["“付费”"]),
            ("他要**《书名》**和*（注）*的。", vec!["《书名》", "（注）"]),
            ("说：*甲*，*乙*。", vec!["甲", "乙"]),
            ("それは**「大切」**です", vec!["「大切」"]),
            ("이것은 **“중요”**하다", vec!["“중요”"]),
            ("言*葉*（x）", vec!["葉"]),
            ("כתב ו**(מודגש)**, ואז *כך*.", vec!["(מודגש)", "כך"]),
            ("«كلمة» و*«أخرى»*، و**(ثالثة)**؛", vec!["«أخرى»", "(ثالثة)"]),
            ("קרא *\"יקר\"*.", vec!["\"יקר\""]),
            ("(*א*), (*ב*): *ג*", vec!["א", "ב", "ג"]),
            ("plain *word*, *other*.", vec!["word", "other"]),
            ("a*“b”*c", vec![]),
            ("算式2*3*4", vec!["3"]),
        ] {
            let source = eased(text);
            assert_eq!(source.len(), text.len());
            let (mut found, mut depth) = (Vec::new(), 0);
            for event in pulldown_cmark::Parser::new(&source).map(restored) {
                match event {
                    Event::Start(Tag::Emphasis | Tag::Strong) => {
                        depth += 1;
                        found.push(String::new());
                    }
                    Event::End(
                        pulldown_cmark::TagEnd::Emphasis | pulldown_cmark::TagEnd::Strong,
                    ) => depth -= 1,
                    Event::Text(text) if depth > 0 => found.last_mut().unwrap().push_str(&text),
                    _ => {}
                }
            }
            assert_eq!(found, emphasised, "{text}");
        }
    }

    #[test]
    fn noncharacters_that_were_typed_stay() {
        assert!(matches!(eased("说*（\u{fdd0}）*说"), Cow::Borrowed(_)));
        assert!(matches!(eased("说（注）说"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_mark_is_as_long_as_what_stands_for_it() {
        for (marks, _) in MARKS {
            for c in marks.chars() {
                let other = stand_in(c).unwrap();
                assert_eq!((other.len_utf8(), mark(other)), (c.len_utf8(), Some(c)));
                assert!(
                    !other.is_whitespace() && (other.is_control() || u32::from(other) >= 0xFDD0)
                );
                assert!(u32::from(other) <= 0xFDEF);
            }
        }
    }
}
