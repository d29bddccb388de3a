//! Settings of print sheets: how pages are imposed and on which sheet.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::impose::{Binding, ColourPages, Impose, as_text};
use super::length::{Length, MM};
use super::tokens::{Tokens, tokens};

tokens! {
    /// Sheets for the printer.
    Press / WrittenPress {
        /// How pages are put on sheets: single, spreads, booklet, signatures-N, formes-N or nup-N.
        impose: Impose,
        /// How the publication is bound: auto (as the sheets say, with the covers among their pages), stitched, or
        /// perfect (the cover is a sheet and a file of its own, with a spine).
        binding: Binding,
        /// Paper of the text, by its name in layouts/print-data/stocks.yaml; none where it is not known.
        stock: String,
        /// Thickness of a leaf of the text, such as 0.1mm or 100um; 0mm where the stock says it.
        caliper: Length,
        /// Paper of the cover, by name, or none.
        cover_stock: String,
        /// Paper of the endpapers of a perfect-bound book, by name, or none where it has no endpapers: two blank leaves
        /// before the text and two behind it.
        endpapers: String,
        /// From the spine to the line along which a perfect-bound cover is scored, so that it opens there; 0mm where it
        /// is not scored.
        hinge: Length,
        /// Size of the sheets: auto, a name such as SRA3, or width and height such as 320x450mm.
        sheet: SheetSize,
        /// Whether sheets carry crop, fold and registration marks, a colour bar and a slug line.
        marks: bool,
        /// Paper's thickness at the fold: by this much more than the sheet around it, each inner sheet of a
        /// signature is drawn towards the spine. The outermost stays.
        creep: Length,
        /// By this much more than the sheet inside it, each outer sheet of a signature is pushed away from the
        /// spine. The innermost stays.
        creep_outer: Length,
        /// Output profile: a name in layouts/profiles, or the path of an ICC file.
        profile: String,
        /// Whether pages of the text may carry other inks than black: allow, list or refuse.
        colour_pages: ColourPages,
        /// What the preflight goes by: a set of rules, by its name in layouts/print-data/rules.yaml.
        rules: String,
        /// Most ink that a place may take, over all plates, in percent; 0 where the rules say it.
        max_ink: u16,
        /// Whether pictures of the sheets are made next to them.
        proof: bool,
        /// Whether the job ticket is written next to the sheets, as JSON and as XJDF.
        ticket: bool,
        /// Least resolution of pictures at their printed size, in dots per inch; 0 where the rules say it.
        min_resolution: u16,
    }
}

/// What a print job changes of a layout; the layout says the rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Job {
    /// How pages are put on sheets.
    pub impose: Option<Impose>,
    /// Size of the sheets.
    pub sheet: Option<SheetSize>,
    /// Colour beyond the trimmed page.
    pub bleed: Option<Length>,
    /// Whether sheets carry marks.
    pub marks: Option<bool>,
    /// How far inner sheets are drawn towards the spine.
    pub creep: Option<Length>,
    /// Output profile.
    pub profile: Option<String>,
    /// Whether pictures of the sheets are made, too.
    pub proof: Option<bool>,
    /// How the publication is bound.
    pub binding: Option<Binding>,
    /// Paper of the text.
    pub stock: Option<String>,
    /// Thickness of a leaf of the text.
    pub caliper: Option<Length>,
    /// Paper of the cover.
    pub cover_stock: Option<String>,
    /// Paper of the endpapers.
    pub endpapers: Option<String>,
    /// Whether pages of the text may carry other inks than black.
    pub colour_pages: Option<ColourPages>,
    /// What the preflight goes by.
    pub rules: Option<String>,
    /// Whether the job ticket is written, too.
    pub ticket: Option<bool>,
}

impl Job {
    /// Puts what the job changes into the tokens of a layout.
    pub fn apply(&self, tokens: &mut Tokens) {
        fn put<T: Clone>(given: &Option<T>, token: &mut T) {
            if let Some(given) = given {
                token.clone_from(given);
            }
        }
        let press = &mut tokens.press;
        put(&self.impose, &mut press.impose);
        put(&self.sheet, &mut press.sheet);
        put(&self.marks, &mut press.marks);
        put(&self.creep, &mut press.creep);
        put(&self.profile, &mut press.profile);
        put(&self.bleed, &mut tokens.page.bleed);
        put(&self.proof, &mut press.proof);
        put(&self.binding, &mut press.binding);
        put(&self.stock, &mut press.stock);
        put(&self.caliper, &mut press.caliper);
        put(&self.cover_stock, &mut press.cover_stock);
        put(&self.endpapers, &mut press.endpapers);
        put(&self.colour_pages, &mut press.colour_pages);
        put(&self.rules, &mut press.rules);
        put(&self.ticket, &mut press.ticket);
    }
}

/// Size of the printer's sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetSize {
    /// Just large enough for the pages, their bleed and their marks.
    Auto,
    /// A sheet of this size. It is turned where the pages lie better that way.
    Fixed {
        /// Name of the size, or the size as it was written.
        name: String,
        /// Width in points.
        width: f64,
        /// Height in points.
        height: f64,
    },
}

