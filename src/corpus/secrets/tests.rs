//! What the guard finds, and what it lets by.

use super::*;
use crate::config::read;
use crate::corpus::{Draft, publish};
use crate::diag::{Source, Span};
use crate::model::Incident;
use crate::model::text::{Document, Inline, InlineKind};

fn incident(path: &str, title: &str, visibility: Audience, body: &str) -> Incident {
    let text = vec![Inline { span: Span::default(), kind: InlineKind::Text(body.into()) }];
    let block = Block { span: Span::default(), kind: BlockKind::Paragraph(text) };
    Incident {
        path: path.into(),
        title: title.into(),
        visibility,
        document: Document { blocks: vec![block], has_html: false },
        ..Incident::default()
    }
}

fn secrets() -> Secrets {
    let config = read(&Source::new("site.toml", "[people]\nada = { name = 'Ada Lind' }")).value;
    let hidden = "the pool was sized by guess and nobody had looked at it since the spring of that year";
    let drafts = vec![
        Draft::seal(
            incident("2024-01-02-open.md", "Open words", Audience::Public, "A short public text."),
            None,
        ),
        Draft::seal(incident("2024-02-03-pool.md", "Pool exhausted", Audience::Internal, hidden), None),
    ];
    let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
    let edition = publish(&corpus, Audience::Public, &config, false);
    Secrets::of(&corpus, &edition, &config)
}

#[test]
fn names_and_passages_are_found_however_they_are_wrapped() {
    let secrets = secrets();
    let leak = |text: &str| secrets.leak(text.as_bytes()).map(|leak| leak.source);
    assert_eq!(leak("<p>thanks to Ada Lind</p>").as_deref(), Some("site.toml"));
    assert_eq!(leak("see 2024-02-03-pool.html").as_deref(), Some("2024-02-03-pool.md"));
    assert_eq!(leak("<p>… the pool was <em>sized by</em> guess and nobody had looked at it since the spring of that year")
        .as_deref(), Some("2024-02-03-pool.md"));
    assert_eq!(leak("A short public text."), None);
}

#[test]
fn compressed_bytes_are_looked_into() {
    use std::io::Write;
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    zip.write_all(b"... @ada ...").unwrap();
    assert!(secrets().leak(&zip.finish().unwrap()).is_some());
}

#[test]
fn any_eight_words_of_a_passage_are_enough() {
    let secrets = secrets();
    let hidden = "the pool was sized by guess and nobody had looked at it since the spring of that year";
    let words: Vec<&str> = hidden.split(' ').collect();
    for part in words.windows(8) {
        assert!(secrets.leak(part.join(" ").as_bytes()).is_some(), "{part:?}");
    }
    assert_eq!(secrets.leak(words[..7].join(" ").as_bytes()), None);
}

#[test]
fn a_title_is_known_with_whatever_between_its_words() {
    let config = read(&Source::new("site.toml", "[audience.public]\nforbidden_words = ['Blackbird']")).value;
    let title = "Orders were lost for an hour";
    let drafts = vec![Draft::seal(incident("2024-02-03-x.md", title, Audience::Internal, "x"), None)];
    let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
    let edition = publish(&corpus, Audience::Public, &config, false);
    let secrets = Secrets::of(&corpus, &edition, &config);
    for text in
        ["orders WERE  lost, for an hour", "orders-were-lost-for-an-hour", "Black\u{200b}bird", "b%6Cackbird"]
    {
        assert!(secrets.leak(text.as_bytes()).is_some(), "{text}");
    }
    assert_eq!(secrets.leak(b"orders were late for an hour, and blackbirds sang"), None);
}
