//! What a client sends to `kb serve`, byte for byte, over the loopback interface.

use kb::serve::{Answer, Asked, Options, Server, Site, Stop};
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

/// A site that knows one page and one address that has moved.
struct OnePage;

impl Site for OnePage {
    fn answer(&self, asked: &Asked) -> Answer {
        let path = &asked.path;
        let fine = path.starts_with('/') && !path.contains('\\') && !path.chars().any(char::is_control);
        assert!(fine && !path.split('/').any(|part| part == ".."), "the site is asked for {path:?}");
        match path.as_str() {
            "/" => Answer::bytes("text/html; charset=utf-8", vec![b'a'; 3000]),
            "/old" => Answer::redirect("/".into()),
            _ => Answer::text(404, "not here\n"),
        }
    }
}

/// Sends the input, says that no more will come, and reads whatever is answered.
pub fn run(data: &[u8]) {
    static SERVER: OnceLock<SocketAddr> = OnceLock::new();
    let address = SERVER.get_or_init(|| {
        let options = Options { port: 0, live: false, ..Options::default() };
        let server = Server::bind(options).expect("a free port");
        let address = server.address();
        thread::spawn(move || server.run(Arc::new(OnePage), &Stop::new()));
        address
    });
    let mut stream = TcpStream::connect(address).expect("the server accepts");
    let patience = Some(Duration::from_secs(30));
    stream.set_read_timeout(patience).expect("a time that is not zero");
    // The server may have refused and gone before all is sent.
    let _ = stream.write_all(data).and_then(|()| stream.shutdown(Shutdown::Write));
    let mut answer = Vec::new();
    if let Err(error) = stream.read_to_end(&mut answer) {
        let gone =
            matches!(error.kind(), std::io::ErrorKind::ConnectionReset | std::io::ErrorKind::NotConnected);
        assert!(gone, "no end of the answer: {error}");
        return;
    }
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 "), "{answer}");
    assert!(!answer.contains("HTTP/1.1 500"), "{answer}");
}
