//! The content of one paragraph: first as a list of atoms, then as runs of docx-rs.
//!
//! The detour is necessary because direction concerns the whole paragraph: levels of the bidirectional algorithm
//! (UAX #9) are found over all its text before it is cut into runs.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

use crate::document::Language;

/// A piece of a paragraph.
#[derive(Debug, Clone)]
pub(super) enum Atom {
    /// Characters in one character style and one language.
    Text {
        text: String,
        style: Option<String>,
        language: Option<Language>,
    },
    /// A line break.
    Break,
    /// A tab.
    Tab,
    /// A mark of the note with that `w:id`.
    Note(usize),
    /// The picture with that key, as wide and high as that in EMU.
    Picture { key: String, size: (u32, u32) },
    /// A bookmark of no width: id and name.
    Bookmark(usize, String),
    /// A bookmark begins: id and name.
    OpenBookmark(usize, String),
    /// A bookmark ends.
    CloseBookmark(usize),
    /// A link begins.
    OpenLink(Target),
    /// A link ends.
    CloseLink,
    /// A field begins: its instruction, and the style that `\* CHARFORMAT` gives its result; what follows is that.
    OpenField(String, Option<String>),
    /// A field ends.
    CloseField,
}

/// Where a link goes.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// To a relationship of the part.
    Relationship(String),
    /// To a bookmark.
    Bookmark(String),
}

/// The content of one paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphContent {
    atoms: Vec<Atom>,
}

impl ParagraphContent {
    /// An empty line.
    pub(super) fn new() -> Self {
        ParagraphContent::default()
    }

    /// A line of text without a style.
    pub(super) fn of(text: &str) -> Self {
        let mut line = ParagraphContent::new();
        line.text(text);
        line
    }

    /// Whether nothing is in it that shows.
    pub(super) fn is_empty(&self) -> bool {
        self.atoms
            .iter()
            .all(|atom| matches!(atom, Atom::Bookmark(..)))
    }

    /// Adds text without a style.
    pub(super) fn text(&mut self, text: &str) {
        self.styled(text, None, None);
    }

    /// Adds text in a character style.
    pub(super) fn set(&mut self, text: &str, style: &str) {
        self.styled(text, Some(style.to_owned()), None);
    }

    /// Adds text. Line feeds become line breaks, tabs become tabs: as characters they vanish in Word.
    pub(super) fn styled(
        &mut self,
        text: &str,
        style: Option<String>,
        language: Option<&Language>,
    ) {
        for piece in text.split_inclusive(['\n', '\t']) {
            let words = piece.trim_end_matches(['\n', '\t']);
            if !words.is_empty() {
                self.atoms.push(Atom::Text {
                    text: words.to_owned(),
                    style: style.clone(),
                    language: language.cloned(),
                });
            }
            match &piece[words.len()..] {
                "\n" => self.atoms.push(Atom::Break),
                "\t" => self.atoms.push(Atom::Tab),
                _ => {}
            }
        }
    }

    /// Adds a line break.
    pub(super) fn line_break(&mut self) {
        self.atoms.push(Atom::Break);
    }

    /// Adds a tab.
    pub(super) fn tab(&mut self) {
        self.atoms.push(Atom::Tab);
    }

    /// Adds the mark of a note.
    pub(super) fn note(&mut self, id: usize) {
        self.atoms.push(Atom::Note(id));
    }

    /// Adds a picture; the size is in EMU.
    pub(super) fn picture(&mut self, key: String, size: (u32, u32)) {
        self.atoms.push(Atom::Picture { key, size });
    }

    /// Adds a bookmark that marks this place.
    pub(super) fn bookmark(&mut self, id: usize, name: &str) {
        self.atoms.push(Atom::Bookmark(id, name.to_owned()));
    }

    /// Begins a bookmark.
    pub(super) fn open_bookmark(&mut self, id: usize, name: &str) {
        self.atoms.push(Atom::OpenBookmark(id, name.to_owned()));
    }

    /// Ends a bookmark.
    pub(super) fn close_bookmark(&mut self, id: usize) {
        self.atoms.push(Atom::CloseBookmark(id));
    }

    /// Begins a link; links do not nest.
    pub(super) fn open_link(&mut self, target: Target) {
        self.atoms.push(Atom::OpenLink(target));
    }

    /// Ends a link.
    pub(super) fn close_link(&mut self) {
        self.atoms.push(Atom::CloseLink);
    }

    /// Begins a field.
    pub(super) fn open_field(&mut self, instruction: &str) {
        self.atoms
            .push(Atom::OpenField(instruction.to_owned(), None));
    }

    /// Begins a field whose result has a style, wherever it is taken from.
    pub(super) fn open_styled_field(&mut self, instruction: &str, style: Option<String>) {
        let instruction = format!("{instruction} \\* CHARFORMAT");
        self.atoms.push(Atom::OpenField(instruction, style));
    }

    /// Ends a field.
    pub(super) fn close_field(&mut self) {
        self.atoms.push(Atom::CloseField);
    }

    /// Adds all of another line.
    pub(super) fn append(&mut self, mut other: ParagraphContent) {
        self.atoms.append(&mut other.atoms);
    }

    /// Puts all of another line first.
    pub(super) fn prepend(&mut self, other: ParagraphContent) {
        self.atoms.splice(0..0, other.atoms);
    }

