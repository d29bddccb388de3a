//! How often a release reads what it made.

use super::*;
use crate::layout;
use crate::pdf::read::content::INTERPRETED;
use crate::source::{self, Folder};

const REPORT: &str = "id: case\nlanguage: en\ntitle: Case\ndate: 2016-07-13\npublisher: P\ndescription: D\ncopyright: C\nimprint: I\n\
    contents: [c.yaml]\nrelease:\n";
const CHAPTER: &str =
    "section:\n  id: c\n  title: T\n  text: |\n    One paragraph.[^n]\n\n    [^n]: A note.\n";

/// Makes and checks one file; gives the number of times that its pages were interpreted, too.
fn release(format: &str, layout: &str, goldens: Root) -> (Result<Built, Diagnostics>, usize) {
    let report = format!("{REPORT}  - format: {format}\n    layout: {layout}\n");
    let files = [
        ("report.yaml", report.as_str()),
        ("people.yaml", "people: []\n"),
        ("organisations.yaml", "organisations: []\n"),
        ("c.yaml", CHAPTER),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let source = source::read(&Folder::in_memory(files.into())).expect("a source");
    let strings = layout::strings("en").expect("words of the language");
    let (document, _) = crate::document::resolve(&source, &strings).expect("a document");
    let job = Job {
        source: &source,
        document: &document,
        loader: &LayoutLoader::embedded(),
        root: Path::new(""),
        goldens,
        inputs: &Inputs::default(),
        epoch: None,
        name: None,
        alone: true,
    };
    INTERPRETED.set(0);
    let built = job.build();
    (built, INTERPRETED.get())
}

#[test]
fn the_pages_of_a_file_are_interpreted_once_however_many_checks_look_at_them() {
    let home = tempfile::tempdir().unwrap();
    let files = [
        ("pdf", "screen", "case.screen.pdf"),
        ("pdf", "print", "case.print.pdf"),
        ("press", "print", "case.print.press.pdf"),
    ];
    for (format, layout, record) in files {
        let (built, times) = release(format, layout, Root::named(&home.path().join("none")));
        let built = built.unwrap_or_else(|found| panic!("{record}: {found}"));
        let checks = &built.report.artifacts[0].checks;
        assert!(checks.len() >= 3, "{record}: {checks:?}");
        assert_eq!(times, 1, "{record}");
        // A record that differs, so that the file is recorded as well.
        std::fs::create_dir(home.path().join(record)).unwrap();
        let (built, times) = release(format, layout, Root::named(home.path()));
        let found = built.expect_err(record);
        let code = Code::NOT_AS_APPROVED.to_string();
        assert!(found.to_string().contains(&code), "{found}");
        assert_eq!(times, 1, "{record}, recorded");
    }
}
