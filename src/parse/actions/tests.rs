//! Promises as teams write them, each told as state, owner, ticket and words.

use crate::config::SiteConfig;
use crate::diag::Source;
use crate::model::ActionItem;
use crate::parse::{ParseOptions, read};

fn items(text: &str) -> Vec<ActionItem> {
    let source = Source::new("2024-03-14-hub.md", text);
    read(&source, &ParseOptions::new(&SiteConfig::default()), &mut Vec::new()).0.actions
}

fn told(text: &str) -> Vec<String> {
    let line = |item: &ActionItem| {
        let tickets: Vec<&str> = item.tickets.iter().map(|ticket| ticket.id.as_str()).collect();
        let due = item.due.map(|due| due.to_string()).unwrap_or_default();
        let from = item.state_from.from;
        format!(
            "{}({from}) {}|{due}|{}|{}",
            item.state.word(),
            item.owners.join("+"),
            tickets.join("+"),
            item.text
        )
    };
    items(text).iter().map(line).collect()
}

#[test]
fn names_before_a_colon_are_owners_where_one_comes_again() {
    let list = |last: &str| {
        format!(
            "# Hub\n\n## Action items\n\n* Harbour: Shorten the drill\n* Harbour + Quay: Find the leak\n* {last}: Write it down\n"
        )
    };
    assert_eq!(
        told(&list("Quay")),
        [
            "unknown(none) Harbour|||Shorten the drill",
            "unknown(none) Harbour+Quay|||Find the leak",
            "unknown(none) Quay|||Write it down"
        ]
    );
    let topics = "# Hub\n\n## Action items\n\n* Backups: Test them\n* Certificates: Renew them\n";
    assert!(items(topics).iter().all(|item| item.owners.is_empty()));
}

#[test]
fn a_list_without_marks_has_unknown_states_and_one_mark_opens_its_neighbours() {
    let text = "# Hub\n\n## Action items\n\n- Add alerts ([#12](https://github.com/a/b/issues/12))\n- Write it down\n";
    assert_eq!(told(text), ["unknown(none) ||#12|Add alerts", "unknown(none) |||Write it down"]);
    let text = "# Hub\n\n## Action items\n\n- Add alerts (Done!)\n- Write it down\n- N/A\n";
    assert_eq!(told(text), ["done(word) |||Add alerts", "open(sibling) |||Write it down"]);
}

#[test]
fn a_table_is_read_by_the_meaning_of_its_columns() {
    let text = "# Hub\n\n## Action items\n\n| Action | Owner | Due | Status | Ticket |\n|---|---|---|---|---|\n| Add alerts | @ann | Mar 21 | Done | OPS-12 |\n| Buy a node | Bo, Cy | 2024-05-01 | cancelled: too dear | |\n| ------ | | | | |\n";
    assert_eq!(
        told(text),
        [
            "done(status column) ann|2024-03-21|OPS-12|Add alerts",
            "cancelled(status column) Bo+Cy|2024-05-01||Buy a node",
        ]
    );
    assert_eq!(items(text).get(1).and_then(|item| item.reason.as_deref()), Some("too dear"));
}

#[test]
fn an_item_that_stands_has_no_reason_for_being_dropped_and_no_day_of_another_age() {
    let text = "# Hub\n\n## Action items\n\n- [ ] Find out why the second pool is not needed at night\n- Buy a node (done 4048-04-02)\n- Sell it by 4048-04-02\n";
    for item in items(text) {
        assert_eq!((item.reason, item.due, item.closed), (None, None, None), "{}", item.text);
    }
}

#[test]
fn groups_give_owner_state_and_kind_to_their_items() {
    let text = "# Hub\n\n## Actions\n\n**Alex**\n\n- look at the logs\n\n### Completed\n\n- new disks\n\n### Detection\n\n- an alarm\n";
    let all = items(text);
    let owners: Vec<_> = all.iter().map(|item| item.owners.join("+")).collect();
    assert_eq!(owners, ["Alex", "", ""]);
    assert_eq!(told(text).get(1).map(String::as_str), Some("done(group heading) |||new disks"));
    assert_eq!(all.get(2).and_then(|item| item.kind).map(crate::model::ActionKind::word), Some("detect"));
}

