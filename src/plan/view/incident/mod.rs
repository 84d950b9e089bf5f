//! One incident: the facts, what fixed it, whether it was seen before, what was promised, and what hangs together
//! with it. The author's text itself is rendered apart and put in by `render`.

mod facts;
mod seen;

pub use facts::Fact;
pub use seen::{RelatedItem, Seen, SeenBox};

use super::{ActionRow, Item, NameLink, Views};
use crate::corpus::Published;
use crate::model::{Audience, Incident, Kind, Moment, Precision, SectionKind, Status, Why};
use crate::plan::{shown, url};
use serde::Serialize;

/// What fixed it.
#[derive(Debug, Serialize)]
pub struct Fix {
    /// What ended it.
    pub text: Option<String>,
    /// What set it off.
    pub trigger: Option<String>,
    /// Why it was possible.
    pub causes: Vec<String>,
}

/// One step of the whys.
#[derive(Debug, Serialize)]
pub struct WhyStep {
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Steps of a branch that starts here.
    pub branches: Vec<WhyStep>,
}

/// A figure of the impact.
#[derive(Debug, Serialize)]
pub struct ImpactFigure {
    /// What it counts.
    pub label: String,
    /// The value with its unit.
    pub value: String,
}

/// One incident.
#[derive(Debug, Serialize)]
pub struct IncidentPage<'v> {
    /// Title.
    pub title: String,
    /// When it began, for readers: `2018-03-13 03:00 CET`, or the day.
    pub when: Option<String>,
    /// The same for machines.
    pub when_iso: Option<String>,
    /// The same in UTC, where it began in another zone and the reader may live elsewhere.
    pub when_utc: Option<String>,
    /// `draft`, `review` or nothing.
    pub state: Option<&'static str>,
    /// Whether its end is recorded.
    pub resolved: bool,
    /// Whether nothing broke in the end.
    pub near_miss: bool,
    /// Its tags.
    pub tags: Vec<NameLink>,
    /// At most six facts.
    pub facts: Vec<Fact>,
    /// What fixed it.
    pub fix: Fix,
    /// Seen before or since.
    pub seen: Option<SeenBox<'v>>,
    /// Figures of the impact.
    pub impact: Vec<ImpactFigure>,
    /// Why it happened.
    pub whys: Vec<WhyStep>,
    /// What was promised.
    pub actions: Vec<ActionRow>,
    /// How old what trackers said of its tickets is; absent where nobody asked them.
    pub tickets_read: Option<String>,
    /// Which columns the table of promises needs.
    pub columns: Columns,
    /// Other incidents it names or is named by.
    pub related: Vec<RelatedItem<'v>>,
    /// The incident before it.
    pub earlier: Option<&'v Item>,
    /// The incident after it.
    pub later: Option<&'v Item>,
    /// Further links: text and address.
    pub links: Vec<NameLink>,
    /// What its status page may link back with, as Markdown.
    pub link_back: Option<String>,
    /// Where its source can be edited.
    pub edit: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Who read it.
    pub reviewers: Vec<String>,
    /// Who took part.
    pub participants: Vec<String>,
    /// How long after the end it was published, in words.
    pub published: Option<String>,
}

/// Columns of the table of promises that would not be empty.
#[derive(Debug, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "one for each column")]
pub struct Columns {
    /// Any owner.
    pub owners: bool,
    /// Any due date.
    pub due: bool,
    /// Any age.
    pub age: bool,
    /// Any ticket.
    pub tickets: bool,
    /// Any priority.
    pub priority: bool,
}

