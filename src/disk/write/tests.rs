//! Publishing as a story: what stands in the output folder before, during and after.

use super::*;
use std::os::unix::fs::{MetadataExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn output(path: &str, text: &str) -> Output {
    Output { path: OutputPath::new(path).unwrap(), bytes: text.as_bytes().to_vec() }
}

fn publish(out: &Path, files: &[(&str, &str)]) -> Written {
    let stage = Stage::open(out).unwrap();
    for (path, text) in files {
        stage.put(&output(path, text)).unwrap();
    }
    stage.commit().unwrap()
}

fn read(out: &Path, path: &str) -> String {
    fs::read_to_string(out.join(path)).unwrap()
}

/// Everything in the folder that holds `out`: the output alone, if no build left anything beside it.
fn beside(out: &Path) -> Vec<String> {
    let entries = fs::read_dir(out.parent().unwrap()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_second_build_writes_what_differs_and_keeps_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist/internal");
    let first = publish(&out, &[("index.html", "1"), ("a/b/c.html", "c"), ("old.html", "o")]);
    assert_eq!(first, Written { written: 3, unchanged: 0, removed: 0, others: 0, swapped: How::Fresh });
    let kept = fs::metadata(out.join("a/b/c.html")).unwrap();

    let second = publish(&out, &[("index.html", "2"), ("a/b/c.html", "c"), ("new/x.html", "x")]);
    assert_eq!((second.written, second.unchanged, second.removed), (2, 1, 1));
    assert!(matches!(second.swapped, How::Exchanged | How::Renamed));
    assert_eq!((read(&out, "index.html"), read(&out, "new/x.html")), ("2".into(), "x".into()));
    assert!(!out.join("old.html").exists());
    let now = fs::metadata(out.join("a/b/c.html")).unwrap();
    assert_eq!((kept.ino(), kept.mtime_nsec()), (now.ino(), now.mtime_nsec()));
    assert_eq!(beside(&out), ["internal"]);
}

#[test]
fn where_nothing_differs_nothing_is_touched() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist");
    publish(&out, &[("index.html", "1"), ("b.html", "")]);
    let before = fs::metadata(&out).unwrap().ino();
    let again = publish(&out, &[("b.html", ""), ("index.html", "1")]);
    assert_eq!(again, Written { written: 0, unchanged: 2, removed: 0, others: 0, swapped: How::Untouched });
    assert_eq!(fs::metadata(&out).unwrap().ino(), before);
}

#[test]
fn a_file_that_somebody_changed_is_put_right() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist");
    let files = [("a.html", "a"), ("b.html", "b"), ("c.html", "c"), ("d.html", "d")];
    publish(&out, &files);
    fs::write(out.join("a.html"), "x").unwrap();
    fs::remove_file(out.join("b.html")).unwrap();
    fs::remove_file(out.join("c.html")).unwrap();
    symlink("/etc/hostname", out.join("c.html")).unwrap();
    fs::write(out.join("d.html"), "").unwrap();
    assert_eq!(publish(&out, &files).written, 4);
    for (path, text) in files {
        assert_eq!(read(&out, path), text);
        assert!(!out.join(path).is_symlink());
    }
}

#[test]
fn the_same_site_is_the_same_folder_byte_for_byte_marker_included() {
    let dir = tempfile::tempdir().unwrap();
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    publish(&one, &[("a.html", "a"), ("b/c.html", "c")]);
    publish(&two, &[("b/c.html", "x"), ("gone.html", "g")]);
    publish(&two, &[("b/c.html", "c"), ("a.html", "a")]);
    assert_eq!(read(&one, MARKER), read(&two, MARKER));
}

#[test]
fn a_folder_that_kb_did_not_make_is_never_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("home");
    fs::create_dir(&out).unwrap();
    assert_eq!(publish(&out, &[("a.html", "a")]).written, 1);

    let theirs = dir.path().join("theirs");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("thesis.txt"), "years").unwrap();
    assert!(matches!(Stage::open(&theirs), Err(Error::NotOurs { .. })));
    fs::write(theirs.join(MARKER), "something else").unwrap();
    assert!(matches!(Stage::open(&theirs), Err(Error::NotOurs { .. })));
    assert!(matches!(Stage::open(&theirs.join("thesis.txt")), Err(Error::NotOurs { .. })));
    assert_eq!(read(&theirs, "thesis.txt"), "years");

    fs::create_dir(out.join(".git")).unwrap();
    assert!(matches!(Stage::open(&out), Err(Error::Repository { .. })));
}

#[test]
fn what_people_keep_beside_the_site_stays_there() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("site");
    publish(&out, &[("a.html", "a"), ("b/c.html", "c")]);
    fs::create_dir(out.join("mine")).unwrap();
    fs::write(out.join("mine/logo.png"), "png").unwrap();
    fs::write(out.join("CNAME"), "example.com").unwrap();
    symlink("CNAME", out.join("link")).unwrap();

    let written = publish(&out, &[("a.html", "b")]);
    assert_eq!((written.removed, written.others), (1, 3));
    assert_eq!((read(&out, "CNAME"), read(&out, "mine/logo.png")), ("example.com".into(), "png".into()));
    assert!(out.join("link").is_symlink() && !out.join("b").exists());

    // Where the list of the old site is damaged, what was published once cannot be told from what people keep.
    let marker = read(&out, MARKER);
    fs::write(out.join(MARKER), marker.lines().next().unwrap().to_owned() + "\nscribble\n").unwrap();
    assert_eq!(publish(&out, &[("a.html", "c")]).others, 0);
    assert!(!out.join("CNAME").exists());
}

