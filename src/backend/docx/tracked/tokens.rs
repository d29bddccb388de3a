//! The content of a paragraph as a row of tokens: words, signs, pictures, marks of notes, whole fields.
//!
//! Two paragraphs are compared token by token. How a word looks is not part of what it says; where it leads is, but for
//! places within the file, whose names follow the order of the text. A field is one token with all that it shows.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::super::package::{Element, Node};
use super::package::Relations;
use crate::base::digest::sha256;

/// A token.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// What it says, as a number: the same for all that say the same.
    pub(super) id: u32,
    /// What it is.
    pub(super) content: Content,
    /// How it looks: `w:rPr`, without what does not concern looks.
    pub(super) look: Option<Element>,
    /// The link that it is in.
    pub(super) link: Option<Link>,
    /// Bookmarks that begin or end before it.
    pub(super) marks: Vec<Element>,
}

/// What a token is.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Characters: a word, white space, or a sign.
    Text(String),
    /// Anything else in a run, such as a tab or a picture.
    Single(Element),
    /// The mark of a note, and its id.
    Note(Element, String),
    /// A field from its beginning to its end, or one of the two where they stand in different paragraphs.
    Field(Vec<Element>),
}

/// A link of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// Which one of the paragraph it is.
    pub(super) number: usize,
    /// Where it leads.
    pub(super) to: String,
    /// The element, without what is in it.
    pub(super) shell: Element,
}

/// Where a field of several paragraphs begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Its beginning: instruction and separator.
    Begin,
    /// Its end.
    End,
}

/// The content of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) tokens: Vec<Token>,
    /// Bookmarks behind all of it.
    pub(super) marks: Vec<Element>,
    /// Ends of fields that begin or end in another paragraph, by the number of their token.
    pub(super) edges: Vec<(usize, Edge)>,
}

/// Numbers for what is said: the same text has the same number.
#[derive(Debug, Default)]
pub(super) struct Numbers(BTreeMap<String, u32>);

impl Numbers {
    /// The number of a text, from 1.
    pub(super) fn of(&mut self, text: String) -> u32 {
        let next = u32::try_from(self.0.len() + 1).unwrap_or(u32::MAX);
        *self.0.entry(text).or_insert(next)
    }
}

/// Reads paragraphs of one part.
pub(super) struct Tokenizer<'t> {
    pub(super) numbers: &'t mut Numbers,
    pub(super) relations: &'t Relations,
    /// The file's parts, for pictures.
    pub(super) files: &'t BTreeMap<String, Vec<u8>>,
    /// A common name of each note, by its id.
    pub(super) notes: &'t BTreeMap<String, String>,
    /// Whether the names of places are the same in both files.
    pub(super) is_named: bool,
}

impl Token {
    /// Its words; empty for what is none.
    pub(super) fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            _ => "",
        }
    }

    /// Whether it is a word.
    pub(super) fn is_word(&self) -> bool {
        self.text().contains(char::is_alphanumeric)
    }

    /// Whether it is a field.
    pub(super) fn is_field(&self) -> bool {
        matches!(self.content, Content::Field(_))
    }

    /// Whether it says nothing by itself: white space or a sign.
    pub(super) fn is_light(&self) -> bool {
        matches!(&self.content, Content::Text(text) if !text.contains(char::is_alphanumeric))
    }
}

