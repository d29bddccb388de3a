//! Word files as a source: each form and what must come of it, files that are none, files that are damaged, and the
//! program's own.

use std::io::{Cursor, Write};

use gmg_export::base::diagnostic::{Code, Diagnostics};
use gmg_export::import::{ImportOptions, Imported, TrackedChanges, import};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::program::Desk;

const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
    xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
    xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture' \
    xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' \
    xmlns:v='urn:schemas-microsoft-com:vml'";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Styles as a German Word names them, lists, notes, a comment, a header and a picture, which every file here has.
const PARTS: [(&str, &str, &str); 5] = [
    (
        "styles",
        "styles",
        "<w:style w:type='paragraph' w:default='1' w:styleId='Standard'><w:name w:val='Normal'/></w:style>
         <w:style w:type='paragraph' w:styleId='berschrift1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>
         <w:style w:type='paragraph' w:styleId='berschrift2'><w:name w:val='heading 2'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>
         <w:style w:type='paragraph' w:styleId='Titel'><w:name w:val='Title'/></w:style>
         <w:style w:type='paragraph' w:styleId='Untertitel'><w:name w:val='Subtitle'/></w:style>
         <w:style w:type='paragraph' w:styleId='Zitat'><w:name w:val='Quote'/></w:style>
         <w:style w:type='paragraph' w:styleId='Beschriftung'><w:name w:val='caption'/></w:style>
         <w:style w:type='paragraph' w:styleId='Verzeichnis1'><w:name w:val='toc 1'/></w:style>",
    ),
    (
        "numbering",
        "numbering",
        "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>
           <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/></w:lvl></w:abstractNum>
         <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='&#xF0B7;'/></w:lvl></w:abstractNum>
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>",
    ),
    (
        "footnotes",
        "footnotes",
        "<w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>
         <w:footnote w:id='1'><w:p><w:r><w:t>The note, with </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>stress</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p></w:footnote>",
    ),
    (
        "comments",
        "comments",
        "<w:comment w:id='0' w:author='Ana Costa'><w:p><w:r><w:t>Is this so?</w:t></w:r></w:p></w:comment>",
    ),
    (
        "header",
        "hdr",
        "<w:p><w:r><w:t>Draft of May</w:t></w:r></w:p>",
    ),
];

/// A Word file with a body.
fn word(body: &str) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    };
    let rels = |inner: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}</Relationships>"
        )
    };
    let root =
        format!("<Relationship Id='a' Type='{KIND}/officeDocument' Target='word/document.xml'/>");
    add("_rels/.rels", rels(&root).as_bytes());
    let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    add("word/document.xml", document.as_bytes());
    let mut all = format!(
        "<Relationship Id='web' Type='{KIND}/hyperlink' Target='https://a.example/b' TargetMode='External'/>
         <Relationship Id='svg' Type='{KIND}/image' Target='media/river.svg'/>
         <Relationship Id='emf' Type='{KIND}/image' Target='media/old.emf'/>"
    );
    for (name, element, inner) in PARTS {
        all += &format!("<Relationship Id='{name}' Type='{KIND}/{name}' Target='{name}.xml'/>");
        let part = format!("<w:{element} {NAMESPACES}>{inner}</w:{element}>");
        add(&format!("word/{name}.xml"), part.as_bytes());
    }
    add("word/_rels/document.xml.rels", rels(&all).as_bytes());
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    add("word/media/river.svg", drawing.as_bytes());
    add("word/media/old.emf", b"\x01\0\0\0none");
    writer.finish().unwrap().into_inner()
}

fn imported(bytes: Vec<u8>, changes: TrackedChanges) -> Result<Imported, Diagnostics> {
    let wanted = ImportOptions {
        changes,
        ..ImportOptions::default()
    };
    import("draft.docx", bytes, &wanted)
}

