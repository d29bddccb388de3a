//! The command line: exit codes, messages in full, and what each command prints.

use std::process::Stdio;

use crate::program::{Desk, Ran};

#[test]
fn an_export_says_one_line_for_each_file() {
    let desk = Desk::with_report();
    let ran = desk.run(&["--format", "all"]);
    let lines: Vec<Vec<&str>> = ran
        .is_done()
        .stdout
        .lines()
        .map(|line| line.split("  ").collect())
        .collect();
    assert_eq!(lines.len(), 3, "{}", ran.stdout);
    for (line, name) in lines.iter().zip(["pdf", "docx", "txt"]) {
        assert_eq!(line[0], format!("out/my-report.{name}"));
        assert!(
            line[1].ends_with("kB") && line[line.len() - 1].ends_with('s'),
            "{line:?}"
        );
    }
    assert!(lines[0][2].ends_with(" pages"), "{lines:?}");
    assert_eq!(
        desk.names("out"),
        ["my-report.docx", "my-report.pdf", "my-report.txt"]
    );
}

#[test]
fn without_a_source_the_built_in_report_is_exported_and_the_line_says_so() {
    let desk = Desk::empty();
    let ran = desk.run(&[]);
    let said = &ran.is_done().stdout;
    assert!(said.starts_with("out/gmg-2016.pdf  "), "{said}");
    assert!(
        said.ends_with("  (of the report built into gmg-export)\n"),
        "{said}"
    );
    assert!(
        std::fs::read(desk.path("out/gmg-2016.pdf"))
            .unwrap()
            .starts_with(b"%PDF-")
    );
}

#[test]
fn the_source_is_found_by_folder_by_file_and_by_project() {
    let desk = Desk::with_report();
    let whole = desk.run(&["check"]).printed();
    assert!(
        whole.starts_with("ok: 4 chapters, 1 panel, 4 people, 4 speakers, "),
        "{whole}"
    );
    std::fs::create_dir(desk.path("elsewhere")).unwrap();
    for (folder, source) in [
        (".", "source"),
        (".", "source/"),
        (".", "source/report.yaml"),
        (".", "."),
        ("source", "report.yaml"),
        ("source", "."),
        ("elsewhere", ".."),
        ("elsewhere", "../source"),
    ] {
        let output = desk
            .command(&["check", source])
            .current_dir(desk.path(folder))
            .output()
            .unwrap();
        assert_eq!(
            Ran::from(output).is_done().stdout,
            whole,
            "{source} in {folder}"
        );
    }
    let output = desk
        .command(&["check"])
        .current_dir(desk.path("source"))
        .output()
        .unwrap();
    assert_eq!(Ran::from(output).is_done().stdout, whole);
}

#[test]
fn files_are_named_in_messages_as_they_were_typed() {
    let desk = Desk::with_report();
    desk.replace("source/introduction.yaml", "org:network", "org:netwerk");
    for (folder, source, shown) in [
        (".", "source", "source/introduction.yaml:"),
        (".", "source/report.yaml", "source/introduction.yaml:"),
        ("source", ".", " introduction.yaml:"),
        ("out", "../source/", "../source/introduction.yaml:"),
    ] {
        std::fs::create_dir_all(desk.path(folder)).unwrap();
        let output = desk
            .command(&["check", source])
            .current_dir(desk.path(folder))
            .output()
            .unwrap();
        Ran::from(output).fails_with(3, &[shown]);
    }
}

#[test]
fn a_mistake_in_the_yaml_is_shown_with_its_line() {
    let desk = Desk::with_report();
    desk.replace(
        "source/report.yaml",
        "title: Meetings on",
        "title: Rivers: Meetings on",
    );
    desk.run(&[]).fails(
        3,
        "\
error: the value holds a colon followed by a space, which YAML takes for a field
  --> source/report.yaml:10:14 (title)
   |
10 | title: Rivers: Meetings on safe and shared rivers
   |              ^
   = hint: put the value into quotation marks: title: \"Rivers: Meetings on safe and shared rivers\"
",
    );
    assert!(!desk.path("out").exists());
}

#[test]
fn an_unknown_key_is_shown_with_the_one_that_is_meant() {
    let desk = Desk::with_report();
    desk.replace("source/report.yaml", "subtitle:", "subtitel:");
    desk.run(&[]).fails(
        3,
        "\
error: there is no field `subtitel` here
  --> source/report.yaml:15:1 (subtitel)
   |
15 | subtitel: Report of the meeting held in Alder Bridge in 2026
   | ^^^^^^^^
   = hint: did you mean `subtitle`?
",
    );
}

