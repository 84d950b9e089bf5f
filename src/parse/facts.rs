//! What a postmortem states, found in its blocks and sections: timeline, promises, whys, figures, mentions.

use super::context::Context;
use super::lines::Lined;
use super::times::Order;
use super::{actions, clock, impact, references, timeline, trigger, whys};
use crate::diag::Diagnostic;
use crate::model::{ActionItem, Clock, Impact, Reference, Stated, TimelineEntry, Why};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The timeline, in the author's order.
    pub(super) timeline: Vec<TimelineEntry>,
    /// The promises.
    pub(super) actions: Vec<ActionItem>,
    /// The chain of whys.
    pub(super) whys: Vec<Why>,
    /// Figures of the impact.
    pub(super) impact: Vec<Impact>,
    /// Mentions of other documents.
    pub(super) references: Vec<Reference>,
    /// Clock points, those of the front matter first.
    pub(super) clock: Clock,
    /// What set it off.
    pub(super) trigger: Option<Stated>,
    /// What was found wrong on the way.
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads all facts.
pub(super) fn read(context: &Context<'_>) -> Facts {
    let lined = Lined::of(context.document);
    let order = Order::of(&context.source.text, context.date);
    let mut findings = Vec::new();
    let labels = clock::labelled(context, &lined, order);
    let begun = clock::begun(context, &labels);
    let timeline = timeline::read(context, &lined, order, begun, &mut findings);
    let actions = actions::read(context, &lined, order, &timeline.entries, &mut findings);
    let clock = clock::read(context, &lined, order, &labels, &timeline, &mut findings);
    let impact = impact::read(context, &lined);
    clock::check_duration(context, &clock, &impact, &mut findings);
    Facts {
        actions,
        whys: whys::read(context, &lined),
        impact,
        references: references::read(context),
        trigger: trigger::read(context, &lined),
        clock,
        timeline: timeline.entries,
        findings,
    }
}
