//! Every internal place holds a word of its own; none of them may be in any public byte.

use super::places::{FOR_COLLEAGUES, FOR_NOBODY, project, public_without_parts};
use crate::site_test::{SiteTest, TODAY};
use std::fs;
use std::io::Read;
use std::process::Command;

/// Every path and byte below `folder` in lower case, unpacked, also inside other files: one text per file.
fn everything(site: &SiteTest, folder: &str) -> Vec<(String, String)> {
    let open = |mut bytes: Vec<u8>| {
        let starts: Vec<usize> = bytes
            .windows(3)
            .enumerate()
            .filter(|(_, three)| three == b"\x1f\x8b\x08")
            .map(|(at, _)| at)
            .collect();
        for at in starts {
            let mut inner = Vec::new();
            let _ = flate2::read::GzDecoder::new(&bytes[at..]).read_to_end(&mut inner);
            bytes.extend(inner);
        }
        String::from_utf8_lossy(&bytes).to_lowercase()
    };
    site.bytes(folder).into_iter().map(|(name, bytes)| (name.to_lowercase(), open(bytes))).collect()
}

fn holders<'a>(all: &'a [(String, String)], word: &str) -> Vec<&'a str> {
    let holds = |(name, text): &&(String, String)| name.contains(word) || text.contains(word);
    all.iter().filter(holds).map(|(name, _)| name.as_str()).collect()
}

fn commit(site: &SiteTest) {
    for arguments in [
        &["init", "-q", "-b", "zqbranch"][..],
        &["add", "."],
        &["-c", "user.name=Zqcommitter", "-c", "user.email=zq@example.com", "commit", "-qm", "zqbranch"],
    ] {
        let done = Command::new("git").args(arguments).current_dir(site.path()).status();
        assert!(done.is_ok_and(|status| status.success()), "git {arguments:?}");
    }
}

#[test]
fn no_word_for_colleagues_is_in_any_public_byte() {
    assert!(FOR_COLLEAGUES.len() >= 60);
    let site = project();
    commit(&site);
    site.build().fine();
    site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    let (internal, public) = (everything(&site, "dist/internal"), everything(&site, "dist/public"));
    for word in ["hub was slow", "shown.jpg", "drawn.svg", "raise the limit for everyone"] {
        assert!(
            !holders(&public, word).is_empty(),
            "`{word}` is missing: the public site is not what it should be"
        );
    }
    let missing: Vec<_> = FOR_COLLEAGUES.iter().filter(|word| holders(&internal, word).is_empty()).collect();
    assert!(missing.is_empty(), "colleagues miss {missing:?}");
    let leaked: Vec<_> = FOR_COLLEAGUES
        .iter()
        .chain(FOR_NOBODY)
        .map(|word| (word, holders(&public, word)))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    assert!(leaked.is_empty(), "the public finds {leaked:?}");
    // The two letters that all of them begin with stand in packed bytes by chance. What those may hold is held elsewhere: they
    // are the very bytes that sources without what is internal give.
    let readable: Vec<_> = public.iter().filter(|(_, text)| !text.contains('\u{fffd}')).cloned().collect();
    assert!(readable.len() > 60, "{} of {} files", readable.len(), public.len());
    assert_eq!(holders(&readable, "zq"), [""; 0]);
    println!(
        "{} words for colleagues, {} for nobody, {} public files",
        FOR_COLLEAGUES.len(),
        FOR_NOBODY.len(),
        public.len()
    );
}

#[test]
fn the_public_site_is_that_of_the_sources_without_what_is_internal() {
    let site = project();
    site.run(&["build", "--audience", "public", "--as-of", TODAY, "--out", "with"]).fine();
    site.write("content/2026-public.md", public_without_parts());
    for gone in [
        "2026-zqhiddenfile.md",
        "handbook.md",
        "_index.md",
        "2026-draft.md",
        "zqexcluded/a.md",
        "zqattachment.png",
        "zqimage.png",
        "zqlog.gz",
        "zqunlinked.txt",
    ] {
        fs::remove_file(site.path().join("content").join(gone)).unwrap();
    }
    site.run(&["build", "--audience", "public", "--as-of", TODAY, "--out", "without"]).fine();
    let (with, without) = (site.bytes("with"), site.bytes("without"));
    assert_eq!(with.keys().collect::<Vec<_>>(), without.keys().collect::<Vec<_>>());
    for (name, bytes) in &with {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&without[name]), "{name}");
    }
}

#[test]
fn what_customers_would_not_read_is_listed_by_file() {
    let site = project();
    let told = site.run(&["check", "--audience", "public", "--as-of", TODAY, "--format", "short"]).stdout;
    for place in [
        "content/2026-public.md:1:1: warning[public-removes]: left out: `authors`, `reviewers`, `participants`, `team`, `fix`, `tags`, `impact` and `links`",
        "the action stands without `zqfrontowner` and `ZQT-77`",
        "left out: `Internal zqwords,",
        "the action is left out",
        "reads `The hub was slow. engineer",
    ] {
        assert!(told.contains(place), "{place} is missing in\n{told}");
    }
    let counted = site.run(&["check", "--audience", "public", "--as-of", TODAY]).stderr;
    assert!(counted.contains("1 of 5 documents are for the public"), "{counted}");
}

#[test]
fn the_guard_looks_into_attachments_and_what_is_packed_in_them() {
    let open = |link: &str| format!("---\nvisibility: public\n---\n# Open\n\n[log]({link})\n");
    let mut packed = flate2::write::GzEncoder::new(b"head ".to_vec(), flate2::Compression::best());
    std::io::Write::write_all(&mut packed, b"the Blackbird project").unwrap();
    let settings = "[audience.public]\nforbidden_words = ['Blackbird']\n";
    for (name, bytes) in [
        ("plain.log", b"the blackbird project".to_vec()),
        ("packed.bin", packed.finish().unwrap()),
        ("blackbird.log", b"nothing".to_vec()),
    ] {
        let site = SiteTest::new()
            .file("site.toml", settings)
            .file("content/c.md", open(name))
            .file(&format!("content/{name}"), bytes);
        let told = site.run(&["build", "--audience", "public", "--as-of", TODAY]).code(1).stderr;
        assert!(told.contains("error[leak]") && told.contains("Blackbird"), "{name}: {told}");
        assert!(!site.path().join("dist/public").exists(), "{name}");
    }
}
