//! Delegations: for which state somebody speaks, by words such as “Ambassador of”.

use std::collections::BTreeSet;

use super::people::NamedPerson;
use crate::import::words::{Words, without_article};

/// The most bytes before the word for a state in its long name, as in “Federal Democratic Republic of”.
const MAX_BEFORE: usize = 40;

/// For whom somebody in a list of facts speaks: what is in brackets, or after “Ambassador of”.
pub(crate) fn represented(named: &NamedPerson, words: &Words) -> Option<String> {
    if named.capacity.is_some() {
        return named.capacity.clone();
    }
    let lower = named.post.to_lowercase();
    let mut envoys = words.envoys.iter();
    let start = envoys.find_map(|envoy| Some(lower.find(envoy.as_str())? + envoy.len()))?;
    let state = without_article(named.post.get(start..)?.trim_start(), words);
    let accredited = words.accredited.iter();
    let end = accredited
        .filter_map(|to| state.find(&format!(" {to} ")))
        .min();
    let state = state[..end.unwrap_or(state.len())]
        .split(',')
        .next()?
        .trim();
    (!state.is_empty()).then(|| state.to_owned())
}

/// Everything, in lower case, that may be the state for which a text says that somebody speaks: what comes after
/// “Permanent Representative of”, word by word.
pub(crate) fn envoys(running: &str, words: &Words) -> BTreeSet<String> {
    let running = running.to_lowercase();
    let mut states = BTreeSet::new();
    for envoy in &words.envoys {
        for (index, _) in running.match_indices(envoy.as_str()) {
            let tail = running[index + envoy.len()..].trim_start();
            enter(tail, &mut states, words);
            // Of a long name, the short one, too.
            let near = &tail[..tail.floor_char_boundary(2 * MAX_BEFORE)];
            let realms = words.realms.iter();
            let short = realms.filter_map(|realm| {
                let at = near.find(realm.as_str()).filter(|at| *at <= MAX_BEFORE)?;
                Some(tail[at + realm.len()..].trim_start())
            });
            short.for_each(|short| enter(short, &mut states, words));
        }
    }
    states
}

/// Enters every run of words at the start of a text.
fn enter(text: &str, states: &mut BTreeSet<String>, words: &Words) {
    let mut state = String::new();
    for word in without_article(text, words).split_whitespace().take(8) {
        if !state.is_empty() {
            state.push(' ');
        }
        state.push_str(word);
        let name = state.trim_matches(|c: char| !c.is_alphanumeric());
        states.insert(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::english;

    #[test]
    fn states_are_known_by_their_envoys() {
        let words = english().unwrap();
        let found = envoys(
            "the Permanent Representative of the Republic of Zambia, noted",
            &words,
        );
        assert!(found.contains("republic of zambia") && !found.contains("noted"));
        assert!(found.contains("zambia"));
    }
}
