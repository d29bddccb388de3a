//! Word templates of layouts: what is taken over of one, what is not and is said, and what no template may do. The
//! templates are made here, as Word, LibreOffice and pandoc write them.

mod covers;
mod heads;
mod hostile;
mod template;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use gmg_export::backend::check_template;
use gmg_export::backend::edition::Edition;
use gmg_export::base::diagnostic::Diagnostics;
use gmg_export::document::{self, Document};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::pdf::read::ReadBack;
use gmg_export::source::{self, Folder};
use gmg_export::verify::conformance::Profile;
use gmg_export::verify::format;
use tempfile::TempDir;

use crate::made::EPOCH;
use heads::letterhead;
use template::{Template, normal, style};

/// A folder with a layout that names the template.
fn layout_with(bytes: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("house");
    std::fs::create_dir(&dir).unwrap();
    std::fs::write(dir.join("house.dotx"), bytes).unwrap();
    let text = "description: House\nextends: screen\ndocx:\n  template: house.dotx\n";
    std::fs::write(dir.join("layout.yaml"), text).unwrap();
    folder
}

fn load(folder: &Path) -> layout::Layout {
    let path = folder.join("house").display().to_string();
    LayoutLoader::embedded()
        .load(&path)
        .unwrap_or_else(|found| panic!("{found}"))
}

/// A report with a cover, headings, lists, a table, notes, a person and a picture.
fn report(language: &str) -> Document {
    let report = format!(
        "id: case\nlanguage: {language}\ntitle: Rivers at work\nsubtitle: What they carry\nseries: River papers\ndate: 2016-07-13\n\
         place: Geneva\npublisher: River Group\ndescription: Rivers.\ncopyright: © Group\nimprint: By hand.\ncontents: [c.yaml, d.yaml]\n"
    );
    let text = "section:\n  id: c\n  title: First chapter\n  text: |\n    Some *words* and **more** of [them](https://example.org).[^a]\n\n    \
                Another paragraph.\n\n    - one\n    - two\n\n      - three\n\n    3. three\n    4. four\n\n    | A | B |\n    |---|--:|\n    | 1 | 2.5 |\n\n    [^a]: A note.\n  \
                sections:\n    - title: Within\n      text: Text within.\n      sections: [{title: Deeper, text: Still deeper.}]\n";
    let files = [
        ("report.yaml", report),
        ("people.yaml", "people: []\n".to_owned()),
        ("organisations.yaml", "organisations: []\n".to_owned()),
        ("c.yaml", text.to_owned()),
        (
            "d.yaml",
            "section:\n  id: d\n  title: Second chapter\n  text: More.\n".to_owned(),
        ),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let source = source::read(&Folder::in_memory(files.into_iter().collect()))
        .unwrap_or_else(|found| panic!("{found}"));
    let strings = layout::strings(language).expect("words");
    document::resolve(&source, &strings)
        .unwrap_or_else(|found| panic!("{found}"))
        .0
}

/// The Word file of a report in a layout, which keeps the standards and says what the document does.
fn made(document: &Document, template: &[u8]) -> (BTreeMap<String, String>, Vec<String>) {
    let folder = layout_with(template);
    let layout = load(folder.path());
    let edition = Edition::new(document, &layout, EPOCH);
    let backend = format::find("docx").unwrap();
    let file = backend
        .render(&edition)
        .unwrap_or_else(|found| panic!("{found}"));
    let again = backend.render(&edition).unwrap();
    assert_eq!(file.bytes, again.bytes, "the same bytes each time");
    let back = ReadBack::of(&file.bytes);
    format::compare(&edition, "docx", &back).unwrap_or_else(|found| panic!("{found}"));
    let found = format::inspect("docx", Profile::of(&layout), &back)
        .unwrap_or_else(|found| panic!("{found}"));
    for verdict in found.verdicts {
        assert!(verdict.passed(), "{verdict:#?}");
    }
    let say = |found: &Diagnostics| -> Vec<String> {
        found
            .iter()
            .map(|one| format!("{}: {}", one.code, one.message))
            .collect()
    };
    let (summary, checked) = check_template(document, &layout).unwrap().unwrap();
    let mut said = say(&checked);
    let at_export = say(&file.warnings);
    assert!(
        at_export
            .iter()
            .all(|one| said.contains(one) && !one.starts_with("W0660")),
        "{at_export:?}"
    );
    said.push(summary);
    let mut archive = zip::ZipArchive::new(Cursor::new(file.bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.insert(
            part.name().to_owned(),
            String::from_utf8_lossy(&bytes).into_owned(),
        );
    }
    (parts, said)
}

/// The style of that id.
fn style_of<'p>(parts: &'p BTreeMap<String, String>, id: &str) -> &'p str {
    let styles = &parts["word/styles.xml"];
    let start = styles
        .find(&format!("w:styleId=\"{id}\""))
        .unwrap_or_else(|| panic!("no style {id}: {styles}"));
    let start = styles[..start].rfind("<w:style ").unwrap();
    let end = styles[start..].find("</w:style>").unwrap();
    &styles[start..start + end]
}

