//! Small pictures of pages, for looks: compared pixel by pixel with a tolerance, because processors differ in the last
//! bit of a blended pixel.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits, RgbImage};

/// Width of a picture in a record, in pixels.
pub(super) const WIDTH: u16 = 400;
/// A channel of a pixel may differ by so much.
const LEVELS: u8 = 8;
/// So many pixels of a thousand may differ by more.
const PER_MILLE: usize = 5;

/// In what way two PNG pictures differ; `None` where they are the same except for the tolerance.
pub(super) fn difference(approved: &[u8], now: &[u8]) -> Option<String> {
    if approved == now {
        return None;
    }
    let (approved, now) = match (decode(approved), decode(now)) {
        (Ok(approved), Ok(now)) => (approved, now),
        (Err(why), _) => return Some(format!("the approved picture cannot be read: {why}")),
        (_, Err(why)) => return Some(format!("the new picture cannot be read: {why}")),
    };
    if approved.dimensions() != now.dimensions() {
        let ((a, b), (c, d)) = (approved.dimensions(), now.dimensions());
        return Some(format!("it was {a} × {b} pixels and is {c} × {d}"));
    }
    let far = |(a, b): (&image::Rgb<u8>, &image::Rgb<u8>)| {
        a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > LEVELS)
    };
    let pixels = approved.pixels().len();
    let different = approved
        .pixels()
        .zip(now.pixels())
        .filter(|pair| far(*pair))
        .count();
    if different * 1000 <= pixels * PER_MILLE {
        return None;
    }
    let share = different as f64 * 100.0 / pixels as f64;
    Some(format!(
        "{share:.1} % of its pixels are visibly different (up to {:.1} % is let pass)",
        PER_MILLE as f64 / 10.0
    ))
}

fn decode(png: &[u8]) -> Result<RgbImage, String> {
    let mut reader = ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_image_width = Some(u32::from(WIDTH) * 4);
    limits.max_image_height = Some(u32::from(WIDTH) * 16);
    limits.max_alloc = Some(256 << 20);
    reader.limits(limits);
    reader
        .decode()
        .map(|image| image.to_rgb8())
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::read::picture::encode;

    fn picture(changed: usize, by: u8) -> Vec<u8> {
        let mut rgb = vec![100; 100 * 100 * 3];
        rgb.iter_mut()
            .step_by(3)
            .take(changed)
            .for_each(|red| *red += by);
        encode(&rgb, 100, 100).unwrap()
    }

    #[test]
    fn a_picture_may_differ_in_few_pixels_or_by_little() {
        let approved = picture(0, 0);
        assert_eq!(difference(&approved, &picture(10_000, LEVELS)), None);
        assert_eq!(difference(&approved, &picture(50, 100)), None);
    }

    #[test]
    fn a_picture_that_differs_visibly_is_told_with_its_share() {
        let what = difference(&picture(0, 0), &picture(51, LEVELS + 1)).unwrap();
        assert!(what.starts_with("0.5 % of its pixels"), "{what}");
    }

    #[test]
    fn another_size_or_a_broken_picture_is_a_difference() {
        let approved = picture(0, 0);
        let small = encode(&[0; 12], 2, 2).unwrap();
        assert!(
            difference(&approved, &small)
                .unwrap()
                .contains("100 × 100 pixels and is 2 × 2")
        );
        assert!(
            difference(b"no picture", &approved)
                .unwrap()
                .contains("approved picture cannot be read")
        );
    }
}
