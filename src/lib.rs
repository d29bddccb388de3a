//! Export one report, held as YAML, to every format.

pub mod backend;
pub mod diagnostic;
pub mod document;
pub mod edition;
pub mod golden;
pub mod layout;
pub mod source;
pub mod typeset;
pub mod yaml;
