//! Colours of a layout: in RGB for the screen, in CMYK for the press.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A colour: six hexadecimal digits such as `#0B3C5D`, or four inks such as `cmyk(0%, 0%, 0%, 100%)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Colour {
    /// Red, green, blue, 0 to 255 each (sRGB).
    Rgb([u8; 3]),
    /// Cyan, magenta, yellow, black, in per cent of full ink.
    Cmyk([f64; 4]),
}

impl Colour {
    /// Red, green and blue; inks are converted by rule of thumb, for outputs that know no inks (Word).
    pub fn rgb(self) -> [u8; 3] {
        match self {
            Colour::Rgb(rgb) => rgb,
            Colour::Cmyk([c, m, y, k]) => {
                let light =
                    |ink: f64| (255.0 * (1.0 - ink / 100.0) * (1.0 - k / 100.0)).round() as u8;
                [light(c), light(m), light(y)]
            }
        }
    }

    /// `0B3C5D`: upper-case digits without the hash, as Word writes it.
    pub fn hex(self) -> String {
        let [r, g, b] = self.rgb();
        format!("{r:02X}{g:02X}{b:02X}")
    }

    /// Whether the colour is given in inks.
    pub fn is_cmyk(self) -> bool {
        matches!(self, Colour::Cmyk(_))
    }

    /// Whether black ink alone prints the colour: type in it needs one plate and cannot be out of register.
    pub fn is_black_only(self) -> bool {
        matches!(self, Colour::Cmyk([c, m, y, _]) if c + m + y == 0.0)
    }
}

impl FromStr for Colour {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        hexadecimal(text).or_else(|| inks(text)).ok_or_else(|| {
            format!(
                "`{text}` is no colour: write # and six hexadecimal digits, or cmyk(0%, 0%, 0%, 100%) with four inks from 0% to 100%, in quotes"
            )
        })
    }
}

fn hexadecimal(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#')?;
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let [_, r, g, b] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Colour::Rgb([r, g, b]))
}

fn inks(text: &str) -> Option<Colour> {
    let listed = text.trim().strip_prefix("cmyk(")?.strip_suffix(')')?;
    let mut inks = Vec::new();
    for part in listed.split(',') {
        let number = part.trim().strip_suffix('%')?;
        // Rust reads `1e1`, `+1` and `inf`, too: nobody means those.
        let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        inks.push(number.parse::<f64>().ok().filter(|_| plain)?);
    }
    let inks: [f64; 4] = inks.try_into().ok()?;
    inks.iter()
        .all(|ink| (0.0..=100.0).contains(ink))
        .then_some(Colour::Cmyk(inks))
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Colour::Rgb(_) => write!(f, "#{}", self.hex()),
            Colour::Cmyk([c, m, y, k]) => write!(f, "cmyk({c}%, {m}%, {y}%, {k}%)"),
        }
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Serialised for the templates: RGB as `#` and digits, inks as four numbers of per cent.
impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Colour::Rgb(_) => serializer.collect_str(self),
            Colour::Cmyk(inks) => inks.serialize(serializer),
        }
    }
}

impl JsonSchema for Colour {
    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^(#[0-9A-Fa-f]{6}|cmyk\( *[0-9.]+% *(, *[0-9.]+% *){3}\))$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits_or_four_inks() {
        assert_eq!("#0B3c5D".parse(), Ok(Colour::Rgb([0x0B, 0x3C, 0x5D])));
        let inks = "cmyk(0%, 12.5%,0% , 100%)".parse::<Colour>().unwrap();
        assert_eq!(inks, Colour::Cmyk([0.0, 12.5, 0.0, 100.0]));
        assert_eq!(inks.to_string(), "cmyk(0%, 12.5%, 0%, 100%)");
        for wrong in [
            "",
            "#12345",
            "#+12345",
            "#é1234",
            "black",
            "cmyk(0%,0%,0%)",
            "cmyk(0%,0%,0%,0%,0%)",
            "cmyk(0,0,0,100)",
            "cmyk(0%,0%,0%,101%)",
            "cmyk(0%,0%,0%,-1%)",
            "cmyk(0%,0%,0%,NaN%)",
            "cmyk(0%,0%,0%,1e1%)",
            "cmyk(0%,0%,0%,100%",
        ] {
            let said = wrong.parse::<Colour>().unwrap_err();
            assert!(
                said.starts_with(&format!("`{wrong}` is no colour")),
                "{said}"
            );
        }
    }

    #[test]
    fn inks_have_an_rgb_for_word() {
        let hex = |inks| Colour::Cmyk(inks).hex();
        assert_eq!(hex([0.0, 0.0, 0.0, 100.0]), "000000");
        assert_eq!(hex([0.0, 0.0, 0.0, 0.0]), "FFFFFF");
        assert_eq!(hex([100.0, 0.0, 0.0, 0.0]), "00FFFF");
        assert_eq!(hex([0.0, 0.0, 0.0, 60.0]), "666666");
    }

    #[test]
    fn black_only_is_said_of_inks_alone() {
        assert!(Colour::Cmyk([0.0, 0.0, 0.0, 70.0]).is_black_only());
        assert!(!Colour::Cmyk([1.0, 0.0, 0.0, 70.0]).is_black_only());
        assert!(!Colour::Rgb([0, 0, 0]).is_black_only());
    }

    #[test]
    fn templates_get_digits_or_four_numbers() {
        let json = |colour: Colour| serde_json::to_string(&colour).unwrap();
        assert_eq!(json(Colour::Rgb([1, 2, 255])), "\"#0102FF\"");
        assert_eq!(
            json(Colour::Cmyk([0.0, 0.0, 0.0, 60.0])),
            "[0.0,0.0,0.0,60.0]"
        );
    }
}
