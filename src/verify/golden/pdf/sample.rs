//! PDF files for the tests of this module: typeset by typst from a text, or written by hand.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<FontStore> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    fonts.extend(typst_kit::fonts::embedded());
    let hebrew = include_bytes!("../../../../layouts/fonts/noto/NotoSansHebrew-Regular.ttf");
    fonts.extend(Font::iter(Bytes::new(hebrew)).map(|font| (font.clone(), font.info().clone())));
    fonts
});

struct SampleSource(Source);

impl World for SampleSource {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }
    fn book(&self) -> &LazyHash<FontBook> {
        FONTS.book()
    }
    fn main(&self) -> FileId {
        self.0.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.0.id() {
            Ok(self.0.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }
    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        FONTS.font(index)
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// A PDF/UA-1 and PDF/A-2a file of typst markup.
pub(in crate::verify::golden) fn typeset(markup: &str) -> Vec<u8> {
    let world = SampleSource(Source::detached(markup));
    let document = typst::compile::<PagedDocument>(&world).output.unwrap();
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap();
    let options = PdfOptions {
        ident: Smart::Custom("sample".into()),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).unwrap()
}

/// A small report that has one of everything.
pub(in crate::verify::golden) const REPORT: &str = r##"
#set document(title: [The Long Road], author: "An Author", keywords: ("one", "two"), date: datetime(year: 2016, month: 8, day: 31))
#set page(width: 300pt, height: 400pt, margin: 40pt, numbering: "i", header: context if counter(page).get().first() > 1 [Running head])
#set text(lang: "en", region: "GB", size: 10pt, hyphenate: true, fill: rgb("#102030"))
#set par(justify: true)
#title()
#v(1fr)
An imprint with a #link("https://example.org/x")[link out].
#pagebreak()
#outline(title: [Contents])
#pagebreak()
#set page(numbering: "1")
#counter(page).update(1)
= First chapter <first>
Administrative responsibilities notwithstanding, communications representatives internationally acknowledged
extraordinarily disproportionate misunderstandings.#footnote[A note with *weight* in it.] See also @second.

- one item
- another
== A section
#figure(rect(width: 50pt, height: 20pt, fill: rgb("#aa0000")), alt: "a red bar", caption: [A bar])
#text(lang: "de")[Wörter auf Deutsch]

#table(columns: 2, table.header[Name][Post], [Ann], [Chair], [Bob], [Member])
#pagebreak()
#set heading(numbering: "1.")
= Second chapter <second>
Straße, naïve café, “quotes”, 10 000, fi ffi; Ἑλένη. Said: #text(lang: "he")[שלום עולם], twice.
#image(bytes("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"><rect width=\"8\" height=\"8\"/></svg>"), width: 20pt, alt: "a square")
"##;
