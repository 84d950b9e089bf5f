//! Zones as they stand beside a time: `UTC`, `CEST`, `US/Pacific`, `UTC+2`, `+02:00`, `Pacific time`.

use super::cursor::Cursor;
use crate::model::{Moment, Zone};
use jiff::civil::date;
use jiff::tz::TimeZone;

/// Abbreviations with one usual meaning, in minutes from UTC. A name is taken literally: `PST` is -08:00 in summer too.
const SHORT: [(&str, i32); 36] = [
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("CET", 60),
    ("CEST", 120),
    ("MEZ", 60),
    ("MESZ", 120),
    ("BST", 60),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("SAST", 120),
    ("WAT", 60),
    ("CAT", 120),
    ("EAT", 180),
    ("PKT", 300),
    ("ICT", 420),
    ("WIB", 420),
    ("BRT", -180),
    ("GST", 240),
    ("SGT", 480),
    ("HKT", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("ART", -180),
    ("EDT", -240),
    ("EST", -300),
    ("CDT", -300),
    ("CST", -360),
    ("MDT", -360),
    ("MST", -420),
    ("PDT", -420),
];
const PST: (&str, i32) = ("PST", -480);

/// Names for a zone with its daylight saving time.
const REGIONS: [(&str, &str, &str); 4] = [
    ("PT", "pacific", "America/Los_Angeles"),
    ("MT", "mountain", "America/Denver"),
    ("CT", "central", "America/Chicago"),
    ("ET", "eastern", "America/New_York"),
];

/// Reads a zone here, bare or in brackets; `Zone::Unknown` for a name that several countries use (`IST`). `exact` says
/// that the time has seconds: behind one without, `13:30-13:45` is a range.
pub(super) fn read(c: &mut Cursor, exact: bool) -> Option<Zone> {
    let start = *c;
    if c.eat(|c| matches!(c, '(' | '[')).is_some() {
        c.eat_word(&["in", "all", "times"]);
        c.blanks();
        if let Some(zone) = bare(c, true) {
            c.blanks();
            if c.eat(|c| matches!(c, ')' | ']')).is_some() {
                return Some(zone);
            }
        }
        *c = start;
        return None;
    }
    bare(c, exact)
}

fn bare(c: &mut Cursor, exact: bool) -> Option<Zone> {
    if (exact || c.peek() == Some('+'))
        && let Some(zone) = offset(c)
    {
        return Some(zone);
    }
    let start = *c;
    // `14:02Z/15:40Z`: the letter alone, whatever follows it.
    if c.eat(|c| c == 'Z').is_some() {
        if c.at_edge() {
            return Some(Zone::UTC);
        }
        *c = start;
    }
    let word = c.run(40, |c| c.is_ascii_alphabetic() || matches!(c, '/' | '_'));
    let zone = named(word, c);
    if zone.is_none() || !c.at_edge() {
        *c = start;
        return None;
    }
    zone
}

fn named(word: &str, c: &mut Cursor) -> Option<Zone> {
    if word.contains('/') {
        return TimeZone::get(word).is_ok().then(|| Zone::Named(word.into()));
    }
    if let Some((name, minutes)) =
        SHORT.iter().chain([&PST]).find(|(name, _)| name.eq_ignore_ascii_case(word))
    {
        let typed_as_name = word.chars().all(|c| c.is_ascii_uppercase()) || *name == "UTC" || *name == "GMT";
        return typed_as_name.then(|| shifted(name, *minutes, c));
    }
    if word == "IST" || word == "AST" {
        return Some(Zone::Unknown);
    }
    let region = REGIONS.iter().find(|(short, long, _)| *short == word || long.eq_ignore_ascii_case(word));
    let Some(region) = region else {
        return city(word, c);
    };
    if region.0 != word {
        let before = *c;
        c.blanks();
        c.eat_word(&["standard", "daylight"]);
        c.blanks();
        if !c.eat_word(&["time"]) {
            *c = before;
            return None;
        }
    }
    Some(Zone::Named(region.2.into()))
}

/// `16:37 Denver - …`, `16:37 Denver time`: a city that gives a zone its name, where a dash or `time` shows that the word
/// belongs to the time and not to what is told.
fn city(word: &str, c: &mut Cursor) -> Option<Zone> {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || !(4..=20).contains(&word.len()) {
        return None;
    }
    let mut ahead = *c;
    ahead.blanks();
    let time = ahead.eat_word(&["time"]);
    if !(time || ahead.before() == Some(' ') && ahead.peek().is_some_and(|c| matches!(c, '-' | '–' | '—')))
    {
        return None;
    }
    let areas = ["America", "Europe", "Asia", "Australia", "Africa", "Pacific"];
    let zone = areas.iter().map(|area| format!("{area}/{word}")).find(|name| TimeZone::get(name).is_ok())?;
    if time {
        *c = ahead;
    }
    Some(Zone::Named(zone.into()))
}

/// `UTC+2`, `GMT-03:30`, or the plain name.
fn shifted(name: &'static str, minutes: i32, c: &mut Cursor) -> Zone {
    let plain = Zone::Offset(minutes * 60, Some(name));
    if minutes != 0 || !c.peek().is_some_and(|c| matches!(c, '+' | '-' | '−' | '±')) {
        return plain;
    }
    let start = *c;
    let sign = c.eat(|_| true);
    let shift = c.number(2).map(|(hours, _)| hours).filter(|hours| *hours <= 14);
    let Some(hours) = shift else {
        *c = start;
        return plain;
    };
    let colon = *c;
    let part = c.eat(|c| c == ':').and_then(|_| c.number(2)).map(|(minutes, _)| minutes);
    if part.is_none() {
        *c = colon;
    }
    let seconds = hours * 3600 + part.unwrap_or(0) * 60;
    match sign {
        _ if seconds == 0 => plain,
        Some('+') => Zone::Offset(seconds, None),
        _ => Zone::Offset(-seconds, None),
    }
}

/// `+02:00`, `-0530`, `+02`; only directly behind the time or after one blank.
fn offset(c: &mut Cursor) -> Option<Zone> {
    let start = *c;
    let sign = c.eat(|c| matches!(c, '+' | '-'))?;
    let read = |c: &mut Cursor| -> Option<i32> {
        let digits = c.run(4, |c| c.is_ascii_digit());
        let value: i32 = digits.parse().ok()?;
        let (hours, minutes) = match digits.len() {
            4 => (value / 100, value % 100),
            2 => (value, c.eat(|c| c == ':').and_then(|_| c.number(2)).filter(|(_, len)| *len == 2)?.0),
            _ => return None,
        };
        (hours <= 14 && minutes < 60 && c.at_edge() && !colon_and_digit(c))
            .then_some(hours * 3600 + minutes * 60)
    };
    let Some(seconds) = read(c) else {
        *c = start;
        return None;
    };
    Some(match (sign, seconds) {
        (_, 0) => Zone::UTC,
        ('-', _) => Zone::Offset(-seconds, None),
        _ => Zone::Offset(seconds, None),
    })
}

fn colon_and_digit(c: &Cursor) -> bool {
    c.rest().strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// What a text says of the zone of the times after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::parse) enum Declared {
    /// Nothing, or names of zones that do not belong together.
    #[default]
    Nothing,
    /// One zone, perhaps told twice: `CEST (UTC+2)`.
    Zone(Zone),
    /// One zone told twice, and the two are not the same: `PST (UTC-7)`.
    Contradiction(Zone, Zone),
}

/// The zone a text declares for the times after it: `All times in UTC.`, `Timeline (times in CEST)`, `Time (UTC)`,
/// `(all times US/Pacific, 24-hour clock)`. The first zone name in `text` counts, unless two different ones stand there.
pub(in crate::parse) fn declared(text: &str) -> Option<Zone> {
    match declaration(text) {
        Declared::Zone(zone) => Some(zone),
        Declared::Nothing | Declared::Contradiction(..) => None,
    }
}

/// The same, with what is wrong where the text explains a name by another zone.
pub(in crate::parse) fn declaration(text: &str) -> Declared {
    let mut found: Option<Zone> = None;
    let mut edge = true;
    let mut end = 0;
    for (at, letter) in text.char_indices().take(2000) {
        if edge && at >= end && letter.is_ascii_alphabetic() {
            let mut c = Cursor { text, at };
            if let Some(zone) = bare(&mut c, true).filter(|zone| *zone != Zone::Unknown) {
                let between = text.get(end..at).unwrap_or_default().trim();
                end = c.at;
                match found.take() {
                    None => found = Some(zone),
                    Some(first) if agree(&first, &zone) => found = Some(first),
                    Some(first) if matches!(between, "(" | "[" | "=" | ", i.e.") => {
                        return Declared::Contradiction(first, zone);
                    }
                    Some(_) => return Declared::Nothing,
                }
            }
        }
        edge = !letter.is_alphanumeric() && !matches!(letter, '/' | '-' | '_');
    }
    found.map_or(Declared::Nothing, Declared::Zone)
}

/// Whether two names may mean one zone: the same distance from UTC, in winter or in summer.
fn agree(one: &Zone, other: &Zone) -> bool {
    one == other || offsets(one).iter().any(|seconds| offsets(other).contains(seconds))
}

/// The distances from UTC that a zone has in the course of a year.
fn offsets(zone: &Zone) -> Vec<i32> {
    let on = |month| Moment::new(date(2024, month, 1).at(12, 0, 0, 0), zone.clone()).offset_seconds();
    [1, 7].into_iter().filter_map(on).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_read_from_headings_headers_and_sentences() {
        for (text, name) in [
            ("All times in UTC.", Some("UTC")),
            ("Timeline (times in CEST)", Some("CEST")),
            ("Date and Time in CET", Some("CET")),
            ("(All times US/Pacific, 24-hour clock.)", Some("US/Pacific")),
            ("All times are UTC+2", Some("+02:00")),
            ("times in Pacific Time", Some("America/Los_Angeles")),
            ("All times are Denver time", Some("America/Denver")),
            ("times are those of Denver", None),
            ("Timeline", None),
            ("times in UTC or CET", None),
            ("it was the best time", None),
        ] {
            assert_eq!(declared(text).and_then(|zone| zone.name()).as_deref(), name, "{text}");
        }
    }
    #[test]
    fn a_zone_may_be_told_twice_and_must_then_be_the_same() {
        for (text, name) in [
            ("All times in CEST (UTC+2)", Some("CEST")),
            ("All times in US/Pacific (PDT)", Some("US/Pacific")),
            ("All times in UTC (GMT)", Some("UTC")),
            ("All times in PST (UTC-7)", None),
            ("Times in Europe/Oslo (UTC+5)", None),
        ] {
            assert_eq!(declared(text).and_then(|zone| zone.name()).as_deref(), name, "{text}");
            assert_eq!(matches!(declaration(text), Declared::Contradiction(..)), name.is_none(), "{text}");
        }
        assert_eq!(declaration("times in UTC or CET"), Declared::Nothing);
    }
}
