//! What the YAML parser found, in the words of a writer: what is wrong, where, and what to do.

use serde_yaml::Error;
use serde_yaml::budget::BudgetBreach;

use crate::base::diagnostic::{Code, Diagnostic, one_of};

use super::parts::Parts;
use super::syntax::{self, syntax};
use super::{FileRef, fields, outline};

/// Whether a file holds nothing but comments.
pub(crate) fn says_nothing(text: &str) -> bool {
    text.lines().all(blank)
}

fn blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') || line == "---" || line.starts_with("%YAML ")
}

/// What is said of a field whose colon has no space after it.
pub(super) const NO_SPACE: &str = "the colon after the field's name has no space after it";

/// What is better said before the parser passes over it or says it in its own language; before it, the text as far as it
/// is worth parsing.
pub(super) fn before_parsing<'t>(file: FileRef<'t>) -> (&'t str, Vec<Diagnostic>) {
    if says_nothing(file.text) {
        let empty = file.diagnostic(Code::EMPTY_FILE, 0, 0, "the file is empty");
        return (
            "",
            vec![empty.hint("write its fields into it, or take it out of the report")],
        );
    }
    if let Some(directive) = directive(file) {
        return ("", vec![directive]);
    }
    let conflicts = conflicts(file);
    if !conflicts.is_empty() {
        return ("", conflicts);
    }
    let (end, mut found) = match second_document(file) {
        Some((end, second)) => (end, vec![second]),
        None => (file.text.len(), Vec::new()),
    };
    let text = &file.text[..end];
    found.extend(outline::silent_traps(FileRef { text, ..file }));
    (text, found)
}

/// A line of instructions to a parser, such as `%YAML 1.2`, after which no line of three hyphens stands.
fn directive(file: FileRef) -> Option<Diagnostic> {
    let lines = (1..).zip(file.text.lines());
    let mut said = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let (line, _) = said.next().filter(|(_, line)| line.starts_with('%'))?;
    let next = said.find(|(_, line)| !line.starts_with('%'));
    next.is_none_or(|(_, line)| !line.starts_with("---"))
        .then(|| {
            let message = "a line that starts with % says how YAML is to be read, which nothing needs to be told";
            file.diagnostic(Code::VALUE_START, line, 1, message)
                .hint("delete the line")
        })
}

/// The marks that a tool for versions leaves where two of them did not agree.
fn conflicts(file: FileRef) -> Vec<Diagnostic> {
    let lines = (1..).zip(file.text.lines());
    let starts = lines.filter(|(_, line)| line.starts_with("<<<<<<< "));
    let said = |(line, _)| {
        let message = "two versions of the file were joined here and do not agree";
        file.diagnostic(Code::VERSION_CONFLICT, line, 1, message).hint(
            "keep one of the two versions, and delete the lines that start with <<<<<<<, ======= and >>>>>>>",
        )
    };
    starts.take(100).map(said).collect()
}

