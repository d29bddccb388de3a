//! All mistakes of a file at once: a parser stops at the first, so what it stops at is made good in a copy of the text, which
//! is read again, until nothing is wrong or it cannot be told what was meant.
//!
//! Nothing but diagnostics comes out of the copy. What is made good keeps its line and column as far as that goes; what
//! does not is counted back, so that every place is one of the file.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_yaml::Error;

use super::parts::{Part, Parts, Role};
use super::{FileRef, messages, parse, slips};
use crate::base::diagnostic::{Code, Diagnostic, nearest};

/// The most mistakes of a file that are looked for.
const MOST: usize = 100;
/// The most bytes that are read again for one file, and how often a small one is.
const EFFORT: usize = 16 << 20;
const READS: usize = 400;
/// What may stand in the place of a value: the first that fits its field is taken.
const FILLINGS: [&str; 7] = ["null", "x", "1", "true", "[]", "{}", "1mm"];

/// What is wrong with `text`, a file's text as far as it is read, of which `error` was met first. Nothing is said
/// of the fields of which `found` says something. Gives the copy in which all of it is made good, if that could be done.
pub(super) fn recover<T: DeserializeOwned>(
    file: FileRef,
    text: &str,
    error: Error,
    found: &mut Vec<Diagnostic>,
) -> Option<Copy> {
    let quiet: Vec<String> = found.iter().filter_map(|one| one.field.clone()).collect();
    let mut copy = Copy::of(text, quiet.clone());
    let mut error = error;
    let mut is_straight = false;
    let mut is_whole = false;
    let start = found.len();
    while found.len() - start < MOST {
        let now = FileRef {
            path: file.path,
            text: &copy.text,
        };
        let said = messages::explain(now, error.without_snippet());
        let said = copy.placed(file, said);
        if said.code == Code::TAB_INDENT {
            if is_straight {
                break;
            }
            // What the lines said as they were indented is not to be believed.
            is_straight = true;
            copy = Copy::of(text, quiet.clone());
            found.truncate(start);
            found.push(said);
            match copy.straighten::<T>() {
                Some(Err(next)) => error = next,
                read => {
                    is_whole = read.is_some();
                    break;
                }
            }
            continue;
        }
        if copy.goes_round(&said) {
            break;
        }
        let again = |one: &Diagnostic| {
            (one.code, &one.location, &one.field) == (said.code, &said.location, &said.field)
        };
        if !copy.is_quiet(&said) {
            if found.iter().any(again) {
                break;
            }
            found.push(said.clone());
        }
        match copy.mend::<T>(file, error.without_snippet(), &said) {
            Some(Some(next)) => error = next,
            read => {
                is_whole = read.is_some();
                break;
            }
        }
    }
    // What was said to be missing may stand on a line that was none.
    found.retain(|one| !copy.has_lost(one));
    join_missing(found);
    is_whole.then_some(copy)
}

/// The name of the field that a diagnostic is about.
fn last_name(said: &Diagnostic) -> &str {
    let path = said.field.as_deref().unwrap_or_default();
    path.rsplit('.').next().unwrap_or_default()
}

/// Says in one message which fields one thing lacks.
fn join_missing(found: &mut Vec<Diagnostic>) {
    let mut joined: Vec<(Diagnostic, Vec<String>)> = Vec::new();
    for one in std::mem::take(found) {
        let name = last_name(&one).to_owned();
        let same = |(known, _): &&mut (Diagnostic, Vec<String>)| {
            (known.code, &known.location) == (one.code, &one.location)
        };
        match joined.iter_mut().find(same) {
            Some((_, names)) if one.code == Code::MISSING_FIELD => names.push(name),
            _ => joined.push((one, vec![name])),
        }
    }
    found.extend(joined.into_iter().map(|(mut one, names)| {
        if let Some((last, first @ [_, ..])) = names.split_last() {
            let first: Vec<String> = first.iter().map(|name| format!("`{name}`")).collect();
            one.message = format!("the fields {} and `{last}` are missing", first.join(", "));
            one.hints = vec!["add a line `name: …` for each of them".to_owned()];
        }
        one
    }));
}

/// A copy of a text in which mistakes are made good.
#[derive(Debug)]
pub(super) struct Copy {
    pub(super) text: String,
    /// Lines of the copy that the file has not.
    inserted: Vec<u32>,
    /// Where a line has other characters than in the file: line, column, how many it had there and has now.
    moved: Vec<(u32, u32, u32, u32)>,
    /// Fields of which enough was said.
    quiet: Vec<String>,
    /// What stood on lines that are no longer as written: what is named there is not missing.
    lost: String,
    /// Lines of the file with a slip of the syntax, and whether it reaches into the next line.
    slips: Vec<(u32, bool)>,
    effort: usize,
}

