//! What Markdown becomes, construct by construct.

use super::*;
use crate::model::text::{Block, BlockKind, Inline, InlineKind, List, Row, plain, plain_blocks};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

fn read(text: &str) -> Document {
    let source = Source::new("a.md", text);
    let read = document(&source, 0, false);
    assert_eq!(read.found, Vec::new(), "{text:?}");
    spans_fit(&read.value.blocks, text);
    read.value
}

fn spans_fit(blocks: &[Block], text: &str) {
    for block in blocks {
        assert!(text.get(block.span.range()).is_some(), "{block:?}");
        for inline in block.inlines().into_iter().flatten() {
            assert!(text.get(inline.span.range()).is_some(), "{inline:?}");
        }
        for children in block.children() {
            spans_fit(children, text);
        }
    }
}

fn list(block: &Block) -> &List {
    match &block.kind {
        BlockKind::List(list) => list,
        other => panic!("no list: {other:?}"),
    }
}

fn paragraph(block: &Block) -> &[Inline] {
    match &block.kind {
        BlockKind::Paragraph(text) => text,
        other => panic!("no paragraph: {other:?}"),
    }
}

#[test]
fn words_in_a_tight_list_are_a_paragraph_and_the_list_stays_tight() {
    let document = read("- one\n  - two\n- [x] three\n\n1. a\n\n2. b\n");
    let tight = list(&document.blocks[0]);
    assert!(!tight.loose);
    assert_eq!(plain(paragraph(&tight.items[0].blocks[0])), "one");
    assert_eq!(plain_blocks(&tight.items[0].blocks), "one\ntwo\n");
    assert_eq!((tight.items[0].task, tight.items[1].task), (None, Some(true)));
    let loose = list(&document.blocks[1]);
    assert_eq!((loose.loose, loose.start), (true, Some(1)));
}

#[test]
fn a_box_in_a_loose_list_is_still_a_box() {
    let document = read("- [ ] one\n\n- [x] two\n");
    let tasks: Vec<_> = list(&document.blocks[0]).items.iter().map(|item| item.task).collect();
    assert_eq!(tasks, [Some(false), Some(true)]);
}

#[test]
fn spans_name_places_in_the_file_not_in_the_text_after_front_matter() {
    let source = Source::new("a.md", "---\ntitle: x\n---\n\n# Head *ing*\n");
    let read = document(&source, 17, false).value;
    assert_eq!(read.blocks[0].span.of(&source.text), "# Head *ing*\n");
    let BlockKind::Heading(heading) = &read.blocks[0].kind else { panic!() };
    assert_eq!((heading.level, &*heading.anchor), (1, "head-ing"));
}

#[test]
fn escapes_and_entities_do_not_cut_words_apart() {
    let document = read(r"10:00 \*really\* &amp; so_on");
    let text = paragraph(&document.blocks[0]);
    assert_eq!(text.len(), 1, "{text:?}");
    assert_eq!(plain(text), "10:00 *really* & so_on");
}

#[test]
fn bare_addresses_are_links_without_the_sentence_around_them() {
    let text =
        "See (https://x.example/a_(b)), www.y.example. Not `https://z.example`, [https://a.example](b)!";
    let document = read(text);
    let mut targets = Vec::new();
    for inline in paragraph(&document.blocks[0]) {
        if let InlineKind::Link(link) = &inline.kind {
            targets.push((&*link.target, inline.span.of(text)));
        }
    }
    let expected = [
        ("https://x.example/a_(b)", "https://x.example/a_(b)"),
        ("http://www.y.example", "www.y.example"),
        ("b", "[https://a.example](b)"),
    ];
    assert_eq!(targets, expected);
}

#[test]
fn reference_links_footnotes_alerts_tables_and_definitions_are_read() {
    let text = "> [!WARNING]\n> careful\n\n[a][1] and[^n]\n\n| x | y |\n|---|:-:|\n| 1 | 2 |\n\nterm\n: what it is\n\n[^n]: why\n\n[1]: b.md\n";
    let document = read(text);
    let names: Vec<&str> = document
        .blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Quote(Some(alert), _) => alert.word(),
            BlockKind::Paragraph(_) => "paragraph",
            BlockKind::Table(table) => table.rows[0].span.of(text).trim(),
            BlockKind::Definitions(all) => all[0].span.of(text).trim(),
            BlockKind::Footnote(label, _) => label,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["Warning", "paragraph", "| 1 | 2 |", "term", "n"]);
    let InlineKind::Link(link) = &paragraph(&document.blocks[1])[0].kind else { panic!() };
    assert_eq!(&*link.target, "b.md");
}

