//! `kb serve` left running for a team: what clients, browsers and those who run it may rely on.

use crate::serve::{Served, serve};
use crate::site_test::SiteTest;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

fn archive() -> SiteTest {
    SiteTest::new()
        .file("site.toml", "title = \"Acme\"\n")
        .file("content/pool.md", "---\nid: pool\nseverity: SEV1\ntags: [database]\ndate: 2026-01-02\n---\n# Pool full\n\n`too many clients already`, said the database. ![x](load.png)\n")
        .file("content/disk.md", "---\nid: disk\nseverity: SEV2\ntags: [storage]\ndate: 2025-03-04\n---\n# Disk full\n\nNo space left on device, and the volume did not grow.\n")
        .file("content/load.png", [b"\x89PNG\r\n\x1a\n".as_slice(), &[7; 5_000]].concat())
}

/// What `served` ends with, after `patience` at most.
fn ended(served: &mut Served, patience: Duration) -> Option<ExitStatus> {
    let end = Instant::now() + patience;
    while Instant::now() < end {
        if let Some(status) = served.child.try_wait().unwrap() {
            return Some(status);
        }
        thread::sleep(Duration::from_millis(10));
    }
    None
}

#[test]
fn a_signal_ends_it_cleanly_whoever_is_connected() {
    for signal in ["-INT", "-TERM"] {
        let mut served = serve(archive(), &[]);
        let host = format!("Host: 127.0.0.1:{}\r\n\r\n", served.port);
        let open = |text: &str| {
            let mut stream = TcpStream::connect(("127.0.0.1", served.port)).unwrap();
            stream.write_all(text.as_bytes()).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            stream
        };
        let mut listening = open(&format!("GET /__kb/events?page=/index.html HTTP/1.1\r\n{host}"));
        let mut first = [0; 15];
        listening.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200 OK");
        let _others = [open(""), open("GET /incid")];
        let told = Command::new("kill").args([signal, &served.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let status = ended(&mut served, Duration::from_secs(20));
        assert_eq!(status.and_then(|status| status.code()), Some(0), "{signal}");
        // The stream ends too, and nobody is left at the port.
        listening.read_to_end(&mut Vec::new()).unwrap();
        assert!(TcpStream::connect(("127.0.0.1", served.port)).is_err());
    }
}

#[test]
fn no_page_of_another_site_gets_a_search_or_anything_it_could_read() {
    let served = serve(archive(), &[]);
    let own = format!("http://127.0.0.1:{}", served.port);
    for (fields, search) in [
        ("Origin: http://evil.example\r\n".to_owned(), 403),
        ("Origin: null\r\n".to_owned(), 403),
        ("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n".to_owned(), 403),
        (format!("Origin: {own}\r\nSec-Fetch-Site: same-origin\r\n"), 200),
        (String::new(), 200),
    ] {
        for (target, status) in [
            ("/api/search?q=full", search),
            ("/__kb/metrics", search),
            ("/search.html?q=full", 200),
            ("/api/v1/incidents.json", 200),
        ] {
            let answer = served.ask("GET", target, &fields);
            assert_eq!(answer.status, status, "{target} {fields}");
            assert!(!answer.head.contains("access-control-"), "{}", answer.head);
            assert_eq!(answer.field("cross-origin-resource-policy"), Some("same-origin"), "{target}");
        }
    }
}

#[test]
fn what_is_sent_is_packed_in_parts_and_guarded() {
    let served = serve(archive(), &[]);
    let page = served.ask("GET", "/incidents/pool.html", "Accept-Encoding: br, gzip\r\n");
    assert_eq!((page.field("content-encoding"), page.field("vary")), (Some("gzip"), Some("Accept-Encoding")));
    let policy = page.field("content-security-policy").unwrap();
    for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-cache"),
    ] {
        assert_eq!(page.field(name), Some(value), "{name}");
    }
    let whole = served.get("/files/load.png");
    assert_eq!((whole.status, whole.field("accept-ranges")), (200, Some("bytes")));
    let part = served.ask("GET", "/files/load.png", "Range: bytes=1-3\r\n");
    assert_eq!((part.status, part.body.as_str()), (206, "PNG"));
    assert_eq!(part.field("content-range"), Some("bytes 1-3/5008"));
    let tag = whole.field("etag").unwrap();
    let again = served.ask("GET", "/files/load.png", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[test]
fn those_who_run_it_see_how_it_is() {
    let served = serve(archive(), &[]);
    served.get("/api/v1/families.json");
    let health: Value = serde_json::from_str(&served.get("/__kb/health").body).unwrap();
    assert_eq!((health["status"].as_str(), health["generation"].is_u64()), (Some("ok"), true));
    assert_eq!(served.get("/none.html").status, 404);
    let answer = served.get("/__kb/metrics");
    assert_eq!(answer.field("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let mut named = "";
    for line in answer.body.lines() {
        // Prometheus: what a figure is and of which type comes before it.
        if let Some(told) = line.strip_prefix("# HELP ").or_else(|| line.strip_prefix("# TYPE ")) {
            named = told.split(' ').next().unwrap();
            continue;
        }
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(!named.is_empty() && name.starts_with(named), "{line}");
        assert!(value.parse::<f64>().is_ok(), "{line}");
    }
    // The connections of the requests before leave in their own time.
    let alone = |body: &str| body.lines().any(|line| line == "kb_connections 1");
    let mut body = answer.body;
    for _ in 0..100 {
        if alone(&body) {
            break;
        }
        thread::sleep(Duration::from_millis(20));
        body = served.get("/__kb/metrics").body;
    }
    for figure in ["kb_requests_total{status=\"4xx\"} 1", "kb_connections 1", "kb_clients 0"] {
        assert!(body.lines().any(|line| line == figure), "{figure}: {body}");
    }
}

#[test]
fn the_api_knows_the_whole_language_counts_and_marks() {
    let served = serve(archive(), &[]);
    let ask = |query: &str| -> Value {
        serde_json::from_str(&served.get(&format!("/api/search?limit=9&{query}")).body).unwrap()
    };
    let ids = |told: &Value| -> Vec<String> {
        let mut ids: Vec<String> =
            told["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().into()).collect();
        ids.sort();
        ids
    };
    for (query, wanted) in [
        ("q=full", vec!["disk", "pool"]),
        ("q=full+-device", vec!["pool"]),
        ("q=clients+OR+volume", vec!["disk", "pool"]),
        ("q=%22space+left%22", vec!["disk"]),
        ("q=title:pool", vec!["pool"]),
        ("q=severity:SEV2+full", vec!["disk"]),
        ("q=full+after:2025-06", vec!["pool"]),
        ("q=(clients+OR+volume)+NOT+tag:storage", vec!["pool"]),
        ("q=datab&typing=1", vec!["pool"]),
        ("q=id:disk", vec!["disk"]),
        ("q=full&severity=SEV1", vec!["pool"]),
        ("q=full&severity=SEV1&severity=SEV2&tag=storage", vec!["disk"]),
    ] {
        assert_eq!(ids(&ask(query)), wanted, "{query}");
    }
    let told = ask("q=full&severity=SEV1");
    assert_eq!(told["facets"]["severity"], serde_json::json!([["SEV1", 1], ["SEV2", 1]]));
    assert_eq!(told["facets"]["tag"], serde_json::json!([["database", 1]]));
    let runs = ask("q=device")["hits"][0]["passage"]["runs"].clone();
    assert!(runs.as_array().unwrap().contains(&serde_json::json!(["device", true])), "{runs}");
}