const PAGE: &str = "<w:pgSz w:w='12240' w:h='15840'/><w:pgMar w:top='1700' w:right='1500' w:bottom='1600' w:left='1400' w:header='500' w:footer='600' w:gutter='0'/>";

#[test]
fn styles_are_known_by_name_in_every_language_and_missing_ones_are_added() {
    let styles = normal()
        + &style(
            "paragraph",
            "berschrift1",
            "heading 1",
            "<w:basedOn w:val='Standard'/><w:next w:val='Standard'/><w:link w:val='b1z'/>\
             <w:pPr><w:keepNext/><w:numPr><w:numId w:val='1'/></w:numPr><w:framePr w:w='100'/></w:pPr><w:rPr><w:rFonts w:ascii='Arial' w:hAnsi='Arial'/><w:vanish/><w:color w:val='AA0000'/><w:lang w:val='de-DE'/></w:rPr>",
        )
        + &style(
            "character",
            "b1z",
            "Überschrift 1 Zchn",
            "<w:link w:val='berschrift1'/>",
        )
        + &style(
            "paragraph",
            "Titre2",
            "Titre 2",
            "<w:rPr><w:color w:val='BBBBBB'/></w:rPr>",
        )
        + &style(
            "paragraph",
            "H3",
            "House head",
            "<w:aliases w:val='h3,heading 3'/>",
        )
        + &style(
            "paragraph",
            "TOCHeading",
            "TOC Heading",
            "<w:basedOn w:val='berschrift1'/>",
        )
        + &style(
            "paragraph",
            "own",
            "House quote",
            "<w:basedOn w:val='nowhere'/><w:rPr><w:i/></w:rPr>",
        )
        + &style("paragraph", "c1", "Circle", "<w:basedOn w:val='c2'/>")
        + &style("paragraph", "c2", "Circle 2", "<w:basedOn w:val='c1'/>")
        + &style(
            "paragraph",
            "Speaker",
            "Something else",
            "<w:rPr><w:b/></w:rPr>",
        )
        + &style("character", "FirstParagraph", "Odd", "");
    let (parts, said) = made(&report("en-GB"), &Template::new(&styles).bytes());
    let heading = style_of(&parts, "Heading1");
    assert!(
        heading.contains("Arial") && heading.contains("AA0000"),
        "{heading}"
    );
    assert!(heading.contains("<w:outlineLvl w:val=\"0\"/>"), "{heading}");
    for odd in ["w:vanish", "w:lang", "w:numPr", "w:framePr"] {
        assert!(!heading.contains(odd), "{odd}: {heading}");
    }
    assert!(heading.contains("<w:next w:val=\"Normal\"/>"), "{heading}");
    assert!(heading.contains("<w:link w:val=\"b1z\"/>"), "{heading}");
    assert!(style_of(&parts, "Heading3").contains("<w:name w:val=\"heading 3\"/>"));
    assert!(parts["word/styles.xml"].contains("House quote"));
    // The contents list's heading is none of the text.
    let contents = style_of(&parts, "TOCHeading");
    assert!(
        !contents.contains("w:basedOn") && contents.contains("Arial"),
        "{contents}"
    );
    // What the template lacks is ours in its faces.
    assert!(style_of(&parts, "TableText").contains("Verdana"));
    let defaults = &parts["word/styles.xml"];
    assert!(
        defaults.contains("Verdana")
            && defaults.contains("w:val=\"en-GB\"")
            && !defaults.contains("de-DE")
    );
    let all = said.join("\n");
    for expected in [
        "W0660",
        "Table Head",
        "W0665",
        "heading 1",
        "W0666",
        "heading 2 (1.9:1)",
        "hide their text",
    ] {
        assert!(all.contains(expected), "{expected}: {all}");
    }
    assert!(!all.contains("Heading 1 Listed"), "{all}");
}

