//! How deep the pictures in a drawing stand in one another, and how much is drawn of it all in all: patterns, masks and
//! clips are drawn anew wherever something refers to them.

use std::collections::HashMap;

use resvg::usvg::{BlendMode, Group, Node, Tree};

/// Of a part of a drawing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nesting {
    /// How many pictures stand in one another: groups that are drawn apart, patterns, masks, clips, drawings.
    pub(super) depth: usize,
    /// How many shapes and groups are drawn.
    pub(super) drawn: u64,
}

impl Nesting {
    pub(super) fn of(tree: &Tree) -> Self {
        Walk::default().group(tree.root())
    }

    /// With another part, which is drawn beside it.
    fn beside(self, other: Self) -> Self {
        Nesting {
            depth: self.depth.max(other.depth),
            drawn: self.drawn.saturating_add(other.drawn),
        }
    }

    /// As a picture in something else.
    fn inside(self) -> Self {
        Nesting {
            depth: self.depth + 1,
            ..self
        }
    }
}

/// What was looked at is known by the place of its root.
#[derive(Default)]
struct Walk(HashMap<usize, Nesting>);

impl Walk {
    fn group(&mut self, group: &Group) -> Nesting {
        let parts = group.children().iter().map(|node| self.node(node));
        let all = parts.fold(Nesting::default(), Nesting::beside);
        let apart = group.opacity().get() < 1.0
            || group.isolate()
            || group.mask().is_some()
            || group.blend_mode() != BlendMode::Normal
            || !group.filters().is_empty();
        match apart {
            true => all.inside(),
            false => all,
        }
    }

    fn node(&mut self, node: &Node) -> Nesting {
        let mut all = Nesting { depth: 0, drawn: 1 };
        if let Node::Group(group) = node {
            all = all.beside(self.group(group));
        }
        node.subroots(|root| all = all.beside(self.picture(root)));
        all
    }

    /// The root of a pattern, a mask, a clip or a drawing.
    fn picture(&mut self, root: &Group) -> Nesting {
        let place = std::ptr::from_ref(root).addr();
        match self.0.get(&place) {
            Some(known) => *known,
            None => {
                let found = self.group(root).inside();
                self.0.insert(place, found);
                found
            }
        }
    }
}
