//! Small archives for the tests of this folder, made from Markdown-like parts without reading files.

use crate::config::SiteConfig;
use crate::corpus::{Corpus, Draft, Edition, publish};
use crate::diag::Span;
use crate::model::text::{Block, BlockKind, Inline, InlineKind};
use crate::model::{
    ActionItem, ActionState, Audience, Dated, Incident, LinkKind, Reference, Section, SectionKind, StateMark,
};

/// An incident with a title, a day and sections, each a kind and its one paragraph.
pub(crate) fn incident(path: &str, day: &str, title: &str, sections: &[(SectionKind, &str)]) -> Incident {
    let mut incident = Incident {
        path: path.into(),
        name: path.into(),
        id: path.trim_end_matches(".md").into(),
        title: title.into(),
        date: Some(Dated { date: day.parse().unwrap(), from: "front matter" }),
        ..Incident::default()
    };
    let mut at = 0;
    for (kind, text) in sections {
        let (start, end) = (at, at + 10 + text.len());
        incident.sections.push(Section {
            kind: Some(*kind),
            also: None,
            title: kind.word().into(),
            notation: "heading",
            level: 2,
            span: Span::new(start, start + 5),
            extent: Span::new(start, end),
            line: 1,
        });
        incident.document.blocks.push(paragraph(start + 10, text));
        at = end;
    }
    incident
}

fn paragraph(at: usize, text: &str) -> Block {
    let span = Span::new(at, at + text.len());
    let words = Inline { span, kind: InlineKind::Text(text.into()) };
    Block { span, kind: BlockKind::Paragraph(vec![words]) }
}

/// Says in `from` that `to` is of this kind.
pub(crate) fn link(from: &mut Incident, to: &str, kind: LinkKind) {
    from.references.push(Reference {
        target: to.into(),
        text: String::new(),
        notation: "related",
        kind: Some(kind),
        why: None,
        span: Span::default(),
        line: 1,
    });
}

/// A promise without any date.
pub(crate) fn action(text: &str, state: ActionState) -> ActionItem {
    ActionItem {
        text: text.into(),
        owners: Vec::new(),
        due: None,
        created: None,
        closed: None,
        tickets: Vec::new(),
        state,
        state_from: StateMark { from: "none", written: String::new() },
        reason: None,
        kind: None,
        priority: None,
        done_when: None,
        section: String::new(),
        public: None,
        span: Span::default(),
        line: 1,
    }
}

/// What colleagues may read of these incidents.
pub(crate) fn edition(incidents: &[Incident]) -> Edition {
    edition_for(incidents, Audience::Internal)
}

/// What `audience` may read of these incidents.
pub(crate) fn edition_for(incidents: &[Incident], audience: Audience) -> Edition {
    let config = SiteConfig::default();
    let drafts = incidents.iter().map(|one| Draft::seal(one.clone(), None)).collect();
    let corpus = Corpus::gather(drafts, Vec::new(), &config).value;
    publish(&corpus, audience, &config, false)
}
