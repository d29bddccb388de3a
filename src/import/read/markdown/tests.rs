use crate::import::{ImportOptions, import};

fn file(text: &str, path: &str) -> String {
    let found = import("notes.md", text.into(), &ImportOptions::default()).unwrap();
    let files: Vec<String> = found.files.iter().map(|(path, _)| path.clone()).collect();
    let one = found.files.into_iter().find(|(known, _)| known == path);
    one.unwrap_or_else(|| panic!("no {path} in {files:?}")).1
}

/// The prose of a chapter with one heading.
fn prose(text: &str) -> String {
    let text = file(&format!("# T\n\n## One\n\n{text}\n"), "one.yaml");
    let (_, prose) = text.split_once("text: |\n").unwrap();
    prose
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn markdown_is_read_whole() {
    let notes = "---\ntitle: On wells\ndate: 2019-03-14\nlayout: post\n---\n\n# Foreword\n\nThe *first* [site](https://example.org) of\nmany.[^a]\n\n[^a]: A note with `code`.\n\n1. one\n   - inner\n2. two\n\n| A | B |\n|---|---|\n| 1 | x_y |\n\n> Quoted.\n\n```\nas  typed\n```\n\n# First meeting: On pumps\n\n**Date:** 3 May 2020\n**Place:** The House, Lima\n\n## Opening remarks\n\n**Ann Lee**, Head of Pumps, noted that they leak.\n\n### Deeper\n\nText.\n";
    let found = import("notes.md", notes.into(), &ImportOptions::default()).unwrap();
    let counts = [
        ("chapter", 2),
        ("meeting", 1),
        ("speaker", 1),
        ("footnote", 1),
    ];
    assert_eq!(found.counts, counts);
    assert!(found.checks.iter().any(|(.., why)| why.contains("layout")));
}

#[test]
fn marks_of_html_and_of_dialects_become_those_of_a_report() {
    for (typed, made) in [
        (
            "a <em>b</em> <b>c</b> H<sub>2</sub>O m<sup>2</sup>",
            "a *b* **c** H₂O m²",
        ),
        ("CO~2~ and m^2^, 5<sup>th</sup>", "CO₂ and m², 5^th^"),
        ("a<br>b<br/>c", "a\\\nb\\\nc"),
        (
            "a <span class=\"x\">b</span> <u>c</u> <kbd>d</kbd>",
            "a b c d",
        ),
        (
            "<a href=\"https://a.org/b(c)\">d</a>",
            "[d](https://a.org/b%28c%29)",
        ),
        ("<a name=\"x\"></a>b &amp; c &lt; d", "b \\& c \\< d"),
        ("`a|b` <code>c*d</code>", "`a|b` `c*d`"),
        ("send <your name> here", "send \\<your name> here"),
        (
            "| a | b |\n|---|---|\n| `c|d` | e |",
            "| a | b |  |\n|---|---|---|\n| \\`c | d\\` | e |",
        ),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>",
            "| a | b |\n|---|---|\n| c | d |",
        ),
        (
            "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            "| a | b |\n|---|---|\n|  | c |",
        ),
        ("- (i) l\n- (ii) m", "- (i) l\n- (ii) m"),
        (
            "<ol type=\"a\" start=3><li>a</li><li>b</li></ol>",
            "c. a\nd. b",
        ),
        (
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
            "- a\n- b\n  - c",
        ),
        (
            "<details><summary>More</summary>\n\n*in* it\n\n</details>",
            "**More**\n\n*in* it",
        ),
        ("a. one\nb. two\nc. three", "a. one\nb. two\nc. three"),
        ("(i) one\n(ii) two", "(i) one\n(ii) two"),
        (
            "a.  one\n\n    more\n\n    (i) in\n    (ii) out\n\nb.  two\n\n3) other",
            "a. one\n\n   more\n   (i) in\n   (ii) out\n\nb. two\n\n3) other",
        ),
        (
            "A. Solberg came\nB. Birk went",
            "A. Solberg came\n\nB. Birk went",
        ),
        (
            "She met A. Solberg\nand b. two",
            "She met A. Solberg and b. two",
        ),
        ("- [ ] do\n- [x] done", "- \\[ \\] do\n- \\[x\\] done"),
        ("$x^2$ costs $5 and $10", "`$x^2$` costs $5 and $10"),
        ("one\n\n---\ntitle: x\n\n---\ntwo", "one\n\ntitle: x\n\ntwo"),
        ("a <!-- no --> b", "a b"),
        ("<div align=\"center\">\n\n**a**\n\n</div>", "**a**"),
        ("[words]{.small} `x`{.r}", "words `x`"),
        ("a ~~b~~ <s>*c*</s>", "a ~~b~~ ~~*c*~~"),
        (
            "a <span lang=\"de\">Hafen</span>, <i lang=fr>le port</i> <span lang=en-US>b</span>",
            "a [Hafen](lang:de), [*le port*](lang:fr) b",
        ),
        (
            "*[Hafen]{lang=de}* and [Hof ab]{.x lang=\"de-AT\"}",
            "*[Hafen](lang:de)* and [Hof ab](lang:de-AT)",
        ),
        (
            "<p lang=\"fr\">Le port.</p>\n\n<div lang=\"de\"><p>Der Hafen.</p><ul><li>Hof</li></ul></div>",
            "[Le port.](lang:fr)\n\n[Der Hafen.](lang:de)\n\n- [Hof](lang:de)",
        ),
    ] {
        assert_eq!(prose(typed).trim_end(), made, "{typed}");
    }
}

