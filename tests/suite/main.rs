//! The suite: what holds of the program as a whole, a file per concern.

mod command_line;
mod determinism;
mod golden;
mod made;
mod output;
mod parity;
mod pdf;
mod program;
mod schema;
