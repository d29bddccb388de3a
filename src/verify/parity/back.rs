//! What an artifact has to state of the lists: members, and at the end tables and figures, works, speakers, acronyms, organisations.

use super::blocks::{ANY, LINES, LISTED, WORK};
use super::collect::Collector;
use super::expected::TextRole;
use super::plain::plain;
use crate::document::Member;
use crate::layout::Detail;

impl<'a> Collector<'a> {
    /// States a list of members.
    pub(super) fn members(&mut self, of: &str, members: &[Member]) {
        match self.digest().map(|digest| digest.members) {
            Some(Detail::None) => {}
            Some(Detail::Brief) => {
                self.say(TextRole::Text, of);
                for member in members {
                    let name = member.acronym.as_ref().unwrap_or(&member.name);
                    self.say(TextRole::Member, name);
                }
            }
            _ => {
                let all = members
                    .iter()
                    .flat_map(|member| [member.acronym.as_deref(), Some(&member.name)]);
                let pieces = all
                    .flatten()
                    .filter_map(|text| self.piece(TextRole::Member, text, None));
                self.columns(plain(of), pieces.collect(), Vec::new());
            }
        }
    }

    /// States the lists at the end.
    pub(super) fn back_matter(&mut self) {
        let document = self.document;
        let detail = self
            .digest()
            .map_or(Detail::Full, |digest| digest.back_matter);
        if detail == Detail::None {
            return;
        }
        let full = detail == Detail::Full;
        for list in document.block_lists.iter() {
            self.heading(&list.heading);
            self.within(LINES, |this| {
                for entry in &list.entries {
                    this.say(TextRole::Entry, &entry.label);
                    this.say(TextRole::Entry, &entry.title);
                }
            });
        }
        if let Some(list) = &document.bibliography {
            self.heading(&list.heading);
            for work in &list.entries {
                self.within(ANY, |this| {
                    this.say(TextRole::Entry, work.label.as_deref().unwrap_or_default());
                });
                self.within(WORK, |this| this.running(TextRole::Entry, &work.content));
            }
        }
        if let Some(list) = &document.speakers {
            self.heading(&list.heading);
            self.within(LISTED, |this| {
                for entry in &list.entries {
                    this.say(TextRole::Speaker, &entry.name);
                    if full {
                        this.say(TextRole::Post, &entry.post);
                    }
                }
            });
        }
        if let Some(list) = &document.acronyms {
            self.heading(&list.heading);
            self.within(LISTED, |this| {
                for entry in &list.entries {
                    this.say(TextRole::Entry, &entry.acronym);
                    this.say(TextRole::Entry, &entry.expansion);
                }
            });
        }
        if let Some(list) = document.index.as_ref().filter(|_| full) {
            self.heading(&list.heading);
            self.within(LISTED, |this| {
                for entry in &list.entries {
                    this.say(TextRole::Entry, &entry.name);
                }
            });
        }
    }
}
