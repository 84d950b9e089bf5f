//! Pasted lines that begin with a time: what people keep in a document, a ticket or a page without an interface.
//!
//! # Walk through
//!
//! ```sh
//! kb import timeline notes.txt --title "API outage" --date 2026-03-14 --zone Europe/Copenhagen
//! pbpaste | kb import timeline - --title "API outage" --date 2026-03-14
//! ```
//!
//! Lines such as `14:23 UTC - errors rise`, `- 14:23: …`, `[14:23] …` and `2026-03-14 14:23 CET …` are entries; a line without a time
//! goes on with the one before. A time that goes back by more than half a day begins the next day.

use super::{Around, Entry, Origin, Story, markup, text};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

/// Abbreviations that mean one thing only, in minutes from UTC.
const ZONES: [(&str, i32); 12] = [
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("CET", 60),
    ("CEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("EST", -300),
    ("EDT", -240),
    ("PST", -480),
    ("PDT", -420),
    ("WEST", 60),
];

/// Reads lines; those before the first time are left out. Without a date anywhere there is nothing to tell.
pub fn read(bytes: &[u8], around: &Around) -> Vec<Story> {
    let words = text::clean(&String::from_utf8_lossy(bytes));
    let mut entries: Vec<Entry> = Vec::new();
    let mut date = around.date;
    let mut last: Option<Timestamp> = None;
    for line in words.lines() {
        let line = line.trim().trim_start_matches(['-', '*', '•', '|']).trim();
        if let Some((stamp, rest)) = Stamp::read(line) {
            let Some(mut at) = stamp.at(date, around.zone.as_deref()) else { continue };
            if let (None, Some(before), Some(day)) = (stamp.date, last, date)
                && before.duration_since(at).as_hours() >= 12
                && let Ok(next) = day.tomorrow()
            {
                date = Some(next);
                at = stamp.at(date, around.zone.as_deref()).unwrap_or(at);
            }
            date = stamp.date.or(date);
            last = Some(at);
            let words = text::line(&markup::plain(rest), super::LONGEST);
            let hash = blake3::hash(words.as_bytes()).to_hex();
            let id = format!("{}.{}", at.as_second(), hash.get(..8).unwrap_or_default());
            entries.push(Entry::new(id, at, &words));
        } else if let Some(entry) = entries.last_mut().filter(|_| !line.is_empty()) {
            entry.text = text::line(&format!("{} {}", entry.text, markup::plain(line)), super::LONGEST);
        }
    }
    let Some(first) = entries.first() else { return Vec::new() };
    let title = around.title.clone().unwrap_or_else(|| "Imported timeline".into());
    let id = format!("{}.{}", first.at.strftime("%Y-%m-%d"), title.to_lowercase().replace(' ', "-"));
    let mut story = Story::new(Origin::Timeline, id, title);
    story.url.clone_from(&around.url);
    story.entries = entries;
    vec![story]
}

struct Stamp {
    date: Option<Date>,
    time: Time,
    offset: Option<i32>,
}

impl Stamp {
    /// The time at the start of `line`, and what follows it.
    fn read(line: &str) -> Option<(Self, &str)> {
        let line = line.strip_prefix(['[', '(']).unwrap_or(line);
        let (date, rest) = match line.get(..10).and_then(|day| day.parse::<Date>().ok()) {
            Some(date) => (Some(date), line.get(10..)?.trim_start_matches(['T', ' '])),
            None => (None, line),
        };
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(rest.len());
        let (clock, rest) = rest.split_at(end);
        let mut parts = clock.split(':');
        let mut number = || parts.next().map(|part| part.parse::<i8>().ok().filter(|_| part.len() <= 2));
        let (hour, minute, second) = (number()??, number()??, number().unwrap_or(Some(0))?);
        let time = Time::new(hour, minute, second, 0).ok()?;
        let (offset, rest) = offset(rest.trim_start());
        Some((Self { date, time, offset }, rest.trim_start_matches([' ', '-', '–', '—', ':', '|', ')', ']'])))
    }

    fn at(&self, date: Option<Date>, zone: Option<&str>) -> Option<Timestamp> {
        let local = self.date.or(date)?.to_datetime(self.time);
        let zone = match (self.offset, zone) {
            (Some(minutes), _) => TimeZone::fixed(Offset::from_seconds(minutes.checked_mul(60)?).ok()?),
            (None, Some(name)) => TimeZone::get(name).ok()?,
            (None, None) => return None,
        };
        zone.to_ambiguous_zoned_datetime(local).compatible().ok().map(|zoned| zoned.timestamp())
    }
}

/// A zone at the start of `rest`, in minutes from UTC, and what follows it.
fn offset(rest: &str) -> (Option<i32>, &str) {
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == word) {
        return (Some(*minutes), after);
    }
    let signed = || {
        let sign = if rest.starts_with('-') { -1 } else { 1 };
        let digits = rest.strip_prefix(['+', '-'])?;
        let (hours, minutes) =
            (digits.get(..2)?.parse::<i32>().ok()?, digits.get(2..)?.trim_start_matches(':').get(..2)?);
        let length = if digits.get(2..)?.starts_with(':') { 6 } else { 5 };
        Some((Some(sign * (hours * 60 + minutes.parse::<i32>().ok()?)), rest.get(length..)?))
    };
    signed()
        .filter(|(minutes, _)| minutes.is_some_and(|minutes| minutes.abs() <= 14 * 60))
        .unwrap_or((None, rest))
}
