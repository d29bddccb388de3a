//! Superscript, subscript and what is struck out in plain text: by characters of Unicode where it has them, else by
//! the marks of the source, so that 10⁶ never becomes 106 and nothing that no longer holds reads as if it did.

/// Raised text, such as `⁶` or `^(n+x)`.
pub(crate) fn raised(text: &str) -> String {
    shifted(text, '^', &RAISED)
}

/// Lowered text, such as `₂` or `_(max)`.
pub(crate) fn lowered(text: &str) -> String {
    shifted(text, '_', &LOWERED)
}

/// Text that is struck out, such as `~~2030~~`.
pub(crate) fn struck(text: &str) -> String {
    format!("~~{text}~~")
}

const PLAIN: [char; 15] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-', '\u{2212}', '(', ')',
];
const RAISED: [char; 15] = [
    '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁺', '⁻', '⁻', '⁽', '⁾',
];
const LOWERED: [char; 15] = [
    '₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉', '₊', '₋', '₋', '₍', '₎',
];

fn shifted(text: &str, sign: char, forms: &[char; 15]) -> String {
    let form = |c: char| {
        PLAIN
            .iter()
            .position(|plain| *plain == c)
            .map(|at| forms[at])
    };
    match text.chars().map(form).collect::<Option<String>>() {
        Some(shifted) => shifted,
        None if text.chars().count() == 1 => format!("{sign}{text}"),
        None => format!("{sign}({text})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_a_number() {
        assert_eq!(raised("6"), "⁶");
        assert_eq!(raised("-12"), "⁻¹²");
        assert_eq!(lowered("2"), "₂");
        assert_eq!(raised("n"), "^n");
        assert_eq!(raised("n+1"), "^(n+1)");
        assert_eq!(lowered("max"), "_(max)");
    }
}
