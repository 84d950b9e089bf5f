//! The `Range` of a request: one part of a large file.

use std::ops::Range;

/// What part of a body to send.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: nothing, several parts, or something unknown was asked for.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes it does not have.
    Outside,
}

/// Reads the value of `Range` for a body of `length` bytes.
pub(super) fn part(value: &str, length: u64) -> Part {
    let Some((first, last)) = value.strip_prefix("bytes=").and_then(|spec| spec.split_once('-')) else {
        return Part::Whole;
    };
    let number = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten()
    };
    let bytes = match (first.is_empty(), last.is_empty()) {
        (false, true) => number(first).map(|first| first..length),
        (false, false) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => Some(first..last.saturating_add(1).min(length)),
            _ => None,
        },
        (true, false) => number(last).map(|suffix| length - suffix.min(length)..length),
        (true, true) => None,
    };
    match bytes {
        None => Part::Whole,
        Some(bytes) if bytes.start >= bytes.end => Part::Outside,
        Some(bytes) => Part::Bytes(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_found_and_everything_else_is_the_whole() {
        for (value, expected) in [
            ("bytes=0-4", Part::Bytes(0..5)),
            ("bytes=5-", Part::Bytes(5..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-99", Part::Bytes(0..10)),
            ("bytes=8-99", Part::Bytes(8..10)),
            ("bytes=0-18446744073709551615", Part::Bytes(0..10)),
            ("bytes=10-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=5-4", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("lines=0-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=99999999999999999999-", Part::Whole),
        ] {
            assert_eq!(part(value, 10), expected, "{value}");
        }
    }
}
