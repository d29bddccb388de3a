//! Options that are not typed: from the environment, from `gmg-export.yaml`, and what `--show-config` says of them.

use std::collections::BTreeSet;
use std::path::Path;

use gmg_export::app::schema::Kind;
use gmg_export::app::settings::{FILE, SETTINGS};

use crate::program::{Desk, Ran};

/// Runs the program in the folder with variables set.
fn with(desk: &Desk, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = desk.command(arguments);
    command.envs(variables.iter().copied());
    command.output().expect("the program runs").into()
}

/// A desk with a report and these settings.
fn set(text: &str) -> Desk {
    let desk = Desk::with_report();
    desk.write(FILE, text);
    desk
}

#[test]
fn without_settings_everything_is_a_default() {
    let shown = Desk::with_report().run(&["--show-config"]).printed();
    assert_eq!(
        shown,
        "\
format          pdf                              default
layout          print for press, else screen     default
out             out                              default
golden          tests/golden next to the source  default
impose          as the layout says               default
sheet           as the layout says               default
bleed           as the layout says               default
marks           as the layout says               default
creep           as the layout says               default
profile         as the layout says               default
proof           as the layout says               default
binding         as the layout says               default
stock           as the layout says               default
caliper         as the layout says               default
cover-stock     as the layout says               default
endpapers       as the layout says               default
colour-pages    as the layout says               default
rules           as the layout says               default
ticket          as the layout says               default
color           auto                             default
quiet           no                               default
message-format  human                            default
max-memory      1000                             default
max-time        10                               default
max-pages       10000                            default
"
    );
}