impl Tokenizer<'_> {
    /// The content of a paragraph; `waiting` are bookmarks that stand before it.
    pub(super) fn line(&mut self, paragraph: &Element, waiting: Vec<Element>) -> Line {
        let mut line = Line {
            marks: waiting,
            ..Line::default()
        };
        let children: Vec<&Element> = paragraph
            .elements()
            .filter(|child| child.name != "w:pPr")
            .collect();
        let mut links = 0;
        self.nodes(&children, None, &mut links, &mut line);
        line
    }

    fn nodes(
        &mut self,
        nodes: &[&Element],
        link: Option<&Link>,
        links: &mut usize,
        line: &mut Line,
    ) {
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            at += 1;
            match node.name.as_str() {
                "w:bookmarkStart" | "w:bookmarkEnd" => line.marks.push((*node).clone()),
                "w:hyperlink" => {
                    let inner = self.link(node, *links);
                    *links += 1;
                    let children: Vec<&Element> = node.elements().collect();
                    self.nodes(&children, Some(&inner), links, line);
                }
                "w:r" => match depth(node) {
                    _ if !is_field(node) => self.run(node, link, line),
                    // It may begin and end in one run.
                    0 if count(node, "begin") > 0 => self.field(&[node], link, None, line),
                    deeper if deeper > 0 => {
                        let length = length(&nodes[at - 1..]);
                        let (length, edge) = match length {
                            Some(length) => (length, None),
                            None => (opening(&nodes[at - 1..]), Some(Edge::Begin)),
                        };
                        self.field(&nodes[at - 1..at - 1 + length], link, edge, line);
                        at += length - 1;
                    }
                    0 => self.field(&[node], link, None, line),
                    _ => self.field(&[node], link, Some(Edge::End), line),
                },
                _ => {
                    let said = format!("other {}", serialized(node));
                    let content = Content::Single((*node).clone());
                    self.put(said, content, None, link, line);
                }
            }
        }
    }

    /// A field: its nodes as they are.
    fn field(
        &mut self,
        nodes: &[&Element],
        link: Option<&Link>,
        edge: Option<Edge>,
        line: &mut Line,
    ) {
        if let Some(edge) = edge {
            line.edges.push((line.tokens.len(), edge));
        }
        let mut said = String::from("field ");
        nodes
            .iter()
            .for_each(|node| describe(node, self.is_named, &mut said));
        let nodes = nodes.iter().map(|node| (*node).clone()).collect();
        self.put(said, Content::Field(nodes), None, link, line);
    }

    fn run(&mut self, run: &Element, link: Option<&Link>, line: &mut Line) {
        let look = run.elements().find(|child| child.name == "w:rPr").cloned();
        for child in run.elements() {
            match child.name.as_str() {
                "w:rPr" => {}
                "w:t" => {
                    for word in text_of(child).split_word_bounds() {
                        let content = Content::Text(word.to_owned());
                        self.put(format!("text {word}"), content, look.clone(), link, line);
                    }
                }
                "w:footnoteReference" | "w:endnoteReference" => {
                    let id = child.get("w:id").unwrap_or_default().to_owned();
                    let name = self.notes.get(&id).cloned().unwrap_or_default();
                    let content = Content::Note(child.clone(), id);
                    self.put(format!("note {name}"), content, look.clone(), link, line);
                }
                "w:drawing" => {
                    let said = self.picture(child);
                    let content = Content::Single(child.clone());
                    self.put(said, content, look.clone(), link, line);
                }
                _ => {
                    let said = format!("single {}", serialized(child));
                    let content = Content::Single(child.clone());
                    self.put(said, content, look.clone(), link, line);
                }
            }
        }
    }

    fn put(
        &mut self,
        said: String,
        content: Content,
        look: Option<Element>,
        link: Option<&Link>,
        line: &mut Line,
    ) {
        let to = link.map_or("", |link| link.to.as_str());
        line.tokens.push(Token {
            id: self.numbers.of(format!("{said}\n{to}")),
            content,
            look,
            link: link.cloned(),
            marks: std::mem::take(&mut line.marks),
        });
    }

    fn link(&self, element: &Element, number: usize) -> Link {
        let target = element
            .get("r:id")
            .and_then(|id| self.relations.get(id))
            .map(|(_, target, _)| target.to_owned());
        Link {
            number,
            to: target.unwrap_or_else(|| "#".to_owned()),
            shell: Element {
                children: Vec::new(),
                ..element.clone()
            },
        }
    }

    /// What a picture shows: its bytes, its size, and the words for those who do not see it.
    fn picture(&self, drawing: &Element) -> String {
        let mut said = String::from("picture");
        walk(drawing, &mut |element| match element.name.as_str() {
            "wp:extent" => {
                let side = |name| element.get(name).unwrap_or_default().to_owned();
                said.push_str(&format!(" {}x{}", side("cx"), side("cy")));
            }
            "wp:docPr" => said.push_str(&format!(" {}", element.get("descr").unwrap_or_default())),
            _ => {
                for id in ["r:embed", "r:link"]
                    .iter()
                    .filter_map(|one| element.get(one))
                {
                    let target = self.relations.get(id).map_or("", |(_, target, _)| target);
                    let bytes = self.files.get(&format!("word/{target}"));
                    let shown = bytes.map_or_else(|| target.to_owned(), |bytes| sha256(bytes));
                    said.push_str(&format!(" {shown}"));
                }
            }
        });
        said
    }
}

