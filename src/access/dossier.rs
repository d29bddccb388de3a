//! The dossier: every criterion with what decided it, as data.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::checks::{self, Finding, Outcome};
use super::criteria::{self, Criterion, Standard};
use super::features::{self, Look};
use super::heard::{self, HeardLine};
use super::places::{self, Places};
use super::read::Reader;
use super::signoffs::{SignOffs, Signed, Worth};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Kind, many};
use crate::base::digest::sha256;
use crate::pdf::read::ReadBack;
use crate::source::Source;
use crate::verify::conformance::contrast::{self, Contrasts, Pair};
use crate::verify::conformance::{self, Breach, Check, Inspection};

/// Number of the form of the dossier.
const FORM: u32 = 1;

/// Most findings or changes that a message names.
const SHOWN: usize = 5;

/// Checks of the standards that criteria may name, besides those of quality.
#[cfg(test)]
pub(super) const STANDARDS: &[&str] = &["pdf-ua-1", "pdf-ua-1-unnumbered", "pdf-a-2a"];

/// What is known of a file besides its bytes.
pub struct About<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Name of its layout.
    pub layout: &'a str,
    /// The source that it was made from.
    pub source: Option<&'a Source>,
    /// What people have found in order.
    pub signed: &'a SignOffs,
}

/// How a criterion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A check has found something wrong.
    Failed,
    /// What a person found in order has changed since.
    Lapsed,
    /// A person has to look.
    Open,
    /// A person has found it in order.
    Signed,
    /// A check has found it in order.
    Passed,
    /// The file has nothing that it is about.
    NotApplicable,
}

impl Status {
    /// What people call it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Failed => "failed",
            Status::Lapsed => "signed, but changed since",
            Status::Open => "for a person",
            Status::Signed => "signed by a person",
            Status::Passed => "passed by machine",
            Status::NotApplicable => "not applicable",
        }
    }
}

/// A criterion with how it stands.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Number or name.
    pub id: String,
    /// Its standard.
    pub standard: String,
    /// The clause.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub clause: String,
    /// What must hold.
    pub title: String,
    /// How it stands.
    pub status: Status,
    /// What decided it, or has to: the name of a check, a person, other criteria.
    pub decided_by: String,
    /// Why it does not apply, or why the check cannot tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What the check found wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The question to a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// The topic to look at for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub look: Option<String>,
    /// Who found it in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_off: Option<Signed>,
    /// The criteria that it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests: Vec<String>,
}

/// How many criteria stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Failed by machine.
    pub failed: usize,
    /// Signed by people, and changed since.
    pub lapsed: usize,
    /// For people to look at.
    pub open: usize,
    /// Signed by people.
    pub signed: usize,
    /// Passed by machine.
    pub passed: usize,
    /// Not applicable.
    pub not_applicable: usize,
}

/// A pair of colours on the pages.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColourPair {
    /// Colour of the text.
    pub text: String,
    /// Colour of its ground.
    pub ground: String,
    /// Whether the text is large (18 pt, or 14 pt in bold).
    pub large: bool,
    /// Contrast of the two, from 1 to 21.
    pub ratio: f64,
    /// What it must be at least.
    pub least: f64,
    /// Page of the first such text, from 1.
    pub page: usize,
    /// Words of it.
    pub words: String,
    /// How many texts there are.
    pub count: usize,
}

/// What `access.json` says.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// Form of the file.
    pub dossier: u32,
    /// Name of the PDF file that it is about.
    pub file: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// Its layout.
    pub layout: String,
    /// Its title.
    pub title: String,
    /// Its language as a BCP 47 tag.
    pub language: String,
    /// Number of its pages.
    pub pages: usize,
    /// How many criteria stand how.
    pub counts: Counts,
    /// Every criterion.
    pub criteria: Vec<Entry>,
    /// What people look at, by topic.
    pub looks: Vec<Places>,
    /// Every pair of text and ground on the pages, those that stand out least first.
    pub contrast: Vec<ColourPair>,
    /// What is read aloud, from beginning to end.
    pub heard: Vec<HeardLine>,
}

