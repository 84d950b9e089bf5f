//! Every system in every kind of trouble: it is told in words, nothing is written, and no token shows.

use super::server::{Reply, Server};
use crate::site_test::SiteTest;
use serde_json::json;

/// What a server answers, and what is told of it.
fn troubles() -> Vec<(Reply, &'static str)> {
    vec![
        (Reply::new(401, "{}"), "not accepted (401)"),
        (Reply::new(403, "{}"), "may not read this (403)"),
        (Reply::new(404, "{}"), "not found (404)"),
        (Reply::new(410, "{}"), "deleted (410)"),
        (Reply::new(429, "{}").header("retry-after", "3600"), "it asks to wait 3600 s"),
        (Reply::new(200, "<html>Sign in</html>"), "the answer makes no sense"),
        (Reply::new(200, "{\"incidents\": [{\"id\": \"s3cret-token"), "the answer makes no sense"),
        (Reply::new(302, "").header("location", "https://elsewhere.example/"), "it leads to another host"),
    ]
}

#[test]
fn an_import_in_trouble_says_so_and_writes_nothing() {
    let systems = ["statuspage", "betterstack", "incidentio", "cstate", "feed", "pagerduty", "slack"];
    for system in systems {
        for (reply, told) in troubles() {
            let status = reply.status;
            let garbled = told.starts_with("the answer") && system == "feed";
            let server = Server::start(move |_, _| reply.clone());
            let site = SiteTest::new().file("site.toml", "").file("content/a.md", "# A\n");
            let from = match system {
                "pagerduty" => "Q1ABC7",
                "slack" => "C0123456",
                _ => server.url.as_str(),
            };
            let api = ["--api", &server.url, "--allow-private", "--token-env", "TOKEN"];
            let mut command = site.command(&[&["import", system, from], &api[..]].concat());
            let outcome = site.outcome(command.env("TOKEN", "s3cret-token")).code(1);
            // A feed reads what it can of anything; of nothing it says that there is nothing.
            let expected = if garbled { "holds no incident" } else { told };
            let said = outcome.stderr.contains(told) || outcome.stderr.contains(expected);
            assert!(said, "{system} {status}: {}", outcome.stderr);
            assert!(!outcome.stderr.contains("s3cret"), "{system} {status}: {}", outcome.stderr);
            assert_eq!(site.list("."), "content/a.md\nsite.toml\n", "{system} {status}");
        }
    }
}

#[test]
fn lists_without_end_end() {
    let site = || SiteTest::new().file("site.toml", "").file("content/a.md", "# A\n");
    let run = |site: &SiteTest, arguments: &[&str]| {
        let mut command = site.command(arguments);
        site.outcome(command.env("TOKEN", "s3cret-token"))
    };
    let slack = |next: fn(usize) -> String| {
        Server::start(move |_, number| {
            let message = json!({"user": "U1", "ts": format!("1773498{number:03}.000200"), "text": "again"});
            Reply::json(
                200,
                &json!({"ok": true, "messages": [message], "response_metadata": {"next_cursor": next(number)}}),
            )
        })
    };
    // The same page for ever, and another one for ever.
    for (next, most) in [((|_| "x".to_owned()) as fn(usize) -> String, 2), (|number| number.to_string(), 200)]
    {
        let server = slack(next);
        let arguments =
            ["import", "slack", "C0123456", "--api", &server.url, "--allow-private", "--token-env", "TOKEN"];
        let outcome = run(&site(), &arguments).code(1);
        assert!(outcome.stderr.contains("without end"), "{}", outcome.stderr);
        assert_eq!(server.asked().len(), most);
    }
    // A pager that never has enough, and tells every incident again and again.
    let server = Server::start(|asked, _| {
        let one =
            |n: usize| json!({"id": format!("Q{n}"), "title": "5xx", "created_at": "2020-01-01T00:00:00Z"});
        assert!(asked.path.starts_with("/incidents?"), "{asked:?}");
        Reply::json(200, &json!({"incidents": (0..100).map(one).collect::<Vec<_>>(), "more": true}))
    });
    let source = format!("[sources.p]\nkind = 'pagerduty'\napi = '{}'\nsince = '2026-01-01'\n", server.url);
    let site = site().file("site.toml", source);
    let outcome = run(&site, &["sync", "--allow-private"]).code(1);
    assert!(outcome.stderr.contains("its latest 10000 incidents and no more"), "{}", outcome.stderr);
    assert_eq!(server.asked().len(), 100);
    assert_eq!(outcome.stdout.lines().count(), 100, "each once");
}

