//! `init`: a small, complete new report that builds as it is and shows by example how a report is written.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::app::cli::Starter;
use crate::app::console::{Console, WrittenFile};
use crate::app::schema::KINDS;
use crate::base::diagnostic::Diagnostics;
use crate::base::output::{self, Destination};
use crate::base::paths::{self, slashed};

/// The schema of the settings, which are next to the source.
const SETTINGS: &str = "settings";
/// The folder of what every kind of report begins with, unless the kind has a file of its own in its place.
const EVERY_KIND: &str = "every-kind";

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/app/starter");

pub(super) fn init(dir: &Path, kind: Starter, console: &Console) -> Result<(), Diagnostics> {
    let files = files(kind);
    output::new_folder(&Destination::named(dir), &files)?;
    for (name, bytes) in &files {
        console.artifact(&WrittenFile::new(&paths::below(dir, name), bytes), None)?;
    }
    let shown = dir.display();
    console.done(&format!(
        "{shown}: a report to start from; read its README.md, then run"
    ))?;
    console.done(&format!(
        "  gmg-export {shown} --format all --out {}",
        dir.join("out").display()
    ))
}

/// The files of a starter by path, with the schemas that their heads name.
fn files(kind: Starter) -> Vec<(String, Vec<u8>)> {
    let mut files = BTreeMap::new();
    for folder in [EVERY_KIND, kind.folder()] {
        let mut open: Vec<_> = STARTER.get_dir(folder).into_iter().collect();
        while let Some(dir) = open.pop() {
            open.extend(dir.dirs());
            files.extend(dir.files().map(|file| {
                let name = file.path().strip_prefix(folder).unwrap_or(file.path());
                (slashed(name), file.contents().to_vec())
            }));
        }
    }
    let schemas = KINDS
        .iter()
        .filter(|kind| kind.of_source || kind.name == SETTINGS);
    files.extend(schemas.map(|kind| {
        (
            format!("source/schema/{}.json", kind.name),
            kind.text().into_bytes(),
        )
    }));
    files.into_iter().collect()
}
