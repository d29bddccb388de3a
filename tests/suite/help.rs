//! What the program says of itself: help with examples, the version, scripts for shells.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, Stdio};

use clap::CommandFactory;
use gmg_export::app::cli::{Cli, EXAMPLES};
use gmg_export::app::{command, version};

use crate::program::Desk;

/// Names of all commands; the empty one is an export.
fn commands() -> BTreeSet<String> {
    let mut names = BTreeSet::from([String::new()]);
    let cli = Cli::command();
    names.extend(
        cli.get_subcommands()
            .map(|known| known.get_name().to_owned()),
    );
    names
}

#[test]
fn every_command_has_examples_in_its_help() {
    let desk = Desk::empty();
    let with_examples: BTreeSet<String> = EXAMPLES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(with_examples, commands());
    for (name, lines) in EXAMPLES {
        let help = desk.run(&[&[*name][..usize::from(!name.is_empty())], &["--help"]].concat());
        let help = help.printed();
        assert!(help.contains("Examples:\n"), "{name}: {help}");
        for (line, does) in *lines {
            assert!(help.contains(line) && help.contains(does), "{line}: {help}");
        }
    }
}

#[test]
fn every_example_is_a_command_line_of_its_command() {
    for (name, lines) in EXAMPLES {
        assert!(!lines.is_empty(), "{name}");
        for (line, _) in *lines {
            let cli = command::parse(line.split(' ').map(OsString::from));
            assert!(cli.is_ok(), "{line}: {}", cli.unwrap_err());
            assert!(
                line.starts_with(&format!("gmg-export {name}")),
                "{line} for {name}"
            );
        }
    }
}

#[test]
fn the_version_says_what_the_program_is_made_of() {
    let desk = Desk::empty();
    let said = desk.run(&["--version"]).printed();
    let expected = format!(
        "{}\ncommit    {}\ntypst     {}\nprintpdf  {}\ndocx-rs   {}\nlayouts   {} ({})\n",
        version::tool(),
        version::commit().unwrap_or("unknown"),
        version::typst(),
        version::printpdf().unwrap(),
        version::docx_rs().unwrap(),
        version::layouts(),
        version::layout_names().join(", "),
    );
    assert_eq!(said, expected);
    assert_eq!(
        desk.run(&["-V"]).printed(),
        format!("{}\n", version::tool())
    );
}

#[test]
fn the_commit_is_the_one_that_is_checked_out() {
    let git = Command::new("git")
        .args(["rev-parse", "HEAD"])
        .current_dir(crate::made::project("."))
        .stderr(Stdio::null())
        .output();
    let Ok(git) = git else {
        return;
    };
    // Not in a repository of its own, such as an unpacked archive.
    if git.status.success() && crate::made::project(".git").exists() {
        let commit = String::from_utf8(git.stdout).unwrap();
        assert_eq!(version::commit(), Some(commit.trim()));
    }
}

#[test]
fn every_command_has_a_manual_page_with_its_examples() {
    let desk = Desk::empty();
    for name in commands() {
        let name: &[&str] = if name.is_empty() { &[] } else { &[&name] };
        let page = desk.run(&[&["man"], name].concat()).printed();
        assert!(page.contains("Examples:") && page.contains(".SH"), "{page}");
    }
}

#[test]
fn shells_that_are_here_can_read_their_completions() {
    let desk = Desk::empty();
    for (shell, check) in [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")] {
        let script = desk.run(&["completions", shell]).printed();
        assert!(script.contains("show-config"), "{shell}");
        let started = Command::new(shell).arg(check).stdin(Stdio::piped()).spawn();
        let Ok(mut started) = started else {
            continue;
        };
        let mut input = started.stdin.take().unwrap();
        input.write_all(script.as_bytes()).unwrap();
        drop(input);
        assert!(started.wait().unwrap().success(), "{shell}");
    }
}
