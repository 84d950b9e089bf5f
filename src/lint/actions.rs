//! Rules on promises: owned by a person, due by a day, tracked, and saying what will be different.

use super::Case;
use super::words::{phrase, phrases, words as words_of};
use crate::diag::{Diagnostic, words};
use crate::model::{ActionItem, ActionState, Status};

/// Promises that still stand or whose state nobody wrote down.
fn standing<'a>(case: &'a Case<'_>) -> impl Iterator<Item = &'a ActionItem> {
    let all = case.incident.actions.iter().filter(|action| !action.state.is_closed());
    all.filter(|_| case.incident.status != Status::Draft)
}

/// Tells of the agreed promises that lack something: each one, or all in one finding where not one has it.
fn lacking(case: &Case<'_>, found: &mut Vec<Diagnostic>, lack: &Lack, lacks: impl Fn(&ActionItem) -> bool) {
    let agreed = standing(case).filter(|one| one.state != ActionState::Proposed);
    let agreed: Vec<&ActionItem> = agreed.filter(|action| (lack.asked)(action)).collect();
    let without: Vec<&ActionItem> = agreed.iter().copied().filter(|action| lacks(action)).collect();
    let Some(first) = without.first() else { return };
    if without.len() > 2 && without.len() == agreed.len() {
        let message = format!("none of {} has {}", words::count(without.len(), "action"), lack.what);
        found.push(case.finding(lack.code, first.span, message).help(lack.help));
        return;
    }
    for action in without {
        let message = format!("action without {}", lack.what);
        found.push(case.finding(lack.code, action.span, message).help(lack.help));
    }
}

/// What a promise can lack.
struct Lack {
    code: &'static str,
    what: &'static str,
    help: &'static str,
    /// Of which promises it can be asked.
    asked: fn(&ActionItem) -> bool,
}

/// Nobody owns it.
pub(super) fn owner(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let help = "name one person: `@handle`, or an owner column";
    let lack = Lack { code: "action-owner", what: "an owner", help, asked: |_| true };
    lacking(case, found, &lack, |action| action.owners.is_empty());
}

/// It has no date.
pub(super) fn due(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let help = "say until when: `due 2025-03-21`, or a due column";
    let lack = Lack { code: "action-due", what: "a due date", help, asked: |action| !goes_on(&action.text) };
    lacking(case, found, &lack, |action| action.due.is_none());
}

/// Whether a promise is one without an end, which no day can be the last of: `Continue to …`, `Do not …`, `… is continuing to …`.
fn goes_on(text: &str) -> bool {
    let mut first = words_of(text);
    let opens = first.next().is_some_and(|word| {
        ["continue", "continuous", "continuously", "keep", "never", "always", "don't", "avoid"]
            .contains(&word.as_str())
            || word == "do" && first.next().is_some_and(|word| word == "not")
    });
    opens || phrases(text, &["is continuing to", "are continuing to", "will continue to"]).next().is_some()
}

/// It is tracked nowhere.
pub(super) fn ticket(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let help = "link the ticket that tracks it: `OPS-441`, `org/repo#123` or its address";
    let lack = Lack { code: "action-ticket", what: "a ticket", help, asked: |_| true };
    lacking(case, found, &lack, |action| action.tickets.is_empty());
}

/// Its row says something else than the ticket that was asked.
pub(super) fn ticket_state(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for action in &case.incident.actions {
        let seen = action.tickets.iter().filter_map(|ticket| ticket.seen.as_ref());
        let Some((row, record)) = seen.into_iter().find_map(|seen| Some((seen.row?, &seen.record))) else {
            continue;
        };
        let own = record.reason.as_deref().filter(|word| !word.is_empty());
        let own = own.map(|word| format!(" ({word})")).unwrap_or_default();
        let message = format!("row says {}, {} is {}{own}", row.word(), record.key, record.state.word());
        let help = format!(
            "as of {}, the ticket counts; mend the row or the ticket",
            record.fetched_at.strftime("%Y-%m-%d")
        );
        found.push(case.finding("ticket-state", action.span, message).help(help));
    }
}

/// Nothing says when it is kept.
pub(super) fn done_when(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let help = "say what one could check: `done when the alert fired in a drill`";
    let lack = Lack { code: "action-done-when", what: "a word on when it is done", help, asked: |_| true };
    lacking(case, found, &lack, |action| action.done_when.is_none());
}

