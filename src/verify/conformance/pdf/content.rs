//! Everything that a page paints is either read aloud or decoration, and is in the tag tree once.

use super::CheckedPdf;
use crate::pdf::read::tree::ContentOwner;
use crate::verify::conformance::verdict::{BreachList, Rule, Spot};

/// Checks the content of every page by PDF/UA-1.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    painted(look, ("7.1", "01-005").into(), found);
    for (index, page) in look.pages.iter().enumerate() {
        let mixed = [
            (
                page.artifact_within,
                "01-003",
                "decoration stands within what is read aloud",
            ),
            (
                page.within_artifact,
                "01-004",
                "what is read aloud stands within decoration",
            ),
        ];
        for (times, condition, what) in mixed {
            for _ in 0..times {
                found.at(
                    ("7.1", condition),
                    what,
                    Spot::page(index, "marked content"),
                );
            }
        }
        for ((place, mcid), times) in &page.marks {
            let spot = || Spot::page(index, format!("marked content {mcid}"));
            // The content of a form that is drawn twice would be read twice.
            if *times > 1 {
                let (rule, what): (Rule<'_>, _) = match place {
                    ContentOwner::Page(_) => {
                        ("7.1".into(), "two pieces of marked content have one number")
                    }
                    ContentOwner::Form(_) => (
                        ("7.20", "30-002").into(),
                        "a form with marked content is drawn more than once",
                    ),
                };
                found.at(rule, what, spot());
            }
            match look.tree.content.get(&(*place, *mcid)).map(Vec::len) {
                None => found.at("7.1", "what is read aloud is not in the tag tree", spot()),
                Some(1) => {}
                Some(_) => found.at("7.1", "content is in the tag tree more than once", spot()),
            }
        }
    }
    absent(look, found);
}

/// Checks by PDF/A-2a that everything that is painted is marked.
pub(super) fn check_marked(look: &CheckedPdf<'_>, found: &mut BreachList) {
    painted(look, "6.7.2.2".into(), found);
}

fn painted(look: &CheckedPdf<'_>, rule: Rule<'_>, found: &mut BreachList) {
    for (index, page) in look.pages.iter().enumerate() {
        for what in &page.bare {
            let message = "something is painted that is neither tagged nor marked as decoration";
            found.at(rule, message, Spot::page(index, what.clone()));
        }
    }
}

/// Content that the tag tree names and no page has.
fn absent(look: &CheckedPdf<'_>, found: &mut BreachList) {
    for (place, mcid) in look.tree.content.keys() {
        let there = match place {
            ContentOwner::Page(index) => look
                .pages
                .get(*index)
                .is_some_and(|page| page.marks.contains_key(&(*place, *mcid))),
            ContentOwner::Form(_) => look
                .pages
                .iter()
                .any(|page| page.marks.contains_key(&(*place, *mcid))),
        };
        if !there {
            let what = "the tag tree names content that is not on the page";
            let object = format!("marked content {mcid}");
            let spot = match place {
                ContentOwner::Page(index) => Spot::page(*index, object),
                ContentOwner::Form(_) => Spot::object(object),
            };
            found.at("7.1", what, spot);
        }
    }
}
