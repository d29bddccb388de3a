//! Numbers in letters, as Word and PDF count with them.

/// Roman numerals in capitals; figures for what has none: zero, and from 10,000 on.
pub(crate) fn roman(number: u64) -> String {
    const SIGNS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..10_000).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

/// a to z, then aa to zz, then aaa and so on, in capitals; figures for zero, and from 1,000 on.
pub(crate) fn letters(number: u64) -> String {
    if !(1..1000).contains(&number) {
        return number.to_string();
    }
    let index = (number - 1) as usize;
    let letter = char::from(b'A' + (index % 26) as u8);
    letter.to_string().repeat(index / 26 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_behind_z_and_end_in_figures() {
        assert_eq!([1, 26, 27, 54].map(letters), ["A", "Z", "AA", "BBB"]);
        assert_eq!(
            [1994, 4, 9_999].map(roman),
            ["MCMXCIV", "IV", "MMMMMMMMMCMXCIX"]
        );
        assert_eq!(
            [0, u64::MAX].map(letters),
            [0, u64::MAX].map(|number| number.to_string())
        );
        assert_eq!(
            [0, u64::MAX].map(roman),
            [0, u64::MAX].map(|number| number.to_string())
        );
    }
}
