//! What stands before the first section: front matter, full or partial, or a heading with labelled lines.

use super::calendar::{plain, rfc3339};
use super::prose::Page;
use super::style::{Front, LinkForm};

/// Writes the head of the report; `named` gives the id of a linked report.
pub(crate) fn write(page: &mut Page, named: &dyn Fn(usize) -> Option<String>) {
    match page.plan.style.front {
        Front::Full => full(page, named),
        Front::Partial => partial(page),
        Front::None => labels(page),
    }
}

fn full(page: &mut Page, named: &dyn Fn(usize) -> Option<String>) {
    let plan = page.plan;
    let zone = plan.style.zone;
    page.push("---\n");
    if let Some(id) = &plan.id {
        key(page, "id", id);
    }
    key(page, "title", &quoted(&plan.title));
    key(page, "date", &plan.date().iso());
    key(page, "started", &rfc3339(plan.started, zone));
    key(page, "detected", &rfc3339(plan.started + plan.detected, zone));
    if page.rng.chance(60) {
        key(page, "mitigated", &rfc3339(plan.started + plan.mitigated, zone));
    }
    key(page, "resolved", &rfc3339(plan.started + plan.resolved, zone));
    if zone.offset() != 0 {
        key(page, "timezone", zone.iana());
    }
    key(page, "severity", &format!("SEV{}", plan.severity));
    key(page, "status", if plan.published.is_some() { "final" } else { "review" });
    if plan.near_miss {
        key(page, "kind", "near-miss");
    }
    if plan.public {
        key(page, "visibility", "public");
    }
    key(page, "components", &flow(&plan.components));
    key(page, "tags", &flow(&plan.tags));
    key(page, "team", plan.team);
    let author = author(page);
    key(page, "authors", &format!("[\"@{author}\"]"));
    key(page, "trigger", &quoted(&plan.family.trigger));
    if page.rng.chance(50) {
        key(page, "fix", &quoted(&plan.family.fix));
    }
    if page.rng.chance(8) {
        key(page, "family", &plan.family.key);
    }
    impact(page);
    if let Some(published) = plan.published {
        key(page, "published", &rfc3339(published, zone));
    }
    related(page, named);
    page.push("---\n\n");
}

fn partial(page: &mut Page) {
    let plan = page.plan;
    page.push("---\n");
    key(page, "title", &quoted(&plan.title));
    key(page, "incident_date", &plan.date().iso());
    if page.rng.chance(50) {
        key(page, "start_time", &plain(plan.started, plan.style.zone));
        key(page, "end_time", &plain(plan.started + plan.resolved, plan.style.zone));
    }
    if plan.style.zone.offset() != 0 {
        key(page, "timezone", plan.style.zone.iana());
    }
    key(page, "priority", &format!("P{}", plan.severity));
    if plan.near_miss {
        key(page, "near_miss", "true");
    }
    if plan.public {
        key(page, "public", "true");
    }
    key(page, "services", &plan.components.join(", "));
    if page.rng.chance(50) {
        key(page, "keywords", &plan.tags.join(", "));
    }
    page.push("---\n\n");
}

fn labels(page: &mut Page) {
    let plan = page.plan;
    page.push(&format!("# {}\n\n", plan.title));
    let author = author(page);
    let bullet = if page.rng.chance(50) { "- " } else { "" };
    let end = if bullet.is_empty() { "  \n" } else { "\n" };
    for (label, value) in [
        ("Date", plan.date().long()),
        ("Severity", format!("SEV{}", plan.severity)),
        ("Services", plan.components.join(", ")),
        ("Author", format!("@{author}")),
    ] {
        page.push(&format!("{bullet}**{label}:** {value}{end}"));
    }
    page.push("\n");
}

fn impact(page: &mut Page) {
    let users = page.rng.between(1, 90) * page.rng.between(1, 60);
    let percent = page.rng.between(1, 95);
    page.push(&format!("impact:\n  users: {users}\n  percent: {percent}\n"));
}

fn related(page: &mut Page, named: &dyn Fn(usize) -> Option<String>) {
    let stated = page.plan.links.iter().filter(|link| link.form == LinkForm::Related);
    let stated: Vec<(String, &str)> = stated.filter_map(|link| Some((named(link.to)?, link.kind))).collect();
    if stated.is_empty() {
        return;
    }
    page.push("related:\n");
    for (id, kind) in stated {
        page.push(&format!("  - id: {id}\n    kind: {kind}\n    why: \"both times "));
        let noun = page.noun();
        page.push(&format!("the {noun} gave way\"\n"));
    }
}

fn author<'a>(page: &Page<'a>) -> &'a str {
    let world = page.world;
    world.people.get(page.plan.author).map_or("nobody", |person| person.handle.as_str())
}

fn key(page: &mut Page, name: &str, value: &str) {
    page.push(&format!("{name}: {value}\n"));
}

fn flow(list: &[String]) -> String {
    format!("[{}]", list.join(", "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
