//! A hundred more places and spellings, thought up by somebody who wants to find one that was forgotten: names in other letters,
//! columns of people, attachments in old encodings, metadata of pictures, ranges of addresses.

use super::leaks::{goes, nowhere, published, report, stop, with_fields};
use crate::site_test::{SiteTest, TODAY};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use std::io::Write;

const SETTINGS: &str = r#"
base_url = "https://incidents.example/"
[people.zqlin]
name = "Zqanna Zqlindt"
[people.zqmur]
name = "Zqjörg Zqmüller"
[people.zqobr]
name = "Zqsean O'Zqbrien"
[people.zqgaa]
name = "Zqåse Zqgård"
[trackers.jira]
kind = "jira"
url = "https://zqjira.example.com"
prefixes = ["ZQT"]
[trackers.forge]
kind = "github"
url = "https://github.com/zqorg/zqrepo"
[search.synonyms]
zqsyn = ["pipe"]
pipe = ["zqsynb"]
[audience.public]
statistics = true
actions = true
internal_hosts = ["zqcorp.example", "10.77.0.0/16", "zqbastion"]
hide_sections = ["appendix", "Zqour notes"]
hide_fields = ["impact.revenue"]
forbidden_words = ["Zqproject"]
"#;

/// What is taken out of the text of a report.
const GONE: &[&str] = &[
    // Names.
    "It was Zqanna's turn, and Zqlindt's pager.",
    "Zqanna Zqlindt’s turn and the Zqlindts’ pager",
    "Zqlindt restarted it; Z. Zqlindt did",
    "Zqanna Z. restarted it",
    "Zqsean O’Zqbrien and O'Zqbrien and Zqsean OʼZqbrien",
    "Zqjoerg Zqmueller and Zqjorg Zqmuller",
    "Zqaase Zqgaard and Zqase Zqgard",
    "Zqjo\u{308}rg Zqmu\u{308}ller",
    "Zqanna Zqlin-\ndt restarted it",
    "Zqan&shy;na Zqlin&shy;dt",
    "Zqan&#8203;na Zqlin&#x200b;dt",
    "Zqan\u{200d}na Zqlin\u{2060}dt",
    "Zqаnna Zqlindt in Cyrillic",
    "Zqаnnа Zqlіndt in more of it",
    "Zqαnnα Zqlιndt in Greek",
    "𝐙𝐪𝐚𝐧𝐧𝐚 𝐙𝐪𝐥𝐢𝐧𝐝𝐭 (zqlin)",
    "Ⓩⓠⓐⓝⓝⓐ Ⓩⓠⓛⓘⓝⓓⓣ (zqlin)",
    "Zqanna \\*Zqlindt\\*",
    "Zqanna `Zqlindt`",
    "Zqanna [Zqlindt](https://a.example)",
    "Zqan<!-- x -->na Zqlindt",
    "Zqan<b></b>na Zqlin<wbr>dt",
    "| first | last |\n|---|---|\n| Zqanna | Zqlindt |",
    "| Zqanna Zqlindt | Commander |\n|---|---|\n| Zqsean O'Zqbrien | Scribe |",
    "## Call with Zqanna Zqlindt {#zqanna-zqlindt}\n\nx",
    "<h2 id=\"zqlin\">Zqanna Zqlindt</h2>\n\nx",
    "x[^zqlin]\n\n[^zqlin]: said so",
    "x\n\n[^1]: Zqanna Zqlindt said so, and nobody refers to it",
    "[x][zqanna zqlindt]\n\n[zqanna zqlindt]: https://a.example/",
    "x\n\n[r]: https://wiki.zqcorp.example/ 'Zqanna Zqlindt'",
    "<abbr title=\"Zqanna Zqlindt\">x</abbr><div data-owner=\"Zqanna Zqlindt\" class=\"zqlin\" hidden>y</div>",
    "<template>Zqanna Zqlindt</template><noscript>Zqanna</noscript>x",
    "<?zq secret ?>\n\nx",
    "<![CDATA[zq secret]]>\n\nx",
    "<!DOCTYPE zqsecret>\n\nx",
    "```text title=\"Zqanna Zqlindt\"\nls\n```",
    // Columns of people nobody declared.
    "## Timeline\n\n| Time | Who | What |\n|---|---|---|\n| 10:00 | Zqrandom | restarted |\n| 10:05 | Zqsome Body, Zqother | looked |",
    "| Step | Actor |\n|---|---|\n| restart | Zqrandom |",
    "| When | Responder | Note |\n|---|---|---|\n| now | Zqrandom and Zqmore | x |",
    // Accounts.
    "zqlin restarted it",
    "`kubectl --as zqlin get`",
    "## Timeline\n\n- 10:10 (zqlin) mended\n- 10:11 ZQLIN again",
    "```\n<zqlin> it is down\n[10:00] zqlin: looking\n```",
    "```\nzqmur@web1:~$ sudo -u zqgaa ls\n```",
    "TODO(zqobr): remove; (zqobr) and <zqobr>",
    "```\ncommit abc\nAuthor: Zqrandom Person <zqr@x.example>\nCommitter: Zqother Person\nAcked-by: Zqthird Person\n```",
    // Mail.
    "write zqanyone at mail dot example",
    "write zqanyone [at] mail.example",
    "write zqanyone(at)mail.example or zqa.b (at) mail [dot] example",
    // Machines.
    "`jdbc:postgresql://db1.zqcorp.example:5432/x`",
    "`*.zqcorp.example` and `wiki\\.zqcorp\\.example`",
    "```yaml\nhost: db1.zqcorp.example\nurl: \"postgres://u:p@db1.zqcorp.example/x\"\n```",
    "log in to zqbastion first",
    "https://a.example/?q=wiki.zqcorp.example#zqanna-zqlindt",
    "[x](https://a.example/?n=%255Aqanna%2520Zqlindt)",
    "https://zqlin:pw@a.example/x",
    "[x](data:text/plain,Zqanna%20Zqlindt)",
    // Tickets.
    "ZQT - 12 and ZQT – 13",
    "`feature/ZQT-12-fix` and `fix(ZQT-12): x`",
    "https://dash.example/board?selectedIssue=ZQT-12",
    "ZQT&ndash;12 ZQT&hyphen;12",
    "## Follow ZQT-12\n\nx",
    "zqorg/zqrepo#12",
    // Sections.
    "## 🔒 Zqour notes\n\nzqx",
    "## 3) Zqour notes: more\n\nzqx",
    "## Appendix A: raw\n\nzqx",
    "## Appendix (for us)\n\nzqx",
    "## Appendix 2\n\nzqx",
    "**Zqour notes**\n\nzqx",
    "<h3 class='x'><b>Appendix</b></h3>\n\nzqx",
];

