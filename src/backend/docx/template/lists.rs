//! Lists of a template: its bullets and the look of its numbers in our lists, and the lists of its own other styles.

use std::collections::BTreeMap;

use super::super::numbering::{BULLETS, LEVELS, NUMBERS};
use super::super::package::{Element, Node};
use super::styles::Styles;
use super::taken::{child, child_val, properties, set_val};
use crate::word;

/// The first number of a list of the template in our file; ours are far below it.
const FIRST: usize = 20_001;
/// The most lists of a template.
const MOST: usize = 500;

/// The lists of a template.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// What each list is made of, by the number of the list.
    definitions: BTreeMap<String, Element>,
    /// Definitions for our file, and their lists.
    own: Vec<Element>,
}

impl Lists {
    /// Reads the part with the lists.
    pub(super) fn of(root: &word::Element) -> Lists {
        let all = |name: &'static str| root.elements().filter(move |one| &*one.name == name);
        let abstracts: BTreeMap<&str, &word::Element> = all("w:abstractNum")
            .filter_map(|one| Some((one.attr("w:abstractNumId")?, one)))
            .collect();
        // A definition may refer to a style that another one belongs to.
        let by_style = |style: &str| {
            let mut found = abstracts.values();
            found.find(|one| one.child_val("w:styleLink") == Some(style))
        };
        let definitions = all("w:num").take(MOST).filter_map(|one| {
            let number = one.attr("w:numId")?.to_owned();
            let mut definition = *abstracts.get(one.child_val("w:abstractNumId")?)?;
            if let Some(style) = definition.child_val("w:numStyleLink") {
                definition = by_style(style)?;
            }
            Some((number, properties(definition)))
        });
        Lists {
            definitions: definitions.collect(),
            own: Vec::new(),
        }
    }

    /// Gives the template's own other styles their lists, with numbers of our file.
    pub(super) fn keep(&mut self, styles: &mut Styles) {
        let wanted: Vec<(String, (String, usize))> = styles
            .other_lists()
            .map(|(id, list)| (id.clone(), list.clone()))
            .collect();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for (id, (list, level)) in wanted {
            let Some(definition) = self.definitions.get(&list) else {
                continue;
            };
            let next = FIRST + numbers.len();
            let number = *numbers.entry(list).or_insert(next);
            styles.set_list(&id, number, level.min(LEVELS - 1));
            if number == next {
                let mut definition = definition.clone();
                definition.set("w:abstractNumId", number);
                for odd in [
                    "w:nsid",
                    "w:tmpl",
                    "w:name",
                    "w:styleLink",
                    "w:numStyleLink",
                ] {
                    definition.remove(odd);
                }
                for level in levels(&mut definition) {
                    level.remove("w:pStyle");
                    level.remove("w:lvlPicBulletId");
                    level.remove("w:legacy");
                }
                let list = Element::new("w:num")
                    .attr("w:numId", number)
                    .child(Element::val("w:abstractNumId", number));
                self.own.extend([definition, list]);
            }
        }
    }

    /// Puts the template's lists and looks into our part.
    pub(super) fn merge(&self, root: &mut Element, styles: &Styles) {
        for (number, stem) in [(BULLETS, "ListBullet"), (NUMBERS, "ListNumber")] {
            let bulleted = number == BULLETS;
            let own =
                (0..LEVELS).filter_map(|level| Some((level, self.level(styles, stem, level)?)));
            let own: BTreeMap<usize, Element> = own
                .filter(|(_, from)| (child_val(from, "w:numFmt") == Some("bullet")) == bulleted)
                .collect();
            let definition = root.children.iter_mut().find_map(|node| match node {
                Node::Element(one)
                    if one.get("w:abstractNumId") == Some(&number.to_string())
                        && one.name == "w:abstractNum" =>
                {
                    Some(one)
                }
                _ => None,
            });
            for (at, level) in definition.into_iter().flat_map(levels).enumerate() {
                if let Some(from) = own.get(&at) {
                    take_look(level, from, bulleted);
                }
            }
        }
        root.children
            .extend(self.own.iter().cloned().map(Node::Element));
        super::super::package::finish(root, &super::super::package::Extras::default());
    }

    /// A level of the template's list of a kind: that of the style of that level, else that of the first style.
    fn level(&self, styles: &Styles, stem: &str, level: usize) -> Option<Element> {
        let own = match level {
            0 => stem.to_owned(),
            deeper => format!("{stem}{}", deeper + 1),
        };
        let (list, at) = match styles.list(&own) {
            Some((list, at)) => (list, *at),
            None => (&styles.list(stem)?.0, level),
        };
        let mut levels = self
            .definitions
            .get(list)?
            .elements()
            .filter(|one| one.name == "w:lvl");
        levels
            .find(|one| one.get("w:ilvl") == Some(&at.to_string()))
            .cloned()
    }
}

/// Takes over the place and the look of a level; bullets with their sign.
fn take_look(level: &mut Element, from: &Element, bulleted: bool) {
    let sign = child(from, "w:lvlText")
        .filter(|sign| sign.get("w:val").is_some_and(|val| !val.is_empty()));
    if bulleted {
        // A picture in place of a sign is not taken over.
        let Some(sign) = sign.filter(|_| child(from, "w:lvlPicBulletId").is_none()) else {
            return;
        };
        set_val(level, "w:lvlText", sign.get("w:val").unwrap_or_default());
    }
    for name in ["w:pPr", "w:rPr"] {
        let mut taken = child(from, name).cloned();
        if let Some(taken) = &mut taken {
            for odd in [
                "w:lang",
                "w:vanish",
                "w:rtl",
                "w:bidi",
                "w:rStyle",
                "w:numPr",
                "w:pStyle",
                "w:framePr",
            ] {
                taken.remove(odd);
            }
        }
        if taken.is_some() || bulleted {
            level.remove(name);
        }
        level.children.extend(taken.map(Node::Element));
    }
}

/// The levels of a definition.
fn levels(definition: &mut Element) -> impl Iterator<Item = &mut Element> {
    definition
        .children
        .iter_mut()
        .filter_map(|node| match node {
            Node::Element(level) if level.name == "w:lvl" => Some(level),
            _ => None,
        })
}
