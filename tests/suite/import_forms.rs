//! Forms of Markdown and of plain text, each with what must and must not come of it, and the corpus's titles and dates.

use crate::import_kinds::imported;

/// Markdown below a title and a heading: the form, what the source must say, and what it must not.
const MARKDOWN: &[(&str, &[&str], &[&str])] = &[
    // Tables that signs draw.
    (
        "+-----+-----+\n| A   | B   |\n+=====+=====+\n| 1   | 2   |\n| x   |     |\n+-----+-----+\n\n: The caption {#tbl:x}",
        &["| A | B |\n", "| 1 x | 2 |\n", "\n    The caption\n"],
        &["+--", "{#"],
    ),
    (
        "  Right     Left\n-------     ------\n     12     ab\n    123     cd\n\nTable: Simple.",
        &["| Right | Left |\n", "| 123 | cd |\n", "\n    Simple.\n"],
        &["---- "],
    ),
    (
        "----------------\n A      B\n------ ---------\n one    two\n        lines\n\n x      y\n----------------",
        &["| A | B |\n", "| one | two lines |\n", "| x | y |\n"],
        &[],
    ),
    // Items, examples, verse and terms.
    ("#. one\n#. two", &["1. one\n    2. two\n"], &[]),
    ("(@) one\n(@b) two", &["(1) one", "(2) two"], &["@"]),
    (
        "| Line one\n| line two",
        &["Line one\\\n    line two\n"],
        &["\\|"],
    ),
    (
        "The fee.\n:tada: is paid, :+1:\n\n:material-home: x",
        &["🎉 is paid, 👍", ":material-home: x"],
        &["**The fee"],
    ),
    (
        "*[HW]: high water\n\nHW came.",
        &["acronym: HW\n    expansion: high water\n", "HW came."],
        &["\\*"],
    ),
    // Raised, lowered and struck text.
    (
        "1^st^ and x<sub>max</sub>, CO~2~",
        &["1^st^ and x~max~, CO₂"],
        &["check: “st"],
    ),
    // Notes: one note for all its marks, in headings as well.
    (
        "a[^1] b[^1]\n\n### Deep[^2]\n\nText.\n\n[^1]: One.\n[^2]: Two.",
        &[
            "a[^n1] b[^n1]",
            "Text.[^n2]",
            "the mark of a footnote stood in the heading",
        ],
        &["n1-2"],
    ),
    ("<sup>[^1]</sup>\n\n[^1]: One.", &["[^n1]"], &["raised"]),
    // Addresses.
    (
        "<a@b.example> [x]({{ site.url }}/y)",
        &["[a@b.example](mailto:a@b.example)", "the link to /y"],
        &["{{"],
    ),
    (
        "![z]({{ site.baseurl }}/pic.png)\n\n![](data:image/png;base64,iVBORw0KGgo=)",
        &["![z](images/pic.png)", "the picture data:image/png;base64"],
        &["iVBOR"],
    ),
    // What is there for programs alone.
    (
        "{% highlight ruby %}\na  b\n{% endhighlight %}",
        &["```ruby\n    a  b\n    ```"],
        &["{%"],
    ),
    (
        "{% comment %}hidden{% endcomment %}x {::comment}y{:/comment} {/* z */} end",
        &["x", "end"],
        &["hidden", "y{", "z"],
    ),
    (
        "* TOC\n{:toc}\n\nText. ^block-id\n\n--8<-- \"a.md\"",
        &["Text.\n"],
        &["TOC", "block-id", "a.md"],
    ),
    (
        "- [One](#one)\n- [Two](#two)\n\n### Two\n\nText.",
        &["title: Two"],
        &["- One"],
    ),
    (
        ":::tip My tip\nText\n:::\n\n:::note\nMore\n:::",
        &["**My tip**\\\n    Text", "**Note**\\\n    More"],
        &[":::"],
    ),
];

