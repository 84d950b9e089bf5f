//! Sections in every notation.

use super::*;
use crate::config::SiteConfig;
use crate::diag::Source;
use crate::parse::markdown;

/// Every section as `kind notation level: extent`.
fn sections(text: &str) -> Vec<String> {
    let source = Source::new("a.md", text);
    let document = markdown::document(&source, 0, false).value;
    let synonyms = Synonyms::new(&SiteConfig::default());
    let title =
        document.blocks.first().filter(|block| matches!(&block.kind, BlockKind::Heading(h) if h.level == 1));
    let found = find(&document, title.map(|block| block.span), &Lines::of(text), text.len(), &synonyms);
    let told = found.iter().map(|section| {
        let kind = section.kind.map_or("?", SectionKind::word);
        let extent = section.extent.of(text).trim().replace('\n', "/");
        format!("{kind} {} {}: {extent}", section.notation, section.level)
    });
    told.collect()
}

#[test]
fn a_section_reaches_to_the_next_of_its_level_or_above() {
    let found = sections("# T\n## Summary\na\n### More\nb\n## Impact\nc\n");
    assert_eq!(
        found,
        [
            "summary heading 2: ## Summary/a/### More/b",
            "? heading 3: ### More/b",
            "impact heading 2: ## Impact/c"
        ]
    );
}

#[test]
fn underlined_headings_count_and_fenced_ones_do_not() {
    let found = sections("Timeline\n--------\n\n```sh\n# Impact\n```\n");
    assert_eq!(found, ["timeline heading 2: Timeline/--------//```sh/# Impact/```"]);
}

#[test]
fn bold_labels_open_sections_line_by_line() {
    let found = sections("**Summary:** it broke\n**Impact**: all of it\n\n**Timeline**\n\n- 10:00 a\n");
    assert_eq!(
        found,
        [
            "summary bold label 1: **Summary:** it broke",
            "impact bold label 1: **Impact**: all of it",
            "timeline bold label 1: **Timeline**//- 10:00 a"
        ]
    );
}

#[test]
fn bullets_with_bold_labels_and_numbered_labels_open_sections() {
    let found = sections(
        "### Incident on a day\n- **Key events**\n  - First detected 10:00\n- **Impact**:\n  - none\n",
    );
    assert_eq!(found[1], "timeline bullet label 4: - **Key events**/  - First detected 10:00");
    assert_eq!(found[2], "impact bullet label 4: - **Impact**:/  - none");
    let numbered = sections("1. Summary\n\n   it broke\n\n2. Timeline\n\n   10:00 a\n");
    assert_eq!(numbered[1], "timeline numbered label 1: 2. Timeline//   10:00 a");
}

#[test]
fn plain_labels_open_sections() {
    let found = sections("What Went Well:\n\n- people\n\nImpact: everyone\n\nNote: the impact: none\n");
    assert_eq!(
        found,
        [
            "went-well plain label 1: What Went Well://- people",
            "impact plain label 1: Impact: everyone//Note: the impact: none"
        ]
    );
}

#[test]
fn a_known_title_alone_above_a_list_opens_a_section_without_a_colon() {
    let found = sections("# T\n## Detection\na\n\nAction Items\n- b\n\n## Impact\nc\n");
    assert_eq!(
        found,
        [
            "detection heading 2: ## Detection/a//Action Items/- b",
            "actions plain label 3: Action Items/- b",
            "impact heading 2: ## Impact/c"
        ]
    );
    assert_eq!(sections("# T\n## Notes\nImpact\n\nNothing follows.\n").len(), 1);
}

#[test]
fn a_title_above_a_list_is_told_once_in_a_text_without_headings() {
    let found = sections("# T\n\n- a\n\nWhat went well\n\n- b\n");
    assert_eq!(found, ["went-well plain label 2: What went well//- b"]);
}

#[test]
fn groups_among_actions_and_labels_in_timelines_are_not_sections() {
    let found = sections(
        "## Action items\n### What went wrong\n- a\n**Impact:** x\n## Timeline\n**Resolution:** 10:00\n## Lessons\n",
    );
    let kinds: Vec<&str> = found.iter().map(|one| one.split(' ').next().unwrap()).collect();
    assert_eq!(kinds, ["actions", "?", "timeline", "lessons"]);
}

