//! Feeds: Atom (RFC 4287) and JSON Feed 1.1, with the newest incidents first and full addresses.

use super::escape;
use super::html::{self, Place};
use crate::corpus::Published;
use crate::plan::view::{Item, Views};
use crate::plan::{FeedFormat, FeedOf, url};
use jiff::ToSpan;
use serde_json::{Value, json};

/// The feed's text.
pub(super) fn feed(views: &Views<'_>, of: FeedOf, format: FeedFormat) -> String {
    let site = &views.site;
    let relations = site.relations;
    let members: Vec<usize> = match of {
        FeedOf::All => (0..site.edition.incidents.len()).collect(),
        FeedOf::Component(number) => {
            relations.components.all().get(number).map(|group| group.members.clone()).unwrap_or_default()
        }
        FeedOf::Tag(number) => {
            relations.tags.all().get(number).map(|group| group.members.clone()).unwrap_or_default()
        }
    };
    let name = match of {
        FeedOf::All => None,
        FeedOf::Component(number) => relations.components.all().get(number),
        FeedOf::Tag(number) => relations.tags.all().get(number),
    };
    let title =
        name.map_or_else(|| site.title().to_owned(), |group| format!("{}: {}", site.title(), group.name));
    let path = views.feed_name(of).unwrap_or_default();
    let base = site.base_url();
    let head = Head {
        title,
        own: url::absolute(base, &url::encode(&format!("{path}.{}", format.extension()))),
        home: url::absolute(base, ""),
        base,
    };
    let newest = members.iter().rev().take(site.config.feeds.limit);
    // The site's own feed brings whole texts; those of components and tags announce. With hundreds of tags each text
    // would be written out dozens of times over.
    let full = site.config.feeds.full_text && of == FeedOf::All;
    let entries = newest.filter_map(|number| {
        Some(Entry::of(views, &head, views.item(*number)?, site.incident(*number)?, full))
    });
    match format {
        FeedFormat::Atom => atom(&head, &entries.collect::<Vec<_>>()),
        FeedFormat::Json => json_feed(&head, &site.config.language, entries.collect()),
    }
}

struct Head<'a> {
    title: String,
    own: String,
    home: String,
    base: &'a str,
}

struct Entry {
    id: String,
    link: String,
    title: String,
    date: String,
    summary: String,
    content: Option<String>,
    categories: Vec<String>,
}

impl Entry {
    fn of(views: &Views<'_>, head: &Head<'_>, item: &Item, published: &Published, full: bool) -> Self {
        let incident = &published.incident;
        let fix = item.fix.as_ref().map(|fix| views.words.with("fixed_by_x", fix));
        let summary = incident.summary.as_ref().map(|summary| summary.text.clone());
        let root = if head.base.is_empty() { String::new() } else { format!("{}/", head.base) };
        let place = Place { published, site: &views.site, words: &views.words, root: &root, plain: true };
        Self {
            // Stable wherever the site is published, as long as the incident keeps its address.
            id: format!("urn:kb:{}", url::encode(&published.slug)),
            link: url::absolute(head.base, &item.link),
            title: item.title.clone(),
            date: updated(published),
            summary: [fix, summary].into_iter().flatten().collect::<Vec<_>>().join(" — "),
            content: full.then(|| html::write(place).html),
            categories: item.components.iter().chain(&incident.tags).cloned().collect(),
        }
    }
}

/// When it was published, else the day it happened, as RFC 3339 in UTC.
fn updated(published: &Published) -> String {
    let incident = &published.incident;
    let instant = incident.clock.published.as_ref().and_then(|point| point.at.instant());
    match (instant, &incident.date) {
        (Some(instant), _) => instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        (None, Some(dated)) => format!("{}T00:00:00Z", dated.date),
        (None, None) => "1970-01-01T00:00:00Z".to_owned(),
    }
}

