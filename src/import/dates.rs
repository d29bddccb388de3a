//! Days and times as texts write them.

use crate::layout::strings;

/// A day such as `25 April 2016` or `April 25, 2016`, as ISO 8601, where the text says nothing else.
pub(super) fn whole(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    let parts: Vec<&str> = text
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let parts = match parts.as_slice() {
        [name, rest @ ..] if rest.len() == 3 && name.ends_with("day") => rest,
        all => all,
    };
    let [one, two, year] = parts else {
        return iso(text);
    };
    day(one, two, year).or_else(|| day(two, one, year))
}

fn day(day: &str, month: &str, year: &str) -> Option<String> {
    let months = strings("en").ok()?.months;
    let index = months
        .iter()
        .position(|name| name.eq_ignore_ascii_case(month))?;
    let day: u8 = day
        .trim_end_matches(['s', 't', 'n', 'd', 'r', 'h'])
        .parse()
        .ok()?;
    let year: u16 = year
        .parse()
        .ok()
        .filter(|year| (1000..=9999).contains(year))?;
    valid(year, u8::try_from(index + 1).ok()?, day)
}

fn iso(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    valid(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn valid(year: u16, month: u8, day: u8) -> Option<String> {
    let calendar = time::Month::try_from(month).ok()?;
    let sound = (1..=calendar.length(i32::from(year))).contains(&day);
    sound.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The last day that a text names, as ISO 8601.
pub(super) fn last(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let find = |three: &[&str]| {
        whole(
            &three
                .iter()
                .map(|word| clean(word))
                .collect::<Vec<_>>()
                .join(" "),
        )
    };
    words.windows(3).filter_map(find).max()
}

/// A span of time at the start of a text, as `10:00-13:00`, and what stands behind it.
pub(super) fn span(text: &str) -> Option<(String, &str)> {
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

    #[test]
    fn days_and_times_are_read_as_written() {
        assert_eq!(whole("25 April 2016").as_deref(), Some("2016-04-25"));
        assert_eq!(whole("Monday, 3rd May 2021").as_deref(), Some("2021-05-03"));
        assert_eq!(whole("April 25, 2016").as_deref(), Some("2016-04-25"));
        assert_eq!(whole("31 April 2016"), None);
        assert_eq!(
            last("on 3 May 2020 and (20 July 2021).").as_deref(),
            Some("2021-07-20")
        );
        assert_eq!(
            span("10:00–13:00, Room 7"),
            Some(("10:00-13:00".into(), "Room 7"))
        );
        assert_eq!(span("9.30 - 8:00"), None);
    }
}
