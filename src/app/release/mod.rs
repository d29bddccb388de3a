//! Releases: every file that a report's `release` list names, checked, with a manifest and checksums, all or nothing.
//!
//! - `plan`: the list becomes files to make;
//! - `build`: one report becomes files;
//! - `checks`, `facts`: what is found of each file;
//! - `manifest`: what is said of all of it, for machines;
//! - `stored`: a release as it lies in a folder, `compare`: what differs when it is made again;
//! - `shard`, `merge`: parts of a batch of reports, built apart and joined.

mod build;
mod checks;
pub mod compare;
mod facts;
pub mod manifest;
mod merge;
mod plan;
mod shard;
mod stored;

pub use build::{Built, Job};
pub use merge::merge;
pub use plan::plan;
pub use shard::Shard;
pub use stored::Stored;
