//! The reports that the suite works on, each read, resolved and rendered once for all tests.

use gmg_export::verify::format;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use gmg_export::backend::edition::Edition;
use gmg_export::document::epoch;
use gmg_export::document::{self, Document};
use gmg_export::layout::{self, Layout, LayoutLoader};
use gmg_export::source::{self, Folder, Source};

/// A moment for files that are made in tests: 2016-08-31.
pub(crate) const EPOCH: i64 = 1_472_601_600;

/// A report with its artifacts.
pub(crate) struct Made {
    /// What is said.
    pub(crate) document: Document,
    source: Source,
    /// The artifacts by layout and format.
    files: BTreeMap<(String, String), Vec<u8>>,
}

impl Made {
    /// What is said in a layout.
    pub(crate) fn document_for(&self, layout: &Layout) -> Cow<'_, Document> {
        document::for_layout(&self.source, &self.document, &layout.tokens)
            .unwrap_or_else(|found| panic!("{found}"))
    }

    /// The artifact of that layout and format.
    pub(crate) fn file(&self, layout: &str, format: &str) -> &[u8] {
        &self.files[&(layout.to_string(), format.to_string())]
    }
}

/// The shipped report.
pub(crate) fn shipped() -> &'static Made {
    static MADE: LazyLock<Made> = LazyLock::new(|| make(&project("source")));
    &MADE
}

/// The small second report, in French, with a bit of everything.
pub(crate) fn harbour() -> &'static Made {
    static MADE: LazyLock<Made> = LazyLock::new(|| make(&project("tests/cases/harbour/source")));
    &MADE
}

/// A report with marks in captions, credits and titles, and notes with two marks.
pub(crate) fn marked() -> &'static Made {
    static MADE: LazyLock<Made> = LazyLock::new(|| make(&project("tests/cases/marks/source")));
    &MADE
}

/// A report of a year with boxes, key figures and whatever else is set apart from running text.
pub(crate) fn annual() -> &'static Made {
    static MADE: LazyLock<Made> = LazyLock::new(|| make(&project("tests/cases/annual/source")));
    &MADE
}

/// A path of the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Reads and resolves the report in a folder.
pub(crate) fn resolve(folder: &Path) -> Document {
    read(folder).1
}

fn read(folder: &Path) -> (Source, Document) {
    let source = source::read(&Folder::of(folder)).unwrap_or_else(|found| panic!("{found}"));
    let strings = layout::strings(&source.report.content.language.value)
        .unwrap_or_else(|found| panic!("{found}"));
    let (document, _) =
        document::resolve(&source, &strings).unwrap_or_else(|found| panic!("{found}"));
    (source, document)
}

fn make(folder: &Path) -> Made {
    let (source, document) = read(folder);
    let mut made = Made {
        document,
        source,
        files: BTreeMap::new(),
    };
    let mut files = BTreeMap::new();
    for name in format::RECORDED {
        let layout = LayoutLoader::embedded()
            .load(name)
            .unwrap_or_else(|found| panic!("{found}"));
        let document = made.document_for(&layout);
        let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
        for (_, backend) in format::recorded().filter(|(layout, _)| *layout == name) {
            let file = backend
                .render(&edition)
                .unwrap_or_else(|found| panic!("{found}"));
            files.insert((name.to_string(), backend.name().to_string()), file.bytes);
        }
    }
    made.files = files;
    made
}
