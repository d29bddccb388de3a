//! Templates that are broken, endless or odd on purpose: each is refused by its code, or its file is sound all the same.

use gmg_export::backend::edition::Edition;
use gmg_export::pdf::read::ReadBack;
use gmg_export::verify::conformance::Profile;
use gmg_export::verify::format;

use super::covers::cover;
use super::heads::letterhead;
use super::template::{Template, normal, style};
use super::{PAGE, layout_with, load, report};
use crate::made::EPOCH;

/// Whether the template is taken; then its file keeps the standards and says what the document does.
fn is_taken(what: &str, bytes: &[u8]) -> bool {
    let document = report("en-GB");
    let folder = layout_with(bytes);
    let layout = load(folder.path());
    let edition = Edition::new(&document, &layout, EPOCH);
    let file = match format::find("docx").unwrap().render(&edition) {
        Ok(file) => file,
        Err(found) => {
            let ours = |code: &str| code.starts_with("E078");
            assert!(
                found.iter().all(|one| ours(one.code.number())),
                "{what}: {found}"
            );
            return false;
        }
    };
    let back = ReadBack::of(&file.bytes);
    format::compare(&edition, "docx", &back).unwrap_or_else(|found| panic!("{what}: {found}"));
    let found = format::inspect("docx", Profile::of(&layout), &back);
    for verdict in found
        .unwrap_or_else(|found| panic!("{what}: {found}"))
        .verdicts
    {
        assert!(verdict.passed(), "{what}: {verdict:#?}");
    }
    true
}

/// A template with everything in it.
fn whole() -> Template {
    let heading = style(
        "paragraph",
        "h1",
        "heading 1",
        "<w:basedOn w:val='Standard'/><w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr>",
    );
    let mut template = letterhead();
    template.styles = normal() + &heading + &template.styles;
    template.body = format!(
        "{}<w:p><w:pPr><w:sectPr>{PAGE}</w:sectPr></w:pPr></w:p>{}",
        cover(),
        template.body
    );
    let lists = "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='»'/></w:lvl></w:abstractNum><w:num w:numId='4'><w:abstractNumId w:val='1'/></w:num>";
    template.part("numbering.xml", "numbering", "n", "w:numbering", lists)
}

#[test]
fn no_part_of_a_template_that_is_cut_or_changed_breaks_the_program() {
    let whole = whole();
    assert!(is_taken("the whole template", &whole.bytes()));
    let parts: Vec<String> = whole.part_names();
    let mut refused = 0;
    for part in &parts {
        let text = whole.text(part);
        for share in [0, 1, 4, 7, 9] {
            let cut = text.len() * share / 10;
            let cut = (0..=cut)
                .rev()
                .find(|at| text.is_char_boundary(*at))
                .unwrap();
            let bytes = whole.clone().file(part, &text.as_bytes()[..cut]).bytes();
            refused += usize::from(!is_taken(&format!("{part} cut at {cut}"), &bytes));
        }
        let other: [(&str, String); 7] = [
            ("another root", "<a/>".to_owned()),
            ("no values", text.replace("w:val='", "w:x='")),
            (
                "no ids",
                text.replace("Id='", "No='").replace("r:id='", "r:no='"),
            ),
            (
                "other ids",
                text.replace("r:id='", "r:id='x")
                    .replace("r:embed='", "r:embed='x"),
            ),
            ("negative numbers", text.replace("w:w='", "w:w='-")),
            ("no numbers", text.replace("w:w='", "w:w='x")),
            ("a control character", text.replace("House", "Ho&#1;use")),
        ];
        for (what, text) in other {
            is_taken(
                &format!("{part}: {what}"),
                &whole.clone().file(part, text.as_bytes()).bytes(),
            );
        }
    }
    assert!(refused > parts.len(), "{refused}");
}

#[test]
fn what_is_endless_in_a_template_ends() {
    let nested = |open: &str, close: &str, inner: &str, depth: usize| {
        open.repeat(depth) + inner + &close.repeat(depth)
    };
    let words = "<w:p><w:r><w:t>in</w:t></w:r></w:p>";
    let table = nested(
        "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>",
        "</w:tc></w:tr></w:tbl>",
        words,
        45,
    );
    let controls = nested(
        "<w:sdt><w:sdtContent>",
        "</w:sdtContent></w:sdt>",
        words,
        90,
    );
    let insertions = nested("<w:ins>", "</w:ins>", words, 150);
    let field = "<w:p>".to_owned()
        + &"<w:r><w:fldChar w:fldCharType='begin'/></w:r>".repeat(2_000)
        + "</w:p>"
        + words;
    for (what, header) in [
        ("tables", table),
        ("controls", controls),
        ("insertions", insertions),
        ("fields", field),
    ] {
        let template = letterhead();
        let text = template.text("word/header1.xml").replace("<w:p/>", &header);
        assert!(
            is_taken(
                what,
                &template.file("word/header1.xml", text.as_bytes()).bytes()
            ),
            "{what}"
        );
    }
    let chain: String = (0..3_000)
        .map(|n| {
            style(
                "paragraph",
                &format!("s{n}"),
                &format!("s{n}"),
                &format!("<w:basedOn w:val='s{}'/>", (n + 1) % 3_000),
            )
        })
        .collect();
    assert!(is_taken(
        "styles in a circle",
        &Template::new(&(normal() + &chain)).bytes()
    ));
    let empty = "<w:p/>".repeat(20_000);
    assert!(is_taken(
        "paragraphs without words",
        &Template::new(&normal())
            .body(&format!(
                "{}{empty}<w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:sectPr/>",
                cover()
            ))
            .bytes()
    ));
    let large = "<w:p/>".repeat(600_000);
    assert!(!is_taken(
        "a body without end",
        &Template::new(&normal()).body(&large).bytes()
    ));
}
