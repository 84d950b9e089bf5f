//! What a build leaves on disk: the same bytes for the same sources, the old site after an error, nothing of what is gone.

use crate::site_test::{NASTY_NAMES, SiteTest, TODAY};
use std::fs;
use std::time::{Duration, SystemTime};

const OUT: &str = "dist/internal";

fn report(title: &str) -> String {
    format!(
        "---\ntitle: {title}\ndate: 2026-03-01\ncomponents: [hub]\ntags: [disk]\n---\n\n## Summary\n\n{title}, for an hour.\n"
    )
}

fn two_reports() -> SiteTest {
    SiteTest::new()
        .file("content/2026/full.md", report("Disk full"))
        .file(
            "content/2026/slow.md",
            report("Disk slow") + "\nLike [the other](full.md), see ![graph](graph.svg).\n",
        )
        .file("content/2026/graph.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
}

#[test]
fn every_kind_of_error_leaves_the_old_site_as_it_was() {
    let site = two_reports();
    site.build().fine();
    let before = site.bytes(OUT);
    let broken: [(&str, &[u8]); 7] = [
        ("content/a.md", b"---\ntitle: [\n---\nx\n"),
        ("content/a.md", b"# Title\n\n\xff\xfe\x00\n"),
        ("content/a.md", b"---\ndate: 2026-02-31\n---\nx\n"),
        ("content/a.md", b"---\nvisibility: everyone\n---\nx\n"),
        ("content/a.md", b"# T\n\n<!-- internal -->\nnever closed\n"),
        ("site.toml", b"titel = 'x'\n"),
        ("themes/mine/templates/home.html", b"{% if %}\n"),
    ];
    for (path, bytes) in broken {
        site.write(path, bytes);
        if path.starts_with("themes") {
            site.write("site.toml", "theme = 'mine'\n");
        }
        let told = site.build().code(1).stderr;
        assert!(told.contains("error["), "{path}: {told}");
        assert!(told.contains("nothing was written"), "{path}: {told}");
        assert_eq!(site.bytes(OUT), before, "{path}");
        fs::remove_file(site.path().join(path)).unwrap();
    }
}

#[test]
fn all_errors_of_all_files_are_told_in_one_run() {
    let site = two_reports()
        .file("content/a.md", "---\ndate: 2026-02-31\n---\nx\n")
        .file("content/b.md", "---\nid: PM-1\n---\nx\n")
        .file("content/c.md", "---\nid: pm-1\n---\nx\n");
    let told = site.build().code(1).stderr;
    assert!(told.contains("content/a.md:2:7"), "{told}");
    assert!(told.contains("content/c.md:2:5") && told.contains("content/b.md"), "{told}");
    assert!(!site.path().join("dist").exists());
}

#[test]
fn the_same_sources_give_the_same_bytes_whatever_the_machine() {
    let site = two_reports().file("site.toml", "title = 'Incidents'\ntimezone = 'Europe/Oslo'\n");
    site.build().fine();
    let first = site.bytes(OUT);
    assert!(first.keys().any(|name| name.ends_with("full.html")), "{:?}", first.keys());
    // The same files once more, made in another order, on a machine with other habits.
    let other = SiteTest::new().file("site.toml", "title = 'Incidents'\ntimezone = 'Europe/Oslo'\n");
    for name in ["content/2026/slow.md", "content/2026/graph.svg", "content/2026/full.md"] {
        other.write(name, fs::read(site.path().join(name)).unwrap());
    }
    for jobs in ["1", "4"] {
        let out = format!("out-{jobs}");
        let mut command = other.command(&["build", "--as-of", TODAY, "--jobs", jobs, "--out", &out]);
        command.env("TZ", "Pacific/Kiritimati").env("LANG", "tr_TR.UTF-8").env("LC_ALL", "tr_TR.UTF-8");
        other.outcome(&mut command).fine();
        assert_eq!(other.bytes(&out), first, "{jobs} threads");
    }
}

#[test]
fn pages_of_an_earlier_build_vanish_and_what_did_not_change_keeps_its_time() {
    let site = two_reports();
    site.build().fine();
    let attachment = site.path().join(OUT).join("files/2026/graph.svg");
    let long_ago = SystemTime::now() - Duration::from_secs(86_400);
    fs::File::options().append(true).open(&attachment).unwrap().set_modified(long_ago).unwrap();
    let old = fs::metadata(&attachment).unwrap().modified().unwrap();
    fs::remove_file(site.path().join("content/2026/full.md")).unwrap();
    site.build().fine();
    assert!(!site.list(OUT).contains("full.html"), "{}", site.list(OUT));
    assert!(!site.read(&format!("{OUT}/incidents/index.html")).contains("Disk full"));
    assert_eq!(fs::metadata(&attachment).unwrap().modified().unwrap(), old);
    let again = site.build().fine().stdout;
    assert!(again.contains("0 written") && again.contains("0 removed"), "{again}");
}

#[test]
fn an_attachment_that_nothing_links_to_any_more_vanishes() {
    let site = two_reports();
    site.build().fine();
    assert!(site.list(OUT).contains("files/2026/graph.svg"));
    site.write("content/2026/slow.md", report("Disk slow"));
    site.build().fine();
    assert!(!site.list(OUT).contains("graph.svg"), "{}", site.list(OUT));
}

#[test]
fn drafts_are_built_only_where_asked_for() {
    let site = two_reports().file("content/new.md", "---\ntitle: Half known\nstatus: draft\n---\nx\n");
    site.build().fine();
    assert!(!site.list(OUT).contains("new.html"));
    site.run(&["build", "--drafts", "--as-of", TODAY]).fine();
    assert!(site.read(&format!("{OUT}/incidents/new.html")).contains("Half known"));
}

#[test]
fn an_alias_leads_on_to_the_present_address() {
    let front = "---\ntitle: Hub down\nslug: hub\naliases: [OLD-7, /status/2026-hub/]\n---\nx\n";
    let site = SiteTest::new().file("content/a.md", front);
    site.build().fine();
    for (page, target) in [
        ("incidents/old-7.html", "../incidents/hub.html"),
        ("status/2026-hub/index.html", "../../incidents/hub.html"),
    ] {
        let html = site.read(&format!("{OUT}/{page}"));
        assert!(html.contains(&format!("url={target}\"")), "{page}: {html}");
        assert!(html.contains(&format!("href=\"{target}\"")), "{page}: {html}");
    }
}

#[test]
fn names_that_differ_only_in_case_or_form_get_pages_of_their_own() {
    let names = ["Disk.md", "disk.md", "DISK.markdown", "2026/disk.md", "e\u{301}.md", "é.md"];
    let site = names.iter().fold(SiteTest::new(), |site, name| {
        site.file(&format!("content/{name}"), report(&format!("Told in {}", name.escape_unicode())))
    });
    site.build().fine();
    let pages = site.bytes(&format!("{OUT}/incidents"));
    let lower: std::collections::BTreeSet<String> = pages.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), pages.len(), "{:?}", pages.keys());
    assert_eq!(pages.len(), names.len() + 1, "{:?}", pages.keys());
}

