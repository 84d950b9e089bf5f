//! What spreadsheets and calendars get to read.

use super::{Origin, calendar, csv};
use crate::config::{SiteConfig, UrlStyle};
use crate::corpus::{Corpus, Edition, publish};
use crate::diag::Source;
use crate::measure::Closings;
use crate::measure::actions::list;
use crate::model::Audience;
use crate::parse::{ParseOptions, postmortem};
use jiff::civil::date;

const REPORT: &str = "---\ntitle: Pool; full, again\ndate: 2024-05-01\ncomponents: [db]\n---\n\
    # Action items\n\n| Action | Owner | Due | State |\n|---|---|---|---|\n\
    | =HYPERLINK(\"x\"), raise the limit; twice \\\\ or more, because ünïcödé wörds fill the line | ana | 2024-06-01 | open |\n\
    | Alert before it is full | ben | 2024-07-01 | done |\n";

fn edition() -> Edition {
    let config = SiteConfig::default();
    let draft = postmortem(&Source::new("a.md", REPORT), &ParseOptions::new(&config)).value;
    publish(&Corpus::gather(vec![draft], Vec::new(), &config).value, Audience::Internal, &config, false)
}

fn origin() -> Origin<'static> {
    Origin { title: "Acme", base: "https://kb.example/x", urls: UrlStyle::File, as_of: date(2024, 6, 20) }
}

#[test]
fn a_calendar_holds_open_actions_with_their_days() {
    let edition = edition();
    let all = list(&edition, origin().as_of, &Closings::default());
    let written = calendar(&all, &origin());
    let unfolded = written.replace("\r\n ", "");
    assert_eq!(written.matches("BEGIN:VEVENT").count(), 1, "{written}");
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20240601\r\nDTEND;VALUE=DATE:20240602\r\n"), "{unfolded}");
    assert!(unfolded.contains("raise the limit\\; twice \\\\ or more\\, because"), "{unfolded}");
    assert!(
        unfolded.contains("DESCRIPTION:Promised after: Pool\\; full\\, again\\nOwner: ana\r\n"),
        "{unfolded}"
    );
    assert!(unfolded.contains("URL:https://kb.example/x/incidents/a.html#action-1\r\n"), "{unfolded}");
    for line in written.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line:?}");
    }
}

#[test]
fn a_table_runs_no_formula_and_says_how_late() {
    let edition = edition();
    let all = list(&edition, origin().as_of, &Closings::default());
    let written = csv(&all);
    let rows: Vec<&str> = written.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 3, "{written}");
    assert!(rows[1].starts_with("overdue,19,\"'=HYPERLINK(\"\"x\"\"), raise"), "{}", rows[1]);
    assert!(rows[2].starts_with("done,,Alert before it is full,ben,2024-07-01,2024-05-01,"), "{}", rows[2]);
}
