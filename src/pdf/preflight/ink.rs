//! The ink that a picture lays down.

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

/// Least share of an ink that counts.
const TRACE: f64 = 0.01;

/// What a picture lays down. A few stray pixels do no harm: all but one in a thousand keep to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Laid {
    /// The most ink in one place, 1 for one full ink.
    pub(super) most: f64,
    /// Which of cyan, magenta, yellow and black, and whether other inks.
    pub(super) plates: [bool; 5],
}

/// Pictures that were looked through, by their data's place, so that one on every page is unpacked once.
#[derive(Default)]
pub(super) struct InkCache {
    known: BTreeMap<usize, Option<Laid>>,
    bytes: usize,
}

impl InkCache {
    /// The ink, 1 for one full ink, that all but one pixel in a thousand of a picture keep to. `None` where it cannot
    /// be told cheaply.
    pub(super) fn most(&mut self, file: &File, stream: &Stream, space: &Space) -> Option<f64> {
        self.laid(file, stream, space).map(|laid| laid.most)
    }

    /// What a picture lays down. `None` where it cannot be told cheaply.
    pub(super) fn laid(&mut self, file: &File, stream: &Stream, space: &Space) -> Option<Laid> {
        // Streams lie still in memory while the file is open.
        let key = std::ptr::from_ref(stream).addr();
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let laid = (self.bytes < BYTES)
            .then(|| self.look(file, stream, space))
            .flatten();
        self.known.insert(key, laid);
        laid
    }

    fn look(&mut self, file: &File, stream: &Stream, space: &Space) -> Option<Laid> {
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
        laid(&pixels, space, count, inverted)
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

fn laid(pixels: &[u8], space: &Space, count: usize, inverted: bool) -> Option<Laid> {
    // How many pixels have which ink, in percent.
    let mut counts = vec![0usize; 1601];
    let mut inked = [0usize; 5];
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
        let inks = space.inks(values)?;
        let percent = (inks.total() * 100.0).round().clamp(0.0, 1600.0);
        counts[percent as usize] += 1;
        let each = inks.cmyk.into_iter().chain([inks.spots]);
        for (seen, ink) in inked.iter_mut().zip(each) {
            *seen += usize::from(ink > TRACE);
        }
    }
    let stray = pixels.len() / count / 1000;
    let mut spare = stray;
    let mut most = 0.0;
    // Ink that smears is ink over an area.
    for (percent, pixels) in counts.iter().enumerate().rev() {
        if *pixels > spare {
            most = percent as f64 / 100.0;
            break;
        }
        spare -= pixels;
    }
    Some(Laid {
        most,
        plates: inked.map(|seen| seen > stray),
    })
}
