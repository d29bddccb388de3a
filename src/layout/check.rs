//! Rules that design tokens must keep so that pages can be set at all.

use super::colour::Colour;
use super::length::MM;
use super::tokens::{Layout, Tokens};
use std::collections::BTreeMap;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, one_of};

/// Widest bleed, in points: no printer asks for more.
const WIDEST_BLEED: f64 = 25.0 * MM + 0.01;
/// Thinnest leaf, in points: bible paper is thicker.
const THINNEST: f64 = 0.02 * MM - 0.001;
/// Thickest leaf, in points: board of covers is thinner.
const THICKEST: f64 = 2.0 * MM + 0.001;
/// Widest hinge, in points.
const WIDEST_HINGE: f64 = 20.0 * MM + 0.01;
/// The fewest pages of a volume.
const VOLUME: u16 = 20;
/// Narrowest measure that text can be set in, in points.
const NARROWEST: f64 = 72.0;

impl Layout {
    /// Refuses font families that no font has; `families` are those that there are.
    ///
    /// # Errors
    /// Each family that is missing, where the layout names it.
    pub(crate) fn check_families(&self, families: &[&str]) -> Result<(), Diagnostics> {
        let fonts = &self.tokens.fonts;
        let named = [
            ("fonts.text", &fonts.text),
            ("fonts.display", &fonts.display),
            ("fonts.sans", &fonts.sans),
            ("fonts.code", &fonts.code),
        ];
        let fallback = fonts.fallback.iter().enumerate();
        let fallback = fallback.map(|(index, name)| (format!("fonts.fallback[{index}]"), name));
        let named = named.map(|(field, name)| (field.to_owned(), name));
        let mut missing: BTreeMap<String, Diagnostic> = BTreeMap::new();
        for (field, name) in named.into_iter().chain(fallback) {
            // Names of families differ in case at most.
            let lower = name.to_lowercase();
            if families.iter().any(|family| family.to_lowercase() == lower) {
                continue;
            }
            missing.entry(lower).or_insert_with(|| {
                let message = format!("no font of the layout is called `{name}`");
                let found = Diagnostic::new(Code::UNKNOWN_FAMILY, message).field(field);
                let place = self.written.first().map(|(path, _)| Location::whole(path));
                let found = found.hint(one_of(name, families)).hint(
                    "for another one put its file into the layout's folder or into `layouts/fonts`",
                );
                match place {
                    Some(place) => found.at(place),
                    None => found,
                }
            });
        }
        let missing: Diagnostics = missing.into_values().collect();
        match missing.is_empty() {
            true => Ok(()),
            false => Err(super::load::at_fields(missing, &self.written)),
        }
    }

    /// Refuses tokens with which no page can be set, once something outside the layout has changed them.
    pub(crate) fn check(&self) -> Result<(), Diagnostics> {
        check(&self.tokens, &format!("layout {}", self.name))
    }
}

