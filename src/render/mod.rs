//! From a page's descriptor to its bytes.
//!
//! A [`Renderer`] is made once per site and theme. It is shared between threads: a build renders all pages in parallel,
//! `kb serve` renders the one that is asked for. What cannot be rendered (a broken template) is told with its place.

pub mod attached;
pub mod chart;
mod data;
mod dress;
pub mod escape;
mod family;
mod feed;
mod highlight;
mod hosting;
pub mod html;
pub mod lists;
pub mod markdown;
mod statistics;
mod template;
mod timeline;

pub use crate::plan::Site;
pub use dress::Dress;
pub use hosting::{CONTENT_SECURITY_POLICY, security_headers};

use crate::diag::{Checked, Diagnostic, Source, Span};
use crate::output::{Output, OutputPath};
use crate::plan::view::{FamilyPage, IncidentPage, SearchView, Views};
use crate::plan::{Page, Route, url};
use crate::theme::Theme;
use html::{Heading, Place};
use serde::Serialize;
use statistics::{BehindPage, Figures, StatisticsPage};
use std::sync::{Arc, OnceLock};

/// Renders the pages of one site with one theme.
pub struct Renderer<'a> {
    theme: &'a Theme,
    dress: Arc<Dress>,
    views: Views<'a>,
    figures: OnceLock<Figures>,
}

/// An incident or an ordinary page with its text.
#[derive(Serialize)]
struct Article<V> {
    page: V,
    body: String,
    contents: Vec<Heading>,
    phases: Option<String>,
}

/// A family with its drawing.
#[derive(Serialize)]
struct FamilyWithLanes<'v> {
    page: FamilyPage<'v>,
    lanes: Option<chart::Chart>,
}

/// A list with the text its folder has.
#[derive(Serialize)]
struct Listed<V> {
    list: V,
    intro: Option<String>,
}

#[derive(Serialize)]
struct Moved {
    to: String,
}

impl<'a> Renderer<'a> {
    /// Reads what `theme` gives to every page and prepares `site`. Templates that cannot be read are findings.
    pub fn new(theme: &'a Theme, site: &Site<'a>) -> Checked<Self> {
        let Checked { value, found } = Dress::read(theme, site);
        Checked::new(Self::with(theme, Arc::new(value), site), found)
    }

    /// The same with what was read of the theme before.
    pub fn with(theme: &'a Theme, dress: Arc<Dress>, site: &Site<'a>) -> Self {
        let views = Views::new(*site, dress.words.clone());
        Self { theme, dress, views, figures: OnceLock::new() }
    }

