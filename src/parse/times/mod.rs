//! Reads the times that people write at the start of a timeline line.
//!
//! [`read`] takes a line and gives a [`Stamp`]: the parts that were written, how many bytes they took, and what is
//! wrong with them. It never guesses: a date that is not there is carried down by `timeline`, a zone likewise.
//! Every reader looks at a bounded number of characters, so a text is read in linear time.

mod clock;
mod cursor;
mod date;
mod find;
mod names;
mod order;
mod shift;
#[cfg(test)]
mod tests;
mod zone;

pub(in crate::parse) use clock::TimePart;
pub(in crate::parse) use date::DatePart;
pub(in crate::parse) use find::{all, find, has_digits};
pub(in crate::parse) use order::Order;
pub(in crate::parse) use zone::{Declared, declaration, declared as declared_zone};

use crate::model::Zone;
use cursor::Cursor;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

/// What is wrong with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// `23:00 AM`, `31.06.2019`: there is no such time. Of `17:14pm` the 24-hour reading is kept beside it.
    Impossible,
    /// `22:XX`, `2022-02-??`: the author did not know it all.
    HalfKnown,
    /// `2202-05-20`: a year no postmortem is written in.
    FarYear,
}

/// A time as written, in parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Stamp {
    /// The day.
    pub(crate) date: Option<DatePart>,
    /// The time of day.
    pub(crate) time: Option<TimePart>,
    /// The zone beside the time; `Unknown` is a name that several countries use.
    pub(crate) zone: Option<Zone>,
    /// The weekday, if one is named.
    pub(crate) weekday: Option<Weekday>,
    /// The end of a range.
    pub(crate) end: Option<(Option<DatePart>, Option<TimePart>)>,
    /// Days from the day of the incident, where words tell them: `the night before, 22:00`.
    pub(crate) shift: Option<i8>,
    /// Minutes since the start of the incident: `T+5m`.
    pub(crate) relative: Option<i32>,
    /// Marked as approximate.
    pub(crate) approximate: bool,
    /// A day was written, but it is no day or half of one: none may be carried down in its place.
    pub(crate) lost_day: bool,
    /// What is wrong.
    pub(crate) problem: Option<Problem>,
    /// Where the time itself begins and ends in the line.
    pub(crate) written: Range<usize>,
    /// Bytes of the line up to what is told: the time and the marks behind it (`: - – — |`).
    pub(crate) len: usize,
}

impl Stamp {
    /// Whether it says a time of day, known or not.
    pub(crate) fn has_time(&self) -> bool {
        self.time.is_some() || self.relative.is_some() || (self.problem.is_some() && self.date.is_none())
    }

    /// Whether it is a day and nothing else.
    pub(crate) fn is_day(&self) -> bool {
        self.date.is_some() && !self.has_time()
    }
}

/// Years that incidents and promises lie in.
pub(crate) const NEAR: Range<i16> = 1970..2100;

/// Words before a time that say it is not exact.
const ROUGH: [&str; 22] = [
    "c",
    "environ",
    "vers",
    "cerca",
    "aproximadamente",
    "ungefähr",
    "gegen",
    "rond",
    "around",
    "about",
    "approximately",
    "approx",
    "ca",
    "circa",
    "roughly",
    "before",
    "after",
    "sometime",
    "some",
    "rundt",
    "etwa",
    "omkring",
];
/// Words before or between the parts of a time that say nothing more.
const PLAIN: [&str; 22] = [
    "kl", "klokken", "at", "on", "from", "since", "between", "um", "the", "à", "time", "by", "update",
    "updated", "von", "ab", "seit", "las", "desde", "das", "le", "dès",
];

/// `between the hours of 1900 and 2100 UTC`.
const HOURS: [&str; 2] = ["hours", "of"];