/// Refuses tokens with which no page can be set; `place` is the layout's file.
pub(super) fn check(tokens: &Tokens, place: &str) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    let mut refuse = |code: Code, field: &str, message: String, hint: &str| {
        found.push(
            Diagnostic::new(code, message)
                .at(Location::whole(place))
                .field(field)
                .hint(hint),
        );
    };
    let page = &tokens.page;
    if page.measure().to_pt() < NARROWEST {
        refuse(
            Code::NO_ROOM,
            "page.inside",
            "the margins leave no room for text".into(),
            "make the page wider or the margins smaller",
        );
    }
    if page.height.to_pt() - page.top.to_pt() - page.bottom.to_pt() < NARROWEST {
        refuse(
            Code::NO_ROOM,
            "page.top",
            "the margins leave no room for text".into(),
            "make the page higher or the margins smaller",
        );
    }
    if let Some((name, text)) = odd_colour(tokens) {
        refuse(
            Code::MIXED_COLOURS,
            &format!("colours.{name}"),
            format!("`{name}` and `text` are not given in the same way ({text})"),
            "give all colours with #, for the screen, or all as cmyk(…), for the press",
        );
    }
    let sizes = &tokens.sizes;
    let named = [
        ("sizes.least", sizes.least),
        ("sizes.note", sizes.note),
        ("sizes.table", sizes.table),
        ("sizes.table_least", sizes.table_least),
        ("sizes.small", sizes.small),
        ("sizes.text", sizes.text),
        ("sizes.lead", sizes.lead),
        ("sizes.heading", sizes.heading),
        ("sizes.title", sizes.title),
        ("sizes.cover", sizes.cover),
        ("sizes.line", sizes.line),
    ];
    for (field, size) in named {
        if !(1.0..=200.0).contains(&size.to_pt()) {
            refuse(
                Code::OUT_OF_RANGE,
                field,
                format!("a size of {size} cannot be set"),
                "sizes are from 1pt to 200pt",
            );
        }
    }
    for (field, size) in named.into_iter().skip(1) {
        if size < sizes.least {
            refuse(
                Code::OUT_OF_RANGE,
                field,
                format!("a size of {size} is below `sizes.least`, {}", sizes.least),
                "make it larger, or `least` smaller",
            );
        }
    }
    if sizes.line < sizes.text {
        refuse(
            Code::LINES_TOO_CLOSE,
            "sizes.line",
            "the lines are closer than the text is high".into(),
            "make `line` larger than `text`",
        );
    }
    if !(1..=6).contains(&tokens.structure.contents_depth) {
        refuse(
            Code::OUT_OF_RANGE,
            "structure.contents_depth",
            "the contents list has from 1 to 6 levels".into(),
            "2 suits most reports",
        );
    }
    let spaces = [
        ("structure.letter_space", tokens.structure.letter_space, 20),
        ("structure.word_space", tokens.structure.word_space, 100),
    ];
    for (field, space, most) in spaces {
        if space > most {
            refuse(
                Code::OUT_OF_RANGE,
                field,
                format!("{space} per cent of the type size is more than words hold together with"),
                &format!("write 0 to {most}"),
            );
        }
    }
    if (1..VOLUME).contains(&tokens.structure.volume_pages) {
        refuse(
            Code::OUT_OF_RANGE,
            "structure.volume_pages",
            format!("a volume has at least {VOLUME} pages"),
            "0 keeps the report in one volume",
        );
    }
    if tokens.structure.tighten > 15 {
        refuse(
            Code::OUT_OF_RANGE,
            "structure.tighten",
            "the spaces between words may be narrower by up to 15 per cent".into(),
            "6 is hardly seen; 0 leaves them as they are",
        );
    }
    if tokens.structure.close_up > 60 {
        refuse(
            Code::OUT_OF_RANGE,
            "structure.close_up",
            "the space between rows and entries may be narrower by up to 60 per cent".into(),
            "40 is hardly seen; 0 leaves it as it is",
        );
    }
    if !(1..=2).contains(&tokens.structure.columns) {
        refuse(
            Code::OUT_OF_RANGE,
            "structure.columns",
            "lists have 1 or 2 columns".into(),
            "1 suits large type and narrow pages",
        );
    }
    if !(20..=400).contains(&tokens.digest.width) {
        refuse(
            Code::OUT_OF_RANGE,
            "digest.width",
            "the digest is from 20 to 400 columns wide".into(),
            "72 suits mail",
        );
    }
    if page.bleed.to_pt() > WIDEST_BLEED {
        refuse(
            Code::OUT_OF_RANGE,
            "page.bleed",
            "the bleed is at most 25mm".into(),
            "3mm is usual; 5mm suits stiff covers",
        );
    }
    let caliper = tokens.press.caliper.to_pt();
    if caliper > 0.0 && !(THINNEST..=THICKEST).contains(&caliper) {
        refuse(
            Code::OUT_OF_RANGE,
            "press.caliper",
            "a leaf of the text is from 0.02mm to 2mm thick".into(),
            "paper of 80 grams has about 0.1mm; 0mm is as the stock says",
        );
    }
    if tokens.press.hinge.to_pt() > WIDEST_HINGE {
        refuse(
            Code::OUT_OF_RANGE,
            "press.hinge",
            "the hinge of a cover is at most 20mm from the spine".into(),
            "6mm is usual",
        );
    }
    if !(100..=400).contains(&tokens.press.max_ink) && tokens.press.max_ink != 0 {
        refuse(
            Code::OUT_OF_RANGE,
            "press.max_ink",
            "the most ink that a place may take is from 100 to 400 percent".into(),
            "300 suits coated paper; 0 is as the rules say",
        );
    }
    if !(72..=2400).contains(&tokens.press.min_resolution) && tokens.press.min_resolution != 0 {
        refuse(
            Code::OUT_OF_RANGE,
            "press.min_resolution",
            "the least resolution of pictures is from 72 to 2400 dots per inch".into(),
            "300 suits offset printing; 0 is as the rules say",
        );
    }
    found.or_value(()).map(|_| ())
}

/// The first colour that is RGB where text is inks, or the other way round; half a press file is none.
fn odd_colour(tokens: &Tokens) -> Option<(&'static str, String)> {
    let text = tokens.colours.text;
    let odd = |(_, colour): &(&str, Colour)| colour.is_cmyk() != text.is_cmyk();
    let (name, colour) = tokens.colours.named().into_iter().find(odd)?;
    Some((name, format!("{colour} and {text}")))
}
