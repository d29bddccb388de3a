//! Forms of Markdown and of plain text, each with what must and must not come of it, and the corpus's titles and dates.

use crate::import_kinds::imported;

/// Markdown below a title and a heading: the form, what the source must say, and what it must not.
const MARKDOWN: &[(&str, &[&str], &[&str])] = &[
    // Tables that signs draw.
    (
        "+-----+-----+\n| A   | B   |\n+=====+=====+\n| 1   | 2   |\n| x   |     |\n+-----+-----+\n\n: The caption {#tbl:x}",
        &["caption: The caption\n", "- [A, B]\n", "- ['1 x', '2']\n"],
        &["+--", "{#"],
    ),
    (
        "  Right     Left\n-------     ------\n     12     ab\n    123     cd\n\nTable: Simple.",
        &[
            "caption: Simple.\n        columns:\n          - align: right\n",
            "- [Right, Left]\n",
            "- ['123', cd]\n",
        ],
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
        "The fee.\n:tada: is paid, :+1:\n\n:material-home: x :x:",
        &["🎉 is paid, 👍", "x ❌", ":material-home: x"],
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
    // What is shown from elsewhere stays a link, and what a link names is named.
    (
        "[a]({{< ref \"b.md\" >}}) {% embed url=\"http://c.d/\" %}\n\n{% include f.html src=\"e.png\" alt=\"F\" %}",
        &[
            "the link to b.md leads",
            "(http://c.d/)",
            "the picture e.png",
        ],
        &["{{<", "{%"],
    ),
    // Attributes of kramdown, which stand behind what they are about.
    (
        "*a*{: .red} **b**{: #i} `c`{: .x} ![d](e.png){: .f} {: y}",
        &["*a* **b** `c`", "{: y}"],
        &["{: .", "{: #"],
    ),
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
        &[
            "- box:\n        title: My tip\n        text: |\n          Text",
            "- box:\n        title: Note\n        text: |\n          More",
        ],
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
        "Aims:\n\n–\n\nKeep the banks firm\n\n–\n\nTell the towns\n\nEnd.",
        &["- Keep the banks firm\n    - Tell the towns\n"],
        &["title: Keep", "–"],
    ),
    (
        "Harbour        Boats   Masters\nLow Weir          12         4\nAlder Bridge       7         2",
        &[
            "| Harbour | Boats | Masters |\n",
            "| Alder Bridge | 7 | 2 |\n",
        ],
        &[],
    ),
    (
        "Low Weir          12 boats\nAlder Bridge       7 boats\n   with a mast     2",
        &[
            "Low Weir\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0} 12 boats\\\n",
            "\n    \u{a0}\u{a0}\u{a0}with a mast",
        ],
        &[],
    ),
    (
        "   The sea is wide\n   and the boat is small\n\n               Ada Brook\n\nEnd of it.",
        &["Ada Brook\n"],
        &["title: Ada"],
    ),
    (
        "Two came slowly. «Good day, how are you?\n\nThey said so.\n\nHe said it: «Come here!»\n\nThey came.",
        &["Come here!"],
        &["title: Two", "title: He"],
    ),
    (
        "The word that stands for an end of a line in all of these tools is the sign ‘$’ and\n\nit is the sign {‘$’ in others.",
        &["‘\\$’", "{‘\\$’"],
        &[],
    ),
    (
        "On piers\n--------\n\nThey are long.\n\nOn boats\n--------\n\nThey are wide.",
        &["title: On piers\n", "title: On boats\n"],
        &["---"],
    ),
    (
        "Aims:\n\n1.\nKeep the banks firm\n2.\nTell the towns\n\nEnd.",
        &["1. Keep the banks firm\n    2. Tell the towns\n"],
        &[],
    ),
    (
        "a\tb\tc\nd\te\tf\ng\th\tand so they went on to the next port and to the one after it in the night of that day\n\nwhere they stayed.",
        &["in the night of that day |\n\n    where they stayed."],
        &[],
    ),
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
    ("2018-05-12", &["\ndate: 2018-05-12\n"], &["\n    2018"]),
    (
        "Given by Ms. Ada Brook, Mayor of the Port\nOslo, 12 May 2018",
        &["\ndate: 2018-05-12\n"],
        &[],
    ),
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
fn what_opens_a_text_is_read_for_what_it_is() {
    let said =
        "It is as it was in the year of the flood, and we are glad of the work that was done.";
    let mut wrong = Vec::new();
    for (text, must, must_not) in [
        // The kind of a release, its fields, then its title.
        (
            format!("CALL FOR PROPOSALS\n\nReference: A/1\nClosing date: 3 May 2020\n\nA new pier\n\n{said}\n"),
            ["\ntitle: A new pier\n", "Reference: A/1"],
            ["date: 2020-05-03"],
        ),
        // Mails in the language of their program.
        (
            format!("From: Ada Brook\nSent: Monday, 4 March 2024 10:12\nTo: Bo Chen\nSubject: The pier\n\n{said}\n"),
            ["\ntitle: The pier\n", "\ndate: 2024-03-04\n"],
            ["Subject"],
        ),
        (
            "De : Ada Brook\nEnvoyé : lundi 4 mars 2024 10:12\nÀ : Bo Chen\nObjet : Le quai\n\nLe quai est long et il est dans le port de la ville.\n".to_owned(),
            ["\ntitle: Le quai\n", "\ndate: 2024-03-04\n"],
            ["Objet"],
        ),
        (
            "De: Ada Brook\nEnviado: lunes, 4 de marzo de 2024 10:12\nPara: Bo Chen\nAsunto: El muelle\n\nEl muelle es largo y está en el puerto de la ciudad.\n".to_owned(),
            ["\ntitle: El muelle\n", "\ndate: 2024-03-04\n"],
            ["Asunto"],
        ),
        // Lines that each say something else.
        (
            format!("Rules for piers\nVersion 2\nRiver Board\n18 May 2018\nHistory: first version of 2 March 2015, changed after the flood of that year.\n\nIntroduction\n\n{said}\n"),
            ["\ntitle: Rules for piers\n", "\ndate: 2018-05-18\n"],
            ["Title not stated"],
        ),
        // What somebody says is no heading.
        (
            format!("Talk about piers\n\nSPEAKER 1 (00:01): {said}\n\nSPEAKER 2 (00:09): Any questions?\n\nSPEAKER 1 (00:11): No.\n"),
            ["\ntitle: Talk about piers\n", "SPEAKER 2 (00:09): Any questions?\n\n"],
            ["title: SPEAKER"],
        ),
        // A preface above a list of contents is text, and headings may end in a full stop.
        (
            "Entre nous\n\nPRÉFACE.\n\nCe livre est pour les enfants de la ville, qui le lisent et le relisent avec leurs maîtres.\n\nINDEX.\n\n  Chap.       Page.\n\n    I. Deux parents     7\n   II. Papa se fâche    8\n\nI. Deux parents.\n\nLe père est là.\n\nII. Papa se fâche.\n\nLe père est parti.\n".to_owned(),
            ["title: Préface.\n  front: true\n", "title: II. Papa se fâche.\n"],
            ["imprint: |\n  Ce"],
        ),
        // The index at the end of a book is no list of contents.
        (
            format!("Piers\n\nIntroduction\n\n{said}\n\nINDEX\n\nboats    3\nlamps    4\nwells    9\n"),
            ["boats", "wells"],
            ["list of contents"],
        ),
        // What counts on through a text heads what is below it.
        (
            format!("Rules of the port\n\nPart I\nOn ships\n\nArticle 1\n{said}\n\nArticle 2\nIt is so.\n\nPart II\nOn piers\n\nArticle 3\nIt is:\n(a) long;\n(b) wide.\n"),
            ["title: Article 2\n", "title: Article 3\n"],
            ["Article 1 It"],
        ),
        // Mails of an archive, and a text that is nothing but a list.
        (
            "From ada@port.example Tue Mar  5 08:00:00 2024\nFrom: ada at port.example (Ada Brook)\nDate: Tue, 05 Mar 2024 08:00:00 +0100\nSubject: wicks\n\nThey have come.\n".to_owned(),
            ["\ntitle: wicks\n", "\ndate: 2024-03-05\n"],
            ["title: From"],
        ),
        (
            "Ana Ruiz — Port of Lugo\n\nBea Lund — Port of Oslo\n\nCyn Park — Port of Leith\n".to_owned(),
            ["\ntitle: Title not stated\n", "\n    Ana Ruiz"],
            ["title: Ana"],
        ),
        // A paragraph that a page breaks is no heading.
        (
            format!("Piers\n\nIntroduction\n\nThe lamp is lit\n\n7\n\u{c}by the keeper.\n\n8\n\u{c}{said}\n\n9\n"),
            ["\ntitle: Piers\n", "The lamp is lit"],
            ["title: The lamp"],
        ),
        // A line in columns is no title, and a line that leads in to code heads nothing.
        (
            format!("*change.txt*\tFor version 9.2.  Last change: 2026 Jun 26\n\n{said}\n\nStart with this text ~\n\n{said}\n"),
            ["\ntitle: Title not stated\n", "change.txt"],
            ["title: Start"],
        ),
        // Roman numbers of pages.
        (
            format!("Piers\n\n{said}\n\niii\n\u{c}{said}\n\niv\n\u{c}{said}\n\nv\n\u{c}{said}\n\n1\n\u{c}{said}\n\n2\n"),
            ["\ntitle: Piers\n", "that was done."],
            ["\n    iv"],
        ),
    ] {
        wrong.extend(faults("a.txt", &text, &must, &must_not));
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
    for half in ["one", "two", "three", "four"] {
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
