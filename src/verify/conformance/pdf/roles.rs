//! Types of structure elements: each maps to a standard one, and no standard one is remapped.

use super::CheckedPdf;
use crate::pdf::read::tree::{Tree, is_standard};
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Checks the types and that elements know who holds them; `clause` is that of the standard.
pub(super) fn check(look: &CheckedPdf<'_>, clause: &str, found: &mut BreachList) {
    let tree = look.tree;
    for (role, to) in &tree.roles {
        let spot = || Spot::object(format!("{role} → {to}"));
        if is_standard(role) {
            let what = "a standard structure type is made to stand for another";
            found.at((clause, "02-004"), what, spot());
        } else if is_circular(tree, role) {
            let what = "a structure type stands for itself";
            found.at((clause, "02-003"), what, spot());
        } else if tree.standard(role).is_none() {
            let what = "a structure type stands for no standard one";
            found.at((clause, "02-001"), what, spot());
        }
    }
    for element in &tree.elements {
        let spot = || Spot {
            page: tree.page(element).map_or(0, |page| page + 1),
            object: format!("element {}", element.role),
        };
        if !tree.roles.contains_key(&element.role) && tree.standard(&element.role).is_none() {
            found.at(
                (clause, "02-001"),
                "an element has a type that is no standard one",
                spot(),
            );
        }
        if element.astray {
            let what = "an element does not lead back to the one that holds it (P)";
            found.at(clause, what, spot());
        }
    }
}

/// Whether a type leads back to itself.
fn is_circular(tree: &Tree, role: &str) -> bool {
    let mut seen = vec![role];
    while let Some(next) = seen.last().and_then(|last| tree.roles.get(*last)) {
        if is_standard(next) {
            return false;
        }
        if seen.contains(&next.as_str()) {
            return true;
        }
        seen.push(next);
    }
    false
}
