//! What a file has, told from the file itself: what it has not need not be asked of anybody.

use lopdf::{Dictionary, Object};

use super::read::Reader;
use crate::pdf::read::content::PaintEvent;
use crate::pdf::read::file::{as_dict, as_name};
use crate::pdf::read::tree::{attribute, is_standard, level};
use crate::verify::conformance::contrast::Contrasts;

/// A feature: its name in the criteria, what it is called where a file has none, and how a file is known to have it.
type Feature = (&'static str, &'static str, fn(&Look<'_>) -> bool);

/// A file with what was reckoned of its colours.
pub(super) struct Look<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) contrasts: &'a Contrasts,
}

/// All features that criteria name.
pub(super) const FEATURES: &[Feature] = &[
    ("figures", "pictures that are read aloud", |look| {
        look.has_element("Figure")
    }),
    ("pictures", "pictures", |look| look.has_picture()),
    ("picture-links", "links over pictures", |look| {
        let figures = look.reader.all("Figure");
        let mut figures = figures.map(|figure| (figure, look.reader.below(figure)));
        figures.any(|(figure, all)| {
            look.reader.is_within(figure, "Link") || all.iter().any(|one| one.kind == "Link")
        })
    }),
    ("signs", "signs that speech may leave out", |look| {
        look.reader.signs().next().is_some()
    }),
    ("formulas", "part that is tagged as a formula", |look| {
        look.has_element("Formula")
    }),
    ("tables", "part that is tagged as a table", |look| {
        look.has_element("Table")
    }),
    ("lists", "part that is tagged as a list", |look| {
        look.has_element("L")
    }),
    ("notes", "part that is tagged as a note", |look| {
        look.has_element("Note")
    }),
    (
        "contents",
        "part that is tagged as a contents list",
        |look| look.has_element("TOC"),
    ),
    ("ruby", "readings above words (ruby)", |look| {
        ["Ruby", "RB", "RT", "RP"]
            .iter()
            .any(|kind| look.has_element(kind))
    }),
    ("warichu", "remarks within lines (warichu)", |look| {
        ["Warichu", "WT", "WP"]
            .iter()
            .any(|kind| look.has_element(kind))
    }),
    ("plain-headings", "headings without a level", |look| {
        look.has_element("H")
    }),
    ("deep-headings", "headings below the sixth level", |look| {
        let mut elements = look.reader.tree.elements.iter();
        elements.any(|one| level(&one.kind).is_some_and(|level| level > 6))
    }),
    ("own-types", "types of tags of its own", |look| {
        let mut elements = look.reader.tree.elements.iter();
        elements.any(|one| !is_standard(&one.role) && level(&one.role).is_none())
    }),
    ("bookmarks", "bookmarks", |look| {
        !look.reader.bookmarks().is_empty()
    }),
    ("links", "links", |look| {
        look.has_annotation(|kind| kind == "Link")
    }),
    ("annotations", "links or notes on the page", |look| {
        look.has_annotation(|_| true)
    }),
    ("other-annotations", "notes on the page", |look| {
        look.has_annotation(|kind| !["Link", "Widget", "Popup", "PrinterMark"].contains(&kind))
    }),
    ("page-files", "files attached to a page", |look| {
        look.has_annotation(|kind| kind == "FileAttachment")
    }),
    ("printer-marks", "marks for printers", |look| {
        look.has_annotation(|kind| kind == "PrinterMark")
    }),
    (
        "image-maps",
        "links that depend on where one clicks",
        |look| {
            look.has_dictionary(|look, dict| {
                matches!(look.reader.file.get(dict, "IsMap"), Object::Boolean(true))
            })
        },
    ),
    ("form-fields", "form fields", |look| {
        let form = look.reader.file.dict(look.reader.catalog, "AcroForm");
        let fields = form.is_some_and(|form| !look.reader.file.array(form, "Fields").is_empty());
        fields
            || look.has_annotation(|kind| kind == "Widget")
            || look.has_dictionary(|_, dict| dict.has(b"TU"))
    }),
    ("media", "sound or film", |look| {
        let kinds = ["Sound", "Movie", "Screen", "RichMedia", "3D"];
        look.has_annotation(|kind| kinds.contains(&kind))
            || look.has_action(&["Sound", "Movie", "Rendition", "RichMediaExecute"])
            || look.has_dictionary(|look, dict| {
                let file = look.reader.file;
                file.name(dict, "S").as_deref() == Some("MCD")
                    || file.name(dict, "Type").as_deref() == Some("MediaClip")
            })
    }),
    ("scripts", "programs", |look| {
        let names = look.reader.file.dict(look.reader.catalog, "Names");
        names.is_some_and(|names| names.has(b"JavaScript")) || look.has_action(&["JavaScript"])
    }),
    ("actions", "actions but those of its links", |look| {
        let plain = ["GoTo", "GoToR", "GoToE", "URI", "Thread"];
        look.has_dictionary(|look, dict| {
            let kind = look.reader.file.name(dict, "S");
            let action = look.reader.file.name(dict, "Type").as_deref() == Some("Action");
            dict.has(b"AA") || action && kind.is_some_and(|kind| !plain.contains(&kind.as_str()))
        })
    }),
    ("hidden-text", "text behind scanned pages", |look| {
        look.reader.drawings.iter().any(|drawing| {
            let mut painted = drawing.painted();
            painted.any(|(painted, with)| with.invisible && matches!(painted, PaintEvent::Text(_)))
        })
    }),
    ("layers", "layers", |look| {
        look.reader.catalog.has(b"OCProperties")
    }),
    ("attached-files", "attached files", |look| {
        look.has_dictionary(|_, dict| dict.has(b"EF"))
    }),
    ("threads", "threads of articles", |look| {
        look.reader.catalog.has(b"Threads")
    }),
    ("lock", "lock", |look| {
        look.reader.file.trailer().has(b"Encrypt")
    }),
    (
        "text-over-pictures",
        "text over pictures or gradients",
        |look| !look.contrasts.over_pictures.is_empty(),
    ),
    ("code-maps", "maps of codes of its own", |look| {
        look.has_font(|look, font| {
            let encoding = look.reader.file.get(font, "Encoding");
            let name = as_name(encoding).unwrap_or_default();
            look.reader.file.name(font, "Subtype").as_deref() == Some("Type0")
                && !name.starts_with("Identity-")
        })
    }),
    (
        "numbered-true-type",
        "TrueType fonts with numbered glyphs",
        |look| look.has_font(|look, font| look.is_kind(font, "CIDFontType2")),
    ),
    (
        "glyph-names",
        "lists of the names of a font's glyphs",
        |look| look.has_dictionary(|_, dict| dict.has(b"CharSet")),
    ),
    (
        "glyph-numbers",
        "lists of the numbers of a font's glyphs",
        |look| look.has_dictionary(|_, dict| dict.has(b"CIDSet")),
    ),
    ("letter-fonts", "TrueType fonts of letters", |look| {
        look.has_font(|look, font| look.is_kind(font, "TrueType") && !look.is_symbolic(font))
    }),
    ("sign-fonts", "TrueType fonts of signs", |look| {
        look.has_font(|look, font| look.is_kind(font, "TrueType") && look.is_symbolic(font))
    }),
];

