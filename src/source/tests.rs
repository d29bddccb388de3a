//! Tests of reading: what is wrong with a file is said in a writer's words, with its place.

use std::collections::BTreeMap;

use super::*;

const REPORT: &str = "id: a\nlanguage: en\ntitle: t\ndate: 2016-01-01\npublisher: p\ndescription: d\ncopyright: c\nimprint: i\ncontents: [c.yaml]\n";
const CHAPTER: &str = "section: {id: c, title: t, text: x}\n";

fn folder(files: &[(&str, &[u8])]) -> Folder {
    let mut all = BTreeMap::new();
    all.insert("report.yaml".to_owned(), REPORT.into());
    all.insert("c.yaml".to_owned(), CHAPTER.into());
    for (path, bytes) in files {
        all.insert((*path).to_owned(), bytes.to_vec());
    }
    Folder::in_memory(all)
}

fn diagnostics(files: &[(&str, &[u8])]) -> String {
    match read(&folder(files)) {
        Ok(source) => source.warnings.to_string(),
        Err(found) => found.to_string(),
    }
}

/// What is said of a `report.yaml` that starts with `text`: message, place and field, first hint.
fn said(path: &str, text: &str) -> [String; 3] {
    let found = diagnostics(&[(path, text.as_bytes())]);
    let mut lines = found.lines();
    let mut next = |prefix: &str| {
        lines
            .next()
            .unwrap_or_default()
            .trim_start_matches(prefix)
            .to_owned()
    };
    [message(&next("")), next("  --> "), next("  = hint: ")]
}

/// A first line without severity and code.
fn message(line: &str) -> String {
    line.split_once("]: ")
        .map_or_else(|| line.to_owned(), |(_, message)| message.to_owned())
}

#[track_caller]
fn says(path: &str, text: &str, expected: [&str; 3]) {
    let said = said(path, text);
    assert_eq!(said[..2], expected[..2], "{text:?}");
    assert!(said[2].contains(expected[2]), "{text:?}: {}", said[2]);
}

#[test]
fn a_colon_in_a_value_without_quotation_marks_is_named_with_the_line_that_is_right() {
    says(
        "report.yaml",
        "id: a\ntitle: Meeting 3: Water and law\n",
        [
            "the value holds a colon followed by a space, which YAML takes for a field",
            "report.yaml:2:17 (title)",
            "put the value into quotation marks: title: \"Meeting 3: Water and law\"",
        ],
    );
    says(
        "report.yaml",
        "id: “Meeting: water”\n",
        [
            "the value holds a colon, and typographic quotation marks do not quote it",
            "report.yaml:1:13 (id)",
            "put straight ones around it: id: \"“Meeting: water”\"",
        ],
    );
    let text = REPORT.replace("title: t", "title: \"Meeting 3: Water and law\"");
    assert_eq!(diagnostics(&[("report.yaml", text.as_bytes())]), "");
}

#[test]
fn a_secondary_file_that_fails_is_an_error_like_any_other() {
    says(
        "acronyms.yaml",
        "acronyms:\n  - acronym: A\n    expansion: Ports: open, shared: safe\n",
        [
            "the value holds a colon followed by a space, which YAML takes for a field",
            "acronyms.yaml:3:21 (acronyms[0].expansion)",
            "expansion: \"Ports: open, shared: safe\"",
        ],
    );
}

#[test]
fn words_and_numbers_that_yaml_has_other_ideas_of_stay_text() {
    let text = "people:\n  - {id: on, name: On, post: yes}\n  - {id: b, name: 1.10, post: 2016-07-13}\n  - {id: c, name: NO, post: 0x1F}\n";
    let source = read(&folder(&[("people.yaml", text.as_bytes())])).unwrap();
    let people = &source.people.content.people;
    let texts: Vec<(&str, &str)> = people
        .iter()
        .map(|person| {
            (
                person.name.value.as_str(),
                person.post.as_ref().unwrap().value.as_str(),
            )
        })
        .collect();
    assert_eq!(
        texts,
        [("On", "yes"), ("1.10", "2016-07-13"), ("NO", "0x1F")]
    );
    assert_eq!(people[0].id.value, "on");
}

