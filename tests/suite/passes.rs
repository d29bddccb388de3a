//! How often pages are laid out: a first time, and once more with the page numbers that are known by then.

use gmg_export::backend::typeset::typeset;
use gmg_export::layout::LayoutLoader;

use crate::made::{project, resolve};

/// How often this thread lays out the pages of a report, by typst's own record.
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
    let passes = of_this_thread.filter(|event| {
        let name = event["name"].as_str().unwrap_or_default();
        name.starts_with("iter (")
    });
    passes.count()
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
