//! What goes elsewhere comes back from Word, and values change in their files.

use gmg_export::review::{ChangeKind, Refused};

use crate::merge::{BODY, bare, changed, files, look, merge, paragraph, replaced, word};

#[test]
fn rows_go_elsewhere() {
    let files = files("annual");
    let bytes = word(&files);
    let moved = changed(&bytes, BODY, |xml| {
        let row = |words: &str| {
            let at = xml.find(words).unwrap();
            let start = xml[..at]
                .rfind("<w:tr>")
                .max(xml[..at].rfind("<w:tr "))
                .unwrap();
            start..at + xml[at..].find("</w:tr>").unwrap() + "</w:tr>".len()
        };
        let (one, other) = (row("Week 3<"), row("Week 7<"));
        let between = &xml[one.end..other.end];
        format!(
            "{}{between}{}{}",
            &xml[..one.start],
            &xml[one.clone()],
            &xml[other.end..]
        )
    });
    let merged = merge(&files, &moved).unwrap();
    assert!(
        merged.changes.iter().all(|one| one.refused.is_none()),
        "{:#?}",
        merged.changes
    );
    let now = &merged.files["traffic.yaml"];
    let at = |week: &str| now.find(&format!("[Week {week},")).unwrap();
    assert!(at("2") < at("4") && at("7") < at("3") && at("3") < at("8"));
    let sorted = |text: &str| {
        let mut signs: Vec<char> = bare(text).replace('"', "").chars().collect();
        signs.sort_unstable();
        signs
    };
    let then = std::str::from_utf8(&files["traffic.yaml"]).unwrap();
    assert_eq!(sorted(now), sorted(then));
}

/// Word keeps the names of a place in the paragraph behind one that is gone.
#[test]
fn tracked_paragraphs_go_and_move_with_their_authors() {
    let files = files("harbour");
    let bytes = word(&files);
    let tracked = |own: &str, kind: &str| {
        let open =
            format!("<w:{kind} w:id=\"9001\" w:author=\"Ana\" w:date=\"2026-01-01T00:00:00Z\"");
        let own = own.replacen("</w:pPr>", &format!("<w:rPr>{open}/></w:rPr></w:pPr>"), 1);
        let own = own.replace("<w:r>", &format!("{open}><w:r>"));
        let own = own.replace("</w:r>", &format!("</w:r></w:{kind}>"));
        match kind {
            "del" => own
                .replace("<w:t ", "<w:delText ")
                .replace("</w:t>", "</w:delText>"),
            _ => own,
        }
    };
    let without_names = |own: &str| {
        let mut own = own.to_owned();
        while let Some(at) = own.find("<w:bookmark") {
            let end = at + own[at..].find("/>").unwrap() + 2;
            own.replace_range(at..end, "");
        }
        own
    };
    let words = "Chaque escale raccordée évite";
    let gone = changed(&bytes, BODY, |xml| {
        let range = paragraph(&xml, words);
        let own = tracked(&xml[range.clone()], "del");
        format!("{}{own}{}", &xml[..range.start], &xml[range.end..])
    });
    let moved = changed(&bytes, BODY, |xml| {
        let from = paragraph(&xml, words);
        let to = paragraph(&xml, "a salué les douze villes");
        assert!(from.end < to.start);
        let there = tracked(&xml[from.clone()], "moveFrom");
        let here = tracked(&without_names(&xml[from.clone()]), "moveTo");
        let (before, after) = (&xml[..from.start], &xml[to.end..]);
        format!("{before}{there}{}{here}{after}", &xml[from.end..to.end])
    });
    for (edited, kind, count) in [
        (gone, ChangeKind::Deleted, 1),
        (moved, ChangeKind::Moved, 2),
    ] {
        let merged = merge(&files, &edited).unwrap();
        let [change] = merged.changes.as_slice() else {
            panic!("{:#?}", merged.changes)
        };
        assert_eq!((change.kind, change.refused.as_ref()), (kind, None));
        assert_eq!(change.authors, ["Ana"]);
        assert_eq!(merged.files.len(), count);
        let now: String = merged.files.values().map(String::as_str).collect();
        assert_eq!(bare(&now).contains(&bare(words)), kind == ChangeKind::Moved);
    }
}

