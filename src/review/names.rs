//! Names and posts of the registries: the program writes them wherever they stand, so that what somebody changes in one
//! place changes in all, or in none.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{Edit, Files};
use super::flow::Flow;
use super::plan::{Planned, Renamings};
use super::{Export, Exported, Refused};
use crate::base::diagnostic::{Diagnostics, Location};
use crate::source::schema::Literal;
use crate::word;

/// A changed entry of a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renaming {
    pub(super) file: String,
    pub(super) field: String,
    pub(super) place: Location,
    pub(super) old: String,
    pub(super) new: String,
}

/// What entries can be changed by words that the program makes: files, fields and what they say.
fn entries<'e>(now: &'e Exported) -> Vec<(String, String, &'e Literal)> {
    let source = &now.source;
    let mut found = Vec::new();
    let mut add = |path: &str, field: String, value: Option<&'e Literal>| {
        let file = source.folder.below(path).to_owned();
        found.extend(value.map(|value| (file, field, value)));
    };
    let file = &source.people;
    for (index, one) in file.content.people.iter().enumerate() {
        add(&file.path, format!("people[{index}].name"), Some(&one.name));
        add(
            &file.path,
            format!("people[{index}].post"),
            one.post.as_ref(),
        );
        let full = one.post_in_full.as_ref();
        add(&file.path, format!("people[{index}].post_in_full"), full);
    }
    for file in source.acronyms.iter() {
        for (index, one) in file.content.acronyms.iter().enumerate() {
            let expansion = Some(&one.expansion);
            add(
                &file.path,
                format!("acronyms[{index}].expansion"),
                expansion,
            );
        }
    }
    let file = &source.organisations;
    for (index, one) in file.content.organisations.iter().enumerate() {
        add(
            &file.path,
            format!("organisations[{index}].name"),
            Some(&one.name),
        );
        let acronym = one.acronym.as_ref();
        add(
            &file.path,
            format!("organisations[{index}].acronym"),
            acronym,
        );
    }
    found
}

/// What words became in a text of which nothing else was changed.
pub(super) fn replaced(old: &str, new: &str, words: &str) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    old.match_indices(words).find_map(|(at, _)| {
        let rest = new.strip_prefix(&old[..at])?;
        let name = rest.strip_suffix(&old[at + words.len()..])?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    })
}

/// The entry that words of the program show, where a change of them is one of it alone: nothing where there is none, and an
/// error where several say the same.
pub(super) fn renaming(now: &Exported, old: &str, new: &str) -> Result<Option<Renaming>, String> {
    let mut found: Vec<Renaming> = Vec::new();
    for (file, field, value) in entries(now) {
        let said = value.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(new) = replaced(old, new, &said) {
            let place = Location {
                line: value.line,
                ..Location::whole(now.source.path(&file).as_str())
            };
            found.push(Renaming {
                file,
                field,
                place,
                old: said.clone(),
                new,
            });
        }
    }
    // The longest has most of what stands around the change.
    let most = found.iter().map(|one| one.old.len()).max();
    found.retain(|one| Some(one.old.len()) == most);
    match found.as_slice() {
        [one]
            if entries(now).iter().any(|(_, field, value)| {
                let kind = |field: &str| field.rsplit('.').next().map(str::to_owned);
                kind(field) == kind(&one.field) && value.value.trim() == one.new
            }) =>
        {
            Err(format!(
                "`{}` is another entry of the registries; write its id where it is meant",
                one.new
            ))
        }
        [] | [_] => Ok(found.pop()),
        [first, ..] => Err(format!(
            "several entries say `{}`; change the one that is meant in {} or where the others are",
            first.old, first.file
        )),
    }
}

