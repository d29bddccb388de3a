//! Layouts from the binary or from a folder: the chain of `extends` is followed, tokens are merged field by field,
//! templates and fonts file by file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::tokens::{Files, Layout, LayoutFile, Strings};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Location};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/layouts");
/// Folders beside the layouts that hold no layout.
const SHARED: [&str; 2] = ["fonts", "strings"];
/// A layout that extends one that extends one …: nobody needs more, and a circle ends.
const LONGEST_CHAIN: usize = 8;

/// Where layouts are looked for before the binary: a folder of layouts, such as `layouts` beside the source.
#[derive(Debug, Clone, Default)]
pub struct Shelf(Option<PathBuf>);

impl Shelf {
    /// Only the layouts in the binary.
    pub fn embedded() -> Self {
        Shelf(None)
    }

    /// The layouts in the binary and, before them, those in the folder `path`.
    pub fn with_folder(path: impl Into<PathBuf>) -> Self {
        Shelf(Some(path.into()))
    }

    /// Names and descriptions of all layouts, sorted by name.
    pub fn list(&self) -> Result<Vec<(String, String)>, Diagnostics> {
        let mut names: Vec<String> = EMBEDDED
            .dirs()
            .filter_map(|dir| folder_name(dir.path()))
            .collect();
        if let Some(entries) = self
            .0
            .as_ref()
            .and_then(|folder| std::fs::read_dir(folder).ok())
        {
            let found = entries.flatten().map(|entry| entry.path());
            names.extend(
                found
                    .filter(|path| path.join("layout.yaml").is_file())
                    .filter_map(|path| folder_name(&path)),
            );
        }
        names.retain(|name| !SHARED.contains(&name.as_str()));
        names.sort();
        names.dedup();
        names
            .into_iter()
            .map(|name| Ok((name.clone(), self.load(&name)?.description)))
            .collect()
    }

    /// The layout `wanted`: the name of a layout, or the path of a layout's folder (with a separator in it).
    pub fn load(&self, wanted: &str) -> Result<Layout, Diagnostics> {
        let mut chain = Vec::new();
        let mut next = Some(wanted.to_owned());
        let mut shelf = self.clone();
        while let Some(name) = next {
            let folder = shelf.folder(&name)?;
            if chain
                .iter()
                .any(|(seen, _): &(Folder, LayoutFile)| seen.display == folder.display)
                || chain.len() == LONGEST_CHAIN
            {
                let message = format!("layout `{wanted}` extends itself by way of `{name}`");
                return Err(Diagnostic::error(Kind::Layout, message)
                    .at(whole_file(&folder.display))
                    .hint("take the `extends:` line out of one of the layouts")
                    .into());
            }
            let file = folder.layout_file()?;
            next = file.extends.clone();
            // What a layout folder extends may stand beside it.
            if let Some(parent) = folder.disk.as_ref().and_then(|path| path.parent()) {
                shelf = Shelf::with_folder(parent);
            }
            chain.push((folder, file));
        }
        assemble(wanted, chain)
    }

    fn folder(&self, wanted: &str) -> Result<Folder, Diagnostics> {
        let as_path = Path::new(wanted);
        if wanted.contains(['/', '\\']) || as_path.is_absolute() {
            return Folder::on_disk(as_path);
        }
        if let Some(path) = self
            .0
            .as_ref()
            .map(|shelf| shelf.join(wanted))
            .filter(|path| path.is_dir())
        {
            return Folder::on_disk(&path);
        }
        match EMBEDDED
            .get_dir(wanted)
            .filter(|_| !SHARED.contains(&wanted))
        {
            Some(dir) => Ok(Folder {
                display: format!("layouts/{wanted}"),
                files: embedded_files(dir),
                disk: None,
            }),
            None => Err(self.unknown(wanted)),
        }
    }

    fn unknown(&self, wanted: &str) -> Diagnostics {
        let known: Vec<String> = self
            .list()
            .unwrap_or_default()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let mut found = Diagnostic::error(Kind::Layout, format!("there is no layout `{wanted}`"));
        if let Some(near) = known
            .iter()
            .find(|name| strsim::osa_distance(name, wanted) <= 2)
        {
            found = found.hint(format!("did you mean `{near}`?"));
        }
        found
            .hint(format!(
                "layouts: {}; for a folder of your own give its path, such as ./my-layout",
                known.join(", ")
            ))
            .into()
    }
}

/// A layout's folder with the files in it.
struct Folder {
    display: String,
    files: Files,
    disk: Option<PathBuf>,
}

impl Folder {
    fn on_disk(path: &Path) -> Result<Self, Diagnostics> {
        let display = path.display().to_string().replace('\\', "/");
        let mut files = Files::new();
        collect(path, path, &mut files, 0).map_err(|error| {
            Diagnostic::error(
                Kind::Layout,
                format!("the layout folder `{display}` cannot be read: {error}"),
            )
            .hint("a layout is a folder with a file `layout.yaml` in it")
        })?;
        Ok(Folder {
            display,
            files,
            disk: Some(path.to_owned()),
        })
    }

