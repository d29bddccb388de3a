//! The program around the work: what was typed and set, what is done for it, and what the user is told.

pub mod cli;
pub mod command;
pub mod console;
pub mod help;
pub mod release;
pub mod schema;
pub mod settings;
pub mod supervise;
pub mod version;
