//! The files of one layout, from the binary or from a folder on disk.

use std::borrow::Cow;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::fonts::FontSource;
use super::tokens::{Files, LayoutFile};
use crate::base::diagnostic::{self, Code, Diagnostic, Diagnostics, Location};
use crate::base::files::{Kind, Problem, Root};
use crate::base::paths::slashed;

/// The layouts in the binary, with the fonts and the fixed words next to them.
pub(super) static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/layouts");
/// Folders next to the layouts that hold no layout.
pub(super) const SHARED: [&str; 4] = ["fonts", "print-data", "profiles", "strings"];
/// Name of the file that makes a folder a layout.
pub(super) const LAYOUT_FILE: &str = "layout.yaml";
/// Largest file of a layout that is read, in bytes: fonts of large scripts take some 20 MB.
pub(super) const LARGEST_FILE: u64 = 64 << 20;
/// Folders are looked into this deep.
pub(super) const DEEPEST: usize = 4;

/// A layout's folder with the files in it.
pub(super) struct Folder {
    /// Its path for messages, with forward slashes.
    pub(super) display: String,
    /// Its layout file and its templates by path below it.
    pub(super) files: Files,
    /// Its fonts by path below it.
    pub(super) fonts: Vec<(String, FontSource)>,
    /// Where it is on disk, unless it is in the binary.
    pub(super) disk: Option<Root>,
}

impl Folder {
    /// The layout of that name in the binary.
    pub(super) fn embedded(name: &str) -> Option<Self> {
        let dir = EMBEDDED.get_dir(name)?;
        if name.contains(['/', '\\']) || SHARED.contains(&name) {
            return None;
        }
        Some(Folder {
            display: format!("layouts/{name}"),
            files: embedded(dir)
                .filter(|(name, _)| !is_font(name))
                .map(|(name, bytes)| (name, Cow::Borrowed(bytes)))
                .collect(),
            fonts: fonts_in(dir),
            disk: None,
        })
    }

    /// The layout in the folder `root`; nothing is read unless there is a layout file in it.
    pub(super) fn on_disk(root: &Root) -> Result<Self, Diagnostics> {
        let display = shown(root.path());
        if !root.holds(LAYOUT_FILE) {
            return Err(no_layout(root, &display).into());
        }
        let mut files = Files::new();
        let mut fonts = Vec::new();
        let mut broken = Diagnostics::default();
        for name in found(root, belongs)? {
            if is_font(&name) {
                fonts.push((name.clone(), FontSource::Disk(root.clone(), name)));
                continue;
            }
            match root.read(&name, LARGEST_FILE) {
                Ok(bytes) => {
                    files.insert(name, Cow::Owned(bytes));
                }
                Err(problem) => broken.push(unreadable(root, &name, &problem)),
            }
        }
        let folder = Folder {
            display,
            files,
            fonts,
            disk: Some(root.clone()),
        };
        broken.or_value(folder).map(|(folder, _)| folder)
    }

    /// Path and text of its layout file.
    pub(super) fn written(&self) -> (String, String) {
        let bytes = self.files.get(LAYOUT_FILE).map_or(&[][..], AsRef::as_ref);
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        (self.layout_path(), text)
    }

    /// What the folder's layout file says.
    pub(super) fn layout_file(&self) -> Result<LayoutFile, Diagnostics> {
        let bytes = self.files.get(LAYOUT_FILE).map_or(&[][..], AsRef::as_ref);
        super::parse(&self.layout_path(), bytes)
    }

    /// The path of its layout file for messages.
    pub(super) fn layout_path(&self) -> String {
        format!("{}/{LAYOUT_FILE}", self.display)
    }
}

fn no_layout(root: &Root, display: &str) -> Diagnostic {
    let message = if root.entries().is_ok() {
        format!("the folder `{display}` is no layout: it has no file `{LAYOUT_FILE}`")
    } else if root.path().symlink_metadata().is_ok() {
        format!("`{display}` is no layout: a layout is a folder")
    } else {
        format!("there is no layout folder `{display}`")
    };
    let near = super::unread::near_layout_file(root);
    let rename = near.map(|near| format!("rename `{}` to {LAYOUT_FILE}", root.display(&near)));
    let found = Diagnostic::new(Code::NOT_A_LAYOUT, message);
    let found = match rename {
        Some(rename) => found.hint(rename),
        None => found,
    };
    found.hint(format!("a layout is a folder with a file `{LAYOUT_FILE}`; `extends: screen` in it takes over what it leaves out"))
}