#[test]
fn a_page_without_incidents_is_no_failure() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        "/api/v2/incidents.json" => Reply::json(200, &json!({"page": {"id": "x"}, "incidents": []})),
        _ => Reply::new(404, ""),
    });
    let source = format!("[sources.p]\nkind = 'page'\nurl = '{}'\n", server.url);
    let site = SiteTest::new().file("site.toml", source).file("content/a.md", "# A\n");
    let outcome = site.run(&["sync", "--allow-private"]).fine();
    assert!(outcome.stderr.contains("source `p` tells 0 incidents, 0 new"), "{}", outcome.stderr);
    let outcome = site.run(&["import", "page", &server.url, "--allow-private"]).code(1);
    assert!(outcome.stderr.contains("holds no incident"), "{}", outcome.stderr);
    assert!(site.run(&["coverage"]).fine().stderr.contains("0 of 0 known incidents have a postmortem"));
}

#[test]
fn who_gives_no_token_is_told_where_to_put_it() {
    let server = Server::start(|_, _| Reply::new(401, "{}"));
    let settings = format!(
        "[trackers.t]\nkind = 'linear'\napi = '{0}'\nprefixes = ['ENG']\ntoken_env = 'NO_SUCH_TOKEN'\n\
         [sources.p]\nkind = 'pagerduty'\napi = '{0}'\ntoken_env = 'NONE_HERE'\n",
        server.url
    );
    let report = "---\ndate: 2026-03-01\n---\n# A\n\n## Action items\n\n- [ ] Do it ENG-1\n";
    let site = SiteTest::new().file("site.toml", settings).file("content/a.md", report);
    let outcome = site.run(&["sync", "--allow-private"]).code(1);
    for words in
        ["it wants a token (401), and none is set in `NO_SUCH_TOKEN`", "none was sent: set NONE_HERE"]
    {
        assert!(outcome.stderr.contains(words), "{}", outcome.stderr);
    }
    assert_eq!(site.list("."), "content/a.md\nsite.toml\n", "nobody told anything, so nothing is kept");
}

#[test]
fn a_tracker_in_trouble_is_told_of_its_tickets_or_as_a_whole() {
    let report = "---\ndate: 2026-03-01\n---\n# A\n\n## Action items\n\n- [ ] Do it ENG-1\n- [ ] And that acme/ops#2\n";
    for kind in ["jira", "linear", "github"] {
        for (reply, told) in troubles() {
            let (status, body) = (reply.status, reply.body.clone());
            let server = Server::start(move |_, _| reply.clone());
            let names = if kind == "github" { "repositories = ['acme/ops']" } else { "prefixes = ['ENG']" };
            let url = if kind == "github" { String::new() } else { format!("url = '{}'\n", server.url) };
            let tracker = format!(
                "[trackers.t]\nkind = '{kind}'\n{url}api = '{}'\n{names}\ntoken_env = 'TOKEN'\n",
                server.url
            );
            let site = SiteTest::new().file("site.toml", tracker).file("content/a.md", report);
            let mut command = site.command(&["sync", "--allow-private"]);
            let outcome = site.outcome(command.env("TOKEN", "s3cret-token"));
            let all = format!("{}{}", outcome.stdout, outcome.stderr);
            let of_all = all.contains("tracker `t` could not be asked") && all.contains(told);
            let of_one = matches!(status, 403 | 404 | 410)
                && ["not found", "may not read it", "deleted"]
                    .iter()
                    .any(|words| outcome.stdout.contains(words));
            assert!(of_all || of_one, "{kind} {status} {body}: {all}");
            assert!(!all.contains("s3cret"), "{kind} {status}: {all}");
        }
    }
}
