//! What must hold of the packages that the backend makes.

mod prose;
mod sample;

use super::compose;

#[test]
fn a_sample_is_made() {
    let (document, pages) = sample::whole();
    let bytes = compose(&document, &sample::layout(), &pages, 1_472_601_600).expect("a package");
    assert!(bytes.starts_with(b"PK"));
}
