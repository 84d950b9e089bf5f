//! Themes: one file of the default can be replaced, and a mistake in a file is told with its place.

use crate::site_test::SiteTest;

fn site(files: &[(&str, &str)]) -> SiteTest {
    let site = SiteTest::new()
        .file("site.toml", "theme = 'acme'\n")
        .file("content/a.md", "---\ndate: 2026-03-01\n---\n# Pool full\n\nIt was full.\n");
    files.iter().fold(site, |site, (path, text)| site.file(&format!("themes/acme/{path}"), text))
}

fn html(site: &SiteTest, page: &str) -> String {
    site.read(&format!("dist/internal/{page}"))
}

#[test]
fn one_template_replaces_one_page_and_can_build_on_the_one_it_replaces() {
    let site = site(&[(
        "templates/404.html",
        "{% extends \"default/404.html\" %}\n{% block main %}<h1>Lost at sea</h1>{% endblock %}\n",
    )]);
    site.build().fine();
    assert!(html(&site, "404.html").contains("<h1>Lost at sea</h1>"));
    assert!(html(&site, "404.html").contains("<nav"), "the frame is the default's");
    assert!(html(&site, "incidents/a.html").contains("Pool full"));
}

#[test]
fn one_static_file_replaces_one_and_its_address_changes_with_its_bytes() {
    let plain = site(&[("theme.toml", "name = 'acme'\n")]);
    plain.build().fine();
    let own = site(&[("static/kb.css", "body { color: rebeccapurple }\n")]);
    own.build().fine();
    let style = |site: &SiteTest| {
        let all = site.list("dist/internal");
        all.lines().find(|name| name.starts_with("assets/kb.") && name.ends_with(".css")).unwrap().to_owned()
    };
    assert!(html(&own, &style(&own)).contains("rebeccapurple"));
    assert_ne!(style(&own), style(&plain));
    assert!(html(&own, "index.html").contains(&style(&own)));
    let scripts =
        |site: &SiteTest| site.list("dist/internal").lines().filter(|name| name.ends_with(".js")).count();
    assert_eq!(scripts(&own), scripts(&plain));
}

#[test]
fn single_words_can_be_replaced() {
    let site = site(&[("words/en.toml", "incidents = \"Mishaps\"\n")]);
    site.build().fine();
    assert!(html(&site, "index.html").contains("Mishaps"));
}

#[test]
fn a_broken_template_is_an_error_with_file_line_and_column() {
    let unread = site(&[("templates/404.html", "<h1>Lost</h1>\n{% if frame.root %}\n")]);
    let told = unread.build().code(1).stderr;
    assert!(told.contains("error[") && told.contains("themes/acme/templates/404.html:"), "{told}");
    let unknown = site(&[("templates/404.html", "<h1>Lost</h1>\n<p>{{ frame.rooot }}</p>\n")]);
    let told = unknown.build().code(1).stderr;
    assert!(told.contains("themes/acme/templates/404.html:2:"), "{told}");
    assert!(!unknown.path().join("dist/internal").exists());
}

#[test]
fn a_theme_that_does_not_exist_is_named() {
    let site = SiteTest::new().file("site.toml", "theme = 'acmee'\n").file("content/a.md", "# A\n");
    let told = site.build().code(1).stderr;
    assert!(told.contains("`acmee`"), "{told}");
}

#[test]
fn what_authors_write_is_text_in_every_place_of_every_page() {
    let nasty = "\"><script>alert(1)</script>";
    let text = format!(
        "---\ntitle: '{nasty}'\ndate: 2026-03-01\nid: 'a{nasty}'\nseverity: '{nasty}'\ncomponents: ['{nasty}']\ntags: ['{nasty}']\n\
         family: '{nasty}'\nauthors: ['{nasty}']\nfix: '{nasty}'\nstatus_page: 'javascript:alert(1)'\n\
         links: ['javascript:alert(1)']\naction_items: [{{text: 'Do {nasty}', owner: '{nasty}', ticket: '{nasty}'}}]\n---\n\n\
         {nasty}\n\n<img src=x onerror=alert(1)> <base href=//x.example> [a](javascript:alert(1)) [b](data:text/html,x)\n"
    );
    let site = SiteTest::new().file("content/a.md", text);
    site.build().fine();
    for (name, bytes) in site.bytes("dist/internal") {
        if name.ends_with(".html") {
            let html = String::from_utf8(bytes).unwrap().to_lowercase();
            for hit in ["<script>", "onerror=", "href=\"javascript", "<base", "href=\"data:"] {
                assert!(!html.contains(hit), "{name} holds {hit}");
            }
        }
    }
}
