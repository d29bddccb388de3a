//! Readers of the import against texts that nobody would write: no panic, no hang, and what is imported is a report.
//!
//! Every run is a fixed number of texts from a fixed seed, which it prints. A long one, as `.github/workflows/weekly.yml`
//! has it: `FUZZ_TEXTS=20000 FUZZ_SEED=1 cargo test --release --test suite fuzz_import -- --nocapture`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use gmg_export::source::Folder;
use gmg_export::{document, import, layout, source};
use pulldown_cmark::{Event, Options, Parser, Tag};

/// Texts that are changed.
const CASES: [&str; 6] = [
    include_str!("../cases/import/workshop.txt"),
    include_str!("../cases/import/board.txt"),
    include_str!("../cases/import/sessions.txt"),
    include_str!("../cases/import/broken.txt"),
    include_str!("../cases/import/reunion.txt"),
    include_str!("../cases/import/notes.md"),
];

/// What the rules look for, and what has hurt readers before.
const TOKENS: &[&str] = &[
    "\n",
    "\n\n",
    "\n\n\n",
    " ",
    "\t",
    "\t12\n",
    "\u{C}",
    "\u{A0}",
    "\u{AD}",
    "\u{200F}",
    "\u{200B}",
    "\u{202E}",
    "\u{2067}",
    "\u{FEFF}",
    "İ",
    "ß",
    "ﬁ",
    "é",
    "e\u{301}",
    "مرحبا",
    "世界",
    "😀",
    "¹",
    "²",
    "¹²",
    "[1]",
    "[1",
    "]",
    "[",
    "(",
    ")",
    "**",
    "*",
    "***",
    "_",
    "__",
    "~~",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "\\",
    "\\\n",
    "|",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "> ",
    "> > > ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "12) ",
    "• ",
    "- [ ] ",
    "# ",
    "## ",
    "#### ",
    "======\n",
    "---\n",
    "    ",
    "<b>",
    "</b>",
    "<!-- ",
    " -->",
    "<div>\n",
    "&amp;",
    "<table><tr><td>",
    "</td></tr></table>",
    "<td colspan=2>x",
    "<details><summary>",
    "</summary>",
    "<sup>2</sup>",
    "<img src=a.png>",
    "<a href=http://a.b>",
    "</a>",
    "<script>",
    "<title>",
    "<pre>",
    "~x~",
    "^y^",
    "^[z]",
    "$x_1$",
    "{.a #b}",
    "> [!note] N\n",
    "::: x\n",
    "!!! tip\n    ",
    "{{< x >}}",
    "+++\na = 1\n+++\n",
    "\u{F0B7} ",
    "\u{B}",
    "🎉",
    "From: A\nSubject: B\n\n",
    "a. b\nb. c\n",
    "(a) b\n\n    c\n\n(b) d\n",
    "[x](#foreword)",
    "[[#Fund]]",
    "{#x}",
    "<a id=x></a>",
    "[y](#x)",
    "\n\nA rule\n------\n\n",
    "a   b   c\nd   e   f\ng   h   i\n",
    ":::note\n",
    ":::\n",
    "??? note \"\"\n        ",
    "```x title=\"y\"\n",
    "\n: d\n",
    "&",
    "&#0;",
    "http://a.b",
    "<mailto:a@b.c>",
    "[x](http://a.b)",
    "[x](y z)",
    "[x][y]",
    "\n[y]: http://a.b\n",
    "![x](a.png)",
    "![](a.png)",
    "![x](a.svg)",
    "![x](a.svg) ![y](a.svg)",
    "![x](a.svg){fig-alt=\"y\"}",
    "<figure><img src=a.svg><figcaption>c</figcaption></figure>",
    "<table><caption>c</caption><tr><th rowspan=2>",
    "<tr>",
    "\n: c\n",
    "Table: c\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n",
    "```{note} N\n",
    "```\n",
    ":::{figure} a.svg\n:alt: x\n",
    "```{table} c\n",
    "{sup}`2`",
    "{ref}`x <y>`",
    "(x)=\n",
    "::: {.pullquote}\n",
    "\n\n— A\n",
    "{.x}",
    "**a**{.x #y}",
    "[@a]",
    "[see @a, p. 2; @b]",
    "\n\n**One**\n\nTwo.\n\n",
    "[^a]",
    "[^b]",
    "[^",
    "\n\n[^a]: A note.\n\n",
    "\n\n[^c]: - list\n\n",
    ":",
    "::",
    "'",
    "\"",
    "{",
    "}",
    "%",
    "@",
    "!",
    "?",
    ".",
    "...",
    "-",
    "–",
    "Mr.",
    "Ms. ",
    "H.E. ",
    "Dr. ",
    "Ann Lee",
    "**Ann Lee**",
    "Ann Lee, Head of the Fund (TF), noted that ",
    "The Envoy of Peru, **Jo Ray**, said that ",
    "was moderated by **Jo Ray**, Head. ",
    "moderated the panel. ",
    "FIRST MEETING",
    "\n\nFIRST MEETING\n\n",
    "\n\nSecond meeting: On it\n\n",
    "\n\nMeeting 3\n\n",
    "\n\nPanel 1: On it\n\n",
    "\n\nOpening remarks\n\n",
    "\n\nInteractive debate\n\n",
    "\n\nExecutive Summary\n\n",
    "\n\nCo-Chairs:\n\n",
    "\n\nCo-Organisers:\n\nUN WN and Peru\n\n",
    "Chair: Mr. Bo Chen (Peru)",
    "Rapporteur: Ann Lee",
    "Date:",
    "3 May 2020",
    "\n\n3 May 2020\n\n",
    "10:00-12:00, Room 1",
    "\n\n10:00-12:00\n\n",
    "Place: Lima, Peru",
    "\n\nCONTENTS\n\n",
    "\n\nINTRODUCTION\n\n",
    "INTRODUCTION\t1\n",
    "Annex A: Who....12\n",
    "\n\nAppendix\n\n",
    "\n\nAnnex B: Members of the Fund\n\n",
    "\n\nOne\n\nTwo\n\nThree\n\n",
    "\n\n- 3 -\n\n",
    "\n\nPage 4 of 9\n\n",
    "\n\n¹ A note.\n\n",
    "\n\n[1] A note.\n\n",
    "©",
    "© The Fund 2020",
    "published by ",
    "held in ",
    "REPORT OF THE",
    "stake-\nholder",
    "true",
    "null",
    "---\ntitle: x\n---\n",
    "title: ",
    "0",
    "1",
    "2020",
    "1.1 Pumps",
    "\n\n1. Why\n\n",
    "(ABC)",
    "United Nations Office (UNO)",
];

