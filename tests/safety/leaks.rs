//! Ways in which something internal got out of other tools, or out of this one before it was tried: each as a public report
//! of its own that holds a word nobody outside may read.

use crate::site_test::{SiteTest, TODAY};

const SETTINGS: &str = r#"
base_url = "https://incidents.example/"
[people.zqhandle]
name = "Zqa Zqb"
[people.other]
name = "Zoë Zqphyr-Qux"
[trackers.jira]
kind = "jira"
url = "https://jira.zqtracker.example"
prefixes = ["ZQT"]
[audience.public]
internal_hosts = ["zqint.example"]
hide_sections = ["appendix", "Zqmoney lost"]
"#;

/// What is taken out, whatever it looks like. Every word that customers must not read begins with `zq`, or is the last
/// name of somebody whose first name may be anyone's.
const GONE: &[&str] = &[
    // Names, as people and their tools write them.
    "zqa zqb",
    "ZQA ZQB",
    "Zqa  Zqb",
    "Zqa\u{a0}Zqb",
    "Zqa\nZqb",
    "Zqa-Zqb",
    "Zqa\u{2011}Zqb",
    "Zqb, Zqa",
    "Zqa_Zqb",
    "zqa.zqb",
    "**Zqa** Zqb",
    "**Z**qa Zqb",
    "_Zqa Zqb_",
    "~~Zqa~~ Zqb",
    "Zq&#97; Zqb",
    "Zqa\u{200b} Zqb",
    "Z\u{ad}qa Zqb",
    "Ｚｑａ Ｚｑｂ",
    "Zqa<br>Zqb",
    "<div>Zqa&#32;Zqb</div>",
    "<div><b>Zq</b>a Zqb</div>",
    "<span title=\"Zqa&#x20;Zqb\">x</span>",
    "<img src=\"shown.svg\" alt=\"Zqa&nbsp;Zqb\">",
    "### Zqa Zqb was asked",
    "| a |\n|---|\n| Zqa **Zqb** |",
    "x[^1]\n\n[^1]: Zqa *Zqb*",
    "```\nZqa Zqb\n```",
    "[Zqa *Zqb*](https://a.example/)",
    "![Zqa **Zqb**](shown.svg)",
    "[x](https://a.example/ \"Zqa Zqb\")",
    "https://a.example/Zqa-Zqb",
    "[x](https://a.example/?who=Zqa%20Zqb)",
    "[x](https://a.example/?who=Zqa%2520Zqb)",
    "Zoe\u{308} Zqphyr-Qux",
    "ZOË ZQPHYR-QUX",
    "Zo&euml; Zqphyr\u{2010}Qux",
    "<div>Zo&euml; Zqphyr-Qux</div>",
    // Handles and addresses.
    "@zqx.zqy",
    "@zqx/zqy",
    "@zqx@zq.example",
    "＠zqx",
    "<div>&#64;zqx</div>",
    "<@U123|zqx>",
    "\\@zqx",
    "/cc @zqx,@zqy",
    "[x](https://forge.example/zqhandle)",
    "https://forge.example/@zqhandle/",
    "zqx+a@b.example",
    "zqx!a@b.example",
    "<zqx@b.example>",
    "<a href=\"mailto:zqx&#64;b.example\">m</a>",
    "[x](https://a.example/?u=zqx%40b.example)",
    "<p>zqx&#64;b.example</p>",
    "- [ ] do it all (owner: zqx)",
    "- [ ] do it all\n  - Owner: zqx\n  - Ticket: ZQO-9",
    // Tickets and what leads to them.
    "zqt-12",
    "ZQT\u{2013}12",
    "ZQT_12",
    "ZQT-**12**",
    "**ZQT**-12",
    "<div>ZQT&#45;12</div>",
    "http://jira.zqtracker.example/browse/ZQT-12",
    "jira.zqtracker.example/browse/ZQT-12",
    "[x](//jira.zqtracker.example/browse/1)",
    "[x](https://u@jira.zqtracker.example:443/1)",
    "[x](https:\\\\\\\\jira.zqtracker.example/1)",
    "<a href=\"https://jira&#46;zqtracker.example/1\">x</a>",
    "[x](https://a.example/ZQT-12)",
    "[x](https://a.example/?next=https%3A%2F%2Fjira.zqtracker.example)",
    "### ZQT-12 again",
    // Machines and chats.
    "wiki.zqint.example.",
    "https://wiki.zqint.example./x",
    "[x](https://wiki%2Ezqint.example/)",
    "wiki．zqint．example",
    "wiki.zq\u{200b}int.example",
    "wiki.**zqint**.example",
    "[x](https:wiki.zqint.example)",
    "[x](https:///wiki.zqint.example)",
    "[x](ssh://git@wiki.zqint.example/a)",
    "[x](https://a.example/?u=https://wiki.zqint.example/)",
    "`a&wiki.zqint.example`",
    "<img srcset=\"https://wiki.zqint.example/x.png 2x\" src=\"shown.svg\">",
    "`#zq-chan`",
    "<#C123|zqchan>",
    "＃zqchan",
    "#2024-zqchan",
    "\\#zqchan",
    "[x](https://acme.slack.com/archives/zqchan)",
    // Sections that are hidden, wherever their heading stands.
    "## Zqmoney  lost\n\nzqs",
    "## “Zqmoney lost”\n\nzqs",
    "## Zqmoney\u{a0}lost\n\nzqs",
    "## Ａppendix\n\nzqs",
    "## Appen\u{200b}dix\n\nzqs",
    "## Appendix {#a}\n\nzqs",
    "## 7. *Appendix*:\n\nzqs",
    "Appendix\n---\n\nzqs",
    "# Appendix\n\nzqs",
    "> ## Appendix\n>\n> zqs",
    "- ## Appendix\n\n  zqs",
    "<h2>Appendix</h2>\n\nzqs",
    "<details><summary>Appendix</summary>\n\nzqs\n\n</details>",
    "## Impact\n\nx\n\n## Appendix\n\n### Action items\n\n- [ ] zqs",
    // Hidden documents.
    "[zqk](2026-zqhid.md)",
    "![zqk](2026-zqhid.md)",
    "<a href=\"2026-zqhid.md\">zqk</a>",
    "<div><a href='2026-zqhid.md'>zqk</a></div>",
    "<img src=\"2026-zqhid.md\" alt=\"zqk\">",
    "[zqk](2026-zqhid)",
    "[zqk](../zqslug/)",
    "[zqk](PM-902)",
    "[zqk](2026-zqhid.md/)",
    "[zqk](zqalias)",
    "[zqk](https://incidents.example/incidents/zqslug.html)",
    "[zqk](HTTP://INCIDENTS.example/incidents/zqslug)",
    "PM\u{2011}902",
    "[zqk][r]\n\n[r]: 2026-zqhid.md \"zqk\"",
    "Zqa\\ Zqb",
];

