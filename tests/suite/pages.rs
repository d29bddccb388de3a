//! How pages are laid out: how often, and what becomes of a last page with few lines.

use gmg_export::backend::typeset::typeset;
use gmg_export::base::files::Root;
use gmg_export::document::Document;
use gmg_export::layout::{Layout, LayoutLoader};
use gmg_export::verify::proof::{PageFault, faults};

use crate::display::holds;
use crate::made::{project, resolve};

/// How often at most this thread lays out the pages of a report, by typst's own record, until they settle.
fn passes(source: &str, layout: &str) -> usize {
    let document = resolve(&project(source));
    let layout = LayoutLoader::embedded().load(layout).expect("a layout");
    typst_timing::enable();
    let this_thread = typst_timing::TimingScope::new("counted");
    typeset(&document, &layout).unwrap_or_else(|found| panic!("{found}"));
    drop(this_thread);
    let mut record = Vec::new();
    typst_timing::export_json(&mut record, |_| (String::new(), 0)).expect("a record");
    let record: Vec<serde_json::Value> = serde_json::from_slice(&record).expect("JSON");
    let starts = record.iter().filter(|event| event["ph"] == "B");
    let own = starts
        .clone()
        .find(|event| event["name"] == "counted")
        .expect("this thread");
    let of_this_thread = starts.filter(|event| event["tid"] == own["tid"]);
    let number = |event: &serde_json::Value| {
        let name = event["name"].as_str()?.strip_prefix("iter (")?;
        name.strip_suffix(')')?.parse().ok()
    };
    of_this_thread.filter_map(number).max().expect("a pass")
}

/// Whether the last page of the one chapter of so many words has too few lines.
fn ends_short(document: &Document, layout: &Layout) -> bool {
    let pages = typeset(document, layout).unwrap_or_else(|found| panic!("{found}"));
    let found = faults(document, &layout.tokens, &pages);
    found
        .iter()
        .any(|one| one.fault == PageFault::ShortLastPage)
}

/// A report of a chapter of so many words.
fn report_of(words: usize) -> Document {
    let folder = tempfile::tempdir().expect("a folder");
    let some = "the city council of a small town on that river had decided to move its old harbour further north \
                because floods were frequent there and repairs expensive";
    let some: Vec<&str> = some.split(' ').collect();
    let words: Vec<&str> = (0..words)
        .map(|at| some[(at * at + at / 7) % some.len()])
        .collect();
    let paragraphs: Vec<String> = words.chunks(73).map(|words| words.join(" ")).collect();
    let text = paragraphs.join("\n\n    ");
    let files = [
        (
            "report.yaml",
            "id: a\nlanguage: en\ntitle: T\ndate: 2016-01-01\npublisher: P\ndescription: D\ncopyright: c\nimprint: i\n\
             contents: [c.yaml]\n",
        ),
        (
            "c.yaml",
            &format!("section:\n  id: c\n  title: C\n  text: |\n    {text}\n"),
        ),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    resolve(folder.path())
}

#[test]
fn a_last_page_of_few_lines_is_pulled_in_where_closer_words_do_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let loose = folder.path().join("loose");
    std::fs::create_dir(&loose).expect("a folder");
    let tokens = "description: d\nextends: screen\nstructure: {tighten: 0}\n";
    std::fs::write(loose.join("layout.yaml"), tokens).expect("a file");
    let loader = LayoutLoader::with_folder(Root::named(folder.path()));
    let [loose, screen] = ["loose", "screen"].map(|name| loader.load(name).expect("a layout"));
    let short = (2_000..3_500).step_by(40).map(report_of);
    let short: Vec<Document> = short.filter(|report| ends_short(report, &loose)).collect();
    let left = short.iter().filter(|report| ends_short(report, &screen));
    let (left, all) = (left.count(), short.len());
    assert!(all >= 3 && left < all, "{left} of {all} are left");
}

/// One test, since the record is the process's.
#[test]
fn pages_are_laid_out_twice() {
    let samples = [
        "harbour", "study", "arabic", "hebrew", "fr", "es", "ru", "zh",
    ];
    let samples = samples.map(|name| format!("tests/cases/{name}/source"));
    let reports = samples.iter().map(String::as_str).chain(["source"]);
    let mut others = Vec::new();
    for report in reports {
        for layout in ["screen", "print", "large-print"] {
            let passes = passes(report, layout);
            if passes != 2 {
                others.push(format!("{report} in {layout}: {passes} passes"));
            }
        }
    }
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn the_other_looks_keep_the_standards_and_say_every_word() {
    let samples = ["harbour", "study", "arabic", "hebrew", "fr", "es", "ru"];
    let samples = samples.map(|name| format!("tests/cases/{name}/source"));
    let reports = samples.iter().map(String::as_str).chain(["source"]);
    for report in reports {
        let document = resolve(&project(report));
        for layout in ["vivid", "plain"] {
            holds(&document, &[(layout, "pdf"), (layout, "docx")], report);
        }
    }
}
