//! What a build read and wrote, for build systems: a rule of make, the same for ninja, or JSON.

use serde::Serialize;

use crate::app::cli::DepsForm;
use crate::app::console::{escaped, is_hidden};
use crate::base::inputs::Input;

#[derive(Serialize)]
struct List<'a> {
    written: &'a [String],
    read: Vec<Dependency<'a>>,
}

#[derive(Serialize)]
struct Dependency<'a> {
    path: &'a str,
    sha256: &'a str,
}

/// The list of files as text; files in the binary are left out, for nobody can change them.
///
/// # Errors
/// The first path that has no way to be written in this form.
pub(super) fn text(form: DepsForm, written: &[String], read: &[Input]) -> Result<String, String> {
    let read: Vec<&Input> = read.iter().filter(|input| input.on_disk).collect();
    let each = |paths: Vec<&str>, special: &EscapeRules| {
        let each: Result<Vec<String>, String> = paths
            .into_iter()
            .map(|path| special.escaped(path).ok_or_else(|| path.to_owned()))
            .collect();
        each.map(|each| each.join(" "))
    };
    let rule = |of: &EscapeRules, from: &EscapeRules| {
        let targets = each(written.iter().map(String::as_str).collect(), of)?;
        let sources = each(read.iter().map(|input| input.path.as_str()).collect(), from)?;
        Ok::<_, String>(format!("{targets}: {sources}\n"))
    };
    Ok(match form {
        DepsForm::Ninja => rule(&NINJA, &NINJA)?,
        DepsForm::Make => {
            let mut text = rule(&MAKE_TARGET, &MAKE_SOURCE)?;
            for input in &read {
                let path = each(vec![&input.path], &MAKE_TARGET)?;
                text.push_str(&format!("{path}:\n"));
            }
            text
        }
        DepsForm::Json => {
            let read = read.iter().map(|input| Dependency {
                path: &input.path,
                sha256: &input.sha256,
            });
            let list = List {
                written,
                read: read.collect(),
            };
            // Text and lists of text always become JSON.
            escaped(&serde_json::to_string_pretty(&list).unwrap_or_default()) + "\n"
        }
    })
}

/// What is special in a path of a rule, as GNU make 4 and ninja 1 read it.
struct EscapeRules {
    /// Gets a backslash before it.
    escaped: &'static str,
    /// Of those, the ones before which backslashes can be doubled, so that they stand for themselves.
    after_backslash: &'static str,
    /// Cannot be written at all.
    forbidden: &'static str,
}

const MAKE_SOURCE: EscapeRules = EscapeRules {
    escaped: " #:[*?",
    after_backslash: " #:[*?",
    forbidden: ";=|()",
};
/// In a target a percent sign would stand for any text.
const MAKE_TARGET: EscapeRules = EscapeRules {
    escaped: " #:[*?%",
    after_backslash: " #:[*?%",
    forbidden: ";=|()",
};
const NINJA: EscapeRules = EscapeRules {
    escaped: " #:",
    after_backslash: " ",
    forbidden: ";|*`<>^",
};

impl EscapeRules {
    /// A path as it stands in a rule.
    fn escaped(&self, path: &str) -> Option<String> {
        let mut text = String::with_capacity(path.len());
        let mut backslashes = 0;
        for character in path.chars() {
            let rest = path.get(2..).unwrap_or_default();
            let is_drive = character == ':' && text.len() == 1 && rest.starts_with('/');
            match character {
                // A rule is read by people, too: a name that is not what it looks like has no place in it.
                _ if is_hidden(character) || self.forbidden.contains(character) => return None,
                _ if self.escaped.contains(character) && !is_drive => {
                    if backslashes > 0 && !self.after_backslash.contains(character) {
                        return None;
                    }
                    text.push_str(&"\\".repeat(backslashes + 1));
                    text.push(character);
                }
                '$' if backslashes > 0 && !self.after_backslash.contains(':') => return None,
                '$' => text.push_str("$$"),
                _ => text.push(character),
            }
            backslashes = match character {
                '\\' => backslashes + 1,
                _ => 0,
            };
        }
        // A backslash at the end would take the space behind it, a tilde at the start is somebody's home.
        (backslashes == 0 && !path.starts_with('~')).then_some(text)
    }
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
        assert_eq!(text(DepsForm::Ninja, &written, &read).unwrap(), rule);
        let phony = "source/\\#1.yaml:\n";
        let make = text(DepsForm::Make, &written, &read).unwrap();
        assert_eq!(make, format!("{rule}{phony}"));
        let json = text(DepsForm::Json, &written, &read).unwrap();
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["written"][0], "out/a b.pdf");
        assert_eq!(value["read"][0]["path"], "source/#1.yaml");
        assert_eq!(value["read"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn the_colon_of_a_drive_stays() {
        assert_eq!(MAKE_SOURCE.escaped("C:/x:y").unwrap(), "C:/x\\:y");
    }

    /// GNU make 4.3 and ninja 1.13 read these back as the paths that they stand for.
    #[test]
    fn what_is_special_in_a_rule_is_escaped_or_refused() {
        for (path, source, target, ninja) in [
            ("a%b", "a%b", r"a\%b", "a%b"),
            ("a[b]", r"a\[b]", r"a\[b]", "a[b]"),
            (r"a\ b", r"a\\\ b", r"a\\\ b", r"a\\\ b"),
            (r"a\b", r"a\b", r"a\b", r"a\b"),
            ("a$b", "a$$b", "a$$b", "a$$b"),
            ("a:b", r"a\:b", r"a\:b", r"a\:b"),
        ] {
            assert_eq!(MAKE_SOURCE.escaped(path).as_deref(), Some(source));
            assert_eq!(MAKE_TARGET.escaped(path).as_deref(), Some(target));
            assert_eq!(NINJA.escaped(path).as_deref(), Some(ninja));
        }
        for path in [
            "a;b",
            "a|b",
            "a\tb",
            "a\nb",
            "~a",
            r"a\",
            "a\u{202e}b",
            "a\u{200b}b",
            "a\u{e0041}b",
        ] {
            assert_eq!(MAKE_SOURCE.escaped(path), None, "{path}");
            assert_eq!(NINJA.escaped(path), None, "{path}");
        }
        for path in ["a=b", "a(b)"] {
            assert_eq!(MAKE_TARGET.escaped(path), None, "{path}");
            assert_eq!(NINJA.escaped(path).as_deref(), Some(path));
        }
        assert_eq!(NINJA.escaped(r"a\#b"), None);
        let read = [input("source/a;b.yaml", true)];
        assert_eq!(
            text(DepsForm::Make, &[], &read),
            Err("source/a;b.yaml".into())
        );
        assert!(text(DepsForm::Json, &[], &read).is_ok());
    }
}
