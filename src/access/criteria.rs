//! The criteria as data: which there are, in which standard, and what decides each.

use std::sync::LazyLock;

use serde::Deserialize;

/// The files with their standards, in the order of the dossier.
const FILES: [(Standard, &str); 3] = [
    (Standard::En301549, include_str!("criteria/en-301-549.yaml")),
    (
        Standard::Matterhorn,
        include_str!("criteria/matterhorn.yaml"),
    ),
    (Standard::Quality, include_str!("criteria/quality.yaml")),
];

/// Where a criterion comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standard {
    /// EN 301 549 V3.2.1, clause 10.
    En301549,
    /// The Matterhorn Protocol 1.1 for PDF/UA-1.
    Matterhorn,
    /// Checks of quality beyond both.
    Quality,
}

impl Standard {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Standard::En301549 => "EN 301 549 V3.2.1, clause 10",
            Standard::Matterhorn => "Matterhorn Protocol 1.1 (PDF/UA-1)",
            Standard::Quality => "Quality beyond the standards",
        }
    }
}

/// A criterion. It has exactly one of `check`, `ask`, `rests`, `outside` and `untested`; one with a check may have a
/// question, too, for files of which the check cannot tell.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Number or name, unique in all files.
    pub id: String,
    /// The clause of its standard.
    pub clause: String,
    /// What must hold, in words of our own.
    pub title: String,
    /// What a file must have for it to apply.
    #[serde(default)]
    pub needs: Option<String>,
    /// Name of the check that decides it.
    #[serde(default)]
    pub check: Option<String>,
    /// The question that a person answers; yes to some, no to others: each says what is wrong by being asked.
    #[serde(default)]
    pub ask: Option<String>,
    /// What the person looks at.
    #[serde(default)]
    pub look: Option<String>,
    /// The criteria that decide it together.
    #[serde(default)]
    pub rests: Vec<String>,
    /// Why it is not about files of this kind.
    #[serde(default)]
    pub outside: Option<String>,
    /// Why its standard has no test for it.
    #[serde(default)]
    pub untested: Option<String>,
    /// Its standard.
    #[serde(skip, default = "quality")]
    pub standard: Standard,
}

fn quality() -> Standard {
    Standard::Quality
}

/// All criteria, in the order of the dossier, or what is wrong with the files.
pub(super) fn read() -> Result<Vec<Criterion>, String> {
    let mut all = Vec::new();
    for (standard, text) in FILES {
        let read: Vec<Criterion> =
            serde_yaml::from_str(text).map_err(|error| format!("{}: {error}", standard.name()))?;
        all.extend(read.into_iter().map(|one| Criterion { standard, ..one }));
    }
    Ok(all)
}

/// All criteria, in the order of the dossier.
pub fn all() -> &'static [Criterion] {
    // A test reads the files; one that cannot be read leaves no criterion, which another test sees.
    static ALL: LazyLock<Vec<Criterion>> = LazyLock::new(|| read().unwrap_or_default());
    &ALL
}

/// The criterion of that number or name.
pub fn find(id: &str) -> Option<&'static Criterion> {
    all().iter().find(|one| one.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn of(standard: Standard) -> impl Iterator<Item = &'static Criterion> {
        all().iter().filter(move |one| one.standard == standard)
    }

    #[test]
    fn the_files_can_be_read() {
        assert_eq!(read().map(|all| all.len()), Ok(all().len()));
    }

    #[test]
    fn the_protocol_is_there_in_full() {
        let all: Vec<_> = of(Standard::Matterhorn).collect();
        let machine = all.iter().filter(|one| one.check.is_some()).count();
        let people = all.iter().filter(|one| one.ask.is_some()).count();
        let untested = all.iter().filter(|one| one.untested.is_some()).count();
        assert_eq!((all.len(), machine, people, untested), (137, 87, 48, 2));
        let checkpoints: BTreeSet<&str> = all.iter().map(|one| &one.id[..2]).collect();
        assert_eq!(checkpoints.len(), 31);
        // Within a checkpoint the numbers run on without a gap.
        for pair in all.windows(2) {
            let number = |one: &Criterion| one.id[3..].parse::<u32>().unwrap();
            let same = pair[0].id[..2] == pair[1].id[..2];
            let next = if same { number(pair[0]) + 1 } else { 1 };
            assert_eq!(number(pair[1]), next, "{}", pair[1].id);
        }
    }

    #[test]
    fn every_criterion_has_one_that_decides_it() {
        let mut ids = BTreeSet::new();
        for one in all() {
            let ways = [
                one.check.is_some(),
                one.ask.is_some() && one.check.is_none(),
                !one.rests.is_empty(),
                one.outside.is_some(),
                one.untested.is_some(),
            ];
            assert_eq!(ways.iter().filter(|way| **way).count(), 1, "{one:?}");
            assert_eq!(one.ask.is_some(), one.look.is_some(), "{one:?}");
            assert!(ids.insert(&one.id), "{one:?}");
            assert!(!one.title.is_empty(), "{one:?}");
            for other in &one.rests {
                let other = find(other).unwrap_or_else(|| panic!("{} rests on {other}", one.id));
                assert!(
                    other.rests.is_empty() || other.standard == Standard::En301549,
                    "{one:?}"
                );
            }
        }
    }

    #[test]
    fn every_name_in_the_files_is_known() {
        for one in all() {
            if let Some(need) = &one.needs {
                let known = super::super::features::FEATURES;
                assert!(known.iter().any(|(name, ..)| name == need), "{one:?}");
            }
            if let Some(look) = &one.look {
                assert!(
                    super::super::places::TOPICS.contains(&look.as_str()),
                    "{one:?}"
                );
            }
            if let Some(check) = &one.check {
                let own = super::super::checks::CHECKS;
                let known = own.iter().any(|(name, _)| name == check)
                    || super::super::dossier::STANDARDS.contains(&check.as_str());
                assert!(known, "{one:?}");
            }
        }
    }
}