impl Views<'_> {
    /// The page of incident `number`.
    pub fn incident(&self, number: usize) -> Option<IncidentPage<'_>> {
        let published = self.site.incident(number)?;
        let incident = &published.incident;
        let near = self.site.relations.incidents.get(number)?;
        let internal = self.site.is_internal();
        let actions = if self.site.shows_actions() { self.rows_of(number) } else { Vec::new() };
        // A start on another day than the incident's stands in the timeline; the page goes by its day, as all lists do.
        let that_day = |at: &Moment| incident.date.as_ref().is_none_or(|day| day.date == at.local.date());
        let started = incident.clock.started.as_ref().map(|point| to_the_minute(&point.at)).filter(that_day);
        let day = incident.date.as_ref().map(|dated| dated.date.to_string());
        Some(IncidentPage {
            title: incident.title.clone(),
            when: started.as_ref().map(Moment::shown).or_else(|| day.clone()),
            when_iso: started.as_ref().map(Moment::rfc3339).or(day),
            when_utc: started.as_ref().filter(|_| !internal).and_then(in_utc),
            state: match incident.status {
                Status::Draft => Some("draft"),
                Status::Review => Some("review"),
                Status::Final => None,
            },
            resolved: incident.clock.resolved.is_some(),
            near_miss: incident.kind == Kind::NearMiss,
            tags: self.tags_of(incident),
            facts: self.facts(number, incident),
            fix: fix(incident),
            seen: self.seen(number),
            impact: self.impact(incident),
            whys: whys(&incident.whys),
            tickets_read: self.tickets_read(incident.actions.iter()).filter(|_| !actions.is_empty()),
            columns: columns(&actions),
            actions,
            related: self.related(number),
            earlier: near.earlier.and_then(|number| self.item(number)),
            later: near.later.and_then(|number| self.item(number)),
            links: self.links_of(incident),
            link_back: self.link_back(published),
            edit: self.edit_link(incident),
            authors: self.people(&incident.authors),
            reviewers: self.people(&incident.reviewers),
            participants: self.people(&incident.participants),
            published: self.publication(incident),
        })
    }

    pub(super) fn incident_head(&self, number: usize) -> (String, String) {
        let Some(item) = self.item(number) else { return (String::new(), String::new()) };
        let title = match &item.date {
            Some(date) if !item.title.contains(date.as_str()) => format!("{} ({date})", item.title),
            _ => item.title.clone(),
        };
        let mut about: Vec<String> = Vec::new();
        about.extend(item.severity.as_ref().map(|severity| severity.label.clone()));
        about.extend(item.duration.clone());
        about.extend(item.components.iter().take(3).cloned());
        let mut about = about.join(", ");
        if let Some(fix) = &item.fix {
            let sentence = self.words.with("fixed_by_x", fix);
            about = if about.is_empty() { sentence } else { format!("{about}. {sentence}") };
        }
        if about.is_empty() {
            about.clone_from(&title);
        }
        (title, shown::short(&about, 150))
    }

    fn tags_of(&self, incident: &Incident) -> Vec<NameLink> {
        let groups = incident.tags.iter().filter_map(|tag| self.site.relations.tags.of(tag));
        groups.map(|group| NameLink::of("tags", group, None, self.site.config)).collect()
    }

    fn impact(&self, incident: &Incident) -> Vec<ImpactFigure> {
        let label = |impact: &crate::model::Impact| {
            let own = impact.label.is_empty() || impact.label == impact.kind.word();
            if own { self.words.get(impact.kind.word()).to_owned() } else { impact.label.clone() }
        };
        let figure = |impact| ImpactFigure { label: label(impact), value: impact.value.clone() };
        // "No agreement was broken" is no figure of the harm.
        let harm = |impact: &&crate::model::Impact| {
            impact.kind != crate::model::ImpactKind::SlaViolated
                || !matches!(impact.value.as_str(), "false" | "no" | "none")
        };
        incident.impact.iter().filter(harm).map(figure).collect()
    }

    fn links_of(&self, incident: &Incident) -> Vec<NameLink> {
        let status = incident.status_page.as_ref().map(|url| (self.status_page(incident), url.clone()));
        let links = status.into_iter().chain(incident.links.iter().cloned());
        let safe = |link: &str| link.starts_with("https://") || link.starts_with("http://");
        links.filter(|(_, link)| safe(link)).map(|(name, link)| NameLink { name, link }).collect()
    }

    /// `Status page: 2026-03-14 14:23–15:20 UTC (57 min)`: what customers were told, beside what the report says.
    fn status_page(&self, incident: &Incident) -> String {
        let word = self.words.get("status_page");
        let times = incident.page_times;
        let Some((from, to)) = times.started.zip(times.resolved) else { return word.to_owned() };
        let same = from.strftime("%F").to_string() == to.strftime("%F").to_string();
        let end = to.strftime(if same { "%H:%M" } else { "%F %H:%M" });
        let time = self.words.length(to.duration_since(from));
        format!("{word}: {}–{end} UTC ({time})", from.strftime("%F %H:%M"))
    }

    /// `[Postmortem: Checkout down](https://…)`, where a status page tells of it and the public may read it.
    fn link_back(&self, published: &Published) -> Option<String> {
        let incident = &published.incident;
        incident.status_page.as_ref()?;
        let base = if self.site.is_internal() {
            let public = incident.visibility == Audience::Public && incident.status == Status::Final;
            self.site.config.audience.public.base_url.as_deref().filter(|_| public)?.trim_end_matches('/')
        } else {
            self.site.base_url()
        };
        let title = incident.title.replace(['[', ']', '\n'], " ");
        let page = url::absolute(base, &self.site.link_of(published));
        (!base.is_empty()).then(|| format!("[{}: {title}]({page})", self.words.get("postmortem")))
    }

    fn edit_link(&self, incident: &Incident) -> Option<String> {
        let pattern = self.site.config.edit_url.as_ref().filter(|_| self.site.is_internal())?;
        Some(pattern.replace("{path}", &url::encode(&incident.path)))
    }

    fn people(&self, handles: &[String]) -> Vec<String> {
        if self.site.edition.audience == Audience::Public {
            return Vec::new();
        }
        handles.iter().map(|handle| self.person(handle).to_owned()).collect()
    }

    fn publication(&self, incident: &Incident) -> Option<String> {
        let lag = incident.clock.publication_lag().filter(|_| self.site.is_internal())?;
        Some(self.words.with("published_after", &self.words.length(lag)))
    }
}