/// Names of sheets, with width and height in millimetres, the smallest area first.
const NAMED: [(&str, f64, f64); 26] = [
    ("A5", 148.0, 210.0),
    ("B5", 176.0, 250.0),
    ("letter", 215.9, 279.4),
    ("A4", 210.0, 297.0),
    ("RA4", 215.0, 305.0),
    ("SRA4", 225.0, 320.0),
    ("legal", 215.9, 355.6),
    ("B4", 250.0, 353.0),
    ("tabloid", 279.4, 431.8),
    ("ledger", 431.8, 279.4),
    ("A3", 297.0, 420.0),
    ("RA3", 305.0, 430.0),
    ("SRA3", 320.0, 450.0),
    ("B3", 353.0, 500.0),
    ("A2", 420.0, 594.0),
    ("RA2", 430.0, 610.0),
    ("SRA2", 450.0, 640.0),
    ("B2", 500.0, 707.0),
    ("A1", 594.0, 841.0),
    ("RA1", 610.0, 860.0),
    ("SRA1", 640.0, 900.0),
    ("B1", 707.0, 1000.0),
    ("A0", 841.0, 1189.0),
    ("RA0", 860.0, 1220.0),
    ("SRA0", 900.0, 1280.0),
    ("B0", 1000.0, 1414.0),
];

impl SheetSize {
    /// Width and height in points, as written; none where the pages decide.
    pub fn dimensions(&self) -> Option<(f64, f64)> {
        match self {
            SheetSize::Auto => None,
            SheetSize::Fixed { width, height, .. } => Some((*width, *height)),
        }
    }

    /// All sizes that have a name, the smallest area first.
    pub fn named() -> impl Iterator<Item = SheetSize> {
        NAMED.iter().map(named)
    }
}

fn named(&(name, width, height): &(&str, f64, f64)) -> SheetSize {
    SheetSize::Fixed {
        name: name.to_owned(),
        width: width * MM,
        height: height * MM,
    }
}

impl FromStr for SheetSize {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.trim();
        if name.eq_ignore_ascii_case("auto") {
            return Ok(SheetSize::Auto);
        }
        if let Some(known) = NAMED.iter().find(|(n, ..)| n.eq_ignore_ascii_case(name)) {
            return Ok(named(known));
        }
        let (width, height) = measures(name).ok_or_else(|| {
            format!(
                "`{text}` is no size of sheet: write auto, a name such as A3, SRA3, B2, letter or tabloid, or width \
                 and height with a unit, such as 320x450mm"
            )
        })?;
        // PDF readers agree on pages up to 200 inches.
        if [width, height]
            .iter()
            .any(|side| !(MM..=14_400.0).contains(side))
        {
            return Err(format!(
                "`{text}` is out of range: each side of a sheet is at least 1 mm and at most 5080 mm"
            ));
        }
        Ok(SheetSize::Fixed {
            name: name.to_owned(),
            width,
            height,
        })
    }
}

/// Width and height in points of a size such as `320x450mm`.
fn measures(text: &str) -> Option<(f64, f64)> {
    let lower = text.to_ascii_lowercase();
    let (width, height) = lower.split_once(['x', '×'])?;
    let (width, height) = (width.trim(), height.trim());
    // The unit may stand once, at the end.
    let unit = height.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let width = if width.ends_with(|c: char| c.is_ascii_digit()) {
        format!("{width}{unit}")
    } else {
        width.to_owned()
    };
    let side = |side: &str| Some(side.parse::<Length>().ok()?.to_pt());
    Some((side(&width)?, side(height)?))
}

impl fmt::Display for SheetSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SheetSize::Auto => f.write_str("auto"),
            SheetSize::Fixed { name, .. } => f.write_str(name),
        }
    }
}

impl JsonSchema for SheetSize {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SheetSize".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "auto, a name such as A3, SRA3, B2, letter or tabloid, or a size such as 320x450mm",
        })
    }
}

as_text!(SheetSize);

#[cfg(test)]
mod tests {
    use super::*;

    fn millimetres(text: &str) -> (f64, f64) {
        let (width, height) = text.parse::<SheetSize>().unwrap().dimensions().unwrap();
        let round = |points: f64| (points / MM * 100.0).round() / 100.0;
        (round(width), round(height))
    }

    #[test]
    fn sheets_have_names_or_measures() {
        assert_eq!("auto".parse(), Ok(SheetSize::Auto));
        assert_eq!(SheetSize::Auto.dimensions(), None);
        for (text, is) in [
            ("A3", (297.0, 420.0)),
            ("sra3", (320.0, 450.0)),
            ("Tabloid", (279.4, 431.8)),
            ("LEDGER", (431.8, 279.4)),
            ("320x450mm", (320.0, 450.0)),
            ("320mm x 450mm", (320.0, 450.0)),
            ("32 x 45 cm", (320.0, 450.0)),
            ("12x18in", (304.8, 457.2)),
            ("320mm × 17.5in", (320.0, 444.5)),
        ] {
            assert_eq!(millimetres(text), is, "{text}");
        }
        assert_eq!("sra3".parse::<SheetSize>().unwrap().to_string(), "SRA3");
    }

    #[test]
    fn other_sheets_are_refused() {
        for wrong in [
            "", "A9", "320x450", "x", "320x", "xmm", "3x4x5mm", "-1x5mm", "1..2x3mm", "ééxé",
        ] {
            let error = wrong.parse::<SheetSize>().unwrap_err();
            assert!(error.contains("write auto, a name such as A3"), "{error}");
        }
        for wrong in ["0x5mm", "6000x10mm"] {
            let error = wrong.parse::<SheetSize>().unwrap_err();
            assert!(error.contains("at least 1 mm"), "{error}");
        }
    }

    #[test]
    fn names_are_sorted_by_area() {
        let areas: Vec<f64> = NAMED.iter().map(|(_, w, h)| w * h).collect();
        assert!(areas.is_sorted());
    }
}
