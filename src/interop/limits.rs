//! How long a server wants to be left alone, in the many ways in which they say so.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use std::time::Duration;

/// Whether a limit is reached, and how long to wait; `header` looks one up by its name in small letters.
///
/// * `Retry-After`, in seconds or as a date: RFC 9110, section 10.2.3; all trackers and pagers here.
/// * `x-ratelimit-remaining: 0` with `x-ratelimit-reset` in seconds since 1970: GitHub. Its GraphQL interface may say so with
///   status 200 and an error of type `RATE_LIMITED`.
/// * `ratelimit-reset`, in seconds to wait: `PagerDuty`.
/// * Status 400 with `RATELIMITED` among the errors: Linear.
///
/// Times of day are the server's: they are counted from its own `Date` where it tells one, since this computer's clock, `now`,
/// may be another.
pub(super) fn limits<'h>(
    status: u16,
    header: impl Fn(&str) -> Option<&'h str>,
    body: &[u8],
    now: Timestamp,
) -> (bool, Option<Duration>) {
    let date = |name: &str| Some(rfc2822::parse(header(name)?.trim()).ok()?.timestamp());
    let now = date("date").unwrap_or(now);
    let until = |second: i64| {
        let left = second.checked_sub(now.as_second())?;
        u64::try_from(left).ok().map(Duration::from_secs)
    };
    let number = |name: &str| header(name)?.trim().parse::<i64>().ok();
    let used_up = header("x-ratelimit-remaining").is_some_and(|left| left.trim() == "0");
    let linear = status == 400 && contains(body, b"RATELIMITED");
    let exhausted = used_up || linear || matches!(status, 420 | 429);
    let refused = !(200..300).contains(&status) || used_up && contains(body, b"RATE_LIMITED");
    let after = header("retry-after").and_then(|text| {
        if let Ok(seconds) = text.trim().parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        until(date("retry-after")?.as_second()).or(Some(Duration::ZERO))
    });
    let reset = || {
        let at = number("x-ratelimit-reset").filter(|_| used_up)?;
        until(at.saturating_add(1)).or(Some(Duration::ZERO))
    };
    let pager = || {
        let seconds = number("ratelimit-reset").filter(|_| status == 429)?;
        u64::try_from(seconds).ok().map(Duration::from_secs)
    };
    (exhausted, after.or_else(reset).or_else(pager).filter(|_| refused))
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
        let graphql = r#"{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}"#;
        assert_eq!(read(200, &github, graphql), (true, Some(100)));
        assert_eq!(read(429, &[("ratelimit-reset", "12")], ""), (true, Some(12)));
        let linear = r#"{"errors":[{"extensions":{"code":"RATELIMITED"}}]}"#;
        assert_eq!(read(400, &[], linear), (true, None));
        assert_eq!(read(400, &[], "{}"), (false, None));
        assert_eq!(read(429, &[("retry-after", "soon")], ""), (true, None));
    }

    #[test]
    fn a_time_of_day_is_told_by_the_servers_clock() {
        // It is three hours behind, and wants to be left alone for a minute.
        let date = ("date", "Mon, 21 Sep 2026 11:13:20 GMT");
        assert_eq!(read(503, &[date, ("retry-after", "Mon, 21 Sep 2026 11:14:20 GMT")], "").1, Some(60));
        let reset = [date, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1789989209")];
        assert_eq!(read(403, &reset, "").1, Some(10));
        for odd in ["9223372036854775807", "-9223372036854775808", "", "9e99"] {
            let header = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", odd)];
            assert!(read(403, &header, "").0, "{odd}");
        }
    }
}