/// All files of a source in one text.
fn source(body: &str, changes: TrackedChanges) -> String {
    let made = imported(word(body), changes);
    let made = made.unwrap_or_else(|found| panic!("{found}\n{body}"));
    let pictures = made
        .pictures
        .iter()
        .map(|(path, _)| format!("picture {path}\n"));
    let left = made
        .left_out
        .iter()
        .map(|(what, _)| format!("left out: {what}\n"));
    let files = made.files.iter().map(|(_, text)| format!("{text}\n"));
    files.chain(pictures).chain(left).collect()
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn listed(list: u8, level: u8, text: &str) -> String {
    let own = format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>");
    format!("<w:p><w:pPr>{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn plain(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

fn field(instruction: &str, result: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    format!(
        "{}<w:r><w:instrText> {instruction} </w:instrText></w:r>{}<w:r><w:t>{result}</w:t></w:r>{}",
        mark("begin"),
        mark("separate"),
        mark("end")
    )
}

/// A picture of a part.
fn picture(part: &str, alt: &str) -> String {
    format!(
        "<w:r><w:drawing><wp:inline><wp:extent cx='9' cy='9'/><wp:docPr id='1' descr='{alt}'/><a:graphic><a:graphicData>
         <pic:pic><pic:blipFill><a:blip r:embed='{part}'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", plain(text))
}

/// Forms below a heading: the XML, what the source must say, and what it must not.
fn forms() -> Vec<(String, Vec<&'static str>, Vec<&'static str>)> {
    let merged = format!(
        "{}<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        format_args!(
            "<w:p><w:pPr><w:pStyle w:val='Beschriftung'/></w:pPr><w:r><w:t xml:space='preserve'>Table </w:t></w:r>{}<w:r><w:t>: Harbours</w:t></w:r></w:p>",
            field("SEQ Table \\* ARABIC", "1")
        ),
        cell("", "Place"),
        cell("", "Berths"),
        cell("<w:vMerge w:val='restart'/>", "Weir"),
        cell("", "4"),
        cell("<w:vMerge/>", ""),
        cell("", "12"),
    );
    let with_lists = |more: &str| {
        format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}<w:tc>{}{}{more}</w:tc></w:tr></w:tbl>",
            cell("", "Place"),
            cell("", "Rules"),
            cell("", "Weir"),
            plain("Two:"),
            listed(2, 0, "No *waves*"),
        )
    };
    let boxed = format!(
        "<w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>In brief</w:t></w:r></w:p>",
        plain("Inside.")
    );
    vec![
        (
            listed(1, 0, "One") + &listed(1, 1, "Inner") + &listed(1, 1, "More") + &plain("Between.") + &listed(1, 0, "Two"),
            vec!["1. One\n       (a) Inner\n       (b) More\n", "Between.\n", "2. Two\n"],
            vec![],
        ),
        (
            with_lists(&(listed(2, 0, "No wind") + &plain("And:") + &listed(1, 0, "a") + &listed(1, 0, "b"))),
            vec!["- - Weir\n            - |\n              Two:\n\n              - No \\*waves\\*\n              - No wind\n\n              And:\n\n              1. a\n              2. b\n"],
            vec!["•"],
        ),
        // What is one item is none of a list there, nor is what has letters.
        (with_lists(""), vec!["| Weir | Two: • No \\*waves\\* |"], vec!["- No"]),
        (with_lists(&listed(1, 1, "c")), vec!["| Weir | Two: • No \\*waves\\* (a) c |"], vec!["- No"]),
        (listed(2, 0, "One") + &listed(2, 0, "Two"), vec!["- One\n    - Two\n"], vec!["•"]),
        (
            styled("Zitat", "Said once.") + &styled("Zitat", "And again.") + &plain("After."),
            vec!["> Said once.\n    >\n    > And again.\n"],
            vec![],
        ),
        (
            merged,
            vec!["caption: Harbours\n", "- [Place, Berths]\n", "- [Weir, '4']\n", "- ['^', '12']\n", "left out: numbers of tables"],
            vec!["Table 1"],
        ),
        (boxed, vec!["- box:\n", "title: In brief\n", "Inside.\n"], vec!["frame"]),
        (
            "<w:p><w:r><w:t>It rained.</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r></w:p>".to_owned(),
            vec!["It rained.[^n1]", "text: |\n        The note, with *stress*."],
            vec!["left out: footnotes"],
        ),
        (
            format!("<w:p>{}</w:p><w:p><w:pPr><w:pStyle w:val='Beschriftung'/></w:pPr><w:r><w:t>Figure 3 – The river</w:t></w:r></w:p>", picture("svg", "A river")),
            vec!["image: images/river.svg\n", "alt: A river\n", "caption: The river\n", "picture images/river.svg"],
            vec!["Figure 3 –"],
        ),
        (
            format!("<w:p><w:r><w:t xml:space='preserve'>See </w:t></w:r>{}</w:p>", picture("emf", "An old sign")),
            vec!["See An old sign", "check: the picture word/media/old.emf"],
            vec!["images/"],
        ),
        (
            format!("<w:p>{}</w:p>", picture("svg", "")),
            vec!["check: nobody has described this picture yet"],
            vec![],
        ),
        (
            format!(
                "<w:p><w:hyperlink r:id='web'><w:r><w:t>there</w:t></w:r></w:hyperlink><w:r><w:t xml:space='preserve'> and </w:t></w:r>{}</w:p>",
                field("REF _Ref1 \\h", "the second")
            ),
            vec!["[there](https://a.example/b) and [the second](#second)"],
            vec![],
        ),
        (
            format!("<w:p><w:r><w:t xml:space='preserve'>On page </w:t></w:r>{}</w:p>", field("PAGEREF _Ref1 \\h", "7")),
            vec!["On page 7", "check: the number of a page was made here and is typed now: 7"],
            vec![],
        ),
        (
            "<w:p><w:commentRangeStart w:id='0'/><w:r><w:t>39 states</w:t></w:r><w:commentRangeEnd w:id='0'/><w:r><w:commentReference w:id='0'/></w:r></w:p>".to_owned(),
            vec!["# comment (Ana Costa): Is this so? [on: 39 states]"],
            vec!["check: comment"],
        ),
        (
            "<w:p><w:r><w:t>Shown</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>".to_owned(),
            vec!["Shown\n", "left out: hidden text"],
            vec!["secret"],
        ),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>".to_owned() + &plain("After."),
            vec!["left out: prompts of content controls"],
            vec!["Click here\n"],
        ),
        (
            "<w:p><w:r><w:t>Beside.</w:t></w:r><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>".to_owned(),
            vec!["Beside.\n\n    Boxed.\n", "check: a box of text stood here"],
            vec![],
        ),
        (
            "<w:p><w:r><w:t xml:space='preserve'>So </w:t></w:r><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath></w:p>".to_owned(),
            vec!["So `a/b`", "check: a formula is kept as it was typed"],
            vec![],
        ),
        (
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r><w:r><w:t xml:space='preserve'> H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>O</w:t></w:r></w:p>".to_owned(),
            vec!["**Bold** H₂O"],
            vec![],
        ),
        // Word marks what is typed with the language of the keyboard.
        (
            format!(
                "<w:p><w:r><w:t xml:space='preserve'>To the </w:t></w:r>{}<w:r><w:t xml:space='preserve'>, the quay</w:t></w:r>{}</w:p>",
                "<w:r><w:rPr><w:i/><w:lang w:val='de-DE'/></w:rPr><w:t>Hafen</w:t></w:r><w:r><w:rPr><w:lang w:val='de-DE'/></w:rPr><w:t xml:space='preserve'> am Fluss</w:t></w:r>",
                "<w:r><w:rPr><w:lang w:val='fr-FR'/></w:rPr><w:t xml:space='preserve'> and the river of the city</w:t></w:r>"
            ),
            vec!["To the [*Hafen* am Fluss](lang:de-DE), the quay and the river of the city"],
            vec!["lang:fr"],
        ),
        (
            styled("Verzeichnis1", "Entry 3") + &plain("Text."),
            vec!["left out: the list of contents"],
            vec!["Entry"],
        ),
        (
            "<w:altChunk r:id='web'/>".to_owned() + &plain("Text."),
            vec!["check: another document within the file"],
            vec![],
        ),
        (plain("Plain."), vec!["left out: headers and footers", "headers and footers of the pages said: Draft of May"], vec![]),
    ]
}