#[test]
fn a_key_that_occurs_twice_is_named_with_both_lines() {
    says(
        "report.yaml",
        "id: a\ntitle: b\nid: c\n",
        [
            "the field `id` occurs twice; the first time on line 1",
            "report.yaml:3:1 (id)",
            "delete one of the two",
        ],
    );
    says(
        "c.yaml",
        "meeting:\n  id: a\n  venue: {city: a}\n  title: x\n  venue: {city: b}\n",
        [
            "the field `venue` occurs twice; the first time on line 3",
            "c.yaml:5:3 (meeting.venue)",
            "delete one of the two",
        ],
    );
    says(
        "c.yaml",
        "section:\n  id: a\n  title: b\n  sections:\n    - title: x\n      sections:\n        - title: y\n          title: z\n",
        [
            "the field `title` occurs twice; the first time on line 7",
            "c.yaml:8:11 (section.sections[0].sections[0].title)",
            "delete one of the two",
        ],
    );
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_or_where_it_belongs() {
    says(
        "report.yaml",
        "id: a\ntitel: b\n",
        [
            "there is no field `titel` here",
            "report.yaml:2:1 (titel)",
            "did you mean `title`?",
        ],
    );
    says(
        "c.yaml",
        "meeting:\n  id: a\n  co_organizers: [desa]\n",
        [
            "there is no field `co_organizers` here",
            "c.yaml:3:3 (meeting.co_organizers)",
            "did you mean `co_organisers`?",
        ],
    );
    says(
        "c.yaml",
        "meeting:\n  id: a\n  speakers: [a]\n",
        [
            "there is no field `speakers` here",
            "c.yaml:3:3 (meeting.speakers)",
            "`interventions` of a section",
        ],
    );
    says(
        "report.yaml",
        "ordinal: 1\n",
        [
            "there is no field `ordinal` here",
            "report.yaml:1:1 (ordinal)",
            "`ordinal` is a field of a `meeting` file",
        ],
    );
}

#[test]
fn a_missing_or_empty_field_is_named_with_its_path() {
    says(
        "report.yaml",
        "id: a\nlanguage: en\ntitle: x\n",
        [
            "the fields `date`, `publisher`, `description`, `copyright`, `imprint` and `contents` are missing",
            "report.yaml:1:1 (date)",
            "a line `name: …` for each",
        ],
    );
    says(
        "c.yaml",
        "section:\n  id: a\n  title: b\n  blocks:\n    - figure:\n        alt: x\n",
        [
            "the field `image` is missing",
            "c.yaml:6:9 (section.blocks[0].figure.image)",
            "image: …",
        ],
    );
    says(
        "report.yaml",
        "id:\nlanguage: en\n",
        [
            "`id` has no value",
            "report.yaml:1:3 (id)",
            "write one after the colon",
        ],
    );
    says(
        "report.yaml",
        "id: # foo\n",
        [
            "`id` has no value",
            "report.yaml:1:3 (id)",
            "everything from # on is a comment",
        ],
    );
    says(
        "report.yaml",
        "id: #foo\n",
        [
            "everything from `#foo` on is a comment and would not be printed",
            "report.yaml:1:3 (id)",
            "put the value into quotation marks",
        ],
    );
    says(
        "c.yaml",
        "section:\n  id: a\n  title: b\n  blocks:\n",
        [
            "`blocks` is a list, but here is nothing",
            "c.yaml:4:9 (section.blocks)",
            "delete the field",
        ],
    );
}

#[test]
fn a_value_of_another_shape_is_named_with_what_is_right() {
    says(
        "report.yaml",
        "id: [a, b]\n",
        [
            "`id` is text, but here is a list",
            "report.yaml:1:5 (id)",
            "quotation marks",
        ],
    );
    says(
        "report.yaml",
        "id: a\nkeywords: foo\n",
        [
            "`keywords` is a list, but here is text",
            "report.yaml:2:11 (keywords)",
            "`- `",
        ],
    );
    says(
        "report.yaml",
        "id: a\nidentifiers: foo\n",
        [
            "`identifiers` has fields, but here is text",
            "report.yaml:2:14 (identifiers)",
            "`name: value`",
        ],
    );
    says(
        "report.yaml",
        "id:a\ntitle: b\n",
        [
            "the colon after the field's name has no space after it",
            "report.yaml:1:1 (id)",
            "put a space after the colon",
        ],
    );
    says(
        "report.yaml",
        "contents:\n  -a\n  -b\n",
        [
            "`contents` is a list, but here is text",
            "report.yaml:2:3 (contents)",
            "space after the hyphen",
        ],
    );
    says(
        "c.yaml",
        "meeting:\n  id: a\n  ordinal: first\n",
        [
            "`ordinal` is a whole number",
            "c.yaml:3:12 (meeting.ordinal)",
            "in digits",
        ],
    );
    says(
        "c.yaml",
        "section:\n  id: a\n  front: yes\n",
        [
            "`front` is either true or false",
            "c.yaml:3:10 (section.front)",
            "write true or false",
        ],
    );
}

#[test]
fn an_unknown_word_is_named_with_those_that_there_are() {
    says(
        "c.yaml",
        "sektion:\n  id: a\n",
        [
            "`sektion` is not one of the words allowed here",
            "c.yaml:1:1 (sektion)",
            "did you mean `section`?",
        ],
    );
    says(
        "c.yaml",
        "section:\n  id: a\n  title: b\n  blocks:\n    - text: a\n    - tabel: {}\n",
        [
            "`tabel` is not one of the words allowed here",
            "c.yaml:6:7 (section.blocks[1].tabel)",
            "did you mean `table`?",
        ],
    );
    says(
        "report.yaml",
        "id: a\nfootnotes: {restart: page}\n",
        [
            "`page` is not one of the words allowed here",
            "report.yaml:2:22 (footnotes.restart)",
            "report, chapter",
        ],
    );
    says(
        "c.yaml",
        "section:\n  id: a\n  title: x\n  text: b\nappendix:\n  id: b\n",
        [
            "`appendix` is a second key where only one is allowed",
            "c.yaml:5:1 (appendix)",
            "one key at the top",
        ],
    );
}

#[test]
fn a_tab_that_indents_is_named_and_other_tabs_are_taken() {
    says(
        "report.yaml",
        "id: a\nidentifiers:\n\tisbn: 1\n",
        [
            "a tab is used for indentation",
            "report.yaml:3:1 (identifiers)",
            "indent with spaces",
        ],
    );
    let text = REPORT.replace("title: t", "title:\tt\t# a comment");
    assert_eq!(diagnostics(&[("report.yaml", text.as_bytes())]), "");
}

#[test]
fn slips_of_the_syntax_are_said_in_plain_words() {
    for (text, message) in [
        (
            "id: \"abc\ntitle: x\n",
            "the quotation mark that opens here is not closed",
        ),
        (
            "id: \"abc\" def\n",
            "text follows the closing quotation mark",
        ),
        ("id: 'don't'\n", "text follows the closing apostrophe"),
        (
            "id: \"C:\\path\"\n",
            "a backslash in this text is followed by a letter that has no meaning after it",
        ),
        ("id: @foo\n", "a value cannot start with `@`"),
        (
            "id: **bold** text\n",
            "a value that starts with `*` refers to an anchor, and there is none of that name",
        ),
        (
            "id: a\n  title: b\n",
            "this line is indented as if it went on with the value above, but it is a field",
        ),
        (
            "identifiers:\n    isbn: a\n  issn: b\n",
            "the indentation of this line does not agree with the lines above",
        ),
        (
            "imprint: | abc\n  def\n",
            "text follows `|` or `>` on the same line",
        ),
        (
            "id: a\u{c}b\n",
            "the line holds the control character U+000C",
        ),
        (
            "id: a\n\u{FEFF}title: b\n",
            "there is a byte order mark (U+FEFF) inside the file",
        ),
        (
            "id: a\n---\nid: b\n",
            "a line of three hyphens starts a second document, but a file holds one",
        ),
        (
            "id: a\n%YAML 1.1\ntitle: b\n",
            "a line that starts with a per cent sign ends the file: what follows would not be read",
        ),
        ("# nothing\n", "the file is empty"),
        ("", "the file is empty"),
    ] {
        assert_eq!(said("report.yaml", text)[0], message, "{text:?}");
    }
}

#[test]
fn what_yaml_would_drop_in_silence_is_refused() {
    for (text, message) in [
        (
            "id: !important notice\n",
            "a word that starts with `!` is a tag, which has no use here and would not be printed",
        ),
        (
            "id: &c Co\n",
            "the word after `&` is an anchor that nothing refers to, and would not be printed",
        ),
        (
            "id: Meeting #3\n",
            "everything from `#3` on is a comment and would not be printed",
        ),
        (
            "id: a\nplace: Null\n",
            "`Null` means in YAML that there is no value",
        ),
    ] {
        assert_eq!(said("report.yaml", text)[0], message, "{text:?}");
    }
    for line in [
        "title: R&D for all! # a comment",
        "title: 'Meeting #3 !x &y'",
        "title: Null and void",
    ] {
        let text = REPORT.replace("title: t", line);
        assert_eq!(
            diagnostics(&[("report.yaml", text.as_bytes())]),
            "",
            "{line}"
        );
    }
}

#[test]
fn an_alias_bomb_ends_quickly_and_an_honest_anchor_may_be_used_again() {
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (name, of) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        bomb.push_str(&format!(
            "{name}: &{name} [*{of},*{of},*{of},*{of},*{of},*{of},*{of},*{of},*{of}]\n"
        ));
    }
    let start = std::time::Instant::now();
    assert!(!diagnostics(&[("report.yaml", bomb.as_bytes())]).is_empty());
    let mut bomb =
        String::from("section:\n  id: c\n  title: t\n  sections: &a [{title: t, text: x}]\n");
    for level in 0..9 {
        let (name, of) = (char::from(b'b' + level), char::from(b'a' + level));
        let items = format!("{{title: t, sections: *{of}}},").repeat(9);
        bomb.push_str(&format!(
            "  {}: &{name} [{items}]\n",
            if level == 8 { "blocks" } else { "footnotes" }
        ));
    }
    assert!(diagnostics(&[("c.yaml", bomb.as_bytes())]).contains("error"));
    assert!(start.elapsed().as_secs() < 5);
    let text = "organisations:\n  - {id: a, name: A, kind: other, url: &u https://a.example}\n  - {id: b, name: B, kind: other, url: *u}\n";
    let source = read(&folder(&[("organisations.yaml", text.as_bytes())])).unwrap();
    let urls = source
        .organisations
        .content
        .organisations
        .iter()
        .map(|o| o.url.as_ref().unwrap().value.as_str());
    assert_eq!(urls.collect::<Vec<_>>(), ["https://a.example"; 2]);
}

