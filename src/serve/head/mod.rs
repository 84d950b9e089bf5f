//! The head of a request: read within limits of size and time, taken apart, refused where anything is odd.
//!
//! [`Incoming`] holds what a connection has sent and not yet been answered; requests may come one after another
//! without waiting. Each byte is looked at once for the end of the head, and the head is parsed once.

use super::site::Asked;
use std::io::{self, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const LONGEST_LINE: usize = 8 * 1024;
const LONGEST_HEAD: usize = 32 * 1024;
const MOST_FIELDS: usize = 100;
const MOST_PAIRS: usize = 100;

/// How long to wait for a client.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For the first byte of a request.
    pub(super) idle: Duration,
    /// For its whole head after that.
    pub(super) head: Duration,
}

/// A request that will be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) asked: Asked,
    /// `HEAD`: everything but the body is sent.
    pub(super) without_body: bool,
    /// Host and port by which the server was called, in lower case.
    pub(super) host: String,
    /// Whether another request may follow.
    pub(super) keep_alive: bool,
    pub(super) fields: Fields,
}

/// The header fields that matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) origin: Option<String>,
    pub(super) fetch_site: Option<String>,
    pub(super) if_none_match: Option<String>,
    pub(super) if_range: Option<String>,
    pub(super) range: Option<String>,
    pub(super) last_event: Option<String>,
    pub(super) takes_gzip: bool,
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) message: &'static str,
}

const fn refusal(status: u16, message: &'static str) -> Refusal {
    Refusal { status, message }
}

const MALFORMED: Refusal = refusal(400, "the request is malformed\n");
const LENGTHS: Refusal = refusal(400, "the request states its length in contradictory ways\n");
const TOO_SLOW: Refusal = refusal(408, "the request took too long\n");

/// What came of waiting for a request.
#[derive(Debug)]
pub(super) enum Heard {
    /// A request.
    Head(Box<Head>),
    /// Something that is refused; the connection ends with it.
    Refused(Refusal),
    /// The client has gone, or has been quiet for too long.
    Nothing,
}

/// What a connection has sent and was not looked at yet.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    bytes: Vec<u8>,
    /// How far the search for the end has come.
    seen: usize,
    /// Where the line begins that it is in.
    line: usize,
    /// Whether anything but empty lines has come.
    begun: bool,
}

impl Incoming {
    /// Waits for the next request. `heard` is called whenever something arrived.
    pub(super) fn next(&mut self, mut stream: &TcpStream, patience: Patience) -> Heard {
        let mut end = Instant::now() + if self.bytes.is_empty() { patience.idle } else { patience.head };
        let mut chunk = [0; 4096];
        loop {
            match self.take() {
                Ok(Some(head)) => return Heard::Head(Box::new(head)),
                Ok(None) => {}
                Err(refusal) => return Heard::Refused(refusal),
            }
            let begun = !self.bytes.is_empty();
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
                return if begun { Heard::Refused(TOO_SLOW) } else { Heard::Nothing };
            }
            match stream.read(&mut chunk) {
                Ok(0) => return Heard::Nothing,
                Ok(n) => {
                    if !begun {
                        end = Instant::now() + patience.head;
                    }
                    self.bytes.extend_from_slice(chunk.get(..n).unwrap_or_default());
                }
                Err(error) if is_a_pause(&error) => {}
                Err(_) => return Heard::Nothing,
            }
        }
    }

    /// Whether a further request has begun to arrive.
    pub(super) fn has_more(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// Takes the next head out of what has arrived, if it is whole.
    fn take(&mut self) -> Result<Option<Head>, Refusal> {
        let Some(end) = self.end()? else { return Ok(None) };
        let head = parse(self.bytes.get(..end).unwrap_or_default());
        self.bytes.drain(..end);
        (self.seen, self.line, self.begun) = (0, 0, false);
        head.map(Some)
    }

    /// Where the head ends: after its first empty line. Looks only at what is new.
    fn end(&mut self) -> Result<Option<usize>, Refusal> {
        while let Some(byte) = self.bytes.get(self.seen).copied() {
            let at = self.seen;
            self.seen += 1;
            if byte == b'\n' {
                if at == self.line || self.bytes.get(at - 1) != Some(&b'\r') {
                    return Err(MALFORMED);
                }
                // Empty lines before a request are allowed; `parse` passes over them.
                let is_empty = at == self.line + 1;
                self.line = at + 1;
                if is_empty && self.begun {
                    return Ok(Some(at + 1));
                }
            } else if at - self.line >= LONGEST_LINE {
                let first = self.line == 0;
                return Err(if first { refusal(414, "the address is too long\n") } else { TOO_LARGE });
            }
            self.begun |= !matches!(byte, b'\r' | b'\n');
            if at >= LONGEST_HEAD {
                return Err(TOO_LARGE);
            }
        }
        Ok(None)
    }
}