/// Reads the time at the start of `line`, or `None` where it starts with something else.
pub(crate) fn read(line: &str, order: Order) -> Option<Stamp> {
    let mut c = Cursor::new(line);
    let mut stamp = Stamp::default();
    let bracket = open(&mut c, &mut stamp);
    let start = c.at;
    if !relative(&mut c, &mut stamp) {
        parts(&mut c, &mut stamp, order);
    }
    if stamp.date.is_none() && stamp.time.is_none() && stamp.problem.is_none() && stamp.relative.is_none() {
        return None;
    }
    rough_end(&mut c, &mut stamp);
    range(&mut c, &mut stamp, order);
    zone(&mut c, &mut stamp);
    rough_end(&mut c, &mut stamp);
    stamp.written = start..c.at;
    if let Some(close) = bracket {
        c.blanks();
        if c.eat(|c| c == close).is_none() && close != '>' {
            return None;
        }
        zone(&mut c, &mut stamp);
    }
    if aside(&mut c, &mut stamp, order) {
        stamp.written.end = c.at;
    }
    if let Some(shift) = shift::behind(&mut c) {
        stamp.shift = Some(shift);
    }
    if !c.at_edge() {
        return None;
    }
    check(&mut stamp);
    trail(&mut c);
    stamp.len = c.at;
    Some(stamp)
}

/// Brackets, quotes and words before the time; gives the bracket that must close behind it.
fn open(c: &mut Cursor, stamp: &mut Stamp) -> Option<char> {
    let mut close = None;
    for _ in 0..6 {
        c.blanks();
        if c.eat(|c| matches!(c, '~' | '≈')).is_some() || c.eat_word(&ROUGH) {
            stamp.approximate = true;
            c.eat(|c| c == '.');
        } else if c.eat(is_picture).is_some() {
            c.run(4, is_picture);
        } else if c.eat_word(&PLAIN) {
            c.eat(|c| matches!(c, '.' | ':'));
            c.blanks();
            c.eat(|c| matches!(c, '-' | '–'));
        } else if let Some(shift) = shift::before(c) {
            stamp.shift = Some(shift);
        } else if close.is_none() && c.eat(|c| c == '[').is_some() {
            close = Some(']');
        } else if close.is_none() && c.eat(|c| c == '(').is_some() {
            close = Some(')');
        } else {
            break;
        }
    }
    close
}

/// A sign that only decorates: `🔴 14:02`, `⚠️ 14:02`.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{200d}')
}

/// `T+5m`, `T-1h30m`, `T+00:05`, `+12 min`.
fn relative(c: &mut Cursor, stamp: &mut Stamp) -> bool {
    let start = *c;
    let read = |c: &mut Cursor| {
        let anchored = c.eat(|c| matches!(c, 'T' | 't')).is_some();
        c.blanks();
        let sign = c.eat(|c| matches!(c, '+' | '-' | '−'))?;
        c.blanks();
        let minutes = amount(c, anchored)?;
        (anchored || sign == '+').then_some(if sign == '+' { minutes } else { -minutes })
    };
    stamp.relative = read(c).filter(|_| c.at_edge());
    if stamp.relative.is_none() {
        *c = start;
    }
    stamp.relative.is_some()
}

fn amount(c: &mut Cursor, anchored: bool) -> Option<i32> {
    let (mut value, _) = c.number(4)?;
    if anchored && c.eat(|c| c == ':').is_some() {
        return c.number(2).map(|(minutes, _)| value * 60 + minutes);
    }
    let mut minutes = 0;
    let mut units = 0;
    loop {
        c.blanks();
        let Some(factor) = unit(c) else {
            return (units > 0 || (anchored && value == 0)).then_some(minutes);
        };
        minutes += value * factor / 60;
        units += 1;
        let here = *c;
        c.blanks();
        match c.number(4) {
            Some((next, _)) if units < 3 => value = next,
            _ => {
                *c = here;
                return Some(minutes);
            }
        }
    }
}

