//! The tables of codes, a file for each part of the work. Numbers go by hundreds: 01 files and YAML of the source,
//! 02 rules of the document, 03 prose, 04 layouts, 05 typesetting, 06 formats, 07 records, 08 print, 09 files in and
//! out, 10 the command line, 11 import, 12 releases, files that come back and accessibility.

mod access;
mod document;
mod files;
mod layout;
mod output;
pub(super) mod print;
mod prose;
mod release;
mod review;
mod template;
mod yaml;

use super::Code;

/// All tables with what they are about, in the order of their numbers.
pub(super) const GROUPS: &[(&str, &[Code])] = &[
    ("Files and YAML of the source", yaml::CODES),
    ("Files that the source names", files::NAMED),
    ("Rules of the document", document::CODES),
    ("Pictures", document::PICTURES),
    ("Prose", prose::CODES),
    ("Layouts", layout::CODES),
    ("Fonts and typesetting", layout::TYPESETTING),
    ("Formats", output::FORMATS),
    ("What Word templates lack", template::LEFT_OUT),
    ("Changes in Word files", review::CHANGES),
    ("Sign-offs", access::LAPSED),
    ("Records", output::RECORDS),
    ("Print jobs", print::JOBS),
    ("Word templates", template::UNFIT),
    ("Files for a printer", print::PREFLIGHT),
    ("Files in and out", files::CODES),
    ("The command line", output::COMMAND_LINE),
    ("Import", output::IMPORT),
    ("Releases", release::CODES),
    ("Word files that come back", review::CODES),
    ("Accessibility", access::CODES),
];
