//! What PDF/A-2a requires of the file as a whole: header and trailer, tagging, language, no scripts, no forms that
//! change, nothing attached.

use lopdf::Object;

use super::CheckedPdf;
use crate::verify::conformance::is_language;
use crate::verify::conformance::verdict::BreachList;

/// Checks the file.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    head(look.bytes, found);
    end(look, found);
    tagged(look, found);
    catalog(look, found);
    names(look, found);
    forms(look, found);
    layers(look, found);
}

/// `%PDF-1.n` and a comment of four bytes that no text has.
fn head(bytes: &[u8], found: &mut BreachList) {
    let line = |bytes: &[u8]| bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let version = matches!(
        bytes,
        [
            b'%',
            b'P',
            b'D',
            b'F',
            b'-',
            b'1',
            b'.',
            b'0'..=b'7',
            b'\n' | b'\r',
            ..
        ]
    );
    found.unless(
        version,
        "6.1.2",
        "the file does not begin with %PDF-1.n and a line end",
    );
    let rest = line(bytes)
        .and_then(|at| bytes.get(at..))
        .unwrap_or_default();
    let rest = rest.trim_ascii_start();
    let binary =
        matches!(rest, [b'%', a, b, c, d, ..] if [a, b, c, d].iter().all(|byte| **byte > 127));
    let what = "the second line of the file is no comment of four bytes above 127";
    found.unless(binary, "6.1.2", what);
}

fn end(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let id = look.file.array(look.file.trailer(), "ID");
    let whole = id.len() == 2
        && id
            .iter()
            .all(|part| part.as_str().is_ok_and(|part| !part.is_empty()));
    found.unless(whole, "6.1.3", "the file has no identifier (ID)");
    let text = look.bytes.trim_ascii_end();
    let rest = look.bytes.len() - text.len();
    let ends = text.ends_with(b"%%EOF") && rest <= 2;
    found.unless(
        ends,
        "6.1.3",
        "there is something behind the end of the file (%%EOF)",
    );
}

fn tagged(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let mark = look.file.dict(look.catalog, "MarkInfo");
    let marked = mark.map(|mark| look.file.get(mark, "Marked").as_bool());
    let what = "the file does not say that it is tagged (MarkInfo, Marked)";
    found.unless(matches!(marked, Some(Ok(true))), "6.7.2.2", what);
    let what = "the file has no tag tree";
    found.unless(!look.tree.elements.is_empty(), "6.7.3.3", what);
    let language = look.file.text(look.catalog, "Lang");
    let what = "the file does not say its language, or says it in no language tag (Lang)";
    found.unless(language.is_some_and(|tag| is_language(&tag)), "6.7.4", what);
}

fn catalog(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let unwanted = [
        (
            "AA",
            "6.5.2",
            "the file runs actions when it is opened, printed or closed (AA)",
        ),
        (
            "Requirements",
            "6.11",
            "the file asks for a program that can do something (Requirements)",
        ),
        (
            "NeedsRendering",
            "6.4.2",
            "the file is laid out as it is read (NeedsRendering)",
        ),
    ];
    for (key, clause, what) in unwanted {
        found.unless(!look.catalog.has(key.as_bytes()), clause, what);
    }
    let permissions = look.file.dict(look.catalog, "Perms");
    let only = |dict: &lopdf::Dictionary| {
        dict.iter()
            .all(|(key, _)| matches!(key.as_slice(), b"UR3" | b"DocMDP"))
    };
    let what = "the file has permissions that are not known (Perms)";
    found.unless(permissions.is_none_or(only), "6.1.12", what);
}

fn names(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let Some(names) = look.file.dict(look.catalog, "Names") else {
        return;
    };
    let unwanted = [
        ("JavaScript", "6.5.1", "the file has programs (JavaScript)"),
        (
            "EmbeddedFiles",
            "6.8",
            "the file has others attached, which are not checked here",
        ),
        (
            "AlternatePresentations",
            "6.10",
            "the file has other ways to be shown (AlternatePresentations)",
        ),
    ];
    for (key, clause, what) in unwanted {
        found.unless(!names.has(key.as_bytes()), clause, what);
    }
}

fn forms(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let Some(form) = look.file.dict(look.catalog, "AcroForm") else {
        return;
    };
    let changes = look.file.get(form, "NeedAppearances").as_bool();
    let what = "the fields of a form are drawn by whoever reads it (NeedAppearances)";
    found.unless(!changes.unwrap_or(false), "6.4.1", what);
    found.unless(
        !form.has(b"XFA"),
        "6.4.2",
        "the file has a form of XML (XFA)",
    );
}

fn layers(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let Some(layers) = look.file.dict(look.catalog, "OCProperties") else {
        return;
    };
    let default = look.file.dict(layers, "D");
    let named = default.and_then(|default| look.file.text(default, "Name"));
    let what = "the set of layers has no name";
    found.unless(named.is_some_and(|name| !name.is_empty()), "6.9", what);
    let switching =
        default.is_some_and(|default| !matches!(look.file.get(default, "AS"), Object::Null));
    found.unless(
        !switching,
        "6.9",
        "layers switch themselves on and off (AS)",
    );
}
