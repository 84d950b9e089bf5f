//! Stories of incidents that come back, and what must hold for any archive.

use super::ranks::Desk;
use super::testing::{action, edition, edition_for, incident, link};
use super::*;
use crate::model::{ActionState, Audience, Incident, LinkKind, SectionKind};
use SectionKind::{Actions, RootCause, Summary};
use jiff::civil::date;

/// Two incidents of one cause, one that only looks so, and three others.
fn archive() -> Vec<Incident> {
    let mut all = vec![
        incident(
            "a.md",
            "2023-01-10",
            "Checkout fails: connection pool used up",
            &[
                (
                    Summary,
                    "Checkout answered with errors because pgbouncer had no free connection. \
                    Clients saw \"remaining connection slots are reserved\".",
                ),
                (
                    RootCause,
                    "max_client_conn of the connection pool was lower than what the new workers open.",
                ),
                (Actions, "Raise max_client_conn and alert on the connection pool."),
            ],
        ),
        incident(
            "b.md",
            "2023-03-02",
            "Certificate of the login page expired",
            &[
                (Summary, "Browsers refused the login page after its certificate ran out."),
                (RootCause, "The renewal job had no permission to write the DNS record."),
            ],
        ),
        incident(
            "c.md",
            "2023-05-20",
            "Search index rebuilt twice",
            &[
                (Summary, "Results were missing while the index was rebuilt."),
                (RootCause, "A scheduler started the rebuild on both replicas."),
            ],
        ),
        incident(
            "d.md",
            "2023-06-11",
            "Disk of the mail relay full",
            &[
                (Summary, "Mail was delayed for hours as the relay could not write its spool."),
                (RootCause, "Rotation of logs was off after an upgrade."),
            ],
        ),
        incident(
            "e.md",
            "2023-07-01",
            "Payments slow: connection pool exhausted again",
            &[
                (
                    Summary,
                    "Payments timed out; pgbouncer logged \"remaining connection slots are reserved\".",
                ),
                (
                    RootCause,
                    "Workers opened more connections than max_client_conn of the connection pool allows.",
                ),
                (Actions, "Derive max_client_conn from the number of workers."),
            ],
        ),
        incident(
            "f.md",
            "2023-08-15",
            "Wrong prices in one shop",
            &[
                (Summary, "A currency table was loaded without its newest rates."),
                (RootCause, "An import stopped half way and nobody was told."),
            ],
        ),
    ];
    for number in [0, 4] {
        all[number].components.push("pgbouncer".into());
    }
    all
}

fn relatives(incidents: &[Incident]) -> Relatives {
    Relatives::of(&edition(incidents), &SiteConfig::default())
}

/// What to suggest for one incident: the same as for all at once, with everything asked anew.
fn similar(relatives: &Relatives, number: usize) -> Vec<Similar> {
    let desk = &mut Desk::default();
    let earlier = relatives.ranked(desk, number);
    let nearest = |other: usize| {
        let below = if relatives.is_dated(number) { number } else { relatives.len() };
        let asking = (&relatives.index.profiles[other], &relatives.queries[other]);
        let may = |one| one != number && one != other && relatives.is_dated(one);
        let nearest = relatives.rank(&mut Desk::default(), asking, below, may);
        nearest.first().map_or(0.0, |one| one.score)
    };
    relatives.suggest(number, &earlier, nearest)
}

fn recurrences(edition: &Edition) -> Recurrences {
    Recurrences::of(edition, &SiteConfig::default())
}

/// No source knows more than the rows.
const NOTHING: ClosedOn<'static> = &|_, _| None;

fn place(edition: &Edition, path: &str) -> usize {
    edition.incidents.iter().position(|one| &*one.incident.path == path).unwrap()
}

fn numbers(found: &[Similar]) -> Vec<usize> {
    found.iter().map(|one| one.number).collect()
}

#[test]
fn the_earlier_incident_is_found_and_says_why() {
    let relatives = relatives(&archive());
    let found = similar(&relatives, 4);
    assert_eq!(numbers(&found), [0]);
    let reasons: Vec<String> = found[0].reasons.iter().map(ToString::to_string).collect();
    assert_eq!(reasons[0], "shares `remaining connection slots are reserved`");
    assert!(reasons.contains(&"same component: pgbouncer (2 of 6 incidents)".to_owned()), "{reasons:?}");
    assert_eq!(found[0].days_before, Some(172));
    assert_eq!(numbers(&recurrences(&edition(&archive())).suggested_after(0)), [4]);
}

