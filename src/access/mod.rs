//! The dossier of a report's accessibility: every criterion of EN 301 549 clause 10, of the Matterhorn Protocol for
//! PDF/UA-1 and of quality beyond both, each with what decides it: a check of the finished file, a person with a
//! question and the places to look at, or that the file has nothing that it is about.
//!
//! It is made from the bytes of the file alone; the source gives places and people's sign-offs. Nothing is written here.
//!
//! - [`criteria`]: the criteria as data, in `criteria/*.yaml`
//! - `read`: the file as a reader hears it: words, pages and drawings of each element
//! - `heard`: the same from beginning to end, line by line, with what each part is
//! - `features`: what the file has, so that what it has not need not be asked
//! - `checks`: the checks of quality, by name; those of the standards are in [`conformance`](crate::verify::conformance)
//! - `language`: the one of these that tells a language
//! - `signs`: what speech may leave out
//! - `places`: what a person looks at, with a digest of exactly that
//! - [`signoffs`]: `access.yaml`: who has found what in order, and when that lapses
//! - [`dossier`]: all of it put together, as data (`access.json`)
//! - `html`: the same for people (`access.html`)

mod checks;
pub mod criteria;
pub mod dossier;
mod features;
mod heard;
mod html;
mod language;
mod places;
mod read;
pub mod signoffs;
mod signs;

pub use dossier::{About, Dossier, Status, assess};
pub use places::Places;
pub use signoffs::{FILE, SignOff, SignOffs};
