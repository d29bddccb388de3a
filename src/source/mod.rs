//! From YAML files to `Source`: the files as written, every value with its place.

pub mod schema;
