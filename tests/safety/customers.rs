//! Public pages are for customers and for the machines that read on their behalf; internal ones are for no crawler.

use super::places::project;
use crate::site_test::{SiteTest, TODAY};

/// What stands between two marks, for each time they occur.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split_once(end)).map(|(inner, _)| inner).collect()
}

#[test]
fn a_public_page_says_what_it_is_to_machines() {
    let site = project();
    site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    let page = site.read("dist/public/incidents/pm-1.html");
    for meta in [
        "<link rel=\"canonical\" href=\"https://incidents.example/incidents/pm-1.html\">",
        "<meta property=\"og:title\" content=\"Hub was slow (2026-03-01)\">",
        "<meta property=\"og:site_name\" content=\"Incidents\">",
        "<meta property=\"og:type\" content=\"article\">",
        "<a href=\"https://status.example/\">Status page</a>",
    ] {
        assert!(page.contains(meta), "{meta} is missing in\n{}", &page[..3000.min(page.len())]);
    }
    assert!(!page.contains("noindex"));
    let data = between(&page, "<script type=\"application/ld+json\">", "</script>");
    let data: serde_json::Value = serde_json::from_str(data[0]).unwrap();
    assert_eq!(data["@type"], "Article");
    assert_eq!(data["headline"], "Hub was slow");
    assert_eq!(data["datePublished"], "2026-03-01");
    assert_eq!(data["url"], "https://incidents.example/incidents/pm-1.html");
    let sitemap = site.read("dist/public/sitemap.xml");
    assert!(sitemap.contains("<loc>https://incidents.example/incidents/pm-1.html</loc>"), "{sitemap}");
    assert!(site.read("dist/public/robots.txt").contains("Sitemap: https://incidents.example/sitemap.xml"));
    assert!(site.read("dist/public/feed.xml").contains("Hub was slow"));
    assert!(site.read("dist/public/feed.json").contains("https://jsonfeed.org/version/1.1"));
    for inside in ["data-l=\"Owner\"", "data-l=\"Ticket\"", "actions.html", "edit/"] {
        assert!(!page.contains(inside), "{inside} is nothing for customers");
    }
}

#[test]
fn a_title_cannot_leave_the_data_that_machines_read() {
    let title = "</script><script>x()</script> & \u{2028}";
    let site = SiteTest::new().file("site.toml", "base_url = 'https://a.example/'\n").file(
        "content/a.md",
        format!("---\nvisibility: public\ntitle: {}\n---\nx\n", serde_json::to_string(title).unwrap()),
    );
    site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    let page = site.read("dist/public/incidents/a.html");
    let data = between(&page, "<script type=\"application/ld+json\">", "</script>");
    let data: serde_json::Value = serde_json::from_str(data[0]).unwrap();
    // Titles are words; tags in them are taken out before.
    assert_eq!(data["headline"].as_str().unwrap().trim(), "x() &");
    assert!(!page.contains("<script>x()"));
}

#[test]
fn internal_pages_are_for_no_crawler() {
    let site = project();
    site.build().fine();
    let list = site.list("dist/internal");
    for name in list.lines().filter(|name| name.ends_with(".html")) {
        let page = site.read(&format!("dist/internal/{name}"));
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{name} may be found");
        assert!(!page.contains("ld+json") && !page.contains("og:title"), "{name} is no page for the public");
    }
    assert_eq!(site.read("dist/internal/robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(site.read("dist/internal/_headers").contains("X-Robots-Tag: noindex"));
    assert!(!list.contains("sitemap.xml"), "{list}");
}
