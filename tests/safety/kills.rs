//! Builds that are killed, crowded, or run out of room: the output is always the whole old or the whole new site.

use super::{Random, cases};
use crate::site_test::{SiteTest, TODAY};
use std::collections::BTreeMap;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

type Files = BTreeMap<String, Vec<u8>>;

/// A project whose every page says which `state` it is in.
fn write(site: &SiteTest, state: &str) {
    for n in 0..40 {
        let text = format!(
            "---\ntitle: Report {n} {state}\ndate: 2026-01-{:02}\ncomponents: [hub]\ntags: [{state}]\n---\n\n## Summary\n\nIn {state}.\n\n![g](g{}.svg)\n",
            n % 28 + 1,
            n % 4
        );
        site.write(&format!("content/{state}-{n}.md"), text);
    }
    for n in 0..4 {
        site.write(&format!("content/g{n}.svg"), format!("<svg><title>{state}</title></svg>"));
    }
}

/// Takes the project from one state to another.
fn turn(site: &SiteTest, state: &str) {
    let _ = fs::remove_dir_all(site.path().join("content"));
    write(site, state);
}

fn build(site: &SiteTest) -> Command {
    let mut command = site.command(&["build", "--as-of", TODAY, "--out", "out/site"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The bytes of both sites, built undisturbed, and how long a build takes.
fn both(site: &SiteTest) -> (Files, Files, Duration) {
    let begun = Instant::now();
    let built = |state: &str| {
        turn(site, state);
        site.run(&["build", "--as-of", TODAY, "--out", state]).fine();
        site.bytes(state)
    };
    let (old, new) = (built("old"), built("new"));
    assert!(old != new && old.len() > 40);
    (old, new, begun.elapsed() / 2)
}

fn kill(mut child: Child, after: Duration) -> bool {
    thread::sleep(after);
    let alive = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    alive
}

#[test]
fn killed_at_any_moment_the_site_is_whole() {
    let site = SiteTest::new();
    let (old, new, takes) = both(&site);
    let mut random = Random(7);
    let (mut killed, mut turned) = (0, 0);
    let kills = cases(40);
    for n in 0..kills {
        let state = if n % 2 == 0 { "new" } else { "old" };
        turn(&site, state);
        let before = site.bytes("out/site");
        let after = Duration::from_micros(random.below(u64::try_from(takes.as_micros()).unwrap() * 6 / 5));
        killed += u64::from(kill(build(&site).spawn().unwrap(), after));
        let now = site.bytes("out/site");
        assert!(now == before || now == old || now == new, "kill {n} after {after:?} left half a site");
        turned += u64::from(now != before);
    }
    println!(
        "{kills} builds, {killed} killed while running, {turned} had published; a build takes {takes:?}"
    );
    assert!(killed > kills / 4, "only {killed} of {kills} were killed while running");
    // The next build clears what the killed ones left.
    site.run(&["build", "--as-of", TODAY, "--out", "out/site"]).fine();
    assert_eq!(site.bytes("out/site"), if kills % 2 == 1 { new } else { old });
    let beside: Vec<_> =
        fs::read_dir(site.path().join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let left = beside.iter().filter(|name| *name != "site" && !name.to_string_lossy().ends_with("receipt"));
    assert_eq!(left.count(), 0, "{beside:?}");
}

#[test]
fn builds_at_once_give_one_whole_site_and_tell_the_others() {
    let site = SiteTest::new();
    let (_, new, _) = both(&site);
    for _ in 0..cases(40) / 20 {
        let _ = fs::remove_dir_all(site.path().join("out"));
        let start = |_| build(&site).stderr(Stdio::piped()).spawn().unwrap();
        let ends: Vec<_> = (0..4)
            .map(start)
            .collect::<Vec<_>>()
            .into_iter()
            .map(|child| child.wait_with_output().unwrap())
            .collect();
        assert!(ends.iter().any(|end| end.status.success()));
        for end in ends.iter().filter(|end| !end.status.success()) {
            let told = String::from_utf8_lossy(&end.stderr);
            assert!(end.status.code() == Some(2) && told.contains("another"), "{told}");
        }
        assert!(site.bytes("out/site") == new);
    }
}

#[test]
fn without_room_the_old_site_stays_and_the_reason_is_told() {
    let site = SiteTest::new();
    let (old, ..) = both(&site);
    turn(&site, "old");
    site.run(&["build", "--as-of", TODAY, "--out", "out/site"]).fine();
    turn(&site, "new");
    // Files may not grow beyond a few kilobytes: what a full disk or a quota does, without needing either.
    let line = format!(
        "trap '' XFSZ; ulimit -f 4; exec '{}' build --as-of {TODAY} --out out/site",
        env!("CARGO_BIN_EXE_kb")
    );
    let told = site.outcome(Command::new("bash").args(["-c", &line]).current_dir(site.path())).code(2).stderr;
    assert!(told.contains("cannot write") && told.contains("out/site"), "{told}");
    assert!(site.bytes("out/site") == old);
    let beside = fs::read_dir(site.path().join("out")).unwrap().count();
    assert!(beside <= 2, "a stage was left");
}

#[test]
fn where_nothing_can_be_written_that_is_said() {
    let site = SiteTest::new();
    write(&site, "old");
    site.write("file", "a file");
    for out in ["/proc/kb/site", "file", "file/site", "/dev/null", "/"] {
        let told = site.run(&["build", "--as-of", TODAY, "--out", out]).code(2).stderr;
        assert!(told.starts_with("error") && told.contains(out.trim_end_matches("/site")), "{out}: {told}");
        assert!(!told.contains("panicked"), "{out}: {told}");
    }
    assert_eq!(site.read("file"), "a file");
}

#[test]
fn a_folder_of_somebody_else_is_never_replaced() {
    for (name, text) in [
        ("out/.git/config", "x"),
        ("out/thesis.tex", "x"),
        ("out/sub/a.html", "x"),
        ("out/.kb-site", "forged"),
    ] {
        let site = SiteTest::new().file(name, text);
        write(&site, "old");
        let before = site.bytes("out");
        let told = site.run(&["build", "--as-of", TODAY, "--out", "out"]).code(2).stderr;
        assert!(told.contains("out"), "{told}");
        assert_eq!(site.bytes("out"), before, "{name}");
    }
    // A site of kb's to which somebody added a repository is theirs.
    let site = SiteTest::new();
    write(&site, "old");
    site.run(&["build", "--as-of", TODAY, "--out", "out"]).fine();
    site.write("out/.git/config", "x");
    turn(&site, "new");
    site.run(&["build", "--as-of", TODAY, "--out", "out"]).code(2);
    assert!(site.list("out").contains("report-0") || site.list("out").contains("old-0"));
}
