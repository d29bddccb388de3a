//! Mentions of organisations in running text, marked so that the index finds them.
//!
//! Once in each paragraph, list or table is enough for the index, and leaves the source easy to read. States are left
//! alone: most that a text names are places, not speakers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::parts::Parts;
use crate::import::recognise::names::in_word;
use crate::import::recognise::registry::Organisation;

/// The fewest characters of a name that is looked for.
const MIN_NAME: usize = 3;
/// The most organisations whose names begin with one word.
const MAX_ALIKE: usize = 64;

/// What organisations are called, by the first word; the longest first. Each with the id.
type Names = BTreeMap<String, Vec<(String, String)>>;

/// Marks the mentions in all chapters.
pub(crate) fn mark(parts: &mut Parts) {
    let names = names(parts.written());
    if names.is_empty() {
        return;
    }
    parts.each_text(&mut |text| *text = marked(text, &names));
}

fn names<'o>(organisations: impl Iterator<Item = &'o Organisation>) -> Names {
    let mut names = Names::new();
    for one in organisations.filter(|one| one.kind != "state") {
        for name in std::iter::once(&one.name).chain(&one.acronym) {
            let sound = name.starts_with(char::is_uppercase) && name.chars().count() >= MIN_NAME;
            if !sound {
                continue;
            }
            let alike = names.entry(first_word(name).to_owned()).or_default();
            if alike.len() < MAX_ALIKE {
                alike.push((name.clone(), one.id.clone()));
            }
        }
    }
    for alike in names.values_mut() {
        alike.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    names
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric());
    &text[..end.unwrap_or(text.len())]
}

/// A block of CommonMark with its mentions marked.
fn marked(text: &str, names: &Names) -> String {
    let mut out = String::with_capacity(text.len());
    let links = text.split("(org:").skip(1);
    let mut done: BTreeSet<&str> = links.filter_map(|rest| rest.split(')').next()).collect();
    let mut copied = 0;
    for range in running(text) {
        let mut at = range.start;
        while let Some((start, name, id)) = next(text, at..range.end, names) {
            at = start + name.len();
            if done.insert(id) {
                out.push_str(&text[copied..start]);
                out.push_str(&format!("[{name}](org:{id})"));
                copied = at;
            }
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// Where plain words are that are in no link, picture or code.
fn running(text: &str) -> Vec<Range<usize>> {
    let mut inside = 0;
    let mut found = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inside -= 1,
            Event::Text(_) if inside == 0 => found.push(range),
            _ => {}
        }
    }
    found
}

/// The next name in a range of a text: where it starts, the name, and the id of its organisation.
fn next<'n>(
    text: &str,
    range: Range<usize>,
    names: &'n Names,
) -> Option<(usize, &'n str, &'n str)> {
    // Signs of CommonMark at a name would become part of the link, or cease to be what they are.
    let sign = |c: char| matches!(c, '!' | '[' | ']' | '*' | '_' | '^' | '\\');
    let mut before = text[..range.start].chars().next_back();
    for (at, c) in text[range.clone()].char_indices() {
        let starts = c.is_alphanumeric() && !before.is_some_and(in_word);
        let at = range.start + at;
        if starts && !before.is_some_and(sign) {
            let rest = &text[at..range.end];
            let mut alike = names.get(first_word(rest)).into_iter().flatten();
            let found = alike.find(|(name, _)| {
                let after = text.get(at + name.len()..).unwrap_or_default();
                let ends = after.chars().next().is_none_or(|c| {
                    !in_word(c) && c != '(' && (!sign(c) || after.starts_with("[^"))
                });
                rest.starts_with(name.as_str()) && ends
            });
            if let Some((name, id)) = found {
                return Some((at, name, id));
            }
        }
        before = Some(c);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_of(called: &[(&str, Option<&str>, &str)]) -> Names {
        let one = |(name, acronym, id): &(&str, Option<&str>, &str)| Organisation {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            acronym: acronym.map(str::to_owned),
            kind: "other".to_owned(),
            ..Organisation::default()
        };
        let all: Vec<Organisation> = called.iter().map(one).collect();
        names(all.iter())
    }

    #[test]
    fn organisations_are_marked_once_in_a_block() {
        let names = names_of(&[
            ("Lake Fund", Some("LF"), "lf"),
            ("Lake Fund Office", Some("LFO"), "lfo"),
            ("Health Board", Some("HBO"), "hbo"),
        ]);
        for (text, found) in [
            (
                "The Lake Fund (LFO) and the Lake Fund Office.",
                "The [Lake Fund](org:lf) ([LFO](org:lfo)) and the Lake Fund Office.",
            ),
            ("HBO’s; HBO.", "[HBO](org:hbo)’s; HBO."),
            ("By HBO[^n1]", "By [HBO](org:hbo)[^n1]"),
            ("HBOs, a HBO2 and xHBO", "HBOs, a HBO2 and xHBO"),
            (
                "`HBO` [HBO](http://a.b) ![HBO](a.png) !HBO **HBO** [^n1]HBO HBO(x)",
                "`HBO` [HBO](http://a.b) ![HBO](a.png) !HBO **HBO** [^n1]HBO HBO(x)",
            ),
            (
                "- [Health Board](org:hbo), HBO",
                "- [Health Board](org:hbo), HBO",
            ),
            (
                "| HBO | b |\n|---|---|\n| 1 | HBO |",
                "| [HBO](org:hbo) | b |\n|---|---|\n| 1 | HBO |",
            ),
        ] {
            assert_eq!(marked(text, &names), found);
        }
    }
}
