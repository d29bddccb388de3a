//! Which files a release makes: the `release` list of `report.yaml`, checked, each with its place.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::str::FromStr;

use crate::backend::Backend;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::layout::{Job, Layout, LayoutLoader};
use crate::source::memo::remembering;
use crate::source::schema::{Literal, ReleaseItem, Report};
use crate::source::{File, Source};
use crate::verify::format::{self, BACKENDS};

/// The files of a release and the layouts that they need.
pub struct Plan {
    /// The files, in the order of the list.
    pub items: Vec<Item>,
    /// The layouts, by the key that items name them by. What jobs change is in them.
    pub layouts: BTreeMap<String, Layout>,
}

/// A file of a release.
pub struct Item {
    /// What makes it.
    pub backend: &'static dyn Backend,
    /// Name of its layout.
    pub layout_name: String,
    /// Key of its layout.
    pub layout: String,
    /// Key of the layout that its pages are set in: layouts that differ in sheets alone share their pages.
    pub pages: String,
    /// Name of its file without the suffix of its format.
    pub stem: String,
    /// Whether nothing of the layout is changed for it.
    pub plain: bool,
}

impl Item {
    /// Name of its file.
    pub fn file(&self) -> String {
        format!("{}.{}", self.stem, self.backend.suffix())
    }
}

/// An item of the list with its place.
struct ListItem<'a> {
    report: &'a File<Report>,
    index: usize,
}

impl ListItem<'_> {
    fn diagnostic(&self, code: Code, at: &Literal, field: &str, message: String) -> Diagnostic {
        let field = format!("release[{}].{field}", self.index);
        let file = self.report.as_ref();
        file.diagnostic(code, at.line, at.column, message)
            .field(field)
    }

    /// The value of an option of a print job.
    fn value<T: FromStr>(
        &self,
        written: &Option<Literal>,
        field: &str,
        found: &mut Diagnostics,
    ) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let written = written.as_ref()?;
        match written.value.trim().parse() {
            Ok(value) => Some(value),
            Err(error) => {
                found.push(self.diagnostic(Code::BAD_JOB, written, field, error.to_string()));
                None
            }
        }
    }
}

/// Works out the files of a release.
///
/// # Errors
/// Everything that is wrong with the list, with its place.
pub fn plan(source: &Source, loader: &LayoutLoader) -> Result<Plan, Diagnostics> {
    let report = &source.report;
    let id = report.content.id.value.trim();
    let mut found = Diagnostics::default();
    let mut plan = Plan {
        items: Vec::new(),
        layouts: BTreeMap::new(),
    };
    if report.content.release.is_empty() {
        usual(id, loader, &mut plan)?;
    }
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut twice = Vec::new();
    // Each is read once.
    let mut layouts: BTreeMap<String, Layout> = BTreeMap::new();
    for (index, item) in report.content.release.iter().enumerate() {
        let place = ListItem { report, index };
        let job = job(item, &place, &mut found);
        let Some(backend) = find(item, &place, &mut found) else {
            continue;
        };
        let name = layout_name(item, backend);
        let loaded = match layouts.get(&name) {
            Some(layout) => Ok(layout.clone()),
            None => loader.load_own(&name),
        };
        let layout = match loaded {
            Ok(layout) => {
                layouts.insert(name, layout.clone());
                layout
            }
            Err(more) => {
                let at = item.layout.as_ref().unwrap_or(&item.format);
                found.extend(placed(more, &place, at));
                continue;
            }
        };
        let stem = stem(id, &layout, backend, &job);
        let made = add(&mut plan, backend, layout, &job, stem);
        match made {
            Ok(()) => {}
            Err(Wrong::NotForPrint(layout)) => {
                found.push(not_for_print(&place, item, &layout));
                continue;
            }
            Err(Wrong::Layout(more)) => {
                found.extend(placed(more, &place, &item.format));
                continue;
            }
        }
        let Some(file) = plan.items.last().map(Item::file) else {
            continue;
        };
        // Some systems take names that differ in case for one.
        match seen.entry(file.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(item.format.line);
            }
            Entry::Occupied(first) => twice.push((index, file, *first.get())),
        }
    }
    // The report alone is looked at by now: what is remembered of it holds.
    remembering(|| {
        found.extend(twice.into_iter().map(|(index, file, line)| {
            let item = &report.content.release[index];
            doubled(&ListItem { report, index }, item, &file, line)
        }));
    });
    found.or_value(plan).map(|(plan, _)| plan)
}

fn doubled(place: &ListItem<'_>, item: &ReleaseItem, file: &str, line: u32) -> Diagnostic {
    let message = format!("two entries make the file `{file}`; the first is on line {line}");
    place
        .diagnostic(Code::SAME_FILE, &item.format, "format", message)
        .hint("take one of them out of the list")
}

