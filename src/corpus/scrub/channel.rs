//! Chat channels.

use super::Place;
use super::people::is_of_handle;

/// A chat channel: `#ops-alerts`, `#2024-outage`, Slack's own `#C0123|ops-alerts` and `#C0123456`.
pub(super) fn channel(rest: &str, place: Place) -> Option<(usize, &'static str)> {
    let tail = rest.strip_prefix(['#', '＃']).filter(|_| place == Place::Prose)?;
    let sign = rest.len() - tail.len();
    let word = tail.find(|c: char| !is_of_handle(c)).unwrap_or(tail.len());
    let name = tail.get(..word)?;
    let after = tail.get(word..)?;
    if let Some(shown) = after.strip_prefix('|').filter(|_| name.starts_with(['C', 'G'])) {
        let end = shown.find('>').unwrap_or(0);
        return Some((sign + word + 1 + end, "a chat channel"));
    }
    let own = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let colour = name.bytes().all(|b| b.is_ascii_hexdigit());
    if name.len() >= 6
        && name.starts_with(['C', 'G'])
        && name.chars().all(own)
        && name.bytes().any(|b| b.is_ascii_digit())
        && !colour
    {
        return Some((sign + word, "a chat channel"));
    }
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let begins = match name.get(digits..).unwrap_or_default().chars().next() {
        Some('-') => digits > 0 && name.bytes().any(|b| b.is_ascii_lowercase()),
        Some(c) => digits == 0 && c.is_lowercase(),
        None => false,
    };
    (begins && name.chars().count() >= 2).then_some((sign + word, "a chat channel"))
}
