//! Every kind of block in the place of every other, and alone, first and last.

use super::hostile::both_ways;
use crate::merge::{Files, files};

/// A small report with these blocks as its one chapter that counts.
pub(super) fn of_blocks(blocks: &[String]) -> Files {
    let mut files = files("study");
    let harbour = crate::merge::files("harbour");
    for name in ["images/escales.png", "images/quai.jpg"] {
        files.insert(name.to_owned(), harbour[name].clone());
    }
    let (sections, blocks): (Vec<&String>, Vec<&String>) = blocks
        .iter()
        .partition(|block| block.starts_with("    - title:"));
    let mut text = "section:\n  id: all\n  title: All of it\n".to_owned();
    for (list, parts) in [("blocks", blocks), ("sections", sections)] {
        if !parts.is_empty() {
            text += &format!("  {list}:\n");
            parts.into_iter().for_each(|part| text += part);
        }
    }
    files.insert("all.yaml".to_owned(), text.into_bytes());
    let report = String::from_utf8(files["report.yaml"].clone()).unwrap();
    let start = report.find("contents:").unwrap();
    let end = report.find("back_matter:").unwrap();
    let report = format!(
        "{}contents: [all.yaml]\nback_matter: [tables, figures]\n",
        &report[..start]
    ) + &report[end..][report[end..].find('\n').unwrap() + 1..]
        .replace("citation_style", "#");
    let report = report.replace("citation_style: chicago-author-date\n", "");
    files.insert("report.yaml".to_owned(), report.into_bytes());
    files.remove("references.yaml");
    files
}

/// A block of every kind, with words of its own.
fn kinds(word: &str) -> Vec<(&'static str, String)> {
    let text = |lines: &[String]| {
        let lines: Vec<String> = lines
            .iter()
            .map(|line| format!("        {line}\n"))
            .collect();
        format!("    - text: |\n{}", lines.concat())
    };
    let table = |more: &str, rows: &str| {
        format!(
            "    - table:\n        caption: A table of {word}\n{more}        header:\n          - [{word}, Berths, Share]\n        rows:\n{rows}        row_headers: true\n"
        )
    };
    let rows = format!(
        "          - [East {word}, \"5\", \"41\"]\n          - [West {word}, \"9\", \"28\"]\n"
    );
    let merged = format!("          - [East {word}, \"5\", <]\n          - [^, \"9\", \"28\"]\n");
    let picture = |file: &str, name: &str| {
        format!(
            "image: images/{file}\n{name}alt: A picture of {word} as it was.\n{name}caption: The {word} seen from the water\n"
        )
    };
    vec![
        (
            "paragraph",
            text(&[
                format!("The boats of {word} leave early, and nobody waits[^a]."),
                String::new(),
                format!("[^a]: A note on {word}, with a [link](https://{word}.example)."),
            ]),
        ),
        (
            "list",
            text(&[
                format!("- boats of {word};"),
                format!("- sails of {word}, **old** and new."),
            ]),
        ),
        (
            "numbered",
            text(&[format!("1. Go to {word}."), "2. Come back.".to_owned()]),
        ),
        (
            "nested",
            text(&[
                format!("- the way to {word}"),
                format!("  1. by boat to {word};"),
                "  2. on foot;".to_owned(),
                "- the way back.".to_owned(),
            ]),
        ),
        (
            "markdown table",
            text(&[
                format!("| {word} | Berths |"),
                "| - | -: |".to_owned(),
                format!("| Low {word}[^b] | 4 |"),
                String::new(),
                format!("[^b]: Counted by {word}."),
            ]),
        ),
        ("table", table("", &rows)),
        ("merged", table("", &merged)),
        ("landscape", table("        page: landscape\n", &rows)),
        (
            "figure",
            format!("    - figure:\n        {}", picture("quai.jpg", "        ")),
        ),
        (
            "figures",
            format!(
                "    - figures:\n        - {}        - {}",
                picture("quai.jpg", "          "),
                picture("escales.png", "          ")
            ),
        ),
        (
            "chart",
            format!(
                "    - chart:\n        kind: column\n        caption: Boats of {word} by year\n        unit: boats\n        source: Counted by {word}\n        category: Year\n        categories: [2018, 2019]\n        series:\n          - values: [1, 2]\n"
            ),
        ),
        (
            "quote",
            format!(
                "    - quote:\n        text: |\n          I have seen {word}.\n        attribution: A child of {word}\n"
            ),
        ),
        (
            "box",
            format!(
                "    - box:\n        title: What {word} is\n        text: |\n          A box of {word}.\n\n          - with a list;\n          - and an end.\n"
            ),
        ),
        (
            "figures in words",
            format!(
                "    - key-figures:\n        - value: \"12\"\n          text: boats of {word}\n        - value: \"31\"\n          text: sails of {word}\n"
            ),
        ),
        (
            "definitions",
            format!(
                "    - definitions:\n        - term: The {word}\n          text: |\n            What floats.\n\n            What {word} sinks.\n"
            ),
        ),
        (
            "code",
            format!(
                "    - code:\n        label: {word}.csv\n        text: |\n          {word},1\n            2,3\n"
            ),
        ),
        (
            "section",
            format!(
                "    - title: About {word}\n      text: |\n        What stands under {word}.\n"
            ),
        ),
    ]
}

#[test]
fn every_kind_of_block_comes_in_the_place_of_every_other() {
    let old: Vec<String> = kinds("harbour")
        .into_iter()
        .map(|(_, block)| block)
        .collect();
    let count = old.len();
    for turn in 0..count {
        let mut new: Vec<String> = kinds("quay").into_iter().map(|(_, block)| block).collect();
        new.rotate_left(turn);
        both_ways(
            &format!("turned by {turn}"),
            &of_blocks(&old),
            &of_blocks(&new),
        );
    }
}

#[test]
fn every_kind_of_block_comes_and_goes_alone_first_and_last() {
    let word = |name: &str| kinds(name).into_iter();
    let all: Vec<String> = word("harbour").map(|(_, block)| block).collect();
    let plain = kinds("sea")[0].1.clone();
    for (at, (name, block)) in word("harbour").enumerate() {
        let mut rest = all.clone();
        rest.remove(at);
        both_ways(&format!("{name} goes"), &of_blocks(&all), &of_blocks(&rest));
        both_ways(
            &format!("{name} becomes a paragraph"),
            &of_blocks(std::slice::from_ref(&block)),
            &of_blocks(std::slice::from_ref(&plain)),
        );
        both_ways(
            &format!("{name} twice, around a paragraph"),
            &of_blocks(&[
                block.clone(),
                plain.clone(),
                word("port").nth(at).unwrap().1,
            ]),
            &of_blocks(std::slice::from_ref(&plain)),
        );
    }
}
