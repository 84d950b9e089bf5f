//! The one client: what it sends where, what it refuses, and what it survives.

use super::server::{Reply, Server};
use kb::interop::address::Address;
use kb::interop::http::{Client, LARGEST, Limits};
use kb::interop::web::{Answer, Failure, Request, Token, Web};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection};
use std::sync::Arc;
use std::time::{Duration, Instant};

const OPEN: Limits = Limits { time: Duration::from_secs(5), private: true, all: 1 << 30 };

fn ask(server: &Server, limits: Limits) -> Result<Answer, Failure> {
    ask_at(&format!("{}/x", server.url), limits)
}

fn ask_at(url: &str, limits: Limits) -> Result<Answer, Failure> {
    let token = Token::new("s3cret").unwrap().bearer();
    Client::new(limits).ask(&Request::get(Address::parse(url).unwrap(), Some(&token)))
}

#[test]
fn a_question_carries_the_token_and_says_who_asks() {
    let server = Server::start(|_, _| Reply::new(200, "{}"));
    assert!(ask(&server, OPEN).unwrap().json().is_ok());
    let asked = &server.asked()[0];
    assert_eq!((asked.method.as_str(), asked.path.as_str()), ("GET", "/x"));
    assert_eq!(asked.headers["authorization"], "Bearer s3cret");
    assert!(asked.headers["user-agent"].starts_with("kb/"));
}

#[test]
fn private_networks_need_leave() {
    let server = Server::start(|_, _| Reply::new(200, "{}"));
    let shut = Limits { private: false, ..OPEN };
    let port = server.url.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let Err(Failure::Refused(why)) = ask_at(&format!("http://{host}:{port}/"), shut) else {
            panic!("{host} was asked")
        };
        assert!(why.contains("--allow-private") || why.contains("encryption"), "{why}");
    }
    assert!(server.asked().is_empty());
}

#[test]
fn a_token_is_not_sent_in_the_clear() {
    let Err(Failure::Refused(why)) = ask_at("http://tracker.example/", OPEN) else { panic!("it was asked") };
    assert!(why.contains("encryption") && !why.contains("s3cret"), "{why}");
}

#[test]
fn redirects_are_followed_on_the_same_server_only() {
    let other = Server::start(|_, _| Reply::new(200, "{}"));
    let away = other.url.clone();
    let server = Server::start(move |asked, _| match asked.path.as_str() {
        "/x" => Reply::new(301, "").header("location", "/y"),
        "/y" => Reply::new(200, "{\"here\":1}"),
        _ => Reply::new(302, "").header("location", &away),
    });
    assert_eq!(ask(&server, OPEN).unwrap().json().unwrap()["here"], 1);
    let Err(Failure::Elsewhere(host)) = ask_at(&format!("{}/away", server.url), OPEN) else {
        panic!("it was followed")
    };
    assert_eq!(host, other.url, "the same host at another port is another server");
    assert!(other.asked().is_empty(), "another server was asked");
}

#[test]
fn redirects_without_end_end() {
    let server = Server::start(|_, _| Reply::new(302, "").header("location", "/x"));
    assert!(matches!(ask(&server, OPEN), Err(Failure::Garbled(_))));
    assert!(server.asked().len() < 10);
}

#[test]
fn slow_answers_are_given_up() {
    let server = Server::start(|_, _| Reply { pause: Duration::from_secs(8), ..Reply::new(200, "{}") });
    let begun = Instant::now();
    let limits = Limits { time: Duration::from_millis(300), ..OPEN };
    assert!(matches!(ask(&server, limits), Err(Failure::Silent(_))));
    assert!(begun.elapsed() < Duration::from_secs(7));
}

#[test]
fn answers_that_are_cut_off_are_none() {
    let server = Server::start(|_, _| Reply { missing: 10, ..Reply::new(200, "{\"a\":") });
    assert!(matches!(ask(&server, OPEN), Err(Failure::Silent(_) | Failure::Garbled(_))));
    let server = Server::start(|_, _| Reply::new(200, "{\"a\":"));
    assert!(matches!(ask(&server, OPEN).unwrap().json(), Err(Failure::Garbled(_))));
}

#[test]
fn endless_answers_are_not_read_to_the_end() {
    let long = "x".repeat(usize::try_from(LARGEST).unwrap() + 10);
    let server = Server::start(move |_, _| Reply::new(200, long.as_str()));
    let Err(Failure::Garbled(why)) = ask(&server, OPEN) else { panic!("it was read") };
    assert!(why.contains("longer than"), "{why}");
}

#[test]
fn answers_without_end_end_as_well() {
    let long = "x".repeat(1000);
    let server = Server::start(move |_, _| Reply::new(200, long.as_str()));
    let client = Client::new(Limits { all: 2500, ..OPEN });
    let request = Request::get(Address::parse(&server.url).unwrap(), None);
    let told: Vec<bool> = (0..4).map(|_| client.ask(&request).is_ok()).collect();
    assert_eq!(told, [true, true, false, false]);
    assert!(matches!(client.ask(&request), Err(Failure::Refused(_))));
}

/// Its certificate names it rightly, and nobody signed it.
#[test]
fn a_certificate_that_nobody_signed_is_not_believed() {
    let certificate = include_bytes!("tls/certificate.der").to_vec();
    let key = PrivateKeyDer::Pkcs8(include_bytes!("tls/key.der").to_vec().into());
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key)
        .unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut tls = ServerConnection::new(Arc::new(config)).unwrap();
        let mut seen = Vec::new();
        while tls.complete_io(&mut stream).is_ok()
            && std::io::Read::read_to_end(&mut tls.reader(), &mut seen).is_err()
        {}
        seen
    });
    let Err(Failure::Refused(why)) = ask_at(&format!("https://localhost:{port}/"), OPEN) else {
        panic!("it was believed")
    };
    assert!(why.contains("no safe connection") && why.contains("UnknownIssuer"), "{why}");
    assert!(serving.join().unwrap().is_empty(), "it was told something");
}

#[test]
fn a_server_that_speaks_no_tls_is_not_spoken_to_in_the_clear() {
    let server = Server::start(|_, _| Reply::new(200, "{}"));
    let told = ask_at(&server.url.replace("http", "https"), OPEN);
    assert!(matches!(told, Err(Failure::Refused(_) | Failure::Silent(_))), "{told:?}");
    assert!(server.asked().iter().all(|one| !one.headers.contains_key("authorization")));
}

#[test]
fn nobody_there_is_silence() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert!(matches!(ask_at(&format!("http://127.0.0.1:{port}/"), OPEN), Err(Failure::Silent(_))));
}
