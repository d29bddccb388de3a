//! What the YAML parser found, in the words of a writer: what is wrong, where, and what to do.

use serde_yaml::Error;
use serde_yaml::budget::BudgetBreach;

use crate::base::diagnostic::{Code, Diagnostic, one_of};

use super::syntax::syntax;
use super::{FileRef, fields, outline};

/// Whether a file holds nothing but comments.
pub(crate) fn says_nothing(text: &str) -> bool {
    text.lines().all(blank)
}

fn blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') || line == "---" || line.starts_with("%YAML ")
}

/// What is better said before the parser passes over it or says it in its own language.
pub(super) fn before_parsing(file: FileRef) -> Option<Diagnostic> {
    if says_nothing(file.text) {
        return Some(file.diagnostic(Code::EMPTY_FILE, 0, 0, "the file is empty"));
    }
    let start = file
        .text
        .lines()
        .position(|line| !blank(line))
        .unwrap_or_default();
    let marker = |line: &str| line == "---" || line.starts_with("--- ");
    if let Some(index) = file.text.lines().skip(start).position(marker) {
        let line = u32::try_from(start + index + 1).unwrap_or(u32::MAX);
        let message = "a line of three hyphens starts a second document, but a file holds one";
        return Some(
            file.diagnostic(Code::SECOND_DOCUMENT, line, 1, message)
                .hint("delete the line, or put what follows into a file of its own"),
        );
    }
    let lines = file.text.lines().enumerate();
    let mut after_end = lines.skip_while(|(_, line)| line.trim_end() != "...");
    if let Some((index, _)) = after_end.next()
        && after_end.any(|(_, line)| !blank(line))
    {
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let message = "a line of three points ends the file: what follows would not be read";
        return Some(
            file.diagnostic(Code::SECOND_DOCUMENT, line, 1, message)
                .hint("delete the line; where it is text, indent it or write …"),
        );
    }
    outline::silent_traps(file)
}

/// The place of an error in a file, with the line and the character there.
pub(super) struct SourcePosition<'a> {
    file: FileRef<'a>,
    line: u32,
    column: u32,
    /// The line's text.
    pub(super) text: &'a str,
    /// The rest of the line from the column on.
    pub(super) rest: &'a str,
}

impl<'a> SourcePosition<'a> {
    fn of(file: FileRef<'a>, error: &Error) -> Self {
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let (line, column) = error.location().map_or((0, 0), |place| {
            (narrow(place.line()), narrow(place.column()))
        });
        let start = SourcePosition {
            file,
            line,
            column,
            text: "",
            rest: "",
        };
        start.moved(line, column)
    }

    /// A diagnostic at the place.
    pub(super) fn diagnostic(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        self.file.diagnostic(code, self.line, self.column, message)
    }

    /// The same file, at another place.
    fn moved(&self, line: u32, column: u32) -> Self {
        let text = self.file.line(line).unwrap_or_default();
        let skip = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
        let start = text.char_indices().nth(skip);
        SourcePosition {
            file: self.file,
            line,
            column,
            text,
            rest: &text[start.map_or(text.len(), |(index, _)| index)..],
        }
    }

    /// The first tab that indents a line, at the place or after it; the place itself where there is none.
    pub(super) fn at_first_tab(&self) -> Self {
        let skip = usize::try_from(self.line.saturating_sub(1)).unwrap_or(usize::MAX);
        let lines = (self.line..).zip(self.file.text.split('\n').skip(skip));
        let tab = lines.into_iter().find_map(|(line, text)| {
            let indent = text.chars().take_while(|c| c.is_whitespace());
            let column = indent.into_iter().position(|c| c == '\t')?;
            Some((line, u32::try_from(column + 1).unwrap_or(u32::MAX)))
        });
        let (line, column) = tab.unwrap_or((self.line, self.column));
        self.moved(line, column)
    }

    /// The bracket or brace that is open at the place, if one is.
    pub(super) fn at_open_bracket(&self) -> Option<(Self, char)> {
        let (line, column, sign) = outline::open_bracket(self.file.text)?;
        Some((self.moved(line, column), sign))
    }

    fn path(&self) -> Option<String> {
        outline::field_at(self.file.text, self.line, self.column)
    }

    /// The path, else what is there.
    fn named(&self) -> String {
        self.path().map_or_else(
            || "the value".to_owned(),
            |path| format!("`{}`", last_key(&path)),
        )
    }

