//! Sheets for the printer: which page stands where, and how large everything is. Nothing here knows of PDF.
//!
//! - `imposition`: which pages share a sheet;
//! - `creep`: how far pages of nested sheets move;
//! - `sheet`: rectangles of pages, bleed and marks on a sheet, in points from its lower left corner;
//! - `map`: the same in words and boxes, for the people who fold and bind.

// The backend that draws these sheets is not wired in yet.
#![allow(dead_code)]

pub(crate) mod creep;
pub(crate) mod imposition;
pub(crate) mod map;
pub(crate) mod sheet;
