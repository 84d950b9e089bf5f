//! The site as data: documented JSON under `api/v1/`, one object per thing, `null` where something is not known.

mod record;

use crate::plan::view::{Item, Today, Views};
use crate::recur::{Promises, Relation, Relative, Standing, figure, share};
use record::{Action, Of, Short, Whole};
use serde::Serialize;
use serde_json::{Value, json};

/// Version of the shape of these files.
const VERSION: u32 = 1;

/// `incidents.json`: every incident in short, newest first.
pub(super) fn incidents(views: &Views<'_>) -> String {
    let short = |item| Some(Short::of(views, item, &views.site.incident(item.number)?.incident));
    rows(views, "incidents", views.items().rev().filter_map(short))
}

/// `incidents/<slug>.json`: all that was understood of one incident.
pub(super) fn incident(views: &Views<'_>, number: usize) -> Option<String> {
    let published = views.site.incident(number)?;
    let history = views.site.recurrences.history(number, views.site.edition, &views.closed_on());
    let history = record::Relatives {
        earlier: relatives(views, &history.earlier),
        later: relatives(views, &history.later),
    };
    Some(print(&Whole::of(views, views.item(number)?, &published.incident, history)))
}

/// `actions.json`: every action item with its incident.
pub(super) fn all_actions(views: &Views<'_>) -> String {
    rows(views, "actions", views.items().rev().filter_map(|item| actions(views, item)).flatten())
}

fn actions<'a>(views: &'a Views<'_>, item: &Item) -> Option<impl Iterator<Item = Action<'a>>> {
    let number = item.number;
    let published = views.site.incident(number)?;
    Some(published.incident.actions.iter().enumerate().map(move |(place, action)| {
        let Today { overdue, age_days, .. } = views.today(&published.incident, action);
        let url = views.action_link((number, place));
        Action::of(action, Some(Of { incident: &published.slug, url, overdue, age_days }))
    }))
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

fn print(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

/// A list of many things, one on each line. It is written as it is made, so that tens of thousands need no more memory
/// than their text.
fn rows(views: &Views<'_>, name: &str, all: impl Iterator<Item = impl Serialize>) -> String {
    let as_of = views.site.as_of;
    let mut text = format!("{{\"version\":{VERSION},\"as_of\":\"{as_of}\",\"{name}\":[");
    for (number, one) in all.enumerate() {
        text.push_str(if number == 0 { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(&one).unwrap_or_default());
    }
    text.push_str("\n]}\n");
    text
}
