//! Reports out of the ordinary keep the promises of their formats, too.

use super::passes;
use crate::program::Desk;

/// A report of one chapter in a language, made in every format of the screen.
fn made(language: &str, chapter: &str) {
    let desk = Desk::empty();
    desk.write(
        "source/report.yaml",
        &format!(
            "id: case\nlanguage: {language}\ntitle: Case – “one” & <two>\ndate: 2016-07-13\npublisher: P\ndescription: |\n  D\n  E\n\
             copyright: C\nimprint: I\ncontents: [c.yaml]\n"
        ),
    )
    .write("source/people.yaml", "people:\n  - {id: on, name: On, post: yes}\n")
    .write("source/organisations.yaml", "organisations:\n  - {id: un, kind: other, name: Union of Ports, acronym: UP}\n")
    .write("source/c.yaml", chapter);
    let ran = desk.run(&["-f", "pdf,docx,txt"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for format in ["pdf", "docx", "txt"] {
        let bytes = std::fs::read(desk.path(&format!("out/case.{format}"))).expect("it was made");
        passes(format, &bytes);
    }
}

#[test]
fn a_long_table_whose_header_is_repeated_on_every_page() {
    let rows: String = (0..150).map(|row| format!("[r{row}, b, c], ")).collect();
    made(
        "en",
        &format!(
            "section:\n  id: c\n  title: T\n  blocks:\n    - table: {{caption: Cap, header: [[h, i, j]], rows: [{rows}]}}\n"
        ),
    );
}

#[test]
fn a_repeated_header_with_links_a_note_and_an_organisation() {
    let rows: String = (0..150).map(|row| format!("[r{row}, b, c], ")).collect();
    made(
        "en",
        &format!(
            "section:\n  id: c\n  title: T\n  footnotes: [{{id: n, text: A note.}}]\n  blocks:\n    - table:\n        caption: Cap\n        \
             header: [[\"[h](https://example.org/h)\", \"i[^n]\", \"the [Union](org:un)\"]]\n        rows: [{rows}]\n"
        ),
    );
}

#[test]
fn a_row_that_goes_on_over_pages_and_notes_in_lists() {
    let words: String = (0..1200).map(|number| format!("word{number}. ")).collect();
    made(
        "en",
        &format!(
            "section:\n  id: c\n  title: T\n  blocks:\n    - table: {{caption: Cap, header: [[h, i]], rows: [[a, b], [{words}, c]]}}\n\
             \x20   - text: |\n        1. one[^a]\n           - inner\n             - more\n        2. two *with* **weight** and `code`\n\n        > said\n\n        [^a]: A note, <https://example.org/a?b=c&d>.\n"
        ),
    );
}

#[test]
fn sections_of_many_levels_in_languages_of_several_scripts() {
    let deep = |title: &str| {
        format!(
            "section:\n  id: c\n  title: {title}\n  text: {title}\n  sections:\n    - title: {title}\n      text: {title}\n      sections:\n        \
             - title: {title}\n          text: {title}\n          sections: [{{title: {title}, text: {title}, sections: [{{title: {title}, text: x}}]}}]\n"
        )
    };
    made("ar", &deep("الهجرة واللاجئون"));
    made("ru", &deep("Миграция"));
    made("cs", &deep("Přistěhovalectví"));
}