#[test]
fn every_file_that_fails_is_reported() {
    let report = REPORT.replace("[c.yaml]", "[c.yaml, d.yaml, e.yaml]");
    let found = diagnostics(&[
        ("report.yaml", report.as_bytes()),
        ("people.yaml", b"people: x\n"),
        ("c.yaml", b"section: x\n"),
        ("d.yaml", b"section: \xFF\n"),
    ]);
    for place in [
        "people.yaml:1:9",
        "c.yaml:1:10",
        "d.yaml:1:10",
        "report.yaml:9:28 (contents[2])",
    ] {
        assert!(found.contains(place), "{place} in {found}");
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{FEFF}{}", REPORT.replace('\n', "\r\n"));
    let source = read(&folder(&[("report.yaml", windows.as_bytes())])).unwrap();
    assert_eq!(source.report.text, REPORT);
}

#[test]
fn chapter_files_are_inside_the_folder_spelled_exactly_and_named_once() {
    for (entry, message) in [
        ("../x.yaml", "`../x.yaml` leads out of the report's folder"),
        (
            "/etc/passwd",
            "`/etc/passwd` is an absolute path; files must be inside the report's folder",
        ),
        (
            "C:/x.yaml",
            "`C:/x.yaml` is an absolute path; files must be inside the report's folder",
        ),
        (
            "a\\\\x.yaml",
            "has a backslash; folders are separated by `/`",
        ),
        ("C.yaml", "there is no file `C.yaml`, but there is `c.yaml`"),
        ("nope.yaml", "there is no file `nope.yaml`"),
        (
            "./c.yaml",
            "`./c.yaml` has an empty part or a `.`; write it without",
        ),
        ("people.yaml", "`people.yaml` is no chapter"),
        ("", "a chapter's file name is empty"),
    ] {
        let report = REPORT.replace("[c.yaml]", &format!("[\"{entry}\"]"));
        let found = diagnostics(&[("report.yaml", report.as_bytes())]);
        assert!(found.contains(message), "{entry}: {found}");
        assert!(found.contains("report.yaml:9:12 (contents[0])"), "{found}");
    }
    let report = REPORT.replace("[c.yaml]", "[c.yaml, c.yaml]");
    assert!(
        diagnostics(&[("report.yaml", report.as_bytes())])
            .contains("is named twice; the first time on line 9")
    );
}

#[test]
fn a_chapter_file_that_is_in_no_list_is_a_warning() {
    let found = diagnostics(&[
        ("meetings/third.yaml", b"x: y\n"),
        ("picture.png", b""),
        (".hidden.yaml", b""),
    ]);
    assert_eq!(
        found,
        "warning[W0160]: `meetings/third.yaml` is in no `contents` list and is not part of the report\n  --> meetings/third.yaml\n  \
         = hint: add `- meetings/third.yaml` to `contents` in report.yaml, or remove the file\n"
    );
}

#[test]
fn a_line_end_of_other_programs_is_named_alone() {
    for sign in ["\u{85}", "\u{2028}", "\u{2029}"] {
        for (old, new) in [
            ("language: en\n", format!("language: en{sign}zz: 1\n")),
            ("language: en\n", format!("language: en{sign}")),
            ("title: t\n", format!("title: \"T\"{sign}  deeper: 1\n")),
        ] {
            let report = REPORT.replacen(old, &new, 1);
            assert_ne!(report, REPORT, "{old}");
            let found = diagnostics(&[("report.yaml", report.as_bytes())]);
            let name = format!("U+{:04X}", sign.chars().next().unwrap() as u32);
            assert!(
                found.starts_with("error[E0134]") && found.contains(&name),
                "{new:?}: {found}"
            );
            assert!(
                !found.contains("E0125") && !found.contains("E0126"),
                "{found}"
            );
        }
    }
}

#[test]
fn a_registry_under_another_name_is_not_told_to_be_a_chapter() {
    for (name, cure) in [
        ("acronym.yaml", "acronyms.yaml is the name that is read"),
        (
            "Organisations.yaml",
            "organisations.yaml is the name that is read",
        ),
        ("persons.yaml", "add `- persons.yaml` to `contents`"),
    ] {
        let found = diagnostics(&[(name, b"x: y\n")]);
        assert!(found.contains(cure), "{name}: {found}");
    }
}

#[test]
fn a_folder_on_disk_is_read_with_the_same_rules() {
    let root = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("c.yaml"), CHAPTER).unwrap();
    std::fs::write(root.path().join("report.yaml"), REPORT).unwrap();
    let of = |path: &std::path::Path| read(&Folder::of(path)).map_err(|found| found.to_string());
    assert!(of(root.path()).unwrap_err().contains("there is no file"));
    std::fs::write(root.path().join("C.yaml"), CHAPTER).unwrap();
    assert!(
        of(root.path())
            .unwrap_err()
            .contains("but there is `C.yaml`")
    );
    std::fs::remove_file(root.path().join("C.yaml")).unwrap();
    std::fs::create_dir(root.path().join("c.yaml")).unwrap();
    assert!(
        of(root.path())
            .unwrap_err()
            .contains("is a folder, not a file")
    );
    std::fs::remove_dir(root.path().join("c.yaml")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path().join("c.yaml"), root.path().join("c.yaml"))
            .unwrap();
        assert!(
            of(root.path())
                .unwrap_err()
                .contains("is a link that leads out of the report's folder")
        );
        std::fs::remove_file(root.path().join("c.yaml")).unwrap();
    }
    std::fs::write(root.path().join("c.yaml"), CHAPTER).unwrap();
    assert!(of(root.path()).is_ok());
    assert!(of(&root.path().join("report.yaml")).is_ok());
}