/// What stops a build: nothing can be taken out for certain.
const STOPS: &[(&str, &str)] = &[
    ("<!-- begin internal section -->\nzqi\n<!-- end internal section -->", "internal"),
    ("<!-- internal use only -->\nzqi", "internal"),
    ("<!-- internal: do not publish -->\nzqi", "internal"),
    ("<internal>\nzqi\n</internal>", "internal"),
    ("x <internal>zqi</internal>", "internal"),
    ("<!--\u{a0}іnternal -->\nzqi", "internal"),
    ("> <!-- internal -->\n> zqi\n> <!-- /internal -->", "internal"),
    ("- <!-- internal -->\n  zqi\n  <!-- /internal -->", "internal"),
    ("a <!-- zqc\n\nzqc --> b", "comment"),
    ("<div>\n<!-- zqc\n\nzqc -->\n</div>", "comment"),
    ("see 2026-zqhid.md", "leak"),
    ("[[2026-zqhid|x]]", "leak"),
    ("`content/2026-zqhid.md`", "leak"),
    ("It was zq the whole hidden affair again.", "leak"),
];

fn project() -> SiteTest {
    let hidden = "---\ntitle: Zq the whole hidden affair\nid: PM-902\nslug: zqslug\naliases: [zqalias]\ndate: 2026-01-02\n---\nzqk\n";
    SiteTest::new()
        .file("site.toml", SETTINGS)
        .file("content/2026-zqhid.md", hidden)
        .file("content/pm.md", "---\nid: PM-1\nvisibility: public\ntitle: Open\n---\nWords.\n")
        .file("content/shown.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")
}

/// What can be read of a file, in small letters: itself if it is text, else what is packed in it. Two letters stand in packed
/// bytes by chance.
pub(super) fn readable(bytes: &[u8]) -> Vec<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return vec![text.to_lowercase()];
    }
    let starts = bytes.windows(3).enumerate().filter(|(_, three)| *three == [0x1f, 0x8b, 8]);
    let unpacked = starts.map(|(at, _)| {
        let mut inner = Vec::new();
        let _ = std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&bytes[at..]), &mut inner);
        String::from_utf8_lossy(&inner).to_lowercase()
    });
    unpacked.collect()
}

