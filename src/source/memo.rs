//! What is remembered of places while one source is looked at, so that as many mistakes as a text has words cost no more than
//! the text: where the lines of a file start, how far a value was counted, the line that was shown last.
//!
//! Files and values are told apart by where they lie in memory, so that this holds only as long as they stay there: inside
//! [`remembering`].

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::outline::{self, Places};
use super::place::FileRef;
use super::schema::Located;

/// An offset in a value; the byte of the file that it stands for, and that byte's line and column.
pub(super) type Reached = (usize, usize, u32, u32);

/// Where a value lies in memory, its length, and its line and column.
type Value = (usize, usize, u32, u32);

#[derive(Default)]
struct Memo {
    /// Where the lines of each file start.
    lines: HashMap<usize, Vec<usize>>,
    /// File and value, and every place up to which the value was counted, by its offset.
    reached: HashMap<(usize, Value), BTreeMap<usize, Reached>>,
    /// Where the fields of each file stand.
    places: HashMap<usize, Places>,
    /// File, line and text of the line.
    shown: Option<(usize, u32, Arc<str>)>,
}

thread_local! {
    static MEMO: RefCell<Option<Memo>> = const { RefCell::new(None) };
}

/// Does work in which no file and no value that is asked for moves or goes away.
pub(crate) fn remembering<T>(work: impl FnOnce() -> T) -> T {
    let outer = MEMO.replace(Some(Memo::default()));
    let done = work();
    MEMO.replace(outer);
    done
}

fn with<T>(ask: impl FnOnce(&mut Memo) -> Option<T>) -> Option<T> {
    MEMO.with_borrow_mut(|memo| memo.as_mut().and_then(ask))
}

fn id(text: &str) -> usize {
    text.as_ptr() as usize
}

fn id_of(value: &Located<String>) -> Value {
    let text = &value.value;
    (id(text), text.len(), value.line, value.column)
}

/// Where a line of a text starts, counted from 1.
pub(super) fn start_of(text: &str, line: u32) -> Option<usize> {
    let index = usize::try_from(line.checked_sub(1)?).ok()?;
    let starts = || {
        let ends = text.match_indices('\n');
        std::iter::once(0).chain(ends.map(|(end, _)| end + 1))
    };
    let known = MEMO.with_borrow_mut(|memo| {
        let lines = &mut memo.as_mut()?.lines;
        let lines = lines.entry(id(text)).or_insert_with(|| starts().collect());
        Some(lines.get(index).copied())
    });
    known.unwrap_or_else(|| starts().nth(index))
}

/// Where the value of a field stands.
pub(super) fn place_of(text: &str, path: &str) -> Option<(u32, u32)> {
    let known = MEMO.with_borrow_mut(|memo| {
        let places = memo.as_mut()?.places.entry(id(text));
        let places = places.or_insert_with(|| outline::places(text));
        Some(places.get(path).copied())
    });
    known.unwrap_or_else(|| outline::places(text).remove(path))
}

/// The text of a line; one text for all who ask for the same line.
pub(super) fn line(file: FileRef<'_>, line: u32) -> Option<Arc<str>> {
    let key = (id(file.text), line);
    let known = with(|memo| {
        let (text, number, shown) = memo.shown.as_ref()?;
        ((*text, *number) == key).then(|| shown.clone())
    });
    known.or_else(|| {
        let shown: Arc<str> = file.line(line)?.into();
        with(|memo| memo.shown.replace((key.0, key.1, shown.clone())));
        Some(shown)
    })
}

/// How far a value was counted, not further than `offset`: in whatever order places are asked for, none is far from one that
/// was asked for before.
pub(super) fn reached(text: &str, value: &Located<String>, offset: usize) -> Option<Reached> {
    with(|memo| {
        let places = memo.reached.get(&(id(text), id_of(value)))?;
        places
            .range(..=offset)
            .next_back()
            .map(|(_, reached)| *reached)
    })
}

/// Notes how far a value was counted.
pub(super) fn reach(text: &str, value: &Located<String>, reached: Reached) {
    let _ = with(|memo| {
        let places = memo.reached.entry((id(text), id_of(value))).or_default();
        places.insert(reached.0, reached)
    });
}
