//! What README and the topics of `gmg-export help` print is true: command lines, YAML, paths, messages, exit codes.
//!
//! `readme` runs what README prints; here is what is not run, and the topics.

use std::ffi::OsString;
use std::fs;

use gmg_export::app::cli::{Cli, Command};
use gmg_export::app::command;
use gmg_export::app::help::{TOPICS, Topic};
use gmg_export::base::diagnostic::EXIT_CODES;
use serde_json::Value;

use crate::made::project;
use crate::program::Desk;

/// The most columns of a topic's text, and of its blocks before they are indented.
const COLUMNS: usize = 78;
const BLOCK_COLUMNS: usize = 98;

fn readme() -> String {
    fs::read_to_string(project("README.md")).expect("README.md")
}

/// README and every topic, with their names.
fn pages() -> Vec<(&'static str, String)> {
    let topics = TOPICS
        .iter()
        .map(|topic| (topic.name, topic.text.to_owned()));
    [("README", readme())].into_iter().chain(topics).collect()
}

/// The fenced blocks of a page: what stands behind the fence, and the lines.
fn blocks(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(info), false) => blocks.push((info, Vec::new())),
            (None, true) => blocks.last_mut().expect("a block").1.push(line),
            _ => {}
        }
        open ^= line.starts_with("```");
    }
    assert!(!open, "a block is not closed:\n{page}");
    blocks
}

/// The pieces of a page in backticks, outside its blocks.
fn code_spans(page: &str) -> Vec<String> {
    let mut outside = String::new();
    let mut open = false;
    for line in page.lines() {
        open ^= line.starts_with("```");
        if !open && !line.starts_with("```") {
            outside.push_str(line.trim());
            outside.push(' ');
        }
    }
    let spans = outside.split('`').skip(1).step_by(2);
    spans.map(str::to_owned).collect()
}

/// The command lines of the program in a page.
fn command_lines(page: &str) -> Vec<String> {
    let typed = blocks(page)
        .into_iter()
        .filter(|(info, _)| ["sh", "console", "make"].contains(info))
        .flat_map(|(_, lines)| lines)
        .map(|line| line.trim_start().trim_start_matches("$ "))
        .map(|line| {
            line.split("  #")
                .next()
                .unwrap_or(line)
                .trim_end()
                .to_owned()
        });
    typed
        .chain(code_spans(page))
        .filter(|line| line.starts_with("gmg-export "))
        .collect()
}

fn parsed(line: &str) -> Result<Cli, clap::Error> {
    command::parse(line.split_whitespace().map(OsString::from))
}

/// What is wrong with a command line of the manual.
fn wrong(line: &str) -> Option<String> {
    let words = match parsed(line) {
        Err(error) => return Some(error.to_string()),
        Ok(cli) => match cli.command {
            Some(Command::Help { words }) if words != ["TOPIC"] => words,
            _ => return None,
        },
    };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ran = Desk::empty().run(&[&["help"], &*words].concat());
    (ran.code != 0).then_some(ran.stderr)
}