/// Seconds in the unit that stands here.
fn unit(c: &mut Cursor) -> Option<i32> {
    let start = *c;
    let factor = match c.word().as_deref() {
        Some("s" | "sec" | "secs" | "seconds") => 1,
        Some("m" | "min" | "mins" | "minute" | "minutes") => 60,
        Some("h" | "hr" | "hrs" | "hour" | "hours") => 3600,
        Some("d" | "day" | "days") => 86400,
        _ => {
            *c = start;
            return None;
        }
    };
    Some(factor)
}

/// Date, weekday, time and zone in whichever order they stand.
fn parts(c: &mut Cursor, stamp: &mut Stamp, order: Order) {
    for _ in 0..8 {
        let end = *c;
        if !joint(c, stamp) || !part(c, stamp, order) {
            *c = end;
            return;
        }
    }
}

/// What may stand between two parts; `false` where the next part would not belong to this time.
fn joint(c: &mut Cursor, stamp: &mut Stamp) -> bool {
    if stamp.date.is_none() && stamp.time.is_none() && stamp.weekday.is_none() && !stamp.lost_day {
        return true;
    }
    for _ in 0..4 {
        c.blanks();
        let mark = c.eat(|c| matches!(c, ',' | '@' | '|' | '·' | '/')).is_some();
        let dash = c.peek().is_some_and(|c| matches!(c, '-' | '–' | '—'))
            && c.before() == Some(' ')
            && !c.rest().starts_with("--");
        if dash && !spaced_dash(c, stamp) {
            return false;
        }
        if c.eat(|c| c == ':').is_some() && stamp.time.is_some() {
            return false;
        }
        if c.eat(|c| c == '~').is_some() || c.eat_word(&ROUGH) {
            stamp.approximate = true;
            c.eat(|c| c == '.');
        } else if c.eat_word(&PLAIN) || (stamp.time.is_none() && c.eat_word(&HOURS)) {
            c.eat(|c| c == '.');
        } else if !mark && !dash {
            break;
        }
    }
    if stamp.date.is_some() && stamp.time.is_none() && !c.before().is_some_and(char::is_whitespace) {
        c.eat(|c| matches!(c, 'T' | 't' | '_'));
    }
    c.blanks();
    true
}

/// `24-10-2024 - 08:15`: a dash with blanks joins a date and a time; between others it begins a range or the text.
fn spaced_dash(c: &mut Cursor, stamp: &Stamp) -> bool {
    if stamp.time.is_some() == stamp.date.is_some() && stamp.weekday.is_none() {
        return false;
    }
    c.eat(|_| true);
    true
}

fn part(c: &mut Cursor, stamp: &mut Stamp, order: Order) -> bool {
    let nothing_known = stamp.date.is_none() && stamp.problem.is_none();
    if nothing_known && let Some(found) = date::read(c, order) {
        match found {
            Ok(date) => stamp.date = Some(date),
            Err(problem) => (stamp.problem, stamp.lost_day) = (Some(problem), true),
        }
        return true;
    }
    if stamp.time.is_none()
        && let Some(found) = clock::read(c, stamp.date.is_some())
    {
        match found {
            Ok(time) => stamp.time = Some(time),
            Err(problem) => stamp.problem = Some(problem),
        }
        return true;
    }
    if stamp.zone.is_none()
        && timed(stamp)
        && let Some(zone) = zone::read(c, exact(stamp))
    {
        stamp.zone = Some(zone);
        return true;
    }
    weekday(c, stamp)
}

fn timed(stamp: &Stamp) -> bool {
    stamp.time.is_some() || stamp.problem.is_some()
}

/// Whether seconds were written: only then is `-08:00` behind a time an offset and not the end of a range.
fn exact(stamp: &Stamp) -> bool {
    stamp.time.is_some_and(|time| time.second.is_some())
}

