//! Joins the manifests of the shards of a batch into the manifest of the batch.

use std::collections::BTreeMap;

use super::manifest::{Manifest, Report, ShardInfo};
use super::shard::fingerprint;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};

/// Joins manifests, each with its path for messages. The result is that of a release of the whole batch in one run.
///
/// # Errors
/// Everything that is wrong: a part that is missing or there twice, a report that failed or is there twice, parts of
/// different shelves or made by different versions.
pub fn merge(parts: &[(String, Manifest)]) -> Result<Manifest, Diagnostics> {
    let mut found = Diagnostics::default();
    let Some((first_path, first)) = parts.first() else {
        return Err(Diagnostic::new(Code::NO_PARTS, "there are no manifests to join").into());
    };
    for (path, part) in parts {
        if part.tool != first.tool {
            let message = format!("this part was not made by the same program as `{first_path}`");
            found.push(refuse(path, message).hint("build all parts with the same version"));
        }
        for name in &part.failed {
            let message = format!("the report `{name}` could not be built in this part");
            found.push(refuse(path, message).hint("mend the report and build this part again"));
        }
    }
    numbers(parts, &mut found);
    let mut reports: BTreeMap<&str, (&String, &Report)> = BTreeMap::new();
    for (path, part) in parts {
        for report in &part.reports {
            // Of a whole release it is said above that it is no part.
            let Some(name) = report.name.as_deref() else {
                continue;
            };
            if let Some((other, _)) = reports.insert(name, (path, report)) {
                let message = format!("the report `{name}` is in `{other}`, too");
                found.push(refuse(path, message).hint("leave one of the two out"));
            }
        }
    }
    if !found.has_errors() {
        complete(&reports, &first.shard, first_path, &mut found);
    }
    let merged = Manifest {
        shard: None,
        failed: Vec::new(),
        reports: reports
            .values()
            .map(|(_, report)| (*report).clone())
            .collect(),
        ..first.clone()
    };
    found.or_value(merged).map(|(merged, _)| merged)
}

/// Every part of one batch, each once.
fn numbers(parts: &[(String, Manifest)], found: &mut Diagnostics) {
    let mut seen: BTreeMap<u32, &String> = BTreeMap::new();
    let mut batch: Option<(&String, &ShardInfo)> = None;
    for (path, manifest) in parts {
        let Some(part) = &manifest.shard else {
            let message = "this is the manifest of a whole release, not of a part";
            found.push(refuse(path, message.into()).hint("parts are made with --shard"));
            continue;
        };
        let (other, first) = batch.get_or_insert((path, part));
        if (part.of, part.batch, &part.names) != (first.of, first.batch, &first.names) {
            let message = format!("this is a part of another batch than `{other}`");
            let hint = "give every part the same reports and the same number of parts";
            found.push(refuse(path, message).hint(hint));
        }
        if let Some(other) = seen.insert(part.number, path) {
            let message = format!("part {} is `{other}`, too", part.number);
            found.push(refuse(path, message).hint("leave one of the two out"));
        }
    }
    if let Some((path, part)) = batch {
        let missing: Vec<String> = (1..=part.of)
            .filter(|number| !seen.contains_key(number))
            .take(20)
            .map(|number| number.to_string())
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "of {} parts these are missing: {}",
                part.of,
                missing.join(", ")
            );
            found.push(refuse(path, message).hint("give the manifests of all parts"));
        }
    }
}

/// The reports are those of the batch.
fn complete(
    reports: &BTreeMap<&str, (&String, &Report)>,
    batch: &Option<ShardInfo>,
    path: &str,
    found: &mut Diagnostics,
) {
    let names: Vec<String> = reports.keys().map(|name| (*name).to_owned()).collect();
    let Some(batch) = batch else {
        return;
    };
    if fingerprint(&names) != batch.names {
        let message = format!(
            "the parts hold {} reports, which are not the {} of the batch",
            names.len(),
            batch.batch
        );
        found.push(refuse(path, message).hint("build all parts again, from the same folders"));
    }
}

fn refuse(path: &str, message: String) -> Diagnostic {
    Diagnostic::new(Code::PARTS_DISAGREE, message).at(Location {
        file: path.to_owned(),
        line: 0,
        column: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::super::manifest::Tool;
    use super::super::shard::Shard;
    use super::*;

    const SHELF: [&str; 5] = ["alder", "birch", "cedar", "elm", "fir"];

    fn names() -> Vec<String> {
        SHELF.map(str::to_owned).into()
    }

    fn report(name: &str) -> Report {
        Report {
            name: Some(name.into()),
            id: name.into(),
            title: name.to_uppercase(),
            language: "en".into(),
            epoch: 0,
            source: String::new(),
            inputs: Vec::new(),
            artifacts: Vec::new(),
        }
    }

    fn part(number: u32, of: u32) -> (String, Manifest) {
        let shard = Shard { number, of };
        let own = names().into_iter().filter(|name| shard.takes(name));
        let mut manifest = Manifest::of(own.map(|name| report(&name)).collect());
        manifest.shard = Some(shard.part(&names()));
        (format!("{number}/manifest.json"), manifest)
    }

    fn refusal(parts: &[(String, Manifest)]) -> String {
        merge(parts).unwrap_err().to_string()
    }

    #[test]
    fn the_parts_give_the_manifest_of_one_run() {
        let whole = Manifest::of(names().iter().map(|name| report(name)).collect());
        assert_eq!(merge(&[part(2, 3), part(1, 3), part(3, 3)]).unwrap(), whole);
        assert_eq!(merge(&[part(1, 1)]).unwrap(), whole);
    }

    #[test]
    fn gaps_and_doubles_are_refused() {
        let said = refusal(&[part(1, 3), part(3, 3)]);
        assert!(said.contains("of 3 parts these are missing: 2"), "{said}");
        let said = refusal(&[part(1, 2), part(2, 2), part(2, 2)]);
        assert!(said.contains("part 2 is `2/manifest.json`, too"), "{said}");
        let mut short = part(2, 2);
        short.1.reports.pop();
        let said = refusal(&[part(1, 2), short]);
        assert!(said.contains("not the 5 of the batch"), "{said}");
        assert!(refusal(&[]).contains("no manifests"));
    }

    #[test]
    fn what_does_not_belong_together_is_refused() {
        let said = refusal(&[part(1, 2), part(2, 3)]);
        assert!(said.contains("a part of another batch"), "{said}");
        let mut other = part(2, 2);
        other.1.tool = Tool {
            version: "0.0.1".into(),
            ..Tool::this()
        };
        let said = refusal(&[part(1, 2), other]);
        assert!(said.contains("not made by the same program"), "{said}");
        let mut failed = part(2, 2);
        failed.1.failed.push("elm".into());
        let said = refusal(&[part(1, 2), failed]);
        assert!(said.contains("`elm` could not be built"), "{said}");
        let mut whole = part(1, 1);
        whole.1.shard = None;
        assert!(refusal(&[whole]).contains("a whole release, not of a part"));
    }
}
