//! The day: `2021-06-30`, `30/06/2021`, `27.01.20`, `Jan 20`, `6th Nov 2023`, `Apr-22-2022`, `24. mai`.

use super::cursor::Cursor;
use super::{Order, Problem, names};
use jiff::civil::Date;

/// A day as written; the year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DatePart {
    /// The year, where written.
    pub(crate) year: Option<i16>,
    /// 1–12.
    pub(crate) month: i8,
    /// 1–31.
    pub(crate) day: i8,
}

impl DatePart {
    /// The date, if the year is known and the day exists.
    pub(crate) fn date(self) -> Option<Date> {
        self.in_year(self.year?)
    }

    /// The date in `year`, where this part names none.
    pub(crate) fn in_year(self, year: i16) -> Option<Date> {
        Date::new(self.year.unwrap_or(year), self.month, self.day).ok()
    }
}

pub(super) type Read = Result<DatePart, Problem>;

/// Reads a day here.
pub(super) fn read(c: &mut Cursor, order: Order) -> Option<Read> {
    let start = *c;
    for reader in [
        iso,
        |c: &mut Cursor, _| with_signs(c),
        named_month,
        miscounted_year,
        |c: &mut Cursor, _| day_month(c),
        |c: &mut Cursor, _| month_day(c),
        numeric,
        without_year,
    ] {
        if let Some(found) = reader(c, order) {
            return Some(found);
        }
        *c = start;
    }
    None
}

fn part(year: Option<i32>, month: i32, day: i32) -> Read {
    let year = year.map(|year| if year < 100 { year + 2000 } else { year });
    let small = |n: i32| i8::try_from(n).map_err(|_| Problem::Impossible);
    let part = DatePart {
        year: year.map(i16::try_from).transpose().map_err(|_| Problem::Impossible)?,
        month: small(month)?,
        day: small(day)?,
    };
    // A leap day without a year exists in some year.
    part.in_year(2000).map(|_| part).ok_or(Problem::Impossible)
}

/// `2021-06-30`, `2021/6/30`, `2021.06.30`, `2022-02-??`.
fn iso(c: &mut Cursor, _: Order) -> Option<Read> {
    let (year, 4) = c.number(4)? else { return None };
    let separator = c.eat(|c| matches!(c, '-' | '/' | '.' | '‑'))?;
    let (month, _) = c.number(2)?;
    c.eat(|c| c == separator)?;
    if ["??", "XX", "xx", "--"].contains(&c.run(2, |c| matches!(c, '?' | 'X' | 'x' | '-'))) {
        return Some(Err(Problem::HalfKnown));
    }
    let (day, _) = c.number(2)?;
    // `2025-07-30/31`: the last of several days says no more of the first.
    let several = *c;
    if c.eat(|c| c == '/').is_none() || c.number(2).is_none() || !c.at_edge() || c.peek() == Some('/') {
        *c = several;
    }
    let edge = c.at_edge() || matches!(c.peek(), Some('T' | 't'));
    (edge && year >= 1000).then(|| part(Some(year), month, day))
}

/// `2023年3月14日`.
fn with_signs(c: &mut Cursor) -> Option<Read> {
    let mut before = |sign: char, most: usize| {
        let (number, _) = c.number(most)?;
        c.eat(|c| c == sign).map(|_| number)
    };
    let (year, month, day) = (before('年', 4)?, before('月', 2)?, before('日', 2)?);
    Some(part(Some(year), month, day))
}

/// `2025-Feb-07`, `2025/Feb/7`.
fn named_month(c: &mut Cursor, _: Order) -> Option<Read> {
    let (year, 4) = c.number(4)? else { return None };
    let separator = c.eat(|c| matches!(c, '-' | '/'))?;
    let month = month(c)?;
    c.eat(|c| c == separator)?;
    let (day, _) = c.number(2)?;
    (c.at_edge() && c.peek() != Some(':') && (1970..=2199).contains(&year))
        .then(|| part(Some(year), month.into(), day))
}

/// `20202-01-16`, `202-01-16`: a digit too many or too few. Which one is wrong nobody can tell.
fn miscounted_year(c: &mut Cursor, _: Order) -> Option<Read> {
    let digits = c.run(6, |c| c.is_ascii_digit());
    if !matches!(digits.len(), 3 | 5) || !digits.starts_with(['1', '2']) {
        return None;
    }
    for _ in 0..2 {
        c.eat(|c| c == '-')?;
        c.number(2).filter(|(_, len)| *len == 2)?;
    }
    (c.at_edge() || matches!(c.peek(), Some('T' | 't'))).then_some(Err(Problem::FarYear))
}

/// `30/06/2021`, `10-20-2022`, `27.01.20`, `11/03/202` (a slip: no year has three digits).
fn numeric(c: &mut Cursor, order: Order) -> Option<Read> {
    let (a, _) = c.number(2)?;
    let separator = c.eat(|c| matches!(c, '/' | '-' | '.'))?;
    let (b, _) = c.number(2)?;
    c.eat(|c| c == separator)?;
    let (year, digits) = c.number(4)?;
    if !c.at_edge() || a > 31 || b > 31 || digits == 1 || (digits == 2 && separator == '-') {
        return None;
    }
    if c.peek() == Some('.')
        && separator == '.'
        && digits == 2
        && c.rest().get(1..).is_some_and(starts_with_digit)
    {
        return None;
    }
    if digits == 3 {
        return Some(Err(Problem::Impossible));
    }
    let day_first = match (a > 12, b > 12) {
        (true, _) => true,
        (_, true) => false,
        _ => separator == '.' || order == Order::DayFirst,
    };
    Some(if day_first { part(Some(year), b, a) } else { part(Some(year), a, b) })
}

