//! Names of Word's own styles in other languages: most programs write the English ones into files whatever the language of
//! their menus, some do not.

/// What headings are called, before their level.
const HEADINGS: [&str; 24] = [
    "überschrift",
    "titre",
    "título",
    "titulo",
    "titolo",
    "kop",
    "rubrik",
    "overskrift",
    "otsikko",
    "nagłówek",
    "nadpis",
    "naslov",
    "címsor",
    "titlu",
    "заголовок",
    "заглавие",
    "επικεφαλίδα",
    "başlık",
    "标题",
    "標題",
    "見出し",
    "제목",
    "عنوان",
    "כותרת",
];

/// Other styles, with their English names.
const OTHERS: [(&str, &str); 34] = [
    ("standard", "normal"),
    ("normale", "normal"),
    ("standaard", "normal"),
    ("обычный", "normal"),
    ("正文", "normal"),
    ("標準", "normal"),
    ("표준", "normal"),
    ("عادي", "normal"),
    ("titel", "title"),
    ("titre", "title"),
    ("título", "title"),
    ("titolo", "title"),
    ("название", "title"),
    ("untertitel", "subtitle"),
    ("sous-titre", "subtitle"),
    ("subtítulo", "subtitle"),
    ("sottotitolo", "subtitle"),
    ("ondertitel", "subtitle"),
    ("подзаголовок", "subtitle"),
    ("textkörper", "body text"),
    ("text body", "body text"),
    ("corps de texte", "body text"),
    ("texto independiente", "body text"),
    ("corpo testo", "body text"),
    ("основной текст", "body text"),
    ("beschriftung", "caption"),
    ("légende", "caption"),
    ("descripción", "caption"),
    ("didascalia", "caption"),
    ("название объекта", "caption"),
    ("fußnotentext", "footnote text"),
    ("note de bas de page", "footnote text"),
    ("texto nota pie", "footnote text"),
    ("kopfzeile", "header"),
];

/// The English name of one of Word's own styles, in lower case, by a name in another language in lower case.
pub(super) fn english(name: &str) -> Option<String> {
    let level = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &name[level.len()..];
    if matches!(number.as_bytes(), [b'1'..=b'9']) && HEADINGS.contains(&level.trim_end()) {
        return Some(format!("heading {number}"));
    }
    let found = OTHERS.iter().find(|(other, _)| *other == name);
    found.map(|(_, english)| (*english).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_other_languages_have_their_level() {
        for (name, expected) in [
            ("überschrift 1", Some("heading 1")),
            ("titre 2", Some("heading 2")),
            ("标题 3", Some("heading 3")),
            ("titre", Some("title")),
            ("titre 10", None),
            ("heading 1", None),
            ("abschnitt 1", None),
        ] {
            assert_eq!(english(name).as_deref(), expected, "{name}");
        }
    }
}
