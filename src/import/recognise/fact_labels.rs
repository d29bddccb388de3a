//! The labels of a meeting's facts, such as "Date:" and "Organisers:".

use crate::import::words::{Words, is_one};

/// Whether a text is nothing but a label that a fact follows.
pub(crate) fn is_label(text: &str, words: &Words) -> bool {
    let text = text.trim();
    text.strip_suffix(':')
        .is_some_and(|name| known(name, words))
}

/// Whether a text names one of the facts of a meeting.
pub(crate) fn known(name: &str, words: &Words) -> bool {
    let lists = [
        &words.date,
        &words.time,
        &words.place,
        &words.organisers,
        &words.collaboration,
        &words.chairs,
        &words.rapporteur,
        &words.floor,
    ];
    lists.into_iter().any(|list| is_one(name, list))
}
