//! Files that are broken, or made to break a reader: an error or a report, in bounded time, never a panic.

use lopdf::dictionary;

use super::sample::{Parts, SOUND, file, name, rect};
use super::*;

fn message(bytes: &[u8]) -> String {
    inspect(&ReadBack::of(bytes), &Rules::default())
        .unwrap_err()
        .to_string()
}

#[test]
fn what_is_no_pdf_file_is_an_error_of_reading() {
    for bytes in [&b""[..], b"words", b"%PDF-1.7", &[0; 5000]] {
        let found = inspect(&ReadBack::of(bytes), &Rules::default()).unwrap_err();
        assert_eq!(found.exit_code(), 5);
        assert!(!found.to_string().contains("panicked"), "{found}");
    }
}

#[test]
fn forms_and_patterns_that_draw_themselves_end() {
    let own = |parts: &mut Parts| {
        let id = parts.doc.new_object_id();
        let resources = dictionary! {
            "XObject" => dictionary! { "X" => id }, "Pattern" => dictionary! { "P" => id }
        };
        let dict = dictionary! {
            "Subtype" => "Form", "PatternType" => 1, "BBox" => rect([0, 0, 9, 9]), "Resources" => resources.clone()
        };
        let content = b"/Pattern cs /P scn 0 0 9 9 re f /X Do /X Do".to_vec();
        parts
            .doc
            .objects
            .insert(id, lopdf::Stream::new(dict, content).into());
        parts.resources = resources;
    };
    assert!(message(&file("/X Do", own)).contains("nested too deeply"));
    assert!(message(&file("/Pattern cs /P scn", own)).contains("nested too deeply"));
}

#[test]
fn colour_spaces_that_hold_themselves_end() {
    let own = |parts: &mut Parts| {
        let id = parts.doc.new_object_id();
        let space = vec![
            name("Separation"),
            name("Gold"),
            id.into(),
            lopdf::Object::Null,
        ];
        parts.doc.objects.insert(id, space.into());
        parts.resource("ColorSpace", "C", id);
    };
    inspect(
        &ReadBack::of(&file("/C cs 1 scn 50 50 9 9 re f", own)),
        &Rules::default(),
    )
    .unwrap();
}

#[test]
fn absurd_numbers_are_found_or_draw_nothing() {
    let none = |_: &mut Parts| {};
    let image = |parts: &mut Parts| parts.image("I", i64::MAX, "DeviceCMYK", &[1, 2, 3]);
    for (content, spoil, said) in [
        (
            "1e38 0 0 1e38 0 0 cm 1e38 1e38 1e38 1e38 re f 1e38 w S",
            &none as &dyn Fn(&mut Parts),
            "",
        ),
        ("0 0 0 0 0 0 cm 1 1 1 1 re B", &none, "E0827 "),
        (
            "re m l W n W* f f S sh gs Do",
            &none,
            "draws object ``, which",
        ),
        ("-5 Tr 300 Tr /F -9 Tf 9 9 9 9 9 k 9 g k g", &none, ""),
        ("/All cs scn 1 2 3 4 scn 1 1 1 1 re f", &none, ""),
        (
            "0 0 0 0 0 0 cm BI /W 9999999999 /H -1 /BPC 8 /CS /G ID x EI",
            &none,
            "invalid content stream",
        ),
        ("9 0 0 9 50 50 cm /I Do", &image, ""),
    ] {
        let codes = match inspect(&ReadBack::of(&file(content, spoil)), &Rules::default()) {
            Ok(report) => report
                .issues
                .iter()
                .map(|one| format!("{:?} ", one.code))
                .collect(),
            Err(found) => found.to_string(),
        };
        assert!(
            codes == said || !said.is_empty() && codes.contains(said),
            "{content}: {codes}"
        );
    }
}

#[test]
fn damage_at_any_place_is_an_error_of_reading_or_a_report() {
    let image = |parts: &mut Parts| {
        parts.image("I", 10, "DeviceCMYK", &[99; 400]);
        let group = dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK" };
        parts.page.set("Group", group);
    };
    let whole = file(&format!("{SOUND} q 2 0 0 2 50 50 cm /I Do Q"), image);
    let good = inspect(&ReadBack::of(&whole), &Rules::default()).unwrap();
    let (mut refused, mut seen, mut unseen) = (0, 0, 0);
    let mut judge =
        |bytes: &[u8], what: &str| match inspect(&ReadBack::of(bytes), &Rules::default()) {
            Err(found) => {
                assert!(!found.to_string().contains("panicked"), "{what}: {found}");
                assert_eq!(found.exit_code(), 5, "{what}: {found}");
                refused += 1;
            }
            Ok(report) if report == good => unseen += 1,
            Ok(_) => seen += 1,
        };
    for cut in (0..whole.len()).step_by(11) {
        judge(&whole[..cut], &format!("cut at {cut}"));
    }
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        judge(&bytes, &format!("byte {at}"));
    }
    assert_eq!((refused, seen, unseen), (789, 263, 1117));
}
