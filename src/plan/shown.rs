//! Values as readers see them: lengths of time, shortened text, plain words for states.

use jiff::SignedDuration;
use jiff::civil::Date;

/// `37 min`, `10 h 34 min`, `2 d 7 h`, `93 d`, `8.7 y`: two units at most, the finer one only while it tells something.
pub fn duration(time: SignedDuration) -> String {
    let minutes = time.as_mins().max(0);
    let (hours, days) = (minutes / 60, minutes / (24 * 60));
    if minutes < 60 {
        return if minutes == 0 && time.as_secs() > 0 { "< 1 min".into() } else { format!("{minutes} min") };
    }
    if hours < 48 {
        return pair(hours, "h", minutes % 60, "min");
    }
    if days < 14 {
        return pair(days, "d", hours % 24, "h");
    }
    self::days(days)
}

/// A number of days: `93 d`, from two years on `8.7 y`.
pub fn days(days: i64) -> String {
    if days < 730 {
        return format!("{days} d");
    }
    let tenths = (days * 10 + 182) / 365;
    format!("{}.{} y", tenths / 10, tenths % 10)
}

fn pair(large: i64, large_unit: &str, small: i64, small_unit: &str) -> String {
    if small == 0 {
        format!("{large} {large_unit}")
    } else {
        format!("{large} {large_unit} {small} {small_unit}")
    }
}

/// The middle of values sorted in ascending order; of an even number of them the midpoint of the two in the middle.
pub fn median(sorted: &[i64]) -> Option<i64> {
    let last = sorted.len().checked_sub(1)?;
    Some(i64::midpoint(*sorted.get(last / 2)?, *sorted.get(sorted.len() / 2)?))
}

/// Whole days from `first` to `last`; negative where they are the other way round.
pub fn days_between(first: Date, last: Date) -> i64 {
    last.duration_since(first).as_hours() / 24
}

/// `text` on one line, cut at a word near `limit` characters.
pub fn short(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let more = word.chars().count();
        if length > 0 && length + 1 + more > limit {
            out.push_str(" …");
            return out;
        }
        if length > 0 {
            out.push(' ');
        }
        out.extend(word.chars().take(limit));
        if more > limit {
            out.push('…');
            return out;
        }
        length += more + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn lengths_of_time_read_as_people_say_them() {
        let shown = |minutes| duration(SignedDuration::from_mins(minutes));
        assert_eq!(shown(0), "0 min");
        assert_eq!(shown(37), "37 min");
        assert_eq!(shown(634), "10 h 34 min");
        assert_eq!(shown(120), "2 h");
        assert_eq!(shown(55 * 60), "2 d 7 h");
        assert_eq!(shown(93 * 24 * 60), "93 d");
        assert_eq!(shown(3176 * 24 * 60), "8.7 y");
        assert_eq!(duration(SignedDuration::from_secs(20)), "< 1 min");
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(
            [&[][..], &[7], &[1, 4], &[176, 265, 286, 288], &[1, 2, 9]].map(median),
            [None, Some(7), Some(2), Some(275), Some(2)]
        );
    }

    #[test]
    fn days_are_counted_across_years_and_text_is_cut_at_words() {
        assert_eq!(days_between(date(2023, 12, 30), date(2024, 3, 1)), 62);
        assert_eq!(short("a  quick\nbrown fox", 12), "a quick …");
        assert_eq!(short("short", 12), "short");
        assert_eq!(short("incomprehensibilities", 5), "incom…");
    }
}