#[test]
fn incidents_without_relatives_show_none() {
    let relatives = relatives(&archive());
    for number in [0, 1, 2, 3, 5] {
        assert_eq!(similar(&relatives, number), [], "{number}");
    }
}

#[test]
fn what_was_like_another_before_has_to_be_more_like_the_newer_one() {
    let likeness = score::Likeness { score: 0.25, looks_like: Some(0.25), same_cause: Some(0.05) };
    assert!(likeness.is_telling(0.0));
    assert!(!likeness.is_telling(0.6), "a hub: it is like many");
    let less = score::Likeness { score: 0.1, ..likeness };
    assert!(!less.is_telling(0.0), "never so little in all, however alike it looked");
}

#[test]
fn an_authors_no_is_final_from_either_side() {
    for (from, to) in [(4, "a"), (0, "e")] {
        let mut incidents = archive();
        link(&mut incidents[from], to, LinkKind::NotRelated);
        incidents[0].family = Some("pool".into());
        assert_eq!(similar(&relatives(&incidents), 4), []);
        let edition = edition(&incidents);
        let recurrences = recurrences(&edition);
        assert_eq!(recurrences.suggested_after(0), []);
        assert_eq!(recurrences.history(4, &edition, NOTHING), History::default());
    }
}

#[test]
fn what_an_author_answered_is_told_as_such_and_not_suggested() {
    let mut incidents = archive();
    link(&mut incidents[4], "a", LinkKind::Recurrence);
    let edition = edition(&incidents);
    let recurrences = recurrences(&edition);
    assert_eq!(recurrences.suggested_before(4), []);
    let families = recurrences.families();
    let history = recurrences.history(4, &edition, NOTHING);
    let kind = LinkKind::Recurrence;
    assert_eq!(history.earlier[0].relation, Relation::Stated { kind, why: None });
    assert_eq!(families.of(0).map(|family| family.incidents.clone()), Some(vec![0, 4]));
    assert!(!families.all[0].suggested);
}

#[test]
fn promises_that_stood_open_when_it_happened_again_are_told() {
    let mut incidents = archive();
    link(&mut incidents[4], "a", LinkKind::Recurrence);
    let mut done = action("raise the limit", ActionState::Done);
    done.closed = Some(date(2023, 2, 1));
    let mut late = action("alert on the pool", ActionState::Done);
    (late.due, late.closed) = (Some(date(2023, 6, 1)), Some(date(2023, 9, 1)));
    incidents[0].actions = vec![done, late, action("tell support", ActionState::Unknown)];
    let edition = edition(&incidents);
    let recurrences = recurrences(&edition);
    let families = recurrences.families();
    let members = families.all[0].members(&edition, NOTHING);
    let sentence = "1 of the 3 actions was still open, 1 overdue, 1 unknown";
    assert_eq!(members[1].promises.sentence().as_deref(), Some(sentence));
    assert_eq!(members[1].days_since_last, Some(172));
    let expected = Figure { recurrences: 1, with_open: 1, unknown: 0, open_actions: 1 };
    assert_eq!(figure(families, &edition, NOTHING), expected);
    let told = human(&edition, &recurrences.history(4, &edition, NOTHING).earlier);
    assert!(told.contains(sentence), "{told}");
    let data = json(&edition, &recurrences.history(4, &edition, NOTHING).earlier);
    assert_eq!(data["version"], 1);
    assert_eq!(data["earlier"][0]["actions"][1]["days_overdue"], 30);
}

#[test]
fn a_text_without_a_date_is_told_how_the_promises_of_others_stand_today() {
    let mut all = archive();
    let mut late = action("raise the limit", ActionState::Open);
    late.due = Some(date(2023, 2, 1));
    all[0].actions = vec![late, action("alert on it", ActionState::Open)];
    let mut draft = all[4].clone();
    (draft.path, draft.id, draft.date) = ("draft.md".into(), "draft".into(), None);
    draft.actions = vec![action("its own", ActionState::Open)];
    all.push(draft);
    let edition = edition(&all);
    let (recurrences, draft) = (recurrences(&edition), place(&edition, "draft.md"));
    let told = |today| {
        let earlier = recurrences.history_on(today, draft, &edition, NOTHING).earlier;
        let first = earlier.into_iter().find(|one| one.number == place(&edition, "a.md")).unwrap();
        first.promises.all.iter().map(|one| one.standing).collect::<Vec<_>>()
    };
    assert_eq!(told(Some(date(2023, 2, 11))), [Standing::Overdue { days: 10 }, Standing::Open]);
    assert_eq!(told(None), [], "no day, no answer");
}

