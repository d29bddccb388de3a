//! The dossier of accessibility: no criterion is left blank, and a file that breaks a criterion that a machine decides
//! is found by it.

mod features;
mod fixtures;
mod heard;
mod signing;

use std::collections::BTreeSet;

use gmg_export::access::criteria::{self, Standard};
use gmg_export::access::{About, Dossier, SignOffs, Status, assess};
use gmg_export::backend::edition::Edition;
use gmg_export::layout::LayoutLoader;
use gmg_export::pdf::read::ReadBack;
use gmg_export::verify::conformance::Profile;
use gmg_export::verify::format;
use lopdf::Document;
use rayon::prelude::*;

use fixtures::{FIXTURES, Fixture, font_name};

use crate::conformance::spoil::{paint, save};
use crate::made::{EPOCH, annual, harbour, marked, project, shipped};
use crate::program::Desk;

fn dossier(bytes: &[u8]) -> Dossier {
    let about = About {
        file: "file.pdf",
        layout: "screen",
        source: None,
        signed: &SignOffs::default(),
    };
    assess(&ReadBack::of(bytes), &about).unwrap_or_else(|found| panic!("{found}"))
}

fn status(dossier: &Dossier, id: &str) -> Status {
    let mut all = dossier.criteria.iter();
    all.find(|one| one.id == id)
        .map(|one| one.status)
        .expect("a criterion")
}

