//! Where a postmortem falls short: rules with stable codes over what was understood of it.
//!
//! Each rule looks at one document of an internal edition ([`Case`]) and tells findings. What the rules tell is then
//! sifted: levels from `site.toml`, and places where the author said `<!-- kb: allow RULE, because … -->`. Findings of
//! reading and gathering pass through the same sieve, so that one table holds for all.

mod actions;
mod addresses;
mod allow;
mod case;
mod causes;
mod findable;
pub mod fix;
mod language;
mod points;
mod policy;
mod public;
mod rules;
mod secrets;
mod structure;
mod summary;
mod times;
mod words;

pub use addresses::{PRIVATE, addresses};
pub use case::Case;
pub use findable::Vocabulary;
pub use public::{REMOVED, removed};
pub use rules::{RULES, Rule, rule, unknown_rules};

use crate::config::{LintLevel, SiteConfig};
use crate::corpus::{Edition, Published};
use crate::diag::{Diagnostic, Level};
use crate::model::Kind;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All findings of all rules over `edition`, in the order of files and places. `earlier` are the findings of reading
/// and gathering.
pub fn check(
    edition: &Edition,
    config: &SiteConfig,
    as_of: Date,
    earlier: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let (mut orders, mut found) = times::orders_by_file(earlier);
    let vocabulary = Vocabulary::of(edition);
    let documents =
        edition.incidents.iter().map(|one| (one, false)).chain(edition.pages.iter().map(|one| (one, true)));
    for (published, page) in documents {
        let case = Case::new(published, config, as_of, &vocabulary);
        look_at(&case, page, &mut orders, &mut found);
    }
    // What stands in files that are no documents of this edition is told as it is.
    found.extend(orders.into_values().flatten());
    let mut told = sift(found, edition, config);
    told.sort_by(Diagnostic::order);
    told
}

/// What [`check`] tells of one document of the edition whose names in use are `vocabulary`; `earlier` are the findings of reading and gathering that stand in it.
pub fn check_one(
    published: &Published,
    vocabulary: &Vocabulary,
    config: &SiteConfig,
    as_of: Date,
    earlier: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let (mut orders, mut found) = times::orders_by_file(earlier);
    let case = Case::new(published, config, as_of, vocabulary);
    look_at(&case, case.incident.kind == Kind::Page, &mut orders, &mut found);
    let mut told = sift_with(found, &allow::Permissions::of([published]), config);
    told.sort_by(Diagnostic::order);
    told
}

/// Lets every rule look at one document; what reading found of its order (`orders`, by file) is taken out and sieved first.
fn look_at(
    case: &Case<'_>,
    page: bool,
    orders: &mut BTreeMap<Arc<str>, Vec<Diagnostic>>,
    found: &mut Vec<Diagnostic>,
) {
    found.extend(times::sieved(case.incident, orders.remove(&case.incident.name).unwrap_or_default()));
    for rule in RULES.iter().filter(|rule| rule.pages || !page) {
        if let Some(look) = rule.look.filter(|_| level(rule, case.config) != LintLevel::Allow) {
            look(case, found);
        }
    }
}

/// Applies levels and permissions. Errors that stop a build are never silenced.
pub fn sift(found: Vec<Diagnostic>, edition: &Edition, config: &SiteConfig) -> Vec<Diagnostic> {
    sift_with(found, &allow::Permissions::of(edition.incidents.iter().chain(&edition.pages)), config)
}

fn sift_with(
    found: Vec<Diagnostic>,
    allowed: &allow::Permissions<'_>,
    config: &SiteConfig,
) -> Vec<Diagnostic> {
    let keep = |mut finding: Diagnostic| {
        if finding.level == Level::Error {
            return Some(finding);
        }
        let known = rule(finding.code);
        match known.map_or(LintLevel::Warn, |rule| level(rule, config)) {
            LintLevel::Allow => return None,
            LintLevel::Warn => {}
            LintLevel::Error => finding.level = Level::Error,
        }
        (!allowed.covers(&finding)).then_some(finding)
    };
    found.into_iter().filter_map(keep).collect()
}

fn level(rule: &Rule, config: &SiteConfig) -> LintLevel {
    config.lint.get(rule.code).copied().unwrap_or(rule.level)
}
