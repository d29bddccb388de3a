//! The language of a Word file: what its runs are marked with, where their words do not say otherwise.

use std::collections::BTreeMap;

use super::{Draft, each_paragraph};
use crate::base::diagnostic::Diagnostics;
use crate::import::words::{self, Words};
use crate::layout;

/// How many of a hundred words are small ones of a language, where a text is in it.
const SHARE: usize = 8;
/// How many words are looked at.
const SAMPLE: usize = 20_000;

/// The words that the rules look for, and the tag of the text's language where the file knows it.
pub(crate) fn words_of(
    draft: &Draft,
    running: &str,
) -> Result<(Words, Option<String>), Diagnostics> {
    let guessed = words::guess(running)?;
    let Some(marked) = marked(draft) else {
        return Ok((guessed, None));
    };
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let known = layout::strings(&marked).is_ok();
    if primary(&marked) == guessed.language {
        return Ok((guessed, Some(marked).filter(|_| known)));
    }
    // Word marks a text with the language of the keyboard, whatever is typed.
    let sample: Vec<&str> = running.split_whitespace().take(SAMPLE).collect();
    let small = |word: &&&str| {
        let mut common = guessed.common.iter();
        common.any(|common| common.eq_ignore_ascii_case(word))
    };
    let count = sample.iter().filter(small).count();
    if !known || count * 100 >= sample.len() * SHARE {
        return Ok((guessed, None));
    }
    let words = words::of(&marked).unwrap_or(guessed);
    Ok((words, Some(marked)))
}

/// The language of most of the text.
fn marked(draft: &Draft) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all: Vec<(std::sync::Arc<str>, usize)> = Vec::new();
    each_paragraph(&draft.file.body, &mut |paragraph| {
        for piece in &paragraph.pieces {
            if let Some(language) = &piece.format.language {
                all.push((language.clone(), piece.text().chars().count()));
            }
        }
    });
    for (language, count) in &all {
        *counts.entry(language).or_default() += count;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let most = most.filter(|(_, count)| *count > 0);
    most.map(|(language, _)| language.to_owned())
}
