//! Which pages a site has, and what stands on each of them.
//!
//! [`plan`] lists the pages as light descriptors: a path and a [`Route`]. What a page shows is put together by
//! [`view::Views`] when it is rendered, one page at a time, so that ten thousand pages are never held at once.

pub mod figures;
mod holds;
mod redirects;
mod route;
pub mod shown;
mod site;
pub mod url;
pub mod view;
mod words;

pub use holds::holds;
pub use route::{FeedFormat, FeedOf, Page, Route};
pub use site::{ImageSizes, Site};
pub use words::Words;

use crate::diag::{Checked, Diagnostic, Source, Span};
use crate::output::OutputPath;
use crate::theme::Theme;
use std::collections::BTreeMap;
use std::ops::Range;

/// Most entries on one page of a list.
pub const PER_PAGE: usize = 300;

/// Every page of `site`, in the order of their paths. Two pages on one path are an error.
pub fn plan(site: &Site<'_>, theme: &Theme) -> Checked<Vec<Page>> {
    let mut pages = Pages::default();
    fixed(site, &mut pages);
    lists(site, &mut pages);
    documents(site, &mut pages);
    feeds(site, &mut pages);
    data(site, &mut pages);
    for (name, asset) in theme.assets() {
        pages.add(Some(asset.path.clone()), Route::Asset(name.clone()), name);
    }
    redirects::add(site, &mut pages);
    Checked::new(pages.by_path.into_values().collect(), pages.found)
}

#[derive(Default)]
struct Pages {
    by_path: BTreeMap<OutputPath, Page>,
    found: Vec<Diagnostic>,
}

impl Pages {
    fn add(&mut self, path: Option<OutputPath>, route: Route, of: &str) {
        let source = Source::new(of, "");
        let Some(path) = path else {
            let message = "the address of this page is no file name";
            self.found.push(Diagnostic::error("page-path", &source, Span::at(0), message));
            return;
        };
        if self.by_path.contains_key(&path) {
            let message = format!("two pages would be written to `{path}`");
            let help = "give one of them another `slug`";
            self.found.push(Diagnostic::error("page-path", &source, Span::at(0), message).help(help));
            return;
        }
        self.by_path.insert(path.clone(), Page { path, route });
    }
}

fn fixed(site: &Site<'_>, pages: &mut Pages) {
    pages.add(OutputPath::new("index.html"), Route::Home, "home");
    pages.add(OutputPath::new("search.html"), Route::Search, "search");
    pages.add(OutputPath::new("404.html"), Route::NotFound, "404");
    pages.add(OutputPath::new("robots.txt"), Route::Robots, "robots.txt");
    pages.add(OutputPath::new("_headers"), Route::Headers, "_headers");
    if site.has_search_description() {
        pages.add(OutputPath::new("opensearch.xml"), Route::OpenSearch, "opensearch.xml");
    }
    if site.has_sitemap() {
        pages.add(OutputPath::new("sitemap.xml"), Route::Sitemap, "sitemap.xml");
    }
}

fn lists(site: &Site<'_>, pages: &mut Pages) {
    let style = site.config.urls;
    let relations = site.relations;
    pages.add(url::page("incidents/index", style), Route::Incidents, "incidents");
    if site.pages_by_year() {
        for (number, year) in relations.years.all().iter().enumerate() {
            for part in 0..parts(year.members.len()) {
                let path = url::page(&url::part(&format!("incidents/{}", year.slug), part), style);
                pages.add(path, Route::Year(number, part), &year.name);
            }
        }
    }
    let sorts = [
        (
            "components",
            &relations.components,
            Route::Components,
            Route::Component as fn(usize, usize) -> Route,
        ),
        ("tags", &relations.tags, Route::Tags, Route::Tag),
    ];
    for (folder, groups, list, of) in sorts {
        if groups.is_empty() {
            continue;
        }
        pages.add(url::page(&format!("{folder}/index"), style), list, folder);
        for (number, group) in groups.all().iter().enumerate() {
            for part in 0..parts(group.members.len()) {
                let path = url::page(&url::part(&format!("{folder}/{}", group.slug), part), style);
                pages.add(path, of(number, part), &group.name);
            }
        }
    }
    families(site, pages);
    if site.has_actions_page() {
        action_lists(site, pages);
    }
    if site.has_statistics() {
        pages.add(url::page("stats", style), Route::Statistics, "statistics");
        for figure in site.figures() {
            let name = format!("stats/{figure}");
            pages.add(url::page(&name, style), Route::Figure(figure), figure);
            pages.add(OutputPath::new(&format!("{name}.csv")), Route::FigureCsv(figure), figure);
        }
    }
}