#[test]
fn page_and_margins_are_those_of_the_template() {
    let template = Template::new(&normal()).body(&format!("<w:p/><w:sectPr>{PAGE}</w:sectPr>"));
    let (parts, said) = made(&report("en-GB"), &template.bytes());
    let body = &parts["word/document.xml"];
    assert!(body.contains("w:w=\"12240\" w:h=\"15840\""), "{body}");
    assert!(
        !body.contains("w:header=\"500\""),
        "ours stand where they do in our files"
    );
    assert!(!body.contains("w:w=\"11906\""));
    assert!(said.iter().any(|one| one.starts_with("W0669")), "{said:?}");
    // The running heads are ours, where the template has none.
    let heads = || {
        parts
            .iter()
            .filter(|(name, _)| name.starts_with("word/header"))
    };
    assert!(heads().any(|(_, text)| text.contains("STYLEREF")));
}

#[test]
fn lists_have_the_bullets_of_the_template_and_its_own_styles_their_lists() {
    let styles = normal()
        + &style(
            "paragraph",
            "Aufz",
            "List Bullet",
            "<w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr>",
        )
        + &style(
            "paragraph",
            "Step",
            "House step",
            "<w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr>",
        );
    let lists = "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='»'/><w:pPr><w:ind w:left='333' w:hanging='333'/></w:pPr></w:lvl></w:abstractNum>\
         <w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:pStyle w:val='Step'/><w:lvlText w:val='Step %1'/></w:lvl></w:abstractNum>\
         <w:num w:numId='4'><w:abstractNumId w:val='1'/></w:num><w:num w:numId='5'><w:abstractNumId w:val='2'/></w:num>";
    let template =
        Template::new(&styles).part("numbering.xml", "numbering", "n", "w:numbering", lists);
    let (parts, said) = made(&report("en-GB"), &template.bytes());
    let numbering = &parts["word/numbering.xml"];
    assert!(
        numbering.contains("w:val=\"»\"") && numbering.contains("w:left=\"333\""),
        "{numbering}"
    );
    assert!(numbering.contains("Step %1"), "{numbering}");
    assert!(style_of(&parts, "Step").contains("<w:numId w:val=\"20001\"/>"));
    assert!(style_of(&parts, "ListBullet").contains("<w:numId w:val=\"2\"/>"));
    assert!(!said.iter().any(|one| one.starts_with("W0665")), "{said:?}");
}

