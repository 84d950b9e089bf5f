//! Better Stack (Uptime): a status page's reports with their updates, from its public `index.json` or the list of reports.
//!
//! # Walk through
//!
//! ```sh
//! kb import betterstack https://status.acme.example        # the public index.json, no token
//! kb import betterstack reports.json                       # a saved answer of …/status-reports?include=status_updates
//! ```
//!
//! # Verified
//!
//! Against documentation: the public `index.json`, the shapes of reports and updates, their states (compared without
//! regard to case, as documentation and samples differ), ids that are texts in `id` and numbers elsewhere. A report without
//! an end is open. Not verified: limits, and whether the list of reports carries updates without `include`.

use super::statuspage::mark;
use super::{Around, Entry, Mark, Origin, Story, text, worded, words};
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads JSON:API: reports in `data` or `included`, updates and resources in `included`.
pub fn read(value: &Value, around: &Around) -> Vec<Story> {
    let own = match value.pointer("/data") {
        Some(Value::Array(all)) => all.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let all: Vec<&Value> = own.into_iter().chain(text::list(value, "/included")).collect();
    let of = |kind: &'static str| {
        all.iter()
            .copied()
            .filter(move |one| text::title(one, "/type").is_some_and(|own| own.ends_with(kind)))
    };
    let resources: BTreeMap<String, String> = of("resource")
        .filter_map(|one| Some((text::id(one, "/id")?, text::title(one, "/attributes/public_name")?)))
        .collect();
    let mut updates: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for update in of("status_update") {
        let parents = ["/attributes/status_report_id", "/relationships/status_report/data/id"];
        let parent = parents.iter().find_map(|key| text::id(update, key));
        updates.entry(parent.unwrap_or_default()).or_default().push(update);
    }
    of("status_report").filter_map(|report| story(report, &updates, &resources, around)).collect()
}

fn story(
    report: &Value,
    updates: &BTreeMap<String, Vec<&Value>>,
    resources: &BTreeMap<String, String>,
    around: &Around,
) -> Option<Story> {
    let id = text::id(report, "/id")?;
    let of_type = text::title(report, "/attributes/report_type").unwrap_or_default();
    let named: Vec<String> = text::list(report, "/relationships/status_updates/data")
        .iter()
        .filter_map(|one| text::id(one, "/id"))
        .collect();
    let own = updates.get(&id).into_iter().flatten();
    let listed = updates
        .get("")
        .into_iter()
        .flatten()
        .filter(|one| text::id(one, "/id").is_some_and(|id| named.contains(&id)));
    let mut story = Story::new(Origin::BetterStack, id, text::title(report, "/attributes/title")?);
    story.url = around
        .url
        .as_deref()
        .map(|url| format!("{}/incident/{}", url.trim_end_matches('/'), super::safe(&story.id)));
    let state = text::title(report, "/attributes/aggregate_state").map(|word| word.to_lowercase());
    story.impact = if of_type == "maintenance" { Some(of_type) } else { state };
    story.started = text::time(report, "/attributes/starts_at");
    story.resolved = text::time(report, "/attributes/ends_at");
    let affected = text::list(report, "/attributes/affected_resources").iter();
    let resource = |one: &Value| resources.get(&text::id(one, "/status_page_resource_id")?).cloned();
    story.components = affected.filter_map(resource).collect();
    story.entries = own.chain(listed).filter_map(|update| entry(update)).collect();
    mark(&mut story.entries);
    Some(story)
}

fn entry(update: &Value) -> Option<Entry> {
    let at = text::time(update, "/attributes/published_at")?;
    let mut entry = Entry::new(text::id(update, "/id")?, at, &words(update, "/attributes/message"));
    let states: Vec<String> = text::list(update, "/attributes/affected_resources")
        .iter()
        .filter_map(|one| text::title(one, "/status"))
        .map(|state| state.to_lowercase())
        .collect();
    entry.label = states.first().map(|word| worded(word));
    let well =
        !states.is_empty() && states.iter().all(|state| matches!(state.as_str(), "resolved" | "operational"));
    let hurt = states.iter().any(|state| matches!(state.as_str(), "degraded" | "downtime"));
    entry.kind = if well { Some(Mark::AllClear) } else { hurt.then_some(Mark::Detected) };
    Some(entry)
}