/// A change: these bytes become that text.
pub(super) type Change = (Range<usize>, String);

impl Copy {
    /// A text of whose fields `quiet` enough was said.
    pub(super) fn of(text: &str, quiet: Vec<String>) -> Self {
        Copy {
            text: text.to_owned(),
            inserted: Vec::new(),
            moved: Vec::new(),
            quiet,
            lost: String::new(),
            slips: Vec::new(),
            effort: EFFORT.min(text.len().saturating_mul(READS)),
        }
    }

    /// Makes all indentation one of spaces, and reads the copy.
    fn straighten<T: DeserializeOwned>(&mut self) -> Option<Result<T, Error>> {
        for change in slips::with_spaces(&self.text) {
            self.change(change);
        }
        self.read()
    }

    /// The diagnostic, placed in the file.
    pub(super) fn placed(&self, file: FileRef, mut said: Diagnostic) -> Diagnostic {
        if let Some(place) = &mut said.location {
            for (line, column, had, has) in self.moved.iter().rev() {
                if *line != place.line || place.column <= *column {
                    continue;
                }
                place.column = match place.column >= column + has {
                    true => place.column + had - has,
                    false => *column,
                };
            }
            let before = self.inserted.iter().filter(|line| **line < place.line);
            place.line -= u32::try_from(before.count()).unwrap_or(0).min(place.line);
            said.snippet = file.line(place.line).map(Into::into);
        }
        said
    }

    /// Whether what is wrong comes of what was made good.
    pub(super) fn is_quiet(&self, said: &Diagnostic) -> bool {
        let path = said.field.as_deref().unwrap_or_default();
        let below = |quiet: &String| {
            // Of the file as a whole the path is empty.
            path.strip_prefix(quiet.as_str()).is_some_and(|rest| {
                quiet.is_empty() || rest.is_empty() || rest.starts_with(['.', '['])
            })
        };
        let line = said.location.as_ref().map_or(0, |place| place.line);
        let lost = self.has_lost(said);
        let slipped = self.slips.iter().any(|(slip, _)| *slip == line);
        // Of two fields of one name only one was made good.
        slipped || said.code != Code::FIELD_TWICE && (lost || self.quiet.iter().any(below))
    }

    /// Whether a field that is said to be missing is named on a line that is no longer as written.
    fn has_lost(&self, said: &Diagnostic) -> bool {
        let mut words = self.lost.split(|c: char| !c.is_alphanumeric() && c != '_');
        said.code == Code::MISSING_FIELD && words.any(|word| word == last_name(said))
    }

    /// Whether a slip of the syntax stands where one was made good, or comes of it: then it was not made good.
    fn goes_round(&self, said: &Diagnostic) -> bool {
        let line = said.location.as_ref().map_or(0, |place| place.line);
        let same = |(slip, reaches): &(u32, bool)| line == *slip || *reaches && line == slip + 1;
        slips::is_slip(said) && self.slips.iter().any(same)
    }

    /// Makes good what is wrong: what is wrong next, if anything is; `None` where nothing can be done.
    fn mend<T: DeserializeOwned>(
        &mut self,
        file: FileRef,
        error: &Error,
        said: &Diagnostic,
    ) -> Option<Option<Error>> {
        if slips::is_slip(said) {
            let line = said.location.as_ref()?.line;
            let within_line = [
                Code::COLON_IN_VALUE,
                Code::TEXT_AFTER_QUOTE,
                Code::VALUE_START,
                Code::UNKNOWN_ESCAPE,
                Code::NOT_FIELDS,
            ];
            self.slips.push((line, !within_line.contains(&said.code)));
            self.lost.push_str(file.line(line)?);
            self.lost.push('\n');
            let above = self.inserted.iter().filter(|known| **known <= line);
            let line = line + u32::try_from(above.count()).ok()?;
            let changes = slips::made_good(&self.text, said.code, line)?;
            for change in changes {
                self.change(change);
            }
            return Some(self.read::<T>()?.err());
        }
        let place = error.location()?;
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let place = (narrow(place.line()), narrow(place.column()));
        let parts = Parts::of(&self.text);
        match error {
            Error::SerdeUnknownField {
                field, expected, ..
            } => {
                let key = parts.key_at(place)?;
                let taken = |name: &&str| !is_there(&parts, parts.0[key].parent, name);
                let names = expected.iter().copied().filter(taken);
                match nearest(field, names) {
                    Some(near) => self.change((parts.0[key].bytes.clone(), near.to_owned())),
                    None => self.take_out(&parts, key),
                }
            }
            Error::DuplicateMappingKey { .. }
            | Error::ExpectedMappingEndAfterEnumVariantValue { .. } => {
                self.take_out(&parts, parts.key_at(place)?);
            }
            Error::SerdeMissingField { field, .. } => {
                return self.fill_in::<T>(&parts, parts.fields_at(place)?, field);
            }
            Error::SerdeUnknownVariant {
                expected, variant, ..
            } => {
                return match parts.key_at(place) {
                    Some(key) => self.rename::<T>(&parts, key, variant, expected),
                    None => self.replace::<T>(&parts, self.value(&parts, place, said)?, expected),
                };
            }
            Error::Budget { .. } | Error::AliasError { .. } => return None,
            _ => return self.replace::<T>(&parts, self.value(&parts, place, said)?, &FILLINGS),
        }
        Some(self.read::<T>()?.err())
    }

