//! What README prints works as printed: its commands, what they say, and its pieces of a report.
//!
//! The line that opens a block says what becomes of it: `sh` is run, `console` is run and its output compared, and
//! `yaml FILE` is written at the end of that file, or, as `yaml FILE below KEY:`, under the first line that reads so.
//! Blocks of other languages are there to be looked at, unless they name a file.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use gmg_export::app::help::Topic;
use tempfile::TempDir;

use crate::made::project;

/// What is not run here, by a part of its text, and why.
const ELSEWHERE: [(&str, &str); 2] = [
    ("cargo run ", "`.ci/run` does, in the same words"),
    ("cargo test", "`.ci/run` does, in the same words"),
];
/// What `.ci/run` says in the words of README.
const IN_THE_GATE: [&str; 2] = ["cargo run ", "cargo test"];
/// The folders that a clone has and the commands need.
const FOLDERS: [&str; 3] = ["layouts", "source", "tests"];

/// A block of README between fences.
struct Block {
    /// Number of its first line.
    line: usize,
    /// What follows the opening fence: language, then maybe a file.
    info: String,
    text: String,
}

impl Block {
    fn language(&self) -> &str {
        self.info.split(' ').next().unwrap_or_default()
    }
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut lines = markdown.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some((indent, info)) = line.split_once("```") else {
            continue;
        };
        if !indent.trim().is_empty() {
            continue;
        }
        let inner = lines.by_ref().map(|(_, line)| line);
        let inner = inner.take_while(|line| line.trim() != "```");
        let inner = inner.map(|line| line.strip_prefix(indent).unwrap_or(line));
        found.push(Block {
            line: number + 2,
            info: info.trim().to_owned(),
            text: inner.fold(String::new(), |text, line| text + line + "\n"),
        });
    }
    found
}

fn readme() -> Vec<Block> {
    blocks(&fs::read_to_string(project("README.md")).expect("README"))
}

/// A fresh copy of what a clone holds.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in FOLDERS {
        copy_folder(&project(name), &folder.path().join(name));
    }
    folder
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in from.read_dir().expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).expect("a file is copied")),
        }
    }
}

/// Runs a script in a folder, with the program on the path, and gives what it printed; it must succeed.
fn run(script: &str, folder: &Path, line: usize) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_gmg-export"));
    let mut path = OsString::from(program.parent().expect("a folder"));
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let ran = Command::new("bash")
        .args(["-euc", &format!("exec 2>&1\n{script}")])
        .env("PATH", path)
        .env_remove("SOURCE_DATE_EPOCH")
        .current_dir(folder)
        .output()
        .expect("bash runs");
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(
        ran.status.success(),
        "README.md:{line}: {script} ends with {}\n{said}",
        ran.status
    );
    said
}

fn is_elsewhere(script: &str) -> bool {
    ELSEWHERE.iter().any(|(part, _)| script.contains(part))
}

/// The text with sizes and digests struck out: they change with every word of the report.
fn struck(text: &str) -> String {
    let field = |field: &str| match field.split_once(':') {
        Some((name @ ("\"bytes\"" | "\"sha256\""), _)) => name.to_owned(),
        _ => field.to_owned(),
    };
    let line = |line: &str| {
        let fields: Vec<String> = line.split(',').map(field).collect();
        let fields = fields.join(",");
        let mut words: Vec<&str> = fields.split(' ').collect();
        for at in 1..words.len() {
            if matches!(words[at], "kB" | "MB") {
                words[at - 1] = "N";
                words[at] = "bytes";
            }
        }
        words.join(" ") + "\n"
    };
    text.lines().map(line).collect()
}

/// Whether the output is what README shows of it; a line of `…` stands for any number of lines.
fn shows(shown: &str, said: &str) -> bool {
    let (shown, said) = (struck(shown), struck(said));
    let mut rest = said.as_str();
    let mut anywhere = false;
    for line in shown.lines() {
        if line.trim() == "…" {
            anywhere = true;
            continue;
        }
        let line = format!("{line}\n");
        match rest.find(&line) {
            Some(at) if at == 0 || anywhere => rest = &rest[at + line.len()..],
            _ => return false,
        }
        anywhere = false;
    }
    anywhere || rest.is_empty()
}

