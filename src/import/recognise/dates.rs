//! Dates and times as texts write them.

use crate::import::words::Words;

/// The longest text that can be a day, in bytes.
const MAX_DAY: usize = 60;

/// A day such as `25 April 2016` or `April 25, 2016`, as ISO 8601, where the text says nothing else.
pub(crate) fn whole(text: &str, words: &Words) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    if text.len() > MAX_DAY {
        return None;
    }
    let small = |part: &&str| !words.date_words.iter().any(|word| word == part);
    let parts: Vec<&str> = text
        .split([' ', ',', '\u{A0}'])
        .filter(|part| !part.is_empty())
        .filter(small)
        .collect();
    let weekday = |name: &str| words.weekdays.contains(&name.to_lowercase());
    let parts = match parts.as_slice() {
        [name, rest @ ..] if rest.len() == 3 && weekday(name) => rest,
        all => all,
    };
    let named = match parts {
        [one, two, year] => day(one, two, year, words).or_else(|| day(two, one, year, words)),
        _ => None,
    };
    named.or_else(|| in_digits(parts, words))
}

/// A day, or the first and the last of several such as `1–2 June 2016` or `30 May to 2 June 2016`, as a source writes
/// them, where the text says nothing else.
pub(crate) fn days_of(text: &str, words: &Words) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    whole(text, words).or_else(|| {
        let signs = [
            "–", "—", "-", "/", " to ", " and ", " au ", " et ", " al ", " y ",
        ];
        let pairs = signs.iter().filter_map(|sign| text.split_once(sign));
        let mut pairs = pairs.filter_map(|(first, last)| span_of(first, last, words));
        let (first, last) = pairs.find(|(first, last)| first < last)?;
        Some(format!("{first}/{last}"))
    })
}

/// The days of `1` and `2 June 2016`, `30 May` and `2 June 2016`, or `June 1` and `2, 2016`.
fn span_of(first: &str, last: &str, words: &Words) -> Option<(String, String)> {
    let (first, last) = (first.trim(), last.trim());
    let opens = words.date_words.iter().find_map(|word| {
        let (small, rest) = first.split_once(' ')?;
        (small.to_lowercase() == *word).then_some(rest)
    });
    let first = opens.unwrap_or(first);
    if let Some(end) = whole(last, words) {
        let year = last.rsplit(' ').next().unwrap_or_default();
        let rest = last.split_once(' ').map_or("", |(_, rest)| rest);
        let start = whole(first, words)
            .or_else(|| whole(&format!("{first} {year}"), words))
            .or_else(|| whole(&format!("{first} {rest}"), words))?;
        return Some((start, end));
    }
    let (month, _) = first.rsplit_once(' ')?;
    let (day, year) = last.split_once([',', ' '])?;
    let start = whole(&format!("{first}, {}", year.trim()), words)?;
    let end = whole(&format!("{month} {day}, {}", year.trim()), words)?;
    Some((start, end))
}

/// A day in digits, with nothing but a time behind it.
fn in_digits(parts: &[&str], words: &Words) -> Option<String> {
    let (first, rest) = parts.split_first()?;
    let digit =
        |part: &str| part.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let zone = |part: &str| part.len() < 5 && part.to_uppercase() == part;
    let alone = digit(first) && rest.iter().all(|part| digit(part) || zone(part));
    digits(first, words).filter(|_| alone)
}

/// A day, or the first of a month where a text says no more, with what is to be said of it.
pub(crate) fn day_or_month(text: &str, words: &Words) -> (Option<String>, Option<String>) {
    if let Some(day) = whole(text, words) {
        return (Some(day), None);
    }
    let parts: Vec<&str> = text
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let parts = match text.split_once('-') {
        Some((year, month)) if month.len() == 2 => vec![month, year],
        _ => parts,
    };
    let month = match parts.as_slice() {
        [month, year] if month.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits(&format!("{year}-{month}-01"), words)
        }
        [month, year] => day("1", month, year, words),
        _ => None,
    };
    let check = match &month {
        Some(_) => format!("the text says “{text}”: the day is unknown"),
        None => format!("the text says “{text}”, which is no day of the calendar"),
    };
    (month, Some(check))
}

/// The first day that a text names.
pub(crate) fn within(text: &str, words: &Words) -> Option<String> {
    let mut parts = text.split([' ', '\t', '\u{A0}', ',']);
    let named = days(text, words, false).next();
    named.or_else(|| parts.find_map(|part| digits(part, words)))
}

