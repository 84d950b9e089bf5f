//! `kb import`, from a system over the network or a saved file to a draft, and back again.

use super::server::{Asked, Reply, Server};
use crate::site_test::{Outcome, SiteTest};
use serde_json::{Value, json};

const SETTINGS: &str =
    "[components.api]\nname = 'API'\n[people.bob]\nname = 'Bob Lind'\nrole = 'on-call engineer'\n";

fn page(updates: &[(&str, &str, &str)]) -> Value {
    let update = |(id, at, body): &(&str, &str, &str)| json!({"id": id, "status": "update", "display_at": at, "body": body});
    json!({"incidents": [
        {"id": "p31", "name": "API outage", "impact": "major", "shortlink": "https://stspg.example/p31",
         "created_at": "2026-03-14T14:24:00Z", "resolved_at": "2026-03-14T15:20:00Z",
         "incident_updates": updates.iter().map(update).collect::<Vec<_>>()},
        {"id": "p30", "name": "Slow", "created_at": "2026-02-01T00:00:00Z"}]})
}

const TWO: [(&str, &str, &str); 2] =
    [("u1", "2026-03-14T14:23:00Z", "Errors."), ("u2", "2026-03-14T15:00:00Z", "A fix.")];

#[track_caller]
fn import(site: &SiteTest, arguments: &[&str]) -> Outcome {
    let all: Vec<&str> = ["import"].iter().chain(arguments).copied().collect();
    let mut command = site.command(&all);
    for name in ["PAGERDUTY_TOKEN", "SLACK_TOKEN", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(name);
    }
    site.outcome(command.env("TOKEN", "s3cret-token").env("SOURCE_DATE_EPOCH", "1795500000"))
}

fn site() -> SiteTest {
    SiteTest::new().file("site.toml", SETTINGS).file("content/old.md", "---\ndate: 2026-01-01\n---\n# Old\n")
}

const DRAFT: &str = "content/2026-03-14-api-outage.md";

#[test]
fn a_status_page_is_listed_imported_and_imported_again() {
    let server = Server::start(|asked, _| match asked.path.as_str() {
        "/api/v2/incidents.json" => Reply::json(200, &page(&TWO)),
        _ => Reply::new(404, ""),
    });
    let site = site();
    let url = format!("{}/incidents/p31", server.url);
    let listed = import(&site, &["page", &server.url, "--allow-private"]).fine();
    assert_eq!(listed.stdout, "p31  2026-03-14  API outage\np30  2026-02-01  Slow\n");
    let shown = import(&site, &["statuspage", &url, "--allow-private", "--dry-run"]).fine();
    assert!(shown.stdout.contains("2026-03-14 15:00 UTC Update – A fix."), "{}", shown.stdout);
    assert_eq!(site.list("content"), "old.md\n");
    assert_eq!(import(&site, &["statuspage", &url, "--allow-private"]).fine().stdout, format!("{DRAFT}\n"));
    let draft = site.read(DRAFT);
    for words in [
        "visibility: internal",
        "status: draft",
        "<!-- from statuspage/p31#u1 -->",
        "resolved: 2026-03-14T15:20:00Z",
    ] {
        assert!(draft.contains(words), "{words} in {draft}");
    }
    // The author works on it, renames it, and the page tells more.
    let edited = draft.replace("Errors.", "Checkouts fail.").replace("## Impact", "Ours.\n\n## Impact");
    std::fs::remove_file(site.path().join(DRAFT)).unwrap();
    site.write("content/renamed.md", &edited);
    let more = [&TWO[..], &[("u3", "2026-03-14T15:20:00Z", "Well.")]].concat();
    site.write("more.json", page(&more).to_string());
    let again = import(&site, &["statuspage", "more.json", "--id", "p31"]).fine();
    assert!(again.stderr.contains("1 event added, 2 kept as they are"), "{}", again.stderr);
    let merged = site.read("content/renamed.md");
    let without: Vec<&str> =
        merged.lines().filter(|line| !line.contains("#u3") && !line.contains("imported from")).collect();
    let before: Vec<&str> = edited.lines().filter(|line| !line.contains("imported from")).collect();
    assert_eq!(without, before);
    import(&site, &["statuspage", "more.json", "--id", "p31"]).fine();
    assert_eq!(site.read("content/renamed.md"), merged);
    assert!(
        import(&site, &["statuspage", "more.json"])
            .fine()
            .stdout
            .contains("API outage  → content/renamed.md")
    );
    // What came of it is a postmortem like any other.
    site.run(&["build", "--drafts"]).fine();
    let html = site.read("dist/internal/incidents/renamed.html");
    assert!(
        html.contains("2026-03-14 14:24–15:20 UTC (56 min)") && !html.contains("from statuspage"),
        "{html}"
    );
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let site = site().file(DRAFT, "# Another outage of that day\n").file("page.json", page(&TWO).to_string());
    let outcome = import(&site, &["statuspage", "page.json", "--id", "p31"]).code(2);
    assert!(outcome.stderr.contains("exists already"), "{}", outcome.stderr);
    assert_eq!(site.read(DRAFT), "# Another outage of that day\n");
    import(&site, &["statuspage", "page.json", "--id", "p31", "--into", DRAFT]).fine();
    assert!(
        site.read(DRAFT).starts_with("# Another outage of that day\n")
            && site.read(DRAFT).contains("Errors.")
    );
}

