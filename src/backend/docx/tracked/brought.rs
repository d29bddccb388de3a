//! What the old text brings along that the new file has not: headers and footers, lists, styles, the lines above notes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::package::{Element, Node};
use super::blocks::blocks;
use super::package::{Parts, Relations, into_elements};
use super::story;
use super::tokens::{Tokenizer, serialized};
use super::tracker::{Fate, OLD, Tracker};
use crate::base::diagnostic::Diagnostics;

const NUMBERING: &str = "word/numbering.xml";
const STYLES: &str = "word/styles.xml";
const SETTINGS: &str = "word/settings.xml";

/// Headers and footers.
pub(super) struct Heads {
    /// The trees of the new file, by the names of their parts in `word/`.
    roots: BTreeMap<String, Element>,
    /// Parts of the old file that are added, with their content types.
    added: BTreeMap<String, Option<String>>,
}

impl Heads {
    /// Those that the new file has.
    pub(super) fn of(out: &Parts, _: &Tracker<'_>) -> Result<Self, Diagnostics> {
        let mut roots = BTreeMap::new();
        for path in out.files.keys() {
            let Some(name) = path.strip_prefix("word/") else {
                continue;
            };
            let is_head = name.starts_with("header") || name.starts_with("footer");
            if is_head && name.ends_with(".xml") {
                roots.extend(out.tree(path)?.map(|root| (name.to_owned(), root)));
            }
        }
        Ok(Heads {
            roots,
            added: BTreeMap::new(),
        })
    }

    /// Writes what was changed in each.
    pub(super) fn write(
        &mut self,
        tracker: &mut Tracker<'_>,
        out: &Parts,
    ) -> Result<(), Diagnostics> {
        tracker.place.clear();
        for (name, root) in &mut self.roots {
            let before = match tracker.heads.get(name) {
                Some(old) => tracker.old.tree(&format!("word/{old}"))?,
                None => None,
            };
            let shell = Element {
                children: Vec::new(),
                ..root.clone()
            };
            let now = std::mem::replace(root, shell);
            let now = read(tracker, now, out);
            let content = match before {
                Some(before) => {
                    let before = read(tracker, before, tracker.old);
                    story::part(tracker, before, now)
                }
                None => story::alone(tracker, now, Fate::Inserted),
            };
            root.children.extend(content.into_iter().map(Node::Element));
        }
        Ok(())
    }

    /// Gives sections of the old text their headers and footers: those that they became, or their own, with all words
    /// deleted.
    pub(super) fn settle(
        &mut self,
        tracker: &mut Tracker<'_>,
        out: &Parts,
        roots: &mut [&mut Element],
    ) -> Result<(), Diagnostics> {
        let became: BTreeMap<String, String> = tracker
            .heads
            .iter()
            .map(|(new, old)| (old.clone(), new.clone()))
            .collect();
        let mut wanted = BTreeSet::new();
        for root in roots.iter() {
            references(root, &mut wanted);
        }
        let mut ids = BTreeMap::new();
        for id in wanted {
            let known = id.strip_prefix(OLD);
            let found = known.and_then(|id| tracker.old_relations.get(id));
            let Some((kind, target, _)) = found else {
                continue;
            };
            let (kind, target) = (kind.to_owned(), target.to_owned());
            let name = match became.get(&target) {
                Some(name) => name.clone(),
                None => self.add(tracker, out, &target)?,
            };
            let now = tracker.relations.add(&kind, &name, false);
            ids.insert(id, now);
        }
        for root in roots.iter_mut() {
            replace(root, "r:id", &ids);
        }
        Ok(())
    }

    /// Adds a header or footer of the old file.
    fn add(
        &mut self,
        tracker: &mut Tracker<'_>,
        out: &Parts,
        target: &str,
    ) -> Result<String, Diagnostics> {
        let stem = target.trim_end_matches(|c: char| !c.is_alphabetic());
        let stem = stem.trim_end_matches(".xml");
        let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
        let name = (self.roots.len() + 1..)
            .map(|number| format!("{stem}{number}.xml"))
            .find(|name| !self.roots.contains_key(name))
            .unwrap_or_default();
        let path = format!("word/{target}");
        let Some(root) = tracker.old.tree(&path)? else {
            return Ok(target.to_owned());
        };
        let shell = Element {
            children: Vec::new(),
            ..root.clone()
        };
        let before = read(tracker, root, out);
        let content = story::alone(tracker, before, Fate::Deleted);
        self.roots.insert(name.clone(), shell.children(content));
        self.added.insert(name.clone(), tracker.old.kind(&path));
        Ok(name)
    }

