//! Examples for the help of each command; the tests type every one of them.

/// Lines with what they do, by command; the empty name is an export.
pub const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "",
        &[
            (
                "gmg-export --format pdf,docx,txt",
                "three formats, into out/",
            ),
            (
                "gmg-export my-report --out out/2026",
                "another report, to another folder",
            ),
            (
                "gmg-export --format txt -o -",
                "the digest on standard output",
            ),
            (
                "gmg-export --format press --impose booklet --sheet SRA3",
                "a booklet for the printer",
            ),
            (
                "gmg-export -f press --binding perfect --caliper 97um",
                "a book with a spine",
            ),
            (
                "gmg-export --show-config",
                "the settings, and where they come from",
            ),
            ("gmg-export check my-report", "the errors, and no files"),
        ],
    ),
    (
        "check",
        &[
            ("gmg-export check", "the report here"),
            (
                "gmg-export check my-report --layout print",
                "with the fonts of another layout",
            ),
            (
                "gmg-export check --pages",
                "and what a proofreader would mark on the pages",
            ),
        ],
    ),
    (
        "verify",
        &[
            ("gmg-export verify", "the report here against tests/golden"),
            (
                "gmg-export verify my-report --golden records",
                "against other records",
            ),
            (
                "gmg-export verify --release out/release",
                "a release against its report",
            ),
        ],
    ),
    (
        "approve",
        &[
            ("gmg-export approve", "after a look at what `verify` shows"),
            (
                "gmg-export approve my-report --golden records",
                "into another folder",
            ),
        ],
    ),
    (
        "release",
        &[
            ("gmg-export release", "the report here"),
            (
                "gmg-export release --if-changed --deps release.d",
                "for a build system",
            ),
            (
                "gmg-export release reports/a reports/b --jobs 2 --out releases",
                "a batch of reports",
            ),
            (
                "gmg-export release reports/a reports/b --shard 1/4 --out parts/1",
                "the first of four parts of it",
            ),
        ],
    ),
    (
        "manifest",
        &[
            (
                "gmg-export manifest merge parts/1 parts/2 --out releases",
                "the release of all parts",
            ),
            (
                "gmg-export manifest merge parts/1 parts/2",
                "its manifest alone, on standard output",
            ),
        ],
    ),
    (
        "access",
        &[
            (
                "gmg-export access",
                "the dossier of the report here, into out/",
            ),
            (
                "gmg-export access my-report --layout large-print",
                "of another file of another report",
            ),
            (
                "gmg-export access sign 13-005 --by Ada",
                "sign what you have looked at",
            ),
        ],
    ),
    (
        "preflight",
        &[
            (
                "gmg-export preflight out/gmg-2016.press.pdf",
                "by the usual rules",
            ),
            (
                "gmg-export preflight job.pdf --profile printer.icc --max-ink 280",
                "by those of one printer",
            ),
        ],
    ),
    (
        "schema",
        &[
            ("gmg-export schema", "all files of a source in one"),
            ("gmg-export schema chapter", "one kind of file"),
            ("gmg-export schema settings", "gmg-export.yaml"),
        ],
    ),
    (
        "list",
        &[("gmg-export list", "with the layouts of the report here")],
    ),
    (
        "explain",
        &[
            ("gmg-export explain E0204", "cause, example and cure of one"),
            ("gmg-export explain", "all codes"),
        ],
    ),
    (
        "layout",
        &[
            (
                "gmg-export layout init large --extends large-print",
                "into layouts/large, for --layout large",
            ),
            (
                "gmg-export layout words en",
                "fixed words, to start a language from",
            ),
        ],
    ),
    (
        "init",
        &[
            ("gmg-export init my-report", "in a new folder"),
            (
                "gmg-export init report-2026 --kind annual",
                "a report of a year",
            ),
            ("gmg-export init .", "here, in an empty folder"),
        ],
    ),
    (
        "import",
        &[
            ("gmg-export import report.txt", "into the folder `report`"),
            (
                "gmg-export import report.md --out my-report --force",
                "over the files there",
            ),
        ],
    ),
    (
        "merge",
        &[
            (
                "gmg-export merge edited.docx --into my-report",
                "lists the changes, then asks",
            ),
            (
                "gmg-export merge edited.docx --author Okafor --yes",
                "what one person tracked",
            ),
            (
                "gmg-export merge edited.docx --only introduction --comments",
                "one chapter, and comments",
            ),
        ],
    ),
    (
        "diff",
        &[
            (
                "gmg-export diff v1.0",
                "what was changed here since that git revision",
            ),
            ("gmg-export diff out/release my-report", "since a release"),
            (
                "gmg-export diff HEAD~3 HEAD -o changes.docx",
                "between two revisions",
            ),
        ],
    ),
    (
        "completions",
        &[
            ("gmg-export completions bash", "to be sourced in ~/.bashrc"),
            (
                "gmg-export completions fish",
                "for ~/.config/fish/completions",
            ),
        ],
    ),
    (
        "help",
        &[
            ("gmg-export help", "all commands, options and topics"),
            ("gmg-export help settings", "a topic"),
            (
                "gmg-export help release",
                "a command, and the topic of that name",
            ),
        ],
    ),
    (
        "man",
        &[
            ("gmg-export man", "the program, to be read with `man -l -`"),
            ("gmg-export man check", "one command"),
        ],
    ),
];

/// The examples of a command as its help shows them.
pub(super) fn of(command: &str) -> String {
    let known = EXAMPLES.iter().find(|(name, _)| *name == command);
    let lines = known.map_or(&[][..], |(_, lines)| lines);
    let wide = lines.iter().map(|(line, _)| line.len()).max();
    let wide = wide.unwrap_or_default();
    let mut text = String::from("Examples:");
    for (line, does) in lines {
        text.push_str(&format!("\n  {line:wide$}  {does}"));
    }
    text
}
