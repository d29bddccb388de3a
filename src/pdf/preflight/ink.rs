//! The most ink that a picture lays down.

use std::collections::BTreeMap;

use lopdf::{Object, Stream};

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use crate::pdf::read::colour::Space;
use crate::pdf::read::file::{File, as_name};

/// Most bytes of pictures that one file may make us look through.
const BYTES: usize = 512 << 20;

/// Most pixels on a side of a JPEG picture.
const SIDE: usize = 1 << 15;
/// Most bytes of a JPEG picture, unpacked.
const PIXELS: usize = 256 << 20;

/// Pictures that were looked through, by their data's place, so that one on every page is unpacked once.
#[derive(Default)]
pub(super) struct InkCache {
    known: BTreeMap<usize, Option<f64>>,
    bytes: usize,
}

impl InkCache {
    /// The ink, 1 for one full ink, that all but one pixel in a thousand of a picture keep to. `None` where it cannot
    /// be told cheaply.
    pub(super) fn most(&mut self, file: &File, stream: &Stream, space: &Space) -> Option<f64> {
        // Streams lie still in memory while the file is open.
        let key = std::ptr::from_ref(stream).addr();
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let most = (self.bytes < BYTES)
            .then(|| self.look(file, stream, space))
            .flatten();
        self.known.insert(key, most);
        most
    }

    fn look(&mut self, file: &File, stream: &Stream, space: &Space) -> Option<f64> {
        let filters = match file.get(&stream.dict, "Filter") {
            Object::Array(all) => all
                .iter()
                .filter_map(|one| as_name(file.resolve(one)))
                .collect(),
            one => as_name(one).into_iter().collect::<Vec<_>>(),
        };
        let plain = filters
            .iter()
            .all(|name| matches!(name.as_str(), "FlateDecode" | "LZWDecode"));
        let jpeg = filters == ["DCTDecode"];
        if !(plain || jpeg) || file.integer(&stream.dict, "BitsPerComponent") != Some(8) {
            return None;
        }
        let inverted = file.numbers(file.array(&stream.dict, "Decode")).first() == Some(&1.0);
        let count = space.components();
        if count == 0 || inverted && count != 4 {
            return None;
        }
        let pixels = if plain {
            file.unpack(stream).ok()?
        } else {
            jpeg_inks(&stream.content, count)?
        };
        self.bytes += pixels.len();
        most(&pixels, space, count, inverted)
    }
}

/// The inks of a JPEG picture as they are in the file; `None` where it is not simply in the four inks.
fn jpeg_inks(bytes: &[u8], count: usize) -> Option<Vec<u8>> {
    if count != 4 {
        return None;
    }
    let options = DecoderOptions::default()
        .set_max_width(SIDE)
        .set_max_height(SIDE)
        .jpeg_set_out_colorspace(ColorSpace::CMYK);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let size = decoder
        .output_buffer_size()
        .filter(|size| *size <= PIXELS)?;
    let fits = decoder.input_colorspace() == Some(ColorSpace::CMYK);
    let pixels = fits.then(|| decoder.decode().ok()).flatten()?;
    (pixels.len() == size).then_some(pixels)
}

fn most(pixels: &[u8], space: &Space, count: usize, inverted: bool) -> Option<f64> {
    // How many pixels have which ink, in percent.
    let mut counts = vec![0usize; 1601];
    let values = &mut vec![0.0; count];
    let indexed = matches!(space, Space::Indexed(..));
    for pixel in pixels.chunks_exact(count) {
        for (value, &byte) in values.iter_mut().zip(pixel) {
            *value = match (indexed, inverted) {
                (true, _) => f64::from(byte),
                (false, false) => f64::from(byte) / 255.0,
                (false, true) => 1.0 - f64::from(byte) / 255.0,
            };
        }
        let percent = (space.inks(values)?.total() * 100.0)
            .round()
            .clamp(0.0, 1600.0);
        counts[percent as usize] += 1;
    }
    // A few stray pixels do no harm: ink that smears is ink over an area.
    let mut spare = pixels.len() / count / 1000;
    for (percent, pixels) in counts.iter().enumerate().rev() {
        if *pixels > spare {
            return Some(percent as f64 / 100.0);
        }
        spare -= pixels;
    }
    Some(0.0)
}
