//! Blocks and inlines as HTML, and raw HTML made harmless.

use super::{Place, Written, write};
use crate::config::SiteConfig;
use crate::corpus::{AssetFile, Corpus, Draft, Edition, publish};
use crate::diag::{Source, Span};
use crate::measure::Closings;
use crate::model::{ActionItem, ActionState, Audience, EntryKind, Incident, StateMark, TimelineEntry};
use crate::parse::markdown;
use crate::plan::{ImageSizes, Site, Words};
use crate::recur::Recurrences;
use crate::relate::relate;
use crate::theme::Theme;
use jiff::civil::date;

static NO_SIZES: ImageSizes = ImageSizes::new();

fn read(path: &str, title: &str, text: &str) -> Incident {
    let document = markdown::document(&Source::new(path, text), 0, false).value;
    Incident { path: path.into(), id: path.into(), title: title.into(), document, ..Incident::default() }
}

fn edition(all: Vec<Incident>) -> Edition {
    let config = SiteConfig::default();
    let drafts = all.into_iter().map(|one| Draft::seal(one, None)).collect();
    let assets = vec![AssetFile { path: "a plot.png".into() }];
    publish(&Corpus::gather(drafts, assets, &config).value, Audience::Internal, &config, false)
}

/// The first document of `all`, rendered as on its page.
fn written(all: Vec<Incident>) -> Written {
    let edition = edition(all);
    let config = SiteConfig::default();
    let relations = relate(&edition);
    let recurrences = Recurrences::of(&edition, &config);
    let sizes = [("a plot.png".to_owned(), (640, 480))].into();
    let site = Site {
        config: &config,
        edition: &edition,
        relations: &relations,
        recurrences: &recurrences,
        as_of: date(2026, 1, 1),
        revision: None,
        live: false,
        image_sizes: &sizes,
        closings: &Closings::default(),
        elsewhere: None,
    };
    let words = Words::of(&Theme::builtin(), "en").value;
    let published = &edition.incidents[0];
    write(Place { published, site: &site, words: &words, root: "../", plain: false })
}

fn html(text: &str) -> String {
    written(vec![read("a.md", "A title", text)]).html
}

fn has(html: &str, part: &str) {
    assert!(html.contains(part), "no `{part}` in:\n{html}");
}

fn lacks(html: &str, part: &str) {
    assert!(!html.contains(part), "`{part}` in:\n{html}");
}

#[test]
fn headings_never_skip_a_level_and_the_title_is_not_repeated() {
    let page = written(vec![read(
        "a.md",
        "A title",
        "# A *title*\n\n## Impact\n\n#### Deep\n\n# Another\n\n### Low\n",
    )]);
    lacks(&page.html, "<h1");
    lacks(&page.html, "title</h");
    let levels: Vec<(u8, &str)> = page.headings.iter().map(|one| (one.level, one.title.as_str())).collect();
    assert_eq!(levels, [(2, "Impact"), (3, "Deep"), (2, "Another"), (3, "Low")]);
    has(
        &page.html,
        "<h2 id=\"impact\">Impact<a class=\"anchor\" href=\"#impact\" aria-label=\"Link to Impact\">#</a></h2>",
    );
}

#[test]
fn headings_cannot_take_ids_that_the_page_needs() {
    let page = html("## Main\n\n## t1\n\n## kb-actions\n\n[to main](#main)\n");
    for taken in ["id=\"main\"", "id=\"t1\"", "id=\"kb-actions\""] {
        lacks(&page, taken);
    }
    has(&page, "<a href=\"#main-1\">to main</a>");
}

#[test]
fn words_and_addresses_are_escaped() {
    let page = html("`<b>` & \"quotes\" [x](https://e.com/?a=1&b=\"2\" \"ti\\\"tle\")\n");
    has(&page, "<code>&lt;b&gt;</code> &amp; \"quotes\"");
    has(&page, "href=\"https://e.com/?a=1&amp;b=&quot;2&quot;\" title=\"ti&quot;tle\"");
}

#[test]
fn links_lead_to_what_the_gate_resolved_and_others_are_words_alone() {
    let first = read(
        "a.md",
        "A",
        "[other](b.md#impact) [gone](c.md) [js](javascript:alert(1)) [here](#nowhere) [out](https://e.com)\n",
    );
    let page = written(vec![first, read("b.md", "B", "## Impact\n")]).html;
    has(
        &page,
        "<a href=\"../incidents/b.html#impact\">other</a> gone js here <a href=\"https://e.com\">out</a>",
    );
}

