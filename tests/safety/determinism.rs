//! The same sources give the same bytes: whatever the machine's language, zone, threads and order of files, wherever it lies.

use crate::site_test::{SiteTest, TODAY};
use std::fs;
use std::path::{Path, PathBuf};

fn sample(folder: &Path, below: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder.join(below)).unwrap() {
        let path = below.join(entry.unwrap().file_name());
        if folder.join(&path).is_dir() {
            sample(folder, &path, found);
        } else {
            found.push(path);
        }
    }
}

/// The sample project, its files written in the order of the names, or the other way round.
fn project(backwards: bool) -> SiteTest {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![PathBuf::from("site.toml")];
    sample(root, Path::new("content"), &mut files);
    files.sort();
    if backwards {
        files.reverse();
    }
    let copy = |site: SiteTest, path: &PathBuf| {
        site.file(path.to_str().unwrap(), fs::read(root.join(path)).unwrap())
    };
    files.iter().fold(SiteTest::new(), copy)
}

#[test]
fn nothing_about_the_machine_is_in_the_bytes() {
    let (here, there) = (project(false), project(true));
    for audience in ["internal", "public"] {
        here.run(&["build", "--audience", audience, "--as-of", TODAY, "--jobs", "1", "--out", "first"])
            .fine();
        let first = here.bytes("first");
        assert!(first.len() > 60, "{} files", first.len());
        let machines = [
            ("2", "tr_TR.UTF-8", "Pacific/Kiritimati"),
            ("8", "C", "America/St_Johns"),
            ("8", "ja_JP.eucJP", ""),
        ];
        for (n, (jobs, language, zone)) in machines.into_iter().enumerate() {
            let out = format!("somewhere/else/{audience}-{n}");
            let arguments =
                ["build", "--audience", audience, "--as-of", TODAY, "--jobs", jobs, "--out", &out];
            let mut command = there.command(&arguments);
            command
                .env("TZ", zone)
                .env("LANG", language)
                .env("LC_ALL", language)
                .env("USER", "somebody")
                .env("HOME", "/nowhere");
            there.outcome(&mut command).fine();
            let other = there.bytes(&out);
            assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
            let differing: Vec<_> =
                first.iter().filter(|(name, bytes)| other[*name] != **bytes).map(|(name, _)| name).collect();
            assert!(differing.is_empty(), "{audience}, {jobs} threads, {language}, {zone}: {differing:?}");
        }
        fs::remove_dir_all(here.path().join("first")).unwrap();
    }
}