#[test]
fn names_in_bold_are_no_sections() {
    assert_eq!(sections("**Alex**\n\n- write it down\n\n**20th September 2023:**\n"), Vec::<String>::new());
}

#[test]
fn an_opening_of_fifteen_words_is_the_summary() {
    let words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
    let found = sections(&format!("# T\n\n**Date**: today\n\n{words}\n\n## Timeline\n"));
    assert_eq!(found[0], format!("summary opening paragraph 1: {words}"));
    assert_eq!(sections("# T\n\nToo short.\n\n## Timeline\n").len(), 1);
    assert_eq!(sections(&format!("{words}\n\n## Summary\n\nx\n")).len(), 1);
}

#[test]
fn a_log_of_incidents_is_no_timeline_and_each_incident_has_its_own() {
    let incident = |day| {
        format!("## Incident on the {day}th\n\n- **Key events**\n  - down 10:00\n- **Impact**: none\n\n")
    };
    let found = sections(&format!("# Log\n\n# Incident log\n\n{}{}", incident(4), incident(5)));
    let kinds: Vec<&str> = found.iter().filter_map(|section| section.split(' ').next()).collect();
    assert_eq!(kinds, ["?", "?", "timeline", "impact", "?", "timeline", "impact"], "{found:#?}");
}

#[test]
fn a_timeline_may_have_one_more_below_it() {
    let found = sections("# T\n## Timeline\n- 10:00 a\n### Detailed timeline\n- 10:05 b\n");
    let kinds: Vec<&str> = found.iter().filter_map(|section| section.split(' ').next()).collect();
    assert_eq!(kinds, ["timeline", "timeline"]);
}

#[test]
fn lines_that_are_titles_open_sections_where_nothing_else_does() {
    let text = "REPORT OF AN OUTAGE\n\nISSUE OVERVIEW\n\nIt broke.\n\nTimeline (all times in WAT)\n\n10:00 AM it broke\n\n\
                What was the root cause?\n\nA typo.\nRoot cause and resolution:\nA typo, mended.\n";
    let told: Vec<String> =
        sections(text).iter().map(|one| one.split(':').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(
        told,
        [
            "summary plain label 1",
            "timeline plain label 1",
            "root-cause plain label 1",
            "root-cause plain label 1"
        ]
    );
    assert_eq!(
        sections("# T\n\n## Notes\n\nROOT CAUSE\n\nA typo.\n").len(),
        1,
        "headings are there to be used"
    );
    assert_eq!(sections("# T\n\nTime\tActions\n10:00\tit broke\n").len(), 0);
}

#[test]
fn marks_of_a_heading_without_their_blank_do_not_hide_a_title() {
    let found = sections("##Timeline\n10:00 it broke\n\n##Impact\nall of it\n");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(sections("#Timeline of the 1990s in #music\n").len(), 0);
}

#[test]
fn paragraphs_may_begin_with_what_they_are_about() {
    let text = "# T\n\nCause: a typo\n\nNext steps / prevention: we will lint it\n";
    let kinds: Vec<String> =
        sections(text).iter().map(|one| one.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["root-cause", "actions"]);
    assert_eq!(sections("# T\n## Notes\n\nCause: a typo\n").len(), 1, "headings are there to be used");
}

#[test]
fn what_is_a_field_is_no_section() {
    assert_eq!(sections("**Severity:** SEV-1\n**Affected services:** hub, proxy\n"), Vec::<String>::new());
    assert_eq!(sections("# T\n## Impact\n- **Recovery**: by hand\n").len(), 1);
    let grouped = sections("**Next steps**\n\n1. Detection:\n\n   - add alerts\n");
    assert_eq!(grouped.len(), 1, "{grouped:?}");
}

#[test]
fn a_label_reaches_to_the_next_heading() {
    let found = sections("**Action items:**\n\n- a\n\n### Conclusion\n\n- b\n");
    assert_eq!(
        found,
        ["actions bold label 1: **Action items:**//- a", "lessons heading 3: ### Conclusion//- b"]
    );
}

#[test]
fn bold_questions_among_lessons_open_what_went_well_and_what_did_not() {
    let text = "# T\n## Lessons\n- **What went well?** The drill.\n- **What went poorly?**:\n  - The bell.\n- **Where did we get lucky?** It was day.\n- **Recovery** was slow\n";
    let kinds: Vec<String> =
        sections(text).iter().map(|one| one.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["lessons", "went-well", "went-poorly", "lucky"]);
}
