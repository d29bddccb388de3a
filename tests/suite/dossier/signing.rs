//! Sign-offs: what they hold for, when they lapse, how they are written.

use super::desk;
use crate::program::Desk;

#[test]
fn a_sign_off_holds_until_what_was_looked_at_changes_and_says_what_has() {
    let desk = desk();
    let status = |id: &str| {
        assert_eq!(desk.run(&["access", "--out", "made", "-q"]).code, 0);
        let names = crate::program::names(&desk.path("made"));
        let name = names
            .iter()
            .find(|name| name.ends_with(".access.json"))
            .expect("a dossier")
            .clone();
        let read: serde_json::Value =
            serde_json::from_str(&desk.read(&format!("made/{name}"))).expect("JSON");
        let all = read["criteria"].as_array().expect("criteria").clone();
        let one = all.iter().find(|one| one["id"] == id).expect("a criterion");
        one["status"].as_str().expect("a status").to_owned()
    };
    assert_eq!(status("14-004"), "open");
    desk.run(&[
        "access",
        "sign",
        "14-004",
        "--by",
        "Ada: “A” #1",
        "--on",
        "2026-11-30",
        "--note",
        "all there",
    ])
    .is_done();
    let file = desk.read("source/access.yaml");
    assert!(
        file.contains("criterion: \"14-004\"") && file.contains("on: 2026-11-30"),
        "{file}"
    );
    assert_eq!(status("14-004"), "signed");
    // Text that is no heading may change.
    desk.run(&["check"]).is_done();
    desk.replace("source/foreword.yaml", "another feels", "others feel");
    assert_eq!(status("14-004"), "signed");
    let chapter = chapter(&desk);
    let line = desk
        .read(&chapter)
        .lines()
        .find(|line| line.trim_start().starts_with("title:"))
        .expect("a title")
        .to_owned();
    let new = format!("{} anew", line);
    desk.replace(&chapter, &line, &new);
    let ran = desk.run(&["access", "--out", "made"]);
    assert!(
        ran.stderr.contains("W0690") && ran.stderr.contains("has changed since"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("is new") && ran.stderr.contains("is gone"),
        "{}",
        ran.stderr
    );
    assert_eq!(status("14-004"), "lapsed");
    desk.run(&[
        "access",
        "sign",
        "14-004",
        "--by",
        "Bea",
        "--on",
        "2026-12-01",
    ])
    .is_done();
    assert_eq!(status("14-004"), "signed");
    desk.run(&["access", "sign", "09-001,18-001", "--by", "Bea"])
        .is_done();
    assert_eq!(
        (status("09-001"), status("18-001")),
        ("signed".into(), "signed".into())
    );
    assert!(
        desk.read("source/access.yaml").starts_with(&file),
        "what was there stays"
    );
}

/// A chapter with a title.
fn chapter(desk: &Desk) -> String {
    let names = crate::program::names(&desk.path("source"));
    let has = |name: &&String| {
        name.ends_with(".yaml")
            && **name != "report.yaml"
            && desk.read(&format!("source/{name}")).contains("section:")
    };
    let name = names.iter().find(has).expect("a chapter");
    format!("source/{name}")
}

#[test]
fn whatever_is_wrong_with_the_sign_offs_is_said_with_its_place() {
    let desk = desk();
    desk.write(
        "source/access.yaml",
        "- criterion: 13-099\n  by: \"\"\n  on: 30 November\n  of: yes\n\
         - {criterion: 13-004, by: Ada, on: 2026-02-30, of: abc}\n",
    );
    for command in [&["check"][..], &["access"]] {
        let ran = desk.run(command);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        for said in [
            "E1272",
            "E1273",
            "E1274",
            "E1275",
            "E1276",
            "access.yaml:1:14",
            "[0].criterion",
            "[1].on",
            "access.yaml:3:7",
        ] {
            assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
        }
    }
    assert!(!desk.path("out").exists(), "nothing is written");
    desk.write("source/access.yaml", "- criterion: 13-005\n  who: Ada\n");
    assert!(desk.run(&["check"]).stderr.contains("who"));
    desk.write("source/access.yaml", "# nothing yet\n");
    desk.run(&["check"]).is_done();
}

#[test]
fn what_cannot_be_signed_is_refused() {
    let desk = desk();
    for (line, code) in [
        (&["access", "sign", "13-004", "--by", "Ada"][..], "E1273"),
        (&["access", "sign", "10.1.1.1", "--by", "Ada"], "E1273"),
        (&["access", "sign", "99-999", "--by", "Ada"], "E1272"),
        (&["access", "sign", "14-001,99-999", "--by", "Ada"], "E1272"),
        (&["access", "sign", "14-001,", "--by", "Ada"], "E1272"),
        (&["access", "sign", "14-001", "--by", " "], "E1276"),
        (
            &["access", "sign", "14-001", "--by", "Ada", "--on", "soon"],
            "E1274",
        ),
        (&["access", "sign", "17-002", "--by", "Ada"], "E1273"),
        (&["access", "sign", "12-001", "--by", "Ada"], "E1277"),
        (&["access", "--layout", "print"], "E1271"),
    ] {
        let ran = desk.run(line);
        assert!(ran.stderr.contains(code), "{line:?}: {}", ran.stderr);
        assert_eq!(ran.code, 2, "{line:?}: {}", ran.stderr);
    }
    assert!(!desk.path("source/access.yaml").exists());
    let built_in = Desk::empty();
    assert!(
        built_in
            .run(&["access", "sign", "14-001", "--by", "Ada"])
            .stderr
            .contains("E1245")
    );
}

/// How some criteria stand now.
fn statuses<const N: usize>(desk: &Desk, ids: [&str; N]) -> [String; N] {
    assert_eq!(desk.run(&["access", "--out", "made", "-q"]).code, 0);
    let names = crate::program::names(&desk.path("made"));
    let name = names
        .iter()
        .find(|name| name.ends_with(".access.json"))
        .expect("a dossier");
    let read: serde_json::Value =
        serde_json::from_str(&desk.read(&format!("made/{name}"))).expect("JSON");
    let all = read["criteria"].as_array().expect("criteria");
    ids.map(|id| {
        let one = all.iter().find(|one| one["id"] == id).expect("a criterion");
        one["status"].as_str().expect("a status").to_owned()
    })
}

/// A square in a colour, as large as another one.
fn square(colour: &str, path: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"90\"><rect width=\"90\" height=\"90\" fill=\"#eee\"/>\
         <path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"4\"/></svg>"
    )
}

