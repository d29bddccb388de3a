//! The record of a text artifact: the text as it is.

use super::{Record, broken};
use crate::base::diagnostic::Diagnostics;
use crate::pdf::read::ReadBack;

/// The record of a plain text; text that is not UTF-8 is an error that says at which byte.
pub(in crate::verify) fn record(made: &ReadBack<'_>) -> Result<Record, Diagnostics> {
    let text = std::str::from_utf8(made.bytes()).map_err(|error| {
        broken(format!(
            "the text is not UTF-8 from byte {} on",
            error.valid_up_to()
        ))
    })?;
    let mut record = Record::default();
    record.add("text.txt", text.to_string());
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_of_a_text_is_the_text_itself() {
        let record = record(&ReadBack::of("One — two\r\n\n".as_bytes())).unwrap();
        assert_eq!(record.files["text.txt"], "One — two\r\n\n".as_bytes());
    }

    #[test]
    fn text_that_is_not_utf_8_is_an_error_that_says_where() {
        let found = record(&ReadBack::of(b"ab\xff")).unwrap_err();
        assert!(found.to_string().contains("byte 2"), "{found}");
    }
}
