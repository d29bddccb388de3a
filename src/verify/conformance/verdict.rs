//! What a check says of a file: the verdict, and each clause that the file breaks.

use std::fmt;

use serde::Serialize;

/// Most different breaches that a verdict lists; a file with more has failed all the same.
const MOST: usize = 200;

/// A check of an artifact's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// What a machine can check of PDF/UA-1 (ISO 14289-1).
    PdfUa1,
    /// What is checked of PDF/A-2a (ISO 19005-2, level A).
    PdfA2a,
    /// How text stands out from its ground, on every page.
    Contrast,
    /// The package, references and accessibility of a Word file.
    Docx,
    /// Plain text that any mail program shows as it is.
    Txt,
}

impl Check {
    /// Name of the check; it stays the same from version to version.
    pub fn name(self) -> &'static str {
        match self {
            Check::PdfUa1 => "pdf-ua-1",
            Check::PdfA2a => "pdf-a-2a",
            Check::Contrast => "contrast",
            Check::Docx => "docx-structure",
            Check::Txt => "txt-plain",
        }
    }
}

/// The verdict of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Name of the check.
    pub check: &'static str,
    /// The clauses that the file breaks; none where it passed.
    pub breaches: Vec<Breach>,
}

impl Verdict {
    /// Whether the file breaks no clause.
    pub fn passed(&self) -> bool {
        self.breaches.is_empty()
    }
}

/// A clause that a file breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// The clause, such as `ISO 14289-1 7.1`.
    pub clause: String,
    /// What is wrong.
    pub message: String,
    /// Page from 1; 0 where it is not of one page.
    pub page: usize,
    /// What it is found in, such as `text “Contents”`; the first of several, empty for the file as a whole.
    pub object: String,
    /// How often it is found.
    pub count: usize,
    /// Number of the failure condition of the Matterhorn Protocol that it is, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'static str>,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.message, self.clause)?;
        if self.page > 0 {
            write!(f, ", page {}", self.page)?;
        }
        if !self.object.is_empty() {
            write!(f, ", {}", self.object)?;
        }
        match self.count {
            0 | 1 => f.write_str(")"),
            count => write!(f, ", {count} times)"),
        }
    }
}

/// Where a clause is broken.
#[derive(Debug, Clone, Default)]
pub(super) struct Spot {
    pub(super) page: usize,
    pub(super) object: String,
}

impl Spot {
    /// Something on the page with that index.
    pub(super) fn page(index: usize, object: impl Into<String>) -> Spot {
        Spot {
            page: index + 1,
            object: object.into(),
        }
    }

    /// Something of the file.
    pub(super) fn object(object: impl Into<String>) -> Spot {
        Spot {
            page: 0,
            object: object.into(),
        }
    }
}

/// What a file may break: a clause, with the number of the failure condition in the Matterhorn Protocol where it has
/// one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule<'r> {
    clause: &'r str,
    condition: Option<&'static str>,
}

impl Rule<'_> {
    /// The same clause with that condition.
    pub(super) fn with(self, condition: &'static str) -> Self {
        Rule {
            condition: Some(condition),
            ..self
        }
    }
}

impl<'r> From<&'r str> for Rule<'r> {
    fn from(clause: &'r str) -> Self {
        Rule {
            clause,
            condition: None,
        }
    }
}

impl<'r> From<(&'r str, &'static str)> for Rule<'r> {
    fn from((clause, condition): (&'r str, &'static str)) -> Self {
        Rule {
            clause,
            condition: Some(condition),
        }
    }
}

/// Collects the breaches of one check: the same breach is there once, with a count.
pub(super) struct BreachList {
    check: Check,
    /// What comes before the number of each clause.
    standard: &'static str,
    breaches: Vec<Breach>,
}

impl BreachList {
    /// Nothing is found yet.
    pub(super) fn new(check: Check) -> BreachList {
        let standard = match check {
            Check::PdfUa1 => "ISO 14289-1 ",
            Check::PdfA2a => "ISO 19005-2 ",
            Check::Contrast | Check::Docx | Check::Txt => "",
        };
        BreachList {
            check,
            standard,
            breaches: Vec::new(),
        }
    }

    /// Adds a breach of the file as a whole.
    pub(super) fn add<'r>(&mut self, rule: impl Into<Rule<'r>>, message: impl Into<String>) {
        self.at(rule, message, Spot::default());
    }

    /// Adds a breach where `sound` does not hold.
    pub(super) fn unless<'r>(&mut self, sound: bool, rule: impl Into<Rule<'r>>, message: &str) {
        if !sound {
            self.add(rule, message);
        }
    }

    /// Adds a breach at a place.
    pub(super) fn at<'r>(
        &mut self,
        rule: impl Into<Rule<'r>>,
        message: impl Into<String>,
        spot: Spot,
    ) {
        let (rule, message) = (rule.into(), message.into());
        let clause = format!("{}{}", self.standard, rule.clause);
        // The protocol is one of PDF/UA-1 alone.
        let condition = rule.condition.filter(|_| self.check == Check::PdfUa1);
        let full = self.breaches.len() >= MOST;
        let same = self.breaches.iter_mut().find(|one| {
            one.message == message && one.clause == clause && one.condition == condition
        });
        match same {
            Some(one) => one.count += 1,
            None if !full => self.breaches.push(Breach {
                clause,
                message,
                page: spot.page,
                object: spot.object,
                count: 1,
                condition,
            }),
            None => {}
        }
    }

    /// The verdict.
    pub(super) fn verdict(self) -> Verdict {
        Verdict {
            check: self.check.name(),
            breaches: self.breaches,
        }
    }
}
