//! Writes the typst project of a report to a folder, so that the `typst` command can compile the same templates and data
//! (`cargo bench --bench export_project -- SOURCE FOLDER [LAYOUT]`; `run.py` does it).
//!
//! The fonts of the layout go into `fonts/` next to the templates.

use std::path::Path;
use std::process::ExitCode;

use gmg_export::base::diagnostic::{Code, Diagnostic, Diagnostics};
use gmg_export::layout::{self, Files, LayoutLoader};
use gmg_export::source::{self, Folder};
use gmg_export::{backend::typeset, document};

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let done = match arguments.as_slice() {
        [source, folder] => project(source, "screen").and_then(|files| write(&files, folder)),
        [source, folder, layout] => project(source, layout).and_then(|files| write(&files, folder)),
        _ => Err(Diagnostic::new(
            Code::USAGE,
            "say which source goes to which folder: SOURCE FOLDER [LAYOUT]",
        )
        .into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(found) => {
            eprint!("{found}");
            ExitCode::from(found.exit_code())
        }
    }
}

/// The files of the project, with the fonts.
fn project(source: &str, layout: &str) -> Result<Files, Diagnostics> {
    let source = source::read(&Folder::of(Path::new(source)))?;
    let strings = layout::strings(&source.report.content.language.value)?;
    let (document, _) = document::resolve(&source, &strings)?;
    let layout = LayoutLoader::embedded().load(layout)?;
    let mut files = typeset::project(&document, &layout)?;
    for (path, bytes) in layout.fonts.read()? {
        files.insert(format!("fonts/{path}"), bytes.to_vec().into());
    }
    Ok(files)
}

fn write(files: &Files, folder: &str) -> Result<(), Diagnostics> {
    for (path, bytes) in files {
        let path = Path::new(folder).join(path);
        let parent = path.parent().unwrap_or(Path::new(folder));
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&path, bytes))
            .map_err(|error| {
                Diagnostic::new(
                    Code::CANNOT_WRITE,
                    format!("cannot write {}: {error}", path.display()),
                )
            })?;
    }
    Ok(())
}