/// Diagnostics of long runs, shrunk.
const FOUND: &[(&str, &str)] = &[
    // Signs of markup in fields of plain text, and in words after which French sets a space.
    (
        "a.txt",
        "May 2021\n\n.\n\nT ha</b></b></b>ir), Bo Chen, Carla Díaz, Dev Patel (minutes)\n\ng",
    ),
    ("a.txt", "![]()b\n\nn"),
    ("a.txt", "2*3*4 and 10^2^\n\nn"),
    ("a.txt", "g![E LE Ce a"),
    ("a.md", "s:*i a le du"),
    ("a.txt", "de e:’r des de"),
    // A numbered item that is nothing but a list.
    ("a.md", "2019-03-14\n-\n1. + o"),
    ("a.md", "1. - a\n   - b\n2. 1) c\n\n   d"),
    ("a.md", "de B::n de\ndes"),
    // No link goes over paragraphs, and none of plain text's brackets opens one.
    ("a.md", "2019-03-14\n-\n]<div><div>(http://"),
    (
        "a.txt",
        "a\n\nSOMMAIRE\n\t1\nPremière réunion:$_$\t4\n\nPremière réunion\n\n3 mai 2020\n\nle .\n\nA",
    ),
    // A line of the YAML ends at no space next to an ideograph.
    (
        "a.md",
        "*Ann世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界世界 Lthat",
    ),
    // A label in letters of any size.
    ("a.txt", ".\n\nANNex A:M"),
    ("a.txt", "Annex :k[1]\n\n[1]m"),
    ("a.md", "+ + + + + + + + +\t\t+ +"),
    ("a.txt", "© Wells 2019\n\n© Wells 2019 A\n\n1. On\n\nMost"),
    (
        "a.txt",
        "SOMMAIRE\n\t1\nPremière réunion:s\t2\nA\n\nPremière réunion\n\nr",
    ),
    (
        "a.txt",
        "CONTENTS\n\t1\nFirst meeting:On pumps here\t2\n\nOn pumps here\n\n3",
    ),
    ("a.txt", "1. P\n\n¹\n\n¹7.\n\n"),
    ("a.txt", ".\n\nOORD\n\n¹\n\n¹i"),
    ("a.txt", "CONTENTS\n\n\t1\nOn\t2\n\n[1]\n\nIt is.\n\n[1] T"),
    (
        "a.txt",
        "FIRST SESSION\n\nW\n\n12 October 2020\nOrganisers: .Rail Union and \n\nOpening remarks\n\nH.E. Novák, he Rail Union (R stated ",
    ),
    ("a.txt", "Annex.¹\n\n¹T"),
    (
        "a.txt",
        "CONTENTS\n\nAnnex A: It\t1\nAnnex B: So\t2\n\nAnnex A.¹\n\nIt is.\n\n¹ T\n\nAnnex B\n\nSo.",
    ),
    (
        "a.txt",
        "CONTENTS\n\n\u{A0}Theion\n\nForeword\t1\nWells\t2\n\nForeword\n\nYes.",
    ),
    (
        "a.md",
        "One two three four five six seven eight nine ten eleven twelve thirteen fourteen `as <div> <div> <div> <div>`",
    ),
    ("a.md", "#\np"),
    ("a.txt", "**\n\na"),
    (
        "a.txt",
        "a\n\nMMAI\u{130}\u{130}\n\ns\t2\ne : s u t s u t s i n t l",
    ),
    (
        "a.txt",
        "CONTENTS\n\n**\t1\nWells\t2\n\n**\n\nYes.\n\nWells\n\nNo.",
    ),
    ("a.md", "a[^a]^a\n[^a]:"),
    ("a.txt", ".\n\nAnnex:Members of B¹\n\n¹e\n\nR¹ (U"),
    (
        "a.txt",
        "Première réunion\n\ns\n\n3 mai 2020\n\nl.\n\nle \n\n******Panel 1:t\n\np",
    ),
    (
        "a.txt",
        "Première réunion\n\ns\n\n3 mai 2020\nPrésidence:.\nx\n\nObservations liminaires\n\nDu",
    ),
    (
        "a.txt",
        "Première réunion\n\np\n\n3 mai 2020\nPrésidence:Pérou\n\nObservations liminaires\n\nJn Du, e\u{301}Pérou a ",
    ),
    ("a.md", ":\n-\nP"),
    ("a.md", ": :\n-\nP"),
    ("a.txt", "Annex\n1.s\n\nn"),
    ("a.txt", "null\n\n¹"),
    ("a.txt", "Annex:Members of t.\n\n¹\n\nS\n\nS"),
    ("a.md", "[^b]:[^b]"),
    ("a.md", "a[^b]\n\n[^b]:[^b] [^c]\n\n[^c]: **"),
    ("a.txt", "Appendix\n\n¹\n\n¹T"),
    ("a.txt", "Appendix 1\n\n**\n\nT"),
    ("a.txt", "First meeting\n\n**\n\n3 May 2020\n\nT"),
    ("a.txt", "Sur-\nvey\n\nThe survey is out."),
    ("a.txt", "**A*\u{301}"),
    ("a.md", "!<mailto:a@c>["),
    ("a.md", "[^c]:s\n\n[^c][]():"),
    ("a.md", "[^a]<mailto:a@c>\n[^a]:A"),
    ("a.txt", "Annex :Members of.\n\nP\n\nF of \n\nU"),
    // More signs between two letters than French looks at, and a mail that is nothing but its fields.
    ("a.md", "0;&#&#&#&#&#;&;&;&s a a que"),
    ("a.txt", "Subject: B\nDate: 4 March 2024"),
    // HTML that opens code and does not close it.
    ("a.md", "- <pre>s\n- m"),
    // Lines of a title of which one alone has markup, and what a report takes for the name of a paragraph.
    ("a.txt", "`\nk[^b]\n\n#"),
    ("a.txt", "{#x}"),
    ("a.md", "{#X}y"),
    ("a.md", ":::![](a.svg)"),
    ("a.md", "}\n:::{![](a.svg)"),
    // No mark of a note stands behind a picture.
    ("a.md", "[^b]:<img src=a.svg>f"),
    // People in code, and code that shows nothing.
    ("a.md", "```\nPresent:An Le (),Bo Cd"),
    ("a.md", "x\n\n```e\n\u{200b}\n```\n\n`a\u{200b}b`"),
];

