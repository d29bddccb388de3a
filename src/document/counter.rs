//! How the items of a numbered list are labelled: `1.`, `(a)`, `iv)`, `（一）` and so on.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Serialize, Serializer};

use crate::base::numerals::roman;

/// By what the items of a list are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counter {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// a, b, c
    LowerLetter,
    /// A, B, C
    UpperLetter,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
    /// а, б, в
    LowerCyrillic,
    /// А, Б, В
    UpperCyrillic,
    /// أ, ب, ج
    Abjad,
    /// أ, ب, ت
    ArabicLetter,
    /// א, ב, ג
    Hebrew,
    /// 一, 二, 三
    Chinese,
}

/// The last number that has a sign of its own.
const LAST: usize = 100;

const LATIN: &str = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
/// The letters that Word counts by: without й, ъ and ь.
const CYRILLIC: &str = "а б в г д е ж з и к л м н о п р с т у ф х ц ч ш щ ы э ю я";
const ABJAD: &str = "أ ب ج د هـ و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض ظ غ";
const ARABIC: &str = "أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن هـ و ي";

impl Counter {
    /// All of them with the name that Word has for each; of two that begin alike the usual one first.
    const ALL: [(Counter, &'static str); 11] = [
        (Counter::Decimal, "decimal"),
        (Counter::LowerLetter, "lowerLetter"),
        (Counter::UpperLetter, "upperLetter"),
        (Counter::LowerRoman, "lowerRoman"),
        (Counter::UpperRoman, "upperRoman"),
        (Counter::LowerCyrillic, "russianLower"),
        (Counter::UpperCyrillic, "russianUpper"),
        (Counter::Abjad, "arabicAbjad"),
        (Counter::ArabicLetter, "arabicAlpha"),
        (Counter::Hebrew, "hebrew1"),
        (Counter::Chinese, "chineseCountingThousand"),
    ];

    /// What Word calls it.
    pub fn word_name(self) -> &'static str {
        let known = Counter::ALL.iter().find(|(counter, _)| *counter == self);
        known.map_or("decimal", |(_, name)| name)
    }

    /// The one that Word has a name for.
    pub fn of_word(name: &str) -> Option<Counter> {
        let known = Counter::ALL.iter().find(|(_, known)| *known == name);
        known.map(|(counter, _)| *counter)
    }

    /// What stands for a number; digits where the counter has nothing for it.
    pub fn sign(self, number: u64) -> String {
        let place = usize::try_from(number)
            .unwrap_or(usize::MAX)
            .wrapping_sub(1);
        let own = self.signs().get(place).cloned();
        own.unwrap_or_else(|| number.to_string())
    }

    /// What stands for 1 and the numbers after it; nothing for those that digits stand for.
    fn signs(self) -> &'static [String] {
        SIGNS.get(&self).map_or(&[], Vec::as_slice)
    }

    /// What a sign may stand for, the usual counter first.
    pub(super) fn read(sign: &str) -> Vec<(Counter, u64)> {
        let digits =
            !sign.is_empty() && sign.len() <= 3 && sign.bytes().all(|b| b.is_ascii_digit());
        match sign.parse() {
            Ok(number) if digits => vec![(Counter::Decimal, number)],
            _ => READ.get(sign).cloned().unwrap_or_default(),
        }
    }
}

/// Templates get the signs themselves, or nothing where digits are meant.
impl Serialize for Counter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let signs = Some(self.signs()).filter(|signs| !signs.is_empty());
        signs.serialize(serializer)
    }
}

static SIGNS: LazyLock<BTreeMap<Counter, Vec<String>>> = LazyLock::new(|| {
    let upper = |signs: &[String]| signs.iter().map(|sign| sign.to_uppercase()).collect();
    let lower = |signs: &[String]| signs.iter().map(|sign| sign.to_lowercase()).collect();
    let (latin, cyrillic) = (letters(LATIN), letters(CYRILLIC));
    let roman: Vec<String> = (1..=LAST as u64).map(roman).collect();
    BTreeMap::from([
        (Counter::UpperLetter, upper(&latin)),
        (Counter::LowerLetter, latin),
        (Counter::LowerRoman, lower(&roman)),
        (Counter::UpperRoman, roman),
        (Counter::UpperCyrillic, upper(&cyrillic)),
        (Counter::LowerCyrillic, cyrillic),
        (Counter::Abjad, letters(ABJAD)),
        (Counter::ArabicLetter, letters(ARABIC)),
        (Counter::Hebrew, (1..LAST).map(hebrew).collect()),
        (Counter::Chinese, (1..LAST).map(chinese).collect()),
    ])
});

