//! The time that the files carry inside: never the clock's.
//!
//! `SOURCE_DATE_EPOCH` (seconds since 1970-01-01 UTC) where it is set, see
//! <https://reproducible-builds.org/specs/source-date-epoch/>, else the report's own date at 00:00 UTC.

use std::ffi::OsStr;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Date;

/// Name of the environment variable.
pub const VARIABLE: &str = "SOURCE_DATE_EPOCH";
/// 9999-12-31T23:59:59Z: no format has room for a year of five digits.
const LATEST: i64 = 253_402_300_799;

/// What the environment variable says, if it is set.
///
/// # Errors
/// It is set and no number of seconds between 1970 and 9999: a build that asks for a date must not get another.
pub fn wanted(value: Option<&OsStr>) -> Result<Option<i64>, Diagnostics> {
    let Some(value) = value else {
        return Ok(None);
    };
    let digits = value
        .to_str()
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    let seconds = digits
        .and_then(|text| text.parse().ok())
        .filter(|seconds| *seconds <= LATEST);
    if seconds.is_some() {
        return Ok(seconds);
    }
    let message = format!(
        "{VARIABLE} is `{}`, not a number of seconds",
        value.to_string_lossy()
    );
    let hint = format!(
        "set it to seconds since 1970-01-01 UTC, digits only and at most {LATEST}, or unset it for the report's own date"
    );
    Err(Diagnostic::new(Code::BAD_EPOCH, message).hint(hint).into())
}

/// The start of that day in UTC, in seconds since 1970-01-01.
pub fn of_day(date: &Date) -> i64 {
    let month = time::Month::try_from(date.month).unwrap_or(time::Month::January);
    let day = time::Date::from_calendar_date(date.year, month, date.day);
    day.map_or(0, |day| day.midnight().assume_utc().unix_timestamp())
}

/// The moment as ISO 8601 writes it, in UTC, such as `2016-08-31T00:00:00Z`; `None` outside the years 0 to 9999.
pub(crate) fn iso(epoch: i64) -> Option<String> {
    let time = time::OffsetDateTime::from_unix_timestamp(epoch).ok()?;
    let (year, month, day) = (time.year(), u8::from(time.month()), time.day());
    let (hour, minute, second) = time.to_hms();
    (0..=9999)
        .contains(&year)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_taken_as_they_are() {
        assert_eq!(wanted(None).unwrap(), None);
        for (text, seconds) in [
            ("0", 0),
            ("1472601600", 1_472_601_600),
            ("253402300799", LATEST),
        ] {
            assert_eq!(wanted(Some(OsStr::new(text))).unwrap(), Some(seconds));
        }
    }

    #[test]
    fn anything_else_is_refused_as_wrong_usage() {
        for text in [
            "",
            " ",
            "-1",
            "+1",
            "1.5",
            "1e3",
            " 1",
            "1 ",
            "0x1",
            "now",
            "2016-08-31",
            "253402300800",
            "99999999999999999999",
            "１",
        ] {
            let found = wanted(Some(OsStr::new(text))).unwrap_err();
            assert_eq!(found.exit_code(), 2, "{text}");
            assert!(found.to_string().contains(&format!("`{text}`")), "{text}");
        }
    }

    #[test]
    fn a_day_starts_at_midnight_utc() {
        let date = |year, month, day| Date {
            year,
            month,
            day,
            text: String::new(),
        };
        assert_eq!(of_day(&date(1970, 1, 1)), 0);
        assert_eq!(of_day(&date(2016, 8, 31)), 1_472_601_600);
        assert_eq!(of_day(&date(1950, 1, 1)), -631_152_000);
        assert_eq!(of_day(&date(9999, 12, 31)), LATEST - 86_399);
    }
}
