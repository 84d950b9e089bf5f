//! Small files for those who host or crawl the site: `robots.txt`, `sitemap.xml`, `_headers`, redirect pages.

use super::escape;
use crate::output::OutputPath;
use crate::plan::url;
use crate::plan::view::Views;

/// What pages may load: nothing but the site's own files, no inline script or style.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
    require-trusted-types-for 'script'";

/// The headers every file of the site is served with.
pub fn security_headers() -> Vec<(&'static str, String)> {
    vec![
        ("Content-Security-Policy", format!("{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'")),
        ("Referrer-Policy", "same-origin".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}

/// The headers in the form that Netlify and Cloudflare Pages read.
pub(super) fn headers(views: &Views<'_>) -> String {
    let mut out = String::from("/*\n");
    for (name, value) in security_headers() {
        out.push_str(&format!("  {name}: {value}\n"));
    }
    if views.site.is_internal() {
        out.push_str("  X-Robots-Tag: noindex, nofollow\n");
    }
    out.push_str("/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n");
    out
}

/// Colleagues' sites are for no crawler.
pub(super) fn robots(views: &Views<'_>) -> String {
    if views.site.is_internal() {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let mut out = String::from("User-agent: *\nAllow: /\n");
    if views.site.has_sitemap() {
        out.push_str(&format!("Sitemap: {}\n", url::absolute(views.site.base_url(), "sitemap.xml")));
    }
    out
}

/// How a browser searches the site from its address bar, as `OpenSearch` 1.1 describes it: a short name of at most 16
/// characters and an address with a place for the words.
pub(super) fn open_search(views: &Views<'_>) -> String {
    let site = &views.site;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n",
    );
    let mut element = |tag: &str, text: &str| {
        out.push_str(&format!("<{tag}>"));
        escape::text(text, &mut out);
        out.push_str(&format!("</{tag}>\n"));
    };
    element("ShortName", &first_words(site.title(), 16));
    element("LongName", &first_words(site.title(), 48));
    element("Description", views.words.get("search_all"));
    element("InputEncoding", "UTF-8");
    out.push_str("<Url type=\"text/html\" template=\"");
    escape::attribute(&url::absolute(site.base_url(), "search.html?q={searchTerms}"), &mut out);
    out.push_str("\"/>\n</OpenSearchDescription>\n");
    out
}

/// As many words of `title` as make no more than `most` characters; of a longer word its beginning.
fn first_words(title: &str, most: usize) -> String {
    let whole: String = title.chars().take(most).collect();
    match whole.rsplit_once(' ') {
        Some((words, _)) if whole.len() < title.len() => words.trim().to_owned(),
        _ => whole,
    }
}

/// The addresses of all pages that search engines may show.
pub(super) fn sitemap(views: &Views<'_>) -> String {
    let site = &views.site;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut add = |link: &str| {
        out.push_str("<url><loc>");
        escape::text(&url::absolute(site.base_url(), link), &mut out);
        out.push_str("</loc></url>\n");
    };
    let style = site.config.urls;
    add(&url::link("index", style));
    add(&url::link("incidents/index", style));
    for item in views.items() {
        add(&item.link);
    }
    for number in 0..site.edition.pages.len() {
        add(&site.text_link(number));
    }
    let relations = site.relations;
    for (folder, groups) in [("components", &relations.components), ("tags", &relations.tags)] {
        for group in groups.sorted().filter(|group| folder != "tags" || group.members.len() > 1) {
            add(&url::link(&format!("{folder}/{}", group.slug), style));
        }
    }
    for family in &site.recurrences.families().all {
        add(&url::link(&format!("families/{}", family.slug), style));
    }
    out.push_str("</urlset>\n");
    out
}

/// Where an earlier address leads: from the page at `from` to the page at `to`.
pub(super) fn way(from: &OutputPath, to: &OutputPath, views: &Views<'_>) -> String {
    format!("{}{}", url::up(from), url::link_to(to.as_str(), views.site.config.urls))
}
