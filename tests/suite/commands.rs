//! The commands next to the export.

use crate::program::Desk;

#[test]
fn a_language_of_ones_own_is_a_file_beside_the_source() {
    let desk = Desk::with_report();
    let words = std::fs::read_to_string(crate::made::project("layouts/strings/en.yaml")).unwrap();
    desk.write(
        "layouts/strings/tlh.yaml",
        &words.replace("Took the floor", "jatlhpu’"),
    );
    desk.replace("source/report.yaml", "language: en-GB", "language: tlh");
    let ran = desk.run(&["-f", "txt", "-o", "-"]);
    // All but these words is English still, which is said.
    assert!(ran.stderr.contains("are still English"), "{}", ran.stderr);
    assert!(ran.stdout.contains("jatlhpu’"), "{}", ran.stdout);
    assert!(desk.run(&["list"]).stdout.contains(" tlh "));
}

#[test]
fn help_and_version_are_exit_code_0_and_show_the_exit_codes() {
    let desk = Desk::empty();
    for line in [&["--help"][..], &["-h"], &["help"]] {
        let help = desk.run(line).printed();
        for (code, meaning) in gmg_export::base::diagnostic::EXIT_CODES {
            assert!(
                help.contains(&format!("  {code:<3}  {meaning}")),
                "{code} in {help}"
            );
        }
        assert!(help.contains("PowerShell"), "{help}");
    }
    let version = desk.run(&["-V"]).printed();
    assert_eq!(
        version,
        concat!("gmg-export ", env!("CARGO_PKG_VERSION"), "\n")
    );
    for command in [
        "check",
        "verify",
        "approve",
        "preflight",
        "schema",
        "list",
        "explain",
        "init",
        "layout",
        "completions",
        "man",
    ] {
        desk.run(&[command, "--help"]).is_done();
        assert!(
            desk.run(&["--help"])
                .stdout
                .contains(&format!("\n  {command} ")),
            "{command}"
        );
    }
}

#[test]
fn every_exit_code_that_a_diagnostic_can_have_is_in_the_table_once() {
    use gmg_export::base::diagnostic::{EXIT_CODES, Kind};
    let kinds = [
        Kind::Differs,
        Kind::Usage,
        Kind::Source,
        Kind::Layout,
        Kind::Io,
        Kind::Limit,
        Kind::Internal,
    ];
    let codes = kinds.iter().map(|kind| kind.exit_code()).chain([0, 130]);
    for code in codes {
        assert_eq!(
            EXIT_CODES
                .iter()
                .filter(|(known, _)| *known == code)
                .count(),
            1,
            "{code}"
        );
    }
}

#[test]
fn a_report_to_start_from_builds_at_once_and_is_not_written_over() {
    let desk = Desk::empty();
    let ran = desk.run(&["init", "new/report"]);
    assert!(
        ran.is_done()
            .stdout
            .contains("gmg-export new/report --format all --out new/report/out"),
        "{}",
        ran.stdout
    );
    desk.run(&["new/report", "--format", "all", "--out", "new/report/out"])
        .is_done();
    let page = desk.read("new/report/source/report.yaml");
    desk.run(&["init", "new/report"]).fails(
        5,
        "\
error[E0906]: the folder `new/report` is not empty: `.gitignore` is in it
  = hint: give a folder that is not there yet
`gmg-export explain E0906` says more
",
    );
    desk.run(&["init", "new/report/README.md"])
        .fails_with(5, &["is not a folder"]);
    assert_eq!(desk.read("new/report/source/report.yaml"), page);
}

#[test]
fn each_kind_of_report_to_start_from_passes_every_check_of_a_release() {
    let desk = Desk::empty();
    for kind in ["meeting", "annual", "study", "guide"] {
        desk.run(&["init", kind, "--kind", kind]).is_done();
        desk.run(&["release", kind, "--out", &format!("{kind}/release")])
            .is_done();
    }
    desk.run(&["init", "other", "--kind", "letter"])
        .fails_with(2, &["[possible values: meeting, annual, study, guide]"]);
}

