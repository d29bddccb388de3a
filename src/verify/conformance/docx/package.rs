//! The package of a Word file: what each part is, and whether relationships lead to existing parts
//! (ECMA-376-2, 9 and 10).

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Document;

use crate::verify::conformance::is_language;
use crate::verify::conformance::verdict::{BreachList, Spot};
use crate::verify::packages::PackagePart;
use crate::verify::xml::{self, Element};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const DC: &str = "http://purl.org/dc/elements/1.1/";
/// The part that says what the others are.
const CONTENT_TYPES: &str = "[Content_Types].xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A package with its parts read.
pub(super) struct Package<'a> {
    /// Names of the entries in their order.
    order: Vec<&'a str>,
    /// The parts that are XML.
    parts: BTreeMap<&'a str, Document<'a>>,
    /// The relationships of each part; those of the package are under the empty name.
    relationships: BTreeMap<String, Vec<Relationship>>,
}

/// A relationship of a part.
pub(super) struct Relationship {
    pub(super) id: String,
    pub(super) kind: String,
    /// The part that it leads to, or the address outside.
    pub(super) target: String,
    pub(super) outside: bool,
}

impl<'a> Package<'a> {
    /// Reads a package. A part that is no XML but says so by its name is an error.
    pub(super) fn read(parts: &'a [PackagePart]) -> Result<Package<'a>, String> {
        let mut package = Package {
            order: Vec::new(),
            parts: BTreeMap::new(),
            relationships: BTreeMap::new(),
        };
        for part in parts {
            if part.name.ends_with(".xml") || part.name.ends_with(".rels") {
                let root = xml::parse(&part.content)
                    .map_err(|what| format!("part `{}`: {what}", part.name))?;
                if let Some(source) = source(&part.name) {
                    let all = relationships(root.root_element(), &source);
                    package.relationships.insert(source, all);
                }
                package.parts.insert(&part.name, root);
            }
            package.order.push(&part.name);
        }
        Ok(package)
    }

    /// A part by its name.
    pub(super) fn part(&self, name: &str) -> Option<Element<'_>> {
        self.parts.get(name).map(Document::root_element)
    }

    /// Name of the body.
    pub(super) fn main(&self) -> Option<&str> {
        self.related("", "officeDocument")
    }

