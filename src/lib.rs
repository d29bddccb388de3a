//! Export one report, held as YAML, to every format.
//!
//! ```text
//! source/*.yaml ─ source::read ─▶ Source ─ document::resolve ─▶ Document ─┐
//! layouts/ ───────────────────── layout::Shelf::load ─▶ Layout ───────────┴▶ Edition ─ Backend::render ─▶ Artifact
//!                                                                             ├▶ output::write ─▶ out/
//!                                                                             ├▶ format::inspect ─▶ verdicts
//!                                                                             └▶ golden::compare ─▶ differences
//! ```
//!
//! Arrows point one way. Backends see the edition and nothing else, return bytes and never write; nothing on the way
//! reads the clock, the locale, the system's fonts or the order of a hash map, so that the same source gives the same
//! bytes everywhere. What is wrong comes back as [`base::diagnostic::Diagnostics`], all of it at once; only
//! `main` prints it. A new format is a folder in [`backend`], an entry in [`verify::format::FORMATS`] and a record.

pub mod app;
pub mod backend;
pub mod base;
pub mod document;
pub mod import;
pub mod layout;
pub mod pdf;
pub mod source;
pub mod verify;
