//! The whole run as one log in the Static Analysis Results Interchange Format, for services that collect diagnostics.
//!
//! SARIF 2.1.0 (OASIS, errata 01). Columns count characters (3.14.17); a region's end is after its last character
//! (3.30.8); addresses of files are relative and percent-encoded (3.4.3). A log is written even if nothing is wrong.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::form::{Ended, Form, line_of, shown};
use super::human::revealed;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, Severity};

/// Where the format is described.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log at the end of the run.
pub(super) struct Sarif;

impl Form for Sarif {
    fn diagnostics(&self, _found: &Diagnostics) -> String {
        String::new()
    }

    fn end(&self, ended: &Ended<'_>) -> String {
        let log = format!("{:#}\n", log(ended.found, ended.exit_code));
        super::json::escaped(&log)
    }
}

fn log(found: &Diagnostics, exit_code: u8) -> Value {
    let (found, more) = shown(found);
    let rules: Vec<Code> = Code::all().filter(|code| is_in(&found, *code)).collect();
    let mut files: Vec<&str> = found
        .iter()
        .filter_map(|one| Some(one.location.as_ref()?.file.as_str()))
        .collect();
    files.sort_unstable();
    files.dedup();
    let results: Vec<Value> = found
        .iter()
        .map(|one| result(one, &rules, &files))
        .collect();
    let artifact = |file: &&str| json!({ "location": { "uri": uri(file) } });
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "gmg-export",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            "invocations": [{ "executionSuccessful": exit_code != crate::base::diagnostic::INTERNAL, "exitCode": exit_code }],
            "artifacts": files.iter().map(artifact).collect::<Vec<_>>(),
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": { "notShown": more },
        }],
    })
}

fn is_in(found: &[&Diagnostic], code: Code) -> bool {
    found.iter().any(|one| one.code == code)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn rule(code: &Code) -> Value {
    let help = format!("{} Example: {}", code.cure(), code.example());
    json!({
        "id": code.number(),
        "name": code.name(),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": code.cause() },
        "help": { "text": help },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(found: &Diagnostic, rules: &[Code], files: &[&str]) -> Value {
    let mut message = found.message.clone();
    for hint in &found.hints {
        message.push_str("\nHint: ");
        message.push_str(hint);
    }
    let mut result = json!({
        "ruleId": found.code.number(),
        "ruleIndex": rules.iter().position(|code| *code == found.code),
        "level": level(found.severity()),
        "message": { "text": revealed(&message) },
    });
    let mut location = json!({});
    if let Some(place) = &found.location {
        let index = files.iter().position(|file| *file == place.file);
        location["physicalLocation"] = json!({
            "artifactLocation": { "uri": uri(&place.file), "index": index },
        });
        if place.line > 0 {
            location["physicalLocation"]["region"] = region(found, place);
        }
    }
    let named = found.field.as_ref().map(|field| (field.clone(), "member"));
    let printed = found.printed.as_ref().filter(|printed| printed.page > 0);
    let on_page = printed.map(|printed| (format!("page {}", printed.page), "object"));
    if let Some((name, kind)) = named.or(on_page) {
        location["logicalLocations"] =
            json!([{ "fullyQualifiedName": revealed(&name), "kind": kind }]);
    }
    if location
        .as_object()
        .is_some_and(|object| !object.is_empty())
    {
        result["locations"] = json!([location]);
    }
    result
}

fn region(found: &Diagnostic, place: &Location) -> Value {
    let mut region = json!({ "startLine": place.line });
    if place.column > 0 {
        region["startColumn"] = place.column.into();
    }
    if let Some((line, column)) = found.end() {
        region["endLine"] = line.into();
        region["endColumn"] = column.into();
    }
    if let Some(line) = line_of(found) {
        region["snippet"] = json!({ "text": revealed(&line) });
    }
    region
}

/// A path as the reference of an address: everything percent-encoded that is not plain (RFC 3986, 4.2). An absolute
/// path gets the scheme of files.
fn uri(path: &str) -> String {
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'/');
    let encoded = utf8_percent_encode(path, PLAIN);
    let bytes = path.as_bytes();
    match bytes {
        [b'/', ..] => format!("file://{encoded}"),
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => format!("file:///{encoded}"),
        _ => encoded.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference_that_keeps_its_meaning() {
        for (path, expected) in [
            ("source/a b.yaml", "source/a%20b.yaml"),
            ("../ä#1.yaml", "../%C3%A4%231.yaml"),
            ("a:b?.yaml", "a%3Ab%3F.yaml"),
            ("/srv/x.yaml", "file:///srv/x.yaml"),
            ("C:/x.yaml", "file:///C%3A/x.yaml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn a_log_lists_each_rule_and_file_once_and_points_to_them() {
        let found = Diagnostic::new(Code::UNKNOWN_PERSON, "no person `x`");
        let place = Location {
            file: "a.yaml".into(),
            line: 1,
            column: 1,
        };
        let twice = Diagnostics::from_iter(vec![found.clone().at(place.clone()), found.at(place)]);
        let run = &log(&twice, 3)["runs"][0];
        assert_eq!(
            run["tool"]["driver"]["rules"].as_array().map(Vec::len),
            Some(1)
        );
        assert_eq!(run["artifacts"].as_array().map(Vec::len), Some(1));
        assert_eq!(run["results"][1]["ruleIndex"], 0);
        let location = &run["results"][1]["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["index"], 0);
    }
}