    /// The body.
    pub(super) fn body(&self) -> Option<Element<'_>> {
        self.main().and_then(|name| self.part(name))
    }

    /// The part, other than the body, that is of that kind, such as `styles`.
    pub(super) fn beside(&self, kind: &str) -> Option<Element<'_>> {
        let name = self.related(self.main()?, kind)?;
        self.part(name)
    }

    fn related(&self, source: &str, kind: &str) -> Option<&str> {
        let all = self.relationships.get(source)?;
        let one = all
            .iter()
            .find(|one| one.kind.strip_prefix(OFFICE) == Some(kind))?;
        Some(&one.target)
    }

    /// The relationships of a part.
    pub(super) fn relationships(&self, part: &str) -> &[Relationship] {
        self.relationships.get(part).map_or(&[], Vec::as_slice)
    }

    /// Parts with text, each with its name: the body, notes, headers and footers.
    pub(super) fn stories(&self) -> impl Iterator<Item = (&'a str, Element<'_>)> {
        let story = |root: &Element<'_>| {
            let names = [
                "document",
                "footnotes",
                "endnotes",
                "hdr",
                "ftr",
                "comments",
            ];
            names
                .iter()
                .any(|name| root.has_tag_name((super::W, *name)))
        };
        let all = self.parts.iter();
        let all = all.map(|(name, document)| (*name, document.root_element()));
        all.filter(move |(_, root)| story(root))
    }

    /// Checks the package and the properties of the file.
    pub(super) fn check(&self, found: &mut BreachList) {
        let first = self.order.first().copied();
        let what = "the package does not begin with the list of its content types";
        found.unless(first == Some(CONTENT_TYPES), "ECMA-376-2 10.1", what);
        self.types(found);
        self.targets(found);
        let what = "the package names no document";
        found.unless(self.body().is_some(), "ECMA-376-2 9.3", what);
        self.properties(found);
        let macros = self
            .order
            .iter()
            .any(|name| name.ends_with("vbaProject.bin"));
        found.unless(!macros, "ECMA-376-1 11.3", "the file has macros");
        self.foreign(found);
    }

    /// Checks that everything in the file is the file's own: nothing is fetched when it is opened, and no other file is in it.
    fn foreign(&self, found: &mut BreachList) {
        let all = self.relationships.values().flatten();
        let ends = |one: &Relationship, names: &[&str]| {
            let kind = one.kind.rsplit('/').next().unwrap_or_default();
            names.contains(&kind)
        };
        for one in all {
            if one.outside && !ends(one, &["hyperlink"]) {
                let what = "the file shows something that is stored elsewhere";
                found.at("ECMA-376-2 9.3", what, Spot::object(one.target.clone()));
            }
            let files = ["aFChunk", "oleObject", "package", "control", "subDocument"];
            if !one.outside && ends(one, &files) {
                let what = "the file holds a file of another program";
                found.at("ECMA-376-1 11.3", what, Spot::object(one.target.clone()));
            }
        }
    }

    fn types(&self, found: &mut BreachList) {
        let Some(types) = self.part(CONTENT_TYPES) else {
            return found.add(
                "ECMA-376-2 10.1",
                "the package does not say what its parts are",
            );
        };
        let of = |name: &str, key: &'static str| -> BTreeSet<String> {
            let all = types
                .children()
                .filter(|one| one.has_tag_name((TYPES, name)));
            all.filter_map(|one| xml::attribute(one, key))
                .map(str::to_lowercase)
                .collect()
        };
        let (defaults, overrides) = (of("Default", "Extension"), of("Override", "PartName"));
        for name in self.order.iter().filter(|name| **name != CONTENT_TYPES) {
            let name = name.to_lowercase();
            let suffix = name.rsplit_once('.').map_or("", |(_, suffix)| suffix);
            if !defaults.contains(suffix) && !overrides.contains(&format!("/{name}")) {
                let what = "the package does not say what a part is";
                found.at("ECMA-376-2 10.1", what, Spot::object(name));
            }
        }
        let there: BTreeSet<String> = self
            .order
            .iter()
            .map(|name| format!("/{}", name.to_lowercase()))
            .collect();
        for name in overrides.difference(&there) {
            let what = "the package says what a part is that it does not have";
            found.at("ECMA-376-2 10.1", what, Spot::object(name.clone()));
        }
    }

    fn targets(&self, found: &mut BreachList) {
        for (source, all) in &self.relationships {
            let mut ids = BTreeSet::new();
            if !source.is_empty() && !self.order.contains(&source.as_str()) {
                let what = "relationships belong to a part that is not there";
                found.at("ECMA-376-2 9.3", what, Spot::object(source.clone()));
            }
            for one in all {
                if !ids.insert(&one.id) {
                    let what = "two relationships of a part have one id";
                    found.at("ECMA-376-2 9.3", what, Spot::object(one.id.clone()));
                }
                if !one.outside && !self.order.contains(&one.target.as_str()) {
                    let what = "a relationship leads to a part that is not there";
                    found.at("ECMA-376-2 9.3", what, Spot::object(one.target.clone()));
                }
            }
        }
    }

    fn properties(&self, found: &mut BreachList) {
        let core = self
            .parts
            .values()
            .map(Document::root_element)
            .find(|root| root.tag_name().name() == "coreProperties");
        let text = |name: &str| {
            let element = core.and_then(|core| xml::child(core, DC, name));
            element
                .map(|element| xml::text(element).trim().to_string())
                .unwrap_or_default()
        };
        let what = "the file has no title";
        found.unless(!text("title").is_empty(), "WCAG 2.4.2", what);
        let what =
            "the properties of the file do not say its language, or say it in no language tag";
        found.unless(is_language(&text("language")), "WCAG 3.1.1", what);
    }
}

/// The part whose relationships a part holds: `word/document.xml` for `word/_rels/document.xml.rels`.
fn source(name: &str) -> Option<String> {
    let name = name.strip_suffix(".rels")?;
    let (folder, file) = name.rsplit_once('/')?;
    let folder = folder.strip_suffix("_rels")?;
    Some(format!("{folder}{file}"))
}

fn relationships(root: Element<'_>, source: &str) -> Vec<Relationship> {
    let all = root
        .children()
        .filter(|one| one.has_tag_name((RELATIONSHIPS, "Relationship")));
    let get =
        |one: Element<'_>, key: &str| xml::attribute(one, key).unwrap_or_default().to_string();
    let read = |one: Element<'_>| {
        let outside = xml::attribute(one, "TargetMode") == Some("External");
        let target = get(one, "Target");
        Relationship {
            id: get(one, "Id"),
            kind: get(one, "Type"),
            target: if outside {
                target
            } else {
                resolved(source, &target)
            },
            outside,
        }
    };
    all.map(read).collect()
}

/// The name of the part that a target leads to from a part.
fn resolved(source: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_string();
    }
    let mut path: Vec<&str> = source.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." => {}
            step => path.push(step),
        }
    }
    path.join("/")
}