#[test]
fn a_folder_without_a_report_is_an_error_of_input() {
    let root = tempfile::tempdir().unwrap();
    let found = read(&Folder::of(root.path())).unwrap_err();
    assert_eq!(found.exit_code(), 5);
    let found = read(&Folder::of(&root.path().join("nowhere"))).unwrap_err();
    assert_eq!(found.exit_code(), 5);
}

#[test]
fn traps_are_seen_below_any_number_of_comment_lines() {
    let text = format!("{}title: &x b\n", "# a line of advice\n".repeat(100));
    let found = diagnostics(&[("report.yaml", text.as_bytes())]);
    assert!(found.contains("report.yaml:101:11"), "{found}");
}

#[test]
fn an_anchor_may_be_used_as_often_as_the_text_needs_it() {
    let uses: String = (0..300)
        .map(|n| format!("    - {{id: s{n}, title: *t, text: x}}\n"))
        .collect();
    let chapter = format!("section:\n  id: c\n  title: &t Water\n  text: x\n  sections:\n{uses}");
    assert_eq!(diagnostics(&[("c.yaml", chapter.as_bytes())]), "");
}

#[test]
fn a_registry_under_another_ending_is_not_taken_for_none() {
    let found = diagnostics(&[("people.yml", b"people: []\n")]);
    assert!(
        found.contains("error[E0156]: `people.yml` is not read under this name"),
        "{found}"
    );
    assert!(found.contains("rename it to people.yaml"), "{found}");
}

