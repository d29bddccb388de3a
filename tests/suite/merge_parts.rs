//! Sections, and what single people said, that go elsewhere in Word with all that stands in them.

use gmg_export::review::{ChangeKind, Refused};

use crate::merge::{BODY, bare, changed, files, merge, word};

/// Where the paragraph of these words in a style begins.
fn start(xml: &str, style: &str, words: &str) -> usize {
    let head = format!("<w:pStyle w:val=\"{style}\"");
    let found = xml.match_indices(&head).find_map(|(at, _)| {
        let end = at + xml[at..].find("</w:p>")?;
        let text = xml[at..end].split("<w:t").skip(1);
        let text = text.filter_map(|part| part.split_once('>')?.1.split('<').next());
        let text = text.collect::<String>().replace('\u{a0}', " ");
        text.starts_with(words).then(|| xml[..at].rfind("<w:p>"))?
    });
    found.unwrap_or_else(|| panic!("{style} {words}"))
}

/// What stands from one paragraph to another, put before a third one.
fn taken(xml: &str, [from, to, before]: [(&str, &str); 3]) -> String {
    let [from, to, before] = [from, to, before].map(|(style, words)| start(xml, style, words));
    assert!(from < to && (before <= from || before >= to));
    let part = &xml[from..to];
    match before < from {
        true => [&xml[..before], part, &xml[before..from], &xml[to..]].concat(),
        false => [&xml[..from], &xml[to..before], part, &xml[before..]].concat(),
    }
}

#[test]
fn what_people_said_and_whole_sections_go_elsewhere_in_their_chapter() {
    let files = files("gmg");
    let bytes = word(&files);
    let speaker = |name| ("Speaker", name);
    for (moves, first, second) in [
        // To the head of the panel, to its end, past one, and a panel before another.
        (
            [
                speaker("Susana Adamo"),
                speaker("Michele Klein"),
                speaker("Bela Hovy"),
            ],
            "speaker: adamo",
            "speaker: hovy",
        ),
        (
            [
                speaker("Bela Hovy"),
                speaker("Ninette Kelley"),
                ("Heading2Unlisted", "Interactive debate"),
            ],
            "speaker: simeone",
            "speaker: hovy",
        ),
        (
            [
                speaker("Ninette Kelley"),
                speaker("Susana Adamo"),
                speaker("Michele Klein"),
            ],
            "speaker: adamo",
            "speaker: kelley",
        ),
        (
            [
                ("Heading2", "Panel 1"),
                ("Heading2", "Panel 2"),
                ("Heading2Unlisted", "Opening remarks"),
            ],
            "speaker: hovy",
            "speaker: puri",
        ),
    ] {
        let edited = changed(&bytes, BODY, |xml| taken(&xml, moves));
        let merged = merge(&files, &edited).unwrap();
        let [change] = merged.changes.as_slice() else {
            panic!("{:#?}", merged.changes)
        };
        assert_eq!(
            (change.kind, change.refused.as_ref()),
            (ChangeKind::Moved, None),
            "{change:#?}"
        );
        assert_eq!(
            merged.files.keys().collect::<Vec<_>>(),
            ["meetings/first.yaml"]
        );
        let then = std::str::from_utf8(&files["meetings/first.yaml"]).unwrap();
        let now = &merged.files["meetings/first.yaml"];
        let lines = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(lines(now), lines(then));
        let at = |text: &str, words: &str| text.find(words).unwrap();
        assert!(at(then, first) > at(then, second) && at(now, first) < at(now, second));
        // It has come, whole.
        let mut files = files.clone();
        files.insert("meetings/first.yaml".to_owned(), now.clone().into_bytes());
        let again = merge(&files, &edited).unwrap();
        assert!(again.files.is_empty(), "{:#?}", again.changes);
    }
}

