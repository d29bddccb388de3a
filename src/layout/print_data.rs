//! Data of print jobs by name: papers, and what printers check. Both are tables in `print-data/`, in the binary and in the
//! folder of layouts, whose entries win over those of the same name.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::folder::{EMBEDDED, unreadable};
use super::length::{Length, MM};
use super::load::{LayoutLoader, at_fields};
use super::tokens::Layout;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, one_of};

/// The papers.
const STOCKS: &str = "print-data/stocks.yaml";
/// The sets of rules.
const RULES: &str = "print-data/rules.yaml";
/// The names of both in their folder.
pub(super) const FILES: [&str; 2] = ["stocks.yaml", "rules.yaml"];
/// What stands for no paper.
const NONE: &str = "none";
/// Largest table that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// A paper.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stock {
    /// What it is called, for people.
    pub description: String,
    /// Grams of a square metre.
    pub weight: f64,
    /// Thickness of a leaf.
    pub caliper: Length,
    /// Its surface.
    pub coating: Coating,
}

/// The surface of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Coating {
    /// Uncoated.
    None,
    /// Coated, dull.
    Matt,
    /// Coated, with a soft shine.
    Silk,
    /// Coated, shining.
    Gloss,
}

/// What a kind of press needs of a file.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// What it is for.
    pub description: String,
    /// Most ink that a place may take, over all plates, in percent.
    pub max_ink: u16,
    /// Pixels to the inch below which a picture gets a warning.
    pub min_resolution: u16,
    /// Pixels to the inch below which a picture is an error.
    pub poor_resolution: u16,
    /// Thinnest line.
    pub min_line: Length,
    /// Least bleed, where something is printed up to the edge.
    pub min_bleed: Length,
    /// Smallest type in a tint or in several inks, whose edges are made of dots.
    pub min_tint_type: Length,
    /// Whether black text must overprint what is below it.
    pub black_overprints: bool,
}

/// What a layout for print names: papers and rules.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintData {
    /// Paper of the text, with its name.
    pub stock: Option<(String, Stock)>,
    /// Paper of the cover.
    pub cover_stock: Option<(String, Stock)>,
    /// Paper of the endpapers; a book without endpapers has none.
    pub endpapers: Option<(String, Stock)>,
    /// Name of the rules.
    pub rules_name: String,
    /// The rules.
    pub rules: RuleSet,
}

/// A table with where each entry is from.
type Table<T> = BTreeMap<String, (String, T)>;

impl LayoutLoader {
    /// The sets of rules by name.
    ///
    /// # Errors
    /// A table that cannot be read, or a rule that no press can have.
    pub fn rule_sets(&self) -> Result<BTreeMap<String, RuleSet>, Diagnostics> {
        let table: Table<RuleSet> = self.table(RULES)?;
        check_rules(&table)?;
        let each = table.into_iter().map(|(name, (_, rules))| (name, rules));
        Ok(each.collect())
    }

    fn stocks(&self) -> Result<BTreeMap<String, Stock>, Diagnostics> {
        let table: Table<Stock> = self.table(STOCKS)?;
        check_stocks(&table)?;
        let each = table.into_iter().map(|(name, (_, stock))| (name, stock));
        Ok(each.collect())
    }

    fn table<T: DeserializeOwned>(&self, file: &str) -> Result<Table<T>, Diagnostics> {
        let mut all = Table::new();
        let mut add = |path: &str, bytes: &[u8]| -> Result<(), Diagnostics> {
            let entries: BTreeMap<String, T> = super::parse(path, bytes)?;
            let entries = entries.into_iter();
            all.extend(entries.map(|(name, entry)| (name, (path.to_owned(), entry))));
            Ok(())
        };
        if let Some(found) = EMBEDDED.get_file(file) {
            let path = format!("layouts/{file}");
            self.note(&path, found.contents(), false);
            add(&path, found.contents())?;
        }
        if let Some(root) = self.path().filter(|root| root.holds(file)) {
            let read = root.read(file, LARGEST);
            let bytes = read.map_err(|problem| unreadable(root, file, &problem))?;
            let path = root.display(file);
            self.note(&path, &bytes, true);
            add(&path, &bytes)?;
        }
        Ok(all)
    }
}

impl Layout {
    /// The papers and the rules that the layout names.
    ///
    /// # Errors
    /// Every name that is not in its table, or a table that cannot be read.
    pub fn print_data(&self) -> Result<PrintData, Diagnostics> {
        let press = &self.tokens.press;
        let stocks = self.loader.stocks()?;
        let rules = self.loader.rule_sets()?;
        let mut found = Diagnostics::default();
        let mut paper = |field: &str, name: &String| {
            if name == NONE {
                return None;
            }
            let stock = stocks.get(name).cloned();
            if stock.is_none() {
                let message = format!("there is no paper `{name}`");
                let names: Vec<&str> = stocks.keys().map(String::as_str).collect();
                let more = "for another paper give its thickness with --caliper, or add it to layouts/print-data/stocks.yaml";
                found.extend(self.unknown(Code::UNKNOWN_STOCK, message, field, name, &names, more));
            }
            Some((name.clone(), stock?))
        };
        let stock = paper("press.stock", &press.stock);
        let cover_stock = paper("press.cover_stock", &press.cover_stock);
        let endpapers = paper("press.endpapers", &press.endpapers);
        let name = &press.rules;
        let Some(rules) = rules.get(name).cloned() else {
            let names: Vec<&str> = rules.keys().map(String::as_str).collect();
            found.extend(self.unknown(
                Code::UNKNOWN_RULES,
                format!("there are no rules `{name}`"),
                "press.rules",
                name,
                &names,
                "rules of your own are an entry of layouts/print-data/rules.yaml",
            ));
            return Err(found);
        };
        let data = PrintData {
            stock,
            cover_stock,
            endpapers,
            rules_name: name.clone(),
            rules,
        };
        found.or_value(data).map(|(data, _)| data)
    }

