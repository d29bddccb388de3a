//! The suite: what holds of the program as a whole, a file per concern.

mod cases;
mod command_line;
mod commands;
mod determinism;
mod extremes;
mod fuzz_import;
mod golden;
mod import;
mod made;
mod mistakes;
mod output;
mod parity;
mod pdf;
mod preflight;
mod print;
mod program;
mod schema;
