//! Charts: what is read of their numbers, what is drawn and said, and what is refused.

use serde_json::Value;

use super::report;

/// A chart of a kind with more fields; the first of these is in line 6.
fn chart(kind: &str, fields: &str) -> String {
    format!("- chart: {{kind: {kind}, caption: A,\n  {fields}}}")
}

/// What is wrong with a chart.
fn faults(kind: &str, fields: &str) -> Vec<String> {
    report().blocks(&chart(kind, fields)).faults()
}

/// The chart in the document.
fn made(kind: &str, fields: &str) -> Value {
    report().blocks(&chart(kind, fields)).content()[0].clone()
}

/// The only fault of a chart, from its field on.
fn fault(kind: &str, fields: &str) -> String {
    let found = faults(kind, fields);
    assert_eq!(found.len(), 1, "{kind} {fields}: {found:?}");
    let (_, said) = found[0].split_once("chart").unwrap_or(("", &found[0]));
    said.to_owned()
}

const KINDS: [&str; 7] = [
    "bar",
    "column",
    "line",
    "area",
    "stacked-bar",
    "stacked-column",
    "share",
];

fn one(values: &str) -> String {
    let count = values.split(", ").count();
    let names: Vec<String> = (0..count).map(|index| format!("c{index}")).collect();
    format!(
        "categories: [{}], series: [{{values: [{values}]}}]",
        names.join(", ")
    )
}

#[test]
fn each_kind_draws_its_values_and_has_them_as_a_table() {
    for kind in KINDS {
        let made = made(kind, &one("10, 20.5, 0"));
        assert_eq!(made["label"], "Figure 1", "{kind}");
        assert_eq!(made["plot"]["shape"], kind);
        let rows = made["table"]["rows"].to_string();
        for said in ["c0", "10.0", "20.5", "0.0"] {
            assert!(rows.contains(said), "{kind}: {rows}");
        }
        let points = made["plot"]["series"][0]["points"].as_array().unwrap();
        for point in points {
            for end in ["from", "to"] {
                let at = point[end].as_f64().unwrap();
                assert!((0.0..=1.0).contains(&at), "{kind}: {point}");
            }
        }
        let alt = made["alt"].as_str().unwrap();
        assert!(
            kind == "share" || alt.contains("20.5 (c1)"),
            "{kind}: {alt}"
        );
    }
}

#[test]
fn a_description_says_highest_lowest_first_last_and_the_trend_of_what_runs_over_time() {
    let alt = |fields: &str| made("line", fields)["alt"].as_str().unwrap().to_owned();
    assert_eq!(
        alt("unit: km, categories: [2023, 2024, 2025], series: [{values: [1, \"1,234\", 7]}]"),
        "Line chart (km): highest value 1,234 (2024), lowest value 1 (2023), first value 1 (2023), \
         last value 7 (2025), up and down."
    );
    for (values, trend) in [
        ("1, 1, 2", "rising"),
        ("2, 1, 1", "falling"),
        ("1, 1, 1", "unchanged"),
    ] {
        assert!(
            alt(&one(values)).ends_with(&format!(", {trend}.")),
            "{values}"
        );
    }
    let several =
        "categories: [a, b], series: [{name: X, values: [1, 2]}, {name: Y, values: [3, –]}]";
    let alt = made("bar", several)["alt"].as_str().unwrap().to_owned();
    assert_eq!(
        alt,
        "Bar chart. X: highest value 2 (b), lowest value 1 (a). Y: highest value 3 (a), lowest value 3 (a)."
    );
    assert_eq!(
        made("bar", &format!("alt: Mine, {}", one("1")))["alt"],
        "Mine"
    );
}

#[test]
fn numbers_come_from_a_table_or_a_file_as_well() {
    let table = "- table: {id: t, caption: T, header: [[Place, Berths, Remark]], rows: [[a, \"4\", x], [b, \"1,200\", y]]}\n\
                 - chart: {kind: bar, caption: A, table: t}";
    let content = report().blocks(table).content();
    assert_eq!(content[1]["table"], Value::Null);
    assert_eq!(content[1]["plot"]["series"].as_array().unwrap().len(), 1);
    assert_eq!(
        content[1]["plot"]["series"][0]["points"][1]["text"],
        "1,200"
    );
    let file = report()
        .blocks("- chart: {kind: line, caption: A, file: d/e.csv, columns: [Ships]}")
        .file(
            "d/e.csv",
            "Year;Berths;Ships\n2024;4;\"1,5\"\n2025;5;7\n".replace("1,5", "1,500"),
        );
    let chart = &file.content()[0];
    assert_eq!(
        chart["table"]["rows"][0][1]["blocks"][0]["content"][0]["text"],
        "1,500"
    );
    assert_eq!(
        chart["table"]["header"][0][0]["blocks"][0]["content"][0]["text"],
        "Year"
    );
}

