//! What may lie in a content folder, and what becomes of it.

use super::*;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        write(dir.path(), path, bytes);
    }
    dir
}

fn write(dir: &Path, path: &str, bytes: &[u8]) {
    let file = dir.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

fn open(dir: &Path) -> ContentFolder {
    ContentFolder::open(dir, Exclude::default()).unwrap()
}

fn names(folder: &ContentFolder) -> (Vec<String>, Vec<String>, Vec<&'static str>) {
    let all = folder.content();
    let documents = all.value.documents.iter().map(|source| source.path.to_string()).collect();
    let assets = all.value.assets.iter().map(|asset| asset.path.to_string()).collect();
    (documents, assets, all.found.iter().map(|finding| finding.code).collect())
}

#[test]
fn markdown_is_a_document_and_the_rest_is_attached() {
    let dir = folder(&[
        ("b.md", b"b"),
        ("2024/a.markdown", b"\xef\xbb\xbfa"),
        ("2024/graph.png", b"p"),
        ("README", b"r"),
        (".git/HEAD", b"x"),
        ("node_modules/x/readme.md", b"x"),
        ("b.md~", b"x"),
    ]);
    let folder = open(dir.path());
    assert_eq!(
        names(&folder),
        (
            vec!["2024/a.markdown".into(), "b.md".into()],
            vec!["2024/graph.png".into(), "README".into()],
            vec![]
        )
    );
    assert_eq!(&*folder.content().value.documents[0].text, "a");
}

#[test]
fn texts_that_were_let_go_are_read_again_by_the_name_they_are_shown_under() {
    let dir = folder(&[("a.md", b"a"), ("2024/b.md", b"b"), ("c.png", b"c")]);
    let mut folder = open(dir.path());
    let whole = folder.content().value.documents;
    folder.let_go();
    assert!(folder.content().value.documents.iter().all(|document| document.text.is_empty()));
    folder.recall(&BTreeSet::from([&*whole[0].name]));
    let now = folder.content().value;
    assert_eq!((&*now.documents[0].text, &*now.documents[1].text), ("b", ""));
    assert_eq!(now.assets.len(), 1);
}

#[test]
fn excluded_folders_are_not_entered() {
    let dir = folder(&[("a.md", b""), ("old/b.md", b""), ("old/deep/c.png", b"")]);
    fs::set_permissions(dir.path().join("old/deep"), fs::Permissions::from_mode(0o000)).unwrap();
    let folder = ContentFolder::open(dir.path(), Exclude::new(&["old".into()], None).value).unwrap();
    assert_eq!(names(&folder), (vec!["a.md".into()], vec![], vec![]));
}

#[test]
fn whatever_cannot_be_read_is_a_finding_and_nothing_hangs() {
    let dir = folder(&[("good.md", b"fine"), ("latin.md", b"caf\xe9"), ("utf16.md", b"\xff\xfea\0")]);
    write(dir.path(), "long.md", &vec![b'x'; 8 * 1024 * 1024 + 1]);
    let at = |name: &str| dir.path().join(name);
    symlink("/etc/passwd", at("out.md")).unwrap();
    symlink("/etc", at("outdir")).unwrap();
    symlink("loop.md", at("loop.md")).unwrap();
    symlink("..", at("up")).unwrap();
    symlink(".", at("here")).unwrap();
    symlink("good.md", at("alias.md")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        at("pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RWXU,
        0,
    )
    .unwrap();
    fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"bad\xff.md")), "x").unwrap();

    let (documents, assets, codes) = names(&open(dir.path()));
    assert_eq!(documents, ["alias.md", "good.md"]);
    assert_eq!(assets, Vec::<String>::new());
    let count = |code: &str| codes.iter().filter(|one| **one == code).count();
    assert_eq!((count("invalid-utf-8"), count("file-too-large"), count("special-file")), (2, 1, 1));
    assert_eq!((count("link-refused"), count("file-name")), (5, 1));
}

#[test]
fn a_finding_about_encoding_names_the_line() {
    let dir = folder(&[("a.md", b"one\ntwo \xe9\n")]);
    let found = open(dir.path()).content().found;
    assert!(found[0].message.contains("byte 8, on line 2"), "{}", found[0].message);
}

#[test]
fn after_an_edit_only_the_touched_paths_are_named() {
    let dir = folder(&[("a.md", b"1"), ("x/b.md", b"1"), ("x/c.png", b"1"), ("xy.md", b"1")]);
    let at = |name: &str| dir.path().join(name);
    let mut folder = open(dir.path());

    fs::write(at("a.md"), "2").unwrap();
    assert_eq!(folder.refresh(&[at("a.md"), at("xy.md"), at("a.md~")]), ["a.md".into()]);
    assert_eq!(folder.refresh(&[at("a.md")]), Vec::<Arc<str>>::new());

    fs::remove_dir_all(at("x")).unwrap();
    assert_eq!(folder.refresh(&[at("x")]), ["x/b.md".into(), "x/c.png".into()]);
    assert_eq!(names(&folder).0, ["a.md", "xy.md"]);

    write(dir.path(), "x/y/d.md", b"1");
    assert_eq!(folder.refresh(&[at("x")]), ["x/y/d.md".into()]);
    assert_eq!(folder.rescan().unwrap(), Vec::<Arc<str>>::new());
}

#[test]
fn attachments_count_as_different_where_a_folder_around_them_was_put_in_the_place_of_another() {
    let dir = folder(&[("x/b.md", b"1"), ("x/c.png", b"1"), ("x/d.png", b"1"), ("y.png", b"1")]);
    let at = |name: &str| dir.path().join(name);
    let mut folder = open(dir.path());
    fs::remove_dir_all(at("x")).unwrap();
    for (name, bytes) in [("x/b.md", b"1"), ("x/c.png", b"2"), ("x/d.png", b"1")] {
        write(dir.path(), name, bytes);
    }
    assert_eq!(folder.refresh(&[at("x")]), ["x/c.png".into(), "x/d.png".into()]);
}

#[test]
fn refreshing_path_by_path_ends_where_reading_anew_does() {
    let dir = folder(&[("a.md", b"1"), ("x/b.md", b"1")]);
    let at = |name: &str| dir.path().join(name);
    let mut folder = open(dir.path());
    fs::rename(at("a.md"), at("x/a.md")).unwrap();
    fs::write(at("n.txt"), "n").unwrap();
    fs::remove_file(at("x/b.md")).unwrap();
    fs::create_dir(at("x/b.md")).unwrap();
    write(dir.path(), "x/b.md/inner.md", b"i");
    folder.refresh(&[at("a.md"), at("x/a.md"), at("n.txt"), at("x/b.md"), at("gone.md")]);
    assert_eq!(names(&folder), names(&open(dir.path())));
}
