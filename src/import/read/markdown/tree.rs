//! Markdown and the HTML in it as one tree, as a browser would build it.
//!
//! `pulldown-cmark` reads the Markdown, with the extensions that its dialects share; its events are written as HTML, in
//! which the HTML of the text is where it was; `html` (html5ever) makes the tree. Every block carries its line.

use std::collections::BTreeMap;

use super::html::{self, Html};
use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};

use super::tags::Tags;
use crate::document;

/// Opens a comment of ours, which says the line of the HTML that follows; no text has this character.
pub(super) const LINE: char = '\u{FDD0}';

/// How deep blocks may be in one another: far more than anybody writes.
const MAX_DEPTH: usize = 200;

/// Reads Markdown; `smart` says that quotation marks are to be set as printers do.
pub(super) fn of(text: &str, smart: bool) -> Html {
    let mut options = Options::all();
    options.remove(
        Options::ENABLE_OLD_FOOTNOTES
            | Options::ENABLE_SUPERSCRIPT
            | Options::ENABLE_SUBSCRIPT
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
            | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS,
    );
    options |= Options::ENABLE_FOOTNOTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, smart);
    let labelled = document::labelled_lines(text);
    if let Some((lines, labels)) = &labelled {
        let writer = written(lines, labels, options);
        if writer.labelled == labels.len() {
            return html::parse(&writer.out);
        }
    }
    html::parse(&written(text, &BTreeMap::new(), options).out)
}

/// The HTML of a text; `labels` are those of items, by their lines.
fn written<'t>(text: &'t str, labels: &'t BTreeMap<usize, String>, options: Options) -> Writer<'t> {
    let mut writer = Writer {
        source: text,
        labels,
        labelled: 0,
        ends: text.match_indices('\n').map(|(index, _)| index).collect(),
        out: String::with_capacity(text.len() * 2),
        tags: Tags::default(),
        html: None,
        head: false,
        columns: Vec::new(),
        depth: 0,
        cells: 0,
        image: None,
    };
    for (event, range) in
        TextMergeWithOffset::new(Parser::new_ext(text, options).into_offset_iter())
    {
        writer.event(event, range);
    }
    writer.flush();
    writer
}

struct Writer<'t> {
    source: &'t str,
    labels: &'t BTreeMap<usize, String>,
    /// How many of them are those of items.
    labelled: usize,
    /// Offsets of line ends.
    ends: Vec<usize>,
    out: String,
    tags: Tags,
    /// HTML that is not written yet: a tag may go over several lines.
    html: Option<(usize, String)>,
    /// Whether a cell heads its column.
    head: bool,
    columns: Vec<Alignment>,
    depth: usize,
    cells: usize,
    /// The start of a picture's tag and its description, while that is read.
    image: Option<(String, String, usize)>,
}

