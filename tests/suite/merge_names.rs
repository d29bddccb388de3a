//! Names, posts and facts that the program sets from fields, and that are changed in Word.

use gmg_export::review::{MergeOptions, Refused};

use crate::merge::{BODY, changed, files, merge, merge_with, word};

/// A file with words changed in the first paragraph of a style.
fn in_style(bytes: &[u8], style: &str, old: &str, new: &str) -> Vec<u8> {
    changed(bytes, BODY, |xml| {
        let head = format!("<w:pStyle w:val=\"{style}\"");
        let at = xml.match_indices(&head).find_map(|(at, _)| {
            let end = at + xml[at..].find("</w:p>")?;
            Some(at + xml[at..end].find(old)?)
        });
        let (before, after) = xml.split_at(at.unwrap_or_else(|| panic!("{style} {old}")));
        format!("{before}{new}{}", &after[old.len()..])
    })
}

/// The names of the registries: here nowhere, or everywhere.
#[test]
fn a_name_changes_everywhere_where_that_is_asked_for() {
    let files = files("gmg");
    let bytes = word(&files);
    for (style, old, new, field) in [
        (
            "Speaker",
            "Lakshmi",
            "Laksmi",
            "name: Laksmi Puri\n    sort: Puri, Laksmi\n",
        ),
        (
            "Post",
            "Chief of Migration",
            "Head of Migration",
            "post: Head of Migration\n",
        ),
    ] {
        let bytes = in_style(&bytes, style, old, new);
        let merged = merge(&files, &bytes).unwrap();
        let [change] = merged.changes.as_slice() else {
            panic!("{:#?}", merged.changes)
        };
        assert!(
            matches!(change.refused, Some(Refused::Everywhere(_))) && merged.files.is_empty(),
            "{change:#?}"
        );
        let options = MergeOptions {
            names: true,
            ..MergeOptions::default()
        };
        let merged = merge_with(&files, &bytes, options).unwrap();
        assert_eq!(merged.changes[0].refused, None);
        assert_eq!(merged.files.len(), 1);
        let people = &merged.files["people.yaml"];
        let then = String::from_utf8(files["people.yaml"].clone()).unwrap();
        assert!(people.contains(field) && !then.contains(field));
        assert_eq!(people.replace(new, old), then);
    }
}

#[test]
fn facts_posts_and_speakers_change_where_the_chapter_has_them() {
    let files = files("gmg");
    let bytes = word(&files);
    for (style, old, new, from, to) in [
        (
            "FactValue",
            "Conference Room 7",
            "Conference Room 12",
            "room: Conference Room 7",
            "room: Conference Room 12",
        ),
        (
            "FactValue",
            "Conference Room 7, United Nations Headquarters",
            "Conference Room 7, United Nations Secretariat",
            "building: United Nations Headquarters",
            "building: United Nations Secretariat",
        ),
        (
            "Speaker",
            "Lakshmi Puri",
            "Bela Hovy",
            "- speaker: puri",
            "- speaker: hovy",
        ),
    ] {
        let merged = merge(&files, &in_style(&bytes, style, old, new)).unwrap();
        let [change] = merged.changes.as_slice() else {
            panic!("{:#?}", merged.changes)
        };
        assert_eq!(change.refused, None, "{change:#?}");
        assert_eq!(merged.files.len(), 1, "{change:#?}");
        let now = &merged.files["meetings/first.yaml"];
        let then = std::str::from_utf8(&files["meetings/first.yaml"]).unwrap();
        assert_eq!(now, &then.replacen(from, to, 1));
        let place = change.place.clone().unwrap();
        let line = then[..then.find(from).unwrap()].matches('\n').count() + 1;
        assert_eq!(usize::try_from(place.line).unwrap(), line, "{place}");
    }
    // What is counted, a date, and the name of an organisation among others are named, with a place near by.
    for (old, new) in [("2016", "2017"), ("IOM", "UNDP")] {
        let merged = merge(&files, &in_style(&bytes, "FactValue", old, new)).unwrap();
        let [change] = merged.changes.as_slice() else {
            panic!("{:#?}", merged.changes)
        };
        assert!(merged.files.is_empty() && change.refused.is_some());
        let place = change.place.clone().unwrap();
        assert!(place.line > 0 && place.file.ends_with(".yaml"), "{place}");
    }
    // The chapter has been changed since.
    let mut other = files.clone();
    let text = std::str::from_utf8(&files["meetings/first.yaml"]).unwrap();
    let text = text.replace("room: Conference Room 7", "room: Conference Room 9");
    other.insert("meetings/first.yaml".to_owned(), text.into_bytes());
    let edited = in_style(
        &bytes,
        "FactValue",
        "Conference Room 7",
        "Conference Room 12",
    );
    let merged = merge(&other, &edited).unwrap();
    assert!(merged.files.is_empty(), "{:#?}", merged.changes);
    assert!(merged.changes.iter().all(|one| one.refused.is_some()));
}
