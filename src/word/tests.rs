//! Word files of a few lines each, and what is read of them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
    xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
    xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
    xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
    xmlns:v='urn:schemas-microsoft-com:vml' \
    xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml' \
    xmlns:w15='http://schemas.microsoft.com/office/word/2012/wordml'";
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package of parts.
fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word file with a body, and other parts by what they are, each with what is in its root.
fn word(body: &str, others: &[(&str, &str, &str)]) -> Vec<u8> {
    let part =
        |root: &str, inner: &str| format!("<w:{root} {NAMESPACES}>{inner}</w:{root}>").into_bytes();
    let mut rels = String::new();
    let mut parts = vec![(
        "word/document.xml",
        part("document", &format!("<w:body>{body}</w:body>")),
    )];
    let names: Vec<String> = others
        .iter()
        .map(|(kind, ..)| format!("word/{kind}.xml"))
        .collect();
    for ((kind, root, inner), name) in others.iter().zip(&names) {
        rels += &format!("<Relationship Id='{kind}' Type='{KIND}/{kind}' Target='{kind}.xml'/>");
        if !root.is_empty() {
            parts.push((name, part(root, inner)));
        }
    }
    rels += &format!(
        "<Relationship Id='web' Type='{KIND}/hyperlink' Target='https://a.example/b' TargetMode='External'/>
         <Relationship Id='png' Type='{KIND}/image' Target='media/a.png'/>"
    );
    parts.push(("word/media/a.png", b"picture".to_vec()));
    let all = |inner: &str| {
        format!("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inner}</Relationships>")
            .into_bytes()
    };
    parts.push(("word/_rels/document.xml.rels", all(&rels)));
    let root =
        format!("<Relationship Id='a' Type='{KIND}/officeDocument' Target='word/document.xml'/>");
    parts.push(("_rels/.rels", all(&root)));
    zipped(&parts)
}

fn read_body(body: &str) -> WordFile {
    read("a.docx", &word(body, &[])).unwrap()
}

fn paragraphs(blocks: &[Block]) -> Vec<&Paragraph> {
    fn paragraph(block: &Block) -> Option<&Paragraph> {
        match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        }
    }
    blocks.iter().filter_map(paragraph).collect()
}

fn texts(blocks: &[Block]) -> Vec<String> {
    paragraphs(blocks).iter().map(|one| one.text()).collect()
}

#[test]
fn runs_of_one_form_are_one_piece() {
    let file = read_body(
        "<w:p><w:r><w:t>a </w:t></w:r><w:r><w:t>b</w:t><w:tab/><w:noBreakHyphen/></w:r>
         <w:r><w:rPr><w:b/><w:vertAlign w:val='superscript'/></w:rPr><w:t>c</w:t><w:br/></w:r></w:p>",
    );
    let one = &paragraphs(&file.body)[0];
    assert_eq!(one.text(), "a b\t\u{2011}c\n");
    assert_eq!(one.pieces.len(), 3);
    assert!(one.pieces[1].format.bold && one.pieces[1].format.script == Script::Super);
}

#[test]
fn a_large_first_letter_belongs_to_its_word() {
    let file = read_body(
        "<w:p><w:pPr><w:framePr w:dropCap='drop'/></w:pPr><w:r><w:rPr><w:sz w:val='90'/></w:rPr><w:t>D</w:t></w:r></w:p>
         <w:p><w:r><w:t>rop cap.</w:t></w:r></w:p>",
    );
    assert_eq!(texts(&file.body), ["Drop cap."]);
}

#[test]
fn links_fields_and_bookmarks_are_on_their_pieces() {
    let file = read_body(
        "<w:p><w:bookmarkStart w:id='1' w:name='x'/><w:hyperlink r:id='web'><w:r><w:t>out</w:t></w:r></w:hyperlink>
         <w:bookmarkEnd w:id='1'/>
         <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \\l \"x\" </w:instrText></w:r>
         <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>in</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>
         <w:fldSimple w:instr=' PAGEREF x \\h '><w:r><w:t>7</w:t></w:r></w:fldSimple>
         <w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>IF</w:instrText></w:r></w:p>
         <w:p><w:r><w:t>after</w:t></w:r></w:p>",
    );
    let all = paragraphs(&file.body);
    assert_eq!(all[0].text(), "outin7");
    let links: Vec<Link> = all[0]
        .pieces
        .iter()
        .filter(|piece| !piece.text().is_empty())
        .filter_map(|piece| piece.link.as_deref().cloned())
        .collect();
    assert_eq!(
        links,
        [
            Link::External("https://a.example/b".into()),
            Link::Internal("x".into())
        ]
    );
    assert_eq!(all[0].pieces[0].content, Content::BookmarkStart("x".into()));
    let page = all[0]
        .pieces
        .iter()
        .find(|piece| piece.text() == "7")
        .unwrap();
    let field = &file.fields[page.field.unwrap()];
    assert_eq!(
        (field.name().as_str(), field.arguments()),
        ("PAGEREF", vec!["x".into(), "\\h".into()])
    );
    // A field without an end takes nothing with it.
    assert_eq!(all[1].text(), "after");
    assert_eq!(file.unread.len(), 1);
}

