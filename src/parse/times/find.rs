//! Times that stand anywhere in a text, not only at its start.

use super::cursor::Cursor;
use super::{Order, PLAIN, ROUGH, Stamp, names, read};

/// How far a text is searched, in characters.
const SEARCHED: usize = 600;

/// How near to the words before it a time begins, in bytes.
const NEAR: usize = 64;

/// The first time that stands anywhere in `text`, with the place it begins at: for `First detected 2022-01-22 11:57`.
/// Only times that cannot be anything else count there: a date, hours with a colon or a half, or `14h02 à 15h40`.
pub(crate) fn find(text: &str, order: Order) -> Option<(usize, Stamp)> {
    next(text, 0, order, false)
}

/// All times of a sentence with the places they begin at. Beside what [`find`] takes, four digits count where their zone
/// stands behind them: `At 1915 UTC`.
pub(crate) fn all(sentence: &str, order: Order) -> Vec<(usize, Stamp)> {
    let mut found: Vec<(usize, Stamp)> = Vec::new();
    let mut from = 0;
    while let Some((at, stamp)) = next(sentence, from, order, true) {
        from = at + stamp.len.max(1);
        found.push((at, stamp));
    }
    found
}

fn next(text: &str, from: usize, order: Order, zoned: bool) -> Option<(usize, Stamp)> {
    if !text.get(from..).is_some_and(has_digits) {
        return None;
    }
    let mut previous = text.get(..from).and_then(|before| before.chars().next_back()).unwrap_or(' ');
    let searched = text.char_indices().nth(SEARCHED).map_or(text.len(), |(end, _)| end);
    for (at, letter) in text.get(from..searched).unwrap_or_default().char_indices() {
        let at = from + at;
        let fresh = !previous.is_alphanumeric() && !matches!(previous, '/' | '.' | '-' | ':' | '#' | '+');
        previous = letter;
        if !fresh || !(letter.is_alphanumeric() || letter == '~') {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        if !may_begin(rest, letter) {
            continue;
        }
        if let Some(stamp) = read(rest, order) {
            let written = rest.get(stamp.written.clone()).unwrap_or_default();
            let sure = stamp.date.is_some()
                || written.contains(':')
                || stamp.time.is_some_and(|time| time.half)
                || (stamp.end.is_some() && written.contains('h'))
                || (zoned && stamp.zone.is_some());
            if sure && stamp.relative.is_none() {
                return Some((at, stamp));
            }
        }
    }
    None
}

/// Whether there is a digit at all, or the mark of one that nobody knew: no time is written without.
pub(crate) fn has_digits(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || text.contains("XX") || text.contains("xx")
}

/// Whether a time could begin at `rest`, whose first character is `letter`: with a digit, with the mark of an hour that
/// nobody knew, or with one of the few words that stand before times. Most words of prose need no further look.
fn may_begin(rest: &str, letter: char) -> bool {
    if !letter.is_alphabetic() {
        return letter.is_ascii_digit() || letter == '~';
    }
    if rest.starts_with("XX") || rest.starts_with("xx") {
        return true;
    }
    if !rest.bytes().take(NEAR).any(|byte| byte.is_ascii_digit() || matches!(byte, b'X' | b'x' | b'?')) {
        return false;
    }
    let Some(word) = Cursor::new(rest).word() else { return false };
    let word = &*word;
    let before = || ROUGH.contains(&word) || PLAIN.contains(&word);
    names::month(word).is_some() || before() || names::weekday(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_times_of_a_sentence_are_found() {
        let places = |text: &str| all(text, Order::DayFirst).iter().map(|(at, _)| *at).collect::<Vec<_>>();
        assert_eq!(places("At 10:05 we saw that it had been down since 10:00."), [0, 38]);
        assert_eq!(places("At 1915 UTC load jumped to 1950 requests"), [0]);
        assert_eq!(places("See 10.2.3.4:80 and v1.10"), [] as [usize; 0]);
    }

    #[test]
    fn hours_may_be_told_in_words() {
        let found =
            all("On April 26, 2023 between the hours of 1900 and 2100 UTC it was slow", Order::DayFirst);
        let (_, stamp) = found.first().expect("a time");
        assert_eq!(stamp.time.map(|time| time.hour), Some(19));
        assert_eq!(stamp.end.and_then(|(_, time)| time).map(|time| time.hour), Some(21));
        assert!(stamp.zone.is_some());
    }
}
