//! Lengths of time in words.

use jiff::SignedDuration;

/// A length of time in words: `2h 41m`, `33 minutes`, `~1 hour`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::parse) struct Length {
    /// Whether nothing says that it is only about so long.
    pub(in crate::parse) exact: bool,
    /// How long.
    pub(in crate::parse) length: SignedDuration,
}

impl Length {
    /// Reads all of `text` as a length; `None` where other words stand there too.
    pub(in crate::parse) fn read(text: &str) -> Option<Self> {
        let bare = text.trim().trim_end_matches('.').trim_start_matches(['~', '≈']);
        let mut seconds = 0_i64;
        let mut number = String::new();
        let mut unit = String::new();
        let mut units = 0;
        for c in bare.chars().chain([' ', '0']) {
            if c.is_ascii_digit() && !unit.is_empty() {
                seconds =
                    seconds.checked_add(number.parse::<i64>().ok()?.checked_mul(seconds_of(&unit)?)?)?;
                units += 1;
                (number, unit) = (String::new(), String::new());
            }
            match c {
                '0'..='9' if number.len() < 7 => number.push(c),
                c if c.is_alphabetic() => unit.extend(c.to_lowercase()),
                ' ' | ',' => {}
                _ => return None,
            }
        }
        let exact = !text.contains(['~', '≈']);
        (units > 0).then_some(Self { exact, length: SignedDuration::from_secs(seconds) })
    }
}

/// Whether `word` is a unit of time.
pub(super) fn is_unit(word: &str) -> bool {
    seconds_of(word).is_some()
}

fn seconds_of(unit: &str) -> Option<i64> {
    let unit = unit.trim_end_matches("and");
    Some(match unit {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
        "d" | "day" | "days" => 86400,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_only_where_nothing_else_is_said() {
        for (text, minutes) in [
            ("2h 41m", Some(161)),
            ("20 hours 20 minutes.", Some(1220)),
            ("~54 minutes", Some(54)),
            ("33h 15m (during support hours)", None),
            ("?", None),
            ("a while", None),
        ] {
            assert_eq!(Length::read(text).map(|one| one.length.as_mins()), minutes, "{text}");
        }
    }
}