impl Writer<'_> {
    fn line(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end < offset) + 1
    }

    fn event(&mut self, event: Event, range: std::ops::Range<usize>) {
        if let Event::Html(html) = &event {
            let at = range.start;
            let (_, open) = self.html.get_or_insert_with(|| (at, String::new()));
            return open.push_str(html);
        }
        self.flush();
        if self.image.is_some() {
            return self.description(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => escaped(&text, &mut self.out),
            Event::Code(text) => self.wrapped("code", "", &text),
            Event::InlineMath(text) => self.math(&text, "$", range),
            Event::DisplayMath(text) => self.math(&text, "$$", range),
            Event::InlineHtml(html) => {
                let inline = self.tags.written(&html, &mut self.out);
                self.tags.note(inline);
            }
            Event::Html(_) => {}
            Event::FootnoteReference(label) => {
                self.wrapped("x-mark", &attribute("label", &label), "")
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>"),
            Event::Rule => self.out.push_str("<hr>"),
            Event::TaskListMarker(done) => self.out.push_str(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn flush(&mut self) {
        if let Some((at, html)) = self.html.take() {
            let line = self.line(at);
            self.out.push_str(&format!("<!--{LINE}{line}-->"));
            self.tags.written(&html, &mut self.out);
        }
    }

    fn wrapped(&mut self, name: &str, attributes: &str, text: &str) {
        self.out.push_str(&format!("<{name}{attributes}>"));
        escaped(text, &mut self.out);
        self.out.push_str(&format!("</{name}>"));
    }

    /// A formula, kept as it was typed; two sums of money in a line are none.
    fn math(&mut self, text: &str, sign: &str, range: std::ops::Range<usize>) {
        let formula =
            text.contains(['\\', '^', '_', '{', '=', '<', '>']) || text.chars().count() < 3;
        let digit = |c: char| c.is_ascii_digit();
        let money =
            sign == "$" && (self.source[range.end..].starts_with(digit) || text.starts_with(digit));
        let whole = format!("{sign}{text}{sign}");
        let sure = !money || text.contains(['\\', '^', '_', '=']);
        match formula && sure {
            true => self.wrapped("code", " math", &whole),
            false => escaped(&whole, &mut self.out),
        }
    }

    fn start(&mut self, tag: Tag, range: std::ops::Range<usize>) {
        let line = self.line(range.start);
        match tag {
            Tag::Image {
                dest_url, title, ..
            } => {
                let start = format!(
                    "<img{}{}",
                    attribute("src", &dest_url),
                    attribute("title", &title)
                );
                self.image = Some((start, String::new(), 0));
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let mail = link_type == LinkType::Email && !dest_url.starts_with("mailto:");
                let start = if mail { "mailto:" } else { "" };
                let attributes =
                    attribute("href", &format!("{start}{dest_url}")) + &attribute("title", &title);
                self.out.push_str(&format!("<a{attributes}>"));
            }
            Tag::Paragraph => self.block("p", line, ""),
            Tag::Heading { level, id, .. } => {
                let id = attribute("id", id.as_deref().unwrap_or_default());
                self.block(&format!("h{}", level as usize), line, &id);
            }
            Tag::BlockQuote(_) => {
                self.block("blockquote", line, "");
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => attribute("lang", &language),
                    CodeBlockKind::Indented => String::new(),
                };
                self.block("pre", line, &language);
                // A line end that opens it would not count.
                self.out.push('\n');
            }
            Tag::List(Some(start)) => {
                let typed =
                    self.source[range].trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
                let paren = if typed.starts_with(')') { " paren" } else { "" };
                let start = attribute("start", &start.to_string());
                self.block("ol", line, &format!("{start}{paren}"));
            }
            Tag::List(None) => self.block("ul", line, ""),
            Tag::Item => {
                let label = self.labels.get(&line).map_or("", String::as_str);
                self.labelled += usize::from(!label.is_empty());
                let typed = self.source[range].trim_start();
                let digits = typed.bytes().take_while(u8::is_ascii_digit).count();
                let attributes = attribute("label", label) + &attribute("value", &typed[..digits]);
                self.block("li", line, &attributes);
            }
            Tag::FootnoteDefinition(label) => {
                self.block("x-note", line, &attribute("label", &label))
            }
            Tag::DefinitionList => self.block("dl", line, ""),
            Tag::DefinitionListTitle => self.block("dt", line, ""),
            Tag::DefinitionListDefinition => self.block("dd", line, ""),
            Tag::Table(columns) => {
                self.columns = columns;
                self.block("table", line, "");
            }
            Tag::TableHead => {
                self.head = true;
                self.cells = 0;
                self.block("tr", line, "");
            }
            Tag::TableRow => {
                self.head = false;
                self.cells = 0;
                self.block("tr", line, "");
            }
            Tag::TableCell => {
                let align = match self.columns.get(self.cells) {
                    Some(Alignment::Right) => " align=right",
                    Some(Alignment::Center) => " align=center",
                    _ => "",
                };
                self.cells += 1;
                let name = if self.head { "th" } else { "td" };
                self.out.push_str(&format!("<{name}{align}>"));
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    fn block(&mut self, name: &str, line: usize, attributes: &str) {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return;
        }
        self.out.push_str(&format!("<{name} l={line}{attributes}>"));
    }

    fn end(&mut self, tag: TagEnd, range: std::ops::Range<usize>) {
        let name = match tag {
            TagEnd::Paragraph => "p",
            TagEnd::Heading(level) => ["h1", "h2", "h3", "h4", "h5", "h6"][level as usize - 1],
            TagEnd::BlockQuote(_) => "blockquote",
            TagEnd::CodeBlock => "pre",
            TagEnd::List(true) => "ol",
            TagEnd::List(false) => "ul",
            TagEnd::Item => "li",
            TagEnd::FootnoteDefinition => "x-note",
            TagEnd::DefinitionList => "dl",
            TagEnd::DefinitionListTitle => "dt",
            TagEnd::DefinitionListDefinition => "dd",
            TagEnd::Table => "table",
            TagEnd::TableHead => "tr",
            TagEnd::TableRow => {
                self.more_cells(&self.source[range]);
                "tr"
            }
            TagEnd::TableCell if self.head => "th",
            TagEnd::TableCell => "td",
            TagEnd::Emphasis => "em",
            TagEnd::Strong => "strong",
            TagEnd::Strikethrough => "del",
            TagEnd::Superscript => "sup",
            TagEnd::Subscript => "sub",
            TagEnd::Link => "a",
            TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => return,
        };
        let leaf = matches!(name, "p" | "li" | "dt" | "th" | "td") || name.starts_with('h');
        if leaf {
            self.tags.close(&mut self.out);
        }
        if !matches!(
            name,
            "th" | "td" | "em" | "strong" | "del" | "sup" | "sub" | "a"
        ) {
            self.depth -= 1;
            if self.depth >= MAX_DEPTH {
                return;
            }
        }
        self.out.push_str(&format!("</{name}>"));
    }

    /// Cells of a row beyond the columns of its table, which Markdown leaves out.
    fn more_cells(&mut self, row: &str) {
        let mut cells = vec![String::new()];
        let mut before = ' ';
        for c in row.trim().trim_matches(['>', ' ']).chars() {
            match c {
                '|' if before != '\\' => cells.push(String::new()),
                c => cells.last_mut().into_iter().for_each(|cell| cell.push(c)),
            }
            before = c;
        }
        if cells[0].trim().is_empty() {
            cells.remove(0);
        }
        for cell in cells
            .iter()
            .skip(self.columns.len())
            .filter(|cell| !cell.trim().is_empty())
        {
            self.wrapped("td", " more", cell.trim());
        }
    }

    /// What is in a picture's brackets, up to their end.
    fn description(&mut self, event: Event) {
        let Some((_, text, open)) = &mut self.image else {
            return;
        };
        match event {
            Event::Text(part)
            | Event::Code(part)
            | Event::InlineMath(part)
            | Event::DisplayMath(part) => {
                text.push_str(&part);
            }
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(_) => *open += 1,
            Event::End(_) if *open > 0 => *open -= 1,
            Event::End(_) => {
                if let Some((start, text, _)) = self.image.take() {
                    self.out
                        .push_str(&format!("{start}{}>", attribute("alt", &text)));
                }
            }
            _ => {}
        }
    }
}

fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    let mut out = format!(" {name}=\"");
    escaped(value, &mut out);
    out.push('"');
    out
}

/// Adds a text so that HTML has it as it is.
pub(super) fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}
