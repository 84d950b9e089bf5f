//! The server itself: accepts connections, reads requests, writes answers.
//!
//! `tiny_http` forms the heads of answers here, and is used for nothing else: its own loop reads a declared body into
//! one buffer however long, lets a client that resets panic a thread, ends for good with the first failed accept, and
//! never cuts off a half-sent request. So accepting and reading are our own (see `head`), and whatever a client does
//! ends with its connection.

use super::connections::{Connections, Place, most};
use super::fit::{ALWAYS, Fitter, Payload, Reply, plain};
use super::guard::{Guard, is_same_origin};
use super::head::{Head, Heard, Incoming, Patience, is_a_pause};
use super::metrics::Metrics;
use super::own::{self, Own};
use super::{Answer, Asked, Options, Reload, Site, Stop};
use crate::{Error, Result};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Patience = Patience { idle: Duration::from_secs(15), head: Duration::from_secs(10) };
/// So long a client may take to read one piece of an answer.
const PIECE_PATIENCE: Duration = Duration::from_secs(20);
const PIECE: usize = 64 * 1024;
/// How many clients may wait to be let in.
const QUEUE: i32 = 1024;
const FAREWELL: Duration = Duration::from_millis(800);

/// A server that has its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    options: Options,
    reload: Arc<Reload>,
    patience: Patience,
}

struct Shared {
    site: Arc<dyn Site>,
    guard: Guard,
    reload: Arc<Reload>,
    fitter: Fitter,
    metrics: Metrics,
    connections: Arc<Connections>,
    patience: Patience,
    live: bool,
}

impl Server {
    /// Takes the port.
    pub fn bind(options: Options) -> Result<Self> {
        let bare = options.host.trim_start_matches('[').trim_end_matches(']');
        let bound = TcpListener::bind((bare, options.port)).and_then(|listener| {
            // The standard library lets 128 wait at the door; whoever finds it full comes back a second later.
            rustix::net::listen(&listener, QUEUE)?;
            let address = listener.local_addr()?;
            Ok((listener, address))
        });
        let (listener, address) = bound.map_err(|source| {
            let host = if bare.contains(':') { format!("[{bare}]") } else { bare.to_owned() };
            Error::Bind { address: format!("{host}:{}", options.port), source }
        })?;
        Ok(Self { listener, address, options, reload: Arc::new(Reload::new()), patience: PATIENCE })
    }

    /// Where it listens, with the port that was found.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to open in a browser.
    pub fn url(&self) -> String {
        let named = self.options.host.parse::<IpAddr>().is_err() && !self.options.host.starts_with('[');
        if named {
            return format!("http://{}:{}/", self.options.host, self.address.port());
        }
        format!("http://{}/", reachable(self.address))
    }

    /// The log of changes that open pages listen to.
    pub fn reload(&self) -> Arc<Reload> {
        Arc::clone(&self.reload)
    }

    /// How long it waits for clients; shorter in tests.
    #[cfg(test)]
    pub(super) fn with_patience(mut self, idle: Duration, head: Duration) -> Self {
        self.patience = Patience { idle, head };
        self
    }

    /// Answers from `site` until `stop` is told, then ends every connection within a second.
    pub fn run(self, site: Arc<dyn Site>, stop: &Stop) -> Result<()> {
        let shared = Arc::new(Shared {
            site,
            guard: Guard::new(&self.options.host, &self.options.allow_host),
            reload: self.reload,
            fitter: Fitter::default(),
            metrics: Metrics::default(),
            connections: Connections::new(most()),
            patience: self.patience,
            live: self.options.live,
        });
        let (listener, accepting, ending) = (self.listener, Arc::clone(&shared), stop.clone());
        let failed = |source| Error::Bind { address: self.address.to_string(), source };
        let door = thread::Builder::new().name("kb-accept".into());
        let door = door.spawn(move || accept(&listener, &accepting, &ending)).map_err(failed)?;
        while !stop.wait(Duration::from_secs(3600)) {}
        shared.reload.close();
        shared.connections.close(FAREWELL);
        // Wakes the thread that waits for the next connection.
        drop(TcpStream::connect_timeout(&reachable(self.address), FAREWELL));
        let _ = door.join();
        Ok(())
    }
}

