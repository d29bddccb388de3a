//! Which reports of a batch belong to a shard.
//!
//! The name of a report's folder alone decides its shard: machines that build the shards of a batch need not know of
//! one another, and an added report moves no other.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::manifest::ShardInfo;
use crate::base::digest::sha256;

/// Most parts of a batch.
const MOST: u32 = 100_000;

/// One of several parts of a batch, such as `2/4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Number of the part, from 1.
    pub number: u32,
    /// Number of all parts.
    pub of: u32,
}

impl Shard {
    /// Whether the report in the folder of that name belongs to this part: SHA-256 of the name, its first eight bytes
    /// as a big-endian number, modulo the number of parts.
    pub fn takes(self, name: &str) -> bool {
        let digest = Sha256::digest(name.as_bytes());
        let hash = digest
            .iter()
            .take(8)
            .fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
        hash % u64::from(self.of) == u64::from(self.number - 1)
    }

    /// What the manifest of this part says of the whole batch.
    pub fn part(self, names: &[String]) -> ShardInfo {
        ShardInfo {
            number: self.number,
            of: self.of,
            batch: u32::try_from(names.len()).unwrap_or(u32::MAX),
            names: fingerprint(names),
        }
    }
}

/// The SHA-256 of names, sorted, a line each.
pub(super) fn fingerprint(names: &[String]) -> String {
    let mut names: Vec<&String> = names.iter().collect();
    names.sort();
    let text: String = names.iter().map(|name| format!("{name}\n")).collect();
    sha256(text.as_bytes())
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "`{text}` is no part of a batch: write its number and how many there are, such as 2/4"
            )
        };
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let number: u32 = number.trim().parse().map_err(|_| wrong())?;
        let of: u32 = of.trim().parse().map_err(|_| wrong())?;
        match number {
            1.. if number <= of && of <= MOST => Ok(Shard { number, of }),
            _ => Err(format!(
                "there is no part {number} of {of}: parts are counted from 1, and there are at most {MOST}"
            )),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_number_of_a_number() {
        assert_eq!("2/4".parse(), Ok(Shard { number: 2, of: 4 }));
        assert_eq!("1/1".parse(), Ok(Shard { number: 1, of: 1 }));
        for wrong in [
            "", "2", "/", "0/4", "5/4", "-1/4", "1/0", "a/b", "1/2/3", "1/100001",
        ] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_report_is_in_one_part() {
        for of in [1, 2, 4, 7] {
            for name in ["alder", "birch", "é", "", "report 1"] {
                let parts = (1..=of).filter(|&number| Shard { number, of }.takes(name));
                assert_eq!(parts.count(), 1, "{name} of {of}");
            }
        }
    }

    /// These must never change: parts that are built by different versions would overlap.
    #[test]
    fn the_part_of_a_name_stays_what_it_is() {
        let part = |name: &str| (1..=4).find(|&number| Shard { number, of: 4 }.takes(name));
        let parts = ["alder", "birch", "cedar", "gmg-2016"].map(part);
        assert_eq!(parts, [Some(3), Some(2), Some(2), Some(1)]);
    }
}
