//! What the export says of a postmortem, in every form.
#![allow(clippy::needless_raw_string_hashes, reason = "`SNAPSHOTS=overwrite` writes them so")]

use super::{Format, written};
use crate::config::SiteConfig;
use crate::corpus::{Corpus, Draft, Edition, publish};
use crate::diag::{Diagnostic, Source, SourceMap, Span};
use crate::model::{
    ActionItem, ActionState, Audience, ClockPoint, Dated, EntryKind, Incident, LinkKind, Milestone, Moment,
    Reference, Section, SectionKind, Severity, StateMark, Ticket, TimelineEntry, Zone,
};
use crate::recur::Recurrences;
use jiff::civil::date;
use snapbox::{assert_data_eq, str};

fn moment(zone: Zone) -> Moment {
    Moment::new(date(2024, 3, 14).at(14, 23, 0, 0), zone)
}

fn reference(target: &str, notation: &'static str, kind: Option<LinkKind>) -> Reference {
    Reference {
        target: target.into(),
        text: format!("see {target}"),
        notation,
        kind,
        why: None,
        span: Span::default(),
        line: 30,
    }
}

fn first() -> Incident {
    let mut incident = Incident {
        path: "2024/b.md".into(),
        name: "content/2024/b.md".into(),
        id: "PM-2".into(),
        id_stated: true,
        title: "Pool full, \"again\"".into(),
        date: Some(Dated { date: date(2024, 3, 14), from: "front matter" }),
        severity: Some(Severity { rank: 1, label: "SEV1".into() }),
        zone: Zone::Offset(3600, Some("CET")),
        components: vec!["hub".into(), "db".into()],
        ..Incident::default()
    };
    let zone = || Zone::Named("Europe/Oslo".into());
    incident.clock.started =
        Some(ClockPoint { at: moment(zone()), from: "front matter", span: Span::default() });
    incident.clock.resolved =
        Some(ClockPoint { at: moment(Zone::Unknown), from: "label", span: Span::default() });
    incident.timeline.push(TimelineEntry {
        at: Some(moment(Zone::UTC)),
        until: None,
        written: "14:23".into(),
        text: "alert fires".into(),
        kind: EntryKind::Milestone(Milestone::Detected),
        inferred: true,
        span: Span::default(),
        line: 12,
    });
    incident.actions.push(ActionItem {
        text: "cap the pool".into(),
        owners: vec!["ines".into()],
        due: Some(date(2024, 4, 1)),
        created: None,
        closed: None,
        tickets: vec![Ticket::written("OPS-1", None)],
        state: ActionState::InProgress,
        state_from: StateMark { from: "status column", written: "started".into() },
        reason: None,
        kind: None,
        priority: None,
        done_when: None,
        section: "Action items".into(),
        public: None,
        span: Span::default(),
        line: 20,
    });
    incident.sections.push(Section {
        kind: Some(SectionKind::RootCause),
        also: None,
        title: "Why".into(),
        notation: "heading",
        level: 2,
        span: Span::default(),
        extent: Span::default(),
        line: 9,
    });
    incident.references = vec![
        reference("pm-1", "related", Some(LinkKind::SameCause)),
        reference("PM-1", "id", None),
        reference("nowhere.md", "link", None),
    ];
    incident
}

fn case() -> (Edition, Vec<Diagnostic>, SourceMap) {
    let older = Incident {
        path: "2023/a.md".into(),
        name: "content/2023/a.md".into(),
        id: "PM-1".into(),
        id_stated: true,
        title: "Pool full".into(),
        ..Incident::default()
    };
    let config = SiteConfig::default();
    let drafts = vec![Draft::seal(first(), None), Draft::seal(older, None)];
    let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
    let mut source = Source::new("2024/b.md", "α beta\n");
    source.name = "content/2024/b.md".into();
    let mut sources = SourceMap::default();
    sources.insert(&source);
    let found = vec![Diagnostic::warning("odd", &source, Span::new(3, 7), "odd word")];
    (publish(&corpus, Audience::Internal, &config, true), found, sources)
}

fn export(format: Format) -> String {
    let (edition, found, sources) = case();
    let recurrences = Recurrences::of(&edition, &SiteConfig::default());
    written(format, &edition, &found, &sources, &recurrences).unwrap()
}

