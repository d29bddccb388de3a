//! `init`: a small, complete new report that builds as it is and shows by example how a report is written.

use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::app::console::{Console, WrittenFile};
use crate::app::schema::KINDS;
use crate::base::diagnostic::Diagnostics;
use crate::base::output::{self, Destination};
use crate::base::paths::{self, slashed};

/// The schema of the settings, which are next to the source.
const SETTINGS: &str = "settings";

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/app/starter");

pub(super) fn init(dir: &Path, console: &Console) -> Result<(), Diagnostics> {
    let files = files();
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

/// The files of the starter by path, with the schemas that their heads name.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![&STARTER];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        files.extend(
            dir.files()
                .map(|file| (slashed(file.path()), file.contents().to_vec())),
        );
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
    files.sort();
    files
}
