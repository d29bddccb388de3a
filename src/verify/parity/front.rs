//! What an artifact has to state besides the chapters and the lists at the end: title page, imprint, pictures and text of the
//! covers.

use super::collect::{Collector, Form, piece};
use super::expected::{ExpectedText, Statement, TextRole};
use crate::document::Logo;
use crate::layout::Detail;

impl<'a> Collector<'a> {
    /// States the title page and the imprint. Nothing else has been stated yet.
    pub(super) fn front(&mut self) {
        let document = self.document;
        let covers = &document.covers;
        let picture = covers.picture.iter().filter_map(|one| one.alt.as_ref());
        let logos = covers.logos.iter();
        let mut shown: Vec<&String> = picture.collect();
        shown.extend(logos.clone().filter(has_image).map(|one| &one.name));
        self.pictures(&shown);
        let imprint = self.digest().map_or(Detail::Full, |digest| digest.imprint);
        let blocks = match imprint {
            Detail::Full => document.imprint.as_slice(),
            Detail::Brief => document.imprint.get(..1).unwrap_or_default(),
            Detail::None => &[],
        };
        self.blocks(blocks);
        if imprint == Detail::Full && matches!(self.form, Form::Plain(_)) {
            self.blocks(&covers.text);
        }
        let supporters: Vec<&String> = covers.supporters.iter().map(|one| &one.name).collect();
        if !matches!(self.form, Form::Plain(_)) {
            self.pictures(&supporters);
        }
        // The order is the format's own, and tables of lists may be there, too.
        self.out.tables.clear();
        let stated = std::mem::take(&mut self.out.body);
        let pictured = self.has_pictures();
        let mut front: Vec<ExpectedText> = stated
            .iter()
            .flat_map(Statement::pieces)
            .filter(|one| one.what != TextRole::Alt || matches!(self.form, Form::Plain(_)))
            .cloned()
            .collect();
        let mut say = |what, text: &str| front.extend(piece(what, text, None));
        // Of covers on paper nobody knows what is between the margins.
        if !matches!(self.form, Form::Pages) {
            say(TextRole::Heading, &document.title);
            let optional = [&document.series, &document.subtitle];
            for text in optional.into_iter().flatten().chain([&document.credit]) {
                say(TextRole::Text, text);
            }
            for logo in logos.filter(|one| pictured && !has_image(one)) {
                say(TextRole::Text, &logo.name);
            }
        }
        if imprint != Detail::None {
            say(TextRole::Text, &document.copyright);
            for fact in &document.identifiers {
                say(TextRole::Fact, &fact.label);
                fact.values
                    .iter()
                    .for_each(|value| say(TextRole::Fact, value));
            }
        }
        self.out.front = front;
    }

    /// Whether the artifact says what pictures show.
    fn has_pictures(&self) -> bool {
        let digest = self.digest();
        digest.is_none_or(|digest| digest.figures == Detail::Full)
    }

    /// States the alternative texts of pictures that stand around the text.
    fn pictures(&mut self, shown: &[&String]) {
        if matches!(self.form, Form::Pages) || !self.has_pictures() {
            return;
        }
        for alt in shown {
            let alt = piece(TextRole::Alt, alt, None);
            self.out.alts.extend(alt.clone());
            self.out.body.extend(alt.map(Statement::Text));
        }
    }

    /// States the text of the back cover; plain text has it with what it says of the report.
    pub(super) fn back_cover(&mut self) {
        if !matches!(self.form, Form::Plain(_)) {
            self.blocks(&self.document.covers.text);
        }
    }
}

fn has_image(logo: &&Logo) -> bool {
    logo.image.is_some()
}
