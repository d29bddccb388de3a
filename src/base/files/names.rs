//! How the files of folders are spelled, each folder listed once: as many reads as a folder has files would cost as many
//! lists of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Error;
use std::sync::{Arc, Mutex, PoisonError};

/// The names in folders, by the folder's path, as they were when they were asked for first.
#[derive(Debug, Default)]
pub(super) struct Names(Mutex<HashMap<String, Arc<Spellings>>>);

/// The names in a folder.
#[derive(Debug)]
pub(super) struct Spellings {
    exact: BTreeSet<String>,
    /// The first of the names that are the same in lower case, by that.
    by_lower: BTreeMap<String, String>,
}

impl Names {
    /// The names in the folder `path`, which `list` gives, sorted, if they are not known.
    pub(super) fn of(
        &self,
        path: &str,
        list: impl FnOnce() -> Result<Vec<String>, Error>,
    ) -> Result<Arc<Spellings>, Error> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(names) = known.get(path) {
            return Ok(Arc::clone(names));
        }
        let names = Arc::new(Spellings::of(list()?));
        known.insert(path.to_owned(), Arc::clone(&names));
        Ok(names)
    }
}

impl Spellings {
    fn of(names: Vec<String>) -> Self {
        let mut by_lower = BTreeMap::new();
        for name in &names {
            let first = by_lower.entry(name.to_lowercase());
            first.or_insert_with(|| name.clone());
        }
        Spellings {
            exact: names.into_iter().collect(),
            by_lower,
        }
    }

    /// The name that is `part`, else the first that differs from it in case alone.
    pub(super) fn spelling(&self, part: &str) -> Option<String> {
        let exact = self.exact.get(part);
        exact
            .or_else(|| self.by_lower.get(&part.to_lowercase()))
            .cloned()
    }
}