/// Pseudo-random numbers, the same on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.max(1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }

    fn token(&mut self) -> String {
        let token = TOKENS[self.below(TOKENS.len())];
        let times = [1, 1, 1, 1, 2, 3, 60][self.below(7)];
        token.repeat(times)
    }

    /// A part of a text, of at most so many bytes.
    fn range(&mut self, text: &str, most: usize) -> std::ops::Range<usize> {
        let start = text.floor_char_boundary(self.below(text.len() + 1));
        let end = text.floor_char_boundary((start + self.below(most)).min(text.len()));
        start..end.max(start)
    }

    fn changed(&mut self, text: &mut String) {
        let place = self.range(text, 1).start;
        match self.below(8) {
            0 => text.replace_range(self.range(text, 40), ""),
            1 => text.replace_range(self.range(text, 400), ""),
            2 => {
                let part = text[self.range(text, 300)].to_owned();
                text.insert_str(place, &part);
            }
            3 => {
                let other = CASES[self.below(CASES.len())];
                let part = other[self.range(other, 300)].to_owned();
                text.insert_str(place, &part);
            }
            4 => {
                let part = self.range(text, 200);
                let lower = text[part.clone()].replace('\n', " ");
                text.replace_range(part, &lower);
            }
            5 => {
                let part = self.range(text, 60);
                let upper = text[part.clone()].to_uppercase();
                text.replace_range(part, &upper);
            }
            _ => text.insert_str(place, &self.token()),
        }
    }

    fn text(&mut self) -> String {
        let mut text = match self.below(8) {
            0 => String::new(),
            _ => CASES[self.below(CASES.len())].to_owned(),
        };
        for _ in 0..=self.below(12) {
            self.changed(&mut text);
        }
        text
    }
}