#[test]
fn nested_bullets_explain_unless_the_parent_only_names_a_group() {
    let text = "# Hub\n\n## Actions\n\n- [x] Add alerts\n  - for the hub\n- [ ] Buy a node\n- Process:\n  - write it down\n  - tell everybody\n";
    assert_eq!(
        told(text),
        [
            "done(checkbox) |||Add alerts",
            "open(checkbox) |||Buy a node",
            "unknown(none) |||write it down",
            "unknown(none) |||tell everybody",
        ]
    );
}

#[test]
fn paragraphs_promise_only_where_there_is_no_list() {
    let text = "# Hub\n\n## Actions\n\nWe met on Monday.\n\nThe team will add alerts.\n";
    assert_eq!(told(text), ["unknown(none) |||The team will add alerts."]);
}

#[test]
fn sections_of_past_work_and_of_other_kinds_hold_no_promises() {
    let text = "# Hub\n\n## Actions taken\n\n- restarted it\n\n## Action items\n\n- add alerts\n\n### What went wrong\n\n- nobody looked\n";
    assert_eq!(told(text), ["unknown(none) |||add alerts"]);
}

#[test]
fn a_row_that_lost_its_table_is_read_and_told() {
    let text = "# Hub\n\n## Actions\n\nAction | Type | Owner |\nAdd alerts | detect | Team A |\n";
    let mut found = Vec::new();
    let source = Source::new("hub.md", text);
    let (incident, _) = read(&source, &ParseOptions::new(&SiteConfig::default()), &mut found);
    assert_eq!(incident.actions.iter().map(|item| item.owners.join("+")).collect::<Vec<_>>(), ["Team A"]);
    assert!(found.iter().any(|one| one.code == "lost-pipe"));
}

#[test]
fn front_matter_may_state_promises() {
    let text = "---\naction_items:\n  - text: Add alerts\n    owner: ann\n    due: 2024-04-01\n    state: in progress\n    ticket: OPS-1\n---\n# Hub\n";
    assert_eq!(told(text), ["in-progress(front matter) ann|2024-04-01|OPS-1|Add alerts"]);
}

#[test]
fn marked_lines_of_a_paragraph_are_items_of_the_group_above_them() {
    let text = "# Hub\n\n## Preventive measures\n\n1. Alerts:\n\nTODO: Watch the queue.\nDONE: Watch the disk.\n2. Scaling:\n\nTODO: Buy a node.\n";
    assert_eq!(
        told(text),
        ["open(word) |||Watch the queue.", "done(word) |||Watch the disk.", "open(word) |||Buy a node."]
    );
}

#[test]
fn paragraphs_behind_a_list_end_it() {
    let text =
        "# Hub\n\n## Next steps\n\n- Add alerts\n\nThe hub will stay as it is. Thank you for reading.\n";
    assert_eq!(told(text), ["unknown(none) |||Add alerts"]);
    assert_eq!(
        told("# Hub\n\n## Next steps\n\nTo keep it from coming back we will do all of these:\n"),
        [] as [&str; 0]
    );
}

#[test]
fn a_status_column_may_hold_a_sign_and_an_owner_column_a_state() {
    let row = |status: &str| {
        let text = format!(
            "# Hub\n\n## Actions\n\n| Action | Owner | Status |\n|---|---|---|\n| Add alerts | Done | {status} |\n"
        );
        told(&text).join("/")
    };
    assert_eq!(row("🔴"), "open(status column) |||Add alerts");
    assert_eq!(row("PR OPEN"), "in-progress(status column) |||Add alerts");
    assert_eq!(row("Verified"), "done(status column) |||Add alerts");
    assert_eq!(row("Not planned"), "cancelled(status column) |||Add alerts");
}

#[test]
fn further_boxes_and_groups_tell_the_state() {
    let text = "# Hub\n\n## Actions\n\n- [-] Buy a node\n- [~] Add alerts\n\n### Immediate (implemented)\n\n- new disks\n\n### Recommended\n\n- a third node\n\n### Follow-ups (not done yet)\n\n- a fourth\n";
    assert_eq!(
        told(text),
        [
            "cancelled(checkbox) |||Buy a node",
            "in-progress(checkbox) |||Add alerts",
            "done(group heading) |||new disks",
            "proposed(group heading) |||a third node",
            "open(group heading) |||a fourth"
        ]
    );
}

