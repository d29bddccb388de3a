//! What every other module builds on: diagnostics, paths, digests, threads, and files that are
//! written whole or not at all. Nothing here knows of reports.

pub mod diagnostic;
pub mod digest;
pub mod files;
pub mod guard;
pub mod inputs;
pub(crate) mod numerals;
pub mod output;
pub(crate) mod paths;
pub(crate) mod script;
pub mod threads;
