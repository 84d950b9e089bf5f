//! The search page: the form, and either results or everything there is.

use super::lists::{YearLink, YearOfItems, grouped};
use super::{Item, Pager, Views};
use crate::index::{Hit, Results};
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
    /// Words it lacks.
    pub lacks: Vec<String>,
}

/// A search that was answered.
#[derive(Debug, Clone, Default)]
pub struct SearchView {
    /// What was asked.
    pub query: String,
    /// How many incidents have all words.
    pub total: usize,
    /// How many more are listed that lack some.
    pub partial: usize,
    /// Place of the first hit shown, from 0.
    pub offset: usize,
    /// How many are shown at once.
    pub limit: usize,
    /// The hits shown, best first.
    pub hits: Vec<SearchHit>,
    /// Words that occur nowhere.
    pub missing: Vec<String>,
    /// Words that occur nowhere, each with what was searched instead.
    pub instead: Vec<(String, String)>,
    /// Whether nothing has all words, so that these have only some of them.
    pub most_words: bool,
}

impl SearchView {
    /// The answer to `query`: `limit` hits from `offset` on.
    pub fn of(query: &str, offset: usize, limit: usize, results: &Results) -> Self {
        let instead = results.instead.iter().map(|one| (one.typed.clone(), one.used.join(", ")));
        Self {
            query: query.to_owned(),
            total: results.total,
            partial: results.partial,
            offset,
            limit,
            hits: results.hits.iter().map(SearchHit::from).collect(),
            missing: results.missing.clone(),
            instead: instead.collect(),
            most_words: results.most_words,
        }
    }
}

impl From<&Hit> for SearchHit {
    fn from(hit: &Hit) -> Self {
        let passage = hit.passage.as_ref();
        let filled = |text: &String| (!text.is_empty()).then(|| text.clone());
        let snippet = |(text, hit): &(String, bool)| Snippet { text: text.clone(), hit: *hit };
        Self {
            incident: hit.number as usize,
            part: passage.and_then(|passage| filled(&passage.anchor)),
            part_name: passage.and_then(|passage| filled(&passage.place)),
            snippet: passage.map(|passage| passage.runs.iter().map(snippet).collect()).unwrap_or_default(),
            lacks: hit.lacks.clone(),
        }
    }
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
    /// Words it lacks, with commas between.
    pub lacks: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub struct SearchPage<'v> {
    /// What was asked; empty where nothing was.
    pub query: String,
    /// Whether a search was answered.
    pub answered: bool,
    /// How many have all words.
    pub total: usize,
    /// How many more are listed that lack some.
    pub partial: usize,
    /// The hits.
    pub hits: Vec<ShownHit<'v>>,
    /// Words that occur nowhere.
    pub missing: Vec<String>,
    /// Words that occur nowhere, with what was searched instead.
    pub instead: Vec<(String, String)>,
    /// Whether these have only some of the words.
    pub most_words: bool,
    /// Everything, newest first, where nothing was asked; of a large site the latest, and all that have no date.
    pub everything: Vec<YearOfItems<'v>>,
    /// Years with pages of their own, where all others are; none where everything stands here.
    pub years: Vec<YearLink>,
    /// How many incidents there are.
    pub count: usize,
    /// Further hits.
    pub pager: Pager,
}

/// How many incidents are listed where nothing was asked and the others have pages by year.
const LISTED: usize = 300;

impl Views<'_> {
    /// The page, with the answer to a search where one was asked.
    pub fn search(&self, asked: Option<&SearchView>) -> SearchPage<'_> {
        let none = SearchView::default();
        let view = asked.unwrap_or(&none);
        let (mut everything, mut years) = (Vec::new(), Vec::new());
        if asked.is_none() {
            (everything, years) = self.everything();
        }
        SearchPage {
            query: view.query.clone(),
            answered: asked.is_some(),
            total: view.total,
            partial: view.partial,
            hits: view.hits.iter().filter_map(|hit| self.shown_hit(hit)).collect(),
            missing: view.missing.clone(),
            instead: view.instead.clone(),
            most_words: view.most_words,
            everything,
            years,
            count: self.count(),
            pager: answer_pager(view),
        }
    }

    /// What is listed here, and the years in which the rest is. What has no date is in no year and so always here.
    fn everything(&self) -> (Vec<YearOfItems<'_>>, Vec<YearLink>) {
        if !self.site.pages_by_year() {
            return (grouped(self.items().rev()), Vec::new());
        }
        let newest = self.items().rev().filter(|item| item.date.is_some()).take(LISTED);
        let undated = self.items().rev().filter(|item| item.date.is_none());
        (grouped(newest.chain(undated)), self.year_links())
    }

    fn shown_hit(&self, hit: &SearchHit) -> Option<ShownHit<'_>> {
        let item = self.item(hit.incident)?;
        let part = hit.part.as_ref().map(|part| format!("#{part}")).unwrap_or_default();
        Some(ShownHit {
            item,
            link: format!("{}{part}", item.link),
            part_name: hit.part_name.clone(),
            snippet: hit.snippet.clone(),
            lacks: hit.lacks.join(", "),
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
    let listed = view.total + view.partial;
    Pager {
        page: view.offset / view.limit + 1,
        pages: listed.div_ceil(view.limit).max(1),
        earlier: (view.offset > 0).then(|| link(view.offset.saturating_sub(view.limit))),
        later: (next < listed).then(|| link(next)),
    }
}