#[test]
fn a_suggested_family_is_labelled_and_never_counted() {
    let edition = edition(&archive());
    let recurrences = recurrences(&edition);
    let families = recurrences.families();
    assert_eq!(families.all.len(), 1);
    assert!(families.all[0].suggested);
    assert_eq!(families.all[0].incidents, [0, 4]);
    assert_eq!(figure(families, &edition, NOTHING), Figure::default());
}

#[test]
fn a_public_family_knows_nothing_of_internal_members() {
    let mut incidents = archive();
    link(&mut incidents[4], "a", LinkKind::Recurrence);
    for one in &mut incidents[1..] {
        one.visibility = Audience::Public;
    }
    let edition = edition_for(&incidents, Audience::Public);
    let recurrences = recurrences(&edition);
    assert!(recurrences.families().all.is_empty());
    for number in 0..edition.incidents.len() {
        assert_eq!(recurrences.history(number, &edition, NOTHING), History::default());
    }
}

#[test]
fn a_half_written_draft_gets_the_same_answer() {
    let incidents = archive();
    let relatives = relatives(&incidents[..4]);
    let draft = incident(
        "new.md",
        "2023-07-01",
        "Payments slow: connection pool",
        &[(Summary, "pgbouncer says \"remaining connection slots are reserved\"")],
    );
    let neighbours = relatives.throughout().neighbours;
    let found = relatives.similar_to_draft(&edition(&[draft]).incidents[0], &neighbours);
    assert_eq!(numbers(&found), [0]);
}

/// What pages show of every incident.
fn shown(recurrences: &Recurrences, edition: &Edition) -> Vec<(Vec<usize>, Vec<usize>)> {
    let numbers = |all: &[Relative]| all.iter().map(|one| one.number).collect();
    let told = (0..edition.incidents.len()).map(|number| recurrences.history(number, edition, NOTHING));
    told.map(|history| (numbers(&history.earlier), numbers(&history.later))).collect()
}

#[test]
fn what_was_written_changed_or_removed_since_is_followed() {
    let config = SiteConfig::default();
    let before = recurrences(&edition(&archive()));
    let disk = "Mail relay: disk full again, the spool of the mail relay could not be written. `ENOSPC`";
    let mut incidents = archive();
    incidents.remove(1);
    incidents[4] =
        incident("f.md", "2023-08-15", "Disk of the mail relay full once more", &[(Summary, disk)]);
    let pool = [(
        Summary,
        "pgbouncer says \"remaining connection slots are reserved\" and the connection pool is full",
    )];
    incidents.insert(0, incident("0.md", "2022-07-01", "Checkout fails: connection pool used up", &pool));
    let edition = edition(&incidents);
    let after = before.after(&edition, &config);
    assert_eq!(shown(&after, &edition), shown(&recurrences(&edition), &edition));
    assert_eq!(numbers(&after.suggested_before(5)), [3], "the disk again");
    assert_eq!(numbers(&after.suggested_before(1)), [0], "a pool before the pool");
    assert_eq!(numbers(&after.suggested_after(0)), [1, 4]);
    let families = &after.families().all;
    assert_eq!(families.len(), 1);
    assert_eq!(families[0].incidents, [1, 4], "as it was, in the numbers of now");
}

#[test]
fn suggested_families_stay_until_all_is_compared_but_an_authors_word_holds_at_once() {
    let before = recurrences(&edition(&archive()));
    let families_after = |change: &dyn Fn(&mut Vec<Incident>)| {
        let mut incidents = archive();
        change(&mut incidents);
        let after = before.after(&edition(&incidents), &SiteConfig::default());
        let shown = |family: &Family| (family.incidents.clone(), family.suggested);
        after.families().all.iter().map(shown).collect::<Vec<_>>()
    };
    assert_eq!(families_after(&|all| all[4].title = "Something else".into()), [(vec![0, 4], true)]);
    assert_eq!(families_after(&|all| link(&mut all[4], "a", LinkKind::NotRelated)), []);
    assert_eq!(families_after(&|all| link(&mut all[0], "e", LinkKind::LooksLike)), []);
    assert_eq!(families_after(&|all| drop(all.remove(0))), []);
    let stated = |all: &mut Vec<Incident>| link(&mut all[5], "e", LinkKind::SameCause);
    assert_eq!(families_after(&stated), [(vec![4, 5], false)]);
}

