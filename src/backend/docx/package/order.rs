//! The order in which the schema wants the children of an element.
//!
//! WordprocessingML is made of sequences (ECMA-376 part 1, annex A, `wml.xsd`), docx-rs writes children as they come.
//! One table and one stable sort put the children of every part in order, whatever wrote it.

use super::xml::{Element, Node};

/// Children in schema order by the name of their parent. Children that are not listed keep their place at the end.
const ORDER: &[(&str, &[&str])] = &[
    ("w:pPr", PARAGRAPH),
    ("w:rPr", RUN),
    ("w:tblPr", TABLE),
    ("w:tcPr", CELL),
    (
        "w:pBdr",
        &[
            "w:top",
            "w:left",
            "w:bottom",
            "w:right",
            "w:between",
            "w:bar",
        ],
    ),
    ("w:tblBorders", EDGES),
    ("w:tcBorders", EDGES),
    ("w:tblCellMar", EDGES),
    ("w:tcMar", EDGES),
    ("w:style", STYLE),
    ("w:numPr", &["w:ilvl", "w:numId"]),
    ("w:lvl", LEVEL),
    ("w:lvlOverride", &["w:startOverride", "w:lvl"]),
    (
        "w:abstractNum",
        &[
            "w:nsid",
            "w:multiLevelType",
            "w:tmpl",
            "w:name",
            "w:styleLink",
            "w:numStyleLink",
            "w:lvl",
        ],
    ),
    ("w:num", &["w:abstractNumId", "w:lvlOverride"]),
    ("w:numbering", &["w:numPicBullet", "w:abstractNum", "w:num"]),
    (
        "w:tblStylePr",
        &["w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr"],
    ),
    ("w:styles", &["w:docDefaults", "w:latentStyles", "w:style"]),
    ("w:docDefaults", &["w:rPrDefault", "w:pPrDefault"]),
    ("w:rPrDefault", &["w:rPr"]),
    ("w:pPrDefault", &["w:pPr"]),
    ("w:latentStyles", &["w:lsdException"]),
    ("w:tabs", &["w:tab"]),
    ("w:font", FONT),
    ("w:p", &["w:pPr"]),
    ("w:r", &["w:rPr"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    ("w:tr", &["w:tblPrEx", "w:trPr", "w:tc"]),
    ("w:tc", &["w:tcPr"]),
];

const PARAGRAPH: &[&str] = &[
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:widowControl",
    "w:numPr",
    "w:suppressLineNumbers",
    "w:pBdr",
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
];

const RUN: &[&str] = &[
    "w:rStyle",
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:smallCaps",
    "w:strike",
    "w:dstrike",
    "w:outline",
    "w:shadow",
    "w:emboss",
    "w:imprint",
    "w:noProof",
    "w:snapToGrid",
    "w:vanish",
    "w:webHidden",
    "w:color",
    "w:spacing",
    "w:w",
    "w:kern",
    "w:position",
    "w:sz",
    "w:szCs",
    "w:highlight",
    "w:u",
    "w:effect",
    "w:bdr",
    "w:shd",
    "w:fitText",
    "w:vertAlign",
    "w:rtl",
    "w:cs",
    "w:em",
    "w:lang",
    "w:eastAsianLayout",
    "w:specVanish",
];

const TABLE: &[&str] = &[
    "w:tblStyle",
    "w:tblpPr",
    "w:tblOverlap",
    "w:bidiVisual",
    "w:tblStyleRowBandSize",
    "w:tblStyleColBandSize",
    "w:tblW",
    "w:jc",
    "w:tblCellSpacing",
    "w:tblInd",
    "w:tblBorders",
    "w:shd",
    "w:tblLayout",
    "w:tblCellMar",
    "w:tblLook",
    "w:tblCaption",
    "w:tblDescription",
];

const CELL: &[&str] = &[
    "w:cnfStyle",
    "w:tcW",
    "w:gridSpan",
    "w:hMerge",
    "w:vMerge",
    "w:tcBorders",
    "w:shd",
    "w:noWrap",
    "w:tcMar",
    "w:textDirection",
    "w:tcFitText",
    "w:vAlign",
    "w:hideMark",
];

const EDGES: &[&str] = &[
    "w:top",
    "w:left",
    "w:bottom",
    "w:right",
    "w:insideH",
    "w:insideV",
    "w:tl2br",
    "w:tr2bl",
];

const STYLE: &[&str] = &[
    "w:name",
    "w:aliases",
    "w:basedOn",
    "w:next",
    "w:link",
    "w:autoRedefine",
    "w:hidden",
    "w:uiPriority",
    "w:semiHidden",
    "w:unhideWhenUsed",
    "w:qFormat",
    "w:locked",
    "w:pPr",
    "w:rPr",
    "w:tblPr",
    "w:trPr",
    "w:tcPr",
    "w:tblStylePr",
];

const LEVEL: &[&str] = &[
    "w:start",
    "w:numFmt",
    "w:lvlRestart",
    "w:pStyle",
    "w:isLgl",
    "w:suff",
    "w:lvlText",
    "w:lvlPicBulletId",
    "w:legacy",
    "w:lvlJc",
    "w:pPr",
    "w:rPr",
];

const FONT: &[&str] = &[
    "w:altName",
    "w:panose1",
    "w:charset",
    "w:family",
    "w:notTrueType",
    "w:pitch",
    "w:sig",
];

/// The children that the schema knows in an element of properties; none in others.
pub(crate) fn allowed(name: &str) -> &'static [&'static str] {
    // In these any order is right.
    if name == "w:trPr" {
        return &["w:cantSplit", "w:trHeight", "w:tblHeader", "w:jc"];
    }
    let found = ORDER.iter().find(|(parent, _)| *parent == name);
    found.map_or(&[], |(_, names)| names)
}

/// Puts the children of this one element into schema order; those below are left as they are.
pub(super) fn sort(element: &mut Element) {
    let Some((_, names)) = ORDER.iter().find(|(parent, _)| *parent == element.name) else {
        return;
    };
    let rank = |node: &Node| match node {
        Node::Element(child) => names
            .iter()
            .position(|name| *name == child.name)
            .unwrap_or(names.len()),
        Node::Text(_) => names.len(),
    };
    if !element.children.is_sorted_by_key(rank) {
        element.children.sort_by_key(rank);
    }
}

/// Puts the children of an element and of all below it into schema order.
pub(crate) fn in_order(element: &mut Element) {
    sort(element);
    for node in &mut element.children {
        if let Node::Element(child) = node {
            in_order(child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    #[test]
    fn children_come_in_schema_order_and_equals_keep_theirs() {
        let mut level =
            parse(b"<w:lvl><w:rPr/><w:lvlText w:val='a'/><w:start/><w:pStyle/></w:lvl>")
                .expect("well-formed");
        sort(&mut level);
        let names: Vec<&str> = level.elements().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["w:start", "w:pStyle", "w:lvlText", "w:rPr"]);
        let mut paragraph = parse(b"<w:p><w:r>1</w:r><w:hyperlink/><w:pPr/><w:r>2</w:r></w:p>")
            .expect("well-formed");
        sort(&mut paragraph);
        let names: Vec<&str> = paragraph
            .elements()
            .map(|child| child.name.as_str())
            .collect();
        assert_eq!(names, ["w:pPr", "w:r", "w:hyperlink", "w:r"]);
    }
}
