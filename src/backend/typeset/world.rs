//! The world of the templates: files and fonts in memory, nothing else.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::layout::{Files, Layout};

/// Template at which a layout starts.
pub(super) const ENTRY: &str = "report.typ";

/// A world made of one project and the fonts of a layout.
pub(crate) struct TemplateWorld {
    library: LazyHash<Library>,
    fonts: FontStore,
    files: FileStore<Memory>,
    entry: FileId,
}

/// Serves the project's files from memory and refuses packages.
struct Memory(Files);

impl FileLoader for Memory {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        if *id.root() != VirtualRoot::Project {
            return Err(FileError::AccessDenied);
        }
        let path = id.vpath().get_without_slash();
        let bytes = self
            .0
            .get(path)
            .ok_or_else(|| FileError::NotFound(path.into()))?;
        Ok(Bytes::new(bytes.clone()))
    }
}

impl TemplateWorld {
    /// A world of these files with the layout's fonts.
    pub(crate) fn new(files: Files, layout: &Layout) -> Result<Self, Diagnostics> {
        Self::at(ENTRY, files, layout)
    }

    /// The same that starts at another template.
    pub(super) fn at(entry: &str, files: Files, layout: &Layout) -> Result<Self, Diagnostics> {
        let missing = || {
            Diagnostic::new(
                Code::NO_TEMPLATE,
                format!("layout `{}` has no template `{entry}`", layout.name),
            )
            .hint(
                "add the template to the layout's folder, or let layout.yaml say `extends: screen`",
            )
        };
        if !files.contains_key(entry) {
            return Err(missing().into());
        }
        let path = VirtualPath::new(entry).map_err(|_| missing())?;
        // Row headers of tables are only reachable through this feature of typst 0.15.
        let features = [Feature::A11yExtras].into_iter().collect();
        Ok(TemplateWorld {
            library: LazyHash::new(Library::builder().with_features(features).build()),
            fonts: font_store(layout)?,
            files: FileStore::new(Memory(files)),
            entry: RootedPath::new(VirtualRoot::Project, path).intern(),
        })
    }
}

/// The fonts of a layout, in the order of their paths.
pub(super) fn font_store(layout: &Layout) -> Result<FontStore, Diagnostics> {
    let mut store = FontStore::new();
    for font in layout.fonts.faces()? {
        store.push((font.clone(), font.info().clone()));
    }
    Ok(store)
}

impl World for TemplateWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }
    fn main(&self) -> FileId {
        self.entry
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }
    /// There is no today: a document that reads the clock cannot be made again.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
