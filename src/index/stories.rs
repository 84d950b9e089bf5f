//! Search told as stories: small editions made by hand, and what readers find in them.

use super::{Answer, Index, Request, Results};
use crate::config::SiteConfig;
use crate::corpus::{Corpus, Draft, Edition, publish};
use crate::diag::Span;
use crate::model::text::{Block, BlockKind, Heading, Inline, InlineKind, plain};
use crate::model::{
    ActionItem, ActionState, Audience, Dated, EntryKind, Incident, Section, SectionKind, Severity, StateMark,
    Stated, TimelineEntry,
};
use jiff::civil::{Date, date};

const TODAY: Date = date(2025, 6, 1);

/// An incident whose body is `text`: `## ` opens a section, other lines are paragraphs, backticks make code.
pub(super) fn incident(path: &str, day: &str, title: &str, text: &str) -> Incident {
    let mut incident = Incident {
        path: format!("{path}.md").into(),
        name: format!("{path}.md").into(),
        id: path.to_owned(),
        title: title.to_owned(),
        date: Some(Dated { date: day.parse().unwrap(), from: "front matter" }),
        visibility: Audience::Public,
        ..Incident::default()
    };
    let mut at = 100;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        let kind = match line.strip_prefix("## ") {
            Some(title) => {
                let anchor = title.to_lowercase().replace(' ', "-").into();
                open_section(&mut incident, title, span);
                BlockKind::Heading(Heading { level: 2, anchor, text: inlines(title, span) })
            }
            None => BlockKind::Paragraph(inlines(line, span)),
        };
        if let Some(section) = incident.sections.last_mut() {
            section.extent.end = span.end + 1;
        }
        incident.document.blocks.push(Block { span, kind });
    }
    read_timeline(&mut incident);
    incident
}

fn open_section(incident: &mut Incident, title: &str, span: Span) {
    let known =
        SectionKind::ALL.into_iter().find(|kind| kind.word() == title.to_lowercase().replace(' ', "-"));
    let title = title.to_owned();
    incident.sections.push(Section {
        kind: known,
        also: None,
        title,
        notation: "heading",
        level: 2,
        span,
        extent: span,
        line: 1,
    });
}

/// Paragraphs under a timeline heading are its entries: a time and what happened.
fn read_timeline(incident: &mut Incident) {
    let timeline = incident.sections.iter().find(|section| section.kind == Some(SectionKind::Timeline));
    let Some(extent) = timeline.map(|section| section.extent) else {
        return;
    };
    for block in &incident.document.blocks {
        let BlockKind::Paragraph(text) = &block.kind else {
            continue;
        };
        if extent.contains(block.span.start) {
            let text = plain(text);
            let (written, text) = text.split_once(' ').unwrap();
            incident.timeline.push(TimelineEntry {
                at: None,
                until: None,
                written: written.to_owned(),
                text: text.to_owned(),
                kind: EntryKind::Note,
                inferred: true,
                span: block.span,
                line: 1,
            });
        }
    }
}

fn inlines(text: &str, span: Span) -> Vec<Inline> {
    let kind = |n: usize, text: &str| match n % 2 {
        0 => InlineKind::Text(text.into()),
        _ => InlineKind::Code(text.into()),
    };
    text.split('`').enumerate().map(|(n, text)| Inline { span, kind: kind(n, text) }).collect()
}

fn action(text: &str, state: ActionState, due: Option<Date>) -> ActionItem {
    ActionItem {
        text: text.to_owned(),
        owners: vec!["jo".to_owned()],
        due,
        created: None,
        closed: None,
        tickets: Vec::new(),
        state,
        state_from: StateMark { from: "checkbox", written: "[ ]".to_owned() },
        reason: None,
        kind: None,
        priority: None,
        done_when: None,
        section: "Actions".to_owned(),
        public: None,
        span: Span::at(10),
        line: 1,
    }
}

pub(super) struct Site {
    pub(super) edition: Edition,
    pub(super) config: SiteConfig,
    pub(super) index: Index,
}

impl Site {
    pub(super) fn new(incidents: Vec<Incident>) -> Self {
        Self::with(incidents, SiteConfig::default())
    }

