//! What is too long, too deep or out of the ordinary, as a user meets it: all of it comes out, or the run fails and says why.

use gmg_export::verify::golden;

use crate::program::Desk;

/// A folder with a report of one chapter.
fn report(chapter: &str) -> Desk {
    let desk = Desk::empty();
    desk.write(
        "source/report.yaml",
        "id: case\nlanguage: en\ntitle: Case\ndate: 2016-07-13\npublisher: P\ndescription: D\n\
         copyright: C\nimprint: I\ncontents: [c.yaml]\n",
    )
    .write(
        "source/people.yaml",
        "people:\n  - {id: on, name: On, post: yes}\n",
    )
    .write("source/c.yaml", chapter);
    desk
}

/// `word0. word1. …`
fn words(count: usize) -> String {
    let words: Vec<String> = (0..count).map(|number| format!("word{number}.")).collect();
    words.join(" ")
}

/// All text of the PDF that was made.
fn pdf(desk: &Desk) -> String {
    let name = ["out/case.pdf", "out/case.large-print.pdf"].map(|name| desk.path(name));
    let bytes = name.iter().find_map(|path| std::fs::read(path).ok());
    let file = golden::pdf::inspect(&bytes.expect("the PDF was made")).expect("a PDF file");
    let lines = file.pages.iter().flat_map(|page| page.lines.clone());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn text_that_cannot_break_over_pages_is_an_error_of_the_pdf_and_never_lost() {
    let desk = report("");
    desk.write(
        "source/a.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>",
    );
    let long = words(900);
    for part in [
        format!("  blocks:\n    - figure: {{image: a.svg, alt: A, caption: {long}}}\n"),
        format!("  sections:\n    - {{title: {long}, text: x}}\n"),
        format!(
            "  blocks:\n    - table: {{caption: x, header: [[{long}, b, c]], rows: [[a, b, c]]}}\n"
        ),
    ] {
        desk.write(
            "source/c.yaml",
            &format!("section:\n  id: c\n  title: T\n{part}"),
        );
        let ran = desk.run(&["-f", "pdf"]);
        ran.fails_with(4, &["of the PDF runs off the page: “", "hint: shorten"]);
        assert!(!desk.path("out/case.pdf").exists());
        assert_eq!(desk.run(&["-f", "docx,txt"]).code, 0, "{part}");
    }
}

#[test]
fn a_row_higher_than_a_page_goes_on_over_the_next_pages() {
    let desk = report(&format!(
        "section:\n  id: c\n  title: T\n  blocks:\n    - table: {{caption: Cap, header: [[h, i]], rows: [[a, b], [{}, c]]}}\n",
        words(1500)
    ));
    assert_eq!(desk.run(&["-f", "pdf"]).code, 0);
    let text = pdf(&desk);
    for number in 0..1500 {
        let word = format!("word{number}.");
        assert_eq!(text.matches(&word).count(), 1, "{word}");
    }
    assert_eq!(text.matches("Cap").count(), 1);
}

#[test]
fn bookmarks_form_the_tree_of_chapters_and_sections() {
    let desk = report(
        "meeting:\n  id: m\n  ordinal: 1\n  title: M\n  date: 2016-07-13\n  venue: {city: Oslo}\n  sections:\n    \
         - {kind: panel, title: Pan, text: x, sections: [{title: Deep, text: y, sections: [{title: Deeper, text: z}]}]}\n",
    );
    desk.write(
        "source/f.yaml",
        "section: {id: f, front: true, title: Foreword, text: x}\n",
    )
    .write("source/a.yaml", "appendix: {id: a, title: App, text: x}\n")
    .replace("source/report.yaml", "[c.yaml]", "[f.yaml, c.yaml, a.yaml]");
    assert_eq!(desk.run(&["-f", "pdf"]).code, 0);
    let bytes = std::fs::read(desk.path("out/case.pdf")).expect("the PDF was made");
    let outline = golden::pdf::inspect(&bytes).expect("a PDF file").outline;
    let tree: Vec<_> = outline
        .iter()
        .map(|mark| (mark.depth, mark.title.as_str()))
        .collect();
    assert_eq!(
        tree,
        [
            (0, "Contents"),
            (0, "Foreword"),
            (0, "M"),
            (1, "Pan"),
            (2, "Deep"),
            (3, "Deeper"),
            (0, "App"),
        ]
    );
}

#[test]
fn a_file_that_repeats_itself_or_nests_without_end_is_refused_in_plain_words() {
    let repeated = "section:\n  id: c\n  title: T\n  text: x\n  sections: &s\n    - {title: a, text: x, sections: *s}\n";
    report(repeated).run(&["check"]).fails_with(
        3,
        &[
            "is inside the very part that it repeats",
            "source/c.yaml:6:",
        ],
    );
    let nested: String = (0..40)
        .map(|level| {
            let indent = "    ".repeat(level);
            format!("{indent}  sections:\n{indent}    - title: T\n{indent}      text: x\n")
        })
        .collect();
    let chapter = format!("section:\n  id: c\n  title: T\n{nested}");
    let ran = report(&chapter).run(&["check"]);
    ran.fails_with(
        3,
        &["nested deeper here than any report needs", "source/c.yaml:"],
    );
    assert!(!ran.stderr.contains("budget"), "{}", ran.stderr);
}

#[test]
fn a_long_word_does_not_run_into_the_next_column() {
    let desk = report(
        "section:\n  id: c\n  title: T\n  blocks:\n    - table: {caption: Cap, header: [[a, b, c, d, e, f]], \
         rows: [[qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq, Incomprehensibilities, c, d, e, f]]}\n",
    );
    assert_eq!(desk.run(&["-f", "pdf"]).code, 0);
    let text = pdf(&desk);
    assert_eq!(text.matches('q').count(), 60, "{text}");
    assert!(!text.contains("Incomprehensibilities"), "{text}");
}

#[test]
fn large_type_keeps_words_whole_where_they_fit_and_on_the_page_where_they_do_not() {
    let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    let table = |more: &str| {
        format!(
            "    - table: {{caption: Cap, header: [[a, b, c, d{more}]], rows: [[Incomprehensibilities, two, \
             qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq, d{more}]]}}\n"
        )
    };
    let chapter = |tables: &str| {
        format!(
            "section:\n  id: c\n  title: {long}\n  text: |\n    Word {long}.\n\n    - {long}\n  blocks:\n{tables}"
        )
    };
    let run = |tables: &str| {
        let desk = report(&chapter(tables));
        let ran = desk.run(&["-f", "pdf", "--layout", "large-print"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        pdf(&desk)
    };
    let wide = run(&table(""));
    assert!(wide.contains("Incomprehensibilities"), "{wide}");
    // Divided by the language's rules, with a hyphen, which readers show as a soft one.
    assert!(wide.contains("\u{ad}\n"), "{wide}");
    let letters = wide
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{ad}');
    let letters: String = letters.collect();
    // In the contents list, the title, the paragraph and the list; the running head is no text that is read.
    assert_eq!(letters.matches(long).count(), 4, "{wide}");
    let narrow = run(&table(
        ", Responsibilities, Administrations, Sustainabilities, More",
    ));
    // Set row by row, no word of it needs to be divided.
    assert!(narrow.contains("Incomprehensibilities"), "{narrow}");
    assert!(
        narrow.contains(&format!("c: {}", "q".repeat(30))),
        "{narrow}"
    );
    assert!(narrow.contains("Responsibilities: "), "{narrow}");
}

/// A table of so many columns of sums of so many digits, in thousands apart.
fn budget(columns: usize, digits: usize, rows: usize) -> String {
    let sum = |row: usize, column: usize| {
        let sum: String = (0..digits)
            .map(|at| char::from(b'1' + ((row * 31 + column * 7 + at * 3) % 9) as u8))
            .collect();
        let (start, rest) = sum.split_at(digits % 3);
        let groups = rest.as_bytes().chunks(3).map(String::from_utf8_lossy);
        let groups: Vec<_> = std::iter::once(start.into()).chain(groups).collect();
        groups.join(" ").trim().to_owned()
    };
    let cells = |of: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = (1..columns)
            .map(|column| format!("\"{}\"", of(column)))
            .collect();
        cells.join(", ")
    };
    let lines: String = (0..rows)
        .map(|row| {
            let sums = cells(&|column| sum(row, column));
            format!("            - [\"Programme {row}\", {sums}]\n")
        })
        .collect();
    format!(
        "    - table:\n        caption: Sums\n        row_headers: true\n        header: [[Item, {}]]\n        rows:\n{lines}",
        cells(&|column| (2010 + column).to_string())
    )
}

/// The words of a text with every space as a plain one.
fn spaced(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn a_table_that_is_too_wide_is_set_smaller_or_turned_and_its_figures_stay_whole_or_it_is_named() {
    for (columns, digits, layout, fits) in [
        (6, 10, "screen", true),
        (9, 10, "screen", true),
        (14, 10, "screen", true),
        (14, 4, "large-print", true),
        (14, 10, "large-print", true),
        (24, 10, "screen", false),
    ] {
        let table = budget(columns, digits, 4);
        let desk = report(&format!(
            "section:\n  id: c\n  title: T\n  blocks:\n{table}"
        ));
        let ran = ["pdf", "docx"].map(|format| desk.run(&["-f", format, "--layout", layout]));
        if !fits {
            let place = "source/c.yaml:6:18";
            for ran in ran {
                ran.fails_with(
                    4,
                    &[
                        "error[E0511]: a table of ",
                        place,
                        "neither in its smallest type nor turned",
                    ],
                );
            }
            continue;
        }
        for ran in ran {
            assert_eq!(ran.code, 0, "{columns} {digits} {layout}: {}", ran.stderr);
        }
        let text = spaced(&pdf(&desk));
        for figure in table
            .split('"')
            .filter(|cell| cell.starts_with(|c: char| c.is_ascii_digit()))
        {
            assert!(
                text.contains(figure),
                "{columns} {digits} {layout}: {figure} in {text}"
            );
        }
    }
}

#[test]
fn a_table_head_that_is_higher_than_the_page_is_named_with_its_place() {
    let head: Vec<String> = (0..700).map(|word| format!("word{word}")).collect();
    let desk = report(&format!(
        "section:\n  id: c\n  title: T\n  blocks:\n    - table: {{caption: Cap, header: [[\"{}\", B]], rows: [[c, d]]}}\n",
        head.join(" ")
    ));
    let ran = desk.run(&["-f", "pdf", "--layout", "large-print"]);
    let place = "source/c.yaml:5:24";
    ran.fails_with(
        4,
        &["error[E0506]: text on sheet ", place, "runs off the page"],
    );
}

/// The main part of the Word file that was made.
fn word(desk: &Desk) -> String {
    let bytes = std::fs::read(desk.path("out/case.docx")).expect("the Word file was made");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut part = archive.by_name("word/document.xml").expect("its main part");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut part, &mut text).expect("UTF-8");
    text
}

#[test]
fn word_sets_a_wide_table_smaller_then_across_and_goes_on_upright_wherever_it_stands() {
    let (narrow, smaller, wide) = (budget(3, 10, 2), budget(7, 9, 2), budget(14, 10, 2));
    let after = "    - {text: After it.}\n".to_owned();
    let sections = |word: &str| -> Vec<bool> {
        let sections = word.split("<w:sectPr>").skip(1);
        sections
            .map(|section| section.split("</w:sectPr>").next().unwrap_or_default())
            .map(|section| section.contains("w:orient=\"landscape\""))
            .collect()
    };
    let front = [false; 3];
    for (blocks, tight, across) in [
        (vec![&narrow, &after], false, vec![false]),
        (vec![&smaller, &after], true, vec![false]),
        (vec![&wide, &after], true, vec![false, true, false]),
        (vec![&after, &wide], true, vec![false, true]),
        (
            vec![&wide, &wide, &after],
            true,
            vec![false, true, true, false],
        ),
        (
            vec![&wide, &after, &wide],
            true,
            vec![false, true, false, true],
        ),
    ] {
        let blocks: String = blocks.into_iter().map(String::as_str).collect();
        let desk = report(&format!(
            "section:\n  id: c\n  title: T\n  text: x\n  blocks:\n{blocks}"
        ));
        let ran = desk.run(&["-f", "docx"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let word = word(&desk);
        assert_eq!(
            sections(&word),
            [&front[..], &across[..]].concat(),
            "{blocks}"
        );
        assert_eq!(word.contains("ReportTableTight"), tight, "{blocks}");
        // One section begins the chapter and its pages, and has a first page of its own.
        assert_eq!(word.matches("w:fmt=\"decimal\" w:start=\"1\"").count(), 1);
        assert_eq!(word.matches("<w:titlePg/>").count(), 2);
    }
}

#[test]
fn notes_are_counted_on_over_a_page_across_and_start_again_with_the_next_chapter() {
    let chapter = |id: &str| {
        format!(
            "section:\n  id: {id}\n  title: T\n  text: One[^n].\n  footnotes: [{{id: n, text: A}}, {{id: o, text: B}}]\n  \
             blocks:\n{}    - {{text: \"Two[^o].\"}}\n",
            budget(14, 10, 2)
        )
    };
    let desk = report(&chapter("c"));
    desk.write("source/d.yaml", &chapter("d")).replace(
        "source/report.yaml",
        "contents: [c.yaml]",
        "contents: [c.yaml, d.yaml]\nfootnotes: {restart: chapter}",
    );
    let ran = desk.run(&["-f", "docx"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // The cover, the imprint, the contents and two chapters begin anew; four sections of pages across and after them do not.
    let text = word(&desk);
    assert_eq!(
        text.matches("<w:numRestart w:val=\"eachSect\"/>").count(),
        5
    );
    assert_eq!(text.matches("<w:sectPr>").count(), 9);
    // LibreOffice counts notes when the last section changes their digits.
    let last = text.rsplit("<w:sectPr>").next().unwrap_or_default();
    assert!(
        last.contains("<w:footnotePr><w:numFmt w:val=\"decimal\"/></w:footnotePr>"),
        "{last}"
    );
    assert_eq!(text.matches("<w:numFmt w:val=\"upperRoman\"/>").count(), 1);
}

#[test]
fn an_organisation_that_is_named_on_more_pages_than_a_column_holds_keeps_every_number_of_its_entry()
{
    let desk = report("");
    let files: Vec<String> = (0..241).map(|number| format!("c{number}.yaml")).collect();
    for (number, file) in files.iter().enumerate() {
        // Every other page: runs of pages would be drawn together.
        let text = ["Nothing", "By [Body](org:body)"][number % 2];
        let chapter =
            format!("section:\n  id: c{number}\n  title: T{number}\n  text: {text} is here.\n");
        desk.write(&format!("source/{file}"), &chapter);
    }
    desk.replace(
        "source/report.yaml",
        "[c.yaml]",
        &format!("[{}]", files.join(", ")),
    );
    desk.write(
        "source/organisations.yaml",
        "organisations:\n  - {id: body, name: Body, kind: un-entity}\n",
    );
    for columns in [1, 2] {
        let small = format!(
            "extends: screen\npage: {{width: 110mm, height: 90mm, inside: 15mm, outside: 15mm, top: 18mm, bottom: 18mm}}\nsizes: {{title: 12pt, table: 14pt, line: 22pt}}\n\
             structure: {{columns: {columns}}}\n"
        );
        desk.write("layouts/small/layout.yaml", &small);
        let ran = desk.run(&["-f", "pdf", "--layout", "small", "-o", "case.pdf"]);
        assert_eq!(ran.code, 0, "{columns}: {}", ran.stderr);
        let bytes = std::fs::read(desk.path("case.pdf")).unwrap();
        let file = golden::pdf::inspect(&bytes).expect("a PDF file");
        let index = file.pages.iter().rev().take(8);
        let lines: Vec<String> = index.flat_map(|page| page.lines.clone()).collect();
        let words: Vec<&str> = lines
            .iter()
            .flat_map(|line| line.split([',', ' ']))
            .collect();
        for page in (2..=240).step_by(2) {
            let number = page.to_string();
            assert!(
                words.contains(&number.as_str()),
                "{columns}: {number} of {words:?}"
            );
        }
    }
}

#[test]
fn code_within_a_line_is_set_at_any_length_and_in_any_place() {
    let code = |length: usize| {
        let words: Vec<String> = (0..length / 5).map(|n| format!("c{n:03}")).collect();
        format!("`{}`", words.join(" "))
    };
    for length in [5, 40, 60, 200, 900] {
        let code = code(length);
        let desk = report(&format!(
            "section:\n  id: c\n  title: T\n  text: |\n    So {code} it is.[^n]\n\n    - {code}\n\n    > {code}\n\n    [^n]: {code}\n  \
             blocks:\n    - table: {{caption: C, header: [[a, b]], rows: [['{code}', b]], note: '{code}'}}\n"
        ));
        let ran = desk.run(&["-f", "pdf,docx,txt"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let set = pdf(&desk);
        let last = format!("c{:03}", length / 5 - 1);
        assert_eq!(set.matches(&last).count(), 6, "{length}: {set}");
    }
}

#[test]
fn the_note_of_a_table_may_begin_with_a_list() {
    for note in ["- one\n- two", "1. one\n2. two", "one\n\n- two"] {
        let note = note.replace('\n', "\n          ");
        let desk = report(&format!(
            "section:\n  id: c\n  title: T\n  text: x\n  blocks:\n    - table:\n        caption: C\n        header: [[a, b]]\n        \
             rows: [[c, d]]\n        note: |\n          {note}\n"
        ));
        let ran = desk.run(&["-f", "pdf,docx,txt"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let set = pdf(&desk);
        assert!(set.contains("one") && set.contains("two"), "{note}: {set}");
    }
}
