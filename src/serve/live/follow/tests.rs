//! Whatever was edited, in whatever order: what is served is what a clean build of the same files would give.

use super::*;
use crate::serve::{Answer, Asked, Body, Site};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;

/// A follower without threads, and what it hears of.
struct Desk {
    follower: Follower,
    events: Receiver<Event>,
}

impl Desk {
    fn open(root: &Path) -> Self {
        let options = PreviewOptions::of_tests(root.to_owned());
        let opened = Project::open(root, None).unwrap();
        let (send, events) = channel();
        let content = opened.value.folder.path().to_owned();
        let preview = Arc::new(Preview::new(&options, content, &send));
        let reload = Arc::new(Reload::new());
        let mut follower = Follower::new(opened.value, options, (preview, send), reload, Box::new(|_| {}));
        follower.sides.push(Side::new(&follower.project, Audience::Public, false, super::super::PUBLIC));
        let found = follower.make(&Taken::default(), opened.found, &Quiet);
        follower.news(&found, &[], Duration::ZERO);
        Self { follower, events }
    }

    /// Follows changes of files to the end.
    fn follow(&mut self, touched: Vec<PathBuf>) {
        self.follower.follow(Batch::Changed(touched));
        self.follower.catch_up();
    }

    /// Compares everything, as happens when it has been quiet for a while.
    fn settle(&mut self) {
        while self.follower.sides.iter().any(|side| !side.is_settled()) {
            self.follower.settle();
            let Ok(Event::Compared(audience, compared, took)) = self.events.recv() else { panic!("no news") };
            self.follower.compared(audience, compared, took);
        }
    }

    /// Asks what is like the documents that changed, as happens a moment after a save.
    fn ask(&mut self) {
        self.follower.ask();
        if self.follower.settling.asking {
            let Ok(Event::Asked(answers)) = self.events.recv() else { panic!("no answer") };
            self.follower.asked(answers);
        }
    }

    /// Every page of both sites and the answers to some searches, as they are served.
    fn served(&self) -> Vec<(String, String)> {
        let preview = &self.follower.preview;
        let mut all = Vec::new();
        for (audience, root) in [(Audience::Internal, "/"), (Audience::Public, super::super::PUBLIC)] {
            let front = preview.front(audience).unwrap();
            let end = Instant::now() + Duration::from_secs(20);
            while !front.is_indexed() {
                assert!(Instant::now() < end, "searches never caught up");
                thread::sleep(Duration::from_millis(1));
            }
            let shop = front.current().unwrap();
            let searches = ["", "disk", "\"pool full\"", "queu", "dsik", "component:hub", "full retry"];
            let searches = searches.iter().map(|q| format!("api/search?q={q}&typing=1"));
            for path in shop.paths().map(str::to_owned).chain(searches).chain(["search.html?q=disk".into()]) {
                all.push((format!("{root}{path}"), body(preview.answer(&asked(&format!("{root}{path}"))))));
            }
        }
        all
    }
}

fn asked(address: &str) -> Asked {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    Asked { path: path.to_owned(), query, from_here: true, for_a_reader: true }
}

fn body(answer: Answer) -> String {
    match answer.body {
        Body::Bytes(bytes) => format!("{} {}", answer.status, String::from_utf8_lossy(&bytes)),
        Body::File { file, .. } => format!("{} {}", answer.status, file.display()),
    }
}

