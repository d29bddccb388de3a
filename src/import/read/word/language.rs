//! The language of a Word file: what its runs are marked with, where their words do not say otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Draft, each_paragraph};
use crate::base::diagnostic::Diagnostics;
use crate::import::words::{self, Words};
use crate::layout;
use crate::word::WordFile;

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
    let Some(marked) = marked(&draft.file) else {
        return Ok((guessed, None));
    };
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_lowercase();
    let known = layout::strings(&marked).is_ok();
    if primary(&marked) == guessed.language {
        return Ok((guessed, known.then(|| marked.to_string())));
    }
    // Word marks a text with the language of the keyboard, whatever is typed.
    let sample: Vec<&str> = running.split_whitespace().take(SAMPLE).collect();
    if !known || is_in(&sample, &guessed) {
        return Ok((guessed, None));
    }
    let words = words::of(&marked).unwrap_or(guessed);
    Ok((words, Some(marked.to_string())))
}

/// Whether words are in a language, by its small words.
fn is_in(words: &[&str], language: &Words) -> bool {
    let small = |word: &&&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let mut common = language.common.iter();
        common.any(|common| common.eq_ignore_ascii_case(word))
    };
    let count = words.iter().filter(small).count();
    count > 0 && count * 100 >= words.len() * SHARE
}

/// The language of most of the text that is marked with one.
fn marked(file: &WordFile) -> Option<Arc<str>> {
    let all = by_language(file).into_iter();
    let marked = all.filter_map(|(tag, text)| Some((tag?, text.chars().count())));
    let most = marked.max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| *count > 0).map(|(tag, _)| tag)
}

/// The other languages in which words are, where a file marks them and their small words are not those of the text: Word
/// marks what is typed with the language of the keyboard.
pub(super) fn foreign(file: &WordFile, words: &Words) -> BTreeSet<Arc<str>> {
    let mut all = by_language(file);
    let most = all.iter().max_by_key(|(_, text)| text.chars().count());
    let most = most.and_then(|(tag, _)| tag.clone());
    all.retain(|tag, text| {
        let text: Vec<&str> = text.split_whitespace().take(SAMPLE).collect();
        // Those for ideographs and from right to left are there in every file, whatever its words are.
        !file.languages[1..].contains(tag) && *tag != most && !is_in(&text, words)
    });
    all.into_keys().flatten().collect()
}

/// All text of each language that the file names, and of none.
fn by_language(file: &WordFile) -> BTreeMap<Option<Arc<str>>, String> {
    let mut all: BTreeMap<Option<Arc<str>>, String> = BTreeMap::new();
    each_paragraph(&file.body, &mut |paragraph| {
        for piece in &paragraph.pieces {
            let text = all.entry(piece.format.language.clone()).or_default();
            text.push_str(piece.text());
        }
        for text in all.values_mut() {
            text.push(' ');
        }
    });
    all
}
