use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::*;
use crate::app::command;

/// The settings of a command line in an environment, without a report.
fn settings(line: &str, environment: &[(&str, &str)]) -> Result<Settings, Diagnostics> {
    let cli = command::parse(line.split(' ').map(OsString::from)).unwrap();
    let environment = environment
        .iter()
        .map(|(name, text)| (OsString::from(name), OsString::from(text)));
    Settings::resolve(&cli, environment, None)
}

fn setting(name: &str) -> &'static Setting {
    SETTINGS
        .iter()
        .find(|setting| setting.name == name)
        .unwrap()
}

#[test]
fn every_setting_has_an_option_of_its_name_in_each_of_its_commands() {
    for setting in SETTINGS {
        let mut command = Cli::command();
        command.build();
        let part = match setting.command() {
            "" => &command,
            name => command.find_subcommand(name).unwrap(),
        };
        let option = part
            .get_arguments()
            .find(|option| option.get_long() == Some(setting.name));
        assert_eq!(
            option.unwrap().get_id().as_str(),
            setting.name.replace('-', "_")
        );
        assert!(option.unwrap().get_default_values().is_empty());
    }
}

#[test]
fn what_is_typed_wins_over_the_environment_and_that_over_the_default() {
    let variables = [
        ("GMG_EXPORT_LAYOUT", "print"),
        ("GMG_EXPORT_FORMAT", "PDF,txt"),
    ];
    let all = settings("gmg-export --layout screen", &variables).unwrap();
    assert_eq!(all.export.layout.as_deref(), Some("screen"));
    assert_eq!(all.export.format, ["PDF", "txt"]);
    assert_eq!(all.export.out, None);
    assert_eq!(*all.origin("layout"), Origin::Flag);
    assert_eq!(
        *all.origin("format"),
        Origin::Environment("GMG_EXPORT_FORMAT".into())
    );
    assert_eq!(*all.origin("out"), Origin::Default);
}

#[test]
fn options_of_commands_are_settings_where_they_mean_the_same() {
    let check = settings("gmg-export check --layout print -q", &[]).unwrap();
    assert_eq!(check.export.layout.as_deref(), Some("print"));
    assert!(check.quiet);
    let verify = settings("gmg-export verify --golden a", &[]).unwrap();
    assert_eq!(verify.golden.as_deref(), Some(Path::new("a")));
    let import = settings("gmg-export import a.txt --out b", &[]).unwrap();
    assert_eq!(import.export.out, None, "it is another folder");
    let preflight = settings("gmg-export preflight a.pdf --profile b.icc", &[]).unwrap();
    assert_eq!(preflight.export.press.profile, None);
}

#[test]
fn yes_and_no_are_understood_as_scripts_write_them() {
    for (text, means) in [
        ("yes", true),
        ("true", true),
        ("1", true),
        ("no", false),
        ("false", false),
        ("0", false),
    ] {
        let all = settings("gmg-export", &[("GMG_EXPORT_QUIET", text)]).unwrap();
        assert_eq!(all.quiet, means, "{text}");
    }
    let found = settings("gmg-export", &[("GMG_EXPORT_QUIET", "perhaps")]).unwrap_err();
    assert_eq!(found.exit_code(), 2);
}

#[test]
fn a_flag_can_take_back_what_is_set() {
    let variables = [("GMG_EXPORT_QUIET", "yes"), ("GMG_EXPORT_PROOF", "yes")];
    let all = settings("gmg-export --quiet=no --proof=no", &variables).unwrap();
    assert!(!all.quiet);
    assert_eq!(all.export.press.proof, Some(false));
    assert!(settings("gmg-export -qf txt", &[]).unwrap().quiet);
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let variables = [("GMG_EXPORT_LAYOUT", ""), ("GMG_EXPORT_NOVEL", "")];
    let all = settings("gmg-export", &variables).unwrap();
    assert_eq!(*all.origin("layout"), Origin::Default);
}

#[test]
fn variables_of_others_are_let_be() {
    let variables = [
        ("GMG_EXPORTER", "x"),
        ("LAYOUT", "x"),
        ("gmg_export_layout_", "x"),
    ];
    assert!(cfg!(windows) || settings("gmg-export", &variables).is_ok());
}

#[test]
fn every_wrong_variable_is_named() {
    let variables = [
        ("GMG_EXPORT_LAYUOT", "print"),
        ("GMG_EXPORT_BLEED", "3"),
        ("GMG_EXPORT_FORMAT", "pdf,docs"),
    ];
    let found = settings("gmg-export --bleed 3mm", &variables).unwrap_err();
    assert_eq!(found.exit_code(), 2);
    let said = found.to_string();
    for part in [
        "GMG_EXPORT_BLEED: `3` is no length",
        "GMG_EXPORT_FORMAT: `docs` is not one of the words",
        "did you mean `docx`? The words are: pdf, press",
        "`GMG_EXPORT_LAYUOT` sets nothing",
        "did you mean `GMG_EXPORT_LAYOUT`?",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert_eq!(found.len(), 3);
}

#[test]
fn a_path_in_the_file_is_relative_to_the_file() {
    let root = Path::new("a/b");
    for (name, text, path) in [
        ("out", "made", "a/b/made"),
        ("out", "./made", "a/b/made"),
        ("out", "../made", "a/b/../made"),
        ("out", "/made", "/made"),
        ("layout", "print", "print"),
        ("layout", "./print", "a/b/print"),
        ("profile", "coated", "coated"),
        ("profile", "printer.icc", "a/b/printer.icc"),
        ("bleed", "3mm", "3mm"),
    ] {
        let is = PathBuf::from(setting(name).from(root, text));
        assert_eq!(is, Path::new(path), "{name}: {text}");
        assert_eq!(setting(name).from(Path::new("."), text), text);
    }
}