#[test]
fn every_form_of_a_word_file_is_one_of_a_source() {
    let title = styled("Titel", "On rain") + &styled("Untertitel", "And what it does");
    let head = styled("berschrift1", "Weather");
    let second = "<w:p><w:pPr><w:pStyle w:val='berschrift2'/></w:pPr><w:bookmarkStart w:id='9' w:name='_Ref1'/><w:r><w:t>Second</w:t></w:r><w:bookmarkEnd w:id='9'/></w:p>";
    for (form, there, absent) in forms() {
        let body = format!(
            "{title}{head}{form}{second}{}{}",
            plain("Below it."),
            styled("berschrift1", "Last") + &plain("End.")
        );
        let made = source(&body, TrackedChanges::Refuse);
        for part in there.iter().chain(&[
            "title: On rain\n",
            "subtitle: And what it does\n",
            "title: Weather\n",
            "title: Second\n",
        ]) {
            assert!(made.contains(part), "no `{part}` in\n{made}");
        }
        for part in absent {
            assert!(!made.contains(part), "`{part}` in\n{made}\nof {form}");
        }
    }
}

#[test]
fn tracked_changes_are_decided_on_by_whoever_imports() {
    let body = plain("It was so.")
        + "<w:p><w:r><w:t xml:space='preserve'>The </w:t></w:r><w:del w:author='Bo'><w:r><w:delText>old</w:delText></w:r></w:del>
           <w:ins w:author='Ana'><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> word.</w:t></w:r></w:p>";
    let refused = imported(word(&body), TrackedChanges::Refuse).unwrap_err();
    assert_eq!(refused[0].code, Code::CHANGES_OPEN);
    assert!(
        refused[0].message.contains("2 tracked changes")
            && refused[0].message.contains("1 by Ana, 1 by Bo")
    );
    let accepted = source(&body, TrackedChanges::Accept);
    assert!(
        accepted.contains("The new word.\n")
            && accepted.contains("left out: tracked changes, which were accepted")
    );
    assert!(source(&body, TrackedChanges::Reject).contains("The old word.\n"));
    // A file without any needs no decision.
    assert!(!source(&plain("It was so."), TrackedChanges::Accept).contains("tracked"));
}

