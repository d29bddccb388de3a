//! Codes: complete, unique, in use, and the same as in the version before.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// Numbers and names as they were given; a line may be added, and none changed or taken away.
const FROZEN: &str = include_str!("../../../tests/codes.txt");

#[test]
fn numbers_are_unique_and_in_order_and_names_too() {
    let numbers: Vec<&str> = Code::all().map(Code::number).collect();
    let digits: Vec<u16> = numbers
        .iter()
        .map(|number| number[1..].parse().unwrap())
        .collect();
    assert!(digits.is_sorted_by(|a, b| a < b), "{digits:?}");
    assert!(
        numbers
            .iter()
            .all(|number| number.len() == 5 && number.starts_with(['E', 'W']))
    );
    let names: BTreeSet<String> = Code::all().map(Code::name).collect();
    assert_eq!(names.len(), numbers.len());
}

#[test]
fn a_code_keeps_its_number_and_its_name() {
    let now: String = Code::all()
        .map(|code| format!("{} {}\n", code.number(), code.name()))
        .collect();
    assert_eq!(now, FROZEN, "numbers that are given up are not used again");
}

#[test]
fn every_code_has_cause_example_and_cure_in_plain_sentences() {
    for code in Code::all() {
        let title = code.title();
        assert!(
            title.starts_with(|c: char| c.is_lowercase() || c == '`' || c == 'S')
                && !title.ends_with('.'),
            "{code}: {title}"
        );
        for text in [code.cause(), code.cure()] {
            assert!(text.len() > 8 && text.ends_with('.'), "{code}: {text}");
            assert!(
                !text.contains('\n') && !text.contains("  "),
                "{code}: {text}"
            );
        }
        assert!(!code.example().trim().is_empty(), "{code}");
        assert!(code.cure() != code.cause(), "{code}");
    }
}

#[test]
fn every_code_is_given_somewhere_in_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut text = String::new();
    read(&root, &mut text);
    let constants: BTreeSet<&str> = text
        .split("Code::")
        .skip(1)
        .map(|rest| {
            let end =
                rest.find(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
            &rest[..end.unwrap_or(rest.len())]
        })
        .collect();
    let name = |constant: &str| {
        let word = |word: &str| word[..1].to_owned() + &word[1..].to_ascii_lowercase();
        constant
            .split('_')
            .filter(|word| !word.is_empty())
            .map(word)
            .collect::<String>()
    };
    let given: BTreeSet<String> = constants.into_iter().map(name).collect();
    let unused: Vec<Code> = Code::all()
        .filter(|code| !given.contains(&code.name()))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// The text of all program files below a folder; the tables and tests give nothing.
fn read(folder: &Path, text: &mut String) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "codes" | "tests") {
            read(&path, text);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
            let file = std::fs::read_to_string(&path).unwrap();
            text.push_str(file.split("#[cfg(test)]\nmod tests {").next().unwrap());
        }
    }
}

#[test]
fn a_mistyped_number_leads_to_those_near_it() {
    assert_eq!(Code::find("e0204"), Some(Code::UNKNOWN_PERSON));
    assert_eq!(Code::find("E9999"), None);
    assert_eq!(Code::nearest("204"), [Code::UNKNOWN_PERSON]);
    assert_eq!(Code::nearest("W0204"), [Code::UNKNOWN_PERSON]);
    assert!(Code::nearest("E0270").is_empty() || !Code::nearest("E0270").contains(&Code::USAGE));
}

#[test]
fn the_end_of_a_diagnostic_is_behind_its_word_in_characters() {
    let end = |line: &str, column: u32| {
        let place = Location {
            file: "a.yaml".into(),
            line: 3,
            column,
        };
        let found = Diagnostic::new(Code::UNKNOWN_PERSON, "x").at(place);
        found.snippet(line).end()
    };
    assert_eq!(end("speaker: kelly", 10), Some((3, 15)));
    assert_eq!(end("名前: 山田, x", 5), Some((3, 7)));
    assert_eq!(end("a: \"b\"", 4), Some((3, 5)));
    assert_eq!(end("a:", 9), Some((3, 10)));
    assert_eq!(end("a: b", 0), None);
}
