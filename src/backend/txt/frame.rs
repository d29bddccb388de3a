//! What comes before the chapters (title block, what the document is, imprint, contents) and after them (lists, how to
//! get the whole).

use super::Writer;
use super::block::HANG;
use super::chapter::AFTER_HEADING;
use super::inline::{capitals, cleaned};
use super::places::Places;
use super::wrap::{balance, by_sense, unhyphenated, width};
use crate::document::{
    AcronymEntry, BackList, Heading, IndexEntry, ListedBlock, SpeakerEntry, Work,
};
use crate::layout::Detail;

/// The mark of an entry of a list that does not count.
pub(super) const ITEM: &str = "- ";

/// Columns by which each level of the contents list is indented.
const STEP: usize = 2;

impl<'a> Writer<'a> {
    /// Sets what comes before the chapters.
    pub(super) fn front(&mut self) {
        self.title_block();
        self.pictures();
        let document = self.document;
        let about = document.description.as_str();
        if !about.is_empty() {
            self.titled(&self.strings().about);
            self.sheet.paragraph(&cleaned(about), 0);
        }
        if self.policy.imprint == Detail::Full && !document.covers.text.is_empty() {
            self.sheet.gap(1);
            self.blocks(&document.covers.text, 1);
        }
        self.imprint();
        self.contents();
    }

    fn title_block(&mut self) {
        let document = self.document;
        if let Some(series) = &document.series {
            self.sheet.paragraph(&cleaned(series), 0);
            self.sheet.gap(1);
        }
        let parts: Vec<String> = document
            .title_lines
            .iter()
            .map(|line| capitals(&cleaned(line), &document.language.code))
            .collect();
        let lines = by_sense(&parts, self.sheet.room());
        // Not by equals signs, which are said one by one.
        self.sheet.underlined(&lines, "-");
        self.sheet.gap(AFTER_HEADING);
        if let Some(subtitle) = &document.subtitle {
            for line in balance(&cleaned(subtitle), self.sheet.room()) {
                self.sheet.paragraph(&line, 0);
            }
            self.sheet.gap(1);
        }
        if !document.credit.contains(&document.publisher) {
            self.sheet.paragraph(&cleaned(&document.publisher), HANG);
        }
        self.sheet.paragraph(&cleaned(&document.credit), HANG);
        let place = document.place.as_ref().map_or_else(String::new, |place| {
            format!("{place}{}", self.strings().comma)
        });
        self.sheet
            .paragraph(&cleaned(&(place + &document.date.text)), HANG);
    }

    /// Sets what the pictures on the cover show, and whose logos stand there.
    fn pictures(&mut self) {
        if self.policy.figures != Detail::Full {
            return;
        }
        let (covers, strings) = (&self.document.covers, self.strings());
        let shown =
            |alt: &String| format!("[{}{}{}]", strings.picture, strings.colon, cleaned(alt));
        let picture = covers.picture.iter().filter_map(|one| one.alt.as_ref());
        let logos = covers.logos.iter().map(|logo| match logo.image {
            Some(_) => shown(&logo.name),
            None => cleaned(&logo.name),
        });
        for (index, text) in picture.map(shown).chain(logos).enumerate() {
            if index == 0 {
                self.sheet.gap(1);
            }
            self.sheet.paragraph(&text, HANG);
        }
    }

    /// Sets a heading of the first level that no chapter has.
    fn titled(&mut self, title: &str) {
        let lines = balance(&cleaned(title), self.sheet.room());
        self.top(&lines);
    }

    fn imprint(&mut self) {
        let document = self.document;
        let detail = self.policy.imprint;
        if detail == Detail::None {
            return;
        }
        self.titled(&document.strings.imprint);
        let shown = if detail == Detail::Full {
            document.imprint.len()
        } else {
            1.min(document.imprint.len())
        };
        self.blocks(&document.imprint[..shown], 1);
        self.sheet.gap(1);
        self.sheet.paragraph(&cleaned(&document.copyright), HANG);
        self.sheet.gap(1);
        self.facts(&document.identifiers);
        self.notes();
    }

    /// Lists the headings that are in this text: a digest that leaves a chapter out does not promise it.
    fn contents(&mut self) {
        let document = self.document;
        let entries: Vec<_> = document
            .contents_to(self.contents_depth)
            .filter(|entry| self.headings.contains(entry.anchor.as_str()))
            .collect();
        if entries.is_empty() {
            return;
        }
        self.titled(&document.strings.contents);
        for entry in entries {
            let mut text = entry.label.clone().unwrap_or_default();
            if !text.is_empty() {
                text.push_str(&document.strings.colon);
            }
            text.push_str(&entry.title);
            let outer = self
                .sheet
                .enter(STEP * usize::from(entry.level.saturating_sub(1)));
            let limit = self.sheet.room().saturating_sub(width(ITEM));
            self.item(&unhyphenated(&cleaned(&text), limit));
            self.sheet.leave(outer);
        }
    }

