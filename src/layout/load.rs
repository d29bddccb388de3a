//! Layouts by name or folder: the chain of `extends` is followed, tokens are merged field by field, templates and
//! fonts file by file.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::folder::{
    EMBEDDED, Folder, LAYOUT_FILE, SHARED, embedded_fonts, fonts_on_disk, is_template, unreadable,
    whole_file,
};
use super::fonts::FontFiles;
use super::tokens::{Files, Layout, LayoutFile};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::base::files::{Kind, Problem, Root};
use crate::base::inputs::Inputs;
use crate::source::FileRef;

/// A layout that extends one that extends one …: nobody needs more.
const LONGEST_CHAIN: usize = 8;

/// Where layouts are looked for before the binary: a folder of layouts, such as `layouts` next to the source.
#[derive(Debug, Clone, Default)]
pub struct LayoutLoader {
    folder: Option<Root>,
    /// The folder of the report, which its own settings choose places in.
    report: Option<Root>,
    inputs: Option<Inputs>,
    /// The fonts that all layouts have; found once.
    fonts: Arc<OnceLock<Result<FontFiles, Diagnostics>>>,
}

impl LayoutLoader {
    /// Only the layouts in the binary.
    pub fn embedded() -> Self {
        LayoutLoader::default()
    }

    /// The layouts in the binary and, before them, those in the folder `layouts`; it need not be there.
    pub fn with_folder(layouts: Root) -> Self {
        LayoutLoader {
            folder: Some(layouts),
            ..LayoutLoader::default()
        }
    }

    /// The layouts in the binary and, before them, those in `layouts` in the folder of a report.
    pub fn of_report(report: &Root) -> Self {
        LayoutLoader {
            report: Some(report.clone()),
            ..Self::with_folder(report.folder("layouts"))
        }
    }

    /// The same loader, with every file that is read noted.
    #[must_use]
    pub fn noting(self, inputs: Inputs) -> Self {
        LayoutLoader {
            inputs: Some(inputs),
            fonts: Arc::default(),
            ..self
        }
    }

    pub(super) fn note(&self, path: &str, bytes: &[u8], on_disk: bool) {
        if let Some(inputs) = &self.inputs {
            inputs.note(path, bytes, on_disk);
        }
    }

    /// The folder that is looked into before the binary.
    pub(super) fn path(&self) -> Option<&Root> {
        self.folder.as_ref()
    }

    /// The folder of the report; the current one where there is no other.
    pub(super) fn report(&self) -> Root {
        let report = self.report.clone();
        report.unwrap_or_else(|| Root::named(Path::new(".")))
    }

