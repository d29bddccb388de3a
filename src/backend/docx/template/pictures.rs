//! Pictures and shapes of a template.
//!
//! A picture without an alternative text is marked as decoration, as every shape is: nobody hears them.

use std::collections::BTreeMap;

use super::super::package::{Element, Node, decorative};
use super::notes::Note;
use super::story::Reader;
use super::taken::{drawing, text};
use crate::base::diagnostic::Diagnostic;
use crate::word;

/// The largest picture, in bytes, and all of them together.
const LARGEST: u64 = 16 << 20;
const ALL: u64 = 32 << 20;
/// The first number of a picture: those of the report are below it.
const FIRST: usize = 50_001;

/// The pictures of a template, each file once.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Path below `word/` and bytes, by the part of the template.
    files: BTreeMap<String, (String, Vec<u8>)>,
    size: u64,
    drawn: usize,
}

impl Pictures {
    /// Path below `word/` and bytes of each file.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let files = self.files.values();
        files.map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }
}

/// A drawing as it goes into the file; none where it is neither a picture nor a shape.
pub(super) fn taken(
    reader: &mut Reader<'_, '_, '_>,
    from: &word::Element,
) -> Result<Option<Element>, Diagnostic> {
    let picture = from.find("pic:pic").is_some();
    let shape = from.find("wps:wsp").is_some() || from.find("wpg:wgp").is_some();
    let foreign = ["c:chart", "dgm:relIds", "wpc:wpc", "w:control"];
    if !picture && !shape || foreign.iter().any(|name| from.find(name).is_some()) {
        return Ok(None);
    }
    let prefixes: &[&str] = match shape {
        true => &["wp", "a", "pic", "wps", "wpg"],
        false => &["wp", "a", "pic"],
    };
    let mut own = Element::new("w:drawing");
    let Some(frame) = from.elements().next() else {
        return Ok(None);
    };
    let mut frame = drawing(frame, prefixes);
    if !embed(reader, &mut frame)? {
        return Ok(None);
    }
    describe(reader, &mut frame, shape);
    own.children.push(Node::Element(frame));
    if !shape {
        return Ok(Some(own));
    }
    // Readers that know no shapes show nothing in their place.
    let office = "http://schemas.microsoft.com/office/word/2010/";
    let choice = Element::new("mc:Choice").attr(
        "Requires",
        match from.find("wpg:wgp") {
            Some(_) => "wpg",
            None => "wps",
        },
    );
    let all = Element::new("mc:AlternateContent")
        .attr(
            "xmlns:mc",
            "http://schemas.openxmlformats.org/markup-compatibility/2006",
        )
        .attr("xmlns:wps", format!("{office}wordprocessingShape"))
        .attr("xmlns:wpg", format!("{office}wordprocessingGroup"));
    Ok(Some(all.child(choice.child(own))))
}

/// Takes over the files of pictures. Whether all of them are there.
fn embed(reader: &mut Reader<'_, '_, '_>, element: &mut Element) -> Result<bool, Diagnostic> {
    if element.name == "a:blip" {
        if element.get("r:link").is_some() && element.get("r:embed").is_none() {
            let target = element.get("r:link").and_then(|id| reader.from.get(id));
            let target = target.map_or(String::new(), |one| text(&one.target));
            reader.shelf.notes.add(Note::Linked, &target);
            return Ok(false);
        }
        element.unset("r:link");
        let target = element.get("r:embed").and_then(|id| reader.from.get(id));
        let Some(target) = target
            .filter(|one| !one.external)
            .map(|one| one.target.clone())
        else {
            return Ok(false);
        };
        let Some(path) = file(reader, &target)? else {
            return Ok(false);
        };
        element.set("r:embed", reader.into.part("image", &path));
    } else {
        for name in [
            "r:id", "r:embed", "r:link", "r:pict", "r:dm", "r:lo", "r:qs", "r:cs",
        ] {
            element.unset(name);
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node
            && !embed(reader, child)?
        {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The path of a picture's file below `word/`; none where it is none that Word files hold.
fn file(reader: &mut Reader<'_, '_, '_>, part: &str) -> Result<Option<String>, Diagnostic> {
    let pictures = &mut reader.shelf.pictures;
    if let Some((path, _)) = pictures.files.get(part) {
        return Ok(Some(path.clone()));
    }
    let most = LARGEST.min(ALL - pictures.size.min(ALL));
    let Some(bytes) = reader.shelf.package.media(part, most)? else {
        return Ok(None);
    };
    let Some(ending) = ending(&bytes) else {
        return Ok(None);
    };
    pictures.size += bytes.len() as u64;
    let path = format!("media/template{}.{ending}", pictures.files.len() + 1);
    pictures
        .files
        .insert(part.to_owned(), (path.clone(), bytes));
    Ok(Some(path))
}

/// The ending for a picture's file, by how it begins.
fn ending(bytes: &[u8]) -> Option<&'static str> {
    Some(match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xFF, 0xD8, 0xFF, ..] => "jpeg",
        [b'G', b'I', b'F', b'8', ..] => "gif",
        [b'B', b'M', ..] => "bmp",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "tiff",
        [0xD7, 0xCD, 0xC6, 0x9A, ..] | [1, 0, 9, 0, ..] => "wmf",
        [1, 0, 0, 0, ..] if bytes.get(40..44) == Some(b" EMF") => "emf",
        _ => return None,
    })
}

/// Numbers the drawing, and says what it shows.
fn describe(reader: &mut Reader<'_, '_, '_>, frame: &mut Element, shape: bool) {
    reader.shelf.pictures.drawn += 1;
    let number = FIRST + reader.shelf.pictures.drawn;
    let name = format!("Template picture {}", reader.shelf.pictures.drawn);
    let place = reader.place;
    let Some(about) = frame.find_mut("wp:docPr") else {
        return;
    };
    let says = about.get("descr").map(|says| says.trim().to_owned());
    let says = says.filter(|says| !says.is_empty() && !shape && !is_file(says));
    about.attributes.clear();
    about.children.clear();
    about.set("id", number);
    about.set("name", &name);
    about.set("descr", says.as_deref().unwrap_or_default());
    if says.is_none() {
        about.children.push(Node::Element(decorative()));
        if !shape {
            reader
                .shelf
                .notes
                .add(Note::Pictures, &format!("one in the {place}"));
        }
    }
}

/// Whether an alternative text is only the name of a file.
fn is_file(says: &str) -> bool {
    let lower = says.to_lowercase();
    [
        ".png", ".jpg", ".jpeg", ".gif", ".svg", ".bmp", ".tif", ".webp", ".emf", ".wmf",
    ]
    .iter()
    .any(|ending| lower.ends_with(ending))
}
