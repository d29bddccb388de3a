//! The command line as typed, and nothing else: `settings` adds what was not typed, `command` carries it out.
//!
//! An option that can also be set elsewhere has no default here: `None` means that it was not typed.

mod access;
mod examples;
mod release;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::app::console::{Colour, MessageFormat};
use crate::app::help::TOPICS;
use crate::base::diagnostic::EXIT_CODES;
use crate::layout::{Binding, ColourPages, Impose, Job, Length, SheetSize};
use crate::source::SETTINGS_FILE;
use crate::verify::format::BACKENDS;

pub use access::{Access, AccessAction, Sign};
pub use examples::EXAMPLES;
pub use release::{Build, DepsForm, ManifestAction, Release, Verify};

/// Name of all formats together.
pub const ALL: &str = "all";
/// How the names of all variables of the program start. One that is not known is refused: it is a slip.
pub const PREFIX: &str = "GMG_EXPORT_";
/// The names of the schemas; `schema` makes one for each.
pub const SCHEMAS: [&str; 15] = [
    "report",
    "people",
    "organisations",
    "acronyms",
    "chapter",
    "access",
    "layout",
    "strings",
    "manifest",
    "settings",
    "stocks",
    "rules",
    "ticket",
    "dossier",
    "messages",
];

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
    disable_help_subcommand = true,
)]
pub struct Cli {
    /// What an export without a command takes.
    #[command(flatten)]
    pub export: Export,
    /// Another thing to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Print only what is wrong
    #[arg(short, long, global = true, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes", value_parser = yes_or_no())]
    pub quiet: Option<bool>,
    /// Whether to use colours; NO_COLOR is respected [default: auto]
    #[arg(long, value_name = "WHEN", global = true)]
    pub color: Option<Colour>,
    /// How messages and written files are reported, always on standard error [default:
    /// human]
    #[arg(long, value_name = "FORM", global = true)]
    pub message_format: Option<MessageFormat>,
    /// Memory that the work may take, in MB [default: 1000, and more for a long report]
    #[arg(long, value_name = "MB", global = true, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    pub max_memory: Option<u32>,
    /// Processor seconds that the work may take [default: 10, and more for a long report]
    #[arg(long, value_name = "SECONDS", global = true, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_time: Option<u32>,
    /// Pages that a file may have [default: 10000]
    #[arg(long, value_name = "PAGES", global = true, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_pages: Option<u32>,
    /// The words that were typed for each option that may be set elsewhere, too, by its name; `command::parse` fills
    /// it.
    #[arg(skip)]
    pub typed: BTreeMap<&'static str, OsString>,
}

/// Where the report is.
#[derive(Debug, Clone, Args)]
pub struct Source {
    /// Folder that holds report.yaml, or that file, or a folder with `source/report.yaml` in it [default: ./source,
    /// else this folder, else the report built into the program]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub source: Option<PathBuf>,
}

/// How it looks.
#[derive(Debug, Args)]
pub struct Layout {
    /// Name of a layout (see `gmg-export list`), or the path of a layout's folder [default: screen]
    #[arg(long, value_name = "NAME|DIR", value_hint = ValueHint::DirPath)]
    pub layout: Option<String>,
}

/// What to export and where to.
#[derive(Debug, Clone, Args)]
pub struct Export {
    /// Where the report is.
    #[command(flatten)]
    pub source: Source,
    /// Formats to make, separated by commas, or `all` [default: the one that the name given with -o has, else pdf]
    #[arg(short, long, value_name = "FORMATS", value_delimiter = ',', ignore_case = true, value_parser = formats())]
    pub format: Vec<String>,
    /// Name of a layout (see `gmg-export list`), or the path of a layout's folder [default: print for press, else
    /// screen]
    #[arg(long, value_name = "NAME|DIR", value_hint = ValueHint::DirPath)]
    pub layout: Option<String>,
    /// What a print job changes of the layout.
    #[command(flatten)]
    pub press: Press,
    /// Folder for the files, which have the name of the report; made if it is missing [default: out]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// File to write instead, for a single format; `-` is standard output
    ///
    /// Use this and not the shell's `>`: PowerShell changes the bytes on their way into the file.
    #[arg(short, long, value_name = "FILE", conflicts_with = "out", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Options for build systems.
    #[command(flatten)]
    pub build: Build,
    /// Make the Word file for those who edit it: changes are tracked, lines numbered, fields locked
    #[arg(long)]
    pub review: bool,
    /// Print the value of each setting and where it comes from, and do nothing else
    #[arg(long)]
    pub show_config: bool,
}

