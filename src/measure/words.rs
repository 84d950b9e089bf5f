//! Numbers as people read them: lengths of time and shares.

use super::figure::Share;

/// How a language writes lengths of time and shares. `s`, `min`, `h` and `d` are symbols that every language shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    /// What parts the whole of a number from its fraction.
    pub point: String,
    /// The short form of years.
    pub year: String,
    /// Stands between a part and its whole.
    pub of: String,
}

impl Default for Units {
    /// Those of English, which the terminal speaks.
    fn default() -> Self {
        Self { point: ".".to_owned(), year: "y".to_owned(), of: "of".to_owned() }
    }
}

impl Units {
    /// A number with so many digits behind its point.
    pub fn decimal(&self, value: f64, digits: usize) -> String {
        format!("{value:.digits$}").replace('.', &self.point)
    }

    /// As [`length_in_words`], in this language.
    pub fn length(&self, seconds: f64) -> String {
        length(seconds, self)
    }

    /// As [`days_in_words`], in this language.
    pub fn days(&self, days: f64) -> String {
        match days {
            d if d >= 730.0 => format!("{} {}", self.decimal(d / 365.25, 1), self.year),
            d if d < 100.0 && d.fract().abs() > 0.05 => format!("{} d", self.decimal(d, 1)),
            d => format!("{d:.0} d"),
        }
    }

    /// `2 of 4`, in this language.
    pub fn part(&self, share: &Share) -> String {
        format!("{} {} {}", share.part(), self.of, share.n())
    }

    /// As [`share_in_words`], in this language.
    pub fn share(&self, share: &Share) -> String {
        let of = &self.of;
        match share.rate() {
            None => self.part(share),
            Some((rate, band)) => {
                let (low, high) = (band.low * 100.0, band.high * 100.0);
                format!("{} ({low:.0}–{high:.0} %) {of} {}", percent(rate), share.n())
            }
        }
    }
}

/// A length in seconds, as exact as is useful: `37 min`, `10 h 34 min`, `2 d 7 h`, `93 d`, `8.7 y`.
pub fn length_in_words(seconds: f64) -> String {
    Units::default().length(seconds)
}

fn length(seconds: f64, units: &Units) -> String {
    let minutes = seconds / 60.0;
    let whole = |value: f64| format!("{value:.0}");
    let pair = |value: f64, unit: f64, names: (&str, &str)| {
        let (major, minor) = ((value / unit).floor(), value % unit);
        if minor < 1.0 {
            format!("{} {}", whole(major), names.0)
        } else {
            format!("{} {} {} {}", whole(major), names.0, whole(minor), names.1)
        }
    };
    match minutes {
        m if m > 0.0 && m < 1.0 => format!("{} s", whole(seconds)),
        m if m.round() < 60.0 => format!("{} min", whole(m)),
        m if m.round() < 48.0 * 60.0 => pair(m.round(), 60.0, ("h", "min")),
        m if m < 14.0 * 1440.0 => pair((m / 60.0).round(), 24.0, ("d", "h")),
        m => units.days(m / 1440.0),
    }
}

/// A number of days: `1 d`, `17.5 d`, `93 d`, `8.7 y`.
pub fn days_in_words(days: f64) -> String {
    Units::default().days(days)
}

/// `41 %`.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `41 % (25–59 %) of 29`, or `2 of 4` where the whole is too small for a percentage.
pub fn share_in_words(share: &Share) -> String {
    Units::default().share(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_grow_coarser_as_they_grow_longer() {
        for (seconds, words) in [
            (0.0, "0 min"),
            (42.0, "42 s"),
            (37.0 * 60.0, "37 min"),
            (3600.0, "1 h"),
            (10.0 * 3600.0 + 34.0 * 60.0, "10 h 34 min"),
            (55.0 * 3600.0, "2 d 7 h"),
            (93.0 * 86_400.0, "93 d"),
            (3178.0 * 86_400.0, "8.7 y"),
        ] {
            assert_eq!(length_in_words(seconds), words);
        }
        assert_eq!(days_in_words(17.55), "17.6 d");
    }
}
