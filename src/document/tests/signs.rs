//! Characters that Markdown could take for something else: kept in cells and lists, refused or warned of elsewhere.

use serde_json::json;

use super::{report, text};

/// What a cell of a table says, in all its places.
fn cell(value: &str) -> serde_json::Value {
    let quoted = serde_json::to_string(value).unwrap();
    let blocks = report()
        .blocks(&format!(
            "- table: {{caption: x, header: [[{quoted}]], rows: [[{quoted}]]}}"
        ))
        .content();
    let (head, row) = (
        blocks[0]["header"][0][0]["blocks"].clone(),
        &blocks[0]["rows"][0][0]["blocks"],
    );
    assert_eq!(head, *row, "{value}");
    head
}

fn paragraph(text: &str) -> serde_json::Value {
    json!({"kind": "paragraph", "content": [{"kind": "text", "text": text}]})
}

#[test]
fn cells_are_words_whatever_they_begin_with() {
    for value in [
        "- 5",
        "+ 5",
        "* 5",
        "-",
        "+",
        "*",
        "1998.",
        "1998. A year",
        "2)",
        "2) two",
        "0.",
        "# 3",
        "###",
        "> 5",
        ">",
        "---",
        "***",
        "===",
        "___",
        "(a) one",
        "(1)",
        "| 5",
        "5 |",
        "a | b",
        "[ ] 5",
        "[x] 5",
        ": 5",
        "    four",
        "\t5",
        "−5",
        "- - 5",
        "1. 2. 3.",
        "5*",
        "†",
        "+/- 3",
        "`",
        "``` ",
        "~~~ x",
        "[5]: x",
        "$5",
        "5 %",
        "=",
        "@",
        "&",
        "!",
        "-5",
        "+5",
        "5-",
        "#3",
        "№ 3",
        "...",
        "--> 5",
    ] {
        // A number and its sign are held together, and nothing else is changed.
        let expected = value
            .trim()
            .replace("5 %", "5\u{a0}%")
            .replace("№ 3", "№\u{a0}3");
        assert_eq!(cell(value), json!([paragraph(&expected)]), "{value}");
    }
}

#[test]
fn cells_keep_inline_marks_paragraphs_and_lines() {
    assert_eq!(
        cell("- *5*"),
        json!([{"kind": "paragraph", "content": [
            {"kind": "text", "text": "- "},
            {"kind": "emphasis", "content": [{"kind": "text", "text": "5"}]},
        ]}])
    );
    assert_eq!(
        cell("_5_"),
        json!([{"kind": "paragraph", "content": [
            {"kind": "emphasis", "content": [{"kind": "text", "text": "5"}]},
        ]}])
    );
    let list = cell("Two:\n\n2. one\n3. two");
    assert_eq!(list[0], paragraph("Two:"));
    assert_eq!(
        (&list[1]["kind"], &list[1]["start"]),
        (&json!("list"), &json!(2))
    );
    assert_eq!(list[1]["items"][1], json!([paragraph("two")]));
    assert_eq!(
        cell("- one\n\n- two"),
        json!([paragraph("- one"), paragraph("- two")])
    );
    assert_eq!(cell(""), json!([]));
}

#[test]
fn faults_in_cells_have_their_place_behind_what_stands_before_them() {
    let faults = report()
        .blocks("- table:\n    caption: x\n    header: [[a]]\n    rows:\n      - - |\n          - one\n\n            two [x](nowhere)")
        .faults();
    assert!(faults[0].starts_with("c1.yaml:12:21 "), "{faults:?}");
}

