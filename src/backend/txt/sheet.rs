//! A sheet of lines that grows downwards: indentation, hanging markers and the space between blocks.
//!
//! No line is wider than the sheet unless it is a single piece that may not be broken; such a piece is moved out of its
//! indentation, so that an address is whole on a line of its own. No line ends in a space.

use super::wrap::{self, width};

/// Lines under way.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    columns: usize,
    indent: usize,
    lead: Option<String>,
    gap: usize,
    lines: Vec<String>,
}

/// What `enter` changed and `leave` puts back.
pub(super) struct Outer(usize);

impl Sheet {
    /// An empty sheet, so many columns wide.
    pub(super) fn new(columns: usize) -> Self {
        Sheet {
            columns,
            ..Sheet::default()
        }
    }

    /// Columns between the indentation and the right edge.
    pub(super) fn room(&self) -> usize {
        self.columns.saturating_sub(self.indent)
    }

    /// Number of lines so far.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The lines.
    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines
    }

    /// Asks for at least so many empty lines before what comes next. There are none at the top of a sheet.
    pub(super) fn gap(&mut self, lines: usize) {
        self.gap = self.gap.max(lines);
    }

    /// Indents what follows by `by` columns. Where a sheet is nested so deep that half of it is indentation, it stays.
    pub(super) fn enter(&mut self, by: usize) -> Outer {
        let outer = Outer(self.indent);
        self.indent = (self.indent + by).min(self.columns / 2).max(self.indent);
        outer
    }

    /// Indents what follows after `marker`, which is on its first line.
    pub(super) fn enter_behind(&mut self, marker: &str) -> Outer {
        let mut lead = self.lead.take().unwrap_or_else(|| spaces(self.indent));
        if width(&lead) + width(marker) > self.columns / 2 && !lead.trim().is_empty() {
            self.push(&lead);
            lead = spaces(self.indent);
        }
        lead.push_str(marker);
        self.lead = Some(lead);
        self.enter(width(marker))
    }

    /// Ends an indentation. A marker after which nothing came is alone.
    pub(super) fn leave(&mut self, outer: Outer) {
        if let Some(lead) = self.lead.take() {
            self.push(&lead);
        }
        self.indent = outer.0;
    }

    /// Sets a paragraph whose lines after the first hang by `hang` more columns.
    pub(super) fn paragraph(&mut self, text: &str, hang: usize) {
        let hanging = (self.indent + hang)
            .min(self.columns.max(2) / 2)
            .max(self.indent);
        let lead = self.lead.take().unwrap_or_else(|| spaces(self.indent));
        let first = self.columns.saturating_sub(width(&lead));
        let mut prefix = lead;
        for line in wrap::wrap(text, first, self.columns.saturating_sub(hanging)) {
            self.put(&prefix, &line, hanging);
            prefix = spaces(hanging);
        }
    }

    /// Sets lines as they are, however wide.
    pub(super) fn verbatim<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>) {
        for line in lines {
            let lead = self.lead.take().unwrap_or_else(|| spaces(self.indent));
            self.push(&(lead + line));
        }
    }

    /// Sets lines as they are, with a rule of `mark` as wide as the widest of them.
    pub(super) fn underlined(&mut self, lines: &[String], mark: &str) {
        let widest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
        self.verbatim(lines.iter().map(String::as_str));
        self.verbatim([mark.repeat(widest.min(self.columns)).as_str()]);
    }

    /// Sets the lines of another sheet.
    pub(super) fn append(&mut self, other: Sheet) {
        for (index, line) in other.lines.iter().enumerate() {
            if index == 0 {
                self.push(line);
            } else {
                self.lines.push(line.clone());
            }
        }
    }

    fn put(&mut self, prefix: &str, line: &str, hanging: usize) {
        let wide = width(line);
        if width(prefix) + wide <= self.columns {
            self.push(&format!("{prefix}{line}"));
            return;
        }
        if !prefix.trim().is_empty() {
            self.push(prefix);
        }
        self.push(&(spaces(hanging.min(self.columns.saturating_sub(wide))) + line));
    }

    fn push(&mut self, line: &str) {
        if !self.lines.is_empty() {
            let gap = self.gap;
            self.lines.extend(std::iter::repeat_n(String::new(), gap));
        }
        self.gap = 0;
        self.lines.push(wrap::plain(line));
    }
}

/// So many spaces.
pub(super) fn spaces(count: usize) -> String {
    " ".repeat(count)
}