#[test]
fn a_wrong_report_file_does_not_hide_the_mistakes_of_the_chapters() {
    let found = diagnostics(&[
        ("report.yaml", b"id: a\nlanguages: en\n"),
        ("c.yaml", b"section: {id: c, title: t, texts: x}\n"),
    ]);
    assert!(
        found.contains("`languages`") && found.contains("`texts`"),
        "{found}"
    );
}

/// The message and the place of each that is found.
fn each(path: &str, text: &str) -> Vec<(String, String)> {
    let found = match read(&folder(&[(path, text.as_bytes())])) {
        Ok(source) => source.warnings,
        Err(found) => found,
    };
    let place = |one: &Diagnostic| {
        let location = one.location.as_ref().map(ToString::to_string);
        let field = one.field.clone().unwrap_or_default();
        format!("{} ({field})", location.unwrap_or_default())
    };
    found
        .iter()
        .map(|one| (one.message.clone(), place(one)))
        .collect()
}

#[track_caller]
fn says_all(path: &str, text: &str, expected: &[(&str, &str)]) {
    let said = each(path, text);
    let said: Vec<(&str, &str)> = said
        .iter()
        .map(|(message, place)| (message.as_str(), place.as_str()))
        .collect();
    assert_eq!(said, expected, "{text}");
}

