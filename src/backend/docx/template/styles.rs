//! The styles of a template: which of ours they are, and the part that comes of both.
//!
//! `ids` tells which styles are ours, `added` makes those fit that the template lacks.

use std::collections::{BTreeMap, BTreeSet};

use super::super::locale::ScriptFonts;
use super::super::package::{Element, Node, toggle};
use super::ids::{DEFAULTS, Known, ids, plain};
use super::notes::{Note, Notes};
use super::taken::{bare, child, child_val, fill, properties, set_val};
use crate::document::Language;
use crate::word;

/// The most styles of a template.
pub(super) const MOST: usize = 5_000;
/// So many styles may each be based on the next.
const DEEPEST: usize = 20;

/// The styles of a template, as they go into our file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    pub(super) defaults: Option<Element>,
    latent: Option<Element>,
    /// The styles in their order, with the ids that they have in our file.
    all: Vec<Element>,
    /// The same ids by those of the template.
    ids: BTreeMap<String, String>,
    /// Those that are styles of ours.
    pub(super) ours: BTreeSet<String>,
    /// The list of each style that is one of a list: its number in the template, and the level.
    lists: BTreeMap<String, (String, usize)>,
}

impl Styles {
    /// Reads the styles; `ours` is our part.
    pub(super) fn of(root: &word::Element, ours: &Element, notes: &mut Notes) -> Styles {
        let known: Vec<Known<'_>> = ours.elements().filter_map(Known::of).collect();
        let written: Vec<&word::Element> = root
            .elements()
            .filter(|one| &*one.name == "w:style" && one.attr("w:styleId").is_some())
            .collect();
        let (ids, named) = ids(&written, &known);
        let mut styles = Styles {
            defaults: root.child("w:docDefaults").map(properties),
            latent: root.child("w:latentStyles").map(properties),
            ours: named.keys().cloned().collect(),
            ids,
            ..Styles::default()
        };
        let mut used = BTreeSet::new();
        for one in written {
            let id = one.attr("w:styleId").unwrap_or_default();
            let Some(id) = styles.ids.get(id).cloned() else {
                continue;
            };
            if used.insert(id.clone()) {
                let style = styles.style(one, &id, named.get(&id), notes);
                styles.all.push(style);
            }
        }
        styles.drop_dangling();
        styles
    }

    /// A style under the id and name that it has in our file.
    fn style(
        &mut self,
        written: &word::Element,
        id: &str,
        name: Option<&String>,
        notes: &mut Notes,
    ) -> Element {
        let mut style = properties(written);
        style.set("w:styleId", id);
        style.unset("w:default");
        if DEFAULTS.iter().any(|(_, known)| *known == id) {
            style.set("w:default", "1");
        }
        if let Some(name) = name {
            set_val(&mut style, "w:name", name);
        }
        for reference in ["w:basedOn", "w:next", "w:link"] {
            let of = child_val(&style, reference).and_then(|id| self.ids.get(id).cloned());
            match of {
                Some(id) => set_val(&mut style, reference, id),
                None => style.remove(reference),
            }
        }
        style.remove("w:locked");
        let shown = child_val(&style, "w:name").unwrap_or(id).to_owned();
        if let Some(paragraph) = style.find_mut("w:pPr") {
            for odd in ["w:framePr", "w:rPr", "w:sectPr", "w:bidi", "w:pStyle"] {
                paragraph.remove(odd);
            }
            let list = child(paragraph, "w:numPr").and_then(|list| {
                let level = child_val(list, "w:ilvl").and_then(|level| level.parse().ok());
                let number = child_val(list, "w:numId")?;
                (number != "0").then(|| (number.to_owned(), level.unwrap_or(0)))
            });
            paragraph.remove("w:numPr");
            if let Some(list) = list {
                self.lists.insert(id.to_owned(), list);
                if self.ours.contains(id) && !is_list(id) {
                    notes.add(Note::Numbers, &shown);
                }
            }
        }
        let hides = |properties: &Element| {
            ["w:vanish", "w:specVanish", "w:webHidden"]
                .iter()
                .any(|name| child(properties, name).is_some())
        };
        let hidden = child(&style, "w:rPr").is_some_and(hides);
        scour(&mut style);
        if hidden && self.ours.contains(id) {
            notes.add(Note::Hidden, &shown);
        }
        style
    }

