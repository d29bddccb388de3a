//! The checks that a release runs on every file, within the program: without a network or an installed validator.

use crate::verify::format;

use super::manifest::{Check, Verdict};
use super::plan::Item;
use crate::backend::Artifact;
use crate::backend::edition::Edition;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::files::Root;
use crate::document::Document;
use crate::pdf::preflight::{self, Rules};
use crate::pdf::read::ReadBack;
use crate::verify::conformance::{Inspection, Profile};
use crate::verify::golden;

/// Most differences from an approved record that are named.
const DIFFERENCES: usize = 3;

/// What files are compared with.
pub(super) struct Checks<'a> {
    pub(super) document: &'a Document,
    /// The folder of the approved records.
    pub(super) goldens: &'a Root,
    /// Whether the files carry the report's own date, as the records do.
    pub(super) own_epoch: bool,
}

impl Checks<'_> {
    /// Runs every check that is for files of this kind; also gives the standards that the file claims.
    ///
    /// # Errors
    /// Everything that any check found wrong.
    pub(super) fn run(
        &self,
        item: &Item,
        edition: &Edition<'_>,
        artifact: &Artifact,
        made: &ReadBack<'_>,
    ) -> Result<(Vec<Check>, Vec<String>), Diagnostics> {
        let mut checks = Vec::new();
        let inspection = conformance(item, edition, made)?;
        let names = inspection.verdicts.iter().map(|verdict| verdict.check);
        checks.extend(names.map(|name| passed(name, 0)));
        if artifact.pages.is_some() {
            // Without a glyph for every character no page comes out of the backends.
            checks.push(passed("glyph-coverage", 0));
        }
        let print = edition.layout.tokens.for_print();
        let found = [
            Some(self.parity(item, edition, made)),
            print.then(|| self.preflight(item, edition, artifact, made)),
            Some(self.golden(item, made)),
        ];
        let found = found.into_iter().flatten().collect();
        checks.extend(crate::base::diagnostic::all(found)?);
        checks.sort_by(|a, b| a.name.cmp(&b.name));
        Ok((checks, inspection.standards))
    }

    /// Whether the file states what the report says, as those of all other formats do.
    fn parity(
        &self,
        item: &Item,
        edition: &Edition<'_>,
        made: &ReadBack<'_>,
    ) -> Result<Check, Diagnostics> {
        format::compare(edition, item.backend.name(), made).map_err(|found| named(found, item))?;
        Ok(passed("parity", 0))
    }

    /// What a print shop would object to.
    fn preflight(
        &self,
        item: &Item,
        edition: &Edition<'_>,
        artifact: &Artifact,
        made: &ReadBack<'_>,
    ) -> Result<Check, Diagnostics> {
        // Sheets have been through it on their way out of their backend.
        if item.backend.for_print() {
            let said = |one: &&Diagnostic| one.code.is_of_preflight();
            let warnings = artifact.warnings.iter().filter(said).count();
            return Ok(passed("preflight", warnings));
        }
        let (_, profile) = edition.layout.profile()?;
        let rules = Rules::of(
            &edition.layout.tokens,
            &edition.layout.print_data()?,
            profile.into_owned(),
        );
        let report = preflight::inspect(made, &rules)?;
        let found = preflight::issues_to_diagnostics(&report);
        let ((), warnings) = named(found, item).or_value(())?;
        Ok(passed("preflight", warnings.len()))
    }

    /// The approved record, where there is one.
    pub(super) fn golden(&self, item: &Item, made: &ReadBack<'_>) -> Result<Check, Diagnostics> {
        let id = &self.document.id;
        let folder = self
            .goldens
            .folder(&golden::folder(id, &item.layout_name, item.backend));
        let verdict = match item.plain && folder.entries().is_ok() {
            false => Verdict::NotRecorded,
            true if !self.own_epoch => Verdict::OtherEpoch,
            true => {
                if !golden::same_bytes(&folder, made.bytes()) {
                    return Err(self.differs(item, &folder, made));
                }
                Verdict::Passed
            }
        };
        Ok(Check {
            name: "golden".into(),
            verdict,
            warnings: 0,
        })
    }

    /// Says what differs from the approved record.
    fn differs(&self, item: &Item, folder: &Root, made: &ReadBack<'_>) -> Diagnostics {
        let record = match format::record(item.backend.name(), made) {
            Ok(record) => record,
            Err(found) => return named(found, item),
        };
        let differences = golden::compare(folder, &record);
        let message = format!("{}: not as approved", item.file());
        let mut wrong = Diagnostic::new(Code::NOT_AS_APPROVED, message);
        for difference in differences.iter().take(DIFFERENCES) {
            wrong = wrong.hint(difference.to_string());
        }
        wrong
            .hint("if the change is meant, run `gmg-export approve`")
            .into()
    }
}

/// What the file promises by its format and layout, read back from its bytes.
fn conformance(
    item: &Item,
    edition: &Edition<'_>,
    made: &ReadBack<'_>,
) -> Result<Inspection, Diagnostics> {
    let terms = Profile::of(edition.layout);
    let inspection = format::inspect(item.backend.name(), terms, made)?;
    let mut found = Diagnostics::default();
    for verdict in &inspection.verdicts {
        for breach in &verdict.breaches {
            let (name, check) = (item.file(), verdict.check);
            found.push(Diagnostic::new(
                Code::STANDARD_BROKEN,
                format!("{name}: {check}: {breach}"),
            ));
        }
    }
    found.or_value(inspection).map(|(inspection, _)| inspection)
}

fn passed(name: &str, warnings: usize) -> Check {
    Check {
        name: name.to_owned(),
        verdict: Verdict::Passed,
        warnings: u32::try_from(warnings).unwrap_or(u32::MAX),
    }
}

/// The diagnostics with the file that they are about.
fn named(found: Diagnostics, item: &Item) -> Diagnostics {
    let name = item.file();
    let each = found.into_iter().map(|one| Diagnostic {
        message: format!("{name}: {}", one.message),
        ..one
    });
    each.collect()
}
