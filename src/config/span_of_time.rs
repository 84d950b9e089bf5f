//! Lengths of time as people write them in settings: `48h`, `15m`, `14d`.

use jiff::SignedDuration;
use serde::Deserialize;

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpanOfTime(pub SignedDuration);

impl SpanOfTime {
    /// `n` hours.
    pub const fn hours(n: i64) -> Self {
        Self(SignedDuration::from_hours(n))
    }

    /// `n` minutes.
    pub const fn minutes(n: i64) -> Self {
        Self(SignedDuration::from_mins(n))
    }

    /// Reads `48h`, `15m`, `2 weeks`; `None` where it is no such length.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let unit_at = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = text.split_at(unit_at);
        let number: i64 = number.parse().ok()?;
        let minutes = match unit.trim().to_ascii_lowercase().as_str() {
            "m" | "min" | "minute" | "minutes" => 1,
            "h" | "hour" | "hours" => 60,
            "d" | "day" | "days" => 24 * 60,
            "w" | "week" | "weeks" => 7 * 24 * 60,
            _ => return None,
        };
        let minutes = number.checked_mul(minutes).filter(|all| *all <= 60 * 24 * 365 * 100)?;
        Some(Self::minutes(minutes))
    }
}

impl<'de> Deserialize<'de> for SpanOfTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "`{text}` is no length of time, expected one such as `48h`, `15m` or `14d`"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        assert_eq!(SpanOfTime::parse("48h"), Some(SpanOfTime::hours(48)));
        assert_eq!(SpanOfTime::parse("2 weeks"), Some(SpanOfTime::hours(14 * 24)));
        for bad in ["", "h", "48", "4 moons", "-3h", "99999999999999999999d"] {
            assert_eq!(SpanOfTime::parse(bad), None, "{bad}");
        }
    }
}
