//! What trackers answer, in the shapes that their documentation shows, and what becomes of it.

use super::*;
use crate::interop::web::{Answer, Request};
use crate::model::ActionState;
use serde_json::{Value, json};
use std::cell::RefCell;

/// Answers from a list, in order, and remembers what was asked.
struct Script {
    answers: RefCell<Vec<Answer>>,
    asked: RefCell<Vec<Request>>,
}

impl Script {
    fn new(answers: Vec<(u16, Value)>) -> Self {
        let answer = |(status, body): (u16, Value)| Answer {
            status,
            body: body.to_string().into_bytes(),
            ..Answer::default()
        };
        Self {
            answers: RefCell::new(answers.into_iter().rev().map(answer).collect()),
            asked: RefCell::new(Vec::new()),
        }
    }

    fn bodies(&self) -> Vec<Value> {
        let asked = self.asked.borrow();
        asked.iter().map(|one| serde_json::from_str(one.body.as_deref().unwrap_or("null")).unwrap()).collect()
    }

    fn paths(&self) -> Vec<String> {
        self.asked.borrow().iter().map(|one| one.address.path.clone()).collect()
    }
}

impl Web for Script {
    fn ask(&self, request: &Request) -> Result<Answer, Failure> {
        self.asked.borrow_mut().push(request.clone());
        self.answers.borrow_mut().pop().ok_or_else(|| Failure::Silent("nothing is left to say".into()))
    }
}

fn tracker(text: &str) -> Tracker {
    toml::from_str(text).unwrap()
}

fn source(settings: &Tracker) -> Source<'_> {
    Source {
        name: "t",
        settings,
        token: Token::new("secret"),
        user: None,
        now: "2026-11-28T00:00:00Z".parse().unwrap(),
    }
}

fn ask_for(keys: &[&str], source: &Source<'_>, web: &Script) -> (Tickets, Outcome) {
    let mut tickets = Tickets::default();
    let outcome = again(keys, source, web, &mut tickets);
    (tickets, outcome)
}

fn again(keys: &[&str], source: &Source<'_>, web: &Script, tickets: &mut Tickets) -> Outcome {
    let wanted = keys.iter().map(|key| Wanted { key: (*key).into(), known: tickets.get("t", key).cloned() });
    let wanted = BTreeMap::from([("t".to_owned(), wanted.collect())]);
    let sources = std::slice::from_ref(source);
    sync::<()>(tickets, sources, &wanted, web, &mut |_, _| Ok(())).unwrap()
}

/// `ENG-1 done (Done) 2026-03-20`
fn line(tickets: &Tickets, key: &str) -> String {
    let Some(record) = tickets.get("t", key) else { return format!("{key} not there") };
    let mut line = format!("{} {}", record.key, record.state.word());
    if let Some(reason) = &record.reason {
        line += &format!(" ({reason})");
    }
    if let Some(at) = record.closed_at {
        line += &format!(" {at}");
    }
    if let Some(why) = record.visibility_error {
        line += &format!(" {}", why.word());
    }
    line
}

fn jira_issue(id: &str, key: &str, category: &str, resolution: Option<&str>) -> Value {
    json!({"id": id, "key": key, "fields": {"summary": "Remove the flag",
        "status": {"name": "Erledigt", "statusCategory": {"id": 3, "key": category, "name": "Done"}},
        "resolution": resolution.map(|name| json!({"name": name})), "duedate": "2026-03-21",
        "created": "2026-03-14T16:40:00.000+0000", "resolutiondate": resolution.map(|_| "2026-03-20T16:04:11.000+0000"),
        "assignee": {"displayName": "Alice"}, "priority": {"name": "High"}}})
}

#[test]
fn a_token_of_jira_cloud_needs_its_address_and_none_is_told() {
    let settings = tracker(JIRA);
    let web = Script::new(vec![]);
    let (_, outcome) = ask_for(&["ENG-441"], &source(&settings), &web);
    let [(_, Failure::Refused(why))] = outcome.failed.as_slice() else { panic!("{:?}", outcome.failed) };
    assert!(why.contains("`JIRA_EMAIL`") && web.paths().is_empty(), "{why}");
    let web = Script::new(vec![(401, json!({}))]);
    let (_, outcome) = ask_for(&["ENG-441"], &Source { token: None, ..source(&settings) }, &web);
    let [(_, Failure::Refused(why))] = outcome.failed.as_slice() else { panic!("{:?}", outcome.failed) };
    assert!(why.contains("none is set in `JIRA_API_TOKEN`"), "{why}");
    assert_eq!(web.paths(), ["/rest/api/3/issue/bulkfetch"]);
}

