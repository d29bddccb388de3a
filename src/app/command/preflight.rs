//! `preflight`: what a print shop would object to in a PDF file.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use crate::app::cli::Preflight;
use crate::app::console::{Console, ERROR, STRONG, WARNING, one_line};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, Severity, many, one_of};
use crate::base::files::{self, Root};
use crate::base::guard;
use crate::base::paths::slashed;
use crate::layout::LayoutLoader;
use crate::pdf::preflight::{Issue, Report, Rules, inspect, issues_to_diagnostics, several};
use crate::pdf::read::ReadBack;
use crate::pdf::read::icc::cmyk_output_profile;

/// Most lines of one rule that people want to read.
const LINES: usize = 10;

/// Checks a file, and says what is wrong with it.
pub(super) fn preflight(wanted: &Preflight, console: &Console) -> Result<(), Diagnostics> {
    let named = rules(&wanted.rules)?;
    let rules = Rules {
        max_ink: wanted.max_ink.unwrap_or(named.max_ink),
        min_resolution: wanted.min_resolution.unwrap_or(named.min_resolution),
        poor_resolution: wanted
            .min_resolution
            .map_or(named.poor_resolution, |least| least / 2),
        profile: wanted.profile.as_deref().map(profile).transpose()?,
        signature: wanted.signature,
        ..named
    };
    let bytes = read(&wanted.file)?;
    guard::allow(guard::Input::File, bytes.len());
    let shown = slashed(&wanted.file);
    let _work = guard::at_work(format!("checking `{shown}`"), Some(whole(&wanted.file)));
    let report = console.during("checking", || inspect(&ReadBack::of(&bytes), &rules));
    let report = report.map_err(|found| placed(found, &wanted.file))?;
    let (errors, warnings) = report.counts();
    if !report.issues.is_empty() {
        let found = placed(issues_to_diagnostics(&report), &wanted.file);
        console.laid_out(&text(&report), &found)?;
    }
    let found = format!("{}, {}", many(errors, "error"), many(warnings, "warning"));
    let pages = many(report.pages, "page");
    if errors > 0 {
        let by = rules.name.as_deref().unwrap_or_default();
        let message = format!("not ready for the printer: {found} on {pages}, by the rules {by}");
        return Err(Diagnostic::new(Code::NOT_READY, message)
            .at(whole(&wanted.file))
            .into());
    }
    let by = rules.name.as_deref().unwrap_or_default();
    console.done(&format!(
        "ok: {pages} ready for the printer, {found}, by the rules {by}"
    ))
}

/// The rules of that name: those of the program, and before them those in `layouts` here.
fn rules(name: &str) -> Result<Rules, Diagnostics> {
    let loader = LayoutLoader::of_report(&Root::named(Path::new(".")));
    let sets = loader.rule_sets()?;
    match sets.get(name) {
        Some(set) => Ok(Rules::named(name, set)),
        None => {
            let names: Vec<&str> = sets.keys().map(String::as_str).collect();
            let message = format!("there are no rules `{name}`");
            let found = Diagnostic::new(Code::UNKNOWN_RULES, message);
            Err(found.hint(one_of(name, &names)).into())
        }
    }
}

/// Largest file that is checked, in bytes.
const LARGEST: u64 = 2 << 30;

fn read(path: &Path) -> Result<Vec<u8>, Diagnostics> {
    files::named_file(path, LARGEST).map_err(|problem| {
        let message = problem.message(&slashed(path));
        Diagnostic::new(Code::CANNOT_READ, message)
            .at(whole(path))
            .into()
    })
}

fn profile(path: &Path) -> Result<Vec<u8>, Diagnostics> {
    let bytes = read(path)?;
    match cmyk_output_profile(&bytes) {
        Ok(_) => Ok(bytes),
        Err(why) => Err(Diagnostic::new(Code::PRINTER_PROFILE, format!("the profile {why}"))
            .at(whole(path))
            .hint("ask the printer for the CMYK profile of press and paper; its name ends in .icc")
            .into()),
    }
}

fn whole(path: &Path) -> Location {
    Location::whole(slashed(path))
}

fn placed(found: Diagnostics, path: &Path) -> Diagnostics {
    found.into_iter().map(|one| one.at(whole(path))).collect()
}

/// The diagnostics for people, page by page. What is the same on page after page is said for the first pages only.
fn text(report: &Report) -> String {
    let mut text = String::new();
    let mut said: Vec<(&Issue, usize)> = Vec::new();
    let mut known = BTreeMap::new();
    let mut page = None;
    for issue in &report.issues {
        let next = said.len();
        let index = *known.entry((issue.rule, &issue.message)).or_insert(next);
        if index == next {
            said.push((issue, 0));
        }
        said[index].1 += 1;
        let times = said[index].1;
        if times > LINES {
            continue;
        }
        if page != Some(issue.page) {
            page = Some(issue.page);
            let title = match issue.page {
                0 => "the file".to_string(),
                page => format!("page {page}"),
            };
            let _ = writeln!(text, "{STRONG}{title}{STRONG:#}");
        }
        line(issue, times == 1, &mut text);
    }
    for (issue, times) in said.iter().filter(|(_, times)| *times > LINES) {
        let more = many(times - LINES, "more page");
        let message = one_line(&issue.message);
        let _ = writeln!(text, "and on {more}: {message} [{}]", issue.rule);
    }
    text
}

/// Writing to a string cannot fail.
fn line(issue: &Issue, first: bool, text: &mut String) {
    let severity = issue.code.severity();
    let style = match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    let _ = write!(
        text,
        "  {style}{severity}[{}]{style:#}: {} [{}]",
        issue.code,
        one_line(&issue.message),
        issue.rule
    );
    if issue.page > 0 && issue.object != "page" {
        let _ = write!(text, "\n    at: {}", one_line(&several(issue)));
    }
    if first && !issue.hint.is_empty() {
        let _ = write!(text, "\n    hint: {}", issue.hint);
    }
    text.push('\n');
}
