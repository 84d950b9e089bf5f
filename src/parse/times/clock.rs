//! The time of day: `14:23`, `14.23`, `8:52 PM`, `8pm`, `14h23`, `20:06:19`, `1915`, `22:XX`, `--:--`.

use super::Problem;
use super::cursor::Cursor;

/// A time of day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TimePart {
    /// 0–23.
    pub(crate) hour: i8,
    /// 0–59.
    pub(crate) minute: i8,
    /// 0–59, where written.
    pub(crate) second: Option<i8>,
    /// Whether the author wrote am or pm.
    pub(crate) half: bool,
    /// Whether that half is one too many: `17:14pm`.
    pub(crate) twice: bool,
}

impl TimePart {
    /// Minutes since midnight.
    pub(crate) fn minutes(self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }
}

/// What was read: a time, or one that is no time and why.
pub(super) type Read = Result<TimePart, Problem>;

/// Half of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// Reads a time of day. `dated` says that a date stands before it: then four digits (`2300`) are a time too.
pub(super) fn read(c: &mut Cursor, dated: bool) -> Option<Read> {
    let start = *c;
    let found = with_separator(c).or_else(|| bare_hour(c)).or_else(|| four_digits(c, dated));
    if found.is_none() {
        *c = start;
    }
    found
}

/// A pair of digits, or what stands for one that nobody knew.
enum Pair {
    Known(i32, usize),
    Unknown,
}

fn pair(c: &mut Cursor) -> Option<Pair> {
    let start = *c;
    if let Some((value, len)) = c.number(3) {
        if c.peek().is_some_and(|c| matches!(c, 'X' | '?')) && len == 1 {
            c.eat(|_| true);
            return Some(Pair::Unknown);
        }
        return Some(Pair::Known(value, len));
    }
    for mark in ['?', '-', 'X', 'x', '_'] {
        if c.run(2, |found| found == mark).len() == 2 {
            return Some(Pair::Unknown);
        }
        *c = start;
    }
    None
}

/// `14:23`, `14.23`, `14h23`, each with seconds, halves and unknown digits.
fn with_separator(c: &mut Cursor) -> Option<Read> {
    let start = *c;
    let read = |c: &mut Cursor| {
        let hour = pair(c)?;
        let separator = c.eat(|c| matches!(c, ':' | '.' | 'h' | '：' | '時' | '时' | '点'))?;
        let minute = pair(c)?;
        // `4時58分`
        if matches!(separator, '時' | '时' | '点') {
            return c.eat(|c| c == '分').map(|_| judge(&hour, &minute, None, None));
        }
        if matches!(minute, Pair::Known(_, len) if len != 2) || (separator != ':' && is_unknown(&hour)) {
            return None;
        }
        let second = seconds(c, separator).ok()?;
        let half = half(c);
        if !c.at_edge() && !matches!(c.peek(), Some('Z' | 'T')) {
            return ish(c).then(|| judge(&hour, &minute, second, half));
        }
        Some(judge(&hour, &minute, second, half))
    };
    let found = read(c);
    if found.is_none() {
        *c = start;
    }
    found
}

fn is_unknown(pair: &Pair) -> bool {
    matches!(pair, Pair::Unknown)
}

/// `10:30ish`.
fn ish(c: &mut Cursor) -> bool {
    c.eat_word(&["ish", "hrs", "h", "uhr", "kst"])
}

/// What follows shows that this was no time: `1.2.3.4`, `aa:bb:cc:dd`.
struct NoTime;

/// The seconds, if any.
fn seconds(c: &mut Cursor, separator: char) -> Result<Option<i8>, NoTime> {
    let start = *c;
    if c.eat(|found| found == separator && separator != 'h').is_none() {
        return Ok(None);
    }
    let Some((value, 2)) = c.number(2) else {
        *c = start;
        let version = separator == '.' && digit_follows(start);
        return if version { Err(NoTime) } else { Ok(None) };
    };
    if c.peek() == Some(separator) && digit_follows(*c) && separator == ':' || separator == '.' {
        return Err(NoTime);
    }
    let fraction = *c;
    if c.eat(|c| matches!(c, '.' | ',')).is_none() || c.run(9, |c| c.is_ascii_digit()).is_empty() {
        *c = fraction;
    }
    i8::try_from(value).ok().filter(|value| *value < 61).map(Some).ok_or(NoTime)
}

