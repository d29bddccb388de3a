//! What holds whatever the file: formats, promises, and files that are broken or hostile.

use super::*;
use crate::verify::format::{BACKENDS, inspect, required_checks};

const SCREEN: Profile = Profile {
    for_print: false,
    columns: 72,
};
const PAPER: Profile = Profile {
    for_print: true,
    columns: 72,
};

#[test]
fn every_format_can_be_checked_and_an_unknown_one_is_an_error() {
    for backend in BACKENDS {
        let found = inspect(backend.name(), SCREEN, &ReadBack::of(b""));
        let message = found.map_or_else(|found| found.to_string(), |_| String::new());
        assert!(
            !message.contains("no way yet"),
            "{}: {message}",
            backend.name()
        );
    }
    let found = inspect("scroll", SCREEN, &ReadBack::of(b"x")).unwrap_err();
    assert!(found.to_string().contains("`scroll`"), "{found}");
}

#[test]
fn files_for_a_printer_promise_nothing_that_they_cannot_keep() {
    assert_eq!(
        required_checks("pdf", SCREEN),
        [Check::PdfUa1, Check::PdfA2a, Check::Contrast]
    );
    // Text must be seen on paper, too.
    assert_eq!(required_checks("pdf", PAPER), [Check::Contrast]);
    assert!(required_checks("press", PAPER).is_empty());
}

#[test]
fn what_is_no_pdf_or_word_file_is_an_error_with_a_hint() {
    for format in ["pdf", "press", "docx"] {
        for bytes in [&b""[..], b"%PDF-1.7\n", b"PK\x03\x04", b"Dear reader,\n"] {
            let found = inspect(format, SCREEN, &ReadBack::of(bytes)).unwrap_err();
            assert!(found.to_string().contains("cannot be read"), "{found}");
            assert!(!found[0].hints.is_empty());
        }
    }
}

fn clauses(text: &[u8]) -> Vec<String> {
    let found = inspect("txt", SCREEN, &ReadBack::of(text)).unwrap();
    let breaches = found
        .verdicts
        .into_iter()
        .flat_map(|verdict| verdict.breaches);
    breaches.map(|breach| breach.clause).collect()
}

#[test]
fn plain_text_passes_and_each_fault_of_it_is_found() {
    let wide = "naïve 王 ".repeat(7) + "and what is left of it\n";
    let address = format!("  https://example.org/{}\n", "a".repeat(80));
    assert_eq!(clauses("A café – “fine”.\n\n王王\n".as_bytes()), [""; 0]);
    assert_eq!(clauses(address.as_bytes()), [""; 0]);
    let cases: [(&[u8], &str); 8] = [
        (b"caf\xe9\n", "RFC 3629"),
        (b"\xef\xbb\xbfA\n", "RFC 3629 6"),
        (b"no end", "plain text"),
        (b"too many ends\n\n", "plain text"),
        (b"a\ttab\n", "plain text"),
        (b"windows\r\n", "plain text"),
        (b"blank \n", "RFC 3676 4.1"),
        (wide.as_bytes(), "RFC 3676 4.2"),
    ];
    for (text, clause) in cases {
        let found = clauses(text);
        assert!(found.iter().any(|one| one == clause), "{text:?}: {found:?}");
    }
}
