//! What a page paints, checked as it is painted.

use super::boxes::Edges;
use super::ink::InkCache;
use super::whole::Press;
use super::words::{TRACE, family, near_black, quote, words};
use super::{Issue, Report, Rules};
use crate::base::diagnostic::Code;
use crate::layout::MM;
use crate::pdf::read::Rect;
use crate::pdf::read::colour::{Inks, Space};
use crate::pdf::read::content::{Fragment, PaintEvent};
use crate::pdf::read::file::{File, short};
use crate::pdf::read::paint::Paint;
use crate::pdf::read::path::common;
use crate::pdf::read::state::Graphics;

/// A look at one page.
pub(super) struct PageCheck<'a> {
    pub(super) file: &'a File,
    pub(super) rules: &'a Rules,
    pub(super) press: &'a Press,
    pub(super) edges: Edges,
    pub(super) number: usize,
}

/// An object on the page, as a diagnostic names it.
#[derive(Default)]
pub(super) struct PageObject {
    pub(super) object: String,
    pub(super) text: Option<String>,
    pub(super) pixels: Option<(u32, u32)>,
}

impl PageObject {
    pub(super) fn of(&self, number: usize, issue: Issue) -> Issue {
        let mut issue = issue.on(number, self.object.clone());
        issue.text.clone_from(&self.text);
        issue.pixels = self.pixels;
        issue
    }
}

