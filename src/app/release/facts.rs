//! What a file says about itself, for the manifest: the standards that it claims, its fonts, its colour profile,
//! read from its bytes.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::Object;
use ttf_parser::{Face, fonts_in_collection, name_id};

use super::manifest::{Font, Profile};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::digest::sha256;
use crate::layout::Layout;
use crate::pdf::read::file::{File, as_dict};
use crate::pdf::read::fonts::without_tag;
use crate::pdf::read::{ReadBack, guarded};

/// What a file says of itself.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) fonts: Vec<Font>,
    pub(super) profile: Option<Profile>,
}

/// Reads a PDF file; `versions` are those of the fonts that it may hold, by PostScript name.
pub(super) fn of_pdf(
    made: &ReadBack<'_>,
    versions: &BTreeMap<String, String>,
) -> Result<Facts, Diagnostics> {
    let read = || -> Result<Facts, String> {
        let file = made.pdf()?;
        Ok(Facts {
            fonts: fonts(file, versions),
            profile: profile(file)?,
        })
    };
    guarded(read).map_err(|why| {
        let message = format!("the PDF that was made cannot be read back: {why}");
        Diagnostic::new(Code::UNRECORDABLE, message).into()
    })
}

/// Those of a file that names its fonts and holds none.
pub(super) fn of_names(names: &[&str]) -> Facts {
    let names: BTreeSet<&str> = names.iter().copied().collect();
    let font = |name: &str| Font {
        name: name.to_owned(),
        version: None,
    };
    Facts {
        fonts: names.into_iter().map(font).collect(),
        profile: None,
    }
}

fn fonts(file: &File, versions: &BTreeMap<String, String>) -> Vec<Font> {
    let names: BTreeSet<String> = file
        .dictionaries()
        .filter(|dict| file.name(dict, "Type").as_deref() == Some("FontDescriptor"))
        .filter_map(|dict| file.name(dict, "FontName"))
        .map(|name| without_tag(&name).to_owned())
        .collect();
    let font = |name: String| Font {
        version: versions.get(&name).cloned(),
        name,
    };
    names.into_iter().map(font).collect()
}

fn profile(file: &File) -> Result<Option<Profile>, String> {
    let catalog = file.catalog()?;
    let intents = file.array(catalog, "OutputIntents").iter();
    for intent in intents.filter_map(|intent| as_dict(file.resolve(intent))) {
        let Object::Stream(stream) = file.get(intent, "DestOutputProfile") else {
            continue;
        };
        // `Custom` stands for a condition that no registry lists (ISO 32000-1, table 365).
        let name = file
            .text(intent, "OutputConditionIdentifier")
            .filter(|name| name != "Custom")
            .or_else(|| file.text(intent, "Info"));
        return Ok(Some(Profile {
            name: name.unwrap_or_default(),
            sha256: sha256(&file.unpack(stream)?),
        }));
    }
    Ok(None)
}

/// Versions of a layout's fonts, by PostScript name.
pub(super) fn versions(layout: &Layout) -> Result<BTreeMap<String, String>, Diagnostics> {
    let mut versions = BTreeMap::new();
    for bytes in layout.fonts.read()?.values() {
        for index in 0..fonts_in_collection(bytes).unwrap_or(1) {
            let Ok(face) = Face::parse(bytes, index) else {
                continue;
            };
            let say = |id: u16| {
                let names = face.names().into_iter();
                names
                    .filter(|name| name.name_id == id)
                    .find_map(|name| name.to_string())
            };
            if let (Some(name), Some(version)) =
                (say(name_id::POST_SCRIPT_NAME), say(name_id::VERSION))
            {
                versions.insert(name, version);
            }
        }
    }
    Ok(versions)
}