/// The last day that a text names, as ISO 8601; of several such as `12–14` the last.
pub(crate) fn last(text: &str, words: &Words) -> Option<String> {
    days(text, words, true).max()
}

/// The days whose months a text names, one after another; `ranges` says whether `12–14 May 2020` names one.
fn days<'t>(text: &'t str, words: &'t Words, ranges: bool) -> impl Iterator<Item = String> + 't {
    let parts = text.split(char::is_whitespace);
    let parts = parts.flat_map(|part| part.split_inclusive(','));
    let parts = parts.filter_map(move |part| {
        let bare = part.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.rsplit('–').next().filter(|_| ranges).unwrap_or(bare);
        let small = bare.is_empty() || words.date_words.iter().any(|word| word == bare);
        (!small).then_some((bare, part.ends_with(',')))
    });
    let mut before = [("", false); 2];
    parts.filter_map(move |third| {
        let [(one, parted), (two, _)] = before;
        before = [before[1], third];
        // “Number 14, May 2021” names no day.
        let first = day(one, two, third.0, words).filter(|_| !parted);
        first.or_else(|| day(two, one, third.0, words))
    })
}

/// A day in a title: in ISO form, or after a dash or comma.
pub(crate) fn in_title(text: &str, words: &Words) -> Option<String> {
    let numbers = text
        .split([' ', ',', '(', ')', '/', '—', '–'])
        .find_map(|part| digits(part, words));
    let ends = [" – ", " - ", " — ", "—", "–", ", ", ": ", " ("].into_iter();
    let mut ends = ends.filter_map(|sign| text.rsplit_once(sign));
    let behind = || ends.find_map(|(_, end)| whole(end.trim_end_matches(')'), words));
    numbers.or_else(behind).or_else(|| {
        let last: Vec<&str> = text.rsplitn(4, ' ').take(3).collect();
        let is_parted = last.last().is_some_and(|first| {
            first.ends_with(',') && first.starts_with(|c: char| c.is_ascii_digit())
        });
        let last = last.into_iter().rev().collect::<Vec<_>>().join(" ");
        whole(&last, words).filter(|_| !is_parted)
    })
}

fn day(day: &str, month: &str, year: &str, words: &Words) -> Option<String> {
    let year: u16 = year
        .parse()
        .ok()
        .filter(|year| (1000..=9999).contains(year))?;
    let month = month.to_lowercase();
    let short = month.trim_end_matches('.');
    // Dates of front matter and of mails are in English, whatever the text is in.
    let lists = [&words.months, &words.english_months];
    let index = lists.into_iter().find_map(|months| {
        let whole = months.iter().position(|name| name.to_lowercase() == month);
        whole.or_else(|| {
            // “Mar” and “Sept.” are months where no other begins so.
            let begins =
                |name: &String| short.chars().count() > 2 && name.to_lowercase().starts_with(short);
            let found = months.iter().filter(|name| begins(name)).count();
            months.iter().position(begins).filter(|_| found == 1)
        })
    })?;
    let digits = day.bytes().take_while(u8::is_ascii_digit).count();
    let (day, ending) = day.split_at(digits);
    let sound = ending.len() <= 3 && ending.chars().all(char::is_alphabetic);
    let day: u8 = day.parse().ok().filter(|_| sound)?;
    valid(year, u8::try_from(index + 1).ok()?, day)
}

/// Whether the days of a text that are written with strokes begin with the day; unknown where none of them says so.
pub(crate) fn day_first(text: &str) -> Option<bool> {
    let mut found = None;
    for word in text.split(|c: char| !(c.is_ascii_digit() || c == '/')) {
        let parts: Vec<u16> = word
            .split('/')
            .filter_map(|part| part.parse().ok())
            .collect();
        let first = match parts.as_slice() {
            [13..=31, 1..=12, 1000..=9999] => true,
            [1..=12, 13..=31, 1000..=9999] => false,
            _ => continue,
        };
        if found.is_some_and(|known| known != first) {
            return None;
        }
        found = Some(first);
    }
    found
}

