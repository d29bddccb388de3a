//! Creep: in nested sheets, paper pushes the inner ones out at the fore edge, and the cut takes more off them. So
//! their pages move towards the spine beforehand.

use super::imposition::{Plan, Spine};
use crate::layout::{MM, millimetres};

/// How far the pages of nested sheets move, in points a sheet.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Creep {
    /// Towards the spine, more for each sheet further in.
    pub(crate) inner: f64,
    /// Away from the spine, more for each sheet further out.
    pub(crate) outer: f64,
}

/// How far the pages of a sheet move towards the spine, in points: less than zero is away from it. `within` and
/// `nested` are those of the sheet.
pub(crate) fn shift(within: usize, nested: usize, creep: Creep) -> f64 {
    let around = nested.saturating_sub(within + 1);
    creep.inner * within as f64 - creep.outer * around as f64
}

/// What is to be added to the x of a page that moves `shift` towards its spine. Marks and clips stay.
pub(crate) fn offset(spine: Spine, shift: f64) -> f64 {
    match spine {
        Spine::Left => -shift,
        Spine::Right => shift,
        Spine::None => 0.0,
    }
}

/// Refuses creep that moves pages further than their bleed reaches: paper would show at the cut.
pub(crate) fn check_creep(plan: &Plan, bleed: f64, creep: Creep) -> Result<(), String> {
    let steps = plan.sheets.iter().map(|sheet| sheet.nested).max();
    let steps = steps.unwrap_or(1).saturating_sub(1);
    for (name, each) in [("creep", creep.inner), ("creep_outer", creep.outer)] {
        let most = each * steps as f64;
        // A thousandth of a point is far below what a press can hold, far above what rounding does.
        if most > bleed + 0.001 {
            // Rounded down, so that the number named is one that will do.
            let would_do = (bleed / steps as f64 / MM * 1000.0 + 1e-6).floor() / 1000.0;
            return Err(format!(
                "{name} of {}mm a sheet moves pages by {}mm over {} nested sheets, further than their bleed of {}mm: \
                 set {name} to at most {would_do}mm, or give the pages more bleed, or use smaller signatures",
                millimetres(each, 3),
                millimetres(most, 3),
                steps + 1,
                millimetres(bleed, 3),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::imposition::plan;
    use super::*;
    use crate::layout::Impose::{Booklet, Signatures, Single};

    #[test]
    fn creep_grows_inwards() {
        let creep = Creep {
            inner: 0.1 * MM,
            outer: 0.0,
        };
        let of_64 = plan(64, Booklet, false, false);
        let shifts: Vec<f64> = of_64
            .sheets
            .iter()
            .map(|s| shift(s.within, s.nested, creep))
            .collect();
        assert_eq!((shifts.len(), shifts[0]), (16, 0.0));
        assert!(shifts.is_sorted() && (shifts[15] / MM - 1.5).abs() < 1e-9);
        for sheet in &of_64.sheets {
            let by = shift(sheet.within, sheet.nested, creep);
            let x: Vec<f64> = sheet
                .front
                .cells
                .iter()
                .map(|c| offset(c.spine, by))
                .collect();
            // The left half moves right, the right half left, both as far.
            assert!(x[0] >= 0.0 && x[0] == -x[1]);
            assert_eq!(shift(sheet.within, sheet.nested, Creep::default()), 0.0);
        }
        assert_eq!(offset(Spine::None, 5.0), 0.0);
    }

    #[test]
    fn outer_creep_pushes_outer_sheets_out() {
        let creep = Creep {
            inner: 0.0,
            outer: 0.5,
        };
        assert_eq!(shift(0, 4, creep), -1.5);
        assert_eq!(shift(3, 4, creep), 0.0);
        assert_eq!(shift(0, 1, creep), 0.0);
    }

    #[test]
    fn creep_that_eats_the_bleed_is_refused() {
        let of_64 = plan(64, Booklet, false, false);
        let inner = |mm: f64| Creep {
            inner: mm * MM,
            outer: 0.0,
        };
        let bleed = 3.0 * MM;
        assert_eq!(check_creep(&of_64, bleed, inner(0.1)), Ok(()));
        assert_eq!(check_creep(&of_64, bleed, inner(0.2)), Ok(()));
        let error = check_creep(&of_64, bleed, inner(0.25)).unwrap_err();
        assert!(
            error.contains("creep of 0.25mm a sheet moves pages by 3.75mm over 16 nested sheets"),
            "{error}"
        );
        assert!(error.contains("set creep to at most 0.2mm"), "{error}");
        let outer = Creep {
            inner: 0.0,
            outer: 1.0 * MM,
        };
        let error = check_creep(&of_64, bleed, outer).unwrap_err();
        assert!(
            error.contains("set creep_outer to at most 0.2mm"),
            "{error}"
        );
        // The same paper in small signatures moves little.
        let small = plan(64, Signatures(16), false, false);
        assert_eq!(check_creep(&small, bleed, inner(0.25)), Ok(()));
        // Nothing is nested, nothing creeps.
        assert_eq!(
            check_creep(&plan(64, Single, false, false), 0.0, inner(9.0)),
            Ok(())
        );
        assert_eq!(check_creep(&of_64, 0.0, inner(0.0)), Ok(()));
        assert!(
            check_creep(&of_64, 0.0, inner(0.1))
                .unwrap_err()
                .contains("at most 0mm")
        );
        assert_eq!(
            check_creep(&plan(0, Booklet, false, false), 0.0, inner(0.1)),
            Ok(())
        );
    }
}
