//! The answer of `kb similar`, for people and for programs.

use super::Likelihood;
use super::history::{Relation, Relative};
use super::promises::Standing;
use crate::corpus::{Edition, Published};
use crate::diag::report::printable;
use crate::model::LinkKind;
use serde_json::{Value, json};

/// What people read: one paragraph for each earlier incident, then why.
pub fn human(edition: &Edition, earlier: &[Relative]) -> String {
    let told: Vec<String> = earlier.iter().filter_map(|one| paragraph(edition, one)).collect();
    if told.is_empty() { "nothing like it so far\n".into() } else { told.join("\n") }
}

fn paragraph(edition: &Edition, one: &Relative) -> Option<String> {
    let published = edition.incidents.get(one.number)?;
    let incident = &published.incident;
    let facts = [date(published), gap(one.days_before), Some(relation(one))];
    let mut lines = vec![
        printable(&incident.title),
        format!("  {}", printable(&incident.path)),
        format!("  {}", facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
    ];
    if let Relation::Stated { why: Some(why), .. } = &one.relation {
        lines.push(format!("  {}", printable(why)));
    }
    lines.extend(one.reasons.iter().map(|reason| format!("  - {}", printable(&reason.to_string()))));
    lines.extend(incident.fix.as_ref().map(|fix| format!("  fixed by: {}", printable(&fix.text))));
    lines.extend(one.promises.sentence().map(|sentence| format!("  {sentence}")));
    lines.push(String::new());
    Some(lines.join("\n"))
}

/// What programs read: `{"version": 1, "earlier": […]}`, documented with the command.
pub fn json(edition: &Edition, earlier: &[Relative]) -> Value {
    let entries: Vec<Value> = earlier.iter().filter_map(|one| entry(edition, one)).collect();
    json!({ "version": 1, "earlier": entries })
}

fn entry(edition: &Edition, one: &Relative) -> Option<Value> {
    let published = edition.incidents.get(one.number)?;
    let incident = &published.incident;
    let (relation, why) = match &one.relation {
        Relation::Stated { kind, why } => (kind.word(), why.clone()),
        Relation::Family => ("family", None),
        Relation::Mentioned => ("see-also", None),
        Relation::Suggested => ("suggested", None),
    };
    let actions: Vec<Value> = one
        .promises
        .all
        .iter()
        .filter_map(|promise| {
            let action = incident.actions.get(promise.action)?;
            let (state, overdue) = standing(promise.standing);
            Some(json!({ "text": action.text, "state_then": state, "days_overdue": overdue }))
        })
        .collect();
    Some(json!({
        "path": &*incident.path,
        "id": incident.id,
        "title": incident.title,
        "date": date(published),
        "days_before": one.days_before,
        "relation": relation,
        "why": why,
        "looks_like": share(one.looks_like),
        "same_cause": share(one.same_cause),
        "reasons": one.reasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "fixed_by": incident.fix.as_ref().map(|fix| &fix.text),
        "actions": actions,
    }))
}

/// A likeness as data: two decimals, at most 1; `None` where it is not known.
pub fn share(likeness: Option<f32>) -> Option<f64> {
    likeness.map(|share| (f64::from(share.clamp(0.0, 1.0)) * 100.0).round() / 100.0)
}

fn standing(standing: Standing) -> (&'static str, Option<i64>) {
    match standing {
        Standing::Done => ("done", None),
        Standing::Open => ("open", None),
        Standing::Overdue { days } => ("overdue", Some(days)),
        Standing::Dropped => ("dropped", None),
        Standing::Proposed => ("proposed", None),
        Standing::Unknown => ("unknown", None),
    }
}

fn date(published: &Published) -> Option<String> {
    published.incident.date.as_ref().map(|dated| dated.date.to_string())
}

/// `4 months before`, `the same day`; the largest unit that fits at least once, rounded.
pub(super) fn gap(days_before: Option<i64>) -> Option<String> {
    let days = days_before?;
    let direction = if days < 0 { "later" } else { "before" };
    let days = days.unsigned_abs();
    let (number, unit) = match days {
        0 => return Some("the same day".into()),
        1..=13 => (days, "day"),
        14..=60 => ((days + 3) / 7, "week"),
        61..=729 => ((days + 15) / 30, "month"),
        _ => ((days + 182) / 365, "year"),
    };
    let plural = if number == 1 { "" } else { "s" };
    Some(format!("{number} {unit}{plural} {direction}"))
}

fn relation(one: &Relative) -> String {
    match &one.relation {
        Relation::Stated { kind, .. } => match kind {
            LinkKind::Recurrence => "the same again, says the author".into(),
            LinkKind::SameCause => "the same cause, says the author".into(),
            LinkKind::LooksLike => "looked the same, says the author".into(),
            LinkKind::SeeAlso | LinkKind::NotRelated => "linked by the author".into(),
        },
        Relation::Family => "the same family".into(),
        Relation::Mentioned => "linked by the author".into(),
        Relation::Suggested => {
            let alike = |share| Likelihood::of(share).word();
            let (looks, cause) = (alike(one.looks_like), alike(one.same_cause));
            format!("suggested: alike in symptoms {looks}, in cause {cause}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_in_the_unit_people_would_use() {
        let told = |days| gap(Some(days)).unwrap();
        assert_eq!(
            [0, 1, 13, 21, 120, 365, 800, -3].map(told),
            [
                "the same day",
                "1 day before",
                "13 days before",
                "3 weeks before",
                "4 months before",
                "12 months before",
                "2 years before",
                "3 days later"
            ]
        );
    }
}
