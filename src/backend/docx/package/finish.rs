//! Finishing what docx-rs wrote: one walk over each tree, with a small step per element that needs one.
//!
//! Every step says what is missing or wrong in docx-rs 0.4.22. Where an element needs more than docx-rs can express,
//! it carries the key of an entry in [`Extras`] in a field that docx-rs lets us fill.

use super::super::extras::{Extras, Table, key_index};
use super::order;
use super::xml::{Element, Node};

/// A step: what it changes on one element.
type Step = fn(&mut Element, &Extras);

/// The steps by the element that they finish, applied before the children are put in order.
const STEPS: &[(&str, Step)] = &[
    ("w:p", take_paragraph_key),
    ("w:rPr", take_run_key),
    ("w:r", spell_out_characters),
    ("w:fldChar", drop_dirty),
    ("w:instrText", keep_space),
    ("w:tbl", take_table_key),
    ("w:gridCol", drop_width_type),
    ("w:drawing", take_picture_key),
    ("w:caps", drop_true),
];

/// Properties that docx-rs writes even where they say nothing.
const EMPTY_PROPERTIES: &[&str] = &["w:rPr", "w:pPr", "w:trPr", "w:tcPr"];

/// Finishes an element with all that is below it.
pub(crate) fn finish(element: &mut Element, extras: &Extras) {
    for (name, step) in STEPS {
        if element.name == *name {
            step(element, extras);
        }
    }
    for child in &mut element.children {
        if let Node::Element(child) = child {
            finish(child, extras);
        }
    }
    element
        .children
        .retain(|node| !matches!(node, Node::Element(child) if says_nothing(child)));
    order::sort(element);
}

fn says_nothing(element: &Element) -> bool {
    element.children.is_empty()
        && element.attributes.is_empty()
        && EMPTY_PROPERTIES.contains(&element.name.as_str())
}

/// `w14:paraId` comes from a counter of the process: it goes, after it has told which entry the paragraph has.
/// Sections and a direction against that of the style are beyond docx-rs.
fn take_paragraph_key(paragraph: &mut Element, extras: &Extras) {
    let id = paragraph.get("w14:paraId").map(str::to_owned);
    paragraph.unset("w14:paraId");
    let Some(extra) = id
        .as_deref()
        .and_then(key_index)
        .and_then(|index| extras.paragraphs.get(index))
    else {
        return;
    };
    let properties = paragraph.ensure("w:pPr");
    if let Some(rtl) = extra.rtl {
        properties.remove("w:bidi");
        properties
            .children
            .push(Node::Element(toggle("w:bidi", rtl)));
    }
    if let Some(section) = &extra.section {
        properties.children.push(Node::Element(section.clone()));
    }
}

/// docx-rs has neither `w:lang` nor `w:rtl`.
fn take_run_key(properties: &mut Element, extras: &Extras) {
    let Some(style) = properties.find_mut("w:rStyle") else {
        return;
    };
    let Some(extra) = style
        .get("w:val")
        .and_then(key_index)
        .and_then(|index| extras.runs.get(index))
    else {
        return;
    };
    match &extra.style {
        Some(id) => style.set("w:val", id),
        None => properties.remove("w:rStyle"),
    }
    if extra.rtl {
        properties
            .children
            .push(Node::Element(Element::new("w:rtl")));
    }
    if let Some(language) = &extra.language {
        let code = language.split('-').next().unwrap_or_default();
        let attribute = match (extra.rtl, code) {
            (true, _) => "w:bidi",
            (false, "zh" | "yue" | "ja" | "ko") => "w:eastAsia",
            (false, _) => "w:val",
        };
        properties.children.push(Node::Element(
            Element::new("w:lang").attr(attribute, language),
        ));
    }
}

/// U+00AD and U+2011 are characters in docx-rs; Word wants elements, or sets them as boxes or in another font.
fn spell_out_characters(run: &mut Element, _: &Extras) {
    let special = |c: char| matches!(c, '\u{AD}' | '\u{2011}');
    let plain = |node: &Node| !matches!(node, Node::Element(text) if text.name == "w:t" && text_of(text).contains(special));
    if run.children.iter().all(plain) {
        return;
    }
    for node in std::mem::take(&mut run.children) {
        match node {
            Node::Element(text) if text.name == "w:t" => {
                for piece in text_of(&text).split_inclusive(special) {
                    let words = piece.trim_end_matches(special);
                    if !words.is_empty() {
                        let words = Element::new("w:t")
                            .attr("xml:space", "preserve")
                            .text(words);
                        run.children.push(Node::Element(words));
                    }
                    match &piece[words.len()..] {
                        "\u{AD}" => run
                            .children
                            .push(Node::Element(Element::new("w:softHyphen"))),
                        "\u{2011}" => run
                            .children
                            .push(Node::Element(Element::new("w:noBreakHyphen"))),
                        _ => {}
                    }
                }
            }
            other => run.children.push(other),
        }
    }
}

fn text_of(element: &Element) -> String {
    element
        .children
        .iter()
        .filter_map(|node| {
            if let Node::Text(text) = node {
                Some(text.as_str())
            } else {
                None
            }
        })
        .collect()
}

