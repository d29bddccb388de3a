//! Every read and write of the program, with the rule that it follows.

/// What decides which place is read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Read, and named by whoever runs the program: links are followed, pipes and devices refused.
    NamedFile,
    /// Read, and part of a report: nothing outside of its folder, pipes and devices refused.
    InReport,
    /// Read, and part of a layout that whoever runs the program has named: nothing outside of the layout's folder.
    InLayout,
    /// Written to a place that whoever runs the program has named: links on the way to it are followed, none in its
    /// place or below it. Only what the program wrote, and nobody has changed since, is replaced.
    Named,
    /// Written to a place that nobody named, or that the report's settings choose: below the current folder or the
    /// report's, no link is followed. Only what the program wrote, and nobody has changed since, is replaced.
    Below,
    /// A folder that is replaced as a whole: refused if it is a link, or holds anything that the program did not write.
    /// (Of the folder of records that holds for each record; what else is in it stays.)
    WholeFolder,
    /// Written to standard output and nowhere else.
    Printed,
}

/// A read or a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// What is read or written.
    pub what: &'static str,
    /// The rule.
    pub rule: Rule,
}

/// Every read and write of the program. A test tries to break the rule of each.
pub const ACCESSES: &[Access] = &[
    access("report.yaml, registries and chapters", Rule::InReport),
    access("pictures of the report", Rule::InReport),
    access("tables of the report from CSV", Rule::InReport),
    access("gmg-export.yaml", Rule::InReport),
    access(
        "layouts next to the source: layout.yaml and templates",
        Rule::InReport,
    ),
    access(
        "layouts next to the source: images and fonts",
        Rule::InReport,
    ),
    access("the Word template of a layout", Rule::InReport),
    access("fixed words next to the source", Rule::InReport),
    access("fonts and profiles next to the source", Rule::InReport),
    access(
        "a layout that gmg-export.yaml or report.yaml chooses",
        Rule::InReport,
    ),
    access(
        "a profile that the report or a layout chooses",
        Rule::InReport,
    ),
    access("approved records, to compare with", Rule::InReport),
    access("a layout named by --layout", Rule::InLayout),
    access("a profile named by --profile", Rule::NamedFile),
    access("a text named to import", Rule::NamedFile),
    access("standard input of import", Rule::NamedFile),
    access("pictures next to a text that is imported", Rule::InReport),
    access("a PDF named to preflight", Rule::NamedFile),
    access("sign-offs of access", Rule::InReport),
    access("the dossier of access", Rule::Below),
    access("the dossier of access to --out", Rule::Named),
    access(
        "a release named to verify and manifest merge",
        Rule::InReport,
    ),
    access("a Word file named to diff", Rule::NamedFile),
    access("a release named to diff", Rule::InReport),
    access("a report of a git revision named to diff", Rule::InReport),
    access("the file of diff without --out", Rule::Below),
    access("files of an export without --out", Rule::Below),
    access("files of an export to out: of gmg-export.yaml", Rule::Below),
    access("files of an export to --out", Rule::Named),
    access("the file of -o", Rule::Named),
    access("the list of --deps", Rule::Named),
    access("the stamps of --if-changed", Rule::Below),
    access("a release", Rule::WholeFolder),
    access("what manifest merge joins", Rule::WholeFolder),
    access("a record that is approved", Rule::WholeFolder),
    access("a source that is imported", Rule::Named),
    access("a new report of init", Rule::WholeFolder),
    access(
        "schema, completions, man, help, list and explain",
        Rule::Printed,
    ),
];

const fn access(what: &'static str, rule: Rule) -> Access {
    Access { what, rule }
}