/// Where a second document starts in the file, of which nothing would be read.
fn second_document(file: FileRef) -> Option<(usize, Diagnostic)> {
    let (mut at, mut begun) = (0, false);
    let mut lines = (1..).zip(file.text.split_inclusive('\n'));
    while let Some((number, line)) = lines.next() {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        if begun && (line == "---" || line.starts_with("--- ")) {
            let message = "a line of three hyphens starts a second document, but a file holds one";
            let second = file.diagnostic(Code::SECOND_DOCUMENT, number, 1, message);
            let hint = "delete the line, or put what follows into a file of its own";
            return Some((start, second.hint(hint)));
        }
        if line == "..." && lines.any(|(_, line)| !blank(line)) {
            let message = "a line of three points ends the file: what follows would not be read";
            let second = file.diagnostic(Code::SECOND_DOCUMENT, number, 1, message);
            let hint = "delete the line; where it is text, indent it or write …";
            return Some((start, second.hint(hint)));
        }
        let directive = line.strip_prefix('%');
        if begun && directive.is_some_and(|name| name.starts_with(char::is_uppercase)) {
            let message = "a line that starts with a per cent sign ends the file: what follows would not be read";
            let second = file.diagnostic(Code::SECOND_DOCUMENT, number, 1, message);
            let hint = "delete the line; where it is text, indent it";
            return Some((start, second.hint(hint)));
        }
        begun |= !blank(line);
    }
    None
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

/// Characters that end a line for some programs.
pub(super) const ODD_LINE_ENDS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

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

    /// What is said of a blank that is no space and indents the line at the place or the one above.
    pub(super) fn odd_blank(&self) -> Option<Diagnostic> {
        let lines = [self.line.saturating_sub(1), self.line];
        let (at, blank) = lines.into_iter().find_map(|line| {
            let text = self.file.line(line)?;
            let mut indent = (1..).zip(text.chars().take_while(|c| c.is_whitespace()));
            let (column, blank) = indent.find(|(_, c)| !matches!(c, ' ' | '\t'))?;
            Some((self.moved(line, column), blank))
        })?;
        let message = format!(
            "the line starts with an invisible character (U+{:04X}), which is no indentation",
            blank as u32
        );
        let found = at.diagnostic(Code::TAB_INDENT, message);
        Some(found.hint("delete the start of the line and type it again, with ordinary spaces"))
    }

    /// What is said of a sign on the line that other programs end lines with, and YAML does not.
    pub(super) fn odd_line_end(&self) -> Option<Diagnostic> {
        let text = self.file.line(self.line)?;
        let mut signs = (1..).zip(text.chars());
        let (column, sign) = signs.find(|(_, c)| ODD_LINE_ENDS.contains(c))?;
        let message = format!(
            "the line holds an invisible line end (U+{:04X}), which YAML takes for none",
            sign as u32
        );
        let at = self.moved(self.line, column);
        let found = at.diagnostic(Code::CONTROL_CHARACTER_IN_FILE, message);
        Some(found.hint("delete it and press Enter there, or write a space"))
    }

    /// The bracket or brace that is open at the place, if one is.
    pub(super) fn at_open_bracket(&self) -> Option<(Self, char)> {
        let (line, column, sign) = outline::open_bracket(self.file.text)?;
        Some((self.moved(line, column), sign))
    }

    /// The quotation mark on a line above that opens a value and is not closed on its line.
    pub(super) fn at_quote_above(&self) -> Option<Self> {
        let above = usize::try_from(self.line.checked_sub(1)?).ok()?;
        let lines: Vec<&str> = self.file.text.lines().take(above).collect();
        let opens = |line: &str| {
            let trimmed = line.trim_start().trim_start_matches("- ");
            let value = match trimmed.starts_with(['"', '\'']) {
                true => trimmed,
                false => trimmed.split_once(": ")?.1.trim_start(),
            };
            let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let closed = value.trim_end().len() > 1 && value.matches(mark).count() > 1;
            (!closed).then(|| line.chars().count() - value.chars().count() + 1)
        };
        let at = lines.iter().rposition(|line| opens(line).is_some())?;
        let column = opens(lines[at])?;
        Some(self.moved(u32::try_from(at + 1).ok()?, u32::try_from(column).ok()?))
    }

    /// What is said of a field that nothing parts from its value.
    pub(super) fn without_space(&self) -> Diagnostic {
        self.diagnostic(Code::NOT_FIELDS, NO_SPACE)
            .hint("put a space after the colon")
    }

    fn path(&self) -> Option<String> {
        outline::field_at(self.file.text, self.line, self.column)
    }

    /// The field or the item of a list, else what is there.
    fn named(&self) -> String {
        named(self.path())
    }

    /// The field or the item of a list that holds the fields of which the first is here.
    fn above(&self) -> Option<String> {
        let path = self.path()?;
        Some(path.rsplit_once('.')?.0.to_owned())
    }

    /// The path of a field that the parser has not recognised as one, by its line alone.
    pub(super) fn path_of(&self, name: &str) -> String {
        let indent = self.text.len() - self.text.trim_start().len();
        let path = self.path().unwrap_or_default();
        match path.rsplit_once('.') {
            Some((above, _)) if indent > 0 => format!("{above}.{name}"),
            _ => name.to_owned(),
        }
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

fn named(path: Option<String>) -> String {
    match path {
        Some(path) if path.ends_with(']') => format!("an item of `{}`", last_key(&path)),
        Some(path) => format!("`{}`", last_key(&path)),
        None => "the value".to_owned(),
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
    let of_lines = matches!(
        error,
        Error::SerdeUnknownField { .. } | Error::ExpectedMappingEndAfterEnumVariantValue { .. }
    );
    if let Some(found) = place.odd_blank().filter(|_| of_lines) {
        return found;
    }
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
        Error::ExpectedStringKeyForExternallyTaggedEnum { .. }
        | Error::ExternallyTaggedEnumExpectedScalarOrMapping { .. }
        | Error::UnexpectedValueForUnitEnumVariant { .. }
        | Error::TaggedEnumMismatch { .. } => place
            .diagnostic(
                Code::UNKNOWN_WORD,
                format!("{} is one word, but here is {}", place.named(), place.shape()),
            )
            .hint("write the word alone after the colon; for a chapter or a block write its kind, a colon, and its fields below"),
        Error::NonFiniteFloat { .. } => number(&place, "f64"),
        // What the types of the program's own fields say of their values.
        Error::Message { msg, .. } if msg.starts_with('`') => {
            let (what, cure) = with_cure(&own_words(error));
            let found = place.diagnostic(Code::BAD_VALUE, what);
            match cure {
                Some(cure) => found.hint(cure),
                None => found,
            }
        }
        _ => syntax(&place, &own_words(error)),
    };
    match place.path() {
        Some(path) if diagnostic.field.is_none() => diagnostic.field(path),
        _ => diagnostic,
    }
}

/// What is wrong with a value, and what to write instead where the words say that, too.
pub(crate) fn with_cure(words: &str) -> (String, Option<String>) {
    match words.split_once(": write ") {
        Some((what, cure)) => (what.to_owned(), Some(format!("write {cure}"))),
        None => (words.to_owned(), None),
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

/// A field that is missing is placed at the first of those next to which it belongs.
fn missing_field(place: &SourcePosition, field: &str) -> Diagnostic {
    let parts = Parts::of(place.file.text);
    let fields = parts.fields_at((place.line, place.column));
    let first = fields.map(|fields| {
        let first = parts.first_key(fields).unwrap_or(fields);
        (parts.0[first].line, parts.0[first].column)
    });
    let (line, column) = first.unwrap_or((place.line, place.column));
    let path = match fields.map(|fields| parts.path(fields)) {
        Some(parent) if !parent.is_empty() => format!("{parent}.{field}"),
        _ => field.to_owned(),
    };
    place
        .moved(line, column)
        .diagnostic(
            Code::MISSING_FIELD,
            format!("the field `{field}` is missing"),
        )
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
    let starts_fields = Parts::of(place.file.text).key_at((place.line, place.column));
    let shape = match place.shape() {
        // What follows on the line in braces.
        "fields" if starts_fields.is_none() => "text",
        shape => shape,
    };
    // Fields in the place of something else begin with the name of the first, which is not the one that is wrong.
    let above = place.above().filter(|_| shape == "fields");
    let holder = above.clone().or_else(|| place.path());
    let error = |code, kind: &str| {
        let message = format!("{} is {kind}, but here is {shape}", named(holder.clone()));
        let error = place.diagnostic(code, message);
        match &holder {
            Some(holder) => error.field(holder),
            None => error,
        }
    };
    match expected {
        "string scalar" => {
            let error = error(Code::NOT_TEXT, "text");
            match shape {
                "a list" if place.rest.starts_with('-') => {
                    error.hint("delete the hyphen if one stands there too many; put text that starts with a hyphen into quotation marks")
                }
                "a list" | "fields in braces" => {
                    error.hint("put text that starts with a bracket or brace into quotation marks")
                }
                "fields" => error.hint("put text that holds a colon into quotation marks"),
                _ => error.hint("write the text directly after the colon"),
            }
        }
        "sequence start" => {
            let error = error(Code::NOT_A_LIST, "a list");
            error.hint("write each item on a line of its own after `- `, with a space after the hyphen; delete the field if there is none")
        }
        "mapping start" => {
            let what = match place.path() {
                Some(_) => place.named(),
                None => "the file".to_owned(),
            };
            let error = place.diagnostic(
                Code::NOT_FIELDS,
                format!("{what} has fields, but here is {shape}"),
            );
            if let Some(name) = syntax::name_without_space(place.rest) {
                let path = place.path().map_or_else(String::new, |path| path + ".");
                return place.without_space().field(path + name);
            }
            error.hint("write each field on a line of its own, as `name: value`, indented below its parent")
        }
        _ => place
            .diagnostic(
                Code::NOT_YAML,
                format!("{} is not what belongs here: it is {shape}", place.named()),
            )
            .hint("compare it with the same field in a report that `gmg-export init` makes"),
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