/// Writes the changed entries that come out as nothing but themselves; the others are refused.
pub(super) fn settle(
    name: &str,
    planned: &mut [Planned],
    renamed: &Renamings,
    files: &Files,
    texts: BTreeMap<String, String>,
    export: Export<'_>,
) -> Result<BTreeMap<String, String>, Diagnostics> {
    let mut wanted: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for one in renamed.values() {
        let place = (one.file.clone(), one.field.clone());
        wanted.entry(place).or_default().insert(one.new.clone());
    }
    if wanted.is_empty() {
        return Ok(texts);
    }
    let is_one = |one: &Renaming| wanted[&(one.file.clone(), one.field.clone())].len() == 1;
    let mut edits: Vec<(usize, Edit)> = Vec::new();
    let mut renamings: Vec<Renaming> = Vec::new();
    for (number, one) in planned.iter().enumerate() {
        match renamed.get(&number) {
            Some(renaming) if is_one(renaming) && !renamings.contains(renaming) => {
                let end = files.says(&renaming.file, &renaming.field);
                edits.push((
                    number,
                    Edit::Text {
                        file: renaming.file.clone(),
                        field: renaming.field.clone(),
                        range: 0..end.map_or(0, |value| value.len()),
                        text: renaming.new.clone(),
                    },
                ));
                edits.extend(sorted(renaming, files).map(|edit| (number, edit)));
                renamings.push(renaming.clone());
            }
            Some(_) => {}
            None if one.change.refused.is_none() => {
                edits.extend(one.edits.iter().map(|edit| (number, edit.clone())));
            }
            None => {}
        }
    }
    let all: Vec<(usize, &Edit)> = edits.iter().map(|(number, edit)| (*number, edit)).collect();
    let refused = match files.with(&all) {
        Err(_) => Some("it cannot be written there".to_owned()),
        Ok(made) => {
            let flow =
                |made: &Exported| word::read(name, &made.bytes).map(|file| Flow::of(file, None));
            let before = flow(&export(&texts)?)?;
            match export(&made) {
                Err(found) => {
                    let mut first = found
                        .iter()
                        .map(|one| format!("{}: {}", one.code, one.message));
                    first.next()
                }
                Ok(after) if is_that_alone(&before, &flow(&after)?, &renamings) => {
                    for (number, renaming) in renamed {
                        if let Some(one) = planned.get_mut(*number) {
                            one.change.place = Some(renaming.place.clone());
                            one.change.refused = match renamings.contains(renaming) {
                                true => None,
                                false => Some(Refused::Clash(
                                    "it became several things in Word".to_owned(),
                                )),
                            };
                        }
                    }
                    return Ok(made);
                }
                Ok(_) => Some("more than these words would change in the report".to_owned()),
            }
        }
    };
    for number in renamed.keys() {
        planned[*number].change.refused = refused.clone().map(Refused::Wrong);
    }
    Ok(texts)
}

/// The change of the name by which a person is sorted, where that has the words that changed.
fn sorted(renaming: &Renaming, files: &Files) -> Option<Edit> {
    let field = format!("{}.sort", renaming.field.strip_suffix(".name")?);
    let value = files.says(&renaming.file, &field)?;
    let (old, new) = (words(&renaming.old), words(&renaming.new));
    let changed: Vec<(&str, &str)> = old.zip(new).filter(|(old, new)| old != new).collect();
    let same = words(&renaming.old).count() == words(&renaming.new).count();
    let [(old, new)] = changed.as_slice() else {
        return None;
    };
    let at = value.find(old).filter(|_| same)?;
    Some(Edit::Text {
        file: renaming.file.clone(),
        field,
        range: at..at + old.len(),
        text: (*new).to_owned(),
    })
}

/// Whether two texts differ in the words of names alone, in whatever order lists have them.
fn is_that_alone(before: &Flow, after: &Flow, renamings: &[Renaming]) -> bool {
    let names = renamings.iter().flat_map(|one| [&one.old, &one.new]);
    let names: BTreeSet<&str> = names.flat_map(|name| words(name)).collect();
    let rest = |flow: &Flow| {
        let texts = flow.paragraphs.iter().map(|one| {
            let text = one.text();
            let left: Vec<String> = words(&text)
                .filter(|word| !names.contains(word))
                .map(str::to_owned)
                .collect();
            left
        });
        let mut texts: Vec<Vec<String>> = texts.collect();
        texts.sort_unstable();
        texts
    };
    rest(before) == rest(after)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}
