//! Widths of the glyphs of a bare CFF program, also of one whose glyphs have numbers instead of names (Adobe Technical
//! Notes 5176 and 5177). A glyph whose width only a subroutine says has none here.

/// Operators of dictionaries.
const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const DEFAULT_WIDTH: u16 = 20;
const NOMINAL_WIDTH: u16 = 21;
const FONT_DICTS: u16 = 12 << 8 | 36;
const FONT_SELECT: u16 = 12 << 8 | 37;

/// The default width, and the one that widths are differences to.
type Widths = (f64, f64);

/// The width of each glyph in units of the font; none of them where the program cannot be read.
pub(super) fn widths(data: &[u8]) -> Option<Vec<Option<f64>>> {
    let (_, top) = index(data, usize::from(*data.get(2)?))?;
    let (tops, _) = index(data, top)?;
    let dict = dict(tops.first()?);
    let glyphs = index(data, offset(&dict, CHAR_STRINGS)?)?.0;
    let fonts: Vec<Widths> = match offset(&dict, FONT_DICTS) {
        Some(at) => {
            let (fonts, _) = index(data, at)?;
            let each = fonts.iter().map(|font| private(data, &self::dict(font)));
            each.collect()
        }
        None => vec![private(data, &dict)],
    };
    let select = offset(&dict, FONT_SELECT);
    let width = |(glyph, string): (usize, &&[u8])| {
        let font = match select {
            Some(at) => selected(data, at, glyph)?,
            None => 0,
        };
        let (default, nominal) = fonts.get(font)?;
        Some(match difference(string)? {
            Some(difference) => nominal + difference,
            None => *default,
        })
    };
    Some(glyphs.iter().enumerate().map(width).collect())
}

fn number(data: &[u8], at: usize, size: usize) -> Option<usize> {
    let bytes = data.get(at..at.checked_add(size)?)?;
    Some(
        bytes
            .iter()
            .fold(0, |all, byte| all << 8 | usize::from(*byte)),
    )
}

/// The entries of an index, and where it ends.
fn index(data: &[u8], at: usize) -> Option<(Vec<&[u8]>, usize)> {
    let count = number(data, at, 2)?;
    if count == 0 {
        return Some((Vec::new(), at + 2));
    }
    let size = number(data, at + 2, 1)?;
    let base = at + 2 + (count + 1) * size;
    let place = |entry: usize| Some(base + number(data, at + 3 + entry * size, size)?);
    let entries: Option<Vec<&[u8]>> = (0..count)
        .map(|entry| data.get(place(entry)?..place(entry + 1)?))
        .collect();
    Some((entries?, place(count)?))
}

/// The entries of a dictionary: operators with their operands.
fn dict(data: &[u8]) -> Vec<(u16, Vec<f64>)> {
    let mut entries = Vec::new();
    let mut operands = Vec::new();
    let mut rest = data;
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            12 => {
                let Some((second, after)) = after.split_first() else {
                    break;
                };
                rest = after;
                entries.push((12 << 8 | u16::from(*second), std::mem::take(&mut operands)));
            }
            0..=21 => entries.push((u16::from(*first), std::mem::take(&mut operands))),
            29 => {
                let Some((bytes, after)) = after.split_first_chunk::<4>() else {
                    break;
                };
                operands.push(f64::from(i32::from_be_bytes(*bytes)));
                rest = after;
            }
            30 => {
                let (value, length) = real(after);
                operands.push(value);
                rest = after.get(length..).unwrap_or_default();
            }
            _ => match short(*first, after) {
                Some((value, length)) => {
                    operands.push(value);
                    rest = &after[length..];
                }
                None => break,
            },
        }
    }
    entries
}

/// A number of one to three bytes, and how many of them come after the first.
fn short(first: u8, after: &[u8]) -> Option<(f64, usize)> {
    let next = || after.first().map(|byte| f64::from(*byte));
    let one = f64::from(first);
    match first {
        28 => {
            let (bytes, _) = after.split_first_chunk::<2>()?;
            Some((f64::from(i16::from_be_bytes(*bytes)), 2))
        }
        32..=246 => Some((one - 139.0, 0)),
        247..=250 => Some(((one - 247.0) * 256.0 + next()? + 108.0, 1)),
        251..=254 => Some((-(one - 251.0) * 256.0 - next()? - 108.0, 1)),
        _ => None,
    }
}

/// A number in half bytes, and how many bytes it takes.
fn real(data: &[u8]) -> (f64, usize) {
    let mut text = String::new();
    for (at, byte) in data.iter().enumerate() {
        for half in [byte >> 4, byte & 15] {
            match half {
                0..=9 => text.push(char::from(b'0' + half)),
                10 => text.push('.'),
                11 => text.push('e'),
                12 => text.push_str("e-"),
                14 => text.push('-'),
                _ => return (text.parse().unwrap_or(0.0), at + 1),
            }
        }
    }
    (0.0, data.len())
}

fn operands(dict: &[(u16, Vec<f64>)], operator: u16) -> Option<&[f64]> {
    let found = dict.iter().find(|(known, _)| *known == operator);
    found.map(|(_, operands)| operands.as_slice())
}

fn offset(dict: &[(u16, Vec<f64>)], operator: u16) -> Option<usize> {
    let first = operands(dict, operator)?.first()?;
    (*first >= 0.0).then_some(*first as usize)
}

/// The widths that the private dictionary of a font says; those of the standard where it says none.
fn private(data: &[u8], font: &[(u16, Vec<f64>)]) -> Widths {
    let read = || {
        let [size, at] = operands(font, PRIVATE)? else {
            return None;
        };
        let (size, at) = (*size as usize, *at as usize);
        let dict = dict(data.get(at..at.checked_add(size)?)?);
        let of = |operator| operands(&dict, operator).and_then(<[f64]>::first).copied();
        Some((
            of(DEFAULT_WIDTH).unwrap_or(0.0),
            of(NOMINAL_WIDTH).unwrap_or(0.0),
        ))
    };
    read().unwrap_or_default()
}

/// The font that a glyph belongs to.
fn selected(data: &[u8], at: usize, glyph: usize) -> Option<usize> {
    match number(data, at, 1)? {
        0 => number(data, at + 1 + glyph, 1),
        _ => {
            let ranges = number(data, at + 1, 2)?;
            let range = (0..ranges).rev().find(|range| {
                number(data, at + 3 + 3 * range, 2).is_some_and(|first| first <= glyph)
            })?;
            number(data, at + 3 + 3 * range + 2, 1)
        }
    }
}

/// What a glyph says of its width: nothing inside where it has the default one; `None` where it cannot be told.
fn difference(string: &[u8]) -> Option<Option<f64>> {
    let mut stack: Vec<f64> = Vec::new();
    let mut rest = string;
    while let [first, after @ ..] = rest {
        let has = match first {
            // Stems and their masks take pairs.
            1 | 3 | 18 | 19 | 20 | 23 => stack.len() % 2 == 1,
            21 => stack.len() > 2,
            4 | 22 => stack.len() > 1,
            14 => stack.len() == 1 || stack.len() == 5,
            255 => {
                let (bytes, after) = after.split_first_chunk::<4>()?;
                stack.push(f64::from(i32::from_be_bytes(*bytes)) / 65_536.0);
                rest = after;
                continue;
            }
            _ => {
                let (value, length) = short(*first, after)?;
                stack.push(value);
                rest = &after[length..];
                continue;
            }
        };
        return Some(stack.first().copied().filter(|_| has));
    }
    None
}