/// A headline needs no seconds.
fn to_the_minute(moment: &Moment) -> Moment {
    Moment { precision: moment.precision.min(Precision::Minute), ..moment.clone() }
}

fn in_utc(moment: &Moment) -> Option<String> {
    let instant = moment.instant().filter(|_| moment.zone != crate::model::Zone::UTC)?;
    Some(format!("{} UTC", jiff::tz::TimeZone::UTC.to_datetime(instant).strftime("%Y-%m-%d %H:%M")))
}

fn fix(incident: &Incident) -> Fix {
    Fix {
        text: incident.fix.as_ref().map(|fix| fix.text.clone()),
        trigger: incident.trigger.as_ref().map(|trigger| shown::short(&trigger.text, 400)),
        causes: incident.causes.clone(),
    }
}

/// Chains with their branches: a step deeper than the one before hangs under it.
fn whys(all: &[Why]) -> Vec<WhyStep> {
    let mut rest = all;
    steps(&mut rest, 0)
}

/// Branches nest at most this deep; deeper ones stand beside each other.
const DEEPEST: u8 = 4;

fn steps(rest: &mut &[Why], depth: u8) -> Vec<WhyStep> {
    let mut chain: Vec<WhyStep> = Vec::new();
    while let Some((why, after)) = rest.split_first() {
        let at = why.depth.min(DEEPEST);
        if at < depth {
            break;
        }
        if at > depth
            && let Some(last) = chain.last_mut()
        {
            last.branches = steps(rest, at);
            continue;
        }
        *rest = after;
        chain.push(WhyStep {
            question: why.question.clone(),
            answer: why.answer.clone(),
            branches: Vec::new(),
        });
    }
    chain
}

fn columns(rows: &[ActionRow]) -> Columns {
    Columns {
        owners: rows.iter().any(|row| !row.owners.is_empty()),
        due: rows.iter().any(|row| row.due.is_some()),
        age: rows.iter().any(|row| row.age.is_some()),
        tickets: rows.iter().any(|row| !row.tickets.is_empty()),
        priority: rows.iter().any(|row| row.priority.is_some()),
    }
}

/// Whether the author's text has a section of this kind.
pub(super) fn has_section(incident: &Incident, kind: SectionKind) -> bool {
    incident.sections.iter().any(|section| section.is(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deeper_why_branches_off_the_one_before() {
        let why = |question: &str, depth| Why {
            question: question.into(),
            answer: String::new(),
            depth,
            span: crate::diag::Span::default(),
        };
        let tree = whys(&[why("a", 0), why("b", 0), why("b1", 1), why("b2", 1), why("c", 0), why("odd", 9)]);
        let names: Vec<&str> = tree.iter().map(|step| step.question.as_str()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        assert_eq!(tree[1].branches.len(), 2);
        assert_eq!(tree[2].branches[0].question, "odd");
    }

    #[test]
    fn a_first_why_that_is_indented_still_stands() {
        let why = Why {
            question: "deep".into(),
            answer: String::new(),
            depth: 3,
            span: crate::diag::Span::default(),
        };
        assert_eq!(whys(&[why]).len(), 1);
    }
}
