//! The command line as types, and nothing else: `command` does what they say.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::backend::BACKENDS;
use crate::diagnostic::EXIT_CODES;
use crate::layout::{Impose, Length, SheetSize, Tokens};
use crate::schema::KINDS;

/// Name of all formats together.
pub const ALL: &str = "all";

/// Export one report, held as YAML, to accessible PDF, print sheets, Word and plain text.
///
/// Without a command it exports. Every format is made before anything is written, and the files are replaced together
/// or not at all. The same source gives the same bytes on every machine; the files carry the report's own date, or
/// SOURCE_DATE_EPOCH where that is set.
#[derive(Debug, Parser)]
#[command(
    name = "gmg-export",
    version,
    after_help = after_help(),
    override_usage = "gmg-export [OPTIONS] [SOURCE]\n       gmg-export <COMMAND>",
    subcommand_negates_reqs = true,
)]
pub struct Cli {
    /// What an export without a command takes.
    #[command(flatten)]
    pub export: Export,
    /// Another thing to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Say only what is wrong
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Whether to use colours; NO_COLOR is heeded
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Colour,
}

/// Where the report is.
#[derive(Debug, Args)]
pub struct Source {
    /// Folder that holds report.yaml, or that file, or a folder with `source/report.yaml` in it [default: ./source,
    /// else this folder, else the report built into the program]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub source: Option<PathBuf>,
}

/// How it looks.
#[derive(Debug, Args)]
pub struct Layout {
    /// Name of a layout (see `gmg-export list`), or the path of a layout's folder
    #[arg(long, value_name = "NAME|DIR", default_value = "screen", value_hint = ValueHint::DirPath)]
    pub layout: String,
}

/// What to export and where to.
#[derive(Debug, Args)]
pub struct Export {
    /// Where the report is.
    #[command(flatten)]
    pub source: Source,
    /// Formats to make, separated by commas, or `all` [default: what the name given with -o says, else pdf]
    #[arg(short, long, value_name = "FORMATS", value_delimiter = ',', ignore_case = true, value_parser = formats())]
    pub format: Vec<String>,
    /// Name of a layout (see `gmg-export list`), or the path of a layout's folder [default: print for press, else
    /// screen]
    #[arg(long, value_name = "NAME|DIR", value_hint = ValueHint::DirPath)]
    pub layout: Option<String>,
    /// What a print job changes of the layout.
    #[command(flatten)]
    pub press: Press,
    /// Folder for the files, which are called as the report is; made where it is missing
    #[arg(long, value_name = "DIR", default_value = "out", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// File to write instead, for a single format; `-` is standard output
    ///
    /// Use this and not the shell's `>`: PowerShell changes the bytes on their way into the file.
    #[arg(short, long, value_name = "FILE", conflicts_with = "out", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
}

/// Heading of the options of print jobs.
const JOBS: &str = "Print jobs (see `press:` in the layout)";

/// What a print job changes of the layout; the layout says the rest.
#[derive(Debug, Clone, Default, Args)]
pub struct Press {
    /// How pages share a sheet: single, spreads, booklet, signatures-4, -8, -16 or -32, nup-2 or nup-4
    #[arg(help_heading = JOBS, long, value_name = "HOW")]
    pub impose: Option<Impose>,
    /// Sheet of paper: auto, a name such as SRA3, or a size such as 320x450mm
    #[arg(help_heading = JOBS, long, value_name = "SIZE")]
    pub sheet: Option<SheetSize>,
    /// Colour beyond the trimmed page, such as 3mm or 0.125in
    #[arg(help_heading = JOBS, long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub bleed: Option<Length>,
    /// Whether sheets carry crop, fold and registration marks, colour bar and slug line
    #[arg(help_heading = JOBS, long, value_name = "yes|no", value_parser = yes_or_no())]
    pub marks: Option<bool>,
    /// How far each sheet of a booklet or signature moves towards the spine, such as 0.1mm
    #[arg(help_heading = JOBS, long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub creep: Option<Length>,
    /// ICC profile of the printer: the path of its file, or the name of one that is built in
    #[arg(help_heading = JOBS, long, value_name = "FILE.icc", value_hint = ValueHint::FilePath)]
    pub profile: Option<String>,
    /// Make pictures of the sheets, too, to look at
    #[arg(help_heading = JOBS, long)]
    pub proof: bool,
}

