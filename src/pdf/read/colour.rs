//! Colour spaces as a printing press sees them: which inks a colour lays down.

use lopdf::{Dictionary, Object};

use super::file::{File, as_name};

/// Deepest nesting of colour spaces.
const DEPTH: usize = 6;

/// A colour space.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Space {
    /// Black ink alone.
    Gray,
    /// Colours of a screen.
    Rgb,
    /// The four process inks.
    Cmyk,
    /// Gray by its measure.
    CalGray,
    /// Colours of a screen by their measure.
    CalRgb,
    /// Colours as the eye sees them.
    Lab,
    /// Colours of a profile with that many components.
    Icc(i64),
    /// Inks by name, and what stands in for them.
    Named(Vec<String>, Box<Space>),
    /// Colours by their number, looked up in a table.
    Indexed(Box<Space>, Vec<u8>),
    /// A pattern, and the space of its colour where it has none of its own.
    Pattern(Option<Box<Space>>),
    /// Anything else.
    Unknown,
}

/// How much ink a colour lays down, 1 for all that an ink can give.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Inks {
    /// Cyan, magenta, yellow and black.
    pub cmyk: [f64; 4],
    /// All other inks together.
    pub spots: f64,
    /// Whether it is registration colour: every ink there is.
    pub all: bool,
}

impl Inks {
    /// All inks together.
    pub(crate) fn total(&self) -> f64 {
        self.cmyk.iter().sum::<f64>() + self.spots
    }

    fn black(value: f64) -> Inks {
        Inks {
            cmyk: [0.0, 0.0, 0.0, value],
            ..Inks::default()
        }
    }
}

impl Space {
    /// The space of that name in the resources.
    pub(crate) fn find(file: &File, resources: &Dictionary, name: &str) -> Space {
        let found = file
            .dict(resources, "ColorSpace")
            .map(|all| file.get(all, name));
        match found {
            Some(space) if !space.is_null() => Space::parse(file, space, 0),
            _ => Space::family(name),
        }
    }

    /// Reads a colour space.
    pub(crate) fn read(file: &File, space: &Object) -> Space {
        Space::parse(file, space, 0)
    }

    /// The space in which the group of a page or a form mixes what is painted in it, where it has a group: `None` inside
    /// where the group does not say.
    pub(crate) fn of_group(file: &File, owner: &Dictionary) -> Option<Option<Space>> {
        let space = file.dict(owner, "Group")?.get(b"CS").ok();
        Some(space.map(|space| Space::read(file, file.resolve(space))))
    }

    /// A space that needs no more than its name; the short names are those of inline pictures.
    fn family(name: &str) -> Space {
        match name {
            "DeviceGray" | "G" => Space::Gray,
            "DeviceRGB" | "RGB" => Space::Rgb,
            "DeviceCMYK" | "CMYK" => Space::Cmyk,
            "CalGray" => Space::CalGray,
            "CalRGB" => Space::CalRgb,
            "Lab" => Space::Lab,
            "Pattern" => Space::Pattern(None),
            _ => Space::Unknown,
        }
    }

    fn parse(file: &File, space: &Object, depth: usize) -> Space {
        if depth > DEPTH {
            return Space::Unknown;
        }
        if let Some(name) = as_name(space) {
            return Space::family(&name);
        }
        let Ok(parts) = space.as_array() else {
            return Space::Unknown;
        };
        let part = |index: usize| {
            parts
                .get(index)
                .map_or(&Object::Null, |part| file.resolve(part))
        };
        let below = |index| Box::new(Space::parse(file, part(index), depth + 1));
        let family = as_name(part(0)).unwrap_or_default();
        match family.as_str() {
            "ICCBased" => match part(1) {
                Object::Stream(profile) => {
                    Space::Icc(file.integer(&profile.dict, "N").unwrap_or(0))
                }
                _ => Space::Unknown,
            },
            "Separation" => Space::Named(as_name(part(1)).into_iter().collect(), below(2)),
            "DeviceN" => {
                let names = part(1).as_array().map_or(&[][..], Vec::as_slice);
                let names = names.iter().filter_map(|name| as_name(file.resolve(name)));
                Space::Named(names.collect(), below(2))
            }
            "Indexed" | "I" => Space::Indexed(below(1), table(file, part(3))),
            "Pattern" if parts.len() > 1 => Space::Pattern(Some(below(1))),
            other => Space::family(other),
        }
    }

