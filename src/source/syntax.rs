//! Mistakes in YAML's syntax, recognised by the parser's words and by the text at the place.

use super::messages::SourcePosition;
use crate::base::diagnostic::{Code, Diagnostic};

/// Errors of the syntax, by the parser's words.
pub(super) fn syntax(place: &SourcePosition, words: &str) -> Diagnostic {
    let indent = &place.text[..place.text.len() - place.text.trim_start().len()];
    if words.contains("tab") || indent.contains('\t') {
        return place
            .at_first_tab()
            .diagnostic(Code::TAB_INDENT, "a tab is used for indentation")
            .hint("indent with spaces: YAML does not take tabs there");
    }
    if let Some(found) = place.odd_blank().or_else(|| place.odd_line_end()) {
        return found;
    }
    if let Some((open, sign)) = place.at_open_bracket() {
        let (what, end) = match sign {
            '[' => ("list in brackets", ']'),
            _ => ("group of fields in braces", '}'),
        };
        return open
            .diagnostic(Code::OPEN_BRACKET, format!("the {what} that opens here is not closed, or its parts are not parted by commas"))
            .hint(format!("close it with `{end}`; put parts that hold commas, colons or brackets into quotation marks"));
    }
    let after_quote =
        words.contains("trailing content") || words.contains("comments must be separated");
    if let Some(open) = place.at_quote_above().filter(|_| after_quote) {
        return open
            .diagnostic(Code::OPEN_QUOTE, "the quotation mark that opens here is closed only on a later line, and text follows there")
            .hint("close it on this line, or delete it; inside a text in quotation marks write \\\" for one of its own");
    }
    if words.contains("mapping values are not allowed") {
        return colon(place);
    }
    let (code, message, hint) = match words {
        _ if words.contains("unclosed quote") => (
            Code::OPEN_QUOTE,
            "the quotation mark that opens here is not closed",
            "close it, or delete it; inside a text in quotation marks write \\\" for one of its own",
        ),
        _ if words.contains("trailing content after double-quoted") => (
            Code::TEXT_AFTER_QUOTE,
            "text follows the closing quotation mark",
            "put the whole value into quotation marks, and a backslash before those inside it: \"a \\\"word\\\" b\"",
        ),
        _ if words.contains("trailing content after single-quoted") => (
            Code::TEXT_AFTER_QUOTE,
            "text follows the closing apostrophe",
            "inside apostrophes write two for one ('don''t'), or use the typographic one (’)",
        ),
        _ if words.contains("block sequence entries are not allowed") => (
            Code::VALUE_START,
            "a hyphen and a space stand where a value starts, and a list cannot start there",
            "write each item on a line of its own after `- `; put text that starts with a hyphen into quotation marks",
        ),
        _ if words.contains("mapping keys are not allowed") => (
            Code::VALUE_START,
            "a value cannot start with a question mark and a space",
            "put the value into quotation marks",
        ),
        _ if words.contains("unknown escape") => (
            Code::UNKNOWN_ESCAPE,
            "a backslash in this text is followed by a letter that has no meaning after it",
            "write two backslashes for one, or use apostrophes instead of quotation marks",
        ),
        _ if words.contains("block scalar") => (
            Code::TEXT_AFTER_BAR,
            "text follows `|` or `>` on the same line",
            "start the text on the next line, indented",
        ),
        _ if words.contains("BOM") => (
            Code::BYTE_ORDER_MARK,
            "there is a byte order mark (U+FEFF) inside the file",
            "delete it; it is invisible, so delete the line's start and type it again",
        ),
        _ if words.contains("unexpected character") => return character(place),
        _ if words.contains("did not find expected key")
            || words.contains("did not find expected '-' indicator")
            || words.contains("invalid indentation") =>
        {
            (
                Code::INDENTATION,
                "the indentation of this line does not agree with the lines above",
                "fields of one thing start in the same column; text below `|` is indented deeper than its field",
            )
        }
        _ if words.contains("simple key expected") => return no_field(place),
        _ if words.contains("flow") || words.contains("',' or") => (
            Code::OPEN_BRACKET,
            "a list in brackets or fields in braces are not closed or not separated by commas",
            "close what was opened; put items that hold commas, colons or brackets into quotation marks",
        ),
        _ => {
            return place
                .diagnostic(Code::NOT_YAML, "the line has a form that a YAML file cannot have")
                .hint("put the value into quotation marks if it is text; otherwise compare the line with those of a report that `gmg-export init` makes");
        }
    };
    place.diagnostic(code, message).hint(hint)
}

/// The name of the field that a line sets, if its colon has no space after it.
pub(super) fn name_without_space(line: &str) -> Option<&str> {
    let line = line.trim_start_matches("- ");
    let is_name = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '-');
    let (name, value) = line.split_at(line.find(|c| !is_name(c))?);
    let value = value.strip_prefix(':')?;
    // Addresses have such a colon, too.
    let parted = value.trim().is_empty() || value.starts_with([' ', '/']);
    (!name.is_empty() && !parted).then_some(name)
}

/// A line that is neither a field nor text of the field above.
fn no_field(place: &SourcePosition) -> Diagnostic {
    if let Some(name) = name_without_space(place.text.trim()) {
        return place.without_space().field(place.path_of(name));
    }
    place
        .diagnostic(
            Code::INDENTATION,
            "this line is no field, and not indented as text of the field above",
        )
        .hint("indent it deeper than the field that it belongs to, or write it as `name: value`")
}

fn colon(place: &SourcePosition) -> Diagnostic {
    let line = place.text.trim_start().trim_start_matches("- ");
    if let Some((key, value)) = line.split_once(": ")
        && (value.contains(": ") || value.trim_end().ends_with(':'))
    {
        let value = value.trim();
        if value.starts_with(['“', '„', '«', '‘', '”']) {
            return place
                .diagnostic(
                    Code::COLON_IN_VALUE,
                    "the value holds a colon, and typographic quotation marks do not quote it",
                )
                .hint(format!("put straight ones around it: {key}: \"{value}\""));
        }
        let quoted = if value.contains('"') {
            format!("'{}'", value.replace('\'', "''"))
        } else {
            format!("\"{value}\"")
        };
        return place
            .diagnostic(
                Code::COLON_IN_VALUE,
                "the value holds a colon followed by a space, which YAML takes for a field",
            )
            .hint(format!(
                "put the value into quotation marks: {key}: {quoted}"
            ));
    }
    place
        .diagnostic(
            Code::INDENTATION,
            "this line is indented as if it went on with the value above, but it is a field",
        )
        .hint("start it in the same column as the field next to it")
}

fn character(place: &SourcePosition) -> Diagnostic {
    match place.rest.chars().next() {
        Some(c @ ('@' | '`' | '%')) => {
            place.diagnostic(Code::VALUE_START, format!("a value cannot start with `{c}`")).hint("put the value into quotation marks")
        }
        _ => match place.text.chars().find(|c| c.is_control()) {
            Some(c) => place
                .diagnostic(Code::CONTROL_CHARACTER_IN_FILE, format!("the line holds the control character U+{:04X}", c as u32))
                .hint("delete it; it often comes in when text is pasted from a PDF or a word processor"),
            None => place.diagnostic(Code::VALUE_START, "there is a character that YAML does not accept in this place").hint("put the value into quotation marks"),
        },
    }
}
