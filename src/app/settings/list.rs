//! The list of settings: what can be set outside the command line, and by which names.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Component, Path};

use clap::ArgMatches;

use super::file::SettingsFile;
use crate::app::cli::PREFIX;
use crate::source::schema::Located;

/// A setting.
#[derive(Debug)]
pub struct Setting {
    /// Its option without the hyphens, in capitals the end of its variable, and in most cases its field in the file.
    pub name: &'static str,
    /// What holds where nobody says anything, in words.
    pub default: &'static str,
    /// Commands that have the option; the empty name is an export. The first one's parser reads what is set.
    commands: &'static [&'static str],
    /// Whether a text is a path, and thus relative to the file that it is in.
    is_path: fn(&str) -> bool,
    /// What the file says of it, with its place; several values where it is a list.
    pub(super) in_file: fn(&SettingsFile) -> Option<Vec<Located<String>>>,
}

/// What holds of a print job where nobody says anything.
const LAYOUT: &str = "as the layout says";

/// All settings, in the order in which they are shown.
pub const SETTINGS: &[Setting] = &[
    setting("format", "pdf", |file| file.format.clone()),
    Setting {
        commands: &["", "check", "access"],
        is_path: has_folder,
        ..setting("layout", "print for press, else screen", |file| {
            one(&file.layout)
        })
    },
    Setting {
        is_path: always,
        ..setting("out", "out", |file| one(&file.out))
    },
    Setting {
        commands: &["verify", "approve"],
        is_path: always,
        ..setting("golden", "tests/golden next to the source", |file| {
            one(&file.golden)
        })
    },
    setting("impose", LAYOUT, |file| one(&file.impose)),
    setting("sheet", LAYOUT, |file| one(&file.sheet)),
    setting("bleed", LAYOUT, |file| one(&file.bleed)),
    setting("marks", LAYOUT, |file| yes_or_no(file.marks.as_ref())),
    setting("creep", LAYOUT, |file| one(&file.creep)),
    Setting {
        is_path: is_profile_file,
        ..setting("profile", LAYOUT, |file| one(&file.profile))
    },
    setting("proof", LAYOUT, |file| yes_or_no(file.proof.as_ref())),
    setting("binding", LAYOUT, |file| one(&file.binding)),
    setting("stock", LAYOUT, |file| one(&file.stock)),
    setting("caliper", LAYOUT, |file| one(&file.caliper)),
    setting("cover-stock", LAYOUT, |file| one(&file.cover_stock)),
    setting("endpapers", LAYOUT, |file| one(&file.endpapers)),
    setting("colour-pages", LAYOUT, |file| one(&file.colour_pages)),
    setting("rules", LAYOUT, |file| one(&file.rules)),
    setting("ticket", LAYOUT, |file| yes_or_no(file.ticket.as_ref())),
    setting("color", "auto", |file| one(&file.color)),
    setting("quiet", "no", |file| yes_or_no(file.quiet.as_ref())),
    setting("message-format", "human", |file| one(&file.message_format)),
    setting("max-memory", "1000", |file| {
        number(file.limits.memory.as_ref())
    }),
    setting("max-time", "10", |file| number(file.limits.time.as_ref())),
    setting("max-pages", "10000", |file| {
        number(file.limits.pages.as_ref())
    }),
];

const fn setting(
    name: &'static str,
    default: &'static str,
    in_file: fn(&SettingsFile) -> Option<Vec<Located<String>>>,
) -> Setting {
    Setting {
        name,
        default,
        commands: &[""],
        is_path: |_| false,
        in_file,
    }
}

impl Setting {
    /// The variable of the environment that sets it.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.id().to_uppercase())
    }

    /// Its field in the file.
    pub(super) fn field(&self) -> String {
        match self.name.strip_prefix("max-") {
            Some(limit) => format!("limits.{limit}"),
            None => self.name.to_owned(),
        }
    }

    /// Its name without a hyphen, as the parser of the command line knows it.
    fn id(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Whether `command` has the option.
    pub(super) fn belongs(&self, command: &str) -> bool {
        self.commands.contains(&command)
    }

    /// The command whose parser reads it.
    pub(super) fn command(&self) -> &'static str {
        self.commands.first().copied().unwrap_or_default()
    }

    /// The option with this value, as a word of the command line.
    pub(super) fn option(&self, text: &OsStr) -> OsString {
        let mut option = OsString::from(format!("--{}=", self.name));
        option.push(text);
        option
    }

    /// Whether a value that is in a file is a path that leads out of the file's folder, by its text.
    pub(super) fn leads_out(&self, text: &str) -> bool {
        let text = text.replace('\\', "/");
        let drive = text.as_bytes().get(1) == Some(&b':');
        let path = Path::new(&text);
        (self.is_path)(&text)
            && (drive
                || path.has_root()
                // A shell would make the user's own folder of it.
                || text.starts_with('~')
                || path.components().any(|part| part == Component::ParentDir))
    }

    /// A value that is in a file of the folder `root`, as it would be typed here.
    pub(super) fn from(&self, root: &Path, text: &str) -> OsString {
        let here = root == Path::new(".") || text.is_empty();
        if here || !(self.is_path)(text) {
            return text.into();
        }
        let inside = Path::new(text).strip_prefix(".");
        root.join(inside.unwrap_or(Path::new(text)))
            .into_os_string()
    }
}

fn always(_: &str) -> bool {
    true
}

/// Layouts without a folder in their text are names.
fn has_folder(text: &str) -> bool {
    text.contains(['/', '\\']) || matches!(text, "." | "..")
}

/// Profiles, too, but a file's ending also tells.
fn is_profile_file(text: &str) -> bool {
    has_folder(text) || text.to_lowercase().ends_with(".icc")
}

fn one(value: &Option<Located<String>>) -> Option<Vec<Located<String>>> {
    value.clone().map(|value| vec![value])
}

fn number(value: Option<&Located<u32>>) -> Option<Vec<Located<String>>> {
    value.map(|value| {
        vec![Located {
            value: value.value.to_string(),
            line: value.line,
            column: value.column,
        }]
    })
}

fn yes_or_no(value: Option<&Located<bool>>) -> Option<Vec<Located<String>>> {
    value.map(|value| {
        vec![Located {
            value: if value.value { "yes" } else { "no" }.to_owned(),
            line: value.line,
            column: value.column,
        }]
    })
}

/// What was typed for the settings, by their names.
pub fn typed(matches: &ArgMatches) -> BTreeMap<&'static str, OsString> {
    let mut typed = BTreeMap::new();
    for setting in SETTINGS {
        for command in setting.commands {
            let part = match matches.subcommand() {
                _ if command.is_empty() => matches,
                Some((name, part)) if name == *command => part,
                _ => continue,
            };
            if let Ok(Some(words)) = part.try_get_raw(&setting.id()) {
                let words: Vec<&OsStr> = words.collect();
                typed.insert(setting.name, words.join(OsStr::new(",")));
            }
        }
    }
    typed
}