/// `Thursday`, `Thur`, `(Tuesday)`.
fn weekday(c: &mut Cursor, stamp: &mut Stamp) -> bool {
    let start = *c;
    if stamp.weekday.is_none() {
        let bracket = c.eat(|c| c == '(').is_some();
        let day = c.word().and_then(|word| names::weekday(&word));
        c.eat(|c| c == '.');
        if day.is_some() && (!bracket || c.eat(|c| c == ')').is_some()) {
            stamp.weekday = day;
            return true;
        }
    }
    *c = start;
    false
}

/// A zone behind the time, bare or in brackets.
fn zone(c: &mut Cursor, stamp: &mut Stamp) {
    if stamp.zone.is_some() || !timed(stamp) {
        return;
    }
    let start = *c;
    c.blanks();
    stamp.zone = zone::read(c, exact(stamp));
    if stamp.zone.is_none() {
        *c = start;
    }
}

/// `14:20?`, `22:25 onwards`, `10:00 (approx)`, `10:30ish`.
fn rough_end(c: &mut Cursor, stamp: &mut Stamp) {
    let start = *c;
    if c.eat(|c| c == '?').is_some() {
        stamp.approximate = true;
        return;
    }
    if c.before() == Some('h') {
        stamp.approximate |= c.eat_word(&["ish"]);
    }
    c.blanks();
    if c.eat(|c| c == '頃').is_some() {
        stamp.approximate = true;
        return;
    }
    // `14:02 Uhr`, `14:02 hrs`
    if timed(stamp) && c.eat_word(&["uhr", "hrs", "hours", "horas"]) {
        return;
    }
    if c.eat_word(&["onwards", "onward", "og"]) {
        let end = *c;
        c.blanks();
        if !c.eat_word(&["utover"]) {
            *c = end;
        }
        return;
    }
    if c.eat(|c| c == '(').is_some()
        && (c.eat(|c| c == '~').is_some() || c.eat_word(&ROUGH) || c.eat_word(&["maybe"]))
    {
        c.run(40, |c| c != ')');
        if c.eat(|c| c == ')').is_some() {
            stamp.approximate = true;
            return;
        }
    }
    *c = start;
}

/// Words between the ends of a range, beside `and`, behind which another time may begin: `at 10:40 and by 11:00`.
const UNTIL: [&str; 10] = ["to", "til", "till", "until", "bis", "through", "hasta", "a", "à", "às"];

/// The same behind a comma, where `and` would begin another time: `14:02 UTC, until 15:40 UTC`.
const COMMA_UNTIL: [&str; 4] = ["to", "till", "until", "through"];

/// `09:00 - 11:00`, `4:46pm - 9:32pm`, `14:01 → 18:05`, `from 14:18 to around 18:39`, `2023-07-10 to 2023-07-16`,
/// `2023-07-10T14:02Z/2023-07-10T15:40Z`.
fn range(c: &mut Cursor, stamp: &mut Stamp, order: Order) {
    let start = *c;
    let interval = timed(stamp) && stamp.date.is_some() && c.eat(|c| c == '/').is_some();
    c.blanks();
    let mut both = false;
    let dash = interval || c.eat(|c| matches!(c, '-' | '–' | '—' | '→' | '~' | '〜' | '～')).is_some();
    if dash {
        c.eat(|c| c == '>');
    } else {
        let comma = c.eat(|c| c == ',').is_some();
        c.blanks();
        both = !comma && c.eat_word(&["and"]);
        if !both && !c.eat_word(if comma { &COMMA_UNTIL } else { &UNTIL }) {
            *c = start;
            return;
        }
    }
    c.blanks();
    if c.eat(|c| c == '~').is_some() || c.eat_word(&ROUGH) || (!both && c.eat_word(&PLAIN)) {
        c.blanks();
    }
    let mut end = Stamp::default();
    let hours_first = clock::read(&mut { *c }, false).is_some();
    parts(c, &mut end, order);
    let same_kind = if stamp.time.is_some() { end.time.is_some() } else { end.date.is_some() };
    if !same_kind || end.problem.is_some() || !c.at_edge() || (interval && end.date.is_none()) {
        *c = start;
        return;
    }
    // `between 4:00 and 4:55 on January 19, 2023`: the day behind both is that of both.
    if let (None, Some(day), Some(first), Some(last)) = (stamp.date, end.date, stamp.time, end.time)
        && hours_first
        && first.minutes() <= last.minutes()
    {
        (stamp.date, end.date) = (Some(day), None);
    }
    // `3 March – 5 March 2023`: the year at the end counts for both.
    if let (Some(first), Some(last)) = (&mut stamp.date, end.date)
        && first.year.is_none()
    {
        first.year = last.year.filter(|_| (first.month, first.day) <= (last.month, last.day));
    }
    if end.zone.is_some() {
        stamp.zone = stamp.zone.take().or(end.zone);
    }
    share_half(stamp, end.time);
    stamp.end = Some((end.date, end.time));
}

