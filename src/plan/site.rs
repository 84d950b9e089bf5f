//! All that pages are made from, borrowed, and what follows from the audience: which pages there are at all.

use super::url;
use super::{PER_PAGE, figures};
use crate::config::SiteConfig;
use crate::corpus::{Edition, Published};
use crate::measure::{Closings, Elsewhere};
use crate::model::Audience;
use crate::recur::Recurrences;
use crate::relate::Relations;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Width and height in pixels of attachments, by path in the content folder, where they are known.
pub type ImageSizes = BTreeMap<String, (u32, u32)>;

/// What a site is made from.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The settings.
    pub config: &'a SiteConfig,
    /// What its readers may read.
    pub edition: &'a Edition,
    /// How that hangs together.
    pub relations: &'a Relations,
    /// What happened before, and again.
    pub recurrences: &'a Recurrences,
    /// The day that ages and overdue are counted to.
    pub as_of: Date,
    /// The revision of the source, shown in the footer.
    pub revision: Option<&'a str>,
    /// Whether `kb serve` shows it: search is answered by the server.
    pub live: bool,
    /// Sizes of local images.
    pub image_sizes: &'a ImageSizes,
    /// When actions were closed, where their rows do not say.
    pub closings: &'a Closings,
    /// What status pages and pagers know of incidents; absent where none was ever asked, and for the public.
    pub elsewhere: Option<&'a Elsewhere>,
}

impl<'a> Site<'a> {
    /// Whether all documents are there. While `kb serve` still reads a large archive it shows some of them as far as each can
    /// be told alone; what counts or compares all is left out then.
    pub fn is_whole(&self) -> bool {
        self.relations.whole
    }

    /// Whether colleagues read it.
    pub fn is_internal(&self) -> bool {
        self.edition.audience == Audience::Internal
    }

    /// The site's title for this audience.
    pub fn title(&self) -> &'a str {
        let public = self.config.audience.public.title.as_deref();
        public.filter(|_| !self.is_internal()).unwrap_or(&self.config.title)
    }

    /// Where the site is published, without a slash at the end; empty where unknown.
    pub fn base_url(&self) -> &'a str {
        let public = self.config.audience.public.base_url.as_deref();
        let base = public.filter(|_| !self.is_internal()).unwrap_or(&self.config.base_url);
        base.trim_end_matches('/')
    }

    /// Whether the list of incidents is split by year.
    pub fn pages_by_year(&self) -> bool {
        self.edition.incidents.len() >= PER_PAGE && !self.relations.years.is_empty()
    }

    /// Whether action items are shown at all.
    pub fn shows_actions(&self) -> bool {
        self.is_internal() || self.config.audience.public.actions
    }

    /// Whether there is a page of all action items: colleagues' business.
    pub fn has_actions_page(&self) -> bool {
        self.is_internal()
    }

    /// Whether there is a page of figures: for others only where the team decided so.
    pub fn has_statistics(&self) -> bool {
        self.is_internal() || self.config.audience.public.statistics
    }

    /// The figures of that page by name, in reading order.
    pub fn figures(&self) -> impl Iterator<Item = &'static str> {
        let of_actions = figures::OF_ACTIONS.into_iter().filter(|_| self.shows_actions());
        let elsewhere = self.elsewhere.map(|_| figures::ELSEWHERE);
        std::iter::once(figures::OVERVIEW).chain(of_actions).chain(figures::OF_INCIDENTS).chain(elsewhere)
    }

    /// Whether there is a sitemap: it serves search engines and needs full addresses.
    pub fn has_sitemap(&self) -> bool {
        !self.is_internal() && !self.base_url().is_empty()
    }

    /// Whether browsers can be told how to search the site, which needs full addresses; a preview has none of its own.
    pub fn has_search_description(&self) -> bool {
        self.config.search.enable && !self.base_url().is_empty()
    }

    /// The incident with this number.
    pub fn incident(&self, number: usize) -> Option<&'a Published> {
        self.edition.incidents.get(number)
    }

    /// The ordinary page with this number.
    pub fn text(&self, number: usize) -> Option<&'a Published> {
        self.edition.pages.get(number)
    }

    /// The text of `folder` (`_index.md`), shown on its list page.
    pub fn folder_text(&self, folder: &str) -> Option<&'a Published> {
        let wanted = |path: &str| match path.rsplit_once('/') {
            Some((of, file)) => of == folder && is_folder_text(file),
            None => folder.is_empty() && is_folder_text(path),
        };
        self.edition.pages.iter().find(|page| wanted(&page.incident.path))
    }

    /// Address of an incident from the root of the site.
    pub fn incident_link(&self, number: usize) -> String {
        self.incident(number).map_or_else(String::new, |published| self.link_of(published))
    }

    /// The same for an incident at hand.
    pub fn link_of(&self, published: &Published) -> String {
        url::link(&format!("incidents/{}", published.slug), self.config.urls)
    }

    /// Address of an ordinary page from the root of the site; a folder's text stands on its list.
    pub fn text_link(&self, number: usize) -> String {
        match self.text(number) {
            Some(page) if !is_folder_text(&page.incident.path) => {
                url::link(&format!("pages/{}", page.slug), self.config.urls)
            }
            _ => url::link("incidents/index", self.config.urls),
        }
    }
}

/// Whether the file at `path` is the text of its folder.
pub(super) fn is_folder_text(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    matches!(file, "_index.md" | "_index.markdown")
}
