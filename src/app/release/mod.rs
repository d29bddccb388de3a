//! Releases: every file that a report's `release` list names, checked, with a manifest and checksums, all or nothing.
//!
//! - `plan`: from the list to the files to make;
//! - `build`: from one report to its files;
//! - `checks`, `facts`: what is found in each file;
//! - `manifest`: the description of all of it, for programs;
//! - `stored`: a release as it is in a folder, `compare`: what differs when it is made again;
//! - `shard`, `merge`: parts of a batch of reports, built separately and joined.

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
