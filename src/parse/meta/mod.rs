//! What a postmortem says of itself: name, day, severity, standing, people, parts of the system, short forms.

mod day;
mod labels;
mod name;
mod page;
mod plainly;
mod prose;
mod standing;
#[cfg(test)]
mod tests;
mod zone;

pub(super) use name::heading;
pub(super) use standing::Scale;
pub(super) use zone::zone;

use super::ParseOptions;
use super::front_matter::{FrontMatter, Value};
use crate::diag::{Diagnostic, Source, Span};
use crate::model::text::Document;
use crate::model::{Clock, Dated, Incident, Origin, Section, SectionKind, TimelineEntry};
use day::Day;
use jiff::civil::Date;
use labels::Labels;
use plainly::words;
use std::sync::Arc;

const COMPONENT_LABELS: [&str; 12] = [
    "systems",
    "system",
    "systems affected",
    "affected systems",
    "services",
    "service",
    "services affected",
    "affected services",
    "affected service",
    "components",
    "affected components",
    "component",
];
const AUTHOR_LABELS: [&str; 6] =
    ["author", "authors", "written by", "report author", "forfatter", "forfattere"];
const PEOPLE_LABELS: [&str; 5] =
    ["responders", "attendees", "participants", "incident commander", "commander"];

/// What the facts are read with, and what is left to decide after them.
pub(super) struct Meta {
    /// All that is known before the facts.
    pub(super) incident: Incident,
    day: Day,
}

impl Meta {
    /// The day of the incident, where something other than the timeline tells it.
    pub(super) fn date(&self) -> Option<Date> {
        self.day.before_timeline()
    }

    /// The id, where one is stated.
    pub(super) fn id(&self) -> Option<&str> {
        self.incident.id_stated.then_some(self.incident.id.as_str())
    }

    /// The incident with its day, now that its timeline is known.
    pub(super) fn with_timeline(
        self,
        timeline: &[TimelineEntry],
        clock: &Clock,
        source: &Source,
        found: &mut Vec<Diagnostic>,
    ) -> Incident {
        let known = || timeline.iter().filter(|entry| entry.at.is_some());
        // A timeline may begin with what lay dormant for years; a year in the file's name is that of the incident.
        let year = day::year_in_name(&source.path);
        let of_year = |entry: &&TimelineEntry| entry.at.as_ref().map(|at| at.local.year()) == year;
        let first = known().find(of_year).or_else(|| known().next());
        let (date, conflict) = self.day.decide(first, source);
        found.extend(conflict);
        // Where nothing else tells the day: that of the first sign of it.
        let sign = clock.started.as_ref().or(clock.detected.as_ref());
        let date = date.or_else(|| sign.map(|point| Dated { date: point.at.local.date(), from: point.from }));
        Incident { date, ..self.incident }
    }
}

/// Reads all of it. `heading` is the heading that is the title.
pub(super) fn read(
    source: &Source,
    front: &FrontMatter,
    document: &Document,
    sections: &[Section],
    heading: Option<Span>,
    options: &ParseOptions,
    found: &mut Vec<Diagnostic>,
) -> Meta {
    let labels = Labels::of(document, &source.text, end_of_labels(sections));
    let title = name::title(front, document, heading, source, &options.synonyms);
    let id = name::id(front, &title.text, source, found);
    let day = Day::of(front, &labels, &title.text, document, source, found);
    let page = page::page(front);
    let severity = standing::severity(front, &labels, &options.scale, source, found);
    let incident = Incident {
        path: Arc::clone(&source.path),
        name: Arc::clone(&source.name),
        id: id.text,
        id_stated: id.stated,
        id_span: id.span,
        slug: front.text("slug").map(|slug| slug.value.to_owned()),
        aliases: texts(front, "aliases", false),
        severity_from: severity.as_ref().map_or("", |(_, from)| from),
        severity: severity.map(|(level, _)| level),
        status: standing::status(front, source, found),
        kind: standing::kind(front, source, found),
        visibility: standing::visibility(front, source, found),
        language: front.text("language").map(|language| language.value.to_owned()),
        components: components(front, &labels, options),
        tags: texts(front, "tags", true),
        team: front.text("team").map(|team| words(team.value)),
        authors: people(front, "authors", &labels, &AUTHOR_LABELS),
        reviewers: texts(front, "reviewers", true),
        participants: people(front, "participants", &labels, &PEOPLE_LABELS),
        origins: origins(front, &labels),
        causes: texts(front, "causes", false),
        family: front.text("family").map(|family| words(family.value)),
        fix: prose::fix(front, document, sections),
        summary: prose::summary(front, document, sections),
        status_page: page.0,
        page_times: page.1,
        imported_from: page::imported_from(texts(front, "imported_from", true), &source.text),
        links: links(front),
        extra: front.extra(),
        title: title.text,
        title_from: title.from,
        ..Incident::default()
    };
    Meta { incident, day }
}

