//! What well-behaved clients get.

use super::*;
use std::os::unix::fs::symlink;

#[test]
fn a_page_comes_with_its_policy_and_the_script_that_listens() {
    let server = serve();
    let said = server.get("/", "");
    assert_eq!((said.status, said.field("Content-Type")), (200, Some("text/html; charset=utf-8")));
    assert!(said.text().contains("<script src=\"/__kb/dev.js\" data-generation=\""));
    let policy = said.field("Content-Security-Policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(said.field("X-Content-Type-Options"), Some("nosniff"));
    assert_eq!(said.field("Referrer-Policy"), Some("same-origin"));
    assert_eq!(said.field("Cross-Origin-Opener-Policy"), Some("same-origin"));
    assert_eq!(said.field("Content-Length").unwrap().parse(), Ok(said.body.len()));
    assert_eq!(server.get("/no/such", "").status, 404);
}

#[test]
fn a_known_version_is_not_sent_again_and_a_head_has_no_body() {
    let server = serve();
    let first = server.get("/long.css", "");
    let tag = first.field("ETag").unwrap();
    let again = server.get("/long.css", &format!("If-None-Match: \"x\", W/{tag}\r\n"));
    assert_eq!((again.status, again.body.len()), (304, 0));
    let head = server.say("HEAD /long.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.field("Content-Length"), first.field("Content-Length"));
}

#[test]
fn text_is_compressed_for_those_who_take_it_under_a_tag_of_its_own() {
    let server = serve();
    let plain = server.get("/long.css", "");
    let packed = server.get("/long.css", "Accept-Encoding: gzip\r\n");
    assert_eq!(packed.field("Content-Encoding"), Some("gzip"));
    assert_eq!(
        (packed.field("Vary"), plain.field("Vary")),
        (Some("Accept-Encoding"), Some("Accept-Encoding"))
    );
    assert_ne!(packed.field("ETag"), plain.field("ETag"));
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    let tag = packed.field("ETag").unwrap();
    let again = server.get("/long.css", &format!("Accept-Encoding: gzip\r\nIf-None-Match: {tag}\r\n"));
    assert_eq!(again.status, 304);
}

#[test]
fn a_part_of_an_attachment_can_be_asked_for() {
    let server = serve();
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(server.folder.path().join("a.mp4"), &bytes).unwrap();
    let whole = server.get("/files/a.mp4", "");
    assert!(whole.body == bytes && whole.field("Accept-Ranges") == Some("bytes"));
    let part = server.get("/files/a.mp4", "Range: bytes=100000-199998\r\n");
    assert_eq!((part.status, part.field("Content-Range")), (206, Some("bytes 100000-199998/200000")));
    assert!(part.body == bytes[100_000..199_999]);
    assert_eq!(server.get("/files/a.mp4", "Range: bytes=200000-\r\n").status, 416);
    assert_eq!(server.get("/files/a.mp4", "Range: bytes=0-1\r\nIf-Range: \"old\"\r\n").status, 200);
}

#[test]
fn attachments_come_only_from_their_folder_and_cannot_act() {
    let server = serve();
    let at = |name: &str| server.folder.path().join(name);
    std::fs::write(at("a.html"), "<script src=a.js></script>").unwrap();
    std::fs::write(at("a.js"), "alert(1)").unwrap();
    std::fs::create_dir(at("sub")).unwrap();
    symlink("/etc/passwd", at("out.txt")).unwrap();
    let page = server.get("/files/a.html", "");
    assert!(page.field("Content-Security-Policy").unwrap().contains("sandbox"));
    assert_eq!(server.get("/files/a.js", "").field("Content-Type"), Some("text/plain; charset=utf-8"));
    for path in ["/files/out.txt", "/files/sub", "/files/", "/files/none", "/files//etc/passwd"] {
        assert_eq!(server.get(path, "").status, 404, "{path}");
    }
    assert_eq!(server.get("/files/%2e%2e/x", "").status, 400);
}

#[test]
fn an_answer_cannot_smuggle_a_header() {
    let said = serve().get("/old", "");
    assert_eq!((said.status, said.field("X-Evil"), said.field("Location")), (302, None, None));
}

#[test]
fn a_panic_in_the_site_is_one_bad_answer() {
    let server = serve();
    assert_eq!(server.get("/panic", "").status, 500);
    assert_eq!(server.get("/", "").status, 200);
}

#[test]
fn requests_on_one_connection_are_answered_in_order() {
    let server = serve();
    let ask = |n: u32, close: &str| format!("GET /echo?q={n} HTTP/1.1\r\nHost: localhost\r\n{close}\r\n");
    let all: String = (0..50).map(|n| ask(n, if n == 49 { "Connection: close\r\n" } else { "" })).collect();
    let mut stream = server.connect();
    stream.write_all(all.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let bodies: Vec<&str> =
        text.split("HTTP/1.1 200 OK").skip(1).filter_map(|one| one.split("\r\n\r\n").nth(1)).collect();
    assert_eq!(bodies, (0..50).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn strangers_names_and_pages_are_refused() {
    let server = serve();
    let with_host =
        |host: &str| server.say(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    assert_eq!(with_host("evil.example").status, 421);
    assert_eq!(with_host(&format!("127.0.0.1:{}", server.address.port())).status, 200);
    for fields in ["Origin: http://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        for path in ["/__kb/events", "/__kb/dev.js", "/__kb/health", "/__kb/metrics"] {
            assert_eq!(server.get(path, fields).status, 403, "{path} {fields}");
        }
        // A search tells by its time whether something was found; a page may be linked to from anywhere.
        assert_eq!(server.get("/api/search?q=x", fields).status, 403, "{fields}");
        assert_eq!(server.get("/", fields).status, 200, "{fields}");
    }
    assert_eq!(server.get("/api/search?q=x", "Sec-Fetch-Site: same-origin\r\n").status, 404);
    assert_eq!(
        server.get("/__kb/health", "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n").status,
        200
    );
}

#[test]
fn the_server_tells_how_it_is() {
    let server = serve();
    let health: serde_json::Value = serde_json::from_slice(&server.get("/__kb/health", "").body).unwrap();
    assert_eq!(health["generation"], server.reload.generation());
    server.get("/no/such", "");
    assert!(server.get("/__kb/metrics", "").text().contains("kb_requests_total{status=\"4xx\"} 1"));
    assert_eq!(server.get("/__kb/none", "").status, 404);
    assert!(server.get("/__kb/dev.js", "").text().contains("EventSource"));
}

#[test]
fn a_port_in_use_is_named() {
    let server = serve();
    let options = Options { port: server.address.port(), ..Options::default() };
    let message = Server::bind(options).unwrap_err().to_string();
    assert!(message.starts_with(&format!("cannot listen on {}", server.address)), "{message}");
}

#[test]
fn told_to_stop_it_ends_within_a_second_whoever_is_connected() {
    let server = serve();
    let _idle: Vec<TcpStream> = (0..20).map(|_| server.connect()).collect();
    let mut half = server.connect();
    half.write_all(b"GET / HT").unwrap();
    let mut listening = server.connect();
    listening.write_all(b"GET /__kb/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    let start = Instant::now();
    let address = server.address;
    drop(server);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert!(TcpStream::connect(address).is_err());
}