#[test]
fn every_criterion_that_a_machine_decides_has_a_file_that_breaks_it_and_finds_it() {
    let decided = criteria::all().iter().filter(|one| one.check.is_some());
    let decided: BTreeSet<&str> = decided.map(|one| one.id.as_str()).collect();
    let fixtures: BTreeSet<&str> = FIXTURES.iter().map(|(id, _)| *id).collect();
    assert_eq!(fixtures, decided);
    let good = dossier(harbour().file("screen", "pdf"));
    let wrong = |(id, fixture): &(&str, Fixture)| {
        if status(&good, id) == Status::Failed {
            return Some(format!("{id} fails in the good file"));
        }
        let found = dossier(&fixture.bytes());
        let failed = found
            .criteria
            .iter()
            .filter(|one| one.status == Status::Failed);
        let failed: Vec<&str> = failed.map(|one| one.id.as_str()).collect();
        let said = || format!("{id}: {:?}, failed are {failed:?}", status(&found, id));
        (!failed.contains(id)).then(said)
    };
    let wrong: Vec<String> = FIXTURES.par_iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_criterion_is_blank_and_none_fails_in_the_files_of_the_reports() {
    let samples = ["arabic", "hebrew", "ru", "es"].map(|name| {
        let document = crate::made::resolve(&project(&format!("tests/cases/{name}/source")));
        let layout = LayoutLoader::embedded().load("screen").expect("a layout");
        let edition = Edition::new(&document, &layout, EPOCH);
        let backend = format::find("pdf").expect("a format");
        let file = backend
            .render(&edition)
            .unwrap_or_else(|found| panic!("{name}: {found}"));
        (name, file.bytes)
    });
    let samples = samples
        .iter()
        .map(|(name, file)| (*name, vec![file.as_slice()]));
    let reports = [
        (shipped(), "shipped"),
        (harbour(), "harbour"),
        (annual(), "annual"),
        (marked(), "marks"),
    ];
    let reports = reports.map(|(made, name)| {
        (
            name,
            ["screen", "large-print"]
                .map(|layout| made.file(layout, "pdf"))
                .to_vec(),
        )
    });
    for (name, files) in samples.chain(reports) {
        for file in files {
            let found = dossier(file);
            assert_eq!(found.criteria.len(), criteria::all().len());
            for one in &found.criteria {
                let said = match one.status {
                    Status::NotApplicable => one.reason.is_some(),
                    Status::Open if one.rests.is_empty() => {
                        one.question.is_some() && one.look.is_some()
                    }
                    Status::Failed => false,
                    _ => !one.decided_by.is_empty(),
                };
                assert!(said, "{name}: {one:#?}");
            }
            let machine = found
                .criteria
                .iter()
                .filter(|one| one.status == Status::Passed)
                .count();
            assert!(machine > 40, "{name}: {machine}");
        }
    }
}

#[test]
fn what_a_report_has_not_is_said_to_be_missing_and_what_it_has_is_asked() {
    let (without, with) = (
        dossier(shipped().file("screen", "pdf")),
        dossier(annual().file("screen", "pdf")),
    );
    for id in ["13-005", "alt-texts-are-right", "10.1.4.5"] {
        assert_eq!(status(&without, id), Status::NotApplicable, "{id}");
        assert_eq!(status(&with, id), Status::Open, "{id}");
    }
    // No report has sound, form fields or programs.
    for id in [
        "10.1.2.2", "10.3.3.1", "28-005", "05-001", "29-001", "26-001",
    ] {
        assert_eq!(status(&with, id), Status::NotApplicable, "{id}");
    }
    let reason = |id: &str| {
        with.criteria
            .iter()
            .find(|one| one.id == id)
            .and_then(|one| one.reason.clone())
    };
    assert_eq!(
        reason("10.1.2.2").as_deref(),
        Some("the file has no sound or film")
    );
}

#[test]
fn text_stands_out_from_its_ground_in_every_layout() {
    let loader = LayoutLoader::embedded();
    let backend = format::find("pdf").expect("a format");
    let made = annual();
    for name in loader.names() {
        let layout = loader.load(&name).expect("a layout");
        let document = made.document_for(&layout);
        let edition = Edition::new(&document, &layout, EPOCH);
        let file = backend
            .render(&edition)
            .unwrap_or_else(|found| panic!("{name}: {found}"));
        let found = format::inspect("pdf", Profile::of(&layout), &file.read_back());
        let found = found.unwrap_or_else(|found| panic!("{name}: {found}"));
        let verdict = found.verdicts.iter().find(|one| one.check == "contrast");
        let verdict = verdict.unwrap_or_else(|| panic!("{name} is not checked"));
        assert!(verdict.passed(), "{name}: {:#?}", verdict.breaches);
    }
}

#[test]
fn large_text_may_stand_out_less_and_the_dossier_lists_every_pair() {
    let draw = |size: u32, grey: f64| {
        let mut doc = Document::load_mem(harbour().file("screen", "pdf")).expect("a good file");
        let name = font_name(&mut doc);
        paint(
            &mut doc,
            &format!(
                "/Artifact BMC BT {grey} g 1 0 0 1 9 9 Tm /{name} {size} Tf <00010001> Tj ET EMC"
            ),
        );
        dossier(&save(doc))
    };
    // #8c8c8c on white: 3.36:1.
    assert_eq!(status(&draw(12, 0.55), "contrast"), Status::Failed);
    assert_eq!(status(&draw(18, 0.55), "contrast"), Status::Passed);
    assert_eq!(status(&draw(18, 0.7), "contrast"), Status::Failed);
    let found = draw(12, 0.55);
    let worst = found.contrast.first().expect("a pair");
    assert_eq!(
        (worst.text.as_str(), worst.ground.as_str(), worst.page),
        ("#8c8c8c", "#ffffff", 1)
    );
    assert!(found.contrast.len() > 1);
}

#[test]
fn text_on_an_area_is_held_against_the_area_and_text_over_a_picture_is_asked_of_a_person() {
    let draw = |before: &str| {
        let mut doc = Document::load_mem(harbour().file("screen", "pdf")).expect("a good file");
        let name = font_name(&mut doc);
        let text = format!("BT 1 g 1 0 0 1 20 20 Tm /{name} 10 Tf <00010001> Tj ET");
        paint(&mut doc, &format!("/Artifact BMC {before} {text} EMC"));
        dossier(&save(doc))
    };
    assert_eq!(status(&draw(""), "contrast"), Status::Failed);
    assert_eq!(
        status(&draw("0 g 0 0 90 90 re f"), "contrast"),
        Status::Passed
    );
    // The corner of a triangle does not reach below the text, though the box around it does.
    let corner = draw("0 g 0 90 m 90 90 l 90 40 l f");
    assert_eq!(status(&corner, "contrast"), Status::Failed);
    let picture = draw("q 90 0 0 90 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q");
    assert_eq!(status(&picture, "contrast"), Status::Passed);
    assert_eq!(status(&picture, "contrast-over-pictures"), Status::Open);
    let places = picture
        .looks
        .iter()
        .find(|one| one.topic == "over-pictures")
        .expect("places");
    assert_eq!(places.places.len(), 1);
}

/// A report of one picture in a folder.
fn desk() -> Desk {
    Desk::with_report()
}

#[test]
fn the_dossier_is_written_as_data_and_as_a_page_and_the_same_again() {
    let desk = desk();
    desk.run(&["access", "--out", "a"]).is_done();
    desk.run(&["access", "--out", "b"]).is_done();
    let names = crate::program::names(&desk.path("a"));
    let name = names
        .iter()
        .find(|name| name.ends_with(".access.json"))
        .expect("a dossier");
    assert_eq!(
        desk.read(&format!("a/{name}")),
        desk.read(&format!("b/{name}"))
    );
    let page = name.replace(".json", ".html");
    let html = desk.read(&format!("a/{page}"));
    assert_eq!(html, desk.read(&format!("b/{page}")));
    // It has the pages and what is heard of each.
    let data: serde_json::Value =
        serde_json::from_str(&desk.read(&format!("a/{name}"))).expect("JSON");
    let pages = data["pages"].as_u64().expect("pages") as usize;
    assert_eq!(
        html.matches("<img src=\"data:image/png;base64,").count(),
        pages
    );
    let heard = data["heard"].as_array().expect("lines");
    let said = |line: &serde_json::Value| {
        (
            line["what"].as_str().map(str::to_owned),
            line["words"].as_str().map(str::to_owned),
        )
    };
    let heard: Vec<_> = heard.iter().map(said).collect();
    let contents = (
        Some("heading level 1".to_owned()),
        Some("Contents".to_owned()),
    );
    assert!(heard.contains(&contents), "{heard:?}");
    assert!(heard.iter().any(|(what, _)| {
        what.as_deref()
            .is_some_and(|what| what.starts_with("list of "))
    }));
    // It keeps what it asks of others.
    assert!(
        html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"),
        "{html}"
    );
    assert!(!html.contains("<script") && html.matches("<h1").count() == 1);
    let xml = html
        .split_once('\n')
        .expect("lines")
        .1
        .replace("<meta charset=\"utf-8\">", "")
        .replace(
            "<meta name=\"viewport\" content=\"width=device-width\">",
            "",
        );
    let tree = roxmltree::Document::parse(&xml).expect("a page that is whole");
    let mut last = 0;
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        let tag = node.tag_name().name();
        if let Some(level) = tag
            .strip_prefix('h')
            .and_then(|level| level.parse::<u32>().ok())
        {
            assert!(level <= last + 1, "{tag} after {last}");
            last = level;
        }
        if tag == "th" {
            assert!(node.attribute("scope").is_some());
        }
        if let Some(target) = node
            .attribute("href")
            .and_then(|target| target.strip_prefix('#'))
        {
            assert!(
                tree.descendants()
                    .any(|one| one.attribute("id") == Some(target)),
                "{target}"
            );
        }
    }
}