/// Heading of the options of print jobs.
const JOBS: &str = "Print jobs (see `press:` in the layout)";

/// What a print job changes of the layout; the layout says the rest.
#[derive(Debug, Clone, Default, Args)]
pub struct Press {
    /// How pages share a sheet: single, spreads, booklet, signatures-4, -8, -16 or -32, formes-8, -16 or -32, nup-2 or
    /// nup-4
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
    /// Also make pictures of the sheets, to look at
    #[arg(help_heading = JOBS, long, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes", value_parser = yes_or_no())]
    pub proof: Option<bool>,
    /// How it is bound: auto (covers among the pages of the sheets), stitched, or perfect (glued into a cover with a
    /// spine, which is a file of its own)
    #[arg(help_heading = JOBS, long, value_name = "HOW")]
    pub binding: Option<Binding>,
    /// Paper of the text, such as offset-90, or none
    #[arg(help_heading = JOBS, long, value_name = "NAME")]
    pub stock: Option<String>,
    /// Thickness of a leaf of the text, such as 0.1mm or 97um
    #[arg(help_heading = JOBS, long, value_name = "LENGTH", allow_hyphen_values = true)]
    pub caliper: Option<Length>,
    /// Paper of the cover, such as silk-300, or none
    #[arg(help_heading = JOBS, long, value_name = "NAME")]
    pub cover_stock: Option<String>,
    /// Paper of the endpapers, such as offset-120, or none
    #[arg(help_heading = JOBS, long, value_name = "NAME")]
    pub endpapers: Option<String>,
    /// What becomes of pages of the text in other inks than black: allow, list or refuse
    #[arg(help_heading = JOBS, long, value_name = "WHAT")]
    pub colour_pages: Option<ColourPages>,
    /// Rules of the preflight: sheetfed-coated, sheetfed-uncoated, digital, or one of layouts/print-data/rules.yaml
    #[arg(help_heading = JOBS, long, value_name = "NAME")]
    pub rules: Option<String>,
    /// Also write the job ticket, as JSON and as XJDF
    #[arg(help_heading = JOBS, long, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes", value_parser = yes_or_no())]
    pub ticket: Option<bool>,
}

impl Press {
    /// The names of these options.
    pub const NAMES: [&str; 15] = [
        "impose",
        "sheet",
        "bleed",
        "marks",
        "creep",
        "profile",
        "proof",
        "binding",
        "stock",
        "caliper",
        "cover-stock",
        "endpapers",
        "colour-pages",
        "rules",
        "ticket",
    ];

    /// What was given, as a print job.
    pub fn job(&self) -> Job {
        Job {
            impose: self.impose,
            sheet: self.sheet.clone(),
            bleed: self.bleed,
            marks: self.marks,
            creep: self.creep,
            profile: self.profile.clone(),
            proof: self.proof,
            binding: self.binding,
            stock: self.stock.clone(),
            caliper: self.caliper,
            cover_stock: self.cover_stock.clone(),
            endpapers: self.endpapers.clone(),
            colour_pages: self.colour_pages,
            rules: self.rules.clone(),
            ticket: self.ticket,
        }
    }
}