    /// Names of all layouts, sorted.
    pub fn names(&self) -> Vec<String> {
        let on_disk = self.path().map(|root| root.entries().unwrap_or_default());
        let is_layout = |name: &String| {
            let folder = self.path().map(|root| root.folder(name));
            folder.is_some_and(|folder| folder.holds(LAYOUT_FILE))
        };
        let found = on_disk.into_iter().flatten().map(|entry| entry.name);
        let embedded = EMBEDDED.dirs().filter_map(|dir| folder_name(dir.path()));
        let mut names: Vec<String> = found
            .filter(is_layout)
            .chain(embedded)
            .filter(|name| !SHARED.contains(&name.as_str()))
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// Names and descriptions of all layouts, sorted by name.
    pub fn list(&self) -> Result<Vec<(String, String)>, Diagnostics> {
        let described = |name: String| Ok((name.clone(), self.load(&name)?.description));
        self.names().into_iter().map(described).collect()
    }

    /// The layout `wanted`: the name of a layout, or the path of a layout's folder (with a separator in it, such as
    /// `./mine`) that whoever runs the program has named.
    pub fn load(&self, wanted: &str) -> Result<Layout, Diagnostics> {
        match is_path(wanted) {
            true => {
                let path = Path::new(wanted);
                // What a layout folder extends may stand next to it, wherever that is.
                let loader = beside(path).map(|parent| LayoutLoader {
                    folder: Some(Root::named(parent)),
                    fonts: Arc::default(),
                    ..self.clone()
                });
                let first = Folder::on_disk(&Root::named(path))?;
                loader.as_ref().unwrap_or(self).finish(wanted, first)
            }
            false => self.finish(wanted, self.folder(wanted)?),
        }
    }

    /// As [`LayoutLoader::load`], for a layout that the report itself chooses: a path starts at its folder and stays in
    /// it.
    pub fn load_own(&self, wanted: &str) -> Result<Layout, Diagnostics> {
        if !is_path(wanted) {
            return self.load(wanted);
        }
        // Whoever wrote it may have used the slashes of another system.
        let path = wanted.replace('\\', "/");
        let path = path.trim_start_matches("./").trim_end_matches('/');
        let report = self.report();
        if let Some(Kind::Outside) = report.kind(path).ok().flatten() {
            let message = format!(
                "`{}` leads out of the report's folder",
                report.display(path)
            );
            return Err(Diagnostic::new(Code::SETTING_OUTSIDE, message)
                .hint("only the command line and the environment may name another folder")
                .into());
        }
        let above = path.rsplit_once('/').map_or("", |(above, _)| above);
        let loader = LayoutLoader {
            folder: Some(report.folder(above)),
            fonts: Arc::default(),
            ..self.clone()
        };
        loader.finish(path, Folder::on_disk(&report.folder(path))?)
    }

    /// The layout whose first folder has been found.
    fn finish(&self, wanted: &str, first: Folder) -> Result<Layout, Diagnostics> {
        let name = folder_name(Path::new(wanted)).unwrap_or_else(|| wanted.to_owned());
        let fonts = self.fonts()?;
        let chain = self.chain(&name, first)?;
        for (folder, _) in &chain {
            // Fonts are noted when they are read.
            for (name, bytes) in &folder.files {
                let path = format!("{}/{name}", folder.display);
                self.note(&path, bytes, folder.disk.is_some());
            }
        }
        let mut layout = assemble(name, chain, fonts)?;
        layout.loader = self.clone();
        Ok(layout)
    }

    /// The fonts in the binary, and those in the folder of layouts.
    fn fonts(&self) -> Result<FontFiles, Diagnostics> {
        let find = || {
            let mut fonts = FontFiles::noting(self.inputs.clone());
            fonts.extend(embedded_fonts());
            if let Some(path) = self.path() {
                fonts.extend(fonts_on_disk(&path.folder("fonts"))?);
            }
            Ok(fonts)
        };
        self.fonts.get_or_init(find).clone()
    }

    /// The layouts that `first` rests on, itself first.
    fn chain(&self, name: &str, first: Folder) -> Result<Vec<(Folder, LayoutFile)>, Diagnostics> {
        let mut name = name.to_owned();
        let mut file = first.layout_file()?;
        let mut chain = Vec::new();
        let mut folder = first;
        while let Some(base) = file.extends.take() {
            let written = [folder.written()];
            // A layout that extends its own name gives the one in the binary another face.
            let next = match folder.disk.is_some() && base == name {
                true => Folder::embedded(&base).ok_or_else(|| circle(&written, &base))?,
                false => self
                    .folder(&base)
                    .map_err(|found| placed(found, &written))?,
            };
            chain.push((folder, file));
            let met = |(seen, _): &(Folder, LayoutFile)| {
                seen.display == next.display && seen.disk.is_some() == next.disk.is_some()
            };
            if chain.iter().any(met) || chain.len() == LONGEST_CHAIN {
                return Err(circle(&written, &base));
            }
            file = next.layout_file()?;
            folder = next;
            name = base;
        }
        chain.push((folder, file));
        Ok(chain)
    }

    /// The layout of that name: the one in the folder of layouts, else the one in the binary.
    fn folder(&self, name: &str) -> Result<Folder, Diagnostics> {
        let loader = self
            .path()
            .filter(|_| !is_path(name) && !SHARED.contains(&name));
        let kind = loader.map(|loader| (loader, loader.kind(name).ok().flatten()));
        match kind {
            // Even without a layout file in it: a folder half made must not be passed over in silence.
            Some((loader, Some(Kind::Folder))) => Folder::on_disk(&loader.folder(name)),
            Some((loader, Some(Kind::Outside))) => {
                Err(unreadable(loader, name, &Problem::Outside).into())
            }
            _ => Folder::embedded(name).ok_or_else(|| self.unknown(name)),
        }
    }

    fn unknown(&self, wanted: &str) -> Diagnostics {
        let known = self.names();
        let mut found = Diagnostic::new(
            Code::UNKNOWN_LAYOUT,
            format!("there is no layout `{wanted}`"),
        );
        if let Some(near) = did_you_mean(wanted, known.iter().map(String::as_str)) {
            found = found.hint(near);
        }
        if !is_path(wanted) && Path::new(wanted).join(LAYOUT_FILE).exists() {
            found = found.hint(format!(
                "for the folder of that name here, write `./{wanted}`"
            ));
        }
        found
            .hint(format!(
                "layouts: {}; for a folder of your own give its path, such as ./my-layout",
                known.join(", ")
            ))
            .into()
    }
}

fn is_path(wanted: &str) -> bool {
    wanted.is_empty() || wanted.contains(['/', '\\']) || matches!(wanted, "." | "..")
}

/// The folder that holds `path`; none for paths such as `..`, which have none in their text.
fn beside(path: &Path) -> Option<&Path> {
    path.file_name()?;
    path.parent().map(|parent| {
        if parent.as_os_str().is_empty() {
            Path::new(".")
        } else {
            parent
        }
    })
}

fn folder_name(path: &Path) -> Option<String> {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
}

fn circle(written: &[(String, String)], base: &str) -> Diagnostics {
    let found = Diagnostic::new(
        Code::EXTENDS_CIRCLE,
        format!("`extends: {base}` leads back to this layout"),
    )
    .hint("take the `extends:` line out of one of the layouts");
    placed(found.into(), written)
}

/// The diagnostics about a base, placed where it is asked for.
fn placed(mut found: Diagnostics, written: &[(String, String)]) -> Diagnostics {
    for one in found.iter_mut().filter(|one| one.location.is_none()) {
        one.location = written.first().map(|(path, _)| whole_file(path));
        one.field = Some("extends".into());
    }
    at_fields(found, written)
}

/// Puts a chain of layouts together, the wanted one first, on top of `fonts`.
fn assemble(
    name: String,
    chain: Vec<(Folder, LayoutFile)>,
    mut fonts: FontFiles,
) -> Result<Layout, Diagnostics> {
    let written: Vec<(String, String)> = chain.iter().map(|(folder, _)| folder.written()).collect();
    let place = written.first().map_or("", |(path, _)| path.as_str());
    let mut merged = LayoutFile::default();
    let mut templates = Files::new();
    let mut own_templates = Vec::new();
    let says_template = |file: &LayoutFile| {
        file.docx
            .as_ref()
            .is_some_and(|docx| docx.template.is_some())
    };
    let template_folder = chain
        .iter()
        .find(|(_, file)| says_template(file))
        .and_then(|(folder, _)| folder.disk.clone());
    for (folder, file) in chain.into_iter().rev() {
        merged = file.over(merged);
        if folder.disk.is_some() {
            let code = folder.files.keys().filter(|path| path.ends_with(".typ"));
            own_templates.extend(code.map(|path| format!("{}/{path}", folder.display)));
        }
        let files = folder.files.into_iter();
        templates.extend(files.filter(|(path, _)| is_template(path)));
        fonts.extend(folder.fonts);
    }
    let description = merged.description.clone().unwrap_or_default();
    let missing = |paths: Vec<String>| {
        let mut found = at_fields(missing_tokens(&paths, place), &written);
        // What belongs to nothing that is said belongs at the start.
        for place in found.iter_mut().filter_map(|one| one.location.as_mut()) {
            if place.line == 0 {
                (place.line, place.column) = (1, 1);
            }
        }
        found
    };
    let tokens = merged.finish().map_err(missing)?;
    super::check::check(&tokens, place).map_err(|found| at_fields(found, &written))?;
    Ok(Layout {
        name,
        description,
        tokens,
        templates,
        own_templates,
        fonts,
        loader: LayoutLoader::default(),
        written,
        template_folder,
        named_profile: false,
    })
}

/// Where the diagnostics about fields of a layout stand, unless they have a line already: in the first of its files that
/// says the field.
pub(super) fn at_fields(mut found: Diagnostics, written: &[(String, String)]) -> Diagnostics {
    let has_line = |one: &Diagnostic| one.location.as_ref().is_some_and(|place| place.line > 0);
    for one in found.iter_mut().filter(|one| !has_line(one)) {
        let said = |(path, text): &(String, String)| {
            let file = FileRef { path, text };
            let field = one.field.as_deref()?;
            // What is not said has the place of what it belongs to.
            let above = field.rsplit_once('.').map(|(above, _)| above);
            let above = above.filter(|_| one.code == Code::MISSING_TOKEN);
            let place = file.place_of(field);
            let (line, column) = place.or_else(|| file.place_of(above?))?;
            Some((file.location(line, column), file.line(line)?.to_owned()))
        };
        if let Some((location, line)) = written.iter().find_map(said) {
            one.location = Some(location);
            one.snippet = Some(line.into());
        }
    }
    found
}

/// The tokens that a layout leaves out: some each by itself, many in one diagnostic.
fn missing_tokens(paths: &[String], place: &str) -> Diagnostics {
    let said = |path: &str, message: String| {
        Diagnostic::new(Code::MISSING_TOKEN, message)
            .at(whole_file(place))
            .field(path)
            .hint("add it, or let the layout say `extends: screen` to take over what it leaves out")
    };
    match paths {
        [first, _, _, _, ..] => {
            let message = format!(
                "the layout does not say `{first}` and {} other things",
                paths.len() - 1
            );
            said(first, message).into()
        }
        few => few
            .iter()
            .map(|path| said(path, format!("the layout does not say `{path}`")))
            .collect(),
    }
}