    /// The data pages are made from.
    pub fn views(&self) -> &Views<'a> {
        &self.views
    }

    /// The bytes of `page`.
    ///
    /// # Errors
    /// Where a template of the theme asks for something the page does not have.
    pub fn page(&self, page: &Page) -> Result<Output, Diagnostic> {
        let bytes = match &page.route {
            Route::Asset(name) => self.asset(name)?,
            _ => self.text(page)?.into_bytes(),
        };
        Ok(Output { path: page.path.clone(), bytes })
    }

    /// The search page with the answer to a search.
    ///
    /// # Errors
    /// As [`Renderer::page`].
    pub fn search_page(&self, asked: &SearchView) -> Result<Output, Diagnostic> {
        let path = OutputPath::new("search.html").unwrap_or_else(OutputPath::index);
        let page = Page { path: path.clone(), route: Route::Search };
        let html = self.fill("search.html", &page, &self.listed(self.views.search(Some(asked)), ""))?;
        Ok(Output { path, bytes: html.into_bytes() })
    }

    fn asset(&self, name: &str) -> Result<Vec<u8>, Diagnostic> {
        let asset = self.theme.assets().get(name).ok_or_else(|| nothing_there(name))?;
        Ok(asset.bytes.to_vec())
    }

    fn text(&self, page: &Page) -> Result<String, Diagnostic> {
        let views = &self.views;
        match &page.route {
            Route::Feed(of, format) => Ok(feed::feed(views, *of, *format)),
            Route::IncidentsJson => Ok(data::incidents(views)),
            Route::IncidentJson(number) => {
                data::incident(views, *number).ok_or_else(|| nothing_there(page.path.as_str()))
            }
            Route::ActionsJson => Ok(data::all_actions(views)),
            Route::ActionsCsv => Ok(lists::csv(&views.listed_actions())),
            Route::ActionsCalendar => Ok(lists::calendar(&views.listed_actions(), &self.lists_site())),
            Route::OverdueFeed => Ok(feed::overdue(views)),
            Route::FamiliesJson => Ok(data::families(views)),
            route if statistics::is_here(route) => self.statistics(page),
            Route::Robots => Ok(hosting::robots(views)),
            Route::Sitemap => Ok(hosting::sitemap(views)),
            Route::OpenSearch => Ok(hosting::open_search(views)),
            Route::Headers => Ok(hosting::headers(views)),
            Route::Redirect(to) => {
                self.fill("redirect.html", page, &Moved { to: hosting::way(&page.path, to, views) })
            }
            _ => self.html(page),
        }
    }

    /// Where the lists of action items say they come from.
    fn lists_site(&self) -> lists::Origin<'_> {
        let site = &self.views.site;
        lists::Origin {
            title: site.title(),
            base: site.base_url(),
            urls: site.config.urls,
            as_of: site.as_of,
        }
    }

    fn statistics(&self, page: &Page) -> Result<String, Diagnostic> {
        let views = &self.views;
        let lost = || nothing_there(page.path.as_str());
        let drawn = self.figures.get_or_init(|| Figures::draw(views));
        match page.route {
            Route::StatisticsJson => Ok(statistics::json(views)),
            Route::FigureCsv(id) => drawn.csv(id).ok_or_else(lost),
            Route::Figure(id) => {
                let behind = BehindPage::of(drawn, id, views).ok_or_else(lost)?;
                self.fill("figure.html", page, &self.listed(behind, ""))
            }
            _ => self.fill("stats.html", page, &self.listed(StatisticsPage::of(drawn, views), "")),
        }
    }

    fn html(&self, page: &Page) -> Result<String, Diagnostic> {
        let views = &self.views;
        let lost = || nothing_there(page.path.as_str());
        match &page.route {
            Route::Home => self.fill("home.html", page, &self.listed(views.home(), "")),
            Route::Incidents => {
                self.fill("incidents.html", page, &self.listed(views.incident_list(), "incidents"))
            }
            Route::Year(year, part) => {
                let folder = year.to_string();
                self.fill("incidents.html", page, &self.listed(views.year_list(*year, *part), &folder))
            }
            Route::Incident(number) => self.incident(page, *number),
            Route::Text(number) => self.article(page, *number),
            Route::Components => {
                self.fill("components.html", page, &self.listed(views.component_list(), "components"))
            }
            Route::Component(number, part) => {
                let view = views.component(*number, *part).ok_or_else(lost)?;
                self.fill("component.html", page, &self.listed(view, ""))
            }
            Route::Tags => self.fill("tags.html", page, &self.listed(views.tag_list(), "tags")),
            Route::Tag(number, part) => {
                let view = views.tag(*number, *part).ok_or_else(lost)?;
                self.fill("tag.html", page, &self.listed(view, ""))
            }
            Route::Families => {
                self.fill("families.html", page, &self.listed(views.family_list(), "families"))
            }
            Route::Family(number, part) => {
                let shown = FamilyWithLanes {
                    page: views.family(*number, *part).ok_or_else(lost)?,
                    lanes: if *part == 0 { family::lanes(views, *number) } else { None },
                };
                self.fill("family.html", page, &shown)
            }
            Route::Actions(part) => {
                self.fill("actions.html", page, &self.listed(views.current_actions(*part), ""))
            }
            Route::ClosedActions(year, part) => {
                self.fill("actions.html", page, &self.listed(views.closed_actions(*year, *part), ""))
            }
            Route::Search => self.fill("search.html", page, &self.listed(views.search(None), "")),
            _ => self.fill("404.html", page, &self.listed((), "")),
        }
    }

    fn fill<D: Serialize>(&self, template: &str, page: &Page, data: &D) -> Result<String, Diagnostic> {
        self.dress.templates.fill(template, &self.views.frame(page), data)
    }

    fn listed<V>(&self, list: V, folder: &str) -> Listed<V> {
        let site = &self.views.site;
        let text = if folder.is_empty() { None } else { self.folder_text(folder) };
        let intro = text.map(|published| {
            let up =
                url::up(&OutputPath::new(&format!("{folder}/index.html")).unwrap_or_else(OutputPath::index));
            let place = Place { published, site, words: &self.views.words, root: &up, plain: false };
            html::write(place).html
        });
        Listed { list, intro }
    }

    /// The list of all incidents also takes the text of the content folder itself.
    fn folder_text(&self, folder: &str) -> Option<&'a crate::corpus::Published> {
        let own = self.views.site.folder_text(folder);
        own.or_else(|| self.views.site.folder_text("").filter(|_| folder == "incidents"))
    }

    fn incident(&self, page: &Page, number: usize) -> Result<String, Diagnostic> {
        let lost = || nothing_there(page.path.as_str());
        let mut view = self.views.incident(number).ok_or_else(lost)?;
        let published = self.views.site.incident(number).ok_or_else(lost)?;
        let up = url::up(&page.path);
        let place =
            Place { published, site: &self.views.site, words: &self.views.words, root: &up, plain: false };
        let written = html::write(place);
        for (row, placed) in view.actions.iter_mut().zip(&written.actions) {
            row.anchor = (!placed).then(|| format!("action-{}", row.number));
        }
        let phases = timeline::figure(&published.incident.clock, &self.views.words);
        let contents = self.contents(&view, phases.is_some(), &written.headings);
        let article = Article { page: view, body: written.html, contents, phases };
        self.fill("incident.html", page, &article)
    }

    /// The page's own parts, then the author's headings; deeper ones only while they are few.
    fn contents(&self, view: &IncidentPage<'_>, phases: bool, headings: &[Heading]) -> Vec<Heading> {
        let own = [
            ("phases", phases),
            ("impact", !view.impact.is_empty()),
            ("whys", !view.whys.is_empty()),
            ("actions", !view.actions.is_empty()),
        ];
        let own = own.into_iter().filter(|(_, there)| *there).map(|(key, _)| Heading {
            id: format!("kb-{key}"),
            title: self.views.words.get(key).to_owned(),
            level: 2,
        });
        let deepest = if headings.len() <= 14 { 3 } else { 2 };
        let related = (!view.related.is_empty()).then(|| Heading {
            id: "kb-related".to_owned(),
            title: self.views.words.get("related").to_owned(),
            level: 2,
        });
        own.chain(headings.iter().filter(|heading| heading.level <= deepest).cloned())
            .chain(related)
            .collect()
    }

    fn article(&self, page: &Page, number: usize) -> Result<String, Diagnostic> {
        let published = self.views.site.text(number).ok_or_else(|| nothing_there(page.path.as_str()))?;
        let up = url::up(&page.path);
        let place =
            Place { published, site: &self.views.site, words: &self.views.words, root: &up, plain: false };
        let written = html::write(place);
        let article = Article {
            page: &published.incident.title,
            body: written.html,
            contents: written.headings,
            phases: None,
        };
        self.fill("page.html", page, &article)
    }
}

fn nothing_there(path: &str) -> Diagnostic {
    let source = Source::new(path, "");
    Diagnostic::error("page", &source, Span::at(0), format!("there is nothing to show at `{path}`"))
}

#[cfg(test)]
mod tests;