#[test]
fn what_a_report_has_no_form_for_is_named() {
    for (typed, named) in [
        ("[a](other.md)", "other.md"),
        ("[a](#part)", "#part"),
        ("<span lang=de>[a](https://a.org)</span>", "language `de`"),
        ("[<span lang=de>Hof</span>](https://a.org)", "language `de`"),
        ("[a](https://b.c \"title\")", "“title”"),
        ("![a](a.png)", "a.png"),
        ("x <sup>a b</sup>", "“a b” was raised"),
        ("x[^none]", "no footnote for it"),
        ("x[^a]\n\n[^a]: y[^b]\n\n[^b]: z", "another footnote"),
        ("| a | b |\n|---|---|\n| c | d | e |", "more cells"),
        ("| a | b |\n|---|---|\n| c<br>d | e |", "a line was broken"),
        ("$\\alpha$", "formula"),
    ] {
        let text = format!("## One\n\n{typed}\n");
        let found = import("notes.md", text.into(), &ImportOptions::default()).unwrap();
        let said = found.checks.iter().any(|(.., why)| why.contains(named));
        assert!(said, "{typed}: {:?}", found.checks);
    }
}

#[test]
fn front_matter_stands_at_the_beginning_and_in_many_forms() {
    for head in [
        "---\ntitle: River report\ndate: 2024-03-09\nauthor: Ana Lee\n---\n",
        "---\nTitle: River report\nDate: 2024-03-09 10:00\nAuthors: [Ana Lee]\n...\n",
        "---\ntitle: >\n  River\n  report\ndate: 9 March 2024\nauthor:\n  - name: Ana Lee\n---\n",
        "+++\ntitle = \"River report\"\ndate = 2024-03-09T10:00:00Z\nauthors = [\"Ana Lee\"]\n+++\n",
        "% River report\n% Ana Lee\n% March 9, 2024\n",
        "Title: River report\nAuthor: Ana Lee\nDate: 2024-03-09\n",
    ] {
        let text = file(
            &format!("{head}\n# One\n\nText.\n\n---\na: b\n---\n\n# Two\n\nMore.\n"),
            "report.yaml",
        );
        for line in [
            "title: River report\n",
            "date: 2024-03-09\n",
            "author: Ana Lee\n",
        ] {
            assert!(text.contains(line), "{head}: {text}");
        }
    }
    let text = file(
        "---\ntitle: Rivers: a report\ntags: [a, b]\n---\n\n# One\n\nText.\n",
        "report.yaml",
    );
    assert!(
        text.contains("title: 'Rivers: a report'\n") && text.contains("keywords:\n  - a\n  - b\n"),
        "{text}"
    );
}

#[test]
fn headings_keep_their_words_and_their_levels() {
    let text = "## <a name=\"x\"></a>1. Fees<br/>and dues {#fees}\n\nText.\n\n## Empty\n\n## Last {-}\n\n### Under\n\nEnd.\n";
    assert!(file(text, "n-1-fees-and-dues.yaml").contains("title: '1. Fees and dues'\n"));
    assert!(file(text, "empty.yaml").contains("(no text)"));
    assert!(file(text, "last.yaml").contains("title: Under\n"));
}

