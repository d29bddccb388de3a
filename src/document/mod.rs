//! From `Source` to `Document`: all rules are here, and all mistakes are reported at once.

mod model;

pub use model::*;
