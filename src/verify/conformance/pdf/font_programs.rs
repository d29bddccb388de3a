//! What font dictionaries say of the programs in the file, held against these: codes, glyphs, widths, lists of glyphs
//! (ISO 14289-1, 7.21.3 to 7.21.7).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, Stream};

use super::CheckedPdf;
use super::programs::{Program, program};
use crate::pdf::read::file::{File, as_dict, as_name, number};
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Maps of codes that need not be in the file (ISO 32000-1, table 118), by what they stand for.
const PREDEFINED: &[(&str, &[&str])] = &[
    (
        "GB1",
        &[
            "GB-EUC-H",
            "GB-EUC-V",
            "GBpc-EUC-H",
            "GBpc-EUC-V",
            "GBK-EUC-H",
            "GBK-EUC-V",
            "GBKp-EUC-H",
            "GBKp-EUC-V",
            "GBK2K-H",
            "GBK2K-V",
            "UniGB-UCS2-H",
            "UniGB-UCS2-V",
            "UniGB-UTF16-H",
            "UniGB-UTF16-V",
        ],
    ),
    (
        "CNS1",
        &[
            "B5pc-H",
            "B5pc-V",
            "HKscs-B5-H",
            "HKscs-B5-V",
            "ETen-B5-H",
            "ETen-B5-V",
            "ETenms-B5-H",
            "ETenms-B5-V",
            "CNS-EUC-H",
            "CNS-EUC-V",
            "UniCNS-UCS2-H",
            "UniCNS-UCS2-V",
            "UniCNS-UTF16-H",
            "UniCNS-UTF16-V",
        ],
    ),
    (
        "Japan1",
        &[
            "83pv-RKSJ-H",
            "90ms-RKSJ-H",
            "90ms-RKSJ-V",
            "90msp-RKSJ-H",
            "90msp-RKSJ-V",
            "90pv-RKSJ-H",
            "Add-RKSJ-H",
            "Add-RKSJ-V",
            "EUC-H",
            "EUC-V",
            "Ext-RKSJ-H",
            "Ext-RKSJ-V",
            "H",
            "V",
            "UniJIS-UCS2-H",
            "UniJIS-UCS2-V",
            "UniJIS-UCS2-HW-H",
            "UniJIS-UCS2-HW-V",
            "UniJIS-UTF16-H",
            "UniJIS-UTF16-V",
        ],
    ),
    (
        "Korea1",
        &[
            "KSC-EUC-H",
            "KSC-EUC-V",
            "KSCms-UHC-H",
            "KSCms-UHC-V",
            "KSCms-UHC-HW-H",
            "KSCms-UHC-HW-V",
            "KSCpc-EUC-H",
            "UniKS-UCS2-H",
            "UniKS-UCS2-V",
            "UniKS-UTF16-H",
            "UniKS-UTF16-V",
        ],
    ),
    ("Identity", &["Identity-H", "Identity-V"]),
];

/// Encodings of which every reader knows the characters.
const ENCODINGS: &[&str] = &["MacRomanEncoding", "MacExpertEncoding", "WinAnsiEncoding"];
/// How far a width may be from that of the program, in thousandths of the size.
const SLACK: f64 = 1.5;
/// Flags of font descriptors (ISO 32000-1, table 123).
const SYMBOLIC: i64 = 1 << 2;

/// Checks every font.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    for dict in look.file.dictionaries() {
        if look.file.name(dict, "Type").as_deref() != Some("Font") {
            continue;
        }
        let mut font = Font {
            file: look.file,
            dict,
            found,
        };
        match look.file.name(dict, "Subtype").as_deref() {
            Some("Type0") => font.composite(),
            Some("TrueType") => font.true_type(),
            Some("Type1" | "MMType1") => font.type_1(),
            _ => {}
        }
        font.unicode();
    }
}

/// The characters for which the map of a code is predefined.
fn collection(name: &str) -> Option<&'static str> {
    let mut all = PREDEFINED.iter();
    all.find(|(_, names)| names.contains(&name))
        .map(|(collection, _)| *collection)
}

struct Font<'a, 'f> {
    file: &'a File,
    dict: &'a Dictionary,
    found: &'f mut BreachList,
}