#[test]
fn what_goes_to_another_chapter_or_is_parted_on_the_way_is_named() {
    let files = files("gmg");
    let bytes = word(&files);
    let speaker = |name| ("Speaker", name);
    // To another meeting; the source says something else by now.
    let away = [
        speaker("Susana Adamo"),
        speaker("Michele Klein"),
        speaker("Charles Radcliffe"),
    ];
    let merged = merge(&files, &changed(&bytes, BODY, |xml| taken(&xml, away))).unwrap();
    assert!(merged.files.is_empty() && !merged.changes.is_empty());
    assert!(
        merged.changes.iter().all(|one| one.refused.is_some()),
        "{:#?}",
        merged.changes
    );
    let near = [
        speaker("Susana Adamo"),
        speaker("Michele Klein"),
        speaker("Bela Hovy"),
    ];
    let edited = changed(&bytes, BODY, |xml| taken(&xml, near));
    let mut other = files.clone();
    let text = std::str::from_utf8(&files["meetings/third.yaml"]).unwrap();
    let text = text.replacen("UNHCR", "the UNHCR", 1);
    other.insert("meetings/third.yaml".to_owned(), text.into_bytes());
    let merged = merge(&other, &edited).unwrap();
    assert!(merged.files.is_empty());
    let [change] = merged.changes.as_slice() else {
        panic!("{:#?}", merged.changes)
    };
    assert!(
        matches!(change.refused, Some(Refused::Clash(_))),
        "{change:#?}"
    );
    assert!(bare(&change.old).contains("SusanaAdamo"), "{change:#?}");
}

/// Where the section of each heading that stands once begins and ends in the part, with its level.
fn sections(xml: &str) -> Vec<(usize, std::ops::Range<usize>)> {
    let style = "<w:pStyle w:val=\"Heading";
    let found: Vec<(usize, usize)> = xml
        .match_indices(style)
        .filter_map(|(at, _)| {
            let level = xml[at + style.len()..].chars().next()?.to_digit(10)?;
            let start = xml[..at].rfind("<w:p>").max(xml[..at].rfind("<w:p "))?;
            Some((usize::try_from(level).ok()?, start))
        })
        .collect();
    let sections = found
        .iter()
        .enumerate()
        .filter_map(|(index, (level, start))| {
            let behind = found[index + 1..].iter().find(|(other, _)| other <= level);
            let end = behind.map(|(_, end)| *end)?;
            // Chapters begin on new pages, in sections of their own.
            let own = &xml[*start..end];
            (*level > 1 && !own.contains("<w:sectPr")).then_some((*level, *start..end))
        });
    sections.collect()
}

/// Some sections with the next one of their level: taken over as a whole, or named as a whole.
#[test]
fn sections_go_elsewhere_with_what_stands_in_them() {
    let (mut taken, mut named) = (0, 0);
    for case in ["annual", "harbour"] {
        let files = files(case);
        let bytes = word(&files);
        let mut all = Vec::new();
        changed(&bytes, BODY, |xml| {
            all = sections(&xml);
            xml
        });
        let pairs = all.iter().filter_map(|(level, own)| {
            let next = all.iter().find(|(_, next)| next.start == own.end)?;
            (next.0 == *level).then(|| (own.clone(), next.1.clone()))
        });
        let pairs: Vec<_> = pairs.collect();
        let step = pairs.len().div_ceil(4).max(1);
        for (one, other) in pairs.into_iter().step_by(step) {
            let edited = changed(&bytes, BODY, |xml| {
                let (before, after) = (&xml[..one.start], &xml[other.end..]);
                format!(
                    "{before}{}{}{after}",
                    &xml[other.clone()],
                    &xml[one.clone()]
                )
            });
            let merged = merge(&files, &edited).unwrap();
            assert!(!merged.changes.is_empty());
            match merged.changes.iter().all(|one| one.refused.is_none()) {
                true => {
                    let [change] = merged.changes.as_slice() else {
                        panic!("{:#?}", merged.changes)
                    };
                    assert_eq!(change.kind, ChangeKind::Moved);
                    let [(path, now)] = merged.files.iter().collect::<Vec<_>>()[..] else {
                        panic!("{:#?}", merged.files)
                    };
                    let lines = |text: &str| {
                        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                        lines.sort_unstable();
                        lines
                    };
                    let then = std::str::from_utf8(&files[path]).unwrap();
                    assert!(now != then && lines(now) == lines(then), "{now}");
                    // The Word file of what came out has the order that was asked for.
                    let mut again = files.clone();
                    again.insert(path.clone(), now.clone().into_bytes());
                    let left = merge(&again, &edited).unwrap();
                    assert!(left.files.is_empty(), "{:#?}", left.changes);
                    taken += 1;
                }
                false => {
                    println!("{case}: {:#?}", merged.changes);
                    assert!(merged.files.is_empty(), "{:#?}", merged.changes);
                    named += 1;
                }
            }
        }
    }
    println!("{taken} taken over, {named} named");
    assert!(taken > 4 && named < 2, "{taken} taken over, {named} named");
}