    /// Sets what comes after the chapters.
    pub(super) fn end(&mut self) {
        let document = self.document;
        if self.policy.back_matter != Detail::None {
            let places = Places::of(document);
            document
                .block_lists
                .iter()
                .for_each(|list| self.listed(list));
            document
                .bibliography
                .iter()
                .for_each(|list| self.works(list));
            document
                .speakers
                .iter()
                .for_each(|list| self.speakers(list, &places));
            document
                .acronyms
                .iter()
                .for_each(|list| self.acronyms(list));
            document
                .index
                .iter()
                .for_each(|list| self.index(list, &places));
        }
        if !self.policy.whole {
            self.how_to_get_the_whole();
        }
    }

    fn list_heading(&mut self, heading: &'a Heading) {
        self.headings.insert(&heading.anchor);
        let title = cleaned(&heading.full(self.strings()));
        let lines = balance(&title, self.sheet.room());
        self.top(&lines);
    }

    fn listed(&mut self, list: &'a BackList<ListedBlock>) {
        self.list_heading(&list.heading);
        let colon = &self.strings().colon;
        for entry in &list.entries {
            let text = format!("{}{colon}{}", entry.label, entry.title);
            self.item(&cleaned(&text));
        }
    }

    /// Sets an entry of a list: one that is heard knows by its mark where it begins (WCAG 2.1, technique T2).
    pub(super) fn item(&mut self, text: &str) {
        let outer = self.sheet.enter_behind(ITEM);
        self.sheet.paragraph(text, 0);
        self.sheet.leave(outer);
    }

    fn works(&mut self, list: &'a BackList<Work>) {
        self.list_heading(&list.heading);
        for work in &list.entries {
            let text = self.text(&work.content);
            match &work.label {
                Some(label) => {
                    let outer = self.sheet.enter_behind(&format!("{} ", cleaned(label)));
                    self.sheet.paragraph(&text, 0);
                    self.sheet.leave(outer);
                }
                None => self.item(&text),
            }
        }
    }

    fn speakers(&mut self, list: &'a BackList<SpeakerEntry>, places: &Places<'_>) {
        self.list_heading(&list.heading);
        for entry in &list.entries {
            let outer = self.sheet.enter_behind(ITEM);
            self.sheet.paragraph(&cleaned(&entry.name), HANG);
            if self.policy.back_matter == Detail::Brief {
                self.sheet.leave(outer);
                continue;
            }
            let spoke = places.names(&entry.anchors).join(&self.strings().comma);
            for line in [entry.post.as_str(), spoke.as_str()]
                .into_iter()
                .filter(|line| !line.is_empty())
            {
                self.sheet.paragraph(&cleaned(line), HANG);
            }
            self.sheet.leave(outer);
        }
    }

    fn acronyms(&mut self, list: &'a BackList<AcronymEntry>) {
        self.list_heading(&list.heading);
        let rows: Vec<_> = list
            .entries
            .iter()
            .map(|entry| (cleaned(&entry.acronym), cleaned(&entry.expansion)))
            .collect();
        self.pairs(&rows);
    }

    fn index(&mut self, list: &'a BackList<IndexEntry>, places: &Places<'_>) {
        if self.policy.back_matter == Detail::Brief {
            return;
        }
        self.list_heading(&list.heading);
        let strings = self.strings();
        for entry in &list.entries {
            let found = places.names(&entry.anchors).join(&strings.comma);
            let colon = if found.is_empty() { "" } else { &strings.colon };
            self.item(&cleaned(&format!("{}{colon}{found}", entry.name)));
        }
    }

    fn how_to_get_the_whole(&mut self) {
        let document = self.document;
        let strings = &document.strings;
        self.titled(&strings.whole);
        let text = strings
            .whole_text
            .replace("{title}", &document.title)
            .replace("{publisher}", &document.publisher)
            .replace("{date}", &document.date.text);
        self.sheet.paragraph(&cleaned(&text), 0);
        if let Some(url) = &document.url {
            self.sheet.gap(1);
            self.address(&strings.whole_url, url);
        }
    }

    /// Sets a sentence with `{url}` in it: the address is alone on its line, nothing is glued to it.
    fn address(&mut self, sentence: &str, url: &str) {
        let (before, after) = sentence.split_once("{url}").unwrap_or((sentence, ""));
        if !before.trim().is_empty() {
            self.sheet.paragraph(&cleaned(before.trim_end()), 0);
        }
        let outer = self.sheet.enter(STEP);
        self.sheet.paragraph(&cleaned(url), 0);
        self.sheet.leave(outer);
        if after.contains(char::is_alphanumeric) {
            self.sheet.paragraph(&cleaned(after.trim_start()), 0);
        }
    }
}