#[test]
fn years_are_as_far_apart_as_they_are_and_the_last_is_always_named() {
    let fields = "categories: [2000, 2010, 2011, 2020], series: [{values: [1, 2, 3, 4]}]";
    let plot = made("line", fields)["plot"].clone();
    let at: Vec<f64> = (0..4)
        .map(|i| plot["categories"][i]["at"].as_f64().unwrap())
        .collect();
    assert_eq!(at, [0.0, 0.5, 0.55, 1.0]);
    let named: Vec<bool> = (0..4)
        .map(|i| plot["categories"][i]["name"] != Value::Null)
        .collect();
    assert_eq!(named, [true, false, true, true]);
    for count in [1, 2, 9, 10, 57, 400] {
        let values: Vec<String> = (0..count).map(|value: usize| value.to_string()).collect();
        let plot = made("line", &one(&values.join(", ")))["plot"].clone();
        let categories = plot["categories"].as_array().unwrap();
        let named = categories
            .iter()
            .filter(|one| one["name"] != Value::Null)
            .count();
        assert!((1..=9).contains(&named), "{count}: {named}");
        assert_ne!(categories.last().unwrap()["name"], Value::Null);
    }
}

#[test]
fn what_is_no_number_is_refused_in_every_kind() {
    for kind in KINDS {
        for value in [
            "many",
            "1e999",
            ".nan",
            "NaN",
            "-.inf",
            "0x1F",
            "1_0",
            "12 %",
            "\"1.000,5\"",
            "\"12,5\"",
            "12345678901234567",
        ] {
            let said = fault(kind, &one(&format!("1, {value}, 3")));
            assert!(
                said.starts_with(".series[0].values[1]: "),
                "{kind} {value}: {said}"
            );
        }
    }
}

#[test]
fn all_wrong_values_are_said_at_once() {
    assert_eq!(faults("bar", &one("x, y, 3")).len(), 2);
}

#[test]
fn parts_of_a_whole_are_known_and_not_below_zero() {
    for kind in ["area", "stacked-bar", "stacked-column", "share"] {
        assert!(
            fault(kind, &one("1, -2")).contains("`-2` is less than nothing"),
            "{kind}"
        );
        assert!(fault(kind, &one("1, –")).contains("not known"), "{kind}");
        assert!(
            fault(kind, &one("0, 0")).contains("nothing has no parts"),
            "{kind}"
        );
    }
    for kind in ["bar", "column", "line"] {
        assert!(faults(kind, &one("1, -2, –")).is_empty(), "{kind}");
        assert!(faults(kind, &one("0, 0")).is_empty(), "{kind}");
        assert!(
            fault(kind, &one("–, –")).contains("no value of the chart is known"),
            "{kind}"
        );
    }
    let shares = |values: &str| format!("unit: \"%\", {}", one(values));
    assert!(fault("share", &shares("40, 30")).contains("add up to 70 %"));
    assert!(faults("share", &shares("33.3, 33.3, 33.3")).is_empty());
    let two = "categories: [a, b], series: [{name: X, values: [1, 2]}, {name: Y, values: [3, 4]}]";
    assert!(fault("share", two).contains("have one series"));
}

#[test]
fn numbers_are_in_one_place_and_there_are_some() {
    for kind in KINDS {
        assert!(
            fault(kind, "unit: km").contains("a chart has no numbers"),
            "{kind}"
        );
        let both = format!("file: a.csv, {}", one("1"));
        assert!(fault(kind, &both).contains("in one place"), "{kind}");
        assert!(
            fault(kind, "categories: [a]").contains("no series"),
            "{kind}"
        );
        assert!(
            fault(kind, "series: [{values: [1]}]").contains("no categories"),
            "{kind}"
        );
        assert!(
            fault(kind, "table: t, file: a.csv").contains("in one place"),
            "{kind}"
        );
        let columns = format!("columns: [x], {}", one("1"));
        assert!(
            fault(kind, &columns).contains("`columns` chooses"),
            "{kind}"
        );
    }
}