    /// The value that an error means.
    fn value(&self, parts: &Parts, place: (u32, u32), said: &Diagnostic) -> Option<usize> {
        let is_value = |part: &Part| !matches!(part.role, Role::Key(_));
        let path = said.field.as_deref()?;
        let named = |at: &usize| is_value(&parts.0[*at]) && parts.path(*at) == path;
        let at = parts.at(place, is_value);
        at.or_else(|| (0..parts.0.len()).find(named))
    }

    /// Reads the copy.
    fn read<T: DeserializeOwned>(&mut self) -> Option<Result<T, Error>> {
        self.effort = self.effort.checked_sub(self.text.len())?;
        Some(parse::read(&self.text))
    }

    /// Takes a field out, with all that is in it.
    fn take_out(&mut self, parts: &Parts, key: usize) {
        let value = parts
            .0
            .iter()
            .position(|part| part.role == Role::Value(key));
        let start = parts.0[key].bytes.start;
        let end = value.map_or(parts.0[key].bytes.end, |value| parts.0[value].bytes.end);
        let mut end = start + self.text[start..end.max(start)].trim_end().len();
        let after = &self.text[end..];
        // What parts it from the next in braces, or the colon of one without a value.
        if after.trim_start().starts_with([',', ':']) {
            end += after.len() - after.trim_start().len() + 1;
        }
        let fields = parts.0[key].parent;
        let others = parts.0.iter().enumerate();
        let mut others = others.filter(|(at, part)| {
            part.parent == fields && *at != key && matches!(part.role, Role::Key(_))
        });
        if others.next().is_none() {
            self.quiet.extend(fields.map(|fields| parts.path(fields)));
        }
        let blank = |c| if c == '\n' { '\n' } else { ' ' };
        let blanks = self.text[start..end].chars().map(blank).collect();
        self.change((start..end, blanks));
    }

    /// Adds a field before all others.
    fn fill_in<T: DeserializeOwned>(
        &mut self,
        parts: &Parts,
        fields: usize,
        name: &str,
    ) -> Option<Option<Error>> {
        let at = parts.0[fields].bytes.start;
        let first = parts.first_key(fields);
        let in_braces = self.text[at..].starts_with('{');
        let comma = if first.is_some() { ", " } else { "" };
        let key = first.map(|first| &parts.0[first]);
        let column = key.map_or(1, |key| key.column).saturating_sub(1);
        let indent = " ".repeat(usize::try_from(column).ok()?);
        let path = match parts.path(fields) {
            path if path.is_empty() => name.to_owned(),
            path => format!("{path}.{name}"),
        };
        self.quiet.push(path);
        let at = match in_braces {
            true => at + 1,
            false => key?.bytes.start,
        };
        self.first_that_fits::<T>(&FILLINGS, |filling| match in_braces {
            true => (at..at, format!("{name}: {filling}{comma}")),
            false => (at..at, format!("{name}: {filling}\n{indent}")),
        })
    }

    /// Puts something else in the place of a value.
    fn replace<T: DeserializeOwned>(
        &mut self,
        parts: &Parts,
        value: usize,
        fillings: &[&str],
    ) -> Option<Option<Error>> {
        let bytes = self.bytes_of(parts, value)?;
        self.quiet.push(parts.path(value));
        let old = &self.text[bytes.clone()];
        let lines = "\n".repeat(old.matches('\n').count());
        let width = if lines.is_empty() {
            old.chars().count()
        } else {
            0
        };
        let start = if bytes.is_empty() { " " } else { "" };
        self.first_that_fits::<T>(fillings, |filling| {
            // The line keeps its length, which may be more than a format takes.
            let rest = " ".repeat(width.saturating_sub(filling.len()));
            (bytes.clone(), format!("{start}{filling}{rest}{lines}"))
        })
    }

