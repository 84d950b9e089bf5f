//! What is mended, and that nothing else is touched.

use super::*;
use crate::diag::{Level, Span};
use proptest::prelude::*;

fn mended(text: &str) -> String {
    apply(text, &edits(text, &[]))
}

#[test]
fn dates_of_the_front_matter_take_their_iso_form() {
    let text = "---\ndate: 2024/3/4\nstarted: \"2024.03.04 9:05\" # about\nresolved: 2024-3-4T9:30:00+01:00\nactions:\n  - text: Rewrite 2024/3/4\n    due: 2024/4/1\n---\nOn 2024/3/4 it broke.\ndate: 2024/3/4\n";
    let wanted = "---\ndate: 2024-03-04\nstarted: \"2024-03-04 09:05\" # about\nresolved: 2024-03-04T09:30:00+01:00\nactions:\n  - text: Rewrite 2024/3/4\n    due: 2024-04-01\n---\nOn 2024/3/4 it broke.\ndate: 2024/3/4\n";
    assert_eq!(mended(text), wanted);
}

#[test]
fn what_is_no_date_or_could_be_read_in_two_ways_is_left() {
    for line in [
        "date: 3/4/2024",
        "date: 2024/13/4",
        "date: 2024/2/30",
        "date: 2024/3/4/5",
        "date: soon",
        "version: 2024/3/4",
    ] {
        let text = format!("---\n{line}\n---\n");
        assert_eq!(mended(&text), text);
    }
    let block = "---\nsummary: |\n  date: 2024/3/4\n---\n";
    assert_eq!(mended(block), block);
    let open = "---\ndate: 2024/3/4\n";
    assert_eq!(mended(open), open, "front matter that is never closed is text");
}

#[test]
fn rows_get_back_the_pipe_they_lost() {
    let text = "| Action | Owner |\n| --- | --- |\n| Add alert | @ada\nDrop `a\\|b` | @bo |\n| whole | row |\n\nno | row |\n";
    let wanted = "| Action | Owner |\n| --- | --- |\n| Add alert | @ada |\n| Drop `a\\|b` | @bo |\n| whole | row |\n\nno | row |\n";
    assert_eq!(mended(text), wanted);
}

#[test]
fn rows_go_back_to_the_table_that_a_blank_line_cut_them_off_from() {
    let table = "| Action | Owner |\n| --- | --- |\n| Add alert | @ada |\n";
    let cut = format!("{table}\n| Drop it | @bo |\n| Move it | @cy\n\nText.\n");
    assert_eq!(mended(&cut), format!("{table}| Drop it | @bo |\n| Move it | @cy |\n\nText.\n"));
    for left in [
        "\n\n| Drop it | @bo |\n",
        "\n| a | b | c |\n",
        "\n| Why | Because |\n|---|---|\n| x | y |\n",
        "\nDrop it | @bo |\n",
    ] {
        let text = format!("{table}{left}");
        assert_eq!(mended(&text), text);
    }
}

#[test]
fn rows_that_lack_more_than_a_pipe_are_left() {
    for text in [
        "| A | B |\n| --- | --- |\n| only one\n",
        "A | B\n--- | ---\na | b\n",
        "```\n| A | B |\n| --- | --- |\n| a | b\n```\n",
    ] {
        assert_eq!(mended(text), text);
    }
}

#[test]
fn a_misspelt_key_is_renamed_unless_the_right_one_is_there() {
    let found = [Diagnostic {
        level: Level::Warning,
        code: "unknown-key",
        file: "a.md".into(),
        span: Span::new(4, 13),
        message: String::new(),
        help: Some("did you mean `severity`".into()),
    }];
    let text = "---\nserverity: SEV2\n---\n";
    assert_eq!(apply(text, &edits(text, &found)), "---\nseverity: SEV2\n---\n");
    let both = "---\nserverity: SEV2\nseverity: SEV1\n---\n";
    assert_eq!(apply(both, &edits(both, &found)), both);
}

#[test]
fn a_line_that_repeats_another_goes() {
    assert_eq!(mended("---\nid: PM-1\nid: PM-1\ntitle: a\n---\n"), "---\nid: PM-1\ntitle: a\n---\n");
    let other = "---\nid: PM-1\nid: PM-2\n---\n";
    assert_eq!(mended(other), other);
}

/// Texts in which there is often something to mend.
fn texts() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("---".to_owned()),
        Just("| A | B |".to_owned()),
        Just("| --- | --- |".to_owned()),
        Just("```".to_owned()),
        "(date|started|due|id|summary): ?[\"|>]?20[0-9]{2}[/.-][0-9]{1,2}[/.-][0-9]{1,2}( [0-9]{1,2}:[0-9]{2})?",
        "[ |a-zé\\\\-]{0,12}",
    ];
    (any::<bool>(), proptest::collection::vec(line, 0..14)).prop_map(|(front, lines)| {
        let text = lines.join("\n");
        if front { format!("---\n{text}\n---\nbody\n") } else { text }
    })
}

proptest! {
    #[test]
    fn only_the_named_bytes_change_and_mending_twice_is_mending_once(text in texts()) {
        let edits = edits(&text, &[]);
        let mended = apply(&text, &edits);
        let (mut old, mut new) = (0, 0);
        for edit in &edits {
            let kept = edit.range.start - old;
            prop_assert_eq!(&text[old..edit.range.start], &mended[new..new + kept]);
            new += kept;
            prop_assert_eq!(&mended[new..new + edit.new.len()], edit.new.as_str());
            new += edit.new.len();
            old = edit.range.end;
        }
        prop_assert_eq!(&text[old..], &mended[new..]);
        prop_assert_eq!(apply(&mended, &super::edits(&mended, &[])), mended);
    }

    #[test]
    fn any_text_can_be_looked_at(text in "\\PC{0,200}") {
        prop_assert!(edits(&text, &[]).iter().all(|edit| edit.range.end <= text.len()));
    }
}