/// A field that is marked dirty, even with `false`, makes some versions of Word ask.
fn drop_dirty(field: &mut Element, _: &Extras) {
    field.unset("w:dirty");
}

/// A parser may drop the spaces around an instruction; Word keeps them by this.
fn keep_space(instruction: &mut Element, _: &Extras) {
    instruction.set("xml:space", "preserve");
}

/// `w:gridCol` has no type.
fn drop_width_type(column: &mut Element, _: &Extras) {
    column.unset("w:type");
}

/// `<w:caps w:val="true"/>` is right but not how Word writes it; readers that look for the bare element miss it.
fn drop_true(property: &mut Element, _: &Extras) {
    if property.get("w:val") == Some("true") {
        property.unset("w:val");
    }
}

/// docx-rs puts borders and an alignment on every table, over its style, and has neither header rows nor `tblLook`,
/// direction, or a title and a description for readers who hear the table.
fn take_table_key(table: &mut Element, extras: &Extras) {
    let properties = table.ensure("w:tblPr");
    properties.remove("w:tblBorders");
    properties.remove("w:jc");
    let Some(style) = properties.find_mut("w:tblStyle") else {
        return;
    };
    let Some(extra) = style
        .get("w:val")
        .and_then(key_index)
        .and_then(|index| extras.tables.get(index))
    else {
        return;
    };
    style.set("w:val", extra.style);
    if extra.rtl {
        properties
            .children
            .push(Node::Element(Element::new("w:bidiVisual")));
    }
    properties.children.push(Node::Element(look(extra)));
    let heard = [
        ("w:tblCaption", &extra.title),
        ("w:tblDescription", &extra.columns),
    ];
    let heard = heard.into_iter().filter(|(_, text)| !text.is_empty());
    properties
        .children
        .extend(heard.map(|(name, text)| Node::Element(Element::val(name, text))));
    let rows = table.children.iter_mut().filter_map(|node| match node {
        Node::Element(row) if row.name == "w:tr" => Some(row),
        _ => None,
    });
    for row in rows.take(extra.header_rows) {
        row.ensure("w:trPr")
            .children
            .push(Node::Element(Element::new("w:tblHeader")));
    }
}

/// Which conditional formats of the style apply: the old bit mask and the attributes that replaced it.
fn look(extra: &Table) -> Element {
    let mask = (u16::from(extra.header_rows > 0) * 0x0020)
        | (u16::from(extra.row_headers) * 0x0080)
        | 0x0600;
    let flag = |on: bool| if on { "1" } else { "0" };
    Element::val("w:tblLook", format!("{mask:04X}"))
        .attr("w:firstRow", flag(extra.header_rows > 0))
        .attr("w:lastRow", "0")
        .attr("w:firstColumn", flag(extra.row_headers))
        .attr("w:lastColumn", "0")
        .attr("w:noHBand", "1")
        .attr("w:noVBand", "1")
}

/// Every picture of docx-rs is number 1, "Figure", without description; decorative pictures are unknown to it.
fn take_picture_key(drawing: &mut Element, extras: &Extras) {
    let Some(index) = find(drawing, "a:blip")
        .and_then(|blip| blip.get("r:embed"))
        .and_then(key_index)
    else {
        return;
    };
    let Some(extra) = extras.pictures.get(index) else {
        return;
    };
    let name = format!("Picture {}", index + 1);
    each(drawing, &mut |element| match element.name.as_str() {
        "a:blip" => element.set("r:embed", &extra.relationship),
        "wp:docPr" | "pic:cNvPr" => {
            element.set("id", index + 1);
            element.set("name", &name);
            element.set("descr", extra.alt.as_deref().unwrap_or_default());
            if extra.alt.is_none() && element.name == "wp:docPr" {
                element.children.push(Node::Element(decorative()));
            }
        }
        _ => {}
    });
}

/// The extension by which Word 2019 and later know a picture that only decorates ([MS-ODRAWXML] 2.5.4).
pub(crate) fn decorative() -> Element {
    let mark = Element::new("adec:decorative")
        .attr(
            "xmlns:adec",
            "http://schemas.microsoft.com/office/drawing/2017/decorative",
        )
        .attr("val", "1");
    let list = "http://schemas.openxmlformats.org/drawingml/2006/main";
    Element::new("a:extLst").attr("xmlns:a", list).child(
        Element::new("a:ext")
            .attr("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
            .child(mark),
    )
}

/// An on/off property; on is written bare, as Word does.
pub(crate) fn toggle(name: &str, on: bool) -> Element {
    if on {
        Element::new(name)
    } else {
        Element::val(name, "0")
    }
}

fn find<'a>(element: &'a Element, name: &str) -> Option<&'a Element> {
    if element.name == name {
        Some(element)
    } else {
        element.elements().find_map(|child| find(child, name))
    }
}

fn each(element: &mut Element, change: &mut impl FnMut(&mut Element)) {
    change(element);
    for child in &mut element.children {
        if let Node::Element(child) = child {
            each(child, change);
        }
    }
}
