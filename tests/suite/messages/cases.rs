//! What is wrong in the runs that messages are taken from.

use crate::program::Desk;

/// A mistake: the file of a new report that it is made in, what is replaced there, and the codes that come of it.
pub(super) struct Mistake {
    file: &'static str,
    old: &'static str,
    pub(super) new: &'static str,
    pub(super) codes: &'static [&'static str],
}

const fn mistake(
    file: &'static str,
    old: &'static str,
    new: &'static str,
    codes: &'static [&'static str],
) -> Mistake {
    Mistake {
        file,
        old,
        new,
        codes,
    }
}

const REPORT: &str = "source/report.yaml";
const MEETING: &str = "source/meetings/first.yaml";
const TEXT: &str = "source/introduction.yaml";

/// Mistakes of a source, of every kind.
pub(super) const MISTAKES: &[Mistake] = &[
    mistake(
        REPORT,
        "title: Meetings on",
        "title: Rivers: on",
        &["E0125"],
    ),
    mistake(REPORT, "subtitle:", "subtitel:", &["E0111"]),
    mistake(
        REPORT,
        "publisher: Secretariat of the Example Network of River Cities\n",
        "",
        &["E0112"],
    ),
    mistake(REPORT, "place: Alder Bridge", "place: \"Alder", &["E0127"]),
    mistake(REPORT, "  - foreword.yaml", "\t- foreword.yaml", &["E0124"]),
    mistake(REPORT, "  - foreword.yaml", "  - forword.yaml", &["E0151"]),
    mistake(REPORT, "date: 2026-05-29", "date: 29.5.2026", &["E0212"]),
    mistake(REPORT, "language: en-GB", "language: tlh", &["E0410"]),
    mistake(
        REPORT,
        "  symbol: ENRC/2026/1",
        "  isbn: 978-3-16-148410-1",
        &["E0215"],
    ),
    mistake(
        REPORT,
        "[rivers, floods, cities]",
        "[rivers, rivers]",
        &["E0219"],
    ),
    mistake(MEETING, "speaker: okafor", "speaker: okafour", &["E0204"]),
    mistake(MEETING, "(org:low-weir)", "(org:low weir)", &["E0303"]),
    mistake(MEETING, "ordinal: 1", "ordinal: 0", &["E0223"]),
    mistake(
        MEETING,
        "time: 09:30-12:30",
        "time: 12:30-09:30",
        &["E0213"],
    ),
    mistake(
        MEETING,
        "    - kind: panel\n",
        "    - kind: pannel\n",
        &["E0121"],
    ),
    mistake(TEXT, "(#first-meeting)", "(#first-meting)", &["E0326"]),
    mistake(TEXT, "meeting).[^answers]", "meeting).", &["E0314"]),
    mistake(
        TEXT,
        "The water level",
        "<b>The</b> water",
        &["E0305", "E0305"],
    ),
    mistake(
        TEXT,
        "[\"1996–2005\", \"4.1\", \"3.2\"]",
        "[\"1996–2005\", \"4.1\"]",
        &["E0234"],
    ),
    mistake(
        TEXT,
        "images/river.svg",
        "'images/nope,: 100%.svg'",
        &["E0151"],
    ),
    mistake(TEXT, "width: 70", "width: 700", &["E0238"]),
    mistake(TEXT, "answers are in", "answers 河 are in", &["E0504"]),
    mistake(
        "source/people.yaml",
        "people:\n",
        "people:\n  - id: nobody\n    name: Nobody\n",
        &["W0239"],
    ),
];

/// Runs that fail for another reason than the source.
pub(super) const OTHERS: &[(&[&str], &[&str])] = &[
    (&["check", "nowhere"], &["E0902"]),
    (&["check", "--layout", "sceen"], &["E0401"]),
    (&["--formats", "pdf"], &["E1001"]),
    (&["init"], &["E1001"]),
    (&["-f", "docx", "-o", "x.txt"], &["E1005"]),
    (&["--bleed", "3mm", "-f", "txt"], &["E1004"]),
    (&["explain", "E9999"], &["E1009"]),
    (&["man", "novel"], &["E1003"]),
    (&["preflight", "source/report.yaml"], &["E0802"]),
    (&["import", "nowhere.txt"], &["E0901"]),
    (&["--out", "source/report.yaml"], &["E0908"]),
];

impl Mistake {
    /// A desk with the report that has the mistake.
    pub(super) fn desk(&self) -> Desk {
        let desk = Desk::with_report();
        desk.replace(self.file, self.old, self.new);
        desk
    }
}
