//! Pictures: read, identified by their bytes and decoded once, so that no backend gets one that it cannot set.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use image::metadata::Orientation;
use image::{AnimationDecoder, ImageDecoder, Limits};

use super::resolve::{FieldPath, Resolver};
use super::{FieldLocation, Image, ImageFormat, png, svg};
use crate::base::diagnostic::{Code, Location};
use crate::base::guard;
use crate::base::paths::foreign_to_windows;
use crate::source::schema as s;

/// The most pixels a side of a JPEG picture: what the decoder of the typesetter takes.
const MAX_JPEG_SIDE: u32 = 16_384;
/// The widest and highest picture in pixels.
const MAX_SIDE: u32 = 20_000;
/// The most memory that a decoded picture may take, in bytes: A3 at 600 dpi. Formats that are made at the same time each have it
/// in memory.
const MAX_DECODED: u64 = 272 << 20;

/// The pictures of a document, each once.
#[derive(Debug, Default)]
pub(super) struct Images {
    pub(super) images: Vec<Image>,
    /// What came of each file that was asked for.
    by_path: BTreeMap<String, Option<usize>>,
}

impl<'a> Resolver<'a> {
    /// The index of a picture by its file name.
    pub(super) fn image(&mut self, at: &FieldPath, file: &s::Literal) -> Option<usize> {
        let path = file.value.trim();
        if let Some(known) = self.usage.images.by_path.get(path) {
            return *known;
        }
        let loaded = match self.source.asset(path) {
            Err(problem) => {
                let message = problem.message(&self.source.path(path));
                let mut found = at.diagnostic(problem.code_when_named(), file, message);
                found.hints.extend(problem.hint());
                self.found.push(found);
                None
            }
            Ok(bytes) => {
                if let Some(why) = foreign_to_windows(path) {
                    let message = format!("`{}` {why}", self.source.path(path));
                    let found = at.diagnostic(Code::FOREIGN_NAME, file, message);
                    self.found.push(found.hint("rename the file"));
                }
                match self.decode(at.file.location(file.line, file.column), path, &bytes) {
                    Ok(picture) => {
                        self.words_in_picture(at, file, &picture.words);
                        Some((picture, bytes))
                    }
                    Err((code, what, hint)) => {
                        self.found.push(
                            at.diagnostic(
                                code,
                                file,
                                format!("`{}` {what}", self.source.path(path)),
                            )
                            .hint(hint),
                        );
                        None
                    }
                }
            }
        };
        let index = loaded.map(|(picture, bytes)| {
            let number = self.usage.images.images.len() + 1;
            let extension = match picture.format {
                ImageFormat::Png => "png",
                ImageFormat::Jpeg => "jpg",
                ImageFormat::Gif => "gif",
                ImageFormat::Svg => "svg",
            };
            self.usage.images.images.push(Image {
                path: format!("images/{number}.{extension}"),
                format: picture.format,
                width: picture.width,
                height: picture.height,
                file: self.source.path(path),
                place: Some(at.file.location(file.line, file.column)),
                bytes: Arc::new(bytes),
            });
            number - 1
        });
        self.usage.images.by_path.insert(path.to_owned(), index);
        index
    }

    fn decode(&self, place: Location, path: &str, bytes: &[u8]) -> Result<Picture, Wrong> {
        let what = format!("reading the picture `{}`", self.source.path(path));
        let _work = guard::at_work(what, Some(place));
        let picture = decode(bytes)?;
        guard::allow(
            guard::Input::Picture,
            (picture.width as usize)
                .saturating_mul(picture.height as usize)
                .saturating_mul(4),
        );
        Ok(picture)
    }
}

impl Resolver<'_> {
    /// The characters of a drawing's words are characters of the report, which its fonts must have.
    fn words_in_picture(&mut self, at: &FieldPath, file: &s::Literal, words: &str) {
        let words: String = words.split_whitespace().collect();
        self.usage.characters.take(&words, || FieldLocation {
            location: at.file.location(file.line, file.column),
            field: at.path.clone(),
        });
    }
}

