//! Picture files: PNG, JPEG and GIF as they are, SVG as PNG.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb;

use crate::backend::drawing;
use crate::base::diagnostic::Diagnostics;
use crate::base::guard;
use crate::document::{Image, ImageFormat};
use crate::layout::Layout;

/// Pixels in an inch of a drawing that is turned into pixels.
const DENSITY: f64 = 200.0;
/// Most pixels along an edge, so that a drawing with a wild ratio of edges cannot fill the memory.
const LONGEST_EDGE: f64 = 8000.0;

/// The picture files of a package, each once.
#[derive(Debug, Default)]
pub(super) struct Media {
    files: Vec<File>,
    fonts: Option<Arc<fontdb::Database>>,
}

#[derive(Debug)]
struct File {
    image: usize,
    pixels: u32,
    name: String,
    bytes: Arc<Vec<u8>>,
}

impl Media {
    /// The file's path below `word/` for image number `index`, set `width` points wide.
    pub(super) fn add(
        &mut self,
        index: usize,
        image: &Image,
        width: f64,
        layout: &Layout,
    ) -> Result<String, Diagnostics> {
        let pixels = match image.format {
            ImageFormat::Svg => ((width / 72.0 * DENSITY).round() as u32).max(1),
            _ => 0,
        };
        if let Some(file) = self
            .files
            .iter()
            .find(|file| file.image == index && file.pixels == pixels)
        {
            return Ok(file.name.clone());
        }
        let (extension, bytes) = match image.format {
            ImageFormat::Png => ("png", image.bytes.clone()),
            ImageFormat::Jpeg => ("jpeg", image.bytes.clone()),
            ImageFormat::Gif => ("gif", image.bytes.clone()),
            ImageFormat::Svg => (
                "png",
                Arc::new(rasterise(image, pixels, layout, self.fonts(layout)?)?),
            ),
        };
        let name = format!("media/image{}.{extension}", self.files.len() + 1);
        self.files.push(File {
            image: index,
            pixels,
            name: name.clone(),
            bytes,
        });
        Ok(name)
    }

    /// Path below `word/` and bytes of each file.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|file| (file.name.as_str(), file.bytes.as_slice()))
    }

    fn fonts(&mut self, layout: &Layout) -> Result<Arc<fontdb::Database>, Diagnostics> {
        if let Some(fonts) = &self.fonts {
            return Ok(fonts.clone());
        }
        Ok(self.fonts.insert(drawing::fonts(layout)?).clone())
    }
}

fn rasterise(
    image: &Image,
    width: u32,
    layout: &Layout,
    fonts: Arc<fontdb::Database>,
) -> Result<Vec<u8>, Diagnostics> {
    let what = format!("drawing the picture `{}` for Word", image.file);
    let _work = guard::at_work(what, image.place.clone());
    let wrong = |what: String| drawing::undrawable(image, &what);
    let tree = drawing::tree(image, layout, fonts)?;
    let size = tree.size();
    let scale = (f64::from(width) / f64::from(size.width()))
        .min(LONGEST_EDGE / f64::from(size.width()))
        .min(LONGEST_EDGE / f64::from(size.height()));
    let edge = |length: f32| ((f64::from(length) * scale).round() as u32).max(1);
    let mut pixels = Pixmap::new(edge(size.width()), edge(size.height()))
        .ok_or_else(|| wrong("it has no size".to_owned()))?;
    let scale = scale as f32;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| wrong(error.to_string()))
}
