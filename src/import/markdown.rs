//! Markdown to an outline: the marks say what is what; words say what kind of chapter or section it is.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::commonmark::Renderer;
use super::contents;
use super::dates;
use super::facts;
use super::ids::slug;
use super::inline::commonmark;
use super::lines::join;
use super::marks::Marks;
use super::outline::{Front, Item, Label, Outline, Piece, Role, What};
use super::pictures::Pictures;
use super::signs::bullet;
use super::text::{label_apart, panel_label, parted_label};
use super::words::Words;
use crate::layout::strings;

/// Reads Markdown; gives the pictures that were taken over as well.
pub(super) fn read<'f>(
    text: &str,
    words: &Words,
    pictures: Pictures<'f>,
) -> (Outline, Pictures<'f>) {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    // The parser knows one kind of quotation marks.
    let known = words.quotes[0] == "“";
    options.set(Options::ENABLE_SMART_PUNCTUATION, known);
    let events: Vec<_> = Parser::new_ext(text, options).into_offset_iter().collect();
    let firsts = events
        .iter()
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Start(Tag::Heading {
                    level: HeadingLevel::H1,
                    ..
                })
            )
        })
        .count();
    let mut reader = Reader {
        words,
        lines: text.match_indices('\n').map(|(index, _)| index).collect(),
        renderer: Renderer::of(events, pictures),
        // A single heading of the first level is the title of the whole.
        chapter: if firsts == 1 { 2 } else { 1 },
        facts: false,
        outline: Outline {
            running: text.to_owned(),
            ..Outline::default()
        },
    };
    reader.all();
    (reader.outline, reader.renderer.pictures)
}

struct Reader<'w, 'e, 'p> {
    words: &'w Words,
    /// Offsets of line ends.
    lines: Vec<usize>,
    renderer: Renderer<'e, 'p>,
    /// Level of the headings that open chapters.
    chapter: usize,
    facts: bool,
    outline: Outline,
}

