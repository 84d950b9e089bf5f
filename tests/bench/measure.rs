//! How long all figures of 10,000 incidents with 50,000 actions take; the aim is below 100 ms.
//!
//! The incidents are made by hand, so that nothing but the counting is measured. Texts of actions are drawn from a few
//! hundred words, one in twenty repeats an earlier one, and a tenth of the dates are missing, as in real archives.

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::civil::{Date, date};
use kb::config::SiteConfig;
use kb::corpus::{Corpus, Draft, Edition, publish};
use kb::diag::Span;
use kb::measure::{Closings, measure};
use kb::model::{
    ActionItem, ActionKind, ActionState, Audience, ClockPoint, Dated, Incident, Milestone, Moment, Severity,
    StateMark, Ticket, Zone,
};

const INCIDENTS: usize = 10_000;
const ACTIONS_EACH: usize = 5;
const TODAY: Date = date(2026, 1, 1);

/// A linear congruential generator: the same archive on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

fn after(day: Date, days: u64) -> Date {
    day.checked_add(jiff::SignedDuration::from_hours(i64::try_from(days).unwrap_or(0) * 24)).unwrap_or(day)
}

fn text(dice: &mut Dice) -> String {
    if dice.chance(5) {
        return format!("rotate the certificate of gateway {} before it expires", dice.below(40));
    }
    let long = 5 + dice.below(8);
    let words: Vec<String> = (0..long)
        .map(|_| {
            let common = dice.below(400);
            format!("word{}", dice.below(common + 1))
        })
        .collect();
    words.join(" ")
}

fn action(dice: &mut Dice, on: Date, line: u32) -> ActionItem {
    let state = match dice.below(10) {
        0..=3 => ActionState::Done,
        4..=6 => ActionState::Open,
        7 => ActionState::Cancelled,
        _ => ActionState::Unknown,
    };
    let closes = matches!(state, ActionState::Done | ActionState::Cancelled) && dice.chance(90);
    let kinds = [ActionKind::Prevent, ActionKind::Detect, ActionKind::Mitigate, ActionKind::Process];
    ActionItem {
        text: text(dice),
        owners: vec![format!("person{}", dice.below(60))],
        due: dice.chance(70).then(|| after(on, dice.below(120))),
        created: None,
        closed: closes.then(|| after(on, dice.below(200))),
        tickets: if dice.chance(50) {
            vec![Ticket::written(format!("OPS-{}", dice.below(60_000)), None)]
        } else {
            Vec::new()
        },
        state,
        state_from: StateMark { from: "checkbox", written: "[x]".into() },
        reason: None,
        kind: kinds.get(usize::try_from(dice.below(5)).unwrap_or(4)).copied(),
        priority: dice.chance(40).then(|| format!("P{}", dice.below(4))),
        done_when: None,
        section: "Actions".into(),
        public: None,
        span: Span::default(),
        line,
    }
}

fn incident(dice: &mut Dice, number: usize) -> Incident {
    let on = after(date(2016, 1, 1), dice.below(3_650));
    let mut incident = Incident {
        path: format!("{on}-{number}.md").into(),
        id: number.to_string(),
        title: format!("incident {number}"),
        date: Some(Dated { date: on, from: "front matter" }),
        components: (0..=dice.below(2)).map(|_| format!("component{}", dice.below(80))).collect(),
        team: Some(format!("team{}", dice.below(12))),
        ..Incident::default()
    };
    let rank = u8::try_from(1 + dice.below(4)).unwrap_or(4);
    incident.severity = Some(Severity { rank, label: format!("SEV{rank}") });
    let mut hour = 0;
    for milestone in Milestone::ALL {
        let at = on.at(hour, 15, 0, 0);
        hour += 1 + i8::try_from(dice.below(3)).unwrap_or(0);
        let point =
            ClockPoint { at: Moment::new(at, Zone::UTC), from: "front matter", span: Span::default() };
        *incident.clock.slot(milestone) = dice.chance(90).then_some(point);
    }
    let lines = 10..10 + u32::try_from(ACTIONS_EACH).unwrap_or(5);
    incident.actions = lines.map(|line| action(dice, on, line)).collect();
    incident
}

fn archive(config: &SiteConfig) -> Edition {
    let mut dice = Dice(42);
    let drafts = (0..INCIDENTS).map(|number| Draft::seal(incident(&mut dice, number), None)).collect();
    let corpus = Corpus::gather(drafts, Vec::new(), config).value;
    publish(&corpus, Audience::Internal, config, false)
}

fn figures(criterion: &mut Criterion) {
    let config = SiteConfig::default();
    let edition = archive(&config);
    let closings = Closings::default();
    criterion.bench_function("all figures of 10,000 incidents with 50,000 actions", |bencher| {
        bencher.iter(|| measure(&edition, &config, TODAY, &closings));
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = figures
}
criterion_main!(benches);
