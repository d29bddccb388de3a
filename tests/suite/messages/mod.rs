//! Messages for programs: each form agrees with its schema or grammar, whatever is wrong, and names the same codes.

mod cases;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

use crate::program::{Desk, Ran};
use cases::{MISTAKES, OTHERS};

/// Runs every mistake, and hands over what came of it in a form, with the codes that it must name.
fn each(form: &str, judge: impl Fn(&Ran, &[&str], &str)) {
    assert!(MISTAKES.len() >= 20);
    for mistake in MISTAKES {
        let ran = mistake.desk().run(&["check", "--message-format", form]);
        judge(&ran, mistake.codes, mistake.new);
    }
    let desk = Desk::with_report();
    for (line, codes) in OTHERS {
        let ran = desk.run(&[line, &["--message-format", form][..]].concat());
        assert_ne!(ran.code, 0, "{line:?}");
        judge(&ran, codes, &format!("{line:?}"));
    }
}

/// A schema that values can be held against.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn of(text: &str) -> Self {
        let address = "https://example.org/schema.json";
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        let mut value: Value = serde_json::from_str(text).unwrap();
        value.as_object_mut().unwrap().remove("$id");
        compiler.add_resource(address, value).unwrap();
        let index = compiler.compile(address, &mut schemas).unwrap();
        Schema { schemas, index }
    }

    fn messages() -> Self {
        Schema::of(&Desk::empty().run(&["schema", "messages"]).printed())
    }

    fn sarif() -> Self {
        Schema::of(include_str!("../../schemas/sarif-2.1.0.json"))
    }

    #[track_caller]
    fn holds(&self, value: &Value) {
        if let Err(error) = self.schemas.validate(value, self.index) {
            panic!("{error:#}\n{value:#}");
        }
    }
}

fn json_lines(text: &str) -> Vec<Value> {
    let value = |line| serde_json::from_str(line).unwrap();
    text.lines().map(value).collect()
}

#[test]
fn every_line_of_json_agrees_with_the_schema_that_the_program_prints() {
    let schema = Schema::messages();
    each("json", |ran, codes, what| {
        assert_eq!(ran.stdout, "", "{what}");
        let lines = json_lines(&ran.stderr);
        lines.iter().for_each(|line| schema.holds(line));
        let (summary, found) = lines.split_last().unwrap();
        let named: Vec<&str> = found
            .iter()
            .filter_map(|one| one["code"].as_str())
            .collect();
        assert_eq!(named, codes, "{what}: {}", ran.stderr);
        assert_eq!(summary["exit_code"], ran.code, "{what}");
        let errors = codes.iter().filter(|code| code.starts_with('E')).count();
        assert_eq!(summary["errors"], errors, "{what}");
    });
}

#[test]
fn every_log_agrees_with_the_schema_of_sarif_and_so_does_one_of_nothing() {
    let schema = Schema::sarif();
    let judge = |ran: &Ran, codes: &[&str], what: &str| {
        assert_eq!(ran.stdout, "", "{what}");
        let log: Value = serde_json::from_str(&ran.stderr).unwrap();
        schema.holds(&log);
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        let named: Vec<&str> = results
            .iter()
            .filter_map(|one| one["ruleId"].as_str())
            .collect();
        assert_eq!(named, codes, "{what}");
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
        }
        assert_eq!(run["invocations"][0]["exitCode"], ran.code);
    };
    each("sarif", judge);
    let ran = Desk::with_report().run(&["check", "--message-format", "sarif"]);
    assert_eq!(ran.code, 0);
    judge(&ran, &[], "nothing is wrong");
}

