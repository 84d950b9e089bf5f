//! Which pages a site has.

use super::{ImageSizes, Page, Site, plan};
use crate::config::{SiteConfig, UrlStyle};
use crate::corpus::{Corpus, Draft, Edition, publish};
use crate::diag::Diagnostic;
use crate::measure::Closings;
use crate::model::{Audience, Dated, Incident, Kind};
use crate::recur::Recurrences;
use crate::relate::relate;
use crate::theme::Theme;
use jiff::civil::date;

static NO_SIZES: ImageSizes = ImageSizes::new();

fn incident(path: &str) -> Incident {
    Incident {
        path: path.into(),
        name: path.into(),
        id: path.into(),
        title: path.into(),
        date: Some(Dated { date: date(2024, 5, 1), from: "front matter" }),
        visibility: Audience::Public,
        ..Incident::default()
    }
}

fn edition(all: Vec<Incident>, audience: Audience, config: &SiteConfig) -> Edition {
    let drafts = all.into_iter().map(|one| Draft::seal(one, None)).collect();
    publish(&Corpus::gather(drafts, Vec::new(), config).value, audience, config, false)
}

fn planned(all: Vec<Incident>, audience: Audience, config: &SiteConfig) -> (Vec<String>, Vec<Diagnostic>) {
    let edition = edition(all, audience, config);
    let relations = relate(&edition);
    let recurrences = Recurrences::of(&edition, config);
    let site = Site {
        config,
        edition: &edition,
        relations: &relations,
        recurrences: &recurrences,
        as_of: date(2026, 1, 1),
        revision: None,
        live: false,
        image_sizes: &NO_SIZES,
        closings: &Closings::default(),
    };
    let pages = plan(&site, &Theme::builtin());
    (pages.value.iter().map(|page: &Page| page.path.as_str().to_owned()).collect(), pages.found)
}

#[test]
fn a_site_has_only_pages_that_something_stands_on() {
    let (pages, found) = planned(vec![incident("a.md")], Audience::Internal, &SiteConfig::default());
    assert_eq!(found, []);
    for wanted in [
        "index.html",
        "incidents/index.html",
        "incidents/a.html",
        "actions.html",
        "search.html",
        "404.html",
        "feed.xml",
        "feed.json",
        "robots.txt",
        "_headers",
        "api/v1/incidents.json",
        "api/v1/incidents/a.json",
        "api/v1/actions.json",
    ] {
        assert!(pages.iter().any(|page| page == wanted), "no {wanted} in {pages:?}");
    }
    assert!(
        !pages.iter().any(|page| page.starts_with("components")
            || page.starts_with("families")
            || page == "sitemap.xml"
            || page == "opensearch.xml"),
        "{pages:?}"
    );
    assert!(pages.is_sorted());
}

#[test]
fn the_public_site_has_no_list_of_actions_and_a_sitemap() {
    let config = SiteConfig { base_url: "https://pm.example".into(), ..SiteConfig::default() };
    let (pages, _) = planned(vec![incident("a.md")], Audience::Public, &config);
    assert!(["sitemap.xml", "opensearch.xml"].iter().all(|wanted| pages.iter().any(|page| page == wanted)));
    assert!(!pages.iter().any(|page| page.contains("actions")), "{pages:?}");
}

#[test]
fn two_pages_on_one_path_are_an_error() {
    let mut taken = incident("a.md");
    taken.kind = Kind::Page;
    taken.slug = Some("x".into());
    let mut one = incident("b.md");
    one.aliases = vec!["c".into(), "/old/place/".into()];
    let (pages, found) =
        planned(vec![taken, one, incident("c.md")], Audience::Internal, &SiteConfig::default());
    assert!(
        pages.iter().any(|page| page == "pages/x.html")
            && pages.iter().any(|page| page == "old/place/index.html"),
        "{pages:?}"
    );
    assert_eq!(found[0].message, "alias `c` is the address of another page, `incidents/c.html`");
}

#[test]
fn pretty_addresses_put_each_page_into_a_folder() {
    let config = SiteConfig { urls: UrlStyle::Pretty, ..SiteConfig::default() };
    let (pages, _) = planned(vec![incident("a.md")], Audience::Internal, &config);
    assert!(pages.iter().any(|page| page == "incidents/a/index.html"), "{pages:?}");
    assert!(
        pages.iter().any(|page| page == "incidents/index.html")
            && pages.iter().any(|page| page == "actions/index.html")
    );
}

#[test]
fn many_incidents_are_listed_by_year() {
    let all = (0..301).map(|n| incident(&format!("n{n}.md"))).collect();
    let (pages, _) = planned(all, Audience::Internal, &SiteConfig::default());
    assert!(
        pages.iter().any(|page| page == "incidents/2024.html")
            && pages.iter().any(|page| page == "incidents/2024-page-2.html")
    );
}
