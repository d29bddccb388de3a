//! The suite: what holds of the program as a whole, a file per concern.

mod determinism;
mod golden;
mod made;
mod parity;
mod pdf;
