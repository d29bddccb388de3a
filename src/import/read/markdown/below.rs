//! What is set below a paragraph: its pictures and its footnotes.

use super::{Figure, Note, Reader, Tree};
use crate::import::outline::{OutlineItem, Role, SourceFigure};
use crate::import::read::inline;

impl Reader<'_, '_> {
    pub(super) fn figure(&mut self, figure: Figure) {
        let text = self.figure_text(figure);
        self.facts = false;
        self.piece(&Role::Body);
        self.push(OutlineItem::Prose(text));
    }

    /// A picture as CommonMark.
    pub(super) fn figure_text(&mut self, figure: Figure) -> String {
        let title = figure.2.clone();
        let SourceFigure { image, alt, .. } = self.source_figure(figure);
        let mut escaped = String::new();
        alt.chars().for_each(|c| inline::escape(c, &mut escaped));
        let title = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let title = title.filter(|title| !title.is_empty()).map(|title| {
            self.say(&format!(" {title}"));
            format!(" \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""))
        });
        format!("![{escaped}]({image}{})", title.unwrap_or_default())
    }

    /// A footnote: paragraphs and lists; what else it holds becomes words.
    pub(super) fn note(&mut self, node: Tree, depth: usize) {
        self.place(node);
        let label = node
            .value()
            .as_element()
            .and_then(|element| element.attr("label"));
        let label = label.unwrap_or_default().to_lowercase();
        let outer = std::mem::take(&mut self.said);
        let (line, marks, marked) = (self.line, self.marks, self.marked.len());
        let counts = (self.links, self.emphases, self.languages);
        let places = (self.blocks, self.lists);
        (self.blocks, self.lists) = (0, 0);
        let kept = self.kept;
        let facts = std::mem::take(&mut self.facts);
        let texts = self.flow(node, depth + 1, false);
        self.facts = facts;
        (self.links, self.emphases, self.languages) = counts;
        (self.blocks, self.lists) = places;
        let said = std::mem::replace(&mut self.said, outer);
        let mut plain = String::new();
        for (_, row) in said.iter().filter(|(_, row)| !row.trim().is_empty()) {
            crate::import::read::lines::join(&mut plain, row.trim());
        }
        if self.marks > marks {
            self.check("a footnote refers to another footnote; that mark is left out");
            self.marks = marks;
            self.marked.truncate(marked);
        }
        if !plain.contains(char::is_alphanumeric) {
            (self.kept, self.marks) = (kept, marks);
            self.targets.truncate(kept.links);
            return self.check(format!("the footnote `{label}` was empty and is left out"));
        }
        let special = |text: &String| text.starts_with(['|', '>', '`']);
        // A footnote opens with running text.
        let listed = texts
            .first()
            .is_some_and(|text| crate::import::read::line_markers::bullet(text).is_some());
        let text = match listed || texts.iter().any(special) {
            true => {
                self.kept = kept;
                self.targets.truncate(kept.links);
                self.check(
                    "a footnote has no tables, quotations or code: they have become its words",
                );
                inline::commonmark(&plain, &crate::import::read::marks::Marks::default())
            }
            false => super::source_blocks::untitled(texts.join("\n\n")),
        };
        if !self.labels.contains_key(&label) {
            let free = self.label_ids.free(&crate::import::ids::slug(&label));
            self.labels.insert(label.clone(), free);
        }
        let mark = self.labels[&label].clone();
        self.notes.push(Note {
            mark,
            line,
            text,
            plain,
        });
    }
}