/// Every format in its usual layout.
fn usual(id: &str, loader: &LayoutLoader, plan: &mut Plan) -> Result<(), Diagnostics> {
    for backend in BACKENDS {
        let layout = loader.load(backend.layout())?;
        let job = Job::default();
        let stem = stem(id, &layout, *backend, &job);
        match add(plan, *backend, layout, &job, stem) {
            Ok(()) | Err(Wrong::NotForPrint(_)) => {}
            Err(Wrong::Layout(found)) => return Err(found),
        }
    }
    Ok(())
}

enum Wrong {
    /// The layout of that name is for screens.
    NotForPrint(String),
    Layout(Diagnostics),
}

fn add(
    plan: &mut Plan,
    backend: &'static dyn Backend,
    mut layout: Layout,
    job: &Job,
    stem: String,
) -> Result<(), Wrong> {
    let print = layout.tokens.for_print();
    if !print && (backend.for_print() || *job != Job::default()) {
        return Err(Wrong::NotForPrint(layout.name));
    }
    let own = layout.tokens.clone();
    job.apply(&mut layout.tokens);
    let plain = layout.tokens == own;
    layout.check().map_err(Wrong::Layout)?;
    // The bleed is part of the pages.
    let pages = match &job.bleed {
        None => layout.name.clone(),
        Some(bleed) => format!("{} {bleed}", layout.name),
    };
    let key = match plain {
        true => layout.name.clone(),
        false => stem.clone(),
    };
    plan.items.push(Item {
        backend,
        layout_name: layout.name.clone(),
        layout: key.clone(),
        pages,
        stem,
        plain,
    });
    plan.layouts.entry(key).or_insert(layout);
    Ok(())
}

/// `gmg-2016`, with the layout's name where it is not the format's usual one, and how the pages are imposed where the
/// list says it.
fn stem(id: &str, layout: &Layout, backend: &dyn Backend, job: &Job) -> String {
    let mut stem = id.to_owned();
    if layout.name != backend.layout() {
        stem.push('.');
        stem.push_str(&layout.name);
    }
    if let Some(impose) = &job.impose {
        stem.push('.');
        stem.push_str(&impose.to_string());
    }
    stem
}

fn layout_name(item: &ReleaseItem, backend: &dyn Backend) -> String {
    let written = item.layout.as_ref().map(|layout| layout.value.trim());
    written.unwrap_or(backend.layout()).to_owned()
}

fn find(
    item: &ReleaseItem,
    place: &ListItem<'_>,
    found: &mut Diagnostics,
) -> Option<&'static dyn Backend> {
    let wanted = item.format.value.trim();
    let backend = format::find(wanted);
    if backend.is_none() {
        let names: Vec<&str> = BACKENDS.iter().map(|backend| backend.name()).collect();
        let mut wrong = place.diagnostic(
            Code::UNKNOWN_FORMAT,
            &item.format,
            "format",
            format!("there is no format `{wanted}`"),
        );
        if let Some(near) = did_you_mean(wanted, names.iter().copied()) {
            wrong = wrong.hint(near);
        }
        found.push(wrong.hint(format!("formats: {}", names.join(", "))));
    }
    backend
}

fn job(item: &ReleaseItem, place: &ListItem<'_>, found: &mut Diagnostics) -> Job {
    Job {
        impose: place.value(&item.impose, "impose", found),
        sheet: place.value(&item.sheet, "sheet", found),
        bleed: place.value(&item.bleed, "bleed", found),
        marks: item.marks,
        creep: place.value(&item.creep, "creep", found),
        profile: item.profile.as_ref().map(|profile| profile.value.clone()),
        proof: None,
        binding: place.value(&item.binding, "binding", found),
        stock: place.value(&item.stock, "stock", found),
        caliper: place.value(&item.caliper, "caliper", found),
        cover_stock: place.value(&item.cover_stock, "cover_stock", found),
        endpapers: place.value(&item.endpapers, "endpapers", found),
        colour_pages: place.value(&item.colour_pages, "colour_pages", found),
        rules: place.value(&item.rules, "rules", found),
        ticket: item.ticket,
    }
}

fn not_for_print(place: &ListItem<'_>, item: &ReleaseItem, layout: &str) -> Diagnostic {
    let at = item.layout.as_ref().unwrap_or(&item.format);
    let message = format!("layout `{layout}` is for screens, and this entry is for print");
    place.diagnostic(Code::SCREEN_ENTRY, at, "layout", message).hint(
        "give a layout for print, such as `print`, or leave out what is for sheets (impose, sheet, bleed, marks, creep, profile, binding, papers, rules, ticket)",
    )
}

/// Diagnostics without a place get that of the entry that they come from.
fn placed(found: Diagnostics, place: &ListItem<'_>, at: &Literal) -> Vec<Diagnostic> {
    let file = place.report.as_ref();
    let each = found.into_iter().map(|one| match one.location {
        Some(_) => one,
        None => Diagnostic {
            location: Some(file.location(at.line, at.column)),
            snippet: file.line(at.line).map(Into::into),
            field: Some(format!("release[{}]", place.index)),
            ..one
        },
    });
    each.collect()
}