impl Reader<'_, '_, '_> {
    fn all(&mut self) {
        while let Some((event, range)) = self.renderer.events.get(self.renderer.at).cloned() {
            self.renderer.at += 1;
            let line = self.lines.partition_point(|end| *end < range.start) + 1;
            match event {
                Event::Start(Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => {
                    self.metadata(line)
                }
                Event::Start(Tag::Heading { level, .. }) => self.heading(line, level as usize),
                Event::Start(Tag::FootnoteDefinition(label)) => self.note(line, &label),
                Event::Start(tag) => self.prose(line, &tag),
                _ => {}
            }
        }
    }

    fn metadata(&mut self, line: usize) {
        let mut text = String::new();
        while let Some((event, _)) = self.renderer.events.get(self.renderer.at).cloned() {
            self.renderer.at += 1;
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::End(TagEnd::MetadataBlock(_)) => break,
                _ => {}
            }
        }
        for (index, row) in text
            .lines()
            .enumerate()
            .filter(|(_, row)| !row.trim().is_empty())
        {
            let (key, value) = row.split_once(':').unwrap_or((row, ""));
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            let known = field(&mut self.outline.front, key.trim(), &value, self.words);
            let role = if known {
                Role::Front
            } else {
                Role::LeftOut("lines of the front matter that a report has no place for")
            };
            let text = if known { value } else { row.to_owned() };
            self.outline.pieces.push(Piece {
                line: line + 1 + index,
                text,
                role,
            });
        }
    }

    /// The plain words of what was rendered last, with their role.
    fn piece(&mut self, line: usize, role: &Role) {
        let text = std::mem::take(&mut self.renderer.plain);
        let rows = text.lines().enumerate();
        let pieces = rows.map(|(index, row)| Piece {
            line: line + index,
            text: row.to_owned(),
            role: role.clone(),
        });
        self.outline.pieces.extend(pieces);
    }

    fn push(&mut self, what: What) {
        let checks = std::mem::take(&mut self.renderer.checks);
        self.outline.items.push(Item { what, checks });
    }

    fn heading(&mut self, line: usize, level: usize) {
        self.renderer.line();
        self.renderer.at += 1;
        let title = self
            .renderer
            .plain
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if title.is_empty() {
            return self.renderer.plain.clear();
        }
        if level < self.chapter
            && self.outline.items.is_empty()
            && self.outline.front.title.is_empty()
        {
            self.outline.front.title.push(title);
            return self.piece(line, &Role::Front);
        }
        if level <= self.chapter {
            return self.chapter(line, title);
        }
        self.facts = false;
        let start = self.outline.pieces.len();
        self.renderer.plain.clone_from(&title);
        self.piece(line, &Role::Heading);
        let title = parted_label(&title, self.words);
        if let Some(label) = panel_label(&title, self.words) {
            label_apart(&mut self.outline.pieces, start, label);
        }
        let level = level - self.chapter + 1;
        self.push(What::Heading { level, title });
    }

    fn chapter(&mut self, line: usize, title: String) {
        let label = contents::label(&title, self.words).filter(|(.., rest)| !rest.is_empty());
        let Some((name, label, rest)) = label else {
            self.facts = false;
            self.piece(line, &Role::Heading);
            return self.push(What::Chapter { label: None, title });
        };
        self.renderer.plain.clear();
        for (text, role) in [(&name, Role::Label), (&rest, Role::Heading)] {
            let text = text.clone();
            self.outline.pieces.push(Piece { line, text, role });
        }
        self.facts = matches!(label, Label::Meeting(_));
        self.push(What::Chapter {
            label: Some((label, name)),
            title: rest,
        });
    }

    fn note(&mut self, line: usize, label: &str) {
        let text = self.renderer.children();
        if text.trim().is_empty() {
            let check = format!("the footnote `{label}` was empty and is left out");
            return self.renderer.checks.push(check);
        }
        let rows = std::mem::take(&mut self.renderer.plain);
        let mut plain = String::new();
        for row in rows.lines() {
            join(&mut plain, row.trim());
        }
        let text = self.plain_note(text, &plain);
        self.outline.pieces.push(Piece {
            line,
            text: plain,
            role: Role::Note,
        });
        self.push(What::Note {
            mark: slug(label),
            text,
        });
    }

    /// A note as running text; a report's notes have no lists, tables or quotations.
    fn plain_note(&mut self, text: String, plain: &str) -> String {
        let special = |line: &str| line.starts_with(['|', '>', '`']) || bullet(line).is_some();
        if !text.lines().any(special) {
            return text;
        }
        let check =
            "the footnotes of a report are running text: a list or table in one has become that";
        self.renderer.checks.push(check.to_owned());
        commonmark(plain, &Marks::default())
    }

    fn prose(&mut self, line: usize, tag: &Tag) {
        let figure = matches!(tag, Tag::Paragraph).then(|| self.renderer.figure());
        let text = match figure.flatten() {
            Some(figure) => figure,
            None => self.renderer.block(tag),
        };
        let plain = self.renderer.plain.clone();
        let rows: Vec<&str> = plain
            .lines()
            .map(str::trim)
            .filter(|row| !row.is_empty())
            .collect();
        let short = |row: &&str| row.split_whitespace().count() <= 30 && !row.ends_with('.');
        if self.facts && matches!(tag, Tag::Paragraph | Tag::List(_)) && rows.iter().all(short) {
            self.piece(line, &Role::Fact);
            // The items of a list below a label are its values, each.
            let last = self.outline.items.last();
            let below = last.is_some_and(
                |item| matches!(&item.what, What::Fact(text) if facts::is_label(text, self.words)),
            );
            let sign = if below && matches!(tag, Tag::List(_)) {
                "- "
            } else {
                ""
            };
            for row in rows {
                self.push(What::Fact(format!("{sign}{row}")));
            }
            return;
        }
        self.facts = false;
        let comment = matches!(tag, Tag::HtmlBlock) && plain.trim().starts_with("<!--");
        if comment {
            return self.piece(line, &Role::LeftOut("comments"));
        }
        self.piece(line, &Role::Body);
        if !text.trim().is_empty() {
            self.push(What::Prose(text));
        }
    }
}