    /// Takes away what leads to no style, to one of another kind, or in a circle.
    fn drop_dangling(&mut self) {
        let kinds: BTreeMap<String, (String, Option<String>)> = self
            .all
            .iter()
            .map(|style| {
                let text = |name: &str| style.get(name).unwrap_or_default().to_owned();
                let base = child_val(style, "w:basedOn").map(str::to_owned);
                (text("w:styleId"), (text("w:type"), base))
            })
            .collect();
        for style in &mut self.all {
            let id = style.get("w:styleId").unwrap_or_default().to_owned();
            let kind = style.get("w:type").unwrap_or_default().to_owned();
            let mut at = child_val(style, "w:basedOn").map(str::to_owned);
            for depth in 0..=DEEPEST {
                let Some(base) = at.take() else { break };
                let sound = kinds.get(&base).filter(|(of, _)| *of == kind && base != id);
                match sound {
                    Some((_, next)) if depth < DEEPEST => at.clone_from(next),
                    // What is sound further up is not taken away here.
                    None if depth > 0 && base != id => break,
                    _ => {
                        style.remove("w:basedOn");
                        break;
                    }
                }
            }
            for (reference, other) in [("w:next", false), ("w:link", true)] {
                let to = child_val(style, reference).and_then(|to| kinds.get(to));
                if to.is_none_or(|(of, _)| (*of != kind) != other) {
                    style.remove(reference);
                }
            }
        }
    }

    /// The id in our file of a style of the template.
    pub(super) fn id(&self, template: &str) -> Option<&str> {
        let id = self.ids.get(template)?;
        self.get(id).map(|_| id.as_str())
    }

    /// The id in our file of the style of a name, or of the heading that it is based on.
    pub(super) fn named(&self, name: &str) -> Option<&str> {
        let named =
            |style: &&Element| child_val(style, "w:name").is_some_and(|own| plain(own) == name);
        let style = self.all.iter().find(named)?;
        let id = style.get("w:styleId")?;
        let heading = self.said(id, |style| {
            let id = style.get("w:styleId")?;
            id.starts_with("Heading").then_some(id)
        });
        heading.or(Some(id))
    }

    /// A style, by its id in our file.
    pub(super) fn get(&self, id: &str) -> Option<&Element> {
        let mut all = self.all.iter();
        all.find(|style| style.get("w:styleId") == Some(id))
    }

    /// Whether a style of ours is the template's.
    pub(super) fn has(&self, id: &str) -> bool {
        self.ours.contains(id)
    }

    /// How many styles of ours the template has.
    pub(super) fn count(&self) -> usize {
        self.ours.len()
    }

    /// The list of a style, as the template numbers it, and the level.
    pub(super) fn list(&self, id: &str) -> Option<&(String, usize)> {
        self.lists.get(id)
    }

    /// The styles of the template that are none of ours and stand in lists, with these.
    pub(super) fn other_lists(&self) -> impl Iterator<Item = (&String, &(String, usize))> {
        self.lists.iter().filter(|(id, _)| !self.ours.contains(*id))
    }

    /// Puts a style of the template into a list of our file.
    pub(super) fn set_list(&mut self, id: &str, number: usize, level: usize) {
        let mut all = self.all.iter_mut();
        if let Some(style) = all.find(|style| style.get("w:styleId") == Some(id)) {
            let list = Element::new("w:numPr")
                .child(Element::val("w:ilvl", level))
                .child(Element::val("w:numId", number));
            let properties = style.ensure("w:pPr");
            properties.children.push(Node::Element(list));
        }
    }

    /// The first of a style and those that it is based on that says something of its characters or paragraphs.
    pub(super) fn said<'s, T>(
        &'s self,
        id: &str,
        say: impl Fn(&'s Element) -> Option<T>,
    ) -> Option<T> {
        let mut at = self.get(id);
        for _ in 0..DEEPEST {
            let style = at?;
            if let Some(found) = say(style) {
                return Some(found);
            }
            at = child_val(style, "w:basedOn").and_then(|id| self.get(id));
        }
        None
    }

