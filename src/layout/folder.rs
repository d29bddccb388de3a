//! The files of one layout, from the binary or from a folder on disk.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::fonts::Place;
use super::tokens::{Files, LayoutFile};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::base::paths::slashed;

/// The layouts in the binary, with the fonts and the fixed words beside them.
pub(super) static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/layouts");
/// Folders beside the layouts that hold no layout.
pub(super) const SHARED: [&str; 3] = ["fonts", "profiles", "strings"];
/// Name of the file that makes a folder a layout.
pub(super) const LAYOUT_FILE: &str = "layout.yaml";
/// Largest file of a layout that is read, in bytes: fonts of large scripts take some 20 MB.
const LARGEST_FILE: u64 = 64 << 20;
/// Folders are looked into this deep.
const DEEPEST: usize = 4;

/// A layout's folder with the files in it.
pub(super) struct Folder {
    /// Its path for messages, with forward slashes.
    pub(super) display: String,
    /// Its layout file and its templates by path below it.
    pub(super) files: Files,
    /// Its fonts by path below it.
    pub(super) fonts: Vec<(String, Place)>,
    /// Where it lies on disk, unless it is in the binary.
    pub(super) disk: Option<PathBuf>,
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

    /// The layout in the folder `path`; nothing is read unless there is a layout file in it.
    pub(super) fn on_disk(path: &Path) -> Result<Self, Diagnostics> {
        let display = shown(path);
        if path.join(LAYOUT_FILE).symlink_metadata().is_err() {
            return Err(no_layout(path, &display).into());
        }
        let cannot = |error| unreadable(&display, &error);
        let mut files = Files::new();
        let mut fonts = Vec::new();
        for (name, path) in found(path).map_err(cannot)? {
            if is_font(&name) {
                fonts.push((name, Place::Disk(path)));
            } else {
                files.insert(name, Cow::Owned(bytes(&path).map_err(cannot)?));
            }
        }
        Ok(Folder {
            display,
            files,
            fonts,
            disk: Some(path.to_owned()),
        })
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

fn no_layout(path: &Path, display: &str) -> Diagnostic {
    let message = if path.is_dir() {
        format!("the folder `{display}` is no layout: it has no file `{LAYOUT_FILE}`")
    } else if path.exists() {
        format!("`{display}` is no layout: a layout is a folder")
    } else {
        format!("there is no layout folder `{display}`")
    };
    Diagnostic::new(Code::NOT_A_LAYOUT, message)
        .hint(format!("a layout is a folder with a file `{LAYOUT_FILE}`; `extends: screen` in it takes over what it leaves out"))
}

/// A font that was found and cannot be read.
pub(super) fn unreadable_font(error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::FONT_UNREADABLE,
        format!("a font cannot be read: {error}"),
    )
}

fn unreadable(display: &str, error: &std::io::Error) -> Diagnostics {
    Diagnostic::new(
        Code::LAYOUT_UNREADABLE,
        format!("the layout folder `{display}` cannot be read: {error}"),
    )
    .into()
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

/// The fonts in the folder `path`; none where there is no such folder.
pub(super) fn fonts_on_disk(path: &Path) -> Result<Vec<(String, Place)>, Diagnostics> {
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let files = found(path).map_err(|error| unreadable(&shown(path), &error))?;
    let fonts = files.into_iter().filter(|(name, _)| is_font(name));
    Ok(fonts
        .map(|(name, path)| (name, Place::Disk(path)))
        .collect())
}

/// The fonts in the binary.
pub(super) fn embedded_fonts() -> Vec<(String, Place)> {
    EMBEDDED.get_dir("fonts").map(fonts_in).unwrap_or_default()
}

/// Name and path of each file of a layout below a folder.
fn found(root: &Path) -> std::io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    collect(root, root, &mut files, 0)?;
    Ok(files)
}

fn collect(
    root: &Path,
    folder: &Path,
    files: &mut Vec<(String, PathBuf)>,
    depth: usize,
) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        // Only a link does not say what it is.
        let is_dir = match entry.file_type() {
            Ok(kind) if !kind.is_symlink() => kind.is_dir(),
            _ => path.is_dir(),
        };
        if is_dir {
            if depth < DEEPEST {
                collect(root, &path, files, depth + 1)?;
            }
            continue;
        }
        let Ok(relative) = path.strip_prefix(root) else {
            continue;
        };
        let name = slashed(relative);
        if belongs(&name) {
            files.push((name, path));
        }
    }
    Ok(())
}

/// The bytes of a file of a layout.
pub(super) fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let named = |error: std::io::Error| {
        std::io::Error::new(error.kind(), format!("`{}`: {error}", shown(path)))
    };
    if std::fs::metadata(path).map_err(named)?.len() > LARGEST_FILE {
        return Err(named(std::io::Error::other("larger than 64 MiB")));
    }
    std::fs::read(path).map_err(named)
}

fn fonts_in(dir: &'static Dir<'static>) -> Vec<(String, Place)> {
    embedded(dir)
        .filter(|(name, _)| is_font(name))
        .map(|(name, bytes)| {
            let path = format!("layouts/{}/{name}", shown(dir.path()));
            (name, Place::Binary { path, bytes })
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