/// Takes a field of the front matter in; false where a report has no place for it.
fn field(front: &mut Front, key: &str, value: &str, words: &Words) -> bool {
    let value = value.to_owned();
    let taken = match key {
        "title" => !front.title.is_empty(),
        "subtitle" => front.subtitle.is_some(),
        "publisher" => front.publisher.is_some(),
        "copyright" | "rights" => front.copyright.is_some(),
        "lang" | "language" => front.language.is_some() || strings(&value).is_err(),
        _ => false,
    };
    if taken || value.is_empty() {
        return false;
    }
    match key {
        "title" => front.title = vec![value],
        "subtitle" => front.subtitle = Some(value),
        "publisher" => front.publisher = Some(value),
        "lang" | "language" => front.language = Some(value),
        "copyright" | "rights" => front.copyright = Some(value),
        "date" => match dates::whole(&value, words) {
            Some(date) => front.date = Some(date),
            None => return false,
        },
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::import::{Wanted, import};

    const NOTES: &str = "---\ntitle: On wells\ndate: 2019-03-14\ntags: [a]\n---\n\n# Foreword\n\nThe *first* [site](https://example.org) of\nmany.[^a]\n\n[^a]: A note with `code`.\n\n1. one\n   - inner\n2. two\n\n| A | B |\n|---|---|\n| 1 | x_y |\n\n> Quoted.\n\n```\nas  typed\n```\n\n# First meeting: On pumps\n\n**Date:** 3 May 2020\n**Place:** The House, Lima\n\n## Opening remarks\n\n**Ann Lee**, Head of Pumps, noted that they leak.\n\n### Deeper\n\nText.\n";

    #[test]
    fn markdown_is_read_whole() {
        let found = import("notes.md", NOTES.as_bytes(), &Wanted::default()).unwrap();
        assert_eq!(
            found.counts,
            [
                ("chapter", 2),
                ("meeting", 1),
                ("speaker", 1),
                ("footnote", 1)
            ]
        );
        assert_eq!(
            found.left_out[0].0,
            "lines of the front matter that a report has no place for"
        );
    }

    #[test]
    fn what_the_model_has_no_form_for_keeps_its_words() {
        let text = "# T\n\n## One\n\n<div>Raw *x*</div>\n\n---\n\nA <b>bold</b> [way](other.md) ![alt text](a.png) &amp; [^lost].\n\n- [ ] task\n\n## Empty\n\n## Two\n\nEnd.\n";
        let found = import("notes.md", text.as_bytes(), &Wanted::default()).unwrap();
        assert!(
            found.checks.iter().any(|(.., why)| why.contains("a.png")),
            "{:?}",
            found.checks
        );
    }

    #[test]
    fn running_text_never_becomes_a_list() {
        let text = "# T\n\n## One\n\nOne\\\n\\- two\n\n![](a.png) \\- three\n";
        let found = import("notes.md", text.as_bytes(), &Wanted::default()).unwrap();
        let (_, chapter) = found
            .files
            .iter()
            .find(|(path, _)| path == "one.yaml")
            .unwrap();
        assert!(chapter.contains("\\- two"), "{chapter}");
        assert!(chapter.contains("\\- three"), "{chapter}");
    }

    #[test]
    fn a_footnote_defined_within_a_quotation_stays_there() {
        let text = "# T\n\n## One\n\nIt is.[^a]\n\n> [^a]: A note.\n\n- x\n\n  [^b]: Another.\n";
        let found = import("notes.md", text.as_bytes(), &Wanted::default()).unwrap();
        assert!(found.files.iter().any(|(_, text)| text.contains("A note.")));
    }
}
