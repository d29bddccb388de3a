//! Perfect binding: how thick the book is, and what its cover must measure.
//!
//! - The spine is as wide as all leaves together are thick: those of the text, blanks among them, and of the endpapers.
//! - The text is what lies between the cover and its bare insides: all pages but the first two and the last two.
//! - Endpapers are two blank leaves, one folded sheet, before the text and two behind it.

use crate::backend::edition::Edition;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, many};
use crate::layout::{Binding, Impose, Length, MM, PrintData, Tokens, millimetres};

/// Pages of the cover before the text, and as many behind it.
pub(crate) const COVER_PAGES: usize = 2;
/// Leaves of the endpapers of a book, before and behind the text together.
const ENDPAPERS: usize = 4;
/// Widest spine, in points: binders glue up to about so much.
const WIDEST: f64 = 80.0 * MM;

/// A perfect-bound book.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Book {
    /// Leaves of the text, blanks among them.
    pub(crate) leaves: usize,
    /// Thickness of one in points.
    pub(crate) caliper: f64,
    /// Thickness of a leaf of the endpapers in points, where the book has any.
    pub(crate) endpapers: Option<f64>,
    /// From the spine to the line along which the cover is scored, in points; 0 where it is not.
    pub(crate) hinge: f64,
}

impl Book {
    /// The book that a layout and its papers make of the text.
    ///
    /// # Errors
    /// Nobody knows how thick its paper is, or it is too thick.
    pub(crate) fn new(
        pages: usize,
        tokens: &Tokens,
        data: &PrintData,
    ) -> Result<Self, Diagnostics> {
        let press = &tokens.press;
        let given = press.caliper.to_pt();
        let stock = data.stock.as_ref().map(|(_, stock)| stock.caliper);
        let caliper = match stock.map(Length::to_pt) {
            _ if given > 0.0 => given,
            Some(caliper) => caliper,
            None => return Err(no_caliper()),
        };
        let book = Book {
            leaves: pages / 2,
            caliper,
            endpapers: data
                .endpapers
                .as_ref()
                .map(|(_, stock)| stock.caliper.to_pt()),
            hinge: press.hinge.to_pt(),
        };
        match book.spine() > WIDEST {
            true => Err(too_thick(&book)),
            false => Ok(book),
        }
    }

    /// Width of the spine in points.
    pub(crate) fn spine(&self) -> f64 {
        let endpapers = self.endpapers.unwrap_or(0.0);
        self.leaves as f64 * self.caliper + ENDPAPERS as f64 * endpapers
    }

    /// What a binder must know of it, a line each.
    pub(crate) fn said(&self) -> Vec<String> {
        let mm = |points: f64| millimetres(points, 3);
        let mut said = vec![format!(
            "Perfect binding. Spine {} mm: {} of {} mm{}.",
            millimetres(self.spine(), 1),
            many_leaves(self.leaves),
            mm(self.caliper),
            match self.endpapers {
                Some(caliper) => format!(", {ENDPAPERS} of {} mm of the endpapers", mm(caliper)),
                None => String::new(),
            },
        )];
        if self.endpapers.is_some() {
            said.push(
                "Endpapers: a blank sheet of four pages before the text, and one behind it.".into(),
            );
        }
        if self.hinge > 0.0 {
            said.push(format!(
                "The cover is scored at both edges of the spine and {} mm from them, where dotted marks are.",
                mm(self.hinge)
            ));
        }
        said.push("The inside of the cover is bare: it is printed on one side.".into());
        said
    }
}

fn many_leaves(leaves: usize) -> String {
    match leaves {
        1 => "1 leaf".to_owned(),
        count => format!("{count} leaves"),
    }
}

fn no_caliper() -> Diagnostics {
    let message = "the width of the spine is not known: the job names no paper";
    Diagnostic::new(Code::NO_CALIPER, message)
        .field("press.stock")
        .hint("name the paper of the text with --stock, such as --stock offset-90")
        .hint("or give the thickness of a leaf with --caliper, such as --caliper 97um")
        .into()
}

fn too_thick(book: &Book) -> Diagnostics {
    let message = format!(
        "{} of {} mm make a spine of {} mm; binders glue up to {} mm",
        many_leaves(book.leaves),
        millimetres(book.caliper, 3),
        millimetres(book.spine(), 1),
        millimetres(WIDEST, 0),
    );
    Diagnostic::new(Code::TOO_THICK, message)
        .field("press.binding")
        .hint("divide it into volumes, or choose a thinner paper")
        .into()
}

