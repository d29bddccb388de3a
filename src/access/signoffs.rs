//! `access.yaml` next to report.yaml: who has found what in order, when, and of which words. A sign-off is given for a
//! digest of what was looked at; when that changes, it lapses.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::criteria::{self, Criterion};
use super::places::Places;
use crate::base::diagnostic::{Code, Diagnostics, Kind, Location, did_you_mean};
use crate::base::files::Problem;
use crate::source::schema::{Literal, Located};
use crate::source::{self, FileRef, Folder};

pub use crate::source::ACCESS_FILE as FILE;

/// The largest such file that is read, in bytes.
const LARGEST: u64 = 4 << 20;

/// A sign-off: a person answers for a criterion that no machine decides.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOffEntry {
    /// The criterion, such as 13-005 or alt-texts-are-right.
    pub criterion: Literal,
    /// Name of the person.
    pub by: Literal,
    /// The day, such as 2026-11-30.
    pub on: Literal,
    /// What it was given for: the SHA-256 of what the person looked at, as `gmg-export access sign` writes it.
    pub of: Literal,
    /// The layout whose file the person looked at.
    pub layout: Option<Literal>,
    /// What the person wants to say about it.
    pub note: Option<Literal>,
    /// Each place that was looked at, with its digest, so that what has changed since can be named.
    pub seen: Option<Located<BTreeMap<String, String>>>,
}

/// `access.yaml`: what people have found in order.
pub type AccessFile = Vec<SignOffEntry>;

/// A sign-off that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// The criterion.
    pub criterion: String,
    /// Name of the person.
    pub by: String,
    /// The day, as ISO 8601 writes it.
    pub on: String,
    /// SHA-256 of what the person looked at.
    pub of: String,
    /// The layout.
    pub layout: String,
    /// What the person wants to say.
    pub note: Option<String>,
    /// The places with their digests.
    pub seen: BTreeMap<String, String>,
    /// Where it is written.
    pub place: Location,
}

/// All sign-offs of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignOffs(pub Vec<SignOff>);

/// What a sign-off is worth now.
pub(super) enum Worth<'a> {
    /// It holds.
    Holds(&'a SignOff),
    /// What it was given for has changed, in these places.
    Lapsed(&'a SignOff, Vec<String>),
    /// There is none.
    Missing,
}

impl SignOffs {
    /// Reads the sign-offs in the folder of a source; none where it has no such file.
    ///
    /// # Errors
    /// All that is wrong with the file, each with its place.
    pub fn in_folder(folder: &Folder) -> Result<SignOffs, Diagnostics> {
        let path = folder.display(FILE);
        let bytes = match folder.read(FILE, LARGEST) {
            Ok(bytes) => bytes,
            Err(Problem::Missing { similar: None }) => return Ok(SignOffs::default()),
            Err(problem) => return Err(problem.diagnostic(&path).into()),
        };
        SignOffs::of(&path, &bytes)
    }

    /// The sign-offs that a file says.
    ///
    /// # Errors
    /// As [`SignOffs::in_folder`].
    pub fn of(path: &str, bytes: &[u8]) -> Result<SignOffs, Diagnostics> {
        let text = String::from_utf8_lossy(bytes);
        if source::says_nothing(text.trim_start_matches('\u{feff}')) {
            return Ok(SignOffs::default());
        }
        let file = source::yaml::<AccessFile>(path, bytes, Kind::Source)?;
        let mut found = Diagnostics::default();
        let mut all = Vec::new();
        for (index, entry) in file.content.iter().enumerate() {
            all.extend(one(entry, index, file.as_ref(), &mut found));
        }
        found.or_value(SignOffs(all)).map(|(all, _)| all)
    }

    /// What the last sign-off of a criterion is worth for what is to be looked at now.
    pub(super) fn worth(&self, criterion: &Criterion, layout: &str, now: &Places) -> Worth<'_> {
        let own = || {
            self.0
                .iter()
                .rev()
                .filter(|one| one.criterion == criterion.id)
        };
        if let Some(holds) = own().find(|one| one.of == now.of) {
            return Worth::Holds(holds);
        }
        let Some(old) = own().find(|one| one.layout == layout) else {
            return Worth::Missing;
        };
        let mut changed = Vec::new();
        for place in &now.places {
            match old.seen.get(&place.key) {
                Some(of) if *of == place.of => {}
                Some(_) => changed.push(format!("“{}” has changed", place.key)),
                None => changed.push(format!("“{}” is new", place.key)),
            }
        }
        for gone in old.seen.keys() {
            if !now.places.iter().any(|place| place.key == *gone) {
                changed.push(format!("“{gone}” is gone"));
            }
        }
        if changed.is_empty() {
            changed.push("the order of the places has changed, or the sign-off does not say what it was given for".into());
        }
        Worth::Lapsed(old, changed)
    }
}

/// Checks a sign-off.
fn one(
    entry: &SignOffEntry,
    index: usize,
    file: FileRef<'_>,
    found: &mut Diagnostics,
) -> Option<SignOff> {
    let mut wrong = |code: Code, value: &Literal, field: &str, message: String, hint: String| {
        let one = file.diagnostic(code, value.line, value.column, message);
        let one = one.of_kind(Kind::Source);
        found.push(one.field(format!("[{index}].{field}")).hint(hint));
    };
    let before = file_errors(entry);
    for (field, value, problem, hint) in before {
        let code = match field {
            "criterion" => match problem.starts_with("there is no") {
                true => Code::NO_CRITERION,
                false => Code::NOT_FOR_PEOPLE,
            },
            "on" => Code::BAD_DAY,
            "of" => Code::BAD_DIGEST,
            _ => Code::NOBODY_SIGNED,
        };
        wrong(code, value, field, problem, hint);
    }
    Some(SignOff {
        criterion: entry.criterion.value.trim().to_owned(),
        by: entry.by.value.trim().to_owned(),
        on: entry.on.value.trim().to_owned(),
        of: entry.of.value.trim().to_owned(),
        layout: entry
            .layout
            .as_ref()
            .map_or("screen", |layout| layout.value.trim())
            .to_owned(),
        note: entry.note.as_ref().map(|note| note.value.trim().to_owned()),
        seen: entry
            .seen
            .as_ref()
            .map(|seen| seen.value.clone())
            .unwrap_or_default(),
        place: file.location(entry.criterion.line, entry.criterion.column),
    })
}

