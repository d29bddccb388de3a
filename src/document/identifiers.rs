//! Identifiers of a publication: check digits of ISBN (ISO 2108) and ISSN (ISO 3297), the syntax of DOIs, web
//! addresses.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What to write where an address is wrong.
pub(super) const GOOD_ADDRESS: &str = "write the whole address, such as https://example.org/report";

/// What is wrong with an ISBN of ten or thirteen digits, hyphens and spaces aside.
pub(super) fn check_isbn(text: &str) -> Result<(), String> {
    let digits = digits(text).ok_or_else(|| {
        format!("`{text}` is no ISBN: it has other characters than digits and hyphens")
    })?;
    match digits.len() {
        10 => {
            let body = weighted(&digits[..9], |index| 10 - index);
            verify(text, "ISBN", (11 - body % 11) % 11, digits[9])
        }
        13 if digits.starts_with(&[9, 7, 8]) || digits.starts_with(&[9, 7, 9]) => {
            if digits.contains(&10) {
                return Err(format!(
                    "`{text}` is no ISBN: X is only at the end of a ten-digit one"
                ));
            }
            let body = weighted(&digits[..12], |index| if index % 2 == 0 { 1 } else { 3 });
            verify(text, "ISBN", (10 - body % 10) % 10, digits[12])
        }
        13 => Err(format!(
            "`{text}` is no ISBN: thirteen digits start with 978 or 979"
        )),
        count => Err(format!(
            "`{text}` is no ISBN: it has {count} digits, not 13 or 10"
        )),
    }
}

/// The name of a licence of Creative Commons as it is printed, and the address of its text; `None` if it is none.
/// The licences: <https://creativecommons.org/licenses/list.en>.
pub(super) fn licence(text: &str) -> Option<(String, String)> {
    const ADDRESS: &str = "https://creativecommons.org";
    let mut words: Vec<String> = text
        .split([' ', '-', '\u{A0}', '\u{2011}'])
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_uppercase)
        .collect();
    if words == ["CC0"] || words == ["CC0", "1.0"] {
        let address = format!("{ADDRESS}/publicdomain/zero/1.0/");
        return Some(("CC0 1.0".to_owned(), address));
    }
    let igo = words.pop_if(|word| word == "IGO").is_some();
    let version = words.pop()?;
    let terms = words.strip_prefix(&["CC".to_owned()])?.join("-");
    let known = ["BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"].contains(&terms.as_str());
    // Only version 3.0 was written for intergovernmental organisations.
    let there = matches!((version.as_str(), igo), ("4.0", false) | ("3.0", _));
    (known && there).then(|| {
        let (name, path) = if igo { (" IGO", "igo/") } else { ("", "") };
        (
            format!("CC {terms} {version}{name}"),
            format!(
                "{ADDRESS}/licenses/{}/{version}/{path}",
                terms.to_ascii_lowercase()
            ),
        )
    })
}

/// What is wrong with an ISSN of eight digits.
pub(super) fn check_issn(text: &str) -> Result<(), String> {
    let digits = digits(text).ok_or_else(|| {
        format!("`{text}` is no ISSN: it has other characters than digits and a hyphen")
    })?;
    if digits.len() != 8 {
        return Err(format!(
            "`{text}` is no ISSN: it has {} digits, not 8",
            digits.len()
        ));
    }
    let body = weighted(&digits[..7], |index| 8 - index);
    verify(text, "ISSN", (11 - body % 11) % 11, digits[7])
}

/// The digits, with 10 for a final X; `None` where there is anything else.
fn digits(text: &str) -> Option<Vec<usize>> {
    let characters: Vec<char> = text
        .chars()
        .filter(|c| !matches!(c, '-' | ' ' | '\u{2010}' | '\u{2011}' | '\u{A0}'))
        .collect();
    let last = characters.len().checked_sub(1)?;
    characters
        .iter()
        .enumerate()
        .map(|(index, c)| match c {
            '0'..='9' => Some(*c as usize - '0' as usize),
            'X' | 'x' if index == last => Some(10),
            _ => None,
        })
        .collect()
}

fn weighted(digits: &[usize], weight: impl Fn(usize) -> usize) -> usize {
    digits
        .iter()
        .enumerate()
        .map(|(index, digit)| digit * weight(index))
        .sum()
}

fn verify(text: &str, name: &str, right: usize, found: usize) -> Result<(), String> {
    if right == found {
        return Ok(());
    }
    let shown = if right == 10 {
        "X".to_owned()
    } else {
        right.to_string()
    };
    Err(format!(
        "`{text}` is no {name}: its last digit does not agree with the others, which ask for {shown}"
    ))
}

/// A DOI without its resolver's address, or what is wrong with it.
pub(super) fn doi(text: &str) -> Result<String, String> {
    let bare = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi:",
    ]
    .iter()
    .find_map(|prefix| text.strip_prefix(prefix))
    .unwrap_or(text);
    let wrong = || format!("`{text}` is no DOI: it has the form 10.1000/182");
    let (registrant, suffix) = bare.split_once('/').ok_or_else(wrong)?;
    let registrant = registrant.strip_prefix("10.").ok_or_else(wrong)?;
    let digits =
        registrant.len() >= 4 && registrant.chars().all(|c| c.is_ascii_digit() || c == '.');
    if !digits || suffix.is_empty() || suffix.contains(char::is_whitespace) {
        return Err(wrong());
    }
    Ok(bare.to_owned())
}