/// What is taken out of front matter.
const FIELDS: &[&str] = &[
    "zqkey: zqvalue",
    "meta: { zqkey: [zqa, { zqb: zqc }] }",
    "x-a: &zqanch zqval",
    "# zq a remark",
    "x: !zqtag value",
    "tags: [zqanna-zqlindt]",
    "tags: [\"@zqlin\", disk]",
    "tags: [ZQT-12]",
    "tags: [wiki.zqcorp.example]",
    "aliases: [zqanna-zqlindt]",
    "permalink: /zqanna-zqlindt/",
    "external_id: ZQT-12",
    "summary: Zqanna Zqlindt broke wiki.zqcorp.example, see ZQT-12",
    "description: Zqanna Zqlindt broke it",
    "impact: { summary: Zqanna Zqlindt was slow, users: 3 }",
    "status_page: https://status.zqcorp.example/x",
    "image: https://img.zqcorp.example/x.png\ncover: zqx.png",
    "action_items: [{ text: Do a thing, owner: Zqrandom, ticket: ZQO-1, reason: Zqanna Zqlindt said no }]",
    "action_items: [{ text: Do it, done_when: Zqanna Zqlindt agrees on wiki.zqcorp.example, priority: zqlin }]",
    "timeline: [{ time: \"10:00\", text: Looked, actor: Zqrandom, who: Zqrandom }]",
];

/// What stops a build: doubt, or what only the guard sees.
const STOPS: &[(&str, &str)] = &[
    ("`ZQPROJECT`", "leak"),
    ("Zqpro**ject**", "leak"),
    ("Zqpro-\nject", "leak"),
    ("&#90;qproject", "leak"),
    ("> [!INTERNAL]\n> zqx", "internal"),
    ("!!! internal\n    zqx", "internal"),
    ("??? private\n    zqx", "internal"),
    ("{# internal #}\nzqx", "internal"),
    ("{{< internal >}}zqx{{< /internal >}}", "internal"),
    ("a <!-- internal -->zqx<!-- /internal --> b", "internal"),
    ("| a |\n|---|\n| <!-- internal -->zqx<!-- /internal --> |", "internal"),
    ("~~~\n<!-- internal -->\n~~~\nzqx\n<!-- /internal -->", "internal"),
];

fn project() -> SiteTest {
    let hidden = "---\ntitle: Zq the whole hidden affair\nid: PM-902\nslug: zqhidslug\ndate: 2026-01-02\ntags: [zqrare, disk]\n\
        family: zqfam\n---\nzqk\n";
    SiteTest::new().file("site.toml", SETTINGS).file("content/hid.md", hidden)
}

#[test]
fn what_nobody_thought_of_goes_as_well() {
    let site = project();
    with_fields(&site, FIELDS, "The pipe broke on a disk.");
    goes(&site, GONE);
    nowhere(&site, &["zq"]);
    println!("{} spellings and {} fields", GONE.len(), FIELDS.len());
}