/// Which mistake it is, what is wrong and what to do about it.
pub(super) type Wrong = (Code, String, &'static str);
/// Format, width and height of a picture of pixels.
type Raster = (ImageFormat, u32, u32);

/// What is known of a picture.
struct Picture {
    format: ImageFormat,
    width: u32,
    height: u32,
    /// The words in it, as far as it is a drawing.
    words: String,
}

/// Whether a picture is one that every backend can set, or what is wrong with it.
pub(crate) fn settable(bytes: &[u8]) -> Result<(), String> {
    decode(bytes).map(|_| ()).map_err(|(_, what, _)| what)
}

/// What is known of a picture that every backend can set, or what is wrong with it.
fn decode(bytes: &[u8]) -> Result<Picture, Wrong> {
    if svg::is_svg(bytes) {
        return svg::check(bytes).map(|drawing| Picture {
            format: ImageFormat::Svg,
            width: drawing.width,
            height: drawing.height,
            words: drawing.words,
        });
    }
    let (format, width, height) = match bytes {
        [0x89, b'P', b'N', b'G', ..] => png(bytes),
        [0xFF, 0xD8, 0xFF, ..] => jpeg(bytes),
        [b'G', b'I', b'F', b'8', ..] => gif(bytes),
        [] => Err((
            Code::PICTURE_DAMAGED,
            "is empty".into(),
            "export the picture again",
        )),
        _ => Err((
            Code::PICTURE_FORMAT,
            format!("is {}, which cannot be set", foreign(bytes)),
            "save it as PNG, JPEG or SVG",
        )),
    }?;
    Ok(Picture {
        format,
        width,
        height,
        words: String::new(),
    })
}

/// The name of a format that is not taken.
fn foreign(bytes: &[u8]) -> &'static str {
    match bytes {
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => "a WebP picture",
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "a TIFF picture",
        [b'B', b'M', ..] => "a BMP picture",
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', ..] => "an AVIF picture",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => "a HEIF picture or a film",
        [b'%', b'P', b'D', b'F', ..] => "a PDF document",
        [b'%', b'!', b'P', b'S', ..] => "a PostScript picture",
        [b'8', b'B', b'P', b'S', ..] => "a Photoshop document",
        [0x1F, 0x8B, ..] => "a compressed file (perhaps SVGZ)",
        _ => "of no known picture format",
    }
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODED);
    limits
}

fn damaged(error: image::ImageError) -> Wrong {
    match error {
        image::ImageError::Limits(_) => (
            Code::PICTURE_TOO_LARGE,
            format!(
                "is too large: at most {MAX_SIDE} pixels a side, and {} million pixels in all",
                MAX_DECODED / 4_000_000
            ),
            "export it at the size at which it is printed, at 300 dpi",
        ),
        error => {
            // Decoders end their words with line breaks and indents of their own.
            let words = error.to_string();
            let words: Vec<&str> = words.split_whitespace().collect();
            (
                Code::PICTURE_DAMAGED,
                format!("is damaged: {}", words.join(" ")),
                "export the picture again",
            )
        }
    }
}

fn turned() -> Wrong {
    (
        Code::PICTURE_TURNED,
        "is to be turned or mirrored when it is shown (EXIF orientation)".into(),
        "turn the picture itself: open it, save it as it is to be seen, without the mark",
    )
}

/// Whether a PNG file has an orientation behind its pixels, where the decoder does not look for it.
fn is_png_turned(bytes: &[u8]) -> bool {
    // After the signature, chunks: length, name, data, checksum.
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, behind)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, name @ ..] = *head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        let Some(data) = behind.get(..length) else {
            return false;
        };
        if &name == b"eXIf" {
            let orientation = Orientation::from_exif_chunk(data);
            return orientation.is_some_and(|found| found != Orientation::NoTransforms);
        }
        rest = behind.get(length.saturating_add(4)..).unwrap_or_default();
    }
    false
}

