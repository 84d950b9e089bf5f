//! Days told from the day of the incident: `the night before, 22:00`, `23:29 (previous day)`, `00:30 (+1)`.

use super::cursor::Cursor;

/// Words for the day before and for the day after, as they stand at a time.
const WORDS: [(&str, i8); 33] = [
    ("previous day", -1),
    ("prev day", -1),
    ("prior day", -1),
    ("day before", -1),
    ("day prior", -1),
    ("night before", -1),
    ("evening before", -1),
    ("previous night", -1),
    ("previous evening", -1),
    ("veille", -1),
    ("vortag", -1),
    ("am vortag", -1),
    ("día anterior", -1),
    ("dia anterior", -1),
    ("véspera", -1),
    ("dagen før", -1),
    ("накануне", -1),
    ("ngày hôm trước", -1),
    ("前日", -1),
    ("next day", 1),
    ("following day", 1),
    ("next morning", 1),
    ("following morning", 1),
    ("day after", 1),
    ("lendemain", 1),
    ("folgetag", 1),
    ("am folgetag", 1),
    ("día siguiente", 1),
    ("dia seguinte", 1),
    ("neste dag", 1),
    ("на следующий день", 1),
    ("ngày hôm sau", 1),
    ("翌日", 1),
];

/// Marks of the day after that count only in brackets behind a time.
const MARKS: [(&str, i8); 5] = [("+1", 1), ("+1d", 1), ("+1 day", 1), ("-1", -1), ("-1d", -1)];

/// Reads such words, and the mark behind them.
pub(super) fn before(c: &mut Cursor) -> Option<i8> {
    let start = *c;
    let found = named(c, &WORDS);
    if found.is_some() && c.at_edge() {
        c.blanks();
        c.eat(|c| matches!(c, ',' | ':' | '、'));
        return found;
    }
    *c = start;
    None
}

/// Reads such words in brackets.
pub(super) fn behind(c: &mut Cursor) -> Option<i8> {
    let start = *c;
    c.blanks();
    let found = c.eat(|c| c == '(').and_then(|_| {
        c.eat_word(&["the", "la", "le"]);
        c.blanks();
        named(c, &WORDS).or_else(|| named(c, &MARKS))
    });
    c.blanks();
    if found.is_some() && c.eat(|c| c == ')').is_some() {
        return found;
    }
    *c = start;
    None
}

/// The longest of `known` that stands here, in any case.
fn named(c: &mut Cursor, known: &[(&str, i8)]) -> Option<i8> {
    let rest = c.rest();
    let stands = |words: &str| {
        let mut here = rest.chars().flat_map(char::to_lowercase);
        words.chars().all(|letter| here.next() == Some(letter))
    };
    let (words, shift) =
        known.iter().filter(|(words, _)| stands(words)).max_by_key(|(words, _)| words.len())?;
    c.run(words.chars().count(), |_| true);
    Some(*shift)
}
