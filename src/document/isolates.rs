//! Numbers, addresses and symbols in right-to-left text: each is an isolate (UAX #9), so that it keeps its own order
//! whatever is next to it and whatever blanks it was typed with.

use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::char::is_combining_mark;

use super::typography;

/// Opens what runs from left to right (LRI).
const OPEN: char = '\u{2066}';
/// Closes it (PDI).
const CLOSE: char = '\u{2069}';
/// What can be within a number, an address or a symbol.
const INNER: &str = ".,:/-_@#%&=?~+'’°‰\\*()−";
/// What belongs to a number that it comes before.
const SIGNS: &str = "+-−±~≈<>≤≥$€£¥#@";
/// What belongs to a number that it comes after.
const UNITS: &str = "%‰°";

/// The text with isolates around what would be turned about; one that has marks of direction is left to its author.
pub(super) fn isolate(text: &str) -> String {
    let marked = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(marked) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = island(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let inside = &chars[at..end];
        // Words that begin with a letter keep their order without help.
        let words = |c: &char| core(*c) || c.is_whitespace() && inside[0].is_alphabetic();
        match inside.iter().all(words) {
            true => out.extend(inside),
            false => {
                out.push(OPEN);
                let in_number = |at: usize| {
                    let next = inside.get(at + 1).copied().unwrap_or(' ');
                    inside[at] == ' '
                        && at > 0
                        && digit(inside[at - 1])
                        && (digit(next) || UNITS.contains(next))
                };
                let held = |at: usize| if in_number(at) { '\u{a0}' } else { inside[at] };
                out.extend((0..inside.len()).map(held));
                out.push(CLOSE);
            }
        }
        at = end;
    }
    out
}

/// A name or another whole text without any word from right to left, as one isolate, so that its last full stop or bracket
/// stays behind it; `None` where it keeps its order without.
pub(super) fn isolate_whole(text: &str) -> Option<String> {
    let is = |wanted: &[BidiClass]| text.chars().any(|c| wanted.contains(&bidi_class(c)));
    let foreign = is(&[BidiClass::L]) && !is(&[BidiClass::R, BidiClass::AL, BidiClass::AN]);
    let ends = text.ends_with(char::is_alphanumeric) && text.starts_with(char::is_alphanumeric);
    let marked = text.contains(['\u{2066}', '\u{2069}', '\u{200e}', '\u{200f}']);
    (foreign && !ends && !marked).then(|| format!("{OPEN}{text}{CLOSE}"))
}

/// The text of a citation or of a work with an isolate around each row of words from left to right, so that works in other
/// scripts follow each other as those of the report's script do.
pub(super) fn isolate_works(text: &str) -> String {
    let rightwards = |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    let mut out = String::with_capacity(text.len());
    for stretch in text.split_inclusive(rightwards) {
        let (row, own) = match stretch.char_indices().next_back() {
            Some((at, c)) if rightwards(c) => stretch.split_at(at),
            _ => (stretch, ""),
        };
        let start = row.trim_start_matches(|c: char| !c.is_alphanumeric() && !"\"“‘«".contains(c));
        let words = start.trim_end_matches(|c: char| !c.is_alphanumeric() && !"\"”’»".contains(c));
        if words.contains(|c| bidi_class(c) == BidiClass::L) {
            let (before, after) = (row.len() - start.len(), start.len() - words.len());
            out.push_str(&row[..before]);
            out.push(OPEN);
            out.push_str(words);
            out.push(CLOSE);
            out.push_str(&row[row.len() - after..]);
        } else {
            out.push_str(&isolate(row));
        }
        out.push_str(own);
    }
    out
}

/// A letter or digit that runs from left to right.
fn core(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::L | BidiClass::EN) && c.is_alphanumeric()
}

fn digit(c: char) -> bool {
    bidi_class(c) == BidiClass::EN
}

