//! HTML as a tree: html5ever parses it as browsers do, and fills a tree of elements, texts and comments.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use ego_tree::{NodeId, NodeMut, Tree};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, QualName, local_name, ns, parse_fragment};

/// A tree of HTML.
pub(super) type Html = Tree<Node>;

/// A node of a tree.
#[derive(Debug)]
pub(super) enum Node {
    Document,
    Element(Element),
    Text(String),
    Comment(String),
}

/// An element: its name and attributes.
#[derive(Debug)]
pub(super) struct Element {
    name: QualName,
    attributes: Vec<Attribute>,
}

impl Element {
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|attribute| &*attribute.name.local == name);
        found.map(|attribute| &*attribute.value)
    }
}

impl Node {
    pub(super) fn as_element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Parses what may be in the body of a page.
pub(super) fn parse(text: &str) -> Html {
    let sink = Sink {
        tree: RefCell::new(Tree::new(Node::Document)),
    };
    let body = QualName::new(None, ns!(html), local_name!("body"));
    parse_fragment(sink, Default::default(), body, Vec::new(), false).one(text)
}

/// The name of what has none.
static NONE: QualName = QualName {
    prefix: None,
    ns: ns!(),
    local: local_name!(""),
};

/// What html5ever builds the tree with. Nodes are only ever detached, never removed, so that every id stays good.
struct Sink {
    tree: RefCell<Html>,
}

impl Sink {
    fn at(&self, id: NodeId, change: impl FnOnce(NodeMut<'_, Node>)) {
        if let Some(node) = self.tree.borrow_mut().get_mut(id) {
            change(node);
        }
    }

    fn orphan(&self, node: Node) -> NodeId {
        self.tree.borrow_mut().orphan(node).id()
    }
}

/// Adds to a text that is next to the place; true where there is one.
fn grown(beside: Option<NodeMut<'_, Node>>, text: &str) -> bool {
    match beside {
        Some(mut node) => match node.value() {
            Node::Text(known) => {
                known.push_str(text);
                true
            }
            _ => false,
        },
        None => false,
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Html;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Html {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn mark_script_already_started(&self, _: &NodeId) {}

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_document(&self) -> NodeId {
        self.tree.borrow().root().id()
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn elem_name<'a>(&'a self, target: &NodeId) -> Ref<'a, QualName> {
        // The parser asks for the names of elements alone.
        Ref::map(self.tree.borrow(), |tree| {
            match tree.get(*target).map(|node| node.value()) {
                Some(Node::Element(element)) => &element.name,
                _ => &NONE,
            }
        })
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> NodeId {
        self.orphan(Node::Element(Element { name, attributes }))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.orphan(Node::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, data: StrTendril) -> NodeId {
        self.create_comment(data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.at(*parent, |mut parent| match child {
            NodeOrText::AppendNode(id) => {
                parent.append_id(id);
            }
            NodeOrText::AppendText(text) => {
                if !grown(parent.last_child(), &text) {
                    parent.append(Node::Text(text.to_string()));
                }
            }
        });
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(id) = child {
            self.remove_from_parent(&id);
        }
        self.at(*sibling, |mut sibling| {
            if sibling.parent().is_none() {
                return;
            }
            match child {
                NodeOrText::AppendNode(id) => {
                    sibling.insert_id_before(id);
                }
                NodeOrText::AppendText(text) => {
                    if !grown(sibling.prev_sibling(), &text) {
                        sibling.insert_before(Node::Text(text.to_string()));
                    }
                }
            }
        });
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        before: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let tree = self.tree.borrow();
        let placed = tree
            .get(*element)
            .is_some_and(|node| node.parent().is_some());
        drop(tree);
        match placed {
            true => self.append_before_sibling(element, child),
            false => self.append(before, child),
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.at(*target, |mut node| node.detach());
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.at(*parent, |mut parent| {
            parent.reparent_from_id_append(*node);
        });
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.at(*target, |mut node| {
            if let Node::Element(element) = node.value() {
                for attribute in attributes {
                    if !element
                        .attributes
                        .iter()
                        .any(|known| known.name == attribute.name)
                    {
                        element.attributes.push(attribute);
                    }
                }
            }
        });
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }
}
