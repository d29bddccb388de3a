//! Typesets a report in a layout once and prints how many seconds that alone took, without reading, writing or checking
//! anything (`cargo bench --bench typesetting -- SOURCE LAYOUT`; `run.py` does it).

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use gmg_export::base::diagnostic::{Code, Diagnostic, Diagnostics};
use gmg_export::base::threads::STACK;
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::source::{self, Folder};
use gmg_export::{backend::typeset, document};

fn main() -> ExitCode {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run);
    match thread.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        Ok(Ok(Err(found))) => {
            eprint!("{found}");
            ExitCode::from(found.exit_code())
        }
        _ => ExitCode::FAILURE,
    }
}

fn run() -> Result<(), Diagnostics> {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .collect();
    let [source, layout] = arguments.as_slice() else {
        let message = "say which source and which layout: SOURCE LAYOUT";
        return Err(Diagnostic::new(Code::USAGE, message).into());
    };
    let source = source::read(&Folder::of(Path::new(source)))?;
    let strings = layout::strings(&source.report.content.language.value)?;
    let (document, _) = document::resolve(&source, &strings)?;
    let layout = LayoutLoader::embedded().load(layout)?;
    layout.fonts.read()?;
    let start = Instant::now();
    let pages = typeset::typeset(&document, &layout)?;
    println!("{:.6}", start.elapsed().as_secs_f64());
    drop(pages);
    Ok(())
}
