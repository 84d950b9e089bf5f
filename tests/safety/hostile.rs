//! Files that nobody should have written: each ends in bounded time and memory, with a word about it where it is not read,
//! and takes nothing else with it.

use crate::site_test::{SiteTest, TODAY};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::symlink;
use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

/// Most seconds of processor time and MiB of memory that a build with one such file may take, in a build for tests.
const SECONDS: f64 = 40.0;
const MEMORY: u64 = 1200;

/// What must be told about a file; empty where it is read like any other.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    told: &'static str,
}

fn case(name: &'static str, bytes: impl Into<Vec<u8>>, told: &'static str) -> Case {
    Case { name, bytes: bytes.into(), told }
}

fn front(text: &str) -> String {
    format!("---\n{text}\n---\n\n# Title\n\nWords.\n")
}

/// What `make` makes of each number, in one text.
fn lines(numbers: std::ops::Range<usize>, make: &dyn Fn(usize) -> String) -> String {
    numbers.map(make).collect()
}

fn cases() -> Vec<Case> {
    let bomb: String = lines(1..30, &|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(9)));
    let utf16: Vec<u8> = "\u{feff}# T".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let many = |text: &str, times: usize| format!("# Title\n\n{}", text.repeat(times));
    let table = format!(
        "# T\n\n## Timeline\n\n| Time | What |\n|---|---|\n{}",
        "| 10:00 | a row |\n".repeat(100_000)
    );
    let wide = format!("# T\n\n|{}\n|{}\n|{}\n", "a|".repeat(5_000), "-|".repeat(5_000), "b|".repeat(5_000));
    vec![
        // Front matter.
        case("alias-bomb.md", front(&format!("a0: &a0 x\n{bomb}")), "error["),
        case("deep-yaml.md", front(&format!("a: {}{}", "[".repeat(50_000), "]".repeat(50_000))), "error["),
        case("deep-map.md", front(&format!("a: {}", "{a: ".repeat(20_000))), "error["),
        case(
            "deep-toml.md",
            format!("+++\na = {}{}\n+++\n# T\n", "[".repeat(20_000), "]".repeat(20_000)),
            "error[",
        ),
        case("long-front.md", front(&"key: value\n".repeat(100_000)), "error["),
        case("many-tags.md", front(&format!("tags: [{}]", lines(0..20_000, &|n| format!("t{n}, ")))), ""),
        case("long-title.md", front(&format!("title: {}", "x".repeat(500_000))), "error["),
        case("open-front.md", "---\ntitle: never closed\n", "no `---` closes it"),
        case("huge-number.md", front(&format!("impact: {{ users: {} }}", "9".repeat(5_000))), ""),
        case("odd-date.md", front("date: 999999999-99-99"), "error["),
        // Nesting.
        case("quotes.md", format!("# T\n\n{}x\n", ">".repeat(100_000)), ""),
        case("lists.md", format!("# T\n\n{}x\n", "- ".repeat(50_000)), ""),
        case("brackets.md", many("[", 200_000), ""),
        case("links.md", many("[a](", 100_000), ""),
        case("images.md", many("![", 100_000), ""),
        case("emphasis.md", many("*a **b _c ", 50_000), ""),
        case("stars.md", many("*", 300_000), ""),
        case("html.md", many("<div>", 50_000), ""),
        case("html-open.md", many("<a <b ", 50_000), ""),
        case("html-spans.md", many("<b>x", 50_000), ""),
        case("comments.md", many("<!-- a", 50_000), ""),
        case("entities.md", many("&#x41;&amp", 100_000), ""),
        case("backticks.md", lines(1..1_500, &|n| format!("{} ", "`".repeat(n))), ""),
        // What costs readers of Markdown more than its length.
        case("footnotes.md", many("[^1] ", 100_000), "[footnotes]"),
        case("footnote-starts.md", many("[^", 150_000), "[footnotes]"),
        case("definitions.md", many("[^a]: b\n\n", 4_900), ""),
        case("references.md", many("[a]: b\n[c][a] ", 50_000), ""),
        case("autolinks.md", many("<a:", 100_000), ""),
        case("pipes.md", many("|a", 200_000), ""),
        case("rows.md", table, ""),
        case("columns.md", wide, ""),
        case("headings.md", "# Same\n\n".repeat(50_000), ""),
        case("one-line.md", many("word ", 1_000_000), ""),
        case("spaces.md", many(" ", 4_000_000), ""),
        case("times.md", many("10:00 10:01 ", 100_000), ""),
        case("at.md", many("@a ", 200_000), ""),
        case("tickets.md", many("OPS-1 #2 a/b#3 ", 100_000), ""),
        case("markers.md", many("<!-- internal -->\n<!-- /internal -->\n", 50_000), ""),
        case("near-markers.md", many("<!-- intern -->\n", 50_000), "error["),
        // Bytes.
        case("50-mib.md", vec![b'a'; 50 << 20], "[file-too-large]"),
        case("not-utf-8.md", b"# T\n\n\xff\n", "[invalid-utf-8]"),
        case("utf-16.md", utf16, "UTF-16"),
        case("bom.md", "\u{feff}---\ntitle: Marked\n---\nx\n", ""),
        case("nul.md", "# T\n\na\0b\n", ""),
        case("controls.md", "# T\u{202e}\u{7}\u{1b}[31m\n\n\u{85}\u{2028}x\r\r\n", ""),
        case("empty.md", "", ""),
        case("only-fence.md", "---", ""),
        case("50-mib.png", vec![0x78; 50 << 20], ""),
        case("drawing.svg", format!("<svg>{}", "<g>".repeat(100_000)), ""),
    ]
}