#[test]
fn a_schema_that_takes_anything_would_be_none() {
    let refused = |schema: &Schema, text: &str| {
        let value: Value = serde_json::from_str(text).unwrap();
        assert!(
            schema.schemas.validate(&value, schema.index).is_err(),
            "{text}"
        );
    };
    let messages = Schema::messages();
    refused(&messages, r#"{"event": "diagnostic", "code": "E1"}"#);
    refused(
        &messages,
        r#"{"event": "artifact", "path": "x", "bytes": -1, "sha256": "0"}"#,
    );
    refused(&messages, r#"{"event": "novel"}"#);
    refused(&Schema::sarif(), r#"{"version": "2.0.0", "runs": []}"#);
    refused(
        &Schema::sarif(),
        r#"{"version": "2.1.0", "runs": [{"results": []}]}"#,
    );
}

#[test]
fn every_line_for_github_is_a_command_that_nothing_in_it_ends() {
    each("github", |ran, codes, what| {
        let lines: Vec<&str> = ran.stderr.lines().collect();
        assert_eq!(lines.len(), codes.len(), "{what}: {}", ran.stderr);
        for (line, code) in lines.iter().zip(codes) {
            let rest = line
                .strip_prefix("::error ")
                .or_else(|| line.strip_prefix("::warning "));
            let (properties, message) = rest.unwrap().split_once("::").unwrap();
            assert!(!message.is_empty());
            let known = ["file", "line", "endLine", "col", "endColumn", "title"];
            for property in properties.split(',') {
                let (name, value) = property.split_once('=').unwrap();
                assert!(known.contains(&name) && !value.is_empty(), "{line}");
            }
            assert!(properties.contains(&format!("title={code}%3A ")), "{line}");
        }
    });
}

#[test]
fn every_short_line_has_its_place_before_and_its_code_behind_the_severity() {
    each("short", |ran, codes, what| {
        let lines: Vec<&str> = ran.stderr.lines().collect();
        assert_eq!(lines.len(), codes.len(), "{what}: {}", ran.stderr);
        for (line, code) in lines.iter().zip(codes) {
            let severity = if code.starts_with('W') {
                "warning"
            } else {
                "error"
            };
            let mark = format!("{severity}[{code}]: ");
            let (place, message) = line.split_once(&mark).unwrap();
            assert!(
                !message.is_empty() && (place.is_empty() || place.ends_with(": ")),
                "{line}"
            );
        }
    });
    let desk = MISTAKES[10].desk();
    assert_eq!(
        desk.run(&["check", "--message-format", "short"]).stderr,
        "source/meetings/first.yaml:44:20: error[E0204]: there is no person `okafour`\n"
    );
}

#[test]
fn a_word_that_is_wrong_has_a_start_and_an_end_counted_in_characters() {
    let desk = MISTAKES[10].desk();
    let ran = desk.run(&["check", "--message-format", "json"]);
    let found = &json_lines(&ran.stderr)[0];
    let expected = [
        ("line", 44),
        ("column", 20),
        ("end_line", 44),
        ("end_column", 27),
    ];
    for (key, value) in expected {
        assert_eq!(found[key], value, "{key}");
    }
    let field = "meeting.sections[2].interventions[0].speaker";
    assert_eq!(found["field"], field);
    assert_eq!(found["hints"][0], "did you mean `okafor`?");
    let line = found["snippet"].as_str().unwrap();
    let word: String = line.chars().skip(19).take(7).collect();
    assert_eq!(word, "okafour");
}

#[test]
fn programs_hear_of_every_file_that_is_written_and_of_nothing_else() {
    let desk = Desk::empty();
    let schema = Schema::messages();
    let heard = |arguments: &[&str]| {
        let ran = desk.run(&[arguments, &["--message-format", "json"]].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
        let lines = json_lines(&ran.stderr);
        lines.iter().for_each(|line| schema.holds(line));
        let artifacts = lines.iter().filter(|line| line["event"] == "artifact");
        let expected = lines.last().unwrap()["artifacts"].as_u64().unwrap();
        assert_eq!(artifacts.clone().count() as u64, expected, "{lines:?}");
        for artifact in artifacts {
            let bytes = std::fs::read(desk.path(artifact["path"].as_str().unwrap())).unwrap();
            assert_eq!(artifact["bytes"], bytes.len());
            assert_eq!(artifact["sha256"], sha256(&bytes));
        }
        lines
    };
    let made = heard(&["init", "."]);
    assert_eq!(made.last().unwrap()["artifacts"], made.len() - 1);
    let made = heard(&["-f", "txt,docx", "--out", "out"]);
    let paths: Vec<&str> = made.iter().filter_map(|one| one["path"].as_str()).collect();
    assert_eq!(paths, ["out/my-report.docx", "out/my-report.txt"]);
    assert_eq!(made[1]["format"], "txt");
    assert_eq!(made[1]["layout"], "screen");
    desk.write("plain.txt", "A short report\n\nRivers are long.\n");
    let made = heard(&["import", "plain.txt", "--out", "new"]);
    assert!(
        made.iter().any(|one| one["path"] == "new/report.yaml"),
        "{made:?}"
    );
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn what_people_read_in_a_list_is_a_diagnostic_each_in_every_other_form() {
    let desk = Desk::with_report();
    desk.run(&["-f", "pdf", "-o", "a.pdf"]).is_done();
    for (form, start) in [
        ("short", "a.pdf: error[E0817]: page 1: "),
        ("github", "::error file=a.pdf,title=E0817%3A "),
    ] {
        let ran = desk.run(&["preflight", "a.pdf", "--message-format", form]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
        assert!(
            ran.stderr.lines().any(|line| line.starts_with(start)),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn what_was_asked_for_stays_alone_on_standard_output() {
    let desk = Desk::with_report();
    let plain = desk.run(&["-f", "txt", "-o", "-"]).printed();
    for form in ["short", "json", "sarif", "github"] {
        let ran = desk.run(&["-f", "txt", "-o", "-", "--message-format", form]);
        assert_eq!((ran.code, ran.stdout == plain), (0, true), "{form}");
    }
    let list = desk.run(&["--message-format", "json", "explain"]);
    assert!(list.stdout.contains("  E0204  an id names no person\n"));
}

#[test]
fn each_code_is_explained_and_a_mistyped_one_leads_to_those_near_it() {
    let desk = Desk::empty();
    let list = desk.run(&["explain"]).printed();
    for code in gmg_export::base::diagnostic::Code::all() {
        let line = format!("  {code}  {}\n", code.title());
        assert!(list.contains(&line), "{code}");
    }
    let page = desk.run(&["explain", "e0204"]).printed();
    for part in [
        "E0204: an id names no person\n",
        "exit code 3",
        "Cause\n",
        "Example\n",
        "Cure\n",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let ran = desk.run(&["explain", "W0204"]);
    ran.fails_with(
        2,
        &[
            "error[E1009]: there is no code `W0204`",
            "did you mean E0204",
        ],
    );
    desk.run(&["explian"])
        .fails_with(2, &["did you mean `gmg-export explain`?"]);
}