#[test]
fn of_all_incidents_one_that_cannot_be_written_does_not_stop_the_others() {
    let site = site().file(DRAFT, "# Another outage of that day\n").file("page.json", page(&TWO).to_string());
    let outcome = import(&site, &["statuspage", "page.json", "--all"]).code(1);
    assert_eq!(outcome.stdout, "content/2026-02-01-slow.md\n");
    assert!(
        outcome.stderr.contains("statuspage/p31: `content/2026-03-14-api-outage.md` exists already"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn a_page_of_unknown_kind_is_asked_where_pages_keep_things_and_for_its_feed() {
    let feed = "<feed><entry><id>9</id><title>Slow</title><published>2026-03-14T14:00:00Z</published><content>Bad.</content></entry></feed>";
    let server = Server::start(move |asked, _| match asked.path.as_str() {
        "/" => Reply::new(
            200,
            "<html><link rel=\"alternate\" type=\"application/atom+xml\" href=\"/feed/all\"></html>",
        ),
        "/feed/all" => Reply::new(200, feed),
        _ => Reply::new(404, ""),
    });
    let site = site();
    import(&site, &["page", &server.url, "--allow-private"]).fine();
    assert!(site.read("content/2026-03-14-slow.md").contains("UTC Bad. <!-- from feed/9#entry -->"));
    let paths: Vec<String> = server.asked().into_iter().map(|one| one.path).collect();
    assert_eq!(paths[0], "/api/v2/incidents.json");
    assert!(paths.contains(&"/index.json".to_owned()) && paths.len() == 8, "{paths:?}");
}

fn pager(asked: &Asked, _: usize) -> Reply {
    let bob = json!({"id": "U1", "type": "user_reference", "summary": "Bob Lind"});
    let log = |id: &str, kind: &str, at: &str, said: &str| json!({"id": id, "type": format!("{kind}_log_entry"), "created_at": at, "summary": said, "agent": bob});
    let value = match asked.path.as_str() {
        "/incidents/Q1ABC7" => {
            json!({"incident": {"id": "Q1ABC7", "title": "5xx", "created_at": "2026-03-14T14:26:04Z"}})
        }
        path if path.ends_with("offset=0") => {
            json!({"log_entries": [log("a", "trigger", "2026-03-14T14:26:04Z", "5xx")], "more": true})
        }
        path if path.ends_with("offset=1") => {
            json!({"log_entries": [log("b", "acknowledge", "2026-03-14T14:29:00Z", "Acknowledged by Bob Lind")], "more": false})
        }
        _ => return Reply::new(404, "{}"),
    };
    Reply::json(200, &value)
}

#[test]
fn a_pager_is_asked_page_by_page_with_its_own_kind_of_token() {
    let server = Server::start(pager);
    let site = site();
    let arguments = ["pagerduty", "Q1ABC7", "--api", &server.url, "--allow-private"];
    import(&site, &[&arguments[..], &["--token-env", "TOKEN"]].concat()).fine();
    assert!(server.asked().iter().all(|one| one.headers["authorization"] == "Token token=s3cret-token"));
    let draft = site.read("content/2026-03-14-5xx.md");
    assert!(draft.contains("14:29 UTC Acknowledged: by on-call engineer"), "{draft}");
    assert!(!draft.contains("Bob") && !draft.contains("s3cret"), "{draft}");
    // The usual token is for the usual host only.
    let mut command = site.command(&[&["import"], &arguments[..]].concat());
    site.outcome(command.env("PAGERDUTY_TOKEN", "s3cret-token")).fine();
    let last = server.asked().pop().unwrap();
    assert!(!last.headers.contains_key("authorization"), "{last:?}");
}

#[test]
fn a_pager_that_is_a_source_tells_its_logs_until_an_incident_is_over() {
    let bob = json!({"id": "U1", "type": "user_reference", "summary": "Bob Lind"});
    let server = Server::start(move |asked, number| {
        let entry = |id: &str, kind: &str, said: &str| json!({"id": id, "type": format!("{kind}_log_entry"), "created_at": "2026-03-14T14:26:04Z", "summary": said, "agent": bob});
        let one = |id: &str, at: &str, status: &str| {
            json!({"id": id, "title": format!("{id} down"), "status": status, "created_at": at,
            "resolved_at": (status == "resolved").then_some("2026-03-14T15:00:00Z")})
        };
        Reply::json(
            200,
            &match asked.path.split('?').next().unwrap() {
                "/incidents" => json!({"incidents": [
                one("Q1", "2026-03-14T14:00:00Z", "resolved"), one("Q2", "2026-03-15T14:00:00Z", "triggered"),
                one("Q0", "2020-03-15T14:00:00Z", "resolved"), one("Q3", "2026-03-16T14:00:00Z", "resolved")], "more": false}),
                "/incidents/Q1/log_entries" => {
                    json!({"log_entries": [entry("a", "acknowledge", "Acknowledged by Bob Lind")]})
                }
                "/incidents/Q2/log_entries" => {
                    json!({"log_entries": [entry("b", "trigger", &format!("down {number}"))]})
                }
                // One whose log the token may not read, and that is no failure of the others.
                _ => return Reply::new(403, "{}"),
            },
        )
    });
    let source = format!(
        "[sources.pager]\nkind = 'pagerduty'\napi = '{}'\ntoken_env = 'TOKEN'\nsince = '2026-01-01'\n",
        server.url
    );
    let site = site().file("site.toml", format!("{SETTINGS}{source}"));
    let sync = || {
        let mut command = site.command(&["sync", "--allow-private"]);
        site.outcome(command.env("TOKEN", "s3cret-token"))
    };
    sync().fine();
    let asked = |log: &str| server.asked().iter().filter(|one| one.path.contains(log)).count();
    assert_eq!([asked("/Q1/log"), asked("/Q2/log"), asked("/Q0/log"), asked("/Q3/log")], [1, 1, 0, 1]);
    let kept = site.read("incidents.json");
    assert!(kept.contains("Acknowledged by on-call engineer") && !kept.contains("Bob"), "{kept}");
    assert!(!kept.contains("s3cret"));
    sync().fine();
    assert_eq!([asked("/Q1/log"), asked("/Q2/log")], [1, 2], "what is over is not asked again");
    assert!(site.read("incidents.json").contains("Acknowledged by on-call engineer"));
    assert_eq!(site.run(&["coverage"]).fine().stdout.lines().count(), 3, "the one of 2020 is too long ago");
    let file = site.run(&["new", "--from", "pagerduty/Q1"]).fine().stdout;
    assert!(site.read(file.trim()).contains("UTC Acknowledged: by on-call engineer"), "{file}");
}

#[test]
fn what_the_page_changed_is_followed_and_what_the_author_wrote_stays() {
    let site = site();
    site.write("page.json", page(&TWO).to_string());
    import(&site, &["statuspage", "page.json", "--id", "p31"]).fine();
    let draft = site.read(DRAFT);
    site.write(DRAFT, draft.replace("A fix.", "The fix went out."));
    let told = [("u1", TWO[0].1, "Errors in checkout."), ("u2", TWO[1].1, "A second fix.")];
    site.write("page.json", page(&told).to_string());
    let again = ["statuspage", "page.json", "--id", "p31"];
    let outcome = import(&site, &[&again[..], &["--dry-run"]].concat()).fine();
    assert!(
        outcome.stderr.contains("0 events would be added, 1 would be brought up to date, 1 kept"),
        "{}",
        outcome.stderr
    );
    assert!(!site.read(DRAFT).contains("Errors in checkout"));
    let outcome = import(&site, &again).fine();
    assert!(
        outcome
            .stderr
            .contains("your words stay; the source says now: 2026-03-14 15:00 UTC Update – A second fix."),
        "{}",
        outcome.stderr
    );
    let after = site.read(DRAFT);
    assert!(
        after.contains("Errors in checkout.")
            && after.contains("The fix went out.")
            && !after.contains("second"),
        "{after}"
    );
    assert!(!import(&site, &again).fine().stderr.contains("your words stay"), "it is told once");
}

#[test]
fn the_statistics_page_says_what_is_known_elsewhere_and_not_written_about() {
    let settings =
        format!("{SETTINGS}[sources.page]\nkind = 'statuspage'\nurl = 'https://status.acme.example'\n");
    let site = site().file("site.toml", settings);
    let build = |out: &str, audience: &str| {
        site.run(&["build", "--out", out, "--audience", audience, "--as-of", "2026-11-28"]).fine();
    };
    build("none", "internal");
    assert!(!site.read("none/stats.html").contains("id=\"elsewhere\""), "nobody was asked");
    let server = Server::start(|_, _| Reply::json(200, &page(&TWO)));
    let there = format!("{SETTINGS}[sources.page]\nkind = 'statuspage'\nurl = '{}'\n", server.url);
    site.write("site.toml", there);
    site.run(&["sync", "--allow-private"]).fine();
    site.write("content/slow.md", "---\ndate: 2026-02-01\n---\n# Slow\n\n## Timeline\n\n- 14:00 slow\n\n<!-- imported from statuspage/p30 at 2026-02-02T10:00Z: u1 -->\n");
    build("out", "internal");
    let page = site.read("out/stats.html");
    assert!(page.contains("know 2 incidents; 1 has a report here, 1 has none"), "{page}");
    assert!(
        page.contains("<a href=\"https://stspg.example/p31\">API outage</a>")
            && page.contains("kb new --from statuspage/p31")
    );
    let behind = page.split("href=\"stats/elsewhere.html#").nth(1).unwrap().split('"').next().unwrap();
    let list = site.read("out/stats/elsewhere.html");
    assert!(list.split(&format!("<section id=\"{behind}\"")).nth(1).unwrap().contains(">Slow</a>"));
    assert!(site.read("out/stats/elsewhere.csv").contains("API outage"));
    let printed = site.run(&["stats", "--json", "--as-of", "2026-11-28"]).fine().stdout;
    assert_eq!(printed, site.read("out/api/v1/stats.json"));
    let figures: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!((&figures["elsewhere"]["known"], &figures["elsewhere"]["told"]), (&json!(2), &json!(1)));
    let early = site.run(&["stats", "--json", "--as-of", "2026-02-20"]).fine().stdout;
    let early: Value = serde_json::from_str(&early).unwrap();
    assert_eq!(early["elsewhere"]["missing"], json!([]), "as of that day nothing else had happened");
    site.write("site.toml", format!("{SETTINGS}[audience.public]\nstatistics = true\n"));
    build("public", "public");
    for (path, bytes) in site.bytes("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("API outage"), "{path}");
    }
}

#[test]
fn a_chat_is_no_source() {
    let site = site().file("site.toml", "[sources.chat]\nkind = 'slack'\n");
    let outcome = site.run(&["check"]).code(1);
    assert!(
        outcome.stdout.contains("kb import") || outcome.stderr.contains("kb import"),
        "{}{}",
        outcome.stdout,
        outcome.stderr
    );
}

fn chat(asked: &Asked, _: usize) -> Reply {
    let parent = json!({"user": "U1", "ts": "1773498360.000200", "text": "<@U2> looks", "thread_ts": "1773498360.000200", "reply_count": 1});
    let value = match asked.path.as_str() {
        "/conversations.history?channel=C0123&limit=200&inclusive=true" => {
            json!({"ok": true, "messages": [parent], "response_metadata": {"next_cursor": "dGVh=="}})
        }
        "/conversations.history?channel=C0123&limit=200&inclusive=true&cursor=dGVh%3D%3D" => {
            json!({"ok": true, "messages": [{"user": "U2", "ts": "1773498480.000100", "text": "well again"}]})
        }
        "/conversations.replies?channel=C0123&ts=1773498360.000200&limit=200" => {
            json!({"ok": true, "messages": [parent,
            {"user": "U2", "ts": "1773498420.000100", "thread_ts": "1773498360.000200", "text": "rolling back"}]})
        }
        "/users.list?limit=200" => {
            json!({"ok": true, "members": [{"id": "U1", "profile": {"real_name": "Bob Lind"}}]})
        }
        "/conversations.info?channel=C0123" => json!({"ok": true, "channel": {"name": "inc-42"}}),
        _ => json!({"ok": false, "error": "channel_not_found"}),
    };
    Reply::json(200, &value)
}

#[test]
fn a_chat_is_asked_with_its_threads() {
    let server = Server::start(chat);
    let site = site();
    let arguments = ["--api", &server.url, "--allow-private", "--token-env", "TOKEN"];
    import(&site, &[&["slack", "https://acme.slack.example/archives/C0123"], &arguments[..]].concat()).fine();
    let draft = site.read("content/2026-03-14-inc-42.md");
    for line in [
        "- 2026-03-14 14:26 UTC on-call engineer: responder A looks <!-- from slack/C0123#1773498360.000200 -->\n  - 2026-03-14 14:27 UTC responder A: rolling back",
        "- 2026-03-14 14:28 UTC responder A: well again",
    ] {
        assert!(draft.contains(line), "{draft}");
    }
    assert!(server.asked().iter().all(|one| one.headers["authorization"] == "Bearer s3cret-token"));
    let outcome = import(&site, &[&["slack", "C09999"], &arguments[..]].concat()).code(1);
    assert!(outcome.stderr.contains("not found"), "{}", outcome.stderr);
}

#[test]
fn no_network_no_sense_and_no_leave_are_told() {
    let site = site().file("odd.json", "{\"incidents\": [").file("empty.json", "{}");
    let server = Server::start(|_, _| Reply::json(200, &page(&TWO)));
    for (arguments, told) in [
        (["statuspage", "odd.json"], "`odd.json` could not be read: the answer makes no sense"),
        (["statuspage", "empty.json"], "`empty.json` holds no incident"),
        (["page", &server.url], "`--allow-private` lets kb go there"),
    ] {
        let outcome = import(&site, &arguments).code(1);
        assert!(outcome.stderr.contains(told), "{}", outcome.stderr);
    }
    assert!(server.asked().is_empty());
    for (arguments, told) in [
        (["statuspage", "missing.json"], "cannot read `missing.json`"),
        (["timeline", "odd.json"], "say `--title"),
    ] {
        let outcome = import(&site, &arguments).code(2);
        assert!(outcome.stderr.contains(told), "{}", outcome.stderr);
    }
    site.write("page.json", page(&TWO).to_string());
    let outcome = import(&site, &["statuspage", "page.json", "--id", "p99"]).code(2);
    assert!(outcome.stderr.contains("no incident `p99` among 2 incidents"), "{}", outcome.stderr);
}

#[test]
fn what_a_page_knows_and_nobody_wrote_about_is_listed_and_begun() {
    let server = Server::start(|_, number| {
        let mut told = page(&TWO);
        if number > 0 {
            told["incidents"].as_array_mut().unwrap().pop();
        }
        Reply::json(200, &told)
    });
    let settings = format!("{SETTINGS}[sources.page]\nkind = 'statuspage'\nurl = '{}'\n", server.url);
    let site = site().file("site.toml", &settings);
    site.run(&["coverage"]).code(2);
    let outcome = site.run(&["sync", "--allow-private"]).fine();
    assert_eq!(
        outcome.stdout,
        "statuspage/p30  2026-02-01  Slow\nstatuspage/p31  2026-03-14  API outage (major)\n"
    );
    // The page forgets the older one; kb does not.
    assert_eq!(site.run(&["sync", "--allow-private", "--source", "page"]).fine().stdout, "");
    let outcome = site.run(&["coverage"]).fine();
    assert_eq!(outcome.stdout.lines().count(), 2, "{}", outcome.stdout);
    assert_eq!(site.run(&["new", "--from", "statuspage/p31"]).fine().stdout, format!("{DRAFT}\n"));
    assert!(site.read(DRAFT).contains("<!-- from statuspage/p31#u1 -->"));
    assert!(site.run(&["new", "--from", "statuspage/p31"]).code(2).stderr.contains("tells of it already"));
    let told: Value = serde_json::from_str(&site.run(&["coverage", "--json"]).fine().stdout).unwrap();
    assert_eq!((&told["known"], &told["missing"][0]["key"]), (&json!(2), &json!("statuspage/p30")));
    // A postmortem says by itself what it covers; a source says what needs none.
    site.write("content/old.md", "---\ndate: 2026-01-01\nimported_from: [statuspage/p30]\n---\n# Old\n");
    assert_eq!(site.run(&["coverage"]).fine().stdout, "");
    site.write("content/old.md", "# Old\n");
    site.write("site.toml", format!("{settings}ignore = ['p30']\n"));
    assert_eq!(site.run(&["coverage"]).fine().stdout, "");
    // Without the page there is what was known, and a build is the same.
    let kept = site.read("incidents.json");
    let gone = settings.replace(&server.url, "http://127.0.0.1:9");
    site.write("site.toml", &gone);
    site.run(&["build", "--drafts", "--out", "one"]).fine();
    assert!(
        site.run(&["sync", "--allow-private", "--timeout", "1"])
            .code(1)
            .stderr
            .contains("`page` could not be asked")
    );
    let stories = |text: &str| serde_json::from_str::<Value>(text).unwrap()["sources"]["page"].clone();
    assert_eq!(stories(&site.read("incidents.json")), stories(&kept));
    site.run(&["build", "--drafts", "--out", "two"]).fine();
    assert_eq!(site.bytes("one"), site.bytes("two"));
}
