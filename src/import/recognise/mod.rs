//! What a line says: people, organisations, acronyms, dates and facts, where the text itself gives the evidence.

pub(super) mod acronyms;
pub(super) mod dates;
pub(super) mod delegations;
pub(super) mod fact_labels;
pub(super) mod members;
pub(super) mod names;
pub(super) mod people;
pub(super) mod registry;
pub(super) mod spellings;
