//! What a source has under keys of its own, as texts of others write it: tables with captions and merged cells, pictures
//! with captions, pull quotes, citations, directives; and lines in bold type that are headings.

use std::collections::BTreeMap;

use crate::program::Desk;
use gmg_export::import::{ImportOptions, Imported, import};
use gmg_export::source::Folder;

const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'><rect width='90' height='60'/></svg>";
const WORKS: &str = "@book{okafor2014,\n  title = {Low water},\n  author = {Okafor, Ana},\n  year = {2014},\n  publisher = {Delta}\n}\n\n@report{net:24,\n  title = {Readings},\n  author = {{River Network}},\n  year = {2024},\n  institution = {River Network}\n}\n";

/// A text with pictures and a bibliography next to it.
fn made(text: &str) -> Imported {
    let files = [("a.svg", DRAWING), ("b.svg", DRAWING), ("works.bib", WORKS)];
    let files = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
    let folder = Folder::in_memory(BTreeMap::from(files));
    let known = ImportOptions {
        beside: Some(&folder),
        ..ImportOptions::default()
    };
    import("notes.md", text.into(), &known).unwrap_or_else(|found| panic!("{text}: {found}"))
}

/// All that was written, and what was left out.
fn said(made: &Imported) -> String {
    let texts = made.files.iter().map(|(_, text)| text.as_str());
    let left = made.left_out.iter().map(|(what, _)| what.as_str());
    texts.chain(left).collect::<Vec<_>>().join("\n")
}