#[test]
fn nasty_names_become_pages_and_attachments_that_links_find() {
    let site = NASTY_NAMES.iter().fold(SiteTest::new(), |site, name| {
        let site = site.file(&format!("content/{name}/{name}.png"), "no image at all");
        site.file(&format!("content/{name}.md"), format!("# About {name}\n\n![graph](<{name}/{name}.png>)\n"))
    });
    site.build().fine();
    let pages = site.bytes(&format!("{OUT}/incidents"));
    assert_eq!(pages.len(), NASTY_NAMES.len() + 1, "{:?}", pages.keys());
    let list = site.list(OUT);
    for name in NASTY_NAMES {
        assert!(
            list.contains(&format!("files/{name}/{name}.png")) || name.contains(['%', '<']),
            "{name}: {list}"
        );
    }
    let page = pages.values().find(|html| String::from_utf8_lossy(html).contains("About a &amp; b")).unwrap();
    let html = String::from_utf8_lossy(page);
    assert!(!html.contains("b <script>"), "{html}");
}

#[test]
fn ordinary_pages_and_folder_texts_are_no_incidents() {
    let site = two_reports()
        .file("content/_index.md", "Welcome, reader.\n")
        .file("content/policy.md", "---\ntitle: Our policy\ntype: page\n---\nWe write things down.\n");
    site.build().fine();
    let list = site.list(OUT);
    assert!(!list.contains("incidents/policy.html"), "{list}");
    assert!(list.lines().any(|name| name.ends_with("policy.html")), "{list}");
    let incidents = site.read(&format!("{OUT}/incidents/index.html"));
    assert!(incidents.contains("Welcome, reader.") && !incidents.contains("Our policy"), "{incidents}");
}