/// The kinds of report that `init` begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Starter {
    /// Meetings with panels, speakers and debates
    Meeting,
    /// A year: key figures, boxes, accounts, a signed foreword
    Annual,
    /// A study: definitions, method, findings, notes
    Study,
    /// A guide: steps, warnings, words to know
    Guide,
}

impl Starter {
    /// The folder of the starter in `src/app/starter`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Annual => "annual",
            Self::Study => "study",
            Self::Guide => "guide",
        }
    }
}

/// What to write of a layout.
#[derive(Debug, Subcommand)]
pub enum LayoutAction {
    /// Write a new layout into layouts/NAME, with every token as a comment, and the templates
    ///
    /// What the layout does not change is taken over from the layout that it extends.
    Init {
        /// Name of the layout
        #[arg(value_parser = layout_name)]
        name: String,
        /// Layout of the program that it takes over from
        #[arg(long, value_name = "LAYOUT", default_value = "screen")]
        extends: String,
    },
    /// Print the file with the fixed words of a language, to be copied into layouts/strings
    Words {
        /// Language, such as en or fr-CH
        language: String,
    },
}

/// What to do instead of an export.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check a report without making anything
    #[command(after_help = examples::of("check"))]
    Check {
        /// Where the report is.
        #[command(flatten)]
        source: Source,
        /// The layout whose fonts must have every character.
        #[command(flatten)]
        layout: Layout,
        /// Set the pages and look them over: lines that stand alone, loose lines, titles at the foot of a page
        #[arg(long)]
        pages: bool,
    },
    /// Compare a fresh export with the approved records, or a release with its reports
    ///
    /// Every recorded format is made again and compared with its record. What differs is shown, and the exit code is 1.
    /// With --release the release is made again, in memory, and compared byte for byte.
    #[command(after_help = examples::of("verify"))]
    Verify(Verify),
    /// Approve a fresh export: its record replaces the approved one
    #[command(after_help = examples::of("approve"))]
    Approve(Golden),
    /// Make every file of a release, checked, with a manifest and checksums
    ///
    /// `release:` in report.yaml lists them. They replace the folder as a whole, and only if every file
    /// passed every check: manifest.json says what was made from what and what the checks found, and `sha256sum -c SHA256SUMS`
    /// accepts the folder. Several reports are built side by side, each into a folder of its own; one that fails does not
    /// stop the others.
    #[command(after_help = examples::of("release"))]
    Release(Release),
    /// Join the manifests of parts of a batch of reports
    #[command(after_help = examples::of("manifest"))]
    Manifest {
        /// What to do with them.
        #[command(subcommand)]
        action: ManifestAction,
    },
    /// Say what of the report's accessibility is decided, by what, and what waits for a person
    ///
    /// Two files are written: the dossier as JSON and as a page of HTML, with every criterion of EN 301 549 clause 10, of
    /// PDF/UA-1's Matterhorn protocol and of quality beyond them. With a criterion that failed the exit code is 1; the files
    /// are written all the same. What waits for people is no error.
    #[command(after_help = examples::of("access"), args_conflicts_with_subcommands = true)]
    Access(Access),
    /// Report what a print shop would object to in a PDF file
    ///
    /// Any PDF file will do. Warnings are left to the printer; with an error the exit code is 1.
    #[command(after_help = examples::of("preflight"))]
    Preflight(Preflight),
    /// Print the JSON Schema of the files of a report, for editors, or of messages, for programs
    #[command(after_help = examples::of("schema"))]
    Schema {
        /// One kind of file [default: all of the source in one schema]
        #[arg(value_parser = SCHEMAS)]
        kind: Option<String>,
    },
    /// List the formats, layouts and languages
    #[command(after_help = examples::of("list"))]
    List,
    /// Explain the code of a message, such as E0204
    #[command(after_help = examples::of("explain"))]
    Explain {
        /// The code [default: a list of all]
        code: Option<String>,
    },
    /// Make a small new report that builds as it is
    #[command(after_help = examples::of("init"))]
    Init {
        /// Folder for it, which must be new or empty
        #[arg(value_hint = ValueHint::DirPath)]
        dir: PathBuf,
        /// What kind of report
        #[arg(long, value_enum, default_value_t = Starter::Meeting)]
        kind: Starter,
    },
    /// Write out a layout to change, or print the fixed words of a language
    #[command(after_help = examples::of("layout"))]
    Layout {
        /// What to write.
        #[command(subcommand)]
        action: LayoutAction,
    },
    /// Turn a published text into a report, without losing a word
    ///
    /// Plain text is read by general rules: contents list, headings, meetings, speakers, footnotes. The
    /// words of the text, in order, are compared with those of the report before anything is written.
    #[command(after_help = examples::of("import"))]
    Import(Import),
    /// Take over what was changed in a Word file that the program made
    ///
    /// What was changed is listed, and written into the files of the report where each old word stands; everything else in
    /// them stays as it is. Changes that a report cannot say, or that the source has changed meanwhile, are listed and left
    /// to you.
    #[command(after_help = examples::of("merge"))]
    Merge(Merge),
    /// Show what was changed between two states of a report, as tracked changes of a Word file
    ///
    /// Each of the two is a report's folder, a release's folder, a Word file that the program made, or a git revision.
    /// Whoever accepts all changes in Word has the new text, whoever rejects all has the old one, word for word.
    #[command(after_help = examples::of("diff"))]
    Diff(Diff),
    /// Print a script that completes commands and options in a shell
    #[command(after_help = examples::of("completions"))]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Explain a topic, or a command with all its options
    #[command(after_help = examples::of("help"))]
    Help {
        /// A topic or a command [default: a list of all]
        words: Vec<String>,
    },
    /// Print the manual page
    #[command(after_help = examples::of("man"))]
    Man {
        /// The command that it is about [default: the program as a whole]
        command: Option<String>,
    },
}

