//! Tests of reading.

use std::collections::BTreeMap;

use super::*;

#[test]
fn explore() {
    let cases: &[(&str, &[u8])] = &[
        ("colon", b"id: a\ntitle: Meeting 3: Water and law\n"),
        ("tab", b"id: a\nidentifiers:\n\tisbn: 1\n"),
        ("tab2", b"id: a\nidentifiers:\n  \tisbn: 1\n"),
        ("tab-legal", b"id:\ta\t# c\nidentifiers:\n  isbn:\tx\n"),
        ("tab-after-dash", b"contents:\n-\ta: b\n"),
        ("dup", b"id: a\ntitle: b\nid: c\n"),
        ("dupdeep", b"id: a\nidentifiers:\n  isbn: 1\n  issn: 2\n  isbn: 3\n"),
        ("unknown", b"id: a\ntitel: b\n"),
        ("missing", b"id: a\nlanguage: en\ntitle: x\n"),
        ("list-for-text", b"id: [a, b]\n"),
        ("map-for-text", b"id: {a: b}\n"),
        ("text-for-list", b"id: a\nkeywords: foo\n"),
        ("text-for-map", b"id: a\nidentifiers: foo\n"),
        ("empty", b"id:\nlanguage: en\n"),
        ("variant", b"id: a\nfootnotes: {restart: page}\n"),
        ("multi", b"id: a\n---\nid: b\n"),
        ("tag", b"id: !foo a\n"),
        ("tag2", b"id: !!int a\n"),
        ("tag3", b"id: !!binary aGVsbG8=\n"),
        ("unclosed-quote", b"id: \"abc\ntitle: x\n"),
        ("quote-then-text", b"id: \"abc\" def\ntitle: x\n"),
        ("squote", b"id: 'don't'\n"),
        ("bracket", b"id: [a, b\ntitle: x\n"),
        ("star", b"id: *foo\n"),
        ("star-text", b"id: **bold** text\n"),
        ("amp", b"id: &foo bar\ntitle: *foo\n"),
        ("at", b"id: @foo\n"),
        ("backtick", b"id: `foo`\n"),
        ("percent", b"id: %foo\n"),
        ("percent0", b"%foo\nid: a\n"),
        ("hash", b"id: #foo\n"),
        ("bad-indent", b"id: a\n  title: b\n"),
        ("bad-indent2", b"identifiers:\n    isbn: a\n  issn: b\n"),
        ("block-scalar", b"imprint: |\n  abc\n def\n"),
        ("block-scalar2", b"imprint: | abc\n  def\n"),
        ("no-space", b"id:a\ntitle: b\n"),
        ("dash-no-space", b"contents:\n  -a\n  -b\n"),
        ("num-word", b"id: a\nordinal: first\n"),
        ("merge", b"a: &a {id: x}\nb:\n  <<: *a\n"),
        ("question", b"id: ? a\n"),
        ("bad-escape", b"id: \"C:\\path\"\n"),
        ("control", b"id: \"a\x07b\"\n"),
        ("plain-control", b"id: a\x0cb\n"),
        ("bom-inside", b"id: a\n\xEF\xBB\xBFtitle: b\n"),
        ("winquote", "id: “Meeting: water”\n".as_bytes()),
        ("list-top", b"- id: a\n"),
        ("text-top", b"hello\n"),
        ("nul-key", b"~: a\n"),
        ("complex-key", b"[a, b]: c\n"),
        ("null", b"id: ~\n"),
        ("anchors", b"id: &a x\n"),
        ("bool", b"id: yes\nlanguage: NO\ntitle: 2016\nsubtitle: 1.10\nplace: 2016-07-13\nseries: 0x10\n"),
    ];
    for (name, text) in cases {
        let mut files = BTreeMap::new();
        files.insert("report.yaml".to_owned(), text.to_vec());
        match read(&Folder::Memory(files)) {
            Ok(_) => println!("== {name}\nOK"),
            Err(found) => println!("== {name}\n{found}"),
        }
    }
    for (name, text) in [
        ("chapter-variant", "sektion:\n  id: a\n"),
        (
            "chapter-two",
            "section:\n  id: a\n  title: x\n  text: b\nappendix:\n  id: b\n",
        ),
        ("chapter-unit", "section:\n"),
        ("chapter-text", "section\n"),
        (
            "bool-field",
            "section:\n  id: a\n  title: b\n  front: yes\n",
        ),
        (
            "bool-field2",
            "section:\n  id: a\n  title: b\n  front: maybe\n",
        ),
        ("num", "meeting:\n  id: a\n  ordinal: first\n"),
        ("num2", "meeting:\n  id: a\n  ordinal: -1\n"),
        (
            "speakers",
            "meeting:\n  id: a\n  ordinal: 1\n  title: x\n  date: 2016-01-01\n  speakers:\n    - a\n",
        ),
        (
            "block",
            "section:\n  id: a\n  title: b\n  blocks:\n    - text: a\n    - tabel: {}\n",
        ),
        (
            "block-two",
            "section:\n  id: a\n  title: b\n  blocks:\n    - text: a\n      table: {}\n",
        ),
        (
            "block-plain",
            "section:\n  id: a\n  title: b\n  blocks:\n    - hello\n",
        ),
        (
            "missing-deep",
            "section:\n  id: a\n  title: b\n  blocks:\n    - figure:\n        alt: x\n",
        ),
        (
            "float",
            "section:\n  id: a\n  title: b\n  blocks:\n    - figure:\n        image: x\n        width: wide\n",
        ),
        (
            "nan",
            "section:\n  id: a\n  title: b\n  blocks:\n    - figure:\n        image: x\n        width: .nan\n",
        ),
        ("empty-list", "section:\n  id: a\n  title: b\n  blocks:\n"),
        (
            "listdup",
            "section:\n  id: a\n  title: b\n  sections:\n    - title: x\n      title: y\n",
        ),
    ] {
        let mut files = BTreeMap::new();
        files.insert("report.yaml".to_owned(), b"id: a\nlanguage: en\ntitle: t\ndate: 2016-01-01\npublisher: p\ndescription: d\ncopyright: c\nimprint: i\ncontents: [c.yaml]\n".to_vec());
        files.insert("c.yaml".to_owned(), text.as_bytes().to_vec());
        match read(&Folder::Memory(files)) {
            Ok(s) => println!("== {name}\nOK {:?}", s.chapters[0].content),
            Err(found) => println!("== {name}\n{found}"),
        }
    }
}
