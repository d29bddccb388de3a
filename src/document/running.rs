//! Fields of one line that are running text: captions, credits, and titles of chapters and sections. Emphasis, links and
//! notes work in them as in prose; contents, running heads and bookmarks take the words alone.

use super::markup::Manner;
use super::prose::ProseContext;
use super::resolve::{FieldPath, Resolver};
use super::typography::LINE_END;
use super::{
    Block, Heading, Inline, Line, markdown, noted, plain_content, plain_text, script, text,
};
use crate::source::schema as s;

impl<'a> Resolver<'a> {
    /// The running text of a field of one line.
    pub(super) fn running(&mut self, at: &FieldPath<'a>, value: &s::Literal) -> Line {
        // What has no markup is printed as typed: a name in angle brackets is words.
        if markdown::plain::fault(&value.value).is_none() {
            let text = self.literal(at, value);
            return match text.is_empty() {
                true => Line::default(),
                false => self.written(at, value, (0, Manner::Words), plain_content(&text)),
            };
        }
        self.placeholder(at, value);
        let mut content: Vec<Inline> = Vec::new();
        for block in self.prose(at, value, ProseContext::Field) {
            if let Block::Paragraph { content: line } = block {
                if !content.is_empty() {
                    content.extend(plain_content(" "));
                }
                content.extend(line);
            }
        }
        self.written(at, value, (0, Manner::Line), content)
    }

    /// The running text of a field that may be left out.
    pub(super) fn optional_running(
        &mut self,
        at: &FieldPath<'a>,
        value: &Option<s::Literal>,
    ) -> Option<Line> {
        let content = self.running(at, value.as_ref()?);
        (!content.is_empty()).then_some(content)
    }

    /// Adds the mark of the note on a title.
    pub(super) fn note_on_title(
        &mut self,
        at: &FieldPath<'a>,
        note: &Option<s::Prose>,
        heading: &mut Heading,
    ) {
        if let Some(note) = note {
            let note = self.footnote(&at.key("note"), note);
            heading
                .content
                .push(Inline::Footnote { note, again: false });
        }
    }
}

/// The words of running text on one line; raised and lowered figures stay what they are.
pub(super) fn words(content: &[Inline]) -> String {
    let part = |inline: &Inline| match inline {
        Inline::Superscript { content } => script::raised(&words(content)),
        Inline::Subscript { content } => script::lowered(&words(content)),
        Inline::Strike { content } => script::struck(&words(content)),
        other if other.content().is_empty() => plain_text(std::slice::from_ref(other)),
        other => words(other.content()),
    };
    on_one_line(content.iter().map(part).collect())
}

/// The letters of running text on one line, as the lines of a title are held against it.
pub(super) fn letters(content: &[Inline]) -> String {
    on_one_line(plain_text(content))
}

fn on_one_line(text: String) -> String {
    match text.contains(LINE_END) {
        true => text.split(LINE_END).fold(String::new(), text::joined),
        false => text,
    }
}

/// Running text in the lines that `lines` are without its marks; what stands between them goes.
pub(super) fn divided(mut content: Vec<Inline>, lines: &[String]) -> Vec<Vec<Inline>> {
    let mut divided = Vec::new();
    for line in lines.iter().take(lines.len().saturating_sub(1)) {
        let mut count = line.chars().filter(|c| is_counted(*c)).count();
        let (before, after) = split(content, &mut count);
        divided.push(before);
        content = after;
        trim_start(&mut content);
    }
    divided.push(content);
    divided
}

/// Isolates are set around pieces of a text, and otherwise around those of a line.
fn is_counted(c: char) -> bool {
    !matches!(c, '\u{2066}'..='\u{2069}')
}

/// Parts running text behind so many characters; the marks of notes there stay before.
fn split(content: Vec<Inline>, count: &mut usize) -> (Vec<Inline>, Vec<Inline>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for inline in content {
        let text = plain_text(std::slice::from_ref(&inline));
        let mut counted = text.char_indices().filter(|(_, c)| is_counted(*c));
        let length = counted.clone().count();
        if !after.is_empty() || (*count == 0 && length > 0) {
            after.push(inline);
        } else if length <= *count {
            *count -= length;
            before.push(inline);
        } else {
            let end = counted.nth(*count).map_or(text.len(), |(end, _)| end);
            match inline {
                Inline::Text { .. } => {
                    before.extend(plain_content(&text[..end]));
                    after.extend(plain_content(&text[end..]));
                }
                Inline::Code { .. } => {
                    let code = |text: &str| Inline::Code {
                        text: text.to_owned(),
                    };
                    before.push(code(&text[..end]));
                    after.push(code(&text[end..]));
                }
                _ => {
                    let (first, second) = split(inline.content().to_vec(), count);
                    match &inline {
                        // An anchor stands once.
                        Inline::Organisation { .. } => after.extend(second),
                        other => after.push(other.with(second)),
                    }
                    before.push(inline.with(first));
                }
            }
            *count = 0;
        }
    }
    (before, after)
}

/// Takes white space off the start, wherever it is nested.
fn trim_start(content: &mut Vec<Inline>) {
    let Some(first) = content.first_mut() else {
        return;
    };
    let inner = first.content().to_vec();
    match first {
        Inline::Text { text } => *text = text.trim_start_matches([' ', LINE_END]).to_owned(),
        Inline::Break => {
            content.remove(0);
            return;
        }
        _ if inner.is_empty() => return,
        _ => {
            let mut inner = inner;
            trim_start(&mut inner);
            *first = first.with(inner);
        }
    }
    if plain_text(&content[..1]).is_empty() && noted(&content[..1]).is_empty() {
        content.remove(0);
        trim_start(content);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lines: &[Vec<Inline>]) -> Vec<String> {
        lines.iter().map(|line| plain_text(line)).collect()
    }

    #[test]
    fn a_marked_title_is_divided_where_its_lines_end() {
        let strong = |text: &str| Inline::Strong {
            content: plain_content(text),
        };
        let note = || Inline::Footnote {
            note: 0,
            again: false,
        };
        let lines = ["Safe rivers".to_owned(), "and seas".to_owned()];
        for content in [
            vec![strong("Safe rivers and seas")],
            vec![
                plain_content("Safe ").remove(0),
                strong("rivers and"),
                plain_content(" seas").remove(0),
            ],
            vec![
                strong("Safe rivers"),
                note(),
                plain_content("\nand seas").remove(0),
            ],
            vec![
                strong("Safe rivers"),
                strong(" "),
                strong("and seas"),
                note(),
            ],
        ] {
            let marked = noted(&content).len();
            let divided = divided(content, &lines);
            assert_eq!(said(&divided), lines);
            let notes: usize = divided.iter().map(|line| noted(line).len()).sum();
            assert_eq!(notes, marked);
        }
    }

    #[test]
    fn isolates_do_not_count() {
        let content = plain_content("\u{2066}1-2\u{2069} \u{5d0} \u{5d1}");
        let lines = ["1-2 \u{5d0}".to_owned(), "\u{5d1}".to_owned()];
        assert_eq!(said(&divided(content, &lines))[1], "\u{5d1}");
    }
}
