//! The suite: what holds of the program as a whole, a file per concern.

mod cases;
mod changed;
mod command_line;
mod commands;
mod conformance;
mod determinism;
mod extremes;
mod fuzz_import;
mod golden;
mod help;
mod import;
mod import_kinds;
mod large_print;
mod made;
mod messages;
mod mistakes;
mod output;
mod parity;
mod pdf;
mod preflight;
mod print;
mod program;
mod release;
mod release_misuse;
mod schema;
mod settings;