#[test]
fn all_mistakes_of_a_file_are_said_at_once_each_at_its_place() {
    let report = "\
id: a
languge: en
title: [x]
date: 2026-01-01
publisher:
place: Rivers: and more
titel: y
keywords: x
identifiers:
  isbm: 1
footnotes: {restart: page}
title: twice
description: @x
";
    says_all(
        "report.yaml",
        report,
        &[
            (
                "there is no field `languge` here",
                "report.yaml:2:1 (languge)",
            ),
            (
                "`title` is text, but here is a list",
                "report.yaml:3:8 (title)",
            ),
            ("`publisher` has no value", "report.yaml:5:10 (publisher)"),
            (
                "the value holds a colon followed by a space, which YAML takes for a field",
                "report.yaml:6:14 (place)",
            ),
            ("there is no field `titel` here", "report.yaml:7:1 (titel)"),
            (
                "`keywords` is a list, but here is text",
                "report.yaml:8:11 (keywords)",
            ),
            (
                "there is no field `isbm` here",
                "report.yaml:10:3 (identifiers.isbm)",
            ),
            (
                "`page` is not one of the words allowed here",
                "report.yaml:11:22 (footnotes.restart)",
            ),
            (
                "the field `title` occurs twice; the first time on line 3",
                "report.yaml:12:1 (title)",
            ),
            (
                "a value cannot start with `@`",
                "report.yaml:13:14 (description)",
            ),
            (
                "the fields `copyright`, `imprint` and `contents` are missing",
                "report.yaml:1:1 (copyright)",
            ),
        ],
    );
}

