//! Dates and times: strictly `2016-04-25` and `10:00-13:00`, checked against the calendar and the clock.

use super::Date;
use super::registry::filled;
use crate::layout::Strings;

/// The day that an ISO 8601 date names, or what is wrong with it and what would be right.
pub(super) fn parse(text: &str, strings: &Strings) -> Result<Date, (String, String)> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse::<u16>().ok())
            .flatten()
    };
    let &[year, month, day] = parts.as_slice() else {
        return Err(shape(text));
    };
    let (Some(y), Some(m), Some(d)) = (number(year), number(month), number(day)) else {
        return Err(shape(text));
    };
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        let hint = match (year.len(), month.len(), day.len()) {
            (4, 1..=2, 1..=2) => format!("write {y:04}-{m:02}-{d:02}"),
            _ => SHAPE.to_owned(),
        };
        return Err((format!("`{text}` is no date of the form YYYY-MM-DD"), hint));
    }
    let calendar = u8::try_from(m)
        .ok()
        .and_then(|m| time::Month::try_from(m).ok())
        .ok_or_else(|| {
            (
                format!("`{text}` is no date: there is no month {m}"),
                SHAPE.to_owned(),
            )
        })?;
    if y == 0 {
        return Err((
            format!("`{text}` is no date: there is no year 0"),
            SHAPE.to_owned(),
        ));
    }
    let last = calendar.length(i32::from(y));
    match u8::try_from(d) {
        Ok(day) if (1..=last).contains(&day) => Ok(Date {
            year: i32::from(y),
            month: u8::from(calendar),
            day,
            text: in_words(i32::from(y), u8::from(calendar), day, strings),
        }),
        _ => Err((
            format!("`{text}` is no date: that month has the days 1 to {last}"),
            "write the day that is meant".to_owned(),
        )),
    }
}

/// A day that nobody has stated. Files carry a date inside, and this one is that of no report.
pub(super) fn unknown() -> Date {
    Date {
        year: 1970,
        month: 1,
        day: 1,
        text: super::placeholder::DATE_TEXT.to_owned(),
    }
}

const SHAPE: &str = "write year, month and day in digits, such as 2016-04-25";

fn shape(text: &str) -> (String, String) {
    (
        format!("`{text}` is no date of the form YYYY-MM-DD"),
        SHAPE.to_owned(),
    )
}

/// The date in the words of the language.
fn in_words(year: i32, month: u8, day: u8, strings: &Strings) -> String {
    let name = strings
        .months
        .get(usize::from(month) - 1)
        .cloned()
        .unwrap_or_else(|| month.to_string());
    let day = match &strings.first_day {
        Some(first) if day == 1 => first.replace("{day}", "1"),
        _ => day.to_string(),
    };
    strings
        .date
        .replace("{day}", &day)
        .replace("{month}", &name)
        .replace("{year}", &year.to_string())
}

/// A span of time such as `10:00-13:00`, as the language writes it; or what is wrong with it.
pub(super) fn parse_time(text: &str, strings: &Strings) -> Result<String, String> {
    let wrong = || format!("`{text}` is no time of the form 10:00-13:00");
    let (start, end) = text.split_once(['-', '\u{2013}']).ok_or_else(wrong)?;
    let clock = |part: &str| -> Option<(u8, u8)> {
        let (hour, minute) = part.split_once(':')?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let (hour, minute) = (
            digits(hour).then_some(hour)?,
            digits(minute).then_some(minute)?,
        );
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some((hour, minute))
    };
    let (start, end) = (start.trim(), end.trim());
    let (from, to) = (
        clock(start).ok_or_else(wrong)?,
        clock(end).ok_or_else(wrong)?,
    );
    if from >= to {
        return Err(format!("`{text}` ends before it starts"));
    }
    let (start, end) = (time_in_words(from, strings), time_in_words(to, strings));
    Ok(filled(
        &strings.times,
        &[("{start}", &start), ("{end}", &end)],
    ))
}

/// A time of the day as the language writes it.
fn time_in_words((hour, minute): (u8, u8), strings: &Strings) -> String {
    let half = strings.halves.get(usize::from(hour >= 12));
    filled(
        &strings.time,
        &[
            ("{hour}", &format!("{hour:02}")),
            ("{hour24}", &hour.to_string()),
            ("{hour12}", &((hour + 11) % 12 + 1).to_string()),
            ("{minute}", &format!("{minute:02}")),
            ("{half}", half.map_or("", String::as_str)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tests::strings;

    #[test]
    fn a_date_is_printed_in_the_words_of_the_language() {
        assert_eq!(
            parse("2016-07-13", &strings()).unwrap().text,
            "13 July 2016"
        );
        let french = Strings {
            first_day: Some("{day}er".into()),
            ..strings()
        };
        assert_eq!(parse("2016-07-01", &french).unwrap().text, "1er July 2016");
    }

    #[test]
    fn dates_that_are_short_or_not_in_the_calendar_are_refused_with_what_is_right() {
        let (message, hint) = parse("2016-7-3", &strings()).unwrap_err();
        assert_eq!(message, "`2016-7-3` is no date of the form YYYY-MM-DD");
        assert_eq!(hint, "write 2016-07-03");
        let (message, _) = parse("0000-01-01", &strings()).unwrap_err();
        assert_eq!(message, "`0000-01-01` is no date: there is no year 0");
        let (message, _) = parse("2016-02-30", &strings()).unwrap_err();
        assert_eq!(
            message,
            "`2016-02-30` is no date: that month has the days 1 to 29"
        );
        assert!(parse("2015-02-29", &strings()).is_err());
        assert!(
            parse("2016-13-01", &strings())
                .unwrap_err()
                .0
                .contains("no month 13")
        );
        for text in [
            "",
            "2016",
            "25 April 2016",
            "2016-04-25T10:00",
            "2016-04-00",
            "0000-01-01",
            "+016-01-01",
            "２０１６-01-01",
        ] {
            assert!(parse(text, &strings()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_is_a_span_on_the_clock() {
        assert_eq!(
            parse_time("10:00-13:00", &strings()).unwrap(),
            "10:00–13:00"
        );
        assert_eq!(
            parse_time("10:00 – 13:00", &strings()).unwrap(),
            "10:00–13:00"
        );
        for text in [
            "10:00",
            "1000-1300",
            "10:00-25:00",
            "10:60-11:00",
            "13:00-10:00",
            "9:00-10:00",
        ] {
            assert!(parse_time(text, &strings()).is_err(), "{text}");
        }
    }
}