/// Forms below a heading: the form, what must come of it, and what must not.
const FORMS: &[(&str, &[&str], &[&str])] = &[
    // Captions of tables, below and above.
    (
        "| A | B |\n|:--|--:|\n| x | 1 |\n\n: Berths *by* port {#tbl:b .wide}\n\nEnd.",
        &[
            "- table:\n        caption: Berths *by* port\n        columns:\n          - align: left\n          - align: right\n        header:\n          - [A, B]\n        rows:\n          - [x, '1']\n",
            "- text: |\n        End.\n",
        ],
        &["{#", "Berths *by* port\n\n"],
    ),
    (
        "Table: Berths of\nall ports\n\n| A | B |\n|---|---|\n| x | 1 |\n| y | 2 |",
        &["caption: Berths of all ports\n", "- ['y', '2']\n"],
        &["columns:", "Table:"],
    ),
    (
        "| A | B |\n|---|---|\n| x | 1 |\n: Berths[^n]\n\n[^n]: Of 2020.",
        &["caption: Berths[^nn]\n", "- id: nn\n"],
        &["###"],
    ),
    (
        "| A | B |\n|---|---|\n| x | `1|2` |\n\nTable: One.\n\n| C | D |\n|---|---|\n| z | 3 |\n\nTable: Two.",
        &["caption: One.", "caption: Two.", "- [C, D]"],
        &[],
    ),
    // Alignment, in prose as well.
    (
        "| A | B | C |\n|---|:-:|--:|\n| x | 1 | 2 |",
        &["    | A | B | C |\n    |---|:-:|--:|\n    | x | 1 | 2 |\n"],
        &["table:"],
    ),
    (
        "+---+:-:+--:+\n| A | B | C |\n+===+:=:+==:+\n| x | 1 | 2 |\n+---+---+---+",
        &["|---|:-:|--:|\n"],
        &[],
    ),
    (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td align=\"right\">1</td></tr><tr><td>y</td><td style=\"color:red; text-align: right\">2</td></tr></table>",
        &["|---|--:|\n"],
        &[],
    ),
    // Merged cells.
    (
        "<table><caption>Berths</caption><thead><tr><th rowspan=2>Port</th><th colspan=2>Berths</th></tr><tr><th>2024</th><th>2025</th></tr></thead><tbody><tr><th rowspan=\"2\">North</th><td>1</td><td>2, 3</td></tr><tr><td colspan=2>none</td></tr></tbody></table>",
        &[
            "caption: Berths\n        header:\n          - [Port, Berths, '<']\n          - ['^', '2024', '2025']\n        rows:\n          - [North, '1', '2, 3']\n          - ['^', none, '<']\n        row_headers: true\n",
        ],
        &["# check"],
    ),
    (
        "<table><tr><th>A</th><th>B</th></tr><tr><td colspan=2>both</td></tr></table>",
        &[
            "# check: this table has merged cells and no title: say what it shows\n",
            "caption: Caption not stated\n",
            "- [both, '<']",
        ],
        &[],
    ),
    // Lists in cells.
    (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>x<ul><li>one</li><li>two <b>bold</b></li></ul></td><td>- 5</td></tr></table>",
        &[
            "# check: this table has lists in cells and no title: say what it shows\n",
            "- - |\n              x\n\n              - one\n              - two **bold**\n            - '\\- 5'\n",
        ],
        &[],
    ),
    (
        "<table><tr><th>A</th><th>B</th></tr><tr><td><ul><li>one</li></ul></td><td>2</td></tr></table>",
        &["| one | 2 |"],
        &["table:"],
    ),
    // A cell that goes over from the head into the rows below is in the head alone.
    (
        "<table><tr><th rowspan=2>A</th><th>B</th></tr><tr><td>1</td></tr></table>",
        &[
            "| A | B |\n    |---|---|\n    |  | 1 |\n",
            "went over several",
        ],
        &["table:"],
    ),
    // Where no block may stand, rows with pipes say what they can.
    (
        "- one\n\n  | A | B |\n  |---|--:|\n  | x | 1 |\n\n  : Berths",
        &[
            "      | A | B |\n      |---|--:|\n      | x | 1 |\n",
            "Berths",
        ],
        &["table:"],
    ),
    // Pictures: captions, and two next to each other.
    (
        "<figure>\n<img src=\"a.svg\" alt=\"The pier\">\n<figcaption>The <em>old</em> pier, <a href=\"https://a.b/c\">2020</a></figcaption>\n</figure>",
        &[
            "- figure:\n        image: images/a.svg\n        alt: The pier\n        caption: The *old* pier, [2020](https://a.b/c)\n",
        ],
        &["# check"],
    ),
    (
        "![The pier in snow](a.svg){fig-alt=\"A pier\" width=50%}",
        &[
            "alt: A pier\n        caption: The pier in snow\n",
            "attributes of Markdown",
        ],
        &["fig-alt", "width"],
    ),
    (
        "![One](a.svg) ![Two](b.svg \"Second\")",
        &[
            "- figures:\n        - image: images/a.svg\n          alt: One\n",
            "alt: Two\n          caption: Second\n",
        ],
        &[],
    ),
    (
        "<figure><img src=\"none.svg\" alt=\"The pier\"><figcaption>In snow</figcaption></figure>",
        &["The pier", "In snow", "the picture none.svg"],
        &["figure:"],
    ),
    (
        "![One](a.svg)\n\nText.",
        &["![One](images/a.svg)\n\n    Text."],
        &["figure:"],
    ),
    // Pull quotes.
    (
        "::: {.pull-quote}\nA river that *nobody* measures floods.\n\n— Inês Ferreira\n:::\n\nEnd.",
        &[
            "- quote:\n        pull: true\n        text: |\n          A river that *nobody* measures floods.\n        attribution: Inês Ferreira\n",
        ],
        &[":::\n", "—"],
    ),
    (
        "<aside class=\"pullquote\">A river floods.</aside>",
        &["- quote:\n        pull: true\n        text: |\n          A river floods.\n"],
        &[],
    ),
    (
        "<aside>A river floods.</aside>\n\n> Quoted.\n>\n> — Inês",
        &["    A river floods.\n\n    > Quoted.\n    >\n    > — Inês\n"],
        &["pull"],
    ),
    // Attributes behind what they are about are named and are no text.
    (
        "**a**{.red #i} *b*{: .x} ~~c~~{.y} `d`{.z} [e](https://f.g){target=_blank} 2*{x} 3",
        &[
            "**a** *b* ~~c~~ `d` [e](https://f.g) 2\\*{x} 3",
            "attributes of Markdown",
        ],
        &["{.", "red"],
    ),
    // Directives and roles of MyST.
    (
        "```{note} Mind *it*\n:class: wide\nSlippery.[^s]\n\n- very\n```\n\n[^s]: When wet.",
        &[
            "- box:\n        title: Mind *it*\n        text: |\n          Slippery.[^ns]\n\n          - very\n",
            "directives of MyST",
        ],
        &["{note}", ":class:"],
    ),
    (
        "````{seealso}\n```py\nx\n```\n````\n\n:::{tip}\nSo.\n:::\n\nEnd.",
        &[
            "title: See also\n        text: |\n          ```py\n          x\n          ```\n",
            "title: Tip\n        text: |\n          So.\n",
            "End.",
        ],
        &[":::\n", "{"],
    ),
    (
        "```{figure} a.svg\n:alt: A pier\n:name: fig-pier\n\nThe old pier, see {ref}`it <fig-pier>`.\n\nMore of it.\n```\n\n```{figure} b.svg\nBare.\n```",
        &[
            "alt: A pier\n        caption: The old pier, see",
            "More of it.",
            "alt: Picture not described\n        caption: Bare.\n",
        ],
        &["```", ":name:", "{ref}"],
    ),
    (
        "```{table} Berths\n| A | B |\n|---|---|\n| x | 1 |\n```",
        &["caption: Berths\n        header:\n          - [A, B]\n"],
        &["```", "{table}"],
    ),
    (
        "```{toctree}\n:maxdepth: 2\nother\n```\n\n```{code-block} python\nx  =  1\n```\n\n```{r setup, echo=FALSE}\ny\n```\n\nm{sup}`2` {numref}`Fig <a>`",
        &[
            "```python\n    x  =  1\n    ```",
            "```r\n    y\n",
            "m² {numref}`Fig <a>`",
            "directives of MyST",
        ],
        &["toctree", "other"],
    ),
];