#[test]
fn a_page_of_many_is_not_the_list_of_them() {
    let site = SiteTest::new()
        .file("content/index.md", "# First of all\n\nx\n")
        .file("content/b.md", "---\nslug: index\n---\n# B\n\nx\n");
    site.build().fine();
    assert!(site.read(&format!("{OUT}/incidents/index.html")).contains("First of all"));
    assert!(site.read(&format!("{OUT}/incidents/index-2.html")).contains("<h1>First of all</h1>"));
}

#[test]
fn a_folder_that_kb_did_not_make_is_never_replaced() {
    let site = two_reports().file("photos/holiday.jpg", "sun");
    let told = site.run(&["build", "--out", "photos", "--as-of", TODAY]).code(2).stderr;
    assert!(told.contains("photos"), "{told}");
    assert_eq!(site.list("photos"), "holiday.jpg\n");
}

#[test]
fn a_build_over_the_same_inputs_does_nothing_and_says_the_same() {
    let site = two_reports().file("content/odd.md", "---\nseverity: SEV99\n---\n\n# Odd\n");
    let first = site.build().fine();
    let again = site.build().fine();
    assert!(
        first.stdout.starts_with("built") && again.stdout.starts_with("nothing changed"),
        "{}",
        again.stdout
    );
    assert!(first.stderr.contains("unknown-severity"), "{}", first.stderr);
    assert_eq!(first.stderr, again.stderr);

    // What a killed build left is cleared all the same.
    fs::create_dir(site.path().join("dist/.internal.kb-stage-999999999")).unwrap();
    assert!(site.build().fine().stdout.starts_with("nothing changed"));
    assert!(!site.path().join("dist/.internal.kb-stage-999999999").exists());

    // Whatever is changed, by whomever, is seen: in the output, the content, the settings, an attachment.
    site.write(&format!("{OUT}/index.html"), "torn");
    assert!(site.build().fine().stdout.starts_with("built"));
    assert!(!site.bytes(OUT).values().any(|bytes| bytes == b"torn"));
    for (path, text) in [
        ("content/2026/full.md", report("Disk full again")),
        (
            "content/2026/graph.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='9'/>".to_owned(),
        ),
        ("site.toml", "title = 'Other'\n".to_owned()),
        ("themes/default/static/extra.css", "p {}".to_owned()),
    ] {
        site.write(path, text);
        assert!(site.build().fine().stdout.starts_with("built"), "{path}");
        assert!(site.build().fine().stdout.starts_with("nothing changed"), "{path}");
    }
}

#[test]
fn what_is_left_out_and_what_stays_is_told() {
    let site = two_reports().file("content/draft.md", "---\nstatus: draft\n---\n# Not yet\n\nx\n");
    let told = site.build().fine();
    assert!(told.stderr.contains("1 draft is left out; `--drafts` includes them"), "{}", told.stderr);
    site.write("dist/internal/CNAME", "example.com");
    site.write("content/2026/full.md", report("Disk fuller"));
    let told = site.build().fine().stdout;
    assert!(told.contains("1 file beside the site left as they are"), "{told}");
    assert_eq!(site.read("dist/internal/CNAME"), "example.com");
}

#[test]
fn an_empty_site_says_so() {
    let site = SiteTest::new().file("content/notes.txt", "x");
    let told = site.build().fine().stderr;
    assert!(told.contains("the site is empty: no document in `content`"), "{told}");
}

#[test]
fn a_site_is_never_written_among_the_postmortems() {
    let site = two_reports();
    for out in ["content", "content/site", "content/2026/../site/x"] {
        let told = site.run(&["build", "--out", out, "--as-of", TODAY]).code(2).stderr;
        assert!(told.contains("among the postmortems"), "{out}: {told}");
    }
}