    /// Puts all of them among the parts.
    pub(super) fn put(&self, out: &mut Parts) {
        for (name, root) in &self.roots {
            let kind = self.added.get(name).cloned().flatten();
            out.set(&format!("word/{name}"), root, kind);
        }
    }
}

/// The blocks of a header or footer, which has no relationships.
fn read(tracker: &mut Tracker<'_>, root: Element, parts: &Parts) -> Vec<super::blocks::Block> {
    let mut tokenizer = Tokenizer {
        numbers: &mut tracker.numbers,
        relations: &Relations::default(),
        files: &parts.files,
        notes: &BTreeMap::new(),
        is_named: false,
    };
    blocks(into_elements(root), &mut tokenizer)
}

fn references(element: &Element, found: &mut BTreeSet<String>) {
    if element.name.ends_with("erReference")
        && let Some(id) = element.get("r:id").filter(|id| id.starts_with(OLD))
    {
        found.insert(id.to_owned());
    }
    element
        .elements()
        .for_each(|child| references(child, found));
}

/// Replaces values of an attribute.
fn replace(element: &mut Element, name: &str, values: &BTreeMap<String, String>) {
    if let Some(value) = element.get(name).and_then(|old| values.get(old)) {
        element.set(name, value.clone());
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            replace(child, name, values);
        }
    }
}

/// Gives paragraphs of the old text their lists: those of the new file that they are, or their own, which are added.
pub(super) fn lists(
    tracker: &Tracker<'_>,
    out: &mut Parts,
    roots: &mut [&mut Element],
) -> Result<(), Diagnostics> {
    fn wanted(element: &Element, found: &mut BTreeSet<String>) {
        if element.name == "w:numId"
            && let Some(list) = element
                .get("w:val")
                .and_then(|value| value.strip_prefix(OLD))
        {
            found.insert(list.to_owned());
        }
        element.elements().for_each(|child| wanted(child, found));
    }
    let mut found = BTreeSet::new();
    roots.iter().for_each(|root| wanted(root, &mut found));
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut new = out.tree(NUMBERING)?;
    let old = tracker.old.tree(NUMBERING)?;
    for list in found {
        let now = match (tracker.lists.get(&list), &old, &mut new) {
            (Some(now), ..) => now.clone(),
            (None, Some(old), Some(new)) => add_list(old, new, &list),
            _ => "0".to_owned(),
        };
        values.insert(format!("{OLD}{list}"), now);
    }
    for root in roots.iter_mut() {
        replace(root, "w:val", &values);
    }
    if let Some(new) = new {
        out.set(NUMBERING, &new, None);
    }
    Ok(())
}

/// How the items of each list of a file are labelled, by its number: its definition and what it changes of that.
pub(super) fn labels(parts: &Parts) -> Result<BTreeMap<String, String>, Diagnostics> {
    let Some(root) = parts.tree(NUMBERING)? else {
        return Ok(BTreeMap::new());
    };
    let inside = |element: &Element| element.elements().map(serialized).collect::<String>();
    let mut definitions = BTreeMap::new();
    let mut labels = BTreeMap::new();
    for one in root.elements() {
        let text = |name: &str| one.get(name).unwrap_or_default().to_owned();
        match one.name.as_str() {
            "w:abstractNum" => drop(definitions.insert(text("w:abstractNumId"), inside(one))),
            "w:num" => {
                let (of, own): (Vec<_>, Vec<_>) = one
                    .elements()
                    .partition(|child| child.name == "w:abstractNumId");
                let of = of
                    .first()
                    .and_then(|of| of.get("w:val"))
                    .unwrap_or_default();
                let definition = definitions.get(of).cloned().unwrap_or_default();
                let own: String = own.into_iter().map(serialized).collect();
                labels.insert(text("w:numId"), definition + &own);
            }
            _ => {}
        }
    }
    Ok(labels)
}

