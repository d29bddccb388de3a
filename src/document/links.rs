//! Links: to organisations, people, other places of the report and the web; and marks of other languages.

use super::markdown::Node;
use super::prose::{LineState, Prose, ProseContext};
use super::resolve::Resolver;
use super::{Inline, identifiers, language, markdown, noted};
use crate::base::diagnostic::Code;

impl<'a> Resolver<'a> {
    /// A link with its text; an empty text is filled in where the target has a name.
    pub(super) fn link(
        &mut self,
        prose: &mut Prose<'_, 'a>,
        target: &str,
        children: Vec<Node>,
        offset: usize,
        line: &mut LineState,
    ) -> Option<Inline> {
        let mut content = self.inlines(prose, children, line);
        if !noted(&content).is_empty() {
            let hint = "put the mark after the link";
            self.found.push(prose.diagnostic(
                Code::NOTE_IN_LINK,
                offset,
                "a footnote's mark has no place inside a link",
                hint,
            ));
        }
        let (scheme, rest) = match target.strip_prefix('#') {
            Some(id) => ("#", id),
            None => target.split_once(':').unwrap_or(("", target)),
        };
        match scheme {
            "#" => {
                // What fills an empty one in ends in no space.
                line.space &= !content.is_empty();
                self.reference(prose, rest, content, offset)
            }
            "org" => {
                let organisation =
                    self.organisation_named(prose.at, rest, || prose.spot(offset))?;
                if content.is_empty() {
                    let name = self.registry.organisations[organisation].short.clone();
                    self.text(prose, &name, offset, line, &mut content);
                    self.usage.acronyms.scan(&name);
                }
                Some(Inline::Organisation {
                    organisation,
                    anchor: self.links.anchors.fresh("org"),
                    content,
                })
            }
            "person" => {
                let person = self.person_named(prose.at, rest, || prose.spot(offset))?;
                if content.is_empty() {
                    let name = self.registry.named(person, self.words.strings);
                    self.text(prose, &name, offset, line, &mut content);
                }
                Some(Inline::Person { person, content })
            }
            "lang" => match language::parse(rest) {
                Ok(language) if !content.is_empty() => Some(Inline::Language { language, content }),
                Ok(_) => {
                    self.found.push(prose.diagnostic(
                        Code::NO_FOREIGN_WORDS,
                        offset,
                        "there are no words in this language",
                        "write them between the brackets",
                    ));
                    None
                }
                Err(message) => {
                    self.found.push(prose.diagnostic(
                        Code::BAD_LANGUAGE,
                        offset,
                        message,
                        "write the language's code, as in [Wort](lang:de)",
                    ));
                    None
                }
            },
            _ => self.outward(prose, target, content, offset, line),
        }
    }

    fn outward(
        &mut self,
        prose: &Prose,
        target: &str,
        mut content: Vec<Inline>,
        offset: usize,
        line: &mut LineState,
    ) -> Option<Inline> {
        match identifiers::address(target) {
            Ok(url) => {
                if content.is_empty() {
                    self.found.push(prose.diagnostic(
                        Code::WORDLESS_LINK,
                        offset,
                        "a link has no words, and its address is printed in their place",
                        "write between the brackets where it goes, as in [the agency](https://…); to show the address write <https://…>",
                    ));
                    self.text(prose, target, offset, line, &mut content);
                }
                Some(Inline::Link { url, content })
            }
            Err(_) if target.is_empty() => {
                self.found.push(prose.diagnostic(
                    Code::LINK_NOWHERE,
                    offset,
                    "a link goes nowhere",
                    "write where it goes between its parentheses",
                ));
                None
            }
            Err(message) => {
                let hint = "a link goes to https://…, mailto:…, org:id, person:id, #id (a place in the report) or lang:code";
                self.found
                    .push(prose.diagnostic(Code::BAD_ADDRESS, offset, message, hint));
                None
            }
        }
    }

    /// A cross-reference; an empty one is filled in at the end, when all labels are known.
    fn reference(
        &mut self,
        prose: &Prose,
        id: &str,
        content: Vec<Inline>,
        offset: usize,
    ) -> Option<Inline> {
        let (id, page) = match id.split_once(markdown::PAGE_SIGN) {
            Some((id, page)) if page == markdown::PAGE => (id, true),
            _ => (id, false),
        };
        // Elsewhere a file is compared with the document word by word, and the document knows no pages.
        if page && prose.setting != ProseContext::Body {
            let message = "the page of a reference is given in running text alone";
            let hint = "write the reference without `page`, or move it into the text";
            self.found
                .push(prose.diagnostic(Code::PAGE_REFERENCE, offset, message, hint));
            return None;
        }
        if self.links.targets.contains_key(id) {
            if content.is_empty() {
                self.links.empty.push((id.to_owned(), prose.place(offset)));
            }
            return Some(Inline::Reference {
                anchor: id.to_owned(),
                content,
                page,
            });
        }
        let message = format!("nothing in the report has the id `{id}`");
        let error = prose
            .at
            .diagnostic_at(Code::UNKNOWN_TARGET, prose.spot(offset), message);
        let known = self.links.targets.keys().map(String::as_str);
        let otherwise =
            "ids are given by `id` to chapters, sections, tables, figures and boxes".to_owned();
        self.found.push(Self::unknown(error, id, known, otherwise));
        None
    }
}

impl ProseContext {
    /// Whether figures and tables may be there.
    pub(super) fn is_wide(self) -> bool {
        matches!(self, ProseContext::Body | ProseContext::Imprint)
    }
}