/// Whether the job is perfect-bound.
///
/// # Errors
/// The binding does not go with the sheets, or the layout has no cover that can be taken off.
pub(crate) fn is_perfect(edition: &Edition) -> Result<bool, Diagnostics> {
    let tokens = &edition.layout.tokens;
    let (impose, binding) = (tokens.press.impose, tokens.press.binding);
    let mut found = Diagnostics::default();
    if let Some(hint) = misfit(impose, binding) {
        let message = format!("sheets imposed as `{impose}` cannot be bound as `{binding}`");
        found.push(
            Diagnostic::new(Code::WRONG_BINDING, message)
                .field("press.binding")
                .hint(hint),
        );
    }
    let perfect = binding == Binding::Perfect;
    let structure = &tokens.structure;
    if perfect && !(structure.title_page && structure.back_cover) {
        let lacks = match (structure.title_page, structure.back_cover) {
            (true, _) => "back cover",
            (_, true) => "title page",
            (false, false) => "title page and no back cover",
        };
        let message = format!(
            "the cover cannot be a sheet of its own: layout `{}` has no {lacks}",
            edition.layout.name
        );
        found.push(
            Diagnostic::new(Code::NO_COVER_SHEET, message)
                .field("structure")
                .hint("let the layout say `structure: {title_page: true, back_cover: true}`, as `print` does"),
        );
    }
    found.or_value(perfect).map(|(perfect, _)| perfect)
}

/// What to do instead, where sheets cannot be bound in this way.
fn misfit(impose: Impose, binding: Binding) -> Option<&'static str> {
    match (binding, impose) {
        (Binding::Auto, _) | (Binding::Perfect | Binding::Stitched, Impose::Single) => None,
        (Binding::Perfect, Impose::Signatures(_) | Impose::Formes(_)) => None,
        (Binding::Stitched, Impose::Booklet) => None,
        (_, Impose::Spreads | Impose::Nup(_)) => {
            Some("spreads and nup are proofs; for a book use formes-16, signatures-16 or single")
        }
        (Binding::Perfect, Impose::Booklet) => Some(
            "a booklet is stitched; for perfect binding use formes-16, signatures-16 or single",
        ),
        (Binding::Stitched, _) => Some("stitched sheets lie in one another: use booklet or single"),
    }
}

/// Warns of blank pages that fill the last sheet of the text up.
pub(crate) fn filled_up(pages: usize, of_text: usize) -> Option<Diagnostic> {
    let blank = pages.checked_sub(of_text).filter(|blank| *blank > 0)?;
    let message = format!(
        "the text has {}, no multiple of 4: {} behind it fill up the last sheet",
        many(of_text, "page"),
        many(blank, "blank page"),
    );
    let less = of_text / 4 * 4;
    Some(Diagnostic::new(Code::FILLED_UP, message).hint(format!(
        "nothing need be done; a text of {less} or {pages} pages would have none"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::LayoutLoader;

    fn book(pages: usize, change: impl Fn(&mut crate::layout::Press)) -> Result<Book, Diagnostics> {
        let mut layout = LayoutLoader::embedded().load("print").unwrap();
        change(&mut layout.tokens.press);
        Book::new(pages, &layout.tokens, &layout.print_data()?)
    }

    fn spine(book: &Book) -> f64 {
        millimetres(book.spine(), 3)
    }

    #[test]
    fn the_spine_is_as_wide_as_all_leaves_are_thick() {
        for (pages, stock, mm) in [
            (200, "offset-80", 10.0),
            (200, "offset-90", 11.2),
            (196, "silk-115", 10.094),
            (48, "gloss-115", 2.064),
        ] {
            let made = book(pages, |press| press.stock = stock.into()).unwrap();
            assert_eq!(spine(&made), mm, "{pages} {stock}");
        }
        // What is measured wins over the name.
        let made = book(200, |press| {
            press.stock = "offset-80".into();
            press.caliper = "97µm".parse().unwrap();
        });
        assert_eq!(spine(&made.unwrap()), 9.7);
        let made = book(200, |press| {
            press.caliper = "0.1mm".parse().unwrap();
            press.endpapers = "offset-120".into();
        });
        assert_eq!(spine(&made.unwrap()), 10.592);
    }

    #[test]
    fn a_book_of_unknown_or_too_thick_paper_is_refused() {
        let said = book(200, |_| {}).unwrap_err().to_string();
        assert!(said.contains("--caliper 97um"), "{said}");
        let said = book(4000, |press| press.stock = "offset-80".into());
        let said = said.unwrap_err().to_string();
        assert!(said.contains("make a spine of 200 mm"), "{said}");
    }

    #[test]
    fn sheets_and_bindings_that_go_together() {
        use Impose::{Booklet, Formes, Nup, Signatures, Single, Spreads};
        let all = [Single, Spreads, Booklet, Signatures(16), Formes(16), Nup(2)];
        let fit = |binding| all.map(|impose| misfit(impose, binding).is_none());
        assert_eq!(fit(Binding::Auto), [true; 6]);
        assert_eq!(
            fit(Binding::Stitched),
            [true, false, true, false, false, false]
        );
        assert_eq!(
            fit(Binding::Perfect),
            [true, false, false, true, true, false]
        );
    }

    #[test]
    fn blanks_are_told_of_with_the_numbers_that_have_none() {
        assert_eq!(filled_up(200, 200), None);
        let said = filled_up(200, 198).unwrap();
        assert!(
            said.message
                .contains("198 pages, no multiple of 4: 2 blank pages")
        );
        assert!(said.hints[0].contains("196 or 200"));
    }
}
