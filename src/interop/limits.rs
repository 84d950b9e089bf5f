//! How long a server wants to be left alone, in the many ways in which they say so.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use std::time::Duration;

/// Whether a limit is reached, and how long to wait; `header` looks one up by its name in small letters.
///
/// * `Retry-After`, in seconds or as a date: RFC 9110, section 10.2.3; all trackers and pagers here.
/// * `x-ratelimit-remaining: 0` with `x-ratelimit-reset` in seconds since 1970: GitHub.
/// * `ratelimit-reset`, in seconds to wait: `PagerDuty`.
/// * Status 400 with `RATELIMITED` among the errors: Linear.
pub(super) fn limits<'h>(
    status: u16,
    header: impl Fn(&str) -> Option<&'h str>,
    body: &[u8],
    now: Timestamp,
) -> (bool, Option<Duration>) {
    let until = |second: i64| u64::try_from(second - now.as_second()).ok().map(Duration::from_secs);
    let number = |name: &str| header(name)?.trim().parse::<i64>().ok();
    let used_up = header("x-ratelimit-remaining").is_some_and(|left| left.trim() == "0");
    let linear = status == 400 && contains(body, b"RATELIMITED");
    let exhausted = used_up || linear || matches!(status, 420 | 429);
    let after = header("retry-after").and_then(|text| {
        let text = text.trim();
        if let Ok(seconds) = text.parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        until(rfc2822::parse(text).ok()?.timestamp().as_second()).or(Some(Duration::ZERO))
    });
    let failed = !(200..300).contains(&status);
    let reset = || number("x-ratelimit-reset").filter(|_| used_up && failed).and_then(|at| until(at + 1));
    let pager = || {
        let seconds = number("ratelimit-reset").filter(|_| status == 429)?;
        u64::try_from(seconds).ok().map(Duration::from_secs)
    };
    (exhausted, after.or_else(reset).or_else(pager))
}

fn contains(body: &[u8], word: &[u8]) -> bool {
    let start = body.get(..body.len().min(4096)).unwrap_or_default();
    start.windows(word.len()).any(|here| here == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, headers: &[(&str, &str)], body: &str) -> (bool, Option<u64>) {
        let now = Timestamp::from_second(1_790_000_000).unwrap();
        let header = |name: &str| headers.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
        let (exhausted, wait) = limits(status, header, body.as_bytes(), now);
        (exhausted, wait.map(|wait| wait.as_secs()))
    }

    #[test]
    fn every_way_of_saying_it_is_understood() {
        assert_eq!(read(429, &[("retry-after", "30")], ""), (true, Some(30)));
        assert_eq!(read(503, &[("retry-after", "Mon, 21 Sep 2026 14:14:20 GMT")], ""), (false, Some(60)));
        assert_eq!(read(503, &[("retry-after", "Mon, 21 Sep 2020 14:14:20 GMT")], ""), (false, Some(0)));
        let github = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1790000099")];
        assert_eq!(read(403, &github, ""), (true, Some(100)));
        assert_eq!(read(200, &github, ""), (true, None));
        assert_eq!(read(429, &[("ratelimit-reset", "12")], ""), (true, Some(12)));
        let linear = r#"{"errors":[{"extensions":{"code":"RATELIMITED"}}]}"#;
        assert_eq!(read(400, &[], linear), (true, None));
        assert_eq!(read(400, &[], "{}"), (false, None));
        assert_eq!(read(429, &[("retry-after", "soon")], ""), (true, None));
    }
}