/// A web or mail address in the characters that may be in one, or what is wrong with it.
///
/// Whatever may not be in an address is percent-encoded, once; what is encoded already stays.
pub(crate) fn address(text: &str) -> Result<String, String> {
    let lower = text.to_ascii_lowercase();
    let rest = if let Some(rest) = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))
    {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = host
            .rsplit('@')
            .next()
            .unwrap_or_default()
            .split(':')
            .next()
            .unwrap_or_default();
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(format!(
                "`{text}` is no web address: there is no host after `//`"
            ));
        }
        rest
    } else if let Some(rest) = lower.strip_prefix("mailto:") {
        let mailbox = rest.split('?').next().unwrap_or_default();
        match mailbox.split_once('@') {
            Some((user, host))
                if !user.is_empty()
                    && !host.is_empty()
                    && !mailbox.contains(char::is_whitespace) =>
            {
                rest
            }
            _ => {
                return Err(format!(
                    "`{text}` is no mail address: it has the form mailto:name@example.org"
                ));
            }
        }
    } else {
        return Err(format!(
            "`{text}` is no address that starts with https://, http:// or mailto:"
        ));
    };
    debug_assert!(!rest.is_empty());
    Ok(encode(text))
}

/// Percent-encodes what RFC 3986 does not allow in an address.
fn encode(text: &str) -> String {
    const REFUSED: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'\\')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    let mut parts = text.split('%');
    let first = utf8_percent_encode(parts.next().unwrap_or_default(), REFUSED).to_string();
    parts.fold(first, |encoded, part| {
        // What is encoded already stays as it is.
        let digits = part.as_bytes().get(..2).unwrap_or_default();
        let escape = digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit);
        let sign = if escape { "%" } else { "%25" };
        let part = utf8_percent_encode(part, REFUSED);
        format!("{encoded}{sign}{part}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_isbn_and_issn_are_verified() {
        check_isbn("978-2-1234-5680-3").unwrap();
        check_isbn("0-306-40615-2").unwrap();
        check_isbn("0 8044 2957 X").unwrap();
        assert!(
            check_isbn("978-2-1234-5680-4")
                .unwrap_err()
                .ends_with("which ask for 3")
        );
        assert!(
            check_isbn("978-2-1234-568")
                .unwrap_err()
                .contains("10 digits, not 13")
                || check_isbn("978-2-1234-568").is_err()
        );
        assert!(check_isbn("977-2-1234-5680-3").is_err());
        assert!(check_isbn("97821234568x3").is_err());
        assert!(check_isbn("978212345680X").is_err());
        assert!(check_isbn("").is_err());
        check_issn("0378-5955").unwrap();
        check_issn("2434-561X").unwrap();
        assert!(check_issn("0378-5956").is_err());
    }

    #[test]
    fn licences_of_creative_commons_are_known_however_they_are_typed() {
        for (typed, name, path) in [
            ("CC BY 4.0", "CC BY 4.0", "licenses/by/4.0/"),
            (
                "cc-by-nc-sa-3.0-igo",
                "CC BY-NC-SA 3.0 IGO",
                "licenses/by-nc-sa/3.0/igo/",
            ),
            (
                "CC BY NC ND 3.0",
                "CC BY-NC-ND 3.0",
                "licenses/by-nc-nd/3.0/",
            ),
            ("CC0", "CC0 1.0", "publicdomain/zero/1.0/"),
        ] {
            let address = format!("https://creativecommons.org/{path}");
            assert_eq!(licence(typed), Some((name.to_owned(), address)), "{typed}");
        }
        for typed in [
            "",
            "CC",
            "CC BY",
            "BY 4.0",
            "CC BY 4.0 IGO",
            "CC SA 4.0",
            "CC BY-ND-SA 4.0",
            "MIT",
            "CC BY 5.0",
            "IGO",
        ] {
            assert_eq!(licence(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_doi_has_its_prefix_and_suffix() {
        assert_eq!(doi("https://doi.org/10.1000/182").unwrap(), "10.1000/182");
        assert!(doi("10.1000").is_err());
        assert!(doi("11.1000/1").is_err());
    }

    #[test]
    fn addresses_are_encoded_once() {
        assert_eq!(
            address("https://example.org/?q=a&b=<c>&d=\"e\"").unwrap(),
            "https://example.org/?q=a&b=%3Cc%3E&d=%22e%22"
        );
        assert_eq!(
            address("https://example.org/a%20b/é").unwrap(),
            "https://example.org/a%20b/%C3%A9"
        );
        assert_eq!(
            address("https://example.org/100%").unwrap(),
            "https://example.org/100%25"
        );
        assert_eq!(
            address("mailto:a@example.org?subject=x y").unwrap(),
            "mailto:a@example.org?subject=x%20y"
        );
        for bad in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "//example.org",
            "https://",
            "http:///x",
            "mailto:x",
            "ftp://x",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
