//! Events of CommonMark back to CommonMark in one plain form: inline links, fenced code, `-` for bullets.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::ids::slug;
use super::inline;
use super::lines::is_parted;
use super::pictures::Pictures;
use super::references::{apart, reference};

/// How deep blocks, lists and emphasis may stand in one another: less than a report's prose may have.
const MAX_BLOCKS: usize = 16;
const MAX_LISTS: usize = 8;
const MAX_INLINES: usize = 12;
/// The most columns of a table.
pub(super) const MAX_COLUMNS: usize = 32;

/// Writes events down again.
pub(super) struct Renderer<'e, 'p> {
    pub(super) events: Vec<(Event<'e>, std::ops::Range<usize>)>,
    pub(super) at: usize,
    /// The words as they stand, for the comparison.
    pub(super) plain: String,
    /// What could not be kept in its form.
    pub(super) checks: Vec<String>,
    pub(super) pictures: Pictures<'p>,
    blocks: usize,
    lists: usize,
    inlines: usize,
    links: usize,
}

impl<'e, 'p> Renderer<'e, 'p> {
    pub(super) fn of(
        events: Vec<(Event<'e>, std::ops::Range<usize>)>,
        pictures: Pictures<'p>,
    ) -> Self {
        Renderer {
            events,
            at: 0,
            plain: String::new(),
            checks: Vec::new(),
            pictures,
            blocks: 0,
            lists: 0,
            inlines: 0,
            links: 0,
        }
    }

    fn next(&mut self) -> Option<Event<'e>> {
        let event = self.events.get(self.at)?.0.clone();
        self.at += 1;
        Some(event)
    }

    fn peek(&self) -> Option<&Event<'e>> {
        self.events.get(self.at).map(|(event, _)| event)
    }

    /// The block whose start was taken.
    pub(super) fn block(&mut self, tag: &Tag) -> String {
        let list = usize::from(matches!(tag, Tag::List(_)));
        let inner = list > 0 || matches!(tag, Tag::BlockQuote(_));
        if inner && (self.blocks == MAX_BLOCKS || self.lists + list > MAX_LISTS) {
            return self.flat();
        }
        self.blocks += 1;
        self.lists += list;
        let text = self.shallow(tag);
        self.blocks -= 1;
        self.lists -= list;
        text
    }

    fn shallow(&mut self, tag: &Tag) -> String {
        match tag {
            Tag::List(start) => self.list(*start),
            Tag::BlockQuote(_) => prefixed(&self.children(), "> ", "> "),
            Tag::CodeBlock(kind) => self.code(kind),
            Tag::FootnoteDefinition(_) => {
                let check =
                    "a footnote was defined within a list or quotation; its text stays there";
                self.checks.push(check.to_owned());
                self.children()
            }
            Tag::Table(columns) => self.table(columns.len()),
            _ => {
                let text = self.line();
                self.at += 1;
                self.plain.push('\n');
                inline::first(text)
            }
        }
    }

    /// The words of a block that stands too deep in others, as one paragraph.
    fn flat(&mut self) -> String {
        let check = "lists or quotations stood too deep in one another here";
        self.checks.push(check.to_owned());
        let mut parts: Vec<String> = Vec::new();
        let mut open = 1;
        while open > 0 && self.at < self.events.len() {
            let text = self.line();
            parts.extend(Some(text).filter(|text| !text.is_empty()));
            match self.next() {
                Some(Event::Start(_)) => open += 1,
                Some(Event::End(_)) => open -= 1,
                _ => {}
            }
            self.plain.push('\n');
        }
        inline::first(parts.join(" "))
    }

    /// A picture that is alone in the paragraph whose start was taken, if its file can be taken over.
    pub(super) fn figure(&mut self) -> Option<String> {
        let Some((
            Event::Start(Tag::Image {
                dest_url, title, ..
            }),
            _,
        )) = self.events.get(self.at)
        else {
            return None;
        };
        let (url, title) = (dest_url.to_string(), title.to_string());
        let rest = &self.events[self.at..];
        let end = rest
            .iter()
            .position(|(event, _)| matches!(event, Event::End(TagEnd::Image)))?;
        let alone = matches!(rest.get(end + 1)?.0, Event::End(TagEnd::Paragraph));
        let described = rest[..end].iter().any(|(event, _)| {
            matches!(event, Event::Text(text) | Event::Code(text) if !text.trim().is_empty())
        });
        if !alone || !described {
            return None;
        }
        let path = self.pictures.take(&url).ok()?;
        self.at += 1;
        let alt = self.line();
        self.at += 2;
        self.plain.push('\n');
        if title.trim().is_empty() {
            return Some(format!("![{alt}]({path})"));
        }
        self.plain.push_str(&title);
        self.plain.push('\n');
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = title.replace('\\', "\\\\").replace('"', "\\\"");
        Some(format!("![{alt}]({path} \"{title}\")"))
    }

