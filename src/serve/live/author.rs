//! At the author's side: what `kb check` finds in the document on screen, whether it has happened before, when it is due,
//! and what the public will see of it. Told as data, for the preview alone; nothing of it stands in any page.

use super::super::{Answer, Asked};
use super::shop::Shop;
use super::told::Shown;
use crate::config::SiteConfig;
use crate::corpus::Published;
use crate::diag::report::Report;
use crate::diag::{Diagnostic, SourceMap};
use crate::lint;
use crate::model::{Audience, Kind, Status};
use crate::recur;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};

/// What there is to tell authors.
pub(super) struct Author {
    /// Findings of reading, gathering and the theme, in order.
    pub(super) found: Vec<Diagnostic>,
    pub(super) sources: SourceMap,
    pub(super) config: SiteConfig,
    pub(super) shown: Shown,
}

/// Where authors ask.
pub(super) struct Desk {
    /// Whether whoever asks may see sources.
    open: bool,
    current: Mutex<Option<Arc<Author>>>,
}

impl Desk {
    pub(super) fn new(open: bool) -> Self {
        Self { open, current: Mutex::default() }
    }

    /// Tells `author` from now on.
    pub(super) fn replace(&self, author: Author) {
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(author));
    }

    /// What there is to tell of the page named in the query, which belongs to `shop`; `null` for others than authors at this
    /// machine.
    pub(super) fn answer(&self, asked: &Asked, shop: &Shop) -> Answer {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let allowed = current.filter(|_| self.open && asked.from_here);
        let path = asked.value("page").unwrap_or_default().trim_start_matches('/');
        let told = allowed.map(|author| {
            let document = shop.document(path).map(|published| author.tell(published, shop));
            json!({ "version": 1, "document": document })
        });
        let text = told.unwrap_or(Value::Null).to_string();
        Answer::bytes("application/json; charset=utf-8", text.into_bytes())
    }
}

impl Author {
    fn tell(&self, published: &Published, shop: &Shop) -> Value {
        let parts = shop.parts();
        let incident = &published.incident;
        let here = self.found.iter().filter(|one| one.file == incident.name).cloned().collect();
        let found = lint::check_one(published, shop.vocabulary(), &self.config, parts.as_of, here);
        let report = Report::new(&found, &self.sources);
        let findings: Vec<Value> = report
            .places()
            .map(|(one, place)| {
                json!({
                    "level": one.level.word(), "code": one.code, "message": one.message, "help": one.help,
                    "line": place.line, "column": place.column, "at": one.span.start,
                    "open": self.shown.editor(&one.file, place),
                })
            })
            .collect();
        let start = crate::diag::Position { line: 1, column: 1 };
        json!({
            "file": &*incident.name,
            "open": self.shown.editor(&incident.name, start),
            "status": incident.status.word(),
            "findings": findings,
            "earlier": earlier(published, shop),
            "due": self.due(published),
            "public": public(published),
        })
    }

    /// Until when the postmortem is due; null where it is published, or nobody knows when the incident was over.
    fn due(&self, published: &Published) -> Value {
        let incident = &published.incident;
        let clock = &incident.clock;
        let waits = clock.published.is_none() && incident.kind == Kind::Incident;
        let over = clock.resolved.as_ref().filter(|_| waits).and_then(|point| point.at.instant());
        let due = over.and_then(|over| over.checked_add(self.config.policy.publish_within.0).ok());
        due.map_or(Value::Null, |due| due.to_string().into())
    }
}

/// Earlier incidents like this one, with their addresses.
fn earlier(published: &Published, shop: &Shop) -> Value {
    let parts = shop.parts();
    let site = parts.site(true);
    let number = parts.edition.incidents.iter().position(|one| one.slug == published.slug);
    let Some(number) = number.filter(|_| published.incident.kind != Kind::Page) else { return json!([]) };
    let history = parts.recurrences.history(number, &parts.edition, &|_, _| None);
    let mut told = recur::json(&parts.edition, &history.earlier);
    if let Some(entries) = told["earlier"].as_array_mut() {
        for (entry, one) in entries.iter_mut().zip(&history.earlier) {
            entry["link"] = site.incident_link(one.number).into();
        }
    }
    told["earlier"].take()
}

/// Whether the public sees the document, or why not.
fn public(published: &Published) -> Value {
    let incident = &published.incident;
    match (incident.visibility, incident.status) {
        (Audience::Internal, _) => json!({ "shown": false, "because": "it is internal" }),
        (_, Status::Draft) => json!({ "shown": false, "because": "it is a draft" }),
        _ => json!({ "shown": true }),
    }
}
