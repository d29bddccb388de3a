//! Dates and times: strictly `2016-04-25` and `10:00-13:00`, checked against the calendar and the clock. Meetings may take
//! several days, `2016-04-25/2016-04-27` as in ISO 8601, and have a time of their start alone.

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
    let (day, month) = (day_in_words(day, strings), month_in_words(month, strings));
    filled(
        &strings.date,
        &[
            ("{day}", &day),
            ("{month}", &month),
            ("{year}", &year.to_string()),
        ],
    )
}

fn day_in_words(day: u8, strings: &Strings) -> String {
    match &strings.first_day {
        Some(first) if day == 1 => first.replace("{day}", "1"),
        _ => day.to_string(),
    }
}

fn month_in_words(month: u8, strings: &Strings) -> String {
    let name = strings.months.get(usize::from(month) - 1).cloned();
    name.unwrap_or_else(|| month.to_string())
}

/// The day of a meeting or the days that it took, in the words of the language, and whether it took several; or what is
/// wrong and what would be right.
pub(super) fn parse_days(
    text: &str,
    strings: &Strings,
) -> Result<(String, bool), (String, String)> {
    let further = |(message, hint): (String, String)| match hint.as_str() {
        SHAPE => (message, format!("{SHAPE}; {SEVERAL}")),
        _ => (message, hint),
    };
    let Some((start, end)) = text.split_once('/') else {
        return match parse(text, strings) {
            Ok(date) => Ok((date.text, false)),
            Err(wrong) => Err(further(wrong)),
        };
    };
    let (from, to) = (
        parse(start.trim(), strings).map_err(further)?,
        parse(end.trim(), strings).map_err(further)?,
    );
    if from.iso() >= to.iso() {
        let message = format!("`{text}` does not end after the day on which it starts");
        return Err((
            message,
            "write the first day before the last, or one day alone".to_owned(),
        ));
    }
    Ok((span_in_words(&from, &to, strings), true))
}

fn span_in_words(from: &Date, to: &Date, strings: &Strings) -> String {
    let pattern = strings.dates.as_ref().map(|dates| match from {
        Date { year, .. } if *year != to.year => &dates.years,
        Date { month, .. } if *month != to.month => &dates.months,
        _ => &dates.days,
    });
    filled(
        pattern.map_or("{start} \u{2013} {end}", String::as_str),
        &[
            ("{start}", &from.text),
            ("{end}", &to.text),
            ("{day}", &day_in_words(from.day, strings)),
            ("{month}", &month_in_words(from.month, strings)),
            ("{end_day}", &day_in_words(to.day, strings)),
            ("{end_month}", &month_in_words(to.month, strings)),
            ("{year}", &to.year.to_string()),
        ],
    )
}

const SEVERAL: &str =
    "a meeting of several days has the first and the last, such as 2016-04-25/2016-04-27";

/// A time such as `10:00`, or a span of it such as `10:00-13:00`, as the language writes it; or what is wrong with it and
/// what would be right. Only a meeting of `several_days` may end at an earlier hour than it starts.
pub(super) fn parse_time(
    text: &str,
    several_days: bool,
    strings: &Strings,
) -> Result<String, (String, &'static str)> {
    let clock = |part: &str| -> Option<(u8, u8)> {
        let (hour, minute) = part.trim().split_once(':')?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        let (hour, minute) = (
            digits(hour).then_some(hour)?,
            digits(minute).then_some(minute)?,
        );
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some((hour, minute))
    };
    let wrong = || {
        (
            format!("`{text}` is no time of the form 10:00-13:00 or 10:00"),
            "write start and end on the 24-hour clock, such as 09:30-13:00, or the start alone",
        )
    };
    let Some((start, end)) = text.split_once(['-', '\u{2013}']) else {
        let start = clock(text).ok_or_else(wrong)?;
        return Ok(time_in_words(start, strings));
    };
    let (from, to) = (
        clock(start).ok_or_else(wrong)?,
        clock(end).ok_or_else(wrong)?,
    );
    if from == to || from > to && !several_days {
        return Err((
            format!("`{text}` ends before it starts"),
            "write the start first; a meeting that ends after midnight has two days, such as `date: 2016-04-25/2016-04-26`",
        ));
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
            parse_time("10:00-13:00", false, &strings()).unwrap(),
            "10:00–13:00"
        );
        assert_eq!(
            parse_time("10:00 – 13:00", false, &strings()).unwrap(),
            "10:00–13:00"
        );
        assert_eq!(parse_time("10:00", false, &strings()).unwrap(), "10:00");
        let over_midnight = "22:00-01:00";
        assert!(parse_time(over_midnight, false, &strings()).is_err());
        assert_eq!(
            parse_time(over_midnight, true, &strings()).unwrap(),
            "22:00–01:00"
        );
        for text in [
            "10",
            "10:00-",
            "-10:00",
            "10:00-11:00-12:00",
            "10:00-10:00",
            "1000-1300",
            "10:00-25:00",
            "10:60-11:00",
            "13:00-10:00",
            "9:00-10:00",
        ] {
            assert!(parse_time(text, false, &strings()).is_err(), "{text}");
        }
    }

    #[test]
    fn days_of_a_meeting_are_printed_as_a_span_in_each_language() {
        let one_month = "2026-06-01/2026-06-02";
        let two_months = "2026-06-30/2026-07-01";
        let two_years = "2026-12-30/2027-01-02";
        for (language, days, months, years) in [
            (
                "en",
                "1–2 June 2026",
                "30 June – 1 July 2026",
                "30 December 2026 – 2 January 2027",
            ),
            (
                "en-US",
                "June 1–2, 2026",
                "June 30 – July 1, 2026",
                "December 30, 2026 – January 2, 2027",
            ),
            (
                "fr",
                "1er–2 juin 2026",
                "30 juin – 1er juillet 2026",
                "30 décembre 2026 – 2 janvier 2027",
            ),
            (
                "de",
                "1.–2. Juni 2026",
                "30. Juni – 1. Juli 2026",
                "30. Dezember 2026 – 2. Januar 2027",
            ),
            (
                "es",
                "1–2 de junio de 2026",
                "30 de junio – 1 de julio de 2026",
                "30 de diciembre de 2026 – 2 de enero de 2027",
            ),
            (
                "zh",
                "2026年6月1日至2日",
                "2026年6月30日至7月1日",
                "2026年12月30日至2027年1月2日",
            ),
        ] {
            let strings = crate::layout::strings(language).unwrap();
            for (span, wanted) in [(one_month, days), (two_months, months), (two_years, years)] {
                let (words, several) = parse_days(span, &strings).unwrap();
                assert_eq!(words.replace('\u{A0}', " "), wanted, "{language}");
                assert!(several);
            }
        }
        // Words of a language that say nothing of spans.
        let silent = Strings {
            dates: None,
            ..strings()
        };
        assert_eq!(
            parse_days(one_month, &silent).unwrap().0,
            "1 June 2026 – 2 June 2026"
        );
        assert_eq!(
            parse_days("2026-06-01", &silent).unwrap(),
            ("1 June 2026".to_owned(), false)
        );
        for text in [
            "2026-06-02/2026-06-01",
            "2026-06-01/2026-06-01",
            "2026-06-01/",
            "/2026-06-01",
            "2026-06-01/02",
            "2026-06-01/2026-06-02/2026-06-03",
            "2026-06-01-2026-06-02",
            "2026-02-28/2026-02-30",
        ] {
            let (message, hint) = parse_days(text, &strings()).unwrap_err();
            assert!(!message.is_empty() && !hint.is_empty(), "{text}");
        }
    }
}