    /// Gives the one field of a chapter or a block the name that is meant.
    fn rename<T: DeserializeOwned>(
        &mut self,
        parts: &Parts,
        key: usize,
        name: &str,
        expected: &[&'static str],
    ) -> Option<Option<Error>> {
        if let Some(near) = nearest(name, expected.iter().copied()) {
            self.change((parts.0[key].bytes.clone(), near.to_owned()));
            return Some(self.read::<T>()?.err());
        }
        let any: Vec<String> = expected
            .iter()
            .map(|name| format!("{{{name}: x}}"))
            .collect();
        let any: Vec<&str> = any.iter().map(String::as_str).collect();
        self.replace::<T>(parts, parts.0[key].parent?, &any)
    }

    /// Makes the first change after which the copy has no mistake in that place.
    fn first_that_fits<T: DeserializeOwned>(
        &mut self,
        fillings: &[&str],
        change: impl Fn(&str) -> Change,
    ) -> Option<Option<Error>> {
        let before = (self.text.clone(), self.inserted.clone(), self.moved.clone());
        let mut left: Vec<&str> = fillings.iter().rev().copied().collect();
        while let Some(filling) = left.pop() {
            let change = change(filling);
            let line = place_of(&self.text, change.0.start).0;
            self.change(change);
            let Some(error) = self.read::<T>()?.err() else {
                return Some(None);
            };
            let said = messages::explain(
                FileRef {
                    path: "",
                    text: &self.text,
                },
                error.without_snippet(),
            );
            let there = said.location.as_ref().is_some_and(|at| at.line == line);
            if said.code == Code::MISSING_FIELD || !there || !self.is_quiet(&said) {
                return Some(Some(error));
            }
            if let Error::SerdeUnknownVariant { expected, .. } = error.without_snippet() {
                left.extend(expected.first().filter(|word| !fillings.contains(word)));
            }
            (self.text, self.inserted, self.moved) = before.clone();
        }
        None
    }

    /// The bytes of a value, with the `|` of a block; where there is none, the place after its field's colon or its hyphen.
    fn bytes_of(&self, parts: &Parts, value: usize) -> Option<Range<usize>> {
        let Part { bytes, role, .. } = &parts.0[value];
        let old = self.text[bytes.clone()].trim_end();
        if old.is_empty() {
            let from = match role {
                Role::Value(key) => parts.0[*key].bytes.end,
                _ => self.text[..bytes.start].trim_end().rfind('-')?,
            };
            let sign = self.text[from..].find([':', '-'])? + from + 1;
            return Some(sign..sign);
        }
        let before = self.text[..bytes.start].trim_end();
        let header =
            before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
        let is_block = header.ends_with(['|', '>']) && before.len() + 1 < bytes.start;
        let start = if is_block {
            header.len() - 1
        } else {
            bytes.start
        };
        Some(start..bytes.start + old.len())
    }

    /// Makes a change, and notes what it does to lines and columns.
    fn change(&mut self, (bytes, new): Change) {
        let (line, column) = place_of(&self.text, bytes.start);
        let old = &self.text[bytes.clone()];
        let lines = |text: &str| text.matches('\n').count();
        if lines(&new) > lines(old) {
            for known in self.inserted.iter_mut().filter(|known| **known > line) {
                *known += 1;
            }
            for (known, ..) in self.moved.iter_mut().filter(|(known, ..)| *known > line) {
                *known += 1;
            }
            self.inserted.push(line);
        } else if lines(old) == 0 {
            let width = |text: &str| u32::try_from(text.chars().count()).unwrap_or(0);
            self.moved.push((line, column, width(old), width(&new)));
        }
        self.text.replace_range(bytes, &new);
    }
}

/// Whether fields have one of that name.
fn is_there(parts: &Parts, fields: Option<usize>, name: &str) -> bool {
    let same = |part: &Part| part.parent == fields && part.role == Role::Key(name.to_owned());
    parts.0.iter().any(same)
}

/// Line and column of a byte.
fn place_of(text: &str, byte: usize) -> (u32, u32) {
    let before = &text[..byte];
    let last = before.rsplit('\n').next().unwrap_or_default();
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    (
        narrow(before.matches('\n').count() + 1),
        narrow(last.chars().count() + 1),
    )
}
