//! Names of months and weekdays in the languages teams write postmortems in.

use foldhash::{HashMap, HashMapExt};
use jiff::civil::Weekday;
use std::sync::LazyLock;

/// First letters of month names (English, German, Dutch, Danish, Norwegian, Swedish, French, Spanish, Portuguese,
/// Italian, Russian), lower case. A word is a month when it is one of these, or begins with a full name's first letters.
const MONTHS: [(&str, i8); 74] = [
    ("january", 1),
    ("januar", 1),
    ("januari", 1),
    ("janvier", 1),
    ("enero", 1),
    ("janeiro", 1),
    ("gennaio", 1),
    ("february", 2),
    ("februar", 2),
    ("februari", 2),
    ("février", 2),
    ("febrero", 2),
    ("fevereiro", 2),
    ("febbraio", 2),
    ("march", 3),
    ("märz", 3),
    ("maart", 3),
    ("marts", 3),
    ("mars", 3),
    ("marzo", 3),
    ("março", 3),
    ("april", 4),
    ("avril", 4),
    ("abril", 4),
    ("aprile", 4),
    ("may", 5),
    ("mai", 5),
    ("mei", 5),
    ("maj", 5),
    ("mayo", 5),
    ("maio", 5),
    ("maggio", 5),
    ("june", 6),
    ("juni", 6),
    ("juin", 6),
    ("junio", 6),
    ("junho", 6),
    ("giugno", 6),
    ("july", 7),
    ("juli", 7),
    ("juillet", 7),
    ("julio", 7),
    ("julho", 7),
    ("luglio", 7),
    ("august", 8),
    ("augustus", 8),
    ("augusti", 8),
    ("août", 8),
    ("agosto", 8),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("setembro", 9),
    ("settembre", 9),
    ("october", 10),
    ("oktober", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("november", 11),
    ("novembre", 11),
    ("december", 12),
    ("dezember", 12),
    ("января", 1),
    ("февраля", 2),
    ("марта", 3),
    ("апреля", 4),
    ("мая", 5),
    ("июня", 6),
    ("июля", 7),
    ("августа", 8),
    ("сентября", 9),
    ("октября", 10),
    ("ноября", 11),
    ("декабря", 12),
];

/// Short forms that are not simply the first three letters of a name above, or are longer than those.
const SHORT: [(&str, i8); 16] = [
    ("sept", 9),
    ("okt", 10),
    ("des", 12),
    ("dez", 12),
    ("mrz", 3),
    ("mär", 3),
    ("fév", 2),
    ("fevr", 2),
    ("avr", 4),
    ("aoû", 8),
    ("ago", 8),
    ("set", 9),
    ("dic", 12),
    ("dec", 12),
    ("desember", 12),
    ("décembre", 12),
];

/// Months by every word that names one: names in full, short forms, and first three letters. The first of several wins.
static BY_WORD: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
    let three = |name: &'static str| {
        let end = name.char_indices().nth(3).map_or(name.len(), |(at, _)| at);
        name.get(..end).unwrap_or(name)
    };
    let full = MONTHS.iter().chain(&SHORT).copied();
    let short = MONTHS.iter().map(|(name, month)| (three(name), *month));
    let mut months = HashMap::new();
    for (word, month) in full.chain(short) {
        months.entry(word).or_insert(month);
    }
    months
});

/// The month a lower-case word names: `january`, `jan`, `okt`.
pub(super) fn month(word: &str) -> Option<i8> {
    BY_WORD.get(word).copied()
}

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["monday", "mon", "mandag", "måndag", "montag", "lundi", "lunes"]),
    (Weekday::Tuesday, &["tuesday", "tue", "tues", "tirsdag", "tisdag", "dienstag", "mardi", "martes"]),
    (Weekday::Wednesday, &["wednesday", "wed", "weds", "onsdag", "mittwoch", "mercredi", "miércoles"]),
    (Weekday::Thursday, &["thursday", "thu", "thur", "thurs", "torsdag", "donnerstag", "jeudi", "jueves"]),
    (Weekday::Friday, &["friday", "fri", "fredag", "freitag", "vendredi", "viernes"]),
    (Weekday::Saturday, &["saturday", "sat", "lørdag", "lördag", "samstag", "samedi", "sábado"]),
    (Weekday::Sunday, &["sunday", "sun", "søndag", "söndag", "sonntag", "dimanche", "domingo"]),
];

/// The weekday a lower-case word names.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(_, names)| names.contains(&word)).map(|(day, _)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_by_name_and_short_form() {
        for (word, number) in [
            ("may", Some(5)),
            ("sept", Some(9)),
            ("okt", Some(10)),
            ("märz", Some(3)),
            ("oct", Some(10)),
            ("mayor", None),
        ] {
            assert_eq!(month(word), number, "{word}");
        }
        assert_eq!(weekday("thur"), Some(Weekday::Thursday));
    }
}
