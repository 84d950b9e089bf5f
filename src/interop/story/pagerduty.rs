//! `PagerDuty`: an incident and its log.
//!
//! # Walk through
//!
//! 1. A key that may read incidents (*Integrations → API Access Keys*, read-only), in `PAGERDUTY_TOKEN`.
//! 2. `kb import pagerduty https://acme.pagerduty.com/incidents/Q1ABC` asks for the incident and its log, page by page.
//!    `--api https://api.eu.pagerduty.com` is for accounts in the EU.
//! 3. As a source, every incident is known to `kb sync`, with its log until it is over: `kb coverage` lists those without a
//!    postmortem, and `kb new --from pagerduty/Q1ABC` begins one without asking again. Names are roles in the file already.
//!    ```toml
//!    [sources.pager]
//!    kind = "pagerduty"
//!    since = "2026-01-01"
//!    ```
//! 4. Without a network: save both answers, `{"incident": …, "log_entries": [ … ]}`, and `kb import pagerduty saved.json`.
//!
//! The trigger is the detection, not the start of the harm: the pager knows no other. The first acknowledgement of the log
//! counts, since the list in the incident is emptied when it is resolved. Notifications and assignments are left out. Names
//! become roles.
//!
//! # Verified
//!
//! Against `PagerDuty`'s published schema (August 2026): paths, paging by `offset` and `more`, kinds of log entries, fields,
//! `ratelimit-reset`. Not verified: the host for accounts in the EU, and that a list ends after 10,000 entries (kb stops there
//! and says so).

use super::statuspage::mark;
use super::{Entry, Mark, Origin, Person, Story, text, words};
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads `{"incident": …, "log_entries": […]}`, or a list under `incidents`, each perhaps with its own `log_entries`.
pub fn read(value: &Value) -> Vec<Story> {
    let log = text::list(value, "/log_entries");
    match value.pointer("/incident") {
        Some(one) => story(one, log).into_iter().collect(),
        None if value.pointer("/incidents").is_some() => {
            let all = text::list(value, "/incidents").iter();
            all.filter_map(|one| story(one, text::list(one, "/log_entries"))).collect()
        }
        None => alone(log).into_iter().collect(),
    }
}

/// A log without its incident.
fn alone(log: &[Value]) -> Option<Story> {
    let first = log.iter().min_by_key(|one| text::time(one, "/created_at"))?;
    let id = text::id(first, "/incident/id").or_else(|| text::id(first, "/id"))?;
    let title = ["/incident/summary", "/event_details/description", "/channel/summary", "/summary"];
    let title = title.iter().find_map(|key| text::title(first, key))?;
    Some(with_log(Story::new(Origin::PagerDuty, id, title), log))
}

fn story(one: &Value, log: &[Value]) -> Option<Story> {
    let id = text::id(one, "/id")?;
    let title = ["/title", "/summary"].iter().find_map(|key| text::title(one, key))?;
    let mut story = Story::new(Origin::PagerDuty, id, title);
    story.url = text::address(one, "/html_url");
    story.impact = ["/priority/summary", "/urgency"].iter().find_map(|key| text::title(one, key));
    story.started = text::time(one, "/created_at");
    let over = text::title(one, "/status").as_deref() == Some("resolved");
    story.resolved = ["/resolved_at", "/last_status_change_at"]
        .iter()
        .find_map(|key| text::time(one, key))
        .filter(|_| over);
    story.components = text::title(one, "/service/summary").into_iter().collect();
    Some(with_log(story, log))
}

fn with_log(mut story: Story, log: &[Value]) -> Story {
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for one in log {
        for agent in [one.pointer("/agent"), one.pointer("/user")]
            .into_iter()
            .flatten()
            .chain(text::list(one, "/assignees"))
        {
            people.extend(person(agent).map(|person| (person.id.clone(), person)));
        }
    }
    story.entries = log.iter().filter_map(entry).collect();
    story.people = people.into_values().collect();
    mark(&mut story.entries);
    story
}

fn person(agent: &Value) -> Option<Person> {
    let user = text::title(agent, "/type").is_some_and(|kind| kind.starts_with("user"));
    let names = vec![text::title(agent, "/summary").or_else(|| text::title(agent, "/name"))?];
    user.then_some(Person { id: text::id(agent, "/id").unwrap_or_else(|| names.concat()), names, bot: false })
}

fn entry(one: &Value) -> Option<Entry> {
    let at = text::time(one, "/created_at")?;
    let id = text::id(one, "/id")?;
    let kind = text::title(one, "/type")?;
    let (kind, keys): (_, &[&str]) = match kind.strip_suffix("_log_entry")? {
        "trigger" => (Some(Mark::Detected), &["/event_details/description", "/channel/summary", "/summary"]),
        "acknowledge" => (Some(Mark::Acknowledged), &["/summary"]),
        "escalate" => (Some(Mark::Escalated), &["/summary"]),
        "resolve" => (Some(Mark::Resolved), &["/summary"]),
        "annotate" => (None, &["/note", "/channel/summary", "/summary"]),
        "exhaust_escalation_path" | "urgency_change" | "reach_ack_limit" | "unacknowledge" | "snooze" => {
            (None, &["/summary"])
        }
        _ => return None,
    };
    let said = keys.iter().map(|key| words(one, key)).find(|text| !text.trim().is_empty())?;
    let mut entry = Entry::new(id, at, &said);
    entry.kind = kind;
    let user = one.pointer("/agent").and_then(person);
    // Where the summary says who, it is not said twice.
    entry.who =
        user.filter(|user| !user.names.iter().any(|name| said.contains(name.as_str()))).map(|user| user.id);
    Some(entry)
}
