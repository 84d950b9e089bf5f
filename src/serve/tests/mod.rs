//! The server as clients meet it: through a socket, well behaved and otherwise.

mod answers;
mod attacks;
mod events;

use super::*;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A site of four addresses and a folder of attachments.
struct Fake {
    folder: PathBuf,
}

const PAGE: &str = "<!doctype html><title>t</title><body><main>hello</main></body>";

impl Site for Fake {
    fn answer(&self, asked: &Asked) -> Answer {
        match asked.path.as_str() {
            "/" => Answer::bytes("text/html; charset=utf-8", PAGE.as_bytes()),
            "/long.css" => Answer::bytes(media_type("long.css"), "a{b:c}\n".repeat(50_000).into_bytes()),
            "/panic" => panic!("as asked"),
            "/old" => Answer::redirect("/new\r\nX-Evil: 1".into()),
            "/echo" => Answer::text(200, asked.value("q").unwrap_or_default()),
            path => match path.strip_prefix("/files/") {
                Some(name) => Answer::file(media_type(name), self.folder.clone(), self.folder.join(name)),
                None => Answer::bytes("text/html; charset=utf-8", *b"<body>not here</body>").status(404),
            },
        }
    }
}

/// A running server; ended when dropped.
struct Running {
    address: SocketAddr,
    reload: Arc<Reload>,
    stop: Stop,
    thread: Option<JoinHandle<crate::Result<()>>>,
    folder: tempfile::TempDir,
}

fn serve() -> Running {
    serve_with(Duration::from_secs(15), Duration::from_secs(10))
}

fn serve_with(idle: Duration, head: Duration) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::bind(Options { port: 0, ..Options::default() }).unwrap().with_patience(idle, head);
    let (address, reload, stop) = (server.address(), server.reload(), Stop::new());
    let (site, told) = (Arc::new(Fake { folder: folder.path().into() }), stop.clone());
    let thread = Some(std::thread::spawn(move || server.run(site, &told)));
    Running { address, reload, stop, thread, folder }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.tell();
        let ended = self.thread.take().map(JoinHandle::join);
        if !std::thread::panicking() {
            ended.unwrap().unwrap().unwrap();
        }
    }
}

impl Running {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    }

    /// Sends `text` and reads until the server closes.
    fn say(&self, text: &str) -> Said {
        let mut stream = self.connect();
        let _ = stream.write_all(text.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Said::new(&bytes)
    }

    fn get(&self, path: &str, fields: &str) -> Said {
        self.say(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}\r\n"))
    }
}

/// One answer, taken apart.
#[derive(Debug)]
struct Said {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Said {
    fn new(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head, body: bytes[end..].to_vec() }
    }

    fn field(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(": "));
        fields.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
