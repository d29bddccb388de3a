//! “Did you mean”: the known name that is nearest to a mistyped one.

/// The hint for a name that nothing has: the one that it was meant to be, if any is near.
pub(crate) fn did_you_mean<'b>(
    name: &str,
    known: impl IntoIterator<Item = &'b str>,
) -> Option<String> {
    let near = nearest(name, known)?;
    Some(match look_alike(name, near) {
        None => format!("did you mean `{near}`?"),
        Some(c) => format!(
            "did you mean `{near}`? The two differ in U+{:04X}, whatever it looks like: type the word again",
            u32::from(c)
        ),
    })
}

/// A character that only one of two names has, if it is none of ASCII: it may look like another, or like nothing.
fn look_alike(a: &str, b: &str) -> Option<char> {
    let foreign = |a: &str, b: &str| a.chars().find(|c| !c.is_ascii() && !b.contains(*c));
    foreign(a, b).or_else(|| foreign(b, a))
}

/// The hint for a word that is none of those that may be there.
pub(crate) fn one_of(name: &str, words: &[impl AsRef<str>]) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let list = words.join(", ");
    match did_you_mean(name, words) {
        Some(near) => format!("{near} The words are: {list}"),
        None => format!("write one of: {list}"),
    }
}

/// The known name that is nearest to a mistyped one, if any is near.
pub(crate) fn nearest<'b>(name: &str, known: impl IntoIterator<Item = &'b str>) -> Option<&'b str> {
    let length = name.chars().count();
    let near = known.into_iter().filter_map(|other| {
        let other_length = other.chars().count();
        let most = (length.max(other_length) / 3).max(1);
        // The distance is at least the difference of the lengths, which is found at less cost.
        let distance = (length.abs_diff(other_length) <= most)
            .then(|| strsim::damerau_levenshtein(name, other))?;
        (distance <= most).then_some((distance, other))
    });
    near.min().map(|(_, other)| other)
}