static READ: LazyLock<BTreeMap<String, Vec<(Counter, u64)>>> = LazyLock::new(|| {
    let mut read: BTreeMap<String, Vec<(Counter, u64)>> = BTreeMap::new();
    for (counter, _) in Counter::ALL {
        for (number, sign) in (1..).zip(counter.signs()) {
            // The letter heh stands with a stroke when it stands alone, or without.
            for written in [sign.clone(), sign.replace('\u{640}', "")] {
                let meanings = read.entry(written).or_default();
                if !meanings.contains(&(counter, number)) {
                    meanings.push((counter, number));
                }
            }
        }
    }
    read
});

/// The letters, and after the last of them each twice, three times and so on, as Word counts.
fn letters(alphabet: &str) -> Vec<String> {
    let letters: Vec<&str> = alphabet.split(' ').collect();
    let sign = |place: usize| letters[place % letters.len()].repeat(place / letters.len() + 1);
    (0..LAST).map(sign).collect()
}

/// Letters whose values add up; 15 and 16 are not written as parts of the name of God.
fn hebrew(number: usize) -> String {
    const TENS: [&str; 10] = ["", "י", "כ", "ל", "מ", "נ", "ס", "ע", "פ", "צ"];
    const ONES: [&str; 10] = ["", "א", "ב", "ג", "ד", "ה", "ו", "ז", "ח", "ט"];
    match number {
        15 => "טו".to_owned(),
        16 => "טז".to_owned(),
        _ => format!("{}{}", TENS[number / 10], ONES[number % 10]),
    }
}

fn chinese(number: usize) -> String {
    const ONES: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let tens = match number / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", ONES[tens]),
    };
    tens + ONES[number % 10]
}

/// What stands around the number of a list's item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delimiter {
    /// A full stop: `1.`
    #[default]
    Period,
    /// A parenthesis: `1)`
    Parenthesis,
    /// Two parentheses: `(1)`
    Parentheses,
    /// Those of Chinese and Japanese: `（1）`
    WideParentheses,
    /// The comma of Chinese and Japanese: `1、`
    Comma,
}

impl Delimiter {
    /// The signs before and after the number.
    pub fn signs(self) -> (&'static str, &'static str) {
        match self {
            Delimiter::Period => ("", "."),
            Delimiter::Parenthesis => ("", ")"),
            Delimiter::Parentheses => ("(", ")"),
            Delimiter::WideParentheses => ("（", "）"),
            Delimiter::Comma => ("", "、"),
        }
    }

    /// The number with its signs.
    pub fn around(self, number: &str) -> String {
        let (before, after) = self.signs();
        format!("{before}{number}{after}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_counter_reads_what_it_writes_and_has_its_name_in_word() {
        for (counter, name) in Counter::ALL {
            assert_eq!(Counter::of_word(name), Some(counter));
            assert_eq!(counter.word_name(), name);
            for number in 1..LAST as u64 {
                let sign = counter.sign(number);
                assert!(Counter::read(&sign).contains(&(counter, number)), "{sign}");
            }
        }
        assert_eq!(Counter::LowerLetter.sign(0), "0");
        assert_eq!(Counter::LowerLetter.sign(28), "bb");
    }

    #[test]
    fn signs_are_those_of_their_scripts() {
        for (counter, signs) in [
            (Counter::LowerRoman, [(4, "iv"), (40, "xl"), (99, "xcix")]),
            (Counter::LowerCyrillic, [(8, "з"), (9, "и"), (10, "к")]),
            (Counter::Abjad, [(3, "ج"), (5, "هـ"), (10, "ي")]),
            (Counter::Hebrew, [(11, "יא"), (15, "טו"), (21, "כא")]),
            (Counter::Chinese, [(10, "十"), (11, "十一"), (32, "三十二")]),
        ] {
            for (number, sign) in signs {
                assert_eq!(counter.sign(number), sign);
            }
        }
        assert_eq!(
            Counter::read("ه"),
            [(Counter::Abjad, 5), (Counter::ArabicLetter, 26)]
        );
        assert_eq!(Counter::read("word"), []);
    }
}