#[test]
fn each_category_has_one_value_of_each_series_and_all_are_named_differently() {
    let fields = "categories: [a, b, c], series: [{values: [1, 2]}]";
    assert!(fault("bar", fields).contains("the series has 2 values, but there are 3 categories"));
    let none = "categories: [a, b], series: [{values: []}]";
    assert!(fault("bar", none).contains("has 0 values"));
    let twice = "categories: [a, b, a], series: [{values: [1, 2, 3]}]";
    assert!(fault("bar", twice).contains("two categories are called `a`"));
    let twice = "categories: [a], series: [{name: X, values: [1]}, {name: X, values: [1]}]";
    assert!(fault("bar", twice).contains("two series are called `X`"));
    let nameless = "categories: [a], series: [{name: X, values: [1]}, {values: [1]}]";
    assert!(fault("bar", nameless).contains("has no name"));
    let long = format!(
        "categories: [{}], series: [{{values: [1]}}]",
        "x".repeat(61)
    );
    assert!(fault("bar", &long).contains("61 characters"));
}

#[test]
fn more_than_can_be_told_apart_is_refused_with_the_number() {
    let values = |count: usize| vec!["1"; count].join(", ");
    for (kind, most, too_many) in [
        ("bar", 20, "room for 20"),
        ("column", 20, "room for 20"),
        ("stacked-bar", 20, "room for 20"),
        ("stacked-column", 20, "room for 20"),
        ("share", 6, "6 patterns"),
        ("line", 400, "room for 400"),
        ("area", 400, "room for 400"),
    ] {
        assert!(faults(kind, &one(&values(most))).is_empty(), "{kind}");
        assert!(
            fault(kind, &one(&values(most + 1))).contains(too_many),
            "{kind}"
        );
    }
    let series = |count: usize| -> String {
        let all: Vec<String> = (0..count)
            .map(|index| format!("{{name: s{index}, values: [1]}}"))
            .collect();
        format!("categories: [a], series: [{}]", all.join(", "))
    };
    for kind in &KINDS[..6] {
        assert!(faults(kind, &series(6)).is_empty(), "{kind}");
        assert!(fault(kind, &series(7)).contains("7 series"), "{kind}");
    }
}

#[test]
fn a_table_or_file_that_is_not_there_or_has_no_numbers_is_refused() {
    let with = |fields: &str, file: &[u8]| -> Vec<String> {
        let blocks = format!(
            "- table: {{id: berths, caption: T, header: [[Place, Remark]], rows: [[a, x], [b, y]]}}\n- chart: {{kind: bar, caption: A, {fields}}}"
        );
        report().blocks(&blocks).file("a.csv", file).faults()
    };
    let csv = b"Place,Berths\nx,1\ny,2\n";
    for (fields, file, said) in [
        (
            "table: berth",
            &csv[..],
            "no table of the report has the id `berth`",
        ),
        (
            "table: berths",
            csv,
            "no column of the table `berths` but the first has numbers",
        ),
        ("file: b.csv", csv, "there is no file `b.csv`"),
        ("file: ../a.csv", csv, "leads out of"),
        ("file: /etc/passwd", csv, "absolute path"),
        (
            "file: a.csv, columns: [Ships]",
            csv,
            "no column of `a.csv` has the head `Ships`",
        ),
        ("file: a.csv, columns: [Place]", csv, "has the head `Place`"),
        (
            "file: a.csv",
            b"Place,Berths\nx,1\ny\n",
            "this row has 1 cell",
        ),
        (
            "file: a.csv",
            b"Place,Berths\nx,1\nx,2\n",
            "two categories are called `x`",
        ),
        (
            "file: a.csv",
            b"Place,Berths\nx,1\ny,many\n",
            "`many` is not a number",
        ),
        ("file: a.csv", b"Place,Berths\nx,\xE9\n", "0xE9"),
        ("file: a.csv", b"", "no rows"),
        (
            "file: a.csv",
            b"Place,Berths\n",
            "no column of `a.csv` but the first has numbers",
        ),
        (
            "file: a.csv",
            b"Place,Berths,Berths\nx,1,2\n",
            "two series are called `Berths`",
        ),
    ] {
        let found = with(fields, file);
        assert_eq!(found.len(), 1, "{fields}: {found:?}");
        assert!(found[0].contains(said), "{fields}: {found:?}");
    }
    let found = with("file: a.csv", b"Place,Berths\nx,1\ny,many\n");
    assert!(found[0].starts_with("a.csv:3:3 "), "{found:?}");
}

#[test]
fn columns_of_a_file_without_numbers_are_remarks() {
    let file = report()
        .blocks("- chart: {kind: bar, caption: A, file: a.csv}")
        .file("a.csv", "Place,Berths,Remark\nx,1,old\ny,2,new\n");
    assert_eq!(
        file.content()[0]["plot"]["series"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}
