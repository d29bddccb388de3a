//! What a print shop checks before it prints a file: boxes, bleed, fonts, black text, colours, ink, resolution,
//! hairlines, transparency, output intent.
//!
//! [`inspect`] works on any PDF file, also one that this program did not make. What is wrong with a file for a printer
//! is a [`Issue`]; that a file cannot be read at all is an error, also where it is damaged or hostile.

mod boxes;
mod ink;
mod page;
mod picture;
mod plates;
mod whole;
mod words;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Printed, Severity};
use crate::layout::{MM, PrintData, RuleSet, Tokens};

use crate::pdf::read::ReadBack;
use crate::pdf::read::colour::Space;
use crate::pdf::read::file::ENCRYPTED;
use crate::pdf::read::guarded;
pub(crate) use plates::{Plates, plates};

/// What the printer asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// What messages call these rules; nothing where they have no name.
    pub name: Option<String>,
    /// Most ink in one place, in percent; four full inks are 400.
    pub max_ink: u16,
    /// Fewest pixels of a picture to an inch without a warning.
    pub min_resolution: u16,
    /// Pixels to an inch below which a picture is an error.
    pub poor_resolution: u16,
    /// The printer's own colour profile.
    pub profile: Option<Vec<u8>>,
    /// The number of pages must be a multiple of this.
    pub signature: Option<u32>,
    /// Thinnest line in points.
    pub hairline: f64,
    /// Least bleed in millimetres, where something is printed up to the edge.
    pub bleed: f64,
    /// Smallest type in points that may be in a tint or in several inks.
    pub tint_type: f64,
    /// Whether black text must overprint.
    pub black_overprints: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            name: None,
            max_ink: 300,
            min_resolution: 300,
            poor_resolution: 150,
            profile: None,
            signature: None,
            hairline: 0.25,
            bleed: 3.0,
            tint_type: 6.0,
            black_overprints: true,
        }
    }
}

impl Rules {
    /// What a print job in this layout must keep to: the rules that it names, and what the layout says otherwise. The bleed
    /// is that of the job.
    pub fn of(tokens: &Tokens, data: &PrintData, profile: Vec<u8>) -> Self {
        let named = Rules::named(&data.rules_name, &data.rules);
        let or = |given: u16, named: u16| if given == 0 { named } else { given };
        Rules {
            max_ink: or(tokens.press.max_ink, named.max_ink),
            min_resolution: or(tokens.press.min_resolution, named.min_resolution),
            bleed: tokens.page.bleed.to_pt() / MM,
            profile: Some(profile),
            ..named
        }
    }

    /// The rules of that name, as the data of print jobs has them.
    pub fn named(name: &str, set: &RuleSet) -> Self {
        Rules {
            name: Some(name.to_owned()),
            max_ink: set.max_ink,
            min_resolution: set.min_resolution,
            poor_resolution: set.poor_resolution,
            hairline: set.min_line.to_pt(),
            bleed: set.min_bleed.to_pt() / MM,
            tint_type: set.min_tint_type.to_pt(),
            black_overprints: set.black_overprints,
            ..Rules::default()
        }
    }
}

/// What was found in a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Number of pages.
    pub pages: usize,
    /// What is wrong: of the file as a whole first, then page by page.
    pub issues: Vec<Issue>,
}

/// Something that a printer would object to.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Which mistake it is, and with that how bad.
    pub code: Code,
    /// Name of the rule that is broken; it stays the same from version to version.
    pub rule: &'static str,
    /// Page from 1; 0 for the file as a whole.
    pub page: usize,
    /// What on the page it is, such as `text “Contents”`; the first where there are several.
    pub object: String,
    /// How many such objects the page has.
    pub count: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// The text that it is about, as it is in the file.
    pub text: Option<String>,
    /// Pixels of the picture that it is about, across and down.
    pub pixels: Option<(u32, u32)>,
}

impl Issue {
    fn new(code: Code, rule: &'static str, message: impl Into<String>) -> Issue {
        Issue {
            code,
            rule,
            page: 0,
            object: String::new(),
            count: 1,
            message: message.into(),
            hint: String::new(),
            text: None,
            pixels: None,
        }
    }

