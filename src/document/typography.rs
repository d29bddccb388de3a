//! The spaces of each language, in all texts of a document at once: no format has rules of its own.
//!
//! Line ends of the source between ideographs go, and become spaces elsewhere. A number is never separated from its
//! unit, nor divided. What a language requires before and after its punctuation is in `layouts/strings` and is used
//! whatever was typed. Addresses, code, times and identifiers stay as they are.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::texts::{self, TextRun};
use super::{Document, Language, isolates};
use crate::base::script::{breaks_anywhere, is_ideographic, vanishes_between};
use crate::layout::{self, Spacing};

/// Where a line of the source ends, until it is known what is on both sides.
pub(super) const LINE_END: char = '\n';

const NO_BREAK: char = '\u{A0}';
const NARROW: char = '\u{202F}';
/// Signs of units that are held to the number before them, in any language.
pub(super) const UNITS: &[&str] = &[
    "%", "‰", "°C", "°F", "°", "€", "$", "£", "¥", "h", "min", "s", "ms", "km", "m", "cm", "mm",
    "µm", "km²", "m²", "cm²", "km³", "m³", "ha", "kg", "g", "mg", "t", "kt", "Mt", "Gt", "l", "L",
    "ml", "hl", "W", "kW", "MW", "GW", "kWh", "MWh", "GWh", "TWh", "Hz", "kHz", "MHz", "GHz", "Pa",
    "hPa", "dB", "kB", "MB", "GB", "TB", "km/h", "m/s", "USD", "EUR", "CHF", "GBP", "JPY", "CNY",
    "RUB",
];
/// What is held to the number after it, in any language.
const BEFORE_NUMBERS: &[&str] = &[
    "US$", "USD", "EUR", "CHF", "GBP", "JPY", "CNY", "§", "§§", "№", "n°", "N°", "nº", "Nº",
];

/// Sets the spaces of all texts.
pub(super) fn apply(document: &mut Document) {
    let own = document.strings.spacing.clone();
    let mut others: BTreeMap<String, Spacing> = BTreeMap::new();
    texts::for_each_line(document, &mut |pieces| {
        for language in pieces.iter().filter_map(|piece| piece.language.as_ref()) {
            others
                .entry(language.tag.clone())
                .or_insert_with(|| spacing(language));
        }
        let rules = |language: Option<&Language>| {
            let other = language.and_then(|language| others.get(&language.tag));
            other.unwrap_or(&own)
        };
        set(pieces, &rules);
    });
    if document.language.rtl {
        texts::for_each_line(document, &mut |mut pieces| {
            if let [
                TextRun {
                    text,
                    language: None,
                    literal: false,
                },
            ] = pieces.as_mut_slice()
                && let Some(isolated) = isolates::isolate_whole(text)
            {
                **text = isolated;
            }
        });
    }
}

/// The spaces of another language than the report's; none where it has no words.
fn spacing(language: &Language) -> Spacing {
    layout::strings(&language.tag)
        .map(|strings| strings.spacing)
        .unwrap_or_default()
}

/// A character of a line, and the piece that it belongs to, in eight bytes: a paragraph may have millions of them.
#[derive(Clone, Copy)]
struct Glyph {
    c: char,
    /// The piece, and whether it is part of an address or of code.
    run: u32,
}

impl Glyph {
    const LITERAL: u32 = 1 << 31;

    fn new(c: char, piece: usize, literal: bool) -> Self {
        let piece = u32::try_from(piece).unwrap_or(0);
        let literal = if literal { Self::LITERAL } else { 0 };
        Glyph {
            c,
            run: piece | literal,
        }
    }

    fn piece(self) -> usize {
        (self.run & !Self::LITERAL) as usize
    }

    fn literal(self) -> bool {
        self.run & Self::LITERAL != 0
    }
}