/// Judges a PDF file by every criterion.
///
/// # Errors
/// The file cannot be read as a PDF file.
pub fn assess(made: &ReadBack<'_>, about: &About<'_>) -> Result<Dossier, Diagnostics> {
    let inspection = conformance::of_pdf(&[Check::PdfUa1, Check::PdfA2a], made)?;
    let reader = match Reader::of(made) {
        Ok(reader) => reader,
        Err(why) => return locked(&inspection, &why, about, made.bytes()),
    };
    let contrasts = contrast::look_over(reader.drawings);
    let look = Look {
        reader: &reader,
        contrasts: &contrasts,
    };
    let mut looks: BTreeMap<&str, Places> = BTreeMap::new();
    for topic in criteria::all().iter().filter_map(|one| one.look.as_deref()) {
        looks
            .entry(topic)
            .or_insert_with(|| places::of(topic, &look, about.source));
    }
    let judge = Judge {
        look: &look,
        inspection: &inspection,
        looks: &looks,
        about,
    };
    let mut entries: Vec<Entry> = criteria::all().iter().map(|one| judge.entry(one)).collect();
    rest(&mut entries);
    let info = reader.file.dict(reader.file.trailer(), "Info");
    let title = info.and_then(|info| reader.file.text(info, "Title"));
    let asked: Vec<String> = entries.iter().filter_map(|one| one.look.clone()).collect();
    let looks = looks.into_values();
    Ok(Dossier {
        dossier: FORM,
        file: about.file.to_owned(),
        sha256: sha256(made.bytes()),
        layout: about.layout.to_owned(),
        title: title.unwrap_or_default(),
        language: reader.language().unwrap_or_default(),
        pages: reader.file.pages().len(),
        counts: Counts::of(&entries),
        criteria: entries,
        looks: looks.filter(|one| asked.contains(&one.topic)).collect(),
        contrast: pairs(&contrasts),
        heard: heard::lines(&reader),
    })
}

/// What can be said of a file that is locked.
fn locked(
    inspection: &Inspection,
    why: &str,
    about: &About<'_>,
    bytes: &[u8],
) -> Result<Dossier, Diagnostics> {
    let entry = |one: &Criterion| {
        let findings = numbered(inspection, Some(&one.id));
        let status = match findings.is_empty() {
            true => Status::Open,
            false => Status::Failed,
        };
        Entry {
            status,
            findings,
            reason: Some(format!("the file cannot be read: {why}")),
            ..blank(one)
        }
    };
    let entries: Vec<Entry> = criteria::all().iter().map(entry).collect();
    Ok(Dossier {
        dossier: FORM,
        file: about.file.to_owned(),
        sha256: sha256(bytes),
        layout: about.layout.to_owned(),
        title: String::new(),
        language: String::new(),
        pages: 0,
        counts: Counts::of(&entries),
        criteria: entries,
        looks: Vec::new(),
        contrast: Vec::new(),
        heard: Vec::new(),
    })
}

/// A criterion that nothing has decided yet.
fn blank(criterion: &Criterion) -> Entry {
    Entry {
        id: criterion.id.clone(),
        standard: criterion.standard.name().to_owned(),
        clause: match criterion.standard {
            Standard::Matterhorn => format!("ISO 14289-1 {}", criterion.clause),
            _ => criterion.clause.clone(),
        },
        title: criterion.title.clone(),
        status: Status::Open,
        decided_by: match &criterion.check {
            Some(check) => format!("check {check}"),
            None => "person".into(),
        },
        reason: None,
        findings: Vec::new(),
        question: None,
        look: None,
        sign_off: None,
        rests: criterion.rests.clone(),
    }
}

/// The breaches of PDF/UA-1 with a number, or those that have none.
fn numbered(inspection: &Inspection, id: Option<&str>) -> Vec<Finding> {
    let verdicts = inspection.verdicts.iter();
    let ua = verdicts.filter(|one| one.check == Check::PdfUa1.name());
    let breaches = ua.flat_map(|one| &one.breaches);
    breaches
        .filter(|one| one.condition == id)
        .map(said)
        .collect()
}

fn said(breach: &Breach) -> Finding {
    Finding {
        message: format!("{} ({})", breach.message, breach.clause),
        page: breach.page,
        words: breach.object.clone(),
        count: breach.count,
    }
}

struct Judge<'a> {
    look: &'a Look<'a>,
    inspection: &'a Inspection,
    looks: &'a BTreeMap<&'a str, Places>,
    about: &'a About<'a>,
}

