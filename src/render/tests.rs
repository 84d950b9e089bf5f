//! Pages as wholes: links, order, language, and what must never get out.
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::unnecessary_wraps,
    reason = "paths are our own; helpers give what the fields hold"
)]

use super::Renderer;
use crate::config::SiteConfig;
use crate::corpus::{Corpus, Draft, Edition, publish};
use crate::diag::{Source, Span};
use crate::measure::Closings;
use crate::model::{
    ActionItem, ActionState, Audience, Clock, ClockPoint, Dated, Impact, ImpactKind, Incident, Moment,
    Severity, StateMark, Stated, Ticket, Why, Zone,
};
use crate::output::OutputPath;
use crate::plan::view::SearchView;
use crate::plan::{ImageSizes, Page, Route, Site, plan};
use crate::recur::Recurrences;
use crate::relate::{Relations, relate};
use crate::theme::Theme;
use jiff::civil::date;
use std::collections::BTreeMap;

static NO_SIZES: ImageSizes = ImageSizes::new();

const NASTY: &str = "\"><script>alert(1)</script>'&amp; </title>";

fn point(hour: i8, minute: i8) -> Option<ClockPoint> {
    let at = Moment::new(date(2018, 3, 13).at(hour, minute, 0, 0), Zone::Offset(3600, Some("CET")));
    Some(ClockPoint { at, from: "front matter", span: Span::default() })
}

fn stated(text: &str) -> Option<Stated> {
    Some(Stated { text: text.into(), from: "front matter", span: Span::default() })
}

fn action(text: &str, state: ActionState, due: i8) -> ActionItem {
    ActionItem {
        text: text.into(),
        owners: vec!["ops".into()],
        due: Some(date(2018, due, 1)),
        created: None,
        closed: None,
        tickets: vec![Ticket::written("OPS-7", Some("javascript:alert(1)".into()))],
        state,
        state_from: StateMark { from: "checkbox", written: "[ ]".into() },
        reason: None,
        kind: None,
        priority: None,
        done_when: None,
        section: String::new(),
        public: None,
        span: Span::at(9_999),
        line: 1,
    }
}

/// An incident of which everything is known.
fn full(path: &str, title: &str, year: i16) -> Incident {
    let text =
        format!("# {title}\n\n## Summary\n\nThe volume was **locked**.\n\n## Timeline\n\n- 07:28 noticed\n");
    Incident {
        path: path.into(),
        name: path.into(),
        id: path.into(),
        title: title.into(),
        date: Some(Dated { date: date(year, 3, 13), from: "front matter" }),
        severity: Some(Severity { rank: 1, label: "SEV1".into() }),
        visibility: Audience::Public,
        components: vec!["hub".into()],
        tags: vec!["disk".into()],
        team: Some("infra".into()),
        authors: vec!["ada".into()],
        family: Some("A node goes bad".into()),
        clock: Clock {
            started: point(3, 0),
            detected: point(7, 28),
            mitigated: point(8, 5),
            resolved: point(13, 34),
            ..Clock::default()
        },
        fix: stated("Reset the node"),
        trigger: stated("A node was lost"),
        causes: vec!["No alert".into()],
        impact: vec![Impact {
            kind: ImpactKind::Users,
            label: String::new(),
            value: "611".into(),
            from: "label",
            span: Span::default(),
        }],
        whys: vec![Why {
            question: "Why?".into(),
            answer: "Because.".into(),
            depth: 0,
            span: Span::default(),
        }],
        actions: vec![
            action("id=\"kb-actions\"", ActionState::Open, 4),
            action("Write it down", ActionState::Done, 5),
        ],
        document: crate::parse::markdown::document(&Source::new(path, text), 0, false).value,
        ..Incident::default()
    }
}

struct Made {
    config: SiteConfig,
    edition: Edition,
    relations: Relations,
    recurrences: Recurrences,
}

impl Made {
    fn of(all: Vec<Incident>, audience: Audience) -> Self {
        let config =
            SiteConfig { edit_url: Some("https://git.example/{path}".into()), ..SiteConfig::default() };
        let drafts = all.into_iter().map(|one| Draft::seal(one, None)).collect();
        let edition = publish(&Corpus::gather(drafts, Vec::new(), &config).value, audience, &config, false);
        let relations = relate(&edition);
        let recurrences = Recurrences::of(&edition, &config);
        Self { config, edition, relations, recurrences }
    }

