//! Whole postmortems as stories.

use super::*;
use crate::corpus::{Corpus, publish};

fn readings(text: &str) -> (Incident, Option<Incident>, Vec<&'static str>) {
    let mut found = Vec::new();
    let options = ParseOptions::new(&SiteConfig::default());
    let (whole, open) = read(&Source::new("a.md", text), &options, &mut found);
    (whole, open, found.into_iter().map(|one| one.code).collect())
}

#[test]
fn the_public_reading_knows_nothing_of_internal_parts() {
    let part = "<!-- internal -->\n\n## Secret cause\n\n[^1]: hidden\n\n[ref]: https://hidden.example\n\n<!-- /internal -->\n";
    let around = |part: &str| {
        format!("---\nvisibility: public\n---\n# T\n\nSee [ref] and[^1].\n\n{part}\n## Impact\n\nAll.\n")
    };
    let (whole, open, told) = readings(&around(part));
    assert_eq!(told, Vec::<&str>::new());
    assert!(whole.sections.iter().any(|section| section.title == "Secret cause"));
    let (never, none, _) = readings(&around(""));
    assert!(none.is_none());
    assert_eq!(format!("{:?}", open.unwrap()), format!("{never:?}"));
}

#[test]
fn what_only_colleagues_read_is_read_once_and_never_public() {
    let config = SiteConfig::default();
    let text = "---\nvisibility: public\n---\n# T\n\na\n\n<!-- internal -->\nx\n<!-- /internal -->\n";
    let source = Source::new("a.md", text);
    let edition = |options: &ParseOptions, audience| {
        let draft = postmortem(&source, options).value;
        let corpus = Corpus::gather(vec![draft], Vec::new(), &config).value;
        let all = publish(&corpus, audience, &config, true).incidents;
        all.iter().map(|one| format!("{:?}", one.incident)).collect::<Vec<_>>()
    };
    let both = ParseOptions::new(&config);
    let alone = ParseOptions::new(&config).for_colleagues();
    assert_eq!(edition(&alone, Audience::Internal), edition(&both, Audience::Internal));
    assert_eq!((edition(&both, Audience::Public).len(), edition(&alone, Audience::Public).len()), (1, 0));
}

#[test]
fn an_internal_document_needs_no_second_reading() {
    let (_, open, _) = readings("<!-- internal -->\nx\n<!-- /internal -->\n");
    assert!(open.is_none());
}

#[test]
fn a_mistake_in_a_marker_is_told_once() {
    let (_, open, told) = readings("---\nvisibility: public\nseverty: x\n---\na\n\n<!-- intern -->\nb\n");
    assert_eq!(told, ["unknown-key", "internal", "internal"]);
    assert_eq!(crate::model::text::plain_blocks(&open.unwrap().document.blocks), "a\n");
}

fn hiding(settings: &str, text: &str) -> (Incident, Option<Incident>) {
    let config = crate::config::read(&Source::new("site.toml", settings)).value;
    read(&Source::new("a.md", text), &ParseOptions::new(&config), &mut Vec::new())
}

#[test]
fn hidden_sections_do_not_stand_in_the_public_reading() {
    let settings = "[audience.public]\nhide_sections = ['appendix', 'Money lost']";
    let text = |secret: &str| {
        format!(
            "---\nvisibility: public\n---\n# T\n\n## Summary\n\nIt broke.\n\n{secret}## Lessons\n\nMany.\n"
        )
    };
    let secret = "## Money *lost*\n\nA lot.\n\n### Table\n\n14:02 UTC it hurt.\n\n**Appendix:** more\n\n";
    let (whole, open) = hiding(settings, &text(secret));
    assert!(whole.sections.iter().any(|section| section.title == "Table"));
    let (never, _) = hiding(settings, &text(""));
    assert_eq!(format!("{:?}", open.unwrap()), format!("{never:?}"));
}

#[test]
fn who_took_part_and_what_a_title_names_besides_are_hidden_too() {
    let told = |kind: &str, title: &str| {
        let settings = format!("[audience.public]\nhide_sections = ['{kind}']");
        let text = format!(
            "---\nvisibility: public\n---\n# T\n\n## Summary\n\nIt broke.\n\n## {title}\n\nSecret.\n"
        );
        let (_, open) = hiding(&settings, &text);
        open.is_none_or(|open| crate::model::text::plain_blocks(&open.document.blocks).contains("Secret"))
    };
    assert!(!told("appendix", "Attendees") && !told("about", "Attendees"));
    assert!(!told("lessons", "Recovery and lessons learned"));
    assert!(told("appendix", "Recovery and lessons learned"));
}

#[test]
fn a_section_that_appears_when_another_is_cut_is_hidden_too() {
    let settings = "[audience.public]\nhide_sections = ['appendix']";
    let text = "---\nvisibility: public\n---\n# T\n\nSome text.\n\n<!-- internal -->\n~~~\nx\n~~~\n<!-- /internal -->\nAppendix\n<!-- internal -->\n<!-- /internal -->\n---\n\nsecret\n";
    let (_, open) = hiding(settings, text);
    let told = crate::model::text::plain_blocks(&open.unwrap().document.blocks);
    assert!(!told.contains("secret"), "{told}");
}

#[test]
fn hidden_keys_are_as_if_they_were_absent() {
    let settings = "[audience.public]\nhide_fields = ['impact.revenue', 'team', 'categories']";
    let text = |secret: &str| {
        format!("---\nvisibility: public\ntitle: T\nimpact:\n  users: 40\n{secret}---\nIt broke.\n")
    };
    let secret = "  Revenue: 4000 EUR\nTeam: sales\ntags: [money]\n";
    let (whole, open) = hiding(settings, &text(secret));
    assert_eq!(whole.tags, ["money"]);
    let (never, none) = hiding(settings, &text(""));
    assert!(none.is_none());
    let open = open.unwrap();
    assert_eq!((&open.tags, &open.team), (&never.tags, &never.team));
    let labels =
        |incident: &Incident| incident.impact.iter().map(|one| one.label.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&open), labels(&never));
    assert_ne!(labels(&whole), labels(&never));
}
