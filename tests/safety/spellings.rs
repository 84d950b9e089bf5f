//! More ways in which something internal is written than anyone would think of at first: accounts, addresses, labels, marks
//! of other tools.

use super::leaks::{goes, nowhere, published, readable, report, stop, with_fields};
use crate::site_test::{SiteTest, TODAY};

const SETTINGS: &str = r#"
base_url = "https://incidents.example/"
[people.zqhandle]
name = "Zqa Zqborg"
[people.zqm42]
name = "Møl Zqsen"
[people.azqborg]
name = "Anna Zqborg"
[people.rose]
name = "Rose Mark"
[trackers.jira]
kind = "jira"
url = "https://jira.zqtracker.example"
prefixes = ["ZQT"]
[trackers.forge]
kind = "github"
url = "https://github.com/zqorg/zqrepo"
[search.synonyms]
zqsynonym = ["before"]
words = ["zqmeaning", "before"]
[audience.public]
internal_hosts = ["zqint.example", "10.77.0.5"]
forbidden_words = ["zqforbidden"]
hide_fields = ["impact.revenue"]
"#;

/// What is taken out. Every word that customers must not read begins with `zq`.
const GONE: &[&str] = &[
    // Names.
    "ZqaZqborg",
    "zqazqborg",
    "Zqa M. Zqborg",
    "Zqa Maria Zqborg",
    "Zqa \"Bo\" Zqborg",
    "Zqa (Zqborg)",
    "Zqa/Zqborg",
    "Zqa\\\nZqborg",
    "**Zqa** M. *Zqborg*",
    "**Owner**: Zqr",
    "**Incident commander:** zqr",
    "- **IC:** Zqr Zqs",
    "Scribe: Zqr Zqs",
    "Assigned to Zqr Zqs.",
    "Signed-off-by: Zqr Zqs <zq@b.example>",
    "Co-authored-by: Zqr Zqs <zq@b.example>",
    "```\nAuthor: Zqr Zqs <zq@b.example>\n```",
    "| Owner | Zqr Zqs |\n|---|---|\n| Status | done |",
    "| Field | Value |\n|---|---|\n| Owner | zqr |\n| Scribe | zqs |",
    // Accounts.
    "zqm42 mended it",
    "`zqm42`",
    "azqborg looked",
    "(azqborg)",
    "@ zqhandle",
    "@\\zqhandle",
    "`/home/zqhandle/x`",
    "`~zqhandle/x`",
    "`ssh zqhandle@bastion`",
    "`sudo -u zqhandle ls`",
    "https://github.com/zqhandle/dot",
    "see [@zqx](https://forge.example/zqx)",
    "**[@zqx](https://forge.example/people/zqx?tab=1)**",
    "**zqx**@b.example",
    "<a href=\"tel:+1zq\">call</a>",
    "<a href=\"sms:zq\">write</a>",
    // Tickets.
    "ZQT 12",
    "ZQT#12",
    "ZQT:12",
    "ZQT12",
    "https://api.github.com/repos/zqorg/zqrepo/issues/12",
    "https://raw.githubusercontent.com/zqorg/zqrepo/main/a",
    "zqorg/zqrepo",
    "zqorg/zqrepo@abc1234",
    // Hosts and chats.
    "wiki.zqint。example",
    "wiki[.]zqint[.]example",
    "hxxps://wiki[.]zqint[.]example/x",
    "<img src=https://wiki.zqint.example/x.png alt=x>",
    "`#zqchannel`",
    "<#CZQ1234>",
    "slack://channel?team=T&id=CZQ",
    "irc://irc.example/zqroom",
    "https://acme.zoom.us/j/123?pwd=zq",
    "https://meet.google.com/zqa-zqb-zqc",
    "https://matrix.to/#/#zqroom:a.example",
    "https://t.me/+zq",
    "https://acme.pagerduty.com/incidents/ZQ1",
    "https://acme.app.opsgenie.com/alert/detail/zq",
    // Promises that are not for customers.
    "## Action items\n\n| Action | Visibility |\n|---|---|\n| Tell them | public |\n| Ask zqp first | internal |",
];

/// The same in front matter.
const FIELDS: &[&str] = &[
    "aliases: [zqt-12]",
    "action_items: [{ text: Ask zqp first, visibility: internal }]",
    "action_items: [{ text: Ask zqp first, internal: true }]",
    "action_items: [{ text: Ask zqp first, public: nobody }]",
    "impact: { revenue: zqr }",
];

