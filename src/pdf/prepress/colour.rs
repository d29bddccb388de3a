//! From screen colours to inks, through the output profile.

use std::collections::BTreeMap;
use std::sync::Arc;

use moxcms::{ColorProfile, Layout, RenderingIntent, TransformExecutor, TransformOptions};

use super::{Profile, wrong};
use crate::base::diagnostic::Diagnostics;

/// Amounts of cyan, magenta, yellow and black, 0 to 255.
pub(super) type Ink = [u8; 4];

/// Turns sRGB into inks. Neutral colours become black ink alone: four inks on top of each other never meet exactly.
pub(super) struct Inks {
    transform: Arc<dyn TransformExecutor<u8> + Send + Sync>,
    met: BTreeMap<[u8; 3], Ink>,
}

impl Inks {
    pub(super) fn new(profile: &Profile) -> Result<Self, Diagnostics> {
        let options = TransformOptions {
            rendering_intent: RenderingIntent::RelativeColorimetric,
            ..TransformOptions::default()
        };
        let transform = ColorProfile::new_srgb()
            .create_transform_8bit(Layout::Rgb, &profile.read, Layout::Rgba, options)
            .map_err(|e| wrong(&e))?;
        Ok(Inks {
            transform,
            met: BTreeMap::new(),
        })
    }

    /// The inks of one colour.
    pub(super) fn of(&mut self, rgb: [u8; 3]) -> Result<Ink, Diagnostics> {
        let [r, g, b] = rgb;
        if r == g && g == b {
            return Ok([0, 0, 0, 255 - r]);
        }
        if let Some(ink) = self.met.get(&rgb) {
            return Ok(*ink);
        }
        let mut ink = Ink::default();
        self.transform
            .transform(&rgb, &mut ink)
            .map_err(|e| wrong(&e))?;
        self.met.insert(rgb, ink);
        Ok(ink)
    }

    /// The inks of the pixels of a picture. Here neutral colours stay mixed: a photograph's greys need all inks.
    pub(super) fn of_pixels(&self, rgb: &[u8]) -> Result<Vec<u8>, Diagnostics> {
        let mut inks = vec![0; rgb.len() / 3 * 4];
        let whole = rgb.len() / 3 * 3;
        self.transform
            .transform(&rgb[..whole], &mut inks)
            .map_err(|e| wrong(&e))?;
        Ok(inks)
    }
}
