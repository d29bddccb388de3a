//! Labels, such as `Table 3` or `Panel 1`: the number of a caption is a field that counts, and a text that refers to a
//! label repeats it by a field, so that Word keeps both right when somebody adds a table.

use std::collections::BTreeMap;

use super::composer::Composer;
use super::line::ParagraphContent;
use crate::document::{Anchor, Block, Document, Inline, Line, Node};

/// The labels to which the text refers in their own words, by their anchors.
pub(super) fn referred(document: &Document) -> BTreeMap<Anchor, String> {
    let labels = labels(document);
    let mut referred = BTreeMap::new();
    document.visit(&mut |node| {
        if let Node::Inline(Inline::Reference {
            anchor, content, ..
        }) = node
            && let Some(label) = labels.get(anchor.as_str())
            && is_label(content, label)
        {
            referred.insert(anchor.clone(), (*label).to_owned());
        }
    });
    referred
}

/// Whether the text of a reference is a label and nothing else.
pub(super) fn is_label(content: &[Inline], label: &str) -> bool {
    matches!(content, [Inline::Text { text }] if text.replace('\u{A0}', " ") == label.replace('\u{A0}', " "))
}

/// The labels of the chapters, by their anchors. Those in notes are left out: LibreOffice finds no bookmark there.
fn labels(document: &Document) -> BTreeMap<&str, &str> {
    let mut labels = BTreeMap::new();
    for chapter in &document.chapters {
        let heading = &chapter.heading;
        let own = heading.label.iter().map(|label| (&heading.anchor, label));
        labels.extend(own.map(|(anchor, label)| (anchor.as_str(), label.as_str())));
        chapter.visit(&mut |node| {
            let found: Vec<(&Anchor, &String)> = match node {
                Node::Section(section) => {
                    let heading = &section.heading;
                    let label = heading.label.iter();
                    label.map(|label| (&heading.anchor, label)).collect()
                }
                Node::Block(Block::Table(table)) => {
                    let label = table.label.iter();
                    label.map(|label| (&table.anchor, label)).collect()
                }
                Node::Block(Block::Figure(figure)) => {
                    let label = figure.label.iter();
                    label.map(|label| (&figure.anchor, label)).collect()
                }
                Node::Block(Block::Figures { figures }) => figures
                    .iter()
                    .filter_map(|figure| Some((&figure.anchor, figure.label.as_ref()?)))
                    .collect(),
                Node::Block(Block::Chart(chart)) => vec![(&chart.anchor, &chart.label)],
                Node::Block(Block::Box(one)) => vec![(&one.anchor, &one.label)],
                _ => Vec::new(),
            };
            let found = found.into_iter();
            labels.extend(found.map(|(anchor, label)| (anchor.as_str(), label.as_str())));
        });
    }
    labels
}

/// The captions of the chapters, by their anchors.
pub(super) fn captions(document: &Document) -> BTreeMap<&str, &[Inline]> {
    let mut captions: BTreeMap<&str, &[Inline]> = BTreeMap::new();
    for chapter in &document.chapters {
        chapter.visit(&mut |node| {
            let Node::Block(block) = node else { return };
            let found: Vec<(&Anchor, Option<&Line>)> = match block {
                Block::Table(one) => vec![(&one.anchor, one.caption.as_ref())],
                Block::Figure(one) => vec![(&one.anchor, one.caption.as_ref())],
                Block::Figures { figures } => figures
                    .iter()
                    .map(|one| (&one.anchor, one.caption.as_ref()))
                    .collect(),
                Block::Chart(one) => vec![(&one.anchor, Some(&one.caption))],
                Block::Box(one) => vec![(&one.anchor, Some(&one.title))],
                _ => Vec::new(),
            };
            let found = found.into_iter();
            let found =
                found.filter_map(|(anchor, caption)| Some((anchor.as_str(), caption?.as_slice())));
            captions.extend(found);
        });
    }
    captions
}

/// What a label counts, as fields name it, and its number with what stands around that.
struct Counted<'l> {
    sequence: String,
    before: &'l str,
    number: usize,
    after: &'l str,
}

fn counted(label: &str) -> Option<Counted<'_>> {
    let end = label.rfind(|c: char| c.is_ascii_digit())? + 1;
    let digits = label[..end].bytes().rev().take_while(u8::is_ascii_digit);
    let start = end - digits.count();
    Some(Counted {
        sequence: sequence(label)?,
        before: &label[..start],
        number: label[start..end].parse().ok()?,
        after: &label[end..],
    })
}

/// The name of what a label counts: its word, as Word makes one of the labels of its captions.
pub(super) fn sequence(label: &str) -> Option<String> {
    let words = label.split(|c: char| !c.is_alphabetic());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name: String = words.join("_").chars().take(40).collect();
    (!name.is_empty()).then_some(name)
}

/// Adds the label of a caption in a style.
pub(super) fn caption(
    composer: &mut Composer<'_>,
    anchor: &str,
    label: &str,
    style: &str,
    line: &mut ParagraphContent,
) {
    let Some(counted) = counted(label) else {
        return heading(composer, anchor, label, style, line);
    };
    let place = composer.open_label(line, anchor);
    // A number at which a line does not begin, like that of the references.
    line.set(&bound(counted.before), style);
    let goes_on = composer.counts(&counted.sequence, counted.number);
    let start = match goes_on {
        true => String::new(),
        false => format!(" \\r {}", counted.number),
    };
    line.open_field(&format!("SEQ {} \\* ARABIC{start}", counted.sequence));
    line.set(&counted.number.to_string(), style);
    line.close_field();
    if !counted.after.is_empty() {
        line.set(counted.after, style);
    }
    composer.close_label(line, place);
}

/// Adds the label of a heading in a style.
pub(super) fn heading(
    composer: &mut Composer<'_>,
    anchor: &str,
    label: &str,
    style: &str,
    line: &mut ParagraphContent,
) {
    let place = composer.open_label(line, anchor);
    line.set(&bound_number(label), style);
    composer.close_label(line, place);
}

/// A label at whose number no line begins.
pub(super) fn bound_number(label: &str) -> String {
    match label.rsplit_once(' ') {
        Some((word, number)) if number.starts_with(char::is_numeric) => {
            format!("{word}\u{A0}{number}")
        }
        _ => label.to_owned(),
    }
}

/// A text that ends with a space that does not break, where it ends with one.
fn bound(text: &str) -> String {
    match text.strip_suffix(' ') {
        Some(word) => format!("{word}\u{A0}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_every_script_are_taken_apart_at_their_number() {
        for (label, sequence, before, number, after) in [
            ("Table 3", "Table", "Table ", 3, ""),
            ("图12", "图", "图", 12, ""),
            ("الجدول 2", "الجدول", "الجدول ", 2, ""),
            ("第3表", "第_表", "第", 3, "表"),
            ("4. táblázat", "táblázat", "", 4, ". táblázat"),
        ] {
            let counted = counted(label).expect(label);
            assert_eq!(counted.sequence, sequence);
            assert_eq!(
                (counted.before, counted.number, counted.after),
                (before, number, after)
            );
        }
        assert!(counted("Map").is_none() && counted("7").is_none());
    }
}
