//! Has this happened before, and did it happen again? And which other incidents the authors relate to it.

use crate::model::LinkKind;
use crate::plan::view::{Item, NameLink, PromisesThen, Views};
use crate::recur::{History, Likelihood, Reason, Relation, Relative};
use serde::Serialize;

/// One other occurrence.
#[derive(Debug, Serialize)]
pub struct Seen<'v> {
    /// The incident.
    pub item: &'v Item,
    /// The time between, `93 d`.
    pub gap: Option<String>,
    /// Key of what an author says of the two: the kind of the link; absent for members of one family and for suggestions.
    pub kind: Option<String>,
    /// What its author or this one says of it.
    pub why: Option<String>,
    /// How the earlier one's promises stood on the day of the later one.
    pub then: Option<PromisesThen>,
    /// Why kb suggests it, in words.
    pub reasons: Vec<String>,
    /// How alike symptoms and causes are, in words, where kb suggests it.
    pub alike: Option<String>,
}

/// The box.
#[derive(Debug, Serialize)]
pub struct SeenBox<'v> {
    /// What it says in one line: `Seen 2 times before, and 1 time since`.
    pub title: String,
    /// The family.
    pub family: Option<NameLink>,
    /// Whether kb suggests that family.
    pub family_suggested: bool,
    /// Earlier ones, newest first; at most five.
    pub before: Vec<Seen<'v>>,
    /// Later ones, oldest first; at most five.
    pub since: Vec<Seen<'v>>,
    /// Earlier ones that kb suggests, the most alike first.
    pub suggested: Vec<Seen<'v>>,
    /// Later ones that kb suggests.
    pub suggested_since: Vec<Seen<'v>>,
    /// Those that only looked the same, as authors say.
    pub looked_like: Vec<Seen<'v>>,
}

/// Another incident with the reason it is named.
#[derive(Debug, Serialize)]
pub struct RelatedItem<'v> {
    /// The incident.
    pub item: &'v Item,
    /// Key of the reason: the kind of the link.
    pub kind: String,
    /// The author's words on it.
    pub why: Option<String>,
}

const SHOWN: usize = 5;

/// Related incidents on one page.
const RELATED: usize = 12;

fn is_again(one: &Relative) -> bool {
    matches!(
        one.relation,
        Relation::Family | Relation::Stated { kind: LinkKind::Recurrence | LinkKind::SameCause, .. }
    )
}

fn is_suggested(one: &Relative) -> bool {
    one.relation == Relation::Suggested
}

fn looked_alike(one: &Relative) -> bool {
    matches!(one.relation, Relation::Stated { kind: LinkKind::LooksLike, .. })
}

impl Views<'_> {
    pub(super) fn seen(&self, number: usize) -> Option<SeenBox<'_>> {
        let recurrences = self.site.recurrences;
        let history = recurrences.history(number, self.site.edition, &self.closed_on());
        let family = recurrences.families().of(number);
        let all = || history.earlier.iter().chain(&history.later);
        let told = all().any(|one| is_again(one) || is_suggested(one) || looked_alike(one));
        if family.is_none() && !told {
            return None;
        }
        let some = |list: &[Relative], wanted: fn(&Relative) -> bool| -> Vec<Seen<'_>> {
            list.iter().filter(|one| wanted(one)).take(SHOWN).filter_map(|one| self.seen_one(one)).collect()
        };
        let mut oldest_first = history.later.clone();
        oldest_first.sort_by_key(|one| one.number);
        Some(SeenBox {
            title: self.seen_title(&history),
            family: family.map(|family| self.family_link(family)),
            family_suggested: family.is_some_and(|family| family.suggested),
            before: some(&history.earlier, is_again),
            since: some(&oldest_first, is_again),
            suggested: some(&history.earlier, is_suggested),
            suggested_since: some(&oldest_first, is_suggested),
            looked_like: all().filter(|one| looked_alike(one)).filter_map(|one| self.seen_one(one)).collect(),
        })
    }

    fn seen_one(&self, one: &Relative) -> Option<Seen<'_>> {
        let (kind, why) = match &one.relation {
            Relation::Stated { kind, why } => {
                (Some(format!("kind_{}", kind.word().replace('-', "_"))), why.clone())
            }
            _ => (None, None),
        };
        Some(Seen {
            item: self.item(one.number)?,
            gap: one.days_before.map(|days| self.words.days(days.abs())),
            kind,
            why,
            then: self.promises_then(&one.promises),
            reasons: one.reasons.iter().map(|reason| self.reason(reason)).collect(),
            alike: is_suggested(one).then(|| self.alike(one)),
        })
    }

    fn alike(&self, one: &Relative) -> String {
        let word = |likeness| {
            let key = format!("alike_{}", Likelihood::of(likeness).word());
            self.words.get(&key).to_owned()
        };
        let symptoms = self.words.with("symptoms_are", &word(one.looks_like));
        format!("{symptoms} {}", self.words.with("causes_are", &word(one.same_cause)))
    }

    /// A reason in the words of the site.
    fn reason(&self, reason: &Reason) -> String {
        let with = |key: &str, x: &str| self.words.with(key, x);
        match reason {
            Reason::Signature { text } => with("reason_signature", text),
            Reason::Component { name, incidents, of } => {
                let name = super::super::item::component_name(&self.site, name);
                self.words.count("reason_component", *incidents, *of).replace("{x}", name)
            }
            Reason::Trigger { text } => with("reason_trigger", text),
            Reason::Cause { text } => with("reason_cause", text),
            Reason::Tag { name } => with("reason_tag", name),
            Reason::Terms { terms } => with("reason_terms", &terms.join(", ")),
            Reason::Linked => self.words.get("reason_linked").to_owned(),
        }
    }

    fn seen_title(&self, history: &History) -> String {
        let words = &self.words;
        let before = history.earlier.iter().filter(|one| is_again(one)).count();
        let since = history.later.iter().filter(|one| is_again(one)).count();
        match (before, since) {
            (0, 0) if history.earlier.iter().any(is_suggested) => words.get("perhaps_before"),
            (0, 0) if history.later.iter().any(is_suggested) => words.get("perhaps_since"),
            (0, 0) => words.get("first_of_its_kind"),
            (0, since) => return words.count("first_and_since", since, 0),
            (before, 0) => return words.count("seen_before", before, 0),
            (before, since) => {
                let (before, since) =
                    (words.count("seen_before", before, 0), words.count("and_since", since, 0));
                return format!("{before}, {since}");
            }
        }
        .to_owned()
    }

    pub(super) fn related(&self, number: usize) -> Vec<RelatedItem<'_>> {
        let Some(near) = self.site.relations.incidents.get(number) else { return Vec::new() };
        let wanted = near.mentions().filter(|mention| mention.kind != LinkKind::NotRelated).take(RELATED);
        wanted
            .filter_map(|mention| {
                let named_here = near.names.iter().any(|own| own.other == mention.other);
                let direction = if named_here { "named" } else { "names_this" };
                let kind = if mention.stated { mention.kind.word() } else { direction };
                let kind = format!("kind_{}", kind.replace('-', "_"));
                Some(RelatedItem { item: self.item(mention.other)?, kind, why: mention.why.clone() })
            })
            .collect()
    }
}