#[test]
fn the_theme_is_the_template_s_and_nothing_else_of_a_stranger_is_taken() {
    let theme = "<a:themeElements><a:clrScheme name='House'><a:dk1><a:srgbClr val='000000'/></a:dk1></a:clrScheme><a:fontScheme name='House'><a:majorFont><a:latin typeface='Tahoma'/><a:ea typeface=''/><a:cs typeface=''/></a:majorFont>\
         <a:minorFont><a:latin typeface='Trebuchet MS'/><a:ea typeface=''/><a:cs typeface=''/></a:minorFont></a:fontScheme><a:fmtScheme name='x'><a:bgFillStyleLst><a:blipFill><a:blip r:embed='x'/></a:blipFill></a:bgFillStyleLst></a:fmtScheme></a:themeElements>";
    let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme='minorHAnsi' w:hAnsiTheme='minorHAnsi'/></w:rPr></w:rPrDefault></w:docDefaults>".to_owned()
        + &style("paragraph", "Heading2", "heading 2", "<w:rPr><w:rFonts w:asciiTheme='majorHAnsi'/></w:rPr>");
    let mut template = Template::new(&styles)
        .part("theme/theme1.xml", "theme", "t", "a:theme", theme)
        .part("fontTable.xml", "fontTable", "ft", "w:fonts", "<w:font w:name='Trebuchet MS'><w:family w:val='swiss'/><w:embedRegular r:id='e' w:fontKey='{1}'/></w:font>")
        .part("settings.xml", "settings", "s", "w:settings", "<w:attachedTemplate r:id='x'/><w:evenAndOddHeaders/>")
        .file("word/vbaProject.bin", b"macro")
        .file("word/fonts/font1.odttf", b"font");
    template.kind = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml";
    let (parts, said) = made(&report("en-GB"), &template.bytes());
    let own = &parts["word/theme/theme1.xml"];
    assert!(
        own.contains("Tahoma") && own.contains("Trebuchet MS") && !own.contains("blip"),
        "{own}"
    );
    assert!(style_of(&parts, "TableText").contains("Tahoma"));
    for odd in ["vbaProject", "embedRegular", "attachedTemplate", "odttf"] {
        assert!(
            !parts
                .iter()
                .any(|(name, text)| name.contains(odd) || text.contains(odd)),
            "{odd}"
        );
    }
    let said = said.join("\n");
    assert!(
        said.contains("W0661") && said.contains("W0662") && said.contains("Trebuchet MS"),
        "{said}"
    );
}

#[test]
fn templates_fit_reports_of_every_script() {
    let bytes = letterhead().bytes();
    for language in ["ar", "he", "de", "ru", "fr"] {
        let (parts, _) = made(&report(language), &bytes);
        let right = matches!(language, "ar" | "he");
        assert_eq!(
            style_of(&parts, "Normal").contains("w:bidi"),
            right,
            "{language}"
        );
    }
}

#[test]
fn our_own_file_is_a_template_too() {
    let layout = LayoutLoader::embedded().load("screen").unwrap();
    let document = report("en-GB");
    let edition = Edition::new(&document, &layout, EPOCH);
    let file = format::find("docx").unwrap().render(&edition).unwrap();
    let (parts, said) = made(&document, &file.bytes);
    assert!(
        !said
            .iter()
            .any(|one| one.starts_with("W0660") || one.starts_with("W0666")),
        "{said:?}"
    );
    let own = zip::ZipArchive::new(Cursor::new(&file.bytes))
        .unwrap()
        .len();
    assert_eq!(parts.len(), own);
}

fn refused(bytes: Option<&[u8]>, name: &str) -> Diagnostics {
    let folder = layout_with(bytes.unwrap_or_default());
    let text = format!("description: House\nextends: screen\ndocx:\n  template: {name}\n");
    std::fs::write(folder.path().join("house/layout.yaml"), text).unwrap();
    std::fs::write(folder.path().join("outside.dotx"), b"x").unwrap();
    let layout = load(folder.path());
    let document = report("en-GB");
    let edition = Edition::new(&document, &layout, EPOCH);
    format::find("docx")
        .unwrap()
        .render(&edition)
        .err()
        .unwrap_or_else(|| panic!("{name} is taken"))
}