/// The end of the number, address or symbol that begins at a place; the place itself where none does.
fn island(chars: &[char], from: usize) -> usize {
    let at = |at: usize| chars.get(at).copied().unwrap_or(' ');
    let after_space = from == 0 || at(from - 1).is_whitespace();
    let named = after_space && matches!(at(from), '@' | '#' | '.') && core(at(from + 1));
    let signed = SIGNS.contains(at(from)) && digit(at(from + 1)) || named;
    if !(core(at(from)) || signed) {
        return from;
    }
    let mut end = from + 1;
    loop {
        while core(at(end)) && end < chars.len() {
            end += 1;
        }
        let joint = (end..chars.len())
            .take_while(|place| INNER.contains(chars[*place]))
            .count();
        let next = end + joint;
        // Blanks part the groups of one number, and words from left to right that follow each other.
        let letters = chars[from..end].iter().any(|c| core(*c) && !digit(*c));
        // What stands in brackets behind a number is read after it, as any other words; within a telephone number it is not.
        let bracketed = letters || at(from) == '+';
        let inner = end + 1 + usize::from(at(end + 1) == '(' && bracketed);
        if !bracketed && chars[end..next].iter().any(|c| matches!(c, '(' | ')')) {
            break;
        }
        let blank = at(end).is_whitespace() && end < chars.len() && core(at(end - 1)) && {
            core(at(inner)) && letters || digit(at(end - 1)) && digit(at(inner))
        };
        let opened = at(from) == '+' && chars[from..end].contains(&'(');
        let area_code = opened && at(end) == ')' && at(end + 1).is_whitespace();
        if joint > 0 && core(at(next)) && next < chars.len() {
            end = next;
        } else if area_code && digit(at(end + 2)) {
            end += 2;
        } else if blank {
            end += 1;
        } else {
            break;
        }
    }
    // A percent sign stands with its number, an address may end in a stroke.
    let gap = usize::from(at(end).is_whitespace());
    if UNITS.contains(at(end + gap)) && digit(at(end - 1)) && end + gap < chars.len() {
        end += gap + 1;
        // Degrees have a letter.
        end +=
            usize::from(at(end - 1) == '°' && matches!(at(end), 'C' | 'F') && !core(at(end + 1)));
    }
    if let Some(rest) = chars.get(end + 1..)
        && gap == 1
        && digit(at(end - 1))
    {
        let sign = |c: &&char| c.is_alphanumeric() || matches!(c, '²' | '³' | '/');
        let word: String = rest.iter().take_while(sign).collect();
        if typography::UNITS.contains(&word.as_str()) {
            end += 1 + word.chars().count();
        }
    }
    // Names such as `C++`.
    if chars[from..end].iter().all(|c| core(*c)) && !digit(at(end - 1)) {
        end += chars[end..]
            .iter()
            .take_while(|c| matches!(c, '+' | '#'))
            .count();
    }
    end = balanced(chars, from, end);
    let address = chars[from..end]
        .windows(3)
        .any(|part| part == [':', '/', '/']);
    if address {
        end = address_end(chars, end);
    }
    end
}

/// The end of an address, which may have letters that run from right to left, without the punctuation behind it.
fn address_end(chars: &[char], from: usize) -> usize {
    let inner = |c: &&char| c.is_alphanumeric() || is_combining_mark(**c) || INNER.contains(**c);
    let rest = chars[from..].iter().take_while(inner);
    let end = from + rest.count();
    let punctuation = |at: &usize| !".,:;'’?()*".contains(chars[at - 1]);
    (from..=end)
        .rev()
        .find(|at| *at == from || punctuation(at))
        .unwrap_or(from)
}