#[test]
fn forms_of_blocks_become_those_of_a_source() {
    let mut wrong = Vec::new();
    for (form, must, must_not) in FORMS {
        let mut made = made(&format!(
            "# Port\n\n## One\n\nThe port was built by the town.\n\n{form}\n"
        ));
        made.files.retain(|(path, _)| path != "report.yaml");
        let found = said(&made);
        let lacks = must.iter().filter(|part| !found.contains(**part));
        let has = must_not.iter().filter(|part| found.contains(**part));
        let faults: Vec<String> = lacks
            .map(|part| format!("lacks {part:?}"))
            .chain(has.map(|part| format!("has {part:?}")))
            .collect();
        if !faults.is_empty() {
            wrong.push(format!("{form:?}: {}\n{found}", faults.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn works_are_cited_where_a_bibliography_has_them() {
    let text = "---\ntitle: Low water\nbibliography: works.bib\n---\n\n# One\n\nIt is low [@okafor2014, p. 3]; others differ [see @net:24; -@okafor2014, chap. 2].[^n] [@none] me@a.b\n\n| A | B |\n|---|---|\n| x | [@net:24] |\n\nTable: By [@okafor2014]\n\n[^n]: As [@net:24] says.\n\n# References\n";
    let found = made(text);
    let works = found
        .pictures
        .iter()
        .find(|(path, _)| path == "references.bib");
    assert_eq!(
        works.map(|(_, bytes)| bytes.trim_ascii()),
        Some(WORKS.trim().as_bytes())
    );
    let written = said(&found);
    for part in [
        "It is low [@okafor2014, p. 3]; others differ [see @net:24; -@okafor2014, chap. 2].[^nn]",
        "\\[@none\\] me@a.b",
        "# check: the bibliography has no work `none`: its citation stays as typed",
        "- [x, '[@net:24]']",
        "caption: 'By [@okafor2014]'",
        "As [@net:24] says.",
        "the heading of the list of works",
    ] {
        assert!(written.contains(part), "{part}: {written}");
    }
    assert!(!written.contains("title: References"), "{written}");
    // Without a bibliography they stay as typed, which is said once; one that nothing cites stays where it is.
    let text = "# One\n\nIt is low [@okafor2014]. [@b]\n";
    let found = made(text);
    assert!(said(&found).contains("\\[@okafor2014\\]. \\[@b\\]"));
    assert_eq!(
        found
            .checks
            .iter()
            .filter(|(.., why)| why.contains("no bibliography"))
            .count(),
        1
    );
    let text = "---\nbibliography: works.bib\n---\n\n# One\n\nIt is low.\n";
    assert!(made(text).pictures.is_empty());
    for (name, why) in [("none.bib", "no file"), ("a.svg", "BibTeX")] {
        let found = made(&format!(
            "---\nbibliography: {name}\n---\n\n# One\n\nLow [@a].\n"
        ));
        let named = found.checks.iter().any(|(.., check)| check.contains(why));
        assert!(named, "{name}: {:?}", found.checks);
    }
}

#[test]
fn lines_in_bold_type_are_headings_where_there_are_no_others() {
    let text = "**Report on piers**\n\n14 June 2022\n\n**1. Why**\n\nPiers are **long**.\n\n**1.1 How long**\n\nVery.\n\n**Note.**\n\n**2. What next**\n\n- paint\n";
    let written = said(&made(text));
    for part in [
        "\ntitle: Report on piers\n",
        "\ndate: 2022-06-14\n",
        "title: 1. Why\n",
        "title: 1.1 How long\n",
        "title: 2. What next\n",
        "Piers are **long**.",
        "**Note.**",
        "# check: lines in bold type are headings now",
    ] {
        assert!(
            written.contains(part)
                || written.contains(&part.replace("title: ", "title: '").replace('\n', "'\n")),
            "{part}: {written}"
        );
    }
    for text in [
        // One alone, one that a text with headings has, names, and one line behind another.
        "**Note**\n\nPiers are long.\n\nVery.\n",
        "# Piers\n\n**One**\n\nPiers are long.\n\n**Two**\n\nVery.\n",
        "**Ada Brook**, mayor\n\nPiers are long.\n\n**Bo Chen**, master\n\nVery.\n",
        "**So.**\n\nPiers are long.\n\n**And so it was, she said.**\n\nVery.\n",
    ] {
        let written = said(&made(text));
        assert!(
            !written.contains("bold type") && written.contains("**"),
            "{text}: {written}"
        );
    }
}

#[test]
fn imported_blocks_are_in_every_format() {
    let desk = Desk::empty();
    desk.write("a.svg", DRAWING);
    desk.write("b.svg", DRAWING);
    desk.write("works.bib", WORKS);
    let mut text = "---\ntitle: Ports\ndate: 2024-05-06\npublisher: Port Board\ncopyright: © Port Board 2024\nbibliography: works.bib\n---\n\n# One\n\nIt is low [@okafor2014, p. 3].\n".to_owned();
    for (form, ..) in FORMS
        .iter()
        .filter(|(form, ..)| !form.contains("[^") && !form.contains("none.svg"))
    {
        text.push_str(&format!("\n{form}\n"));
    }
    desk.write("ports.md", &text);
    desk.run(&["import", "ports.md"]).is_done();
    let ran = desk.run(&["check", "ports"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = desk.run(&["ports", "--format", "pdf,docx,txt", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let mut warned = ran
        .stderr
        .lines()
        .filter(|line| line.starts_with("warning"));
    let known = ["W0264", "W0290"];
    let other = warned.find(|line| !known.iter().any(|code| line.contains(code)));
    assert_eq!(other, None, "{}", ran.stderr);
}
