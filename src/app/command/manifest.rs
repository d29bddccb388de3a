//! `manifest merge`: joins the shards of a batch into one release.

use std::path::{Path, PathBuf};

use crate::app::console::Console;
use crate::app::release::manifest::{MANIFEST, Manifest};
use crate::app::release::{Stored, merge as join};
use crate::base::diagnostic::{self, Code, Diagnostic, Diagnostics, Kind, many};
use crate::base::output::{Destination, StagedFolder};
use crate::base::paths::{folder_of, slashed};

/// Joins manifests; with `out` the files of all parts, too.
pub(super) fn merge(
    parts: &[PathBuf],
    out: Option<&Path>,
    console: &Console,
) -> Result<(), Diagnostics> {
    let parts = diagnostic::all(parts.iter().map(|part| open(part)).collect())?;
    let manifests: Vec<(String, Manifest)> = parts
        .iter()
        .map(|part| (part.shown.clone(), part.manifest.clone()))
        .collect();
    let merged = join(&manifests)?;
    let Some(out) = out else {
        return console.print(&merged.text()?);
    };
    refuse_part(out, &parts)?;
    let set = StagedFolder::new(&Destination::named(out), Box::new(Stored::stranger))?;
    let mut files = 0;
    for part in &parts {
        for artifact in part.manifest.reports.iter().flat_map(|one| &one.artifacts) {
            let bytes = part.stored.artifact(artifact).ok_or_else(|| {
                let message = format!(
                    "{}: `{}` is not the file that the manifest states",
                    part.shown, artifact.path
                );
                Diagnostics::from(
                    Diagnostic::new(Code::RELEASE_CHANGED, message)
                        .of_kind(Kind::Differs)
                        .hint("build this part again"),
                )
            })?;
            set.add(&artifact.path, &bytes)?;
            files += 1;
        }
    }
    for (path, bytes) in merged.files()? {
        set.add(&path, &bytes)?;
    }
    set.commit()?;
    let (reports, files) = (many(merged.reports.len(), "report"), many(files, "file"));
    console.done(&format!("{}: {reports}, {files}", out.display()))
}

/// Refuses to put the whole in the place of a part, which could not be joined again.
fn refuse_part(out: &Path, parts: &[LoadedShard]) -> Result<(), Diagnostics> {
    let real = |path: &Path| path.canonicalize().ok();
    let same = |part: &&LoadedShard| real(out).is_some() && real(&part.folder) == real(out);
    match parts.iter().find(same) {
        None => Ok(()),
        Some(part) => {
            let message = format!("`{}` is the folder of `{}`", out.display(), part.shown);
            Err(Diagnostic::new(Code::OWN_FOLDER, message)
                .hint("give the whole a folder of its own with --out")
                .into())
        }
    }
}

/// A part of a batch.
struct LoadedShard {
    folder: PathBuf,
    shown: String,
    stored: Stored,
    manifest: Manifest,
}

fn open(path: &Path) -> Result<LoadedShard, Diagnostics> {
    let folder = match path.is_dir() {
        true => path,
        false => folder_of(path),
    };
    if path.symlink_metadata().is_err() {
        let message = format!("there is no file or folder `{}`", path.display());
        return Err(Diagnostic::new(Code::NOT_A_RELEASE, message)
            .hint("give the folder that `gmg-export release --shard` wrote, or the manifest in it")
            .into());
    }
    if !path.is_dir() && path.file_name().is_none_or(|name| name != MANIFEST) {
        let message = format!("`{}` is not called {MANIFEST}", path.display());
        return Err(Diagnostic::new(Code::NOT_A_RELEASE, message)
            .of_kind(Kind::Usage)
            .hint("give the folder that `gmg-export release --shard` wrote, or the manifest in it")
            .into());
    }
    let (stored, manifest) = Stored::open(folder)?;
    Ok(LoadedShard {
        folder: folder.to_owned(),
        shown: slashed(&folder.join(MANIFEST)),
        stored,
        manifest,
    })
}