    /// Its atoms for a paragraph that runs from right to left or not, each with whether it does itself.
    pub(super) fn directed(self, rtl: bool) -> Vec<(Atom, bool)> {
        directed(self.atoms, rtl)
    }
}

/// The atoms, cut where the direction changes, each with whether it runs from right to left.
fn directed(atoms: Vec<Atom>, rtl: bool) -> Vec<(Atom, bool)> {
    // No letter before U+0590 runs from right to left: most paragraphs need no look at levels.
    let latin = |atom: &Atom| !matches!(atom, Atom::Text { text, .. } if text.chars().any(|c| c >= '\u{590}'));
    if !rtl && atoms.iter().all(latin) {
        return atoms.into_iter().map(|atom| (atom, false)).collect();
    }
    let mut text = String::new();
    for atom in &atoms {
        match atom {
            Atom::Text { text: words, .. } => text.push_str(words),
            Atom::Break | Atom::Tab => text.push(' '),
            _ => {}
        }
    }
    let info = BidiInfo::new(&text, Some(if rtl { Level::rtl() } else { Level::ltr() }));
    if !rtl && !info.has_rtl() {
        return atoms.into_iter().map(|atom| (atom, false)).collect();
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for atom in atoms {
        match atom {
            Atom::Text {
                text: words,
                style,
                language,
            } => {
                for (words, rtl) in cut(&words, &info.levels[start..start + words.len()], rtl) {
                    let words = words.to_owned();
                    pieces.push((
                        Atom::Text {
                            text: words,
                            style: style.clone(),
                            language: language.clone(),
                        },
                        rtl,
                    ));
                }
                start += words.len();
            }
            Atom::Break | Atom::Tab => {
                start += 1;
                pieces.push((atom, false));
            }
            other => pieces.push((other, false)),
        }
    }
    pieces
}

/// Pieces of equal direction. Numbers among right-to-left words go with them, as when they are typed in Word.
fn cut<'a>(words: &'a str, levels: &[Level], base_rtl: bool) -> Vec<(&'a str, bool)> {
    let mut pieces: Vec<(std::ops::Range<usize>, bool)> = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let level = levels[start];
        // What an isolate holds keeps its own direction: Word would turn the groups of a number about.
        let isolated = words[start..].starts_with('\u{2066}');
        let end = match words[start..].find('\u{2069}').filter(|_| isolated) {
            Some(close) => start + close + '\u{2069}'.len_utf8(),
            None => (start + 1..words.len())
                .find(|&at| {
                    levels[at] != level
                        || words.is_char_boundary(at) && words[at..].starts_with('\u{2066}')
                })
                .unwrap_or(words.len()),
        };
        let latin = || {
            words[start..end]
                .chars()
                .any(|c| bidi_class(c) == BidiClass::L)
        };
        let rtl =
            !isolated && (level.is_rtl() || (level.number() > u8::from(base_rtl) && !latin()));
        match pieces.last_mut() {
            Some((before, before_rtl)) if *before_rtl == rtl => before.end = end,
            _ => pieces.push((start..end, rtl)),
        }
        start = end;
    }
    pieces
        .into_iter()
        .map(|(range, rtl)| (&words[range], rtl))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directions(text: &str, rtl: bool) -> Vec<(String, bool)> {
        let atoms = ParagraphContent::of(text).atoms;
        let pieces = directed(atoms, rtl).into_iter();
        pieces
            .filter_map(|(atom, rtl)| {
                if let Atom::Text { text, .. } = atom {
                    Some((text, rtl))
                } else {
                    None
                }
            })
            .collect()
    }

    fn owned(pieces: &[(&str, bool)]) -> Vec<(String, bool)> {
        pieces
            .iter()
            .map(|(text, rtl)| ((*text).to_owned(), *rtl))
            .collect()
    }

    #[test]
    fn hebrew_in_a_latin_title_is_a_run_of_its_own() {
        assert_eq!(
            directions("דוגמה Example (2016)", false),
            owned(&[("דוגמה", true), (" Example (2016)", false)])
        );
    }

    #[test]
    fn numbers_and_brackets_between_hebrew_words_go_with_them() {
        assert_eq!(
            directions("Rooms: «אולם», «חדר» (2), open to 14:30.", false),
            owned(&[
                ("Rooms: «", false),
                ("אולם», «חדר» (2)", true),
                (", open to 14:30.", false)
            ])
        );
    }

    #[test]
    fn latin_words_in_a_hebrew_paragraph_stay_left_to_right() {
        assert_eq!(
            directions("פגישה ABC 12 בנמל 7", true),
            owned(&[("פגישה ", true), ("ABC 12", false), (" בנמל 7", true)])
        );
    }

    #[test]
    fn text_without_right_to_left_letters_is_not_cut() {
        assert_eq!(
            directions("Plain (2) text.", false),
            owned(&[("Plain (2) text.", false)])
        );
    }

    #[test]
    fn line_feeds_and_tabs_never_fuse_words() {
        let line = ParagraphContent::of("line one\nline two\tMuster");
        assert!(matches!(
            line.atoms.as_slice(),
            [
                Atom::Text { .. },
                Atom::Break,
                Atom::Text { .. },
                Atom::Tab,
                Atom::Text { .. }
            ]
        ));
    }
}