/// What is next to each text: a picture and a bibliography.
fn beside() -> Folder {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    let works = "@book{a, title = {A}, author = {B}, year = {2020}}\n";
    let files = [("a.svg", drawing), ("references.bib", works)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    Folder::in_memory(BTreeMap::from(files))
}

/// What a text of Markdown has more of than what came of it, as the parser counts it, which knows nothing of the import:
/// marks of notes, links and pictures, unless something is said of one.
fn lost(text: &str, made: &import::Imported) -> Option<String> {
    // What is in comments and in signs of other programs is left out.
    let hidden = [
        "<!", "<?", "{%", "{{", "{::", "{/*", "%%", "<script", "<style", "+++", "---\n", "%",
    ];
    if hidden.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let options =
        Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let (mut marks, mut links, mut pictures) = (0, 0, 0);
    for event in Parser::new_ext(text, options) {
        match event {
            Event::FootnoteReference(_) => marks += 1,
            Event::Start(Tag::Link { dest_url, .. }) if dest_url.starts_with("http") => links += 1,
            Event::Start(Tag::Image { dest_url, .. }) if &*dest_url == "a.svg" => pictures += 1,
            _ => {}
        }
    }
    let written: String = made.files.iter().map(|(_, text)| text.as_str()).collect();
    let said = |part: &str| {
        let checks = made.checks.iter().any(|(.., why)| why.contains(part));
        checks || made.left_out.iter().any(|(why, _)| why.contains(part))
    };
    let count = |part: &str| written.matches(part).count();
    let kinds = [
        ("mark", marks, count("[^"), "footnote"),
        ("link", links, count("](http"), "link"),
        ("picture", pictures, count("images/a"), "picture"),
    ];
    let lost = kinds
        .into_iter()
        .find(|(_, typed, kept, what)| kept < typed && !said(what) && !said("contents"));
    lost.map(|(what, typed, kept, _)| format!("of {typed} it keeps {kept}: {what}"))
}

/// What is wrong with what came of a text, if anything is.
fn diagnostic(name: &str, text: &str) -> Option<String> {
    let folder = beside();
    let known = import::ImportOptions {
        beside: Some(&folder),
        ..import::ImportOptions::default()
    };
    let made = match import::import(name, text.into(), &known) {
        Ok(made) => made,
        Err(found) => {
            let refused = [
                "nothing below it",
                "the file is empty",
                "signs alone, and no words",
                "which no text has",
                "direction mark",
                "marks, and cannot be printed",
            ];
            let message = found.to_string();
            let known = refused.iter().any(|part| message.contains(part));
            return (!known).then_some(message);
        }
    };
    let lost = lost(text, &made).filter(|_| name.ends_with(".md"));
    let files = made.files.into_iter();
    let files = files.map(|(path, text)| (path, text.into_bytes()));
    let files: BTreeMap<String, Vec<u8>> = files.chain(made.pictures).collect();
    let resolved = source::read(&Folder::in_memory(files)).and_then(|source| {
        let strings = layout::strings(&made.language)?;
        document::resolve(&source, &strings)
    });
    resolved
        .err()
        .map(|found| format!("its report is wrong: {found}"))
        .or(lost)
}

/// A shorter text with the same diagnostic, by some hundred tries of leaving a part out.
fn shrunk(name: &str, text: String, found: &str) -> String {
    let mut text = text;
    let head = |message: &str| message.chars().take(30).collect::<String>();
    let same = |text: &str| diagnostic(name, text).is_some_and(|other| head(&other) == head(found));
    let mut tries = 500;
    let mut size = text.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < text.len() && tries > 0 {
            tries -= 1;
            let (start, end) = (
                text.floor_char_boundary(at),
                text.ceil_char_boundary((at + size).min(text.len())),
            );
            let mut less = text.clone();
            less.replace_range(start..end, "");
            if same(&less) {
                text = less;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    text
}

/// Imports changed texts; each is on disk before it is read, should the process end with it.
fn fuzz(name: &str) {
    let (texts, seed) = (number("FUZZ_TEXTS", 300), number("FUZZ_SEED", 7));
    println!("{name}: {texts} texts from seed {seed}");
    let last = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("last-{seed}-{name}"));
    let mut random = Random::new(seed);
    for count in 0..texts {
        let text = random.text();
        std::fs::write(&last, &text).expect("a file is written");
        let start = Instant::now();
        if let Some(found) = diagnostic(name, &text) {
            let text = shrunk(name, text, &found);
            let found = diagnostic(name, &text).unwrap_or(found);
            panic!("text {count} of {name} from seed {seed}: {found}\n{text:?}");
        }
        let took = start.elapsed();
        assert!(
            took < Duration::from_secs(20),
            "text {count} of {name} took {took:?}: {text:?}"
        );
    }
}

#[test]
fn changed_plain_texts_are_imported_or_refused() {
    fuzz("a.txt");
}

#[test]
fn changed_markdown_is_imported_or_refused() {
    fuzz("a.md");
}

#[test]
fn texts_that_were_diagnostics_once_are_imported() {
    for (name, text) in FOUND {
        assert_eq!(diagnostic(name, text), None, "{text:?} as {name}");
    }
}

/// The number in a variable of the environment.
pub(crate) fn number(name: &str, otherwise: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.map_or(otherwise, |value| {
        let number = value.parse();
        number.unwrap_or_else(|_| panic!("{name} is no number: {value}"))
    })
}