fn families(site: &Site<'_>, pages: &mut Pages) {
    let families = &site.recurrences.families().all;
    if families.is_empty() {
        return;
    }
    let style = site.config.urls;
    pages.add(url::page("families/index", style), Route::Families, "families");
    for (number, family) in families.iter().enumerate() {
        for part in 0..parts(family.incidents.len()) {
            let path = url::page(&url::part(&format!("families/{}", family.slug), part), style);
            pages.add(path, Route::Family(number, part), &family.name);
        }
    }
}

fn action_lists(site: &Site<'_>, pages: &mut Pages) {
    let style = site.config.urls;
    let lists = view::ActionLists::of(site);
    for part in 0..parts(lists.current.len()) {
        pages.add(url::page(&url::part("actions", part), style), Route::Actions(part), "actions");
    }
    for (year, closed) in &lists.closed {
        for part in 0..parts(closed.len()) {
            let path = url::page(&url::part(&format!("actions/closed-{year}"), part), style);
            pages.add(path, Route::ClosedActions(*year, part), "closed actions");
        }
    }
}

fn documents(site: &Site<'_>, pages: &mut Pages) {
    let style = site.config.urls;
    for (number, published) in site.edition.incidents.iter().enumerate() {
        let path = url::page(&format!("incidents/{}", published.slug), style);
        pages.add(path, Route::Incident(number), &published.incident.name);
    }
    for (number, published) in site.edition.pages.iter().enumerate() {
        if !site::is_folder_text(&published.incident.path) {
            let path = url::page(&format!("pages/{}", published.slug), style);
            pages.add(path, Route::Text(number), &published.incident.name);
        }
    }
}

fn feeds(site: &Site<'_>, pages: &mut Pages) {
    if !site.config.feeds.enable {
        return;
    }
    for format in [FeedFormat::Atom, FeedFormat::Json] {
        let extension = format.extension();
        let mut add = |name: &str, of| {
            pages.add(OutputPath::new(&format!("{name}.{extension}")), Route::Feed(of, format), name);
        };
        add("feed", FeedOf::All);
        let components = site.relations.components.all().iter().filter(|_| site.config.feeds.components);
        for (number, group) in components.enumerate() {
            add(&format!("components/{}", group.slug), FeedOf::Component(number));
        }
        let tags = site.relations.tags.all().iter().filter(|_| site.config.feeds.tags);
        for (number, group) in tags.enumerate() {
            add(&format!("tags/{}", group.slug), FeedOf::Tag(number));
        }
    }
}

fn data(site: &Site<'_>, pages: &mut Pages) {
    pages.add(OutputPath::new("api/v1/incidents.json"), Route::IncidentsJson, "incidents.json");
    pages.add(OutputPath::new("api/v1/families.json"), Route::FamiliesJson, "families.json");
    if site.has_actions_page() {
        pages.add(OutputPath::new("api/v1/actions.json"), Route::ActionsJson, "actions.json");
        pages.add(OutputPath::new("actions.csv"), Route::ActionsCsv, "actions.csv");
        pages.add(OutputPath::new("actions.ics"), Route::ActionsCalendar, "actions.ics");
        if site.config.feeds.enable {
            pages.add(OutputPath::new("actions-overdue.xml"), Route::OverdueFeed, "actions-overdue.xml");
        }
    }
    if site.has_statistics() {
        pages.add(OutputPath::new("api/v1/stats.json"), Route::StatisticsJson, "stats.json");
    }
    for (number, published) in site.edition.incidents.iter().enumerate() {
        let path = OutputPath::new(&format!("api/v1/incidents/{}.json", published.slug));
        pages.add(path, Route::IncidentJson(number), &published.incident.name);
    }
}

/// How many pages a list of `entries` takes; an empty list still has its page.
pub fn parts(entries: usize) -> usize {
    entries.div_ceil(PER_PAGE).max(1)
}

/// Places of the entries on page `part` of a list with `entries`.
pub fn range(entries: usize, part: usize) -> Range<usize> {
    let start = part.saturating_mul(PER_PAGE).min(entries);
    start..start.saturating_add(PER_PAGE).min(entries)
}

#[cfg(test)]
mod tests;
