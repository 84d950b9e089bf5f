//! Pages that listen for changes.

use super::*;
use std::io::{BufRead, BufReader};

impl Running {
    /// A page that knows the number `known`; yields the data of each message.
    fn listen(&self, known: u64) -> impl Iterator<Item = serde_json::Value> + use<> {
        let mut stream = self.connect();
        let ask = format!("GET /__kb/events?since={known} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(ask.as_bytes()).unwrap();
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok())
    }
}

#[test]
fn a_page_hears_of_a_change_at_once() {
    let server = serve();
    let mut page = server.listen(server.reload.generation());
    std::thread::sleep(Duration::from_millis(50));
    let start = Instant::now();
    let number = server.reload.publish(Kind::Page, &["incidents/a.html".into()], &[]);
    let heard = page.next().unwrap();
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(heard["generation"], number);
    assert_eq!((&heard["kind"], &heard["paths"][0]), (&"page".into(), &"incidents/a.html".into()));
}

#[test]
fn a_page_made_before_a_change_and_listening_after_it_is_told() {
    let server = serve();
    let made_with = server.reload.generation();
    server.reload.publish(Kind::Other, &[], &[]);
    assert_eq!(server.listen(made_with).next().unwrap()["kind"], "other");
    assert_eq!(server.listen(1).next().unwrap()["kind"], "page");
}

#[test]
fn errors_carry_their_place() {
    let server = serve();
    let trouble = Trouble {
        file: "content/a.md".into(),
        line: 3,
        column: 7,
        code: "unknown-key".into(),
        message: "unknown key `<b>`".into(),
        help: None,
        source: Some("severty: SEV1".into()),
        open: None,
    };
    server.reload.publish(Kind::Page, &[], &[trouble]);
    let heard = server.listen(server.reload.generation()).next().unwrap();
    assert_eq!(
        (&heard["errors"][0]["line"], &heard["errors"][0]["message"]),
        (&3.into(), &"unknown key `<b>`".into())
    );
}

#[test]
fn two_hundred_pages_hear_the_same_and_are_forgotten_when_they_go() {
    let server = serve();
    let known = server.reload.generation();
    let pages: Vec<_> = (0..200).map(|_| server.listen(known)).collect();
    let end = Instant::now() + Duration::from_secs(5);
    while server.reload.clients() < 200 && Instant::now() < end {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(server.reload.clients(), 200);
    server.reload.publish(Kind::Other, &[], &[]);
    for mut page in pages {
        assert_eq!(page.next().unwrap()["kind"], "other");
    }
    while server.reload.clients() > 0 && Instant::now() < end + Duration::from_secs(5) {
        server.reload.publish(Kind::Other, &[], &[]);
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(server.reload.clients(), 0);
}