    /// The defaults of characters.
    pub(super) fn default_run(&self) -> Option<&Element> {
        child(child(self.defaults.as_ref()?, "w:rPrDefault")?, "w:rPr")
    }

    /// Our part with the template's styles in place of ours, and ours where it has none.
    pub(super) fn merge(
        &self,
        ours: Element,
        language: &Language,
        faces: &ScriptFonts<'_>,
    ) -> Element {
        let mut root = Element {
            children: Vec::new(),
            ..ours.clone()
        };
        let push = |root: &mut Element, child: Element| root.children.push(Node::Element(child));
        push(&mut root, self.defaults(&ours, faces));
        self.latent
            .iter()
            .for_each(|one| push(&mut root, one.clone()));
        let of_ours: BTreeMap<&str, &Element> = ours
            .elements()
            .filter_map(|style| Some((style.get("w:styleId")?, style)))
            .collect();
        let names: BTreeSet<String> = of_ours
            .iter()
            .filter(|(id, _)| !self.ours.contains(**id))
            .filter_map(|(_, style)| Some(plain(child_val(style, "w:name")?)))
            .collect();
        for style in &self.all {
            let id = style.get("w:styleId").unwrap_or_default();
            let mut style = style.clone();
            match of_ours.get(id) {
                Some(own) if self.ours.contains(id) => self.keep(&mut style, own, language),
                // Ours is of another kind: the template's one gives way.
                Some(_) => continue,
                None => {}
            }
            let name = child_val(&style, "w:name").unwrap_or(id).to_owned();
            if !self.ours.contains(id) && names.contains(&plain(&name)) {
                set_val(&mut style, "w:name", format!("{name} (template)"));
            }
            push(&mut root, style);
        }
        for (id, own) in ours
            .elements()
            .filter_map(|own| Some((own.get("w:styleId")?, own)))
        {
            if !self.ours.contains(id) {
                push(&mut root, self.added(own, &of_ours));
            }
        }
        root
    }

    fn defaults(&self, ours: &Element, faces: &ScriptFonts<'_>) -> Element {
        let own = child(ours, "w:docDefaults").cloned();
        let own = own.unwrap_or_else(|| Element::new("w:docDefaults"));
        let lang = child(&own, "w:rPrDefault")
            .and_then(|one| child(one, "w:rPr"))
            .and_then(|one| child(one, "w:lang").cloned());
        let taken = self.defaults.clone();
        let mut defaults = taken.unwrap_or_else(|| Element::new("w:docDefaults"));
        let run = defaults.ensure("w:rPrDefault").ensure("w:rPr");
        for odd in LOCAL {
            run.remove(odd);
        }
        if let Some(fonts) = run.find_mut("w:rFonts") {
            let [text, ..] = &faces.sets;
            for (name, theme, face) in [
                ("w:eastAsia", "w:eastAsiaTheme", text.east_asian),
                ("w:cs", "w:cstheme", text.complex),
            ] {
                if fonts.get(name).is_none() && fonts.get(theme).is_none() {
                    fonts.set(name, face);
                }
            }
        }
        run.children.extend(lang.map(Node::Element));
        if let Some(paragraph) = defaults
            .find_mut("w:pPrDefault")
            .and_then(|one| one.find_mut("w:pPr"))
        {
            for odd in ["w:numPr", "w:framePr", "w:bidi", "w:rPr", "w:sectPr"] {
                paragraph.remove(odd);
            }
        }
        defaults
    }

