//! Lengths: written with a unit, kept in points.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Points in a millimetre.
pub(crate) const MM: f64 = 72.0 / 25.4;

/// Points as millimetres with at most so many decimal places, for people.
pub(crate) fn millimetres(points: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (points / MM * scale).round() / scale
}

/// A length, kept in typographic points (1 pt = 1/72 in). Written as `10.5pt`, `30mm`, `3cm`, `0.125in`, `90um`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Length(f64);

impl Length {
    /// A length in points.
    pub const fn pt(points: f64) -> Self {
        Length(points)
    }
    /// The length in points.
    pub fn to_pt(self) -> f64 {
        self.0
    }
    /// The length in twentieths of a point, as Word counts.
    pub fn to_twips(self) -> i32 {
        (self.0 * 20.0).round() as i32
    }
}

impl std::str::FromStr for Length {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no length: write a number and a unit, such as 30mm, 10.5pt or 0.125in"
            )
        };
        let digits = text
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
            .ok_or_else(wrong)?;
        let number: f64 = text[..digits].parse().map_err(|_| wrong())?;
        let points = match text[digits..].trim() {
            "pt" => 1.0,
            "mm" => MM,
            // Both signs for micro are typed: that of Latin-1 and the Greek letter.
            "um" | "\u{b5}m" | "\u{3bc}m" => MM / 1000.0,
            "cm" => 72.0 / 2.54,
            "in" => 72.0,
            _ => return Err(wrong()),
        };
        if !(number.is_finite() && (0.0..=20_000.0).contains(&(number * points))) {
            return Err(format!(
                "`{text}` is out of range: write a length of at least 0mm and at most 7000mm"
            ));
        }
        Ok(Length(number * points))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}pt", self.0)
    }
}

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// Serialised as a number of points: templates multiply by `1pt`.
impl Serialize for Length {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0)
    }
}

impl JsonSchema for Length {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Length".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9.]+ *(pt|mm|cm|in|um|\u{b5}m|\u{3bc}m)$"})
    }
}