#[test]
fn a_row_has_as_many_cells_as_the_table() {
    for (row, column) in [
        ("| 1 | 2 | 3 |", 15),
        ("| 4 |", 7),
        ("| `a|b` |", 7),
        ("1 | 2 | 3", 13),
    ] {
        for (before, line, shift) in [("", 7, 0), ("para\n\n", 9, 0), ("> ", 7, 2), ("- ", 7, 2)] {
            let inner = |text: &str| {
                text.replace(
                    '\n',
                    if before == "> " {
                        "\n> "
                    } else if before == "- " {
                        "\n  "
                    } else {
                        "\n"
                    },
                )
            };
            let table = inner(&format!("| A | B |\n|---|---|\n{row}"));
            let found = text(&format!("{before}{table}")).faults();
            assert_eq!(found.len(), 1, "{found:?}");
            let place = format!("c1.yaml:{line}:{} ", column + shift);
            assert!(
                found[0].starts_with(&place),
                "{row}: {found:?}, not {place}"
            );
        }
    }
    assert!(
        text("| A | B |\n|---|---|\n| `a \\| b` | |")
            .faults()
            .is_empty()
    );
    assert!(text("| A | B |\n|---|").faults()[0].starts_with("c1.yaml:6:5 "));
}

#[test]
fn code_is_closed_wherever_it_stands() {
    let open = "a code block is not closed";
    for (prose, place) in [
        ("```\nx", "5:5"),
        ("a\n\n```\nx\n\nb", "7:5"),
        ("~~~\nx\n```", "5:5"),
        ("````\nx\n```", "5:5"),
        ("- a\n\n  ```\n  x\n\nb", "7:7"),
        ("> ```\n> x\n\nb", "5:7"),
        ("```", "5:5"),
        ("```\nx\n``` y", "5:5"),
    ] {
        let faults = text(prose).faults();
        assert!(
            faults.contains(&format!("c1.yaml:{place} section.text: {open}")),
            "{prose}: {faults:?}"
        );
    }
    for prose in [
        "```\nx\n```",
        "~~~~\nx\n~~~~~",
        "- a\n\n  ```\n  x\n  ```",
        "> ```\n> x\n> ```",
        "    x",
    ] {
        assert!(text(prose).faults().is_empty(), "{prose}");
    }
}

#[test]
fn years_and_numbers_that_begin_a_text_are_words() {
    assert_eq!(
        text("1998. A year").content(),
        json!([paragraph("1998. A year")])
    );
    assert_eq!(
        text("1998. One\n2005. Two").content(),
        json!([paragraph("1998. One"), paragraph("2005. Two")])
    );
    for item in ["1998. A year", "5. Five", "2) two", "1. one"] {
        assert_eq!(
            text(&format!("- {item}")).content()[0]["items"],
            json!([[paragraph(item)]]),
            "{item}"
        );
    }
}

#[test]
fn numbers_of_lists_are_those_typed() {
    for (prose, start, delimiter) in [
        ("3. a\n4. b", 3, "period"),
        ("0) a\n1) b", 0, "parenthesis"),
        ("1. a\n1. b\n1. c", 1, "period"),
        ("999) a", 999, "parenthesis"),
    ] {
        let list = &text(prose).content()[0];
        assert_eq!(
            (&list["start"], &list["delimiter"]),
            (&json!(start), &json!(delimiter))
        );
    }
    assert_eq!(
        text("1. a\n2. b\n4. c").faults(),
        ["c1.yaml:7:5 section.text: this item of a list is numbered 4, but 3 follows"]
    );
}

#[test]
fn two_marks_of_lists_are_no_list() {
    for prose in [
        "- - a",
        "* - a",
        "1. - a",
        "- + a",
        "- * a",
        "a\n\n- b\n- - c",
    ] {
        let faults = text(prose).faults();
        assert_eq!(faults.len(), 1, "{prose}: {faults:?}");
        assert!(faults[0].ends_with("the mark of a list comes directly after another"));
    }
}