/// The end with the closing brackets of those that were opened, or before the first that is not closed.
fn balanced(chars: &[char], from: usize, mut end: usize) -> usize {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in chars.iter().enumerate().take(end).skip(from) {
        match c {
            '(' => open.push(at),
            ')' => drop(open.pop()),
            _ => {}
        }
    }
    while open.last().is_some() && chars.get(end) == Some(&')') {
        open.pop();
        end += 1;
    }
    let cut = open.first().copied().unwrap_or(end);
    let space = |at: &usize| chars[at - 1].is_whitespace();
    (from + 1..=cut).rev().find(|at| !space(at)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_turned_about_is_isolated() {
        let cases = [
            ("مسافة 1 240 كم", "مسافة \u{2066}1\u{a0}240\u{2069} كم"),
            ("مسافة 1\u{202f}240", "مسافة \u{2066}1\u{202f}240\u{2069}"),
            ("−3.1%", "\u{2066}−3.1%\u{2069}"),
            (
                "هاتف +41 22 739 81 11 والموقع",
                "هاتف \u{2066}+41\u{a0}22\u{a0}739\u{a0}81\u{a0}11\u{2069} والموقع",
            ),
            (
                "https://www.un.org/ar/.",
                "\u{2066}https://www.un.org/ar/\u{2069}.",
            ),
            (
                "القرار A/RES/70/1، ومنه",
                "القرار \u{2066}A/RES/70/1\u{2069}، ومنه",
            ),
            ("بنسبة 12 % فقط", "بنسبة \u{2066}12\u{a0}%\u{2069} فقط"),
            (
                "ראו https://example.il/מים?x=1. ואז",
                "ראו \u{2066}https://example.il/מים?x=1\u{2069}. ואז",
            ),
            ("a.b@example.org", "\u{2066}a.b@example.org\u{2069}"),
            ("שער 3.5% עד", "שער \u{2066}3.5%\u{2069} עד"),
            (
                "القرار A/RES/70/1 (2015) وفي",
                "القرار \u{2066}A/RES/70/1 (2015)\u{2069} وفي",
            ),
            (
                "القرار A/RES/70/1 (2015 وما بعد)",
                "القرار \u{2066}A/RES/70/1\u{2069} (2015 وما بعد)",
            ),
            (
                "أرقام 1 240 (12 %)",
                "أرقام \u{2066}1\u{a0}240\u{2069} (\u{2066}12\u{a0}%\u{2069})",
            ),
            ("طول 12 km²، ثم", "طول \u{2066}12 km²\u{2069}، ثم"),
            ("قدرة 2.5\u{a0}MW", "قدرة \u{2066}2.5\u{a0}MW\u{2069}"),
            ("12 UN", "12 UN"),
            ("حرارة 50 °C.", "حرارة \u{2066}50\u{a0}°C\u{2069}."),
            (
                "المعيار ISO/IEC 24510:2007 والبرنامج",
                "المعيار \u{2066}ISO/IEC 24510:2007\u{2069} والبرنامج",
            ),
            (
                "كتاب Water for all, vol. 2 هنا",
                "كتاب Water for all, vol. 2 هنا",
            ),
            ("لقاح COVID-19 UNHCR", "لقاح \u{2066}COVID-19 UNHCR\u{2069}"),
            (
                "(+41) 22-739",
                "(\u{2066}+41\u{2069}) \u{2066}22-739\u{2069}",
            ),
            (
                "هاتف +7 (495) 123-45",
                "هاتف \u{2066}+7 (495) 123-45\u{2069}",
            ),
            (
                "כמו @name, C++, .NET.",
                "כמו \u{2066}@name\u{2069}, \u{2066}C++\u{2069}, \u{2066}.NET\u{2069}.",
            ),
            ("ראו 5% (2019)", "ראו \u{2066}5%\u{2069} (2019)"),
            ("۱ ۲۴۰٫۵", "\u{2066}۱\u{a0}۲۴۰\u{2069}٫۵"),
        ];
        for (text, right) in cases {
            assert_eq!(isolate(text), right);
        }
    }

    #[test]
    fn names_from_left_to_right_are_isolated_with_their_last_sign() {
        for (text, right) in [
            (
                "Mr. John Smith Jr.",
                Some("\u{2066}Mr. John Smith Jr.\u{2069}"),
            ),
            (
                "University of X (UK)",
                Some("\u{2066}University of X (UK)\u{2069}"),
            ),
            ("John Smith", None),
            ("יעל (WHO)", None),
            ("5%", None),
        ] {
            assert_eq!(isolate_whole(text).as_deref(), right);
        }
    }

    #[test]
    fn what_keeps_its_order_is_left_alone() {
        // A range is read from its first number to its last, the first at the right.
        for text in [
            "في 2016",
            "UNHCR",
            "المعيار ISO 24510 والبرنامج Water Hub.",
            "10–12",
            "عام 2015 UNHCR",
            "(12)",
            "עמ׳ 4–5 (2019)",
            "סעיף 12(3)(4)",
            "القرار 2254 (2015)",
            "\u{200e}-3",
            "نص، نص.",
        ] {
            assert_eq!(isolate(text), text);
        }
    }
}