impl<'a> Font<'a, '_> {
    fn breach(&mut self, clause: &str, condition: &'static str, what: &str) {
        let name = self.file.name(self.dict, "BaseFont").unwrap_or_default();
        let spot = Spot::object(format!("font {name}"));
        self.found.at((clause, condition), what, spot);
    }

    fn unless(&mut self, sound: bool, clause: &str, condition: &'static str, what: &str) {
        if !sound {
            self.breach(clause, condition, what);
        }
    }

    /// A font of glyphs by number, with the map from codes to these.
    fn composite(&mut self) {
        let file = self.file;
        let descendant = file.array(self.dict, "DescendantFonts").first();
        let Some(descendant) = descendant.and_then(|one| as_dict(file.resolve(one))) else {
            return;
        };
        match file.get(self.dict, "Encoding") {
            Object::Stream(map) => self.map_of_codes(map, descendant),
            encoding => {
                let name = as_name(encoding).unwrap_or_default();
                let collection = collection(&name);
                let what = "a map of codes is neither in the file nor one that all readers have";
                self.unless(collection.is_some(), "7.21.3.3", "31-006", what);
                if let Some(collection) = collection.filter(|one| *one != "Identity") {
                    let system = Dictionary::from_iter([
                        ("Registry", Object::string_literal("Adobe")),
                        ("Ordering", Object::string_literal(collection)),
                    ]);
                    self.systems(descendant, &system);
                }
            }
        }
        let Some(descriptor) = file.dict(descendant, "FontDescriptor") else {
            return;
        };
        let Some(program) = program(file, descriptor) else {
            return;
        };
        if file.name(descendant, "Subtype").as_deref() == Some("CIDFontType2") {
            let map = file.get(descendant, "CIDToGIDMap");
            let sound = map.is_null()
                || map.as_stream().is_ok()
                || as_name(map).as_deref() == Some("Identity");
            let what = "a font does not say which glyphs its codes are: CIDToGIDMap is neither a map nor Identity";
            self.unless(sound, "7.21.3.2", "31-004", what);
            if map.as_stream().is_ok() {
                return;
            }
        }
        self.glyphs(descendant, descriptor, &program);
    }

    /// The map from codes to glyphs, where it is in the file.
    fn map_of_codes(&mut self, map: &'a Stream, descendant: &'a Dictionary) {
        let file = self.file;
        let text = file.unpack(map).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let words: Vec<&str> = text.split_whitespace().collect();
        let after = |name: &str| {
            let at = words.iter().position(|word| *word == name)?;
            words.get(at + 1).copied()
        };
        let said = file.integer(&map.dict, "WMode").unwrap_or(0);
        let does = after("/WMode")
            .and_then(|mode| mode.parse().ok())
            .unwrap_or(0);
        let what = "a map of codes says of itself that it runs in one direction, and runs in another (WMode)";
        self.unless(said == does, "7.21.3.3", "31-007", what);
        let before = words.iter().position(|word| *word == "usecmap");
        let named = before.and_then(|at| words.get(at.checked_sub(1)?));
        let named = named.map(|name| name.trim_start_matches('/').to_owned());
        let used = named.or_else(|| file.name(&map.dict, "UseCMap"));
        let what = "a map of codes builds on one that not all readers have";
        let known = used.is_none_or(|name| collection(&name).is_some());
        self.unless(known, "7.21.3.3", "31-008", what);
        if let Some(system) = file.dict(&map.dict, "CIDSystemInfo") {
            self.systems(descendant, system);
        }
    }

    /// The characters that font and map of codes are for.
    fn systems(&mut self, descendant: &Dictionary, map: &Dictionary) {
        let file = self.file;
        let Some(own) = file.dict(descendant, "CIDSystemInfo") else {
            return;
        };
        let same = |key: &str| file.text(own, key) == file.text(map, key);
        let what = "a font and its map of codes are for characters of different makers (Registry)";
        self.unless(same("Registry"), "7.21.3.1", "31-001", what);
        let what = "a font and its map of codes are for different characters (Ordering)";
        self.unless(same("Ordering"), "7.21.3.1", "31-002", what);
        let later = |dict| file.integer(dict, "Supplement");
        let sound = later(map).is_none_or(|map| later(own).unwrap_or(0) <= map);
        let what = "a font has characters that its map of codes does not know yet (Supplement)";
        self.unless(sound, "7.21.3.1", "31-003", what);
    }

    /// Glyphs and widths of a font by number.
    fn glyphs(&mut self, descendant: &'a Dictionary, descriptor: &'a Dictionary, has: &Program) {
        let file = self.file;
        let widths = widths(file, file.array(descendant, "W"));
        let lacks = widths.iter().any(|(id, _)| !has.ids.contains_key(id));
        let what = "a font has no glyph for what is shown in it";
        self.unless(!lacks, "7.21.4.1", "31-011", what);
        let differs = |(id, said): &(u32, f64)| {
            let width = has.ids.get(id).copied().flatten();
            width.is_some_and(|width| (width - said).abs() > SLACK)
        };
        let what = "the file says another width of a glyph than the font (W)";
        self.unless(!widths.iter().any(differs), "7.21.5", "31-016", what);
        let Object::Stream(set) = file.get(descriptor, "CIDSet") else {
            return;
        };
        let bits = file.unpack(set).unwrap_or_default();
        let is_listed = |id: u32| {
            let byte = bits.get(id as usize / 8).copied().unwrap_or(0);
            byte & (0x80 >> (id % 8)) != 0
        };
        let what = "a font has glyphs that the list of its glyphs lacks (CIDSet)";
        let whole = has.ids.keys().all(|id| is_listed(*id));
        self.unless(whole, "7.21.4.2", "31-014", what);
        let what = "the list of a font's glyphs has some that the font lacks (CIDSet)";
        let listed = (0..8 * bits.len() as u32).filter(|id| is_listed(*id));
        let mut stray = listed.filter(|id| !has.ids.contains_key(id));
        self.unless(stray.next().is_none(), "7.21.4.2", "31-015", what);
    }

    /// A font whose glyphs have names.
    fn type_1(&mut self) {
        let file = self.file;
        let Some(descriptor) = file.dict(self.dict, "FontDescriptor") else {
            return;
        };
        let Some(listed) = file.text(descriptor, "CharSet") else {
            return;
        };
        let Some(program) = program(file, descriptor) else {
            return;
        };
        let listed: BTreeSet<&str> = listed.split('/').map(str::trim).collect();
        let what = "a font has glyphs that the list of its glyphs lacks (CharSet)";
        let mut names = program.names.iter().filter(|name| *name != ".notdef");
        let whole = names.all(|name| listed.contains(name.as_str()));
        self.unless(whole, "7.21.4.2", "31-012", what);
        let mut listed = listed.iter().filter(|name| !name.is_empty());
        let what = "the list of a font's glyphs has some that the font lacks (CharSet)";
        let sound = listed.all(|name| program.names.contains(*name));
        self.unless(sound, "7.21.4.2", "31-013", what);
    }

    /// A TrueType font of codes of one byte.
    fn true_type(&mut self) {
        let file = self.file;
        let Some(descriptor) = file.dict(self.dict, "FontDescriptor") else {
            return;
        };
        let program = program(file, descriptor);
        let encoding = file.get(self.dict, "Encoding");
        let rule = "7.21.6";
        if file.integer(descriptor, "Flags").unwrap_or(0) & SYMBOLIC != 0 {
            let what = "a font of signs has an encoding of letters (Encoding)";
            self.unless(encoding.is_null(), rule, "31-024", what);
            if let Some(program) = program {
                let maps = &program.maps;
                let what = "a font of signs has no map from codes to glyphs (cmap)";
                self.unless(!maps.is_empty(), rule, "31-025", what);
                let what = "a font of signs has several maps from codes to glyphs and none for signs (cmap 3,0)";
                let sound = maps.len() < 2 || maps.contains(&(3, 0));
                self.unless(sound, rule, "31-026", what);
            }
            return;
        }
        let what = "a font does not say which characters its codes are (Encoding)";
        self.unless(!encoding.is_null(), rule, "31-019", what);
        let base = match as_dict(encoding) {
            Some(dict) => {
                let what = "a font changes an encoding that it does not name (BaseEncoding)";
                self.unless(dict.has(b"BaseEncoding"), rule, "31-020", what);
                file.name(dict, "BaseEncoding")
            }
            None => as_name(encoding),
        };
        let usual = ["MacRomanEncoding", "WinAnsiEncoding"];
        let what = "a font has an encoding that not all readers know";
        let sound = base.is_none_or(|base| usual.contains(&base.as_str()));
        self.unless(sound, rule, "31-021", what);
        let changes = as_dict(encoding).map_or(&[][..], |dict| file.array(dict, "Differences"));
        let names: Vec<String> = changes.iter().filter_map(as_name).collect();
        if !names.is_empty() {
            let what = "an encoding names glyphs that not all readers know (Adobe Glyph List)";
            let known = names.iter().all(|name| is_listed(name));
            self.unless(known, rule, "31-022", what);
        }
        let Some(program) = program else { return };
        let what = "an encoding is changed by names, and the font has no map for these (cmap 3,1)";
        let sound = names.is_empty() || program.maps.contains(&(3, 1));
        self.unless(sound, rule, "31-023", what);
        let letters = program.maps.iter().any(|map| *map != (3, 0));
        let what = "a font has no map from characters to glyphs (cmap)";
        self.unless(letters, rule, "31-017", what);
        if letters && names.is_empty() {
            let first = file.integer(self.dict, "FirstChar").unwrap_or(0);
            let codes = (first.max(0)..).zip(file.numbers(file.array(self.dict, "Widths")));
            let shown = codes.filter(|(_, width)| *width > 0.0);
            let mut bytes = shown.filter_map(|(code, _)| u8::try_from(code).ok());
            let what = "the map of a font leads from a character to no glyph (cmap)";
            let sound = bytes.all(|byte| program.finds(byte));
            self.unless(sound, rule, "31-018", what);
        }
    }

    /// Whether readers can learn which characters a font shows.
    fn unicode(&mut self) {
        let file = self.file;
        let kind = file.name(self.dict, "Subtype").unwrap_or_default();
        if kind.starts_with("CIDFont") || file.get(self.dict, "ToUnicode").as_stream().is_ok() {
            return;
        }
        let encoding = file.get(self.dict, "Encoding");
        let base = as_dict(encoding).and_then(|dict| file.name(dict, "BaseEncoding"));
        let base = base.or_else(|| as_name(encoding)).unwrap_or_default();
        let changes = as_dict(encoding).map_or(&[][..], |dict| file.array(dict, "Differences"));
        let mut names = changes.iter().filter_map(as_name);
        let descriptor = file.dict(self.dict, "FontDescriptor");
        let flags = descriptor.and_then(|dict| file.integer(dict, "Flags"));
        let known = match kind.as_str() {
            "Type0" => collection(&base).is_some_and(|one| one != "Identity"),
            "TrueType" => flags.unwrap_or(0) & SYMBOLIC == 0,
            _ if names.next().is_some() => changes
                .iter()
                .filter_map(as_name)
                .all(|name| is_listed(&name)),
            "Type3" => ENCODINGS.contains(&base.as_str()),
            // The letters of a font that is no font of signs have their usual names.
            _ => ENCODINGS.contains(&base.as_str()) || flags.unwrap_or(0) & SYMBOLIC == 0,
        };
        let what = "the file does not say which characters a font shows (ToUnicode)";
        self.unless(known, "7.21.7", "31-027", what);
    }
}