/// The address by which a client on this machine reaches the server.
fn reachable(address: SocketAddr) -> SocketAddr {
    let host = match address.ip() {
        IpAddr::V4(host) if host.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(host) if host.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        host => host,
    };
    SocketAddr::new(host, address.port())
}

/// Lets clients in until the end. No failure ends it: a client that reset is forgotten, and when files run out the
/// slowest client is sent away.
fn accept(listener: &TcpListener, shared: &Arc<Shared>, stop: &Stop) {
    while !stop.is_told() {
        match listener.accept() {
            Ok((stream, peer)) => {
                let Some(place) = shared.connections.admit(stream) else {
                    return;
                };
                let shared = Arc::clone(shared);
                let connection = move || converse(&shared, &place, peer.ip().to_canonical().is_loopback());
                // Without a thread the connection is closed, and the next may fare better.
                drop(thread::Builder::new().name("kb-client".into()).spawn(connection));
            }
            Err(error) if is_a_pause(&error) || error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => {
                shared.connections.relieve();
                thread::sleep(Duration::from_millis(10));
            }
        }
    }
}

/// All requests of one connection.
fn converse(shared: &Shared, place: &Place, from_here: bool) {
    let stream = place.stream();
    let _ = stream.set_nodelay(true);
    let _ = stream.set_write_timeout(Some(PIECE_PATIENCE));
    let mut incoming = Incoming::default();
    loop {
        place.waits();
        match incoming.next(stream, shared.patience) {
            Heard::Nothing => return,
            Heard::Refused(refusal) => {
                shared.metrics.answered(refusal.status, Duration::ZERO);
                let mut reply = plain(refusal.status, refusal.message);
                if refusal.status == 405 {
                    reply.headers.push(("Allow", "GET, HEAD".into()));
                }
                if send(place, reply, true, false).is_ok() {
                    linger(stream);
                }
                return;
            }
            Heard::Head(mut head) => {
                place.works();
                head.asked.from_here = from_here;
                let goes_on = serve_one(shared, place, &head).unwrap_or(false);
                if !goes_on {
                    return if incoming.has_more() {
                        linger(stream);
                    } else {
                        finish(stream);
                    };
                }
            }
        }
    }
}

/// One request; says whether another may follow.
fn serve_one(shared: &Shared, place: &Place, head: &Head) -> io::Result<bool> {
    let start = Instant::now();
    let path = head.asked.path.as_str();
    let reply = if !shared.guard.knows(&head.host) {
        plain(421, "this name is not one of the server's; allow it with `--allow-host`\n")
    } else if own::is_for_pages_of_the_site(path) && !is_same_origin(head) {
        plain(403, "only pages of this site may ask for that\n")
    } else if own::own(path) == Some(Own::Events) && !head.without_body {
        return stream_events(shared, place, head);
    } else {
        shared.fitter.fit(answer(shared, head), head)
    };
    shared.metrics.answered(reply.status, start.elapsed());
    send(place, reply, !head.keep_alive, head.without_body)?;
    Ok(head.keep_alive)
}

fn answer(shared: &Shared, head: &Head) -> Answer {
    // Read before the page is made: it may then know more than its number says, never less.
    let generation = shared.reload.generation();
    match own::own(&head.asked.path) {
        Some(Own::Script) => own::script(),
        Some(Own::Style) => own::style(),
        Some(Own::Health) => own::health(generation, shared.site.is_loading(), shared.site.is_settled()),
        Some(Own::Metrics) => {
            let (clients, connections) = (shared.reload.clients(), shared.connections.count());
            own::metrics(shared.metrics.text(clients, connections, generation) + &shared.site.figures())
        }
        Some(Own::Events) => Answer::bytes("text/event-stream", []),
        None => {
            let answer = ask(&*shared.site, &head.asked);
            if shared.live { own::with_script(answer, generation) } else { answer }
        }
    }
}

fn ask(site: &dyn Site, asked: &Asked) -> Answer {
    catch_unwind(AssertUnwindSafe(|| site.answer(asked)))
        .unwrap_or_else(|_| Answer::text(500, "the server could not answer this; its terminal may say why\n"))
}