    pub(super) fn with(incidents: Vec<Incident>, config: SiteConfig) -> Self {
        let drafts = incidents.into_iter().map(|one| Draft::seal(one, None)).collect();
        let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
        let edition = publish(&corpus, Audience::Internal, &config, false);
        let index = Index::in_memory(&edition, &config, TODAY).unwrap();
        Self { edition, config, index }
    }

    fn ask(&self, request: &Request<'_>) -> Results {
        self.index.search(&self.edition, &self.config, request).unwrap()
    }

    /// Ids of those that have all words, in the order they are found.
    fn find(&self, text: &str) -> Vec<&str> {
        let mut results = self.ask(&Request::new(text));
        results.hits.retain(|hit| hit.lacks.is_empty());
        assert_eq!(results.hits.len(), results.total);
        self.ids(&results)
    }

    fn ids(&self, results: &Results) -> Vec<&str> {
        results
            .hits
            .iter()
            .map(|hit| self.edition.incidents[hit.number as usize].incident.id.as_str())
            .collect()
    }

    /// The best passage of the first hit, marked words in brackets.
    fn passage(&self, text: &str) -> String {
        let results = self.ask(&Request::new(text));
        let passage = results.hits[0].passage.clone().unwrap();
        let runs =
            passage.runs.iter().map(|(run, marked)| if *marked { format!("[{run}]") } else { run.clone() });
        format!("{} #{}: {}", passage.place, passage.anchor, runs.collect::<String>())
    }
}

pub(super) fn hub() -> Site {
    Site::new(vec![
        incident(
            "pool",
            "2024-01-10",
            "Hub refused logins",
            "## Summary\nThe connection pool was exhausted; `remaining connection slots are reserved`.\n## Root cause\nA parking lot of idle clients held every slot.",
        ),
        incident(
            "node",
            "2024-02-11",
            "Pods vanished",
            "## Summary\nOne node went away.\n## Timeline\n06:10 Alert: hub is slow\n06:30 The cluster reports `NodeLost` for the hub's node\n07:00 All is well",
        ),
        incident(
            "lost",
            "2024-03-12",
            "Lost packets",
            "A lot of packets were lost between the proxy and every node of the pool.",
        ),
    ])
}

#[test]
fn node_lost_finds_the_event_first_and_never_a_lot() {
    let site = hub();
    assert_eq!(site.find("node lost"), ["node", "lost"]);
    assert_eq!(site.find("NodeLost"), ["node"]);
    assert_eq!(site.find("nodelost"), ["node"]);
    assert_eq!(site.find("lot"), ["pool", "lost"], "a cause counts more than the rest of the text");
    assert!(!site.passage("lost").contains("[lot]"));
}

#[test]
fn a_passage_names_the_place_its_words_come_from() {
    let site = hub();
    let parts = "Timeline 06:30 #t2: The cluster reports [NodeLost] for the hub's [node]";
    assert_eq!(site.passage("node lost"), parts, "parts of one identifier are marked as one");
    assert_eq!(
        site.passage("nodelost"),
        "Timeline 06:30 #t2: The cluster reports [NodeLost] for the hub's node"
    );
    assert_eq!(
        site.passage("idle clients"),
        "Root cause #root-cause: A parking lot of [idle] [clients] held every slot."
    );
}

#[test]
fn all_words_must_be_there_in_any_form() {
    let site = hub();
    assert_eq!(site.find("reserving slot"), ["pool"]);
    assert_eq!(site.find("hub nodes"), ["node"]);
    assert_eq!(site.find("the pool"), ["pool", "lost"], "`the` asks for nothing");
}

#[test]
fn words_side_by_side_come_before_words_far_apart() {
    let apart = "The upgrade restarted every database twice and then a replica took over from the primary.";
    let beside = "The database upgrade restarted a primary twice and then every replica took over.";
    let site = Site::new(vec![
        incident("beside", "2024-01-01", "One", beside),
        incident("apart", "2024-02-01", "Two", apart),
    ]);
    assert_eq!(site.find("database upgrade"), ["beside", "apart"]);
    assert_eq!(site.find("\"database upgrade\""), ["beside"]);
    assert_eq!(site.find("\"upgrade the database\""), [""; 0]);
}

#[test]
fn a_title_counts_more_than_prose_and_the_newer_breaks_a_tie() {
    let site = Site::new(vec![
        incident("titled", "2023-01-01", "Certificate expired", "Users could not log in."),
        incident("old", "2023-02-01", "Login failed", "The certificate of the proxy was old."),
        incident("new", "2023-03-01", "Login failed", "The certificate of the proxy was old."),
    ]);
    assert_eq!(site.find("certificate"), ["titled", "new", "old"]);
}