fn digit_follows(mut c: Cursor) -> bool {
    c.eat(|_| true);
    c.peek().is_some_and(|c| c.is_ascii_digit())
}

/// `pm`, ` PM`, ` p.m.`
fn half(c: &mut Cursor) -> Option<Half> {
    let start = *c;
    c.run(2, |c| c == ' ' || c == '\u{a0}' || c == '\u{202f}');
    let found = match c.eat(char::is_alphabetic).map(|c| c.to_ascii_lowercase()) {
        Some('a') => Half::Am,
        Some('p') => Half::Pm,
        _ => {
            *c = start;
            return None;
        }
    };
    let dotted = c.eat(|c| c == '.').is_some();
    let complete = c.eat(|c| matches!(c, 'm' | 'M')).is_some();
    if dotted && complete {
        c.eat(|c| c == '.');
    }
    if !complete || !c.at_edge() {
        *c = start;
        return None;
    }
    Some(found)
}

/// Turns what was written into a time, or says why it is none. A half that agrees with a 24-hour clock (`17:14pm`)
/// gives the time all the same, and says so.
fn judge(hour: &Pair, minute: &Pair, second: Option<i8>, half: Option<Half>) -> Read {
    let (&Pair::Known(hour, digits), &Pair::Known(minute, _)) = (hour, minute) else {
        return Err(Problem::HalfKnown);
    };
    let twice = half == Some(Half::Pm) && hour > 12;
    let hour = match half {
        _ if digits > 2 || hour > 24 || minute > 59 => return Err(Problem::Impossible),
        Some(Half::Am) if hour > 12 => return Err(Problem::Impossible),
        Some(Half::Am) if hour == 12 => 0,
        Some(Half::Pm) if hour < 12 && hour > 0 => hour + 12,
        _ if hour == 24 && minute > 0 => return Err(Problem::Impossible),
        _ => hour % 24,
    };
    let small = |n: i32| i8::try_from(n).unwrap_or(0);
    Ok(TimePart { hour: small(hour), minute: small(minute), second, half: half.is_some(), twice })
}

/// `8pm`, `8 pm`.
fn bare_hour(c: &mut Cursor) -> Option<Read> {
    let start = *c;
    let read = |c: &mut Cursor| {
        let (hour, digits) = c.number(2)?;
        let half = half(c)?;
        Some(judge(&Pair::Known(hour, digits), &Pair::Known(0, 2), None, Some(half)))
    };
    let found = read(c);
    if found.is_none() {
        *c = start;
    }
    found
}

/// Whether the end of a range stands here, with its zone: `1900` in `1900 and 2100 UTC`.
fn zoned_range(mut c: Cursor) -> bool {
    c.blanks();
    let joined = c.eat(|c| matches!(c, '-' | '–')).is_some() || c.eat_word(&["to", "and", "until"]);
    c.blanks();
    let end = joined && matches!(c.number(4), Some((_, 4)));
    c.blanks();
    end && zone_word(&mut c)
}

/// `2300` behind a date, `1915 UTC`, `0830 hrs`, `1900 and 2100 UTC`.
fn four_digits(c: &mut Cursor, dated: bool) -> Option<Read> {
    let start = *c;
    let (value, 4) = c.number(4)? else {
        *c = start;
        return None;
    };
    let (hour, minute) = (value / 100, value % 100);
    let mut ahead = *c;
    ahead.blanks();
    let marked = dated || ahead.eat_word(&["hrs", "hours", "h"]) || zone_word(&mut ahead) || zoned_range(*c);
    if !marked || hour > 23 || minute > 59 || !c.at_edge() {
        *c = start;
        return None;
    }
    c.eat_word(&["h", "hrs"]);
    Some(judge(&Pair::Known(hour, 2), &Pair::Known(minute, 2), None, None))
}

fn zone_word(c: &mut Cursor) -> bool {
    c.peek().is_some_and(char::is_alphabetic) && super::zone::read(c, false).is_some()
}