/// What to import and where to.
#[derive(Debug, Args)]
pub struct Import {
    /// The Word file, or the text as .md or .txt; - is standard input, a Word file or plain text
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// What becomes of tracked changes of a Word file
    #[arg(long, value_enum, value_name = "HOW", default_value = "refuse")]
    pub changes: Changes,
    /// Folder for the report's files [default: the name of the text]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// Report what became of every line
    #[arg(long)]
    pub lines: bool,
    /// Language of the text, such as en-GB or fr [default: recognised by its words]
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Replace what an earlier import wrote and nobody has changed since
    #[arg(long)]
    pub force: bool,
}

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Changes {
    /// The text as it is with all of them
    Accept,
    /// The text as it was before them
    Reject,
    /// A file that has some is not imported
    Refuse,
}

/// What to merge and into what.
#[derive(Debug, Args)]
pub struct Merge {
    /// The Word file that was edited
    #[arg(value_name = "FILE.docx", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Folder of the report that the file was made from [default: ./source, else this folder]
    #[arg(long, value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    pub into: Option<PathBuf>,
    /// The layout that the file was made in, where the file does not say so itself.
    #[command(flatten)]
    pub layout: Layout,
    /// Write without asking
    #[arg(long)]
    pub yes: bool,
    /// Take over the tracked changes of this person, and leave those of others out
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Take over the changes of one chapter: its id, or the path of its file
    #[arg(long, value_name = "CHAPTER")]
    pub only: Option<String>,
    /// Change names and posts that were changed in one place of the Word file wherever they stand; asked otherwise
    #[arg(long)]
    pub names: bool,
    /// Write comments into the files, too, each as a line `# comment (name): …`
    #[arg(long)]
    pub comments: bool,
}

