//! Export one report, held as YAML, to every format.
//!
//! ```text
//! source/*.yaml ─ source::read ─▶ Source ─ document::resolve ─▶ Document ─┐
//! layouts/ ─────────────────── layout::LayoutLoader ─▶ Layout ────────────┴▶ Edition ─ Backend::render ─▶ Artifact
//!                                                                             ├▶ output::write ─▶ out/
//!                                                                             ├▶ format::inspect ─▶ verdicts
//!                                                                             └▶ golden::compare ─▶ differences
//! ```
//!
//! Arrows point one way. Backends see the edition and nothing else, return bytes and never write; nothing on the way
//! reads the clock, the locale, the system's fonts or the order of a hash map, so the same source gives the same bytes
//! everywhere. What is wrong comes back as [`base::diagnostic::Diagnostics`], all of it at once; only `main` prints it.
//!
//! Each module uses only those before it in this list:
//!
//! - [`base`]: diagnostics, paths, digests, threads, files; knows nothing of reports
//! - [`source`]: YAML files to [`source::Source`]
//! - [`layout`]: a layout's folder to [`layout::Layout`]
//! - [`document`]: [`source::Source`] to [`document::Document`]; holds all rules
//! - [`word`]: Word files without reports: a read-only model of what one says
//! - [`import`]: texts of others to the YAML of a source
//! - [`pdf`]: PDF without reports: reading, colours for the press, preflight
//! - [`backend`]: the trait, and a module for each format
//! - [`verify`]: the list of formats, and what compares files with standard, document and record
//! - [`access`]: what a report's accessibility rests on: criteria, checks, and what people have found
//! - [`review`]: Word files that come back: what was changed in them becomes changes of the source
//! - [`app`]: command line, settings, console, commands, and the manual (`gmg-export help`)
//!
#![doc = include_str!("app/help/glossary.md")]

pub mod access;
pub mod app;
pub mod backend;
pub mod base;
pub mod document;
pub mod import;
pub mod layout;
pub mod pdf;
pub mod review;
pub mod source;
pub mod verify;
pub mod word;
