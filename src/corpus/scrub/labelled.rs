//! People whom a text names after a label: `Authors: Ada Lind, Bo Ek`, `Written by Ada Lind`. Where the front matter names
//! others, these were not read as people of the report, and are people all the same.

use super::is_somebody;
use crate::model::text::{Block, BlockKind, Table, plain};

const LABELS: [&str; 20] = [
    "authors",
    "author",
    "written by",
    "reviewers",
    "reviewer",
    "reviewed by",
    "participants",
    "attendees",
    "responders",
    "responder",
    "incident commander",
    "incident lead",
    "incident manager",
    "commander",
    "scribe",
    "on-call",
    "on call",
    "owner",
    "lead",
    "reported by",
];

/// What stands over a column of people.
const COLUMNS: [&str; 12] = [
    "who",
    "owner",
    "owners",
    "assignee",
    "assignees",
    "actor",
    "person",
    "responder",
    "responders",
    "reporter",
    "by",
    "participants",
];

/// Calls `take` with every full name after a label, and with whoever stands alone in a column of people.
pub(super) fn people(blocks: &[Block], take: &mut impl FnMut(&str)) {
    for block in blocks {
        for inlines in block.inlines() {
            plain(inlines).lines().for_each(|line| names(line, take));
        }
        if let BlockKind::Table(table) = &block.kind {
            column(table, take);
        }
        for children in block.children() {
            people(children, take);
        }
    }
}

fn column(table: &Table, take: &mut impl FnMut(&str)) {
    for (at, head) in table.head.cells.iter().enumerate() {
        let head = plain(&head.text).trim().trim_end_matches(':').to_lowercase();
        if !COLUMNS.contains(&&*head) {
            continue;
        }
        for cell in table.rows.iter().filter_map(|row| row.cells.get(at)) {
            let all = plain(&cell.text).replace(" and ", ",");
            let all = all.split([',', ';', '/', '&', '+', '\n']).map(str::trim);
            all.filter(|one| is_somebody(one.trim_start_matches('@'))).for_each(&mut *take);
        }
    }
}

fn names(line: &str, take: &mut impl FnMut(&str)) {
    let line = line.trim();
    let begins =
        |label: &&&str| line.get(..label.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(label));
    let Some(label) = LABELS.iter().find(begins) else { return };
    let rest = line.get(label.len()..).unwrap_or_default();
    let value = match rest.trim_start().strip_prefix([':', '|']) {
        Some(value) => value,
        // Without a colon only "written by" and its like are labels.
        None if label.ends_with(" by") && rest.starts_with(' ') => rest,
        None => return,
    };
    for name in value.replace(" and ", ",").split([',', ';', '/', '&', '(', '.']).map(str::trim) {
        let words = name.split_whitespace();
        let written = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        if (2..=4).contains(&words.clone().count()) && words.clone().all(written) {
            take(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Vec<String> {
        let mut all = Vec::new();
        names(line, &mut |name| all.push(name.to_owned()));
        all
    }

    #[test]
    fn full_names_after_a_label_are_people() {
        assert_eq!(told("Authors: Ada Lind, Bo von Ek and Cy Day (SRE)"), ["Ada Lind", "Cy Day"]);
        assert_eq!(told("Written by Ada Lind."), ["Ada Lind"]);
        assert_eq!(told("On-call: Ada Lind"), ["Ada Lind"]);
    }

    #[test]
    fn other_words_are_not() {
        for line in [
            "Lead time was long",
            "Owner: the Storage team",
            "Author and others",
            "Leading: Ada Lind",
            "Owner Ada Lind",
        ] {
            assert_eq!(told(line), Vec::<String>::new(), "{line}");
        }
    }
}
