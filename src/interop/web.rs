//! What is asked of other systems and what they answer, without the network: requests, answers, failures.

use super::address::Address;
use std::fmt;
use std::time::Duration;

/// Something that proves who asks. It can be sent, and is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes the value of an environment variable; `None` where it is empty or cannot stand in a header.
    pub fn new(value: &str) -> Option<Self> {
        let value = value.trim();
        (!value.is_empty() && value.bytes().all(|byte| (0x21..0x7f).contains(&byte)))
            .then(|| Self(value.to_owned()))
    }

    /// `Bearer …`
    #[must_use]
    pub fn bearer(&self) -> Self {
        Self(format!("Bearer {}", self.0))
    }

    /// `Token token=…`, as `PagerDuty` wants it.
    #[must_use]
    pub fn pager(&self) -> Self {
        Self(format!("Token token={}", self.0))
    }

    /// `Basic …` of a user and this token.
    #[must_use]
    pub fn basic(&self, user: &str) -> Self {
        Self(format!("Basic {}", base64(format!("{user}:{}", self.0).as_bytes())))
    }

    /// For the header, and nothing else.
    pub(super) fn header(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<token>")
    }
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |six: u32| LETTERS.get(six as usize & 63).map_or('=', |byte| char::from(*byte));
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |place: usize| u32::from(chunk.get(place).copied().unwrap_or_default());
        let all = (at(0) << 16) | (at(1) << 8) | at(2);
        for place in 0..4_u32 {
            let filled = place as usize <= chunk.len();
            text.push(if filled { letter(all >> (18 - 6 * place)) } else { '=' });
        }
    }
    text
}

/// One question.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where.
    pub address: Address,
    /// JSON to send; without it nothing is sent.
    pub body: Option<String>,
    /// What to accept.
    pub accept: &'static str,
    /// Who asks. It goes to the host of `address` only, and only encrypted (or to this computer).
    pub token: Option<Token>,
}

impl Request {
    /// Asks for JSON at `address`.
    pub fn get(address: Address, token: Option<&Token>) -> Self {
        Self { address, body: None, accept: "application/json", token: token.cloned() }
    }

    /// Sends `body` to `address` and asks for JSON.
    pub fn post(address: Address, body: &serde_json::Value, token: Option<&Token>) -> Self {
        Self { body: Some(body.to_string()), ..Self::get(address, token) }
    }
}

/// An answer, of whatever status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// `200`, `404`, …
    pub status: u16,
    /// What it is, as the server says.
    pub kind: String,
    /// How long to wait before asking again, where the server says so.
    pub wait: Option<Duration>,
    /// Where it is to be had instead.
    pub location: Option<String>,
    /// Whether the server says that its limit is reached, whatever the status.
    pub exhausted: bool,
    /// What it says.
    pub body: Vec<u8>,
}

/// Why there is no answer, or none to go on with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Not asked at all.
    #[error("{0}")]
    Refused(String),
    /// Nobody answered.
    #[error("{0}")]
    Silent(String),
    /// It was cut off, too long, too deep, or no JSON.
    #[error("the answer makes no sense: {0}")]
    Garbled(String),
    /// The server wants us elsewhere.
    #[error("it leads to another host, `{0}`; kb does not follow there")]
    Elsewhere(String),
    /// Asked too often, and the wait would be too long.
    #[error("it asks to wait {} s, longer than kb waits; run the command again later", .0.as_secs())]
    Throttled(Duration),
    /// The token is wrong, or one is needed.
    #[error("the token is not accepted (401)")]
    Unauthorised,
    /// The token may not.
    #[error("the token may not read this (403)")]
    Forbidden,
    /// There is no such thing, or the token may not know.
    #[error("not found (404)")]
    Missing,
    /// It was deleted.
    #[error("deleted (410)")]
    Gone,
    /// Anything else.
    #[error("it answers with status {0}{1}")]
    Status(u16, String),
}

impl Failure {
    /// Whether the whole tracker fails with it, not one ticket.
    pub fn is_of_all(&self) -> bool {
        !matches!(self, Self::Forbidden | Self::Missing | Self::Gone)
    }
}

/// Who can be asked.
pub trait Web {
    /// Asks once, or as often as it takes.
    ///
    /// # Errors
    /// Where nobody answers, or asking is not allowed.
    fn ask(&self, request: &Request) -> Result<Answer, Failure>;
}

impl Answer {
    /// The answer as JSON, where the status says that it is one.
    ///
    /// # Errors
    /// For any other status, and for what is no JSON.
    pub fn json(&self) -> Result<serde_json::Value, Failure> {
        self.good()?;
        serde_json::from_slice(&self.body).map_err(|error| Failure::Garbled(error.to_string()))
    }

    /// Whether the status says that all is well.
    ///
    /// # Errors
    /// For any other status.
    pub fn good(&self) -> Result<(), Failure> {
        match self.status {
            200..=299 => Ok(()),
            401 => Err(Failure::Unauthorised),
            403 => Err(Failure::Forbidden),
            404 => Err(Failure::Missing),
            410 => Err(Failure::Gone),
            status => Err(Failure::Status(status, self.told())),
        }
    }

    /// What an answer of JSON gives as its reason, short and on one line.
    fn told(&self) -> String {
        let Ok(value) = serde_json::from_slice::<serde_json::Value>(&self.body) else { return String::new() };
        let keys = ["/message", "/error", "/errors/0/message", "/errorMessages/0", "/error/message"];
        let text = keys.iter().find_map(|key| value.pointer(key)?.as_str());
        text.map(|text| format!(": {}", super::text::line(text, 200))).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_sent_and_never_shown() {
        let token = Token::new(" s3cret\n").unwrap();
        let request = Request::get(Address::parse("https://a.example/").unwrap(), Some(&token.bearer()));
        assert!(!format!("{request:?}").contains("s3cret"));
        assert_eq!(token.bearer().header(), "Bearer s3cret");
        assert_eq!(token.basic("a@b").header(), "Basic YUBiOnMzY3JldA==");
        assert_eq!(Token::new("two\nlines"), None);
        assert_eq!(Token::new(""), None);
    }

    #[test]
    fn base64_fills_up() {
        for (text, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(text.as_bytes()), code);
        }
    }

    #[test]
    fn what_is_no_json_is_a_failure() {
        let answer = |status, body: &str| Answer { status, body: body.into(), ..Answer::default() };
        assert!(answer(200, "{}").json().is_ok());
        assert!(matches!(answer(200, "{\"a\":").json(), Err(Failure::Garbled(_))));
        let deep = "[".repeat(100_000);
        assert!(matches!(answer(200, &deep).json(), Err(Failure::Garbled(_))));
        assert_eq!(answer(404, "").json(), Err(Failure::Missing));
        let told = answer(422, r#"{"message":"no\nsuch field"}"#).json();
        assert_eq!(told, Err(Failure::Status(422, ": no such field".into())));
    }
}