    fn pages(&self) -> BTreeMap<String, String> {
        let theme = Theme::builtin();
        let site = Site {
            config: &self.config,
            edition: &self.edition,
            relations: &self.relations,
            recurrences: &self.recurrences,
            as_of: date(2018, 4, 20),
            revision: None,
            live: false,
            image_sizes: &NO_SIZES,
            closings: &Closings::default(),
        };
        let renderer = Renderer::new(&theme, &site);
        assert_eq!(renderer.found, []);
        let page = |page: &Page| {
            let output = renderer.value.page(page).unwrap_or_else(|error| panic!("{}: {error:?}", page.path));
            (output.path.to_string(), String::from_utf8(output.bytes).unwrap())
        };
        plan(&site, &theme).value.iter().map(page).collect()
    }
}

fn has(page: &str, part: &str) {
    assert!(page.contains(part), "no `{part}` in:\n{page}");
}

#[test]
fn the_answer_comes_first_on_an_incident() {
    let pages = Made::of(
        vec![full("a.md", "Volume locked", 2018), full("b.md", "Volume locked again", 2019)],
        Audience::Internal,
    )
    .pages();
    let page = &pages["incidents/a.html"];
    let order = [
        "<h1>Volume locked</h1>",
        "class=\"facts\"",
        "<p>Reset the node",
        "It happened again",
        "On this page",
        "kb-phases-t",
        "id=\"kb-whys\"",
        "id=\"kb-actions\"",
        "The volume was",
        "Edit this report",
    ];
    let places: Vec<usize> =
        order.iter().map(|part| page.find(part).unwrap_or_else(|| panic!("no {part} in {page}"))).collect();
    assert!(places.is_sorted(), "{order:?} {places:?}");
    has(page, "10 h 34 min<small>03:00 – 13:34 CET</small>");
    has(page, "<small class=\"bad\">1 overdue</small>");
    has(page, "First of its kind, and once since");
    has(page, "content=\"SEV1, 10 h 34 min, hub. Fixed by: Reset the node\"");
    has(page, "<tr role=\"row\" id=\"action-1\">");
    has(page, "<a href=\"https://git.example/a.md\">Edit this report</a>");
    assert!(!page.contains("javascript:"), "{page}");
}

#[test]
fn lists_say_what_is_open_and_what_came_back() {
    let pages =
        Made::of(vec![full("a.md", "Volume locked", 2018), full("b.md", "Again", 2019)], Audience::Internal)
            .pages();
    has(&pages["index.html"], "Overdue actions: 2");
    has(&pages["index.html"], "1 of 2 actions open");
    has(&pages["index.html"], "A node goes bad");
    has(&pages["components/hub.html"], "<b>Fixed by:</b> Reset the node");
    has(&pages["families/a-node-goes-bad.html"], "1 of 2 done");
    has(
        &pages["actions.html"],
        "data-state=\"overdue\" data-owner=\"ops\" data-team=\"infra\" data-component=\"hub\"",
    );
    has(&pages["api/v1/incidents/a.json"], "\"resolved\": \"2018-03-13T13:34:00+01:00\"");
}

#[test]
fn customers_see_no_people_tickets_or_edit_links() {
    let pages = Made::of(vec![full("a.md", "Volume locked", 2018)], Audience::Public).pages();
    for (path, page) in &pages {
        for secret in ["ops", "OPS-7", "git.example", "Written by"] {
            let shown = page.replace("props", "").replace("stops", "");
            assert!(
                path.starts_with("assets/") || !shown.contains(&format!(">{secret}")),
                "{secret} in {path}"
            );
        }
    }
    assert!(!pages.contains_key("actions.html"));
    has(&pages["incidents/a.html"], "2018-03-13 02:00 UTC");
    assert!(!pages["index.html"].contains("Overdue"));
}