impl Judge<'_> {
    fn entry(&self, criterion: &Criterion) -> Entry {
        let entry = blank(criterion);
        let outcome = criterion
            .check
            .as_deref()
            .map(|check| self.check(check, criterion));
        // What is wrong is said also where the file seems to have nothing of the kind.
        if let Some(Outcome::Found(findings)) = &outcome
            && !findings.is_empty()
        {
            return Entry {
                status: Status::Failed,
                findings: findings.clone(),
                ..entry
            };
        }
        let never = criterion.outside.clone().or(criterion.untested.clone());
        let lacks = criterion
            .needs
            .as_deref()
            .and_then(|need| features::lacks(self.look, need));
        if let Some(reason) = never.or(lacks) {
            let decided_by = match criterion.needs.is_some() {
                true => "check of what the file has".into(),
                false => "its standard".into(),
            };
            return Entry {
                status: Status::NotApplicable,
                decided_by,
                reason: Some(reason),
                ..entry
            };
        }
        match outcome {
            Some(Outcome::Found(_)) => Entry {
                status: Status::Passed,
                ..entry
            },
            Some(Outcome::CannotTell(why)) => Entry {
                reason: Some(why),
                ..self.asked(criterion, entry)
            },
            None if !criterion.rests.is_empty() => entry,
            None => self.asked(criterion, entry),
        }
    }

    fn check(&self, check: &str, criterion: &Criterion) -> Outcome {
        match check {
            "pdf-ua-1" => Outcome::Found(numbered(self.inspection, Some(&criterion.id))),
            "pdf-ua-1-unnumbered" => Outcome::Found(numbered(self.inspection, None)),
            "pdf-a-2a" => {
                let verdicts = self.inspection.verdicts.iter();
                let archive = verdicts.filter(|one| one.check == Check::PdfA2a.name());
                Outcome::Found(archive.flat_map(|one| &one.breaches).map(said).collect())
            }
            own => checks::run(own, self.look)
                .unwrap_or_else(|| Outcome::CannotTell(format!("there is no check `{own}`"))),
        }
    }

    /// A criterion that a person decides.
    fn asked(&self, criterion: &Criterion, entry: Entry) -> Entry {
        let topic = criterion.look.as_deref().unwrap_or("pages");
        let entry = Entry {
            decided_by: "person".into(),
            question: criterion.ask.clone(),
            look: criterion.look.clone(),
            ..entry
        };
        let Some(now) = self.looks.get(topic) else {
            return entry;
        };
        match self.about.signed.worth(criterion, self.about.layout, now) {
            Worth::Missing => entry,
            Worth::Holds(one) => Entry {
                status: Status::Signed,
                sign_off: Some(signed(one, Vec::new())),
                ..entry
            },
            Worth::Lapsed(one, changed) => Entry {
                status: Status::Lapsed,
                sign_off: Some(signed(one, changed)),
                ..entry
            },
        }
    }
}

fn signed(one: &super::SignOff, changed: Vec<String>) -> Signed {
    Signed {
        by: one.by.clone(),
        on: one.on.clone(),
        note: one.note.clone(),
        changed,
    }
}

/// Settles the criteria that rest on others: the worst of these decides.
fn rest(entries: &mut [Entry]) {
    // Some rest on one that rests on others.
    for _ in 0..3 {
        let known: BTreeMap<String, Status> = entries
            .iter()
            .map(|one| (one.id.clone(), one.status))
            .collect();
        for entry in entries.iter_mut().filter(|one| !one.rests.is_empty()) {
            let below = entry.rests.iter().filter_map(|id| known.get(id).copied());
            // What does not apply decides only where nothing applies.
            entry.status = below.min().unwrap_or(Status::Open);
            entry.decided_by = format!("criteria {}", entry.rests.join(", "));
            entry.reason = (entry.status == Status::NotApplicable)
                .then(|| "none of the criteria that it rests on applies".to_owned());
        }
    }
}

fn pairs(contrasts: &Contrasts) -> Vec<ColourPair> {
    let pair = |one: &Pair| ColourPair {
        text: one.text.clone(),
        ground: one.ground.clone(),
        large: one.large,
        ratio: one.ratio,
        least: one.least,
        page: one.page,
        words: one.words.clone(),
        count: one.count,
    };
    contrasts.pairs.iter().map(pair).collect()
}

impl Counts {
    fn of(entries: &[Entry]) -> Counts {
        let count = |status| entries.iter().filter(|one| one.status == status).count();
        Counts {
            failed: count(Status::Failed),
            lapsed: count(Status::Lapsed),
            open: count(Status::Open),
            signed: count(Status::Signed),
            passed: count(Status::Passed),
            not_applicable: count(Status::NotApplicable),
        }
    }
}

