//! Scripts that are written without spaces between words: where a line end of a text is no space.

/// Whether a character belongs to a script without spaces between words (Chinese, Japanese, Yi), or to the full-width
/// punctuation that is set with one. Hangul has spaces between words.
pub(crate) fn is_ideographic(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{4DBF}' | '\u{4E00}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF9F}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{16FE0}'..='\u{18DFF}' | '\u{1AFF0}'..='\u{1B2FF}' | '\u{1F200}'..='\u{1F2FF}' | '\u{20000}'..='\u{3FFFD}')
}

/// Whether lines may be broken next to a character without a space: an ideograph, or a syllable of Hangul.
pub(crate) fn breaks_anywhere(c: char) -> bool {
    is_ideographic(c)
        || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

/// Whether a line end between two texts is no space: both sides are ideographs, or marks that both scripts share
/// (quotation marks, dashes, dots) next to one. (CSS Text 4, 4.1.3, has the same rule for segment breaks.)
pub(crate) fn line_end_vanishes(before: &str, after: &str) -> bool {
    vanishes_between(before.chars().rev(), after.chars())
}

/// The same of the characters before a line end, the nearest first, and those after it.
pub(crate) fn vanishes_between(
    before: impl Iterator<Item = char>,
    after: impl Iterator<Item = char>,
) -> bool {
    let (left, left_shared) = near(before);
    let (right, right_shared) = near(after);
    let wide = |c: Option<char>| c.is_some_and(is_ideographic);
    match (left_shared, right_shared) {
        (false, _) => wide(left) && (wide(right) || right_shared && right.is_none()),
        (true, false) => wide(right) && (wide(left) || left.is_none()),
        (true, true) => wide(left) || wide(right),
    }
}

/// The character that says what script begins there, and whether there is a mark that both share before it.
fn near(mut text: impl Iterator<Item = char>) -> (Option<char>, bool) {
    match text.next() {
        // A shared mark belongs to the script of what is behind it.
        Some(c) if is_shared(c) => (text.find(|c| !is_shared(*c)), true),
        other => (other, false),
    }
}

/// Marks that Chinese and Japanese share with the scripts that have spaces.
fn is_shared(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '…' | '—' | '―' | '‥' | '·' | '※')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_between_ideographs_and_their_punctuation_vanishes() {
        for (before, after) in [
            ("所有", "移民"),
            ("会议，", "讨论"),
            ("会议", "（见"),
            ("ありがと", "う。"),
            ("カタ", "カナ"),
            ("他说：", "“移民"),
            ("一项“权利”", "。各国"),
            ("权利”", "各国"),
            ("各国", "“权利”"),
            ("各国——", "所有"),
            ("等等……", "所有"),
            ("ｶﾀ", "ｶﾅ"),
            ("ꀀ", "ꀁ"),
            ("𠀀", "𠀁"),
        ] {
            assert!(line_end_vanishes(before, after), "{before} {after}");
        }
    }

    #[test]
    fn every_other_line_end_is_a_space() {
        for (before, after) in [
            ("the", "port"),
            ("在", "UNHCR"),
            ("UNHCR", "在"),
            ("2016", "年"),
            ("한국", "어"),
            ("said “x”", "and"),
            ("x”", "各国"),
            ("各国", "“x”"),
            ("", "各国"),
            ("各国", ""),
            ("ภาษา", "ไทย"),
        ] {
            assert!(!line_end_vanishes(before, after), "{before} {after}");
        }
    }
}