/// Sets the spaces of a line.
fn set<'r>(mut pieces: Vec<TextRun<'_>>, rules: &dyn Fn(Option<&Language>) -> &'r Spacing) {
    let plain = |piece: &TextRun| {
        piece
            .text
            .bytes()
            .all(|b| b.is_ascii_alphabetic() || b == b' ')
    };
    let spacing: Vec<&Spacing> = pieces
        .iter()
        .map(|piece| rules(piece.language.as_ref()))
        .collect();
    if pieces.iter().all(plain) && spacing.iter().all(|one| **one == Spacing::default()) {
        return;
    }
    let count = pieces.iter().map(|piece| piece.text.chars().count()).sum();
    let mut line = Vec::with_capacity(count);
    for (piece, one) in pieces.iter().enumerate() {
        let literal = one.literal;
        line.extend(one.text.chars().map(|c| Glyph::new(c, piece, literal)));
    }
    mark_addresses(&mut line);
    pieces.iter_mut().for_each(|piece| piece.text.clear());
    GlyphLine {
        line: &line,
        spacing: &spacing,
        tight: OnceCell::new(),
    }
    .spaced(&mut |glyph| pieces[glyph.piece()].text.push(glyph.c));
}

/// Words with a web or mail address, or a scheme, in them stay as typed.
fn mark_addresses(line: &mut [Glyph]) {
    for word in line.split_mut(|glyph| is_space(glyph.c)) {
        let text: String = word.iter().map(|glyph| glyph.c).collect();
        let mail = text
            .split_once('@')
            .is_some_and(|(_, host)| host.contains('.'));
        if text.contains("://") || text.starts_with("www.") || text.starts_with("mailto:") || mail {
            // What closes a sentence behind an address is none of it.
            let end = text
                .trim_end_matches([',', '.', ';', ':', '!', '?', ')', '»', '”'])
                .chars()
                .count();
            word[..end]
                .iter_mut()
                .for_each(|glyph| glyph.run |= Glyph::LITERAL);
        }
    }
}

/// The most signs behind a mark that are looked at for a letter.
const MAX_SIGNS: usize = 16;
/// The most groups of digits of a telephone number.
const MAX_GROUPS: usize = 8;
/// Signs before which a mark ends what is before it, though they are not spaces.
const PARTING: [char; 10] = ['«', '»', '“', '”', '‘', '"', '—', '–', '…', ')'];

/// Whether a word is one letter and its full stop, as in `z. B.`, `т. е.` and `J. R. R.`: such words stay together.
fn is_letter_and_stop(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.as_str() == "."
}

/// Whether a word is a Roman numeral, in French with its ending, as `XX` and `XXe`.
fn is_roman(word: &str) -> bool {
    let stem = word.trim_end_matches(['e', 'ᵉ']);
    let numeral = |c| "IVXLCDM".contains(c);
    stem.starts_with(numeral) && stem.chars().all(|c| numeral(c) || matches!(c, '–' | '-'))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | LINE_END | NO_BREAK | NARROW | '\u{2009}')
}

/// Whether a word is the sign of a currency, such as `₪`.
fn is_currency(word: &str) -> bool {
    let sign = |c: char| c.general_category() == GeneralCategory::CurrencySymbol;
    !word.is_empty() && word.chars().all(sign)
}

/// Whether one is an ideograph and the other a letter or digit that is none.
fn meet(a: char, b: char) -> bool {
    let other = |c: char| c.is_alphanumeric() && !breaks_anywhere(c);
    is_ideographic(a) && other(b) || other(a) && is_ideographic(b)
}

struct GlyphLine<'l> {
    line: &'l [Glyph],
    spacing: &'l [&'l Spacing],
    /// Whether its writer sets no spaces between ideographs and letters, once that was asked for.
    tight: OnceCell<bool>,
}

