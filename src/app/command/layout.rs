//! `layout`: writes out a layout to change, with every token and the templates; prints the fixed words of a language.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::app::cli::LayoutAction;
use crate::app::console::{Console, WrittenFile};
use crate::app::schema::Kind;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::base::output::{self, Destination};
use crate::base::paths;
use crate::layout::{self, embedded_files};

/// The folder of layouts, next to the source.
const LAYOUTS: &str = "layouts";
/// The file of tokens in a layout.
const TOKENS: &str = "layout.yaml";

pub(super) fn layout(action: &LayoutAction, console: &Console) -> Result<(), Diagnostics> {
    match action {
        LayoutAction::Init { name, extends } => init(name, extends, console),
        LayoutAction::Words { language } => console.print(&words(language)?),
    }
}

fn init(name: &str, base: &str, console: &Console) -> Result<(), Diagnostics> {
    let files = files(name, base)?;
    let dir = Path::new(LAYOUTS).join(name);
    output::new_folder(&Destination::named(&dir), &files)?;
    for (file, bytes) in &files {
        console.artifact(&WrittenFile::new(&paths::below(&dir, file), bytes), None)?;
    }
    console.done(&format!(
        "change {LAYOUTS}/{name}/{TOKENS}, and delete the templates that stay as they are; then run"
    ))?;
    console.done(&format!("  gmg-export --layout {name}"))
}

/// The files of a layout that takes over from `base`.
fn files(name: &str, base: &str) -> Result<Vec<(String, Vec<u8>)>, Diagnostics> {
    let embedded: BTreeMap<String, &[u8]> = embedded_files().collect();
    let chain = chain(base, &embedded)?;
    let mut files = BTreeMap::new();
    for (layout, _) in &chain {
        let folder = format!("{layout}/");
        let templates = embedded.iter().filter_map(|(path, bytes)| {
            let file = path.strip_prefix(&folder)?;
            file.ends_with(".typ")
                .then(|| (file.to_owned(), bytes.to_vec()))
        });
        files.extend(templates);
    }
    let tokens = tokens(name, base, &chain);
    files.insert(TOKENS.to_owned(), tokens.into_bytes());
    Ok(files.into_iter().collect())
}

/// The layouts that `base` takes over from, and itself, with their tokens; the one that takes over from none is first.
fn chain(
    base: &str,
    embedded: &BTreeMap<String, &[u8]>,
) -> Result<Vec<(String, Value)>, Diagnostics> {
    let Some(bytes) = embedded.get(&format!("{base}/{TOKENS}")) else {
        let known = embedded.keys();
        let known: Vec<&str> = known
            .filter_map(|path| path.strip_suffix(&format!("/{TOKENS}")))
            .collect();
        let message = format!("the program has no layout `{base}`");
        let hint = did_you_mean(base, known.iter().copied())
            .unwrap_or_else(|| format!("layouts of the program: {}", known.join(", ")));
        return Err(Diagnostic::new(Code::UNKNOWN_LAYOUT, message)
            .hint(hint)
            .into());
    };
    let tokens: Value = serde_yaml::from_str(&String::from_utf8_lossy(bytes)).unwrap_or_default();
    let mut chain = match tokens.get("extends").and_then(Value::as_str) {
        Some(other) => self::chain(other, embedded)?,
        None => Vec::new(),
    };
    chain.push((base.to_owned(), tokens));
    Ok(chain)
}

