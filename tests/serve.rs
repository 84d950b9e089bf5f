//! `kb serve` from outside: one process, plain HTTP, what a client gets.

use crate::site_test::{SiteTest, TODAY};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

/// A running server; ended with the test.
pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) port: u16,
    pub(crate) site: SiteTest,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back: status, head in lower case, body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

pub(crate) fn serve(site: SiteTest, arguments: &[&str]) -> Served {
    let all = [&["serve", "--port", "0", "--as-of", TODAY], arguments].concat();
    let mut child = site.command(&all).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().trim_end_matches('/').rsplit(':').next().unwrap().parse();
    Served { child, port: port.unwrap_or_else(|_| panic!("{line}")), site }
}

impl Served {
    pub(crate) fn ask(&self, method: &str, target: &str, fields: &str) -> Answer {
        let host = format!("Host: 127.0.0.1:{}\r\n", self.port);
        let host = if fields.contains("Host:") { "" } else { &host };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "{method} {target} HTTP/1.1\r\n{host}{fields}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let head = head.lines().map(|line| {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            format!("{}: {value}\n", name.to_lowercase())
        });
        Answer { status, head: head.collect(), body: body.to_owned() }
    }

    pub(crate) fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }
}

fn archive() -> SiteTest {
    SiteTest::new()
        .file("content/pool.md", "---\nid: PM-1\nvisibility: public\n---\n# Pool full\n\nThe database said `too many clients already`.\n")
        .file("content/disk.md", "# Disk full\n\nNo space left on device.\n")
}

#[test]
fn the_page_and_the_api_find_the_same() {
    let served = serve(archive(), &[]);
    let answer = served.get("/api/search?q=full&limit=10&offset=0");
    assert_eq!((answer.status, answer.field("content-type")), (200, Some("application/json; charset=utf-8")));
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&told["version"], &told["total"]), (&1.into(), &2.into()));
    let page = served.get("/search.html?q=full");
    assert_eq!(page.status, 200);
    let mut at = 0;
    for hit in told["hits"].as_array().unwrap() {
        let mark = format!("data-hit=\"{}\"", hit["slug"].as_str().unwrap());
        let place = page.body.find(&mark).unwrap_or_else(|| panic!("{mark}: {}", page.body));
        assert!(place >= at, "the order differs");
        at = place;
    }
    let second = served.get("/api/search?q=full&limit=1&offset=1");
    let second: serde_json::Value = serde_json::from_str(&second.body).unwrap();
    assert_eq!(second["hits"][0]["slug"], told["hits"][1]["slug"]);
}

#[test]
fn who_asks_the_same_at_once_or_in_another_order_gets_the_same_answer() {
    let served = serve(archive(), &[]);
    let alone = served.get("/api/search?q=ful&typing=1&limit=1").body;
    assert!(alone.contains("\"total\":2"), "{alone}");
    let (served, ways) =
        (&served, ["q=dis&typing=1", "typing=1&q=dis", "q=+dis+&typing=1&limit=20&offset=0"]);
    let all: Vec<String> = std::thread::scope(|scope| {
        let ask = |n: usize| scope.spawn(move || served.get(&format!("/api/search?{}", ways[n % 3])).body);
        let asking: Vec<_> = (0..12).map(ask).collect();
        asking.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(all[0].contains("Disk full") && all.iter().all(|one| one == &all[0]), "{all:?}");
    // What differs is not taken for the same.
    assert_ne!(served.get("/api/search?q=dis").body, all[0]);
    assert_ne!(served.get("/api/search?q=ful&typing=1&limit=1&offset=1").body, alone);
}

#[test]
fn odd_questions_are_answered() {
    let served = serve(archive(), &[]);
    for query in [
        "",
        "%22",
        "%22%22%22",
        "a+AND",
        "component:",
        "-",
        "%00",
        "%FF",
        "%F0%9F%94%A5",
        "(((((",
        &"x".repeat(2000),
    ] {
        for target in ["/api/search?q=", "/search.html?q="] {
            let answer = served.get(&format!("{target}{query}"));
            assert_eq!(answer.status, 200, "{target}{query}: {}", answer.body);
        }
    }
    let page = served.get("/search.html?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
    for limit in ["limit=x", "limit=-1", "offset=99999999999999999999"] {
        assert!(served.get(&format!("/api/search?q=full&{limit}")).status < 500, "{limit}");
    }
}

#[test]
fn an_unknown_address_gets_the_page_for_it() {
    let served = serve(archive(), &[]);
    let answer = served.get("/incidents/none.html");
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("<h1>"), "{}", answer.body);
    assert_eq!(served.get("/../../etc/passwd").status, 400);
}

#[test]
fn a_head_has_no_body_and_a_known_page_is_not_sent_again() {
    let served = serve(archive(), &[]);
    // Until all is compared a page says so, and is another afterwards.
    served.get("/api/v1/families.json");
    let page = served.get("/incidents/pm-1.html");
    let head = served.ask("HEAD", "/incidents/pm-1.html", "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.field("content-length"), page.field("content-length"));
    let known = format!("If-None-Match: {}\r\n", page.field("etag").unwrap());
    let again = served.ask("GET", "/incidents/pm-1.html", &known);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(served.ask("POST", "/", "Content-Length: 3\r\n").status, 405);
}

#[test]
fn a_name_that_is_not_this_machine_is_refused() {
    let served = serve(archive(), &["--allow-host", "kb.example.com"]);
    let ask = |host: &str| served.ask("GET", "/index.html", &format!("Host: {host}\r\n")).status;
    assert_eq!(ask("kb.example.com"), 200);
    assert_eq!(ask("localhost:4000"), 200);
    for host in ["evil.example.com", "kb.example.com.evil.com", "127.0.0.1.evil.com", "", "[::1].evil.com"] {
        assert!((400..500).contains(&ask(host)), "{host}: {}", ask(host));
    }
}

#[test]
fn what_is_served_to_customers_is_what_they_may_read() {
    let served = serve(archive(), &["--audience", "public"]);
    assert_eq!(served.get("/incidents/disk.html").status, 404);
    assert!(served.get("/incidents/pm-1.html").body.contains("Pool full"));
    let found = served.get("/api/search?q=disk").body + &served.get("/search.html?q=space").body;
    assert!(!found.contains("Disk full"), "{found}");
    assert_eq!(served.get("/files/disk.md").status, 404);
}

#[test]
fn a_port_in_use_is_told_at_once() {
    let served = serve(archive(), &[]);
    let told = archive().run(&["serve", "--port", &served.port.to_string()]).code(2).stderr;
    assert!(told.contains(&served.port.to_string()), "{told}");
}

#[test]
fn others_are_let_in_only_under_a_name_that_was_said() {
    let told = archive().run(&["serve", "--host", "0.0.0.0", "--port", "0"]).code(2).stderr;
    assert!(told.contains("--allow-host") && told.contains("read everything"), "{told}");
    let served = serve(archive(), &["--host", "0.0.0.0", "--allow-host", "kb.example.com"]);
    let ask = |target: &str, host: &str| served.ask("GET", target, &format!("Host: {host}\r\n"));
    assert_eq!(ask("/index.html", "kb.example.com").status, 200);
    assert_eq!(ask("/index.html", "0.0.0.0").status, 421);
    // Lines of sources and the way to the public's site are for the author's own machine.
    assert_eq!(ask("/__kb/author?page=/incidents/pm-1.html", "kb.example.com").body, "null");
    assert_eq!(ask("/__kb/public/index.html", "kb.example.com").status, 404);
}