/// `00:25 - 00:29 AM`, `2:10 - 2:40 pm`: the half at the end counts for both, where that keeps them in order.
fn share_half(stamp: &mut Stamp, end: Option<TimePart>) {
    if let (Some(first), Some(last)) = (&mut stamp.time, end)
        && last.half
        && !first.half
        && first.hour < 12
        && last.hour >= 12
        && first.minutes() + 720 <= last.minutes()
    {
        first.hour += 12;
    }
}

/// The same time told once more in another zone: `13:14 EDT (17:14 UTC)`, `12:48 (6:48 PDT)`; or the time of the day
/// before it, `June 28, 2023 (11:25 AM)`, which is then taken.
fn aside(c: &mut Cursor, stamp: &mut Stamp, order: Order) -> bool {
    let start = *c;
    c.blanks();
    if c.eat(|c| matches!(c, '(' | '/')).is_some() {
        let bracket = c.before() == Some('(');
        c.blanks();
        let mut other = Stamp::default();
        parts(c, &mut other, order);
        c.blanks();
        if other.time.is_some() && (!bracket || c.eat(|c| c == ')').is_some()) {
            let told = bracket && stamp.is_day() && stamp.end.is_none() && other.date.is_none();
            if told {
                (stamp.time, stamp.zone) = (other.time, other.zone);
            }
            return told;
        }
    }
    *c = start;
    false
}

/// What is wrong with the parts taken together. A day that cannot be is lost, whatever is wrong with the time behind it.
fn check(stamp: &mut Stamp) {
    if stamp.date.is_some_and(is_far) {
        stamp.problem.get_or_insert(Problem::FarYear);
        stamp.lost_day = true;
    } else if stamp.date.is_some_and(|date| date.year.is_some() && date.date().is_none()) {
        stamp.problem.get_or_insert(Problem::Impossible);
        stamp.lost_day = true;
        stamp.date = None;
    }
    if stamp.end.is_some_and(|(date, _)| date.is_some_and(is_far)) {
        stamp.problem.get_or_insert(Problem::FarYear);
        stamp.end = None;
    }
    let end = stamp.end.and_then(|(_, time)| time);
    if stamp.problem.is_none() && [stamp.time, end].into_iter().flatten().any(|time| time.twice) {
        stamp.problem = Some(Problem::Impossible);
    }
}

/// Whether a year is written in which nobody had a website, or nobody has one yet.
fn is_far(date: DatePart) -> bool {
    date.year.is_some_and(|year| !NEAR.contains(&year))
}

/// Whether something that an incident tells of may have been, or may be due, on `day`.
pub(crate) fn is_near(day: Date) -> bool {
    NEAR.contains(&day.year())
}

/// The marks between a time and what it tells.
fn trail(c: &mut Cursor) {
    c.run(12, |c| {
        c.is_whitespace()
            || matches!(c, ':' | '-' | '–' | '—' | '|' | '*' | '`' | '_' | ',' | ';' | '→' | '>')
    });
}
