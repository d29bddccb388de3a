//! The files of a source while they are changed: texts, values and what is written in them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::document::markup::{self, Written};
use crate::document::{Document, Manner};
use crate::source::{CsvRewrite, Rewrite, Source};

/// A change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edit {
    /// In the text of a field, that range becomes that.
    Text {
        file: String,
        field: String,
        range: Range<usize>,
        text: String,
    },
    /// An item of a list goes.
    Remove { file: String, item: String },
    /// A row of cells comes behind another.
    Row {
        file: String,
        behind: String,
        cells: Vec<String>,
    },
    /// The items of a list stand in another order, by the numbers that they have.
    Order {
        file: String,
        list: String,
        order: Vec<usize>,
    },
}

impl Edit {
    /// The file that it changes, and the field.
    pub(super) fn place(&self) -> (&str, &str) {
        match self {
            Edit::Text { file, field, .. } => (file, field),
            Edit::Remove { file, item } => (file, item),
            Edit::Row { file, behind, .. } => (file, behind),
            Edit::Order { file, list, .. } => (file, list),
        }
    }
}

/// A value that has been read, and what is written in it.
type Value = Rc<(String, Written)>;

/// A file that is being changed.
#[derive(Clone)]
enum Text {
    /// One of YAML.
    Yaml(Rewrite),
    /// One of comma-separated values.
    Csv(CsvRewrite),
}

impl Text {
    fn text(&self) -> &str {
        match self {
            Text::Yaml(one) => one.text(),
            Text::Csv(one) => one.text(),
        }
    }

    fn value(&self, field: &str) -> Option<String> {
        match self {
            Text::Yaml(one) => one.value(field),
            Text::Csv(one) => one.value(field),
        }
    }

    fn line(&self, field: &str) -> Option<usize> {
        match self {
            Text::Yaml(one) => one.line(field),
            Text::Csv(one) => one.line(field),
        }
    }

    fn set(&mut self, field: &str, value: &str) -> Option<()> {
        match self {
            Text::Yaml(one) => one.set(field, value),
            Text::Csv(one) => one.set(field, value),
        }
    }

    /// Makes a change of a list.
    fn change(&mut self, edit: &Edit) -> Option<()> {
        match (self, edit) {
            (Text::Yaml(one), Edit::Remove { item, .. }) => one.remove_item(item),
            (Text::Yaml(one), Edit::Row { behind, cells, .. }) => one.insert_row(behind, cells),
            (Text::Yaml(one), Edit::Order { list, order, .. }) => one.reorder(list, order),
            (Text::Csv(one), Edit::Remove { item, .. }) => one.remove_item(item),
            (Text::Csv(one), Edit::Row { behind, cells, .. }) => one.insert_row(behind, cells),
            (Text::Csv(_), Edit::Order { .. }) => None,
            (_, Edit::Text { .. }) => Some(()),
        }
    }
}

/// The files of a source.
pub(super) struct Files {
    texts: BTreeMap<String, Text>,
    values: BTreeMap<(String, String), Option<Value>>,
}

impl Files {
    /// The files of a source, by their paths below its folder: those of YAML, and those of values that its tables are made
    /// of.
    pub(super) fn of(source: &Source, document: &Document) -> Files {
        let mut files = Files::of_yaml(source);
        for origin in &document.origins {
            if origin.manner == Manner::Verbatim && !files.texts.contains_key(&origin.file) {
                // It has been read for the document.
                if let Ok(file) = source.csv(&origin.file) {
                    let text = Text::Csv(CsvRewrite::of(&file.text));
                    files.texts.insert(origin.file.clone(), text);
                }
            }
        }
        files
    }

    fn of_yaml(source: &Source) -> Files {
        let acronyms = source.acronyms.iter().map(|file| file.as_ref());
        let chapters = source.chapters.iter().map(|file| file.as_ref());
        let own = [
            source.report.as_ref(),
            source.people.as_ref(),
            source.organisations.as_ref(),
        ];
        let all = own.into_iter().chain(acronyms).chain(chapters);
        let texts = all.map(|file| {
            let path = source.folder.below(file.path).to_owned();
            (path, Text::Yaml(Rewrite::of(file.text)))
        });
        Files {
            texts: texts.collect(),
            values: BTreeMap::new(),
        }
    }

    /// The text of a file.
    pub(super) fn text(&self, file: &str) -> &str {
        self.texts.get(file).map_or("", Text::text)
    }

