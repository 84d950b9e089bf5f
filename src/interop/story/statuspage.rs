//! Statuspage-shaped JSON: Atlassian Statuspage, the many pages that answer as it does, incident.io, and the neutral form.
//!
//! # Walk through
//!
//! ```sh
//! kb import statuspage https://status.acme.example/incidents/p31v8gq0tn2c
//! kb import statuspage https://status.acme.example                 # lists the incidents it knows
//! curl -s https://status.acme.example/api/v2/incidents.json > page.json && kb import statuspage page.json
//! kb import incidentio https://status.acme.example                 # a page of incident.io: the same place, the same shape
//! kb import incidentio answer.json                                 # a saved answer of its interface, /v2/status_page_incidents
//! kb import page https://status.acme.example                       # AllyStatus and others: the usual places, then the feed
//! ```
//!
//! No token is needed: the public interface is read. It knows the fifty most recent incidents; run `kb sync` in CI with a
//! `[sources.…]` entry, and older ones stay known in `incidents.json`.
//!
//! The neutral form, for `AllyStatus` and every page whose interface nobody described, can be written by hand:
//!
//! ```json
//! {"incidents": [{"id": "42", "title": "API outage", "url": "https://…", "impact": "major",
//!   "started_at": "2026-03-14T14:23:00Z", "resolved_at": "2026-03-14T15:10:00Z", "components": ["API"],
//!   "updates": [{"at": "2026-03-14T14:30:00Z", "status": "investigating", "body": "We see errors."}]}]}
//! ```
//!
//! # Back to it
//!
//! `kb export --format markdown --incident PM-7` prints what the public may read, for the postmortem field; `--format statuspage`
//! prints the same as the body of `PUT /v1/pages/{page}/incidents/{incident}/postmortem`, which saves a draft. kb sends it
//! nowhere: a build and an export need no network, and to publish a postmortem may mail every subscriber. `status_page` in
//! the front matter names the page, and the public page of the postmortem offers a link for copying there.
//!
//! # Verified
//!
//! Against documentation: the public interface, its states, `display_at` as the time to use, that `affected_components`
//! may be null. For incident.io the keys of its second interface. Not verified: that updates come the newest first (they
//! are sorted), `started_at` and `components` of an incident (used where they are), that an incident without an address stands at
//! `/incidents/` and its id. `AllyStatus` has no documented
//! interface; only the neutral form, feeds and pasted timelines serve it. From a generated client only: that `body_draft` in a
//! request saves a draft.

use super::{Around, Entry, Mark, Origin, Story, safe, text, worded, words};
use serde_json::Value;

/// Reads a list of incidents under `incidents`, `status_page_incidents` or `scheduled_maintenances`' sibling, or one.
pub fn read(origin: Origin, value: &Value, around: &Around) -> Vec<Story> {
    let keys = ["/incidents", "/status_page_incidents", "/data"];
    let listed = keys.iter().find_map(|key| value.pointer(key)?.as_array());
    let all: Vec<&Value> = match (listed.or_else(|| value.as_array()), value.pointer("/incident")) {
        (Some(all), _) => all.iter().collect(),
        (None, Some(one)) => vec![one],
        (None, None) => match value.pointer("/status_page_incident") {
            Some(one) => vec![one],
            None => vec![value],
        },
    };
    // A page that gives no addresses has its incidents where pages of its kind have them.
    let page = around.url.as_deref().filter(|_| origin != Origin::Generic);
    let at = |id: &str| page.map(|page| format!("{}/incidents/{}", page.trim_end_matches('/'), safe(id)));
    let stories = all.into_iter().filter_map(|one| story(origin, one));
    stories.map(|story| Story { url: story.url.clone().or_else(|| at(&story.id)), ..story }).collect()
}

fn first<T>(value: &Value, keys: &[&str], read: impl Fn(&Value, &str) -> Option<T>) -> Option<T> {
    keys.iter().find_map(|key| read(value, key))
}

