//! Title matter: what stands before the list of contents and the first chapter.

use std::collections::BTreeSet;

use super::dates;
use super::inline::commonmark;
use super::lines::{Block, is_parted, join, without_bold};
use super::marks::Marks;
use super::outline::{Front, Piece, Role};
use super::words::{Words, behind, capital, in_small, plain};

/// The most lines of a title.
const MAX_LINES: usize = 24;

/// Reads title, rights, credit and imprint.
pub(super) fn read(blocks: &[Block], words: &Words) -> (Front, Vec<Piece>) {
    let mut front = Front::default();
    let mut pieces = Vec::new();
    let mut titles = true;
    for block in blocks {
        let text = block.text();
        let role = if !titles && repeats(&front, block) {
            Role::LeftOut("the title, which stands on the cover")
        } else {
            titles &= take(&mut front, block, &text, titles, words);
            Role::Front
        };
        pieces.extend(block.lines.iter().enumerate().map(|(index, line)| Piece {
            line: block.line + index,
            text: line.clone(),
            role: role.clone(),
        }));
    }
    subtitle(&mut front, words);
    let capitals = blocks.iter().flat_map(|block| &block.lines);
    title_case(&mut front.title, capitals.map(String::as_str));
    (front, pieces)
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
    if titles && dates::whole(text, words).is_some() {
        front.date = dates::whole(text, words);
    } else if titles
        && front.title.len() < MAX_LINES
        && block.count() <= 40
        && !text.ends_with('.')
        && !text.contains(": ")
    {
        for line in block.lines.iter().map(|line| without_bold(line.trim())) {
            match front.title.last_mut() {
                Some(last) if is_parted(last, &line) => join(last, &line),
                _ => front.title.push(line),
            }
        }
        return true;
    }
    front.imprint.push(commonmark(text, &Marks::default()));
    false
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

/// Parts the subtitle from the title: words such as “held in” open it.
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
        let small = |word: &str| match kept.contains(&bare(word)) {
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
    use super::super::lines::blocks;
    use super::super::words::english;
    use super::*;

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