    /// What a field says, and what is written in it.
    pub(super) fn value(&mut self, file: &str, field: &str, manner: Manner) -> Option<Value> {
        let text = self.texts.get(file)?;
        let key = (file.to_owned(), field.to_owned());
        let read = || {
            let value = text.value(field)?;
            let written = markup::read(&value, manner);
            Some(Rc::new((value, written)))
        };
        self.values.entry(key).or_insert_with(read).clone()
    }

    /// The line that a byte of a field's text is on.
    pub(super) fn line(&self, file: &str, field: &str) -> Option<usize> {
        self.texts.get(file)?.line(field)
    }

    /// What the field says, as plain text.
    pub(super) fn says(&self, file: &str, field: &str) -> Option<String> {
        self.texts.get(file)?.value(field)
    }

    /// The files with changes made; `Err` has the numbers of those that cannot be.
    pub(super) fn with(
        &self,
        edits: &[(usize, &Edit)],
    ) -> Result<BTreeMap<String, String>, Vec<usize>> {
        type Texts<'e> = BTreeMap<(&'e str, &'e str), Vec<(usize, &'e Range<usize>, &'e str)>>;
        let mut texts: Texts<'_> = BTreeMap::new();
        let mut lists: Vec<(usize, &Edit)> = Vec::new();
        for (number, edit) in edits {
            match edit {
                Edit::Text {
                    file,
                    field,
                    range,
                    text,
                } => texts
                    .entry((file, field))
                    .or_default()
                    .push((*number, range, text)),
                other => lists.push((*number, other)),
            }
        }
        let mut wrong = Vec::new();
        let mut changed: BTreeMap<String, Text> = BTreeMap::new();
        for ((file, field), mut edits) in texts {
            edits.sort_by_key(|(_, range, _)| (range.start, range.end));
            let Some(mut value) = self.says(file, field) else {
                wrong.extend(edits.iter().map(|(number, ..)| *number));
                continue;
            };
            let mut next = value.len();
            let numbers: Vec<usize> = edits.iter().map(|(number, ..)| *number).collect();
            let mut sound = true;
            for (number, range, text) in edits.into_iter().rev() {
                if range.end > next || value.get(range.clone()).is_none() {
                    wrong.push(number);
                    sound = false;
                    continue;
                }
                value.replace_range(range.clone(), text);
                next = range.start;
            }
            if !sound {
                continue;
            }
            let text = changed
                .entry(file.to_owned())
                .or_insert_with(|| self.texts[file].clone());
            if text.set(field, &value).is_none() {
                wrong.extend(numbers);
            }
        }
        // From the end on, so that what is named by its number keeps it.
        // Orders come last of all, those within others first.
        let index = |edit: &Edit| {
            let (file, item) = edit.place();
            if let Edit::Order { .. } = edit {
                return (String::new(), String::new(), item.len());
            }
            let (list, number) = item.rsplit_once('[').unwrap_or((item, ""));
            let number: usize = number.trim_end_matches(']').parse().unwrap_or(0);
            (file.to_owned(), list.to_owned(), number)
        };
        lists.sort_by_key(|(number, edit)| (index(edit), *number));
        for (number, edit) in lists.into_iter().rev() {
            let (file, _) = edit.place();
            let Some(text) = self.texts.get(file) else {
                wrong.push(number);
                continue;
            };
            let text = changed
                .entry(file.to_owned())
                .or_insert_with(|| text.clone());
            if text.change(edit).is_none() {
                wrong.push(number);
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let texts = changed.into_iter();
        Ok(texts
            .map(|(file, text)| (file, text.text().to_owned()))
            .collect())
    }
}

/// Files with comments in them. A comment stands above the field that it is about: within a block of text it would be
/// text.
pub(super) fn with_remarks(
    source: &Source,
    remarks: &[super::Remark],
    changed: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let files = Files::of_yaml(source);
    let mut found: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for remark in remarks {
        if let Some((file, field)) = &remark.field {
            let text = remark.text.replace(char::is_control, " ");
            let line = format!("# comment ({}): {text}", remark.author.trim());
            let fields = found.entry(file.clone()).or_default();
            fields.entry(field.clone()).or_default().push(line);
        }
    }
    let mut texts = BTreeMap::new();
    for (file, fields) in found {
        let mut text = match changed.get(&file) {
            Some(text) => Rewrite::of(text),
            None => Rewrite::of(files.text(&file)),
        };
        for (field, lines) in fields {
            let _ = text.comment(&field, &lines);
        }
        texts.insert(file, text.text().to_owned());
    }
    texts
}