    /// What is at the place: a list, fields, nothing, or text.
    fn shape(&self) -> &'static str {
        match self.rest.chars().next() {
            Some('[') => "a list",
            Some('-') if self.rest == "-" || self.rest.starts_with("- ") => "a list",
            Some('{') => "fields in braces",
            None | Some(':' | '#') => "nothing",
            Some('"' | '\'' | '|' | '>') => "text",
            _ if self
                .rest
                .split('#')
                .next()
                .is_some_and(|rest| rest.contains(": ") || rest.trim_end().ends_with(':')) =>
            {
                "fields"
            }
            _ => "text",
        }
    }
}

fn last_key(path: &str) -> &str {
    let key = path.rsplit('.').next().unwrap_or(path);
    key.split('[')
        .next()
        .filter(|key| !key.is_empty())
        .unwrap_or(path)
}

/// The diagnostic for a parser's error.
pub(super) fn explain(file: FileRef, error: &Error) -> Diagnostic {
    let place = SourcePosition::of(file, error);
    let diagnostic = match error {
        Error::SerdeUnknownField { field, expected, .. } => return unknown_field(&place, field, expected),
        Error::SerdeMissingField { field, .. } => return missing_field(&place, field),
        Error::AliasError { error, .. } => return explain(file, error),
        Error::SerdeUnknownVariant { variant, expected, .. } => unknown_variant(&place, variant, expected),
        Error::DuplicateMappingKey { key, .. } => duplicate(&place, key.as_deref()),
        Error::ExpectedMappingEndAfterEnumVariantValue { .. } => place
            .diagnostic(Code::SECOND_KEY, format!("`{}` is a second key where only one is allowed", key_of(place.text)))
            .hint("a chapter file has one key at the top, a block one key after its hyphen: start a new file or a new `- `"),
        Error::NullIntoString { .. } => empty(&place),
        Error::Unexpected { expected, .. } => unexpected(&place, expected),
        Error::InvalidBooleanStrict { .. } => {
            place.diagnostic(Code::NOT_A_BOOLEAN, format!("{} is either true or false", place.named())).hint("write true or false, without quotation marks")
        }
        Error::InvalidScalar { ty, .. } => number(&place, ty),
        Error::UnknownAnchor { .. } => place
            .diagnostic(Code::UNKNOWN_ANCHOR, "a value that starts with `*` refers to an anchor, and there is none of that name")
            .hint("put text that starts with * into quotation marks, or into a block after `|`"),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => place
            .diagnostic(Code::ANCHORS_REPEAT, "anchors repeat one another too often: the file would become far larger than it is")
            .hint("write the repeated parts out"),
        Error::RecursiveReferencesRequireWeakTypes { .. } => place
            .diagnostic(Code::ANCHORS_REPEAT, "a value that starts with `*` is inside the very part that it repeats")
            .hint("write the repeated part out"),
        Error::Budget { breach, .. } => beyond(&place, breach),
        Error::TaggedScalarCannotDeserializeIntoString { .. } | Error::UnsupportedTag { .. } => place
            .diagnostic(Code::TAG, "a word that starts with `!` is a tag, which has no use here")
            .hint("put a value that starts with ! into quotation marks"),
        // What the types of the program's own fields say of their values.
        Error::Message { msg, .. } if msg.starts_with('`') => place.diagnostic(Code::BAD_VALUE, own_words(error)),
        _ => syntax(&place, &own_words(error)),
    };
    match place.path() {
        Some(path) => diagnostic.field(path),
        None => diagnostic,
    }
}

/// A limit of the file as a whole.
fn beyond(place: &SourcePosition, breach: &BudgetBreach) -> Diagnostic {
    let (code, message, hint) = match breach {
        BudgetBreach::Depth { .. } => (
            Code::NESTED_TOO_DEEP,
            "lists and fields are nested deeper here than any report needs",
            "close what was opened before, or indent less",
        ),
        BudgetBreach::Aliases { .. } | BudgetBreach::Anchors { .. } => (
            Code::ANCHORS_REPEAT,
            "the file has more anchors than any report needs",
            "write the repeated parts out",
        ),
        _ => (
            Code::FILE_TOO_LONG,
            "the file is larger than any report",
            "divide it into several chapters",
        ),
    };
    place.diagnostic(code, message).hint(hint)
}