#[test]
fn a_tilde_between_figures_is_a_range_and_lowers_nothing() {
    for (prose, said) in [
        ("費用は3~5%、2020~2025年。", ""),
        ("비용은 3~5%이고 2020~2025년", ""),
        ("约~5%、~6%", "W0333"),
        ("3~5%, 2020~2025", "W0333"),
    ] {
        let text = text(prose);
        assert_eq!(
            text.line(),
            json!([{"kind": "text", "text": prose}]),
            "{prose}"
        );
        let (_, warnings) = text.resolve().unwrap();
        let codes = warnings.iter().map(|one| one.code.number());
        let found: String = codes.filter(|code| code.starts_with("W03")).collect();
        assert_eq!(found, said, "{prose}");
    }
    let lowered = json!({"kind": "subscript", "content": [{"kind": "text", "text": "2"}]});
    assert_eq!(text("二酸化炭素CO~2~、3~5%").line()[1], lowered);
}

#[test]
fn raised_lowered_and_struck_out_text_is_set() {
    assert_eq!(
        text("H~2~O 10^6^").line(),
        json!([
            {"kind": "text", "text": "H"},
            {"kind": "subscript", "content": [{"kind": "text", "text": "2"}]},
            {"kind": "text", "text": "O 10"},
            {"kind": "superscript", "content": [{"kind": "text", "text": "6"}]},
        ])
    );
    assert_eq!(
        text("The fee is ~~12~~ *15* euros[^n] now.\n\n[^n]: A note.").line(),
        json!([
            {"kind": "text", "text": "The fee is "},
            {"kind": "strike", "content": [{"kind": "text", "text": "12"}]},
            {"kind": "text", "text": " "},
            {"kind": "emphasis", "content": [{"kind": "text", "text": "15"}]},
            {"kind": "text", "text": " euros"},
            {"kind": "footnote", "note": 0, "again": false},
            {"kind": "text", "text": " now."},
        ])
    );
    for (prose, message) in [
        ("a ^2 and 2^ b", "raised text holds a space"),
        ("a ~b and c~ d", "lowered text holds a space"),
        ("$x^2$", "formulas cannot be set"),
        (
            "[a] (org:unhcr)",
            "a link is written wrongly and would be printed as it stands",
        ),
        (
            "[a (org:unhcr)",
            "a link is written wrongly and would be printed as it stands",
        ),
        (
            "[a] (https://example.org)",
            "a link is written wrongly and would be printed as it stands",
        ),
        (
            "[Note]: words",
            "this line is read as the address of a link that is nowhere, and would not be printed",
        ),
    ] {
        let faults = text(prose).faults();
        assert!(faults[0].ends_with(message), "{prose}: {faults:?}");
    }
}