/// The text in an element.
pub(super) fn text_of(element: &Element) -> String {
    let mut text = String::new();
    for node in &element.children {
        if let Node::Text(more) = node {
            text.push_str(more);
        }
    }
    text
}

/// An element as it is written.
pub(super) fn serialized(element: &Element) -> String {
    let mut text = String::new();
    element.write(&mut text);
    text
}

/// What a field says and shows, without bookmarks, and without the names of places within the file where they are not the
/// same in both.
fn describe(element: &Element, is_named: bool, said: &mut String) {
    match element.name.as_str() {
        "w:bookmarkStart" | "w:bookmarkEnd" => {}
        "w:hyperlink" => element
            .elements()
            .for_each(|child| describe(child, is_named, said)),
        "w:instrText" => {
            let words = text_of(element);
            let words = words
                .split(' ')
                .map(|word| match word.starts_with('_') && !is_named {
                    true => "_",
                    false => word,
                });
            said.push_str(&words.collect::<Vec<_>>().join(" "));
        }
        "w:r" => {
            said.push('<');
            element
                .elements()
                .for_each(|child| describe(child, is_named, said));
            said.push('>');
        }
        _ => element.write(said),
    }
}

fn walk(element: &Element, see: &mut impl FnMut(&Element)) {
    see(element);
    element.elements().for_each(|child| walk(child, see));
}

/// Whether a run belongs to the frame of a field.
fn is_field(run: &Element) -> bool {
    let mut children = run.elements();
    children.any(|child| matches!(child.name.as_str(), "w:fldChar" | "w:instrText"))
}

fn count(element: &Element, kind: &str) -> i32 {
    let mut count = 0;
    walk(element, &mut |element| {
        count +=
            i32::from(element.name == "w:fldChar" && element.get("w:fldCharType") == Some(kind));
    });
    count
}

/// By how many fields more one is inside after an element.
fn depth(element: &Element) -> i32 {
    count(element, "begin") - count(element, "end")
}

/// The number of nodes of the field that begins with the first of them; `None` where it does not end among them.
fn length(nodes: &[&Element]) -> Option<usize> {
    let mut open = 0;
    nodes
        .iter()
        .position(|node| {
            open += depth(node);
            open <= 0
        })
        .map(|last| last + 1)
}

/// The number of nodes with which a field opens that ends elsewhere: up to its separator.
fn opening(nodes: &[&Element]) -> usize {
    let separator = nodes.iter().position(|node| count(node, "separate") > 0);
    separator.map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::super::super::package::parse;
    use super::*;

    fn line(xml: &str) -> Vec<String> {
        let paragraph = parse(xml.as_bytes()).unwrap();
        let mut tokenizer = Tokenizer {
            numbers: &mut Numbers::default(),
            relations: &Relations::default(),
            files: &BTreeMap::new(),
            notes: &BTreeMap::new(),
            is_named: false,
        };
        let line = tokenizer.line(&paragraph, Vec::new());
        let said = |token: &Token| match &token.content {
            Content::Text(text) => text.clone(),
            Content::Single(one) => one.name.clone(),
            Content::Note(_, id) => format!("note {id}"),
            Content::Field(nodes) => format!("field of {}", nodes.len()),
        };
        line.tokens.iter().map(said).collect()
    }

    #[test]
    fn words_signs_and_whole_fields_are_tokens() {
        let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>";
        let xml = format!(
            "<w:p><w:pPr/><w:r><w:t>It’s 3.5, 你好</w:t><w:tab/></w:r>{field}<w:r><w:footnoteReference w:id='7'/></w:r></w:p>"
        );
        let said = line(&xml);
        assert_eq!(
            said,
            [
                "It’s",
                " ",
                "3.5",
                ",",
                " ",
                "你",
                "好",
                "w:tab",
                "field of 5",
                "note 7"
            ]
        );
    }

    #[test]
    fn a_field_of_several_paragraphs_has_its_ends_apart() {
        let open = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>a</w:t></w:r></w:p>";
        assert_eq!(line(open), ["field of 3", "a"]);
        let close = "<w:p><w:r><w:t>b</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>";
        assert_eq!(line(close), ["b", "field of 1"]);
    }
}