    /// The blocks inside of one, up to its end.
    pub(super) fn children(&mut self) -> String {
        let mut out = String::new();
        loop {
            let text = match self.peek() {
                None => return out,
                Some(Event::End(
                    TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition,
                )) => {
                    self.at += 1;
                    return out;
                }
                Some(Event::Start(tag)) if is_block(tag) => {
                    let tag = tag.clone();
                    self.at += 1;
                    self.block(&tag)
                }
                // Every turn takes something, whatever stands here.
                Some(Event::Rule | Event::End(_)) => {
                    self.at += 1;
                    continue;
                }
                Some(_) => {
                    let text = self.line();
                    self.plain.push('\n');
                    inline::first(text)
                }
            };
            // A tight list's item has its inner list on the next line.
            let list = super::signs::bullet(&text).is_some();
            out.push_str(match out.is_empty() {
                true => "",
                false if list => "\n",
                false => "\n\n",
            });
            out.push_str(&text);
        }
    }

    fn list(&mut self, start: Option<u64>) -> String {
        let mut items = Vec::new();
        let mut number = start.unwrap_or_default();
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let sign = start.map_or_else(|| "- ".to_owned(), |_| format!("{number}. "));
                    let content = self.children();
                    items.push(prefixed(&content, &sign, &" ".repeat(sign.len())));
                    number = number.saturating_add(1);
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        let loose = items.iter().any(|item| item.contains("\n\n"));
        items.join(if loose { "\n\n" } else { "\n" })
    }

    fn code(&mut self, kind: &CodeBlockKind) -> String {
        let mut code = String::new();
        while let Some(event) = self.next() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        self.plain.push_str(&code);
        self.plain.push('\n');
        if code.trim().is_empty() {
            return String::new();
        }
        let mut fence = "```".to_owned();
        while code.contains(&fence) {
            fence.push('`');
        }
        // What language the code is in stays in the source; it is not printed.
        let language = match kind {
            CodeBlockKind::Fenced(language) => language.as_ref(),
            CodeBlockKind::Indented => "",
        };
        let sound = language.chars().all(|c| c.is_alphanumeric());
        let language = if sound { language } else { "" };
        let code = code.trim_end_matches('\n');
        format!("{fence}{language}\n{code}\n{fence}")
    }

