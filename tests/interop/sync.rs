//! `kb sync`, from the postmortems over the trackers to the pages.

use super::server::{Asked, Reply, Server};
use crate::site_test::{Outcome, SiteTest, TODAY};
use serde_json::{Value, json};
use snapbox::str;
use std::time::{Duration, Instant};

const REPORT: &str = "---\ndate: 2026-03-14\nvisibility: public\n---\n# Deploy took the API down\n\n## Action items\n\n\
    | Action | Owner | Ticket | Due | Status |\n|---|---|---|---|---|\n\
    | Remove the flag | @ana | ENG-441 | 2026-04-01 | Done |\n\
    | Check health in CI | @bo | ENG-442 | 2026-04-01 | Open |\n\
    | Runbook | @cy | acme/ops#443 | 2026-04-01 | |\n\
    | Drill | @di | ENG-9 | 2026-04-01 | Open |\n";

fn issue(id: u64, key: &str, category: &str, status: &str, resolution: Option<&str>) -> Value {
    json!({"id": id.to_string(), "key": key, "fields": {"summary": format!("About {key}"),
        "status": {"name": status, "statusCategory": {"key": category}},
        "resolution": resolution.map(|name| json!({"name": name})),
        "resolutiondate": resolution.map(|_| "2026-05-20T16:04:11.000+0000")}})
}

/// A Jira Data Center and a GitHub.
fn trackers(asked: &Asked, _: usize) -> Reply {
    match asked.path.split('?').next().unwrap() {
        "/rest/api/2/search" => Reply::json(
            200,
            &json!({"total": 2, "issues": [issue(1, "ENG-441", "indeterminate", "In Review", None),
                issue(2, "ENG-442", "done", "Closed", Some("Won't Do"))]}),
        ),
        "/rest/api/2/issue/ENG-9" => Reply::new(404, "{}"),
        "/repos/acme/ops/issues/443" => Reply::json(
            200,
            &json!({"number": 443, "title": "Runbook", "state": "closed", "state_reason": "completed",
                "closed_at": "2026-05-02T08:00:00Z", "html_url": "https://github.com/acme/ops/issues/443"}),
        ),
        path => panic!("asked for {path}"),
    }
}

fn project(server: &Server) -> SiteTest {
    let url = &server.url;
    SiteTest::new()
        .file(
            "site.toml",
            format!(
                "[trackers.eng]\nkind = 'jira'\nurl = '{url}'\nprefixes = ['ENG']\ntoken_env = 'ENG_TOKEN'\n\
                 [trackers.gh]\nkind = 'github'\nrepositories = ['acme/ops']\napi = '{url}'\n"
            ),
        )
        .file("content/a.md", REPORT)
}

