//! Objects that PDF/A-2 forbids wherever they are: outside data, old compression, programs, other pictures in place
//! of pictures, transfer functions, values too large.

use lopdf::{Dictionary, Object};

use super::CheckedPdf;
use crate::pdf::read::file::{File, as_dict, as_name};
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Deepest nesting of objects.
const DEPTH: usize = 64;

/// Actions that archives can keep.
const ACTIONS: &[&str] = &[
    "GoTo",
    "GoToR",
    "GoToE",
    "Thread",
    "URI",
    "SubmitForm",
    "Named",
];
/// Actions by name that archives can keep.
const NAMED: &[&str] = &["NextPage", "PrevPage", "FirstPage", "LastPage"];
/// Compressions that archives can keep.
const FILTERS: &[&str] = &[
    "ASCIIHexDecode",
    "ASCII85Decode",
    "FlateDecode",
    "RunLengthDecode",
    "CCITTFaxDecode",
    "JBIG2Decode",
    "DCTDecode",
    "JPXDecode",
];
/// Blend modes of PDF 1.7.
const BLENDS: &[&str] = &[
    "Normal",
    "Compatible",
    "Multiply",
    "Screen",
    "Overlay",
    "Darken",
    "Lighten",
    "ColorDodge",
    "ColorBurn",
    "HardLight",
    "SoftLight",
    "Difference",
    "Exclusion",
    "Hue",
    "Saturation",
    "Color",
    "Luminosity",
];
/// Rendering intents of PDF 1.7.
const INTENTS: &[&str] = &[
    "RelativeColorimetric",
    "AbsoluteColorimetric",
    "Perceptual",
    "Saturation",
];

/// Checks every object of the file.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    for (id, object) in look.file.objects() {
        let mut scan = Scan {
            file: look.file,
            spot: format!("object {}", id.0),
            found,
        };
        scan.object(object, 0);
    }
}

struct Scan<'a, 'f> {
    file: &'a File,
    spot: String,
    found: &'f mut BreachList,
}

impl Scan<'_, '_> {
    fn breach(&mut self, clause: &str, what: &str) {
        self.found.at(clause, what, Spot::object(self.spot.clone()));
    }

    fn unless(&mut self, sound: bool, clause: &str, what: &str) {
        if !sound {
            self.breach(clause, what);
        }
    }

    fn object(&mut self, object: &Object, depth: usize) {
        if depth > DEPTH {
            return self.breach("6.1.13", "objects are nested too deeply");
        }
        match object {
            Object::Array(parts) => parts.iter().for_each(|part| self.object(part, depth + 1)),
            Object::Dictionary(dict) => self.dict(dict, depth),
            Object::Stream(stream) => {
                self.stream(&stream.dict);
                self.dict(&stream.dict, depth);
            }
            Object::Integer(value) => {
                let fits = i32::try_from(*value).is_ok();
                self.unless(fits, "6.1.13", "a number is too large");
            }
            Object::String(text, _) => {
                self.unless(text.len() <= 32_767, "6.1.13", "a string is too long");
            }
            Object::Name(name) => self.unless(name.len() <= 127, "6.1.13", "a name is too long"),
            _ => {}
        }
    }

    fn dict(&mut self, dict: &Dictionary, depth: usize) {
        match self.file.name(dict, "Type").as_deref() {
            Some("Action") => self.action(dict),
            Some("Page") => self.no_triggers(dict),
            Some("ExtGState") => self.graphics(dict),
            _ => {}
        }
        match self.file.name(dict, "Subtype").as_deref() {
            Some("Widget") => {
                self.no_triggers(dict);
                let what = "a form field runs an action (A)";
                self.unless(!dict.has(b"A"), "6.4.1", what);
            }
            Some("Image") => self.picture(dict),
            Some("Form") => self.form(dict),
            Some("PS") => self.breach("6.2.9", "the file has PostScript"),
            _ => {}
        }
        let attached =
            dict.has(b"EF") && self.file.name(dict, "Type").as_deref() == Some("Filespec");
        let what = "the file has others attached, which are not checked here";
        self.unless(!attached, "6.8", what);
        for (key, value) in dict.iter() {
            match key.as_slice() {
                b"ExtGState" => self.states(value),
                b"A" | b"OpenAction" | b"Next" => self.started(value),
                _ => {}
            }
            self.object(value, depth + 1);
        }
    }

    fn stream(&mut self, dict: &Dictionary) {
        let outside = ["F", "FFilter", "FDecodeParms"]
            .iter()
            .any(|key| dict.has(key.as_bytes()));
        self.unless(
            !outside,
            "6.1.7.1",
            "the content of a stream is in another file (F)",
        );
        let filters = self.names(dict, "Filter");
        let known = filters
            .iter()
            .all(|filter| FILTERS.contains(&filter.as_str()));
        let what = "a stream is compressed in a way that archives cannot keep (LZW and the like)";
        self.unless(known, "6.1.7.2", what);
    }

