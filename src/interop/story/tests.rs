//! What systems answer, in the shapes that their documentation shows, and what becomes of it. All values are made up.

use super::*;
use serde_json::json;

fn around() -> Around {
    Around { url: Some("https://status.acme.example/".into()), ..Around::default() }
}

fn told(origin: Origin, bytes: impl AsRef<[u8]>) -> Vec<Story> {
    read(origin, bytes.as_ref(), &around()).unwrap()
}

/// `14:23 detected Investigating: words`, one per entry, answers with a `>` before them.
fn lines(story: &Story) -> Vec<String> {
    fn line(entry: &Entry, before: &str, all: &mut Vec<String>) {
        let mark = entry.kind.map_or("-", |kind| kind.kind().word());
        let label = entry.label.as_deref().unwrap_or("-");
        let pin = if entry.pinned { " (pinned)" } else { "" };
        all.push(format!("{before}{} {mark} {label}: {}{pin}", entry.at.strftime("%H:%M"), entry.text));
        entry.replies.iter().for_each(|reply| line(reply, ">", all));
    }
    let mut all = Vec::new();
    story.entries.iter().for_each(|entry| line(entry, "", &mut all));
    all
}

#[expect(clippy::unnecessary_wraps, reason = "what it is compared with may be missing")]
fn time(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

#[test]
fn statuspage_counts_when_it_happened_not_when_it_was_typed() {
    let page = json!({"page": {"id": "k9"}, "incidents": [{"id": "p31", "name": "API outage", "status": "postmortem", "impact": "critical",
        "shortlink": "https://stspg.example/p31", "created_at": "2026-03-14T07:24:10-07:00", "resolved_at": "2026-03-14T15:20:02.311Z",
        "incident_updates": [
            {"id": "u4", "status": "postmortem", "body": "long", "created_at": "2026-03-16T09:12:40Z"},
            {"id": "u3", "status": "resolved", "body": "All&nbsp;clear.<br>Thanks", "display_at": "2026-03-14T15:20:02.311Z",
             "affected_components": [{"name": "API"}, {"name": "API"}]},
            {"id": "u2", "status": "monitoring", "body": "A fix is in.", "created_at": "2026-03-14T15:05:00Z", "affected_components": null},
            {"id": "u1", "status": "investigating", "body": "We look.", "created_at": "2026-03-14T14:24:10Z", "display_at": "2026-03-14T14:23:00Z"}],
        "postmortem_body": "## Why\r\nA pool."}]});
    let [story] = told(Origin::Statuspage, page.to_string()).try_into().unwrap();
    assert_eq!(story.key(), "statuspage/p31");
    assert_eq!(
        lines(&story),
        [
            "14:23 detected Investigating: We look.",
            "15:05 mitigated Monitoring: A fix is in.",
            "15:20 all-clear Resolved: All clear. Thanks"
        ]
    );
    assert_eq!(
        (story.started, story.resolved),
        (time("2026-03-14T14:24:10Z"), time("2026-03-14T15:20:02.311Z"))
    );
    assert_eq!(story.components, ["API"]);
    assert_eq!(story.report.as_deref(), Some("## Why\nA pool."));
    assert_eq!(story.began(), time("2026-03-14T14:23:00Z"));
}

#[test]
fn incident_io_and_the_neutral_form_are_of_the_same_kind() {
    let io = json!({"status_page_incidents": [{"id": "01H", "name": "Slow", "severity": {"name": "Major"},
        "component_impacts": [{"component_name": "Web", "start_at": "2026-03-14T10:00:00Z", "end_at": "2026-03-14T11:00:00Z"}],
        "updates": [{"id": "a", "message": "Looking", "to_status": "investigating", "published_at": "2026-03-14T10:05:00Z"}]}]});
    let [story] = told(Origin::IncidentIo, io.to_string()).try_into().unwrap();
    assert_eq!((story.impact.as_deref(), story.started), (Some("Major"), time("2026-03-14T10:00:00Z")));
    assert_eq!(
        (story.components.concat(), lines(&story).concat()),
        ("Web".into(), "10:05 detected Investigating: Looking".into())
    );
    let neutral = json!({"incidents": [{"id": 42, "title": "API outage", "components": ["API"], "resolved_at": "2026-03-14T15:10:00Z",
        "updates": [{"at": "2026-03-14T14:30:00Z", "status": "identified", "body": "A bad deploy."}]}]});
    let [story] = told(Origin::Generic, neutral.to_string()).try_into().unwrap();
    assert_eq!(
        (story.key().as_str(), lines(&story).concat().as_str()),
        ("generic/42", "14:30 identified Identified: A bad deploy.")
    );
}

#[test]
fn better_stack_joins_reports_updates_and_resources() {
    let page = json!({"data": {"id": "4411", "type": "status_page"}, "included": [
        {"id": "771", "type": "status_page_resource", "attributes": {"public_name": "API"}},
        {"id": "90417", "type": "status_report", "attributes": {"title": "API outage", "report_type": "manual",
            "starts_at": "2026-03-14T14:23:00.000Z", "ends_at": null, "aggregate_state": "Downtime",
            "affected_resources": [{"status_page_resource_id": 771, "status": "downtime"}]},
            "relationships": {"status_updates": {"data": [{"id": "5501", "type": "status_update"}]}}},
        {"id": "5501", "type": "status_update", "attributes": {"message": "Down", "published_at": "2026-03-14T14:30:00Z",
            "affected_resources": [{"status": "downtime"}]}},
        {"id": "5502", "type": "status_update", "attributes": {"message": "Up", "published_at": "2026-03-14T15:12:00Z",
            "status_report_id": 90417, "affected_resources": [{"status": "RESOLVED"}]}}]});
    let [story] = told(Origin::BetterStack, page.to_string()).try_into().unwrap();
    assert_eq!(lines(&story), ["14:30 detected Downtime: Down", "15:12 all-clear Resolved: Up"]);
    assert_eq!(
        (story.components.concat().as_str(), story.impact.as_deref(), story.resolved),
        ("API", Some("downtime"), None)
    );
    assert_eq!(story.url.as_deref(), Some("https://status.acme.example/incident/90417"));
}

#[test]
fn cstate_is_read_from_markdown_and_from_its_index() {
    let issue = "---\ntitle: API \"outage\"\ndate: 2026-03-14 14:23:00\nresolved: true\nresolvedWhen: 2026-03-14 15:10:00\n\
        severity: down\naffected:\n  - API\nsection: issue\n---\n\n*Resolved* - All clear. {{< track \"2026-03-14 15:10:00\" >}}\n\n\
        *Investigating* - We look. {{< track \"2026-03-14 14:25:00\" >}}\n";
    let [story] = told(Origin::CState, issue).try_into().unwrap();
    assert_eq!(
        lines(&story),
        ["14:25 detected Investigating: We look.", "15:10 all-clear Resolved: All clear."]
    );
    assert_eq!((story.started, story.resolved), (time("2026-03-14T14:23:00Z"), time("2026-03-14T15:10:00Z")));
    let index = json!({"is": "index", "cStateVersion": "5", "systems": [{"name": "API", "unresolvedIssues": [
        {"title": "Slow", "permalink": "https://status.acme.example/issues/slow/", "createdAt": "2026-03-14 14:23:00 +0000 UTC", "affected": ["API"]}]}]});
    let [story] = told(Origin::CState, index.to_string()).try_into().unwrap();
    assert_eq!((story.key().as_str(), story.started), ("cstate/slow", time("2026-03-14T14:23:00Z")));
}

#[test]
fn feeds_of_both_kinds_are_read() {
    let atom = r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title><entry>
        <id>tag:status.acme.example,2005:Incident/31</id><published>2026-03-14T14:24:10Z</published>
        <link rel="alternate" type="text/html" href="https://status.acme.example/incidents/p31"/><title>API &amp; web outage</title>
        <content type="html">&lt;p&gt;&lt;small&gt;Mar &lt;var&gt;14&lt;/var&gt;, &lt;var&gt;15:20&lt;/var&gt; UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - All clear.&lt;/p&gt;&lt;p&gt;&lt;small&gt;Mar 14, 14:23 UTC&lt;/small&gt;&lt;br /&gt;&lt;strong&gt;Investigating&lt;/strong&gt; - We look.&lt;/p&gt;</content></entry></feed>"#;
    let [story] = told(Origin::Feed, atom).try_into().unwrap();
    assert_eq!(
        (story.title.as_str(), story.url.as_deref()),
        ("API & web outage", Some("https://status.acme.example/incidents/p31"))
    );
    assert_eq!(
        lines(&story),
        ["14:23 detected Investigating: We look.", "15:20 all-clear Resolved: All clear."]
    );
    let rss = "<rss><channel><title>x</title><item><title>Slow</title><guid>9</guid><pubDate>Sat, 14 Mar 2026 10:00:00 +0000</pubDate>\
        <description><![CDATA[<p>It is <b>slow</b>.</p>]]></description></item></channel></rss>";
    let [story] = told(Origin::Feed, rss).try_into().unwrap();
    assert_eq!((story.id.as_str(), lines(&story).concat().as_str()), ("9", "10:00 - -: It is slow."));
    // An update of January belongs to the year after an incident of December.
    let late = "<rss><item><title>x</title><guid>1</guid><pubDate>Thu, 31 Dec 2026 23:50:00 +0000</pubDate>\
        <description>Jan 1, 00:10 UTC&lt;br&gt;Resolved - ok</description></item></rss>";
    assert_eq!(told(Origin::Feed, late)[0].resolved, time("2027-01-01T00:10:00Z"));
    let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;'>]><rss><item><title>&b;</title><guid>1</guid></item></rss>";
    assert_eq!(told(Origin::Feed, bomb)[0].title, "&b;");
}

#[test]
fn pagerduty_takes_the_first_acknowledgement_of_the_log() {
    let user = |name: &str| json!({"id": format!("U{name}"), "type": "user_reference", "summary": name});
    let log = |id: &str, kind: &str, at: &str, said: &str, agent: Value| json!({"id": id, "type": format!("{kind}_log_entry"), "created_at": at, "summary": said, "agent": agent});
    let saved = json!({"incident": {"id": "Q1", "title": "5xx", "status": "resolved", "urgency": "high", "acknowledgements": [],
            "created_at": "2026-03-14T14:26:04Z", "resolved_at": "2026-03-14T15:11:00Z", "service": {"summary": "api"}},
        "log_entries": [
            log("a", "trigger", "2026-03-14T14:26:04Z", "Triggered", json!({"type": "service_reference"})),
            log("b", "notify", "2026-03-14T14:26:10Z", "Notified Bob", json!({"type": "service_reference"})),
            log("d", "acknowledge", "2026-03-14T14:40:00Z", "Acknowledged by Eve", user("Eve")),
            log("c", "acknowledge", "2026-03-14T14:29:51Z", "Acknowledged by Bob", user("Bob")),
            log("e", "resolve", "2026-03-14T15:11:00Z", "Resolved by Bob", user("Bob"))]});
    let [story] = told(Origin::PagerDuty, saved.to_string()).try_into().unwrap();
    assert_eq!(
        lines(&story),
        [
            "14:26 detected -: Triggered",
            "14:29 acknowledged -: Acknowledged by Bob",
            "14:40 - -: Acknowledged by Eve",
            "15:11 resolved -: Resolved by Bob"
        ]
    );
    assert_eq!(story.people.len(), 2);
}

fn day() -> Value {
    json!([
        {"user": "U02BOB", "ts": "1773498360.000200", "text": "<@U03ALICE> looks", "thread_ts": "1773498360.000200",
         "reply_count": 1, "reactions": [{"name": "pushpin", "count": 1}]},
        {"user": "U03ALICE", "ts": "1773498420.000100", "thread_ts": "1773498360.000200", "text": "rolling back"},
        {"subtype": "bot_message", "username": "PagerDuty", "ts": "1773498364.000300", "text": "", "attachments": [{"fallback": "Triggered"}]},
        {"subtype": "channel_join", "user": "U04CAROL", "ts": "1773498500.000100", "text": "joined"}])
}

fn export() -> Vec<(String, Vec<u8>)> {
    let file = |name: &str, value: &Value| (name.to_owned(), value.to_string().into_bytes());
    vec![
        file("channels.json", &json!([{"id": "C0INC", "name": "inc-42"}])),
        file(
            "users.json",
            &json!([{"id": "U02BOB", "profile": {"display_name": "bob", "real_name": "Bob"}}]),
        ),
        file("inc-42/2026-03-14.json", &day()),
    ]
}

#[test]
fn slack_keeps_pins_with_their_threads_or_everything() {
    let [story] = slack::files(&export(), &Around::default()).unwrap().try_into().unwrap();
    assert_eq!(story.key(), "slack/C0INC");
    assert_eq!(lines(&story), ["14:26 - -: @U03ALICE looks (pinned)", ">14:27 - -: rolling back"]);
    let all = Around { everything: true, ..Around::default() };
    let [story] = slack::files(&export(), &all).unwrap().try_into().unwrap();
    assert_eq!(lines(&story).len(), 3, "{:?}", lines(&story));
    assert_eq!(story.entries[1].who.as_deref(), Some("bot:PagerDuty"));
    let late = Around { since: time("2026-03-14T14:27:00Z"), ..Around::default() };
    let [story] = slack::files(&export(), &late).unwrap().try_into().unwrap();
    assert_eq!(
        (story.id.as_str(), lines(&story).concat().as_str()),
        ("C0INC/2026-03-14", "14:27 - -: rolling back")
    );
}

/// A ZIP archive with one deflated and one stored member, by its specification.
fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (number, (name, bytes)) in files.iter().enumerate() {
        let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        deflate.write_all(bytes).unwrap();
        let (method, packed) =
            if number == 0 { (0_u16, bytes.clone()) } else { (8, deflate.finish().unwrap()) };
        let start = u32::try_from(zip.len()).unwrap();
        let [size, packed_size] =
            [bytes.len(), packed.len()].map(|length| u32::try_from(length).unwrap().to_le_bytes());
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let shared =
            [&[20, 0, 0, 0][..], &method.to_le_bytes(), &[0; 8], &packed_size, &size, &length, &[0, 0]]
                .concat();
        zip.extend([&b"PK\x03\x04"[..], &shared, name.as_bytes(), &packed].concat());
        directory.extend(
            [&b"PK\x01\x02\x14\0"[..], &shared, &[0; 10], &start.to_le_bytes(), name.as_bytes()].concat(),
        );
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let [size, start] =
        [directory.len(), zip.len()].map(|length| u32::try_from(length).unwrap().to_le_bytes());
    [zip, directory, [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size, &start, &[0, 0]].concat()].concat()
}

#[test]
fn an_export_is_read_packed_as_well() {
    let packed = zipped(&export());
    assert_eq!(told(Origin::Slack, &packed), slack::files(&export(), &around()).unwrap());
    for cut in 0..packed.len() {
        let _ = read(Origin::Slack, &packed[..cut], &around());
    }
    let mut two = export();
    two.push(("general/2026-03-14.json".into(), b"[]".to_vec()));
    let failure = read(Origin::Slack, &zipped(&two), &around()).unwrap_err();
    assert_eq!(failure.to_string(), "choose one with `--channel`: general, inc-42");
}

#[test]
fn pasted_lines_are_read() {
    let pasted = "Notes\n- 23:50 UTC - errors rise\n  and rise\n* 00:10 UTC: rolled back\n2026-03-15 02:30 CET | well\n01:45:10 +01:00 end";
    let around =
        Around { date: Some(jiff::civil::date(2026, 3, 14)), title: Some("x".into()), ..Around::default() };
    let [story] = timeline::read(pasted.as_bytes(), &around).try_into().unwrap();
    let all: Vec<String> = story.entries.iter().map(|one| format!("{} {}", one.at, one.text)).collect();
    assert_eq!(
        all,
        [
            "2026-03-14T23:50:00Z errors rise and rise",
            "2026-03-15T00:10:00Z rolled back",
            "2026-03-15T01:30:00Z well",
            "2026-03-15T00:45:10Z end"
        ]
    );
    assert!(timeline::read(b"14:00 no zone", &around).is_empty());
}

#[test]
fn what_is_nothing_is_a_failure_or_no_story() {
    for origin in Origin::ALL {
        for bytes in [&b""[..], b"[]", b"{}", b"null", b"<html>", b"\xff\xfe", b"---\n", b"PK\x05\x06"] {
            let stories = read(origin, bytes, &Around::default()).unwrap_or_default();
            assert!(stories.iter().all(|story| story.entries.is_empty()), "{origin:?} {bytes:?}");
        }
    }
    assert!(read(Origin::Statuspage, "[".repeat(100_000).as_bytes(), &around()).is_err());
}

#[test]
fn an_update_that_is_told_twice_counts_once() {
    let update = |id: &str, at: &str, body: &str| json!({"id": id, "status": "update", "display_at": at, "body": body});
    let page = json!({"incidents": [{"id": "é 1", "name": "A", "incident_updates": [
        update("a b", "2026-03-14T15:00:00Z", "again"), update("a b", "2026-03-14T14:00:00Z", "first"),
        update("a_b", "2026-03-14T16:00:00Z", "another one")]}]});
    let [story] = told(Origin::Statuspage, page.to_string()).try_into().unwrap();
    assert_eq!(lines(&story), ["14:00 - Update: first", "16:00 - Update: another one"]);
    assert_eq!(story.url.as_deref(), Some("https://status.acme.example/incidents/__1"), "no address is told");
}

#[test]
fn times_in_brackets_begin_an_entry() {
    let text =
        "[14:23] errors\n(14:30 UTC) - a fix\n[a link](https://a.example) more\n[2026-03-14 15:10 UTC] well";
    let around =
        Around { date: Some(jiff::civil::date(2026, 3, 14)), zone: Some("UTC".into()), ..Around::default() };
    let [story] = read(Origin::Timeline, text.as_bytes(), &around).unwrap().try_into().unwrap();
    let said: Vec<&str> = story.entries.iter().map(|entry| entry.text.as_str()).collect();
    assert_eq!(said, ["errors", "a fix [a link](https://a.example) more", "well"]);
}