#[test]
fn a_layout_whose_text_is_too_pale_is_refused_by_check_and_by_release() {
    let desk = desk();
    let pale = "extends: screen\ncolours: {grey: \"#b0b0b0\"}\n";
    desk.write("layouts/screen/layout.yaml", pale);
    let checked = desk.run(&["check", "--pages"]);
    let found = "text in #b0b0b0 on #ffffff stands out by 2.16:1 and needs 4.5:1";
    assert!(
        checked.stderr.contains("E1270") && checked.stderr.contains(found),
        "{}",
        checked.stderr
    );
    assert_eq!(checked.code, 1);
    let released = desk.run(&["release"]);
    assert!(released.stderr.contains(found), "{}", released.stderr);
    assert_eq!(released.code, 1);
    assert!(!desk.path("out/release").exists());
    // The dossier is there all the same: it says where.
    let judged = desk.run(&["access"]);
    assert!(
        judged.stderr.contains("contrast: text in #b0b0b0"),
        "{}",
        judged.stderr
    );
    assert_eq!(judged.code, 1);
    assert!(desk.path("out").exists());
}

#[test]
fn a_release_holds_the_dossier_of_each_file_for_screens() {
    let desk = desk();
    desk.run(&["release", "-q"]).is_done();
    let names = crate::program::names(&desk.path("out/release"));
    let dossiers: Vec<&String> = names
        .iter()
        .filter(|name| name.contains(".access."))
        .collect();
    assert_eq!(dossiers.len(), 2, "{names:?}");
    let manifest = desk.read("out/release/manifest.json");
    let sums = desk.read("out/release/SHA256SUMS");
    for name in &dossiers {
        assert!(
            manifest.contains(name.as_str()) && sums.contains(name.as_str()),
            "{name}"
        );
    }
    // Pictures of pages differ by processor in the last bit, and a release does not differ by machine.
    for name in dossiers.iter().filter(|name| name.ends_with(".html")) {
        let page = desk.read(&format!("out/release/{name}"));
        assert!(
            !page.contains("<img") && page.contains("id=\"page-1\""),
            "{name}"
        );
    }
    desk.run(&["verify", "--release", "out/release"]).is_done();
    let first = format!("out/release/{}", dossiers[0]);
    let there = desk.read(&first);
    desk.write(
        &first,
        &there.replace("passed by machine", "passed by magic"),
    );
    assert_ne!(desk.run(&["verify", "--release", "out/release"]).code, 0);
}

#[test]
fn the_protocol_and_the_european_standard_are_there_in_full() {
    let count = |standard| {
        criteria::all()
            .iter()
            .filter(|one| one.standard == standard)
            .count()
    };
    assert_eq!(count(Standard::Matterhorn), 137);
    assert_eq!(count(Standard::En301549), 52);
}