/// Adds a list of another file, with its definition where there is none like it; gives its number.
fn add_list(old: &Element, new: &mut Element, list: &str) -> String {
    let is = |element: &&Element, name: &str, id: &str, value: &str| {
        element.name == name && element.get(id) == Some(value)
    };
    let next = |root: &Element, name: &str, id: &str| {
        let numbers = root.elements().filter(|one| one.name == name);
        let numbers = numbers.filter_map(|one| one.get(id)?.parse::<usize>().ok());
        (numbers.max().unwrap_or_default() + 1).to_string()
    };
    let number = next(new, "w:num", "w:numId");
    let Some(mut own) = old
        .elements()
        .find(|one| is(one, "w:num", "w:numId", list))
        .cloned()
    else {
        return "0".to_owned();
    };
    own.set("w:numId", &number);
    const DEFINITION: [&str; 2] = ["w:abstractNum", "w:abstractNumId"];
    if let Some(reference) = own.find_mut(DEFINITION[1]) {
        let id = reference.get("w:val").unwrap_or_default().to_owned();
        let definition = old
            .elements()
            .find(|one| is(one, DEFINITION[0], DEFINITION[1], &id));
        let like = |one: &&Element| {
            one.name == DEFINITION[0]
                && definition.is_some_and(|definition| definition.children == one.children)
        };
        let known = new
            .elements()
            .find(like)
            .and_then(|one| one.get(DEFINITION[1]));
        let known = known.map(str::to_owned).unwrap_or_else(|| {
            let id = next(new, DEFINITION[0], DEFINITION[1]);
            if let Some(mut definition) = definition.cloned() {
                definition.set(DEFINITION[1], &id);
                let is_list =
                    |node: &Node| matches!(node, Node::Element(one) if one.name == "w:num");
                let place = new.children.iter().position(is_list);
                let place = place.unwrap_or(new.children.len());
                new.children.insert(place, Node::Element(definition));
            }
            id
        });
        reference.set("w:val", known);
    }
    new.children.push(Node::Element(own));
    number
}

/// Adds the styles that the old text has and the new file has not, with those that they rest on.
pub(super) fn styles(tracker: &Tracker<'_>, out: &mut Parts) -> Result<(), Diagnostics> {
    let (Some(old), Some(mut new)) = (tracker.old.tree(STYLES)?, out.tree(STYLES)?) else {
        return Ok(());
    };
    let id = |style: &Element| style.get("w:styleId").map(str::to_owned);
    let mut known: BTreeSet<String> = new.elements().filter_map(id).collect();
    let mut wanted: Vec<String> = tracker.styles.iter().cloned().collect();
    let mut is_changed = false;
    while let Some(name) = wanted.pop() {
        let style = old
            .elements()
            .find(|one| one.get("w:styleId") == Some(&name));
        let Some(style) = style.filter(|_| known.insert(name.clone())) else {
            continue;
        };
        let others = style
            .elements()
            .filter(|one| matches!(one.name.as_str(), "w:basedOn" | "w:next" | "w:link"));
        wanted.extend(others.filter_map(|one| one.get("w:val").map(str::to_owned)));
        new.children.push(Node::Element(style.clone()));
        is_changed = true;
    }
    if is_changed {
        out.set(STYLES, &new, None);
    }
    Ok(())
}

/// Says in the settings of a file that had no notes which lines there are between text and notes.
pub(super) fn separators(old: &Parts, out: &mut Parts) -> Result<(), Diagnostics> {
    let (Some(old), Some(mut new)) = (old.tree(SETTINGS)?, out.tree(SETTINGS)?) else {
        return Ok(());
    };
    let lines = old.elements().find(|one| one.name == "w:footnotePr");
    let is_compat = |node: &Node| matches!(node, Node::Element(one) if one.name == "w:compat");
    let place = new.children.iter().position(is_compat);
    if let (Some(lines), Some(place)) = (lines, place) {
        new.children.insert(place, Node::Element(lines.clone()));
        out.set(SETTINGS, &new, None);
    }
    Ok(())
}
