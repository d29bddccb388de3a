//! Edits of the YAML of a report at places that numbers choose.

use crate::merge::{Files, Seeded};

/// Edits a source at a place that a number chooses; `None` where nothing can be done in that manner.
pub(super) fn edited(files: &Files, seeded: &mut Seeded) -> Option<Files> {
    let mut files = files.clone();
    let names: Vec<String> = files
        .keys()
        .filter(|name| name.ends_with(".yaml") && !name.contains("gmg-export"))
        .cloned()
        .collect();
    let name = names[seeded.below(names.len())].clone();
    let text = String::from_utf8(files[&name].clone()).ok()?;
    let lines: Vec<&str> = text.split('\n').collect();
    let prose = |line: &&str| {
        let words = line.trim();
        words.split(' ').count() > 3 && !words.contains(": ") && !words.starts_with('#')
    };
    let places: Vec<usize> = (0..lines.len()).filter(|at| prose(&lines[*at])).collect();
    let pick = |seeded: &mut Seeded, all: &[usize]| {
        (!all.is_empty()).then(|| all[seeded.below(all.len())])
    };
    let mut new: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let word = |line: &str, seeded: &mut Seeded, change: &dyn Fn(&str) -> String| {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let plain =
            |word: &String| word.chars().count() > 2 && word.chars().all(char::is_alphabetic);
        let at: Vec<usize> = (0..words.len()).filter(|at| plain(&words[*at])).collect();
        let at = pick(seeded, &at)?;
        words[at] = change(&words[at]);
        Some(words.join(" "))
    };
    match seeded.below(12) {
        0..=2 => {
            let at = pick(seeded, &places)?;
            new[at] = word(lines[at], seeded, &|word| format!("new{word} words"))?;
        }
        3 => {
            let at = pick(seeded, &places)?;
            new[at] = word(lines[at], seeded, &|_| String::new())?;
        }
        4 => {
            let at = pick(seeded, &places)?;
            new[at] = word(lines[at], seeded, &|word| format!("**{word}**"))?;
        }
        5 => {
            // A paragraph more.
            let at = pick(seeded, &places)?;
            let indent: String = lines[at].chars().take_while(|c| *c == ' ').collect();
            new.insert(
                at + 1,
                format!("{indent}A paragraph that nobody knew before, with *words*."),
            );
            new.insert(at + 1, String::new());
            new.insert(at + 3, String::new());
        }
        6 => {
            // A note more, at the end of the prose.
            let at = pick(seeded, &places)?;
            let indent: String = lines[at].chars().take_while(|c| *c == ' ').collect();
            new[at] = word(lines[at], seeded, &|word| format!("{word}[^seeded]"))?;
            let end = (at..lines.len())
                .find(|at| lines[*at].trim().is_empty() || !lines[*at].starts_with(&indent))?;
            new.insert(
                end,
                format!("{indent}[^seeded]: A note with a [link](https://example.org/seeded)."),
            );
            new.insert(end, String::new());
            new.insert(end + 2, String::new());
        }
        7 => {
            // An item, a row or an entry less: its line, and those that are indented below it.
            let items: Vec<usize> = (0..lines.len())
                .filter(|at| lines[*at].trim_start().starts_with("- "))
                .collect();
            let at = pick(seeded, &items)?;
            let indent = lines[at].len() - lines[at].trim_start().len();
            let below = |line: &&&str| {
                line.trim().is_empty() || line.len() - line.trim_start().len() > indent
            };
            let count = lines[at + 1..].iter().take_while(below).count();
            new.drain(at..=at + count);
        }
        8 => {
            // One twice.
            let items: Vec<usize> = (0..lines.len())
                .filter(|at| lines[*at].trim_start().starts_with("- "))
                .collect();
            let at = pick(seeded, &items)?;
            new.insert(at, new[at].clone());
        }
        9 => {
            // Titles, captions, cells.
            let fields: Vec<usize> = (0..lines.len())
                .filter(|at| {
                    let line = lines[*at].trim_start().trim_start_matches("- ");
                    [
                        "title:",
                        "caption:",
                        "text:",
                        "subtitle:",
                        "alt:",
                        "name:",
                        "post:",
                    ]
                    .iter()
                    .any(|field| line.starts_with(field))
                        && line.split(' ').count() > 1
                })
                .collect();
            let at = pick(seeded, &fields)?;
            let cut = lines[at].find(": ")? + 2;
            new[at] = format!(
                "{}{}",
                &lines[at][..cut],
                word(&lines[at][cut..], seeded, &|word| format!("other{word}"))?
            );
        }
        10 => {
            // A paragraph elsewhere.
            let (from, to) = (pick(seeded, &places)?, pick(seeded, &places)?);
            new.swap(from, to);
        }
        _ => {
            // A paragraph less.
            let at = pick(seeded, &places)?;
            new.remove(at);
        }
    }
    files.insert(name, new.join("\n").into_bytes());
    Some(files)
}
