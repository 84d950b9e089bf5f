//! Short lists of labelled points, such as `Key events` with `First detected …` and `Resolved …`, beside a timeline that is
//! longer and stands under another name, or under none.
//!
//! A file that logs many incidents has both for each of them: there the choice is made for each incident.

use super::collect::Candidate;
use super::regions::Region;
use crate::parse::context::Context;
use crate::parse::lines::Lined;
use std::collections::{BTreeMap, BTreeSet};

/// A run of lines with the entries in it.
pub(super) type Run = (Region, Vec<Candidate>);

/// Entries of all runs.
pub(super) fn count(all: &[Run]) -> usize {
    all.iter().map(|(_, candidates)| candidates.len()).sum()
}

/// Timeline and points where no timeline has that name: the longer list is the timeline.
pub(super) fn choose(points: Vec<Run>, runs: Vec<Run>) -> (Vec<Run>, Vec<Run>) {
    if count(&runs) > count(&points) { (runs, points) } else { (points, Vec::new()) }
}

/// The stretches between two headings, each of which may tell of an incident of its own.
pub(super) struct Scopes<'a> {
    lined: &'a Lined<'a>,
    /// Where headings begin, in order.
    headings: Vec<u32>,
    /// Those below which labelled points stand.
    pointed: BTreeSet<usize>,
}

#[derive(Default)]
struct Incident {
    main: Vec<Run>,
    points: Vec<Run>,
    runs: Vec<Run>,
}

impl<'a> Scopes<'a> {
    pub(super) fn of(context: &Context<'_>, lined: &'a Lined<'_>, points: &[Run]) -> Self {
        let headings = context.sections.iter().filter(|section| section.notation == "heading");
        let headings = headings.map(|section| section.span.start).collect();
        let mut scopes = Self { lined, headings, pointed: BTreeSet::new() };
        scopes.pointed =
            points.iter().filter(|(region, _)| region.label).map(|(region, _)| scopes.at(region)).collect();
        scopes
    }

    /// Whether several incidents have points of their own.
    pub(super) fn many(&self) -> bool {
        self.pointed.len() > 1
    }

    /// Timeline and points of all incidents, in the order of the text.
    pub(super) fn choose(&self, main: Vec<Run>, points: Vec<Run>, runs: Vec<Run>) -> (Vec<Run>, Vec<Run>) {
        let mut incidents: BTreeMap<usize, Incident> = BTreeMap::new();
        for run in main {
            incidents.entry(self.at(&run.0)).or_default().main.push(run);
        }
        for run in points {
            incidents.entry(self.at(&run.0)).or_default().points.push(run);
        }
        for run in runs {
            incidents.entry(self.at(&run.0)).or_default().runs.push(run);
        }
        let mut chosen = (Vec::new(), Vec::new());
        for Incident { main, points, runs } in incidents.into_values() {
            let (main, points) = if count(&main) > 0 { (main, points) } else { choose(points, runs) };
            chosen.0.extend(main);
            chosen.1.extend(points);
        }
        chosen
    }

    /// The heading above a region.
    fn at(&self, region: &Region) -> usize {
        let start = self.lined.get(region.lines.start).map_or(0, |line| line.span.start);
        self.headings.partition_point(|heading| *heading <= start)
    }
}
