//! Headers and footers of Word templates, with their pictures, shapes and fields.

use super::template::{PNG, Template, normal, style};
use super::{PAGE, made, report, style_of};

/// A template with a header that has a picture, a field and a table, and with a footer without a number.
pub(super) fn letterhead() -> Template {
    let picture = "<w:drawing><wp:anchor distT='0' distB='0' distL='0' distR='0' simplePos='0' relativeHeight='2' behindDoc='1' locked='0' layoutInCell='1' allowOverlap='1'>\
         <wp:simplePos x='0' y='0'/><wp:positionH relativeFrom='page'><wp:align>left</wp:align></wp:positionH><wp:positionV relativeFrom='page'><wp:align>top</wp:align></wp:positionV>\
         <wp:extent cx='360000' cy='360000'/><wp:wrapNone/><wp:docPr id='1' name='x'/><a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/picture'>\
         <pic:pic><pic:nvPicPr><pic:cNvPr id='1' name='x'/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed='p1'/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='360000' cy='360000'/></a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing>";
    let header = format!(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/><w:gridCol w:w='4000'/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:p><w:r><w:t>House of Rivers</w:t></w:r></w:p></w:tc>\
         <w:tc><w:tcPr/><w:p><w:r>{picture}</w:r></w:p></w:tc></w:tr></w:tbl><w:p/><w:p><w:pPr><w:pStyle w:val='Kopfzeile'/></w:pPr>\
         <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> STYLEREF  \"Überschrift 1\"  \\* MERGEFORMAT </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Sample chapter</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>\
         <w:fldSimple w:instr=' DATE '><w:r><w:t>1 May 1999</w:t></w:r></w:fldSimple></w:p>\
         <w:p><w:r><w:pict><v:shape id='x'/></w:pict></w:r></w:p><w:altChunk r:id='x'/>"
    );
    Template::new(&(normal() + &style("paragraph", "Kopfzeile", "header", "<w:rPr><w:sz w:val='15'/></w:rPr>")))
        .body(&format!(
            "<w:p><w:r><w:t>Sample text that belongs to nobody</w:t></w:r></w:p>\
             <w:sectPr><w:headerReference w:type='default' r:id='h1'/><w:footerReference w:type='default' r:id='f1'/>{PAGE}</w:sectPr>"
        ))
        .part("header1.xml", "header", "h1", "w:hdr", &header)
        .part("footer1.xml", "footer", "f1", "w:ftr", "<w:p><w:r><w:t>Riverside 7, Geneva</w:t></w:r></w:p>")
        .link("header1.xml", "p1", "image", "media/image1.png", false)
        .file("word/media/image1.png", PNG)
}

