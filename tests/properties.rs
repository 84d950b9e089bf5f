//! What holds for any input: reading never panics and never points outside its text, addresses never leave the site, and
//! the public edition does not depend on what it does not show.

use kb::config::SiteConfig;
use kb::corpus::{AssetFile, Corpus, Draft, Edition, publish, slugify};
use kb::diag::{Source, Span};
use kb::model::Audience;
use kb::model::text::Block;
use kb::output::OutputPath;
use kb::parse::{ParseOptions, postmortem};
use kb::plan::{Site, plan};
use kb::recur::Recurrences;
use kb::relate::relate;
use kb::theme::Theme;
use proptest::prelude::*;

/// Pieces of postmortems, whole and broken, that meet in any order.
const PIECES: [&str; 48] = [
    "---\n",
    "+++\n",
    "title: x\n",
    "date: 2026-03-01\n",
    "date: 2026-02-31\n",
    "visibility: public\n",
    "tags: [a, b]\n",
    "impact:\n  users: 4\n",
    "a: &a [*a, *a]\n",
    "[impact]\nusers = 4\n",
    "# Disk full\n",
    "## Timeline\n",
    "## Action items\n",
    "## Appendix\n",
    "Impact\n---\n",
    "**Root cause:** it was full\n",
    "- 02:00 it began\n",
    "- 25:61 UTC it ended\n",
    "| Time | What |\n|---|---|\n| 23:59 | a |\n| 00:01 | b |\n",
    "|a|\n|-|\n|\n",
    "- [ ] do it @ada OPS-1 due 2026-04-01\n",
    "- [x] ~~never~~\n",
    "1. Why? Because.\n",
    "> quoted\n",
    "> [!NOTE]\n> n\n",
    "```rust\nfn main() {}\n",
    "```\n",
    "~~~\n",
    "<!-- internal -->\n",
    "<!-- /internal -->\n",
    "<!-- intern -->\n",
    "<!--",
    "-->",
    "<div>\n",
    "</div>\n",
    "[a](b.md#c) ",
    "![i](i.png)",
    "[^1] ",
    "[^1]: note\n",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "\u{feff}",
    "é\u{301}🔥",
    "2026-03-01T02:00:00+01:00 ",
    "Between 2 and 3 p.m. on 1/2/2026, ",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[ -~\n]{0,40}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn settings() -> SiteConfig {
    let text = "[audience.public]\nhide_sections = ['appendix']\nhide_fields = ['impact.users', 'tags']";
    kb::config::read(&Source::new("site.toml", text)).value
}

fn edition(sources: &[Source], audience: Audience, config: &SiteConfig) -> Edition {
    let options = ParseOptions::new(config);
    let drafts: Vec<Draft> = sources.iter().map(|source| postmortem(source, &options).value).collect();
    let assets = vec![AssetFile { path: "i.png".into() }];
    publish(&Corpus::gather(drafts, assets, config).value, audience, config, true)
}

fn lies_in(span: Span, text: &str) -> bool {
    span.start <= span.end && text.get(span.range()).is_some()
}

fn blocks_lie_in(blocks: &[Block], text: &str) -> bool {
    let inline = |block: &Block| block.inlines().into_iter().flatten().all(|one| lies_in(one.span, text));
    blocks.iter().all(|block| {
        lies_in(block.span, text)
            && inline(block)
            && block.children().into_iter().all(|inner| blocks_lie_in(inner, text))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn reading_never_panics_and_every_place_lies_in_the_text(text in text()) {
        let config = settings();
        let source = Source::new("2026/a.md", text.as_str());
        let read = postmortem(&source, &ParseOptions::new(&config));
        for finding in &read.found {
            prop_assert!(lies_in(finding.span, &text), "{finding:?}");
        }
        let corpus = Corpus::gather(vec![read.value], Vec::new(), &config).value;
        let edition = publish(&corpus, Audience::Internal, &config, true);
        publish(&corpus, Audience::Public, &config, true);
        for one in edition.incidents.iter().chain(&edition.pages) {
            let incident = &one.incident;
            prop_assert!(blocks_lie_in(&incident.document.blocks, &text));
            for section in &incident.sections {
                prop_assert!(lies_in(section.span, &text) && lies_in(section.extent, &text), "{section:?}");
            }
            prop_assert!(incident.timeline.iter().all(|entry| lies_in(entry.span, &text)));
            prop_assert!(incident.actions.iter().all(|action| lies_in(action.span, &text)));
        }
    }

    #[test]
    fn front_matter_of_any_kind_is_read(front in "[a-z_]{0,8}[:=]?[ \\[\\]{}&*|>'\"a-z0-9\n#-]{0,120}", fence in "---|\\+\\+\\+") {
        let text = format!("{fence}\n{front}\n{fence}\n# T\n");
        let read = postmortem(&Source::new("a.md", text.as_str()), &ParseOptions::new(&settings()));
        for finding in &read.found {
            prop_assert!(lies_in(finding.span, &text), "{finding:?}");
        }
    }

    #[test]
    fn a_slug_is_a_file_name(text in any::<String>()) {
        let slug = slugify(&text);
        prop_assert!(OutputPath::new(&format!("incidents/{slug}.html")).is_some(), "{slug:?}");
        prop_assert!(!slug.contains('/'), "{slug:?}");
    }
}

/// A name as authors put it where an address comes from it.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "../x",
            "/etc/passwd",
            "..",
            ".",
            "a/../../b",
            "C:\\x",
            "index",
            "",
            "%2e%2e/a",
            "a\u{0}b",
            "con"
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_name_leads_out_of_the_site(names in prop::collection::vec(name(), 6)) {
        let quoted: Vec<String> = names.iter().map(|name| serde_json::to_string(name).unwrap()).collect();
        let [id, slug, tag, component, family, alias] = &quoted[..] else { unreachable!() };
        let text = format!(
            "---\nid: {id}\nslug: {slug}\ntags: [{tag}]\ncomponents: [{component}]\nfamily: {family}\naliases: [{alias}]\n---\n# T\n"
        );
        let sources = [Source::new("a.md", text.as_str()), Source::new("b.md", text.as_str())];
        let config = SiteConfig::default();
        let edition = edition(&sources, Audience::Internal, &config);
        let relations = relate(&edition);
        let recurrences = Recurrences::of(&edition, &config);
        let sizes = kb::plan::ImageSizes::default();
        let theme = Theme::load("default", &|_: &str| None).value;
        let closings = kb::measure::Closings::default();
        let site = Site {
            config: &config, edition: &edition, relations: &relations, recurrences: &recurrences,
            as_of: jiff::civil::date(2026, 11, 25), revision: None, live: false, image_sizes: &sizes,
            closings: &closings,
            elsewhere: None,
        };
        let mut seen = std::collections::BTreeSet::new();
        for page in plan(&site, &theme).value {
            let path = page.path.as_str().to_owned();
            prop_assert!(OutputPath::new(&path).is_some(), "{path:?}");
            prop_assert!(seen.insert(path.to_lowercase()), "two pages at {path:?}");
        }
    }

    #[test]
    fn the_public_edition_is_that_of_the_sources_without_internal_parts(
        documents in prop::collection::vec(document(), 1..5),
    ) {
        let config = settings();
        let with: Vec<Source> = documents.iter().enumerate().map(|(n, one)| one.source(n, true)).collect();
        let open = documents.iter().enumerate().filter(|(_, one)| one.public);
        let without: Vec<Source> = open.map(|(n, one)| one.source(n, false)).collect();
        let with = edition(&with, Audience::Public, &config);
        let without = edition(&without, Audience::Public, &config);
        prop_assert_eq!(format!("{with:#?}"), format!("{without:#?}"));
    }
}

/// A report whose parts are open or internal.
#[derive(Debug, Clone)]
struct Report {
    public: bool,
    parts: Vec<(bool, String)>,
}

impl Report {
    /// Its file; without its internal parts unless `whole`.
    fn source(&self, number: usize, whole: bool) -> Source {
        let mut text = format!("---\nid: PM-{number}\ndate: 2026-0{}-01\n", number + 1);
        text += if self.public { "visibility: public\n---\n" } else { "---\n" };
        text += "# Report\n\n";
        for (internal, part) in &self.parts {
            if *internal && whole {
                text += &format!("<!-- internal -->\n{part}\n<!-- /internal -->\n");
            } else if !internal {
                text += part;
            }
        }
        Source::new(format!("2026/{number}.md"), text)
    }
}

fn document() -> impl Strategy<Value = Report> {
    let part = prop::sample::select(vec![
        "## Timeline\n\n- 02:00 it began (started)\n- 03:00 it ended (resolved)\n\n",
        "## Summary\n\nA disk was full. See [another](1.md) and PM-2.\n\n",
        "[^1]: a note\n\n",
        "Text with a note[^1] and [a link].\n\n",
        "[a link]: 0.md\n\n",
        "![graph](i.png)\n\n",
        "## Action items\n\n- [ ] watch the disk @ada due 2026-05-01\n\n",
        "## Appendix\n\nLogs.\n\n",
        "## Impact\n\n40 users.\n\n",
        "**Severity:** SEV1\n\n",
        "```\nno space left\n```\n\n",
        "Why did it fill? Because of PM-3.\n\n",
        "1. Why? Logs.\n2. Why? Debug.\n\n",
    ]);
    let part = (any::<bool>(), part.prop_map(str::to_owned));
    (any::<bool>(), prop::collection::vec(part, 0..8)).prop_map(|(public, parts)| Report { public, parts })
}
