//! The site as data: documented JSON under `api/v1/`, one object per thing, `null` where something is not known.

use crate::model::{Clock, Incident, Milestone};
use crate::plan::view::{ActionRow, Item, Views};
use crate::recur::{Promises, Relation, Relative, Standing, figure, share};
use serde_json::{Map, Value, json};

/// Version of the shape of these files.
const VERSION: u32 = 1;

/// `incidents.json`: every incident in short, newest first.
pub(super) fn incidents(views: &Views<'_>) -> String {
    let short = |item: &Item| Some(short(views, item, &views.site.incident(item.number)?.incident));
    rows(views, "incidents", views.items().rev().filter_map(short))
}

/// `incidents/<slug>.json`: all that was understood of one incident.
pub(super) fn incident(views: &Views<'_>, number: usize) -> Option<String> {
    let published = views.site.incident(number)?;
    let incident = &published.incident;
    let mut value = short(views, views.item(number)?, incident);
    let history = views.site.recurrences.history(number, views.site.edition, &views.closed_on());
    let related = views.site.relations.incidents.get(number);
    let more = json!({
        "version": VERSION,
        "summary": incident.summary.as_ref().map(|summary| &summary.text),
        "trigger": incident.trigger.as_ref().map(|trigger| &trigger.text),
        "causes": incident.causes,
        "impact": incident.impact.iter().map(|figure| json!({
            "kind": figure.kind.word(), "label": figure.label, "value": figure.value,
        })).collect::<Vec<_>>(),
        "whys": incident.whys.iter().map(|why| json!({
            "question": why.question, "answer": why.answer, "depth": why.depth,
        })).collect::<Vec<_>>(),
        "timeline": timeline(incident),
        "actions": if views.site.shows_actions() { Some(actions(incident)) } else { None },
        "earlier": relatives(views, &history.earlier),
        "later": relatives(views, &history.later),
        "related": related.map(|near| near.mentions().filter_map(|mention| Some(json!({
            "slug": views.site.incident(mention.other)?.slug, "kind": mention.kind.word(), "stated": mention.stated, "why": mention.why,
        }))).collect::<Vec<_>>()),
    });
    if let (Value::Object(value), Value::Object(more)) = (&mut value, more) {
        value.extend(more);
    }
    Some(print(&value))
}

/// `actions.json`: every action item with its incident.
pub(super) fn all_actions(views: &Views<'_>) -> String {
    let of_one = |item: &Item| {
        let published = views.site.incident(item.number)?;
        let rows = actions(&published.incident).into_iter().zip(views.rows_of(item.number));
        Some(rows.map(|(action, row)| with_incident(action, &row, &published.slug)))
    };
    rows(views, "actions", views.items().rev().filter_map(of_one).flatten())
}

/// `families.json`: the families that authors state and those that kb suggests, with their incidents in order, and how often
/// promises stood open when it happened again.
pub(super) fn families(views: &Views<'_>) -> String {
    let families = views.site.recurrences.families();
    let shows = views.site.shows_actions();
    let closed = views.closed_on();
    let slug = |number: usize| views.site.incident(number).map(|published| published.slug.clone());
    let all = families.all.iter().map(|family| {
        let incidents: Vec<String> = family.incidents.iter().filter_map(|number| slug(*number)).collect();
        let members = family.members(views.site.edition, &closed);
        let members = members.iter().map(|member| {
            json!({
                "slug": slug(member.number),
                "days_since_last": member.days_since_last,
                "earlier_actions": shows.then(|| stood(&member.promises)),
            })
        });
        json!({
            "name": family.name, "slug": family.slug, "named": family.named, "stated": !family.suggested,
            "incidents": incidents, "members": members.collect::<Vec<_>>(),
        })
    });
    let open = shows.then(|| figure(families, views.site.edition, &closed));
    print(&json!({
        "version": VERSION, "open_when_it_happened_again": open, "families": all.collect::<Vec<_>>(),
    }))
}

/// How promises stood on a day, in numbers.
fn stood(promises: &Promises) -> Value {
    json!({
        "all": promises.all.len(),
        "open": promises.open().count(),
        "overdue": promises.count(|one| matches!(one, Standing::Overdue { .. })),
        "unknown": promises.count(|one| one == Standing::Unknown),
    })
}

