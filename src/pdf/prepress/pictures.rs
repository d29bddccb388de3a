//! Pictures on the pages: pixels of screen colours become pixels of inks.

use image::ImageDecoder;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::colour::Inks;
use super::{STREAM, pack, wrong};
use crate::base::diagnostic::Diagnostics;

/// Turns every picture in screen colours into inks.
pub(super) fn separate(document: &mut Document, inks: &mut Inks) -> Result<(), Diagnostics> {
    let pictures: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| is_coloured(document, object))
        .map(|(id, _)| *id)
        .collect();
    for id in pictures {
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else {
            continue;
        };
        let pixels = pixels(stream)?;
        let separated = inks.of_pixels(&pixels)?;
        let mut stream = stream.clone();
        stream.set_plain_content(separated);
        stream.dict.remove(b"DecodeParms");
        stream.dict.remove(b"Decode");
        stream.dict.set("ColorSpace", "DeviceCMYK");
        stream.dict.set("BitsPerComponent", 8);
        pack(&mut stream).map_err(|e| wrong(&e))?;
        document.set_object(id, stream);
    }
    Ok(())
}

fn is_coloured(document: &Document, object: &Object) -> bool {
    let Object::Stream(stream) = object else {
        return false;
    };
    let dict = &stream.dict;
    let subtype = dict.get(b"Subtype").and_then(Object::as_name);
    subtype.is_ok_and(|name| name == b"Image")
        && dict
            .get(b"ColorSpace")
            .is_ok_and(|space| is_rgb(document, space))
}

/// Whether a colour space has the three colours of screens.
pub(super) fn is_rgb(document: &Document, space: &Object) -> bool {
    let Ok((_, space)) = document.dereference(space) else {
        return false;
    };
    match space {
        Object::Name(name) => name == b"DeviceRGB" || name == b"CalRGB",
        Object::Array(items) => match items.first().map(Object::as_name) {
            Some(Ok(b"CalRGB")) => true,
            Some(Ok(b"ICCBased")) => items
                .get(1)
                .and_then(|profile| document.dereference(profile).ok())
                .and_then(|(_, profile)| profile.as_stream().ok())
                .and_then(|profile| profile.dict.get(b"N").and_then(Object::as_i64).ok())
                .is_some_and(|components| components == 3),
            _ => false,
        },
        _ => false,
    }
}

/// The pixels of a picture, three bytes each.
fn pixels(stream: &Stream) -> Result<Vec<u8>, Diagnostics> {
    let number = |key: &[u8]| number(&stream.dict, key);
    let (width, height) = (number(b"Width"), number(b"Height"));
    let filters = stream.filters().unwrap_or_default();
    let mut pixels = if filters.contains(&b"DCTDecode".as_slice()) {
        jpeg(&stream.content)?
    } else {
        let bytes = stream
            .decompressed_content_with_limit(STREAM)
            .map_err(|e| wrong(&e))?;
        match number(b"BitsPerComponent") {
            16 => bytes.chunks_exact(2).map(|pair| pair[0]).collect(),
            _ => bytes,
        }
    };
    // One that is too short is blank where it ends.
    pixels.resize(width.saturating_mul(height).saturating_mul(3), 255);
    Ok(pixels)
}

fn number(dict: &Dictionary, key: &[u8]) -> usize {
    let value = dict.get(key).and_then(Object::as_i64).unwrap_or(0);
    usize::try_from(value).unwrap_or(0)
}

fn jpeg(bytes: &[u8]) -> Result<Vec<u8>, Diagnostics> {
    let decoder = image::codecs::jpeg::JpegDecoder::new(std::io::Cursor::new(bytes))
        .map_err(|e| wrong(&e))?;
    if decoder.total_bytes() > STREAM as u64 {
        return Err(wrong(&"a picture is too large"));
    }
    let image = image::DynamicImage::from_decoder(decoder).map_err(|e| wrong(&e))?;
    Ok(image.into_rgb8().into_raw())
}