#[test]
fn a_slip_is_corrected_only_where_the_word_is_nowhere_and_said() {
    let site = hub();
    let results = site.ask(&Request::new("conection slots"));
    assert_eq!(site.ids(&results), ["pool"]);
    assert_eq!(
        (results.instead[0].typed.as_str(), results.instead[0].used.join(" ")),
        ("conection", "connection".into())
    );
    let as_typed = site.ask(&Request { correct: false, ..Request::new("conection slots") });
    assert_eq!(as_typed.missing, ["conection"]);
}

#[test]
fn a_missing_word_is_named_and_the_rest_is_found() {
    let site = hub();
    let results = site.ask(&Request::new("zebra packets"));
    assert_eq!((site.ids(&results), results.missing), (vec!["lost"], vec!["zebra".to_owned()]));
    assert!(results.most_words);
    assert_eq!(results.hits[0].lacks, ["zebra"]);
}

#[test]
fn where_nothing_has_all_words_most_words_win() {
    let site = hub();
    let results = site.ask(&Request::new("packets proxy exhausted"));
    assert_eq!(site.ids(&results)[0], "lost");
    assert_eq!(results.hits[0].lacks, ["exhausted"]);
    assert!(results.most_words && results.missing.is_empty());
    assert_eq!((results.total, results.partial), (0, results.hits.len()));
}

#[test]
fn what_lacks_a_word_is_shown_below_what_has_all_and_says_so() {
    let site = hub();
    let results = site.ask(&Request::new("idle clients slots hub"));
    assert_eq!(site.ids(&results), ["pool"], "a common word alone is not enough");
    let results = site.ask(&Request::new("idle packets pool"));
    let told: Vec<_> =
        site.ids(&results).into_iter().zip(results.hits.iter().map(|hit| hit.lacks.join(" "))).collect();
    assert_eq!(told, [("lost", "idle".to_owned()), ("pool", "packets".to_owned())]);
    let results = site.ask(&Request::new("pool slots"));
    assert_eq!((site.ids(&results), results.total, results.partial), (vec!["pool"], 1, 0));
}

#[test]
fn a_report_all_about_the_rare_words_comes_before_one_that_mentions_all() {
    let about = "Prometheus was killed. Prometheus restarted, and Prometheus was killed again: memory.";
    let by_the_way = "The deploy ran out of time. ".repeat(30)
        + "Someone looked at prometheus. "
        + &"Memory of users was kept, we killed nothing. ".repeat(20);
    let mut incidents = vec![
        incident("about", "2024-01-01", "Prometheus killed for lack of memory", about),
        incident("by-the-way", "2024-02-01", "Deploy failed", &by_the_way),
    ];
    for n in 1..=9 {
        incidents.push(incident(
            &format!("other{n}"),
            &format!("2023-01-0{n}"),
            "Deploy slow",
            "A deploy took time.",
        ));
    }
    let site = Site::new(incidents);
    let results = site.ask(&Request::new("prometheus killed memory deploy"));
    assert_eq!(site.ids(&results)[..2], ["about", "by-the-way"]);
    assert_eq!((results.total, &results.hits[0].lacks[..]), (1, &["deploy".to_owned()][..]));
}

#[test]
fn what_stands_in_quotes_or_has_a_field_must_be_there() {
    let site = hub();
    assert_eq!(site.ids(&site.ask(&Request::new("\"connection pool\" packets"))), ["pool"]);
    assert_eq!(site.ids(&site.ask(&Request::new("title:lost slots"))), ["lost"]);
}

#[test]
fn only_a_reader_still_typing_gets_completions() {
    let site = hub();
    assert_eq!(site.find("exhau"), [""; 0]);
    assert_eq!(site.ids(&site.ask(&Request { typing: true, ..Request::new("pool exhau") })), ["pool"]);
}

#[test]
fn operators_combine_and_exclude() {
    let site = hub();
    assert_eq!(site.find("pool -packets"), ["pool"]);
    assert_eq!(site.find("clients OR NodeLost"), ["node", "pool"]);
    assert_eq!(site.find("(clients OR cluster) slots"), ["pool"]);
    assert_eq!(site.find("title:lost"), ["lost"]);
    assert_eq!(site.find("-pool"), ["node"]);
    assert_eq!(site.find("NOT hub"), ["lost"]);
}

