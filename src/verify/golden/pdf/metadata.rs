//! Properties of the file as a whole: the document information, the catalog's say on language and viewing, output
//! intents, attached files and the XMP metadata.

use std::fmt::Write as _;

use lopdf::{Dictionary, Object};

use crate::base::digest::sha256;
use crate::pdf::read::file::{File, as_dict, as_name, decode_text, number, short};
use crate::verify::golden::xml;

/// What replaces identifiers that change with every byte: they are listed next to the hash.
const ELSEWHERE: &str = "(see bytes.txt)";

/// Entries of the catalog that other parts of the record show.
const SHOWN_ELSEWHERE: [&str; 9] = [
    "Pages",
    "Outlines",
    "StructTreeRoot",
    "Metadata",
    "PageLabels",
    "Names",
    "Dests",
    "OutputIntents",
    "Type",
];

/// The properties as text, and the identifiers that go with the bytes.
pub(super) fn describe(file: &File) -> Result<(String, String), String> {
    let catalog = file.catalog()?;
    let mut out = format!("== file ==\nPDF {}\n", file.version());
    let mut ids = String::new();
    for id in file
        .array(file.trailer(), "ID")
        .iter()
        .filter_map(|id| id.as_str().ok())
    {
        let _ = writeln!(
            ids,
            "id: {}",
            id.iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
        );
    }
    out.push_str("\n== information ==\n");
    if let Some(info) = file.dict(file.trailer(), "Info") {
        entries(file, info, &[], &mut out);
    }
    out.push_str("\n== catalog ==\n");
    entries(file, catalog, &SHOWN_ELSEWHERE, &mut out);
    output_intents(file, catalog, &mut out);
    if let Object::Stream(stream) = file.get(catalog, "Metadata") {
        let packet = file.unpack(stream)?;
        let listing = xml::listing(packet.trim_ascii())
            .map_err(|what| format!("its XMP metadata: {what}"))?;
        out.push_str("\n== XMP metadata ==\n");
        for line in listing.lines() {
            out.push_str(&without_id(line, &mut ids));
            out.push('\n');
        }
    }
    Ok((out, ids))
}

/// The line, with the value of an identifier moved to `ids`.
fn without_id(line: &str, ids: &mut String) -> String {
    let is_id = [
        "<xmpMM:InstanceID>",
        "<xmpMM:DocumentID>",
        "<stEvt:instanceID>",
    ]
    .iter()
    .any(|tag| line.contains(tag));
    match (
        is_id,
        line.split_once('>')
            .and_then(|(open, rest)| Some((open, rest.rsplit_once("</")?))),
    ) {
        (true, Some((open, (value, close)))) => {
            let _ = writeln!(
                ids,
                "{}: {value}",
                open.trim_start().trim_start_matches('<')
            );
            format!("{open}>{ELSEWHERE}</{close}")
        }
        _ => line.to_string(),
    }
}

fn entries(file: &File, dict: &Dictionary, without: &[&str], out: &mut String) {
    let mut keys: Vec<String> = dict
        .iter()
        .map(|(key, _)| String::from_utf8_lossy(key).into_owned())
        .collect();
    keys.sort();
    for key in keys.iter().filter(|key| !without.contains(&key.as_str())) {
        let _ = writeln!(out, "{key}: {}", value(file, file.get(dict, key), 0));
    }
}

/// A small object as text; what is deep or large is cut.
fn value(file: &File, object: &Object, depth: usize) -> String {
    let inner = |object| value(file, object, depth + 1);
    match file.resolve(object) {
        Object::Dictionary(_) | Object::Array(_) if depth > 3 => "…".into(),
        Object::Dictionary(dict) => {
            let mut parts: Vec<String> = dict
                .iter()
                .take(50)
                .map(|(key, part)| format!("{} {}", String::from_utf8_lossy(key), inner(part)))
                .collect();
            parts.sort();
            format!("({})", parts.join(", "))
        }
        Object::Array(parts) => format!(
            "[{}]",
            parts
                .iter()
                .take(50)
                .map(inner)
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Object::Stream(stream) => format!(
            "stream of {} bytes, sha-256 {}",
            stream.content.len(),
            sha256(&stream.content)
        ),
        Object::String(text, _) => decode_text(text),
        Object::Boolean(value) => value.to_string(),
        Object::Null => "null".into(),
        other => number(other)
            .map(short)
            .or_else(|| as_name(other))
            .unwrap_or_else(|| "?".into()),
    }
}

fn output_intents(file: &File, catalog: &Dictionary, out: &mut String) {
    for intent in file.array(catalog, "OutputIntents") {
        if let Some(intent) = as_dict(file.resolve(intent)) {
            out.push_str("\n== output intent ==\n");
            entries(file, intent, &["Type"], out);
        }
    }
}
