//! Settings from the file `gmg-export.yaml` of a report.

use std::path::Path;

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Deserialize;

use super::list::{SETTINGS, Setting};
use super::{Given, Origin, SettingsFolders, Values, value};
use crate::app::cli::ALL;
use crate::app::console::MessageFormat;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Kind, Location};
use crate::base::files::Problem;
use crate::layout::{Binding, ColourPages, Impose, Length, SheetSize};
use crate::source::schema::{Literal, Located};
use crate::source::{self, FileRef, Folder};
use crate::verify::format::BACKENDS;

pub use crate::source::SETTINGS_FILE as FILE;

/// The names that it is given by mistake.
const NEARLY: [&str; 2] = ["gmg-export.yml", "gmg_export.yaml"];
/// The largest such file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// `gmg-export.yaml`: what the options of `gmg-export` are for this report where they are not given.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsFile {
    /// Formats to make, as a list; `all` stands for every one.
    #[serde(default)]
    #[schemars(schema_with = "formats")]
    pub format: Option<Vec<Literal>>,
    /// Name of a layout, or the path of a layout's folder, relative to this file, such as ./my-layout.
    pub layout: Option<Literal>,
    /// Folder that the files are written to, relative to this file.
    pub out: Option<Literal>,
    /// Folder of the approved records, relative to this file.
    pub golden: Option<Literal>,
    /// How pages share a sheet of a print job.
    #[schemars(with = "Option<Impose>")]
    pub impose: Option<Literal>,
    /// Sheet of paper of a print job: auto, a name such as SRA3, or a size such as 320x450mm.
    #[schemars(with = "Option<SheetSize>")]
    pub sheet: Option<Literal>,
    /// Colour beyond the trimmed page of a print job, such as 3mm.
    #[schemars(with = "Option<Length>")]
    pub bleed: Option<Literal>,
    /// Whether the sheets of a print job carry marks.
    pub marks: Option<Located<bool>>,
    /// How far each sheet of a booklet or signature moves towards the spine, such as 0.1mm.
    #[schemars(with = "Option<Length>")]
    pub creep: Option<Literal>,
    /// ICC profile of the printer: the name of one that is built in, or the path of its file, relative to this file.
    pub profile: Option<Literal>,
    /// Whether a print job makes pictures of its sheets, too.
    pub proof: Option<Located<bool>>,
    /// How a print job is bound: auto, stitched or perfect.
    #[schemars(with = "Option<Binding>")]
    pub binding: Option<Literal>,
    /// Paper of the text of a print job, by name, or none.
    pub stock: Option<Literal>,
    /// Thickness of a leaf of the text of a print job, such as 97um.
    #[schemars(with = "Option<Length>")]
    pub caliper: Option<Literal>,
    /// Paper of the cover of a print job, by name, or none.
    #[serde(rename = "cover-stock")]
    pub cover_stock: Option<Literal>,
    /// Paper of the endpapers of a print job, by name, or none.
    pub endpapers: Option<Literal>,
    /// What becomes of pages of the text of a print job in other inks than black: allow, list or refuse.
    #[serde(rename = "colour-pages")]
    #[schemars(with = "Option<ColourPages>")]
    pub colour_pages: Option<Literal>,
    /// Rules of the preflight of a print job, by name.
    pub rules: Option<Literal>,
    /// Whether a print job comes with its ticket.
    pub ticket: Option<Located<bool>>,
    /// Whether to use colours on the terminal: auto, always or never.
    #[serde(default)]
    #[schemars(schema_with = "colours")]
    pub color: Option<Literal>,
    /// Whether to say only what is wrong.
    pub quiet: Option<Located<bool>>,
    /// How messages and written files are reported: human, short, json, sarif or github.
    #[serde(default, rename = "message-format")]
    #[schemars(schema_with = "forms")]
    pub message_format: Option<Literal>,
    /// What the work may take. A report can only lower the limits.
    #[serde(default)]
    pub limits: LimitsFile,
}

/// What the work on a report may take, where that is less than usual.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitsFile {
    /// Memory in MB.
    #[schemars(range(min = 100, max = 1_000_000))]
    pub memory: Option<Located<u32>>,
    /// Processor seconds.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub time: Option<Located<u32>>,
    /// Pages of a file.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub pages: Option<Located<u32>>,
}

fn formats(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let names: Vec<&str> = BACKENDS
        .iter()
        .map(|backend| backend.name())
        .chain([ALL])
        .collect();
    schemars::json_schema!({
        "type": ["array", "null"], "minItems": 1, "items": {"type": "string", "enum": names},
    })
}