pub(super) fn report(n: usize, body: &str) -> String {
    format!("---\ntitle: Number {n}\nvisibility: public\n---\n\nBefore the words.\n\n{body}\n")
}

/// What must not be found, in whatever letters.
pub(super) fn shows(text: &str) -> Option<usize> {
    let text = text.to_lowercase();
    ["zq", "ｚｑ", "902"].iter().find_map(|word| text.find(word))
}

/// The public pages of reports that hold `bodies`.
pub(super) fn published(site: &SiteTest, bodies: &[&str]) -> Vec<String> {
    for (n, body) in bodies.iter().enumerate() {
        site.write(&format!("content/r{n}.md"), report(n, body));
    }
    site.run(&["build", "--audience", "public", "--as-of", TODAY, "--out", "out"]).fine();
    (0..bodies.len()).map(|n| site.read(&format!("out/incidents/r{n}.html"))).collect()
}

/// Nothing internal of `bodies` stands in their public pages, and the rest does.
pub(super) fn goes(site: &SiteTest, bodies: &[&str]) {
    bodies.iter().for_each(|body| assert!(shows(body).is_some(), "{body}: nothing in it is internal"));
    let mut told = Vec::new();
    for (body, page) in bodies.iter().zip(published(site, bodies)) {
        assert!(page.contains("Before the words."));
        if let Some(at) = shows(&page) {
            let near: String =
                page.get(at.saturating_sub(60)..).unwrap_or(&page[at..]).chars().take(120).collect();
            told.push(format!("{body:?}: {near}"));
        }
    }
    assert!(told.is_empty(), "{} of {} get out:\n{}", told.len(), bodies.len(), told.join("\n"));
}

/// A public report for each of `fields`, which stands in its front matter.
pub(super) fn with_fields(site: &SiteTest, fields: &[&str], body: &str) {
    for (n, field) in fields.iter().enumerate() {
        let text = report(n, body).replace("visibility", &format!("{field}\nvisibility"));
        site.write(&format!("content/f{n}.md"), text);
    }
}

/// None of `words`, in small letters, stands in a file of the built site, or in the name of one.
pub(super) fn nowhere(site: &SiteTest, words: &[&str]) {
    let mut told = Vec::new();
    for (name, bytes) in site.bytes("out") {
        for text in readable(&bytes).into_iter().chain([name.to_lowercase()]) {
            if let Some(at) = words.iter().find_map(|word| text.find(word)) {
                told.push(format!("{name}: {}", text[at..].chars().take(60).collect::<String>()));
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// Each of `cases`, in a `project` of its own, stops the public build with its finding.
pub(super) fn stop(project: fn() -> SiteTest, cases: &[(&str, &str)]) {
    for (body, code) in cases {
        let site = project();
        site.write("content/r.md", report(0, body));
        let told =
            site.run(&["build", "--audience", "public", "--as-of", TODAY, "--out", "out"]).code(1).stderr;
        assert!(told.contains(&format!("error[{code}]")), "{body:?}: {told}");
        assert!(!site.path().join("out").exists(), "{body:?}");
    }
}

#[test]
fn what_customers_must_not_read_goes_however_it_is_written() {
    let site = project();
    goes(&site, GONE);
    nowhere(&site, &["zq", "pm-902"]);
    println!("{} ways to write what is internal", GONE.len());
}

#[test]
fn where_nothing_is_certain_the_build_stops() {
    stop(project, STOPS);
    println!("{} doubts stop a build", STOPS.len());
}

#[test]
fn what_only_looks_like_it_stays() {
    let stays = [
        "kafka@3.7.1 and react@18",
        "UTF-8 and SHA-256",
        "the rose and the mark",
        "`@Override` and `#include`",
        "issue #12",
        "https://a.example/int/x.html",
        "Lead time: two hours",
        "AT&T &copy; 2024",
        "C# and F#",
        "<!-- a remark that ends -->text",
        "a `<!-- shown -->` b",
        "\\<!-- shown -->",
    ];
    let pages = published(&project(), &stays);
    for (n, words) in [
        "kafka@3.7.1 and react@18",
        "UTF-8 and SHA-256",
        "the rose and the mark",
        "@Override",
        "issue #12",
        "https://a.example/int/x.html",
        "Lead time: two hours",
        "© 2024",
        "C# and F#",
        "text",
        "&lt;!-- shown --&gt;",
        "&lt;!-- shown --&gt;",
    ]
    .iter()
    .enumerate()
    {
        assert!(pages[n].contains(words), "{words} is gone from {n}");
    }
}
