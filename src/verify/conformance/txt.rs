//! Plain text: whether any mail program shows it as it was meant.

use unicode_width::UnicodeWidthStr;

use super::verdict::{BreachList, Check, Spot, Verdict};

/// Judges a plain text whose lines are to be no wider than that.
pub(super) fn judge(bytes: &[u8], columns: usize) -> Verdict {
    let mut found = BreachList::new(Check::Txt);
    match std::str::from_utf8(bytes) {
        Ok(text) => check(text, columns, &mut found),
        Err(error) => {
            let line = bytes[..error.valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            let what = "the text is not UTF-8";
            found.at("RFC 3629", what, Spot::object(format!("line {}", line + 1)));
        }
    }
    found.verdict()
}

fn check(text: &str, columns: usize, found: &mut BreachList) {
    found.unless(
        !text.starts_with('\u{feff}'),
        "RFC 3629 6",
        "the text begins with a byte order mark, which some programs show",
    );
    let ends = text.ends_with('\n') && !text.ends_with("\n\n");
    found.unless(
        ends,
        "plain text",
        "the text does not end with one line end",
    );
    for (index, line) in text.split('\n').enumerate() {
        let spot = || Spot::object(format!("line {}", index + 1));
        if line.chars().any(char::is_control) {
            let what = "a line has a control character, which mail programs show in different ways";
            found.at("plain text", what, spot());
        }
        if line.ends_with(char::is_whitespace) {
            let what = "a line ends with a space, which mail programs take for a soft line end";
            found.at("RFC 3676 4.1", what, spot());
        }
        // What cannot be broken, such as an address, may run over.
        if line.width() > columns && line.trim().contains(' ') {
            let what = format!("a line is wider than {columns} columns");
            found.at("RFC 3676 4.2", what, spot());
        }
    }
}