/// What to compare.
#[derive(Debug, Args)]
pub struct Diff {
    /// What the text was: a report's folder, a release's folder, a Word file of the program, or a git revision
    /// (REVISION, or REVISION:path/to/report)
    #[arg(value_name = "OLD", value_hint = ValueHint::AnyPath)]
    pub old: PathBuf,
    /// What it is now, named in the same way [default: ./source, else this folder]
    #[arg(value_name = "NEW", value_hint = ValueHint::AnyPath)]
    pub new: Option<PathBuf>,
    /// How the Word file looks.
    #[command(flatten)]
    pub layout: Layout,
    /// Folder for the file, which is called after the report [default: out]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// File to write instead
    #[arg(short, long, value_name = "FILE.docx", conflicts_with = "out", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Whose changes Word says they are
    #[arg(long, value_name = "NAME", default_value = "gmg-export")]
    pub author: String,
}

/// Which records to look at.
#[derive(Debug, Args)]
pub struct Golden {
    /// Where the report is.
    #[command(flatten)]
    pub source: Source,
    /// Folder of the records [default: tests/golden next to the source]
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
    /// Name of the rules to go by: sheetfed-coated, sheetfed-uncoated, digital, or one of
    /// layouts/print-data/rules.yaml here
    #[arg(long, value_name = "NAME", default_value = "sheetfed-coated")]
    pub rules: String,
    /// Maximum ink in one place, in percent [default: as the rules say]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u16).range(100..=400))]
    pub max_ink: Option<u16>,
    /// Resolution in pixels per inch below which a picture gets a warning; below half of it, an error [default: as the
    /// rules say]
    #[arg(long, value_name = "DPI", value_parser = clap::value_parser!(u16).range(1..=4800))]
    pub min_resolution: Option<u16>,
    /// The number of pages must be a multiple of this
    #[arg(long, value_name = "PAGES", value_parser = clap::value_parser!(u32).range(1..=128))]
    pub signature: Option<u32>,
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(BACKENDS.iter().map(|backend| backend.name()).chain([ALL]))
}

/// Scripts and YAML use other words for it, which the help does not repeat.
fn yes_or_no() -> impl TypedValueParser<Value = bool> {
    let words = [
        PossibleValue::new("yes").aliases(["true", "1"]),
        PossibleValue::new("no").aliases(["false", "0"]),
    ];
    PossibleValuesParser::new(words).map(|said| ["yes", "true", "1"].contains(&said.as_str()))
}

/// The end of the help: examples, the topics of the manual, where else options are set, and the exit codes.
fn after_help() -> String {
    let mut text = examples::of("");
    text.push_str("\n\nTopics (`gmg-export help TOPIC`):");
    for topic in TOPICS {
        text.push_str(&format!("\n  {:<10}  {}", topic.name, topic.summary()));
    }
    text.push_str(&format!(
        "\n\nTo have an export in a file of another name use -o FILE, not the shell's `>`: PowerShell changes the \
         bytes.\n\nAn option that is not given is taken from the environment ({PREFIX}LAYOUT for --layout, and so on), \
         else from the file {SETTINGS_FILE} next to the report's folder source/, or next to report.yaml where there is no \
         such folder (`layout: print`; paths in it are relative to it), else it has its default.\n\nExit codes:\n"
    ));
    for (code, meaning) in EXIT_CODES {
        text.push_str(&format!("  {code:<3}  {meaning}\n"));
    }
    text
}

/// A name for a layout, which is that of its folder.
fn layout_name(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.chars().all(plain) {
        return Err(
            "a name has lower-case letters a to z, digits and hyphens and starts with a letter"
                .into(),
        );
    }
    match crate::layout::embedded_files().any(|(path, _)| path.split('/').next() == Some(text)) {
        true => Err(format!(
            "the program has a layout or folder `{text}`; take another name, and `--extends {text}`"
        )),
        false => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_program_and_paths_are_no_names() {
        for wrong in ["screen", "fonts", "../a", "A", "a b", ""] {
            assert!(layout_name(wrong).is_err(), "{wrong}");
        }
        assert_eq!(layout_name("annual-2025"), Ok("annual-2025".into()));
    }
}