#[test]
fn raw_html_is_kept_and_said_to_be_there() {
    let document = read("<!-- note -->\n\nx<br>y\n");
    assert!(document.has_html);
    assert!(matches!(&document.blocks[0].kind, BlockKind::Html(html) if html.contains("note")));
    assert!(!read("plain").has_html);
}

#[test]
fn deep_nesting_is_flattened_and_loses_no_words() {
    for deep in [
        "> ".repeat(5_000) + "end",
        "- ".repeat(5_000) + "end",
        "*a ".repeat(5_000) + &"b*".repeat(5_000) + " end",
    ] {
        let read = document(&Source::new("a.md", deep), 0, false);
        assert_eq!(read.found.len(), 1);
        assert_eq!(read.found[0].code, "nesting");
        assert!(plain_blocks(&read.value.blocks).contains("end"));
        assert!(depth(&read.value.blocks) <= 2 * MAX_DEPTH);
    }
}

fn depth(blocks: &[Block]) -> usize {
    let children = blocks.iter().flat_map(Block::children);
    children.map(depth).max().map_or(usize::from(!blocks.is_empty()), |deepest| deepest + 1)
}

#[test]
fn a_text_too_long_for_any_postmortem_is_refused_in_words() {
    let read = document(&Source::new("a.md", "x".repeat(9 << 20)), 0, false);
    assert_eq!(read.value, Document::default());
    assert_eq!(read.found[0].message, "the text is 9 MiB long; at most 8 MiB are read");
}

#[test]
fn cells_beyond_the_header_are_kept_and_told() {
    let text = "| a | b |\n|---|---|\n| 1 | 2 | x \\| y | **z** |\n| 1 | 2 |\n| 1 |\n";
    let read = document(&Source::new("a.md", text), 0, false);
    let [Block { kind: BlockKind::Table(table), .. }] = read.value.blocks.as_slice() else {
        panic!("no table")
    };
    let cells = |row: &Row| row.cells.iter().map(|cell| plain(&cell.text)).collect::<Vec<_>>();
    assert_eq!(cells(&table.rows[0]), ["1", "2", "x | y", "z"]);
    assert_eq!(table.rows[0].cells[3].span.of(text), "**z**");
    assert_eq!(table.rows[1].cells.len(), 2);
    let told: Vec<_> = read.found.iter().map(|one| (one.code, one.span.of(text))).collect();
    assert_eq!(told, [("extra-cells", " x \\| y | **z** ")]);
}

#[test]
fn boxes_of_other_tools_stay_words() {
    let text = "It fell.\n\n:::note\nAll of it.\n:::\n";
    let read = document(&Source::new("a.md", text), 0, false);
    assert!(read.value.blocks.iter().all(|block| matches!(block.kind, BlockKind::Paragraph(_))));
    assert_eq!(read.found[0].span.of(text), ":::note");
}

#[test]
fn hostile_repetition_ends_quickly() {
    let many = |unit: &str| unit.repeat(100_000);
    let mut texts: Vec<String> = [
        "[",
        "*",
        ">",
        "[^",
        "![",
        "[a](",
        "<!--",
        "`",
        "<",
        "_a ",
        "~~",
        "[^a]",
        "|a",
        "- ",
        "&",
        "\\",
        "<a ",
        "](",
        "http:///",
        "http://a) ",
        "www.",
    ]
    .iter()
    .map(|unit| many(unit))
    .collect();
    texts.push("http://a".to_owned() + &many(")"));
    texts.push((1..1_000).map(|n| "`".repeat(n) + " ").collect());
    texts.push("|".repeat(5_000) + "\n" + &"|-".repeat(5_000) + "|\n" + &"|\n".repeat(5_000));
    texts.push("[^a]: ".repeat(20_000));
    texts.push(many("[a]: b\n") + &many("[a]"));
    texts.push(many("a\n\n> "));
    texts.push((0..3_000).map(|n| " ".repeat(n % 500) + "- a\n").collect());
    for text in texts {
        let start: String = text.chars().take(20).collect();
        let begun = worked();
        document(&Source::new("a.md", text), 0, false);
        let taken = worked().saturating_sub(begun);
        assert!(taken.as_secs() < 2, "{start:?} took {taken:?}");
    }
}

/// How long this thread has had a processor, where the system tells it: a busy machine must not fail a test. Elsewhere
/// the time that has passed.
#[expect(clippy::disallowed_methods, reason = "the test is about time")]
fn worked() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let begun = *BEGUN;
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}
