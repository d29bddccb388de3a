//! The order of names in lists: that of the language, by the Unicode Common Locale Data Repository (CLDR).

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

/// Sorts as a reader of one language looks names up.
pub(super) struct Collator(CollatorBorrowed<'static>);

impl Collator {
    /// The order of a language by its tag; that of CLDR's root where it has none of its own.
    pub(super) fn of(tag: &str) -> Self {
        let preferences = |tag: &str| {
            let locale = Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN);
            CollatorPreferences::from(&locale)
        };
        let of = |tag| CollatorBorrowed::try_new(preferences(tag), CollatorOptions::default());
        Collator(
            of(tag)
                .or_else(|_| of("und"))
                .expect("the order of the root is in the binary"),
        )
    }

    /// A key that sorts names as a reader looks them up; the name itself decides between equal ones.
    pub(super) fn key(&self, name: &str) -> (Vec<u8>, String) {
        // Marks inside words do not count. A comma parts the family name from the rest and comes before everything.
        let words: String = name
            .chars()
            .filter(|c| !"'’‘ʼ´`“”„«»\"().،".contains(*c))
            .map(|c| {
                if matches!(c, ',' | '،' | '、' | '，') {
                    '\t'
                } else {
                    c
                }
            })
            .collect();
        let mut key = Vec::new();
        // Writing to memory does not fail.
        let _ = self
            .0
            .write_sort_key_to(&words.replace("\t ", "\t"), &mut key);
        (key, name.to_owned())
    }
}

/// Particles that belong to the family name where they are written with a capital.
const PARTICLES: &[&str] = &[
    "Abu", "Al", "Af", "Am", "Ap", "Ben", "Bin", "Bint", "D’", "Da", "Dal", "De", "Degli", "Dei",
    "Del", "Della", "Den", "Der", "Des", "Di", "Do", "Dos", "Du", "El", "Ibn", "La", "Las", "Le",
    "Les", "Lo", "Los", "Mac", "Mc", "Ould", "Saint", "San", "Santa", "St", "St.", "Te", "Ten",
    "Ter", "Van", "Vanden", "Vander", "Ver", "Von", "Zu", "Zum", "Zur",
];
/// What follows a family name and is no part of it.
const SUFFIXES: &[&str] = &[
    "Jr", "Jr.", "Sr", "Sr.", "Esq", "Esq.", "Ph.D.", "PhD", "MD", "M.D.", "Filho", "Neto",
    "Júnior", "Jnr", "Snr",
];

/// The name as sorted where the registry does not say: the last word first, with the capitalised particles before it;
/// `Jr.` and the like come last.
pub(super) fn family_name_first(name: &str) -> String {
    let words: Vec<&str> = name
        .split([' ', '\u{A0}'])
        .filter(|word| !word.is_empty())
        .collect();
    let bare = |word: &str| word.trim_end_matches(',').to_owned();
    let added = words.last().is_some_and(|last| is_added(last));
    // A ruler's number belongs to the name: Elizabeth II.
    if added && words.len() == 2 {
        return name.to_owned();
    }
    // With the father's name at the end the family name is the first: Ёлкин Пётр Ильич.
    if let [family, given, father] = words[..]
        && is_patronymic(father)
    {
        return format!("{family}, {given} {father}");
    }
    let suffixed = added && words.len() > 2;
    let end = words.len() - usize::from(suffixed);
    let mut start = end.saturating_sub(1);
    while start > 1 && PARTICLES.contains(&words[start - 1]) {
        start -= 1;
    }
    // Two family names that are joined: Ramón y Cajal.
    if start > 2 && words[start - 1] == "y" {
        start -= 2;
    }
    let family = bare(&words[start..end].join(" "));
    let mut parts = vec![family];
    parts.extend((start > 0).then(|| words[..start].join(" ")));
    parts.extend(suffixed.then(|| words[end..].join(" ")));
    parts.join(", ")
}

/// Whether only the bearer knows by which word a name is sorted: it has a particle, or something after the family name, or a
/// comma, as where the family name comes first, or, in Spanish, words enough for two family names.
pub(super) fn is_doubtful(name: &str, language: &str) -> bool {
    let words: Vec<&str> = name.split([' ', '\u{A0}']).collect();
    let inner = words.get(1..).unwrap_or_default();
    let small = |word: &&str| word.starts_with(char::is_lowercase) || word.starts_with("d’");
    let father_last = inner.len() == 2 && is_patronymic(inner[1]);
    let two_family_names = language == "es" && inner.len() > 1;
    let mut inner = inner.iter();
    father_last
        || two_family_names
        || name.contains(',')
        || inner.any(|word| small(word) || PARTICLES.contains(word) || is_added(word))
}