impl<'a> PageCheck<'a> {
    /// A look at the page of that number.
    pub(super) fn new(
        file: &'a File,
        rules: &'a Rules,
        press: &'a Press,
        edges: Edges,
        number: usize,
    ) -> PageCheck<'a> {
        PageCheck {
            file,
            rules,
            press,
            edges,
            number,
        }
    }

    /// Looks at something that is painted.
    pub(super) fn at(
        &self,
        painted: &PaintEvent,
        state: &Graphics,
        seen: &mut InkCache,
        report: &mut Report,
    ) {
        match painted {
            PaintEvent::Text(fragment) => self.text(fragment, state, report),
            PaintEvent::Picture(picture) => self.picture(picture, state, seen, report),
            PaintEvent::Form(..) | PaintEvent::Mark { .. } | PaintEvent::EndMark => {}
            PaintEvent::Shape {
                bounds,
                fill,
                stroke,
                ..
            } => self.shape(*bounds, *fill, *stroke, state, report),
            PaintEvent::Shading { space, .. } => {
                let thing = PageObject {
                    object: "gradient".into(),
                    ..PageObject::default()
                };
                self.screen_colour(space, "a gradient", &thing, report);
            }
            PaintEvent::Group(space) => self.group(space.as_ref(), report),
        }
    }

    fn text(&self, fragment: &Fragment, state: &Graphics, report: &mut Report) {
        let text = fragment.text.trim();
        let thing = PageObject {
            object: format!("text “{}”", quote(text)),
            text: Some(text.to_string()),
            pixels: None,
        };
        let facts = &fragment.font.facts;
        if facts.embedded.is_none() {
            let what = format!(
                "font {} is not in the file: the printer would set the text in another",
                facts.name
            );
            let hint = "export it with all fonts embedded";
            report.add(thing.of(
                self.number,
                Issue::new(Code::FONT_MISSING, "font-not-embedded", what).hint(hint),
            ));
        }
        if text.is_empty() || state.invisible {
            return;
        }
        let inside = state.pattern || self.edges.inside(fragment.start);
        let (fills, strokes) = (state.render % 4 != 1, matches!(state.render % 4, 1 | 2));
        if fills {
            self.letters(&state.fill, state, inside, &thing, report);
            if inside {
                self.small_tint(&state.fill, fragment.size, &thing, report);
            }
        }
        if strokes {
            self.colour(&state.stroke, inside, "text", &thing, report);
            self.line(state, inside, &thing, report);
        }
    }

    /// The colour that text is filled with: black must be black ink alone, over what is below it.
    fn letters(
        &self,
        paint: &Paint,
        state: &Graphics,
        inside: bool,
        thing: &PageObject,
        report: &mut Report,
    ) {
        if paint.is_pattern() {
            return;
        }
        let inks = paint.inks();
        if near_black(paint, inks) && !inks.is_some_and(|inks| inks.all && !inside) {
            let what = format!(
                "black text is not printed in black ink alone but as {}",
                words(paint)
            );
            let hint = "set the text in pure black (0, 0, 0, 100 %): letters of several inks blur when one is a hair off";
            return report.add(thing.of(
                self.number,
                Issue::new(Code::BLACK_TEXT, "text-not-black-only", what).hint(hint),
            ));
        }
        self.colour(paint, inside, "text", thing, report);
        // Nothing lies below the words in the margin of the sheet.
        if let Some(inks) = inks.filter(|inks| inside && !inks.all) {
            self.knockout(inks, paint, state, thing, report);
        }
    }

    /// Small letters whose edges are made of dots: those of a solid ink are sharp, and white ones are left to the eye.
    fn small_tint(&self, paint: &Paint, size: f64, thing: &PageObject, report: &mut Report) {
        let Some(inks) = paint.inks().filter(|inks| !inks.all) else {
            return;
        };
        let plates = inks.cmyk.into_iter().chain([inks.spots]);
        let plates: Vec<f64> = plates.filter(|ink| *ink > TRACE).collect();
        let solid = plates.len() == 1 && plates[0] > 1.0 - TRACE;
        if plates.is_empty() || solid || size >= self.rules.tint_type - TRACE {
            return;
        }
        let (size, least) = (
            short((size * 10.0).round() / 10.0),
            short(self.rules.tint_type),
        );
        let what = format!(
            "type of {size} pt is in a tint or in several inks; {least} pt is the least, as its edges are made of dots"
        );
        let hint = "set it in solid black, or larger";
        report.add(thing.of(
            self.number,
            Issue::new(Code::SMALL_TINT, "small-tint-type", what).hint(hint),
        ));
    }

    /// Full black that cuts out what is below it.
    fn knockout(
        &self,
        inks: Inks,
        paint: &Paint,
        state: &Graphics,
        thing: &PageObject,
        report: &mut Report,
    ) {
        let [c, m, y, k] = inks.cmyk;
        let black = k > 1.0 - TRACE && c + m + y + inks.spots < TRACE;
        // Black of a named ink alone leaves the others as they are; black of four inks does in overprint mode 1.
        let spares = matches!(paint.space(), Space::Named(..))
            || *paint.space() == Space::Cmyk && state.overprint_mode;
        if self.rules.black_overprints && black && !(state.overprint && spares) {
            let what = "black text does not overprint: it cuts white holes into what is below";
            let hint = "set black text to overprint; `--format press` does so";
            report.add(thing.of(
                self.number,
                Issue::new(Code::KNOCKOUT, "text-knockout", what).hint(hint),
            ));
        }
    }

    /// What holds of every flat colour.
    pub(super) fn colour(
        &self,
        paint: &Paint,
        inside: bool,
        what: &str,
        thing: &PageObject,
        report: &mut Report,
    ) {
        if !paint.is_pattern() {
            self.screen_colour(paint.space(), what, thing, report);
        }
        match paint.inks() {
            Some(inks) if inks.all && !inside => {}
            Some(inks) if inks.all && inks.total() > TRACE => {
                let message = format!(
                    "{what} on the page is in registration colour, which prints on every plate"
                );
                let hint = "use black; registration colour is for marks outside the page";
                report.add(thing.of(
                    self.number,
                    Issue::new(Code::REGISTRATION, "registration-colour", message).hint(hint),
                ));
            }
            Some(inks) => self.ink(inks.total(), what, thing, report),
            None => {}
        }
    }

    pub(super) fn ink(&self, total: f64, what: &str, thing: &PageObject, report: &mut Report) {
        let most = f64::from(self.rules.max_ink);
        if total * 100.0 > most + 0.5 {
            let message = format!(
                "{what} takes {:.0} % ink, more than the {most} % that dry in time",
                total * 100.0
            );
            let hint = "choose a lighter colour, or convert the picture for the printer's profile";
            report.add(thing.of(
                self.number,
                Issue::new(Code::TOO_MUCH_INK, "too-much-ink", message).hint(hint),
            ));
        }
    }

    pub(super) fn screen_colour(
        &self,
        space: &Space,
        what: &str,
        thing: &PageObject,
        report: &mut Report,
    ) {
        if space.is_rgb() && !self.press.takes_rgb {
            let message = format!(
                "{what} is in the colours of a screen ({}), not in the inks of a press",
                family(space)
            );
            let hint = "export it with a layout for print, whose colours are CMYK; convert pictures to CMYK";
            report.add(thing.of(
                self.number,
                Issue::new(Code::SCREEN_COLOUR, "rgb-colour", message).hint(hint),
            ));
        }
    }

    fn shape(&self, bounds: Rect, fill: bool, stroke: bool, state: &Graphics, report: &mut Report) {
        let visible = common(bounds, state.clip);
        if visible[0] > visible[2] || visible[1] > visible[3] {
            return;
        }
        let middle = (
            (visible[0] + visible[2]) / 2.0,
            (visible[1] + visible[3]) / 2.0,
        );
        let inside = state.pattern || self.edges.inside(middle);
        let object = if state.pattern {
            "pattern".into()
        } else {
            format!("shape {}", self.edges.place(middle))
        };
        let thing = PageObject {
            object,
            ..PageObject::default()
        };
        if fill {
            self.colour(&state.fill, inside, "an area", &thing, report);
            let bare = state.fill.inks().is_some_and(|inks| inks.total() < TRACE);
            let bare = bare
                || *state.fill.space() == Space::Rgb
                    && state.fill.values().iter().all(|v| *v >= 1.0);
            if !bare {
                self.bleed(visible, state, &thing, report);
                self.sliver(bounds, stroke, &thing, report);
            }
        }
        if stroke {
            self.colour(&state.stroke, inside, "a line", &thing, report);
            self.line(state, inside, &thing, report);
        }
    }

    /// Lines that are too thin to print. Marks outside the page are as fine as they can be, and in registration colour.
    fn line(&self, state: &Graphics, inside: bool, thing: &PageObject, report: &mut Report) {
        if !inside && state.stroke.inks().is_some_and(|inks| inks.all) {
            return;
        }
        let (across, along) = state.matrix.extent();
        self.thin(state.width.abs() * across.min(along), thing, report);
    }

    /// Areas that are nothing but a line.
    fn sliver(&self, bounds: Rect, stroke: bool, thing: &PageObject, report: &mut Report) {
        let (width, height) = (bounds[2] - bounds[0], bounds[3] - bounds[1]);
        if !stroke && width.max(height) > 1.0 {
            self.thin(width.min(height), thing, report);
        }
    }

    fn thin(&self, width: f64, thing: &PageObject, report: &mut Report) {
        if width < self.rules.hairline - TRACE {
            let (width, least) = (short(width), short(self.rules.hairline));
            let what = format!(
                "a line of {width} pt is too thin: it may vanish in print; {least} pt is the least"
            );
            let hint = format!("make the line at least {least} pt wide");
            report.add(thing.of(
                self.number,
                Issue::new(Code::HAIRLINE, "hairline", what).hint(hint),
            ));
        }
    }

    pub(super) fn bleed(
        &self,
        painted: Rect,
        state: &Graphics,
        thing: &PageObject,
        report: &mut Report,
    ) {
        if state.pattern {
            return;
        }
        if let Some((code, rule, what)) = self.edges.bleed_fault(painted, self.rules.bleed * MM) {
            let hint = "let it run over the edge by the bleed, or keep it clear of the edge: paper is never cut exactly";
            report.add(thing.of(self.number, Issue::new(code, rule, what).hint(hint)));
        }
    }
}
