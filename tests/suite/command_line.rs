//! An export from the command line: where it reads, what it writes and says, and how it is used wrongly.

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
    assert_eq!(lines.len(), 5, "{}", ran.stdout);
    let files = ["pdf", "press.pdf", "sheets.txt", "docx", "txt"];
    for (line, name) in lines.iter().zip(files) {
        assert_eq!(line[0], format!("out/my-report.{name}"));
        assert!(line[1].ends_with('B'), "{line:?}");
        let timed = line[line.len() - 1].ends_with('s');
        assert_eq!(timed, name != "sheets.txt", "{line:?}");
    }
    assert!(lines[0][2].ends_with(" pages"), "{lines:?}");
    assert_eq!(
        desk.names("out"),
        [
            "my-report.docx",
            "my-report.pdf",
            "my-report.press.pdf",
            "my-report.sheets.txt",
            "my-report.txt"
        ]
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
        &["--show-config", "check"],
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
            ran.stderr.starts_with("error[E1"),
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
error[E1005]: `x.txt` would hold docx, but its name says txt
  = hint: give the file another ending, or ask for the other format
`gmg-export explain E1005` says more
",
    );
    desk.run(&["-o", "named.bin", "-f", "txt"]).is_done();
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
fn a_reader_that_has_read_enough_is_no_error() {
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
        closed(line).is_done();
    }
    // The file is whole all the same.
    closed(&["-f", "txt"]).is_done();
    assert!(desk.path("out/my-report.txt").exists());
}

#[cfg(unix)]
#[test]
fn standard_output_that_is_closed_is_an_error_and_the_null_device_is_none() {
    let desk = Desk::with_report();
    for asked in [
        "-f txt -o -",
        "list",
        "schema report",
        "explain",
        "man",
        "completions bash",
        "--show-config",
        "--version",
        "--help",
    ] {
        for (end, code) in [(">&-", 5), (">/dev/null", 0)] {
            let mut command = std::process::Command::new("sh");
            let program = desk.command(&[]);
            command
                .current_dir(desk.path("."))
                .args(["-c", &format!("\"$0\" {asked} {end}")])
                .arg(program.get_program());
            let ran = Ran::from(command.output().unwrap());
            assert_eq!(ran.code, code, "{asked} {end}: {}", ran.stderr);
            let said = ran.stderr.contains("it is closed");
            assert_eq!(said, code == 5, "{asked} {end}");
        }
    }
}

#[test]
fn a_text_is_imported_from_standard_input() {
    use std::io::Write;
    let desk = Desk::empty();
    let mut command = desk.command(&["import", "-", "--out", "new"]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input
        .write_all(b"Title\n\nIt is so, and that is all.\n")
        .unwrap();
    drop(input);
    let ran = Ran::from(child.wait_with_output().unwrap());
    ran.is_done();
    assert!(desk.read("new/report.yaml").contains("title: Title"));
}
