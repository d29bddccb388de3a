//! What PDF/UA-1 requires of the file as a whole: identification, tagging, title, bookmarks.

use lopdf::Object;

use super::CheckedPdf;
use super::xmp::{DC, PDFUA};
use crate::pdf::read::file::as_dict;
use crate::verify::conformance::verdict::BreachList;

/// Fewest pages of a file that must have bookmarks.
const LONG: usize = 10;

/// Checks the file.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    identification(look, found);
    tagged(look, found);
    title(look, found);
    forms(look, found);
    navigation(look, found);
}

fn identification(look: &CheckedPdf<'_>, found: &mut BreachList) {
    match &look.packet {
        None => found.add(("5", "06-001"), "the file has no metadata (XMP)"),
        Some(Err(why)) => {
            let what = format!("the metadata (XMP) cannot be read: {why}");
            found.add(("5", "06-001"), what);
        }
        Some(Ok(packet)) => {
            let part = packet.text(PDFUA, "part");
            let what = "the file does not say that it keeps PDF/UA-1 (pdfuaid:part)";
            found.unless(part.as_deref() == Some("1"), ("5", "06-002"), what);
        }
    }
}

fn tagged(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let file = look.file;
    let mark = file.dict(look.catalog, "MarkInfo");
    let says = |key: &str| {
        let value = mark.map(|mark| file.get(mark, key).as_bool());
        value.and_then(Result::ok).unwrap_or(false)
    };
    let what = "the file does not say that it is tagged (MarkInfo, Marked)";
    found.unless(says("Marked"), "7.1", what);
    let what = "the file says that its tags are not to be trusted (MarkInfo, Suspects)";
    found.unless(!says("Suspects"), ("7.1", "01-007"), what);
    let what = "the file has no tag tree";
    found.unless(!look.tree.elements.is_empty(), "7.1", what);
}

fn title(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let title = look.packet().and_then(|packet| packet.text(DC, "title"));
    let what = "the metadata has no title (dc:title)";
    found.unless(
        title.is_some_and(|title| !title.trim().is_empty()),
        ("7.1", "06-003"),
        what,
    );
    let file = look.file;
    let shown = file
        .dict(look.catalog, "ViewerPreferences")
        .map(|all| file.get(all, "DisplayDocTitle").as_bool());
    let condition = match shown {
        Some(Ok(true)) => return,
        Some(Ok(false)) => "07-002",
        _ => "07-001",
    };
    let what = "the window shows the name of the file, not the title (DisplayDocTitle)";
    found.add(("7.1", condition), what);
}

fn forms(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let file = look.file;
    let form = file.dict(look.catalog, "AcroForm");
    let dynamic = form.is_some_and(|form| form.has(b"XFA")) || look.catalog.has(b"NeedsRendering");
    found.unless(
        !dynamic,
        ("7.15", "25-001"),
        "the file has a form that may be laid out as it is read (XFA)",
    );
    layers(look, found);
    attached(look, found);
}

fn layers(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let file = look.file;
    let layers = file.dict(look.catalog, "OCProperties");
    let configurations = layers.into_iter().flat_map(|layers| {
        let default = std::iter::once(("20-002", file.get(layers, "D")));
        let others = file.array(layers, "Configs").iter();
        default.chain(others.map(|one| ("20-001", file.resolve(one))))
    });
    for (condition, configuration) in configurations {
        let Some(configuration) = as_dict(configuration) else {
            continue;
        };
        let named = file
            .text(configuration, "Name")
            .is_some_and(|name| !name.is_empty());
        let what = "a set of layers has no name";
        found.unless(named, ("7.10", condition), what);
        let what = "layers switch themselves on and off";
        found.unless(!configuration.has(b"AS"), ("7.10", "20-003"), what);
    }
}

/// Attached files, by both of their names.
fn attached(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let file = look.file;
    for dict in file.dictionaries() {
        if file.name(dict, "Type").as_deref() == Some("Filespec") && dict.has(b"EF") {
            let named = dict.has(b"F") && dict.has(b"UF");
            found.unless(
                named,
                ("7.11", "21-001"),
                "an attached file lacks one of its names (F, UF)",
            );
        }
    }
}

/// Bookmarks of a long file with headings.
fn navigation(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let headings = look
        .tree
        .elements
        .iter()
        .any(|one| crate::pdf::read::tree::level(&one.kind).is_some());
    let outlines = look.file.dict(look.catalog, "Outlines");
    let bookmarks =
        outlines.is_some_and(|all| !matches!(look.file.get(all, "First"), Object::Null));
    let what = "the file is long and has headings, but no bookmarks";
    found.unless(
        bookmarks || !headings || look.pages.len() < LONG,
        "7.17",
        what,
    );
}