/// It is due later than the policy allows for incidents of this severity.
pub(super) fn due_late(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let severity = case.incident.severity.as_ref().map(|severity| severity.label.as_str());
    let limit = severity.and_then(|level| case.config.policy.action_due.get(level));
    let (Some(limit), Some(dated)) = (limit, &case.incident.date) else {
        return;
    };
    for action in standing(case) {
        let Some(due) = action.due else { continue };
        let days = (due - dated.date).get_days();
        if i64::from(days) > limit.0.as_hours() / 24 {
            let message =
                format!("due {days} days after the incident; the policy is {} days", limit.0.as_hours() / 24);
            found.push(case.finding("action-due-late", action.span, message));
        }
    }
}

/// A team owns it, so nobody does.
pub(super) fn team(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let teams = || {
        let components = case.config.components.values().filter_map(|one| one.team.as_deref());
        components.chain(case.config.people.values().filter_map(|one| one.team.as_deref()))
    };
    let is_team = |owner: &str| {
        let lower = owner.to_lowercase();
        let said = lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "team");
        let known = teams().any(|team| team.eq_ignore_ascii_case(owner));
        said || known && !case.config.people.contains_key(owner)
    };
    for action in standing(case) {
        if let [owner] = action.owners.as_slice()
            && is_team(owner)
        {
            let message = format!("`{owner}` is a team");
            found.push(
                case.finding("action-team", action.span, message)
                    .help("name the person in it who will see to it"),
            );
        }
    }
}

/// Verbs that promise effort rather than a result.
const WEAK: [&str; 13] = [
    "improve",
    "enhance",
    "investigate",
    "review",
    "consider",
    "explore",
    "look into",
    "look at",
    "think about",
    "discuss",
    "be more careful",
    "evaluate",
    "revisit",
];

/// A weak verb with nothing one could measure.
pub(super) fn vague(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for action in standing(case) {
        let text = action.text.trim();
        let lower = text.to_lowercase();
        let Some(verb) = WEAK.iter().find(|verb| lower.starts_with(*verb) && phrase(text, verb) == Some(0))
        else {
            continue;
        };
        let short = words_of(text).count() <= 7;
        let measurable = text.chars().any(|c| c.is_ascii_digit()) || action.done_when.is_some();
        let named = text.contains(['`', '/', '_', ':']) || text.split_whitespace().skip(1).any(is_name);
        // `Investigate and fix the leak` goes on to a result.
        if short && !measurable && !named && phrase(text, "and").is_none() {
            let message = format!("`{verb}` does not say what will be different");
            let help = "say what one could check afterwards: which alert, which limit, by how much";
            found.push(case.finding("action-vague", action.span, message).help(help));
        }
    }
}

fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) || letters.any(char::is_uppercase)
}

/// Dropped without a word on why.
pub(super) fn cancelled(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    let dropped = case.incident.actions.iter().filter(|action| action.state == ActionState::Cancelled);
    for action in dropped.filter(|action| action.reason.is_none()) {
        let help = "say why in a few words: `cancelled: the service was retired`";
        found.push(
            case.finding("action-cancelled", action.span, "action dropped without a reason").help(help),
        );
    }
}

/// Words that are not verbs and often open a promise without one.
const NOT_VERBS: [&str; 10] =
    ["better", "more", "new", "a", "an", "the", "no", "missing", "proper", "additional"];

/// Does not start with what will be done.
pub(super) fn verb(case: &Case<'_>, found: &mut Vec<Diagnostic>) {
    for action in standing(case) {
        if words_of(&action.text).next().is_some_and(|first| NOT_VERBS.contains(&first.as_str())) {
            let help = "begin with the verb: `add`, `remove`, `alert on`, `document`";
            found.push(case.finding("action-verb", action.span, "action without a verb").help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_has_no_last_day() {
        for text in
            ["Continue to watch the queue", "Do not restart it by hand", "The team is continuing to train"]
        {
            assert!(goes_on(text), "{text}");
        }
        for text in ["Add an alert", "Do a drill", "Document how to continue"] {
            assert!(!goes_on(text), "{text}");
        }
    }
}
