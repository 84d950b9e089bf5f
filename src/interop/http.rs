//! The one file that talks to other hosts.
//!
//! One [`Client`] asks one question at a time: serial requests are what the trackers' own advice is. It follows redirects
//! on the same server only (or to its encrypted self), checks certificates always, sends a token only where it is encrypted
//! (or stays on this computer) and masks it in whatever comes back, goes to no private network unless told so, and takes in no
//! more than [`LARGEST`] bytes in [`Limits::time`] and [`Limits::all`] bytes in one run.

use super::address::{Address, is_private};
use super::limits::limits;
use super::web::{Answer, Failure, Request, Web};
use jiff::Timestamp;
use std::cell::Cell;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{self, Response, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};

/// Bytes of the longest answer that is read.
pub const LARGEST: u64 = 32 << 20;
/// Bytes of all answers that one run reads: far more than any list of incidents or tickets has.
const ALL: u64 = 512 << 20;
/// Redirects that are followed, one after the other.
const HOPS: usize = 5;

/// Asks over the network.
pub struct Client {
    agent: Agent,
    private: bool,
    /// Bytes that may still be read.
    left: Cell<u64>,
}

/// What a client may do.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long one answer may take, from the name of the host to the last byte.
    pub time: Duration,
    /// Whether it may talk to private networks and to this computer.
    pub private: bool,
    /// Bytes of all answers together that are read.
    pub all: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), private: false, all: ALL }
    }
}

impl Limits {
    /// Those of a command: `seconds` for an answer, and whether private networks may be talked to.
    pub fn of_command(seconds: u64, private: bool) -> Self {
        Self { time: Duration::from_secs(seconds), private, ..Self::default() }
    }
}

impl Client {
    /// A client. A proxy named in the environment (`HTTPS_PROXY`, `NO_PROXY`) is used.
    pub fn new(limits: Limits) -> Self {
        let config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(limits.time))
            .timeout_connect(Some(limits.time.min(Duration::from_secs(10))))
            .max_response_header_size(64 << 10)
            .user_agent(concat!("kb/", env!("CARGO_PKG_VERSION")))
            .build();
        let names = Names { private: limits.private, inner: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), names);
        Self { agent, private: limits.private, left: Cell::new(limits.all) }
    }

    fn once(&self, request: &Request, address: &Address) -> Result<Answer, Failure> {
        let mut asked = http::Request::builder().uri(address.to_string()).header("accept", request.accept);
        if let Some(token) = &request.token {
            asked = asked.header("authorization", token.header());
        }
        let answer = match &request.body {
            Some(body) => {
                let asked = asked.method("POST").header("content-type", "application/json");
                self.agent.run(asked.body(body.as_bytes()).map_err(|_| unsendable(address))?)
            }
            None => self.agent.run(asked.method("GET").body(()).map_err(|_| unsendable(address))?),
        };
        let answer = read(answer.map_err(|error| failure(&error))?)?;
        let left = self.left.get().checked_sub(answer.body.len() as u64);
        self.left.set(left.ok_or_else(|| {
            Failure::Refused("it tells more in one run than any list of tickets or incidents has".into())
        })?);
        Ok(answer)
    }

    fn may(&self, request: &Request, address: &Address) -> Result<(), Failure> {
        if address.is_private() && !self.private {
            return Err(private());
        }
        if request.token.is_some() && !address.encrypted && !address.is_loopback() {
            let message = "a token is not sent without encryption; use an `https` address";
            return Err(Failure::Refused(message.into()));
        }
        Ok(())
    }
}

impl Web for Client {
    fn ask(&self, request: &Request) -> Result<Answer, Failure> {
        let token = request.token.as_ref();
        let told = self.follow(request);
        told.map(|answer| answer.without(token)).map_err(|failure| failure.without(token))
    }
}

impl Client {
    fn follow(&self, request: &Request) -> Result<Answer, Failure> {
        let mut address = request.address.clone();
        for _ in 0..=HOPS {
            self.may(request, &address)?;
            let answer = self.once(request, &address)?;
            let Some(location) = answer.location.as_deref() else { return Ok(answer) };
            let there = address.join(location).ok_or_else(|| Failure::Elsewhere(location_shown(location)))?;
            if !there.same_origin(&address) && !address.is_encrypted_by(&there) {
                return Err(Failure::Elsewhere(there.host_seen_from(&address)));
            }
            address = there;
        }
        Err(Failure::Garbled("it leads from one address to the next without end".into()))
    }
}

/// Waits, for those who are patient.
pub fn wait(time: Duration) {
    std::thread::sleep(time);
}

/// A number from 0 to 1, another one each time.
pub fn chance() -> f64 {
    let bits = RandomState::new().hash_one(0_u8) >> 32;
    f64::from(u32::try_from(bits).unwrap_or_default()) / f64::from(u32::MAX)
}

#[expect(clippy::disallowed_methods, reason = "a limit that ends at a time of day is counted from now")]
fn read(mut answer: Response<Body>) -> Result<Answer, Failure> {
    let status = answer.status().as_u16();
    let headers = answer.headers().clone();
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let moved = matches!(status, 301 | 302 | 303 | 307 | 308);
    let location = header("location").filter(|_| moved).map(str::to_owned);
    let body = if moved {
        Vec::new()
    } else {
        answer.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(|error| failure(&error))?
    };
    let (exhausted, wait) = limits(status, header, &body, Timestamp::now());
    let kind = header("content-type").unwrap_or_default().to_ascii_lowercase();
    Ok(Answer { status, kind, wait, location, exhausted, body, asked_with: None })
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::BodyExceedsLimit(_) => Failure::Garbled(format!("it is longer than {} MiB", LARGEST >> 20)),
        Error::Timeout(_) => Failure::Silent("no answer in time".into()),
        Error::HostNotFound => Failure::Silent("there is no such host".into()),
        Error::Io(inner)
            if inner.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<PrivateNetwork>) =>
        {
            private()
        }
        // What is wrong with a certificate or with its protocol is wrong the next time as well.
        Error::Io(inner) if inner.kind() == std::io::ErrorKind::InvalidData => unsafe_there(inner),
        Error::Io(inner) => Failure::Silent(inner.to_string()),
        Error::Rustls(inner) => unsafe_there(inner),
        Error::Protocol(_) | Error::LargeResponseHeader(..) => Failure::Garbled(error.to_string()),
        other => Failure::Silent(other.to_string()),
    }
}

fn unsafe_there(why: &dyn fmt::Display) -> Failure {
    Failure::Refused(format!("there is no safe connection to it: {why}"))
}

fn private() -> Failure {
    let message = "it lies in a private network; `--allow-private` lets kb go there";
    Failure::Refused(message.into())
}

fn unsendable(address: &Address) -> Failure {
    Failure::Refused(format!("`{address}` cannot be asked"))
}

fn location_shown(location: &str) -> String {
    super::text::line(location, 100)
}

/// Looks names up, and leaves out what leads into private networks: whatever name it hides behind.
struct Names {
    private: bool,
    inner: DefaultResolver,
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names(private: {})", self.private)
    }
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let proxy = config.proxy().is_some_and(|proxy| Some(proxy.host()) == uri.host());
        if self.private || proxy || !found.iter().any(|one| is_private(one.ip())) {
            return Ok(found);
        }
        Err(Error::Io(std::io::Error::other(PrivateNetwork)))
    }
}

#[derive(Debug)]
struct PrivateNetwork;

impl fmt::Display for PrivateNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a private network")
    }
}

impl std::error::Error for PrivateNetwork {}