/// `layout.yaml` with every token as a comment, by group, each with what it means and its value in `base`.
fn tokens(name: &str, base: &str, chain: &[(String, Value)]) -> String {
    let schema = Kind::find("layout").map(Kind::text).unwrap_or_default();
    let schema: Value = serde_json::from_str(&schema).unwrap_or_default();
    let definitions = &schema["definitions"];
    let mut text = format!(
        "# A layout of gmg-export; `gmg-export schema layout` describes every field.\n\
         description: {name}\nextends: {base}\n\n\
         # Every token follows with the value that it has in `{base}`. To change one, take the `# ` off its line and off\n\
         # that of its group.\n"
    );
    for (group, about) in definitions["LayoutFile"]["properties"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let about_group = about["description"].as_str().unwrap_or_default();
        let fields = group_definition(about, definitions);
        let Some(fields) = fields["properties"].as_object() else {
            continue;
        };
        text += &format!("\n# {}\n# {group}:\n", on_one_line(about_group));
        for (field, about) in fields {
            // What the nearest layout says counts.
            let value = chain
                .iter()
                .rev()
                .find_map(|(_, tokens)| tokens.get(group)?.get(field));
            let about = on_one_line(about["description"].as_str().unwrap_or_default());
            let value = value.map(Value::to_string).unwrap_or_default();
            text += &format!("#   # {about}\n#   {field}: {value}\n");
        }
    }
    text
}

/// The definition that the schema of a group refers to.
fn group_definition<'s>(about: &'s Value, definitions: &'s Value) -> &'s Value {
    let choices = about["anyOf"].as_array().into_iter().flatten();
    let mut named = choices.filter_map(|choice| choice["$ref"].as_str());
    let name = named.find_map(|path| path.strip_prefix("#/definitions/"));
    &definitions[name.unwrap_or_default()]
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The file with the fixed words of a language: that of the whole tag, else of its first parts.
fn words(language: &str) -> Result<String, Diagnostics> {
    let mut tag = language;
    loop {
        let path = format!("strings/{tag}.yaml");
        let found = embedded_files().find(|(file, _)| file.eq_ignore_ascii_case(&path));
        if let Some((_, bytes)) = found {
            return Ok(String::from_utf8_lossy(bytes).into_owned());
        }
        match tag.rsplit_once('-') {
            Some((shorter, _)) => tag = shorter,
            // Whoever asks for a language that has none is told how to add it.
            None => {
                layout::strings(language)?;
                return Ok(String::new());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens with all comments of one sign taken off.
    fn uncommented(text: &str) -> String {
        let line = |line: &str| line.strip_prefix("# ").unwrap_or(line).to_owned();
        let body = text.split("\n\n").skip(2);
        let head = text.split("\n\n").next().unwrap_or_default();
        let lines: Vec<String> = body
            .flat_map(|group| group.lines().skip(1).map(line))
            .collect();
        format!("{head}\n{}\n", lines.join("\n"))
    }

    #[test]
    fn a_layout_has_every_token_with_the_value_of_the_one_that_it_extends() {
        for base in ["screen", "print", "large-print", "full-text"] {
            let files = files("mine", base).unwrap();
            let text = files.iter().find(|(name, _)| name == TOKENS).unwrap();
            let text = String::from_utf8(text.1.clone()).unwrap();
            let folder = tempfile::tempdir().unwrap();
            let dir = folder.path().join("mine");
            std::fs::create_dir(&dir).unwrap();
            std::fs::write(dir.join(TOKENS), uncommented(&text)).unwrap();
            let root = crate::base::files::Root::named(folder.path());
            let loader = layout::LayoutLoader::with_folder(root);
            let mine = loader
                .load("mine")
                .unwrap_or_else(|found| panic!("{found}\n{text}"));
            assert_eq!(mine.tokens, loader.load(base).unwrap().tokens, "{base}");
            assert!(text.matches("\n#   ").count() > 150, "{text}");
            assert!(files.iter().any(|(name, _)| name == "blocks.typ"));
        }
    }

    #[test]
    fn words_of_a_language_are_its_file_and_others_are_led_to_add_one() {
        assert!(words("fr").unwrap().contains("contents: "));
        assert_eq!(words("fr-BE").unwrap(), words("fr").unwrap());
        assert!(words("tlh").unwrap_err().to_string().contains("E0410"));
    }
}