#[test]
fn notes_are_kept_wherever_they_stand() {
    let text = prose(
        "a[^x] b[^x] c^[in *line*]\n\n- d[^y]\n\n  [^y]: Y\n\n[^x]: One\n\n    Two\n\n    - three\n\n[^z]: Z",
    );
    for part in [
        "a[^nx] b[^nx] c[^ninline-note-1]",
        "One\n",
        "Two\n",
        "- three",
        "in *line*",
        "Y\n",
        "Z",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn running_text_never_becomes_a_list() {
    let text = prose("One\\\n\\- two\n\n![](a.png) \\- three");
    assert!(
        text.contains("\\- two") && text.contains("\\- three"),
        "{text}"
    );
}

/// What a chapter with one heading has below its title.
fn below(text: &str) -> String {
    let text = file(&format!("# T\n\n## One\n\n{text}\n"), "one.yaml");
    let (_, rest) = text.split_once("title: One\n").unwrap();
    rest.to_owned()
}

#[test]
fn what_a_source_has_a_key_for_is_under_it() {
    for (typed, made) in [
        (
            "Fee\n:   what\n\n    more[^a]\n\n*Due*\n: x\n: y\n\n[^a]: N",
            "  blocks:\n    - definitions:\n        - term: Fee\n          text: |\n            what\n\n            more[^na]\n\n        - term: '*Due*'\n          text: |\n            x\n\n            y\n\n  footnotes:\n    - id: na\n      text: |\n        N\n",
        ),
        (
            "a\n\n> [!NOTE]\n> Mind *it*.\n> - b\n\nc",
            "  text: |\n    a\n  blocks:\n    - box:\n        title: Note\n        text: |\n          Mind *it*.\n\n          - b\n\n    - text: |\n        c\n",
        ),
        (
            "!!! tip \"So: do\"\n    Do so.",
            "  blocks:\n    - box:\n        title: 'So: do'\n        text: |\n          Do so.\n",
        ),
        (
            "::: {.callout-note}\n## Mind\n\nit\n:::",
            "  blocks:\n    - box:\n        title: Mind\n        text: |\n          it\n",
        ),
        (
            "``` {.py title=\"a.py\"}\nx  =  1\n\n  y\n```",
            "  blocks:\n    - code:\n        label: a.py\n        text: |\n          x  =  1\n\n            y\n",
        ),
        // Where it has no such form it is as it was.
        (
            "- a\n\n  > [!NOTE]\n  > b",
            "  text: |\n    - a\n\n      > **Note**\n      >\n      > b\n",
        ),
        ("> [!NOTE] Mind it", "  text: |\n    > **Mind it**\n"),
        ("::: {.note}\na\n:::", "  text: |\n    a\n"),
        (
            "```py title=\"a.py\"\n  x\n```",
            "  text: |\n    **a.py**\n\n    ```py\n      x\n    ```\n",
        ),
    ] {
        assert_eq!(below(typed), made, "{typed}");
    }
}

#[test]
fn links_lead_to_headings_however_a_tool_names_these() {
    let link = |heading: &str, target: &str| {
        let text = format!("# T\n\n## One\n\nSee {target}.\n\n## Two\n\nX.\n\n{heading}\n\nY.\n");
        file(&text, "one.yaml")
    };
    for (heading, target) in [
        ("### Costs and fees", "[it](#costs-and-fees)"),
        ("### Costs & fees", "[it](#costs--fees)"),
        ("### 2.1 Costs", "[it](#21-costs)"),
        ("### 2.1 Costs", "[it](#costs)"),
        ("### Costs {#sec:fees}", "[it](#sec:fees)"),
        ("<a id=\"x\"></a>\n\n### Costs", "[it](#x)"),
        ("### <a name=\"x\"></a>Costs", "[it](#x)"),
        ("<h3 id=\"x\">Costs</h3>", "<a href=\"#x\">it</a>"),
        ("### Prix d’été", "[it](#prix-d%C3%A9t%C3%A9)"),
        ("### Costs", "[[#Costs|it]]"),
        ("### Costs", "[[notes#Costs|it]]"),
        ("### Costs", "[it](notes.md#costs)"),
        ("### Two", "[it](#two-1)"),
        ("### Two", "[it](#two_1)"),
        ("### `code` *here*", "[it](#code-here)"),
        ("### 费用", "[it](#费用)"),
        ("### Prix d’été", "[it](#prix-dete)"),
        ("### Two (2)", "*see [it](#two-2)*[^a]\n\n[^a]: N"),
    ] {
        let text = link(heading, target);
        let id = text
            .split_once("[it](#")
            .unwrap_or_else(|| panic!("{text}"))
            .1;
        let id = id.split(')').next().unwrap();
        let title = heading.contains("Two").then_some("two-2");
        let below = file(
            &format!("# T\n\n## One\n\nSee {target}.\n\n## Two\n\nX.\n\n{heading}\n\nY.\n"),
            "two.yaml",
        );
        assert!(
            below.contains(&format!("    - id: {id}\n")),
            "{heading}: {id}: {below}"
        );
        assert!(title.is_none_or(|title| title == id), "{id}");
    }
    // A chapter has its id; a place below a heading is that heading's; the title is where the text begins.
    for (target, id) in [
        ("#two", "two"),
        ("#t", "one"),
        ("#place", "two"),
        ("#^block", "two"),
    ] {
        let text = format!(
            "# T\n\n## One\n\n[it]({target})\n\n## Two\n\nX. <span id=\"place\">Y</span> ^block\n"
        );
        let text = file(&text, "one.yaml");
        assert!(text.contains(&format!("[it](#{id})")), "{target}: {text}");
    }
    for target in ["#nowhere", "#", "other.md#two", "#fn1"] {
        let text = file(
            &format!("# T\n\n## One\n\n[it]({target})\n\n## Two\n\nX.\n"),
            "one.yaml",
        );
        assert!(
            text.contains("    it\n") && text.contains("# check: the link to "),
            "{target}: {text}"
        );
    }
}