/// One edit; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Edit {
    Create(u8, u8),
    Body(u8, u8),
    Title(u8, u8),
    Date(u8, u8),
    Visibility(u8),
    Status(u8),
    Components(u8, u8),
    Alias(u8, u8),
    Closed(u8, u8),
    Rename(u8, u8),
    Delete(u8),
    Image(u8),
    Settings(u8),
    Folder(u8),
    Branch(u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let n = || any::<u8>();
    prop_oneof![
        3 => (n(), n()).prop_map(|(a, b)| Edit::Create(a, b)),
        4 => (n(), n()).prop_map(|(a, b)| Edit::Body(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Edit::Title(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Edit::Date(a, b)),
        1 => n().prop_map(Edit::Visibility),
        1 => n().prop_map(Edit::Status),
        1 => (n(), n()).prop_map(|(a, b)| Edit::Components(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Edit::Alias(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Edit::Closed(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Edit::Rename(a, b)),
        1 => n().prop_map(Edit::Delete),
        1 => n().prop_map(Edit::Image),
        1 => n().prop_map(Edit::Settings),
        2 => n().prop_map(Edit::Folder),
        1 => n().prop_map(Edit::Branch),
    ]
}

const SENTENCES: [&str; 8] = [
    "The disk was full and every write failed.",
    "The pool was full: `too many clients already`. See [the other](c2.md).",
    "A queue stood still until somebody restarted it. PM-3 had warned of that.",
    "![the load](load.png) rose for an hour.",
    "<!-- internal -->\nAsk @jo about OPS-12.\n<!-- /internal -->\nThe retry storm began.",
    "## Timeline\n\n- 10:02 the hub lost a node\n- 10:40 it was back",
    "## Action items\n\n- [ ] alert on a full disk (@jo, due 2026-02-01)\n- [x] write a runbook",
    "## Root cause\n\nA certificate had expired, as in [an earlier one](c1.md#root-cause).",
];

fn document(n: u8, seed: u8) -> String {
    let pick = |k: u8| SENTENCES[usize::from(seed.wrapping_mul(7).wrapping_add(k * 3)) % SENTENCES.len()];
    let related = if seed % 4 == 1 {
        format!("related:\n  - to: PM-{}\n    kind: recurrence\n", seed % 6)
    } else {
        String::new()
    };
    format!(
        "---\nid: PM-{n}\ntitle: Report {n} of {seed}\ndate: 2025-{:02}-{:02}\nvisibility: {}\nstatus: final\ncomponents: [{}]\n{related}---\n\n{}\n\n{}\n\n{}\n",
        1 + seed % 12,
        1 + n % 28,
        if seed.is_multiple_of(3) { "public" } else { "internal" },
        ["hub", "queue", "disk"][usize::from(seed % 3)],
        pick(0),
        pick(1),
        pick(2),
    )
}

/// The project on disk.
struct Files {
    root: tempfile::TempDir,
}

impl Files {
    fn new(infer: bool) -> Self {
        let files = Self { root: tempfile::tempdir().unwrap() };
        fs::create_dir(files.root.path().join("content")).unwrap();
        files.settings(0, infer);
        for n in 0..5 {
            fs::write(files.content(&format!("c{n}.md")), document(n, n.wrapping_mul(5) + 1)).unwrap();
        }
        files
    }

    fn settings(&self, n: u8, infer: bool) {
        let text = format!(
            "title = \"Reports {n}\"\nbase_url = \"https://pm.example.com/\"\n[recurrence]\ninfer = {infer}\n"
        );
        fs::write(self.root.path().join("site.toml"), text).unwrap();
    }

    fn content(&self, name: &str) -> PathBuf {
        self.root.path().join("content").join(name)
    }

    fn all(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.root.path().join("content")).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let mut all: Vec<PathBuf> =
            paths.filter(|path| path.extension().is_some_and(|end| end == "md")).collect();
        all.sort();
        all
    }

    /// Does one edit and returns the paths it touched.
    fn apply(&self, edit: &Edit, infer: bool) -> Vec<PathBuf> {
        let all = self.all();
        let pick = |n: u8| all.get(usize::from(n) % all.len().max(1)).cloned();
        let change = |n: u8, with: &dyn Fn(String) -> String| {
            let path = pick(n)?;
            let text = fs::read_to_string(&path).unwrap();
            fs::write(&path, with(text)).unwrap();
            Some(vec![path])
        };
        let line = |text: &str, key: &str, value: &str| -> String {
            let lines = text.lines().map(|line| {
                if line.starts_with(key) { format!("{key} {value}\n") } else { format!("{line}\n") }
            });
            lines.collect()
        };
        let touched = match edit {
            Edit::Create(n, seed) => {
                let path = self.content(&format!("c{}.md", n % 12));
                fs::write(&path, document(n % 12, *seed)).unwrap();
                Some(vec![path])
            }
            Edit::Body(n, seed) => {
                change(*n, &|text| format!("{text}\n{}\n", SENTENCES[usize::from(*seed) % SENTENCES.len()]))
            }
            Edit::Title(n, seed) => change(*n, &|text| line(&text, "title:", &format!("Disk full {seed}"))),
            Edit::Date(n, seed) => {
                change(*n, &|text| line(&text, "date:", &format!("2024-{:02}-03", 1 + seed % 12)))
            }
            Edit::Visibility(n) => change(*n, &|text| {
                let public = text.contains("visibility: public");
                line(&text, "visibility:", if public { "internal" } else { "public" })
            }),
            Edit::Status(n) => change(*n, &|text| {
                let draft = text.contains("status: draft");
                line(&text, "status:", if draft { "final" } else { "draft" })
            }),
            Edit::Components(n, seed) => change(*n, &|text| {
                line(&text, "components:", ["[hub, queue]", "[]", "[disk]"][usize::from(seed % 3)])
            }),
            // A key that stands twice would break the document, and its last good version would stay.
            Edit::Alias(n, seed) => change(*n, &|text| {
                let alias = format!("[old-{}]", seed % 4);
                let there = text.contains("\naliases:");
                let added = format!("final\naliases: {alias}");
                if there { line(&text, "aliases:", &alias) } else { line(&text, "status:", &added) }
            }),
            Edit::Closed(n, seed) => change(*n, &|text| {
                let year = 2020 + u32::from(seed % 4);
                let table = "| Action | Status | Completed on |\n|---|---|---|\n| rotate keys | done |";
                format!("{text}\n## Action items\n\n{table} {year}-05-01 |\n")
            }),
            Edit::Rename(n, to) => pick(*n).map(|from| {
                let to = self.content(&format!("moved{}.md", to % 4));
                fs::rename(&from, &to).unwrap();
                vec![from, to]
            }),
            Edit::Delete(n) => pick(*n).map(|path| {
                fs::remove_file(&path).unwrap();
                vec![path]
            }),
            Edit::Image(n) => {
                let path = self.content("load.png");
                if n.is_multiple_of(2) {
                    fs::write(&path, png(u32::from(*n) + 1)).unwrap();
                } else {
                    let _ = fs::remove_file(&path);
                }
                Some(vec![path])
            }
            Edit::Settings(n) => {
                self.settings(*n, infer);
                Some(vec![self.root.path().join("site.toml")])
            }
            Edit::Folder(n) => Some(self.change_folder(*n)),
            Edit::Branch(n) => Some(self.switch(*n)),
        };
        touched.unwrap_or_default()
    }

    /// Makes a folder with reports and a picture, moves it, or deletes it with all it holds.
    fn change_folder(&self, n: u8) -> Vec<PathBuf> {
        let (here, there) = (self.content("team"), self.content("group"));
        if !here.exists() {
            fs::create_dir(&here).unwrap();
            fs::write(here.join("f1.md"), document(20, n)).unwrap();
            fs::write(here.join("f2.md"), document(21, n.wrapping_add(3))).unwrap();
            fs::write(here.join("load.png"), png(u32::from(n) + 7)).unwrap();
            return vec![here];
        }
        let _ = fs::remove_dir_all(&there);
        if n.is_multiple_of(3) {
            fs::remove_dir_all(&here).unwrap();
        } else {
            fs::rename(&here, &there).unwrap();
        }
        vec![here, there]
    }

    /// Other reports in place of all, as another branch has them; told as a burst is, by the folder.
    fn switch(&self, n: u8) -> Vec<PathBuf> {
        self.all().iter().for_each(|path| fs::remove_file(path).unwrap());
        for k in 0..=n % 5 {
            let number = k.wrapping_mul(2).wrapping_add(n) % 12;
            fs::write(self.content(&format!("c{number}.md")), document(number, n.wrapping_add(k))).unwrap();
        }
        vec![self.root.path().join("content")]
    }
}

/// The head of a picture, which is all that is read of it.
fn png(width: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(9_u32.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// Follows `edits`, in batches of one or two, and holds what is served against a clean state after each.
fn follow(edits: &[Edit], infer: bool) {
    let files = Files::new(infer);
    let mut desk = Desk::open(files.root.path());
    if infer {
        desk.settle();
    }
    for batch in edits.chunks(2) {
        let touched = batch.iter().flat_map(|edit| files.apply(edit, infer)).collect();
        desk.follow(touched);
        let mut clean = Desk::open(files.root.path());
        if infer {
            desk.settle();
            clean.settle();
        }
        let (now, wanted) = (desk.served(), clean.served());
        let paths = |all: &[(String, String)]| all.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
        assert_eq!(paths(&now), paths(&wanted), "other pages after {batch:?}");
        for ((path, now), (_, wanted)) in now.iter().zip(&wanted) {
            assert_eq!(now, wanted, "{path} after {batch:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, ..ProptestConfig::default() })]

    /// Without suggestions nothing has to be compared: every page is right at once.
    #[test]
    fn every_state_is_at_once_the_one_of_a_clean_build(edits in prop::collection::vec(edit(), 1..14)) {
        follow(&edits, false);
    }

    #[test]
    fn with_suggestions_it_is_when_all_was_compared(edits in prop::collection::vec(edit(), 1..10)) {
        follow(&edits, true);
    }
}

#[test]
fn a_broken_document_is_told_and_its_last_good_version_stays() {
    let files = Files::new(false);
    let mut desk = Desk::open(files.root.path());
    let page = || asked("/incidents/pm-1.html");
    let before = body(desk.follower.preview.answer(&page()));
    let path = files.content("c1.md");
    let good = fs::read_to_string(&path).unwrap();
    fs::write(&path, good.replace("date: 2025", "date: 2025-99")).unwrap();
    desk.follow(vec![path.clone()]);
    assert_eq!(body(desk.follower.preview.answer(&page())), before);
    let told = desk.follower.reload.errors();
    assert!(told.iter().all(|one| one.file.ends_with("c1.md") && one.open.is_some()), "{told:?}");
    assert_eq!(told.len(), 1);
    fs::write(&path, good).unwrap();
    desk.follow(vec![path]);
    assert!(desk.follower.reload.errors().is_empty());
}

#[test]
fn before_all_is_compared_pages_say_so_and_programs_wait() {
    let files = Files::new(true);
    let mut desk = Desk::open(files.root.path());
    let get = |desk: &Desk, address: &str| body(desk.follower.preview.answer(&asked(address)));
    let unsure = |desk: &Desk, address| get(desk, address).contains("still comparing");
    assert!(unsure(&desk, "/incidents/pm-1.html") && unsure(&desk, "/") && unsure(&desk, "/incidents/"));
    assert!(!unsure(&desk, "/actions.html"), "that does not depend on it");
    let preview = Arc::clone(&desk.follower.preview);
    let program = thread::spawn(move || body(preview.answer(&asked("/api/v1/families.json"))));
    thread::sleep(Duration::from_millis(30));
    assert!(!program.is_finished());
    let before = desk.follower.reload.generation();
    desk.settle();
    assert!(program.join().unwrap().starts_with("200 "));
    assert!(desk.follower.reload.generation() > before, "open pages are told");
    assert!(!unsure(&desk, "/incidents/pm-1.html") && !unsure(&desk, "/"));
    let files = Files::new(false);
    assert!(
        !unsure(&Desk::open(files.root.path()), "/"),
        "where nothing is suggested there is nothing to wait for"
    );
}

#[test]
fn what_is_like_a_save_is_shown_a_moment_after_it_and_stays_through_the_next() {
    let files = Files::new(true);
    let symptom =
        "The pool was full: `FATAL: sorry, too many clients already` from pgbouncer on db-7, error KB-4711.";
    let text = |id: &str, day: u8, more: &str| {
        format!(
            "---\nid: {id}\ntitle: Pool of pgbouncer full on db-7\ndate: 2025-03-{day:02}\n---\n\n## Summary\n\n{symptom} {more}\n"
        )
    };
    fs::write(files.content("early.md"), text("EARLY", 1, "It was restarted.")).unwrap();
    let mut desk = Desk::open(files.root.path());
    desk.settle();
    let path = files.content("late.md");
    let suggested = |desk: &Desk| {
        let parts = desk.follower.sides[0].shop().unwrap().parts();
        let slug = |number: usize| parts.edition.incidents[number].slug.as_str();
        let late = (0..parts.edition.incidents.len()).find(|number| slug(*number) == "late").unwrap();
        parts.recurrences.suggested_before(late).iter().any(|one| slug(one.number) == "early")
    };
    fs::write(&path, text("LATE", 20, "It was restarted again.")).unwrap();
    desk.follow(vec![path.clone()]);
    assert!(!suggested(&desk), "nobody has asked yet");
    desk.ask();
    assert!(suggested(&desk), "the answer is shown");
    fs::write(&path, text("LATE", 20, "It was restarted once more.")).unwrap();
    desk.follow(vec![path]);
    assert!(suggested(&desk), "the former answer stays until there is another");
    desk.ask();
    assert!(suggested(&desk));
}

#[test]
fn the_page_of_a_save_is_shown_before_all_that_changes_with_it() {
    let files = Files::new(false);
    let mut desk = Desk::open(files.root.path());
    let get = |desk: &Desk, address: &str| body(desk.follower.preview.answer(&asked(address)));
    let path = files.content("c1.md");
    let title = |n: u8| {
        let text = document(1, 6).replace("title: Report 1 of 6", &format!("title: Hub lost {n} nodes"));
        fs::write(&path, text).unwrap();
        Batch::Changed(vec![path.clone()])
    };
    let before = desk.follower.reload.generation();
    for n in 2..5 {
        desk.follower.follow(title(n));
        assert!(get(&desk, "/incidents/pm-1.html").contains(&format!("Hub lost {n} nodes")));
    }
    assert_eq!(desk.follower.reload.generation(), before + 3, "each save is told once");
    assert!(
        desk.follower.open.is_some()
            && !desk.follower.preview.front(Audience::Internal).unwrap().is_indexed()
    );
    desk.follower.catch_up();
    assert_eq!(desk.follower.reload.generation(), before + 3, "nobody is told again what was shown already");
    assert!(
        desk.served().iter().any(|(path, text)| path.contains("api/v1") && text.contains("Hub lost 4 nodes"))
    );
    // Where more than the page is another, nothing is shown by halves.
    fs::write(&path, document(1, 6).replace("id: PM-1", "id: PM-77")).unwrap();
    desk.follower.follow(Batch::Changed(vec![path.clone()]));
    assert!(desk.follower.open.is_none() && get(&desk, "/incidents/pm-77.html").starts_with("200"));
}