impl Dossier {
    /// The dossier as `access.json`, with a final line end.
    ///
    /// # Errors
    /// It cannot be written as JSON, which would be a mistake of the program.
    pub fn json(&self) -> Result<Vec<u8>, Diagnostics> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            let message = format!("the dossier cannot be written: {error}");
            Diagnostic::new(Code::INTERNAL, message).of_kind(Kind::Io)
        })?;
        Ok((text + "\n").into_bytes())
    }

    /// The dossier as `access.html`, with pictures of the first pages in PNG.
    ///
    /// # Errors
    /// As [`Dossier::json`].
    pub fn html(&self, pictures: &[Vec<u8>]) -> Result<Vec<u8>, Diagnostics> {
        super::html::page(self, pictures).map_err(|error| {
            let message = format!("the dossier cannot be written: {error}");
            Diagnostic::new(Code::INTERNAL, message)
                .of_kind(Kind::Io)
                .into()
        })
    }

    /// What is to be looked at for a criterion that a person decides.
    pub fn look_of(&self, criterion: &Criterion) -> Option<&Places> {
        let topic = criterion.look.as_deref()?;
        self.looks.iter().find(|one| one.topic == topic)
    }

    /// How it stands in one line: `212 criteria: 103 passed by machine, …`.
    pub fn summary(&self) -> String {
        let counts = self.counts;
        let said = [
            (counts.failed, Status::Failed),
            (counts.lapsed, Status::Lapsed),
            (counts.passed, Status::Passed),
            (counts.signed, Status::Signed),
            (counts.open, Status::Open),
            (counts.not_applicable, Status::NotApplicable),
        ];
        let said = said.into_iter().filter(|(count, _)| *count > 0);
        let said: Vec<String> = said
            .map(|(count, status)| format!("{count} {}", status.word()))
            .collect();
        format!(
            "{}: {}",
            many(self.criteria.len(), "criterion").replace("criterions", "criteria"),
            said.join(", ")
        )
    }

    /// What is wrong, and what has lapsed: errors and warnings.
    pub fn diagnostics(&self) -> Diagnostics {
        let mut found = Diagnostics::default();
        for entry in self.failed() {
            for one in &entry.findings {
                let message = format!("{}: {}: {}", self.file, entry.id, one.said());
                let hint = format!("what must hold: {}", entry.title);
                found.push(Diagnostic::new(Code::NOT_ACCESSIBLE, message).hint(hint));
            }
        }
        found.extend(self.lapsed());
        found
    }

    /// The same, where the file is to be there all the same: what is wrong as warnings, one for each criterion.
    pub fn warnings(&self) -> Diagnostics {
        let warning = |entry: &Entry| {
            let message = format!(
                "{}: criterion {} failed: {}",
                self.file, entry.id, entry.title
            );
            let findings = entry.findings.iter().take(SHOWN);
            findings.fold(
                Diagnostic::new(Code::CRITERION_FAILED, message),
                |found, one| found.hint(one.said()),
            )
        };
        let mut found: Diagnostics = self.failed().map(warning).collect();
        found.extend(self.lapsed());
        found
    }

    fn failed(&self) -> impl Iterator<Item = &Entry> {
        let all = self.criteria.iter();
        all.filter(|one| one.rests.is_empty() && one.status == Status::Failed)
    }

    /// Sign-offs that have lapsed.
    fn lapsed(&self) -> Diagnostics {
        let mut found = Diagnostics::default();
        for entry in self
            .criteria
            .iter()
            .filter(|one| one.status == Status::Lapsed)
        {
            let Some(signed) = &entry.sign_off else {
                continue;
            };
            let message = format!(
                "{}: what {} found in order on {} for criterion {} has changed since",
                self.file, signed.by, signed.on, entry.id
            );
            let mut warning = Diagnostic::new(Code::SIGN_OFF_LAPSED, message);
            for change in signed.changed.iter().take(SHOWN) {
                warning = warning.hint(change.clone());
            }
            let hint = format!(
                "look again, then: gmg-export access sign {} --by NAME",
                entry.id
            );
            found.push(warning.hint(hint));
        }
        found
    }
}

impl Finding {
    /// The finding with its place, on one line.
    fn said(&self) -> String {
        let page = match self.page {
            0 => String::new(),
            page => format!(", page {page}"),
        };
        let words = match self.words.as_str() {
            "" => String::new(),
            words => format!(", {words}"),
        };
        format!("{}{page}{words}", self.message)
    }
}