#[test]
fn signs_that_are_printed_as_typed_are_warned_of_with_their_place() {
    for (prose, place, code) in [
        ("**Note:**this", "5:5", "W0333"),
        ("word**(x)**word", "5:9", "W0333"),
        ("l’*«École»*est", "5:7", "W0333"),
        ("10^6 tonnes", "5:7", "W0333"),
        ("2^3 and 2^4", "5:6", "W0333"),
        ("H~2O", "5:6", "W0333"),
        ("a ~~b", "5:7", "W0333"),
        ("Term\n\n: Definition", "7:5", "W0333"),
        ("Term\n: Definition", "6:5", "W0333"),
        ("\"straight\"", "5:5", "W0334"),
        ("it's", "5:7", "W0334"),
        ("so -- then", "5:8", "W0334"),
        (
            "see https://example.org/Réfugié_(droit), and",
            "5:9",
            "W0335",
        ),
        ("see www.example.org", "5:9", "W0335"),
        ("2*3*4", "5:6", "W0336"),
        ("a*b*c", "5:6", "W0336"),
        ("*(see)*word 2*3*4", "5:5", "W0336"),
        ("see [a][b] here", "5:9", "W0333"),
        ("see [a][] here", "5:9", "W0333"),
        ("see [*a* b][c]", "5:9", "W0333"),
        ("a &nope; b", "5:7", "W0333"),
        ("a {{< video x >}}", "5:7", "W0333"),
        ("a {{ title }}", "5:7", "W0333"),
        ("a {% include x %}", "5:7", "W0333"),
        ("a ${title}", "5:7", "W0333"),
        ("$$\nx = 1", "5:5", "W0333"),
        ("a [[toc]]", "5:7", "W0333"),
        ("[TOC]", "5:5", "W0333"),
        ("a [[Page|words]]", "5:7", "W0333"),
        ("so [@ smith2020]", "5:8", "W0333"),
        ("> [!NOTE]", "5:7", "W0333"),
        ("a [b]{.small}", "5:9", "W0333"),
        ("a^[a note]", "5:6", "W0333"),
        ("see \\ref{x}", "5:9", "W0333"),
        ("a \\newpage b", "5:7", "W0333"),
        ("::: note", "5:5", "W0333"),
        ("a :smile: b", "5:7", "W0333"),
        ("a ==b== c", "5:7", "W0333"),
        ("a `b c", "5:7", "W0333"),
        ("an _a b", "5:8", "W0333"),
        ("<<<<<<< HEAD", "5:5", "W0333"),
        ("##Costs", "5:5", "W0333"),
        ("######Costs of it", "5:5", "W0333"),
        ("• one item", "5:5", "W0333"),
        ("▪\u{A0}one item", "5:5", "W0333"),
        ("| a | b |", "5:5", "W0333"),
        ("[](https://example.org/x)", "5:5", "W0360"),
        ("caf\u{FFFD}", "5:8", "W0361"),
        ("a &#0; b", "5:7", "W0361"),
    ] {
        for (before, line, after) in [
            ("", 0, ""),
            ("Text.\n\n", 2, "\n\nMore."),
            ("*Yes* and\n", 1, ""),
        ] {
            if !before.is_empty() && !before.ends_with("\n\n") && prose.contains("\n\n") {
                continue;
            }
            let (_, warnings) = text(&format!("{before}{prose}{after}")).resolve().unwrap();
            let found: Vec<String> = warnings
                .iter()
                .map(|one| format!("{} {}", one.code.number(), one.location.as_ref().unwrap()))
                .collect();
            let (own, column) = place.split_once(':').unwrap();
            let place = format!(
                "{code} c1.yaml:{}:{column}",
                own.parse::<u32>().unwrap() + line
            );
            assert!(found.contains(&place), "{prose} {place}: {found:?}");
        }
    }
}

#[test]
fn signs_that_are_meant_are_not_warned_of() {
    for prose in [
        "a * b",
        "5 \\* 3",
        "about ~5",
        "\\~\\~",
        "10\\^6",
        "\\\"x\\\"",
        "it’s",
        "a - b",
        "well-known",
        "<https://example.org/a--b>",
        "[page](https://example.org/~x)",
        "snake_case_name",
        "un*believ*able",
        "*a* and **b**",
        "`a -- \"b\" *c`",
        "$5 and $6",
        "C\\: a",
        "1998\\. A year",
        "(see below)",
        "x^2^ and y^2^",
        "a [b] c",
        "a [b] [c]",
        "a [1][2]",
        "#MeToo",
        "one • two",
        "a \\[b][c]",
        "[a](https://a.org)[b](https://b.org)",
        "[a][b]\n\n[b]: https://a.org",
        "a \\{{ b",
        "a \\&nope;",
        "R&D; and AT&amp;T; so",
        "&eacute; &#233;",
        "C:\\work\\data",
        "at 12:30:45: so",
        "C++ and D++",
        "a == b",
        "a `b` c",
        "a_b and c_d_e",
        "a {b} c",
        "$5 or ${",
        "<https://a.org/[[x]]_a_>",
        "|a| and |b",
    ] {
        let (_, warnings) = text(prose)
            .resolve()
            .unwrap_or_else(|found| panic!("{prose}: {found}"));
        assert!(
            warnings
                .iter()
                .all(|one| !one.code.number().starts_with("W03")),
            "{prose}: {warnings}"
        );
    }
}