const JIRA: &str = "kind = 'jira'\nurl = 'https://acme.atlassian.net'\nprefixes = ['ENG']";
const DATA_CENTER: &str = "kind = 'jira'\nurl = 'https://jira.acme.example'\nprefixes = ['ENG']";

#[test]
fn jira_cloud_is_asked_at_once_and_what_is_left_over_one_by_one() {
    let settings = tracker(JIRA);
    let cloud = Source { user: Some("a@acme.example".into()), ..source(&settings) };
    let web = Script::new(vec![
        (
            200,
            json!({"issues": [jira_issue("10441", "ENG-441", "done", Some("Done")),
                jira_issue("10442", "ENG-442", "done", Some("Won’t Do")),
                jira_issue("10443", "OPS-17", "indeterminate", None)], "issueErrors": []}),
        ),
        (200, jira_issue("10443", "OPS-17", "indeterminate", None)),
        (404, json!({"errorMessages": ["Issue does not exist or you do not have permission to see it."]})),
        (403, json!({})),
    ]);
    let (mut tickets, outcome) =
        ask_for(&["ENG-441", "ENG-442", "ENG-443", "ENG-444", "ENG-445"], &cloud, &web);
    assert!(outcome.failed.is_empty(), "{:?}", outcome.failed);
    assert_eq!(line(&tickets, "ENG-441"), "ENG-441 done (Done) 2026-03-20T16:04:11Z");
    assert_eq!(line(&tickets, "ENG-442"), "ENG-442 cancelled (Won’t Do) 2026-03-20T16:04:11Z");
    assert_eq!(line(&tickets, "ENG-443"), "OPS-17 in-progress (Erledigt)");
    assert_eq!(line(&tickets, "ENG-444"), "ENG-444 unknown missing");
    assert_eq!(line(&tickets, "ENG-445"), "ENG-445 unknown forbidden");
    assert_eq!(
        web.bodies()[0]["issueIdsOrKeys"],
        json!(["ENG-441", "ENG-442", "ENG-443", "ENG-444", "ENG-445"])
    );
    assert_eq!(web.asked.borrow()[0].address.path, "/rest/api/3/issue/bulkfetch");
    // The second time a moved ticket is asked for by the number that a move does not change.
    let web =
        Script::new(vec![(200, json!({"issues": [jira_issue("10443", "SEC-1", "done", Some("Done"))]}))]);
    again(&["ENG-443"], &cloud, &web, &mut tickets);
    assert_eq!(web.bodies()[0]["issueIdsOrKeys"], json!(["10443"]));
    for name in ["ENG-443", "OPS-17", "SEC-1"] {
        assert_eq!(line(&tickets, name), "SEC-1 done (Done) 2026-03-20T16:04:11Z");
    }
}

#[test]
fn a_data_center_that_refuses_a_search_is_asked_in_halves() {
    let settings = tracker(DATA_CENTER);
    let found = |key: &str| (200, json!({"total": 1, "issues": [jira_issue("1", key, "new", None)]}));
    let refused =
        || (400, json!({"errorMessages": ["The value 'ENG-9' does not exist for the field 'key'."]}));
    let web = Script::new(vec![refused(), refused(), found("ENG-1"), (404, json!({}))]);
    let (tickets, outcome) = ask_for(&["ENG-1", "ENG-9"], &source(&settings), &web);
    assert!(outcome.failed.is_empty(), "{:?}", outcome.failed);
    assert_eq!(line(&tickets, "ENG-1"), "ENG-1 open (Erledigt)");
    assert_eq!(line(&tickets, "ENG-9"), "ENG-9 unknown missing");
    assert_eq!(web.bodies()[0]["jql"], "key in (\"ENG-1\",\"ENG-9\")");
}

#[test]
fn a_search_with_pages_is_read_to_its_end() {
    let settings = tracker(DATA_CENTER);
    let page = |key: &str| (200, json!({"total": 2, "issues": [jira_issue(key, key, "new", None)]}));
    let web = Script::new(vec![page("ENG-1"), page("ENG-2")]);
    let (tickets, _) = ask_for(&["ENG-1", "ENG-2"], &source(&settings), &web);
    assert_eq!(line(&tickets, "ENG-2"), "ENG-2 open (Erledigt)");
    assert_eq!(web.bodies()[1]["startAt"], 1);
}

