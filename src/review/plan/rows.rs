//! Rows of tables that come or go.

use std::collections::BTreeMap;

use super::moves::ELSEWHERE;
use super::{Change, Planned, Planner};
use crate::document::Manner;
use crate::review::commonmark::marked;
use crate::review::edit::{Refusal, hunks};
use crate::review::files::Edit;
use crate::review::flow::{Paragraph, Place, Shown, Sign};
use crate::review::{ChangeKind, Refused};

type Rows = BTreeMap<(usize, usize), Vec<usize>>;

/// The paragraphs of each row.
fn rows(paragraphs: &[Paragraph]) -> Rows {
    let mut rows = Rows::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        if let Place::Cell(table, row, _) = paragraph.place {
            rows.entry((table, row)).or_default().push(index);
        }
    }
    rows
}

/// Whether a list is one of rows: those of a table, or of a file of values.
fn is_rows(list: &str) -> bool {
    list == "rows" || list.ends_with(".rows")
}

/// The words of a row.
fn said(paragraphs: &[Paragraph], row: &[usize]) -> String {
    let cells: Vec<String> = row.iter().map(|at| paragraphs[*at].text()).collect();
    cells.join(" | ")
}

impl Planner<'_> {
    /// Rows that the new file alone has.
    pub(super) fn added_rows(&mut self) {
        let new = rows(&self.new.paragraphs);
        for ((table, row), cells) in &new {
            let is_new = |at: &usize| {
                self.alignment.old_of[*at].is_none() && !self.alignment.stale.contains_key(at)
            };
            if !cells.iter().all(is_new) {
                // A paragraph more in a cell that was there.
                for at in cells.iter().filter(|at| is_new(at)) {
                    if !self.new.paragraphs[*at].is_made() {
                        let why =
                            "a paragraph was added to a cell; write it in the source".to_owned();
                        self.left(ChangeKind::Added, None, Some(*at), Refused::Unsayable(why));
                    }
                }
                continue;
            }
            if cells.iter().all(|at| self.new.paragraphs[*at].is_made()) {
                continue;
            }
            let above = (0..*row).rev().find_map(|row| {
                let cells = new.get(&(*table, row))?;
                cells.iter().find_map(|at| self.alignment.old_of[*at])
            });
            let (edits, refused) = match self.row(above, cells) {
                Ok(edit) => (vec![edit], None),
                Err(why) => (Vec::new(), Some(Refused::Unsayable(why))),
            };
            let change = self.change(ChangeKind::Added, None, cells.first().copied());
            let place = above.and_then(|above| self.place(above));
            self.push(Planned {
                change: Change {
                    new: said(&self.new.paragraphs, cells),
                    refused,
                    place,
                    ..change
                },
                edits,
                new: cells.clone(),
            });
        }
    }

    /// What puts a row behind another.
    fn row(&mut self, above: Option<usize>, cells: &[usize]) -> Result<Edit, Refusal> {
        let elsewhere = "a row was added here; write it in the source";
        let above = above.ok_or(elsewhere)?;
        // The whole row above, in which every cell has its place.
        let spots = self.spots(above);
        let origin = &spots.first().ok_or(elsewhere)?.origin;
        let field = &origin.place.field;
        let (row, _) = field.rsplit_once('[').ok_or(elsewhere)?;
        if !row.rsplit_once('[').is_some_and(|(list, _)| is_rows(list)) {
            return Err(elsewhere.to_owned());
        }
        let own = |cell: &str| self.files.says(&origin.file, &format!("{row}[{cell}]"));
        let count = (0..)
            .take_while(|at| own(&at.to_string()).is_some())
            .count();
        let places: std::collections::BTreeSet<_> = cells
            .iter()
            .map(|at| self.new.paragraphs[*at].place.clone())
            .collect();
        if count != cells.len() || places.len() != cells.len() {
            return Err("the row has another number of cells than the one above it".to_owned());
        }
        let mut none = |_: &Shown| Err("a new row has a note; write it in the source".to_owned());
        let is_verbatim = origin.manner == Manner::Verbatim;
        let texts = cells.iter().map(|at| {
            let signs = &self.new.paragraphs[*at].signs;
            let plain = |sign: &Sign| {
                // The first cell of a row may be its head, in bold type.
                let mut look = (*sign.look).clone();
                look.strong = false;
                look
            };
            if is_verbatim {
                // Marks would be lost, and are found missing when the row is looked at again.
                return Ok(crate::review::flow::said(signs));
            }
            let text = marked(signs, &plain, false, &mut none)?;
            Ok(text.trim().to_owned())
        });
        let texts = texts.collect::<Result<Vec<String>, Refusal>>()?;
        Ok(Edit::Row {
            file: origin.file.clone(),
            behind: row.to_owned(),
            cells: texts,
        })
    }

    /// Rows that the old file alone has.
    pub(super) fn deleted_rows(&mut self) {
        let old = rows(&self.old.paragraphs);
        for cells in old.values() {
            let gone = |at: &usize| self.alignment.new_of[*at].is_none();
            if !cells.iter().any(gone) {
                continue;
            }
            let first = cells.iter().find(|at| gone(at)).copied();
            let change = self.change(ChangeKind::Deleted, first, None);
            let refusal = |why: &str| (Vec::new(), Some(Refused::Unsayable(why.to_owned())));
            let anchored = cells
                .iter()
                .any(|at| !self.old.paragraphs[*at].anchors.is_empty());
            let empty = cells.iter().all(|at| self.old.paragraphs[*at].is_made());
            let (edits, refused) = match cells.iter().all(gone) {
                _ if empty => continue,
                _ if !anchored => refusal(super::PROGRAM),
                _ if !self.is_same => {
                    let why = "it was deleted in Word, or is new in the source: that was changed since the file was made";
                    (Vec::new(), Some(Refused::Clash(why.to_owned())))
                }
                false => refusal("a paragraph of a cell was deleted; delete it in the source"),
                true => match self.row_of(cells) {
                    Some(edit) => (vec![edit], None),
                    None => refusal("a row was deleted here; delete it in the source"),
                },
            };
            self.push(Planned {
                change: Change {
                    old: said(&self.old.paragraphs, cells),
                    refused,
                    ..change
                },
                edits,
                new: Vec::new(),
            });
        }
    }

    /// Rows that stand elsewhere now.
    pub(super) fn moved_rows(&mut self) {
        for ((table, row), cells) in rows(&self.new.paragraphs) {
            let Some(first) = cells.iter().find(|at| self.moved.contains(at)).copied() else {
                continue;
            };
            let old: Option<Vec<usize>> =
                cells.iter().map(|at| self.alignment.old_of[*at]).collect();
            let edits = old.ok_or(ELSEWHERE.to_owned());
            let edits = edits.and_then(|old| self.row_elsewhere(&old, &cells, (table, row)));
            let (edits, refused) = match edits {
                Ok(edits) => (edits, None),
                Err(why) => (Vec::new(), Some(Refused::Unsayable(why))),
            };
            let change = self.change(ChangeKind::Moved, self.alignment.old_of[first], Some(first));
            self.push(Planned {
                change: Change {
                    new: said(&self.new.paragraphs, &cells),
                    refused,
                    ..change
                },
                edits,
                new: cells,
            });
        }
    }

    /// What takes a row from where it is written, and puts it behind the one above which it stands now.
    fn row_elsewhere(
        &mut self,
        old: &[usize],
        new: &[usize],
        (table, row): (usize, usize),
    ) -> Result<Vec<Edit>, Refusal> {
        let differ = |(old, new): (&usize, &usize)| {
            !hunks(
                &self.old.paragraphs[*old].signs,
                &self.new.paragraphs[*new].signs,
            )
            .is_empty()
        };
        if !self.is_same || old.iter().zip(new).any(differ) {
            return Err(ELSEWHERE.to_owned());
        }
        let removed = self.row_of(old).ok_or(ELSEWHERE)?;
        // What stands elsewhere itself has its old place in the source.
        let others = rows(&self.new.paragraphs);
        let above = (0..row).rev().find_map(|row| {
            let cells = others.get(&(table, row))?;
            let stays = cells.iter().all(|at| !self.moved.contains(at));
            cells
                .iter()
                .find_map(|at| self.alignment.old_of[*at].filter(|_| stays))
        });
        let behind = self.row_of(&[above.ok_or(ELSEWHERE)?]).ok_or(ELSEWHERE)?;
        let (file, item) = removed.place();
        let cells = (0..).map_while(|at| self.files.says(file, &format!("{item}[{at}]")));
        let cells: Vec<String> = cells.collect();
        let merged = cells.iter().any(|cell| matches!(cell.trim(), "^" | "<"));
        let noted = cells.iter().any(|cell| cell.contains("[^"));
        let (target, behind) = behind.place();
        if merged || noted || target != file {
            return Err(ELSEWHERE.to_owned());
        }
        let put = Edit::Row {
            file: file.to_owned(),
            behind: behind.to_owned(),
            cells,
        };
        Ok(vec![removed, put])
    }

    /// What takes a row away.
    fn row_of(&mut self, cells: &[usize]) -> Option<Edit> {
        let first = cells.iter().find_map(|at| {
            let mut spots = self.spots(*at);
            (!spots.is_empty()).then(|| spots.remove(0))
        })?;
        let (row, _) = first.origin.place.field.rsplit_once('[')?;
        let (list, _) = row.rsplit_once('[')?;
        is_rows(list).then(|| Edit::Remove {
            file: first.origin.file.clone(),
            item: row.to_owned(),
        })
    }
}