#[test]
fn what_is_no_template_is_refused_with_its_place_and_what_to_do() {
    let sound = letterhead().bytes();
    let cut = &sound[..sound.len() / 2];
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let narrow = Template::new("").body("<w:sectPr><w:pgSz w:w='3000' w:h='15840'/><w:pgMar w:left='1400' w:right='1400'/></w:sectPr>").bytes();
    let endless = Template::new("")
        .body("<w:sectPr><w:pgSz w:w='99999999' w:h='15840'/></w:sectPr>")
        .bytes();
    let many = Template::new(
        &(0..5_100)
            .map(|n| style("paragraph", &format!("s{n}"), &format!("s{n}"), ""))
            .collect::<String>(),
    )
    .bytes();
    let broken = letterhead()
        .file("word/header1.xml", b"<w:hdr><w:p>")
        .bytes();
    let cases: [(Option<&[u8]>, &str, &str); 13] = [
        (Some(&sound), "hause.dotx", "E0780"),
        (Some(&sound), "../outside.dotx", "E0780"),
        (Some(&sound), "/etc/passwd", "E0780"),
        (Some(&sound), "\"\"", "E0780"),
        (Some(&sound), ".", "E0780"),
        (Some(b""), "house.dotx", "E0781"),
        (Some(b"%PDF-1.7"), "house.dotx", "E0781"),
        (Some(&locked), "house.dotx", "E0781"),
        (Some(cut), "house.dotx", "E0782"),
        (Some(&broken), "house.dotx", "E0782"),
        (Some(&many), "house.dotx", "E0783"),
        (Some(&narrow), "house.dotx", "E0784"),
        (Some(&endless), "house.dotx", "E0784"),
    ];
    for (bytes, name, code) in cases {
        let found = refused(bytes, name);
        let one = found.iter().next().unwrap();
        assert_eq!(one.code.number(), code, "{name}: {found}");
        let place = one.location.as_ref().unwrap();
        assert!(
            place.file.ends_with("layout.yaml") && place.line == 4,
            "{found}"
        );
        assert_eq!(one.field.as_deref(), Some("docx.template"), "{found}");
        assert!(!one.hints.is_empty(), "{found}");
    }
}

#[test]
fn a_template_is_read_from_the_folder_of_the_layout_that_names_it() {
    let folder = layout_with(&letterhead().bytes());
    let above = folder.path().join("more");
    std::fs::create_dir(&above).unwrap();
    std::fs::write(
        above.join("layout.yaml"),
        "description: More\nextends: house\n",
    )
    .unwrap();
    let layout = LayoutLoader::embedded()
        .load(&above.display().to_string())
        .unwrap();
    let (shown, _) = layout.word_template().unwrap().unwrap();
    assert!(shown.ends_with("house/house.dotx"), "{shown}");
    // And may be taken back.
    std::fs::write(
        above.join("layout.yaml"),
        "description: More\nextends: house\ndocx: {template: none}\n",
    )
    .unwrap();
    let layout = LayoutLoader::embedded()
        .load(&above.display().to_string())
        .unwrap();
    assert!(layout.word_template().unwrap().is_none());
}

#[test]
fn type_that_is_smaller_than_the_layout_allows_is_named() {
    let folder = layout_with(&Template::new(&normal()).bytes());
    let text = "description: House\nextends: large-print\ndocx:\n  template: house.dotx\n";
    std::fs::write(folder.path().join("house/layout.yaml"), text).unwrap();
    let (_, said) = check_template(&report("en-GB"), &load(folder.path()))
        .unwrap()
        .unwrap();
    let small = said.iter().find(|one| one.code.number() == "W0666");
    let small = small.unwrap_or_else(|| panic!("{said}"));
    assert!(small.message.contains("Normal (12pt)"), "{}", small.message);
}