#[test]
fn filters_narrow_and_never_score() {
    let mut severe = incident("severe", "2025-01-02", "Database down", "Nothing worked.");
    severe.severity = Some(Severity { rank: 1, label: "SEV1".into() });
    severe.components = vec!["db".into()];
    severe.actions = vec![action("add an alert", ActionState::Open, Some(date(2025, 2, 1)))];
    let mut mild = incident("mild", "2024-05-02", "Database slow", "Little worked.");
    mild.severity = Some(Severity { rank: 3, label: "SEV3".into() });
    mild.actions = vec![action("add an index", ActionState::Done, Some(date(2024, 6, 1)))];
    let mut config = SiteConfig::default();
    config.components.entry("db".into()).or_default().aliases = vec!["postgres".into()];
    let site = Site::with(vec![severe, mild], config);
    assert_eq!(site.find("database severity:1"), ["severe"]);
    assert_eq!(site.find("severity:minor"), ["mild"]);
    assert_eq!(site.find("component:Postgres"), ["severe"]);
    assert_eq!(site.find("postgres"), ["severe"], "an alias of a declared component is one of its names");
    assert_eq!(site.find("has:overdue"), ["severe"]);
    assert_eq!(site.find("after:2025-01"), ["severe"]);
    assert_eq!(site.find("before:2025"), ["mild"]);
    assert_eq!(site.find("year:2024..2025"), ["severe", "mild"]);
    assert_eq!(site.find("id:MILD"), ["mild"]);
    assert_eq!(site.find("owner:jo database -has:open"), ["mild"]);
    let unknown = site.ask(&Request::new("component:dbb"));
    assert_eq!(unknown.unread, ["no incident has component `dbb`, did you mean `db`"]);
}

#[test]
fn facets_count_what_each_value_would_leave() {
    let mut incidents = vec![];
    for (n, severity) in [(1, "SEV1"), (2, "SEV2"), (3, "SEV2")] {
        let mut one = incident(&format!("i{n}"), &format!("2024-0{n}-01"), "Disk full", "No space left.");
        one.severity = Some(Severity { rank: 1, label: severity.into() });
        incidents.push(one);
    }
    let site = Site::new(incidents);
    let chosen = [(super::Facet::Severity, "SEV1".to_owned())];
    let results = site.ask(&Request { chosen: &chosen, facets: true, ..Request::new("disk") });
    assert_eq!(site.ids(&results), ["i1"]);
    let severities = &results.facets.iter().find(|(facet, _)| *facet == super::Facet::Severity).unwrap().1;
    assert_eq!(severities, &[("SEV2".to_owned(), 2), ("SEV1".to_owned(), 1)]);
}

#[test]
fn what_fixed_it_is_found_and_named() {
    let mut fixed = incident("fixed", "2024-01-01", "Hub down", "Nobody could log in.");
    let text = "restarted the proxy".to_owned();
    fixed.fix = Some(Stated { text, from: "front matter", span: Span::at(5) });
    let site = Site::new(vec![fixed]);
    assert_eq!(site.passage("proxy"), "Fixed by #: restarted the [proxy]");
}

#[test]
fn a_pasted_log_is_reduced_to_what_is_rare_in_it() {
    let site = hub();
    let log = "2024-01-10T10:00:00Z ERROR [main] org.postgresql.util.PSQLException: FATAL: remaining connection slots are\n\
               reserved for non-replication superuser connections\n    at org.postgresql.Driver.connect(Driver.java:285)";
    let results = site.ask(&Request::new(log));
    assert_eq!(site.ids(&results), ["pool"]);
    assert!(results.reduced.contains(&"slots".to_owned()), "{:?}", results.reduced);
    assert_eq!(site.ask(&Request::new("one\nzebra")).total, 1, "a paste of which one known word is left");
}

#[test]
fn synonyms_mean_the_same_either_way_round() {
    let mut config = SiteConfig::default();
    config.search.synonyms = [("k8s".to_owned(), vec!["kubernetes".to_owned()])].into();
    let site = Site::with(
        vec![
            incident("long", "2024-01-01", "One", "The kubernetes upgrade failed."),
            incident("short", "2024-01-02", "Two", "The k8s upgrade failed."),
        ],
        config,
    );
    assert_eq!(site.find("k8s"), ["short", "long"]);
    assert_eq!(site.find("kubernetes"), ["long", "short"]);
}