#[test]
#[expect(clippy::too_many_lines, reason = "the whole of one export, to be read beside its input")]
fn json_holds_what_was_read_in_path_order() {
    assert_data_eq!(
        export(Format::Json),
        str![[r#"
{
  "version": 1,
  "incidents": [
    {
      "path": "2023/a.md",
      "id": "PM-1",
      "slug": "pm-1",
      "title": "Pool full",
      "title_from": null,
      "date": null,
      "date_from": null,
      "severity": null,
      "severity_from": null,
      "status": "final",
      "kind": "incident",
      "visibility": "internal",
      "components": [],
      "components_from": null,
      "tags": [],
      "tags_from": null,
      "team": null,
      "team_from": null,
      "language": null,
      "authors": [],
      "authors_from": null,
      "zone": null,
      "zone_from": null,
      "started": null,
      "started_from": null,
      "detected": null,
      "detected_from": null,
      "acknowledged": null,
      "acknowledged_from": null,
      "mitigated": null,
      "mitigated_from": null,
      "resolved": null,
      "resolved_from": null,
      "published": null,
      "published_from": null,
      "summary": null,
      "summary_from": null,
      "trigger": null,
      "trigger_from": null,
      "causes": [],
      "causes_from": null,
      "family": null,
      "family_from": null,
      "fix": null,
      "fix_from": null,
      "impact": [],
      "timeline": [],
      "actions": [],
      "whys": [],
      "sections": [],
      "references": [],
      "similar": [],
      "status_page": null,
      "places": {},
      "findings": []
    },
    {
      "path": "2024/b.md",
      "id": "PM-2",
      "slug": "pm-2",
      "title": "Pool full, /"again/"",
      "title_from": null,
      "date": "2024-03-14",
      "date_from": "front matter",
      "severity": "SEV1",
      "severity_from": null,
      "status": "final",
      "kind": "incident",
      "visibility": "internal",
      "components": [
        "hub",
        "db"
      ],
      "components_from": null,
      "tags": [],
      "tags_from": null,
      "team": null,
      "team_from": null,
      "language": null,
      "authors": [],
      "authors_from": null,
      "zone": "+01:00",
      "zone_from": null,
      "started": "2024-03-14T14:23:00+01:00",
      "started_from": "front matter",
      "detected": null,
      "detected_from": null,
      "acknowledged": null,
      "acknowledged_from": null,
      "mitigated": null,
      "mitigated_from": null,
      "resolved": "2024-03-14T14:23:00",
      "resolved_from": "label",
      "published": null,
      "published_from": null,
      "summary": null,
      "summary_from": null,
      "trigger": null,
      "trigger_from": null,
      "causes": [],
      "causes_from": null,
      "family": null,
      "family_from": null,
      "fix": null,
      "fix_from": null,
      "impact": [],
      "timeline": [
        {
          "at": "2024-03-14T14:23:00Z",
          "until": null,
          "written": "14:23",
          "text": "alert fires",
          "kind": "detected",
          "inferred": true,
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1
        }
      ],
      "actions": [
        {
          "text": "cap the pool",
          "owners": [
            "ines"
          ],
          "due": "2024-04-01",
          "created": null,
          "closed": null,
          "tickets": [
            "OPS-1"
          ],
          "state": "in-progress",
          "state_from": "status column",
          "mark": "started",
          "reason": null,
          "kind": null,
          "priority": null,
          "section": "Action items",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1
        }
      ],
      "whys": [],
      "sections": [
        {
          "kind": "root-cause",
          "title": "Why",
          "notation": "heading",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1
        }
      ],
      "references": [
        {
          "target": "2023/a.md",
          "written": "pm-1",
          "text": "see pm-1",
          "notation": "related",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1,
          "stated_kind": "same-cause"
        },
        {
          "target": "2023/a.md",
          "written": "PM-1",
          "text": "see PM-1",
          "notation": "id",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1,
          "stated_kind": null
        },
        {
          "target": null,
          "written": "nowhere.md",
          "text": "see nowhere.md",
          "notation": "link",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1,
          "stated_kind": null
        }
      ],
      "similar": [],
      "status_page": null,
      "places": {
        "resolved": {
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1
        },
        "started": {
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1
        }
      },
      "findings": [
        {
          "code": "odd",
          "level": "warning",
          "message": "odd word",
          "line": 1,
          "column": 3
        }
      ]
    }
  ]
}

"#]]
    );
}

#[test]
fn ndjson_is_one_object_per_line() {
    let text = export(Format::Ndjson);
    let paths: Vec<String> = text
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["path"].to_string())
        .collect();
    assert_eq!(paths, ["\"2023/a.md\"", "\"2024/b.md\""]);
}

#[test]
fn csv_has_one_row_per_postmortem() {
    assert_data_eq!(
        export(Format::Csv),
        str![[r#"
path,id,slug,title,date,severity,status,kind,visibility,components,tags,team,zone,started,detected,acknowledged,mitigated,resolved,published,family,fix,actions,actions_open
2023/a.md,PM-1,pm-1,Pool full,,,final,incident,internal,,,,,,,,,,,,,0,0
2024/b.md,PM-2,pm-2,"Pool full, ""again""",2024-03-14,SEV1,final,incident,internal,hub; db,,,+01:00,2024-03-14T14:23:00+01:00,,,,2024-03-14T14:23:00,,,,1,1

"#]]
    );
}