/// The stream of changes, until the page has gone or the server ends.
fn stream_events(shared: &Shared, place: &Place, head: &Head) -> io::Result<bool> {
    let page = head.asked.value("page").unwrap_or_default();
    let Some(listener) = shared.reload.listen(page) else {
        shared.metrics.answered(503, Duration::ZERO);
        send(place, plain(503, "too many pages listen already\n"), true, false)?;
        return Ok(false);
    };
    let last = head.fields.last_event.as_deref().or_else(|| head.asked.value("since"));
    let known = last.and_then(|number| number.parse().ok()).unwrap_or_else(|| shared.reload.generation());
    shared.metrics.answered(200, Duration::ZERO);
    let mut stream = place.stream();
    // By hand, because `tiny_http` knows no answer without an end.
    let mut opening =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n".to_owned();
    opening.extend(ALWAYS.iter().flat_map(|(name, value)| [name, ": ", value, "\r\n"]));
    opening.push_str("\r\n");
    stream.write_all(opening.as_bytes())?;
    listener.run(known, stream)?;
    Ok(false)
}

/// Writes a reply: head and the first of the body in one piece, then piece by piece.
fn send(place: &Place, reply: Reply, close: bool, without_body: bool) -> io::Result<()> {
    let mut first = form_head(&reply, close)?;
    match reply.body {
        _ if without_body => write_piece(place, &first),
        Payload::Nothing => write_piece(place, &first),
        Payload::Bytes(bytes, range) => {
            let body = bytes.get(range).unwrap_or_default();
            let (begin, rest) = body.split_at_checked(PIECE).unwrap_or((body, &[]));
            first.extend_from_slice(begin);
            write_piece(place, &first)?;
            rest.chunks(PIECE).try_for_each(|piece| write_piece(place, piece))
        }
        Payload::File(mut file, range) => {
            write_piece(place, &first)?;
            file.seek(SeekFrom::Start(range.start))?;
            let mut left = range.end - range.start;
            let mut piece = vec![0; PIECE];
            while left > 0 {
                let n = Read::by_ref(&mut file).take(left).read(&mut piece)?;
                if n == 0 {
                    // The file became shorter: the connection must end, or the next answer would be taken for the rest.
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                write_piece(place, piece.get(..n).unwrap_or_default())?;
                left -= n as u64;
            }
            Ok(())
        }
    }
}

/// Status line and headers, as `tiny_http` forms them.
fn form_head(reply: &Reply, close: bool) -> io::Result<Vec<u8>> {
    let is_clean = |value: &str| !value.chars().any(char::is_control);
    let headers = reply.headers.iter().filter(|(_, value)| is_clean(value));
    let headers =
        headers.filter_map(|(name, value)| tiny_http::Header::from_bytes(*name, value.as_str()).ok());
    let length = usize::try_from(reply.length).unwrap_or(usize::MAX);
    let response =
        tiny_http::Response::new(reply.status.into(), headers.collect(), io::empty(), Some(length), None);
    let mut head = Vec::with_capacity(1024);
    response.with_chunked_threshold(usize::MAX).raw_print(&mut head, (1, 1).into(), &[], true, None)?;
    if close {
        // A header that `tiny_http` does not let be set: before the empty line that ends the head.
        head.truncate(head.len().saturating_sub(2));
        head.extend_from_slice(b"Connection: close\r\n\r\n");
    }
    Ok(head)
}

/// Writes all of `piece` in a bounded time, however slowly the client reads.
fn write_piece(place: &Place, mut piece: &[u8]) -> io::Result<()> {
    let end = Instant::now() + PIECE_PATIENCE;
    place.waits();
    while !piece.is_empty() {
        if Instant::now() > end {
            return Err(io::ErrorKind::TimedOut.into());
        }
        match place.stream().write(piece) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => piece = piece.get(n..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    place.works();
    Ok(())
}

fn finish(stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
}

/// Reads on for a moment after a refusal, so that what the client still sends does not destroy the answer on its way.
fn linger(mut stream: &TcpStream) {
    finish(stream);
    let end = Instant::now() + Duration::from_millis(500);
    let mut rest = [0; 4096];
    for _ in 0..64 {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero()
            || stream.set_read_timeout(Some(left)).is_err()
            || matches!(stream.read(&mut rest), Ok(0) | Err(_))
        {
            return;
        }
    }
}