#[test]
fn words_without_spaces_are_found_in_pairs() {
    let site = Site::new(vec![
        incident("zh", "2024-01-01", "数据库连接耗尽", "连接池已满。"),
        incident("ja", "2024-01-02", "データベース障害", "接続プールが枯渇した。"),
    ]);
    assert_eq!(site.find("数据库"), ["zh"]);
    assert_eq!(site.find("データベース"), ["ja"]);
    assert_eq!(site.find("据数"), [""; 0]);
}

#[test]
fn an_excluded_document_is_not_found() {
    let mut config = SiteConfig::default();
    config.search.exclude = vec!["secret/**".to_owned()];
    let site = Site::with(
        vec![
            incident("secret/a", "2024-01-01", "Disk full", "No space."),
            incident("b", "2024-01-02", "Disk full", "No space."),
        ],
        config,
    );
    assert_eq!(site.find("disk"), ["b"]);
    assert_eq!(site.find(""), ["b"]);
    assert_eq!(site.find("year:2024"), ["b"]);
}

#[test]
fn nothing_asked_shows_everything_newest_first() {
    assert_eq!(hub().find(""), ["lost", "node", "pool"]);
    assert_eq!(Site::new(Vec::new()).find("anything"), [""; 0]);
}

#[test]
fn what_was_written_to_a_directory_opens_again() {
    let site = hub();
    let directory = tantivy::directory::RamDirectory::create();
    Index::build(&site.edition, &site.config, TODAY, Box::new(directory.clone())).unwrap();
    let opened = Index::open(&site.edition, &site.config, TODAY, Box::new(directory)).unwrap();
    let request = Request { typing: true, ..Request::new("slots reser") };
    let results = opened.search(&site.edition, &site.config, &request).unwrap();
    assert_eq!(site.ids(&results), ["pool"]);
}

#[test]
fn pages_of_results_follow_each_other() {
    let many =
        (1..=9).map(|n| incident(&format!("i{n}"), &format!("2024-01-0{n}"), "Disk full", "No space left."));
    let site = Site::new(many.collect());
    let page = |offset| site.ask(&Request { offset, limit: 4, ..Request::new("disk") });
    assert_eq!(site.ids(&page(0)), ["i9", "i8", "i7", "i6"]);
    assert_eq!(site.ids(&page(4)), ["i5", "i4", "i3", "i2"]);
    assert_eq!((site.ids(&page(8)), page(8).total, site.ids(&page(99))), (vec!["i1"], 9, vec![]));
}

#[test]
fn the_answer_has_the_promised_shape() {
    let site = hub();
    let results = site.ask(&Request::new("nodelost"));
    let answer =
        Answer::new(&site.edition, "nodelost", &results, &|one| format!("incidents/{}.html", one.slug));
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(
        (&json["version"], &json["query"], &json["total"]),
        (&1.into(), &"nodelost".into(), &1.into())
    );
    let hit = &json["hits"][0];
    for key in
        ["id", "slug", "url", "title", "date", "severity", "components", "open_actions", "fix", "score"]
    {
        assert!(hit.get(key).is_some(), "{key}");
    }
    assert_eq!(hit["url"], "incidents/node.html");
    assert_eq!(hit["passage"]["anchor"], "t2");
    assert_eq!(hit["passage"]["runs"][1], serde_json::json!(["NodeLost", true]));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]

    #[test]
    fn any_query_has_a_result(text in r#"([a-z]{1,8}|[\PC]{0,6}|NOT |OR |AND |"|\(|\)|-|\+|\*|\^|:|title:|component:|after:|date:>=|2024|NodeLost|pool| |\n){0,24}"#) {
        let site = small();
        for typing in [false, true] {
            let results = site.ask(&Request { typing, facets: true, ..Request::new(&text) });
            proptest::prop_assert_eq!(results.hits.len(), 10.min(results.total + results.partial));
        }
    }
}

fn small() -> &'static Site {
    static SITE: std::sync::OnceLock<Site> = std::sync::OnceLock::new();
    SITE.get_or_init(hub)
}