fn colours(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({"type": ["string", "null"], "enum": ["auto", "always", "never", null]})
}

fn forms(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let forms = MessageFormat::value_variants().iter();
    let names = forms.filter_map(|form| form.to_possible_value());
    let mut names: Vec<Option<String>> = names.map(|name| Some(name.get_name().into())).collect();
    names.push(None);
    schemars::json_schema!({"type": ["string", "null"], "enum": names})
}

/// What the file of a report says; nothing where there is none.
pub(super) fn read(place: SettingsFolders<'_>) -> Result<Values, Diagnostics> {
    misplaced(place)?;
    let folder = Folder::Disk(place.root.clone());
    let path = folder.display(FILE);
    let bytes = match folder.read(FILE, LARGEST) {
        Ok(bytes) => bytes,
        Err(Problem::Missing { similar: None }) => return Ok(Values::new()),
        Err(problem) => {
            let mut found = problem.diagnostic(&path);
            found.kind = Kind::Usage;
            return Err(found.into());
        }
    };
    // Those of a new report are all in comments.
    if source::says_nothing(&String::from_utf8_lossy(&bytes)) {
        return Ok(Values::new());
    }
    let file = source::yaml::<SettingsFile>(&path, &bytes, Kind::Usage)?;
    let mut said = Values::new();
    let mut found = Diagnostics::default();
    for setting in SETTINGS {
        let values = (setting.in_file)(&file.content);
        match values.map(|values| given(setting, &values, file.as_ref(), place.root.path())) {
            Some(Ok(given)) => {
                said.insert(setting.name, given);
            }
            Some(Err(more)) => found.extend(more),
            None => {}
        }
    }
    found.or_value(said).map(|(said, _)| said)
}

/// What the file says of a setting, each value read by the option's parser.
fn given(
    setting: &Setting,
    values: &[Located<String>],
    file: FileRef<'_>,
    root: &Path,
) -> Result<Given, Diagnostics> {
    let mut found = Diagnostics::default();
    let mut texts = Vec::new();
    for value in values {
        let text = setting.from(root, &value.value);
        if setting.leads_out(&value.value) {
            let message = format!("`{}` leads out of the report's folder", value.value);
            let wrong = file.diagnostic(Code::SETTING_OUTSIDE, value.line, value.column, message);
            let hint = format!(
                "a report may only choose places in its own folder; for another one give --{} or set {}",
                setting.name,
                setting.variable()
            );
            found.push(wrong.field(setting.name).hint(hint));
        }
        if let Err((message, hint)) = value::check(setting, &text) {
            let mut wrong = file.diagnostic(Code::BAD_SETTING, value.line, value.column, message);
            wrong.hints.extend(hint);
            found.push(wrong.field(setting.field()));
        }
        texts.push(text);
    }
    let Some(first) = values.first() else {
        let message = format!("`{}` is a list with nothing in it", setting.name);
        let wrong = Diagnostic::new(Code::BAD_SETTING, message).at(file.location(0, 0));
        let wrong = match file.place_of(setting.name) {
            Some((line, column)) => {
                file.diagnostic(wrong.code, line, column, wrong.message.clone())
            }
            None => wrong,
        };
        return Err(wrong.field(setting.name).hint("delete the line").into());
    };
    let given = Given {
        text: texts.join(std::ffi::OsStr::new(",")),
        origin: Origin::File(file.location(first.line, first.column)),
    };
    found.or_value(given).map(|(given, _)| given)
}

/// Refuses a file that would be passed over: one that lies elsewhere or has nearly the name.
fn misplaced(place: SettingsFolders<'_>) -> Result<(), Diagnostics> {
    let root = place.root;
    let mut wrong: Vec<(String, String)> = NEARLY
        .iter()
        .filter(|name| root.holds(name))
        .map(|name| (root.display(name), format!("rename it to {FILE}")))
        .collect();
    if let Some(source) = place.source.filter(|source| source.holds(FILE)) {
        let hint = format!("move it to `{}`", root.display(FILE));
        wrong.push((source.display(FILE), hint));
    }
    let refuse = |(file, hint): (String, String)| {
        let message = "the settings of a report are not read from here";
        let found = Diagnostic::new(Code::MISPLACED_SETTINGS, message);
        found.at(Location::whole(file)).hint(hint)
    };
    wrong
        .into_iter()
        .map(refuse)
        .collect::<Diagnostics>()
        .or_value(())
        .map(|_| ())
}
