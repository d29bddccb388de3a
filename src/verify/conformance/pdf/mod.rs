//! PDF files: what they claim, and whether they keep PDF/UA-1 and PDF/A-2a as far as a machine can tell.
//!
//! The file is read once: its metadata, what its pages draw and in which marked content, and its tag tree. The rules
//! are spread over modules by what they look at; each says with the clause what is broken.

mod annotations;
mod archive;
mod blocks;
mod colour;
mod compact;
mod content;
mod drawn;
mod font_programs;
mod fonts;
mod language;
mod metadata;
mod objects;
mod parents;
mod programs;
mod roles;
mod shapes;
mod tables;
mod transparency;
mod whole;
mod xmp;

use lopdf::Dictionary;

use super::verdict::{BreachList, Check, Rule, Spot, Verdict};
use super::{Inspection, contrast};
use crate::pdf::read::ReadBack;
use crate::pdf::read::content::Drawing;
use crate::pdf::read::file::File;
use crate::pdf::read::tree::Tree;
use crate::verify::xml;
use drawn::Drawn;
use xmp::Packet;

/// A file as the rules look at it.
struct CheckedPdf<'a> {
    bytes: &'a [u8],
    file: &'a File,
    catalog: &'a Dictionary,
    /// The metadata, or why they cannot be read; none where there are none.
    packet: Option<Result<Packet<'a>, String>>,
    drawings: &'a [Drawing],
    pages: Vec<Drawn>,
    tree: &'a Tree,
}

impl CheckedPdf<'_> {
    /// The metadata, where they can be read.
    fn packet(&self) -> Option<&Packet<'_>> {
        self.packet.as_ref().and_then(|packet| packet.as_ref().ok())
    }
}

/// Judges a PDF file.
pub(super) fn inspect(made: &ReadBack<'_>, checks: &[Check]) -> Result<Inspection, String> {
    let file = made.pdf()?;
    let catalog = file.catalog()?;
    let bytes = xmp::bytes(file, catalog);
    let documents = bytes.as_ref().map(|bytes| match bytes {
        Ok(bytes) => Ok((bytes.as_slice(), xml::parse(bytes.trim_ascii())?)),
        Err(why) => Err(why.clone()),
    });
    let packet = documents.as_ref().map(|read| match read {
        Ok((bytes, document)) => Packet::read(bytes, document),
        Err(why) => Err(why.clone()),
    });
    let standards = match &packet {
        Some(Ok(packet)) => packet.standards(),
        _ => Vec::new(),
    };
    if checks.is_empty() {
        return Ok(Inspection {
            standards,
            verdicts: Vec::new(),
        });
    }
    let look = CheckedPdf {
        bytes: made.bytes(),
        file,
        catalog,
        packet,
        drawings: made.drawings()?,
        pages: drawn::pages(file, made.drawings()?),
        tree: made.tree()?,
    };
    let verdicts = checks.iter().filter_map(|check| look.judge(*check));
    Ok(Inspection {
        standards,
        verdicts: verdicts.collect(),
    })
}

/// Judges a PDF file that is locked, by what its lock lets others do: nothing else of it can be read.
pub(super) fn locked(permissions: Option<i64>) -> Verdict {
    /// The bit that lets readers of any kind have the text (ISO 32000-1, table 22).
    const ACCESS: i64 = 1 << 9;
    let mut found = BreachList::new(Check::PdfUa1);
    let rule: Rule<'_> = match permissions {
        None => ("7.16", "26-001").into(),
        Some(permissions) if permissions & ACCESS == 0 => ("7.16", "26-002").into(),
        // Nobody can tell whether the rest is right.
        Some(_) => "7.16".into(),
    };
    let what = "the file is locked, and its lock does not let screen readers have the text (P)";
    found.add(rule, what);
    found.verdict()
}

impl CheckedPdf<'_> {
    fn judge(&self, check: Check) -> Option<Verdict> {
        let mut found = BreachList::new(check);
        match check {
            Check::PdfUa1 => self.judge_ua(&mut found),
            Check::PdfA2a => self.judge_a(&mut found),
            Check::Contrast => contrast::check(self.drawings, &mut found),
            Check::Docx | Check::Txt => return None,
        }
        Some(found.verdict())
    }

    fn judge_ua(&self, found: &mut BreachList) {
        whole::check(self, found);
        language::check(self, found);
        content::check(self, found);
        parents::check(self, found);
        roles::check(self, "7.1", found);
        shapes::check(self, found);
        blocks::check(self, found);
        tables::check(self, found);
        annotations::check_ua(self, found);
        fonts::check_ua(self, found);
        font_programs::check(self, found);
        self.borrowed(found);
    }

    fn judge_a(&self, found: &mut BreachList) {
        archive::check(self, found);
        metadata::check(self, found);
        content::check_marked(self, found);
        roles::check(self, "6.7.3.4", found);
        objects::check(self, found);
        colour::check(self, found);
        transparency::check(self, found);
        annotations::check_a(self, found);
        fonts::check_a(self, found);
    }

    /// Forms whose content is in another file.
    fn borrowed(&self, found: &mut BreachList) {
        for (id, object) in self.file.objects() {
            let form = crate::pdf::read::file::as_dict(object);
            if form.is_some_and(|form| {
                self.file.name(form, "Subtype").as_deref() == Some("Form") && form.has(b"Ref")
            }) {
                let what = "a form stands for one in another file (Ref)";
                let spot = Spot::object(format!("object {}", id.0));
                found.at(("7.20", "30-001"), what, spot);
            }
        }
    }
}
