//! Run styles: the appearance of running text, and the character style for each.
//!
//! Emphasis inside a link inside a name is one character style, made when it is first needed: no run is formatted
//! directly.

use crate::base::script::Stress;

/// What kind of link text is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// Out of the document.
    External,
    /// To a place in the document.
    Internal,
}

/// How a piece of running text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RunStyle {
    /// Part of a link.
    pub(super) link: Option<Link>,
    /// A person's name.
    pub(super) person: bool,
    /// Monospaced font.
    pub(super) code: bool,
    /// Strong emphasis.
    pub(super) strong: bool,
    /// Emphasis.
    pub(super) emphasis: bool,
    /// How that is seen, where it is another way than that of the document's language.
    pub(super) stress: Option<Stress>,
    /// Raised or lowered.
    pub(super) shift: Option<Shift>,
    /// Struck out.
    pub(super) struck: bool,
}

/// Whether text is raised or lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shift {
    /// Above it.
    Raised,
    /// Below it.
    Lowered,
}

impl RunStyle {
    /// Id and name of the character style; `None` for plain text.
    pub(super) fn style(self) -> Option<(String, String)> {
        let parts = self.parts();
        match parts.as_slice() {
            [] => None,
            [(id, name)] => Some(((*id).to_owned(), (*name).to_owned())),
            many => {
                let ids: Vec<&str> = many.iter().map(|(id, _)| *id).collect();
                let names: Vec<&str> = many.iter().map(|(_, name)| *name).collect();
                Some((ids.concat(), names.join(" ")))
            }
        }
    }

    fn parts(self) -> Vec<(&'static str, &'static str)> {
        let mut parts = Vec::new();
        match self.link {
            Some(Link::External) => parts.push(("Hyperlink", "Hyperlink")),
            Some(Link::Internal) => parts.push(("CrossReference", "Cross Reference")),
            None => {}
        }
        let rest = [
            (self.person, ("PersonName", "Person Name")),
            (self.code, ("HTMLCode", "HTML Code")),
            (self.strong, ("Strong", "Strong")),
            (self.emphasis, self.emphasised()),
            (
                self.shift == Some(Shift::Raised),
                ("Superscript", "Superscript"),
            ),
            (
                self.shift == Some(Shift::Lowered),
                ("Subscript", "Subscript"),
            ),
            (self.struck, ("Strikethrough", "Strikethrough")),
        ];
        parts.extend(rest.into_iter().filter(|(on, _)| *on).map(|(_, part)| part));
        parts
    }

    fn emphasised(self) -> (&'static str, &'static str) {
        match self.stress {
            None => ("Emphasis", "Emphasis"),
            Some(Stress::Slant) => ("EmphasisItalic", "Emphasis Italic"),
            Some(Stress::Weight) => ("EmphasisBold", "Emphasis Bold"),
            Some(Stress::Dots) => ("EmphasisDots", "Emphasis Dots"),
        }
    }

    /// The looks that every document has as styles, used or not.
    pub(super) fn built_in() -> [RunStyle; 6] {
        let plain = RunStyle::default();
        [
            RunStyle {
                link: Some(Link::External),
                ..plain
            },
            RunStyle {
                link: Some(Link::Internal),
                ..plain
            },
            RunStyle {
                person: true,
                ..plain
            },
            RunStyle {
                code: true,
                ..plain
            },
            RunStyle {
                strong: true,
                ..plain
            },
            RunStyle {
                emphasis: true,
                ..plain
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_looks_are_word_s_own_styles_and_others_are_made_of_them() {
        let emphasis = RunStyle {
            emphasis: true,
            ..RunStyle::default()
        };
        let both = RunStyle {
            link: Some(Link::External),
            strong: true,
            ..emphasis
        };
        assert_eq!(RunStyle::default().style(), None);
        assert_eq!(
            emphasis.style(),
            Some(("Emphasis".to_owned(), "Emphasis".to_owned()))
        );
        assert_eq!(
            both.style().map(|(id, _)| id),
            Some("HyperlinkStrongEmphasis".to_owned())
        );
    }
}
