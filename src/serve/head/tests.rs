//! Heads as clients send them, and as they should not.

use super::*;

fn read(text: &str) -> Result<Option<Head>, Refusal> {
    Incoming { bytes: text.into(), ..Incoming::default() }.take()
}

fn get(target: &str) -> Result<Head, Refusal> {
    read(&format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n")).map(Option::unwrap)
}

fn status(text: &str) -> u16 {
    read(text).unwrap_err().status
}

#[test]
fn a_path_and_a_query_are_decoded() {
    let head = get("/incidents/a%20b.html?q=caf%C3%A9+au&empty&x=1=2#top").unwrap();
    assert_eq!(head.asked.path, "/incidents/a b.html");
    assert_eq!(head.asked.value("q"), Some("café au"));
    assert_eq!((head.asked.value("empty"), head.asked.value("x")), (Some(""), Some("1=2")));
    assert!(head.keep_alive && !head.without_body);
}

#[test]
fn paths_that_climb_or_hide_something_are_refused() {
    for target in
        ["/../a", "/a/%2e%2e/b", "/a/..%2fb", "/a%5cb", "/a%00", "/%0a", "/%ff", "/%", "/%4", "/%zz"]
    {
        assert_eq!(get(target).unwrap_err().status, 400, "{target}");
    }
    assert!(get("/a..b/...").is_ok());
}

#[test]
fn a_head_that_arrives_byte_by_byte_is_the_same_head() {
    let text = "\r\nGET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\nGET";
    let mut incoming = Incoming::default();
    let mut heads = Vec::new();
    for byte in text.bytes() {
        incoming.bytes.push(byte);
        heads.extend(incoming.take().unwrap());
    }
    assert_eq!(heads.len(), 1);
    assert!(heads[0].fields.takes_gzip && incoming.has_more());
    assert_eq!(Some(&heads[0]), read(text).unwrap().as_ref());
}

#[test]
fn requests_may_follow_each_other_without_waiting() {
    let one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";
    let mut incoming = Incoming { bytes: one.repeat(3).into(), ..Incoming::default() };
    assert_eq!((0..4).filter_map(|_| incoming.take().unwrap()).count(), 3);
}

#[test]
fn what_is_malformed_is_told_so() {
    let with = |fields: &str| format!("GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n");
    for text in [
        "GET /\r\n\r\n".to_owned(),
        "GET / HTTP/3.0\r\nHost: a\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\nHost: a\n\n".to_owned(),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        "GET http:/x HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
        with("Host: b\r\n"),
        with("Host : b\r\n"),
        with("X: a\r\n folded\r\n"),
        with("Content-Length: 0\r\nContent-Length: 5\r\n"),
        with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        with("Content-Length: -1\r\n"),
        with("Content-Length: 5, 5\r\n"),
        with("Content-Length: \r\n"),
        "\u{16}\u{3}\u{1}\n".to_owned(),
    ] {
        assert_eq!(status(&text), 400, "{text:?}");
    }
}

#[test]
fn other_methods_and_bodies_are_refused() {
    for method in ["POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "get"] {
        assert_eq!(status(&format!("{method} / HTTP/1.1\r\nHost: a\r\n\r\n")), 405, "{method}");
    }
    let body = |field: &str| status(&format!("GET / HTTP/1.1\r\nHost: a\r\n{field}\r\n\r\n"));
    assert_eq!(body("Content-Length: 99999999999999999999999999"), 413);
    assert_eq!(body("Transfer-Encoding: chunked"), 413);
    assert!(read("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").is_ok());
}

#[test]
fn long_lines_and_long_heads_are_cut_off_before_they_end() {
    assert_eq!(status(&format!("GET /{}", "a".repeat(9_000))), 414);
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nX: {}", "a".repeat(9_000))), 431);
    let fields = |n: usize, size: usize| {
        let field = |n| format!("X-{n}: {}\r\n", "a".repeat(size));
        format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", (0..n).map(field).collect::<String>())
    };
    assert_eq!(status(&fields(50, 1_000)), 431);
    assert_eq!(status(&fields(150, 1)), 431);
    assert!(read(&fields(90, 100)).unwrap().is_some());
    assert_eq!(status(&"\r\n".repeat(20_000)), 431);
}

#[test]
fn a_whole_address_names_the_host() {
    let head = read("GET http://Evil.example/x?y HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap().unwrap();
    assert_eq!((head.host.as_str(), head.asked.path.as_str()), ("evil.example", "/x"));
}

#[test]
fn old_clients_and_those_who_ask_are_not_kept() {
    let keep = |text: &str| read(text).unwrap().unwrap().keep_alive;
    assert!(!keep("GET / HTTP/1.0\r\nHost: a\r\n\r\n"));
    assert!(!keep("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n"));
}

#[test]
fn gzip_is_taken_only_where_it_is_wanted() {
    for (accepted, taken) in [
        ("gzip", true),
        ("br;q=1, *;q=0.1", true),
        ("gzip;q=0", false),
        ("identity", false),
        ("x-gzip", false),
    ] {
        assert_eq!(takes_gzip(accepted), taken, "{accepted}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_bring_it_down(bytes in proptest::collection::vec(0_u8.., 0..400)) {
        let mut incoming = Incoming { bytes, ..Incoming::default() };
        while let Ok(Some(head)) = incoming.take() {
            proptest::prop_assert!(head.asked.path.starts_with('/'));
        }
    }

    #[test]
    fn no_target_leads_out_of_the_site(target in "/[a-z./%25eEfF\\\\0]{0,40}") {
        if let Ok(head) = get(&target) {
            proptest::prop_assert!(head.asked.path.starts_with('/'));
            proptest::prop_assert!(!head.asked.path.split(['/', '\\']).any(|part| part == ".."));
        }
    }
}
