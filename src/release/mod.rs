//! Releases: every file that a report's `release` list names, checked, with a manifest and checksums, all or nothing.
//!
//! - `plan`: the list becomes files to make;
//! - `build`: one report becomes files;
//! - `checks`, `facts`: what is found of each file;
//! - `manifest`: what is said of all of it, for machines.

mod build;
mod checks;
mod facts;
pub mod manifest;
mod plan;

pub use build::{Built, Job};
pub use plan::plan;