/// `09-21 20:18`, `9/21 8:18 PM`, `21.09. 20:18`: two numbers are a day only where a time of day follows them.
fn without_year(c: &mut Cursor, order: Order) -> Option<Read> {
    let (a, digits) = c.number(2)?;
    let separator = c.eat(|c| matches!(c, '/' | '-' | '.'))?;
    let (b, others) = c.number(2)?;
    let dotted = separator != '.' || c.eat(|c| c == '.').is_some();
    let padded = separator != '-' || (digits, others) == (2, 2);
    let mut ahead = *c;
    ahead.eat(|c| c == ',');
    let apart = !ahead.run(3, |c| matches!(c, ' ' | '~' | '|')).is_empty();
    let timed = apart
        && ahead.number(2).is_some()
        && ahead.eat(|c| c == ':').is_some()
        && starts_with_digit(ahead.rest());
    if !(dotted && padded && timed) {
        return None;
    }
    // `09-21` is how ISO writes a day without its year.
    let day_first = match (a > 12, b > 12) {
        (true, _) => true,
        (_, true) => false,
        _ => separator == '.' || (separator == '/' && order == Order::DayFirst),
    };
    Some(if day_first { part(None, b, a) } else { part(None, a, b) })
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// `6th Nov 2023`, `24. mai`, `1st of March`, `22-Apr-2022`, `24 February January 2021` (a slip).
fn day_month(c: &mut Cursor) -> Option<Read> {
    let (day, _) = c.number(2)?;
    ordinal(c);
    c.eat(|c| c == '.');
    // `Day 1 - January 24`: a dash between blanks joins no day to its month.
    if matches!(c.peek(), Some('-' | '/')) {
        between(c);
    } else {
        c.blanks();
    }
    c.eat_word(&["of", "de"]);
    c.blanks();
    let month = month(c)?;
    let after = *c;
    between(c);
    if c.word().is_some_and(|word| names::month(&word).is_some()) {
        year(c);
        return Some(Err(Problem::Impossible));
    }
    *c = after;
    let year = year(c);
    Some(part(year, month.into(), day))
}

/// `Jan 20`, `March 18, 2022`, `Apr-22-2022`, `June 14th, 2022`, `Sept 3`.
fn month_day(c: &mut Cursor) -> Option<Read> {
    let month = month(c)?;
    between(c);
    let (day, _) = c.number(2)?;
    ordinal(c);
    // `May 10:40`, `Jan 20%`, `des 02.04.2022`: a number that goes on is no day.
    if !c.at_edge()
        || matches!(c.peek(), Some(':' | '%' | '.')) && starts_with_digit(c.rest().get(1..).unwrap_or(""))
    {
        return None;
    }
    let year = year(c).or_else(|| year_behind_last_day(c));
    Some(part(year, month.into(), day))
}

/// `August 18-19, 2025`, `July 30/31, 2025`: the year behind the last of several days. Nothing is read where the number
/// behind the dash is no day, or no year follows it.
fn year_behind_last_day(c: &mut Cursor) -> Option<i32> {
    let start = *c;
    c.blanks();
    let joined = c.eat(|c| matches!(c, '-' | '–' | '/' | '&')).is_some() || c.eat_word(&["and", "to"]);
    c.blanks();
    let last = c.number(2).filter(|(day, _)| joined && (1..=31).contains(day));
    ordinal(c);
    let found = last.and_then(|_| year(c));
    if found.is_none() {
        *c = start;
    }
    found
}

fn month(c: &mut Cursor) -> Option<i8> {
    let month = names::month(&c.word()?)?;
    c.eat(|c| c == '.');
    Some(month)
}

fn ordinal(c: &mut Cursor) {
    c.eat_word(&["st", "nd", "rd", "th", "er", "e"]);
}

/// Blanks, or the one mark that may stand between the parts of a date.
fn between(c: &mut Cursor) {
    c.blanks();
    c.eat(|c| matches!(c, '-' | '/'));
    c.blanks();
}

/// A year of four digits behind a date, with what stands between; nothing is read where there is none:
/// `3 March, 2023`, `3 de marzo de 2023`, `the 3rd of March of 2023`.
fn year(c: &mut Cursor) -> Option<i32> {
    let start = *c;
    c.eat(|c| c == ',');
    between(c);
    c.eat_word(&["of", "de", "del"]);
    c.blanks();
    let found = c.number(4).filter(|(year, len)| *len == 4 && (1970..=2199).contains(year));
    if found.is_none()
        || !c.at_edge()
        || (c.peek() == Some(':') && starts_with_digit(c.rest().get(1..).unwrap_or("")))
    {
        *c = start;
        return None;
    }
    found.map(|(year, _)| year)
}
