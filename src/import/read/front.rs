//! Title matter: what comes before the list of contents and the first chapter.

use std::collections::BTreeSet;

use super::inline::commonmark;
use super::line_classes::sentences;
use super::line_markers::is_item;
use super::lines::{Block, is_field, is_parted, join, without_bold};
use super::marks::Marks;
use crate::import::outline::{Front, Role, TracedText};
use crate::import::recognise::acronyms::is_body;
use crate::import::recognise::dates;
use crate::import::words::{Words, behind, capital, in_small, plain, without_article};

/// The most lines of a title.
const MAX_LINES: usize = 24;
/// The most blocks of title matter that no line of rights or list of contents ends.
const MAX_BLOCKS: usize = 8;

/// How many of the first blocks are title matter: short ones up to the first text; after a line of rights, all.
pub(crate) fn end(blocks: &[Block], words: &Words) -> usize {
    let right = |block: &Block| {
        let text = block.text().to_lowercase();
        words
            .rights
            .iter()
            .any(|sign| text.starts_with(sign.as_str()))
    };
    if blocks.iter().take(MAX_LINES).any(right) {
        return blocks.len();
    }
    let credit =
        |block: &Block| behind(&block.text(), &words.credit).is_some() && block.count() <= 40;
    let title = |block: &&Block| {
        let text = block.text();
        // The head of a memo: fields, set in columns.
        if block.line == blocks[0].line && is_columns(&block.lines[0]) {
            return true;
        }
        if block.line == blocks[0].line && heads_lines(block, words) {
            return true;
        }
        let dated = block.lines.len() == 1 && dates::within(&text, words).is_some();
        let fields = block.lines.iter().any(|line| is_field(line)) && !dated;
        let open = text.ends_with(['.', '!', '?', ':', ';', ','])
            || sentences(&text)
            || text.contains('@');
        let letters = (text.contains(char::is_alphabetic) && !text.starts_with(['[', '>', '(']))
            || dates::whole(&text, words).is_some();
        let listed = block.lines.iter().any(|line| is_item(line));
        let table = block.lines.len() > 1 && text.len() > 300;
        credit(block) || (letters && !fields && !open && !listed && (block.count() <= 40 || table))
    };
    // Of many short blocks in a row only the first are a title.
    blocks.iter().take_while(title).take(MAX_BLOCKS).count()
}

/// Whether a block is a title with lines below it that each say something else: one of them is a day.
fn heads_lines(block: &Block, words: &Words) -> bool {
    let (first, below) = (&block.lines[0], &block.lines[1..]);
    let day = |line: &String| dates::whole(line.trim(), words).is_some();
    super::line_classes::short(first.trim()) && !is_field(first) && below.iter().any(day)
}

/// Reads title, rights, credit and imprint.
pub(crate) fn read(blocks: &[Block], words: &Words) -> (Front, Vec<TracedText>) {
    let mut front = Front::default();
    let mut pieces = Vec::new();
    let mut titles = true;
    let body = publisher(blocks, words);
    front.publisher.clone_from(&body);
    for (index, block) in blocks.iter().enumerate() {
        let text = block.text();
        if index == 0 && body.is_some() {
            let check = "is this the body that publishes the text? It is above the title";
            front.checks.push(check.to_owned());
            let (line, role) = (block.line, Role::Front);
            pieces.push(TracedText { line, text, role });
            continue;
        }
        let role = if !titles && repeats(&front, block) {
            Role::LeftOut("the title, which is on the cover")
        } else {
            titles &= take(&mut front, block, &text, titles, words);
            Role::Front
        };
        pieces.extend(
            block
                .lines
                .iter()
                .enumerate()
                .map(|(index, line)| TracedText {
                    line: block.line + index,
                    text: line.clone(),
                    role: role.clone(),
                }),
        );
    }
    subtitle(&mut front, words);
    if front.date.is_none() {
        dated(&mut front, blocks, words);
    }
    let capitals = blocks.iter().flat_map(|block| &block.lines);
    title_case(&mut front.title, capitals.map(String::as_str));
    (front, pieces)
}

/// The name of a body that stands alone above the title.
fn publisher(blocks: &[Block], words: &Words) -> Option<String> {
    let [first, second, ..] = blocks else {
        return None;
    };
    let name = without_bold(&first.text());
    let below = second.text();
    let title = dates::within(&below, words).is_none()
        && behind(&below, &words.subtitle).is_none()
        && behind(&below, &words.credit).is_none()
        && below.contains(char::is_alphabetic);
    let sound = first.lines.len() == 1
        && first.count() <= 6
        && title
        && is_body(without_article(&name, words), words);
    sound.then_some(name)
}