/// The relatives of an incident: those before it, or those since.
fn relatives(views: &Views<'_>, all: &[Relative]) -> Vec<Value> {
    let relative = |one: &Relative| {
        let (relation, why) = match &one.relation {
            Relation::Stated { kind, why } => (kind.word(), why.as_deref()),
            Relation::Family => ("family", None),
            Relation::Mentioned => ("see-also", None),
            Relation::Suggested => ("suggested", None),
        };
        Some(json!({
            "slug": views.site.incident(one.number)?.slug,
            "relation": relation,
            "why": why,
            "days_between": one.days_before.map(i64::abs),
            "looks_like": share(one.looks_like),
            "same_cause": share(one.same_cause),
            "reasons": one.reasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "earlier_actions": views.site.shows_actions().then(|| stood(&one.promises)),
        }))
    };
    all.iter().filter_map(relative).collect()
}

fn short(views: &Views<'_>, item: &Item, incident: &Incident) -> Value {
    let published = views.site.incident(item.number);
    let mut value = json!({
        "id": incident.id,
        "slug": published.map(|published| &published.slug),
        "url": item.link,
        "title": incident.title,
        "date": item.date,
        "severity": incident.severity.as_ref().map(|severity| &severity.label),
        "status": incident.status.word(),
        "kind": incident.kind.word(),
        "components": incident.components,
        "tags": incident.tags,
        "team": incident.team,
        "family": incident.family,
        "fix": incident.fix.as_ref().map(|fix| &fix.text),
        "duration_minutes": incident.clock.duration().map(|length| length.as_mins()),
    });
    if let Value::Object(value) = &mut value {
        value.extend(clock(&incident.clock));
        if views.site.shows_actions() {
            value.insert("action_counts".to_owned(), json!(item.tally));
        }
    }
    value
}

fn clock(clock: &Clock) -> Map<String, Value> {
    let points = Milestone::ALL.into_iter().map(|milestone| (milestone.word(), clock.get(milestone)));
    let points = points.chain([("published", clock.published.as_ref())]);
    points.map(|(word, point)| (word.to_owned(), json!(point.map(|point| point.at.rfc3339())))).collect()
}

fn timeline(incident: &Incident) -> Vec<Value> {
    let entry = |entry: &crate::model::TimelineEntry| {
        json!({
            "at": entry.at.as_ref().map(crate::model::Moment::rfc3339),
            "until": entry.until.as_ref().map(crate::model::Moment::rfc3339),
            "written": entry.written,
            "text": entry.text,
            "kind": entry.kind.word(),
            "inferred": entry.inferred,
        })
    };
    incident.timeline.iter().map(entry).collect()
}

fn actions(incident: &Incident) -> Vec<Value> {
    let action = |action: &crate::model::ActionItem| {
        json!({
            "text": action.text,
            "state": action.state.word(),
            "state_from": action.state_from.from,
            "owners": action.owners,
            "due": action.due.map(|day| day.to_string()),
            "created": action.created.map(|day| day.to_string()),
            "closed": action.closed.map(|day| day.to_string()),
            "tickets": action.tickets.iter().map(|ticket| json!({ "id": ticket.id, "url": ticket.url })).collect::<Vec<_>>(),
            "kind": action.kind.map(crate::model::ActionKind::word),
            "priority": action.priority,
            "done_when": action.done_when,
            "reason": action.reason,
        })
    };
    incident.actions.iter().map(action).collect()
}

fn with_incident(mut action: Value, row: &ActionRow, slug: &str) -> Value {
    if let Value::Object(action) = &mut action {
        action.insert("incident".to_owned(), slug.into());
        action.insert("url".to_owned(), row.link.clone().into());
        action.insert("overdue".to_owned(), (row.state == "overdue").into());
        action.insert("age_days".to_owned(), json!(row.age_days));
    }
    action
}

fn print(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// A list of many things, one on each line. It is written as it is made, so that tens of thousands need no more memory
/// than their text.
fn rows(views: &Views<'_>, name: &str, all: impl Iterator<Item = Value>) -> String {
    let as_of = views.site.as_of;
    let mut text = format!("{{\"version\":{VERSION},\"as_of\":\"{as_of}\",\"{name}\":[");
    for (number, one) in all.enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(&one).unwrap_or_default());
    }
    text.push_str("\n]}\n");
    text
}
