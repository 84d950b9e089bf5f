//! The table of rules: code, default level, and one sentence on what it asks for.
//!
//! A rule is on by default when at least nine of ten of its findings over real postmortems were right; the others are
//! there for teams that ask for them in `site.toml`.

use super::{Case, actions, causes, language, structure, times};
use crate::config::LintLevel;
use crate::diag::Diagnostic;

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable name, used in `site.toml`, `--allow` and `--deny`.
    pub code: &'static str,
    /// Whether it is told unless `site.toml` says otherwise.
    pub level: LintLevel,
    /// What it asks for.
    pub asks: &'static str,
    /// Looks at one document; `None` for rules whose findings come from reading.
    pub look: Option<fn(&Case<'_>, &mut Vec<Diagnostic>)>,
}

const fn on(code: &'static str, asks: &'static str, look: fn(&Case<'_>, &mut Vec<Diagnostic>)) -> Rule {
    Rule { code, level: LintLevel::Warn, asks, look: Some(look) }
}

const fn opt_in(code: &'static str, asks: &'static str, look: fn(&Case<'_>, &mut Vec<Diagnostic>)) -> Rule {
    Rule { code, level: LintLevel::Allow, asks, look: Some(look) }
}

const fn read(code: &'static str, asks: &'static str) -> Rule {
    Rule { code, level: LintLevel::Warn, asks, look: None }
}

/// Every rule, by theme.
pub const RULES: &[Rule] = &[
    on("missing-section", "the sections the policy requires are there", structure::missing_sections),
    on("empty-section", "a section that is opened says something", structure::empty_sections),
    on("template-text", "no text of the template is left", structure::template_text),
    on("summary-long", "the summary is one paragraph", structure::long_summary),
    on("no-components", "the parts of the system are named", structure::no_components),
    opt_in("no-tags", "topics are named", structure::no_tags),
    on("image-text", "images are told in words too", structure::image_text),
    read("dead-link", "links lead somewhere"),
    read("date-conflict", "the date in the front matter is the day it happened"),
    read("lost-pipe", "a table row starts and ends with a pipe"),
    read("timeline-order", "the timeline runs forward"),
    read("impossible-time", "times exist on a clock"),
    read("half-known-time", "times are known"),
    read("clock-conflict", "front matter and timeline agree"),
    read("duration-conflict", "the headline duration is what the times say"),
    on("unknown-zone", "times say which zone they are in", times::unknown_zone),
    on("clock-order", "nothing is resolved before it started", times::clock_order),
    on("published-late", "the postmortem is published in time", times::published_late),
    on("action-owner", "a promise has an owner", actions::owner),
    on("action-due", "a promise has a date", actions::due),
    on("action-due-late", "a promise is due within the policy", actions::due_late),
    on("action-ticket", "a promise is tracked", actions::ticket),
    on("action-team", "a promise is owned by a person", actions::team),
    on("action-vague", "a promise says what will be different", actions::vague),
    on("action-cancelled", "a dropped promise says why", actions::cancelled),
    on("action-missing", "what went poorly leads to an action", actions::missing),
    opt_in("action-verb", "a promise starts with what will be done", actions::verb),
    opt_in("action-done-when", "one can tell when a promise is kept", actions::done_when),
    on("blame-person", "causes are told without blaming a person", language::blame_person),
    on("blame-word", "mistakes are taken as the start of the search, not its end", language::blame_word),
    on("counterfactual", "what people did is told, not what they should have done", language::counterfactual),
    on("poorly-names", "what went poorly is told without names", language::names_in_poorly),
    on("whys-few", "the chain of whys goes deep enough", causes::few_whys),
    on("whys-person", "the last why is not a person", causes::ends_in_person),
    opt_in("cause-is-trigger", "trigger and cause are kept apart", causes::trigger_as_cause),
];

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}
