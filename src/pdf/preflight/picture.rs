//! Pictures and transparent objects, checked against the rules.

use lopdf::{Object, Stream};

use super::boxes::NEAR;
use super::ink::InkCache;
use super::page::{PageCheck, PageObject};
use super::words::family;
use super::{Issue, Report};
use crate::base::diagnostic::Code;
use crate::pdf::read::colour::Space;
use crate::pdf::read::content::Picture;
use crate::pdf::read::path::{common, moved};
use crate::pdf::read::state::Graphics;

impl PageCheck<'_> {
    /// Looks at a picture: its pixels, its colours, its ink.
    pub(super) fn picture(
        &self,
        picture: &Picture,
        state: &Graphics,
        seen: &mut InkCache,
        report: &mut Report,
    ) {
        let Some(stream) = picture.stream(self.file) else {
            return;
        };
        let pixels = self.pixels(stream);
        let visible = common(moved([0.0, 0.0, 1.0, 1.0], &state.matrix), state.clip);
        if visible[2] - visible[0] < NEAR || visible[3] - visible[1] < NEAR {
            return;
        }
        let object = match picture {
            Picture::Inline(_) => "inline image".into(),
            Picture::Named(name, _) => format!("image {name}"),
        };
        let size = pixels
            .map(|(width, height)| format!(" ({width} × {height} pixels)"))
            .unwrap_or_default();
        let thing = PageObject {
            object: format!("{object}{size}"),
            text: None,
            pixels,
        };
        self.resolution(pixels, state, &thing, report);
        self.bleed(visible, state, &thing, report);
        if matches!(self.entry(stream, "ImageMask", "IM"), Object::Boolean(true)) {
            let inside = state.pattern || self.edges.inside((visible[0], visible[1]));
            return self.colour(&state.fill, inside, "a picture", &thing, report);
        }
        let space = Space::read(self.file, self.entry(stream, "ColorSpace", "CS"));
        self.screen_colour(&space, "a picture", &thing, report);
        if let Some(total) = seen.most(self.file, stream, &space) {
            self.ink(total, "a picture", &thing, report);
        }
    }

    /// The entry of a picture, which has a short name where the picture is an inline one.
    fn entry<'b>(&'b self, stream: &'b Stream, long: &str, short: &str) -> &'b Object {
        match self.file.get(&stream.dict, long) {
            Object::Null => self.file.get(&stream.dict, short),
            other => other,
        }
    }

    /// Pixels across and down.
    fn pixels(&self, stream: &Stream) -> Option<(u32, u32)> {
        let count =
            |long, short| u32::try_from(self.entry(stream, long, short).as_i64().ok()?).ok();
        count("Width", "W").zip(count("Height", "H"))
    }

    fn resolution(
        &self,
        pixels: Option<(u32, u32)>,
        state: &Graphics,
        thing: &PageObject,
        report: &mut Report,
    ) {
        let Some((width, height)) = pixels.filter(|size| !state.pattern && *size != (1, 1)) else {
            return;
        };
        let (across, down) = state.matrix.extent();
        let dpi = (f64::from(width) * 72.0 / across).min(f64::from(height) * 72.0 / down);
        let (wanted, poor) = (
            self.rules.min_resolution,
            self.rules.poor_resolution.min(self.rules.min_resolution),
        );
        // Half a pixel to the inch is a matter of rounding.
        if !dpi.is_finite() || dpi + 0.5 >= f64::from(wanted) {
            return;
        }
        let what = format!("a picture has {dpi:.0} pixels to the inch; printers want {wanted}");
        let pixels = (across / 72.0 * f64::from(wanted)).ceil();
        let hint = format!("use a picture at least {pixels} pixels wide, or print it smaller");
        let code = if dpi < f64::from(poor) {
            Code::POOR_PICTURE
        } else {
            Code::COARSE_PICTURE
        };
        let issue = Issue::new(code, "image-resolution", what);
        report.add(thing.of(self.number, issue.hint(hint)));
    }

    /// The colours that see-through objects are mixed in: `space` is the one of the group of a page or a form, where it says one.
    pub(super) fn group(&self, space: Option<&Space>, report: &mut Report) {
        let fits =
            |space: &&Space| matches!(space, Space::Cmyk | Space::Icc(4)) || self.press.takes_rgb;
        if let Some(space) = space.filter(|space| !fits(space)) {
            let what = format!(
                "see-through objects are mixed as {}, not as the inks of a press",
                family(space)
            );
            let code = if space.is_rgb() {
                Code::SCREEN_MIXING
            } else {
                Code::OTHER_MIXING
            };
            let hint = "export it with a layout for print, or flatten the transparency in CMYK";
            report.add(
                Issue::new(code, "transparency-colour", what)
                    .on(self.number, "transparency group")
                    .hint(hint),
            );
        }
    }
}
