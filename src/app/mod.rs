//! The program around the work: command line, settings, commands, messages and the manual.

pub mod cli;
pub mod command;
pub mod console;
pub mod help;
pub mod release;
pub mod schema;
pub mod settings;
pub mod supervise;
pub mod version;