#[test]
fn two_builds_at_once_cannot_meet() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist");
    let first = Stage::open(&out).unwrap();
    assert!(matches!(Stage::open(&out), Err(Error::Locked { .. })));
    first.put(&output("a.html", "a")).unwrap();
    first.commit().unwrap();
    assert!(Stage::open(&out).is_ok());
}

#[test]
fn an_abandoned_build_leaves_the_old_site_and_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist");
    publish(&out, &[("a.html", "old")]);
    let stage = Stage::open(&out).unwrap();
    stage.put(&output("a.html", "new")).unwrap();
    drop(stage);
    assert_eq!(read(&out, "a.html"), "old");
    assert_eq!(beside(&out), ["dist"]);
}

#[test]
fn two_files_under_one_name_are_refused_and_so_is_a_file_where_a_folder_is() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist");
    publish(&out, &[("old.html", "old")]);
    let stage = Stage::open(&out).unwrap();
    stage.put(&output("a", "1")).unwrap();
    assert!(matches!(stage.put(&output("a", "2")), Err(Error::Write { .. })));
    assert!(matches!(stage.put(&output("a/b", "3")), Err(Error::Write { .. })));
    assert!(matches!(stage.put(&output(MARKER, "4")), Err(Error::Write { .. })));
    drop(stage);
    assert_eq!(read(&out, "old.html"), "old");
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist");
    publish(&out, &[("a", "1"), ("b/c", "2")]);
    publish(&out, &[("a/x", "1"), ("b", "2")]);
    assert_eq!((read(&out, "a/x"), read(&out, "b")), ("1".into(), "2".into()));
}

#[test]
fn attachments_are_copied_once_and_then_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (out, source) = (dir.path().join("dist"), dir.path().join("graph.png"));
    let path = OutputPath::new("assets/graph.png").unwrap();
    let publish = || {
        let stage = Stage::open(&out).unwrap();
        stage.copy(&source, &path).unwrap();
        stage.commit().unwrap()
    };
    fs::write(&source, vec![7; 200_000]).unwrap();
    assert_eq!(publish().written, 1);
    assert_eq!(publish().swapped, How::Untouched);
    let mut other = vec![7; 200_000];
    other[199_999] = 8;
    fs::write(&source, &other).unwrap();
    assert_eq!(publish().written, 1);
    assert_eq!(fs::read(out.join("assets/graph.png")).unwrap(), other);
}

#[test]
fn an_output_that_is_a_link_stays_one() {
    let dir = tempfile::tempdir().unwrap();
    let (real, link) = (dir.path().join("real"), dir.path().join("link"));
    fs::create_dir(&real).unwrap();
    symlink("real", &link).unwrap();
    publish(&link, &[("a.html", "1")]);
    publish(&link, &[("a.html", "2")]);
    assert!(link.is_symlink());
    assert_eq!(read(&real, "a.html"), "2");
}

#[test]
fn many_threads_may_put_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist");
    let stage = Stage::open(&out).unwrap();
    let put = |n: u32| stage.put(&output(&format!("{}/{}/{n}.html", n % 7, n % 13), &n.to_string()));
    (0..2_000).into_par_iter().try_for_each(put).unwrap();
    assert_eq!(stage.commit().unwrap().written, 2_000);
    assert_eq!(read(&out, "0/0/1001.html"), "1001");
}

const VICTIM: &str = "KB_TEST_OUTPUT_OF_THE_VICTIM";

/// Not a story of its own: the process that the next test kills. Without the variable it has nothing to do.
#[test]
fn the_victim_builds_without_end() {
    let Some(out) = std::env::var_os(VICTIM) else {
        return;
    };
    for round in 0.. {
        let stage = Stage::open(Path::new(&out)).unwrap();
        for n in 0..100 {
            stage.put(&output(&format!("{}/{n}.html", n % 5), &format!("{}", round / (1 + n % 2)))).unwrap();
        }
        stage.put(&output("index.html", &round.to_string())).unwrap();
        stage.commit().unwrap();
    }
}

#[test]
fn killed_at_any_moment_the_site_is_whole_and_the_next_build_clears_up() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("dist");
    publish(&out, &[("index.html", "before")]);
    for kill in 0..25_u64 {
        let before = read(&out, "index.html");
        let mut victim = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "disk::write::tests::the_victim_builds_without_end"])
            .env(VICTIM, &out)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // From here on it is staging, exchanging or clearing up, whichever the kill comes upon.
        let patience = Instant::now() + Duration::from_secs(20);
        while read(&out, "index.html") == before && Instant::now() < patience {
            std::thread::sleep(Duration::from_millis(1));
        }
        assert_ne!(read(&out, "index.html"), before, "the victim never came to publish anything");
        std::thread::sleep(Duration::from_micros(kill * 1_370 % 31_000));
        victim.kill().unwrap();
        victim.wait().unwrap();

        let manifest = Manifest::parse(&read(&out, MARKER)).unwrap();
        for (path, record) in &manifest.0 {
            assert_eq!(blake3::hash(&fs::read(out.join(path.as_str())).unwrap()), record.hash, "{path}");
        }
        drop(Stage::open(&out).unwrap());
        assert_eq!(beside(&out), ["dist"]);
    }
}
