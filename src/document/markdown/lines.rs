//! Text whose lines are no blocks: cells of tables and fields of one line, in which `- 5`, `1998.` and `# 3` are words.
//!
//! CommonMark has no inlines without blocks. So each line gets a mark in front, a sign of punctuation that is nowhere
//! in the text and that no rule of Markdown knows; empty lines separate paragraphs, and notes may be defined as
//! elsewhere.

/// The text with its marks.
#[derive(Debug)]
pub(super) struct Lines {
    text: String,
    mark: Option<char>,
    starts: Vec<Start>,
}

/// Where a line starts: its mark and what follows the mark in the text, and the line in the prose.
#[derive(Debug)]
struct Start {
    mark: usize,
    content: usize,
    prose: usize,
}

impl Lines {
    pub(super) fn of(prose: &str) -> Lines {
        let mark = ('\u{2E31}'..='\u{2E39}')
            .find(|mark| !prose.contains(*mark))
            .unwrap_or('\u{2E31}');
        let mut lines = Lines {
            text: String::with_capacity(prose.len() + 8),
            mark: Some(mark),
            starts: Vec::new(),
        };
        let mut at = 0;
        for line in prose.split_inclusive('\n') {
            let content = line.trim_start_matches([' ', '\t']);
            let place = lines.text.len();
            if !content.trim().is_empty() && !defines_note(content) {
                lines.text.push(mark);
            }
            lines.starts.push(Start {
                mark: place,
                content: lines.text.len(),
                prose: at + line.len() - content.len(),
            });
            lines.text.push_str(content);
            at += line.len();
        }
        lines
    }

    /// Lines with other beginnings: of each what comes first, what follows in the prose, and where.
    pub(super) fn rewritten<'p>(lines: impl Iterator<Item = (String, &'p str, usize)>) -> Lines {
        let mut rewritten = Lines {
            text: String::new(),
            mark: None,
            starts: Vec::new(),
        };
        for (beginning, rest, prose) in lines {
            let mark = rewritten.text.len();
            rewritten.text.push_str(&beginning);
            let content = rewritten.text.len();
            rewritten.text.push_str(rest);
            rewritten.starts.push(Start {
                mark,
                content,
                prose,
            });
        }
        rewritten
    }

    /// The text to be parsed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The offset in the prose of one in the text.
    pub(super) fn offset(&self, at: usize) -> usize {
        let after = self.starts.partition_point(|start| start.mark <= at);
        match after.checked_sub(1).map(|index| &self.starts[index]) {
            Some(start) => start.prose + at.saturating_sub(start.content),
            None => at,
        }
    }

    /// A piece of the text without marks.
    pub(super) fn without_marks(&self, piece: String) -> String {
        match self.mark {
            Some(mark) if piece.contains(mark) => piece.replace(mark, ""),
            _ => piece,
        }
    }
}

fn defines_note(line: &str) -> bool {
    let label = line.strip_prefix("[^").and_then(|rest| rest.find(']'));
    label.is_some_and(|end| line[2 + end..].starts_with("]:"))
}