#[test]
fn every_command_line_of_the_manual_is_one() {
    let (mut seen, mut found) = (0, Vec::new());
    for (name, page) in pages() {
        for line in command_lines(&page) {
            found.extend(wrong(&line).map(|why| format!("{name}: {line}: {why}")));
            seen += 1;
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(seen > 50, "{seen} command lines");
}

#[test]
fn a_command_line_that_is_none_would_be_seen() {
    let page = "```sh\ngmg-export --impoze booklet  # folded\n```\nand `gmg-export help prize`.\n";
    let lines = command_lines(page);
    assert_eq!(
        lines,
        ["gmg-export --impoze booklet", "gmg-export help prize"]
    );
    assert!(lines.iter().all(|line| wrong(line).is_some()));
}

/// Puts what a snippet says into what a file says: fields into fields, items behind items.
fn merge(into: &mut Value, snippet: Value) {
    match (into, snippet) {
        (Value::Object(into), Value::Object(snippet)) => {
            for (field, value) in snippet {
                merge(into.entry(field).or_insert(Value::Null), value);
            }
        }
        (Value::Array(into), Value::Array(snippet)) => into.extend(snippet),
        (into, snippet) => *into = snippet,
    }
}

/// Puts every YAML block of a page into its file, which stands behind the word `yaml`; gives the names of the files.
fn write_yaml(desk: &Desk, page: &str) -> Vec<String> {
    let mut files = Vec::new();
    for (info, lines) in blocks(page) {
        let Some(file) = info.strip_prefix("yaml") else {
            continue;
        };
        let file = file.trim();
        assert!(!file.is_empty(), "no file is named for {lines:?}");
        let known = desk.path(file).exists().then(|| desk.read(file));
        let value = |text: &str| -> Value { serde_yaml::from_str(text).expect(file) };
        let mut whole = known.map_or(Value::Null, |text| value(&text));
        merge(&mut whole, value(&lines.join("\n")));
        desk.write(file, &whole.to_string());
        files.push(file.to_owned());
    }
    files
}

/// Checks the report of a desk, once more in each layout that is among the files.
fn check(desk: &Desk, report: &str, files: &[String]) {
    desk.run(&["check", report]).is_done();
    for file in files {
        let layout = file
            .strip_prefix("layouts/")
            .and_then(|file| file.strip_suffix("/layout.yaml"));
        if let Some(layout) = layout {
            let folder = desk.path(&format!("layouts/{layout}"));
            let folder = folder.to_str().expect("a path");
            desk.run(&["check", report, "--layout", folder]).is_done();
        }
    }
}

#[test]
fn every_yaml_block_of_a_topic_is_accepted() {
    let mut with_yaml = 0;
    for topic in TOPICS {
        let desk = Desk::with_report();
        let files = write_yaml(&desk, topic.text);
        if !files.is_empty() {
            check(&desk, ".", &files);
            desk.run(&["--show-config"]).is_done();
            with_yaml += 1;
        }
    }
    assert!(with_yaml > 5, "{with_yaml} topics");
}

#[test]
fn a_block_that_the_program_refuses_would_be_seen() {
    let desk = Desk::with_report();
    write_yaml(
        &desk,
        "```yaml source/people.yaml\npeople:\n  - id: x\n    nam: X\n```\n",
    );
    desk.run(&["check"])
        .fails_with(3, &["did you mean `name`?"]);
}

#[test]
fn readme_shows_the_message_of_a_mistyped_speaker() {
    let desk = Desk::empty();
    desk.run(&["init", "my-report"]).is_done();
    desk.replace(
        "my-report/source/meetings/first.yaml",
        "speaker: okafor",
        "speaker: okafro",
    );
    let readme = readme();
    let shown = blocks(&readme)
        .into_iter()
        .find(|(_, lines)| lines.first().is_some_and(|line| line.starts_with("error[")));
    let (_, lines) = shown.expect("a message in README");
    desk.run(&["check", "my-report"])
        .fails(3, &format!("{}\n", lines.join("\n")));
}

#[test]
fn every_path_in_readme_exists() {
    let readme = readme();
    let is_path = |span: &String| {
        ["src/", "tests/", "layouts/", "source/", ".ci/", ".github/"]
            .iter()
            .any(|folder| span.starts_with(folder))
    };
    let spans = code_spans(&readme).into_iter().filter(is_path);
    let links = readme
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let links =
        links.filter(|link| !link.contains("://") && !link.contains(':') && !link.starts_with('#'));
    let paths: Vec<String> = spans.chain(links.map(str::to_owned)).collect();
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        assert!(project(&path).exists(), "{path}");
    }
}

#[test]
fn readme_says_where_at_least_ten_things_are_changed() {
    let readme = readme();
    let table = readme
        .split("**Where do I change")
        .nth(1)
        .expect("the question");
    let rows = table
        .lines()
        .skip_while(|line| !line.starts_with("| ---"))
        .skip(1);
    let rows: Vec<&str> = rows.take_while(|line| line.starts_with('|')).collect();
    assert!(
        rows.len() >= 10 && rows.iter().all(|row| row.contains('`')),
        "{rows:?}"
    );
    assert!(
        readme.len() < 16_000,
        "README has {} bytes: reference belongs into src/app/help",
        readme.len()
    );
}

#[test]
fn every_topic_is_listed_and_fits_a_terminal() {
    let mut files: Vec<String> = fs::read_dir(project("src/app/help"))
        .expect("the topics")
        .map(|entry| {
            entry
                .expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort();
    let mut names: Vec<String> = TOPICS
        .iter()
        .map(|topic| format!("{}.md", topic.name))
        .collect();
    names.sort();
    assert_eq!(files, names);
    let list = Desk::empty().run(&["help"]).printed();
    for topic in TOPICS {
        assert!(
            topic.text.starts_with(&format!("# {}: ", topic.name)),
            "{}",
            topic.name
        );
        assert!(
            list.contains(&format!("{:<10}  {}", topic.name, topic.summary())),
            "{}",
            topic.name
        );
        for line in topic.shown().lines() {
            let limit = if line.starts_with("    ") {
                BLOCK_COLUMNS + 4
            } else {
                COLUMNS
            };
            let line = line.replace(['\u{1b}'], "");
            assert!(line.chars().count() <= limit, "{}: {line}", topic.name);
        }
    }
}

#[test]
fn help_explains_topics_and_commands_and_both_where_they_share_a_name() {
    let desk = Desk::empty();
    let topic = desk.run(&["help", "settings"]).printed();
    assert!(
        topic.starts_with("settings: ") && topic.contains("\n    layout: large-print\n"),
        "{topic}"
    );
    assert!(!topic.contains("```") && !topic.contains("\n#"), "{topic}");
    let command = desk.run(&["help", "check"]).printed();
    assert_eq!(command, desk.run(&["check", "--help"]).printed());
    let deeper = desk.run(&["help", "manifest", "merge"]).printed();
    assert_eq!(deeper, desk.run(&["manifest", "merge", "--help"]).printed());
    let both = desk.run(&["help", "release"]).printed();
    assert!(
        both.contains("Usage: gmg-export release") && both.contains("\nThe manifest\n"),
        "{both}"
    );
    assert_eq!(
        desk.run(&["help"]).printed(),
        desk.run(&["--help"]).printed()
    );
    desk.run(&["help", "setings"]).fails_with(
        2,
        &[
            "E1003",
            "did you mean `settings`?",
            "topics: source, blocks, charts, prose",
        ],
    );
    desk.run(&["help", "release", "now"])
        .fails_with(2, &["there is no command or topic `release now`"]);
}

#[test]
fn the_topic_of_exit_codes_has_all_of_them_in_the_same_words() {
    let topic = Topic::find("exit-codes").expect("the topic");
    let said: Vec<String> = blocks(topic.text)[0]
        .1
        .iter()
        .map(|line| (*line).to_owned())
        .collect();
    let said = said.join("\n").replace("\n     ", " ");
    let all: Vec<String> = EXIT_CODES
        .iter()
        .map(|(code, meaning)| format!("{code:<3}  {meaning}"))
        .collect();
    assert_eq!(said, all.join("\n"));
}
