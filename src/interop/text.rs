//! Texts and times out of answers: values that may be of any kind, made safe to go on with.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// `bytes` as JSON; some systems begin an answer, and some editors a file, with a byte-order mark.
pub(super) fn json(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

/// The text at `pointer`, on one line, at most as long as a title; `None` where there is none.
pub(super) fn title(value: &Value, pointer: &str) -> Option<String> {
    let text = line(value.pointer(pointer)?.as_str()?, 500);
    (!text.is_empty()).then_some(text)
}

/// What names something: a text or a whole number.
pub(super) fn id(value: &Value, pointer: &str) -> Option<String> {
    match value.pointer(pointer)? {
        Value::String(text) => Some(line(text, 200)).filter(|text| !text.is_empty()),
        Value::Number(number) if !number.is_f64() => Some(number.to_string()),
        _ => None,
    }
}

/// The web address at `pointer`.
pub(super) fn address(value: &Value, pointer: &str) -> Option<String> {
    let text = value.pointer(pointer)?.as_str()?;
    super::address::Address::parse(text).filter(|_| text.len() <= 2000).map(|_| text.trim().to_owned())
}

/// The time at `pointer`.
pub(super) fn time(value: &Value, pointer: &str) -> Option<Timestamp> {
    timestamp(value.pointer(pointer)?.as_str()?)
}

/// The date at `pointer`: its first ten letters, so that a time gives its day.
pub(super) fn date(value: &Value, pointer: &str) -> Option<Date> {
    value.pointer(pointer)?.as_str()?.get(..10)?.parse().ok()
}

/// The list at `pointer`; empty where there is none.
pub(super) fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A time with its offset, as RFC 3339 writes it or as Jira (`+0000`) and Go (`2018-04-25 04:13:00 +0000 UTC`) do.
pub(super) fn timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim().trim_end_matches(" UTC");
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    let (day, rest) = text.split_once(['T', ' '])?;
    let at = rest.rfind(['+', '-'])?;
    let (clock, offset) = (rest.get(..at)?.trim_end(), rest.get(at..)?.replace(':', ""));
    let (hours, minutes) = (offset.get(..3)?, offset.get(3..)?);
    format!("{day}T{clock}{hours}:{minutes}").parse().ok()
}

/// `text` without control characters but line breaks, and with those of one kind.
pub(super) fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !hides(*c)).collect()
}

/// Control characters, and those that turn or hide the text around them.
fn hides(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// `text` on one line, cut after `most` letters.
pub(super) fn line(text: &str, most: usize) -> String {
    let text = clean(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = words.join(" ");
    match whole.char_indices().nth(most) {
        Some((end, _)) => whole.get(..end).unwrap_or_default().trim_end().to_owned() + "…",
        None => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_of_all_trackers_are_read() {
        for text in [
            "2026-03-20T16:04:11Z",
            "2026-03-20T16:04:11.000+0000",
            "2026-03-20T09:04:11.000-0700",
            "2026-03-20T17:04:11+01:00",
            "2026-03-20 16:04:11 +0000 UTC",
            " 2026-03-20T16:04:11.000Z ",
        ] {
            assert_eq!(timestamp(text).map(Timestamp::as_second), Some(1_774_022_651), "{text}");
        }
        for text in
            ["", "yesterday", "2026-13-20T16:04:11Z", "2026-03-20T16:04:11", "+", "T+é", "2026-03-20 é+é"]
        {
            assert_eq!(timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn texts_are_made_safe() {
        assert_eq!(line("a\r\n\tb\u{1b}[31m\u{202e}c", 9), "a b[31mc");
        assert_eq!(line("éééé", 2), "éé…");
        let value = json!({"a": 5, "b": "x", "c": null, "d": 1.5, "u": "javascript:alert(1)"});
        assert_eq!(id(&value, "/a").as_deref(), Some("5"));
        assert_eq!(id(&value, "/d"), None);
        assert_eq!(title(&value, "/c"), None);
        assert_eq!(address(&value, "/u"), None);
        assert!(list(&value, "/b").is_empty());
    }
}