#[test]
fn every_link_between_pages_leads_to_a_page() {
    let made =
        Made::of(vec![full("a.md", "Volume locked", 2018), full("b.md", "Again", 2019)], Audience::Internal);
    let pages = made.pages();
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html")) {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if link.contains("://") {
                continue;
            }
            let (to, part) = link.split_once('#').unwrap_or((link, ""));
            let target = match to.strip_prefix("../") {
                Some(up) => up.to_owned(),
                None if to.is_empty() => path.clone(),
                None if folder.is_empty() => to.to_owned(),
                None => format!("{folder}/{to}"),
            };
            let there = pages.get(&target).unwrap_or_else(|| panic!("{path} links to {link}"));
            assert!(part.is_empty() || there.contains(&format!("id=\"{part}\"")), "{path} links to {link}");
        }
    }
}

#[test]
fn hostile_words_are_words_in_every_field() {
    let mut nasty = full("a.md", NASTY, 2018);
    nasty.components = vec![NASTY.into()];
    nasty.tags = vec![NASTY.into()];
    nasty.team = Some(NASTY.into());
    nasty.family = Some(NASTY.into());
    nasty.fix = stated(NASTY);
    nasty.actions[0].text = NASTY.into();
    nasty.actions[0].owners = vec![NASTY.into()];
    nasty.whys[0].answer = NASTY.into();
    nasty.impact[0].value = NASTY.into();
    for (path, page) in Made::of(vec![nasty], Audience::Internal).pages() {
        if path.ends_with(".html") || path.ends_with(".xml") {
            assert!(!page.contains("<script>alert"), "{path}");
            assert!(page.matches("</title>").count() <= 2, "{path}");
        }
    }
}

#[test]
fn an_answer_to_a_search_is_a_page() {
    let made = Made::of(vec![full("a.md", "Volume locked", 2018)], Audience::Internal);
    let theme = Theme::builtin();
    let site = Site {
        config: &made.config,
        edition: &made.edition,
        relations: &made.relations,
        recurrences: &made.recurrences,
        as_of: date(2026, 1, 1),
        revision: None,
        live: true,
        image_sizes: &NO_SIZES,
        closings: &Closings::default(),
    };
    let renderer = Renderer::new(&theme, &site).value;
    let hit = crate::plan::view::SearchHit {
        incident: 0,
        part: Some("t1".into()),
        part_name: Some("Timeline 07:28".into()),
        snippet: vec![crate::plan::view::Snippet { text: "noticed".into(), hit: true }],
        lacks: vec!["zebra".into()],
    };
    let asked = SearchView {
        query: NASTY.into(),
        total: 1,
        partial: 2,
        limit: 10,
        hits: vec![hit],
        ..SearchView::default()
    };
    let page = String::from_utf8(renderer.search_page(&asked).unwrap().bytes).unwrap();
    has(&page, "<li data-hit=\"a\"><h3><a href=\"incidents/a.html#t1\">Volume locked</a></h3>");
    has(&page, "<b>Timeline 07:28:</b> <mark>noticed</mark>");
    has(&page, "role=\"status\">1 incident, 2 more have some of the words</p>");
    has(&page, "<p class=\"snippet\">Without: zebra</p>");
    has(&page, "<meta name=\"kb-live\" content=\"api/search\">");
    assert!(!page.contains("<script>alert"));
}

#[test]
fn a_broken_template_is_told_with_its_place() {
    let broken = vec![("templates/home.html".to_owned(), b"line one\n{{ list.nothing }}".to_vec())];
    let theme = Theme::load("acme", &|name| (name == "acme").then(|| broken.clone())).value;
    let made = Made::of(Vec::new(), Audience::Internal);
    let site = Site {
        config: &made.config,
        edition: &made.edition,
        relations: &made.relations,
        recurrences: &made.recurrences,
        as_of: date(2026, 1, 1),
        revision: None,
        live: false,
        image_sizes: &NO_SIZES,
        closings: &Closings::default(),
    };
    let renderer = Renderer::new(&theme, &site).value;
    let page = Page { path: OutputPath::index(), route: Route::Home };
    let error = renderer.page(&page).unwrap_err();
    assert_eq!(&*error.file, "themes/acme/templates/home.html");
    assert_eq!(error.span.start, 17, "{error:?}");
}