#[test]
fn the_resolutions_that_mean_dropped_can_be_chosen() {
    let settings = tracker(&format!("{JIRA}\ncancelled = ['Geparkt']"));
    let source = source(&settings);
    for (resolution, state) in [("Geparkt", ActionState::Cancelled), ("Won't Do", ActionState::Done)] {
        let Told::Seen(record) = jira::issue_of(&source, &jira_issue("1", "ENG-1", "done", Some(resolution)))
        else {
            panic!("not seen")
        };
        assert_eq!(record.state, state);
    }
}

const LINEAR: &str = "kind = 'linear'\nurl = 'https://linear.app/acme'\nprefixes = ['ENG']";

fn linear_issue(key: &str, earlier: &[&str], kind: &str, name: &str) -> Value {
    json!({"id": format!("uuid-{key}"), "identifier": key, "previousIdentifiers": earlier, "title": "Health check",
        "url": format!("https://linear.app/acme/issue/{key}/x"), "priorityLabel": "High", "dueDate": "2026-03-28",
        "createdAt": "2026-03-14T16:41:00.000Z", "completedAt": (kind == "completed").then_some("2026-05-01T00:00:00.000Z"),
        "canceledAt": (kind == "canceled").then_some("2026-05-02T00:00:00.000Z"), "autoClosedAt": null,
        "state": {"name": name, "type": kind}, "assignee": {"displayName": "bob"}})
}

#[test]
fn linear_is_asked_by_team_with_the_archived_and_page_by_page() {
    let settings = tracker(LINEAR);
    let page = |issue: Value, more: bool| {
        let cursor = if more { json!("c1") } else { Value::Null };
        (
            200,
            json!({"data": {"issues": {"nodes": [issue], "pageInfo": {"hasNextPage": more, "endCursor": cursor}}}}),
        )
    };
    let web = Script::new(vec![
        page(linear_issue("ENG-1", &["OPS-17"], "started", "In Review"), true),
        page(linear_issue("ENG-2", &[], "completed", "Done"), false),
        (200, json!({"data": {"issue": linear_issue("SEC-3", &["ENG-3"], "duplicate", "Duplicate")}})),
        (200, json!({"errors": [{"message": "Entity not found: Issue"}], "data": null})),
    ]);
    let (tickets, outcome) = ask_for(&["ENG-1", "ENG-2", "ENG-3", "ENG-4"], &source(&settings), &web);
    assert!(outcome.failed.is_empty(), "{:?}", outcome.failed);
    assert_eq!(line(&tickets, "OPS-17"), "ENG-1 in-progress (In Review)");
    assert_eq!(line(&tickets, "ENG-2"), "ENG-2 done (Done) 2026-05-01T00:00:00Z");
    assert_eq!(line(&tickets, "ENG-3"), "SEC-3 cancelled (Duplicate)");
    assert_eq!(line(&tickets, "ENG-4"), "ENG-4 unknown missing");
    let bodies = web.bodies();
    assert_eq!(bodies[0]["variables"], json!({"team": "ENG", "nums": [1, 2, 3, 4], "after": null}));
    assert_eq!(bodies[1]["variables"]["after"], "c1");
    assert!(bodies[0]["query"].as_str().unwrap().contains("includeArchived:true"));
}

#[test]
fn what_linear_closed_by_itself_nobody_did() {
    let settings = tracker(LINEAR);
    let mut issue = linear_issue("ENG-1", &[], "completed", "Done");
    issue["autoClosedAt"] = json!("2026-05-03T00:00:00.000Z");
    let Told::Seen(record) = linear::issue_of(&source(&settings), &issue) else { panic!("not seen") };
    assert_eq!(record.state, ActionState::Cancelled);
}

#[test]
fn a_refusal_that_rides_on_200_is_one() {
    let settings = tracker(LINEAR);
    let refusal = json!({"errors": [{"message": "no", "extensions": {"code": "AUTHENTICATION_ERROR"}}]});
    let (_, outcome) = ask_for(&["ENG-1"], &source(&settings), &Script::new(vec![(200, refusal)]));
    assert_eq!(outcome.failed, [("t".to_owned(), Failure::Unauthorised)]);
}

const GITHUB: &str = "kind = 'github'\nrepositories = ['acme/ops']";

fn github_issue(number: u64, state: &str, reason: Option<&str>) -> Value {
    json!({"number": number, "title": "Runbook", "html_url": format!("https://github.com/acme/ops/issues/{number}"),
        "state": state, "state_reason": reason, "created_at": "2026-03-14T16:42:00Z",
        "closed_at": (state == "closed").then_some("2026-05-02T08:00:00Z"), "assignees": [{"login": "charlie"}],
        "milestone": {"due_on": "2026-06-01T07:00:00Z"}})
}

