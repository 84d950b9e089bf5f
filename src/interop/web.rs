//! What is asked of other systems and what they answer, without the network: requests, answers, failures.

use super::address::Address;
use super::text;
use std::fmt;
use std::time::Duration;

/// Something that proves who asks. It can be sent, and is never shown; not even where a server repeats it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// What stands in the header.
    header: String,
    /// What must not be told: the token itself, and the form in which it is sent.
    secrets: Vec<String>,
}

/// What stands in the place of a token that a server repeated.
const MASK: &str = "[token]";

impl Token {
    /// Takes the value of an environment variable; `None` where it is empty or cannot stand in a header.
    pub fn new(value: &str) -> Option<Self> {
        let value = value.trim();
        (!value.is_empty() && value.bytes().all(|byte| (0x21..0x7f).contains(&byte)))
            .then(|| Self { header: value.to_owned(), secrets: vec![value.to_owned()] })
    }

    /// `Bearer …`
    #[must_use]
    pub fn bearer(&self) -> Self {
        self.sent_as(format!("Bearer {}", self.header))
    }

    /// `Token token=…`, as `PagerDuty` wants it.
    #[must_use]
    pub fn pager(&self) -> Self {
        self.sent_as(format!("Token token={}", self.header))
    }

    /// `Basic …` of a user and this token.
    #[must_use]
    pub fn basic(&self, user: &str) -> Self {
        let both = base64(format!("{user}:{}", self.header).as_bytes());
        let mut token = self.sent_as(format!("Basic {both}"));
        token.secrets.push(both);
        token
    }

    fn sent_as(&self, header: String) -> Self {
        Self { header, secrets: self.secrets.clone() }
    }

    /// `text` without the token, wherever it stands in it.
    #[must_use]
    pub fn mask(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), MASK))
    }

    /// `bytes` without the token.
    fn mask_bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        let there = |secret: &&String| bytes.windows(secret.len()).any(|here| here == secret.as_bytes());
        if !self.secrets.iter().any(|secret| there(&secret)) {
            return bytes;
        }
        // A text that holds a token may lose what is no text.
        self.mask(&String::from_utf8_lossy(&bytes)).into_bytes()
    }

    /// `value` without the token in any text or key: it may stand there escaped, where bytes do not show it.
    fn mask_value(&self, value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) => *text = self.mask(text),
            serde_json::Value::Array(all) => all.iter_mut().for_each(|one| self.mask_value(one)),
            serde_json::Value::Object(all) => {
                let masked = std::mem::take(all).into_iter().map(|(key, mut value)| {
                    self.mask_value(&mut value);
                    (self.mask(&key), value)
                });
                *all = masked.collect();
            }
            _ => {}
        }
    }

    /// For the header, and nothing else.
    pub(super) fn header(&self) -> &str {
        &self.header
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
    /// How long to wait before asking again, where the server refused and says so.
    pub wait: Option<Duration>,
    /// Where it is to be had instead.
    pub location: Option<String>,
    /// Whether the server says that its limit is reached, whatever the status.
    pub exhausted: bool,
    /// What it says.
    pub body: Vec<u8>,
    /// The token it was asked with, so that nothing it repeats is told on.
    pub(super) asked_with: Option<Token>,
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
    #[error(
        "it leads to another host, `{0}`; kb does not follow there: name that address if it is the right one"
    )]
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
    /// The same without `token`, should a server have put it there.
    #[must_use]
    pub fn without(self, token: Option<&Token>) -> Self {
        let Some(token) = token else { return self };
        match self {
            Self::Refused(text) => Self::Refused(token.mask(&text)),
            Self::Silent(text) => Self::Silent(token.mask(&text)),
            Self::Garbled(text) => Self::Garbled(token.mask(&text)),
            Self::Elsewhere(text) => Self::Elsewhere(token.mask(&text)),
            Self::Status(status, text) => Self::Status(status, token.mask(&text)),
            Self::Throttled(_) | Self::Unauthorised | Self::Forbidden | Self::Missing | Self::Gone => self,
        }
    }

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
    /// The same without `token`, in what it says and in what is told of it later.
    #[must_use]
    pub(super) fn without(self, token: Option<&Token>) -> Self {
        let Some(token) = token else { return self };
        Self { body: token.mask_bytes(self.body), asked_with: Some(token.clone()), ..self }
    }

    /// The answer as JSON, where the status says that it is one.
    ///
    /// # Errors
    /// For any other status, and for what is no JSON.
    pub fn json(&self) -> Result<serde_json::Value, Failure> {
        self.good()?;
        self.value().map_err(|error| Failure::Garbled(error.to_string()))
    }

    fn value(&self) -> Result<serde_json::Value, serde_json::Error> {
        let mut value = text::json(&self.body)?;
        if let Some(token) = &self.asked_with {
            token.mask_value(&mut value);
        }
        Ok(value)
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
        let Ok(value) = self.value() else { return String::new() };
        let keys = ["/message", "/error", "/errors/0/message", "/errorMessages/0", "/error/message"];
        let text = keys.iter().find_map(|key| value.pointer(key)?.as_str());
        text.map(|told| format!(": {}", text::line(told, 200))).unwrap_or_default()
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
    fn a_token_that_a_server_repeats_is_masked() {
        let token = Token::new("s3cr/t").unwrap().basic("a@b");
        let sent = token.header().strip_prefix("Basic ").unwrap().to_owned();
        for said in ["s3cr/t", "s3cr\\/t", "\\u00733cr/t", &sent] {
            let body = format!(r#"{{"message":"no {said}","{said}":["{said}"]}}"#);
            let answer = Answer { status: 422, body: body.into_bytes(), ..Answer::default() };
            let answer = answer.without(Some(&token));
            assert_eq!(answer.json(), Err(Failure::Status(422, ": no [token]".into())));
            let value = Answer { status: 200, ..answer }.json().unwrap();
            assert_eq!(value["[token]"][0], "[token]", "{value}");
        }
        let failure = Failure::Elsewhere("s3cr/t.example".into()).without(Some(&token));
        assert_eq!(failure, Failure::Elsewhere("[token].example".into()));
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
        assert!(answer(200, "\u{feff}{}").json().is_ok());
        assert!(matches!(answer(200, "{\"a\":").json(), Err(Failure::Garbled(_))));
        let deep = "[".repeat(100_000);
        assert!(matches!(answer(200, &deep).json(), Err(Failure::Garbled(_))));
        assert_eq!(answer(404, "").json(), Err(Failure::Missing));
        let told = answer(422, r#"{"message":"no\nsuch field"}"#).json();
        assert_eq!(told, Err(Failure::Status(422, ": no such field".into())));
    }
}
