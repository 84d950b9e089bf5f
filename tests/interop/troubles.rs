//! Every system in every kind of trouble: it is told in words, nothing is written, and no token shows.

use super::server::{Reply, Server};
use crate::site_test::SiteTest;

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