#[test]
fn all_mistakes_of_a_source_are_shown_at_once_and_counted() {
    let desk = Desk::with_report();
    desk.replace(
        "source/meetings/first.yaml",
        "speaker: okafor",
        "speaker: okafour",
    );
    desk.replace(
        "source/introduction.yaml",
        "(#first-meeting)",
        "(#first-meting)",
    );
    desk.run(&["-f", "txt"]).fails(
        3,
        "\
error: nothing in the report has the id `first-meting`
  --> source/introduction.yaml:14:24 (section.text)
   |
14 |     The answers are in [the record of the meeting](#first-meting).[^answers]
   |                        ^
   = hint: did you mean `first-meeting`?
error: there is no person `okafour`
  --> source/meetings/first.yaml:44:20 (meeting.sections[2].interventions[0].speaker)
   |
44 |         - speaker: okafour
   |                    ^^^^^^^
   = hint: did you mean `okafor`?
2 errors
",
    );
    assert!(!desk.path("out").exists());
}

#[test]
fn a_chapter_that_is_not_there_is_a_mistake_of_the_source() {
    let desk = Desk::with_report();
    desk.replace(
        "source/report.yaml",
        "  - foreword.yaml\n",
        "  - forword.yaml\n",
    );
    desk.run(&[]).fails_with(
        3,
        &[
            "there is no file `source/forword.yaml`",
            "source/report.yaml:",
        ],
    );
}

#[test]
fn a_language_without_words_is_shown_where_it_stands_with_all_else_that_is_wrong() {
    let desk = Desk::with_report();
    desk.replace("source/report.yaml", "language: en-GB", "language: tlh");
    desk.replace(
        "source/introduction.yaml",
        "(#first-meeting)",
        "(#first-meting)",
    );
    let ran = desk.run(&["check"]);
    ran.fails_with(
        3,
        &[
            "no fixed words for the language `tlh`",
            "source/report.yaml:7:11 (language)",
            "first-meting",
            "2 errors",
        ],
    );
    let desk = Desk::with_report();
    desk.replace(
        "source/report.yaml",
        "language: en-GB",
        "language: english-language",
    );
    let ran = desk.run(&["check"]);
    ran.fails_with(3, &["english-language"]);
    assert_eq!(ran.stderr.matches("error").count(), 1, "{}", ran.stderr);
}

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
    assert!(ran.is_done().stdout.contains("jatlhpu’"), "{}", ran.stdout);
    assert!(desk.run(&["list"]).stdout.contains(" tlh "));
}

#[test]
fn a_source_that_is_not_there_is_no_other_report() {
    let desk = Desk::empty();
    desk.run(&["nowhere"]).fails(
        5,
        "\
error: there is no file or folder `nowhere`
  = hint: give the folder that holds report.yaml; `gmg-export init DIR` makes a new report
",
    );
    desk.run(&["chekc"])
        .fails_with(5, &["for the command write `gmg-export check`"]);
    desk.write("empty/readme.txt", "").write("a.yaml", "");
    desk.run(&["empty"])
        .fails_with(5, &["the folder `empty` holds no report.yaml"]);
    desk.run(&["a.yaml"]).fails_with(
        5,
        &["`a.yaml` is neither a folder nor a file called report.yaml"],
    );
    desk.write("source/Report.yml", "id: x");
    desk.run(&[]).fails_with(
        5,
        &["there is `source/Report.yml`", "rename it to report.yaml"],
    );
    assert!(!desk.path("out").exists());
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let desk = Desk::with_report();
    let lines: &[&[&str]] = &[
        &["--formats", "pdf"],
        &["--format", "odt"],
        &["--format", "pdf,"],
        &["--out"],
        &["--out", ""],
        &["-o", "x.pdf", "--out", "out"],
        &["-o", "x", "--format", "pdf,txt"],
        &["-o", "-", "--format", "all"],
        &["-o", "x.docx", "--format", "pdf"],
        &["--color", "sometimes"],
        &["source", "source"],
        &["--format", "pdf", "check"],
        &["schema", "novel"],
        &["init"],
        &["completions", "tcsh"],
    ];
    for line in lines {
        let ran = desk.run(line);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (2, ""),
            "{line:?}: {}",
            ran.stderr
        );
        assert!(
            ran.stderr.starts_with("error: "),
            "{line:?}: {}",
            ran.stderr
        );
    }
    assert!(!desk.path("out").exists());
}