#[test]
fn what_the_items_of_a_list_lack_is_placed_at_their_first_field() {
    says_all(
        "people.yaml",
        "people:\n  - id: a\n    post: x\n  - post: y\n    honorific: Ms.\n  - {post: z}\n  - text\n  - id: b\n    name: c\n    nam: d\n",
        &[
            (
                "an item of `people` has fields, but here is text",
                "people.yaml:7:5 (people[3])",
            ),
            (
                "there is no field `nam` here",
                "people.yaml:10:5 (people[4].nam)",
            ),
            (
                "the field `name` is missing",
                "people.yaml:2:5 (people[0].name)",
            ),
            (
                "the fields `id` and `name` are missing",
                "people.yaml:4:5 (people[1].id)",
            ),
            (
                "the fields `id` and `name` are missing",
                "people.yaml:6:6 (people[2].id)",
            ),
        ],
    );
}

#[test]
fn slips_of_the_syntax_hide_nothing_below_them() {
    says_all(
        "c.yaml",
        "section:\n  id: c\n  title: A: b\n  short_title: \"x\" y\n  front: \"true\"\n  txt: x\n  note: [a, b\n  blocks:\n    - table: {header: [[a]], rows: [[b]]}\n    - figur: {image: a.png}\n",
        &[
            (
                "the value holds a colon followed by a space, which YAML takes for a field",
                "c.yaml:3:11 (section.title)",
            ),
            (
                "text follows the closing quotation mark",
                "c.yaml:4:20 (section.short_title)",
            ),
            ("there is no field `txt` here", "c.yaml:6:3 (section.txt)"),
            (
                "`note` is text, but here is a list",
                "c.yaml:7:9 (section.note)",
            ),
            (
                "`figur` is not one of the words allowed here",
                "c.yaml:10:7 (section.blocks[1].figur)",
            ),
            (
                "the field `caption` is missing",
                "c.yaml:9:15 (section.blocks[0].table.caption)",
            ),
        ],
    );
    says_all(
        "c.yaml",
        "section:\n\tid: c\n\ttitle: x\n\tfron: true\n",
        &[
            ("a tab is used for indentation", "c.yaml:2:1 (section)"),
            ("there is no field `fron` here", "c.yaml:4:2 (section.fron)"),
        ],
    );
}

#[test]
fn blanks_that_are_no_spaces_are_said_once_and_hide_nothing() {
    for (name, blank) in [
        ("00A0", '\u{a0}'),
        ("3000", '\u{3000}'),
        ("2003", '\u{2003}'),
    ] {
        let text = format!("section:\n  id: c\n{blank}  title: x\n  fron: true\n");
        let said = each("c.yaml", &text);
        let message = format!(
            "the line starts with an invisible character (U+{name}), which is no indentation"
        );
        assert_eq!(said[0].0, message);
        assert!(said[0].1.starts_with("c.yaml:3:1 "), "{said:?}");
        assert_eq!(said[1].0, "there is no field `fron` here");
        assert_eq!(said.len(), 2, "{said:?}");
    }
}

#[test]
fn whatever_yaml_would_drop_is_said_with_the_other_mistakes() {
    says_all(
        "c.yaml",
        "section:\n  id: c\n  title: #x\n  note: &a b\n  short_title: null\n  txt: x\n",
        &[
            (
                "everything from `#x` on is a comment and would not be printed",
                "c.yaml:3:8 (section.title)",
            ),
            (
                "the word after `&` is an anchor that nothing refers to, and would not be printed",
                "c.yaml:4:12 (section.note)",
            ),
            (
                "`null` means in YAML that there is no value",
                "c.yaml:5:16 (section.short_title)",
            ),
            ("there is no field `txt` here", "c.yaml:6:3 (section.txt)"),
        ],
    );
}

#[test]
fn true_in_quotation_marks_is_text_and_refused_where_a_word_is_wanted() {
    let chapter = "section:\n  id: c\n  title: 'true'\n  front: \"true\"\n  text: x\n";
    says_all(
        "c.yaml",
        chapter,
        &[(
            "here is text in quotation marks, and not one of the words true and false",
            "c.yaml:4:10 (section.front)",
        )],
    );
    assert_eq!(each("c.yaml", &chapter.replace("\"true\"", "true")), []);
}

#[test]
fn two_versions_that_were_not_joined_are_said_as_such() {
    let chapter =
        "section:\n  id: c\n<<<<<<< HEAD\n  title: a\n=======\n  title: b\n>>>>>>> other\n";
    says_all(
        "c.yaml",
        chapter,
        &[(
            "two versions of the file were joined here and do not agree",
            "c.yaml:3:1 ()",
        )],
    );
}
