//! The search page: the form, and either results or everything there is.

use super::{Item, Pager, Views};
use serde::Serialize;

/// A piece of a snippet.
#[derive(Debug, Clone, Serialize)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// Whether it matched.
    pub hit: bool,
}

/// One incident that was found.
#[derive(Debug, Clone)]
pub struct SearchHit {
    /// Its number in the edition.
    pub incident: usize,
    /// Id of the part that matched best, such as `t3`.
    pub part: Option<String>,
    /// Name of that part: `Timeline, 06:30`.
    pub part_name: Option<String>,
    /// Words around the match.
    pub snippet: Vec<Snippet>,
}

/// A search that was answered.
#[derive(Debug, Clone, Default)]
pub struct SearchView {
    /// What was asked.
    pub query: String,
    /// How many incidents match.
    pub total: usize,
    /// Place of the first hit shown, from 0.
    pub offset: usize,
    /// How many are shown at once.
    pub limit: usize,
    /// The hits shown, best first.
    pub hits: Vec<SearchHit>,
    /// Words that occur nowhere.
    pub missing: Vec<String>,
    /// What was searched instead, where the words as typed found nothing.
    pub corrected: Option<String>,
}

/// A hit for the template.
#[derive(Debug, Serialize)]
pub struct ShownHit<'v> {
    /// The incident.
    pub item: &'v Item,
    /// Address of the best part.
    pub link: String,
    /// Its name.
    pub part_name: Option<String>,
    /// Words around the match.
    pub snippet: Vec<Snippet>,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct SearchPage<'v> {
    /// What was asked; empty where nothing was.
    pub query: String,
    /// Whether a search was answered.
    pub answered: bool,
    /// How many match.
    pub total: usize,
    /// The hits.
    pub hits: Vec<ShownHit<'v>>,
    /// Words that occur nowhere.
    pub missing: Vec<String>,
    /// What was searched instead.
    pub corrected: Option<String>,
    /// Everything, newest first, where nothing was asked.
    pub everything: Vec<&'v Item>,
    /// How many incidents there are.
    pub count: usize,
    /// Further hits.
    pub pager: Pager,
}

/// How many incidents are listed where nothing was asked.
const LISTED: usize = 300;

impl Views<'_> {
    /// The page, with the answer to a search where one was asked.
    pub fn search(&self, asked: Option<&SearchView>) -> SearchPage<'_> {
        let none = SearchView::default();
        let view = asked.unwrap_or(&none);
        let everything = if asked.is_some() { Vec::new() } else { self.items.iter().rev().take(LISTED).collect() };
        SearchPage {
            query: view.query.clone(),
            answered: asked.is_some(),
            total: view.total,
            hits: view.hits.iter().filter_map(|hit| self.shown_hit(hit)).collect(),
            missing: view.missing.clone(),
            corrected: view.corrected.clone(),
            everything,
            count: self.items.len(),
            pager: answer_pager(view),
        }
    }

    fn shown_hit(&self, hit: &SearchHit) -> Option<ShownHit<'_>> {
        let item = self.item(hit.incident)?;
        let part = hit.part.as_ref().map(|part| format!("#{part}")).unwrap_or_default();
        Some(ShownHit {
            item,
            link: format!("{}{part}", item.link),
            part_name: hit.part_name.clone(),
            snippet: hit.snippet.clone(),
        })
    }
}

fn answer_pager(view: &SearchView) -> Pager {
    if view.limit == 0 {
        return Pager::default();
    }
    let link = |offset: usize| {
        let query = crate::plan::url::encode(&view.query).replace('/', "%2F");
        format!("search.html?q={query}&offset={offset}")
    };
    let next = view.offset.saturating_add(view.limit);
    Pager {
        page: view.offset / view.limit + 1,
        pages: view.total.div_ceil(view.limit).max(1),
        earlier: (view.offset > 0).then(|| link(view.offset.saturating_sub(view.limit))),
        later: (next < view.total).then(|| link(next)),
    }
}