/// The overdue action items as Atom, the one that fell due last first. An item enters when its day has passed.
pub(super) fn overdue(views: &Views<'_>) -> String {
    let site = &views.site;
    let base = site.base_url();
    let head = Head {
        title: format!("{}: {}", site.title(), views.words.get("overdue_feed")),
        own: url::absolute(base, "actions-overdue.xml"),
        home: url::absolute(base, &url::link("actions", site.config.urls)),
        base,
    };
    let mut late: Vec<_> = views.listed_actions().into_iter().filter(|one| one.overdue.is_some()).collect();
    late.sort_by_key(|one| std::cmp::Reverse((one.action.due, one.item)));
    let entries = late.iter().filter_map(|one| {
        let number = one.item.of_action()? + 1;
        let due = one.action.due?;
        let owners: Vec<&str> = one.action.owners.iter().map(|owner| views.person(owner)).collect();
        let due_on = views.words.with("due_on", &due.to_string());
        let said = [due_on, owners.join(", "), one.incident.title.clone()];
        Some(Entry {
            id: format!("urn:kb:{}:action:{number}", url::encode(one.slug)),
            link: url::absolute(
                base,
                &format!("{}#action-{number}", site.incident_link(one.item.of_incident())),
            ),
            title: one.action.text.clone(),
            date: format!("{}T00:00:00Z", due.saturating_add(1.day())),
            summary: said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            content: None,
            categories: one.incident.components.clone(),
        })
    });
    atom(&head, &entries.collect::<Vec<_>>())
}

fn atom(head: &Head<'_>, entries: &[Entry]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    element("title", &head.title, &mut out);
    element("id", &head.own, &mut out);
    let newest = entries.iter().map(|entry| entry.date.as_str()).max().unwrap_or("1970-01-01T00:00:00Z");
    element("updated", newest, &mut out);
    out.push_str("<author>");
    element("name", &head.title, &mut out);
    out.push_str("</author>\n");
    link("self", &head.own, &mut out);
    link("alternate", &head.home, &mut out);
    for entry in entries {
        out.push_str("<entry>\n");
        element("title", &entry.title, &mut out);
        element("id", &entry.id, &mut out);
        element("updated", &entry.date, &mut out);
        element("published", &entry.date, &mut out);
        link("alternate", &entry.link, &mut out);
        for category in &entry.categories {
            out.push_str("<category term=\"");
            escape::attribute(&clean(category), &mut out);
            out.push_str("\"/>\n");
        }
        if !entry.summary.is_empty() {
            element("summary", &entry.summary, &mut out);
        }
        if let Some(content) = &entry.content {
            out.push_str("<content type=\"html\">");
            escape::text(&clean(content), &mut out);
            out.push_str("</content>\n");
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

fn element(name: &str, words: &str, out: &mut String) {
    out.push_str(&format!("<{name}>"));
    escape::text(&clean(words), out);
    out.push_str(&format!("</{name}>\n"));
}

fn link(relation: &str, address: &str, out: &mut String) {
    out.push_str(&format!("<link rel=\"{relation}\" href=\""));
    escape::attribute(address, out);
    out.push_str("\"/>\n");
}

/// `words` without the characters XML forbids.
fn clean(words: &str) -> String {
    let allowed = |c: &char| {
        !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\n' | '\t' | '\r')
    };
    words.chars().filter(allowed).collect()
}

fn json_feed(head: &Head<'_>, language: &str, entries: Vec<Entry>) -> String {
    let items: Vec<Value> = entries
        .into_iter()
        .map(|entry| {
            let mut item = json!({
                "id": entry.id,
                "url": entry.link,
                "title": entry.title,
                "date_published": entry.date,
                "tags": entry.categories,
            });
            if !entry.summary.is_empty() {
                item["summary"] = entry.summary.clone().into();
            }
            match entry.content {
                Some(content) => item["content_html"] = content.into(),
                None => item["content_text"] = entry.summary.into(),
            }
            item
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.home,
        "feed_url": head.own,
        "language": language,
        "items": items,
    });
    format!("{feed:#}\n")
}