    fn layout_file(&self) -> Result<LayoutFile, Diagnostics> {
        let path = format!("{}/layout.yaml", self.display);
        let Some(bytes) = self.files.get("layout.yaml") else {
            return Err(
                Diagnostic::error(Kind::Layout, "the layout has no file `layout.yaml`")
                    .at(whole_file(&self.display))
                    .hint("write one; `extends: screen` in it takes over all that it does not say")
                    .into(),
            );
        };
        parse(&path, bytes)
    }
}

/// Largest file of a layout that is read, in bytes: fonts of large scripts take some 20 MB.
const LARGEST_FILE: u64 = 64 << 20;

fn collect(root: &Path, folder: &Path, files: &mut Files, depth: usize) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            if depth < 4 {
                collect(root, &path, files, depth + 1)?;
            }
        } else if std::fs::metadata(&path)?.len() > LARGEST_FILE {
            return Err(std::io::Error::other(format!(
                "`{}` is larger than 64 MiB",
                path.display()
            )));
        } else if let Ok(relative) = path.strip_prefix(root) {
            let name = relative.to_string_lossy().replace('\\', "/");
            files.insert(name, Cow::Owned(std::fs::read(&path)?));
        }
    }
    Ok(())
}

fn embedded_files(dir: &'static Dir<'static>) -> Files {
    let mut files = Files::new();
    let mut open = vec![dir];
    while let Some(next) = open.pop() {
        open.extend(next.dirs());
        for file in next.files() {
            let relative = file.path().strip_prefix(dir.path()).unwrap_or(file.path());
            files.insert(
                relative.to_string_lossy().replace('\\', "/"),
                Cow::Borrowed(file.contents()),
            );
        }
    }
    files
}

fn folder_name(path: &Path) -> Option<String> {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
}

fn whole_file(path: &str) -> Location {
    Location {
        file: path.to_owned(),
        line: 0,
        column: 0,
    }
}

/// Puts a chain of layouts together, the wanted one first.
fn assemble(wanted: &str, chain: Vec<(Folder, LayoutFile)>) -> Result<Layout, Diagnostics> {
    let name = folder_name(Path::new(wanted)).unwrap_or_else(|| wanted.to_owned());
    let place = chain
        .first()
        .map(|(folder, _)| format!("{}/layout.yaml", folder.display))
        .unwrap_or_default();
    let mut merged = LayoutFile::default();
    let mut templates = Files::new();
    let mut fonts = shared_fonts();
    for (folder, file) in chain.into_iter().rev() {
        merged = file.over(merged);
        for (path, bytes) in folder.files {
            if path.ends_with(".typ") || path.starts_with("images/") {
                templates.insert(path, bytes);
            } else if is_font(&path) {
                fonts.insert(path, bytes);
            }
        }
    }
    let description = merged.description.clone().unwrap_or_default();
    let tokens = merged.finish().map_err(|missing| {
        Diagnostics(
            missing
                .iter()
                .map(|path| missing_token(path, &place))
                .collect(),
        )
    })?;
    super::check::check(&tokens, &place)?;
    Ok(Layout {
        name,
        description,
        tokens,
        templates,
        fonts,
    })
}

fn missing_token(path: &str, place: &str) -> Diagnostic {
    Diagnostic::error(Kind::Layout, format!("the layout does not say `{path}`"))
        .at(whole_file(place))
        .field(path)
        .hint("add it, or let the layout say `extends: screen` to take over what it leaves out")
}

fn is_font(path: &str) -> bool {
    let ending = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    ["otf", "ttf", "otc", "ttc"].contains(&ending.as_str())
}

fn shared_fonts() -> Files {
    let all = EMBEDDED
        .get_dir("fonts")
        .map(embedded_files)
        .unwrap_or_default();
    all.into_iter().filter(|(path, _)| is_font(path)).collect()
}

/// The fixed words of a language: those of the whole tag, else of its first part.
pub fn strings(language: &str) -> Result<Strings, Diagnostics> {
    let primary = language
        .split('-')
        .next()
        .unwrap_or(language)
        .to_ascii_lowercase();
    let file = [language.to_owned(), primary]
        .iter()
        .find_map(|tag| EMBEDDED.get_file(format!("strings/{tag}.yaml")));
    match file {
        Some(file) => parse(
            &format!("layouts/{}", file.path().display()),
            file.contents(),
        ),
        None => Err(Diagnostic::error(
            Kind::Source,
            format!("there are no fixed words for the language `{language}`"),
        )
        .hint(format!("languages: {}", languages().join(", ")))
        .hint("a new language is one file in layouts/strings: copy en.yaml and translate it")
        .into()),
    }
}

/// The languages that have fixed words, sorted.
pub fn languages() -> Vec<String> {
    let files = EMBEDDED
        .get_dir("strings")
        .map(embedded_files)
        .unwrap_or_default();
    let names: BTreeMap<String, ()> = files
        .keys()
        .filter_map(|path| path.strip_suffix(".yaml"))
        .map(|name| (name.to_owned(), ()))
        .collect();
    names.into_keys().collect()
}

fn parse<T: serde::de::DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, Diagnostics> {
    crate::yaml::parse(path, bytes, Kind::Layout)
        .map(|(_, value)| value)
        .map_err(Diagnostics::from)
}