    fn on(mut self, page: usize, object: impl Into<String>) -> Issue {
        self.page = page;
        self.object = object.into();
        self
    }

    fn hint(mut self, hint: impl Into<String>) -> Issue {
        self.hint = hint.into();
        self
    }
}

impl Report {
    /// Number of errors and of warnings.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self
            .issues
            .iter()
            .filter(|one| one.code.severity() == Severity::Error)
            .count();
        (errors, self.issues.len() - errors)
    }

    /// Adds a diagnostic; the same fault of the same page is there once, with a count.
    fn add(&mut self, issue: Issue) {
        let same = self
            .issues
            .iter_mut()
            .rev()
            .take_while(|other| other.page == issue.page);
        let mut same = same.filter(|other| other.rule == issue.rule);
        match same.find(|other| other.message == issue.message) {
            Some(other) => other.count += 1,
            None => self.issues.push(issue),
        }
    }
}

/// Holds a file against the rules.
///
/// # Errors
/// Why the file cannot be read.
pub fn inspect(made: &ReadBack<'_>, rules: &Rules) -> Result<Report, Diagnostics> {
    guarded(|| read(made, rules)).map_err(|what| {
        let message = format!("the PDF file cannot be read: {what}");
        Diagnostic::new(Code::PDF_UNREADABLE, message)
            .hint("it may be damaged or no PDF file at all; make it again, or fetch it again")
            .into()
    })
}

fn read(made: &ReadBack<'_>, rules: &Rules) -> Result<Report, String> {
    let file = match made.pdf() {
        Err(what) if what == ENCRYPTED => return Ok(locked()),
        other => other?,
    };
    let mut report = Report {
        pages: file.pages().len(),
        ..Report::default()
    };
    let press = whole::check(file, rules, &mut report)?;
    let mut seen = ink::InkCache::default();
    for (index, (page, drawing)) in file.pages().iter().zip(made.drawings()?).enumerate() {
        let edges = boxes::check(page, index + 1, &mut report);
        whole::check_page(file, page, index + 1, press.is_pdfx, &mut report);
        let look = page::PageCheck::new(file, rules, &press, edges, index + 1);
        if let Some(space) = Space::of_group(file, &page.dict) {
            look.group(space.as_ref(), &mut report);
        }
        for (painted, with) in &drawing.all {
            look.at(painted, with, &mut seen, &mut report);
        }
    }
    Ok(report)
}

/// The report of a file that nobody can look into.
fn locked() -> Report {
    let issue = Issue::new(
        Code::ENCRYPTED,
        "encrypted",
        "the file is locked with a password or forbids changes",
    )
    .hint("save it again without any security: a printer cannot use a locked file");
    Report {
        pages: 0,
        issues: vec![issue],
    }
}

/// The diagnostics as the program's own, for an export that ends with a look at what it made.
pub fn issues_to_diagnostics(report: &Report) -> Diagnostics {
    report
        .issues
        .iter()
        .map(diagnostic)
        .collect::<Diagnostics>()
}

fn diagnostic(issue: &Issue) -> Diagnostic {
    let mut message = match issue.page {
        0 => issue.message.clone(),
        page => format!("page {page}: {}", issue.message),
    };
    if !issue.object.is_empty() {
        message = format!("{message} ({})", several(issue));
    }
    let mut found = Diagnostic::new(issue.code, message);
    found.printed = Some(Printed {
        rule: issue.rule,
        page: issue.page,
        object: issue.object.clone(),
        count: issue.count,
    });
    if !issue.hint.is_empty() {
        found = found.hint(issue.hint.clone());
    }
    found
}

/// The object of a diagnostic, and how many more there are.
pub(crate) fn several(issue: &Issue) -> String {
    match issue.count {
        0 | 1 => issue.object.clone(),
        count => format!("{} and {} more", issue.object, count - 1),
    }
}

#[cfg(test)]
mod colour_tests;
#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