#[test]
fn doubt_in_other_notations_stops_a_build() {
    stop(project, STOPS);
    println!("{} doubts", STOPS.len());
}

/// A file with words in it that a reader can get at, by its name.
fn attachments() -> Vec<(&'static str, Vec<u8>)> {
    const WORDS: &[u8] = b"user at wiki.zqcorp.example, asked Zqanna Zqlindt";
    let svg = |inner: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inner}</svg>")
    };
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}asked Zqanna Zqlindt".encode_utf16().flat_map(order).collect()
    };
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(WORDS).unwrap();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(WORDS).unwrap();
    let pdf =
        [b"%PDF-1.4\n1 0 obj<<>>stream\n".to_vec(), zlib.finish().unwrap(), b"\nendstream".to_vec()].concat();
    let name = b"zqanna-zqlindt.txt";
    let mut zip = b"PK\x03\x04\x14\0\0\0\0\0".to_vec();
    zip.extend([0; 16]);
    zip.extend([u8::try_from(name.len()).unwrap(), 0, 0, 0]);
    zip.extend(name);
    zip.extend(b"\xff\x00");
    vec![
        ("text.svg", svg("<text>Zqanna <tspan>Zqlindt</tspan></text>").into_bytes()),
        ("remark.svg", svg("<!-- wiki.zqcorp.example -->").into_bytes()),
        ("metadata.svg", svg("<metadata>@zqlin</metadata>").into_bytes()),
        ("link.svg", svg("<a href=\"https://wiki.zqcorp.example/\"><rect/></a>").into_bytes()),
        ("log.txt", WORDS.to_vec()),
        ("wide.txt", wide(u16::to_le_bytes)),
        ("big.txt", wide(u16::to_be_bytes)),
        ("old.txt", b"asked Zqj\xf6rg Zqm\xfcller".to_vec()),
        ("table.csv", b"owner,host\nZqanna Zqlindt,db1\n".to_vec()),
        ("page.html", b"<p>Zqanna <b>Zqlindt</b></p>".to_vec()),
        ("packed.gz", gzip.finish().unwrap()),
        ("paper.pdf", pdf),
        ("author.pdf", b"%PDF-1.4\n1 0 obj<</Author(Zqanna Zqlindt)>>endobj\n%%EOF".to_vec()),
        ("names.zip", zip),
        ("zqanna-zqlindt.txt", b"nothing in it".to_vec()),
    ]
}

#[test]
fn no_attachment_tells_it() {
    let all = attachments();
    let mut stopped = 0;
    for (name, bytes) in &all {
        let site = project().file("content/r.md", report(0, &format!("[the file]({name})")));
        std::fs::write(site.path().join("content").join(name), bytes).unwrap();
        let done = site.run(&["build", "--audience", "public", "--as-of", TODAY, "--out", "out"]);
        if done.code == Some(1) {
            assert!(done.stderr.contains("error[leak]"), "{name}: {}", done.stderr);
            assert!(!site.path().join("out").exists(), "{name}");
            stopped += 1;
            continue;
        }
        done.fine();
        for (file, bytes) in site.bytes("out") {
            assert!(!String::from_utf8_lossy(&bytes).to_lowercase().contains("zq"), "{name}: {file}");
        }
    }
    assert!(stopped > 10, "{stopped}");
    println!("{} attachments", all.len());
}

#[test]
fn addresses_of_a_network_go_in_every_notation() {
    let bodies = [
        "10.77.3.4 and `10.77.3.4:5432`",
        "http://10.77.3.4/x and 10[.]77[.]3[.]4",
        "ip-10-77-3-4.ec2.internal",
        "4.3.77.10.in-addr.arpa",
    ];
    for (page, body) in published(&project(), &bodies).iter().zip(bodies) {
        let plain = page.replace("[.]", ".").replace('-', ".");
        assert!(!plain.contains("10.77.3") && !plain.contains("3.77.10"), "{body}: {page}");
    }
}

#[test]
fn other_words_stay() {
    let stays = [
        ("look at example.com and at 10:00", "look at example.com"),
        ("10.78.3.4 and 1.10.77.3", "10.78.3.4"),
        ("Roses, the lindens’ shade, it’s `it's`", "lindens"),
        ("## Impact: what customers saw\n\nShown words.", "Shown words."),
        ("**Bold words**\n\nShown as well.", "Shown as well."),
        ("> [!NOTE]\n> Shown, too.", "Shown, too."),
        (
            "| Who | How long |\n|---|---|\n| Customers in Norway and all the others | an hour |",
            "Customers in Norway",
        ),
        ("Москва и Ελλάδα", "Москва и Ελλάδα"),
    ];
    let bodies = stays.map(|(body, _)| body);
    for (page, (body, words)) in published(&project(), &bodies).iter().zip(stays) {
        assert!(page.contains(words), "{words} is gone from {body:?}:\n{page}");
    }
}
