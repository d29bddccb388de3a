//! `gmg-export preflight`: what a print shop would object to in a file.

use crate::made::project;
use crate::program::Desk;

/// A folder with the small report as a PDF file for the screen.
fn desk() -> Desk {
    let desk = Desk::empty();
    let source = project("tests/cases/harbour/source");
    let source = source.to_string_lossy();
    assert_eq!(desk.run(&[&source, "-o", "screen.pdf"]).code, 0);
    desk
}

#[test]
fn a_file_for_the_screen_is_refused_in_plain_words() {
    let desk = desk();
    let ran = desk.run(&["preflight", "screen.pdf", "--signature", "64"]);
    ran.fails_with(
        1,
        &[
            "error[E0801]: not ready for the printer: ",
            " errors, ",
            "--> screen.pdf",
        ],
    );
    for part in [
        "the file\n  error[E0805]: ",
        "\npage 1\n  error[E08",
        "does not say which press and paper it is made for (output intent) [output-intent-missing]",
        "does not say where the page is cut (TrimBox) [trim-box-missing]",
        "black text is not printed in black ink alone but as ",
        "in the colours of a screen (",
        "pages do not fill signatures of 64 [page-count]\n    hint: add ",
        "\n    at: text “",
        "export it with `--format press`",
    ] {
        assert!(ran.stdout.contains(part), "{part} in {}", ran.stdout);
    }
    assert!(!ran.stdout.contains("font-not-embedded"), "{}", ran.stdout);
}

#[test]
fn programs_read_a_issue_a_line_with_its_page_and_a_summary() {
    let desk = desk();
    let ran = desk.run(&["preflight", "screen.pdf", "--message-format", "json"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    let lines: Vec<serde_json::Value> = ran
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (summary, issues) = lines.split_last().unwrap();
    let errors = issues
        .iter()
        .filter(|one| one["severity"] == "error")
        .count();
    assert_eq!(summary["event"], "summary");
    assert_eq!(summary["errors"], errors);
    assert_eq!(summary["exit_code"], 1);
    let black = issues
        .iter()
        .find(|one| one["rule"] == "text-not-black-only")
        .unwrap();
    assert_eq!(black["code"], "E0822");
    assert_eq!(black["file"], "screen.pdf");
    assert!(
        black["page"].as_u64() > Some(0)
            && black["object"].as_str().unwrap().starts_with("text “")
            && black["count"].as_u64() > Some(0),
        "{black}"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_of_its_own() {
    let desk = desk();
    desk.write("text.pdf", "Dear printer,\n");
    let whole = std::fs::read(desk.path("screen.pdf")).unwrap();
    std::fs::write(desk.path("half.pdf"), &whole[..whole.len() / 2]).unwrap();
    for name in ["text.pdf", "half.pdf"] {
        let ran = desk.run(&["preflight", name]);
        ran.fails_with(
            5,
            &[
                "error[E0802]: the PDF file cannot be read: ",
                name,
                "hint: it may be damaged",
            ],
        );
        assert_eq!(ran.stdout, "");
    }
    desk.run(&["preflight", "nowhere.pdf"])
        .fails_with(5, &["there is no file `nowhere.pdf`"]);
    let ran = desk.run(&["preflight", "screen.pdf", "--profile", "text.pdf"]);
    ran.fails_with(
        5,
        &[
            "error[E0803]: the profile is no ICC profile",
            "text.pdf",
            "hint: ask the printer",
        ],
    );
    desk.run(&["preflight", "screen.pdf", "--max-ink", "9000"])
        .fails_with(2, &["--max-ink"]);
}