/// The row of a table around words that stand once.
fn row(xml: &str, words: &str) -> std::ops::Range<usize> {
    let at = xml.find(words).unwrap();
    let rows = [xml[..at].rfind("<w:tr>"), xml[..at].rfind("<w:tr ")];
    let start = rows.into_iter().flatten().max().unwrap();
    start..at + xml[at..].find("</w:tr>").unwrap() + "</w:tr>".len()
}

#[test]
fn cells_and_rows_of_files_of_values_come_back() {
    let files = files("annual");
    let bytes = word(&files);
    let then = String::from_utf8(files["data/berths.csv"].clone()).unwrap();
    let copied = |xml: &str, words: &str, change: &dyn Fn(&str) -> String| {
        let row = row(xml, words);
        // A copy has no names of places.
        let copy: String = xml[row.clone()]
            .split("<w:bookmark")
            .enumerate()
            .map(|(at, part)| match at {
                0 => part,
                _ => &part[part.find("/>").unwrap() + 2..],
            })
            .collect();
        format!("{}{}{}", &xml[..row.end], change(&copy), &xml[row.end..])
    };
    for (edited, old, new) in [
        (
            replaced(
                &bytes,
                "Alder Bridge, south",
                "Alder “Bridge”, *south*; all",
            ),
            "Alder Bridge, south",
            "Alder “Bridge”, *south*; all",
        ),
        (
            replaced(&bytes, "Alder Bridge, south", "Alder Bridge, \"south\""),
            "Alder Bridge, south",
            "Alder Bridge, \"\"south\"\"",
        ),
        (
            replaced(&bytes, ">Berths<", ">Moorings<"),
            "Berths",
            "Moorings",
        ),
        (
            changed(&bytes, BODY, |xml| {
                let row = row(&xml, "Alder Bridge, south");
                format!("{}{}", &xml[..row.start], &xml[row.end..])
            }),
            "\"Alder Bridge, south\",6,3.25\n",
            "",
        ),
        (
            changed(&bytes, BODY, |xml| {
                copied(&xml, "Alder Bridge, south", &|copy| {
                    copy.replace("south", "west")
                })
            }),
            "south\",6,3.25\n",
            "south\",6,3.25\n\"Alder Bridge, west\",6,3.25\n",
        ),
    ] {
        let merged = merge(&files, &edited).unwrap();
        assert!(
            merged.changes.iter().all(|one| one.refused.is_none()),
            "{new}: {:#?}",
            merged.changes
        );
        let now: Vec<&String> = merged.files.values().collect();
        assert_eq!(now, [&then.replace(old, new)], "{:#?}", merged.changes);
        let place = merged.changes[0].place.clone().unwrap();
        assert!(place.file.ends_with("data/berths.csv"), "{place}");
    }
    // Marks, notes and rows that are something else are named.
    for edited in [
        look(&bytes, "Alder Bridge, south", "<w:i/>"),
        replaced(
            &bytes,
            "Alder Bridge, south",
            "Alder Bridge</w:t><w:br/><w:t>south",
        ),
    ] {
        let merged = merge(&files, &edited).unwrap();
        assert!(merged.files.is_empty(), "{:#?}", merged.files);
        let [one] = merged.changes.as_slice() else {
            panic!("{:#?}", merged.changes)
        };
        assert!(
            matches!(&one.refused, Some(Refused::Unsayable(why)) if why.contains("CSV")),
            "{one:#?}"
        );
    }
    // The source has changed since.
    let mut other = files.clone();
    let text = then.replace("Alder Bridge, south", "Alder Bridge, east");
    other.insert("data/berths.csv".to_owned(), text.into_bytes());
    let edited = replaced(&bytes, "Alder Bridge, south", "Alder Bridge, west");
    let merged = merge(&other, &edited).unwrap();
    assert!(merged.files.is_empty());
    assert!(
        matches!(merged.changes[0].refused, Some(Refused::Clash(_))),
        "{:#?}",
        merged.changes
    );
}