impl GlyphLine<'_> {
    /// Gives `take` the characters of the line, with its spaces.
    fn spaced(&self, take: &mut impl FnMut(Glyph)) {
        let mut at = 0;
        while let Some(glyph) = self.line.get(at) {
            let space = |glyph: &&Glyph| is_space(glyph.c) && !glyph.literal();
            let end = at + self.line[at..].iter().take_while(space).count();
            if end > at {
                self.space(at, end, take);
                at = end;
            } else {
                let glued = at > 0 && !is_space(self.line[at - 1].c) && !is_space(glyph.c);
                if let Some(c) = self.wanted(at, at).filter(|_| glued) {
                    take(Glyph { c, ..*glyph });
                }
                take(*glyph);
                at += 1;
            }
        }
    }

    /// Sets what becomes of the white space from `at` to `end`.
    fn space(&self, at: usize, end: usize, take: &mut impl FnMut(Glyph)) {
        let typed = self.typed(at, end);
        let wanted = self.wanted(at, end).or_else(|| self.held(at, end, typed));
        let glyph = self.line[at];
        match wanted.or(typed) {
            Some(c) => take(Glyph { c, ..glyph }),
            None if glyph.c == LINE_END => {}
            // Two spaces of which one does not break were meant to be so.
            None => self.line[at..end].iter().for_each(|one| match one.c {
                LINE_END => take(Glyph { c: ' ', ..*one }),
                _ => take(*one),
            }),
        }
    }

    /// The space that was typed from `at` to `end`, if it is one: a line end between ideographs is none.
    fn typed(&self, at: usize, end: usize) -> Option<char> {
        let only = |c: char| (end == at + 1).then_some(c);
        match self.line[at].c {
            LINE_END => {
                let before = self.line[..at].iter().rev().map(|glyph| glyph.c);
                let after = self.line[end..].iter().map(|glyph| glyph.c);
                let vanishes = vanishes_between(before, after) || self.runs_on(at, end);
                (!vanishes).then_some(' ')
            }
            c => only(c),
        }
    }

    /// Whether a line end between an ideograph and a letter or digit is none: where the line has such neighbours
    /// without a space and none with one, its writer sets no spaces there.
    fn runs_on(&self, at: usize, end: usize) -> bool {
        let (Some(before), Some(after)) = (self.line[..at].last(), self.line.get(end)) else {
            return false;
        };
        meet(before.c, after.c) && *self.tight.get_or_init(|| self.is_tight())
    }

    /// Whether ideographs and letters meet in the line without a space, and nowhere with one.
    fn is_tight(&self) -> bool {
        let tight = |pair: &[Glyph]| meet(pair[0].c, pair[1].c);
        let spaced = |three: &[Glyph]| three[1].c == ' ' && meet(three[0].c, three[2].c);
        self.line.windows(2).any(tight) && !self.line.windows(3).any(spaced)
    }

    /// The space that the language wants between the characters before `at` and at `end`.
    fn wanted(&self, at: usize, end: usize) -> Option<char> {
        let before = self.line[..at].last()?;
        let after = self.line.get(end)?;
        if !after.literal() {
            let rules = self.spacing[after.piece()];
            if rules.narrow_before.contains(after.c) && self.closes(at, end, rules) {
                return Some(NARROW);
            }
            if rules.space_before.contains(after.c) {
                let right = match after.c {
                    '%' | '‰' => before.c.is_numeric() && self.word_ends(end + 1),
                    // Without spaces it is one between numbers, or joins words.
                    '–' | '—' => end > at,
                    _ => self.closes(at, end, rules),
                };
                if right {
                    return Some(NO_BREAK);
                }
            }
        }
        let rules = self.spacing[before.piece()];
        (!before.literal() && rules.space_after.contains(before.c)).then_some(NO_BREAK)
    }

    /// Whether the mark at `end` closes what is before `at`: not a second mark, and not a mark inside a word such as the
    /// colon of a time.
    fn closes(&self, at: usize, end: usize, rules: &Spacing) -> bool {
        let before = self.line[at - 1].c;
        let opening = matches!(before, '(' | '[' | '{' | '“' | '‘' | '¿' | '¡' | '/');
        let mark = |c: char| rules.narrow_before.contains(c) || matches!(c, ':' | '.' | ',');
        let quote = self.line[end].c == '»';
        // Signs that are no mark may follow, as a bracket or a quotation; a letter behind them means that all is a word,
        // and so does a row of signs that goes on.
        let rest = &self.line[end + 1..];
        let whole = rest.len() <= MAX_SIGNS;
        let rest = rest.iter().take(MAX_SIGNS).map(|next| next.c);
        let mut rest =
            rest.skip_while(|c| !(is_space(*c) || c.is_alphanumeric() || PARTING.contains(c)));
        let last = rest.next().map_or(whole, |c| !c.is_alphanumeric());
        // Behind a short form, as in `Tél. :`, it is no second mark.
        let short = before == '.' && at > 1 && self.line[at - 2].c.is_alphabetic();
        !opening && (quote || short || end > at || !mark(before)) && last
    }

    fn word_ends(&self, at: usize) -> bool {
        self.line
            .get(at)
            .is_none_or(|next| !next.c.is_alphanumeric() && next.c != '-')
    }

    /// The space that holds together what comes before `at` and at `end`: groups of digits, a number and its unit, a
    /// short word and its number or name. What was typed as a no-break space stays.
    fn held(&self, at: usize, end: usize, typed: Option<char>) -> Option<char> {
        if at == 0
            || end >= self.line.len()
            || self.line[at - 1].literal()
            || self.line[end].literal()
        {
            return None;
        }
        let hold = match typed {
            Some(NO_BREAK | NARROW) => typed,
            Some('\u{2009}') => Some(NARROW),
            _ => Some(NO_BREAK),
        };
        let rules = self.spacing[self.line[end].piece()];
        if self.is_thousands(at, end) {
            let own = rules
                .thousands
                .as_ref()
                .and_then(|wanted| wanted.chars().next());
            return own.or(hold);
        }
        let (left, right) = (self.word_before(at), self.word_after(end));
        let among = |words: &[String], fixed: &[&str], word: &str| {
            fixed.contains(&word) || words.iter().any(|one| one == word)
        };
        let number = |word: &str| word.starts_with(|c: char| c.is_numeric());
        let bare = left.trim_start_matches(['(', '[', '«', '“', '„']);
        let sign = |c: char| c.is_numeric() || "+-−~≈<>".contains(c);
        let ends_number =
            left.ends_with(char::is_numeric) && bare.starts_with(sign) || is_roman(bare);
        let starts_number = number(&right);
        let unit =
            right.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '»', '”', '’', '…']);
        let unit_and_stop =
            right.trim_end_matches([',', ';', ':', '!', '?', ')', ']', '»', '”', '…']);
        // Of `km/h` the first is a unit, too.
        let first = unit.split('/').next().unwrap_or(unit);
        let is_unit = |word: &str| among(&rules.units, UNITS, word) || is_currency(word);
        let held = ends_number
            && (is_unit(unit) || is_unit(first) || among(&rules.units, &[], unit_and_stop))
            || starts_number
                && (among(&rules.before_numbers, BEFORE_NUMBERS, bare) || is_currency(bare))
            || starts_number && self.in_telephone(at)
            || right.starts_with('(') && self.in_telephone(at)
            || starts_number && bare == "h" && at > 2 && self.number_before(at - 2)
            || is_letter_and_stop(bare) && is_letter_and_stop(unit_and_stop)
            || right.starts_with(char::is_uppercase) && among(&rules.before_names, &[], bare);
        if held { hold } else { None }
    }

    /// Whether what comes before `at` are groups of digits of which the first begins with a plus sign.
    fn in_telephone(&self, at: usize) -> bool {
        let mut end = at;
        for _ in 0..MAX_GROUPS {
            let word = self.word_before(end);
            let bare = word.trim_start_matches(['(', '[']);
            let mut digits = word.chars().filter(char::is_ascii_digit);
            if !word
                .chars()
                .all(|c| c.is_ascii_digit() || "+()[-.".contains(c))
                || digits.next().is_none()
            {
                return false;
            }
            if bare.starts_with('+') && word.chars().count() > 1 {
                return true;
            }
            let Some(before) = end.checked_sub(word.chars().count() + 1) else {
                return false;
            };
            end = before;
        }
        false
    }

    /// Whether a number comes before the space before `at`.
    fn number_before(&self, at: usize) -> bool {
        is_space(self.line[at].c) && self.line[at - 1].c.is_numeric()
    }

    /// Whether the space parts groups of three digits of a number such as `1 240 000`.
    fn is_thousands(&self, at: usize, end: usize) -> bool {
        let digit = |glyph: &&Glyph| glyph.c.is_ascii_digit();
        let left = self.line[..at].iter().rev().take_while(digit).count();
        let right = self.line[end..].iter().take_while(digit).count();
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | ',' | '-' | ':');
        let first = at
            .checked_sub(left + 1)
            .and_then(|index| self.line.get(index));
        let opens = first.is_none_or(|glyph| !joined(glyph.c));
        let closes = self
            .line
            .get(end + right)
            .is_none_or(|glyph| !glyph.c.is_alphanumeric() && glyph.c != '/');
        (1..=3).contains(&left) && right == 3 && opens && closes
    }

    fn word_before(&self, at: usize) -> String {
        let start = self.line[..at]
            .iter()
            .rposition(|glyph| is_space(glyph.c))
            .map_or(0, |space| space + 1);
        self.line[start..at].iter().map(|glyph| glyph.c).collect()
    }

    fn word_after(&self, at: usize) -> String {
        self.line[at..]
            .iter()
            .map(|glyph| glyph.c)
            .take_while(|c| !is_space(*c))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line in a language; `|` parts its pieces, and shows U+00A0 as `_`, U+202F as `~`.
    fn set_in(language: &str, line: &str) -> String {
        let spacing = layout::strings(language).unwrap().spacing;
        let mut texts: Vec<String> = line.split('|').map(str::to_owned).collect();
        let piece = |text| TextRun {
            text,
            language: None,
            literal: false,
        };
        set(texts.iter_mut().map(piece).collect(), &|_| &spacing);
        texts.join("|").replace(NO_BREAK, "_").replace(NARROW, "~")
    }

    #[test]
    fn french_has_its_spaces_whatever_was_typed_and_wherever_a_piece_ends() {
        for mark in [";", "!", "?"] {
            for typed in ["", " ", "\u{A0}", "\u{202F}", "\u{2009}"] {
                for (before, after) in [
                    ("mot", ""),
                    ("mot", " et"),
                    ("(mot)", " et"),
                    ("5", " et"),
                    ("mot", " »"),
                    ("été", "|"),
                    ("|mot|", " et"),
                ] {
                    let line = set_in("fr", &format!("Un {before}{typed}{mark}{after}"));
                    assert!(
                        line.replace('|', "")
                            .contains(&format!("{}~{mark}", before.replace('|', ""))),
                        "{line}"
                    );
                }
            }
        }
        for (typed, right) in [
            ("Tél. : +33 1, etc.; oui", "Tél._: +33_1, etc.~; oui"),
            ("mot...! mot ?! mot!!", "mot...! mot~?! mot~!!"),
            ("elle a duré : dix", "elle a duré_: dix"),
            ("elle a duré: dix", "elle a duré_: dix"),
            ("«mot» et « mot »", "«_mot_» et «_mot_»"),
            ("« mot » ; «mot»!", "«_mot_»~; «_mot_»~!"),
            ("« Quoi ? »", "«_Quoi~?_»"),
            ("Quoi ?! Quoi !!! Quoi…?", "Quoi~?! Quoi~!!! Quoi…~?"),
            ("12 % et 12% et 12,5 %.", "12_% et 12_% et 12,5_%."),
            (
                "n° 5, art. 3, (art. 3), M. Dupont, Mme Puri",
                "n°_5, art._3, (art._3), M._Dupont, Mme_Puri",
            ),
            ("1 240 000 personnes en 2016", "1~240~000 personnes en 2016"),
            (
                "12 millions, 10 km, 10 h 30, 25 °C, 5 €",
                "12_millions, 10_km, 10_h_30, 25_°C, 5_€",
            ),
            ("**Mot**|:| suite", "**Mot**|_:| suite"),
        ] {
            assert_eq!(set_in("fr", typed), right);
        }
    }

    #[test]
    fn addresses_times_identifiers_and_lone_marks_stay_as_typed() {
        for line in [
            "https://example.org/a;b?c=1&d=100%25",
            "voir https://example.org:8080/x?y, puis",
            "a.b@example.org et doi:10.18356/ab",
            "10:00–13:00 et 9:30",
            "A/RES/70/1 et A/70/L.1",
            "(?) et (!)",
            "le 25 avril en 2016 240 autres",
            "l’ONU a dit",
            "clé:*x, a:#b, c;@d, e::f, g![h, i:’j",
        ] {
            assert_eq!(set_in("fr", line), line);
        }
        assert_eq!(
            set_in("fr", "Voir https://example.org/a ; ou b"),
            "Voir https://example.org/a~; ou b"
        );
    }

    #[test]
    fn numbers_are_held_to_their_units_in_every_language_and_other_marks_are_as_typed() {
        for language in crate::layout::languages() {
            for (typed, right) in [
                ("5 km", "5_km"),
                ("(12.5 kg)", "(12.5_kg)"),
                ("US$ 5", "US$_5"),
                ("§ 3", "§_3"),
                ("3 °C.", "3_°C."),
            ] {
                assert_eq!(set_in(&language, typed), right, "{language}");
            }
            let thousands = set_in(&language, "1 240 000");
            assert!(
                ["1_240_000", "1~240~000"].contains(&thousands.as_str()),
                "{language}"
            );
        }
        assert_eq!(
            set_in("en", "what ? No! « x » 5% (No. 5)"),
            "what ? No! « x » 5% (No._5)"
        );
        assert_eq!(
            set_in("en", "a step of 5 mothers, 3 sheep"),
            "a step of 5 mothers, 3 sheep"
        );
        assert_eq!(
            set_in("de", "12% und 5 Mio. am Ende, 10 Uhr"),
            "12_% und 5_Mio. am Ende, 10_Uhr"
        );
        assert_eq!(
            set_in("ru", "в 2016 г. № 5, 12 млн"),
            "в 2016_г. №_5, 12_млн"
        );
        for (typed, right) in [
            (
                "+7 (495) 123-45-67 и А. С. Пушкин",
                "+7_(495)_123-45-67 и А._С._Пушкин",
            ),
            ("10 км/ч, 5 кг, 100 ₽, ₽ 100", "10_км/ч, 5_кг, 100_₽, ₽_100"),
            ("Волга — река, 2025—2026", "Волга_— река, 2025—2026"),
        ] {
            assert_eq!(set_in("ru", typed), right);
        }
        assert_eq!(
            set_in("en", "Call (+41 22 739 81 11) or 555 01, +5 and 6"),
            "Call (+41_22_739_81_11) or 555 01, +5 and 6"
        );
        assert_eq!(
            set_in("de", "z. B. so, d. h., u. a.; (i. d. R.) A. Berg"),
            "z._B. so, d._h., u._a.; (i._d._R.) A. Berg"
        );
        assert_eq!(
            set_in("ru", "т. е. XX в., I–II вв."),
            "т._е. XX_в., I–II_вв."
        );
        assert_eq!(
            set_in("fr", "au XXe siècle, XIX siècles"),
            "au XXe_siècle, XIX_siècles"
        );
        assert_eq!(
            set_in("en", "at 9.30 a.m., 10 p.m."),
            "at 9.30_a.m., 10_p.m."
        );
        assert_eq!(set_in("he", "5 ש״ח, 7 ₪, עמ׳ 3"), "5_ש״ח, 7_₪, עמ׳_3");
        assert_eq!(set_in("fr-CA", "Quoi ? Oui: «mot»"), "Quoi ? Oui_: «_mot_»");
        assert_eq!(set_in("fr-CH", "Quoi ? Oui: «mot»"), "Quoi~? Oui~: «_mot~»");
    }

    #[test]
    fn line_ends_become_spaces_but_between_ideographs() {
        for (typed, right) in [
            ("所有\n移民", "所有移民"),
            ("所有|\n移民", "所有|移民"),
            ("所有|\n|移民", "所有||移民"),
            ("会议，\n“移民”\n讨论", "会议，“移民”讨论"),
            ("在\nUNHCR\n的", "在 UNHCR 的"),
            ("于2016年，共\n244\n人", "于2016年，共244人"),
            ("于 2016 年，共\n244 人", "于 2016 年，共 244 人"),
            ("由MSF和\n|UNHCR|\n说", "由MSF和|UNHCR|说"),
            ("the\nport", "the port"),
            ("한국\n사람", "한국 사람"),
            ("王 明", "王 明"),
        ] {
            assert_eq!(set_in("zh", typed), right);
        }
    }

    #[test]
    fn words_in_another_language_have_its_spaces() {
        let french = super::super::language::parse("fr").unwrap();
        let (english, own) = (Spacing::default(), layout::strings("fr").unwrap().spacing);
        let (mut outer, mut inner) = ("He said: ".to_owned(), "Quoi ?".to_owned());
        let pieces = vec![
            TextRun {
                text: &mut outer,
                language: None,
                literal: false,
            },
            TextRun {
                text: &mut inner,
                language: Some(french),
                literal: false,
            },
        ];
        set(pieces, &|language| {
            if language.is_some() { &own } else { &english }
        });
        assert_eq!(
            (outer.as_str(), inner.as_str()),
            ("He said: ", "Quoi\u{202F}?")
        );
    }
}