/// Whether a word is a father's name of the Eastern Slavic languages.
fn is_patronymic(word: &str) -> bool {
    const ENDINGS: [&str; 8] = [
        "ович", "евич", "ьич", "овна", "евна", "ична", "івна", "ївна",
    ];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Whether it is a word that is added to a name and is none itself.
fn is_added(word: &str) -> bool {
    let roman = word.chars().count() > 1 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    roman || SUFFIXES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(tag: &str, names: &str) -> String {
        let collator = Collator::of(tag);
        let mut names: Vec<&str> = names.split(' ').rev().collect();
        names.sort_by_cached_key(|name| collator.key(name));
        names.join(" ")
    }

    #[test]
    fn every_language_has_the_order_of_its_own_alphabet() {
        let mut wrong = Vec::new();
        for (tag, names) in [
            ("en-GB", "Abel Ångström Östen Oz Zola"),
            ("es", "Núñez Nuria Ñáñez Oca"),
            ("es", "Chávez Cruz Dom Llamas Luz"),
            ("cs", "Cyril Čapek Hora Chalupa Ivan Rys Řehoř Zima Žák"),
            ("sk", "Cyril Čapek Hora Chalupa Ivan Zima Žák"),
            ("pl", "Lis Łoś Mak Szal Świt Zoń Źróbek Żak"),
            ("da", "Zahle Ærø Østergaard Ågård Aarhus"),
            ("nb", "Zahl Ærlig Østby Åsen"),
            ("no", "Zahl Ærlig Østby Åsen"),
            ("sv", "Zorn Åberg Ärlig Östlund"),
            ("fi", "Zorn Åberg Ärlig Östlund"),
            ("tr", "Cem Çelik Gül Ğ Irmak İpek Oral Öz Su Şen Ural Ünal"),
            ("de", "Muler Müller Mumm Strasse Straße Zug"),
            ("fr", "Eluard Éluard Emile Œuvre Of"),
            ("hu", "Cukor Csaba Dénes Gábor Gyula Ödön Pál Zoltán Zsolt"),
            ("ro", "An Ăn Ân Ion În Sorin Șerban Tudor Țepeș"),
            (
                "hr",
                "Cvitan Čolak Ćosić Dora Džaja Đurić Lovro Ljubo Zrno Žito",
            ),
            (
                "et",
                "Saar Šein Zobel Žilin Tamm Vaher Õun Ärni Öövel Üksik",
            ),
            ("lt", "Cvirka Čiurlionis Yla Ilgis Jonas"),
            ("ru", "Алексеев Егоров Ёлкин Жуков Щукин Яшин"),
            ("uk", "Гай Ґудзь Дяк Євген Ївга Йосип"),
            ("el", "Άλφα Βήτα Όμηρος Ωμέγα"),
            ("zh-Hans", "陈明 李华 王小明 张伟"),
            ("ja", "あべ いとう うえだ"),
            ("ko", "가람 나라 다솜"),
            ("ar", "أحمد بشير تامر"),
            ("xx-Nope", "Abel Öst Zola"),
        ] {
            if sorted(tag, names) != names {
                wrong.push(format!("{tag}: {} not {names}", sorted(tag, names)));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_family_name_comes_before_longer_ones_and_marks_inside_do_not_count() {
        let collator = Collator::of("en");
        let names = [
            "Li, Z",
            "Li Xu, A",
            "Liam, A",
            "Łukasz, A",
            "Lyon",
            "Oakes, B",
            "O’Brien, A",
            "oslo",
            "St. John, A",
            "Stone, B",
        ];
        let mut turned: Vec<&str> = names.iter().rev().copied().collect();
        turned.sort_by_cached_key(|name| collator.key(name));
        assert_eq!(turned, names);
    }

    #[test]
    fn the_family_name_has_its_capitalised_particles_and_what_follows_it_comes_last() {
        for (name, sort) in [
            ("Håkon Sæther", "Sæther, Håkon"),
            ("On", "On"),
            ("Karel van Oosterom", "Oosterom, Karel van"),
            ("Ursula von der Leyen", "Leyen, Ursula von der"),
            ("Jean de La Fontaine", "La Fontaine, Jean de"),
            ("Inkeri Von Hase", "Von Hase, Inkeri"),
            ("Jan Van Den Berg", "Van Den Berg, Jan"),
            ("Zeid Al Hussein", "Al Hussein, Zeid"),
            ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
            ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
            ("John Doe III", "Doe, John, III"),
            ("Van Morrison", "Morrison, Van"),
            ("Le Duc", "Duc, Le"),
            ("Ёлкин Пётр Ильич", "Ёлкин, Пётр Ильич"),
            ("Пётр Ильич Ёлкин", "Ёлкин, Пётр Ильич"),
            ("Милан Обрадович", "Обрадович, Милан"),
            ("Santiago Ramón y Cajal", "Ramón y Cajal, Santiago"),
            ("", ""),
        ] {
            assert_eq!(family_name_first(name), sort);
        }
    }

    #[test]
    fn a_name_with_a_particle_or_a_suffix_is_doubtful() {
        for name in [
            "Karel van Oosterom",
            "Jean d’Ormesson",
            "Zeid Al Hussein",
            "John Doe III",
            "Ana de la Cruz",
            "Doe, John",
        ] {
            assert!(is_doubtful(name, "en"), "{name}");
        }
        for name in [
            "Håkon Sæther",
            "Van Morrison",
            "On",
            "Mary Ann Smith",
            "王小明",
        ] {
            assert!(!is_doubtful(name, "en"), "{name}");
        }
        assert!(is_doubtful("María García Márquez", "es"));
        assert!(!is_doubtful("María García", "es"));
    }

    #[test]
    fn what_is_added_to_a_name_is_no_surname() {
        for (name, sorted) in [
            ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
            ("John Smith, Jr.", "Smith, John, Jr."),
            ("Ana Reyes Sr", "Reyes, Ana, Sr"),
            ("Henry Ford II", "Ford, Henry, II"),
            ("John D. Rockefeller III", "Rockefeller, John D., III"),
            ("Elizabeth II", "Elizabeth II"),
            ("Louis XIV", "Louis XIV"),
            ("Lakshmi Puri", "Puri, Lakshmi"),
            ("Pelé", "Pelé"),
            ("Malcolm X", "X, Malcolm"),
        ] {
            assert_eq!(family_name_first(name), sorted);
        }
    }
}
