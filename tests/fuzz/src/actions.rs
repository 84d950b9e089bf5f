//! What stands in a section of action items.

use super::postmortem::{lines, read};

/// Reads the input as blocks, as rows, as a task list, below an owner, and as front matter.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for file in [
        format!("# T\n\n## Action items\n\n{text}"),
        format!(
            "# T\n\n## Action items\n\n| Action | Owner | Due | Ticket | Status |\n|-|-|-|-|-|\n{}",
            lines(data, "| ", " |\n")
        ),
        format!("# T\n\n## Action items\n\n- [x] one\n{}", lines(data, "- [ ] ", "\n")),
        format!("# T\n\n**Next steps:**\n\n**Mia**\n\n{}", lines(data, "1. ", "\n")),
        format!("---\ndate: 2024-03-14\naction_items:\n{}---\n# T\n", lines(data, "  ", "\n")),
    ] {
        for incident in read(&file) {
            for action in &incident.actions {
                let named = action.owners.iter().all(|owner| !owner.trim().is_empty());
                assert!(named, "an owner without a name: {action:?}");
                let days = [action.due, action.created, action.closed];
                assert!(days.iter().flatten().all(|day| (1970..2101).contains(&day.year())), "{action:?}");
                assert!(
                    action.reason.is_none() || action.state.is_closed(),
                    "a reason for nothing: {action:?}"
                );
            }
        }
    }
}