#[test]
fn github_without_a_token_is_asked_one_by_one() {
    let settings = tracker(GITHUB);
    let nobody = Source { token: None, ..source(&settings) };
    let mut moved = github_issue(9, "open", Some("reopened"));
    moved["html_url"] = json!("https://github.com/acme/platform/issues/9");
    let mut pull = github_issue(6, "closed", None);
    pull["pull_request"] = json!({"merged_at": null});
    let web = Script::new(vec![
        (200, github_issue(1, "closed", Some("completed"))),
        (200, github_issue(2, "closed", Some("not_planned"))),
        (200, moved),
        (404, json!({"message": "Not Found"})),
        (410, json!({"message": "This issue was deleted"})),
        (200, pull),
    ]);
    let keys = ["acme/ops#1", "acme/ops#2", "acme/ops#3", "acme/ops#4", "acme/ops#5", "acme/ops#6"];
    let (tickets, outcome) = ask_for(&keys, &nobody, &web);
    assert!(outcome.failed.is_empty(), "{:?}", outcome.failed);
    let lines: Vec<String> = keys.iter().map(|key| line(&tickets, key)).collect();
    assert_eq!(
        lines,
        [
            "acme/ops#1 done (completed) 2026-05-02T08:00:00Z",
            "acme/ops#2 cancelled (not planned) 2026-05-02T08:00:00Z",
            "acme/platform#9 open (reopened)",
            "acme/ops#4 unknown missing",
            "acme/ops#5 unknown gone",
            "acme/ops#6 cancelled (closed without being merged) 2026-05-02T08:00:00Z",
        ]
    );
    assert_eq!(web.paths()[0], "/repos/acme/ops/issues/1");
    assert!(web.asked.borrow().iter().all(|one| one.token.is_none()));
}

#[test]
fn github_with_a_token_is_asked_in_one_query() {
    let settings = tracker(GITHUB);
    let issue = |number: u64, state: &str, reason: Option<&str>| {
        json!({"__typename": "Issue", "number": number, "title": "Runbook", "state": state, "stateReason": reason,
            "url": format!("https://github.com/acme/ops/issues/{number}"), "createdAt": "2026-03-14T16:42:00Z",
            "closedAt": (state == "CLOSED").then_some("2026-05-02T08:00:00Z"), "assignees": {"nodes": []},
            "repository": {"nameWithOwner": "acme/ops"}})
    };
    let mut pull = issue(3, "", None);
    pull["__typename"] = json!("PullRequest");
    pull["pull"] = json!("MERGED");
    let web = Script::new(vec![
        (
            200,
            json!({"data": {"r0": {"i1": issue(1, "OPEN", None), "i2": issue(2, "CLOSED", Some("DUPLICATE")), "i3": pull, "i4": null}},
                "errors": [{"type": "NOT_FOUND", "path": ["r0", "i4"], "message": "Could not resolve to an issue"}]}),
        ),
        (404, json!({})),
    ]);
    let (tickets, outcome) =
        ask_for(&["acme/ops#1", "acme/ops#2", "acme/ops#3", "acme/ops#4"], &source(&settings), &web);
    assert!(outcome.failed.is_empty(), "{:?}", outcome.failed);
    assert_eq!(line(&tickets, "acme/ops#1"), "acme/ops#1 open");
    assert_eq!(line(&tickets, "acme/ops#2"), "acme/ops#2 cancelled (duplicate) 2026-05-02T08:00:00Z");
    assert_eq!(line(&tickets, "acme/ops#3"), "acme/ops#3 done (merged)");
    assert_eq!(line(&tickets, "acme/ops#4"), "acme/ops#4 unknown missing");
    assert_eq!(web.paths(), ["/graphql", "/repos/acme/ops/issues/4"]);
    let asked = &web.bodies()[0];
    assert_eq!(asked["variables"], json!({"o0": "acme", "n0": "ops"}));
    assert!(asked["query"].as_str().unwrap().contains("stateReason(enableDuplicate:true)"));
}

#[test]
fn an_enterprise_server_is_asked_at_its_own_paths() {
    let settings =
        tracker("kind = 'github'\nurl = 'https://git.acme.example/acme'\nrepositories = ['acme/ops']");
    let web = Script::new(vec![(200, json!({"data": {"r0": null}})), (404, json!({}))]);
    ask_for(&["acme/ops#4"], &source(&settings), &web);
    assert_eq!(web.paths(), ["/api/graphql", "/api/v3/repos/acme/ops/issues/4"]);
}