/// Whole files of Markdown.
const FILES: &[(&str, &[&str], &[&str])] = &[
    (
        "import X from \"./x\"\n\nexport const meta = {\n  a: 1\n}\n\nSoon.\n\n# Boats\n\n## One\n\nText.\n",
        &["\ntitle: Boats\n", "Soon.", "title: One"],
        &["import X", "a: 1", "Title not stated"],
    ),
    (
        "---\ntitle: A\ndate: 2019-10-03 18:00:00 +0200\n---\n\n# A\n\na a a.\n",
        &["\ndate: 2019-10-03\n"],
        &[],
    ),
    (
        "---\ntitle: A\ndate: 9 March 2024\nlang: fr\n---\n\n# A\n\nText.\n",
        &["\ndate: 2024-03-09\n", "language: fr\n"],
        &[],
    ),
    (
        "<h1><img src=\"x.png\" alt=\"Logo\"><br>Boats</h1>\n\n## One\n\nText.\n",
        &["\ntitle: Boats\n", "described as “Logo”"],
        &[],
    ),
];

/// Plain text below a title and an introduction.
const TEXT: &[(&str, &[&str], &[&str])] = &[
    (
        "Three aims:\n\no keep it\no tell it\n\nEnd.",
        &["- keep it\n    - tell it\n"],
        &["o keep"],
    ),
    (
        "Aims:\n\n• one\n  o inner\n  o more\n• two",
        &["- one\n      - inner\n      - more\n    - two\n"],
        &[],
    ),
    (
        "Aims:\n\n‣ one\n‣ two\n▪ three",
        &["- one\n    - two\n"],
        &["‣", "square"],
    ),
    (
        "It was decided:\n\na) to meet;\n\nb) to go;",
        &["a) to meet;\n\n    b) to go;"],
        &[],
    ),
    (
        "1. One is so.\n\nText.\n\n12. Twelve is so.",
        &["12. Twelve is so."],
        &["- 12"],
    ),
    (
        "1. One is so.\n\n12. Twelve is so.",
        &["12\\. Twelve is so."],
        &["- 12"],
    ),
    (
        "Soft\u{AD}\nly he spoke; non\u{2011}\nstop.",
        &["Softly he spoke; non‑stop."],
        &[],
    ),
    (
        "Line one\u{B}Line two.",
        &["Line one\\\n    Line two.\n"],
        &[],
    ),
    (
        "THE CHAIR: Who pays?\n\nMS. SPAN: We do.\n\n(Laughter.)\n\nQ: Why?\n\nA: So.",
        &["THE CHAIR: Who pays?", "(Laughter.)"],
        &["title: 'THE", "title: (", "title: 'Q"],
    ),
    (
        "> one\n> two\n>\n> three\n>> four",
        &["> one two\n    >\n    > three\n    >\n    > > four\n"],
        &[],
    ),
    (
        "Yours faithfully,\nAda Brook\n\nIt is so.",
        &["Yours faithfully,\\\n    Ada Brook"],
        &["title: Yours"],
    ),
    (
        "Dear all,\n\nhere it is.",
        &["Dear all,\n\n    here it is."],
        &[],
    ),
    (
        "On Bank Holiday (BH) the World Bank (WB) and the Care Fund (CF) met.",
        &["expansion: Bank Holiday", "acronym: CF"],
        &["(org:bh)", "id: bh"],
    ),
    (
        "Annex 2.1: Deep\n\nIt is so.",
        &["title: 'Annex 2.1: Deep'"],
        &["2: 1"],
    ),
];

/// Lists of people, whose names enter the registry, and such that look like them.
const PEOPLE: &[(&str, &[&str], &[&str])] = &[
    (
        "Present: Ada Brook (chair), Bo Chen and Carla Díaz",
        &[
            "[Ada Brook](person:brook) (chair)",
            "(person:diaz)",
            "name: Bo Chen",
        ],
        &[],
    ),
    (
        "Participants:\n\n- Ada Brook, River Board\n- Bo Chen, Port of Leith",
        &["- [Ada Brook](person:brook), River Board", "(person:chen)"],
        &[],
    ),
    (
        "Present: the chair, all members and a guest",
        &["Present: the chair"],
        &["person:"],
    ),
    (
        "Reviewers:\n\n- the boats\n- the quay",
        &["- the quay"],
        &["person:"],
    ),
    (
        "Present: Ada Brook, and what she said",
        &["Ada Brook"],
        &["person:"],
    ),
];

