//! What a build read and wrote, for build systems: a rule of make, the same for ninja, or JSON.

use serde::Serialize;

use super::Input;

/// In which form files are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// A rule of make, and one without commands for each file that was read, so that removed files do no harm
    Make,
    /// A depfile of ninja (`deps = gcc`)
    Ninja,
    /// One JSON object with `written` and `read`
    Json,
}

#[derive(Serialize)]
struct List<'a> {
    written: &'a [String],
    read: Vec<Read<'a>>,
}

#[derive(Serialize)]
struct Read<'a> {
    path: &'a str,
    sha256: &'a str,
}

/// The list of files as text; files in the binary are left out, for nobody can change them.
pub fn text(form: Form, written: &[String], read: &[Input]) -> String {
    let read: Vec<&Input> = read.iter().filter(|input| input.on_disk).collect();
    let rule = || {
        let escape = |paths: Vec<&str>| {
            let each: Vec<String> = paths.into_iter().map(escaped).collect();
            each.join(" ")
        };
        let targets = escape(written.iter().map(String::as_str).collect());
        let sources = escape(read.iter().map(|input| input.path.as_str()).collect());
        format!("{targets}: {sources}\n")
    };
    match form {
        Form::Ninja => rule(),
        Form::Make => {
            let mut text = rule();
            for input in &read {
                text.push_str(&format!("{}:\n", escaped(&input.path)));
            }
            text
        }
        Form::Json => {
            let read = read.iter().map(|input| Read {
                path: &input.path,
                sha256: &input.sha256,
            });
            let list = List {
                written,
                read: read.collect(),
            };
            // Text and lists of text always become JSON.
            serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
        }
    }
}

/// A path as make and ninja read it.
fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            ' ' | '#' | ':' if character != ':' || text.len() != 1 => {
                text.push('\\');
                text.push(character);
            }
            '$' => text.push_str("$$"),
            _ => text.push(character),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(path: &str, on_disk: bool) -> Input {
        Input {
            path: path.into(),
            size: 1,
            sha256: "aa".into(),
            on_disk,
        }
    }

    #[test]
    fn a_rule_names_what_was_written_and_what_was_read_on_disk() {
        let written = ["out/a b.pdf".to_owned(), "out/$x.txt".to_owned()];
        let read = [input("source/#1.yaml", true), input("layouts/x", false)];
        let rule = "out/a\\ b.pdf out/$$x.txt: source/\\#1.yaml\n";
        assert_eq!(text(Form::Ninja, &written, &read), rule);
        let phony = "source/\\#1.yaml:\n";
        assert_eq!(text(Form::Make, &written, &read), format!("{rule}{phony}"));
        let json = text(Form::Json, &written, &read);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["written"][0], "out/a b.pdf");
        assert_eq!(value["read"][0]["path"], "source/#1.yaml");
        assert_eq!(value["read"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn the_colon_of_a_drive_stays() {
        assert_eq!(escaped("C:/x:y"), "C:/x\\:y");
    }
}
