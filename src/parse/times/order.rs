//! Which number of `03/04/2023` is the day: decided by evidence in the whole text, never per line.

use super::cursor::Cursor;
use jiff::civil::Date;

/// How the numbers of a date stand when the year comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// `31/12/2023`.
    #[default]
    DayFirst,
    /// `12/31/2023`.
    MonthFirst,
}

impl Order {
    /// Looks at every `a/b/year` and `a-b-year` in `text`: a number above 12 can only be a day. Without such a number
    /// the reading that lies nearest to `near` (the incident's day from title or file name) wins, then a clock with
    /// am and pm speaks for the month first.
    pub(crate) fn of(text: &str, near: Option<Date>) -> Self {
        let mut day_first = 0_usize;
        let mut month_first = 0_usize;
        for (a, b, year) in triples(text) {
            match (a > 12, b > 12) {
                (true, false) => day_first += 2,
                (false, true) => month_first += 2,
                _ => {
                    if let Some(near) = near {
                        let gap = |month: i32, day: i32| gap(near, year, month, day);
                        day_first += usize::from(gap(b, a) < gap(a, b));
                        month_first += usize::from(gap(a, b) < gap(b, a));
                    }
                }
            }
        }
        let halves = || text.contains(" AM") || text.contains(" PM") || text.contains(":00am");
        if month_first > day_first || (month_first == day_first && halves()) {
            Self::MonthFirst
        } else {
            Self::DayFirst
        }
    }
}

fn gap(near: Date, year: i32, month: i32, day: i32) -> i32 {
    let small = |n: i32| i8::try_from(n).unwrap_or(0);
    let year = if year < 100 { year + 2000 } else { year };
    let date = i16::try_from(year).ok().and_then(|year| Date::new(year, small(month), small(day)).ok());
    date.and_then(|date| near.until(date).ok()).map_or(i32::MAX, |span| span.get_days().abs())
}

/// The number triples of `text` that could be dates with the year last; `.` is left out: it always means day first.
fn triples(text: &str) -> impl Iterator<Item = (i32, i32, i32)> {
    let bytes = text.as_bytes();
    let parted = move |at: usize| matches!(bytes.get(at), Some(b'/' | b'-'));
    let digits = bytes.iter().enumerate().filter(|(_, byte)| byte.is_ascii_digit());
    digits.filter(move |(at, _)| parted(at + 1) || parted(at + 2)).filter_map(move |(at, _)| {
        let previous = text.get(..at).and_then(|before| before.chars().next_back()).unwrap_or(' ');
        if previous.is_alphanumeric() || matches!(previous, '/' | '-' | '.') {
            return None;
        }
        let mut c = Cursor { text, at };
        let (a, _) = c.number(2)?;
        let separator = c.eat(|c| matches!(c, '/' | '-'))?;
        let (b, _) = c.number(2)?;
        c.eat(|c| c == separator)?;
        let (year, len) = c.number(4)?;
        let plausible = (len == 4 && (1990..2100).contains(&year)) || (len == 2 && separator == '/');
        (plausible && a > 0 && b > 0 && a <= 31 && b <= 31).then_some((a, b, year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_number_above_twelve_decides_for_the_whole_text() {
        for (text, near, order) in [
            ("10/11/2022 then 10/20/2022", None, Order::MonthFirst),
            ("05/01/2022 then 24/01/2022", None, Order::DayFirst),
            ("12-07-2022", Some(date(2022, 12, 7)), Order::MonthFirst),
            ("12-07-2022", Some(date(2022, 7, 12)), Order::DayFirst),
            ("04/21/23, 8:00 PM", None, Order::MonthFirst),
            ("nothing here", None, Order::DayFirst),
        ] {
            assert_eq!(Order::of(text, near), order, "{text}");
        }
    }
}
