//! What others wrote and kb passes on: tickets as trackers tell them, tables that a spreadsheet opens, dates that a calendar
//! reads; and a system that allows no large files.

use crate::site_test::{SiteTest, TODAY};

const TRACKER: &str =
    "[trackers.jira]\nkind = \"jira\"\nurl = \"https://jira.example\"\nprefixes = [\"OPS\"]\n";
const REPORT: &str = "---\ntitle: \"=1+1, a\\r\\nb\"\ndate: 2026-04-04\nvisibility: public\n---\n## Action items\n\n\
    | Action | Owner | Ticket | State | Due |\n|---|---|---|---|---|\n\
    | =HYPERLINK(\"https://evil.example\";\"x\") and so on | mia; =2+2 | OPS-1 | open | 2026-12-01 |\n\
    | Do it; END:VEVENT, BEGIN:VALARM and \\\\n all of it | | OPS-2 | open | 2026-12-02 |\n";

/// `tickets.json` with a hostile value in every field.
const TICKETS: &str = r#"{"version":1,"tickets":[
{"tracker":"jira","key":"OPS-1\"><script>hurt(1)</script>","aliases":["OPS-1"],"url":"javascript:hurt(2)",
 "title":"<img src=x onerror=hurt(3)>","state":"open","reason":"\"><svg onload=hurt(4)>",
 "assignee":"<script>hurt(5)</script>","priority":"'\"><b onclick=hurt(6)>","fetched_at":"2026-01-01T00:00:00Z"},
{"tracker":"jira","key":"OPS-2","url":"https://jira.example/\" onmouseover=hurt(7) x=\"","title":"=cmd|' /C calc'!A0",
 "state":"in-progress","reason":"</script><script>hurt(8)</script>","assignee":"=HYPERLINK(\"x\")","priority":"@SUM(1)",
 "fetched_at":"2026-01-01T00:00:00Z"}]}"#;

fn project() -> SiteTest {
    SiteTest::new()
        .file("site.toml", format!("base_url = \"https://incidents.example/\"\n{TRACKER}"))
        .file("tickets.json", TICKETS)
        .file("content/r.md", REPORT)
}

#[test]
fn what_trackers_say_is_text_on_every_page() {
    let site = project();
    site.run(&["build", "--as-of", TODAY, "--out", "out"]).fine();
    let mut shown = 0;
    for (name, bytes) in site.bytes("out") {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        assert!(!text.contains("javascript:hurt"), "{name}");
        if !name.ends_with(".html") {
            continue;
        }
        for (at, _) in text.match_indices("hurt(") {
            shown += 1;
            let tag = text[..at].rfind(['<', '>']).map(|at| &text[at..=at]);
            assert_eq!(tag, Some(">"), "{name}: inside a tag");
        }
        for hostile in ["<script>hurt", "<svg onload", "<img src=x", "<b onclick"] {
            assert!(!text.contains(hostile), "{name}: {hostile}");
        }
    }
    assert!(shown > 0, "nothing of it is shown, so nothing is tried");
}

#[test]
fn no_cell_of_a_table_is_a_formula_however_it_is_parted() {
    let site = project();
    site.run(&["build", "--as-of", TODAY, "--out", "out"]).fine();
    let mut cells = 0;
    for (name, bytes) in site.bytes("out") {
        if !name.ends_with(".csv") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        // Once as the format has it, once as half of Europe opens it: parted at semicolons outside of quotes.
        for parted in [",", ",;"] {
            for cell in split(&text, parted) {
                cells += 1;
                assert!(!cell.starts_with(['=', '+', '@', '\t']), "{name}: {cell}");
                assert!(!cell.starts_with('-') || cell.parse::<f64>().is_ok(), "{name}: {cell}");
            }
        }
    }
    assert!(cells > 40, "{cells}");
}

/// The fields of a CSV text that is parted at `marks`.
fn split(text: &str, marks: &str) -> Vec<String> {
    let (mut all, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if !quoted && (marks.contains(c) || c == '\n') => all.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    all
}

#[test]
fn words_cannot_add_a_line_to_a_calendar() {
    const KNOWN: [&str; 17] = [
        "BEGIN:VCALENDAR",
        "VERSION:",
        "PRODID:",
        "CALSCALE:",
        "METHOD:",
        "X-WR-CALNAME:",
        "BEGIN:VEVENT",
        "UID:",
        "DTSTAMP:",
        "DTSTART;",
        "DTEND;",
        "SUMMARY:",
        "DESCRIPTION:",
        "URL:",
        "TRANSP:",
        "END:VEVENT",
        "END:VCALENDAR",
    ];
    let site = project();
    site.run(&["build", "--as-of", TODAY, "--out", "out"]).fine();
    let calendar = site.read("out/actions.ics");
    assert_eq!(calendar.matches("BEGIN:VEVENT\r\n").count(), 2, "{calendar}");
    for line in calendar.split("\r\n").filter(|line| !line.is_empty()) {
        assert!(line.len() <= 75 && !line.contains(['\n', '\r']), "{line:?}");
        assert!(line.starts_with(' ') || KNOWN.iter().any(|begin| line.starts_with(begin)), "{line:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_told_and_leaves_the_old_site() {
    let site = SiteTest::new().file("content/r.md", "---\ntitle: Small\ndate: 2026-01-01\n---\nWords.\n");
    site.run(&["build", "--as-of", TODAY, "--out", "out"]).fine();
    let before = site.bytes("out");
    site.write(
        "content/big.md",
        format!("---\ntitle: Large\ndate: 2026-01-02\n---\n{}", "many words of it\n\n".repeat(9000)),
    );
    // Blocks of 1024 bytes, in the shells there are.
    let program = std::env::var_os("KB_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_kb").into());
    let told = std::process::Command::new("bash")
        .args(["-c", "ulimit -f 100; exec \"$0\" build --out out"])
        .arg(program)
        .current_dir(site.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&told.stderr);
    assert_eq!(told.status.code(), Some(2), "{:?}: {said}", told.status);
    assert!(said.contains("error: ") && said.contains("too large"), "{said}");
    assert_eq!(site.bytes("out"), before);
}