#[test]
fn fields_below_a_promise_are_said_of_it() {
    let told_of = |body: &str| told(&format!("# Hub\n\n## Action items\n\n{body}\n"));
    let wanted = ["done(status column) Ann|2024-05-01|OPS-12|Count the pages"];
    for body in [
        "- **Count the pages**\n  - Owner: Ann\n  - Due: 2024-05-01\n  - Status: Done\n  - Ticket: OPS-12",
        "- Count the pages\n  - **Owner:** Ann\n  - **Due date:** 2024-05-01\n  - **Status:** Done\n  - **Issue:** OPS-12",
        "1. **Count the pages**  \n   *Owner: Ann · Due: 2024-05-01 · Status: done · Ticket: OPS-12*",
        "### Count the pages\n\n- **Owner:** Ann\n- **Due:** 2024-05-01\n- **Status:** Done\n- **Ticket:** OPS-12",
        "**Count the pages**\n- Owner: Ann\n- Due: 2024-05-01\n- Status: Done\n- Ticket: OPS-12",
        "- **Action**: Count the pages\n- **Owner**: Ann\n- **Due**: 2024-05-01\n- **Status**: Done\n- **Ticket**: OPS-12",
    ] {
        assert_eq!(told_of(body), wanted, "{body}");
    }
    assert_eq!(
        told_of("**Owner: Ann**\n\n- Count the pages\n- Team: count them again"),
        ["unknown(none) Ann|||Count the pages", "unknown(none) Ann|||Team: count them again"]
    );
}

#[test]
fn a_box_with_details_is_a_promise_and_a_topic_a_group() {
    let text = "# Hub\n\n## Actions\n\n- [ ] Add alerts for these:\n  - the queue\n- [ ] Backups:\n  - [ ] test them\n- Prevent\n  - lock the door\n- This showed a gap in the drills of all of us. From now on we will:\n  1. drill each month\n";
    assert_eq!(
        told(text),
        [
            "open(checkbox) |||Add alerts for these",
            "open(checkbox) |||test them",
            "unknown(none) |||lock the door",
            "unknown(none) |||drill each month"
        ]
    );
}

#[test]
fn headers_name_solutions_and_outcomes_in_sections_of_promises_only() {
    let table = |title: &str, head: &str, row: &str| {
        let line = format!("|{}", "---|".repeat(head.matches('|').count() + 1));
        told(&format!("# Hub\n\n## {title}\n\n| {head} |\n{line}\n| {row} |\n"))
    };
    let row = "Nobody saw it | Add alerts | Ann | In review";
    assert_eq!(
        table("Action items", "Root cause | Fix | Owner | Status", row),
        ["in-progress(status column) Ann|||Add alerts"]
    );
    assert_eq!(table("Root cause", "Root cause | Fix | Owner | Status", row), [] as [&str; 0]);
    assert_eq!(
        table(
            "Follow-ups",
            "Issue | Seen in | Outcome",
            "#12 — tell when it stops | the drill | Resolved by #13 — a bell rings in the hall and in the office"
        ),
        ["done(status column) ||#12+#13|— tell when it stops".replace("— ", "")]
    );
    assert_eq!(
        table("Action items", "Ticket | Owner", "OPS-12: Add alerts | Ann"),
        ["unknown(none) Ann||OPS-12|: Add alerts".replace(": ", "")]
    );
    assert_eq!(
        table("Actions", "Preventive measure | Done", "Add alerts | ✓"),
        ["done(status column) |||Add alerts"]
    );
}

#[test]
fn front_matter_that_names_tickets_of_the_text_says_nothing_twice() {
    let text = "---\nactions: [OPS-1, OPS-2]\n---\n# Hub\n\n## Action items\n\n- Add alerts (OPS-1)\n";
    assert_eq!(told(text), ["unknown(none) ||OPS-2|OPS-2", "unknown(none) ||OPS-1|Add alerts"]);
}

