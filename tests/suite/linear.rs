//! What a report costs grows with its size, and not with the square of it: each kind of thing that a report has many of, right
//! and wrong, four times as many.

#![cfg(target_os = "linux")]

use std::fmt::Write;
use std::process::Stdio;
use std::time::Duration;

use gmg_export::app::release::Shard;
use gmg_export::app::release::manifest::{Manifest, Report};

use crate::program::Desk;

/// So many of a kind are tried, and four times as many. A debug build takes up to two seconds for the latter. The variable
/// `LINEAR_FEW` chooses another number: 10000 tries 10,000 and 40,000.
fn few() -> usize {
    let wanted = std::env::var("LINEAR_FEW");
    wanted.map_or(4_000, |few| few.parse().expect("LINEAR_FEW is a number"))
}
/// So many times as many.
const TIMES: usize = 4;
/// What may come of that: four times the work, and the logarithm. Four times the square would be sixteen.
const MOST: f64 = 6.5;
/// What a run takes before it looks at the report, in ticks: less than that says nothing.
const TICKS: u64 = 20;

/// A kind: its name, the arguments of the program, and what makes a report with so many.
type Many = (&'static str, &'static [&'static str], fn(&Desk, usize));

const CHECK: &[&str] = &["check", "-q", "--max-time", "1000"];
const DIGEST: &[&str] = &["-f", "txt", "-q", "--max-time", "1000"];
const TEXT: &[&str] = &["-f", "txt,docx", "-q", "--max-time", "1000"];

/// Processor time of a run with everything that it started, in ticks.
fn ticks(desk: &Desk, arguments: &[&str]) -> u64 {
    let mut child = desk
        .command(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let path = format!("/proc/{}/stat", child.id());
    let ticks: u64 = loop {
        // A process that has ended stays until somebody waits for it.
        let stat = std::fs::read_to_string(&path).expect("a process has a state");
        let (_, stat) = stat.rsplit_once(") ").expect("fields after the name");
        let fields: Vec<&str> = stat.split(' ').collect();
        if fields[0] == "Z" {
            let number = |index: usize| fields[index].parse::<u64>().expect("a number");
            break (11..=14).map(number).sum();
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    child.wait().expect("the program ends");
    ticks
}

/// By how much the work grows; the least of three tries, since others use the machine too.
fn growth(arguments: &[&str], make: fn(&Desk, usize)) -> f64 {
    let desk = |count| {
        let desk = Desk::with_report();
        make(&desk, count);
        desk
    };
    let (few, many) = (desk(few()), desk(few() * TIMES));
    let mut least = f64::MAX;
    for _ in 0..3 {
        let few = ticks(&few, arguments).max(TICKS);
        let many = ticks(&many, arguments);
        least = least.min(many as f64 / few as f64);
        if least < MOST {
            break;
        }
    }
    least
}

fn grow_with_their_number(kinds: &[Many]) {
    let wrong: Vec<String> = kinds
        .iter()
        .map(|(name, arguments, make)| (name, growth(arguments, *make)))
        .filter(|(_, growth)| *growth >= MOST)
        .map(|(name, growth)| format!("{name}: {growth:.1}"))
        .collect();
    assert!(wrong.is_empty(), "{TIMES} times as many cost: {wrong:?}");
}

/// So many pieces of text, each made from its number.
fn pieces(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

fn append(desk: &Desk, file: &str, text: &str) {
    let whole = desk.read(file) + text;
    desk.write(file, &whole);
}

/// The introduction says this.
fn prose(desk: &Desk, text: &str) {
    introduction(desk, text, "");
}

/// The introduction says this, and has these fields.
fn introduction(desk: &Desk, text: &str, fields: &str) {
    let mut chapter = "section:\n  id: introduction\n  title: Introduction\n  text: |\n".to_owned();
    for line in text.lines() {
        let _ = writeln!(chapter, "    {line}");
    }
    desk.write("source/introduction.yaml", &(chapter + fields));
}

fn keywords(desk: &Desk, keyword: impl Fn(usize) -> String, count: usize) {
    let list: Vec<String> = (0..count).map(keyword).collect();
    let list = format!("[{}]", list.join(", "));
    desk.replace("source/report.yaml", "[rivers, floods, cities]", &list);
}

fn organisations(desk: &Desk, count: usize) {
    let entry = |n| {
        format!(
            "  - id: o{n}\n    name: Body {n}\n    acronym: BO{n}\n    kind: state\n    member_of: [network]\n"
        )
    };
    append(desk, "source/organisations.yaml", &pieces(count, entry));
}

fn people(desk: &Desk, count: usize) {
    let entry = |n| format!("  - id: p{n}\n    name: Anna Person{n}\n");
    append(desk, "source/people.yaml", &pieces(count, entry));
}

#[test]
fn registries_grow_with_their_number() {
    grow_with_their_number(&[
        ("people", CHECK, people),
        ("people of one id", CHECK, |desk, count| {
            let entry = |_| "  - id: p\n    name: Anna Person\n".to_owned();
            append(desk, "source/people.yaml", &pieces(count, entry));
        }),
        ("people of no organisation", CHECK, |desk, count| {
            let entry =
                |n| format!("  - id: p{n}\n    name: Anna Person{n}\n    organisation: zz{n}\n");
            append(desk, "source/people.yaml", &pieces(count, entry));
        }),
        ("organisations", CHECK, organisations),
        (
            "organisations, each a member of the last",
            CHECK,
            |desk, count| {
                let entry = |n: usize| {
                    let of = n.saturating_sub(1);
                    format!(
                        "  - id: o{n}\n    name: Body {n}\n    kind: other\n    member_of: [o{of}]\n"
                    )
                };
                append(desk, "source/organisations.yaml", &pieces(count, entry));
            },
        ),
        ("acronyms", CHECK, |desk, count| {
            let entry = |n| format!("  - acronym: AB{n}\n    expansion: Alpha {n}\n");
            append(desk, "source/acronyms.yaml", &pieces(count, entry));
        }),
        ("keywords", CHECK, |desk, count| {
            keywords(desk, |n| format!("k{n}"), count)
        }),
        ("one keyword", CHECK, |desk, count| {
            keywords(desk, |_| "k".into(), count)
        }),
        ("those that took the floor", CHECK, |desk, count| {
            organisations(desk, count);
            let list: Vec<String> = (0..count).map(|n| format!("o{n}")).collect();
            let list = format!("took_the_floor: [{}]", list.join(", "));
            desk.replace(
                "source/meetings/first.yaml",
                "took_the_floor: [low-weir]",
                &list,
            );
        }),
        ("speakers", CHECK, |desk, count| {
            people(desk, count);
            let entry = |n| format!("    - speaker: p{n}\n      text: said that it was good.\n");
            introduction(
                desk,
                "x",
                &format!("  interventions:\n{}", pieces(count, entry)),
            );
        }),
    ]);
}

#[test]
fn links_and_notes_grow_with_their_number() {
    grow_with_their_number(&[
        ("links", CHECK, |desk, count| {
            prose(
                desk,
                &pieces(count, |n| {
                    format!("See [a page](https://example.org/{n}).\n\n")
                }),
            );
        }),
        // Not as a Word file: for its page numbers a paragraph of so many parts is typeset, which costs more than them.
        ("links of one paragraph", DIGEST, |desk, count| {
            prose(
                desk,
                &pieces(count, |n| format!("[page](https://example.org/{n}) ")),
            );
        }),
        ("organisation marks", CHECK, |desk, count| {
            prose(desk, &"[ENRC](org:network) ".repeat(count));
        }),
        ("cross-references", CHECK, |desk, count| {
            prose(
                desk,
                &"See [the meeting](#first-meeting).\n\n".repeat(count),
            );
        }),
        ("unknown organisations", CHECK, |desk, count| {
            prose(desk, &pieces(count, |n| format!("[a](org:zz{n})\n\n")));
        }),
        ("unknown organisations on a line", CHECK, |desk, count| {
            prose(desk, &pieces(count, |n| format!("[a](org:zz{n}) ")));
        }),
        ("unknown places", CHECK, |desk, count| {
            prose(desk, &pieces(count, |n| format!("[a](#zz{n}) ")));
        }),
        ("unknown people", CHECK, |desk, count| {
            let entry = |n| format!("    - speaker: zz{n}\n      text: said.\n");
            introduction(
                desk,
                "x",
                &format!("  interventions:\n{}", pieces(count, entry)),
            );
        }),
        ("notes", CHECK, |desk, count| {
            let marks = pieces(count, |n| format!("w[^n{n}] "));
            let notes = pieces(count, |n| format!("\n\n[^n{n}]: Note {n}."));
            prose(desk, &(marks + &notes));
        }),
        ("notes without a mark", CHECK, |desk, count| {
            let notes = pieces(count, |n| format!("[^n{n}]: Note {n}.\n\n"));
            prose(desk, &format!("word\n\n{notes}"));
        }),
        ("marks without a note", CHECK, |desk, count| {
            prose(desk, &pieces(count, |n| format!("w[^n{n}] ")));
        }),
        ("index entries", CHECK, |desk, count| {
            organisations(desk, count);
            prose(
                desk,
                &pieces(count, |n| format!("See [Body {n}](org:o{n}).\n\n")),
            );
        }),
    ]);
}

#[test]
fn marks_of_prose_grow_with_their_number() {
    // Cheap, so there are more of them.
    grow_with_their_number(&[
        ("brackets", CHECK, |desk, count| {
            prose(desk, &"[".repeat(count * 4))
        }),
        ("brackets of links", CHECK, |desk, count| {
            prose(desk, &"[a](".repeat(count))
        }),
        ("links in links", CHECK, |desk, count| {
            prose(desk, &("[a ".repeat(count) + &"](b)".repeat(count)));
        }),
        ("pictures in prose", CHECK, |desk, count| {
            prose(desk, &"![".repeat(count * 4))
        }),
        ("markup of other programs", CHECK, |desk, count| {
            prose(desk, &"{{ x }} [a][b] `c &no; \\\\ref{x} ".repeat(count))
        }),
        (
            "markup of other programs without spaces",
            CHECK,
            |desk, count| prose(desk, &"[[a]]`{{`^b".repeat(count)),
        ),
        ("formulas", CHECK, |desk, count| {
            prose(desk, &"$x^2$ ".repeat(count))
        }),
        ("stars", CHECK, |desk, count| {
            prose(desk, &"*a ".repeat(count * 4))
        }),
        ("emphases", CHECK, |desk, count| {
            prose(desk, &"_a_ ".repeat(count))
        }),
        ("code", CHECK, |desk, count| {
            prose(desk, &"`a` ".repeat(count))
        }),
        ("pieces of HTML", CHECK, |desk, count| {
            prose(desk, &"<b>x</b> ".repeat(count))
        }),
        ("blocks of HTML", CHECK, |desk, count| {
            prose(desk, &"<b>x</b>\n\n".repeat(count))
        }),
        ("open HTML", CHECK, |desk, count| {
            prose(desk, &"<a ".repeat(count * 4))
        }),
        ("hidden characters", CHECK, |desk, count| {
            prose(desk, &"a\u{200B}b ".repeat(count))
        }),
        ("combining marks", CHECK, |desk, count| {
            prose(desk, &("a".to_owned() + &"\u{301}".repeat(count * 10)));
        }),
        ("characters that no font has", CHECK, |desk, count| {
            let one = |n: usize| char::from_u32(0x4E00 + (n % 20_000) as u32).map(String::from);
            prose(desk, &pieces(count, |n| one(n).unwrap_or_default()));
        }),
        ("lines of two scripts", CHECK, |desk, count| {
            prose(desk, &"河 a\nb 川\n".repeat(count))
        }),
        ("lines of one paragraph", TEXT, |desk, count| {
            prose(desk, &"some words\n".repeat(count))
        }),
        ("a long word", CHECK, |desk, count| {
            prose(desk, &"word".repeat(count * 10))
        }),
    ]);
}

#[test]
fn texts_of_fields_grow_with_their_length() {
    grow_with_their_number(&[
        // A title of one megabyte at the end.
        ("a title", CHECK, |desk, count| {
            let title = format!("title: {}\n", "Meetings ".repeat(count * 7));
            desk.replace(
                "source/report.yaml",
                "title: Meetings on safe and shared rivers\n",
                &title,
            );
        }),
        ("a title without spaces", CHECK, |desk, count| {
            let title = format!("title: {}\n", "M".repeat(count * 63));
            desk.replace(
                "source/report.yaml",
                "title: Meetings on safe and shared rivers\n",
                &title,
            );
        }),
        ("the title of a chapter", CHECK, |desk, count| {
            let title = format!("title: {}\n", "Word ".repeat(count * 12));
            desk.replace("source/introduction.yaml", "title: Introduction\n", &title);
        }),
        ("an alternative text", CHECK, |desk, count| {
            let alt = format!("alt: {}\n", "word ".repeat(count * 12));
            let old = "alt: Sketch of a river with two cities on its banks, Alder Bridge upstream and Low Weir downstream.\n";
            desk.replace("source/introduction.yaml", old, &alt);
        }),
    ]);
}

#[test]
fn blocks_grow_with_their_number() {
    grow_with_their_number(&[
        ("paragraphs", TEXT, |desk, count| {
            prose(desk, &pieces(count, |n| format!("Word {n}.\n\n")))
        }),
        ("items of a list", TEXT, |desk, count| {
            prose(desk, &pieces(count, |n| format!("- item {n}\n")))
        }),
        ("numbered items", CHECK, |desk, count| {
            prose(desk, &pieces(count, |n| format!("{}. item\n", n + 1)));
        }),
        ("headings", TEXT, |desk, count| {
            let entry = |n| format!("    - title: Heading {n}\n      text: Word {n}.\n");
            introduction(desk, "x", &format!("  sections:\n{}", pieces(count, entry)));
        }),
        ("headings of one id", CHECK, |desk, count| {
            let entry = |_| "    - title: Heading\n      id: h\n      text: Word.\n".to_owned();
            introduction(desk, "x", &format!("  sections:\n{}", pieces(count, entry)));
        }),
        ("figures with alternative texts", CHECK, |desk, count| {
            let entry = |n| {
                format!(
                    "    - figure:\n        id: f{n}\n        image: images/river.svg\n        alt: Sketch {n} of a river.\n        caption: River {n}\n"
                )
            };
            introduction(desk, "x", &format!("  blocks:\n{}", pieces(count, entry)));
        }),
        ("figures without a picture", CHECK, |desk, count| {
            let entry = |n| {
                format!(
                    "    - figure:\n        id: f{n}\n        image: images/{n}.svg\n        alt: Sketch {n} of a river.\n        caption: River {n}\n"
                )
            };
            introduction(desk, "x", &format!("  blocks:\n{}", pieces(count, entry)));
        }),
        ("rows", TEXT, |desk, count| rows(desk, count, "[a, b]")),
        ("rows with a cell too few", CHECK, |desk, count| {
            rows(desk, count, "[a]")
        }),
        ("rows in prose", CHECK, |desk, count| {
            prose(
                desk,
                &format!("| a | b |\n|---|---|\n{}", "| c | d |\n".repeat(count)),
            );
        }),
    ]);
}

fn rows(desk: &Desk, count: usize, row: &str) {
    let rows = format!("          - {row}\n").repeat(count);
    let table = "  blocks:\n    - table:\n        id: t\n        caption: A table\n        columns: [{align: left}, {align: left}]\n        header: [[A, B]]\n        rows:\n";
    introduction(desk, "x", &format!("{table}{rows}"));
}

/// The report lists so many chapters more.
fn contents(desk: &Desk, count: usize) {
    let list = pieces(count, |n| format!("  - c{n}.yaml\n"));
    let old = "  - members.yaml\n";
    desk.replace("source/report.yaml", old, &format!("{old}{list}"));
}

fn chapters(desk: &Desk, count: usize, title: &str) {
    for n in 0..count {
        let text = format!("section:\n  id: c{n}\n  {title}: Chapter {n}\n  text: Word.\n");
        desk.write(&format!("source/c{n}.yaml"), &text);
    }
}

#[test]
fn files_grow_with_their_number() {
    const CHAPTERS: usize = 9_900; // there are at most 10,000
    grow_with_their_number(&[
        ("chapters", CHECK, |desk, count| {
            contents(desk, CHAPTERS.min(count / 2));
            chapters(desk, CHAPTERS.min(count / 2), "title");
        }),
        ("wrong chapters", CHECK, |desk, count| {
            contents(desk, CHAPTERS.min(count / 2));
            chapters(desk, CHAPTERS.min(count / 2), "titel");
        }),
        ("chapters that are not there", CHECK, |desk, count| {
            contents(desk, CHAPTERS.min(count / 2));
            chapters(desk, CHAPTERS.min(count / 2) / 2, "title");
        }),
        ("chapters that nobody lists", CHECK, |desk, count| {
            chapters(desk, count, "title")
        }),
        ("contents with one chapter", CHECK, |desk, count| {
            let old = "  - members.yaml\n";
            desk.replace("source/report.yaml", old, &old.repeat(count / 2));
        }),
        ("files of a release", CHECK, |desk, count| {
            let items = "  - format: txt\n".repeat(count);
            append(desk, "source/report.yaml", &format!("release:\n{items}"));
        }),
        ("unknown fields", CHECK, |desk, count| {
            introduction(desk, "x", &pieces(count, |n| format!("  zz{n}: a\n")));
        }),
    ]);
}

fn text(desk: &Desk, piece: &str, count: usize) {
    let text = format!("A title\n\nIntroduction\n\n{}", piece.repeat(count));
    desk.write("a.txt", &text);
}

#[test]
fn texts_to_import_grow_with_their_length() {
    const IMPORT: &[&str] = &[
        "import",
        "a.txt",
        "--out",
        "o",
        "--force",
        "-q",
        "--language",
        "en-GB",
        "--max-time",
        "1000",
    ];
    grow_with_their_number(&[
        ("words", IMPORT, |desk, count| text(desk, "words ", count)),
        ("lines", IMPORT, |desk, count| {
            text(desk, "some words\n", count)
        }),
        ("paragraphs", IMPORT, |desk, count| {
            text(desk, "some words\n\n", count / 2)
        }),
        ("signs", IMPORT, |desk, count| text(desk, "#", count * 4)),
        ("headings", IMPORT, |desk, count| text(desk, "# a\n", count)),
        ("brackets", IMPORT, |desk, count| text(desk, "[a](", count)),
        ("rows", IMPORT, |desk, count| text(desk, "a\tb\n", count)),
    ]);
}

#[test]
fn markdown_to_import_grows_with_its_length() {
    const IMPORT: &[&str] = &[
        "import",
        "a.md",
        "--out",
        "o",
        "--force",
        "-q",
        "--max-time",
        "1000",
    ];
    fn markdown(desk: &Desk, piece: &str, count: usize) {
        desk.write(
            "a.md",
            &format!("# A title\n\n## Part\n\n{}", piece.repeat(count)),
        );
    }
    grow_with_their_number(&[
        ("headings of the same words", IMPORT, |desk, count| {
            markdown(desk, "## A part\n\nw\n\n", count / 4)
        }),
        ("keywords", IMPORT, |desk, count| {
            let words: String = (0..count * 2).map(|at| format!("  - w{at}\n")).collect();
            desk.write(
                "a.md",
                &format!("---\nkeywords:\n{words}---\n\n# A\n\n## B\n\nc\n"),
            );
        }),
        ("formulas", IMPORT, |desk, count| {
            markdown(desk, "$x$ ", count * 2)
        }),
        ("sums of money", IMPORT, |desk, count| {
            markdown(desk, "costs $5 or ", count)
        }),
        ("admonitions", IMPORT, |desk, count| {
            markdown(desk, "!!! note\n    a\n\n", count / 4)
        }),
        ("links to headings", IMPORT, |desk, count| {
            markdown(desk, "[a](#part) ", count)
        }),
        ("rows", IMPORT, |desk, count| {
            let rows = "| c | d |\n".repeat(count);
            markdown(desk, &format!("| a | b |\n| - | - |\n{rows}"), 1)
        }),
        ("tables with captions", IMPORT, |desk, count| {
            markdown(
                desk,
                "| a | b |\n|---|--:|\n| c | 1 |\n\n: d\n\n",
                count / 4,
            )
        }),
        ("merged cells", IMPORT, |desk, count| {
            let rows = "<tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr>\n";
            let head = "<table><caption>t</caption><tr><th>d</th><th>e</th></tr>\n";
            markdown(
                desk,
                &format!("{head}{}</table>", rows.repeat(count / 2)),
                1,
            )
        }),
        ("directives", IMPORT, |desk, count| {
            markdown(desk, "```{note}\na\n```\n\n", count / 4)
        }),
        ("divisions that nothing ends", IMPORT, |desk, count| {
            markdown(desk, "::: x\na\n\n", count)
        }),
        ("citations", IMPORT, |desk, count| {
            markdown(desk, "[@a] ", count)
        }),
        ("open brackets and braces", IMPORT, |desk, count| {
            markdown(desk, "[a*{.b ", count)
        }),
        ("elements", IMPORT, |desk, count| {
            markdown(desk, "<div><b>a</b></div>\n\n", count / 2)
        }),
    ]);
}

#[test]
fn reports_of_a_batch_and_of_a_manifest_grow_with_their_number() {
    grow_with_their_number(&[
        (
            "reports of a manifest",
            &["manifest", "merge", "part", "-q"],
            |desk, count| {
                let report = |n: usize| Report {
                    name: Some(format!("r{n:06}")),
                    id: "r".into(),
                    title: "R".into(),
                    language: "en".into(),
                    epoch: 0,
                    source: String::new(),
                    inputs: Vec::new(),
                    artifacts: Vec::new(),
                };
                let reports: Vec<Report> = (0..count).map(report).collect();
                let names: Vec<String> = reports.iter().flat_map(|one| one.name.clone()).collect();
                let mut manifest = Manifest::of(reports);
                manifest.shard = Some(Shard { number: 1, of: 1 }.part(&names));
                for (path, bytes) in manifest.files().expect("a manifest") {
                    desk.write(&format!("part/{path}"), &String::from_utf8_lossy(&bytes));
                }
            },
        ),
        (
            "reports of a batch",
            &["release", "--batch", "-q", "--max-time", "1000"],
            |desk, count| {
                for n in 0..count / 20 {
                    desk.write(&format!("batch/r{n}/report.yaml"), "id: Wrong\n");
                }
            },
        ),
    ]);
}

#[test]
fn at_most_a_hundred_are_said_and_the_rest_counted_and_long_lines_clipped() {
    let desk = Desk::with_report();
    keywords(&desk, |_| "k".into(), 5_000);
    for (format, lines) in [
        ("human", 700),
        ("short", 101),
        ("github", 101),
        ("json", 101),
    ] {
        let ran = desk.run(&["check", "--message-format", format]);
        assert_eq!(ran.code, 3, "{format}");
        assert!(
            ran.stderr.lines().count() <= lines + 2,
            "{format}: {}",
            ran.stderr.lines().count()
        );
        let longest = ran.stderr.lines().map(str::len).max();
        assert!(longest < Some(2_500), "{format}: {longest:?}");
        // One of the 5,000 is the first.
        assert!(
            ran.stderr.contains("4899") || ran.stderr.contains("4999"),
            "{format}"
        );
    }
    let ran = desk.run(&["check", "--message-format", "sarif"]);
    assert_eq!(ran.stderr.matches("\"ruleIndex\"").count(), 100);
    assert!(
        ran.stderr.contains("\"notShown\": 4899"),
        "{}",
        ran.stderr.len()
    );
}
