//! Edits as editors and version control make them, and what is heard of them.

use super::*;

struct Site {
    dir: tempfile::TempDir,
    watch: Watch,
}

const PATIENCE: Duration = Duration::from_secs(5);

fn site() -> Site {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("content/2024")).unwrap();
    let at = |name: &str| dir.path().join(name);
    let deep = vec![at("content"), at("themes")];
    let folders = Folders { deep, flat: vec![dir.path().into()], ignored: vec![at("dist")] };
    let watch = Watch::start(folders, Means::Notices).unwrap();
    Site { dir, watch }
}

impl Site {
    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Waits until a batch names `name`, or anything may have changed.
    fn hears(&self, name: &str) -> bool {
        let end = Instant::now() + PATIENCE;
        while let Some(batch) = self.watch.next(end.saturating_duration_since(Instant::now())) {
            match batch {
                Batch::Changed(paths) if !paths.contains(&self.at(name)) => {}
                _ => return true,
            }
        }
        false
    }

    fn is_quiet(&self) -> bool {
        self.watch.next(Duration::from_millis(300)).is_none()
    }
}

#[test]
fn a_save_is_heard_soon() {
    let site = site();
    let start = Instant::now();
    fs::write(site.at("content/2024/a.md"), "a").unwrap();
    assert!(site.hears("content/2024/a.md"));
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn an_atomic_save_through_a_temporary_file_names_the_document() {
    let site = site();
    fs::write(site.at("content/.a.md.swp"), "a").unwrap();
    assert!(site.is_quiet());
    fs::rename(site.at("content/.a.md.swp"), site.at("content/a.md")).unwrap();
    assert_eq!(site.watch.next(PATIENCE), Some(Batch::Changed(vec![site.at("content/a.md")])));
}

#[test]
fn the_output_is_not_heard_and_the_settings_are() {
    let site = site();
    fs::create_dir_all(site.at("dist/internal")).unwrap();
    fs::write(site.at("dist/internal/a.html"), "a").unwrap();
    assert!(site.is_quiet());
    fs::write(site.at("site.toml"), "").unwrap();
    assert!(site.hears("site.toml"));
}

#[test]
fn a_deleted_and_recreated_content_folder_is_watched_again() {
    let site = site();
    for _ in 0..3 {
        fs::remove_dir_all(site.at("content")).unwrap();
        fs::create_dir(site.at("content")).unwrap();
        thread::sleep(Duration::from_millis(700));
        while site.watch.next(Duration::from_millis(50)).is_some() {}
        fs::write(site.at("content/a.md"), "a").unwrap();
        assert_eq!(site.watch.next(PATIENCE), Some(Batch::Changed(vec![site.at("content/a.md")])));
    }
}

#[test]
fn a_folder_that_comes_later_is_watched_from_then_on() {
    let site = site();
    fs::create_dir_all(site.at("themes/mine")).unwrap();
    assert_eq!(site.watch.next(PATIENCE), Some(Batch::Rescan));
    thread::sleep(Duration::from_millis(100));
    fs::write(site.at("themes/mine/theme.toml"), "").unwrap();
    assert!(site.hears("themes/mine/theme.toml"));
}

#[test]
fn a_thousand_saves_are_a_few_batches_and_none_is_missed() {
    let site = site();
    let names: Vec<PathBuf> = (0..1000).map(|n| site.at(&format!("content/2024/{n}.md"))).collect();
    for name in &names {
        fs::write(name, "x").unwrap();
    }
    let mut missing: std::collections::BTreeSet<_> = names.into_iter().collect();
    let mut batches = 0;
    while !missing.is_empty() {
        match site.watch.next(PATIENCE).unwrap() {
            Batch::Rescan => missing.clear(),
            Batch::Changed(paths) => missing.retain(|path| !paths.contains(path)),
        }
        batches += 1;
    }
    assert!(batches <= 200, "{batches}");
}

#[test]
fn whoever_looks_for_himself_finds_changes_too() {
    let dir = tempfile::tempdir().unwrap();
    let folders = Folders { deep: vec![dir.path().into()], ..Folders::default() };
    let watch = Watch::start(folders, Means::Looking(Duration::from_millis(50))).unwrap();
    thread::sleep(Duration::from_millis(150));
    fs::write(dir.path().join("a.md"), "a").unwrap();
    assert!(watch.next(PATIENCE).is_some());
}