#[test]
fn what_rests_shows_the_same_and_is_compared_anew_when_something_follows() {
    let before = edition(&archive());
    let (awake, resting) = (recurrences(&before), recurrences(&before).resting());
    assert_eq!(shown(&resting, &before), shown(&awake, &before));
    let all: Vec<usize> = (0..before.incidents.len()).collect();
    assert!(!awake.shared_signatures(&all).is_empty());
    assert_eq!(resting.shared_signatures(&all), awake.shared_signatures(&all));
    let mut incidents = archive();
    incidents.remove(1);
    let next = edition(&incidents);
    let after = resting.after(&next, &SiteConfig::default());
    assert_eq!(shown(&after, &next), shown(&recurrences(&next), &next));
}

mod any_archive {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 24] = [
        "pool",
        "certificate",
        "node",
        "disk",
        "`ENOSPC`",
        "OOMKilled",
        "ingress",
        "queue",
        "replica",
        "latency",
        "backup",
        "token",
        "max_client_conn",
        "deploy",
        "rollback",
        "cache",
        "shard",
        "lease",
        "quota",
        "webhook",
        "\"no space left on device\"",
        "zone",
        "kernel",
        "mount",
    ];

    fn incidents() -> impl Strategy<Value = Vec<Incident>> {
        let text = proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 3..14);
        let one = (text.clone(), text, 1..4_i8);
        proptest::collection::vec(one, 2..14).prop_map(|all| {
            let all = all.into_iter().enumerate();
            let made = all.map(|(number, (summary, cause, day))| {
                let mut made = incident(
                    &format!("{number:02}.md"),
                    &format!("2024-{:02}-{day:02}", 1 + number % 3),
                    summary[0],
                    &[(Summary, &summary.join(" ")), (RootCause, &cause.join(" "))],
                );
                made.components.push(cause[0].to_lowercase());
                made
            });
            made.collect()
        })
    }

    /// Adds more signatures than are compared with those of others, all its own: its share of them is small where another
    /// report's may be all.
    fn bear_many_signatures(incident: &mut Incident) {
        let own: Vec<String> = ('a'..'n').map(|letter| format!("own_{letter}{letter}_limit")).collect();
        incident.title = format!("{} {}", incident.title, own.join(" "));
    }

    /// Each pair's score by path, so that numbers do not matter.
    fn scores(incidents: &[Incident]) -> Vec<(String, String, f32)> {
        let (edition, relatives) = (edition(incidents), relatives(incidents));
        let path = |number: usize| edition.incidents[number].incident.path.to_string();
        let each = (0..relatives.len()).flat_map(|number| {
            let ranking = relatives.ranking(number);
            ranking.into_iter().map(move |(other, score)| (number, other, score))
        });
        let mut all: Vec<_> = each.map(|(a, b, score)| (path(a), path(b), score)).collect();
        all.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        all
    }

    /// What each incident is told, and all families, by path.
    fn told(incidents: &[Incident]) -> Vec<Vec<String>> {
        let edition = edition(incidents);
        let recurrences = recurrences(&edition);
        let path = |number: &usize| edition.incidents[*number].incident.path.to_string();
        let suggested = |number: usize| {
            let found = recurrences.suggested_before(number);
            [number].into_iter().chain(numbers(&found)).map(|one| path(&one)).collect()
        };
        let families = recurrences.families().all.iter();
        let families = families.map(|family| family.incidents.iter().map(path).collect());
        (0..edition.incidents.len()).map(suggested).chain(families).collect()
    }

    /// Whether every reason holds, judged by the texts alone.
    fn reasons_hold(incidents: &[Incident]) -> Result<(), TestCaseError> {
        let (edition, relatives) = (edition(incidents), relatives(incidents));
        let text = |number: usize| {
            let incident = &edition.incidents[number].incident;
            let body = crate::model::text::plain_blocks(&incident.document.blocks);
            format!("{} {body}", incident.title).to_lowercase()
        };
        for number in 0..relatives.len() {
            for similar in similar(&relatives, number) {
                prop_assert!(!similar.reasons.is_empty());
                let both = [text(number), text(similar.number)];
                let stands = |words: &str| both.iter().all(|text| text.contains(&words.to_lowercase()));
                for reason in &similar.reasons {
                    match reason {
                        Reason::Signature { text } => prop_assert!(stands(text), "{reason}"),
                        Reason::Terms { terms } => {
                            prop_assert!(terms.iter().all(|term| stands(term)), "{reason}");
                        }
                        Reason::Component { name, incidents: count, of } => {
                            let bears = |one: &&Incident| one.components.contains(name);
                            prop_assert_eq!(incidents.iter().filter(bears).count(), *count);
                            prop_assert_eq!(incidents.len(), *of);
                        }
                        other => prop_assert!(false, "nothing declares this: {other}"),
                    }
                }
            }
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn the_order_of_files_does_not_matter(incidents in incidents(), turn in 0..14_usize) {
            let mut turned = incidents.clone();
            turned.rotate_left(turn % incidents.len());
            prop_assert_eq!(scores(&incidents), scores(&turned));
            prop_assert_eq!(told(&incidents), told(&turned));
        }

        #[test]
        fn every_reason_is_true_and_stays_so_beside_a_stranger(incidents in incidents()) {
            reasons_hold(&incidents)?;
            let mut more = incidents;
            more.push(incident("x.md", "2024-02-02", "Badge reader jams", &[(Summary, "The door stays shut")]));
            reasons_hold(&more)?;
        }

        #[test]
        fn an_authors_no_is_never_overruled(incidents in incidents(), a in 0..14_usize, b in 0..14_usize) {
            let mut incidents = incidents;
            let (a, b) = (a % incidents.len(), b % incidents.len());
            prop_assume!(a != b);
            let other = incidents[b].id.clone();
            link(&mut incidents[a], &other, LinkKind::NotRelated);
            let (edition, relatives) = (edition(&incidents), relatives(&incidents));
            let number = |place: usize| {
                let path = &incidents[place].path;
                edition.incidents.iter().position(|one| one.incident.path == *path).unwrap()
            };
            let (a, b) = (number(a), number(b));
            prop_assert!(!numbers(&similar(&relatives, a.max(b))).contains(&a.min(b)));
            let recurrences = recurrences(&edition);
            let history = recurrences.history(a, &edition, NOTHING);
            prop_assert!(history.earlier.iter().chain(&history.later).all(|one| one.number != b));
        }

        #[test]
        fn scores_are_the_same_from_either_side(incidents in incidents(), rich in 0..14_usize) {
            let mut incidents = incidents;
            let rich = rich % incidents.len();
            bear_many_signatures(&mut incidents[rich]);
            let relatives = relatives(&incidents);
            let profile = |number: usize| &relatives.index.profiles[number];
            let queries: Vec<Query> =
                (0..relatives.len()).map(|number| Query::of(profile(number), &relatives.index)).collect();
            for a in 0..relatives.len() {
                for b in 0..relatives.len() {
                    let (one, other) = ((profile(a), &queries[a]), (profile(b), &queries[b]));
                    let there = score::compare(&relatives.index, one, other);
                    let back = score::compare(&relatives.index, other, one);
                    prop_assert!((there.score - back.score).abs() < 1e-5);
                    let sides = [(there.looks_like, back.looks_like), (there.same_cause, back.same_cause)];
                    for (there, back) in sides {
                        prop_assert_eq!(there.is_some(), back.is_some());
                        prop_assert!((there.unwrap_or(0.0) - back.unwrap_or(0.0)).abs() < 1e-5);
                    }
                }
            }
        }

        #[test]
        fn the_ranking_scores_as_the_comparison_of_two_does(incidents in incidents()) {
            let relatives = relatives(&incidents);
            let each = relatives.index.profiles.iter().zip(&relatives.queries);
            let each: Vec<(&Profile, &Query)> = each.collect();
            let desk = &mut Desk::default();
            for number in 0..relatives.len() {
                let ranked = relatives.ranked(desk, number);
                prop_assert!(ranked.is_sorted_by(|a, b| a.score >= b.score));
                for one in ranked {
                    let compared = score::compare(&relatives.index, each[number], each[one.number]);
                    prop_assert_eq!(one.score.to_bits(), compared.score.to_bits());
                }
            }
        }

        #[test]
        fn what_is_told_of_one_is_what_is_told_throughout(incidents in incidents()) {
            let relatives = relatives(&incidents);
            for (number, told) in relatives.throughout().before.into_iter().enumerate() {
                prop_assert_eq!(similar(&relatives, number), told);
            }
        }
    }
}