type Wrong<'e> = (&'static str, &'e Literal, String, String);

fn file_errors(entry: &SignOffEntry) -> Vec<Wrong<'_>> {
    let mut wrong: Vec<Wrong<'_>> = Vec::new();
    let id = entry.criterion.value.trim();
    if let Err((problem, hint)) = for_people(id) {
        wrong.push(("criterion", &entry.criterion, problem, hint));
    }
    if entry.by.value.trim().is_empty() {
        let problem = "a sign-off names nobody".to_owned();
        wrong.push((
            "by",
            &entry.by,
            problem,
            "write the name of the person".into(),
        ));
    }
    if !is_day(entry.on.value.trim()) {
        let problem = format!("`{}` is no day", entry.on.value.trim());
        wrong.push(("on", &entry.on, problem, "write it as 2026-11-30".into()));
    }
    let of = entry.of.value.trim();
    let digits = of
        .bytes()
        .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if of.len() != 64 || !digits {
        let problem = format!("`{of}` is no SHA-256 of what was looked at");
        let hint = format!("let the program write it: gmg-export access sign {id} --by NAME");
        wrong.push(("of", &entry.of, problem, hint));
    }
    wrong
}

/// The criterion of that number or name, if people decide it.
///
/// # Errors
/// What is wrong, and what to do.
pub fn for_people(id: &str) -> Result<&'static Criterion, (String, String)> {
    let Some(criterion) = criteria::find(id) else {
        let names = criteria::all().iter().filter(|one| one.ask.is_some());
        let hint = did_you_mean(id, names.map(|one| one.id.as_str()));
        let hint = hint.unwrap_or_else(|| {
            "`gmg-export access` writes a list of all with their numbers".into()
        });
        return Err((format!("there is no criterion `{id}`"), hint));
    };
    match criterion.ask.is_some() {
        true => Ok(criterion),
        false => {
            let hint = match criterion.rests.is_empty() {
                true => "remove the sign-off: the program finds out by itself".to_owned(),
                false => format!(
                    "sign those that it rests on: {}",
                    criterion.rests.join(", ")
                ),
            };
            Err((
                format!("criterion `{id}` is not one that a person decides"),
                hint,
            ))
        }
    }
}

/// Whether a text is a day of the calendar as ISO 8601 writes it.
pub fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let sized = year.len() == 4 && month.len() == 2 && day.len() == 2;
    let numbers = (year.parse::<i32>(), month.parse::<u8>(), day.parse::<u8>());
    let (Ok(year), Ok(month), Ok(day)) = numbers else {
        return false;
    };
    let month = time::Month::try_from(month);
    sized && month.is_ok_and(|month| time::Date::from_calendar_date(year, month, day).is_ok())
}

/// What `sign` adds to `access.yaml`.
#[derive(Debug)]
pub struct NewSignOff<'a> {
    /// The criterion.
    pub criterion: &'a str,
    /// The person.
    pub by: &'a str,
    /// The day.
    pub on: &'a str,
    /// The layout.
    pub layout: &'a str,
    /// What the person wants to say.
    pub note: Option<&'a str>,
    /// What was looked at.
    pub seen: &'a Places,
}

/// The first line of a new file.
const HEAD: &str = "# What people have found in order; see `gmg-export help access`.";

/// The text of a file with a sign-off added at its end; what is in it stays as it is, and so do its indent and line ends.
pub fn added(text: &str, new: &NewSignOff<'_>) -> String {
    let all = match text.trim_end() {
        "" => HEAD,
        all => all,
    };
    let mut items = text
        .lines()
        .filter(|line| line.trim_start().starts_with("- "));
    let indent = items
        .next()
        .map_or(0, |line| line.len() - line.trim_start().len());
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = entry(new);
    let lines = lines
        .lines()
        .map(|line| format!("{end}{:indent$}{line}", ""));
    format!("{all}{}{end}", lines.collect::<String>())
}

/// An entry, from the margin.
fn entry(new: &NewSignOff<'_>) -> String {
    // JSON is YAML: quoted so, no name and no note can mean anything else.
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let mut all = format!("- criterion: {}\n", quoted(new.criterion));
    all.push_str(&format!(
        "  by: {}\n  on: {}\n  of: {}\n",
        quoted(new.by),
        new.on,
        new.seen.of
    ));
    all.push_str(&format!("  layout: {}\n", quoted(new.layout)));
    if let Some(note) = new.note {
        all.push_str(&format!("  note: {}\n", quoted(note)));
    }
    all.push_str("  seen:\n");
    for place in &new.seen.places {
        all.push_str(&format!(
            "    {}: {}\n",
            quoted(&place.key),
            quoted(&place.of)
        ));
    }
    all
}

/// A sign-off as the dossier shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// Name of the person.
    pub by: String,
    /// The day.
    pub on: String,
    /// What the person wants to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What has changed since, where it has lapsed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
}
