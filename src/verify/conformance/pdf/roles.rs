//! Types of structure elements: each maps to a standard one, and no standard one is remapped.

use super::CheckedPdf;
use crate::pdf::read::tree::is_standard;
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Checks the types and that elements know who holds them; `clause` is that of the standard.
pub(super) fn check(look: &CheckedPdf<'_>, clause: &str, found: &mut BreachList) {
    let tree = look.tree;
    for (role, to) in &tree.roles {
        let spot = || Spot::object(format!("{role} → {to}"));
        if is_standard(role) {
            let what = "a standard structure type is made to stand for another";
            found.at(clause, what, spot());
        } else if tree.standard(role).is_none() {
            let what = "a structure type stands for no standard one, or for itself";
            found.at(clause, what, spot());
        }
    }
    for element in &tree.elements {
        let spot = || Spot {
            page: tree.page(element).map_or(0, |page| page + 1),
            object: format!("element {}", element.role),
        };
        if !tree.roles.contains_key(&element.role) && tree.standard(&element.role).is_none() {
            found.at(
                clause,
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