fn story(origin: Origin, one: &Value) -> Option<Story> {
    let id = text::id(one, "/id")?;
    let title = first(one, &["/name", "/title"], text::title)?;
    let mut story = Story::new(origin, id, title);
    story.url = first(one, &["/shortlink", "/url", "/permalink", "/public_url"], text::address);
    story.impact =
        first(one, &["/impact", "/severity/name", "/severity"], text::title).filter(|word| word != "none");
    story.started = first(one, &["/started_at", "/start_at", "/created_at"], text::time);
    story.resolved = first(one, &["/resolved_at", "/ended_at", "/end_at"], text::time);
    for key in ["/components", "/affected_components"] {
        story.components.extend(text::list(one, key).iter().filter_map(component));
    }
    for impact in text::list(one, "/component_impacts") {
        story.components.extend(first(impact, &["/component/name", "/component_name"], text::title));
        let start = text::time(impact, "/start_at");
        story.started = story.started.into_iter().chain(start).min();
    }
    let updates = ["/incident_updates", "/updates", "/status_updates"];
    let updates =
        updates.iter().map(|key| text::list(one, key)).find(|all| !all.is_empty()).unwrap_or_default();
    for (number, update) in updates.iter().enumerate() {
        story.components.extend(text::list(update, "/affected_components").iter().filter_map(component));
        story.entries.extend(entry(number, update));
    }
    let report = first(one, &["/postmortem_body", "/postmortem/body"], |value, key| {
        value.pointer(key)?.as_str().map(text::clean)
    });
    story.report = report.filter(|body| !body.trim().is_empty());
    mark(&mut story.entries);
    Some(story)
}

fn component(one: &Value) -> Option<String> {
    one.as_str().map(str::to_owned).or_else(|| text::title(one, "/name"))
}

fn entry(number: usize, update: &Value) -> Option<Entry> {
    let at = first(update, &["/display_at", "/at", "/published_at", "/created_at"], text::time)?;
    // Without an id the time and the place tell updates apart.
    let id = text::id(update, "/id").unwrap_or_else(|| format!("{}.{number}", at.as_second()));
    let said =
        ["/body", "/message", "/text"].iter().map(|key| words(update, key)).find(|text| !text.is_empty());
    let status = first(update, &["/status", "/to_status", "/state"], text::title);
    let mut entry = Entry::new(id, at, &said.unwrap_or_default());
    entry.kind = status.as_deref().and_then(meaning);
    entry.label = status.map(|word| worded(&word));
    // The postmortem's own update repeats its text.
    (entry.label.as_deref() != Some("Postmortem")).then_some(entry)
}

/// What a status page's word tells. Its times are those of telling, not of the event: the author corrects them.
fn meaning(word: &str) -> Option<Mark> {
    match word.to_ascii_lowercase().replace('-', "_").as_str() {
        "investigating" => Some(Mark::Detected),
        "identified" => Some(Mark::Identified),
        "monitoring" | "watching" => Some(Mark::Mitigated),
        "resolved" | "completed" | "fixed" => Some(Mark::AllClear),
        _ => None,
    }
}

/// A mark counts once: the first investigation is the detection, the first relief the mitigation, the last all-clear the
/// end.
pub(super) fn mark(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| entry.at);
    for mark in [
        Mark::Detected,
        Mark::Identified,
        Mark::Mitigated,
        Mark::AllClear,
        Mark::Acknowledged,
        Mark::Resolved,
    ] {
        let places: Vec<usize> =
            (0..).zip(&*entries).filter(|(_, one)| one.kind == Some(mark)).map(|(at, _)| at).collect();
        let ends = matches!(mark, Mark::AllClear | Mark::Resolved);
        let kept = if ends { places.last() } else { places.first() };
        for place in places.iter().filter(|place| Some(*place) != kept) {
            if let Some(entry) = entries.get_mut(*place) {
                entry.kind = None;
            }
        }
    }
}