    /// A name that is in no table, where the layout says it.
    fn unknown(
        &self,
        code: Code,
        message: String,
        field: &str,
        name: &str,
        names: &[&str],
        more: &str,
    ) -> Diagnostics {
        let found = Diagnostic::new(code, message).field(field);
        let found = found.hint(one_of(name, names)).hint(more).into();
        // An option may say otherwise than the layout.
        let key = field.rsplit('.').next().unwrap_or(field);
        let says = |line: &str| {
            let value = line.trim().strip_prefix(key);
            let value = value.and_then(|rest| rest.strip_prefix(':'));
            value.is_some_and(|value| value.trim().trim_matches(['"', '\'']) == name)
        };
        let mut lines = self.written.iter().flat_map(|(_, text)| text.lines());
        match lines.any(says) {
            true => at_fields(found, &self.written),
            false => found,
        }
    }
}

fn check_stocks(table: &Table<Stock>) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    for (name, (path, stock)) in table {
        let caliper = stock.caliper.to_pt() / MM;
        if !(0.02..=2.0).contains(&caliper) {
            found.push(out_of_range(path, name, "caliper", "from 0.02mm to 2mm"));
        }
        if !(20.0..=1000.0).contains(&stock.weight) {
            found.push(out_of_range(path, name, "weight", "from 20 to 1000"));
        }
    }
    found.or_value(()).map(|_| ())
}

fn check_rules(table: &Table<RuleSet>) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::default();
    for (name, (path, rules)) in table {
        let resolution = 1..=4800;
        let points = 0.0..=72.0;
        let checks = [
            (
                (100..=400).contains(&rules.max_ink),
                "max_ink",
                "from 100 to 400",
            ),
            (
                resolution.contains(&rules.min_resolution),
                "min_resolution",
                "from 1 to 4800",
            ),
            (
                resolution.contains(&rules.poor_resolution),
                "poor_resolution",
                "from 1 to 4800",
            ),
            (
                points.contains(&rules.min_line.to_pt()),
                "min_line",
                "from 0pt to 72pt",
            ),
            (
                points.contains(&rules.min_bleed.to_pt()),
                "min_bleed",
                "from 0pt to 72pt",
            ),
            (
                points.contains(&rules.min_tint_type.to_pt()),
                "min_tint_type",
                "from 0pt to 72pt",
            ),
        ];
        let wrong = checks.into_iter().filter(|(is, ..)| !is);
        found.extend(wrong.map(|(_, field, range)| out_of_range(path, name, field, range)));
    }
    found.or_value(()).map(|_| ())
}

fn out_of_range(path: &str, name: &str, field: &str, range: &str) -> Diagnostic {
    Diagnostic::new(
        Code::OUT_OF_RANGE,
        format!("`{field}` of `{name}` is {range}"),
    )
    .at(Location::whole(path))
    .field(format!("{name}.{field}"))
    .hint("ask the printer or the mill")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(stock: &str, rules: &str) -> Layout {
        let mut layout = LayoutLoader::embedded().load("print").unwrap();
        layout.tokens.press.stock = stock.into();
        layout.tokens.press.rules = rules.into();
        layout
    }

    #[test]
    fn papers_and_rules_have_names() {
        let data = layout("offset-80", "digital").print_data().unwrap();
        let (name, stock) = data.stock.unwrap();
        assert_eq!((name.as_str(), stock.weight), ("offset-80", 80.0));
        assert!((stock.caliper.to_pt() / MM - 0.1).abs() < 1e-9);
        assert_eq!((data.cover_stock, data.endpapers), (None, None));
        assert_eq!(data.rules_name, "digital");
        let all = LayoutLoader::embedded().rule_sets().unwrap();
        let names: Vec<&String> = all.keys().collect();
        assert_eq!(names, ["digital", "sheetfed-coated", "sheetfed-uncoated"]);
    }

    #[test]
    fn names_of_nothing_are_refused_all_at_once() {
        let found = layout("ofset-90", "sheetfed").print_data().unwrap_err();
        let said = found.to_string();
        assert_eq!(found.len(), 2, "{said}");
        for part in [
            "there is no paper `ofset-90`",
            "did you mean `offset-90`?",
            "there are no rules `sheetfed`",
        ] {
            assert!(said.contains(part), "{part} in {said}");
        }
    }

    #[test]
    fn what_no_press_can_have_is_refused() {
        let stock = Stock {
            description: "paper".into(),
            weight: 8.0,
            caliper: Length::pt(0.0),
            coating: Coating::None,
        };
        let table = [("thin".to_owned(), ("s.yaml".to_owned(), stock))];
        assert_eq!(check_stocks(&table.into()).unwrap_err().len(), 2);
        let mut rules = LayoutLoader::embedded().rule_sets().unwrap();
        let mut one = rules.remove("digital").unwrap();
        (one.max_ink, one.min_line) = (90, Length::pt(80.0));
        let table = [("bad".to_owned(), ("r.yaml".to_owned(), one))];
        assert_eq!(check_rules(&table.into()).unwrap_err().len(), 2);
    }
}