#[test]
fn local_images_are_shown_with_their_size_and_remote_ones_are_links() {
    let page = html(
        "![Load](a%20plot.png) ![Plot of load](https://e.com/x.png) [![badge](https://e.com/b.svg)](https://e.com)\n",
    );
    has(
        &page,
        "<img src=\"../files/a%20plot.png\" alt=\"Load\" width=\"640\" height=\"480\" loading=\"lazy\">",
    );
    has(&page, "<a href=\"https://e.com/x.png\">Image: Plot of load</a>");
    has(&page, "<a href=\"https://e.com\">Image: badge</a>");
    assert_eq!(page.matches("<img").count(), 1);
}

#[test]
fn only_code_that_may_need_scrolling_gets_a_tab_stop() {
    let page = html(&format!("```\nshort\n```\n\n```\n{}\n```\n", "x".repeat(41)));
    has(&page, "<pre><code>short\n</code></pre>");
    has(&page, "<pre tabindex=\"0\" role=\"region\" aria-label=\"Code block 1\"><code>xxx");
}

#[test]
fn wide_tables_scroll_in_a_named_region_and_empty_headers_are_no_headers() {
    let page = html("| | b | c | d |\n|-|-|-:|-|\n| 1 | 2 | 3 | 4 |\n\n| a | b |\n|-|-|\n| 1 | 2 |\n");
    has(
        &page,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table 1\"><table><thead><tr><td></td><th scope=\"col\">b</th>",
    );
    has(&page, "<td class=\"end\">3</td>");
    assert_eq!(page.matches("role=\"region\"").count(), 1);
}

#[test]
fn footnotes_are_numbered_by_use_and_lead_back() {
    let page = html("One[^b], two[^a], again[^b], none[^x].\n\n[^a]: First.\n[^b]: Second.\n");
    has(&page, "<sup><a id=\"fnref-1\" href=\"#fn-1\" class=\"note\" aria-label=\"Footnote 1\">1</a></sup>");
    has(&page, "id=\"fnref-1-2\" href=\"#fn-1\"");
    has(
        &page,
        "<li id=\"fn-1\"><p>Second.</p>\n<a href=\"#fnref-1\" aria-label=\"Back to reference 1\">↩</a></li>",
    );
    has(&page, "none[^x]");
}

#[test]
fn alerts_say_what_they_are() {
    has(
        &html("> [!WARNING]\n> Hot.\n"),
        "<div class=\"alert warning\" role=\"note\"><p class=\"alert-title\">Warning</p>",
    );
}

#[test]
fn raw_html_keeps_what_is_harmless_and_nothing_else() {
    let page = html(
        "<details open onclick=\"x()\"><summary>Log</summary>\n\n- a <kbd>K</kbd><br>b\n\n</details>\n\n<p style=\"x\" id=\"main\" class=\"sev1\" data-kb=\"0\">p</p>\n",
    );
    has(&page, "<details open><summary>Log</summary>");
    has(&page, "<kbd>K</kbd><br>b");
    has(&page, "<p>p</p>");
    for bad in ["onclick", "style=", "id=\"main\"", "sev1", "data-kb"] {
        lacks(&page, bad);
    }
}

#[test]
fn hostile_html_does_nothing() {
    let hostile = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"java&#10;script:alert(1)\">x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<base href=\"https://evil.example\">",
        "<form action=\"https://evil.example\"><input name=a></form>",
        "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></math>",
        "<div <script>alert(1)</script>>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    ];
    for text in hostile {
        for page in
            [html(text), html(&format!("word {text} word")), html(&format!("| a |\n|-|\n| {text} |\n"))]
        {
            for bad in [
                "<script",
                "onerror=",
                "javascript:",
                "<svg",
                "<iframe",
                "<base",
                "<form",
                "<input",
                "<style",
                "<math",
                "srcdoc",
            ] {
                let text_of_it = page.replace("&lt;", "");
                assert!(
                    !text_of_it.contains(&format!("<{}", bad.trim_start_matches('<')))
                        || !bad.starts_with('<'),
                    "{text}\n{page}"
                );
                if !bad.starts_with('<') {
                    let in_a_tag = page
                        .split('<')
                        .skip(1)
                        .filter_map(|tag| tag.split('>').next())
                        .any(|tag| tag.contains(bad));
                    assert!(!in_a_tag, "{text}\n{page}");
                }
            }
        }
    }
}

#[test]
fn no_raw_tag_swallows_the_rest_of_the_page() {
    // In Markdown the first three reach to the end of the text; their words are shown all the same.
    for text in [
        "<script>",
        "<textarea>",
        "<style>",
        "<plaintext>",
        "<title>",
        "<div class=\"x",
        "<table><tr><td>",
        "<xmp>",
        "<b><i><u>",
        "</div></article></main>",
    ] {
        let page = html(&format!("{text}\n\n## Still here\n\n```sh\necho kept\n```\n"));
        has(&page, "Still here");
        has(&page, "kept");
        lacks(&page, "</main>");
        assert_eq!(page.matches("<div").count(), page.matches("</div>").count(), "{page}");
    }
}