    /// Actions that something starts, as far as they do not say themselves that they are actions: those are looked at
    /// where they are.
    fn started(&mut self, value: &Object) {
        let file = self.file;
        let all = match file.resolve(value) {
            Object::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        for dict in all.iter().filter_map(|one| as_dict(file.resolve(one))) {
            if file.name(dict, "Type").is_none() {
                self.action(dict);
            }
        }
    }

    fn action(&mut self, dict: &Dictionary) {
        let Some(kind) = self.file.name(dict, "S") else {
            return;
        };
        let kept = ACTIONS.contains(&kind.as_str());
        self.unless(
            kept,
            "6.5.1",
            "the file runs a program or an action that archives cannot keep",
        );
        let named = self.file.name(dict, "N").unwrap_or_default();
        let known = kind != "Named" || NAMED.contains(&named.as_str());
        self.unless(
            known,
            "6.5.1",
            "an action by name is not one of those that turn pages",
        );
    }

    fn no_triggers(&mut self, dict: &Dictionary) {
        let what = "something on the page runs actions by itself (AA)";
        self.unless(!dict.has(b"AA"), "6.5.2", what);
    }

    fn picture(&mut self, dict: &Dictionary) {
        let what = "a picture has others in its place (Alternates, OPI)";
        self.unless(!dict.has(b"Alternates") && !dict.has(b"OPI"), "6.2.8", what);
        let smooth = self
            .file
            .get(dict, "Interpolate")
            .as_bool()
            .unwrap_or(false);
        self.unless(
            !smooth,
            "6.2.8",
            "a picture is smoothed by whoever shows it (Interpolate)",
        );
        self.intent(dict, "Intent");
    }

    fn form(&mut self, dict: &Dictionary) {
        let script = dict.has(b"PS") || self.file.name(dict, "Subtype2").as_deref() == Some("PS");
        self.unless(!script, "6.2.9", "a form has PostScript in its place");
        self.unless(
            !dict.has(b"OPI"),
            "6.2.9",
            "a form has another in its place (OPI)",
        );
        self.unless(
            !dict.has(b"Ref"),
            "6.2.9",
            "a form stands for one in another file (Ref)",
        );
    }

    /// The graphics states of resources.
    fn states(&mut self, states: &Object) {
        let file = self.file;
        let Some(states) = as_dict(file.resolve(states)) else {
            return;
        };
        for (_, state) in states.iter() {
            // One that names its type, or is no part of the resources, is looked at where it stands.
            let Some(dict) = as_dict(file.resolve(state)) else {
                continue;
            };
            if file.name(dict, "Type").as_deref() != Some("ExtGState") {
                self.graphics(dict);
            }
        }
    }

    fn graphics(&mut self, dict: &Dictionary) {
        let file = self.file;
        let what = "colours are changed as they are printed (TR, TR2)";
        let second = file.get(dict, "TR2");
        let kept = second.is_null() || as_name(second).as_deref() == Some("Default");
        self.unless(kept && !dict.has(b"TR"), "6.2.5", what);
        let what = "the screen of a press has a phase (HTP)";
        self.unless(!dict.has(b"HTP"), "6.2.5", what);
        if let Some(halftone) = file.dict(dict, "HT") {
            self.halftone(halftone);
        }
        self.intent(dict, "RI");
        let blends = self.names(dict, "BM");
        let known = blends.iter().all(|blend| BLENDS.contains(&blend.as_str()));
        let what = "colours are mixed in a way that is not known (BM)";
        self.unless(known, "6.2.10", what);
    }

    fn halftone(&mut self, dict: &Dictionary) {
        let known = matches!(self.file.integer(dict, "HalftoneType"), Some(1 | 5));
        self.unless(known, "6.2.5", "a screen of a press is of an old type");
        let named = dict.has(b"HalftoneName");
        self.unless(!named, "6.2.5", "a screen of a press has a name");
    }

    /// The names of an entry: one, or those of a list.
    fn names(&self, dict: &Dictionary, key: &str) -> Vec<String> {
        match self.file.get(dict, key) {
            Object::Array(all) => {
                let names = all.iter().filter_map(|one| as_name(self.file.resolve(one)));
                names.collect()
            }
            one => as_name(one).into_iter().collect(),
        }
    }

    fn intent(&mut self, dict: &Dictionary, key: &str) {
        let known = self
            .file
            .name(dict, key)
            .is_none_or(|intent| INTENTS.contains(&intent.as_str()));
        self.unless(known, "6.2.6", "a rendering intent is not known");
    }
}