#[test]
fn changes_are_accepted_or_rejected() {
    let body = "<w:p><w:pPr><w:rPr><w:del w:author='B'/></w:rPr></w:pPr><w:r><w:t>one </w:t></w:r>
           <w:ins w:author='A' w:date='2026-01-01T00:00:00Z'><w:r><w:t>new</w:t></w:r></w:ins>
           <w:del w:author='B'><w:r><w:delText>old</w:delText></w:r></w:del></w:p>
         <w:p><w:r><w:t> two</w:t></w:r></w:p>
         <w:p><w:pPr><w:rPr><w:ins w:author='A'/></w:rPr></w:pPr><w:moveTo w:author='A'><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p>
         <w:tbl><w:tr><w:trPr><w:ins w:author='A'/></w:trPr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
         <w:p><w:r><w:t>end</w:t></w:r></w:p>";
    let settle = |view| {
        let mut file = read_body(body);
        file.settle(view);
        (texts(&file.body), file.body.len())
    };
    assert_eq!(
        settle(View::Accepted),
        (vec!["one new two".into(), "moved".into(), "end".into()], 4)
    );
    assert_eq!(
        settle(View::Rejected),
        (vec!["one old".into(), " two".into(), "end".into()], 3)
    );
    let changes = read_body(body).changes();
    let said: Vec<(&str, &str)> = changes
        .iter()
        .map(|one| (one.change.author.as_str(), one.text.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            ("A", "new"),
            ("B", "old"),
            ("B", ""),
            ("A", "moved"),
            ("A", ""),
            ("A", "")
        ]
    );
}

#[test]
fn notes_and_comments_have_their_places() {
    let body =
        "<w:p><w:commentRangeStart w:id='0'/><w:r><w:t>a</w:t></w:r><w:commentRangeEnd w:id='0'/>
        <w:r><w:commentReference w:id='0'/></w:r>
        <w:r><w:footnoteReference w:id='2' w:customMarkFollows='1'/><w:t>*</w:t></w:r></w:p>";
    let others = [
        (
            "footnotes",
            "footnotes",
            "<w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>
             <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t>note</w:t></w:r></w:p></w:footnote>",
        ),
        (
            "comments",
            "comments",
            "<w:comment w:id='0' w:author='Ana' w:initials='A'><w:p w14:paraId='1'><w:r><w:t>why?</w:t></w:r></w:p></w:comment>
             <w:comment w:id='1' w:author='Bo'><w:p w14:paraId='2'><w:r><w:t>so</w:t></w:r></w:p></w:comment>",
        ),
        (
            "commentsExtended",
            "x",
            "<w15:commentEx w15:paraId='2' w15:paraIdParent='1' w15:done='1'/>",
        ),
    ];
    let file = read("a.docx", &word(body, &others)).unwrap();
    let contents: Vec<&Content> = paragraphs(&file.body)[0]
        .pieces
        .iter()
        .map(|piece| &piece.content)
        .collect();
    assert_eq!(contents[0], &Content::CommentStart("0".into()));
    assert_eq!(contents[2], &Content::CommentEnd("0".into()));
    assert_eq!(
        contents[4],
        &Content::Note(NoteKind::Foot, "2".into(), Some("*".into()))
    );
    assert_eq!(file.notes.len(), 1);
    assert_eq!(texts(&file.notes[&(NoteKind::Foot, "2".into())]), ["note"]);
    assert_eq!(file.comments[0].author, "Ana");
    assert_eq!(file.comments[1].answers.as_deref(), Some("0"));
    assert!(file.comments[1].done);
}