    /// What a style of the template must have in our file whatever it says.
    fn keep(&self, style: &mut Element, own: &Element, language: &Language) {
        let id = style.get("w:styleId").unwrap_or_default().to_owned();
        if own.get("w:type") == Some("paragraph") {
            let level = child(own, "w:pPr").and_then(|one| child_val(one, "w:outlineLvl"));
            if level.is_none() && self.is_under_heading(&id) {
                self.flatten(style);
            }
            let tabs = |style: &Element| child(child(style, "w:pPr")?, "w:tabs").cloned();
            let stops = tabs(own).filter(|_| self.said(&id, tabs).is_none());
            // The text of a note begins where its lines do.
            let hangs = |style: &Element| {
                child(child(style, "w:pPr")?, "w:ind")?
                    .get("w:hanging")
                    .map(|_| ())
            };
            let note = (id == "FootnoteText"
                && self.said(&id, tabs).is_none()
                && self.said(&id, hangs).is_none())
            .then(|| {
                child(child(own, "w:pPr")?, "w:ind")?
                    .get("w:left")
                    .map(str::to_owned)
            })
            .flatten()
            .map(|place| {
                let stop = Element::val("w:tab", "left").attr("w:pos", place);
                Element::new("w:tabs").child(stop)
            });
            let stops = stops.or(note);
            let list = child(own, "w:pPr").and_then(|one| child(one, "w:numPr").cloned());
            let keep_next = child(own, "w:pPr").and_then(|one| child(one, "w:keepNext").cloned());
            let paragraph = style.ensure("w:pPr");
            paragraph.remove("w:outlineLvl");
            if let Some(level) = level {
                set_val(paragraph, "w:outlineLvl", level);
                if child(paragraph, "w:keepNext").is_none() {
                    paragraph.children.extend(keep_next.map(Node::Element));
                }
            }
            paragraph.children.extend(stops.map(Node::Element));
            paragraph.children.extend(list.map(Node::Element));
            if id == "Normal" && language.rtl {
                paragraph
                    .children
                    .push(Node::Element(toggle("w:bidi", true)));
            }
        }
        // A mark of a note is raised.
        let raised = |style: &Element| child(child(style, "w:rPr")?, "w:vertAlign").cloned();
        if let Some(raised) = raised(own).filter(|_| self.said(&id, raised).is_none()) {
            style.ensure("w:rPr").children.push(Node::Element(raised));
        }
    }

    /// Whether a style is based on one of headings: what stands in it would be one.
    fn is_under_heading(&self, id: &str) -> bool {
        self.said(id, |style| {
            let name = plain(child_val(style, "w:name").unwrap_or_default());
            name.starts_with("heading ").then_some(())
        })
        .is_some()
    }

    /// Says all that a style is based on in itself.
    pub(super) fn flatten(&self, style: &mut Element) {
        let mut at = child_val(style, "w:basedOn").and_then(|id| self.get(id));
        for _ in 0..DEEPEST {
            let Some(base) = at else { break };
            for group in ["w:pPr", "w:rPr"] {
                if let Some(from) = child(base, group) {
                    lay_under(style.ensure(group), from);
                }
            }
            at = child_val(base, "w:basedOn").and_then(|id| self.get(id));
        }
        style.remove("w:basedOn");
    }
}

/// Properties of characters that belong to a language or hide them.
const LOCAL: [&str; 6] = [
    "w:lang",
    "w:rtl",
    "w:vanish",
    "w:specVanish",
    "w:webHidden",
    "w:rStyle",
];

/// Whether a style is one of list items.
pub(super) fn is_list(id: &str) -> bool {
    id.starts_with("ListBullet") || id.starts_with("ListNumber")
}

/// Takes away the properties of characters that belong to a language or hide them, however deep.
fn scour(element: &mut Element) {
    if element.name == "w:rPr" {
        for odd in LOCAL {
            element.remove(odd);
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            scour(child);
        }
    }
}

/// Lays the properties that a base says under those of its own.
fn lay_under(own: &mut Element, base: &Element) {
    for from in base.elements().filter(|one| one.name != "w:outlineLvl") {
        let parts = ["w:spacing", "w:ind", "w:rFonts"].contains(&from.name.as_str());
        match own.find_mut(&from.name) {
            Some(own) if parts => fill(own, from),
            Some(_) => {}
            None => own.children.push(Node::Element(from.clone())),
        }
    }
}

/// The entries of a template's table of fonts, without the fonts themselves.
pub(super) fn fonts(root: &word::Element) -> Vec<Element> {
    let fonts = root.elements().filter(|one| &*one.name == "w:font");
    fonts
        .take(500)
        .map(|font| {
            let mut taken = bare(font);
            taken.children = properties(font).children;
            taken
        })
        .collect()
}