#[test]
fn other_files_are_named_and_nothing_is_written() {
    let desk = Desk::empty();
    let wide = |name: &str| -> Vec<u8> {
        let name = name.encode_utf16().flat_map(u16::to_le_bytes);
        [0xD0, 0xCF, 0x11, 0xE0].into_iter().chain(name).collect()
    };
    let cut = word(&plain("Text."));
    for (name, bytes, parts) in [
        ("a.docx", wide("EncryptedPackage"), ["E1130", "password"]),
        ("a.doc", wide("WordDocument"), ["E1130", "Word 97 to 2003"]),
        ("a.rtf", b"{\\rtf1 Text}".to_vec(), ["E1130", "Rich Text"]),
        ("a.docx", b"Text".to_vec(), ["E1130", "another kind"]),
        (
            "a.docx",
            cut[..cut.len() / 2].to_vec(),
            ["E1131", "damaged"],
        ),
        (
            "a.docx",
            word("<w:p><w:ins w:author='Ana'><w:r><w:t>x</w:t></w:r></w:ins></w:p>"),
            ["E1133", "--changes accept"],
        ),
        ("a.docx", word("<w:p/>"), ["E1103", "no text"]),
    ] {
        std::fs::write(desk.path(name), bytes).unwrap();
        desk.run(&["import", name, "--out", "new"])
            .fails_with(3, &parts);
        assert!(!desk.path("new").exists(), "{name}");
    }
    // What a file is called does not matter.
    std::fs::write(desk.path("draft"), word(&plain("Some text."))).unwrap();
    desk.run(&["import", "draft", "--out", "new"])
        .is_done_saying("read as Word");
}

#[test]
fn the_program_reads_its_own_word_files_whole() {
    let desk = Desk::empty();
    for case in ["study", "harbour", "arabic", "ru"] {
        let source = format!("{}/tests/cases/{case}/source", env!("CARGO_MANIFEST_DIR"));
        let out = format!("{case}-out");
        desk.run(&[&source, "--format", "docx", "--out", &out])
            .is_done();
        let file = desk
            .names(&out)
            .into_iter()
            .find(|name| name.ends_with(".docx"))
            .unwrap();
        let file = format!("{out}/{file}");
        let made = format!("{case}-in");
        desk.run(&["import", &file, "--out", &made])
            .is_done_saying("read as Word");
        // Chapters are chapters again; placeholders are warned of, and that is all.
        let chapters = |folder: &str| {
            let checked = desk.run(&["check", folder]);
            let count = checked
                .stdout
                .split("ok: ")
                .nth(1)
                .and_then(|rest| rest.split(' ').next());
            let count = count.and_then(|count| count.parse::<usize>().ok());
            count.unwrap_or_else(|| panic!("{}{}", checked.stdout, checked.stderr))
        };
        assert!(chapters(&made) >= chapters(&source), "{case}");
    }
}

/// A small generator, the same numbers every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

#[test]
fn damaged_files_are_refused_or_read() {
    let body = forms()
        .into_iter()
        .map(|(form, ..)| form)
        .collect::<String>();
    let whole = word(&(styled("berschrift1", "Weather") + &body));
    imported(whole.clone(), TrackedChanges::Refuse).unwrap();
    let mut numbers = Numbers(20_261_130);
    for case in 0..300 {
        let mut bytes = whole.clone();
        match case % 2 {
            0 => bytes.truncate(numbers.below(whole.len())),
            _ => {
                for _ in 0..=numbers.below(4) {
                    let at = numbers.below(bytes.len());
                    bytes[at] ^= 1 << numbers.below(8);
                }
            }
        }
        if let Err(found) = imported(bytes, TrackedChanges::Accept) {
            let known = [
                Code::NOT_A_WORD_FILE,
                Code::WORD_DAMAGED,
                Code::WORD_TOO_LARGE,
                Code::NO_TEXT_IN_FILE,
            ];
            assert!(known.contains(&found[0].code), "case {case}: {found}");
            assert!(!found[0].hints.is_empty(), "case {case}: {found}");
        }
    }
}

