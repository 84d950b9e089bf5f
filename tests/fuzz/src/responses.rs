//! Answers of other systems: any bytes give stories or a failure, and every story a draft that kb reads without an error,
//! that shows nothing to the public, and that a second import leaves as it is.

use kb::config::SiteConfig;
use kb::corpus::{Corpus, publish};
use kb::diag::{Source, has_errors};
use kb::interop::draft::Writer;
use kb::interop::draft::merge::{Known, merge};
use kb::interop::known::Known as Snapshot;
use kb::interop::story::{Around, Origin, Story, read};
use kb::model::{Audience, Moment};
use kb::parse::{self, ParseOptions};

/// The first byte says which system answers.
pub fn run(data: &[u8]) {
    let Some((kind, body)) = data.split_first() else { return };
    let origin = Origin::ALL[usize::from(*kind) % Origin::ALL.len()];
    let around = Around {
        date: Some(jiff::civil::date(2026, 3, 14)),
        zone: Some("Europe/Oslo".into()),
        title: (origin == Origin::Timeline).then(|| "Pasted".into()),
        ..Around::default()
    };
    let Ok(stories) = read(origin, body, &around) else { return };
    for story in stories.iter().take(3) {
        draft(story);
    }
    let mut known = Snapshot::default();
    let now = jiff::Timestamp::from_second(1_790_000_000).unwrap();
    known.merge("page", stories, now);
    let again = Snapshot::read(&Source::new("incidents.json", known.write().as_str()));
    assert!(again.found.is_empty() && again.value == known, "{}", known.write());
}

fn draft(story: &Story) {
    let config = SiteConfig::default();
    let now = jiff::Timestamp::from_second(1_790_000_000).unwrap();
    let text = Writer::new(story, &config, now).document(&config);
    let source = Source::new("a.md", text.as_str());
    let read = parse::postmortem(&source, &ParseOptions::new(&config));
    assert!(!has_errors(&read.found), "{:?}\n{text}", read.found);
    let corpus = Corpus::gather(vec![read.value], Vec::new(), &config).value;
    assert!(publish(&corpus, Audience::Public, &config, true).incidents.is_empty(), "{text}");
    let edition = publish(&corpus, Audience::Internal, &config, true);
    let timeline = &edition.incidents[0].incident.timeline;
    let known: Vec<Known> = timeline
        .iter()
        .map(|entry| Known { line: entry.line, at: entry.at.as_ref().and_then(Moment::instant) })
        .collect();
    let merged = merge(&Writer::new(story, &config, now), &text, &known);
    assert!(merged.added == 0 && merged.text == text, "{text}\n---\n{}", merged.text);
}
