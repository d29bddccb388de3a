//! PDF/X-4 (ISO 15930-7): what the file says of itself, its identifiers, and how it is written.

use std::fmt::Write;

use lopdf::{Document, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::{Profile, wrong};
use crate::base::diagnostic::Diagnostics;
use crate::document::epoch;

/// What a file says of itself.
#[derive(Debug, Clone)]
pub(crate) struct About {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) subject: String,
    pub(crate) keywords: String,
    /// BCP 47 tag of the language.
    pub(crate) language: String,
    /// Seconds since 1970-01-01 UTC.
    pub(crate) epoch: i64,
    /// What else the identifier of the file rests on: layout, imposition.
    pub(crate) edition: String,
}

/// Name and version of the program.
pub(crate) const CREATOR: &str = concat!("gmg-export ", env!("CARGO_PKG_VERSION"));

/// Adds what PDF/X-4 asks for and writes the file.
pub(crate) fn finish(
    mut document: Document,
    about: &About,
    profile: &Profile,
) -> Result<Vec<u8>, Diagnostics> {
    document.version = "1.6".into();
    output_intent(&mut document, profile)?;
    metadata(&mut document, about)?;
    document.prune_objects();
    document.renumber_objects();
    identify(&mut document, about);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).map_err(|e| wrong(&e))?;
    Ok(bytes)
}

fn text(words: &str) -> Object {
    lopdf::text_string(words)
}

fn output_intent(document: &mut Document, profile: &Profile) -> Result<(), Diagnostics> {
    let stream = document.add_object(profile.stream().map_err(|e| wrong(&e))?);
    let intent = document.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => text(&profile.name),
        "Info" => text(&profile.name),
        "DestOutputProfile" => stream,
    });
    let catalog = document.catalog_mut().map_err(|e| wrong(&e))?;
    catalog.set("OutputIntents", vec![Object::Reference(intent)]);
    Ok(())
}

fn metadata(document: &mut Document, about: &About) -> Result<(), Diagnostics> {
    let moment = epoch::iso(about.epoch).ok_or_else(|| wrong(&"the date is out of range"))?;
    // `D:20160831000000Z`: PDF writes the same without the marks between.
    let digits: String = moment.chars().filter(char::is_ascii_digit).collect();
    let date = Object::string_literal(format!("D:{digits}Z"));
    let mut info = dictionary! {
        "Title" => text(&about.title),
        "Creator" => text(CREATOR),
        "Producer" => text(CREATOR),
        "CreationDate" => date.clone(),
        "ModDate" => date,
        "Trapped" => "False",
        "GTS_PDFXVersion" => Object::string_literal("PDF/X-4"),
    };
    for (key, value) in [
        ("Author", &about.author),
        ("Subject", &about.subject),
        ("Keywords", &about.keywords),
    ] {
        if !value.is_empty() {
            info.set(key, text(value));
        }
    }
    let info = document.add_object(info);
    document.trailer.set("Info", info);
    let packet = xmp(about, &moment);
    // Programs that know nothing of PDF look for the packet: it stays as it is.
    let stream = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet.into_bytes(),
    )
    .with_compression(false);
    let stream = document.add_object(stream);
    let catalog = document.catalog_mut().map_err(|e| wrong(&e))?;
    catalog.set("Metadata", stream);
    catalog.set("Lang", text(&about.language));
    Ok(())
}

/// The same identifiers for the same edition, whatever the machine.
fn identify(document: &mut Document, about: &About) {
    let id = Object::String(identifier(about).to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
}

fn identifier(about: &About) -> [u8; 16] {
    let seed = format!("{}\n{}\n{}", about.title, about.edition, about.epoch);
    let hash = Sha256::digest(seed.as_bytes());
    std::array::from_fn(|index| hash[index])
}

/// The identifier as XMP writes it.
fn uuid(about: &About) -> String {
    let hex = format!("{:032x}", u128::from_be_bytes(identifier(about)));
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    format!("uuid:{}", parts.join("-"))
}

fn xmp(about: &About, moment: &str) -> String {
    let escape = |words: &str| quick_xml::escape::escape(words).into_owned();
    let id = uuid(about);
    let mut more = String::new();
    for (name, open, close, words) in [
        (
            "dc:creator",
            "<rdf:Seq><rdf:li>",
            "</rdf:li></rdf:Seq>",
            &about.author,
        ),
        (
            "dc:description",
            "<rdf:Alt><rdf:li xml:lang=\"x-default\">",
            "</rdf:li></rdf:Alt>",
            &about.subject,
        ),
        ("pdf:Keywords", "", "", &about.keywords),
    ] {
        if !words.is_empty() {
            let words = escape(words);
            let _ = writeln!(more, "   <{name}>{open}{words}{close}</{name}>");
        }
    }
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n \
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n   \
         <dc:format>application/pdf</dc:format>\n   \
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n\
         {more}   \
         <xmp:CreateDate>{moment}</xmp:CreateDate>\n   <xmp:ModifyDate>{moment}</xmp:ModifyDate>\n   \
         <xmp:MetadataDate>{moment}</xmp:MetadataDate>\n   <xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>\n   \
         <xmpMM:DocumentID>{id}</xmpMM:DocumentID>\n   <xmpMM:InstanceID>{id}</xmpMM:InstanceID>\n   \
         <xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n   <xmpMM:VersionID>1</xmpMM:VersionID>\n   \
         <pdf:Producer>{CREATOR}</pdf:Producer>\n   <pdf:Trapped>False</pdf:Trapped>\n   \
         <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n  \
         </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>",
        title = escape(&about.title),
    )
}