    /// Whether its colours are those of a screen, which a press must turn into inks by guessing.
    pub(crate) fn is_rgb(&self) -> bool {
        match self {
            Space::Rgb | Space::CalRgb | Space::Lab | Space::Icc(3) => true,
            Space::Indexed(base, _) => base.is_rgb(),
            // Inks of the press themselves need no stand-in.
            Space::Named(names, base) => {
                base.is_rgb() && !names.iter().all(|name| is_process(name))
            }
            Space::Pattern(base) => base.as_ref().is_some_and(|base| base.is_rgb()),
            _ => false,
        }
    }

    /// How many values a colour has.
    pub(crate) fn components(&self) -> usize {
        match self {
            Space::Rgb | Space::CalRgb | Space::Lab => 3,
            Space::Cmyk => 4,
            Space::Icc(count) => usize::try_from(*count).unwrap_or(0).min(32),
            Space::Named(names, _) => names.len(),
            Space::Gray | Space::CalGray | Space::Indexed(..) => 1,
            Space::Pattern(_) | Space::Unknown => 0,
        }
    }

    /// The inks of a colour, where the space says so.
    pub(crate) fn inks(&self, values: &[f64]) -> Option<Inks> {
        let value = |index: usize| {
            values
                .get(index)
                .copied()
                .map(|value| value.clamp(0.0, 1.0))
        };
        match self {
            Space::Gray | Space::CalGray | Space::Icc(1) => Some(Inks::black(1.0 - value(0)?)),
            Space::Cmyk | Space::Icc(4) => {
                let cmyk = [value(0)?, value(1)?, value(2)?, value(3)?];
                Some(Inks {
                    cmyk,
                    ..Inks::default()
                })
            }
            Space::Named(names, _) => {
                let mut inks = Inks::default();
                for (name, value) in names.iter().zip(values) {
                    inks.lay(name, value.clamp(0.0, 1.0));
                }
                Some(inks)
            }
            Space::Indexed(base, table) => {
                let count = base.components();
                let start = (values.first()?.max(0.0) as usize).checked_mul(count)?;
                let entry = table.get(start..start.checked_add(count)?)?;
                let values: Vec<f64> = entry.iter().map(|&byte| f64::from(byte) / 255.0).collect();
                base.inks(&values)
            }
            _ => None,
        }
    }

    /// The colour that is set when the space is chosen (ISO 32000-1, 8.6.3).
    pub(crate) fn first_colour(&self) -> Vec<f64> {
        match self {
            Space::Cmyk | Space::Icc(4) => vec![0.0, 0.0, 0.0, 1.0],
            Space::Named(names, _) => vec![1.0; names.len()],
            other => vec![0.0; other.components()],
        }
    }
}

impl Inks {
    fn lay(&mut self, name: &str, value: f64) {
        let place = ["Cyan", "Magenta", "Yellow", "Black"]
            .iter()
            .position(|ink| *ink == name);
        match (name, place) {
            (_, Some(place)) => self.cmyk[place] += value,
            ("All", _) => {
                self.cmyk = self.cmyk.map(|ink| ink + value);
                self.all = true;
            }
            ("None", _) => {}
            _ => self.spots += value,
        }
    }
}

fn is_process(name: &str) -> bool {
    matches!(
        name,
        "Cyan" | "Magenta" | "Yellow" | "Black" | "All" | "None"
    )
}

fn table(file: &File, object: &Object) -> Vec<u8> {
    let mut table = match object {
        Object::String(bytes, _) => bytes.clone(),
        Object::Stream(stream) => file.unpack(stream).unwrap_or_default(),
        _ => Vec::new(),
    };
    table.truncate(256 * 32);
    table
}