#[test]
fn paragraphs_tell_what_is_and_promise_what_will_be() {
    let text = "# Hub\n\n## Next steps\n\nThe guests are asleep.\n\nBellboys are still looking for the key.\n\nNote: a draft.\n\nWe are also changing the lock.\n\n• Count the keys\n• Test the bell\n\na. Oil the door\n\n[OPS-12](https://x.atlassian.net/browse/OPS-12)\n";
    assert_eq!(
        told(text),
        [
            "unknown(none) |||We are also changing the lock.",
            "unknown(none) |||Count the keys",
            "unknown(none) |||Test the bell",
            "unknown(none) |||Oil the door",
            "unknown(none) ||OPS-12|OPS-12"
        ]
    );
}

#[test]
fn teams_own_what_stands_below_their_name() {
    let text = "# Hub\n\n## Actions\n\n### Search team\n\n- add alerts\n\n### Process\n\n- Platform team:\n  - test them\n- write it - **Ann**\n- [Done](https://git.example.org/a/b/issues/7): tell everybody\n";
    assert_eq!(
        told(text),
        [
            "unknown(none) Search team|||add alerts",
            "unknown(none) Platform team|||test them",
            "open(sibling) Ann|||write it",
            "done(word) ||#7|tell everybody"
        ]
    );
}

#[test]
fn spans_of_time_and_topics_above_a_list_own_nothing() {
    for group in ["**Short-term (within 1 week)**:", "**Next quarter**", "**Backups**", "**P1**"] {
        let text = format!("# Hub\n\n## Actions\n\n{group}\n\n- add alerts\n");
        assert_eq!(told(&text), ["unknown(none) |||add alerts"], "{group}");
    }
}

#[test]
fn a_list_that_is_code_by_its_indent_is_read_where_there_is_no_other() {
    let text = "# Hub\n\n## Preventive measures\n\nWe are taking these steps:\n\n    - Replacing the old bell\n    2. Review the drill each month\n    bell = ring(2);\n";
    assert_eq!(
        told(text),
        ["unknown(none) |||Replacing the old bell", "unknown(none) |||Review the drill each month"]
    );
}

#[test]
fn a_cross_beside_ticks_is_not_done_and_a_word_nobody_knows_no_blank() {
    let text = "# Hub\n\n## Actions\n\n- ❌ Buy a bell\n- ✅ Oil the door\n\n| Action | Status |\n|---|---|\n| Paint it | Done |\n| Sell it | Halfway there |\n| Move it | |\n";
    assert_eq!(
        told(text),
        [
            "open(emoji) |||Buy a bell",
            "done(emoji) |||Oil the door",
            "done(status column) |||Paint it",
            "unknown(none) |||Sell it",
            "open(sibling) |||Move it"
        ]
    );
    let damage = "# Hub\n\n## Damage\n\n| Item | Status |\n|---|---|\n| Door | repaired |\n";
    assert_eq!(told(damage), [] as [&str; 0]);
    assert_eq!(
        told("# Hub\n\n## Actions\n\n- Sell the bell if no longer needed\n"),
        ["unknown(none) |||Sell the bell if no longer needed"]
    );
}

