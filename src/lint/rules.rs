//! The table of rules: code, default level, and one sentence on what it asks for.
//!
//! A rule is on by default when at least nine of ten of its findings over real postmortems were right, or where it only
//! compares what the author states. The others, and those that real postmortems never made speak, are there for teams that
//! ask for them in `site.toml`; the figures stand in `tests/labels/README.md`.

use super::{Case, actions, causes, findable, language, points, policy, secrets, structure, summary, times};
use crate::config::{LintLevel, SiteConfig};
use crate::diag::words::nearest;
use crate::diag::{Diagnostic, Source, Span};

type Look = fn(&Case<'_>, &mut Vec<Diagnostic>);

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
    pub look: Option<Look>,
    /// Whether ordinary pages are held to it too.
    pub pages: bool,
}

const fn on(code: &'static str, asks: &'static str, look: Look) -> Rule {
    Rule { code, level: LintLevel::Warn, asks, look: Some(look), pages: false }
}

const fn everywhere(code: &'static str, asks: &'static str, look: Look) -> Rule {
    Rule { pages: true, ..on(code, asks, look) }
}

const fn opt_in(code: &'static str, asks: &'static str, look: Look) -> Rule {
    Rule { level: LintLevel::Allow, ..on(code, asks, look) }
}

/// Told while reading.
const fn read(code: &'static str, asks: &'static str) -> Rule {
    Rule { code, level: LintLevel::Warn, asks, look: None, pages: true }
}

/// Told while reading where `site.toml` asks for it.
const fn read_opt_in(code: &'static str, asks: &'static str) -> Rule {
    Rule { level: LintLevel::Allow, ..read(code, asks) }
}

/// Told while reading, and no build goes on before it is mended.
const fn stop(code: &'static str, asks: &'static str) -> Rule {
    Rule { level: LintLevel::Error, ..read(code, asks) }
}

/// Every rule, by theme.
pub const RULES: &[Rule] = &[
    // Structure
    on("missing-section", "the sections the policy requires are there", structure::missing_sections),
    on("empty-section", "a section that is opened says something", structure::empty_sections),
    everywhere("template-text", "no text of the template is left", structure::template_text),
    on("summary-long", "the summary is one paragraph", summary::long),
    opt_in("summary-thin", "the summary says when it happened and whom it hurt", summary::thin),
    on("no-components", "the parts of the system are named", findable::no_components),
    opt_in("no-tags", "topics are named", findable::no_tags),
    everywhere("image-text", "images are told in words too", structure::image_text),
    read("dead-link", "links and images lead somewhere"),
    read("orphan-file", "files beside the postmortems are shown or linked to"),
    read("box", "boxes are written so that they are shown as boxes"),
    everywhere("secret", "no key, token or password is written down", secrets::exposed),
    stop("duplicate-id", "no two documents share an id"),
    stop("bad-id", "an id holds a letter or digit an address can be made of"),
    stop("front-matter", "the front matter can be read"),
    stop("duplicate-key", "a key stands in the front matter once"),
    stop("wrong-type", "a key has the kind of value it takes"),
    read("unknown-key", "keys of the front matter are spelt right"),
    read("unknown-severity", "the severity is one of the site's levels"),
    read("unknown-status", "the status is draft, review or final"),
    read("unknown-kind", "the type is incident, near-miss or page"),
    read("hidden-section", "sections that are hidden from customers are named as they are called"),
    stop("visibility", "who may read it is said without doubt"),
    stop("internal", "internal parts are opened and closed"),
    // Times
    stop("bad-date", "dates of the front matter exist"),
    stop("bad-timezone", "the zone is one of the IANA database"),
    read("date-conflict", "the date in the front matter is the day it happened"),
    read("timeline-order", "the timeline runs forward"),
    read("impossible-time", "times exist on a clock"),
    read("half-known-time", "times are known"),
    read("clock-conflict", "front matter and timeline agree"),
    read_opt_in("duration-conflict", "the headline duration is what the times say"),
    read("zone-conflict", "a zone that is told twice is the same both times"),
    on("unknown-zone", "times say which zone they are in", times::unknown_zone),
    on("clock-order", "nothing is resolved before it started", times::clock_order),
    on("published-late", "the postmortem is published in time", times::published_late),
    // Actions
    read("extra-cells", "a table row has no more cells than its header"),
    read("lost-pipe", "a table row starts and ends with a pipe"),
    on("action-owner", "a promise has an owner", actions::owner),
    on("action-due", "a promise has a date", actions::due),
    on("action-due-late", "a promise is due within the policy", actions::due_late),
    on("action-ticket", "a promise is tracked", actions::ticket),
    on("ticket-state", "a promise and its ticket say the same", actions::ticket_state),
    read("tickets", "`tickets.json` can be read"),
    on("action-team", "a promise is owned by a person", actions::team),
    on("action-vague", "a promise says what will be different", actions::vague),
    on("action-cancelled", "a dropped promise says why", actions::cancelled),
    on("action-missing", "what went poorly leads to an action", points::nothing_promised),
    opt_in(
        "point-without-action",
        "each point that went poorly has an action of its own",
        points::without_action,
    ),
    opt_in("action-verb", "a promise starts with what will be done", actions::verb),
    opt_in("action-done-when", "one can tell when a promise is kept", actions::done_when),
    // Language
    opt_in("blame-person", "causes are told without blaming a person", language::blame_person),
    on("blame-word", "mistakes are taken as the start of the search, not its end", language::blame_word),
    on("counterfactual", "what people did is told, not what they should have done", language::counterfactual),
    on("poorly-names", "what went poorly is told without names", language::names_in_poorly),
    // Causes
    opt_in("whys-few", "the chain of whys goes deep enough", causes::few_whys),
    opt_in("whys-person", "the last why is not a person", causes::ends_in_person),
    opt_in("whys-symptom", "the last why is not the symptom", causes::ends_in_symptom),
    opt_in("cause-is-trigger", "trigger and cause are kept apart", causes::trigger_as_cause),
    // Policy
    opt_in(
        "postmortem-due",
        "what qualifies by the policy has a postmortem, not only a notice",
        policy::postmortem_due,
    ),
    opt_in("near-miss", "what hurt nobody is told as a near miss", policy::near_miss),
];

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// Errors for rules that `[lint]` of `site.toml`, whose text is `source`, sets a level for and that do not exist.
pub fn unknown_rules(config: &SiteConfig, source: &Source) -> Vec<Diagnostic> {
    let unknown = config.lint.keys().filter(|code| rule(code).is_none());
    let finding = |code: &String| {
        let span = source.text.find(code.as_str()).map_or(Span::at(0), |at| Span::new(at, at + code.len()));
        let help = match nearest(code, RULES.iter().map(|rule| rule.code)) {
            Some(near) => format!("did you mean `{near}`"),
            None => "`kb check --rules` lists all of them".to_owned(),
        };
        Diagnostic::error("config", source, span, format!("there is no rule `{code}`")).help(help)
    };
    unknown.map(finding).collect()
}