/// A day in digits: ISO 8601, with a time after it or not, or day, month and year where they cannot be mistaken.
fn digits(text: &str, words: &Words) -> Option<String> {
    let text = text.trim_matches(|c: char| !c.is_ascii_digit());
    let day = text.split(['T', ' ']).next()?;
    let sign = ['-', '.', '/']
        .into_iter()
        .find(|sign| day.contains(*sign))?;
    let parts: Vec<&str> = day.split(sign).collect();
    let [one, two, three] = parts.as_slice() else {
        return None;
    };
    let number = |part: &str| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>()
            .ok()
            .filter(|_| digits && part.len() <= 4)
    };
    let small = |number: u16| u8::try_from(number).ok();
    let (a, b, c) = (number(one)?, number(two)?, number(three)?);
    match (one.len(), three.len(), sign) {
        (4, 2, '-') if two.len() == 2 => valid(a, small(b)?, small(c)?),
        (4, 1..=2, '.' | '/') => valid(a, small(b)?, small(c)?),
        // With points the day stands first; with strokes it may be the month.
        (1..=2, 4, '.') => valid(c, small(b)?, small(a)?),
        (1..=2, 4, '/') if a > 12 || a == b || (b <= 12 && words.day_first == Some(true)) => {
            valid(c, small(b)?, small(a)?)
        }
        (1..=2, 4, '/') if b > 12 || words.day_first == Some(false) => {
            valid(c, small(a)?, small(b)?)
        }
        _ => None,
    }
}

fn valid(year: u16, month: u8, day: u8) -> Option<String> {
    let calendar = time::Month::try_from(month).ok()?;
    let sound = (1..=calendar.length(i32::from(year))).contains(&day);
    sound.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// A span of time at the start of a text, as `10:00-13:00`, and what comes after it.
pub(crate) fn span(text: &str) -> Option<(String, &str)> {
    let (start, rest) = clock(text.trim_start())?;
    let rest = rest.trim_start().strip_prefix(['-', '–', '—'])?;
    let (end, rest) = clock(rest.trim_start())?;
    (start < end).then(|| {
        (
            format!("{start}-{end}"),
            rest.trim_start_matches([',', ' ', ';']),
        )
    })
}

fn clock(text: &str) -> Option<(String, &str)> {
    let (hour, rest) = text.split_once([':', '.'])?;
    let minute = rest.get(..2)?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let sound = (1..=2).contains(&hour.len())
        && digits(hour)
        && digits(minute)
        && !rest[2..].starts_with(|c: char| c.is_ascii_digit());
    let (h, m): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    (sound && h < 24 && m < 60).then(|| (format!("{h:02}:{m:02}"), &rest[2..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::of;

    #[test]
    fn days_are_read_in_other_languages() {
        let found = whole("Lundi 1er août 2016", &of("fr").unwrap());
        assert_eq!(found.as_deref(), Some("2016-08-01"));
        let spanish = of("es").unwrap();
        assert_eq!(
            whole("3 de mayo de 2021", &spanish).as_deref(),
            Some("2021-05-03")
        );
        assert_eq!(
            last("el 3 de mayo de 2021.", &spanish).as_deref(),
            Some("2021-05-03")
        );
    }

    #[test]
    fn days_and_times_are_read_as_written() {
        let words = of("en").unwrap();
        let whole = |text| super::whole(text, &words);
        assert_eq!(whole("25 April 2016").as_deref(), Some("2016-04-25"));
        assert_eq!(whole("Monday, 3rd May 2021").as_deref(), Some("2021-05-03"));
        assert_eq!(whole("April 25, 2016").as_deref(), Some("2016-04-25"));
        assert_eq!(whole("31 April 2016"), None);
        assert_eq!(
            last("on 3 May 2020 and (20 July 2021).", &words).as_deref(),
            Some("2021-07-20")
        );
        assert_eq!(
            last("12–14 March 2019", &words).as_deref(),
            Some("2019-03-14")
        );
        assert_eq!(
            span("10:00–13:00, Room 7"),
            Some(("10:00-13:00".into(), "Room 7"))
        );
        assert_eq!(span("9.30 - 8:00"), None);
    }

    #[test]
    fn a_number_and_a_comma_before_a_month_are_no_day() {
        let words = of("en").unwrap();
        for text in [
            "Number 14, May 2021",
            "Issue 3, June 2020",
            "in Room 12, March 2019",
        ] {
            assert_eq!(within(text, &words), None, "{text}");
            assert_eq!(in_title(text, &words), None, "{text}");
        }
        for text in [
            "on May 14, 2021 in Rome",
            "from 14 May, 2021",
            "the 14 May 2021",
        ] {
            let found = within(text, &words);
            assert_eq!(found.as_deref(), Some("2021-05-14"), "{text}");
        }
    }
}