#[track_caller]
fn sync(site: &SiteTest, arguments: &[&str]) -> Outcome {
    let all: Vec<&str> = ["sync", "--allow-private"].iter().chain(arguments).copied().collect();
    let mut command = site.command(&all);
    for name in ["GITHUB_TOKEN", "GH_TOKEN", "JIRA_PAT", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
    {
        command.env_remove(name);
    }
    site.outcome(command.env("ENG_TOKEN", "s3cret-token").env("SOURCE_DATE_EPOCH", "1795500000"))
}

#[test]
fn tickets_are_asked_for_kept_and_shown() {
    let server = Server::start(trackers);
    let site = project(&server);
    sync(&site, &[]).fine().stdout(str![[r#"
ENG-441  in-progress (In Review)
ENG-442  cancelled (Won't Do), closed 2026-05-20
ENG-9  not found, or not visible to this token
acme/ops#443  done (completed), closed 2026-05-02

"#]]);
    snapbox::assert_data_eq!(
        site.read("tickets.json"),
        str![[r#"
{
  "version": 1,
  "tickets": [
    {
      "tracker": "eng",
      "key": "ENG-9",
      "state": "unknown",
      "visibility_error": "missing",
      "fetched_at": "2026-11-24T06:00:00Z"
    },
    {
      "tracker": "eng",
      "key": "ENG-441",
      "id": "1",
      "url": "http://127.0.0.1:[..]/browse/ENG-441",
      "title": "About ENG-441",
      "state": "in-progress",
      "reason": "In Review",
      "fetched_at": "2026-11-24T06:00:00Z"
    },
    {
      "tracker": "eng",
      "key": "ENG-442",
      "id": "2",
      "url": "http://127.0.0.1:[..]/browse/ENG-442",
      "title": "About ENG-442",
      "state": "cancelled",
      "reason": "Won't Do",
      "closed_at": "2026-05-20T16:04:11Z",
      "fetched_at": "2026-11-24T06:00:00Z"
    },
    {
      "tracker": "gh",
      "key": "acme/ops#443",
      "url": "https://github.com/acme/ops/issues/443",
      "title": "Runbook",
      "state": "done",
      "reason": "completed",
      "closed_at": "2026-05-02T08:00:00Z",
      "fetched_at": "2026-11-24T06:00:00Z"
    }
  ]
}

"#]]
    );
    assert_eq!(server.asked()[0].headers["authorization"], "Bearer s3cret-token");
    assert!(
        server
            .asked()
            .iter()
            .filter(|one| one.path.starts_with("/repos"))
            .all(|one| !one.headers.contains_key("authorization"))
    );

    // The ticket decides on state and closing date, in every figure and on every page.
    let export: Value = serde_json::from_str(&site.run(&["export", "--as-of", TODAY]).fine().stdout).unwrap();
    let actions = export["incidents"][0]["actions"].as_array().unwrap();
    let states: Vec<(&str, &str)> = actions
        .iter()
        .map(|one| (one["state"].as_str().unwrap(), one["state_from"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(
        states,
        [("in-progress", "ticket"), ("cancelled", "ticket"), ("done", "ticket"), ("open", "status column")]
    );
    site.build().fine();
    let page = site.read("dist/internal/incidents/a.html");
    for text in [
        "In progress (In Review)",
        "the report says: Done",
        "Dropped (Won&#39;t Do)",
        "not found",
        "Tickets were last read a day ago.",
    ] {
        assert!(page.contains(text), "{text}\n{page}");
    }
    let data: Value = serde_json::from_str(&site.read("dist/internal/api/v1/actions.json")).unwrap();
    let closed: Vec<&Value> = data["actions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["closed"])
        .filter(|day| day.is_string())
        .collect();
    assert_eq!(closed, ["2026-05-20", "2026-05-02"]);
    let found =
        site.run(&["check", "--as-of", TODAY]).stderr + &site.run(&["check", "--as-of", TODAY]).stdout;
    assert!(found.contains("row says done, ENG-441 is in-progress (In Review)"), "{found}");
    assert!(found.contains("row says open, ENG-442 is cancelled (Won't Do)"), "{found}");
}

#[test]
fn the_public_reads_states_and_no_tickets() {
    let server = Server::start(trackers);
    let site = project(&server);
    sync(&site, &[]).fine();
    site.run(&["build", "--audience", "public", "--as-of", TODAY]).fine();
    for (name, bytes) in site.bytes("dist/public") {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["ENG-441", "acme/ops", "In Review", "About ENG", "s3cret"] {
            assert!(!text.contains(word), "{name} says {word}");
        }
    }
    let page = site.read("dist/public/incidents/a.html");
    assert!(page.contains("Overdue") && page.contains("Dropped"), "{page}");
}

#[test]
fn no_token_is_told_or_kept() {
    let server =
        Server::start(|_, _| Reply::json(401, &json!({"message": "token s3cret-token is not known"})));
    let site = project(&server);
    let outcome = sync(&site, &[]).code(1);
    assert!(
        outcome.stderr.contains("tracker `eng` could not be asked: the token is not accepted (401)"),
        "{}",
        outcome.stderr
    );
    for text in [&outcome.stdout, &outcome.stderr] {
        assert!(!text.contains("s3cret"), "{text}");
    }
    assert_eq!(site.list("."), "content/a.md\nsite.toml\n");
}

#[test]
fn one_tracker_that_fails_does_not_keep_the_others_from_being_asked() {
    let server = Server::start(|asked, number| {
        if asked.path.starts_with("/rest") {
            Reply::new(500, "oops").header("retry-after", "0")
        } else {
            trackers(asked, number)
        }
    });
    let site = project(&server);
    let old = r#"{"version":1,"tickets":[{"tracker":"eng","key":"ENG-441","state":"open","fetched_at":"2026-01-01T00:00:00Z"}]}"#;
    site.write("tickets.json", old);
    let outcome = sync(&site, &[]).code(1);
    assert!(
        outcome.stderr.contains("tracker `eng` could not be asked: it answers with status 500"),
        "{}",
        outcome.stderr
    );
    assert_eq!(outcome.stdout, "acme/ops#443  done (completed), closed 2026-05-02\n");
    let kept: Value = serde_json::from_str(&site.read("tickets.json")).unwrap();
    assert_eq!(kept["tickets"][0]["key"], "ENG-441");
    assert_eq!(kept["tickets"][0]["fetched_at"], "2026-01-01T00:00:00Z");
}

#[test]
fn a_server_that_is_asked_too_often_is_left_alone_for_as_long_as_it_says() {
    let server = Server::start(|asked, number| {
        if number == 0 { Reply::new(429, "").header("retry-after", "1") } else { trackers(asked, number) }
    });
    let site = project(&server);
    let begun = Instant::now();
    sync(&site, &["--tracker", "eng"]).fine();
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let server = Server::start(|_, _| Reply::new(429, "").header("retry-after", "3600"));
    let outcome = sync(&project(&server), &["--tracker", "eng"]).code(1);
    assert!(outcome.stderr.contains("it asks to wait 3600 s"), "{}", outcome.stderr);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_dry_run_asks_and_writes_nothing() {
    let server = Server::start(trackers);
    let site = project(&server);
    let outcome = sync(&site, &["--dry-run"]).fine();
    assert_eq!(outcome.stdout.lines().count(), 4);
    assert!(outcome.stderr.contains("4 would change; `tickets.json` is as it was"), "{}", outcome.stderr);
    assert_eq!(site.list("."), "content/a.md\nsite.toml\n");
}

#[test]
fn what_was_just_asked_is_not_asked_again() {
    let server = Server::start(trackers);
    let site = project(&server);
    sync(&site, &[]).fine();
    let (first, asked) = (site.read("tickets.json"), server.asked().len());
    let outcome = sync(&site, &[]).fine();
    // Only the one that could not be seen.
    assert!(outcome.stderr.contains("asked for 1 ticket: 0 changed"), "{}", outcome.stderr);
    assert_eq!(server.asked().len(), asked + 2);
    assert_eq!(site.read("tickets.json"), first);
    sync(&site, &["--all"]).fine();
    assert_eq!(site.read("tickets.json"), first);
}

#[test]
fn wrong_use_is_told() {
    let site = SiteTest::new().file("content/a.md", REPORT);
    site.run(&["sync"]).code(2).stderr(str![[r#"
error: `site.toml` has no tracker and no source; describe one under `[trackers.<name>]` or `[sources.<name>]`

"#]]);
    let server = Server::start(trackers);
    project(&server).run(&["sync", "--tracker", "emg"]).code(2).stderr(str![[r#"
error: unknown tracker `emg`; did you mean `eng`

"#]]);
    let outcome = project(&server).run(&["sync", "--tracker", "eng"]).code(1);
    assert!(outcome.stderr.contains("`--allow-private` lets kb go there"), "{}", outcome.stderr);
    assert!(server.asked().is_empty());
}

#[test]
fn a_broken_snapshot_is_a_warning_and_a_build_goes_on() {
    let site = SiteTest::new().file("content/a.md", REPORT).file("tickets.json", "{\"version\": 1, ");
    site.build().fine().stderr(str![[r#"
warning[tickets]: `tickets.json` is no JSON: EOF while parsing a value at line 1 column 15
...
"#]]);
}

#[test]
fn a_build_after_a_sync_is_the_same_whether_the_trackers_answer_or_not() {
    let server = Server::start(trackers);
    let site = project(&server);
    sync(&site, &[]).fine();
    let asked = server.asked().len();
    site.run(&["build", "--as-of", TODAY, "--out", "one"]).fine();
    // A proxy that nobody answers at: any attempt to reach a network would fail.
    let mut command = site.command(&["build", "--as-of", TODAY, "--out", "two"]);
    site.outcome(command.env("HTTP_PROXY", "http://127.0.0.1:9").env("HTTPS_PROXY", "http://127.0.0.1:9"))
        .fine();
    assert_eq!(site.bytes("one"), site.bytes("two"));
    assert_eq!(server.asked().len(), asked);
}

/// Bodies are masked before anything reads them, so that no error, no log and no file can hold what was repeated.
#[test]
fn a_token_that_a_server_repeats_is_nowhere_shown() {
    let echoes = [
        Reply::json(422, &json!({"errorMessages": ["no such token: s3cret-token"]})),
        Reply::json(418, &json!({"message": "s3cret\u{2d}token"})),
        Reply::new(302, "").header("location", "https://s3cret-token.example/"),
        Reply::new(302, "").header("location", "gopher://s3cret-token"),
        Reply::json(200, &json!({"total": 1, "issues": [issue(1, "ENG-441", "new", "s3cret-token", None)]})),
    ];
    for echo in echoes {
        let server = Server::start(move |asked, _| {
            if asked.path.starts_with("/rest/api/2/search") { echo.clone() } else { Reply::new(404, "{}") }
        });
        let site = project(&server);
        let outcome = sync(&site, &["--tracker", "eng"]);
        let kept =
            if site.list(".").contains("tickets.json") { site.read("tickets.json") } else { String::new() };
        for text in [&outcome.stdout, &outcome.stderr, &kept] {
            assert!(!text.contains("s3cret"), "{text}");
        }
        assert!(
            format!("{}{}{kept}", outcome.stdout, outcome.stderr).contains("[token]"),
            "{}",
            outcome.stderr
        );
    }
}

#[test]
fn a_run_that_is_cut_off_goes_on_where_it_was() {
    let rows: Vec<String> = (1..=150).map(|n| format!("- [ ] Do it @ana ENG-{n} due 2026-04-01")).collect();
    let rows = rows.join("\n");
    let report = format!("---\ndate: 2026-03-14\n---\n# Many promises\n\n## Action items\n\n{rows}");
    let seen = |asked: &Asked| asked.path == "/rest/api/2/search";
    let answer = move |asked: &Asked, number: usize, hangs: bool| {
        assert!(seen(asked), "{asked:?}");
        let all: Vec<Value> = (1..=150).map(|n| issue(n, &format!("ENG-{n}"), "new", "New", None)).collect();
        let reply = Reply::json(200, &json!({"total": 150, "issues": all}));
        let pause = if hangs && number > 0 { Duration::from_secs(30) } else { Duration::ZERO };
        Reply { pause, ..reply }
    };
    let stuck = Server::start(move |asked, number| answer(asked, number, true));
    let site = project(&stuck).file("content/a.md", report);
    let mut command = site.command(&["sync", "--allow-private", "--tracker", "eng"]);
    let mut child = command.env("ENG_TOKEN", "x").env("SOURCE_DATE_EPOCH", "1795500000").spawn().unwrap();
    let begun = Instant::now();
    while !(stuck.asked().len() == 2 && site.list(".").contains("tickets.json")) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", stuck.asked());
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let kept: Value = serde_json::from_str(&site.read("tickets.json")).unwrap();
    assert_eq!(kept["tickets"].as_array().unwrap().len(), 100);

    let well = Server::start(move |asked, number| answer(asked, number, false));
    site.write("site.toml", site.read("site.toml").replace(&stuck.url, &well.url));
    let outcome = sync(&site, &["--tracker", "eng"]).fine();
    assert!(outcome.stderr.contains("asked for 50 tickets"), "{}", outcome.stderr);
    assert_eq!(well.asked().len(), 1);
}