/// The day that one line of the title matter names and no other differs from; the title itself counts most.
fn dated(front: &mut Front, blocks: &[Block], words: &Words) {
    front.date = dates::in_title(&front.title.join(" "), words);
    let lines = blocks.iter().flat_map(|block| &block.lines);
    let lines: Vec<&String> = lines
        .filter(|line| line.split_whitespace().count() <= 10)
        .collect();
    let days: BTreeSet<String> = lines
        .iter()
        .filter_map(|line| dates::within(line, words))
        .collect();
    if front.date.is_none() && days.len() < 2 {
        front.date = days.into_iter().next();
    } else {
        return;
    }
    // A month alone is no day: its first, to be looked at.
    if front.date.is_none() {
        let cells = lines
            .iter()
            .flat_map(|line| line.split("   "))
            .map(str::trim);
        let months = cells.filter(|cell| cell.contains(char::is_alphabetic));
        let mut found = months.filter_map(|cell| {
            let (day, check) = dates::day_or_month(cell, words);
            day.zip(check)
        });
        if let Some((day, check)) = found.next().filter(|_| found.next().is_none()) {
            front.date = Some(day);
            front.checks.push(check);
        }
    }
}

/// Takes a block in; false where it ends the title.
fn take(front: &mut Front, block: &Block, text: &str, titles: bool, words: &Words) -> bool {
    let right = words
        .rights
        .iter()
        .any(|sign| text.to_lowercase().starts_with(sign.as_str()));
    if right && front.copyright.is_none() {
        front.publisher = front.publisher.take().or_else(|| holder(text));
        front.copyright = Some(text.to_owned());
        return false;
    }
    if let (Some(_), None) = (behind(text, &words.credit), &front.credit)
        && block.count() <= 40
    {
        front.credit = Some(text.to_owned());
        return false;
    }
    if titles && is_columns(&block.lines[0]) {
        columns(front, block, words);
        return front.title.is_empty();
    }
    let open = titles
        && front.title.len() < MAX_LINES
        && !text.ends_with('.')
        && !block.lines.iter().any(|line| is_field(line));
    if open && block.count() <= 40 || front.title.is_empty() && heads_lines(block, words) {
        return lines(front, block, words);
    }
    if open && block.lines.len() > 1 {
        lines(front, block, words);
        return false;
    }
    front.imprint.push(commonmark(text, &Marks::default()));
    false
}

/// Whether tabs or blanks part a line into columns.
fn is_columns(line: &str) -> bool {
    line.trim().contains("   ") || line.trim().contains('\t')
}

/// Lines whose columns blanks part, as at the head of a working paper: a day among them is the text's.
fn columns(front: &mut Front, block: &Block, words: &Words) {
    for line in &block.lines {
        let mut cells = line
            .split('\t')
            .flat_map(|part| part.split("   "))
            .map(str::trim);
        let day = cells.find_map(|cell| dates::whole(cell, words));
        front.date = front.date.take().or(day);
        front.imprint.push(commonmark(line, &Marks::default()));
    }
}

/// Lines of a title, as far as one continues in the next; what is below is a day, or is kept on the imprint page.
fn lines(front: &mut Front, block: &Block, words: &Words) -> bool {
    let mut open = true;
    for line in block.lines.iter().map(|line| without_bold(line.trim())) {
        let day = dates::whole(&line, words).filter(|_| front.date.is_none());
        let begun = front
            .title
            .iter()
            .any(|line| behind(line, &words.subtitle).is_some());
        match front.title.last_mut() {
            _ if day.is_some() => {
                front.date = day;
                open = front.title.is_empty();
            }
            Some(last) if open && is_parted(last, &line) => join(last, &line),
            Some(_) if !begun && behind(&line, &words.subtitle).is_some() => {
                open = true;
                front.title.push(line);
            }
            Some(last) if open && (begun || goes_on(last, &line, words)) => front.title.push(line),
            None if open => front.title.push(line),
            _ => {
                open = false;
                if dates::within(&line, words).is_none() {
                    let check = format!(
                        "what is “{line}”, which is below the title? It is on the imprint page now"
                    );
                    front.checks.push(check);
                }
                front.imprint.push(commonmark(&line, &Marks::default()));
            }
        }
    }
    open
}