#[test]
fn whatever_stands_next_to_whatever_no_word_is_lost() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>")
    };
    let inside = [
        run("", "word "),
        run("<w:b/>", "bold"),
        run("<w:i/>", " thin "),
        run("<w:b/><w:i/>", "both"),
        run("<w:strike/>", "struck"),
        run("<w:vertAlign w:val='superscript'/>", "2"),
        run("<w:vertAlign w:val='subscript'/>", "max"),
        run("<w:vanish/>", "unseen"),
        run("<w:rtl/>", "שלום"),
        run("", "1. 2) - * # [x] | $a$ `c` &lt;b&gt; &amp; \\"),
        run("", "(a) "),
        run("", "Table 3: "),
        run("", "汉字"),
        "<w:r><w:br/></w:r>".to_owned(),
        "<w:r><w:tab/></w:r>".to_owned(),
        "<w:r><w:noBreakHyphen/></w:r>".to_owned(),
        "<w:r><w:footnoteReference w:id='1'/></w:r>".to_owned(),
        "<w:r><w:commentReference w:id='0'/></w:r>".to_owned(),
        format!("<w:hyperlink r:id='web'>{}</w:hyperlink>", run("<w:b/>", "linked")),
        format!("<w:hyperlink w:anchor='here'>{}</w:hyperlink>", run("", "inner")),
        "<w:bookmarkStart w:id='7' w:name='here'/><w:bookmarkEnd w:id='7'/>".to_owned(),
        field("REF here \\h", "referred"),
        field("SEQ Figure", "4"),
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>".to_owned(),
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>".to_owned(),
        picture("svg", "a river"),
        picture("emf", "a sign"),
        format!("<w:ins w:author='A'>{}</w:ins>", run("", "added")),
        "<w:del w:author='A'><w:r><w:delText>gone</w:delText></w:r></w:del>".to_owned(),
        "<w:r><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>boxed words</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></w:r>".to_owned(),
        "<m:oMath><m:r><m:t>e=m</m:t></m:r></m:oMath>".to_owned(),
    ];
    let around = [
        "",
        "",
        "<w:pStyle w:val='berschrift1'/>",
        "<w:pStyle w:val='berschrift2'/>",
        "<w:pStyle w:val='Titel'/>",
        "<w:pStyle w:val='Untertitel'/>",
        "<w:pStyle w:val='Zitat'/>",
        "<w:pStyle w:val='Beschriftung'/>",
        "<w:pStyle w:val='Verzeichnis1'/>",
        "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>",
        "<w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr>",
        "<w:numPr><w:numId w:val='2'/></w:numPr>",
        "<w:outlineLvl w:val='7'/>",
        "<w:rPr><w:del w:author='A'/></w:rPr>",
    ];
    let mut wrong = Vec::new();
    for case in 0..400 {
        let mut numbers = Numbers(case);
        let mut body = String::new();
        let mut open = 0;
        for _ in 0..=numbers.below(12) {
            let pieces =
                (0..numbers.below(5)).map(|_| inside[numbers.below(inside.len())].as_str());
            let pieces: String = pieces.collect();
            body += &format!(
                "<w:p><w:pPr>{}</w:pPr>{pieces}</w:p>",
                around[numbers.below(around.len())]
            );
            match numbers.below(9) {
                0 => {
                    let merge = [
                        "",
                        "<w:vMerge/>",
                        "<w:vMerge w:val='restart'/>",
                        "<w:gridSpan w:val='2'/>",
                    ];
                    body += "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>head</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc>";
                    body += &format!("<w:tcPr>{}</w:tcPr>", merge[numbers.below(merge.len())]);
                    open += 1;
                }
                1 if open > 0 => {
                    body += "</w:tc></w:tr></w:tbl><w:p/>";
                    open -= 1;
                }
                _ => {}
            }
        }
        body += &"</w:tc></w:tr></w:tbl><w:p/>".repeat(open);
        for changes in [TrackedChanges::Accept, TrackedChanges::Reject] {
            if let Err(found) = imported(word(&body), changes)
                && found[0].code != Code::NO_TEXT_IN_FILE
            {
                wrong.push(format!("case {case} {changes:?}: {found}{body}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong, as\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
}
