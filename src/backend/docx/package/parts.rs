//! Parts that are written from scratch: settings, properties, fonts, theme, and the roots of stories.

use super::super::locale::{FontSet, ScriptFonts};
use super::relationships::Relationships;
use super::xml::Element;
use crate::layout::{Colour, Tokens};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The root of a part with text: body, notes, headers and footers.
pub(crate) fn word_root(name: &str) -> Element {
    Element::new(name)
        .attr("xmlns:w", WORD)
        .attr("xmlns:r", OFFICE)
        .attr(
            "xmlns:wp",
            "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        )
        .attr("xmlns:a", DRAWING)
        .attr(
            "xmlns:pic",
            "http://schemas.openxmlformats.org/drawingml/2006/picture",
        )
}

/// What `settings.xml` says.
pub(crate) struct Settings<'s> {
    /// Whether left-hand pages mirror right-hand ones.
    pub(crate) mirrored: bool,
    /// Whether left-hand pages have headers and footers of their own.
    pub(crate) even_heads: bool,
    /// Whether all changes are tracked, which Word then lets nobody switch off by the way.
    pub(crate) tracked: bool,
    /// Whether words are divided at line ends.
    pub(crate) hyphenate: bool,
    /// Ids of the separators of footnotes; empty where there are none.
    pub(crate) separators: &'s [i32],
    /// Language tag of the text, and whether it runs from right to left.
    pub(crate) language: (&'s str, bool),
    /// Whether it is set in ideographs or Hangul, whose punctuation takes half a width at line ends and next to other.
    pub(crate) east_asian: bool,
    /// The sign before the decimals of a number, by which Word sets figures below each other.
    pub(crate) decimal: &'s str,
}

impl Settings<'_> {
    /// The part, in schema order (ECMA-376 part 1, 17.15.1.78).
    pub(crate) fn part(&self) -> Element {
        let mut root = word_root("w:settings").child(Element::new("w:zoom").attr("w:percent", 100));
        if self.mirrored {
            root = root.child(Element::new("w:mirrorMargins"));
        }
        if self.tracked {
            let protection = Element::new("w:documentProtection")
                .attr("w:edit", "trackedChanges")
                .attr("w:enforcement", 1);
            root = root
                .child(Element::new("w:trackRevisions"))
                .child(protection);
        }
        root = root.child(Element::val("w:defaultTabStop", 720));
        if self.hyphenate {
            root = root
                .child(Element::new("w:autoHyphenation"))
                .child(Element::val("w:consecutiveHyphenLimit", 2))
                .child(Element::new("w:doNotHyphenateCaps"));
        }
        if self.even_heads {
            root = root.child(Element::new("w:evenAndOddHeaders"));
        }
        let spacing = if self.east_asian {
            "compressPunctuation"
        } else {
            "doNotCompress"
        };
        root = root.child(Element::val("w:characterSpacingControl", spacing));
        if !self.separators.is_empty() {
            root = root.child(self.footnotes());
        }
        let compatibility = Element::new("w:compatSetting")
            .attr("w:name", "compatibilityMode")
            .attr("w:uri", "http://schemas.microsoft.com/office/word")
            .attr("w:val", 15);
        let (tag, rtl) = self.language;
        let language = Element::new("w:themeFontLang");
        // A line that ends with a forced break is not spread over the measure.
        let unspread = Element::new("w:doNotExpandShiftReturn");
        root.child(
            Element::new("w:compat")
                .child(unspread)
                .child(compatibility),
        )
        .child(match (rtl, self.east_asian) {
            (true, _) => language.attr("w:bidi", tag),
            (false, true) => language.attr("w:val", tag).attr("w:eastAsia", tag),
            (false, false) => language.attr("w:val", tag),
        })
        .child(colour_mapping())
        .child(Element::val("w:decimalSymbol", self.decimal))
        .child(Element::val(
            "w:listSeparator",
            if self.decimal == "," { ";" } else { "," },
        ))
    }

    fn footnotes(&self) -> Element {
        Element::new("w:footnotePr").children(
            self.separators
                .iter()
                .map(|id| Element::new("w:footnote").attr("w:id", id)),
        )
    }
}

fn colour_mapping() -> Element {
    let pairs = [
        ("bg1", "light1"),
        ("t1", "dark1"),
        ("bg2", "light2"),
        ("t2", "dark2"),
        ("accent1", "accent1"),
        ("accent2", "accent2"),
        ("accent3", "accent3"),
        ("accent4", "accent4"),
        ("accent5", "accent5"),
        ("accent6", "accent6"),
        ("hyperlink", "hyperlink"),
        ("followedHyperlink", "followedHyperlink"),
    ];
    pairs.iter().fold(
        Element::new("w:clrSchemeMapping"),
        |mapping, (slot, colour)| mapping.attr(&format!("w:{slot}"), colour),
    )
}

/// Properties of the file.
pub(crate) struct Properties<'p> {
    /// Title.
    pub(crate) title: &'p str,
    /// What the document is.
    pub(crate) subject: &'p str,
    /// Author.
    pub(crate) creator: &'p str,
    /// Publisher.
    pub(crate) company: &'p str,
    /// Keywords.
    pub(crate) keywords: String,
    /// Language tag.
    pub(crate) language: &'p str,
    /// Moment of making, such as `2016-08-31T00:00:00Z`.
    pub(crate) moment: String,
}