#[test]
fn tables_keep_their_form() {
    let file = read_body(
        "<w:tbl><w:tblPr><w:tblCaption w:val='T'/><w:tblLook w:val='00A0'/></w:tblPr><w:tblGrid><w:gridCol w:w='9'/><w:gridCol/></w:tblGrid>
         <w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p><w:r><w:t>h</w:t></w:r></w:p></w:tc></w:tr>
         <w:sdt><w:sdtContent><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:sdtContent></w:sdt>
         <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
    );
    let Block::Table(table) = &file.body[0] else {
        panic!()
    };
    assert!(table.first_row && table.first_column && table.rows[0].header);
    assert_eq!(table.title, "T");
    let spans: Vec<usize> = table.rows.iter().map(|row| row.cells[0].span).collect();
    assert_eq!(spans, [2, 1, 1]);
    assert_eq!(table.rows[1].cells[0].merge, Merge::Start);
    assert_eq!(table.rows[2].cells[0].merge, Merge::Above);
    assert!(matches!(table.rows[2].cells[1].blocks[0], Block::Table(_)));
}

#[test]
fn pictures_and_boxes_are_read_once() {
    let file = read_body(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='1' descr='D'/>
         <wps:txbx><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice>
         <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>
         </mc:AlternateContent></w:r>
         <w:r><w:drawing><wp:inline><wp:extent cx='127000' cy='254000'/><wp:docPr id='2' descr='Alt'/>
         <pic:pic><pic:blipFill><a:blip r:embed='png'/></pic:blipFill></pic:pic></wp:inline></w:drawing></w:r>
         <w:r><w:pict><v:shape alt='Old' style='width:5pt'><v:imagedata r:id='png'/></v:shape></w:pict></w:r></w:p>",
    );
    let pieces = &paragraphs(&file.body)[0].pieces;
    assert_eq!(pieces.len(), 3);
    let Content::TextBox(inner) = &pieces[0].content else {
        panic!()
    };
    assert_eq!(texts(inner), ["box"]);
    let pictures: Vec<(&str, (f64, f64))> = pieces[1..]
        .iter()
        .filter_map(|piece| match &piece.content {
            Content::Picture(picture) => Some((picture.alt.as_str(), picture.size)),
            _ => None,
        })
        .collect();
    assert_eq!(pictures, [("Alt", (10.0, 20.0)), ("Old", (5.0, 0.0))]);
    assert_eq!(file.media["word/media/a.png"], b"picture");
}

#[test]
fn what_there_is_too_much_of_is_refused() {
    let many = "<w:p/>".repeat(200_001);
    let deep = "<w:sdt><w:sdtContent>".repeat(150);
    let bomb = zipped(&[("word/document.xml", vec![b' '; 60 << 20])]);
    for (bytes, code) in [
        (word(&many, &[]), Code::WORD_TOO_LARGE),
        (word(&deep, &[]), Code::WORD_DAMAGED),
        (bomb, Code::WORD_TOO_LARGE),
        (
            zipped(&[("word/other.xml", Vec::new())]),
            Code::WORD_DAMAGED,
        ),
        (
            zipped(&[("xl/workbook.xml", Vec::new())]),
            Code::NOT_A_WORD_FILE,
        ),
        (
            zipped(&[(
                "mimetype",
                b"application/vnd.oasis.opendocument.text".to_vec(),
            )]),
            Code::NOT_A_WORD_FILE,
        ),
    ] {
        let found = read("a.docx", &bytes).unwrap_err();
        assert_eq!(found[0].code, code, "{found}");
        assert!(!found[0].hints.is_empty());
    }
}

#[test]
fn what_stands_around_rows_and_cells_is_looked_through_as_around_blocks() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let around = |inside: &str| {
        [
            format!("<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"),
            format!("<w:ins w:id='1' w:author='Ana'>{inside}</w:ins>"),
            format!("<w:customXml>{inside}</w:customXml>"),
            format!("<mc:AlternateContent><mc:Choice Requires='w14'>{inside}</mc:Choice></mc:AlternateContent>"),
        ]
        .concat()
    };
    let row = format!("<w:tr>{}</w:tr>", around(&cell("a")));
    let file = read_body(&format!("<w:tbl>{}</w:tbl>", around(&row)));
    let [Block::Table(table)] = &file.body[..] else {
        panic!("{:?}", file.body)
    };
    let cells = table.rows.iter().map(|row| row.cells.len());
    assert_eq!(cells.collect::<Vec<_>>(), [4, 4, 4, 4]);
}