const TOO_LARGE: Refusal = refusal(431, "the request's head is too large\n");

/// A time-out or a signal: the clock decides whether to go on.
pub(super) fn is_a_pause(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

fn parse(bytes: &[u8]) -> Result<Head, Refusal> {
    let mut space = [httparse::EMPTY_HEADER; MOST_FIELDS];
    let mut request = httparse::Request::new(&mut space);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Err(TOO_LARGE),
        Ok(httparse::Status::Partial) | Err(_) => return Err(MALFORMED),
    }
    let all = |name: &str| -> Vec<&[u8]> {
        let same = |field: &&httparse::Header<'_>| field.name.eq_ignore_ascii_case(name);
        request.headers.iter().filter(same).map(|field| field.value).collect()
    };
    let one = |name: &str| {
        all(name).first().and_then(|value| std::str::from_utf8(value).ok()).map(ToOwned::to_owned)
    };
    let body = check_length(&all("content-length"), &all("transfer-encoding"));
    if body == Err(LENGTHS) {
        return Err(LENGTHS);
    }
    let without_body = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err(refusal(405, "only GET and HEAD are answered\n")),
    };
    body?;
    let [host] = all("host")[..] else {
        return Err(MALFORMED);
    };
    let host = std::str::from_utf8(host).map_err(|_| MALFORMED)?.trim().to_ascii_lowercase();
    let (host, target) = target(request.path.unwrap_or_default(), host)?;
    let close = all("connection").iter().any(|value| lists(value, "close"));
    let keep_alive = request.version == Some(1) && !close;
    let fields = Fields {
        origin: one("origin"),
        fetch_site: one("sec-fetch-site"),
        if_none_match: one("if-none-match"),
        if_range: one("if-range"),
        range: one("range"),
        last_event: one("last-event-id"),
        takes_gzip: one("accept-encoding").is_some_and(|value| takes_gzip(&value)),
    };
    let for_a_reader = one("accept").is_some_and(|value| value.contains("text/html"));
    let asked = Asked { for_a_reader, ..asked(target)? };
    Ok(Head { asked, without_body, host, keep_alive, fields })
}

/// No request that is answered has a body; one that is honest about having one is told so.
fn check_length(lengths: &[&[u8]], codings: &[&[u8]]) -> Result<(), Refusal> {
    let digits = |value: &&[u8]| !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    let (first, rest) = match lengths {
        [] if codings.is_empty() => return Ok(()),
        [] => return Err(refusal(413, "a request with a body is not answered\n")),
        [first, rest @ ..] => (first, rest),
    };
    if !digits(first) || rest.iter().any(|other| other != first) || !codings.is_empty() {
        return Err(LENGTHS);
    }
    let nothing = first.iter().all(|digit| *digit == b'0');
    if nothing { Ok(()) } else { Err(refusal(413, "a request with a body is not answered\n")) }
}

/// Host and path, whether the target is a path or a whole address (as sent to proxies).
fn target(target: &str, host: String) -> Result<(String, &str), Refusal> {
    if target.starts_with('/') {
        return Ok((host, target));
    }
    let rest = target.strip_prefix("http://").ok_or(MALFORMED)?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (named, path) = rest.split_at_checked(end).ok_or(MALFORMED)?;
    Ok((named.to_ascii_lowercase(), if path.starts_with('/') { path } else { "/" }))
}

fn lists(value: &[u8], word: &str) -> bool {
    let value = String::from_utf8_lossy(value);
    value.split(',').any(|part| part.trim().eq_ignore_ascii_case(word))
}

fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = words.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name == "*");
        let refused = words.any(|word| {
            word.strip_prefix("q=")
                .is_some_and(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0))
        });
        named && !refused
    })
}

fn asked(target: &str) -> Result<Asked, Refusal> {
    let target = target.split('#').next().unwrap_or(target);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = String::from_utf8(decode(path, false).ok_or(MALFORMED)?).map_err(|_| MALFORMED)?;
    if path.contains('\\') || path.chars().any(char::is_control) || path.split('/').any(|part| part == "..") {
        return Err(refusal(400, "the path is not one that a site can have\n"));
    }
    let word = |text: &str| {
        decode(text, true)
            .map_or_else(|| text.to_owned(), |bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).take(MOST_PAIRS);
    let query = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(key, value)| (word(key), word(value)));
    Ok(Asked { path, query: query.collect(), from_here: false, for_a_reader: false })
}

/// Percent-decoding; `None` where `%` is not followed by two hexadecimal digits.
fn decode(text: &str, plus_is_space: bool) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || char::from(bytes.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            b'+' if plus_is_space => b' ',
            other => other,
        });
    }
    Some(decoded)
}

#[cfg(test)]
mod tests;