/// Whether a line of a title continues in the next.
fn goes_on(last: &str, line: &str, words: &Words) -> bool {
    let end = last
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    let small = [&words.small, &words.articles, &words.and]
        .into_iter()
        .any(|list| list.contains(&end));
    small
        || last.ends_with([',', ':', '–', '—', '-', '&'])
        || line.starts_with(|c: char| c.is_lowercase() || c == '(')
        || is_year(line)
        || (is_capitals(last) && is_capitals(line))
}

/// A year alone, as below “Annual Report”.
fn is_year(line: &str) -> bool {
    line.len() == 4
        && line
            .parse()
            .is_ok_and(|year: u16| (1000..=9999).contains(&year))
}

fn repeats(front: &Front, block: &Block) -> bool {
    let known = |line: &String| {
        let line = plain(line);
        front.title.iter().any(|title| plain(title) == line)
            || front
                .subtitle
                .as_ref()
                .is_some_and(|subtitle| plain(subtitle).contains(&line))
    };
    block.lines.iter().all(known)
}

/// Separates the subtitle from the title: words such as “held in” open it.
fn subtitle(front: &mut Front, words: &Words) {
    let found = front
        .title
        .iter()
        .position(|line| behind(line, &words.subtitle).is_some());
    if let Some(index) = found.filter(|index| *index > 0) {
        front.subtitle = Some(front.title.split_off(index).join(" "));
    }
}

/// Lines in capitals among others that are not: the cover’s look, which is no part of a title in running text.
///
/// A word stays in capitals where another line has it so, as a short form has.
fn title_case<'l>(title: &mut [String], lines: impl Iterator<Item = &'l str>) {
    if title.iter().all(|line| is_capitals(line)) {
        return;
    }
    let mixed = lines.filter(|line| !is_capitals(line));
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let kept: BTreeSet<String> = mixed.flat_map(str::split_whitespace).map(bare).collect();
    for (index, line) in title
        .iter_mut()
        .enumerate()
        .filter(|(_, line)| is_capitals(line))
    {
        // A word with digits is a code.
        let small = |word: &str| match kept.contains(&bare(word))
            || word.contains(|c: char| c.is_ascii_digit())
        {
            true => word.to_owned(),
            false => in_small(word).unwrap_or_else(|| word.to_owned()),
        };
        let words: Vec<String> = line.split(' ').map(small).collect();
        *line = match index {
            0 => capital(&words.join(" ")),
            _ => words.join(" "),
        };
    }
}

fn is_capitals(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1 && line.to_uppercase() == line && line.to_lowercase() != line
}

/// Who holds the rights, as in `© UN Women 2016. All rights reserved.`
fn holder(text: &str) -> Option<String> {
    let first = text.split(". ").next()?;
    let name: Vec<&str> = first
        .split_whitespace()
        .filter(|word| !word.starts_with(['©', '(']) && !word.eq_ignore_ascii_case("copyright"))
        .map(|word| word.trim_matches([',', '.']))
        .filter(|word| {
            !word
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
        })
        .collect();
    (!name.is_empty()).then(|| name.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::lines::blocks;
    use crate::import::words::english;

    #[test]
    fn title_rights_and_imprint_are_told_apart() {
        let words = english().unwrap();
        let text = "REPORT OF\n\nThe Group\nheld in Rome\n\n© The Group 2016. All rights reserved.\n\nThis is what was said there.\n\nREPORT OF\n\nThe Group";
        let (front, pieces) = read(&blocks(text, &words).0, &words);
        assert_eq!(front.title, ["Report of", "The Group"]);
        assert_eq!(front.subtitle.as_deref(), Some("held in Rome"));
        assert_eq!(front.publisher.as_deref(), Some("The Group"));
        assert_eq!(front.imprint, ["This is what was said there."]);
        assert_eq!(
            pieces
                .iter()
                .filter(|piece| piece.role == Role::Front)
                .count(),
            5
        );
    }

    #[test]
    fn a_line_in_capitals_is_part_of_the_title_as_other_lines_are() {
        let lines = [
            "REPORT OF THE",
            "RAILWAY UNION (RU)",
            "on night trains",
            "The RU met.",
        ];
        let mut title: Vec<String> = lines[..3].iter().map(|line| (*line).to_owned()).collect();
        title_case(&mut title, lines.into_iter());
        assert_eq!(
            title,
            ["Report of the", "railway union (RU)", "on night trains"]
        );
        let mut title = vec!["ALL OF IT".to_owned()];
        title_case(&mut title, ["ALL OF IT"].into_iter());
        assert_eq!(title, ["ALL OF IT"]);
    }
}