impl Press {
    /// The first of these options that was given.
    pub fn given(&self) -> Option<&'static str> {
        let given = [
            (self.impose.is_some(), "--impose"),
            (self.sheet.is_some(), "--sheet"),
            (self.bleed.is_some(), "--bleed"),
            (self.marks.is_some(), "--marks"),
            (self.creep.is_some(), "--creep"),
            (self.profile.is_some(), "--profile"),
            (self.proof, "--proof"),
        ];
        given.into_iter().find(|(is, _)| *is).map(|(_, name)| name)
    }

    /// Puts what was given into the tokens of a layout.
    pub fn apply(&self, tokens: &mut Tokens) {
        fn put<T: Clone>(given: &Option<T>, token: &mut T) {
            if let Some(given) = given {
                token.clone_from(given);
            }
        }
        let press = &mut tokens.press;
        put(&self.impose, &mut press.impose);
        put(&self.sheet, &mut press.sheet);
        put(&self.marks, &mut press.marks);
        put(&self.creep, &mut press.creep);
        put(&self.profile, &mut press.profile);
        put(&self.bleed, &mut tokens.page.bleed);
        press.proof |= self.proof;
    }
}

/// What to do instead of an export.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what is wrong with a report, without making anything
    Check {
        /// Where the report is.
        #[command(flatten)]
        source: Source,
        /// The layout whose fonts must have every character.
        #[command(flatten)]
        layout: Layout,
    },
    /// Compare what a report gives now with its approved records
    ///
    /// Every recorded format is made afresh and held against its record. What differs is shown, and the exit code is 1.
    Verify(Golden),
    /// Make what a report gives now the approved record
    Approve(Golden),
    /// Say what a print shop would object to in a PDF file
    ///
    /// Works on any PDF file. Warnings are left to the printer; with an error the exit code is 1.
    Preflight(Preflight),
    /// Print the JSON Schema of the source, for editors
    Schema {
        /// One kind of file [default: all of them in one schema]
        #[arg(value_parser = kinds())]
        kind: Option<String>,
    },
    /// List the formats, layouts and languages
    List,
    /// Make a new small report that builds at once
    Init {
        /// Folder for it, which must not be there yet or be empty
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
    },
    /// Make a report of a published text, without the loss of a word
    ///
    /// Plain text is read by general rules: its own list of contents, headings, meetings, speakers, footnotes. The words
    /// of the text, in order, are compared with those of the report before anything is written.
    Import(Import),
    /// Print a script that completes commands and options in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man {
        /// The command that it is about [default: the program as a whole]
        command: Option<String>,
    },
}

/// What to import and where to.
#[derive(Debug, Args)]
pub struct Import {
    /// The text, as .txt or .md
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Folder for the report's files [default: one that is called as the text is]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Say of every line what became of it
    #[arg(long)]
    pub lines: bool,
    /// Language of the text, such as en-GB or fr [default: told by its words]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Replace files that are there already
    #[arg(long)]
    pub force: bool,
}

/// Which records to look at.
#[derive(Debug, Args)]
pub struct Golden {
    /// Where the report is.
    #[command(flatten)]
    pub source: Source,
    /// Folder of the records [default: tests/golden beside the source]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub golden: Option<PathBuf>,
}

/// Which file to check, and what the printer asks for.
#[derive(Debug, Args)]
pub struct Preflight {
    /// The PDF file
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// The printer's own colour profile (ICC)
    #[arg(long, value_name = "FILE.icc", value_hint = ValueHint::FilePath)]
    pub profile: Option<PathBuf>,
    /// Most ink in one place, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = 300, value_parser = clap::value_parser!(u16).range(100..=400))]
    pub max_ink: u16,
    /// Fewest pixels of a picture to an inch without a warning; below half of it, it is an error
    #[arg(long, value_name = "DPI", default_value_t = 300, value_parser = clap::value_parser!(u16).range(1..=4800))]
    pub min_resolution: u16,
    /// The number of pages must be a multiple of this
    #[arg(long, value_name = "PAGES", value_parser = clap::value_parser!(u32).range(1..=128))]
    pub signature: Option<u32>,
    /// For people, or one JSON object a line for programs
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub message_format: MessageFormat,
}

/// What findings are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Text for people
    Human,
    /// One JSON object a line
    Json,
}

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal that shows them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(BACKENDS.iter().map(|backend| backend.name()).chain([ALL]))
}

fn yes_or_no() -> impl TypedValueParser<Value = bool> {
    PossibleValuesParser::new(["yes", "no"]).map(|said| said == "yes")
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(KINDS.iter().map(|kind| kind.name))
}

/// The end of the help: examples and the exit codes.
fn after_help() -> String {
    let mut text = String::from(
        "Examples:\n  gmg-export --format pdf,docx,txt\n  gmg-export my-report --out out/2026\n  \
         gmg-export --format txt -o -\n  gmg-export check my-report\n\n\
         To have an export in a file of another name use -o FILE, not the shell's `>`: PowerShell changes the bytes.\n\n\
         Exit codes:\n",
    );
    for (code, meaning) in EXIT_CODES {
        text.push_str(&format!("  {code:<3}  {meaning}\n"));
    }
    text
}
