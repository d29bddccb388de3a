//! Font programs as far as dictionaries speak of them: which glyphs there are, how wide each is, which maps lead to them.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object};
use ttf_parser::{Face, GlyphId, PlatformId, RawFace, Tag, cff, cmap};

use crate::pdf::read::cmap::windows_1252;
use crate::pdf::read::file::File;

/// What a font program has.
#[derive(Default)]
pub(super) struct Program {
    /// Its glyphs by the number that codes lead to, with their widths in thousandths of the size where it says them.
    pub(super) ids: BTreeMap<u32, Option<f64>>,
    /// The names of its glyphs, where they have names.
    pub(super) names: BTreeSet<String>,
    /// Its maps from characters to glyphs, as platform and encoding.
    pub(super) maps: BTreeSet<(u16, u16)>,
    /// The bytes that one of them leads from, in Windows-1252 or on a Macintosh.
    bytes: BTreeSet<u8>,
}

impl Program {
    /// Whether a map leads from a byte of text to a glyph.
    pub(super) fn finds(&self, byte: u8) -> bool {
        self.bytes.contains(&byte)
    }
}

/// The program that a descriptor names; none where there is none, or none that can be read.
pub(super) fn program(file: &File, descriptor: &Dictionary) -> Option<Program> {
    let mut keys = ["FontFile", "FontFile2", "FontFile3"].into_iter();
    let key = keys.find(|key| descriptor.has(key.as_bytes()))?;
    let Object::Stream(stream) = file.get(descriptor, key) else {
        return None;
    };
    let bytes = file.unpack(stream).ok()?;
    match key {
        "FontFile" => Some(Program {
            names: type_1(&bytes),
            ..Program::default()
        }),
        _ if bytes.starts_with(&[1]) => compact(&bytes),
        _ => open_type(&bytes),
    }
}

/// A bare program of the kind CFF.
fn compact(bytes: &[u8]) -> Option<Program> {
    let table = cff::Table::parse(bytes)?;
    let mut program = Program::default();
    let unit = f64::from(table.matrix().sx) * 1000.0;
    let widths = super::compact::widths(bytes).unwrap_or_default();
    for glyph in (0..table.number_of_glyphs()).map(GlyphId) {
        let id = table.glyph_cid(glyph).unwrap_or(glyph.0);
        let width = widths.get(usize::from(glyph.0)).copied().flatten();
        let width = width.map(|width| width * unit);
        program.ids.insert(u32::from(id), width);
        let name = table.glyph_name(glyph);
        program.names.extend(name.map(str::to_owned));
    }
    Some(program)
}

/// A program in the tables of TrueType and OpenType.
fn open_type(bytes: &[u8]) -> Option<Program> {
    let raw = RawFace::parse(bytes, 0).ok()?;
    let mut program = Program::default();
    if let Some(table) = raw.table(Tag::from_bytes(b"CFF ")).and_then(compact) {
        program = table;
    } else if let Ok(face) = Face::parse(bytes, 0) {
        let unit = 1000.0 / f64::from(face.units_per_em());
        for glyph in (0..face.number_of_glyphs()).map(GlyphId) {
            let width = face.glyph_hor_advance(glyph);
            let width = width.map(|width| f64::from(width) * unit);
            program.ids.insert(u32::from(glyph.0), width);
        }
    }
    let maps = raw
        .table(Tag::from_bytes(b"cmap"))
        .and_then(cmap::Table::parse);
    for map in maps.into_iter().flat_map(|table| table.subtables) {
        let platform = match map.platform_id {
            PlatformId::Unicode => 0,
            PlatformId::Macintosh => 1,
            PlatformId::Iso => 2,
            PlatformId::Windows => 3,
            PlatformId::Custom => 4,
        };
        program.maps.insert((platform, map.encoding_id));
        let leads = |byte: &u8| {
            let code = match platform {
                1 => u32::from(*byte),
                _ => u32::from(windows_1252(*byte)),
            };
            map.glyph_index(code).is_some_and(|glyph| glyph.0 != 0)
        };
        program.bytes.extend((0..=255).filter(leads));
    }
    Some(program)
}

/// The names of the glyphs of a Type 1 program (Adobe Type 1 Font Format, chapters 2 and 7).
fn type_1(bytes: &[u8]) -> BTreeSet<String> {
    const START: &[u8] = b"eexec";
    let Some(at) = bytes.windows(START.len()).position(|some| some == START) else {
        return BTreeSet::new();
    };
    let mut key: u16 = 55_665;
    let locked = bytes[at + START.len()..].trim_ascii_start();
    let open = |byte: &u8| {
        let clear = byte ^ (key >> 8) as u8;
        key = u16::from(*byte)
            .wrapping_add(key)
            .wrapping_mul(52_845)
            .wrapping_add(22_719);
        clear
    };
    let clear: Vec<u8> = locked.iter().map(open).collect();
    let text: String = clear.iter().map(|byte| char::from(*byte)).collect();
    let Some((_, strings)) = text.split_once("/CharStrings") else {
        return BTreeSet::new();
    };
    // `/name length RD bytes ND`: only a name that a number follows is one.
    let names = strings.split('/').skip(1).filter_map(|part| {
        let mut words = part.split(' ');
        let (name, length) = (words.next()?, words.next()?);
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
        (is_name && length.parse::<u16>().is_ok()).then(|| name.to_owned())
    });
    names.collect()
}
