//! Colours as people call them, and texts as a diagnostic quotes them.

use crate::pdf::read::colour::{Inks, Space};
use crate::pdf::read::paint::Paint;

/// Least difference of two amounts of ink that counts.
pub(super) const TRACE: f64 = 0.005;
/// Most characters of a text that a diagnostic quotes.
const QUOTE: usize = 40;

/// Whether a colour looks black and should therefore be black ink alone, but is not.
pub(super) fn near_black(paint: &Paint, inks: Option<Inks>) -> bool {
    let rgb = match (paint.space(), inks) {
        (Space::Gray, _) => return false,
        (Space::Rgb | Space::CalRgb | Space::Icc(3), _) => paint.values(),
        (Space::Lab, _) => {
            let lab = paint.values();
            let neutral = lab.iter().skip(1).all(|value| value.abs() < 10.0);
            return neutral && lab.first().is_some_and(|lightness| *lightness < 25.0);
        }
        (Space::CalGray | Space::Icc(1), _) => paint.values(),
        (_, Some(inks)) => {
            let [c, m, y, k] = inks.cmyk;
            if c + m + y < TRACE {
                return false;
            }
            [c, m, y]
                .map(|ink| (1.0 - ink.min(1.0)) * (1.0 - k.min(1.0)))
                .to_vec()
        }
        _ => return false,
    };
    let (least, most) = rgb.iter().fold((1.0, 0.0), |(least, most): (f64, f64), v| {
        (least.min(*v), most.max(*v))
    });
    !rgb.is_empty() && most < 0.25 && most - least < 0.12
}

/// A colour in words.
pub(super) fn words(paint: &Paint) -> String {
    match paint
        .inks()
        .filter(|_| !matches!(paint.space(), Space::CalGray | Space::Icc(1)))
    {
        Some(inks) if inks.all => "registration colour".into(),
        Some(inks) => {
            let [c, m, y, k] = inks.cmyk.map(|ink| (ink * 100.0).round());
            format!("cyan {c} %, magenta {m} %, yellow {y} %, black {k} %")
        }
        None if paint.space().is_rgb() => {
            format!("a colour of a screen ({})", family(paint.space()))
        }
        None => format!("{} with a profile", family(paint.space())),
    }
}

/// What a colour space is called.
pub(super) fn family(space: &Space) -> String {
    match space {
        Space::Rgb => "RGB".into(),
        Space::CalRgb => "calibrated RGB".into(),
        Space::Lab => "Lab".into(),
        Space::Icc(3) => "RGB with a profile".into(),
        Space::Gray | Space::CalGray | Space::Icc(1) => "gray".into(),
        Space::Indexed(base, _) => family(base),
        Space::Named(names, base) => {
            format!("ink {}, shown as {}", names.join(" and "), family(base))
        }
        _ => "another colour space".into(),
    }
}

/// The start of a text.
pub(super) fn quote(text: &str) -> String {
    let clean = |text: &str| {
        text.chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect::<String>()
    };
    match text.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("{}…", clean(text.get(..end).unwrap_or_default())),
        None => clean(text),
    }
}
