//! The font files of a layout: found when the layout is loaded, read when something is to be set in them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use typst::foundations::Bytes;
use typst::text::Font;

use super::{folder, font_file};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::base::files::Root;
use crate::base::guard;
use crate::base::inputs::Inputs;

/// Font files by path; those on disk are read on the first call of [`FontFiles::read`].
#[derive(Debug, Clone, Default)]
pub struct FontFiles {
    places: BTreeMap<String, FontSource>,
    inputs: Option<Inputs>,
    /// Clones read once for all of them, and take apart what was read once.
    files: Arc<OnceLock<Result<BTreeMap<String, Bytes>, Diagnostics>>>,
    faces: Arc<OnceLock<Result<Faces, Diagnostics>>>,
}

/// What is in the font files.
#[derive(Debug, Default)]
struct Faces {
    fonts: Vec<Font>,
    /// The font that takes longest to set text in, by its path and place, if one takes far longer than fonts do.
    slow: Option<(String, Location)>,
}

/// How long a hundred letters take in a font that asks for endless work; others take less than a tenth of it.
const SLOW: Duration = Duration::from_millis(20);

/// Where a font file is.
#[derive(Debug, Clone)]
pub(super) enum FontSource {
    Binary { path: String, bytes: &'static [u8] },
    Disk(Root, String),
}

impl FontFiles {
    /// No fonts yet; those that are read will be noted.
    pub(super) fn noting(inputs: Option<Inputs>) -> Self {
        FontFiles {
            inputs,
            ..FontFiles::default()
        }
    }

    /// Adds fonts; one that is there under the same path gives way.
    pub(super) fn extend(&mut self, more: impl IntoIterator<Item = (String, FontSource)>) {
        let mut more = more.into_iter().peekable();
        if more.peek().is_none() {
            return;
        }
        self.places.extend(more);
        self.files = Arc::default();
        self.faces = Arc::default();
    }

    /// Every font in the files, in the order of their paths.
    ///
    /// # Errors
    /// Each file that cannot be read or is no font.
    pub(crate) fn faces(&self) -> Result<&[Font], Diagnostics> {
        let faces = self.faces.get_or_init(|| self.all_faces()).as_ref();
        faces
            .map(|faces| faces.fonts.as_slice())
            .map_err(Clone::clone)
    }

    /// Begins to read the fonts on a thread of its own, for whoever will soon set something in them: what is found wrong is
    /// said to them.
    pub(crate) fn begin(&self) {
        let fonts = self.clone();
        // Without a thread they are read when they are needed.
        let _ = std::thread::Builder::new().spawn(move || drop(fonts.faces()));
    }

    /// The font that pages wait for, by its path and place, if they wait for one. It is known once the fonts are read.
    pub(crate) fn slow(&self) -> Option<&(String, Location)> {
        self.faces.get()?.as_ref().ok()?.slow.as_ref()
    }

    fn all_faces(&self) -> Result<Faces, Diagnostics> {
        let mut broken = Diagnostics::default();
        let mut faces = Vec::new();
        let (mut longest, mut slow) = (SLOW, None);
        for (path, bytes) in self.read()? {
            let place = self.places.get(path);
            let file = place.map(|place| folder::whole_file(&place.shown()));
            let _work = guard::at_work(format!("reading the font `{path}`"), file.clone());
            let on_disk = place.filter(|place| matches!(place, FontSource::Disk(..)));
            if let Some(place) = on_disk
                && let Some(damage) = font_file::damage(bytes)
            {
                let message = format!("the font `{path}` cannot be used: {damage}");
                let found = Diagnostic::new(Code::BAD_FONT, message);
                let found = found.at(folder::whole_file(&place.shown()));
                broken
                    .push(found.hint("fetch the file again, or save it again with a font editor"));
                continue;
            }
            let before = faces.len();
            faces.extend(Font::iter(bytes.clone()));
            if on_disk.is_some()
                && let Some(took) = faces[before..].iter().filter_map(time_of_a_line).max()
                && took > longest
            {
                longest = took;
                slow = file.map(|file| (path.clone(), file));
            }
            if faces.len() == before {
                let message = format!("`{path}` is not a font that can be read");
                let found = Diagnostic::new(Code::BAD_FONT, message)
                    .hint("fonts are OpenType or TrueType files (.otf, .ttf, .otc, .ttc)");
                broken.push(match place {
                    Some(place) => found.at(folder::whole_file(&place.shown())),
                    None => found,
                });
            }
        }
        let faces = Faces { fonts: faces, slow };
        broken.or_value(faces).map(|(faces, _)| faces)
    }

    /// The bytes of every font, by path.
    ///
    /// # Errors
    /// Each font that cannot be read.
    pub fn read(&self) -> Result<&BTreeMap<String, Bytes>, Diagnostics> {
        let files = self.files.get_or_init(|| self.read_all()).as_ref();
        files.map_err(Clone::clone)
    }

    fn read_all(&self) -> Result<BTreeMap<String, Bytes>, Diagnostics> {
        let mut found = Diagnostics::default();
        let mut files = BTreeMap::new();
        for (name, place) in &self.places {
            match place.read() {
                Ok(bytes) => {
                    if let Some(inputs) = &self.inputs {
                        inputs.note(
                            &place.shown(),
                            &bytes,
                            matches!(place, FontSource::Disk(..)),
                        );
                    }
                    files.insert(name.clone(), bytes);
                }
                Err(problem) => found.push(problem),
            }
        }
        found.or_value(files).map(|(files, _)| files)
    }
}

/// How long it takes to find the glyphs of a hundred letters that a font has.
fn time_of_a_line(font: &Font) -> Option<Duration> {
    let letters = font.info().coverage.iter().filter_map(char::from_u32);
    let letters: String = letters.filter(|c| *c > ' ').take(100).collect();
    let mut line = rustybuzz::UnicodeBuffer::new();
    line.push_str(&letters);
    let face = rustybuzz::Face::from_slice(font.data(), font.index())?;
    let start = Instant::now();
    rustybuzz::shape(&face, &[], line);
    Some(start.elapsed())
}

impl FontSource {
    fn read(&self) -> Result<Bytes, Diagnostic> {
        match self {
            FontSource::Binary { bytes, .. } => Ok(Bytes::new(*bytes)),
            FontSource::Disk(root, name) => root
                .read(name, folder::LARGEST_FILE)
                .map(Bytes::new)
                .map_err(|problem| folder::unreadable(root, name, &problem)),
        }
    }

    /// Its path as the user would type it.
    fn shown(&self) -> String {
        match self {
            FontSource::Binary { path, .. } => path.clone(),
            FontSource::Disk(root, name) => root.display(name),
        }
    }
}