#[test]
fn a_promise_with_a_colon_has_its_details_below() {
    let list = |head: &str| {
        let told =
            told(&format!("# Hub\n\n## Preventive measures\n\n- {head}\n  - Rope of each bell\n  - Keys\n"));
        told.iter().map(|line| line.rsplit('|').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    for head in ["Write a list that shows:", "⚠️ TODO: Tell at the end:", "Doors of the tower hardened:"]
    {
        assert_eq!(list(head).len(), 1, "{head}");
    }
    for head in ["For the tower:", "Further work needed:", "✅ Done:"] {
        assert_eq!(list(head), ["Rope of each bell", "Keys"], "{head}");
    }
    let tickets = "# Hub\n\n## Actions\n\n| Action | Ticket |\n|---|---|\n| Oil `HUB-1` | `HUB-12` |\n";
    assert_eq!(told(tickets), ["unknown(none) ||HUB-12|Oil HUB-1"]);
}

#[test]
fn a_heading_says_in_other_languages_too_that_all_below_is_done() {
    for title in
        ["Ações corretivas aplicadas", "Acciones correctivas implementadas", "Corrective actions applied"]
    {
        let text = format!("# Hub\n\n## {title}\n\n- `bell.sh` rings at noon\n");
        assert_eq!(told(&text), ["done(group heading) |||bell.sh rings at noon"], "{title}");
    }
    assert_eq!(told("# Hub\n\n## Required fixes\n\n- Oil the bell\n"), ["unknown(none) |||Oil the bell"]);
}

#[test]
fn tables_that_tell_what_was_done_promise_nothing() {
    let promises = |body: &str| items(&format!("# T\n\n{body}")).len();
    let log =
        "| When | Who | What |\n|---|---|---|\n| 09:05 | Ann | hub killed |\n| 09:30 | Bo | restarted it |\n";
    let plan = "| What | Who | When |\n|---|---|---|\n| Alert on kills | Ann | 2024-05-01 |\n";
    let roles = "| Who | What |\n|---|---|\n| Ann | commands |\n";
    let recap = "## What was promised in May\n\n| Action | Ticket |\n|---|---|\n| Limit the log | OPS-1 |\n";
    assert_eq!(promises(&format!("## Timeline (CET)\n\n{log}")), 0);
    assert_eq!(promises(&format!("**Key times (CET)**\n\n{log}")), 0);
    assert_eq!(promises(&format!("## Background\n\n{roles}")), 0);
    assert_eq!(promises(recap), 0);
    assert_eq!(promises(&format!("## Afterwards\n\n{plan}")), 1);
}

#[test]
fn german_tables_say_how_promises_stand() {
    let table = "| Maßnahme | Verantwortlich | Frist | Status |\n|---|---|---|---|\n";
    let rows = "| Glocke ölen | @ann | | vorgeschlagen |\n| Glocke tauschen | @bo | 2024-05-01 | gestrichen, zu teuer |\n";
    assert_eq!(
        told(&format!("# T\n\n## Maßnahmen\n\n{table}{rows}")),
        [
            "proposed(status column) ann|||Glocke ölen",
            "cancelled(status column) bo|2024-05-01||Glocke tauschen"
        ]
    );
}

#[test]
fn brackets_in_front_name_owners_where_they_are_people() {
    let list = "- [ann?] say which lamp is meant\n- [bo-k] try the plan on one lamp\n- oil the hinge\n";
    assert_eq!(
        told(&format!("# T\n\n## Action items\n\n{list}")),
        [
            "unknown(none) ann|||say which lamp is meant",
            "unknown(none) bo-k|||try the plan on one lamp",
            "unknown(none) |||oil the hinge"
        ]
    );
    let parts = "- [lamp] say which is meant\n- [hinge] oil it\n";
    let owners = |text: &str| items(text).iter().filter(|item| !item.owners.is_empty()).count();
    assert_eq!(owners(&format!("# T\n\n## Action items\n\n{parts}")), 0);
    assert_eq!(owners(&format!("# T\n\n## Action items\n\n{parts}\n## Thanks\n\n- lamp\n")), 2);
}

#[test]
fn paragraphs_may_begin_with_bold_initials() {
    let text = "# T\n\n## Actions\n\n**AB** Show the tide at:\n- the gate\n- the pier\n\n**EF** Ring the bell\nat noon\n";
    assert_eq!(
        told(text),
        ["unknown(none) AB|||Show the tide at", "unknown(none) EF|||Ring the bell at noon"]
    );
}

#[test]
fn a_list_that_explains_the_words_of_a_table_promises_nothing() {
    let table = "| Type | Action | Status |\n|---|---|---|\n| Guard | Oil the hinge | Done |\n";
    let text = format!(
        "# T\n\n## Action items\n\n{table}\n### Types\n\n- **Guard:** whatever keeps it from failing\n"
    );
    assert_eq!(told(&text), ["done(status column) |||Oil the hinge"]);
}

#[test]
fn promises_may_follow_their_title_in_the_same_paragraph() {
    let text = "Summary:\nThe lamp was dark all night.\nTODO:\nOil the hinge of the lamp.\nAsk the harbour for a second one.\n";
    assert_eq!(
        told(text),
        [
            "open(group heading) |||Oil the hinge of the lamp.",
            "open(group heading) |||Ask the harbour for a second one."
        ]
    );
}

#[test]
fn what_was_done_about_a_gap_stands_in_brackets_behind_it() {
    let text = "# T\n\n## Follow-up\n\nThe bell is rung by one keeper only. (added a second keeper to the roll)\n\nThe keepers are many.\n";
    assert_eq!(
        told(text),
        ["done(word) |||The bell is rung by one keeper only. (added a second keeper to the roll)"]
    );
}

#[test]
fn a_column_of_notes_may_say_where_an_item_stands() {
    let text = "# T\n\n## Action items\n\n| Action | Owner | Notes |\n|---|---|---|\n| Oil the hinge | Ann | Done |\n| Ask for oil | Bo | by boat |\n";
    assert_eq!(told(text), ["done(status column) Ann|||Oil the hinge", "open(sibling) Bo|||Ask for oil"]);
    let text =
        "# T\n\n## Action items\n\n| | Action | Owner |\n|---|---|---|\n| ✅ | Oil the hinge | Ann |\n";
    assert_eq!(told(text), ["done(status column) Ann|||Oil the hinge"]);
}

#[test]
fn a_number_that_is_only_told_of_is_no_ticket() {
    let list = "1. Oil the hinge\n2. Make sure #1 is kept to (#12)\n";
    assert_eq!(
        told(&format!("# T\n\n## Action items\n\n{list}")),
        ["unknown(none) |||Oil the hinge", "unknown(none) ||#12|Make sure #1 is kept to"]
    );
    let table = "| Action | Issue | Status |\n|---|---|---|\n| Oil it | #12 | Closed — not pursued; superseded by #13 |\n";
    assert_eq!(
        told(&format!("# T\n\n## Action items\n\n{table}")),
        ["cancelled(status column) ||#12|Oil it"]
    );
}

#[test]
fn titles_of_level_one_below_empty_actions_are_their_groups() {
    let text = "# T\n\n## Corrective measures\n\n# Oil for the lamp:\n\n    Buy more oil for the winter.\n\n## Conclusion\n\nIt was dark.\n";
    assert_eq!(told(text), ["unknown(none) |||Buy more oil for the winter."]);
}

#[test]
fn names_at_the_end_of_all_items_are_owners() {
    let list =
        |last: &str| format!("# T\n\n## Action items\n\n- Oil the hinge — Ann\n- Ring at noon {last}\n");
    assert_eq!(told(&list("— Bo")), ["unknown(none) Ann|||Oil the hinge", "unknown(none) Bo|||Ring at noon"]);
    assert_eq!(items(&list("every day")).iter().filter(|item| !item.owners.is_empty()).count(), 0);
}

#[test]
fn a_mark_may_name_who_it_is_for_and_a_group_what_is_refused() {
    let text = "# T\n\n## Action items\n\n- TODO(ann): oil the hinge\n- DONE(@bo) ring at noon\n\n### Not doing\n\n- A second lamp\n";
    assert_eq!(
        told(text),
        [
            "open(word) ann|||oil the hinge",
            "done(word) bo|||ring at noon",
            "cancelled(group heading) |||A second lamp"
        ]
    );
}

#[test]
fn a_title_with_fields_may_be_described_among_them() {
    let text = "# T\n\n## Action items\n\n### AI-1: Oil the hinge\n\n- **Owner:** Ann\n- **Description:** the one of the door, which has been loud since the storm\n";
    assert_eq!(told(text), ["unknown(none) Ann|||Oil the hinge"]);
}

#[test]
fn a_title_that_denies_or_postpones_leaves_its_items_open() {
    for title in [
        "To be done",
        "Must be done",
        "Work still to be done",
        "Yet to be completed",
        "Not done yet",
        "Partly done",
        "Done soon",
        "Completed / not completed",
        "Incomplete",
    ] {
        let text = format!("# Hub\n\n## Actions\n\n### {title}\n\n- Oil the hinge\n");
        assert_eq!(told(&text), ["open(group heading) |||Oil the hinge"], "{title}");
    }
}
