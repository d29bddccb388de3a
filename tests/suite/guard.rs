//! Work without end is ended: by a diagnostic that says what was being worked on, with a documented exit code.

#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use crate::program::{Desk, Ran};

/// Longest time that a run may take; builds without optimisation and busy machines are slow.
const LONGEST: Duration = Duration::from_secs(200);

fn run(desk: &Desk, arguments: &[&str]) -> Ran {
    let start = Instant::now();
    let ran = desk.run(arguments);
    assert!(
        start.elapsed() < LONGEST,
        "{arguments:?}: {:?}",
        start.elapsed()
    );
    ran
}

/// A report whose picture is a drawing with these elements.
fn drawing(elements: &str, side: u32) -> Desk {
    let desk = Desk::with_report();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{side}\" height=\"{side}\">{elements}</svg>"
    );
    desk.write("source/images/river.svg", &svg);
    desk
}

#[test]
fn drawings_that_reach_without_end_are_refused_with_their_place() {
    for elements in [
        r#"<path d="M 0 0 L 1e38 1e38 L -1e38 1e38z" stroke="red" stroke-width="1e30"/>"#,
        r#"<path d="M 0 0 L 9 9" stroke="red" stroke-width="1e30"/>"#,
        r#"<filter id="f" x="-1000000" y="-1000000" width="2000000" height="2000000" filterUnits="userSpaceOnUse"><feFlood flood-color="red"/></filter><rect width="50" height="50" filter="url(#f)"/>"#,
        r#"<rect x="-2e9" width="4e9" height="5"/>"#,
    ] {
        let desk = drawing(elements, 100);
        run(&desk, &["check"]).fails_with(
            3,
            &[
                "error[E0252]",
                "draws far beyond its own size",
                "source/introduction.yaml:41",
            ],
        );
    }
    drawing(r#"<rect x="-50" width="400" height="5"/>"#, 100)
        .run(&["check"])
        .is_done();
}

#[test]
fn drawings_whose_filters_never_end_name_their_file() {
    let endless = r#"<filter id="f"><feTurbulence baseFrequency="0.5" numOctaves="1000000000"/></filter><rect width="50" height="50" filter="url(#f)"/>"#;
    run(&drawing(endless, 100), &["check", "--max-time", "1"])
        .fails_with(6, &["reading the picture `source/images/river.svg`"]);
}

#[test]
fn templates_that_never_end_or_ask_for_all_memory_name_their_layout() {
    for cover in [
        "\"a\" * 100000000000",
        "{ let a = \"a\"; while true { a = a + a }; a }",
        "{ let a = (1,); while true { a = a + a }; a }",
        "{ let n = 0; while true { n = n + 1; if n > 5 { n = 0 } } }",
    ] {
        let desk = Desk::with_report();
        desk.write("layouts/mine/layout.yaml", "extends: screen\n");
        desk.write(
            "layouts/mine/cover.typ",
            &format!("#let cover(..a) = {cover}\n"),
        );
        let ran = run(&desk, &["-f", "pdf", "--layout", "mine", "--max-time", "2"]);
        // Of some loops the typesetter itself finds out.
        assert!(
            matches!(ran.code, 4 | 6),
            "{cover}: {} {}",
            ran.code,
            ran.stderr
        );
        assert!(ran.stderr.contains("mine"), "{cover}: {}", ran.stderr);
        assert!(!ran.stderr.contains("memory allocation"), "{}", ran.stderr);
        assert!(!desk.path("out").exists(), "{cover}");
    }
}

#[test]
fn a_pdf_file_that_asks_for_all_memory_is_named() {
    let desk = Desk::empty();
    let objects = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n";
    let table = "3 0 obj\n<</Type/XRef/Size 2000000000/W[0 0 0]/Index[0 2000000000]/Root 1 0 R/Length 0>>\nstream\n\nendstream\nendobj\n";
    let pdf = format!("{objects}{table}startxref\n{}\n%%EOF", objects.len());
    desk.write("a.pdf", &pdf);
    let ran = run(&desk, &["preflight", "a.pdf", "--max-memory", "200"]);
    assert!(matches!(ran.code, 5 | 6), "{} {}", ran.code, ran.stderr);
    assert!(ran.stderr.contains("a.pdf"), "{}", ran.stderr);
}

#[test]
fn a_report_may_lower_its_limits_and_not_raise_them() {
    let desk = Desk::with_report();
    desk.write("gmg-export.yaml", "limits:\n  memory: 900000\n  pages: 3\n");
    let shown = desk.run(&["--show-config"]).printed();
    assert!(shown.contains("max-memory      900000"), "{shown}");
    // What it may be is not more than usual.
    run(&desk, &["-f", "pdf"]).fails_with(6, &["error[E1019]", "and a file may have 3"]);
    assert!(!desk.path("out").exists());
    assert_eq!(run(&desk, &["-f", "pdf", "--max-pages", "100"]).code, 0);
    for (wrong, field) in [
        ("memory: lots", "memory"),
        ("time: 0", "limits.time"),
        ("disk: 3", "disk"),
    ] {
        desk.write("gmg-export.yaml", &format!("limits:\n  {wrong}\n"));
        desk.run(&["check"])
            .fails_with(2, &["gmg-export.yaml:2", field]);
    }
}