/// Pairs in a timeline or in actions belong to their entries.
fn end_of_labels(sections: &[Section]) -> u32 {
    let theirs = |section: &&Section| {
        section.notation == "heading"
            && matches!(section.kind, Some(SectionKind::Timeline | SectionKind::Actions))
    };
    sections.iter().find(theirs).map_or(u32::MAX, |section| section.extent.start)
}

/// Where the declared values stand. What a label declares counts where front matter is silent.
fn origins(front: &FrontMatter, labels: &Labels) -> Vec<Origin> {
    let keys: [(&'static str, &[&str]); 6] = [
        ("components", &COMPONENT_LABELS),
        ("tags", &[]),
        ("team", &[]),
        ("authors", &AUTHOR_LABELS),
        ("causes", &[]),
        ("family", &[]),
    ];
    let origin = |(key, names): (&'static str, &[&str])| {
        let declared = front.all(key).into_iter().find(|field| !field.value.value.shown().is_empty());
        let field = declared.map(|field| {
            let span =
                Span { start: field.key.span.start, end: field.value.span.end.max(field.key.span.end) };
            Origin { key, from: "front matter", span }
        });
        field.or_else(|| labels.get(names).map(|value| Origin { key, from: "label", span: value.span }))
    };
    keys.into_iter().filter_map(origin).collect()
}

fn texts(front: &FrontMatter, name: &str, commas: bool) -> Vec<String> {
    front.texts(name, commas).into_iter().map(|text| words(&text.value)).collect()
}

fn people(front: &FrontMatter, name: &str, labels: &Labels, names: &[&str]) -> Vec<String> {
    let stated = texts(front, name, true);
    if !stated.is_empty() {
        return stated;
    }
    labels.get(names).map(|value| listed(&value.value)).unwrap_or_default()
}

/// What stands over a column of values, not beside a label.
const HEADS: [&str; 8] =
    ["description", "detail", "details", "information", "notes", "status", "value", "values"];

/// The names in a line: `a, b (c, d) and e`. What has more words than a name is told in a sentence.
fn listed(line: &str) -> Vec<String> {
    let parts = outside_brackets(line).into_iter().flat_map(|part| part.split(" and ")).map(str::trim);
    let name = |part: &&str| {
        part.chars().any(char::is_alphanumeric)
            && part.split_whitespace().count() <= 5
            && !HEADS.contains(&&*part.to_lowercase())
    };
    parts.filter(name).map(str::to_owned).collect()
}

/// The parts of a line between commas, of which those in brackets part nothing.
fn outside_brackets(line: &str) -> Vec<&str> {
    let mut open = 0_u32;
    let parts = line.split(|c: char| {
        match c {
            '(' | '[' => open += 1,
            ')' | ']' => open = open.saturating_sub(1),
            _ => {}
        }
        open == 0 && matches!(c, ',' | ';')
    });
    parts.collect()
}

/// Declared names, each as the id that `site.toml` gives it.
fn components(front: &FrontMatter, labels: &Labels, options: &ParseOptions) -> Vec<String> {
    let mut declared = texts(front, "components", true);
    if declared.is_empty() {
        declared = labels.get(&COMPONENT_LABELS).map(|value| listed(&value.value)).unwrap_or_default();
    }
    let mut all: Vec<String> = Vec::new();
    for name in declared {
        let id = options.components.get(&name.to_lowercase()).cloned().unwrap_or(name);
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

/// Addresses, each with what it is called: `url: …`, a list, `{title, url}`, or `name: address`.
fn links(front: &FrontMatter) -> Vec<(String, String)> {
    front.all("links").into_iter().flat_map(|field| linked(&field.value.value)).collect()
}

fn linked(value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Null => Vec::new(),
        Value::Scalar(url) => vec![(url.clone(), url.clone())],
        Value::List(all) => all.iter().flat_map(|one| linked(&one.value)).collect(),
        Value::Map(fields) => {
            let text = |name: &str| {
                let field = fields.iter().find(|field| field.key.value.eq_ignore_ascii_case(name))?;
                field.value.value.text().map(str::to_owned)
            };
            if let Some(url) = text("url").or_else(|| text("href")) {
                let title = text("title").or_else(|| text("name")).unwrap_or_else(|| url.clone());
                return vec![(title, url)];
            }
            let pair = |field: &super::front_matter::Field| {
                Some((field.key.value.clone(), field.value.value.text()?.to_owned()))
            };
            fields.iter().filter_map(pair).collect()
        }
    }
}