#[test]
fn headers_and_footers_come_with_their_pictures_and_fields() {
    let (parts, said) = made(&report("en-GB"), &letterhead().bytes());
    let headers: Vec<&String> = parts
        .iter()
        .filter(|(name, _)| name.starts_with("word/header"))
        .map(|(_, text)| text)
        .collect();
    let of = |chapter: &str| {
        headers
            .iter()
            .any(|text| text.contains("House of Rivers") && text.contains(&format!(">{chapter}<")))
    };
    assert!(of("First chapter") && of("Second chapter"), "{headers:?}");
    let header = headers
        .iter()
        .find(|text| text.contains("House of Rivers") && text.contains("First chapter"))
        .unwrap();
    assert!(header.contains(" STYLEREF 1 "), "{header}");
    assert!(
        header.contains("13 July 2016") && !header.contains("1999") && !header.contains("DATE"),
        "{header}"
    );
    assert!(
        header.contains("<w:pStyle w:val=\"Header\"/>") && header.contains("adec:decorative"),
        "{header}"
    );
    assert!(parts["word/document.xml"].contains("w:header=\"500\" w:footer=\"600\""));
    assert!(
        !header.contains("v:shape")
            && !header.contains("altChunk")
            && !header.contains("Sample chapter")
    );
    // The number of the page stands somewhere.
    let footer = parts
        .iter()
        .find(|(_, text)| text.contains("Riverside 7"))
        .unwrap()
        .1;
    assert!(footer.contains("PAGE"), "{footer}");
    assert!(parts.contains_key("word/media/template1.png"));
    assert!(!parts.values().any(|text| text.contains("Sample text")));
    let said = said.join("\n");
    for expected in [
        "W0664",
        "a file within the file in the header",
        "old form in the header",
        "W0668",
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn pictures_that_are_stored_elsewhere_are_left_out_and_named() {
    let bytes = letterhead();
    let header = String::from_utf8(bytes.parts["word/header1.xml"].clone())
        .unwrap()
        .replace("r:embed='p1'", "r:link='p2'");
    let template = bytes.file("word/header1.xml", header.as_bytes()).link(
        "header1.xml",
        "p2",
        "image",
        "https://example.org/logo.png",
        true,
    );
    let (parts, said) = made(&report("en-GB"), &template.bytes());
    assert!(!parts.values().any(|text| text.contains("logo.png")));
    assert!(
        said.iter()
            .any(|one| one.starts_with("W0663") && one.contains("https://example.org/logo.png")),
        "{said:?}"
    );
}

/// A header with these runs.
fn headed(runs: &str) -> Template {
    let header = format!("<w:p>{runs}</w:p>");
    Template::new(&normal())
        .body(&format!(
            "<w:sectPr><w:headerReference w:type='default' r:id='h1'/>{PAGE}</w:sectPr>"
        ))
        .part("header1.xml", "header", "h1", "w:hdr", &header)
}

fn field(instruction: &str, shown: &str) -> String {
    format!("<w:fldSimple w:instr='{instruction}'><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>")
}

#[test]
fn fields_of_a_header_show_what_the_report_says_or_what_they_showed() {
    let runs = [
        field(" TITLE ", "old title"),
        field(" AUTHOR ", "old author"),
        field(" DOCPROPERTY \"Company\" ", "old company"),
        field(" DOCPROPERTY Class ", "Kept words"),
        field(" STYLEREF \"House head\" ", "old head"),
        field(" STYLEREF \"heading 1\" \\n ", "old number"),
        field(" STYLEREF Titel ", "old heading"),
        field(" FILENAME \\p ", "old-file.docx"),
        field(" IF 1 = 2 \"a\" \"b\" ", "Shown words"),
        field(" NUMPAGES ", "77"),
    ];
    let styles = style("paragraph", "hh", "House head", "");
    let mut template = headed(&runs.concat());
    template.styles += &styles;
    let (parts, said) = made(&report("en-GB"), &template.bytes());
    let of = |text: &&String| text.contains("Kept words");
    let header = parts.values().find(of).unwrap();
    assert!(
        header.contains("Shown words") && header.contains(">River Group<"),
        "{header}"
    );
    assert_eq!(header.matches(">Rivers at work<").count(), 2, "{header}");
    assert!(
        header.contains(" NUMPAGES ") && !header.contains("old") && !header.contains("IF 1"),
        "{header}"
    );
    let said = said.join("\n");
    assert!(
        said.contains("a field in the header that repeats text of a style"),
        "{said}"
    );
}

#[test]
fn a_shape_without_words_is_kept_as_decoration() {
    let shape = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor simplePos='0' relativeHeight='1' behindDoc='1' locked='0' layoutInCell='1' allowOverlap='1'><wp:simplePos x='0' y='0'/>\
         <wp:positionH relativeFrom='page'><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom='page'><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx='9' cy='9'/><wp:wrapNone/>\
         <wp:docPr id='1' name='Bar' descr='bar.png'/><a:graphic><a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp><wps:cNvSpPr/><wps:spPr><a:solidFill><a:schemeClr val='accent1'/></a:solidFill></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:rect/></w:pict></mc:Fallback></mc:AlternateContent></w:r>";
    let (parts, said) = made(&report("en-GB"), &headed(shape).bytes());
    let header = parts
        .values()
        .find(|text| text.contains("wps:wsp"))
        .unwrap();
    assert!(
        header.contains("adec:decorative")
            && header.contains("xmlns:wps=")
            && !header.contains("v:rect"),
        "{header}"
    );
    assert!(
        !said
            .iter()
            .any(|one| one.starts_with("W0664") || one.starts_with("W0668")),
        "{said:?}"
    );
}

#[test]
fn templates_in_the_strict_form_are_read_like_others() {
    let template = letterhead().strict();
    let (parts, _) = made(&report("en-GB"), &template);
    let header = parts
        .values()
        .find(|text| text.contains("House of Rivers"))
        .unwrap();
    assert!(
        header.contains("pic:pic") && !header.contains("purl.oclc.org"),
        "{header}"
    );
    assert!(style_of(&parts, "Header").contains("w:val=\"15\""));
}
