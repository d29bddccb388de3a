//! What the pages draw, as the rules ask: in which marked content it is, with which fonts, in whose colours.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::ObjectId;

use crate::pdf::read::colour::Space;
use crate::pdf::read::content::{Drawing, Fragment, PaintEvent};
use crate::pdf::read::file::File;
use crate::pdf::read::state::Graphics;
use crate::pdf::read::tree::ContentOwner;

/// Most unmarked things of a page that are listed.
const MOST: usize = 1_000;

/// Colours of no profile of their own: what they look like, the output intent says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Device {
    Gray,
    Rgb,
    Cmyk,
}

/// What a page draws.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// How often each piece of marked content with a number is there.
    pub(super) marks: BTreeMap<(ContentOwner, i64), usize>,
    /// What is painted in no marked content that is read or skipped.
    pub(super) bare: Vec<String>,
    /// How often decoration stands within what is read aloud.
    pub(super) artifact_within: usize,
    /// How often what is read aloud stands within decoration.
    pub(super) within_artifact: usize,
    /// Fonts that are not embedded.
    pub(super) missing: BTreeSet<String>,
    /// Texts with characters that the file gives no Unicode for, or one that means nothing, by font and character.
    pub(super) unmapped: BTreeMap<(String, char), String>,
    /// The marked content that such texts are in.
    pub(super) unmapped_in: BTreeSet<i64>,
    /// Texts of which readers who pass over /ActualText get another, by font.
    pub(super) misheard: BTreeMap<String, String>,
    /// Fonts that draw the glyph for what they lack.
    pub(super) lacking: BTreeSet<String>,
    /// Device colours.
    pub(super) devices: BTreeSet<Device>,
}

/// What every page draws.
pub(super) fn pages(file: &File, drawings: &[Drawing]) -> Vec<Drawn> {
    let page = |(index, drawing): (usize, &Drawing)| {
        let mut pen = Pen {
            file,
            index,
            open: Vec::new(),
            drawn: Drawn::default(),
        };
        for (painted, with) in drawing.painted() {
            pen.see(painted, with);
        }
        for fragment in &drawing.fragments {
            pen.drawn.hear(fragment);
        }
        pen.drawn
    };
    drawings.iter().enumerate().map(page).collect()
}

impl Drawn {
    /// Notes text that readers get who know the character maps and nothing else, where it is another.
    fn hear(&mut self, fragment: &Fragment) {
        let mapped = fragment.mapped.as_ref();
        let same = mapped.is_none_or(|mapped| {
            let blank = |text: &str| text.chars().all(char::is_whitespace);
            let hyphen = fragment.text == "\u{ad}" && mapped == "-";
            hyphen || *mapped == fragment.text || blank(mapped) && blank(&fragment.text)
        });
        // What is there for the typesetter: where a word may be divided, where a direction changes.
        let marks = |c| matches!(c, '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if !same || mapped.unwrap_or(&fragment.text).contains(marks) {
            let text: String = fragment.text.trim().chars().take(40).collect();
            let instead: String = mapped.unwrap_or(&fragment.text).chars().take(40).collect();
            let said = format!("text “{text}” by “{}”", instead.escape_unicode());
            self.misheard
                .entry(fragment.font.facts.name.clone())
                .or_insert(said);
        }
    }
}

/// Marked content that is open.
#[derive(Clone, Copy)]
struct Mark {
    numbered: bool,
    artifact: bool,
}

struct Pen<'a> {
    file: &'a File,
    index: usize,
    open: Vec<Mark>,
    drawn: Drawn,
}

impl Pen<'_> {
    fn see(&mut self, painted: &PaintEvent, with: &Graphics) {
        match painted {
            PaintEvent::Mark {
                artifact,
                mcid,
                form,
            } => self.begin(*artifact, *mcid, *form),
            PaintEvent::EndMark => {
                self.open.pop();
            }
            PaintEvent::Text(fragment) => self.text(fragment, with),
            PaintEvent::Shape { fill, stroke, .. } => {
                self.marked(|| "a shape".into());
                self.strokes(*fill, *stroke, with);
            }
            PaintEvent::Shading { space, .. } => {
                self.marked(|| "a gradient".into());
                self.space(space);
            }
            PaintEvent::Picture(picture) => {
                self.marked(|| "a picture".into());
                if let Some(stream) = picture.stream(self.file) {
                    let space = self.file.get(&stream.dict, "ColorSpace");
                    self.space(&Space::read(self.file, space));
                }
            }
            PaintEvent::Group(Some(space)) => self.space(space),
            PaintEvent::Group(None) | PaintEvent::Form(..) => {}
        }
    }

    fn begin(&mut self, artifact: bool, mcid: Option<i64>, form: Option<ObjectId>) {
        let mark = Mark {
            numbered: mcid.is_some(),
            artifact,
        };
        let (artifact, numbered) = (
            self.open.iter().any(|mark| mark.artifact),
            self.open.iter().any(|mark| mark.numbered),
        );
        self.drawn.artifact_within += usize::from(mark.artifact && numbered);
        self.drawn.within_artifact += usize::from(mark.numbered && artifact);
        if let Some(mcid) = mcid {
            let place = form.map_or(ContentOwner::Page(self.index), ContentOwner::Form);
            *self.drawn.marks.entry((place, mcid)).or_default() += 1;
        }
        self.open.push(mark);
    }

    /// Notes what is painted outside all marked content that counts.
    fn marked(&mut self, what: impl FnOnce() -> String) {
        let marked = self.open.iter().any(|mark| mark.numbered || mark.artifact);
        if !marked && self.drawn.bare.len() < MOST {
            self.drawn.bare.push(what());
        }
    }

    fn text(&mut self, fragment: &Fragment, with: &Graphics) {
        let quoted = || {
            let text: String = fragment.text.trim().chars().take(40).collect();
            format!("text “{text}”")
        };
        self.marked(quoted);
        let facts = &fragment.font.facts;
        if facts.embedded.is_none() && !with.invisible {
            self.drawn.missing.insert(facts.name.clone());
        }
        if fragment.lacking && !with.invisible {
            self.drawn.lacking.insert(facts.name.clone());
        }
        // What stands for no character, or for none that has a meaning (ISO 14289-1, 7.21.7).
        for odd in ['\u{fffd}', '\0', '\u{feff}', '\u{fffe}'] {
            if fragment.text.contains(odd) {
                let key = (facts.name.clone(), odd);
                self.drawn.unmapped.entry(key).or_insert_with(quoted);
                self.drawn.unmapped_in.extend(fragment.mcid);
            }
        }
        // Modes from 4 on clip as well (ISO 32000-1, 9.3.6).
        let mode = with.render % 4;
        let (fill, stroke) = (matches!(mode, 0 | 2), matches!(mode, 1 | 2));
        self.strokes(fill, stroke, with);
    }

    fn strokes(&mut self, fill: bool, stroke: bool, with: &Graphics) {
        if fill {
            self.space(with.fill.space());
        }
        if stroke {
            self.space(with.stroke.space());
        }
    }

    fn space(&mut self, space: &Space) {
        let device = match space {
            Space::Gray => Device::Gray,
            Space::Rgb => Device::Rgb,
            Space::Cmyk => Device::Cmyk,
            Space::Indexed(base, _) | Space::Named(_, base) | Space::Pattern(Some(base)) => {
                return self.space(base);
            }
            _ => return,
        };
        self.drawn.devices.insert(device);
    }
}
