//! Which styles of a Word file are headings: Word's own, and those that are based on them; readers also go by the level in
//! the outline, which lists of contents do not.

use std::collections::BTreeMap;

use super::xml::{self, Element};

/// The main namespace of Word files.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// So many styles may each be based on the next.
const DEEPEST: usize = 11;

/// The levels of the headings among the styles, from 1, by the ids of the styles.
pub(super) fn levels(styles: Element<'_>) -> BTreeMap<String, u8> {
    by(styles, |style, named| {
        let own = xml::child(style, W, "pPr").and_then(|own| xml::child(own, W, "outlineLvl"));
        let outline = own.and_then(|own| own.attribute((W, "val"))?.parse().ok());
        named.or(outline
            .filter(|level| *level < 9)
            .map(|level: u8| level + 1))
    })
}

/// The same without those that only have a level in the outline.
pub(super) fn listed(styles: Element<'_>) -> BTreeMap<String, u8> {
    by(styles, |_, named| named)
}

/// The levels that `own` tells of the styles, which may go by the level that the name of one says.
fn by(
    styles: Element<'_>,
    own_level: impl Fn(Element<'_>, Option<u8>) -> Option<u8>,
) -> BTreeMap<String, u8> {
    let mut own: BTreeMap<&str, (Option<u8>, Option<&str>)> = BTreeMap::new();
    for style in styles
        .children()
        .filter(|one| one.has_tag_name((W, "style")))
    {
        let value = |name| xml::child(style, W, name)?.attribute((W, "val"));
        let name = value("name").unwrap_or_default().to_lowercase();
        let level = name.strip_prefix("heading ");
        let level = level.and_then(|level| level.parse().ok());
        let level = level.filter(|level| (1..=9).contains(level));
        if let Some(id) = style.attribute((W, "styleId")) {
            own.insert(id, (own_level(style, level), value("basedOn")));
        }
    }
    let mut levels = BTreeMap::new();
    for id in own.keys() {
        let mut at = Some(*id);
        for _ in 0..DEEPEST {
            let Some((level, base)) = at.and_then(|id| own.get(id)) else {
                break;
            };
            if let Some(level) = level {
                levels.insert((*id).to_string(), *level);
                break;
            }
            at = *base;
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_based_on_a_heading_is_one_and_circles_end() {
        let part = format!(
            "<w:styles xmlns:w='{W}'><w:style w:styleId='H2'><w:name w:val='heading 2'/></w:style>\
             <w:style w:styleId='L'><w:name w:val='Heading 2 Listed'/><w:basedOn w:val='H2'/></w:style>\
             <w:style w:styleId='S'><w:name w:val='Speaker'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>\
             <w:style w:styleId='T'><w:name w:val='Text'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>\
             <w:style w:styleId='A'><w:name w:val='a'/><w:basedOn w:val='B'/></w:style>\
             <w:style w:styleId='B'><w:name w:val='b'/><w:basedOn w:val='A'/></w:style></w:styles>"
        );
        let document = xml::parse(part.as_bytes()).expect("well-formed");
        let pairs = |levels: BTreeMap<String, u8>| levels.into_iter().collect::<Vec<_>>();
        let expected = |pairs: &[(&str, u8)]| -> Vec<(String, u8)> {
            pairs
                .iter()
                .map(|(id, level)| ((*id).into(), *level))
                .collect()
        };
        let root = document.root_element();
        assert_eq!(pairs(listed(root)), expected(&[("H2", 2), ("L", 2)]));
        assert_eq!(
            pairs(levels(root)),
            expected(&[("H2", 2), ("L", 2), ("S", 3)])
        );
    }
}
