//! The export as a table for spreadsheets: RFC 4180, one row per postmortem.

use super::record::Record;

const COLUMNS: [&str; 23] = [
    "path",
    "id",
    "slug",
    "title",
    "date",
    "severity",
    "status",
    "kind",
    "visibility",
    "components",
    "tags",
    "team",
    "zone",
    "started",
    "detected",
    "acknowledged",
    "mitigated",
    "resolved",
    "published",
    "family",
    "fix",
    "actions",
    "actions_open",
];

/// The header and one row for each of `records`. Lists are joined with `; `.
pub(super) fn table(records: &[Record]) -> String {
    let mut text = String::new();
    row(&mut text, &COLUMNS.map(str::to_owned));
    for record in records {
        row(&mut text, &cells(record));
    }
    text
}

fn cells(record: &Record) -> [String; COLUMNS.len()] {
    let known = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let moment = |value: &Option<String>| value.clone().unwrap_or_default();
    let open = record.actions.iter().filter(|action| matches!(action.state, "open" | "in-progress"));
    [
        record.path.to_owned(),
        record.id.to_owned(),
        record.slug.to_owned(),
        record.title.to_owned(),
        moment(&record.date),
        known(record.severity),
        record.status.to_owned(),
        record.kind.to_owned(),
        record.visibility.to_owned(),
        record.components.join("; "),
        record.tags.join("; "),
        known(record.team),
        moment(&record.zone),
        moment(&record.started),
        moment(&record.detected),
        moment(&record.acknowledged),
        moment(&record.mitigated),
        moment(&record.resolved),
        moment(&record.published),
        known(record.family),
        known(record.fix),
        record.actions.len().to_string(),
        open.count().to_string(),
    ]
}

fn row(text: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&escaped(cell));
    }
    text.push_str("\r\n");
}

/// A cell as spreadsheets read it. What they would take for a formula gets an apostrophe before it: titles are written by
/// many hands, and a table is opened on a desktop.
fn escaped(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let signed = formula && !cell.bytes().all(|byte| matches!(byte, b'+' | b'-' | b':' | b'0'..=b'9'));
    let cell = if signed { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed_and_never_formulas() {
        assert_eq!(escaped("plain"), "plain");
        assert_eq!(escaped("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(escaped("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(escaped("@oncall"), "'@oncall");
        assert_eq!(escaped("+02:00"), "+02:00");
    }
}