#[test]
fn embedded_content_is_left_out_with_a_link() {
    let page = html("<iframe src=\"https://grafana.example.org/d/1?a=1&amp;b=2\" width=\"4000\"></iframe>\n");
    has(
        &page,
        "Embedded content from <strong>grafana.example.org</strong> was left out. <a href=\"https://grafana.example.org/d/1?a=1&amp;b=2\">Open it there</a>",
    );
}

#[test]
fn comments_and_line_breaks_need_no_filter() {
    let page = html("a<br/>b <!-- c --> d\n\n<!-- whole -->\n");
    assert_eq!(page, "<p>a<br>b  d</p>\n\n");
}

fn entry(text: &str, needle: &str) -> TimelineEntry {
    let start = text.find(needle).unwrap();
    TimelineEntry {
        at: None,
        until: None,
        written: String::new(),
        text: String::new(),
        kind: EntryKind::Note,
        inferred: false,
        span: Span::new(start, start + 5),
        line: 1,
    }
}

fn action(text: &str, needle: &str) -> ActionItem {
    let start = text.find(needle).unwrap_or(text.len());
    ActionItem {
        text: needle.into(),
        owners: Vec::new(),
        due: None,
        created: None,
        closed: None,
        tickets: Vec::new(),
        state: ActionState::Unknown,
        state_from: StateMark { from: "none", written: String::new() },
        reason: None,
        kind: None,
        priority: None,
        done_when: None,
        section: String::new(),
        public: None,
        span: Span::new(start, start + 1),
        line: 1,
    }
}

#[test]
fn entries_and_actions_get_their_ids_where_they_stand() {
    let text = "- 14:00 first\n- 14:05 second\n\n### 14:10 third\n\n| when | what |\n|-|-|\n| 14:20 | fourth |\n\n14:30 fifth and 14:40 sixth\n\n1. do this\n";
    let mut incident = read("a.md", "A", text);
    let needles = ["- 14:00", "- 14:05", "### 14:10", "| 14:20", "14:30", "14:40"];
    incident.timeline = needles.iter().map(|needle| entry(text, needle)).collect();
    incident.actions = vec![action(text, "1. do this"), action(text, "from front matter")];
    let page = written(vec![incident]);
    has(
        &page.html,
        "<li id=\"t1\">14:00 first<a class=\"anchor\" href=\"#t1\" aria-label=\"Link to timeline entry 1\">#</a>",
    );
    has(&page.html, "<li id=\"t2\">");
    has(&page.html, "<h2 id=\"t3\">");
    has(&page.html, "<tr id=\"t4\">");
    has(&page.html, "<p id=\"t5\">");
    has(&page.html, "<span id=\"t6\"></span>");
    has(&page.html, "<li id=\"action-1\">");
    assert_eq!(page.actions, [true, false]);
    assert_eq!(page.headings, [], "entries of a timeline are not in the contents");
}

#[test]
fn ids_survive_the_filter_of_raw_html() {
    let text = "- 14:00 <b>first</b>\n\n```json\n{\"a\": 1}\n```\n";
    let mut incident = read("a.md", "A", text);
    incident.timeline = vec![entry(text, "- 14:00")];
    let page = written(vec![incident]).html;
    has(&page, "<li id=\"t1\">14:00 <b>first</b><a class=\"anchor\" href=\"#t1\"");
    has(&page, "<pre><code>");
    has(&page, "<span class=\"s\">");
}

#[test]
fn feeds_get_no_ids_and_full_addresses() {
    let edition = edition(vec![read("a.md", "A", "## Impact\n\n[b](b.md)\n"), read("b.md", "B", "x\n")]);
    let config = SiteConfig::default();
    let relations = relate(&edition);
    let recurrences = Recurrences::of(&edition, &config);
    let site = Site {
        config: &config,
        edition: &edition,
        relations: &relations,
        recurrences: &recurrences,
        as_of: date(2026, 1, 1),
        revision: None,
        live: false,
        image_sizes: &NO_SIZES,
        closings: &Closings::default(),
        elsewhere: None,
    };
    let words = Words::of(&Theme::builtin(), "en").value;
    let page = write(Place {
        published: &edition.incidents[0],
        site: &site,
        words: &words,
        root: "https://pm.example/",
        plain: true,
    })
    .html;
    assert_eq!(page, "<h2>Impact</h2>\n<p><a href=\"https://pm.example/incidents/b.html\">b</a></p>\n");
}