/// Decodes all of a picture within the limits and throws the pixels away.
fn decode_fully(mut decoder: impl ImageDecoder) -> Result<(u32, u32), Wrong> {
    decoder.set_limits(limits()).map_err(damaged)?;
    // Some programs turn such a picture and others do not, so that the formats would show it differently.
    if decoder.orientation().map_err(damaged)? != Orientation::NoTransforms {
        return Err(turned());
    }
    let (width, height) = decoder.dimensions();
    // Whatever the file has, some engines make four bytes of a pixel.
    let pixels = u64::from(width) * u64::from(height);
    if decoder.total_bytes().max(pixels * 4) > MAX_DECODED {
        return Err(damaged(image::ImageError::Limits(
            image::error::LimitError::from_kind(image::error::LimitErrorKind::InsufficientMemory),
        )));
    }
    let size = usize::try_from(decoder.total_bytes()).map_err(|_| {
        (
            Code::PICTURE_TOO_LARGE,
            "is too large".to_owned(),
            "export it smaller",
        )
    })?;
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).map_err(damaged)?;
    if width == 0 || height == 0 {
        return Err((
            Code::PICTURE_DAMAGED,
            "has no pixels".into(),
            "export the picture again",
        ));
    }
    Ok((width, height))
}

fn png(bytes: &[u8]) -> Result<Raster, Wrong> {
    if png::has_huge_profile(bytes) {
        return Err((
            Code::PICTURE_TOO_LARGE,
            format!(
                "has a colour profile of more than {} MiB",
                png::MAX_PROFILE >> 20
            ),
            "export it again, in sRGB",
        ));
    }
    let decoder = image::codecs::png::PngDecoder::with_limits(Cursor::new(bytes), limits())
        .map_err(damaged)?;
    if decoder.is_apng().map_err(damaged)? {
        return Err((
            Code::PICTURE_ANIMATED,
            "is animated".into(),
            "export one frame of it as a still picture",
        ));
    }
    let (width, height) = decode_fully(decoder)?;
    if is_png_turned(bytes) {
        return Err(turned());
    }
    Ok((ImageFormat::Png, width, height))
}

fn jpeg(bytes: &[u8]) -> Result<Raster, Wrong> {
    if jpeg_components(bytes) == Some(4) {
        return Err((
            Code::PICTURE_CMYK,
            "is a JPEG picture in CMYK, which office programs and screens show wrongly".into(),
            "convert it to RGB (sRGB) and export it again",
        ));
    }
    let decoder = image::codecs::jpeg::JpegDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    // A decoder that fills what is missing with grey would let a cut-off picture pass.
    if !bytes
        .windows(2)
        .rev()
        .take(4096)
        .any(|pair| pair == [0xFF, 0xD9])
    {
        return Err((
            Code::PICTURE_DAMAGED,
            "is damaged: its end is missing".into(),
            "export the picture again",
        ));
    }
    let (width, height) = decode_fully(decoder)?;
    if width.max(height) > MAX_JPEG_SIDE {
        return Err((
            Code::PICTURE_TOO_LARGE,
            format!("is too large: a JPEG picture has at most {MAX_JPEG_SIDE} pixels a side"),
            "export it at the size at which it is printed, at 300 dpi",
        ));
    }
    Ok((ImageFormat::Jpeg, width, height))
}

/// The number of colour components that the frame header states.
fn jpeg_components(bytes: &[u8]) -> Option<u8> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        if marker == 0xFF {
            at += 1;
            continue;
        }
        let length = usize::from(u16::from_be_bytes([
            *bytes.get(at + 2)?,
            *bytes.get(at + 3)?,
        ]));
        match marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return bytes.get(at + 9).copied();
            }
            0xD9 | 0xDA => return None,
            _ => at += 2 + length,
        }
    }
}

fn gif(bytes: &[u8]) -> Result<Raster, Wrong> {
    let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let (width, height) = decode_fully(decoder)?;
    let frames = image::codecs::gif::GifDecoder::new(Cursor::new(bytes))
        .map_err(damaged)?
        .into_frames();
    if frames.take(2).filter(Result::is_ok).count() > 1 {
        return Err((
            Code::PICTURE_ANIMATED,
            "is animated".into(),
            "export one frame of it as a still picture",
        ));
    }
    Ok((ImageFormat::Gif, width, height))
}