/// Whether a name of a glyph stands for a character that every reader knows.
fn is_listed(name: &str) -> bool {
    let hex = |digits: &str| digits.len() >= 4 && u32::from_str_radix(digits, 16).is_ok();
    let by_number = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    by_number.is_some_and(hex)
        || (0x20..=0xffff).any(|character| {
            glyph_names::glyph_name(character).is_some_and(|listed| listed == name)
        })
}

/// Widths by glyph: `c [w …]` or `first last w` (ISO 32000-1, 9.7.4.3).
fn widths(file: &File, mut array: &[Object]) -> Vec<(u32, f64)> {
    let mut widths = Vec::new();
    while let [first, second, rest @ ..] = array {
        let Some(first) = file
            .resolve(first)
            .as_i64()
            .ok()
            .and_then(|id| u32::try_from(id).ok())
        else {
            break;
        };
        match (file.resolve(second), rest) {
            (Object::Array(all), rest) => {
                widths.extend((first..).zip(file.numbers(all)));
                array = rest;
            }
            (Object::Integer(last), [width, rest @ ..]) => {
                let last = u32::try_from(*last).unwrap_or(0).min(0xffff);
                let width = number(file.resolve(width)).unwrap_or(0.0);
                widths.extend((first..=last).map(|id| (id, width)));
                array = rest;
            }
            _ => break,
        }
    }
    widths
}