#[test]
fn records_are_approved_and_verified() {
    let desk = Desk::with_report();
    let ran = desk.run(&["verify"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout
            .contains("my-report.screen.pdf: there is no golden record yet"),
        "{}",
        ran.stdout
    );
    let ran = desk.run(&["approve"]);
    assert!(
        ran.is_done()
            .stdout
            .contains("added     tests/golden/my-report.screen.txt/"),
        "{}",
        ran.stdout
    );
    assert!(
        desk.run(&["verify"])
            .is_done()
            .stdout
            .starts_with("ok: 7 records as approved")
    );
    // A record is of the report, not of a build.
    let dated = desk
        .command(&["verify"])
        .env("SOURCE_DATE_EPOCH", "1")
        .output()
        .unwrap();
    assert_eq!(dated.status.code(), Some(0));
    desk.replace(
        "source/meetings/first.yaml",
        "compared walls with meadows",
        "compared dykes with meadows",
    );
    let ran = desk.run(&["verify"]);
    ran.fails_with(1, &["7 of 7 records not as approved", "gmg-export approve"]);
    assert!(
        ran.stdout.contains("\n-") && ran.stdout.contains("dykes"),
        "{}",
        ran.stdout
    );
    let ran = desk.run(&["approve", "-q"]);
    assert_eq!(ran.is_done().stdout, "");
    desk.run(&["verify"]).is_done();
    desk.write("tests/golden/my-report.screen.odt/x.txt", "")
        .write("tests/golden/other.screen.odt/x.txt", "");
    let ran = desk.run(&["verify"]);
    ran.fails_with(1, &["1 record too many"]);
    assert!(
        ran.stdout.contains("my-report.screen.odt") && !ran.stdout.contains("other"),
        "{}",
        ran.stdout
    );
    desk.run(&["verify", "--golden", "nowhere"])
        .fails_with(1, &["7 of 7"]);
    let ran = desk.run(&["verify", "--golden", "nowhere", "--message-format", "json"]);
    let unrecorded =
        "\"code\":\"E0701\",\"severity\":\"error\",\"message\":\"there is no golden record yet";
    assert_eq!(ran.stderr.matches(unrecorded).count(), 7, "{}", ran.stderr);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
}

#[test]
fn a_layout_of_ones_own_is_found_beside_the_source_and_by_its_path() {
    let desk = Desk::with_report();
    desk.write(
        "layouts/wide/layout.yaml",
        "description: Wide\nextends: screen\ndigest: {width: 100}\n",
    );
    let widest = |arguments: &[&str]| {
        let ran = desk.run(&[&["-f", "txt", "-o", "-"], arguments].concat());
        ran.is_done()
            .stdout
            .lines()
            .map(|line| line.chars().count())
            .max()
            .unwrap()
    };
    assert!(widest(&[]) <= 72);
    assert!(widest(&["--layout", "wide"]) > 72);
    assert!(widest(&["--layout", "./layouts/wide"]) > 72);
    assert!(
        desk.run(&["list"])
            .is_done()
            .stdout
            .contains("\n  wide         Wide\n")
    );
    desk.write(
        "layouts/screen/layout.yaml",
        "extends: screen\ndigest: {width: 50}\n",
    );
    assert!(widest(&[]) <= 50, "the layout next to the source wins");
}

#[test]
fn completions_and_the_manual_know_the_formats_and_commands() {
    let desk = Desk::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.run(&["completions", shell]).printed();
        for word in ["format", "approve", "layout"] {
            assert!(script.contains(word), "{word} for {shell}");
        }
        // The others complete no values.
        let values = ["bash", "zsh", "fish"].contains(&shell);
        assert_eq!(script.contains("docx"), values, "{shell}");
    }
    let page = desk.run(&["man"]).printed();
    assert!(page.contains(".TH gmg-export 1"), "{page}");
    assert!(
        page.contains("Exit codes") && page.contains("SOURCE"),
        "{page}"
    );
    let page = desk.run(&["man", "verify"]).printed();
    assert!(
        page.contains(".TH gmg-export-verify 1") && page.contains("golden"),
        "{page}"
    );
    let ran = desk.run(&["man", "novel"]);
    ran.fails_with(
        2,
        &["there is no command `novel`", "check, verify, approve"],
    );
}

#[test]
fn the_list_has_every_format_layout_and_language() {
    let list = Desk::empty().run(&["list"]).printed();
    for backend in gmg_export::verify::format::BACKENDS {
        assert!(
            list.contains(&format!(
                "  {:11}  {}\n",
                backend.name(),
                backend.description()
            )),
            "{list}"
        );
    }
    assert!(
        list.contains("\nLayouts\n  full-text  ")
            && list.contains("\n  screen       ")
            && list.contains("\n  large-print  Large print on A4 (text in 18 pt, one column)"),
        "{list}"
    );
    assert!(
        list.ends_with(
            "\nLanguages\n  ar cs da de en en-US es fr fr-CA fr-CH he it ja ko nb nl pl pt pt-BR ru sv tr uk zh zh-Hant\n"
        ),
        "{list}"
    );
}

#[test]
fn a_layout_that_is_written_out_makes_the_pages_of_the_one_that_it_extends() {
    let desk = Desk::empty();
    desk.run(&["init", "."]).is_done();
    for base in ["screen", "large-print"] {
        let name = format!("my-{base}");
        desk.run(&["layout", "init", &name, "--extends", base])
            .is_done();
        let pages = |layout: &str| {
            let file = format!("{layout}.pdf");
            desk.run(&["--format", "pdf", "--layout", layout, "-o", &file])
                .is_done();
            let bytes = std::fs::read(desk.path(&file)).expect("a file");
            gmg_export::verify::golden::pdf::inspect(&bytes)
                .expect("a PDF file")
                .pages
        };
        assert!(pages(&name) == pages(base), "{base}");
        desk.run(&["layout", "init", &name])
            .fails_with(5, &["E0906"]);
    }
    desk.run(&["layout", "init", "screen"])
        .fails_with(2, &["the program has a layout or folder `screen`"]);
    desk.run(&["layout", "init", "x", "--extends", "scren"])
        .fails_with(4, &["did you mean `screen`?"]);
    assert!(
        desk.run(&["layout", "words", "fr-BE"])
            .printed()
            .contains("contents: ")
    );
    desk.run(&["layout", "words", "tlh"])
        .fails_with(3, &["E0410"]);
}