/// The parser's own message, without the place that it repeats.
fn own_words(error: &Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

fn unknown_field(place: &SourcePosition, field: &str, expected: &[&'static str]) -> Diagnostic {
    let mut diagnostic = place.diagnostic(
        Code::UNKNOWN_FIELD,
        format!("there is no field `{field}` here"),
    );
    if let Some(path) = place.path() {
        diagnostic = diagnostic.field(path);
    }
    for hint in fields::hints(field, expected) {
        diagnostic = diagnostic.hint(hint);
    }
    diagnostic
}

fn missing_field(place: &SourcePosition, field: &str) -> Diagnostic {
    let diagnostic = place.diagnostic(
        Code::MISSING_FIELD,
        format!("the field `{field}` is missing"),
    );
    let parent = place.path().unwrap_or_default();
    let parent = parent.rsplit_once('.').map_or("", |(parent, _)| parent);
    let path = if parent.is_empty() {
        field.to_owned()
    } else {
        format!("{parent}.{field}")
    };
    diagnostic
        .field(path)
        .hint(format!("add a line `{field}: …` next to this one"))
}

fn unknown_variant(place: &SourcePosition, variant: &str, expected: &[&'static str]) -> Diagnostic {
    let diagnostic = place.diagnostic(
        Code::UNKNOWN_WORD,
        format!("`{variant}` is not one of the words allowed here"),
    );
    diagnostic.hint(one_of(variant, expected))
}

fn duplicate(place: &SourcePosition, key: Option<&str>) -> Diagnostic {
    let key = key.map_or_else(|| key_of(place.text), str::to_owned);
    let first = outline::first_line_of_key(place.file.text, place.line, place.column);
    let message = match first {
        Some(line) => format!("the field `{key}` occurs twice; the first time on line {line}"),
        None => format!("the field `{key}` occurs twice"),
    };
    place
        .diagnostic(Code::FIELD_TWICE, message)
        .hint("delete one of the two")
}

fn empty(place: &SourcePosition) -> Diagnostic {
    let value = place
        .text
        .split_once(':')
        .map_or("", |(_, value)| value.trim());
    let error = place.diagnostic(Code::NO_VALUE, format!("{} has no value", place.named()));
    if value.starts_with('#') {
        return error.hint("everything from # on is a comment: put the value into quotation marks");
    }
    error.hint("write one after the colon, or delete the line")
}

fn unexpected(place: &SourcePosition, expected: &str) -> Diagnostic {
    let shape = place.shape();
    match expected {
        "string scalar" => {
            let error = place.diagnostic(
                Code::NOT_TEXT,
                format!("{} is text, but here is {shape}", place.named()),
            );
            match shape {
                "a list" | "fields in braces" => {
                    error.hint("put text that starts with a bracket or brace into quotation marks")
                }
                "fields" => error.hint("put text that holds a colon into quotation marks"),
                _ => error,
            }
        }
        "sequence start" => {
            let error = place.diagnostic(
                Code::NOT_A_LIST,
                format!("{} is a list, but here is {shape}", place.named()),
            );
            error.hint("write each item on a line of its own after `- `, with a space after the hyphen; delete the field if there is none")
        }
        "mapping start" => {
            let what = place.path().map_or_else(
                || "the file".to_owned(),
                |path| format!("`{}`", last_key(&path)),
            );
            let error = place.diagnostic(
                Code::NOT_FIELDS,
                format!("{what} has fields, but here is {shape}"),
            );
            if shape == "text" && place.text.contains(':') && !place.text.contains(": ") {
                return error.hint("put a space after the colon");
            }
            error.hint("write each field on a line of its own, as `name: value`, indented below its parent")
        }
        other => place.diagnostic(Code::NOT_YAML, format!("{other} is expected here")),
    }
}

fn number(place: &SourcePosition, ty: &str) -> Diagnostic {
    let what = if ty.starts_with(['u', 'i']) {
        "a whole number"
    } else {
        "a number"
    };
    let hint = if ty.starts_with(['u', 'i']) {
        "write it in digits, such as 3"
    } else {
        "write it in digits, with a point for decimals, such as 62.5"
    };
    place
        .diagnostic(Code::NOT_A_NUMBER, format!("{} is {what}", place.named()))
        .hint(hint)
}

/// The key that a line starts with.
fn key_of(line: &str) -> String {
    let line = line.trim_start().trim_start_matches("- ");
    line.split(':').next().unwrap_or(line).trim().to_owned()
}