/// A file of a layout that was found and cannot be read.
pub(super) fn unreadable(root: &Root, name: &str, problem: &Problem) -> Diagnostic {
    let path = root.display(name);
    let code = match problem {
        Problem::Io(_) if is_font(name) => Code::FONT_UNREADABLE,
        Problem::Io(_) => Code::LAYOUT_UNREADABLE,
        other => other.code_when_named(),
    };
    let found = Diagnostic::new(code, problem.message(&path)).of_kind(diagnostic::Kind::Layout);
    Diagnostic {
        hints: problem.hint().into_iter().collect(),
        ..found.at(whole_file(&path))
    }
}

/// A path as a user types it.
pub(super) fn shown(path: &Path) -> String {
    let shown = slashed(path);
    match shown.trim_end_matches('/') {
        "" => shown,
        trimmed => trimmed.to_owned(),
    }
}

/// The place `path` as a whole.
pub(super) fn whole_file(path: &str) -> Location {
    Location::whole(path)
}

/// Whether a file of a layout's folder is part of the layout.
fn belongs(name: &str) -> bool {
    name == LAYOUT_FILE || is_template(name) || is_font(name)
}

/// Whether the templates may ask for the file.
pub(super) fn is_template(name: &str) -> bool {
    name.ends_with(".typ") || name.starts_with("images/")
}

/// Whether the file is a font.
pub(super) fn is_font(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    ["otf", "ttf", "otc", "ttc"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// The fonts in a folder; none where there is no such folder.
pub(super) fn fonts_on_disk(root: &Root) -> Result<Vec<(String, FontSource)>, Diagnostics> {
    if root.entries().is_err() {
        return Ok(Vec::new());
    }
    let place = |name: String| (name.clone(), FontSource::Disk(root.clone(), name));
    Ok(found(root, is_font)?.into_iter().map(place).collect())
}

/// The fonts in the binary.
pub(super) fn embedded_fonts() -> Vec<(String, FontSource)> {
    EMBEDDED.get_dir("fonts").map(fonts_in).unwrap_or_default()
}

/// Path of each file below a folder that belongs to a layout.
fn found(root: &Root, belongs: fn(&str) -> bool) -> Result<Vec<String>, Diagnostics> {
    let mut files = Vec::new();
    collect(root, "", belongs, &mut files, 0)?;
    Ok(files)
}

fn collect(
    root: &Root,
    folder: &str,
    belongs: fn(&str) -> bool,
    files: &mut Vec<String>,
    depth: usize,
) -> Result<(), Diagnostics> {
    let entries = root.folder(folder).entries();
    for entry in entries.map_err(|problem| unreadable(root, folder, &problem))? {
        if entry.name.starts_with('.') {
            continue;
        }
        let path = match folder {
            "" => entry.name,
            folder => format!("{folder}/{}", entry.name),
        };
        match entry.kind {
            Kind::Folder if depth < DEEPEST => collect(root, &path, belongs, files, depth + 1)?,
            Kind::Folder => {}
            _ if belongs(&path) => files.push(path),
            _ => {}
        }
    }
    Ok(())
}

fn fonts_in(dir: &'static Dir<'static>) -> Vec<(String, FontSource)> {
    embedded(dir)
        .filter(|(name, _)| is_font(name))
        .map(|(name, bytes)| {
            let path = format!("layouts/{}/{name}", shown(dir.path()));
            (name, FontSource::Binary { path, bytes })
        })
        .collect()
}

/// Path and bytes of each file of the layouts in the binary, with what they share, in no order.
pub(crate) fn embedded_files() -> impl Iterator<Item = (String, &'static [u8])> {
    embedded(&EMBEDDED)
}

/// Path and bytes of each file below a folder in the binary.
fn embedded(dir: &'static Dir<'static>) -> impl Iterator<Item = (String, &'static [u8])> {
    let mut open = vec![dir];
    let mut files = Vec::new();
    while let Some(next) = open.pop() {
        open.extend(next.dirs());
        files.extend(next.files());
    }
    files.into_iter().map(|file| {
        let relative = file.path().strip_prefix(dir.path()).unwrap_or(file.path());
        (slashed(relative), file.contents())
    })
}
