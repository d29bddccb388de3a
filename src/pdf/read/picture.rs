//! Pictures of pages, rendered in pure Rust: the same pixels every time on one machine.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render as draw};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::guarded;

/// Greatest height of a picture, in its widths.
const HIGHEST: f32 = 4.0;

/// PNG pictures of the pages with these indices, `wide` pixels wide.
pub fn pictures(bytes: &[u8], pages: &[usize], wide: u16) -> Result<Vec<Vec<u8>>, String> {
    guarded(|| render(bytes, pages, wide))
}

fn render(bytes: &[u8], pages: &[usize], wide: u16) -> Result<Vec<Vec<u8>>, String> {
    let pdf =
        Pdf::new(bytes.to_vec()).map_err(|error| format!("it cannot be rendered: {error:?}"))?;
    let cache = RenderCache::new();
    let settings = InterpreterSettings::default();
    let mut pictures = Vec::new();
    for &index in pages {
        let page = pdf
            .pages()
            .get(index)
            .ok_or_else(|| format!("page {} cannot be rendered", index + 1))?;
        let (width, height) = page.render_dimensions();
        let scale = f32::from(wide) / width;
        let pixels = (height * scale).round();
        if !(1.0..=f32::from(wide) * HIGHEST).contains(&pixels) {
            return Err(format!(
                "page {} is too narrow or empty for a picture",
                index + 1
            ));
        }
        let settings_of_page = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            width: Some(wide),
            height: Some(pixels as u16),
            bg_color: WHITE,
        };
        let pixmap = draw(page, &cache, &settings, &settings_of_page);
        let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
        let rgb: Vec<u8> = pixmap
            .data_as_u8_slice()
            .chunks_exact(4)
            .flat_map(|pixel| &pixel[..3])
            .copied()
            .collect();
        pictures.push(encode(&rgb, width, height)?);
    }
    Ok(pictures)
}

/// The pixels, three bytes each, as a PNG file.
pub(crate) fn encode(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, String> {
    let mut png = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive);
    encoder
        .write_image(rgb, width, height, ExtendedColorType::Rgb8)
        .map_err(|error| error.to_string())?;
    Ok(png)
}
