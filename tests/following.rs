//! `kb serve` while files change the way editors, version control and people change them: what is on disk is what is shown.

use crate::serve::{Served, serve};
use crate::site_test::{SiteTest, TODAY};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

fn report(id: &str, words: &str) -> String {
    format!("---\nid: {id}\ntitle: Report {id}\ndate: 2026-03-01\n---\n\n## Summary\n\n{words}\n")
}

/// Two reports, and a server that follows them.
fn two(arguments: &[&str]) -> Served {
    let site = SiteTest::new()
        .file("site.toml", "title = \"Acme\"\n")
        .file("content/a.md", report("a", "The first words."))
        .file("content/b.md", report("b", "Another one."));
    serve(site, arguments)
}

#[track_caller]
fn until(what: &str, mut right: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !right() {
        assert!(Instant::now() < end, "never came about: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

impl Served {
    fn shows(&self, target: &str, words: &str) -> bool {
        let answer = self.get(target);
        answer.status == 200 && answer.body.contains(words)
    }

    /// The ids of all incidents, in order.
    fn ids(&self) -> Vec<String> {
        let told: Value = serde_json::from_str(&self.get("/api/v1/incidents.json").body).unwrap();
        let all = told["incidents"].as_array().unwrap().iter();
        let mut ids: Vec<String> = all.map(|one| one["id"].as_str().unwrap_or_default().to_owned()).collect();
        ids.sort();
        ids
    }

    /// Waits until nothing is left to do, then expects the data of a clean build of the same files.
    #[track_caller]
    fn is_a_clean_build(&self) {
        until("everything has settled", || self.shows("/__kb/health", "\"settled\":true"));
        self.site.run(&["build", "--out", "clean", "--as-of", TODAY]).fine();
        for name in ["incidents.json", "actions.json", "families.json"] {
            let served = self.get(&format!("/api/v1/{name}")).body;
            assert_eq!(served, self.site.read(&format!("clean/api/v1/{name}")), "{name}");
        }
    }
}

/// How a program saves: its name, and what it does to `folder/a.md`, which says `old` and is to say `new`.
type Habit = (&'static str, fn(&Path, &str));

const HABITS: [Habit; 8] = [
    ("in place", |folder, new| fs::write(folder.join("a.md"), new).unwrap()),
    ("in two pieces", |folder, new| {
        use std::io::Write;
        let mut file = fs::File::create(folder.join("a.md")).unwrap();
        let (begin, rest) = new.split_at(new.len() / 2);
        file.write_all(begin.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(40));
        file.write_all(rest.as_bytes()).unwrap();
    }),
    ("a new file moved over the old one", |folder, new| {
        fs::write(folder.join(".goutputstream-X4Y2Z1"), new).unwrap();
        fs::rename(folder.join(".goutputstream-X4Y2Z1"), folder.join("a.md")).unwrap();
    }),
    ("sed -i", |folder, new| {
        fs::write(folder.join("sedR5t6Yz"), new).unwrap();
        fs::rename(folder.join("sedR5t6Yz"), folder.join("a.md")).unwrap();
    }),
    ("vim", |folder, new| {
        fs::write(folder.join(".a.md.swp"), b"b0VIM 9.0").unwrap();
        fs::write(folder.join("4913"), "").unwrap();
        fs::remove_file(folder.join("4913")).unwrap();
        fs::rename(folder.join("a.md"), folder.join("a.md~")).unwrap();
        fs::write(folder.join("a.md"), new).unwrap();
        fs::remove_file(folder.join("a.md~")).unwrap();
        fs::remove_file(folder.join(".a.md.swp")).unwrap();
    }),
    ("Emacs", |folder, new| {
        std::os::unix::fs::symlink("ana@desk.1234:1700000000", folder.join(".#a.md")).unwrap();
        fs::write(folder.join("#a.md#"), "half a thought").unwrap();
        fs::rename(folder.join("a.md"), folder.join("a.md~")).unwrap();
        fs::write(folder.join("a.md"), new).unwrap();
        fs::remove_file(folder.join("#a.md#")).unwrap();
        fs::remove_file(folder.join(".#a.md")).unwrap();
    }),
    ("JetBrains", |folder, new| {
        fs::write(folder.join("a.md___jb_tmp___"), new).unwrap();
        fs::rename(folder.join("a.md"), folder.join("a.md___jb_old___")).unwrap();
        fs::rename(folder.join("a.md___jb_tmp___"), folder.join("a.md")).unwrap();
        fs::remove_file(folder.join("a.md___jb_old___")).unwrap();
    }),
    ("removed and written anew", |folder, new| {
        fs::remove_file(folder.join("a.md")).unwrap();
        thread::sleep(Duration::from_millis(60));
        fs::write(folder.join("a.md"), new).unwrap();
    }),
];

#[test]
fn every_editors_way_to_save_shows_and_leaves_nothing_else() {
    let served = two(&[]);
    let folder = served.site.path().join("content");
    for (n, (name, save)) in HABITS.iter().enumerate() {
        let words = format!("Saved by way {n}.");
        save(&folder, &report("a", &words));
        until(name, || served.shows("/incidents/a.html", &words));
        until(name, || served.ids() == ["a", "b"]);
    }
    served.is_a_clean_build();
}

#[test]
fn whoever_looks_for_himself_follows_as_well() {
    let served = two(&["--poll"]);
    let folder = served.site.path().join("content");
    for (n, (name, save)) in HABITS.iter().enumerate() {
        let words = format!("Saved by way {n}.");
        save(&folder, &report("a", &words));
        until(name, || served.shows("/incidents/a.html", &words));
    }
    served.is_a_clean_build();
}

#[test]
fn a_thousand_saves_end_with_the_last_one() {
    let served = two(&[]);
    for n in 0..1000 {
        served.site.write("content/a.md", report("a", &format!("Save {n} of many.")));
    }
    until("the last save", || served.shows("/incidents/a.html", "Save 999 of many."));
    for n in 0..1000 {
        served.site.write(&format!("content/many/{n}.md"), report(&format!("m{n}"), "One of a thousand."));
    }
    until("a thousand new files", || served.ids().len() == 1002);
    fs::remove_dir_all(served.site.path().join("content/many")).unwrap();
    until("they are gone", || served.ids() == ["a", "b"]);
    served.is_a_clean_build();
}

#[test]
fn a_branch_switch_that_touches_everything_is_followed() {
    let site = SiteTest::new();
    let git = |arguments: &[&str]| {
        let identity =
            ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        git.current_dir(site.path()).args(identity).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = git.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let all = |words: &str, from: usize| {
        (from..from + 60)
            .for_each(|n| site.write(&format!("content/{n}.md"), report(&format!("r{n}"), words)));
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    site.write("site.toml", "title = \"Acme\"\n");
    all("As it was.", 0);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "before"]);
    git(&["switch", "--quiet", "--create", "other"]);
    site.write("site.toml", "title = \"Acme of another branch\"\n");
    (0..30).for_each(|n| fs::remove_file(site.path().join(format!("content/{n}.md"))).unwrap());
    all("As it is elsewhere.", 30);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "after"]);
    let root = site.path().to_owned();
    let served = serve(site, &[]);
    for _ in 0..2 {
        for (branch, words, ids) in [("main", "As it was.", 0..60), ("other", "As it is elsewhere.", 30..90)]
        {
            let switch = Command::new("git").current_dir(&root).args(["switch", "--quiet", branch]).status();
            assert!(switch.unwrap().success());
            let mut wanted: Vec<String> = ids.map(|n| format!("r{n}")).collect();
            wanted.sort();
            until(branch, || served.ids() == wanted && served.shows("/incidents/r45.html", words));
        }
    }
    until("the settings", || served.shows("/index.html", "Acme of another branch"));
    served.is_a_clean_build();
}

#[test]
fn a_folder_that_was_deleted_and_made_again_is_followed() {
    let served = two(&[]);
    let folder = served.site.path().join("content");
    for n in 0..3 {
        fs::remove_dir_all(&folder).unwrap();
        // Deleted for a moment, for longer than one looks around, and replaced by another that was made beside it.
        thread::sleep(Duration::from_millis(700 * n));
        served.site.write("beside/a.md", report("a", &format!("Made again {n}.")));
        served.site.write("beside/c.md", report("c", "A third one."));
        fs::rename(served.site.path().join("beside"), &folder).unwrap();
        until("made again", || served.shows("/incidents/a.html", &format!("Made again {n}.")));
        until("others", || served.ids() == ["a", "c"]);
        served.site.write("content/a.md", report("a", &format!("And followed {n}.")));
        until("followed", || served.shows("/incidents/a.html", &format!("And followed {n}.")));
    }
    served.is_a_clean_build();
}

#[test]
fn new_pictures_and_new_names_are_followed() {
    let served = two(&[]);
    served.site.write("content/a.md", report("a", "![the load](load.png)"));
    until("the picture is missed", || served.get("/files/load.png").status == 404);
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([0, 0, 0, 7, 0, 0, 0, 9, 8, 2, 0, 0, 0, 0, 0, 0, 0]);
    served.site.write("content/load.png", &png);
    until("the picture", || served.get("/files/load.png").status == 200);
    until("its size", || served.shows("/incidents/a.html", "width=\"7\" height=\"9\""));
    let content = |name: &str| served.site.path().join("content").join(name);
    served.site.write("content/c.md", "# Something else\n\nIt happened.\n");
    until("a new report", || served.shows("/incidents/c.html", "It happened."));
    fs::rename(content("c.md"), content("d.md")).unwrap();
    until("its new name", || served.shows("/incidents/d.html", "It happened."));
    assert_eq!(served.get("/incidents/c.html").status, 404);
    fs::create_dir(content("2026")).unwrap();
    fs::rename(content("d.md"), content("2026/d.md")).unwrap();
    fs::remove_file(content("load.png")).unwrap();
    until("a folder of its own", || served.get("/files/load.png").status == 404);
    served.is_a_clean_build();
}

#[test]
fn another_content_folder_is_followed_from_then_on() {
    let served = two(&[]);
    served.site.write("elsewhere/c.md", report("c", "Written elsewhere. ![x](x.txt)"));
    served.site.write("elsewhere/x.txt", "an attachment");
    served.site.write("site.toml", "title = \"Acme\"\n[content]\ndir = \"elsewhere\"\n");
    until("the other folder", || served.ids() == ["c"]);
    until("its attachments", || served.shows("/files/x.txt", "an attachment"));
    served.site.write("elsewhere/c.md", report("c", "Edited elsewhere."));
    until("an edit there", || served.shows("/incidents/c.html", "Edited elsewhere."));
    served.site.write("site.toml", "title = \"Acme\"\n");
    until("the way back", || served.ids() == ["a", "b"]);
    served.is_a_clean_build();
}
