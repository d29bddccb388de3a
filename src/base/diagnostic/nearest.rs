//! “Did you mean”: the known name that is nearest to a mistyped one.

/// The known name that is nearest to a mistyped one, if any is near.
pub(crate) fn nearest<'b>(name: &str, known: impl Iterator<Item = &'b str>) -> Option<&'b str> {
    known
        .map(|other| (strsim::damerau_levenshtein(name, other), other))
        .filter(|(distance, other)| {
            *distance <= (name.chars().count().max(other.chars().count()) / 3).max(1)
        })
        .min()
        .map(|(_, other)| other)
}
