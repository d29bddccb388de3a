//! The manual: topics that no single option can explain, as Markdown files that a terminal can show.
//!
//! A topic is a file in `help/` and its name in [`TOPICS`]. The tests hold its command lines and YAML blocks to what
//! the program accepts.

use crate::app::console::STRONG;

/// A topic of the manual.
#[derive(Debug)]
pub struct Topic {
    /// What `gmg-export help` calls it.
    pub name: &'static str,
    /// Its text; the first line is `# name: summary`.
    pub text: &'static str,
}

macro_rules! topics {
    ($($name:literal)*) => {
        &[$(Topic { name: $name, text: include_str!(concat!("help/", $name, ".md")) }),*]
    };
}

/// All topics, in the order in which they are listed.
pub const TOPICS: &[Topic] = topics! {
    "source" "blocks" "charts" "prose" "references" "languages" "import" "layouts" "large-print" "formats" "word" "review" "digest" "access" "print" "release" "records" "automation"
    "settings" "exit-codes" "safety" "glossary"
};

impl Topic {
    /// The topic of that name.
    pub fn find(name: &str) -> Option<&'static Topic> {
        TOPICS.iter().find(|topic| topic.name == name)
    }

    /// What it is about, in a few words.
    pub fn summary(&self) -> &'static str {
        let title = self.text.lines().next().unwrap_or_default();
        title.split_once(": ").map_or(title, |(_, summary)| summary)
    }

    /// Its text for a terminal: headings are bold, blocks are indented, and the marks of both are gone.
    pub fn shown(&self) -> String {
        let mut shown = String::new();
        let mut in_block = false;
        for line in self.text.lines() {
            let heading = line.trim_start_matches('#').trim_start();
            match line {
                _ if line.starts_with("```") => in_block = !in_block,
                _ if in_block => shown.push_str(format!("    {line}").trim_end()),
                _ if line.starts_with('#') => {
                    shown.push_str(&format!("{STRONG}{heading}{STRONG:#}"))
                }
                _ => shown.push_str(line),
            }
            if !line.starts_with("```") {
                shown.push('\n');
            }
        }
        shown
    }
}
