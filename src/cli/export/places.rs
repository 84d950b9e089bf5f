//! Where values stand in their file, as line and column.

use crate::diag::{Lines, Span};
use crate::model::{Incident, Milestone, Stated};
use serde::Serialize;
use std::collections::BTreeMap;

/// Line and column of the first character, and of the one behind the last; all from 1, columns count characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub(super) struct Place {
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

/// The places of one file; none where its text is not at hand.
pub(super) struct Places<'a> {
    text: Option<(&'a str, Lines)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: Option<&'a str>) -> Self {
        Self { text: text.map(|text| (text, Lines::of(text))) }
    }

    /// Where the clock points and the stated texts stand, by the key of their value.
    pub(super) fn of_values(&self, incident: &Incident) -> BTreeMap<&'static str, Place> {
        let points = Milestone::ALL
            .into_iter()
            .filter_map(|milestone| Some((milestone.word(), incident.clock.get(milestone)?.span)));
        let published = incident.clock.published.as_ref().map(|point| ("published", point.span));
        let texts = [("summary", &incident.summary), ("trigger", &incident.trigger), ("fix", &incident.fix)]
            .into_iter()
            .filter_map(|(key, stated): (_, &Option<Stated>)| Some((key, stated.as_ref()?.span)));
        let declared = incident.origins.iter().map(|origin| (origin.key, origin.span));
        points
            .chain(published)
            .chain(texts)
            .chain(declared)
            .map(|(key, span)| (key, self.of_span(span)))
            .collect()
    }

    /// Where `span` begins and ends, without the blanks at its end.
    pub(super) fn of_span(&self, span: Span) -> Place {
        let Some((text, lines)) = self.text.as_ref() else { return Place::default() };
        let long = span.of(text).trim_end().len();
        let (line, column) = position(text, lines, span.start);
        let (end_line, end_column) =
            position(text, lines, span.start.saturating_add(u32::try_from(long).unwrap_or_default()));
        Place {
            line: Some(line),
            column: Some(column),
            end_line: Some(end_line),
            end_column: Some(end_column),
        }
    }
}

fn position(text: &str, lines: &Lines, at: u32) -> (usize, usize) {
    let line = lines.line(at);
    let before = Span { start: lines.start(line), end: at };
    (line as usize, before.of(text).chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let places = Places::of(Some("α\nβγ δ\n"));
        let place = places.of_span(Span::new(8, 11));
        assert_eq!(
            (place.line, place.column, place.end_line, place.end_column),
            (Some(2), Some(4), Some(2), Some(5))
        );
        let all = places.of_span(Span::new(0, 11));
        assert_eq!(
            (all.line, all.column, all.end_line, all.end_column),
            (Some(1), Some(1), Some(2), Some(5))
        );
        assert_eq!(Places::of(None).of_span(Span::new(0, 1)), Place::default());
    }
}