#[test]
fn what_cannot_be_seen_any_more_keeps_what_was_known() {
    let settings = tracker(GITHUB);
    let nobody = Source { token: None, ..source(&settings) };
    let web = Script::new(vec![(200, github_issue(1, "open", None))]);
    let (mut tickets, _) = ask_for(&["acme/ops#1"], &nobody, &web);
    let later = Source { now: "2026-12-01T00:00:00Z".parse().unwrap(), ..nobody };
    let outcome = again(&["acme/ops#1"], &later, &Script::new(vec![(404, json!({}))]), &mut tickets);
    assert_eq!(line(&tickets, "acme/ops#1"), "acme/ops#1 open missing");
    assert_eq!(tickets.get("t", "acme/ops#1").unwrap().fetched_at, "2026-11-28T00:00:00Z".parse().unwrap());
    assert_eq!(outcome.changes.len(), 1);
    let outcome = again(&["acme/ops#1"], &later, &Script::new(vec![(500, json!({}))]), &mut tickets);
    assert_eq!(outcome.failed.len(), 1);
    assert_eq!(line(&tickets, "acme/ops#1"), "acme/ops#1 open missing");
}

#[test]
fn only_what_may_have_changed_is_asked_for() {
    let now: Timestamp = "2026-11-28T00:00:00Z".parse().unwrap();
    let known = |key: &str, state: &str, closed: &str, fetched: &str| {
        let text = format!(
            r#"{{"tracker":"t","key":"{key}","state":"{state}","closed_at":{closed},"fetched_at":"{fetched}"}}"#
        );
        Wanted { key: key.into(), known: Some(Arc::new(serde_json::from_str(&text).unwrap())) }
    };
    let all = vec![
        known("A-1", "open", "null", "2026-11-27T23:55:00Z"),
        known("A-2", "open", "null", "2026-11-27T00:00:00Z"),
        known("A-3", "done", "\"2026-01-01T00:00:00Z\"", "2026-11-27T00:00:00Z"),
        known("A-4", "done", "\"2026-01-01T00:00:00Z\"", "2026-11-01T00:00:00Z"),
        known("A-5", "done", "\"2026-11-20T00:00:00Z\"", "2026-11-27T00:00:00Z"),
        Wanted { key: "A-6".into(), known: None },
    ];
    let keys: Vec<String> = choose(all, now).into_iter().map(|one| one.key).collect();
    assert_eq!(keys, ["A-6", "A-4", "A-2", "A-5"]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    /// Whatever comes back, there is a value and no panic; what is taken over is short and on one line.
    #[test]
    fn any_answer_gives_a_value(text in ".{0,80}", number in proptest::prelude::any::<i64>(), place in 0_usize..12, cut in 0_usize..400) {
        let odd = [json!(null), json!(text), json!(number), json!([text]), json!({"key": text}), json!(true)];
        for settings in [JIRA, LINEAR, GITHUB] {
            let settings = tracker(settings);
            let source = source(&settings);
            for mut issue in [jira_issue("1", "ENG-1", "done", Some("Done")), linear_issue("ENG-1", &["A-1"], "started", "x"), github_issue(1, "closed", None)] {
                for value in &odd {
                    let holder = if issue["fields"].is_object() { &mut issue["fields"] } else { &mut issue };
                    if let Some(field) = holder.as_object_mut().and_then(|all| all.values_mut().nth(place)) {
                        *field = value.clone();
                    }
                    for told in [jira::issue_of(&source, &issue), linear::issue_of(&source, &issue),
                        github::issue_of_rest(&source, "a/b#1", &issue), github::issue_of_query(&source, "a/b#1", &issue)] {
                        if let Told::Seen(record) = told {
                            proptest::prop_assert!(record.title.chars().count() <= 501 && !record.title.contains('\n'));
                        }
                    }
                }
                let whole = issue.to_string();
                let body = whole.as_bytes().get(..cut.min(whole.len())).unwrap_or_default().to_vec();
                let answer = Answer { status: 200, body, ..Answer::default() };
                let _ = answer.json();
            }
        }
    }
}

#[test]
fn a_limit_that_github_tells_with_status_200_is_one() {
    let settings = tracker("kind = 'github'\nrepositories = ['acme/ops']");
    let web = Script::new(vec![(
        200,
        json!({"errors": [{"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 1."}]}),
    )]);
    let wait = std::time::Duration::from_secs(1800);
    for answer in web.answers.borrow_mut().iter_mut() {
        (answer.exhausted, answer.wait) = (true, Some(wait));
    }
    let (_, outcome) = ask_for(&["acme/ops#1"], &source(&settings), &web);
    assert_eq!(outcome.failed, [("t".to_owned(), Failure::Throttled(wait))]);
    assert_eq!(web.paths().len(), 1, "the tickets are not asked for one by one");
}