#[test]
fn commands_run_as_printed_and_say_what_is_printed() {
    let folder = copy();
    let mut ran = 0;
    for block in readme() {
        match block.language() {
            "sh" | "bash" if !is_elsewhere(&block.text) => {
                run(&block.text, folder.path(), block.line);
                ran += 1;
            }
            "console" => {
                for part in format!("\n{}", block.text).split("\n$ ").skip(1) {
                    let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
                    if is_elsewhere(command) {
                        continue;
                    }
                    let said = run(command, folder.path(), block.line);
                    let line = block.line;
                    let shown = match shown {
                        "" => "",
                        shown => &format!("{}\n", shown.trim_end()),
                    };
                    assert!(
                        shown.is_empty() || shows(shown, &said),
                        "README.md:{line}: `{command}` says\n{said}\nand not\n{shown}"
                    );
                    ran += 1;
                }
            }
            _ => {}
        }
    }
    assert!(ran > 5, "only {ran} commands of README were run");
}

#[test]
fn commands_that_run_elsewhere_do() {
    let gate = fs::read_to_string(project(".ci/run")).expect("the gate");
    let mut held = 0;
    for block in readme().iter().filter(|block| block.language() == "sh") {
        for line in block.text.lines() {
            let command = line.split(" #").next().unwrap_or_default().trim();
            if IN_THE_GATE.iter().any(|part| command.starts_with(part)) {
                assert!(
                    gate.contains(command),
                    "README.md:{}: .ci/run lacks `{command}`",
                    block.line
                );
                held += 1;
            }
        }
    }
    assert!(held >= 2, "README has lost its two commands");
}

/// Runs where the npm registry is reached: in `.ci/run`.
#[test]
#[ignore = "needs the npm registry"]
fn the_command_that_fetches_fonts_makes_chinese_pages() {
    let folder = copy();
    let report = folder.path().join("tests/cases/zh");
    // The sample's own fonts hold what it needs.
    fs::remove_dir_all(report.join("layouts")).expect("the sample's fonts go");
    let topic = Topic::find("languages").expect("the topic");
    let blocks = blocks(topic.text);
    let block = blocks.iter().find(|block| block.text.contains("npm pack "));
    let block = block.expect("the command for fonts in the topic");
    let export = "gmg-export --format pdf --out made";
    let made = |script: &str| run(script, &report, block.line);
    assert!(made(&format!("{export} || true")).contains("E0504"));
    made(&block.text);
    assert!(made(export).contains(".pdf"));
}

#[test]
fn pieces_of_a_report_build_as_printed() {
    let folder = copy();
    run("gmg-export init my-report", folder.path(), 0);
    let mut written = 0;
    for block in readme() {
        let mut info = block.info.splitn(3, ' ').skip(1);
        let Some(file) = info.next() else {
            let language = block.language();
            assert!(
                language != "yaml",
                "README.md:{}: the fence names no file that this belongs to: `yaml FILE`",
                block.line
            );
            continue;
        };
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let old = fs::read_to_string(&path).unwrap_or_default();
        let text = match info.next().and_then(|below| below.strip_prefix("below ")) {
            None => old + &block.text,
            Some(key) => {
                let line = old.lines().find(|line| line.trim() == key);
                let line = line
                    .unwrap_or_else(|| panic!("README.md:{}: {file} has no `{key}`", block.line));
                old.replacen(line, &format!("{line}\n{}", block.text.trim_end()), 1)
            }
        };
        fs::write(path, text).expect("a file is written");
        written += 1;
    }
    assert!(written >= 4, "only {written} pieces in README");
    run(
        "gmg-export my-report --format all --out made",
        folder.path(),
        0,
    );
    let layouts = folder.path().join("layouts");
    let own = layouts.read_dir().expect("layouts").flatten();
    let own = own.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let own = own.filter(|name| !project("layouts").join(name).exists());
    for layout in own.chain(["screen".to_owned()]) {
        run(
            &format!("gmg-export --format pdf,docx,txt --layout {layout} --out made-{layout}"),
            folder.path(),
            0,
        );
    }
}

#[test]
fn what_is_printed_is_compared_but_for_sizes() {
    assert!(shows("a  446 kB  35 pages\n", "a  1.2 MB  35 pages\n"));
    assert!(!shows("a  446 kB  35 pages\n", "a  446 kB  36 pages\n"));
    assert!(shows("a\n…\nd\n", "a\nb\nc\nd\n"));
    assert!(!shows("a\n…\nd\n", "a\nb\nc\n"));
    assert!(!shows("a\n", "a\nb\n"));
    let json = r#"{"path":"a","bytes":12,"pages":35,"sha256":"0f"}"#;
    assert!(shows(json, &json.replace("12", "9").replace("0f", "1e")));
    assert!(!shows(json, &json.replace("35", "36")));
    let found = blocks("x\n  ```sh a b\n  one\n\n  two\n  ```\n```yaml\nz\n```\n");
    assert_eq!(found[0].text, "one\n\ntwo\n");
    assert_eq!((found[0].line, found[1].info.as_str()), (3, "yaml"));
}
