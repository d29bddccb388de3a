//! HTML as a tree: html5ever parses it as browsers do, and fills a tree of elements, texts and comments.

use std::borrow::Cow;
use std::cell::{Ref, RefCell};

use ego_tree::{NodeId, NodeMut, Tree};
use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns, parse_fragment};

/// A tree of HTML.
pub(in crate::import::read) type Html = Tree<Node>;

/// A node of a tree.
#[derive(Debug)]
pub(in crate::import::read) enum Node {
    Document,
    Element(Element),
    /// Its text is a part of the whole, which is not copied.
    Text(StrTendril),
    Comment(StrTendril),
}

/// An element: its name and attributes, in little room, as a text may have millions of them.
#[derive(Debug)]
pub(in crate::import::read) struct Element {
    name: Name,
    attributes: Box<[Attribute]>,
}

/// The name of an element.
#[derive(Debug)]
pub(super) struct Name {
    ns: Namespace,
    local: LocalName,
}

/// The name of an element in the tree.
#[derive(Debug)]
struct NameRef<'t>(Ref<'t, Name>);

impl ElemName for NameRef<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Element {
    pub(super) fn name(&self) -> &str {
        &self.name.local
    }

    /// Makes it an element of another name.
    pub(super) fn rename(&mut self, name: &str) {
        self.name.local = name.into();
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
    // Each tag opens an element at most, and has a text behind it at most; room that is not used is never taken.
    let most = 2 * text.matches('<').count() + 2;
    let sink = Sink {
        tree: RefCell::new(Tree::with_capacity(Node::Document, most)),
    };
    let body = QualName::new(None, ns!(html), local_name!("body"));
    parse_fragment(sink, Default::default(), body, Vec::new(), false).one(text)
}

/// A tree that a reader of other files builds, element by element.
pub(in crate::import::read) struct Growing {
    tree: Html,
    open: Vec<NodeId>,
}

impl Growing {
    pub(in crate::import::read) fn new() -> Self {
        let tree = Tree::new(Node::Document);
        let open = vec![tree.root().id()];
        let mut growing = Growing { tree, open };
        growing.open("html", &[]);
        growing
    }

    fn append(&mut self, node: Node) -> NodeId {
        let at = self.open[self.open.len() - 1];
        match self.tree.get_mut(at) {
            Some(mut above) => above.append(node).id(),
            None => at,
        }
    }

    /// Opens an element; attributes without a value are left out.
    pub(in crate::import::read) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let attributes = attributes.iter().filter(|(_, value)| !value.is_empty());
        let attribute = |(key, value): &(&str, &str)| Attribute {
            name: QualName::new(None, ns!(), (*key).into()),
            value: (*value).into(),
        };
        let attributes = attributes.map(attribute).collect();
        let name = Name {
            ns: ns!(html),
            local: name.into(),
        };
        let element = self.append(Node::Element(Element { name, attributes }));
        self.open.push(element);
    }

    /// Closes the element that was opened last.
    pub(in crate::import::read) fn close(&mut self) {
        if self.open.len() > 1 {
            self.open.pop();
        }
    }

    pub(in crate::import::read) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.append(Node::Text(text.into()));
        }
    }

    pub(in crate::import::read) fn finish(self) -> Html {
        self.tree
    }
}

/// The name of what has none.
static NONE: Name = Name {
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
fn grown(beside: Option<NodeMut<'_, Node>>, text: &StrTendril) -> bool {
    match beside {
        Some(mut node) => match node.value() {
            Node::Text(known) => {
                known.push_tendril(text);
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
    type ElemName<'a> = NameRef<'a>;

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

    fn elem_name<'a>(&'a self, target: &NodeId) -> NameRef<'a> {
        // The parser asks for the names of elements alone.
        NameRef(Ref::map(self.tree.borrow(), |tree| {
            match tree.get(*target).map(|node| node.value()) {
                Some(Node::Element(element)) => &element.name,
                _ => &NONE,
            }
        }))
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> NodeId {
        let QualName { ns, local, .. } = name;
        let name = Name { ns, local };
        let attributes = attributes.into_boxed_slice();
        self.orphan(Node::Element(Element { name, attributes }))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.orphan(Node::Comment(text))
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
                    parent.append(Node::Text(text));
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
                        sibling.insert_before(Node::Text(text));
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
                let mut known = std::mem::take(&mut element.attributes).into_vec();
                for attribute in attributes {
                    if !known.iter().any(|one| one.name == attribute.name) {
                        known.push(attribute);
                    }
                }
                element.attributes = known.into_boxed_slice();
            }
        });
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }
}