    fn table(&mut self, columns: usize) -> String {
        let mut rows: Vec<String> = Vec::new();
        let mut row = String::new();
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let cell = self.line();
                    self.plain.push(' ');
                    row.push_str(&format!("| {cell} "));
                }
                Event::End(TagEnd::TableHead) => {
                    rows.push(std::mem::take(&mut row) + "|");
                    rows.push("|---".repeat(columns) + "|");
                }
                Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row) + "|"),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        // A table needs rows, and a page has room for some columns only.
        if rows.len() > 2 && columns <= MAX_COLUMNS {
            return rows.join("\n");
        }
        let check = "a table that cannot be set has become running text";
        self.checks.push(check.to_owned());
        rows.remove(1);
        let plain = |row: String| row.replace("| ", "").trim_end_matches('|').to_owned();
        let rows: Vec<String> = rows.into_iter().map(plain).collect();
        inline::first(rows.join(" ").trim().to_owned())
    }

    /// Running text up to the end of what holds it, which is left.
    pub(super) fn line(&mut self) -> String {
        let mut out = String::new();
        let mut dropped = 0;
        while let Some(event) = self.peek().cloned() {
            match &event {
                Event::End(_) if dropped == 0 => break,
                Event::Start(tag) if is_block(tag) => break,
                _ => self.at += 1,
            }
            match event {
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    self.words(&text, &mut out)
                }
                Event::Code(code) => self.inline_code(&code, &mut out),
                Event::SoftBreak => self.space(" ", &mut out),
                Event::HardBreak => self.space("\\\n", &mut out),
                Event::FootnoteReference(label) => {
                    self.plain.push(' ');
                    out.push_str(&reference(&slug(&label)));
                }
                // Emphasis that stands too deep in other emphasis is dropped.
                Event::Start(_) if self.inlines == MAX_INLINES => dropped += 1,
                Event::Start(tag) => self.inline(&tag, &mut out),
                Event::End(_) => dropped -= 1,
                _ => {}
            }
        }
        out
    }

    fn words(&mut self, text: &str, out: &mut String) {
        self.plain.push_str(text);
        let line = text.chars().map(|c| if c == '\n' { ' ' } else { c });
        let mut written = String::with_capacity(text.len());
        line.for_each(|c| inline::escape(c, &mut written));
        // Behind a line break a list or heading could begin.
        let starts = out.ends_with('\n');
        out.push_str(&if starts {
            inline::first(written)
        } else {
            written
        });
    }

    fn inline_code(&mut self, code: &str, out: &mut String) {
        self.plain.push_str(code);
        // Spaces at the ends of code are none of its own.
        let (before, after) = (code.starts_with(' '), code.ends_with(' '));
        let code = code.trim();
        if before || code.is_empty() {
            out.push(' ');
        }
        if code.is_empty() {
            return;
        }
        let mut fence = "`".to_owned();
        while code.contains(&fence) {
            fence.push('`');
        }
        let pad = if code.starts_with('`') || code.ends_with('`') {
            " "
        } else {
            ""
        };
        out.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
        if after {
            out.push(' ');
        }
    }

    fn space(&mut self, text: &str, out: &mut String) {
        let parted = matches!(self.peek(), Some(Event::Text(next)) if is_parted(out, next));
        self.plain.push('\n');
        if !parted {
            out.push_str(text);
        }
    }

    fn inline(&mut self, tag: &Tag, out: &mut String) {
        let link = usize::from(matches!(tag, Tag::Link { .. }));
        self.inlines += 1;
        self.links += link;
        let inner = self.line();
        self.inlines -= 1;
        self.links -= link;
        self.at += 1;
        if let Tag::Link { title, .. } | Tag::Image { title, .. } = tag
            && !title.is_empty()
        {
            let check = format!("a link or picture has the title “{title}”, which is left out");
            self.checks.push(check);
        }
        match tag {
            Tag::Emphasis => out.push_str(&format!("*{inner}*")),
            Tag::Strong => out.push_str(&format!("**{inner}**")),
            // A link has no other link in it, and no mark of a footnote.
            Tag::Link { .. } if self.links > 0 => out.push_str(&inner),
            Tag::Link { dest_url, .. }
                if inline::is_address(dest_url) && !inner.trim().is_empty() =>
            {
                let (inner, marks) = apart(&inner);
                // With this sign before it, the link would be a picture.
                if out.ends_with('!') {
                    out.insert(out.len() - 1, '\\');
                }
                out.push_str(&format!("[{inner}]({dest_url}){marks}"));
            }
            Tag::Link { dest_url, .. } => {
                self.checks.push(format!(
                    "the link to {dest_url} leads to no web address; its text stays"
                ));
                out.push_str(&inner);
            }
            Tag::Image { dest_url, .. } => {
                let taken = self.pictures.take(dest_url);
                let why = match taken {
                    Ok(path) => format!(
                        "is taken over as {path}; in running text its description stays: make it a figure"
                    ),
                    Err(why) => format!("{why}; its description stays"),
                };
                self.checks.push(format!("the picture {dest_url} {why}"));
                out.push_str(&inner);
            }
            _ => out.push_str(&inner),
        }
    }
}

fn is_block(tag: &Tag) -> bool {
    !matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn prefixed(text: &str, first: &str, other: &str) -> String {
    let lines = text.lines().enumerate();
    let line = |(index, line): (usize, &str)| match (index, line.is_empty()) {
        (0, _) => format!("{first}{line}"),
        (_, true) if other.trim().is_empty() => String::new(),
        _ => format!("{other}{line}"),
    };
    lines.map(line).collect::<Vec<_>>().join("\n")
}