/// What stops a build.
const STOPS: &[(&str, &str)] = &[
    ("<!-- private -->\nzqi\n<!-- /private -->", "internal"),
    ("<!-- confidential -->\nzqi", "internal"),
    ("<!-- do not publish -->\nzqi", "internal"),
    (":::internal\nzqi\n:::", "internal"),
    ("%% internal %%\nzqi\n%% /internal %%", "internal"),
    ("[//]: # (internal)\nzqi", "internal"),
    ("{% internal %}\nzqi\n{% endinternal %}", "internal"),
    ("<!-- ｉｎｔｅｒｎａｌ -->\nzqi", "internal"),
    ("<div class=\"internal\">zqi</div>", "internal"),
    ("<div data-visibility='internal'>\nzqi\n</div>", "internal"),
    ("zq\u{200b}forbidden", "leak"),
    ("[x](https://a.example/zq%66orbidden)", "leak"),
    ("zq the WHOLE  hidden affair", "leak"),
    ("zq-the-whole-hidden-affair", "leak"),
];

fn project() -> SiteTest {
    let hidden = "---\ntitle: Zq the whole hidden affair\ndate: 2026-01-02\n---\nzqk\n";
    SiteTest::new().file("site.toml", SETTINGS).file("content/hid.md", hidden)
}

#[test]
fn no_spelling_of_it_is_too_odd_to_be_seen() {
    let site = project();
    with_fields(&site, FIELDS, "Words.");
    goes(&site, GONE);
    nowhere(&site, &["zq"]);
    println!("{} spellings and {} fields", GONE.len(), FIELDS.len());
}

#[test]
fn marks_and_words_that_leave_doubt_stop_a_build() {
    stop(project, STOPS);
    println!("{} doubts", STOPS.len());
}

#[test]
fn honest_words_stay() {
    let stays = [
        ("`posthog-js`@1.2.2 and `@scope/agent`@1.24.1", "1.24.1"),
        ("![a](icon@2x.png) and icon@2x.png", "icon@2x.png"),
        ("the rose and the mark", "the rose and the mark"),
        ("answered with HTTP 500 and API 503", "API 503"),
        ("`#include` and `#fafafa` and `#define`", "#fafafa"),
        ("Lead: two hours. Reported by: monitoring", "Reported by: monitoring"),
        ("Assigned to the Storage Team", "Storage Team"),
        ("<!-- the private network was down -->text", "text"),
        ("The <b>\"internal\"</b> network", "internal"),
        ("| Owner | Action |\n|---|---|\n| a | b |", "Action"),
        ("https://status.pagerduty.com/incidents/abc", "status.pagerduty.com/incidents/abc"),
        ("100%25 of 5 % and %d", "%d"),
    ];
    let bodies = stays.map(|(body, _)| body);
    for (page, (body, words)) in published(&project(), &bodies).iter().zip(stays) {
        assert!(page.contains(words), "{words} is gone from {body:?}:\n{page}");
    }
}

#[test]
fn a_site_without_promises_shows_none_in_any_form() {
    let body = "## Action items\n\n- [ ] zqone must be done, due 2026-12-01\n  - and zqmore of it\n- [x] zqtwo was done\n\n\
        | Action | Owner | Public |\n|---|---|---|\n| Raise the limit for all | zqr | yes |\n| Ask zqthree first | zqs | no |\n\
        | Watch the disk closely | zqt | yes |\n\n## After\n\nLast words.";
    for (settings, shown) in
        [("actions = false", &["Raise the limit", "Watch the disk"][..]), ("actions = true", &[])]
    {
        let site = SiteTest::new().file("site.toml", format!("[audience.public]\n{settings}\n"));
        site.write("content/r.md", report(0, body));
        let list = "## Action items\n\n- [ ] zqfour must be done, due 2026-12-01\n\n## After\n\nLast words.";
        site.write("content/s.md", report(1, list));
        site.run(&["build", "--audience", "public", "--as-of", TODAY, "--out", "out"]).fine();
        let page = site.read("out/incidents/r.html");
        assert!(page.contains("Last words.") && site.read("out/incidents/s.html").contains("Last words."));
        assert!(shown.iter().all(|words| page.contains(words)), "{page}");
        let hidden: &[&str] =
            if shown.is_empty() { &["zqthree"] } else { &["zqone", "zqmore", "zqtwo", "zqthree", "zqfour"] };
        for (name, bytes) in site.bytes("out") {
            for text in readable(&bytes) {
                let told = hidden.iter().find(|word| text.contains(**word));
                assert_eq!(told, None, "{settings}: {name}");
            }
        }
    }
}