#[test]
fn the_settings_are_shown_with_where_they_come_from_and_nothing_is_made() {
    let desk = set("\
# What we make.
format:
  - pdf
  - docx
layout: ./layouts/ours
out: made
profile: printer.icc
marks: false
bleed: 5mm
");
    let variables = [
        ("GMG_EXPORT_BLEED", "0.125in"),
        ("GMG_EXPORT_OUT", "elsewhere"),
        ("GMG_EXPORT_COLOR", "never"),
    ];
    let line = ["source", "--show-config", "--out", "here", "--proof", "-q"];
    let shown = with(&desk, &line, &variables).printed();
    assert_eq!(
        shown,
        "\
format          pdf,docx                         gmg-export.yaml:3:5
layout          ./layouts/ours                   gmg-export.yaml:5:9
out             here                             flag
golden          tests/golden next to the source  default
impose          as the layout says               default
sheet           as the layout says               default
bleed           0.125in                          environment GMG_EXPORT_BLEED
marks           no                               gmg-export.yaml:8:8
creep           as the layout says               default
profile         printer.icc                      gmg-export.yaml:7:10
proof           yes                              flag
binding         as the layout says               default
stock           as the layout says               default
caliper         as the layout says               default
cover-stock     as the layout says               default
endpapers       as the layout says               default
colour-pages    as the layout says               default
rules           as the layout says               default
ticket          as the layout says               default
color           never                            environment GMG_EXPORT_COLOR
quiet           yes                              flag
message-format  human                            default
max-memory      1000                             default
max-time        10                               default
max-pages       10000                            default
"
    );
    for name in ["here", "elsewhere", "made", "out"] {
        assert!(!desk.path(name).exists(), "{name}");
    }
}

#[test]
fn an_export_goes_by_flag_then_environment_then_file() {
    let desk = set("format: [txt]\nout: from-file\n");
    desk.run(&[]).is_done();
    assert_eq!(desk.names("from-file"), ["my-report.txt"]);
    with(&desk, &[], &[("GMG_EXPORT_OUT", "from-environment")]).is_done();
    assert_eq!(desk.names("from-environment"), ["my-report.txt"]);
    let both = [
        ("GMG_EXPORT_OUT", "unused"),
        ("GMG_EXPORT_FORMAT", "txt,docx"),
    ];
    with(&desk, &["--out", "from-flag"], &both).is_done();
    assert_eq!(desk.names("from-flag"), ["my-report.docx", "my-report.txt"]);
    with(&desk, &["-f", "txt", "--out", "one"], &both).is_done();
    assert_eq!(desk.names("one"), ["my-report.txt"]);
    assert!(!desk.path("unused").exists() && !desk.path("out").exists());
}

#[test]
fn paths_are_relative_to_the_file_and_in_the_environment_to_the_current_folder() {
    let desk = Desk::empty();
    desk.run(&["init", "a/report"]).is_done();
    desk.write(
        "a/report/gmg-export.yaml",
        "format: [txt]\nout: ./made\nlayout: ./layouts/wide\n",
    );
    desk.write(
        "a/report/layouts/wide/layout.yaml",
        "extends: screen\ndigest: {width: 100}\n",
    );
    for source in ["a/report", "a/report/source", "a/report/source/report.yaml"] {
        let ran = desk.run(&[source]);
        assert!(
            ran.is_done()
                .stdout
                .starts_with("a/report/made/my-report.wide.txt"),
            "{}",
            ran.stdout
        );
    }
    let wide = desk.read("a/report/made/my-report.wide.txt");
    assert!(wide.lines().any(|line| line.chars().count() > 72));
    with(&desk, &["a/report"], &[("GMG_EXPORT_OUT", "made")]).is_done();
    assert_eq!(desk.read("made/my-report.wide.txt"), wide);
    let shown = desk.run(&["a/report", "--show-config"]).printed();
    assert!(
        shown.contains(" a/report/made ") && shown.contains("  a/report/gmg-export.yaml:2:6\n"),
        "{shown}"
    );
}

#[test]
fn a_report_that_is_its_own_root_has_its_settings_beside_report_yaml() {
    let desk = Desk::with_report();
    std::fs::rename(desk.path("source"), desk.path("rivers")).unwrap();
    desk.write("rivers/gmg-export.yaml", "format: [txt]\n");
    let ran = desk.run(&["rivers"]);
    assert!(
        ran.is_done().stdout.starts_with("out/my-report.txt"),
        "{}",
        ran.stdout
    );
}

#[test]
fn an_unknown_field_is_wrong_usage_with_the_one_that_is_meant() {
    set("# Ours\nlayuot: print\n").run(&[]).fails(
        2,
        "\
error[E0111]: there is no field `layuot` here
 --> gmg-export.yaml:2:1 (layuot)
  |
2 | layuot: print
  | ^^^^^^
  = hint: did you mean `layout`?
`gmg-export explain E0111` says more
",
    );
}

#[test]
fn all_wrong_values_are_shown_where_they_stand() {
    let desk = set("format: [pdf, dox]\nbleed: 3\nsheet: A99\n");
    for line in [&[][..], &["check"], &["verify"], &["--show-config"]] {
        let ran = desk.run(line);
        ran.fails_with(
            2,
            &[
                "`dox` is not one of the words allowed here\n --> gmg-export.yaml:1:15 (format)",
                "did you mean `docx`? The words are: pdf, press, docx, txt, all",
                "`3` is no length\n --> gmg-export.yaml:2:8 (bleed)",
                "write a number and a unit, such as 30mm, 10.5pt or 0.125in",
                "`A99` is no size of sheet",
                "gmg-export.yaml:3:8 (sheet)",
                "3 errors",
            ],
        );
        assert_eq!(ran.stdout, "");
    }
    assert!(!desk.path("out").exists());
}

#[test]
fn other_mistakes_in_the_file_are_wrong_usage_too() {
    for (text, says) in [
        ("format: pdf\n", "`format` is a list"),
        ("format: []\n", "`format` is a list with nothing in it"),
        ("marks: yes\n", "`marks` is either true or false"),
        ("out: \"\"\n", "the value is empty"),
        ("layout: a: b\n", "colon"),
        ("color: sometimes\n", "`sometimes` is not one of the words"),
        ("quiet: true\nquiet: false\n", "occurs twice"),
    ] {
        set(text)
            .run(&["check"])
            .fails_with(2, &[says, "gmg-export.yaml"]);
    }
}

#[test]
fn a_variable_that_is_wrong_is_wrong_usage_whatever_the_command() {
    let desk = Desk::with_report();
    with(&desk, &[], &[("GMG_EXPORT_LAYUOT", "print")]).fails(
        2,
        "\
error[E1012]: the environment variable `GMG_EXPORT_LAYUOT` sets nothing
  = hint: did you mean `GMG_EXPORT_LAYOUT`?
`gmg-export explain E1012` says more
",
    );
    with(&desk, &["list"], &[("GMG_EXPORT_BLEED", "wide")]).fails(
        2,
        "\
error[E1011]: GMG_EXPORT_BLEED: `wide` is no length
  = hint: write a number and a unit, such as 30mm, 10.5pt or 0.125in
`gmg-export explain E1011` says more
",
    );
    with(&desk, &["check"], &[("GMG_EXPORT_LAYUOT", "")]).is_done();
}

#[test]
fn a_file_that_would_be_passed_over_is_refused() {
    let desk = Desk::with_report();
    desk.write("source/gmg-export.yaml", "format: [txt]\n");
    desk.run(&[]).fails(
        2,
        "\
error[E1013]: the settings of a report are not read from here
 --> source/gmg-export.yaml
  = hint: move it to `gmg-export.yaml`
`gmg-export explain E1013` says more
",
    );
    let desk = Desk::with_report();
    desk.write("gmg-export.yml", "format: [txt]\n");
    desk.run(&["check"])
        .fails_with(2, &["--> gmg-export.yml", "rename it to gmg-export.yaml"]);
}

#[test]
fn what_is_set_for_print_jobs_is_no_matter_to_other_exports() {
    let desk = set("impose: booklet\nsheet: SRA3\n");
    desk.run(&["-f", "txt"]).is_done();
    desk.run(&["-f", "txt", "--impose", "booklet"])
        .fails_with(2, &["`--impose` is for print jobs"]);
    desk.run(&["--cover-stock", "silk-300", "check"])
        .fails_with(2, &["`--cover-stock` belongs to an export"]);
    desk.run(&["-f", "press"]).is_done();
    let map = desk.read("out/my-report.sheets.txt");
    assert!(map.contains("450 x 320 mm"), "{map}");
    desk.run(&["-f", "press", "--impose", "single", "--sheet", "A3"])
        .is_done();
    let map = desk.read("out/my-report.sheets.txt");
    assert!(!map.contains("450 x 320 mm"), "{map}");
}

#[test]
fn a_length_that_no_layout_takes_is_named_with_its_place() {
    set("bleed: 3cm\n").run(&["-f", "press"]).fails_with(
        4,
        &[
            "the bleed is at most 25mm",
            "`bleed` comes from gmg-export.yaml:1:8",
        ],
    );
}

#[test]
fn the_name_of_a_file_says_more_than_a_format_that_is_set() {
    let desk = set("format: [pdf, docx]\n");
    desk.run(&["-o", "digest.txt"]).is_done();
    assert!(desk.read("digest.txt").contains("SAFE AND SHARED RIVERS"));
    let shown = desk.run(&["-o", "digest.txt", "--show-config"]).printed();
    let words: Vec<Vec<&str>> = shown
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(words[0], ["format", "txt", "flag"]);
    assert_eq!(words[2], ["out", "digest.txt", "flag"]);
    desk.run(&["-o", "-"]).fails(
        2,
        "\
error[E1006]: -o takes one format, and 2 were asked for
 --> gmg-export.yaml:1:10 (format)
  = hint: name a folder with --out for several formats
`gmg-export explain E1006` says more
",
    );
}

#[test]
fn a_layout_that_is_set_and_not_there_is_named_with_its_place() {
    let desk = set("layout: pritn\n");
    for line in [&["check"][..], &["-f", "txt"]] {
        desk.run(line).fails_with(
            4,
            &[
                "there is no layout `pritn`",
                "did you mean `print`?",
                "--> gmg-export.yaml:1:9 (layout)",
            ],
        );
    }
}

#[test]
fn the_form_of_messages_can_be_set() {
    let variables = [("GMG_EXPORT_MESSAGE_FORMAT", "json")];
    let said = |desk: &Desk, line: &[&str]| with(desk, line, &variables).stderr;
    let desk = Desk::with_report();
    for line in [&["check", "nowhere"][..], &["check", "--wrong"]] {
        assert!(said(&desk, line).starts_with("{\"event\":\"diagnostic\""));
    }
    let typed = ["check", "nowhere", "--message-format", "short"];
    assert!(said(&desk, &typed).starts_with("error[E0902]: "));
    let desk = set("message-format: sarif\n");
    desk.write("source/people.yaml", "people: 1\n");
    assert!(desk.run(&["check"]).stderr.contains("sarif"));
    assert!(said(&desk, &["check"]).starts_with("{\"event\":\"diagnostic\""));
    let desk = set("message-format: jsn\n");
    assert!(desk.run(&["check"]).stderr.contains("did you mean `json`?"));
}

#[test]
fn quiet_and_colours_can_be_set() {
    let desk = set("quiet: true\ncolor: always\n");
    assert_eq!(desk.run(&["check"]).printed(), "");
    assert!(
        desk.run(&["check", "--quiet=no"])
            .printed()
            .starts_with("ok: ")
    );
    let wrong = desk.run(&["check", "--layout", "novel"]);
    assert!(wrong.stderr.contains('\u{1b}'), "{}", wrong.stderr);
    let plain = with(
        &desk,
        &["check", "--layout", "novel"],
        &[("GMG_EXPORT_COLOR", "never")],
    );
    assert!(!plain.stderr.contains('\u{1b}'));
    // No report, no file: the environment is heeded all the same.
    let nowhere = with(
        &desk,
        &["check", "nowhere"],
        &[("GMG_EXPORT_COLOR", "always")],
    );
    assert!(nowhere.stderr.contains('\u{1b}'));
}

#[test]
fn records_can_lie_where_the_settings_say() {
    let desk = set("golden: records\n");
    desk.run(&["verify"]).fails_with(1, &["gmg-export approve"]);
    let ran = desk.run(&["verify"]);
    assert!(!ran.stdout.contains("tests/golden"), "{}", ran.stdout);
    desk.run(&["approve"]).is_done();
    assert!(desk.path("records").is_dir() && !desk.path("tests").exists());
}

#[test]
fn settings_are_shown_without_a_report_or_with_a_broken_one() {
    let desk = set("out: made\n");
    desk.write("source/report.yaml", "title: [\n");
    let shown = desk.run(&["--show-config"]).printed();
    assert!(shown.contains("gmg-export.yaml:1:6"), "{shown}");
    let ran = with(
        &desk,
        &["nowhere", "--show-config"],
        &[("GMG_EXPORT_OUT", "x")],
    );
    assert_eq!(ran.code, 0);
    assert!(
        ran.stdout.contains("  environment GMG_EXPORT_OUT\n"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stderr
            .starts_with("warning[W1014]: there is no file or folder `nowhere`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_built_in_report_goes_by_the_settings_of_the_current_folder() {
    let desk = Desk::empty();
    desk.write(FILE, "format: [txt]\nout: made\n");
    desk.run(&[]).is_done();
    assert_eq!(desk.names("made"), ["gmg-2016.txt"]);
}

#[test]
fn the_schema_the_list_and_the_variables_have_the_same_settings() {
    let schema: serde_json::Value =
        serde_json::from_str(&Kind::find("settings").unwrap().text()).unwrap();
    let fields: BTreeSet<&str> = schema["definitions"]["SettingsFile"]["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    // The limits stand together in the file.
    let field = |setting: &gmg_export::app::settings::Setting| match setting.name {
        "max-memory" | "max-pages" | "max-time" => "limits",
        name => name,
    };
    let listed: BTreeSet<&str> = SETTINGS.iter().map(field).collect();
    assert_eq!(fields, listed);
    let required = &schema["definitions"]["SettingsFile"]["required"];
    assert!(required.is_null(), "{required}");
    for setting in SETTINGS {
        let name = setting.variable();
        let end = setting.name.to_uppercase().replace('-', "_");
        assert_eq!(name, format!("GMG_EXPORT_{end}"));
    }
}

#[test]
fn the_settings_of_a_new_report_are_right_once_they_are_taken_out_of_their_comments() {
    let desk = Desk::with_report();
    let text = desk.read(FILE);
    let schema = text.lines().next().unwrap().rsplit('=').next().unwrap();
    assert!(Path::new(&desk.path(schema)).is_file(), "{schema}");
    let setting = |line: &&str| {
        let key = line
            .strip_prefix("# ")
            .and_then(|line| line.split_once(": "));
        key.is_some_and(|(key, _)| SETTINGS.iter().any(|setting| setting.name == key))
    };
    let lines: Vec<&str> = text
        .lines()
        .filter(setting)
        .map(|line| &line[2..])
        .collect();
    assert!(lines.len() >= 5, "{lines:?}");
    desk.write(FILE, &(lines.join("\n") + "\n"));
    let shown = desk.run(&["--show-config"]).printed();
    assert_eq!(
        shown.matches("gmg-export.yaml:").count(),
        lines.len(),
        "{shown}"
    );
}