impl Properties<'_> {
    /// The part `docProps/core.xml`.
    pub(crate) fn core(&self) -> Element {
        let moment = |name: &str| {
            Element::new(name)
                .attr("xsi:type", "dcterms:W3CDTF")
                .text(&self.moment)
        };
        Element::new("cp:coreProperties")
            .attr(
                "xmlns:cp",
                "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            )
            .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
            .attr("xmlns:dcterms", "http://purl.org/dc/terms/")
            .attr("xmlns:dcmitype", "http://purl.org/dc/dcmitype/")
            .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
            .child(Element::new("dc:title").text(self.title))
            .child(Element::new("dc:subject").text(self.subject))
            .child(Element::new("dc:creator").text(self.creator))
            .child(Element::new("cp:keywords").text(&self.keywords))
            .child(Element::new("cp:lastModifiedBy").text(self.creator))
            .child(Element::new("cp:revision").text("1"))
            .child(moment("dcterms:created"))
            .child(moment("dcterms:modified"))
            .child(Element::new("dc:language").text(self.language))
    }

    /// The part `docProps/app.xml`.
    pub(crate) fn app(&self) -> Element {
        Element::new("Properties")
            .attr(
                "xmlns",
                "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
            )
            .child(Element::new("Application").text(env!("CARGO_PKG_NAME")))
            .child(Element::new("Company").text(self.company))
    }

    /// Relationships of the package to its properties and to the document.
    pub(crate) fn relationships() -> Relationships {
        let mut relationships = Relationships::default();
        relationships.part("officeDocument", "word/document.xml");
        relationships.typed(
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        );
        relationships.part("extended-properties", "docProps/app.xml");
        relationships.part("custom-properties", "docProps/custom.xml");
        relationships
    }
}

/// The part `docProps/custom.xml`: texts for the program itself, by name.
pub(crate) fn custom_properties(own: &[(&str, String)]) -> Element {
    let property = |(at, (name, text)): (usize, &(&str, String))| {
        Element::new("property")
            .attr("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
            // Ids count from 2.
            .attr("pid", at + 2)
            .attr("name", name)
            .child(Element::new("vt:lpwstr").text(text))
    };
    Element::new("Properties")
        .attr(
            "xmlns",
            "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
        )
        .attr(
            "xmlns:vt",
            "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
        )
        .children(own.iter().enumerate().map(property))
}

/// The part `fontTable.xml`: what Word takes where a font is missing.
pub(crate) fn font_table(fonts: &ScriptFonts<'_>) -> Element {
    let mut root = word_root("w:fonts");
    let mut seen = Vec::new();
    let families = [
        ("roman", "variable"),
        ("swiss", "variable"),
        ("modern", "fixed"),
    ];
    for (set, (family, pitch)) in fonts.sets.iter().zip(families) {
        for name in [set.latin, set.east_asian, set.complex] {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let font = Element::new("w:font").attr("w:name", name);
            root = root.child(
                font.child(Element::val("w:charset", "00"))
                    .child(Element::val("w:family", family))
                    .child(Element::val("w:pitch", pitch)),
            );
        }
    }
    root
}

/// The part `theme/theme1.xml`: the layout's colours and fonts in Word's menus. No style depends on it.
pub(crate) fn theme(tokens: &Tokens, faces: &ScriptFonts<'_>) -> Element {
    let elements = Element::new("a:themeElements")
        .child(colours(tokens))
        .child(fonts(faces))
        .child(formats());
    Element::new("a:theme")
        .attr("xmlns:a", DRAWING)
        .attr("name", "Report")
        .child(elements)
}

fn colours(tokens: &Tokens) -> Element {
    let colours = &tokens.colours;
    let slots = [
        ("dk1", colours.text),
        ("lt1", colours.paper),
        ("dk2", colours.structure),
        ("lt2", colours.tint),
        ("accent1", colours.structure),
        ("accent2", colours.accent),
        ("accent3", colours.grey),
        ("accent4", colours.link),
        ("accent5", colours.rule),
        ("accent6", colours.tint),
        ("hlink", colours.link),
        ("folHlink", colours.structure),
    ];
    let slot = |(name, colour): (&str, Colour)| {
        Element::new(&format!("a:{name}"))
            .child(Element::new("a:srgbClr").attr("val", colour.hex()))
    };
    Element::new("a:clrScheme")
        .attr("name", "Report")
        .children(slots.map(slot))
}

fn fonts(faces: &ScriptFonts<'_>) -> Element {
    let [text, sans, _] = &faces.sets;
    let group = |name: &str, set: &FontSet<'_>| {
        let script = |name: &str, face: &str| Element::new(name).attr("typeface", face);
        Element::new(name)
            .child(script("a:latin", set.latin))
            .child(script("a:ea", set.east_asian))
            .child(script("a:cs", set.complex))
    };
    Element::new("a:fontScheme")
        .attr("name", "Report")
        .child(group("a:majorFont", sans))
        .child(group("a:minorFont", text))
}

/// The format scheme that a theme must have: three plain fills, lines, effects and backgrounds.
fn formats() -> Element {
    let fill = || {
        let colour = Element::new("a:schemeClr").attr("val", "phClr");
        Element::new("a:solidFill").child(colour)
    };
    let three = |name: &str, make: &dyn Fn() -> Element| {
        Element::new(name).children((0..3).map(|_| make()))
    };
    Element::new("a:fmtScheme")
        .attr("name", "Report")
        .child(three("a:fillStyleLst", &fill))
        .child(three("a:lnStyleLst", &|| {
            Element::new("a:ln").attr("w", 6350).child(fill())
        }))
        .child(three("a:effectStyleLst", &|| {
            Element::new("a:effectStyle").child(Element::new("a:effectLst"))
        }))
        .child(three("a:bgFillStyleLst", &fill))
}