/// Title matter of plain texts.
const FRONT: &[(&str, &[&str], &[&str])] = &[
    ("Published: 12/31/2018", &["\ndate: 2018-12-31\n"], &[]),
    ("Oslo, 12 May 2018", &["\ndate: 2018-05-12\n"], &[]),
    (
        "May 2018",
        &["\ndate: 2018-05-01\n", "the day is unknown"],
        &[],
    ),
    (
        "© 2018 River Board\n\n12 May 2018",
        &["\ndate: 2018-05-12\n", "publisher: River Board"],
        &[],
    ),
    (
        "Contents\n\nIntroduction\nFindings",
        &["title: Introduction\n", "title: Findings\n"],
        &["Introduction Findings"],
    ),
];

const P: &str = "The board met and it was of the view that the work of the year was good for all of us in the port.";

fn faults(name: &str, text: &str, must: &[&str], must_not: &[&str]) -> Vec<String> {
    let made = imported(name, text.as_bytes());
    let lacks = must.iter().filter(|part| !made.contains(**part));
    let has = must_not.iter().filter(|part| made.contains(**part));
    let lacks = lacks.map(|part| format!("lacks {part:?}"));
    let wrong: Vec<String> = lacks
        .chain(has.map(|part| format!("has {part:?}")))
        .collect();
    match wrong.is_empty() {
        true => Vec::new(),
        false => vec![format!("{text:?}: {}\n{made}", wrong.join("; "))],
    }
}

#[test]
fn forms_of_markdown_are_read_as_their_authors_tools_read_them() {
    let mut wrong = Vec::new();
    for (form, must, must_not) in MARKDOWN {
        let text = format!("# Harbour report\n\n## One\n\n{P}\n\n{form}\n");
        wrong.extend(faults("a.md", &text, must, must_not));
    }
    for (text, must, must_not) in FILES {
        wrong.extend(faults("a.md", text, must, must_not));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn forms_of_plain_text_say_what_is_certain() {
    let mut wrong = Vec::new();
    for (form, must, must_not) in TEXT.iter().chain(PEOPLE) {
        let text = format!("River Board report\n\nIntroduction\n\n{P}\n\n{form}\n\n{P}\n");
        wrong.extend(faults("a.txt", &text, must, must_not));
    }
    for (form, must, must_not) in FRONT {
        let text =
            format!("Rivers of the north\n\n{form}\n\nIntroduction\n\n{P}\n\nFindings\n\n{P}\n");
        wrong.extend(faults("a.txt", &text, must, must_not));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn no_title_and_no_date_of_the_corpus_is_false() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import-corpus");
    let plain = |text: &str| {
        text.trim()
            .trim_matches('\'')
            .replace("''", "'")
            .to_lowercase()
    };
    for half in ["one", "two", "three"] {
        let truth = std::fs::read_to_string(corpus.join(half).join("truth.json")).unwrap();
        let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
        for (name, right) in truth.as_object().unwrap() {
            let bytes = std::fs::read(corpus.join(half).join(name)).unwrap();
            let made = imported(name, &bytes);
            for (key, open) in [("title", "title not stated"), ("date", "0000-00-00")] {
                let line = made
                    .lines()
                    .find_map(|line| line.strip_prefix(&format!("{key}: ")));
                let found = plain(line.unwrap());
                let right = right[key].as_str().map(plain);
                assert!(
                    found == open || Some(&found) == right.as_ref(),
                    "{name}: {key} is {found}, not {right:?}"
                );
            }
        }
    }
}
