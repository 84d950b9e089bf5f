//! Values as readers see them: medians, days between two dates, shortened text.

use jiff::civil::Date;

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
