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

/// The folder that a build writes into before it takes the place of the site, and how many files lie there.
fn staged(site: &SiteTest) -> Option<usize> {
    let beside = fs::read_dir(site.path().join("out")).ok()?;
    let mut names = beside.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let stage = names.find(|name| name.contains(".kb-stage-"))?;
    Some(site.list(&format!("out/{stage}")).lines().count())
}

/// Waits until `child` has begun to write; false where it ended before that was seen.
fn writes(site: &SiteTest, child: &mut Child) -> bool {
    let stage = || {
        let beside = fs::read_dir(site.path().join("out"));
        beside
            .into_iter()
            .flatten()
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().contains(".kb-stage-"))
    };
    loop {
        if stage() {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        thread::sleep(Duration::from_micros(200));
    }
}

/// Where kills landed.
#[derive(Debug, Default)]
struct Landed {
    /// While pages were being written: the fewest and the most files that lay there.
    writing: (u64, usize, usize),
    /// When the new site stood already and the old one was being cleared away.
    clearing: u64,
    /// Between the exchange and the end, or before the first file.
    between: u64,
}

#[test]
fn killed_while_it_writes_the_site_is_whole() {
    let site = SiteTest::new();
    let (old, new, _) = both(&site);
    // How long a build writes, undisturbed.
    turn(&site, "old");
    let mut child = build(&site).spawn().unwrap();
    assert!(writes(&site, &mut child), "a build is over before its first file is seen");
    let begun = Instant::now();
    child.wait().unwrap();
    let window = u64::try_from(begun.elapsed().as_micros()).unwrap();
    let mut random = Random(11);
    let (wanted, mut kills, mut tried, mut turned) = (cases(20), 0, 0, 0);
    let mut landed = Landed { writing: (0, usize::MAX, 0), ..Landed::default() };
    while kills < wanted {
        tried += 1;
        assert!(tried < wanted * 20, "only {kills} of {tried} kills met a build that was writing");
        let state = if tried % 2 == 0 { "new" } else { "old" };
        turn(&site, state);
        let before = site.bytes("out/site");
        let mut child = build(&site).spawn().unwrap();
        if !writes(&site, &mut child) {
            continue;
        }
        thread::sleep(Duration::from_micros(random.below(window)));
        if child.try_wait().unwrap().is_some() {
            continue;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        let now = site.bytes("out/site");
        assert!(now == before || now == old || now == new, "kill {kills} left half a site");
        let done = now != before;
        turned += u64::from(done);
        match staged(&site) {
            Some(files) if !done && files > 0 => {
                let (times, fewest, most) = landed.writing;
                landed.writing = (times + 1, fewest.min(files), most.max(files));
            }
            Some(_) if done => landed.clearing += 1,
            _ => landed.between += 1,
        }
        if kills % 10 == 0 {
            // The next build is not kept waiting by what the killed one held, and clears what it left.
            site.run(&["build", "--as-of", TODAY, "--out", "out/site"]).fine();
            assert!(site.bytes("out/site") == if state == "new" { new.clone() } else { old.clone() });
            let beside: Vec<_> =
                fs::read_dir(site.path().join("out")).unwrap().flatten().map(|e| e.file_name()).collect();
            let left =
                |name: &&std::ffi::OsString| *name != "site" && !name.to_string_lossy().ends_with("receipt");
            assert_eq!(beside.iter().filter(left).count(), 0, "{beside:?}");
        }
    }
    println!(
        "{kills} kills landed while a build was writing ({tried} builds, each writes for {window} µs): {landed:?}; {turned} had published"
    );
    assert!(landed.writing.0 > wanted / 4, "{landed:?}");
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