#[test]
fn a_sign_off_lapses_with_what_was_looked_at_and_with_nothing_else() {
    let desk = desk();
    let chapter = |more: &str, number: &str| {
        format!(
            "section:\n  id: sums\n  title: Sums\n  text: Here is a sum.{more}\n  blocks:\n    - table:\n        caption: Sums of the year\n        \
             header: [[Year, Sum]]\n        rows:\n          - [\"2024\", \"{number}\"]\n    - figure:\n        id: square\n        \
             image: square.svg\n        alt: A line across a square.\n        caption: A square\n"
        )
    };
    desk.write(
        "source/square.svg",
        &square("#0b3c5d", "M0 0 L 40 80 L 90 90"),
    );
    desk.write("source/sums.yaml", &chapter("", "148"));
    let contents = desk.read("source/report.yaml");
    let first = contents
        .lines()
        .skip_while(|line| !line.starts_with("contents:"))
        .nth(1)
        .expect("a chapter")
        .to_owned();
    desk.replace(
        "source/report.yaml",
        &first,
        &format!("{first}\n  - sums.yaml"),
    );
    let signed = ["13-005", "15-001", "14-001", "09-001", "01-002"];
    desk.run(&["access", "sign", &signed.join(","), "--by", "Ada"])
        .is_done();
    assert_eq!(statuses(&desk, signed), ["signed"; 5]);
    // A number of a table is what was read.
    desk.write("source/sums.yaml", &chapter("", "149"));
    assert_eq!(
        statuses(&desk, signed),
        ["signed", "lapsed", "lapsed", "lapsed", "lapsed"]
    );
    // What stands elsewhere on the page is the same picture and the same table.
    desk.write(
        "source/sums.yaml",
        &chapter(&" It goes on for a while, and on.".repeat(9), "148"),
    );
    assert_eq!(
        statuses(&desk, signed),
        ["signed", "signed", "lapsed", "lapsed", "lapsed"]
    );
    desk.write("source/sums.yaml", &chapter("", "148"));
    assert_eq!(statuses(&desk, signed), ["signed"; 5]);
    // A picture of the same size in another colour, or with another line in it, is another one.
    for other in [
        square("#0b3c5c", "M0 0 L 40 80 L 90 90"),
        square("#0b3c5d", "M0 0 L 41 80 L 90 90"),
    ] {
        desk.write("source/square.svg", &other);
        assert_eq!(
            statuses(&desk, signed),
            ["lapsed", "signed", "signed", "signed", "lapsed"]
        );
    }
}

#[test]
fn an_entry_is_added_as_the_file_is_written_or_not_at_all() {
    let desk = desk();
    let of = "0".repeat(64);
    let sign = &[
        "access",
        "sign",
        "14-004,14-004",
        "--by",
        " Zoë\t O’Hara ",
        "--on",
        "2026-11-30",
    ];
    let old = |indent: &str, end: &str| {
        let lines = [
            "# first",
            "- criterion: 14-004 # why",
            "  by: Ada",
            "  on: 2026-01-01",
            &format!("  of: \"{of}\""),
            "# last",
        ];
        lines.map(|line| format!("{indent}{line}{end}")).concat()
    };
    for (indent, end) in [("", "\n"), ("  ", "\n"), ("", "\r\n")] {
        let before = old(indent, end);
        desk.write("source/access.yaml", &before);
        desk.run(sign).is_done_saying("14-004 signed by Zoë O’Hara");
        let after = desk.read("source/access.yaml");
        let added = after.strip_prefix(&before).expect("what was there stays");
        assert!(
            added.starts_with(&format!("{indent}- criterion: \"14-004\"{end}")),
            "{added}"
        );
        assert_eq!(
            after.matches("criterion:").count(),
            2,
            "once, though it was named twice"
        );
        assert_eq!(after.matches('\n').count(), after.matches(end).count());
    }
    for there in [
        "[]\n".to_owned(),
        format!("[{{criterion: 14-004, by: A, on: 2026-01-01, of: \"{of}\"}}]\n"),
    ] {
        desk.write("source/access.yaml", &there);
        let ran = desk.run(sign);
        assert!(
            ran.code == 3 && ran.stderr.contains("E1280"),
            "{}",
            ran.stderr
        );
        assert_eq!(desk.read("source/access.yaml"), there);
    }
    desk.write("source/access.yaml", "\u{feff}# nothing yet\n");
    desk.run(sign).is_done();
}

#[test]
fn nobody_signs_for_a_day_to_come() {
    let desk = desk();
    let ran = desk.run(&[
        "access",
        "sign",
        "14-004",
        "--by",
        "Ada",
        "--on",
        "2999-01-01",
    ]);
    assert!(
        ran.code == 2 && ran.stderr.contains("E1281"),
        "{}",
        ran.stderr
    );
    assert!(!desk.path("source/access.yaml").exists());
}
