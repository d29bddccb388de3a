//! Covers of Word templates: where they are found, what is filled in, and what stands below them.

use super::template::{Template, normal};
use super::{PAGE, made, report};

/// A cover as Word's own covers are, with controls that are bound.
pub(super) fn cover() -> String {
    let control = |path: &str, words: &str| {
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val='x'/><w:showingPlcHdr/><w:dataBinding w:xpath='{path}' w:storeItemID='{{1}}'/></w:sdtPr><w:sdtContent>\
             <w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr><w:color w:val='123456'/></w:rPr><w:t>[{words}]</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    };
    let named = |name: &str| {
        format!(
            "<w:p><w:r><w:t xml:space='preserve'>By </w:t></w:r><w:sdt><w:sdtPr><w:alias w:val='{name}'/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>\
             <w:r><w:t>[{name}]</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )
    };
    let boxed = "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='7' name='b'/><a:graphic><a:graphicData uri='u'>\
         <wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>House of Rivers</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>House of Rivers</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    format!(
        "{}<w:p/><w:p/><w:p/>{}{}{}{}{boxed}",
        control("/ns1:coreProperties[1]/ns0:title[1]", "Title"),
        control("/ns1:coreProperties[1]/ns0:subject[1]", "Subtitle"),
        named("Autor"),
        control("/ns0:CoverPageProperties[1]/ns0:PublishDate[1]", "Date"),
        control("/ns0:CoverPageProperties[1]/ns0:CompanyPhone[1]", "Phone"),
    )
}

fn holds_cover(template: &Template) {
    let (parts, said) = made(&report("en-GB"), &template.bytes());
    let body = &parts["word/document.xml"];
    let end = body.find("</w:sectPr>").unwrap();
    let first = &body[..end + body[end..].find("</w:p>").unwrap()];
    for words in [
        ">Rivers at work<",
        ">What they carry<",
        ">River Group<",
        ">13 July 2016<",
        ">River papers<",
    ] {
        assert_eq!(first.matches(words).count(), 1, "{words}: {first}");
    }
    assert_eq!(first.matches("House of Rivers").count(), 1, "{first}");
    for odd in [">[", "FFFFFF", "w:sdt", "txbxContent", "Phone"] {
        assert!(!first.contains(odd), "{odd}: {first}");
    }
    assert!(first.contains("123456"), "{first}");
    let said = said.join("\n");
    assert!(
        said.contains("W0667")
            && said.contains("placeholders of the template, which are left out: x"),
        "{said}"
    );
    assert!(said.contains("“House of Rivers”"), "{said}");
}

#[test]
fn covers_are_filled_wherever_the_template_has_them() {
    let block = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Cover Pages'/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        cover()
    );
    holds_cover(&Template::new(&normal()).body(&format!(
        "{block}<w:p><w:r><w:t>Sample</w:t></w:r></w:p><w:sectPr>{PAGE}</w:sectPr>"
    )));
    holds_cover(&Template::new(&normal()).body(&format!(
        "{}<w:p><w:pPr><w:sectPr>{PAGE}<w:vAlign w:val='center'/></w:sectPr></w:pPr></w:p><w:p/><w:sectPr>{PAGE}</w:sectPr>",
        cover()
    )));
    let glossary = format!(
        "<w:docParts><w:docPart><w:docPartPr><w:name w:val='q'/><w:category><w:name w:val='General'/><w:gallery w:val='autoTxt'/></w:category></w:docPartPr><w:docPartBody><w:p><w:r><w:t>[q]</w:t></w:r></w:p></w:docPartBody></w:docPart>\
         <w:docPart><w:docPartPr><w:name w:val='c'/><w:category><w:name w:val='General'/><w:gallery w:val='coverPg'/></w:category></w:docPartPr><w:docPartBody>{}</w:docPartBody></w:docPart></w:docParts>",
        cover()
    );
    holds_cover(&Template::new(&normal()).part(
        "glossary/document.xml",
        "glossaryDocument",
        "g",
        "w:glossaryDocument",
        &glossary,
    ));
}

#[test]
fn a_template_without_a_cover_leaves_ours() {
    let template = Template::new(&normal()).body(
        "<w:p><w:r><w:t>Sample</w:t></w:r></w:p><w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:p/><w:sectPr/>",
    );
    let (parts, _) = made(&report("en-GB"), &template.bytes());
    let body = &parts["word/document.xml"];
    assert!(!body.contains("Sample") && body.contains("<w:pStyle w:val=\"Title\"/>"));
}