#[test]
fn the_format_follows_the_name_of_the_file_and_never_contradicts_it() {
    let desk = Desk::with_report();
    desk.run(&["-o", "new/Report.TXT"]).is_done();
    assert!(
        desk.read("new/Report.TXT")
            .contains("SAFE AND SHARED RIVERS")
    );
    desk.run(&["-o", "report.docx"]).is_done();
    assert!(
        std::fs::read(desk.path("report.docx"))
            .unwrap()
            .starts_with(b"PK")
    );
    desk.run(&["-o", "x.txt", "-f", "docx"]).fails(
        2,
        "\
error: `x.txt` would hold docx, but its name says txt
  = hint: give the file another ending, or ask for the other format
",
    );
    desk.run(&["-o", "named.bin", "-f", "txt"]).is_done();
}

#[test]
fn help_and_version_are_exit_code_0_and_show_the_exit_codes() {
    let desk = Desk::empty();
    for line in [&["--help"][..], &["-h"], &["help"]] {
        let help = desk.run(line).printed();
        for (code, meaning) in gmg_export::diagnostic::EXIT_CODES {
            assert!(
                help.contains(&format!("  {code:<3}  {meaning}")),
                "{code} in {help}"
            );
        }
        assert!(help.contains("PowerShell"), "{help}");
    }
    let version = desk.run(&["--version"]).printed();
    assert_eq!(
        version,
        concat!("gmg-export ", env!("CARGO_PKG_VERSION"), "\n")
    );
    for command in [
        "check",
        "verify",
        "approve",
        "schema",
        "list",
        "init",
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
fn every_exit_code_that_a_finding_can_have_is_in_the_table_once() {
    use gmg_export::diagnostic::{EXIT_CODES, INTERNAL, Kind};
    let kinds = [
        Kind::Differs,
        Kind::Usage,
        Kind::Source,
        Kind::Layout,
        Kind::Io,
    ];
    let codes = kinds
        .iter()
        .map(|kind| kind.exit_code())
        .chain([0, INTERNAL, 130]);
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
fn a_bad_date_is_refused_and_a_good_one_is_in_the_files() {
    let desk = Desk::with_report();
    let with = |value: &str| {
        Ran::from(
            desk.command(&["-f", "docx"])
                .env("SOURCE_DATE_EPOCH", value)
                .output()
                .unwrap(),
        )
    };
    for value in ["", "-1", "yesterday", "1.5", "999999999999999"] {
        with(value).fails(2, &format!("\
error: SOURCE_DATE_EPOCH is `{value}`, not a number of seconds
  = hint: set it to seconds since 1970-01-01 UTC, digits only and at most 253402300799, or unset it for the report's own date
"));
    }
    assert!(!desk.path("out").exists());
    let mut files = Vec::new();
    for value in ["0", "1700000000", "1700000000"] {
        with(value).is_done();
        files.push(std::fs::read(desk.path("out/my-report.docx")).unwrap());
    }
    assert_eq!(files[1], files[2]);
    assert_ne!(files[0], files[1]);
}

#[test]
fn quiet_says_nothing_and_colours_come_only_when_asked_for() {
    let desk = Desk::with_report();
    assert_eq!(desk.run(&["-q", "-f", "txt"]).is_done().stdout, "");
    assert_eq!(desk.run(&["check", "--quiet"]).is_done().stdout, "");
    let coloured = |arguments: &[&str]| desk.run(arguments).stderr.contains('\u{1b}');
    assert!(!coloured(&["nowhere"]));
    assert!(coloured(&["nowhere", "--color", "always"]));
    assert!(coloured(&["--color=always", "check", "nowhere"]));
    assert!(!coloured(&["nowhere", "--color", "never"]));
    let forced = desk
        .command(&["nowhere"])
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(!forced.stderr.contains(&0x1b));
}

#[test]
fn standard_output_takes_the_bytes_of_the_file() {
    let desk = Desk::with_report();
    for format in ["pdf", "docx", "txt"] {
        desk.run(&["-f", format]).is_done();
        let output = desk.command(&["-f", format, "-o", "-"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stderr.is_empty());
        assert!(
            output.stdout == std::fs::read(desk.path(&format!("out/my-report.{format}"))).unwrap(),
            "{format}"
        );
    }
}

#[test]
fn a_reader_that_goes_away_is_exit_code_5_and_no_panic() {
    let desk = Desk::with_report();
    let closed = |arguments: &[&str]| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = desk.command(arguments);
        Ran::from(
            command
                .stdout(writer)
                .stderr(Stdio::piped())
                .output()
                .unwrap(),
        )
    };
    for line in [
        &["-f", "txt", "-o", "-"][..],
        &["schema"],
        &["list"],
        &["man"],
        &["completions", "bash"],
    ] {
        closed(line).fails(
            5,
            "error: whoever reads standard output stopped before everything was written\n",
        );
    }
    // The file is whole all the same.
    closed(&["-f", "txt"]).is_done();
    assert!(desk.path("out/my-report.txt").exists());
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
error: the folder `new/report` is not empty: `.gitignore` is in it
  = hint: give a folder that is not there yet
",
    );
    desk.run(&["init", "new/report/README.md"])
        .fails_with(5, &["is not a folder"]);
    assert_eq!(desk.read("new/report/source/report.yaml"), page);
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
            .starts_with("ok: 4 records as approved")
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
    ran.fails_with(1, &["4 of 4 records not as approved", "gmg-export approve"]);
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
        .fails_with(1, &["4 of 4"]);
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
            .contains("\n  wide       Wide\n")
    );
    desk.write(
        "layouts/screen/layout.yaml",
        "extends: screen\ndigest: {width: 50}\n",
    );
    assert!(widest(&[]) <= 50, "the layout beside the source wins");
}

#[test]
fn a_wrong_layout_is_exit_code_4_with_its_place() {
    let desk = Desk::with_report();
    desk.run(&["--layout", "sceen"]).fails(
        4,
        "\
error: there is no layout `sceen`
  = hint: did you mean `screen`?
  = hint: layouts: full-text, screen; for a folder of your own give its path, such as ./my-layout
",
    );
    desk.write(
        "layouts/mine/layout.yaml",
        "extends: screen\nsizes:\n  texxt: 12pt\n",
    );
    desk.run(&["--layout", "mine"]).fails(
        4,
        "\
error: there is no field `texxt` here
 --> layouts/mine/layout.yaml:3:3 (sizes.texxt)
  |
3 |   texxt: 12pt
  |   ^^^^^
  = hint: did you mean `text`?
",
    );
    desk.write("mine/layout.yaml", "extends: screen\n");
    desk.run(&["--layout", "mine/"]).fails_with(0, &[]);
    desk.write("mine/fonts/broken.otf", "no font");
    desk.run(&["--layout", "./mine"])
        .fails_with(4, &["broken.otf` is not a font"]);
}

#[test]
fn a_character_without_a_glyph_is_found_by_check() {
    let desk = Desk::with_report();
    desk.replace(
        "source/foreword.yaml",
        "Rivers do not stop",
        "Rivers 河 do not stop",
    );
    for line in [&["check"][..], &["-f", "pdf"]] {
        desk.run(line)
            .fails_with(3, &["(U+6CB3)", "source/foreword.yaml:9:"]);
    }
}

#[test]
fn a_picture_that_is_not_there_fails_every_format_alike() {
    for (old, new) in [
        ("images/river.svg", "images/nope.png"),
        ("images/river.svg", "images/River.svg"),
        ("images/river.svg", "images"),
    ] {
        let desk = Desk::with_report();
        desk.replace("source/introduction.yaml", old, new);
        let said: Vec<String> = ["pdf", "docx", "txt", "all"]
            .iter()
            .map(|format| {
                let ran = desk.run(&["-f", format]);
                ran.fails_with(
                    3,
                    &[
                        new,
                        "source/introduction.yaml:",
                        "section.sections[0].blocks[1].figure.image",
                    ],
                );
                ran.stderr
            })
            .collect();
        assert!(said.iter().all(|one| *one == said[0]), "{said:?}");
        assert!(!desk.path("out").exists());
    }
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
    assert!(
        page.starts_with(".ie") || page.contains(".TH gmg-export"),
        "{page}"
    );
    assert!(
        page.contains("Exit codes") && page.contains("SOURCE"),
        "{page}"
    );
}

#[test]
fn the_list_has_every_format_layout_and_language() {
    let list = Desk::empty().run(&["list"]).printed();
    for backend in gmg_export::backend::BACKENDS {
        assert!(
            list.contains(&format!(
                "  {:9}  {}\n",
                backend.name(),
                backend.description()
            )),
            "{list}"
        );
    }
    assert!(
        list.contains("\nLayouts\n  full-text  ") && list.contains("\n  screen     "),
        "{list}"
    );
    assert!(
        list.ends_with("\nLanguages\n  ar cs de en es fr it nl pt ru zh\n"),
        "{list}"
    );
}
