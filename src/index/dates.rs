//! Days and spans of days as readers write them in queries: `2025`, `2025-01`, `2024-03..2024-06`, `>=2025-01-31`.

use jiff::civil::{Date, date};

/// The first and the last day of a year, a month or a day.
pub(super) fn period(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.trim().split('-');
    let year: i16 = number(parts.next()?, 4)?;
    let Some(month) = parts.next() else {
        let first = Date::new(year, 1, 1).ok()?;
        return Some((first, date(year, 12, 31)));
    };
    let first = Date::new(year, number(month, 2)?, 1).ok()?;
    let Some(day) = parts.next() else {
        return Some((first, first.last_of_month()));
    };
    let day = Date::new(year, first.month(), number(day, 2)?).ok()?;
    parts.next().is_none().then_some((day, day))
}

/// The first and last day meant by a period, a range of periods, or a comparison; open ends are `None`.
pub(super) fn range(text: &str) -> Option<(Option<Date>, Option<Date>)> {
    let text = text.trim();
    if let Some((from, to)) = text.split_once("..") {
        let first = if from.is_empty() { None } else { Some(period(from)?.0) };
        let last = if to.is_empty() { None } else { Some(period(to)?.1) };
        return (first.is_some() || last.is_some()).then_some((first, last));
    }
    if let Some(from) = text.strip_prefix(">=") {
        return Some((Some(period(from)?.0), None));
    }
    if let Some(to) = text.strip_prefix("<=") {
        return Some((None, Some(period(to)?.1)));
    }
    if let Some(after) = text.strip_prefix('>') {
        return Some((Some(period(after)?.1.tomorrow().ok()?), None));
    }
    if let Some(before) = text.strip_prefix('<') {
        return Some((None, Some(period(before)?.0.yesterday().ok()?)));
    }
    period(text).map(|(first, last)| (Some(first), Some(last)))
}

fn number<N: std::str::FromStr>(digits: &str, most: usize) -> Option<N> {
    let fits = digits.len() <= most && (most == 2 || digits.len() == 4);
    (fits && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_a_first_and_a_last_day() {
        assert_eq!(period("2024"), Some((date(2024, 1, 1), date(2024, 12, 31))));
        assert_eq!(period("2024-02"), Some((date(2024, 2, 1), date(2024, 2, 29))));
        assert_eq!(period("2024-2-7"), Some((date(2024, 2, 7), date(2024, 2, 7))));
        for bad in ["", "24", "2024-13", "2024-02-30", "2024-02-03-04", "soon", "２０２４", "-2024"] {
            assert_eq!(period(bad), None, "{bad}");
        }
    }

    #[test]
    fn ranges_include_their_ends() {
        let days = |a, b| Some((a, b));
        assert_eq!(range("2024-03..2024-06"), days(Some(date(2024, 3, 1)), Some(date(2024, 6, 30))));
        assert_eq!(range("2024.."), days(Some(date(2024, 1, 1)), None));
        assert_eq!(range(">2024"), days(Some(date(2025, 1, 1)), None));
        assert_eq!(range("<2024-03"), days(None, Some(date(2024, 2, 29))));
        assert_eq!(range(".."), None);
    }
}