/// Processor seconds and the most memory in MiB of a command, as the system counts them until it ends.
fn watch(mut child: Child) -> (Option<i32>, f64, u64) {
    let (mut seconds, mut memory) = (0.0_f64, 0);
    let stat = format!("/proc/{}/stat", child.id());
    let status = format!("/proc/{}/status", child.id());
    loop {
        if let Some(ended) = child.try_wait().unwrap() {
            return (ended.code(), seconds, memory);
        }
        let after = |text: &str| text.rsplit(") ").next().unwrap_or_default().to_owned();
        let ticks = fs::read_to_string(&stat).map(|text| {
            after(&text)
                .split(' ')
                .skip(11)
                .take(2)
                .filter_map(|field| field.parse::<f64>().ok())
                .sum::<f64>()
        });
        seconds = seconds.max(ticks.unwrap_or(0.0) / 100.0);
        let most = fs::read_to_string(&status).ok().and_then(|text| {
            text.lines()
                .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok())
        });
        memory = memory.max(most.unwrap_or(0) >> 10);
        if seconds > SECONDS {
            child.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(4));
    }
}

#[test]
fn every_hostile_file_ends_with_a_word_in_bounded_time_and_memory() {
    let only = std::env::var("KB_ONLY").unwrap_or_default();
    let mut wrong = Vec::new();
    for Case { name, bytes, told } in cases().into_iter().filter(|case| case.name.contains(&only)) {
        let shown = if name.ends_with(".md") { String::new() } else { format!("![p]({name})") };
        let good = format!("---\ntitle: A good one\nvisibility: public\n---\n{shown}\n");
        let public = !bytes.starts_with(b"-") && !bytes.starts_with(b"+") && bytes.len() < 9 << 20;
        let fence: &[u8] = if public
            && name.ends_with(".md")
            && std::str::from_utf8(&bytes).is_ok()
            && !bytes.starts_with(b"\xef")
        {
            b"---\nvisibility: public\n---\n"
        } else {
            b""
        };
        let site = SiteTest::new()
            .file("content/good.md", good)
            .file(&format!("content/{name}"), [fence, &bytes].concat());
        let arguments = ["build", "--audience", "public", "--as-of", TODAY, "--jobs", "1", "--out", "out"];
        let errors = fs::File::create(site.path().join("told")).unwrap();
        let child = site.command(&arguments).stdout(Stdio::null()).stderr(errors).spawn().unwrap();
        let (code, seconds, memory) = watch(child);
        let said = String::from_utf8_lossy(&fs::read(site.path().join("told")).unwrap()).into_owned();
        let line = said.lines().find(|line| !told.is_empty() && line.contains(told)).unwrap_or("–");
        println!("{name:20} {seconds:6.2} s {memory:5} MiB  {}", line.chars().take(110).collect::<String>());
        let ends = if told.starts_with("error[")
            || told.contains("invalid")
            || told.contains("large")
            || told.contains("UTF")
        {
            code == Some(1)
        } else {
            code == Some(0) && site.list("out").contains("incidents/good.html")
        };
        if !ends || !said.contains(told) || said.contains("panicked") || memory > MEMORY || seconds > SECONDS
        {
            wrong.push(format!(
                "{name}: ended with {code:?} after {seconds} s, {memory} MiB: {}",
                said.chars().take(600).collect::<String>()
            ));
        }
        if said.len() > 400_000 {
            wrong.push(format!("{name}: {} bytes of messages", said.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_no_file_and_what_leads_out_is_told_and_not_followed() {
    let site = SiteTest::new()
        .file("content/good.md", "# Good\n\n![a](inside.png)\n")
        .file("secret/key.md", "# Zqsecret\n");
    let content = site.path().join("content");
    let made = std::process::Command::new("mkfifo").arg(content.join("pipe.md")).status();
    assert!(made.is_ok_and(|status| status.success()));
    let _socket = std::os::unix::net::UnixListener::bind(content.join("socket.md")).unwrap();
    symlink(".", content.join("loop")).unwrap();
    symlink("b.md", content.join("a.md")).unwrap();
    symlink("a.md", content.join("b.md")).unwrap();
    symlink("../secret/key.md", content.join("out.md")).unwrap();
    symlink("../secret", content.join("folder")).unwrap();
    symlink("/etc/passwd", content.join("inside.png")).unwrap();
    symlink("/dev/zero", content.join("zero.md")).unwrap();
    let told = site.build().code(1).stderr;
    for name in ["pipe.md", "socket.md", "loop", "a.md", "b.md", "out.md", "folder", "inside.png", "zero.md"]
    {
        assert!(told.contains(&format!("content/{name}")), "{name} is not told of in\n{told}");
    }
    assert!(!told.contains("Zqsecret") && !told.contains("root:"), "{told}");
    assert!(!site.path().join("dist").exists());
}

#[test]
fn odd_names_are_read_or_refused_with_a_word() {
    let long = "n".repeat(252) + ".md";
    let names: [&[u8]; 8] = [
        b"new\nline.md",
        b"bell\x07.md",
        "right-to-left\u{202e}dm.md".as_bytes(),
        long.as_bytes(),
        b"not-\xff-utf-8.md",
        b"back\\slash.md",
        b"co:lon.md",
        b" .md",
    ];
    for name in names {
        let site = SiteTest::new().file("content/good.md", "# Good\n\nx\n");
        let path = site.path().join("content").join(std::ffi::OsString::from_vec(name.to_vec()));
        fs::write(&path, "# Odd\n\nx\n").unwrap();
        let done = site.build();
        let shown = String::from_utf8_lossy(name);
        assert!(!done.stderr.contains("panicked"), "{shown:?}: {}", done.stderr);
        let pages = site.list("dist/internal/incidents").lines().count();
        let read = done.code == Some(0) && pages == 3;
        let refused = done.stderr.contains('[') && (done.code == Some(1) || pages == 2);
        assert!(read || refused, "{shown:?}: {pages} pages, {}", done.stderr);
        let raw = done.stderr.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}');
        assert!(!raw, "{shown:?} reaches the terminal as it is: {:?}", done.stderr);
    }
}