/// Why a criterion that needs a feature does not apply, if the file lacks it.
pub(super) fn lacks(look: &Look<'_>, need: &str) -> Option<String> {
    let (_, called, has) = FEATURES.iter().find(|(name, ..)| *name == need)?;
    (!has(look)).then(|| format!("the file has no {called}"))
}

impl Look<'_> {
    fn has_element(&self, kind: &str) -> bool {
        self.reader.all(kind).next().is_some()
    }

    fn has_annotation(&self, is: impl Fn(&str) -> bool) -> bool {
        let mut all = self.reader.annotations();
        all.any(|(_, dict)| {
            is(self
                .reader
                .file
                .name(dict, "Subtype")
                .unwrap_or_default()
                .as_str())
        })
    }

    /// Whether any dictionary is one, also one that is no object of its own.
    fn has_dictionary(&self, is: impl Fn(&Look<'_>, &Dictionary) -> bool) -> bool {
        /// Deepest nesting of objects.
        const DEPTH: usize = 32;
        let mut waiting: Vec<(&Object, usize)> = self
            .reader
            .file
            .objects()
            .map(|(_, object)| (object, 0))
            .collect();
        while let Some((object, depth)) = waiting.pop() {
            if depth > DEPTH {
                continue;
            }
            match object {
                Object::Array(all) => waiting.extend(all.iter().map(|one| (one, depth + 1))),
                Object::Dictionary(_) | Object::Stream(_) => {
                    let Some(dict) = as_dict(object) else {
                        continue;
                    };
                    if is(self, dict) {
                        return true;
                    }
                    waiting.extend(dict.iter().map(|(_, one)| (one, depth + 1)));
                }
                _ => {}
            }
        }
        false
    }

    fn has_action(&self, kinds: &[&str]) -> bool {
        self.has_dictionary(|look, dict| {
            let kind = look.reader.file.name(dict, "S").unwrap_or_default();
            kinds.contains(&kind.as_str())
        })
    }

    fn has_font(&self, is: impl Fn(&Look<'_>, &Dictionary) -> bool) -> bool {
        let file = self.reader.file;
        let mut all = file.dictionaries();
        all.any(|dict| file.name(dict, "Type").as_deref() == Some("Font") && is(self, dict))
    }

    fn is_kind(&self, font: &Dictionary, kind: &str) -> bool {
        self.reader.file.name(font, "Subtype").as_deref() == Some(kind)
    }

    fn is_symbolic(&self, font: &Dictionary) -> bool {
        let descriptor = self.reader.file.dict(font, "FontDescriptor");
        let flags = descriptor.and_then(|one| self.reader.file.integer(one, "Flags"));
        flags.unwrap_or(0) & 4 != 0
    }

    fn has_picture(&self) -> bool {
        self.has_element("Figure")
            || self.reader.drawings.iter().any(|drawing| {
                let mut painted = drawing.painted();
                painted.any(|(painted, _)| matches!(painted, PaintEvent::Picture(_)))
            })
    }

    /// How a list is numbered, as the file says it.
    pub(super) fn numbering(reader: &Reader<'_>, list: &crate::pdf::read::tree::Element) -> String {
        let said = attribute(reader.file, reader.tree, list, "List", "ListNumbering");
        said.and_then(as_name).unwrap_or_else(|| "None".into())
    }
}
